//! Methods and attributes of ints.
use haft_core::object::Bytes;
use haft_core::{R, Value, Vm, getsets, natives};
use haft_text::IBig;
use haft_text::int::magnitude::Parts;
use haft_text::int::{self, ByteOrder};

use crate::arguments::{lift, str_argument, wrong_receiver};
use crate::binary::bytes_of_object;
use crate::number::convert::exact;
use crate::number::int_value;
use crate::text::format_with_spec;

natives! {
    pub(super) static METHODS = {
        /// Returns self, the complex conjugate of any int.
        conjugate "($self, /)" => exact_self;
        /// Number of bits necessary to represent self in binary.
        ///
        /// >>> bin(37)
        /// '0b100101'
        /// >>> (37).bit_length()
        /// 6
        bit_length "($self, /)" => bit_length;
        /// Number of ones in the binary representation of the absolute value of self.
        ///
        /// Also known as the population count.
        ///
        /// >>> bin(13)
        /// '0b1101'
        /// >>> (13).bit_count()
        /// 3
        bit_count "($self, /)" => bit_count;
        /// Return an array of bytes representing an integer.
        ///
        ///   length
        ///     Length of bytes object to use.  An OverflowError is raised if the
        ///     integer is not representable with the given number of bytes.  Default
        ///     is length 1.
        ///   byteorder
        ///     The byte order used to represent the integer.  If byteorder is 'big',
        ///     the most significant byte is at the beginning of the byte array.  If
        ///     byteorder is 'little', the most significant byte is at the end of the
        ///     byte array.  To request the native byte order of the host system, use
        ///     sys.byteorder as the byte order value.  Default is to use 'big'.
        ///   signed
        ///     Determines whether two's complement is used to represent the integer.
        ///     If signed is False and a negative integer is given, an OverflowError
        ///     is raised.
        to_bytes "($self, /, length=1, byteorder='big', *, signed=False)" => to_bytes;
        /// Return the integer represented by the given array of bytes.
        ///
        ///   bytes
        ///     Holds the array of bytes to convert.  The argument must either
        ///     support the buffer protocol or be an iterable object producing bytes.
        ///     Bytes and bytearray are examples of built-in objects that support the
        ///     buffer protocol.
        ///   byteorder
        ///     The byte order used to represent the integer.  If byteorder is 'big',
        ///     the most significant byte is at the beginning of the byte array.  If
        ///     byteorder is 'little', the most significant byte is at the end of the
        ///     byte array.  To request the native byte order of the host system, use
        ///     sys.byteorder as the byte order value.  Default is to use 'big'.
        ///   signed
        ///     Indicates whether two's complement is used to represent the integer.
        class from_bytes "($type, /, bytes, byteorder='big', *, signed=False)" => from_bytes;
        /// Return a pair of integers, whose ratio is equal to the original int.
        ///
        /// The ratio is in lowest terms and has a positive denominator.
        ///
        /// >>> (10).as_integer_ratio()
        /// (10, 1)
        /// >>> (-10).as_integer_ratio()
        /// (-10, 1)
        /// >>> (0).as_integer_ratio()
        /// (0, 1)
        as_integer_ratio "($self, /)" => as_integer_ratio;
        /// Returns True. Exists for duck type compatibility with float.is_integer.
        is_integer "($self, /)" => is_integer;
        /// Truncating an Integral returns itself.
        __trunc__ "($self, /)" => exact_self;
        /// Flooring an Integral returns itself.
        __floor__ "($self, /)" => exact_self;
        /// Ceiling of an Integral returns itself.
        __ceil__ "($self, /)" => exact_self;
        /// Rounding an Integral returns itself.
        ///
        /// Rounding with an ndigits argument also returns an integer.
        __round__ "($self, ndigits=None, /)" => round;
        ///
        __getnewargs__ "($self, /)" => getnewargs;
        /// Convert to a string according to format_spec.
        __format__ "($self, format_spec, /)" => format_with_spec;
        /// Returns size in memory, in bytes.
        __sizeof__ "($self, /)" => sizeof;
    }
}

getsets! {
    pub(super) static GETSETS = {
        /// the real part of a complex number
        real => |vm, this| Ok(exact(vm, this));
        /// the imaginary part of a complex number
        imag => |_, _| Ok(Value::small(0));
        /// the numerator of a rational number in lowest terms
        numerator => |vm, this| Ok(exact(vm, this));
        /// the denominator of a rational number in lowest terms
        denominator => |_, _| Ok(Value::small(1));
    }
}

/// The receiver's number.
fn this<'a>(vm: &mut Vm, value: Value, method: &str) -> R<Parts<'a>> {
    match vm.int_parts(value) {
        Some(int) => Ok(int),
        None => Err(wrong_receiver(vm, method, "int", value)),
    }
}

fn exact_self(vm: &mut Vm, args: &[Value]) -> R {
    this(vm, args[0], "conjugate")?;
    Ok(exact(vm, args[0]))
}

