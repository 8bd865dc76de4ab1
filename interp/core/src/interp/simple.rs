//! Instructions whose work is a call into `protocol`.
#![expect(clippy::format_push_string, reason = "a message is built in pieces")]
use haft_bytecode::Insn;
use haft_heap::Value;

use super::direct::Direct;
use super::machine::Machine;
use super::{ops, slow};
use crate::object::{CellObject, Dict, Str, Tuple, TypeFlags};
use crate::protocol::{BinaryOp, NO_ARGS};
use crate::vm::{R, Vm};

/// The name an attribute or variable instruction has in its extension.
#[inline(always)]
fn ext_name(m: &mut Direct<'_>) -> Value {
    let name = m.ext().lo() as usize;
    m.code().get().names[name]
}

/// UnboundLocalError for an unbound local.
#[inline(always)]
pub(super) fn check_bound(m: &mut Direct<'_>, i: Insn) -> R<()> {
    if m.reg(i.a()) == Value::UNBOUND {
        return Err(m.aside(|m| unbound_local(m, i.b())));
    }
    Ok(())
}

#[cold]
fn unbound_local(m: &mut Direct<'_>, varname: u16) -> crate::vm::Raised {
    m.save_pc();
    let name = m.code().get().varnames[usize::from(varname)];
    let text = m.vm.name_text(name);
    m.vm.unbound_local_error(format!(
        "cannot access local variable '{text}' where it is not associated with a value"
    ))
}

fn name_error_name(vm: &mut Vm, name: Value) {
    if let Some(error) =
        crate::object::PayloadRef::<crate::object::Exception>::of_value(vm.stack.raised)
    {
        error.fields[0].set(name);
    }
}

/// `del` of a local.
#[inline(always)]
pub(super) fn del_local(m: &mut Direct<'_>, i: Insn) -> R<()> {
    if i.x() == 1 && m.reg(i.a()) == Value::UNBOUND {
        return Err(m.aside(|m| unbound_local(m, i.b())));
    }
    let value = m.reg(i.a());
    m.set(i.a(), Value::UNBOUND);
    if is_prompt(m.vm, value) {
        m.aside(|m| {
            m.save_pc();
            m.vm.deleted_prompt();
        });
    }
    Ok(())
}

/// Does its class want its end at once?
pub(super) fn is_prompt(vm: &Vm, value: Value) -> bool {
    value.is_ptr() && vm.type_of(value).has(TypeFlags::PROMPT)
}

/// `r[a] = Cell(r[b])`
pub(super) fn make_cell(m: &mut Direct<'_>, i: Insn) {
    let value = m.reg(i.b());
    let contents = if value == Value::UNBOUND { Value::ABSENT } else { value };
    let cell = CellObject::new(&mut m.vm.heap, contents);
    m.set(i.a(), cell.value());
}

#[inline(always)]
fn cell_in(m: &mut Direct<'_>, register: u16) -> CellObject {
    let value = m.reg(register);
    CellObject::of(value).expect("the compiler put a cell into this register")
}

/// The error of a cell without contents: variable number `var` of cell and free variables.
#[cold]
pub(super) fn empty_cell(m: &mut Direct<'_>, var: u16) -> crate::vm::Raised {
    m.save_pc();
    let code = m.code();
    let code = &code.get().code;
    let var = usize::from(var);
    let n_cells = code.cellvars.len();
    if var < n_cells {
        let name = &code.cellvars[var];
        return m.vm.unbound_local_error(format!(
            "cannot access local variable '{name}' where it is not associated with a value"
        ));
    }
    let name = code.freevars[var - n_cells].clone();
    let raised = m.vm.name_error(format!(
        "cannot access free variable '{name}' where it is not associated with a value in enclosing scope"
    ));
    let name = m.vm.intern(&name);
    name_error_name(m.vm, name);
    raised
}

/// Empty a cell.
pub(super) fn del_cell(m: &mut Direct<'_>, i: Insn) -> R<()> {
    let cell = cell_in(m, i.a());
    if cell.contents().is_absent() {
        return Err(m.aside(|m| empty_cell(m, i.c())));
    }
    cell.set(&mut m.vm.heap, Value::ABSENT);
    Ok(())
}

