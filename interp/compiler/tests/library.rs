//! Everything in the standard library compiles, and what comes out is well formed.
use std::path::{Path, PathBuf};

use haft_compiler::{Mode, Options, compile, decode_source, verify};

fn python_files(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).expect("the library is a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            python_files(&path, out);
        } else if path.extension().is_some_and(|ext| ext == "py") {
            out.push(path);
        }
    }
}

#[test]
fn library_compiles_and_verifies() {
    let mut files = Vec::new();
    python_files(Path::new(rustpython_pylib::LIB_PATH), &mut files);
    files.sort();
    assert!(files.len() > 500);
    let mut failures = Vec::new();
    for path in &files {
        let name = path.display().to_string();
        let text = match decode_source(&std::fs::read(path).expect("a file")) {
            Ok(text) => text,
            Err(error) => {
                failures.push(format!("{name}: {error}"));
                continue;
            }
        };
        match compile(&text, &Options::new(&name, Mode::Exec)) {
            Ok((code, _)) => {
                if let Err(what) = verify(&code) {
                    failures.push(format!("{name}: {what}"));
                }
            }
            Err(error) => failures.push(format!("{name}: {error}")),
        }
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}
