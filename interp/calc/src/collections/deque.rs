//! `collections.deque`: a ring buffer of values.
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use haft_core::object::{CompareOp, Dict, PayloadRef, Slots, Type, TypeFlags};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{Args, R, Tracer, Value, Vm, getsets, natives, payload};

payload! {
    /// A deque.
    pub(super) struct Deque {
        items: RefCell<VecDeque<Value>>,
        maxlen: Cell<Option<usize>>,
        /// Changes with every mutation, for iterators.
        state: Cell<u64>,
    }
    /// An iterator over one.
    pub(super) struct DequeIter {
        deque: Cell<Value>,
        index: Cell<usize>,
        state: u64,
        reversed: bool,
    }
}

#[derive(Debug)]
struct Classes {
    forward: Type,
    reverse: Type,
}

impl Extension for Classes {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.forward.obj());
        tracer.obj(self.reverse.obj());
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

natives! {
    static METHODS = {
        /// Add an element to the right side of the deque.
        append "($self, item, /)" => append;
        /// Add an element to the left side of the deque.
        appendleft "($self, item, /)" => appendleft;
        /// Remove all elements from the deque.
        clear "($self, /)" => clear;
        /// Return a shallow copy of a deque.
        copy "($self, /)" => copy;
        /// Return a shallow copy of a deque.
        __copy__ "($self, /)" => copy;
        /// Return number of occurrences of value.
        count "($self, value, /)" => count;
        /// Extend the right side of the deque with elements from the iterable.
        extend "($self, iterable, /)" => extend;
        /// Extend the left side of the deque with elements from the iterable.
        extendleft "($self, iterable, /)" => extendleft;
        /// Return first index of value.
        index "($self, value, start=0, stop=<absent>, /)" => index;
        /// Insert value before index.
        insert "($self, index, value, /)" => insert;
        /// Remove and return the rightmost element.
        pop "($self, /)" => pop;
        /// Remove and return the leftmost element.
        popleft "($self, /)" => popleft;
        /// Remove first occurrence of value.
        remove "($self, value, /)" => remove;
        /// Reverse *IN PLACE*.
        reverse "($self, /)" => reverse;
        /// Rotate the deque n steps to the right.  If n is negative, rotates left.
        rotate "($self, n=1, /)" => rotate;
        /// Return a reverse iterator over the deque.
        __reversed__ "($self, /)" => reversed;
        /// Return state information for pickling.
        __reduce__ "($self, /)" => reduce;
        /// See PEP 585
        class __class_getitem__ "($cls, item, /)" => class_getitem;
    }
    static ITER_METHODS = {
        /// Private method returning an estimate of len(list(it)).
        __length_hint__ "($self, /)" => iter_length;
    }
}

getsets! {
    static GETSETS = {
        /// maximum size of a deque or None if unbounded
        maxlen => maxlen;
    }
}

/// Add the classes.
pub(super) fn add(vm: &mut Vm, dict: Dict) {
    let spec = TypeSpec {
        doc: "A list-like sequence optimized for data accesses near its endpoints.",
        flags: TypeFlags::BASE.with(TypeFlags::SEQUENCE).with(TypeFlags::HAS_WEAKREFS),
        slots: set_slots,
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<Deque>("collections.deque")
    };
    crate::add_type(vm, dict, &spec);
    let slots = |s: &Slots| {
        s.iter.set(Some(|_, value| Ok(value)));
        s.next.set(Some(iter_next));
    };
    let forward = TypeSpec {
        slots,
        methods: ITER_METHODS,
        ..TypeSpec::of::<DequeIter>("_collections._deque_iterator")
    };
    let reverse = TypeSpec {
        slots,
        methods: ITER_METHODS,
        ..TypeSpec::of::<DequeIter>("_collections._deque_reverse_iterator")
    };
    let forward = crate::add_type(vm, dict, &forward);
    let reverse = crate::add_type(vm, dict, &reverse);
    vm.set_extension(Classes { forward, reverse });
}

fn set_slots(s: &Slots) {
    s.new.set(Some(new));
    s.init.set(Some(init));
    s.repr.set(Some(repr));
    s.len.set(Some(|vm, value| Ok(this(vm, value)?.items.borrow().len())));
    s.iter.set(Some(iter));
    s.getitem.set(Some(getitem));
    s.setitem.set(Some(setitem));
    s.contains.set(Some(contains));
    s.compare.set(Some(compare));
    s.concat.set(Some(concat));
    s.repeat.set(Some(repeat));
    s.iadd.set(Some(iadd));
    s.imul.set(Some(imul));
    s.hash.set(None);
}

