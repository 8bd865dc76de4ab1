//! Making, removing and changing names in the file system.
use std::os::unix::ffi::OsStrExt;

use haft_core::{R, Value, Vm, natives};
use haft_host::stat::Follow;
use haft_host::{config, file, linux, path as host_path};

use super::argument::{
    Accepts, PATH, PATH_OR_FD, PathArgument, c_int, c_uint, dir_fd, fs_bytes, fspath, os_bytes,
    path,
};
use super::directory;
use super::stat::{done, follow};
use crate::blocking::{blocking_os, os_result};

natives! {
    pub(super) static FUNCTIONS = {
        /// Create a directory.
        ///
        /// If dir_fd is not None, it should be a file descriptor open to a directory,
        ///   and path should be relative; path will then be relative to that directory.
        /// dir_fd may not be implemented on your platform.
        ///   If it is unavailable, using it will raise a NotImplementedError.
        ///
        /// The mode argument is ignored on Windows. Where it is used, the current umask
        /// value is first masked out.
        mkdir "($module, /, path, mode=511, *, dir_fd=None)" => |vm, args| {
            let target = path(vm, "mkdir", "path", args[0], PATH)?;
            let mode = c_int(vm, args[1])?.cast_unsigned();
            let dir = dir_fd(vm, args[2])?;
            let result = host_path::mkdir(dir, &target.path, mode);
            done(vm, &target, result)
        };
        /// Remove a directory.
        rmdir "($module, /, path, *, dir_fd=None)" => |vm, args| {
            let target = path(vm, "rmdir", "path", args[0], PATH)?;
            let dir = dir_fd(vm, args[1])?;
            let result = host_path::rmdir(dir, &target.path);
            done(vm, &target, result)
        };
        /// Remove a file (same as remove()).
        unlink "($module, /, path, *, dir_fd=None)" => |vm, args| unlink(vm, "unlink", args);
        /// Remove a file (same as unlink()).
        remove "($module, /, path, *, dir_fd=None)" => |vm, args| unlink(vm, "remove", args);
        /// Rename a file or directory.
        ///
        /// If either src_dir_fd or dst_dir_fd is not None, it should be a file
        ///   descriptor open to a directory, and the respective path string (src or dst)
        ///   should be relative; the path will then be relative to that directory.
        rename "($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)" => |vm, args| rename(vm, "rename", args);
        /// Rename a file or directory, overwriting the destination.
        ///
        /// If either src_dir_fd or dst_dir_fd is not None, it should be a file
        ///   descriptor open to a directory, and the respective path string (src or dst)
        ///   should be relative; the path will then be relative to that directory.
        replace "($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)" => |vm, args| rename(vm, "replace", args);
        /// Create a hard link to a file.
        link "($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)" => |vm, args| {
            let source = path(vm, "link", "src", args[0], PATH)?;
            let target = path(vm, "link", "dst", args[1], PATH)?;
            let (from, to) = (dir_fd(vm, args[2])?, dir_fd(vm, args[3])?);
            let follows = vm.truth(args[4])?;
            let result = host_path::link(from, &source.path, to, &target.path, follow(follows));
            done_with_two(vm, &source, &target, result)
        };
        /// Create a symbolic link pointing to src named dst.
        ///
        /// target_is_directory is required on Windows if the target is to be
        ///   interpreted as a directory.  (On Windows, symlink requires
        ///   Windows 6.0 or greater, and raises a NotImplementedError otherwise.)
        ///   target_is_directory is ignored on non-Windows platforms.
        symlink "($module, /, src, dst, target_is_directory=False, *, dir_fd=None)" => |vm, args| {
            let source = path(vm, "symlink", "src", args[0], PATH)?;
            let target = path(vm, "symlink", "dst", args[1], PATH)?;
            let dir = dir_fd(vm, args[3])?;
            let result = host_path::symlink(&source.path, dir, &target.path);
            done_with_two(vm, &source, &target, result)
        };
        /// Return a string representing the path to which the symbolic link points.
        readlink "($module, /, path, *, dir_fd=None)" => |vm, args| {
            let target = path(vm, "readlink", "path", args[0], PATH)?;
            let dir = dir_fd(vm, args[1])?;
            match host_path::readlink(dir, &target.path) {
                Ok(link) => Ok(target.name(vm, link.as_os_str())),
                Err(error) => Err(target.error(vm, &error)),
            }
        };
        /// Create a "fifo" (a POSIX named pipe).
        mkfifo "($module, /, path, mode=438, *, dir_fd=None)" => |vm, args| {
            let target = path(vm, "mkfifo", "path", args[0], PATH)?;
            let mode = c_int(vm, args[1])?.cast_unsigned();
            let dir = dir_fd(vm, args[2])?;
            let result = blocking_os(vm, || host_path::mkfifo(dir, &target.path, mode));
            result.map(|()| Value::NONE)
        };
        /// Create a node in the file system.
        ///
        /// Create a node in the file system (file, device special file or named pipe)
        /// at path.  mode specifies both the permissions to use and the
        /// type of node to be created, being combined (bitwise OR) with one of
        /// S_IFREG, S_IFCHR, S_IFBLK, and S_IFIFO.  If S_IFCHR or S_IFBLK is set on mode,
        /// device defines the newly created device special file (probably using
        /// os.makedev()).  Otherwise device is ignored.
        mknod "($module, /, path, mode=384, device=0, *, dir_fd=None)" => |vm, args| {
            let target = path(vm, "mknod", "path", args[0], PATH)?;
            let mode = c_int(vm, args[1])?.cast_unsigned();
            let device = vm.index_of(args[2])?.cast_unsigned();
            let dir = dir_fd(vm, args[3])?;
            let result = host_path::mknod(dir, &target.path, mode, device);
            os_result(vm, result).map(|()| Value::NONE)
        };
        /// Truncate a file, specified by path, to a specific length.
        ///
        /// On some platforms, path may also be specified as an open file descriptor.
        /// If this functionality is unavailable, using it raises an exception.
        truncate "($module, /, path, length)" => |vm, args| {
            let target = path(vm, "truncate", "path", args[0], PATH_OR_FD)?;
            let length = vm.index_of(args[1])?;
            let result = match target.fd {
                Some(fd) => file::ftruncate(fd, length),
                None => host_path::truncate(&target.path, length),
            };
            done(vm, &target, result)
        };
        /// Change the current working directory to the specified path.
        ///
        /// path may always be specified as a string.
        /// On some platforms, path may also be specified as an open file descriptor.
        /// If this functionality is unavailable, using it raises an exception.
        chdir "($module, /, path)" => |vm, args| {
            let target = path(vm, "chdir", "path", args[0], PATH_OR_FD)?;
            let result = match target.fd {
                Some(fd) => file::fchdir(fd),
                None => host_path::chdir(&target.path),
            };
            done(vm, &target, result)
        };
        /// Change root directory to path.
        chroot "($module, /, path)" => |vm, args| {
            let target = path(vm, "chroot", "path", args[0], PATH)?;
            let result = host_path::chroot(&target.path);
            done(vm, &target, result)
        };
        /// Return a unicode string representing the current working directory.
        getcwd "($module, /)" => |vm, _| {
            let directory = host_path::getcwd();
            let directory = os_result(vm, directory)?;
            Ok(vm.str_os(directory.as_os_str().as_bytes()))
        };
        /// Return a bytes string representing the current working directory.
        getcwdb "($module, /)" => |vm, _| {
            let directory = host_path::getcwd();
            let directory = os_result(vm, directory)?;
            Ok(vm.bytes(directory.as_os_str().as_bytes()))
        };
        /// Return a list containing the names of the files in the directory.
        ///
        /// path can be specified as either str, bytes, or a path-like object.  If path is bytes,
        ///   the filenames returned will also be bytes; in all other circumstances
        ///   the filenames returned will be str.
        /// If path is None, uses the path='.'.
        /// On some platforms, path may also be specified as an open file descriptor;\
        ///   the file descriptor must refer to a directory.
        ///   If this functionality is unavailable, using it raises NotImplementedError.
        ///
        /// The list is in arbitrary order.  It does not include the special
        /// entries '.' and '..' even if they are present in the directory.
        listdir "($module, /, path=None)" => directory::listdir;
        /// Return an iterator of DirEntry objects for given path.
        ///
        /// path can be specified as either str, bytes, or a path-like object.  If path
        /// is bytes, the names of yielded DirEntry objects will also be bytes; in
        /// all other circumstances they will be str.
        ///
        /// If path is None, uses the path='.'.
        scandir "($module, /, path=None)" => directory::scandir;
        /// Return the file system path representation of the object.
        ///
        /// If the object is str or bytes, then allow it to pass through as-is. If the
        /// object defines __fspath__(), then return the result of that method. All other
        /// types raise a TypeError.
        fspath "($module, /, path)" => |vm, args| fspath(vm, args[0]);
        /// Normalize path, eliminating double slashes, etc.
        _path_normpath "($module, /, path)" => |vm, args| {
            let path = fspath(vm, args[0])?;
            let bytes = path_text(vm, path, "normpath")?;
            let normal = normalize(&bytes);
            Ok(same_kind(vm, path, &normal))
        };
        /// Split a pathname into drive, root and tail.
        _path_splitroot_ex "($module, path, /)" => |vm, args| {
            let bytes = path_text(vm, args[0], "splitroot")?;
            let n_root = match &bytes[..] {
                [b'/', b'/', b'/', ..] => 1,
                [b'/', b'/', ..] => 2,
                [b'/', ..] => 1,
                _ => 0,
            };
            let parts = [&b""[..], &bytes[..n_root], &bytes[n_root..]].map(|part| same_kind(vm, args[0], part));
            Ok(vm.tuple(&parts))
        };
        /// Return the value of extended attribute attribute on path.
        getxattr "($module, /, path, attribute, *, follow_symlinks=True)" => |vm, args| {
            let target = path(vm, "getxattr", "path", args[0], PATH_OR_FD)?;
            let name = attribute_name(vm, "getxattr", args[1])?;
            let follows = follows(vm, "getxattr", &target, args[2])?;
            match host_path::getxattr(&fd_path(&target), &name, follows) {
                Ok(value) => Ok(vm.bytes(&value)),
                Err(error) => Err(target.error(vm, &error)),
            }
        };
        /// Set extended attribute attribute on path to value.
        setxattr "($module, /, path, attribute, value, flags=0, *, follow_symlinks=True)" => |vm, args| {
            let target = path(vm, "setxattr", "path", args[0], PATH_OR_FD)?;
            let name = attribute_name(vm, "setxattr", args[1])?;
            let value = vm.buffer_of(args[2])?.bytes().to_vec();
            let flags = c_int(vm, args[3])?;
            let follows = follows(vm, "setxattr", &target, args[4])?;
            let result = linux::setxattr(&fd_path(&target), &name, &value, flags, follows);
            done(vm, &target, result)
        };
        /// Remove extended attribute attribute on path.
        removexattr "($module, /, path, attribute, *, follow_symlinks=True)" => |vm, args| {
            let target = path(vm, "removexattr", "path", args[0], PATH_OR_FD)?;
            let name = attribute_name(vm, "removexattr", args[1])?;
            let follows = follows(vm, "removexattr", &target, args[2])?;
            let result = linux::removexattr(&fd_path(&target), &name, follows);
            done(vm, &target, result)
        };
        /// Return a list of extended attributes on path.
        listxattr "($module, /, path=None, *, follow_symlinks=True)" => |vm, args| {
            let target = path(vm, "listxattr", "path", args[0], Accepts { fd: true, none: true })?;
            let follows = follows(vm, "listxattr", &target, args[1])?;
            let names = match host_path::listxattr(&fd_path(&target), follows) {
                Ok(names) => names,
                Err(error) => return Err(target.error(vm, &error)),
            };
            let list = vm.new_list();
            for name in names {
                let name = vm.str_os(&name);
                list.push(&mut vm.heap, name);
            }
            Ok(list.value())
        };
        /// Return the configuration limit name for the file or directory path.
        ///
        /// If there is no limit, return -1.
        /// On some platforms, path may also be specified as an open file descriptor.
        ///   If this functionality is unavailable, using it raises an exception.
        pathconf "($module, /, path, name)" => |vm, args| {
            let target = path(vm, "pathconf", "path", args[0], PATH_OR_FD)?;
            let name = configuration_name(vm, args[1], config::PATHCONF_NAMES)?;
            let limit = match target.fd {
                Some(fd) => config::fpathconf(fd, name),
                None => config::pathconf(&target.path, name),
            };
            match limit {
                Ok(limit) => Ok(vm.int(limit)),
                Err(error) => Err(target.error(vm, &error)),
            }
        };
    }
}

