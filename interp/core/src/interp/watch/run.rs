//! The loop that runs what is watched: instruction by instruction, with what is to be told before and after each.
use haft_bytecode::effect::jump_distance;
use haft_bytecode::{Insn, Op, flags};
use haft_heap::Value;

use super::events::Event;
use super::fire::{self, fire, is_traced, is_wanted};
use super::{line_at, word_of};
use crate::interp::direct::Direct;
use crate::interp::run::{Flow, catch, step};
use crate::interp::unwind;
use crate::object::{BoundMethod, Function, PayloadRef, Tuple};
use crate::vm::{Frame, FrameFlags, R, Raised, Vm};

/// A call that was told of: the callee and its first argument.
type Told = Option<[Value; 2]>;

/// Run as long as somebody watches. `Some`: the frame entered from Rust was left with this value.
#[cold]
#[inline(never)]
pub(in crate::interp) fn run_watched(vm: &mut Vm) -> R<Option<Value>> {
    while vm.watched {
        let stood = innermost(vm).pc;
        let told = match before(vm) {
            Ok(told) => told,
            Err(raised) => {
                unwind::unwind(vm, raised, false)?;
                continue;
            }
        };
        // A trace function may have jumped.
        let frame = *innermost(vm);
        if vm.watched && frame.pc != stood {
            // The line that it jumped to is not told again.
            let word = word_of(&frame);
            (vm.stack.watch.line, vm.stack.watch.word) = (line_at(frame.code, word), word);
            continue;
        }
        if let Some(value) = instruction(vm, told)? {
            // Whoever called may be a loop that does not know yet.
            vm.note_watched();
            return Ok(Some(value));
        }
    }
    Ok(None)
}

fn innermost(vm: &Vm) -> &Frame {
    vm.stack.frames.last().expect("the interpreter runs with a frame")
}

/// The beginning of the innermost frame was told, or needs no telling.
pub(super) fn mark_watched(vm: &mut Vm) {
    let frame = vm.stack.frames.last_mut().expect("the interpreter runs with a frame");
    frame.flags = frame.flags.with(FrameFlags::WATCHED);
}

fn insn_at(frame: &Frame, word: u32) -> Insn {
    Insn(frame.code.get().insns[word as usize].get())
}

/// The line of the instruction at `word`; `None`: it belongs to the line that was before it.
fn own_line(frame: &Frame, word: u32) -> Option<u32> {
    let insn = insn_at(frame, word);
    let position = frame.code.code.position(word)?;
    let is_prologue = word == 0 && position.end_column == 0;
    let is_part = matches!(insn.op(), Op::Jump | Op::JumpBack) && insn.a() == 0;
    (position.line != 0 && !is_prologue && !is_part).then_some(position.line)
}

/// Tell what there is to tell before the innermost frame's next instruction.
fn before(vm: &mut Vm) -> R<Told> {
    let frame = *innermost(vm);
    if frame.code.code.flags & flags::HIDDEN != 0 {
        return Ok(None);
    }
    let word = word_of(&frame);
    if !frame.flags.has(FrameFlags::WATCHED) {
        mark_watched(vm);
        begin(vm, word)?;
    }
    let insn = insn_at(&frame, word);
    if let Some(line) = own_line(&frame, word).filter(|&line| line != vm.stack.watch.line) {
        (vm.stack.watch.line, vm.stack.watch.word) = (line, word);
        // Nobody is told of lines in most frames that a tracer is told of.
        if vm.monitoring.is_active() || is_traced(innermost(vm).object) {
            fire(vm, Event::Line, &[Value::small(line.cast_signed())])?;
        }
    }
    if innermost(vm).pc == frame.pc && vm.watched {
        if vm.monitoring.is_active() || is_traced(innermost(vm).object) {
            fire(vm, Event::Instruction, &[])?;
        }
        return of_instruction(vm, insn);
    }
    Ok(None)
}

/// Tell that a frame begins, or goes on.
fn begin(vm: &mut Vm, word: u32) -> R<()> {
    if word == 0 {
        (vm.stack.watch.line, vm.stack.watch.word) = (0, 0);
        fire(vm, Event::PyStart, &[])
    } else if fire::is_generator(vm) {
        fire::resumes(vm);
        fire(vm, Event::PyResume, &[])
    } else {
        Ok(())
    }
}

/// What an instruction is going to do.
fn of_instruction(vm: &mut Vm, insn: Insn) -> R<Told> {
    match insn.op() {
        Op::Return => {
            let value = register(vm, insn.a());
            fire(vm, Event::PyReturn, &[value])?;
            Ok(None)
        }
        Op::Call | Op::CallKw | Op::CallMethod | Op::CallMethodKw | Op::CallEx
            if is_wanted(vm, Event::Call) =>
        {
            let told = callee(vm, insn);
            fire(vm, Event::Call, &told)?;
            Ok(Some(told))
        }
        _ => Ok(None),
    }
}

fn register(vm: &mut Vm, number: u16) -> Value {
    Direct::new(vm).window(number, 1)[0]
}

