//! Calls of Python functions whose arguments do not lie as the parameters do: with keywords, with defaults, `**kwargs`.
//!
//! Which parameter takes which argument follows from the function's code and the names at the call, so it is found once. The
//! function becomes part of the trace; one that cannot is called with its parameters bound already.
use haft_bytecode::{Insn, Op, flags};
use haft_heap::Value;
use haft_jit::ir::{Effects, IrOp, Layout, Ref};

use super::rec::{Arg, Known, Rec};
use super::resume::Inlined;
use super::{layout, thunk};
use crate::interp::calls;
use crate::interp::frame::Returns;
use crate::interp::machine::Machine;
use crate::object::{Function, Kind, Partial, PayloadRef, Tuple, Type, TypeFlags};
use crate::vm::{Args, FrameFlags, R};

/// How the arguments of a call meet the parameters of a function.
pub(super) struct Binding {
    /// For each parameter but `*args` and `**kwargs`, the number of its argument; `None`: it has its default.
    params: Vec<Option<usize>>,
    /// Arguments for `**kwargs`: name and number.
    rest: Vec<(Value, usize)>,
    /// Defaults that are in the dict of keyword defaults: parameter and entry.
    keyword_defaults: Vec<(usize, usize)>,
}

/// A call whose arguments are known.
struct Bound<'a> {
    callee: Known<Value>,
    function: PayloadRef<Function>,
    /// The values given, and the names of the last of them.
    values: &'a [Known<Value>],
    names: &'a [Value],
    /// The instance whose `__init__` the function is.
    instance: Option<Ref>,
    /// Is it another call than that of the running instruction?
    direct: bool,
}

impl Rec<'_, '_> {
    /// `f(…, name=…)`; false, and nothing is done: it stays an instruction.
    pub(super) fn call_with_names(&mut self, i: Insn) -> R<bool> {
        let ext = self.next_word();
        let names = self.d.code().get().consts[ext.lo() as usize];
        let names = names.as_ptr().and_then(Tuple::of).map_or(&[][..], Tuple::items);
        let (mut first, mut n) = (i.b() + 1, i.c());
        let callee = self.reg(i.b());
        let class = Type::of_value(callee.now);
        let is_partial = PayloadRef::<Partial>::of_value(callee.now).is_some();
        if class.is_none() && !is_partial && PayloadRef::<Function>::of_value(callee.now).is_none()
        {
            return Ok(false);
        }
        if i.op() == Op::CallMethodKw {
            let receiver = self.reg(i.b() + 1);
            if self.is_same(receiver, Value::ABSENT) {
                first += 1;
            } else {
                n += 1;
            }
        }
        if is_partial {
            let given: Vec<Known<Value>> =
                (first..first + n).map(|register| self.reg(register)).collect();
            return self.call_of_partial(i, callee, &given, names);
        }
        match class {
            Some(class) => self.construct_with_names(i, (callee, class), (first, n), names),
            None => self.call_bound_by_names(i, callee, (first, n), names),
        }
    }

    /// A call of a function with the `n` values in registers from `first` on; false, and nothing is done: it stays what it is.
    pub(super) fn call_bound_by_names(
        &mut self,
        i: Insn,
        callee: Known<Value>,
        (first, n): (u16, u16),
        names: &[Value],
    ) -> R<bool> {
        let values: Vec<Known<Value>> =
            (first..first + n).map(|register| self.reg(register)).collect();
        self.call_bound_values(i, callee, (&values, names), false)
    }

    /// The same with values from anywhere; `direct`: what the instruction calls is another callable, which calls this function.
    pub(super) fn call_bound_values(
        &mut self,
        i: Insn,
        callee: Known<Value>,
        (values, names): (&[Known<Value>], &[Value]),
        direct: bool,
    ) -> R<bool> {
        let Some(function) = PayloadRef::<Function>::of_value(callee.now) else { return Ok(false) };
        let n_positional = values.len() - names.len();
        let Some(binding) = self.binding(function, n_positional, names) else { return Ok(false) };
        self.guard_function(callee, function, n_positional as u16);
        let call = Bound { callee, function, values, names, instance: None, direct };
        let params = self.bound_values(&call, &binding);
        if self.inlines_body(function) {
            self.enter_bound(i, &call, &params)?;
        } else {
            self.call_bound_function(i, &call, &params)?;
        }
        Ok(true)
    }

