//! Rules about files of any kind and about folders.

use std::fs;

use anyhow::Result;

use super::{Complaints, File};
use crate::test::Known;
use crate::workspace;

/// Entries the top folder may have, hidden ones left out: a newcomer reads them all.
const MAX_TOP_LEVEL: usize = 20;

/// The one registry that crates come from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Starts of absolute paths that only one machine has.
const MACHINE_PATHS: &[&str] =
    &[concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/Us", "ers/")];

/// Hosts of package registries: which one is used is each machine's own setting.
const REGISTRY_HOSTS: &[&str] = &[
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
    concat!("files.python", "hosted.org"),
    concat!("pypi", ".org/simple"),
    concat!("registry.", "npmjs.org"),
    concat!("proxy.", "golang.org"),
];

/// The top folder is small, and each folder in it says what it is.
pub(super) fn top_level(files: &[File]) -> Result<Complaints> {
    let mut complaints = Complaints::new();
    let mut n_entries = 0;
    for entry in fs::read_dir(workspace::root())? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || name == "target" {
            continue;
        }
        n_entries += 1;
        let readme = format!("{name}/README.md");
        if entry.file_type()?.is_dir() && files.iter().all(|file| file.name != readme) {
            complaints.push(format!("{readme}: missing; say what the folder is for"));
        }
    }
    if n_entries > MAX_TOP_LEVEL {
        complaints.push(format!(".: {n_entries} entries, more than {MAX_TOP_LEVEL}"));
    }
    Ok(complaints)
}

/// Nothing in the files tells on which machine they were written.
pub(super) fn machine_traces(files: &[File]) -> Result<Complaints> {
    let mut complaints = Complaints::new();
    for file in files {
        let is_lock = file.name == "Cargo.lock";
        for (place, line) in file.text.lines().enumerate() {
            let foreign_source = is_lock
                && line
                    .strip_prefix("source = ")
                    .is_some_and(|source| source.trim_matches('"') != REGISTRY);
            if foreign_source {
                complaints.push(format!(
                    "{}:{}: a crate from elsewhere than crates.io",
                    file.name,
                    place + 1
                ));
            }
            if let Some(found) = trace(line) {
                complaints.push(format!("{}:{}: `{found}` is one machine's", file.name, place + 1));
            }
        }
    }
    Ok(complaints)
}

/// A machine's path or a registry's host in `line`.
fn trace(line: &str) -> Option<&'static str> {
    let starts_path = |at: usize| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || "._-/]}*".contains(c))
    };
    let path =
        MACHINE_PATHS.iter().find(|path| line.match_indices(**path).any(|(at, _)| starts_path(at)));
    path.or_else(|| REGISTRY_HOSTS.iter().find(|host| line.contains(**host))).copied()
}

/// Lists of known failures are well formed: an id and a reason.
pub(super) fn known_failures(files: &[File]) -> Result<Complaints> {
    let is_list = |name: &str| {
        name == "testsuite/known_failures.txt" || name.starts_with("testsuite/upstream/known/")
    };
    let lists = files.iter().filter(|file| is_list(&file.name) && file.has_extension("txt"));
    Ok(lists
        .filter_map(|file| Known::read(&workspace::root().join(&file.name)).err())
        .map(|e| e.to_string())
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traces() {
        for (line, found) in [
            (concat!("cd /wo", "rk/main"), true),
            (concat!("\"/ro", "ot/.cargo\""), true),
            ("docs/work/notes", false),
            (concat!("https://index.", "crates.io/x"), true),
            ("https://crates.io/crates/clap", false),
        ] {
            assert_eq!(trace(line).is_some(), found, "{line}");
        }
    }

    #[test]
    fn lock_files_name_one_registry() {
        let check = |source: &str| {
            let text = format!("source = \"{source}\"\n");
            machine_traces(&[File { name: "Cargo.lock".to_owned(), text }]).unwrap().len()
        };
        assert_eq!((check(REGISTRY), check("registry+https://mirror.example/index")), (0, 1));
    }
}
