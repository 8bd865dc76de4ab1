//! A short `if` that only computes small ints, with or without `else`, becomes no branch: both outcomes are computed and
//! one is selected.
//!
//! On data that nobody can predict each branch of a trace would be wrong half of the time, and eight of them in a loop
//! have 256 paths. `if x & mask: count += 1` is one path this way, and needs no prediction either.
use haft_bytecode::{Insn, Op};
use haft_heap::Value;
use haft_jit::ir::{IrOp, Ref};

use super::install::word_number;
use super::machine::int_test;
use super::rec::{Known, Rec};
use super::record::{Form, comparison};
use crate::interp::machine::Machine;
use crate::interp::run::{Flow, step};
use crate::object::CompareOp;
use crate::vm::R;

/// Longest body, in instructions.
const MOST: usize = 5;

/// So many small ints added up are in a word without loss.
const MOST_TERMS: u32 = 4;

/// What the body gives a register: the number, and how it came about.
#[derive(Clone, Copy, Debug)]
struct Given {
    register: u16,
    now: i64,
    by: Ref,
    /// How many small ints it is the sum of, at most.
    terms: u32,
}

/// How the branch decides.
enum Test {
    Truth(Known<Value>),
    Comparison(CompareOp, Known<Value>, Known<Value>),
}

/// What a branch chooses between.
struct Bodies {
    /// What follows it.
    near: Vec<Insn>,
    /// What is where it jumps to.
    far: Vec<Insn>,
    /// Where both meet.
    join: *const u64,
}

/// Does it compute a small int, if it has small ints to do so, and nothing else?
fn is_simple(insn: &Insn) -> bool {
    matches!(
        insn.op(),
        Op::Move
            | Op::LoadInt
            | Op::Add
            | Op::Sub
            | Op::AddI
            | Op::SubI
            | Op::And
            | Op::AndI
            | Op::Or
            | Op::Xor
            | Op::Neg
            | Op::Invert
    ) || match insn.op() {
        Op::MulI => u32::from(insn.c_int().unsigned_abs()) <= MOST_TERMS,
        Op::RShiftI => (0..64).contains(&insn.c_int()),
        // Masks and shifts; other divisions take longer than a branch.
        Op::ModI | Op::FloorDivI => u64::try_from(insn.c_int()).is_ok_and(u64::is_power_of_two),
        _ => false,
    }
}

impl Rec<'_, '_> {
    /// A conditional jump over a short body, or to one of two that meet again: record both ways as one. False: nothing was
    /// done.
    pub(super) fn hammock(&mut self, i: Insn) -> R<bool> {
        let Some((test, offset, jumps_when)) = self.test_of(i) else { return Ok(false) };
        let Some(bodies) = self.bodies_of(offset) else { return Ok(false) };
        if self.numbers_of(&bodies.near).is_none() || self.numbers_of(&bodies.far).is_none() {
            return Ok(false);
        }
        let Some(condition) = self.condition(&test) else { return Ok(false) };
        let Some(near) = self.compute(&bodies.near) else { return Ok(false) };
        let Some(far) = self.compute(&bodies.far) else { return Ok(false) };
        let jumps = condition.now == jumps_when;
        let mut results: Vec<(i32, Known<i64>)> = Vec::new();
        let all: Vec<u16> = near.iter().chain(&far).map(|given| given.register).collect();
        for (at, &register) in all.iter().enumerate() {
            if all[..at].contains(&register) || !self.is_needed(register, bodies.join) {
                continue;
            }
            // Where a body does not write it, it is what it was.
            let (near, far) = (self.operand(&near, register), self.operand(&far, register));
            let (Some(near), Some(far)) = (near, far) else { return Ok(false) };
            let (when_true, when_false) = if jumps_when { (far, near) } else { (near, far) };
            let by = self.op(IrOp::Select, &[condition.by, when_true.by, when_false.by]);
            if near.terms.max(far.terms) > 1 {
                let fits = self.op(IrOp::Fits, &[by]);
                self.test(true, fits);
            }
            let now = if jumps { far.now } else { near.now };
            results.push((self.slot_of(register), Known { now, by }));
        }
        self.run_again()?;
        while self.d.pc != bodies.join {
            if matches!(step(self.d)?, Flow::Exit(_)) {
                self.give_up(super::Abort::UnusualFrame);
                break;
            }
        }
        for (slot, number) in results {
            let word = self.of_int(number);
            self.set_slot(slot, word.by);
        }
        Ok(true)
    }

