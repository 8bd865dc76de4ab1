//! Numbers: conversions and operators.
use std::ffi::{c_int, c_void};

use dashu_int::{IBig, Sign};
use haft_builtins::number::{float_of, int_of};
use haft_core::protocol::BinaryOp;
use haft_hpy_abi::{Cx, HPy};

use crate::handle::{give, owned, value, vm};
use crate::prelude::*;

macro_rules! from_integer {
    ($($name:ident: $ty:ty => $make:ident;)+) => { $(
        pub(crate) unsafe fn $name(cx: Cx, number: $ty) -> HPy {
            let vm = vm(cx);
            let number = vm.$make(number.into());
            owned(vm, number)
        }
    )+ };
}

from_integer! {
    long_from_int32_t: i32 => int;
    long_from_uint32_t: u32 => int;
    long_from_int64_t: i64 => int;
    long_from_uint64_t: u64 => int_u64;
    long_from_size_t: usize => int_usize;
}

pub(crate) unsafe fn long_from_ssize_t(cx: Cx, number: isize) -> HPy {
    let vm = vm(cx);
    let number = vm.int(number as i64);
    owned(vm, number)
}

/// What CPython says of ints that C's types cannot hold: it depends on the function that C asks.
const LONG: &str = "Python int too large to convert to C long";
const INT32: &str = "Python int too large to convert to C int32_t";
const UINT32: &str = "Python int too large to convert to C uint32_t";
const SSIZE: &str = "Python int too large to convert to C ssize_t";
const LONG_LONG: &str = "int too big to convert";

/// The same of an unsigned type: too large, negative.
#[derive(Clone, Copy)]
struct Unsigned(&'static str, &'static str);

const UNSIGNED_LONG: Unsigned = Unsigned(
    "Python int too large to convert to C unsigned long",
    "can't convert negative value to unsigned int",
);
const UNSIGNED_LONG_LONG: Unsigned = Unsigned(LONG_LONG, "can't convert negative int to unsigned");
const SIZE: Unsigned = Unsigned(
    "Python int too large to convert to C size_t",
    "can't convert negative value to size_t",
);

/// `operator.index(value)` if it fits; else OverflowError.
fn signed(vm: &mut Vm, value: Value, too_large: &str) -> R<i64> {
    if let Some(number) = value.as_fixnum() {
        return Ok(number);
    }
    let index = vm.index_value(value)?;
    vm.as_int(index).ok_or_else(|| vm.overflow_error(too_large))
}

/// The int that `value` is; TypeError if it is none.
fn int_only(vm: &mut Vm, value: Value) -> R {
    if vm.is_int(value) {
        return vm.index_value(value);
    }
    Err(vm.type_error("an integer is required"))
}

/// The int in `value` as an unsigned number; else OverflowError.
fn unsigned(vm: &mut Vm, value: Value, Unsigned(too_large, negative): Unsigned) -> R<u64> {
    let int = int_only(vm, value)?;
    if let Some(number) = vm.as_int(int) {
        return u64::try_from(number).map_err(|_| vm.overflow_error(negative));
    }
    let Some(big) = vm.as_big(int) else { return Err(vm.overflow_error(too_large)) };
    if big.sign() == Sign::Negative {
        return Err(vm.overflow_error(negative));
    }
    u64::try_from(&big).map_err(|_| vm.overflow_error(too_large))
}

/// The lowest 64 bits of `operator.index(value)`.
fn masked(vm: &mut Vm, value: Value) -> R<u64> {
    let index = vm.index_value(value)?;
    if let Some(number) = vm.as_int(index) {
        return Ok(number.cast_unsigned());
    }
    let Some(big) = vm.as_big(index) else { return Ok(0) };
    let modulus = IBig::ONE << 64;
    let mut low = big % &modulus;
    if low < IBig::ZERO {
        low += modulus;
    }
    Ok(u64::try_from(&low).unwrap_or(0))
}

pub(crate) unsafe fn long_as_int32_t(cx: Cx, h: HPy) -> i32 {
    let vm = vm(cx);
    let narrow = |vm: &mut Vm| {
        let number = signed(vm, value(h), LONG)?;
        i32::try_from(number).map_err(|_| vm.overflow_error(INT32))
    };
    narrow(vm).unwrap_or(-1)
}

pub(crate) unsafe fn long_as_uint32_t(cx: Cx, h: HPy) -> u32 {
    let vm = vm(cx);
    let narrow = |vm: &mut Vm| {
        let number = unsigned(vm, value(h), UNSIGNED_LONG)?;
        u32::try_from(number).map_err(|_| vm.overflow_error(UINT32))
    };
    narrow(vm).unwrap_or(u32::MAX)
}

pub(crate) unsafe fn long_as_uint32_t_mask(cx: Cx, h: HPy) -> u32 {
    masked(vm(cx), value(h)).map_or(u32::MAX, |bits| bits as u32)
}

pub(crate) unsafe fn long_as_int64_t(cx: Cx, h: HPy) -> i64 {
    signed(vm(cx), value(h), LONG_LONG).unwrap_or(-1)
}

pub(crate) unsafe fn long_as_uint64_t(cx: Cx, h: HPy) -> u64 {
    unsigned(vm(cx), value(h), UNSIGNED_LONG_LONG).unwrap_or(u64::MAX)
}

