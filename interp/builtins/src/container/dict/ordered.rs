//! `collections.OrderedDict`: a dict whose entries can change places, and where `==` looks at their order.
//!
//! The entries of every dict lie in the order they came in, so what is added here is little: moving entries, taking the
//! first or last one, and iterators that notice every change of the keys (by the version of the table). Reading and
//! storing items is `dict`'s. As in CPython an instance of a subclass is filled and copied through its methods, one of
//! exactly this class is not.
use std::any::Any;
use std::cell::Cell;

use haft_core::object::{CompareOp, Dict, Kind, NoTrace, PayloadRef, Slots, Type, TypeFlags};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{Args, R, Tracer, Value, Vm, payload};

use super::{What, compare as compare_dicts, methods, no_key, view};
use crate::arguments::wrong_receiver;
use crate::iterator::{identity, iter_function};

payload! {
    /// An iterator over the keys, values or items of an ordered dict.
    struct OrderedIterator {
        /// The dict; ABSENT once exhausted.
        dict: Cell<Value>,
        /// Next entry to look at (backward: the one after it).
        position: Cell<usize>,
        /// How many are still to come.
        left: Cell<usize>,
        /// The version of the keys when it was made.
        version: u32,
        /// What it shows.
        what: NoTrace<What>,
        /// Backward?
        reversed: bool,
    }
}

/// The classes.
#[derive(Clone, Copy, Debug)]
struct Classes {
    dict: Type,
    keys: Type,
    values: Type,
    items: Type,
    iterator: Type,
}

impl Extension for Classes {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        for class in [self.dict, self.keys, self.values, self.items, self.iterator] {
            tracer.obj(class.obj());
        }
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn classes(vm: &Vm) -> Classes {
    *vm.extension::<Classes>().expect("made with the module that holds the class")
}

haft_core::natives! {
    static METHODS = {
        /// Create a new ordered dictionary with keys from iterable and values set to value.
        class fromkeys "($type, /, iterable, value=None)" => methods::fromkeys;
        /// Insert key with a value of default if key is not in the dictionary.
        ///
        /// Return the value for key if key is in the dictionary, else default.
        setdefault "($self, /, key, default=None)" => setdefault;
        /// od.pop(key[,default]) -> v, remove specified key and return the corresponding value.
        ///
        /// If the key is not found, return the default if given; otherwise,
        /// raise a KeyError.
        pop "($self, /, key, default=<unrepresentable>)" => pop;
        /// Remove and return a (key, value) pair from the dictionary.
        ///
        /// Pairs are returned in LIFO order if last is true or FIFO order if false.
        popitem "($self, /, last=True)" => popitem;
        /// D.keys() -> a set-like object providing a view on D's keys
        keys "($self, /)" => |vm, args| view_of(vm, args[0], What::Keys);
        /// D.values() -> an object providing a view on D's values
        values "($self, /)" => |vm, args| view_of(vm, args[0], What::Values);
        /// D.items() -> a set-like object providing a view on D's items
        items "($self, /)" => |vm, args| view_of(vm, args[0], What::Items);
        /// D.update([E, ]**F) -> None.  Update D from mapping/iterable E and F.
        /// If E is present and has a .keys() method, then does:  for k in E.keys(): D[k] = E[k]
        /// If E is present and lacks a .keys() method, then does:  for k, v in E: D[k] = v
        /// In either case, this is followed by: for k in F:  D[k] = F[k]
        raw update "($self, /, *args, **kwargs)" => update;
        /// od.copy() -> a shallow copy of od
        copy "($self, /)" => copy;
        /// od.__reversed__() <==> reversed(od)
        __reversed__ "($self, /)" => |vm, args| { let dict = this(vm, args[0], "__reversed__")?; Ok(iterate(vm, dict, What::Keys, true)) };
        /// Return state information for pickling
        __reduce__ "($self, /)" => reduce;
        /// Move an existing element to the end (or beginning if last is false).
        ///
        /// Raise KeyError if the element does not exist.
        move_to_end "($self, /, key, last=True)" => move_to_end;
    }
    static VIEW_METHODS = {
        ///
        __reversed__ "($self, /)" => |vm, args| { let (dict, what) = view::view(vm, args[0])?; Ok(iterate(vm, dict, what, true)) };
    }
    static ITERATOR_METHODS = {
        /// Return state information for pickling
        __reduce__ "($self, /)" => reduce_iterator;
    }
}

/// Make the class `collections.OrderedDict` and those of its views and iterators.
pub fn make_class(vm: &mut Vm) -> Type {
    let dict = vm.new_builtin_type(&TypeSpec {
        name: "collections.OrderedDict",
        doc: "Dictionary that remembers insertion order",
        base: Some(vm.t.dict),
        kind: Kind::Dict,
        flags: TypeFlags::BASE.with(TypeFlags::HAS_DICT).with(TypeFlags::HAS_WEAKREFS),
        slots,
        methods: METHODS,
        getsets: &[],
    });
    let views = view::classes_of_views(vm);
    let mut make = |name, base| {
        vm.new_builtin_type(&TypeSpec {
            base: Some(base),
            slots: view_slots,
            methods: VIEW_METHODS,
            ..TypeSpec::of::<view::DictView>(name)
        })
    };
    let keys = make("odict_keys", views[0]);
    let values = make("odict_values", views[1]);
    let items = make("odict_items", views[2]);
    let iterator = vm.new_builtin_type(&TypeSpec {
        slots: |s| {
            s.iter.set(Some(identity));
            s.next.set(Some(next));
        },
        methods: ITERATOR_METHODS,
        ..TypeSpec::of::<OrderedIterator>("odict_iterator")
    });
    vm.set_extension(Classes { dict, keys, values, items, iterator });
    dict
}

fn slots(s: &Slots) {
    s.init.set(Some(init));
    s.repr.set(Some(repr));
    s.compare.set(Some(compare));
    s.iter.set(Some(|vm, value| {
        let dict = this(vm, value, "__iter__")?;
        Ok(iterate(vm, dict, What::Keys, false))
    }));
    s.or.set(Some(or));
    s.ior.set(Some(ior));
}

fn view_slots(s: &Slots) {
    s.iter.set(Some(|vm, value| {
        let (dict, what) = view::view(vm, value)?;
        Ok(iterate(vm, dict, what, false))
    }));
}

/// The receiver of a method.
fn this(vm: &mut Vm, value: Value, method: &str) -> R<Dict> {
    match value.as_ptr().and_then(Dict::of) {
        Some(dict) => Ok(dict),
        None => Err(wrong_receiver(vm, method, "collections.OrderedDict", value)),
    }
}

/// Is it of exactly this class?
fn is_exact(vm: &Vm, value: Value) -> bool {
    vm.type_of(value) == classes(vm).dict
}

// ---- filling

fn init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let given = args.positionals();
    if given.len() > 1 {
        let n = given.len();
        return Err(vm.type_error(format!("expected at most 1 arguments, got {n}")));
    }
    update_with(vm, this, given.first().copied(), args)?;
    Ok(Value::NONE)
}

