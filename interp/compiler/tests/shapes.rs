//! What instructions some texts become.
use haft_bytecode::{Code, Const, disassemble};
use haft_compiler::{Mode, Options, WarningCategory, compile, verify};

fn code(source: &str, mode: Mode) -> std::sync::Arc<Code> {
    let (code, _) = compile(source, &Options::new("f", mode)).expect(source);
    verify(&code).expect(source);
    code
}

/// The instructions of the function that `source` defines, without line numbers and the counter at the start.
fn check(source: &str, expected: &[&str]) {
    let code = code(source, Mode::Exec);
    let inner = code.consts.iter().find_map(|constant| match constant {
        Const::Code(inner) => Some(inner),
        _ => None,
    });
    let text = disassemble(inner.expect("the text defines a function"));
    let own = text.split("\n\n").next().expect("a first part");
    let lines: Vec<String> = own
        .lines()
        .skip(1)
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let from = words.iter().position(|w| w.parse::<u32>().is_err()).unwrap_or(0);
            words[from..].join(" ")
        })
        .collect();
    // Functions count their calls; the rest is what each test is about.
    assert_eq!(lines.first().map(String::as_str), Some("loop_header 0"), "{source}");
    assert_eq!(lines[1..], *expected, "{source}");
}

#[test]
fn locals_stay_where_they_are() {
    check("def f(a, b): return a + b * 2", &["mul_i r2 r1 2", "add r2 r0 r2", "return r2"]);
    check("def f(a, b):\n a = a + b\n return a", &["add r0 r0 r1", "return r0"]);
    check(
        "def f(a): return a + (a := 1)",
        &["move r1 r0", "load_int r2 1", "move r0 r2", "add r1 r1 r2", "return r1"],
    );
}

#[test]
fn loops_have_one_jump_each() {
    check(
        "def f(n):\n i = 0\n while i < n:\n  i += 1\n return i",
        &[
            "load_int r1 0",
            "loop_header 0",
            "jump_lt r1 r0 -> 6",
            "add_i inplace=1 r1 r1 1",
            "jump_back -> 2",
            "return r1",
        ],
    );
    check(
        "def f(n):\n for i in n:\n  if i: continue\n  g(i)",
        &[
            "get_iter r2 r0",
            "loop_header 0",
            "for_iter r1 r2 -> 12",
            "jump_if_false r1 -> 7",
            "jump_back -> 2",
            "load_global r3 .g",
            "move r4 r1",
            "call r3 r3 n_args=1",
            "jump_back -> 2",
            "load_const r2 None",
            "return r2",
        ],
    );
}

#[test]
fn calls_are_above_all_temporaries() {
    check(
        "def f(o, a): return o.m(a, k=1) + g(a)",
        &[
            "load_method r2 r0 .m",
            "move r4 r1",
            "load_int r5 1",
            "call_method_kw r2 r2 n_args=2 Tuple([Str([107])])",
            "load_global r3 .g",
            "move r4 r1",
            "call r3 r3 n_args=1",
            "add r2 r2 r3",
            "return r2",
        ],
    );
}

#[test]
fn unbound_locals_are_checked_once() {
    check(
        "def f(c):\n if c: x = 1\n print(x)\n return x",
        &[
            "jump_if_false r0 -> 3",
            "load_int r1 1",
            "load_global r2 .print",
            "check_bound r1 .x",
            "move r3 r1",
            "call r2 r2 n_args=1",
            "return r1",
        ],
    );
}

#[test]
fn handlers_cover_the_body_only() {
    check(
        "def f(a):\n try:\n  a()\n finally:\n  g()",
        &[
            "nop",
            "move r1 r0",
            "call r1 r1 n_args=0",
            "load_global r1 .g",
            "call r1 r1 n_args=0",
            "jump -> 16",
            "push_exc r2 r1",
            "load_global r3 .g",
            "call r3 r3 n_args=0",
            "pop_exc r2",
            "reraise r1",
            "pop_exc r2",
            "reraise r3",
            "load_const r1 None",
            "return r1",
            "handler 2..4 -> 8 r1",
            "handler 9..12 -> 14 r3",
        ],
    );
}

