//! Checks of finished code: what the interpreter relies on without looking.
//!
//! * every register, constant, name and jump target is in range, jumps go to instruction boundaries;
//! * every `jump_back` goes to a `loop_header`, other jumps go forward;
//! * no temporary is read before it is written on every path, where a call kills all registers of its window above
//!   the callee, and a handler starts with what was written before its region and the exception.
use haft_bytecode::effect::{Effect, effect, ends_block, jump_distance};
use haft_bytecode::{Code, Const, Insn, Op};

/// Is `code`, with the code nested in it, well formed? The first thing that is wrong.
pub fn verify(code: &Code) -> Result<(), String> {
    Verifier::new(code).run().map_err(|what| format!("{} in {}", what, code.qualname))?;
    for constant in &code.consts {
        if let Const::Code(inner) = constant {
            verify(inner)?;
        }
    }
    Ok(())
}

/// Which registers hold a value. Locals always count as written.
type Written = Vec<u64>;

struct Verifier<'c> {
    code: &'c Code,
    /// Is a word the first of an instruction?
    starts: Vec<bool>,
    /// What is written when an instruction begins, for those reached.
    states: Vec<Option<Written>>,
    work: Vec<usize>,
}

impl<'c> Verifier<'c> {
    fn new(code: &'c Code) -> Verifier<'c> {
        let n = code.insns.len();
        Verifier { code, starts: vec![false; n], states: vec![None; n], work: Vec::new() }
    }

    fn run(&mut self) -> Result<(), String> {
        self.layout()?;
        self.tables()?;
        let mut at_entry = vec![0; usize::from(self.code.n_regs).div_ceil(64)];
        for reg in 0..self.code.n_locals {
            set(&mut at_entry, reg);
        }
        self.reach(0, &at_entry)?;
        while let Some(pc) = self.work.pop() {
            self.step(pc)?;
        }
        Ok(())
    }

    fn layout(&mut self) -> Result<(), String> {
        if self.code.n_locals > self.code.n_regs {
            return Err("more locals than registers".into());
        }
        let mut pc = 0;
        while pc < self.code.insns.len() {
            self.starts[pc] = true;
            let insn = self.code.insns[pc];
            let row = Op::from_u8(insn.op_number()).ok_or("unknown opcode")?.row();
            pc += usize::from(row.words);
        }
        if pc != self.code.insns.len() || pc == 0 {
            return Err("the last instruction is cut off".into());
        }
        Ok(())
    }

    fn tables(&self) -> Result<(), String> {
        let code = self.code;
        let n = code.insns.len() as u32;
        for handler in &code.handlers {
            let boundary = |pc: u32| pc == n || self.starts.get(pc as usize) == Some(&true);
            if handler.start >= handler.end || !boundary(handler.start) || !boundary(handler.end) {
                return Err(format!("bad range of {handler:?}"));
            }
            if handler.target >= n || !boundary(handler.target) || handler.reg >= code.n_regs {
                return Err(format!("bad target of {handler:?}"));
            }
            if (handler.start..handler.end).contains(&handler.target) {
                return Err(format!("{handler:?} covers itself"));
            }
        }
        if code.positions.windows(2).any(|pair| pair[0].pc >= pair[1].pc) {
            return Err("positions out of order".into());
        }
        if code.cell_regs.len() != code.cellvars.len() + code.freevars.len() {
            return Err("cells without registers".into());
        }
        Ok(())
    }

    /// Control comes to `pc` with `state` written.
    fn reach(&mut self, pc: usize, state: &Written) -> Result<(), String> {
        if self.starts.get(pc) != Some(&true) {
            return Err(format!("control reaches {pc}, which is no instruction"));
        }
        match &mut self.states[pc] {
            Some(known) => {
                let mut changed = false;
                for (word, new) in known.iter_mut().zip(state) {
                    changed |= *word & !new != 0;
                    *word &= new;
                }
                if changed {
                    self.work.push(pc);
                }
            }
            unknown => {
                *unknown = Some(state.clone());
                self.work.push(pc);
            }
        }
        Ok(())
    }

    fn step(&mut self, pc: usize) -> Result<(), String> {
        let Some(mut state) = self.states[pc].clone() else { return Ok(()) };
        let insn = self.code.insns[pc];
        let ext = self.code.insns.get(pc + 1).copied().unwrap_or(Insn(0));
        let op = insn.op();
        let fail = |what: String| Err(format!("{what} at {pc} ({})", op.row().text));
        let Effect { reads, writes, kills_above } = effect(insn);
        for &(first, n) in &reads {
            for reg in usize::from(first)..usize::from(first) + n {
                if reg >= usize::from(self.code.n_regs) {
                    return fail(format!("r{reg} does not exist"));
                }
                if !has(&state, reg) {
                    return fail(format!("r{reg} is read before it is written"));
                }
            }
        }
        self.check_indexes(insn, ext).or_else(fail)?;
        self.reach_handler(pc, &state)?;
        if let Some(above) = kills_above {
            for reg in above..self.code.n_regs {
                clear(&mut state, reg);
            }
        }
        let next = pc + usize::from(op.row().words);
        // The end of a loop is reached without the value.
        let before = (op == Op::ForIter).then(|| state.clone());
        for &(first, n) in &writes {
            for reg in usize::from(first)..usize::from(first) + n {
                if reg >= usize::from(self.code.n_regs) {
                    return fail(format!("r{reg} does not exist"));
                }
                set(&mut state, reg as u16);
            }
        }
        if let Some(distance) = jump_distance(insn, ext) {
            let target = next as i64 + distance;
            if (op == Op::JumpBack) != (target <= pc as i64) {
                return fail("jump in the wrong direction".into());
            }
            let target = usize::try_from(target).unwrap_or(usize::MAX);
            if op == Op::JumpBack && self.code.insns[target].op() != Op::LoopHeader {
                return fail("back-edge to something else than a loop header".into());
            }
            self.reach(target, before.as_ref().unwrap_or(&state))?;
        }
        if !ends_block(op) {
            if next >= self.code.insns.len() {
                return fail("control runs off the end".into());
            }
            self.reach(next, &state)?;
        }
        Ok(())
    }

    /// What is written at the start of an instruction is what its handler finds, up to the handler's register.
    fn reach_handler(&mut self, pc: usize, state: &Written) -> Result<(), String> {
        let at = pc as u32;
        let covers = |handler: &&haft_bytecode::Handler| handler.start <= at && at < handler.end;
        let Some(&handler) = self.code.handlers.iter().find(covers) else { return Ok(()) };
        let mut state = state.clone();
        for reg in handler.reg..self.code.n_regs {
            clear(&mut state, reg);
        }
        for reg in 0..self.code.n_locals {
            set(&mut state, reg);
        }
        set(&mut state, handler.reg);
        self.reach(handler.target as usize, &state)
    }

    fn check_indexes(&self, insn: Insn, ext: Insn) -> Result<(), String> {
        let code = self.code;
        let row = insn.op().row();
        for operand in row.operands.split_whitespace() {
            let (field, meaning) = operand.split_once('=').unwrap_or((operand, ""));
            let (index, len) = match (field, meaning) {
                ("bc", "const") => (insn.bc() as usize, code.consts.len()),
                ("ext", "names" | "code") => (ext.lo() as usize, code.consts.len()),
                ("ext", "name" | "name,cache") => (ext.lo() as usize, code.names.len()),
                ("b", "varname") if insn.op() != Op::DelLocal || insn.x() == 1 => {
                    (usize::from(insn.b()), code.varnames.len())
                }
                ("c", "var") => (usize::from(insn.c()), code.cell_regs.len()),
                _ => continue,
            };
            if index >= len {
                return Err(format!("{meaning} {index} is out of range"));
            }
            if meaning == "name,cache" && ext.hi() >= code.n_caches {
                return Err("inline cache out of range".into());
            }
        }
        Ok(())
    }
}

fn has(state: &Written, reg: usize) -> bool {
    state[reg / 64] >> (reg % 64) & 1 != 0
}

fn set(state: &mut Written, reg: u16) {
    state[usize::from(reg / 64)] |= 1 << (reg % 64);
}

fn clear(state: &mut Written, reg: u16) {
    state[usize::from(reg / 64)] &= !(1 << (reg % 64));
}
