//! `hpy.debug._debug`: what debug mode knows, for Python.

use std::sync::OnceLock;

use haft_hpy_abi::HPy;
use haft_hpy_abi::context::Cx;
use haft_hpy_abi::debug::{Debug, HandleId};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::pyclass::CompareOp;

use crate::modes;
use crate::object::{handle, object};

/// The one debug context.
struct Kept(Debug);

// SAFETY: used by whoever holds the lock of the interpreter only.
unsafe impl Send for Kept {}
// SAFETY: likewise.
unsafe impl Sync for Kept {}

fn debug() -> &'static Debug {
    static DEBUG: OnceLock<Kept> = OnceLock::new();
    &DEBUG.get_or_init(|| Kept(Debug::new(modes::universal()))).0
}

/// The context for modules in debug mode.
pub(crate) fn context() -> Cx {
    debug().cx()
}

/// A handle that debug mode knows.
#[pyclass(module = "hpy.debug._debug", frozen)]
struct DebugHandle {
    id: HandleId,
}

#[pymethods]
impl DebugHandle {
    /// The object which the handle points to; None if it is closed.
    #[getter]
    fn obj(&self, py: Python<'_>) -> Py<PyAny> {
        // The object of a closed handle may be gone.
        let known = if debug().is_closed(self.id) { HPy::NULL } else { debug().object(self.id) };
        // SAFETY: an open handle stands for a living object.
        let found = unsafe { Bound::from_borrowed_ptr_or_opt(py, object(known)) };
        found.map_or_else(|| py.None(), Bound::unbind)
    }

    /// A number of its own.
    #[getter]
    fn id(&self) -> u32 {
        self.id.number()
    }

    /// Was it closed?
    #[getter]
    fn is_closed(&self) -> bool {
        debug().is_closed(self.id)
    }

    /// Bytes of the text that C got for it; -1 if there are none.
    #[getter]
    fn raw_data_size(&self) -> isize {
        debug().raw_data_size(self.id).map_or(-1, usize::cast_signed)
    }

    /// Close it as the module should have done.
    fn _force_close(&self) {
        debug().force_close(self.id);
    }

    fn __richcmp__(&self, other: &Bound<'_, PyAny>, op: CompareOp, py: Python<'_>) -> Py<PyAny> {
        let Ok(other) = other.cast::<DebugHandle>() else { return py.NotImplemented() };
        let equal = self.id == other.get().id;
        let answer = match op {
            CompareOp::Eq => equal,
            CompareOp::Ne => !equal,
            _ => return py.NotImplemented(),
        };
        pyo3::types::PyBool::new(py, answer).to_owned().into_any().unbind()
    }

    fn __hash__(&self) -> u64 {
        self.id.number().into()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let number = self.id.number();
        let trace = match debug().allocation_trace(self.id) {
            Some(trace) => format!("Allocation stacktrace:\n{trace}"),
            None => "To get the stack trace of where it was allocated use:\n\
                     hpy.debug.set_handle_stack_trace_limit"
                .to_owned(),
        };
        if self.is_closed() {
            return Ok(format!("<DebugHandle 0x{number:x} CLOSED>\n{trace}"));
        }
        let shown = self.obj(py).bind(py).repr()?;
        Ok(format!("<DebugHandle 0x{number:x} for {shown}>\n{trace}"))
    }
}

/// Begin a generation of handles; its number.
#[pyfunction]
fn new_generation() -> i64 {
    debug().new_generation()
}

/// The handles opened in a generation or later that are open.
#[pyfunction]
fn get_open_handles(generation: i64) -> Vec<DebugHandle> {
    debug().open_handles(generation).into_iter().map(|id| DebugHandle { id }).collect()
}

/// The handles opened in a generation or later that were closed, as far as they are kept.
#[pyfunction]
#[pyo3(signature = (generation=0, /))]
fn get_closed_handles(generation: i64) -> Vec<DebugHandle> {
    debug().closed_handles(generation).into_iter().map(|id| DebugHandle { id }).collect()
}

/// (type, stack or None) of the builders and trackers of a generation or later that were not used up.
#[pyfunction]
#[pyo3(signature = (generation=0, /))]
fn get_open_builders(generation: i64) -> Vec<(&'static str, Option<String>)> {
    let open = debug().open_builders(generation);
    open.into_iter().map(|builder| (builder.kind, builder.trace)).collect()
}

/// How many closed handles are kept.
#[pyfunction]
fn get_closed_handles_queue_max_size() -> usize {
    debug().closed_handles_max()
}

/// Set it.
#[pyfunction]
fn set_closed_handles_queue_max_size(size: usize) {
    debug().set_closed_handles_max(size);
}

/// How many bytes of texts of closed handles are kept.
#[pyfunction]
fn get_protected_raw_data_max_size() -> usize {
    debug().raw_data_max()
}

/// Set it.
#[pyfunction]
fn set_protected_raw_data_max_size(size: usize) {
    debug().set_raw_data_max(size);
}

/// Set the function that is called when a handle is misused; None: the process ends.
#[pyfunction]
fn set_on_invalid_handle(function: &Bound<'_, PyAny>) -> PyResult<()> {
    let before = debug().set_on_invalid_handle(callable(function)?);
    give_up(function.py(), before);
    Ok(())
}

/// Set the function that is called when a builder is misused; None: the process ends.
#[pyfunction]
fn set_on_invalid_builder_handle(function: &Bound<'_, PyAny>) -> PyResult<()> {
    let before = debug().set_on_invalid_builder(callable(function)?);
    give_up(function.py(), before);
    Ok(())
}

/// Keep that many frames of the C stack for each handle that is opened; None: none.
#[pyfunction]
fn set_handle_stack_trace_limit(limit: Option<isize>) {
    debug().set_stack_trace_limit(limit.map_or(0, |limit| usize::try_from(limit).unwrap_or(0)));
}

/// A handle of a function, to be kept; null for None.
pub(crate) fn callable(function: &Bound<'_, PyAny>) -> PyResult<HPy> {
    if function.is_none() {
        return Ok(HPy::NULL);
    }
    if !function.is_callable() {
        return Err(PyTypeError::new_err("Expected a callable object"));
    }
    Ok(handle(function.clone().into_ptr()))
}

/// Closes a handle that was kept.
pub(crate) fn give_up(py: Python<'_>, kept: HPy) {
    // SAFETY: the handle was kept by `callable`.
    drop(unsafe { Bound::from_owned_ptr_or_opt(py, object(kept)) });
}

/// The module `_debug`.
pub(crate) fn module(py: Python<'_>) -> PyResult<Bound<'_, PyModule>> {
    let module = PyModule::new(py, "hpy.debug._debug")?;
    module.add_class::<DebugHandle>()?;
    for function in [
        wrap_pyfunction!(new_generation, &module)?,
        wrap_pyfunction!(get_open_handles, &module)?,
        wrap_pyfunction!(get_closed_handles, &module)?,
        wrap_pyfunction!(get_open_builders, &module)?,
        wrap_pyfunction!(get_closed_handles_queue_max_size, &module)?,
        wrap_pyfunction!(set_closed_handles_queue_max_size, &module)?,
        wrap_pyfunction!(get_protected_raw_data_max_size, &module)?,
        wrap_pyfunction!(set_protected_raw_data_max_size, &module)?,
        wrap_pyfunction!(set_on_invalid_handle, &module)?,
        wrap_pyfunction!(set_on_invalid_builder_handle, &module)?,
        wrap_pyfunction!(set_handle_stack_trace_limit, &module)?,
    ] {
        module.add_function(function)?;
    }
    Ok(module)
}
