//! Shared libraries.

use std::ffi::{CStr, CString, c_void};
use std::fmt;
use std::path::Path;
use std::process::Command;
use std::ptr::NonNull;

/// A library could not be opened or has no such symbol; the message is for an `OSError` or `AttributeError`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryError {
    /// The message as `cffi` words it, with the system's own text.
    pub message: String,
}

impl fmt::Display for LibraryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for LibraryError {}

fn error(message: impl Into<String>) -> LibraryError {
    LibraryError { message: message.into() }
}

/// An open shared library.
#[derive(Debug)]
pub struct Library {
    /// `None` once closed.
    handle: Option<NonNull<c_void>>,
    name: String,
    /// Close when dropped: not the main program, nor a handle that belongs to someone else.
    owned: bool,
}

impl Library {
    /// Resolve symbols when first called.
    pub const LAZY: i32 = libc::RTLD_LAZY;
    /// Resolve all symbols now.
    pub const NOW: i32 = libc::RTLD_NOW;
    /// Later libraries may use these symbols.
    pub const GLOBAL: i32 = libc::RTLD_GLOBAL;
    /// They may not.
    pub const LOCAL: i32 = libc::RTLD_LOCAL;

    /// The flags that this system's `dlopen` knows, by name.
    pub const FLAGS: &'static [(&'static str, i32)] = &[
        ("RTLD_LAZY", Self::LAZY),
        ("RTLD_NOW", Self::NOW),
        ("RTLD_GLOBAL", Self::GLOBAL),
        ("RTLD_LOCAL", Self::LOCAL),
        #[cfg(unix)]
        ("RTLD_NODELETE", libc::RTLD_NODELETE),
        #[cfg(unix)]
        ("RTLD_NOLOAD", libc::RTLD_NOLOAD),
        #[cfg(all(target_os = "linux", target_env = "gnu"))]
        ("RTLD_DEEPBIND", libc::RTLD_DEEPBIND),
    ];

    /// Open a library by path or by bare name: `libm.so.6`, `./foo.so`, `m`, or `None` for the program itself.
    ///
    /// A name with a dot or slash is opened as it is; a bare one, and one that
    /// could not be opened, is looked for as `lib<name>.so`.
    pub fn open(name: Option<&str>, flags: i32) -> Result<Self, LibraryError> {
        let Some(name) = name else { return Self::open_file(None, flags) };
        let mut first_error = None;
        if name.contains(['.', '/']) {
            match Self::open_file(Some(name), flags) {
                Ok(library) => return Ok(library),
                Err(error) => first_error = Some(error),
            }
        }
        let Some(found) = find(name) else {
            let message = format!(
                "ctypes.util.find_library() did not manage to locate a library called '{name}'"
            );
            return Err(match first_error {
                Some(first) => error(format!("{first}.  Additionally, {message}")),
                None => error(message),
            });
        };
        Self::open_file(Some(&found), flags)
    }

    /// Open a file, or with `None` the program itself; no search but the system's.
    pub fn open_file(path: Option<&str>, flags: i32) -> Result<Self, LibraryError> {
        let shown = path.unwrap_or("<None>");
        let c_path = match path.map(CString::new) {
            Some(Ok(path)) => Some(path),
            Some(Err(_)) => return Err(error("embedded null byte")),
            None => None,
        };
        let pointer = c_path.as_ref().map_or(std::ptr::null(), |path| path.as_ptr());
        let flags = if flags & (Self::LAZY | Self::NOW) == 0 { flags | Self::NOW } else { flags };
        // SAFETY: `pointer` is null or a string that lives until the end of this function.
        let handle = unsafe { libc::dlopen(pointer, flags) };
        match NonNull::new(handle) {
            Some(handle) => Ok(Self { handle: Some(handle), name: shown.to_owned(), owned: true }),
            None => Err(error(format!("cannot load library '{shown}': {}", last_error()))),
        }
    }

    /// Use a handle from a `dlopen` of the caller's; it is not closed here.
    ///
    /// # Safety
    /// `handle` must be a handle of the system's `dlopen`, open for as long as the library is used.
    pub unsafe fn from_handle(handle: NonNull<c_void>) -> Self {
        Self { handle: Some(handle), name: format!("{handle:p}"), owned: false }
    }

    /// The name it was opened by, for messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it has been closed.
    pub fn is_closed(&self) -> bool {
        self.handle.is_none()
    }

    /// The address of a function or variable.
    pub fn symbol(&self, name: &str) -> Result<NonNull<c_void>, LibraryError> {
        let library = &self.name;
        let Some(handle) = self.handle else {
            return Err(error(format!("library '{library}' has already been closed")));
        };
        let missing =
            |why: &str| error(format!("symbol '{name}' not found in library '{library}': {why}"));
        let c_name = CString::new(name).map_err(|_| missing("embedded null byte"))?;
        // SAFETY: takes nothing; clears an older error, so that ours is ours.
        let _older = unsafe { libc::dlerror() };
        // SAFETY: the handle is open, as `handle` is Some, and the name is a C string.
        let address = unsafe { libc::dlsym(handle.as_ptr(), c_name.as_ptr()) };
        NonNull::new(address).ok_or_else(|| missing(&last_error()))
    }

    /// Close it; symbols got from it are dangling afterwards. Closing twice is fine.
    pub fn close(&mut self) -> Result<(), LibraryError> {
        let Some(handle) = self.handle.take() else { return Ok(()) };
        if !self.owned {
            return Ok(());
        }
        // SAFETY: the handle is open: it was taken out, so this happens once.
        let status = unsafe { libc::dlclose(handle.as_ptr()) };
        if status == 0 { Ok(()) } else { Err(error(last_error())) }
    }
}

