//! HPy's host in Haft: extension modules written in C, compiled once for every Python that speaks HPy.
//!
//! ```text
//!   host      trait Host of haft-hpy-abi, which is the table of the context
//!   api       the functions of the context, by subject
//!   shortcuts the quick ways through some of them
//!   handle    handles and values
//!   class     classes from HPyType_Spec: layout, methods, slots, members, attributes, buffers
//!   capsule   capsules
//!   module    loading modules; `hpy.universal`
//!   debug     the module over the debug context; trace: likewise
//!   recording what the recorder of traces asks
//!   state     what is kept in a runtime
//! ```
#![recursion_limit = "1024"] // tables of native functions are read row by row
#![expect(
    clippy::missing_safety_doc,
    reason = "functions of the context ask what the table in haft-hpy-abi says: open handles, valid pointers"
)]
mod api;
mod capsule;
mod class;
mod debug;
mod handle;
mod host;
mod module;
mod prelude;
pub mod recording;
mod shortcuts;
mod state;
mod trace;

use haft_core::Vm;

/// Register the native modules and the suffix of extension modules.
pub fn install(vm: &mut Vm) {
    vm.native_modules.insert("_hpy_universal", module::init);
    vm.native_modules.insert("_hpy_debug", debug::init);
    vm.native_modules.insert("_hpy_trace", trace::init);
    haft_builtins::runtime::import::add_extension_suffix(vm, ".hpy0.so", module::import);
}
