//! `_testfunc` and `_testbuff`: C functions and a buffer for the tests of this module's interface.
use std::ffi::{c_char, c_double, c_float, c_int, c_long, c_longlong, c_short, c_uchar, c_void};
use std::sync::atomic::AtomicU8;

use haft_cffi_core::Library;
use haft_cffi_core::abi::errno;
use haft_core::object::BufferView;

use super::c_int as c_int_argument;
use crate::prelude::*;

/// A struct and a function that returns it, or takes it.
macro_rules! record {
    ($name:ident { $($field:ident: $ty:ty),+ }) => {
        #[repr(C)]
        #[derive(Clone, Copy)]
        struct $name { $($field: $ty),+ }
    };
}

record! { ByteShort { a1: c_uchar, a2: c_short } }
record! { TwoInts { a1: c_int, a2: c_int } }
record! { OneDouble { a1: c_double } }
record! { ThreeInts { a1: c_int, a2: c_int, a3: c_int } }
record! { OneFloat { a1: c_float } }
record! { FloatInt { a1: c_float, a2: c_int } }
record! { TwoFloats { a1: c_float, a2: c_float } }
record! { IntFloat { a1: c_int, a2: c_float } }
record! { TenInts { a: [c_int; 10] } }

extern "C" fn add_chars(a: c_char, b: c_char) -> c_char {
    a.wrapping_add(b)
}
extern "C" fn add_int_long(a: c_int, b: c_long) -> c_long {
    c_long::from(a).wrapping_add(b)
}
extern "C" fn add_long_longs(a: c_longlong, b: c_longlong) -> c_longlong {
    a.wrapping_add(b)
}
extern "C" fn add_to_double(a: c_float, b: c_double) -> c_double {
    c_double::from(a) + b
}
extern "C" fn add_to_float(a: c_float, b: c_double) -> c_float {
    (c_double::from(a) + b) as c_float
}
extern "C" fn add_to_errno() {
    errno::set_current(errno::current() + 15);
}
extern "C" fn through_pointer(x: *const c_int) -> *mut c_int {
    thread_local! { static RESULT: Cell<c_int> = const { Cell::new(0) }; }
    RESULT.with(|result| {
        // SAFETY: the caller passes a pointer to an int.
        result.set(unsafe { x.read() } - 1000);
        result.as_ptr()
    })
}
extern "C" fn sum_of_record(s: ByteShort) -> c_short {
    c_short::from(s.a1).wrapping_add(s.a2)
}
/// Declared as variadic by its caller: on the ABIs where it is offered, such integers travel as ordinary ones.
extern "C" fn sum_of_variadic(n: c_int, a: c_int, b: c_int, c: c_int) -> c_int {
    let given = [a, b, c].into_iter().take(n.clamp(0, 3) as usize);
    given.map(|value| if value == 0 { -66_666_666 } else { value }).sum()
}
extern "C" fn byte_short(n: c_int) -> ByteShort {
    ByteShort { a1: n as c_uchar, a2: (n * n) as c_short }
}
extern "C" fn two_ints(n: c_int) -> TwoInts {
    TwoInts { a1: n, a2: n * n }
}
extern "C" fn one_double(n: c_int) -> OneDouble {
    OneDouble { a1: n.into() }
}
extern "C" fn three_ints(n: c_int) -> ThreeInts {
    ThreeInts { a1: n, a2: n * n, a3: n * n * n }
}
extern "C" fn one_float(n: c_int) -> OneFloat {
    OneFloat { a1: n as c_float }
}
extern "C" fn float_int(n: c_int) -> FloatInt {
    FloatInt { a1: n as c_float, a2: n * n }
}
extern "C" fn two_floats(n: c_int) -> TwoFloats {
    TwoFloats { a1: n as c_float, a2: -(n as c_float) }
}
extern "C" fn int_float(n: c_int) -> IntFloat {
    IntFloat { a1: n, a2: n as c_float * n as c_float }
}
extern "C" fn sum_of_int_float(at: *const IntFloat) -> c_int {
    // SAFETY: the caller passes a pointer to the struct.
    let IntFloat { a1, a2 } = unsafe { at.read() };
    a1 + a2 as c_int
}
extern "C" fn sum_of_pointee(at: *const ByteShort) -> c_short {
    // SAFETY: the caller passes a pointer to the struct.
    sum_of_record(unsafe { at.read() })
}
extern "C" fn weighted_sum(s: TenInts) -> c_int {
    s.a.iter().enumerate().map(|(at, value)| value << at).sum()
}
extern "C" fn difference(a: TenInts, b: TenInts) -> TenInts {
    TenInts { a: std::array::from_fn(|at| a.a[at] - b.a[at]) }
}
extern "C" fn first_char(text: *const c_char) -> c_int {
    if text.is_null() {
        return -42;
    }
    // SAFETY: the caller passes NULL or a string.
    1000 * c_int::from(unsafe { text.read() })
}

