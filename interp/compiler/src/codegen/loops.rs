//! `while` and `for`.
use haft_bytecode::{Intrinsic, Op};
use ruff_python_ast::{Expr, StmtFor, StmtWhile};
use ruff_text_size::Ranged;

use super::unit::Label;
use super::unwind::Block;
use super::{Compiler, Res};

impl<'a> Compiler<'a> {
    pub(super) fn while_stmt(&mut self, stmt: &'a StmtWhile) -> Res {
        let (otherwise, next, end) = (self.unit.label(), self.unit.label(), self.unit.label());
        self.at(stmt.test.range());
        let header = self.unit.loop_header();
        self.branch(&stmt.test, false, otherwise)?;
        self.push_block(Block::Loop { next, end }, stmt.range)?;
        self.body(&stmt.body)?;
        self.unit.blocks.pop();
        self.at(stmt.range);
        self.unit.bind(next);
        self.unit.jump_back(header);
        self.unit.bind(otherwise);
        self.body(&stmt.orelse)?;
        self.unit.bind(end);
        Ok(())
    }

    pub(super) fn for_stmt(&mut self, stmt: &'a StmtFor) -> Res {
        if stmt.is_async {
            return self.async_for(stmt);
        }
        let mark = self.unit.top;
        let (otherwise, next, end) = (self.unit.label(), self.unit.label(), self.unit.label());
        let iter = self.unit.temp();
        let value = self.reg(&stmt.iter)?;
        self.at(stmt.iter.range());
        self.unit.emit(Op::GetIter, iter, value, 0);
        self.unit.top = iter + 1;
        let header = self.unit.loop_header();
        self.for_target(&stmt.target, iter, otherwise)?;
        self.push_block(Block::Loop { next, end }, stmt.range)?;
        self.body(&stmt.body)?;
        self.unit.blocks.pop();
        self.at(stmt.iter.range());
        self.unit.bind(next);
        self.unit.jump_back(header);
        self.unit.bind(otherwise);
        self.unit.top = mark;
        self.body(&stmt.orelse)?;
        self.unit.bind(end);
        Ok(())
    }

    /// The next value of `iter` into `target`; at the end go to `end`.
    pub(super) fn for_target(&mut self, target: &'a Expr, iter: u16, end: Label) -> Res {
        if let Expr::Name(name) = target {
            let id = self.name_id(&name.id);
            if let Some(reg) = self.local(id) {
                self.unit.for_iter(reg, iter, end);
                self.unit.bound(reg);
                return Ok(());
            }
        }
        let mark = self.unit.top;
        let value = self.unit.temp();
        self.unit.for_iter(value, iter, end);
        self.store_target(target, value)?;
        self.unit.top = mark;
        Ok(())
    }

    fn async_for(&mut self, stmt: &'a StmtFor) -> Res {
        if !self.may_await() {
            return Self::error("'async for' outside async function", stmt.range);
        }
        let mark = self.unit.top;
        let (next, end) = (self.unit.label(), self.unit.label());
        let iter = self.unit.temp();
        let value = self.reg(&stmt.iter)?;
        self.at(stmt.iter.range());
        self.unit.emit(Op::GetAIter, iter, value, 0);
        self.unit.top = iter + 1;
        let (header, region) = self.async_next(&stmt.target, iter)?;
        self.push_block(Block::Loop { next, end }, stmt.range)?;
        self.body(&stmt.body)?;
        self.unit.blocks.pop();
        self.at(stmt.iter.range());
        self.unit.bind(next);
        self.unit.jump_back(header);
        self.async_end(region);
        self.unit.top = mark;
        self.body(&stmt.orelse)?;
        self.unit.bind(end);
        Ok(())
    }

    /// Head of an asynchronous loop: `target = await anext(iter)`. The loop's header and the region in which
    /// StopAsyncIteration ends it.
    pub(super) fn async_next(&mut self, target: &'a Expr, iter: u16) -> Res<(Label, usize)> {
        let header = self.unit.loop_header();
        let handler = self.unit.label();
        let value = self.unit.temp();
        let region = self.unit.open_region(handler, value);
        self.unit.emit(Op::GetANext, value, iter, 0);
        self.unit.emit_x(Op::YieldFrom, 1, value, value, 0);
        self.unit.close_region(region);
        self.store_target(target, value)?;
        self.unit.top = value;
        Ok((header, region))
    }

    /// The end of an asynchronous loop: any other exception goes on.
    pub(super) fn async_end(&mut self, region: usize) {
        self.unit.enter_handler(region);
        let exc = self.unit.temp();
        self.unit.emit_x(Op::Intrinsic, Intrinsic::EndAsyncFor as u8, exc, exc, 1);
        self.unit.top = exc;
    }
}