    /// What the branch tests, how far it jumps, and on which outcome.
    fn test_of(&mut self, i: Insn) -> Option<(Test, i32, bool)> {
        let op = i.op();
        if matches!(op, Op::JumpIfTrue | Op::JumpIfFalse) {
            return Some((Test::Truth(self.reg(i.a())), i.bc(), op == Op::JumpIfTrue));
        }
        let (test, form) = comparison(op)?;
        let b = match form {
            Form::Value => return None,
            Form::Jump => self.reg(i.b()),
            Form::JumpInt => self.constant(Value::small(i32::from(i.b_int()))),
        };
        let a = self.reg(i.a());
        Some((Test::Comparison(test, a, b), i32::from(i.c_int()), i.x() == 1))
    }

    /// The instructions on both ways until they meet, if they are few and simple.
    fn bodies_of(&self, offset: i32) -> Option<Bodies> {
        let target = self.d.pc.wrapping_offset(offset as isize);
        let mut near = self.words_at(self.d.pc, offset)?;
        let (mut far, mut join) = (Vec::new(), target);
        if let Some(jump) = near.pop_if(|last| last.op() == Op::Jump) {
            far = self.words_at(target, jump.bc())?;
            join = target.wrapping_offset(jump.bc() as isize);
        }
        near.iter().chain(&far).all(is_simple).then_some(Bodies { near, far, join })
    }

    /// A few instructions from a position up to what is `offset` words behind it.
    fn words_at(&self, from: *const u64, offset: i32) -> Option<Vec<Insn>> {
        let n = usize::try_from(offset).ok().filter(|n| (1..=MOST).contains(n))?;
        let code = self.d.code();
        let first = word_number(code, from);
        let words = code.get().insns.get(first..first + n)?;
        Some(words.iter().map(|word| Insn(word.get())).collect())
    }

    /// Does somebody read the register from `at` on?
    fn is_needed(&self, register: u16, at: *const u64) -> bool {
        let code = self.d.code();
        let word = word_number(code, at);
        code.get().liveness().before(&code.get().code, word).has(usize::from(register))
    }

    /// The branch as a test without guard, for numbers and bools.
    fn condition(&mut self, test: &Test) -> Option<Known<bool>> {
        match *test {
            Test::Truth(value) if value.now.is_fixnum() => {
                if !self.is_int(value) {
                    return None;
                }
                let number = Machine::int(self, value);
                let zero = self.int(0);
                let by = self.op(IrOp::INe, &[number.by, zero]);
                Some(Known { now: number.now != 0, by })
            }
            Test::Truth(value) if value.now.is_bool() => {
                if self.fact(value.by).constant.is_some() {
                    return None;
                }
                // The words of both differ in one bit.
                let (yes, no) = (Value::TRUE.bits(), Value::FALSE.bits());
                let bits = self.op(IrOp::VToI, &[value.by]);
                let mask = self.int(!(yes ^ no).cast_signed());
                let common = self.op(IrOp::And, &[bits, mask]);
                let expected = self.int((yes & no).cast_signed());
                let is_bool = self.op(IrOp::IEq, &[common, expected]);
                self.test(true, is_bool);
                let word = self.constant_word(Value::TRUE);
                let by = self.op(IrOp::Same, &[value.by, word]);
                Some(Known { now: value.now == Value::TRUE, by })
            }
            Test::Truth(_) => None,
            Test::Comparison(op, a, b) => {
                let ints = a.now.is_fixnum() && b.now.is_fixnum();
                if !(ints && self.is_int(a) && self.is_int(b)) {
                    return None;
                }
                let (x, y) = (Machine::int(self, a), Machine::int(self, b));
                let by = self.op(int_test(op), &[x.by, y.by]);
                Some(Known { now: op.holds(x.now.cmp(&y.now)), by })
            }
        }
    }

