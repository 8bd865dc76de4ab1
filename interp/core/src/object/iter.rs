//! Iterators that loops meet all the time.
use std::cell::Cell;

use haft_heap::Value;

use super::{List, Tuple};
use crate::payload;

payload! {
    /// Over a list, forward or backward.
    pub struct ListIter [ListIter] {
        /// The list; ABSENT once exhausted.
        pub list: Cell<Value>,
        /// Next index (backward: the one after it).
        pub index: Cell<usize>,
        /// Backward?
        pub reversed: bool,
    }
    /// Over a tuple.
    pub struct TupleIter [TupleIter] {
        /// The tuple.
        pub tuple: Value,
        /// Next index.
        pub index: Cell<usize>,
    }
    /// Over a range whose numbers are all fixnums.
    pub struct RangeIter [RangeIter] {
        /// Next number.
        pub next: Cell<i64>,
        /// Difference.
        pub step: i64,
        /// What `next` is at the end.
        pub stop: i64,
    }
    /// `enumerate`: pairs of a number and an item.
    pub struct Enumerate {
        /// The items.
        pub iter: Value,
        /// Number of the next item, an int.
        pub index: Cell<Value>,
    }
    /// `zip`: tuples of items.
    pub struct Zip {
        /// The iterators, a tuple.
        pub iters: Value,
        /// Must all end together?
        pub strict: Cell<bool>,
    }
    /// `map`: results of a function.
    pub struct Map {
        /// The function.
        pub function: Value,
        /// The iterators its arguments come from, a tuple.
        pub iters: Value,
        /// Must all end together?
        pub strict: Cell<bool>,
    }
    /// Items that a function accepts.
    pub struct Filter {
        /// The function; None: the items' own truth.
        pub function: Value,
        /// The iterator that the items come from.
        pub iter: Value,
    }
    /// Over anything with `__getitem__`, as `iter` makes it: also for str, bytes, … where the item at an index is quick.
    pub struct SeqIter {
        /// The sequence; ABSENT once exhausted.
        pub seq: Cell<Value>,
        /// Next index (for str: byte offset).
        pub index: Cell<usize>,
    }
}

impl ListIter {
    /// The next item, ABSENT at the end.
    #[inline]
    pub fn advance(&self) -> Value {
        let Some(list) = self.list.get().as_ptr().and_then(List::of) else { return Value::ABSENT };
        let index = self.index.get();
        let next = if self.reversed {
            index.checked_sub(1).map(|i| (i, i))
        } else {
            Some((index, index + 1))
        };
        if let Some((at, after)) = next
            && let Some(item) = list.get(at)
        {
            self.index.set(after);
            return item;
        }
        self.list.set(Value::ABSENT);
        Value::ABSENT
    }
}

impl TupleIter {
    /// The next item, ABSENT at the end.
    #[inline]
    pub fn advance(&self) -> Value {
        let items = self.tuple.as_ptr().and_then(Tuple::of).map_or(&[][..], Tuple::items);
        let index = self.index.get();
        match items.get(index) {
            Some(&item) => {
                self.index.set(index + 1);
                item
            }
            None => Value::ABSENT,
        }
    }
}

impl RangeIter {
    /// The next number, if there is one.
    #[inline]
    pub fn advance(&self) -> Option<i64> {
        let number = self.next.get();
        if number == self.stop {
            return None;
        }
        self.next.set(number.wrapping_add(self.step));
        Some(number)
    }
    /// Over `len` numbers from `start` on. None of them, nor what would come next, is beyond 64 bits.
    pub fn new(start: i64, step: i64, len: i64) -> RangeIter {
        let stop = start.wrapping_add(len.max(0).wrapping_mul(step));
        RangeIter { next: Cell::new(start), step, stop }
    }
    /// How many are left.
    pub fn left(&self) -> i64 {
        (self.stop - self.next.get()) / self.step
    }
}
