//! The standard library in the executable.
#[cfg_attr(not(test), expect(dead_code, reason = "the build script writes, the command reads"))]
mod code_text;
mod format;

use std::sync::Arc;

use haft_builtins::runtime::import::library::{EntryKind, PackedLibrary};
use haft_bytecode::Code;

/// What the build script packed.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/library.bin"));

/// Reads the packed files.
#[derive(Debug)]
pub(crate) struct Archive {
    n_files: usize,
}

/// A piece of the archive and its length when it is unpacked.
struct Piece {
    bytes: &'static [u8],
    len: usize,
}

impl Piece {
    fn unpack(&self) -> Option<Vec<u8>> {
        if self.len == 0 {
            return Some(Vec::new());
        }
        // The length is known: nothing is grown and copied on the way.
        let mut out = vec![0; self.len];
        let len = miniz_oxide::inflate::decompress_slice_iter_to_slice(
            &mut out,
            std::iter::once(self.bytes),
            false,
            true,
        );
        (len == Ok(self.len)).then_some(out)
    }
}

fn number(at: usize) -> Option<usize> {
    let bytes = PACKED.get(at..at + 4)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
}

impl Archive {
    /// The archive; `None` if the executable has none, which the build script prevents.
    pub(crate) fn open() -> Option<Archive> {
        PACKED.starts_with(format::MAGIC).then_some(())?;
        Some(Archive { n_files: number(format::HEADER - 4)? })
    }
    fn field(row: usize, field: usize) -> Option<usize> {
        number(format::HEADER + (row * format::ROW + field) * 4)
    }
    fn slice(row: usize, field: usize) -> Option<&'static [u8]> {
        let (start, len) = (Self::field(row, field)?, Self::field(row, field + 1)?);
        PACKED.get(start..start + len)
    }
    fn name(row: usize) -> &'static str {
        Self::slice(row, 0).and_then(|name| std::str::from_utf8(name).ok()).unwrap_or_default()
    }
    /// The first row whose name is not less than `name`.
    fn lower_bound(&self, name: &str) -> usize {
        let (mut low, mut high) = (0, self.n_files);
        while low < high {
            let middle = usize::midpoint(low, high);
            if Self::name(middle) < name {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
    fn row(&self, path: &str) -> Option<usize> {
        let row = self.lower_bound(path);
        (row < self.n_files && Self::name(row) == path).then_some(row)
    }
    fn piece(row: usize, field: usize) -> Option<Piece> {
        Some(Piece { bytes: Self::slice(row, field)?, len: Self::field(row, field + 2)? })
    }
}

impl PackedLibrary for Archive {
    fn kind(&self, path: &str) -> Option<EntryKind> {
        if path.is_empty() {
            return Some(EntryKind::Folder);
        }
        if self.row(path).is_some() {
            return Some(EntryKind::File);
        }
        let prefix = format!("{path}/");
        let row = self.lower_bound(&prefix);
        (row < self.n_files && Self::name(row).starts_with(&prefix)).then_some(EntryKind::Folder)
    }
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        Self::piece(self.row(path)?, 2)?.unpack()
    }
    fn code(&self, path: &str, optimize: u8, filename: &str) -> Option<Arc<Code>> {
        let piece = Self::piece(self.row(path)?, 5)?;
        if optimize > 0 || piece.len == 0 {
            return None;
        }
        code_text::read_code(&piece.unpack()?, filename)
    }
    fn names(&self) -> Vec<String> {
        (0..self.n_files).map(|row| Self::name(row).to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use haft_compiler::{Mode, Options};

    use super::*;

    #[test]
    fn code_survives() {
        let source = "x = (1, -2, 3.5, 2j, 'a\\ud800', b'\\xff', ..., None, True, 10**30)\n\
                      def f(a, /, b, *c, d=1, **e):\n    'doc'\n    def g(): return a\n    try:\n        g()\n    finally:\n        pass\n\
                      y = x in {1, 2}\nz = x[1:2]\n";
        let (code, _) = haft_compiler::compile(source, &Options::new("f.py", Mode::Exec)).unwrap();
        let bytes = code_text::write_code(&code);
        assert_eq!(code_text::read_code(&bytes, "f.py").unwrap(), code);
        for cut in 0..bytes.len() {
            assert!(code_text::read_code(&bytes[..cut], "f.py").is_none(), "{cut}");
        }
    }

    #[test]
    fn finds_files_and_folders() {
        let archive = Archive::open().unwrap();
        assert_eq!(archive.kind("json/__init__.py"), Some(EntryKind::File));
        assert_eq!(archive.kind("json"), Some(EntryKind::Folder));
        assert_eq!(archive.kind("jso"), None);
        assert_eq!(archive.kind("json/"), None);
        assert_eq!(archive.kind("zzz"), None);
        assert!(archive.read("json/__init__.py").unwrap().starts_with(b"r\"\"\"JSON"));
        assert!(archive.code("json/decoder.py", 0, "/x/json/decoder.py").is_some());
        assert!(archive.names().iter().all(|name| !name.contains("/test/")));
    }
}
