//! Which instructions are recorded how: generic handlers, calls and returns as part of the trace, the rest as residual
//! steps.
use std::cmp::Ordering;

use haft_bytecode::{Insn, Op};
use haft_heap::Value;
use haft_jit::ir::{AbiTy, Alias, Effects, IrOp, Ref, Ty};

use super::generators::owner_of;
use super::rec::{Arg, Branch, Known, Rec};
use super::resume::{Inlined, Meaning};
use super::{Abort, layout, thunk, writes};
use crate::interp::known::Purpose;
use crate::interp::machine::{IntOp, Machine};
use crate::interp::run::{Flow, step};
use crate::interp::simple::is_prompt;
use crate::interp::{consume, names, ops};
use crate::object::{
    BoundMethod, Cache, CodeObject, CompareOp, Function, Generator, GeneratorState, How, Kind,
    NativeFunction, PayloadRef, ShapeId, Type, TypeData, TypeFlags,
};
use crate::vm::{Args, FrameFlags, GetSet, R};

/// What recording an instruction did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    /// It is part of the trace.
    Recorded,
    /// The frame of the trace would be left: it was not done.
    Leaves,
}

impl Rec<'_, '_> {
    /// Run and record the next instruction.
    pub(super) fn instruction(&mut self) -> R<Step> {
        self.poll_if_due();
        let i = self.d.fetch();
        self.begin();
        self.leave_dead_temporaries();
        if self.by_specialists(i)? {
            return Ok(Step::Recorded);
        }
        match i.op() {
            Op::Nop | Op::LoopHeader => {}
            Op::Move => {
                let value = self.reg(i.b());
                self.set(i.a(), value);
            }
            Op::LoadConst => {
                let value = self.d.code().get().consts[i.bc() as usize];
                self.set_constant(i.a(), value);
            }
            Op::LoadInt => self.set_constant(i.a(), Value::small(i.bc())),
            Op::LoadAbsent => self.set_constant(i.a(), Value::ABSENT),
            Op::LoadAttr if self.extension_load(i)? => {}
            Op::StoreAttr if self.extension_store(i)? => {}
            Op::LoadGlobal | Op::LoadAttr | Op::StoreAttr | Op::LoadMethod => self.cached(i)?,
            Op::Not | Op::ToBool if self.truth_as_value(i)? => {}
            Op::Not => ops::not(self, i)?,
            Op::ToBool => ops::to_bool(self, i)?,
            Op::In => ops::contains(self, i, true)?,
            Op::NotIn => ops::contains(self, i, false)?,
            Op::GetIter => self.get_iter(i)?,
            Op::LoadSlice if self.slice_of_list(i)? => {}
            Op::LoadSlice => ops::load_slice(self, i)?,
            Op::LoadItem if self.raise_for_item(i)? => {}
            Op::LoadItem => ops::load_item(self, i)?,
            Op::StoreItem => ops::store_item(self, i)?,
            Op::UnpackSequence => ops::unpack_sequence(self, i)?,
            Op::ForIter => self.for_iter(i)?,
            Op::Jump => self.jump(i.bc()),
            Op::JumpBack => {
                self.forget_temporaries(self.d.pc.wrapping_offset(i.bc() as isize));
                // Whoever wants attention gets it at this very instruction.
                let snapshot = self.snapshot();
                self.out.guard(IrOp::Poll, &[], snapshot);
                self.jump(i.bc());
            }
            Op::JumpIfNone | Op::JumpIfNotNone => {
                let value = self.reg(i.a());
                if self.is_same(value, Value::NONE) == (i.op() == Op::JumpIfNone) {
                    self.jump(i.bc());
                }
            }
            Op::Call | Op::CallMethod | Op::DelLocal if self.collects(i) => {
                self.give_up(Abort::Collects);
                return Ok(self.stays());
            }
            Op::Call | Op::CallMethod => self.call_instruction(i)?,
            Op::Yield | Op::Return if self.leaves(i.op()) => return Ok(self.stays()),
            Op::Return if self.in_generator() => self.generator_returns(i)?,
            Op::Return => self.return_instruction(i)?,
            Op::Yield if self.in_generator() => self.yield_instruction(i)?,
            Op::YieldFrom if self.may_delegate() && self.delegate(i)? => {}
            Op::Yield | Op::YieldFrom => {
                if !self.is_side {
                    self.give_up(Abort::Yield);
                }
                return Ok(self.stays());
            }
            _ => {
                if !self.unless_unusual(i)? {
                    self.residual(i)?;
                }
            }
        }
        Ok(Step::Recorded)
    }

