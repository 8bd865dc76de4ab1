//! The project's own commands: `cargo xtask test | stress | prove | tidy | gen | bench | upstream | wheel | hpy-table`.
//!
//! They are written in Rust and run by cargo, so a fresh machine needs nothing more than the toolchain. Python is used
//! only where another Python is what is asked for: to prove expectations, to compare speed, to find upstream's tests.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool talks on its streams"
)]

mod bench;
mod fetch;
mod generate;
mod hpy_table;
mod process;
mod python;
mod test;
mod tidy;
mod upstream;
mod wheel;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "The project's own commands", disable_version_flag = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// One row per command; the doc comment is its help text.
#[derive(Debug, Subcommand)]
enum Command {
    /// Build, run the Rust tests and every data-driven suite; the last line is `N passed, N failed`
    Test(test::Options),
    /// Run every program in every mode, then random programs beside CPython for as long as asked
    Stress(test::StressOptions),
    /// Run the data-driven suites on CPython: are their expectations true?
    Prove(test::ProveOptions),
    /// Check the rules that no compiler checks: layers, file sizes, fenced unsafe, docs that match the code
    Tidy,
    /// Write the files that are made from tables in the code
    Gen(generate::Options),
    /// Run the benchmarks beside other Pythons and print a table
    Bench(bench::Options),
    /// Run a test suite that others wrote, unmodified, and compare the counts
    Upstream(upstream::Options),
    /// Make the wheel for CPython: the host for HPy modules and the build backend
    Wheel(wheel::Options),
    /// Run the programs of testsuite/hpy in every host on the machine and write the page of the book
    HpyTable(hpy_table::Options),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Test(options) => test::run(&options),
        Command::Stress(options) => test::stress(&options),
        Command::Prove(options) => test::prove(&options),
        Command::Tidy => tidy::run(),
        Command::Gen(options) => generate::run(&options),
        Command::Bench(options) => bench::run(&options),
        Command::Upstream(options) => upstream::run(&options),
        Command::Wheel(options) => wheel::run(&options),
        Command::HpyTable(options) => hpy_table::run(&options),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}
