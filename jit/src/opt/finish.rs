//! The end of optimisation: trivial `phi`s and what nobody needs are dropped, the rest is numbered anew.
use super::defer::Deferred;
use super::emit::Emitter;
use super::sink::Sink;
use super::table::{Table, mix};
use crate::ir::{Class, Entry, Inst, IrOp, Ref, Snapshot, SnapshotId, Trace, Virtual};

/// The finished trace.
pub(super) fn finish(mut e: Emitter<'_>, recorded: &Trace, deferred: Vec<Deferred>) -> Trace {
    let equal = trivial_phis(&e);
    let mut kept = vec![true; e.out.len()];
    let mut shots = Shots::default();
    let mut sink = Sink::new(&e, deferred);
    let mut snapshots = vec![None; e.out.len()];
    for at in 0..e.out.len() {
        kept[at] = !sink.drops(at);
        if let Some(id) = e.out[at].snapshot.filter(|_| kept[at]) {
            snapshots[at] = Some(shots.add(&mut sink, id));
        }
    }
    drop_unwritten(&e, &mut kept);
    let mut virtuals = std::mem::take(&mut sink.virtuals);
    drop(sink);
    for (inst, id) in e.out.iter_mut().zip(snapshots) {
        inst.snapshot = id;
        inst.args.iter_mut().for_each(|arg| *arg = find(&equal, *arg));
    }
    let mut snapshots = shots.list;
    for_each_value(&mut snapshots, &mut virtuals, |value| *value = find(&equal, *value));
    let mut live = Live::mark(&e, recorded, &kept, &snapshots, &virtuals);
    drop_barriers(&e, recorded, &mut live.insts);
    compact(e, recorded, live, snapshots, virtuals)
}

fn find(equal: &[Ref], mut value: Ref) -> Ref {
    while equal[value.0 as usize] != value {
        value = equal[value.0 as usize];
    }
    value
}

/// A `phi` of one value is that value. (What is known of the `phi` was checked at the back edge, so it was used rightly.)
fn trivial_phis(e: &Emitter<'_>) -> Vec<Ref> {
    let mut equal: Vec<Ref> = (0..e.out.len() as u32).map(Ref).collect();
    let phis: Vec<usize> = (0..e.out.len()).filter(|&at| e.out[at].op == IrOp::Phi).collect();
    let mut changed = true;
    while changed {
        changed = false;
        for &at in &phis {
            let (entry, back) = (e.out[at].args[0], e.out[at].args[1]);
            let (entry, back) = (find(&equal, entry), find(&equal, back));
            let trivial = entry == back || back.0 as usize == at;
            if trivial && equal[at].0 as usize == at && entry.0 as usize != at {
                equal[at] = entry;
                changed = true;
            }
        }
    }
    equal
}

/// The snapshots of the finished trace, each once.
#[derive(Default)]
struct Shots {
    list: Vec<Snapshot>,
    equal: Table,
    /// What a written snapshot became, and at which version of the objects in it.
    known: Vec<Option<(u32, SnapshotId)>>,
}

impl Shots {
    fn add(&mut self, sink: &mut Sink<'_, '_>, id: SnapshotId) -> SnapshotId {
        let at = id.0 as usize;
        if self.known.len() <= at {
            self.known.resize(at + 1, None);
        }
        let version = if sink.varies(id) { sink.version() } else { 0 };
        if let Some((known, number)) = self.known[at]
            && known == version
        {
            return number;
        }
        let snapshot = sink.snapshot(id);
        let hash = hash_of(&snapshot);
        let list = &self.list;
        let equal = self.equal.find(hash, |number| list[number as usize] == snapshot);
        let number = equal.unwrap_or_else(|| {
            self.equal.insert(hash, self.list.len() as u32);
            self.list.push(snapshot);
            self.list.len() as u32 - 1
        });
        self.known[at] = Some((version, SnapshotId(number)));
        SnapshotId(number)
    }
}

