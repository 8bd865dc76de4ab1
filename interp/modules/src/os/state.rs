//! The classes of `posix`, and the functions that run around a fork.
use std::any::Any;
use std::cell::RefCell;

use haft_builtins::structseq::{
    self, Field, make_struct_sequence_type, new_struct_sequence, struct_sequence_field,
};
use haft_core::object::Type;
use haft_core::vm::Extension;
use haft_core::{Args, R, Tracer, Value, Vm};

/// The classes of `posix`.
#[derive(Clone, Copy, Debug)]
pub(super) struct OsTypes {
    pub(super) stat_result: Type,
    pub(super) statvfs_result: Type,
    pub(super) terminal_size: Type,
    pub(super) times_result: Type,
    pub(super) uname_result: Type,
    pub(super) waitid_result: Type,
    pub(super) sched_param: Type,
    pub(super) dir_entry: Type,
    pub(super) scandir_iterator: Type,
}

impl OsTypes {
    pub(super) fn all(&self) -> [(&'static str, Type); 8] {
        [
            ("stat_result", self.stat_result),
            ("statvfs_result", self.statvfs_result),
            ("terminal_size", self.terminal_size),
            ("times_result", self.times_result),
            ("uname_result", self.uname_result),
            ("waitid_result", self.waitid_result),
            ("sched_param", self.sched_param),
            ("DirEntry", self.dir_entry),
        ]
    }
}

/// When a function given to `register_at_fork` runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AtFork {
    Before,
    InChild,
    InParent,
}

#[derive(Debug)]
struct OsState {
    types: OsTypes,
    at_fork: RefCell<Vec<(AtFork, Value)>>,
}