    /// Would an instruction of this kind leave the frame that the trace was entered for?
    fn leaves(&self, op: Op) -> bool {
        match op {
            Op::Yield => self.in_generator() && self.yields_outside(),
            _ => self.at_root(),
        }
    }
    /// The instruction is not run.
    fn stays(&mut self) -> Step {
        self.d.pc = self.d.here;
        Step::Leaves
    }

    /// What is recorded by a file of its own, if it is of that kind.
    fn by_specialists(&mut self, i: Insn) -> R<bool> {
        Ok(self.foreign_instruction(i)?
            || self.extension_operation(i)?
            || self.extension_jump(i)?
            || self.special_instruction(i)?
            || self.text_instruction(i)?
            || self.number_instruction(i)
            || self.pattern(i)?
            || self.hammock(i)?)
    }

    fn set_constant(&mut self, register: u16, value: Value) {
        let value = self.constant(value);
        self.set(register, value);
    }

    /// Instructions that are recorded in all but unusual cases; false: this is one, and nothing was done.
    fn unless_unusual(&mut self, i: Insn) -> R<bool> {
        match i.op() {
            Op::LoadCell => return Ok(ops::load_cell(self, i)),
            Op::CheckBound => {
                let value = self.reg(i.a());
                return Ok(!self.is_same(value, Value::UNBOUND));
            }
            Op::DelLocal => return Ok(self.del_local(i)),
            Op::BuildString => return self.build_string(i),
            Op::Format => return self.format(i),
            Op::BuildDict => return Ok(self.build_dict(i)),
            Op::SetAdd => return self.add_to_made(i, false),
            Op::DictSet => return self.add_to_made(i, true),
            Op::ListExtend => return self.list_extend(i),
            Op::ListToTuple => self.list_to_tuple(i)?,
            Op::CallEx => return self.call_with_tuple(i),
            Op::DictMerge => return self.dict_merge(i),
            Op::DictUpdate => return self.merge_made(i),
            Op::DelAttr => return self.delete_attribute(i),
            Op::GetAwaitable => return Ok(self.awaitable(i)),
            Op::UnpackEx => return self.unpack_starred(i),
            Op::MatchExc => return Ok(self.match_exception(i)),
            Op::Raise => return self.raise(i),
            Op::Reraise => return self.reraise(i),
            Op::PushExc => self.push_exception(i)?,
            Op::PopExc => self.pop_exception(i)?,
            Op::LoadSuper => return self.load_super(i),
            Op::CallKw | Op::CallMethodKw => return self.call_with_names(i),
            Op::StoreSlice => return self.store_slice(i),
            Op::StoreCell => ops::store_cell(self, i),
            Op::BuildTuple => ops::build_tuple(self, i),
            Op::BuildList => self.build_list(i)?,
            Op::MakeCell => self.make_cell(i)?,
            Op::MakeFunction => self.make_function(i)?,
            Op::ListAppend => self.list_append(i)?,
            _ => self.operator(i)?,
        }
        Ok(true)
    }

