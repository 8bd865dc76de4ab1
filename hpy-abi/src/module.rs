//! The loader: from the path of a shared library to the checked definition of a module.
//!
//! The library is opened here and not through Haft's one crate for system calls, because the host for CPython uses this
//! loader too. It is never closed: objects that live longer than the module point into it.

use std::ffi::{CStr, CString, c_char, c_void};
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::mem::transmute_copy;
use std::os::fd::{FromRawFd as _, IntoRawFd as _};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::ptr::NonNull;

use crate::context::{Cx, HPyContext};
use crate::definition::{DefinitionError, ModuleDefinition};
use crate::types::{ABI_VERSION, ABI_VERSION_MINOR, HPyModuleDef};

/// What kind of mistake keeps a module from being loaded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LoadErrorKind {
    /// The file cannot be read.
    File,
    /// The file is no shared library for this machine.
    Format,
    /// The system's loader refused it, such as for a missing symbol.
    Link,
    /// It lacks one of the functions that modules have.
    Symbol,
    /// It needs another version of the ABI.
    Version,
    /// The tag in its file name is not that of its version, or missing.
    Tag,
    /// Its init function returned null.
    Init,
}

/// Why a module cannot be loaded. The Python exception is an ImportError when the import system asked, and a RuntimeError
/// from `hpy.universal.load`, as in other hosts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LoadError {
    /// What kind of mistake.
    pub kind: LoadErrorKind,
    /// The message.
    pub message: String,
}

impl std::fmt::Display for LoadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for LoadError {}

fn error<T>(kind: LoadErrorKind, message: String) -> Result<T, LoadError> {
    Err(LoadError { kind, message })
}

type VersionFunction = unsafe extern "C" fn() -> u32;
type ContextFunction = unsafe extern "C" fn(*mut HPyContext);
type InitFunction = unsafe extern "C" fn() -> *mut HPyModuleDef;

/// A module whose library is open and whose version fits, not yet initialised.
#[derive(Clone, Debug)]
pub struct Module {
    library: NonNull<c_void>,
    path: PathBuf,
    name: String,
}

impl Module {
    /// Opens the library of module `name` (with dots or without) and checks its version and the tag in its file name.
    pub fn open(path: &Path, name: &str) -> Result<Module, LoadError> {
        check_format(path)?;
        let library = open_library(path)?;
        let module = Module { library, path: path.to_owned(), name: short_name(name) };
        module.check_version()?;
        Ok(module)
    }

    /// The same, but with a copy of the library, whose static variables are its own: CPython's way into a module goes through
    /// one, so a file cannot be loaded in two modes otherwise.
    pub fn open_apart(path: &Path, name: &str) -> Result<Module, LoadError> {
        check_format(path)?;
        let library = open_copy(path)?;
        let module = Module { library, path: path.to_owned(), name: short_name(name) };
        module.check_version()?;
        Ok(module)
    }

    /// Its name in the symbols of the library: without packages, `_` for `-`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where its library is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The address of a symbol of the library.
    pub fn symbol(&self, name: &str) -> Option<NonNull<c_void>> {
        let name = CString::new(name).ok()?;
        // SAFETY: the library is open and the name a string in C.
        let address = unsafe { libc::dlsym(self.library.as_ptr(), name.as_ptr()) };
        NonNull::new(address)
    }

    /// Runs the init functions and reads the definition.
    ///
    /// # Safety
    /// The library is what its symbols say: a module of HPy.
    pub unsafe fn init(
        &self,
        cx: Cx,
    ) -> Result<Result<ModuleDefinition, DefinitionError>, LoadError> {
        // SAFETY: the caller's duty.
        let definition = unsafe { self.start(cx) }?;
        // SAFETY: the module's own definition.
        Ok(unsafe { ModuleDefinition::of(definition) })
    }

