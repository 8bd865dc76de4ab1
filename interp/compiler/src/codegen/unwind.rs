//! What has to happen when `return`, `break` or `continue` leaves blocks.
use haft_bytecode::{Const, Op};
use ruff_python_ast::Stmt;
use ruff_text_size::{Ranged, TextRange};

use super::unit::Label;
use super::{Compiler, Res};
use crate::names::NameId;

/// A statement being compiled that jumps may leave.
pub(super) enum Block<'a> {
    /// `for` or `while`.
    Loop { next: Label, end: Label },
    /// Code with a handler and nothing to do on leaving it.
    Try { region: usize },
    /// The body of `try … finally`: leaving it runs `body`.
    Finally { region: usize, body: &'a [Stmt] },
    /// Code that handles an exception: leaving it restores the one handled before, kept in `save`.
    Handler { region: usize, save: u16, name: Option<NamedHandler> },
    /// The body of `with`: leaving it calls the exit function in `exit`.
    With { region: usize, exit: u16, is_async: bool, range: TextRange },
    /// The clauses of `except*`, which may not be left.
    Star,
    /// The body of a `finally` clause: leaving it is a warning (PEP 765).
    FinallyBody,
}

impl Block<'_> {
    /// Does leaving it take instructions?
    fn cleans(&self) -> bool {
        !matches!(self, Block::Loop { .. } | Block::Try { .. } | Block::FinallyBody)
    }
}

/// `except … as name`.
#[derive(Clone, Copy)]
pub(super) struct NamedHandler {
    pub(super) name: NameId,
    /// The region whose handler unbinds the name.
    pub(super) region: usize,
}

/// Where a jump goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Exit {
    Break,
    Continue,
}

/// CPython's `CO_MAXBLOCKS`.
const MAX_BLOCKS: usize = 21;

impl<'a> Compiler<'a> {
    /// Enter a block of the source; only so many may be nested.
    pub(super) fn push_block(&mut self, block: Block<'a>, range: TextRange) -> Res {
        let counts = |block: &Block<'a>| !matches!(block, Block::FinallyBody | Block::Star);
        if self.unit.blocks.iter().filter(|block| counts(block)).count() >= MAX_BLOCKS {
            return Self::error("too many statically nested blocks", range);
        }
        self.unit.blocks.push(block);
        Ok(())
    }

    pub(super) fn break_stmt(&mut self, range: TextRange) -> Res {
        self.leave_loop(Exit::Break, range)
    }

    pub(super) fn continue_stmt(&mut self, range: TextRange) -> Res {
        self.leave_loop(Exit::Continue, range)
    }

    fn leave_loop(&mut self, exit: Exit, range: TextRange) -> Res {
        let mut found = None;
        let mut in_finally = false;
        for (index, block) in self.unit.blocks.iter().enumerate().rev() {
            match block {
                Block::Loop { next, end } => {
                    found = Some((index, *next, *end));
                    break;
                }
                Block::Star => return Self::error(STAR, range),
                Block::FinallyBody => in_finally = true,
                _ => {}
            }
        }
        let Some((index, next, end)) = found else {
            return Self::error(
                if exit == Exit::Break {
                    "'break' outside loop"
                } else {
                    "'continue' not properly in loop"
                },
                range,
            );
        };
        if in_finally {
            let word = if exit == Exit::Break { "break" } else { "continue" };
            self.warn(format!("'{word}' in a 'finally' block"), range);
        }
        let target = if exit == Exit::Break { end } else { next };
        let cleans = self.unit.blocks[index + 1..].iter().any(Block::cleans);
        if cleans {
            self.unit.line(range);
        }
        self.leave_blocks(index + 1, |c| {
            if cleans {
                c.unit.at_no_line();
                c.unit.jump(target);
            } else {
                c.at(range);
                c.unit.jump_statement(target);
            }
        })
    }