fn bit_length(vm: &mut Vm, args: &[Value]) -> R {
    let int = this(vm, args[0], "bit_length")?;
    Ok(vm.int_usize(int.bit_length()))
}

fn bit_count(vm: &mut Vm, args: &[Value]) -> R {
    let int = this(vm, args[0], "bit_count")?;
    Ok(vm.int_usize(int.words().iter().map(|word| word.count_ones() as usize).sum()))
}

fn byte_order(vm: &mut Vm, value: Value, function: &str) -> R<ByteOrder> {
    let name = match vm.as_str(value) {
        Some(name) => name,
        None => str_argument(vm, value, &format!("{function}() argument 'byteorder'"))?,
    };
    lift(vm, ByteOrder::from_name(name.bytes()))
}

fn to_bytes(vm: &mut Vm, args: &[Value]) -> R {
    this(vm, args[0], "to_bytes")?;
    let length = vm.index_of(args[1])?;
    let order = byte_order(vm, args[2], "to_bytes")?;
    let signed = vm.truth(args[3])?;
    let Ok(length) = usize::try_from(length) else {
        return Err(vm.value_error("length argument must be non-negative"));
    };
    if let Some(word) = vm.as_int(args[0]).and_then(|int| fitting_word(int, length, signed)) {
        let mut bytes = word.to_le_bytes();
        let bytes = &mut bytes[..length];
        if order == ByteOrder::Big {
            bytes.reverse();
        }
        return Ok(vm.bytes(bytes));
    }
    crate::arguments::check_size(vm, length)?;
    let int = vm.as_big(args[0]).unwrap_or_default();
    let bytes = lift(vm, int::to_bytes(&int, length, order, signed))?;
    Ok(vm.bytes(&bytes))
}

/// The int as a word, if it fits into `length` bytes of one.
fn fitting_word(int: i64, length: usize, signed: bool) -> Option<i64> {
    let unused = 64_u32.checked_sub(u32::try_from(length).ok()?.checked_mul(8)?)?;
    let fits = match (signed, unused) {
        (_, 64) => false,
        (true, _) => int << unused >> unused == int,
        (false, 0) => int >= 0,
        (false, _) => int >> (64 - unused) == 0,
    };
    fits.then_some(int)
}

fn from_bytes(vm: &mut Vm, args: &[Value]) -> R {
    let order = byte_order(vm, args[2], "from_bytes")?;
    let signed = vm.truth(args[3])?;
    let bytes = match args[1].as_ptr().and_then(Bytes::of) {
        Some(bytes) => bytes,
        None => bytes_of_object(vm, args[1])?,
    };
    let int = int::from_bytes(bytes.data(), order, signed);
    let int = int_value(vm, int);
    if args[0] == vm.t.int.value() { Ok(int) } else { vm.call_positional(args[0], &[int]) }
}

fn as_integer_ratio(vm: &mut Vm, args: &[Value]) -> R {
    this(vm, args[0], "as_integer_ratio")?;
    let int = exact(vm, args[0]);
    Ok(vm.tuple(&[int, Value::small(1)]))
}

fn is_integer(vm: &mut Vm, args: &[Value]) -> R {
    this(vm, args[0], "is_integer")?;
    Ok(Value::TRUE)
}

fn round(vm: &mut Vm, args: &[Value]) -> R {
    let int = this(vm, args[0], "__round__")?;
    if args[1].is_none() {
        return Ok(exact(vm, args[0]));
    }
    let n_digits = vm.index_clamped(args[1])?;
    if n_digits >= 0 {
        return Ok(exact(vm, args[0]));
    }
    // A power of ten with more digits than the number has: more than twice as large.
    let n = n_digits.unsigned_abs() as usize;
    if n > int.bit_length() / 3 + 1 {
        return Ok(Value::small(0));
    }
    let int = vm.as_big(args[0]).unwrap_or_default();
    let unit = IBig::from(10).pow(n);
    let (mut quotient, remainder) = lift(vm, int::div_mod(&int, &unit))?;
    let odd = !(&quotient & IBig::ONE).is_zero();
    let above_half = (remainder * IBig::from(2)).cmp(&unit);
    if above_half.is_gt() || (above_half.is_eq() && odd) {
        quotient += IBig::ONE;
    }
    Ok(vm.big(quotient * unit))
}

fn getnewargs(vm: &mut Vm, args: &[Value]) -> R {
    this(vm, args[0], "__getnewargs__")?;
    let int = exact(vm, args[0]);
    Ok(vm.tuple(&[int]))
}

/// What CPython takes: a header of 24 bytes and 4 for every 30 bits.
fn sizeof(vm: &mut Vm, args: &[Value]) -> R {
    let int = this(vm, args[0], "__sizeof__")?;
    let n_digits = int.bit_length().div_ceil(30).max(1);
    Ok(vm.int_usize(24 + 4 * n_digits))
}