    /// Runs the init functions: gives the library its context, and takes its definition as it is, never null.
    ///
    /// # Safety
    /// The library is what its symbols say: a module of HPy.
    pub unsafe fn start(&self, cx: Cx) -> Result<*const HPyModuleDef, LoadError> {
        let set_context = self.function(&format!("HPyInitGlobalContext_{}", self.name))?;
        let symbol = format!("HPyInit_{}", self.name);
        let init = self.function(&symbol)?;
        // SAFETY: functions of that name have this type.
        let set_context: ContextFunction = unsafe { function(set_context) };
        // SAFETY: functions of that name have this type.
        let init: InitFunction = unsafe { function(init) };
        // SAFETY: it stores the context, which lives as long as the host.
        unsafe { set_context(cx.as_ptr()) };
        // SAFETY: it takes nothing.
        let definition = unsafe { init() };
        if definition.is_null() {
            return error(
                LoadErrorKind::Init,
                format!(
                    "Error during loading of the HPy extension module at path '{}'. Function '{symbol}' returned NULL.",
                    self.path.display()
                ),
            );
        }
        Ok(definition)
    }

    fn function(&self, symbol: &str) -> Result<NonNull<c_void>, LoadError> {
        match self.symbol(symbol) {
            Some(address) => Ok(address),
            None => error(
                LoadErrorKind::Symbol,
                format!(
                    "Error during loading of the HPy extension module at path '{}'. Cannot locate function '{symbol}'. \
                     Is '{}' the name that HPy_MODINIT got?",
                    self.path.display(),
                    self.name
                ),
            ),
        }
    }

    fn check_version(&self) -> Result<(), LoadError> {
        let (name, path) = (&self.name, self.path.display());
        let minor_symbol = format!("get_required_hpy_minor_version_{name}");
        let major_symbol = format!("get_required_hpy_major_version_{name}");
        let (Some(minor), Some(major)) = (self.symbol(&minor_symbol), self.symbol(&major_symbol))
        else {
            return error(
                LoadErrorKind::Symbol,
                format!(
                    "Error during loading of the HPy extension module at path '{path}'. Cannot locate the required \
                     minimal HPy versions as symbols '{minor_symbol}' and `{major_symbol}`. {}",
                    self.what_it_is()
                ),
            );
        };
        // SAFETY: functions of that name have this type.
        let minor: VersionFunction = unsafe { function(minor) };
        // SAFETY: functions of that name have this type.
        let major: VersionFunction = unsafe { function(major) };
        // SAFETY: it takes nothing and returns a number.
        let minor = unsafe { minor() };
        // SAFETY: likewise.
        let major = unsafe { major() };
        if major != ABI_VERSION || minor > ABI_VERSION_MINOR {
            return error(
                LoadErrorKind::Version,
                format!(
                    "HPy extension module '{name}' requires unsupported version of the HPy runtime. Requested version: \
                     {major}.{minor}. Current HPy version: {ABI_VERSION}.{ABI_VERSION_MINOR}."
                ),
            );
        }
        self.check_tag(major, minor)
    }

    /// A better guess than that symbols are missing.
    fn what_it_is(&self) -> String {
        if self.symbol(&format!("PyInit_{}", self.name)).is_some() {
            return "It is an extension module of CPython's C API.".to_owned();
        }
        format!("Is '{}' the name that HPy_MODINIT got?", self.name)
    }

    /// The file name must carry the major version, as in `name.hpy0.so`.
    fn check_tag(&self, major: u32, minor: u32) -> Result<(), LoadError> {
        let (name, path) = (&self.name, self.path.display().to_string());
        let tag = path.split_once(".hpy").map(|(_, rest)| digits(rest)).unwrap_or_default();
        let Ok(tag) = tag.parse::<u32>() else {
            return error(
                LoadErrorKind::Tag,
                format!(
                    "HPy extension module '{name}' at path '{path}': could not find HPy ABI tag encoded in the filename. \
                     The extension claims to be compiled with HPy ABI version: {major}.{minor}."
                ),
            );
        };
        if tag != major {
            return error(
                LoadErrorKind::Tag,
                format!(
                    "HPy extension module '{name}' at path '{path}': mismatch between the HPy ABI tag encoded in the \
                     filename and the major version requested by the HPy extension itself. Major version tag parsed from \
                     filename: {tag}. Requested version: {major}.{minor}."
                ),
            );
        }
        Ok(())
    }
}

