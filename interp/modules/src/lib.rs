//! The standard library's native modules.
use haft_core::Vm;
use haft_core::vm::ModuleInit;

/// Every native module, one a line; each fills its namespace when it is first imported.
const MODULES: &[(&str, ModuleInit)] = &[
];

/// Register the native modules.
pub fn install(vm: &mut Vm) {
    for &(name, init) in MODULES {
        vm.native_modules.insert(name, init);
    }
}
