//! `def` and `lambda`.
use std::sync::Arc;

use haft_bytecode::{Code, Const, Insn, Intrinsic, Op, flags};
use ruff_python_ast::{Decorator, ExprLambda, Parameters, StmtFunctionDef};
use ruff_text_size::Ranged;

use super::{Compiler, Res};
use crate::names::NameId;
use crate::symtable::{Role, ScopeId};

/// The first of the four operands of `make_function`, and which of the first three (defaults, keyword defaults,
/// annotations) are given.
pub(super) type Extras = (u16, [bool; 3]);

impl<'a> Compiler<'a> {
    pub(super) fn function_def(&mut self, function: &'a StmtFunctionDef) -> Res {
        Self::forbid_debug(&function.name, function.name.range)?;
        let decorators = self.decorators(&function.decorator_list)?;
        let dst = self.unit.temp();
        self.at(function.name.range);
        if function.type_params.is_some() {
            self.generic_function(function, dst)?;
        } else {
            let first = self.unit.temps(4);
            let mut given = self.defaults(&function.parameters, first)?;
            given[2] = self.function_annotations(function, first + 2)?;
            let (code, free) = self.function_code(function)?;
            self.at(function.name.range);
            self.make_function(code, &free, dst, Some((first, given)));
        }
        self.decorate(&function.decorator_list, decorators, dst);
        let id = self.name_id(&function.name);
        self.at(function.name.range);
        let value = if function.decorator_list.is_empty() { dst } else { decorators };
        self.store(id, value);
        Ok(())
    }

    /// Evaluate decorators into registers in a row; the first.
    pub(super) fn decorators(&mut self, decorators: &'a [Decorator]) -> Res<u16> {
        let first = self.unit.top;
        for decorator in decorators {
            let reg = self.unit.temp();
            self.into(&decorator.expression, reg)?;
        }
        Ok(first)
    }

    /// Apply decorators, the last one first. Each is called in place: its register becomes the result.
    pub(super) fn decorate(&mut self, decorators: &'a [Decorator], first: u16, value: u16) {
        let mut argument = value;
        for (index, decorator) in decorators.iter().enumerate().rev() {
            let callee = first + index as u16;
            self.at(decorator.expression.range());
            self.unit.mov(callee + 1, argument);
            self.unit.emit(Op::Call, callee, callee, 1);
            argument = callee;
        }
    }

    /// The line a function or class begins at: that of its first decorator.
    pub(super) fn first_line(
        &self,
        decorators: &[Decorator],
        name: &ruff_python_ast::Identifier,
    ) -> u32 {
        let start = decorators.first().map_or(name.range.start(), |d| d.range.start());
        self.source.line(start)
    }

    pub(super) fn function_code(
        &mut self,
        function: &'a StmtFunctionDef,
    ) -> Res<(Code, Vec<NameId>)> {
        let scope = self.table.scope_of(function, Role::Body).unwrap_or(ScopeId(0));
        self.enter(scope, self.first_line(&function.decorator_list, &function.name));
        self.signature(&function.parameters);
        self.prologue();
        let mut body = &function.body[..];
        if let Some((doc, rest)) = self.split_docstring(body) {
            body = rest;
            if let Some((doc, _)) = doc {
                self.unit.consts.add(doc);
                self.unit.code.flags |= flags::HAS_DOCSTRING;
            }
        }
        let wrapper = self.begin_generator();
        self.body(body)?;
        self.return_none();
        self.end_generator(wrapper);
        self.leave()
    }

    pub(super) fn lambda(&mut self, lambda: &'a ExprLambda, dst: u16) -> Res {
        let mark = self.unit.top;
        let first = self.unit.temps(4);
        let given = match &lambda.parameters {
            Some(parameters) => self.defaults(parameters, first)?,
            None => [false; 3],
        };
        let scope = self.table.scope_of(lambda, Role::Body).unwrap_or(ScopeId(0));
        self.enter(scope, self.source.line(lambda.range.start()));
        if let Some(parameters) = &lambda.parameters {
            self.signature(parameters);
        }
        self.prologue();
        let wrapper = self.begin_generator();
        let value = self.reg(&lambda.body)?;
        self.at(lambda.body.range());
        self.unit.ret(value);
        self.end_generator(wrapper);
        let (code, free) = self.leave()?;
        self.at(lambda.range);
        self.make_function(code, &free, dst, Some((first, given)));
        self.unit.top = mark;
        Ok(())
    }

