//! Value words: tests, boxing and unboxing.
use haft_jit::word;

use crate::machine::{Machine, check_op, peek};

fn words() -> Vec<u64> {
    let mut words: Vec<u64> = (0..16).collect();
    words.extend([
        0x7f12_3456_7890,
        0x7f12_3456_7898,
        u64::MAX,
        u64::MAX - 7,
        word::TRUE,
        word::FALSE,
    ]);
    words.extend([0, 1, -1, word::INT_MAX, word::INT_MIN].map(word::of_int));
    words.extend(
        [0.0, -0.0, 1.5, -1e70, 1e-70].map(|f| word::of_float(f).expect("an immediate one")),
    );
    words
}

fn test(op: &str, of: impl Fn(u64) -> bool) {
    let cases: Vec<_> = words().into_iter().map(|w| (vec![w], u64::from(of(w)))).collect();
    check_op(&format!("{op} %0"), "v", &cases);
}

#[test]
fn tests_of_tags() {
    test("is_int", word::is_int);
    test("is_float", word::is_float);
    test("is_object", word::is_object);
    test("unbox_b", |w| w == word::TRUE);
}

#[test]
fn guards_of_tags() {
    for (op, of) in [
        ("is_int", word::is_int as fn(u64) -> bool),
        ("is_float", word::is_float),
        ("is_object", word::is_object),
    ] {
        for (guard, wanted) in [("guard", true), ("guard_not", false)] {
            let mut machine = Machine::new();
            let compiled = machine.root(&format!(
                "trace \"t\"\n%0 = slot 0\n%1 = {op} %0\n{guard} %1 [s0]\nfinish %0\nsnapshot s0 resume 1: 0=%0"
            ));
            for word in words() {
                machine.slots[0] = word;
                let left = machine.run(&compiled);
                assert_eq!(left.exit, usize::from(of(word) == wanted), "{guard} {op} {word:#x}");
                assert_eq!(left.values, [word]);
            }
        }
    }
}

#[test]
fn ints() {
    for number in [0, 1, -1, 12345, word::INT_MAX, word::INT_MIN] {
        let case = |a, b| [(vec![a], b)];
        check_op("box_i %0", "i", &case(number.cast_unsigned(), word::of_int(number)));
        check_op("unbox_i %0", "v", &case(word::of_int(number), number.cast_unsigned()));
    }
}

#[test]
fn bools() {
    check_op("box_b %0", "b", &[(vec![0], word::FALSE), (vec![1], word::TRUE)]);
}

#[test]
fn addresses() {
    check_op("object_of %0", "v", &[(vec![0x1230], 0x1230)]);
    check_op("value_at %0", "p", &[(vec![0x1230], 0x1230)]);
}

#[test]
fn floats() {
    for number in [0.0, -0.0, 1.0, -2.5, 1e76, 1e-76, 0.1] {
        let word = word::of_float(number).expect("an immediate one");
        check_op("box_f %0", "f", &[(vec![number.to_bits()], word)]);
        check_op("unbox_f %0", "v", &[(vec![word], number.to_bits())]);
    }
}

#[test]
fn floats_that_are_no_immediates_are_boxed_by_the_runtime() {
    let mut machine = Machine::new();
    let compiled = machine.root(
        "trace \"t\"\n%0 = param.f 0\n%1 = param.f 1\n%2 = box_f %0\n%3 = f_add %1 %1\n%4 = box_f %3\nstop [s0]\nsnapshot s0 resume 1: 0=%2 1=%4 2=%1",
    );
    machine.context.values[0] = 1e300_f64.to_bits();
    machine.context.values[1] = 2.0_f64.to_bits();
    let left = machine.run(&compiled);
    assert_eq!(f64::from_bits(peek(left.values[0] + 8)), 1e300);
    assert_eq!(left.values[1..], [word::of_float(4.0).unwrap(), 2.0_f64.to_bits()]);
    assert_eq!(machine.vm().boxed.len(), 1);
}
