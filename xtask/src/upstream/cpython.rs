//! CPython's own tests of the language and its library.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::Unit;
use super::report::Counts;
use super::session::Session;
use crate::python;
use crate::workspace;

/// What `cargo xtask upstream cpython` runs.
pub(super) const SELECTION: &[&str] = &[
    "dict",
    "list",
    "tuple",
    "set",
    "int",
    "float",
    "str",
    "bytes",
    "generators",
    "functools",
    "itertools",
    "collections",
    "enum",
    "dataclasses",
    "re",
    "json",
    "struct",
];

/// Where Debian's package `libpython3.11-testsuite` puts them.
const DEBIAN: &str = "/usr/lib/python3.11/test";

/// CPython's counts, recorded with this very driver: `NAME PASSED SKIPPED`.
const COUNTS: &str = "testsuite/upstream/cpython_counts.txt";

/// One unit per name.
pub(super) fn units(subject: &Path, names: &[&str]) -> Result<Vec<Unit>> {
    let package = test_package()?;
    let path = link_alone(&package)?;
    let counts = fs::read_to_string(workspace::root().join(COUNTS)).unwrap_or_default();
    let driver = workspace::root().join("testsuite/upstream/unittest_driver.py");
    let unit = |name: &&str| Unit {
        name: (*name).to_owned(),
        session: Session {
            subject: subject.to_path_buf(),
            args: vec![driver.to_string_lossy().into_owned(), format!("test.test_{name}")],
            cwd: path.clone(),
            python_path: vec![path.clone()],
        },
        yardstick: counts_of(&counts, name),
        known: format!("{name}.txt"),
    };
    Ok(names.iter().map(unit).collect())
}

/// The newest `test` package on the machine, but of no later language than ours.
fn test_package() -> Result<PathBuf> {
    for python in python::all().iter().filter(|python| python.version <= (3, 14)) {
        let Some(text) = python::ask(&python.path, "import test; print(test.__path__[0])") else {
            continue;
        };
        let path = PathBuf::from(text);
        // Distributions ship the package without its tests.
        if path.join("test_dict.py").exists() {
            return Ok(path);
        }
    }
    let debian = PathBuf::from(DEBIAN);
    if debian.join("test_dict.py").exists() {
        return Ok(debian);
    }
    bail!(
        "no CPython with its `test` package found; install one, e.g. `apt install libpython3.11-testsuite`"
    );
}

/// A folder that holds nothing but a link `test` to the package, so that no other module of that CPython is seen.
fn link_alone(package: &Path) -> Result<PathBuf> {
    let folder = workspace::target().join("upstream/cpython");
    fs::create_dir_all(&folder)?;
    let link = folder.join("test");
    fs::remove_file(&link).ok();
    symlink(package, &link)
        .with_context(|| format!("cannot link {} to {}", link.display(), package.display()))?;
    Ok(folder.canonicalize()?)
}

pub(super) fn counts_of(table: &str, name: &str) -> Option<Counts> {
    let words = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let row = words.into_iter().find(|row| row.first() == Some(&name))?;
    Some(Counts {
        passed: row.get(1)?.parse().ok()?,
        skipped: row.get(2)?.parse().ok()?,
        ..Counts::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recorded_counts() {
        let table = "# name passed skipped\ndict 112 0\njson 177 1\n";
        assert_eq!(
            counts_of(table, "json"),
            Some(Counts { passed: 177, skipped: 1, ..Counts::default() })
        );
        assert_eq!(counts_of(table, "re"), None);
    }
}
