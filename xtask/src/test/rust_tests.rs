//! `cargo test` of all crates, with its results counted.
//!
//! The crates of Haft are one run and this crate another: with this one among them their dependencies would be built with
//! other features than `haft` itself, that is, twice.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result};

use super::pool::Counts;
use crate::workspace;

/// Runs all Rust tests, showing cargo's output as it comes.
pub(super) fn run(release: bool) -> Result<Counts> {
    let start = Instant::now();
    let mut counts = Counts::default();
    // There are no tests in documentation, and examples are what clippy looks at.
    let all_of_haft = [workspace::ALL_OF_HAFT, &["--lib", "--bins", "--tests"]].concat();
    for packages in [all_of_haft.as_slice(), &["--package", "xtask"]] {
        let found = run_packages(packages, release)?;
        counts.passed += found.passed;
        counts.failed += found.failed;
    }
    counts.time = start.elapsed();
    Ok(counts)
}

fn run_packages(packages: &[&str], release: bool) -> Result<Counts> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(workspace::root()).args(["test", "--no-fail-fast", "--quiet"]).args(packages);
    if release {
        cargo.arg("--release");
    }
    let mut child = cargo.stdout(Stdio::piped()).spawn().context("cannot start cargo")?;
    let stdout = child.stdout.take().expect("stdout is a pipe");
    let mut counts = Counts::default();
    for line in BufReader::new(stdout).lines() {
        let line = line?;
        println!("{line}");
        if let Some((passed, failed)) = parse_result(&line) {
            counts.passed += passed;
            counts.failed += failed;
        }
    }
    // A test program that crashed, or did not build, leaves no counts: that is a failure all the same.
    if !child.wait()?.success() && counts.failed == 0 {
        counts.failed = 1;
    }
    Ok(counts)
}

/// `test result: ok. 12 passed; 0 failed; …`
fn parse_result(line: &str) -> Option<(usize, usize)> {
    let rest = line.strip_prefix("test result: ")?;
    let (_, counts) = rest.split_once(". ")?;
    let mut numbers =
        counts.split("; ").map(|part| part.split(' ').next().unwrap_or_default().parse().ok());
    Some((numbers.next()??, numbers.next()??))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn result_lines() {
        let line = "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(parse_result(line), Some((3, 2)));
        assert_eq!(parse_result("running 3 tests"), None);
    }
}
