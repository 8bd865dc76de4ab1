//! Special methods written in Python: those of operators, comparisons, items, membership, iteration, `len` and `with`
//! become part of the trace, as do calls of objects.
//!
//! The interpreter reaches them through the slots of the class. A trace guards the class and enters the method as a frame
//! above its caller, which stands at the instruction that asked; see `interp::special` for how that is finished.
use haft_bytecode::{Insn, Op, flags};
use haft_heap::Value;
use haft_jit::ir::{Alias, IrOp, Layout, Ref};

use super::generators::builtin_name;
use super::rec::{Known, Rec};
use super::resume::Inlined;
use super::{Abort, layout, thunk};
use crate::interp::frame::Returns;
use crate::interp::machine::Machine;
use crate::interp::{calls, special};
use crate::object::{
    BoundMethod, CodeObject, CompareOp, Function, Kind, PayloadRef, ShapeId, is_subtype,
};
use crate::protocol::BinaryOp;
use crate::vm::{Args, FrameFlags, R};

impl Rec<'_, '_> {
    /// The running instruction, if it asks a method written in Python; false: it does not, and nothing was done.
    pub(super) fn special_instruction(&mut self, i: Insn) -> R<bool> {
        if let Some((op, immediate)) = special::operator(i) {
            return self.operator_method(i, op, immediate);
        }
        if let Some((op, jumps)) = special::comparison(i) {
            return self.comparison_method(i, op, jumps);
        }
        match i.op() {
            Op::LoadItem | Op::StoreItem | Op::In | Op::NotIn if self.item_of_dict(i)? => Ok(true),
            Op::LoadItem => {
                let name = self.d.vm.names.__getitem__;
                self.method_of(i, name, &[i.b(), i.c()])
            }
            Op::StoreItem => {
                let name = self.d.vm.names.__setitem__;
                self.method_of(i, name, &[i.a(), i.b(), i.c()])
            }
            Op::In | Op::NotIn => {
                let name = self.d.vm.names.__contains__;
                self.method_of(i, name, &[i.c(), i.b()])
            }
            Op::GetIter => self.iter_method(i),
            Op::GetYieldFromIter => self.delegate_of(i),
            Op::BeforeWith if i.x() == 0 => self.enter_method_of_with(i),
            Op::WithExceptStart => self.exit_method_of_with(i),
            _ => Ok(false),
        }
    }

    /// The method `name` of the class of an object, if it is a Python function that can become part of the trace.
    pub(super) fn python_method(
        &mut self,
        object: Value,
        name: Value,
        n: usize,
    ) -> Option<PayloadRef<Function>> {
        object.as_ptr()?;
        let class = self.d.vm.type_of(object);
        let found = self.d.vm.lookup_in_type(class, name)?;
        let function = PayloadRef::<Function>::of_value(found)?;
        self.inlines(function, n).then_some(function)
    }
    /// Guard that the class of an object is the same and has not changed.
    pub(super) fn guard_methods(&mut self, object: Known<Value>) {
        if let Some(obj) = object.now.as_ptr() {
            let class = self.d.vm.type_of(object.now);
            self.shape_is(object, obj.shape());
            self.version_is(class.obj(), class.version.get());
        } else {
            self.guard_class(object);
        }
    }

