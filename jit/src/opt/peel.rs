//! Loops: the first iteration is peeled off, and the body is the recorded trace emitted once more.
//!
//! In the body everything that the first iteration found out still holds for what does not change: tests are known, loads
//! are done, pure values are there. What that is, we assume (see [`super::carry`]) and emit; at the end of the body each
//! assumption is compared with what the body left. If one does not hold it is weakened and the body is emitted again.
use super::carry::{Assume, Carry, Place, holds_word, lists, same_view, unboxed};
use super::defer::{self, Deferred};
use super::emit::Emitter;
use super::facts::Facts;
use super::pass::{self, End};
use crate::ir::{Class, Inst, IrOp, Ref, Snapshot, SnapshotId, Trace, Ty};

/// After so many emissions of the body assume as little as possible.
const MOST_EMISSIONS: usize = 6;

/// Loops of at most so many operations are written twice, those of half as many four times: then looking at the poll word
/// and jumping back take less of their time.
const SHORT: usize = 20;

/// The first iteration was emitted and reached `loop` with this snapshot: emit the loop's head and body.
/// What comes back are the places that its exits write.
pub(super) fn body(
    e: &mut Emitter<'_>,
    trace: &Trace,
    at: SnapshotId,
    map: &mut Vec<Ref>,
    unroll: bool,
) -> Vec<Deferred> {
    let first = e.whole_state(trace.snapshot(at), map);
    let mut carry = Carry::classify(e, trace.snapshot(at), &first);
    let saved = e.save();
    let first_map = map.clone();
    let mut emission = 0;
    while emission < MOST_EMISSIONS + 3 {
        emission += 1;
        e.restore(&saved);
        let start = e.out.len();
        match once(e, trace, at, map, (&mut carry, 1)) {
            Emitted::Loop => {
                let times = if unroll { wanted_times(&e.out[start..]) } else { 1 };
                if times > 1 {
                    let good = carry.clone();
                    e.restore(&saved);
                    if !matches!(once(e, trace, at, map, (&mut carry, times)), Emitted::Loop) {
                        e.restore(&saved);
                        carry = good;
                        let end = once(e, trace, at, map, (&mut carry, 1));
                        debug_assert!(matches!(end, Emitted::Loop), "as before");
                    }
                }
                return defer::places(e, trace, &carry);
            }
            Emitted::OtherLoop => {}
            // The second iteration leaves where the first one did not: perhaps not if we assume less.
            Emitted::Stopped if emission > MOST_EMISSIONS => break,
            Emitted::Stopped => emission = MOST_EMISSIONS,
        }
        if emission >= MOST_EMISSIONS {
            carry.weaken_all(e);
        }
    }
    e.restore(&saved);
    pass::stop_at(e, trace, at, &first_map);
    Vec::new()
}

/// How an emission of the body ended.
enum Emitted {
    /// The body is there.
    Loop,
    /// It left what was not assumed.
    OtherLoop,
    /// It leaves before its end.
    Stopped,
}

/// Emit the head of the loop and its body, so many times.
fn once(
    e: &mut Emitter<'_>,
    trace: &Trace,
    at: SnapshotId,
    map: &mut Vec<Ref>,
    (carry, times): (&mut Carry, i64),
) -> Emitted {
    carry.start_body(e);
    match iterations(e, trace, at, map, times) {
        End::Loop(_) => {
            let state = e.whole_state(trace.snapshot(at), map);
            if !check(carry, e, trace.snapshot(at), &state) {
                return Emitted::OtherLoop;
            }
            e.effect(IrOp::Jump, &[], times - 1);
            Emitted::Loop
        }
        End::Ended => unreachable!("the trace is a loop"),
        End::Stopped => Emitted::Stopped,
    }
}

/// Emit some iterations, one behind the other.
fn iterations(
    e: &mut Emitter<'_>,
    trace: &Trace,
    at: SnapshotId,
    map: &mut Vec<Ref>,
    times: i64,
) -> End {
    let mut end = pass::run(e, trace, map);
    for _ in 1..times {
        if !matches!(end, End::Loop(_)) {
            break;
        }
        let state = e.whole_state(trace.snapshot(at), map);
        for (number, value) in state {
            let listed = lists(trace.snapshot(at), number);
            let memory = e.in_memory(number, value, listed).then_some(value);
            e.slots.set(number, value, memory);
            if let Ok(place) = e.slots.header.binary_search_by_key(&number, |(other, _)| *other) {
                e.slots.header[place].1 = value;
            }
        }
        end = pass::run_on(e, trace, map);
    }
    end
}

