//! Operators of classes written in Python: their methods become part of the trace.
use haft_bytecode::{Insn, Op};
use haft_heap::Value;
use haft_jit::ir::Ref;

use super::enter;
use super::rec::{Known, Rec};
use super::resume::Inlined;
use crate::interp::machine::Machine;
use crate::interp::operand::{method_names, operator_of};
use crate::object::{Function, Kind, PayloadRef, Type};
use crate::vm::{FrameFlags, R};

impl Rec<'_, '_> {
    /// An operator, or `object[key]`, by a Python method; false: it is none, and nothing was done.
    pub(super) fn operator_method(&mut self, i: Insn) -> R<bool> {
        if i.op() == Op::LoadItem {
            let (object, key) = (self.reg(i.b()), self.reg(i.c()));
            let class = self.d.vm.type_of(object.now);
            if class.kind.0 != Kind::Instance {
                return Ok(false);
            }
            let Some(function) = self.method_of(class, "__getitem__") else { return Ok(false) };
            self.instance_is(object, class);
            return Ok(self.enter_method(i, function, [object, key], FrameFlags::default()));
        }
        let Some((op, immediate)) = operator_of(i.op()) else { return Ok(false) };
        let a = self.reg(i.b());
        if immediate && a.now.as_ptr().is_none() {
            return Ok(false);
        }
        let b = if immediate {
            self.constant(Value::small(i32::from(i.c_int())))
        } else {
            self.reg(i.c())
        };
        let (left, right) = (self.d.vm.type_of(a.now), self.d.vm.type_of(b.now));
        let (of_left, of_right) = method_names(op);
        let number = |value: Value| value.is_fixnum() || value.is_float_imm();
        let is_instance = |class: Type| class.kind.0 == Kind::Instance;
        // Of the other operand no method is asked, neither before nor after.
        let (receiver, class, other, name) =
            if is_instance(left) && (number(b.now) || left == right) {
                (a, left, b, of_left)
            } else if number(a.now) && is_instance(right) {
                (b, right, a, of_right)
            } else {
                return Ok(false);
            };
        if i.x() == 1 && op.inplace_slot(&class.slots).is_some() {
            return Ok(false);
        }
        let Some(function) = self.method_of(class, name) else { return Ok(false) };
        self.instance_is(receiver, class);
        if other.now.is_ptr() {
            self.instance_is(other, class);
        } else {
            self.is_what_it_is(other);
        }
        Ok(self.enter_method(i, function, [receiver, other], FrameFlags::OPERATOR))
    }

    /// The plain Python function that is a method of a class and takes one operand.
    fn method_of(&mut self, class: Type, name: &str) -> Option<PayloadRef<Function>> {
        let name = self.d.vm.intern(name);
        let found = self.d.vm.lookup_in_type(class, name)?;
        let function = PayloadRef::<Function>::of_value(found)?;
        let takes = function.code.get().get().entry.0.n_exact;
        (takes == 2 && self.inlines(function, 2)).then_some(function)
    }
    fn instance_is(&mut self, object: Known<Value>, class: Type) {
        if let Some(obj) = object.now.as_ptr() {
            self.shape_is(object, obj.shape());
            self.version_is(class.obj(), class.version.get());
        }
    }

    /// Go into the method; false: there is no room for its frame.
    fn enter_method(
        &mut self,
        i: Insn,
        function: PayloadRef<Function>,
        operands: [Known<Value>; 2],
        flags: FrameFlags,
    ) -> bool {
        let (call_at, top) = (self.d.here, self.d.vm.stack.top.addr());
        let words = operands.map(|operand| operand.now);
        if !enter::push_operator(self.d, function, words, (i.a(), flags)) {
            return false;
        }
        let callee: Ref = self.constant_word(function.value());
        let base = self.slot_at(top);
        self.forget_from(base);
        for (at, operand) in operands.into_iter().enumerate() {
            self.set_slot(base + at as i32, operand.by);
        }
        self.frames.push(Inlined {
            code: function.code.get(),
            base,
            call_at,
            dst: i.a(),
            flags,
            function: Some(callee),
            receiver: None,
            pushed: false,
            record: None,
        });
        self.enter_window(function.code.get(), base, operands.len());
        self.state_changed();
        true
    }
}
