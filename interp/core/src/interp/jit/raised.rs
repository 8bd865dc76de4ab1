//! Exceptions that a trace makes: what their classes, and items that are not there, have it make; and their attributes.
use haft_bytecode::Insn;
use haft_heap::Value;
use haft_jit::ir::{IrOp, Layout, Ref};

use super::exceptions::{Thrown, is_exception};
use super::rec::{Known, Rec};
use super::{Abort, layout};
use crate::interp::machine::Machine;
use crate::interp::ops::quick;
use crate::object::{
    Exception, Function, Kind, List, Payload, PayloadRef, ShapeId, Tuple, Type, payload_table,
};
use crate::vm::{Args, FrameFlags, R};

impl Rec<'_, '_> {
    /// Is making an instance of this class of exceptions what `BaseException` does?
    pub(super) fn is_plain_exception(&self, class: Type) -> bool {
        let base = &self.d.vm.exc.base_exception.slots;
        let same = match (class.slots.init.get(), base.init.get()) {
            (Some(a), Some(b)) => std::ptr::fn_addr_eq(a, b),
            _ => false,
        };
        same && self.is_made_plainly(class)
    }
    /// The same apart from `__init__`.
    pub(super) fn is_made_plainly(&self, class: Type) -> bool {
        let base = &self.d.vm.exc.base_exception.slots;
        let same = match (class.slots.new.get(), base.new.get()) {
            (Some(a), Some(b)) => std::ptr::fn_addr_eq(a, b),
            _ => false,
        };
        same && class.has(crate::object::TypeFlags::EXCEPTION)
            && self.d.vm.type_of(class.value()) == self.d.vm.t.r#type
            && class.slots.del.get().is_none()
    }
    /// A new exception as `BaseException.__new__` makes it.
    pub(super) fn new_exception(&mut self, class: Type, args: &[Ref]) -> Ref {
        let args = self.arguments_of_exception(args);
        let none = Value::NONE.bits();
        let init =
            [layout::EXCEPTION_TRACEBACK, layout::EXCEPTION_CONTEXT, layout::EXCEPTION_CAUSE];
        let init = init.iter().map(|&offset| (offset as u32, none)).collect();
        let made =
            self.payload_object::<Exception>(&class.name_text(), class.root_shape.get(), init);
        self.learn(made, |fact| fact.is_new_exception = true);
        self.exception_field(made, args, layout::EXCEPTION_ARGS);
        made
    }
    /// A call of a class of exceptions that has nothing of its own.
    pub(super) fn make_exception(
        &mut self,
        callee: Known<Value>,
        class: Type,
        args: &[Known<Value>],
    ) -> R<Known<Value>> {
        self.is_same(callee, callee.now);
        self.version_is(class.obj(), class.version.get());
        let words: Vec<Value> = args.iter().map(|arg| arg.now).collect();
        self.d.save_pc();
        let now = self.d.vm.call_positional(callee.now, &words)?;
        let refs: Vec<Ref> = args.iter().map(|arg| arg.by).collect();
        Ok(Known { now, by: self.new_exception(class, &refs) })
    }
    /// `class(…)` of a class of exceptions whose `__init__` is a Python function; false, and nothing is done: it is something
    /// else.
    pub(super) fn construct_exception(
        &mut self,
        i: Insn,
        callee: Known<Value>,
        first: u16,
        n: u16,
    ) -> R<bool> {
        let class = Type::of_value(callee.now).filter(|&class| self.is_made_plainly(class));
        let Some(class) = class else { return Ok(false) };
        let name = self.d.vm.names.__init__;
        let init = self.d.vm.lookup_in_type(class, name);
        let init = init.and_then(PayloadRef::<Function>::of_value);
        let Some(init) = init.filter(|&init| self.inlines(init, usize::from(n) + 1)) else {
            return Ok(false);
        };
        let Some(new) = class.slots.new.get() else { return Ok(false) };
        self.is_same(callee, callee.now);
        self.version_is(class.obj(), class.version.get());
        let function = self.constant(init.value());
        self.guard_function(function, init, n + 1);
        let given: Vec<Known<Value>> =
            (first..first + n).map(|register| self.reg(register)).collect();
        let words: Vec<Value> = given.iter().map(|arg| arg.now).collect();
        self.d.save_pc();
        let now = new(self.d.vm, class.value(), &Args::positional(&words))?;
        let refs: Vec<Ref> = given.iter().map(|arg| arg.by).collect();
        let instance = Known { now, by: self.new_exception(class, &refs) };
        let mut args = vec![instance];
        args.extend(given);
        self.enter_guarded(function, init, &args, (i.a(), FrameFlags::CONSTRUCTOR))?;
        Ok(true)
    }
    /// The tuple of the arguments of an exception.
    fn arguments_of_exception(&mut self, args: &[Ref]) -> Ref {
        if args.is_empty() {
            let empty = self.d.vm.tuple(&[]);
            return self.constant_word(empty);
        }
        self.tuple_with(args)
    }
    /// `BaseException.__init__(exception, …)`; `None`: it is no exception.
    pub(super) fn init_exception(
        &mut self,
        callee: Known<Value>,
        args: &[Known<Value>],
    ) -> R<Option<Known<Value>>> {
        let Some((&this, rest)) = args.split_first() else { return Ok(None) };
        if !is_exception(this.now) {
            return Ok(None);
        }
        self.kind_is(this, Kind::Exception);
        let words: Vec<Value> = args.iter().map(|arg| arg.now).collect();
        self.d.save_pc();
        self.d.vm.call_positional(callee.now, &words)?;
        let rest: Vec<Ref> = rest.iter().map(|arg| arg.by).collect();
        let tuple = self.arguments_of_exception(&rest);
        self.exception_field(this.by, tuple, layout::EXCEPTION_ARGS);
        self.after_effect = true;
        self.state_changed();
        Ok(Some(self.constant(Value::NONE)))
    }
    /// A new object that holds a `T`, all zero but for these words.
    pub(super) fn payload_object<T: Payload>(
        &mut self,
        name: &str,
        shape: ShapeId,
        mut init: Vec<(u32, u64)>,
    ) -> Ref {
        init.push((layout::word_offset(0) as u32, payload_table::<T>()));
        init.sort_unstable();
        let made = self.out.alloc(&Layout {
            name: name.to_string(),
            header: u64::from(shape.0) | (T::KIND as u64) << 32,
            bytes: (16 + size_of::<T>()) as u32,
            init,
            // The collector keeps lists of what has no write barriers.
            listed: true,
            inner: 0,
        });
        self.learn_made(made, T::KIND);
        made
    }
    /// Does a register hold an exception that is mostly never made?
    pub(super) fn holds_new_exception(&self) -> bool {
        let slots = self.dirty_slots(0, i32::MAX);
        slots.iter().any(|(_, by)| self.fact(*by).is_new_exception)
    }
    /// Was it made here, and has nothing run since that could have given it a context?
    pub(super) fn is_new_exception(&self, exception: Ref) -> bool {
        let trace = self.out.trace();
        self.fact(exception).is_new_exception
            && trace.insts[exception.0 as usize..].iter().all(|inst| {
                let is_context = inst.op == IrOp::StoreV && inst.imm == layout::EXCEPTION_CONTEXT;
                let calls = matches!(inst.op, IrOp::Call | IrOp::CallRaising)
                    && trace.callee(inst).effects.writes & layout::EXCEPTION.set() != 0;
                !(calls || is_context && inst.alias == layout::EXCEPTION)
            })
    }
    /// The traceback of an exception, whose class is guarded.
    pub(super) fn traceback_of(&mut self, exception: Known<Value>) -> Option<Known<Value>> {
        let now = PayloadRef::<Exception>::of_value(exception.now)?.traceback.get();
        self.guard_methods(exception);
        let offset = layout::EXCEPTION_TRACEBACK;
        let by = self.load(IrOp::LoadV, exception.by, offset, layout::EXCEPTION);
        Some(Known { now, by })
    }
    /// The attribute of an exception that is a field of it; `None`: there is none of this name.
    pub(super) fn exception_attribute(
        &mut self,
        object: Known<Value>,
        owner: Value,
        name: &str,
    ) -> Option<Known<Value>> {
        let error = PayloadRef::<Exception>::of_value(object.now)?;
        let offset = match name {
            _ if owner == self.d.vm.exc.stop_iteration.value() && name == "value" => {
                layout::EXCEPTION_FIELDS
            }
            _ if owner != self.d.vm.exc.base_exception.value() => return None,
            "args" => layout::EXCEPTION_ARGS,
            "__traceback__" => layout::EXCEPTION_TRACEBACK,
            "__context__" => layout::EXCEPTION_CONTEXT,
            "__cause__" => layout::EXCEPTION_CAUSE,
            _ => return None,
        };
        let now = match name {
            "value" => error.fields[0].get(),
            "args" => error.args.get(),
            "__traceback__" => error.traceback.get(),
            "__context__" => error.context.get(),
            _ => error.cause.get(),
        };
        if now.is_absent() {
            return None;
        }
        self.guard_methods(object);
        let by = self.load(IrOp::LoadV, object.by, offset, layout::EXCEPTION);
        let value = Known { now, by };
        if self.is_same(value, Value::ABSENT) {
            self.give_up(Abort::MissingAttribute);
        }
        Some(value)
    }
    /// `r[a] = r[b][r[c]]` of a dict, list or tuple that has no such item, where the trace has the handler; false, and nothing
    /// is done: it is something else.
    pub(super) fn raise_for_item(&mut self, i: Insn) -> R<bool> {
        let [container, key] = [i.b(), i.c()].map(|register| self.d.window(register, 1)[0]);
        let Some(obj) = container.as_ptr() else { return Ok(false) };
        let shape = ShapeId(obj.shape());
        let len = match shape {
            ShapeId::LIST => List::of(obj).map(List::len),
            ShapeId::TUPLE => Tuple::of(obj).map(Tuple::len),
            _ => None,
        };
        let is_missing = match (len, key.as_fixnum()) {
            (Some(len), Some(index)) => {
                let len = len as i64;
                index >= len || index < -len
            }
            (None, _) if shape == ShapeId::DICT => {
                let [dict, key] = [i.b(), i.c()].map(|register| self.reg(register));
                self.is_plain(key)
                    && (quick::DICT_GET.call)(self.d.vm, dict.now, key.now)? == Value::UNBOUND
            }
            _ => false,
        };
        if !is_missing || !self.can_unwind() {
            return Ok(false);
        }
        let [container, key] = [i.b(), i.c()].map(|register| self.reg(register));
        let exception = if shape == ShapeId::DICT {
            self.new_exception(self.d.vm.exc.key_error, &[key.by])
        } else {
            let what = if shape == ShapeId::LIST { "list" } else { "tuple" };
            let text = self.d.vm.str(&format!("{what} index out of range"));
            let text = self.constant_word(text);
            self.new_exception(self.d.vm.exc.index_error, &[text])
        };
        let made = Known { now: Value::ABSENT, by: exception };
        let Some(context) = self.context_for(made) else { return Ok(false) };
        self.shape_is(container, shape.0);
        if shape == ShapeId::DICT {
            let Some(found) = self.attempt2(&quick::DICT_GET, container, key)? else {
                return Ok(false);
            };
            self.is_same(found, Value::UNBOUND);
        } else {
            self.is_int(key);
            let index = Machine::int(self, key);
            let len = match shape {
                ShapeId::LIST => self.list_len(container.by),
                _ => {
                    let constant = haft_jit::ir::Alias::CONSTANT;
                    self.load(IrOp::LoadU32, container.by, layout::LEN, constant)
                }
            };
            self.index_in(len, index, false);
        }
        if let Some(context) = context.changed() {
            self.exception_field(exception, context, layout::EXCEPTION_CONTEXT);
        }
        self.thrown = Some(Thrown::new(exception));
        self.run_again()?;
        Ok(true)
    }
}
