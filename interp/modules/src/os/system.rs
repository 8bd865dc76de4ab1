//! The process and the system it runs on: ids, limits, scheduling, environment, random bytes.
use std::ffi::OsStr;
use std::io;
use std::os::unix::ffi::OsStrExt;

use haft_builtins::structseq::{new_struct_sequence, struct_sequence_field};
use haft_core::{R, Value, Vm, natives};
use haft_host::constants as c;
use haft_host::{account, config, environment, file, linux, process, random};

use super::argument::{c_int, c_uint, fs_bytes, id, id_value};
use super::descriptor::fd_result;
use super::{names, state};
use crate::blocking::{blocking_os, os_result};
use crate::time::convert::{self, Rounding};

natives! {
    pub(super) static ID_FUNCTIONS = {
        /// Return the current process id.
        getpid "($module, /)" => |vm, _| Ok(vm.int(i64::from(process::getpid())));
        /// Return the parent's process id.
        ///
        /// If the parent process has already exited, Windows machines will still
        /// return its id; others systems will return the id of the 'init' process (1).
        getppid "($module, /)" => |vm, _| Ok(vm.int(i64::from(process::getppid())));
        /// Return the current process's user id.
        getuid "($module, /)" => |vm, _| Ok(id_value(vm, process::getuid()));
        /// Return the current process's effective user id.
        geteuid "($module, /)" => |vm, _| Ok(id_value(vm, process::geteuid()));
        /// Return the current process's group id.
        getgid "($module, /)" => |vm, _| Ok(id_value(vm, process::getgid()));
        /// Return the current process's effective group id.
        getegid "($module, /)" => |vm, _| Ok(id_value(vm, process::getegid()));
        /// Return a tuple of the current process's real, effective, and saved user ids.
        getresuid "($module, /)" => |vm, _| {
            let ids = linux::getresuid();
            three_ids(vm, ids)
        };
        /// Return a tuple of the current process's real, effective, and saved group ids.
        getresgid "($module, /)" => |vm, _| {
            let ids = linux::getresgid();
            three_ids(vm, ids)
        };
        /// Set the current process's user id.
        setuid "($module, uid, /)" => |vm, args| {
            let uid = id(vm, args[0], "uid")?;
            none(vm, process::setuid(uid))
        };
        /// Set the current process's effective user id.
        seteuid "($module, euid, /)" => |vm, args| {
            let uid = id(vm, args[0], "uid")?;
            none(vm, process::seteuid(uid))
        };
        /// Set the current process's group id.
        setgid "($module, gid, /)" => |vm, args| {
            let gid = id(vm, args[0], "gid")?;
            none(vm, process::setgid(gid))
        };
        /// Set the current process's effective group id.
        setegid "($module, egid, /)" => |vm, args| {
            let gid = id(vm, args[0], "gid")?;
            none(vm, process::setegid(gid))
        };
        /// Set the current process's real and effective user ids.
        setreuid "($module, ruid, euid, /)" => |vm, args| {
            let (real, effective) = (id(vm, args[0], "uid")?, id(vm, args[1], "uid")?);
            none(vm, process::setreuid(real, effective))
        };
        /// Set the current process's real and effective group ids.
        setregid "($module, rgid, egid, /)" => |vm, args| {
            let (real, effective) = (id(vm, args[0], "gid")?, id(vm, args[1], "gid")?);
            none(vm, process::setregid(real, effective))
        };
        /// Set the current process's real, effective, and saved user ids.
        setresuid "($module, ruid, euid, suid, /)" => |vm, args| {
            let (real, effective, saved) = (id(vm, args[0], "uid")?, id(vm, args[1], "uid")?, id(vm, args[2], "uid")?);
            none(vm, linux::setresuid(real, effective, saved))
        };
        /// Set the current process's real, effective, and saved group ids.
        setresgid "($module, rgid, egid, sgid, /)" => |vm, args| {
            let (real, effective, saved) = (id(vm, args[0], "gid")?, id(vm, args[1], "gid")?, id(vm, args[2], "gid")?);
            none(vm, linux::setresgid(real, effective, saved))
        };
        /// Return list of supplemental group IDs for the process.
        getgroups "($module, /)" => |vm, _| {
            let groups = process::getgroups();
            id_list(vm, groups)
        };
        /// Set the groups of the current process to list.
        setgroups "($module, groups, /)" => |vm, args| {
            if vm.type_of(args[0]).slots.getitem.get().is_none() || vm.as_dict(args[0]).is_some() {
                return Err(vm.type_error("setgroups argument must be a sequence"));
            }
            let mut groups = Vec::new();
            vm.for_each(args[0], |vm, group| {
                if !vm.is_int(group) {
                    return Err(vm.type_error("groups must be integers"));
                }
                groups.push(id(vm, group, "gid")?);
                Ok(())
            })?;
            if groups.len() > 65536 {
                return Err(vm.value_error("too many groups"));
            }
            none(vm, process::setgroups(&groups))
        };
        /// Returns a list of groups to which a user belongs.
        ///
        ///   user
        ///     username to lookup
        ///   group
        ///     base group id of the user
        getgrouplist "($module, user, group, /)" => |vm, args| {
            let user = vm.text_of(args[0], "getgrouplist() argument 1")?;
            let group = id(vm, args[1], "gid")?;
            let groups = account::group_list(user.as_bytes(), group);
            id_list(vm, groups)
        };
        /// Initialize the group access list.
        ///
        /// Call the system initgroups() to initialize the group access list with all of
        /// the groups of which the specified username is a member, plus the specified
        /// group id.
        initgroups "($module, username, gid, /)" => |vm, args| {
            let user = fs_bytes(vm, args[0])?;
            let group = id(vm, args[1], "gid")?;
            none(vm, account::initgroups(&user, group))
        };
        /// Return the actual login name.
        getlogin "($module, /)" => |vm, _| {
            let name = process::getlogin();
            let name = os_result(vm, name)?;
            Ok(vm.str_os(&name))
        };
        /// Call the system call getpgid(), and return the result.
        getpgid "($module, /, pid)" => |vm, args| {
            let pid = c_int(vm, args[0])?;
            fd_result(vm, process::getpgid(pid))
        };
        /// Return the current process group id.
        getpgrp "($module, /)" => |vm, _| Ok(vm.int(i64::from(process::getpgrp())));
        /// Call the system call setpgid(pid, pgrp).
        setpgid "($module, pid, pgrp, /)" => |vm, args| {
            let (pid, group) = (c_int(vm, args[0])?, c_int(vm, args[1])?);
            none(vm, process::setpgid(pid, group))
        };
        /// Make the current process the leader of its process group.
        setpgrp "($module, /)" => |vm, _| none(vm, process::setpgid(0, 0));
        /// Call the system call getsid(pid) and return the result.
        getsid "($module, pid, /)" => |vm, args| {
            let pid = c_int(vm, args[0])?;
            fd_result(vm, process::getsid(pid))
        };
        /// Call the system call setsid().
        setsid "($module, /)" => |vm, _| none(vm, process::setsid().map(drop));
        /// Return the process group associated with the terminal specified by fd.
        tcgetpgrp "($module, fd, /)" => |vm, args| {
            let fd = c_int(vm, args[0])?;
            fd_result(vm, process::tcgetpgrp(fd))
        };
        /// Set the process group associated with the terminal specified by fd.
        tcsetpgrp "($module, fd, pgid, /)" => |vm, args| {
            let (fd, group) = (c_int(vm, args[0])?, c_int(vm, args[1])?);
            none(vm, process::tcsetpgrp(fd, group))
        };
        /// Return program scheduling priority.
        getpriority "($module, /, which, who)" => |vm, args| {
            let (which, who) = (c_int(vm, args[0])?, c_int(vm, args[1])?);
            fd_result(vm, process::getpriority(which.cast_unsigned(), who.cast_unsigned()))
        };
        /// Set program scheduling priority.
        setpriority "($module, /, which, who, priority)" => |vm, args| {
            let (which, who, priority) = (c_int(vm, args[0])?, c_int(vm, args[1])?, c_int(vm, args[2])?);
            none(vm, process::setpriority(which.cast_unsigned(), who.cast_unsigned(), priority))
        };
        /// Add increment to the priority of process and return the new priority.
        nice "($module, increment, /)" => |vm, args| {
            let increment = c_int(vm, args[0])?;
            fd_result(vm, process::nice(increment))
        };
    }
    pub(super) static FUNCTIONS = {
        /// Set the current numeric umask and return the previous umask.
        umask "($module, mask, /)" => |vm, args| {
            let mask = c_int(vm, args[0])?;
            Ok(vm.int(i64::from(process::umask(mask.cast_unsigned()))))
        };
        /// Translate an error code to a message string.
        strerror "($module, code, /)" => |vm, args| {
            let code = c_int(vm, args[0])?;
            Ok(vm.str_lossy(&process::strerror(code)))
        };
        /// Return an object identifying the current operating system.
        ///
        /// The object behaves like a named tuple with the following fields:
        ///   (sysname, nodename, release, version, machine)
        uname "($module, /)" => |vm, _| {
            let parts = process::uname();
            let parts = os_result(vm, parts)?;
            let list = vm.new_list();
            for part in &parts {
                let part = vm.str_os(part);
                list.push(&mut vm.heap, part);
            }
            let class = state::types(vm).uname_result;
            Ok(new_struct_sequence(vm, class, list.items()))
        };
        /// Return a collection containing process timing information.
        ///
        /// The object returned behaves like a named tuple with these fields:
        ///   (utime, stime, cutime, cstime, elapsed_time)
        /// All fields are floating-point numbers.
        times "($module, /)" => |vm, _| {
            let times = process::times();
            let times = os_result(vm, times)?;
            let ticks = config::sysconf(c::_SC_CLK_TCK).unwrap_or(100) as f64;
            let values = times.map(|time| vm.float(time as f64 / ticks));
            let class = state::types(vm).times_result;
            Ok(new_struct_sequence(vm, class, &values))
        };
        /// Return the number of logical CPUs in the system.
        ///
        /// Return None if indeterminable.
        cpu_count "($module, /)" => |vm, _| Ok(cpu_count(vm).map_or(Value::NONE, |count| vm.int(count)));
        /// Return average recent system load information.
        ///
        /// Return the number of processes in the system run queue averaged over
        /// the last 1, 5, and 15 minutes as a tuple of three floats.
        /// Raises OSError if the load average was unobtainable.
        getloadavg "($module, /)" => |vm, _| {
            let Ok(averages) = process::getloadavg() else {
                return Err(vm.raise(vm.exc.os_error, "Load averages are unobtainable"));
            };
            let values = averages.map(|average| vm.float(average));
            Ok(vm.tuple(&values))
        };
        /// Return an integer-valued system configuration variable.
        sysconf "($module, name, /)" => |vm, args| {
            let name = names::configuration_name(vm, args[0], config::SYSCONF_NAMES)?;
            let value = config::sysconf(name);
            let value = os_result(vm, value)?;
            Ok(vm.int(value))
        };
        /// Return a string-valued system configuration variable.
        confstr "($module, name, /)" => |vm, args| {
            let name = names::configuration_name(vm, args[0], config::CONFSTR_NAMES)?;
            let value = config::confstr(name);
            Ok(match os_result(vm, value)? {
                Some(text) => vm.str_os(&text),
                None => Value::NONE,
            })
        };
        /// Return a bytes object containing random bytes suitable for cryptographic use.
        urandom "($module, size, /)" => |vm, args| {
            let size = vm.index_of(args[0])?;
            let Ok(size) = usize::try_from(size) else {
                return Err(vm.value_error("negative argument not allowed"));
            };
            let mut bytes = vec![0; size];
            let result = random::urandom(&mut bytes);
            os_result(vm, result)?;
            Ok(vm.bytes(&bytes))
        };
        /// Obtain a series of random bytes.
        getrandom "($module, /, size, flags=0)" => |vm, args| {
            let (size, flags) = (vm.index_of(args[0])?, c_int(vm, args[1])?);
            let Ok(size) = usize::try_from(size) else {
                return Err(vm.os_error(&io::Error::from_raw_os_error(c::EINVAL)));
            };
            let mut bytes = vec![0; size];
            let n = blocking_os(vm, || random::getrandom(&mut bytes, flags.cast_unsigned()))?;
            Ok(vm.bytes(&bytes[..n]))
        };
        /// Change or add an environment variable.
        putenv "($module, name, value, /)" => |vm, args| {
            let (name, value) = (fs_bytes(vm, args[0])?, fs_bytes(vm, args[1])?);
            if name.contains(&b'=') {
                return Err(vm.value_error("illegal environment variable name"));
            }
            none(vm, environment::set(OsStr::from_bytes(&name), OsStr::from_bytes(&value)))
        };
        /// Delete an environment variable.
        unsetenv "($module, name, /)" => |vm, args| {
            let name = fs_bytes(vm, args[0])?;
            none(vm, environment::unset(OsStr::from_bytes(&name)))
        };
        /// Create the environment dictionary.
        _create_environ "($module, /)" => |vm, _| environ(vm);
        /// Force write of everything to disk.
        sync "($module, /)" => |vm, _| {
            vm.without_gil(process::sync);
            Ok(Value::NONE)
        };
        /// Extracts a raw device major number from a raw device number.
        major "($module, device, /)" => |vm, args| {
            let device = vm.index_of(args[0])?;
            Ok(vm.int(i64::from(linux::device_parts(device.cast_unsigned()).0)))
        };
        /// Extracts a raw device minor number from a raw device number.
        minor "($module, device, /)" => |vm, args| {
            let device = vm.index_of(args[0])?;
            Ok(vm.int(i64::from(linux::device_parts(device.cast_unsigned()).1)))
        };
        /// Composes a raw device number from the major and minor device numbers.
        makedev "($module, major, minor, /)" => |vm, args| {
            let (major, minor) = (c_uint(vm, args[0])?, c_uint(vm, args[1])?);
            Ok(vm.int_u64(linux::makedev(major, minor)))
        };
        _inputhook "($module, /)" => |_, _| Ok(Value::NONE);
        _is_inputhook_installed "($module, /)" => |_, _| Ok(Value::FALSE);
    }
    pub(super) static SCHEDULING_FUNCTIONS = {
        /// Voluntarily relinquish the CPU.
        sched_yield "($module, /)" => |vm, _| {
            let result = vm.without_gil(process::sched_yield);
            none(vm, result)
        };
        /// Get the maximum scheduling priority for policy.
        sched_get_priority_max "($module, /, policy)" => |vm, args| {
            let policy = c_int(vm, args[0])?;
            fd_result(vm, linux::sched_get_priority_max(policy))
        };
        /// Get the minimum scheduling priority for policy.
        sched_get_priority_min "($module, /, policy)" => |vm, args| {
            let policy = c_int(vm, args[0])?;
            fd_result(vm, linux::sched_get_priority_min(policy))
        };
        /// Get the scheduling policy for the process identified by pid.
        ///
        /// Passing 0 for pid returns the scheduling policy for the calling process.
        sched_getscheduler "($module, pid, /)" => |vm, args| {
            let pid = c_int(vm, args[0])?;
            fd_result(vm, linux::sched_getscheduler(pid))
        };
        /// Set the scheduling policy for the process identified by pid.
        ///
        /// If pid is 0, the calling process is changed.
        /// param is an instance of sched_param.
        sched_setscheduler "($module, pid, policy, param, /)" => |vm, args| {
            let (pid, policy) = (c_int(vm, args[0])?, c_int(vm, args[1])?);
            let priority = priority_argument(vm, args[2])?;
            none(vm, linux::sched_setscheduler(pid, policy, priority))
        };
        /// Returns scheduling parameters for the process identified by pid.
        ///
        /// If pid is 0, returns parameters for the calling process.
        /// Return value is an instance of sched_param.
        sched_getparam "($module, pid, /)" => |vm, args| {
            let pid = c_int(vm, args[0])?;
            let priority = linux::sched_getparam(pid);
            let priority = os_result(vm, priority)?;
            let class = state::types(vm).sched_param;
            let value = vm.int(i64::from(priority));
            Ok(new_struct_sequence(vm, class, &[value]))
        };
        /// Set scheduling parameters for the process identified by pid.
        ///
        /// If pid is 0, sets parameters for the calling process.
        /// param should be an instance of sched_param.
        sched_setparam "($module, pid, param, /)" => |vm, args| {
            let pid = c_int(vm, args[0])?;
            let priority = priority_argument(vm, args[1])?;
            none(vm, linux::sched_setparam(pid, priority))
        };
        /// Return the round-robin quantum for the process identified by pid, in seconds.
        ///
        /// Value returned is a float.
        sched_rr_get_interval "($module, pid, /)" => |vm, args| {
            let pid = c_int(vm, args[0])?;
            let interval = linux::sched_rr_get_interval(pid);
            let interval = os_result(vm, interval)?;
            Ok(vm.float(convert::seconds(interval)))
        };
        /// Return the affinity of the process identified by pid (or the current process if zero).
        ///
        /// The affinity is returned as a set of CPU identifiers.
        sched_getaffinity "($module, pid, /)" => |vm, args| {
            let pid = c_int(vm, args[0])?;
            let cpus = process::affinity(pid);
            let cpus = os_result(vm, cpus)?;
            let set = vm.set();
            for cpu in cpus {
                let cpu = vm.int_usize(cpu);
                vm.set_add(set, cpu)?;
            }
            Ok(set.value())
        };
        /// Set the CPU affinity of the process identified by pid to mask.
        ///
        ///   pid
        ///     The process identifier, or 0 for the calling process.
        ///   mask
        ///     An iterable of integers identifying CPUs.
        sched_setaffinity "($module, pid, mask, /)" => |vm, args| {
            let pid = c_int(vm, args[0])?;
            let mut cpus = Vec::new();
            vm.for_each(args[1], |vm, cpu| {
                if !vm.is_int(cpu) {
                    let class = vm.type_name(cpu);
                    return Err(vm.type_error(format!("expected an iterator of ints, but iterator yielded <class '{class}'>")));
                }
                let cpu = vm.index_of(cpu)?;
                match usize::try_from(cpu) {
                    Ok(cpu) => cpus.push(cpu),
                    Err(_) => return Err(vm.value_error("negative CPU number")),
                }
                Ok(())
            })?;
            none(vm, process::set_affinity(pid, &cpus))
        };
        /// Move the calling thread into different namespaces.
        ///
        ///   fd
        ///     A file descriptor to a namespace.
        ///   nstype
        ///     Type of namespace.
        setns "($module, /, fd, nstype=0)" => |vm, args| {
            let (fd, kind) = (crate::io::descriptor_of(vm, args[0])?, c_int(vm, args[1])?);
            none(vm, linux::setns(fd, kind))
        };
        /// Disassociate parts of a process (or thread) execution context.
        ///
        ///   flags
        ///     Namespaces to be unshared.
        unshare "($module, /, flags)" => |vm, args| {
            let flags = c_int(vm, args[0])?;
            none(vm, linux::unshare(flags))
        };
        memfd_create "($module, /, name, flags=1)" => |vm, args| {
            let name = names::c_name(vm, args[0])?;
            let flags = c_int(vm, args[1])?;
            fd_result(vm, linux::memfd_create(&name, flags.cast_unsigned()))
        };
        /// Creates and returns an event notification file descriptor.
        eventfd "($module, /, initval, flags=524288)" => |vm, args| {
            let (initial, flags) = (c_uint(vm, args[0])?, c_int(vm, args[1])?);
            fd_result(vm, linux::eventfd(initial, flags))
        };
        /// Read eventfd value
        eventfd_read "($module, /, fd)" => |vm, args| {
            let fd = crate::io::descriptor_of(vm, args[0])?;
            let mut bytes = [0; 8];
            blocking_os(vm, || file::read(fd, &mut bytes))?;
            Ok(vm.int_u64(u64::from_ne_bytes(bytes)))
        };
        /// Write eventfd value.
        eventfd_write "($module, /, fd, value)" => |vm, args| {
            let fd = crate::io::descriptor_of(vm, args[0])?;
            let value = vm.index_value(args[1])?;
            let Some(value) = vm.as_big(value).and_then(|big| u64::try_from(&big).ok()) else {
                return Err(vm.overflow_error("Python int too large to convert to C unsigned long long"));
            };
            let bytes = value.to_ne_bytes();
            blocking_os(vm, || file::write(fd, &bytes))?;
            Ok(Value::NONE)
        };
        /// Create and return a timer file descriptor.
        ///
        ///   clockid
        ///     A valid clock ID constant as timer file descriptor.
        ///   flags
        ///     0 or a bit mask of os.TFD_NONBLOCK or os.TFD_CLOEXEC.
        timerfd_create "($module, clockid, /, *, flags=524288)" => |vm, args| {
            let (clock, flags) = (c_int(vm, args[0])?, c_int(vm, args[1])?);
            fd_result(vm, linux::timerfd_create(clock, flags))
        };
        /// Return a tuple of a timer file descriptor's (interval, next expiration) in float seconds.
        timerfd_gettime "($module, fd, /)" => |vm, args| {
            let fd = crate::io::descriptor_of(vm, args[0])?;
            timer_seconds(vm, linux::timerfd_gettime(fd))
        };
        /// Return a tuple of a timer file descriptor's (interval, next expiration) in nanoseconds.
        timerfd_gettime_ns "($module, fd, /)" => |vm, args| {
            let fd = crate::io::descriptor_of(vm, args[0])?;
            timer_nanoseconds(vm, linux::timerfd_gettime(fd))
        };
        /// Alter a timer file descriptor's internal timer in seconds.
        timerfd_settime "($module, fd, /, *, flags=0, initial=0.0, interval=0.0)" => |vm, args| {
            let (fd, flags) = (crate::io::descriptor_of(vm, args[0])?, c_int(vm, args[1])?);
            let initial = convert::nanoseconds(vm, args[2], Rounding::Floor)?;
            let interval = convert::nanoseconds(vm, args[3], Rounding::Floor)?;
            timer_seconds(vm, linux::timerfd_settime(fd, flags, initial, interval))
        };
        /// Alter a timer file descriptor's internal timer in nanoseconds.
        timerfd_settime_ns "($module, fd, /, *, flags=0, initial=0, interval=0)" => |vm, args| {
            let (fd, flags) = (crate::io::descriptor_of(vm, args[0])?, c_int(vm, args[1])?);
            let (initial, interval) = (vm.index_of(args[2])?, vm.index_of(args[3])?);
            timer_nanoseconds(vm, linux::timerfd_settime(fd, flags, initial, interval))
        };
    }
}