fn unlink(vm: &mut Vm, function: &str, args: &[Value]) -> R {
    let target = path(vm, function, "path", args[0], PATH)?;
    let dir = dir_fd(vm, args[1])?;
    let result = host_path::unlink(dir, &target.path);
    done(vm, &target, result)
}

fn rename(vm: &mut Vm, function: &str, args: &[Value]) -> R {
    let source = path(vm, function, "src", args[0], PATH)?;
    let target = path(vm, function, "dst", args[1], PATH)?;
    let (from, to) = (dir_fd(vm, args[2])?, dir_fd(vm, args[3])?);
    let result = host_path::rename(from, &source.path, to, &target.path);
    done_with_two(vm, &source, &target, result)
}

/// None, or an OSError that names both paths.
fn done_with_two(
    vm: &mut Vm,
    first: &PathArgument,
    second: &PathArgument,
    result: std::io::Result<()>,
) -> R {
    let Err(error) = result else { return Ok(Value::NONE) };
    let Some(errno) = error.raw_os_error() else { return Err(first.error(vm, &error)) };
    let number = vm.int(i64::from(errno));
    let text = vm.str_lossy(&haft_host::process::strerror(errno));
    Err(vm.raise_with(vm.exc.os_error, &[number, text, first.object, Value::NONE, second.object]))
}

