//! Arrays of values: the growable part of lists, instances and frames.
use haft_heap::{Header, Heap, Obj, Tracer, Value};

use super::word_ptr;
use super::{Kind, ShapeId};

/// So few values are copied one by one rather than by a call.
const FEW: usize = 12;

/// So many values are filled in where no function is called.
pub(super) const MOST_QUICK: usize = 64;

/// A heap array of a fixed number of values; slots that are not used hold ABSENT.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Array(Obj);

impl Array {
    /// Byte offset of the first slot.
    pub const ITEMS_OFFSET: usize = Header::PAYLOAD_OFFSET + 8;

    /// An array of `len` ABSENT values.
    pub fn new(heap: &mut Heap, len: usize) -> Array {
        Array::of_kind(heap, Kind::Array, len)
    }
    /// The same for the registers of a generator.
    pub fn for_registers(heap: &mut Heap, len: usize) -> Array {
        Array::of_kind(heap, Kind::Registers, len)
    }
    fn of_kind(heap: &mut Heap, kind: Kind, len: usize) -> Array {
        let obj = heap.alloc(kind as u8, ShapeId::NONE.0, 8 + len * 8);
        obj.set_word(0, len as u64);
        Array(obj)
    }
    /// As [`new`](Self::new), if the heap makes it without a call.
    #[inline(always)]
    pub(super) fn quick(heap: &mut Heap, len: usize) -> Option<Array> {
        if len > MOST_QUICK {
            return None;
        }
        let obj = heap.alloc_quick(Kind::Array as u8, ShapeId::NONE.0, 8 + len * 8)?;
        obj.set_word(0, len as u64);
        Some(Array(obj))
    }
    /// The array in a word that was stored by [`Array::obj`].
    #[inline]
    pub fn of_word(word: u64) -> Option<Array> {
        Value::from_bits(word).as_ptr().map(Array)
    }
    /// The object.
    #[inline]
    pub fn obj(self) -> Obj {
        self.0
    }
    /// Number of slots.
    #[inline]
    pub fn len(self) -> usize {
        self.0.word(0) as u32 as usize
    }
    /// Has it no slots?
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
    /// The value in slot `index`.
    #[inline]
    pub fn at(self, index: usize) -> Value {
        debug_assert!(index < self.len());
        Value::from_bits(self.0.word(1 + index))
    }
    /// Put `value` into slot `index`.
    #[inline]
    pub fn set(self, heap: &mut Heap, index: usize, value: Value) {
        debug_assert!(index < self.len());
        heap.barrier_at(self.0, 1 + index);
        self.0.set_word(1 + index, value.bits());
    }
    /// The same where no barrier is needed.
    #[inline]
    pub(super) fn init(self, index: usize, value: Value) {
        debug_assert!(index < self.len() && !Heap::is_old(self.0));
        self.0.set_word(1 + index, value.bits());
    }
    /// Address of the first slot.
    #[inline]
    pub fn slots(self) -> *mut Value {
        word_ptr(self.0, 1).cast()
    }
    /// The slots. Valid until something else writes to the array.
    #[inline]
    pub fn as_slice<'a>(self) -> &'a [Value] {
        // SAFETY: the array has `len` words from slot 0 on and does not move; it lives while this reference is on the
        // native stack.
        unsafe { std::slice::from_raw_parts(self.slots(), self.len()) }
    }
    /// A larger (or smaller) copy.
    #[must_use]
    pub fn resized(self, heap: &mut Heap, len: usize) -> Array {
        let new = Array::new(heap, len);
        heap.barrier(new.0);
        let n = len.min(self.len());
        // SAFETY: both arrays have at least `n` slots and are different objects.
        unsafe { std::ptr::copy_nonoverlapping(self.slots(), new.slots(), n) };
        new
    }
    /// Copy `n` slots from `from` to `to` within the array; the ranges may overlap.
    pub fn move_within(self, heap: &mut Heap, from: usize, to: usize, n: usize) {
        assert!(from + n <= self.len() && to + n <= self.len(), "move within an array");
        heap.barrier(self.0);
        // SAFETY: the range was checked to lie in the array.
        let source = unsafe { self.slots().add(from) };
        // SAFETY: likewise.
        let target = unsafe { self.slots().add(to) };
        // SAFETY: as above; `copy` allows overlap.
        unsafe { std::ptr::copy(source, target, n) };
    }
    /// Write these values from the first slot on: those of other arrays, mostly few.
    #[inline]
    pub fn fill(self, heap: &mut Heap, first: &[Value], rest: &[Value]) {
        assert!(first.len() + rest.len() <= self.len(), "fill an array");
        heap.barrier(self.0);
        let mut at = 0;
        for part in [first, rest] {
            if part.len() <= FEW {
                for (k, value) in part.iter().enumerate() {
                    self.0.set_word(1 + at + k, value.bits());
                }
            } else {
                // SAFETY: it was checked above that there is room.
                let target = unsafe { self.slots().add(at) };
                // SAFETY: as above; the parts lie in other arrays.
                unsafe { std::ptr::copy_nonoverlapping(part.as_ptr(), target, part.len()) };
            }
            at += part.len();
        }
    }
    /// Write these values of another array so many times, from the first slot on.
    pub fn fill_repeated(self, heap: &mut Heap, values: &[Value], times: usize) {
        assert!(values.len() * times <= self.len(), "fill an array");
        heap.barrier(self.0);
        let mut word = 1;
        for _ in 0..times {
            for value in values {
                self.0.set_word(word, value.bits());
                word += 1;
            }
        }
    }
    /// Write `values` from slot `start` on.
    pub fn write(self, heap: &mut Heap, start: usize, values: &[Value]) {
        assert!(start + values.len() <= self.len(), "write into an array");
        heap.barrier(self.0);
        // SAFETY: the range was checked; `copy` allows `values` to be a part of this array.
        let target = unsafe { self.slots().add(start) };
        // SAFETY: as above.
        unsafe { std::ptr::copy(values.as_ptr(), target, values.len()) };
    }
}

/// Report what a suspended generator's registers hold. Conservatively: while its frame was on the stack, the collector did
/// not look at temporaries that no instruction reads again, so that they may hold words of objects that are long dead.
///
/// # Safety
/// The object is of the kind `Registers`.
pub(super) unsafe fn trace_registers(obj: Obj, tracer: &mut Tracer<'_>) {
    for &value in Array(obj).as_slice() {
        if value.is_ptr() {
            tracer.conservative_word(value.bits() as usize);
        }
    }
}
