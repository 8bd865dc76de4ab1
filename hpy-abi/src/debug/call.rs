//! Calls of C functions in debug mode: their arguments are wrapped, and what they return is checked.

use std::ffi::c_void;
use std::mem::{offset_of, size_of};
use std::{ptr, slice};

use super::report::{Place, function_name};
use super::table::{Found, Owner};
use super::{Shared, frame};
use crate::call::{CFunction, universal};
use crate::context::Cx;
use crate::kinds::Kind;
use crate::signature::{Signature, args};
use crate::types::{HPy, HPy_buffer};

/// Where things are in the structure of a signature's arguments.
struct Layout {
    size: usize,
    /// Kind and offset of each parameter.
    parameters: &'static [(Kind, usize)],
    result: (Kind, usize, usize),
}

macro_rules! layouts {
    ($( $(#[doc = $doc:literal])+ $number:literal $c:ident $name:ident $form:ident
        ($($parameter:ident: $kind:ident),*) -> $result:ident; )+) => {
        fn layout(signature: Signature) -> Layout {
            match signature { $(
                Signature::$name => Layout {
                    size: size_of::<args::$name>(),
                    parameters: &[ $( (Kind::$kind, offset_of!(args::$name, $parameter)) ),* ],
                    result: (
                        Kind::$result,
                        offset_of!(args::$name, result),
                        size_of::<crate::kinds::$result>(),
                    ),
                },
            )+ }
        }
    };
}
for_each_signature!(layouts);

/// The largest structure of arguments, in words.
const MAX_WORDS: usize = 8;

/// Arguments with debug handles in the place of the host's.
struct Wrapped {
    /// The structure, as the C function's signature has it.
    words: [usize; MAX_WORDS],
    /// Arrays of handles, which the structure points to.
    arrays: Vec<Vec<HPy>>,
    /// The copy of a buffer, which the structure points to.
    buffer: Option<Box<HPy_buffer>>,
    /// The debug handles of the arguments.
    opened: Vec<HPy>,
}

/// Calls a function with debug handles; see [`crate::call::call`].
///
/// # Safety
/// As there.
pub(super) unsafe fn debug(
    cx: Cx,
    signature: Signature,
    function: CFunction,
    arguments: *mut c_void,
) {
    if !signature.has_context() {
        // SAFETY: as the caller says; there are no handles in it.
        unsafe { universal(cx, signature, function, arguments) };
        return;
    }
    let shared = frame(cx).shared();
    let layout = layout(signature);
    // SAFETY: the caller says that it is the structure of this signature.
    let mut wrapped = unsafe { wrap(shared, signature, &layout, arguments) };
    // SAFETY: needs nothing.
    let raised_before = unsafe { shared.inner.err_occurred() } != 0;
    let context = shared.next_context();
    frame(context).set_valid(true);
    // SAFETY: the structure is a copy with handles of that context.
    unsafe { universal(context, signature, function, wrapped.words.as_mut_ptr().cast()) };
    check_left(shared, context, function);
    frame(context).set_valid(false);
    close_arguments(shared, &wrapped);
    // SAFETY: the caller says that it is the structure of this signature.
    unsafe { unwrap_buffer(shared, &layout, &mut wrapped, (arguments, function)) };
    let failed = result(shared, &layout, &mut wrapped, function);
    let (_, offset, size) = layout.result;
    // SAFETY: the result is in the structure, and the copy has it in the same place.
    let from = unsafe { wrapped.words.as_ptr().cast::<u8>().add(offset) };
    // SAFETY: likewise.
    let to = unsafe { arguments.cast::<u8>().add(offset) };
    // SAFETY: both are of the result's size, and apart.
    unsafe { ptr::copy_nonoverlapping(from, to, size) };
    if !raised_before {
        check_exception(shared, (layout.result.0, failed), to, function);
    }
}

/// C must not return while it has left the execution of Python.
fn check_left(shared: &Shared, context: Cx, function: CFunction) {
    if frame(context).left.get() {
        shared.fatal(&format!(
            "{} returned between HPy_LeavePythonExecution and HPy_ReenterPythonExecution",
            function_name(function)
        ));
    }
}

/// A copy of the structure with debug handles for the arguments.
///
/// # Safety
/// It is the structure of this signature.
unsafe fn wrap(
    shared: &Shared,
    signature: Signature,
    layout: &Layout,
    arguments: *mut c_void,
) -> Wrapped {
    let mut wrapped =
        Wrapped { words: [0; MAX_WORDS], arrays: Vec::new(), buffer: None, opened: Vec::new() };
    debug_assert!(layout.size <= size_of_val(&wrapped.words));
    let to = wrapped.words.as_mut_ptr().cast::<u8>();
    // SAFETY: the structure has that size and the copy is larger.
    unsafe { ptr::copy_nonoverlapping(arguments.cast::<u8>(), to, layout.size) };
    for (index, &(kind, offset)) in layout.parameters.iter().enumerate() {
        let word = wrapped.words[offset / 8];
        match kind {
            Kind::Handle | Kind::NullableHandle => {
                wrapped.words[offset / 8] =
                    open(shared, &mut wrapped.opened, HPy(word.cast_signed())).0.cast_unsigned();
            }
            Kind::Handles => {
                let n = array_length(shared, signature, layout, index, &wrapped.words);
                let at = ptr::with_exposed_provenance::<HPy>(word);
                let handles = match n {
                    0 => &[],
                    // SAFETY: the structure says that so many handles are there.
                    _ => unsafe { slice::from_raw_parts(at, n) },
                };
                let opened = &mut wrapped.opened;
                let array: Vec<HPy> =
                    handles.iter().map(|&handle| open(shared, opened, handle)).collect();
                wrapped.words[offset / 8] = array.as_ptr().expose_provenance();
                wrapped.arrays.push(array);
            }
            Kind::Buffer => {
                let at = ptr::with_exposed_provenance::<HPy_buffer>(word);
                // SAFETY: the structure points to a buffer of the host's.
                let mut buffer = Box::new(unsafe { *at });
                if signature == Signature::ReleaseBuffer {
                    buffer.obj = open(shared, &mut wrapped.opened, buffer.obj);
                }
                wrapped.words[offset / 8] = (&raw const *buffer).expose_provenance();
                wrapped.buffer = Some(buffer);
            }
            _ => {}
        }
    }
    wrapped
}

/// The number of handles in an array: the parameter after it, and the names of keyword arguments where the array has their
/// values too.
fn array_length(
    shared: &Shared,
    signature: Signature,
    layout: &Layout,
    index: usize,
    words: &[usize; MAX_WORDS],
) -> usize {
    let count = words[layout.parameters[index + 1].1 / 8];
    if !matches!(signature, Signature::Keywords | Signature::VectorCall) {
        return count;
    }
    let names = HPy(words[layout.parameters[index + 2].1 / 8].cast_signed());
    if names.is_null() {
        return count;
    }
    // SAFETY: the host's handle of a tuple.
    let n_names = unsafe { shared.inner.length(names) };
    count + usize::try_from(n_names).unwrap_or(0)
}

/// A debug handle for an argument.
fn open(shared: &Shared, opened: &mut Vec<HPy>, handle: HPy) -> HPy {
    let wrapped = shared.table.borrow_mut().open(handle, Owner::Caller);
    opened.push(wrapped);
    wrapped
}

/// Closes the debug handles of the arguments. Those that C closed were reported then.
fn close_arguments(shared: &Shared, wrapped: &Wrapped) {
    let mut table = shared.table.borrow_mut();
    for &handle in &wrapped.opened {
        if let Found::Open(id) = table.find(handle) {
            table.close(id);
        }
    }
}

/// Copies a buffer that C filled or emptied back to the host's, with the host's handle of its object.
///
/// # Safety
/// `arguments` is the structure of that layout.
unsafe fn unwrap_buffer(
    shared: &Shared,
    layout: &Layout,
    wrapped: &mut Wrapped,
    (arguments, function): (*mut c_void, CFunction),
) {
    let Some(buffer) = &mut wrapped.buffer else { return };
    let Some(&(_, offset)) = layout.parameters.iter().find(|(kind, _)| *kind == Kind::Buffer)
    else {
        return;
    };
    // SAFETY: the structure has the address of the host's buffer there.
    let field = unsafe { arguments.cast::<u8>().add(offset) };
    // SAFETY: likewise.
    let host: *mut HPy_buffer = unsafe { field.cast::<*mut HPy_buffer>().read_unaligned() };
    // SAFETY: the host's buffer outlives the call.
    let host = unsafe { &mut *host };
    let object = host.obj;
    *host = **buffer;
    let released = layout.result.0 == Kind::Unit;
    // What C put there when it filled the buffer is a new handle; when it releases one, it is still the host's.
    host.obj = if released { object } else { take(shared, buffer.obj, function) };
}

/// The host's handle of a debug handle that C gives away.
fn take(shared: &Shared, handle: HPy, function: CFunction) -> HPy {
    if handle.is_null() {
        return HPy::NULL;
    }
    let mut table = shared.table.borrow_mut();
    let found = table.find(handle);
    if let Found::Open(id) = found
        && table.owner(id) == Owner::Module
    {
        let inner = table.handle(id);
        table.close(id);
        return inner;
    }
    let (wrong, id) = match found {
        Found::Open(id) => ("a constant of the context was returned without HPy_Dup", Some(id)),
        // An argument that was returned is closed by now.
        Found::Closed(id) if table.owner(id) == Owner::Caller => {
            ("an argument was returned without HPy_Dup", Some(id))
        }
        found => Shared::describe(found),
    };
    drop(table);
    shared.invalid_handle(Place::Result(function), wrong, id);
    // Going on was asked for: a handle that the host may close.
    let object = match id {
        Some(id) => shared.table.borrow().handle(id),
        None => shared.inner.context().h_None,
    };
    // SAFETY: it is an argument or a constant of the host's, or an object that the table still knows.
    unsafe { shared.inner.dup(object) }
}

/// Unwraps the result, and says whether it is that of a failure; `None` if that cannot be seen.
fn result(
    shared: &Shared,
    layout: &Layout,
    wrapped: &mut Wrapped,
    function: CFunction,
) -> Option<bool> {
    let (kind, offset, size) = layout.result;
    let word = &mut wrapped.words[offset / 8];
    // A result of four bytes may be in the upper half of a word.
    let small = |word: usize| (word as u64 >> (8 * (offset % 8))) as u32;
    match kind {
        Kind::Owned => {
            let inner = take(shared, HPy(word.cast_signed()), function);
            *word = inner.0.cast_unsigned();
            Some(inner.is_null())
        }
        Kind::Status | Kind::Truth if size == 4 => Some(small(*word).cast_signed() < 0),
        Kind::Ssize => Some(word.cast_signed() < 0),
        _ => None,
    }
}

/// A failure must come with an exception, and an exception with a failure.
fn check_exception(
    shared: &Shared,
    (kind, failed): (Kind, Option<bool>),
    result: *mut u8,
    function: CFunction,
) {
    // SAFETY: needs nothing.
    let raised = unsafe { shared.inner.err_occurred() } != 0;
    match failed {
        Some(true) if !raised => {
            let name = function_name(function);
            shared.system_error(&format!("{name} returned an error without raising an exception"));
        }
        Some(false) if raised && kind == Kind::Owned => {
            // SAFETY: the result of that kind is a handle.
            let handle = unsafe { result.cast::<HPy>().read_unaligned() };
            // SAFETY: it is the host's, and nobody else gets it.
            unsafe { shared.inner.close(handle) };
            // SAFETY: the result of that kind is a handle.
            unsafe { result.cast::<HPy>().write_unaligned(HPy::NULL) };
            // SAFETY: needs nothing.
            unsafe { shared.inner.err_clear() };
            let name = function_name(function);
            shared.system_error(&format!("{name} returned a result with an exception set"));
        }
        _ => {}
    }
}
