//! Who may import whom: arrows go down only.
//!
//! The table below is the one in `docs/src/architecture.md`, crate by crate. The engine rooms (`jit`, `cffi-core`) know no
//! Python: they import nothing of ours.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use toml::Table;

use super::{Complaints, File};

/// A crate and those of our crates it may import; lower ones first.
const LAYERS: &[(&str, &[&str])] = &[
    ("haft-host", &[]),
    ("haft-text", &[]),
    ("haft-sre", &["haft-host", "haft-text"]),
    ("haft-heap", &["haft-host"]),
    ("haft-bytecode", &[]),
    ("haft-jit", &[]),
    ("haft-jit-clif", &["haft-jit"]),
    // A second language on the JIT: it is there so that no Python gets into the two above it.
    ("haft-tinylang", &["haft-jit", "haft-jit-clif"]),
    ("haft-cffi-core", &[]),
    ("haft-hpy-abi", &[]),
    ("haft-compiler", &["haft-bytecode", "haft-text"]),
    (
        "haft-core",
        &["haft-bytecode", "haft-compiler", "haft-heap", "haft-host", "haft-jit", "haft-text"],
    ),
    (
        "haft-builtins",
        &["haft-bytecode", "haft-compiler", "haft-core", "haft-heap", "haft-host", "haft-text"],
    ),
    (
        "haft-modules",
        &[
            "haft-builtins",
            "haft-bytecode",
            "haft-compiler",
            "haft-core",
            "haft-heap",
            "haft-host",
            "haft-sre",
            "haft-text",
        ],
    ),
    (
        "haft-calc",
        &["haft-builtins", "haft-core", "haft-heap", "haft-host", "haft-sre", "haft-text"],
    ),
    (
        "haft-ffi",
        &[
            "haft-builtins",
            "haft-bytecode",
            "haft-cffi-core",
            "haft-core",
            "haft-heap",
            "haft-host",
            "haft-jit",
            "haft-text",
        ],
    ),
    ("haft-extension", &["haft-host", "haft-hpy-abi"]),
    ("haft-cpython", &["haft-hpy-abi"]),
    (
        "haft-hpy",
        &[
            "haft-builtins",
            "haft-bytecode",
            "haft-core",
            "haft-heap",
            "haft-host",
            "haft-hpy-abi",
            "haft-jit",
            "haft-text",
        ],
    ),
    (
        "haft",
        &[
            "haft-builtins",
            "haft-calc",
            "haft-bytecode",
            "haft-cffi-core",
            "haft-compiler",
            "haft-core",
            "haft-extension",
            "haft-ffi",
            "haft-heap",
            "haft-host",
            "haft-hpy",
            "haft-hpy-abi",
            "haft-jit",
            "haft-jit-clif",
            "haft-modules",
            "haft-sre",
            "haft-text",
        ],
    ),
    ("xtask", &["haft-bytecode", "haft-hpy-abi"]),
    ("haft-headers", &[]),
];

/// The tables of a manifest that make an arrow. Tests may look anywhere.
const ARROWS: &[&str] = &["dependencies", "build-dependencies"];

pub(super) fn check(files: &[File]) -> Result<Complaints> {
    let rows: BTreeMap<&str, &[&str]> = LAYERS.iter().copied().collect();
    let mut complaints = Complaints::new();
    for file in files.iter().filter(|file| file.name.ends_with("/Cargo.toml")) {
        let manifest: Table = file.text.parse().with_context(|| file.name.clone())?;
        let Some(name) = manifest.get("package").and_then(|package| package.get("name")?.as_str())
        else {
            continue;
        };
        let Some(allowed) = rows.get(name) else {
            complaints
                .push(format!("{}: `{name}` has no row in xtask/src/tidy/layers.rs", file.name));
            continue;
        };
        for imported in imported(&manifest).filter(|imported| rows.contains_key(imported)) {
            if !allowed.contains(&imported) {
                complaints.push(format!("{}: `{name}` may not import `{imported}`", file.name));
            }
        }
    }
    complaints.extend(upward_rows());
    Ok(complaints)
}

fn imported(manifest: &Table) -> impl Iterator<Item = &str> {
    let tables = ARROWS.iter().filter_map(|&kind| manifest.get(kind)?.as_table());
    tables.flat_map(Table::keys).map(String::as_str)
}

/// Rows that allow an import of a crate that stands later in the table: such arrows could close a circle.
fn upward_rows() -> Complaints {
    let place = |name: &str| LAYERS.iter().position(|(row, _)| *row == name);
    let mut complaints = Complaints::new();
    for (at, (name, allowed)) in LAYERS.iter().enumerate() {
        for lower in allowed.iter().filter(|lower| place(lower).is_none_or(|place| place >= at)) {
            complaints.push(format!("xtask/src/tidy/layers.rs: `{name}` stands below `{lower}`"));
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_manifest(text: &str) -> usize {
        check(&[File { name: "x/Cargo.toml".to_owned(), text: text.to_owned() }]).unwrap().len()
    }

    #[test]
    fn arrows() {
        assert_eq!(
            check_manifest(
                "[package]\nname = \"haft-sre\"\n[dependencies]\nhaft-text.workspace = true\n"
            ),
            0
        );
        assert_eq!(
            check_manifest(
                "[package]\nname = \"haft-jit\"\n[dependencies]\nhaft-core.workspace = true\n"
            ),
            1
        );
        assert_eq!(
            check_manifest(
                "[package]\nname = \"haft-jit\"\n[dev-dependencies]\nhaft-core.workspace = true\n"
            ),
            0
        );
        assert_eq!(check_manifest("[package]\nname = \"haft-new\"\n"), 1);
    }

    #[test]
    fn the_table_has_no_circle() {
        assert_eq!(upward_rows(), Complaints::new());
    }
}
