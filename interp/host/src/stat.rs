//! What the file system knows about a file, with nanoseconds.

use std::io;
use std::path::Path;

use crate::file::{DirFd, dir_fd};
use crate::syscall::{Zeroable, c_path, check_unit};

/// The fields of `struct stat`. Times are nanoseconds since 1970, which may be negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of stat(2)")]
pub struct Stat {
    pub mode: u32,
    pub ino: u64,
    pub dev: u64,
    pub nlink: u64,
    pub uid: u32,
    pub gid: u32,
    pub rdev: u64,
    pub size: i64,
    pub blksize: i64,
    pub blocks: i64,
    pub atime_ns: i128,
    pub mtime_ns: i128,
    pub ctime_ns: i128,
}

/// The fields of `struct statvfs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of statvfs(3)")]
pub struct StatVfs {
    pub bsize: u64,
    pub frsize: u64,
    pub blocks: u64,
    pub bfree: u64,
    pub bavail: u64,
    pub files: u64,
    pub ffree: u64,
    pub favail: u64,
    pub fsid: u64,
    pub flag: u64,
    pub namemax: u64,
}

/// Whether a call follows a symbolic link in the last component of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follow {
    /// Use what the link points to.
    Link,
    /// Use the link itself.
    Nothing,
}

impl Follow {
    pub(crate) fn at_flag(self) -> i32 {
        match self {
            Follow::Link => 0,
            Follow::Nothing => libc::AT_SYMLINK_NOFOLLOW,
        }
    }
}

/// `fstatat(2)`: `stat`, `lstat` and their `dir_fd` forms.
pub fn stat(dir: DirFd, path: &Path, follow: Follow) -> io::Result<Stat> {
    let path = c_path(path)?;
    let mut raw = libc::stat::zeroed();
    // SAFETY: `path` is NUL-terminated and `raw` is one `struct stat`.
    check_unit(unsafe {
        libc::fstatat(dir_fd(dir), path.as_ptr(), &raw mut raw, follow.at_flag())
    })?;
    Ok(parsed(&raw))
}

/// `fstat(2)`.
pub fn fstat(fd: i32) -> io::Result<Stat> {
    let mut raw = libc::stat::zeroed();
    // SAFETY: `raw` is one `struct stat`.
    check_unit(unsafe { libc::fstat(fd, &raw mut raw) })?;
    Ok(parsed(&raw))
}

/// `statvfs(3)`.
pub fn statvfs(path: &Path) -> io::Result<StatVfs> {
    let path = c_path(path)?;
    let mut raw = libc::statvfs::zeroed();
    // SAFETY: `path` is NUL-terminated and `raw` is one `struct statvfs`.
    check_unit(unsafe { libc::statvfs(path.as_ptr(), &raw mut raw) })?;
    Ok(parsed_vfs(&raw))
}

/// `fstatvfs(3)`.
pub fn fstatvfs(fd: i32) -> io::Result<StatVfs> {
    let mut raw = libc::statvfs::zeroed();
    // SAFETY: `raw` is one `struct statvfs`.
    check_unit(unsafe { libc::fstatvfs(fd, &raw mut raw) })?;
    Ok(parsed_vfs(&raw))
}

fn parsed(raw: &libc::stat) -> Stat {
    Stat {
        mode: raw.st_mode,
        ino: raw.st_ino,
        dev: raw.st_dev,
        nlink: unsigned(raw.st_nlink),
        uid: raw.st_uid,
        gid: raw.st_gid,
        rdev: raw.st_rdev,
        size: raw.st_size,
        blksize: signed(raw.st_blksize),
        blocks: raw.st_blocks,
        atime_ns: nanoseconds(raw.st_atime, raw.st_atime_nsec),
        mtime_ns: nanoseconds(raw.st_mtime, raw.st_mtime_nsec),
        ctime_ns: nanoseconds(raw.st_ctime, raw.st_ctime_nsec),
    }
}

fn parsed_vfs(raw: &libc::statvfs) -> StatVfs {
    StatVfs {
        bsize: raw.f_bsize,
        frsize: raw.f_frsize,
        blocks: raw.f_blocks,
        bfree: raw.f_bfree,
        bavail: raw.f_bavail,
        files: raw.f_files,
        ffree: raw.f_ffree,
        favail: raw.f_favail,
        fsid: raw.f_fsid,
        flag: raw.f_flag,
        namemax: raw.f_namemax,
    }
}

/// The width of some fields depends on the machine.
fn unsigned(value: impl Into<u64>) -> u64 {
    value.into()
}

fn signed(value: impl Into<i64>) -> i64 {
    value.into()
}

fn nanoseconds(seconds: i64, nanoseconds: i64) -> i128 {
    i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stat_agrees_with_fstat() {
        let fd = crate::file::open(None, Path::new("/proc/self/exe"), libc::O_RDONLY, 0).unwrap();
        let by_fd = fstat(fd).unwrap();
        crate::file::close(fd).unwrap();
        let by_path = stat(None, Path::new("/proc/self/exe"), Follow::Link).unwrap();
        assert_eq!(
            (by_fd.ino, by_fd.size, by_fd.mtime_ns),
            (by_path.ino, by_path.size, by_path.mtime_ns)
        );
        let link = stat(None, Path::new("/proc/self/exe"), Follow::Nothing).unwrap();
        assert_eq!(link.mode & libc::S_IFMT, libc::S_IFLNK);
        let missing = stat(None, Path::new("/no/such/file"), Follow::Link).unwrap_err();
        assert_eq!(missing.raw_os_error(), Some(libc::ENOENT));
        assert!(statvfs(Path::new("/")).unwrap().bsize > 0);
    }
}