/// In a class body: the namespace's entry, else the cell.
pub(super) fn load_class_cell(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let name = {
        let code = m.code();
        let code = &code.get().code;
        let (var, n_cells) = (usize::from(i.c()), code.cellvars.len());
        if var < n_cells {
            code.cellvars[var].clone()
        } else {
            code.freevars[var - n_cells].clone()
        }
    };
    let name = m.vm.intern(&name);
    let namespace = m.vm.frame_namespace();
    if let Some(value) = m.vm.namespace_get(namespace, name)? {
        m.set(i.a(), value);
        return Ok(());
    }
    if ops::load_cell(m, i) { Ok(()) } else { Err(empty_cell(m, i.c())) }
}

/// `load_name`
pub(super) fn load_name(m: &mut Direct<'_>, i: Insn) -> R<()> {
    let ext = m.ext();
    let code = m.code();
    let frame = *m.frame();
    if frame.locals.is_absent() || frame.locals == frame.globals.value() {
        let cache = &code.get().caches[ext.hi() as usize];
        return ops::load_global(m, i, cache);
    }
    m.save_pc();
    let value = m.vm.load_name(code.get().names[ext.lo() as usize])?;
    m.set(i.a(), value);
    Ok(())
}

/// `store_global`
pub(super) fn store_global(m: &mut Direct<'_>, i: Insn) -> R<()> {
    let name = ext_name(m);
    m.save_pc();
    let (globals, value) = (m.frame().globals.value(), m.reg(i.a()));
    m.vm.namespace_set(globals, name, value)
}

/// `del_global`
pub(super) fn del_global(m: &mut Direct<'_>, _: Insn) -> R<()> {
    let name = ext_name(m);
    m.save_pc();
    let globals = m.frame().globals.value();
    m.vm.namespace_delete(globals, name)
}

/// `store_name`
pub(super) fn store_name(m: &mut Direct<'_>, i: Insn) -> R<()> {
    let name = ext_name(m);
    m.save_pc();
    let (namespace, value) = (m.vm.frame_namespace(), m.reg(i.a()));
    m.vm.namespace_set(namespace, name, value)
}

/// `del_name`
pub(super) fn del_name(m: &mut Direct<'_>, _: Insn) -> R<()> {
    let name = ext_name(m);
    m.save_pc();
    let namespace = m.vm.frame_namespace();
    m.vm.namespace_delete(namespace, name)
}

/// `load_from_dict_or_global`
pub(super) fn load_from_dict_or_global(m: &mut Direct<'_>, i: Insn) -> R<()> {
    let name = ext_name(m);
    m.save_pc();
    let mapping = m.reg(i.b());
    let value = m.vm.load_from_dict_or_global(mapping, name)?;
    m.set(i.a(), value);
    Ok(())
}

/// `load_locals`
pub(super) fn load_locals(m: &mut Direct<'_>, i: Insn) -> R<()> {
    let namespace = m.vm.frame_namespace();
    m.set(i.a(), namespace);
    Ok(())
}

/// `load_build_class`
pub(super) fn load_build_class(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let builtins = m.frame().builtins;
    let Some(found) = m.vm.dict_get_str(builtins, "__build_class__") else {
        return Err(m.vm.name_error("__build_class__ not found"));
    };
    m.set(i.a(), found);
    Ok(())
}

/// `del r[a].name`
pub(super) fn del_attr(m: &mut Direct<'_>, i: Insn) -> R<()> {
    let name = ext_name(m);
    m.save_pc();
    let object = m.reg(i.a());
    m.vm.set_attr(object, name, Value::ABSENT)
}

/// `del r[a][r[b]]`
pub(super) fn del_item(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let (object, key) = (m.reg(i.a()), m.reg(i.b()));
    m.vm.delete_item(object, key)
}

/// `r[a][r[b]:r[b+1]] = r[c]`
pub(super) fn store_slice(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let (object, start, stop, value) = (m.reg(i.a()), m.reg(i.b()), m.reg(i.b() + 1), m.reg(i.c()));
    slow::set_slice(m.vm, [object, start, stop, value])?;
    Ok(())
}

/// `slice(…)`
pub(super) fn build_slice(m: &mut Direct<'_>, i: Insn) {
    let (start, stop, step) = (m.reg(i.b()), m.reg(i.b() + 1), m.reg(i.b() + 2));
    let slice = m.vm.slice(start, stop, step);
    m.set(i.a(), slice);
}

/// `r[b] ** r[c]`
pub(super) fn pow(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let (a, b) = (m.reg(i.b()), m.reg(i.c()));
    let value = m.vm.power(a, b, Value::NONE, i.x() == 1)?;
    m.set(i.a(), value);
    Ok(())
}

