//! Where things are in the checkout, and which files it has.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// Folders that hold built or fetched files wherever they stand.
const NOT_OURS: &[&str] = &["target", ".git", "__pycache__", "node_modules"];

/// The top folder of the checkout.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().expect("xtask/ lies in the checkout").to_path_buf()
}

/// Cargo's target folder, where fetched and temporary files go too.
pub(crate) fn target() -> PathBuf {
    root().join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// All files of the checkout below `folder`, sorted by path.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries =
            fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            if NOT_OURS.iter().any(|skipped| name == *skipped) {
                continue;
            }
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}

/// `path` as it is written in messages and lists: relative to the checkout, with forward slashes.
pub(crate) fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// What cargo is told to work on for Haft: the same for tests and for the binary, so that features of dependencies agree
/// and nothing is built twice. The tools are left out.
pub(crate) const ALL_OF_HAFT: &[&str] =
    &["--workspace", "--exclude", "xtask", "--exclude", "haft-headers"];

/// Builds the `haft` binary and says where it is.
pub(crate) fn build_haft(release: bool) -> Result<PathBuf> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root()).args(["build", "--quiet", "--bin", "haft"]).args(ALL_OF_HAFT);
    if release {
        cargo.arg("--release");
    }
    if !cargo.status().context("cannot start cargo")?.success() {
        bail!("the build of `haft` failed");
    }
    let binary = target().join(if release { "release" } else { "debug" }).join("haft");
    binary.canonicalize().with_context(|| format!("cargo left no {}", binary.display()))
}