fn this(vm: &mut Vm, value: Value) -> R<PayloadRef<Deque>> {
    vm.this(value, "method", "collections.deque")
}

fn class_getitem(vm: &mut Vm, args: &[Value]) -> R {
    let alias = vm.t.generic_alias.value();
    vm.call_positional(alias, args)
}

fn empty(vm: &mut Vm, class: Type, limit: Option<usize>) -> Value {
    vm.new_payload(
        class,
        Deque { items: RefCell::default(), maxlen: limit.into(), state: 0.into() },
    )
}

fn new(vm: &mut Vm, class: Value, _: &Args<'_>) -> R {
    let class = crate::class_of(vm, class)?;
    Ok(empty(vm, class, None))
}

fn init(vm: &mut Vm, value: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("deque", "(iterable=<absent>, maxlen=None)", args)?;
    let deque = this(vm, value)?;
    let limit = if bound[1].is_none() {
        None
    } else {
        if !vm.is_int(bound[1]) {
            return Err(vm.type_error("an integer is required"));
        }
        let limit = vm.index_of(bound[1])?;
        if limit < 0 {
            return Err(vm.value_error("maxlen must be non-negative"));
        }
        Some(limit as usize)
    };
    deque.maxlen.set(limit);
    deque.items.borrow_mut().clear();
    if !bound[0].is_absent() {
        extend(vm, &[value, bound[0]])?;
    }
    Ok(Value::NONE)
}

fn changed(deque: &Deque) {
    deque.state.set(deque.state.get() + 1);
}

fn push(deque: &Deque, item: Value, left: bool) {
    let mut items = deque.items.borrow_mut();
    if left {
        items.push_front(item);
    } else {
        items.push_back(item);
    }
    if deque.maxlen.get().is_some_and(|limit| items.len() > limit) {
        if left {
            items.pop_back();
        } else {
            items.pop_front();
        }
    }
    drop(items);
    changed(deque);
}

fn append(vm: &mut Vm, args: &[Value]) -> R {
    push(this(vm, args[0])?.get(), args[1], false);
    Ok(Value::NONE)
}

fn appendleft(vm: &mut Vm, args: &[Value]) -> R {
    push(this(vm, args[0])?.get(), args[1], true);
    Ok(Value::NONE)
}

fn extend_side(vm: &mut Vm, args: &[Value], left: bool) -> R {
    let deque = this(vm, args[0])?;
    // A deque extended by itself takes a copy first.
    let source = if args[0] == args[1] { vm.list_of(args[1])?.value() } else { args[1] };
    vm.for_each(source, |_, item| {
        push(deque.get(), item, left);
        Ok(())
    })?;
    Ok(Value::NONE)
}

fn extend(vm: &mut Vm, args: &[Value]) -> R {
    extend_side(vm, args, false)
}

fn extendleft(vm: &mut Vm, args: &[Value]) -> R {
    extend_side(vm, args, true)
}

fn take(vm: &mut Vm, value: Value, left: bool) -> R {
    let deque = this(vm, value)?;
    let item = if left {
        deque.items.borrow_mut().pop_front()
    } else {
        deque.items.borrow_mut().pop_back()
    };
    match item {
        Some(item) => {
            changed(deque.get());
            Ok(item)
        }
        None => Err(vm.index_error("pop from an empty deque")),
    }
}

fn pop(vm: &mut Vm, args: &[Value]) -> R {
    take(vm, args[0], false)
}

fn popleft(vm: &mut Vm, args: &[Value]) -> R {
    take(vm, args[0], true)
}

fn clear(vm: &mut Vm, args: &[Value]) -> R {
    let deque = this(vm, args[0])?;
    deque.items.borrow_mut().clear();
    changed(deque.get());
    Ok(Value::NONE)
}

fn limit_value(vm: &mut Vm, deque: &Deque) -> Value {
    deque.maxlen.get().map_or(Value::NONE, |limit| vm.int_usize(limit))
}

fn copy(vm: &mut Vm, args: &[Value]) -> R {
    let deque = this(vm, args[0])?;
    let class = vm.type_of(args[0]);
    let limit = limit_value(vm, deque.get());
    if limit.is_none() {
        return vm.call_positional(class.value(), &[args[0]]);
    }
    vm.call_positional(class.value(), &[args[0], limit])
}

/// Item `at` as it is now.
fn item_at(deque: &Deque, at: usize) -> Option<Value> {
    deque.items.borrow().get(at).copied()
}

