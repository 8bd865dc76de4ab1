//! Reading directories: what `os.listdir` and `os.scandir` walk over.

use std::ffi::OsString;
use std::io;
use std::os::unix::ffi::OsStringExt;
use std::path::Path;
use std::ptr::NonNull;

use crate::file;
use crate::syscall::{bytes_of, c_path, clear_errno, errno};

/// What a directory says an entry is, without a further `stat`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A directory.
    Directory,
    /// A symbolic link.
    Symlink,
    /// A device, socket or pipe.
    Other,
    /// The file system does not say; ask `lstat`.
    Unknown,
}

/// One entry of a directory. `.` and `..` are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name, without a directory.
    pub name: OsString,
    /// `d_type`.
    pub kind: Kind,
    /// `d_ino`.
    pub inode: u64,
}

/// An open directory stream; an iterator over its entries.
#[derive(Debug)]
pub struct Directory {
    stream: NonNull<libc::DIR>,
    /// Set when the descriptor was the caller's: its position is shared with ours and is set back at the end.
    shared: bool,
}

// SAFETY: a stream may be used by any one thread at a time, and `&mut self` is needed to use it.
unsafe impl Send for Directory {}

impl Directory {
    /// `opendir(3)`.
    pub fn open(path: &Path) -> io::Result<Directory> {
        let path = c_path(path)?;
        // SAFETY: `path` is NUL-terminated.
        let stream = unsafe { libc::opendir(path.as_ptr()) };
        let stream = NonNull::new(stream).ok_or_else(io::Error::last_os_error)?;
        Ok(Directory { stream, shared: false })
    }

    /// `fdopendir(3)` on a copy of `fd`, which stays the caller's.
    pub fn from_fd(fd: i32) -> io::Result<Directory> {
        let own = file::duplicate(fd)?;
        // SAFETY: `own` is ours and goes to the stream.
        let stream = unsafe { libc::fdopendir(own) };
        let Some(stream) = NonNull::new(stream) else {
            let error = io::Error::last_os_error();
            file::close(own)?;
            return Err(error);
        };
        let mut directory = Directory { stream, shared: true };
        directory.rewind();
        Ok(directory)
    }

    fn rewind(&mut self) {
        // SAFETY: the stream is open until `drop`.
        unsafe { libc::rewinddir(self.stream.as_ptr()) };
    }

    fn read(&mut self) -> io::Result<Option<Entry>> {
        clear_errno();
        // SAFETY: the stream is open until `drop`.
        let entry = unsafe { libc::readdir(self.stream.as_ptr()) };
        // SAFETY: null, or an entry that stays valid until the next `readdir` on this stream.
        let Some(entry) = (unsafe { entry.as_ref() }) else {
            return if errno() == 0 { Ok(None) } else { Err(io::Error::last_os_error()) };
        };
        // SAFETY: `d_name` is NUL-terminated.
        let name = unsafe { bytes_of(entry.d_name.as_ptr()) }.unwrap_or_default();
        Ok(Some(Entry {
            name: OsString::from_vec(name),
            kind: kind_of(entry.d_type),
            inode: entry.d_ino,
        }))
    }
}

impl Iterator for Directory {
    type Item = io::Result<Entry>;

    fn next(&mut self) -> Option<io::Result<Entry>> {
        loop {
            match self.read() {
                Ok(Some(entry)) if entry.name == "." || entry.name == ".." => {}
                result => return result.transpose(),
            }
        }
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        if self.shared {
            self.rewind();
        }
        // SAFETY: the stream is open and never used again.
        unsafe { libc::closedir(self.stream.as_ptr()) };
    }
}

/// The names in `path`, in the directory's order.
pub fn list(path: &Path) -> io::Result<Vec<OsString>> {
    Directory::open(path)?.map(|entry| entry.map(|entry| entry.name)).collect()
}

/// The names in the open directory `fd`.
pub fn list_fd(fd: i32) -> io::Result<Vec<OsString>> {
    Directory::from_fd(fd)?.map(|entry| entry.map(|entry| entry.name)).collect()
}

fn kind_of(d_type: u8) -> Kind {
    match d_type {
        libc::DT_REG => Kind::File,
        libc::DT_DIR => Kind::Directory,
        libc::DT_LNK => Kind::Symlink,
        libc::DT_UNKNOWN => Kind::Unknown,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_by_path_and_by_fd() {
        let by_path = list(Path::new("/proc/self")).unwrap();
        assert!(by_path.iter().any(|name| name == "status"));
        let fd = file::open(None, Path::new("/usr"), libc::O_RDONLY, 0).unwrap();
        let mut first = list_fd(fd).unwrap();
        let mut second = list_fd(fd).unwrap();
        let mut expected = list(Path::new("/usr")).unwrap();
        file::close(fd).unwrap();
        first.sort();
        second.sort();
        expected.sort();
        assert_eq!(first, expected);
        assert_eq!(second, expected);
        assert_eq!(
            Directory::open(Path::new("/none")).unwrap_err().raw_os_error(),
            Some(libc::ENOENT)
        );
    }
}
