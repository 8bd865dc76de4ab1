//! What compiled code calls: functions of the C convention over those of the runtime.
//!
//! Each gets the runtime as its first argument. Compiled code runs inside `enter`, whose caller keeps no other reference
//! to the runtime meanwhile, so the one made here is the only one. A panic does not cross compiled code: it becomes a
//! SystemError.
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};

use haft_heap::{Obj, Value};
use haft_jit::word::RAISED;

use super::enter::Called;
use super::{enter, resume};
use crate::interp::direct::Direct;
use crate::interp::generator;
use crate::interp::machine::{Helper1, Helper2, Helper3, Machine};
use crate::interp::ops::quick;
use crate::interp::run::{Flow, step};
use crate::native::{NativeCall, NativeDef};
use crate::object::{
    CodeObject, Dict, Function, Generator, GeneratorState, List, PayloadRef, ShapeId, Str, Tuple,
};
use crate::vm::{Args, FrameFlags, R, Vm};

/// Run `body` with the runtime; its word, or that of an exception.
///
/// # Safety
/// `vm` is the runtime that entered the compiled code.
unsafe fn guarded(vm: *mut c_void, body: impl FnOnce(&mut Vm) -> R) -> u64 {
    // SAFETY: see the module's text.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    let result = catch_unwind(AssertUnwindSafe(|| body(vm)));
    match result {
        Ok(Ok(value)) => value.bits(),
        Ok(Err(_)) => RAISED,
        Err(_) => {
            vm.system_error("a function of the runtime failed; please report this");
            RAISED
        }
    }
}

