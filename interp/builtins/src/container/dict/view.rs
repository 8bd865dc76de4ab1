//! Views of dicts: `keys()`, `values()`, `items()`.
use haft_core::object::{CompareOp, Dict, NoTrace, Set, Slots, Tuple, Type};
use haft_core::protocol::Key;
use haft_core::vm::TypeSpec;
use haft_core::{R, Value, Vm, payload};

use super::{What, has_key, iter};
use crate::container::classes;
use crate::container::sequence::equal_items;
use crate::container::set::{add_all, remove_all, toggle_all};

payload! {
    /// A view of a dict.
    pub struct DictView {
        /// The dict.
        dict: Value,
        /// What it shows.
        what: NoTrace<What>,
    }
}

/// The classes of views.
#[derive(Clone, Copy, Debug)]
pub(in crate::container) struct ViewClasses {
    keys: Type,
    values: Type,
    items: Type,
}

/// Make the classes.
pub(super) fn make_classes(vm: &mut Vm) -> ViewClasses {
    let set_like = |name| TypeSpec {
        slots: set_like_slots,
        methods: SET_LIKE,
        getsets: GETSETS,
        ..TypeSpec::of::<DictView>(name)
    };
    ViewClasses {
        keys: vm.new_builtin_type(&set_like("dict_keys")),
        items: vm.new_builtin_type(&set_like("dict_items")),
        values: vm.new_builtin_type(&TypeSpec {
            slots: plain_slots,
            methods: PLAIN,
            getsets: GETSETS,
            ..TypeSpec::of::<DictView>("dict_values")
        }),
    }
}

fn plain_slots(s: &Slots) {
    s.repr.set(Some(repr));
    s.len.set(Some(|vm, this| Ok(view(vm, this)?.0.len())));
    s.iter.set(Some(|vm, this| {
        let (dict, what) = view(vm, this)?;
        Ok(iter::forward(vm, dict, what))
    }));
}

fn set_like_slots(s: &Slots) {
    plain_slots(s);
    s.contains.set(Some(contains));
    s.compare.set(Some(compare));
    s.and.set(Some(and));
    s.or.set(Some(or));
    s.xor.set(Some(xor));
    s.sub.set(Some(sub));
}

haft_core::natives! {
    static PLAIN = {
        /// Return a reverse iterator over the dict values.
        __reversed__ "($self, /)" => reversed;
    }
    static SET_LIKE = {
        /// Return True if the view and the given iterable have a null intersection.
        isdisjoint "($self, other, /)" => isdisjoint;
        /// Return a reverse iterator over the dict keys or items.
        __reversed__ "($self, /)" => reversed;
    }
}

haft_core::getsets! {
    static GETSETS = {
        /// dictionary that this view refers to
        mapping => |vm, this| {
            let (dict, _) = view(vm, this)?;
            vm.call_positional(vm.t.mappingproxy.value(), &[dict.value()])
        };
    }
}

/// A view of `dict`.
pub(super) fn make(vm: &mut Vm, dict: Value, what: What) -> Value {
    let known = classes(vm).dict_views;
    let class = match what {
        What::Keys => known.keys,
        What::Values => known.values,
        What::Items => known.items,
    };
    of_class(vm, class, dict, what)
}

/// A view of `dict` whose class is one of a subclass.
pub(super) fn of_class(vm: &mut Vm, class: Type, dict: Value, what: What) -> Value {
    vm.new_payload(class, DictView { dict, what: NoTrace(what) })
}

/// The classes of views of keys, values and items.
pub(super) fn classes_of_views(vm: &Vm) -> [Type; 3] {
    let known = classes(vm).dict_views;
    [known.keys, known.values, known.items]
}

/// The dict of a view, and what is shown of it.
pub(super) fn view(vm: &mut Vm, this: Value) -> R<(Dict, What)> {
    let view = vm.this::<DictView>(this, "__iter__", "dict_view")?.get();
    match view.dict.as_ptr().and_then(Dict::of) {
        Some(dict) => Ok((dict, view.what.0)),
        None => Err(vm.system_error("a view without a dict")),
    }
}

/// The view `value` is, if it is one that behaves like a set.
fn set_like(value: Value) -> Option<(Dict, What)> {
    let view = haft_core::object::PayloadRef::<DictView>::of_value(value)?;
    let what = view.get().what.0;
    let dict = view.get().dict.as_ptr().and_then(Dict::of)?;
    (what != What::Values).then_some((dict, what))
}

fn repr(vm: &mut Vm, this: Value) -> R {
    let name = vm.type_name(this);
    if !vm.enter_repr(this) {
        return Ok(vm.str("..."));
    }
    let text = vm.list_of(this).and_then(|list| vm.repr(list.value()));
    vm.leave_repr();
    let text = text?;
    let mut out = name.into_bytes();
    out.push(b'(');
    out.extend_from_slice(vm.as_str(text).map_or(b"", |s| s.bytes()));
    out.push(b')');
    vm.new_str_checked(&out)
}

