//! `cargo xtask wheel`: the host for CPython and the build backend, as a wheel for pip.
//!
//! A wheel is a zip with a list of its files. One file is compiled, for all versions from 3.9 on; the tags of the wheel
//! (`cp39-abi3`) say so.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use sha2::{Digest as _, Sha256};

use crate::workspace;

/// Options of `cargo xtask wheel`.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Compile without optimisation: quick, for tests
    #[arg(long)]
    dev: bool,
    /// Where the wheel goes
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
}

const NAME: &str = "haft_hpy";

/// Make the wheel and print its path.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let path = make(options.dev, options.output.as_deref())?;
    println!("{}", path.display());
    Ok(true)
}

/// Make the wheel.
fn make(dev: bool, output: Option<&Path>) -> Result<PathBuf> {
    let version = env!("CARGO_PKG_VERSION");
    let tag = format!("cp39-abi3-{}", platform()?);
    let mut wheel = Archive::new(format!("{NAME}-{version}.dist-info"));
    for (name, content) in contents(dev)? {
        wheel.add(&name, &content);
    }
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        let name = format!("{}/licenses/{licence}", wheel.dist_info);
        wheel.add(&name, &read(&workspace::root().join(licence))?);
    }
    wheel.add_metadata(version, &tag)?;
    let folder = output.map_or_else(|| workspace::target().join("wheels"), Path::to_path_buf);
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let path = folder.join(format!("{NAME}-{version}-{tag}.whl"));
    fs::write(&path, wheel.finish()).with_context(|| path.display().to_string())?;
    Ok(path)
}

/// Write what the wheel would install into a folder, compiled quickly.
pub(crate) fn unpacked(folder: &Path) -> Result<()> {
    for (name, content) in contents(true)? {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(&path, content).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// Name and bytes of each file that the wheel installs.
fn contents(dev: bool) -> Result<Vec<(String, Vec<u8>)>> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(workspace::root()).args(["build", "--quiet", "--package", "haft-cpython"]);
    if !dev {
        cargo.arg("--release");
    }
    ensure!(cargo.status().context("cannot start cargo")?.success(), "the host does not compile");
    let profile = if dev { "debug" } else { "release" };
    let native = workspace::target().join(profile).join("libhaft_hpy.so");
    let root = workspace::root();
    let mut files = Vec::new();
    add_folder(&mut files, &root.join("cpython/python"), "")?;
    // `hpy.debug` and `hpy.trace` know no host.
    for part in ["debug", "trace"] {
        let folder = root.join("interp/overlay/hpy").join(part);
        add_folder(&mut files, &folder, &format!("{NAME}/hpy/{part}/"))?;
    }
    add_folder(&mut files, &root.join("headers"), &format!("{NAME}/include/"))?;
    files.push((format!("{NAME}/_native.abi3.so"), read(&native)?));
    Ok(files)
}

fn add_folder(files: &mut Vec<(String, Vec<u8>)>, folder: &Path, prefix: &str) -> Result<()> {
    for path in workspace::files_below(folder)? {
        let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
        if name != "README.md" && path.extension().is_none_or(|e| e != "pyc") {
            files.push((format!("{prefix}{name}"), read(&path)?));
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| path.display().to_string())
}

/// The platform's name in wheels.
fn platform() -> Result<String> {
    if !cfg!(target_os = "linux") {
        bail!("wheels are made on Linux only");
    }
    Ok(format!("linux_{}", std::env::consts::ARCH))
}

/// A zip that is being written, and the list of its files.
struct Archive {
    dist_info: String,
    record: String,
    files: Vec<u8>,
    directory: Vec<u8>,
    count: u16,
}

impl Archive {
    fn new(dist_info: String) -> Archive {
        Archive {
            dist_info,
            record: String::new(),
            files: Vec::new(),
            directory: Vec::new(),
            count: 0,
        }
    }

    /// Add a file and its line in the list.
    fn add(&mut self, name: &str, content: &[u8]) {
        let digest = base64url(&Sha256::digest(content));
        let line = format!("{name},sha256={digest},{}\n", content.len());
        self.record.push_str(&line);
        self.write(name, content);
    }

    fn add_metadata(&mut self, version: &str, tag: &str) -> Result<()> {
        let readme = fs::read_to_string(workspace::root().join("docs/src/hpy_cpython.md"))
            .context("docs/src/hpy_cpython.md")?;
        let metadata = format!(
            "Metadata-Version: 2.1\nName: haft-hpy\nVersion: {version}\nSummary: HPy extension modules in CPython, \
             and a build backend for them\nLicense: MIT OR Apache-2.0\nRequires-Python: >=3.9\n\
             Description-Content-Type: text/markdown\n\n{readme}"
        );
        let wheel = format!(
            "Wheel-Version: 1.0\nGenerator: haft xtask\nRoot-Is-Purelib: false\nTag: {tag}\n"
        );
        let folder = self.dist_info.clone();
        self.add(&format!("{folder}/METADATA"), metadata.as_bytes());
        self.add(&format!("{folder}/WHEEL"), wheel.as_bytes());
        Ok(())
    }

    /// The bytes of the zip.
    fn finish(mut self) -> Vec<u8> {
        let name = format!("{}/RECORD", self.dist_info);
        let record = format!("{}{name},,\n", self.record);
        self.write(&name, record.as_bytes());
        let (start, size) = (self.files.len(), self.directory.len());
        let mut zip = self.files;
        zip.extend(self.directory);
        zip.extend(b"PK\x05\x06\0\0\0\0");
        zip.extend(self.count.to_le_bytes());
        zip.extend(self.count.to_le_bytes());
        zip.extend(number(size));
        zip.extend(number(start));
        zip.extend([0, 0]);
        zip
    }

    /// A file, deflated, and its entry in the directory.
    fn write(&mut self, name: &str, content: &[u8]) {
        let packed = miniz_oxide::deflate::compress_to_vec(content, 6);
        let mut common = Vec::new();
        // Version 2.0, names in UTF-8, deflate, the first day of 1980.
        common.extend([20, 0, 0, 8, 8, 0, 0, 0, 0x21, 0]);
        common.extend(crc32(content).to_le_bytes());
        common.extend(number(packed.len()));
        common.extend(number(content.len()));
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        let offset = self.files.len();
        self.files.extend(b"PK\x03\x04");
        self.files.extend(&common);
        self.files.extend(name.as_bytes());
        self.files.extend(packed);
        self.directory.extend(b"PK\x01\x02");
        // Made on Unix.
        self.directory.extend([20, 3]);
        self.directory.extend(common);
        self.directory.extend([0; 6]);
        let mode: u32 = if Path::new(name).extension().is_some_and(|e| e == "so") {
            0o100_755
        } else {
            0o100_644
        };
        self.directory.extend((mode << 16).to_le_bytes());
        self.directory.extend(number(offset));
        self.directory.extend(name.as_bytes());
        self.count += 1;
    }
}

fn number(n: usize) -> [u8; 4] {
    u32::try_from(n).expect("a wheel is smaller than 4 GB").to_le_bytes()
}

/// The checksum of zip.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        let shift = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        (0..8).fold(crc ^ u32::from(*byte), shift)
    };
    !bytes.iter().fold(!0, step)
}

/// Base 64 for file names, without padding.
fn base64url(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0, |word, byte| word << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            text.push(LETTERS[(word >> (18 - 6 * place)) as usize & 63] as char);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(base64url(b"\xff\xfe"), "__4");
        assert_eq!(base64url(b"abc"), "YWJj");
        assert_eq!(base64url(b"a"), "YQ");
    }
}