#[test]
fn constants_fold() {
    let value = |source: &str| code(source, Mode::Eval).consts.first().cloned();
    assert_eq!(
        value("2 ** 64"),
        Some(Const::BigInt { negative: false, bytes: Box::new([0, 0, 0, 0, 0, 0, 0, 0, 1]) })
    );
    assert_eq!(value("-(2 ** 63)"), Some(Const::Int(i64::MIN)));
    assert_eq!(value("'a' * 3 + 'b'"), Some(Const::Str((*b"aaab").into())));
    assert_eq!(
        value("(1, 2) + (3,)"),
        Some(Const::Tuple(vec![Const::Int(1), Const::Int(2), Const::Int(3)]))
    );
    assert_eq!(value("1 / 4"), Some(Const::Float(0.25)));
    assert_eq!(value("True & False"), Some(Const::Bool(false)));
    assert_eq!(value("'\\ud800x'"), Some(Const::Str([0xed, 0xa0, 0x80, b'x'].into())));
    assert_eq!(value("0x1_0000_0000_0000_0000"), value("18446744073709551616"));
}

#[test]
fn long_jumps_go_around() {
    let body = "   x = g(x)\n".repeat(20_000);
    let source = format!("def f(x):\n while x < 10:\n  if x > 3:\n{body}  x += 1\n return x");
    code(&source, Mode::Exec);
}

#[test]
fn warnings() {
    let rows: &[(&str, &str, u32)] = &[
        ("x is 1", "\"is\" with 'int' literal. Did you mean \"==\"?", 1),
        ("\nassert (x, 'y')", "assertion is always true, perhaps remove parentheses?", 2),
        ("'a' (1)", "'str' object is not callable; perhaps you missed a comma?", 1),
        (
            "[1]['a']",
            "list indices must be integers or slices, not str; perhaps you missed a comma?",
            1,
        ),
        (
            "'\\d'",
            "\"\\d\" is an invalid escape sequence. Did you mean \"\\\\d\"? A raw string is also an option.",
            1,
        ),
        ("1if 1else 2", "invalid decimal literal", 1),
        ("def f():\n try: pass\n finally: return", "'return' in a 'finally' block", 3),
    ];
    for &(source, message, line) in rows {
        let (_, warnings) = compile(source, &Options::new("f", Mode::Exec)).expect(source);
        let first = warnings.first().expect(source);
        assert_eq!((&first.message[..], first.line), (message, line));
        assert_eq!(first.category, WarningCategory::Syntax);
    }
}

#[test]
fn annotations_as_strings() {
    let rows = [
        ("a+b *c", "a + b * c"),
        ("(a,)", "(a,)"),
        ("x[1 ,2:3]", "x[1, 2:3]"),
        ("lambda a,/,b=1,*c,d,**e:0", "lambda a, /, b=1, *c, d, **e: 0"),
        ("not (a and b)or c", "not (a and b) or c"),
        ("-2**-3", "-2 ** (-3)"),
        ("(yield_)", "yield_"),
        ("f'{x!r:>{w}}'", "f'{x!r:>{w}}'"),
        ("{**a,'k':1.0e20}", "{**a, 'k': 1e+20}"),
        ("[i for i in x if i]", "[i for i in x if i]"),
        ("\"it's\"", "\"it's\""),
    ];
    for (annotation, text) in rows {
        let source = format!("from __future__ import annotations\nx: {annotation}");
        let code = code(&source, Mode::Exec);
        let expected = Const::Str(text.as_bytes().into());
        assert!(code.consts.contains(&expected), "{annotation}: {:?}", code.consts);
    }
}
