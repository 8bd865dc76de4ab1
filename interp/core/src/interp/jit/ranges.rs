//! `range(…)`, and the iterators of ranges, lists and tuples: objects that the trace makes itself, so that those which
//! nobody else needs are never made.
use haft_bytecode::Insn;
use haft_heap::{Header, Value};
use haft_jit::ir::{Alias, IrOp, Layout, Ref};

use super::layout;
use super::rec::{Known, Rec};
use crate::interp::machine::Machine;
use crate::interp::ops;
use crate::object::{
    ListIter, Payload, PayloadRef, Range, RangeIter, ShapeId, TupleIter, payload_table,
};
use crate::vm::R;

/// Steps beyond this are left to the runtime: one step more than a small int is still a word.
const MAX_STEP: i64 = i32::MAX as i64;

/// The layout of a payload object.
fn layout_of<T: Payload>(name: &str, shape: ShapeId) -> Layout {
    Layout {
        name: name.to_string(),
        header: u64::from(shape.0) | (T::KIND as u64) << 32,
        bytes: (layout::STRUCT - Header::PAYLOAD_OFFSET + size_of::<T>()) as u32,
        init: vec![(Header::PAYLOAD_OFFSET as u32, payload_table::<T>())],
        listed: false,
        inner: 0,
    }
}

impl Rec<'_, '_> {
    /// `range` of small ints; `None`: that is left to the runtime.
    pub(super) fn range_of(
        &mut self,
        callee: Known<Value>,
        args: &[Known<Value>],
    ) -> R<Option<Known<Value>>> {
        let (zero, one) = (Value::small(0), Value::small(1));
        let (start, stop, step) = match *args {
            [stop] => (None, stop, None),
            [start, stop] => (Some(start), stop, None),
            [start, stop, step] => (Some(start), stop, Some(step)),
            _ => return Ok(None),
        };
        let start = start.unwrap_or_else(|| self.constant(zero));
        let step = step.unwrap_or_else(|| self.constant(one));
        let step_now = step.now.as_fixnum().unwrap_or(0);
        let plain = start.now.is_fixnum() && stop.now.is_fixnum();
        if !plain || step_now == 0 || step_now.abs() > MAX_STEP {
            return Ok(None);
        }
        if !(self.is_int(start) && self.is_int(stop) && self.is_int(step)) {
            return Ok(None);
        }
        let (first, end) = (Machine::int(self, start).by, Machine::int(self, stop).by);
        let step_number = Machine::int(self, step);
        let step_by = self.step_of(step_number);
        let words: Vec<Value> = args.iter().map(|arg| arg.now).collect();
        self.d.save_pc();
        let now = self.d.vm.call_positional(callee.now, &words)?;
        let Some(len_now) = PayloadRef::<Range>::of_value(now).map(|range| range.get().len) else {
            return Ok(None);
        };
        let len = self.range_len((first, end), (step_now, step_by));
        let fits = self.op(IrOp::Fits, &[len]);
        if !self.test(len_now.is_fixnum(), fits) {
            return Ok(None);
        }
        self.is_same(callee, callee.now);
        let by = self.out.alloc(&layout_of::<Range>("range", ShapeId::RANGE));
        self.learn_made(by, Range::KIND);
        let len = self.op(IrOp::BoxI, &[len]);
        let fields = [
            (layout::RANGE_FIRST, start.by),
            (layout::RANGE_BOUND, stop.by),
            (layout::RANGE_DIFFERENCE, step.by),
            (layout::RANGE_LEN, len),
        ];
        for (offset, value) in fields {
            self.out.memory(IrOp::StoreV, &[by, value], offset, Alias::CONSTANT);
        }
        Ok(Some(Known { now, by }))
    }

    /// The step of a range, guarded: its sign, and that it is not large. One up or down is guarded to be that.
    pub(super) fn step_of(&mut self, step: Known<i64>) -> Ref {
        if step.now.abs() == 1 {
            let known = self.int(step.now);
            let condition = self.op(IrOp::IEq, &[step.by, known]);
            self.test(true, condition);
            return known;
        }
        let (sign, near, far) = if step.now > 0 {
            (IrOp::IGt, IrOp::ILe, MAX_STEP)
        } else {
            (IrOp::ILt, IrOp::IGe, -MAX_STEP)
        };
        for (test, bound, holds) in [(sign, 0, true), (near, far, step.now.abs() <= MAX_STEP)] {
            let bound = self.int(bound);
            let condition = self.op(test, &[step.by, bound]);
            self.test(holds, condition);
        }
        step.by
    }

