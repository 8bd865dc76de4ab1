//! HPy's own tests, from its source distribution: in universal mode, in debug mode, and those about the modes themselves.
//!
//! The modules are compiled once for all Pythons, against HPy's headers; once more against ours, which the tests must not
//! be able to tell from them.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::session::Session;
use super::{Unit, cpython};
use crate::fetch::{self, Form};
use crate::workspace;

/// The release whose tests are run.
const RELEASE: &str = "hpy-0.9.0";

/// CPython's counts, as in `cpython_counts.txt`.
const COUNTS: &str = "testsuite/upstream/hpy_counts.txt";

/// Name of each run, what the driver calls it, and whether our headers are used.
const RUNS: &[(&str, &str, bool)] = &[
    ("hpy-universal", "universal", false),
    ("hpy-debug", "debug", false),
    ("hpy-modes", "folder", false),
    ("hpy-headers", "universal", true),
];

/// One unit per run.
pub(super) fn units(subject: &Path, options: &[String]) -> Result<Vec<Unit>> {
    let sources = fetch::package(RELEASE, Form::Source, "test")?;
    let root = workspace::root();
    let counts = fs::read_to_string(root.join(COUNTS)).unwrap_or_default();
    let driver = root.join("testsuite/upstream/hpy_driver.py");
    let unit = |&(name, abi, ours): &(&str, &str, bool)| {
        let mut args = options.to_vec();
        args.extend([&driver, &sources].map(|path| path.to_string_lossy().into_owned()));
        args.push(abi.to_owned());
        if ours {
            args.push(root.join("headers").to_string_lossy().into_owned());
        }
        Unit {
            session: Session {
                subject: subject.to_path_buf(),
                args,
                cwd: sources.clone(),
                python_path: Vec::new(),
            },
            yardstick: cpython::counts_of(&counts, name),
            known: "hpy.txt".to_owned(),
            name: name.to_owned(),
        }
    };
    Ok(RUNS.iter().map(unit).collect())
}
