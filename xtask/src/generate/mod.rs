//! `cargo xtask gen`: files that are made from tables in the code, so that no fact is written twice.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args;
use haft_bytecode::opcode::{ALLOCATES, CONTROL, RAISES, RUNS};
use haft_bytecode::{Effects, OPCODES};

use crate::workspace;

mod headers;
mod hpy;
mod hpy_page;

/// What `cargo xtask gen` takes.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Only say which files are out of date, and what the headers declare otherwise than HPy 0.9.0's
    #[arg(long)]
    check: bool,
    /// The folder of upstream's `hpy.h`; without it, the package hpy 0.9.0 is fetched
    #[arg(long, value_name = "DIR", requires = "check")]
    hpy_headers: Option<PathBuf>,
}

/// A file and what makes its text.
type Page = (&'static str, fn() -> String);

/// The generated files.
const PAGES: &[Page] = &[
    ("docs/src/opcodes.md", opcodes),
    ("docs/src/hpy_reference.md", hpy_page::reference),
    ("headers/haft/autogen_words.h", hpy::words),
    ("headers/hpy/autogen_enums.h", hpy::enums),
    ("headers/hpy/autogen_hpyslot.h", hpy::slots),
    ("headers/hpy/autogen_hpyfunc_declare.h", hpy::declarations),
    ("headers/hpy/universal/autogen_ctx.h", hpy::context),
    ("headers/hpy/universal/autogen_trampolines.h", hpy::functions),
    ("headers/hpy/universal/autogen_hpyfunc_trampolines.h", hpy::trampolines),
];

/// What precedes the table of opcodes.
const OPCODES_HEAD: &str = "\
<!-- Made by `cargo xtask gen` from interp/bytecode/src/opcode.rs; edit that. -->
# Opcodes

An instruction is a 64-bit word `op: u8, x: u8, a: u16, b: u16, c: u16`; those of two words have `lo: u32, hi: u32` in the
second. `a`, `b` and `c` are registers unless the row says otherwise, `bc` is the signed 32-bit number made of `b` and `c`.
Jump distances count words from the word after the instruction.

The last column says what running it may do: **r** raise, **p** run Python code, **a** allocate, **c** leave the block of
straight-line code.

| opcode | operands | words | meaning | may |
|--|--|--|--|--|
";

/// The letters of the last column.
const EFFECTS: &[(Effects, char)] = &[(RAISES, 'r'), (RUNS, 'p'), (ALLOCATES, 'a'), (CONTROL, 'c')];

/// The page of opcodes.
fn opcodes() -> String {
    let rows = OPCODES.iter().map(|row| {
        let effects: String = EFFECTS
            .iter()
            .filter(|(bit, _)| row.effects & bit != 0)
            .map(|(_, letter)| letter)
            .collect();
        let meaning = row.doc.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
        format!("| `{}` | `{}` | {} | {meaning} | {effects} |\n", row.text, row.operands, row.words)
    });
    let table: String = rows.collect();
    format!("{OPCODES_HEAD}{}", table.replace("| `` |", "| |"))
}

/// Writes the files, or with `--check` says which would change.
pub(crate) fn run(options: &Options) -> Result<bool> {
    if options.check {
        let stale = stale()?;
        for complaint in &stale {
            println!("{complaint}");
        }
        return Ok(headers::compare(options.hpy_headers.as_deref())? && stale.is_empty());
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
