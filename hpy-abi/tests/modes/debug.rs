//! Debug mode: what it finds, and what it leaves alone.

use std::ptr;

use haft_hpy_abi::debug::Debug;
use haft_hpy_abi::types::{HPyTupleBuilder, HPyType_Spec};
use haft_hpy_abi::{Cx, HPy, HPyContext};

use crate::fake::{self, Object, n_open, new, object, text, world};
use crate::{call_noargs, call_o, call_varargs};

/// A context as a module has it.
fn cx(context: *mut HPyContext) -> Cx {
    // SAFETY: the context is that of the call.
    unsafe { Cx::of(context) }
}

/// Functions of a module.
macro_rules! c {
    ($($name:ident($context:ident, $($argument:ident: $ty:ty),*) $body:block)+) => { $(
        unsafe extern "C" fn $name($context: *mut HPyContext, $($argument: $ty),*) -> HPy {
            let $context = cx($context);
            // SAFETY: some of these functions misuse handles on purpose, which debug mode notices.
            unsafe { $body }
        }
    )+ };
}

c! {
    fine(context, _self: HPy, arg: HPy) {
        let copy = context.dup(arg);
        context.close(copy);
        context.dup(arg)
    }
    leak(context, _self: HPy, arg: HPy) {
        context.dup(arg);
        context.dup(context.context().h_None)
    }
    close_twice(context, _self: HPy, arg: HPy) {
        let copy = context.dup(arg);
        context.close(copy);
        context.close(copy);
        context.dup(context.context().h_None)
    }
    use_after_close(context, _self: HPy, arg: HPy) {
        let copy = context.dup(arg);
        context.close(copy);
        context.repr(copy)
    }
    close_argument(context, _self: HPy, arg: HPy) {
        context.close(arg);
        context.dup(context.context().h_None)
    }
    close_constant(context, _self: HPy, _arg: HPy) {
        context.close(context.context().h_True);
        context.dup(context.context().h_None)
    }
    return_with_exception(context, _self: HPy, arg: HPy) {
        context.err_set_string(context.context().h_ValueError, c"wrong".as_ptr());
        context.dup(arg)
    }
    raise(context, _self: HPy, _arg: HPy) {
        context.err_set_string(context.context().h_ValueError, c"wrong".as_ptr());
        HPy::NULL
    }
    null_object(context, _self: HPy, _arg: HPy) {
        context.repr(HPy::NULL)
    }
    null_text(context, _self: HPy, _arg: HPy) {
        context.unicode_from_string(ptr::null())
    }
    read_text(context, _self: HPy, arg: HPy) {
        let mut size = 0;
        let text = context.unicode_as_utf8_and_size(arg, &raw mut size);
        let again = context.unicode_as_utf8_and_size(arg, ptr::null_mut());
        assert_eq!((size, text), (5, again));
        context.unicode_from_string(text)
    }
    build_twice(context, _self: HPy, arg: HPy) {
        let builder = context.tuple_builder_new(1);
        context.tuple_builder_set(builder, 0, arg);
        let tuple = context.tuple_builder_build(builder);
        context.close(tuple);
        context.tuple_builder_build(builder)
    }
    build_incomplete(context, _self: HPy, arg: HPy) {
        let builder = context.list_builder_new(2);
        context.list_builder_set(builder, 0, arg);
        context.list_builder_build(builder)
    }
    build_beyond(context, _self: HPy, arg: HPy) {
        let builder = context.list_builder_new(1);
        context.list_builder_set(builder, 1, arg);
        context.list_builder_set(builder, 0, arg);
        context.list_builder_set(builder, 0, arg);
        context.list_builder_build(builder)
    }
    forget_builder(context, _self: HPy, _arg: HPy) {
        let _: HPyTupleBuilder = context.tuple_builder_new(1);
        context.tracker_new(0);
        context.dup(context.context().h_None)
    }
    track(context, _self: HPy, arg: HPy) {
        let tracker = context.tracker_new(0);
        for _ in 0..5 {
            let copy = context.dup(arg);
            assert_eq!(context.tracker_add(tracker, copy), 0);
        }
        context.tracker_close(tracker);
        context.dup(arg)
    }
    make_type(context, _self: HPy, _arg: HPy) {
        let mut spec = std::mem::zeroed::<HPyType_Spec>();
        context.type_from_spec(&raw mut spec, ptr::null_mut())
    }
    add(context, _self: HPy, arg: HPy) {
        context.add(arg, arg)
    }
}

/// Functions that call nothing.
macro_rules! idle {
    ($($name:ident($context:ident, $($argument:ident: $ty:ty),*) $body:block)+) => { $(
        unsafe extern "C" fn $name(context: *mut HPyContext, $($argument: $ty),*) -> HPy {
            let $context = cx(context);
            let _ = $context;
            $body
        }
    )+ };
}

