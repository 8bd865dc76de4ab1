//! Starting programs: `_posixsubprocess.fork_exec` and `posix_spawn`.

use std::ffi::{CStr, CString, OsStr, c_int, c_short};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use crate::exec::StringArray;
use crate::signal::set_of;
use crate::syscall::{Zeroable, c_path, c_string, check, check_errno, errno};

/// What [`fork_exec`] sets up in the child; the parameters of `_posixsubprocess.fork_exec`.
#[derive(Debug)]
pub struct ForkExec<'a> {
    /// `argv`.
    pub arguments: StringArray,
    /// Programs to try, in order.
    pub executables: Vec<CString>,
    /// `None` keeps the environment.
    pub environment: Option<StringArray>,
    /// Where the child starts.
    pub cwd: Option<CString>,
    /// Close every descriptor above 2 but those in `fds_to_keep`.
    pub close_fds: bool,
    /// Sorted.
    pub fds_to_keep: &'a [i32],
    /// The ends of the pipes for standard input, output and error; -1 is "no pipe".
    pub pipes: Pipes,
    /// The pipe on which the child reports a failure: read end (the parent's) and write end.
    pub error_pipe: (i32, i32),
    /// Set SIGPIPE, SIGXFSZ back to their defaults.
    pub restore_signals: bool,
    /// Call `setsid`.
    pub new_session: bool,
    /// Call `setpgid(0, group)`.
    pub process_group: Option<i32>,
    /// Call `setregid`.
    pub gid: Option<u32>,
    /// Call `setgroups`.
    pub extra_groups: Option<&'a [u32]>,
    /// Call `setreuid`.
    pub uid: Option<u32>,
    /// Call `umask`.
    pub umask: Option<u32>,
}

/// Child and parent ends of the three standard pipes; -1 is "no pipe".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of subprocess.Popen")]
pub struct Pipes {
    pub p2cread: i32,
    pub p2cwrite: i32,
    pub c2pread: i32,
    pub c2pwrite: i32,
    pub errread: i32,
    pub errwrite: i32,
}

/// A step of the child that failed, as `subprocess` reads it from the error pipe.
enum Failure {
    /// Before `exec` was tried.
    NoExec,
    /// `chdir` failed.
    Chdir,
    /// `exec` failed.
    Exec,
    /// The `preexec_fn` raised.
    Preexec,
}

/// The Python callable that runs in the child before `exec`; an error has been printed already.
pub type PreexecFn<'a> = &'a mut dyn FnMut() -> Result<(), ()>;

/// Forks and, in the child, sets up descriptors and ids and executes the program. The child's pid.
///
/// The child reports a failure as `OSError:<hex errno>:<where>` on the error pipe and ends with status 255.
/// Between `fork` and `exec` it calls only async-signal-safe functions, unless there is a `preexec_fn`.
///
/// # Safety
/// With a `preexec_fn` the caller owes what [`crate::exec::fork`] asks for.
pub unsafe fn fork_exec(
    plan: &ForkExec<'_>,
    mut preexec_fn: Option<PreexecFn<'_>>,
) -> io::Result<i32> {
    // Signals stay blocked until the child has its own handlers off.
    let mask = if preexec_fn.is_none() { Some(crate::signal::block_all()?) } else { None };
    // SAFETY: the child calls async-signal-safe functions only, or the caller's promise.
    let forked = check(unsafe { libc::fork() });
    if matches!(forked, Ok(0)) {
        let failure = child(plan, mask.as_ref(), preexec_fn.as_mut());
        report(plan.error_pipe.1, &failure);
        crate::process::exit_now(255);
    }
    if let Some(mask) = &mask {
        crate::signal::restore(mask);
    }
    forked
}

