//! Annotations: collected in `__annotate__` functions that run when somebody asks (PEP 649, PEP 749).
use haft_bytecode::{Code, Const, Intrinsic, Op};
use ruff_python_ast::{Expr, StmtAnnAssign, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange};

use super::{Compiler, Res};
use crate::names::{NameId, known};
use crate::symtable::{Role, ScopeId};
use crate::{compile_flags, unparse};

/// `annotationlib.Format.VALUE_WITH_FAKE_GLOBALS`: the last format that `__annotate__` itself supports.
const LAST_FORMAT: u16 = 2;

impl<'a> Compiler<'a> {
    pub(super) fn annotations_are_strings(&self) -> bool {
        self.future & compile_flags::FUTURE_ANNOTATIONS != 0
    }

    /// The `__annotate__` function of a function in `dst`; false if it has no annotations.
    pub(super) fn function_annotations(
        &mut self,
        function: &'a StmtFunctionDef,
        dst: u16,
    ) -> Res<bool> {
        let parameters = &*function.parameters;
        let Some(scope) = self.table.scope_of(parameters, Role::Annotations) else {
            return Ok(false);
        };
        self.begin_lazy(scope, function.name.range);
        let dict = self.unit.temp();
        self.unit.emit(Op::BuildDict, dict, dict, 0);
        let positional =
            parameters.posonlyargs.iter().chain(&parameters.args).map(|p| &p.parameter);
        let keyword = parameters.kwonlyargs.iter().map(|p| &p.parameter);
        let all = positional
            .chain(parameters.vararg.as_deref())
            .chain(keyword)
            .chain(parameters.kwarg.as_deref());
        for parameter in all {
            if let Some(annotation) = &parameter.annotation {
                let name = self.name_id(&parameter.name);
                self.add_annotation(dict, name, annotation)?;
            }
        }
        if let Some(returns) = &function.returns {
            let name = self.table.names.intern("return");
            self.add_annotation(dict, name, returns)?;
        }
        self.unit.ret(dict);
        let (code, free) = self.leave()?;
        self.at(function.name.range);
        self.make_function(code, &free, dst, None);
        Ok(true)
    }

    /// `dict[name] = annotation`.
    fn add_annotation(&mut self, dict: u16, name: NameId, annotation: &'a Expr) -> Res {
        let mark = self.unit.top;
        let value = self.unit.temp();
        if self.annotations_are_strings() {
            let text = unparse::unparse(self.source, annotation);
            self.unit.load_const(value, Const::Str(text.into_bytes().into()));
        } else if let Expr::Starred(starred) = annotation {
            self.into(&starred.value, value)?;
            self.at(starred.range);
            self.unit.emit(Op::UnpackSequence, value, value, 1);
        } else {
            self.into(annotation, value)?;
        }
        let key = self.unit.temp();
        let text = self.table.names.text(name).as_bytes().into();
        self.at(annotation.range());
        self.unit.load_const(key, Const::Str(text));
        self.unit.emit(Op::DictSet, dict, key, value);
        self.unit.top = mark;
        Ok(())
    }

    /// Start the code of a lazily evaluated function: one positional argument, the format, which must be known.
    pub(super) fn begin_lazy(&mut self, scope: ScopeId, range: TextRange) {
        self.enter(scope, self.source.line(range.start()));
        self.unit.code.arg_count = 1;
        self.unit.code.pos_only_count = 1;
        self.at(range);
        self.prologue();
        let supported = self.unit.label();
        let format = self.unit.locals.get(&known::FORMAT).copied().unwrap_or(0);
        self.unit.jump_compare(Op::JumpGtI, false, format, LAST_FORMAT, supported);
        let error = self.unit.temp();
        self.unit.emit_x(Op::Intrinsic, Intrinsic::NotImplementedError as u8, error, error, 0);
        self.unit.emit_x(Op::Raise, 1, error, 0, 0);
        self.unit.dead = true;
        self.unit.top = error;
        self.unit.bind(supported);
    }

    // ---- modules and classes

    /// At the start of a module: everything its annotations need, since it may be read before it has run to the end.
    pub(super) fn module_annotations(&mut self) -> Res {
        let scope = self.table.scope(self.unit.scope);
        if scope.annotated.is_empty() {
            return Ok(());
        }
        if self.annotations_are_strings() {
            self.setup_annotations();
            return Ok(());
        }
        let mark = self.unit.top;
        let temp = self.unit.temp();
        if scope.conditional_annotations {
            self.unit.emit(Op::BuildSet, temp, temp, 0);
            self.store(known::CONDITIONAL_ANNOTATIONS, temp);
        }
        self.variable_annotations(temp)?;
        self.store(known::ANNOTATE, temp);
        self.unit.top = mark;
        Ok(())
    }

