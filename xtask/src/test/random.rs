//! Random programs: `testsuite/random/generate.py SEED` writes one, and it must print the same on CPython and on Haft in
//! every mode.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs};

use anyhow::{Result, bail};

use super::suites::quick_modes;
use super::{Outcome, Subject};
use crate::process::{self, End};
use crate::python::{self, Python};
use crate::workspace;

/// They are written to be short; one that takes longer has hung.
const LIMIT: Duration = Duration::from_secs(20);

/// The oldest CPython whose `sum` of floats is that of 3.14.
const OLDEST_ORACLE: (u32, u32) = (3, 12);

/// The line that a program which imports cffi begins with.
const NEEDS_CFFI: &str = "# needs: cffi";

/// What says what a random program prints: CPython where there is one that can, else Haft's interpreter.
#[derive(Clone, Debug)]
pub(super) struct Oracle {
    plain: Option<Python>,
    with_cffi: Option<Python>,
}

/// How a program ended and what it printed; the standard error is for readers only.
#[derive(Clone, Debug)]
pub(super) struct Behaviour {
    end: End,
    stdout: String,
    stderr: String,
}

/// One seed as a test of the suite `random`: CPython, the interpreter and each mode.
#[derive(Debug)]
pub(super) struct RandomProgram {
    seed: u64,
}

impl Oracle {
    pub(super) fn find() -> Self {
        let all = python::all();
        let plain = all.iter().find(|python| python.version >= OLDEST_ORACLE).cloned();
        Self { plain, with_cffi: all.into_iter().find(|python| python.has("cffi")) }
    }

    fn of(&self, text: &str) -> Option<&Python> {
        if text.lines().take(3).any(|line| line == NEEDS_CFFI) {
            self.with_cffi.as_ref()
        } else {
            self.plain.as_ref()
        }
    }

    /// What `text`, which lies at `path`, must do.
    pub(super) fn behaviour(
        &self,
        text: &str,
        path: &Path,
        subject: &Subject,
    ) -> Result<Behaviour> {
        match self.of(text) {
            Some(python) => {
                let command = Subject { command: python.path.clone(), ..Subject::default() };
                Behaviour::of(path, &command, &[])
            }
            None => Behaviour::of(path, subject, &["-X", "jit=off"]),
        }
    }
}

impl Behaviour {
    /// Runs the program at `path`.
    pub(super) fn of(path: &Path, subject: &Subject, flags: &[&str]) -> Result<Self> {
        let mut command = subject.python();
        command.args(flags).arg(path);
        let output = process::run(&mut command, b"", LIMIT * subject.patience.max(1))?;
        Ok(Self { end: output.end, stdout: output.stdout, stderr: output.stderr })
    }

    /// Did it run to its end? A program that the oracle cannot run says nothing.
    pub(super) fn is_complete(&self) -> bool {
        self.end == End::Code(0)
    }

    /// Where `other` parts from this, if it does.
    pub(super) fn difference(&self, other: &Self) -> Option<String> {
        if self.end == other.end && self.stdout == other.stdout {
            return None;
        }
        let (mut wanted, mut found) = (self.stdout.lines(), other.stdout.lines());
        let mut line = 1;
        let (wanted, found) = loop {
            match (wanted.next(), found.next()) {
                (Some(a), Some(b)) if a == b => line += 1,
                pair => break pair,
            }
        };
        let shown = |text: Option<&str>| text.unwrap_or("(nothing more)").to_owned();
        let mut report = format!(
            "stdout line {line}:\n  expected: {}\n  actual:   {}\n",
            shown(wanted),
            shown(found)
        );
        if self.end != other.end {
            let last: Vec<&str> = other.stderr.lines().rev().take(6).collect();
            let last: Vec<&str> = last.into_iter().rev().collect();
            let (found, wanted, last) = (&other.end, &self.end, last.join("\n"));
            let _written = writeln!(report, "it ended with {found:?}, not {wanted:?}\n{last}");
        }
        Some(report)
    }
}

impl RandomProgram {
    pub(super) const fn new(seed: u64) -> Self {
        Self { seed }
    }

    pub(super) fn run(&self, subject: &Subject) -> Result<Outcome> {
        let (path, text) = write_program(self.seed, subject)?;
        let oracle = Oracle::find();
        let expected = oracle.behaviour(&text, &path, subject)?;
        if !expected.is_complete() {
            bail!("the oracle cannot run {}: {}", path.display(), expected.stderr);
        }
        for mode in quick_modes() {
            let slower = Subject { patience: mode.patience, ..subject.clone() };
            let actual = Behaviour::of(&path, &slower, mode.flags)?;
            if let Some(report) = expected.difference(&actual) {
                let path = path.display();
                return Ok(Outcome::Failed(format!("{} of {path}\n{report}", mode.name)));
            }
        }
        fs::remove_file(&path)?;
        Ok(Outcome::Passed)
    }
}

/// Where programs are put while they run; those that fail stay.
pub(super) fn folder() -> PathBuf {
    env::temp_dir().join("haft-random")
}

/// Lets the generator write the program of `seed`; it runs on the interpreter under test.
pub(super) fn write_program(seed: u64, subject: &Subject) -> Result<(PathBuf, String)> {
    let generator = workspace::root().join("testsuite/random/generate.py");
    let mut command = subject.python();
    command.args(["-X", "jit=off"]).arg(generator).arg(seed.to_string());
    let output = process::run(&mut command, b"", LIMIT)?;
    if output.end != End::Code(0) {
        bail!("generate.py {seed} ended with {:?}\n{}", output.end, output.stderr);
    }
    fs::create_dir_all(folder())?;
    let path = folder().join(format!("{seed}.py"));
    fs::write(&path, &output.stdout)?;
    Ok((path, output.stdout))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn behaviour(end: i32, stdout: &str) -> Behaviour {
        Behaviour { end: End::Code(end), stdout: stdout.to_owned(), stderr: String::new() }
    }

    #[test]
    fn differences() {
        let expected = behaviour(0, "a\nb\n");
        assert_eq!(expected.difference(&behaviour(0, "a\nb\n")), None);
        for (other, line) in [
            (behaviour(0, "a\nc\n"), "stdout line 2"),
            (behaviour(139, "a\n"), "Code(139)"),
            (behaviour(0, "a\nb\nc\n"), "(nothing more)"),
        ] {
            let report = expected.difference(&other).unwrap();
            assert!(report.contains(line), "{report}");
        }
    }
}
