//! `ModuleSpec`: what is known of a module before it is loaded.
#![expect(clippy::format_push_string, reason = "a repr is built in pieces")]
use std::cell::Cell;

use haft_core::object::{CompareOp, PayloadRef, Slots, Type, TypeFlags};
use haft_core::vm::{Args, TypeSpec};
use haft_core::{R, Value, Vm, getsets, payload};

use super::state;

payload! {
    /// A module spec. ABSENT fields are None.
    pub struct ModuleSpec {
        /// `name`
        pub name: Cell<Value>,
        /// `loader`
        pub loader: Cell<Value>,
        /// `origin`
        pub origin: Cell<Value>,
        /// `loader_state`
        pub loader_state: Cell<Value>,
        /// `submodule_search_locations`: a list for a package.
        pub locations: Cell<Value>,
        /// `has_location`: is `origin` a place that can be loaded from?
        pub has_location: Cell<bool>,
        /// `cached`
        pub cached: Cell<Value>,
        /// `_initializing`
        pub initializing: Cell<bool>,
        /// `_uninitialized_submodules`
        pub uninitialized: Cell<Value>,
    }
}

/// Make the class.
pub(super) fn make_class(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        doc: "The specification for a module, used for loading.",
        flags: TypeFlags::BASE.with(TypeFlags::HAS_DICT).with(TypeFlags::HAS_WEAKREFS),
        slots: set_slots,
        getsets: GETSETS,
        ..TypeSpec::of::<ModuleSpec>("_frozen_importlib.ModuleSpec")
    })
}

fn set_slots(slots: &Slots) {
    slots.new.set(Some(new));
    slots.init.set(Some(init));
    slots.repr.set(Some(repr));
    slots.compare.set(Some(compare));
}

getsets! {
    static GETSETS = {
        name => |vm, v| get(vm, v, |s| &s.name), |vm, v, new| set(vm, v, new, |s| &s.name);
        loader => |vm, v| get(vm, v, |s| &s.loader), |vm, v, new| set(vm, v, new, |s| &s.loader);
        origin => |vm, v| get(vm, v, |s| &s.origin), |vm, v, new| set(vm, v, new, |s| &s.origin);
        loader_state => |vm, v| get(vm, v, |s| &s.loader_state), |vm, v, new| set(vm, v, new, |s| &s.loader_state);
        submodule_search_locations => |vm, v| get(vm, v, |s| &s.locations), |vm, v, new| set(vm, v, new, |s| &s.locations);
        _uninitialized_submodules => uninitialized, |vm, v, new| set(vm, v, new, |s| &s.uninitialized);
        _initializing => |vm, v| Ok(Value::bool(this(vm, v)?.initializing.get())), |vm, v, new| set_flag(vm, v, new, |s| &s.initializing);
        _set_fileattr => |vm, v| Ok(Value::bool(this(vm, v)?.has_location.get())), |vm, v, new| set_flag(vm, v, new, |s| &s.has_location);
        has_location => |vm, v| Ok(Value::bool(this(vm, v)?.has_location.get())), |vm, v, new| set_flag(vm, v, new, |s| &s.has_location);
        cached => cached, |vm, v, new| set(vm, v, new, |s| &s.cached);
        _cached => |vm, v| get(vm, v, |s| &s.cached), |vm, v, new| set(vm, v, new, |s| &s.cached);
        /// The name of the module's parent.
        parent => parent;
    }
}

fn this(vm: &mut Vm, value: Value) -> R<PayloadRef<ModuleSpec>> {
    vm.this(value, "name", "ModuleSpec")
}

fn get(vm: &mut Vm, value: Value, field: fn(&ModuleSpec) -> &Cell<Value>) -> R {
    let found = field(&*this(vm, value)?).get();
    Ok(found.or_none())
}

fn set(vm: &mut Vm, value: Value, new: Value, field: fn(&ModuleSpec) -> &Cell<Value>) -> R<()> {
    field(&*this(vm, value)?).set(new);
    Ok(())
}

fn set_flag(vm: &mut Vm, value: Value, new: Value, field: fn(&ModuleSpec) -> &Cell<bool>) -> R<()> {
    let on = !new.is_absent() && vm.truth(new)?;
    field(&*this(vm, value)?).set(on);
    Ok(())
}

