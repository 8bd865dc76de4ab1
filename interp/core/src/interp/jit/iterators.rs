//! `enumerate` and `zip` over ranges, lists and tuples, in any nesting: their next item is made by the trace. `map` of a
//! Python function, and `enumerate` of a generator, whose bodies become part of it.
//!
//! All that is tested is tested before anything moves on: a guard that fails leaves every iterator where it was. Where one
//! has ended, the runtime is called, which knows what the others have lost by then.
use haft_bytecode::Insn;
use haft_heap::Value;
use haft_jit::ir::{Alias, IrOp, Layout, Ref};

use super::layout;
use super::rec::{Known, Rec};
use crate::interp::machine::Machine;
use crate::object::{
    Enumerate, Function, Kind, List, ListIter, Map, PayloadRef, RangeIter, ShapeId, Tuple,
    TupleIter, Zip,
};
use crate::vm::{FrameFlags, R};

/// Deepest nesting of iterators.
const MAX_NESTING: usize = 3;

/// What an iterator will write when its item is taken.
enum Step {
    Range { iter: Known<Value>, next: Ref, step: Ref },
    Place { iter: Known<Value>, place: Ref, offset: i64 },
    Count { iter: Known<Value>, after: Ref },
}

impl Step {
    fn moved(&self) -> Known<Value> {
        match *self {
            Step::Range { iter, .. } | Step::Place { iter, .. } | Step::Count { iter, .. } => iter,
        }
    }
}

impl Rec<'_, '_> {
    /// The next item of `enumerate` or `zip`; false: the trace cannot make it, and nothing has moved on.
    pub(super) fn composed_next(&mut self, i: Insn, iter: Known<Value>) -> R<bool> {
        let composed = PayloadRef::<Enumerate>::of_value(iter.now).is_some()
            || PayloadRef::<Zip>::of_value(iter.now).is_some();
        if !composed {
            return Ok(false);
        }
        let mut steps = Vec::new();
        let Some(item) = self.peek(iter, 0, &mut steps) else { return Ok(false) };
        if !self.all_differ(&steps) {
            return Ok(false);
        }
        let now = self.d.vm.next_by_slot(iter.now)?;
        for step in steps {
            self.advance_by(step);
        }
        self.after_effect = true;
        // The extension is the way out of the loop.
        self.ext();
        self.set(i.a(), Known { now, by: item });
        Ok(true)
    }

