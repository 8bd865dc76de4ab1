//! `stat` and its relatives.
use haft_builtins::structseq::new_struct_sequence;
use haft_core::{R, Value, Vm, natives};
use haft_host::path::{AccessFlags, SetTime};
use haft_host::stat::{Follow, Stat, StatVfs};
use haft_host::{path as host_path, stat};

use super::argument::{PATH, PATH_OR_FD, PathArgument, c_int, dir_fd, id, path};
use super::state;
use crate::blocking::os_result;

natives! {
    pub(super) static FUNCTIONS = {
        /// Perform a stat system call on the given path.
        ///
        ///   path
        ///     Path to be examined; can be string, bytes, a path-like object or
        ///     open-file-descriptor int.
        ///   dir_fd
        ///     If not None, it should be a file descriptor open to a directory,
        ///     and path should be a relative string; path will then be relative to
        ///     that directory.
        ///   follow_symlinks
        ///     If False, and the last element of the path is a symbolic link,
        ///     stat will examine the symbolic link itself instead of the file
        ///     the link points to.
        stat "($module, /, path, *, dir_fd=None, follow_symlinks=True)" => |vm, args| {
            let target = path(vm, "stat", "path", args[0], PATH_OR_FD)?;
            let follow = vm.truth(args[2])?;
            stat_target(vm, "stat", &target, args[1], follow)
        };
        /// Perform a stat system call on the given path, without following symbolic links.
        ///
        /// Like stat(), but do not follow symbolic links.
        /// Equivalent to stat(path, follow_symlinks=False).
        lstat "($module, /, path, *, dir_fd=None)" => |vm, args| {
            let target = path(vm, "lstat", "path", args[0], PATH)?;
            stat_target(vm, "lstat", &target, args[1], false)
        };
        /// Perform a stat system call on the given file descriptor.
        ///
        /// Like stat(), but for an open file descriptor.
        /// Equivalent to os.stat(fd).
        fstat "($module, /, fd)" => |vm, args| {
            let fd = c_int(vm, args[0])?;
            let status = stat::fstat(fd);
            let status = os_result(vm, status)?;
            Ok(stat_value(vm, &status))
        };
        /// Perform a statvfs system call on the given path.
        ///
        /// path may always be specified as a string.
        /// On some platforms, path may also be specified as an open file descriptor.
        statvfs "($module, /, path)" => |vm, args| {
            let target = path(vm, "statvfs", "path", args[0], PATH_OR_FD)?;
            let status = match target.fd {
                Some(fd) => stat::fstatvfs(fd),
                None => stat::statvfs(&target.path),
            };
            match status {
                Ok(status) => Ok(statvfs_value(vm, &status)),
                Err(error) => Err(target.error(vm, &error)),
            }
        };
        /// Perform an fstatvfs system call on the given fd.
        ///
        /// Equivalent to statvfs(fd).
        fstatvfs "($module, fd, /)" => |vm, args| {
            let fd = c_int(vm, args[0])?;
            let status = stat::fstatvfs(fd);
            let status = os_result(vm, status)?;
            Ok(statvfs_value(vm, &status))
        };
        /// Use the real uid/gid to test for access to a path.
        ///
        ///   path
        ///     Path to be tested; can be string, bytes, or a path-like object.
        ///   mode
        ///     Operating-system mode bitfield.  Can be F_OK to test existence,
        ///     or the inclusive-OR of R_OK, W_OK, and X_OK.
        ///   dir_fd
        ///     If not None, it should be a file descriptor open to a directory,
        ///     and path should be relative; path will then be relative to that
        ///     directory.
        ///   effective_ids
        ///     If True, access will use the effective uid/gid instead of
        ///     the real uid/gid.
        ///   follow_symlinks
        ///     If False, and the last element of the path is a symbolic link,
        ///     access will examine the symbolic link itself instead of the file
        ///     the link points to.
        access "($module, /, path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)" => |vm, args| {
            let target = path(vm, "access", "path", args[0], PATH)?;
            let mode = c_int(vm, args[1])?;
            let dir = dir_fd(vm, args[2])?;
            let flags = AccessFlags { effective_ids: vm.truth(args[3])?, no_follow: !vm.truth(args[4])? };
            let granted = host_path::access(dir, &target.path, mode, flags).unwrap_or(false);
            Ok(Value::bool(granted))
        };
        /// Change the access permissions of a file.
        ///
        ///   path
        ///     Path to be modified.  May always be specified as a str, bytes, or a path-like object.
        ///     On some platforms, path may also be specified as an open file descriptor.
        ///     If this functionality is unavailable, using it raises an exception.
        ///   mode
        ///     Operating-system mode bitfield.
        chmod "($module, /, path, mode, *, dir_fd=None, follow_symlinks=True)" => chmod;
        /// Change the access permissions of the file given by file descriptor fd.
        fchmod "($module, /, fd, mode)" => |vm, args| {
            let (fd, mode) = (c_int(vm, args[0])?, c_int(vm, args[1])?);
            let result = haft_host::file::fchmod(fd, mode.cast_unsigned());
            os_result(vm, result)?;
            Ok(Value::NONE)
        };
        /// Change the owner and group id of path to the numeric uid and gid.
        chown "($module, /, path, uid, gid, *, dir_fd=None, follow_symlinks=True)" => chown;
        /// Change the owner and group id of the file specified by file descriptor.
        ///
        /// Equivalent to os.chown(fd, uid, gid).
        fchown "($module, /, fd, uid, gid)" => |vm, args| {
            let fd = c_int(vm, args[0])?;
            let (uid, gid) = (id(vm, args[1], "uid")?, id(vm, args[2], "gid")?);
            let result = haft_host::file::fchown(fd, uid, gid);
            os_result(vm, result)?;
            Ok(Value::NONE)
        };
        /// Change the owner and group id of path to the numeric uid and gid.
        ///
        /// This function will not follow symbolic links.
        /// Equivalent to os.chown(path, uid, gid, follow_symlinks=False).
        lchown "($module, /, path, uid, gid)" => |vm, args| {
            let target = path(vm, "lchown", "path", args[0], PATH)?;
            let (uid, gid) = (id(vm, args[1], "uid")?, id(vm, args[2], "gid")?);
            let result = host_path::chown(None, &target.path, uid, gid, Follow::Nothing);
            done(vm, &target, result)
        };
        /// Set the access and modified time of path.
        utime "($module, /, path, times=None, *, ns=<absent>, dir_fd=None, follow_symlinks=True)" => utime;
    }
}

