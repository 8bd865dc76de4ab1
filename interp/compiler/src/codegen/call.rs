//! Calls.
use haft_bytecode::{Const, Insn, Op};
use ruff_python_ast::{Arguments, Expr, ExprAttribute, ExprCall, Keyword};
use ruff_text_size::{Ranged, TextRange};

use super::{Compiler, Res};
use crate::names::{NameId, known};
use crate::symtable::{Place, ScopeKind, Symtable};

/// More arguments than this are passed as a tuple and a dict.
const MAX_REGISTER_ARGS: usize = 200;

impl<'a> Compiler<'a> {
    pub(super) fn call(&mut self, call: &'a ExprCall, dst: u16) -> Res {
        self.warn_call(call);
        check_keywords(&call.arguments)?;
        let mark = self.unit.top;
        let spread = is_spread(&call.arguments);
        match &*call.func {
            Expr::Attribute(attribute) if !spread => {
                let base = self.call_base(dst);
                self.unit.temp();
                if !self.super_method(attribute, base)? {
                    self.method(attribute, base)?;
                }
                self.arguments(&call.arguments, base, base + 2, method_ops(), (dst, call))?;
            }
            func => {
                let base = self.call_base(dst);
                self.into(func, base)?;
                if spread {
                    self.call_spread(&call.arguments, base, dst, call.range())?;
                } else {
                    let target = (dst, call);
                    self.arguments(
                        &call.arguments,
                        base,
                        base + 1,
                        (Op::Call, Op::CallKw),
                        target,
                    )?;
                }
            }
        }
        self.unit.top = mark;
        Ok(())
    }

    /// The first register of a call's window: a temporary `dst` on top can be it.
    fn call_base(&mut self, dst: u16) -> u16 {
        if dst.checked_add(1) == Some(self.unit.top) && !self.unit.is_variable(dst) {
            dst
        } else {
            self.unit.temp()
        }
    }

    fn method(&mut self, attribute: &'a ExprAttribute, base: u16) -> Res {
        let mark = self.unit.top;
        let object = match &*attribute.value {
            value @ Expr::Name(_) => self.reg(value)?,
            value => {
                self.into(value, base)?;
                base
            }
        };
        let name = self.name_id(&attribute.attr);
        self.at_attribute(attribute, attribute.range);
        self.unit.emit_name(Op::LoadMethod, base, object, name);
        self.unit.top = mark;
        Ok(())
    }