    fn cached(&mut self, i: Insn) -> R<()> {
        let ext = self.ext();
        let code = self.d.code();
        let cache = &code.get().caches[ext.hi() as usize];
        let name = code.get().names[ext.lo() as usize];
        if matches!(i.op(), Op::LoadAttr | Op::LoadMethod) && self.class_attribute(i, name)
            || i.op() == Op::LoadAttr && self.named_item(i, name)
            || i.op() == Op::LoadMethod && self.method_of_number(i, name)
            || self.attribute_elsewhere(i, name)?
        {
            return Ok(());
        }
        if i.op() == Op::LoadAttr && name == self.d.vm.names.__name__ {
            let object = self.d.window(i.b(), 1)[0];
            if let Some(class) = PayloadRef::<TypeData>::of_value(object)
                && self.d.vm.type_of(object) == self.d.vm.t.r#type
            {
                self.class_name(i, class);
                return Ok(());
            }
        }
        let purpose = match i.op() {
            Op::LoadGlobal => None,
            Op::LoadAttr => Some((Purpose::Load, i.b())),
            Op::StoreAttr => Some((Purpose::Store, i.a())),
            _ => Some((Purpose::Method, i.b())),
        };
        if let Some((purpose, register)) = purpose {
            let object = self.d.window(register, 1)[0];
            names::refresh(self.d.vm, purpose, cache, object, name);
        }
        match (i.op(), cache.how.get()) {
            (Op::LoadAttr, How::Getter) => return self.getter(i, cache),
            (Op::LoadAttr, How::GetSet) => return self.computed(i, cache),
            _ => {}
        }
        match i.op() {
            Op::LoadGlobal => ops::load_global(self, i, cache),
            Op::LoadAttr => ops::load_attr(self, i, cache),
            Op::StoreAttr => ops::store_attr(self, i, cache),
            _ => ops::load_method(self, i, cache),
        }
    }

    /// A property whose getter is a Python function: part of the trace.
    fn getter(&mut self, i: Insn, cache: &Cache) -> R<()> {
        let object = self.reg(i.b());
        let (class, version) = (cache.class.get().as_ptr(), cache.version.get());
        let function = PayloadRef::<Function>::of_value(cache.value.get());
        let (Some(class), Some(function)) = (class, function) else {
            return ops::load_attr(self, i, cache);
        };
        if !self.inlines(function, 1)
            || !self.shape_is(object, cache.key.get())
            || !self.version_is(class, version)
        {
            return ops::load_attr(self, i, cache);
        }
        let (callee, call_at) = (self.constant(function.value()), self.d.here);
        self.guard_function(callee, function, 1);
        let base = self.slot_at(self.d.vm.stack.top.addr());
        self.run_again()?;
        self.forget_from(base);
        let code = function.code.get();
        self.enter_inlined(Inlined::called(
            callee.by,
            (code, base),
            call_at,
            (i.a(), FrameFlags::default()),
        ));
        self.enter_window(callee, code, base, &[object.by]);
        Ok(())
    }
    /// An attribute that a native class computes.
    fn computed(&mut self, i: Insn, cache: &Cache) -> R<()> {
        let object = self.reg(i.b());
        let getset = PayloadRef::<GetSet>::of_value(cache.value.get());
        let is_complex = object.now.as_ptr().is_some_and(|o| o.shape() == ShapeId::COMPLEX.0);
        let name = getset.map_or("", |getset| getset.def.name);
        if is_complex && matches!(name, "real" | "imag") {
            self.shape_is(object, ShapeId::COMPLEX.0);
            let (re, im) = self.complex(object);
            let part = self.of_float(if name == "real" { re } else { im });
            self.set(i.a(), part);
            return Ok(());
        }
        if let Some(getset) = getset
            && let Some(value) = self.exception_attribute(object, getset.owner, name)
        {
            self.set(i.a(), value);
            return Ok(());
        }
        // What all objects have, unless their class says something else, which is another getset.
        if name == "__class__"
            && getset.is_some_and(|getset| getset.owner == self.d.vm.t.object.value())
            && object.now.is_ptr()
        {
            self.guard_methods(object);
            let class = self.d.vm.type_of(object.now).value();
            let class = self.constant(class);
            self.set(i.a(), class);
            return Ok(());
        }
        ops::load_attr(self, i, cache)
    }

