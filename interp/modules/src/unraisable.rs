//! Exceptions that nobody can handle.
use haft_builtins::runtime::finalize::report_ignored;
use haft_core::{Raised, Value, Vm};

/// Hand the exception on its way to `sys.unraisablehook`, with a message (empty: the default) and the object it is
/// about (or None).
pub fn report(vm: &mut Vm, raised: Raised, message: &str, object: Value) {
    let exception = vm.take_raised(raised);
    let message = if message.is_empty() { "Exception ignored in" } else { message };
    report_ignored(vm, exception, message, object);
}
