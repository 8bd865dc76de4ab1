//! cffi's own tests, from its source distribution, run with a stand-in for pytest.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::session::Session;
use super::{Unit, cpython};
use crate::fetch::{self, Form};
use crate::workspace;

/// The release whose tests are run.
const RELEASE: &str = "cffi-2.1.1";

/// CPython's counts, as in `cpython_counts.txt`.
const COUNTS: &str = "testsuite/upstream/cffi_counts.txt";

/// Files that test behaviour and need no module compiled beforehand. What the others need is not part of Haft yet: an
/// importable generator of C source, a linkable interpreter, the deprecated `verify()`.
const FILES: &[&str] = &[
    "src/c/test_c.py",
    "testing/cffi1/test_ffi_obj.py",
    "testing/cffi1/test_unicode_literals.py",
    "testing/cffi1/test_commontypes.py",
    "testing/cffi0/test_ffi_backend.py",
    "testing/cffi0/test_function.py",
    "testing/cffi0/test_unicode_literals.py",
    "testing/cffi0/test_cdata.py",
    "testing/cffi0/test_parsing.py",
];

/// One unit per file.
pub(super) fn units(subject: &Path) -> Result<Vec<Unit>> {
    let sources = fetch::package(RELEASE, Form::Source, "testing")?;
    let counts = fs::read_to_string(workspace::root().join(COUNTS)).unwrap_or_default();
    let driver = workspace::root().join("testsuite/upstream/minipytest/run.py");
    let unit = |file: &&str| {
        let name = file.trim_start_matches("testing/").trim_end_matches(".py").to_owned();
        Unit {
            session: Session {
                subject: subject.to_path_buf(),
                args: vec![driver.to_string_lossy().into_owned(), (*file).to_owned()],
                cwd: sources.clone(),
                python_path: vec![sources.clone()],
            },
            yardstick: cpython::counts_of(&counts, &name),
            known: format!("cffi-{}.txt", name.replace('/', "-")),
            name,
        }
    };
    Ok(FILES.iter().map(unit).collect())
}
