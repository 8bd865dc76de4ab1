//! The recording machine: what it knows, how it names places, and how it leaves traces of decisions.
//!
//! [`Rec`] runs on top of [`Direct`]: each operation is done for real and written down. State is always real, so giving
//! up is just going on. A register is a *slot*: its distance from register 0 of the frame that the trace was entered in,
//! so a callee's registers are further slots of the same numbering and arguments are the callee's first registers without
//! further ado.
//!
//! Memory is behind: the trace writes registers only when something may look at them ([`Rec::flush`]); until then they are
//! *dirty*, and every snapshot lists them. The same holds for the frames of functions that became part of the trace.
use std::collections::BTreeMap;

use haft_bytecode::{Insn, Op};
use haft_heap::Value;
use haft_jit::ir::{
    AbiTy, Alias, Builder, Callee, Effects, Entry, FIRST_EXTRA, IrOp, Ref, Snapshot, SnapshotId, Ty,
};

use super::arguments::Made;
use super::c_call::CState;
use super::distinct::FloatField;
use super::exceptions::{Handled, Thrown};
use super::install::word_number;
use super::layout;
use super::resume::{Inlined, Meaning, ResumePoint};
use crate::interp::direct::Direct;
use crate::interp::machine::Machine;
use crate::object::{CodeObject, Kind, PayloadRef};

/// A value with the instruction that made it.
#[derive(Clone, Copy, Debug)]
pub(in crate::interp) struct Known<T> {
    pub(super) now: T,
    pub(super) by: Ref,
}

/// What is known of a value word.
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one value")]
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fact {
    /// It is the small int with this number.
    pub(super) int: Option<Ref>,
    /// It is the float with this number, immediate or not.
    pub(super) float: Option<Ref>,
    /// It is this word.
    pub(super) constant: Option<Value>,
    /// It was tested to be a small int, an immediate float, an object.
    pub(super) is_int: bool,
    pub(super) is_float: bool,
    pub(super) is_object: bool,
    /// It is an object of this kind.
    pub(super) kind: Option<Kind>,
    /// It has this shape, one that its objects keep for good.
    pub(super) exact: Option<u32>,
    /// It was made of the items of a list, from one place up to another.
    pub(super) slice: Option<[Ref; 3]>,
    /// It is a str of one ASCII character, this one.
    pub(super) character: Option<Ref>,
    /// It is the bytes of this one byte.
    pub(super) byte: Option<Ref>,
    /// It is an exception that the trace has made.
    pub(super) is_new_exception: bool,
}

impl Fact {
    /// Certainly no small int?
    pub(super) fn not_int(self) -> bool {
        self.float.is_some() || self.is_float || self.is_object
    }
    /// Certainly no object?
    pub(super) fn not_object(self) -> bool {
        self.int.is_some() || self.is_int || self.is_float
    }
}

/// What the trace knows of a slot.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    by: Option<Ref>,
    dirty: bool,
}

/// Where an instruction that decides goes on when it decides otherwise.
#[derive(Clone, Copy, Debug)]
pub(super) struct Branch {
    /// When the value is true.
    pub(super) if_true: *const u64,
    /// When it is false.
    pub(super) if_false: *const u64,
}

