//! What functions ask of their arguments, and how they say that they are wrong.
use haft_core::object::{Slots, Str, Type};
use haft_core::{R, Raised, Value, Vm};
use haft_text::{Error, ErrorKind};

/// A result of `haft-text`; its error becomes the exception it stands for.
pub(crate) fn lift<T>(vm: &mut Vm, result: haft_text::Result<T>) -> R<T> {
    result.map_err(|error| raise(vm, &error))
}

/// Raise the exception an error stands for.
#[cold]
pub(crate) fn raise(vm: &mut Vm, error: &Error) -> Raised {
    let class = match error.kind {
        ErrorKind::Value | ErrorKind::Struct | ErrorKind::Binascii => vm.exc.value_error,
        ErrorKind::Type => vm.exc.type_error,
        ErrorKind::Overflow => vm.exc.overflow_error,
        ErrorKind::ZeroDivision => vm.exc.zero_division_error,
        ErrorKind::Lookup => vm.exc.lookup_error,
        ErrorKind::Memory => return no_memory(vm),
    };
    vm.raise(class, &error.message)
}

/// MemoryError without a message.
#[cold]
pub(crate) fn no_memory(vm: &mut Vm) -> Raised {
    vm.raise_with(vm.exc.memory_error, &[])
}

/// Sizes from here on are asked of the allocator before anything is made.
const LARGE: usize = 1 << 28;

/// MemoryError if there cannot be an object of `len` bytes.
pub(crate) fn check_size(vm: &mut Vm, len: usize) -> R<()> {
    if len > LARGE
        && (len > isize::MAX as usize / 4 || Vec::<u8>::new().try_reserve_exact(len).is_err())
    {
        return Err(no_memory(vm));
    }
    Ok(())
}

/// The name of a value's class as messages about arguments have it.
pub(crate) fn shown_type(vm: &Vm, value: Value) -> String {
    if value.is_none() { "None".to_owned() } else { vm.type_name(value) }
}

/// TypeError: `f() argument 'x' must be str, not int`.
#[cold]
pub(crate) fn bad_argument(vm: &mut Vm, what: &str, expected: &str, value: Value) -> Raised {
    let shown = shown_type(vm, value);
    vm.type_error(format!("{what} must be {expected}, not {shown}"))
}

/// A str argument; `what` is as in `find() argument 1`.
pub(crate) fn str_argument(vm: &mut Vm, value: Value, what: &str) -> R<Str> {
    match vm.as_str(value) {
        Some(str) => Ok(str),
        None => Err(bad_argument(vm, what, "str", value)),
    }
}

/// The receiver of a method of `class` when it is of another class: TypeError.
#[cold]
pub(crate) fn wrong_receiver(vm: &mut Vm, method: &str, class: &str, value: Value) -> Raised {
    let got = vm.type_name(value);
    vm.type_error(format!(
        "descriptor '{method}' for '{class}' objects doesn't apply to a '{got}' object"
    ))
}

/// The class that a constructor is called for.
pub(crate) fn class_of(vm: &mut Vm, class: Value) -> R<Type> {
    match Type::of_value(class) {
        Some(class) => Ok(class),
        None => {
            let name = vm.type_name(class);
            Err(vm.type_error(format!("object.__new__(X): X is not a type object ({name})")))
        }
    }
}

/// A bound of a range of indices: None gives the default, anything else is cut to the range of i64.
pub(crate) fn bound(vm: &mut Vm, value: Value, default: i64) -> R<i64> {
    if value.is_none() || value.is_absent() {
        return Ok(default);
    }
    if let Some(number) = value.as_fixnum() {
        return Ok(number);
    }
    if !vm.is_int(value) && slot(vm, value, |s| s.index.get().is_none()) {
        return Err(
            vm.type_error("slice indices must be integers or None or have an __index__ method")
        );
    }
    vm.index_clamped(value)
}

/// Ask the slots of a value's class.
pub(crate) fn slot<T>(vm: &Vm, value: Value, ask: impl FnOnce(&Slots) -> T) -> T {
    ask(&vm.type_of(value).slots)
}

/// The bounds `start` and `end` of a search, not yet fitted to a length.
pub(crate) fn bounds(vm: &mut Vm, start: Value, end: Value) -> R<(i64, i64)> {
    Ok((bound(vm, start, 0)?, bound(vm, end, i64::MAX)?))
}

/// The range that bounds mean in a sequence of `len` items; `None` if it ends before it starts.
pub(crate) fn fit((start, end): (i64, i64), len: usize) -> Option<(usize, usize)> {
    let len = len as i64;
    let from_end = |at: i64| if at < 0 { at.saturating_add(len).max(0) } else { at };
    let (start, end) = (from_end(start), from_end(end).min(len));
    (start <= end).then_some((start as usize, end as usize))
}
