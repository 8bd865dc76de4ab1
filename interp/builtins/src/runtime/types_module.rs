//! Module `_types`: the built-in classes that have no name in `builtins`, for `types`.
use haft_core::object::Dict;
use haft_core::{R, Vm};

use super::sys::namespace_class;

/// Fill the namespace of `_types`.
pub(super) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    let t = vm.t;
    for (name, class) in [
        ("AsyncGeneratorType", t.async_generator),
        ("BuiltinFunctionType", t.native_function),
        ("BuiltinMethodType", t.native_function),
        ("CellType", t.cell),
        ("ClassMethodDescriptorType", t.classmethod_descriptor),
        ("CodeType", t.code),
        ("CoroutineType", t.coroutine),
        ("EllipsisType", t.ellipsis),
        ("FrameType", t.frame),
        ("FunctionType", t.function),
        ("GeneratorType", t.generator),
        ("GenericAlias", t.generic_alias),
        ("GetSetDescriptorType", t.getset_descriptor),
        ("LambdaType", t.function),
        ("MappingProxyType", t.mappingproxy),
        ("MemberDescriptorType", t.member_descriptor),
        ("MethodDescriptorType", t.method_descriptor),
        ("MethodType", t.method),
        ("MethodWrapperType", t.method_wrapper),
        ("ModuleType", t.module),
        ("NoneType", t.none),
        ("NotImplementedType", t.not_implemented),
        ("SimpleNamespace", namespace_class(vm)),
        ("TracebackType", t.traceback),
        ("UnionType", t.union),
        ("WrapperDescriptorType", t.wrapper_descriptor),
    ] {
        vm.dict_set_str(dict, name, class.value());
    }
    Ok(())
}
