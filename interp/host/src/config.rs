//! Limits and strings of the system: `sysconf`, `pathconf`, `confstr`.

use std::ffi::c_int;
use std::io;
use std::path::Path;

pub use crate::confname::{CONFSTR_NAMES, PATHCONF_NAMES, SYSCONF_NAMES};
use crate::syscall::{bytes_before_nul, c_path, clear_errno, errno};

/// `sysconf(3)`; -1 when the limit has no value.
pub fn sysconf(name: i32) -> io::Result<i64> {
    clear_errno();
    // SAFETY: an integer only; an unknown name is `EINVAL`.
    limit(unsafe { libc::sysconf(name) })
}

/// `pathconf(3)`; -1 when the limit has no value.
pub fn pathconf(path: &Path, name: i32) -> io::Result<i64> {
    let path = c_path(path)?;
    clear_errno();
    // SAFETY: `path` is NUL-terminated.
    limit(unsafe { libc::pathconf(path.as_ptr(), name) })
}

/// `fpathconf(3)`; -1 when the limit has no value.
pub fn fpathconf(fd: i32, name: i32) -> io::Result<i64> {
    clear_errno();
    // SAFETY: integers only.
    limit(unsafe { libc::fpathconf(fd, name) })
}

/// `confstr(3)`; `None` when the string has no value.
pub fn confstr(name: c_int) -> io::Result<Option<Vec<u8>>> {
    let mut buffer = vec![0_u8; 256];
    loop {
        clear_errno();
        // SAFETY: at most `buffer.len()` bytes are written.
        let needed = unsafe { libc::confstr(name, buffer.as_mut_ptr().cast(), buffer.len()) };
        if needed == 0 {
            return if errno() == 0 { Ok(None) } else { Err(io::Error::last_os_error()) };
        }
        if needed <= buffer.len() {
            return Ok(Some(bytes_before_nul(&buffer)));
        }
        buffer.resize(needed, 0);
    }
}

/// Bytes in a page of memory.
pub fn page_size() -> usize {
    // SAFETY: an integer only.
    let size = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    usize::try_from(size).unwrap_or(4096)
}

fn limit(value: i64) -> io::Result<i64> {
    if value == -1 && errno() != 0 { Err(io::Error::last_os_error()) } else { Ok(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values() {
        let page = SYSCONF_NAMES.iter().find(|row| row.0 == "SC_PAGE_SIZE").unwrap().1;
        assert_eq!(usize::try_from(sysconf(page).unwrap()).unwrap(), page_size());
        assert_eq!(sysconf(-5).unwrap_err().raw_os_error(), Some(libc::EINVAL));
        assert_eq!(pathconf(Path::new("/"), libc::_PC_NAME_MAX).unwrap(), 255);
        let path = CONFSTR_NAMES.iter().find(|row| row.0 == "CS_PATH").unwrap().1;
        assert!(confstr(path).unwrap().unwrap().starts_with(b"/"));
        for table in [SYSCONF_NAMES, PATHCONF_NAMES, CONFSTR_NAMES] {
            assert!(table.is_sorted_by_key(|row| row.0));
        }
    }
}