fn path_text(vm: &mut Vm, value: Value, function: &str) -> R<Vec<u8>> {
    if let Some(text) = vm.as_str(value) {
        return Ok(text.bytes().to_vec());
    }
    if vm.as_bytes(value).is_some() {
        return os_bytes(vm, value);
    }
    let class = vm.type_name(value);
    Err(vm.type_error(format!(
        "{function}: path should be string, bytes or os.PathLike, not {class}"
    )))
}

fn same_kind(vm: &mut Vm, like: Value, bytes: &[u8]) -> Value {
    if vm.as_bytes(like).is_some() { vm.bytes(bytes) } else { vm.str_wtf8(bytes) }
}

/// `os.path.normpath`: no empty parts, no `.`, and `..` resolved as far as names go.
fn normalize(path: &[u8]) -> Vec<u8> {
    if path.is_empty() {
        return b".".to_vec();
    }
    let n_root = match path {
        [b'/', b'/', b'/', ..] => 1,
        [b'/', b'/', ..] => 2,
        [b'/', ..] => 1,
        _ => 0,
    };
    let mut parts: Vec<&[u8]> = Vec::new();
    for part in path[n_root..].split(|&byte| byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." if parts.last().is_some_and(|last| *last != b"..") => {
                parts.pop();
            }
            b".." if n_root > 0 => {}
            _ => parts.push(part),
        }
    }
    let normal = [&path[..n_root], &parts.join(&b'/')].concat();
    if normal.is_empty() { b".".to_vec() } else { normal }
}

