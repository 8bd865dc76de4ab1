//! The interpreter's slots: what they hold, what memory holds of them, and the snapshots that say so.
//!
//! A recorded snapshot lists what changed since the start or the last `flush`. For each slot we know its *base*, the value
//! it has where a snapshot does not list it, and what *memory* holds. At the start both are the entry's value; in the body
//! of a loop the base is what the iteration before left, and memory may be older: then the slot is *dirty*, and every
//! snapshot of ours lists it.
use super::emit::{Emitter, plain};
use crate::ir::{Entry, FIRST_EXTRA, Inst, IrOp, Ref, Snapshot, SnapshotId, Trace, Ty};

/// What is known of one slot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    /// Its number.
    pub(super) number: i32,
    /// What it holds where a snapshot does not list it.
    pub(super) base: Option<Ref>,
    /// What memory holds.
    pub(super) memory: Option<Ref>,
    /// How many calls there were when that became known.
    since: u32,
}

/// A snapshot that was written: its entries lie in `Slots::entries`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    /// Number of the resume point.
    pub(super) resume: u32,
    start: u32,
    end: u32,
}

/// Every slot that a trace names, and the snapshots written so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Slots {
    /// What `slot` instructions are in this pass, by rising number.
    pub(super) header: Vec<(i32, Ref)>,
    /// By rising number.
    list: Vec<Slot>,
    /// Indices of those whose base is not in memory.
    dirty: Vec<u32>,
    snapshots: Vec<Written>,
    entries: Vec<(i32, Ref)>,
    /// How many calls there were.
    calls: u32,
    /// The recorded snapshot written last, and what it became.
    last: Option<(SnapshotId, SnapshotId)>,
}

impl Slots {
    /// The slots of a trace.
    pub(super) fn of(trace: &Trace) -> Slots {
        let mut numbers: Vec<i32> = Vec::new();
        for inst in &trace.insts {
            if matches!(inst.op, IrOp::Slot | IrOp::LoadSlot | IrOp::StoreSlot) {
                numbers.push(slot_number(inst));
            }
        }
        for snapshot in &trace.snapshots {
            numbers.extend(snapshot.slots.iter().map(|(number, _)| *number));
        }
        numbers.sort_unstable();
        numbers.dedup();
        let slots = numbers
            .into_iter()
            .map(|number| Slot { number, base: None, memory: None, since: 0 })
            .collect();
        Slots { list: slots, ..Slots::default() }
    }
    /// Every slot.
    pub(super) fn all(&self) -> &[Slot] {
        &self.list
    }
    fn index(&self, number: i32) -> usize {
        self.list
            .binary_search_by_key(&number, |slot| slot.number)
            .expect("every slot that the trace names has an entry")
    }
    /// The slot with a number.
    pub(super) fn get(&self, number: i32) -> Slot {
        self.list[self.index(number)]
    }
    /// Base and memory of a slot are these from here on.
    pub(super) fn set(&mut self, number: i32, base: Ref, memory: Option<Ref>) {
        let index = self.index(number);
        self.list[index] = Slot { number, base: Some(base), memory, since: self.calls };
        self.dirty.retain(|&other| other != index as u32);
        if memory != Some(base) {
            let at = self.dirty.partition_point(|&other| (other as usize) < index);
            self.dirty.insert(at, index as u32);
        }
        self.last = None;
    }
    /// A call that may run anything: it may have used registers that the recorder no longer needs. Those that it lists
    /// again are out of date then, even with the value that they had.
    pub(super) fn called(&mut self) {
        self.calls += 1;
        self.last = None;
    }
    /// Nothing is known of any slot.
    pub(super) fn forget(&mut self) {
        for slot in &mut self.list {
            *slot = Slot { base: None, memory: None, ..*slot };
        }
        self.header.clear();
        self.dirty.clear();
        self.last = None;
    }
    /// The entries of a written snapshot.
    pub(super) fn entries(&self, id: SnapshotId) -> (u32, &[(i32, Ref)]) {
        let Written { resume, start, end } = self.snapshots[id.0 as usize];
        (resume, &self.entries[start as usize..end as usize])
    }
}

/// The slot that an instruction names.
pub(super) fn slot_number(inst: &Inst) -> i32 {
    i32::try_from(inst.imm).expect("slots have small numbers")
}

/// Is it a register of the interpreter, which lies in memory?
pub(super) fn is_register(number: i32) -> bool {
    number < FIRST_EXTRA
}

