//! Running the C parser, and saying what it expected in words.
//!
//! The parser stops at its first error. To report the next ones too, the
//! declaration with the error is blanked out and the rest parsed again.

use std::collections::BTreeSet;
use std::ops::Range;

use lang_c::ast::TranslationUnit;
use lang_c::driver::{Config, Flavor, SyntaxError, parse_preprocessed};

use super::error::Error;
use super::lex::{self, Span};
use super::pre::{DOTS, DOTS_FLOAT, DOTS_INT, Prepared};
use super::{Declarations, common};

/// Errors reported in one text at most.
const MAX_ERRORS: usize = 20;

/// A syntax tree, and the length of what was put before the piece of prepared text.
pub(super) struct Parsed {
    pub(super) unit: TranslationUnit,
    pub(super) prelude: usize,
}

/// What came out of a piece.
pub(super) enum Outcome {
    /// The tree, without the declarations that have errors.
    Tree(Parsed),
    /// A mistake shows only at the end: its declarations must be parsed one by one to find it.
    Split,
    /// Nothing could be kept.
    Nothing,
    /// There are errors enough.
    Stop,
}

/// Parse a piece of the prepared text.
pub(super) fn parse(
    decls: &Declarations,
    prepared: &Prepared,
    piece: &Range<usize>,
    source: &str,
    errors: &mut Vec<Error>,
) -> Outcome {
    let prelude = prelude(decls, &prepared.text[piece.clone()]);
    let config =
        Config { cpp_command: String::new(), cpp_options: Vec::new(), flavor: Flavor::GnuC11 };
    let mut text = format!("{prelude}{}", &prepared.text[piece.clone()]);
    loop {
        let error = match parse_preprocessed(&config, text) {
            Ok(parse) => {
                return Outcome::Tree(Parsed { unit: parse.unit, prelude: prelude.len() });
            }
            Err(error) => error,
        };
        let offset = piece.start + error.offset.saturating_sub(prelude.len());
        if offset >= piece.end && prepared.declarations(piece).len() > 1 {
            return Outcome::Split;
        }
        errors.push(explain(&error, offset, prepared, piece, source));
        if errors.len() >= MAX_ERRORS {
            return Outcome::Stop;
        }
        let wrong = prepared.declaration_at(offset);
        let (start, end) = (wrong.start.max(piece.start), wrong.end.min(piece.end));
        if start >= end {
            return Outcome::Nothing;
        }
        text = error.source;
        let shift = |offset: usize| prelude.len() + offset - piece.start;
        let range = shift(start)..shift(end);
        if text[range.clone()].trim_matches([' ', ';']).is_empty() {
            return Outcome::Nothing;
        }
        text.replace_range(range.clone(), &" ".repeat(range.len()));
    }
}

/// Typedefs of the names in `text` that are types already.
fn prelude(decls: &Declarations, text: &str) -> String {
    let mut names = BTreeSet::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !lex::is_word(bytes[at]) {
            at += 1;
            continue;
        }
        let length = bytes[at..].iter().take_while(|&&byte| lex::is_word(byte)).count();
        let word = &text[at..at + length];
        if decls.typedef(word).is_some()
            || common::is_common(word)
            || matches!(word, DOTS | DOTS_INT | DOTS_FLOAT)
        {
            names.insert(word);
        }
        at += length;
    }
    if names.is_empty() {
        return String::new();
    }
    let names: Vec<&str> = names.into_iter().collect();
    format!("typedef int {};\n", names.join(","))
}

fn explain(
    error: &SyntaxError,
    offset: usize,
    prepared: &Prepared,
    piece: &Range<usize>,
    source: &str,
) -> Error {
    let expected = &error.expected;
    let next = prepared.span_at(offset);
    let index = next.map_or(prepared.n_tokens(), |(index, _)| index);
    let found = next.filter(|_| offset < piece.end);
    let previous = index.checked_sub(1).and_then(|index| prepared.span_of_index(index));
    let wants = |token: &str| expected.contains(token);
    if let Some((_, span)) = found {
        let word = span.of(source);
        if wants("<typedef_name>") && is_plain_word(word) {
            return unknown_type(span, word);
        }
        if let Some(before) = previous
            && wants(",")
            && wants(")")
            && !wants("[")
            && is_plain_word(before.of(source))
        {
            return unknown_type(before, before.of(source));
        }
    }
    let found_text = found.map(|(_, span)| match span.of(source) {
        text if text.len() > 30 => format!("'{}…'", &text[..text.floor_char_boundary(30)]),
        text => format!("'{text}'"),
    });
    let end_of = if next.is_some() { "declaration" } else { "text" };
    let found_text = found_text.unwrap_or_else(|| format!("the end of the {end_of}"));
    let end = source.trim_end().len();
    let wanted = describe(expected);
    // What is missing belongs behind the token before; what is wrong is at the token itself.
    let span = match (found, previous) {
        (Some((_, span)), _) => span,
        (None, Some(before)) => Span::new(before.end, before.end),
        (None, None) => Span::new(end, end),
    };
    let after = previous
        .map(|before| before.of(source))
        .filter(|text| text.len() <= 30 && !text.is_empty());
    let after = after.map_or_else(String::new, |text| format!(" after '{text}'"));
    Error::syntax(span, format!("expected {wanted}{after}, found {found_text}"))
}

fn is_plain_word(text: &str) -> bool {
    text.bytes().next().is_some_and(lex::is_word_start) && !is_keyword(text)
}

fn is_keyword(text: &str) -> bool {
    const KEYWORDS: &[&str] = &[
        "auto", "char", "const", "double", "else", "enum", "extern", "float", "if", "inline",
        "int", "long", "register", "restrict", "return", "short", "signed", "sizeof", "static",
        "struct", "switch", "typedef", "union", "unsigned", "void", "volatile", "while", "do",
        "for", "case", "_Bool", "_Complex", "_Atomic", "break", "continue", "default", "goto",
        "typeof",
    ];
    KEYWORDS.contains(&text)
}

fn unknown_type(span: Span, word: &str) -> Error {
    Error::syntax(span, format!("unknown type name '{word}'"))
}

/// The parser's set of possible next tokens, as a person would say it.
fn describe(expected: &std::collections::HashSet<&'static str>) -> String {
    let wants = |token: &str| expected.contains(token);
    // Only an operand can start with these.
    if wants("~") {
        return if wants("]") { "an array length or ']'" } else { "an expression" }.to_owned();
    }
    if wants("#") && wants("<typedef_name>") {
        return "a declaration".to_owned();
    }
    let mut words: Vec<&str> = Vec::new();
    if wants("<typedef_name>") && (!wants(";") || wants("}")) {
        words.push("a type");
    } else if wants("[_a-zA-Z]") || wants("identifier") {
        words.push("a name");
    }
    for (token, word) in [
        (";", "';'"),
        (",", "','"),
        (")", "')'"),
        ("]", "']'"),
        ("}", "'}'"),
        (":", "':'"),
        ("...", "'...'"),
    ] {
        // Inside a struct, `;` alone is no member: say '}' only.
        let is_empty_member = token == ";" && wants("<typedef_name>") && wants("}");
        if wants(token) && !is_empty_member {
            words.push(word);
        }
    }
    if wants("=") && !wants(";") && !wants("]") {
        words.push("'='");
    }
    match words.split_last() {
        None => "a declaration".to_owned(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}
