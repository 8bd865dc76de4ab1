//! The interactive session.
use std::path::PathBuf;

use haft_builtins::error::raise_syntax_error;
use haft_builtins::error::report::register_source;
use haft_builtins::runtime::import::library::read_file;
use haft_builtins::runtime::import::{compile_bytes, run_source};
use haft_builtins::runtime::program::{Outcome, exit_code, handle_uncaught};
use haft_builtins::runtime::streams;
use haft_compiler::{Mode, Options};
use haft_core::object::Dict;
use haft_core::{R, Value, Vm};
use rustyline::DefaultEditor;
use rustyline::error::ReadlineError;

use crate::options::version;
use crate::start::Launch;

/// Where lines come from.
enum Lines {
    /// A terminal, with history and editing.
    Terminal(Box<DefaultEditor>),
    /// Anything else: `-i` with a file as standard input.
    Plain,
}

/// What reading gave.
enum Read {
    Line(String),
    Interrupted,
    End,
}

impl Lines {
    fn read(&mut self, prompt: &str) -> Read {
        match self {
            Lines::Terminal(editor) => match editor.readline(prompt) {
                Ok(line) => Read::Line(line),
                Err(ReadlineError::Interrupted) => Read::Interrupted,
                Err(_) => Read::End,
            },
            Lines::Plain => read_plain(prompt),
        }
    }
    fn remember(&mut self, text: &str) {
        if let Lines::Terminal(editor) = self {
            // A line that cannot be remembered is no reason to stop.
            let _added = editor.add_history_entry(text.trim_end());
        }
    }
}

fn read_plain(prompt: &str) -> Read {
    // A prompt that cannot be shown does not keep the program from running.
    let _written = streams::write_fd(1, prompt.as_bytes());
    let (mut line, mut byte) = (Vec::new(), [0]);
    loop {
        match haft_host::file::read(0, &mut byte) {
            Ok(0) | Err(_) if line.is_empty() => return Read::End,
            Ok(0) | Err(_) => break,
            Ok(_) if byte[0] == b'\n' => break,
            Ok(_) => line.push(byte[0]),
        }
    }
    Read::Line(String::from_utf8_lossy(&line).into_owned())
}

/// The file of the history.
fn history_file() -> Option<PathBuf> {
    let home = haft_host::environment::variable("HOME".as_ref())?;
    Some(PathBuf::from(home).join(".haft_history"))
}

/// Run a session in a namespace.
pub(crate) fn run(vm: &mut Vm, launch: &Launch, main: Dict) -> Outcome {
    greet(vm, launch);
    for (name, prompt) in [("ps1", ">>> "), ("ps2", "... ")] {
        if vm.dict_get_str(vm.sys, name).is_none() {
            let prompt = vm.str(prompt);
            vm.dict_set_str(vm.sys, name, prompt);
        }
    }
    if let Some(code) = run_startup(vm, launch, main) {
        return Outcome::Code(code);
    }
    let history = history_file();
    let mut lines = match DefaultEditor::new() {
        Ok(mut editor) if haft_host::file::isatty(0) => {
            if let Some(path) = &history {
                // The first session has no history.
                let _loaded = editor.load_history(path);
            }
            Lines::Terminal(Box::new(editor))
        }
        _ => Lines::Plain,
    };
    let outcome = session(vm, main, &mut lines);
    if let (Lines::Terminal(editor), Some(path)) = (&mut lines, &history) {
        // A history that cannot be kept is no reason to complain at the end.
        let _saved = editor.save_history(path);
    }
    outcome
}

fn greet(vm: &mut Vm, launch: &Launch) {
    if launch.options.count('q') == 0 {
        let text = format!(
            "{} on linux\nType \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n",
            version()
        );
        streams::write_error(vm, text.as_bytes());
    }
}

/// Run the file that `PYTHONSTARTUP` names. An exit code if it ends the session.
fn run_startup(vm: &mut Vm, launch: &Launch, main: Dict) -> Option<i32> {
    let path = launch.environment("PYTHONSTARTUP")?;
    let shown = path.to_string_lossy().into_owned();
    let bytes = read_file(path.as_ref()).ok()?;
    let result = compile_bytes(vm, &bytes, &shown).and_then(|code| run_source(vm, code, main));
    report(vm, result)
}

/// Report the exception of a statement. An exit code if the session ends.
fn report(vm: &mut Vm, result: R) -> Option<i32> {
    let Err(raised) = result else { return None };
    if vm.raised_is(vm.exc.system_exit) {
        let error = vm.take_raised(raised);
        return Some(exit_code(vm, error));
    }
    handle_uncaught(vm, raised);
    None
}

/// The text of a prompt: `sys.ps1` may be any object.
fn prompt(vm: &mut Vm, name: &str) -> String {
    let Some(value) = vm.dict_get_str(vm.sys, name) else { return String::new() };
    vm.str_text(value).unwrap_or_else(|raised| {
        vm.take_raised(raised);
        String::new()
    })
}

fn session(vm: &mut Vm, main: Dict, lines: &mut Lines) -> Outcome {
    let mut number = 0;
    loop {
        let mut text = String::new();
        let code = loop {
            let shown = prompt(vm, if text.is_empty() { "ps1" } else { "ps2" });
            match lines.read(&shown) {
                Read::Line(line) => {
                    text.push_str(&line);
                    text.push('\n');
                }
                Read::Interrupted => {
                    streams::write_error(vm, b"\nKeyboardInterrupt\n");
                    break None;
                }
                Read::End if text.is_empty() => {
                    streams::write_error(vm, b"\n");
                    return Outcome::Code(0);
                }
                Read::End => text.push('\n'),
            }
            if text.trim().is_empty() {
                break None;
            }
            let filename = format!("<stdin-{number}>");
            match haft_compiler::compile(&text, &Options::new(&filename, Mode::Single)) {
                Err(error) if error.incomplete && !text.ends_with("\n\n") => {}
                Ok(_) if is_open_block(&text) => {}
                Ok((code, _)) => break Some(Ok(code)),
                Err(error) => break Some(Err(error)),
            }
        };
        lines.remember(&text);
        let result = match code {
            None => continue,
            Some(Ok(code)) => {
                number += 1;
                register_source(vm, &code, &text);
                run_source(vm, code, main)
            }
            Some(Err(error)) => Err(raise_syntax_error(vm, &error, "<stdin>")),
        };
        if let Some(code) = report(vm, result) {
            return Outcome::Code(code);
        }
        flush(vm);
    }
}

/// Does a compound statement wait for its empty line?
fn is_open_block(text: &str) -> bool {
    let last = text.lines().last().unwrap_or_default();
    let indented = |line: &str| line.starts_with([' ', '\t']);
    let starts_block = text
        .lines()
        .next()
        .is_some_and(|line| line.trim_end().ends_with(':') || line.starts_with('@'));
    (text.lines().count() > 1 && indented(last) || starts_block) && !last.trim().is_empty()
}

fn flush(vm: &mut Vm) {
    let Some(stdout) = vm.dict_get_str(vm.sys, "stdout").filter(|stream| !stream.is_none()) else {
        return;
    };
    let flushed: R<Value> = vm.call_method_str(stdout, "flush", &[]);
    if let Err(raised) = flushed {
        handle_uncaught(vm, raised);
    }
}
