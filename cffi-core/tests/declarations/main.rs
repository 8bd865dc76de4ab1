//! Declarations as data: what each becomes, or the error it gives.
//!
//! `accepted.txt` and `rejected.txt` hold blocks separated by `%%` lines: the
//! declarations, a `--` line, what is expected. Run with `BLESS=1` to write what
//! is found instead of comparing; then read the difference.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod types;

use std::fmt::Write;
use std::path::Path;

use haft_cffi_core::parse::GlobalKind;
use haft_cffi_core::types::{CType, FieldBits};
use haft_cffi_core::{Declarations, Options, Quals, Types};

/// Compare every block of a file with what `show` makes of its declarations.
fn check_file(file: &str, at_least: usize, show: fn(&str) -> String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/declarations").join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    let mut blessed = Vec::new();
    let mut failures = Vec::new();
    let text = format!("{}\n", text.trim_end());
    for block in text.split("\n%%\n") {
        let (input, expected) = block.split_once("\n--\n").unwrap_or((block, ""));
        let found = show(input);
        if found.trim_end() != expected.trim_end() {
            failures.push(format!("{input}\n-- expected\n{expected}\n-- found\n{found}"));
        }
        blessed.push(format!("{input}\n--\n{}", found.trim_end()));
    }
    assert!(blessed.len() >= at_least, "only {} blocks", blessed.len());
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, format!("{}\n", blessed.join("\n%%\n"))).unwrap();
    } else {
        assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    }
}

/// Options may be given in a first line `// packed`, `// pack=2`.
fn options(input: &str) -> Options {
    let first = input.lines().next().unwrap_or_default();
    let pack = match first.strip_prefix("// ") {
        Some("packed") => Some(1),
        Some(text) => text.strip_prefix("pack=").and_then(|number| number.parse().ok()),
        None => None,
    };
    Options { pack, ..Options::default() }
}

fn show_accepted(input: &str) -> String {
    let mut types = Types::new();
    let mut decls = Declarations::new();
    match decls.parse(&mut types, input, &options(input)) {
        Ok(_) => dump(&types, &decls),
        Err(errors) => {
            let rendered: Vec<String> = errors.iter().map(|error| error.render(input)).collect();
            format!("REJECTED {}", rendered.join("\n"))
        }
    }
}

fn show_rejected(input: &str) -> String {
    let mut types = Types::new();
    let mut decls = Declarations::new();
    match decls.parse(&mut types, input, &options(input)) {
        Ok(_) => "ACCEPTED".to_owned(),
        Err(errors) => {
            let rendered: Vec<String> = errors
                .iter()
                .map(|error| format!("{:?}: {}", error.kind.raises(), error.render(input)))
                .collect();
            rendered.join("\n")
        }
    }
}

fn quals(quals: Quals) -> String {
    [(Quals::CONST, "const "), (Quals::VOLATILE, "volatile "), (Quals::RESTRICT, "restrict ")]
        .iter()
        .filter(|(bit, _)| quals.contains(*bit))
        .map(|&(_, name)| name)
        .collect()
}

fn dump(types: &Types, decls: &Declarations) -> String {
    let mut out = String::new();
    for (name, ty, own) in decls.typedefs() {
        writeln!(out, "typedef {name}: {}{}", quals(own), types.text(ty)).unwrap();
    }
    for (kind, name, ty) in decls.tags() {
        writeln!(out, "{} {name}: {}", kind.keyword(), types.text(ty)).unwrap();
    }
    for (name, global) in decls.globals() {
        match global.kind {
            GlobalKind::DeferredMacro => writeln!(out, "macro {name} ...").unwrap(),
            GlobalKind::Integer(value) => writeln!(out, "macro {name} = {value}").unwrap(),
            kind => {
                let (own, ty) = (quals(global.quals), types.text(global.ty));
                writeln!(out, "{} {name}: {own}{ty}", kind.word()).unwrap();
            }
        }
    }
    for (name, value) in decls.constants() {
        writeln!(out, "{name} = {value}").unwrap();
    }
    let records = decls.tags().map(|(_, _, ty)| ty).chain(decls.typedefs().map(|(_, ty, _)| ty));
    let mut shown = Vec::new();
    for ty in records {
        if !shown.contains(&ty) && matches!(types.ty(ty), CType::Record(_)) {
            shown.push(ty);
            layout(types, ty, &mut out);
        }
    }
    out
}

fn layout(types: &Types, ty: haft_cffi_core::CTypeId, out: &mut String) {
    let name = types.text(ty);
    match types.layout(ty) {
        Ok(None) => writeln!(out, "{name} is opaque").unwrap(),
        Err(error) => writeln!(out, "{name}: {:?}: {error}", error.raises).unwrap(),
        Ok(Some(layout)) => {
            writeln!(out, "{name} size {} align {}", layout.size, layout.align).unwrap();
            for (field, place) in &layout.fields {
                let bits = match place.bits {
                    FieldBits::Whole => String::new(),
                    FieldBits::EmptyArray => " open".to_owned(),
                    FieldBits::Bitfield { shift, width } => format!(" bits {shift}+{width}"),
                };
                let (own, ty) = (quals(place.quals), types.text(place.ty));
                writeln!(out, "  {:3} {field}: {own}{ty}{bits}", place.offset).unwrap();
            }
        }
    }
}

#[test]
fn accepted() {
    check_file("accepted.txt", 150, show_accepted);
}

#[test]
fn rejected() {
    check_file("rejected.txt", 40, show_rejected);
}

#[test]
fn several_errors_at_once() {
    let text = "int a(foo_t);\nint b(int);\nint c(;\nstruct s { int x, };\nint d(void);";
    let mut types = Types::new();
    let mut decls = Declarations::new();
    let errors = decls.parse(&mut types, text, &Options::default()).unwrap_err();
    let lines: Vec<usize> =
        errors.iter().map(|error| text[..error.span.start].matches('\n').count() + 1).collect();
    assert_eq!(lines, [1, 3, 4]);
    assert!(decls.global("b").is_some() && decls.global("d").is_some());
}

#[test]
fn later_cdefs_know_earlier_types() {
    let mut types = Types::new();
    let mut decls = Declarations::new();
    let mut add = |text: &str| decls.parse(&mut types, text, &Options::default()).is_ok();
    assert!(add("typedef struct foo foo_t; enum { N = 3 };"));
    assert!(add("struct foo { foo_t *next; int a[N]; };"));
    assert!(add("foo_t *make(const foo_t *);"));
    let (ty, _) = decls.typedef("foo_t").unwrap();
    assert_eq!(types.size(ty), Ok(Some(24)));
    let mut other = Declarations::new();
    other.include(&decls).unwrap();
    assert!(other.parse(&mut types, "foo_t f(int[N]);", &Options::default()).is_ok());
}

#[test]
fn error_lines_follow_line_directives() {
    let text = "#line 7 \"foo//bar.c\"\n\n  some syntax error";
    let mut types = Types::new();
    let errors = Declarations::new().parse(&mut types, text, &Options::default()).unwrap_err();
    let message = errors[0].exception_message(text);
    assert!(message.starts_with("parse error\nfoo//bar.c:8:"), "{message}");
}
