//! Names of codecs.

/// A codec that is built in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// UTF-8.
    Utf8,
    /// UTF-16 with a mark.
    Utf16,
    /// UTF-16, little endian.
    Utf16Le,
    /// UTF-16, big endian.
    Utf16Be,
    /// UTF-32 with a mark.
    Utf32,
    /// UTF-32, little endian.
    Utf32Le,
    /// UTF-32, big endian.
    Utf32Be,
    /// ASCII.
    Ascii,
    /// Latin-1.
    Latin1,
}

impl Codec {
    /// The codec that `encode` and `decode` use without asking the registry.
    pub fn from_name(name: &[u8]) -> Option<Self> {
        Some(match normalize_name(name).as_str() {
            "utf_8" | "utf8" => Self::Utf8,
            "utf_16" | "utf16" => Self::Utf16,
            "utf_16_le" => Self::Utf16Le,
            "utf_16_be" => Self::Utf16Be,
            "utf_32" | "utf32" => Self::Utf32,
            "utf_32_le" => Self::Utf32Le,
            "utf_32_be" => Self::Utf32Be,
            "ascii" | "us_ascii" => Self::Ascii,
            "latin1" | "latin_1" | "iso_8859_1" | "iso8859_1" => Self::Latin1,
            _ => return None,
        })
    }
}

/// Lower case, and one underscore for everything between letters, digits and dots.
pub fn normalize_name(name: &[u8]) -> String {
    let mut out = String::with_capacity(name.len());
    let mut between = false;
    for &byte in name {
        if !byte.is_ascii_alphanumeric() && byte != b'.' {
            between = true;
            continue;
        }
        if between && !out.is_empty() {
            out.push('_');
        }
        between = false;
        out.push(char::from(byte.to_ascii_lowercase()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (name, normal) in [
            ("UTF-8", "utf_8"),
            (" utf  16 LE ", "utf_16_le"),
            ("iso8859.1-x", "iso8859.1_x"),
            ("", ""),
        ] {
            assert_eq!(normalize_name(name.as_bytes()), normal);
        }
        assert_eq!(Codec::from_name(b"Latin-1"), Some(Codec::Latin1));
        assert_eq!(Codec::from_name(b"cp1252"), None);
    }
}
