//! Libraries without declarations: the caller names the type of each symbol.
use std::ptr::NonNull;

use haft_cffi_core::Library;

use super::{c_int, ctype_argument};
use crate::cdata::{read, view, write};
use crate::prelude::*;

payload! {
    /// A library.
    pub(crate) struct CLibrary {
        library: NoTrace<RefCell<Library>>,
    }
}

natives! {
    static METHODS = {
        /// load_function(ctype, name)
        load_function "($self, ctype, name, /)" => load_function;
        /// read_variable(ctype, name)
        read_variable "($self, ctype, name, /)" => read_variable;
        /// write_variable(ctype, name, value)
        write_variable "($self, ctype, name, value, /)" => write_variable;
        /// close_lib()
        close_lib "($self, /)" => close;
    }
}

pub(crate) fn make_class(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        flags: TypeFlags::NO_NEW,
        slots: |s| {
            s.repr.set(Some(|vm, this| {
                let name = own(vm, this)?.library.borrow().name().to_owned();
                Ok(vm.str(&format!("<clibrary '{name}'>")))
            }));
        },
        methods: METHODS,
        ..TypeSpec::of::<CLibrary>("_cffi_backend.CLibrary")
    })
}

fn own(vm: &mut Vm, value: Value) -> R<PayloadRef<CLibrary>> {
    vm.this::<CLibrary>(value, "load_function", "_cffi_backend.CLibrary")
}

/// `load_library(filename, flags)`
pub(super) fn load(vm: &mut Vm, args: &[Value]) -> R {
    let flags = c_int(vm, args[1])?;
    let opened = if args[0].is_none() {
        Library::open_file(None, flags)
    } else if let Some(cd) = CD::of_value(args[0]) {
        Ok(of_handle(vm, cd)?)
    } else {
        let path = vm.text_of(args[0], "filename")?;
        Library::open_file(Some(&path), flags)
    };
    match opened {
        Ok(library) => {
            let class = state(vm).classes.clibrary;
            Ok(vm.new_payload(class, CLibrary { library: NoTrace(RefCell::new(library)) }))
        }
        Err(error) => Err(vm.raise(vm.exc.os_error, error.message)),
    }
}

/// A handle that the program got from the system's `dlopen` itself.
pub(crate) fn of_handle(vm: &mut Vm, cd: CD) -> R<Library> {
    if *cd.ctype.form != Form::Pointer(To::Void) {
        let name = cd.ctype.name();
        return Err(
            vm.type_error(format!("dlopen() argument must be a 'void *' handle, got '{name}'"))
        );
    }
    let Some(handle) = NonNull::new(cd.address()) else {
        return Err(vm.runtime_error("cannot call dlopen(NULL)"));
    };
    // SAFETY: the user says that it is a handle of `dlopen`.
    Ok(unsafe { Library::from_handle(handle.cast()) })
}

/// The address of a symbol; `class` and `what` are for the error.
pub(crate) fn symbol(
    vm: &mut Vm,
    library: &RefCell<Library>,
    name: &str,
    class: Type,
    what: &str,
) -> R<*mut u8> {
    let found = library.borrow().symbol(name);
    let error = match found {
        Ok(address) => return Ok(address.as_ptr().cast()),
        Err(error) => error,
    };
    if library.borrow().is_closed() {
        return Err(vm.value_error(error.message));
    }
    let rest = error.message.strip_prefix("symbol").unwrap_or(&error.message);
    Err(vm.raise(class, format!("{what}{rest}")))
}

fn variable(vm: &mut Vm, args: &[Value]) -> R<(CT, *mut u8)> {
    let library = own(vm, args[0])?;
    let ct = ctype_argument(vm, args[1])?;
    let name = vm.text_of(args[2], "name")?;
    let at = symbol(vm, &library.get().library, &name, vm.exc.key_error, "variable")?;
    Ok((ct, at))
}

fn load_function(vm: &mut Vm, args: &[Value]) -> R {
    let library = own(vm, args[0])?;
    let ct = ctype_argument(vm, args[1])?;
    let name = vm.text_of(args[2], "name")?;
    if library.library.borrow().is_closed() {
        let shown = library.library.borrow().name().to_owned();
        return Err(vm.value_error(format!("library '{shown}' has already been closed")));
    }
    let of = match *ct.form {
        Form::Array(None) => ct.item(vm)?.pointer(vm)?,
        Form::Pointer(_) | Form::Function | Form::Array(_) => ct,
        _ => {
            let name = ct.name();
            return Err(
                vm.type_error(format!("function or pointer or array cdata expected, got '{name}'"))
            );
        }
    };
    let class = vm.exc.attribute_error;
    let at = symbol(vm, &library.get().library, &name, class, "function/symbol")?;
    Ok(view(vm, of, at))
}

fn read_variable(vm: &mut Vm, args: &[Value]) -> R {
    let (ct, at) = variable(vm, args)?;
    // SAFETY: the variable is of this type, as the user says.
    unsafe { read(vm, at, ct) }
}

fn write_variable(vm: &mut Vm, args: &[Value]) -> R {
    let (ct, at) = variable(vm, args)?;
    // SAFETY: the variable is of this type, as the user says.
    unsafe { write(vm, at, ct, args[3]) }?;
    Ok(Value::NONE)
}

fn close(vm: &mut Vm, args: &[Value]) -> R {
    let library = own(vm, args[0])?;
    let closed = library.library.borrow_mut().close();
    match closed {
        Ok(()) => Ok(Value::NONE),
        Err(error) => Err(vm.raise(vm.exc.os_error, error.message)),
    }
}
