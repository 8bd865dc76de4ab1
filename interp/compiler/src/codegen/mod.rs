//! Second pass: from the tree to instructions.
//!
//! A [`Unit`](unit::Unit) is the code object being made. Locals have fixed registers, temporaries are a stack above them: an expression
//! leaves `top` as it found it, but for the one register of its value. Expressions read locals where they are; a
//! value is computed into the register where it is wanted. Two rules keep that right:
//! * a register that holds a variable is written by the last instruction of an expression only (see `Compiler::scratch`);
//! * a local that `:=` may rebind in the middle of an expression is copied when it is read (see `Compiler::steady`).
mod annotations;
mod assign;
mod assigned;
mod call;
mod class;
mod comprehension;
mod condition;
mod const_fold;
mod consts;
mod display;
mod exception;
mod expr;
mod finish;
mod format;
mod function;
mod import;
mod loops;
mod operator;
mod pattern;
mod stmt;
mod type_params;
mod unit;
mod unwind;
mod variable;
mod warn;
mod with;

use haft_bytecode::{Code, Const, flags};
use ruff_python_ast::Mod;
use ruff_text_size::{Ranged, TextRange};

use crate::fault::{Fault, Remark};
use crate::names::NameId;
use crate::source::Source;
use crate::symtable::{Place, ScopeId, ScopeKind, Symtable};
use crate::{Mode, Options, compile_flags};

use unit::Unit;

/// The result of code generation; an error has a place in the source.
type Res<T = ()> = Result<T, Fault>;

/// The state of the second pass.
struct Compiler<'a> {
    table: Symtable<'a>,
    source: &'a Source<'a>,
    options: &'a Options,
    /// Code flags of future features.
    future: u32,
    /// The code being made.
    unit: Unit<'a>,
    /// The code around it, outermost first.
    outer: Vec<Unit<'a>>,
    remarks: Vec<(TextRange, Remark)>,
}

/// Compile a whole tree.
pub(crate) fn compile_module<'a>(
    tree: &'a Mod,
    table: Symtable<'a>,
    source: &'a Source<'a>,
    options: &'a Options,
    future: u32,
) -> Result<(Code, Vec<(TextRange, Remark)>), Fault> {
    let future = future & compile_flags::FUTURE_MASK;
    let unit = Unit::new(&table, Symtable::TOP, "<module>".to_string(), None);
    let mut compiler =
        Compiler { table, source, options, future, unit, outer: Vec::new(), remarks: Vec::new() };
    compiler.unit.code.first_line = 1;
    compiler.prologue();
    match tree {
        Mod::Module(module) => compiler.module(&module.body)?,
        Mod::Expression(expression) => {
            compiler.at(expression.body.range());
            let value = compiler.reg(&expression.body)?;
            compiler.unit.ret(value);
        }
    }
    let code = compiler.finish_code()?;
    Ok((code, compiler.remarks))
}

impl<'a> Compiler<'a> {
    fn module(&mut self, body: &'a [ruff_python_ast::Stmt]) -> Res {
        if self.options.mode == Mode::Single {
            self.unit.interactive = true;
        }
        let body = self.docstring(body, self.options.mode == Mode::Exec)?;
        self.module_annotations()?;
        self.body(body)?;
        self.return_none();
        Ok(())
    }

    fn return_none(&mut self) {
        if !self.unit.dead {
            self.unit.at_no_line();
            let none = self.unit.temp();
            self.unit.load_const(none, Const::None);
            self.unit.ret(none);
            self.unit.top = none;
        }
    }

    /// Instructions from here on come from `range`.
    fn at(&mut self, range: TextRange) {
        self.unit.at(range);
    }

    /// Start the code of `scope`.
    fn enter(&mut self, scope: ScopeId, first_line: u32) {
        let qualname = self.qualname(scope);
        let class = self.table.scope(scope).class;
        let mut unit = Unit::new(&self.table, scope, qualname, class);
        unit.code.first_line = first_line;
        self.outer.push(std::mem::replace(&mut self.unit, unit));
    }

    /// End the code begun by `enter`: the code and the names of its free variables.
    fn leave(&mut self) -> Res<(Code, Vec<NameId>)> {
        let free = self.unit.free_names.clone();
        let code = self.finish_code()?;
        if let Some(unit) = self.outer.pop() {
            self.unit = unit;
        }
        Ok((code, free))
    }

    /// `co_qualname` of a scope that is about to be entered (PEP 3155).
    fn qualname(&self, scope: ScopeId) -> String {
        let scope = self.table.scope(scope);
        let mut name = self.table.names.text(scope.name).to_string();
        if let Some(function) = scope.function_name {
            name = format!("{}.{name}", self.table.names.text(function));
        }
        // The function around a generic definition is skipped: what is inside is named as if it were outside.
        let mut units: Vec<&Unit<'a>> = self.outer.iter().chain([&self.unit]).collect();
        let mut parent = units.pop();
        if let Some(unit) = parent
            && self.table.scope(unit.scope).kind == ScopeKind::TypeParams
        {
            parent = units.pop();
        }
        let Some(parent) = parent else { return name };
        let outer = self.table.scope(parent.scope);
        if outer.kind == ScopeKind::Module {
            return name;
        }
        let declared_global = matches!(scope.kind, ScopeKind::Function | ScopeKind::Class)
            && self.is_global_in(parent.scope, scope.name);
        if declared_global {
            return name;
        }
        if outer.kind == ScopeKind::Class {
            format!("{}.{name}", parent.code.qualname)
        } else {
            format!("{}.<locals>.{name}", parent.code.qualname)
        }
    }

    fn is_global_in(&self, scope: ScopeId, name: NameId) -> bool {
        self.table.scope(scope).place(name) == Place::GlobalExplicit
    }

    /// Fill in what the instructions do not say and take the code out of the unit.
    fn finish_code(&mut self) -> Res<Code> {
        let scope = self.table.scope(self.unit.scope);
        let kind = scope.kind;
        let mut bits = self.unit.code.flags | self.future;
        if kind.is_function_like() {
            bits |= flags::OPTIMIZED | flags::NEWLOCALS;
            if scope.nested {
                bits |= flags::NESTED;
            }
        }
        let top_level_await = self.options.flags & compile_flags::ALLOW_TOP_LEVEL_AWAIT != 0;
        if kind.is_function_like() || kind == ScopeKind::Module && top_level_await {
            bits |= match (scope.is_generator, scope.is_coroutine) {
                (false, false) => 0,
                (true, false) => flags::GENERATOR,
                (false, true) => flags::COROUTINE,
                (true, true) => flags::ASYNC_GENERATOR,
            };
        }
        let in_class =
            scope.parent.is_some_and(|parent| self.table.scope(parent).kind == ScopeKind::Class);
        if kind == ScopeKind::Function && in_class {
            bits |= flags::METHOD;
        }
        self.unit.code.flags = bits;
        self.unit.code.name = self.table.names.text(scope.name).to_string();
        self.unit.code.filename.clone_from(&self.options.filename);
        finish::finish(&mut self.unit, self.source, &self.table.names)
    }

    fn error<T>(message: impl Into<String>, range: TextRange) -> Res<T> {
        Err(Fault::syntax(message, range))
    }

    fn scope_kind(&self) -> ScopeKind {
        self.table.scope(self.unit.scope).kind
    }
}
