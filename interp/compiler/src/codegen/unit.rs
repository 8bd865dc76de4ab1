//! A code object in the making: registers, instructions, labels, handlers.
use haft_bytecode::{Code, Const, Handler, Insn, Op};
use ruff_text_size::{TextRange, TextSize};

use super::assigned::Assigned;
use super::consts::Consts;
use super::unwind::Block;
use crate::names::{NameId, Names, known};
use crate::symtable::{Map, Place, ScopeId, ScopeKind, Symtable, def};

/// A place in the code that jumps go to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Label(pub(super) u32);

/// Where a label is and what is bound there.
#[derive(Default)]
pub(super) struct Target {
    pub(super) pc: Option<u32>,
    state: Option<Assigned>,
}

/// A range of instructions with one handler; it has holes where clean-up code of an early exit stands.
pub(super) struct Region {
    pub(super) target: Label,
    pub(super) reg: u16,
    pub(super) ranges: Vec<(u32, u32)>,
    open: Option<u32>,
    /// What is bound when it begins, which is all the handler may rely on.
    at_start: Assigned,
}

/// A variable of an inlined comprehension, or of the unit.
#[derive(Clone, Copy, Debug)]
pub(super) enum Variable {
    Register(u16),
    /// A register that holds a cell, and the index in `cellvars + freevars`.
    Cell(u16, u16),
}

/// An inlined comprehension being compiled.
pub(super) struct Frame {
    pub(super) scope: ScopeId,
    pub(super) variables: Map<NameId, Variable>,
}

/// A code object in the making.
pub(super) struct Unit<'a> {
    pub(super) scope: ScopeId,
    pub(super) class: Option<NameId>,
    pub(super) code: Code,
    pub(super) insns: Vec<Insn>,
    pub(super) spans: Vec<(u32, TextRange)>,
    range: TextRange,
    /// Where the statement being compiled begins, in code and in the source.
    pub(super) statement: Option<(u32, TextSize)>,
    pub(super) labels: Vec<Target>,
    /// Jumps whose distance is not known yet: (word, label).
    pub(super) jumps: Vec<(u32, Label)>,
    pub(super) regions: Vec<Region>,
    pub(super) handlers: Vec<(Handler, Label)>,
    /// What comes next cannot be reached: nothing is emitted.
    pub(super) dead: bool,
    pub(super) assigned: Assigned,
    /// Locals that a `del` may unbind: never definitely assigned.
    deleted: Assigned,
    /// Locals that `:=` writes.
    rebound: Assigned,
    pub(super) locals: Map<NameId, u16>,
    /// Variables of inlined comprehensions that have a register of their own.
    pub(super) hidden: Map<NameId, u16>,
    /// Cells: register and index in `cellvars + freevars`.
    pub(super) cells: Map<NameId, (u16, u16)>,
    pub(super) hidden_cells: Map<NameId, (u16, u16)>,
    pub(super) free_names: Vec<NameId>,
    pub(super) frames: Vec<Frame>,
    /// Temporaries in use as variables of inlined comprehensions.
    pub(super) variable_temps: Vec<u16>,
    pub(super) blocks: Vec<Block<'a>>,
    /// First free temporary.
    pub(super) top: u16,
    pub(super) overflow: bool,
    pub(super) names: Map<NameId, u32>,
    pub(super) consts: Consts,
    pub(super) interactive: bool,
    pub(super) static_attributes: Map<NameId, ()>,
}

