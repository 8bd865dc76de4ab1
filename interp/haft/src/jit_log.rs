//! The log of the JIT: one JSON object a line, as docs/src/jit_log.md describes.
use std::fs::File;
use std::io::{BufWriter, Write};

use haft_core::interp::jit::{Event, Facts, Log, SourceLine};
use haft_jit::ir::{Class, Inst, IrOp, Trace, print};
use serde_json::{Value as Json, json};

/// The version of the format: it changes when a key changes its meaning or goes away.
const VERSION: u32 = 1;

/// A log that writes to `file`.
pub(crate) fn writer(file: File) -> Log {
    let mut out = BufWriter::new(file);
    let mut write = move |line: &Json| {
        // A log that cannot be written must not stop the program.
        let _written = writeln!(out, "{line}").and_then(|()| out.flush());
    };
    write(&json!({ "event": "start", "version": VERSION }));
    Box::new(move |event| write(&line(event)))
}

fn line(event: &Event<'_>) -> Json {
    match event {
        Event::Aborted { place, at, why } => {
            json!({ "event": "aborted", "place": place, "at": at, "why": why.text() })
        }
        Event::Exits { trace, counts } => {
            json!({ "event": "exits", "trace": trace.0, "taken": counts })
        }
        Event::Compiled {
            place,
            recorded,
            optimised,
            compiled,
            continues,
            code,
            facts,
            joint,
            pause,
        } => {
            let mut line = json!({
                "event": "compiled",
                "place": place,
                "trace": compiled.id.0,
                "continues": continues.map(|(trace, exit)| json!([trace.0, exit])),
                "bytes": compiled.code_bytes,
                "loop_instructions": compiled.loop_instructions.map(|n| n.div_ceil(times(optimised))),
                "counts": counts(optimised),
                "recorded": print(recorded),
                "optimised": print(optimised),
                "code": code,
                "pause_us": pause,
                "joint": joint,
            });
            add_facts(&mut line, facts);
            line["native"] = names(optimised, true);
            line["residual"] = names(optimised, false);
            line["allocated"] = allocated(optimised);
            line
        }
    }
}

fn add_facts(line: &mut Json, facts: &Facts) {
    let place = |at: &SourceLine| json!([at.file, at.line]);
    line["function"] = json!(facts.function);
    line["lines"] = facts.lines.iter().map(place).collect();
    line["inlined"] = json!(facts.inlined);
    let exits = facts.exits.iter();
    line["exits"] =
        exits.map(|exit| json!({ "kind": exit.kind, "at": exit.at.as_ref().map(place) })).collect();
}

/// The part of a trace that is run again and again: the loop, or all of it.
fn body(trace: &Trace) -> &[Inst] {
    let label = trace.insts.iter().position(|inst| inst.op == IrOp::Label).unwrap_or(0);
    &trace.insts[label..]
}

fn is_call(inst: &Inst) -> bool {
    matches!(inst.op, IrOp::Call | IrOp::CallRaising)
}

/// The functions called, in order: C functions, or those of the runtime.
fn names(trace: &Trace, foreign: bool) -> Json {
    let calls = body(trace).iter().filter(|inst| is_call(inst));
    let callees = calls.map(|inst| trace.callee(inst)).filter(|callee| callee.foreign == foreign);
    callees.map(|callee| json!(callee.name)).collect()
}

/// What is allocated: names of layouts.
fn allocated(trace: &Trace) -> Json {
    let made = body(trace).iter().filter(|inst| inst.op == IrOp::Alloc);
    made.map(|inst| json!(trace.layouts[inst.imm as usize].name)).collect()
}

/// How often the recorded loop was written.
fn times(trace: &Trace) -> usize {
    let last = trace.insts.last().filter(|last| last.op == IrOp::Jump);
    1 + last.map_or(0, |last| last.imm as usize)
}

/// What is left in the loop of a trace, of one pass.
fn counts(trace: &Trace) -> Json {
    let times = times(trace);
    let count = |test: &dyn Fn(&Inst) -> bool| {
        body(trace).iter().filter(|i| test(i)).count().div_ceil(times)
    };
    json!({
        "guards": count(&|inst| is_guard(inst.op)),
        "calls": count(&|inst| is_call(inst) && !trace.callee(inst).foreign),
        "native_calls": count(&|inst| is_call(inst) && trace.callee(inst).foreign),
        "allocations": count(&|inst| inst.op == IrOp::Alloc),
        "boxes": count(&|inst| matches!(inst.op, IrOp::BoxI | IrOp::BoxF | IrOp::BoxB)),
        "loads": count(&|inst| inst.op.row().class == Class::Load),
        "stores": count(&|inst| inst.op.row().class == Class::Store),
    })
}

fn is_guard(op: IrOp) -> bool {
    op.row().class == Class::Guard && !matches!(op, IrOp::CallRaising | IrOp::Publish)
}
