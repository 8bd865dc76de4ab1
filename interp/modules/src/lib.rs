//! The standard library's native modules.
#![recursion_limit = "512"]

pub mod blocking;
pub mod codec_error;
pub mod io;
pub mod os;
pub mod process;
pub mod thread;
pub mod time;
pub mod unraisable;
pub mod warn;

use haft_core::Vm;
use haft_core::vm::ModuleInit;

/// Every native module, one a line; each fills its namespace when it is first imported.
const MODULES: &[(&str, ModuleInit)] = &[
    ("_io", io::init),
    ("_signal", process::signal::init),
    ("_thread", thread::init),
    ("resource", process::resource::init),
];

/// Register the native modules.
pub fn install(vm: &mut Vm) {
    for &(name, init) in MODULES {
        vm.native_modules.insert(name, init);
    }
    thread::install(vm);
    process::signal::install(vm);
}
