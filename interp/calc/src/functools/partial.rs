//! `partial`: a function with some of its arguments, and the placeholder for those that are left open between them.

use haft_core::object::{Dict, Partial, PayloadRef, Tuple, Type, TypeFlags};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{Args, R, Tracer, Value, Vm, getsets, natives, payload};

payload! {
    /// The placeholder.
    struct Placeholder {}
}

#[derive(Debug)]
struct State {
    partial: Type,
    placeholder: Value,
}

impl Extension for State {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.partial.obj());
        tracer.value(self.placeholder);
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

fn placeholder(vm: &Vm) -> Value {
    vm.extension::<State>().expect("set when the module was made").placeholder
}

natives! {
    static METHODS = {
        /// Return state information for pickling.
        __reduce__ "($self, /)" => reduce;
        /// Set state information for unpickling.
        __setstate__ "($self, state, /)" => set_state;
        /// See PEP 585
        class __class_getitem__ "($cls, item, /)" => |vm, args| {
            let alias = vm.t.generic_alias.value();
            vm.call_positional(alias, args)
        };
    }
    static PLACEHOLDER_METHODS = {
        /// Pickled by its name.
        __reduce__ "($self, /)" => |vm, _| Ok(vm.str("Placeholder"));
    }
}

getsets! {
    static GETSETS = {
        /// function object to use in future partial calls
        func => |vm, this| { let this = this_partial(vm, this)?; Ok(this.function.get()) };
        /// tuple of arguments to future partial calls
        args => |vm, this| { let this = this_partial(vm, this)?; Ok(this.args.get()) };
        /// dictionary of keyword arguments to future partial calls
        keywords => |vm, this| { let this = this_partial(vm, this)?; Ok(this.keywords.get()) };
    }
}

/// Add the classes.
pub(super) fn add(vm: &mut Vm, dict: Dict) {
    let spec = TypeSpec {
        doc: "The type of the Placeholder singleton.\n\n\
              Used as a placeholder for partial arguments.",
        slots: |s| {
            s.new.set(Some(new_placeholder));
            s.repr.set(Some(|vm, _| Ok(vm.str("Placeholder"))));
        },
        methods: PLACEHOLDER_METHODS,
        ..TypeSpec::of::<Placeholder>("functools._PlaceholderType")
    };
    let class = crate::add_type(vm, dict, &spec);
    let placeholder = vm.new_payload(class, Placeholder {});
    vm.dict_set_str(dict, "Placeholder", placeholder);
    let spec = TypeSpec {
        doc: "Create a new function with partial application of the given arguments and keywords.",
        flags: TypeFlags::BASE.with(TypeFlags::HAS_DICT).with(TypeFlags::HAS_WEAKREFS),
        slots: |s| {
            s.new.set(Some(new));
            s.call.set(Some(call));
            s.repr.set(Some(repr));
            s.descr_get.set(Some(|vm, this, obj, _| {
                let is_bound = !obj.is_absent() && !obj.is_none();
                Ok(if is_bound { vm.bound_method(this, obj) } else { this })
            }));
        },
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<Partial>("functools.partial")
    };
    let partial = crate::add_type(vm, dict, &spec);
    vm.set_extension(State { partial, placeholder });
}

fn new_placeholder(vm: &mut Vm, _: Value, args: &Args<'_>) -> R {
    if args.vals.is_empty() {
        return Ok(placeholder(vm));
    }
    Err(vm.type_error("_PlaceholderType takes no arguments"))
}

fn this_partial(vm: &mut Vm, value: Value) -> R<PayloadRef<Partial>> {
    vm.this(value, "__call__", "functools.partial")
}

fn items<'a>(vm: &Vm, tuple: Value) -> &'a [Value] {
    vm.as_tuple(tuple).map_or(&[], Tuple::items)
}

fn is_callable(vm: &Vm, value: Value) -> bool {
    vm.type_of(value).slots.call.get().is_some()
}

/// Put arguments in the places of placeholders, and the rest behind.
fn merge(vm: &Vm, stored: &[Value], n_open: usize, given: &[Value]) -> Vec<Value> {
    if n_open == 0 {
        return [stored, given].concat();
    }
    let open = placeholder(vm);
    let mut rest = given.iter().copied();
    let mut merged = Vec::with_capacity(stored.len() + given.len());
    for &value in stored {
        merged.push(if value == open { rest.next().unwrap_or(open) } else { value });
    }
    merged.extend(rest);
    merged
}

fn count_open(vm: &Vm, args: &[Value]) -> usize {
    let open = placeholder(vm);
    args.iter().filter(|&&value| value == open).count()
}

fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let Some((&function, given)) = args.positionals().split_first() else {
        return Err(vm.type_error("type 'partial' takes at least one argument"));
    };
    if !is_callable(vm, function) {
        return Err(vm.type_error("the first argument must be callable"));
    }
    let open = placeholder(vm);
    if given.last() == Some(&open) {
        return Err(vm.type_error("trailing Placeholders are not allowed"));
    }
    if args.keywords().any(|(_, value)| value == open) {
        return Err(vm.type_error("Placeholder cannot be passed as a keyword argument"));
    }
    let keywords = vm.dict();
    let (mut function, mut stored) = (function, given.to_vec());
    // A partial function of a partial function is one partial function.
    let flat = vm.extension::<State>().expect("set when the module was made").partial;
    if vm.type_of(function) == flat {
        let inner = this_partial(vm, function)?;
        stored = merge(vm, items(vm, inner.args.get()), inner.n_open.get(), given);
        vm.dict_update(keywords, inner.keywords.get())?;
        function = inner.function.get();
    }
    for (name, value) in args.keywords() {
        vm.dict_set(keywords, name, value)?;
    }
    let n_open = count_open(vm, &stored);
    let partial = Partial {
        function: function.into(),
        args: vm.tuple(&stored).into(),
        keywords: keywords.value().into(),
        n_open: n_open.into(),
    };
    let class = crate::class_of(vm, class)?;
    Ok(vm.new_payload(class, partial))
}

fn call(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let this = this_partial(vm, this)?;
    let (given, n_open) = (args.positionals(), this.n_open.get());
    if given.len() < n_open {
        return Err(vm.type_error(format!(
            "missing positional arguments in 'partial' call; expected at least {n_open}, got {}",
            given.len()
        )));
    }
    let mut values = merge(vm, items(vm, this.args.get()), n_open, given);
    let mut names = Vec::new();
    let keywords = vm.as_dict(this.keywords.get()).filter(|keywords| !keywords.is_empty());
    let all = match keywords {
        Some(keywords) if !args.names.is_empty() => {
            let all = vm.dict();
            vm.dict_update_from_dict(all, keywords)?;
            for (name, value) in args.keywords() {
                vm.dict_set(all, name, value)?;
            }
            Some(all)
        }
        keywords => keywords,
    };
    match all {
        Some(all) => {
            for (name, value) in all.iter() {
                names.push(name);
                values.push(value);
            }
        }
        None => {
            names.extend_from_slice(args.names);
            values.extend_from_slice(&args.vals[args.n_positional()..]);
        }
    }
    vm.call(this.function.get(), &Args { vals: &values, names: &names })
}

fn repr(vm: &mut Vm, value: Value) -> R {
    let this = this_partial(vm, value)?;
    if !vm.enter_repr(value) {
        return Ok(vm.str("..."));
    }
    let shown = shown(vm, this);
    vm.leave_repr();
    let shown = shown?;
    let class = vm.type_of(value);
    let class = vm.full_type_name(class);
    Ok(vm.str(&format!("{class}({shown})")))
}

fn shown(vm: &mut Vm, this: PayloadRef<Partial>) -> R<String> {
    let mut parts = vec![vm.repr_text(this.function.get())?];
    for &value in items(vm, this.args.get()) {
        parts.push(vm.repr_text(value)?);
    }
    if let Some(keywords) = vm.as_dict(this.keywords.get()) {
        let pairs: Vec<(Value, Value)> = keywords.iter().collect();
        for (name, value) in pairs {
            parts.push(format!("{}={}", vm.str_text(name)?, vm.repr_text(value)?));
        }
    }
    Ok(parts.join(", "))
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_partial(vm, args[0])?;
    let class = vm.type_of(args[0]).value();
    let attributes = vm.get_attr(args[0], vm.names.__dict__)?;
    let attributes = match vm.as_dict(attributes) {
        Some(dict) if !dict.is_empty() => attributes,
        _ => Value::NONE,
    };
    let function = vm.tuple(&[this.function.get()]);
    let state = vm.tuple(&[this.function.get(), this.args.get(), this.keywords.get(), attributes]);
    Ok(vm.tuple(&[class, function, state]))
}

fn set_state(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_partial(vm, args[0])?;
    let invalid = |vm: &mut Vm| Err(vm.type_error("invalid partial state"));
    let Some(&[function, stored, keywords, attributes]) = vm.as_tuple(args[1]).map(Tuple::items)
    else {
        return invalid(vm);
    };
    let is_dict = |vm: &Vm, value: Value| value.is_none() || vm.as_dict(value).is_some();
    if !is_callable(vm, function)
        || vm.as_tuple(stored).is_none()
        || !is_dict(vm, keywords)
        || !is_dict(vm, attributes)
    {
        return invalid(vm);
    }
    let values = items(vm, stored);
    if values.last() == Some(&placeholder(vm)) {
        return Err(vm.type_error("trailing Placeholders are not allowed"));
    }
    let keywords_copy = vm.dict();
    if !keywords.is_none() {
        vm.dict_update(keywords_copy, keywords)?;
    }
    this.n_open.set(count_open(vm, values));
    this.function.set(function);
    let stored = vm.tuple(values);
    this.args.set(stored);
    this.keywords.set(keywords_copy.value());
    if !attributes.is_none() {
        let own = vm.get_attr(args[0], vm.names.__dict__)?;
        vm.call_method_str(own, "update", &[attributes])?;
    }
    Ok(Value::NONE)
}
