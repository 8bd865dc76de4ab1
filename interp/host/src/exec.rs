//! Replacing and copying the process: `exec` and `fork`.

use std::ffi::{CString, OsStr, c_char};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use crate::syscall::{c_path, c_string, check};

/// Strings and the null-terminated array of pointers to them, as `execve` wants.
#[derive(Debug)]
pub struct StringArray {
    pointers: Vec<*const c_char>,
    #[expect(dead_code, reason = "owns what `pointers` point to")]
    strings: Vec<CString>,
}

impl StringArray {
    /// Copies `strings`; a NUL inside one is an error.
    pub fn new<'a>(strings: impl IntoIterator<Item = &'a [u8]>) -> io::Result<StringArray> {
        let strings: Vec<CString> = strings
            .into_iter()
            .map(|text| c_string(OsStr::from_bytes(text)))
            .collect::<io::Result<_>>()?;
        let mut pointers: Vec<*const c_char> = strings.iter().map(|text| text.as_ptr()).collect();
        pointers.push(std::ptr::null());
        Ok(StringArray { pointers, strings })
    }

    /// `NAME=value` strings from pairs.
    pub fn environment<'a>(
        pairs: impl IntoIterator<Item = (&'a [u8], &'a [u8])>,
    ) -> io::Result<StringArray> {
        let joined: Vec<Vec<u8>> =
            pairs.into_iter().map(|(name, value)| [name, b"=", value].concat()).collect();
        StringArray::new(joined.iter().map(Vec::as_slice))
    }

    /// The null-terminated array; valid as long as `self`.
    pub(crate) fn as_ptr(&self) -> *const *const c_char {
        self.pointers.as_ptr()
    }
}

/// `execve(2)`, or `execv` when `environment` is `None`; returns only to report a failure.
pub fn exec(path: &Path, arguments: &StringArray, environment: Option<&StringArray>) -> io::Error {
    let path = match c_path(path) {
        Ok(path) => path,
        Err(error) => return error,
    };
    match environment {
        // SAFETY: NUL-terminated strings and null-terminated arrays of them.
        Some(environment) => unsafe {
            libc::execve(path.as_ptr(), arguments.as_ptr(), environment.as_ptr())
        },
        // SAFETY: as above.
        None => unsafe { libc::execv(path.as_ptr(), arguments.as_ptr()) },
    };
    io::Error::last_os_error()
}

/// `fexecve(3)`: [`exec`] of an open file.
pub fn exec_fd(fd: i32, arguments: &StringArray, environment: &StringArray) -> io::Error {
    // SAFETY: null-terminated arrays of NUL-terminated strings.
    unsafe { libc::fexecve(fd, arguments.as_ptr(), environment.as_ptr()) };
    io::Error::last_os_error()
}

/// `fork(2)`: 0 in the child, its pid in the parent.
///
/// # Safety
/// In the child only the calling thread goes on; what other threads were doing (locks they held, tables half
/// changed) stays as it was. The caller has brought the interpreter to a state that allows this.
pub unsafe fn fork() -> io::Result<i32> {
    // SAFETY: the caller's promise.
    check(unsafe { libc::fork() })
}

/// `forkpty(3)`: [`fork`] with the child's standard files on a new terminal; the pid and the master.
///
/// # Safety
/// As for [`fork`].
pub unsafe fn forkpty() -> io::Result<(i32, i32)> {
    let mut master = -1;
    let none = std::ptr::null_mut();
    // SAFETY: the caller's promise; name, attributes and size are not given.
    let pid =
        check(unsafe { libc::forkpty(&raw mut master, none, std::ptr::null(), std::ptr::null()) })?;
    if pid != 0 {
        crate::file::set_inheritable(master, false)?;
    }
    Ok((pid, master))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_exec_returns() {
        let arguments = StringArray::new([&b"x"[..]]).unwrap();
        assert_eq!(
            exec(Path::new("/no/such"), &arguments, None).raw_os_error(),
            Some(libc::ENOENT)
        );
        assert!(StringArray::new([&b"a\0b"[..]]).is_err());
    }
}
