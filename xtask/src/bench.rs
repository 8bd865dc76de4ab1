//! `cargo xtask bench`: the benchmark programs under Haft and its peers, and the page of figures.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use clap::Args;

use crate::python::Python;
use crate::workspace;

/// The page that carries the tables, and the marks they stand between.
const PAGE: &str = "docs/src/performance.md";
const BEGIN: &str = "<!-- figures: begin -->\n";
const END: &str = "<!-- figures: end -->\n";

/// What `cargo xtask bench` takes.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Suites, with commas between them: startup, py, ffi, hpy
    #[arg(long, default_value = "startup,py,ffi,hpy")]
    suite: String,
    /// Only programs or cases with this in their name
    #[arg(long)]
    only: Option<String>,
    /// Processes per cell; the median counts
    #[arg(long, default_value_t = 5)]
    rounds: u32,
    /// The peers, `name=command` with commas between them; the first is the base of the ratios
    #[arg(long, default_value = "cpython=python3.11,pypy=pypy3")]
    peers: String,
    /// Measure this binary instead of building one with the release profile
    #[arg(long)]
    haft: Option<PathBuf>,
    /// Put the tables into docs/src/performance.md
    #[arg(long)]
    write: bool,
}

/// Runs the benchmark script with a CPython.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let haft = match &options.haft {
        Some(path) => std::path::absolute(path)?,
        None => workspace::build_haft(true)?,
    };
    let peers = present(&options.peers);
    let Some((_, runner)) = peers.first() else {
        bail!("none of the peers {} is on this machine; name one with --peers", options.peers);
    };
    let mut runtimes: Vec<String> =
        peers.iter().map(|(name, python)| format!("{name}={}", python.path.display())).collect();
    runtimes.push(format!("haft={}", haft.display()));
    let tables = workspace::target().join("bench.md");
    let mut script = Command::new(&runner.path);
    script.arg(workspace::root().join("testsuite/bench/run.py"));
    script.args(["--runtimes", &runtimes.join(","), "--suite", &options.suite]);
    script.args(["--variants", "cffi"]);
    script.args(["--rounds", &options.rounds.to_string()]).arg("--markdown").arg(&tables);
    if let Some(only) = &options.only {
        script.args(["--only", only]);
    }
    if !script.status().context("cannot start the benchmark script")?.success() {
        return Ok(false);
    }
    if options.write {
        write_page(&fs::read_to_string(&tables)?)?;
    }
    Ok(true)
}

/// The peers that the machine has.
fn present(peers: &str) -> Vec<(&str, Python)> {
    let named = peers.split(',').filter_map(|peer| peer.split_once('='));
    named.filter_map(|(name, command)| Some((name, Python::at(Path::new(command))?))).collect()
}

fn write_page(tables: &str) -> Result<()> {
    let path = workspace::root().join(PAGE);
    let page = fs::read_to_string(&path).with_context(|| format!("cannot read {PAGE}"))?;
    fs::write(
        &path,
        between_marks(&page, tables).with_context(|| format!("{PAGE} has lost its marks"))?,
    )?;
    println!("wrote {PAGE}");
    Ok(())
}

/// `page` with `tables` between its marks.
fn between_marks(page: &str, tables: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}{tables}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_replace_what_stood_between_the_marks() {
        let page = format!("a\n{BEGIN}old\n{END}z\n");
        let wanted = format!("a\n{BEGIN}new\n{END}z\n");
        assert_eq!(between_marks(&page, "new\n"), Some(wanted));
        assert_eq!(between_marks("a\n", "new\n"), None);
    }
}
