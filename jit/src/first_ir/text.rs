//! The text form of traces: printing and parsing.
use std::fmt::{self, Write};

use super::{Class, Inst, IrOp, Ref, Snapshot, SnapshotId, Trace};

/// Does the operation make a value that others may use?
fn has_value(op: IrOp) -> bool {
    !matches!(op.row().class, Class::Store | Class::Control) && !op.row().text.starts_with("guard_")
        || op == IrOp::Input
}

/// The text of a trace.
pub fn print(trace: &Trace) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "trace {:?} inputs {}", trace.name, trace.n_inputs);
    for (at, inst) in trace.insts.iter().enumerate() {
        let mut line = if has_value(inst.op) { format!("  %{at} = ") } else { "  ".to_string() };
        line.push_str(inst.op.row().text);
        if let Some(name) = &inst.name {
            let _ = write!(line, " {name}");
        }
        for arg in &inst.args {
            let _ = write!(line, " %{}", arg.0);
        }
        if let Some(number) = inst.number {
            let _ = write!(line, " {number}");
        }
        if let Some(bits) = inst.bits {
            let _ = write!(line, " {bits:#x}");
        }
        if let Some(snapshot) = inst.snapshot {
            let _ = write!(line, " [s{}]", snapshot.0);
        }
        out.push_str(&line);
        out.push('\n');
    }
    for (at, snapshot) in trace.snapshots.iter().enumerate() {
        print_snapshot(&mut out, at, snapshot);
    }
    out
}

fn print_snapshot(out: &mut String, at: usize, snapshot: &Snapshot) {
    let _ = write!(out, "snapshot s{at} at {}", snapshot.at);
    for frame in &snapshot.frames {
        let _ = write!(out, " frame {frame}");
    }
    if !snapshot.registers.is_empty() {
        out.push(':');
    }
    for (register, value) in &snapshot.registers {
        let _ = write!(out, " {register}=%{}", value.0);
    }
    out.push('\n');
}

/// Why a text is no trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}
impl std::error::Error for ParseError {}

/// Read the text form.
pub fn parse(text: &str) -> Result<Trace, ParseError> {
    let mut trace = Trace::default();
    // Instruction numbers in the text are those of the list: every line that is an instruction counts.
    for (index, line) in text.lines().enumerate() {
        let fail = |message: String| ParseError { line: index + 1, message };
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [] => {}
            ["trace", name, "inputs", n] => {
                trace.name = name.trim_matches('"').to_string();
                trace.n_inputs = n.parse().map_err(|_| fail(format!("'{n}' is no number")))?;
            }
            ["snapshot", rest @ ..] => trace.snapshots.push(parse_snapshot(rest).map_err(fail)?),
            [target, "=", rest @ ..] => {
                let inst = parse_inst(rest).map_err(fail)?;
                if *target != format!("%{}", trace.insts.len()) {
                    return Err(fail(format!("expected %{}, found {target}", trace.insts.len())));
                }
                trace.insts.push(inst);
            }
            rest => trace.insts.push(parse_inst(rest).map_err(fail)?),
        }
    }
    check_operands(&trace)?;
    Ok(trace)
}

fn check_operands(trace: &Trace) -> Result<(), ParseError> {
    for (at, inst) in trace.insts.iter().enumerate() {
        if let Some(late) = inst.args.iter().find(|arg| arg.0 as usize >= at) {
            let message = format!("instruction {at} uses %{}, which comes later", late.0);
            return Err(ParseError { line: at + 2, message });
        }
    }
    Ok(())
}

