//! `_posixsubprocess`: `fork_exec`, which `subprocess` is made of.
use std::ffi::CString;

use haft_core::object::{Dict, Tuple};
use haft_core::{R, Value, Vm, natives};
use haft_host::exec::StringArray;
use haft_host::spawn::{ForkExec, Pipes, fork_exec};

use crate::blocking::{os_result, raise_os};
use crate::os::argument::{c_int, fs_bytes, id};
use crate::os::processes::{after_fork_in_child, after_fork_in_parent, before_fork};

/// Fill the namespace of `_posixsubprocess`.
pub fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "_posixsubprocess", FUNCTIONS);
    Ok(())
}

natives! {
    static FUNCTIONS = {
        /// Spawn a fresh new child process.
        ///
        /// Fork a child process, close parent file descriptors as appropriate in the
        /// child and duplicate the few that are needed before calling exec() in the
        /// child process.
        fork_exec "($module, args, executable_list, close_fds, pass_fds, cwd, env, p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, errpipe_read, errpipe_write, restore_signals, call_setsid, pgid_to_set, gid, extra_groups, uid, child_umask, preexec_fn, /)" => spawn;
    }
}

fn spawn(vm: &mut Vm, args: &[Value]) -> R {
    let close_fds = vm.truth(args[2])?;
    let keep = descriptors_to_keep(vm, args[3])?;
    let executables = strings(vm, args[1])?;
    let arguments = program_arguments(vm, args[0])?;
    let environment = if args[5].is_none() { None } else { Some(string_array(vm, args[5])?) };
    let cwd = if args[4].is_none() { None } else { Some(c_string(fs_bytes(vm, args[4])?)) };
    let mut fds = [0; 8];
    for (fd, &value) in fds.iter_mut().zip(&args[6..14]) {
        *fd = c_int(vm, value)?;
    }
    if close_fds && fds[7] < 3 {
        return Err(vm.value_error("errpipe_write must be >= 3"));
    }
    let extra_groups = if args[18].is_none() { None } else { Some(groups(vm, args[18])?) };
    let process_group = c_int(vm, args[16])?;
    let umask = c_int(vm, args[20])?;
    let plan = ForkExec {
        arguments,
        executables,
        environment,
        cwd,
        close_fds,
        fds_to_keep: &keep,
        pipes: Pipes {
            p2cread: fds[0],
            p2cwrite: fds[1],
            c2pread: fds[2],
            c2pwrite: fds[3],
            errread: fds[4],
            errwrite: fds[5],
        },
        error_pipe: (fds[6], fds[7]),
        restore_signals: vm.truth(args[14])?,
        new_session: vm.truth(args[15])?,
        process_group: (process_group >= 0).then_some(process_group),
        gid: if args[17].is_none() { None } else { Some(id(vm, args[17], "gid")?) },
        extra_groups: extra_groups.as_deref(),
        uid: if args[19].is_none() { None } else { Some(id(vm, args[19], "uid")?) },
        umask: (umask >= 0).then_some(umask.cast_unsigned()),
    };
    let pid = if args[21].is_none() {
        // SAFETY: without a function to call, the child does only what is allowed in one.
        unsafe { fork_exec(&plan, None) }
    } else {
        with_function(vm, &plan, args[21])
    };
    match pid {
        Ok(pid) => Ok(vm.int(i64::from(pid))),
        Err(error) => Err(raise_os(vm, &error)),
    }
}

/// Fork, and call a Python function in the child before the program is executed.
fn with_function(vm: &mut Vm, plan: &ForkExec<'_>, function: Value) -> std::io::Result<i32> {
    before_fork(vm);
    let mut call = || {
        after_fork_in_child(vm);
        match vm.call_positional(function, &[]) {
            Ok(_) => Ok(()),
            Err(raised) => {
                // The parent is told that there was an exception, as in CPython not which.
                vm.take_raised(raised);
                Err(())
            }
        }
    };
    // SAFETY: the runtime is used by this thread alone in the child, and was told so.
    let pid = unsafe { fork_exec(plan, Some(&mut call)) };
    after_fork_in_parent(vm);
    pid
}

fn c_string(bytes: Vec<u8>) -> CString {
    CString::new(bytes).unwrap_or_default()
}

fn descriptors_to_keep(vm: &mut Vm, value: Value) -> R<Vec<i32>> {
    let Some(tuple) = vm.as_tuple(value) else {
        return Err(vm.type_error("fork_exec() argument 4 must be tuple"));
    };
    let mut fds = Vec::new();
    for &item in tuple.items() {
        let number = vm.as_int(item).and_then(|number| i32::try_from(number).ok());
        match number {
            Some(fd) if fd >= 0 && fds.last().is_none_or(|&last| last < fd) => fds.push(fd),
            _ => return Err(vm.value_error("bad value(s) in fds_to_keep")),
        }
    }
    Ok(fds)
}

fn strings(vm: &mut Vm, sequence: Value) -> R<Vec<CString>> {
    let tuple = vm.tuple_of(sequence)?;
    let mut strings = Vec::new();
    for &item in vm.as_tuple(tuple).map_or(&[][..], Tuple::items) {
        let Some(bytes) = vm.as_bytes(item) else {
            let class = vm.type_name(item);
            return Err(vm.type_error(format!("expected bytes, {class} found")));
        };
        if bytes.data().contains(&0) {
            return Err(vm.value_error("embedded null byte"));
        }
        strings.push(c_string(bytes.data().to_vec()));
    }
    Ok(strings)
}

fn string_array(vm: &mut Vm, sequence: Value) -> R<StringArray> {
    let strings = strings(vm, sequence)?;
    let array = StringArray::new(strings.iter().map(|text| text.as_bytes()));
    os_result(vm, array)
}

fn program_arguments(vm: &mut Vm, sequence: Value) -> R<StringArray> {
    let tuple = vm.tuple_of(sequence)?;
    let mut strings = Vec::new();
    for &item in vm.as_tuple(tuple).map_or(&[][..], Tuple::items) {
        strings.push(fs_bytes(vm, item)?);
    }
    let array = StringArray::new(strings.iter().map(Vec::as_slice));
    os_result(vm, array)
}

fn groups(vm: &mut Vm, value: Value) -> R<Vec<u32>> {
    if vm.as_list(value).is_none() {
        return Err(vm.type_error("setgroups argument must be a sequence"));
    }
    let mut groups = Vec::new();
    vm.for_each(value, |vm, group| {
        if !vm.is_int(group) {
            return Err(vm.type_error("groups must be integers"));
        }
        match id(vm, group, "gid") {
            Ok(group) => groups.push(group),
            Err(raised) => {
                vm.take_raised(raised);
                return Err(vm.value_error("invalid group id"));
            }
        }
        Ok(())
    })?;
    Ok(groups)
}
