//! Namespaces and classes: `globals`, `locals`, `isinstance`, `__build_class__`.
use haft_core::protocol::class::build_class;
use haft_core::{R, Value, Vm};

haft_core::natives! {
    pub(super) static FUNCTIONS = {
        /// __build_class__(func, name, /, *bases, [metaclass], **kwds) -> class
        ///
        /// Internal helper function used by the class statement.
        raw __build_class__ "($module, func, name, /, *bases, **kwds)" => build_class;
        /// Return the dictionary containing the current scope's global variables.
        ///
        /// NOTE: Updates to this dictionary *will* affect name lookups in the current
        /// global scope and vice-versa.
        globals "($module, /)" => |vm, _| globals(vm);
        /// Return a dictionary containing the current scope's local variables.
        ///
        /// NOTE: Whether or not updates to this dictionary will affect name lookups in
        /// the local scope and vice-versa is *implementation dependent* and not
        /// covered by any backwards compatibility guarantees.
        locals "($module, /)" => |vm, _| vm.current_locals();
        /// Return whether an object is an instance of a class or of a subclass thereof.
        ///
        /// A tuple, as in ``isinstance(x, (A, B, ...))``, may be given as the target to
        /// check against. This is equivalent to ``isinstance(x, A) or isinstance(x, B)
        /// or ...`` etc.
        isinstance "($module, obj, class_or_tuple, /)" => |vm, args| vm.isinstance(args[0], args[1]).map(Value::bool);
        /// Return whether 'cls' is derived from another class or is the same class.
        ///
        /// A tuple, as in ``issubclass(x, (A, B, ...))``, may be given as the target to
        /// check against. This is equivalent to ``issubclass(x, A) or issubclass(x, B)
        /// or ...``.
        issubclass "($module, cls, class_or_tuple, /)" => |vm, args| vm.issubclass(args[0], args[1]).map(Value::bool);
    }
}

fn globals(vm: &mut Vm) -> R {
    match vm.current_globals() {
        Some(globals) => Ok(globals.value()),
        None => Err(vm.system_error("globals() without a frame")),
    }
}
