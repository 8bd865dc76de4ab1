//! The classes that functions written in Rust show themselves as: `builtin_function_or_method`, `method_descriptor`,
//! `classmethod_descriptor`, `wrapper_descriptor` and `method-wrapper`.
use haft_heap::Value;

use super::descriptors::{
    applies, class_name, doc_value, does_not_apply, qualified_name, reduce_as_getattr,
};
use super::slots::is_new_wrapper;
use crate::native::NativeCall;
use crate::object::{CompareOp, Module, NativeFunction, PayloadRef, Slots, Type, is_subtype};
use crate::vm::{R, Raised, Vm};

/// Make the classes ready.
pub(super) fn install(vm: &mut Vm) {
    vm.fill_type(vm.t.native_function, "", function_slots, FUNCTION_METHODS, FUNCTION_ATTRIBUTES);
    vm.fill_type(
        vm.t.method_descriptor,
        "",
        method_descriptor_slots,
        DESCRIPTOR_METHODS,
        DESCRIPTOR_ATTRIBUTES,
    );
    vm.fill_type(
        vm.t.classmethod_descriptor,
        "",
        classmethod_descriptor_slots,
        DESCRIPTOR_METHODS,
        DESCRIPTOR_ATTRIBUTES,
    );
    vm.fill_type(
        vm.t.wrapper_descriptor,
        "",
        wrapper_descriptor_slots,
        DESCRIPTOR_METHODS,
        DESCRIPTOR_ATTRIBUTES,
    );
    vm.fill_type(
        vm.t.method_wrapper,
        "",
        method_wrapper_slots,
        FUNCTION_METHODS,
        METHOD_WRAPPER_ATTRIBUTES,
    );
    for ty in [
        vm.t.native_function,
        vm.t.method_descriptor,
        vm.t.classmethod_descriptor,
        vm.t.wrapper_descriptor,
        vm.t.method_wrapper,
    ] {
        vm.ready_type(ty);
    }
}

fn of(vm: &mut Vm, value: Value) -> R<PayloadRef<NativeFunction>> {
    vm.this(value, "__call__", "builtin_function_or_method")
}

/// The same function bound to `receiver`, of the class `class`.
fn bind(vm: &mut Vm, function: PayloadRef<NativeFunction>, class: Type, receiver: Value) -> Value {
    let bound = vm.native_function_of(
        class,
        function.get().def.0,
        receiver,
        function.owner.get(),
        function.module.get(),
    );
    // The signature is parsed once for all methods bound from this descriptor.
    if matches!(function.def.call, NativeCall::Bound(_) | NativeCall::Slot(_))
        && let Some(bound) = PayloadRef::<NativeFunction>::of_value(bound)
    {
        bound.signature.set(Some(function.get().signature()));
    }
    bound
}

fn function_slots(slots: &Slots) {
    slots.repr.set(Some(function_repr));
    slots.call.set(Some(|vm, this, args| vm.call(this, args)));
    slots.hash.set(Some(hash));
    slots.compare.set(Some(compare));
}

fn method_descriptor_slots(slots: &Slots) {
    slots.repr.set(Some(|vm, this| descriptor_repr(vm, this, "method")));
    slots.call.set(Some(|vm, this, args| vm.call(this, args)));
    slots
        .descr_get
        .set(Some(|vm, this, obj, _class| bind_to_instance(vm, this, obj, vm.t.native_function)));
}

fn wrapper_descriptor_slots(slots: &Slots) {
    slots.repr.set(Some(|vm, this| descriptor_repr(vm, this, "slot wrapper")));
    slots.call.set(Some(|vm, this, args| vm.call(this, args)));
    slots
        .descr_get
        .set(Some(|vm, this, obj, _class| bind_to_instance(vm, this, obj, vm.t.method_wrapper)));
}

fn classmethod_descriptor_slots(slots: &Slots) {
    slots.repr.set(Some(|vm, this| descriptor_repr(vm, this, "method")));
    slots.call.set(Some(|vm, this, args| {
        let function = of(vm, this)?;
        let (Some(&class), true) = (args.vals.first(), args.n_positional() > 0) else {
            let (name, owner) = (function.def.name, class_name(function.owner.get()));
            return Err(
                vm.type_error(format!("descriptor '{name}' of '{owner}' object needs an argument"))
            );
        };
        let bound = bind_to_class(vm, this, Value::ABSENT, class)?;
        vm.call(bound, &crate::vm::Args { vals: &args.vals[1..], names: args.names })
    }));
    slots.descr_get.set(Some(bind_to_class));
}