/// The recording machine.
#[expect(clippy::struct_excessive_bools, reason = "facts about the recording, each by itself")]
pub(in crate::interp) struct Rec<'m, 'v> {
    pub(super) d: &'m mut Direct<'v>,
    pub(super) out: Builder,
    /// Address of slot 0.
    root: usize,
    slots: Vec<Slot>,
    /// Slots from here on do not hold what they held when the trace was entered.
    entry_limit: i32,
    facts: Vec<Fact>,
    constants: BTreeMap<u64, Ref>,
    /// Does the trace start with the function of its frame, and end where that returns?
    pub(super) finishes: bool,
    /// Does it continue another trace?
    pub(super) is_side: bool,
    /// Do generators that loops consume become part of the trace?
    pub(super) inlines_generators: bool,
    /// Frames entered since the start, outermost first; that of the generator which the trace was entered for is among them.
    pub(super) frames: Vec<Inlined>,
    /// How many of them are there from the start: 1 in a trace for a generator.
    pub(super) root_depth: usize,
    pub(super) resume: Vec<ResumePoint>,
    /// The frame record that the trace was entered in.
    pub(super) root_frame: Option<Ref>,
    /// The snapshot of the running instruction, while nothing has changed.
    snapshot: Option<SnapshotId>,
    /// Something that cannot be taken back was done by the running instruction.
    pub(super) after_effect: bool,
    /// Python may have run: look at the poll word before the next instruction.
    pub(super) poll_due: bool,
    pub(super) branch: Option<Branch>,
    /// Most frames at once, and one past the highest slot: what must be free when the trace is entered.
    pub(super) max_depth: usize,
    pub(super) n_slots: usize,
    /// Objects that the trace needs to live besides its constants.
    pub(super) roots: Vec<Value>,
    /// Dicts whose keys it relies on, and the versions of these.
    pub(super) dicts: Vec<(Value, u32)>,
    /// What went wrong; the recording is given up after the instruction.
    pub(super) abort: Option<super::Abort>,
    /// Calls of the runtime that bring memory up to date first.
    pub(super) n_flushes: usize,
    /// Passes through loops of functions that became part of the trace.
    pub(super) n_inner_passes: usize,
    /// Loop headers of generators that were passed since these were resumed, with the depth of their frames.
    pub(super) inner_headers: Vec<(usize, *const u64)>,
    /// Frames up to this depth were there when the trace was entered, and have not yielded since.
    pub(super) start_depth: usize,
    /// Did a generator in the trace go round in its own loop, and in how many of the traces that this one continues?
    pub(super) came_round: bool,
    pub(super) n_rounds: usize,
    /// Is the loop small?
    pub(super) is_small: bool,
    /// The loop is to be recorded anew, since a generator in it gets traces of its own.
    pub(super) is_outgrown: bool,
    /// What is known of C in this trace.
    pub(super) c: CState,
    /// Attributes that are floats, and pairs of objects known to be two.
    pub(super) float_fields: Vec<FloatField>,
    pub(super) distinct: Vec<(Ref, Ref)>,
    /// What is known of the exception that is handled, and that which the running instruction has raised.
    pub(super) handled: Handled,
    pub(super) thrown: Option<Thrown>,
    /// Lists and dicts that it has made, as far as their contents are known.
    pub(super) made: Vec<Made>,
}

impl<'m, 'v> Rec<'m, 'v> {
    /// A recording that starts in the innermost frame.
    pub(super) fn new(d: &'m mut Direct<'v>, name: &str, root: *mut Value) -> Rec<'m, 'v> {
        Rec {
            d,
            out: Builder::new(name),
            root: root.addr(),
            slots: Vec::new(),
            entry_limit: i32::MAX,
            facts: Vec::new(),
            constants: BTreeMap::new(),
            is_side: false,
            inlines_generators: true,
            finishes: false,
            frames: Vec::new(),
            root_depth: 0,
            inner_headers: Vec::new(),
            start_depth: 0,
            came_round: false,
            n_rounds: 0,
            is_small: true,
            is_outgrown: false,
            resume: Vec::new(),
            root_frame: None,
            snapshot: None,
            after_effect: false,
            poll_due: false,
            branch: None,
            max_depth: 0,
            n_slots: 0,
            roots: Vec::new(),
            dicts: Vec::new(),
            abort: None,
            n_flushes: 0,
            n_inner_passes: 0,
            c: CState::default(),
            float_fields: Vec::new(),
            distinct: Vec::new(),
            handled: Handled::default(),
            thrown: None,
            made: Vec::new(),
        }
    }
    /// Is compiling worth a thought? With the lowest threshold everything is compiled, for tests.
    pub(super) fn is_choosy(&self) -> bool {
        self.d.vm.jit.as_ref().is_some_and(|jit| jit.options.threshold > 2)
    }
    /// Give up after this instruction.
    pub(super) fn give_up(&mut self, why: super::Abort) {
        self.abort.get_or_insert(why);
    }

