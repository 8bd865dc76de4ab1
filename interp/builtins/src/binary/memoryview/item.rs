//! One item of memory as a Python object, and back.
use haft_core::{R, Raised, Value, Vm};
use haft_text::int::{ByteOrder, IntRef, from_bytes};
use haft_text::structpack::{f16_from_f64, f16_to_f64};

use crate::arguments::slot;
use crate::number::{float_of, int_value, with_int};

/// What a native format character means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Meaning {
    Signed,
    Unsigned,
    Float,
    Bool,
    Character,
}

/// Format, with and without the mark of native layout; meaning; size in bytes.
const FORMATS: &[(&str, &str, Meaning, usize)] = &[
    ("B", "@B", Meaning::Unsigned, 1),
    ("b", "@b", Meaning::Signed, 1),
    ("c", "@c", Meaning::Character, 1),
    ("h", "@h", Meaning::Signed, size_of::<std::ffi::c_short>()),
    ("H", "@H", Meaning::Unsigned, size_of::<std::ffi::c_ushort>()),
    ("i", "@i", Meaning::Signed, size_of::<std::ffi::c_int>()),
    ("I", "@I", Meaning::Unsigned, size_of::<std::ffi::c_uint>()),
    ("l", "@l", Meaning::Signed, size_of::<std::ffi::c_long>()),
    ("L", "@L", Meaning::Unsigned, size_of::<std::ffi::c_ulong>()),
    ("q", "@q", Meaning::Signed, 8),
    ("Q", "@Q", Meaning::Unsigned, 8),
    ("n", "@n", Meaning::Signed, size_of::<isize>()),
    ("N", "@N", Meaning::Unsigned, size_of::<usize>()),
    ("f", "@f", Meaning::Float, 4),
    ("d", "@d", Meaning::Float, 8),
    ("e", "@e", Meaning::Float, 2),
    ("?", "@?", Meaning::Bool, 1),
    ("P", "@P", Meaning::Unsigned, size_of::<usize>()),
];

/// A native format.
#[derive(Clone, Copy, Debug)]
pub(super) struct Format {
    /// As it was written.
    pub(super) text: &'static str,
    pub(super) meaning: Meaning,
    pub(super) size: usize,
}

impl Format {
    /// The native format with this text.
    pub(super) fn of(text: &[u8]) -> Option<Format> {
        FORMATS.iter().find_map(|&(plain, marked, meaning, size)| {
            let text = [plain, marked].into_iter().find(|known| known.as_bytes() == text)?;
            Some(Format { text, meaning, size })
        })
    }
    /// Its character.
    pub(super) fn code(self) -> u8 {
        self.text.as_bytes()[self.text.len() - 1]
    }
    /// Is an item a single byte, whatever it means?
    pub(super) fn is_byte(self) -> bool {
        matches!(self.code(), b'B' | b'b' | b'c')
    }
}

/// The format of a view; NotImplementedError if it is not a native one.
pub(super) fn known(vm: &mut Vm, format: &str) -> R<Format> {
    match Format::of(format.as_bytes()) {
        Some(format) => Ok(format),
        None => Err(vm.not_implemented_error(format!("memoryview: format {format} not supported"))),
    }
}

/// The object in the bytes of an item.
pub(super) fn unpack(vm: &mut Vm, format: Format, bytes: &[u8]) -> Value {
    match format.meaning {
        Meaning::Unsigned if format.size == 1 => Value::small(i32::from(bytes[0])),
        Meaning::Signed | Meaning::Unsigned => {
            let int = from_bytes(bytes, ByteOrder::NATIVE, format.meaning == Meaning::Signed);
            int_value(vm, int)
        }
        Meaning::Float => vm.float(float(bytes)),
        Meaning::Bool => Value::bool(bytes[0] != 0),
        Meaning::Character => vm.bytes(bytes),
    }
}

fn float(bytes: &[u8]) -> f64 {
    match *bytes {
        [a, b] => f16_to_f64(u16::from_ne_bytes([a, b])),
        [a, b, c, d] => f64::from(f32::from_ne_bytes([a, b, c, d])),
        [a, b, c, d, e, f, g, h] => f64::from_ne_bytes([a, b, c, d, e, f, g, h]),
        _ => f64::NAN,
    }
}

/// The bytes of an item, the first ones of the array.
pub(super) fn pack(vm: &mut Vm, format: Format, value: Value) -> R<[u8; 8]> {
    match format.meaning {
        Meaning::Signed | Meaning::Unsigned => pack_int(vm, format, value),
        Meaning::Float => pack_float(vm, format, value),
        Meaning::Bool => Ok(first([u8::from(vm.truth(value)?)])),
        Meaning::Character => match vm.as_bytes(value).map(haft_core::object::Bytes::data) {
            Some(&[byte]) => Ok(first([byte])),
            Some(_) => Err(bad_value(vm, format)),
            None => Err(bad_type(vm, format)),
        },
    }
}

fn first<const N: usize>(bytes: [u8; N]) -> [u8; 8] {
    let mut out = [0; 8];
    out[..N].copy_from_slice(&bytes);
    out
}

fn pack_int(vm: &mut Vm, format: Format, value: Value) -> R<[u8; 8]> {
    if !vm.is_int(value) && slot(vm, value, |s| s.index.get().is_none()) {
        return Err(bad_type(vm, format));
    }
    let index = vm.index_value(value);
    let Some(index) = vm.catch(index, vm.exc.type_error)? else { return Err(bad_type(vm, format)) };
    let n_bits = format.size as u32 * 8;
    let bits = with_int(vm, index, |int| {
        let signed = int.to_i64();
        let unsigned = match int {
            IntRef::Small(small) => u64::try_from(small).ok(),
            IntRef::Big(big) => u64::try_from(big).ok(),
        };
        match format.meaning {
            Meaning::Signed => {
                signed.filter(|i| (i >> (n_bits - 1)) == (i >> 63)).map(i64::cast_unsigned)
            }
            _ => unsigned.filter(|i| n_bits == 64 || i >> n_bits == 0),
        }
    });
    match bits.flatten() {
        Some(bits) if cfg!(target_endian = "big") => Ok((bits << (64 - n_bits)).to_be_bytes()),
        Some(bits) => Ok(bits.to_le_bytes()),
        None => Err(bad_value(vm, format)),
    }
}

fn pack_float(vm: &mut Vm, format: Format, value: Value) -> R<[u8; 8]> {
    let number = float_of(vm, value);
    let Some(number) = vm.catch(number, vm.exc.type_error)? else {
        return Err(bad_type(vm, format));
    };
    match format.size {
        2 => match f16_from_f64(number) {
            Some(bits) => Ok(first(bits.to_ne_bytes())),
            None => Err(bad_value(vm, format)),
        },
        4 => Ok(first((number as f32).to_ne_bytes())),
        _ => Ok(number.to_ne_bytes()),
    }
}

#[cold]
fn bad_type(vm: &mut Vm, format: Format) -> Raised {
    vm.type_error(format!("memoryview: invalid type for format '{}'", char::from(format.code())))
}

#[cold]
fn bad_value(vm: &mut Vm, format: Format) -> Raised {
    vm.value_error(format!("memoryview: invalid value for format '{}'", char::from(format.code())))
}