    /// The method `name` of the object in the first register with those in the other ones.
    fn method_of(&mut self, i: Insn, name: Value, registers: &[u16]) -> R<bool> {
        let object = self.d.window(registers[0], 1)[0];
        let Some(function) = self.python_method(object, name, registers.len()) else {
            return Ok(false);
        };
        let args: Vec<Known<Value>> =
            registers.iter().map(|&register| self.reg(register)).collect();
        self.guard_methods(args[0]);
        self.enter_special(i, function, &args)?;
        Ok(true)
    }
    fn operator_method(&mut self, i: Insn, op: BinaryOp, immediate: Option<Value>) -> R<bool> {
        let left = self.d.window(i.b(), 1)[0];
        let right = immediate.unwrap_or_else(|| self.d.window(i.c(), 1)[0]);
        let (left_class, right_class) = (self.d.vm.type_of(left), self.d.vm.type_of(right));
        let right_first = left_class != right_class && is_subtype(right_class, left_class.obj());
        let [name, reflected, inplace] = op.names(&self.d.vm.names);
        let is_inplace = i.x() == 1 && self.d.vm.has_inplace(op, left);
        let name = if is_inplace { inplace } else { name };
        let plain_left = left.is_fixnum() || left.is_float_imm();
        let (function, swapped) = if right_first {
            return Ok(false);
        } else if let Some(function) = self.python_method(left, name, 2) {
            (function, false)
        } else if plain_left && let Some(function) = self.python_method(right, reflected, 2) {
            (function, true)
        } else {
            return Ok(false);
        };
        let a = self.reg(i.b());
        let b = match immediate {
            Some(right) => self.constant(right),
            None => self.reg(i.c()),
        };
        self.guard_methods(a);
        self.guard_methods(b);
        let args = if swapped { [b, a] } else { [a, b] };
        self.enter_special(i, function, &args)?;
        Ok(true)
    }
    fn comparison_method(&mut self, i: Insn, op: CompareOp, jumps: bool) -> R<bool> {
        let (left, right) = if jumps {
            special::jump_operands(self.d, i)
        } else {
            (self.d.window(i.b(), 1)[0], self.d.window(i.c(), 1)[0])
        };
        let (left_class, right_class) = (self.d.vm.type_of(left), self.d.vm.type_of(right));
        if left_class != right_class && is_subtype(right_class, left_class.obj()) {
            return Ok(false);
        }
        let names = &self.d.vm.names;
        let name = match op {
            CompareOp::Lt => names.__lt__,
            CompareOp::Le => names.__le__,
            CompareOp::Eq => names.__eq__,
            CompareOp::Ne => names.__ne__,
            CompareOp::Gt => names.__gt__,
            CompareOp::Ge => names.__ge__,
        };
        let Some(function) = self.python_method(left, name, 2) else { return Ok(false) };
        let (a, b) = if !jumps {
            (self.reg(i.b()), self.reg(i.c()))
        } else if (i.op() as u8) < Op::JumpLtI as u8 {
            (self.reg(i.a()), self.reg(i.b()))
        } else {
            (self.reg(i.a()), self.constant(right))
        };
        self.guard_methods(a);
        self.guard_methods(b);
        self.enter_special(i, function, &[a, b])?;
        Ok(true)
    }
    fn iter_method(&mut self, i: Insn) -> R<bool> {
        Ok(self.iter_of_generator(i)? || {
            let name = self.d.vm.names.__iter__;
            self.method_of(i, name, &[i.b()])?
        })
    }
    /// The same where the method makes a generator.
    fn iter_of_generator(&mut self, i: Insn) -> R<bool> {
        let (object, name) = (self.d.window(i.b(), 1)[0], self.d.vm.names.__iter__);
        let Some(function) = self.generator_method(object, name) else { return Ok(false) };
        let object = self.reg(i.b());
        self.guard_methods(object);
        let callee = self.constant(function.value());
        let made = self.new_generator(callee, function, &[object])?;
        self.set(i.a(), made);
        Ok(true)
    }
    /// The iterator that `yield from r[b]` delegates to.
    fn delegate_of(&mut self, i: Insn) -> R<bool> {
        let value = self.reg(i.b());
        let shape = value.now.as_ptr().map_or(ShapeId(0), |obj| ShapeId(obj.shape()));
        match shape {
            ShapeId::GENERATOR => {
                self.shape_is(value, shape.0);
                self.set(i.a(), value);
                Ok(true)
            }
            ShapeId::RANGE | ShapeId::LIST | ShapeId::TUPLE => self.get_iter(i).map(|()| true),
            _ => self.iter_of_generator(i),
        }
    }
    /// The method `name` of an object, if calling it makes a generator.
    fn generator_method(&mut self, object: Value, name: Value) -> Option<PayloadRef<Function>> {
        object.as_ptr()?;
        let class = self.d.vm.type_of(object);
        let found = self.d.vm.lookup_in_type(class, name)?;
        let function = PayloadRef::<Function>::of_value(found)?;
        let is_plain = function.code.get().code.flags & flags::COROUTINE == 0;
        (is_plain && makes_generator(function, 1)).then_some(function)
    }
    /// `with r[b]`: `r[a]` is the bound `__exit__`, `r[a+1]` what `__enter__` returns.
    fn enter_method_of_with(&mut self, i: Insn) -> R<bool> {
        let (manager, names) = (self.d.window(i.b(), 1)[0], &self.d.vm.names);
        let (enter, exit) = (names.__enter__, names.__exit__);
        let class = self.d.vm.type_of(manager);
        let Some(function) = self.python_method(manager, enter, 1) else { return Ok(false) };
        let Some(exit) = self.d.vm.lookup_in_type(class, exit) else { return Ok(false) };
        if PayloadRef::<Function>::of_value(exit).is_none() {
            return Ok(false);
        }
        let manager = self.reg(i.b());
        self.guard_methods(manager);
        let callee = self.constant(function.value());
        // Before the register of `__exit__`, which may be that of the manager, has changed.
        self.guard_function(callee, function, 1);
        let now = self.d.vm.bound_method(exit, manager.now);
        let exit = self.constant_word(exit);
        let by = self.bound_method(now, exit, manager.by);
        self.set(i.a(), Known { now, by });
        self.enter_guarded(callee, function, &[manager], (i.a(), FrameFlags::SPECIAL))?;
        Ok(true)
    }
    /// `r[a] = r[b](type(r[c]), r[c], traceback)`: `__exit__` and the exception that leaves the `with`.
    fn exit_method_of_with(&mut self, i: Insn) -> R<bool> {
        let now = self.d.window(i.b(), 1)[0];
        let Some(method) = PayloadRef::<BoundMethod>::of_value(now) else { return Ok(false) };
        let function = PayloadRef::<Function>::of_value(method.function);
        let Some(function) = function.filter(|&function| self.inlines(function, 4)) else {
            return Ok(false);
        };
        let (exit, exception) = (self.reg(i.b()), self.reg(i.c()));
        let Some(traceback) = self.traceback_of(exception) else { return Ok(false) };
        self.kind_is(exit, Kind::BoundMethod);
        let [callee, receiver] = [
            (method.function, layout::METHOD_FUNCTION),
            (method.receiver, layout::METHOD_RECEIVER),
        ]
        .map(|(now, at)| Known { now, by: self.load(IrOp::LoadV, exit.by, at, Alias::CONSTANT) });
        self.guard_function(callee, function, 4);
        let class = self.d.vm.type_of(exception.now).value();
        let args = [receiver, self.constant(class), exception, traceback];
        self.enter_guarded(callee, function, &args, (i.a(), FrameFlags::SPECIAL))?;
        Ok(true)
    }
    /// A new bound method, as `like` is one.
    pub(super) fn bound_method(&mut self, like: Value, function: Ref, receiver: Ref) -> Ref {
        let table = like.as_ptr().map_or(0, |obj| obj.word(0));
        let layout = Layout {
            name: "method".to_string(),
            header: u64::from(ShapeId::BOUND_METHOD.0) | (Kind::BoundMethod as u64) << 32,
            bytes: (16 + size_of::<BoundMethod>()) as u32,
            init: vec![(layout::word_offset(0) as u32, table)],
            listed: false,
            inner: 0,
        };
        let made = self.out.alloc(&layout);
        self.learn_made(made, Kind::BoundMethod);
        for (value, offset) in
            [(function, layout::METHOD_FUNCTION), (receiver, layout::METHOD_RECEIVER)]
        {
            self.barrier(made, value);
            self.out.memory(IrOp::StoreV, &[made, value], offset, Alias::CONSTANT);
        }
        made
    }
    /// The `__next__` of the iterator of a `for` loop.
    pub(super) fn next_method(&mut self, i: Insn, iter: Known<Value>) -> R<bool> {
        let name = self.d.vm.names.__next__;
        let Some(function) = self.python_method(iter.now, name, 1) else { return Ok(false) };
        self.guard_methods(iter);
        let flags = FrameFlags::FOR_ITER.with(FrameFlags::SPECIAL);
        self.enter_method(function, &[iter], (i.a(), flags))?;
        Ok(true)
    }

