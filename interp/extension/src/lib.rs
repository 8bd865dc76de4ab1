//! `haft build-ext` and `haft abi-check`: make HPy extension modules, and say what is in one.
//!
//! These are tools beside the interpreter, in the same executable because it carries the headers: an author of
//! extensions needs nothing but `haft` and a C compiler. They run no Python. A module they make is an ordinary HPy 0.9
//! universal module, which other hosts load as well.

pub mod arguments;
pub mod check;
pub mod code;
pub mod compiler;
pub mod headers;
pub mod module_file;

use std::ffi::OsString;
use std::path::Path;

use arguments::Parsed;

/// What a tool leaves: texts for the two streams, and the exit code.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// For standard output.
    pub output: String,
    /// For standard error.
    pub errors: String,
    /// The exit code: 0, 1 when the work failed, 2 for a wrong command line.
    pub code: i32,
}

impl Outcome {
    fn done(output: String) -> Outcome {
        Outcome { output, ..Outcome::default() }
    }

    fn failed(tool: &str, message: &str) -> Outcome {
        Outcome { errors: format!("haft {tool}: {message}\n"), code: 1, ..Outcome::default() }
    }

    fn misuse(tool: &str, message: &str) -> Outcome {
        let errors =
            format!("haft {tool}: {message}\nTry `haft {tool} --help' for more information.\n");
        Outcome { errors, code: 2, ..Outcome::default() }
    }
}

/// Run a tool, if the first argument of the command line names one.
pub fn run(command: &[OsString]) -> Option<Outcome> {
    let (tool, rest) = command.split_first()?;
    match tool.to_str()? {
        "build-ext" => Some(build_ext(rest)),
        "abi-check" => Some(abi_check(rest)),
        _ => None,
    }
}

fn build_ext(arguments: &[OsString]) -> Outcome {
    let request = match arguments::parse(arguments) {
        Ok(Parsed::Build(request)) => request,
        Ok(Parsed::Help) => return Outcome::done(arguments::HELP.to_owned()),
        Ok(Parsed::Include) => {
            return match headers::folder() {
                Ok(folder) => Outcome::done(format!("{}\n", folder.display())),
                Err(error) => Outcome::failed("build-ext", &error),
            };
        }
        Err(message) => return Outcome::misuse("build-ext", &message),
    };
    match compiler::build(&request) {
        Ok(built) => Outcome {
            output: format!("{}\n", built.path.display()),
            errors: built.messages,
            code: 0,
        },
        Err(failure) => {
            let mut outcome = Outcome::failed("build-ext", &failure.reason);
            outcome.errors.insert_str(0, &failure.messages);
            outcome
        }
    }
}

const CHECK_HELP: &str = "\
usage: haft abi-check FILE.so...
Say which HPy modules a file holds, which functions of the context it may call,
and which hosts load it.
";

fn abi_check(arguments: &[OsString]) -> Outcome {
    if arguments.iter().any(|argument| argument == "-h" || argument == "--help") {
        return Outcome::done(CHECK_HELP.to_owned());
    }
    if let Some(option) =
        arguments.iter().find(|argument| argument.to_string_lossy().starts_with('-'))
    {
        return Outcome::misuse(
            "abi-check",
            &format!("unknown option {}", option.to_string_lossy()),
        );
    }
    if arguments.is_empty() {
        return Outcome::misuse("abi-check", "no file given");
    }
    let mut outcome = Outcome::default();
    for path in arguments {
        match check::report(Path::new(path)) {
            Ok(report) => outcome.output.push_str(&report),
            Err(message) => {
                let failed = Outcome::failed("abi-check", &message);
                outcome.errors.push_str(&failed.errors);
                outcome.code = failed.code;
            }
        }
    }
    outcome
}
