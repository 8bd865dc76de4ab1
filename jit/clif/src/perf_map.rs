//! Names of traces for `perf`: the file `/tmp/perf-PID.map`.
use std::fs::OpenOptions;
use std::io::Write;

use crate::arena::Block;

/// Tell `perf` the name of a piece of code. Names are for people only, so a file that cannot be written is no error.
pub(crate) fn add(block: Block, name: &str) {
    let path = format!("/tmp/perf-{}.map", std::process::id());
    let name: String = name.chars().map(|c| if c.is_control() { '?' } else { c }).collect();
    // One write for a line, so that threads do not mix theirs.
    let line = format!("{:x} {:x} {name}\n", block.start, block.bytes);
    let file = OpenOptions::new().create(true).append(true).open(path);
    let _written = file.and_then(|mut file| file.write_all(line.as_bytes()));
}
