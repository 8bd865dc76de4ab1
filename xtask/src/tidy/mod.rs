//! `cargo xtask tidy`: the rules of the house that no compiler checks.
//!
//! Each rule is a function from the files of the checkout to complaints; a complaint names the file, the line and what
//! to do. There is no switch to turn one off: a rule that is wrong is changed here.

mod documents;
mod layers;
mod source_text;
mod sources;
mod texts;

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::{generate, workspace};

/// A text file of the checkout.
#[derive(Debug)]
struct File {
    /// Its path from the top of the checkout, with forward slashes.
    name: String,
    text: String,
}

impl File {
    fn has_extension(&self, extension: &str) -> bool {
        Path::new(&self.name).extension().is_some_and(|found| found == extension)
    }
}

/// What is wrong, each a line `FILE[:LINE]: what to do`.
type Complaints = Vec<String>;

/// A rule looks at all files.
type Rule = fn(&[File]) -> Result<Complaints>;

const RULES: &[(&str, Rule)] = &[
    ("layers", layers::check),
    ("first line", sources::first_line),
    ("length", sources::length),
    ("fenced unsafe", sources::fenced_unsafe),
    ("tests switched on", sources::tests_switched_on),
    ("top level", texts::top_level),
    ("no machine's traces", texts::machine_traces),
    ("known failures", texts::known_failures),
    ("book", documents::book),
    ("dependencies", documents::dependencies),
    ("generated files", |_| generate::stale()),
];

/// Applies every rule; `Ok(false)` when there are complaints.
pub(crate) fn run() -> Result<bool> {
    let files = read_files()?;
    let mut n_complaints = 0;
    for (name, rule) in RULES {
        let complaints = rule(&files)?;
        for complaint in &complaints {
            println!("{complaint}  [{name}]");
        }
        n_complaints += complaints.len();
    }
    println!("tidy: {} files, {} rules, {n_complaints} complaints", files.len(), RULES.len());
    Ok(n_complaints == 0)
}

/// All text files. A file that is no UTF-8 is not ours to check.
fn read_files() -> Result<Vec<File>> {
    let mut files = Vec::new();
    for path in workspace::files_below(&workspace::root())? {
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        if let Ok(text) = String::from_utf8(bytes) {
            files.push(File { name: workspace::relative(&path), text });
        }
    }
    Ok(files)
}
