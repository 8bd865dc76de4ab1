//! The recording machine's side of each primitive step: do it, and write it down.
use haft_bytecode::Insn;
use haft_bytecode::opcode::{ALLOCATES, Effects as Does, RUNS, WRITES};
use haft_heap::{Header, Obj, Value};
use haft_jit::ir::{Alias, Effects, IrOp, Layout, Ref};

use super::rec::{Known, Rec};
use super::{Abort, layout, thunk};
use crate::interp::machine::{FloatOp, Helper1, Helper2, Helper3, IntOp, Machine};
use crate::interp::names;
use crate::interp::ops::quick::PLAIN;
use crate::object::{
    Cache, CompareOp, FloatBox, How, Kind, Module, PayloadRef, RangeIter, ShapeId,
};
use crate::vm::{R, Vm};

pub(super) fn int_test(op: CompareOp) -> IrOp {
    match op {
        CompareOp::Lt => IrOp::ILt,
        CompareOp::Le => IrOp::ILe,
        CompareOp::Eq => IrOp::IEq,
        CompareOp::Ne => IrOp::INe,
        CompareOp::Gt => IrOp::IGt,
        CompareOp::Ge => IrOp::IGe,
    }
}

fn float_test(op: CompareOp) -> IrOp {
    match op {
        CompareOp::Lt => IrOp::FLt,
        CompareOp::Le => IrOp::FLe,
        CompareOp::Eq => IrOp::FEq,
        CompareOp::Ne => IrOp::FNe,
        CompareOp::Gt => IrOp::FGt,
        CompareOp::Ge => IrOp::FGe,
    }
}

/// What a helper may do, in the trace's terms.
pub(super) fn effects_of(does: Does) -> Effects {
    if does & RUNS != 0 {
        return Effects::ANY;
    }
    let writes = does & WRITES != 0;
    Effects {
        // What writes is also what may be given an iterator.
        reads: if writes { u64::MAX } else { layout::READS },
        writes: if writes { layout::CONTAINERS } else { 0 },
        allocates: does & ALLOCATES != 0,
        keep: writes,
    }
}

impl Machine for Rec<'_, '_> {
    type V = Known<Value>;
    type I = Known<i64>;
    type F = Known<f64>;

