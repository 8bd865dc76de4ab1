//! Stores of the loop's body that nobody in the body can see are done by its exits.
//!
//! A place whose contents the loop carries in a `phi`, such as an iterator's position, need not be written in each
//! iteration: if no load of the body may read it and no call may look, every exit of the body writes what it holds then.
//! Places that may hold objects stay: their stores have write barriers.
use super::carry::{Assume, Carry, Place};
use super::emit::Emitter;
use super::fresh::overlaps;
use crate::ir::{Alias, Class, Inst, IrOp, Ref, Trace, Ty};

/// Most places of a loop that are deferred: each is one more store in every exit.
const MOST: usize = 8;

/// A place that exits of the body write.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deferred {
    /// Object or address.
    pub(super) base: Ref,
    /// Byte offset from it.
    pub(super) offset: i64,
    /// The store operation.
    pub(super) op: IrOp,
    /// Its alias class.
    pub(super) alias: Alias,
    /// What it holds at the body's start.
    pub(super) value: Ref,
}

impl Deferred {
    /// Is it the place that a store writes?
    pub(super) fn is_written_by(&self, inst: &Inst) -> bool {
        inst.op == self.op
            && inst.alias == self.alias
            && inst.imm == self.offset
            && inst.args[0] == self.base
    }
}

/// The places of a loop that can be deferred.
pub(super) fn places(e: &Emitter<'_>, trace: &Trace, carry: &Carry) -> Vec<Deferred> {
    let Some(label) = e.out.iter().position(|inst| inst.op == IrOp::Label) else {
        return Vec::new();
    };
    let body = &e.out[label..];
    let mut places: Vec<Deferred> = Vec::new();
    for carried in &carry.all {
        let Place::Cell(cell) = carried.place else { continue };
        let ty = match carried.assume {
            Assume::Phi { ty, .. } => ty,
            Assume::With(other) => match carry.all[other].assume {
                Assume::Phi { ty, .. } => ty,
                _ => continue,
            },
            _ => continue,
        };
        let holds_objects = ty == Ty::V;
        if !carried.closed || holds_objects || cell.alias == Alias::RAW || places.len() == MOST {
            continue;
        }
        let (base, offset, alias) = (cell.base, cell.offset, cell.alias);
        let written = body.iter().find(|inst| {
            let place = Deferred { base, offset, op: inst.op, alias, value: base };
            inst.op.row().class == Class::Store && place.is_written_by(inst)
        });
        let Some(op) = written.map(|inst| inst.op) else { continue };
        let place = Deferred { base, offset, op, alias, value: carried.value };
        let all_blind = || {
            let mut numbered = body.iter().enumerate();
            numbered.all(|(at, inst)| blind(e, trace, &place, label + at, inst))
        };
        if u32::try_from(offset).is_ok() && all_blind() {
            places.push(place);
        }
    }
    places
}

/// Does the instruction neither read the place nor write it in another way than as a whole?
fn blind(e: &Emitter<'_>, trace: &Trace, place: &Deferred, at: usize, inst: &Inst) -> bool {
    match inst.op.row().class {
        Class::Load | Class::Store if inst.alias == place.alias => {
            let bytes = |op: IrOp| i64::from(op.access_bytes());
            let here = (place.base, (place.offset, bytes(place.op)));
            let there = (inst.args[0], (inst.imm, bytes(inst.op)));
            let apart = |e: &Emitter<'_>| {
                let objects = e.inst(here.0).ty == Ty::V && e.inst(there.0).ty == Ty::V;
                !objects || !overlaps(here.1, there.1) || tested_apart(e, here.0, there.0, at)
            };
            place.is_written_by(inst) || !e.may_touch(here, there) && apart(e)
        }
        _ if matches!(inst.op, IrOp::Call | IrOp::CallRaising) => {
            let effects = trace.callee(inst).effects;
            (effects.reads | effects.writes) & place.alias.set() == 0
        }
        _ => true,
    }
}

/// Are two words that differ known to do so where instruction `at` runs? What is known at the end of the body may have been
/// found out after it.
fn tested_apart(e: &Emitter<'_>, a: Ref, b: Ref, at: usize) -> bool {
    let (old, new) = if a < b { (a, b) } else { (b, a) };
    if old != new && e.facts(new).fresh.is_some() {
        return true;
    }
    let constant = |value| e.constant(value).is_some();
    let differs = |inst: &Inst| {
        inst.op == IrOp::GuardNot && {
            let test = &e.out[inst.args[0].0 as usize];
            let pair = (test.args.first(), test.args.get(1));
            test.op == IrOp::Same && (pair == (Some(&a), Some(&b)) || pair == (Some(&b), Some(&a)))
        }
    };
    constant(a) && constant(b) || e.out[..at].iter().any(differs)
}