fn update(vm: &mut Vm, args: &Args<'_>) -> R {
    let Some((&value, given)) = args.positionals().split_first() else {
        return Err(vm.type_error("unbound method OrderedDict.update() needs an argument"));
    };
    this(vm, value, "update")?;
    if given.len() > 1 {
        let n = given.len();
        return Err(
            vm.type_error(format!("update() takes at most 1 positional argument ({n} given)"))
        );
    }
    update_with(vm, value, given.first().copied(), args)?;
    Ok(Value::NONE)
}

fn update_with(vm: &mut Vm, this: Value, other: Option<Value>, args: &Args<'_>) -> R<()> {
    if let Some(other) = other {
        fill(vm, this, other)?;
    }
    for (key, value) in args.keywords() {
        vm.set_item(this, key, value)?;
    }
    Ok(())
}

/// Store the items of a mapping, or of an iterable of pairs.
fn fill(vm: &mut Vm, this: Value, other: Value) -> R<()> {
    let plain = vm.exact_dict(other).or_else(|| vm.as_dict(other).filter(|_| is_exact(vm, other)));
    if let (Some(dict), Some(source)) = (vm.as_dict(this).filter(|_| is_exact(vm, this)), plain) {
        return if dict == source { Ok(()) } else { vm.dict_update_from_dict(dict, source) };
    }
    if vm.exact_dict(other).is_some() {
        let items = vm.call_method_str(other, "items", &[])?;
        return add_pairs(vm, this, items);
    }
    if let Some(keys) = vm.find_attr(other, vm.names.keys)? {
        let keys = vm.call_positional(keys, &[])?;
        return vm.for_each(keys, |vm, key| {
            let value = vm.get_item(other, key)?;
            vm.set_item(this, key, value)
        });
    }
    let name = vm.intern("items");
    if let Some(items) = vm.find_attr(other, name)? {
        let items = vm.call_positional(items, &[])?;
        return add_pairs(vm, this, items);
    }
    add_pairs(vm, this, other)
}