    fn operator(&mut self, i: Insn) -> R<()> {
        match i.op() {
            Op::Add if self.sum_of_lists(i)? => Ok(()),
            Op::Add => ops::add(self, i),
            Op::Sub => ops::sub(self, i),
            Op::Mul if self.repeated_list(i)? => Ok(()),
            Op::Mul => ops::mul(self, i),
            Op::TrueDiv => ops::div(self, i),
            Op::FloorDiv => ops::floor_div(self, i),
            Op::Mod => ops::modulo(self, i),
            Op::LShift => ops::lshift(self, i),
            Op::RShift => ops::rshift(self, i),
            Op::And => ops::and(self, i),
            Op::Or => ops::or(self, i),
            Op::Xor => ops::xor(self, i),
            Op::AddI => ops::binary_int(self, i, IntOp::Add),
            Op::SubI => ops::binary_int(self, i, IntOp::Sub),
            Op::MulI if self.repeated_list(i)? => Ok(()),
            Op::MulI => ops::binary_int(self, i, IntOp::Mul),
            Op::FloorDivI => ops::binary_int(self, i, IntOp::FloorDiv),
            Op::ModI => ops::binary_int(self, i, IntOp::Mod),
            Op::LShiftI => ops::binary_int(self, i, IntOp::LShift),
            Op::RShiftI => ops::binary_int(self, i, IntOp::RShift),
            Op::AndI => ops::binary_int(self, i, IntOp::And),
            Op::Neg => ops::unary(self, i, 0),
            Op::Pos => ops::unary(self, i, 1),
            Op::Invert => ops::unary(self, i, 2),
            Op::JumpIfTrue => {
                self.branch(i.bc(), true);
                ops::jump_if(self, i, true)
            }
            Op::JumpIfFalse => {
                self.branch(i.bc(), false);
                ops::jump_if(self, i, false)
            }
            Op::Is => {
                ops::is(self, i, true);
                Ok(())
            }
            Op::IsNot => {
                ops::is(self, i, false);
                Ok(())
            }
            other => match comparison(other) {
                Some((op, Form::Value)) => ops::compare(self, i, op),
                Some((op, Form::Jump)) => {
                    self.branch(i32::from(i.c_int()), i.x() == 1);
                    ops::compare_jump(self, i, op)
                }
                Some((op, Form::JumpInt)) => {
                    self.branch(i32::from(i.c_int()), i.x() == 1);
                    ops::compare_jump_int(self, i, op)
                }
                None => self.residual(i),
            },
        }
    }
    /// The running instruction jumps by `offset` if its test is `sense`.
    pub(super) fn branch(&mut self, offset: i32, sense: bool) {
        let next = self.d.pc;
        let target = next.wrapping_offset(offset as isize);
        self.branch = Some(if sense {
            Branch { if_true: target, if_false: next }
        } else {
            Branch { if_true: next, if_false: target }
        });
    }

    // ---- calls