/// Everything the child does; returns only when something failed, with `errno` set.
fn child(
    plan: &ForkExec<'_>,
    mask: Option<&libc::sigset_t>,
    preexec_fn: Option<&mut PreexecFn<'_>>,
) -> Failure {
    if set_up_files(plan).is_none() {
        return Failure::NoExec;
    }
    if let Some(cwd) = &plan.cwd {
        // SAFETY: NUL-terminated.
        if unsafe { libc::chdir(cwd.as_ptr()) } == -1 {
            return Failure::Chdir;
        }
    }
    if let Some(umask) = plan.umask {
        crate::process::umask(umask);
    }
    if plan.restore_signals {
        for signum in [libc::SIGPIPE, libc::SIGXFSZ] {
            // SAFETY: the default disposition needs no handler.
            unsafe { libc::signal(signum, libc::SIG_DFL) };
        }
    }
    if let Some(mask) = mask {
        crate::signal::restore(mask);
    }
    if set_up_ids(plan).is_none() {
        return Failure::NoExec;
    }
    if let Some(function) = preexec_fn
        && function().is_err()
    {
        return Failure::Preexec;
    }
    if plan.close_fds && close_others(plan.fds_to_keep).is_none() {
        return Failure::NoExec;
    }
    execute(plan);
    Failure::Exec
}

fn ok(code: c_int) -> Option<c_int> {
    (code != -1).then_some(code)
}

/// Puts the pipes at 0, 1 and 2, not inheriting anything else of theirs.
fn set_up_files(plan: &ForkExec<'_>) -> Option<()> {
    let pipes = plan.pipes;
    for &fd in plan.fds_to_keep {
        if fd != plan.error_pipe.1 {
            crate::file::set_inheritable(fd, true).ok()?;
        }
    }
    for parent_end in [pipes.p2cwrite, pipes.c2pread, pipes.errread, plan.error_pipe.0] {
        if parent_end >= 0 {
            close(parent_end)?;
        }
    }
    // A child end may sit at a number another one has to go to.
    let out = if pipes.c2pwrite == 0 { dup(pipes.c2pwrite)? } else { pipes.c2pwrite };
    let mut err = pipes.errwrite;
    while err == 0 || err == 1 {
        err = dup(err)?;
    }
    for (source, target) in [(pipes.p2cread, 0), (out, 1), (err, 2)] {
        if source == target {
            crate::file::set_inheritable(source, true).ok()?;
        } else if source >= 0 {
            // SAFETY: integers only.
            ok(unsafe { libc::dup2(source, target) })?;
        }
    }
    Some(())
}

/// Session, group and user, in the order in which each is still allowed.
fn set_up_ids(plan: &ForkExec<'_>) -> Option<()> {
    if plan.new_session {
        // SAFETY: no arguments. A failure means this is a leader already.
        unsafe { libc::setsid() };
    }
    if let Some(group) = plan.process_group {
        // SAFETY: integers only.
        ok(unsafe { libc::setpgid(0, group) })?;
    }
    if let Some(groups) = plan.extra_groups {
        // SAFETY: the kernel reads `groups.len()` entries.
        ok(unsafe { libc::setgroups(groups.len(), groups.as_ptr()) })?;
    }
    if let Some(gid) = plan.gid {
        // SAFETY: integers only.
        ok(unsafe { libc::setregid(gid, gid) })?;
    }
    if let Some(uid) = plan.uid {
        // SAFETY: integers only.
        ok(unsafe { libc::setreuid(uid, uid) })?;
    }
    Some(())
}

/// Closes all descriptors from 3 up except `keep`, which is sorted.
fn close_others(keep: &[i32]) -> Option<()> {
    let mut start = 3;
    for &fd in keep {
        if fd < start {
            continue;
        }
        close_range(start, fd - 1)?;
        start = fd + 1;
    }
    close_range(start, c_int::MAX)
}

fn close_range(first: c_int, last: c_int) -> Option<()> {
    if first > last {
        return Some(());
    }
    // SAFETY: integers only; the descriptors belong to this child, which is about to execute.
    let code = unsafe { libc::close_range(first.cast_unsigned(), last.cast_unsigned(), 0) };
    if code == 0 {
        return Some(());
    }
    // A kernel before 5.9.
    // SAFETY: an integer only.
    let limit = unsafe { libc::sysconf(libc::_SC_OPEN_MAX) };
    let limit = c_int::try_from(limit).unwrap_or(65536);
    for fd in first..=last.min(limit) {
        // SAFETY: as above; most are not open.
        unsafe { libc::close(fd) };
    }
    Some(())
}

/// Tries the programs; leaves the first error that is more than "not here" in `errno`.
fn execute(plan: &ForkExec<'_>) {
    let mut saved = 0;
    for path in &plan.executables {
        match &plan.environment {
            // SAFETY: NUL-terminated strings and null-terminated arrays of them.
            Some(environment) => unsafe {
                libc::execve(path.as_ptr(), plan.arguments.as_ptr(), environment.as_ptr())
            },
            // SAFETY: as above.
            None => unsafe { libc::execv(path.as_ptr(), plan.arguments.as_ptr()) },
        };
        let error = errno();
        if error != libc::ENOENT && error != libc::ENOTDIR && saved == 0 {
            saved = error;
        }
    }
    if saved != 0 {
        set_errno(saved);
    }
}

