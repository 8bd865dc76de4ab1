//! Lists and dicts that a trace makes of arguments: their contents are known as long as nobody else can change them, so
//! that `f(*args, **kwargs)` of what was made here is a call with these arguments.
use haft_bytecode::{Insn, Op};
use haft_heap::Value;
use haft_jit::ir::{Class, IrOp, Layout, Ref};

use super::layout;
use super::rec::{Known, Rec};
use crate::interp::machine::Machine;
use crate::interp::slow::exact_dict;
use crate::object::{Dict, Kind, List, Partial, PayloadRef, ShapeId, Str, Tuple};
use crate::vm::R;

/// Most items of a dict without an index: see `object::table`.
const MOST_ENTRIES: usize = 8;
/// Longest lists whose contents are known.
const MOST_ITEMS: usize = 16;
/// Bytes of a dict.
const DICT_BYTES: u32 = 40;

/// A list or dict that the trace has made.
#[derive(Clone, Debug)]
pub(super) struct Made {
    /// It, and the array of its items or entries.
    by: Ref,
    inner: Option<Ref>,
    /// The keys of a dict, which are names.
    names: Vec<Value>,
    /// Items, or values.
    values: Vec<Ref>,
    /// The instruction behind those that made it what it is.
    since: usize,
}

impl Rec<'_, '_> {
    /// What is in a list or dict that the trace has made, if that is still so.
    fn contents(&self, by: Ref) -> Option<&Made> {
        let made = self.made.iter().rev().find(|made| made.by == by)?;
        self.is_untouched(made).then_some(made)
    }
    fn is_untouched(&self, made: &Made) -> bool {
        let trace = self.out.trace();
        let classes =
            layout::LIST.set() | layout::ITEMS.set() | layout::DICT.set() | layout::ENTRIES.set();
        let is_part = |value: Ref| value == made.by || Some(value) == made.inner;
        let mut is_shared = false;
        for (at, inst) in trace.insts.iter().enumerate().skip(made.by.0 as usize + 1) {
            let later = at >= made.since;
            let calls = matches!(inst.op, IrOp::Call | IrOp::CallRaising);
            is_shared |= match inst.op.row().class {
                Class::Store => inst
                    .args
                    .get(1)
                    .is_some_and(|&value| value == made.by || later && is_part(value)),
                _ if calls => inst.args.iter().any(|&arg| is_part(arg)),
                _ => inst.op == IrOp::Flush,
            };
            let writes = match inst.op.row().class {
                Class::Store => inst.alias.set() & classes != 0,
                _ => calls && trace.callee(inst).effects.writes & classes != 0,
            };
            let is_own = !calls && later && writes && is_part(inst.args[0]);
            if is_own || writes && is_shared {
                return false;
            }
        }
        true
    }
    fn note_made(&mut self, by: Ref, inner: Option<Ref>, names: Vec<Value>, values: Vec<Ref>) {
        self.made.retain(|made| made.by != by);
        let since = self.out.len();
        self.made.push(Made { by, inner, names, values, since });
    }

    // ---- lists

