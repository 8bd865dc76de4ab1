//! The `haft` command.
mod jit;
mod jit_log;
mod library;
mod options;
mod repl;
mod run;
mod site;
mod start;

use std::ffi::OsString;

use haft_builtins::runtime::streams::write_fd;
use options::Request;

/// Native stack of the main program: deep recursion of native code (`repr` of nested lists, `sorted` with keys that
/// sort) must end in RecursionError, not in a crash. Only what is used takes memory.
const STACK: usize = 512 << 20;

fn main() {
    let arguments = haft_host::environment::arguments();
    let executable = executable(&arguments);
    if let Some(outcome) = haft_extension::run(arguments.get(1..).unwrap_or_default()) {
        let _written = write_fd(2, outcome.errors.as_bytes());
        end_with(1, &outcome.output, outcome.code);
        return;
    }
    match options::parse(&executable, arguments.get(1..).unwrap_or_default()) {
        Request::Show(text) => end_with(1, &text, 0),
        Request::Misuse(text) => end_with(2, &text, 2),
        Request::Run(options) => {
            let launch = start::Launch { options, executable, arguments };
            stacker::grow(STACK, || run::main(&launch));
        }
    }
}

/// Print a text to a descriptor, and end.
fn end_with(fd: i32, text: &str, code: i32) {
    // There is nobody left to tell that the text could not be written.
    let _written = write_fd(fd, text.as_bytes());
    haft_host::process::exit(code);
}

/// `sys.executable`: the path of this program, or else how it was called.
fn executable(arguments: &[OsString]) -> String {
    match haft_host::environment::executable() {
        Ok(path) => path.to_string_lossy().into_owned(),
        Err(_) => {
            arguments.first().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
        }
    }
}