    /// The next item of `map` with a Python function, which becomes part of the trace; false: the trace cannot make it, and
    /// nothing has moved on.
    pub(super) fn mapped_next(&mut self, i: Insn, iter: Known<Value>) -> R<bool> {
        let Some(map) = PayloadRef::<Map>::of_value(iter.now) else { return Ok(false) };
        let iters = map.iters.as_ptr().and_then(Tuple::of).map_or(&[][..], Tuple::items);
        let function = PayloadRef::<Function>::of_value(map.function)
            .filter(|&function| self.inlines(function, iters.len()));
        let Some(function) = function.filter(|_| self.native_name(iter.now) == "map") else {
            return Ok(false);
        };
        let shape = iter.now.as_ptr().map_or(0, |obj| obj.shape());
        if map.strict.get() || !self.shape_is(iter, shape) {
            return Ok(false);
        }
        let strict = self.load(IrOp::LoadU8, iter.by, layout::MAP_STRICT, layout::ITERATOR);
        let zero = self.int(0);
        let lenient = self.op(IrOp::IEq, &[strict, zero]);
        self.test(true, lenient);
        let by = self.load(IrOp::LoadV, iter.by, layout::MAP_FUNCTION, Alias::CONSTANT);
        let callee = Known { now: map.function, by };
        self.is_object(callee);
        self.guard_function(callee, function, iters.len() as u16);
        let tuple = self.load(IrOp::LoadV, iter.by, layout::MAP_ITERS, Alias::CONSTANT);
        self.guard_len(tuple, iters.len());
        let (mut steps, mut items) = (Vec::new(), Vec::new());
        for (at, &inner) in iters.iter().enumerate() {
            let offset = layout::FIRST_SLOT + 8 * at as i64;
            let by = self.load(IrOp::LoadV, tuple, offset, Alias::CONSTANT);
            // Tuples that `zip` makes would be seen by nobody while the next item is made.
            let Some(item) = self.peek(Known { now: inner, by }, MAX_NESTING, &mut steps) else {
                return Ok(false);
            };
            items.push(item);
        }
        if items.is_empty() || !self.all_differ(&steps) {
            return Ok(false);
        }
        let mut args = Vec::new();
        for (&inner, by) in iters.iter().zip(items) {
            args.push(Known { now: self.d.vm.next_by_slot(inner)?, by });
        }
        for step in steps {
            self.advance_by(step);
        }
        let flags = FrameFlags::FOR_ITER.with(FrameFlags::SPECIAL);
        self.enter_guarded(callee, function, &args, (i.a(), flags))?;
        Ok(true)
    }
    /// A tuple has this length.
    fn guard_len(&mut self, tuple: Ref, len: usize) {
        let now = self.load(IrOp::LoadU32, tuple, layout::LEN, Alias::CONSTANT);
        let wanted = self.int(len as i64);
        let same = self.op(IrOp::IEq, &[now, wanted]);
        self.test(true, same);
    }
    /// The next item of an `enumerate` of a generator, which becomes part of the trace: its frame knows the number of the
    /// item as its function. False: it cannot, and nothing was done.
    pub(super) fn counted_next(&mut self, i: Insn, iter: Known<Value>) -> R<bool> {
        let Some(counted) = PayloadRef::<Enumerate>::of_value(iter.now) else { return Ok(false) };
        let Some(generator) = self.resumable(counted.iter, Value::NONE) else { return Ok(false) };
        let Some(index) = counted.index.get().as_fixnum().filter(|&at| at < Value::FIXNUM_MAX)
        else {
            return Ok(false);
        };
        let shape = iter.now.as_ptr().map_or(0, |obj| obj.shape());
        if self.native_name(iter.now) != "enumerate" || !self.shape_is(iter, shape) {
            return Ok(false);
        }
        let by = self.load(IrOp::LoadV, iter.by, layout::ENUMERATE_ITER, Alias::CONSTANT);
        self.guard_generator(Known { now: counted.iter, by }, generator);
        let number = self.load(IrOp::LoadV, iter.by, layout::ENUMERATE_INDEX, layout::ITERATOR);
        let known = Known { now: counted.index.get(), by: number };
        if !self.is_int(known) {
            return Ok(false);
        }
        let unboxed = Machine::int(self, known);
        let one = self.int(1);
        let after = self.op(IrOp::Add, &[unboxed.by, one]);
        let fits = self.op(IrOp::Fits, &[after]);
        self.test(true, fits);
        self.advance_by(Step::Count { iter, after });
        counted.index.set(Value::fixnum_unchecked(index + 1));
        self.resume_in_loop(i, generator, by, Some(number))?;
        Ok(true)
    }

    /// An iterator that is asked twice for one item gives two: that is left to the runtime.
    fn all_differ(&mut self, steps: &[Step]) -> bool {
        for (at, step) in steps.iter().enumerate() {
            for other in &steps[..at] {
                if self.identical(step.moved(), other.moved()) {
                    return false;
                }
            }
        }
        true
    }