pub(crate) unsafe fn long_as_uint64_t_mask(cx: Cx, h: HPy) -> u64 {
    masked(vm(cx), value(h)).unwrap_or(u64::MAX)
}

pub(crate) unsafe fn long_as_size_t(cx: Cx, h: HPy) -> usize {
    unsigned(vm(cx), value(h), SIZE).map_or(usize::MAX, |number| number as usize)
}

pub(crate) unsafe fn long_as_ssize_t(cx: Cx, h: HPy) -> isize {
    let vm = vm(cx);
    let number = |vm: &mut Vm| {
        let int = int_only(vm, value(h))?;
        vm.as_int(int).ok_or_else(|| vm.overflow_error(SSIZE))
    };
    number(vm).map_or(-1, |number| number as isize)
}

pub(crate) unsafe fn long_as_void_ptr(cx: Cx, h: HPy) -> *mut c_void {
    let vm = vm(cx);
    let address = |vm: &mut Vm| {
        let int = int_only(vm, value(h))?;
        match vm.as_int(int) {
            Some(number) => Ok(number.cast_unsigned()),
            None if vm.as_big(int).is_some_and(|big| big.sign() == Sign::Negative) => {
                Err(vm.overflow_error(LONG))
            }
            None => unsigned(vm, int, UNSIGNED_LONG),
        }
    };
    std::ptr::with_exposed_provenance_mut(address(vm).unwrap_or(0) as usize)
}

pub(crate) unsafe fn long_as_double(cx: Cx, h: HPy) -> f64 {
    let vm = vm(cx);
    let number = |vm: &mut Vm| {
        let int = int_only(vm, value(h))?;
        float_of(vm, int)
    };
    number(vm).unwrap_or(-1.0)
}

pub(crate) unsafe fn float_from_double(cx: Cx, number: f64) -> HPy {
    let vm = vm(cx);
    let float = vm.float(number);
    owned(vm, float)
}

pub(crate) unsafe fn float_as_double(cx: Cx, h: HPy) -> f64 {
    if let Some(number) = value(h).as_float_imm() {
        return number;
    }
    float_of(vm(cx), value(h)).unwrap_or(-1.0)
}

pub(crate) unsafe fn bool_from_bool(_: Cx, answer: bool) -> HPy {
    crate::handle::borrowed(Value::bool(answer))
}

pub(crate) unsafe fn number_check(cx: Cx, h: HPy) -> c_int {
    let vm = vm(cx);
    let slots = &vm.type_of(value(h)).slots;
    let is_number =
        slots.index.get().is_some() || slots.int.get().is_some() || slots.float.get().is_some();
    c_int::from(is_number || vm.as_complex(value(h)).is_some())
}

macro_rules! binary {
    ($($name:ident $in_place:ident $op:ident;)+) => { $(
        pub(crate) unsafe fn $name(cx: Cx, h1: HPy, h2: HPy) -> HPy {
            let vm = vm(cx);
            let result = vm.binary_op(BinaryOp::$op, value(h1), value(h2));
            give(vm, result)
        }
        pub(crate) unsafe fn $in_place(cx: Cx, h1: HPy, h2: HPy) -> HPy {
            let vm = vm(cx);
            let result = vm.inplace_op(BinaryOp::$op, value(h1), value(h2));
            give(vm, result)
        }
    )+ };
}

binary! {
    add in_place_add Add;
    subtract in_place_subtract Sub;
    multiply in_place_multiply Mul;
    matrix_multiply in_place_matrix_multiply MatMul;
    floor_divide in_place_floor_divide FloorDiv;
    true_divide in_place_true_divide TrueDiv;
    remainder in_place_remainder Mod;
    lshift in_place_lshift LShift;
    rshift in_place_rshift RShift;
    and in_place_and And;
    xor in_place_xor Xor;
    or in_place_or Or;
}

pub(crate) unsafe fn divmod(cx: Cx, h1: HPy, h2: HPy) -> HPy {
    let vm = vm(cx);
    let result = vm.binary_op(BinaryOp::DivMod, value(h1), value(h2));
    give(vm, result)
}

pub(crate) unsafe fn power(cx: Cx, h1: HPy, h2: HPy, h3: HPy) -> HPy {
    let vm = vm(cx);
    let result = vm.power(value(h1), value(h2), value(h3), false);
    give(vm, result)
}

pub(crate) unsafe fn in_place_power(cx: Cx, h1: HPy, h2: HPy, h3: HPy) -> HPy {
    let vm = vm(cx);
    let result = vm.power(value(h1), value(h2), value(h3), true);
    give(vm, result)
}

macro_rules! unary {
    ($($name:ident $operation:ident;)+) => { $(
        pub(crate) unsafe fn $name(cx: Cx, h1: HPy) -> HPy {
            let vm = vm(cx);
            let result = vm.$operation(value(h1));
            give(vm, result)
        }
    )+ };
}

unary! {
    negative negative;
    positive positive;
    absolute absolute;
    invert invert;
    index index_value;
}

pub(crate) unsafe fn long(cx: Cx, h1: HPy) -> HPy {
    let vm = vm(cx);
    let result = int_of(vm, value(h1));
    give(vm, result)
}

pub(crate) unsafe fn float(cx: Cx, h1: HPy) -> HPy {
    let vm = vm(cx);
    let class = vm.t.float.value();
    let result = vm.call_positional(class, &[value(h1)]);
    give(vm, result)
}
