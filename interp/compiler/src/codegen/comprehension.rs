//! Comprehensions: inlined (PEP 709) or as a function.
use haft_bytecode::Op;
use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::{Ranged, TextRange};

use super::unit::{Frame, Label, Variable};
use super::{Compiler, Res};
use crate::names::known;
use crate::symtable::{Comprehension, Map, Place, Role, ScopeId, def};

/// The parts of any comprehension.
#[derive(Clone, Copy)]
struct Parts<'a> {
    kind: Comprehension,
    scope: ScopeId,
    generators: &'a [ast::Comprehension],
    key: Option<&'a Expr>,
    value: &'a Expr,
    range: TextRange,
}

impl<'a> Compiler<'a> {
    pub(super) fn comprehension(&mut self, expr: &'a Expr, dst: u16) -> Res {
        let Some(parts) = self.parts(expr) else { return Ok(()) };
        let scope = self.table.scope(parts.scope);
        if scope.is_coroutine && parts.kind != Comprehension::Generator && !self.may_await() {
            let message = "asynchronous comprehension outside of an asynchronous function";
            return Self::error(message, parts.range);
        }
        if scope.inlined { self.inlined(parts, dst) } else { self.as_function(parts, dst) }
    }

    fn parts(&self, expr: &'a Expr) -> Option<Parts<'a>> {
        let range = expr.range();
        let (kind, scope, generators, key, value) = match expr {
            Expr::ListComp(c) => (
                Comprehension::List,
                self.table.scope_of(c, Role::Body),
                &c.generators,
                None,
                &c.elt,
            ),
            Expr::SetComp(c) => (
                Comprehension::Set,
                self.table.scope_of(c, Role::Body),
                &c.generators,
                None,
                &c.elt,
            ),
            Expr::DictComp(c) => {
                let scope = self.table.scope_of(c, Role::Body);
                (Comprehension::Dict, scope, &c.generators, c.key.as_deref(), &c.value)
            }
            Expr::Generator(c) => {
                let scope = self.table.scope_of(c, Role::Body);
                (Comprehension::Generator, scope, &c.generators, None, &c.elt)
            }
            _ => return None,
        };
        Some(Parts { kind, scope: scope?, generators, key, value, range })
    }

    fn inlined(&mut self, parts: Parts<'a>, dst: u16) -> Res {
        let (mark, out) = self.scratch(dst);
        let n_variable_temps = self.unit.variable_temps.len();
        let iter = self.unit.temp();
        self.first_iterator(&parts, iter)?;
        let frame = self.frame(parts.scope, parts.generators.len() > 1);
        self.unit.frames.push(frame);
        self.build_empty(&parts, out);
        self.generators(&parts, 0, iter, out)?;
        self.forget_variables();
        self.unit.variable_temps.truncate(n_variable_temps);
        self.unit.mov(dst, out);
        self.unit.top = mark;
        Ok(())
    }

    fn first_iterator(&mut self, parts: &Parts<'a>, iter: u16) -> Res {
        let Some(first) = parts.generators.first() else { return Ok(()) };
        let mark = self.unit.top;
        let value = self.reg(&first.iter)?;
        self.at(first.iter.range());
        let op = if first.is_async { Op::GetAIter } else { Op::GetIter };
        self.unit.emit(op, iter, value, 0);
        self.unit.top = mark;
        Ok(())
    }

    fn build_empty(&mut self, parts: &Parts<'a>, out: u16) {
        let op = match parts.kind {
            Comprehension::List => Op::BuildList,
            Comprehension::Set => Op::BuildSet,
            Comprehension::Dict => Op::BuildDict,
            Comprehension::Generator => return,
        };
        self.at(parts.range);
        self.unit.emit(op, out, out, 0);
    }

    /// Registers for the variables of an inlined comprehension. One that is named like a variable already in use
    /// around it gets a temporary.
    fn frame(&mut self, scope: ScopeId, several: bool) -> Frame {
        let mut variables = Map::default();
        let symbols: Vec<_> =
            self.table.scope(scope).symbols.iter().map(|(&name, &symbol)| (name, symbol)).collect();
        for (name, symbol) in symbols {
            if name == known::ITERATOR || symbol.flags & def::NONLOCAL != 0 {
                continue;
            }
            let taken = self.unit.frames.iter().any(|frame| frame.variables.contains_key(&name));
            let variable = match symbol.place {
                Place::Local => {
                    let hidden = self.unit.hidden.get(&name).copied().filter(|_| !taken);
                    let reg = hidden.unwrap_or_else(|| self.variable_temp());
                    self.unit.assigned.remove(reg);
                    if several {
                        self.unit.unbind(reg);
                    }
                    Variable::Register(reg)
                }
                Place::Cell => {
                    let own = self.unit.hidden_cells.get(&name).copied();
                    let index =
                        own.or_else(|| self.unit.cells.get(&name).copied()).map_or(0, |c| c.1);
                    let reg = own.filter(|_| !taken).map(|cell| cell.0);
                    let reg = reg.unwrap_or_else(|| self.variable_temp());
                    self.unit.unbind(reg);
                    self.unit.emit(Op::MakeCell, reg, reg, 0);
                    Variable::Cell(reg, index)
                }
                _ => continue,
            };
            variables.insert(name, variable);
        }
        Frame { scope, variables }
    }

    fn variable_temp(&mut self) -> u16 {
        let reg = self.unit.temp();
        self.unit.variable_temps.push(reg);
        reg
    }

    /// After an inlined comprehension its variables are unbound: `locals()` shows them no more.
    fn forget_variables(&mut self) {
        let Some(frame) = self.unit.frames.pop() else { return };
        let function = self.scope_kind().is_function_like();
        for variable in frame.variables.values() {
            if let Variable::Register(reg) = variable {
                if function && *reg < self.unit.code.n_locals {
                    self.unit.unbind(*reg);
                }
                self.unit.assigned.remove(*reg);
            }
        }
    }

    fn generators(&mut self, parts: &Parts<'a>, index: usize, iter: u16, out: u16) -> Res {
        let generator = &parts.generators[index];
        if generator.is_async {
            return self.async_generator(parts, index, iter, out);
        }
        let mark = self.unit.top;
        let end = self.unit.label();
        let next = self.unit.label();
        self.at(generator.iter.range());
        let header = self.unit.loop_header();
        self.for_target(&generator.target, iter, end)?;
        self.filtered(parts, index, next, out)?;
        self.unit.bind(next);
        self.at(parts.key.unwrap_or(parts.value).range());
        self.unit.jump_back_statement(header);
        self.unit.bind(end);
        self.unit.top = mark;
        Ok(())
    }

    fn async_generator(&mut self, parts: &Parts<'a>, index: usize, iter: u16, out: u16) -> Res {
        if !self.may_await() {
            let message = "asynchronous comprehension outside of an asynchronous function";
            return Self::error(message, parts.range);
        }
        let generator = &parts.generators[index];
        let mark = self.unit.top;
        let next = self.unit.label();
        self.at(generator.range);
        let (header, region) = self.async_next(&generator.target, iter)?;
        self.filtered(parts, index, next, out)?;
        self.unit.bind(next);
        self.at(parts.key.unwrap_or(parts.value).range());
        self.unit.jump_back_statement(header);
        self.at(generator.range);
        self.async_end(region);
        self.unit.top = mark;
        Ok(())
    }

    /// The conditions after a `for` and what comes behind them.
    fn filtered(&mut self, parts: &Parts<'a>, index: usize, next: Label, out: u16) -> Res {
        for condition in &parts.generators[index].ifs {
            self.branch(condition, false, next)?;
        }
        match parts.generators.get(index + 1) {
            Some(generator) => {
                let mark = self.unit.top;
                let iter = self.unit.temp();
                let value = self.reg(&generator.iter)?;
                self.at(generator.iter.range());
                let op = if generator.is_async { Op::GetAIter } else { Op::GetIter };
                self.unit.emit(op, iter, value, 0);
                self.unit.top = iter + 1;
                self.generators(parts, index + 1, iter, out)?;
                self.unit.top = mark;
                Ok(())
            }
            None => self.element(parts, out),
        }
    }

    fn element(&mut self, parts: &Parts<'a>, out: u16) -> Res {
        let mark = self.unit.top;
        if let Expr::Starred(starred) = parts.value {
            return Self::error(
                "iterable unpacking cannot be used in comprehension",
                starred.range,
            );
        }
        match parts.kind {
            Comprehension::Generator => {
                let value = self.reg(parts.value)?;
                let sent = self.unit.temp();
                self.at(parts.value.range());
                self.yield_value(value, sent);
            }
            Comprehension::Dict => {
                let Some(key) = parts.key else {
                    let message = "dict unpacking cannot be used in dict comprehension";
                    return Self::error(message, parts.range);
                };
                let key = self.reg(key)?;
                let key = self.steady(key, parts.value);
                let value = self.reg(parts.value)?;
                self.at(parts.range);
                self.unit.emit(Op::DictSet, out, key, value);
            }
            kind => {
                let value = self.reg(parts.value)?;
                let op = if kind == Comprehension::List { Op::ListAppend } else { Op::SetAdd };
                self.at(parts.range);
                self.unit.emit(op, out, value, 0);
            }
        }
        self.unit.top = mark;
        Ok(())
    }

    /// A generator expression, or a comprehension that cannot be inlined: a function of its first iterator.
    fn as_function(&mut self, parts: Parts<'a>, dst: u16) -> Res {
        let mark = self.unit.top;
        let base = self.unit.temps(2);
        self.enter(parts.scope, self.source.line(parts.range.start()));
        self.unit.code.arg_count = 1;
        self.at(parts.range);
        self.prologue();
        let wrapper = self.begin_generator();
        let out = self.unit.temp();
        self.build_empty(&parts, out);
        let iter = self.unit.locals.get(&known::ITERATOR).copied().unwrap_or(0);
        self.generators(&parts, 0, iter, out)?;
        self.at(parts.range);
        if parts.kind == Comprehension::Generator {
            self.return_none();
        } else {
            self.unit.ret(out);
        }
        self.end_generator(wrapper);
        let (code, free) = self.leave()?;
        self.at(parts.range);
        self.make_function(code, &free, base, None);
        self.first_iterator(&parts, base + 1)?;
        self.at(parts.range);
        self.unit.emit(Op::Call, dst, base, 1);
        if self.table.scope(parts.scope).is_coroutine && parts.kind != Comprehension::Generator {
            self.await_in_place(dst, 0);
        }
        self.unit.top = mark;
        Ok(())
    }
}