    pub(super) fn return_stmt(
        &mut self,
        value: Option<&'a ruff_python_ast::Expr>,
        range: TextRange,
    ) -> Res {
        if self.unit.blocks.iter().any(|block| matches!(block, Block::Star)) {
            let range = value.map_or(range, |value| value.range());
            return Self::error(STAR, range);
        }
        if self.unit.blocks.iter().any(|block| matches!(block, Block::FinallyBody)) {
            self.warn("'return' in a 'finally' block".to_string(), range);
        }
        let mark = self.unit.top;
        let cleans = self.unit.blocks.iter().any(Block::cleans);
        let reg = match value {
            Some(value) if cleans => {
                let temp = self.unit.temp();
                self.into(value, temp)?;
                temp
            }
            Some(value) => self.reg(value)?,
            None => {
                let temp = self.unit.temp();
                self.at(range);
                if cleans {
                    self.unit.line(range);
                } else {
                    self.unit.load_const(temp, Const::None);
                }
                temp
            }
        };
        self.leave_blocks(0, |c| {
            if cleans {
                c.unit.at_no_line();
            } else {
                c.at(range);
            }
            if value.is_none() && cleans {
                c.unit.load_const(reg, Const::None);
            }
            c.unit.ret(reg);
        })?;
        self.unit.top = mark;
        Ok(())
    }

    /// Emit what leaving all blocks from `keep` on takes, innermost first, and then `exit`.
    fn leave_blocks(&mut self, keep: usize, exit: impl FnOnce(&mut Self)) -> Res {
        if self.unit.dead {
            return Ok(());
        }
        let mut left = Vec::new();
        while self.unit.blocks.len() > keep {
            let Some(block) = self.unit.blocks.pop() else { break };
            for region in regions(&block).into_iter().flatten() {
                self.unit.suspend_region(region);
            }
            self.leave_block(&block)?;
            left.push(block);
        }
        exit(self);
        for block in left.into_iter().rev() {
            for region in regions(&block).into_iter().flatten() {
                self.unit.resume_region(region);
            }
            self.unit.blocks.push(block);
        }
        Ok(())
    }

    fn leave_block(&mut self, block: &Block<'a>) -> Res {
        match block {
            Block::Loop { .. } | Block::Try { .. } | Block::Star | Block::FinallyBody => Ok(()),
            Block::Finally { body, .. } => {
                let body = *body;
                self.finally_copy(body)
            }
            Block::Handler { save, name, .. } => {
                self.unit.emit(Op::PopExc, *save, 0, 0);
                if let Some(named) = name {
                    self.unbind_handler_name(named.name);
                }
                Ok(())
            }
            Block::With { exit, is_async, range, .. } => {
                self.at(*range);
                self.call_exit(*exit, *is_async);
                Ok(())
            }
        }
    }

    /// A copy of a `finally` clause on a way out. The way out is dead code after a clause that does not end.
    fn finally_copy(&mut self, body: &'a [Stmt]) -> Res {
        self.unit.blocks.push(Block::FinallyBody);
        self.body(body)?;
        self.unit.blocks.pop();
        Ok(())
    }

    /// `name = None; del name` at the end of `except … as name`.
    pub(super) fn unbind_handler_name(&mut self, name: NameId) {
        let mark = self.unit.top;
        if let Some(reg) = self.local(name) {
            self.unit.unbind(reg);
            return;
        }
        let none = self.unit.temp();
        self.unit.load_const(none, Const::None);
        self.store(name, none);
        self.delete(name);
        self.unit.top = mark;
    }
}

const STAR: &str = "'break', 'continue' and 'return' cannot appear in an except* block";

fn regions(block: &Block<'_>) -> [Option<usize>; 2] {
    match block {
        Block::Loop { .. } | Block::Star | Block::FinallyBody => [None, None],
        Block::Try { region } | Block::Finally { region, .. } | Block::With { region, .. } => {
            [Some(*region), None]
        }
        Block::Handler { region, name, .. } => [name.map(|named| named.region), Some(*region)],
    }
}
