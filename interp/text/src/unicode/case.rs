//! Full case mappings of strings.

use rustpython_unicode::case;

use super::{is_cased, is_lower, is_upper};
use crate::wtf8::{self, Run, code_points, decode_at, runs};

const CAPITAL_SIGMA: u32 = 0x3A3;
const SMALL_SIGMA: u32 = 0x3C3;
const FINAL_SIGMA: u32 = 0x3C2;

/// `str.lower`
pub fn lower(s: &[u8]) -> Vec<u8> {
    if s.is_ascii() {
        return s.to_ascii_lowercase();
    }
    map(s, |out, at, cp| push_lower(out, s, at, cp))
}

/// `str.upper`
pub fn upper(s: &[u8]) -> Vec<u8> {
    if s.is_ascii() {
        return s.to_ascii_uppercase();
    }
    map(s, |out, _, cp| push_upper(out, cp))
}

/// `str.swapcase`
pub fn swapcase(s: &[u8]) -> Vec<u8> {
    map(s, |out, at, cp| {
        if is_upper(cp) {
            push_lower(out, s, at, cp);
        } else if is_lower(cp) {
            push_upper(out, cp);
        } else {
            wtf8::push(out, cp);
        }
    })
}

/// `str.title`
pub fn title(s: &[u8]) -> Vec<u8> {
    let mut after_cased = false;
    map(s, |out, at, cp| {
        if after_cased {
            push_lower(out, s, at, cp);
        } else {
            push_title(out, cp);
        }
        after_cased = is_cased(cp);
    })
}

/// `str.capitalize`: the first character in title case, the others in lower case.
pub fn capitalize(s: &[u8]) -> Vec<u8> {
    map(s, |out, at, cp| {
        if at == 0 {
            push_title(out, cp);
        } else {
            push_lower(out, s, at, cp);
        }
    })
}

/// `str.casefold`
pub fn casefold(s: &[u8]) -> Vec<u8> {
    if s.is_ascii() {
        return s.to_ascii_lowercase();
    }
    let mut out = Vec::with_capacity(s.len());
    for run in runs(s) {
        match run {
            Run::Utf8(text) => out.extend_from_slice(case::casefold_str(text).as_bytes()),
            Run::Surrogate(cp) => wtf8::push(&mut out, cp),
        }
    }
    out
}

/// Call `push(out, offset, code point)` for each code point.
fn map(s: &[u8], mut push: impl FnMut(&mut Vec<u8>, usize, u32)) -> Vec<u8> {
    let mut out = Vec::with_capacity(s.len());
    let mut at = 0;
    while at < s.len() {
        let (cp, len) = decode_at(s, at);
        push(&mut out, at, cp);
        at += len;
    }
    out
}

fn push_lower(out: &mut Vec<u8>, s: &[u8], at: usize, cp: u32) {
    if cp < 0x80 {
        return out.push((cp as u8).to_ascii_lowercase());
    }
    if cp == CAPITAL_SIGMA {
        let end = at + wtf8::encoded_len(cp);
        wtf8::push(out, if is_final(s, at, end) { FINAL_SIGMA } else { SMALL_SIGMA });
        return;
    }
    match char::from_u32(cp) {
        Some(c) => push_all(out, c.to_lowercase()),
        None => wtf8::push(out, cp),
    }
}

fn push_upper(out: &mut Vec<u8>, cp: u32) {
    if cp < 0x80 {
        return out.push((cp as u8).to_ascii_uppercase());
    }
    match char::from_u32(cp) {
        Some(c) => push_all(out, c.to_uppercase()),
        None => wtf8::push(out, cp),
    }
}

fn push_title(out: &mut Vec<u8>, cp: u32) {
    if cp < 0x80 {
        return out.push((cp as u8).to_ascii_uppercase());
    }
    let Some(c) = char::from_u32(cp) else { return wtf8::push(out, cp) };
    let has_own_mapping = matches!(
        c,
        // Digraphs with a form of their own, and Georgian, which has no title case.
        '\u{1C4}'..='\u{1CC}' | '\u{1F1}'..='\u{1F3}' | '\u{10D0}'..='\u{10FF}'
    );
    let upper = c.to_uppercase();
    if upper.len() == 1 && !has_own_mapping {
        return push_all(out, upper);
    }
    let mut buffer = [0; 4];
    out.extend_from_slice(case::title_str(c.encode_utf8(&mut buffer)).as_bytes());
}

fn push_all(out: &mut Vec<u8>, chars: impl Iterator<Item = char>) {
    for c in chars {
        wtf8::push(out, u32::from(c));
    }
}

/// The condition `Final_Sigma` of Unicode's `SpecialCasing`: a cased letter before the bytes
/// `start..end` and none after, case-ignorable characters not counted.
fn is_final(s: &[u8], start: usize, end: usize) -> bool {
    let ignorable = |&cp: &u32| char::from_u32(cp).is_some_and(case::is_case_ignorable);
    let before = code_points(&s[..start]).rev().find(|cp| !ignorable(cp));
    let after = code_points(&s[end..]).find(|cp| !ignorable(cp));
    before.is_some_and(is_cased) && !after.is_some_and(is_cased)
}