    /// Is it a call of `gc.collect`, or the end of an object that wants it at once? The recording itself knows objects.
    fn collects(&self, i: Insn) -> bool {
        if i.op() == Op::DelLocal {
            let value = self.d.window(i.a(), 1)[0];
            return is_prompt(self.d.vm, value) && self.d.vm.ends_prompt();
        }
        let callee = self.d.window(i.b(), 1)[0];
        PayloadRef::<NativeFunction>::of_value(callee)
            .is_some_and(|native| native.def.name == "collect" && owner_of(native) == "gc")
    }
    fn call_instruction(&mut self, i: Insn) -> R<()> {
        let (mut base, mut n) = (i.b(), i.c());
        if i.op() == Op::CallMethod {
            let receiver = self.reg(i.b() + 1);
            if self.is_same(receiver, Value::ABSENT) {
                // The handler moves the callee next to the arguments.
                base += 1;
            } else {
                n += 1;
            }
        }
        let callee = self.reg(i.b());
        if let Some(function) = PayloadRef::<Function>::of_value(callee.now) {
            if self.call_of_generator(i, callee, base + 1, n)? {
                return Ok(());
            }
            if !self.inlines(function, usize::from(n)) {
                let exact = function.code.get().get().entry.0.n_exact == u32::from(n);
                if !exact && self.call_bound_by_names(i, callee, (base + 1, n), &[])? {
                    return Ok(());
                }
                return self.call_residual(i, callee, base + 1, n);
            }
            self.guard_function(callee, function, n);
            return self.enter(i, callee, base + 1, n, None);
        }
        if let Some(method) = PayloadRef::<BoundMethod>::of_value(callee.now)
            && PayloadRef::<Function>::of_value(method.function).is_some()
            && self.kind_is(callee, Kind::BoundMethod)
        {
            return self.call_bound(i, callee, method, base, n);
        }
        if let Some(class) = Type::of_value(callee.now)
            && class.has(TypeFlags::PLAIN_NEW)
            && class.kind.0 == Kind::Instance
            && class.slots.del.get().is_none()
            && let Some(init) = PayloadRef::<Function>::of_value(class.init_function.get())
            && self.inlines(init, usize::from(n) + 1)
        {
            return self.construct(i, callee, class, base, n);
        }
        let args: Vec<Known<Value>> =
            (base + 1..base + 1 + n).map(|register| self.reg(register)).collect();
        if let Some(consumer) = self.consumer(callee, &args)? {
            return self.call_residual(i, consumer, base + 1, n);
        }
        if self.call_of_partial(i, callee, &args, &[])?
            || self.construct_exception(i, callee, base + 1, n)?
            || self.resumes(i, callee, base + 1, n)?
            || self.call_of_object(i, callee, base + 1, n)?
            || self.call_of_builtin(i, callee, base + 1, n)?
        {
            return Ok(());
        }
        if self.extension_length(i, callee, base + 1, n)?
            || self.native_call_of(i, callee, base + 1, n)?
            || self.foreign_call(i, callee, base + 1, n)?
            || self.foreign_builtin(i, callee, base + 1, n)?
        {
            return Ok(());
        }
        let result = match self.extension_call(i, callee, base + 1, n)? {
            None => self.extension_new(i, callee, base + 1, n)?,
            result => result,
        };
        if let Some(result) = result {
            self.finish_call(i, result);
            return Ok(());
        }
        self.call_residual(i, callee, base + 1, n)
    }

    /// The function of Python that consumes a generator instead of `callee`; it is known once and for all.
    fn consumer(&mut self, callee: Known<Value>, args: &[Known<Value>]) -> R<Option<Known<Value>>> {
        let Some(&last) = args.last() else { return Ok(None) };
        // One that has started may stand elsewhere the next time.
        let Some(generator) = PayloadRef::<Generator>::of_value(last.now)
            .filter(|generator| generator.state.get() == GeneratorState::Created)
        else {
            return Ok(None);
        };
        let words: Vec<Value> = args.iter().map(|arg| arg.now).collect();
        let found = consume::consumer(self.d.vm, callee.now, &Args::positional(&words))?;
        let Some((function, _)) = found else { return Ok(None) };
        self.is_same(callee, callee.now);
        self.guard_generator(last, generator);
        Ok(Some(self.constant(function.value())))
    }

    fn call_bound(
        &mut self,
        i: Insn,
        callee: Known<Value>,
        method: PayloadRef<BoundMethod>,
        base: u16,
        n: u16,
    ) -> R<()> {
        let alias = Alias::CONSTANT;
        let function = Known {
            now: method.function,
            by: Rec::load(self, IrOp::LoadV, callee.by, layout::METHOD_FUNCTION, alias),
        };
        let receiver = Rec::load(self, IrOp::LoadV, callee.by, layout::METHOD_RECEIVER, alias);
        let Some(target) = PayloadRef::<Function>::of_value(function.now)
            .filter(|&function| self.inlines(function, usize::from(n) + 1))
        else {
            return self.call_residual(i, callee, base + 1, n);
        };
        self.guard_function(function, target, n + 1);
        let slot = self.slot_of(base);
        self.set_slot(slot, receiver);
        self.enter(i, function, base, n + 1, None)
    }