idle! {
    return_argument(_context, _self: HPy, arg: HPy) {
        arg
    }
    return_constant(context, _self: HPy, _arg: HPy) {
        context.context().h_None
    }
    return_null(_context, _self: HPy, _arg: HPy) {
        HPy::NULL
    }
    return_garbage(_context, _self: HPy, _arg: HPy) {
        HPy(0x1234_5678)
    }
}

c! {
    nothing(context, _self: HPy) {
        context.dup(context.context().h_None)
    }
}

unsafe extern "C" fn last(
    context: *mut HPyContext,
    _self: HPy,
    args: *const HPy,
    nargs: usize,
) -> HPy {
    // SAFETY: the caller says that so many handles are there.
    let arg = unsafe { *args.add(nargs - 1) };
    // SAFETY: the argument is open.
    unsafe { cx(context).dup(arg) }
}

/// What the exception being raised says.
fn error() -> Option<String> {
    world(|world| world.error.take())
}

#[test]
fn a_module_that_is_right_is_left_alone() {
    let host = fake::context();
    let debug = Debug::new(host.cx());
    let arg = text("hello");
    let before = n_open();
    let result = call_o(debug.cx(), fine, arg);
    assert_eq!(object(result), object(arg));
    assert_eq!(n_open(), before + 1);
    let result = call_varargs(debug.cx(), last, &[arg, new(Object::Int(7))]);
    assert_eq!(object(result), Object::Int(7));
    let result = call_noargs(debug.cx(), nothing);
    assert_eq!(object(result), object(host.cx().context().h_None));
    let result = call_o(debug.cx(), track, arg);
    assert_eq!(object(result), object(arg));
    let result = call_o(debug.cx(), read_text, arg);
    assert_eq!(object(result), object(arg));
    assert_eq!(debug.open_handles(0), []);
    assert_eq!(debug.open_builders(0), []);
    assert_eq!(error(), None);
}

#[test]
fn leaks_are_listed() {
    let host = fake::context();
    let debug = Debug::new(host.cx());
    let generation = debug.new_generation();
    call_o(debug.cx(), leak, text("a"));
    debug.set_stack_trace_limit(8);
    let younger = debug.new_generation();
    call_o(debug.cx(), leak, text("b"));
    let leaks = debug.open_handles(generation);
    let texts: Vec<_> = leaks.iter().map(|&id| object(debug.object(id))).collect();
    assert_eq!(texts, [Object::Str(b"a\0".to_vec()), Object::Str(b"b\0".to_vec())]);
    assert_eq!(debug.open_handles(younger), leaks[1..]);
    assert_eq!(debug.allocation_trace(leaks[0]), None);
    let trace = debug.allocation_trace(leaks[1]).unwrap();
    assert!(trace.lines().count() <= 8 && !trace.is_empty(), "{trace}");
    debug.force_close(leaks[0]);
    assert!(debug.is_closed(leaks[0]));
    assert_eq!(debug.open_handles(generation), leaks[1..]);
    assert!(debug.closed_handles(0).contains(&leaks[0]));
}

/// With a function to call, a module goes on after each mistake.
#[test]
fn mistakes_call_a_function() {
    let host = fake::context();
    let debug = Debug::new(host.cx());
    debug.set_on_invalid_handle(new(Object::Callable));
    let arg = text("hello");
    let functions: [haft_hpy_abi::signature::functions::O; 7] = [
        close_twice,
        use_after_close,
        close_argument,
        return_argument,
        return_constant,
        close_constant,
        return_garbage,
    ];
    for (index, function) in functions.into_iter().enumerate() {
        let result = call_o(debug.cx(), function, arg);
        assert!(!result.is_null(), "{index}");
        object(result);
        assert_eq!(world(|world| world.called), index + 1);
        assert_eq!(error(), None);
    }
    assert_eq!(debug.open_handles(0), []);
    object(arg);
}

#[test]
fn builders_are_used_up_once() {
    let host = fake::context();
    let debug = Debug::new(host.cx());
    debug.set_on_invalid_builder(new(Object::Callable));
    let arg = text("hello");
    assert_eq!(call_o(debug.cx(), build_twice, arg), HPy::NULL);
    assert_eq!(error().as_deref(), Some("MemoryError"));
    assert_eq!(world(|world| world.called), 1);
    assert_eq!(call_o(debug.cx(), build_incomplete, arg), HPy::NULL);
    let message = error().unwrap();
    assert!(message.starts_with("HPyListBuilder_Build: item 1 was never set"), "{message}");
    let list = call_o(debug.cx(), build_beyond, arg);
    assert!(matches!(object(list), Object::List(items) if items.len() == 1));
    assert_eq!(world(|world| world.called), 3);
    call_o(debug.cx(), forget_builder, arg);
    let forgotten: Vec<_> = debug.open_builders(0).into_iter().map(|info| info.kind).collect();
    assert_eq!(forgotten, ["HPyTupleBuilder", "HPyTracker"]);
}

