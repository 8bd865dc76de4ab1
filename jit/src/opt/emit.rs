//! The emitter: instructions go in one by one, are folded, merged with equal ones, or written.
//!
//! Everything that is known lives in tables beside the instructions, indexed by their number. [`Emitter::save`] and
//! [`Emitter::restore`] go back to an earlier length: a loop's body is emitted again when an assumption did not hold.
use smallvec::SmallVec;

use super::facts::{self, Facts, Kinds};
use super::fold;
use super::fresh::Fresh;
use super::heap::Heap;
use super::slots::Slots;
use super::table::{Table, mix};
use crate::eval::pure;
use crate::ir::{Alias, Args, Class, Inst, IrOp, Layout, Ref, SnapshotId, Ty};

/// Does the trace go on after an instruction?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Flow {
    /// Yes.
    Next,
    /// No: a guard is known to fail, and a `stop` was written.
    Stopped,
}

/// What is written so far, and what is known of it.
#[derive(Debug)]
pub(super) struct Emitter<'t> {
    /// Instructions.
    pub(super) out: Vec<Inst>,
    /// Layouts of new objects.
    pub(super) layouts: &'t [Layout],
    /// Objects made here.
    pub(super) fresh: Fresh,
    /// What memory holds.
    pub(super) heap: Heap,
    /// What the interpreter's slots hold, and the snapshots.
    pub(super) slots: Slots,
    /// Fold and merge? Else every instruction is written as it is.
    pub(super) folds: bool,
    /// Was there a `poll` since the last call that may do anything?
    pub(super) polled: bool,
    facts: Vec<Facts>,
    equal: Table,
}

/// A state to go back to.
#[derive(Debug)]
pub(super) struct Saved {
    len: usize,
    equal: usize,
    facts: Vec<Facts>,
    /// Objects made.
    pub(super) fresh: Fresh,
    /// Memory.
    pub(super) heap: Heap,
    slots: Slots,
}