/// Places of the items equal to `wanted` in `from..to`, one by one; a change meanwhile is an error.
fn search(
    vm: &mut Vm,
    deque: PayloadRef<Deque>,
    wanted: Value,
    mut each: impl FnMut(usize) -> bool,
) -> R<()> {
    let (state, n) = (deque.state.get(), deque.items.borrow().len());
    for at in 0..n {
        let Some(item) = item_at(deque.get(), at) else { break };
        let equal = vm.equals(item, wanted)?;
        if deque.state.get() != state {
            return Err(vm.runtime_error("deque mutated during iteration"));
        }
        if equal && !each(at) {
            break;
        }
    }
    Ok(())
}

fn count(vm: &mut Vm, args: &[Value]) -> R {
    let deque = this(vm, args[0])?;
    let mut n = 0;
    search(vm, deque, args[1], |_| {
        n += 1;
        true
    })?;
    Ok(vm.int(n))
}

fn contains(vm: &mut Vm, value: Value, item: Value) -> R<bool> {
    let deque = this(vm, value)?;
    let mut found = false;
    search(vm, deque, item, |_| {
        found = true;
        false
    })?;
    Ok(found)
}

fn clamp(n: i64, len: usize) -> usize {
    let at = if n < 0 { n + len as i64 } else { n };
    at.clamp(0, len as i64) as usize
}

fn index(vm: &mut Vm, args: &[Value]) -> R {
    let deque = this(vm, args[0])?;
    let len = deque.items.borrow().len();
    let start = vm.index_clamped(args[2])?;
    let stop = if args[3].is_absent() { len as i64 } else { vm.index_clamped(args[3])? };
    let (start, stop) = (clamp(start, len), clamp(stop, len));
    let mut found = None;
    search(vm, deque, args[1], |at| {
        if at >= start && at < stop {
            found = Some(at);
        }
        found.is_none()
    })?;
    match found {
        Some(at) => Ok(vm.int_usize(at)),
        None => {
            let shown = vm.repr_text(args[1])?;
            Err(vm.value_error(format!("{shown} is not in deque")))
        }
    }
}

fn insert(vm: &mut Vm, args: &[Value]) -> R {
    let deque = this(vm, args[0])?;
    let at = vm.index_clamped(args[1])?;
    let len = deque.items.borrow().len();
    if deque.maxlen.get() == Some(len) {
        return Err(vm.index_error("deque already at its maximum size"));
    }
    deque.items.borrow_mut().insert(clamp(at, len), args[2]);
    changed(deque.get());
    Ok(Value::NONE)
}

fn remove(vm: &mut Vm, args: &[Value]) -> R {
    let deque = this(vm, args[0])?;
    let mut found = None;
    let (state, n) = (deque.state.get(), deque.items.borrow().len());
    for at in 0..n {
        let Some(item) = item_at(deque.get(), at) else { break };
        let equal = vm.equals(item, args[1])?;
        if deque.state.get() != state {
            return Err(vm.index_error("deque mutated during remove()."));
        }
        if equal {
            found = Some(at);
            break;
        }
    }
    match found {
        Some(at) => {
            deque.items.borrow_mut().remove(at);
            changed(deque.get());
            Ok(Value::NONE)
        }
        None => {
            let shown = vm.repr_text(args[1])?;
            Err(vm.value_error(format!("{shown} is not in deque")))
        }
    }
}

fn reverse(vm: &mut Vm, args: &[Value]) -> R {
    let deque = this(vm, args[0])?;
    deque.items.borrow_mut().make_contiguous().reverse();
    changed(deque.get());
    Ok(Value::NONE)
}

fn rotate(vm: &mut Vm, args: &[Value]) -> R {
    let deque = this(vm, args[0])?;
    let n = vm.index_of(args[1])?;
    let mut items = deque.items.borrow_mut();
    let len = items.len() as i64;
    if len > 1 {
        items.rotate_right(n.rem_euclid(len) as usize);
    }
    drop(items);
    changed(deque.get());
    Ok(Value::NONE)
}

/// The place a subscript means. A deque has no slices.
fn subscript(vm: &mut Vm, deque: PayloadRef<Deque>, key: Value) -> R<usize> {
    if vm.type_of(key).slots.index.get().is_none() {
        let class = vm.type_name(key);
        return Err(vm.type_error(format!("sequence index must be integer, not '{class}'")));
    }
    let len = deque.items.borrow().len();
    vm.sequence_index(key, len, "deque index out of range")
}

fn getitem(vm: &mut Vm, value: Value, key: Value) -> R {
    let deque = this(vm, value)?;
    let at = subscript(vm, deque, key)?;
    Ok(item_at(deque.get(), at).unwrap_or(Value::NONE))
}

fn setitem(vm: &mut Vm, value: Value, key: Value, item: Value) -> R<()> {
    let deque = this(vm, value)?;
    let at = subscript(vm, deque, key)?;
    if item.is_absent() {
        deque.items.borrow_mut().remove(at);
        changed(deque.get());
    } else {
        deque.items.borrow_mut()[at] = item;
    }
    Ok(())
}

