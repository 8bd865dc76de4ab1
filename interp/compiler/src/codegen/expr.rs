//! Expressions: into any register, into a given one, or for their effects only.
use haft_bytecode::{Const, Op};
use ruff_python_ast::{Expr, ExprAttribute, ExprIf, ExprNamed, ExprSlice, ExprSubscript};
use ruff_text_size::{Ranged, TextRange};

use super::{Compiler, Res, const_fold};
use crate::literal;
use crate::symtable::ScopeKind;

/// The value of an expression: not in a register yet if it is constant.
#[derive(Clone, Debug)]
pub(super) enum Operand {
    Constant(Const),
    Register(u16),
}

impl<'a> Compiler<'a> {
    /// Compile `expr`; locals stay where they are, constants are not loaded.
    pub(super) fn operand(&mut self, expr: &'a Expr) -> Res<Operand> {
        match expr {
            Expr::Name(name) => {
                let id = self.name_id(&name.id);
                if name.id == *"__debug__" {
                    return Ok(Operand::Constant(Const::Bool(self.options.optimize == 0)));
                }
                self.at(name.range);
                if let Some(reg) = self.local(id) {
                    self.show_line(name.range);
                    self.check_bound(reg, id);
                    return Ok(Operand::Register(reg));
                }
                let temp = self.unit.temp();
                self.load(id, temp);
                Ok(Operand::Register(temp))
            }
            Expr::BinOp(binary) => self.bin_op(binary, None),
            Expr::UnaryOp(unary) => self.unary_op(unary, None),
            Expr::Named(named) => {
                let value = self.reg(&named.value)?;
                self.store_named(named, value)?;
                Ok(Operand::Register(value))
            }
            _ => {
                if let Some(value) = self.constant(expr) {
                    return Ok(Operand::Constant(value));
                }
                let temp = self.unit.temp();
                self.into(expr, temp)?;
                Ok(Operand::Register(temp))
            }
        }
    }

    /// A variable is read where it is. If it stands on another line than what is around it, that takes an instruction.
    fn show_line(&mut self, range: TextRange) {
        let Some((pc, start)) = self.unit.statement else { return };
        let line = |offset| self.source.line(offset);
        if line(start) == line(range.start()) {
            return;
        }
        if self.unit.pc() == pc {
            self.unit.line(TextRange::at(start, 1.into()));
        }
        let before = self.unit.spans.last().map(|(_, range)| line(range.start()));
        if before != Some(line(range.start())) {
            self.unit.line(range);
        }
        self.at(range);
    }

    /// Compile `expr` into some register.
    pub(super) fn reg(&mut self, expr: &'a Expr) -> Res<u16> {
        let operand = self.operand(expr)?;
        if matches!(operand, Operand::Constant(_)) {
            self.at(expr.range());
        }
        Ok(self.register(operand))
    }

    /// The register of an operand; a constant is loaded.
    pub(super) fn register(&mut self, operand: Operand) -> u16 {
        match operand {
            Operand::Register(reg) => reg,
            Operand::Constant(value) => {
                let temp = self.unit.temp();
                self.unit.load_const(temp, value);
                temp
            }
        }
    }

    /// A register for a value that is made in several steps and wanted in `dst`: `dst` itself unless it holds a
    /// variable, which handlers or the expression itself might read in between. Also the mark to restore.
    pub(super) fn scratch(&mut self, dst: u16) -> (u16, u16) {
        let mark = self.unit.top;
        let out = if self.unit.is_variable(dst) { self.unit.temp() } else { dst };
        (mark, out)
    }

    /// The value of `reg`, read before `later` is evaluated: a copy if that could rebind the variable in it.
    pub(super) fn steady(&mut self, reg: u16, later: &Expr) -> u16 {
        if !self.unit.is_rebound(reg) || later.is_name_expr() || later.is_literal_expr() {
            return reg;
        }
        let temp = self.unit.temp();
        self.unit.mov(temp, reg);
        temp
    }

