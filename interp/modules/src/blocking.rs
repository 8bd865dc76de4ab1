//! Calls of the operating system that may block: other threads run meanwhile, and a signal's handler gets its turn.
use std::io;

use haft_core::{R, Vm};

use crate::process::signal;

/// Run `call` while other threads may use the runtime. When a signal interrupts it, its Python handler runs; then
/// `call` is made again, unless the handler raised (PEP 475).
pub fn blocking<T>(vm: &mut Vm, mut call: impl FnMut() -> io::Result<T>) -> R<io::Result<T>> {
    loop {
        match vm.without_gil(&mut call) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => signal::run_handlers(vm)?,
            result => return Ok(result),
        }
    }
}

/// As [`blocking`]; an error is raised as OSError.
pub fn blocking_os<T>(vm: &mut Vm, call: impl FnMut() -> io::Result<T>) -> R<T> {
    let result = blocking(vm, call)?;
    os_result(vm, result)
}

/// The result of a call of the operating system; an error is raised as OSError.
pub fn os_result<T>(vm: &mut Vm, result: io::Result<T>) -> R<T> {
    result.map_err(|error| raise_os(vm, &error))
}

/// Raise the exception of an operating-system error. A path with a zero byte in it is ValueError.
#[cold]
pub fn raise_os(vm: &mut Vm, error: &io::Error) -> haft_core::Raised {
    if is_embedded_null(error) { vm.value_error("embedded null byte") } else { vm.os_error(error) }
}

/// Did the call fail before it was made, because a string for C has a zero byte in it?
pub fn is_embedded_null(error: &io::Error) -> bool {
    error.raw_os_error().is_none() && error.kind() == io::ErrorKind::InvalidInput
}
