//! Dicts and sets that a trace makes and fills, calls with arguments from a tuple, and calls of functions written in Rust
//! without their binding of arguments.
use haft_bytecode::opcode::{ALLOCATES, RAISES, WRITES};
use haft_bytecode::{Insn, Op};
use haft_heap::Value;
use haft_jit::ir::{AbiTy, Alias, Effects, IrOp, Ref, Ty};

use super::machine::effects_of;
use super::rec::{Arg, Known, Rec};
use super::{layout, thunk};
use crate::interp::machine::{Helper1, Helper2, Helper3, Machine};
use crate::interp::ops::quick;
use crate::interp::slow::exact_dict;
use crate::native::direct_call;
use crate::object::{
    BoundMethod, Dict, Function, Kind, List, NativeFunction, PayloadRef, ShapeId, Str, Tuple,
};
use crate::vm::R;

/// Longest tuples whose items become arguments one by one.
const MOST_STARRED: usize = 8;
/// Most pairs of a dict that a trace makes without bringing memory up to date.
const MOST_PAIRS: u16 = 12;

static NEW_DICT: Helper1 = Helper1 {
    name: "NewDict",
    effects: ALLOCATES,
    call: |vm, n| {
        let n = n.as_fixnum().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        Ok(Dict::with_capacity(&mut vm.heap, n).value())
    },
};
static PUT: Helper3 = Helper3 {
    name: "PutPlain",
    effects: RAISES | ALLOCATES | WRITES,
    call: |vm, dict, key, value| {
        if let Some(dict) = vm.as_dict(dict) {
            let key = vm.dict_key(key)?;
            vm.dict_set_key(dict, key, value)?;
        }
        Ok(Value::NONE)
    },
};
static EXTEND: Helper2 = Helper2 {
    name: "ExtendPlain",
    effects: RAISES | ALLOCATES | WRITES,
    call: |vm, list, source| {
        if let Some(list) = vm.as_list(list) {
            vm.extend_list(list, source)?;
        }
        Ok(Value::NONE)
    },
};
static MERGE: Helper2 = Helper2 {
    name: "MergePlain",
    effects: RAISES | ALLOCATES | WRITES,
    call: |vm, made, source| {
        let (Some(made), Some(source)) = (exact_dict(made), exact_dict(source)) else {
            return Ok(Value::ABSENT);
        };
        let is_new = |(name, _): (Value, Value)| {
            let text = name.as_ptr().and_then(Str::of);
            text.is_some_and(|text| made.find_simple(vm.hash_str(text), name).is_none())
        };
        if !source.iter().all(is_new) {
            return Ok(Value::ABSENT);
        }
        vm.dict_update_from_dict(made, source)?;
        Ok(Value::NONE)
    },
};
/// The values of a dict that has these keys in this order, as a tuple; ABSENT: it has others.
static VALUES_OF: Helper2 = Helper2 {
    name: "ValuesOf",
    effects: ALLOCATES,
    call: |vm, dict, names| {
        let names = names.as_ptr().and_then(Tuple::of).map_or(&[][..], Tuple::items);
        let mut values = [Value::NONE; MOST_STARRED];
        let Some(dict) = exact_dict(dict).filter(|dict| dict.len() == names.len()) else {
            return Ok(Value::ABSENT);
        };
        for (at, (name, value)) in dict.iter().enumerate() {
            if name != names[at] {
                return Ok(Value::ABSENT);
            }
            values[at] = value;
        }
        Ok(vm.tuple(&values[..names.len()]))
    },
};
static TO_TUPLE: Helper1 = Helper1 {
    name: "ToTuple",
    effects: ALLOCATES,
    call: |vm, list| {
        let items = list.as_ptr().and_then(List::of).map_or(&[][..], |list| list.items());
        Ok(vm.tuple(items))
    },
};

fn are_distinct(pairs: &[(Value, Ref)]) -> bool {
    (1..pairs.len()).all(|at| pairs[..at].iter().all(|pair| pair.0 != pairs[at].0))
}