#[test]
fn nulls_and_exceptions() {
    let host = fake::context();
    let debug = Debug::new(host.cx());
    let arg = text("hello");
    for (function, message) in [
        (
            null_object as haft_hpy_abi::signature::functions::O,
            "HPy_Repr: argument 'h' is HPy_NULL",
        ),
        (null_text, "HPyUnicode_FromString: argument 'utf8' is NULL"),
        (return_null, "returned an error without raising an exception"),
        (return_with_exception, "returned a result with an exception set"),
        (raise, "wrong"),
        (add, "HPy_Add panicked: the fake host cannot add"),
    ] {
        assert_eq!(call_o(debug.cx(), function, arg), HPy::NULL);
        let found = error().unwrap();
        let start = message.replace("'h'", "'obj'");
        assert!(found.contains(message) || found.starts_with(&start), "{found}");
    }
    assert_eq!(debug.open_handles(0), []);
}

#[test]
fn types_are_called_with_the_debug_context() {
    let host = fake::context();
    let debug = Debug::new(host.cx());
    let ty = call_o(debug.cx(), make_type, text("x"));
    assert_eq!(object(ty), Object::Type(debug.cx().as_ptr().addr()));
    let ty = call_o(host.cx(), make_type, text("x"));
    assert_eq!(object(ty), Object::Type(host.cx().as_ptr().addr()));
}

/// Without a function to call, a mistake ends the process with a message: seen in a child.
#[test]
fn mistakes_end_the_process() {
    const MISTAKES: &[(&str, haft_hpy_abi::signature::functions::O, &str)] = &[
        ("close_twice", close_twice, "Invalid usage of already closed handle"),
        ("close_constant", close_constant, "a constant of the context is closed"),
        ("return_argument", return_argument, "an argument was returned without HPy_Dup"),
        ("build_twice", build_twice, "Invalid usage of already closed builder"),
        ("keep_context", keep_context, "Error: Wrong HPy Context!"),
        (
            "as_struct",
            as_struct,
            "Invalid usage of _HPy_AsStruct_Type. Expected shape HPyType_BuiltinShape_Type",
        ),
        ("type_check", type_check, "HPy_TypeCheck arg 2 must be a type"),
        (
            "leave",
            leave,
            "was called between HPy_LeavePythonExecution and HPy_ReenterPythonExecution",
        ),
        (
            "read_closed",
            read_closed,
            "C used a text after the handle that it belongs to was closed",
        ),
        ("write_text", write_text, "C wrote to a text that HPy gave it, which is read-only"),
        (
            "reenter",
            reenter,
            "HPy_ReenterPythonExecution was called without HPy_LeavePythonExecution",
        ),
    ];
    if let Ok(name) = std::env::var("HPY_ABI_MISTAKE") {
        let function = MISTAKES.iter().find(|(mistake, ..)| *mistake == name).unwrap().1;
        let host = fake::context();
        let debug = Debug::new(host.cx());
        haft_hpy_abi::debug::report_faults();
        for _ in 0..2 {
            call_o(debug.cx(), function, text("hello"));
        }
        return;
    }
    for (name, _, message) in MISTAKES {
        let program = std::env::current_exe().unwrap();
        let child = std::process::Command::new(program)
            .args(["--exact", "debug::mistakes_end_the_process", "--nocapture"])
            .env("HPY_ABI_MISTAKE", name)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&child.stderr);
        assert!(!child.status.success(), "{name}: {said}");
        assert!(said.contains(message), "{name}: {said}");
    }
}

std::thread_local! {
    static KEPT: std::cell::Cell<*mut HPyContext> = const { std::cell::Cell::new(ptr::null_mut()) };
}

c! {
    keep_context(context, _self: HPy, _arg: HPy) {
        let before = KEPT.replace(context.as_ptr());
        let used = if before.is_null() { context } else { cx(before) };
        used.dup(used.context().h_None)
    }
    as_struct(context, _self: HPy, arg: HPy) {
        context.as_struct_type(arg);
        context.dup(arg)
    }
    type_check(context, _self: HPy, arg: HPy) {
        context.type_check(arg, arg);
        context.dup(arg)
    }
    read_closed(context, _self: HPy, arg: HPy) {
        let copy = context.dup(arg);
        let text = context.unicode_as_utf8_and_size(copy, ptr::null_mut());
        context.close(copy);
        context.long_from_int64_t(i64::from(text.read_volatile()))
    }
    write_text(context, _self: HPy, arg: HPy) {
        let text = context.unicode_as_utf8_and_size(arg, ptr::null_mut());
        text.cast_mut().write_volatile(1);
        context.dup(arg)
    }
    leave(context, _self: HPy, arg: HPy) {
        context.leave_python_execution();
        context.dup(arg)
    }
    reenter(context, _self: HPy, arg: HPy) {
        context.reenter_python_execution(haft_hpy_abi::types::HPyThreadState::NULL);
        context.dup(arg)
    }
}
