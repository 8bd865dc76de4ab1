//! set and frozenset: slots, and making them.
#![expect(clippy::decimal_bitwise_operands, reason = "constants as published")]
mod algebra;
mod iter;
mod methods;
mod operators;

use haft_core::object::{Calling, Set, ShapeId, Slots, Type, is_subtype};
use haft_core::protocol::Key;
use haft_core::{Args, R, Value, Vm};

use super::construct::{made, native_arguments, positional};
use super::sequence::push_repr;
use crate::arguments::{class_of, wrong_receiver};

pub(crate) use algebra::{add_all, remove_all, toggle_all};

const SET_DOC: &str = "Build an unordered collection of unique elements.";
const FROZENSET_DOC: &str = "Build an immutable unordered collection of unique elements.";

/// Fill in both classes.
pub(super) fn install(vm: &mut Vm) {
    vm.fill_type(vm.t.set, SET_DOC, set_slots, methods::SET, &[]);
    vm.fill_type(vm.t.frozenset, FROZENSET_DOC, frozenset_slots, methods::FROZENSET, &[]);
}

/// Make the class of iterators.
pub(super) fn make_classes(vm: &mut Vm) -> Type {
    iter::make_class(vm)
}

fn common_slots(s: &Slots) {
    s.repr.set(Some(repr));
    s.compare.set(Some(operators::compare));
    s.iter.set(Some(iter::over));
    s.len.set(Some(|vm, this| Ok(set(vm, this, "__len__")?.len())));
    s.contains.set(Some(contains));
    s.and.set(Some(operators::and));
    s.or.set(Some(operators::or));
    s.xor.set(Some(operators::xor));
    s.sub.set(Some(operators::sub));
}

fn set_slots(s: &Slots) {
    common_slots(s);
    s.new.set(Some(set_new));
    s.init.set(Some(set_init));
    s.iand.set(Some(operators::iand));
    s.ior.set(Some(operators::ior));
    s.ixor.set(Some(operators::ixor));
    s.isub.set(Some(operators::isub));
}

fn frozenset_slots(s: &Slots) {
    common_slots(s);
    s.new.set(Some(frozenset_new));
    s.hash.set(Some(frozenset_hash));
}

/// The set or frozenset that a method was called on.
#[inline]
fn set(vm: &mut Vm, value: Value, method: &str) -> R<Set> {
    match value.as_ptr().and_then(Set::of) {
        Some(set) => Ok(set),
        None => Err(wrong_receiver(vm, method, "set", value)),
    }
}

/// Is it a set that can change?
fn is_mutable(vm: &Vm, value: Value) -> bool {
    is_subtype(vm.type_of(value), vm.t.set.obj())
}

/// The mutable set that a method was called on.
fn mutable(vm: &mut Vm, value: Value, method: &str) -> R<Set> {
    match vm.as_set(value).filter(|_| is_mutable(vm, value)) {
        Some(set) => Ok(set),
        None => Err(wrong_receiver(vm, method, "set", value)),
    }
}

fn set_new(vm: &mut Vm, class: Value, _args: &Args<'_>) -> R {
    let class = class_of(vm, class)?;
    let set = Set::with_shape(&mut vm.heap, class.root_shape.get());
    Ok(made(vm, class, set.obj()))
}

const INIT_OF: fn(Type) -> Option<Calling> = |class| class.slots.init.get();

fn set_init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let set = mutable(vm, this, "__init__")?;
    let given = positional(vm, "set", args, 0, 1)?;
    set.clear();
    if let Some(&iterable) = given.first() {
        add_all(vm, set, iterable)?;
    }
    Ok(Value::NONE)
}

fn frozenset_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let class = class_of(vm, class)?;
    let given = native_arguments(vm, vm.t.frozenset, class, INIT_OF, args, 1)?;
    let source = given.first().copied();
    if class == vm.t.frozenset
        && let Some(source) = source
        && vm.type_of(source) == class
    {
        return Ok(source);
    }
    let set = Set::with_shape(&mut vm.heap, class.root_shape.get());
    if let Some(source) = source {
        add_all(vm, set, source)?;
    }
    if set.is_empty() && class == vm.t.frozenset {
        return Ok(super::classes(vm).empty_frozenset);
    }
    Ok(made(vm, class, set.obj()))
}

