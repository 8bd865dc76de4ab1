//! `cargo xtask upstream`: test suites that others wrote, run unmodified.
//!
//! Whether Haft is right is decided by tests that are not ours. They are found on the machine or fetched when asked for,
//! never committed. A small driver in Python loads them and writes one line per event to a report file; this side
//! watches the report. When the process dies or hangs, the test that was running is counted as a crash and a new process
//! goes on with the rest: one bad test does not lose the others.

mod cffi;
mod cpython;
mod hpy;
mod report;
mod session;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Args;

use crate::python::Python;
use crate::test::{Known, Verdict};
use crate::workspace;
use report::{Counts, Report, Result as TestResult};

/// What `cargo xtask upstream` takes.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// `cpython`, `cffi`, `hpy`, or names of CPython's tests such as `dict json`; nothing means the first two
    names: Vec<String>,
    /// Run them on this Python instead of on Haft: the yardstick itself
    #[arg(long)]
    python: Option<PathBuf>,
    /// Test this binary instead of building one with the release profile
    #[arg(long)]
    haft: Option<PathBuf>,
    /// Options of the interpreter, as `-X jit-threshold=1`; for `hpy` only
    #[arg(long = "options", allow_hyphen_values = true, default_value = "")]
    interpreter: String,
    /// Show every test that did not pass, known or not
    #[arg(long)]
    verbose: bool,
}

/// Something to run: a module of CPython's tests, or a file of cffi's.
#[derive(Debug)]
struct Unit {
    /// Its short name: `dict`, `cffi0/test_function`.
    name: String,
    /// What the driver is told.
    session: session::Session,
    /// CPython's own counts, where they are known.
    yardstick: Option<Counts>,
    /// The list of known failures, below `testsuite/upstream/known/`.
    known: String,
}

/// Runs the named suites; `Ok(false)` when something failed that is not listed.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let subject = subject(options)?;
    let mut fine = true;
    for unit in units(&subject, options)? {
        let report = unit.session.run()?;
        let known = if options.python.is_some() {
            Known::default()
        } else {
            Known::read(&workspace::root().join("testsuite/upstream/known").join(&unit.known))?
        };
        let n_new = judge(&report, &known, options.verbose);
        let yardstick =
            unit.yardstick.map_or_else(|| "not recorded".to_owned(), |counts| counts.to_string());
        println!("{}: {} | CPython: {yardstick}", unit.name, report.counts());
        fine &= n_new == 0;
    }
    Ok(fine)
}

fn subject(options: &Options) -> Result<PathBuf> {
    match (&options.python, &options.haft) {
        (Some(python), _) => {
            let found = Python::at(python)
                .with_context(|| format!("{} does not answer", python.display()))?;
            Ok(found.path)
        }
        (None, Some(path)) => Ok(std::path::absolute(path)?),
        (None, None) => workspace::build_haft(true),
    }
}

fn units(subject: &Path, options: &Options) -> Result<Vec<Unit>> {
    let names = &options.names;
    let mut units = Vec::new();
    let mut tests: Vec<&str> = Vec::new();
    let both = ["cpython".to_owned(), "cffi".to_owned()];
    for name in if names.is_empty() { both.as_slice() } else { names.as_slice() } {
        match name.as_str() {
            "cpython" => tests.extend(cpython::SELECTION),
            "cffi" => units.extend(cffi::units(subject)?),
            "hpy" => {
                let words: Vec<String> =
                    options.interpreter.split_whitespace().map(str::to_owned).collect();
                units.extend(hpy::units(subject, &words)?);
            }
            test => tests.push(test.strip_prefix("test_").unwrap_or(test)),
        }
    }
    if !tests.is_empty() {
        units.extend(cpython::units(subject, &tests)?);
    }
    if units.is_empty() {
        bail!("nothing to run");
    }
    Ok(units)
}

/// Prints what is not as listed; gives the number of such tests.
fn judge(report: &Report, known: &Known, verbose: bool) -> usize {
    let mut n_new = 0;
    for (id, result) in report.results() {
        if matches!(result, TestResult::Skipped) {
            continue;
        }
        match known.judge(id, matches!(result, TestResult::Passed)) {
            Verdict::Fine => {}
            Verdict::KnownFailure if verbose => println!("known {}: {id}", result.word()),
            Verdict::KnownFailure => {}
            Verdict::NewFailure => {
                n_new += 1;
                println!("{}: {id}{}", result.word(), report.note(id));
            }
            Verdict::Healed => {
                n_new += 1;
                println!("passes: {id}; take it out of {}", workspace::relative(known.path()));
            }
        }
    }
    n_new
}
