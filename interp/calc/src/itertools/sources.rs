//! Iterators that make or repeat: count, cycle, repeat, chain, accumulate, batched, pairwise, zip_longest, starmap, tee.
use std::cell::Cell;

use haft_core::object::{Dict, List, PayloadRef, Tuple, Type};
use haft_core::protocol::BinaryOp;
use haft_core::{Args, R, Value, Vm, natives, payload};

use super::{arguments_for_new, iterator_class, this};
use crate::class_of;

payload! {
    /// `count(start, step)`
    pub(super) struct Count {
        next: Cell<Value>,
        step: Value,
    }
    /// `cycle(iterable)`
    pub(super) struct Cycle {
        iter: Cell<Value>,
        saved: Value,
        index: Cell<usize>,
    }
    /// `repeat(object, times)`; a negative number means forever.
    pub(super) struct Repeat {
        object: Value,
        left: Cell<i64>,
    }
    /// `chain(*iterables)`
    pub(super) struct Chain {
        sources: Cell<Value>,
        active: Cell<Value>,
    }
    /// `accumulate(iterable, func, initial)`
    pub(super) struct Accumulate {
        iter: Value,
        function: Value,
        total: Cell<Value>,
        initial: Cell<Value>,
    }
    /// `batched(iterable, n, strict)`
    pub(super) struct Batched {
        iter: Cell<Value>,
        size: usize,
        strict: bool,
    }
    /// `pairwise(iterable)`
    pub(super) struct Pairwise {
        iter: Cell<Value>,
        old: Cell<Value>,
    }
    /// `zip_longest(*iterables, fillvalue)`
    pub(super) struct ZipLongest {
        iters: Value,
        active: Cell<usize>,
        fill: Value,
    }
    /// `starmap(function, iterable)`
    pub(super) struct StarMap {
        function: Value,
        iter: Value,
    }
    /// One of the iterators of `tee`: a place in a linked list of items.
    pub(super) struct Tee {
        link: Cell<Value>,
    }
    /// A link of that list: an item once it was fetched, and the next link.
    pub(super) struct TeeLink {
        iter: Value,
        item: Cell<Value>,
        next: Cell<Value>,
        running: Cell<bool>,
    }
}

/// Add the classes of this file.
pub(super) fn add(vm: &mut Vm, dict: Dict) {
    iterator_class!(vm, dict, Count, "count", count_new, count_next);
    iterator_class!(vm, dict, Cycle, "cycle", cycle_new, cycle_next);
    iterator_class!(vm, dict, Repeat, "repeat", repeat_new, repeat_next, REPEAT_METHODS);
    iterator_class!(vm, dict, Chain, "chain", chain_new, chain_next, CHAIN_METHODS);
    iterator_class!(vm, dict, Accumulate, "accumulate", accumulate_new, accumulate_next);
    iterator_class!(vm, dict, Batched, "batched", batched_new, batched_next);
    iterator_class!(vm, dict, Pairwise, "pairwise", pairwise_new, pairwise_next);
    iterator_class!(vm, dict, ZipLongest, "zip_longest", zip_longest_new, zip_longest_next);
    iterator_class!(vm, dict, StarMap, "starmap", starmap_new, starmap_next);
    let tee = iterator_class!(vm, dict, Tee, "_tee", tee_new, tee_next, TEE_METHODS);
    let link = crate::add_type(
        vm,
        dict,
        &haft_core::vm::TypeSpec::of::<TeeLink>("itertools._tee_dataobject"),
    );
    vm.set_extension(TeeClasses { tee, link });
    vm.add_functions(dict, "itertools", FUNCTIONS);
    let repr: [(&str, haft_core::object::Unary); 2] =
        [("count", count_repr), ("repeat", repeat_repr)];
    for (name, repr) in repr {
        if let Some(ty) = vm.dict_get_str(dict, name).and_then(|v| vm.as_type(v)) {
            ty.slots.repr.set(Some(repr));
        }
    }
}

#[derive(Debug)]
struct TeeClasses {
    tee: Type,
    link: Type,
}

