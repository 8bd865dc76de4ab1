//! `function` and `method`.
use haft_heap::Value;

use super::class::{instance_dict, set_instance_dict};
use super::descriptors::readonly;
use crate::object::{
    BoundMethod, CellObject, CodeObject, CompareOp, Function, PayloadRef, Slots, Tuple,
};
use crate::vm::{Args, R, Vm};

/// Make both classes ready.
pub(super) fn install(vm: &mut Vm) {
    vm.fill_type(vm.t.function, "", function_slots, &[], FUNCTION_ATTRIBUTES);
    vm.fill_type(vm.t.method, "", method_slots, METHOD_METHODS, METHOD_ATTRIBUTES);
    vm.ready_type(vm.t.function);
    vm.ready_type(vm.t.method);
}

// ---- function

fn function_slots(slots: &Slots) {
    slots.new.set(Some(function_new));
    slots.repr.set(Some(|vm, this| {
        let qualname = function(vm, this)?.qualname.get();
        let (qualname, id) = (vm.str_text(qualname)?, vm.id_of(this));
        Ok(vm.str(&format!("<function {qualname} at {id:#x}>")))
    }));
    slots.call.set(Some(|vm, this, args| vm.call(this, args)));
    slots.descr_get.set(Some(|vm, this, obj, _class| {
        if obj.is_absent() || obj.is_none() { Ok(this) } else { Ok(vm.bound_method(this, obj)) }
    }));
}

crate::getsets! {
    static FUNCTION_ATTRIBUTES = {
        /// The code.
        __code__ => |vm, this| Ok(function(vm, this)?.code.get().value()), set_code;
        /// The defaults of positional parameters: a tuple or None.
        __defaults__ => |vm, this| Ok(function(vm, this)?.defaults.get().or_none()), set_defaults;
        /// The defaults of keyword-only parameters: a dict or None.
        __kwdefaults__ => |vm, this| Ok(function(vm, this)?.kwdefaults.get().or_none()), set_kwdefaults;
        /// Cells of the free variables: a tuple or None.
        __closure__ => |vm, this| Ok(function(vm, this)?.closure.get().or_none()), readonly;
        /// The global namespace.
        __globals__ => |vm, this| Ok(function(vm, this)?.globals.value()), readonly;
        /// The namespace of builtins.
        __builtins__ => |vm, this| Ok(function(vm, this)?.builtins.value()), readonly;
        /// The name.
        __name__ => |vm, this| Ok(function(vm, this)?.name.get()), set_name;
        /// The dotted path within the module.
        __qualname__ => |vm, this| Ok(function(vm, this)?.qualname.get()), set_qualname;
        /// Name of the module.
        __module__ => |vm, this| Ok(function(vm, this)?.module.get().or_none()),
            |vm, this, value| { writable(vm, this)?.module.set(value.or_none()); Ok(()) };
        /// The docstring.
        __doc__ => |vm, this| Ok(function(vm, this)?.doc.get().or_none()),
            |vm, this, value| { writable(vm, this)?.doc.set(value.or_none()); Ok(()) };
        /// Attributes set by programs.
        __dict__ => instance_dict, set_instance_dict;
        /// The annotations.
        __annotations__ => annotations, set_annotations;
        /// The function that computes the annotations, or None.
        __annotate__ => |vm, this| Ok(function(vm, this)?.annotate.get().or_none()), set_annotate;
        /// The type parameters.
        __type_params__ => type_params, set_type_params;
    }
}

fn function(vm: &mut Vm, value: Value) -> R<PayloadRef<Function>> {
    vm.this(value, "__get__", "function")
}

/// The function, of which something is to be changed before the next allocation.
fn writable(vm: &mut Vm, value: Value) -> R<PayloadRef<Function>> {
    let function = function(vm, value)?;
    vm.heap.barrier(function.obj());
    Ok(function)
}

/// `types.FunctionType(code, globals, name, argdefs, closure, kwdefaults)`.
fn function_new(vm: &mut Vm, _class: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature(
        "function",
        "(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)",
        args,
    )?;
    let Some(code) = PayloadRef::<CodeObject>::of_value(bound[0]) else {
        let given = vm.type_name(bound[0]);
        return Err(vm.type_error(format!("function() argument 'code' must be code, not {given}")));
    };
    let Some(globals) = vm.as_dict(bound[1]) else {
        let given = vm.type_name(bound[1]);
        return Err(
            vm.type_error(format!("function() argument 'globals' must be dict, not {given}"))
        );
    };
    if !bound[2].is_none() && vm.as_str(bound[2]).is_none() {
        return Err(vm.type_error("arg 3 (name) must be None or string"));
    }
    if !bound[3].is_none() && vm.as_tuple(bound[3]).is_none() {
        return Err(vm.type_error("arg 4 (defaults) must be None or tuple"));
    }
    if !bound[5].is_none() && vm.as_dict(bound[5]).is_none() {
        return Err(vm.type_error("arg 6 (kwdefaults) must be None or dict"));
    }
    let closure = check_closure(vm, code, bound[4])?;
    let function = vm.make_function(code, globals);
    if !bound[2].is_none() {
        function.name.set(bound[2]);
    }
    let absent_if_none = |value: Value| if value.is_none() { Value::ABSENT } else { value };
    function.defaults.set(absent_if_none(bound[3]));
    function.kwdefaults.set(absent_if_none(bound[5]));
    function.closure.set(closure);
    Ok(function.value())
}

