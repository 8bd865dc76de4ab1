//! The headers: they compile without a warning in every dialect, and every size, offset and value is that of HPy 0.9.0.
//!
//! Upstream's headers are looked for in `HPY_HEADERS` (a folder with `hpy.h`) and where an installed `hpy` has them. They are
//! not needed: `numbers.txt` has what they say.
#![expect(
    clippy::unwrap_used,
    clippy::format_push_string,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test that cannot go on fails, and compares texts"
)]

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

mod numbers;

/// The root of the project.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate is in a folder").to_owned()
}

/// Our headers.
fn ours() -> PathBuf {
    root().join("headers")
}

/// A folder for what a test makes.
fn scratch(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Upstream's headers, if there are any on this machine.
fn upstream() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("HPY_HEADERS") {
        return Some(PathBuf::from(folder));
    }
    let find = "import hpy.devel; print(hpy.devel.HPyDevel().include_dir)";
    for python in ["python3", "python3.11"] {
        let found = Command::new(python).args(["-c", find]).output().ok()?;
        if found.status.success() {
            return Some(PathBuf::from(String::from_utf8(found.stdout).unwrap().trim()));
        }
    }
    None
}

/// Runs the compiler; what it says is an error.
fn compile(compiler: &str, headers: &Path, arguments: &[&OsStr]) {
    let mut command = Command::new(compiler);
    command.args(["-Wall", "-Wextra", "-Werror", "-DHPY_ABI_UNIVERSAL", "-I"]).arg(headers);
    let output = command.args(arguments).output().expect("a C compiler is installed");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}\n{said}");
}

/// Every header, by the name it is included with.
fn headers() -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![ours()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(ours()).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".h") && !name.contains("forbid_python_h") {
                found.push(name);
            }
        }
    }
    found.sort();
    assert!(found.len() > 20, "{found:?}");
    found
}

#[test]
fn every_header_compiles_in_every_dialect() {
    let folder = scratch("dialects");
    let text: String = headers().iter().map(|name| format!("#include \"{name}\"\n")).collect();
    let all = folder.join("all.c");
    // The main header first: its parts are not meant to be included alone.
    fs::write(&all, format!("#include \"hpy.h\"\n{text}")).unwrap();
    let everything = root().join("hpy-abi/tests/headers/everything.c");
    for source in [&all, &everything] {
        for dialect in ["c99", "c11", "c17", "gnu11"] {
            check("cc", "c", dialect, &folder, source);
        }
        for dialect in ["c++11", "c++17", "c++20"] {
            check("c++", "c++", dialect, &folder, source);
        }
    }
    check("c++", "c++", "c++17", &folder, &root().join("hpy-abi/tests/headers/derived.cpp"));
    check("c++", "c++", "c++20", &folder, &root().join("hpy-abi/tests/headers/derived.cpp"));
}

/// Compiles a file in a dialect of C or C++.
fn check(compiler: &str, language: &str, dialect: &str, folder: &Path, source: &Path) {
    let object = folder.join("object.o");
    let dialect = format!("-std={dialect}");
    let arguments: [&OsStr; 7] = [
        "-x".as_ref(),
        language.as_ref(),
        dialect.as_ref(),
        "-c".as_ref(),
        source.as_ref(),
        "-o".as_ref(),
        object.as_ref(),
    ];
    compile(compiler, &ours(), &arguments);
}

#[test]
fn other_modes_are_refused() {
    for (mode, words) in [
        ("-DHPY_ABI_CPYTHON", "universal mode only"),
        ("-DHPY_ABI_HYBRID", "universal mode only"),
        ("-DNOTHING", "HPY_ABI_UNIVERSAL"),
    ] {
        let output = Command::new("cc")
            .arg(mode)
            .arg("-I")
            .arg(ours())
            .args(["-fsyntax-only", "-x", "c"])
            .arg(ours().join("hpy.h"))
            .output()
            .unwrap();
        assert!(!output.status.success(), "{mode}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(words), "{mode}: {said}");
    }
}

#[test]
fn the_c_api_is_refused() {
    let folder = scratch("legacy");
    let source = folder.join("legacy.c");
    let text = "#include \"hpy.h\"\ncpy_PyObject *f(HPyContext *ctx, HPy h) { return HPy_AsPyObject(ctx, h); }\n";
    fs::write(&source, text).unwrap();
    let object = folder.join("legacy.o");
    let mut command = Command::new("cc");
    command.args(["-O1", "-DHPY_ABI_UNIVERSAL", "-c", "-I"]).arg(ours()).arg(&source);
    let output = command.arg("-o").arg(object).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("Cannot use legacy functions when targeting the HPy Universal ABI"),
        "{said}"
    );
}

/// What a program that prints numbers says with these headers.
fn printed(headers: &Path, name: &str) -> String {
    let folder = scratch("numbers");
    let (source, program) = (folder.join(format!("{name}.c")), folder.join(name));
    fs::write(&source, numbers::program()).unwrap();
    let mut command = Command::new("cc");
    // Upstream's headers are not free of warnings, but a wrong signature must be an error.
    command.args(["-w", "-Werror=incompatible-pointer-types", "-DHPY_ABI_UNIVERSAL", "-I"]);
    let output = command.arg(headers).arg(&source).arg("-o").arg(&program).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {said}");
    let output = Command::new(&program).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Where two lists of numbers differ.
fn differences(a: &str, b: &str) -> Vec<String> {
    let only = |a: &str, b: &str, mark: char| -> Vec<String> {
        let other: Vec<_> = b.lines().collect();
        a.lines()
            .filter(|line| !other.contains(line))
            .map(|line| format!("{mark} {line}"))
            .collect()
    };
    [only(a, b, '-'), only(b, a, '+')].concat()
}

#[test]
fn sizes_offsets_and_values_are_upstreams() {
    let ours = printed(&ours(), "ours");
    let list = root().join("hpy-abi/tests/headers/numbers.txt");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&list, &ours).unwrap();
    }
    let committed = fs::read_to_string(&list).unwrap();
    assert_eq!(
        differences(&committed, &ours),
        Vec::<String>::new(),
        "numbers.txt against our headers"
    );
    match upstream() {
        Some(headers) => {
            let theirs = printed(&headers, "upstream");
            assert_eq!(
                differences(&theirs, &ours),
                Vec::<String>::new(),
                "upstream's against ours"
            );
            println!("{} numbers are those of {}", ours.lines().count(), headers.display());
        }
        None => println!(
            "hpy is not installed and HPY_HEADERS not set: compared {} numbers with numbers.txt only",
            ours.lines().count()
        ),
    }
}

#[test]
fn rust_has_the_layout_of_c() {
    let c = printed(&ours(), "ours_for_rust");
    let lines: Vec<_> = c.lines().collect();
    let missing: Vec<_> =
        numbers::in_rust().into_iter().filter(|line| !lines.contains(&line.as_str())).collect();
    assert_eq!(missing, Vec::<String>::new());
}
