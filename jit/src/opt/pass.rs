//! One pass over a recorded trace, which emits every instruction again in the state that holds here.
use super::emit::{Emitter, Flow, merges, plain};
use super::facts::Facts;
use super::slots::{is_register, slot_number};
use crate::ir::{AbiTy, Alias, Callee, Class, Inst, IrOp, Ref, SnapshotId, Trace, Ty};

/// How a pass ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum End {
    /// At `loop` with this recorded snapshot: nothing was written for it.
    Loop(SnapshotId),
    /// The trace has its end: `link`, `finish`, `stop`.
    Ended,
    /// A guard that the recorder passed is known to fail; the trace ends there.
    Stopped,
}

/// Not a value.
pub(super) const UNIT: Ref = Ref(u32::MAX);

/// Emit the whole recorded trace; `map` says afterwards what each of its values became.
pub(super) fn run(e: &mut Emitter<'_>, trace: &Trace, map: &mut Vec<Ref>) -> End {
    e.polled = false;
    run_on(e, trace, map)
}

/// The same behind another pass of the same iteration of the machine's loop.
pub(super) fn run_on(e: &mut Emitter<'_>, trace: &Trace, map: &mut Vec<Ref>) -> End {
    map.clear();
    map.resize(trace.insts.len(), UNIT);
    for (at, recorded) in trace.insts.iter().enumerate() {
        match recorded.op {
            IrOp::Loop => {
                return End::Loop(recorded.snapshot.expect("loop has a snapshot"));
            }
            op if op.ends() => {
                end(e, trace, recorded, map);
                return End::Ended;
            }
            _ => {}
        }
        let mut inst = recorded.clone();
        for arg in &mut inst.args {
            *arg = map[arg.0 as usize];
        }
        let (value, flow) = emit(e, trace, inst, map);
        if flow == Flow::Stopped {
            return End::Stopped;
        }
        map[at] = value;
    }
    unreachable!("a trace has an end")
}

/// Before the first pass: `slot` reads what memory held at entry, so all come first, before something is written there.
/// Without the optimiser the slots that a loop changes are read, too.
pub(super) fn read_inputs(e: &mut Emitter<'_>, trace: &Trace) {
    for inst in &trace.insts {
        match inst.op {
            IrOp::Param => {
                e.merged(inst.clone());
            }
            IrOp::Slot => read_slot(e, slot_number(inst)),
            IrOp::Loop if !e.folds => {
                let end = trace.snapshot(inst.snapshot.expect("loop has a snapshot"));
                let registers = end.slots.iter().filter(|(number, _)| is_register(*number));
                registers.for_each(|(number, _)| read_slot(e, *number));
            }
            _ => {}
        }
    }
    let known = e.slots.all().iter().filter_map(|slot| Some((slot.number, slot.base?)));
    e.slots.header = known.collect();
}

fn read_slot(e: &mut Emitter<'_>, number: i32) {
    if e.slots.get(number).base.is_none() {
        let value = e.merged(plain(IrOp::Slot, Ty::V, &[], i64::from(number)));
        e.slots.set(number, value, Some(value));
    }
}

/// The value that a slot has at the start of the pass.
fn slot(e: &Emitter<'_>, header: &[(i32, Ref)], inst: &Inst) -> Ref {
    let number = slot_number(inst);
    let found = header.binary_search_by_key(&number, |(number, _)| *number);
    e.resolve(header[found.expect("slots that are read have a value at the start")].1)
}

fn emit(e: &mut Emitter<'_>, trace: &Trace, mut inst: Inst, map: &[Ref]) -> (Ref, Flow) {
    let snapshot = |e: &mut Emitter<'_>| {
        let id = inst.snapshot.expect("guards have snapshots");
        e.snapshot(trace, id, map)
    };
    let mut flow = Flow::Next;
    let value = match inst.op {
        IrOp::Slot => slot(e, &e.slots.header, &inst),
        IrOp::Param => e.merged(inst),
        IrOp::Guard | IrOp::GuardNot => {
            let id = snapshot(e);
            flow = e.guard(inst.args[0], inst.op == IrOp::Guard, id);
            UNIT
        }
        // Nothing that could ask for attention ran since the last one.
        IrOp::Poll if e.polled && e.folds => UNIT,
        IrOp::Poll => {
            let id = snapshot(e);
            e.leave(inst, id);
            e.polled = true;
            UNIT
        }
        IrOp::Publish | IrOp::Returned => {
            let id = snapshot(e);
            inst.args[0] = e.resolve(inst.args[0]);
            e.leave(inst, id);
            UNIT
        }
        IrOp::MulFit => {
            let id = snapshot(e);
            multiply(e, inst, id)
        }
        IrOp::CallRaising => {
            let id = snapshot(e);
            call(e, trace, inst, Some(id))
        }
        IrOp::Call => call(e, trace, inst, None),
        IrOp::Flush => {
            let id = inst.snapshot.expect("flush has a snapshot");
            e.flush(trace.snapshot(id), map);
            UNIT
        }
        IrOp::LoadSlot => e.load_slot(&inst),
        IrOp::StoreSlot => {
            let value = e.resolve(inst.args[0]);
            e.escape(value);
            e.effect(IrOp::StoreSlot, &[value], inst.imm);
            e.slots.set(slot_number(&inst), value, Some(value));
            UNIT
        }
        IrOp::Pass => {
            let value = e.resolve(inst.args[0]);
            e.escape(value);
            e.effect(IrOp::Pass, &[value], inst.imm);
            UNIT
        }
        IrOp::Alloc => e.alloc(&inst),
        IrOp::Barrier => {
            barrier(e, &inst);
            UNIT
        }
        op if op.row().class == Class::Load && e.folds => e.load(&inst),
        op if op.row().class == Class::Store && e.folds => {
            e.store(&inst);
            UNIT
        }
        IrOp::PEq if e.folds && is_null_test_of_new(e, &inst) => e.const_b(false),
        op if merges(op) => e.pure(inst),
        _ => {
            for arg in &mut inst.args {
                *arg = e.resolve(*arg);
            }
            e.write(inst)
        }
    };
    (value, flow)
}

