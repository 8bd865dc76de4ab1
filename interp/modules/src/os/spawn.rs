//! `posix_spawn` and `posix_spawnp`.
use std::ffi::CString;

use haft_core::object::Tuple;
use haft_core::{R, Value, Vm, natives};
use haft_host::exec::StringArray;
use haft_host::spawn::{FileAction, Lookup, SpawnAttributes, posix_spawn};

use super::argument::{PATH, c_int, fs_bytes, path};
use super::processes::{environment, list_or_tuple, string_array};
use super::state;

/// `POSIX_SPAWN_OPEN`, `POSIX_SPAWN_CLOSE`, `POSIX_SPAWN_DUP2`.
pub(super) const ACTIONS: [(&str, i64); 3] =
    [("POSIX_SPAWN_OPEN", 0), ("POSIX_SPAWN_CLOSE", 1), ("POSIX_SPAWN_DUP2", 2)];

natives! {
    pub(super) static FUNCTIONS = {
        /// Execute the program specified by path in a new process.
        ///
        ///   path
        ///     Path of executable file.
        ///   argv
        ///     Tuple or list of strings.
        ///   env
        ///     Dictionary of strings mapping to strings.
        ///   file_actions
        ///     A sequence of file action tuples.
        ///   setpgroup
        ///     The pgroup to use with the POSIX_SPAWN_SETPGROUP flag.
        ///   resetids
        ///     If the value is `true` the POSIX_SPAWN_RESETIDS will be activated.
        ///   setsid
        ///     If the value is `true` the POSIX_SPAWN_SETSID or POSIX_SPAWN_SETSID_NP will be activated.
        ///   setsigmask
        ///     The sigmask to use with the POSIX_SPAWN_SETSIGMASK flag.
        ///   setsigdef
        ///     The sigmask to use with the POSIX_SPAWN_SETSIGDEF flag.
        ///   scheduler
        ///     A tuple with the scheduler policy (optional) and parameters.
        posix_spawn "($module, path, argv, env, /, *, file_actions=(), setpgroup=<absent>, resetids=False, setsid=False, setsigmask=<absent>, setsigdef=<absent>, scheduler=<absent>)" =>
            |vm, args| spawn(vm, "posix_spawn", Lookup::Path, args);
        /// Execute the program specified by path in a new process.
        ///
        ///   path
        ///     Path of executable file.
        ///   argv
        ///     Tuple or list of strings.
        ///   env
        ///     Dictionary of strings mapping to strings.
        posix_spawnp "($module, path, argv, env, /, *, file_actions=(), setpgroup=<absent>, resetids=False, setsid=False, setsigmask=<absent>, setsigdef=<absent>, scheduler=<absent>)" =>
            |vm, args| spawn(vm, "posix_spawnp", Lookup::SearchPath, args);
    }
}

fn spawn(vm: &mut Vm, function: &str, lookup: Lookup, args: &[Value]) -> R {
    let target = path(vm, function, "path", args[0], PATH)?;
    let Some(items) = list_or_tuple(vm, args[1]) else {
        return Err(vm.type_error(format!("{function}: argv must be a tuple or list")));
    };
    if items.is_empty() {
        return Err(vm.value_error(format!("{function}: argv must not be empty")));
    }
    let arguments =
        string_array(vm, items, &format!("{function}: argv first element cannot be empty"))?;
    let environment = if args[2].is_none() {
        present_environment(vm)?
    } else if vm.type_of(args[2]).slots.getitem.get().is_none() {
        return Err(
            vm.type_error(format!("{function}: environment must be a mapping object or None"))
        );
    } else {
        environment(vm, args[2])?
    };
    let actions = file_actions(vm, args[3])?;
    let attributes = attributes(vm, &args[4..])?;
    state::types(vm);
    let pid = posix_spawn(lookup, &target.path, &arguments, &environment, &actions, &attributes);
    match pid {
        Ok(pid) => Ok(vm.int(i64::from(pid))),
        Err(error) => Err(target.error(vm, &error)),
    }
}

/// The environment of the process itself.
fn present_environment(vm: &mut Vm) -> R<StringArray> {
    use std::os::unix::ffi::OsStrExt;
    let all = haft_host::environment::all();
    let array = StringArray::environment(
        all.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes())),
    );
    crate::blocking::os_result(vm, array)
}

fn file_actions(vm: &mut Vm, iterable: Value) -> R<Vec<FileAction>> {
    let mut actions = Vec::new();
    if iterable.is_none() {
        return Ok(actions);
    }
    vm.for_each(iterable, |vm, action| {
        let items = vm.as_tuple(action).map_or(&[][..], Tuple::items);
        let Some((&kind, rest)) = items.split_first() else {
            return Err(vm.type_error("Each file_actions element must be a non-empty tuple"));
        };
        let kind = c_int(vm, kind)?;
        actions.push(match (kind, rest) {
            (0, &[fd, name, flags, mode]) => FileAction::Open {
                fd: c_int(vm, fd)?,
                path: CString::new(fs_bytes(vm, name)?).unwrap_or_default(),
                flags: c_int(vm, flags)?,
                mode: c_int(vm, mode)?.cast_unsigned(),
            },
            (1, &[fd]) => FileAction::Close { fd: c_int(vm, fd)? },
            (2, &[fd, new_fd]) => {
                FileAction::Dup2 { fd: c_int(vm, fd)?, new_fd: c_int(vm, new_fd)? }
            }
            (0, _) => return Err(vm.type_error("A open file_action tuple must have 5 elements")),
            (1, _) => return Err(vm.type_error("A close file_action tuple must have 2 elements")),
            (2, _) => return Err(vm.type_error("A dup2 file_action tuple must have 3 elements")),
            _ => return Err(vm.type_error("Unknown file_actions identifier")),
        });
        Ok(())
    })?;
    Ok(actions)
}

/// `setpgroup`, `resetids`, `setsid`, `setsigmask`, `setsigdef`, `scheduler`.
fn attributes(vm: &mut Vm, args: &[Value]) -> R<SpawnAttributes> {
    let signals = |vm: &mut Vm, value: Value| -> R<Option<Vec<i32>>> {
        if value.is_absent() {
            Ok(None)
        } else {
            crate::process::signal::signal_set(vm, value).map(Some)
        }
    };
    let mut attributes = SpawnAttributes {
        process_group: if args[0].is_absent() { None } else { Some(c_int(vm, args[0])?) },
        reset_ids: vm.truth(args[1])?,
        new_session: vm.truth(args[2])?,
        signal_mask: signals(vm, args[3])?,
        default_signals: signals(vm, args[4])?,
        scheduler: None,
    };
    if !args[5].is_absent() && !args[5].is_none() {
        let Some(&[policy, parameters]) = vm.as_tuple(args[5]).map(Tuple::items) else {
            return Err(vm.type_error("A scheduler tuple must have two elements"));
        };
        let policy = if policy.is_none() { None } else { Some(c_int(vm, policy)?) };
        attributes.scheduler = Some((policy, super::system::priority_argument(vm, parameters)?));
    }
    Ok(attributes)
}