    /// A new instance, and its `__init__` with keyword arguments.
    fn construct_with_names(
        &mut self,
        i: Insn,
        (callee, class): (Known<Value>, Type),
        (first, n): (u16, u16),
        names: &[Value],
    ) -> R<bool> {
        let plain = class.has(TypeFlags::PLAIN_NEW)
            && class.kind.0 == Kind::Instance
            && class.slots.del.get().is_none();
        let init = class.init_function.get();
        let Some(function) = PayloadRef::<Function>::of_value(init).filter(|_| plain) else {
            return Ok(false);
        };
        let n_positional = usize::from(n) + 1 - names.len();
        let Some(binding) = self.binding(function, n_positional, names) else { return Ok(false) };
        if !self.inlines_body(function) {
            return Ok(false);
        }
        self.is_same(callee, callee.now);
        self.version_is(class.obj(), class.version.get());
        let init = self.constant(init);
        self.guard_function(init, function, n_positional as u16);
        let instance = self.new_instance(class);
        // What the constructor makes is not there yet: nothing looks at the word before the call is made.
        let mut values = vec![Known { now: Value::NONE, by: instance }];
        values.extend((first..first + n).map(|register| self.reg(register)));
        let call = Bound {
            callee: init,
            function,
            values: &values,
            names,
            instance: Some(instance),
            direct: false,
        };
        let params = self.bound_values(&call, &binding);
        self.enter_bound(i, &call, &params)?;
        Ok(true)
    }
    /// A new object of a class whose instances are plain.
    pub(super) fn new_instance(&mut self, class: Type) -> Ref {
        let shape = self.d.vm.shapes.at(class.root_shape.get());
        let layout = Layout {
            name: self.d.vm.name_text(class.name.get()),
            header: u64::from(shape.id.0) | (class.kind.0 as u64) << 32,
            bytes: shape.instance_bytes() as u32,
            init: Vec::new(),
            listed: false,
            inner: 0,
        };
        let instance = self.out.alloc(&layout);
        self.learn_made(instance, Kind::Instance);
        instance
    }

    /// Which parameter takes what; `None`: the call is wrong, or not a plain one.
    pub(super) fn binding(
        &mut self,
        function: PayloadRef<Function>,
        n_positional: usize,
        names: &[Value],
    ) -> Option<Binding> {
        let code = function.code.get();
        let plain = &code.code;
        let other = flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR;
        let n_pos = usize::from(plain.arg_count);
        let n_params = n_pos + usize::from(plain.kw_only_count);
        let is_open = plain.flags & flags::VARARGS != 0;
        if n_positional > n_pos && !is_open || plain.flags & other != 0 {
            return None;
        }
        let mut params: Vec<Option<usize>> = vec![None; n_params];
        let mut rest = Vec::new();
        (0..n_positional.min(n_pos)).for_each(|at| params[at] = Some(at));
        for (number, &name) in names.iter().enumerate() {
            let number = n_positional + number;
            let place = code.get().varnames[..n_params].iter().position(|known| *known == name);
            match place.filter(|&place| place >= usize::from(plain.pos_only_count)) {
                Some(place) if params[place].is_none() => params[place] = Some(number),
                None if plain.flags & flags::VARKEYWORDS != 0 => rest.push((name, number)),
                _ => return None,
            }
        }
        let defaults = function.defaults.get().as_ptr().and_then(Tuple::of).map_or(0, Tuple::len);
        let given = |at: usize| params[at].is_some() || at + defaults >= n_pos;
        if !(0..n_pos).all(given) {
            return None;
        }
        let mut keyword_defaults = Vec::new();
        for at in (n_pos..n_params).filter(|&at| params[at].is_none()) {
            let dict = function.kwdefaults.get();
            let exact = self.d.vm.type_of(dict) == self.d.vm.t.dict;
            let dict = self.d.vm.as_dict(dict).filter(|_| exact)?;
            let name = code.get().varnames[at];
            let hash = self.d.vm.hash_str(name.as_ptr().and_then(crate::object::Str::of)?);
            keyword_defaults.push((at, dict.find_simple(hash, name)?));
        }
        Some(Binding { params, rest, keyword_defaults })
    }

