//! Statements and their parts as nodes.
use ruff_python_ast::{self as ast, ExceptHandler, Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::{Field, Kind, Node, Shower, maybe_name, name, nodes};

impl Shower<'_> {
    pub(super) fn stmt(&self, stmt: &Stmt) -> Node {
        let range = stmt.range();
        let node = |kind, fields| self.node(kind, range, fields);
        match stmt {
            Stmt::FunctionDef(function) => self.function(function),
            Stmt::ClassDef(class) => self.class(class),
            Stmt::Return(s) => node(Kind::Return, vec![self.maybe(s.value.as_deref())]),
            Stmt::Delete(s) => node(Kind::Delete, vec![self.exprs(&s.targets)]),
            Stmt::Assign(s) => node(
                Kind::Assign,
                vec![self.exprs(&s.targets), self.expr(&s.value), Field::Nothing],
            ),
            Stmt::TypeAlias(s) => node(
                Kind::TypeAlias,
                vec![
                    self.expr(&s.name),
                    self.type_params(s.type_params.as_deref()),
                    self.expr(&s.value),
                ],
            ),
            Stmt::AugAssign(s) => node(
                Kind::AugAssign,
                vec![self.expr(&s.target), operator(s.op), self.expr(&s.value)],
            ),
            Stmt::AnnAssign(s) => node(
                Kind::AnnAssign,
                vec![
                    self.expr(&s.target),
                    self.expr(&s.annotation),
                    self.maybe(s.value.as_deref()),
                    Field::Int(i64::from(s.simple)),
                ],
            ),
            Stmt::Raise(s) => node(
                Kind::Raise,
                vec![self.maybe(s.exc.as_deref()), self.maybe(s.cause.as_deref())],
            ),
            Stmt::Assert(s) => {
                node(Kind::Assert, vec![self.expr(&s.test), self.maybe(s.msg.as_deref())])
            }
            Stmt::Import(s) => node(Kind::Import, vec![self.aliases(&s.names)]),
            Stmt::ImportFrom(s) => node(
                Kind::ImportFrom,
                vec![
                    maybe_name(s.module.as_ref()),
                    self.aliases(&s.names),
                    Field::Int(i64::from(s.level)),
                ],
            ),
            Stmt::Global(s) => node(Kind::Global, vec![names(&s.names)]),
            Stmt::Nonlocal(s) => node(Kind::Nonlocal, vec![names(&s.names)]),
            Stmt::Expr(s) => node(Kind::Expr, vec![self.expr(&s.value)]),
            Stmt::Pass(_) | Stmt::IpyEscapeCommand(_) => node(Kind::Pass, vec![]),
            Stmt::Break(_) => node(Kind::Break, vec![]),
            Stmt::Continue(_) => node(Kind::Continue, vec![]),
            compound => self.compound(compound),
        }
    }

    fn compound(&self, stmt: &Stmt) -> Node {
        let range = stmt.range();
        match stmt {
            Stmt::For(s) => {
                let kind = if s.is_async { Kind::AsyncFor } else { Kind::For };
                let (target, iter) = (self.expr(&s.target), self.expr(&s.iter));
                let (body, orelse) = (self.body(&s.body), self.body(&s.orelse));
                self.node(kind, range, vec![target, iter, body, orelse, Field::Nothing])
            }
            Stmt::While(s) => {
                let fields = vec![self.expr(&s.test), self.body(&s.body), self.body(&s.orelse)];
                self.node(Kind::While, range, fields)
            }
            Stmt::If(s) => {
                let orelse = self.clauses(&s.elif_else_clauses, range);
                self.node(Kind::If, range, vec![self.expr(&s.test), self.body(&s.body), orelse])
            }
            Stmt::With(s) => {
                let kind = if s.is_async { Kind::AsyncWith } else { Kind::With };
                let items = nodes(s.items.iter().map(|item| {
                    let target = self.maybe(item.optional_vars.as_deref());
                    Node::of(Kind::WithItem, vec![self.expr(&item.context_expr), target])
                }));
                self.node(kind, range, vec![items, self.body(&s.body), Field::Nothing])
            }
            Stmt::Match(s) => {
                let cases = nodes(s.cases.iter().map(|case| {
                    let pattern = self.pattern(&case.pattern).into();
                    let guard = self.maybe(case.guard.as_deref());
                    Node::of(Kind::MatchCase, vec![pattern, guard, self.body(&case.body)])
                }));
                self.node(Kind::Match, range, vec![self.expr(&s.subject), cases])
            }
            Stmt::Try(s) => {
                let kind = if s.is_star { Kind::TryStar } else { Kind::Try };
                let handlers = nodes(s.handlers.iter().map(|handler| self.handler(handler)));
                let fields = vec![
                    self.body(&s.body),
                    handlers,
                    self.body(&s.orelse),
                    self.body(&s.finalbody),
                ];
                self.node(kind, range, fields)
            }
            _ => self.node(Kind::Pass, range, vec![]),
        }
    }

    /// `elif` is an `if` in the `else` part, up to the end of the statement.
    fn clauses(&self, clauses: &[ast::ElifElseClause], all: TextRange) -> Field {
        let mut orelse = Field::Nodes(Vec::new());
        for clause in clauses.iter().rev() {
            let body = self.body(&clause.body);
            orelse = match &clause.test {
                None => body,
                Some(test) => {
                    let range = TextRange::new(clause.range.start(), all.end());
                    let fields = vec![self.expr(test), body, orelse];
                    Field::Nodes(vec![Some(self.node(Kind::If, range, fields))])
                }
            };
        }
        orelse
    }

    fn handler(&self, handler: &ExceptHandler) -> Node {
        let ExceptHandler::ExceptHandler(handler) = handler;
        let fields = vec![
            self.maybe(handler.type_.as_deref()),
            maybe_name(handler.name.as_ref()),
            self.body(&handler.body),
        ];
        self.node(Kind::ExceptHandler, handler.range, fields)
    }

    /// The place of a definition begins behind its decorators.
    fn definition(&self, decorators: &[ast::Decorator], range: TextRange) -> TextRange {
        let start = decorators.last().map_or(range.start(), |d| self.skip_blank(d.range.end()));
        TextRange::new(start, range.end())
    }

    fn function(&self, function: &ast::StmtFunctionDef) -> Node {
        let kind = if function.is_async { Kind::AsyncFunctionDef } else { Kind::FunctionDef };
        let range = self.definition(&function.decorator_list, function.range);
        let fields = vec![
            name(&function.name),
            self.parameters(&function.parameters),
            self.body(&function.body),
            self.exprs(function.decorator_list.iter().map(|d| &d.expression)),
            self.maybe(function.returns.as_deref()),
            Field::Nothing,
            self.type_params(function.type_params.as_deref()),
        ];
        self.node(kind, range, fields)
    }

    fn class(&self, class: &ast::StmtClassDef) -> Node {
        let range = self.definition(&class.decorator_list, class.range);
        let (bases, keywords) = match class.arguments.as_deref() {
            Some(arguments) => (self.exprs(&arguments.args), self.keywords(&arguments.keywords)),
            None => (Field::Nodes(Vec::new()), Field::Nodes(Vec::new())),
        };
        let fields = vec![
            name(&class.name),
            bases,
            keywords,
            self.body(&class.body),
            self.exprs(class.decorator_list.iter().map(|d| &d.expression)),
            self.type_params(class.type_params.as_deref()),
        ];
        self.node(Kind::ClassDef, range, fields)
    }

    pub(super) fn parameters(&self, parameters: &ast::Parameters) -> Field {
        let args = |list: &[ast::ParameterWithDefault]| {
            nodes(list.iter().map(|parameter| self.arg(&parameter.parameter)))
        };
        let maybe = |parameter: Option<&ast::Parameter>| {
            parameter.map_or(Field::Nothing, |parameter| self.arg(parameter).into())
        };
        let defaults = parameters.posonlyargs.iter().chain(&parameters.args);
        let kw_defaults = parameters
            .kwonlyargs
            .iter()
            .map(|parameter| parameter.default.as_deref().map(|default| self.expr_node(default)));
        Node::of(
            Kind::Arguments,
            vec![
                args(&parameters.posonlyargs),
                args(&parameters.args),
                maybe(parameters.vararg.as_deref()),
                args(&parameters.kwonlyargs),
                Field::Nodes(kw_defaults.collect()),
                maybe(parameters.kwarg.as_deref()),
                self.exprs(defaults.filter_map(|parameter| parameter.default.as_deref())),
            ],
        )
        .into()
    }

    fn arg(&self, parameter: &ast::Parameter) -> Node {
        // The stars before a name do not belong to it.
        let end = parameter.annotation.as_ref().map_or(parameter.name.range.end(), |a| a.end());
        let range = TextRange::new(parameter.name.range.start(), end.max(parameter.range.end()));
        let annotation = self.maybe(parameter.annotation.as_deref());
        self.node(Kind::Arg, range, vec![name(&parameter.name), annotation, Field::Nothing])
    }

    pub(super) fn keywords(&self, keywords: &[ast::Keyword]) -> Field {
        nodes(keywords.iter().map(|keyword| {
            let fields = vec![maybe_name(keyword.arg.as_ref()), self.expr(&keyword.value)];
            self.node(Kind::Keyword, keyword.range, fields)
        }))
    }

    fn aliases(&self, aliases: &[ast::Alias]) -> Field {
        nodes(aliases.iter().map(|alias| {
            let fields = vec![name(&alias.name), maybe_name(alias.asname.as_ref())];
            self.node(Kind::Alias, alias.range, fields)
        }))
    }

    fn type_params(&self, params: Option<&ast::TypeParams>) -> Field {
        let Some(params) = params else { return Field::Nodes(Vec::new()) };
        let maybe = |expr: &Option<Box<Expr>>| self.maybe(expr.as_deref());
        nodes(params.type_params.iter().map(|param| match param {
            ast::TypeParam::TypeVar(p) => self.node(
                Kind::TypeVar,
                p.range,
                vec![name(&p.name), maybe(&p.bound), maybe(&p.default)],
            ),
            ast::TypeParam::ParamSpec(p) => {
                self.node(Kind::ParamSpec, p.range, vec![name(&p.name), maybe(&p.default)])
            }
            ast::TypeParam::TypeVarTuple(p) => {
                self.node(Kind::TypeVarTuple, p.range, vec![name(&p.name), maybe(&p.default)])
            }
        }))
    }
}

fn names(list: &[ast::Identifier]) -> Field {
    Field::Names(list.iter().map(|name| name.as_str().into()).collect())
}

pub(super) fn operator(operator: ast::Operator) -> Field {
    use ast::Operator as O;
    Node::plain(match operator {
        O::Add => Kind::Add,
        O::Sub => Kind::Sub,
        O::Mult => Kind::Mult,
        O::MatMult => Kind::MatMult,
        O::Div => Kind::Div,
        O::Mod => Kind::Modulo,
        O::Pow => Kind::Pow,
        O::LShift => Kind::LShift,
        O::RShift => Kind::RShift,
        O::BitOr => Kind::BitOr,
        O::BitXor => Kind::BitXor,
        O::BitAnd => Kind::BitAnd,
        O::FloorDiv => Kind::FloorDiv,
    })
    .into()
}
