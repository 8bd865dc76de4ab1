//! Trace mode: counts, times and functions that are called.

use haft_hpy_abi::trace::Trace;
use haft_hpy_abi::{Cx, HPy, HPyContext};

use crate::call_o;
use crate::fake::{self, Object, new, object, text, world};

unsafe extern "C" fn copy(context: *mut HPyContext, _self: HPy, arg: HPy) -> HPy {
    // SAFETY: the context is that of the call.
    let cx = unsafe { Cx::of(context) };
    // SAFETY: the argument is open.
    let first = unsafe { cx.dup(arg) };
    // SAFETY: it is ours.
    unsafe { cx.close(first) };
    // SAFETY: the argument is open.
    unsafe { cx.dup(arg) }
}

/// The number of calls of a function.
fn count(trace: &Trace, name: &str) -> u64 {
    trace.call_counts().into_iter().find(|(other, _)| *other == name).unwrap().1
}

#[test]
fn calls_are_counted_and_timed() {
    let host = fake::context();
    let trace = Trace::new(host.cx());
    let arg = text("hello");
    let result = call_o(trace.cx(), copy, arg);
    assert_eq!(object(result), object(arg));
    assert_eq!(
        (count(&trace, "ctx_Dup"), count(&trace, "ctx_Close"), count(&trace, "ctx_Add")),
        (2, 1, 0)
    );
    assert_eq!(trace.call_counts().len(), 180);
    assert!(trace.durations().iter().any(|(name, time)| *name == "ctx_Dup" && *time > 0));
    // Without the trace context nothing is counted.
    call_o(host.cx(), copy, arg);
    assert_eq!(count(&trace, "ctx_Dup"), 2);
}

#[test]
fn functions_are_called() {
    let host = fake::context();
    let trace = Trace::new(host.cx());
    trace.set_on_enter(new(Object::Callable));
    trace.set_on_exit(new(Object::Callable));
    call_o(trace.cx(), copy, text("hello"));
    assert_eq!(world(|world| world.called), 6);
    trace.set_on_enter(HPy::NULL);
    call_o(trace.cx(), copy, text("hello"));
    assert_eq!(world(|world| world.called), 9);
}
