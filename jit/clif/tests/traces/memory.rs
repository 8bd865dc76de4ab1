//! Slots, loads and stores, the write barrier, new objects.
use haft_jit::word;

use crate::machine::{Machine, peek};

#[test]
fn slots_are_read_as_they_were_at_the_entry() {
    let mut machine = Machine::new();
    let compiled = machine.root(
        r#"trace "t"
          %0 = slot 0
          store_slot %0 1
          store_slot %0 -1
          %3 = slot 1
          %4 = load_slot 1
          stop [s0]
        snapshot s0 resume 1: 0=%3 1=%4"#,
    );
    machine.slots = vec![0, 8, 16];
    let left = machine.run_at(&compiled, 1);
    assert_eq!(left.values, [16, 8]);
    assert_eq!(machine.slots, [8, 8, 8]);
}

fn round_trip(store: &str, load: &str, ty: char, alias: u8, given: u64) -> u64 {
    let mut machine = Machine::new();
    let compiled = machine.root(&format!(
        "trace \"t\"\n%0 = param.p 0\n%1 = param.{ty} 1\n{store} %0 %1 3 @{alias}\n%3 = {load} %0 3 @{alias}\nstop [s0]\nsnapshot s0 resume 1: 0=%3"
    ));
    let memory = [0_u64; 4];
    machine.context.values[0] = memory.as_ptr().expose_provenance() as u64;
    machine.context.values[1] = given;
    let value = machine.run(&compiled).values[0];
    std::hint::black_box(&memory);
    value
}

#[test]
fn widths_and_signs() {
    let given = 0x8182_8384_8586_8788_u64;
    for (store, load, expected) in [
        ("store_i64", "load_i64", given),
        ("store_i32", "load_i32", 0xffff_ffff_8586_8788),
        ("store_i32", "load_u32", 0x8586_8788),
        ("store_i16", "load_i16", 0xffff_ffff_ffff_8788),
        ("store_i16", "load_u16", 0x8788),
        ("store_i8", "load_i8", 0xffff_ffff_ffff_ff88),
        ("store_i8", "load_u8", 0x88),
    ] {
        assert_eq!(round_trip(store, load, 'i', 1, given), expected, "{store} {load}");
    }
    assert_eq!(round_trip("store_v", "load_v", 'v', 2, given), given);
    assert_eq!(round_trip("store_p", "load_p", 'p', 2, given), given);
    let number = 0.1_f64.to_bits();
    assert_eq!(round_trip("store_f64", "load_f64", 'f', 1, number), number);
    let single = f64::from(0.1_f32).to_bits();
    assert_eq!(round_trip("store_f32", "load_f32", 'f', 1, number), single);
}

#[test]
fn addresses_of_items() {
    let mut machine = Machine::new();
    for size in [1_i64, 2, 4, 8, 16, 24] {
        for form in ["%1 = param.i 1", "%1 = const_i -2"] {
            let compiled = machine.root(&format!(
                "trace \"t\"\n%0 = param.p 0\n{form}\n%2 = index %0 %1 {size}\n%3 = p_add %2 %1\n%4 = load_i64 %2 8 @1\nstop [s0]\nsnapshot s0 resume 1: 0=%3 1=%4"
            ));
            let memory: Vec<u64> = (0..32).collect();
            let middle = memory[16..].as_ptr().expose_provenance() as u64;
            machine.context.values[..2].copy_from_slice(&[middle, (-2_i64).cast_unsigned()]);
            let left = machine.run(&compiled);
            let item = middle.wrapping_add_signed(-2 * size);
            assert_eq!(left.values, [item - 2, peek(item + 8)], "{size} {form}");
        }
    }
}

#[test]
fn the_barrier_looks_at_the_header() {
    let mut machine = Machine::new();
    let compiled = machine.root(
        "trace \"t\"\n%0 = slot 0\n%1 = slot 1\nbarrier %0 %1\nstore_v %0 %1 8 @2\nfinish %1",
    );
    // The byte at offset 5: 1 is old, 3 is old and remembered.
    for (gc, remembered) in [(0_u64, false), (1, true), (3, false), (5, true)] {
        let mut object = [u64::from_le_bytes([1, 1, 1, 1, 1, gc as u8, 0, 0]), 0];
        let address = object.as_mut_ptr().expose_provenance() as u64;
        machine.slots[..2].copy_from_slice(&[address, word::TRUE]);
        machine.vm().remembered.clear();
        assert_eq!(machine.result(&compiled), word::TRUE);
        assert_eq!(peek(address + 8), word::TRUE);
        assert_eq!(machine.vm().remembered == [address], remembered, "{gc}");
    }
}

