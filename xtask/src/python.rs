//! Finding the other Pythons on the machine: they prove expectations and are the yardstick.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Names tried on the path, newest first.
const NAMES: &[&str] = &["python3.14", "python3.13", "python3", "python3.12", "python3.11"];

/// The oldest CPython that can prove anything.
const OLDEST: (u32, u32) = (3, 11);

/// A Python that was found and answers.
#[derive(Clone, Debug)]
pub(crate) struct Python {
    /// The executable itself, not a start script that stands for it.
    pub(crate) path: PathBuf,
    /// Its language version.
    pub(crate) version: (u32, u32),
}

impl Python {
    /// Asks `command` for its executable and version; `None` when it cannot be started.
    pub(crate) fn at(command: &Path) -> Option<Self> {
        let code = "import sys; print(sys.executable); print(*sys.version_info[:2])";
        let answer = ask(command, code)?;
        let (path, version) = answer.split_once('\n')?;
        let (major, minor) = version.split_once(' ')?;
        Some(Self { path: path.into(), version: (major.parse().ok()?, minor.parse().ok()?) })
    }

    /// Can it import `module`?
    pub(crate) fn has(&self, module: &str) -> bool {
        ask(&self.path, &format!("import {module}")).is_some()
    }

    /// `3.13`
    pub(crate) fn version_text(&self) -> String {
        format!("{}.{}", self.version.0, self.version.1)
    }
}

/// Every CPython of the machine that is new enough, newest first: on the path and under pyenv.
pub(crate) fn all() -> Vec<Python> {
    let mut found: Vec<Python> =
        NAMES.iter().filter_map(|name| Python::at(Path::new(name))).collect();
    found.extend(pyenv_executables().iter().filter_map(|path| Python::at(path)));
    found.retain(|python| python.version >= OLDEST);
    found.sort_by(|a, b| b.version.cmp(&a.version).then_with(|| a.path.cmp(&b.path)));
    found.dedup_by(|a, b| a.path == b.path);
    found
}

fn pyenv_executables() -> Vec<PathBuf> {
    let root = std::env::var_os("PYENV_ROOT")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".pyenv")));
    let Some(Ok(versions)) = root.map(|root| root.join("versions").read_dir()) else {
        return Vec::new();
    };
    versions
        .filter_map(|entry| Some(entry.ok()?.path().join("bin/python3")))
        .filter(|path| path.exists())
        .collect()
}

/// What `command -c code` prints, or `None` if it fails.
pub(crate) fn ask(command: &Path, code: &str) -> Option<String> {
    let output = Command::new(command)
        .args(["-c", code])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}
