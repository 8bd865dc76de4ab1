//! Type parameters and `type` statements (PEP 695, PEP 696).
use haft_bytecode::{Const, Intrinsic, Op};
use ruff_python_ast::{Expr, StmtClassDef, StmtFunctionDef, StmtTypeAlias, TypeParam, TypeParams};
use ruff_text_size::{Ranged, TextRange};

use super::{Compiler, Res};
use crate::names::known;
use crate::symtable::{Role, ScopeId, def};

impl<'a> Compiler<'a> {
    /// A generic function: a function is called that makes the type parameters and then the function itself.
    pub(super) fn generic_function(&mut self, function: &'a StmtFunctionDef, dst: u16) -> Res {
        let Some(type_params) = function.type_params.as_deref() else { return Ok(()) };
        let mark = self.unit.top;
        let range = function.name.range;
        let base = self.unit.temp();
        let defaults = self.unit.temps(2);
        let given = self.defaults(&function.parameters, defaults)?;
        if given == [false, true, false] {
            self.unit.mov(defaults, defaults + 1);
        }
        let n_args = u16::from(given[0]) + u16::from(given[1]);

        self.enter_type_params(type_params, range);
        self.unit.code.arg_count = n_args;
        self.unit.code.pos_only_count = n_args;
        let tuple = self.type_params(type_params)?;
        let value = self.unit.temp();
        let first = self.unit.temps(4);
        if given[0] {
            self.load(known::DEFAULTS, first);
        }
        if given[1] {
            self.load(known::KWDEFAULTS, first + 1);
        }
        let annotated = self.function_annotations(function, first + 2)?;
        let (code, free) = self.function_code(function)?;
        self.at(range);
        self.make_function(code, &free, value, Some((first, [given[0], given[1], annotated])));
        self.unit.mov(value + 1, tuple);
        self.intrinsic(Intrinsic::SetFunctionTypeParams, value, 2);
        self.unit.ret(value);
        let (code, free) = self.leave()?;

        self.at(range);
        self.make_function(code, &free, base, None);
        self.unit.emit(Op::Call, dst, base, n_args);
        self.unit.top = mark;
        Ok(())
    }

    pub(super) fn generic_class(&mut self, class: &'a StmtClassDef, dst: u16) -> Res {
        let Some(type_params) = class.type_params.as_deref() else { return Ok(()) };
        let range = class.name.range;
        self.enter_type_params(type_params, range);
        let tuple = self.type_params(type_params)?;
        self.store(known::TYPE_PARAMS, tuple);
        let generic = self.unit.temp();
        self.unit.mov(generic, tuple);
        self.intrinsic(Intrinsic::SubscriptGeneric, generic, 1);
        self.store(known::GENERIC_BASE, generic);
        self.build_class(class, Some(known::GENERIC_BASE), generic)?;
        self.unit.ret(generic);
        self.call_type_params(range, dst)
    }

    pub(super) fn type_alias(&mut self, alias: &'a StmtTypeAlias) -> Res {
        let Expr::Name(name) = &*alias.name else { return Ok(()) };
        let range = alias.range;
        let dst = self.unit.temp();
        match alias.type_params.as_deref() {
            Some(type_params) => {
                self.enter_type_params(type_params, range);
                let tuple = self.type_params(type_params)?;
                let value = self.unit.temp();
                self.alias_object(alias, &name.id, Some(tuple), value)?;
                self.unit.ret(value);
                self.call_type_params(range, dst)?;
            }
            None => self.alias_object(alias, &name.id, None, dst)?,
        }
        let id = self.name_id(&name.id);
        self.at(name.range);
        self.store(id, dst);
        Ok(())
    }

    fn alias_object(
        &mut self,
        alias: &'a StmtTypeAlias,
        name: &str,
        type_params: Option<u16>,
        dst: u16,
    ) -> Res {
        let mark = self.unit.top;
        let first = self.unit.temps(3);
        self.at(alias.range);
        self.unit.load_const(first, Const::Str(name.as_bytes().into()));
        match type_params {
            Some(tuple) => self.unit.mov(first + 1, tuple),
            None => self.unit.load_const(first + 1, Const::None),
        }
        let scope = self.table.scope_of(alias, Role::Body).unwrap_or(ScopeId(0));
        self.evaluator(scope, &alias.value, first + 2)?;
        self.at(alias.range);
        self.intrinsic(Intrinsic::TypeAlias, first, 3);
        self.unit.mov(dst, first);
        self.unit.top = mark;
        Ok(())
    }