    // ---- calls

    /// `callee(…)` of an object whose class has a `__call__`.
    pub(super) fn call_of_object(
        &mut self,
        i: Insn,
        callee: Known<Value>,
        first: u16,
        n: u16,
    ) -> R<bool> {
        let name = self.d.vm.names.__call__;
        let native = self.d.vm.type_of(callee.now).kind.0 != Kind::Instance;
        if native {
            return Ok(false);
        }
        let count = usize::from(n) + 1;
        let Some(function) = self.python_method(callee.now, name, count) else { return Ok(false) };
        self.guard_methods(callee);
        let mut args = vec![callee];
        args.extend((first..first + n).map(|register| self.reg(register)));
        self.enter_method(function, &args, (i.a(), FrameFlags::default()))?;
        Ok(true)
    }
    /// `len(x)`, `iter(x)`, `next(x)` where the class of `x` has a method for it.
    pub(super) fn call_of_builtin(
        &mut self,
        i: Insn,
        callee: Known<Value>,
        first: u16,
        n: u16,
    ) -> R<bool> {
        let names = &self.d.vm.names;
        let name = match builtin_name(callee.now) {
            Some("len") => names.__len__,
            Some("iter") => names.__iter__,
            Some("next") => names.__next__,
            _ => return Ok(false),
        };
        if n != 1 || i.op() != Op::Call {
            return Ok(false);
        }
        let object = self.d.window(first, 1)[0];
        if name == self.d.vm.names.__iter__
            && let Some(function) = self.generator_method(object, name)
        {
            self.is_same(callee, callee.now);
            let object = self.reg(first);
            self.guard_methods(object);
            let method = self.constant(function.value());
            let made = self.new_generator(method, function, &[object])?;
            self.finish_call(i, made);
            return Ok(true);
        }
        let Some(function) = self.python_method(object, name, 1) else { return Ok(false) };
        self.is_same(callee, callee.now);
        let object = self.reg(first);
        self.guard_methods(object);
        self.enter_special(i, function, &[object])?;
        Ok(true)
    }
    /// A call of a function that makes a generator; false: it is none, or not a plain one.
    pub(super) fn call_of_generator(
        &mut self,
        i: Insn,
        callee: Known<Value>,
        first: u16,
        n: u16,
    ) -> R<bool> {
        let Some(function) = PayloadRef::<Function>::of_value(callee.now)
            .filter(|&function| makes_generator(function, n))
        else {
            return Ok(false);
        };
        self.guard_function(callee, function, n);
        let args: Vec<Known<Value>> =
            (first..first + n).map(|register| self.reg(register)).collect();
        let made = self.new_generator(callee, function, &args)?;
        self.finish_call(i, made);
        Ok(true)
    }
    /// The generator of a call, which runs no Python.
    pub(super) fn new_generator(
        &mut self,
        callee: Known<Value>,
        function: PayloadRef<Function>,
        args: &[Known<Value>],
    ) -> R<Known<Value>> {
        let absent = self.constant_word(Value::ABSENT);
        let mut refs = vec![super::rec::Arg::V(callee.by)];
        refs.extend(args.iter().map(|arg| super::rec::Arg::V(arg.by)));
        refs.resize(1 + MOST_ARGS, super::rec::Arg::V(absent));
        let does = haft_bytecode::opcode::RAISES | haft_bytecode::opcode::ALLOCATES;
        let address = thunk::make_generator as *const () as usize;
        let by = self.call("make_generator", address, super::machine::effects_of(does), &refs);
        let words: Vec<Value> = args.iter().map(|arg| arg.now).collect();
        self.d.save_pc();
        let now = self.d.vm.call_positional(function.value(), &words)?;
        self.state_changed();
        self.learn_made(by, Kind::Generator);
        Ok(Known { now, by })
    }

