//! Finding modules.
use std::path::Path;

use haft_core::object::List;
use haft_core::{R, Value, Vm};
use haft_host::constants::{S_IFDIR, S_IFMT, S_IFREG};

use super::library::{self, EntryKind};
use super::load::ExtensionLoader;
use super::{bootstrap, state};

/// A module that was found.
#[derive(Debug)]
pub(super) enum Found {
    /// A native module.
    Native,
    /// A source file; with the folder if it is a package.
    Source {
        /// The file.
        path: String,
        /// Is it the `__init__.py` of a package?
        package: bool,
    },
    /// An extension module.
    Extension {
        /// The file.
        path: String,
        /// Is it the `__init__` of a package?
        package: bool,
        /// What loads it.
        load: ExtensionLoader,
    },
    /// A spec that a finder of Python gave.
    Spec(Value),
}

/// The module `name`, below a package with this `__path__` or else on `sys.path`.
pub(super) fn find(vm: &mut Vm, name: &str, path: Option<Value>) -> R<Option<Found>> {
    if !state::is_standard(vm) {
        return ask_finders(vm, name, path);
    }
    if vm.native_modules.contains_key(name) && !bootstrap::is_bootstrap_name(name) {
        return Ok(Some(Found::Native));
    }
    if bootstrap::is_bootstrap_name(name) {
        bootstrap::wake(vm)?;
        return Ok(Some(Found::Native));
    }
    let entries = match path {
        Some(path) => vm.list_of(path)?,
        None => match vm.dict_get_str(vm.sys, "path") {
            Some(path) => vm.list_of(path)?,
            None => return Ok(None),
        },
    };
    find_in(vm, name, entries)
}

fn find_in(vm: &mut Vm, name: &str, entries: List) -> R<Option<Found>> {
    let tail = name.rsplit_once('.').map_or(name, |(_, tail)| tail);
    let mut namespace = false;
    for at in 0..entries.len() {
        let Some(entry) = vm.as_str(entries.at(at)).map(|entry| entry.to_text().into_owned())
        else {
            continue;
        };
        match look_into(vm, &entry, tail) {
            Looked::Found(found) => return Ok(Some(found)),
            Looked::Folder => namespace = true,
            Looked::NoFolder => {
                if let Some(spec) = bootstrap::find_in_entry(vm, name, entries.at(at))? {
                    return Ok(Some(Found::Spec(spec)));
                }
            }
            Looked::Nothing => {}
        }
    }
    if !namespace {
        return Ok(None);
    }
    // Namespace packages are rare, and their path follows changes of `sys.path`: importlib knows how.
    let spec = bootstrap::path_finder_spec(vm, name, entries)?;
    Ok((!spec.is_none()).then_some(Found::Spec(spec)))
}

/// What is in an entry of a path.
enum Looked {
    Found(Found),
    /// A folder without `__init__.py`: part of a namespace package.
    Folder,
    /// The entry is a file: an archive, perhaps.
    NoFolder,
    Nothing,
}

fn look_into(vm: &Vm, entry: &str, tail: &str) -> Looked {
    let state = state::of(vm);
    if library::inner_path(state, entry).is_some() {
        return look_into_library(vm, entry, tail);
    }
    let folder = if entry.is_empty() { "." } else { entry };
    let base = match entry {
        "" => match haft_host::path::getcwd() {
            Ok(path) => format!("{}/{tail}", path.to_string_lossy().trim_end_matches('/')),
            Err(_) => return Looked::Nothing,
        },
        _ => format!("{}/{tail}", entry.trim_end_matches('/')),
    };
    let mut is_folder = false;
    match haft_host::stat::stat(None, Path::new(&base), haft_host::stat::Follow::Link) {
        Ok(stat) if stat.mode & S_IFMT == S_IFDIR => {
            if let Some(found) = first_file(vm, &format!("{base}/__init__"), true) {
                return Looked::Found(found);
            }
            is_folder = true;
        }
        Err(error) if error.raw_os_error() == Some(haft_host::constants::ENOTDIR) => {
            let is_file =
                library::mode(Path::new(folder)).is_some_and(|mode| mode & S_IFMT == S_IFREG);
            return if is_file { Looked::NoFolder } else { Looked::Nothing };
        }
        _ => {}
    }
    match first_file(vm, &base, false) {
        Some(found) => Looked::Found(found),
        None if is_folder => Looked::Folder,
        None => Looked::Nothing,
    }
}

/// The file `base` with the first suffix that gives one.
fn first_file(vm: &Vm, base: &str, package: bool) -> Option<Found> {
    let is_file =
        |path: &str| library::mode(Path::new(path)).is_some_and(|mode| mode & S_IFMT == S_IFREG);
    for &(suffix, load) in state::of(vm).extensions.borrow().iter() {
        let path = format!("{base}{suffix}");
        if is_file(&path) {
            return Some(Found::Extension { path, package, load });
        }
    }
    let path = format!("{base}.py");
    is_file(&path).then_some(Found::Source { path, package })
}

fn look_into_library(vm: &Vm, entry: &str, tail: &str) -> Looked {
    let package = format!("{entry}/{tail}/__init__.py");
    if library::kind(vm, &package) == Some(EntryKind::File) {
        return Looked::Found(Found::Source { path: package, package: true });
    }
    let path = format!("{entry}/{tail}.py");
    if library::kind(vm, &path) == Some(EntryKind::File) {
        return Looked::Found(Found::Source { path, package: false });
    }
    let is_folder = library::kind(vm, &format!("{entry}/{tail}")) == Some(EntryKind::Folder);
    if is_folder { Looked::Folder } else { Looked::Nothing }
}

/// Ask the finders of `sys.meta_path`, as PEP 451 has it.
fn ask_finders(vm: &mut Vm, name: &str, path: Option<Value>) -> R<Option<Found>> {
    let finders = vm.dict_get_str(vm.sys, "meta_path").unwrap_or(Value::NONE);
    if finders.is_none() {
        return Err(vm.import_error("sys.meta_path is None, Python is likely shutting down"));
    }
    let finders = vm.list_of(finders)?;
    if finders.is_empty() {
        crate::error::warn(vm, vm.exc.import_warning, "sys.meta_path is empty", 1)?;
    }
    let find_spec = vm.intern("find_spec");
    for at in 0..finders.len() {
        let Some(method) = vm.find_attr(finders.at(at), find_spec)? else { continue };
        let name = vm.str(name);
        let spec = vm.call_positional(method, &[name, path.unwrap_or(Value::NONE), Value::NONE])?;
        if !spec.is_none() {
            return Ok(Some(Found::Spec(spec)));
        }
    }
    Ok(None)
}