/// The end of a trace that is no loop.
fn end(e: &mut Emitter<'_>, trace: &Trace, recorded: &Inst, map: &[Ref]) {
    let mut inst = Inst { snapshot: None, ..recorded.clone() };
    for arg in &mut inst.args {
        *arg = e.resolve(map[arg.0 as usize]);
        let value = *arg;
        e.escape(value);
    }
    match (recorded.op, recorded.snapshot) {
        (IrOp::Link, Some(id)) => {
            e.flush(trace.snapshot(id), map);
            e.write(inst);
        }
        (IrOp::Stop, Some(id)) => {
            let id = e.snapshot(trace, id, map);
            e.leave(inst, id);
        }
        _ => {
            e.write(inst);
        }
    }
}

/// The barrier of a word that is no object is dropped, and that of an object that nobody else knows.
fn barrier(e: &mut Emitter<'_>, inst: &Inst) {
    let (object, value) = (e.resolve(inst.args[0]), e.resolve(inst.args[1]));
    let needless = e.folds && e.facts(value).kinds.excludes(super::facts::Kinds::OBJECT);
    if !needless {
        e.effect(IrOp::Barrier, &[object, value], 0);
    }
}

/// Does it compare an address in a new object with 0?
fn is_null_test_of_new(e: &Emitter<'_>, inst: &Inst) -> bool {
    let null = |value| e.constant(value) == Some(0);
    let new = |value| e.facts(e.address(value, 0).0).fresh.is_some();
    let (a, b) = (inst.args[0], inst.args[1]);
    null(a) && new(b) || null(b) && new(a)
}

/// A product that must be a small int: without test if its range says so.
fn multiply(e: &mut Emitter<'_>, mut inst: Inst, id: SnapshotId) -> Ref {
    if !e.folds {
        return e.leave(inst, id);
    }
    for arg in &mut inst.args {
        *arg = e.resolve(*arg);
    }
    if let Some(folded) = e.folded(&mut inst) {
        return folded;
    }
    inst.snapshot = Some(id);
    e.merged(inst)
}

fn call(e: &mut Emitter<'_>, trace: &Trace, mut inst: Inst, id: Option<SnapshotId>) -> Ref {
    for arg in &mut inst.args {
        *arg = e.resolve(*arg);
        let value = *arg;
        e.escape(value);
    }
    inst.snapshot = id;
    let effects = trace.callee(&inst).effects;
    let pure = effects.writes == 0
        && effects.reads & !Alias::CONSTANT.set() == 0
        && !effects.allocates
        && !effects.keep;
    let facts = if e.folds { facts_of_result(trace.callee(&inst), inst.ty) } else { Facts::NONE };
    if pure && e.folds && inst.ty != Ty::Unit {
        let call = e.merged(inst);
        let known = e.facts(call).and(facts);
        *e.facts_mut(call) = known;
        return call;
    }
    e.heap.forget(effects.writes);
    let field = trace.callee(&inst).field.filter(|_| e.folds);
    let field = field.map(|(offset, number)| (i64::from(offset), inst.args[number as usize]));
    let call = e.write_with(inst, facts);
    if let Some((offset, value)) = field {
        e.made_with(call, offset, value);
    }
    if effects.keep || effects.writes != 0 {
        e.slots.called();
        e.polled = false;
    }
    call
}

/// What is known of the result of a call by its type.
fn facts_of_result(callee: &Callee, ty: Ty) -> Facts {
    match callee.result {
        _ if ty != Ty::I || callee.finish.is_some() => Facts::NONE,
        AbiTy::I8 => Facts::between(i8::MIN.into(), i8::MAX.into()),
        AbiTy::I16 => Facts::between(i16::MIN.into(), i16::MAX.into()),
        AbiTy::I32 => Facts::between(i32::MIN.into(), i32::MAX.into()),
        AbiTy::U8 => Facts::between(0, u8::MAX.into()),
        AbiTy::U16 => Facts::between(0, u16::MAX.into()),
        AbiTy::U32 => Facts::between(0, u32::MAX.into()),
        _ => Facts::NONE,
    }
}

/// An end that leaves at a recorded snapshot.
pub(super) fn stop_at(e: &mut Emitter<'_>, trace: &Trace, id: SnapshotId, map: &[Ref]) {
    let id = e.snapshot(trace, id, map);
    e.leave(plain(IrOp::Stop, Ty::Unit, &[], 0), id);
}
