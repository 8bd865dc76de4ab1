//! Which temporaries still matter at an instruction: what the collector looks at, and what a trace must rebuild.
//!
//! A register above the locals holds whatever was computed into it last, long after the last instruction that reads
//! it. The usual backward data-flow analysis tells the words that are needed from those that only happen to be there.
//! Locals, cells and free variables always matter: tracebacks, `locals()` and debuggers look at them.
use crate::effect::{Runs, effect, ends_block, jump_distance};
use crate::{Code, Insn, Op};

/// A set of registers of one code object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterSet(Box<[u64]>);

impl RegisterSet {
    fn new(n_registers: usize) -> RegisterSet {
        RegisterSet(vec![0; n_registers.div_ceil(64)].into())
    }
    /// Is the register in the set?
    pub fn has(&self, register: usize) -> bool {
        self.0[register / 64] >> (register % 64) & 1 != 0
    }
    fn add(&mut self, register: usize) {
        self.0[register / 64] |= 1 << (register % 64);
    }
    fn remove(&mut self, register: usize) {
        self.0[register / 64] &= !(1 << (register % 64));
    }
    fn add_runs(&mut self, runs: Runs) {
        for (first, n) in runs {
            (usize::from(first)..usize::from(first) + n).for_each(|register| self.add(register));
        }
    }
    fn remove_runs(&mut self, runs: Runs) {
        for (first, n) in runs {
            (usize::from(first)..usize::from(first) + n).for_each(|register| self.remove(register));
        }
    }
    fn add_all(&mut self, other: &[u64]) {
        for (word, other) in self.0.iter_mut().zip(other) {
            *word |= other;
        }
    }
    /// The registers in the set, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(at, &word)| {
            let mut left = word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(at * 64 + bit)
            })
        })
    }
}

/// What is live at each instruction of a code object.
#[derive(Clone, Debug)]
pub struct Liveness {
    /// Words of a set.
    width: usize,
    /// For each word of code, the set of what is needed when the instruction there begins.
    sets: Box<[u64]>,
}

impl Liveness {
    /// Analyse `code`.
    pub fn of(code: &Code) -> Liveness {
        let width = usize::from(code.n_regs).div_ceil(64);
        let sets = vec![0; width * code.insns.len()].into();
        let mut liveness = Liveness { width, sets };
        let mut starts = Vec::new();
        let mut pc = 0;
        while pc < code.insns.len() {
            starts.push(pc);
            pc += usize::from(code.insns[pc].op().row().words);
        }
        // Nearly everything flows forward, so going backward is done after one pass for each nesting of loops.
        let mut changed = true;
        while changed {
            changed = false;
            for &pc in starts.iter().rev() {
                let insn = code.insns[pc];
                let mut live = liveness.after(code, pc);
                live.remove_runs(effect(insn).writes);
                liveness.add_untouched(code, pc, &mut live);
                live.add_runs(effect(insn).reads);
                let known = &mut liveness.sets[pc * width..(pc + 1) * width];
                if *known != *live.0 {
                    known.copy_from_slice(&live.0);
                    changed = true;
                }
            }
        }
        liveness
    }

    fn set(&self, pc: usize) -> &[u64] {
        &self.sets[pc * self.width..(pc + 1) * self.width]
    }

    /// What is needed behind the instruction, on whatever path.
    fn after(&self, code: &Code, pc: usize) -> RegisterSet {
        let (insn, ext) = (code.insns[pc], code.insns.get(pc + 1).copied().unwrap_or(Insn(0)));
        let next = pc + usize::from(insn.op().row().words);
        let mut live = RegisterSet::new(usize::from(code.n_regs));
        if !ends_block(insn.op()) {
            live.add_all(self.set(next));
        }
        live.add_target(self, next, jump_distance(insn, ext));
        live
    }

    /// What is needed although the instruction writes it: by the handler of its exceptions, and at the end of a loop,
    /// where the target of a `for_iter` is as it was.
    fn add_untouched(&self, code: &Code, pc: usize, live: &mut RegisterSet) {
        let (insn, ext) = (code.insns[pc], code.insns.get(pc + 1).copied().unwrap_or(Insn(0)));
        let next = pc + usize::from(insn.op().row().words);
        live.add_target(self, next, jump_distance(insn, ext));
        let at = pc as u32;
        let covering = code.handlers.iter().find(|h| h.start <= at && at < h.end);
        if let Some(handler) = covering {
            let mut needed = RegisterSet(self.set(handler.target as usize).into());
            (usize::from(handler.reg)..usize::from(code.n_regs)).for_each(|r| needed.remove(r));
            live.add_all(&needed.0);
        }
    }

