//! `try`, `raise` and `assert`.
use haft_bytecode::{Intrinsic, Op};
use ruff_python_ast::{
    ExceptHandler, ExceptHandlerExceptHandler, Expr, Stmt, StmtAssert, StmtRaise, StmtTry,
};
use ruff_text_size::Ranged;

use super::unit::Label;
use super::unwind::{Block, NamedHandler};
use super::{Compiler, Res};

impl<'a> Compiler<'a> {
    pub(super) fn try_stmt(&mut self, stmt: &'a StmtTry) -> Res {
        self.unit.line(stmt.range);
        if stmt.finalbody.is_empty() {
            return self.try_except(stmt);
        }
        let mark = self.unit.top;
        let handler = self.unit.label();
        let region = self.unit.open_region(handler, mark);
        self.push_block(Block::Finally { region, body: &stmt.finalbody }, stmt.range)?;
        if stmt.handlers.is_empty() {
            self.body(&stmt.body)?;
        } else {
            self.try_except(stmt)?;
        }
        self.unit.blocks.pop();
        self.unit.close_region(region);
        let end = self.unit.label();
        self.finally_body(&stmt.finalbody)?;
        self.unit.jump(end);

        self.unit.enter_handler(region);
        let (exc, save) = self.begin_handling(mark);
        let cleanup = self.begin_cleanup(save, None);
        self.finally_body(&stmt.finalbody)?;
        self.end_cleanup(cleanup);
        self.unit.at_no_line();
        self.unit.emit(Op::PopExc, save, 0, 0);
        self.unit.emit(Op::Reraise, exc, 0, 0);
        self.unit.dead = true;
        self.restore_and_reraise(cleanup, save);
        self.unit.top = mark;
        self.unit.bind(end);
        Ok(())
    }

    fn finally_body(&mut self, body: &'a [Stmt]) -> Res {
        self.unit.blocks.push(Block::FinallyBody);
        self.body(body)?;
        self.unit.blocks.pop();
        Ok(())
    }

    /// At the start of a handler: the registers of the exception and of the one handled before.
    pub(super) fn begin_handling(&mut self, mark: u16) -> (u16, u16) {
        self.unit.top = mark;
        let exc = self.unit.temp();
        let save = self.unit.temp();
        self.unit.at_no_line();
        self.unit.emit(Op::PushExc, save, exc, 0);
        (exc, save)
    }

    /// From here on an exception ends the handling of the one in progress.
    pub(super) fn begin_cleanup(&mut self, save: u16, name: Option<NamedHandler>) -> usize {
        let label = self.unit.label();
        let region = self.unit.open_region(label, save + 1);
        self.unit.blocks.push(Block::Handler { region, save, name });
        region
    }

    pub(super) fn end_cleanup(&mut self, region: usize) {
        self.unit.blocks.pop();
        self.unit.close_region(region);
    }

    /// The handler of a handler: the exception state goes back, the new exception on.
    pub(super) fn restore_and_reraise(&mut self, cleanup: usize, save: u16) {
        self.unit.enter_handler(cleanup);
        self.unit.top = save + 1;
        let raised = self.unit.temp();
        self.unit.at_no_line();
        self.unit.emit(Op::PopExc, save, 0, 0);
        self.unit.emit(Op::Reraise, raised, 0, 0);
        self.unit.dead = true;
        self.unit.top = save + 1;
    }

    fn try_except(&mut self, stmt: &'a StmtTry) -> Res {
        let mark = self.unit.top;
        let end = self.unit.label();
        let handler = self.unit.label();
        let region = self.unit.open_region(handler, mark);
        self.push_block(Block::Try { region }, stmt.range)?;
        self.body(&stmt.body)?;
        self.unit.blocks.pop();
        self.unit.close_region(region);
        self.body(&stmt.orelse)?;
        self.unit.jump(end);

        self.unit.enter_handler(region);
        let (exc, save) = self.begin_handling(mark);
        let cleanup = self.begin_cleanup(save, None);
        if stmt.is_star {
            self.star_handlers(stmt, exc, save, cleanup, end)?;
        } else {
            self.handlers(stmt, exc, save, cleanup, end)?;
        }
        self.restore_and_reraise(cleanup, save);
        self.unit.top = mark;
        self.unit.bind(end);
        Ok(())
    }

