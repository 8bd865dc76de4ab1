//! The methods of `bytes` that treat bytes as ASCII text; the rest of it is in [`crate::wtf8`].

use crate::wtf8::is_ascii_space;

/// `bytes.swapcase`
pub fn swapcase(bytes: &[u8]) -> Vec<u8> {
    let swap = |byte: &u8| {
        if byte.is_ascii_lowercase() {
            byte.to_ascii_uppercase()
        } else {
            byte.to_ascii_lowercase()
        }
    };
    bytes.iter().map(swap).collect()
}

/// `bytes.title`
pub fn title(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut after_letter = false;
    for byte in bytes {
        out.push(if after_letter { byte.to_ascii_lowercase() } else { byte.to_ascii_uppercase() });
        after_letter = byte.is_ascii_alphabetic();
    }
    out
}

/// `bytes.capitalize`
pub fn capitalize(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_ascii_lowercase();
    if let Some(first) = out.first_mut() {
        first.make_ascii_uppercase();
    }
    out
}

fn all_of_some(bytes: &[u8], predicate: fn(&u8) -> bool) -> bool {
    !bytes.is_empty() && bytes.iter().all(predicate)
}

/// `bytes.isalpha`
pub fn is_alpha(bytes: &[u8]) -> bool {
    all_of_some(bytes, u8::is_ascii_alphabetic)
}

/// `bytes.isalnum`
pub fn is_alnum(bytes: &[u8]) -> bool {
    all_of_some(bytes, u8::is_ascii_alphanumeric)
}

/// `bytes.isdigit`
pub fn is_digit(bytes: &[u8]) -> bool {
    all_of_some(bytes, u8::is_ascii_digit)
}

/// `bytes.isspace`
pub fn is_space(bytes: &[u8]) -> bool {
    all_of_some(bytes, |&byte| is_ascii_space(byte))
}

/// `bytes.islower`
pub fn is_lower(bytes: &[u8]) -> bool {
    bytes.iter().any(u8::is_ascii_lowercase) && !bytes.iter().any(u8::is_ascii_uppercase)
}

/// `bytes.isupper`
pub fn is_upper(bytes: &[u8]) -> bool {
    bytes.iter().any(u8::is_ascii_uppercase) && !bytes.iter().any(u8::is_ascii_lowercase)
}

/// `bytes.istitle`
pub fn is_title(bytes: &[u8]) -> bool {
    let (mut cased, mut after_letter) = (false, false);
    for byte in bytes {
        let letter = byte.is_ascii_alphabetic();
        if letter && byte.is_ascii_uppercase() == after_letter {
            return false;
        }
        cased |= letter;
        after_letter = letter;
    }
    cased
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case() {
        assert_eq!(swapcase(b"aB1\xe9"), b"Ab1\xe9");
        assert_eq!(title(b"heLLo wORLD 1a_b\xe9x"), b"Hello World 1A_B\xe9X");
        assert_eq!(capitalize(b"heLLo"), b"Hello");
    }

    #[test]
    fn classes() {
        for (bytes, lower, upper, title) in [
            (&b""[..], false, false, false),
            (b"a1", true, false, false),
            (b"A1", false, true, true),
            (b"Ab Cd", false, false, true),
            (b"AB", false, true, false),
            (b"\xe9", false, false, false),
        ] {
            assert_eq!((is_lower(bytes), is_upper(bytes), is_title(bytes)), (lower, upper, title));
        }
        assert!(is_space(b" \t\n\r\x0b\x0c") && !is_space(b"\x1c") && !is_space(b""));
        assert!(is_alpha(b"aZ") && is_alnum(b"a1") && is_digit(b"12") && !is_digit(b""));
    }
}
