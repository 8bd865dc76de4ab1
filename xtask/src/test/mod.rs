//! `cargo xtask test` and `cargo xtask prove`: everything data-driven, run on Haft and proved on CPython.
//!
//! A suite is a folder of files, a test is one file (`suite::path`). The same file is run by both commands: `test` asks
//! whether Haft prints what the file expects, `prove` asks whether CPython does, so no expectation is our own invention.

mod case;
mod extension;
mod known;
mod pool;
mod program;
mod random;
mod rust_tests;
mod shrink;
mod stress;
mod suites;
mod traces;
mod wildcard;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use crate::python::{self, Python};
use crate::workspace;

pub(crate) use known::{Known, Verdict};
pub(crate) use stress::{Options as StressOptions, run as stress};

/// What `cargo xtask test` takes.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Run only data-driven tests whose `suite::path` contains this (the Rust tests are left out then)
    filter: Option<String>,
    /// Build with the release profile (default: the dev profile, whose debug assertions are on)
    #[arg(long)]
    release: bool,
    /// Which of the other execution modes to run every conformance program under
    #[arg(long, value_enum, default_value_t = Modes::Fast)]
    modes: Modes,
    /// Tests run side by side (default: one per core)
    #[arg(long)]
    jobs: Option<usize>,
    /// Test this binary instead of building one
    #[arg(long)]
    haft: Option<PathBuf>,
}

/// What `cargo xtask prove` takes.
#[derive(Debug, Args)]
pub(crate) struct ProveOptions {
    /// Only tests whose `suite::path` contains this
    filter: Option<String>,
    /// The CPython to ask (default: the newest on the machine, one with cffi if there is one)
    #[arg(long)]
    python: Option<PathBuf>,
    /// Tests run side by side (default: one per core)
    #[arg(long)]
    jobs: Option<usize>,
}

/// How much of the differential modes is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Modes {
    /// None: the plain run only
    None,
    /// All modes, but not on programs marked `# modes: no REASON`
    Fast,
    /// All modes on all programs
    All,
}

/// The Python a test is run on.
#[derive(Clone, Debug, Default)]
struct Subject {
    /// The executable.
    command: PathBuf,
    /// What stands before the program's name: the flags of a mode.
    flags: Vec<String>,
    /// The version if it is a CPython, `None` for Haft.
    cpython: Option<(u32, u32)>,
    /// Can it import cffi?
    has_cffi: bool,
    /// Time limits are multiplied by this.
    patience: u32,
    /// A CPython with cffi, for tests that want both outputs compared directly.
    reference: Option<Python>,
}

/// How one test ended.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Outcome {
    Passed,
    Skipped(String),
    Failed(String),
}

/// Compiles the extension module of a program; the folder with it.
pub(crate) fn build_extension(program: &Path) -> Result<PathBuf> {
    extension::Extension::beside(program).build()
}

/// Builds and runs everything; `Ok(false)` when something failed.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let mut total = pool::Tally::default();
    if options.filter.is_none() && options.haft.is_none() {
        total.add("rust", rust_tests::run(options.release)?);
    }
    let haft = match &options.haft {
        Some(path) => std::path::absolute(path)?,
        None => workspace::build_haft(options.release)?,
    };
    let subject = Subject {
        command: haft,
        flags: Vec::new(),
        cpython: None,
        has_cffi: true,
        patience: 1,
        reference: python::all().into_iter().find(|python| python.has("cffi")),
    };
    let tests = suites::collect(&Arc::new(subject), options.modes)?;
    let known = Known::read(&workspace::root().join("testsuite/known_failures.txt"))?;
    let selection = pool::Selection { filter: options.filter.as_deref(), known: &known };
    total.merge(pool::run(&tests, &selection, jobs(options.jobs)));
    Ok(total.print())
}

/// Runs the same files on CPython; `Ok(false)` when an expectation is not true there.
pub(crate) fn prove(options: &ProveOptions) -> Result<bool> {
    let python = match &options.python {
        Some(command) => Python::at(command),
        None => prover(),
    };
    let Some(python) = python else {
        bail!("no CPython 3.11 or newer found; name one with --python");
    };
    println!("CPython {} ({})", python.version_text(), python.path.display());
    let has_cffi = python.has("cffi");
    let subject = Subject {
        command: python.path,
        flags: Vec::new(),
        cpython: Some(python.version),
        has_cffi,
        patience: 2,
        reference: None,
    };
    let tests = suites::collect(&Arc::new(subject), Modes::None)?;
    let known = Known::default();
    let selection = pool::Selection { filter: options.filter.as_deref(), known: &known };
    let mut total = pool::Tally::default();
    total.merge(pool::run(&tests, &selection, jobs(options.jobs)));
    Ok(total.print())
}

/// The newest CPython that has cffi, else the newest.
fn prover() -> Option<Python> {
    let all = python::all();
    all.iter().find(|python| python.has("cffi")).or(all.first()).cloned()
}

fn jobs(wanted: Option<usize>) -> usize {
    wanted.unwrap_or_else(|| thread::available_parallelism().map_or(2, usize::from)).max(1)
}