/// What a call instruction calls, and with which first argument.
fn callee(vm: &mut Vm, insn: Insn) -> [Value; 2] {
    let missing = vm.monitoring.missing;
    let (base, n) = (insn.b(), insn.c());
    let mut callee = register(vm, base);
    let first = match insn.op() {
        Op::CallEx => {
            let positional = register(vm, base + 1);
            let items = positional.as_ptr().and_then(Tuple::of).map_or(&[][..], Tuple::items);
            items.first().copied().unwrap_or(missing)
        }
        Op::CallMethod | Op::CallMethodKw if !register(vm, base + 1).is_absent() => {
            register(vm, base + 1)
        }
        Op::CallMethod | Op::CallMethodKw if n > 0 => register(vm, base + 2),
        Op::Call | Op::CallKw if n > 0 => register(vm, base + 1),
        _ => missing,
    };
    match PayloadRef::<BoundMethod>::of_value(callee) {
        Some(method) if insn.op() != Op::CallEx => {
            callee = method.function;
            [callee, method.receiver]
        }
        _ => [callee, first],
    }
}

/// Run the next instruction, and tell what it did.
fn instruction(vm: &mut Vm, told: Told) -> R<Option<Value>> {
    let depth = vm.stack.frames.len();
    let place = (vm.stack.watch.line, vm.stack.watch.word);
    let mut m = Direct::new(vm);
    let done = step(&mut m);
    let (here, pc) = (m.here, m.pc);
    match done {
        Ok(Flow::Exit(value)) => Ok(Some(value)),
        Ok(Flow::Next) => {
            let frame = vm.stack.frames.last_mut().expect("the interpreter runs with a frame");
            let stood = std::mem::replace(&mut frame.pc, pc);
            if vm.watched
                && let Err(raised) = after(vm, (depth, place), stood, told)
            {
                unwind::unwind(vm, raised, false)?;
            }
            Ok(None)
        }
        Err(raised) => {
            let raised = refused(vm, raised, here, told);
            catch(vm, raised, here)?;
            Ok(None)
        }
    }
}

/// A call raised: tell it, if what was called is not written in Python.
fn refused(vm: &mut Vm, raised: Raised, here: *const u64, told: Told) -> Raised {
    let Some(told) = told.filter(|told| vm.watched && !is_python(told[0])) else { return raised };
    if let Some(frame) = vm.stack.frames.last_mut() {
        frame.pc = here;
    }
    let exception = vm.stack.raised;
    match fire(vm, Event::CRaise, &told) {
        Ok(()) => vm.raise_again(exception),
        Err(raised) => raised,
    }
}

fn is_python(callee: Value) -> bool {
    PayloadRef::<Function>::of_value(callee).is_some()
}

/// The instruction at `stood` of the frame that is the innermost one now was done. Before, there were `depth` frames, and
/// the innermost was in the line of `place`.
fn after(vm: &mut Vm, (depth, place): (usize, (u32, u32)), stood: *const u64, told: Told) -> R<()> {
    let frame = *innermost(vm);
    let now = vm.stack.frames.len();
    if now > depth || frame.code.code.flags & flags::HIDDEN != 0 {
        return Ok(());
    }
    let word = word_of(&Frame { pc: stood, ..frame });
    let insn = insn_at(&frame, word);
    let own = (line_at(frame.code, word), word);
    let stays = now == depth && own_line(&frame, word).is_none();
    (vm.stack.watch.line, vm.stack.watch.word) = if stays { place } else { own };
    if let Some(told) = told.filter(|told| now == depth && !is_python(told[0])) {
        at(vm, stood, |vm| fire(vm, Event::CReturn, &told))?;
    }
    jumped(vm, &frame, word, insn)
}

/// Tell of what an instruction before the next one did.
fn at(vm: &mut Vm, pc: *const u64, tell: impl FnOnce(&mut Vm) -> R<()>) -> R<()> {
    let frame = vm.stack.frames.last_mut().expect("the interpreter runs with a frame");
    let next = std::mem::replace(&mut frame.pc, pc);
    tell(vm)?;
    let frame = vm.stack.frames.last_mut().expect("the interpreter runs with a frame");
    frame.pc = next;
    Ok(())
}

/// Tell of a jump. `frame` stands where the instruction at `word` has led.
fn jumped(vm: &mut Vm, frame: &Frame, word: u32, insn: Insn) -> R<()> {
    let words = u32::from(insn.op().row().words);
    let ext = if words == 2 { insn_at(frame, word + 1) } else { Insn(0) };
    if jump_distance(insn, ext).is_none() {
        return Ok(());
    }
    let to = word_of(frame);
    let event = match insn.op() {
        Op::Jump | Op::JumpBack => Event::Jump,
        _ if to == word + words => Event::BranchLeft,
        _ => Event::BranchRight,
    };
    let from = frame.pc.wrapping_sub(to as usize).wrapping_add(word as usize);
    if vm.monitoring.is_active() {
        let target = Value::small(2 * to as i32);
        at(vm, from, |vm| fire(vm, event, &[target]))?;
    }
    if insn.op() == Op::ForIter && event == Event::BranchRight && vm.watched {
        let iter = register(vm, insn.b());
        at(vm, from, |vm| fire::iterator_ended(vm, iter))?;
    }
    // A loop in one line: the line begins again.
    if insn.op() == Op::JumpBack
        && line_at(frame.code, to) == vm.stack.watch.line
        && vm.watched
        && !vm.stack.watch.trace.is_absent()
    {
        fire::tell_tracer(vm, Event::Line, &[])?;
    }
    Ok(())
}
