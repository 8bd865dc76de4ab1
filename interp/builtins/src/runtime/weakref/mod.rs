//! Weak references: `weakref.ref`, the proxies, and the module `_weakref`.
use std::any::Any;
use std::cell::Cell;

use haft_core::heap::WeakId;
use haft_core::object::{CompareOp, Dict, NoTrace, PayloadRef, Slots, Type, TypeFlags};
use haft_core::vm::{Args, Extension, Raised};
use haft_core::{R, Tracer, Value, Vm, getsets, natives, payload};

use crate::arguments::class_of;

mod proxy;

payload! {
    /// A weak reference or proxy. Its target is found through the heap's table.
    pub struct Reference {
        id: NoTrace<Cell<WeakId>>,
        /// What to call when the target has died; ABSENT: nothing.
        pub callback: Cell<Value>,
        /// Hash of the target, once asked for.
        hash: Cell<Option<i64>>,
    }
}

/// The classes of the proxies.
#[derive(Debug)]
struct Proxies {
    plain: Type,
    callable: Type,
}

impl Extension for Proxies {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.plain.obj());
        tracer.obj(self.callable.obj());
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

pub(super) fn install(vm: &mut Vm) {
    let name = vm.intern("weakref");
    vm.dict_set_name(vm.t.weakref.dict, vm.names.__module__, name);
    vm.fill_type(vm.t.weakref, "", set_slots, METHODS, GETSETS);
    vm.ready_type(vm.t.weakref);
    vm.native_modules.insert("_weakref", init);
}

fn set_slots(slots: &Slots) {
    slots.new.set(Some(new));
    slots.init.set(Some(init_reference));
    slots.call.set(Some(call));
    slots.hash.set(Some(hash));
    slots.compare.set(Some(compare));
    slots.repr.set(Some(repr));
}

natives! {
    static METHODS = {
        /// See PEP 585
        class __class_getitem__ "($cls, item, /)" => |vm, args| vm.call_positional(vm.t.generic_alias.value(), args);
    }
    static FUNCTIONS = {
        /// Return the number of weak references to 'object'.
        getweakrefcount "($module, object, /)" => count;
        /// Return a list of all weak reference objects pointing to 'object'.
        getweakrefs "($module, object, /)" => list;
        /// Create a proxy object that weakly references 'object'.
        ///
        /// 'callback', if given, is called with a reference to the
        /// proxy when 'object' is about to be finalized.
        proxy "($module, object, callback=None, /)" => new_proxy;
        /// Atomically remove key from dict if it points to a dead weakref.
        _remove_dead_weakref "($module, dct, key, /)" => remove_dead;
    }
}

getsets! {
    static GETSETS = {
        __callback__ => callback;
    }
}

/// The reference `value`.
fn this(vm: &mut Vm, value: Value) -> R<PayloadRef<Reference>> {
    vm.this(value, "__call__", "ReferenceType")
}

/// The target, if it lives.
pub fn target(vm: &Vm, reference: PayloadRef<Reference>) -> Option<Value> {
    vm.heap.weak_get(reference.id.get()).map(Value::from)
}

/// TypeError if there cannot be weak references to `value`.
fn check_target(vm: &mut Vm, value: Value) -> R<()> {
    if value.is_ptr() && vm.type_of(value).has(TypeFlags::HAS_WEAKREFS)
        || vm.as_type(value).is_some()
    {
        return Ok(());
    }
    let name = vm.type_name(value);
    Err(vm.type_error(format!("cannot create weak reference to '{name}' object")))
}

/// A new reference of a class to a target that was checked.
fn make(vm: &mut Vm, class: Type, object: Value, callback: Value) -> Value {
    let callback = if callback.is_none() { Value::ABSENT } else { callback };
    let payload = Reference {
        id: NoTrace(Cell::new(WeakId(u32::MAX))),
        callback: Cell::new(callback),
        hash: Cell::new(None),
    };
    let reference = vm.new_payload_ref(class, payload);
    if let Some(object) = object.as_ptr() {
        reference.id.set(vm.heap.weak_new_owned(object, reference.obj()));
    }
    reference.value()
}

/// The reference of exactly this class without callback that `object` has already.
fn existing(vm: &Vm, class: Type, object: Value) -> Option<Value> {
    let ids = vm.heap.weak_ids_of(object.as_ptr()?);
    ids.into_iter().find_map(|id| {
        let owner = Value::from(vm.heap.weak_owner(id)?);
        let reference = PayloadRef::<Reference>::of_value(owner)?;
        (vm.type_of(owner) == class && reference.callback.get().is_absent()).then_some(owner)
    })
}

fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let class = class_of(vm, class)?;
    let (object, callback) = match *args.positionals() {
        [object] => (object, Value::NONE),
        [object, callback] => (object, callback),
        [] => return Err(vm.type_error("__new__ expected at least 1 argument, got 0")),
        _ if class != vm.t.weakref => (args.vals[0], args.vals[1]),
        _ => {
            let n = args.n_positional();
            return Err(vm.type_error(format!("__new__ expected at most 2 arguments, got {n}")));
        }
    };
    check_target(vm, object)?;
    if class == vm.t.weakref
        && callback.is_none()
        && let Some(known) = existing(vm, class, object)
    {
        return Ok(known);
    }
    Ok(make(vm, class, object, callback))
}