/// Writes the failure as `subprocess.Popen._execute_child` parses it, without allocating.
fn report(fd: c_int, failure: &Failure) {
    let error = errno();
    if matches!(failure, Failure::Preexec) {
        write_all(fd, b"SubprocessError:0:Exception occurred in preexec_fn.");
        return;
    }
    let mut digits = [0_u8; 8];
    let mut start = digits.len();
    let mut rest = error.unsigned_abs();
    while rest != 0 && start > 0 {
        start -= 1;
        digits[start] = b"0123456789abcdef"[usize::try_from(rest % 16).unwrap_or(0)];
        rest /= 16;
    }
    write_all(fd, b"OSError:");
    write_all(fd, &digits[start..]);
    write_all(
        fd,
        match failure {
            Failure::NoExec => b":noexec",
            Failure::Chdir => b":noexec:chdir",
            Failure::Exec | Failure::Preexec => b":",
        },
    );
}

fn write_all(fd: c_int, mut bytes: &[u8]) {
    while !bytes.is_empty() {
        match crate::file::write(fd, bytes) {
            Ok(count) => bytes = &bytes[count..],
            Err(error) if error.raw_os_error() == Some(libc::EINTR) => {}
            Err(_) => return,
        }
    }
}

fn close(fd: c_int) -> Option<c_int> {
    // SAFETY: an integer only.
    ok(unsafe { libc::close(fd) })
}

fn dup(fd: c_int) -> Option<c_int> {
    // SAFETY: an integer only.
    ok(unsafe { libc::dup(fd) })
}

fn set_errno(value: c_int) {
    // SAFETY: the address of this thread's `errno`.
    let errno = unsafe { libc::__errno_location() };
    // SAFETY: valid for the life of the thread.
    unsafe { *errno = value };
}

/// A step of [`posix_spawn`] on the child's descriptors.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are the arguments of the call named")]
pub enum FileAction {
    /// `open(2)` at a given number.
    Open { fd: i32, path: CString, flags: i32, mode: u32 },
    /// `close(2)`.
    Close { fd: i32 },
    /// `dup2(2)`.
    Dup2 { fd: i32, new_fd: i32 },
}

/// The attributes of [`posix_spawn`].
#[derive(Debug, Clone, Default)]
pub struct SpawnAttributes {
    /// `POSIX_SPAWN_SETPGROUP`.
    pub process_group: Option<i32>,
    /// `POSIX_SPAWN_RESETIDS`.
    pub reset_ids: bool,
    /// `POSIX_SPAWN_SETSID`.
    pub new_session: bool,
    /// `POSIX_SPAWN_SETSIGMASK`.
    pub signal_mask: Option<Vec<i32>>,
    /// `POSIX_SPAWN_SETSIGDEF`.
    pub default_signals: Option<Vec<i32>>,
    /// `POSIX_SPAWN_SETSCHEDULER` (with a policy) or `SETSCHEDPARAM`: policy and priority.
    pub scheduler: Option<(Option<i32>, i32)>,
}

/// Where [`posix_spawn`] looks for the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup {
    /// The path as given.
    Path,
    /// In `PATH` when it has no slash (`posix_spawnp`).
    SearchPath,
}

/// `posix_spawn(3)`; the child's pid.
pub fn posix_spawn(
    lookup: Lookup,
    path: &Path,
    arguments: &StringArray,
    environment: &StringArray,
    actions: &[FileAction],
    attributes: &SpawnAttributes,
) -> io::Result<i32> {
    let path = c_path(path)?;
    let actions = FileActions::new(actions)?;
    let attributes = Attributes::new(attributes)?;
    let spawn = match lookup {
        Lookup::Path => libc::posix_spawn,
        Lookup::SearchPath => libc::posix_spawnp,
    };
    let mut pid = 0;
    let (argv, envp) = (arguments.as_ptr().cast(), environment.as_ptr().cast());
    // SAFETY: initialised actions and attributes, NUL-terminated strings, null-terminated arrays of them.
    let code = unsafe {
        spawn(
            &raw mut pid,
            path.as_ptr(),
            &raw const actions.raw,
            &raw const attributes.raw,
            argv,
            envp,
        )
    };
    check_errno(code)?;
    Ok(pid)
}

