//! Guards, exits and their live values.
#![expect(clippy::format_push_string, reason = "texts of traces grow line by line")]

use haft_jit::backend::{CompileError, ExitKind};
use haft_jit::ir::Ty;
use haft_jit::word;

use crate::machine::{Machine, read};

#[test]
fn live_values_of_each_type_are_stored_as_they_are() {
    let mut machine = Machine::new();
    let compiled = machine.root(
        r#"trace "t"
          %0 = slot 0
          %1 = unbox_i %0
          %2 = slot 1
          %3 = unbox_f %2
          %4 = i_lt %1 %1
          %5 = base
          %6 = const_i 5
          %7 = is_int %0
          guard_not %7 [s0]
          finish %0
        snapshot s0 resume 1: 0=%0 1=%1 2=%3 3=%4 4=%5 5=%6 6=%7"#,
    );
    machine.slots[0] = word::of_int(-3);
    machine.slots[1] = word::of_float(2.5).unwrap();
    let base = machine.slots.as_ptr().expose_provenance() as u64;
    let types: Vec<Ty> = compiled.exits[0].live.iter().map(|(_, ty)| *ty).collect();
    assert_eq!(types, [Ty::V, Ty::I, Ty::F, Ty::B, Ty::P, Ty::B], "constants are not live");
    let three = (-3_i64).cast_unsigned();
    let expected = vec![word::of_int(-3), three, 2.5_f64.to_bits(), 0, base, 1];
    assert_eq!(machine.outcome(&compiled), (ExitKind::Guard, expected));
}

#[test]
fn the_first_failing_guard_counts() {
    let mut machine = Machine::new();
    let compiled = machine.root(
        r#"trace "t"
          %0 = slot 0
          %1 = unbox_i %0
          %2 = const_i 10
          %3 = i_lt %1 %2
          guard %3 [s0]
          %5 = const_i 5
          %6 = i_lt %1 %5
          guard %6 [s1]
          %8 = const_i 3
          %9 = i_ne %1 %8
          %10 = not %9
          guard_not %10 [s0]
          finish %0
        snapshot s0 resume 1: 0=%1
        snapshot s1 resume 2: 0=%0"#,
    );
    assert_eq!(compiled.exits.len(), 3, "two guards share one");
    let mut exit = |number: i64| {
        machine.slots[0] = word::of_int(number);
        machine.run(&compiled).exit
    };
    assert_eq!([exit(12), exit(7), exit(3), exit(2)], [0, 1, 0, 2]);
}

#[test]
fn products_that_are_no_small_ints_leave() {
    let mut machine = Machine::new();
    let compiled = machine.root(
        r#"trace "t"
          %0 = slot 0
          %1 = unbox_i %0
          %2 = slot 1
          %3 = unbox_i %2
          %4 = mul_fit %1 %3 [s0]
          %5 = box_i %4
          finish %5
        snapshot s0 resume 1: 0=%1"#,
    );
    let mut product = |a: i64, b: i64| {
        machine.slots[..2].copy_from_slice(&[word::of_int(a), word::of_int(b)]);
        let (kind, values) = machine.outcome(&compiled);
        (kind, values[0])
    };
    assert_eq!(product(6, -7), (ExitKind::Finish, word::of_int(-42)));
    assert_eq!(product(1 << 30, 1 << 30), (ExitKind::Finish, word::of_int(1 << 60)));
    assert_eq!(product(1 << 31, 1 << 30), (ExitKind::Guard, 1 << 31));
    assert_eq!(product(1 << 40, 1 << 40), (ExitKind::Guard, 1 << 40));
    assert_eq!(product(-(1 << 31), 1 << 30), (ExitKind::Finish, word::of_int(word::INT_MIN)));
}

#[test]
fn the_poll_word_is_looked_at() {
    let mut machine = Machine::new();
    let compiled =
        machine.root("trace \"t\"\n%0 = slot 0\npoll [s0]\nfinish %0\nsnapshot s0 resume 1: 0=%0");
    machine.slots[0] = word::TRUE;
    assert_eq!(machine.outcome(&compiled), (ExitKind::Finish, vec![word::TRUE]));
    *machine.poll = 1;
    assert_eq!(machine.outcome(&compiled), (ExitKind::Poll, vec![word::TRUE]));
}

#[test]
fn many_values_in_many_exits() {
    let mut machine = Machine::new();
    let n = 60;
    let mut text = "trace \"t\"\n".to_string();
    let mut slots = String::new();
    for i in 0..n {
        text += &format!("%{} = slot {i}\n%{} = unbox_i %{}\n", 2 * i, 2 * i + 1, 2 * i);
        slots += &format!(" {i}=%{}", 2 * i + 1);
    }
    for i in 0..n {
        let at = 2 * n + 3 * i;
        text += &format!("%{at} = const_i {i}\n%{} = i_ne %{} %{at}\n", at + 1, 2 * i + 1);
        text += &format!("guard %{} [s{i}]\n", at + 1);
    }
    text += "finish %0\n";
    for i in 0..n {
        text += &format!("snapshot s{i} resume {i}:{slots}\n");
    }
    let compiled = machine.root(&text);
    assert_eq!(compiled.exits.len(), n + 1);
    for i in 0..n {
        for slot in 0..n {
            machine.slots[slot] =
                word::of_int(if slot == i { slot as i64 } else { -1 - slot as i64 });
        }
        let left = machine.run(&compiled);
        assert_eq!(left.exit, i);
        for (slot, value) in left.values.iter().enumerate() {
            let expected = if slot == i { slot as i64 } else { -1 - slot as i64 };
            assert_eq!(value.cast_signed(), expected, "slot {slot}");
        }
    }
}

#[test]
fn an_exit_with_too_many_values_is_refused() {
    use haft_jit::backend::Backend;
    let mut machine = Machine::new();
    let n = haft_jit::backend::MAX_EXIT_VALUES + 1;
    let mut text = "trace \"t\"\n".to_string();
    let mut slots = String::new();
    for i in 0..n {
        text += &format!("%{i} = slot {i}\n");
        slots += &format!(" {i}=%{i}");
    }
    text += &format!("stop [s0]\nsnapshot s0 resume 1:{slots}\n");
    let error = machine.clif.compile(&read(&text), None).expect_err("too large");
    assert_eq!(error, CompileError::TooLarge);
}