fn parse_inst(words: &[&str]) -> Result<Inst, String> {
    let (&name, rest) = words.split_first().ok_or("an operation is missing")?;
    let op = IrOp::from_text(name).ok_or_else(|| format!("'{name}' is no operation"))?;
    let mut inst =
        Inst { op, args: Vec::new(), number: None, bits: None, name: None, snapshot: None };
    for word in rest {
        if let Some(number) = word.strip_prefix('%') {
            inst.args.push(Ref(number.parse().map_err(|_| format!("'{word}' is no value"))?));
        } else if let Some(number) = word.strip_prefix("[s").and_then(|w| w.strip_suffix(']')) {
            inst.snapshot =
                Some(SnapshotId(number.parse().map_err(|_| format!("'{word}' is no snapshot"))?));
        } else if let Some(bits) = word.strip_prefix("0x") {
            inst.bits =
                Some(u64::from_str_radix(bits, 16).map_err(|_| format!("'{word}' is no number"))?);
        } else if let Ok(number) = word.parse() {
            inst.number = Some(number);
        } else {
            inst.name = Some((*word).to_string());
        }
    }
    match op.row().arity {
        Some(n) if n != inst.args.len() => {
            Err(format!("{name} takes {n} operands, found {}", inst.args.len()))
        }
        _ => Ok(inst),
    }
}

fn parse_snapshot(words: &[&str]) -> Result<Snapshot, String> {
    let mut snapshot = Snapshot::default();
    let mut words = words.iter().map(|w| w.trim_end_matches(':'));
    words.next().ok_or("a snapshot's number is missing")?;
    while let Some(word) = words.next() {
        match word {
            "" => {}
            "at" | "frame" => {
                let number = words
                    .next()
                    .and_then(|n| n.parse().ok())
                    .ok_or_else(|| format!("a number is missing after '{word}'"))?;
                if word == "at" {
                    snapshot.at = number;
                } else {
                    snapshot.frames.push(number);
                }
            }
            _ => {
                let (register, value) =
                    word.split_once("=%").ok_or_else(|| format!("'{word}' is no register"))?;
                let register =
                    register.parse().map_err(|_| format!("'{register}' is no register"))?;
                let value = value.parse().map_err(|_| format!("'{value}' is no value"))?;
                snapshot.registers.push((register, Ref(value)));
            }
        }
    }
    Ok(snapshot)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::first_ir::Builder;

    fn sample() -> Trace {
        let mut b = Builder::new("loop");
        let i = b.input(0);
        let entry = b.snapshot(Snapshot { at: 12, ..Snapshot::default() });
        b.guard(IrOp::GuardInt, &[i], None, entry);
        let x = b.op(IrOp::UnboxInt, &[i]);
        let one = b.const_int(1);
        let sum = b.guard(IrOp::AddOvf, &[x, one], None, entry);
        let boxed = b.op(IrOp::BoxInt, &[sum]);
        let half = b.const_float(0.5);
        let wide = b.op(IrOp::IntToFloat, &[sum]);
        b.op(IrOp::FMul, &[half, wide]);
        let later = b.snapshot(Snapshot {
            at: 14,
            registers: vec![(-1, boxed), (3, boxed)],
            frames: vec![7, 9],
        });
        b.guard(IrOp::GuardIs, &[boxed], Some(-5), later);
        b.call("GetItem", &[boxed, boxed]);
        b.op(IrOp::Loop, &[]);
        b.finish()
    }

    #[test]
    fn what_is_printed_is_parsed() {
        let trace = sample();
        let text = print(&trace);
        assert_eq!(parse(&text).expect("parses"), trace, "{text}");
    }

    #[test]
    fn errors_name_the_line() {
        let check = |text: &str, line: usize, message: &str| {
            let error = parse(text).expect_err("no trace");
            assert_eq!((error.line, error.message.as_str()), (line, message));
        };
        check("trace \"x\" inputs 0\n  frobnicate %0", 2, "'frobnicate' is no operation");
        check(
            "trace \"x\" inputs 1\n  %0 = input 0\n  %1 = add_ovf %0",
            3,
            "add_ovf takes 2 operands, found 1",
        );
        check(
            "trace \"x\" inputs 1\n  %0 = input 0\n  %2 = unbox_int %0",
            3,
            "expected %1, found %2",
        );
        check(
            "trace \"x\" inputs 1\n  %0 = unbox_int %0",
            2,
            "instruction 0 uses %0, which comes later",
        );
    }

    #[test]
    fn rows_are_in_order() {
        for (at, row) in crate::first_ir::OPS.iter().enumerate() {
            assert_eq!(row.op as usize, at);
            assert_eq!(IrOp::from_text(row.text), Some(row.op), "names are unique");
        }
    }
}