    /// A new list of these items is known by them.
    pub(super) fn note_list(&mut self, list: Ref, array: Option<Ref>, items: &[Ref]) {
        if items.len() <= MOST_ITEMS {
            self.note_made(list, array, Vec::new(), items.to_vec());
        }
    }
    /// `r[a].extend(r[b])` of a list that the trace has made, and a tuple or another such list; false, and nothing is done:
    /// they are something else.
    pub(super) fn extend_made(&mut self, i: Insn) -> R<bool> {
        let (list, source) = (self.reg(i.a()), self.reg(i.b()));
        let Some(made) = self.contents(list.by) else { return Ok(false) };
        let mut items = made.values.clone();
        if let Some(source) = self.contents(source.by).filter(|made| made.names.is_empty()) {
            items.extend(source.values.iter().copied());
        } else {
            let obj = source.now.as_ptr().filter(|obj| obj.shape() == ShapeId::TUPLE.0);
            let Some(tuple) = obj.and_then(Tuple::of) else { return Ok(false) };
            if items.len() + tuple.len() > MOST_ITEMS {
                return Ok(false);
            }
            self.shape_is(source, ShapeId::TUPLE.0);
            self.length_is(source, tuple.len());
            let given = (0..tuple.len()).map(|at| self.tuple_field(source, at).by);
            items.extend(given.collect::<Vec<Ref>>());
        }
        if items.len() > MOST_ITEMS {
            return Ok(false);
        }
        self.run_again()?;
        let now = list.now.as_ptr().and_then(List::of).map_or(0, List::len);
        debug_assert_eq!(now, items.len(), "the list is as long as what is known of it");
        let mut inner = None;
        if !items.is_empty() {
            let array = self.new_array(items.len());
            for (at, &item) in items.iter().enumerate() {
                self.barrier(array, item);
                let offset = layout::FIRST_SLOT + 8 * at as i64;
                self.out.memory(IrOp::StoreV, &[array, item], offset, layout::ITEMS);
            }
            self.barrier(list.by, array);
            self.out.memory(IrOp::StoreV, &[list.by, array], layout::LIST_ITEMS, layout::LIST);
            let len = Value::small(items.len() as i32).bits().cast_signed();
            let len = Rec::int(self, len);
            self.out.memory(IrOp::StoreI64, &[list.by, len], layout::LIST_LEN, layout::LIST);
            inner = Some(array);
        }
        self.after_effect = true;
        self.state_changed();
        self.note_made(list.by, inner, Vec::new(), items);
        Ok(true)
    }
    /// `r[a] = tuple(r[b])` of a list that the trace has made; false, and nothing is done: it is not.
    pub(super) fn tuple_of_made(&mut self, i: Insn) -> R<bool> {
        let list = self.reg(i.b());
        let Some(made) = self.contents(list.by) else { return Ok(false) };
        let items = made.values.clone();
        self.run_again()?;
        let tuple = if items.is_empty() {
            let empty = self.d.vm.tuple(&[]);
            self.constant_word(empty)
        } else {
            self.tuple_with(&items)
        };
        self.learn(tuple, |fact| fact.exact = Some(ShapeId::TUPLE.0));
        let slot = self.slot_of(i.a());
        self.set_slot(slot, tuple);
        Ok(true)
    }

    // ---- dicts

