//! The class `object`: what every object can do.
use haft_heap::Value;

use super::{construct, generic_getattro, generic_setattro, reassign, reduce};
use crate::object::{CompareOp, Dict, List, Slots, Tuple, Type};
use crate::vm::{Args, R, Vm};

/// Slots, methods and computed attributes of `object`.
pub(super) fn fill(vm: &mut Vm) {
    const DOC: &str = "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\n\
                       instance that has no instance attributes and cannot be given any.";
    vm.fill_type(vm.t.object, DOC, set_slots, METHODS, GETSETS);
}

fn set_slots(slots: &Slots) {
    slots.repr.set(Some(|vm, obj| vm.default_repr(obj)));
    slots.str.set(Some(|vm, obj| vm.repr(obj)));
    slots.hash.set(Some(|vm, obj| Ok(vm.hash_identity(obj))));
    slots.compare.set(Some(object_compare));
    slots.getattro.set(Some(generic_getattro));
    slots.setattro.set(Some(generic_setattro));
    slots.new.set(Some(construct::object_new));
    slots.init.set(Some(construct::object_init));
}

crate::natives! {
    static METHODS = {
        /// Helper for pickle.
        __reduce_ex__ "($self, protocol, /)" => reduce::reduce_ex;
        /// Helper for pickle.
        __reduce__ "($self, /)" => reduce::reduce;
        /// Helper for pickle.
        __getstate__ "($self, /)" => reduce::getstate;
        /// Abstract classes can override this to customize issubclass().
        ///
        /// This is invoked early on by abc.ABCMeta.__subclasscheck__().
        /// It should return True, False or NotImplemented.  If it returns
        /// NotImplemented, the normal algorithm is used.  Otherwise, it
        /// overrides the normal algorithm (and the outcome is cached).
        class raw __subclasshook__ "($type, object, /)" => subclasshook;
        /// This method is called when a class is subclassed.
        ///
        /// The default implementation does nothing. It may be
        /// overridden to extend subclasses.
        class raw __init_subclass__ "($type, /)" => init_subclass;
        /// Default object formatter.
        ///
        /// Return str(self) if format_spec is empty. Raise TypeError otherwise.
        __format__ "($self, format_spec, /)" => format;
        /// Size of object in memory, in bytes.
        __sizeof__ "($self, /)" => sizeof;
        /// Default dir() implementation.
        __dir__ "($self, /)" => dir;
    }
}

crate::getsets! {
    static GETSETS = {
        /// the object's class
        __class__ => |vm, obj| Ok(vm.type_of(obj).value()), reassign::set_class;
    }
}

/// Equality by identity; `!=` is the opposite of the class's own `==`.
fn object_compare(vm: &mut Vm, left: Value, right: Value, op: CompareOp) -> R {
    match op {
        CompareOp::Eq if left == right => Ok(Value::TRUE),
        CompareOp::Ne => {
            let Some(compare) = vm.type_of(left).slots.compare.get() else {
                return Ok(Value::NOT_IMPLEMENTED);
            };
            let equal = compare(vm, left, right, CompareOp::Eq)?;
            if equal == Value::NOT_IMPLEMENTED {
                return Ok(equal);
            }
            vm.truth(equal).map(|equal| Value::bool(!equal))
        }
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn subclasshook(_vm: &mut Vm, _args: &Args<'_>) -> R {
    Ok(Value::NOT_IMPLEMENTED)
}

fn init_subclass(vm: &mut Vm, args: &Args<'_>) -> R {
    let n = args.n_positional().saturating_sub(1);
    if n > 0 {
        return Err(
            vm.type_error(format!("object.__init_subclass__() takes no arguments ({n} given)"))
        );
    }
    if !args.names.is_empty() {
        let name = args
            .vals
            .first()
            .and_then(|&class| Type::of_value(class))
            .map_or_else(String::new, |class| class.name_text());
        return Err(vm.type_error(format!("{name}.__init_subclass__() takes no keyword arguments")));
    }
    Ok(Value::NONE)
}

fn format(vm: &mut Vm, args: &[Value]) -> R {
    let Some(spec) = vm.as_str(args[1]) else {
        let given = vm.type_name(args[1]);
        return Err(vm.type_error(format!("__format__() argument must be str, not {given}")));
    };
    if !spec.is_empty() {
        let name = vm.type_name(args[0]);
        return Err(vm.type_error(format!("unsupported format string passed to {name}.__format__")));
    }
    vm.str_of(args[0])
}

fn sizeof(vm: &mut Vm, args: &[Value]) -> R {
    let size = args[0].as_ptr().map_or(8, |obj| obj.size());
    Ok(vm.int_usize(size))
}

/// `dir()` of an object: its own attributes and those of its class and bases.
fn dir(vm: &mut Vm, args: &[Value]) -> R {
    let obj = args[0];
    let own = vm.find_attr(obj, vm.names.__dict__)?.and_then(|dict| vm.as_dict(dict));
    let names = match own {
        Some(own) => own.copy(&mut vm.heap),
        None => vm.dict(),
    };
    if let Some(class) = vm.find_attr(obj, vm.names.__class__)? {
        merge_class_names(vm, names, class)?;
    }
    Ok(keys(vm, names).value())
}

/// Add the names in the namespaces of a class and its bases to a dict.
pub(super) fn merge_class_names(vm: &mut Vm, names: Dict, class: Value) -> R<()> {
    if let Some(dict) = vm.find_attr(class, vm.names.__dict__)? {
        vm.dict_update(names, dict)?;
    }
    let Some(bases) = vm.find_attr(class, vm.names.__bases__)? else { return Ok(()) };
    for &base in vm.as_tuple(bases).map_or(&[][..], Tuple::items) {
        merge_class_names(vm, names, base)?;
    }
    Ok(())
}

/// The keys of a dict.
pub(super) fn keys(vm: &mut Vm, dict: Dict) -> List {
    let list = vm.new_list();
    for (key, _) in dict.iter() {
        list.push(&mut vm.heap, key);
    }
    list
}
