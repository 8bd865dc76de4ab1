//! Packs the standard library into one file that the executable contains.
//!
//! The files are those of the crate `rustpython-pylib`, which is CPython's `Lib`; files of `interp/overlay` go before
//! them. Modules are compiled here, too, so that importing one needs neither parser nor compiler.
#![expect(clippy::struct_field_names, reason = "fields are named as in the archive")]
#[path = "src/library/code_text.rs"]
#[expect(dead_code, reason = "the reading half is for the executable")]
mod code_text;
#[path = "src/library/format.rs"]
mod format;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use haft_compiler::{Mode, Options};

/// Folders that are left out: tests, and what needs Tk.
const LEFT_OUT: &[&str] =
    &["test", "tests", "idlelib", "tkinter", "turtledemo", "idle_test", "__pycache__"];
/// Files that are left out.
const LEFT_OUT_FILES: &[&str] = &["PSF-LICENSE", "README.md", "turtle.py"];

/// A file to be packed.
struct Packed {
    text: Vec<u8>,
    packed_text: Vec<u8>,
    code: Vec<u8>,
    packed_code: Vec<u8>,
}

fn main() {
    let out =
        PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it")).join("library.bin");
    let overlay = Path::new("../overlay");
    println!("cargo:rerun-if-changed={}", overlay.display());
    // Where gdb finds the names of compiled code, also without a table of symbols (`jit/clif/src/gdb.rs`).
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "linux") {
        for symbol in ["__jit_debug_descriptor", "__jit_debug_register_code"] {
            println!("cargo:rustc-link-arg-bins=-Wl,--export-dynamic-symbol={symbol}");
        }
        // At a fixed address no page of pointers has to be written before the first line runs.
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/library");
    let mut paths = BTreeMap::new();
    collect(Path::new(rustpython_pylib::LIB_PATH), "", &mut paths);
    collect(overlay, "", &mut paths);
    let files = pack_all(paths);
    std::fs::write(out, archive(&files)).expect("the folder for build results is writable");
}

/// Add the files below a folder; later ones replace earlier ones of the same name.
fn collect(folder: &Path, prefix: &str, paths: &mut BTreeMap<String, PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        if path.is_dir() {
            if !LEFT_OUT.contains(&name.as_str()) {
                collect(&path, &format!("{prefix}{name}/"), paths);
            }
        } else if !(prefix.is_empty() && LEFT_OUT_FILES.contains(&name.as_str())) {
            paths.insert(format!("{prefix}{name}"), path);
        }
    }
}

/// Read, compile and compress all files, on as many threads as there are processors.
fn pack_all(paths: BTreeMap<String, PathBuf>) -> BTreeMap<String, Packed> {
    let rows: Vec<(String, PathBuf)> = paths.into_iter().collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = rows.len().div_ceil(threads).max(1);
    let mut files = BTreeMap::new();
    std::thread::scope(|scope| {
        let workers: Vec<_> = rows
            .chunks(share)
            .map(|rows| {
                scope.spawn(move || {
                    rows.iter()
                        .map(|(name, path)| (name.clone(), pack(name, path)))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        for worker in workers {
            files.extend(worker.join().expect("packing does not panic"));
        }
    });
    files
}

fn pack(name: &str, path: &Path) -> Packed {
    let text = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let code = if path.extension().is_some_and(|extension| extension == "py") {
        compile(name, &text)
    } else {
        Vec::new()
    };
    Packed { packed_text: compress(&text), packed_code: compress(&code), text, code }
}

fn compress(bytes: &[u8]) -> Vec<u8> {
    if bytes.is_empty() { Vec::new() } else { miniz_oxide::deflate::compress_to_vec(bytes, 9) }
}

/// The code of a module; empty if it does not compile, so that the error comes when somebody imports it.
fn compile(name: &str, text: &[u8]) -> Vec<u8> {
    let Ok(text) = haft_compiler::decode_source(text) else { return Vec::new() };
    match haft_compiler::compile(&text, &Options::new(name, Mode::Exec)) {
        Ok((code, _)) => code_text::write_code(&code),
        Err(error) => {
            println!("cargo:warning={name} does not compile: {error}");
            Vec::new()
        }
    }
}

fn archive(files: &BTreeMap<String, Packed>) -> Vec<u8> {
    let number =
        |n: usize| u32::try_from(n).expect("the library is smaller than 4 GB").to_le_bytes();
    let mut rows = Vec::new();
    // All names lie together, since a search reads many of them: it must not touch a page for each.
    let mut names = Vec::new();
    let mut data = Vec::new();
    let start = format::HEADER + files.len() * format::ROW * 4;
    let data_start = start + files.keys().map(String::len).sum::<usize>();
    for (name, file) in files {
        let mut row = vec![start + names.len(), name.len()];
        names.extend_from_slice(name.as_bytes());
        row.extend([data_start + data.len(), file.packed_text.len(), file.text.len()]);
        data.extend_from_slice(&file.packed_text);
        row.extend([data_start + data.len(), file.packed_code.len(), file.code.len()]);
        data.extend_from_slice(&file.packed_code);
        assert_eq!(row.len(), format::ROW);
        rows.extend(row);
    }
    let mut out = format::MAGIC.to_vec();
    out.extend(number(files.len()));
    out.extend(rows.into_iter().flat_map(number));
    out.extend(names);
    out.extend(data);
    out
}
