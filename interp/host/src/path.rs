//! Names in the file system: making, removing, linking, and changing what they point to.

use std::ffi::OsString;
use std::io;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use crate::file::{DirFd, dir_fd};
use crate::stat::Follow;
use crate::syscall::{bytes_before_nul, c_path, check_size, check_unit};

/// Declares wrappers of calls that take a directory, a path below it and integers.
macro_rules! path_calls {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $ty:ty),*) = $call:ident($($extra:expr),*);)+) => {$(
        $(#[$doc])*
        pub fn $name(dir: DirFd, path: &Path, $($arg: $ty),*) -> io::Result<()> {
            let path = c_path(path)?;
            // SAFETY: `path` is NUL-terminated and outlives the call; the rest are integers.
            check_unit(unsafe { libc::$call(dir_fd(dir), path.as_ptr(), $($extra),*) })
        }
    )+};
}

path_calls! {
    /// `mkdirat(2)`.
    fn mkdir(mode: u32) = mkdirat(mode);
    /// `rmdir(2)`.
    fn rmdir() = unlinkat(libc::AT_REMOVEDIR);
    /// `unlinkat(2)` of something that is no directory.
    fn unlink() = unlinkat(0);
    /// `fchmodat(2)`. A link itself has no mode on Linux: [`Follow::Nothing`] on one is `ENOTSUP`.
    fn chmod(mode: u32, follow: Follow) = fchmodat(mode, follow.at_flag());
    /// `fchownat(2)`; `u32::MAX` keeps an owner.
    fn chown(uid: u32, gid: u32, follow: Follow) = fchownat(uid, gid, follow.at_flag());
    /// `mkfifoat(3)`.
    fn mkfifo(mode: u32) = mkfifoat(mode);
    /// `mknodat(2)`.
    fn mknod(mode: u32, device: u64) = mknodat(mode, device);
}

/// `renameat(2)`, which on Unix is also `os.replace`.
pub fn rename(from_dir: DirFd, from: &Path, to_dir: DirFd, to: &Path) -> io::Result<()> {
    let (from, to) = (c_path(from)?, c_path(to)?);
    // SAFETY: both paths are NUL-terminated and outlive the call.
    check_unit(unsafe {
        libc::renameat(dir_fd(from_dir), from.as_ptr(), dir_fd(to_dir), to.as_ptr())
    })
}

/// `linkat(2)`: a second name for a file.
pub fn link(
    from_dir: DirFd,
    from: &Path,
    to_dir: DirFd,
    to: &Path,
    follow: Follow,
) -> io::Result<()> {
    let (from, to) = (c_path(from)?, c_path(to)?);
    let flags = match follow {
        Follow::Link => libc::AT_SYMLINK_FOLLOW,
        Follow::Nothing => 0,
    };
    // SAFETY: both paths are NUL-terminated and outlive the call.
    check_unit(unsafe {
        libc::linkat(dir_fd(from_dir), from.as_ptr(), dir_fd(to_dir), to.as_ptr(), flags)
    })
}

/// `symlinkat(2)`: `path` becomes a link that says `target`.
pub fn symlink(target: &Path, dir: DirFd, path: &Path) -> io::Result<()> {
    let (target, path) = (c_path(target)?, c_path(path)?);
    // SAFETY: both paths are NUL-terminated and outlive the call.
    check_unit(unsafe { libc::symlinkat(target.as_ptr(), dir_fd(dir), path.as_ptr()) })
}

/// `readlinkat(2)`: what the link says.
pub fn readlink(dir: DirFd, path: &Path) -> io::Result<PathBuf> {
    let path = c_path(path)?;
    let mut buffer = vec![0_u8; 256];
    loop {
        let (start, room) = (buffer.as_mut_ptr().cast(), buffer.len());
        // SAFETY: the kernel writes at most `room` bytes to `buffer`.
        let length =
            check_size(unsafe { libc::readlinkat(dir_fd(dir), path.as_ptr(), start, room) })?;
        if length < buffer.len() {
            buffer.truncate(length);
            return Ok(OsString::from_vec(buffer).into());
        }
        buffer.resize(buffer.len() * 2, 0);
    }
}

