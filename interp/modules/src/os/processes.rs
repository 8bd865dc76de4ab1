//! Starting, replacing and waiting for processes.
use std::io;

use haft_builtins::structseq::new_struct_sequence;
use haft_core::object::Tuple;
use haft_core::{R, Raised, Value, Vm, natives};
use haft_host::constants as c;
use haft_host::exec::{self, StringArray};
use haft_host::linux;
use haft_host::process::{self, WaitStatus, Waited};

use super::argument::{PATH, PATH_OR_FD, c_int, fs_bytes, os_bytes, path};
use super::state::{self, AtFork};
use crate::blocking::{blocking_os, os_result, raise_os};

natives! {
    pub(super) static FUNCTIONS = {
        /// Fork a child process.
        ///
        /// Return 0 to child process and PID of child to parent process.
        fork "($module, /)" => |vm, _| {
            let pid = fork(vm, || {
                // SAFETY: `fork` brings the runtime to a state in which a child can go on.
                unsafe { exec::fork() }.map(|pid| (pid, ()))
            })?;
            Ok(vm.int(i64::from(pid.0)))
        };
        /// Fork a new process with a new pseudo-terminal as controlling tty.
        ///
        /// Returns a tuple of (pid, master_fd).
        /// Like fork(), return pid of 0 to the child process,
        /// and pid of child to the parent process.
        /// To both, return fd of newly opened pseudo-terminal.
        forkpty "($module, /)" => |vm, _| {
            // SAFETY: as for `fork`.
            let (pid, fd) = fork(vm, || unsafe { exec::forkpty() })?;
            let pair = [vm.int(i64::from(pid)), vm.int(i64::from(fd))];
            Ok(vm.tuple(&pair))
        };
        /// Register callables to be called when forking a new process.
        ///
        ///   before
        ///     A callable to be called in the parent before the fork() syscall.
        ///   after_in_child
        ///     A callable to be called in the child after fork().
        ///   after_in_parent
        ///     A callable to be called in the parent after fork().
        ///
        /// 'before' callbacks are called in reverse order.
        /// 'after_in_child' and 'after_in_parent' callbacks are called in order.
        register_at_fork "($module, /, *, before=<absent>, after_in_child=<absent>, after_in_parent=<absent>)" => register_at_fork;
        /// Execute an executable path with arguments, replacing current process.
        ///
        ///   path
        ///     Path of executable file.
        ///   argv
        ///     Tuple or list of strings.
        execv "($module, path, argv, /)" => |vm, args| {
            let target = path(vm, "execv", "path", args[0], PATH)?;
            let Some(items) = list_or_tuple(vm, args[1]) else {
                return Err(vm.type_error("execv() arg 2 must be a tuple or list"));
            };
            if items.is_empty() {
                return Err(vm.value_error("execv() arg 2 must not be empty"));
            }
            let arguments = string_array(vm, items, "execv() arg 2 first element cannot be empty")?;
            let error = exec::exec(&target.path, &arguments, None);
            Err(raise_os(vm, &error))
        };
        /// Execute an executable path with arguments, replacing current process.
        ///
        ///   path
        ///     Path of executable file.
        ///   argv
        ///     Tuple or list of strings.
        ///   env
        ///     Dictionary of strings mapping to strings.
        execve "($module, /, path, argv, env)" => |vm, args| {
            let target = path(vm, "execve", "path", args[0], PATH_OR_FD)?;
            let Some(items) = list_or_tuple(vm, args[1]) else {
                return Err(vm.type_error("execve: argv must be a tuple or list"));
            };
            if items.is_empty() {
                return Err(vm.value_error("execve: argv must not be empty"));
            }
            if vm.type_of(args[2]).slots.getitem.get().is_none() {
                return Err(vm.type_error("execve: environment must be a mapping object"));
            }
            let arguments = string_array(vm, items, "execve: argv first element cannot be empty")?;
            let environment = environment(vm, args[2])?;
            let error = match target.fd {
                Some(fd) => exec::exec_fd(fd, &arguments, &environment),
                None => exec::exec(&target.path, &arguments, Some(&environment)),
            };
            Err(target.error(vm, &error))
        };
        /// Exit to the system with specified status, without normal exit processing.
        _exit "($module, /, status)" => |vm, args| process::exit_now(c_int(vm, args[0])?);
        /// Abort the interpreter immediately.
        ///
        /// This function 'dumps core' or otherwise fails in the hardest way possible
        /// on the hosting operating system.  This function never returns.
        abort "($module, /)" => |_, _| process::abort();
        /// Execute the command in a subshell.
        system "($module, /, command)" => |vm, args| {
            let command = fs_bytes(vm, args[0])?;
            let status = vm.without_gil(|| process::system(&command));
            let status = os_result(vm, status)?;
            Ok(vm.int(i64::from(status)))
        };
        /// Kill a process with a signal.
        kill "($module, pid, signal, /)" => |vm, args| {
            let (pid, signal) = (c_int(vm, args[0])?, c_int(vm, args[1])?);
            let result = process::kill(pid, signal);
            os_result(vm, result)?;
            crate::process::signal::run_handlers(vm)?;
            Ok(Value::NONE)
        };
        /// Kill a process group with a signal.
        killpg "($module, pgid, signal, /)" => |vm, args| {
            let (group, signal) = (c_int(vm, args[0])?, c_int(vm, args[1])?);
            let result = process::killpg(group, signal);
            os_result(vm, result)?;
            crate::process::signal::run_handlers(vm)?;
            Ok(Value::NONE)
        };
        /// Return a file descriptor referring to the process *pid*.
        ///
        /// The descriptor can be used to perform process management without races and
        /// signals.
        pidfd_open "($module, /, pid, flags=0)" => crate::process::signal::pidfd_open;
        /// Wait for completion of a child process.
        ///
        /// Returns a tuple of information about the child process:
        ///     (pid, status)
        wait "($module, /)" => |vm, _| {
            let waited = blocking_os(vm, || process::wait4(-1, 0))?;
            Ok(pid_and_status(vm, &waited))
        };
        /// Wait for completion of a given child process.
        ///
        /// Returns a tuple of information regarding the child process:
        ///     (pid, status)
        ///
        /// The options argument is ignored on Windows.
        waitpid "($module, pid, options, /)" => |vm, args| {
            let (pid, options) = (c_int(vm, args[0])?, c_int(vm, args[1])?);
            let waited = blocking_os(vm, || process::wait4(pid, options))?;
            Ok(pid_and_status(vm, &waited))
        };
        /// Wait for completion of a child process.
        ///
        /// Returns a tuple of information about the child process:
        ///   (pid, status, rusage)
        wait3 "($module, /, options)" => |vm, args| {
            let options = c_int(vm, args[0])?;
            let waited = blocking_os(vm, || process::wait4(-1, options))?;
            with_usage(vm, &waited)
        };
        /// Wait for completion of a specific child process.
        ///
        /// Returns a tuple of information about the child process:
        ///   (pid, status, rusage)
        wait4 "($module, /, pid, options)" => |vm, args| {
            let (pid, options) = (c_int(vm, args[0])?, c_int(vm, args[1])?);
            let waited = blocking_os(vm, || process::wait4(pid, options))?;
            with_usage(vm, &waited)
        };
        /// Returns the result of waiting for a process or processes.
        ///
        ///   idtype
        ///     Must be one of be P_PID, P_PGID or P_ALL.
        ///   id
        ///     The id to wait on.
        ///   options
        ///     Constructed from the ORing of one or more of WEXITED, WSTOPPED
        ///     or WCONTINUED and additionally may be ORed with WNOHANG or WNOWAIT.
        ///
        /// Returns either waitid_result or None if WNOHANG is specified and there are
        /// no children in a waitable state.
        waitid "($module, idtype, id, options, /)" => waitid;
        /// Return True if the process returning status was dumped to a core file.
        WCOREDUMP "($module, status, /)" => |vm, args| status_test(vm, args[0], |status| matches!(status, WaitStatus::Signaled(_, true)));
        /// Return True if a particular process was continued from a job control stop.
        ///
        /// Return True if the process returning status was continued from a
        /// job control stop.
        WIFCONTINUED "($module, /, status)" => |vm, args| {
            let status = c_int(vm, args[0])?;
            Ok(Value::bool(status == 0xffff))
        };
        /// Return True if the process returning status was stopped.
        WIFSTOPPED "($module, /, status)" => |vm, args| status_test(vm, args[0], |status| matches!(status, WaitStatus::Stopped(_)));
        /// Return True if the process returning status was terminated by a signal.
        WIFSIGNALED "($module, /, status)" => |vm, args| status_test(vm, args[0], |status| matches!(status, WaitStatus::Signaled(..)));
        /// Return True if the process returning status exited via the exit() system call.
        WIFEXITED "($module, /, status)" => |vm, args| status_test(vm, args[0], |status| matches!(status, WaitStatus::Exited(_)));
        /// Return the process return code from status.
        WEXITSTATUS "($module, /, status)" => |vm, args| {
            let status = c_int(vm, args[0])?;
            Ok(vm.int(i64::from(c::WEXITSTATUS(status))))
        };
        /// Return the signal that terminated the process that provided the status value.
        WTERMSIG "($module, /, status)" => |vm, args| {
            let status = c_int(vm, args[0])?;
            Ok(vm.int(i64::from(c::WTERMSIG(status))))
        };
        /// Return the signal that stopped the process that provided the status value.
        WSTOPSIG "($module, /, status)" => |vm, args| {
            let status = c_int(vm, args[0])?;
            Ok(vm.int(i64::from(c::WSTOPSIG(status))))
        };
        /// Convert a wait status to an exit code.
        ///
        /// On Unix:
        ///
        /// * If WIFEXITED(status) is true, return WEXITSTATUS(status).
        /// * If WIFSIGNALED(status) is true, return -WTERMSIG(status).
        /// * Otherwise, raise a ValueError.
        ///
        /// On Windows, return status shifted right by 8 bits.
        ///
        /// On Unix, if the process is being traced or if waitpid() was called with
        /// WUNTRACED option, the caller must first check if WIFSTOPPED(status) is true.
        /// This function must not be called if WIFSTOPPED(status) is true.
        waitstatus_to_exitcode "($module, /, status)" => |vm, args| {
            if vm.as_float(args[0]).is_some() {
                return Err(vm.type_error("integer argument expected, got float"));
            }
            let status = c_int(vm, args[0])?;
            match process::wait_status(status) {
                WaitStatus::Exited(code) => Ok(vm.int(i64::from(code))),
                WaitStatus::Signaled(signal, _) => Ok(vm.int(i64::from(-signal))),
                WaitStatus::Stopped(signal) => Err(vm.value_error(format!("process stopped by delivery of signal {signal}"))),
                WaitStatus::Continued => Err(vm.value_error(format!("invalid wait status: {status}"))),
            }
        };
    }
}