fn repr(vm: &mut Vm, value: Value) -> R {
    let name = vm.type_of(value).name_text();
    if !vm.enter_repr(value) {
        return Ok(vm.str("[...]"));
    }
    let items = vm.list_of(value);
    let text = items.and_then(|items| vm.repr_items(items, "[", "]"));
    vm.leave_repr();
    let text = text?;
    let text = vm.shown(text);
    let limit = this(vm, value)?.maxlen.get();
    Ok(vm.str(&match limit {
        Some(limit) => format!("{name}({text}, maxlen={limit})"),
        None => format!("{name}({text})"),
    }))
}

fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    if PayloadRef::<Deque>::of_value(a).is_none() || PayloadRef::<Deque>::of_value(b).is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (a, b) = (vm.list_of(a)?, vm.list_of(b)?);
    vm.compare(a.value(), b.value(), op)
}

fn concat(vm: &mut Vm, a: Value, b: Value) -> R {
    if PayloadRef::<Deque>::of_value(b).is_none() {
        let name = vm.type_name(b);
        return Err(vm.type_error(format!("can only concatenate deque (not \"{name}\") to deque")));
    }
    let new = copy(vm, &[a])?;
    extend(vm, &[new, b])?;
    Ok(new)
}

fn iadd(vm: &mut Vm, a: Value, b: Value) -> R {
    extend(vm, &[a, b])?;
    Ok(a)
}

fn repeat(vm: &mut Vm, a: Value, n: Value) -> R {
    let new = copy(vm, &[a])?;
    imul(vm, new, n)
}

fn imul(vm: &mut Vm, a: Value, n: Value) -> R {
    let n = vm.index_of(n)?;
    let deque = this(vm, a)?;
    let once = vm.list_of(a)?;
    if n <= 0 {
        deque.items.borrow_mut().clear();
    }
    for _ in 1..n {
        for &item in once.items() {
            push(deque.get(), item, false);
        }
    }
    changed(deque.get());
    Ok(a)
}

fn make_iter(vm: &mut Vm, value: Value, reversed: bool) -> R {
    let deque = this(vm, value)?;
    let classes = vm.extension::<Classes>().expect("set when the module was made");
    let class = if reversed { classes.reverse } else { classes.forward };
    let state = deque.state.get();
    Ok(vm.new_payload(class, DequeIter { deque: value.into(), index: 0.into(), state, reversed }))
}

fn iter(vm: &mut Vm, value: Value) -> R {
    make_iter(vm, value, false)
}

fn reversed(vm: &mut Vm, args: &[Value]) -> R {
    make_iter(vm, args[0], true)
}

fn iter_next(vm: &mut Vm, value: Value) -> R {
    let it = vm.this::<DequeIter>(value, "__next__", "_collections._deque_iterator")?;
    if it.deque.get().is_absent() {
        return Ok(Value::ABSENT);
    }
    let deque = this(vm, it.deque.get())?;
    if deque.state.get() != it.state {
        it.deque.set(Value::ABSENT);
        return Err(vm.runtime_error("deque mutated during iteration"));
    }
    let (at, len) = (it.index.get(), deque.items.borrow().len());
    if at >= len {
        it.deque.set(Value::ABSENT);
        return Ok(Value::ABSENT);
    }
    it.index.set(at + 1);
    Ok(item_at(deque.get(), if it.reversed { len - 1 - at } else { at }).unwrap_or(Value::ABSENT))
}

fn iter_length(vm: &mut Vm, args: &[Value]) -> R {
    let it = vm.this::<DequeIter>(args[0], "__length_hint__", "_collections._deque_iterator")?;
    if it.deque.get().is_absent() {
        return Ok(Value::small(0));
    }
    let deque = this(vm, it.deque.get())?;
    let len = deque.items.borrow().len();
    Ok(vm.int_usize(len.saturating_sub(it.index.get())))
}

fn maxlen(vm: &mut Vm, value: Value) -> R {
    let deque = this(vm, value)?;
    Ok(limit_value(vm, deque.get()))
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let deque = this(vm, args[0])?;
    let class = vm.type_of(args[0]).value();
    let limit = limit_value(vm, deque.get());
    let made = if limit.is_none() {
        vm.tuple(&[])
    } else {
        let none = vm.tuple(&[]);
        vm.tuple(&[none, limit])
    };
    let state = vm.call_method_str(args[0], "__getstate__", &[])?;
    let items = vm.iterate(args[0])?;
    Ok(vm.tuple(&[class, made, state, items]))
}