/// How often the iterations of a loop's body should be written.
fn wanted_times(body: &[Inst]) -> i64 {
    let mut n = 0;
    for inst in body {
        match inst.op.row().class {
            // Most are for exits only.
            Class::Alloc => {}
            Class::Effect if inst.op != IrOp::Barrier => return 1,
            _ if matches!(inst.op, IrOp::Call | IrOp::CallRaising | IrOp::Publish) => return 1,
            Class::Control => {}
            _ if inst.args.is_empty() => {}
            // They are of exits, too.
            _ if matches!(inst.op, IrOp::BoxI | IrOp::BoxF | IrOp::BoxB) => {}
            _ => n += 1,
        }
    }
    match n {
        _ if n <= SHORT / 2 => 4,
        _ if n <= SHORT => 2,
        _ => 1,
    }
}

/// Without the optimiser: no iteration is peeled off, each slot is a `phi`.
pub(super) fn plain_body(e: &mut Emitter<'_>, trace: &Trace, at: SnapshotId, map: &mut Vec<Ref>) {
    let mut carry = Carry::default();
    for (number, value) in e.slots.header.clone() {
        let dirty = lists(trace.snapshot(at), number);
        let number = carry.add(e, Place::Slot { number, dirty }, value, true);
        carry.all[number].assume = Assume::Phi { ty: Ty::V, facts: Facts::NONE };
    }
    carry.start_body(e);
    let end = pass::run(e, trace, map);
    debug_assert!(matches!(end, End::Loop(_)), "nothing is folded");
    let state = e.whole_state(trace.snapshot(at), map);
    let holds = check(&mut carry, e, trace.snapshot(at), &state);
    debug_assert!(holds, "nothing was assumed");
    e.effect(IrOp::Jump, &[], 0);
}

/// A check of what was assumed against what the body left.
struct Check<'c> {
    carry: &'c mut Carry,
    /// The recorded snapshot of the loop's end.
    last: &'c Snapshot,
    /// What the body left, by carried number.
    ends: Vec<Option<Ref>>,
    /// Which cells the body relied on.
    used: Vec<bool>,
    holds: bool,
}

fn check(carry: &mut Carry, e: &mut Emitter<'_>, last: &Snapshot, state: &[(i32, Ref)]) -> bool {
    let n = carry.all.len();
    let mut check = Check { carry, last, ends: vec![None; n], used: vec![false; n], holds: true };
    for &cell in &e.heap.used {
        check.used[cell as usize] = true;
    }
    let mut number = 0;
    while number < check.carry.all.len() {
        check.one(e, number, state);
        number += 1;
    }
    check.objects(e);
    check.holds
}

