//! First pass over statements: what each block does with each name.
use ruff_python_ast::{
    ExceptHandler, Expr, Identifier, Mod, Pattern, Stmt, StmtAnnAssign, StmtImport, StmtImportFrom,
    StmtTry,
};
use ruff_text_size::TextRange;

use super::{Map, Place, Role, Scope, ScopeId, ScopeKind, Symbol, Symtable, address, def};
use crate::fault::Fault;
use crate::names::{NameId, Names, known};
use crate::{Options, compile_flags};

type Res<T = ()> = Result<T, Fault>;

/// The state of the first pass.
pub(super) struct Builder<'a> {
    pub(super) table: Symtable<'a>,
    pub(super) current: ScopeId,
    pub(super) future_annotations: bool,
    pub(super) top_level_await: bool,
    /// The class whose private names are mangled here.
    pub(super) class: Option<NameId>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(options: &Options, future: u32) -> Builder<'a> {
        let table = Symtable { scopes: Vec::new(), names: Names::new(), by_node: Map::default() };
        Builder {
            table,
            current: Symtable::TOP,
            future_annotations: future & compile_flags::FUTURE_ANNOTATIONS != 0,
            top_level_await: options.flags & compile_flags::ALLOW_TOP_LEVEL_AWAIT != 0,
            class: None,
        }
    }

    pub(super) fn finish(self) -> Symtable<'a> {
        self.table
    }

    pub(super) fn module(&mut self, tree: &'a Mod) -> Res {
        self.push_scope(ScopeKind::Module, known::TOP, None);
        match tree {
            Mod::Module(module) => self.body(&module.body),
            Mod::Expression(expression) => self.expr(&expression.body),
        }
    }

    // ---- scopes

    fn push_scope(&mut self, kind: ScopeKind, name: NameId, parent: Option<ScopeId>) -> ScopeId {
        let id = ScopeId(self.table.scopes.len() as u32);
        let nested = parent.is_some_and(|parent| {
            let outer = self.table.scope(parent);
            outer.nested || outer.kind.is_function_like()
        });
        self.table.scopes.push(Scope {
            kind,
            name,
            parent,
            symbols: Map::default(),
            nested,
            is_generator: false,
            is_coroutine: false,
            inlined: false,
            needs_class_cell: false,
            needs_classdict: false,
            sees_class: false,
            conditional_annotations: false,
            annotations: None,
            annotated: Vec::new(),
            function_name: None,
            restriction: "",
            class: self.class,
            comprehensions: Vec::new(),
            in_conditional: 0,
            in_iterable: parent.map_or(0, |parent| self.table.scope(parent).in_iterable),
            in_target: false,
        });
        id
    }

    /// Run `walk` in a new scope for `node`.
    pub(super) fn enter<T>(
        &mut self,
        kind: ScopeKind,
        name: NameId,
        node: &'a T,
        role: Role,
        walk: impl FnOnce(&mut Self) -> Res,
    ) -> Res {
        let outer = self.current;
        let id = self.push_scope(kind, name, Some(outer));
        self.table.by_node.insert((address(node), role), id);
        self.within(id, walk)
    }

    /// Run `walk` in a scope that exists.
    pub(super) fn within(&mut self, id: ScopeId, walk: impl FnOnce(&mut Self) -> Res) -> Res {
        let outer = std::mem::replace(&mut self.current, id);
        walk(self)?;
        self.current = outer;
        Ok(())
    }

    pub(super) fn new_scope(&mut self, kind: ScopeKind, name: NameId) -> ScopeId {
        self.push_scope(kind, name, Some(self.current))
    }

    pub(super) fn scope(&mut self) -> &mut Scope<'a> {
        &mut self.table.scopes[self.current.0 as usize]
    }

    // ---- names

    pub(super) fn mangle(&mut self, name: &str) -> NameId {
        self.table.names.mangle(self.class, name)
    }

    pub(super) fn define(&mut self, name: &str, flags: u32, range: TextRange) -> Res {
        if flags & def::BOUND != 0 && name == "__debug__" {
            return Err(Fault::syntax("cannot assign to __debug__", range));
        }
        let id = self.mangle(name);
        self.define_in(self.current, id, flags, range)
    }

    pub(super) fn define_id(&mut self, name: NameId, flags: u32, range: TextRange) -> Res {
        self.define_in(self.current, name, flags, range)
    }

    pub(super) fn define_in(
        &mut self,
        scope: ScopeId,
        name: NameId,
        flags: u32,
        range: TextRange,
    ) -> Res {
        let text = |names: &Names| names.text(name).to_string();
        let target = &mut self.table.scopes[scope.0 as usize];
        let in_target = target.in_target;
        let fresh = Symbol { flags: 0, place: Place::Unknown, range };
        let symbol = target.symbols.entry(name).or_insert(fresh);
        if flags & def::PARAM != 0 && symbol.flags & def::PARAM != 0 {
            let name = text(&self.table.names);
            let message = format!("duplicate parameter '{name}' in function definition");
            return Err(Fault::syntax(message, range));
        }
        if flags & def::TYPE_PARAM != 0 && symbol.flags & def::TYPE_PARAM != 0 {
            let message = format!("duplicate type parameter '{}'", text(&self.table.names));
            return Err(Fault::syntax(message, range));
        }
        symbol.flags |= flags;
        if in_target && flags & def::BOUND != 0 {
            if symbol.flags & (def::GLOBAL | def::NONLOCAL) != 0 {
                let name = text(&self.table.names);
                let message = format!(
                    "comprehension inner loop cannot rebind assignment expression target '{name}'"
                );
                return Err(Fault::syntax(message, range));
            }
            symbol.flags |= def::COMP_ITER;
        }
        let declared = def::GLOBAL | def::NONLOCAL;
        if flags & declared != 0 && (symbol.flags ^ flags) & declared == 0 {
            symbol.range = range; // the first declaration is the one errors speak of
        }
        Ok(())
    }

    pub(super) fn flags_here(&mut self, name: &str) -> u32 {
        let id = self.mangle(name);
        self.scope().symbols.get(&id).map_or(0, |symbol| symbol.flags)
    }

    // ---- statements

    pub(super) fn body(&mut self, body: &'a [Stmt]) -> Res {
        body.iter().try_for_each(|stmt| self.stmt(stmt))
    }

    /// A block that may not run: annotations in it are conditional (PEP 649).
    fn conditional(&mut self, body: &'a [Stmt]) -> Res {
        self.scope().in_conditional += 1;
        self.body(body)?;
        self.scope().in_conditional -= 1;
        Ok(())
    }

    fn stmt(&mut self, stmt: &'a Stmt) -> Res {
        match stmt {
            Stmt::FunctionDef(function) => self.function(function),
            Stmt::ClassDef(class) => self.class_def(class),
            Stmt::TypeAlias(alias) => self.type_alias(alias),
            Stmt::Return(ret) => self.maybe(ret.value.as_deref()),
            Stmt::Delete(delete) => self.exprs(&delete.targets),
            Stmt::Assign(assign) => {
                self.exprs(&assign.targets)?;
                self.expr(&assign.value)
            }
            Stmt::AugAssign(assign) => {
                self.expr(&assign.target)?;
                self.expr(&assign.value)
            }
            Stmt::AnnAssign(assign) => self.ann_assign(assign),
            Stmt::For(stmt) => {
                self.expr(&stmt.target)?;
                self.expr(&stmt.iter)?;
                self.conditional(&stmt.body)?;
                self.conditional(&stmt.orelse)
            }
            Stmt::While(stmt) => {
                self.expr(&stmt.test)?;
                self.conditional(&stmt.body)?;
                self.conditional(&stmt.orelse)
            }
            Stmt::If(stmt) => {
                self.expr(&stmt.test)?;
                self.conditional(&stmt.body)?;
                for clause in &stmt.elif_else_clauses {
                    self.maybe(clause.test.as_ref())?;
                    self.conditional(&clause.body)?;
                }
                Ok(())
            }
            Stmt::With(stmt) => {
                for item in &stmt.items {
                    self.expr(&item.context_expr)?;
                    self.maybe(item.optional_vars.as_deref())?;
                }
                self.conditional(&stmt.body)
            }
            Stmt::Match(stmt) => {
                self.expr(&stmt.subject)?;
                for case in &stmt.cases {
                    self.pattern(&case.pattern)?;
                    self.maybe(case.guard.as_deref())?;
                    self.conditional(&case.body)?;
                }
                Ok(())
            }
            Stmt::Raise(raise) => {
                self.maybe(raise.exc.as_deref())?;
                self.maybe(raise.cause.as_deref())
            }
            Stmt::Try(stmt) => self.try_stmt(stmt),
            Stmt::Assert(assert) => {
                self.expr(&assert.test)?;
                self.maybe(assert.msg.as_deref())
            }
            Stmt::Import(import) => self.import(import),
            Stmt::ImportFrom(import) => self.import_from(import),
            Stmt::Global(global) => self.declare(&global.names, global.range, def::GLOBAL),
            Stmt::Nonlocal(nonlocal) => {
                self.declare(&nonlocal.names, nonlocal.range, def::NONLOCAL)
            }
            Stmt::Expr(stmt) => self.expr(&stmt.value),
            Stmt::Pass(_) | Stmt::Break(_) | Stmt::Continue(_) | Stmt::IpyEscapeCommand(_) => {
                Ok(())
            }
        }
    }

    fn try_stmt(&mut self, stmt: &'a StmtTry) -> Res {
        self.conditional(&stmt.body)?;
        for ExceptHandler::ExceptHandler(handler) in &stmt.handlers {
            self.maybe(handler.type_.as_deref())?;
            if let Some(name) = &handler.name {
                self.define(name, def::LOCAL | def::DELETED, name.range)?;
            }
            self.conditional(&handler.body)?;
        }
        self.conditional(&stmt.orelse)?;
        self.conditional(&stmt.finalbody)
    }

    fn declare(&mut self, names: &'a [Identifier], range: TextRange, flag: u32) -> Res {
        let word = if flag == def::GLOBAL { "global" } else { "nonlocal" };
        for name in names {
            let flags = self.flags_here(name);
            let message = if flags & def::PARAM != 0 {
                format!("name '{name}' is parameter and {word}")
            } else if flags & def::USE != 0 {
                format!("name '{name}' is used prior to {word} declaration")
            } else if flags & def::ANNOT != 0 {
                format!("annotated name '{name}' can't be {word}")
            } else if flags & def::LOCAL != 0 {
                format!("name '{name}' is assigned to before {word} declaration")
            } else {
                self.define(name, flag, range)?;
                continue;
            };
            return Err(Fault::syntax(message, range));
        }
        Ok(())
    }

    fn ann_assign(&mut self, assign: &'a StmtAnnAssign) -> Res {
        if let Expr::Name(name) = &*assign.target {
            if name.id == *"__debug__" {
                return Err(Fault::syntax("cannot assign to __debug__", assign.range));
            }
            let flags = self.flags_here(&name.id);
            let declared = flags & (def::GLOBAL | def::NONLOCAL);
            if declared != 0 && self.scope().kind != ScopeKind::Module && assign.simple {
                let word = if declared & def::GLOBAL != 0 { "global" } else { "nonlocal" };
                let message = format!("annotated name '{}' can't be {word}", name.id);
                return Err(Fault::syntax(message, assign.range));
            }
            if assign.simple {
                self.define(&name.id, def::ANNOT | def::LOCAL, name.range)?;
            } else if assign.value.is_some() {
                self.define(&name.id, def::LOCAL, name.range)?;
            }
        } else {
            self.expr(&assign.target)?;
        }
        self.variable_annotation(assign)?;
        self.maybe(assign.value.as_deref())
    }

    fn import(&mut self, import: &'a StmtImport) -> Res {
        for alias in &import.names {
            match &alias.asname {
                Some(name) => self.define(name, def::IMPORT | def::LOCAL, name.range)?,
                None => {
                    let top = alias.name.split('.').next().unwrap_or("");
                    self.define(top, def::IMPORT | def::LOCAL, alias.range)?;
                }
            }
        }
        Ok(())
    }

    fn import_from(&mut self, import: &'a StmtImportFrom) -> Res {
        for alias in &import.names {
            if alias.name.as_str() == "*" {
                if self.scope().kind != ScopeKind::Module {
                    let message = "import * only allowed at module level";
                    return Err(Fault::syntax(message, alias.range));
                }
                continue;
            }
            let name = alias.asname.as_ref().unwrap_or(&alias.name);
            self.define(name, def::IMPORT | def::LOCAL, alias.range)?;
        }
        Ok(())
    }

    fn pattern(&mut self, pattern: &'a Pattern) -> Res {
        match pattern {
            Pattern::MatchValue(value) => self.expr(&value.value),
            Pattern::MatchSingleton(_) => Ok(()),
            Pattern::MatchSequence(sequence) => self.patterns(&sequence.patterns),
            Pattern::MatchMapping(mapping) => {
                self.exprs(&mapping.keys)?;
                self.patterns(&mapping.patterns)?;
                self.capture(mapping.rest.as_ref())
            }
            Pattern::MatchClass(class) => {
                self.expr(&class.cls)?;
                self.patterns(&class.arguments.patterns)?;
                class.arguments.keywords.iter().try_for_each(|k| self.pattern(&k.pattern))
            }
            Pattern::MatchStar(star) => self.capture(star.name.as_ref()),
            Pattern::MatchAs(alias) => {
                if let Some(pattern) = &alias.pattern {
                    self.pattern(pattern)?;
                }
                self.capture(alias.name.as_ref())
            }
            Pattern::MatchOr(or) => self.patterns(&or.patterns),
        }
    }

    fn patterns(&mut self, patterns: &'a [Pattern]) -> Res {
        patterns.iter().try_for_each(|pattern| self.pattern(pattern))
    }

    fn capture(&mut self, name: Option<&'a Identifier>) -> Res {
        name.map_or(Ok(()), |name| self.define(name, def::LOCAL, name.range))
    }

    // ---- expressions in a row

    pub(super) fn exprs(&mut self, exprs: &'a [Expr]) -> Res {
        exprs.iter().try_for_each(|expr| self.expr(expr))
    }

    pub(super) fn maybe(&mut self, expr: Option<&'a Expr>) -> Res {
        expr.map_or(Ok(()), |expr| self.expr(expr))
    }

    /// Is the block being walked conditional?
    pub(super) fn in_conditional(&mut self) -> bool {
        self.scope().in_conditional > 0
    }

    /// Walk the iterable of a comprehension, where `:=` is forbidden.
    pub(super) fn iterable(&mut self, expr: &'a Expr) -> Res {
        self.scope().in_iterable += 1;
        self.expr(expr)?;
        self.scope().in_iterable -= 1;
        Ok(())
    }

    pub(super) fn in_iterable(&mut self) -> bool {
        self.scope().in_iterable > 0
    }

    /// Walk the target of a comprehension's `for`.
    pub(super) fn comprehension_target(&mut self, expr: &'a Expr) -> Res {
        self.scope().in_target = true;
        self.expr(expr)?;
        self.scope().in_target = false;
        Ok(())
    }
}
