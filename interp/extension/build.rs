//! Puts the C headers into the executable, and the name of the platform it is built for.
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const HEADERS: &str = "../../headers";

fn main() {
    println!("cargo:rerun-if-changed={HEADERS}");
    let target = std::env::var("TARGET").expect("cargo sets it");
    println!("cargo:rustc-env=HAFT_TARGET={target}");
    let root = Path::new(HEADERS).canonicalize().expect("the folder of the headers");
    let mut files = Vec::new();
    collect(&root, "", &mut files);
    files.sort();
    let mut text = String::from("&[\n");
    for (name, path) in &files {
        writeln!(text, "    ({name:?}, include_bytes!({:?})),", path.display().to_string())
            .expect("a String takes any text");
    }
    text.push_str("]\n");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it"));
    std::fs::write(out.join("headers.rs"), text).expect("the folder for build results is writable");
}

/// The headers and C sources below a folder.
fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) {
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in std::fs::read_dir(folder).expect("a readable folder").flatten() {
        let (name, path) = (entry.file_name().to_string_lossy().into_owned(), entry.path());
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), files);
        } else if matches!(path.extension().and_then(|e| e.to_str()), Some("h" | "hpp" | "c")) {
            files.push((format!("{prefix}{name}"), path));
        }
    }
}
