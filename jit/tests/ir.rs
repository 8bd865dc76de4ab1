//! Runs `testsuite/ir`: each file is a recorded trace and what the optimiser makes of it. `BLESS=1` rewrites the latter.
use std::fmt::Write;
use std::path::Path;

use haft_jit::ir::{parse, print, verify};
use haft_jit::opt::{Options, optimize};

/// Between the trace and what becomes of it.
const MARK: &str = "==== optimised\n";

#[test]
fn every_trace_is_optimised_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../testsuite/ir");
    let bless = std::env::var_os("BLESS").is_some();
    let mut failures = String::new();
    let mut n_files = 0;
    for entry in std::fs::read_dir(&folder).expect("the folder is there") {
        let path = entry.expect("can be read").path();
        if path.extension().is_none_or(|extension| extension != "trace") {
            continue;
        }
        n_files += 1;
        let text = std::fs::read_to_string(&path).expect("is text");
        let (source, expected) = text.split_once(MARK).unwrap_or((&text, ""));
        let unroll =
            path.file_stem().is_some_and(|name| name.to_string_lossy().starts_with("unrolled"));
        let found = match optimised(source, unroll) {
            Ok(found) => found,
            Err(message) => {
                let _ = writeln!(failures, "{}: {message}", path.display());
                continue;
            }
        };
        if bless {
            std::fs::write(&path, format!("{source}{MARK}{found}")).expect("can be written");
        } else if found != expected {
            let _ = writeln!(failures, "{}: found\n{found}", path.display());
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(n_files > 0, "no traces in {}", folder.display());
}

fn optimised(source: &str, unroll: bool) -> Result<String, String> {
    let recorded = parse(source).map_err(|error| error.to_string())?;
    verify(&recorded).map_err(|fault| fault.to_string())?;
    // The plain form must be well formed, too.
    verify(&optimize(&recorded, &Options { optimise: false, unroll: false }))
        .map_err(|fault| fault.to_string())?;
    let trace = optimize(&recorded, &Options { optimise: true, unroll });
    verify(&trace).map_err(|fault| format!("{fault}\n{}", print(&trace)))?;
    Ok(print(&trace))
}