    /// How many numbers there are.
    fn range_len(&mut self, (first, end): (Ref, Ref), (step_now, step): (i64, Ref)) -> Ref {
        let (test, low, high) =
            if step_now > 0 { (IrOp::ILt, first, end) } else { (IrOp::IGt, end, first) };
        let some = self.op(test, &[first, end]);
        let distance = self.op(IrOp::Sub, &[high, low]);
        let none = self.int(0);
        let distance = self.op(IrOp::Select, &[some, distance, none]);
        if step_now.abs() == 1 {
            return distance;
        }
        let one = self.int(1);
        let step = if step_now > 0 { step } else { self.op(IrOp::Sub, &[none, step]) };
        let more = self.op(IrOp::Sub, &[step, one]);
        let sum = self.op(IrOp::Add, &[distance, more]);
        self.op(IrOp::FloorDiv, &[sum, step])
    }

    /// `r[a] = iter(r[b])`
    pub(super) fn get_iter(&mut self, i: Insn) -> R<()> {
        let value = self.reg(i.b());
        let shape = value.now.as_ptr().map_or(ShapeId(0), |obj| ShapeId(obj.shape()));
        let known = matches!(shape, ShapeId::RANGE | ShapeId::LIST | ShapeId::TUPLE)
            && self.shape_is(value, shape.0);
        let made = match shape {
            ShapeId::RANGE if known => self.iterate_range(value),
            ShapeId::LIST if known => {
                let by = self.iterator::<ListIter>("list_iterator", ShapeId::LIST_ITER);
                let args = [by, value.by];
                self.barrier(by, value.by);
                self.out.memory(IrOp::StoreV, &args, layout::LIST_ITER_LIST, layout::ITERATOR);
                Some(by)
            }
            ShapeId::TUPLE if known => {
                let by = self.iterator::<TupleIter>("tuple_iterator", ShapeId::TUPLE_ITER);
                let args = [by, value.by];
                self.barrier(by, value.by);
                self.out.memory(IrOp::StoreV, &args, layout::TUPLE_ITER_TUPLE, Alias::CONSTANT);
                Some(by)
            }
            _ => None,
        };
        let Some(by) = made else { return ops::get_iter(self, i) };
        self.d.save_pc();
        let now = self.d.vm.iterate(value.now)?;
        self.set(i.a(), Known { now, by });
        Ok(())
    }

    fn iterator<T: Payload>(&mut self, name: &str, shape: ShapeId) -> Ref {
        let by = self.out.alloc(&layout_of::<T>(name, shape));
        self.learn_made(by, T::KIND);
        by
    }

    /// The iterator of a range of small ints.
    fn iterate_range(&mut self, value: Known<Value>) -> Option<Ref> {
        let range = PayloadRef::<Range>::of_value(value.now)?;
        let range = range.get();
        let field = |rec: &mut Self, now: Value, offset: i64| {
            let by = Rec::load(rec, IrOp::LoadV, value.by, offset, Alias::CONSTANT);
            let word = Known { now, by };
            (now.is_fixnum() && rec.is_int(word)).then(|| Machine::int(rec, word))
        };
        let step_now = range.step.as_fixnum()?;
        let len_now = range.len.as_fixnum()?;
        let end_now = step_now.checked_mul(len_now)?.checked_add(range.start.as_fixnum()?)?;
        if step_now.abs() > MAX_STEP || Value::fixnum(end_now).is_none() {
            return None;
        }
        let first = field(self, range.start, layout::RANGE_FIRST)?.by;
        let bound = field(self, range.stop, layout::RANGE_BOUND)?.by;
        let step = field(self, range.step, layout::RANGE_DIFFERENCE)?;
        let step_by = self.step_of(step);
        let end = if step.now.abs() == 1 {
            let test = if step.now > 0 { IrOp::ILt } else { IrOp::IGt };
            let some = self.op(test, &[first, bound]);
            self.op(IrOp::Select, &[some, bound, first])
        } else {
            let len = field(self, range.len, layout::RANGE_LEN)?.by;
            let distance = self.op(IrOp::Mul, &[len, step_by]);
            let end = self.op(IrOp::Add, &[first, distance]);
            let fits = self.op(IrOp::Fits, &[end]);
            self.test(true, fits);
            end
        };
        let by = self.iterator::<RangeIter>("range_iterator", ShapeId::RANGE_ITER);
        let fields = [
            (layout::RANGE_NEXT, first, layout::ITERATOR),
            (layout::RANGE_STEP, step_by, Alias::CONSTANT),
            (layout::RANGE_STOP, end, Alias::CONSTANT),
        ];
        for (offset, number, alias) in fields {
            self.out.memory(IrOp::StoreI64, &[by, number], offset, alias);
        }
        Some(by)
    }
}