fn empty() -> ModuleSpec {
    let none = || Cell::new(Value::ABSENT);
    ModuleSpec {
        name: none(),
        loader: none(),
        origin: none(),
        loader_state: none(),
        locations: none(),
        has_location: Cell::new(false),
        cached: none(),
        initializing: Cell::new(false),
        uninitialized: none(),
    }
}

/// A new spec.
pub fn new_spec(vm: &mut Vm, name: Value, loader: Value, origin: Value) -> PayloadRef<ModuleSpec> {
    let class = state::of(vm).spec_class;
    let spec = vm.new_payload_ref(class, empty());
    spec.name.set(name);
    spec.loader.set(loader);
    spec.origin.set(origin);
    spec
}

fn new(vm: &mut Vm, class: Value, _args: &Args<'_>) -> R {
    let class = crate::arguments::class_of(vm, class)?;
    Ok(vm.new_payload(class, empty()))
}

const SIGNATURE: &str = "(name, loader, *, origin=None, loader_state=None, is_package=None)";

fn init(vm: &mut Vm, value: Value, args: &Args<'_>) -> R {
    let spec = this(vm, value)?;
    let bound = vm.bind_signature("ModuleSpec", SIGNATURE, args)?;
    spec.name.set(bound[0]);
    spec.loader.set(bound[1]);
    spec.origin.set(bound[2]);
    spec.loader_state.set(bound[3]);
    let is_package = vm.truth(bound[4])?;
    spec.locations.set(if is_package { vm.list(&[]) } else { Value::NONE });
    Ok(Value::NONE)
}

fn uninitialized(vm: &mut Vm, value: Value) -> R {
    let spec = this(vm, value)?;
    if spec.uninitialized.get().is_absent() {
        let list = vm.list(&[]);
        spec.uninitialized.set(list);
    }
    Ok(spec.uninitialized.get())
}

/// `cached`: where compiled code would be kept; importlib says.
fn cached(vm: &mut Vm, value: Value) -> R {
    get(vm, value, |s| &s.cached)
}

fn parent(vm: &mut Vm, value: Value) -> R {
    let spec = this(vm, value)?;
    let locations = spec.locations.get();
    if !locations.is_absent() && !locations.is_none() {
        return Ok(spec.name.get());
    }
    let Some(name) = vm.as_str(spec.name.get()).map(|name| name.to_text().into_owned()) else {
        return Ok(Value::NONE);
    };
    Ok(vm.str(name.rsplit_once('.').map_or("", |(parent, _)| parent)))
}

/// `ModuleSpec(name='x', loader=…, origin='…')`
fn repr(vm: &mut Vm, value: Value) -> R {
    let spec = this(vm, value)?;
    let class = vm.type_of(value).name_text();
    let (name, loader) = (get(vm, value, |s| &s.name)?, get(vm, value, |s| &s.loader)?);
    let mut text =
        format!("{class}(name={}, loader={}", vm.repr_text(name)?, vm.repr_text(loader)?);
    let fields =
        [("origin", spec.origin.get()), ("submodule_search_locations", spec.locations.get())];
    for (name, field) in fields {
        if !field.is_absent() && !field.is_none() {
            let shown = vm.repr_text(field)?;
            text.push_str(&format!(", {name}={shown}"));
        }
    }
    text.push(')');
    Ok(vm.str(&text))
}

fn compare(vm: &mut Vm, left: Value, right: Value, op: CompareOp) -> R {
    let specs =
        (PayloadRef::<ModuleSpec>::of_value(left), PayloadRef::<ModuleSpec>::of_value(right));
    let ((Some(a), Some(b)), CompareOp::Eq | CompareOp::Ne) = (specs, op) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let pairs = [
        (a.name.get(), b.name.get()),
        (a.loader.get(), b.loader.get()),
        (a.origin.get(), b.origin.get()),
        (a.locations.get(), b.locations.get()),
        (a.cached.get(), b.cached.get()),
    ];
    let mut equal = a.has_location.get() == b.has_location.get();
    for (x, y) in pairs {
        equal = equal && vm.equals(x.or_none(), y.or_none())?;
    }
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}