/// None, or an OSError that names the path.
pub(super) fn done(vm: &mut Vm, target: &PathArgument, result: std::io::Result<()>) -> R {
    match result {
        Ok(()) => Ok(Value::NONE),
        Err(error) => Err(target.error(vm, &error)),
    }
}

pub(super) fn follow(follow: bool) -> Follow {
    if follow { Follow::Link } else { Follow::Nothing }
}

fn stat_target(vm: &mut Vm, function: &str, target: &PathArgument, dir: Value, follows: bool) -> R {
    check_combination(vm, function, target, dir, follows)?;
    let dir = dir_fd(vm, dir)?;
    let status = match target.fd {
        Some(fd) => stat::fstat(fd),
        None => stat::stat(dir, &target.path, follow(follows)),
    };
    match status {
        Ok(status) => Ok(stat_value(vm, &status)),
        Err(error) => Err(target.error(vm, &error)),
    }
}

/// ValueError for arguments that exclude each other.
fn check_combination(
    vm: &mut Vm,
    function: &str,
    target: &PathArgument,
    dir: Value,
    follows: bool,
) -> R<()> {
    if target.fd.is_none() {
        return Ok(());
    }
    if !dir.is_none() {
        return Err(
            vm.value_error(format!("{function}: can't specify dir_fd without matching path"))
        );
    }
    if !follows {
        return Err(
            vm.value_error(format!("{function}: cannot use fd and follow_symlinks together"))
        );
    }
    Ok(())
}

/// A `stat_result`.
pub(super) fn stat_value(vm: &mut Vm, status: &Stat) -> Value {
    const SECOND: i128 = 1_000_000_000;
    let times = [status.atime_ns, status.mtime_ns, status.ctime_ns];
    let numbers = [
        vm.int(i64::from(status.mode)),
        vm.int_u64(status.ino),
        vm.int_u64(status.dev),
        vm.int_u64(status.nlink),
        vm.int(i64::from(status.uid)),
        vm.int(i64::from(status.gid)),
        vm.int(status.size),
    ];
    let seconds = times.map(|time| vm.int_i128(time.div_euclid(SECOND)));
    let floats = times.map(|time| {
        let (whole, rest) = (time.div_euclid(SECOND), time.rem_euclid(SECOND));
        vm.float(whole as f64 + 1e-9 * rest as f64)
    });
    let nanoseconds = times.map(|time| vm.int_i128(time));
    let rest = [vm.int(status.blksize), vm.int(status.blocks), vm.int_u64(status.rdev)];
    let mut values = [Value::NONE; 19];
    values[..7].copy_from_slice(&numbers);
    values[7..10].copy_from_slice(&seconds);
    values[10..13].copy_from_slice(&floats);
    values[13..16].copy_from_slice(&nanoseconds);
    values[16..].copy_from_slice(&rest);
    let class = state::types(vm).stat_result;
    new_struct_sequence(vm, class, &values)
}