    /// A new instance and its `__init__`.
    fn construct(
        &mut self,
        i: Insn,
        callee: Known<Value>,
        class: Type,
        base: u16,
        n: u16,
    ) -> R<()> {
        self.is_same(callee, callee.now);
        self.version_is(class.obj(), class.version.get());
        let init = self.constant(class.init_function.get());
        let function = PayloadRef::<Function>::of_value(init.now).expect("the caller looked");
        self.guard_function(init, function, n + 1);
        let instance = self.new_instance(class);
        let slot = self.slot_of(base);
        self.set_slot(slot, instance);
        self.enter(i, init, base, n + 1, Some(instance))
    }

    /// It is this function with this code, and its defaults are the same where `n` arguments need them. One that is made
    /// again and again, as closures are, is known by its code.
    pub(super) fn guard_function(
        &mut self,
        callee: Known<Value>,
        function: PayloadRef<Function>,
        n: u16,
    ) {
        let code = function.code.get();
        let fact = self.fact(callee.by);
        // One that is defined in a function is another one whenever that is called.
        let made_often = function.closure.get().is_ptr()
            || fact.kind == Some(Kind::Function)
            || code.code.qualname.contains("<locals>");
        if fact.constant.is_none() && made_often {
            self.kind_is(callee, Kind::Function);
            let (offset, now) = (layout::FUNCTION_GLOBALS, function.globals.value());
            let by = Rec::load(self, IrOp::LoadV, callee.by, offset, Alias::CONSTANT);
            self.is_same(Known { now, by }, now);
        } else {
            self.is_same(callee, callee.now);
        }
        self.guard_field(callee.by, layout::FUNCTION_CODE, code.value());
        if code.code.arg_count > n {
            self.guard_field(callee.by, layout::FUNCTION_DEFAULTS, function.defaults.get());
        }
    }

    /// A field of a function is what it is now: Python may set it.
    pub(super) fn guard_field(&mut self, function: Ref, offset: i64, now: Value) {
        let by = Rec::load(self, IrOp::LoadV, function, offset, layout::FUNCTION);
        self.is_same(Known { now, by }, now);
    }

    /// Go into a Python function with `n` arguments in registers from `first` on; `instance`: as its `__init__`.
    fn enter(
        &mut self,
        i: Insn,
        callee: Known<Value>,
        first: u16,
        n: u16,
        instance: Option<Ref>,
    ) -> R<()> {
        let function = PayloadRef::<Function>::of_value(callee.now).expect("the caller looked");
        let code = function.code.get();
        let (window, call_at) = (self.slot_of(first), self.d.here);
        let args: Vec<Ref> = (first..first + n).map(|register| self.reg(register).by).collect();
        let flags = match instance {
            Some(_) => FrameFlags::CONSTRUCTOR,
            None => FrameFlags::default(),
        };
        self.run_again()?;
        let base = self.slot_at(self.d.base.addr());
        self.forget_from(window.min(base));
        let called = Inlined::called(callee.by, (code, base), call_at, (i.a(), flags));
        self.enter_inlined(Inlined { receiver: instance, ..called });
        self.enter_window(callee, code, base, &args);
        Ok(())
    }
    /// The same with arguments that lie elsewhere.
    pub(super) fn enter_function(
        &mut self,
        i: Insn,
        callee: Known<Value>,
        args: &[Known<Value>],
    ) -> R<()> {
        let function = PayloadRef::<Function>::of_value(callee.now).expect("the caller looked");
        let (code, call_at) = (function.code.get(), self.d.here);
        self.run_again()?;
        let base = self.slot_at(self.d.base.addr());
        self.forget_from(base);
        self.enter_inlined(Inlined::called(
            callee.by,
            (code, base),
            call_at,
            (i.a(), FrameFlags::default()),
        ));
        let args: Vec<Ref> = args.iter().map(|arg| arg.by).collect();
        self.enter_window(callee, code, base, &args);
        Ok(())
    }

    /// Remember how much room the trace needs.
    pub(super) fn note_depth(&mut self, code: PayloadRef<CodeObject>, base: i32) {
        self.keep(code.value());
        let end = usize::try_from(base).unwrap_or(0) + usize::from(code.code.n_regs);
        self.n_slots = self.n_slots.max(end);
        self.max_depth = self.max_depth.max(self.frames.len());
    }