/// The closure as a tuple of as many cells as the code has free variables, ABSENT for none.
fn check_closure(vm: &mut Vm, code: PayloadRef<CodeObject>, closure: Value) -> R {
    let n_free = code.code.freevars.len();
    let cells = match vm.as_tuple(closure) {
        Some(cells) => cells.items(),
        None if n_free > 0 && closure.is_none() => {
            return Err(vm.type_error("arg 5 (closure) must be tuple"));
        }
        None if closure.is_none() => &[],
        None => return Err(vm.type_error("arg 5 (closure) must be None or tuple")),
    };
    if cells.len() != n_free {
        let (name, given) = (vm.str_text(code.name)?, cells.len());
        return Err(
            vm.value_error(format!("{name} requires closure of length {n_free}, not {given}"))
        );
    }
    for &cell in cells {
        if CellObject::of(cell).is_none() {
            let given = vm.type_name(cell);
            return Err(vm.type_error(format!("arg 5 (closure) expected cell, found {given}")));
        }
    }
    Ok(if cells.is_empty() { Value::ABSENT } else { vm.tuple(cells) })
}

fn set_code(vm: &mut Vm, this: Value, value: Value) -> R<()> {
    let function = writable(vm, this)?;
    let Some(code) = PayloadRef::<CodeObject>::of_value(value) else {
        return Err(vm.type_error("__code__ must be set to a code object"));
    };
    let n_free = code.code.freevars.len();
    let n_cells = vm.as_tuple(function.closure.get()).map_or(0, Tuple::len);
    if n_free != n_cells {
        let name = vm.str_text(function.name.get())?;
        return Err(vm.value_error(format!(
            "{name}() requires a code object with {n_cells} free vars, not {n_free}"
        )));
    }
    function.code.set(code);
    Ok(())
}

fn set_defaults(vm: &mut Vm, this: Value, value: Value) -> R<()> {
    let function = writable(vm, this)?;
    if value.is_absent() || value.is_none() {
        function.defaults.set(Value::ABSENT);
    } else if let Some(tuple) = vm.as_tuple(value) {
        function.defaults.set(tuple.value());
    } else {
        return Err(vm.type_error("__defaults__ must be set to a tuple object"));
    }
    Ok(())
}

fn set_kwdefaults(vm: &mut Vm, this: Value, value: Value) -> R<()> {
    let function = writable(vm, this)?;
    if value.is_absent() || value.is_none() {
        function.kwdefaults.set(Value::ABSENT);
    } else if vm.as_dict(value).is_some() {
        function.kwdefaults.set(value);
    } else {
        return Err(vm.type_error("__kwdefaults__ must be set to a dict object"));
    }
    Ok(())
}

fn set_name(vm: &mut Vm, this: Value, value: Value) -> R<()> {
    let function = writable(vm, this)?;
    if vm.as_str(value).is_none() {
        return Err(vm.type_error("__name__ must be set to a string object"));
    }
    function.name.set(value);
    Ok(())
}

fn set_qualname(vm: &mut Vm, this: Value, value: Value) -> R<()> {
    let function = writable(vm, this)?;
    if vm.as_str(value).is_none() {
        return Err(vm.type_error("__qualname__ must be set to a string object"));
    }
    function.qualname.set(value);
    Ok(())
}

/// `__annotations__`, computed by the annotate function when first asked for.
fn annotations(vm: &mut Vm, this: Value) -> R {
    let function = function(vm, this)?;
    if !function.annotations.get().is_absent() {
        return Ok(function.annotations.get());
    }
    let annotate = function.annotate.get().or_none();
    let annotations = if vm.type_of(annotate).slots.call.get().is_some() {
        let result = vm.call_positional(annotate, &[Value::small(1)])?;
        if vm.as_dict(result).is_none() {
            let given = vm.type_name(result);
            return Err(vm.type_error(format!("__annotate__() must return a dict, not {given}")));
        }
        result
    } else {
        vm.dict().value()
    };
    vm.heap.barrier(function.obj());
    function.annotations.set(annotations);
    Ok(annotations)
}

fn set_annotations(vm: &mut Vm, this: Value, value: Value) -> R<()> {
    let function = writable(vm, this)?;
    let value = if value.is_none() { Value::ABSENT } else { value };
    if !value.is_absent() && vm.as_dict(value).is_none() {
        return Err(vm.type_error("__annotations__ must be set to a dict object"));
    }
    function.annotations.set(value);
    function.annotate.set(Value::ABSENT);
    Ok(())
}