fn hash_of(snapshot: &Snapshot) -> u32 {
    let start = mix(0, u64::from(snapshot.resume));
    snapshot.slots.iter().fold(start, |hash, (slot, entry)| {
        let value = match *entry {
            Entry::Ref(value) => u64::from(value.0),
            Entry::Virtual(number) => u64::from(number) | 1 << 40,
        };
        mix(mix(hash, u64::from(slot.cast_unsigned())), value)
    })
}

fn for_each_value(
    snapshots: &mut [Snapshot],
    virtuals: &mut [Virtual],
    mut change: impl FnMut(&mut Ref),
) {
    let mut entry = |entry: &mut Entry| {
        if let Entry::Ref(value) = entry {
            change(value);
        }
    };
    for snapshot in snapshots {
        snapshot.slots.iter_mut().for_each(|(_, value)| entry(value));
        for store in &mut snapshot.stores {
            entry(&mut store.object);
            entry(&mut store.field.value);
        }
    }
    for object in virtuals {
        object.fields.iter_mut().for_each(|field| entry(&mut field.value));
    }
}

/// Which instructions, snapshots and virtuals are needed.
struct Live {
    insts: Vec<bool>,
    snapshots: Vec<bool>,
    virtuals: Vec<bool>,
    work: Vec<Ref>,
}

impl Live {
    fn mark(
        e: &Emitter<'_>,
        recorded: &Trace,
        kept: &[bool],
        snapshots: &[Snapshot],
        virtuals: &[Virtual],
    ) -> Live {
        let mut live = Live {
            insts: vec![false; e.out.len()],
            snapshots: vec![false; snapshots.len()],
            virtuals: vec![false; virtuals.len()],
            work: Vec::new(),
        };
        for at in (0..e.out.len()).rev() {
            if kept[at] && is_root(&e.out[at], recorded) {
                live.value(Ref(at as u32));
            }
            while let Some(value) = live.work.pop() {
                let inst = &e.out[value.0 as usize];
                inst.args.iter().for_each(|&arg| live.value(arg));
                if let Some(id) = inst.snapshot {
                    live.snapshot(id, snapshots, virtuals);
                }
            }
        }
        live
    }
    fn value(&mut self, value: Ref) {
        if !std::mem::replace(&mut self.insts[value.0 as usize], true) {
            self.work.push(value);
        }
    }
    fn snapshot(&mut self, id: SnapshotId, snapshots: &[Snapshot], virtuals: &[Virtual]) {
        if std::mem::replace(&mut self.snapshots[id.0 as usize], true) {
            return;
        }
        let snapshot = &snapshots[id.0 as usize];
        snapshot.slots.iter().for_each(|(_, entry)| self.entry(*entry, virtuals));
        for store in &snapshot.stores {
            self.entry(store.object, virtuals);
            self.entry(store.field.value, virtuals);
        }
    }
    fn entry(&mut self, entry: Entry, virtuals: &[Virtual]) {
        match entry {
            Entry::Ref(value) => self.value(value),
            Entry::Virtual(number) => {
                if !std::mem::replace(&mut self.virtuals[number as usize], true) {
                    let fields = &virtuals[number as usize].fields;
                    for field in fields {
                        self.entry(field.value, virtuals);
                    }
                }
            }
        }
    }
}

/// The barrier of a word that is not written anywhere, because an exit does it, is not needed.
fn drop_unwritten(e: &Emitter<'_>, kept: &mut [bool]) {
    let mut written = vec![false; e.out.len()];
    for (inst, _) in e.out.iter().zip(kept.iter()).filter(|(_, kept)| **kept) {
        if inst.op == IrOp::StoreV {
            written[inst.args[1].0 as usize] = true;
        }
    }
    for (inst, kept) in e.out.iter().zip(kept) {
        *kept &= inst.op != IrOp::Barrier || written[inst.args[1].0 as usize];
    }
}