impl Rec<'_, '_> {
    /// `r[a] = {r[b]: r[b+1], …}` with plain keys; false, and nothing is done: there are other ones.
    pub(super) fn build_dict(&mut self, i: Insn) -> bool {
        if i.c() > MOST_PAIRS {
            return false;
        }
        let pairs: Vec<(Known<Value>, Known<Value>)> =
            (0..i.c()).map(|at| (self.reg(i.b() + 2 * at), self.reg(i.b() + 2 * at + 1))).collect();
        if !pairs.iter().all(|&(key, _)| self.is_plain(key)) {
            return false;
        }
        let names: Option<Vec<(Value, Ref)>> = pairs
            .iter()
            .map(|(key, value)| Some((self.constant_name(key.by)?, value.by)))
            .collect();
        let names = names.filter(|names| are_distinct(names));
        let dict = match names.and_then(|names| self.dict_of_names(&names)) {
            Some(dict) => dict,
            None => {
                let dict = self.new_dict(usize::from(i.c()));
                for (key, value) in pairs {
                    self.put(dict, key.by, value.by);
                }
                dict
            }
        };
        if self.run_again().is_err() {
            unreachable!("plain keys have hashes and no equality of their own");
        }
        let slot = self.slot_of(i.a());
        self.set_slot(slot, dict);
        true
    }
    fn new_dict(&mut self, n: usize) -> Ref {
        let count = self.constant_word(Value::fixnum_unchecked(n as i64));
        let table = std::ptr::from_ref(&NEW_DICT).addr();
        let call = thunk::call1 as *const () as usize;
        let dict = self.helper(NEW_DICT.name, NEW_DICT.effects, call, (table, &[count]));
        self.learn_made(dict, Kind::Dict);
        self.learn(dict, |fact| fact.exact = Some(ShapeId::DICT.0));
        dict
    }
    /// The interned str that a value is each time.
    fn constant_name(&self, value: Ref) -> Option<Value> {
        let name = self.fact(value).constant?;
        name.as_ptr().and_then(Str::of).is_some_and(Str::is_interned).then_some(name)
    }
    /// A new dict of these names and values.
    pub(super) fn dict_of(&mut self, pairs: &[(Value, Ref)]) -> Ref {
        if let Some(dict) = self.dict_of_names(pairs) {
            return dict;
        }
        let dict = self.new_dict(pairs.len());
        for &(name, value) in pairs {
            let name = self.constant_word(name);
            self.put(dict, name, value);
        }
        dict
    }
    fn put(&mut self, dict: Ref, key: Ref, value: Ref) {
        let table = std::ptr::from_ref(&PUT).addr();
        let call = thunk::call3 as *const () as usize;
        self.helper(PUT.name, PUT.effects, call, (table, &[dict, key, value]));
    }
    /// An item of a dict whose class is a subclass that leaves items to `dict`; false, and nothing is done that matters: not
    /// so simple.
    pub(super) fn item_of_dict(&mut self, i: Insn) -> R<bool> {
        let names = &self.d.vm.names;
        let (name, container, key) = match i.op() {
            Op::LoadItem => (names.__getitem__, i.b(), i.c()),
            Op::StoreItem => (names.__setitem__, i.a(), i.b()),
            Op::In | Op::NotIn => (names.__contains__, i.c(), i.b()),
            _ => return Ok(false),
        };
        let now = self.d.window(container, 1)[0];
        let is_subclass = now
            .as_ptr()
            .is_some_and(|obj| obj.kind() == Kind::Dict as u8 && obj.shape() != ShapeId::DICT.0);
        if !is_subclass {
            return Ok(false);
        }
        let (class, dict) = (self.d.vm.type_of(now), self.d.vm.t.dict);
        let own = self.d.vm.lookup_in_type(class, name);
        if own.is_none() || own != self.d.vm.lookup_in_type(dict, name) {
            return Ok(false);
        }
        let (container, key) = (self.reg(container), self.reg(key));
        if !self.is_key(key) {
            return Ok(false);
        }
        self.guard_methods(container);
        match i.op() {
            Op::LoadItem => {
                let found = self.attempt2(&quick::GET_OF_DICT, container, key)?;
                found.map(|item| self.set(i.a(), item)).map_or(Ok(false), |()| Ok(true))
            }
            Op::StoreItem => {
                let value = self.reg(i.c());
                Ok(self.attempt3(&quick::SET_OF_DICT, container, key, value)?.is_some())
            }
            _ => {
                let Some(found) = self.attempt2(&quick::IN_DICT, container, key)? else {
                    return Ok(false);
                };
                let found = self.is_same(found, Value::TRUE);
                let result = self.of_bool(found == (i.op() == Op::In));
                self.set(i.a(), result);
                Ok(true)
            }
        }
    }
    /// What a helper would find that looks up a small int or an exact str in a dict or set: by a call that does nothing else.
    pub(super) fn lookup(
        &mut self,
        helper: &'static Helper2,
        container: Known<Value>,
        key: Known<Value>,
    ) -> Option<Ref> {
        let shape = ShapeId(container.now.as_ptr()?.shape());
        let is = |other: &'static Helper2| std::ptr::eq(helper, other);
        let address = match shape {
            ShapeId::DICT if is(&quick::GET_ITEM) => thunk::dict_item as *const () as usize,
            ShapeId::DICT if is(&quick::DICT_GET) => thunk::dict_get as *const () as usize,
            ShapeId::DICT | ShapeId::SET | ShapeId::FROZENSET if is(&quick::CONTAINS) => {
                thunk::is_in_table as *const () as usize
            }
            _ => return None,
        };
        let is_text = key.now.as_ptr().is_some_and(|obj| obj.shape() == ShapeId::STR.0);
        let is_simple = key.now.is_fixnum() && self.is_int(key)
            || is_text && self.shape_is(key, ShapeId::STR.0);
        if !is_simple || !self.shape_is(container, shape.0) {
            return None;
        }
        let effects = Effects::reading(layout::READS);
        let args = [Arg::V(container.by), Arg::V(key.by)];
        let callee = Self::callee(helper.name, address, effects, &args, AbiTy::Value);
        Some(self.out.call(callee, &[container.by, key.by], Ty::V))
    }
    /// `r[a].add(r[b])` of a comprehension, or `r[a][r[b]] = r[c]`; false, and nothing is done: not so simple.
    pub(super) fn add_to_made(&mut self, i: Insn, is_dict: bool) -> R<bool> {
        let (container, key) = (self.reg(i.a()), self.reg(i.b()));
        if !self.is_key(key) || !self.is_builtin(container) {
            return Ok(false);
        }
        let done = if is_dict {
            let value = self.reg(i.c());
            self.attempt3(&quick::SET_ITEM, container, key, value)?
        } else {
            self.attempt2(&quick::SET_ADD, container, key)?
        };
        Ok(done.is_some())
    }
    /// `r[a].extend(r[b])` of what has its items at hand; false, and nothing is done: of anything else.
    pub(super) fn list_extend(&mut self, i: Insn) -> R<bool> {
        if self.extend_made(i)? {
            return Ok(true);
        }
        let (list, source) = (self.reg(i.a()), self.reg(i.b()));
        let shapes = [ShapeId::TUPLE.0, ShapeId::LIST.0];
        let Some(shape) = source.now.as_ptr().map(|obj| obj.shape()) else { return Ok(false) };
        if !shapes.contains(&shape) || !self.shape_is(source, shape) {
            return Ok(false);
        }
        self.call2(&EXTEND, list, source)?;
        Ok(true)
    }
    /// `r[a] = tuple(r[b])` of a list that this code has made.
    pub(super) fn list_to_tuple(&mut self, i: Insn) -> R<()> {
        if self.tuple_of_made(i)? {
            return Ok(());
        }
        let list = self.reg(i.b());
        let made = self.call1(&TO_TUPLE, list)?;
        self.learn_made(made.by, Kind::Tuple);
        self.learn(made.by, |fact| fact.exact = Some(ShapeId::TUPLE.0));
        self.set(i.a(), made);
        Ok(())
    }
    /// `r[a].update(r[b])` of the keywords of a call, all of them plain dicts; false, and nothing is done: they are not.
    pub(super) fn dict_merge(&mut self, i: Insn) -> R<bool> {
        let [made, source] = [i.a(), i.b()].map(|at| self.d.window(at, 1)[0]);
        if exact_dict(made).is_none() || exact_dict(source).is_none() {
            return Ok(false);
        }
        if self.merge_made(i)? {
            return Ok(true);
        }
        let (made, source) = (self.reg(i.a()), self.reg(i.b()));
        self.shape_is(made, ShapeId::DICT.0);
        self.shape_is(source, ShapeId::DICT.0);
        if self.dict_is_empty(source) {
            return Ok(true);
        }
        Ok(self.attempt2(&MERGE, made, source)?.is_some())
    }
    /// Has a dict no entries?
    fn dict_is_empty(&mut self, dict: Known<Value>) -> bool {
        let live = self.load(IrOp::LoadU32, dict.by, layout::DICT_LEN, layout::DICT);
        let none = Rec::int(self, 0);
        let empty = self.op(IrOp::IEq, &[live, none]);
        self.test(exact_dict(dict.now).is_some_and(|dict| dict.is_empty()), empty)
    }
    /// `f(*arguments, **keywords)` of a function whose arguments can be told; false, and nothing is done: they cannot.
    pub(super) fn call_with_tuple(&mut self, i: Insn) -> R<bool> {
        let [callee, tuple, mapping] = [0, 1, 2].map(|at| self.d.window(i.b() + at, 1)[0]);
        let items = tuple.as_ptr().filter(|obj| obj.shape() == ShapeId::TUPLE.0);
        let Some(items) = items.and_then(Tuple::of) else { return Ok(false) };
        let method = PayloadRef::<BoundMethod>::of_value(callee);
        let n = items.len() + usize::from(method.is_some());
        let function = method.map_or(callee, |method| method.function);
        let Some(function) = PayloadRef::<Function>::of_value(function) else { return Ok(false) };
        let Some(names) = Self::keyword_names(mapping) else { return Ok(false) };
        let inlines = names.is_empty() && self.inlines(function, n);
        let makes = names.is_empty() && super::special::makes_generator(function, n as u16);
        if n + names.len() > MOST_STARRED
            || !inlines && !makes && self.binding(function, n, &names).is_none()
        {
            return Ok(false);
        }
        let (mut callee, tuple) = (self.reg(i.b()), self.reg(i.b() + 1));
        let mut args = Vec::new();
        if let Some(method) = method {
            self.kind_is(callee, Kind::BoundMethod);
            let (receiver, constant) = (method.receiver, Alias::CONSTANT);
            let by = self.load(IrOp::LoadV, callee.by, layout::METHOD_RECEIVER, constant);
            args.push(Known { now: receiver, by });
            let by = self.load(IrOp::LoadV, callee.by, layout::METHOD_FUNCTION, constant);
            callee = Known { now: method.function, by };
        }
        self.shape_is(tuple, ShapeId::TUPLE.0);
        self.length_is(tuple, items.len());
        args.extend((0..items.len()).map(|at| self.tuple_field(tuple, at)));
        if !self.keyword_values(i.b() + 2, &names, &mut args)? {
            return Ok(false);
        }
        if makes {
            self.guard_function(callee, function, n as u16);
            let made = self.new_generator(callee, function, &args)?;
            self.set(i.a(), made);
            return Ok(true);
        }
        if !inlines {
            return self.call_bound_values(i, callee, (&args, &names), false);
        }
        self.guard_function(callee, function, n as u16);
        self.enter_function(i, callee, &args)?;
        Ok(true)
    }
    /// The names in the keywords of a call; `None`: they are no plain dict of attribute names.
    fn keyword_names(mapping: Value) -> Option<Vec<Value>> {
        if mapping.is_absent() {
            return Some(Vec::new());
        }
        let names: Vec<Value> = exact_dict(mapping)?.iter().map(|(name, _)| name).collect();
        let known = |name: &Value| name.as_ptr().and_then(Str::of).is_some_and(Str::is_interned);
        (names.len() <= MOST_STARRED && names.iter().all(known)).then_some(names)
    }
    /// Append the values of a call's keywords, which have these names; false: they are not there any more.
    fn keyword_values(
        &mut self,
        register: u16,
        names: &[Value],
        args: &mut Vec<Known<Value>>,
    ) -> R<bool> {
        let mapping = self.reg(register);
        if self.is_same(mapping, Value::ABSENT) {
            return Ok(true);
        }
        self.shape_is(mapping, ShapeId::DICT.0);
        if let Some(values) = self.known_keywords(mapping, names) {
            args.extend(values);
            return Ok(true);
        }
        let wanted = self.d.vm.tuple(names);
        let wanted = self.constant(wanted);
        let Some(values) = self.attempt2(&VALUES_OF, mapping, wanted)? else { return Ok(false) };
        self.learn_made(values.by, Kind::Tuple);
        args.extend((0..names.len()).map(|at| self.tuple_field(values, at)));
        Ok(true)
    }

