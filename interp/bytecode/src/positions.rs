//! Where the instructions of a code object come from, packed: most code never asks.
//!
//! Packed, an entry takes six bytes where [`Position`] takes twenty, and a library module is loaded without reading
//! them. The first traceback that needs them unpacks them all.
use std::ops::Deref;
use std::sync::OnceLock;

/// Where in the source an instruction comes from. Columns are byte offsets in the UTF-8 line, from 0, as in `ast`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// First word this position holds for; it holds up to the next entry's.
    pub pc: u32,
    /// Line, from 1; 0: no line (made by the compiler).
    pub line: u32,
    /// Last line.
    pub end_line: u32,
    /// Column of the first byte.
    pub column: u32,
    /// Column after the last byte.
    pub end_column: u32,
}

/// Positions by rising `pc`. Dereferences to a slice of them.
#[derive(Clone, Debug, Default)]
pub struct Positions {
    /// Each as differences to the one before, in LEB128.
    packed: Box<[u8]>,
    unpacked: OnceLock<Box<[Position]>>,
}

impl Positions {
    /// Positions from what [`packed`](Self::packed) gave. What is damaged is left out.
    pub fn from_packed(packed: &[u8]) -> Self {
        Self { packed: packed.into(), unpacked: OnceLock::new() }
    }
    /// The packed form.
    pub fn packed(&self) -> &[u8] {
        &self.packed
    }
}

impl Deref for Positions {
    type Target = [Position];
    fn deref(&self) -> &[Position] {
        self.unpacked.get_or_init(|| Unpack { rest: &self.packed, pc: 0, line: 0 }.collect())
    }
}

impl PartialEq for Positions {
    fn eq(&self, other: &Self) -> bool {
        self.packed == other.packed
    }
}

impl FromIterator<Position> for Positions {
    fn from_iter<T: IntoIterator<Item = Position>>(positions: T) -> Self {
        let mut packed = Vec::new();
        let (mut pc, mut line) = (0, 0);
        for position in positions {
            let between = |low: u32, high: u32| zigzag(i64::from(high) - i64::from(low));
            number(&mut packed, position.pc.wrapping_sub(pc).into());
            number(&mut packed, between(line, position.line));
            number(&mut packed, between(position.line, position.end_line));
            number(&mut packed, position.column.into());
            number(&mut packed, between(position.column, position.end_column));
            (pc, line) = (position.pc, position.line);
        }
        Self { packed: packed.into(), unpacked: OnceLock::new() }
    }
}

/// Small numbers of either sign as small numbers.
fn zigzag(n: i64) -> u64 {
    ((n << 1) ^ (n >> 63)).cast_unsigned()
}

fn number(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n.to_le_bytes()[0] | 0x80);
        n >>= 7;
    }
    out.push(n.to_le_bytes()[0]);
}

/// Reads packed positions.
struct Unpack<'a> {
    rest: &'a [u8],
    pc: u32,
    line: i64,
}

impl Unpack<'_> {
    fn number(&mut self) -> Option<u64> {
        let (mut n, mut shift) = (0, 0);
        loop {
            let (&byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            n |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(n);
            }
            shift += 7;
        }
    }
    fn narrow(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }
    fn signed(&mut self) -> Option<i64> {
        let n = self.number()?;
        Some((n >> 1).cast_signed() ^ -((n & 1).cast_signed()))
    }
}

impl Iterator for Unpack<'_> {
    type Item = Position;
    fn next(&mut self) -> Option<Position> {
        self.pc = self.pc.wrapping_add(self.narrow()?);
        self.line += self.signed()?;
        let end_line = self.line + self.signed()?;
        let column = self.narrow()?;
        let end_column = i64::from(column) + self.signed()?;
        Some(Position {
            pc: self.pc,
            line: u32::try_from(self.line).ok()?,
            end_line: u32::try_from(end_line).ok()?,
            column,
            end_column: u32::try_from(end_column).ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_survive_packing() {
        let position = |pc, line, end_line, column, end_column| Position {
            pc,
            line,
            end_line,
            column,
            end_column,
        };
        let all = [
            position(0, 3, 3, 0, 7),
            position(1, 3, 90_000, 300, 2),
            position(500, 0, 0, 0, 0),
            position(501, u32::MAX, u32::MAX, u32::MAX, 0),
        ];
        let packed: Positions = all.into_iter().collect();
        assert_eq!(*packed, all);
        let again = Positions::from_packed(packed.packed());
        assert_eq!(again, packed);
        assert_eq!(*again, all);
        for cut in 0..packed.packed().len() {
            assert!(all.starts_with(&Positions::from_packed(&packed.packed()[..cut])));
        }
    }
}