fn method_wrapper_slots(slots: &Slots) {
    slots.repr.set(Some(|vm, this| {
        let function = of(vm, this)?;
        let receiver = function.receiver.get();
        let (name, class, id) = (function.def.name, vm.type_name(receiver), vm.id_of(receiver));
        Ok(vm.str(&format!("<method-wrapper '{name}' of {class} object at {id:#x}>")))
    }));
    slots.call.set(Some(|vm, this, args| vm.call(this, args)));
    slots.hash.set(Some(hash));
    slots.compare.set(Some(compare));
}

crate::natives! {
    static FUNCTION_METHODS = {
        /// Helper for pickle.
        __reduce__ "($self, /)" => function_reduce;
    }
    static DESCRIPTOR_METHODS = {
        /// Helper for pickle.
        __reduce__ "($self, /)" => descriptor_reduce;
    }
}

crate::getsets! {
    static FUNCTION_ATTRIBUTES = {
        /// Name of the module.
        __module__ => |vm, this| Ok(of(vm, this)?.module.get().or_none()), |vm, this, value| { of(vm, this)?.module.set(value.or_none()); Ok(()) };
        /// The docstring.
        __doc__ => doc;
        /// The name.
        __name__ => name;
        /// The name with that of the class.
        __qualname__ => function_qualname;
        /// What it is bound to: an object, a class or a module.
        __self__ => |vm, this| { let function = of(vm, this)?; bound_to(vm, function) };
        /// The signature.
        __text_signature__ => text_signature;
    }
    static DESCRIPTOR_ATTRIBUTES = {
        /// The class it belongs to.
        __objclass__ => |vm, this| Ok(of(vm, this)?.owner.get());
        /// The docstring.
        __doc__ => doc;
        /// The name.
        __name__ => name;
        /// The name with that of the class.
        __qualname__ => descriptor_qualname;
        /// The signature.
        __text_signature__ => text_signature;
    }
    static METHOD_WRAPPER_ATTRIBUTES = {
        /// The object.
        __self__ => |vm, this| Ok(of(vm, this)?.receiver.get().or_none());
        /// The class it belongs to.
        __objclass__ => |vm, this| Ok(of(vm, this)?.owner.get());
        /// The docstring.
        __doc__ => doc;
        /// The name.
        __name__ => name;
        /// The name with that of the class.
        __qualname__ => descriptor_qualname;
        /// The signature.
        __text_signature__ => text_signature;
    }
}

fn descriptor_reduce(vm: &mut Vm, args: &[Value]) -> R {
    let function = of(vm, args[0])?;
    let name = vm.intern(function.def.name);
    reduce_as_getattr(vm, function.owner.get(), name)
}

fn descriptor_qualname(vm: &mut Vm, this: Value) -> R {
    let function = of(vm, this)?;
    qualified_name(vm, function.owner.get(), function.def.name)
}

fn name(vm: &mut Vm, this: Value) -> R {
    let name = of(vm, this)?.def.name;
    Ok(vm.intern(name))
}

fn doc(vm: &mut Vm, this: Value) -> R {
    let def = of(vm, this)?.get().def.0;
    if matches!(def.call, NativeCall::Foreign(..)) {
        // Not written as a doc comment.
        return Ok(if def.doc.is_empty() { Value::NONE } else { vm.str(def.doc) });
    }
    Ok(doc_value(vm, def.doc))
}

fn text_signature(vm: &mut Vm, this: Value) -> R {
    let signature = of(vm, this)?.def.sig;
    Ok(if signature.is_empty() {
        Value::NONE
    } else {
        vm.str(&signature.replace("<absent>", "<unrepresentable>"))
    })
}

/// `__self__`: the receiver; the class for a static method and `__new__`; the module for a function of one.
fn bound_to(vm: &mut Vm, function: PayloadRef<NativeFunction>) -> R {
    let (receiver, owner, module) =
        (function.receiver.get(), function.owner.get(), function.module.get());
    if !receiver.is_absent() {
        return Ok(receiver);
    }
    if !owner.is_absent() {
        return Ok(if is_new_wrapper(&function) { owner } else { Value::NONE });
    }
    match vm.as_str(module) {
        Some(module) => Ok(vm.dict_get_name(vm.modules, module.value()).unwrap_or(Value::NONE)),
        None => Ok(module.or_none()),
    }
}