/// Fork by `call`, which gives the pid and more. The functions registered for it run before and after.
fn fork<T>(vm: &mut Vm, call: impl FnOnce() -> io::Result<(i32, T)>) -> R<(i32, T)> {
    let n_threads = vm.thread_ids().len();
    before_fork(vm);
    match call() {
        Ok((0, more)) => {
            after_fork_in_child(vm);
            Ok((0, more))
        }
        Ok((pid, more)) => {
            after_fork_in_parent(vm);
            if n_threads > 1 {
                warn_about_threads(vm)?;
            }
            Ok((pid, more))
        }
        Err(error) => {
            after_fork_in_parent(vm);
            Err(vm.os_error(&error))
        }
    }
}

fn warn_about_threads(vm: &mut Vm) -> R<()> {
    let pid = process::getpid();
    let text = format!(
        "This process (pid={pid}) is multi-threaded, use of fork() may lead to deadlocks in the child."
    );
    crate::warn::warn(vm, vm.exc.deprecation_warning, &text, 1)
}

/// What comes before every fork that may run Python in the child.
pub(crate) fn before_fork(vm: &mut Vm) {
    state::run_at_fork(vm, AtFork::Before);
}

/// What comes after it in the parent.
pub(crate) fn after_fork_in_parent(vm: &mut Vm) {
    state::run_at_fork(vm, AtFork::InParent);
}

