//! Layouts and calls compared with what the C compiler makes of the same text.
//!
//! Records and functions are random, but from a fixed seed: the text is given to
//! `cc` and to our parser, the results must be equal.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod calls;
mod closures;
mod layouts;
mod library;
mod random;
mod variadic;

use std::path::{Path, PathBuf};
use std::process::Command;

use haft_cffi_core::types::{CType, FieldBits};
use haft_cffi_core::{CTypeId, Declarations, Options, Primitive, Types};

/// Compile `source` in a directory of its own; `args` say to what.
fn compile(name: &str, source: &str, args: &[&str]) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&directory).unwrap();
    let (file, output) = (directory.join("source.c"), directory.join("output"));
    std::fs::write(&file, source).unwrap();
    let result =
        Command::new("cc").args(args).arg("-w").arg("-o").arg(&output).arg(&file).output().unwrap();
    assert!(result.status.success(), "{}", String::from_utf8_lossy(&result.stderr));
    output
}

fn declare(text: &str) -> (Types, Declarations) {
    let (mut types, mut decls) = (Types::new(), Declarations::new());
    if let Err(errors) = decls.parse(&mut types, text, &Options::default()) {
        let rendered: Vec<String> = errors.iter().map(|error| error.render(text)).collect();
        panic!("{}", rendered.join("\n"));
    }
    (types, decls)
}

/// The bits of a type that carry its value: no padding.
fn value_mask(types: &Types, ty: CTypeId) -> Vec<u8> {
    let size = usize::try_from(types.size(ty).unwrap().unwrap()).unwrap();
    let mut mask = vec![0; size];
    add_mask(types, ty, &mut mask);
    mask
}

fn add_mask(types: &Types, ty: CTypeId, mask: &mut [u8]) {
    match types.ty(ty) {
        CType::Record(_) => {
            for field in types.layout(ty).unwrap().unwrap().fields.values() {
                let place = &mut mask[usize::try_from(field.offset).unwrap()..];
                if let FieldBits::Bitfield { shift, width } = field.bits {
                    for bit in shift..shift + width {
                        place[bit as usize / 8] |= 1 << (bit % 8);
                    }
                } else {
                    add_mask(types, field.ty, place);
                }
            }
        }
        CType::Array { item, length } => {
            let size = usize::try_from(types.size(*item).unwrap().unwrap()).unwrap();
            for index in 0..usize::try_from(length.fixed().unwrap_or(0)).unwrap() {
                add_mask(types, *item, &mut mask[index * size..]);
            }
        }
        // The x87 format has 80 bits.
        CType::Primitive(Primitive::LongDouble) if cfg!(target_arch = "x86_64") => {
            mask[..10].fill(0xff);
        }
        _ => {
            let size = usize::try_from(types.size(ty).unwrap().unwrap()).unwrap();
            mask[..size].fill(0xff);
        }
    }
}

/// Random bytes that are a value of the type: `_Bool` is 0 or 1, a `long double` is normal.
fn random_value(types: &Types, ty: CTypeId, random: &mut random::Random) -> Vec<u8> {
    let size = usize::try_from(types.size(ty).unwrap().unwrap()).unwrap();
    let mut bytes: Vec<u8> = (0..size).map(|_| random.byte()).collect();
    normalise(types, ty, &mut bytes);
    bytes
}

fn normalise(types: &Types, ty: CTypeId, bytes: &mut [u8]) {
    match types.ty(ty) {
        CType::Record(_) => {
            for field in types.layout(ty).unwrap().unwrap().fields.values() {
                normalise(types, field.ty, &mut bytes[usize::try_from(field.offset).unwrap()..]);
            }
        }
        CType::Array { item, length } => {
            let size = usize::try_from(types.size(*item).unwrap().unwrap()).unwrap();
            for index in 0..usize::try_from(length.fixed().unwrap_or(0)).unwrap() {
                normalise(types, *item, &mut bytes[index * size..]);
            }
        }
        CType::Primitive(Primitive::Bool) => bytes[0] &= 1,
        CType::Primitive(Primitive::LongDouble) if bytes.len() >= 16 => {
            // The leading one of x87, and an exponent that is neither zero nor all ones.
            bytes[7] |= 0x80;
            bytes[9] = bytes[9] & 0x3f | 0x20;
            bytes[15] = bytes[15] & 0x3f | 0x20;
        }
        _ => {}
    }
}

fn masked(bytes: &[u8], mask: &[u8]) -> Vec<u8> {
    bytes.iter().zip(mask).map(|(byte, mask)| byte & mask).collect()
}