fn init_reference(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    if !args.names.is_empty() && vm.type_of(this) == vm.t.weakref {
        return Err(vm.type_error("ref() takes no keyword arguments"));
    }
    Ok(Value::NONE)
}

fn call(vm: &mut Vm, value: Value, args: &Args<'_>) -> R {
    vm.bind_signature("weakref", "()", args)?;
    let reference = this(vm, value)?;
    Ok(target(vm, reference).unwrap_or(Value::NONE))
}

fn callback(vm: &mut Vm, value: Value) -> R {
    let callback = this(vm, value)?.callback.get();
    Ok(callback.or_none())
}

fn hash(vm: &mut Vm, value: Value) -> R<i64> {
    let reference = this(vm, value)?;
    if let Some(hash) = reference.hash.get() {
        return Ok(hash);
    }
    let Some(object) = target(vm, reference) else {
        return Err(vm.type_error("weak object has gone away"));
    };
    let hash = vm.hash(object)?;
    reference.hash.set(Some(hash));
    Ok(hash)
}

/// References to living objects compare as these, others by identity.
fn compare(vm: &mut Vm, left: Value, right: Value, op: CompareOp) -> R {
    let references =
        (PayloadRef::<Reference>::of_value(left), PayloadRef::<Reference>::of_value(right));
    let (Some(a), Some(b)) = references else { return Ok(Value::NOT_IMPLEMENTED) };
    let equal = match (op, target(vm, a), target(vm, b)) {
        (CompareOp::Eq | CompareOp::Ne, Some(a), Some(b)) => vm.equals(a, b)?,
        (CompareOp::Eq | CompareOp::Ne, _, _) => left == right,
        _ => return Ok(Value::NOT_IMPLEMENTED),
    };
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}

fn repr(vm: &mut Vm, value: Value) -> R {
    let reference = this(vm, value)?;
    let id = vm.id_of(value);
    let Some(object) = target(vm, reference) else {
        return Ok(vm.str(&format!("<weakref at {id:#x}; dead>")));
    };
    let class = vm.full_type_name(vm.type_of(object));
    let name = vm.find_attr(object, vm.names.__name__)?;
    let name = name
        .and_then(|name| vm.as_str(name))
        .map_or_else(String::new, |name| format!(" ({})", name.to_text()));
    let target_id = vm.id_of(object);
    Ok(vm.str(&format!("<weakref at {id:#x}; to '{class}' at {target_id:#x}{name}>")))
}

// ---- the module `_weakref`

fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    let proxies = proxies(vm);
    let classes = [
        ("ref", vm.t.weakref),
        ("ReferenceType", vm.t.weakref),
        ("ProxyType", proxies.0),
        ("CallableProxyType", proxies.1),
    ];
    for (name, class) in classes {
        vm.dict_set_str(dict, name, class.value());
    }
    vm.add_functions(dict, "_weakref", FUNCTIONS);
    Ok(())
}

/// The classes of proxies: of objects that cannot be called, and of others.
fn proxies(vm: &mut Vm) -> (Type, Type) {
    if let Some(known) = vm.extension::<Proxies>() {
        return (known.plain, known.callable);
    }
    let (plain, callable) = (proxy::make_class(vm, false), proxy::make_class(vm, true));
    vm.set_extension(Proxies { plain, callable });
    (plain, callable)
}

fn new_proxy(vm: &mut Vm, args: &[Value]) -> R {
    let (object, callback) = (args[0], args[1]);
    check_target(vm, object)?;
    let (plain, callable) = proxies(vm);
    let class = if vm.type_of(object).slots.call.get().is_some() { callable } else { plain };
    if callback.is_none()
        && let Some(known) = existing(vm, class, object)
    {
        return Ok(known);
    }
    Ok(make(vm, class, object, callback))
}

fn owners(vm: &mut Vm, object: Value) -> haft_core::object::List {
    let list = vm.new_list();
    let ids = object.as_ptr().map_or_else(Vec::new, |object| vm.heap.weak_ids_of(object));
    for id in ids.into_iter().rev() {
        if let Some(owner) = vm.heap.weak_owner(id).map(Value::from)
            && PayloadRef::<Reference>::of_value(owner).is_some()
        {
            list.push(&mut vm.heap, owner);
        }
    }
    list
}

fn count(vm: &mut Vm, args: &[Value]) -> R {
    let n = owners(vm, args[0]).len();
    Ok(vm.int_usize(n))
}

fn list(vm: &mut Vm, args: &[Value]) -> R {
    Ok(owners(vm, args[0]).value())
}

fn remove_dead(vm: &mut Vm, args: &[Value]) -> R {
    let Some(dict) = vm.as_dict(args[0]) else {
        let name = vm.type_name(args[0]);
        return Err(
            vm.type_error(format!("_remove_dead_weakref() argument 1 must be dict, not {name}"))
        );
    };
    let Some(found) = vm.dict_get(dict, args[1])? else { return Ok(Value::NONE) };
    let Some(reference) = PayloadRef::<Reference>::of_value(found) else {
        return Err(vm.type_error("not a weakref"));
    };
    if target(vm, reference).is_none() {
        vm.dict_pop(dict, args[1])?;
    }
    Ok(Value::NONE)
}

/// ReferenceError of a proxy whose target is gone.
#[cold]
fn gone(vm: &mut Vm) -> Raised {
    vm.reference_error("weakly-referenced object no longer exists")
}
