//! First pass over expressions.
use ruff_python_ast::{
    Expr, ExprContext, ExprFString, ExprName, ExprNamed, ExprTString, FStringPart,
    InterpolatedStringElement,
};
use ruff_text_size::TextRange;

use super::build::Builder;
use super::{Comprehension, ScopeKind, def};
use crate::fault::Fault;
use crate::names::known;

type Res = Result<(), Fault>;

impl<'a> Builder<'a> {
    pub(super) fn expr(&mut self, expr: &'a Expr) -> Res {
        match expr {
            Expr::Name(name) => self.name(name),
            Expr::Attribute(attribute) => self.expr(&attribute.value),
            Expr::Call(call) => {
                self.expr(&call.func)?;
                self.exprs(&call.arguments.args)?;
                call.arguments.keywords.iter().try_for_each(|k| self.expr(&k.value))
            }
            Expr::BinOp(binary) => {
                self.expr(&binary.left)?;
                self.expr(&binary.right)
            }
            Expr::UnaryOp(unary) => self.expr(&unary.operand),
            Expr::BoolOp(boolean) => self.exprs(&boolean.values),
            Expr::Compare(compare) => {
                self.expr(&compare.left)?;
                self.exprs(&compare.comparators)
            }
            Expr::Subscript(subscript) => {
                self.expr(&subscript.value)?;
                self.expr(&subscript.slice)
            }
            Expr::Slice(slice) => {
                self.maybe(slice.lower.as_deref())?;
                self.maybe(slice.upper.as_deref())?;
                self.maybe(slice.step.as_deref())
            }
            Expr::If(conditional) => {
                self.expr(&conditional.test)?;
                self.expr(&conditional.body)?;
                self.expr(&conditional.orelse)
            }
            Expr::Tuple(tuple) => self.exprs(&tuple.elts),
            Expr::List(list) => self.exprs(&list.elts),
            Expr::Set(set) => self.exprs(&set.elts),
            Expr::Dict(dict) => dict.items.iter().try_for_each(|item| {
                self.maybe(item.key.as_ref())?;
                self.expr(&item.value)
            }),
            Expr::Starred(starred) => self.expr(&starred.value),
            Expr::Named(named) => self.named(named),
            Expr::Lambda(lambda) => self.lambda(lambda),
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) => {
                self.any_comprehension(expr)
            }
            Expr::Await(node) => {
                self.forbid("await expression", node.range)?;
                self.await_place(node.range)?;
                self.expr(&node.value)?;
                self.scope().is_coroutine = true;
                Ok(())
            }
            Expr::Yield(node) => {
                self.forbid("yield expression", node.range)?;
                self.maybe(node.value.as_deref())?;
                self.yield_place(node.range)
            }
            Expr::YieldFrom(node) => {
                self.forbid("yield expression", node.range)?;
                self.expr(&node.value)?;
                self.yield_place(node.range)
            }
            Expr::FString(string) => self.fstring(string),
            Expr::TString(string) => self.tstring(string),
            Expr::StringLiteral(_)
            | Expr::BytesLiteral(_)
            | Expr::NumberLiteral(_)
            | Expr::BooleanLiteral(_)
            | Expr::NoneLiteral(_)
            | Expr::EllipsisLiteral(_)
            | Expr::IpyEscapeCommand(_) => Ok(()),
        }
    }

    fn any_comprehension(&mut self, expr: &'a Expr) -> Res {
        match expr {
            Expr::ListComp(comp) => {
                self.comprehension(comp, Comprehension::List, &comp.generators, None, &comp.elt)
            }
            Expr::SetComp(comp) => {
                self.comprehension(comp, Comprehension::Set, &comp.generators, None, &comp.elt)
            }
            Expr::DictComp(comp) => {
                let key = comp.key.as_deref();
                self.comprehension(comp, Comprehension::Dict, &comp.generators, key, &comp.value)
            }
            Expr::Generator(comp) => self.comprehension(
                comp,
                Comprehension::Generator,
                &comp.generators,
                None,
                &comp.elt,
            ),
            _ => Ok(()),
        }
    }

    fn name(&mut self, name: &'a ExprName) -> Res {
        let flags = match name.ctx {
            ExprContext::Load | ExprContext::Invalid => def::USE,
            ExprContext::Store => def::LOCAL,
            ExprContext::Del if name.id == *"__debug__" => {
                return Err(Fault::syntax("cannot delete __debug__", name.range));
            }
            ExprContext::Del => def::LOCAL | def::DELETED,
        };
        self.define(&name.id, flags, name.range)?;
        let in_function = matches!(
            self.scope().kind,
            ScopeKind::Function | ScopeKind::Lambda | ScopeKind::Comprehension(_)
        );
        if flags == def::USE && in_function && name.id == *"super" {
            self.define_id(known::CLASS, def::USE, name.range)?;
        }
        Ok(())
    }

    fn named(&mut self, named: &'a ExprNamed) -> Res {
        self.forbid("named expression", named.range)?;
        if self.in_iterable() {
            let message =
                "assignment expression cannot be used in a comprehension iterable expression";
            return Err(Fault::syntax(message, named.range));
        }
        if let Expr::Name(target) = &*named.target {
            if matches!(self.scope().kind, ScopeKind::Comprehension(_)) {
                self.bind_outside_comprehension(target)?;
            } else {
                self.define(&target.id, def::WALRUS, target.range)?;
            }
        }
        self.expr(&named.value)?;
        self.expr(&named.target)
    }

    /// PEP 572: `:=` in a comprehension binds in the function or module around it.
    fn bind_outside_comprehension(&mut self, target: &'a ExprName) -> Res {
        let id = self.mangle(&target.id);
        let error = |message: &str| Err(Fault::syntax(message, target.range));
        let mut scope = self.current;
        loop {
            let outer = self.table.scope(scope);
            let flags = outer.symbols.get(&id).map_or(0, |symbol| symbol.flags);
            match outer.kind {
                ScopeKind::Comprehension(_) => {
                    if flags & def::COMP_ITER != 0 {
                        return error(&format!(
                            "assignment expression cannot rebind comprehension iteration variable '{}'",
                            target.id
                        ));
                    }
                }
                ScopeKind::Function | ScopeKind::Lambda => {
                    let how = if flags & def::GLOBAL != 0 { def::GLOBAL } else { def::NONLOCAL };
                    self.define_id(id, how, target.range)?;
                    return self.define_in(scope, id, def::LOCAL | def::WALRUS, target.range);
                }
                ScopeKind::Module => {
                    self.define_id(id, def::GLOBAL, target.range)?;
                    return self.define_in(scope, id, def::GLOBAL, target.range);
                }
                ScopeKind::Class => {
                    return error(
                        "assignment expression within a comprehension cannot be used in a class body",
                    );
                }
                ScopeKind::TypeParams => {
                    return error(
                        "assignment expression within a comprehension cannot be used within the definition of a generic",
                    );
                }
                ScopeKind::TypeAlias => {
                    return error(
                        "assignment expression within a comprehension cannot be used in a type alias",
                    );
                }
                ScopeKind::TypeVariable => {
                    return error(
                        "assignment expression within a comprehension cannot be used in a TypeVar bound",
                    );
                }
                ScopeKind::Annotations => {
                    return error("named expression cannot be used within an annotation");
                }
            }
            let Some(parent) = outer.parent else { return Ok(()) };
            scope = parent;
        }
    }

    /// `yield`, `await` and `:=` are errors in annotation scopes.
    fn forbid(&mut self, what: &str, range: TextRange) -> Res {
        let place = match self.scope().kind {
            ScopeKind::Annotations => "an annotation",
            ScopeKind::TypeVariable => self.scope().restriction,
            ScopeKind::TypeAlias => "a type alias",
            ScopeKind::TypeParams => "the definition of a generic",
            _ => return Ok(()),
        };
        Err(Fault::syntax(format!("{what} cannot be used within {place}"), range))
    }

    fn await_place(&mut self, range: TextRange) -> Res {
        if self.top_level_await {
            return Ok(());
        }
        let scope = self.scope();
        match scope.kind {
            ScopeKind::Module | ScopeKind::Class => {
                Err(Fault::syntax("'await' outside function", range))
            }
            ScopeKind::Comprehension(_) => Ok(()),
            _ if scope.is_coroutine => Ok(()),
            _ => Err(Fault::syntax("'await' outside async function", range)),
        }
    }

    fn yield_place(&mut self, range: TextRange) -> Res {
        let scope = self.scope();
        scope.is_generator = true;
        let what = match scope.kind {
            ScopeKind::Comprehension(Comprehension::List) => "list comprehension",
            ScopeKind::Comprehension(Comprehension::Set) => "set comprehension",
            ScopeKind::Comprehension(Comprehension::Dict) => "dict comprehension",
            ScopeKind::Comprehension(Comprehension::Generator) => "generator expression",
            _ => return Ok(()),
        };
        Err(Fault::syntax(format!("'yield' inside {what}"), range))
    }

    fn fstring(&mut self, string: &'a ExprFString) -> Res {
        for part in string.value.as_slice() {
            if let FStringPart::FString(string) = part {
                self.elements(&string.elements, 0)?;
            }
        }
        Ok(())
    }

    fn tstring(&mut self, string: &'a ExprTString) -> Res {
        string.value.as_slice().iter().try_for_each(|string| self.elements(&string.elements, 0))
    }

    /// Replacement fields; `depth` of them are around these, by format specs.
    fn elements(&mut self, elements: &'a [InterpolatedStringElement], depth: usize) -> Res {
        for element in elements {
            if let InterpolatedStringElement::Interpolation(interpolation) = element {
                if depth > 2 {
                    let message = "f-string: expressions nested too deeply";
                    let range = TextRange::empty(interpolation.range.start());
                    return Err(Fault::syntax(message, range));
                }
                self.expr(&interpolation.expression)?;
                if let Some(spec) = &interpolation.format_spec {
                    self.elements(&spec.elements, depth + 1)?;
                }
            }
        }
        Ok(())
    }
}