    /// A function that evaluates `value` when called, in `dst`.
    fn evaluator(&mut self, scope: ScopeId, value: &'a Expr, dst: u16) -> Res {
        self.begin_lazy(scope, value.range());
        let result = self.unit.temp();
        if let Expr::Starred(starred) = value {
            self.into(&starred.value, result)?;
            self.at(starred.range);
            self.unit.emit(Op::UnpackSequence, result, result, 1);
        } else {
            self.into(value, result)?;
        }
        self.unit.ret(result);
        let (code, free) = self.leave()?;
        let mark = self.unit.top;
        let first = self.unit.temps(4);
        self.unit.load_const(first, Const::Tuple(vec![Const::Int(1)]));
        self.make_function(code, &free, dst, Some((first, [true, false, false])));
        self.unit.top = mark;
        Ok(())
    }

    fn enter_type_params(&mut self, type_params: &'a TypeParams, range: TextRange) {
        let scope = self.table.scope_of(type_params, Role::TypeParams).unwrap_or(ScopeId(0));
        self.enter(scope, self.source.line(range.start()));
        self.at(range);
        self.prologue();
        debug_assert!(
            self.table.scope(scope).symbols.values().all(|s| s.flags & def::GLOBAL == 0),
            "nothing is declared in such a scope"
        );
    }

    /// End the code begun by `enter_type_params`, make the function and call it.
    fn call_type_params(&mut self, range: TextRange, dst: u16) -> Res {
        let (code, free) = self.leave()?;
        let mark = self.unit.top;
        let base = self.unit.temp();
        self.at(range);
        self.make_function(code, &free, base, None);
        self.unit.emit(Op::Call, dst, base, 0);
        self.unit.top = mark;
        Ok(())
    }

    /// Make all type parameters, bind their names; the tuple of them in a temporary.
    fn type_params(&mut self, type_params: &'a TypeParams) -> Res<u16> {
        let n = type_params.type_params.len();
        let tuple = self.unit.temp();
        let first = self.unit.temps(n);
        let mut after_default = false;
        for (reg, param) in (first..).zip(&type_params.type_params) {
            if param.default().is_some() {
                after_default = true;
            } else if after_default {
                let name = param.name();
                let message =
                    format!("non-default type parameter '{name}' follows default type parameter");
                return Self::error(message, param.range());
            }
            self.type_param(param, reg)?;
            let id = self.name_id(param.name());
            self.store(id, reg);
        }
        self.at(type_params.range);
        self.unit.emit(Op::BuildTuple, tuple, first, n as u16);
        self.unit.top = tuple + 1;
        Ok(tuple)
    }

    fn type_param(&mut self, param: &'a TypeParam, dst: u16) -> Res {
        let mark = self.unit.top;
        let first = self.unit.temps(2);
        let name = Const::Str(param.name().as_bytes().into());
        self.at(param.range());
        self.unit.load_const(first, name);
        match param {
            TypeParam::TypeVar(var) => match &var.bound {
                Some(bound) => {
                    let bound = &**bound;
                    let scope = self.table.scope_of(bound, Role::Body).unwrap_or(ScopeId(0));
                    self.evaluator(scope, bound, first + 1)?;
                    self.at(param.range());
                    let make = if bound.is_tuple_expr() {
                        Intrinsic::TypeVarWithConstraints
                    } else {
                        Intrinsic::TypeVarWithBound
                    };
                    self.intrinsic(make, first, 2);
                }
                None => self.intrinsic(Intrinsic::TypeVar, first, 1),
            },
            TypeParam::ParamSpec(_) => self.intrinsic(Intrinsic::ParamSpec, first, 1),
            TypeParam::TypeVarTuple(_) => self.intrinsic(Intrinsic::TypeVarTuple, first, 1),
        }
        if let Some(default) = param.default() {
            let scope = self.table.scope_of(default, Role::Default).unwrap_or(ScopeId(0));
            self.evaluator(scope, default, first + 1)?;
            self.at(param.range());
            self.intrinsic(Intrinsic::SetTypeParamDefault, first, 2);
        }
        self.unit.mov(dst, first);
        self.unit.top = mark;
        Ok(())
    }

    /// `r[first] = function(r[first], …)`.
    fn intrinsic(&mut self, function: Intrinsic, first: u16, n: u16) {
        self.unit.emit_x(Op::Intrinsic, function as u8, first, first, n);
    }
}