    // ---- values

    /// What is known of a value.
    pub(super) fn fact(&self, value: Ref) -> Fact {
        self.facts.get(value.0 as usize).copied().unwrap_or_default()
    }
    /// Learn something of a value.
    pub(super) fn learn(&mut self, value: Ref, change: impl FnOnce(&mut Fact)) {
        let at = value.0 as usize;
        if self.facts.len() <= at {
            self.facts.resize(at + 1, Fact::default());
        }
        change(&mut self.facts[at]);
    }
    /// The word, the same each time.
    pub(super) fn constant_word(&mut self, value: Value) -> Ref {
        if let Some(&by) = self.constants.get(&value.bits()) {
            return by;
        }
        self.keep(value);
        let by = self.out.const_v(value.bits());
        self.constants.insert(value.bits(), by);
        let kind = value.as_ptr().map(|obj| Kind::from_u8(obj.kind()));
        self.learn(by, |fact| {
            fact.constant = Some(value);
            fact.is_int = value.is_fixnum();
            fact.is_float = value.is_float_imm();
            fact.is_object = value.is_ptr();
            fact.kind = kind;
        });
        by
    }
    /// The recording names an object: it must live until the trace is installed.
    pub(super) fn keep(&mut self, value: Value) {
        if let (true, Some(jit)) = (value.is_ptr(), self.d.vm.jit.as_mut()) {
            jit.recorded_roots.push(value);
        }
    }
    /// An operation on values.
    pub(super) fn op(&mut self, op: IrOp, args: &[Ref]) -> Ref {
        self.out.op(op, args)
    }
    /// A constant int.
    pub(super) fn int(&mut self, number: i64) -> Ref {
        self.out.const_i(number)
    }
    /// A load from an object or address.
    pub(super) fn load(&mut self, op: IrOp, object: Ref, offset: i64, alias: Alias) -> Ref {
        self.out.memory(op, &[object], offset, alias)
    }

    // ---- slots

