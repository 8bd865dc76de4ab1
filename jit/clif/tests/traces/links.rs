//! Side traces and links between traces.
use haft_jit::backend::{Backend, ExitId, ExitKind};
use haft_jit::word;

use crate::machine::Machine;

const ROOT: &str = r#"trace "root"
  %0 = slot 0
  %1 = unbox_i %0
  %2 = const_i 10
  %3 = i_lt %1 %2
  %4 = i_to_f %1
  guard %3 [s0]
  finish %0
snapshot s0 resume 1: 0=%1 1=%4 2=%3"#;

#[test]
fn a_side_trace_goes_on_with_the_exits_values() {
    let mut machine = Machine::new();
    let root = machine.root(ROOT);
    let exit = ExitId::new(root.id, 0);
    let side = machine.side(
        r#"trace "side"
          %0 = param.i 0
          %1 = param.f 1
          %2 = param.b 2
          guard_not %2 [s0]
          %4 = f_to_i %1
          %5 = add %0 %4
          %6 = box_i %5
          finish %6
        snapshot s0 resume 3"#,
        exit,
    );
    assert!(side.enter.is_none());
    machine.slots[0] = word::of_int(40);
    assert_eq!(machine.run(&root).trace, root.id);
    machine.clif.attach(exit, side.id);
    let left = machine.run(&root);
    assert_eq!((left.trace, left.exit, left.values[0]), (side.id, 1, word::of_int(80)));
    assert_eq!(side.exits[left.exit].kind, ExitKind::Finish);
    machine.slots[0] = word::of_int(4);
    assert_eq!(machine.result(&root), word::of_int(4));
    machine.clif.detach(exit);
    machine.slots[0] = word::of_int(41);
    let left = machine.run(&root);
    assert_eq!((left.trace, left.exit, left.values[0]), (root.id, 0, 41));
}

#[test]
fn params_are_read_before_anything_overwrites_them() {
    let mut machine = Machine::new();
    let root = machine.root(ROOT);
    let exit = ExitId::new(root.id, 0);
    let clobber = crate::calls::clobber_values();
    let side = machine.side(
        &format!(
            r#"trace "side"
              %0 = param.i 0
              %1 = context 0
              call.unit %1 0
              %3 = param.i 0
              stop [s0]
            snapshot s0 resume 1: 0=%0 1=%3
            call 0 "clobber" {clobber:#x} (ptr) void keep"#
        ),
        exit,
    );
    machine.clif.attach(exit, side.id);
    machine.context.vm = (&raw mut *machine.context).cast();
    machine.slots[0] = word::of_int(33);
    let left = machine.run(&root);
    assert_eq!((left.trace, &left.values[..2]), (side.id, &[33, 33][..]));
}

#[test]
fn a_link_enters_another_trace() {
    let mut machine = Machine::new();
    let root = machine.root(ROOT);
    let other = machine.root(&format!(
        "trace \"other\"\n%0 = slot 0\n%1 = unbox_i %0\n%2 = const_i 1\n%3 = add %1 %2\n%4 = box_i %3\nstore_slot %4 0\nlink {}",
        root.id.0
    ));
    machine.slots[0] = word::of_int(5);
    let left = machine.run(&other);
    assert_eq!((left.trace, left.exit, left.values[0]), (root.id, 1, word::of_int(6)));
}

#[test]
fn side_trace_and_root_may_run_in_turns_for_ever() {
    let mut machine = Machine::new();
    let root = machine.root(
        r#"trace "root"
          %0 = slot 0
          %1 = unbox_i %0
          %2 = const_i 1
          %3 = and %1 %2
          %4 = i_eq %3 %2
          guard_not %4 [s0]
          stop [s1]
        snapshot s0 resume 1: 0=%1
        snapshot s1 resume 2"#,
    );
    // Both leave by links: stack that were not given back would overflow soon.
    let again = machine.root(&format!("trace \"again\"\nlink {}", root.id.0));
    let odd = ExitId::new(root.id, 0);
    let side = machine.side(
        &format!(
            r#"trace "side"
              %0 = param.i 0
              %1 = const_i 1
              %2 = add %0 %1
              %3 = box_i %2
              store_slot %3 0
              link {}"#,
            again.id.0
        ),
        odd,
    );
    let even = ExitId::new(root.id, 1);
    let back = machine.side(
        &format!(
            r#"trace "back"
              %0 = slot 0
              %1 = unbox_i %0
              %2 = const_i 1000000
              %3 = i_lt %1 %2
              guard %3 [s0]
              %5 = const_i 1
              %6 = add %1 %5
              %7 = box_i %6
              store_slot %7 0
              link {}
            snapshot s0 resume 5: 0=%1"#,
            root.id.0
        ),
        even,
    );
    machine.clif.attach(odd, side.id);
    machine.clif.attach(even, back.id);
    machine.slots[0] = word::of_int(0);
    let left = machine.run(&root);
    assert_eq!((left.trace, left.values[0]), (back.id, 1_000_000));
}
