//! `class`.
use haft_bytecode::{Code, Const, Insn, Op};
use ruff_python_ast::{Arguments, Expr, StmtClassDef};

use super::call::{check_keywords, is_spread};
use super::{Compiler, Res};
use crate::names::{NameId, known};
use crate::symtable::{Role, ScopeId};

impl<'a> Compiler<'a> {
    pub(super) fn class_def(&mut self, class: &'a StmtClassDef) -> Res {
        Self::forbid_debug(&class.name, class.name.range)?;
        let decorators = self.decorators(&class.decorator_list)?;
        let dst = self.unit.temp();
        self.at(class.name.range);
        if class.type_params.is_some() {
            self.generic_class(class, dst)?;
        } else {
            self.build_class(class, None, dst)?;
        }
        self.decorate(&class.decorator_list, decorators, dst);
        let id = self.name_id(&class.name);
        self.at(class.name.range);
        let value = if class.decorator_list.is_empty() { dst } else { decorators };
        self.store(id, value);
        Ok(())
    }

    /// `__build_class__(body, name, *bases, **keywords)`; a generic class has one base more.
    pub(super) fn build_class(
        &mut self,
        class: &'a StmtClassDef,
        generic_base: Option<NameId>,
        dst: u16,
    ) -> Res {
        let mark = self.unit.top;
        let base = self.unit.temps(3);
        self.unit.emit(Op::LoadBuildClass, base, 0, 0);
        let (code, free) = self.class_code(class)?;
        self.at(class.name.range);
        self.make_function(code, &free, base + 1, None);
        let name = Const::Str(class.name.as_bytes().into());
        self.unit.load_const(base + 2, name);
        match &class.arguments {
            Some(arguments) if is_spread(arguments) => {
                check_keywords(arguments)?;
                self.class_spread(class, arguments, generic_base, base)?;
                self.at(class.name.range);
                self.unit.emit(Op::CallEx, dst, base, 0);
            }
            arguments => {
                let arguments = arguments.as_deref();
                self.class_arguments(arguments, generic_base, base, class, dst)?;
            }
        }
        self.unit.top = mark;
        Ok(())
    }

    fn class_arguments(
        &mut self,
        arguments: Option<&'a Arguments>,
        generic_base: Option<NameId>,
        base: u16,
        class: &'a StmtClassDef,
        dst: u16,
    ) -> Res {
        let mut n = 2;
        for arg in arguments.iter().flat_map(|arguments| &arguments.args) {
            let reg = self.unit.temp();
            self.into(arg, reg)?;
            n += 1;
        }
        if let Some(name) = generic_base {
            let reg = self.unit.temp();
            self.load(name, reg);
            n += 1;
        }
        let keywords = arguments.map_or(&[][..], |arguments| &arguments.keywords);
        if keywords.is_empty() {
            self.at(class.name.range);
            self.unit.emit(Op::Call, dst, base, n);
            return Ok(());
        }
        if let Some(arguments) = arguments {
            check_keywords(arguments)?;
        }
        for keyword in keywords {
            let reg = self.unit.temp();
            self.into(&keyword.value, reg)?;
            n += 1;
        }
        let names = Self::keyword_names(keywords);
        self.at(class.name.range);
        self.emit_const_ext(Insn::abc(Op::CallKw, 0, dst, base, n), names);
        Ok(())
    }

    /// Bases with `*` or `**`: the two fixed arguments and the bases become one list.
    fn class_spread(
        &mut self,
        class: &'a StmtClassDef,
        arguments: &'a Arguments,
        generic_base: Option<NameId>,
        base: u16,
    ) -> Res {
        let range = class.name.range;
        self.unit.emit(Op::BuildList, base + 1, base + 1, 2);
        for arg in &arguments.args {
            let mark = self.unit.top;
            let (op, value) = match arg {
                Expr::Starred(starred) => (Op::ListExtend, &*starred.value),
                other => (Op::ListAppend, other),
            };
            let value = self.reg(value)?;
            self.at(range);
            self.unit.emit(op, base + 1, value, 0);
            self.unit.top = mark;
        }
        if let Some(name) = generic_base {
            let value = self.unit.temp();
            self.load(name, value);
            self.unit.emit(Op::ListAppend, base + 1, value, 0);
        }
        if arguments.keywords.is_empty() {
            self.unit.load_absent(base + 2);
            Ok(())
        } else {
            self.spread_keywords(&arguments.keywords, base, base + 2, range)
        }
    }