impl<'a> Unit<'a> {
    pub(super) fn new(
        table: &Symtable<'a>,
        scope: ScopeId,
        qualname: String,
        class: Option<NameId>,
    ) -> Unit<'a> {
        let mut unit = Unit {
            scope,
            class,
            code: Code { qualname, ..Code::default() },
            insns: Vec::new(),
            spans: Vec::new(),
            range: TextRange::default(),
            statement: None,
            labels: Vec::new(),
            jumps: Vec::new(),
            regions: Vec::new(),
            handlers: Vec::new(),
            dead: false,
            assigned: Assigned::default(),
            deleted: Assigned::default(),
            rebound: Assigned::default(),
            locals: Map::default(),
            hidden: Map::default(),
            cells: Map::default(),
            hidden_cells: Map::default(),
            free_names: Vec::new(),
            frames: Vec::new(),
            variable_temps: Vec::new(),
            blocks: Vec::new(),
            top: 0,
            overflow: false,
            names: Map::default(),
            consts: Consts::default(),
            interactive: false,
            static_attributes: Map::default(),
        };
        unit.allocate(table);
        unit
    }

    // ---- registers of variables

    fn allocate(&mut self, table: &Symtable<'a>) {
        let scope = table.scope(self.scope);
        let function_like = scope.kind.is_function_like();
        let mut cell_params = Vec::new();
        let mut cells = Vec::new();
        for (&name, symbol) in &scope.symbols {
            let param = symbol.flags & def::PARAM != 0;
            match symbol.place {
                Place::Local if function_like => {
                    if !param {
                        continue; // after all parameters
                    }
                    self.add_local(&table.names, name, symbol.flags);
                }
                Place::Cell if param => {
                    self.add_local(&table.names, name, symbol.flags);
                    cell_params.push(name);
                }
                Place::Cell => cells.push(name),
                _ => {}
            }
            if symbol.place == Place::Free || symbol.flags & def::FREE_CLASS != 0 {
                self.free_names.push(name);
            }
        }
        if function_like {
            for (&name, symbol) in &scope.symbols {
                if symbol.place == Place::Local && symbol.flags & def::PARAM == 0 {
                    self.add_local(&table.names, name, symbol.flags);
                }
            }
        }
        let text = |name: &NameId| table.names.text(*name);
        cells.sort_by(|a, b| text(a).cmp(text(b)));
        self.free_names.sort_by(|a, b| table.names.text(*a).cmp(table.names.text(*b)));
        let mut hidden_cells = Vec::new();
        self.hidden_locals(table, self.scope, &cells, &cell_params, &mut hidden_cells);
        self.allocate_cells(table, &cell_params, &cells, &hidden_cells);
    }

    fn add_local(&mut self, names: &Names, name: NameId, flags: u32) {
        let reg = self.top;
        self.locals.insert(name, reg);
        let text = names.text(name);
        // The name of the implicit `format` argument is public since 3.14.
        let text = if name == known::FORMAT { "format" } else { text };
        self.code.varnames.push(text.to_string());
        if flags & def::PARAM != 0 {
            self.assigned.insert(reg);
        }
        if flags & def::DELETED != 0 {
            self.deleted.insert(reg);
            self.assigned.remove(reg);
        }
        if flags & def::WALRUS != 0 {
            self.rebound.insert(reg);
        }
        self.next_register();
    }

    fn next_register(&mut self) {
        match self.top.checked_add(1) {
            Some(next) => self.top = next,
            None => self.overflow = true,
        }
    }

    /// Variables of the comprehensions compiled as part of this code.
    fn hidden_locals(
        &mut self,
        table: &Symtable<'a>,
        scope: ScopeId,
        cells: &[NameId],
        cell_params: &[NameId],
        hidden_cells: &mut Vec<NameId>,
    ) {
        for &inner in &table.scope(scope).comprehensions {
            for (&name, symbol) in &table.scope(inner).symbols {
                if symbol.flags & def::NONLOCAL != 0 || name == known::ITERATOR {
                    continue;
                }
                let has_register =
                    self.locals.contains_key(&name) || self.hidden.contains_key(&name);
                let lists = [cells, cell_params, &self.free_names, hidden_cells];
                let has_cell = lists.iter().any(|list| list.contains(&name));
                if symbol.place == Place::Local && !has_register {
                    self.hidden.insert(name, self.top);
                    self.code.varnames.push(table.names.text(name).to_string());
                    self.next_register();
                } else if symbol.place == Place::Cell && !has_cell {
                    hidden_cells.push(name);
                }
            }
            self.hidden_locals(table, inner, cells, cell_params, hidden_cells);
        }
    }

    fn allocate_cells(
        &mut self,
        table: &Symtable<'a>,
        params: &[NameId],
        cells: &[NameId],
        hidden: &[NameId],
    ) {
        let free = self.free_names.clone();
        let groups = [(params, true), (cells, false), (hidden, false), (&free[..], false)];
        for (group, (names, is_param)) in groups.into_iter().enumerate() {
            for &name in names {
                let index = self.code.cell_regs.len() as u16;
                let reg = if is_param { self.locals[&name] } else { self.top };
                if !is_param {
                    self.next_register();
                }
                let text = table.names.text(name).to_string();
                let list =
                    if group == 3 { &mut self.code.freevars } else { &mut self.code.cellvars };
                list.push(text);
                self.code.cell_regs.push(reg);
                let map = if group == 2 { &mut self.hidden_cells } else { &mut self.cells };
                map.insert(name, (reg, index));
            }
        }
        for name in params {
            self.locals.shift_remove(name);
        }
        self.code.n_locals = self.top;
        self.code.n_regs = self.top;
    }

    /// Does `reg` hold a variable?
    pub(super) fn is_variable(&self, reg: u16) -> bool {
        reg < self.code.n_locals || self.variable_temps.contains(&reg)
    }

    /// May `:=` write this register?
    pub(super) fn is_rebound(&self, reg: u16) -> bool {
        self.rebound.contains(reg)
    }

    /// `reg` has a value from here on.
    pub(super) fn bound(&mut self, reg: u16) {
        if !self.dead && !self.deleted.contains(reg) {
            self.assigned.insert(reg);
        }
    }

    // ---- temporaries

    /// A fresh temporary on top.
    pub(super) fn temp(&mut self) -> u16 {
        let reg = self.top;
        self.reserve(1);
        reg
    }

    /// `n` fresh temporaries in a row; the first.
    pub(super) fn temps(&mut self, n: usize) -> u16 {
        let reg = self.top;
        self.reserve(n);
        reg
    }

    fn reserve(&mut self, n: usize) {
        // A little room stays for instructions that name `reg + 3`.
        match usize::from(self.top).checked_add(n).filter(|&top| top < 0xfff0) {
            Some(top) => self.top = top as u16,
            None => self.overflow = true,
        }
        self.code.n_regs = self.code.n_regs.max(self.top);
    }

    // ---- instructions

    pub(super) fn at(&mut self, range: TextRange) {
        self.range = range;
    }

    /// Instructions from here on belong to no line of their own.
    pub(super) fn at_no_line(&mut self) {
        self.range = TextRange::default();
    }

    /// A line that has no other instruction.
    pub(super) fn line(&mut self, range: TextRange) {
        self.range = range;
        self.emit(Op::Nop, 0, 0, 0);
    }

    pub(super) fn pc(&self) -> u32 {
        self.insns.len() as u32
    }

    fn push(&mut self, insn: Insn) {
        if self.spans.last().is_none_or(|&(_, range)| range != self.range) {
            self.spans.push((self.insns.len() as u32, self.range));
        }
        self.insns.push(insn);
    }

    pub(super) fn emit(&mut self, op: Op, a: u16, b: u16, c: u16) {
        self.emit_x(op, 0, a, b, c);
    }

    pub(super) fn emit_x(&mut self, op: Op, x: u8, a: u16, b: u16, c: u16) {
        if !self.dead {
            self.push(Insn::abc(op, x, a, b, c));
        }
    }

    pub(super) fn emit_bc(&mut self, op: Op, a: u16, bc: i32) {
        if !self.dead {
            self.push(Insn::abc32(op, a, bc));
        }
    }

    /// An instruction with an extension word.
    pub(super) fn emit_ext(&mut self, insn: Insn, lo: u32, hi: u32) {
        if !self.dead {
            self.push(insn);
            self.insns.push(Insn::ext(lo, hi));
        }
    }

    /// An instruction on a name, with an inline cache.
    pub(super) fn emit_name(&mut self, op: Op, a: u16, b: u16, name: NameId) {
        self.emit_name_x(op, 0, a, b, name);
    }

    pub(super) fn emit_name_x(&mut self, op: Op, x: u8, a: u16, b: u16, name: NameId) {
        if self.dead {
            return;
        }
        let next = self.names.len() as u32;
        let lo = *self.names.entry(name).or_insert(next);
        let cache = self.code.n_caches;
        self.code.n_caches += 1;
        self.emit_ext(Insn::abc(op, x, a, b, 0), lo, cache);
    }

    pub(super) fn mov(&mut self, dst: u16, src: u16) {
        if dst != src {
            self.emit(Op::Move, dst, src, 0);
        }
    }

    pub(super) fn load_const(&mut self, dst: u16, value: Const) {
        if self.dead {
            return;
        }
        if let Const::Int(n) = value
            && let Ok(n) = i32::try_from(n)
        {
            self.emit_bc(Op::LoadInt, dst, n);
            return;
        }
        let index = self.consts.add(value);
        self.emit_bc(Op::LoadConst, dst, index as i32);
    }

    pub(super) fn load_absent(&mut self, dst: u16) {
        self.emit(Op::LoadAbsent, dst, 0, 0);
    }

    /// Unbind a register without a check.
    pub(super) fn unbind(&mut self, reg: u16) {
        self.emit(Op::DelLocal, reg, 0, 0);
        self.assigned.remove(reg);
    }

    pub(super) fn ret(&mut self, reg: u16) {
        self.emit(Op::Return, reg, 0, 0);
        self.dead = true;
    }

    // ---- jumps

    pub(super) fn label(&mut self) -> Label {
        self.labels.push(Target::default());
        Label(self.labels.len() as u32 - 1)
    }

    /// What is bound here is bound at `label` too, if it is bound on all other ways there.
    fn reach(&mut self, label: Label) {
        let state = &mut self.labels[label.0 as usize].state;
        match state {
            Some(state) => state.intersect(&self.assigned),
            None => *state = Some(self.assigned.clone()),
        }
    }

    /// Put `label` here.
    pub(super) fn bind(&mut self, label: Label) {
        if !self.dead {
            self.reach(label);
        }
        let here = self.pc();
        let target = &mut self.labels[label.0 as usize];
        target.pc = Some(here);
        if let Some(state) = target.state.take() {
            self.assigned = state;
            self.dead = false;
        }
    }

    /// Go to `label`; that belongs to the line before it.
    pub(super) fn jump(&mut self, label: Label) {
        self.jump_of(label, 0);
    }

    /// Go to `label`: a statement with a line of its own.
    pub(super) fn jump_statement(&mut self, label: Label) {
        self.jump_of(label, 1);
    }

    fn jump_of(&mut self, label: Label, statement: u16) {
        if !self.dead {
            self.reach(label);
            self.jumps.push((self.pc(), label));
            self.emit_bc(Op::Jump, statement, 0);
            self.dead = true;
        }
    }

    /// A conditional jump with the distance in `bc`.
    pub(super) fn jump_if(&mut self, op: Op, reg: u16, label: Label) {
        if !self.dead {
            self.reach(label);
            self.jumps.push((self.pc(), label));
            self.emit_bc(op, reg, 0);
        }
    }

    /// A fused comparison and jump.
    pub(super) fn jump_compare(&mut self, op: Op, sense: bool, a: u16, b: u16, label: Label) {
        if !self.dead {
            self.reach(label);
            self.jumps.push((self.pc(), label));
            self.emit_x(op, u8::from(sense), a, b, 0);
        }
    }

    /// `r[dst] = next(r[iter])`, or go to `end`.
    pub(super) fn for_iter(&mut self, dst: u16, iter: u16, end: Label) {
        if !self.dead {
            self.reach(end);
            self.jumps.push((self.pc(), end));
            self.emit_ext(Insn::abc(Op::ForIter, 0, dst, iter, 0), 0, 0);
        }
    }

    /// Start a loop; the label is for `jump_back`.
    pub(super) fn loop_header(&mut self) -> Label {
        let label = self.label();
        self.labels[label.0 as usize].pc = Some(self.pc());
        self.emit_bc(Op::LoopHeader, 0, 0);
        label
    }

    pub(super) fn jump_back(&mut self, header: Label) {
        self.jump_back_of(header, 0);
    }

    /// The same with a line of its own.
    pub(super) fn jump_back_statement(&mut self, header: Label) {
        self.jump_back_of(header, 1);
    }

    fn jump_back_of(&mut self, header: Label, statement: u16) {
        if !self.dead {
            self.jumps.push((self.pc(), header));
            self.emit_bc(Op::JumpBack, statement, 0);
            self.dead = true;
        }
    }

    // ---- handlers

    /// Exceptions from here on go to `target`, in `reg`.
    pub(super) fn open_region(&mut self, target: Label, reg: u16) -> usize {
        let open = Some(self.pc());
        let at_start = self.assigned.clone();
        self.regions.push(Region { target, reg, ranges: Vec::new(), open, at_start });
        self.regions.len() - 1
    }

    pub(super) fn suspend_region(&mut self, region: usize) {
        let pc = self.pc();
        let region = &mut self.regions[region];
        if let Some(start) = region.open.take()
            && start < pc
        {
            region.ranges.push((start, pc));
        }
    }

    pub(super) fn resume_region(&mut self, region: usize) {
        self.regions[region].open = Some(self.insns.len() as u32);
    }

    /// The region ends here for good.
    pub(super) fn close_region(&mut self, region: usize) {
        self.suspend_region(region);
        let Region { target, reg, ranges, .. } = &self.regions[region];
        for &(start, end) in ranges {
            self.handlers.push((Handler { start, end, target: 0, reg: *reg }, *target));
        }
    }

    /// Put the handler of a closed region here. Without a covered instruction it is unreachable.
    pub(super) fn enter_handler(&mut self, region: usize) {
        let Region { target, ranges, at_start, .. } = &self.regions[region];
        let (target, reachable, state) = (*target, !ranges.is_empty(), at_start.clone());
        let pc = self.pc();
        self.labels[target.0 as usize].pc = Some(pc);
        if reachable {
            self.dead = false;
            self.assigned = state;
        } else {
            self.dead = true;
        }
    }

    /// Is this unit's body a function with registers for locals?
    pub(super) fn is_class(&self, table: &Symtable<'_>) -> bool {
        table.scope(self.scope).kind == ScopeKind::Class
    }
}
