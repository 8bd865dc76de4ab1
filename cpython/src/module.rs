//! From a file to a module object.

use std::collections::BTreeMap;
use std::ffi::{c_int, c_void};
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::{Mutex, PoisonError};

use haft_hpy_abi::TypeSlot;
use haft_hpy_abi::definition::{DefinitionError, ErrorClass, ModuleDefinition};
use haft_hpy_abi::mode::Mode;
use haft_hpy_abi::module::{LoadError, Module};
use haft_hpy_abi::types::HPyModuleDef;
use pyo3::ffi;

use crate::modes;
use crate::object::{Object, Owned, raise, system_error, type_error, value_error};
use crate::types::Raised;
use crate::types::definitions::{Definitions, append, leak, methods};

/// The version of the limited API that definitions of modules are written for.
const API_VERSION: c_int = 3;

/// Load a module.
pub(crate) fn load(name: &str, path: &Path, mode: Mode, spec: Object) -> Result<Owned, Raised> {
    let module = open(path, name, mode).map_err(|error| runtime_error(&error.message))?;
    // SAFETY: the file says that it is a module of HPy.
    let definition = unsafe { module.start(modes::context(mode)) };
    let definition = definition.map_err(|error| runtime_error(&error.message))?;
    // SAFETY: the module's own definition.
    let definition = unsafe { translated(definition) }?;
    // SAFETY: the definition is complete, and the spec alive.
    let made = unsafe { ffi::PyModule_FromDefAndSpec2(definition, spec, API_VERSION) };
    let made = Owned::of(made).ok_or(Raised)?;
    // SAFETY: alive.
    if unsafe { ffi::PyModule_Check(made.get()) } != 0 {
        // SAFETY: the module was made from that definition.
        if unsafe { ffi::PyModule_ExecDef(made.get(), definition) } != 0 {
            return Err(Raised);
        }
    }
    Ok(made)
}

/// Open the library. The trampolines of a module know one context, so a file that is loaded in another mode already is
/// opened once more, apart.
fn open(path: &Path, name: &str, mode: Mode) -> Result<Module, LoadError> {
    static LOADED: Mutex<BTreeMap<PathBuf, Mode>> = Mutex::new(BTreeMap::new());
    let known = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    if loaded.get(&known).is_some_and(|first| *first != mode) {
        return Module::open_apart(path, name);
    }
    let module = Module::open(path, name)?;
    loaded.insert(known, mode);
    Ok(module)
}

fn runtime_error(message: &str) -> Raised {
    // SAFETY: CPython sets it before it loads any extension, and never changes it.
    let class = unsafe { ffi::PyExc_RuntimeError };
    raise(class, message);
    Raised
}

fn raised(error: &DefinitionError) -> Raised {
    let raise = match error.class {
        ErrorClass::System => system_error,
        ErrorClass::Type => type_error,
        ErrorClass::Value => value_error,
    };
    raise(&error.message);
    Raised
}

/// CPython's definition for one of HPy; it lives for ever, as the module's functions do.
///
/// # Safety
/// It is a module's own definition.
unsafe fn translated(definition: *const HPyModuleDef) -> Result<*mut ffi::PyModuleDef, Raised> {
    // SAFETY: the caller's duty.
    let raw = unsafe { &*definition };
    // Methods of the C API are no matter of the ABI; the rest is checked as in every host.
    let universal = HPyModuleDef { legacy_methods: ptr::null_mut(), ..*raw };
    // SAFETY: as above.
    let checked = unsafe { ModuleDefinition::of(&raw const universal) };
    checked.map_err(|error| raised(&error))?;
    // SAFETY: as above.
    let definitions = unsafe { Definitions::read(raw.defines) }?;
    let mut rows = methods(&definitions.methods)?;
    let legacy = raw.legacy_methods.cast::<ffi::PyMethodDef>();
    // SAFETY: a table of the C API ends in a row without a name.
    unsafe { append(&mut rows, legacy, |row| row.ml_name.is_null()) };
    let slots = definitions.slots.iter().map(|(slot, _, trampoline)| ffi::PyModuleDef_Slot {
        slot: if *slot == TypeSlot::ModCreate { ffi::Py_mod_create } else { ffi::Py_mod_exec },
        value: trampoline.map_or(ptr::null_mut(), |function| function as *mut c_void),
    });
    let end = ffi::PyModuleDef_Slot { slot: 0, value: ptr::null_mut() };
    let translated = ffi::PyModuleDef {
        m_base: ffi::PyModuleDef_HEAD_INIT,
        // The name is that of the spec.
        m_name: c"".as_ptr(),
        m_doc: raw.doc,
        m_size: 0,
        m_methods: leak(rows, ffi::PyMethodDef::zeroed()).cast(),
        m_slots: leak(slots.collect(), end).cast(),
        m_traverse: None,
        m_clear: None,
        m_free: None,
    };
    Ok(Box::into_raw(Box::new(translated)))
}