    fn signature(&mut self, parameters: &Parameters) {
        let code = &mut self.unit.code;
        code.pos_only_count = parameters.posonlyargs.len() as u16;
        code.arg_count = code.pos_only_count + parameters.args.len() as u16;
        code.kw_only_count = parameters.kwonlyargs.len() as u16;
        if parameters.vararg.is_some() {
            code.flags |= flags::VARARGS;
        }
        if parameters.kwarg.is_some() {
            code.flags |= flags::VARKEYWORDS;
        }
    }

    /// Evaluate defaults into `first` and keyword defaults into `first + 1`; which there are.
    pub(super) fn defaults(&mut self, parameters: &'a Parameters, first: u16) -> Res<[bool; 3]> {
        let positional = parameters.posonlyargs.iter().chain(&parameters.args);
        let defaults: Vec<_> = positional.filter_map(|p| p.default.as_deref()).collect();
        let constants: Option<Vec<Const>> = defaults.iter().map(|e| self.constant(e)).collect();
        let mark = self.unit.top;
        if let Some(values) = constants
            && !defaults.is_empty()
        {
            self.unit.load_const(first, Const::Tuple(values));
        } else if !defaults.is_empty() {
            let row = self.unit.top;
            for default in &defaults {
                let reg = self.unit.temp();
                self.into(default, reg)?;
            }
            self.unit.emit(Op::BuildTuple, first, row, defaults.len() as u16);
        }
        self.unit.top = mark;
        let mut n_named = 0;
        let row = self.unit.top;
        for parameter in &parameters.kwonlyargs {
            let Some(default) = &parameter.default else { continue };
            let key = self.unit.temp();
            let id = self.name_id(&parameter.parameter.name);
            let text = self.table.names.text(id).as_bytes().into();
            self.unit.load_const(key, Const::Str(text));
            let value = self.unit.temp();
            self.into(default, value)?;
            n_named += 1;
        }
        if n_named > 0 {
            self.unit.emit(Op::BuildDict, first + 1, row, n_named);
        }
        self.unit.top = mark;
        Ok([!defaults.is_empty(), n_named > 0, false])
    }

    /// A function of `code` with the closure it needs, in `dst`.
    pub(super) fn make_function(
        &mut self,
        code: Code,
        free: &[NameId],
        dst: u16,
        extras: Option<Extras>,
    ) {
        let mark = self.unit.top;
        let (first, given) = extras.unwrap_or_else(|| (self.unit.temps(4), [false; 3]));
        for (reg, given) in (first..).zip(given) {
            if !given {
                self.unit.load_absent(reg);
            }
        }
        if free.is_empty() {
            self.unit.load_absent(first + 3);
        } else {
            let row = self.unit.temps(free.len());
            for (reg, &name) in (row..).zip(free) {
                if let Some(cell) = self.closure_cell(name) {
                    self.unit.mov(reg, cell);
                }
            }
            self.unit.emit(Op::BuildTuple, first + 3, row, free.len() as u16);
        }
        let insn = Insn::abc(Op::MakeFunction, 0, dst, first, 0);
        self.emit_const_ext(insn, Const::Code(Arc::new(code)));
        self.unit.top = mark;
    }

    // ---- generators

    /// In the code of a generator or coroutine: a StopIteration that leaves it becomes a RuntimeError (PEP 479).
    pub(super) fn begin_generator(&mut self) -> Option<usize> {
        let scope = self.table.scope(self.unit.scope);
        if !scope.is_generator && !scope.is_coroutine {
            return None;
        }
        let handler = self.unit.label();
        let reg = self.unit.temp();
        self.unit.top = reg;
        Some(self.unit.open_region(handler, reg))
    }

    pub(super) fn end_generator(&mut self, region: Option<usize>) {
        let Some(region) = region else { return };
        self.unit.close_region(region);
        self.unit.enter_handler(region);
        self.unit.at(ruff_text_size::TextRange::default());
        let exc = self.unit.regions[region].reg;
        self.unit.emit_x(Op::Intrinsic, Intrinsic::StopIterationError as u8, exc, exc, 1);
        self.unit.emit(Op::Reraise, exc, 0, 0);
        self.unit.dead = true;
    }

    /// Remember `self.name = …` for `__static_attributes__` of the class around this function.
    pub(super) fn note_static_attribute(&mut self, attribute: &ruff_python_ast::ExprAttribute) {
        let of_self = attribute.value.as_name_expr().is_some_and(|name| name.id == *"self");
        if !of_self {
            return;
        }
        let name = self.name_id(&attribute.attr);
        let table = &self.table;
        if let Some(class) = self.outer.iter_mut().rev().find(|unit| unit.is_class(table)) {
            class.static_attributes.insert(name, ());
        }
    }
}
