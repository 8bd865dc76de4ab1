//! Libraries that `ffi.dlopen` opened: functions, variables and constants as attributes.
use haft_cffi_core::Library;
use haft_cffi_core::parse::{Definition, Global, GlobalKind};
use haft_core::interp::jit::CType;

use crate::cdata::{function_in, read, view, write};
use crate::ctype::ctype;
use crate::facts::{c_type, or_none};
use crate::ffi::FfiObject;
use crate::prelude::*;
use crate::state::raise_as;

payload! {
    /// A library.
    pub(crate) struct Lib {
        ffi: PayloadRef<FfiObject>,
        library: NoTrace<RefCell<Library>>,
        /// Functions and constants by name.
        known: Dict,
        /// Variables that compiled code knows.
        variables: Dict,
        /// The one asked for last. It counts only while `known` has entries: whatever empties that need not know of it.
        last: Cell<Value>,
        last_value: Cell<Value>,
    }
}

pub(crate) fn make_class(vm: &mut Vm) -> Type {
    let class = vm.new_builtin_type(&TypeSpec {
        flags: TypeFlags::NO_NEW.with(TypeFlags::HAS_WEAKREFS),
        slots: |s| {
            s.getattro.set(Some(get));
            s.setattro.set(Some(set));
        },
        methods: METHODS,
        ..TypeSpec::of::<Lib>("cffi.api.FFILibrary")
    });
    // In the cffi package it is a class that a function makes.
    class.native_name.set("FFILibrary");
    let qualname = vm.str("_make_ffi_library.<locals>.FFILibrary");
    vm.heap.barrier(class.obj());
    class.qualname.set(qualname);
    class
}

natives! {
    static METHODS = {
        /// The declared names.
        __dir__ "($self, /)" => dir;
    }
}

pub(crate) fn new(vm: &mut Vm, ffi: PayloadRef<FfiObject>, library: Library) -> Value {
    let (known, variables) = (vm.dict(), vm.dict());
    let class = ffi.state.classes.library;
    let lib = Lib {
        ffi,
        library: NoTrace(RefCell::new(library)),
        known,
        variables,
        last: Cell::new(Value::ABSENT),
        last_value: Cell::new(Value::ABSENT),
    };
    let lib = vm.new_payload(class, lib);
    // The library stays open as long as the declarations live.
    ffi.libraries.get().push(&mut vm.heap, lib);
    lib
}

fn own(vm: &mut Vm, value: Value) -> R<PayloadRef<Lib>> {
    vm.this::<Lib>(value, "__getattr__", "FFILibrary")
}

/// What a name of a library stands for.
enum Entry {
    Function(CTypeId),
    Variable(CTypeId),
    Integer(i128),
    Unreadable,
    /// Its enum is declared with `...`.
    Partial(CTypeId),
}

fn entry(lib: PayloadRef<Lib>, name: &str) -> Option<Entry> {
    let decls = lib.ffi.decls.borrow();
    if let Some(of) = decls.partial_enum(name) {
        return Some(Entry::Partial(of));
    }
    let Some(&Global { kind, ty, .. }) = decls.global(name) else {
        return decls.constant(name).map(Entry::Integer);
    };
    match kind {
        GlobalKind::Function(Definition::C | Definition::Exported) => Some(Entry::Function(ty)),
        GlobalKind::Function(_) => None,
        GlobalKind::Variable => Some(Entry::Variable(ty)),
        GlobalKind::Integer(value) => Some(Entry::Integer(value)),
        GlobalKind::Constant | GlobalKind::DeferredMacro => Some(Entry::Unreadable),
    }
}

fn symbol(vm: &mut Vm, lib: PayloadRef<Lib>, name: &str, class: Type, what: &str) -> R<*mut u8> {
    crate::backend::symbol(vm, &lib.get().library, name, class, what)
}

fn get(vm: &mut Vm, this: Value, name: Value) -> R {
    let lib = own(vm, this)?;
    if lib.last.get() == name && !lib.known.is_empty() {
        return Ok(lib.last_value.get());
    }
    if let Some(known) = vm.dict_get_name(lib.known, name) {
        lib.last.set(name);
        lib.last_value.set(known);
        return Ok(known);
    }
    let text = vm.text_of(name, "attribute name")?;
    if text.starts_with("__")
        && let Some(found) = generic(vm, this, name)?
    {
        return Ok(found);
    }
    let value = match entry(lib, &text) {
        Some(Entry::Function(id)) => function(vm, lib, &text, id)?,
        Some(Entry::Variable(id)) => {
            let ct = ctype(vm, &lib.ffi.state, id)?;
            let at = symbol(vm, lib, &text, vm.exc.key_error, "variable")?;
            // SAFETY: the variable is of this type, as the user declared.
            return unsafe { read(vm, at, ct) };
        }
        Some(Entry::Integer(number)) => vm.int_i128(number),
        Some(Entry::Unreadable) => {
            return Err(vm.not_implemented_error(format!(
                "non-integer constant '{text}' cannot be accessed from a dlopen() library"
            )));
        }
        Some(Entry::Partial(of)) => {
            let name = lib.ffi.state.types.borrow().text(of).to_owned();
            return Err(raise_as(vm, Raises::VerificationMissing, &name));
        }
        None => return Err(vm.attribute_error(&*text)),
    };
    vm.dict_set_name(lib.known, name, value);
    Ok(value)
}