fn contains(vm: &mut Vm, this: Value, item: Value) -> R<bool> {
    let (dict, what) = view(vm, this)?;
    view_has(vm, dict, what, item)
}

/// Is `item` a key, or a (key, value) pair, of the dict?
fn view_has(vm: &mut Vm, dict: Dict, what: What, item: Value) -> R<bool> {
    if what == What::Keys {
        return has_key(vm, dict, item);
    }
    let Some(&[key, value]) = vm.as_tuple(item).map(Tuple::items) else { return Ok(false) };
    let key = vm.dict_key(key)?;
    match vm.find_entry(*dict, key)? {
        Some(entry) => equal_items(vm, dict.entry_value(entry), value),
        None => Ok(false),
    }
}

/// Is every item of `small` in `large`?
fn all_contained(vm: &mut Vm, small: Value, large: Value) -> R<bool> {
    let iter = vm.iterate(small)?;
    loop {
        let item = vm.next(iter)?;
        if item.is_absent() {
            return Ok(true);
        }
        if !vm.contains(large, item)? {
            return Ok(false);
        }
    }
}

fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    if set_like(a).is_none() || (vm.as_set(b).is_none() && set_like(b).is_none()) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (n, m) = (vm.length(a)?, vm.length(b)?);
    let result = match op {
        CompareOp::Eq | CompareOp::Ne => {
            (n == m && all_contained(vm, a, b)?) == (op == CompareOp::Eq)
        }
        CompareOp::Lt => n < m && all_contained(vm, a, b)?,
        CompareOp::Le => n <= m && all_contained(vm, a, b)?,
        CompareOp::Gt => n > m && all_contained(vm, b, a)?,
        CompareOp::Ge => n >= m && all_contained(vm, b, a)?,
    };
    Ok(Value::bool(result))
}

/// A new set of the items of a view or of any other iterable.
fn to_set(vm: &mut Vm, iterable: Value) -> R<Set> {
    let set = vm.set();
    if let Some((dict, What::Keys)) = set_like(iterable) {
        let mut from = 0;
        while let Some(entry) = dict.next_entry(from) {
            vm.set_add_key(set, Key { value: dict.key(entry), hash: dict.hash(entry) })?;
            from = entry + 1;
        }
    } else {
        add_all(vm, set, iterable)?;
    }
    Ok(set)
}

fn and(vm: &mut Vm, left: Value, right: Value) -> R {
    // The operand that is a view is asked; the other one is gone through.
    let (mut asked, mut other) = (left, right);
    if set_like(asked).is_none() {
        std::mem::swap(&mut asked, &mut other);
    }
    let n = vm.length(asked)?;
    if let Some(set) = vm.as_set(other)
        && n <= set.len()
    {
        return vm.call_method_str(other, "intersection", &[asked]);
    }
    if let Some((dict, _)) = set_like(other)
        && dict.len() > n
    {
        std::mem::swap(&mut asked, &mut other);
    }
    let (dict, what) = view(vm, asked)?;
    let result = vm.set();
    vm.for_each(other, |vm, item| {
        if view_has(vm, dict, what, item)? {
            vm.set_add(result, item)?;
        }
        Ok(())
    })?;
    Ok(result.value())
}

fn or(vm: &mut Vm, left: Value, right: Value) -> R {
    let result = to_set(vm, left)?;
    add_all(vm, result, right)?;
    Ok(result.value())
}

fn xor(vm: &mut Vm, left: Value, right: Value) -> R {
    let result = to_set(vm, left)?;
    toggle_all(vm, result, right)?;
    Ok(result.value())
}

fn sub(vm: &mut Vm, left: Value, right: Value) -> R {
    let result = to_set(vm, left)?;
    remove_all(vm, result, right)?;
    Ok(result.value())
}

fn isdisjoint(vm: &mut Vm, args: &[Value]) -> R {
    let (dict, what) = view(vm, args[0])?;
    let other = args[1];
    if args[0] == other {
        return Ok(Value::bool(dict.is_empty()));
    }
    // The smaller one is gone through, if the other one can be asked.
    if let Some(m) = vm
        .as_set(other)
        .map(|set| set.len())
        .or_else(|| set_like(other).map(|(dict, _)| dict.len()))
        && m > dict.len()
    {
        return none_contained(vm, args[0], |vm, item| vm.contains(other, item));
    }
    none_contained(vm, other, |vm, item| view_has(vm, dict, what, item))
}

fn none_contained(vm: &mut Vm, iterable: Value, has: impl Fn(&mut Vm, Value) -> R<bool>) -> R {
    let iter = vm.iterate(iterable)?;
    loop {
        let item = vm.next(iter)?;
        if item.is_absent() {
            return Ok(Value::TRUE);
        }
        if has(vm, item)? {
            return Ok(Value::FALSE);
        }
    }
}

fn reversed(vm: &mut Vm, args: &[Value]) -> R {
    let (dict, what) = view(vm, args[0])?;
    Ok(iter::backward(vm, dict, what))
}
