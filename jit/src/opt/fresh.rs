//! Objects that the trace makes: until somebody else may know them, nobody but the trace reads or writes them.
use super::emit::Emitter;
use super::heap::Cell;
use crate::ir::{Alias, IrOp, Ref};

/// A field of a new object that was written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    /// Byte offset.
    pub(super) offset: i64,
    /// The store operation.
    pub(super) op: IrOp,
    /// Its alias class.
    pub(super) alias: Alias,
    /// What was written.
    pub(super) value: Ref,
}

/// A new object.
#[derive(Clone, Debug)]
pub(super) struct Object {
    /// The `alloc`.
    pub(super) alloc: Ref,
    /// Number of its layout.
    pub(super) layout: usize,
    /// May others know it?
    pub(super) escaped: bool,
    /// Fields written before it escaped.
    pub(super) fields: Vec<Written>,
    /// Other new objects that were ever written into it: its stores name them.
    pub(super) held: Vec<u32>,
}

/// Every object that the trace makes.
#[derive(Clone, Default, Debug)]
pub(super) struct Fresh {
    objects: Vec<Object>,
}

impl Fresh {
    /// One more; its number.
    pub(super) fn add(&mut self, alloc: Ref, layout: usize) -> u32 {
        let (fields, held) = (Vec::new(), Vec::new());
        self.objects.push(Object { alloc, layout, escaped: false, fields, held });
        self.objects.len() as u32 - 1
    }
    /// The object with a number.
    pub(super) fn get(&self, number: u32) -> &Object {
        &self.objects[number as usize]
    }
    /// The same, to change it.
    pub(super) fn get_mut(&mut self, number: u32) -> &mut Object {
        &mut self.objects[number as usize]
    }
    /// All.
    pub(super) fn all(&self) -> &[Object] {
        &self.objects
    }
}

impl Object {
    /// The field that was written at an offset, or `Err` if something overlaps it.
    pub(super) fn field(&self, offset: i64, bytes: i64) -> Result<Option<Written>, ()> {
        let mut found = None;
        for field in &self.fields {
            let width = i64::from(field.op.access_bytes());
            if field.offset == offset && width == bytes {
                found = Some(*field);
            } else if overlaps((field.offset, width), (offset, bytes)) {
                return Err(());
            }
        }
        Ok(found)
    }
}

/// Do two (offset, bytes) touch the same memory?
pub(super) fn overlaps((a, a_bytes): (i64, i64), (b, b_bytes): (i64, i64)) -> bool {
    a < b.saturating_add(b_bytes) && b < a.saturating_add(a_bytes)
}

impl Emitter<'_> {
    /// The object, if nobody else knows it.
    pub(super) fn unescaped(&self, value: Ref) -> Option<u32> {
        let number = self.facts(value).fresh?;
        (!self.fresh.get(number).escaped).then_some(number)
    }
    /// Others may know the object from now on: what it holds is memory like any other.
    pub(super) fn escape_fresh(&mut self, number: u32) {
        let object = self.fresh.get_mut(number);
        if object.escaped {
            return;
        }
        object.escaped = true;
        let base = object.alloc;
        let fields = object.fields.clone();
        for held in std::mem::take(&mut object.held) {
            self.escape_fresh(held);
        }
        for field in fields {
            let Written { offset, op, alias, value } = field;
            self.heap.set(Cell { base, offset, op, alias, value, stored: true, from: None });
        }
    }
    /// A word of a new object that nobody wrote: (offset, bytes).
    pub(super) fn initial(&self, layout: usize, offset: i64, bytes: i64) -> Option<u64> {
        let layout = &self.layouts[layout];
        let end = 8 + i64::from(layout.bytes);
        if offset < 0 || offset + bytes > end {
            return None;
        }
        let word_at = offset & !7;
        if offset + bytes > word_at + 8 {
            return None;
        }
        let mut word = if word_at == 0 { layout.header } else { 0 };
        for &(at, value) in &layout.init {
            if i64::from(at) == word_at {
                word = value;
            } else if overlaps((i64::from(at), 8), (word_at, 8)) {
                return None;
            }
        }
        let shifted = word >> ((offset - word_at) * 8);
        Some(if bytes == 8 { shifted } else { shifted & ((1 << (bytes * 8)) - 1) })
    }
}