    /// A new dict of these names and values, if they are few.
    pub(super) fn dict_of_names(&mut self, pairs: &[(Value, Ref)]) -> Option<Ref> {
        if pairs.len() > MOST_ENTRIES {
            return None;
        }
        let dict = self.out.alloc(&Layout {
            name: "dict".to_string(),
            header: u64::from(ShapeId::DICT.0) | (Kind::Dict as u64) << 32,
            bytes: DICT_BYTES,
            init: Vec::new(),
            listed: false,
            inner: 0,
        });
        self.learn_made(dict, Kind::Dict);
        self.learn(dict, |fact| fact.exact = Some(ShapeId::DICT.0));
        self.fill_dict(dict, pairs);
        Some(dict)
    }
    /// The dict, which others do not know, has exactly these items.
    fn fill_dict(&mut self, dict: Ref, pairs: &[(Value, Ref)]) {
        let names: Vec<Value> = pairs.iter().map(|pair| pair.0).collect();
        let values: Vec<Ref> = pairs.iter().map(|pair| pair.1).collect();
        let mut inner = None;
        if !pairs.is_empty() {
            let entries = self.entries_with(&names);
            for (at, &value) in values.iter().enumerate() {
                self.barrier(entries, value);
                let args = [entries, value];
                self.out.memory(IrOp::StoreV, &args, layout::entry_value(at), layout::ENTRIES);
            }
            self.barrier(dict, entries);
            let args = [dict, entries];
            self.out.memory(IrOp::StoreV, &args, layout::DICT_ENTRIES, layout::DICT);
            let len = Rec::int(self, pairs.len() as i64);
            self.out.memory(IrOp::StoreI32, &[dict, len], layout::DICT_LEN, layout::DICT);
            inner = Some(entries);
        }
        self.note_made(dict, inner, names, values);
    }
    /// Entries with these keys and no values yet.
    fn entries_with(&mut self, names: &[Value]) -> Ref {
        let n = names.len() as u64;
        let mut init = vec![(layout::LEN as u32, n | n << 32)];
        for (at, &name) in names.iter().enumerate() {
            self.keep(name);
            self.roots.push(name);
            let hash = name.as_ptr().and_then(Str::of).map_or(0, |text| self.d.vm.hash_str(text));
            let value = layout::entry_value(at) as u32;
            init.push((value - 16, hash.cast_unsigned()));
            init.push((value - 8, name.bits()));
        }
        let entries = self.out.alloc(&Layout {
            name: "entries".to_string(),
            header: u64::from(ShapeId::NONE.0) | (Kind::DictEntries as u64) << 32,
            bytes: 8 + 24 * names.len() as u32,
            init,
            listed: false,
            inner: 0,
        });
        self.learn_made(entries, Kind::DictEntries);
        entries
    }
    /// Names and values of a dict that has only names as keys. `None`: it is something else.
    fn pairs_of(&mut self, dict: Known<Value>) -> Option<Vec<(Value, Ref)>> {
        let now = exact_dict(dict.now)?;
        if let Some(made) = self.contents(dict.by) {
            return Some(made.names.iter().copied().zip(made.values.iter().copied()).collect());
        }
        let is_name = |(name, _): (Value, Value)| {
            name.as_ptr().and_then(Str::of).is_some_and(Str::is_interned)
        };
        let few = now.len() <= MOST_ENTRIES && now.used() == now.len();
        if !few || !now.iter().all(is_name) {
            return None;
        }
        self.shape_is(dict, ShapeId::DICT.0);
        let len = self.load(IrOp::LoadU32, dict.by, layout::DICT_LEN, layout::DICT);
        self.is_number_now(len, now.len());
        if now.is_empty() {
            return Some(Vec::new());
        }
        let entries = self.entries_of_dict(dict.by, now);
        let used = self.load(IrOp::LoadU32, entries, layout::LEN, layout::ENTRIES);
        self.is_number_now(used, now.len());
        let names: Vec<Value> = now.iter().map(|(name, _)| name).collect();
        let mut pairs = Vec::new();
        for (at, name) in names.into_iter().enumerate() {
            self.has_key_at(entries, at, name);
            let offset = layout::entry_value(at);
            pairs.push((name, self.load(IrOp::LoadV, entries, offset, layout::ENTRIES)));
        }
        Some(pairs)
    }
    /// The entries of a dict that has some.
    pub(super) fn entries_of_dict(&mut self, dict: Ref, now: Dict) -> Ref {
        let by = self.load(IrOp::LoadV, dict, layout::DICT_ENTRIES, layout::DICT);
        let now = now.array().map_or(Value::ABSENT, Value::from);
        self.is_object(Known { now, by });
        by
    }
    fn is_number_now(&mut self, by: Ref, now: usize) {
        let now = Rec::int(self, now as i64);
        let same = self.op(IrOp::IEq, &[by, now]);
        self.test(true, same);
    }
    /// Guard that an entry is that of a name.
    pub(super) fn has_key_at(&mut self, entries: Ref, entry: usize, name: Value) {
        let offset = layout::entry_value(entry) - 8;
        let by = self.load(IrOp::LoadV, entries, offset, layout::ENTRIES);
        self.is_same(Known { now: name, by }, name);
    }
    /// `r[a].update(r[b])` of a dict that the trace has made; of the keywords of a call if none are given twice. False, and
    /// nothing is done: it is something else.
    pub(super) fn merge_made(&mut self, i: Insn) -> R<bool> {
        let (made, source) = (self.reg(i.a()), self.reg(i.b()));
        let Some(known) = self.contents(made.by) else { return Ok(false) };
        let mut pairs: Vec<(Value, Ref)> =
            known.names.iter().copied().zip(known.values.iter().copied()).collect();
        if exact_dict(made.now).is_none() {
            return Ok(false);
        }
        let Some(added) = self.pairs_of(source) else { return Ok(false) };
        for (name, value) in added {
            match pairs.iter_mut().find(|pair| pair.0 == name) {
                Some(_) if i.op() == Op::DictMerge => return Ok(false),
                Some(pair) => pair.1 = value,
                None => pairs.push((name, value)),
            }
        }
        if pairs.len() > MOST_ENTRIES {
            return Ok(false);
        }
        self.run_again()?;
        self.fill_dict(made.by, &pairs);
        self.after_effect = true;
        self.state_changed();
        Ok(true)
    }
    /// The values of keywords that have these names, if they are known.
    pub(super) fn known_keywords(
        &mut self,
        mapping: Known<Value>,
        names: &[Value],
    ) -> Option<Vec<Known<Value>>> {
        let pairs = self.pairs_of(mapping)?;
        let now = exact_dict(mapping.now)?;
        let same = pairs.iter().map(|pair| pair.0).eq(names.iter().copied());
        let values = now.iter().map(|(_, value)| value);
        let known = pairs.iter().zip(values).map(|(&(_, by), now)| Known { now, by });
        same.then(|| known.collect())
    }

