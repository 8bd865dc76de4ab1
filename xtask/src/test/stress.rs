//! `cargo xtask stress`: every program in every mode, then random programs for as long as asked.
//!
//! A random program that prints something else than CPython is made small and kept; the report says in which mode and
//! where the outputs part.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::Args;

use super::random::{self, Behaviour, Oracle};
use super::suites::{self, MODES, Mode, STRESS_MODES};
use super::{Known, Modes, Subject, jobs, pool, shrink};
use crate::workspace;

/// What `cargo xtask stress` takes.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How long random programs are run
    #[arg(long, default_value_t = 10)]
    minutes: u64,
    /// The seed of the first random program; the next has the next
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only these modes, by name, separated by commas
    #[arg(long, value_delimiter = ',')]
    modes: Vec<String>,
    /// Random programs only, not every program of the test suite before
    #[arg(long)]
    random: bool,
    /// Do not make failing programs small
    #[arg(long)]
    no_shrink: bool,
    /// Build with the release profile
    #[arg(long)]
    release: bool,
    /// Test this binary instead of building one
    #[arg(long)]
    haft: Option<PathBuf>,
}

/// The random half.
#[derive(Debug)]
struct Stress {
    subject: Subject,
    oracle: Oracle,
    modes: Vec<&'static Mode>,
    shrinks: bool,
}

/// Runs everything; `Ok(false)` when something differed.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let modes = chosen(&options.modes)?;
    let haft = match &options.haft {
        Some(path) => std::path::absolute(path)?,
        None => workspace::build_haft(options.release)?,
    };
    let subject = Subject { command: haft, has_cffi: true, patience: 1, ..Subject::default() };
    let mut total = pool::Tally::default();
    if !options.random {
        let mut tests = suites::collect(&Arc::new(subject.clone()), Modes::All)?;
        tests.retain(|test| modes.iter().any(|mode| test.group() == mode.name));
        let known = Known::read(&workspace::root().join("testsuite/known_failures.txt"))?;
        let selection = pool::Selection { filter: Some(""), known: &known };
        total.merge(pool::run(&tests, &selection, jobs(None)));
    }
    let stress = Stress { subject, oracle: Oracle::find(), modes, shrinks: !options.no_shrink };
    let deadline = Instant::now() + Duration::from_secs(options.minutes * 60);
    let mut counts = pool::Counts::default();
    let mut seed = options.seed;
    while Instant::now() < deadline {
        match stress.try_seed(seed)? {
            Some(true) => counts.passed += 1,
            Some(false) => counts.failed += 1,
            None => counts.skipped += 1,
        }
        seed += 1;
    }
    total.add("random", counts);
    Ok(total.print())
}

/// The modes with these names; all of them for none.
fn chosen(names: &[String]) -> Result<Vec<&'static Mode>> {
    let all: Vec<&'static Mode> = MODES.iter().chain(STRESS_MODES).collect();
    for name in names {
        if all.iter().all(|mode| mode.name != name) {
            let known: Vec<&str> = all.iter().map(|mode| mode.name).collect();
            bail!("there is no mode `{name}`; there are {}", known.join(", "));
        }
    }
    Ok(all
        .into_iter()
        .filter(|mode| names.is_empty() || names.iter().any(|n| n == mode.name))
        .collect())
}

impl Stress {
    /// Runs the program of `seed` everywhere: are all outputs equal? `None` where the oracle cannot run it.
    fn try_seed(&self, seed: u64) -> Result<Option<bool>> {
        let (path, text) = random::write_program(seed, &self.subject)?;
        let expected = self.oracle.behaviour(&text, &path, &self.subject)?;
        if !expected.is_complete() {
            println!("seed {seed}: the oracle cannot run {}", path.display());
            return Ok(None);
        }
        for mode in &self.modes {
            let actual = self.behaviour(&path, mode)?;
            if let Some(report) = expected.difference(&actual) {
                println!("FAILED seed {seed}, mode {} ({})\n{report}", mode.name, path.display());
                if self.shrinks {
                    self.shrink(&path, &text, mode)?;
                }
                return Ok(Some(false));
            }
        }
        fs::remove_file(&path)?;
        Ok(Some(true))
    }

    fn behaviour(&self, path: &Path, mode: &Mode) -> Result<Behaviour> {
        let subject = Subject { patience: mode.patience, ..self.subject.clone() };
        Behaviour::of(path, &subject, mode.flags)
    }

    /// Writes the smallest program that still differs beside the program at `path`.
    fn shrink(&self, path: &Path, text: &str, mode: &Mode) -> Result<()> {
        let small = path.with_extension("small.py");
        let differs = |text: &str| -> Result<bool> {
            fs::write(&small, text)?;
            let expected = self.oracle.behaviour(text, &small, &self.subject)?;
            Ok(expected.is_complete()
                && expected.difference(&self.behaviour(&small, mode)?).is_some())
        };
        let shrunk = shrink::shrink(text, |text| differs(text).unwrap_or(false));
        fs::write(&small, &shrunk)?;
        println!("made small: {} ({} lines)\n{shrunk}", small.display(), shrunk.lines().count());
        Ok(())
    }
}