impl haft_core::vm::Extension for TeeClasses {
    fn trace(&self, tracer: &mut haft_core::Tracer<'_>) {
        tracer.obj(self.tee.obj());
        tracer.obj(self.link.obj());
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

natives! {
    static REPEAT_METHODS = {
        /// Private method returning an estimate of len(list(it)).
        __length_hint__ "($self, /)" => repeat_length;
    }
    static CHAIN_METHODS = {
        /// Alternative chain() constructor taking a single iterable argument that evaluates lazily.
        class from_iterable "($cls, iterable, /)" => chain_from_iterable;
        /// See PEP 585
        class __class_getitem__ "($cls, item, /)" => class_getitem;
    }
    static TEE_METHODS = {
        /// Returns an independent iterator.
        __copy__ "($self, /)" => tee_copy;
    }
    static FUNCTIONS = {
        /// Returns a tuple of n independent iterators.
        tee "($module, iterable, n=2, /)" => tee;
    }
}

fn class_getitem(vm: &mut Vm, args: &[Value]) -> R {
    let alias = vm.t.generic_alias.value();
    vm.call_positional(alias, args)
}

fn is_number(vm: &Vm, value: Value) -> bool {
    let slots = &vm.type_of(value).slots;
    slots.index.get().is_some()
        || slots.float.get().is_some()
        || slots.int.get().is_some()
        || vm.as_complex(value).is_some()
}

fn count_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("count", "(start=0, step=1)", args)?;
    if !is_number(vm, bound[0]) || !is_number(vm, bound[1]) {
        return Err(vm.type_error("a number is required"));
    }
    let ty = class_of(vm, class)?;
    Ok(vm.new_payload(ty, Count { next: bound[0].into(), step: bound[1] }))
}

fn count_next(vm: &mut Vm, value: Value) -> R {
    let it = this::<Count>(value);
    let now = it.next.get();
    let next = vm.binary_op(BinaryOp::Add, now, it.step)?;
    it.next.set(next);
    Ok(now)
}

fn count_repr(vm: &mut Vm, value: Value) -> R {
    let it = this::<Count>(value);
    let name = vm.type_of(value).name_text();
    let (now, step) = (vm.repr_text(it.next.get())?, vm.repr_text(it.step)?);
    Ok(vm.str(&if it.step == Value::small(1) {
        format!("{name}({now})")
    } else {
        format!("{name}({now}, {step})")
    }))
}

fn cycle_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let args = arguments_for_new(vm, class, args);
    let bound = vm.bind_signature("cycle", "(iterable, /)", &args)?;
    let iter = vm.iterate(bound[0])?;
    let ty = class_of(vm, class)?;
    let saved = vm.list(&[]);
    Ok(vm.new_payload(ty, Cycle { iter: iter.into(), saved, index: 0.into() }))
}

fn cycle_next(vm: &mut Vm, value: Value) -> R {
    let it = this::<Cycle>(value);
    let saved = vm.as_list(it.saved).expect("made by the constructor");
    if !it.iter.get().is_absent() {
        let item = vm.next(it.iter.get())?;
        if !item.is_absent() {
            saved.push(&mut vm.heap, item);
            return Ok(item);
        }
        it.iter.set(Value::ABSENT);
    }
    if saved.is_empty() {
        return Ok(Value::ABSENT);
    }
    let at = it.index.get();
    it.index.set((at + 1) % saved.len());
    Ok(saved.at(at))
}

fn repeat_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("repeat", "(object, times=<absent>)", args)?;
    let left = if bound[1].is_absent() { -1 } else { vm.index_of(bound[1])?.max(0) };
    let ty = class_of(vm, class)?;
    Ok(vm.new_payload(ty, Repeat { object: bound[0], left: left.into() }))
}

fn repeat_next(_: &mut Vm, value: Value) -> R {
    let it = this::<Repeat>(value);
    match it.left.get() {
        0 => return Ok(Value::ABSENT),
        n if n > 0 => it.left.set(n - 1),
        _ => {}
    }
    Ok(it.object)
}

fn repeat_length(vm: &mut Vm, args: &[Value]) -> R {
    let it = vm.this::<Repeat>(args[0], "__length_hint__", "itertools.repeat")?;
    if it.left.get() < 0 {
        return Err(vm.type_error("len() of unsized object"));
    }
    Ok(vm.int(it.left.get()))
}

fn repeat_repr(vm: &mut Vm, value: Value) -> R {
    let it = this::<Repeat>(value);
    let (name, object, left) =
        (vm.type_of(value).name_text(), vm.repr_text(it.object)?, it.left.get());
    Ok(vm.str(&if left < 0 {
        format!("{name}({object})")
    } else {
        format!("{name}({object}, {left})")
    }))
}

fn chain_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let args = arguments_for_new(vm, class, args);
    if !args.names.is_empty() {
        return Err(vm.type_error("chain() takes no keyword arguments"));
    }
    let tuple = vm.tuple(args.vals);
    let sources = vm.iterate(tuple)?;
    let ty = class_of(vm, class)?;
    Ok(vm.new_payload(ty, Chain { sources: sources.into(), active: Value::ABSENT.into() }))
}

