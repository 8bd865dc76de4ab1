//! Loading, storing and deleting names.
use haft_bytecode::{Const, Op};
use ruff_text_size::TextRange;

use super::unit::Variable;
use super::{Compiler, Res};
use crate::names::{NameId, known};
use crate::symtable::{Place, ScopeKind};

/// How a name is reached from here.
#[derive(Clone, Copy, Debug)]
pub(super) enum Access {
    Register(u16),
    /// Register of the cell, index of the variable.
    Cell(u16, u16),
    /// A cell that the namespace of the class body hides.
    ClassCell(u16, u16),
    Global,
    /// The namespace of the frame.
    Name,
    /// In an annotation scope of a class: the class namespace, else global.
    ClassOrGlobal,
    /// In an annotation scope of a class: the class namespace, else this cell.
    ClassOrCell(u16, u16),
}

impl Compiler<'_> {
    /// The interned name, mangled if it is private to a class.
    pub(super) fn name_id(&mut self, name: &str) -> NameId {
        self.table.names.mangle(self.unit.class, name)
    }

    pub(super) fn access(&self, name: NameId) -> Access {
        let kind = self.scope_kind();
        for frame in self.unit.frames.iter().rev() {
            match self.table.scope(frame.scope).place(name) {
                Place::Local | Place::Cell => {
                    return match frame.variables.get(&name) {
                        Some(&Variable::Register(reg)) => Access::Register(reg),
                        Some(&Variable::Cell(reg, index)) => Access::Cell(reg, index),
                        None => Access::Global,
                    };
                }
                Place::GlobalImplicit if kind == ScopeKind::Module => return Access::Name,
                Place::GlobalExplicit | Place::GlobalImplicit => return Access::Global,
                Place::Free | Place::Unknown => {}
            }
        }
        let inside_comprehension = !self.unit.frames.is_empty();
        if inside_comprehension && let Some(&(reg, index)) = self.unit.cells.get(&name) {
            return Access::Cell(reg, index);
        }
        self.access_in_unit(name, kind)
    }

    fn access_in_unit(&self, name: NameId, kind: ScopeKind) -> Access {
        let scope = self.table.scope(self.unit.scope);
        let cell = self.unit.cells.get(&name).copied();
        match (scope.place(name), cell) {
            (Place::Local, _) if kind.is_function_like() => {
                self.unit.locals.get(&name).map_or(Access::Global, |&reg| Access::Register(reg))
            }
            (Place::Cell, Some((reg, index))) => Access::Cell(reg, index),
            (Place::Free, Some((reg, index))) => {
                if kind == ScopeKind::Class {
                    Access::ClassCell(reg, index)
                } else if scope.sees_class
                    && !matches!(name, known::CLASSDICT | known::CONDITIONAL_ANNOTATIONS)
                {
                    Access::ClassOrCell(reg, index)
                } else {
                    Access::Cell(reg, index)
                }
            }
            (Place::GlobalExplicit, _) => Access::Global,
            (Place::GlobalImplicit | Place::Unknown, _) if kind.is_function_like() => {
                if scope.sees_class { Access::ClassOrGlobal } else { Access::Global }
            }
            _ => Access::Name,
        }
    }

    /// Load a variable into `dst`.
    pub(super) fn load(&mut self, name: NameId, dst: u16) {
        match self.access(name) {
            Access::Register(reg) => {
                self.check_bound(reg, name);
                self.unit.mov(dst, reg);
            }
            Access::Cell(reg, index) => self.unit.emit(Op::LoadCell, dst, reg, index),
            Access::ClassCell(reg, index) => self.unit.emit(Op::LoadClassCell, dst, reg, index),
            Access::Global => self.unit.emit_name(Op::LoadGlobal, dst, 0, name),
            Access::Name => self.unit.emit_name(Op::LoadName, dst, 0, name),
            Access::ClassOrGlobal => {
                let namespace = self.class_namespace();
                self.unit.emit_name(Op::LoadFromDictOrGlobal, dst, namespace, name);
                self.unit.top = namespace;
            }
            Access::ClassOrCell(reg, index) => self.load_class_or_cell(name, dst, reg, index),
        }
    }

    /// The class namespace, in a temporary.
    fn class_namespace(&mut self) -> u16 {
        let temp = self.unit.temp();
        if let Some(&(reg, index)) = self.unit.cells.get(&known::CLASSDICT) {
            self.unit.emit(Op::LoadCell, temp, reg, index);
        }
        temp
    }

    fn load_class_or_cell(&mut self, name: NameId, dst: u16, reg: u16, index: u16) {
        let mark = self.unit.top;
        let namespace = self.class_namespace();
        let key = self.unit.temp();
        let found = self.unit.temp();
        let text = self.table.names.text(name).as_bytes().into();
        self.unit.load_const(key, Const::Str(text));
        self.unit.emit(Op::In, found, key, namespace);
        let (free, end) = (self.unit.label(), self.unit.label());
        self.unit.jump_if(Op::JumpIfFalse, found, free);
        self.unit.emit(Op::LoadItem, dst, namespace, key);
        self.unit.jump(end);
        self.unit.bind(free);
        self.unit.emit(Op::LoadCell, dst, reg, index);
        self.unit.bind(end);
        self.unit.top = mark;
    }

    /// A read of the local in `reg` comes: make sure that it is bound.
    pub(super) fn check_bound(&mut self, reg: u16, name: NameId) {
        if self.unit.dead || self.unit.assigned.contains(reg) {
            return;
        }
        let index = self.varname(reg, name);
        self.unit.emit(Op::CheckBound, reg, index, 0);
        self.unit.bound(reg);
    }

    /// Index in `varnames` of the variable in `reg`; a temporary has the index of a local of the same name.
    fn varname(&self, reg: u16, name: NameId) -> u16 {
        if usize::from(reg) < self.unit.code.varnames.len() {
            return reg;
        }
        let local = self.unit.locals.get(&name).or_else(|| self.unit.hidden.get(&name));
        local.copied().unwrap_or_else(|| {
            let text = self.table.names.text(name);
            self.unit.code.varnames.iter().position(|n| n == text).unwrap_or(0) as u16
        })
    }

    /// Store `src` in a variable.
    pub(super) fn store(&mut self, name: NameId, src: u16) {
        match self.access(name) {
            Access::Register(reg) => {
                self.unit.mov(reg, src);
                self.unit.bound(reg);
            }
            Access::Cell(reg, _) | Access::ClassCell(reg, _) | Access::ClassOrCell(reg, _) => {
                self.unit.emit(Op::StoreCell, reg, src, 0);
            }
            Access::Global | Access::ClassOrGlobal => {
                self.unit.emit_name(Op::StoreGlobal, src, 0, name);
            }
            Access::Name => self.unit.emit_name(Op::StoreName, src, 0, name),
        }
    }

    /// `del name`.
    pub(super) fn delete(&mut self, name: NameId) {
        match self.access(name) {
            Access::Register(reg) => {
                let index = self.varname(reg, name);
                self.unit.emit_x(Op::DelLocal, 1, reg, index, 0);
                self.unit.assigned.remove(reg);
            }
            Access::Cell(reg, index)
            | Access::ClassCell(reg, index)
            | Access::ClassOrCell(reg, index) => self.unit.emit(Op::DelCell, reg, 0, index),
            Access::Global | Access::ClassOrGlobal => {
                self.unit.emit_name(Op::DelGlobal, 0, 0, name);
            }
            Access::Name => self.unit.emit_name(Op::DelName, 0, 0, name),
        }
    }

    /// The register of a local that expressions may read in place.
    pub(super) fn local(&self, name: NameId) -> Option<u16> {
        match self.access(name) {
            Access::Register(reg) => Some(reg),
            _ => None,
        }
    }

    /// The register that holds the cell of `name`, for a closure.
    pub(super) fn closure_cell(&self, name: NameId) -> Option<u16> {
        for frame in self.unit.frames.iter().rev() {
            if let Some(&Variable::Cell(reg, _)) = frame.variables.get(&name) {
                return Some(reg);
            }
        }
        self.unit.cells.get(&name).map(|cell| cell.0)
    }

    /// `cannot assign to __debug__` and the like; the parser has no opinion on it.
    pub(super) fn forbid_debug(name: &str, range: TextRange) -> Res {
        if name == "__debug__" {
            return Self::error("cannot assign to __debug__", range);
        }
        Ok(())
    }

    /// Count the calls of a function, and make the cells of this code, before anything else runs.
    pub(super) fn prologue(&mut self) {
        let scope = self.table.scope(self.unit.scope);
        let counts = matches!(scope.kind, ScopeKind::Function | ScopeKind::Lambda)
            && !scope.is_generator
            && !scope.is_coroutine;
        let is_module = scope.kind == ScopeKind::Module;
        self.at(super::finish::PROLOGUE);
        if counts {
            self.unit.loop_header();
        } else if !is_module {
            // Where it begins, it stands in its first line.
            self.unit.emit(Op::Nop, 0, 0, 0);
        }
        self.unit.at_no_line();
        let n_free = self.unit.free_names.len();
        let cells = self.unit.code.cell_regs.clone();
        for &reg in &cells[..cells.len() - n_free] {
            self.unit.emit(Op::MakeCell, reg, reg, 0);
        }
    }
}
