//! What the steps of the recording machine are made of: guards on what is known, arithmetic, items, helpers.
use haft_bytecode::opcode::{Effects as Does, RUNS, WRITES};
use haft_bytecode::{Insn, Op};
use haft_heap::Value;
use haft_jit::ir::{Alias, Effects, IrOp, Ref};

use super::machine::{effects_of, is_kept};
use super::rec::{Arg, Known, Rec};
use super::{Abort, layout, thunk};
use crate::interp::machine::{IntOp, Machine};
use crate::object::{ByteArray, Kind, List, PayloadRef, ShapeId, Str, Tuple};
use crate::vm::R;

/// Native classes whose own operations run no Python, by name, besides those with shapes of fixed numbers.
const QUIET_CLASSES: &[&str] = &[
    "bytearray",
    "bytearray_iterator",
    "bytes_iterator",
    "dict_itemiterator",
    "dict_items",
    "dict_keyiterator",
    "dict_keys",
    "dict_valueiterator",
    "dict_values",
    "set_iterator",
    "str_ascii_iterator",
    "str_iterator",
];

impl Rec<'_, '_> {
    /// Guard what a word is, one of a number or an object, instead of what it is not; false: it is something else.
    pub(super) fn is_what_it_is(&mut self, value: Known<Value>) -> bool {
        let fact = self.fact(value.by);
        let known = fact.is_int || fact.int.is_some() || fact.not_int();
        let op = match value.now {
            _ if known => return true,
            now if now.is_float_imm() => IrOp::IsFloat,
            now if now.is_fixnum() => IrOp::IsInt,
            now if now.is_ptr() => IrOp::IsObject,
            _ => return false,
        };
        let condition = self.op(op, &[value.by]);
        self.learn(value.by, |fact| match op {
            IrOp::IsFloat => fact.is_float = true,
            IrOp::IsInt => fact.is_int = true,
            _ => fact.is_object = true,
        });
        self.test(true, condition)
    }
    /// Is an int the same each time?
    pub(super) fn is_number(&self, value: Ref) -> bool {
        self.out.trace().inst(value).op == IrOp::ConstI
    }
    /// Is its class a native one that runs no Python?
    pub(super) fn is_quiet(&self, value: Value) -> bool {
        QUIET_CLASSES.contains(&self.native_name(value))
    }
    /// Name of the class of a value, if that is a native one.
    pub(super) fn native_name(&self, value: Value) -> &'static str {
        self.d.vm.type_of(value).native_name.get()
    }
    /// An object that the trace has made.
    pub(super) fn learn_made(&mut self, made: Ref, kind: Kind) {
        self.learn(made, |fact| {
            fact.is_object = true;
            fact.kind = Some(kind);
        });
    }
    /// The exact bytearray, guarded.
    pub(super) fn bytearray(&mut self, object: Known<Value>) -> Option<PayloadRef<ByteArray>> {
        let bytes = PayloadRef::<ByteArray>::of_value(object.now)?;
        let exact = self.d.vm.type_of(object.now) == self.d.vm.t.bytearray;
        let shape = bytes.obj().shape();
        (exact && self.shape_is(object, shape)).then_some(bytes)
    }
    /// Where byte `index`, which is not negative, of a bytearray is; `None`, guarded: outside.
    pub(super) fn place_of_byte(
        &mut self,
        object: Known<Value>,
        index: Known<i64>,
        inside: bool,
    ) -> Option<Ref> {
        let len = self.load(IrOp::LoadI64, object.by, layout::BYTEARRAY_LEN, layout::BYTEARRAY);
        let condition = self.op(IrOp::ULt, &[index.by, len]);
        if !self.test(inside, condition) {
            return None;
        }
        let (offset, alias) = (layout::BYTEARRAY_BUFFER, layout::BYTEARRAY);
        let buffer = self.load(IrOp::LoadV, object.by, offset, alias);
        Some(self.out.imm(IrOp::Index, &[buffer, index.by], 1))
    }
    /// The outcome of a helper that says ABSENT when it has done nothing.
    pub(super) fn attempted(&mut self, result: Known<Value>, does: Does) -> Option<Known<Value>> {
        if !self.test_done(result) {
            return None;
        }
        self.after_helper(does);
        Some(result)
    }
    pub(super) fn both_constant(&self, a: Ref, b: Ref) -> bool {
        self.fact(a).constant.is_some() && self.fact(b).constant.is_some()
    }
    pub(super) fn learn_constant(&mut self, value: Ref, constant: Value) {
        let kind = constant.as_ptr().map(|obj| Kind::from_u8(obj.kind()));
        self.learn(value, |fact| {
            fact.constant = Some(constant);
            fact.kind = kind;
            fact.is_object = constant.is_ptr();
        });
    }
    /// Is it an object on the heap?
    pub(super) fn is_object(&mut self, value: Known<Value>) -> bool {
        let fact = self.fact(value.by);
        let outcome = value.now.is_ptr();
        if fact.is_object || fact.not_object() {
            return outcome;
        }
        let condition = self.op(IrOp::IsObject, &[value.by]);
        self.learn(value.by, |fact| fact.is_object = outcome);
        self.test(outcome, condition)
    }
    /// The dict has the keys that it has now.
    pub(super) fn dict_version(&mut self, dict: Value, version: u32) {
        if !self.dicts.contains(&(dict, version)) {
            self.dicts.push((dict, version));
        }
        let dict = self.constant_word(dict);
        let now = self.load(IrOp::LoadU32, dict, layout::DICT_VERSION, layout::DICT);
        let number = self.int(i64::from(version));
        let condition = self.op(IrOp::IEq, &[now, number]);
        self.test(true, condition);
    }
    pub(super) fn int_operation(
        &mut self,
        op: IntOp,
        fits: bool,
        a: Known<i64>,
        b: Known<i64>,
    ) -> Option<Ref> {
        let args = [a.by, b.by];
        let plain = match op {
            IntOp::Add => IrOp::Add,
            IntOp::Sub => IrOp::Sub,
            IntOp::FloorDiv => IrOp::FloorDiv,
            IntOp::Mul if fits => {
                let snapshot = self.snapshot();
                return Some(self.out.guard(IrOp::MulFit, &args, snapshot));
            }
            IntOp::Mul => {
                let condition = self.op(IrOp::MulFits, &args);
                self.test(false, condition);
                return None;
            }
            IntOp::LShift => return self.left_shift(fits, a, b),
            IntOp::RShift => return Some(self.right_shift(a, b)),
            IntOp::Mod => return Some(self.op(IrOp::FloorMod, &args)),
            IntOp::And => return Some(self.op(IrOp::And, &args)),
            IntOp::Or => return Some(self.op(IrOp::Or, &args)),
            IntOp::Xor => return Some(self.op(IrOp::Xor, &args)),
        };
        let by = self.op(plain, &args);
        let condition = self.op(IrOp::Fits, &[by]);
        self.test(fits, condition);
        fits.then_some(by)
    }
    /// `a << b`: fits if shifting back gives `a`, and it is a small int.
    pub(super) fn left_shift(&mut self, fits: bool, a: Known<i64>, b: Known<i64>) -> Option<Ref> {
        let by = self.op(IrOp::Shl, &[a.by, b.by]);
        let back = self.op(IrOp::Shr, &[by, b.by]);
        let exact = self.op(IrOp::IEq, &[back, a.by]);
        if fits {
            self.test(true, exact);
            let small = self.op(IrOp::Fits, &[by]);
            self.test(true, small);
            return Some(by);
        }
        let shifted = a.now << b.now;
        if self.test(shifted >> b.now == a.now, exact) {
            let small = self.op(IrOp::Fits, &[by]);
            self.test(false, small);
        }
        None
    }
    pub(super) fn right_shift(&mut self, a: Known<i64>, b: Known<i64>) -> Ref {
        let most = self.int(63);
        let condition = self.op(IrOp::ILe, &[b.by, most]);
        let count = if self.test(b.now <= 63, condition) { b.by } else { most };
        self.op(IrOp::Shr, &[a.by, count])
    }
    /// Length of a list.
    pub(super) fn list_len(&mut self, list: Ref) -> Ref {
        let word = self.load(IrOp::LoadI64, list, layout::LIST_LEN, layout::LIST);
        let two = self.int(2);
        self.op(IrOp::ShrU, &[word, two])
    }
    /// The place of an index that may count from the end; `None`, guarded, if it is outside.
    pub(super) fn index_in(&mut self, len: Ref, index: Known<i64>, inside: bool) -> Option<Ref> {
        let mut place = index.by;
        let negative = index.now < 0;
        let zero = self.int(0);
        if negative {
            let condition = self.op(IrOp::ILt, &[index.by, zero]);
            self.test(true, condition);
            place = self.op(IrOp::Add, &[index.by, len]);
        } else if !inside {
            let condition = self.op(IrOp::IGe, &[index.by, zero]);
            self.test(true, condition);
        }
        let condition = self.op(IrOp::ULt, &[place, len]);
        self.test(inside, condition).then_some(place)
    }
    /// Slot `place` of a tuple or array.
    pub(super) fn item_of(&mut self, array: Ref, place: Ref, alias: Alias) -> Ref {
        let at = self.out.imm(IrOp::Index, &[array, place], 8);
        self.load(IrOp::LoadV, at, layout::FIRST_SLOT, alias)
    }
    pub(super) fn advance(&mut self, iter: Ref, place: Ref, offset: i64) {
        let one = self.int(1);
        let after = self.op(IrOp::Add, &[place, one]);
        self.out.memory(IrOp::StoreI64, &[iter, after], offset, layout::ITERATOR);
        self.after_effect = true;
    }
    pub(super) fn next_of_list(&mut self, iter: Known<Value>) -> Option<Known<Value>> {
        let state = PayloadRef::<crate::object::ListIter>::of_value(iter.now)?;
        if !state.list.get().is_ptr() {
            self.give_up(Abort::UnusualIterator);
        }
        let (list_now, index_now) = (state.list.get(), state.index.get());
        let now = self.d.list_next(iter.now);
        let reversed =
            self.load(IrOp::LoadU8, iter.by, layout::LIST_ITER_REVERSED, Alias::CONSTANT);
        let zero = self.int(0);
        let forward = self.op(IrOp::IEq, &[reversed, zero]);
        self.test(!state.reversed, forward);
        let list = self.load(IrOp::LoadV, iter.by, layout::LIST_ITER_LIST, layout::ITERATOR);
        self.is_object(Known { now: list_now, by: list });
        if state.reversed {
            return self.next_backward(iter, list, (index_now, now));
        }
        let place = self.load(IrOp::LoadI64, iter.by, layout::LIST_ITER_INDEX, layout::ITERATOR);
        let len = self.list_len(list);
        let condition = self.op(IrOp::ULt, &[place, len]);
        self.test(now.is_some(), condition);
        let Some(now) = now else {
            self.list_ended(iter);
            return None;
        };
        let items = self.load(IrOp::LoadV, list, layout::LIST_ITEMS, layout::LIST);
        let by = self.item_of(items, place, layout::ITEMS);
        self.advance(iter.by, place, layout::LIST_ITER_INDEX);
        Some(Known { now, by })
    }
    /// A call of a helper: its address and operands in `call`.
    pub(super) fn helper(
        &mut self,
        name: &str,
        does: Does,
        thunk: usize,
        call: (usize, &[Ref]),
    ) -> Ref {
        let effects = effects_of(does);
        if does & RUNS != 0 {
            self.flush();
        }
        let table = self.out.const_p(call.0);
        let mut args = vec![Arg::P(table)];
        args.extend(call.1.iter().map(|&value| Arg::V(value)));
        self.call(name, thunk, effects, &args)
    }
    pub(super) fn after_helper(&mut self, does: Does) {
        if does & RUNS != 0 {
            self.ran_python();
        } else if does & WRITES != 0 {
            self.after_effect = true;
        }
    }
    /// The truth of an object that has a length at hand, or a class that does not say; `None`: of anything else.
    pub(super) fn truth_of_object(&mut self, value: Known<Value>) -> Option<bool> {
        let obj = value.now.as_ptr()?;
        let class = self.d.vm.type_of(value.now);
        if class.kind.0 == Kind::Instance
            && class.slots.bool.get().is_none()
            && class.slots.len.get().is_none()
        {
            self.guard_methods(value);
            return Some(true);
        }
        let shape = ShapeId(obj.shape());
        let (len, now) = match shape {
            ShapeId::LIST => {
                self.shape_is(value, shape.0);
                (self.list_len(value.by), List::of(obj)?.len())
            }
            ShapeId::TUPLE => {
                self.shape_is(value, shape.0);
                let len = self.load(IrOp::LoadU32, value.by, layout::LEN, Alias::CONSTANT);
                (len, Tuple::of(obj)?.len())
            }
            ShapeId::STR => (self.text_counts(value), Str::of(obj)?.len()),
            _ => return None,
        };
        let zero = self.int(0);
        let condition = self.op(IrOp::INe, &[len, zero]);
        Some(self.test(now != 0, condition))
    }
    pub(super) fn truth_by_call(&mut self, value: Known<Value>) -> R<bool> {
        let truth = self.call_for_truth(value)?;
        let yes = self.constant_word(Value::TRUE);
        let condition = self.op(IrOp::Same, &[truth.by, yes]);
        Ok(self.test(truth.now == Value::TRUE, condition))
    }
    /// The truth of a value, as a bool, which may run Python.
    fn call_for_truth(&mut self, value: Known<Value>) -> R<Known<Value>> {
        self.flush();
        let address = thunk::truth as *const () as usize;
        let by = self.call("truth", address, Effects::ANY, &[Arg::V(value.by)]);
        let now = Value::bool(self.d.truth(value.now)?);
        self.ran_python();
        Ok(Known { now, by })
    }
    /// `r[a] = not r[b]`, `r[a] = bool(r[b])` where the truth takes a call: its result, whatever it is. False, and nothing is
    /// done: it takes none.
    pub(super) fn truth_as_value(&mut self, i: Insn) -> R<bool> {
        let value = self.reg(i.b());
        let Some(obj) = value.now.as_ptr() else { return Ok(false) };
        let slots = &self.d.vm.type_of(value.now).slots;
        let says = slots.bool.get().is_some() || slots.len.get().is_some();
        if !says || is_kept(ShapeId(obj.shape())) || self.is_quiet(value.now) {
            return Ok(false);
        }
        self.is_object(value);
        self.d.save_pc();
        let mut truth = self.call_for_truth(value)?;
        if i.op() == Op::Not {
            truth = self.negated(truth);
        }
        self.set(i.a(), truth);
        Ok(true)
    }
}