fn attribute_name(vm: &mut Vm, function: &str, value: Value) -> R<Vec<u8>> {
    let name = path(vm, function, "attribute", value, PATH)?;
    Ok(name.path.as_os_str().as_bytes().to_vec())
}

fn follows(vm: &mut Vm, function: &str, target: &PathArgument, value: Value) -> R<Follow> {
    let follows = vm.truth(value)?;
    if target.fd.is_some() && !follows {
        return Err(
            vm.value_error(format!("{function}: cannot use fd and follow_symlinks together"))
        );
    }
    Ok(follow(follows))
}

/// A path for what was given as a descriptor.
fn fd_path(target: &PathArgument) -> std::path::PathBuf {
    match target.fd {
        Some(fd) => format!("/proc/self/fd/{fd}").into(),
        None => target.path.clone(),
    }
}

/// The number of a name of `sysconf` and the like, given as a number or as a str.
pub(super) fn configuration_name(vm: &mut Vm, value: Value, names: &[(&str, i32)]) -> R<i32> {
    if let Some(text) = vm.as_str(value) {
        let found = names.iter().find(|row| row.0.as_bytes() == text.bytes());
        return match found {
            Some(row) => Ok(row.1),
            None => Err(vm.value_error("unrecognized configuration name")),
        };
    }
    if !vm.is_int(value) && vm.type_of(value).slots.index.get().is_none() {
        return Err(vm.type_error("configuration names must be strings or integers"));
    }
    c_int(vm, value)
}

/// The bytes of a name for C, e.g. of `memfd_create`.
pub(super) fn c_name(vm: &mut Vm, value: Value) -> R<Vec<u8>> {
    fs_bytes(vm, value)
}

/// Flags of a call, an unsigned number.
pub(super) fn flags(vm: &mut Vm, value: Value) -> R<u32> {
    c_uint(vm, value)
}