struct FileActions {
    raw: libc::posix_spawn_file_actions_t,
}

impl FileActions {
    fn new(actions: &[FileAction]) -> io::Result<FileActions> {
        let mut this = FileActions { raw: libc::posix_spawn_file_actions_t::zeroed() };
        let raw = &raw mut this.raw;
        // SAFETY: `raw` is one object, initialised here.
        check_errno(unsafe { libc::posix_spawn_file_actions_init(raw) })?;
        for action in actions {
            check_errno(match action {
                // SAFETY: initialised above; the C library copies the path.
                FileAction::Open { fd, path, flags, mode } => unsafe {
                    libc::posix_spawn_file_actions_addopen(raw, *fd, path.as_ptr(), *flags, *mode)
                },
                // SAFETY: initialised above.
                FileAction::Close { fd } => unsafe {
                    libc::posix_spawn_file_actions_addclose(raw, *fd)
                },
                // SAFETY: initialised above.
                FileAction::Dup2 { fd, new_fd } => unsafe {
                    libc::posix_spawn_file_actions_adddup2(raw, *fd, *new_fd)
                },
            })?;
        }
        Ok(this)
    }
}

impl Drop for FileActions {
    fn drop(&mut self) {
        // SAFETY: zeroed or initialised, and not used again; glibc frees only what was added.
        unsafe { libc::posix_spawn_file_actions_destroy(&raw mut self.raw) };
    }
}

struct Attributes {
    raw: libc::posix_spawnattr_t,
}

impl Attributes {
    fn new(wanted: &SpawnAttributes) -> io::Result<Attributes> {
        let mut this = Attributes { raw: libc::posix_spawnattr_t::zeroed() };
        let raw = &raw mut this.raw;
        // SAFETY: `raw` is one object, initialised here.
        check_errno(unsafe { libc::posix_spawnattr_init(raw) })?;
        let mut flags = 0;
        if let Some(group) = wanted.process_group {
            // SAFETY: initialised above.
            check_errno(unsafe { libc::posix_spawnattr_setpgroup(raw, group) })?;
            flags |= libc::POSIX_SPAWN_SETPGROUP;
        }
        if wanted.reset_ids {
            flags |= libc::POSIX_SPAWN_RESETIDS;
        }
        if wanted.new_session {
            flags |= i32::from(libc::POSIX_SPAWN_SETSID);
        }
        if let Some(signals) = &wanted.signal_mask {
            let set = set_of(signals)?;
            // SAFETY: initialised above.
            check_errno(unsafe { libc::posix_spawnattr_setsigmask(raw, &raw const set) })?;
            flags |= libc::POSIX_SPAWN_SETSIGMASK;
        }
        if let Some(signals) = &wanted.default_signals {
            let set = set_of(signals)?;
            // SAFETY: initialised above.
            check_errno(unsafe { libc::posix_spawnattr_setsigdefault(raw, &raw const set) })?;
            flags |= libc::POSIX_SPAWN_SETSIGDEF;
        }
        if let Some((policy, priority)) = wanted.scheduler {
            flags |= this.set_scheduler(policy, priority)?;
        }
        let flags =
            c_short::try_from(flags).map_err(|_| io::Error::from_raw_os_error(libc::EINVAL))?;
        // SAFETY: initialised above.
        check_errno(unsafe { libc::posix_spawnattr_setflags(raw, flags) })?;
        Ok(this)
    }

    fn set_scheduler(&mut self, policy: Option<i32>, priority: i32) -> io::Result<c_int> {
        let mut flags = libc::POSIX_SPAWN_SETSCHEDPARAM;
        if let Some(policy) = policy {
            // SAFETY: `new` initialised it.
            check_errno(unsafe {
                libc::posix_spawnattr_setschedpolicy(&raw mut self.raw, policy)
            })?;
            flags = libc::POSIX_SPAWN_SETSCHEDULER;
        }
        let mut param = libc::sched_param::zeroed();
        param.sched_priority = priority;
        // SAFETY: `new` initialised it.
        check_errno(unsafe {
            libc::posix_spawnattr_setschedparam(&raw mut self.raw, &raw const param)
        })?;
        Ok(flags)
    }
}