fn none(vm: &mut Vm, result: io::Result<()>) -> R {
    os_result(vm, result).map(|()| Value::NONE)
}

fn three_ids(vm: &mut Vm, ids: io::Result<[u32; 3]>) -> R {
    let ids = os_result(vm, ids)?.map(|id| id_value(vm, id));
    Ok(vm.tuple(&ids))
}

fn id_list(vm: &mut Vm, ids: io::Result<Vec<u32>>) -> R {
    let list = vm.new_list();
    for id in os_result(vm, ids)? {
        let id = id_value(vm, id);
        list.push(&mut vm.heap, id);
    }
    Ok(list.value())
}

/// The number of processors, or what `-X cpu_count` says.
fn cpu_count(vm: &Vm) -> Option<i64> {
    let option = vm.config.x_options.iter().rev().find(|option| option.0 == "cpu_count");
    let wish = option.and_then(|option| option.1.clone());
    match wish.and_then(|wish| wish.parse().ok()) {
        Some(count) => Some(count),
        None => process::cpu_count().map(i64::from),
    }
}

/// The environment as a dict of bytes.
pub(super) fn environ(vm: &mut Vm) -> R {
    let dict = vm.dict();
    for (name, value) in environment::all() {
        let name = vm.bytes(name.as_bytes());
        let value = vm.bytes(value.as_bytes());
        // The first of several variables of a name counts.
        if vm.dict_get(dict, name)?.is_none() {
            vm.dict_set(dict, name, value)?;
        }
    }
    Ok(dict.value())
}

/// The priority in a `sched_param`.
pub(super) fn priority_argument(vm: &mut Vm, value: Value) -> R<i32> {
    let class = state::types(vm).sched_param;
    if vm.type_of(value) != class {
        return Err(vm.type_error("must have a sched_param object"));
    }
    let priority = struct_sequence_field(vm, value, 0).unwrap_or(Value::NONE);
    c_int(vm, priority)
}

fn timer_seconds(vm: &mut Vm, timer: io::Result<(i64, i64)>) -> R {
    let (next, interval) = os_result(vm, timer)?;
    let parts = [next, interval].map(|part| vm.float(convert::seconds(part)));
    Ok(vm.tuple(&parts))
}

fn timer_nanoseconds(vm: &mut Vm, timer: io::Result<(i64, i64)>) -> R {
    let (next, interval) = os_result(vm, timer)?;
    let parts = [next, interval].map(|part| vm.int(part));
    Ok(vm.tuple(&parts))
}