    /// What the body would compute now, if all of it is small ints.
    fn numbers_of(&self, body: &[Insn]) -> Option<Vec<(u16, i64)>> {
        let mut known: Vec<(u16, i64)> = Vec::new();
        for insn in body {
            let read = |register: u16| {
                let found = known.iter().rev().find(|(other, _)| *other == register);
                match found {
                    Some(&(_, number)) => Some(number),
                    None => self.d.window(register, 1)[0].as_fixnum(),
                }
            };
            let immediate = i64::from(insn.c_int());
            let number = match insn.op() {
                Op::Move => read(insn.b())?,
                Op::LoadInt => i64::from(insn.bc()),
                Op::AddI => read(insn.b())? + immediate,
                Op::SubI => read(insn.b())? - immediate,
                Op::AndI => read(insn.b())? & immediate,
                Op::Add => read(insn.b())? + read(insn.c())?,
                Op::Sub => read(insn.b())? - read(insn.c())?,
                Op::And => read(insn.b())? & read(insn.c())?,
                Op::Or => read(insn.b())? | read(insn.c())?,
                Op::MulI => read(insn.b())? * immediate,
                Op::RShiftI => read(insn.b())? >> immediate,
                Op::ModI => read(insn.b())?.rem_euclid(immediate),
                Op::FloorDivI => read(insn.b())?.div_euclid(immediate),
                Op::Neg => -read(insn.b())?,
                Op::Invert => !read(insn.b())?,
                _ => read(insn.b())? ^ read(insn.c())?,
            };
            Value::fixnum(number)?;
            known.push((insn.a(), number));
        }
        Some(known)
    }

    /// The same as operations; the last value of each register.
    fn compute(&mut self, body: &[Insn]) -> Option<Vec<Given>> {
        let mut known: Vec<Given> = Vec::new();
        for &insn in body {
            let register = insn.a();
            let value = match insn.op() {
                Op::LoadInt => self.given_number(register, i64::from(insn.bc())),
                Op::Move => Given { register, ..self.operand(&known, insn.b())? },
                Op::AddI
                | Op::SubI
                | Op::AndI
                | Op::MulI
                | Op::RShiftI
                | Op::ModI
                | Op::FloorDivI => {
                    let a = self.operand(&known, insn.b())?;
                    let b = self.given_number(register, i64::from(insn.c_int()));
                    self.combined(insn, a, b)?
                }
                Op::Neg => {
                    let b = self.operand(&known, insn.b())?;
                    let zero = self.given_number(register, 0);
                    self.combined(insn, zero, b)?
                }
                Op::Invert => {
                    let a = self.operand(&known, insn.b())?;
                    let ones = self.given_number(register, -1);
                    self.combined(insn, a, ones)?
                }
                _ => {
                    let a = self.operand(&known, insn.b())?;
                    let b = self.operand(&known, insn.c())?;
                    self.combined(insn, a, b)?
                }
            };
            known.retain(|other| other.register != register);
            known.push(value);
        }
        Some(known)
    }
    fn given_number(&mut self, register: u16, now: i64) -> Given {
        Given { register, now, by: self.int(now), terms: 1 }
    }
    fn operand(&mut self, known: &[Given], register: u16) -> Option<Given> {
        if let Some(given) = known.iter().find(|given| given.register == register) {
            return Some(*given);
        }
        let value = self.reg(register);
        if !(value.now.is_fixnum() && self.is_int(value)) {
            return None;
        }
        let number = Machine::int(self, value);
        Some(Given { register, now: number.now, by: number.by, terms: 1 })
    }
    /// `a OP b`; `None`: a word might not hold it. Whether the result is a small int is tested at the end only.
    fn combined(&mut self, insn: Insn, a: Given, b: Given) -> Option<Given> {
        let (sum, larger) = (a.terms + b.terms, a.terms.max(b.terms));
        let (op, now, terms) = match insn.op() {
            Op::Add | Op::AddI => (IrOp::Add, a.now.checked_add(b.now)?, sum),
            Op::Sub | Op::SubI | Op::Neg => (IrOp::Sub, a.now.checked_sub(b.now)?, sum),
            Op::MulI => {
                let times = u32::try_from(b.now.unsigned_abs()).ok()?;
                (IrOp::Mul, a.now.checked_mul(b.now)?, (a.terms * times).max(1))
            }
            // A mask that is not negative leaves no more than it has itself.
            Op::AndI if b.now >= 0 => (IrOp::And, a.now & b.now, 1),
            Op::And | Op::AndI => (IrOp::And, a.now & b.now, larger),
            Op::Or => (IrOp::Or, a.now | b.now, larger),
            Op::RShiftI => (IrOp::Shr, a.now >> b.now, a.terms),
            Op::ModI => (IrOp::FloorMod, a.now.rem_euclid(b.now), 1),
            Op::FloorDivI => (IrOp::FloorDiv, a.now.div_euclid(b.now), a.terms),
            _ => (IrOp::Xor, a.now ^ b.now, larger),
        };
        let in_a_word = terms <= MOST_TERMS;
        in_a_word.then(|| Given { register: insn.a(), now, by: self.op(op, &[a.by, b.by]), terms })
    }
}
