//! Programs of Tiny print the same compiled and interpreted, and their loops are compiled.

use haft_tinylang::{Counts, Error, Options, Outcome, run};

/// Runs `source` in every way; what compiled code did with everything on.
fn check(source: &str, expected: &[&str]) -> Counts {
    let program =
        |options| -> Outcome { run(source, options).expect("the program is well-formed") };
    let plain = program(Options { threshold: None, ..Options::default() });
    assert_eq!(plain.lines, expected, "interpreted");
    assert_eq!(plain.counts, Counts::default());
    for threshold in [1, 2, 3, 7] {
        for (side_threshold, optimise) in [(1, true), (2, false), (1000, true)] {
            let options = Options { threshold: Some(threshold), side_threshold, optimise };
            let outcome = program(options);
            assert_eq!(outcome.lines, expected, "{options:?}");
            assert_eq!(outcome.error, plain.error, "{options:?}");
        }
    }
    program(Options { threshold: Some(2), side_threshold: 2, optimise: true }).counts
}

#[test]
fn a_sum() {
    let counts = check(
        "let i = 0; let s = 0; while i < 1000 { s = s + i; i = i + 1; } print s;",
        &["499500"],
    );
    assert_eq!((counts.roots, counts.entered), (1, 1), "entered once, left at the end");
}

#[test]
fn both_ways_of_a_test() {
    let source = "let i = 0; let odd = 0; let even = 0.0;
        while i < 500 { if i % 2 == 0 { even = even + 0.5; } else { odd = odd + i; } i = i + 1; }
        print odd; print even;";
    let counts = check(source, &["62500", "125.0"]);
    assert_eq!(counts.roots, 1);
    assert!(counts.sides >= 1, "the other way has a side trace: {counts:?}");
    assert!(counts.entered < 20, "{counts:?}");
}

#[test]
fn loops_in_loops() {
    let source = "let i = 0; let n = 0;
        while i < 60 { let j = 0; while j < i { n = n + i * j; j = j + 1; } i = i + 1; }
        print n;";
    let expected: i64 = (0..60).map(|i| (0..i).map(|j| i * j).sum::<i64>()).sum();
    let counts = check(source, &[&expected.to_string()]);
    assert!(counts.roots >= 1, "{counts:?}");
}

#[test]
fn a_variable_changes_its_kind() {
    let source = "let i = 0; let x = 1;
        while i < 100 { if i == 50 { x = 0.5; } x = x + 1; i = i + 1; }
        print x;";
    check(source, &["50.5"]);
}

#[test]
fn printing_in_a_loop() {
    let source =
        "let i = 0; while i < 200 { if i % 67 == 3 { print i; print i < 100; } i = i + 1; }";
    check(source, &["3", "true", "70", "true", "137", "false"]);
}

#[test]
fn quotients_and_negative_numbers() {
    let source = "let i = -50; let q = 0; let r = 0;
        while i < 50 { q = q * 3 % 1000 + i / 7; r = r + i % -7; i = i + 1; } print q; print r;";
    let (mut q, mut r) = (0_i64, 0_i64);
    for i in -50_i64..50 {
        q = (q * 3).rem_euclid(1000) + i.div_euclid(7);
        r += -(-i).rem_euclid(7);
    }
    check(source, &[&q.to_string(), &r.to_string()]);
}

#[test]
fn errors_in_compiled_loops() {
    let overflow = "let i = 1; while 0 < i { i = i * 3; } print i;";
    let division = "let i = 40; let s = 0; while s < 1000 { s = s + 40 / i; i = i - 1; } print s;";
    let kind = "let i = 0; let b = 0 < 1; while i < 90 { if i == 80 { i = i + b; } i = i + 1; }";
    for (source, error) in
        [(overflow, Error::Overflow), (division, Error::DivisionByZero), (kind, Error::Kind)]
    {
        check(source, &[]);
        let outcome = run(source, Options::default()).expect("well-formed");
        assert_eq!(outcome.error, Some(error));
        assert_eq!(outcome.counts.roots, 1, "{source}");
    }
}

#[test]
fn floats_out_of_range() {
    let source = "let i = 0; let x = 1.0; let y = 1.0;
        while i < 600 { x = x * 2.5; y = y / 2.5; i = i + 1; } print x; print y;";
    let (mut x, mut y) = (1.0_f64, 1.0_f64);
    for _ in 0..600 {
        (x, y) = (x * 2.5, y / 2.5);
    }
    check(source, &[&format!("{x:?}"), &format!("{y:?}")]);
}

#[test]
fn what_is_no_program() {
    for source in ["let", "x = 1;", "print 1 +;", "while 1 < 2 {", "print 1.2.3;"] {
        assert!(matches!(run(source, Options::default()), Err(Error::Syntax(_))), "{source}");
    }
}
