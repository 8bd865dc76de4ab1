//! Escapes that cannot be decoded.
use super::token;
use super::{Failure, Fault, Kind};

impl Failure<'_> {
    /// `"\x1"`: CPython names the codec and the position in the decoded string.
    pub(super) fn bad_escape(&self) -> Option<Fault> {
        let offset = usize::from(self.range.start());
        let list = &self.tokens.list;
        let index = list.iter().position(|t| t.end >= offset && t.kind != Kind::Op)?;
        let token = &list[index];
        let text = self.text(token);
        let (body, is_bytes) = match token.kind {
            Kind::String => {
                let quote = text.find(['"', '\''])?;
                let prefix = text[..quote].to_ascii_lowercase();
                let quotes =
                    if text[quote..].starts_with("\"\"\"") || text[quote..].starts_with("'''") {
                        3
                    } else {
                        1
                    };
                (&text[quote + quotes..text.len().checked_sub(quotes)?], prefix.contains('b'))
            }
            _ => (text, false),
        };
        let (start, end, reason) = first_bad(body, is_bytes)?;
        let message = if is_bytes {
            format!("(value error) invalid \\x escape at position {start}")
        } else {
            format!(
                "(unicode error) 'unicodeescape' codec can't decode bytes in position {start}-{end}: {reason}"
            )
        };
        Some(Fault::syntax(message, token::range(token.start, token.end)))
    }
}

/// Position of the first bad escape in the bytes that the codec sees, its last byte and the reason.
fn first_bad(body: &str, is_bytes: bool) -> Option<(usize, usize, &'static str)> {
    let bytes = body.as_bytes();
    let mut at = 0;
    // The codec is given non-ASCII characters as ten-byte escapes.
    let mut seen = 0;
    while at < bytes.len() {
        if bytes[at] != b'\\' {
            let c = body[at..].chars().next()?;
            seen += if c.is_ascii() { 1 } else { 10 };
            at += c.len_utf8();
            continue;
        }
        let kind = *bytes.get(at + 1)?;
        let hex =
            |n: usize| bytes[at + 2..].iter().take(n).take_while(|b| b.is_ascii_hexdigit()).count();
        let (want, reason) = match kind {
            b'x' => (2, "truncated \\xXX escape"),
            b'u' if !is_bytes => (4, "truncated \\uXXXX escape"),
            b'U' if !is_bytes => (8, "truncated \\UXXXXXXXX escape"),
            b'N' if !is_bytes => {
                let rest = &body[at + 2..];
                let close = rest.find('}');
                let (len, reason) = match close {
                    _ if !rest.starts_with('{') => (2, "malformed \\N character escape"),
                    None => (2 + rest.len(), "malformed \\N character escape"),
                    Some(1) => (4, "malformed \\N character escape"),
                    Some(close) => {
                        let good = super::fragment::parse(&format!("\"\\N{}\"", &rest[..=close]));
                        if good.is_some() {
                            seen += close + 3;
                            at += close + 3;
                            continue;
                        }
                        (close + 3, "unknown Unicode character name")
                    }
                };
                return Some((seen, seen + len - 1, reason));
            }
            _ => {
                let c = body[at + 1..].chars().next()?;
                seen += if c.is_ascii() { 2 } else { 11 };
                at += 1 + c.len_utf8();
                continue;
            }
        };
        let n = hex(want);
        if n < want {
            return Some((seen, seen + 1 + n, reason));
        }
        if kind == b'U' && u32::from_str_radix(&body[at + 2..at + 10], 16).ok()? > 0x10_ffff {
            return Some((seen, seen + 9, "illegal Unicode character"));
        }
        seen += 2 + want;
        at += 2 + want;
    }
    None
}