fn statvfs_value(vm: &mut Vm, status: &StatVfs) -> Value {
    let numbers = [
        status.bsize,
        status.frsize,
        status.blocks,
        status.bfree,
        status.bavail,
        status.files,
        status.ffree,
        status.favail,
        status.flag,
        status.namemax,
        status.fsid,
    ];
    let values = numbers.map(|number| vm.int_u64(number));
    let class = state::types(vm).statvfs_result;
    new_struct_sequence(vm, class, &values)
}

fn chmod(vm: &mut Vm, args: &[Value]) -> R {
    let target = path(vm, "chmod", "path", args[0], PATH_OR_FD)?;
    let mode = c_int(vm, args[1])?.cast_unsigned();
    let dir = dir_fd(vm, args[2])?;
    let follows = vm.truth(args[3])?;
    if !follows && target.fd.is_none() {
        // Linux has no permissions of links; CPython says so before trying.
        let text = "chmod: follow_symlinks unavailable on this platform";
        return Err(vm.not_implemented_error(text));
    }
    let result = match target.fd {
        Some(fd) => haft_host::file::fchmod(fd, mode),
        None => host_path::chmod(dir, &target.path, mode, Follow::Link),
    };
    done(vm, &target, result)
}

fn chown(vm: &mut Vm, args: &[Value]) -> R {
    let target = path(vm, "chown", "path", args[0], PATH_OR_FD)?;
    let (uid, gid) = (id(vm, args[1], "uid")?, id(vm, args[2], "gid")?);
    let follows = vm.truth(args[4])?;
    check_combination(vm, "chown", &target, args[3], follows)?;
    let dir = dir_fd(vm, args[3])?;
    let result = match target.fd {
        Some(fd) => haft_host::file::fchown(fd, uid, gid),
        None => host_path::chown(dir, &target.path, uid, gid, follow(follows)),
    };
    done(vm, &target, result)
}

fn utime(vm: &mut Vm, args: &[Value]) -> R {
    let target = path(vm, "utime", "path", args[0], PATH_OR_FD)?;
    let (times, ns) = (args[1], args[2]);
    if !times.is_none() && !ns.is_absent() {
        return Err(vm.value_error("utime: you may specify either 'times' or 'ns' but not both"));
    }
    let [accessed, modified] = if !times.is_none() {
        let Some(&[accessed, modified]) = vm.as_tuple(times).map(haft_core::object::Tuple::items)
        else {
            return Err(vm.type_error("utime: 'times' must be either a tuple of two ints or None"));
        };
        [seconds_argument(vm, accessed)?, seconds_argument(vm, modified)?]
    } else if !ns.is_absent() {
        let Some(&[accessed, modified]) = vm.as_tuple(ns).map(haft_core::object::Tuple::items)
        else {
            return Err(vm.type_error("utime: 'ns' must be a tuple of two ints"));
        };
        [nanoseconds_argument(vm, accessed)?, nanoseconds_argument(vm, modified)?]
    } else {
        [SetTime::Now; 2]
    };
    let follows = vm.truth(args[4])?;
    check_combination(vm, "utime", &target, args[3], follows)?;
    let dir = dir_fd(vm, args[3])?;
    let result = match target.fd {
        Some(fd) => host_path::futime(fd, accessed, modified),
        None => host_path::utime(dir, &target.path, accessed, modified, follow(follows)),
    };
    done(vm, &target, result)
}

fn seconds_argument(vm: &mut Vm, value: Value) -> R<SetTime> {
    if let Some(number) = vm.as_float(value) {
        if number.is_nan() {
            return Err(vm.value_error("Invalid value NaN (not a number)"));
        }
        let (whole, rest) = (number.floor(), number - number.floor());
        let nanoseconds = (rest * 1e9).floor() as i64;
        if !(-9.2e18..9.2e18).contains(&whole) {
            return Err(vm.overflow_error("timestamp out of range for platform time_t"));
        }
        return Ok(SetTime::At { seconds: whole as i64, nanoseconds });
    }
    let seconds = crate::time::convert::whole_seconds(vm, value)?;
    Ok(SetTime::At { seconds, nanoseconds: 0 })
}

fn nanoseconds_argument(vm: &mut Vm, value: Value) -> R<SetTime> {
    if !vm.is_int(value) {
        let class = vm.type_name(value);
        return Err(vm.type_error(format!("'{class}' object cannot be interpreted as an integer")));
    }
    let Some(number) = vm.as_big(value).and_then(|big| i128::try_from(&big).ok()) else {
        return Err(vm.overflow_error("timestamp out of range for platform time_t"));
    };
    const SECOND: i128 = 1_000_000_000;
    match i64::try_from(number.div_euclid(SECOND)) {
        Ok(seconds) => Ok(SetTime::At { seconds, nanoseconds: number.rem_euclid(SECOND) as i64 }),
        Err(_) => Err(vm.overflow_error("timestamp out of range for platform time_t")),
    }
}