    /// Number of a register of the innermost frame.
    pub(super) fn slot_of(&self, register: u16) -> i32 {
        self.slot_at(self.d.base.addr()) + i32::from(register)
    }
    /// Number of the slot at an address.
    pub(super) fn slot_at(&self, address: usize) -> i32 {
        ((address as i64 - self.root as i64) / 8) as i32
    }
    fn slot_mut(&mut self, slot: i32) -> &mut Slot {
        let at = usize::try_from(slot).expect("slots count from the trace's own frame");
        if self.slots.len() <= at {
            self.slots.resize(at + 1, Slot::default());
        }
        &mut self.slots[at]
    }
    /// The value in a slot.
    pub(super) fn slot_value(&mut self, slot: i32) -> Ref {
        if let Some(by) = self.slot_mut(slot).by {
            return by;
        }
        if slot >= self.entry_limit {
            return self.read_slot_again(slot);
        }
        let by = self.out.imm(IrOp::Slot, &[], i64::from(slot));
        self.slot_mut(slot).by = Some(by);
        by
    }
    /// The trace gives a slot a value; memory does not hold it yet.
    pub(super) fn set_slot(&mut self, slot: i32, by: Ref) {
        *self.slot_mut(slot) = Slot { by: Some(by), dirty: true };
        self.snapshot = None;
    }
    /// The frame will find this value in a slot by itself, once it is made.
    pub(super) fn know_slot(&mut self, slot: i32, by: Ref) {
        *self.slot_mut(slot) = Slot { by: Some(by), dirty: false };
        self.snapshot = None;
    }
    /// The value of a slot, if it is known.
    pub(super) fn known_slot(&self, slot: i32) -> Option<Ref> {
        self.slots.get(usize::try_from(slot).ok()?)?.by
    }
    /// Has the slot a known value?
    pub(super) fn is_known(&self, slot: i32) -> bool {
        usize::try_from(slot)
            .is_ok_and(|at| self.slots.get(at).is_some_and(|slot| slot.by.is_some()))
    }
    /// The slots from `first` up to `end` whose values memory does not hold.
    pub(super) fn dirty_slots(&self, first: i32, end: i32) -> Vec<(i32, Ref)> {
        let numbered = self.slots.iter().enumerate().map(|(at, slot)| (at as i32, slot));
        let within = numbered.filter(|(at, slot)| (first..end).contains(at) && slot.dirty);
        within.filter_map(|(at, slot)| Some((at, slot.by?))).collect()
    }
    /// Nobody needs the slot's value here any more, or somebody else has it.
    pub(super) fn goes_over(&mut self, slot: i32) {
        if slot < FIRST_EXTRA {
            *self.slot_mut(slot) = Slot::default();
            self.snapshot = None;
        }
    }
    /// What a register holds in the recording runtime.
    pub(super) fn slot_now(&self, slot: i32) -> Value {
        let at = self.d.base.wrapping_offset((slot - self.slot_of(0)) as isize);
        // SAFETY: a register of a frame of the trace, all of which are on the running stack.
        unsafe { at.read() }
    }
    /// The code of the frame that the trace was entered in.
    pub(super) fn root_code(&self) -> PayloadRef<CodeObject> {
        let frames = &self.d.vm.stack.frames;
        frames[frames.len() - 1 - self.frames.len()].code
    }
    /// An unboxed value of a type as a value word.
    pub(super) fn as_word(&mut self, raw: Ref, ty: Ty) -> Ref {
        match ty {
            Ty::I => {
                let value = self.op(IrOp::BoxI, &[raw]);
                self.learn(value, |fact| {
                    fact.int = Some(raw);
                    fact.is_int = true;
                });
                value
            }
            Ty::F => {
                let value = self.op(IrOp::BoxF, &[raw]);
                self.learn(value, |fact| fact.float = Some(raw));
                value
            }
            Ty::B => self.op(IrOp::BoxB, &[raw]),
            Ty::V | Ty::P | Ty::Unit => raw,
        }
    }
    /// Memory holds a new value in a slot: read it.
    pub(super) fn read_slot_again(&mut self, slot: i32) -> Ref {
        let by = self.out.imm(IrOp::LoadSlot, &[], i64::from(slot));
        *self.slot_mut(slot) = Slot { by: Some(by), dirty: false };
        self.snapshot = None;
        by
    }
    /// Nothing is known of the slots from `first` on, and nobody needs them.
    pub(super) fn forget_from(&mut self, first: i32) {
        self.slots.truncate(usize::try_from(first).unwrap_or(0));
        self.entry_limit = self.entry_limit.min(first);
        self.snapshot = None;
    }

    /// At the head of a `for` loop nobody needs the temporaries behind its iterator, which may itself be a local: that of a
    /// generator expression is its argument.
    pub(super) fn forget_temporaries(&mut self, header: *const u64) {
        let words = isize::from(Op::LoopHeader.row().words);
        // SAFETY: a loop header is followed by an instruction of the same code.
        let next = Insn(unsafe { header.wrapping_offset(words).read() });
        if next.op_number() == Op::ForIter as u8 {
            let first = (next.b() + 1).max(self.d.code().code.n_locals);
            let first = self.slot_of(first);
            self.forget_from(first);
        }
    }

    /// The next instruction and all behind it do without some temporaries of its frame: no exit needs them any more.
    pub(super) fn leave_dead_temporaries(&mut self) {
        let code = self.d.code();
        let (base, n_locals) = (self.slot_of(0), usize::from(code.code.n_locals));
        let Ok(first) = usize::try_from(base) else { return };
        let window = first + n_locals..first + usize::from(code.code.n_regs);
        let end = window.end.min(self.slots.len());
        if !(window.start..end).any(|at| self.slots[at].dirty) {
            return;
        }
        let live = code.get().liveness().before(&code.code, word_number(code, self.d.here));
        for at in window.start..end {
            self.slots[at].dirty &= live.has(at - first);
        }
    }

    // ---- snapshots and guards

