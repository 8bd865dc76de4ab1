//! Running the program that the command line names.
use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

use haft_builtins::error::report::register_source;
use haft_builtins::runtime::program::{Outcome, handle_uncaught};
use haft_builtins::runtime::{finalize, import, streams};
use haft_bytecode::Code;
use haft_core::object::Dict;
use haft_core::vm::Raised;
use haft_core::{R, Value, Vm};
use haft_host::constants::SIGINT;
use haft_host::signal::{Disposition, raise_signal, set_disposition};

use crate::options::{self, Program};
use crate::start::{self, Launch, absolute};
use crate::{repl, site};

/// The exit code when standard output could not be written at the end.
const OUTPUT_LOST: i32 = 120;

/// Run the program and end the process.
pub(crate) fn main(launch: &Launch) {
    let top = 0_usize;
    let outcome = on_stack(launch, (&raw const top).addr());
    if outcome == Outcome::Interrupted {
        // The shell shall see that it was the signal: it stops its own loops then.
        let _restored = set_disposition(SIGINT, Disposition::Default);
        let _raised = raise_signal(SIGINT);
    }
    haft_host::process::exit(match outcome {
        Outcome::Code(code) => code,
        Outcome::Interrupted => 128 + SIGINT,
    });
}

#[inline(never)]
fn on_stack(launch: &Launch, stack_top: usize) -> Outcome {
    let mut vm = match start::start(launch, stack_top) {
        Ok(vm) => vm,
        Err(text) => {
            // There is nobody left to tell that the text could not be written.
            let _written = streams::write_fd(2, text.as_bytes());
            return Outcome::Code(1);
        }
    };
    let outcome = run(&mut vm, launch);
    let outcome = after(&mut vm, launch, outcome);
    let written = finalize::finish_program(&mut vm);
    crate::jit::finish(&mut vm);
    // What is left of the runtime goes with the process.
    #[expect(
        clippy::mem_forget,
        reason = "the process ends here; tearing the heap down would only take time"
    )]
    std::mem::forget(vm);
    if written || outcome == Outcome::Interrupted { outcome } else { Outcome::Code(OUTPUT_LOST) }
}

/// With `-i` the program is followed by a session.
fn after(vm: &mut Vm, launch: &Launch, outcome: Outcome) -> Outcome {
    let session_done = launch.options.program == Program::Stdin;
    if session_done || !launch.inspect() {
        return outcome;
    }
    let main = main_namespace(vm);
    repl::run(vm, launch, main)
}

fn run(vm: &mut Vm, launch: &Launch) -> Outcome {
    let main = make_main(vm);
    if launch.options.count('S') == 0
        && let Err(raised) = site::add_packages(vm)
    {
        return handle_uncaught(vm, raised);
    }
    if set_disposition(SIGINT, Disposition::Record).is_err() {
        // Without it Ctrl-C ends the process, which is good enough.
    }
    match &launch.options.program {
        Program::Command(command) => {
            prepend_path(vm, launch, OsString::new());
            run_command(vm, &command.clone(), main)
        }
        Program::Module(module) => {
            let folder = haft_host::path::getcwd()
                .map_or_else(|_| OsString::new(), |path| path.into_os_string());
            prepend_path(vm, launch, folder);
            let result = run_module(vm, module, true);
            outcome(vm, result)
        }
        Program::File(path) => run_file(vm, launch, path, main),
        Program::Stdin => {
            prepend_path(vm, launch, OsString::new());
            run_stdin(vm, launch, main)
        }
    }
}

fn outcome(vm: &mut Vm, result: R<()>) -> Outcome {
    match result {
        Ok(()) => Outcome::Code(0),
        Err(raised) => handle_uncaught(vm, raised),
    }
}

/// The module `__main__`.
fn make_main(vm: &mut Vm) -> Dict {
    let module = vm.new_module("__main__");
    let builtins = vm.dict_get_str(vm.modules, "builtins").unwrap_or(Value::NONE);
    vm.dict_set_name(module.dict, vm.names.__builtins__, builtins);
    let key = vm.names.__main__;
    vm.dict_set_name(vm.modules, key, module.value());
    module.dict
}

fn main_namespace(vm: &mut Vm) -> Dict {
    let main = vm.dict_get_name(vm.modules, vm.names.__main__).and_then(import::namespace);
    match main {
        Some(dict) => dict,
        None => make_main(vm),
    }
}

/// Put the folder of the program before the rest of `sys.path`.
fn prepend_path(vm: &mut Vm, launch: &Launch, folder: OsString) {
    if launch.safe_path() {
        return;
    }
    let path = vm.dict_get_str(vm.sys, "path").and_then(|path| vm.as_list(path));
    let folder = vm.str_os(options::bytes(&folder));
    if let Some(path) = path {
        path.insert(&mut vm.heap, 0, folder);
    }
}

/// Run code as the program.
fn run_code(vm: &mut Vm, code: Arc<Code>, main: Dict) -> R<()> {
    import::run_source(vm, code, main).map(|_| ())
}