fn add_pairs(vm: &mut Vm, this: Value, pairs: Value) -> R<()> {
    vm.for_each(pairs, |vm, pair| {
        let parts = vm.iterate(pair)?;
        let key = vm.next(parts)?;
        if key.is_absent() {
            return Err(vm.value_error("need more than 0 values to unpack"));
        }
        let value = vm.next(parts)?;
        if value.is_absent() {
            return Err(vm.value_error("need more than 1 value to unpack"));
        }
        if !vm.next(parts)?.is_absent() {
            return Err(vm.value_error("too many values to unpack (expected 2)"));
        }
        vm.set_item(this, key, value)
    })
}

fn copy(vm: &mut Vm, args: &[Value]) -> R {
    let dict = this(vm, args[0], "copy")?;
    let class = vm.type_of(args[0]);
    if is_exact(vm, args[0]) {
        let made = Dict::with_shape(&mut vm.heap, class.root_shape.get());
        let entries = dict.copy(&mut vm.heap);
        made.take(&mut vm.heap, *entries);
        return Ok(made.value());
    }
    let made = vm.call_positional(class.value(), &[])?;
    let keys = iterate(vm, dict, What::Keys, false);
    loop {
        let key = vm.next(keys)?;
        if key.is_absent() {
            return Ok(made);
        }
        let value = vm.get_item(args[0], key)?;
        vm.set_item(made, key, value)?;
    }
}

fn or(vm: &mut Vm, left: Value, right: Value) -> R {
    let ordered = classes(vm).dict;
    let (maker, other) = if vm.instance_of(left, ordered) { (left, right) } else { (right, left) };
    if vm.as_dict(other).is_none() || !vm.instance_of(maker, ordered) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let class = vm.type_of(maker).value();
    let made = vm.call_positional(class, &[left])?;
    fill(vm, made, right)?;
    Ok(made)
}

fn ior(vm: &mut Vm, this: Value, other: Value) -> R {
    fill(vm, this, other)?;
    Ok(this)
}

// ---- single items

fn setdefault(vm: &mut Vm, args: &[Value]) -> R {
    this(vm, args[0], "setdefault")?;
    if is_exact(vm, args[0]) {
        return methods::setdefault(vm, args);
    }
    if vm.contains(args[0], args[1])? {
        return vm.get_item(args[0], args[1]);
    }
    vm.set_item(args[0], args[1], args[2])?;
    Ok(args[2])
}

fn pop(vm: &mut Vm, args: &[Value]) -> R {
    this(vm, args[0], "pop")?;
    // Unlike with `dict` the key is hashed in any case.
    vm.dict_key(args[1])?;
    methods::pop(vm, args)
}

fn popitem(vm: &mut Vm, args: &[Value]) -> R {
    let dict = this(vm, args[0], "popitem")?;
    let last = vm.truth(args[1])?;
    let found = if last { dict.previous_entry(dict.used()) } else { dict.first_entry() };
    let Some(entry) = found else {
        return Err(vm.raise(vm.exc.key_error, "dictionary is empty"));
    };
    let (key, value) = (dict.key(entry), dict.entry_value(entry));
    if last {
        dict.remove_last(&mut vm.heap, entry);
    } else {
        dict.remove(&mut vm.heap, entry);
    }
    Ok(vm.tuple(&[key, value]))
}

fn move_to_end(vm: &mut Vm, args: &[Value]) -> R {
    let dict = this(vm, args[0], "move_to_end")?;
    let last = vm.truth(args[2])?;
    if dict.is_empty() {
        return Err(no_key(vm, args[1]));
    }
    let key = vm.dict_key(args[1])?;
    let Some(entry) = vm.find_entry(*dict, key)? else { return Err(no_key(vm, args[1])) };
    if last {
        dict.move_to_end(&mut vm.heap, entry);
    } else {
        dict.move_to_front(&mut vm.heap, entry);
    }
    Ok(Value::NONE)
}

// ---- comparing and showing

fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    let equal = compare_dicts(vm, a, b, CompareOp::Eq)?;
    if equal == Value::NOT_IMPLEMENTED || !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let mut equal = equal == Value::TRUE;
    if equal
        && vm.instance_of(b, classes(vm).dict)
        && let (Some(x), Some(y)) = (vm.as_dict(a), vm.as_dict(b))
    {
        equal = same_order(vm, x, y)?;
    }
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}