macro_rules! thunks {
    ($($(#[doc = $doc:literal])+ $name:ident($vm:ident $(, $arg:ident: $ty:ty)*) $body:expr;)+) => { $(
        $(#[doc = $doc])+
        ///
        /// # Safety
        /// Called by compiled code only.
        pub(super) unsafe extern "C" fn $name($vm: *mut c_void $(, $arg: $ty)*) -> u64 {
            // SAFETY: compiled code passes the runtime that entered it.
            unsafe { guarded($vm, |$vm| $body) }
        }
    )+ };
}

thunks! {
    /// A helper of one value.
    call1(vm, helper: &'static Helper1, a: u64) (helper.call)(vm, Value::from_bits(a));
    /// A helper of two values.
    call2(vm, helper: &'static Helper2, a: u64, b: u64)
        (helper.call)(vm, Value::from_bits(a), Value::from_bits(b));
    /// A helper of three values.
    call3(vm, helper: &'static Helper3, a: u64, b: u64, c: u64)
        (helper.call)(vm, Value::from_bits(a), Value::from_bits(b), Value::from_bits(c));
    /// The same with the values of all `n` parameters.
    call_bound(vm, callee: u64, first: *mut Value, n: i64)
        enter::call_bound(vm, Value::from_bits(callee), first, n as usize);
    /// Call the value with up to four arguments, the first ABSENT one behind the last.
    call_quietly(vm, callee: u64, a: u64, b: u64, c: u64, d: u64) {
        let args = [a, b, c, d].map(Value::from_bits);
        let n = args.iter().position(|arg| arg.is_absent()).unwrap_or(args.len());
        vm.call(Value::from_bits(callee), &Args::positional(&args[..n]))
    };
    /// A function written in Rust with `n` of these values, which may be ABSENT.
    call_native(vm, def: &'static NativeDef, n: i64, a: u64, b: u64, c: u64, d: u64) {
        let args = [a, b, c, d].map(Value::from_bits);
        match def.call {
            NativeCall::Bound(call) => call(vm, &args[..(n as usize).min(args.len())]),
            NativeCall::Raw(call) => {
                call(vm, &Args::positional(&args[..(n as usize).min(args.len())]))
            }
            _ => Err(vm.system_error("the recorder saw a plain function")),
        }
    };
    /// The generator of a call with up to four arguments, the first ABSENT one behind the last.
    make_generator(vm, callee: u64, a: u64, b: u64, c: u64, d: u64) {
        let args = [a, b, c, d].map(Value::from_bits);
        let n = args.iter().position(|arg| arg.is_absent()).unwrap_or(args.len());
        match PayloadRef::<Function>::of_value(Value::from_bits(callee)) {
            Some(function) => crate::interp::frame::new_generator(vm, function, &args[..n]),
            None => Err(vm.system_error("the callee was a function")),
        }
    };
    /// The next item of a generator that is no part of the trace; ABSENT at its end.
    resume_generator(vm, generator: u64)
        super::resumed::resume_from_code(vm, Value::from_bits(generator));
    /// Raise the StopIteration of a generator that has returned a value.
    stop_iteration(vm, value: u64) Err(vm.stop_iteration(Value::from_bits(value)));
    /// The strs joined, up to the first ABSENT one.
    build_string(vm, a: u64, b: u64, c: u64, d: u64) {
        let parts = [a, b, c, d].map(Value::from_bits);
        let n = parts.iter().position(|part| part.is_absent()).unwrap_or(parts.len());
        crate::interp::build::joined(vm, &parts[..n])
    };
    /// A function of code, globals, defaults, keyword defaults, annotations and closure.
    make_function(vm, code: u64, globals: u64, defaults: u64, kwdefaults: u64, annotate: u64, closure: u64) {
        let parts = [defaults, kwdefaults, annotate, closure].map(Value::from_bits);
        let code = PayloadRef::<CodeObject>::of_value(Value::from_bits(code));
        let globals = Value::from_bits(globals).as_ptr().and_then(Dict::of);
        match (code, globals) {
            (Some(code), Some(globals)) => Ok(crate::interp::build::function(vm, code, globals, parts)),
            _ => Err(vm.system_error("code and globals were constants")),
        }
    };
    /// Append to a list.
    list_push(vm, list: u64, item: u64) {
        if let Some(list) = Value::from_bits(list).as_ptr().and_then(List::of) {
            list.push(&mut vm.heap, Value::from_bits(item));
        }
        Ok(Value::NONE)
    };
    /// `object[start:stop] = value`; ABSENT: nothing was done, since writing the items may run Python.
    store_c_slice(vm, object: u64, start: u64, stop: u64, value: u64) {
        let [object, start, stop, value] = [object, start, stop, value].map(Value::from_bits);
        if !writes_quietly(vm, value) {
            return Ok(Value::ABSENT);
        }
        let key = vm.slice(start, stop, Value::NONE);
        vm.set_item(object, key, value).map(|()| Value::NONE)
    };
    /// `bool(value)`, as a value.
    truth(vm, value: u64) vm.truth(Value::from_bits(value)).map(Value::bool);
    /// Call the value with the `n` arguments in registers from `first` on, which is up to date.
    call_window(vm, callee: u64, first: *const Value, n: i64)
        vm.call(Value::from_bits(callee), &Args::positional(window(first, n as usize)));
}

/// Does writing these items to an array of C's run no Python?
pub(super) fn writes_quietly(vm: &Vm, value: Value) -> bool {
    let Some(foreign) = vm.jit.as_ref().and_then(|jit| jit.foreign) else { return false };
    let is_data = |value: Value| (foreign.data)(value).is_some();
    let plain = |item: &Value| !item.is_ptr() || is_data(*item);
    let Some(obj) = value.as_ptr() else { return false };
    match ShapeId(obj.shape()) {
        ShapeId::LIST => List::of(obj).is_some_and(|list| list.items().iter().all(plain)),
        ShapeId::TUPLE => Tuple::of(obj).is_some_and(|tuple| tuple.items().iter().all(plain)),
        ShapeId::BYTES => true,
        _ => is_data(value) || vm.type_of(value) == vm.t.bytearray,
    }
}

/// `n` registers from `first` on.
///
/// # Safety
/// They are registers of a running frame, and memory is up to date.
unsafe fn window<'a>(first: *const Value, n: usize) -> &'a [Value] {
    // SAFETY: the caller's promise.
    unsafe { std::slice::from_raw_parts(first, n) }
}

/// Run the instruction that the innermost frame stands at; where it goes on, as the word of a small int, or RAISED.
///
/// # Safety
/// Called by compiled code only, with memory up to date.
pub(super) unsafe extern "C" fn residual(vm: *mut c_void) -> u64 {
    // SAFETY: compiled code passes the runtime that entered it.
    unsafe {
        guarded(vm, |vm| {
            let mut m = Direct::new(vm);
            match step(&mut m)? {
                Flow::Next => {
                    // Whoever leaves here finds the position where it is for frames that are not the innermost.
                    m.here = m.pc;
                    m.save_pc();
                    Ok(pc_word(m.pc))
                }
                Flow::Exit(_) => Err(m.vm.system_error("a frame was left inside a trace")),
            }
        })
    }
}

/// Call the Python function with the `n` arguments in registers from `first` on, which is up to date; ABSENT: nothing was
/// done.
///
/// # Safety
/// Called by compiled code only.
pub(super) unsafe extern "C-unwind" fn call_function(
    vm: *mut c_void,
    callee: u64,
    first: *mut Value,
    n: i64,
) -> u64 {
    let (callee, n) = (Value::from_bits(callee), n as usize);
    // SAFETY: see the module's text.
    let called = enter::call_compiled(unsafe { &mut *vm.cast::<Vm>() }, callee, first, n);
    match called {
        Called::Finished(value) => value.bits(),
        // SAFETY: as above.
        Called::Left(run) => unsafe { guarded(vm, |vm| enter::go_on_from(vm, run)) },
        // SAFETY: as above.
        Called::Not => unsafe { guarded(vm, |vm| enter::call_function(vm, callee, first, n)) },
    }
}

macro_rules! lookups {
    ($($(#[doc = $doc:literal])+ $name:ident = $function:path;)+) => { $(
        $(#[doc = $doc])+
        ///
        /// # Safety
        /// Called by compiled code only. Nothing is written, nothing is raised.
        pub(super) unsafe extern "C" fn $name(vm: *mut c_void, container: u64, key: u64) -> u64 {
            // SAFETY: compiled code passes the runtime that entered it.
            let vm = unsafe { &mut *vm.cast::<Vm>() };
            $function(vm, Value::from_bits(container), Value::from_bits(key)).bits()
        }
    )+ };
}

lookups! {
    /// The item of a dict with a small int or str as key; ABSENT: there is none, or Python must be asked.
    dict_item = quick::item_of_dict;
    /// The same; UNBOUND: there is none.
    dict_get = quick::item_or_unbound;
    /// Is a small int or str in a dict or set? ABSENT: Python must be asked.
    is_in_table = quick::is_in_table;
}

/// The word that stands for a position.
pub(super) fn pc_word(pc: *const u64) -> Value {
    Value::fixnum_unchecked(pc.addr() as i64)
}

/// How two strs compare: -1, 0 or 1.
///
/// # Safety
/// Called by compiled code only, with two strs.
pub(super) unsafe extern "C" fn order_of_texts(_: *mut c_void, a: u64, b: u64) -> i64 {
    let [a, b] = [a, b].map(|word| Value::from_bits(word).as_ptr().and_then(Str::of));
    let [a, b] = [a, b].map(|text| text.map_or(&[][..], Str::bytes));
    a.cmp(b) as i64
}

/// Push the frame of a function that a trace has entered; its record.
///
/// # Safety
/// Called by compiled code only.
pub(super) unsafe extern "C" fn push_frame(
    vm: *mut c_void,
    function: u64,
    receiver: u64,
    base: *mut Value,
    packed: i64,
) -> u64 {
    // SAFETY: see the module's text.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    let (dst, flags) = (packed as u16, FrameFlags((packed >> 16) as u16));
    let (function, receiver) = (Value::from_bits(function), Value::from_bits(receiver));
    resume::push(vm, function, receiver, base, dst, flags);
    let record = vm.stack.frames.last_mut().expect("just pushed");
    std::ptr::from_mut(record).expose_provenance() as u64
}

/// Push the frame of a generator that a trace has resumed; its record.
///
/// # Safety
/// Called by compiled code only.
pub(super) unsafe extern "C" fn push_generator(vm: *mut c_void, word: u64, packed: i64) -> u64 {
    // SAFETY: see the module's text.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    resume::push_generator(
        vm,
        Value::from_bits(word),
        packed as u16,
        FrameFlags((packed >> 16) as u16),
    );
    let record = vm.stack.frames.last_mut().expect("just pushed");
    std::ptr::from_mut(record).expose_provenance() as u64
}

/// Suspend the generator whose frame is the innermost one.
///
/// # Safety
/// Called by compiled code only, with its registers up to date.
pub(super) unsafe extern "C" fn suspend(vm: *mut c_void, pc: i64) {
    // SAFETY: see the module's text.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    generator::put_away(vm, pc as u32);
}

/// The body of a generator is over; ABSENT: of that whose frame is the innermost one.
///
/// # Safety
/// Called by compiled code only.
pub(super) unsafe extern "C" fn finish_generator(vm: *mut c_void, word: u64) {
    // SAFETY: see the module's text.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    let mut word = Value::from_bits(word);
    let pushed = word.is_absent();
    if pushed {
        word = vm.stack.frames.last().map_or(word, |frame| frame.receiver);
    }
    if let Some(generator) = PayloadRef::<Generator>::of_value(word) {
        if pushed {
            crate::interp::calls::drop_frame(vm);
            vm.stack.outer_handled = generator.caller_outer.get();
        }
        generator.state.set(GeneratorState::Closed);
        vm.heap.cancel_finalizer(generator.obj());
    }
}

/// The body of the generator that a trace was entered for returns a value; see [`finish_generator`].
///
/// # Safety
/// Called by compiled code only.
pub(super) unsafe extern "C" fn end_generator(vm: *mut c_void, word: u64, value: u64) {
    // SAFETY: the caller's promise.
    unsafe { finish_generator(vm, word) };
    // SAFETY: see the module's text.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    vm.stack.stop_value = Value::from_bits(value);
}

/// A trace for a generator goes on in one that runs in a frame of its own: the innermost one.
///
/// # Safety
/// Called by compiled code only.
pub(super) unsafe extern "C" fn enter_frame(vm: *mut c_void) {
    // SAFETY: see the module's text.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    super::resumed::enter_frame(vm);
}

/// Go to the handler of the exception that is on its way: a trace has one for it.
///
/// # Safety
/// Called by compiled code only, with memory up to date.
pub(super) unsafe extern "C" fn catch(vm: *mut c_void) {
    // SAFETY: see the module's text.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    let raised = vm.raised_before();
    let here = vm.stack.frames.last().map_or(std::ptr::null(), |frame| frame.pc);
    let found = crate::interp::run::catch(vm, raised, here);
    debug_assert!(found.is_ok(), "the recorder saw a handler that covers the instruction");
}

/// Pop the frame that a trace leaves.
///
/// # Safety
/// Called by compiled code only.
pub(super) unsafe extern "C" fn pop_frame(vm: *mut c_void) {
    // SAFETY: see the module's text.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    crate::interp::calls::drop_frame(vm);
}

/// Address of the record of the frame that is `above` frames below the innermost one.
///
/// # Safety
/// Called by compiled code only.
pub(super) unsafe extern "C" fn frame_at(vm: *mut c_void, above: i64) -> u64 {
    // SAFETY: see the module's text.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    let last = vm.stack.frames.len() - 1;
    std::ptr::from_mut(&mut vm.stack.frames[last - above as usize]).expose_provenance() as u64
}

/// Address of register 0 of the innermost frame.
///
/// # Safety
/// Called by compiled code only.
pub(super) unsafe extern "C" fn top_base(vm: *mut c_void) -> u64 {
    // SAFETY: see the module's text.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    vm.stack.frames.last().map_or(0, |frame| frame.base.expose_provenance() as u64)
}

/// A float that is no immediate.
///
/// # Safety
/// Called by compiled code only.
pub(super) unsafe extern "C" fn box_float(vm: *mut c_void, number: f64) -> u64 {
    // SAFETY: see the module's text.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    let errno = enter::current_errno(vm);
    let made = vm.float(number).bits();
    enter::set_current_errno(vm, errno);
    made
}

/// The number of bytes of C memory before the first zero, at most `most`.
///
/// # Safety
/// Called by compiled code only; the user of C pointers promises the memory.
pub(super) unsafe extern "C" fn length_at(at: *const u8, most: i64) -> i64 {
    // SAFETY: the user's promise.
    unsafe { haft_host::memory::bytes_before_zero(at, most as usize) as i64 }
}

/// A bytes of `n` bytes of C memory.
///
/// # Safety
/// Called by compiled code only; the user of C pointers promises the memory.
pub(super) unsafe extern "C" fn bytes_at(vm: *mut c_void, at: *const u8, n: i64) -> u64 {
    // SAFETY: see the module's text.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    let errno = enter::current_errno(vm);
    // SAFETY: the user's promise.
    let bytes = unsafe { std::slice::from_raw_parts(at, n as usize) };
    let made = vm.bytes(bytes).bits();
    enter::set_current_errno(vm, errno);
    made
}

/// `memmove`
///
/// # Safety
/// Called by compiled code only; the user of C pointers promises the memory.
pub(super) unsafe extern "C" fn move_bytes(to: *mut u8, from: *const u8, n: i64) {
    // SAFETY: the user's promise.
    unsafe { std::ptr::copy(from, to, n as usize) };
}

/// An int.
///
/// # Safety
/// Called by compiled code only.
pub(super) unsafe extern "C" fn int_value(vm: *mut c_void, number: i64) -> u64 {
    // SAFETY: see the module's text.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    let errno = enter::current_errno(vm);
    let made = vm.int(number).bits();
    enter::set_current_errno(vm, errno);
    made
}

/// An int of an unsigned number.
///
/// # Safety
/// Called by compiled code only.
pub(super) unsafe extern "C" fn uint_value(vm: *mut c_void, number: u64) -> u64 {
    // SAFETY: see the module's text.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    let errno = enter::current_errno(vm);
    let made = vm.int_u64(number).bits();
    enter::set_current_errno(vm, errno);
    made
}

/// The slow half of the write barrier.
///
/// # Safety
/// Called by compiled code only, with a word that is an object.
pub(super) unsafe extern "C" fn barrier(vm: *mut c_void, object: u64) {
    // SAFETY: see the module's text.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    if let Some(obj) = Value::from_bits(object).as_ptr() {
        vm.heap.barrier(obj);
    }
}

/// A new object with a zero payload.
///
/// # Safety
/// Called by compiled code only.
pub(super) unsafe extern "C" fn alloc(vm: *mut c_void, header: u64, bytes: u64) -> u64 {
    // SAFETY: see the module's text.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    let errno = enter::current_errno(vm);
    let made = Value::from(new_object(vm, header, bytes as u32)).bits();
    enter::set_current_errno(vm, errno);
    made
}

/// A new object with this header (shape and kind) and so many zero bytes of payload.
pub(super) fn new_object(vm: &mut Vm, header: u64, bytes: u32) -> Obj {
    vm.heap.alloc((header >> 32) as u8, header as u32, bytes as usize)
}
