//! Numbers and characters: `abs`, `bin`, `chr`, `divmod`, `hex`, `oct`, `ord`, `pow`, `round`.
use haft_core::protocol::BinaryOp;
use haft_core::{R, Value, Vm};
use haft_text::int::{big_to_radix, i64_to_radix, with_prefix};
use haft_text::wtf8::decode_at;

use crate::arguments::slot;

haft_core::natives! {
    pub(super) static FUNCTIONS = {
        /// Return the absolute value of the argument.
        abs "($module, number, /)" => |vm, args| vm.absolute(args[0]);
        /// Return the binary representation of an integer.
        ///
        ///    >>> bin(2796202)
        ///    '0b1010101010101010101010'
        bin "($module, integer, /)" => |vm, args| in_radix(vm, args[0], 2);
        /// Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff.
        chr "($module, i, /)" => chr;
        /// Return the tuple (x//y, x%y).  Invariant: div*y + mod == x.
        divmod "($module, x, y, /)" => |vm, args| vm.binary_op(BinaryOp::DivMod, args[0], args[1]);
        /// Return the hexadecimal representation of an integer.
        ///
        ///    >>> hex(12648430)
        ///    '0xc0ffee'
        hex "($module, integer, /)" => |vm, args| in_radix(vm, args[0], 16);
        /// Return the octal representation of an integer.
        ///
        ///    >>> oct(342391)
        ///    '0o1234567'
        oct "($module, integer, /)" => |vm, args| in_radix(vm, args[0], 8);
        /// Return the ordinal value of a character.
        ///
        /// If the argument is a one-character string, return the Unicode code
        /// point of that character.
        ///
        /// If the argument is a bytes or bytearray object of length 1, return its
        /// single byte value.
        ord "($module, character, /)" => ord;
        /// Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments.
        ///
        /// Some types, such as ints, are able to use a more efficient algorithm when
        /// invoked using the three argument form.
        pow "($module, /, base, exp, mod=None)" => |vm, args| vm.power(args[0], args[1], args[2], false);
        /// Round a number to a given precision in decimal digits.
        ///
        /// The return value is an integer if ndigits is omitted or None.  Otherwise
        /// the return value has the same type as the number.  ndigits may be negative.
        round "($module, /, number, ndigits=None)" => round;
    }
}

fn in_radix(vm: &mut Vm, value: Value, radix: u32) -> R {
    let index = vm.index_value(value)?;
    let digits = match vm.as_int(index) {
        Some(number) => i64_to_radix(number, radix),
        None => big_to_radix(&vm.as_big(index).unwrap_or_default(), radix),
    };
    Ok(vm.str(&with_prefix(&digits, radix)))
}

fn chr(vm: &mut Vm, args: &[Value]) -> R {
    let number = vm.index_clamped(args[0])?;
    match u32::try_from(number).ok().filter(|&c| c < 0x11_0000) {
        Some(code_point) => Ok(vm.str_char(code_point)),
        None => Err(vm.value_error("chr() arg not in range(0x110000)")),
    }
}

fn ord(vm: &mut Vm, args: &[Value]) -> R {
    let len = if let Some(str) = vm.as_str(args[0]) {
        if str.len() == 1 {
            let (code_point, _) = decode_at(str.bytes(), 0);
            return Ok(Value::small(code_point.cast_signed()));
        }
        str.len()
    } else if slot(vm, args[0], |s| s.buffer.get().is_some())
        && !vm.instance_of(args[0], vm.t.memoryview)
    {
        let view = vm.buffer_of(args[0])?;
        if let [byte] = *view.bytes() {
            return Ok(Value::small(i32::from(byte)));
        }
        view.len
    } else {
        let class = vm.type_name(args[0]);
        return Err(vm.type_error(format!("ord() expected string of length 1, but {class} found")));
    };
    Err(vm.type_error(format!("ord() expected a character, but string of length {len} found")))
}

fn round(vm: &mut Vm, args: &[Value]) -> R {
    let digits = if args[1].is_none() { &[][..] } else { &args[1..2] };
    match vm.call_special(args[0], vm.names.__round__, digits)? {
        Some(rounded) => Ok(rounded),
        None => {
            let class = vm.type_name(args[0]);
            Err(vm.type_error(format!("type {class} doesn't define __round__ method")))
        }
    }
}
