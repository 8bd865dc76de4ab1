//! What belongs to the running of programs: generators, frames, weak references, finalizers, `sys`, imports.
mod async_generator;
mod coroutine;
pub mod finalize;
mod frame;
mod frame_locals;
pub mod generator;
pub mod import;
pub mod interrupt;
pub mod program;
pub mod stdlib_names;
pub mod streams;
pub mod sys;
mod traceback;
mod types_module;
pub mod weakref;

use haft_core::{R, Vm};

/// Give the classes of running things their slots and methods. `object` is ready.
pub(crate) fn install(vm: &mut Vm) {
    generator::install(vm);
    coroutine::install(vm);
    async_generator::install(vm);
    frame::install(vm);
    frame_locals::install(vm);
    traceback::install(vm);
    weakref::install(vm);
    import::install(vm);
    finalize::install(vm);
    interrupt::install(vm);
    vm.native_modules.insert("_types", types_module::init);
}

/// Make `sys` and what needs all classes.
pub(crate) fn finish(vm: &mut Vm) -> R<()> {
    sys::make(vm)
}
