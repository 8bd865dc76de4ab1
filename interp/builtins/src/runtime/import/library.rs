//! Where the standard library comes from: a packed copy in the executable, or a directory.
use std::path::{Path, PathBuf};
use std::sync::Arc;

use haft_bytecode::Code;
use haft_core::Vm;
use haft_host::constants::{O_RDONLY, S_IFDIR, S_IFMT};

use super::state::{self, ImportState};

/// What a path of the packed library is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EntryKind {
    /// A file.
    File,
    /// A folder.
    Folder,
}

/// Files packed into the executable. Paths are relative, with `/`.
pub trait PackedLibrary: std::fmt::Debug {
    /// Is there such a file or folder?
    fn kind(&self, path: &str) -> Option<EntryKind>;
    /// Contents of a file.
    fn read(&self, path: &str) -> Option<Vec<u8>>;
    /// The code compiled from a file when it was packed, for this optimisation level. Its `co_filename` is `filename`.
    fn code(&self, path: &str, optimize: u8, filename: &str) -> Option<Arc<Code>>;
    /// Names of all files, sorted.
    fn names(&self) -> Vec<String>;
}

/// Use a packed library; its files are shown as if they lay in the folder `root`.
pub fn set_packed(vm: &mut Vm, library: Box<dyn PackedLibrary>, root: &str) {
    state::of(vm).set_library(Some(library), root);
}

/// Use the files of a directory.
pub fn set_directory(vm: &mut Vm, root: &str) {
    state::of(vm).set_library(None, root);
}

/// The folder that the standard library's modules are shown in.
pub fn root(vm: &Vm) -> String {
    state::of(vm).root()
}

/// The path within the packed library, if `path` is one of its files or folders.
pub(super) fn inner_path<'a>(state: &ImportState, path: &'a str) -> Option<&'a str> {
    if !state.is_packed() {
        return None;
    }
    let root = state.root();
    let rest = path.strip_prefix(root.as_str())?;
    if rest.is_empty() { Some("") } else { rest.strip_prefix('/') }
}

/// Contents of a file of the packed library, by the path that it is shown with.
pub fn file(vm: &Vm, path: &str) -> Option<Vec<u8>> {
    let state = state::of(vm);
    let inner = inner_path(state, path)?;
    state.with_library(|library| library.read(inner)).flatten()
}

/// What a path of the packed library is.
pub fn kind(vm: &Vm, path: &str) -> Option<EntryKind> {
    let state = state::of(vm);
    let inner = inner_path(state, path)?;
    state.with_library(|library| library.kind(inner)).flatten()
}

/// Names of the files of the standard library; of a directory those that lie in it.
pub fn names(vm: &Vm) -> Vec<String> {
    let state = state::of(vm);
    if let Some(names) = state.with_library(|library| library.names()) {
        return names;
    }
    let (root, mut names) = (PathBuf::from(state.root()), Vec::new());
    collect_names(&root, "", &mut names);
    names.sort();
    names
}

fn collect_names(folder: &Path, prefix: &str, names: &mut Vec<String>) {
    let Ok(entries) = haft_host::directory::list(folder) else { return };
    for entry in entries {
        let path = folder.join(&entry);
        let name = format!("{prefix}{}", entry.to_string_lossy());
        if is_folder(&path) {
            collect_names(&path, &format!("{name}/"), names);
        } else {
            names.push(name);
        }
    }
}

/// Is it a directory of the file system?
pub fn is_folder(path: &Path) -> bool {
    mode(path).is_some_and(|mode| mode & S_IFMT == S_IFDIR)
}

/// `st_mode` of a path of the file system.
pub(super) fn mode(path: &Path) -> Option<u32> {
    haft_host::stat::stat(None, path, haft_host::stat::Follow::Link).ok().map(|stat| stat.mode)
}

/// The bytes of a file of the file system.
pub fn read_file(path: &Path) -> std::io::Result<Vec<u8>> {
    let fd = haft_host::file::open(None, path, O_RDONLY, 0)?;
    let size = haft_host::stat::fstat(fd).map_or(0, |stat| usize::try_from(stat.size).unwrap_or(0));
    let mut bytes = vec![0; size + 1];
    let mut filled = 0;
    let result = loop {
        if filled == bytes.len() {
            bytes.resize(bytes.len() * 2, 0);
        }
        match haft_host::file::read(fd, &mut bytes[filled..]) {
            Ok(0) => break Ok(()),
            Ok(n) => filled += n,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => break Err(error),
        }
    };
    // The file was only read: closing it cannot lose anything.
    let _closed = haft_host::file::close(fd);
    bytes.truncate(filled);
    result.map(|()| bytes)
}
