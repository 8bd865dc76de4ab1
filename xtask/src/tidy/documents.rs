//! Rules that keep the book whole and true: its summary, its links, its list of dependencies.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, Result};
use toml::{Table, Value};

use super::{Complaints, File};
use crate::workspace;

/// Every page is in the summary, every entry of the summary is a page, and every relative link leads somewhere.
pub(super) fn book(files: &[File]) -> Result<Complaints> {
    let mut complaints = Complaints::new();
    let mut linked = BTreeSet::new();
    for file in files.iter().filter(|file| file.has_extension("md")) {
        for (line, target) in links(&file.text) {
            let path = resolve(&file.name, &target);
            if !workspace::root().join(&path).exists() {
                complaints
                    .push(format!("{}:{line}: the link to `{target}` leads nowhere", file.name));
            }
            if file.name == "docs/src/SUMMARY.md" {
                linked.insert(path);
            }
        }
    }
    for file in
        files.iter().filter(|file| file.name.starts_with("docs/src/") && file.has_extension("md"))
    {
        if file.name != "docs/src/SUMMARY.md" && !linked.contains(&file.name) {
            complaints.push(format!("{}: not in docs/src/SUMMARY.md", file.name));
        }
    }
    Ok(complaints)
}

/// The relative targets of `[text](target)`, with their line numbers; code blocks and spans are left out.
fn links(text: &str) -> Vec<(usize, String)> {
    let mut links = Vec::new();
    let mut in_code = false;
    for (place, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        let outside_spans: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
        for part in outside_spans.split("](").skip(1) {
            let target = part.split([')', ' ']).next().unwrap_or_default();
            let target = target.split('#').next().unwrap_or_default();
            if !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:") {
                links.push((place + 1, target.to_owned()));
            }
        }
    }
    links
}

/// `target` as seen from the file `from`, as a path from the top of the checkout.
fn resolve(from: &str, target: &str) -> String {
    let mut path = PathBuf::new();
    for component in Path::new(from).parent().unwrap_or(Path::new("")).join(target).components() {
        match component {
            Component::ParentDir => {
                path.pop();
            }
            Component::CurDir => {}
            other => path.push(other),
        }
    }
    path.to_string_lossy().into_owned()
}

/// The page of dependencies names every direct dependency with its version, and no other.
pub(super) fn dependencies(files: &[File]) -> Result<Complaints> {
    const PAGE: &str = "docs/src/dependencies.md";
    let Some(page) = files.iter().find(|file| file.name == PAGE) else {
        return Ok(vec![format!("{PAGE}: missing")]);
    };
    let used = direct_dependencies(files)?;
    let listed = listed_dependencies(&page.text);
    let mut complaints = Complaints::new();
    for (name, version) in &used {
        match listed.get(name) {
            None => complaints.push(format!("{PAGE}: no row for `{name}` {version}")),
            Some(found) if found != version => {
                complaints
                    .push(format!("{PAGE}: `{name}` is {found} here, {version} in the manifests"));
            }
            Some(_) => {}
        }
    }
    let gone = listed.keys().filter(|name| !used.contains_key(*name));
    complaints.extend(gone.map(|name| format!("{PAGE}: `{name}` is no longer used")));
    Ok(complaints)
}

/// Names and version requirements of all crates that are not ours, from every manifest.
fn direct_dependencies(files: &[File]) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for file in files.iter().filter(|file| file.name.ends_with("Cargo.toml")) {
        let manifest: Table = file.text.parse().with_context(|| file.name.clone())?;
        let workspace = manifest.get("workspace").and_then(Value::as_table);
        let targets = manifest.get("target").and_then(Value::as_table);
        let targets = targets.into_iter().flat_map(Table::values).filter_map(Value::as_table);
        for table in targets.chain(workspace).chain([&manifest]) {
            collect(table, &mut found);
        }
    }
    Ok(found)
}

fn collect(table: &Table, found: &mut BTreeMap<String, String>) {
    for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
        let Some(entries) = table.get(kind).and_then(Value::as_table) else { continue };
        for (name, entry) in entries {
            let version = entry.as_str().or_else(|| entry.get("version")?.as_str());
            if let Some(version) = version {
                found.insert(name.clone(), version.to_owned());
            }
        }
    }
}

/// Rows of the form "| `name` | version | reason |".
fn listed_dependencies(page: &str) -> BTreeMap<String, String> {
    let row = |line: &str| {
        let mut cells = line.strip_prefix("| `")?.splitn(3, '|');
        let name = cells.next()?.trim().strip_suffix('`')?;
        Some((name.to_owned(), cells.next()?.trim().to_owned()))
    };
    page.lines().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_a_page() {
        let text = "[a](b.md#part) `[x](y)` [w](https://example.org)\n```\n[c](d)\n```\n[e](../f/)";
        assert_eq!(links(text), [(1, "b.md".to_owned()), (5, "../f/".to_owned())]);
        assert_eq!(resolve("docs/src/a.md", "../../README.md"), "README.md");
    }

    #[test]
    fn dependency_rows() {
        let file = |name: &str, text: &str| File { name: name.to_owned(), text: text.to_owned() };
        let manifest = "[dependencies]\nclap = { version = \"4.6\" }\nhaft-jit.workspace = true\n[dev-dependencies]\na = \"1\"\n";
        let check = |page: &str| {
            dependencies(&[file("x/Cargo.toml", manifest), file("docs/src/dependencies.md", page)])
                .unwrap()
                .len()
        };
        assert_eq!(check("| `clap` | 4.6 | arguments |\n| `a` | 1 | why |\n"), 0);
        assert_eq!(check("| `clap` | 4.5 | arguments |\n| `b` | 1 | why |\n"), 3);
    }
}