    /// The next item of an iterator, and what taking it writes; `None`: it has none, or is of another kind.
    fn peek(&mut self, iter: Known<Value>, depth: usize, steps: &mut Vec<Step>) -> Option<Ref> {
        if let Some(range) = PayloadRef::<RangeIter>::of_value(iter.now) {
            return self.peek_range(iter, range, steps);
        }
        if let Some(list) = PayloadRef::<ListIter>::of_value(iter.now) {
            return self.peek_list(iter, list, steps);
        }
        if let Some(tuple) = PayloadRef::<TupleIter>::of_value(iter.now) {
            return self.peek_tuple(iter, tuple, steps);
        }
        let shape = iter.now.as_ptr()?.shape();
        if depth == MAX_NESTING || !matches!(self.native_name(iter.now), "enumerate" | "zip") {
            return None;
        }
        self.shape_is(iter, shape);
        if let Some(counted) = PayloadRef::<Enumerate>::of_value(iter.now) {
            let by = self.load(IrOp::LoadV, iter.by, layout::ENUMERATE_ITER, Alias::CONSTANT);
            let index = self.load(IrOp::LoadV, iter.by, layout::ENUMERATE_INDEX, layout::ITERATOR);
            let index = Known { now: counted.index.get(), by: index };
            if !self.is_int(index) {
                return None;
            }
            let number = Machine::int(self, index);
            let one = self.int(1);
            let after = self.op(IrOp::Add, &[number.by, one]);
            let fits = self.op(IrOp::Fits, &[after]);
            if !self.test(number.now < Value::FIXNUM_MAX, fits) {
                return None;
            }
            let item = self.peek(Known { now: counted.iter, by }, depth + 1, steps)?;
            steps.push(Step::Count { iter, after });
            return Some(self.tuple_with(&[index.by, item]));
        }
        let zip = PayloadRef::<Zip>::of_value(iter.now)?;
        let tuple = self.load(IrOp::LoadV, iter.by, layout::ZIP_ITERS, Alias::CONSTANT);
        let iters = zip.iters.as_ptr().and_then(Tuple::of)?.items();
        self.guard_len(tuple, iters.len());
        let mut items = Vec::new();
        for (at, &inner) in iters.iter().enumerate() {
            let offset = layout::FIRST_SLOT + 8 * at as i64;
            let by = self.load(IrOp::LoadV, tuple, offset, Alias::CONSTANT);
            items.push(self.peek(Known { now: inner, by }, depth + 1, steps)?);
        }
        (!items.is_empty()).then(|| self.tuple_with(&items))
    }

    /// The next number of a range iterator and its step, guarded; `None`, guarded: it is at its end.
    pub(super) fn range_head(
        &mut self,
        iter: Known<Value>,
        state: PayloadRef<RangeIter>,
    ) -> Option<(Ref, Ref)> {
        let (start, step, end) = (state.next.get(), state.step, state.stop);
        let by = self.load(IrOp::LoadI64, iter.by, layout::RANGE_STEP, Alias::CONSTANT);
        let known_step = self.step_of(Known { now: step, by });
        let next = self.load(IrOp::LoadI64, iter.by, layout::RANGE_NEXT, layout::ITERATOR);
        let stop = self.load(IrOp::LoadI64, iter.by, layout::RANGE_STOP, Alias::CONSTANT);
        if start != end && step > 0 {
            self.bounds(next, stop, start, end);
        }
        let test = if step > 0 { IrOp::ILt } else { IrOp::IGt };
        let condition = self.op(test, &[next, stop]);
        self.test(start != end, condition).then_some((next, known_step))
    }
    /// The numbers of most loops are C ints that are not negative: tested once, that saves the tests of each number.
    fn bounds(&mut self, next: Ref, stop: Ref, start: i64, end: i64) {
        if start >= 0 {
            let zero = self.int(0);
            let condition = self.op(IrOp::IGe, &[next, zero]);
            self.test(true, condition);
        }
        if end <= i64::from(i32::MAX) {
            let most = self.int(i64::from(i32::MAX));
            let condition = self.op(IrOp::ILe, &[stop, most]);
            self.test(true, condition);
        }
    }
    fn peek_range(
        &mut self,
        iter: Known<Value>,
        range: PayloadRef<RangeIter>,
        steps: &mut Vec<Step>,
    ) -> Option<Ref> {
        self.kind_is(iter, Kind::RangeIter);
        let (next, step) = self.range_head(iter, range)?;
        steps.push(Step::Range { iter, next, step });
        Some(self.boxed(next))
    }
    fn peek_list(
        &mut self,
        iter: Known<Value>,
        state: PayloadRef<ListIter>,
        steps: &mut Vec<Step>,
    ) -> Option<Ref> {
        let list_now = state.list.get();
        let list = list_now.as_ptr().and_then(List::of)?;
        if state.reversed {
            return None;
        }
        self.kind_is(iter, Kind::ListIter);
        let reversed =
            self.load(IrOp::LoadU8, iter.by, layout::LIST_ITER_REVERSED, Alias::CONSTANT);
        let zero = self.int(0);
        let forward = self.op(IrOp::IEq, &[reversed, zero]);
        self.test(true, forward);
        let by = self.load(IrOp::LoadV, iter.by, layout::LIST_ITER_LIST, layout::ITERATOR);
        self.is_object(Known { now: list_now, by });
        let place = self.load(IrOp::LoadI64, iter.by, layout::LIST_ITER_INDEX, layout::ITERATOR);
        let len = self.list_len(by);
        let inside = self.op(IrOp::ULt, &[place, len]);
        if !self.test(state.index.get() < list.len(), inside) {
            return None;
        }
        let items = self.load(IrOp::LoadV, by, layout::LIST_ITEMS, layout::LIST);
        let at = self.out.imm(IrOp::Index, &[items, place], 8);
        steps.push(Step::Place { iter, place, offset: layout::LIST_ITER_INDEX });
        Some(self.load(IrOp::LoadV, at, layout::FIRST_SLOT, layout::ITEMS))
    }
    fn peek_tuple(
        &mut self,
        iter: Known<Value>,
        state: PayloadRef<TupleIter>,
        steps: &mut Vec<Step>,
    ) -> Option<Ref> {
        let len_now = state.tuple.as_ptr().and_then(Tuple::of)?.len();
        self.kind_is(iter, Kind::TupleIter);
        let tuple = self.load(IrOp::LoadV, iter.by, layout::TUPLE_ITER_TUPLE, Alias::CONSTANT);
        let place = self.load(IrOp::LoadI64, iter.by, layout::TUPLE_ITER_INDEX, layout::ITERATOR);
        let len = self.load(IrOp::LoadU32, tuple, layout::LEN, Alias::CONSTANT);
        let inside = self.op(IrOp::ULt, &[place, len]);
        if !self.test(state.index.get() < len_now, inside) {
            return None;
        }
        let at = self.out.imm(IrOp::Index, &[tuple, place], 8);
        steps.push(Step::Place { iter, place, offset: layout::TUPLE_ITER_INDEX });
        Some(self.load(IrOp::LoadV, at, layout::FIRST_SLOT, Alias::CONSTANT))
    }