    /// The state at the running instruction, or where the branch goes that was not taken.
    pub(super) fn snapshot(&mut self) -> SnapshotId {
        if let Some(known) = self.snapshot {
            return known;
        }
        let at = self.d.here;
        let made = self.snapshot_at(at, Meaning::Again);
        self.snapshot = Some(made);
        made
    }
    /// The present state, to go on at `at` in the innermost frame.
    pub(super) fn snapshot_at(&mut self, at: *const u64, meaning: Meaning) -> SnapshotId {
        self.snapshot_with(at, meaning, None)
    }
    /// The same with another value in one slot.
    pub(super) fn snapshot_with(
        &mut self,
        at: *const u64,
        meaning: Meaning,
        other: Option<(i32, Ref)>,
    ) -> SnapshotId {
        let mut slots: Vec<(i32, Entry)> = Vec::new();
        for (number, slot) in self.slots.iter().enumerate() {
            if let (Some(by), true) = (slot.by, slot.dirty) {
                slots.push((number as i32, Entry::Ref(by)));
            }
        }
        if let Some((slot, by)) = other {
            match slots.binary_search_by_key(&slot, |entry| entry.0) {
                Ok(at) => slots[at].1 = Entry::Ref(by),
                Err(at) => slots.insert(at, (slot, Entry::Ref(by))),
            }
        }
        for (depth, frame) in self.frames.iter().enumerate() {
            // That of a generator for an `enumerate` knows more than its record.
            let extras = match frame.flags.has(crate::vm::FrameFlags::GENERATOR) {
                _ if !frame.pushed => [frame.function, frame.receiver, frame.handled],
                true => [frame.function, None, None],
                false => [None, None, None],
            };
            for (k, value) in extras.into_iter().enumerate() {
                if let Some(value) = value {
                    slots.push((extra_slot(depth, k), Entry::Ref(value)));
                }
            }
        }
        if let Some(by) = self.handled.by.filter(|_| self.handled.dirty) {
            slots.push((HANDLED_SLOT, Entry::Ref(by)));
        }
        let point = ResumePoint { meaning, at, frames: self.frames.clone(), errno: self.c.errno };
        let resume = match self.resume.last() {
            Some(last) if *last == point => self.resume.len() - 1,
            _ => {
                self.resume.push(point);
                self.resume.len() - 1
            }
        };
        self.out.snapshot(Snapshot { resume: resume as u32, slots, stores: Vec::new() })
    }
    /// The state has changed other than by a slot.
    pub(super) fn state_changed(&mut self) {
        self.snapshot = None;
    }
    /// A new instruction begins.
    pub(super) fn begin(&mut self) {
        self.snapshot = None;
        self.after_effect = false;
        self.branch = None;
    }
    /// Record whether an iterator has ended, after it was asked for its next item.
    pub(super) fn test_end(&mut self, item: Known<Value>, is_absent: Ref) {
        let next = self.d.pc;
        // SAFETY: the extension of a `for_iter` is the word before the next instruction.
        let ext = Insn(unsafe { next.wrapping_sub(1).read() });
        let exit = next.wrapping_offset(ext.lo().cast_signed() as isize);
        if item.now.is_absent() {
            let slot = self.slot_of(self.running().a());
            let snapshot = self.snapshot_with(next, Meaning::Decided, Some((slot, item.by)));
            self.out.guard(IrOp::Guard, &[is_absent], snapshot);
        } else {
            let snapshot = self.snapshot_at(exit, Meaning::Decided);
            self.out.guard(IrOp::GuardNot, &[is_absent], snapshot);
        }
    }
    /// Record the outcome of a test.
    pub(super) fn test(&mut self, outcome: bool, condition: Ref) -> bool {
        let snapshot = self.guard_snapshot(outcome);
        self.out.guard(if outcome { IrOp::Guard } else { IrOp::GuardNot }, &[condition], snapshot);
        outcome
    }
    /// Record whether something said ABSENT, which means that it has done nothing and its instruction is to be run again.
    pub(super) fn test_done(&mut self, result: Known<Value>) -> bool {
        let absent = self.constant_word(Value::ABSENT);
        let condition = self.op(IrOp::Same, &[result.by, absent]);
        let done = !result.now.is_absent();
        // Only what did nothing may be repeated.
        let meaning = if done { Meaning::Decided } else { Meaning::Again };
        let snapshot = self.snapshot_at(self.d.here, meaning);
        let op = if done { IrOp::GuardNot } else { IrOp::Guard };
        self.out.guard(op, &[condition], snapshot);
        done
    }
    /// Where a test leaves to that had this outcome.
    fn guard_snapshot(&mut self, outcome: bool) -> SnapshotId {
        if !self.after_effect {
            return self.snapshot();
        }
        match self.branch {
            // The instruction has nothing left to do but to jump.
            Some(branch) => {
                let other = if outcome { branch.if_false } else { branch.if_true };
                self.snapshot_at(other, Meaning::Decided)
            }
            None => {
                self.give_up(super::Abort::GuardAfterEffect);
                self.snapshot()
            }
        }
    }
    /// The names of the innermost frame are looked up where they are now. What a function finds follows from the function;
    /// but the frame in which the trace was entered, and a generator, may be others of the same code. `n`: 1 for the globals, 2
    /// for the builtins as well.
    pub(super) fn guard_namespaces(&mut self, n: usize) {
        let frame = *self.d.frame();
        let (record, places, alias) = match self.frames.last() {
            Some(Inlined { function: Some(_), flags, .. })
                if !flags.has(crate::vm::FrameFlags::GENERATOR) =>
            {
                return;
            }
            Some(&Inlined { receiver: Some(generator), pushed: false, .. }) => {
                let places = [layout::GENERATOR_GLOBALS, layout::GENERATOR_BUILTINS];
                (generator, places, Alias::CONSTANT)
            }
            Some(_) => {
                let record = self.frame_record(self.frames.len());
                (record, [layout::FRAME_GLOBALS, layout::FRAME_BUILTINS], layout::FRAME)
            }
            None => {
                let places = [layout::FRAME_GLOBALS, layout::FRAME_BUILTINS];
                (self.frame_record(0), places, Alias::CONSTANT)
            }
        };
        for (place, dict) in places.into_iter().zip([frame.globals, frame.builtins]).take(n) {
            let by = self.load(IrOp::LoadV, record, place, alias);
            self.is_same(Known { now: dict.value(), by }, dict.value());
        }
    }
    /// Bring memory up to date: registers, frames, and the position of the running instruction.
    pub(super) fn flush(&mut self) {
        self.n_flushes += 1;
        self.loses_errno();
        let is_pushed = self.frames.last().is_none_or(|frame| frame.pushed);
        self.push_frames();
        if is_pushed {
            let (depth, here) = (self.frames.len(), self.d.here);
            self.store_pc(depth, here);
        }
        let snapshot = self.snapshot();
        self.out.with_snapshot(IrOp::Flush, 0, snapshot);
        for slot in &mut self.slots {
            slot.dirty = false;
        }
        self.state_changed();
    }
    /// Something was called that may run Python.
    pub(super) fn ran_python(&mut self) {
        self.after_effect = true;
        self.poll_due = true;
        self.state_changed();
    }
    /// Look at the poll word before the next instruction, if something ran.
    pub(super) fn poll_if_due(&mut self) {
        if std::mem::take(&mut self.poll_due) {
            let at = self.d.pc;
            let snapshot = self.snapshot_at(at, Meaning::Again);
            self.out.guard(IrOp::Poll, &[], snapshot);
        }
    }
    /// A call of a runtime function on value words; memory is up to date if it may look.
    pub(super) fn call(
        &mut self,
        name: &str,
        address: usize,
        effects: Effects,
        args: &[Arg],
    ) -> Ref {
        self.loses_errno();
        self.show_handled();
        let snapshot = self.snapshot();
        let callee = Self::callee(name, address, effects, args, AbiTy::Value);
        let refs: Vec<Ref> = args.iter().map(|arg| arg.value()).collect();
        self.out.call_raising(callee, &refs, Ty::V, snapshot)
    }
    /// A call of a runtime function that reads and writes nothing but the state of frames.
    pub(super) fn call_state(
        &mut self,
        name: &str,
        address: usize,
        args: &[Arg],
        result: AbiTy,
    ) -> Ref {
        self.call_state_and(name, address, (args, result), 0)
    }
    /// The same for one that also reads and writes these classes.
    pub(super) fn call_state_and(
        &mut self,
        name: &str,
        address: usize,
        (args, result): (&[Arg], AbiTy),
        more: u64,
    ) -> Ref {
        let effects = Effects {
            reads: more
                | layout::FUNCTION.set()
                | layout::STATE.set()
                | layout::FRAME.set()
                | layout::GENERATOR.set()
                | layout::REGISTERS.set(),
            writes: more
                | layout::FRAME.set()
                | layout::STATE.set()
                | layout::GENERATOR.set()
                | layout::REGISTERS.set(),
            allocates: false,
            keep: true,
        };
        let callee = Self::callee(name, address, effects, args, result);
        let refs: Vec<Ref> = args.iter().map(|arg| arg.value()).collect();
        let ty = match result {
            AbiTy::Void => Ty::Unit,
            AbiTy::Value => Ty::V,
            _ => Ty::P,
        };
        self.out.call(callee, &refs, ty)
    }
    /// Address of a slot.
    pub(super) fn slot_address(&mut self, slot: i32) -> Ref {
        let base = self.op(IrOp::Base, &[]);
        let offset = self.int(i64::from(slot) * 8);
        self.op(IrOp::PAdd, &[base, offset])
    }
    /// Description of a runtime function.
    pub(super) fn callee(
        name: &str,
        address: usize,
        effects: Effects,
        args: &[Arg],
        result: AbiTy,
    ) -> Callee {
        Callee {
            name: name.to_string(),
            address: Some(address),
            passes_vm: true,
            params: args.iter().map(|arg| arg.abi()).collect(),
            result,
            effects,
            foreign: false,
            variadic: None,
            pieces: Vec::new(),
            finish: None,
            field: None,
        }
    }
    /// Does the barrier matter for a store of this value?
    pub(super) fn barrier(&mut self, object: Ref, value: Ref) {
        if !self.fact(value).not_object() {
            self.op(IrOp::Barrier, &[object, value]);
        }
    }
    /// The next word of code: the next instruction, or the extension of the running one.
    pub(super) fn next_word(&self) -> Insn {
        // SAFETY: code does not end with an instruction that falls through, or lacks its extension.
        Insn(unsafe { self.d.pc.read() })
    }
    /// The instruction of the caller of a function that became part of the trace.
    pub(super) fn caller_instruction(frame: &Inlined) -> Insn {
        // SAFETY: it is an instruction of the caller's code, which lives as long as the frame.
        Insn(unsafe { frame.call_at.read() })
    }
    /// The instruction word that runs.
    pub(super) fn running(&self) -> Insn {
        // SAFETY: the running instruction is a word of the running code.
        Insn(unsafe { self.d.here.read() })
    }
}

/// An argument of a runtime function.
#[derive(Clone, Copy, Debug)]
pub(super) enum Arg {
    /// A value word.
    V(Ref),
    /// An address.
    P(Ref),
    /// A number.
    I(Ref),
}

impl Arg {
    pub(super) fn value(self) -> Ref {
        match self {
            Arg::V(value) | Arg::P(value) | Arg::I(value) => value,
        }
    }
    fn abi(self) -> AbiTy {
        match self {
            Arg::V(_) => AbiTy::Value,
            Arg::P(_) => AbiTy::Ptr,
            Arg::I(_) => AbiTy::I64,
        }
    }
}

/// How many values a frame may have besides its registers.
pub(super) const EXTRAS: usize = 3;
/// Slot number of value `k` of the frame at `depth`: 0 function, 1 receiver, 2 what was handled when it was entered, if memory
/// holds something else.
pub(super) const fn extra_slot(depth: usize, k: usize) -> i32 {
    FIRST_EXTRA + (depth * EXTRAS + k) as i32
}
/// Slot number of what is handled, behind those of all frames.
pub(super) const HANDLED_SLOT: i32 = FIRST_EXTRA + (1 << 16);