/// What comes after it in the child.
pub(crate) fn after_fork_in_child(vm: &mut Vm) {
    crate::process::signal::forget_pending();
    crate::thread::after_fork_in_child(vm);
    state::run_at_fork(vm, AtFork::InChild);
}

fn register_at_fork(vm: &mut Vm, args: &[Value]) -> R {
    if args.iter().all(|function| function.is_absent()) {
        return Err(vm.type_error("At least one argument is required."));
    }
    let names = ["before", "after_in_child", "after_in_parent"];
    for (&function, name) in args.iter().zip(names) {
        if !function.is_absent() && vm.type_of(function).slots.call.get().is_none() {
            let class = vm.type_name(function);
            return Err(vm.type_error(format!("'{name}' must be callable, not {class}")));
        }
    }
    let moments = [AtFork::Before, AtFork::InChild, AtFork::InParent];
    for (&function, when) in args.iter().zip(moments) {
        if !function.is_absent() {
            state::add_at_fork(vm, when, function);
        }
    }
    Ok(Value::NONE)
}

/// The items of a list or tuple.
pub(super) fn list_or_tuple<'a>(vm: &mut Vm, value: Value) -> Option<&'a [Value]> {
    if let Some(tuple) = vm.as_tuple(value) {
        return Some(tuple.items());
    }
    let list = vm.as_list(value)?;
    // A copy: converting the items may run Python.
    let copy = Tuple::new(&mut vm.heap, list.items());
    Some(copy.items())
}

