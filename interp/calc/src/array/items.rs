//! Type codes of arrays: how an item lies in memory.
use haft_core::{R, Raised, Value, Vm};
use haft_text::wtf8;

use crate::support::{float_argument, warn};

/// A type code with the size of an item in bytes, its format for buffers and its code for pickles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Code {
    pub(super) letter: u8,
    pub(super) size: usize,
    pub(super) format: &'static str,
    /// Machine format code of little endian; one more means big endian where there are two.
    pub(super) machine: u8,
}

const fn code(letter: u8, size: usize, format: &'static str, machine: u8) -> Code {
    Code { letter, size, format, machine }
}

/// All type codes.
const CODES: [Code; 14] = [
    code(b'b', 1, "b", 1),
    code(b'B', 1, "B", 0),
    code(b'u', 4, "w", 20),
    code(b'w', 4, "w", 20),
    code(b'h', 2, "h", 4),
    code(b'H', 2, "H", 2),
    code(b'i', 4, "i", 8),
    code(b'I', 4, "I", 6),
    code(b'l', 8, "l", 12),
    code(b'L', 8, "L", 10),
    code(b'q', 8, "q", 12),
    code(b'Q', 8, "Q", 10),
    code(b'f', 4, "f", 14),
    code(b'd', 8, "d", 16),
];

/// `array.typecodes`
pub(super) const TYPE_CODES: &str = "bBuwhHiIlLqQfd";

/// Formats of the numeric machine format codes, for `struct`.
pub(super) const MACHINE_FORMATS: [&str; 18] = [
    "B", "b", "<H", ">H", "<h", ">h", "<I", ">I", "<i", ">i", "<Q", ">Q", "<q", ">q", "<f", ">f",
    "<d", ">d",
];

impl Code {
    pub(super) fn find(letter: u8) -> Option<Code> {
        CODES.into_iter().find(|code| code.letter == letter)
    }
    pub(super) fn is_text(self) -> bool {
        matches!(self.letter, b'u' | b'w')
    }
}

/// DeprecationWarning about `u`.
pub(super) fn warn_u(vm: &mut Vm, code: Code) -> R<()> {
    if code.letter != b'u' {
        return Ok(());
    }
    let category = vm.exc.deprecation_warning;
    warn(vm, category, "The 'u' type code is deprecated and will be removed in Python 3.16")
}

/// The item in these bytes, `code.size` of them.
pub(super) fn load(vm: &mut Vm, code: Code, bytes: &[u8]) -> R {
    let mut raw = [0; 8];
    raw[..code.size].copy_from_slice(&bytes[..code.size]);
    let bits = u64::from_le_bytes(raw);
    Ok(match code.letter {
        b'b' => Value::small(i32::from(bits as i8)),
        b'h' => Value::small(i32::from(bits as i16)),
        b'i' => Value::small(bits as i32),
        b'l' | b'q' => vm.int(bits as i64),
        b'f' => vm.float(f64::from(f32::from_bits(bits as u32))),
        b'd' => vm.float(f64::from_bits(bits)),
        b'u' | b'w' => {
            if bits > 0x10_FFFF {
                return Err(vm.value_error(format!(
                    "character U+{bits:x} is not in range [U+0000; U+10ffff]"
                )));
            }
            vm.str_char(bits as u32)
        }
        _ => vm.int_u64(bits),
    })
}

#[cold]
fn range_error(vm: &mut Vm, what: &str, above: bool) -> Raised {
    let how = if above { "greater than maximum" } else { "less than minimum" };
    vm.overflow_error(format!("{what} is {how}"))
}

/// The bytes of an item.
pub(super) fn store(vm: &mut Vm, code: Code, value: Value) -> R<[u8; 8]> {
    match code.letter {
        b'f' => Ok(u64::from((float_argument(vm, value)? as f32).to_bits()).to_le_bytes()),
        b'd' => Ok(float_argument(vm, value)?.to_bits().to_le_bytes()),
        b'u' | b'w' => {
            let Some(text) = vm.as_str(value) else {
                let name = vm.type_name(value);
                return Err(
                    vm.type_error(format!("array item must be a unicode character, not {name}"))
                );
            };
            if text.len() != 1 {
                let n = text.len();
                return Err(vm.type_error(format!(
                    "array item must be a string of length 1, not a string of length {n}"
                )));
            }
            Ok(u64::from(wtf8::decode_at(text.bytes(), 0).0).to_le_bytes())
        }
        _ => store_int(vm, code, value),
    }
}

fn store_int(vm: &mut Vm, code: Code, value: Value) -> R<[u8; 8]> {
    let index = vm.index_value(value)?;
    let small = vm.as_int(index);
    let negative = vm.int_parts(index).is_some_and(|int| int.negative);
    if code.letter == b'Q' || code.letter == b'L' || code.letter == b'I' {
        if negative {
            let quad = if code.letter == b'Q' {
                "can't convert negative int to unsigned"
            } else {
                "can't convert negative value to unsigned int"
            };
            return Err(vm.overflow_error(quad));
        }
        let wide = vm.as_big(index).and_then(|big| u64::try_from(&big).ok());
        return match (wide, code.letter) {
            (Some(bits), b'I') if bits > u64::from(u32::MAX) => {
                Err(range_error(vm, "unsigned int", true))
            }
            (Some(bits), _) => Ok(bits.to_le_bytes()),
            (None, b'Q') => Err(vm.overflow_error("int too big to convert")),
            (None, _) => {
                Err(vm.overflow_error("Python int too large to convert to C unsigned long"))
            }
        };
    }
    let Some(small) = small else {
        let quad = if code.letter == b'q' {
            "int too big to convert"
        } else {
            "Python int too large to convert to C long"
        };
        return Err(vm.overflow_error(quad));
    };
    let (what, low, high) = match code.letter {
        b'b' => ("signed char", i64::from(i8::MIN), i64::from(i8::MAX)),
        b'B' => ("unsigned byte integer", 0, i64::from(u8::MAX)),
        b'h' => ("signed short integer", i64::from(i16::MIN), i64::from(i16::MAX)),
        b'H' => ("unsigned short", 0, i64::from(u16::MAX)),
        b'i' => ("signed integer", i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => ("integer", i64::MIN, i64::MAX),
    };
    if small < low || small > high {
        return Err(range_error(vm, what, small > high));
    }
    Ok(small.to_le_bytes())
}
