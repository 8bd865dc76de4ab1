//! `itemgetter`, `attrgetter` and `methodcaller`: callables that remember what to ask of their argument.
use haft_core::object::{Dict, PayloadRef, Slots, Tuple, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Value, Vm, natives, payload};

payload! {
    /// An `itemgetter`.
    struct ItemGetter {
        /// The keys, a tuple of one or more.
        keys: Value,
    }
    /// An `attrgetter`.
    struct AttrGetter {
        /// The names as given, a tuple.
        names: Value,
        /// For each name the interned names between its dots.
        paths: Vec<Vec<Value>>,
    }
    /// A `methodcaller`.
    struct MethodCaller {
        name: Value,
        /// A tuple.
        args: Value,
        /// A dict.
        kwargs: Value,
        /// The values of `args` and `kwargs`, then the names of the latter: what a call passes.
        values: Vec<Value>,
        keywords: Vec<Value>,
    }
}

/// Add the classes.
pub(super) fn add(vm: &mut Vm, dict: Dict) {
    let spec = TypeSpec {
        doc: "itemgetter(item, /, *items)\n--\n\n\
              Return a callable object that fetches the given item(s) from its operand.\n\n\
              After f = itemgetter(2), the call f(r) returns r[2].\n\
              After g = itemgetter(2, 5, 3), the call g(r) returns (r[2], r[5], r[3])",
        flags: TypeFlags::HAS_WEAKREFS,
        slots: |s| set_slots(s, new_item, call_item, repr_item),
        methods: ITEM_METHODS,
        ..TypeSpec::of::<ItemGetter>("operator.itemgetter")
    };
    crate::add_type(vm, dict, &spec);
    let spec = TypeSpec {
        doc: "attrgetter(attr, /, *attrs)\n--\n\n\
              Return a callable object that fetches the given attribute(s) from its operand.\n\n\
              After f = attrgetter('name'), the call f(r) returns r.name.\n\
              After g = attrgetter('name', 'date'), the call g(r) returns (r.name, r.date).\n\
              After h = attrgetter('name.first', 'name.last'), the call h(r) returns\n\
              (r.name.first, r.name.last).",
        flags: TypeFlags::HAS_WEAKREFS,
        slots: |s| set_slots(s, new_attr, call_attr, repr_attr),
        methods: ATTR_METHODS,
        ..TypeSpec::of::<AttrGetter>("operator.attrgetter")
    };
    crate::add_type(vm, dict, &spec);
    let spec = TypeSpec {
        doc: "methodcaller(name, /, *args, **kwargs)\n--\n\n\
              Return a callable object that calls the given method on its operand.\n\n\
              After f = methodcaller('name'), the call f(r) returns r.name().\n\
              After g = methodcaller('name', 'date', foo=1), the call g(r) returns\n\
              r.name('date', foo=1).",
        flags: TypeFlags::HAS_WEAKREFS,
        slots: |s| set_slots(s, new_method, call_method, repr_method),
        methods: METHOD_METHODS,
        ..TypeSpec::of::<MethodCaller>("operator.methodcaller")
    };
    crate::add_type(vm, dict, &spec);
}

type New = fn(&mut Vm, Value, &Args<'_>) -> R;

fn set_slots(s: &Slots, new: New, call: New, repr: fn(&mut Vm, Value) -> R) {
    s.new.set(Some(new));
    s.call.set(Some(call));
    s.repr.set(Some(repr));
}

natives! {
    static ITEM_METHODS = {
        /// Return state information for pickling
        __reduce__ "($self, /)" => |vm, args| { let this = this_item(vm, args[0])?; reduce(vm, args[0], this.keys) };
    }
    static ATTR_METHODS = {
        /// Return state information for pickling
        __reduce__ "($self, /)" => |vm, args| { let this = this_attr(vm, args[0])?; reduce(vm, args[0], this.names) };
    }
    static METHOD_METHODS = {
        /// Return state information for pickling
        __reduce__ "($self, /)" => reduce_method;
    }
}

fn this_item(vm: &mut Vm, value: Value) -> R<PayloadRef<ItemGetter>> {
    vm.this(value, "__call__", "operator.itemgetter")
}

fn this_attr(vm: &mut Vm, value: Value) -> R<PayloadRef<AttrGetter>> {
    vm.this(value, "__call__", "operator.attrgetter")
}

fn this_method(vm: &mut Vm, value: Value) -> R<PayloadRef<MethodCaller>> {
    vm.this(value, "__call__", "operator.methodcaller")
}

/// The arguments of a constructor that wants one or more, and no keywords.
fn items_of<'a>(vm: &mut Vm, name: &str, args: &Args<'a>) -> R<&'a [Value]> {
    if !args.names.is_empty() {
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    if args.vals.is_empty() {
        return Err(vm.type_error(format!("{name} expected 1 argument, got 0")));
    }
    Ok(args.vals)
}

/// The one argument of a call.
#[inline]
fn operand(vm: &mut Vm, name: &str, args: &Args<'_>) -> R {
    match (args.vals, args.names) {
        (&[operand], []) => Ok(operand),
        (vals, []) => Err(vm.type_error(format!("{name} expected 1 argument, got {}", vals.len()))),
        _ => Err(vm.type_error(format!("{name}() takes no keyword arguments"))),
    }
}

/// `class(*args)`, as pickle wants it.
fn reduce(vm: &mut Vm, this: Value, args: Value) -> R {
    let class = vm.type_of(this).value();
    Ok(vm.tuple(&[class, args]))
}

