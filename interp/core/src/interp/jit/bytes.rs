//! Bytes and characters one by one: items of bytes and bytearrays, their iterators, and what kind of character one is.
use haft_bytecode::Insn;
use haft_heap::Value;
use haft_jit::ir::{Alias, IrOp, Ref};

use super::layout;
use super::rec::{Known, Rec};
use crate::interp::machine::Machine;
use crate::object::{ByteArray, Bytes, PayloadRef, SeqIter, ShapeId};
use crate::vm::R;

/// Kinds of ASCII characters, as bits.
const UPPER: u8 = 1;
const LOWER: u8 = 2;
const DIGIT: u8 = 4;
const SPACE: u8 = 8;
const PRINTABLE: u8 = 16;
const UNDERSCORE: u8 = 32;

/// What each ASCII character is.
static KINDS: [u8; 128] = kinds();

const fn kinds() -> [u8; 128] {
    let mut kinds = [0; 128];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        kinds[at] = match byte {
            b'A'..=b'Z' => UPPER | PRINTABLE,
            b'a'..=b'z' => LOWER | PRINTABLE,
            b'0'..=b'9' => DIGIT | PRINTABLE,
            b'_' => UNDERSCORE | PRINTABLE,
            b' ' => SPACE | PRINTABLE,
            b'\t'..=b'\r' | 0x1c..=0x1f => SPACE,
            b'!'..=b'~' => PRINTABLE,
            _ => 0,
        };
        at += 1;
    }
    kinds
}

/// The kinds for which a method of str says True of one ASCII character.
fn kinds_of(method: &str) -> Option<u8> {
    Some(match method {
        "isalpha" => UPPER | LOWER,
        "isalnum" => UPPER | LOWER | DIGIT,
        "isdigit" | "isdecimal" | "isnumeric" => DIGIT,
        "isidentifier" => UPPER | LOWER | UNDERSCORE,
        "islower" => LOWER,
        "isprintable" => PRINTABLE,
        "isspace" => SPACE,
        "isupper" => UPPER,
        _ => return None,
    })
}

/// A byte in memory.
struct Place {
    at: Ref,
    offset: i64,
    alias: Alias,
}

/// The data of an exact bytes or bytearray.
fn data_of(rec: &Rec<'_, '_>, value: Value) -> Option<&'static [u8]> {
    let obj = value.as_ptr()?;
    if obj.shape() == ShapeId::BYTES.0 {
        return Bytes::of(obj).map(Bytes::data);
    }
    let exact = rec.d.vm.type_of(value) == rec.d.vm.t.bytearray;
    PayloadRef::<ByteArray>::of_value(value).filter(|_| exact).map(|bytes| bytes.data())
}

fn shape_of(object: Known<Value>) -> u32 {
    object.now.as_ptr().map_or(0, |obj| obj.shape())
}

impl Rec<'_, '_> {
    /// Byte `index` of an exact bytes or bytearray; `None`: it is none, or (guarded) the index is outside or negative.
    pub(super) fn byte_of(
        &mut self,
        object: Known<Value>,
        index: Known<i64>,
    ) -> Option<Known<i64>> {
        let data = data_of(self, object.now)?;
        let now = usize::try_from(index.now).ok().and_then(|at| data.get(at)).copied();
        let place = self.byte_place(object, index, now.is_some())?;
        let by = self.load(IrOp::LoadU8, place.at, place.offset, place.alias);
        Some(Known { now: i64::from(now?), by })
    }
    fn byte_place(
        &mut self,
        object: Known<Value>,
        index: Known<i64>,
        inside: bool,
    ) -> Option<Place> {
        if shape_of(object) != ShapeId::BYTES.0 {
            self.bytearray(object)?;
            let at = self.place_of_byte(object, index, inside)?;
            return Some(Place { at, offset: layout::FIRST_BYTE, alias: Alias::RAW });
        }
        self.shape_is(object, ShapeId::BYTES.0);
        let len = self.load(IrOp::LoadI64, object.by, layout::LEN, Alias::CONSTANT);
        let condition = self.op(IrOp::ULt, &[index.by, len]);
        if !self.test(inside, condition) {
            return None;
        }
        let at = self.out.imm(IrOp::Index, &[object.by, index.by], 1);
        Some(Place { at, offset: layout::BYTES_START, alias: Alias::CONSTANT })
    }