    /// A call of a function written in Rust that takes exactly these values, or has constants for what is missing.
    pub(super) fn call_directly(
        &mut self,
        callee: Known<Value>,
        name: &str,
        args: &[Known<Value>],
    ) -> R<Option<Known<Value>>> {
        let Some(native) = PayloadRef::<NativeFunction>::of_value(callee.now) else {
            return Ok(None);
        };
        let words: Vec<Value> = args.iter().map(|arg| arg.now).collect();
        let Some(all) = direct_call(self.d.vm, native, &words) else { return Ok(None) };
        if all.len() > super::natives::MOST_ARGS {
            return Ok(None);
        }
        let mut refs: Vec<Arg> = args.iter().map(|arg| Arg::V(arg.by)).collect();
        for &default in &all[args.len()..] {
            refs.push(Arg::V(self.constant_word(default)));
        }
        let absent = self.constant_word(Value::ABSENT);
        refs.resize(super::natives::MOST_ARGS, Arg::V(absent));
        let function = self.out.const_p(std::ptr::from_ref(native.def.0).addr());
        let count = Rec::int(self, all.len() as i64);
        refs.insert(0, Arg::I(count));
        refs.insert(0, Arg::P(function));
        let address = thunk::call_native as *const () as usize;
        let effects = effects_of(RAISES | ALLOCATES | WRITES);
        let by = self.call(&format!("call {name}"), address, effects, &refs);
        self.d.save_pc();
        let now = self.d.vm.call_positional(callee.now, &words)?;
        self.after_effect = true;
        self.state_changed();
        Ok(Some(Known { now, by }))
    }
}
