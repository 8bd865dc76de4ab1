//! A conformance program: a `.py` file that says at the end of each printing line what it prints.
//!
//! ```python
//! # args: a b
//! print(len("añb"))         # expect: 3
//! {}["missing"]             # expect-error: KeyError: 'missing'
//! ```
//! Its standard output must be the `# expect:` texts in the order of the file. `# expect-error:` says the last line of
//! standard error, and that the exit code is 1; without it the program must leave with 0.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use super::extension::Extension;
use super::{Outcome, Subject, wildcard};
use crate::process::{self, End, Output};

/// A program that takes longer has hung.
const LIMIT: Duration = Duration::from_secs(20);

/// A parsed conformance program.
#[derive(Debug)]
pub(super) struct Program {
    path: PathBuf,
    headers: Headers,
    stdout: Vec<String>,
    last_error: Option<String>,
    /// The extension module that it imports.
    extension: Option<Extension>,
}

/// What a test says about how it is run: a comment line `# key: value` in a program, `key: value` in a case.
#[derive(Debug, Default)]
pub(super) struct Headers {
    /// `args:` words after the program's name.
    args: Vec<String>,
    /// `stdin:` with `\n` and `\\` as escapes.
    stdin: String,
    /// `min-python:` CPythons before this version cannot prove it.
    min_python: Option<(u32, u32)>,
    /// `cpython: skip REASON`
    not_on_cpython: Option<String>,
    /// `needs: cffi`
    needs_cffi: bool,
    /// It imports extension modules of HPy.
    needs_hpy: bool,
    /// `modes: no REASON`: left out of the modes that take many times longer.
    slow: bool,
}

impl Headers {
    /// It imports extension modules of HPy, whatever the file says.
    pub(super) fn need_hpy(&mut self) {
        self.needs_hpy = true;
    }