    /// The next byte of an iterator of bytes or a bytearray; false: it is none, or has none, and nothing was done.
    pub(super) fn next_byte(&mut self, i: Insn, iter: Known<Value>) -> R<bool> {
        let Some(state) = PayloadRef::<SeqIter>::of_value(iter.now) else { return Ok(false) };
        if !matches!(self.native_name(iter.now), "bytes_iterator" | "bytearray_iterator") {
            return Ok(false);
        }
        let (now, place) = (state.seq.get(), state.index.get());
        let byte = data_of(self, now).and_then(|data| data.get(place)).copied();
        let Some(byte) = byte else { return Ok(false) };
        let shape = shape_of(iter);
        self.shape_is(iter, shape);
        let by = self.load(IrOp::LoadV, iter.by, layout::SEQ_ITER_SEQ, layout::ITERATOR);
        let object = Known { now, by };
        let by = self.load(IrOp::LoadI64, iter.by, layout::SEQ_ITER_INDEX, layout::ITERATOR);
        let index = Known { now: place as i64, by };
        let Some(place) = self.byte_place(object, index, true) else { return Ok(false) };
        let by = self.load(IrOp::LoadU8, place.at, place.offset, place.alias);
        let item = self.of_int(Known { now: i64::from(byte), by });
        state.index.set(state.index.get() + 1);
        self.advance(iter.by, index.by, layout::SEQ_ITER_INDEX);
        // The extension is the way out of the loop.
        self.ext();
        self.set(i.a(), item);
        Ok(true)
    }

    /// `text.isalpha()` and the like of a string that is known to be one ASCII character.
    pub(super) fn character_is(
        &mut self,
        method: &str,
        text: Known<Value>,
    ) -> Option<Known<Value>> {
        let kinds = kinds_of(method)?;
        let byte = self.known_character(text)?;
        let table = self.out.const_p(KINDS.as_ptr().addr());
        let at = self.out.imm(IrOp::Index, &[table, byte.by], 1);
        let kind = self.load(IrOp::LoadU8, at, 0, Alias::CONSTANT);
        let mask = self.int(i64::from(kinds));
        let common = self.op(IrOp::And, &[kind, mask]);
        let outcome = KINDS[byte.now as usize] & kinds != 0;
        Some(self.differs_from_zero(outcome, common))
    }

    /// `character in "…"` of a constant ASCII string and one ASCII character: a bit of two words.
    pub(super) fn character_in(&mut self, text: Known<Value>, among: &[u8]) -> Option<bool> {
        let byte = self.known_character(text)?;
        let set = among.iter().fold(0_u128, |set, &byte| set | 1 << (byte & 127));
        let (low, high) = (self.int(set as u64 as i64), self.int((set >> 64) as u64 as i64));
        let (half, rest) = (self.int(64), self.int(63));
        let is_low = self.op(IrOp::ILt, &[byte.by, half]);
        let word = self.op(IrOp::Select, &[is_low, low, high]);
        let place = self.op(IrOp::And, &[byte.by, rest]);
        let shifted = self.op(IrOp::ShrU, &[word, place]);
        let one = self.int(1);
        let bit = self.op(IrOp::And, &[shifted, one]);
        let zero = self.int(0);
        let condition = self.op(IrOp::INe, &[bit, zero]);
        Some(self.test(set >> byte.now & 1 == 1, condition))
    }

    fn differs_from_zero(&mut self, outcome: bool, number: Ref) -> Known<Value> {
        let zero = self.int(0);
        let condition = self.op(IrOp::INe, &[number, zero]);
        self.test(outcome, condition);
        self.of_bool(outcome)
    }
}