impl Drop for Attributes {
    fn drop(&mut self) {
        // SAFETY: zeroed or initialised, and not used again.
        unsafe { libc::posix_spawnattr_destroy(&raw mut self.raw) };
    }
}

/// A C string for [`ForkExec`] and [`FileAction`]; a NUL inside is an error.
pub fn text(bytes: &[u8]) -> io::Result<CString> {
    c_string(OsStr::from_bytes(bytes))
}

/// The bytes of such a string.
pub fn bytes(text: &CStr) -> &[u8] {
    text.to_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{file, process};

    /// Runs `program` with its output on a pipe: the output, what the error pipe got, and the exit code.
    fn run(program: &str, cwd: Option<&str>) -> (Vec<u8>, Vec<u8>, Option<i32>) {
        let (reader, writer) = file::pipe(libc::O_CLOEXEC).unwrap();
        let (error_reader, error_writer) = file::pipe(libc::O_CLOEXEC).unwrap();
        let plan = ForkExec {
            arguments: StringArray::new([
                &b"sh"[..],
                b"-c",
                b"echo $NAME; pwd; ls /proc/self/fd | wc -l",
            ])
            .unwrap(),
            executables: vec![text(b"/none/sh").unwrap(), text(program.as_bytes()).unwrap()],
            environment: Some(
                StringArray::environment([(&b"NAME"[..], &b"value"[..]), (b"PATH", b"/bin")])
                    .unwrap(),
            ),
            cwd: cwd.map(|path| text(path.as_bytes()).unwrap()),
            close_fds: true,
            fds_to_keep: &[error_writer],
            pipes: Pipes {
                p2cread: -1,
                p2cwrite: -1,
                c2pread: reader,
                c2pwrite: writer,
                errread: -1,
                errwrite: -1,
            },
            error_pipe: (error_reader, error_writer),
            restore_signals: true,
            new_session: true,
            process_group: None,
            gid: None,
            extra_groups: None,
            uid: None,
            umask: Some(0o22),
        };
        // SAFETY: no preexec_fn.
        let pid = unsafe { fork_exec(&plan, None) }.unwrap();
        file::close(writer).unwrap();
        file::close(error_writer).unwrap();
        let output = drain(reader);
        let error = drain(error_reader);
        (output, error, process::exit_code(process::wait4(pid, 0).unwrap().status))
    }

    fn drain(fd: i32) -> Vec<u8> {
        let mut all = Vec::new();
        let mut buffer = [0; 512];
        loop {
            let count = file::read(fd, &mut buffer).unwrap();
            if count == 0 {
                break;
            }
            all.extend_from_slice(&buffer[..count]);
        }
        file::close(fd).unwrap();
        all
    }

    #[test]
    fn fork_exec_runs_and_reports() {
        // Four descriptors: the three standard ones and the directory that `ls` reads.
        assert_eq!(run("/bin/sh", Some("/")), (b"value\n/\n4\n".to_vec(), vec![], Some(0)));
        assert_eq!(run("/none", None), (vec![], b"OSError:2:".to_vec(), Some(255)));
        assert_eq!(
            run("/bin/sh", Some("/none")),
            (vec![], b"OSError:2:noexec:chdir".to_vec(), Some(255))
        );
    }

    #[test]
    fn posix_spawn_with_actions() {
        let (reader, writer) = file::pipe(libc::O_CLOEXEC).unwrap();
        let arguments = StringArray::new([&b"echo"[..], b"hi"]).unwrap();
        let environment = StringArray::new([]).unwrap();
        let actions = [FileAction::Dup2 { fd: writer, new_fd: 1 }];
        let attributes =
            SpawnAttributes { signal_mask: Some(vec![]), ..SpawnAttributes::default() };
        let spawn = |path| {
            posix_spawn(
                Lookup::SearchPath,
                Path::new(path),
                &arguments,
                &environment,
                &actions,
                &attributes,
            )
        };
        assert_eq!(spawn("no-such-program").unwrap_err().raw_os_error(), Some(libc::ENOENT));
        let pid = spawn("echo").unwrap();
        file::close(writer).unwrap();
        assert_eq!(drain(reader), b"hi\n");
        assert_eq!(process::exit_code(process::wait4(pid, 0).unwrap().status), Some(0));
    }
}
