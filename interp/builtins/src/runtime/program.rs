//! The end of a program by an exception: what is printed, and the exit code.
use haft_core::object::{Exception, PayloadRef};
use haft_core::vm::Raised;
use haft_core::{Value, Vm};

use super::streams;
use crate::error::fields;
use crate::error::report::print_exception;

/// How a program ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// With this exit code.
    Code(i32),
    /// By an interrupt that nobody caught: the process is to end as if SIGINT had killed it.
    Interrupted,
}

/// Handle the exception that ended a program: `SystemExit` gives the code, others go to `sys.excepthook`.
pub fn handle_uncaught(vm: &mut Vm, raised: Raised) -> Outcome {
    let error = vm.take_raised(raised);
    if vm.exception_matches(error, vm.exc.system_exit.value()) {
        return Outcome::Code(exit_code(vm, error));
    }
    remember(vm, error);
    if let Some(code) = call_excepthook(vm, error) {
        return Outcome::Code(code);
    }
    if vm.exception_matches(error, vm.exc.keyboard_interrupt.value()) {
        Outcome::Interrupted
    } else {
        Outcome::Code(1)
    }
}

/// The exit code of a SystemExit; a code that is no number is printed.
pub fn exit_code(vm: &mut Vm, error: Value) -> i32 {
    let code = PayloadRef::<Exception>::of_value(error)
        .map_or(Value::NONE, |error| error.fields[fields::VALUE].get());
    // A subclass may have an attribute of its own.
    let code = match vm.get_attr_str(error, "code") {
        Ok(own) => own,
        Err(raised) => {
            vm.take_raised(raised);
            code
        }
    };
    if code.is_none() || code.is_absent() {
        return 0;
    }
    if vm.is_int(code) {
        return vm.as_int(code).map_or(-1, |code| code as i32);
    }
    let text = vm.str_of(code);
    match text {
        Ok(text) => {
            let mut text = vm.as_str(text).map_or_else(Vec::new, |text| text.bytes().to_vec());
            text.push(b'\n');
            streams::write_error(vm, &text);
        }
        Err(raised) => {
            vm.take_raised(raised);
        }
    }
    1
}

/// Set `sys.last_exc` and its like.
fn remember(vm: &mut Vm, error: Value) {
    let (class, traceback) = (vm.type_of(error).value(), vm.traceback_of(error));
    for (name, value) in [
        ("last_exc", error),
        ("last_type", class),
        ("last_value", error),
        ("last_traceback", traceback),
    ] {
        vm.dict_set_str(vm.sys, name, value);
    }
}

/// Call `sys.excepthook`. If it raises, both exceptions are printed; its SystemExit gives a code.
fn call_excepthook(vm: &mut Vm, error: Value) -> Option<i32> {
    let Some(hook) = vm.dict_get_str(vm.sys, "excepthook") else {
        streams::write_error(vm, b"sys.excepthook is missing\n");
        print_exception(vm, error);
        return None;
    };
    let (class, traceback) = (vm.type_of(error).value(), vm.traceback_of(error));
    if let Err(raised) = vm.call_positional(hook, &[class, error, traceback]) {
        let second = vm.take_raised(raised);
        if vm.exception_matches(second, vm.exc.system_exit.value()) {
            return Some(exit_code(vm, second));
        }
        streams::write_error(vm, b"Error in sys.excepthook:\n");
        print_exception(vm, second);
        streams::write_error(vm, b"\nOriginal exception was:\n");
        print_exception(vm, error);
    }
    None
}
