//! Iteration.
use haft_heap::Value;

use crate::object::{Kind, List, ListIter, PayloadRef, RangeIter, SeqIter, Tuple, TupleIter};
use crate::vm::{R, Vm};

impl Vm {
    /// `iter(value)`.
    pub fn iterate(&mut self, value: Value) -> R {
        if let Some(iter) = self.type_of(value).slots.iter.get() {
            let result = iter(self, value)?;
            return self.checked_iterator(result);
        }
        if self.type_of(value).slots.getitem.get().is_some() && self.as_dict(value).is_none() {
            return Ok(
                self.new_payload(self.t.iterator, SeqIter { seq: value.into(), index: 0.into() })
            );
        }
        let name = self.type_name(value);
        Err(self.type_error(format!("'{name}' object is not iterable")))
    }
    /// What `__iter__` returned, if it is an iterator.
    pub(crate) fn checked_iterator(&mut self, result: Value) -> R {
        if self.type_of(result).slots.next.get().is_none() {
            let name = self.type_name(result);
            return Err(self.type_error(format!("iter() returned non-iterator of type '{name}'")));
        }
        Ok(result)
    }
    /// `next(iter)`; ABSENT at the end.
    #[inline]
    pub fn next(&mut self, iter: Value) -> R {
        if let Some(obj) = iter.as_ptr() {
            if let Some(list) = PayloadRef::<ListIter>::of(obj) {
                return Ok(list.advance());
            }
            if let Some(range) = PayloadRef::<RangeIter>::of(obj) {
                return Ok(match range.advance() {
                    Some(number) => self.int(number),
                    None => Value::ABSENT,
                });
            }
            if let Some(tuple) = PayloadRef::<TupleIter>::of(obj) {
                return Ok(tuple.advance());
            }
        }
        self.next_by_slot(iter)
    }
    /// As [`Vm::next`], without looking for the iterators of lists, ranges and tuples first.
    pub(crate) fn next_by_slot(&mut self, iter: Value) -> R {
        match self.type_of(iter).slots.next.get() {
            Some(next) => next(self, iter),
            None => {
                let name = self.type_name(iter);
                Err(self.type_error(format!("'{name}' object is not an iterator")))
            }
        }
    }
    /// Call `each` with every item of an iterable.
    pub fn for_each(
        &mut self,
        iterable: Value,
        mut each: impl FnMut(&mut Vm, Value) -> R<()>,
    ) -> R<()> {
        let iter = self.iterate(iterable)?;
        loop {
            let item = self.next(iter)?;
            if item.is_absent() {
                return Ok(());
            }
            each(self, item)?;
        }
    }
    /// A new list of the items of an iterable.
    pub fn list_of(&mut self, iterable: Value) -> R<List> {
        if let Some(items) = self.plain_items(iterable) {
            return Ok(List::from_slice(&mut self.heap, items));
        }
        let list = self.new_list();
        self.extend_list(list, iterable)?;
        Ok(list)
    }
    /// A tuple of the items of an iterable; an exact tuple is itself.
    pub fn tuple_of(&mut self, iterable: Value) -> R {
        if iterable.as_ptr().is_some_and(|obj| obj.kind() == Kind::Tuple as u8) {
            return Ok(iterable);
        }
        if let Some(items) = self.plain_items(iterable) {
            return Ok(self.tuple(items));
        }
        let list = self.list_of(iterable)?;
        Ok(self.tuple(list.items()))
    }
    /// The items of an exact list or tuple.
    fn plain_items(&self, iterable: Value) -> Option<&'static [Value]> {
        let obj = iterable.as_ptr()?;
        if let Some(tuple) = Tuple::of(obj) {
            return Some(tuple.items());
        }
        let list = List::of(obj)?;
        (self.type_of(iterable) == self.t.list).then(|| list.items())
    }
    /// Append every item of an iterable to a list.
    pub fn extend_list(&mut self, list: List, iterable: Value) -> R<()> {
        if let Some(items) = self.plain_items(iterable) {
            let n = items.len();
            list.reserve(&mut self.heap, n);
            for at in 0..n {
                // The source may be the list itself, whose array was just replaced.
                let item = self.plain_items(iterable).map_or(Value::NONE, |items| items[at]);
                list.push(&mut self.heap, item);
            }
            return Ok(());
        }
        if let Some(append) = self.type_of(iterable).slots.append_all.get() {
            return append(self, iterable, list);
        }
        let iter = self.iterate(iterable)?;
        loop {
            let item = self.next(iter)?;
            if item.is_absent() {
                return Ok(());
            }
            list.push(&mut self.heap, item);
        }
    }
    /// An iterator over a list.
    pub fn list_iter(&mut self, list: List) -> Value {
        self.new_payload(
            self.t.list_iterator,
            ListIter { list: list.value().into(), index: 0.into(), reversed: false },
        )
    }
    /// An iterator over a tuple.
    pub fn tuple_iter(&mut self, tuple: Tuple) -> Value {
        self.new_payload(self.t.tuple_iterator, TupleIter { tuple: tuple.value(), index: 0.into() })
    }
    /// `StopIteration(value)` raised, as `next()` shows the end of an iterator to Python.
    #[cold]
    pub fn stop_iteration(&mut self, value: Value) -> crate::vm::Raised {
        if value.is_none() || value.is_absent() {
            self.raise_with(self.exc.stop_iteration, &[])
        } else {
            self.raise_with(self.exc.stop_iteration, &[value])
        }
    }
    /// `operator.length_hint(value, 0)`, errors aside: a guess for how much room to make.
    pub fn length_hint(&mut self, value: Value) -> R<usize> {
        if self.type_of(value).slots.len.get().is_some() {
            return self.length(value);
        }
        let hint = self.call_special(value, self.names.__length_hint__, &[])?;
        Ok(hint.and_then(|h| self.as_int(h)).and_then(|h| usize::try_from(h).ok()).unwrap_or(0))
    }
}
