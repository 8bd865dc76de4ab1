//! First pass over functions, classes, annotations and type parameters.
use ruff_python_ast::{
    Expr, Parameters, StmtAnnAssign, StmtClassDef, StmtFunctionDef, StmtTypeAlias, TypeParam,
    TypeParams,
};
use ruff_text_size::{Ranged, TextRange};

use super::build::Builder;
use super::{Role, ScopeKind, def};
use crate::fault::Fault;
use crate::names::{NameId, known};

type Res = Result<(), Fault>;

impl<'a> Builder<'a> {
    pub(super) fn function(&mut self, function: &'a StmtFunctionDef) -> Res {
        self.define(&function.name, def::LOCAL, function.name.range)?;
        self.defaults(&function.parameters)?;
        for decorator in &function.decorator_list {
            self.expr(&decorator.expression)?;
        }
        let name = self.table.names.intern(&function.name);
        match &function.type_params {
            Some(type_params) => self.type_params(
                type_params,
                name,
                |b| {
                    let parameters = &function.parameters;
                    if has_defaults(parameters) {
                        b.define_id(known::DEFAULTS, def::PARAM, type_params.range)?;
                    }
                    if has_kw_defaults(parameters) {
                        b.define_id(known::KWDEFAULTS, def::PARAM, type_params.range)?;
                    }
                    Ok(())
                },
                |b| b.function_body(function, name),
            ),
            None => self.function_body(function, name),
        }
    }

    fn function_body(&mut self, function: &'a StmtFunctionDef, name: NameId) -> Res {
        self.function_annotations(function, name)?;
        self.enter(ScopeKind::Function, name, function, Role::Body, |b| {
            b.scope().is_coroutine = function.is_async;
            b.parameters(&function.parameters)?;
            b.body(&function.body)
        })
    }

    pub(super) fn defaults(&mut self, parameters: &'a Parameters) -> Res {
        parameters.iter_non_variadic_params().try_for_each(|p| self.maybe(p.default()))
    }

    /// Parameters in the order of their registers.
    pub(super) fn parameters(&mut self, parameters: &'a Parameters) -> Res {
        let positional = parameters.posonlyargs.iter().chain(&parameters.args);
        for parameter in positional.chain(&parameters.kwonlyargs) {
            let name = &parameter.parameter.name;
            self.define(name, def::PARAM, parameter.parameter.range)?;
        }
        for parameter in [&parameters.vararg, &parameters.kwarg].into_iter().flatten() {
            let range = TextRange::new(parameter.name.range.start(), parameter.range.end());
            self.define(&parameter.name, def::PARAM, range)?;
        }
        Ok(())
    }

    /// The scope of a function's `__annotate__`, if it has annotations.
    fn function_annotations(&mut self, function: &'a StmtFunctionDef, name: NameId) -> Res {
        let parameters = &*function.parameters;
        let annotated = function.returns.is_some()
            || parameters.iter().any(|parameter| parameter.annotation().is_some());
        if !annotated {
            return Ok(());
        }
        let in_class = self.annotations_see_class();
        self.enter(ScopeKind::Annotations, known::ANNOTATE, parameters, Role::Annotations, |b| {
            b.scope().function_name = Some(name);
            b.annotation_scope(in_class, parameters.range)?;
            for parameter in parameters {
                b.maybe(parameter.annotation())?;
            }
            b.maybe(function.returns.as_deref())
        })
    }

    fn annotations_see_class(&mut self) -> bool {
        self.scope().kind == ScopeKind::Class || self.scope().sees_class
    }

    /// What every lazily evaluated scope has: the `format` argument and, in a class, the class namespace.
    fn annotation_scope(&mut self, in_class: bool, range: TextRange) -> Res {
        self.define_id(known::FORMAT, def::PARAM, range)?;
        self.class_namespace(in_class, range)
    }

    fn class_namespace(&mut self, in_class: bool, range: TextRange) -> Res {
        if in_class {
            self.scope().sees_class = true;
            self.define_id(known::CLASSDICT, def::USE, range)?;
        }
        Ok(())
    }

    /// The annotation of a variable: part of the `__annotate__` of the module or class; checked only in a function.
    pub(super) fn variable_annotation(&mut self, assign: &'a StmtAnnAssign) -> Res {
        let kind = self.scope().kind;
        let range = assign.annotation.range();
        let collected = assign.simple && assign.target.is_name_expr();
        let holds = matches!(kind, ScopeKind::Module | ScopeKind::Class);
        if holds && collected {
            let conditional = kind == ScopeKind::Module || self.in_conditional();
            self.scope().annotated.push((assign, conditional));
            if conditional && !self.future_annotations {
                self.scope().conditional_annotations = true;
                self.define_id(known::CONDITIONAL_ANNOTATIONS, def::USE, range)?;
            }
        }
        let in_class = kind == ScopeKind::Class && !self.future_annotations;
        let id = match self.scope().annotations {
            Some(id) => id,
            None => {
                let id = self.new_scope(ScopeKind::Annotations, known::ANNOTATE);
                self.scope().annotations = Some(id);
                self.within(id, |b| b.annotation_scope(in_class, range))?;
                id
            }
        };
        self.within(id, |b| {
            if b.table.scope(id).parent.is_some_and(|p| b.table.scope(p).conditional_annotations) {
                b.define_id(known::CONDITIONAL_ANNOTATIONS, def::USE, range)?;
            }
            b.expr(&assign.annotation)
        })
    }

