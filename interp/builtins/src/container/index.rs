//! Subscripts of sequences: an item, or the items of a slice.
//!
//! Reading a subscript may run Python (`__index__`), which may change the sequence. Therefore a subscript is read first,
//! and only then laid over the length the sequence has at that time.
use haft_core::object::{PayloadRef, Slice};
use haft_core::{R, Raised, Value, Vm};

use crate::arguments::{bound, slot};

/// A subscript that has been read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Subscript {
    /// An index, negative ones count from the end.
    Item(i64),
    /// A slice.
    Slice(Bounds),
}

/// The numbers of a slice, not yet laid over a length.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    start: i64,
    stop: i64,
    step: i64,
}

/// The items of a sequence that a slice means: `count` of them, number `i` at `start + i * step`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    /// First index. For an empty span with step 1: where to insert.
    pub(crate) start: i64,
    /// Difference, not 0.
    pub(crate) step: i64,
    /// Number of items.
    pub(crate) count: usize,
}

impl Span {
    /// Index of item number `i` of the span.
    #[inline]
    pub(crate) fn at(self, i: usize) -> usize {
        (self.start + i as i64 * self.step) as usize
    }
    /// The same items from low to high indices.
    pub(crate) fn ascending(self) -> Span {
        if self.step > 0 || self.count == 0 {
            return self;
        }
        Span { start: self.at(self.count - 1) as i64, step: -self.step, count: self.count }
    }
}

impl Bounds {
    /// Read a slice object.
    pub(crate) fn of(vm: &mut Vm, slice: PayloadRef<Slice>) -> R<Bounds> {
        let step = bound(vm, slice.step, 1)?.max(-i64::MAX);
        if step == 0 {
            return Err(vm.value_error("slice step cannot be zero"));
        }
        let (first, last) = if step < 0 { (i64::MAX, i64::MIN) } else { (0, i64::MAX) };
        let start = bound(vm, slice.start, first)?;
        let stop = bound(vm, slice.stop, last)?;
        Ok(Bounds { start, stop, step })
    }
    /// The items it means in a sequence of `len`.
    #[inline]
    pub(crate) fn over(self, len: usize) -> Span {
        let (len, step) = (len as i64, self.step);
        let (low, high) = if step < 0 { (-1, len - 1) } else { (0, len) };
        let clip = |at: i64| (if at < 0 { at.saturating_add(len) } else { at }).clamp(low, high);
        let (start, stop) = (clip(self.start), clip(self.stop));
        let count = if step < 0 {
            if stop < start { (start - stop - 1) / -step + 1 } else { 0 }
        } else if start < stop {
            (stop - start - 1) / step + 1
        } else {
            0
        };
        Span { start, step, count: count as usize }
    }
}

impl Subscript {
    /// Read `key`; `what` is the class of the sequence, for the TypeError.
    #[inline]
    pub(crate) fn read(vm: &mut Vm, key: Value, what: &str) -> R<Subscript> {
        if let Some(index) = key.as_fixnum() {
            return Ok(Subscript::Item(index));
        }
        if let Some(slice) = PayloadRef::<Slice>::of_value(key) {
            return Bounds::of(vm, slice).map(Subscript::Slice);
        }
        if !vm.is_int(key) && slot(vm, key, |s| s.index.get().is_none()) {
            return Err(wrong_key(vm, key, what));
        }
        read_index(vm, key).map(Subscript::Item)
    }
}

#[cold]
fn wrong_key(vm: &mut Vm, key: Value, what: &str) -> Raised {
    let class = vm.type_name(key);
    vm.type_error(format!("{what} indices must be integers or slices, not {class}"))
}

/// An index as a number; IndexError if it is beyond every sequence.
pub(crate) fn read_index(vm: &mut Vm, key: Value) -> R<i64> {
    let index = vm.index_value(key)?;
    match vm.as_int(index) {
        Some(number) => Ok(number),
        None => {
            let class = vm.type_name(key);
            Err(vm.index_error(format!("cannot fit '{class}' into an index-sized integer")))
        }
    }
}

/// Place of index `at` in a sequence of `len` items, if it has one.
#[inline]
pub(crate) fn place(at: i64, len: usize) -> Option<usize> {
    let at = if at < 0 { at + len as i64 } else { at };
    usize::try_from(at).ok().filter(|&at| at < len)
}
