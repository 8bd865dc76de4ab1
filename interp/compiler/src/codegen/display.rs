//! Tuples, lists, sets and dicts written out.
use haft_bytecode::{Const, Op};
use ruff_python_ast::{Expr, ExprDict};
use ruff_text_size::TextRange;

use super::{Compiler, Res};

/// Elements that are collected in registers; longer displays grow one by one.
const MAX_REGISTERS: usize = 32;

impl<'a> Compiler<'a> {
    pub(super) fn tuple(&mut self, elements: &'a [Expr], range: TextRange, dst: u16) -> Res {
        if let Some(values) = self.constants(elements) {
            self.at(range);
            self.unit.load_const(dst, Const::Tuple(values));
            return Ok(());
        }
        let mark = self.unit.top;
        if in_registers(elements) {
            let first = self.in_a_row(elements)?;
            self.at(range);
            self.unit.emit(Op::BuildTuple, dst, first, elements.len() as u16);
        } else {
            let list = self.unit.temp();
            self.grow(elements, range, list, (Op::BuildList, Op::ListAppend, Op::ListExtend))?;
            self.at(range);
            self.unit.emit(Op::ListToTuple, dst, list, 0);
        }
        self.unit.top = mark;
        Ok(())
    }

    pub(super) fn list(&mut self, elements: &'a [Expr], range: TextRange, dst: u16) -> Res {
        self.collection(elements, range, dst, (Op::BuildList, Op::ListAppend, Op::ListExtend))
    }

    pub(super) fn set(&mut self, elements: &'a [Expr], range: TextRange, dst: u16) -> Res {
        self.collection(elements, range, dst, (Op::BuildSet, Op::SetAdd, Op::SetUpdate))
    }

    fn collection(
        &mut self,
        elements: &'a [Expr],
        range: TextRange,
        dst: u16,
        (build, add, extend): (Op, Op, Op),
    ) -> Res {
        if elements.len() > 2
            && let Some(values) = self.constants(elements)
        {
            let (mark, out) = self.scratch(dst);
            let all = self.unit.temp();
            self.at(range);
            let value =
                if build == Op::BuildSet { Const::FrozenSet(values) } else { Const::Tuple(values) };
            self.unit.load_const(all, value);
            self.unit.emit(build, out, all, 0);
            self.unit.emit(extend, out, all, 0);
            self.unit.mov(dst, out);
            self.unit.top = mark;
            return Ok(());
        }
        let mark = self.unit.top;
        if in_registers(elements) {
            let first = self.in_a_row(elements)?;
            self.at(range);
            self.unit.emit(build, dst, first, elements.len() as u16);
        } else {
            let (_, out) = self.scratch(dst);
            self.grow(elements, range, out, (build, add, extend))?;
            self.unit.mov(dst, out);
        }
        self.unit.top = mark;
        Ok(())
    }

    /// All elements in registers in a row; the first.
    fn in_a_row(&mut self, elements: &'a [Expr]) -> Res<u16> {
        let first = self.unit.top;
        for element in elements {
            let reg = self.unit.temp();
            self.into(element, reg)?;
        }
        Ok(first)
    }

    fn grow(
        &mut self,
        elements: &'a [Expr],
        range: TextRange,
        out: u16,
        (build, add, extend): (Op, Op, Op),
    ) -> Res {
        let start = elements.iter().position(Expr::is_starred_expr).unwrap_or(MAX_REGISTERS);
        let (head, tail) = elements.split_at(start.min(MAX_REGISTERS));
        let mark = self.unit.top;
        let first = self.in_a_row(head)?;
        self.at(range);
        self.unit.emit(build, out, first, head.len() as u16);
        self.unit.top = mark;
        for element in tail {
            let (op, value) = match element {
                Expr::Starred(starred) => (extend, &*starred.value),
                other => (add, other),
            };
            let value = self.reg(value)?;
            self.at(range);
            self.unit.emit(op, out, value, 0);
            self.unit.top = mark;
        }
        Ok(())
    }

    pub(super) fn dict(&mut self, dict: &'a ExprDict, dst: u16) -> Res {
        let mark = self.unit.top;
        let unpacked = dict.items.iter().position(|item| item.key.is_none());
        let n = unpacked.unwrap_or(dict.items.len()).min(MAX_REGISTERS / 2);
        let (head, tail) = dict.items.split_at(n);
        // A dict that is not complete after one instruction grows in a temporary.
        let out = if tail.is_empty() { dst } else { self.scratch(dst).1 };
        let inner = self.unit.top;
        for item in head {
            let key = self.unit.temp();
            if let Some(expr) = &item.key {
                self.into(expr, key)?;
            }
            let value = self.unit.temp();
            self.into(&item.value, value)?;
        }
        self.at(dict.range);
        self.unit.emit(Op::BuildDict, out, inner, head.len() as u16);
        self.unit.top = inner;
        for item in tail {
            match &item.key {
                Some(key) => {
                    let key = self.reg(key)?;
                    let key = self.steady(key, &item.value);
                    let value = self.reg(&item.value)?;
                    self.at(dict.range);
                    self.unit.emit(Op::DictSet, out, key, value);
                }
                None => {
                    let mapping = self.reg(&item.value)?;
                    self.at(dict.range);
                    self.unit.emit(Op::DictUpdate, out, mapping, 0);
                }
            }
            self.unit.top = inner;
        }
        self.unit.mov(dst, out);
        self.unit.top = mark;
        Ok(())
    }
}

fn in_registers(elements: &[Expr]) -> bool {
    elements.len() <= MAX_REGISTERS && !elements.iter().any(Expr::is_starred_expr)
}