    fn handlers(
        &mut self,
        stmt: &'a StmtTry,
        exc: u16,
        save: u16,
        cleanup: usize,
        end: Label,
    ) -> Res {
        for (index, ExceptHandler::ExceptHandler(handler)) in stmt.handlers.iter().enumerate() {
            let next = self.unit.label();
            match &handler.type_ {
                Some(class) => {
                    self.at(handler.range);
                    let mark = self.unit.top;
                    let classes = self.reg(class)?;
                    self.at(class.range());
                    let matches = self.unit.temp();
                    self.unit.emit(Op::MatchExc, matches, exc, classes);
                    self.unit.jump_if(Op::JumpIfFalse, matches, next);
                    self.unit.top = mark;
                }
                None if index + 1 < stmt.handlers.len() => {
                    return Self::error("default 'except:' must be last", handler.range);
                }
                None => self.unit.line(handler.range),
            }
            self.handler_body(handler, exc, save, cleanup)?;
            self.unit.suspend_region(cleanup);
            self.unit.at_no_line();
            self.unit.emit(Op::PopExc, save, 0, 0);
            if let Some(name) = &handler.name {
                let name = self.name_id(name);
                self.unbind_handler_name(name);
            }
            self.unit.jump(end);
            self.unit.resume_region(cleanup);
            self.unit.bind(next);
        }
        self.end_cleanup(cleanup);
        self.unit.at_no_line();
        self.unit.emit(Op::PopExc, save, 0, 0);
        self.unit.emit(Op::Reraise, exc, 0, 0);
        self.unit.dead = true;
        Ok(())
    }

    fn handler_body(
        &mut self,
        handler: &'a ExceptHandlerExceptHandler,
        exc: u16,
        save: u16,
        cleanup: usize,
    ) -> Res {
        let Some(name) = &handler.name else { return self.body(&handler.body) };
        Self::forbid_debug(name, name.range)?;
        let id = self.name_id(name);
        self.at(name.range);
        self.store(id, exc);
        let label = self.unit.label();
        let region = self.unit.open_region(label, save + 1);
        let named = NamedHandler { name: id, region };
        if let Some(Block::Handler { name, .. }) = self.unit.blocks.last_mut() {
            *name = Some(named);
        }
        self.body(&handler.body)?;
        if let Some(Block::Handler { name, .. }) = self.unit.blocks.last_mut() {
            *name = None;
        }
        self.unit.close_region(region);
        let done = self.unit.label();
        self.unit.suspend_region(cleanup);
        self.unit.jump(done);
        self.unit.enter_handler(region);
        self.unit.resume_region(cleanup);
        let mark = self.unit.top;
        let raised = self.unit.temp();
        self.unit.at_no_line();
        self.unbind_handler_name(id);
        self.unit.emit(Op::Reraise, raised, 0, 0);
        self.unit.dead = true;
        self.unit.top = mark;
        self.unit.bind(done);
        Ok(())
    }

    /// `except*` (PEP 654): every clause gets its part of the group; what the clauses raise and what nobody took is
    /// raised together at the end.
    fn star_handlers(
        &mut self,
        stmt: &'a StmtTry,
        exc: u16,
        save: u16,
        cleanup: usize,
        end: Label,
    ) -> Res {
        let raised = self.unit.temp();
        self.unit.emit(Op::BuildList, raised, 0, 0);
        // `part` and `rest` are the two results of a split; `rest` starts as the whole exception.
        let part = self.unit.temps(2);
        let rest = part + 1;
        self.unit.mov(rest, exc);
        let all_done = self.unit.label();
        for ExceptHandler::ExceptHandler(handler) in &stmt.handlers {
            let next = self.unit.label();
            if let Some(class) = &handler.type_ {
                self.star_match(class, part, next)?;
            }
            self.star_body(handler, part, raised)?;
            self.unit.bind(next);
            self.unit.at_no_line();
            self.unit.jump_if(Op::JumpIfNone, rest, all_done);
        }
        self.unit.emit(Op::ListAppend, raised, rest, 0);
        self.unit.bind(all_done);
        let first = self.unit.temps(2);
        self.unit.mov(first, exc);
        self.unit.mov(first + 1, raised);
        self.unit.emit_x(Op::Intrinsic, Intrinsic::PrepReraiseStar as u8, first, first, 2);
        self.end_cleanup(cleanup);
        self.unit.at_no_line();
        self.unit.emit(Op::PopExc, save, 0, 0);
        let nothing = self.unit.label();
        self.unit.jump_if(Op::JumpIfNone, first, nothing);
        self.unit.emit(Op::Reraise, first, 0, 0);
        self.unit.dead = true;
        self.unit.bind(nothing);
        self.unit.jump(end);
        Ok(())
    }

