//! The `cffi` module: C types, C data, calls and callbacks.
//!
//! ```text
//!   ffi      the FFI object: declarations, type names, the functions on C data
//!   library  what `ffi.dlopen` gives
//!   ctype    type objects: one for each type of the table in haft-cffi-core
//!   cdata    values: reading and writing memory, operators, attributes
//!   call     from Python to C
//!   callback from C to Python
//!   facts    what a compiler of Python code may know
//!   backend  the lower interface, under which front ends in Python can work
//!   buffer   `ffi.buffer`, `ffi.from_buffer`, `ffi.memmove`
//! ```
//! Messages are those of the `cffi` package, version [`VERSION`], because its users read them.
#![recursion_limit = "1024"] // tables of native functions are read row by row
mod backend;
mod buffer;
mod call;
mod callback;
mod cdata;
mod ctype;
pub mod facts;
mod ffi;
mod file;
mod library;
mod module;
mod number;
mod prelude;
mod recording;
mod report;
mod state;
mod text;

use haft_core::Vm;

pub use recording::FOREIGN;

/// Version of the `cffi` package whose behaviour this is.
pub const VERSION: &str = "2.1.1";

/// Register the native modules.
pub fn install(vm: &mut Vm) {
    vm.native_modules.insert("_cffi_backend", backend::init);
    vm.native_modules.insert("_cffi_haft", module::init_front);
}