/// Arguments of a program; ValueError if the first is empty.
pub(super) fn string_array(vm: &mut Vm, items: &[Value], empty_first: &str) -> R<StringArray> {
    let mut strings = Vec::new();
    for &item in items {
        strings.push(fs_bytes(vm, item)?);
    }
    if strings.first().is_some_and(Vec::is_empty) {
        return Err(vm.value_error(empty_first));
    }
    let array = StringArray::new(strings.iter().map(Vec::as_slice));
    array.map_err(|error| raise_os(vm, &error))
}

/// An environment from a mapping of strings.
pub(super) fn environment(vm: &mut Vm, mapping: Value) -> R<StringArray> {
    let keys = list_method(vm, mapping, "keys", "env.keys() is not a list")?;
    let values = list_method(vm, mapping, "values", "env.values() is not a list")?;
    let mut strings = Vec::new();
    for at in 0..keys.len().min(values.len()) {
        let key = environment_part(vm, keys.at(at))?;
        let value = environment_part(vm, values.at(at))?;
        if key.get(1..).is_some_and(|rest| rest.contains(&b'=')) || key.is_empty() || key == b"=" {
            return Err(vm.value_error("illegal environment variable name"));
        }
        strings.push([&key[..], b"=", &value].concat());
    }
    let array = StringArray::new(strings.iter().map(Vec::as_slice));
    array.map_err(|error| raise_os(vm, &error))
}

fn environment_part(vm: &mut Vm, value: Value) -> R<Vec<u8>> {
    let value = super::argument::fspath(vm, value)?;
    let bytes = os_bytes(vm, value)?;
    if bytes.contains(&0) { Err(embedded_null(vm)) } else { Ok(bytes) }
}

#[cold]
fn embedded_null(vm: &mut Vm) -> Raised {
    vm.value_error("embedded null byte")
}

fn list_method(
    vm: &mut Vm,
    mapping: Value,
    method: &str,
    message: &str,
) -> R<haft_core::object::List> {
    let items = vm.call_method_str(mapping, method, &[])?;
    let list = vm.list_of(items);
    match vm.catch(list, vm.exc.type_error)? {
        Some(list) => Ok(list),
        None => Err(vm.type_error(message)),
    }
}

fn pid_and_status(vm: &mut Vm, waited: &Waited) -> Value {
    let pair = [vm.int(i64::from(waited.pid)), vm.int(i64::from(waited.status))];
    vm.tuple(&pair)
}

fn with_usage(vm: &mut Vm, waited: &Waited) -> R {
    crate::warn::import(vm, "resource")?;
    let usage = crate::process::resource::usage_value(vm, &waited.usage)?;
    let parts = [vm.int(i64::from(waited.pid)), vm.int(i64::from(waited.status)), usage];
    Ok(vm.tuple(&parts))
}

fn waitid(vm: &mut Vm, args: &[Value]) -> R {
    let (kind, id, options) = (c_int(vm, args[0])?, c_int(vm, args[1])?, c_int(vm, args[2])?);
    let found =
        blocking_os(vm, || linux::waitid(kind.cast_unsigned(), id.cast_unsigned(), options))?;
    let Some(found) = found else { return Ok(Value::NONE) };
    let numbers = [
        i64::from(found.pid),
        i64::from(found.uid),
        i64::from(found.signo),
        i64::from(found.status),
        i64::from(found.code),
    ];
    let values = numbers.map(|number| vm.int(number));
    let class = state::types(vm).waitid_result;
    Ok(new_struct_sequence(vm, class, &values))
}

fn status_test(vm: &mut Vm, status: Value, test: fn(WaitStatus) -> bool) -> R {
    let status = c_int(vm, status)?;
    Ok(Value::bool(test(process::wait_status(status))))
}