impl<'t> Emitter<'t> {
    /// Nothing written.
    pub(super) fn new(layouts: &'t [Layout], slots: Slots, folds: bool) -> Emitter<'t> {
        Emitter {
            out: Vec::new(),
            layouts,
            fresh: Fresh::default(),
            heap: Heap::default(),
            slots,
            folds,
            polled: false,
            facts: Vec::new(),
            equal: Table::default(),
        }
    }

    /// The state now.
    pub(super) fn save(&self) -> Saved {
        Saved {
            len: self.out.len(),
            equal: self.equal.len(),
            facts: self.facts.clone(),
            fresh: self.fresh.clone(),
            heap: self.heap.clone(),
            slots: self.slots.clone(),
        }
    }
    /// Forget what was written since.
    pub(super) fn restore(&mut self, saved: &Saved) {
        self.out.truncate(saved.len);
        self.equal.roll_back(saved.equal);
        self.facts.clone_from(&saved.facts);
        self.fresh.clone_from(&saved.fresh);
        self.heap.clone_from(&saved.heap);
        self.slots.clone_from(&saved.slots);
    }

    /// The value, or the constant that it is known to equal.
    pub(super) fn resolve(&self, mut value: Ref) -> Ref {
        while let Some(same) = self.facts[value.0 as usize].same {
            value = same;
        }
        value
    }
    /// What is known of a value.
    pub(super) fn facts(&self, value: Ref) -> Facts {
        self.facts[self.resolve(value).0 as usize]
    }
    /// To add to what is known.
    pub(super) fn facts_mut(&mut self, value: Ref) -> &mut Facts {
        &mut self.facts[value.0 as usize]
    }
    /// The instruction that makes a value.
    pub(super) fn inst(&self, value: Ref) -> &Inst {
        &self.out[self.resolve(value).0 as usize]
    }
    /// The bits of a constant.
    pub(super) fn constant(&self, value: Ref) -> Option<u64> {
        let inst = self.inst(value);
        let is = matches!(
            inst.op,
            IrOp::ConstI | IrOp::ConstV | IrOp::ConstF | IrOp::ConstB | IrOp::ConstP
        );
        is.then(|| inst.imm.cast_unsigned())
    }
    /// The number that an int is known to be.
    pub(super) fn number(&self, value: Ref) -> Option<i64> {
        self.constant(value).map(u64::cast_signed)
    }

    /// A constant of a type.
    pub(super) fn of_bits(&mut self, ty: Ty, bits: u64) -> Ref {
        let op = match ty {
            Ty::V | Ty::Unit => IrOp::ConstV,
            Ty::I => IrOp::ConstI,
            Ty::F => IrOp::ConstF,
            Ty::B => IrOp::ConstB,
            Ty::P => IrOp::ConstP,
        };
        self.merged(plain(op, op.row().result, &[], bits.cast_signed()))
    }
    /// A constant int.
    pub(super) fn const_i(&mut self, number: i64) -> Ref {
        self.of_bits(Ty::I, number.cast_unsigned())
    }
    /// A constant bool.
    pub(super) fn const_b(&mut self, truth: bool) -> Ref {
        self.of_bits(Ty::B, u64::from(truth))
    }
    /// A pure operation.
    pub(super) fn op(&mut self, op: IrOp, args: &[Ref]) -> Ref {
        self.pure(plain(op, op.row().result, args, 0))
    }
    /// A pure operation with a number.
    pub(super) fn imm(&mut self, op: IrOp, args: &[Ref], imm: i64) -> Ref {
        self.pure(plain(op, op.row().result, args, imm))
    }

    /// An instruction whose value is a function of its operands: folded, merged or written.
    pub(super) fn pure(&mut self, mut inst: Inst) -> Ref {
        if !self.folds {
            return self.write(inst);
        }
        for arg in &mut inst.args {
            *arg = self.resolve(*arg);
        }
        if let Some(folded) = self.folded(&mut inst) {
            if matches!(inst.op, IrOp::Add | IrOp::Sub) {
                // What is known of the operands is lost with them: a sum of a sum becomes one of the first operand.
                let known = self.derive(&inst);
                let facts = &mut self.facts[folded.0 as usize];
                *facts = facts.and(known);
            }
            return folded;
        }
        if !inst.args.is_empty() {
            self.escape_operands(&inst);
        }
        self.merged(inst)
    }

    /// The simpler value that an instruction equals.
    pub(super) fn folded(&mut self, inst: &mut Inst) -> Option<Ref> {
        if inst.args.is_empty() {
            return None;
        }
        fold::order_operands(self, inst);
        if let Some(constant) = self.fold_constants(inst) {
            return Some(constant);
        }
        for rule in fold::rules(inst.op) {
            if let Some(folded) = (rule.apply)(self, inst) {
                #[cfg(test)]
                fold::tests::fired(rule.name);
                return Some(folded);
            }
        }
        None
    }

    fn fold_constants(&mut self, inst: &Inst) -> Option<Ref> {
        let mut words: SmallVec<[u64; 3]> = SmallVec::new();
        for &arg in &inst.args {
            words.push(self.constant(arg)?);
        }
        let bits = pure(inst.op, inst.imm, &words)?;
        Some(self.of_bits(inst.ty, bits))
    }

    /// The equal instruction that is there, or this one, written.
    pub(super) fn merged(&mut self, inst: Inst) -> Ref {
        let hash = hash_of(&inst);
        let out = &self.out;
        let same = self.equal.find(hash, |number| {
            let other = &out[number as usize];
            other.op == inst.op
                && other.imm == inst.imm
                && other.args == inst.args
                && other.ty == inst.ty
        });
        if let Some(number) = same {
            return self.resolve(Ref(number));
        }
        let facts = self.derive(&inst);
        if let Some(number) = facts.number().filter(|_| inst.ty == Ty::I && !inst.args.is_empty()) {
            return self.const_i(number);
        }
        self.equal.insert(hash, self.out.len() as u32);
        self.write_with(inst, facts)
    }
    /// The value of an equal instruction that is there.
    pub(super) fn find_equal(&self, op: IrOp, args: &[Ref]) -> Option<Ref> {
        let inst = plain(op, op.row().result, args, 0);
        let found = self.equal.find(hash_of(&inst), |number| {
            let other = &self.out[number as usize];
            other.op == op && other.args == inst.args && other.imm == 0
        });
        found.map(|number| self.resolve(Ref(number)))
    }

    /// Write an instruction as it is.
    pub(super) fn write(&mut self, inst: Inst) -> Ref {
        let facts = if self.folds { self.derive(&inst) } else { Facts::NONE };
        self.write_with(inst, facts)
    }
    /// Write an instruction whose value has these facts.
    pub(super) fn write_with(&mut self, inst: Inst, facts: Facts) -> Ref {
        self.out.push(inst);
        self.facts.push(facts);
        Ref(self.out.len() as u32 - 1)
    }

    /// Objects among the operands are no longer known to nobody else.
    pub(super) fn escape_operands(&mut self, inst: &Inst) {
        let keeps = matches!(inst.op, IrOp::ObjectOf | IrOp::ValueAt)
            || inst.op == IrOp::PAdd && self.number(inst.args[1]).is_some();
        if keeps {
            return;
        }
        for index in 0..inst.args.len() {
            self.escape(inst.args[index]);
        }
    }
    /// Somebody else may know the object from now on.
    pub(super) fn escape(&mut self, value: Ref) {
        let (base, _) = self.address(value, 0);
        if let Some(number) = self.facts(base).fresh {
            self.escape_fresh(number);
        }
    }
    /// The object and the offset into it that an address is, as far as is known.
    pub(super) fn address(&self, value: Ref, mut offset: i64) -> (Ref, i64) {
        let mut base = self.resolve(value);
        loop {
            let inst = self.inst(base);
            match inst.op {
                IrOp::ObjectOf | IrOp::ValueAt => base = self.resolve(inst.args[0]),
                IrOp::PAdd => match self.number(inst.args[1]) {
                    Some(more) => {
                        offset = offset.wrapping_add(more);
                        base = self.resolve(inst.args[0]);
                    }
                    None => return (base, offset),
                },
                _ => return (base, offset),
            }
        }
    }

    /// A guard that leaves unless the test's outcome is `expected`.
    pub(super) fn guard(&mut self, test: Ref, expected: bool, snapshot: SnapshotId) -> Flow {
        let (mut test, mut expected) = (self.resolve(test), expected);
        while self.folds && self.inst(test).op == IrOp::Not {
            test = self.resolve(self.inst(test).args[0]);
            expected = !expected;
        }
        match self.constant(test).filter(|_| self.folds) {
            Some(truth) if (truth != 0) == expected => return Flow::Next,
            Some(_) => {
                self.leave(plain(IrOp::Stop, Ty::Unit, &[], 0), snapshot);
                return Flow::Stopped;
            }
            None => {}
        }
        let op = if expected { IrOp::Guard } else { IrOp::GuardNot };
        self.leave(plain(op, Ty::Unit, &[test], 0), snapshot);
        if self.folds {
            self.assume(test, expected);
        }
        Flow::Next
    }
    /// Write an instruction with a snapshot.
    pub(super) fn leave(&mut self, inst: Inst, snapshot: SnapshotId) -> Ref {
        self.write(Inst { snapshot: Some(snapshot), ..inst })
    }

    /// What is known of the value of an instruction by its operands.
    fn derive(&mut self, inst: &Inst) -> Facts {
        let arg = |index: usize| self.facts(inst.args[index]);
        match inst.op {
            IrOp::ConstI => Facts::between(inst.imm, inst.imm),
            IrOp::ConstV => Facts::of_kinds(Kinds::of(inst.imm.cast_unsigned())),
            IrOp::BoxI => {
                // The recorder asked `fits` before.
                let value = inst.args[0];
                let facts = arg(0).and(Facts::SMALL);
                *self.facts_mut(value) = facts;
                Facts::of_kinds(Kinds::INT)
            }
            IrOp::BoxF => Facts::of_kinds(Kinds::FLOAT.or(Kinds::OBJECT)),
            IrOp::BoxB => Facts::of_kinds(Kinds::BOOL),
            IrOp::ValueAt | IrOp::Alloc => Facts::of_kinds(Kinds::OBJECT),
            IrOp::UnboxI => Facts::SMALL,
            IrOp::Add => facts::sum(&arg(0), &arg(1)),
            IrOp::Sub => facts::difference(&arg(0), &arg(1)),
            IrOp::Mul => facts::product(&arg(0), &arg(1)),
            IrOp::MulFit => facts::product(&arg(0), &arg(1)).and(Facts::SMALL),
            IrOp::FloorDiv => facts::quotient(&arg(0), &arg(1)),
            IrOp::FloorMod => facts::remainder(&arg(0), &arg(1)),
            IrOp::Shl => facts::shifted_left(&arg(0), &arg(1)),
            IrOp::Shr => facts::shifted_right(&arg(0), &arg(1)),
            IrOp::ShrU => facts::shifted_right_unsigned(&arg(0), &arg(1)),
            IrOp::And => facts::conjunction(&arg(0), &arg(1)),
            IrOp::Or => Facts::with_bits(arg(0).zeros & arg(1).zeros, arg(0).ones | arg(1).ones),
            IrOp::Xor => {
                let (a, b) = (arg(0), arg(1));
                let zeros = a.zeros & b.zeros | a.ones & b.ones;
                Facts::with_bits(zeros, a.zeros & b.ones | a.ones & b.zeros)
            }
            IrOp::ZeroExt => {
                let known =
                    facts::conjunction(&arg(0), &Facts::between(mask(inst.imm), mask(inst.imm)));
                known.and(Facts::between(0, mask(inst.imm)))
            }
            IrOp::SignExt => signed(inst.imm),
            IrOp::LoadI32 => signed(32),
            IrOp::LoadI16 => signed(16),
            IrOp::LoadI8 => signed(8),
            IrOp::LoadU32 => Facts::between(0, mask(32)),
            IrOp::LoadU16 => Facts::between(0, mask(16)),
            IrOp::LoadU8 => Facts::between(0, mask(8)),
            IrOp::BToI => Facts::between(0, 1),
            IrOp::Select => arg(1).widened(&arg(2), &arg(2)),
            _ => Facts::NONE,
        }
    }
}

fn signed(bits: i64) -> Facts {
    Facts::between(-(1 << (bits - 1)), (1 << (bits - 1)) - 1)
}
fn mask(bits: i64) -> i64 {
    (1 << bits) - 1
}

fn hash_of(inst: &Inst) -> u32 {
    let start = mix(0x51ed, inst.op as u64 | (inst.ty as u64) << 8);
    let with_imm = mix(start, inst.imm.cast_unsigned());
    inst.args.iter().fold(with_imm, |hash, arg| mix(hash, u64::from(arg.0)))
}

/// An instruction without memory or snapshot.
pub(super) fn plain(op: IrOp, ty: Ty, args: &[Ref], imm: i64) -> Inst {
    let args: Args = SmallVec::from_slice(args);
    Inst { op, ty, alias: Alias::CONSTANT, args, imm, snapshot: None }
}

/// Is its value a function of its operands, so that an equal earlier one can stand for it?
pub(super) fn merges(op: IrOp) -> bool {
    op.row().class == Class::Pure || op == IrOp::BoxF
}