impl Check<'_> {
    fn one(&mut self, e: &mut Emitter<'_>, number: usize, state: &[(i32, Ref)]) {
        let entry = e.resolve(self.carry.all[number].entry);
        let end = self.end(e, number, state);
        self.ends[number] = end;
        let relied = match self.carry.all[number].place {
            Place::Cell(_) => self.used[number],
            Place::Slot { .. } | Place::Field { .. } => true,
        };
        match self.carry.all[number].assume.clone() {
            Assume::Phi { ty, facts } if !relied => self.close(e, number, ty, &facts),
            Assume::With(other) if end.is_some() && end == self.ends[other] => {
                self.carry.all[number].closed = true;
            }
            _ if !relied => {}
            Assume::Inside(holder) => {
                let inside = end.and_then(|end| e.inner_of(end));
                let object = self.ends[holder].and_then(|object| e.unescaped(object));
                if inside.is_none() || inside != object {
                    self.weaken(number, Assume::Changing);
                }
            }
            Assume::Gone => {}
            Assume::Changing => {}
            Assume::Same => match end {
                Some(end) if end == entry => {}
                Some(_) => self.weaken(number, Assume::Changing),
                None => self.weaken(number, Assume::Gone),
            },
            Assume::With(other) => {
                if matches!(self.carry.all[other].assume, Assume::Made { .. }) {
                    self.weaken(other, Assume::Changing);
                }
                self.weaken(number, Assume::Changing);
            }
            Assume::Phi { ty, facts } => self.phi(e, number, ty, &facts),
            Assume::Made { layout, fields } => self.made(e, number, layout, &fields),
        }
    }

    fn weaken(&mut self, number: usize, to: Assume) {
        if let Assume::Made { fields, .. } = &self.carry.all[number].assume {
            for field in fields.clone() {
                self.weaken(field, Assume::Gone);
            }
        }
        self.carry.all[number].assume = to;
        self.holds = false;
    }

    /// What the body left in a place.
    fn end(&mut self, e: &Emitter<'_>, number: usize, state: &[(i32, Ref)]) -> Option<Ref> {
        match &mut self.carry.all[number].place {
            Place::Slot { number, dirty } => {
                let found = state.binary_search_by_key(number, |(other, _)| *other).ok()?;
                let value = state[found].1;
                if !*dirty && !e.in_memory(*number, value, lists(self.last, *number)) {
                    *dirty = true;
                    self.holds = false;
                }
                Some(value)
            }
            Place::Cell(cell) => {
                let bytes = i64::from(cell.op.access_bytes());
                let found = e.heap.find(cell.alias, cell.base, cell.offset, bytes)?;
                same_view(found.op, cell.op).then(|| e.resolve(found.value))
            }
            Place::Field { .. } => self.ends[number],
        }
    }

    fn phi(&mut self, e: &mut Emitter<'_>, number: usize, ty: Ty, facts: &Facts) {
        let Some(end) = self.ends[number] else {
            return self.weaken(number, Assume::Gone);
        };
        let Some(end) = unboxed(e, end, ty) else {
            return self.weaken(number, Assume::Phi { ty: Ty::V, facts: Facts::NONE });
        };
        e.escape(end);
        let known = e.facts(end);
        if !known.implies(facts) {
            let word = holds_word(&self.carry.all[number].place);
            let limit = if word { Facts::SMALL } else { Facts::NONE };
            self.weaken(number, Assume::Phi { ty, facts: facts.widened(&known, &limit) });
        }
        self.set_back(e, number, end);
    }
    /// The same for a cell that the body did not read: nothing was wrong if it does not hold.
    fn close(&mut self, e: &mut Emitter<'_>, number: usize, ty: Ty, facts: &Facts) {
        let end = self.ends[number].and_then(|end| unboxed(e, end, ty));
        if let Some(end) = end.filter(|&end| e.facts(end).implies(facts)) {
            e.escape(end);
            self.set_back(e, number, end);
        }
    }
    fn set_back(&mut self, e: &mut Emitter<'_>, number: usize, end: Ref) {
        let carried = &mut self.carry.all[number];
        let phi = carried.phi.expect("phis were written");
        e.out[phi.0 as usize].args[1] = end;
        carried.closed = true;
    }

    /// The end is an object of the same layout: each field has its own check.
    fn made(&mut self, e: &mut Emitter<'_>, number: usize, layout: usize, fields: &[usize]) {
        let object = self.ends[number].and_then(|end| e.unescaped(end));
        let object = object.map(|object| e.fresh.get(object).clone());
        let Some(object) = object.filter(|object| object.layout == layout) else {
            return self.weaken(number, Assume::Changing);
        };
        let mut known = Vec::new();
        for &field in fields {
            let Place::Field { offset, op, .. } = self.carry.all[field].place else { continue };
            let bytes = i64::from(op.access_bytes());
            known.push(offset);
            self.ends[field] = match object.field(offset, bytes) {
                Ok(Some(written)) => same_view(written.op, op).then(|| e.resolve(written.value)),
                Ok(None) => initial(e, layout, offset, op),
                Err(()) => None,
            };
            if self.ends[field].is_none() {
                return self.weaken(number, Assume::Changing);
            }
        }
        for field in object.fields.iter().filter(|field| !known.contains(&field.offset)) {
            let Some(entry) = initial(e, layout, field.offset, field.op) else {
                return self.weaken(number, Assume::Changing);
            };
            let place = Place::Field { offset: field.offset, op: field.op, alias: field.alias };
            let child = self.carry.add(e, place, entry, false);
            self.carry.all[child].assume = Assume::Changing;
            self.carry.add_field(number, child);
            self.ends.push(None);
            self.used.push(true);
            self.holds = false;
        }
    }

    /// Objects that are made anew are different ones, and nobody else knows them.
    fn objects(&mut self, e: &Emitter<'_>) {
        let mut seen: Vec<u32> = Vec::new();
        for number in 0..self.carry.all.len() {
            if !matches!(self.carry.all[number].assume, Assume::Made { .. }) {
                continue;
            }
            match self.ends[number].and_then(|end| e.unescaped(end)) {
                Some(object) if !seen.contains(&object) => seen.push(object),
                _ => self.weaken(number, Assume::Changing),
            }
        }
    }
}

/// What a field of a new object holds before it is written, as a store operation would write it.
fn initial(e: &mut Emitter<'_>, layout: usize, offset: i64, op: IrOp) -> Option<Ref> {
    let bits = e.initial(layout, offset, i64::from(op.access_bytes()))?;
    let ty = op.row().args.and_then(|args| args.get(1).copied())?;
    let full = op.access_bytes() == 8;
    (full || ty == Ty::I).then(|| e.of_bits(ty, bits))
}

/// Does the trace have a loop's end?
pub(super) fn loops(trace: &Trace) -> Option<SnapshotId> {
    let last = trace.insts.last()?;
    last.snapshot.filter(|_| last.op == IrOp::Loop)
}