/// `truncate(2)`.
pub fn truncate(path: &Path, size: i64) -> io::Result<()> {
    let path = c_path(path)?;
    // SAFETY: `path` is NUL-terminated.
    check_unit(unsafe { libc::truncate(path.as_ptr(), size) })
}

/// How [`access`] asks.
#[derive(Debug, Clone, Copy, Default)]
pub struct AccessFlags {
    /// With the effective instead of the real ids.
    pub effective_ids: bool,
    /// About the link itself.
    pub no_follow: bool,
}

/// `faccessat(2)`: whether `mode` (`F_OK`, or `R_OK | W_OK | X_OK`) would be granted.
pub fn access(dir: DirFd, path: &Path, mode: i32, flags: AccessFlags) -> io::Result<bool> {
    let path = c_path(path)?;
    let mut at = 0;
    if flags.effective_ids {
        at |= libc::AT_EACCESS;
    }
    if flags.no_follow {
        at |= libc::AT_SYMLINK_NOFOLLOW;
    }
    // SAFETY: `path` is NUL-terminated.
    Ok(unsafe { libc::faccessat(dir_fd(dir), path.as_ptr(), mode, at) } == 0)
}

/// A time to set: nanoseconds since 1970, or now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetTime {
    /// The system clock's time.
    Now,
    /// Whole seconds and the nanoseconds after them (0 to 999 999 999).
    At {
        /// Seconds since 1970.
        seconds: i64,
        /// Nanoseconds within the second.
        nanoseconds: i64,
    },
}

impl SetTime {
    fn timespec(self) -> libc::timespec {
        match self {
            SetTime::Now => libc::timespec { tv_sec: 0, tv_nsec: libc::UTIME_NOW },
            SetTime::At { seconds, nanoseconds } => {
                libc::timespec { tv_sec: seconds, tv_nsec: nanoseconds }
            }
        }
    }
}

/// `utimensat(2)`: sets the times of access and of modification.
pub fn utime(
    dir: DirFd,
    path: &Path,
    accessed: SetTime,
    modified: SetTime,
    follow: Follow,
) -> io::Result<()> {
    let path = c_path(path)?;
    let times = [accessed.timespec(), modified.timespec()];
    // SAFETY: `path` is NUL-terminated and `times` has the two entries the call reads.
    check_unit(unsafe {
        libc::utimensat(dir_fd(dir), path.as_ptr(), times.as_ptr(), follow.at_flag())
    })
}

/// `futimens(2)`: [`utime`] of an open file.
pub fn futime(fd: i32, accessed: SetTime, modified: SetTime) -> io::Result<()> {
    let times = [accessed.timespec(), modified.timespec()];
    // SAFETY: `times` has the two entries the call reads.
    check_unit(unsafe { libc::futimens(fd, times.as_ptr()) })
}

/// `getcwd(3)`.
pub fn getcwd() -> io::Result<PathBuf> {
    let mut buffer = vec![0_u8; 1024];
    loop {
        // SAFETY: at most `buffer.len()` bytes are written to `buffer`.
        let result = unsafe { libc::getcwd(buffer.as_mut_ptr().cast(), buffer.len()) };
        if !result.is_null() {
            return Ok(OsString::from_vec(bytes_before_nul(&buffer)).into());
        }
        let error = io::Error::last_os_error();
        if error.raw_os_error() != Some(libc::ERANGE) {
            return Err(error);
        }
        buffer.resize(buffer.len() * 2, 0);
    }
}

/// `chdir(2)`.
pub fn chdir(path: &Path) -> io::Result<()> {
    let path = c_path(path)?;
    // SAFETY: `path` is NUL-terminated.
    check_unit(unsafe { libc::chdir(path.as_ptr()) })
}

/// `chroot(2)`.
pub fn chroot(path: &Path) -> io::Result<()> {
    let path = c_path(path)?;
    // SAFETY: `path` is NUL-terminated.
    check_unit(unsafe { libc::chroot(path.as_ptr()) })
}

/// The absolute path without links, `.` and `..`; every component has to exist.
pub fn realpath(path: &Path) -> io::Result<PathBuf> {
    std::fs::canonicalize(path)
}

