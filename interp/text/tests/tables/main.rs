//! Tables of calls and their results, proved on `CPython`; one file of `testdata` each.
//!
//! A row is `operation<TAB>argument…<TAB>result`. Strings are written as the codec
//! `unicode_escape` writes them, bytes as the string of the same code points. A result that
//! starts with `!` is an exception.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a malformed table fails the test, and failing rows are shown"
)]

mod codecs;
mod format;
mod numbers;
mod pack;
mod row;
mod strings;

use row::Row;

/// Run every row of a table and show the first differences.
fn check(table: &str, run: fn(&Row<'_>) -> haft_text::Result<String>) {
    let path = format!("{}/testdata/{table}.txt", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let mut failures = Vec::new();
    let mut n_rows = 0;
    for line in text.lines() {
        let row = Row::parse(line);
        n_rows += 1;
        let found = match run(&row) {
            Ok(result) => result,
            Err(error) => row::escape_error(&error),
        };
        if found != row.expected {
            failures.push(format!("{line}\n    found {found}"));
        }
    }
    failures.iter().take(20).for_each(|failure| println!("{failure}"));
    assert!(n_rows > 0 && failures.is_empty(), "{} of {n_rows} rows of {table}", failures.len());
}

#[test]
fn float() {
    check("float", numbers::float);
}

#[test]
fn int() {
    check("int", numbers::int);
}

#[test]
fn complex() {
    check("complex", numbers::complex);
}

#[test]
fn strings() {
    check("strings", strings::string);
}

#[test]
fn unicode() {
    check("unicode", strings::unicode);
}

#[test]
fn codecs() {
    check("codecs", codecs::codec);
}

#[test]
fn base() {
    check("base", pack::base);
}

#[test]
fn structpack() {
    check("structpack", pack::structure);
}

#[test]
fn format_string() {
    check("format_string", format::string);
}

#[test]
fn format_spec() {
    check("format_spec", format::spec);
}
