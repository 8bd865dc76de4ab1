//! Packages that others published, fetched once into the target folder and unpacked there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::{python, workspace};

/// What is fetched of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Its source distribution.
    Source,
    /// A wheel for this machine.
    Wheel,
}

/// The unpacked package `release`, as `cffi-2.1.1`; `witness` is a path in it that tells that it is whole.
pub(crate) fn package(release: &str, form: Form, witness: &str) -> Result<PathBuf> {
    let cache = workspace::target().join("upstream");
    let unpacked = cache.join(release);
    if !unpacked.join(witness).exists() {
        download(release, form, &cache)?;
    }
    if !unpacked.join(witness).exists() {
        bail!("{release} has no {witness}");
    }
    Ok(unpacked.canonicalize()?)
}

/// Fetches the package with a CPython's pip and unpacks it into a folder of its name.
fn download(release: &str, form: Form, cache: &Path) -> Result<()> {
    let Some(python) = python::all().into_iter().find(|python| python.has("pip")) else {
        bail!("fetching {release} wants a CPython with pip");
    };
    let packed = cache.join("packed").join(release);
    fs::create_dir_all(&packed)?;
    let name = release.rsplit_once('-').context("a release is NAME-VERSION")?.0;
    let choice = match form {
        Form::Source => ["--no-binary", name],
        Form::Wheel => ["--only-binary", name],
    };
    run(Command::new(&python.path)
        .args(["-m", "pip", "download", "--quiet", "--no-deps", "--dest"])
        .arg(&packed)
        .args(choice)
        .arg(release.replacen('-', "==", 1)))?;
    let entry = packed.read_dir()?.next().context("pip wrote nothing")??;
    match form {
        Form::Source => run(Command::new("tar").arg("-xzf").arg(entry.path()).arg("-C").arg(cache)),
        Form::Wheel => run(Command::new(&python.path)
            .args(["-m", "zipfile", "-e"])
            .arg(entry.path())
            .arg(cache.join(release))),
    }
}

fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    if !command.status().with_context(|| format!("cannot start {program}"))?.success() {
        bail!("{program} failed");
    }
    Ok(())
}