/// `getxattr(2)` or its `l` form: the value of an extended attribute.
pub fn getxattr(path: &Path, name: &[u8], follow: Follow) -> io::Result<Vec<u8>> {
    let path = c_path(path)?;
    let name = crate::syscall::c_string(std::ffi::OsStr::from_bytes(name))?;
    let get = match follow {
        Follow::Link => libc::getxattr,
        Follow::Nothing => libc::lgetxattr,
    };
    // 64 KiB is the kernel's limit (XATTR_SIZE_MAX).
    let mut buffer = vec![0_u8; 65536];
    // SAFETY: both strings are NUL-terminated; at most `buffer.len()` bytes are written.
    let length = check_size(unsafe {
        get(path.as_ptr(), name.as_ptr(), buffer.as_mut_ptr().cast(), buffer.len())
    })?;
    buffer.truncate(length);
    Ok(buffer)
}

/// `listxattr(2)` or its `l` form: the names of the extended attributes.
pub fn listxattr(path: &Path, follow: Follow) -> io::Result<Vec<Vec<u8>>> {
    let path = c_path(path)?;
    let list = match follow {
        Follow::Link => libc::listxattr,
        Follow::Nothing => libc::llistxattr,
    };
    // 64 KiB is the kernel's limit (XATTR_LIST_MAX).
    let mut buffer = vec![0_u8; 65536];
    // SAFETY: `path` is NUL-terminated; at most `buffer.len()` bytes are written.
    let length =
        check_size(unsafe { list(path.as_ptr(), buffer.as_mut_ptr().cast(), buffer.len()) })?;
    buffer.truncate(length);
    Ok(buffer
        .split(|&byte| byte == 0)
        .filter(|name| !name.is_empty())
        .map(<[u8]>::to_vec)
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file;
    use crate::stat::stat;

    #[test]
    fn a_file_is_made_renamed_linked_and_removed() {
        let base = std::env::temp_dir().join(format!("haft-host-path-{}", std::process::id()));
        mkdir(None, &base, 0o755).unwrap();
        let dir = file::open(None, &base, libc::O_RDONLY, 0).unwrap();
        let fd =
            file::open(Some(dir), Path::new("a"), libc::O_CREAT | libc::O_RDWR, 0o600).unwrap();
        assert_eq!(file::write(fd, b"hello").unwrap(), 5);
        assert_eq!(file::lseek(fd, 1, libc::SEEK_SET).unwrap(), 1);
        let mut buffer = [0; 8];
        assert_eq!(file::read(fd, &mut buffer).unwrap(), 4);
        assert!(!file::inheritable(fd).unwrap());
        file::set_inheritable(fd, true).unwrap();
        assert!(file::inheritable(fd).unwrap());
        file::close(fd).unwrap();
        rename(Some(dir), Path::new("a"), None, &base.join("b")).unwrap();
        symlink(Path::new("b"), Some(dir), Path::new("c")).unwrap();
        assert_eq!(readlink(None, &base.join("c")).unwrap(), Path::new("b"));
        link(Some(dir), Path::new("b"), Some(dir), Path::new("d"), Follow::Link).unwrap();
        let at = SetTime::At { seconds: 12, nanoseconds: 34 };
        utime(Some(dir), Path::new("d"), at, at, Follow::Link).unwrap();
        let status = stat(Some(dir), Path::new("b"), Follow::Link).unwrap();
        assert_eq!((status.nlink, status.size, status.mtime_ns), (2, 5, 12_000_000_034));
        assert!(access(Some(dir), Path::new("b"), libc::R_OK, AccessFlags::default()).unwrap());
        assert_eq!(rmdir(None, &base).unwrap_err().raw_os_error(), Some(libc::ENOTEMPTY));
        for name in ["b", "c", "d"] {
            unlink(Some(dir), Path::new(name)).unwrap();
        }
        file::close(dir).unwrap();
        rmdir(None, &base).unwrap();
        assert_eq!(chdir(Path::new("a\0b")).unwrap_err().kind(), io::ErrorKind::InvalidInput);
        assert!(getcwd().unwrap().is_absolute());
    }
}
