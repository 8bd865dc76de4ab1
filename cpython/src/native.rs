//! The extension module `haft_hpy._native`.

use std::path::PathBuf;

use haft_hpy_abi::mode::Mode;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::{debug, modes, module, trace};

/// Load an HPy module from a file.
#[pyfunction]
#[pyo3(signature = (name, path, spec, debug=false, mode=-1))]
fn load<'py>(
    name: &str,
    path: PathBuf,
    spec: &Bound<'py, PyAny>,
    debug: bool,
    mode: i64,
) -> PyResult<Bound<'py, PyAny>> {
    let usual = if debug { Mode::Debug } else { Mode::Universal };
    let mode = if mode > 0 {
        Mode::of(mode).ok_or_else(|| PyValueError::new_err(format!("invalid HPy mode: {mode}")))?
    } else {
        usual
    };
    load_with(name, &path, mode, spec)
}

fn load_with<'py>(
    name: &str,
    path: &std::path::Path,
    mode: Mode,
    spec: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = spec.py();
    match module::load(name, path, mode, spec.as_ptr()) {
        // SAFETY: the reference is ours to give away, and not null.
        Ok(made) => Ok(unsafe { Bound::from_owned_ptr(py, made.into_raw()) }),
        Err(_raised) => Err(PyErr::fetch(py)),
    }
}

/// The mode that a value of the environment variable HPY says for a module: its number.
#[pyfunction]
fn mode_of(value: &str, module: &str) -> PyResult<i64> {
    Mode::of_module(value, module).map(|mode| mode as i64).map_err(PyValueError::new_err)
}

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    modes::universal();
    for (name, mode) in Mode::CONSTANTS {
        module.add(*name, *mode as i64)?;
    }
    module.add("VERSION", env!("CARGO_PKG_VERSION"))?;
    module.add_function(wrap_pyfunction!(load, module)?)?;
    module.add_function(wrap_pyfunction!(mode_of, module)?)?;
    module.add("_debug", debug::module(module.py())?)?;
    module.add("_trace", trace::module(module.py())?)?;
    Ok(())
}