fn set_annotate(vm: &mut Vm, this: Value, value: Value) -> R<()> {
    let function = writable(vm, this)?;
    if value.is_absent() {
        return Err(vm.type_error("__annotate__ cannot be deleted"));
    }
    if !value.is_none() {
        if vm.type_of(value).slots.call.get().is_none() {
            return Err(vm.type_error("__annotate__ must be callable or None"));
        }
        function.annotations.set(Value::ABSENT);
    }
    function.annotate.set(value);
    Ok(())
}

fn type_params(vm: &mut Vm, this: Value) -> R {
    let params = function(vm, this)?.type_params.get();
    Ok(if params.is_absent() { vm.tuple(&[]) } else { params })
}

fn set_type_params(vm: &mut Vm, this: Value, value: Value) -> R<()> {
    let function = writable(vm, this)?;
    if value.is_absent() || vm.as_tuple(value).is_none() {
        return Err(vm.type_error("__type_params__ must be set to a tuple"));
    }
    function.type_params.set(value);
    Ok(())
}

// ---- method

fn method_slots(slots: &Slots) {
    slots.new.set(Some(method_new));
    slots.repr.set(Some(method_repr));
    slots.hash.set(Some(|vm, this| {
        let method = method(vm, this)?;
        let receiver = vm.hash_identity(method.receiver);
        let hash = receiver ^ vm.hash(method.function)?;
        Ok(if hash == -1 { -2 } else { hash })
    }));
    slots.call.set(Some(|vm, this, args| vm.call(this, args)));
    slots.getattro.set(Some(method_getattro));
    slots.compare.set(Some(method_compare));
    slots.descr_get.set(Some(|_, this, _, _| Ok(this)));
}

crate::natives! {
    static METHOD_METHODS = {
        /// Helper for pickle.
        __reduce__ "($self, /)" => method_reduce;
    }
}

crate::getsets! {
    static METHOD_ATTRIBUTES = {
        /// the function (or other callable) implementing a method
        __func__ => |vm, this| Ok(method(vm, this)?.function), readonly;
        /// the instance to which a method is bound
        __self__ => |vm, this| Ok(method(vm, this)?.receiver), readonly;
        /// The docstring of the function.
        __doc__ => |vm, this| { let function = method(vm, this)?.function; vm.get_attr(function, vm.names.__doc__) };
    }
}

fn method(vm: &mut Vm, value: Value) -> R<PayloadRef<BoundMethod>> {
    vm.this(value, "__get__", "method")
}

fn method_new(vm: &mut Vm, _class: Value, args: &Args<'_>) -> R {
    if !args.names.is_empty() {
        return Err(vm.type_error("method() takes no keyword arguments"));
    }
    let &[function, receiver] = args.vals else {
        let n = args.vals.len();
        return Err(vm.type_error(format!("method expected 2 arguments, got {n}")));
    };
    if vm.type_of(function).slots.call.get().is_none() {
        return Err(vm.type_error("first argument must be callable"));
    }
    if receiver.is_none() {
        return Err(vm.type_error("instance must not be None"));
    }
    Ok(vm.bound_method(function, receiver))
}

fn method_repr(vm: &mut Vm, this: Value) -> R {
    let method = method(vm, this)?;
    let mut name = None;
    for attribute in [vm.names.__qualname__, vm.names.__name__] {
        if name.is_none() {
            name = vm.find_attr(method.function, attribute)?.and_then(|name| vm.as_str(name));
        }
    }
    let name = name.map_or_else(|| String::from("?"), |name| name.to_text().into_owned());
    let receiver = vm.repr_text(method.receiver)?;
    Ok(vm.str(&format!("<bound method {name} of {receiver}>")))
}

/// What `method` has itself, else what the function has.
fn method_getattro(vm: &mut Vm, this: Value, name: Value) -> R {
    let (method, class) = (method(vm, this)?, vm.type_of(this));
    match vm.lookup_in_type(class, name) {
        Some(found) => vm.bind_descriptor(found, this, class),
        None => vm.get_attr(method.function, name),
    }
}

fn method_compare(vm: &mut Vm, left: Value, right: Value, op: CompareOp) -> R {
    let (Some(a), Some(b)) =
        (PayloadRef::<BoundMethod>::of_value(left), PayloadRef::<BoundMethod>::of_value(right))
    else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let equal = a.receiver == b.receiver && vm.equals(a.function, b.function)?;
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}

fn method_reduce(vm: &mut Vm, args: &[Value]) -> R {
    let method = method(vm, args[0])?;
    let name = vm.get_attr(method.function, vm.names.__name__)?;
    super::descriptors::reduce_as_getattr(vm, method.receiver, name)
}