    // ---- frames

    fn enter_special(
        &mut self,
        i: Insn,
        function: PayloadRef<Function>,
        args: &[Known<Value>],
    ) -> R<()> {
        self.enter_method(function, args, (i.a(), FrameFlags::SPECIAL))
    }
    /// Go into a method of a class that was guarded.
    pub(super) fn enter_method(
        &mut self,
        function: PayloadRef<Function>,
        args: &[Known<Value>],
        (dst, flags): (u16, FrameFlags),
    ) -> R<()> {
        let callee = self.constant(function.value());
        self.guard_function(callee, function, args.len() as u16);
        self.enter_guarded(callee, function, args, (dst, flags))
    }
    pub(super) fn enter_guarded(
        &mut self,
        callee: Known<Value>,
        function: PayloadRef<Function>,
        args: &[Known<Value>],
        (dst, flags): (u16, FrameFlags),
    ) -> R<()> {
        let is_constructor = flags.has(FrameFlags::CONSTRUCTOR);
        let instance = args.first().filter(|_| is_constructor).copied();
        let (code, call_at) = (function.code.get(), self.d.here);
        let top = self.slot_at(self.d.vm.stack.top.addr());
        let words: Vec<Value> = args.iter().map(|arg| arg.now).collect();
        self.d.save_pc();
        let receiver = instance.map_or(Value::ABSENT, |instance| instance.now);
        let returns = Returns { dst, flags, receiver };
        calls::enter_flagged(self.d, function, returns, &Args::positional(&words))?;
        self.state_changed();
        let base = self.slot_at(self.d.base.addr());
        self.forget_from(top.min(base));
        let called = Inlined::called(callee.by, (code, base), call_at, (dst, flags));
        let receiver = instance.map(|instance| instance.by);
        self.enter_inlined(Inlined { receiver, ..called });
        let refs: Vec<Ref> = args.iter().map(|arg| arg.by).collect();
        self.enter_window(callee, code, base, &refs);
        Ok(())
    }

