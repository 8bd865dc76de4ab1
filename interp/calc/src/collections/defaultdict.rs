//! `collections.defaultdict`: a dict that makes missing values. The factory is an attribute slot of the instance.
use haft_core::object::{Dict, Kind, Slots, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Value, Vm, getsets, natives};

/// Name under which the factory lies in the instance's own attributes: no Python name.
const FACTORY: &str = "<default_factory>";

natives! {
    static METHODS = {
        /// __missing__(key) # Called by __getitem__ for missing key; pseudo-code: if self.default_factory is None: raise KeyError((key,)) self[key] = value = self.default_factory() return value
        __missing__ "($self, key, /)" => missing;
        /// D.copy() -> a shallow copy of D.
        copy "($self, /)" => copy;
        /// D.copy() -> a shallow copy of D.
        __copy__ "($self, /)" => copy;
        /// Return state information for pickling.
        __reduce__ "($self, /)" => reduce;
        /// See PEP 585
        class __class_getitem__ "($cls, item, /)" => class_getitem;
    }
}

getsets! {
    static GETSETS = {
        /// Factory for default value called by __missing__().
        default_factory => factory, set_factory;
    }
}

/// Add the class.
pub(super) fn add(vm: &mut Vm, dict: Dict) {
    let spec = TypeSpec {
        name: "collections.defaultdict",
        doc: "defaultdict(default_factory=None, /, [...]) --> dict with default factory",
        base: Some(vm.t.dict),
        kind: Kind::Dict,
        flags: TypeFlags::BASE.with(TypeFlags::HAS_DICT).with(TypeFlags::HAS_WEAKREFS),
        slots: set_slots,
        methods: METHODS,
        getsets: GETSETS,
    };
    crate::add_type(vm, dict, &spec);
}

fn set_slots(s: &Slots) {
    s.init.set(Some(init));
    s.repr.set(Some(repr));
    s.or.set(Some(or));
}

fn class_getitem(vm: &mut Vm, args: &[Value]) -> R {
    let alias = vm.t.generic_alias.value();
    vm.call_positional(alias, args)
}

fn factory(vm: &mut Vm, this: Value) -> R {
    let name = vm.intern(FACTORY);
    Ok(vm.instance_attr(this, name).unwrap_or(Value::NONE))
}

fn set_factory(vm: &mut Vm, this: Value, value: Value) -> R<()> {
    let name = vm.intern(FACTORY);
    let value = value.or_none();
    vm.set_instance_attr(this, name, value);
    Ok(())
}

fn init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let mut vals = args.vals;
    let mut first = Value::NONE;
    if args.n_positional() > 0 {
        first = vals[0];
        if !first.is_none() && vm.type_of(first).slots.call.get().is_none() {
            return Err(vm.type_error("first argument must be callable or None"));
        }
        vals = &vals[1..];
    }
    set_factory(vm, this, first)?;
    let init = vm.t.dict.slots.init.get();
    match init {
        Some(init) => init(vm, this, &Args { vals, names: args.names }),
        None => Ok(Value::NONE),
    }
}

fn missing(vm: &mut Vm, args: &[Value]) -> R {
    let make = factory(vm, args[0])?;
    if make.is_none() {
        return Err(vm.key_error(args[1]));
    }
    let value = vm.call_positional(make, &[])?;
    vm.set_item(args[0], args[1], value)?;
    Ok(value)
}

fn repr(vm: &mut Vm, this: Value) -> R {
    let name = vm.type_of(this).name_text();
    let make = factory(vm, this)?;
    let make = if vm.enter_repr(this) {
        let text = vm.repr_text(make);
        vm.leave_repr();
        text?
    } else {
        "...".to_string()
    };
    let base = vm.t.dict.slots.repr.get();
    let items = match base {
        Some(base) => base(vm, this)?,
        None => vm.str("{}"),
    };
    let items = vm.shown(items);
    Ok(vm.str(&format!("{name}({make}, {items})")))
}

fn copy(vm: &mut Vm, args: &[Value]) -> R {
    let make = factory(vm, args[0])?;
    let class = vm.type_of(args[0]).value();
    vm.call_positional(class, &[make, args[0]])
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let make = factory(vm, args[0])?;
    let args_of = if make.is_none() { vm.tuple(&[]) } else { vm.tuple(&[make]) };
    let items = vm.call_method_str(args[0], "items", &[])?;
    let items = vm.iterate(items)?;
    let class = vm.type_of(args[0]).value();
    Ok(vm.tuple(&[class, args_of, Value::NONE, Value::NONE, items]))
}

fn or(vm: &mut Vm, left: Value, right: Value) -> R {
    if vm.as_dict(left).is_none() || vm.as_dict(right).is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    // Whichever operand is the defaultdict gives the class and the factory.
    let is_default = |vm: &mut Vm, value: Value| -> bool {
        let ty: Type = vm.type_of(value);
        ty.slots
            .or
            .get()
            .is_some_and(|slot| std::ptr::fn_addr_eq(slot, or as haft_core::object::Binary))
    };
    let maker = if is_default(vm, left) { left } else { right };
    let make = factory(vm, maker)?;
    let class = vm.type_of(maker).value();
    let new = vm.call_positional(class, &[make, left])?;
    if let Some(dict) = vm.as_dict(new) {
        vm.dict_update(dict, right)?;
    }
    Ok(new)
}
