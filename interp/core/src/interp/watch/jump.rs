//! `frame.f_lineno = line` in a trace function: the frame goes on elsewhere.
//!
//! Where it may go on is a matter of the temporaries that are needed there: the iterator of a `for` loop, the exit function
//! of a `with`, the exception that a handler restores. They must be there where the frame comes from.
use haft_bytecode::{Code, Insn, Op};
use haft_heap::Value;

use super::events::Event;
use super::word_of;
use crate::interp::FrameObject;
use crate::interp::frame::{read_register, write_register};
use crate::object::CodeObject;
use crate::vm::{Frame, R, Vm};

/// Set `f_lineno`.
pub fn set_line(vm: &mut Vm, object: &FrameObject, line: i64) -> R<()> {
    check_event(vm)?;
    let code = object.code;
    let Some(index) = object.index.get().filter(|_| !object.trace.get().is_none()) else {
        return Err(vm.value_error("f_lineno can only be set in a trace function"));
    };
    if line < i64::from(code.code.first_line) {
        return Err(vm.value_error(format!("line {line} comes before the current code block")));
    }
    let Some(line) = next_line(&code.code, line) else {
        return Err(vm.value_error(format!("line {line} comes after the current code block")));
    };
    let frame = vm.stack.frames[index];
    let word = target(vm, &frame, line)?;
    bind_unbound(vm, &frame)?;
    leave_handlers(vm, index, word);
    let start: *const u64 = code.get().insns.as_ptr().cast();
    vm.stack.frames[index].pc = start.wrapping_add(word as usize);
    Ok(())
}

fn check_event(vm: &mut Vm) -> R<()> {
    match vm.stack.watch.event {
        None => Err(vm.value_error("f_lineno can only be set in a trace function")),
        Some(Event::PyStart) => {
            Err(vm.value_error("can't jump from the 'call' trace event of a new frame"))
        }
        Some(Event::Line | Event::Instruction | Event::PyResume) => Ok(()),
        Some(_) => Err(vm.value_error("can only jump from a 'line' trace event")),
    }
}

/// The first line from `line` on that has instructions.
fn next_line(code: &Code, line: i64) -> Option<u32> {
    let lines = code.positions.iter().map(|position| position.line).filter(|&line| line != 0);
    lines.filter(|&there| i64::from(there) >= line).min()
}

/// Words where instructions of `line` begin.
fn starts(code: &Code, line: u32) -> impl Iterator<Item = u32> {
    let mut before = 0;
    code.positions.iter().filter_map(move |position| {
        // The jump back of a loop begins no line.
        let insn = code.insns[position.pc as usize];
        if matches!(insn.op(), Op::Jump | Op::JumpBack) && insn.a() == 0 {
            return None;
        }
        let starts = position.line == line && before != line;
        before = position.line;
        starts.then_some(position.pc)
    })
}

/// Temporaries that are needed at a word, from the last one down.
fn temporaries(code: &CodeObject, word: u32) -> Vec<u16> {
    let live = code.liveness().before(&code.code, word as usize);
    let mut all: Vec<u16> =
        live.iter().filter_map(|register| u16::try_from(register).ok()).collect();
    all.retain(|&register| register >= code.code.n_locals);
    all.sort_unstable_by(|a, b| b.cmp(a));
    all
}

/// The word of `line` to go on at: that which needs most of what is there.
fn target(vm: &mut Vm, frame: &Frame, line: u32) -> R<u32> {
    let code = frame.code;
    let from = word_of(frame);
    let here = temporaries(&code, from);
    let handlers = handled(&code.code, from);
    let mut best: Option<(usize, u32)> = None;
    let mut problem = None;
    for word in starts(&code.code, line) {
        let needed = temporaries(&code, word);
        let lacking = needed.iter().find(|register| !here.contains(register));
        let inside = handled(&code.code, word);
        if inside.iter().any(|save| !handlers.contains(save)) {
            problem.get_or_insert("can't jump into an 'except' block as there's no exception");
        } else if let Some(&register) = lacking {
            problem.get_or_insert(explain(&code.code, register));
        } else if best.is_none_or(|(most, _)| needed.len() > most) {
            best = Some((needed.len(), word));
        }
    }
    let problem =
        problem.unwrap_or("can't jump into an exception handler, or code may be unreachable");
    best.map(|(_, word)| word).ok_or_else(|| vm.value_error(problem))
}

fn explain(code: &Code, register: u16) -> &'static str {
    let steps = [Op::ForIter as u8, Op::GetANext as u8];
    let iterates = |insn: &Insn| steps.contains(&insn.op_number()) && insn.b() == register;
    if code.insns.iter().any(iterates) {
        "can't jump into the body of a for loop"
    } else {
        "incompatible stacks"
    }
}

/// The registers that keep what was handled before, of the handlers around a word, the innermost first.
fn handled(code: &Code, word: u32) -> Vec<u16> {
    let around = code.handlers.iter().filter(|h| h.start <= word && word < h.end);
    let restores = around.map(|handler| code.insns[handler.target as usize]);
    restores.filter(|insn| insn.op() == Op::PopExc).map(Insn::a).collect()
}

/// A frame that jumps out of handlers handles what it did before them.
fn leave_handlers(vm: &mut Vm, index: usize, word: u32) {
    let frame = vm.stack.frames[index];
    let left = handled(&frame.code.code, word_of(&frame));
    let stays = handled(&frame.code.code, word);
    if let Some(&save) = left.iter().rfind(|save| !stays.contains(save)) {
        // SAFETY: a register of the code, whose window the frame has.
        let before = unsafe { read_register(frame.base, usize::from(save)) };
        // The trace function runs in the frames above, and puts back what was handled when it is left.
        match vm.stack.frames.get_mut(index + 1) {
            Some(above) => above.saved_handled = before,
            None => vm.stack.handled = before,
        }
    }
}

/// Code may take a variable for bound that is not: it is None then.
fn bind_unbound(vm: &mut Vm, frame: &Frame) -> R<()> {
    let n = frame.code.varnames.len();
    // SAFETY: the variables are the first registers of the window.
    let is_unbound = |at: &usize| unsafe { read_register(frame.base, *at) } == Value::UNBOUND;
    let unbound: Vec<usize> = (0..n).filter(is_unbound).collect();
    if unbound.is_empty() {
        return Ok(());
    }
    let plural = if unbound.len() == 1 { "" } else { "s" };
    let text = format!("assigning None to {} unbound local{plural}", unbound.len());
    (vm.warn)(vm, vm.exc.runtime_warning, &text)?;
    for at in unbound {
        // SAFETY: as above.
        unsafe { write_register(frame.base, at, Value::NONE) };
    }
    Ok(())
}