fn generic(vm: &mut Vm, this: Value, name: Value) -> R<Option<Value>> {
    let found = vm.generic_get_attr(this, name);
    vm.catch(found, vm.exc.attribute_error)
}

fn function(vm: &mut Vm, lib: PayloadRef<Lib>, name: &str, id: CTypeId) -> R {
    let ct = ctype(vm, &lib.ffi.state, id)?;
    let at = symbol(vm, lib, name, vm.exc.attribute_error, "function/symbol")?;
    let name = vm.intern(name);
    Ok(function_in(vm, ct, at, lib.value(), name))
}

/// The function `name` of a library, and the dict whose keys change when that is so no more.
pub(crate) fn constant_attribute(vm: &mut Vm, value: Value, name: Value) -> Option<(Value, Dict)> {
    let lib = PayloadRef::<Lib>::of_value(value)?;
    Some((vm.dict_get_name(lib.known, name)?, lib.known))
}

/// Address and type of the variable `name` of a library, and the dict whose keys change when that is so no more.
pub(crate) fn variable(vm: &mut Vm, value: Value, name: Value) -> Option<(usize, CType, Dict)> {
    let lib = PayloadRef::<Lib>::of_value(value)?;
    let text = vm.as_str(name)?.to_text();
    let Some(Entry::Variable(id)) = entry(lib, &text) else { return None };
    let ct = ctype(vm, &lib.ffi.state, id);
    let ct = or_none(vm, ct)?;
    let of = c_type(ct)?;
    let at = symbol(vm, lib, &text, vm.exc.key_error, "variable");
    let at = or_none(vm, at)?;
    // The dict is not empty from now on, so that clearing it changes its keys.
    vm.dict_set_name(lib.variables, name, Value::NONE);
    Some((at.expose_provenance(), of, lib.variables))
}

/// Forget the functions and constants looked up so far.
pub(crate) fn forget(lib: Value) {
    if let Some(lib) = PayloadRef::<Lib>::of_value(lib) {
        lib.known.clear();
        lib.variables.clear();
    }
}

fn set(vm: &mut Vm, this: Value, name: Value, value: Value) -> R<()> {
    let lib = own(vm, this)?;
    let text = vm.text_of(name, "attribute name")?;
    match entry(lib, &text) {
        Some(Entry::Variable(id)) if !value.is_absent() => {
            let ct = ctype(vm, &lib.ffi.state, id)?;
            let at = symbol(vm, lib, &text, vm.exc.key_error, "variable")?;
            // SAFETY: the variable is of this type, as the user declared.
            unsafe { write(vm, at, ct, value) }
        }
        Some(_) => {
            Err(vm.attribute_error(format!("cannot write to function or constant '{text}'")))
        }
        None => Err(vm.attribute_error(&*text)),
    }
}

fn dir(vm: &mut Vm, args: &[Value]) -> R {
    let lib = own(vm, args[0])?;
    let names: Vec<String> = {
        let decls = lib.ffi.decls.borrow();
        let globals = decls.globals().map(|(name, _)| name);
        let all = globals.chain(decls.constants().map(|(name, _)| name));
        all.map(str::to_owned).collect()
    };
    let list = vm.new_list();
    let seen = vm.dict();
    for name in names.iter().filter(|name| entry(lib, name).is_some()) {
        let name = vm.intern(name);
        if vm.dict_get_name(seen, name).is_none() {
            vm.dict_set_name(seen, name, Value::NONE);
            list.push(&mut vm.heap, name);
        }
    }
    Ok(list.value())
}

/// `ffi.dlclose`
pub(crate) fn close(vm: &mut Vm, value: Value) -> R {
    let Some(lib) = PayloadRef::<Lib>::of_value(value) else {
        let got = vm.type_name(value);
        return Err(vm.type_error(format!("dlclose() argument must be a library, not {got}")));
    };
    let closed = lib.library.borrow_mut().close();
    lib.known.clear();
    lib.variables.clear();
    match closed {
        Ok(()) => Ok(Value::NONE),
        Err(error) => Err(vm.raise(vm.exc.os_error, error.message)),
    }
}

/// `ffi.addressof(lib, name)`; `None` if the value is no library.
pub(crate) fn address_of(vm: &mut Vm, value: Value, names: &[Value]) -> R<Option<Value>> {
    let Some(lib) = PayloadRef::<Lib>::of_value(value) else { return Ok(None) };
    let &[name] = names else {
        return Err(vm.type_error("addressof(library) takes the name of one function or variable"));
    };
    let text = vm.text_of(name, "name")?;
    match entry(lib, &text) {
        Some(Entry::Function(_) | Entry::Integer(_)) => {
            let name = vm.attr_name(name)?;
            get(vm, value, name).map(Some)
        }
        Some(Entry::Variable(id)) => {
            let mut ct = ctype(vm, &lib.ffi.state, id)?;
            let at = symbol(vm, lib, &text, vm.exc.attribute_error, "function/symbol")?;
            ct = match *ct.form {
                Form::Array(Some(_)) => ct,
                Form::Array(None) => ct.item(vm)?.pointer(vm)?,
                _ => ct.pointer(vm)?,
            };
            Ok(Some(view(vm, ct, at)))
        }
        _ => Err(vm.attribute_error(&*text)),
    }
}