/// The digits that a text begins with.
fn digits(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    &text[..end]
}

/// The name of a module as its symbols have it.
pub fn short_name(name: &str) -> String {
    name.rsplit('.').next().unwrap_or(name).replace('-', "_")
}

/// An address as the function that it is.
///
/// # Safety
/// `F` is the type of the function there.
unsafe fn function<F: Copy>(address: NonNull<c_void>) -> F {
    const { assert!(size_of::<F>() == size_of::<NonNull<c_void>>()) };
    // SAFETY: the caller says so, and both are addresses.
    unsafe { transmute_copy::<NonNull<c_void>, F>(&address) }
}

fn open_library(path: &Path) -> Result<NonNull<c_void>, LoadError> {
    let Ok(c_path) = CString::new(path.as_os_str().as_bytes()) else {
        return error(LoadErrorKind::File, format!("embedded null byte in '{}'", path.display()));
    };
    // SAFETY: the path is a string in C.
    let library = unsafe { libc::dlopen(c_path.as_ptr(), libc::RTLD_NOW) };
    match NonNull::new(library) {
        Some(library) => Ok(library),
        None => error(
            LoadErrorKind::Link,
            format!(
                "Error during loading of the HPy extension module at path '{}'. Error message from dlopen/WinAPI: {}",
                path.display(),
                last_error()
            ),
        ),
    }
}

/// Opens a copy of a library, which is in memory only.
fn open_copy(path: &Path) -> Result<NonNull<c_void>, LoadError> {
    let failed = |reason: std::io::Error| LoadError {
        kind: LoadErrorKind::File,
        message: format!("cannot copy '{}': {reason}", path.display()),
    };
    let bytes = std::fs::read(path).map_err(failed)?;
    // SAFETY: the name is a string in C.
    let fd = unsafe { libc::memfd_create(c"hpy".as_ptr(), libc::MFD_CLOEXEC) };
    if fd < 0 {
        return Err(failed(std::io::Error::last_os_error()));
    }
    // SAFETY: the descriptor is new, and nobody else's.
    let mut copy = unsafe { File::from_raw_fd(fd) };
    copy.write_all(&bytes).map_err(failed)?;
    let library = open_library(Path::new(&format!("/proc/self/fd/{fd}")))?;
    // The loader knows libraries by device and inode; while the copy is open no other file has its inode.
    let _kept_open = copy.into_raw_fd();
    Ok(library)
}

/// What the system says about the last failure of its loader.
fn last_error() -> String {
    // SAFETY: it takes nothing and returns null or a text that stays valid until its next call on this thread.
    let message: *mut c_char = unsafe { libc::dlerror() };
    if message.is_null() {
        return "no error message provided by the system".to_owned();
    }
    // SAFETY: not null, so it is that text.
    unsafe { CStr::from_ptr(message) }.to_string_lossy().into_owned()
}

/// Machines by their number in ELF files, for messages.
const MACHINES: &[(u16, &str)] = &[
    (3, "x86"),
    (8, "MIPS"),
    (20, "PowerPC"),
    (21, "PowerPC64"),
    (22, "S390"),
    (40, "ARM"),
    (62, "x86-64"),
    (183, "AArch64"),
    (243, "RISC-V"),
    (258, "LoongArch"),
];