impl Emitter<'_> {
    /// The values of every slot at a recorded snapshot, by rising number: those that are not in memory, or all known.
    fn state(&self, recorded: &Snapshot, map: &[Ref], all: bool) -> Vec<(i32, Ref)> {
        let mut state = Vec::with_capacity(recorded.slots.len() + self.slots.dirty.len());
        let mut rest = recorded.slots.iter().peekable();
        let push = |state: &mut Vec<(i32, Ref)>, number: i32, value: Ref| {
            if all || !self.in_memory(number, value, true) {
                state.push((number, value));
            }
        };
        let others: Vec<u32> =
            if all { (0..self.slots.list.len() as u32).collect() } else { Vec::new() };
        let others = if all { &others } else { &self.slots.dirty };
        for &index in others {
            let slot = self.slots.list[index as usize];
            while let Some((number, entry)) = rest.next_if(|(number, _)| *number < slot.number) {
                push(&mut state, *number, self.mapped(*entry, map));
            }
            let listed = rest.next_if(|(number, _)| *number == slot.number);
            match (listed, slot.base) {
                (Some((number, entry)), _) => {
                    push(&mut state, *number, self.mapped(*entry, map));
                }
                (None, Some(base)) => state.push((slot.number, self.resolve(base))),
                (None, None) => {}
            }
        }
        for (number, entry) in rest {
            push(&mut state, *number, self.mapped(*entry, map));
        }
        state
    }
    fn mapped(&self, entry: Entry, map: &[Ref]) -> Ref {
        match entry {
            Entry::Ref(value) => self.resolve(map[value.0 as usize]),
            Entry::Virtual(_) => unreachable!("recorded snapshots hold values"),
        }
    }
    /// Does memory hold this value of a slot? `listed`: the recorder says that it changed.
    pub(super) fn in_memory(&self, number: i32, value: Ref, listed: bool) -> bool {
        let slot = self.slots.get(number);
        let known = slot.memory.map(|memory| self.resolve(memory));
        known == Some(value) && (!listed || slot.since == self.slots.calls)
    }
    /// Every known slot's value at a recorded snapshot.
    pub(super) fn whole_state(&self, recorded: &Snapshot, map: &[Ref]) -> Vec<(i32, Ref)> {
        self.state(recorded, map, true)
    }

    /// Write the snapshot that a recorded one becomes here.
    pub(super) fn snapshot(&mut self, trace: &Trace, id: SnapshotId, map: &[Ref]) -> SnapshotId {
        if let Some((recorded, written)) = self.slots.last
            && recorded == id
        {
            return written;
        }
        let recorded = trace.snapshot(id);
        let state = self.state(recorded, map, false);
        let start = self.slots.entries.len() as u32;
        self.slots.entries.extend(state);
        let end = self.slots.entries.len() as u32;
        self.slots.snapshots.push(Written { resume: recorded.resume, start, end });
        let written = SnapshotId(self.slots.snapshots.len() as u32 - 1);
        self.slots.last = Some((id, written));
        written
    }

    /// Bring memory up to date with a recorded snapshot.
    pub(super) fn flush(&mut self, recorded: &Snapshot, map: &[Ref]) {
        for (number, value) in self.state(recorded, map, false) {
            if !is_register(number) {
                continue;
            }
            let value = self.boxed(value);
            self.escape(value);
            self.effect(IrOp::StoreSlot, &[value], i64::from(number));
            self.slots.set(number, value, Some(value));
        }
        for &(number, entry) in &recorded.slots {
            if is_register(number) {
                let value = self.mapped(entry, map);
                self.slots.set(number, value, Some(value));
            }
        }
    }

    /// Read a slot again.
    pub(super) fn load_slot(&mut self, inst: &Inst) -> Ref {
        let value = self.write(inst.clone());
        self.slots.set(slot_number(inst), value, Some(value));
        value
    }

    /// The value as a value word.
    pub(super) fn boxed(&mut self, value: Ref) -> Ref {
        let op = match self.inst(value).ty {
            Ty::I => IrOp::BoxI,
            Ty::F => IrOp::BoxF,
            Ty::B => IrOp::BoxB,
            Ty::P => IrOp::ValueAt,
            Ty::V | Ty::Unit => return value,
        };
        self.pure(plain(op, Ty::V, &[value], 0))
    }
}