fn tuple_items<'a>(vm: &Vm, tuple: Value) -> &'a [Value] {
    vm.as_tuple(tuple).map_or(&[], Tuple::items)
}

/// `name(parts)`; parts that are shown already are `...`.
fn shown(vm: &mut Vm, this: Value, parts: impl FnOnce(&mut Vm) -> R<Vec<String>>) -> R {
    let class = vm.type_of(this);
    let class = vm.full_type_name(class);
    if !vm.enter_repr(this) {
        return Ok(vm.str(&format!("{class}(...)")));
    }
    let parts = parts(vm);
    vm.leave_repr();
    let parts = parts?.join(", ");
    Ok(vm.str(&format!("{class}({parts})")))
}

fn reprs(vm: &mut Vm, items: &[Value]) -> R<Vec<String>> {
    items.iter().map(|&item| vm.repr_text(item)).collect()
}

// ---- itemgetter

fn new_item(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let keys = items_of(vm, "itemgetter", args)?;
    let keys = vm.tuple(keys);
    let class = crate::class_of(vm, class)?;
    Ok(vm.new_payload(class, ItemGetter { keys }))
}

fn call_item(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let this = this_item(vm, this)?;
    let operand = operand(vm, "itemgetter", args)?;
    let keys = tuple_items(vm, this.keys);
    if let &[key] = keys {
        return vm.get_item(operand, key);
    }
    let found: R<Vec<Value>> = keys.iter().map(|&key| vm.get_item(operand, key)).collect();
    Ok(vm.tuple(&found?))
}

fn repr_item(vm: &mut Vm, value: Value) -> R {
    let this = this_item(vm, value)?;
    shown(vm, value, |vm| {
        let keys = tuple_items(vm, this.keys);
        reprs(vm, keys)
    })
}

// ---- attrgetter

fn new_attr(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let names = items_of(vm, "attrgetter", args)?;
    let mut paths = Vec::new();
    for &name in names {
        let Some(text) = vm.as_str(name) else {
            return Err(vm.type_error("attribute name must be a string"));
        };
        let path = text.bytes().split(|&byte| byte == b'.').map(|part| {
            let part = vm.str_wtf8(part);
            vm.intern_str(part)
        });
        paths.push(path.collect());
    }
    let names = vm.tuple(names);
    let class = crate::class_of(vm, class)?;
    Ok(vm.new_payload(class, AttrGetter { names, paths }))
}

fn follow(vm: &mut Vm, operand: Value, path: &[Value]) -> R {
    path.iter().try_fold(operand, |value, &name| vm.get_attr(value, name))
}

fn call_attr(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let this = this_attr(vm, this)?;
    let operand = operand(vm, "attrgetter", args)?;
    if let [path] = this.paths.as_slice() {
        return follow(vm, operand, path);
    }
    let found: R<Vec<Value>> = this.paths.iter().map(|path| follow(vm, operand, path)).collect();
    Ok(vm.tuple(&found?))
}

fn repr_attr(vm: &mut Vm, value: Value) -> R {
    let this = this_attr(vm, value)?;
    shown(vm, value, |vm| {
        let names = tuple_items(vm, this.names);
        reprs(vm, names)
    })
}

// ---- methodcaller

fn new_method(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let Some((&name, rest)) = args.positionals().split_first() else {
        return Err(vm.type_error("methodcaller needs at least one argument, the method name"));
    };
    if vm.as_str(name).is_none() {
        return Err(vm.type_error("method name must be a string"));
    }
    let name = vm.attr_name(name)?;
    let kwargs = vm.dict();
    for (key, value) in args.keywords() {
        vm.dict_set(kwargs, key, value)?;
    }
    let caller = MethodCaller {
        name,
        args: vm.tuple(rest),
        kwargs: kwargs.value(),
        values: args.vals[1..].to_vec(),
        keywords: args.names.to_vec(),
    };
    let class = crate::class_of(vm, class)?;
    Ok(vm.new_payload(class, caller))
}

fn call_method(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let this = this_method(vm, this)?;
    let operand = operand(vm, "methodcaller", args)?;
    let args = Args { vals: &this.values, names: &this.keywords };
    match vm.find_method(operand, this.name) {
        Some(method) => vm.call_with_receiver(method, operand, &args),
        None => {
            let bound = vm.get_attr(operand, this.name)?;
            vm.call(bound, &args)
        }
    }
}

fn repr_method(vm: &mut Vm, value: Value) -> R {
    let this = this_method(vm, value)?;
    shown(vm, value, |vm| {
        let mut parts = vec![vm.repr_text(this.name)?];
        let positional = tuple_items(vm, this.args);
        parts.extend(reprs(vm, positional)?);
        for (at, &name) in this.keywords.iter().enumerate() {
            let shown = vm.repr_text(this.values[positional.len() + at])?;
            parts.push(format!("{}={shown}", vm.str_text(name)?));
        }
        Ok(parts)
    })
}

fn reduce_method(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_method(vm, args[0])?;
    let class = vm.type_of(args[0]).value();
    if this.keywords.is_empty() {
        let positional = tuple_items(vm, this.args);
        let all = vm.prepend(this.name, positional);
        return Ok(vm.tuple(&[class, all.value()]));
    }
    let functools = crate::support::import(vm, "functools")?;
    let partial = vm.get_attr_str(functools, "partial")?;
    let vals = [&[class, this.name], &this.values[tuple_items(vm, this.args).len()..]].concat();
    let constructor = vm.call(partial, &Args { vals: &vals, names: &this.keywords })?;
    Ok(vm.tuple(&[constructor, this.args]))
}