/// Are the keys of two dicts the same one by one?
fn same_order(vm: &mut Vm, a: Dict, b: Dict) -> R<bool> {
    let versions = (vm.dict_version(a), vm.dict_version(b));
    let (mut from, mut other_from) = (0, 0);
    loop {
        let (entry, other) = match (a.next_entry(from), b.next_entry(other_from)) {
            (Some(entry), Some(other)) => (entry, other),
            (None, None) => return Ok(true),
            _ => return Ok(false),
        };
        let same = vm.equals(a.key(entry), b.key(other))?;
        if (a.current_version(), b.current_version()) != versions {
            return Err(vm.runtime_error("OrderedDict mutated during iteration"));
        }
        if !same {
            return Ok(false);
        }
        (from, other_from) = (entry + 1, other + 1);
    }
}

fn repr(vm: &mut Vm, value: Value) -> R {
    let dict = this(vm, value, "__repr__")?;
    let name = vm.type_of(value).name_text();
    if dict.is_empty() {
        return Ok(vm.str(&format!("{name}()")));
    }
    if !vm.enter_repr(value) {
        return Ok(vm.str("..."));
    }
    let shown = items_as_dict(vm, value, dict).and_then(|items| vm.repr(items));
    vm.leave_repr();
    let mut out = name.into_bytes();
    out.push(b'(');
    out.extend_from_slice(vm.as_str(shown?).map_or(b"", |text| text.bytes()));
    out.push(b')');
    vm.new_str_checked(&out)
}

fn items_as_dict(vm: &mut Vm, value: Value, dict: Dict) -> R {
    if is_exact(vm, value) {
        return Ok(dict.copy(&mut vm.heap).value());
    }
    let items = vm.call_method_str(value, "items", &[])?;
    let items = vm.list_of(items)?;
    vm.call_positional(vm.t.dict.value(), &[items.value()])
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let state = vm.call_method_str(args[0], "__getstate__", &[])?;
    let items = vm.call_method_str(args[0], "items", &[])?;
    let items = vm.iterate(items)?;
    let (class, none) = (vm.type_of(args[0]).value(), vm.tuple(&[]));
    Ok(vm.tuple(&[class, none, state, Value::NONE, items]))
}

// ---- views and iterators

fn view_of(vm: &mut Vm, value: Value, what: What) -> R {
    this(vm, value, "items")?;
    let known = classes(vm);
    let class = match what {
        What::Keys => known.keys,
        What::Values => known.values,
        What::Items => known.items,
    };
    Ok(view::of_class(vm, class, value, what))
}

fn iterate(vm: &mut Vm, dict: Dict, what: What, reversed: bool) -> Value {
    let payload = OrderedIterator {
        dict: dict.value().into(),
        position: if reversed { dict.used() } else { 0 }.into(),
        left: dict.len().into(),
        version: vm.dict_version(dict),
        what: NoTrace(what),
        reversed,
    };
    vm.new_payload(classes(vm).iterator, payload)
}

fn next(vm: &mut Vm, value: Value) -> R {
    let iter = vm.this::<OrderedIterator>(value, "__next__", "odict_iterator")?.get();
    let Some(dict) = iter.dict.get().as_ptr().and_then(Dict::of) else { return Ok(Value::ABSENT) };
    let Some(left) = iter.left.get().checked_sub(1) else {
        iter.dict.set(Value::ABSENT);
        return Ok(Value::ABSENT);
    };
    if dict.current_version() != iter.version {
        iter.dict.set(Value::ABSENT);
        return Err(vm.runtime_error("OrderedDict mutated during iteration"));
    }
    iter.left.set(left);
    Ok(iter.what.0.next(vm, dict, &iter.position, iter.reversed))
}

/// `(iter, ([the items still to come],))`
fn reduce_iterator(vm: &mut Vm, args: &[Value]) -> R {
    let this: PayloadRef<OrderedIterator> = vm.this(args[0], "__reduce__", "odict_iterator")?;
    let iter = this.get();
    let copy = OrderedIterator {
        dict: iter.dict.get().into(),
        position: iter.position.get().into(),
        left: iter.left.get().into(),
        version: iter.version,
        what: NoTrace(iter.what.0),
        reversed: iter.reversed,
    };
    let copy = vm.new_payload(vm.type_of(args[0]), copy);
    let rest = vm.list_of(copy)?;
    let function = iter_function(vm)?;
    let arguments = vm.tuple(&[rest.value()]);
    Ok(vm.tuple(&[function, arguments]))
}