    // ---- partial functions

    /// A call of a `functools.partial` of a Python function; false, and nothing is done: it is something else.
    pub(super) fn call_of_partial(
        &mut self,
        i: Insn,
        callee: Known<Value>,
        given: &[Known<Value>],
        names: &[Value],
    ) -> R<bool> {
        let Some(partial) = PayloadRef::<Partial>::of_value(callee.now) else { return Ok(false) };
        let class = self.d.vm.type_of(callee.now);
        let exact = class.native_name.get() == "functools.partial";
        let stored = partial.args.get().as_ptr().and_then(Tuple::of);
        let (Some(stored), true) = (stored, exact && partial.n_open.get() == 0) else {
            return Ok(false);
        };
        let Some(keywords) = exact_dict(partial.keywords.get()) else { return Ok(false) };
        if stored.len() + given.len() + keywords.len() > MOST_ITEMS {
            return Ok(false);
        }
        self.guard_methods(callee);
        let [function, args, mapping] = [
            (partial.function.get(), layout::PARTIAL_FUNCTION),
            (partial.args.get(), layout::PARTIAL_ARGS),
            (partial.keywords.get(), layout::PARTIAL_KEYWORDS),
        ]
        .map(|(now, at)| Known {
            now,
            by: self.load(IrOp::LoadV, callee.by, at, layout::FUNCTION),
        });
        let n_open = self.load(IrOp::LoadI64, callee.by, layout::PARTIAL_OPEN, layout::FUNCTION);
        let none = Rec::int(self, 0);
        let closed = self.op(IrOp::IEq, &[n_open, none]);
        self.test(true, closed);
        self.shape_is(args, ShapeId::TUPLE.0);
        self.length_is(args, stored.len());
        let mut values: Vec<Known<Value>> =
            (0..stored.len()).map(|at| self.tuple_field(args, at)).collect();
        let n_given = given.len() - names.len();
        values.extend(&given[..n_given]);
        let Some(pairs) = self.pairs_of(mapping) else { return Ok(false) };
        let now: Vec<Value> = keywords.iter().map(|(_, value)| value).collect();
        let mut all: Vec<(Value, Known<Value>)> =
            pairs.iter().zip(now).map(|(&(name, by), now)| (name, Known { now, by })).collect();
        for (&name, &value) in names.iter().zip(&given[n_given..]) {
            match all.iter_mut().find(|pair| pair.0 == name) {
                Some(pair) => pair.1 = value,
                None => all.push((name, value)),
            }
        }
        values.extend(all.iter().map(|pair| pair.1));
        let names: Vec<Value> = all.iter().map(|pair| pair.0).collect();
        self.call_bound_values(i, function, (&values, &names), true)
    }
}
