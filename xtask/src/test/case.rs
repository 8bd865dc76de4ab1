//! A command-line case: a command, the files it finds, and exactly what it prints.
//!
//! ```text
//! A file that does not exist.
//! $ haft missing.py
//! exit: 2
//! -- stderr --
//! [EXE]: can't open file '[DIR]/missing.py': [Errno 2] No such file or directory
//! ```
//! Above the first section stand a sentence, the command (a line for `sh`, `haft` being the Python under test) and `key:
//! value` lines. The sections `stdout` and `stderr` are what must be printed (absent: nothing; see `wildcard` for parts
//! left open), `stdin` is fed in, every other section is a file in the folder that the command runs in. A section name
//! followed by `(escapes)` has `\xNN` for bytes that no UTF-8 text holds. `[EXE]`, `[DIR]` and `[ROOT]` are the
//! executable, that folder and the checkout, which the command knows as `$ROOT`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use super::program::Headers;
use super::{Outcome, Subject, wildcard};
use crate::process::{self, End, Output};
use crate::workspace;

/// Makes `haft` in the command line mean the Python under test.
const SHELL_PRELUDE: &str = "haft() { \"$SUBJECT\" \"$@\"; }\n";

/// A parsed case.
#[derive(Debug, Default)]
pub(super) struct Case {
    command: String,
    headers: Headers,
    exit: i32,
    env: Vec<(String, String)>,
    limit: Duration,
    /// Run in the checkout instead of in a folder of its own.
    in_checkout: bool,
    /// Must print the same as a CPython with cffi, where there is one.
    compare: bool,
    files: Vec<(String, Vec<u8>)>,
    stdin: Vec<u8>,
    stdout: Vec<String>,
    stderr: Vec<String>,
}

impl Case {
    pub(super) fn parse(path: &Path, text: &str) -> Result<Self> {
        Self::parse_text(text).with_context(|| path.display().to_string())
    }

    /// The same case in a suite whose cases import extension modules of HPy.
    pub(super) fn importing_hpy(mut self) -> Self {
        self.headers.need_hpy();
        self
    }

    fn parse_text(text: &str) -> Result<Self> {
        let mut case = Self { limit: Duration::from_secs(20), ..Self::default() };
        let mut section: Option<(String, String)> = None;
        for line in text.split_inclusive('\n') {
            if let Some(name) =
                line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"))
            {
                case.take_section(section.replace((name.to_owned(), String::new())))?;
            } else if let Some((_, content)) = &mut section {
                content.push_str(line);
            } else {
                case.take_header(line.trim_end())?;
            }
        }
        case.take_section(section)?;
        if case.command.is_empty() {
            bail!("a case has a line `$ COMMAND`");
        }
        Ok(case)
    }

    fn take_header(&mut self, line: &str) -> Result<()> {
        if let Some(command) = line.strip_prefix("$ ") {
            command.clone_into(&mut self.command);
            return Ok(());
        }
        let Some((key, value)) = line.split_once(": ") else { return Ok(()) };
        match key {
            "exit" => self.exit = value.parse().context("`exit:` wants a number")?,
            "limit" => {
                self.limit = Duration::from_secs(value.parse().context("`limit:` wants seconds")?);
            }
            "env" => {
                let (name, value) = value.split_once('=').context("`env:` wants NAME=VALUE")?;
                self.env.push((name.to_owned(), value.to_owned()));
            }
            "cwd" if value == "checkout" => self.in_checkout = true,
            "compare" if value == "cpython" => self.compare = true,
            "cwd" | "compare" => bail!("`{key}: {value}` is not known"),
            _ => {
                self.headers.take(key, value)?;
            }
        }
        Ok(())
    }

    fn take_section(&mut self, section: Option<(String, String)>) -> Result<()> {
        let Some((name, content)) = section else { return Ok(()) };
        let lines = || content.lines().map(|line| line.trim_end().to_owned()).collect();
        match name.as_str() {
            "stdout" => self.stdout = lines(),
            "stderr" => self.stderr = lines(),
            "stdin" => self.stdin = content.into_bytes(),
            _ => match name.strip_suffix(" (escapes)") {
                Some(name) => self.files.push((name.to_owned(), unescape(&content)?)),
                None => self.files.push((name, content.into_bytes())),
            },
        }
        Ok(())
    }

    /// Runs the command and compares everything it left.
    pub(super) fn run(&self, subject: &Subject) -> Result<Outcome> {
        if let Some(reason) = self.headers.skips(subject) {
            return Ok(Outcome::Skipped(reason));
        }
        let folder = Scratch::new()?;
        for (name, content) in &self.files {
            let path = folder.path.join(name);
            fs::create_dir_all(path.parent().expect("a file lies in the folder"))?;
            fs::write(&path, content)?;
        }
        let output =
            self.run_on(subject.python(), &subject.command, &folder.path, subject.patience)?;
        let mut complaint = self.complaint(&output).unwrap_or_default();
        if let (true, Some(reference)) = (self.compare, &subject.reference) {
            let peer =
                Subject { command: reference.path.clone(), flags: Vec::new(), ..subject.clone() };
            let wanted = self.run_on(peer.python(), &peer.command, &folder.path, peer.patience)?;
            let expected: Vec<String> = wanted.stdout.lines().map(str::to_owned).collect();
            let actual: Vec<&str> = output.stdout.lines().collect();
            if let Some(difference) = wildcard::first_difference(&expected, &actual) {
                complaint.push_str(&difference.shown("beside CPython, stdout"));
            }
        }
        Ok(if complaint.is_empty() { Outcome::Passed } else { Outcome::Failed(complaint) })
    }

