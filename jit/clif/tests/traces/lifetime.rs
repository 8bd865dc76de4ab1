//! Code that is freed, numbers that are reused, limits that are kept.
use haft_jit::backend::{Backend, CompileError, TraceId};
use haft_jit::word;
use haft_jit_clif::Options;

use crate::machine::{Machine, read};

fn adding(number: i64) -> String {
    format!(
        "trace \"t\"\n%0 = slot 0\n%1 = unbox_i %0\n%2 = const_i {number}\n%3 = add %1 %2\n%4 = box_i %3\nfinish %4"
    )
}

#[test]
fn numbers_and_memory_are_reused() {
    let mut machine = Machine::new();
    let traces: Vec<_> = (0..10).map(|i| machine.root(&adding(i))).collect();
    let used = machine.clif.code_bytes();
    assert_eq!(traces.iter().map(|t| t.id.0).collect::<Vec<_>>(), (0..10).collect::<Vec<_>>());
    for at in [3, 7, 4] {
        machine.clif.free(traces[at].id);
    }
    assert!(machine.clif.code_bytes() < used);
    let again: Vec<_> = (100..103).map(|i| machine.root(&adding(i))).collect();
    assert_eq!(again.iter().map(|t| t.id.0).collect::<Vec<_>>(), [3, 4, 7]);
    assert_eq!(machine.clif.code_bytes(), used);
    machine.slots[0] = word::of_int(1);
    assert_eq!(machine.result(&again[0]), word::of_int(101));
    assert_eq!(machine.result(&traces[9]), word::of_int(10));
}

#[test]
fn the_limit_is_kept() {
    let mut machine = Machine::with(Options { code_limit: 8192, ..Options::default() });
    let mut ids: Vec<TraceId> = Vec::new();
    let error = loop {
        match machine.clif.compile(&read(&adding(1)), None) {
            Ok(compiled) => ids.push(compiled.id),
            Err(error) => break error,
        }
    };
    assert_eq!(error, CompileError::NoMemory);
    assert!(ids.len() > 10);
    assert!(machine.clif.code_bytes() <= 8192);
    machine.clif.free(ids[2]);
    let compiled = machine.root(&adding(5));
    assert_eq!(compiled.id, ids[2]);
    machine.slots[0] = word::of_int(1);
    assert_eq!(machine.result(&compiled), word::of_int(6));
}

#[test]
fn disassembly_on_request() {
    let mut machine = Machine::new();
    let compiled = machine.root(&adding(1));
    assert!(machine.clif.disassembly(compiled.id).expect("was asked for").contains("mov"));
    let mut machine = Machine::with(Options::default());
    let compiled = machine.root(&adding(1));
    assert_eq!(machine.clif.disassembly(compiled.id), None);
}

#[test]
fn names_for_perf() {
    let mut machine = Machine::with(Options { perf_map: true, ..Options::default() });
    let compiled = machine.root(&adding(1).replace("\"t\"", "\"a name\""));
    let path = format!("/tmp/perf-{}.map", std::process::id());
    let text = std::fs::read_to_string(&path).unwrap();
    let start = format!("{:x} ", compiled.code_range.0);
    let line = text.lines().rfind(|line| line.starts_with(&start)).expect("a line");
    assert!(line.ends_with(&format!("haft trace {}: a name", compiled.id.0)), "{line}");
    std::fs::remove_file(path).unwrap();
}

#[test]
fn compiled_on_one_thread_run_on_another() {
    let mut machine = Machine::new();
    let Machine { clif, .. } = &mut machine;
    let compiled = std::thread::scope(|scope| {
        scope.spawn(|| clif.compile(&read(&adding(7)), None).unwrap()).join().unwrap()
    });
    machine.slots[0] = word::of_int(1);
    assert_eq!(machine.result(&compiled), word::of_int(8));
}

#[test]
fn what_cannot_be_compiled_is_named() {
    let mut machine = Machine::new();
    let mut refuse = |text: &str| machine.clif.compile(&read(text), None).expect_err("refused");
    let error = refuse("trace \"t\"\n%0 = slot 0\nloop [s0]\nsnapshot s0 resume 1");
    assert_eq!(error, CompileError::Unsupported("loop in an optimised trace".into()));
    let error = refuse("trace \"t\"\nlink 7");
    assert_eq!(error, CompileError::Unsupported("a link to trace 7".into()));
    let compiled = machine.root(&adding(1));
    machine.slots[0] = word::of_int(1);
    assert_eq!(machine.result(&compiled), word::of_int(2));
}