    /// Arguments from `first` on and the call.
    fn arguments(
        &mut self,
        arguments: &'a Arguments,
        base: u16,
        first: u16,
        (plain, with_keywords): (Op, Op),
        (dst, call): (u16, &'a ExprCall),
    ) -> Res {
        debug_assert_eq!(first, self.unit.top);
        for arg in &arguments.args {
            let reg = self.unit.temp();
            self.into(arg, reg)?;
        }
        for keyword in &arguments.keywords {
            let reg = self.unit.temp();
            self.into(&keyword.value, reg)?;
        }
        let n = (arguments.args.len() + arguments.keywords.len()) as u16;
        match &*call.func {
            Expr::Attribute(attribute) => self.at_attribute(attribute, call.range()),
            _ => self.at(call.range()),
        }
        if arguments.keywords.is_empty() {
            self.unit.emit(plain, dst, base, n);
            return Ok(());
        }
        let names = Self::keyword_names(&arguments.keywords);
        self.emit_const_ext(Insn::abc(with_keywords, 0, dst, base, n), names);
        Ok(())
    }

    pub(super) fn keyword_names(keywords: &[Keyword]) -> Const {
        let names = keywords.iter().filter_map(|keyword| keyword.arg.as_ref());
        Const::Tuple(names.map(|name| Const::Str(name.as_bytes().into())).collect())
    }

    /// An instruction whose extension is the index of a constant.
    pub(super) fn emit_const_ext(&mut self, insn: Insn, value: Const) {
        if !self.unit.dead {
            let index = self.unit.consts.add(value);
            self.unit.emit_ext(insn, index, 0);
        }
    }

    /// `f(*args, **kwargs)`, the callable in `base` already.
    pub(super) fn call_spread(
        &mut self,
        arguments: &'a Arguments,
        base: u16,
        dst: u16,
        range: TextRange,
    ) -> Res {
        let positional = self.unit.temp();
        match &arguments.args[..] {
            [Expr::Starred(starred)] => self.into(&starred.value, positional)?,
            args => {
                self.at(range);
                self.list(args, range, positional)?;
            }
        }
        let named = self.unit.temp();
        if arguments.keywords.is_empty() {
            self.unit.load_absent(named);
        } else {
            self.spread_keywords(&arguments.keywords, base, named, range)?;
        }
        self.at(range);
        self.unit.emit(Op::CallEx, dst, base, 0);
        Ok(())
    }

    pub(super) fn spread_keywords(
        &mut self,
        keywords: &'a [Keyword],
        callable: u16,
        dst: u16,
        range: TextRange,
    ) -> Res {
        self.unit.emit(Op::BuildDict, dst, dst, 0);
        let mut merging = false;
        let mut rest = keywords;
        while let Some(first) = rest.first() {
            let mark = self.unit.top;
            let n_named = rest.iter().take_while(|keyword| keyword.arg.is_some()).count();
            if n_named > 0 {
                // After a `**` a plain keyword may repeat a key, which `dict_merge` finds out.
                let target = if merging { self.unit.temp() } else { dst };
                if merging {
                    self.unit.emit(Op::BuildDict, target, target, 0);
                }
                for keyword in &rest[..n_named] {
                    self.set_keyword(keyword, target)?;
                }
                if merging {
                    self.at(range);
                    self.unit.emit(Op::DictMerge, dst, target, callable);
                }
                rest = &rest[n_named..];
            } else {
                let mapping = self.reg(&first.value)?;
                self.at(range);
                self.unit.emit(Op::DictMerge, dst, mapping, callable);
                merging = true;
                rest = &rest[1..];
            }
            self.unit.top = mark;
        }
        Ok(())
    }

    fn set_keyword(&mut self, keyword: &'a Keyword, dict: u16) -> Res {
        let Some(name) = &keyword.arg else { return Ok(()) };
        let mark = self.unit.top;
        let value = self.reg(&keyword.value)?;
        let key = self.unit.temp();
        self.unit.load_const(key, Const::Str(name.as_bytes().into()));
        self.unit.emit(Op::DictSet, dict, key, value);
        self.unit.top = mark;
        Ok(())
    }

    // ---- super()

    /// `super().name` or `super(C, self).name` without making the super object.
    pub(super) fn super_attribute(&mut self, attribute: &'a ExprAttribute, dst: u16) -> Res<bool> {
        if !self.is_super(attribute) {
            return Ok(false);
        }
        let mark = self.unit.top;
        let base = self.unit.temps(3);
        self.super_operands(attribute, base)?;
        let name = self.name_id(&attribute.attr);
        self.at(attribute.range);
        self.unit.emit_name_x(Op::LoadSuper, 1, dst, base, name);
        self.unit.top = mark;
        Ok(true)
    }

    fn super_method(&mut self, attribute: &'a ExprAttribute, base: u16) -> Res<bool> {
        if !self.is_super(attribute) {
            return Ok(false);
        }
        let mark = self.unit.top;
        self.unit.temp(); // base and base + 1 are taken, base + 2 is self
        self.super_operands(attribute, base)?;
        let name = self.name_id(&attribute.attr);
        self.at(attribute.range);
        self.unit.emit_name(Op::LoadSuper, base, base, name);
        self.unit.top = mark;
        Ok(true)
    }

    fn super_operands(&mut self, attribute: &'a ExprAttribute, base: u16) -> Res {
        let Expr::Call(call) = &*attribute.value else { return Ok(()) };
        self.into(&call.func, base)?;
        if let [class, object] = &call.arguments.args[..] {
            self.into(class, base + 1)?;
            return self.into(object, base + 2);
        }
        self.at(call.range());
        self.load(known::CLASS, base + 1);
        if let Some(&name) = self.first_parameter().as_ref() {
            self.load(name, base + 2);
        }
        Ok(())
    }

    fn first_parameter(&self) -> Option<NameId> {
        let scope = self.table.scope(self.unit.scope);
        let (&name, symbol) = scope.symbols.iter().next()?;
        let is_param = symbol.flags & crate::symtable::def::PARAM != 0;
        (is_param && self.unit.code.arg_count > 0).then_some(name)
    }

    fn is_super(&self, attribute: &ExprAttribute) -> bool {
        let Expr::Call(call) = &*attribute.value else { return false };
        let Expr::Name(name) = &*call.func else { return false };
        if name.id != *"super" || !call.arguments.keywords.is_empty() {
            return false;
        }
        let scope = self.table.scope(self.unit.scope);
        let inner = self.unit.frames.last().map_or(scope, |frame| self.table.scope(frame.scope));
        let global = inner.place(known::SUPER) == Place::GlobalImplicit;
        let shadowed = self.table.scope(Symtable::TOP).place(known::SUPER) != Place::Unknown;
        let in_function = matches!(
            scope.kind,
            ScopeKind::Function | ScopeKind::Lambda | ScopeKind::Comprehension(_)
        );
        if !in_function || !global || shadowed {
            return false;
        }
        match &call.arguments.args[..] {
            [a, b] => !a.is_starred_expr() && !b.is_starred_expr(),
            [] => self.first_parameter().is_some() && inner.place(known::CLASS) == Place::Free,
            _ => false,
        }
    }
}

fn method_ops() -> (Op, Op) {
    (Op::CallMethod, Op::CallMethodKw)
}

/// Do the arguments have to be passed as a tuple and a dict?
pub(super) fn is_spread(arguments: &Arguments) -> bool {
    arguments.args.iter().any(Expr::is_starred_expr)
        || arguments.keywords.iter().any(|keyword| keyword.arg.is_none())
        || arguments.args.len() + arguments.keywords.len() > MAX_REGISTER_ARGS
}

/// `f(a=1, a=2)` and `f(__debug__=1)` are errors.
pub(super) fn check_keywords(arguments: &Arguments) -> Res {
    let mut seen: indexmap::IndexSet<&str, rustc_hash::FxBuildHasher> =
        indexmap::IndexSet::default();
    for keyword in &arguments.keywords {
        let Some(name) = &keyword.arg else { continue };
        if name.as_str() == "__debug__" {
            let message = "cannot assign to __debug__";
            return Err(crate::fault::Fault::syntax(message, keyword.range()));
        }
        if arguments.keywords.len() > 1 && !seen.insert(name.as_str()) {
            let message = format!("keyword argument repeated: {name}");
            return Err(crate::fault::Fault::syntax(message, keyword.range()));
        }
    }
    Ok(())
}
