//! Rules about Rust source files.

use anyhow::Result;

use super::source_text::code_only;
use super::{Complaints, File};

/// Lines a file may have; a longer one holds two concepts.
const MAX_LINES: usize = 800;

/// The modules that may use `unsafe`: a line is a file, or a folder when it ends in `/`.
const UNSAFE_MODULES: &str = include_str!("../unsafe_modules.txt");

fn rust(files: &[File]) -> impl Iterator<Item = &File> {
    files.iter().filter(|file| file.has_extension("rs"))
}

/// A file says in its first line what it is for.
pub(super) fn first_line(files: &[File]) -> Result<Complaints> {
    let says = |file: &&File| file.text.starts_with("//! ");
    let complaint =
        |file: &File| format!("{}:1: the first line is `//!` and one sentence", file.name);
    Ok(rust(files).filter(|file| !says(file)).map(complaint).collect())
}

/// Files are short enough to be read.
pub(super) fn length(files: &[File]) -> Result<Complaints> {
    let mut complaints = Complaints::new();
    for file in rust(files) {
        let n_lines = file.text.lines().count();
        if n_lines > MAX_LINES {
            complaints.push(format!(
                "{}: {n_lines} lines, more than {MAX_LINES}: split it by concept",
                file.name
            ));
        }
    }
    Ok(complaints)
}

/// `unsafe` stands only in the listed modules, and the list names no module that does without.
pub(super) fn fenced_unsafe(files: &[File]) -> Result<Complaints> {
    let listed: Vec<&str> =
        UNSAFE_MODULES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let mut used = vec![false; listed.len()];
    let mut complaints = Complaints::new();
    for file in rust(files) {
        let Some(line) = line_of_word(&code_only(&file.text), "unsafe") else { continue };
        let covers = |entry: &str| {
            file.name == entry || (entry.ends_with('/') && file.name.starts_with(entry))
        };
        match listed.iter().position(|entry| covers(entry)) {
            Some(place) => used[place] = true,
            None => complaints.push(format!(
                "{}:{line}: `unsafe` outside the modules of xtask/src/unsafe_modules.txt",
                file.name
            )),
        }
    }
    for (entry, _) in listed.iter().zip(&used).filter(|(_, used)| !**used) {
        complaints
            .push(format!("xtask/src/unsafe_modules.txt: {entry} has no `unsafe`; take it out"));
    }
    Ok(complaints)
}

/// Tests are never switched off, and say which panic they mean.
pub(super) fn tests_switched_on(files: &[File]) -> Result<Complaints> {
    let mut complaints = tests_that_nobody_builds(files);
    for file in rust(files) {
        let code = code_only(&file.text);
        for word in ["ignore", "should_panic"] {
            let attribute = [format!("#[{word}]"), format!("#[{word} "), format!("#[{word}(")];
            let found =
                code.lines().position(|line| attribute.iter().any(|start| line.contains(start)));
            if let Some(place) = found {
                complaints.push(format!(
                    "{}:{}: no `#[{word}]`; assert what happens today and list it as known",
                    file.name,
                    place + 1
                ));
            }
        }
    }
    Ok(complaints)
}

/// Tests in crates whose manifest says that they have none.
fn tests_that_nobody_builds(files: &[File]) -> Complaints {
    let without = |file: &&File| file.text.lines().any(|line| line == "test = false");
    let manifests = files.iter().filter(|file| file.name.ends_with("/Cargo.toml"));
    let folders: Vec<String> =
        manifests.filter(without).map(|file| file.name.replace("Cargo.toml", "src/")).collect();
    let is_there = |file: &&File| folders.iter().any(|folder| file.name.starts_with(folder));
    let tests = |file: &&File| code_only(&file.text).contains("#[cfg(test)]");
    let complaint = |file: &File| {
        format!("{}: its crate has `test = false`: nobody builds these tests", file.name)
    };
    rust(files).filter(is_there).filter(tests).map(complaint).collect()
}

/// Number of the first line that has `word` as a whole word.
fn line_of_word(code: &str, word: &str) -> Option<usize> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let has = |line: &str| line.split(|c| !is_part(c)).any(|found| found == word);
    code.lines().position(has).map(|place| place + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> Vec<File> {
        vec![File { name: name.to_owned(), text: text.to_owned() }]
    }

    #[test]
    fn rules_find_what_they_are_for() {
        assert_eq!(first_line(&file("a.rs", "fn main() {}\n")).unwrap().len(), 1);
        assert_eq!(first_line(&file("a.rs", "//! Says it.\n")).unwrap().len(), 0);
        assert_eq!(length(&file("a.rs", &"\n".repeat(801))).unwrap().len(), 1);
        assert_eq!(length(&file("a.rs", &"\n".repeat(800))).unwrap().len(), 0);
        assert_eq!(
            tests_switched_on(&file("a.rs", "#[ignore = \"slow\"]\nfn f() {}\n")).unwrap().len(),
            1
        );
        assert_eq!(
            tests_switched_on(&file("a.rs", "// #[ignore]\n#[should_panic]\n")).unwrap().len(),
            1
        );
    }

    #[test]
    fn tests_of_crates_without_tests() {
        let mut files = file("x/Cargo.toml", "[lib]\ntest = false\n");
        files.extend(file("x/src/a.rs", "#[cfg(test)]\nmod tests {}\n"));
        files.extend(file("y/src/a.rs", "#[cfg(test)]\nmod tests {}\n"));
        assert_eq!(tests_that_nobody_builds(&files).len(), 1);
    }

    #[test]
    fn unsafe_is_a_word() {
        assert_eq!(line_of_word("a\nlet unsafe_modules = 1;\nunsafe { b }", "unsafe"), Some(3));
        let outside = |text| fenced_unsafe(&file("nowhere.rs", text)).unwrap();
        assert!(
            outside("fn f() { unsafe { g() } }")
                .iter()
                .any(|complaint| complaint.starts_with("nowhere.rs:1"))
        );
        assert!(!outside("// unsafe").iter().any(|complaint| complaint.starts_with("nowhere.rs")));
    }
}