    fn star_match(&mut self, class: &'a Expr, part: u16, next: Label) -> Res {
        let mark = self.unit.top;
        let classes = self.reg(class)?;
        self.at(class.range());
        self.unit.emit(Op::MatchExcGroup, part, part + 1, classes);
        self.unit.top = mark;
        self.unit.jump_if(Op::JumpIfNone, part, next);
        Ok(())
    }

    fn star_body(
        &mut self,
        handler: &'a ExceptHandlerExceptHandler,
        part: u16,
        raised: u16,
    ) -> Res {
        let mark = self.unit.top;
        let inner_save = self.unit.temp();
        self.unit.emit(Op::PushExc, inner_save, part, 0);
        let name = match &handler.name {
            Some(name) => {
                Self::forbid_debug(name, name.range)?;
                let id = self.name_id(name);
                self.at(name.range);
                self.store(id, part);
                Some(id)
            }
            None => None,
        };
        self.unit.blocks.push(Block::Star);
        let label = self.unit.label();
        let region = self.unit.open_region(label, inner_save + 1);
        self.unit.blocks.push(Block::Try { region });
        self.body(&handler.body)?;
        self.unit.blocks.pop();
        self.unit.blocks.pop();
        self.unit.close_region(region);
        let done = self.unit.label();
        self.unit.jump(done);
        self.unit.enter_handler(region);
        let caught = self.unit.temp();
        self.unit.at_no_line();
        self.unit.emit(Op::ListAppend, raised, caught, 0);
        self.unit.bind(done);
        self.unit.emit(Op::PopExc, inner_save, 0, 0);
        if let Some(name) = name {
            self.unbind_handler_name(name);
        }
        self.unit.top = mark;
        Ok(())
    }

    pub(super) fn raise(&mut self, stmt: &'a StmtRaise) -> Res {
        let mark = self.unit.top;
        let mut n = 0;
        let mut regs = [0, 0];
        if let Some(exc) = &stmt.exc {
            regs[0] = self.reg(exc)?;
            n = 1;
        }
        if let Some(cause) = &stmt.cause {
            regs[0] = self.steady(regs[0], cause);
            regs[1] = self.reg(cause)?;
            n = 2;
        }
        self.at(stmt.range);
        self.unit.emit_x(Op::Raise, n, regs[0], regs[1], 0);
        self.unit.dead = true;
        self.unit.top = mark;
        Ok(())
    }

    pub(super) fn assert(&mut self, stmt: &'a StmtAssert) -> Res {
        if let Expr::Tuple(tuple) = &*stmt.test
            && !tuple.elts.is_empty()
        {
            let message = "assertion is always true, perhaps remove parentheses?";
            self.warn(message.to_string(), stmt.range);
        }
        if self.options.optimize > 0 {
            return Ok(());
        }
        let mark = self.unit.top;
        let end = self.unit.label();
        self.branch(&stmt.test, true, end)?;
        let error = self.unit.temp();
        self.at(stmt.test.range());
        self.unit.emit_x(Op::Intrinsic, Intrinsic::AssertionError as u8, error, error, 0);
        if let Some(message) = &stmt.msg {
            let arg = self.unit.temp();
            self.into(message, arg)?;
            self.at(stmt.test.range());
            self.unit.emit(Op::Call, error, error, 1);
        }
        self.at(stmt.test.range());
        self.unit.emit_x(Op::Raise, 1, error, 0, 0);
        self.unit.dead = true;
        self.unit.top = mark;
        self.unit.bind(end);
        Ok(())
    }
}