    /// What is needed when the instruction at `pc` begins or runs: what it reads, and what is needed later.
    pub fn before(&self, code: &Code, pc: usize) -> RegisterSet {
        let mut live = RegisterSet(self.set(pc).into());
        // This one writes its first result before it has read what makes the second.
        if code.insns[pc].op() == Op::BeforeWith {
            live.add_runs(effect(code.insns[pc]).writes);
        }
        (0..usize::from(code.n_locals)).for_each(|register| live.add(register));
        live
    }

    /// What is needed while the instruction at `pc`, a call, is under way and has given its operands away.
    pub fn during(&self, code: &Code, pc: usize) -> RegisterSet {
        let mut live = self.after(code, pc);
        live.remove_runs(effect(code.insns[pc]).writes);
        self.add_untouched(code, pc, &mut live);
        // It has written how to leave before it calls what enters.
        if code.insns[pc].op() == Op::BeforeWith {
            live.add(usize::from(code.insns[pc].a()));
        }
        (0..usize::from(code.n_locals)).for_each(|register| live.add(register));
        live
    }
}

impl RegisterSet {
    fn add_target(&mut self, liveness: &Liveness, next: usize, distance: Option<i64>) {
        let target = distance.and_then(|by| usize::try_from(next as i64 + by).ok());
        if let Some(target) = target {
            self.add_all(liveness.set(target));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Handler;

    fn code(insns: Vec<Insn>, handlers: Vec<Handler>) -> Code {
        Code { insns, handlers, n_locals: 1, n_regs: 5, ..Code::default() }
    }

    fn before(code: &Code, pc: usize) -> Vec<usize> {
        Liveness::of(code).before(code, pc).iter().collect()
    }

    #[test]
    fn operands_are_live_up_to_their_use_and_locals_always() {
        let code = code(
            vec![
                Insn::abc32(Op::LoadInt, 1, 7),
                Insn::abc32(Op::LoadInt, 2, 8),
                Insn::abc(Op::Add, 0, 3, 1, 2),
                Insn::abc(Op::Call, 0, 4, 3, 0),
                Insn::abc(Op::Return, 0, 4, 0, 0),
            ],
            vec![],
        );
        assert_eq!(before(&code, 0), [0]);
        assert_eq!(before(&code, 1), [0, 1]);
        assert_eq!(before(&code, 2), [0, 1, 2]);
        assert_eq!(before(&code, 3), [0, 3]);
        assert_eq!(Liveness::of(&code).during(&code, 3).iter().collect::<Vec<_>>(), [0]);
        assert_eq!(before(&code, 4), [0, 4]);
    }

    #[test]
    fn an_iterator_lives_through_its_loop() {
        let code = code(
            vec![
                Insn::abc(Op::GetIter, 0, 1, 0, 0),
                Insn(Op::LoopHeader as u64),
                Insn::abc(Op::ForIter, 0, 2, 1, 0),
                Insn::ext(2, 0),
                Insn::abc(Op::Move, 0, 0, 2, 0),
                Insn::abc32(Op::JumpBack, 0, -5),
                Insn::abc(Op::Return, 0, 0, 0, 0),
            ],
            vec![],
        );
        assert_eq!(before(&code, 0), [0]);
        assert_eq!(before(&code, 2), [0, 1]);
        assert_eq!(before(&code, 4), [0, 1, 2]);
        assert_eq!(before(&code, 6), [0]);
    }

    #[test]
    fn what_a_handler_reads_is_live_where_it_covers() {
        let code = code(
            vec![
                Insn::abc32(Op::LoadInt, 1, 7),
                Insn::abc(Op::Call, 0, 3, 3, 0),
                Insn::abc(Op::Return, 0, 0, 0, 0),
                Insn::abc(Op::Add, 0, 3, 1, 2),
                Insn::abc(Op::Return, 0, 3, 0, 0),
            ],
            vec![Handler { start: 1, end: 2, target: 3, reg: 2 }],
        );
        assert_eq!(before(&code, 1), [0, 1, 3]);
        assert_eq!(before(&code, 2), [0]);
        assert_eq!(before(&code, 3), [0, 1, 2]);
    }
}
