//! `hpy.trace._trace`: what trace mode counted, for Python.

use std::sync::OnceLock;

use haft_hpy_abi::context::Cx;
use haft_hpy_abi::trace::Trace;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::debug::{callable, give_up};
use crate::modes;

/// The one trace context.
struct Kept(Trace);

// SAFETY: used by whoever holds the lock of the interpreter only.
unsafe impl Send for Kept {}
// SAFETY: likewise.
unsafe impl Sync for Kept {}

fn trace() -> &'static Trace {
    static TRACE: OnceLock<Kept> = OnceLock::new();
    &TRACE.get_or_init(|| Kept(Trace::new(modes::universal()))).0
}

/// The context for modules in trace mode.
pub(crate) fn context() -> Cx {
    trace().cx()
}

/// The number of calls of each function of the context.
#[pyfunction]
fn get_call_counts(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let counts = PyDict::new(py);
    for (name, count) in trace().call_counts() {
        counts.set_item(name, count)?;
    }
    Ok(counts)
}

/// The nanoseconds that the calls of each function of the context took.
#[pyfunction]
fn get_durations(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let durations = PyDict::new(py);
    for (name, duration) in trace().durations() {
        durations.set_item(name, u64::try_from(duration).unwrap_or(u64::MAX))?;
    }
    Ok(durations)
}

/// Ticks of the clock in a second.
#[pyfunction]
fn get_frequency() -> i64 {
    trace().frequency()
}

/// An argument that was not given, as None is one.
#[derive(Debug)]
enum Given<'py> {
    No,
    Yes(Bound<'py, PyAny>),
}

impl<'py> FromPyObject<'_, 'py> for Given<'py> {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        Ok(Given::Yes(object.to_owned()))
    }
}

/// Set the functions that are called with the name of each function of the context, before and after it; None: none.
#[pyfunction]
#[pyo3(signature = (on_enter=Given::No, on_exit=Given::No))]
fn set_trace_functions(py: Python<'_>, on_enter: Given<'_>, on_exit: Given<'_>) -> PyResult<()> {
    let checked = |given: Given<'_>| match given {
        Given::No => Ok(None),
        Given::Yes(function) => callable(&function)
            .map(Some)
            .map_err(|_| PyTypeError::new_err("Expected a callable object or None")),
    };
    if let Some(function) = checked(on_enter)? {
        give_up(py, trace().set_on_enter(function));
    }
    if let Some(function) = checked(on_exit)? {
        give_up(py, trace().set_on_exit(function));
    }
    Ok(())
}

/// The module `_trace`.
pub(crate) fn module(py: Python<'_>) -> PyResult<Bound<'_, PyModule>> {
    let module = PyModule::new(py, "hpy.trace._trace")?;
    module.add_function(wrap_pyfunction!(get_call_counts, &module)?)?;
    module.add_function(wrap_pyfunction!(get_durations, &module)?)?;
    module.add_function(wrap_pyfunction!(get_frequency, &module)?)?;
    module.add_function(wrap_pyfunction!(set_trace_functions, &module)?)?;
    Ok(module)
}
