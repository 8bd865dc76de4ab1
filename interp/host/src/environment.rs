//! The environment variables of the process.

use std::ffi::{OsStr, OsString};
use std::io;
use std::os::unix::ffi::OsStrExt;

/// All variables, in the order of `environ`.
pub fn all() -> Vec<(OsString, OsString)> {
    std::env::vars_os().collect()
}

/// One variable.
pub fn variable(name: &OsStr) -> Option<OsString> {
    if !is_name(name) {
        return None;
    }
    std::env::var_os(name)
}

/// `setenv(3)`; a name that is empty or has `=` or NUL in it is `EINVAL`.
pub fn set(name: &OsStr, value: &OsStr) -> io::Result<()> {
    if !is_name(name) || value.as_bytes().contains(&0) {
        return Err(io::Error::from_raw_os_error(libc::EINVAL));
    }
    // SAFETY: all of the runtime reads the environment through this module, and `std` locks it. C code that
    // calls `getenv` in another thread races here exactly as it does under CPython's `os.putenv`.
    unsafe { std::env::set_var(name, value) };
    Ok(())
}

/// `unsetenv(3)`.
pub fn unset(name: &OsStr) -> io::Result<()> {
    if !is_name(name) {
        return Err(io::Error::from_raw_os_error(libc::EINVAL));
    }
    // SAFETY: as for `set`.
    unsafe { std::env::remove_var(name) };
    Ok(())
}

/// The arguments the process was started with.
pub fn arguments() -> Vec<OsString> {
    std::env::args_os().collect()
}

/// The file of the running program.
pub fn executable() -> io::Result<std::path::PathBuf> {
    std::env::current_exe()
}

fn is_name(name: &OsStr) -> bool {
    let bytes = name.as_bytes();
    !bytes.is_empty() && !bytes.contains(&b'=') && !bytes.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn set_and_unset() {
        let name = OsStr::new("HAFT_HOST_TEST");
        set(name, OsStr::new("1")).unwrap();
        assert_eq!(variable(name), Some("1".into()));
        unset(name).unwrap();
        assert_eq!(variable(name), None);
        for bad in ["", "a=b", "a\0"] {
            assert_eq!(
                set(OsStr::new(bad), OsStr::new("")).unwrap_err().raw_os_error(),
                Some(libc::EINVAL)
            );
        }
    }
}