/// A new set or frozenset, as `like` is one; a subclass is not kept.
fn empty_like(vm: &mut Vm, like: Value) -> Set {
    let shape = if is_mutable(vm, like) { ShapeId::SET } else { ShapeId::FROZENSET };
    Set::with_shape(&mut vm.heap, shape)
}

/// A copy of `source` of the class of `like` (set or frozenset).
fn copy_like(vm: &mut Vm, like: Value, source: Set) -> Set {
    let copy = empty_like(vm, like);
    copy.fill_from(&mut vm.heap, source);
    copy
}

/// The element at an entry, with its hash.
#[inline]
fn key_at(set: Set, entry: usize) -> Key {
    Key { value: set.key(entry), hash: set.hash(entry) }
}

fn repr(vm: &mut Vm, this: Value) -> R {
    let set = set(vm, this, "__repr__")?;
    let class = vm.type_of(this);
    let name = class.name_text();
    if set.is_empty() {
        return Ok(vm.str(&format!("{name}()")));
    }
    if !vm.enter_repr(this) {
        return Ok(vm.str(&format!("{name}(...)")));
    }
    let plain = class == vm.t.set;
    let mut out = if plain { b"{".to_vec() } else { format!("{name}({{").into_bytes() };
    let result = push_elements(vm, set, &mut out);
    vm.leave_repr();
    result?;
    out.extend_from_slice(if plain { b"}" } else { b"})" });
    vm.new_str_checked(&out)
}

fn push_elements(vm: &mut Vm, set: Set, out: &mut Vec<u8>) -> R<()> {
    let (mut from, mut first) = (0, true);
    while let Some(entry) = set.next_entry(from) {
        if !std::mem::replace(&mut first, false) {
            out.extend_from_slice(b", ");
        }
        push_repr(vm, out, set.key(entry))?;
        from = entry + 1;
    }
    Ok(())
}

/// The key to look for: a set, which is unhashable, stands for the frozenset of its elements.
fn search_key(vm: &mut Vm, value: Value) -> R<Key> {
    let is_set = vm.as_set(value).is_some() && is_mutable(vm, value);
    match vm.key(value) {
        Err(raised) if is_set && vm.raised_is(vm.exc.type_error) => {
            vm.take_raised(raised);
            let frozen = Set::with_shape(&mut vm.heap, ShapeId::FROZENSET);
            if let Some(source) = vm.as_set(value) {
                frozen.fill_from(&mut vm.heap, source);
            }
            vm.key(frozen.value())
        }
        Ok(key) => Ok(key),
        Err(_) => vm.set_key(value),
    }
}

fn contains(vm: &mut Vm, this: Value, item: Value) -> R<bool> {
    let set = set(vm, this, "__contains__")?;
    let key = search_key(vm, item)?;
    Ok(vm.find_entry(*set, key)?.is_some())
}

/// The hash of a frozenset: the hashes of the elements, each shuffled, without regard to order; as CPython computes it.
fn frozenset_hash(vm: &mut Vm, this: Value) -> R<i64> {
    let set = set(vm, this, "__hash__")?;
    let (mut hash, mut from) = (0_u64, 0);
    while let Some(entry) = set.next_entry(from) {
        let element = set.hash(entry) as u64;
        hash ^= ((element ^ 89_869_747) ^ (element << 16)).wrapping_mul(3_644_798_167);
        from = entry + 1;
    }
    hash ^= (set.len() as u64 + 1).wrapping_mul(1_927_868_237);
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash.wrapping_mul(69069).wrapping_add(907_133_923);
    Ok(if hash == u64::MAX { 590_923_713 } else { hash as i64 })
}
