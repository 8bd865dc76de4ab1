//! The headers that the executable carries, written to a folder when a compiler wants them.
//!
//! The folder lies in the user's cache and is named after the contents, so that a path in an error message, in a
//! debugger or in an editor's settings stays good, and two versions of Haft do not write over each other.

use std::ffi::OsStr;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

/// Name below the folder, and contents.
pub const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/headers.rs"));

/// Where the headers are in the folder.
const INCLUDE: &str = "include";

/// Where packages look for C sources to compile with theirs, as upstream's `hpy.devel` has them; here is nothing to compile.
const NO_SOURCES: (&str, &[u8]) = (
    "src/runtime/README",
    b"Nothing to compile here: the helpers are inline functions of the headers in ../../include.\n",
);

/// The folder that holds `hpy.h`, made if it is not there. Its name is `include`.
pub fn folder() -> Result<PathBuf, String> {
    let name = folder_name();
    let mut reason = String::from("there is no folder for temporary files");
    for parent in parents() {
        let folder = parent.join("haft").join(&name);
        match write(&folder) {
            Ok(()) => return Ok(folder.join(INCLUDE)),
            Err(error) => {
                reason = format!("cannot write the headers to {}: {error}", folder.display());
            }
        }
    }
    Err(reason)
}

/// C sources that every module is linked with.
pub fn runtime_sources() -> impl Iterator<Item = &'static str> {
    FILES
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "c"))
}

fn folder_name() -> String {
    let mut hasher = DefaultHasher::new();
    FILES.hash(&mut hasher);
    format!("headers-{}-{:016x}", env!("CARGO_PKG_VERSION"), hasher.finish())
}

/// Where the folder may be made, best first.
fn parents() -> Vec<PathBuf> {
    let variable = |name: &str| haft_host::environment::variable(OsStr::new(name));
    let absolute = |path: PathBuf| path.is_absolute().then_some(path);
    let cache = variable("XDG_CACHE_HOME").map(PathBuf::from).and_then(absolute);
    let home = || variable("HOME").map(|home| Path::new(&home).join(".cache")).and_then(absolute);
    let user = format!("haft-{}", haft_host::process::getuid());
    cache.or_else(home).into_iter().chain([std::env::temp_dir().join(user)]).collect()
}

/// All files: name below the folder, and contents.
fn contents() -> impl Iterator<Item = (PathBuf, &'static [u8])> {
    let headers = FILES.iter().map(|(name, contents)| (Path::new(INCLUDE).join(name), *contents));
    headers.chain([(PathBuf::from(NO_SOURCES.0), NO_SOURCES.1)])
}

/// Write all files into a folder that nobody sees half-filled: it is filled under another name and renamed.
fn write(folder: &Path) -> std::io::Result<()> {
    if complete(folder) {
        return Ok(());
    }
    let draft = folder.with_extension(format!("{}", haft_host::process::getpid()));
    for (name, contents) in contents() {
        let path = draft.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, contents)?;
    }
    let mut renamed = std::fs::rename(&draft, folder);
    if renamed.is_err() && !complete(folder) {
        // Somebody removed files from it.
        std::fs::remove_dir_all(folder)?;
        renamed = std::fs::rename(&draft, folder);
    }
    if renamed.is_err() {
        // Somebody else was quicker, or it cannot be had; what cannot be removed is only rubbish.
        let _removed = std::fs::remove_dir_all(&draft);
    }
    if complete(folder) { Ok(()) } else { renamed }
}

fn complete(folder: &Path) -> bool {
    contents().all(|(name, contents)| {
        std::fs::metadata(folder.join(name)).is_ok_and(|file| file.len() == contents.len() as u64)
    })
}