    /// The registers of the function just entered: its arguments, `*args`, defaults, cells of the closure, and what is
    /// unbound.
    pub(super) fn enter_window(
        &mut self,
        callee: Known<Value>,
        code: PayloadRef<CodeObject>,
        base: i32,
        args: &[Ref],
    ) {
        let n_params = usize::from(code.code.arg_count);
        for (at, &arg) in args.iter().take(n_params).enumerate() {
            self.set_slot(base + at as i32, arg);
        }
        let rest = (code.code.flags & flags::VARARGS != 0).then_some(n_params);
        if let Some(at) = rest {
            let rest = args.get(n_params..).unwrap_or_default();
            let tuple = if rest.is_empty() {
                let empty = self.d.window(at as u16, 1)[0];
                self.constant_word(empty)
            } else {
                self.tuple_with(rest)
            };
            self.set_slot(base + at as i32, tuple);
        }
        for register in args.len().min(n_params)..usize::from(code.code.n_locals) {
            if rest != Some(register) {
                self.enter_register(callee, code, base, register);
            }
        }
        self.note_depth(code, base);
        // None of its loops was passed.
        self.forget_headers(self.frames.len());
    }
    /// A register of the function just entered that takes no argument.
    pub(super) fn enter_register(
        &mut self,
        callee: Known<Value>,
        code: PayloadRef<CodeObject>,
        base: i32,
        register: usize,
    ) {
        let free = code.code.cell_regs.get(code.code.cellvars.len()..).unwrap_or_default();
        let cell = free.iter().position(|&cell| usize::from(cell) == register);
        let by = match cell {
            Some(at) if self.fact(callee.by).constant.is_none() => {
                let closure =
                    self.load(IrOp::LoadV, callee.by, layout::FUNCTION_CLOSURE, Alias::CONSTANT);
                let offset = layout::FIRST_SLOT + 8 * at as i64;
                let cell = self.load(IrOp::LoadV, closure, offset, Alias::CONSTANT);
                self.learn_made(cell, Kind::Cell);
                cell
            }
            _ => {
                let now = self.d.window(register as u16, 1)[0];
                self.constant_word(now)
            }
        };
        self.set_slot(base + register as i32, by);
    }

