//! What the module keeps in a runtime: the table of C types, their objects, the classes.
use std::any::Any;
use std::collections::BTreeMap;
use std::sync::Arc;

use haft_cffi_core::NativeSig;
use haft_cffi_core::types::Types;
use haft_core::Tracer;
use haft_core::object::Traced;
use haft_core::vm::Extension;

use crate::prelude::*;
use crate::{backend, buffer, callback, cdata, ctype, ffi, file, library};

/// Plans of calls, by what decides them.
type Plans = BTreeMap<(CTypeId, Vec<CTypeId>), Arc<NativeSig>>;

macro_rules! classes {
    ($( $(#[$doc:meta])* $name:ident )+) => {
        /// The classes of the module.
        #[derive(Clone, Copy)]
        pub(crate) struct Classes { $( $(#[$doc])* pub(crate) $name: Type, )+ }
        impl Classes {
            fn trace(&self, tracer: &mut Tracer<'_>) {
                $( self.$name.trace(tracer); )+
            }
        }
    };
}

classes! {
    /// Type objects.
    ctype
    /// Members of records.
    cfield
    /// C data that owns nothing.
    cdata
    /// Owns its memory.
    owned
    /// Handles and callbacks.
    owned_gc
    /// Points into a Python buffer.
    from_buffer
    /// Has a destructor.
    collected
    /// Iterators over arrays.
    iterator
    /// `ffi.buffer`
    buffer
    /// What a callback calls.
    callback
    /// `cffi.FFI`
    ffi
    /// `_cffi_backend.FFI`
    compiled_ffi
    /// What `new_allocator` keeps.
    allocator
    /// Libraries.
    library
    /// Libraries without declarations.
    clibrary
    /// Streams of Python files.
    file
    /// `CDefError`
    cdef_error
    /// `FFIError`
    ffi_error
    /// `VerificationError`
    verification_error
    /// `VerificationMissing`
    verification_missing
    /// `PkgConfigError`
    pkg_config_error
}

/// The state of the module in one runtime.
pub(crate) struct State {
    /// All C types.
    pub(crate) types: RefCell<Types>,
    /// The type objects by index; ABSENT if not made yet.
    pub(crate) ctypes: RefCell<Vec<Value>>,
    /// The classes.
    pub(crate) classes: Classes,
    /// Plans of calls of variadic functions, by function type and types of the additional arguments.
    pub(crate) variadics: RefCell<Plans>,
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("State")
    }
}

struct Shared(Rc<State>);

impl Extension for Shared {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        // Nobody allocates on the heap while the table is borrowed.
        if let Ok(ctypes) = self.0.ctypes.try_borrow() {
            ctypes.iter().for_each(|&value| tracer.value(value));
        }
        self.0.classes.trace(tracer);
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The module's state, made when first asked for.
pub(crate) fn state(vm: &mut Vm) -> Rc<State> {
    if let Some(shared) = vm.extension::<Shared>() {
        return Rc::clone(&shared.0);
    }
    let state = Rc::new(State {
        types: RefCell::new(Types::new()),
        ctypes: RefCell::default(),
        classes: make_classes(vm),
        variadics: RefCell::default(),
    });
    vm.set_extension(Shared(Rc::clone(&state)));
    state
}

fn error_class(vm: &mut Vm, name: &'static str, doc: &'static str) -> Type {
    vm.new_builtin_type(&TypeSpec {
        doc,
        base: Some(vm.exc.exception),
        flags: TypeFlags::BASE.with(TypeFlags::HAS_DICT),
        ..TypeSpec::of::<haft_core::object::Exception>(name)
    })
}

fn make_classes(vm: &mut Vm) -> Classes {
    let (ctype, cfield) = ctype::make_classes(vm);
    let data = cdata::make_classes(vm);
    Classes {
        ctype,
        cfield,
        cdata: data.cdata,
        owned: data.owned,
        owned_gc: data.owned_gc,
        from_buffer: data.from_buffer,
        collected: data.collected,
        iterator: data.iterator,
        buffer: buffer::make_class(vm),
        callback: callback::make_class(vm),
        ffi: ffi::make_class(vm),
        compiled_ffi: ffi::compiled::make_class(vm),
        allocator: ffi::make_allocator_class(vm),
        library: library::make_class(vm),
        clibrary: backend::make_library_class(vm),
        file: file::make_class(vm),
        cdef_error: error_class(vm, "cffi.CDefError", "A declaration is not understood."),
        ffi_error: error_class(vm, "cffi.FFIError", "A declaration cannot be used."),
        verification_error: error_class(
            vm,
            "cffi.VerificationError",
            " An error raised when verification fails\n    ",
        ),
        verification_missing: error_class(
            vm,
            "cffi.VerificationMissing",
            " An error raised when incomplete structures are passed into\n    cdef, but no verification has been done\n    ",
        ),
        pkg_config_error: error_class(
            vm,
            "cffi.PkgConfigError",
            " An error raised for missing modules in pkg-config\n    ",
        ),
    }
}

/// Raise an error of one of the kinds that errors about C types have.
#[cold]
pub(crate) fn raise_as(vm: &mut Vm, raises: Raises, message: &str) -> Raised {
    let classes = state(vm).classes;
    let class = match raises {
        Raises::CDefError => classes.cdef_error,
        Raises::FFIError => classes.ffi_error,
        Raises::VerificationMissing => classes.verification_missing,
        Raises::TypeError => vm.exc.type_error,
        Raises::ValueError => vm.exc.value_error,
        Raises::KeyError => vm.exc.key_error,
        Raises::OverflowError => vm.exc.overflow_error,
        Raises::NotImplementedError => vm.exc.not_implemented_error,
        Raises::SystemError => vm.exc.system_error,
    };
    vm.raise(class, message)
}

/// Raise the exception that an error about a C type stands for.
#[cold]
pub(crate) fn raise(vm: &mut Vm, error: &CTypeError) -> Raised {
    raise_as(vm, error.raises, &error.message)
}