fn chain_from_iterable(vm: &mut Vm, args: &[Value]) -> R {
    let sources = vm.iterate(args[1])?;
    let ty = class_of(vm, args[0])?;
    Ok(vm.new_payload(ty, Chain { sources: sources.into(), active: Value::ABSENT.into() }))
}

fn chain_next(vm: &mut Vm, value: Value) -> R {
    let it = this::<Chain>(value);
    loop {
        if it.active.get().is_absent() {
            if it.sources.get().is_absent() {
                return Ok(Value::ABSENT);
            }
            let source = vm.next(it.sources.get())?;
            if source.is_absent() {
                it.sources.set(Value::ABSENT);
                return Ok(Value::ABSENT);
            }
            let iter = vm.iterate(source)?;
            it.active.set(iter);
        }
        let item = vm.next(it.active.get())?;
        if !item.is_absent() {
            return Ok(item);
        }
        it.active.set(Value::ABSENT);
    }
}

fn accumulate_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("accumulate", "(iterable, func=None, *, initial=None)", args)?;
    let iter = vm.iterate(bound[0])?;
    let initial = if bound[2].is_none() { Value::ABSENT } else { bound[2] };
    let ty = class_of(vm, class)?;
    Ok(vm.new_payload(
        ty,
        Accumulate {
            iter,
            function: bound[1],
            total: Value::ABSENT.into(),
            initial: initial.into(),
        },
    ))
}

fn accumulate_next(vm: &mut Vm, value: Value) -> R {
    let it = this::<Accumulate>(value);
    if !it.initial.get().is_absent() {
        it.total.set(it.initial.replace(Value::ABSENT));
        return Ok(it.total.get());
    }
    let item = vm.next(it.iter)?;
    if item.is_absent() {
        return Ok(item);
    }
    let total = it.total.get();
    let new = if total.is_absent() {
        item
    } else if it.function.is_none() {
        vm.binary_op(BinaryOp::Add, total, item)?
    } else {
        vm.call_positional(it.function, &[total, item])?
    };
    it.total.set(new);
    Ok(new)
}

fn batched_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("batched", "(iterable, n, *, strict=False)", args)?;
    let size = vm.index_of(bound[1])?;
    if size < 1 {
        return Err(vm.value_error("n must be at least one"));
    }
    let (iter, strict) = (vm.iterate(bound[0])?, vm.truth(bound[2])?);
    let ty = class_of(vm, class)?;
    Ok(vm.new_payload(ty, Batched { iter: iter.into(), size: size as usize, strict }))
}

fn batched_next(vm: &mut Vm, value: Value) -> R {
    let it = this::<Batched>(value);
    let batch = vm.new_list();
    while batch.len() < it.size && !it.iter.get().is_absent() {
        let item = vm.next(it.iter.get())?;
        if item.is_absent() {
            it.iter.set(Value::ABSENT);
        } else {
            batch.push(&mut vm.heap, item);
        }
    }
    if batch.is_empty() {
        return Ok(Value::ABSENT);
    }
    if it.strict && batch.len() < it.size {
        return Err(vm.value_error("batched(): incomplete batch"));
    }
    Ok(vm.tuple(batch.items()))
}

fn pairwise_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let args = arguments_for_new(vm, class, args);
    let bound = vm.bind_signature("pairwise", "(iterable, /)", &args)?;
    let iter = vm.iterate(bound[0])?;
    let ty = class_of(vm, class)?;
    Ok(vm.new_payload(ty, Pairwise { iter: iter.into(), old: Value::ABSENT.into() }))
}

fn pairwise_next(vm: &mut Vm, value: Value) -> R {
    let it = this::<Pairwise>(value);
    if it.iter.get().is_absent() {
        return Ok(Value::ABSENT);
    }
    if it.old.get().is_absent() {
        let first = vm.next(it.iter.get())?;
        it.old.set(first);
        if first.is_absent() || it.iter.get().is_absent() {
            return Ok(Value::ABSENT);
        }
    }
    // The iterator may come back here.
    let old = it.old.get();
    let new = vm.next(it.iter.get())?;
    if new.is_absent() {
        it.iter.set(Value::ABSENT);
        it.old.set(Value::ABSENT);
        return Ok(new);
    }
    it.old.set(new);
    Ok(vm.tuple(&[old, new]))
}

