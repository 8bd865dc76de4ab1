//! Statements: who compiles which.
use haft_bytecode::{Const, Intrinsic, Op};
use ruff_python_ast::{Expr, Stmt, StmtExpr, StmtIf};
use ruff_text_size::Ranged;

use super::{Compiler, Res};
use crate::literal;
use crate::symtable::ScopeKind;

impl<'a> Compiler<'a> {
    pub(super) fn stmt(&mut self, stmt: &'a Stmt) -> Res {
        let mark = self.unit.top;
        self.at(stmt.range());
        self.unit.statement = Some((self.unit.pc(), stmt.range().start()));
        match stmt {
            Stmt::FunctionDef(function) => self.function_def(function),
            Stmt::ClassDef(class) => self.class_def(class),
            Stmt::Return(ret) => {
                self.check_return(ret)?;
                self.return_stmt(ret.value.as_deref(), ret.range)
            }
            Stmt::Delete(delete) => self.delete_targets(&delete.targets),
            Stmt::TypeAlias(alias) => self.type_alias(alias),
            Stmt::Assign(assign) => self.assign(assign),
            Stmt::AugAssign(assign) => self.aug_assign(assign),
            Stmt::AnnAssign(assign) => self.ann_assign(assign),
            Stmt::For(stmt) => self.for_stmt(stmt),
            Stmt::While(stmt) => self.while_stmt(stmt),
            Stmt::If(stmt) => self.if_stmt(stmt),
            Stmt::With(stmt) => self.with(stmt),
            Stmt::Match(stmt) => self.match_stmt(stmt),
            Stmt::Raise(stmt) => self.raise(stmt),
            Stmt::Try(stmt) => self.try_stmt(stmt),
            Stmt::Assert(stmt) => self.assert(stmt),
            Stmt::Import(stmt) => self.import(stmt),
            Stmt::ImportFrom(stmt) => self.import_from(stmt),
            Stmt::Expr(stmt) => self.expr_stmt(stmt),
            Stmt::Break(stmt) => self.break_stmt(stmt.range),
            Stmt::Continue(stmt) => self.continue_stmt(stmt.range),
            Stmt::Pass(_) => {
                self.unit.emit(Op::Nop, 0, 0, 0);
                Ok(())
            }
            Stmt::Global(_) | Stmt::Nonlocal(_) | Stmt::IpyEscapeCommand(_) => Ok(()),
        }?;
        self.unit.top = mark;
        Ok(())
    }

    fn check_return(&mut self, ret: &'a ruff_python_ast::StmtReturn) -> Res {
        let scope = self.table.scope(self.unit.scope);
        if scope.kind != ScopeKind::Function {
            return Self::error("'return' outside function", ret.range);
        }
        if scope.is_generator && scope.is_coroutine && ret.value.is_some() {
            return Self::error("'return' with value in async generator", ret.range);
        }
        Ok(())
    }

    fn expr_stmt(&mut self, stmt: &'a StmtExpr) -> Res {
        if self.unit.interactive && self.scope_kind() == ScopeKind::Module {
            let temp = self.unit.temp();
            self.into(&stmt.value, temp)?;
            self.at(stmt.range);
            self.unit.emit_x(Op::Intrinsic, Intrinsic::Print as u8, temp, temp, 1);
            return Ok(());
        }
        let pc = self.unit.pc();
        self.effect(&stmt.value)?;
        if self.unit.pc() == pc {
            self.unit.line(stmt.range);
        }
        Ok(())
    }

    fn if_stmt(&mut self, stmt: &'a StmtIf) -> Res {
        let end = self.unit.label();
        let mut next = self.unit.label();
        if self.constant(&stmt.test).is_some() {
            self.unit.line(stmt.test.range());
        }
        self.branch(&stmt.test, false, next)?;
        self.body(&stmt.body)?;
        for clause in &stmt.elif_else_clauses {
            self.unit.jump(end);
            self.unit.bind(next);
            next = self.unit.label();
            if let Some(test) = &clause.test {
                self.at(test.range());
                self.branch(test, false, next)?;
            }
            self.body(&clause.body)?;
        }
        self.unit.bind(next);
        self.unit.bind(end);
        Ok(())
    }

    fn delete_targets(&mut self, targets: &'a [Expr]) -> Res {
        targets.iter().try_for_each(|target| self.delete_target(target))
    }

    fn delete_target(&mut self, target: &'a Expr) -> Res {
        let mark = self.unit.top;
        match target {
            Expr::Name(name) => {
                self.at(name.range);
                let id = self.name_id(&name.id);
                self.delete(id);
            }
            Expr::Attribute(attribute) => {
                let object = self.reg(&attribute.value)?;
                if attribute.attr.as_str() == "__debug__" {
                    return Self::error("cannot delete __debug__", attribute.range);
                }
                let name = self.name_id(&attribute.attr);
                self.at(attribute.range);
                self.unit.emit_name(Op::DelAttr, object, 0, name);
            }
            Expr::Subscript(subscript) => {
                let object = self.reg(&subscript.value)?;
                let object = self.steady(object, &subscript.slice);
                let key = self.reg(&subscript.slice)?;
                self.at(subscript.range);
                self.unit.emit(Op::DelItem, object, key, 0);
            }
            Expr::Tuple(tuple) => self.delete_targets(&tuple.elts)?,
            Expr::List(list) => self.delete_targets(&list.elts)?,
            _ => {}
        }
        self.unit.top = mark;
        Ok(())
    }

    /// The docstring of a body, stored or made the first constant by its caller; the statements after it.
    pub(super) fn docstring(&mut self, body: &'a [Stmt], allowed: bool) -> Res<&'a [Stmt]> {
        let Some((doc, rest)) = self.split_docstring(body).filter(|_| allowed) else {
            return Ok(body);
        };
        if let Some((doc, range)) = doc {
            let mark = self.unit.top;
            let temp = self.unit.temp();
            self.at(range);
            self.unit.load_const(temp, doc);
            self.store(crate::names::known::DOC, temp);
            self.unit.top = mark;
        }
        Ok(rest)
    }

    /// Docstring (None with `-OO`) and the rest of the body, if there is one.
    #[expect(
        clippy::type_complexity,
        reason = "used twice, both a line away from where it is taken apart"
    )]
    pub(super) fn split_docstring(
        &self,
        body: &'a [Stmt],
    ) -> Option<(Option<(Const, ruff_text_size::TextRange)>, &'a [Stmt])> {
        let (first, rest) = body.split_first()?;
        let Stmt::Expr(stmt) = first else { return None };
        let Expr::StringLiteral(string) = &*stmt.value else { return None };
        if self.options.optimize >= 2 {
            return Some((None, rest));
        }
        let text = literal::string(self.source, string);
        let clean = literal::clean_docstring(&text);
        Some((Some((Const::Str(clean.into()), string.range)), rest))
    }
}
