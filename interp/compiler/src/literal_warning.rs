//! Warnings about literals: escapes that mean nothing, numbers that run into a keyword.
use ruff_python_ast::token::{Token, TokenKind};
use ruff_text_size::{Ranged, TextRange, TextSize};

use crate::fault::{Remark, WarningCategory};
use crate::source::Source;

/// The warnings of all literals among `tokens`.
pub(crate) fn literal_warnings(source: &Source<'_>, tokens: &[Token]) -> Vec<(TextRange, Remark)> {
    let mut remarks = Vec::new();
    for token in tokens {
        let text = || source.slice(token.range());
        let message = match token.kind() {
            TokenKind::String => text().contains('\\').then(|| plain(text())).flatten(),
            TokenKind::FStringMiddle | TokenKind::TStringMiddle => {
                let raw = token.string_flags().is_some_and(|flags| flags.is_raw_string());
                if raw || !text().contains('\\') { None } else { escape(text(), false) }
            }
            TokenKind::Int | TokenKind::Float | TokenKind::Complex => number(source, token.range()),
            _ => None,
        };
        if let Some(message) = message {
            let remark = Remark { category: WarningCategory::Syntax, message };
            remarks.push((token.range(), remark));
        }
    }
    remarks
}

fn plain(text: &str) -> Option<String> {
    let quote = text.find(['"', '\''])?;
    let prefix = text[..quote].to_ascii_lowercase();
    if prefix.contains('r') { None } else { escape(&text[quote..], prefix.contains('b')) }
}

/// The first invalid escape of a literal.
fn escape(text: &str, bytes: bool) -> Option<String> {
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        rest = &rest[at + 1..];
        let c = rest.chars().next()?;
        let valid = match c {
            '\n' | '\r' | '\\' | '\'' | '"' | 'a' | 'b' | 'f' | 'n' | 'r' | 't' | 'v' | 'x' => true,
            'N' | 'u' | 'U' => !bytes,
            '0'..='7' => {
                let len = rest.bytes().take(3).take_while(|b| (b'0'..=b'7').contains(b)).count();
                if len == 3 && c > '3' {
                    let digits = &rest[..3];
                    return Some(format!(
                        "\"\\{digits}\" is an invalid octal escape sequence. Did you mean \"\\\\{digits}\"? A raw string is also an option."
                    ));
                }
                true
            }
            _ => false,
        };
        if !valid {
            return Some(format!(
                "\"\\{c}\" is an invalid escape sequence. Did you mean \"\\\\{c}\"? A raw string is also an option."
            ));
        }
        rest = &rest[c.len_utf8()..];
    }
    None
}

/// `1if x else y`
fn number(source: &Source<'_>, range: TextRange) -> Option<String> {
    let end = range.end();
    let next = source.text.as_bytes().get(usize::from(end))?;
    if !next.is_ascii_lowercase() {
        return None;
    }
    let text = source.slice(TextRange::new(range.start(), end));
    let kind = match text.get(..2.min(text.len())) {
        Some("0x" | "0X") => "hexadecimal",
        Some("0o" | "0O") => "octal",
        Some("0b" | "0B") => "binary",
        _ if text.ends_with(['j', 'J']) => "imaginary",
        _ => "decimal",
    };
    debug_assert!(range.len() > TextSize::new(0));
    Some(format!("invalid {kind} literal"))
}