    fn advance_by(&mut self, step: Step) {
        let one = self.int(1);
        match step {
            Step::Range { iter, next, step } => {
                let after = self.op(IrOp::Add, &[next, step]);
                self.move_on(iter, after, layout::RANGE_NEXT);
            }
            Step::Place { iter, place, offset } => {
                let after = self.op(IrOp::Add, &[place, one]);
                self.move_on(iter, after, offset);
            }
            Step::Count { iter, after } => {
                let after = self.boxed(after);
                let offset = layout::ENUMERATE_INDEX;
                self.out.memory(IrOp::StoreV, &[iter.by, after], offset, layout::ITERATOR);
            }
        }
    }
    fn move_on(&mut self, iter: Known<Value>, number: Ref, offset: i64) {
        self.out.memory(IrOp::StoreI64, &[iter.by, number], offset, layout::ITERATOR);
    }
    /// The word of a number that fits.
    fn boxed(&mut self, number: Ref) -> Ref {
        let by = self.op(IrOp::BoxI, &[number]);
        self.learn(by, |fact| {
            fact.int = Some(number);
            fact.is_int = true;
        });
        by
    }
    /// A new tuple.
    pub(super) fn tuple_with(&mut self, items: &[Ref]) -> Ref {
        let n = items.len() as u32;
        let layout = Layout {
            name: "tuple".to_string(),
            header: u64::from(ShapeId::TUPLE.0) | (Kind::Tuple as u64) << 32,
            bytes: 8 + 8 * n,
            init: vec![(layout::LEN as u32, u64::from(n))],
            listed: false,
            inner: 0,
        };
        let by = self.out.alloc(&layout);
        self.learn_made(by, Kind::Tuple);
        for (at, &item) in items.iter().enumerate() {
            self.barrier(by, item);
            let offset = layout::FIRST_SLOT + 8 * at as i64;
            self.out.memory(IrOp::StoreV, &[by, item], offset, Alias::CONSTANT);
        }
        by
    }
}
