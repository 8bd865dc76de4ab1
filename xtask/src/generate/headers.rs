//! Our headers beside those of HPy 0.9.0, as libclang reads them.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::fetch::{self, Form};
use crate::workspace;

/// The release whose ABI is ours.
const UPSTREAM: &str = "hpy-0.9.0";

/// Where its source distribution has the headers.
const INCLUDE: &str = "hpy/devel/include";

/// A package that is libclang, for machines that have none.
const LIBCLANG: &str = "libclang-18.1.1";

/// Where its wheel has the library.
const NATIVE: &str = "libclang-18.1.1.data/platlib/clang/native";

/// Compares every declaration and prints what differs; is there nothing?
pub(super) fn compare(theirs: Option<&Path>) -> Result<bool> {
    let theirs = match theirs {
        Some(folder) => folder.to_path_buf(),
        None => fetch::package(UPSTREAM, Form::Source, INCLUDE)
            .context("upstream's headers; `--hpy-headers DIR` gives them otherwise")?
            .join(INCLUDE),
    };
    let library = libclang()?;
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(workspace::root())
        .args(["run", "--quiet", "-p", "haft-headers", "--", "headers"])
        .arg(&theirs)
        .env("LIBCLANG_PATH", library);
    Ok(cargo.status().context("cannot start cargo")?.success())
}

/// The folder of libclang: what the user names, or the fetched one.
fn libclang() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("LIBCLANG_PATH") {
        return Ok(named.into());
    }
    let package = fetch::package(LIBCLANG, Form::Wheel, NATIVE)
        .context("libclang; LIBCLANG_PATH names the folder of an installed one")?;
    Ok(package.join(NATIVE))
}