impl Extension for OsState {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.types.all().iter().for_each(|(_, class)| tracer.obj(class.obj()));
        tracer.obj(self.types.scandir_iterator.obj());
        if let Ok(functions) = self.at_fork.try_borrow() {
            functions.iter().for_each(|(_, function)| tracer.value(*function));
        }
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

const STAT_FIELDS: &[Field] = &[
    ("st_mode", "protection bits"),
    ("st_ino", "inode"),
    ("st_dev", "device"),
    ("st_nlink", "number of hard links"),
    ("st_uid", "user ID of owner"),
    ("st_gid", "group ID of owner"),
    ("st_size", "total size, in bytes"),
    ("", "integer time of last access"),
    ("", "integer time of last modification"),
    ("", "integer time of last change"),
    ("st_atime", "time of last access"),
    ("st_mtime", "time of last modification"),
    ("st_ctime", "time of last change"),
    ("st_atime_ns", "time of last access in nanoseconds"),
    ("st_mtime_ns", "time of last modification in nanoseconds"),
    ("st_ctime_ns", "time of last change in nanoseconds"),
    ("st_blksize", "blocksize for filesystem I/O"),
    ("st_blocks", "number of blocks allocated"),
    ("st_rdev", "device type (if inode device)"),
];

const STATVFS_FIELDS: &[Field] = &[
    ("f_bsize", ""),
    ("f_frsize", ""),
    ("f_blocks", ""),
    ("f_bfree", ""),
    ("f_bavail", ""),
    ("f_files", ""),
    ("f_ffree", ""),
    ("f_favail", ""),
    ("f_flag", ""),
    ("f_namemax", ""),
    ("f_fsid", ""),
];

const TERMINAL_FIELDS: &[Field] = &[
    ("columns", "width of the terminal window in characters"),
    ("lines", "height of the terminal window in characters"),
];

const TIMES_FIELDS: &[Field] = &[
    ("user", "user time"),
    ("system", "system time"),
    ("children_user", "user time of children"),
    ("children_system", "system time of children"),
    ("elapsed", "elapsed time since an arbitrary point in the past"),
];

const UNAME_FIELDS: &[Field] = &[
    ("sysname", "operating system name"),
    ("nodename", "name of machine on network (implementation-defined)"),
    ("release", "operating system release"),
    ("version", "operating system version"),
    ("machine", "hardware identifier"),
];

const WAITID_FIELDS: &[Field] =
    &[("si_pid", ""), ("si_uid", ""), ("si_signo", ""), ("si_status", ""), ("si_code", "")];

const SCHED_FIELDS: &[Field] = &[("sched_priority", "the scheduling priority")];

/// The classes, made when they are first needed.
pub(super) fn types(vm: &mut Vm) -> OsTypes {
    if let Some(state) = vm.extension::<OsState>() {
        return state.types;
    }
    let stat_result = make_struct_sequence_type(vm, "os.stat_result", STAT_DOC, STAT_FIELDS, 10);
    stat_result.slots.new.set(Some(new_stat_result));
    let sched_param = make_struct_sequence_type(
        vm,
        "posix.sched_param",
        "Currently has only one field: sched_priority\n\n  sched_priority\n    A scheduling parameter.",
        SCHED_FIELDS,
        1,
    );
    sched_param.slots.new.set(Some(new_sched_param));
    let types = OsTypes {
        stat_result,
        statvfs_result: make_struct_sequence_type(
            vm,
            "os.statvfs_result",
            STATVFS_DOC,
            STATVFS_FIELDS,
            10,
        ),
        terminal_size: make_struct_sequence_type(
            vm,
            "os.terminal_size",
            "A tuple of (columns, lines) for holding terminal window size",
            TERMINAL_FIELDS,
            2,
        ),
        times_result: make_struct_sequence_type(
            vm,
            "posix.times_result",
            TIMES_DOC,
            TIMES_FIELDS,
            5,
        ),
        uname_result: make_struct_sequence_type(
            vm,
            "posix.uname_result",
            UNAME_DOC,
            UNAME_FIELDS,
            5,
        ),
        waitid_result: make_struct_sequence_type(
            vm,
            "posix.waitid_result",
            WAITID_DOC,
            WAITID_FIELDS,
            5,
        ),
        sched_param,
        dir_entry: super::directory::make_entry_type(vm),
        scandir_iterator: super::directory::make_iterator_type(vm),
    };
    vm.set_extension(OsState { types, at_fork: RefCell::default() });
    types
}

const STAT_DOC: &str = "stat_result: Result from stat, fstat, or lstat.\n\n\
    This object may be accessed either as a tuple of\n  \
    (mode, ino, dev, nlink, uid, gid, size, atime, mtime, ctime)\n\
    or via the attributes st_mode, st_ino, st_dev, st_nlink, st_uid, and so on.\n\n\
    Posix/windows: If your platform supports st_blksize, st_blocks, st_rdev,\n\
    or st_flags, they are available as attributes only.\n\n\
    See os.stat for more information.";
const STATVFS_DOC: &str = "statvfs_result: Result from statvfs or fstatvfs.\n\n\
    This object may be accessed either as a tuple of\n  \
    (bsize, frsize, blocks, bfree, bavail, files, ffree, favail, flag, namemax),\n\
    or via the attributes f_bsize, f_frsize, f_blocks, f_bfree, and so on.\n\n\
    See os.statvfs for more information.";
const TIMES_DOC: &str = "times_result: Result from os.times().\n\n\
    This object may be accessed either as a tuple of\n  \
    (user, system, children_user, children_system, elapsed),\n\
    or via the attributes user, system, children_user, children_system,\n\
    and elapsed.\n\n\
    See os.times for more information.";
const UNAME_DOC: &str = "uname_result: Result from os.uname().\n\n\
    This object may be accessed either as a tuple of\n  \
    (sysname, nodename, release, version, machine),\n\
    or via the attributes sysname, nodename, release, version, and machine.\n\n\
    See os.uname for more information.";
const WAITID_DOC: &str = "waitid_result: Result from waitid.\n\n\
    This object may be accessed either as a tuple of\n  \
    (si_pid, si_uid, si_signo, si_status, si_code),\n\
    or via the attributes si_pid, si_uid, and so on.\n\n\
    See os.waitid for more information.";

/// `stat_result(sequence)`: times that are not given are the integer ones.
fn new_stat_result(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    const FIRST_TIME: usize = 7;
    let made = structseq::new(vm, class, args)?;
    let values = vm.new_list();
    for index in 0..STAT_FIELDS.len() {
        let value = struct_sequence_field(vm, made, index).unwrap_or(Value::NONE);
        let is_time = (FIRST_TIME + 3..FIRST_TIME + 6).contains(&index);
        let value = if is_time && value.is_none() {
            struct_sequence_field(vm, made, index - 3).unwrap_or(value)
        } else {
            value
        };
        values.push(&mut vm.heap, value);
    }
    Ok(new_struct_sequence(vm, vm.type_of(made), values.items()))
}

fn new_sched_param(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("sched_param", "(sched_priority)", args)?;
    match vm.as_type(class) {
        Some(class) => Ok(new_struct_sequence(vm, class, &[bound[0]])),
        None => Err(vm.type_error("a class is required")),
    }
}

/// Remember a function to be called around a fork.
pub(super) fn add_at_fork(vm: &mut Vm, when: AtFork, function: Value) {
    types(vm);
    if let Some(state) = vm.extension::<OsState>() {
        state.at_fork.borrow_mut().push((when, function));
    }
}

/// Call the functions that were registered for this moment; those before the fork in reverse order. What they raise
/// is nobody's to handle.
pub(crate) fn run_at_fork(vm: &mut Vm, when: AtFork) {
    let functions = vm.new_list();
    let known: Vec<Value> = match vm.extension::<OsState>() {
        Some(state) => state
            .at_fork
            .borrow()
            .iter()
            .filter(|entry| entry.0 == when)
            .map(|entry| entry.1)
            .collect(),
        None => return,
    };
    // They stay alive in the state, which only grows.
    for &function in &known {
        functions.push(&mut vm.heap, function);
    }
    for at in 0..functions.len() {
        let at = if when == AtFork::Before { functions.len() - 1 - at } else { at };
        if let Err(raised) = vm.call_positional(functions.at(at), &[]) {
            crate::unraisable::report(
                vm,
                raised,
                "Exception ignored in fork hook",
                functions.at(at),
            );
        }
    }
}