    /// Is the next instruction one that returns from the trace's own frame?
    pub(super) fn at_return(&self) -> bool {
        self.frames.is_empty() && self.next_word().op_number() == Op::Return as u8
    }
    /// The trace ends with the value that its function returns. The instruction has not been run.
    pub(super) fn finish_trace(&mut self) {
        self.show_handled();
        let value = self.reg(self.next_word().a());
        self.keep_errno();
        self.op(IrOp::Finish, &[value.by]);
    }
    /// A function has just been entered: its variables but the parameters are unbound.
    pub(super) fn know_unbound(&mut self, code: PayloadRef<CodeObject>) {
        for register in 0..code.code.n_locals {
            if self.d.window(register, 1)[0] == Value::UNBOUND {
                let unbound = self.constant_word(Value::UNBOUND);
                self.know_slot(i32::from(register), unbound);
            }
        }
    }

    /// A call that stays one: of a native function, or of anything else that is no part of the trace.
    fn call_residual(&mut self, i: Insn, callee: Known<Value>, first: u16, n: u16) -> R<()> {
        let name = match PayloadRef::<NativeFunction>::of_value(callee.now) {
            Some(native) => {
                // One that is bound is another object each time, and called as whatever it is.
                if native.receiver_to_pass().is_absent() {
                    self.is_same(callee, callee.now);
                }
                format!("call {}", native.def.name)
            }
            None => "call".to_string(),
        };
        self.flush();
        let first_slot = self.slot_of(first);
        let at = self.slot_address(first_slot);
        let count = Rec::int(self, i64::from(n));
        let args = [Arg::V(callee.by), Arg::P(at), Arg::I(count)];
        let function = PayloadRef::<Function>::of_value(callee.now);
        let address = match function {
            Some(_) => thunk::call_function as *const () as usize,
            None => thunk::call_window as *const () as usize,
        };
        let result = self.call(&name, address, Effects::ANY, &args);
        let now = self.call_for_real(callee.now, first, n)?;
        if function.is_some() {
            // Compiled code calls compiled code: not what makes a trace worthless.
            self.n_flushes -= 1;
            self.test_done(Known { now: Value::NONE, by: result });
        }
        self.ran_python();
        self.finish_call(i, Known { now, by: result });
        Ok(())
    }
    /// The same call in the recording runtime: not as a frame of its own, so that recording goes on behind it.
    pub(super) fn call_for_real(&mut self, callee: Value, first: u16, n: u16) -> R {
        self.d.save_pc();
        let args = self.d.window(first, usize::from(n)).to_vec();
        self.d.vm.call_positional(callee, &args)
    }

    fn return_instruction(&mut self, i: Insn) -> R<()> {
        let value = self.reg(i.a());
        let frame = *self.frames.last().expect("a function of the trace is left");
        if frame.flags.has(FrameFlags::SPECIAL) {
            return self.special_returns(frame, value);
        }
        let mut result = value.by;
        if frame.flags.has(FrameFlags::CONSTRUCTOR) {
            self.is_same(value, Value::NONE);
            result = match frame.receiver {
                Some(receiver) => receiver,
                None => {
                    self.give_up(Abort::UnusualFrame);
                    result
                }
            };
        }
        let pushed = self.before_pop(&frame);
        self.run_again()?;
        self.leave_inlined();
        self.pop_frame(pushed);
        self.forget_from(frame.base);
        let dst = self.slot_of(frame.dst);
        self.set_slot(dst, result);
        Ok(())
    }

    // ---- everything else

