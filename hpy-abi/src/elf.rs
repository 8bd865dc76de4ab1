//! The symbols of a shared library, read from its file.

use std::path::Path;
use std::{fs, io};

/// Numbers at places in a file; what is outside of it is `None`.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn number<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        self.0.get(at..at.checked_add(N)?)?.first_chunk().copied()
    }

    fn u16(&self, at: usize) -> Option<usize> {
        self.number(at).map(u16::from_le_bytes).map(usize::from)
    }

    fn u32(&self, at: usize) -> Option<usize> {
        self.number(at).map(u32::from_le_bytes).and_then(|n| usize::try_from(n).ok())
    }

    /// A place in the file or a length: never more than the file has.
    fn u64(&self, at: usize) -> Option<usize> {
        let number = self.number(at).map(u64::from_le_bytes).and_then(|n| usize::try_from(n).ok());
        number.filter(|&number| number <= self.0.len())
    }

    /// The text at a place, up to its zero.
    fn text(&self, at: usize) -> Option<&str> {
        let rest = self.0.get(at..)?;
        let end = rest.iter().position(|&byte| byte == 0)?;
        std::str::from_utf8(&rest[..end]).ok()
    }
}

/// A section of all symbols, static functions among them: `SHT_SYMTAB`; absent when they were stripped.
const ALL_SYMBOLS: usize = 2;
/// A section of the symbols that others see: `SHT_DYNSYM`.
const DYNAMIC_SYMBOLS: usize = 11;
/// Bytes of a symbol.
const SYMBOL_SIZE: usize = 24;

/// The names of the symbols that a library defines for others; none for files of other formats than ELF of 64 bits,
/// little-endian.
pub fn exported_symbols(path: &Path) -> io::Result<Vec<String>> {
    let file = fs::read(path)?;
    let symbols = symbols(&Bytes(&file), DYNAMIC_SYMBOLS).unwrap_or_default();
    Ok(symbols.into_iter().map(|symbol| symbol.name).collect())
}

/// The name of the function that has the byte at that distance from the library's beginning.
pub fn function_at(path: &Path, offset: usize) -> Option<String> {
    let file = fs::read(path).ok()?;
    let file = Bytes(&file);
    [ALL_SYMBOLS, DYNAMIC_SYMBOLS].into_iter().find_map(|section| {
        let symbols = symbols(&file, section)?;
        let covers =
            |symbol: &Symbol| offset.checked_sub(symbol.start).is_some_and(|at| at < symbol.len);
        symbols.into_iter().find(covers).map(|symbol| symbol.name)
    })
}

/// A symbol that a library defines.
#[derive(Debug, PartialEq, Eq)]
struct Symbol {
    name: String,
    start: usize,
    len: usize,
}

/// The symbols in the section of that kind.
fn symbols(file: &Bytes<'_>, kind: usize) -> Option<Vec<Symbol>> {
    if !file.0.starts_with(b"\x7fELF\x02\x01") {
        return None;
    }
    let (sections, size, n) = (file.u64(0x28)?, file.u16(0x3a)?, file.u16(0x3c)?);
    let section = |index: usize| sections.checked_add(index.checked_mul(size)?);
    let table = (0..n).filter_map(section).find(|&at| file.u32(at + 4) == Some(kind))?;
    let (start, length, link) =
        (file.u64(table + 0x18)?, file.u64(table + 0x20)?, file.u32(table + 0x28)?);
    let texts = file.u64(section(link)? + 0x18)?;
    let mut found = Vec::new();
    for index in 0..length / SYMBOL_SIZE {
        let symbol = start + index * SYMBOL_SIZE;
        // A symbol without a section is one that the library needs, not one that it has.
        if file.u16(symbol + 6)? != 0 {
            found.push(Symbol {
                name: file.text(texts + file.u32(symbol)?)?.to_owned(),
                start: file.number(symbol + 8).map(u64::from_le_bytes)? as usize,
                len: file.number(symbol + 16).map(u64::from_le_bytes)? as usize,
            });
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_files_have_none() {
        for file in [&b""[..], b"\x7fELF", b"\x7fELF\x02\x01\x01\0\0\0", b"text"] {
            assert_eq!(symbols(&Bytes(file), ALL_SYMBOLS), None);
        }
        let mut cut = b"\x7fELF\x02\x01".to_vec();
        cut.resize(0x40, 0xff);
        assert_eq!(symbols(&Bytes(&cut), DYNAMIC_SYMBOLS), None);
    }
}
