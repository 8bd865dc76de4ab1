//! Loops: labels, phis, jumps.
use haft_jit::backend::ExitKind;
use haft_jit::word;

use crate::machine::Machine;

const SUM: &str = r#"trace "sum"
  %0 = slot 0
  %1 = unbox_i %0
  %2 = slot 1
  %3 = unbox_i %2
  %4 = const_i 0
  label
  %6 = phi.i %4 %11
  %7 = phi.i %1 %12
  %8 = i_lt %6 %3
  guard %8 [s0]
  %10 = const_i 1
  %11 = add %6 %10
  %12 = add %7 %6
  poll [s1]
  jump
snapshot s0 resume 1: 0=%7 2=%6
snapshot s1 resume 1: 0=%12 2=%11"#;

#[test]
fn a_sum() {
    let mut machine = Machine::new();
    let compiled = machine.root(SUM);
    machine.slots[0] = word::of_int(1000);
    machine.slots[1] = word::of_int(101);
    let (kind, values) = machine.outcome(&compiled);
    assert_eq!((kind, values), (ExitKind::Guard, vec![1000 + 5050, 101]));
    *machine.poll = 1;
    assert_eq!(machine.outcome(&compiled), (ExitKind::Poll, vec![1000, 1]));
}

#[test]
fn phis_swap_their_values_at_once() {
    let mut machine = Machine::new();
    let compiled = machine.root(
        r#"trace "fibonacci"
          %0 = const_i 0
          %1 = const_i 1
          %2 = const_f 0x3ff0000000000000
          label
          %4 = phi.i %0 %5
          %5 = phi.i %1 %9
          %6 = phi.i %0 %11
          %7 = phi.f %2 %8
          %8 = f_add %7 %7
          %9 = add %4 %5
          %10 = const_i 1
          %11 = add %6 %10
          %12 = const_i 20
          %13 = i_le %11 %12
          guard %13 [s0]
          jump
        snapshot s0 resume 1: 0=%4 1=%5 2=%7"#,
    );
    let (_, values) = machine.outcome(&compiled);
    assert_eq!(values, [6765, 10946, f64::from(1 << 20).to_bits()]);
}

#[test]
fn loops_are_counted() {
    let mut machine = Machine::new();
    let compiled = machine.root(SUM);
    let count = compiled.loop_instructions.expect("a loop");
    assert!((6..=9).contains(&count), "{count} instructions");
    let straight = machine.root("trace \"t\"\n%0 = slot 0\nfinish %0");
    assert_eq!(straight.loop_instructions, None);
}
