//! Turning the tracing JIT on, as the `-X jit…` options say, and its log.
//!
//! The log is one JSON object a line. `"event"` is `"compiled"` or `"aborted"`, `"place"` is `FILE:FUNCTION:LINE`:
//!
//! | event | keys |
//! |--|--|
//! | `compiled` | `trace`, `continues` (trace and exit, or null), `bytes`, `loop_instructions` (or null), `counts`, `exits`, `recorded`, `optimised`, `code` (or null) |
//! | `aborted` | `at`, `why` |
//!
//! `counts` says what is left in the loop (in the whole trace, if it is none): `guards`, `calls`, `native_calls`,
//! `allocations`, `boxes`, `loads`, `stores`.
use std::fs::File;
use std::io::{BufWriter, Write};

use haft_core::Vm;
use haft_core::interp::jit::{Event, Foreign, Jit, Log, Options, runtime};
use haft_jit::backend::Backend;
use haft_jit::ir::{Class, Inst, IrOp, Trace, print};
use haft_jit_clif::Clif;
use serde_json::{Value as Json, json};

/// What the command line says.
#[derive(Debug)]
struct Wanted {
    on: bool,
    options: Options,
    log: Option<String>,
}

/// Turn the JIT on, unless the options say otherwise. An error is a text for standard error.
pub(crate) fn install(vm: &mut Vm) -> Result<(), String> {
    let wanted = wanted(&vm.config.x_options)?;
    if !wanted.on {
        return Ok(());
    }
    let keep_disassembly = wanted.log.is_some();
    let make = move || -> Option<Box<dyn Backend>> {
        let options = haft_jit_clif::Options { keep_disassembly, ..Default::default() };
        // A processor that Cranelift does not know: the interpreter does it alone.
        let clif = Clif::new(runtime(), options).ok()?;
        Some(Box::new(clif))
    };
    let mut jit = Jit::new(wanted.options, Box::new(make));
    jit.foreign = Some(Foreign {
        call: |vm, value| {
            let of_cffi = (haft_ffi::FOREIGN.call)(vm, value);
            of_cffi.or_else(|| haft_hpy::recording::typed_call(value))
        },
        extension: haft_hpy::recording::call_of,
        member: haft_hpy::recording::member_of,
        ..haft_ffi::FOREIGN
    });
    if let Some(path) = wanted.log {
        let file = File::create(&path).map_err(|e| format!("haft: -X jit-log={path}: {e}\n"))?;
        jit.log = Some(writer(file));
    }
    vm.install_jit(jit);
    Ok(())
}

fn wanted(given: &[(String, Option<String>)]) -> Result<Wanted, String> {
    let mut wanted = Wanted { on: true, options: Options::default(), log: None };
    for (name, value) in given {
        let value = value.as_deref();
        let wrong = || Err(format!("haft: -X {name}: the value {value:?} is not possible\n"));
        let switch = match value {
            None | Some("on") => Some(true),
            Some("off") => Some(false),
            Some(_) => None,
        };
        let number = value.and_then(|text| text.parse::<u32>().ok());
        match (name.as_str(), switch, number) {
            ("jit", Some(on), _) => wanted.on = on,
            ("jit-optimiser", Some(on), _) => wanted.options.optimise = on,
            ("jit-threshold", _, Some(n)) if n > 0 => {
                wanted.options.threshold = n;
                wanted.options.exit_threshold = n.div_ceil(4);
            }
            ("jit-exit-stress", _, Some(n)) => wanted.options.exit_stress = n,
            ("jit-log", ..) => match value {
                Some(path) => wanted.log = Some(path.to_string()),
                None => return wrong(),
            },
            ("jit" | "jit-optimiser" | "jit-threshold" | "jit-exit-stress", ..) => return wrong(),
            _ => {}
        }
    }
    Ok(wanted)
}

/// A log that writes to `file`.
fn writer(file: File) -> Log {
    let mut out = BufWriter::new(file);
    Box::new(move |event| {
        // A log that cannot be written must not stop the program.
        let _written = writeln!(out, "{}", line(event)).and_then(|()| out.flush());
    })
}

fn line(event: &Event<'_>) -> Json {
    match event {
        Event::Aborted { place, at, why } => {
            json!({ "event": "aborted", "place": place, "at": at, "why": why.text() })
        }
        Event::Compiled { place, recorded, optimised, compiled, continues, code } => json!({
            "event": "compiled",
            "place": place,
            "trace": compiled.id.0,
            "continues": continues.map(|(trace, exit)| json!([trace.0, exit])),
            "bytes": compiled.code_bytes,
            "loop_instructions": compiled.loop_instructions,
            "counts": counts(optimised),
            "exits": compiled.exits.len(),
            "recorded": print(recorded),
            "optimised": print(optimised),
            "code": code,
        }),
    }
}

/// What is left in the loop of a trace.
fn counts(trace: &Trace) -> Json {
    let label = trace.insts.iter().position(|inst| inst.op == IrOp::Label).unwrap_or(0);
    let body = &trace.insts[label..];
    let count = |test: &dyn Fn(&Inst) -> bool| body.iter().filter(|inst| test(inst)).count();
    let is_call = |inst: &Inst| matches!(inst.op, IrOp::Call | IrOp::CallRaising);
    json!({
        "guards": count(&|inst| inst.op.row().class == Class::Guard && !is_call(inst)),
        "calls": count(&|inst| is_call(inst) && !trace.callee(inst).foreign),
        "native_calls": count(&|inst| is_call(inst) && trace.callee(inst).foreign),
        "allocations": count(&|inst| inst.op == IrOp::Alloc),
        "boxes": count(&|inst| matches!(inst.op, IrOp::BoxI | IrOp::BoxF | IrOp::BoxB)),
        "loads": count(&|inst| inst.op.row().class == Class::Load),
        "stores": count(&|inst| inst.op.row().class == Class::Store),
    })
}