    fn class_code(&mut self, class: &'a StmtClassDef) -> Res<(Code, Vec<NameId>)> {
        let scope = self.table.scope_of(class, Role::Body).unwrap_or(ScopeId(0));
        self.enter(scope, self.first_line(&class.decorator_list, &class.name));
        self.prologue();
        let first = class.decorator_list.first();
        self.at(first.map_or(class.name.range, |decorator| decorator.range));
        let name = self.table.names.intern(&class.name);
        self.unit.class = Some(name);
        self.class_preamble(class);
        let annotated = !self.table.scope(self.unit.scope).annotated.is_empty();
        if annotated && self.annotations_are_strings() {
            self.setup_annotations();
        }
        let body = self.docstring(&class.body, true)?;
        self.body(body)?;
        self.class_annotations()?;
        self.class_epilogue();
        self.leave()
    }

    fn store_const(&mut self, name: NameId, value: Const) {
        let mark = self.unit.top;
        let temp = self.unit.temp();
        self.unit.load_const(temp, value);
        self.store(name, temp);
        self.unit.top = mark;
    }

    fn class_preamble(&mut self, class: &'a StmtClassDef) {
        let mark = self.unit.top;
        let temp = self.unit.temp();
        self.load(known::NAME, temp);
        self.store(known::MODULE, temp);
        let qualname = self.unit.code.qualname.clone().into_bytes().into();
        self.store_const(known::QUALNAME, Const::Str(qualname));
        let line = i64::from(self.unit.code.first_line);
        self.store_const(known::FIRST_LINE, Const::Int(line));
        if class.type_params.is_some() {
            self.load(known::TYPE_PARAMS, temp);
            self.store(known::DUNDER_TYPE_PARAMS, temp);
        }
        let scope = self.table.scope(self.unit.scope);
        let (classdict, conditional) = (scope.needs_classdict, scope.conditional_annotations);
        let cell = |c: &Self, name: NameId| c.unit.cells.get(&name).map(|cell| cell.0);
        if classdict && let Some(reg) = cell(self, known::CLASSDICT) {
            self.unit.emit(Op::LoadLocals, temp, 0, 0);
            self.unit.emit(Op::StoreCell, reg, temp, 0);
        }
        if conditional && let Some(reg) = cell(self, known::CONDITIONAL_ANNOTATIONS) {
            self.unit.emit(Op::BuildSet, temp, temp, 0);
            self.unit.emit(Op::StoreCell, reg, temp, 0);
        }
        self.unit.top = mark;
    }

    fn class_epilogue(&mut self) {
        self.unit.at(ruff_text_size::TextRange::default());
        let attributes = std::mem::take(&mut self.unit.static_attributes);
        let text = |&name: &NameId| Const::Str(self.table.names.text(name).as_bytes().into());
        let attributes = Const::Tuple(attributes.keys().map(text).collect());
        self.store_const(known::STATIC_ATTRIBUTES, attributes);
        let scope = self.table.scope(self.unit.scope);
        let needs_class_cell = scope.needs_class_cell;
        // The cells themselves are stored, not what they hold.
        if scope.needs_classdict
            && let Some(&(cell, _)) = self.unit.cells.get(&known::CLASSDICT)
        {
            self.unit.emit_name(Op::StoreName, cell, 0, known::CLASSDICTCELL);
        }
        if needs_class_cell && let Some(&(cell, _)) = self.unit.cells.get(&known::CLASS) {
            self.unit.emit_name(Op::StoreName, cell, 0, known::CLASSCELL);
            self.unit.ret(cell);
        }
        self.return_none();
    }
}
