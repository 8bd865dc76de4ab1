//! `cargo xtask gen`: files that are made from tables in the code, so that no fact is written twice.

use std::fs;

use anyhow::{Context as _, Result};
use clap::Args;

use crate::workspace;

/// What `cargo xtask gen` takes.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Only say which files are out of date
    #[arg(long)]
    check: bool,
}

/// A file and what makes its text.
type Page = (&'static str, fn() -> String);

/// The generated files.
const PAGES: &[Page] = &[];

/// Writes the files, or with `--check` says which would change.
pub(crate) fn run(options: &Options) -> Result<bool> {
    if options.check {
        let stale = stale()?;
        for complaint in &stale {
            println!("{complaint}");
        }
        return Ok(stale.is_empty());
    }
    for (name, make) in PAGES {
        fs::write(workspace::root().join(name), make())
            .with_context(|| format!("cannot write {name}"))?;
        println!("wrote {name}");
    }
    Ok(true)
}

/// The files that are not what the tables say.
pub(crate) fn stale() -> Result<Vec<String>> {
    let mut stale = Vec::new();
    for (name, make) in PAGES {
        let path = workspace::root().join(name);
        let text = if path.exists() { fs::read_to_string(&path)? } else { String::new() };
        if text != make() {
            stale.push(format!("{name}: out of date; run `cargo xtask gen`"));
        }
    }
    Ok(stale)
}
