//! `with` and `async with`.
use haft_bytecode::{Const, Op};
use ruff_python_ast::{Stmt, StmtWith, WithItem};
use ruff_text_size::Ranged;

use super::unwind::Block;
use super::{Compiler, Res};

impl<'a> Compiler<'a> {
    pub(super) fn with(&mut self, stmt: &'a StmtWith) -> Res {
        if stmt.is_async && !self.may_await() {
            return Self::error("'async with' outside async function", stmt.range);
        }
        self.with_items(stmt, &stmt.items)
    }

    fn with_items(&mut self, stmt: &'a StmtWith, items: &'a [WithItem]) -> Res {
        let Some((item, rest)) = items.split_first() else { return self.body(&stmt.body) };
        let mark = self.unit.top;
        let range = item.context_expr.range();
        // The exit function, the result of `__enter__`, and room for what an exception needs.
        let exit = self.unit.temps(2);
        self.into(&item.context_expr, exit)?;
        self.at(range);
        self.unit.emit_x(Op::BeforeWith, u8::from(stmt.is_async), exit, exit, 0);
        if stmt.is_async {
            self.await_in_place(exit + 1, 1);
        }
        let handler = self.unit.label();
        let region = self.unit.open_region(handler, exit + 1);
        let is_async = stmt.is_async;
        self.push_block(Block::With { region, exit, is_async, range }, range)?;
        if let Some(target) = &item.optional_vars {
            self.store_target(target, exit + 1)?;
        }
        self.unit.top = exit + 1;
        self.with_items(stmt, rest)?;
        self.unit.blocks.pop();
        self.unit.close_region(region);

        let end = self.unit.label();
        self.at(range);
        self.unit.top = exit + 1;
        self.call_exit_in_place(exit, stmt.is_async);
        self.unit.jump(end);

        self.unit.enter_handler(region);
        let (exc, save) = self.begin_handling(exit + 1);
        let cleanup = self.begin_cleanup(save, None);
        let suppress = self.unit.label();
        let result = self.unit.temp();
        self.at(range);
        self.unit.emit(Op::WithExceptStart, result, exit, exc);
        if stmt.is_async {
            self.await_in_place(result, 2);
        }
        self.unit.jump_if(Op::JumpIfTrue, result, suppress);
        self.end_cleanup(cleanup);
        self.unit.at_no_line();
        self.unit.emit(Op::PopExc, save, 0, 0);
        self.unit.emit(Op::Reraise, exc, 0, 0);
        self.unit.dead = true;
        self.unit.bind(suppress);
        self.unit.emit(Op::PopExc, save, 0, 0);
        self.unit.jump(end);
        self.restore_and_reraise(cleanup, save);
        self.unit.top = mark;
        self.unit.bind(end);
        Ok(())
    }

    /// `exit(None, None, None)`; the function is needed no more.
    fn call_exit_in_place(&mut self, exit: u16, is_async: bool) {
        let mark = self.unit.top;
        self.unit.temps(3);
        for arg in 1..=3 {
            self.unit.load_const(exit + arg, Const::None);
        }
        self.unit.emit(Op::Call, exit, exit, 3);
        self.unit.top = mark;
        if is_async {
            self.await_in_place(exit, 2);
        }
    }

    /// `exit(None, None, None)` above all temporaries, on an early way out.
    pub(super) fn call_exit(&mut self, exit: u16, is_async: bool) {
        let mark = self.unit.top;
        let base = self.unit.temp();
        self.unit.mov(base, exit);
        self.call_exit_in_place(base, is_async);
        self.unit.top = mark;
    }

    /// `r[reg] = await r[reg]`; `place` says in which words an error speaks of it.
    pub(super) fn await_in_place(&mut self, reg: u16, place: u8) {
        self.unit.emit_x(Op::GetAwaitable, place, reg, reg, 0);
        self.unit.emit_x(Op::YieldFrom, 1, reg, reg, 0);
    }

    /// Is this the body of something that may suspend?
    pub(super) fn may_await(&self) -> bool {
        use crate::symtable::ScopeKind::*;
        let top_level = self.options.flags & crate::compile_flags::ALLOW_TOP_LEVEL_AWAIT != 0;
        match self.scope_kind() {
            Function => self.table.scope(self.unit.scope).is_coroutine,
            Comprehension(_) => true,
            Module => top_level,
            _ => false,
        }
    }

    pub(super) fn body(&mut self, body: &'a [Stmt]) -> Res {
        body.iter().try_for_each(|stmt| self.stmt(stmt))
    }
}
