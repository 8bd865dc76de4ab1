//! Format strings.

use std::ffi::{c_int, c_long, c_short};

use super::slot::Kind;
use super::{Slot, error};
use crate::Result;
use crate::int::ByteOrder;
use crate::wtf8::is_ascii_space;

/// A parsed format.
#[derive(Clone, Debug)]
pub struct Format {
    items: Vec<Item>,
    size: usize,
    n_values: usize,
    order: ByteOrder,
    native: bool,
}

/// One format character with its count.
#[derive(Clone, Copy, Debug)]
struct Item {
    code: u8,
    kind: Kind,
    offset: usize,
    size: usize,
    n: usize,
}

/// How the sizes are chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// As the C compiler does, aligned.
    Native,
    /// Fixed sizes, not aligned.
    Standard,
}

impl Format {
    /// Parse; an embedded NUL and characters that are not ASCII are refused too.
    pub fn parse(format: &[u8]) -> Result<Self> {
        let (mode, order, body) = match format {
            [b'<', body @ ..] => (Mode::Standard, ByteOrder::Little, body),
            [b'>' | b'!', body @ ..] => (Mode::Standard, ByteOrder::Big, body),
            [b'=', body @ ..] => (Mode::Standard, ByteOrder::NATIVE, body),
            [b'@', body @ ..] => (Mode::Native, ByteOrder::NATIVE, body),
            _ => (Mode::Native, ByteOrder::NATIVE, format),
        };
        if body.contains(&0) {
            return Err(error("embedded null character"));
        }
        let native = mode == Mode::Native;
        let mut out = Self { items: Vec::new(), size: 0, n_values: 0, order, native };
        let mut rest = body;
        while let [byte, tail @ ..] = rest {
            if is_ascii_space(*byte) {
                rest = tail;
                continue;
            }
            let (n, code);
            (n, rest) = count(rest)?;
            [code] = *rest
                .first_chunk()
                .ok_or_else(|| error("repeat count given without format specifier"))?;
            rest = &rest[1..];
            out.push(code, n, mode)?;
        }
        Ok(out)
    }

    fn push(&mut self, code: u8, n: usize, mode: Mode) -> Result<()> {
        let (kind, size, align) =
            properties(code, mode).ok_or_else(|| error("bad char in struct format"))?;
        let too_long = || error("total struct size too long");
        let fits = |size: &usize| isize::try_from(*size).is_ok();
        let padding = (align - self.size % align) % align;
        let offset = self.size.checked_add(padding).filter(fits).ok_or_else(too_long)?;
        let n_bytes = size.checked_mul(n).ok_or_else(too_long)?;
        self.size = offset.checked_add(n_bytes).filter(fits).ok_or_else(too_long)?;
        let (size, n) = match kind {
            Kind::Pad => return Ok(()),
            Kind::Bytes | Kind::Pascal => (n, 1),
            _ => (size, n),
        };
        self.n_values += n;
        if n > 0 {
            self.items.push(Item { code, kind, offset, size, n });
        }
        Ok(())
    }

    /// `struct.calcsize`
    #[inline]
    pub fn size(&self) -> usize {
        self.size
    }

    /// How many Python values it packs.
    #[inline]
    pub fn n_values(&self) -> usize {
        self.n_values
    }

    /// The place of each value.
    pub fn slots(&self) -> impl Iterator<Item = Slot> + '_ {
        self.items.iter().flat_map(move |item| {
            (0..item.n).map(move |i| Slot {
                code: item.code,
                kind: item.kind,
                offset: item.offset + i * item.size,
                size: item.size,
                order: self.order,
                native: self.native,
            })
        })
    }
}

/// A count (1 if there is none) and what follows.
fn count(text: &[u8]) -> Result<(usize, &[u8])> {
    let n_digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = text.split_at(n_digits);
    let mut n: usize = 0;
    for digit in digits {
        n = n
            .checked_mul(10)
            .and_then(|n| n.checked_add(usize::from(digit - b'0')))
            .filter(|&n| isize::try_from(n).is_ok())
            .ok_or_else(|| error("total struct size too long"))?;
    }
    Ok((if digits.is_empty() { 1 } else { n }, rest))
}

/// Kind, size and alignment of a format character.
fn properties(code: u8, mode: Mode) -> Option<(Kind, usize, usize)> {
    let native = mode == Mode::Native;
    let sized = |size_of_c: usize, standard: usize| if native { size_of_c } else { standard };
    let (kind, size) = match code {
        b'x' => (Kind::Pad, 1),
        b'c' => (Kind::Char, 1),
        b's' => (Kind::Bytes, 1),
        b'p' => (Kind::Pascal, 1),
        b'?' => (Kind::Bool, 1),
        b'b' => (Kind::Signed, 1),
        b'B' => (Kind::Unsigned, 1),
        b'h' => (Kind::Signed, sized(size_of::<c_short>(), 2)),
        b'H' => (Kind::Unsigned, sized(size_of::<c_short>(), 2)),
        b'i' => (Kind::Signed, sized(size_of::<c_int>(), 4)),
        b'I' => (Kind::Unsigned, sized(size_of::<c_int>(), 4)),
        b'l' => (Kind::Signed, sized(size_of::<c_long>(), 4)),
        b'L' => (Kind::Unsigned, sized(size_of::<c_long>(), 4)),
        b'q' => (Kind::Signed, 8),
        b'Q' => (Kind::Unsigned, 8),
        b'n' if native => (Kind::Signed, size_of::<usize>()),
        b'N' if native => (Kind::Unsigned, size_of::<usize>()),
        b'P' if native => (Kind::Pointer, size_of::<usize>()),
        b'e' => (Kind::Float, 2),
        b'f' => (Kind::Float, 4),
        b'd' => (Kind::Float, 8),
        b'F' => (Kind::Complex, 8),
        b'D' => (Kind::Complex, 16),
        _ => return None,
    };
    let align = match (mode, kind, size) {
        (Mode::Standard, ..) => 1,
        (_, Kind::Complex, _) => size / 2,
        _ => size,
    };
    Some((kind, size, align))
}