    /// The values of all parameters, in the order of their registers. The function has been guarded.
    fn bound_values(&mut self, call: &Bound<'_>, binding: &Binding) -> Vec<Ref> {
        let function = call.function;
        let code = function.code.get();
        let n_pos = usize::from(code.code.arg_count);
        let defaults =
            function.defaults.get().as_ptr().and_then(Tuple::of).map_or(&[][..], Tuple::items);
        let mut values = Vec::new();
        if !binding.keyword_defaults.is_empty() {
            let dict = function.kwdefaults.get();
            self.guard_field(call.callee.by, layout::FUNCTION_KWDEFAULTS, dict);
            let version = self.d.vm.as_dict(dict).map_or(0, |dict| self.d.vm.dict_version(dict));
            self.dict_version(dict, version);
        }
        for (at, argument) in binding.params.iter().enumerate() {
            let entry = binding.keyword_defaults.iter().find(|(param, _)| *param == at);
            values.push(match (argument, entry) {
                (Some(number), _) => call.values[*number].by,
                (None, Some(&(_, entry))) => {
                    let dict = self.constant_word(function.kwdefaults.get());
                    let entries = self.load(IrOp::LoadP, dict, layout::DICT_ENTRIES, layout::DICT);
                    let offset = layout::entry_value(entry);
                    self.load(IrOp::LoadV, entries, offset, layout::ENTRIES)
                }
                (None, None) => self.constant_word(defaults[at + defaults.len() - n_pos]),
            });
        }
        if code.code.flags & flags::VARARGS != 0 {
            let n_positional = call.values.len() - call.names.len();
            let rest: Vec<Ref> =
                call.values[n_pos.min(n_positional)..n_positional].iter().map(|v| v.by).collect();
            values.push(if rest.is_empty() {
                let empty = self.d.vm.tuple(&[]);
                self.constant_word(empty)
            } else {
                self.tuple_with(&rest)
            });
        }
        if code.code.flags & flags::VARKEYWORDS != 0 {
            let pairs: Vec<(Value, Ref)> =
                binding.rest.iter().map(|&(name, at)| (name, call.values[at].by)).collect();
            values.push(self.dict_of(&pairs));
        }
        values
    }

    /// Go into a function with these values of its parameters.
    fn enter_bound(&mut self, i: Insn, call: &Bound<'_>, params: &[Ref]) -> R<()> {
        let (code, call_at) = (call.function.code.get(), self.d.here);
        if call.direct {
            let vals: Vec<Value> = call.values.iter().map(|value| value.now).collect();
            let args = Args { vals: &vals, names: call.names };
            let flags = FrameFlags::default();
            let returns = Returns { dst: i.a(), flags, receiver: Value::ABSENT };
            self.d.save_pc();
            calls::enter_flagged(self.d, call.function, returns, &args)?;
            self.state_changed();
        } else {
            self.run_again()?;
        }
        let base = self.slot_at(self.d.base.addr());
        self.forget_from(base);
        for (at, &value) in params.iter().enumerate() {
            self.set_slot(base + at as i32, value);
        }
        let flags = match call.instance {
            Some(_) => FrameFlags::CONSTRUCTOR,
            None => FrameFlags::default(),
        };
        let called = Inlined::called(call.callee.by, (code, base), call_at, (i.a(), flags));
        self.enter_inlined(Inlined { receiver: call.instance, ..called });
        for register in params.len()..usize::from(code.code.n_locals) {
            self.enter_register(call.callee, code, base, register);
        }
        self.note_depth(code, base);
        Ok(())
    }

    /// Call a function with these values of its parameters.
    fn call_bound_function(&mut self, i: Insn, call: &Bound<'_>, params: &[Ref]) -> R<()> {
        if matches!(i.op(), Op::CallKw | Op::CallMethodKw) {
            self.ext();
        }
        let first = self.slot_of(self.d.code().code.n_regs);
        for (at, &value) in params.iter().enumerate() {
            self.set_slot(first + at as i32, value);
        }
        self.n_slots = self.n_slots.max(usize::try_from(first).unwrap_or(0) + params.len());
        self.flush();
        let (at, count) = (self.slot_address(first), self.int(params.len() as i64));
        let args = [Arg::V(call.callee.by), Arg::P(at), Arg::I(count)];
        let address = thunk::call_bound as *const () as usize;
        let result = self.call("call", address, Effects::ANY, &args);
        self.d.save_pc();
        let words: Vec<Value> = call.values.iter().map(|value| value.now).collect();
        let now = self.d.vm.call(call.callee.now, &Args { vals: &words, names: call.names })?;
        // Compiled code calls compiled code: not what makes a trace worthless.
        self.n_flushes -= 1;
        self.test_done(Known { now: Value::NONE, by: result });
        self.ran_python();
        self.finish_call(i, Known { now, by: result });
        Ok(())
    }
}