/// The number of this machine.
const MACHINE: Option<u16> = if cfg!(target_arch = "x86_64") {
    Some(62)
} else if cfg!(target_arch = "aarch64") {
    Some(183)
} else if cfg!(target_arch = "riscv64") {
    Some(243)
} else {
    None
};

/// Says what is wrong with a file that is no shared library of this machine; the system's own words are hard to read.
fn check_format(path: &Path) -> Result<(), LoadError> {
    let mut header = Vec::new();
    let read = File::open(path).and_then(|file| file.take(20).read_to_end(&mut header));
    if let Err(reason) = read {
        return error(LoadErrorKind::File, format!("cannot read '{}': {reason}", path.display()));
    }
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    match wrong_format(&header) {
        None => Ok(()),
        Some(reason) => error(
            LoadErrorKind::Format,
            format!(
                "Error during loading of the HPy extension module at path '{}'. {reason}",
                path.display()
            ),
        ),
    }
}

/// What the first bytes of a file say about why it cannot be loaded.
fn wrong_format(header: &[u8]) -> Option<String> {
    if header.is_empty() {
        return Some("The file is empty.".to_owned());
    }
    if !header.starts_with(b"\x7fELF") {
        return Some(format!("It is not an ELF file: {}.", guess(header)));
    }
    let (Some(&class), Some(&data), Some(&[low, high])) =
        (header.get(4), header.get(5), header.get(18..20).and_then(|bytes| bytes.first_chunk()))
    else {
        return Some("The file is cut off after its first bytes.".to_owned());
    };
    let wanted = if cfg!(target_pointer_width = "64") { 2 } else { 1 };
    if class != wanted {
        return Some(format!("It is an ELF file of {} bits.", if class == 1 { 32 } else { 64 }));
    }
    let machine =
        if data == 2 { u16::from_be_bytes([low, high]) } else { u16::from_le_bytes([low, high]) };
    if MACHINE.is_some_and(|this| this != machine) {
        let name = MACHINES.iter().find(|(number, _)| *number == machine).map(|(_, name)| *name);
        return Some(format!(
            "It is an ELF file for another machine: {}.",
            name.unwrap_or("unknown")
        ));
    }
    None
}

/// What else a file may be.
fn guess(header: &[u8]) -> &'static str {
    match header {
        [b'M', b'Z', ..] => "a library or program of Windows",
        [0xcf | 0xce, 0xfa, 0xed, 0xfe, ..] | [0xca, 0xfe, 0xba, 0xbe, ..] => {
            "a library or program of macOS"
        }
        [b'!', b'<', b'a', b'r', b'c', b'h', b'>', ..] => "a static library",
        [b'P', b'K', ..] => "a zip archive",
        [b'#', b'!', ..] => "a script",
        bytes if bytes.iter().all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace()) => {
            "a text"
        }
        _ => "unknown data",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(short_name("a.b.c-d"), "c_d");
        assert_eq!(digits("0.so"), "0");
        assert_eq!(digits("-cp311.so"), "");
    }

    #[test]
    fn formats() {
        for (header, reason) in [
            (&b""[..], "empty"),
            (b"int main(void) {", "not an ELF file: a text"),
            (b"MZ\x90\0", "Windows"),
            (b"\x7fELF\x01\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x03\0", "32 bits"),
            (b"\x7fELF\x02\x01", "cut off"),
            (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x14\0", "PowerPC"),
        ] {
            let found = wrong_format(header).unwrap();
            assert!(found.contains(reason), "{found}");
        }
        let machine = MACHINE.unwrap_or(0).to_le_bytes();
        let mut fine = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0".to_vec();
        fine.extend(machine);
        assert_eq!(wrong_format(&fine), None);
    }

    #[test]
    fn a_missing_file() {
        let error = Module::open(Path::new("/nonexistent/x.hpy0.so"), "x").unwrap_err();
        assert_eq!(error.kind, LoadErrorKind::File);
        assert!(error.message.contains("No such file"), "{error}");
    }
}