fn run_command(vm: &mut Vm, command: &OsString, main: Dict) -> Outcome {
    let result = compile_and_run(vm, options::bytes(command), "<string>", main);
    outcome(vm, result)
}

/// Run a text that is in no file.
fn compile_and_run(vm: &mut Vm, text: &[u8], filename: &str, main: Dict) -> R<()> {
    let mut text = text.to_vec();
    if !text.ends_with(b"\n") {
        text.push(b'\n');
    }
    let code = import::compile_bytes(vm, &text, filename)?;
    register_source(vm, &code, &String::from_utf8_lossy(&text));
    run_code(vm, code, main)
}

/// Run a module through `runpy`, as `__main__`.
fn run_module(vm: &mut Vm, name: &str, alter_argv: bool) -> R<()> {
    let runpy = import::import_module(vm, "runpy")?;
    let name = vm.str(name);
    vm.call_method_str(runpy, "_run_module_as_main", &[name, Value::bool(alter_argv)]).map(|_| ())
}

fn run_file(vm: &mut Vm, launch: &Launch, path: &OsString, main: Dict) -> Outcome {
    let full = absolute(Path::new(path));
    let shown = full.to_string_lossy().into_owned();
    if import::library::is_folder(&full) || is_archive(&full) {
        let entry = vm.str_os(options::bytes(full.as_os_str()));
        let path = vm.dict_get_str(vm.sys, "path").and_then(|path| vm.as_list(path));
        if let Some(path) = path {
            path.insert(&mut vm.heap, 0, entry);
        }
        let result = run_module(vm, "__main__", false);
        return outcome(vm, result);
    }
    let bytes = match import::library::read_file(&full) {
        Ok(bytes) => bytes,
        Err(error) => return cannot_open(launch, &shown, &error),
    };
    let real = haft_host::path::realpath(&full).unwrap_or_else(|_| full.clone());
    let folder = real.parent().map_or_else(OsString::new, |folder| folder.as_os_str().to_owned());
    prepend_path(vm, launch, folder);
    let result = run_script(vm, launch, &bytes, &shown, main);
    outcome(vm, result)
}

fn cannot_open(launch: &Launch, shown: &str, error: &std::io::Error) -> Outcome {
    let number = error.raw_os_error().unwrap_or(0);
    let reason = haft_host::process::strerror(number);
    let reason = String::from_utf8_lossy(&reason);
    let text =
        format!("{}: can't open file '{shown}': [Errno {number}] {reason}\n", launch.executable);
    // There is nobody left to tell that the text could not be written.
    let _written = streams::write_fd(2, text.as_bytes());
    Outcome::Code(2)
}

/// Could it be a zip archive with a program in it? These end with their directory, and no source file starts so.
fn is_archive(path: &Path) -> bool {
    let Ok(fd) = haft_host::file::open(None, path, haft_host::constants::O_RDONLY, 0) else {
        return false;
    };
    let mut start = [0; 4];
    let found = matches!(haft_host::file::read(fd, &mut start), Ok(4)) && start == *b"PK\x03\x04";
    // The file was only read: closing it cannot lose anything.
    let _closed = haft_host::file::close(fd);
    found
}

fn run_script(vm: &mut Vm, launch: &Launch, bytes: &[u8], path: &str, main: Dict) -> R<()> {
    let file = vm.str_os(path.as_bytes());
    vm.dict_set_name(main, vm.names.__file__, file);
    vm.dict_set_str(main, "__cached__", Value::NONE);
    let loader = import::script_loader(vm, path);
    vm.dict_set_name(main, vm.names.__loader__, loader);
    // `-x` leaves the line break, so that line numbers stay right.
    let skipped = if launch.options.count('x') > 0 {
        bytes.iter().position(|&b| b == b'\n').unwrap_or(bytes.len())
    } else {
        0
    };
    let code = import::compile_bytes(vm, &bytes[skipped..], path)?;
    run_code(vm, code, main)
}

/// Standard input: a session if it is a terminal, else a program.
fn run_stdin(vm: &mut Vm, launch: &Launch, main: Dict) -> Outcome {
    if haft_host::file::isatty(0) || launch.inspect() {
        return repl::run(vm, launch, main);
    }
    let text = match read_all(vm) {
        Ok(text) => text,
        Err(raised) => return handle_uncaught(vm, raised),
    };
    let result = compile_and_run(vm, &text, "<stdin>", main);
    outcome(vm, result)
}

fn read_all(vm: &mut Vm) -> Result<Vec<u8>, Raised> {
    let (mut text, mut buffer) = (Vec::new(), vec![0; 1 << 16]);
    loop {
        match haft_host::file::read(0, &mut buffer) {
            Ok(0) => return Ok(text),
            Ok(n) => text.extend_from_slice(&buffer[..n]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => vm.poll()?,
            Err(error) if error.raw_os_error() == Some(haft_host::constants::EBADF) => {
                return Ok(text);
            }
            Err(error) => return Err(vm.os_error(&error)),
        }
    }
}