    /// Run the running instruction by the executing machine.
    pub(super) fn run_again(&mut self) -> R<()> {
        self.d.pc = self.d.here;
        match step(self.d)? {
            Flow::Next => {}
            Flow::Exit(_) => self.give_up(Abort::UnusualFrame),
        }
        self.state_changed();
        Ok(())
    }
    /// An instruction that the trace leaves to the executing machine.
    pub(super) fn residual(&mut self, i: Insn) -> R<()> {
        let row = i.op().row();
        self.flush();
        let snapshot = self.snapshot();
        let address = thunk::residual as *const () as usize;
        let callee = Self::callee(row.text, address, Effects::ANY, &[], AbiTy::Value);
        let went_to = self.out.call_raising(callee, &[], Ty::V, snapshot);
        let depth = self.d.vm.stack.frames.len();
        let written: Vec<i32> = writes::written(i).map(|r| self.slot_of(r)).collect();
        self.run_again()?;
        self.ran_python();
        let now = self.d.vm.stack.frames.len();
        match now.cmp(&depth) {
            Ordering::Greater => self.entered_by_residual(),
            Ordering::Less => {
                self.give_up(Abort::UnusualFrame);
                return Ok(());
            }
            Ordering::Equal => {
                for slot in written {
                    self.read_slot_again(slot);
                }
            }
        }
        if row.effects & haft_bytecode::opcode::CONTROL != 0 || now > depth {
            // Where it went is an outcome: the same instruction, or leave there.
            let expected = self.constant_word(thunk::pc_word(self.d.pc));
            let condition = self.op(IrOp::Same, &[went_to, expected]);
            let snapshot = self.snapshot_at(super::resume::HERE, Meaning::Again);
            self.out.guard(IrOp::Guard, &[condition], snapshot);
            if now > depth {
                // Where its registers lie may depend on the arguments.
                let address = thunk::top_base as *const () as usize;
                let base = self.call_state("top_base", address, &[], AbiTy::Ptr);
                let slot = self.slot_of(0);
                let expected = self.slot_address(slot);
                let condition = self.op(IrOp::PEq, &[base, expected]);
                self.out.guard(IrOp::Guard, &[condition], snapshot);
            }
        }
        Ok(())
    }
    /// A residual instruction pushed a frame.
    fn entered_by_residual(&mut self) {
        let frame = *self.d.frame();
        let base = self.slot_at(self.d.base.addr());
        if frame.flags.has(FrameFlags::GENERATOR) || base < 0 {
            self.give_up(Abort::UnusualFrame);
            return;
        }
        self.forget_from(base);
        let receiver = frame.flags.has(FrameFlags::CONSTRUCTOR).then_some(frame.receiver);
        if receiver.is_some() {
            self.give_up(Abort::UnusualFrame);
        }
        self.enter_inlined(Inlined {
            code: frame.code,
            base,
            call_at: std::ptr::null(),
            dst: frame.dst,
            flags: frame.flags,
            function: None,
            receiver: None,
            pushed: true,
            record: None,
            handled: None,
        });
        self.note_depth(frame.code, base);
    }
}

/// The three forms of a comparison instruction.
pub(super) enum Form {
    Value,
    Jump,
    JumpInt,
}

pub(super) fn comparison(op: Op) -> Option<(CompareOp, Form)> {
    use CompareOp::{Eq, Ge, Gt, Le, Lt, Ne};
    Some(match op {
        Op::Lt => (Lt, Form::Value),
        Op::Le => (Le, Form::Value),
        Op::Eq => (Eq, Form::Value),
        Op::Ne => (Ne, Form::Value),
        Op::Gt => (Gt, Form::Value),
        Op::Ge => (Ge, Form::Value),
        Op::JumpLt => (Lt, Form::Jump),
        Op::JumpLe => (Le, Form::Jump),
        Op::JumpEq => (Eq, Form::Jump),
        Op::JumpNe => (Ne, Form::Jump),
        Op::JumpGt => (Gt, Form::Jump),
        Op::JumpGe => (Ge, Form::Jump),
        Op::JumpLtI => (Lt, Form::JumpInt),
        Op::JumpLeI => (Le, Form::JumpInt),
        Op::JumpEqI => (Eq, Form::JumpInt),
        Op::JumpNeI => (Ne, Form::JumpInt),
        Op::JumpGtI => (Gt, Form::JumpInt),
        Op::JumpGeI => (Ge, Form::JumpInt),
        _ => return None,
    })
}