    // ---- classes

    pub(super) fn class_def(&mut self, class: &'a StmtClassDef) -> Res {
        self.define(&class.name, def::LOCAL, class.name.range)?;
        for decorator in &class.decorator_list {
            self.expr(&decorator.expression)?;
        }
        let name = self.table.names.intern(&class.name);
        match &class.type_params {
            Some(type_params) => {
                let range = type_params.range;
                self.type_params(
                    type_params,
                    name,
                    |b| {
                        b.define_id(known::TYPE_PARAMS, def::LOCAL | def::USE, range)?;
                        b.define_id(known::GENERIC_BASE, def::LOCAL | def::USE, range)
                    },
                    |b| b.class_body(class, name),
                )
            }
            None => self.class_body(class, name),
        }
    }

    fn class_body(&mut self, class: &'a StmtClassDef, name: NameId) -> Res {
        if let Some(arguments) = &class.arguments {
            self.exprs(&arguments.args)?;
            arguments.keywords.iter().try_for_each(|k| self.expr(&k.value))?;
        }
        let outer = self.class.replace(name);
        self.enter(ScopeKind::Class, name, class, Role::Body, |b| {
            if class.type_params.is_some() {
                b.define_id(known::DUNDER_TYPE_PARAMS, def::LOCAL, class.name.range)?;
                b.define_id(known::TYPE_PARAMS, def::USE, class.name.range)?;
            }
            b.body(&class.body)
        })?;
        self.class = outer;
        Ok(())
    }

    // ---- type parameters

    fn type_params(
        &mut self,
        type_params: &'a TypeParams,
        name: NameId,
        prepare: impl FnOnce(&mut Self) -> Res,
        body: impl FnOnce(&mut Self) -> Res,
    ) -> Res {
        let in_class = self.annotations_see_class();
        let name = format!("<generic parameters of {}>", self.table.names.text(name));
        let name = self.table.names.intern(&name);
        self.enter(ScopeKind::TypeParams, name, type_params, Role::TypeParams, |b| {
            b.class_namespace(in_class, type_params.range)?;
            prepare(b)?;
            for param in &type_params.type_params {
                b.type_param(param)?;
            }
            body(b)
        })
    }

    fn type_param(&mut self, param: &'a TypeParam) -> Res {
        let name = param.name();
        self.define(name, def::TYPE_PARAM | def::LOCAL, param.range())?;
        let id = self.table.names.intern(name);
        let (bound, default, what) = match param {
            TypeParam::TypeVar(var) => {
                (var.bound.as_deref(), var.default.as_deref(), "a TypeVar default")
            }
            TypeParam::ParamSpec(spec) => (None, spec.default.as_deref(), "a ParamSpec default"),
            TypeParam::TypeVarTuple(tuple) => {
                (None, tuple.default.as_deref(), "a TypeVarTuple default")
            }
        };
        if let Some(bound) = bound {
            let what =
                if bound.is_tuple_expr() { "a TypeVar constraint" } else { "a TypeVar bound" };
            self.lazy(bound, id, what, Role::Body)?;
        }
        default.map_or(Ok(()), |default| self.lazy(default, id, what, Role::Default))
    }

    /// A bound, constraint or default: a function of its own, called when somebody asks for the value.
    fn lazy(&mut self, expr: &'a Expr, name: NameId, what: &'static str, role: Role) -> Res {
        let in_class = self.annotations_see_class();
        self.enter(ScopeKind::TypeVariable, name, expr, role, |b| {
            b.scope().restriction = what;
            b.annotation_scope(in_class, expr.range())?;
            b.expr(expr)
        })
    }

    pub(super) fn type_alias(&mut self, alias: &'a StmtTypeAlias) -> Res {
        self.expr(&alias.name)?;
        let Expr::Name(target) = &*alias.name else { return Ok(()) };
        let name = self.table.names.intern(&target.id);
        match &alias.type_params {
            Some(type_params) => {
                self.type_params(type_params, name, |_| Ok(()), |b| b.alias_value(alias, name))
            }
            None => self.alias_value(alias, name),
        }
    }

    fn alias_value(&mut self, alias: &'a StmtTypeAlias, name: NameId) -> Res {
        let in_class = self.annotations_see_class();
        self.enter(ScopeKind::TypeAlias, name, alias, Role::Body, |b| {
            b.annotation_scope(in_class, alias.value.range())?;
            b.expr(&alias.value)
        })
    }
}

/// Does a positional parameter have a default?
pub(crate) fn has_defaults(parameters: &Parameters) -> bool {
    parameters.posonlyargs.iter().chain(&parameters.args).any(|p| p.default.is_some())
}

/// Does a keyword-only parameter have a default?
pub(crate) fn has_kw_defaults(parameters: &Parameters) -> bool {
    parameters.kwonlyargs.iter().any(|p| p.default.is_some())
}