/// `r[b] @ r[c]`
pub(super) fn mat_mul(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let (a, b) = (m.reg(i.b()), m.reg(i.c()));
    let value = if i.x() == 1 {
        m.vm.inplace_op(BinaryOp::MatMul, a, b)?
    } else {
        m.vm.binary_op(BinaryOp::MatMul, a, b)?
    };
    m.set(i.a(), value);
    Ok(())
}

/// `with r[b]`
pub(super) fn before_with(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let manager = m.reg(i.b());
    let asynchronous = i.x() == 1;
    let vm = &mut *m.vm;
    let (enter, exit) = if asynchronous {
        (vm.names.__aenter__, vm.names.__aexit__)
    } else {
        (vm.names.__enter__, vm.names.__exit__)
    };
    let Some(enter) = vm.lookup_in_type(vm.type_of(manager), enter) else {
        return Err(no_context_manager(
            vm,
            manager,
            asynchronous,
            if asynchronous { "__aenter__" } else { "__enter__" },
        ));
    };
    let Some(exit) = vm.lookup_special(manager, exit)? else {
        return Err(no_context_manager(
            vm,
            manager,
            asynchronous,
            if asynchronous { "__aexit__" } else { "__exit__" },
        ));
    };
    // The exit method is in its register before `__enter__` runs, so that the collector sees it.
    m.set(i.a(), exit);
    let result = if m.vm.is_method_descriptor(enter) {
        m.vm.call_with_receiver(enter, manager, &NO_ARGS)?
    } else {
        let class = m.vm.type_of(manager);
        let enter = m.vm.bind_descriptor(enter, manager, class)?;
        m.vm.call_positional(enter, &[])?
    };
    m.set(i.a() + 1, result);
    Ok(())
}

fn no_context_manager(
    vm: &mut Vm,
    manager: Value,
    asynchronous: bool,
    missing: &str,
) -> crate::vm::Raised {
    let name = vm.type_name(manager);
    let ty = vm.type_of(manager);
    let kind = if asynchronous { "asynchronous context manager" } else { "context manager" };
    let (other, hint) = if asynchronous {
        (vm.names.__enter__, "with")
    } else {
        (vm.names.__aenter__, "async with")
    };
    let mut message = format!("'{name}' object does not support the {kind} protocol");
    if vm.lookup_in_type(ty, other).is_some() {
        message.push_str(&format!(" (missed {missing} method) but it supports the {} protocol. Did you mean to use '{hint}'?", if asynchronous { "context manager" } else { "asynchronous context manager" }));
    } else {
        message.push_str(&format!(" (missed {missing} method)"));
    }
    vm.type_error(message)
}

/// `exit(type(exc), exc, traceback)`
pub(super) fn with_except_start(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let (exit, exception) = (m.reg(i.b()), m.reg(i.c()));
    let class = m.vm.type_of(exception).value();
    let traceback = crate::object::PayloadRef::<crate::object::Exception>::of_value(exception)
        .map_or(Value::NONE, |e| e.traceback.get());
    let result = m.vm.call_positional(exit, &[class, exception, traceback])?;
    m.set(i.a(), result);
    Ok(())
}

/// `import name`
pub(super) fn import_name(m: &mut Direct<'_>, i: Insn) -> R<()> {
    let name = ext_name(m);
    m.save_pc();
    let frame = *m.frame();
    let fromlist = m.reg(i.b());
    let Some(import) = m.vm.dict_get_name(frame.builtins, m.vm.names.__import__) else {
        return Err(m.vm.import_error("__import__ not found"));
    };
    let locals = frame.locals.or_none();
    let level = Value::small(i32::from(i.x()));
    let module =
        m.vm.call_positional(import, &[name, frame.globals.value(), locals, fromlist, level])?;
    m.set(i.a(), module);
    Ok(())
}

/// `from module import name`
pub(super) fn import_from(m: &mut Direct<'_>, i: Insn) -> R<()> {
    let name = ext_name(m);
    m.save_pc();
    let module = m.reg(i.b());
    let value = m.vm.import_from(module, name)?;
    m.set(i.a(), value);
    Ok(())
}

/// `from module import *`
pub(super) fn import_star(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let module = m.reg(i.a());
    let namespace = m.vm.frame_namespace();
    m.vm.import_star(module, namespace)
}

/// Is it a sequence in the sense of PEP 634?
pub(super) fn match_sequence(m: &mut Direct<'_>, i: Insn) {
    let subject = m.reg(i.b());
    let is = m.vm.type_of(subject).has(TypeFlags::SEQUENCE);
    m.set(i.a(), Value::bool(is));
}

