//! Statements and their parts.
use ruff_python_ast::{self as ast, AtomicNodeIndex, Stmt};
use ruff_text_size::TextRange;

use super::fields::Fields;
use super::{Builder, open};
use crate::tree::{Kind, Node};

impl Builder {
    pub(super) fn stmt(&mut self, node: Node) -> Stmt {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.stmt_on_stack(node))
    }

    fn stmt_on_stack(&mut self, node: Node) -> Stmt {
        let range = self.range(node.span);
        let (kind, fields) = open(node);
        match kind {
            Kind::FunctionDef | Kind::AsyncFunctionDef => {
                self.function(kind == Kind::AsyncFunctionDef, range, fields)
            }
            Kind::ClassDef => self.class(range, fields),
            Kind::For | Kind::AsyncFor | Kind::While | Kind::If => {
                self.branching(kind, range, fields)
            }
            Kind::With | Kind::AsyncWith | Kind::Match | Kind::Try | Kind::TryStar => {
                self.guarded(kind, range, fields)
            }
            Kind::Import | Kind::ImportFrom | Kind::Global | Kind::Nonlocal => {
                self.declaration(kind, range, fields)
            }
            _ => self.simple(kind, range, fields),
        }
    }

    fn simple(&mut self, kind: Kind, range: TextRange, mut f: Fields) -> Stmt {
        let node_index = AtomicNodeIndex::NONE;
        match kind {
            Kind::Return => {
                Stmt::Return(ast::StmtReturn { node_index, range, value: self.maybe(f.maybe()) })
            }
            Kind::Delete => {
                let targets = self.exprs(f.nodes());
                Stmt::Delete(ast::StmtDelete { node_index, range, targets })
            }
            Kind::Assign => {
                let targets = self.exprs(f.nodes());
                let value = self.boxed(f.node());
                Stmt::Assign(ast::StmtAssign { node_index, range, targets, value })
            }
            Kind::TypeAlias => {
                let name = self.boxed(f.node());
                let type_params = self.type_params(f.nodes());
                let value = self.boxed(f.node());
                Stmt::TypeAlias(ast::StmtTypeAlias { node_index, range, name, type_params, value })
            }
            Kind::AugAssign => {
                let target = self.boxed(f.node());
                let op = operator(f.kind());
                let value = self.boxed(f.node());
                Stmt::AugAssign(ast::StmtAugAssign { node_index, range, target, op, value })
            }
            Kind::AnnAssign => {
                let (target, annotation) = (self.boxed(f.node()), self.boxed(f.node()));
                let value = self.maybe(f.maybe());
                let simple = f.int() != 0;
                Stmt::AnnAssign(ast::StmtAnnAssign {
                    node_index,
                    range,
                    target,
                    annotation,
                    value,
                    simple,
                })
            }
            Kind::Raise => {
                let (exc, cause) = (self.maybe(f.maybe()), self.maybe(f.maybe()));
                Stmt::Raise(ast::StmtRaise { node_index, range, exc, cause })
            }
            Kind::Assert => {
                let (test, msg) = (self.boxed(f.node()), self.maybe(f.maybe()));
                Stmt::Assert(ast::StmtAssert { node_index, range, test, msg })
            }
            Kind::Expr => {
                Stmt::Expr(ast::StmtExpr { node_index, range, value: self.boxed(f.node()) })
            }
            Kind::Break => Stmt::Break(ast::StmtBreak { node_index, range }),
            Kind::Continue => Stmt::Continue(ast::StmtContinue { node_index, range }),
            _ => Stmt::Pass(ast::StmtPass { node_index, range }),
        }
    }

    fn declaration(&mut self, kind: Kind, range: TextRange, mut f: Fields) -> Stmt {
        let node_index = AtomicNodeIndex::NONE;
        let identifiers = |names: Vec<Box<str>>| {
            names.iter().map(|name| Builder::identifier(name, range)).collect()
        };
        match kind {
            Kind::Global => {
                Stmt::Global(ast::StmtGlobal { node_index, range, names: identifiers(f.names()) })
            }
            Kind::Nonlocal => Stmt::Nonlocal(ast::StmtNonlocal {
                node_index,
                range,
                names: identifiers(f.names()),
            }),
            Kind::Import => {
                let names = self.aliases(f.nodes());
                Stmt::Import(ast::StmtImport { node_index, range, names, is_lazy: false })
            }
            _ => {
                let module = Builder::maybe_identifier(f.maybe_name(), range);
                let names = self.aliases(f.nodes());
                let level = u32::try_from(f.int()).unwrap_or(0);
                Stmt::ImportFrom(ast::StmtImportFrom {
                    node_index,
                    range,
                    module,
                    names,
                    level,
                    is_lazy: false,
                })
            }
        }
    }

    fn branching(&mut self, kind: Kind, range: TextRange, mut f: Fields) -> Stmt {
        let node_index = AtomicNodeIndex::NONE;
        match kind {
            Kind::While => {
                let test = self.boxed(f.node());
                let (body, orelse) = (self.body(f.nodes()).into(), self.body(f.nodes()).into());
                Stmt::While(ast::StmtWhile { node_index, range, test, body, orelse })
            }
            Kind::If => {
                let test = self.boxed(f.node());
                let (body, orelse) = (self.body(f.nodes()).into(), self.body(f.nodes()));
                let clause = (!orelse.is_empty()).then(|| ast::ElifElseClause {
                    range,
                    node_index: AtomicNodeIndex::NONE,
                    test: None,
                    body: orelse.into(),
                });
                let elif_else_clauses = clause.into_iter().collect();
                Stmt::If(ast::StmtIf { node_index, range, test, body, elif_else_clauses })
            }
            _ => {
                let (target, iter) = (self.boxed(f.node()), self.boxed(f.node()));
                let (body, orelse) = (self.body(f.nodes()).into(), self.body(f.nodes()).into());
                let is_async = kind == Kind::AsyncFor;
                Stmt::For(ast::StmtFor { node_index, range, is_async, target, iter, body, orelse })
            }
        }
    }

    fn guarded(&mut self, kind: Kind, range: TextRange, mut f: Fields) -> Stmt {
        let node_index = AtomicNodeIndex::NONE;
        match kind {
            Kind::Match => {
                let subject = self.boxed(f.node());
                let cases = f.nodes().into_iter().map(|case| self.case(case)).collect();
                Stmt::Match(ast::StmtMatch { node_index, range, subject, cases })
            }
            Kind::With | Kind::AsyncWith => {
                let items = f.nodes().into_iter().map(|item| self.with_item(item)).collect();
                let body = self.body(f.nodes()).into();
                let is_async = kind == Kind::AsyncWith;
                Stmt::With(ast::StmtWith { node_index, range, is_async, items, body })
            }
            _ => {
                let body = self.body(f.nodes()).into();
                let handlers = f.nodes().into_iter().map(|h| self.handler(h)).collect();
                let (orelse, finalbody) =
                    (self.body(f.nodes()).into(), self.body(f.nodes()).into());
                let is_star = kind == Kind::TryStar;
                Stmt::Try(ast::StmtTry {
                    node_index,
                    range,
                    body,
                    handlers,
                    orelse,
                    finalbody,
                    is_star,
                })
            }
        }
    }

    fn with_item(&mut self, node: Node) -> ast::WithItem {
        let (_, mut f) = open(node);
        let (context_expr, optional_vars) = (self.expr(f.node()), self.maybe(f.maybe()));
        ast::WithItem {
            range: TextRange::default(),
            node_index: AtomicNodeIndex::NONE,
            context_expr,
            optional_vars,
        }
    }

    fn case(&mut self, node: Node) -> ast::MatchCase {
        let (_, mut f) = open(node);
        let pattern = self.pattern(f.node());
        let guard = self.maybe(f.maybe());
        let body = self.body(f.nodes()).into();
        ast::MatchCase {
            range: TextRange::default(),
            node_index: AtomicNodeIndex::NONE,
            pattern,
            guard,
            body,
        }
    }

    fn handler(&mut self, node: Node) -> ast::ExceptHandler {
        let range = self.range(node.span);
        let (_, mut f) = open(node);
        let type_ = self.maybe(f.maybe());
        let name = Builder::maybe_identifier(f.maybe_name(), range);
        let body = self.body(f.nodes()).into();
        ast::ExceptHandler::ExceptHandler(ast::ExceptHandlerExceptHandler {
            range,
            node_index: AtomicNodeIndex::NONE,
            type_,
            name,
            body,
        })
    }

    fn decorators(&mut self, nodes: Vec<Node>) -> Vec<ast::Decorator> {
        nodes
            .into_iter()
            .map(|node| ast::Decorator {
                range: self.range(node.span),
                node_index: AtomicNodeIndex::NONE,
                expression: self.expr(node),
            })
            .collect()
    }

    fn function(&mut self, is_async: bool, range: TextRange, mut f: Fields) -> Stmt {
        let name = Builder::identifier(&f.name(), range);
        let parameters = Box::new(self.parameters(f.node()));
        let body = self.body(f.nodes()).into();
        let decorator_list = self.decorators(f.nodes()).into();
        let returns = self.maybe(f.maybe());
        f.skip();
        Stmt::FunctionDef(ast::StmtFunctionDef {
            node_index: AtomicNodeIndex::NONE,
            range,
            is_async,
            decorator_list,
            name,
            type_params: self.type_params(f.nodes()),
            parameters,
            returns,
            body,
        })
    }

    fn class(&mut self, range: TextRange, mut f: Fields) -> Stmt {
        let name = Builder::identifier(&f.name(), range);
        let args = self.exprs(f.nodes()).into();
        let keywords = self.keywords(f.nodes()).into();
        let body = self.body(f.nodes()).into();
        let decorator_list = self.decorators(f.nodes()).into();
        Stmt::ClassDef(ast::StmtClassDef {
            node_index: AtomicNodeIndex::NONE,
            range,
            decorator_list,
            name,
            type_params: self.type_params(f.nodes()),
            arguments: Some(Box::new(ast::Arguments {
                range,
                node_index: AtomicNodeIndex::NONE,
                args,
                keywords,
            })),
            body,
        })
    }

    pub(super) fn keywords(&mut self, nodes: Vec<Node>) -> Vec<ast::Keyword> {
        nodes
            .into_iter()
            .map(|node| {
                let range = self.range(node.span);
                let (_, mut f) = open(node);
                let arg = Builder::maybe_identifier(f.maybe_name(), range);
                ast::Keyword {
                    range,
                    node_index: AtomicNodeIndex::NONE,
                    arg,
                    value: self.expr(f.node()),
                }
            })
            .collect()
    }

    fn aliases(&mut self, nodes: Vec<Node>) -> Vec<ast::Alias> {
        nodes
            .into_iter()
            .map(|node| {
                let range = self.range(node.span);
                let (_, mut f) = open(node);
                let name = Builder::identifier(&f.name(), range);
                let asname = Builder::maybe_identifier(f.maybe_name(), range);
                ast::Alias { range, node_index: AtomicNodeIndex::NONE, name, asname }
            })
            .collect()
    }

    pub(super) fn parameters(&mut self, node: Node) -> ast::Parameters {
        let (_, mut f) = open(node);
        let (posonly, args) = (f.nodes(), f.nodes());
        let vararg = f.maybe().map(|node| Box::new(self.parameter(node)));
        let kwonly = f.nodes();
        let kw_defaults = f.gapped();
        let kwarg = f.maybe().map(|node| Box::new(self.parameter(node)));
        let defaults = f.nodes();
        // Defaults belong to the last parameters.
        let mut without = posonly.len() + args.len() - defaults.len();
        let mut defaults = defaults.into_iter();
        let mut next_default = || match without {
            0 => defaults.next(),
            _ => {
                without -= 1;
                None
            }
        };
        let posonly: Vec<_> = posonly.into_iter().map(|node| (node, next_default())).collect();
        let args: Vec<_> = args.into_iter().map(|node| (node, next_default())).collect();
        let kwonly: Vec<_> = kwonly.into_iter().zip(kw_defaults).collect();
        ast::Parameters {
            range: TextRange::default(),
            node_index: AtomicNodeIndex::NONE,
            posonlyargs: self.with_defaults(posonly).into(),
            args: self.with_defaults(args).into(),
            vararg,
            kwonlyargs: self.with_defaults(kwonly).into(),
            kwarg,
        }
    }

    fn with_defaults(&mut self, list: Vec<(Node, Option<Node>)>) -> Vec<ast::ParameterWithDefault> {
        list.into_iter()
            .map(|(node, default)| ast::ParameterWithDefault {
                range: self.range(node.span),
                node_index: AtomicNodeIndex::NONE,
                parameter: self.parameter(node),
                default: self.maybe(default),
            })
            .collect()
    }

    fn parameter(&mut self, node: Node) -> ast::Parameter {
        let range = self.range(node.span);
        let (_, mut f) = open(node);
        let name = Builder::identifier(&f.name(), range);
        ast::Parameter {
            range,
            node_index: AtomicNodeIndex::NONE,
            name,
            annotation: self.maybe(f.maybe()),
        }
    }

    fn type_params(&mut self, nodes: Vec<Node>) -> Option<Box<ast::TypeParams>> {
        if nodes.is_empty() {
            return None;
        }
        let type_params: Vec<_> = nodes.into_iter().map(|node| self.type_param(node)).collect();
        let range = TextRange::default();
        Some(Box::new(ast::TypeParams { range, node_index: AtomicNodeIndex::NONE, type_params }))
    }

    fn type_param(&mut self, node: Node) -> ast::TypeParam {
        let (range, node_index) = (self.range(node.span), AtomicNodeIndex::NONE);
        let (kind, mut f) = open(node);
        let name = Builder::identifier(&f.name(), range);
        match kind {
            Kind::TypeVar => {
                let (bound, default) = (self.maybe(f.maybe()), self.maybe(f.maybe()));
                ast::TypeParam::TypeVar(ast::TypeParamTypeVar {
                    node_index,
                    range,
                    name,
                    bound,
                    default,
                })
            }
            Kind::ParamSpec => {
                let default = self.maybe(f.maybe());
                ast::TypeParam::ParamSpec(ast::TypeParamParamSpec {
                    node_index,
                    range,
                    name,
                    default,
                })
            }
            _ => {
                let default = self.maybe(f.maybe());
                ast::TypeParam::TypeVarTuple(ast::TypeParamTypeVarTuple {
                    node_index,
                    range,
                    name,
                    default,
                })
            }
        }
    }
}

pub(super) fn operator(kind: Kind) -> ast::Operator {
    use ast::Operator as O;
    match kind {
        Kind::Sub => O::Sub,
        Kind::Mult => O::Mult,
        Kind::MatMult => O::MatMult,
        Kind::Div => O::Div,
        Kind::Modulo => O::Mod,
        Kind::Pow => O::Pow,
        Kind::LShift => O::LShift,
        Kind::RShift => O::RShift,
        Kind::BitOr => O::BitOr,
        Kind::BitXor => O::BitXor,
        Kind::BitAnd => O::BitAnd,
        Kind::FloorDiv => O::FloorDiv,
        _ => O::Add,
    }
}
