//! The packed library's file format: written by the build script, read by the executable.
//!
//! ```text
//! "HAFTLIB1", number of files: u32
//! a row for each file, sorted by name:
//!     name: offset, length; text: offset, packed length, length; code: offset, packed length, length   (8 × u32)
//! names, texts and code, one after the other; offsets count from the start
//! ```
//! Texts and code are compressed one by one (raw deflate), so that reading a module costs nothing for the others. Code
//! has length 0 where the text is to be compiled.

/// Start of the file.
pub(crate) const MAGIC: &[u8; 8] = b"HAFTLIB1";
/// Numbers in a row.
pub(crate) const ROW: usize = 8;
/// Bytes before the rows.
pub(crate) const HEADER: usize = 12;
