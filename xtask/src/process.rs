//! Child processes with a time limit, both output streams kept.

use std::io::{Read, Write as _};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

/// How often a running child is looked at.
const POLL: Duration = Duration::from_millis(3);

/// How a child ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// It left with this code. Death by signal `n` is 128 + n, as in a shell.
    Code(i32),
    /// It was killed at the time limit.
    TimedOut,
}

/// What a child left behind.
#[derive(Debug)]
pub(crate) struct Output {
    /// How it ended.
    pub(crate) end: End,
    /// Its standard output; bytes that are no UTF-8 are replaced.
    pub(crate) stdout: String,
    /// Its standard error, likewise.
    pub(crate) stderr: String,
}

impl End {
    fn of(status: ExitStatus) -> Self {
        let signal = status.signal().map(|signal| 128 + signal);
        Self::Code(status.code().or(signal).unwrap_or(-1))
    }

    /// Did it end by a signal, in a way that no Python program asks for?
    pub(crate) fn is_crash(self) -> bool {
        // SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGKILL (out of memory), SIGSEGV
        matches!(self, Self::Code(code) if [4, 5, 6, 7, 8, 9, 11].contains(&(code - 128)))
    }
}

/// Runs `command`, feeds it `stdin`, and kills its whole process group after `limit`.
pub(crate) fn run(command: &mut Command, stdin: &[u8], limit: Duration) -> Result<Output> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn()
        .with_context(|| format!("cannot start {}", command.get_program().to_string_lossy()))?;
    let mut input = child.stdin.take().expect("stdin is a pipe");
    let stdout = child.stdout.take().expect("stdout is a pipe");
    let stderr = child.stderr.take().expect("stderr is a pipe");
    thread::scope(|scope| {
        // A child that does not read its input closes the pipe: that is its right.
        scope.spawn(move || input.write_all(stdin).ok());
        let stdout = scope.spawn(move || read_all(stdout));
        let stderr = scope.spawn(move || read_all(stderr));
        let deadline = Instant::now() + limit;
        let end = wait_until(&mut child, || Instant::now() >= deadline)?;
        let stdout = stdout.join().expect("the reader does not panic");
        let stderr = stderr.join().expect("the reader does not panic");
        Ok(Output { end, stdout, stderr })
    })
}

/// Waits for `child`, and kills its process group as soon as `give_up` says so.
pub(crate) fn wait_until(child: &mut Child, mut give_up: impl FnMut() -> bool) -> Result<End> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(End::of(status));
        }
        if give_up() {
            kill_group(child);
            child.wait()?;
            return Ok(End::TimedOut);
        }
        thread::sleep(POLL);
    }
}

/// Kills the child and what it started. The child leads a process group of its own.
fn kill_group(child: &mut Child) {
    let group = format!("-{}", child.id());
    let killed = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
    if !killed.is_ok_and(|status| status.success()) {
        child.kill().ok();
    }
}

fn read_all(mut stream: impl Read) -> String {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).ok();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, limit: u64) -> Output {
        run(Command::new("sh").args(["-c", script]), b"in\n", Duration::from_millis(limit)).unwrap()
    }

    #[test]
    fn streams_and_code_are_kept() {
        let output = shell("cat; echo oops >&2; exit 3", 5_000);
        assert_eq!(
            (output.end, output.stdout.as_str(), output.stderr.as_str()),
            (End::Code(3), "in\n", "oops\n")
        );
    }

    #[test]
    fn a_signal_counts_as_in_a_shell() {
        assert_eq!(shell("kill -INT $$", 5_000).end, End::Code(130));
        assert!(shell("kill -SEGV $$", 5_000).end.is_crash());
    }

    #[test]
    fn the_time_limit_reaches_grandchildren() {
        let start = Instant::now();
        assert_eq!(shell("sleep 60 & wait", 100).end, End::TimedOut);
        assert!(start.elapsed() < Duration::from_secs(20));
    }
}