impl Drop for Library {
    fn drop(&mut self) {
        // Nobody is left to tell about a failure.
        drop(self.close());
    }
}

/// The system's text for the last failure.
fn last_error() -> String {
    // SAFETY: takes nothing; the string is valid until the next dl* call of this thread.
    let text = unsafe { libc::dlerror() };
    if text.is_null() {
        return "dlopen/dlsym gave no reason".to_owned();
    }
    // SAFETY: not null, so a C string.
    let text = unsafe { CStr::from_ptr(text) };
    text.to_string_lossy().into_owned()
}

/// The file name that the linker would find for `-l<name>`, like `ctypes.util.find_library`.
pub fn find(name: &str) -> Option<String> {
    let stem = format!("lib{name}.");
    if cfg!(target_vendor = "apple") {
        let candidates = [format!("{stem}dylib"), format!("{name}.framework/{name}")];
        return candidates
            .into_iter()
            .find(|file| Library::open_file(Some(file), Library::LAZY).is_ok());
    }
    directories()
        .iter()
        .find_map(|directory| find_in(directory, &stem))
        .or_else(|| find_in_cache(&stem))
}

/// The directories of the system's linker.
fn directories() -> Vec<String> {
    let mut directories: Vec<String> = std::env::var("LD_LIBRARY_PATH")
        .unwrap_or_default()
        .split(':')
        .filter(|path| !path.is_empty())
        .map(str::to_owned)
        .collect();
    let triple = format!("{}-linux-gnu", std::env::consts::ARCH);
    for base in ["/lib", "/usr/lib", "/usr/local/lib"] {
        directories.push(format!("{base}/{triple}"));
        directories.push(format!("{base}64"));
        directories.push(base.to_owned());
    }
    directories
}

/// The library with the highest version number: `libm.so.6`. A bare `libm.so` may be a linker script.
fn find_in(directory: &str, stem: &str) -> Option<String> {
    let wanted = format!("{stem}so");
    let mut best: Option<(Vec<u32>, String)> = None;
    for entry in Path::new(directory).read_dir().ok()?.flatten() {
        let file = entry.file_name();
        let Some(file) = file.to_str() else { continue };
        let Some(version) = file.strip_prefix(&wanted) else { continue };
        if !version.is_empty() && !version.starts_with('.') {
            continue;
        }
        // The shortest versioned name is the SONAME: libz.so.1, not libz.so.1.3.1.
        let numbers: Vec<u32> =
            version.split('.').skip(1).map_while(|part| part.parse().ok()).collect();
        let rank = match numbers.first() {
            None => vec![0],
            Some(&major) => {
                vec![1, u32::MAX - u32::try_from(numbers.len()).unwrap_or(u32::MAX), major]
            }
        };
        if best.as_ref().is_none_or(|(known, _)| rank > *known) {
            best = Some((rank, file.to_owned()));
        }
    }
    let (rank, file) = best?;
    let is_script = rank == [0] && !is_elf(&Path::new(directory).join(&file));
    (!is_script).then_some(file)
}

fn is_elf(path: &Path) -> bool {
    use std::io::Read;
    let mut magic = [0; 4];
    std::fs::File::open(path).is_ok_and(|mut file| file.read_exact(&mut magic).is_ok())
        && magic == *b"\x7fELF"
}

/// The linker's cache, for libraries in directories we do not know.
fn find_in_cache(stem: &str) -> Option<String> {
    let output = Command::new("/sbin/ldconfig").arg("-p").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let wanted = format!("{stem}so");
    let names = text.lines().filter_map(|line| line.split_whitespace().next());
    names.filter(|file| file.starts_with(&wanted)).min_by_key(|file| file.len()).map(str::to_owned)
}