/// Is it a mapping?
pub(super) fn match_mapping(m: &mut Direct<'_>, i: Insn) {
    let subject = m.reg(i.b());
    let is = m.vm.type_of(subject).has(TypeFlags::MAPPING);
    m.set(i.a(), Value::bool(is));
}

/// Values of keys, or None.
pub(super) fn match_keys(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let (subject, keys) = (m.reg(i.b()), m.reg(i.c()));
    let value = m.vm.match_keys(subject, keys)?;
    m.set(i.a(), value);
    Ok(())
}

/// Attributes for a class pattern, or None.
pub(super) fn match_class(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let (subject, class, names) = (m.reg(i.b()), m.reg(i.c()), m.reg(i.c() + 1));
    let value = m.vm.match_class(subject, class, usize::from(i.x()), names)?;
    m.set(i.a(), value);
    Ok(())
}

/// `len(r[b])`
pub(super) fn get_len(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let value = m.reg(i.b());
    let len = m.vm.length(value)?;
    let len = m.vm.int_usize(len);
    m.set(i.a(), len);
    Ok(())
}

impl Vm {
    /// `from module import name`: the attribute, or the submodule in `sys.modules`.
    fn import_from(&mut self, module: Value, name: Value) -> R {
        if let Some(value) = self.find_attr(module, name)? {
            return Ok(value);
        }
        let package = self.find_attr(module, self.names.__name__)?;
        let package = package.and_then(|p| self.as_str(p)).map(|s| s.to_text().into_owned());
        let shown = self.name_text(name);
        if let Some(package) = &package {
            let full = self.str(&format!("{package}.{shown}"));
            if let Some(found) = self.dict_get(self.modules, full)? {
                return Ok(found);
            }
        }
        Err(self.cannot_import(module, package, &shown, name))
    }
    fn cannot_import(
        &mut self,
        module: Value,
        package: Option<String>,
        shown: &str,
        name: Value,
    ) -> crate::vm::Raised {
        let file = match self.find_attr(module, self.names.__file__) {
            Ok(file) => file.and_then(|f| self.as_str(f)).map(|s| s.to_text().into_owned()),
            Err(raised) => return raised,
        };
        let package = package.unwrap_or_else(|| "<unknown module name>".to_string());
        let place = file.clone().unwrap_or_else(|| "unknown location".to_string());
        let initializing = match self.is_initializing(module) {
            Ok(initializing) => initializing,
            Err(raised) => return raised,
        };
        let message = if initializing {
            format!(
                "cannot import name '{shown}' from partially initialized module '{package}' (most likely due to a circular import) ({place})"
            )
        } else {
            format!("cannot import name '{shown}' from '{package}' ({place})")
        };
        let raised = self.import_error(message);
        let path = match file {
            Some(file) => self.str(&file),
            None => Value::NONE,
        };
        let package = self.str(&package);
        if let Some(error) =
            crate::object::PayloadRef::<crate::object::Exception>::of_value(self.stack.raised)
        {
            error.fields[0].set(package);
            error.fields[1].set(path);
            error.fields[2].set(name);
        }
        raised
    }
    fn is_initializing(&mut self, module: Value) -> R<bool> {
        let Some(spec) = self.find_attr(module, self.names.__spec__)? else { return Ok(false) };
        match self.find_attr(spec, self.names._initializing)? {
            Some(flag) => self.truth(flag),
            None => Ok(false),
        }
    }
    /// `from module import *` into `namespace`.
    fn import_star(&mut self, module: Value, namespace: Value) -> R<()> {
        let all = self.find_attr(module, self.names.__all__)?;
        let names = match all {
            Some(all) => self.list_of(all)?,
            None => {
                let Some(dict) = self.find_attr(module, self.names.__dict__)? else {
                    return Err(
                        self.import_error("from-import-* object has no __dict__ and no __all__")
                    );
                };
                let keys = self.list_of(dict)?;
                let public = self.new_list();
                for at in 0..keys.len() {
                    let key = keys.at(at);
                    if self.as_str(key).is_some_and(|s| !s.bytes().starts_with(b"_")) {
                        public.push(&mut self.heap, key);
                    }
                }
                public
            }
        };
        for at in 0..names.len() {
            let name = names.at(at);
            if self.as_str(name).is_none() {
                let (class, kind) =
                    (self.type_name(name), if all.is_some() { "Item in" } else { "Key in" });
                let module = self.find_attr(module, self.names.__name__)?.unwrap_or(Value::NONE);
                let (module, what) =
                    (self.str_text(module)?, if all.is_some() { "__all__" } else { "__dict__" });
                return Err(
                    self.type_error(format!("{kind} {module}.{what} must be str, not {class}"))
                );
            }
            let name = self.attr_name(name)?;
            let value = self.get_attr(module, name)?;
            self.namespace_set(namespace, name, value)?;
        }
        Ok(())
    }
    fn match_keys(&mut self, subject: Value, keys: Value) -> R {
        let keys = self.as_tuple(keys).map_or(&[][..], Tuple::items);
        let values = self.new_list();
        let seen = self.set();
        let get = self.get_attr(subject, self.names.get)?;
        let missing = self.list(&[]);
        for &key in keys {
            if !self.set_add(seen, key)? {
                let shown = self.repr_text(key)?;
                return Err(
                    self.value_error(format!("mapping pattern checks duplicate key ({shown})"))
                );
            }
            let value = self.call_positional(get, &[key, missing])?;
            if value == missing {
                return Ok(Value::NONE);
            }
            values.push(&mut self.heap, value);
        }
        Ok(self.tuple(values.items()))
    }
    fn match_class(
        &mut self,
        subject: Value,
        class: Value,
        n_positional: usize,
        names: Value,
    ) -> R {
        let Some(ty) = self.as_type(class) else {
            return Err(self.type_error("called match pattern must be a class"));
        };
        if !self.isinstance(subject, class)? {
            return Ok(Value::NONE);
        }
        let values = self.new_list();
        let seen = self.set();
        if n_positional > 0 {
            match self.find_attr(class, self.names.__match_args__)? {
                None if ty.has(TypeFlags::MATCH_SELF) && n_positional == 1 => {
                    values.push(&mut self.heap, subject);
                }
                found => {
                    let args = found.unwrap_or_else(|| self.tuple(&[]));
                    if !self.match_positional(subject, class, args, n_positional, values, seen)? {
                        return Ok(Value::NONE);
                    }
                }
            }
        }
        for &name in self.as_tuple(names).map_or(&[][..], Tuple::items) {
            if !self.match_attribute(subject, class, name, values, seen)? {
                return Ok(Value::NONE);
            }
        }
        Ok(self.tuple(values.items()))
    }
    #[expect(clippy::too_many_arguments, reason = "the parts of one pattern")]
    fn match_positional(
        &mut self,
        subject: Value,
        class: Value,
        args: Value,
        n: usize,
        values: crate::object::List,
        seen: crate::object::Set,
    ) -> R<bool> {
        let shown = self.as_type(class).map_or_else(String::new, |ty| ty.name_text());
        let Some(tuple) = self.as_tuple(args) else {
            let got = self.type_name(args);
            return Err(
                self.type_error(format!("{shown}.__match_args__ must be a tuple (got {got})"))
            );
        };
        let allowed = if self.as_type(class).is_some_and(|ty| ty.has(TypeFlags::MATCH_SELF))
            && tuple.is_empty()
        {
            1
        } else {
            tuple.len()
        };
        if n > allowed {
            let plural = if allowed == 1 { "" } else { "s" };
            return Err(self.type_error(format!(
                "{shown}() accepts {allowed} positional sub-pattern{plural} ({n} given)"
            )));
        }
        for &name in &tuple.items()[..n] {
            if self.as_str(name).is_none() {
                let got = self.type_name(name);
                return Err(
                    self.type_error(format!("__match_args__ elements must be strings (got {got})"))
                );
            }
            if !self.match_attribute(subject, class, name, values, seen)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
    fn match_attribute(
        &mut self,
        subject: Value,
        class: Value,
        name: Value,
        values: crate::object::List,
        seen: crate::object::Set,
    ) -> R<bool> {
        if !self.set_add(seen, name)? {
            let shown = self.as_type(class).map_or_else(String::new, |ty| ty.name_text());
            let name = self.repr_text(name)?;
            return Err(self
                .type_error(format!("{shown}() got multiple sub-patterns for attribute {name}")));
        }
        match self.find_attr(subject, name)? {
            Some(value) => {
                values.push(&mut self.heap, value);
                Ok(true)
            }
            None => Ok(false),
        }
    }
    /// Text of a str, for messages that must not fail.
    pub fn shown(&self, value: Value) -> String {
        self.as_str(value).map_or_else(String::new, |s: Str| s.to_text().into_owned())
    }
    /// The dict a value is, when it is exactly one.
    pub fn exact_dict(&self, value: Value) -> Option<Dict> {
        self.as_dict(value).filter(|_| self.type_of(value) == self.t.dict)
    }
}