    /// At the end of a class body: its `__annotate__` function.
    pub(super) fn class_annotations(&mut self) -> Res {
        let scope = self.table.scope(self.unit.scope);
        if scope.annotated.is_empty() || self.annotations_are_strings() {
            return Ok(());
        }
        let mark = self.unit.top;
        let temp = self.unit.temp();
        self.variable_annotations(temp)?;
        self.store(known::ANNOTATE_FUNC, temp);
        self.unit.top = mark;
        Ok(())
    }

    pub(super) fn setup_annotations(&mut self) {
        let temp = self.unit.temp();
        self.unit.emit_x(Op::Intrinsic, Intrinsic::SetupAnnotations as u8, temp, temp, 0);
        self.unit.top = temp;
    }

    /// The function of all simple annotations of this module or class, in `dst`.
    fn variable_annotations(&mut self, dst: u16) -> Res {
        let scope = self.table.scope(self.unit.scope);
        let annotated = scope.annotated.clone();
        let Some(inner) = scope.annotations else { return Ok(()) };
        let Some(range) = annotated.first().map(|(assign, _)| assign.range) else { return Ok(()) };
        let (code, free) = self.variable_annotations_code(inner, &annotated, range)?;
        self.make_function(code, &free, dst, None);
        Ok(())
    }

    fn variable_annotations_code(
        &mut self,
        scope: ScopeId,
        annotated: &[(&'a StmtAnnAssign, bool)],
        range: TextRange,
    ) -> Res<(Code, Vec<NameId>)> {
        self.begin_lazy(scope, range);
        let dict = self.unit.temp();
        self.unit.emit(Op::BuildDict, dict, dict, 0);
        for (index, &(assign, conditional)) in annotated.iter().enumerate() {
            let Expr::Name(name) = &*assign.target else { continue };
            let id = self.name_id(&name.id);
            let skip = self.unit.label();
            self.at(assign.range);
            if conditional {
                let mark = self.unit.top;
                let done = self.unit.temps(2);
                self.load(known::CONDITIONAL_ANNOTATIONS, done);
                self.unit.load_const(done + 1, Const::Int(index as i64));
                self.unit.emit(Op::In, done, done + 1, done);
                self.unit.jump_if(Op::JumpIfFalse, done, skip);
                self.unit.top = mark;
            }
            self.add_annotation(dict, id, &assign.annotation)?;
            self.unit.bind(skip);
        }
        self.unit.ret(dict);
        self.leave()
    }

    /// Where the annotated statement stands: say that it was reached, or store the annotation's text.
    pub(super) fn note_annotation(&mut self, assign: &'a StmtAnnAssign) -> Res {
        let mark = self.unit.top;
        self.at(assign.range);
        let scope = self.table.scope(self.unit.scope);
        let start = assign.range.start();
        // Statements of a text are in order; those of a built tree may all claim the same place.
        let from = scope.annotated.partition_point(|(other, _)| other.range.start() < start);
        let same = |(other, _): &(&StmtAnnAssign, bool)| std::ptr::eq(*other, assign);
        let found = scope.annotated[from..].iter().position(same).map(|at| from + at);
        let Some(index) = found.or_else(|| scope.annotated.iter().position(same)) else {
            return Ok(());
        };
        let conditional = scope.annotated[index].1;
        if self.annotations_are_strings() {
            let first = self.unit.temps(3);
            self.load(known::ANNOTATIONS, first);
            let Expr::Name(name) = &*assign.target else { return Ok(()) };
            let id = self.name_id(&name.id);
            let key = self.table.names.text(id).as_bytes().into();
            let text = unparse::unparse(self.source, &assign.annotation);
            self.unit.load_const(first + 1, Const::Str(key));
            self.unit.load_const(first + 2, Const::Str(text.into_bytes().into()));
            self.unit.emit(Op::StoreItem, first, first + 1, first + 2);
        } else if conditional {
            let set = self.unit.temps(2);
            self.load(known::CONDITIONAL_ANNOTATIONS, set);
            self.unit.load_const(set + 1, Const::Int(index as i64));
            self.unit.emit(Op::SetAdd, set, set + 1, 0);
        }
        self.unit.top = mark;
        Ok(())
    }
}