/// `count` times `x = 4*x - x*x` on a `long double`, which Rust has no type for.
#[cfg(all(target_arch = "x86_64", unix))]
#[unsafe(naked)]
extern "C" fn logistic(_count: c_int) {
    std::arch::naked_asm!(
        "fld tbyte ptr [rsp + 8]",
        "test edi, edi",
        "jle 3f",
        "2:",
        "fld st(0)",
        "fmul st(0), st(0)",
        "fxch st(1)",
        "fadd st(0), st(0)",
        "fadd st(0), st(0)",
        "fsubrp st(1), st(0)",
        "dec edi",
        "jnz 2b",
        "3:",
        "ret",
    )
}

/// The address of a test function; `None` where there is none.
fn address(number: i32) -> Option<*const c_void> {
    Some(match number {
        0 => add_chars as *const c_void,
        1 => add_int_long as *const c_void,
        2 => add_long_longs as *const c_void,
        3 => add_to_double as *const c_void,
        4 => add_to_float as *const c_void,
        5 => add_to_errno as *const c_void,
        6 => through_pointer as *const c_void,
        7 => sum_of_record as *const c_void,
        8 => standard_error()?,
        9 if cfg!(all(unix, not(target_vendor = "apple"))) => sum_of_variadic as *const c_void,
        10 => byte_short as *const c_void,
        11 => two_ints as *const c_void,
        12 => one_double as *const c_void,
        13 => three_ints as *const c_void,
        14 => one_float as *const c_void,
        15 => float_int as *const c_void,
        16 => two_floats as *const c_void,
        17 => int_float as *const c_void,
        18 => sum_of_int_float as *const c_void,
        #[cfg(all(target_arch = "x86_64", unix))]
        19 => logistic as *const c_void,
        20 => sum_of_pointee as *const c_void,
        21 => weighted_sum as *const c_void,
        22 => difference as *const c_void,
        23 => first_char as *const c_void,
        _ => return None,
    })
}

/// The value of C's variable `stderr`.
fn standard_error() -> Option<*const c_void> {
    let program = Library::open_file(None, Library::NOW).ok()?;
    let variable = program.symbol("stderr").ok()?.cast::<*const c_void>();
    // SAFETY: the C library has a `FILE *` there.
    Some(unsafe { variable.read() })
}

pub(super) fn function(vm: &mut Vm, args: &[Value]) -> R {
    let number = c_int_argument(vm, args[0])?;
    match address(number) {
        Some(address) => Ok(vm.int_usize(address.expose_provenance())),
        None => Err(vm.raise_with(vm.exc.value_error, &[])),
    }
}

static WRITABLE: [AtomicU8; 3] = [AtomicU8::new(b'G'), AtomicU8::new(b'T'), AtomicU8::new(b'B')];

fn view_of(start: *mut u8, readonly: bool) -> BufferView {
    BufferView { start, len: 3, readonly, item_size: 1, format: "B" }
}

/// Give a class a buffer.
pub(super) fn add_buffer(vm: &mut Vm, args: &[Value]) -> R {
    let Some(class) = Type::of_value(args[0]) else {
        return Err(vm.type_error("_testbuff() argument 1 must be type"));
    };
    let methods = c_int_argument(vm, args[1])?;
    if methods & 8 != 0 {
        class.slots.buffer.set(Some(|_, _| Ok(view_of(WRITABLE[0].as_ptr(), false))));
    }
    if methods & 16 != 0 {
        class.slots.buffer.set(Some(|_, _| Ok(view_of(b"ROB".as_ptr().cast_mut(), true))));
    }
    vm.type_changed(class);
    Ok(Value::NONE)
}