/// An object that was made, or whose barrier was done, needs none until the next allocation.
fn drop_barriers(e: &Emitter<'_>, recorded: &Trace, live: &mut [bool]) {
    let mut done: Vec<Ref> = Vec::new();
    let allocates = |inst: &Inst| match inst.op {
        IrOp::BoxF | IrOp::Alloc => true,
        IrOp::Call | IrOp::CallRaising => recorded.callee(inst).effects.allocates,
        _ => false,
    };
    let label = e.out.iter().position(|inst| inst.op == IrOp::Label).unwrap_or(e.out.len());
    let quiet_body =
        !e.out.iter().zip(&*live).skip(label).any(|(inst, live)| *live && allocates(inst));
    for ((at, inst), live) in e.out.iter().enumerate().zip(live) {
        match inst.op {
            _ if !*live => {}
            // What was done before a loop that allocates nothing holds in all of its iterations.
            IrOp::Label if quiet_body => {}
            IrOp::Label => done.clear(),
            IrOp::Alloc => done = vec![Ref(at as u32)],
            _ if allocates(inst) => done.clear(),
            IrOp::Barrier if done.contains(&inst.args[0]) => *live = false,
            // A back end may do less for a float that is an object only now and then.
            IrOp::Barrier if e.out[inst.args[1].0 as usize].op != IrOp::BoxF => {
                done.push(inst.args[0]);
            }
            _ => {}
        }
    }
}

/// Must the instruction stay even if nobody uses its value?
fn is_root(inst: &Inst, recorded: &Trace) -> bool {
    match inst.op.row().class {
        Class::Pure | Class::Load | Class::Alloc => false,
        Class::Guard | Class::Store => true,
        Class::Effect if inst.op == IrOp::Call => {
            let effects = recorded.callee(inst).effects;
            effects.keep || effects.writes != 0
        }
        Class::Effect => inst.op != IrOp::LoadSlot,
        Class::Control => inst.op != IrOp::Phi,
    }
}

/// New numbers without gaps.
fn compact(
    e: Emitter<'_>,
    recorded: &Trace,
    live: Live,
    snapshots: Vec<Snapshot>,
    virtuals: Vec<Virtual>,
) -> Trace {
    let number = |live: &[bool]| {
        let mut next = 0;
        let numbers: Vec<u32> = live
            .iter()
            .map(|&live| {
                next += u32::from(live);
                next.wrapping_sub(1)
            })
            .collect();
        numbers
    };
    let (insts, shots) = (number(&live.insts), number(&live.snapshots));
    let objects = number(&live.virtuals);
    let mut snapshots = keep(snapshots, &live.snapshots);
    let mut virtuals = keep(virtuals, &live.virtuals);
    for_each_value(&mut snapshots, &mut virtuals, |value| value.0 = insts[value.0 as usize]);
    let entry = |entry: &mut Entry| {
        if let Entry::Virtual(number) = entry {
            *number = objects[*number as usize];
        }
    };
    for snapshot in &mut snapshots {
        snapshot.slots.iter_mut().for_each(|(_, value)| entry(value));
        snapshot.stores.iter_mut().for_each(|store| entry(&mut store.field.value));
    }
    for object in &mut virtuals {
        object.fields.iter_mut().for_each(|field| entry(&mut field.value));
    }
    let mut out = keep(e.out, &live.insts);
    for inst in &mut out {
        inst.args.iter_mut().for_each(|arg| arg.0 = insts[arg.0 as usize]);
        if let Some(id) = &mut inst.snapshot {
            id.0 = shots[id.0 as usize];
        }
    }
    let trace = Trace {
        name: recorded.name.clone(),
        insts: out,
        snapshots,
        calls: recorded.calls.clone(),
        layouts: recorded.layouts.clone(),
        virtuals,
    };
    debug_assert_eq!(crate::ir::verify(&trace), Ok(()), "{}", crate::ir::print(&trace));
    trace
}

fn keep<T>(list: Vec<T>, live: &[bool]) -> Vec<T> {
    let mut live = live.iter();
    list.into_iter().filter(|_| live.next().copied().unwrap_or(false)).collect()
}