fn zip_longest_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let mut fill = Value::NONE;
    for (name, value) in args.keywords() {
        if vm.as_str(name).is_none_or(|s| s.bytes() != b"fillvalue") {
            return Err(vm.type_error("zip_longest() got an unexpected keyword argument"));
        }
        fill = value;
    }
    let iters = vm.new_list();
    for &source in args.positionals() {
        let iter = vm.iterate(source)?;
        iters.push(&mut vm.heap, iter);
    }
    let ty = class_of(vm, class)?;
    Ok(vm.new_payload(ty, ZipLongest { iters: iters.value(), active: iters.len().into(), fill }))
}

fn zip_longest_next(vm: &mut Vm, value: Value) -> R {
    let it = this::<ZipLongest>(value);
    let iters = vm.as_list(it.iters).expect("made by the constructor");
    if it.active.get() == 0 {
        return Ok(Value::ABSENT);
    }
    let row = Tuple::with_len(&mut vm.heap, iters.len());
    for at in 0..iters.len() {
        let mut item = Value::ABSENT;
        if !iters.at(at).is_none() {
            item = vm.next(iters.at(at))?;
            if item.is_absent() {
                it.active.set(it.active.get() - 1);
                if it.active.get() == 0 {
                    return Ok(Value::ABSENT);
                }
                iters.set(&mut vm.heap, at, Value::NONE);
            }
        }
        row.init(&mut vm.heap, at, if item.is_absent() { it.fill } else { item });
    }
    Ok(row.value())
}

fn starmap_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let args = arguments_for_new(vm, class, args);
    let bound = vm.bind_signature("starmap", "(function, iterable, /)", &args)?;
    let iter = vm.iterate(bound[1])?;
    let ty = class_of(vm, class)?;
    Ok(vm.new_payload(ty, StarMap { function: bound[0], iter }))
}

fn starmap_next(vm: &mut Vm, value: Value) -> R {
    let it = this::<StarMap>(value);
    let item = vm.next(it.iter)?;
    if item.is_absent() {
        return Ok(item);
    }
    let args = vm.tuple_of(item)?;
    let args = vm.as_tuple(args).map_or(&[][..], Tuple::items);
    vm.call_positional(it.function, args)
}

fn tee_classes(vm: &Vm) -> (Type, Type) {
    let classes = vm.extension::<TeeClasses>().expect("set when the module was made");
    (classes.tee, classes.link)
}

fn new_link(vm: &mut Vm, iter: Value) -> Value {
    let (_, link) = tee_classes(vm);
    vm.new_payload(
        link,
        TeeLink {
            iter,
            item: Value::ABSENT.into(),
            next: Value::ABSENT.into(),
            running: false.into(),
        },
    )
}

fn tee(vm: &mut Vm, args: &[Value]) -> R {
    let n = vm.index_of(args[1])?;
    if n < 0 {
        return Err(vm.value_error("n must be >= 0"));
    }
    let result = vm.new_list();
    if n > 0 {
        let first = make_tee(vm, args[0])?;
        result.push(&mut vm.heap, first);
        for _ in 1..n {
            let copy = tee_copy(vm, &[first])?;
            result.push(&mut vm.heap, copy);
        }
    }
    Ok(vm.tuple(result.items()))
}

fn make_tee(vm: &mut Vm, iterable: Value) -> R {
    let iter = vm.iterate(iterable)?;
    if PayloadRef::<Tee>::of_value(iter).is_some() {
        return tee_copy(vm, &[iter]);
    }
    let link = new_link(vm, iter);
    let (tee, _) = tee_classes(vm);
    Ok(vm.new_payload(tee, Tee { link: link.into() }))
}

fn tee_new(vm: &mut Vm, _: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("_tee", "(iterable, /)", args)?;
    make_tee(vm, bound[0])
}

fn tee_copy(vm: &mut Vm, args: &[Value]) -> R {
    let it = vm.this::<Tee>(args[0], "__copy__", "itertools._tee")?;
    let (tee, _) = tee_classes(vm);
    Ok(vm.new_payload(tee, Tee { link: it.link.get().into() }))
}

fn tee_next(vm: &mut Vm, value: Value) -> R {
    let it = this::<Tee>(value);
    let link = this::<TeeLink>(it.link.get());
    if link.item.get().is_absent() {
        if link.running.replace(true) {
            return Err(vm.runtime_error("cannot re-enter the tee iterator"));
        }
        let item = vm.next(link.iter);
        link.running.set(false);
        let item = item?;
        if item.is_absent() {
            return Ok(item);
        }
        link.item.set(item);
        let next = new_link(vm, link.iter);
        link.next.set(next);
    }
    it.link.set(link.next.get());
    Ok(link.item.get())
}

/// The items of a list value made by a constructor of this module.
pub(super) fn list_in(vm: &Vm, value: Value) -> List {
    vm.as_list(value).expect("made by the constructor")
}
