//! What attribute instructions found, by shape and name: the second cache, behind the one of each instruction.
//!
//! An instruction that meets objects of several shapes in turn loses what its own cache knew each time. Then it is found
//! here again. Entries are not traced: one that depends on a class is used only while the class of the object at hand
//! has the version it had, and then everything it names is alive.
use haft_heap::Value;

use crate::object::{Cache, How, Type};

/// Which instruction asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Purpose {
    /// `load_attr`
    Load,
    /// `load_method`
    Method,
    /// `store_attr`
    Store,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    name: Value,
    value: Value,
    shape: u32,
    version: u32,
    slot: u32,
    next: u32,
    how: How,
    purpose: Purpose,
}

/// Number of rows, a power of two.
const ROWS: usize = 1024;

const EMPTY: Row = Row {
    name: Value::ABSENT,
    value: Value::ABSENT,
    shape: 0,
    version: 0,
    slot: 0,
    next: 0,
    how: How::Nothing,
    purpose: Purpose::Load,
};

/// The cache; it has no rows before the first thing is learnt.
#[derive(Debug, Default)]
pub(crate) struct Known(Vec<Row>);

impl Known {
    #[inline]
    fn place(purpose: Purpose, name: Value, shape: u32) -> usize {
        let mixed = (name.bits() >> 4) as usize ^ (shape as usize).wrapping_mul(0x9E37);
        (mixed ^ (purpose as usize) << 8) & (ROWS - 1)
    }
    /// Fill the cache of an instruction with what is known of `name` for objects of this shape and class; false: nothing.
    #[inline]
    pub(crate) fn recall(
        &self,
        purpose: Purpose,
        name: Value,
        (shape, class): (u32, Type),
        cache: &Cache,
    ) -> bool {
        let Some(row) = self.0.get(Known::place(purpose, name, shape)) else { return false };
        if row.name != name || row.shape != shape || row.purpose != purpose {
            return false;
        }
        let by_class = row.how.is_by_class();
        if by_class && row.version != class.version.get() {
            return false;
        }
        cache.key.set(shape);
        cache.slot.set(row.slot);
        cache.next.set(row.next);
        if by_class {
            cache.version.set(row.version);
            cache.class.set(class.value());
            cache.value.set(row.value);
        }
        cache.how.set(row.how);
        true
    }
    /// Take over what the cache of an instruction has just learnt.
    pub(crate) fn learn(&mut self, purpose: Purpose, name: Value, cache: &Cache) {
        let how = cache.how.get();
        if matches!(how, How::Nothing | How::Module | How::Global | How::Builtin) {
            return;
        }
        if self.0.is_empty() {
            self.0.resize(ROWS, EMPTY);
        }
        let shape = cache.key.get();
        self.0[Known::place(purpose, name, shape)] = Row {
            name,
            value: cache.value.get(),
            shape,
            version: cache.version.get(),
            slot: cache.slot.get(),
            next: cache.next.get(),
            how,
            purpose,
        };
    }
}
