//! First pass over comprehensions and lambdas.
use ruff_python_ast::{self as ast, Expr, ExprLambda};
use ruff_text_size::{Ranged, TextRange};

use super::build::Builder;
use super::{Comprehension, Role, ScopeKind, def};
use crate::fault::Fault;
use crate::names::known;

type Res = Result<(), Fault>;

impl<'a> Builder<'a> {
    pub(super) fn comprehension<T: Ranged>(
        &mut self,
        node: &'a T,
        kind: Comprehension,
        generators: &'a [ast::Comprehension],
        key: Option<&'a Expr>,
        value: &'a Expr,
    ) -> Res {
        let Some((first, rest)) = generators.split_first() else { return Ok(()) };
        self.iterable(&first.iter)?;
        let name = match kind {
            Comprehension::Generator => known::GENEXPR,
            Comprehension::List => known::LISTCOMP,
            Comprehension::Set => known::SETCOMP,
            Comprehension::Dict => known::DICTCOMP,
        };
        let mut is_async = false;
        self.enter(ScopeKind::Comprehension(kind), name, node, Role::Body, |b| {
            b.scope().is_coroutine |= first.is_async;
            b.define_id(known::ITERATOR, def::PARAM, first.range)?;
            b.comprehension_target(&first.target)?;
            b.exprs(&first.ifs)?;
            for generator in rest {
                b.comprehension_target(&generator.target)?;
                b.iterable(&generator.iter)?;
                b.exprs(&generator.ifs)?;
                b.scope().is_coroutine |= generator.is_async;
            }
            b.expr(value)?;
            b.maybe(key)?;
            b.scope().is_generator = kind == Comprehension::Generator;
            is_async = b.scope().is_coroutine && kind != Comprehension::Generator;
            Ok(())
        })?;
        if is_async {
            self.async_comprehension(node.range())?;
        }
        Ok(())
    }

    fn async_comprehension(&mut self, range: TextRange) -> Res {
        let allowed = self.top_level_await
            || self.scope().is_coroutine
            || matches!(self.scope().kind, ScopeKind::Comprehension(_));
        if !allowed {
            let message = "asynchronous comprehension outside of an asynchronous function";
            return Err(Fault::syntax(message, range));
        }
        self.scope().is_coroutine = true;
        Ok(())
    }

    pub(super) fn lambda(&mut self, lambda: &'a ExprLambda) -> Res {
        if let Some(parameters) = &lambda.parameters {
            self.defaults(parameters)?;
        }
        self.enter(ScopeKind::Lambda, known::LAMBDA, lambda, Role::Body, |b| {
            if let Some(parameters) = &lambda.parameters {
                b.parameters(parameters)?;
            }
            b.expr(&lambda.body)
        })
    }
}
