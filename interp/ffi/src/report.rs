//! Exceptions that cannot be raised because C code is in between.
use crate::prelude::*;

fn shown(vm: &mut Vm, value: Value) -> String {
    match vm.repr_text(value) {
        Ok(text) => text,
        Err(raised) => {
            vm.take_raised(raised);
            "<object repr() failed>".to_owned()
        }
    }
}

/// Tell `sys.unraisablehook` of an exception; its message is `what`, `object` (unless ABSENT) and `extra`.
pub(crate) fn ignored(vm: &mut Vm, error: Value, what: &str, object: Value, extra: &str) {
    let object = if object.is_absent() { String::new() } else { shown(vm, object) };
    let message = format!("Exception ignored {what}{object}{extra}");
    haft_builtins::runtime::finalize::report_ignored(vm, error, &message, Value::NONE);
}