    /// Takes a `key: value` if it knows the key; says whether it did.
    pub(super) fn take(&mut self, key: &str, value: &str) -> Result<bool> {
        match key {
            "args" => self.args = value.split_whitespace().map(str::to_owned).collect(),
            "stdin" => self.stdin = value.replace("\\n", "\n").replace("\\\\", "\\"),
            "min-python" => self.min_python = Some(version(value)?),
            "needs" if value == "cffi" => self.needs_cffi = true,
            "needs" => bail!("`needs: {value}` is not known"),
            "modes" => match value.strip_prefix("no ") {
                Some(_) => self.slow = true,
                None => bail!("`modes:` wants `no REASON`"),
            },
            "cpython" => match value.strip_prefix("skip ") {
                Some(reason) => self.not_on_cpython = Some(reason.to_owned()),
                None => bail!("`cpython:` wants `skip REASON`"),
            },
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Why `subject` cannot run this, if it cannot.
    pub(super) fn skips(&self, subject: &Subject) -> Option<String> {
        let version = subject.cpython?;
        if let Some(reason) = &self.not_on_cpython {
            return Some(reason.clone());
        }
        if self.needs_cffi && !subject.has_cffi {
            return Some("this CPython has no cffi".to_owned());
        }
        if self.needs_hpy {
            return Some("no CPython imports extension modules of HPy by itself".to_owned());
        }
        let wanted = self.min_python.filter(|wanted| *wanted > version)?;
        Some(format!("wants Python {}.{}", wanted.0, wanted.1))
    }
}

fn version(text: &str) -> Result<(u32, u32)> {
    let (major, minor) = text.split_once('.').context("a version looks like 3.13")?;
    Ok((major.parse()?, minor.parse()?))
}

impl Program {
    /// Reads the expectations of the file's text.
    pub(super) fn parse(path: &Path, text: &str) -> Result<Self> {
        let mut program = Self {
            path: path.to_path_buf(),
            headers: Headers::default(),
            stdout: Vec::new(),
            last_error: None,
            extension: None,
        };
        for line in text.lines() {
            let header = line.strip_prefix("# ").and_then(|comment| comment.split_once(':'));
            if let Some(("extension", name)) = header {
                let extension = Extension::beside(&path.with_file_name(name.trim()));
                program = program.importing(extension);
                continue;
            }
            if let Some((key, value)) = header
                && program
                    .headers
                    .take(key, value.trim())
                    .with_context(|| path.display().to_string())?
            {
                continue;
            }
            if let Some(expected) = after(line, "# expect:") {
                program.stdout.push(expected.to_owned());
            } else if let Some(expected) = after(line, "# expect-error:") {
                program.last_error = Some(expected.to_owned());
            }
        }
        if program.stdout.is_empty() && program.last_error.is_none() {
            bail!("{}: a conformance program expects something (`# expect: TEXT`)", path.display());
        }
        Ok(program)
    }

    /// Is it too slow for modes that take many times longer?
    pub(super) fn is_slow(&self) -> bool {
        self.headers.slow
    }

    /// The same program in a suite where everything imports cffi.
    pub(super) fn needing_cffi(mut self) -> Self {
        self.headers.needs_cffi = true;
        self
    }

    /// The same program importing an extension module, which is built before.
    pub(super) fn importing(mut self, extension: Extension) -> Self {
        self.headers.need_hpy();
        self.extension = Some(extension);
        self
    }

    /// Runs it in its own folder and compares.
    pub(super) fn run(&self, subject: &Subject) -> Result<Outcome> {
        if let Some(reason) = self.headers.skips(subject) {
            return Ok(Outcome::Skipped(reason));
        }
        let mut command = subject.python();
        if let Some(extension) = &self.extension {
            // Without -P its folder comes first, and there a program has the name of its module.
            command.env("PYTHONPATH", extension.build()?).arg("-P");
        }
        command.current_dir(self.path.parent().expect("a program lies in a folder"));
        command.arg(self.path.file_name().expect("a program has a name")).args(&self.headers.args);
        let output =
            process::run(&mut command, self.headers.stdin.as_bytes(), LIMIT * subject.patience)?;
        Ok(match self.complaint(&output) {
            None => Outcome::Passed,
            Some(complaint) => Outcome::Failed(complaint),
        })
    }

    /// What is wrong with the output, if anything.
    fn complaint(&self, output: &Output) -> Option<String> {
        let mut complaints = Vec::new();
        let lines: Vec<&str> = output.stdout.lines().map(str::trim_end).collect();
        complaints.extend(
            wildcard::first_difference(&self.stdout, &lines).map(|found| found.shown("stdout")),
        );
        let wanted = End::Code(i32::from(self.last_error.is_some()));
        if output.end != wanted {
            complaints.push(format!("it ended with {:?}, not {wanted:?}\n", output.end));
        }
        let last_error = output.stderr.lines().last().unwrap_or_default().trim_end();
        if let Some(wanted) = self.last_error.as_ref().filter(|wanted| *wanted != last_error) {
            complaints.push(format!(
                "last line of stderr:\n  expected: {wanted}\n  actual:   {last_error}\n"
            ));
        }
        if complaints.is_empty() {
            return None;
        }
        complaints.push(wildcard::tail("stderr", &output.stderr));
        Some(complaints.concat())
    }
}

impl Subject {
    /// The interpreter's command, with an environment in which nothing of the user's changes the output.
    pub(super) fn python(&self) -> Command {
        let mut command = Command::new(&self.command);
        command.args(&self.flags);
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy();
            if name.starts_with("PYTHON") || name.starts_with("HAFT") {
                command.env_remove(&*name);
            }
        }
        command
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("PYTHONUTF8", "1")
            .env("LC_ALL", "C.UTF-8")
            .env("NO_COLOR", "1");
        command
    }
}

/// The text after `marker` in `line`, without the space that follows it.
fn after<'a>(line: &'a str, marker: &str) -> Option<&'a str> {
    let text = &line[line.find(marker)? + marker.len()..];
    Some(text.strip_prefix(' ').unwrap_or(text).trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Program {
        Program::parse(Path::new("x.py"), text).unwrap()
    }

    #[test]
    fn expectations_in_file_order() {
        let program = parse(
            "print(1)  # expect: 1\nx = 2\n# expect: two\nprint()  # expect:\n1/0  # expect-error: E: x\n",
        );
        assert_eq!(program.stdout, ["1", "two", ""]);
        assert_eq!(program.last_error.as_deref(), Some("E: x"));
    }

    #[test]
    fn headers_are_read() {
        let program = parse(
            "# args: a b\n# stdin: x\\ny\n# min-python: 3.14\n# modes: no too slow\nprint()  # expect:\n",
        );
        let headers = &program.headers;
        assert_eq!(
            (headers.args.len(), headers.stdin.as_str(), headers.min_python),
            (2, "x\ny", Some((3, 14)))
        );
        assert!(headers.slow);
    }

    #[test]
    fn a_program_without_expectation_is_refused() {
        assert!(Program::parse(Path::new("x.py"), "print(1)\n").is_err());
    }

    #[test]
    fn complaints() {
        let program = parse("print(1)  # expect: 1\n");
        let output = |stdout: &str, code| Output {
            end: End::Code(code),
            stdout: stdout.into(),
            stderr: String::new(),
        };
        assert_eq!(program.complaint(&output("1\n", 0)), None);
        for wrong in [output("2\n", 0), output("1\n1\n", 0), output("", 0), output("1\n", 1)] {
            assert!(program.complaint(&wrong).is_some(), "{wrong:?}");
        }
    }
}