/// Is it a function of a module?
fn is_of_module(function: PayloadRef<NativeFunction>) -> bool {
    let receiver = function.receiver.get();
    PayloadRef::<Module>::of_value(receiver).is_some()
        || (receiver.is_absent() && function.owner.get().is_absent())
}

fn function_repr(vm: &mut Vm, this: Value) -> R {
    let function = of(vm, this)?;
    let name = function.def.name;
    let receiver = bound_to(vm, function)?;
    let is_plain = receiver.is_none() || is_of_module(function);
    if is_plain {
        return Ok(vm.str(&format!("<built-in function {name}>")));
    }
    let (class, id) = (vm.type_name(receiver), vm.id_of(receiver));
    Ok(vm.str(&format!("<built-in method {name} of {class} object at {id:#x}>")))
}

fn function_qualname(vm: &mut Vm, this: Value) -> R {
    let function = of(vm, this)?;
    let (name, owner, receiver) =
        (function.def.name, function.owner.get(), function.receiver.get());
    if receiver.is_absent() || is_of_module(function) {
        return qualified_name(vm, owner, name);
    }
    let class =
        if Type::of_value(receiver).is_some() { receiver } else { vm.type_of(receiver).value() };
    qualified_name(vm, class, name)
}

fn function_reduce(vm: &mut Vm, args: &[Value]) -> R {
    let function = of(vm, args[0])?;
    let name = vm.intern(function.def.name);
    let receiver = if is_of_module(function) { Value::NONE } else { bound_to(vm, function)? };
    if receiver.is_none() { Ok(name) } else { reduce_as_getattr(vm, receiver, name) }
}

/// What makes two bound functions the same one.
fn identity(function: &NativeFunction) -> (Value, usize) {
    (function.receiver.get(), std::ptr::from_ref(function.def.0).addr())
}

fn hash(vm: &mut Vm, this: Value) -> R<i64> {
    let (receiver, def) = identity(&*of(vm, this)?);
    let hash = vm.hash_identity(receiver) ^ (def >> 4) as i64;
    Ok(if hash == -1 { -2 } else { hash })
}

fn compare(_vm: &mut Vm, left: Value, right: Value, op: CompareOp) -> R {
    let (Some(a), Some(b)) = (
        PayloadRef::<NativeFunction>::of_value(left),
        PayloadRef::<NativeFunction>::of_value(right),
    ) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let equal = identity(&a) == identity(&b) && a.owner.get() == b.owner.get();
    match op {
        CompareOp::Eq => Ok(Value::bool(equal)),
        CompareOp::Ne => Ok(Value::bool(!equal)),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn descriptor_repr(vm: &mut Vm, this: Value, what: &str) -> R {
    let function = of(vm, this)?;
    let text = format!(
        "<{what} '{}' of '{}' objects>",
        function.def.name,
        class_name(function.owner.get())
    );
    Ok(vm.str(&text))
}

/// `__get__` of method and wrapper descriptors.
fn bind_to_instance(vm: &mut Vm, this: Value, obj: Value, class: Type) -> R {
    if obj.is_absent() {
        return Ok(this);
    }
    let function = of(vm, this)?;
    if !applies(vm, function.owner.get(), obj) {
        return Err(does_not_apply(vm, function.def.name, function.owner.get(), obj));
    }
    Ok(bind(vm, function, class, obj))
}

/// `__get__` of a native classmethod.
fn bind_to_class(vm: &mut Vm, this: Value, obj: Value, class: Value) -> R {
    let function = of(vm, this)?;
    let class = match (class.is_absent(), obj.is_absent()) {
        (false, _) => class,
        (true, false) => vm.type_of(obj).value(),
        (true, true) => return Err(needs(vm, function, "needs either an object or a type")),
    };
    let Some(ty) = Type::of_value(class) else {
        let given = vm.type_name(class);
        return Err(needs(vm, function, &format!("needs a type, not a '{given}' as arg 2")));
    };
    let owner = function.owner.get();
    if !Type::of_value(owner).is_some_and(|owner| is_subtype(ty, owner.obj())) {
        let (name, owner, given) = (function.def.name, class_name(owner), ty.name_text());
        return Err(vm.type_error(format!(
            "descriptor '{name}' requires a subtype of '{owner}' but received '{given}'"
        )));
    }
    Ok(bind(vm, function, vm.t.native_function, class))
}

#[cold]
fn needs(vm: &mut Vm, function: PayloadRef<NativeFunction>, what: &str) -> Raised {
    let (name, owner) = (function.def.name, class_name(function.owner.get()));
    vm.type_error(format!("descriptor '{name}' for type '{owner}' {what}"))
}
