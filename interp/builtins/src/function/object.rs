//! Facts about any object: `id`, `hash`, `repr`, `ascii`, `format`, `callable`, `len`.
use haft_core::{R, Value, Vm};

use crate::arguments::slot;

haft_core::natives! {
    pub(super) static FUNCTIONS = {
        /// Return an ASCII-only representation of an object.
        ///
        /// As repr(), return a string containing a printable representation of an
        /// object, but escape the non-ASCII characters in the string returned by
        /// repr() using \\x, \\u or \\U escapes. This generates a string similar
        /// to that returned by repr() in Python 2.
        ascii "($module, obj, /)" => |vm, args| vm.ascii(args[0]);
        /// Return whether the object is callable (i.e., some kind of function).
        ///
        /// Note that classes are callable, as are instances of classes with a
        /// __call__() method.
        callable "($module, obj, /)" => |vm, args| Ok(Value::bool(is_callable(vm, args[0])));
        /// Return type(value).__format__(value, format_spec)
        ///
        /// Many built-in types implement format_spec according to the
        /// Format Specification Mini-language. See help('FORMATTING')
        /// for details.
        format "($module, value, format_spec='', /)" => format;
        /// Return the hash value for the given object.
        ///
        /// Two objects that compare equal must also have the same hash value, but the
        /// reverse is not necessarily true.
        hash "($module, obj, /)" => |vm, args| {
            let hash = vm.hash(args[0])?;
            Ok(vm.int(hash))
        };
        /// Return the identity of an object.
        ///
        /// This is guaranteed to be unique among simultaneously existing objects.
        id "($module, obj, /)" => |vm, args| {
            let id = vm.id_of(args[0]);
            Ok(vm.int(id))
        };
        /// Return the number of items in a container.
        len "($module, obj, /)" => |vm, args| {
            let len = vm.length(args[0])?;
            Ok(vm.int_usize(len))
        };
        /// Return the canonical string representation of the object.
        ///
        /// For many object types, including most builtins, eval() will return
        /// an equal object if it can be evaluated.
        repr "($module, obj, /)" => |vm, args| vm.repr(args[0]);
    }
}

/// Can it be called?
pub(super) fn is_callable(vm: &Vm, value: Value) -> bool {
    slot(vm, value, |s| s.call.get().is_some())
}

fn format(vm: &mut Vm, args: &[Value]) -> R {
    if vm.as_str(args[1]).is_none() {
        let class = vm.type_name(args[1]);
        return Err(vm.type_error(format!("format() argument 2 must be str, not {class}")));
    }
    vm.format(args[0], args[1])
}