    fn run_on(&self, python: Command, exe: &Path, folder: &Path, patience: u32) -> Result<Output> {
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("{SHELL_PRELUDE}{}", self.command)).env("SUBJECT", exe);
        let root = workspace::root();
        shell.env("ROOT", &root);
        for (name, value) in python.get_envs() {
            match value {
                Some(value) => shell.env(name, value),
                None => shell.env_remove(name),
            };
        }
        shell.envs(self.env.iter().map(|(name, value)| (name, value)));
        shell.current_dir(if self.in_checkout { &root } else { folder });
        let mut output = process::run(&mut shell, &self.stdin, self.limit * patience)?;
        for (path, name) in [(exe, "[EXE]"), (folder, "[DIR]"), (&root, "[ROOT]")] {
            for stream in [&mut output.stdout, &mut output.stderr] {
                *stream = stream.replace(&*path.to_string_lossy(), name);
            }
        }
        Ok(output)
    }

    /// What is wrong with the output, if anything.
    fn complaint(&self, output: &Output) -> Option<String> {
        let mut complaints = Vec::new();
        for (name, expected, actual) in
            [("stdout", &self.stdout, &output.stdout), ("stderr", &self.stderr, &output.stderr)]
        {
            let actual: Vec<&str> = actual.lines().map(str::trim_end).collect();
            complaints.extend(
                wildcard::first_difference(expected, &actual).map(|found| found.shown(name)),
            );
        }
        if output.end != End::Code(self.exit) {
            complaints.push(format!("it ended with {:?}, not Code({})\n", output.end, self.exit));
        }
        if complaints.is_empty() {
            return None;
        }
        complaints.push(wildcard::tail("stdout", &output.stdout));
        complaints.push(wildcard::tail("stderr", &output.stderr));
        Some(complaints.concat())
    }
}

/// `\xNN` and `\\` become bytes; everything else stays.
fn unescape(text: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend_from_slice(before.as_bytes());
        if let Some(later) = after.strip_prefix('\\') {
            bytes.push(b'\\');
            rest = later;
        } else {
            let digits = after
                .strip_prefix('x')
                .and_then(|after| after.get(..2))
                .context("`\\x` wants two digits")?;
            bytes.push(u8::from_str_radix(digits, 16)?);
            rest = &after[3..];
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    Ok(bytes)
}

/// A folder that goes away with the value.
#[derive(Debug)]
struct Scratch {
    path: PathBuf,
}

impl Scratch {
    fn new() -> Result<Self> {
        static SERIAL: AtomicUsize = AtomicUsize::new(0);
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("haft-case-{}-{serial}", std::process::id()));
        fs::create_dir_all(&path).with_context(|| format!("cannot make {}", path.display()))?;
        Ok(Self { path: path.canonicalize()? })
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.path).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_case() {
        let text = "What it shows: a case.\n$ haft main.py\nexit: 3\nenv: A=b=c\n\
            -- main.py (escapes) --\nx = '\\xff\\\\'\n-- stdin --\nhi\n-- stdout --\none\n";
        let case = Case::parse_text(text).unwrap();
        assert_eq!((case.command.as_str(), case.exit, case.env.len()), ("haft main.py", 3, 1));
        assert_eq!(case.env[0], ("A".to_owned(), "b=c".to_owned()));
        assert_eq!(case.files, [("main.py".to_owned(), b"x = '\xff\\'\n".to_vec())]);
        assert_eq!(
            (case.stdin.as_slice(), case.stdout.as_slice()),
            (b"hi\n".as_slice(), ["one".to_owned()].as_slice())
        );
        assert!(case.stderr.is_empty());
    }

    #[test]
    fn malformed_cases() {
        for text in [
            "no command\n",
            "$ x\nexit: one\n",
            "$ x\ncwd: elsewhere\n",
            "$ x\n-- f (escapes) --\n\\q\n",
        ] {
            assert!(Case::parse_text(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_case_is_run_by_the_shell() {
        let subject = Subject { command: "/bin/sh".into(), patience: 1, ..Subject::default() };
        let text = "$ haft main.sh; exit 4\nexit: 4\n-- main.sh --\npwd; echo \"$0\"\n-- stdout --\n[DIR]\nmain.sh\n";
        assert_eq!(Case::parse_text(text).unwrap().run(&subject).unwrap(), Outcome::Passed);
    }
}