    fn vm(&mut self) -> &mut Vm {
        self.d.vm
    }
    fn ext(&mut self) -> Insn {
        self.d.ext()
    }
    fn save_pc(&mut self) {
        self.d.save_pc();
    }
    fn jump(&mut self, offset: i32) {
        self.d.jump(offset);
    }
    fn reg(&mut self, register: u16) -> Known<Value> {
        let now = self.d.reg(register);
        let slot = self.slot_of(register);
        Known { now, by: self.slot_value(slot) }
    }
    fn set(&mut self, register: u16, value: Known<Value>) {
        self.d.set(register, value.now);
        let slot = self.slot_of(register);
        self.set_slot(slot, value.by);
    }
    fn constant(&mut self, value: Value) -> Known<Value> {
        Known { now: value, by: self.constant_word(value) }
    }
    fn word_of(&self, value: Known<Value>) -> Value {
        value.now
    }
    fn is_int(&mut self, value: Known<Value>) -> bool {
        let fact = self.fact(value.by);
        let outcome = value.now.is_fixnum();
        if fact.is_int || fact.int.is_some() || fact.not_int() || fact.constant.is_some() {
            return outcome;
        }
        if !outcome && self.is_what_it_is(value) {
            return false;
        }
        let condition = self.op(IrOp::IsInt, &[value.by]);
        self.learn(value.by, |fact| fact.is_int = outcome);
        self.test(outcome, condition)
    }
    fn is_float(&mut self, value: Known<Value>) -> bool {
        let fact = self.fact(value.by);
        if fact.float.is_some() || fact.is_float {
            return true;
        }
        let outcome = value.now.is_float_imm();
        if fact.is_int || fact.int.is_some() || fact.is_object || fact.constant.is_some() {
            return outcome;
        }
        if !outcome && self.is_what_it_is(value) {
            return false;
        }
        let condition = self.op(IrOp::IsFloat, &[value.by]);
        self.learn(value.by, |fact| fact.is_float = outcome);
        self.test(outcome, condition)
    }
    fn is_same(&mut self, value: Known<Value>, constant: Value) -> bool {
        let outcome = value.now == constant;
        let fact = self.fact(value.by);
        let differs = !constant.is_ptr() && fact.is_object
            || !constant.is_fixnum() && (fact.is_int || fact.int.is_some())
            || !constant.is_float_imm() && fact.is_float;
        if fact.constant.is_some() || differs {
            return outcome;
        }
        // What is there is most often looked at next.
        if !constant.is_ptr() && !outcome && value.now.is_ptr() && self.is_what_it_is(value) {
            return false;
        }
        if constant == Value::ABSENT && !outcome && self.is_what_it_is(value) {
            return false;
        }
        // The other bool is asked for next, or a number compared with 0.
        if constant.is_bool() && !outcome && !self.after_effect {
            if value.now.is_bool() {
                return !Machine::is_same(self, value, value.now);
            }
            let is_number = value.now.is_fixnum() || value.now.is_float_imm();
            if is_number && self.is_what_it_is(value) {
                return false;
            }
        }
        let other = self.constant_word(constant);
        let condition = self.op(IrOp::Same, &[value.by, other]);
        self.test(outcome, condition);
        if outcome {
            self.learn_constant(value.by, constant);
        }
        outcome
    }
    fn identical(&mut self, a: Known<Value>, b: Known<Value>) -> bool {
        let outcome = a.now == b.now;
        if a.by == b.by || self.both_constant(a.by, b.by) {
            return outcome;
        }
        let condition = self.op(IrOp::Same, &[a.by, b.by]);
        self.test(outcome, condition)
    }
    fn kind_is(&mut self, value: Known<Value>, kind: Kind) -> bool {
        let outcome = self.d.kind_is(value.now, kind);
        let fact = self.fact(value.by);
        if fact.kind.is_some() || fact.constant.is_some() || fact.not_object() {
            return outcome;
        }
        if !self.is_object(value) {
            return outcome;
        }
        let header = self.load(IrOp::LoadU8, value.by, Header::KIND_OFFSET as i64, Alias::CONSTANT);
        let number = self.int(kind as i64);
        let condition = self.op(IrOp::IEq, &[header, number]);
        if outcome {
            self.learn(value.by, |fact| fact.kind = Some(kind));
        }
        self.test(outcome, condition)
    }
    fn shape_is(&mut self, value: Known<Value>, shape: u32) -> bool {
        let outcome = self.d.shape_is(value.now, shape);
        let fact = self.fact(value.by);
        if fact.not_object() || fact.exact.is_some() || !self.is_object(value) {
            return outcome;
        }
        if fact.constant.is_some() && outcome && is_kept(ShapeId(shape)) {
            return true;
        }
        let now = self.load(IrOp::LoadU32, value.by, Header::SHAPE_OFFSET as i64, layout::SHAPE);
        let number = self.int(i64::from(shape));
        let condition = self.op(IrOp::IEq, &[now, number]);
        if outcome && is_kept(ShapeId(shape)) {
            let kind = value.now.as_ptr().map(|obj| Kind::from_u8(obj.kind()));
            self.learn(value.by, |fact| {
                fact.kind = kind;
                fact.exact = Some(shape);
            });
        }
        self.test(outcome, condition)
    }
    fn version_is(&mut self, class: Obj, version: u32) -> bool {
        let outcome = self.d.version_is(class, version);
        if outcome {
            let class = self.constant_word(Value::from(class));
            let offset = layout::CLASS_VERSION_FIELD;
            let now = self.load(IrOp::LoadU32, class, offset, layout::CLASS_VERSION);
            let number = self.int(i64::from(version));
            let condition = self.op(IrOp::IEq, &[now, number]);
            self.test(true, condition);
        }
        outcome
    }
    fn int(&mut self, value: Known<Value>) -> Known<i64> {
        let now = self.d.int(value.now);
        if let Some(by) = self.fact(value.by).int {
            return Known { now, by };
        }
        let by = match self.fact(value.by).constant {
            Some(_) => self.out.const_i(now),
            None => self.op(IrOp::UnboxI, &[value.by]),
        };
        self.learn(value.by, |fact| fact.int = Some(by));
        Known { now, by }
    }
    fn float(&mut self, value: Known<Value>) -> Known<f64> {
        let now = float_of(value.now);
        if let Some(by) = self.fact(value.by).float {
            return Known { now, by };
        }
        let by = match self.fact(value.by).constant {
            Some(_) => self.out.const_f(now),
            None => self.op(IrOp::UnboxF, &[value.by]),
        };
        self.learn(value.by, |fact| fact.float = Some(by));
        Known { now, by }
    }
    fn int_constant(&mut self, number: i64) -> Known<i64> {
        Known { now: number, by: self.out.const_i(number) }
    }
    fn of_int(&mut self, number: Known<i64>) -> Known<Value> {
        if self.is_number(number.by) {
            let now = self.d.of_int(number.now);
            return self.constant(now);
        }
        let by = self.op(IrOp::BoxI, &[number.by]);
        self.learn(by, |fact| {
            fact.int = Some(number.by);
            fact.is_int = true;
        });
        Known { now: self.d.of_int(number.now), by }
    }
    fn of_float(&mut self, number: Known<f64>) -> Known<Value> {
        let by = self.op(IrOp::BoxF, &[number.by]);
        self.learn(by, |fact| fact.float = Some(number.by));
        Known { now: self.d.of_float(number.now), by }
    }
    fn negated(&mut self, value: Known<Value>) -> Known<Value> {
        let by = self.op(IrOp::UnboxB, &[value.by]);
        let by = self.op(IrOp::Not, &[by]);
        Known { now: self.d.negated(value.now), by: self.op(IrOp::BoxB, &[by]) }
    }
    fn of_bool(&mut self, outcome: bool) -> Known<Value> {
        self.constant(Value::bool(outcome))
    }
    fn int_op(&mut self, op: IntOp, a: Known<i64>, b: Known<i64>) -> Option<Known<i64>> {
        let now = self.d.int_op(op, a.now, b.now);
        if let Some(number) = now.filter(|_| self.is_number(a.by) && self.is_number(b.by)) {
            return Some(self.int_constant(number));
        }
        let by = self.int_operation(op, now.is_some(), a, b)?;
        Some(Known { now: now?, by })
    }
    fn int_compare(&mut self, op: CompareOp, a: Known<i64>, b: Known<i64>) -> bool {
        if self.is_number(a.by) && self.is_number(b.by) {
            return self.d.int_compare(op, a.now, b.now);
        }
        let condition = self.op(int_test(op), &[a.by, b.by]);
        let outcome = self.d.int_compare(op, a.now, b.now);
        self.test(outcome, condition)
    }
    fn float_op(&mut self, op: FloatOp, a: Known<f64>, b: Known<f64>) -> Known<f64> {
        let ir = match op {
            FloatOp::Add => IrOp::FAdd,
            FloatOp::Sub => IrOp::FSub,
            FloatOp::Mul => IrOp::FMul,
            FloatOp::Div => IrOp::FDiv,
        };
        Known { now: self.d.float_op(op, a.now, b.now), by: self.op(ir, &[a.by, b.by]) }
    }
    fn float_compare(&mut self, op: CompareOp, a: Known<f64>, b: Known<f64>) -> bool {
        let condition = self.op(float_test(op), &[a.by, b.by]);
        let outcome = self.d.float_compare(op, a.now, b.now);
        self.test(outcome, condition)
    }
    fn float_negative(&mut self, number: Known<f64>) -> Known<f64> {
        Known { now: -number.now, by: self.op(IrOp::FNeg, &[number.by]) }
    }
    fn int_to_float(&mut self, number: Known<i64>) -> Known<f64> {
        Known { now: self.d.int_to_float(number.now), by: self.op(IrOp::IToF, &[number.by]) }
    }
    fn load(&mut self, object: Known<Value>, word: usize) -> Known<Value> {
        let now = self.d.load(object.now, word);
        self.meets_float(object, word, now, false);
        let offset = layout::word_offset(word);
        Known { now, by: Rec::load(self, IrOp::LoadV, object.by, offset, layout::FIELD) }
    }
    fn store(&mut self, object: Known<Value>, word: usize, value: Known<Value>) {
        self.meets_float(object, word, value.now, true);
        self.d.store(object.now, word, value.now);
        self.barrier(object.by, value.by);
        let offset = layout::word_offset(word);
        self.out.memory(IrOp::StoreV, &[object.by, value.by], offset, layout::FIELD);
        self.after_effect = true;
    }
    fn load_overflow(&mut self, object: Known<Value>, word: usize, index: usize) -> Known<Value> {
        let now = self.d.load_overflow(object.now, word, index);
        let array =
            Rec::load(self, IrOp::LoadV, object.by, layout::word_offset(word), layout::FIELD);
        // Slots are only added: an object of this shape has the array, unless the attribute was never set.
        if now.is_absent() {
            self.give_up(Abort::MissingAttribute);
        }
        let offset = layout::FIRST_SLOT + 8 * index as i64;
        Known { now, by: Rec::load(self, IrOp::LoadV, array, offset, layout::OVERFLOW) }
    }
    fn set_shape(&mut self, object: Known<Value>, shape: u32) {
        self.d.set_shape(object.now, shape);
        let number = Rec::int(self, i64::from(shape));
        let args = [object.by, number];
        self.out.memory(IrOp::StoreI32, &args, Header::SHAPE_OFFSET as i64, layout::SHAPE);
        self.after_effect = true;
    }
    fn list_item(&mut self, list: Known<Value>, index: Known<i64>) -> Option<Known<Value>> {
        let now = self.d.list_item(list.now, index.now);
        let len = self.list_len(list.by);
        let place = self.index_in(len, index, now.is_some())?;
        let items = Rec::load(self, IrOp::LoadV, list.by, layout::LIST_ITEMS, layout::LIST);
        Some(Known { now: now?, by: self.item_of(items, place, layout::ITEMS) })
    }
    fn set_list_item(
        &mut self,
        list: Known<Value>,
        index: Known<i64>,
        value: Known<Value>,
    ) -> bool {
        let inside = self.d.list_item(list.now, index.now).is_some();
        let len = self.list_len(list.by);
        let Some(place) = self.index_in(len, index, inside) else { return false };
        self.d.set_list_item(list.now, index.now, value.now);
        let items = Rec::load(self, IrOp::LoadV, list.by, layout::LIST_ITEMS, layout::LIST);
        self.barrier(items, value.by);
        let at = self.out.imm(IrOp::Index, &[items, place], 8);
        let args = [at, value.by];
        self.out.memory(IrOp::StoreV, &args, layout::FIRST_SLOT, layout::ITEMS);
        self.after_effect = true;
        true
    }
    fn byte_item(&mut self, object: Known<Value>, index: Known<i64>) -> Option<Known<i64>> {
        self.byte_of(object, index)
    }
    fn set_byte_item(
        &mut self,
        object: Known<Value>,
        index: Known<i64>,
        value: Known<Value>,
    ) -> bool {
        let Some(bytes) = self.bytearray(object) else { return false };
        let fits = value.now.as_fixnum().is_some_and(|byte| (0..256).contains(&byte));
        let inside = usize::try_from(index.now).is_ok_and(|at| at < bytes.data().len());
        if !fits || !self.is_int(value) {
            return false;
        }
        let byte = Machine::int(self, value);
        let limit = Rec::int(self, 256);
        let condition = self.op(IrOp::ULt, &[byte.by, limit]);
        self.test(true, condition);
        let Some(place) = self.place_of_byte(object, index, inside) else { return false };
        let key = Value::fixnum_unchecked(index.now);
        if self.d.vm.set_item(object.now, key, value.now).is_err() {
            unreachable!("the index and the byte were looked at");
        }
        let args = [place, byte.by];
        self.out.memory(IrOp::StoreI8, &args, layout::FIRST_BYTE, Alias::RAW);
        self.after_effect = true;
        true
    }
    fn tuple_item(&mut self, tuple: Known<Value>, index: Known<i64>) -> Option<Known<Value>> {
        let now = self.d.tuple_item(tuple.now, index.now);
        let len = Rec::load(self, IrOp::LoadU32, tuple.by, layout::LEN, Alias::CONSTANT);
        let place = self.index_in(len, index, now.is_some())?;
        Some(Known { now: now?, by: self.item_of(tuple.by, place, Alias::CONSTANT) })
    }
    fn tuple_field(&mut self, tuple: Known<Value>, index: usize) -> Known<Value> {
        let offset = layout::FIRST_SLOT + 8 * index as i64;
        let by = Rec::load(self, IrOp::LoadV, tuple.by, offset, Alias::CONSTANT);
        Known { now: self.d.tuple_field(tuple.now, index), by }
    }
    fn length_is(&mut self, sequence: Known<Value>, len: usize) -> bool {
        let outcome = self.d.length_is(sequence.now, len);
        let now = if self.d.kind_is(sequence.now, Kind::Tuple) {
            Rec::load(self, IrOp::LoadU32, sequence.by, layout::LEN, Alias::CONSTANT)
        } else {
            self.list_len(sequence.by)
        };
        let wanted = Rec::int(self, len as i64);
        let condition = self.op(IrOp::IEq, &[now, wanted]);
        self.test(outcome, condition)
    }
    fn range_next(&mut self, iter: Known<Value>) -> Option<Known<Value>> {
        let state = PayloadRef::<RangeIter>::of_value(iter.now)?;
        let head = self.range_head(iter, state);
        let now = self.d.range_next(iter.now);
        let ((next, step), now) = (head?, now?);
        let after = self.op(IrOp::Add, &[next, step]);
        let args = [iter.by, after];
        self.out.memory(IrOp::StoreI64, &args, layout::RANGE_NEXT, layout::ITERATOR);
        self.after_effect = true;
        let by = self.op(IrOp::BoxI, &[next]);
        self.learn(by, |fact| {
            fact.int = Some(next);
            fact.is_int = true;
        });
        Some(Known { now, by })
    }
    fn list_next(&mut self, iter: Known<Value>) -> Option<Known<Value>> {
        self.next_of_list(iter)
    }
    fn tuple_next(&mut self, iter: Known<Value>) -> Option<Known<Value>> {
        let now = self.d.tuple_next(iter.now);
        let tuple =
            Rec::load(self, IrOp::LoadV, iter.by, layout::TUPLE_ITER_TUPLE, Alias::CONSTANT);
        let place =
            Rec::load(self, IrOp::LoadI64, iter.by, layout::TUPLE_ITER_INDEX, layout::ITERATOR);
        let len = Rec::load(self, IrOp::LoadU32, tuple, layout::LEN, Alias::CONSTANT);
        let condition = self.op(IrOp::ULt, &[place, len]);
        self.test(now.is_some(), condition);
        let now = now?;
        let by = self.item_of(tuple, place, Alias::CONSTANT);
        self.advance(iter.by, place, layout::TUPLE_ITER_INDEX);
        Some(Known { now, by })
    }
    fn next_item(
        &mut self,
        iter: Known<Value>,
        helper: &'static Helper1,
    ) -> R<Option<Known<Value>>> {
        let item = self.call1(helper, iter)?;
        let absent = self.constant_word(Value::ABSENT);
        let condition = self.op(IrOp::Same, &[item.by, absent]);
        self.test_end(item, condition);
        Ok((!item.now.is_absent()).then_some(item))
    }
    fn call1(&mut self, helper: &'static Helper1, a: Known<Value>) -> R<Known<Value>> {
        let by = self.helper(
            helper.name,
            helper.effects,
            thunk::call1 as *const () as usize,
            (std::ptr::from_ref(helper).addr(), &[a.by]),
        );
        let now = self.d.call1(helper, a.now)?;
        self.after_helper(helper.effects);
        Ok(Known { now, by })
    }
    fn call2(
        &mut self,
        helper: &'static Helper2,
        a: Known<Value>,
        b: Known<Value>,
    ) -> R<Known<Value>> {
        let by = self.helper(
            helper.name,
            helper.effects,
            thunk::call2 as *const () as usize,
            (std::ptr::from_ref(helper).addr(), &[a.by, b.by]),
        );
        let now = self.d.call2(helper, a.now, b.now)?;
        self.after_helper(helper.effects);
        Ok(Known { now, by })
    }
    fn call3(
        &mut self,
        helper: &'static Helper3,
        a: Known<Value>,
        b: Known<Value>,
        c: Known<Value>,
    ) -> R<Known<Value>> {
        let by = self.helper(
            helper.name,
            helper.effects,
            thunk::call3 as *const () as usize,
            (std::ptr::from_ref(helper).addr(), &[a.by, b.by, c.by]),
        );
        let now = self.d.call3(helper, a.now, b.now, c.now)?;
        self.after_helper(helper.effects);
        Ok(Known { now, by })
    }
    fn attempt2(
        &mut self,
        helper: &'static Helper2,
        a: Known<Value>,
        b: Known<Value>,
    ) -> R<Option<Known<Value>>> {
        let by = match self.lookup(helper, a, b) {
            Some(found) => found,
            None => self.helper(
                helper.name,
                helper.effects,
                thunk::call2 as *const () as usize,
                (std::ptr::from_ref(helper).addr(), &[a.by, b.by]),
            ),
        };
        let now = self.d.call2(helper, a.now, b.now)?;
        Ok(self.attempted(Known { now, by }, helper.effects))
    }
    fn attempt3(
        &mut self,
        helper: &'static Helper3,
        a: Known<Value>,
        b: Known<Value>,
        c: Known<Value>,
    ) -> R<Option<Known<Value>>> {
        let by = self.helper(
            helper.name,
            helper.effects,
            thunk::call3 as *const () as usize,
            (std::ptr::from_ref(helper).addr(), &[a.by, b.by, c.by]),
        );
        let now = self.d.call3(helper, a.now, b.now, c.now)?;
        Ok(self.attempted(Known { now, by }, helper.effects))
    }
    fn truth(&mut self, value: Known<Value>) -> R<bool> {
        if self.after_effect {
            return self.truth_by_call(value);
        }
        if let Some(outcome) = self.extension_truth(value)? {
            return Ok(outcome);
        }
        if value.now.is_fixnum() && self.is_int(value) {
            let number = Machine::int(self, value);
            let zero = self.int_constant(0);
            return Ok(self.int_compare(CompareOp::Ne, number, zero));
        }
        if value.now.is_none() || value.now.is_bool() {
            self.is_same(value, value.now);
            return self.d.truth(value.now);
        }
        if value.now.is_float_imm() && self.is_float(value) {
            let number = self.float(value);
            let zero = Known { now: 0.0, by: self.out.const_f(0.0) };
            return Ok(self.float_compare(CompareOp::Ne, number, zero));
        }
        if let Some(outcome) = self.truth_of_object(value) {
            return Ok(outcome);
        }
        if self.is_builtin(value) {
            let number = std::ptr::from_ref(&TRUTH).addr();
            let call = thunk::call1 as *const () as usize;
            let by = self.helper(TRUTH.name, TRUTH.effects, call, (number, &[value.by]));
            let outcome = self.d.truth(value.now)?;
            let yes = self.constant_word(Value::TRUE);
            let condition = self.op(IrOp::Same, &[by, yes]);
            return Ok(self.test(outcome, condition));
        }
        self.truth_by_call(value)
    }
    fn is_plain(&mut self, value: Known<Value>) -> bool {
        let Some(obj) = value.now.as_ptr() else { return !self.is_object(value) };
        PLAIN.contains(&ShapeId(obj.shape())) && self.shape_is(value, obj.shape())
    }
    fn is_key(&mut self, value: Known<Value>) -> bool {
        let is_tuple = value.now.as_ptr().is_some_and(|obj| obj.shape() == ShapeId::TUPLE.0);
        if is_tuple { self.shape_is(value, ShapeId::TUPLE.0) } else { self.is_plain(value) }
    }
    fn is_builtin(&mut self, value: Known<Value>) -> bool {
        let Some(obj) = value.now.as_ptr() else { return !self.is_object(value) };
        let shape = ShapeId(obj.shape());
        let known = PLAIN.contains(&shape) || BUILTIN.contains(&shape) || self.is_quiet(value.now);
        known && self.shape_is(value, shape.0)
    }
    fn tuple_of(&mut self, first: u16, n: u16) -> Known<Value> {
        let now = self.d.tuple_of(first, n);
        if n == 0 {
            return self.constant(now);
        }
        let items: Vec<Ref> = (first..first + n).map(|register| self.reg(register).by).collect();
        let by = self.tuple_with(&items);
        Known { now, by }
    }
    fn cell(&mut self, cell: Known<Value>) -> Known<Value> {
        let now = self.d.cell(cell.now);
        let by = Rec::load(self, IrOp::LoadV, cell.by, layout::CELL_CONTENTS, layout::CELL);
        Known { now, by }
    }
    fn set_cell(&mut self, cell: Known<Value>, value: Known<Value>) {
        self.d.set_cell(cell.now, value.now);
        self.barrier(cell.by, value.by);
        let args = [cell.by, value.by];
        self.out.memory(IrOp::StoreV, &args, layout::CELL_CONTENTS, layout::CELL);
        self.after_effect = true;
    }
    fn complex(&mut self, value: Known<Value>) -> (Known<f64>, Known<f64>) {
        let (re, im) = self.d.complex(value.now);
        let part = |rec: &mut Self, now, at| {
            let offset = layout::COMPLEX_RE + at;
            Known { now, by: rec.out.memory(IrOp::LoadF64, &[value.by], offset, Alias::CONSTANT) }
        };
        (part(self, re, 0), part(self, im, 8))
    }
    fn of_complex(&mut self, re: Known<f64>, im: Known<f64>) -> Known<Value> {
        let now = self.d.of_complex(re.now, im.now);
        let layout = Layout {
            name: "complex".to_string(),
            header: u64::from(ShapeId::COMPLEX.0) | (Kind::Complex as u64) << 32,
            bytes: 16,
            init: Vec::new(),
            listed: false,
            inner: 0,
        };
        let by = self.out.alloc(&layout);
        self.learn_made(by, Kind::Complex);
        for (at, part) in [(0, re), (8, im)] {
            let offset = layout::COMPLEX_RE + at;
            self.out.memory(IrOp::StoreF64, &[by, part.by], offset, Alias::CONSTANT);
        }
        Known { now, by }
    }
    fn module_entry(&mut self, module: Known<Value>, cache: &Cache) -> Option<Known<Value>> {
        let now = names::cached_module_entry(cache, module.now)?;
        self.is_same(module, module.now);
        let dict = PayloadRef::<Module>::of_value(module.now)?.dict;
        self.dict_version(dict.value(), cache.key.get());
        let dict = self.constant_word(dict.value());
        let entries = Rec::load(self, IrOp::LoadP, dict, layout::DICT_ENTRIES, layout::DICT);
        let offset = layout::entry_value(cache.slot.get() as usize);
        let by = Rec::load(self, IrOp::LoadV, entries, offset, layout::ENTRIES);
        Some(Known { now, by })
    }
    fn cached_global(&mut self, cache: &Cache) -> Option<Known<Value>> {
        let (globals, builtins) = (self.d.frame().globals, self.d.frame().builtins);
        let now = names::cached_global(cache, globals, builtins)?;
        self.guard_namespaces(if cache.how.get() == How::Global { 1 } else { 2 });
        let (owner, place) = (globals, cache.slot.get() as usize);
        self.dict_version(owner.value(), cache.key.get());
        let owner = if cache.how.get() == How::Global {
            owner
        } else {
            self.dict_version(builtins.value(), cache.next.get());
            builtins
        };
        let dict = self.constant_word(owner.value());
        let entries = Rec::load(self, IrOp::LoadP, dict, layout::DICT_ENTRIES, layout::DICT);
        let offset = layout::entry_value(place);
        let by = Rec::load(self, IrOp::LoadV, entries, offset, layout::ENTRIES);
        Some(Known { now, by })
    }
}

/// Shapes of containers and iterators whose own operations run no Python.
const BUILTIN: &[ShapeId] = &[
    ShapeId::TUPLE,
    ShapeId::LIST,
    ShapeId::DICT,
    ShapeId::SET,
    ShapeId::FROZENSET,
    ShapeId::RANGE,
    ShapeId::SLICE,
    ShapeId::LIST_ITER,
    ShapeId::TUPLE_ITER,
    ShapeId::RANGE_ITER,
];

/// Does an object of this shape keep it? It has no attributes, and its class is for good.
pub(super) fn is_kept(shape: ShapeId) -> bool {
    PLAIN.contains(&shape) || BUILTIN.contains(&shape) || shape == ShapeId::GENERATOR
}

static TRUTH: Helper1 = Helper1 {
    name: "BuiltinTruth",
    effects: haft_bytecode::opcode::RAISES,
    call: |vm, value| vm.truth(value).map(Value::bool),
};

/// The number in a float, immediate or not.
pub(super) fn float_of(value: Value) -> f64 {
    match value.as_float_imm() {
        Some(number) => number,
        None => value.as_ptr().and_then(FloatBox::of).map_or(0.0, FloatBox::number),
    }
}
