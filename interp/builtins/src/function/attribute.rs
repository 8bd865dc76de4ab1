//! Attributes by name: `getattr`, `setattr`, `delattr`, `hasattr`, `dir`, `vars`.
use haft_core::{Args, R, Value, Vm};

use crate::container::{positional, sort};

haft_core::natives! {
    pub(super) static FUNCTIONS = {
        /// Deletes the named attribute from the given object.
        ///
        /// delattr(x, 'y') is equivalent to ``del x.y``
        delattr "($module, obj, name, /)" => |vm, args| vm.set_attr(args[0], args[1], Value::ABSENT).map(|()| Value::NONE);
        /// dir([object]) -> list of strings
        ///
        /// If called without an argument, return the names in the current scope.
        /// Else, return an alphabetized list of names comprising (some of) the attributes
        /// of the given object, and of attributes reachable from it.
        /// If the object supplies a method named __dir__, it will be used; otherwise
        /// the default dir() logic is used and returns:
        ///   for a module object: the module's attributes.
        ///   for a class object:  its attributes, and recursively the attributes
        ///     of its bases.
        ///   for any other object: its attributes, its class's attributes, and
        ///     recursively the attributes of its class's base classes.
        raw dir "($module, object=<unrepresentable>, /)" => dir;
        /// getattr(object, name[, default]) -> value
        ///
        /// Get a named attribute from an object; getattr(x, 'y') is equivalent to x.y.
        /// When a default argument is given, it is returned when the attribute doesn't
        /// exist; without it, an exception is raised in that case.
        raw getattr "($module, object, name, default=<unrepresentable>, /)" => getattr;
        /// Return whether the object has an attribute with the given name.
        ///
        /// This is done by calling getattr(obj, name) and catching AttributeError.
        hasattr "($module, obj, name, /)" => |vm, args| Ok(Value::bool(vm.find_attr(args[0], args[1])?.is_some()));
        /// Sets the named attribute on the given object to the specified value.
        ///
        /// setattr(x, 'y', v) is equivalent to ``x.y = v``
        setattr "($module, obj, name, value, /)" => |vm, args| vm.set_attr(args[0], args[1], args[2]).map(|()| Value::NONE);
        /// vars([object]) -> dictionary
        ///
        /// Without arguments, equivalent to locals().
        /// With an argument, equivalent to object.__dict__.
        raw vars "($module, object=<unrepresentable>, /)" => vars;
    }
}

fn getattr(vm: &mut Vm, args: &Args<'_>) -> R {
    match *positional(vm, "getattr", args, 2, 3)? {
        [object, name, default] => Ok(vm.find_attr(object, name)?.unwrap_or(default)),
        [object, name, ..] => vm.get_attr(object, name),
        _ => Ok(Value::NONE),
    }
}

fn dir(vm: &mut Vm, args: &Args<'_>) -> R {
    let names = match positional(vm, "dir", args, 0, 1)?.first() {
        None => {
            let locals = vm.current_locals()?;
            vm.call_method(locals, vm.names.keys, &[])?
        }
        Some(&object) => match vm.call_special(object, vm.names.__dir__, &[])? {
            Some(names) => names,
            None => return Err(vm.type_error("object does not provide __dir__")),
        },
    };
    let names = vm.list_of(names)?;
    sort(vm, names, Value::NONE, false)?;
    Ok(names.value())
}

fn vars(vm: &mut Vm, args: &Args<'_>) -> R {
    let Some(&object) = positional(vm, "vars", args, 0, 1)?.first() else {
        return vm.current_locals();
    };
    match vm.find_attr(object, vm.names.__dict__)? {
        Some(dict) => Ok(dict),
        None => Err(vm.type_error("vars() argument must have __dict__ attribute")),
    }
}