    /// A special method returns `value`: the instruction that asked for it is finished.
    pub(super) fn special_returns(&mut self, frame: Inlined, value: Known<Value>) -> R<()> {
        let insn = Self::caller_instruction(&frame);
        let result = self.special_result(insn, value);
        let pushed = self.before_pop(&frame);
        let done = self.run_again();
        self.leave_inlined();
        done?;
        self.pop_frame(pushed);
        self.forget_from(frame.base);
        let Some(result) = result else { return Ok(()) };
        if insn.op() == Op::Call {
            let window = self.slot_of(insn.b());
            self.forget_from(window);
        }
        let register = if insn.op() == Op::BeforeWith { insn.a() + 1 } else { insn.a() };
        let dst = self.slot_of(register);
        self.set_slot(dst, result.by);
        Ok(())
    }
    /// The result of an instruction whose method returns `value`, guarded; `None`: it has none, or the trace is given up.
    fn special_result(&mut self, insn: Insn, value: Known<Value>) -> Option<Known<Value>> {
        let comparison = special::comparison(insn);
        if special::operator(insn).is_some() || matches!(comparison, Some((_, false))) {
            if self.is_same(value, Value::NOT_IMPLEMENTED) {
                self.give_up(Abort::UnusualFrame);
            }
            return Some(value);
        }
        match insn.op() {
            Op::StoreItem => None,
            Op::In | Op::NotIn => {
                self.guard_bool(value);
                Some(self.of_bool((value.now == Value::TRUE) == (insn.op() == Op::In)))
            }
            Op::GetIter => {
                self.guard_methods(value);
                Some(value)
            }
            Op::Call if value.now.as_fixnum().is_some_and(|len| len >= 0) => {
                // Of `len`; the result of `iter` and `next` is no small int as a rule.
                if self.is_int(value) {
                    let (number, zero) = (Machine::int(self, value), self.int_constant(0));
                    self.int_compare(CompareOp::Ge, number, zero);
                }
                Some(value)
            }
            Op::Call => {
                self.guard_methods(value);
                Some(value)
            }
            _ if comparison.is_some() => {
                self.guard_bool(value);
                None
            }
            _ => Some(value),
        }
    }
    fn guard_bool(&mut self, value: Known<Value>) {
        if !value.now.is_bool() {
            self.give_up(Abort::UnusualFrame);
        }
        self.is_same(value, value.now);
    }
}

/// Most arguments of a generator that is made by a call without registers.
const MOST_ARGS: usize = 4;

/// Does a call with `n` positional arguments do nothing but make a generator or coroutine?
pub(super) fn makes_generator(function: PayloadRef<Function>, n: u16) -> bool {
    let plain = &function.code.get().code;
    let other = flags::ASYNC_GENERATOR | flags::VARARGS | flags::VARKEYWORDS;
    plain.flags & (flags::GENERATOR | flags::COROUTINE) != 0
        && plain.flags & other == 0
        && plain.kw_only_count == 0
        && plain.arg_count == n
        && usize::from(n) <= MOST_ARGS
}