const PAIR: &str = r#"trace "t"
  %0 = alloc 0
  %1 = alloc 1
  store_v %0 %1 8 @2
  finish %0
layout 0 "pair" 0x77 16 16=0x9
layout 1 "big" 0x78 2000"#;

#[test]
fn objects_from_the_hole() {
    let mut machine = Machine::new();
    let hole = machine.open_hole(70);
    let compiled = machine.root(PAIR);
    let object = machine.result(&compiled);
    assert_eq!(object, hole as u64);
    assert_eq!(machine.bump.cursor, hole + 32);
    assert_eq!(machine.size_code(hole), 2);
    let big = peek(object + 8);
    assert_eq!([peek(object), peek(object + 16), peek(object + 24)], [0x77, 9, 0]);
    assert_eq!((peek(big), peek(big + 8)), (0x78, 0));
    assert_eq!(machine.vm().allocated.len(), 1, "big ones come from the helper");

    assert_eq!(machine.result(&compiled), hole as u64 + 32);
    let third = machine.result(&compiled);
    assert_eq!(machine.bump.cursor, hole + 64);
    assert_eq!([peek(third), peek(third + 16), peek(third + 24)], [0x77, 9, 0]);
    assert_eq!(machine.vm().allocated.len(), 4, "the hole is full");
}

#[test]
fn listed_objects_come_from_the_helper() {
    let mut machine = Machine::new();
    machine.open_hole(64);
    let compiled =
        machine.root("trace \"t\"\n%0 = alloc 0\nfinish %0\nlayout 0 \"file\" 0x79 8 listed");
    let object = machine.result(&compiled);
    assert_eq!(peek(object), 0x79);
    assert_eq!(machine.vm().allocated.len(), 1);
}

#[test]
fn words_of_the_context() {
    let mut machine = Machine::new();
    machine.context.front_end[3] = 0x1234;
    let offset = haft_jit::backend::front_end_offset(3);
    let compiled = machine.root(&format!(
        "trace \"t\"\n%0 = context {offset}\n%1 = base\nstop [s0]\nsnapshot s0 resume 1: 0=%0 1=%1"
    ));
    let base = machine.slots.as_ptr().expose_provenance() as u64;
    assert_eq!(machine.run(&compiled).values, [0x1234, base]);
}

#[test]
fn an_operand_in_memory_is_what_was_there_at_the_load() {
    let mut machine = Machine::new();
    let stored = machine.root(
        r#"trace "t"
          %0 = param.p 0
          %1 = load_i64 %0 0 @1
          %2 = const_i 5
          store_i64 %0 %2 0 @1
          %4 = i_eq %1 %2
          guard %4 [s0]
          stop [s1]
        snapshot s0 resume 0
        snapshot s1 resume 1"#,
    );
    let mut memory = [7_u64, 0];
    machine.context.values[0] = (&raw mut memory).expose_provenance() as u64;
    assert_eq!(machine.run(&stored).exit, 0);
    assert_eq!(machine.run(&stored).exit, 1);
}

#[test]
fn operands_in_memory_have_their_width() {
    let memory: [u64; 2] = [0xFFFF_FFFF_FFFF_00C8, 2.5_f64.to_bits()];
    let truth = |test: &str| {
        let mut machine = Machine::new();
        let address = (&raw const memory).expose_provenance();
        let compiled = machine.root(&format!(
            r#"trace "t"
              %0 = const_p {address:#x}
              %1 = param.i 0
              {test}
              guard %4 [s0]
              stop [s1]
            snapshot s0 resume 0
            snapshot s1 resume 1"#
        ));
        machine.context.values[0] = memory[0] - 1;
        machine.run(&compiled).exit == 1
    };
    for (load, number, is_equal) in
        [("u8", 200, true), ("u8", 201, false), ("u32", 200, false), ("i64", -65336, true)]
    {
        let test = format!("%2 = const_i {number}\n%3 = load_{load} %0 0 @1\n%4 = i_eq %3 %2");
        assert_eq!(truth(&test), is_equal, "{load} {number}");
    }
    let compared = |op: &str, args: &str| {
        truth(&format!("%2 = const_i 0\n%3 = load_i64 %0 0 @1\n%4 = {op} {args}"))
    };
    assert!(compared("i_lt", "%1 %3") && !compared("i_lt", "%3 %1"));
    assert!(compared("i_gt", "%3 %1") && !compared("u_lt", "%3 %1"));
    let test = "%2 = load_f64 %0 8 @1\n%3 = const_f 0x4004000000000000\n%4 = f_le %2 %3";
    assert!(truth(test) && !truth(&test.replace("f_le", "f_lt")));
}
