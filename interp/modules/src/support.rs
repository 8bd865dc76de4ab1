//! What the modules of this crate share.
use haft_core::object::Type;
use haft_core::{R, Vm};

/// An exception class of a module, made by calling `type`.
pub(crate) fn new_exception(vm: &mut Vm, module: &str, name: &str, base: Type) -> R<Type> {
    let namespace = vm.dict();
    let module = vm.str(module);
    vm.dict_set_str(namespace, "__module__", module);
    let name = vm.str(name);
    let bases = vm.tuple(&[base.value()]);
    let metaclass = vm.t.r#type.value();
    let class = vm.call_positional(metaclass, &[name, bases, namespace.value()])?;
    match vm.as_type(class) {
        Some(class) => Ok(class),
        None => Err(vm.system_error("type() made no class")),
    }
}
