//! The evaluator's memory: one array of bytes at a made-up address.
use std::collections::BTreeMap;

use crate::ir::{IrOp, Layout};
use crate::word;

/// Address of the first byte.
const START: u64 = 0x10_0000;
/// Objects that traces make lie from here on.
pub const NEW_OBJECTS: u64 = START + 0x1_0000;

/// Memory.
#[derive(Clone, Debug)]
pub struct Memory {
    bytes: Vec<u8>,
    end: u64,
    /// Objects of floats, by the float's bits: equal ones are one, since to a language it does not matter which they are.
    floats: BTreeMap<u64, u64>,
}

impl Default for Memory {
    fn default() -> Memory {
        Memory { bytes: Vec::new(), end: NEW_OBJECTS, floats: BTreeMap::new() }
    }
}

impl Memory {
    /// Address of the old object number `index`, of 256 bytes. Those below 200 exist, filled with zeros.
    pub fn old_object(index: u64) -> u64 {
        START + index * 256
    }
    fn place(&mut self, address: u64, bytes: usize) -> &mut [u8] {
        // A wild address wraps into the array: a wrong trace must not end the test run.
        let offset = (address.wrapping_sub(START) & 0xff_ffff) as usize;
        if self.bytes.len() < offset + bytes {
            self.bytes.resize(offset + bytes, 0);
        }
        &mut self.bytes[offset..offset + bytes]
    }
    fn read(&mut self, address: u64, bytes: u32) -> u64 {
        let mut word = [0; 8];
        word[..bytes as usize].copy_from_slice(self.place(address, bytes as usize));
        u64::from_le_bytes(word)
    }
    /// 64 bits at an address.
    pub fn word(&mut self, address: u64) -> u64 {
        self.read(address, 8)
    }
    /// Write 64 bits.
    pub fn set_word(&mut self, address: u64, bits: u64) {
        self.store(IrOp::StoreI64, address, bits);
    }
    /// What a load operation gives.
    pub fn load(&mut self, op: IrOp, address: u64) -> u64 {
        let bits = self.read(address, op.access_bytes());
        match op {
            IrOp::LoadI32 => i64::from(bits as i32).cast_unsigned(),
            IrOp::LoadI16 => i64::from(bits as i16).cast_unsigned(),
            IrOp::LoadI8 => i64::from(bits as i8).cast_unsigned(),
            IrOp::LoadF32 => f64::from(f32::from_bits(bits as u32)).to_bits(),
            _ => bits,
        }
    }
    /// Do a store operation.
    pub fn store(&mut self, op: IrOp, address: u64, bits: u64) {
        let bits = match op {
            IrOp::StoreF32 => u64::from((f64::from_bits(bits) as f32).to_bits()),
            _ => bits,
        };
        let bytes = op.access_bytes() as usize;
        self.place(address, bytes).copy_from_slice(&bits.to_le_bytes()[..bytes]);
    }
    /// Make an object.
    pub fn alloc(&mut self, layout: &Layout) -> u64 {
        let object = self.end;
        self.end += (8 + u64::from(layout.bytes)).next_multiple_of(8);
        self.set_word(object, layout.header);
        for &(offset, bits) in &layout.init {
            self.set_word(object + u64::from(offset), bits);
        }
        object
    }
    /// The word of a float, which is made an object if it is no immediate one.
    pub fn boxed(&mut self, number: f64) -> u64 {
        let known = word::of_float(number).or(self.floats.get(&number.to_bits()).copied());
        known.unwrap_or_else(|| {
            let object = self.end;
            self.end += 16;
            self.set_word(object + 8, number.to_bits());
            self.floats.insert(number.to_bits(), object);
            object
        })
    }
    /// The number in the object that a word is, if that is a float.
    pub fn float_at(&mut self, object: u64) -> Option<f64> {
        let is = self.floats.values().any(|&float| float == object);
        is.then(|| f64::from_bits(self.word(object + 8)))
    }
    /// The number in a float.
    pub fn unboxed(&mut self, float: u64) -> f64 {
        self.float_at(float).unwrap_or_else(|| word::to_float(float))
    }
}