    /// Compile `expr` into `dst`. Its last instruction writes it, if `dst` is a variable.
    pub(super) fn into(&mut self, expr: &'a Expr, dst: u16) -> Res {
        match expr {
            Expr::Name(name) if name.id != *"__debug__" => {
                let id = self.name_id(&name.id);
                self.at(name.range);
                self.load(id, dst);
                Ok(())
            }
            Expr::BinOp(binary) => {
                let value = self.bin_op(binary, Some(dst))?;
                self.finish_into(value, dst, binary.range);
                Ok(())
            }
            Expr::UnaryOp(unary) => {
                let value = self.unary_op(unary, Some(dst))?;
                self.finish_into(value, dst, unary.range);
                Ok(())
            }
            Expr::BoolOp(boolean) => self.bool_op(boolean, dst),
            Expr::Compare(compare) => self.compare(compare, dst),
            Expr::Call(call) => self.call(call, dst),
            Expr::Attribute(attribute) => self.attribute(attribute, dst),
            Expr::Subscript(subscript) => self.subscript(subscript, dst),
            Expr::Slice(slice) => self.slice(slice, dst),
            Expr::If(conditional) => self.conditional(conditional, dst),
            Expr::Tuple(tuple) => self.tuple(&tuple.elts, tuple.range, dst),
            Expr::List(list) => self.list(&list.elts, list.range, dst),
            Expr::Set(set) => self.set(&set.elts, set.range, dst),
            Expr::Dict(dict) => self.dict(dict, dst),
            Expr::Lambda(lambda) => self.lambda(lambda, dst),
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) => {
                self.comprehension(expr, dst)
            }
            Expr::Named(named) => {
                let mark = self.unit.top;
                let value = self.reg(&named.value)?;
                self.store_named(named, value)?;
                self.unit.mov(dst, value);
                self.unit.top = mark;
                Ok(())
            }
            Expr::Await(node) => self.await_expr(&node.value, node.range, dst),
            Expr::Yield(node) => self.yield_expr(node.value.as_deref(), node.range, dst),
            Expr::YieldFrom(node) => self.yield_from(&node.value, node.range, dst),
            Expr::FString(string) => self.fstring(string, dst),
            Expr::TString(string) => self.tstring(string, dst),
            Expr::Starred(starred) => {
                Self::error("can't use starred expression here", starred.range)
            }
            _ => {
                let value = self.constant(expr).unwrap_or(Const::None);
                self.at(expr.range());
                self.unit.load_const(dst, value);
                Ok(())
            }
        }
    }

    fn finish_into(&mut self, value: Operand, dst: u16, range: TextRange) {
        match value {
            Operand::Constant(value) => {
                self.at(range);
                self.unit.load_const(dst, value);
            }
            Operand::Register(reg) => self.unit.mov(dst, reg),
        }
    }

    /// Compile `expr` and forget its value.
    pub(super) fn effect(&mut self, expr: &'a Expr) -> Res {
        let mark = self.unit.top;
        self.operand(expr)?;
        self.unit.top = mark;
        Ok(())
    }

    /// The value of an expression that is constant without being evaluated: literals and tuples of constants.
    pub(super) fn constant(&self, expr: &Expr) -> Option<Const> {
        match expr {
            Expr::StringLiteral(string) => {
                Some(Const::Str(literal::string(self.source, string).into()))
            }
            Expr::BytesLiteral(bytes) => Some(Const::Bytes(bytes.value.bytes().collect())),
            Expr::NumberLiteral(number) => Some(literal::number(&number.value)),
            Expr::BooleanLiteral(boolean) => Some(Const::Bool(boolean.value)),
            Expr::NoneLiteral(_) => Some(Const::None),
            Expr::EllipsisLiteral(_) => Some(Const::Ellipsis),
            Expr::IpyEscapeCommand(given) => self.source.constant(&given.node_index).cloned(),
            Expr::Tuple(tuple) => self.constants(&tuple.elts).map(Const::Tuple),
            Expr::UnaryOp(unary) => const_fold::unary(unary.op, &self.constant(&unary.operand)?),
            Expr::BinOp(binary) => {
                let right = self.constant(&binary.right)?;
                const_fold::binary(binary.op, &self.constant(&binary.left)?, &right)
            }
            Expr::Name(name) if name.id == *"__debug__" => {
                Some(Const::Bool(self.options.optimize == 0))
            }
            _ => None,
        }
    }

    /// The values of expressions that are all constant.
    pub(super) fn constants(&self, exprs: &[Expr]) -> Option<Vec<Const>> {
        exprs.iter().map(|expr| self.constant(expr)).collect()
    }

    fn store_named(&mut self, named: &'a ExprNamed, value: u16) -> Res {
        if let Expr::Name(name) = &*named.target {
            Self::forbid_debug(&name.id, name.range)?;
        }
        self.store_target(&named.target, value)
    }

    pub(super) fn attribute(&mut self, attribute: &'a ExprAttribute, dst: u16) -> Res {
        if self.super_attribute(attribute, dst)? {
            return Ok(());
        }
        let mark = self.unit.top;
        let object = self.object(&attribute.value, dst)?;
        let name = self.name_id(&attribute.attr);
        self.at_attribute(attribute, attribute.range);
        self.unit.emit_name(Op::LoadAttr, dst, object, name);
        self.unit.top = mark;
        Ok(())
    }

    /// Instructions from here on come from `range`, which begins with `attribute`. In a chain over several lines they
    /// begin at the attribute's name, so that a traceback shows the line of that part of the chain.
    pub(super) fn at_attribute(&mut self, attribute: &ExprAttribute, range: TextRange) {
        let name = attribute.attr.range;
        let moved = self.source.line(range.start()) != self.source.line(name.end());
        self.at(if moved { TextRange::new(name.start(), range.end()) } else { range });
    }

    /// The object of an attribute or item that goes to `dst`; a temporary `dst` can hold the object meanwhile.
    fn object(&mut self, expr: &'a Expr, dst: u16) -> Res<u16> {
        if self.unit.is_variable(dst) || expr.is_name_expr() {
            return self.reg(expr);
        }
        self.into(expr, dst)?;
        Ok(dst)
    }

    fn subscript(&mut self, subscript: &'a ExprSubscript, dst: u16) -> Res {
        self.warn_subscript(subscript);
        let mark = self.unit.top;
        let object = self.reg(&subscript.value)?;
        let object = self.steady(object, &subscript.slice);
        if let Some(bounds) = self.slice_bounds(&subscript.slice)? {
            self.at(subscript.range);
            self.unit.emit(Op::LoadSlice, dst, object, bounds);
        } else {
            let key = self.reg(&subscript.slice)?;
            self.at(subscript.range);
            self.unit.emit(Op::LoadItem, dst, object, key);
        }
        self.unit.top = mark;
        Ok(())
    }

    fn slice(&mut self, slice: &'a ExprSlice, dst: u16) -> Res {
        let mark = self.unit.top;
        let first = self.unit.temps(3);
        for (part, reg) in [&slice.lower, &slice.upper, &slice.step].into_iter().zip(first..) {
            match part {
                Some(part) => self.into(part, reg)?,
                None => self.unit.load_const(reg, Const::None),
            }
        }
        self.at(slice.range);
        self.unit.emit(Op::BuildSlice, dst, first, 0);
        self.unit.top = mark;
        Ok(())
    }

    fn conditional(&mut self, expr: &'a ExprIf, dst: u16) -> Res {
        let (other, end) = (self.unit.label(), self.unit.label());
        self.branch(&expr.test, false, other)?;
        self.into(&expr.body, dst)?;
        self.unit.jump(end);
        self.unit.bind(other);
        self.into(&expr.orelse, dst)?;
        self.unit.bind(end);
        Ok(())
    }

    // ---- suspension

    pub(super) fn await_expr(&mut self, value: &'a Expr, range: TextRange, dst: u16) -> Res {
        let mark = self.unit.top;
        let value = self.reg(value)?;
        let iter = self.unit.temp();
        self.at(range);
        self.unit.emit_x(Op::GetAwaitable, 0, iter, value, 0);
        self.unit.emit_x(Op::YieldFrom, 1, dst, iter, 0);
        self.unit.top = mark;
        Ok(())
    }

    fn yield_expr(&mut self, value: Option<&'a Expr>, range: TextRange, dst: u16) -> Res {
        self.check_yield("yield", range)?;
        let mark = self.unit.top;
        let value = match value {
            Some(value) => self.reg(value)?,
            None => self.register(Operand::Constant(Const::None)),
        };
        self.at(range);
        self.yield_value(value, dst);
        self.unit.top = mark;
        Ok(())
    }

    /// Yield `r[value]`, wrapped if this is an asynchronous generator.
    pub(super) fn yield_value(&mut self, value: u16, dst: u16) {
        let mut value = value;
        if self.table.scope(self.unit.scope).is_coroutine {
            let wrapped = self.unit.temp();
            self.unit.emit(Op::AsyncGenWrap, wrapped, value, 0);
            value = wrapped;
        }
        self.unit.emit(Op::Yield, dst, value, 0);
    }

    fn yield_from(&mut self, value: &'a Expr, range: TextRange, dst: u16) -> Res {
        self.check_yield("yield from", range)?;
        if self.table.scope(self.unit.scope).is_coroutine {
            return Self::error("'yield from' inside async function", range);
        }
        let mark = self.unit.top;
        let value = self.reg(value)?;
        let iter = self.unit.temp();
        self.at(range);
        self.unit.emit(Op::GetYieldFromIter, iter, value, 0);
        self.unit.emit(Op::YieldFrom, dst, iter, 0);
        self.unit.top = mark;
        Ok(())
    }

    fn check_yield(&self, word: &str, range: TextRange) -> Res {
        match self.scope_kind() {
            ScopeKind::Module | ScopeKind::Class => {
                Self::error(format!("'{word}' outside function"), range)
            }
            _ => Ok(()),
        }
    }
}
