//! The command line, as `python`'s.
#![expect(clippy::struct_field_names, reason = "fields are named as the options")]
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;

use lexopt::Arg;

/// What is to be run.
#[derive(Debug, PartialEq, Eq, Clone)]
pub(crate) enum Program {
    /// `-c`
    Command(OsString),
    /// `-m`
    Module(String),
    /// A file or folder.
    File(OsString),
    /// `-`, or nothing: standard input.
    Stdin,
}

/// A command line.
#[derive(Debug, PartialEq, Eq, Clone)]
pub(crate) struct Options {
    pub(crate) program: Program,
    /// `sys.argv`
    pub(crate) argv: Vec<OsString>,
    /// `-X name=value`
    pub(crate) x_options: Vec<(String, Option<String>)>,
    /// `-W`
    pub(crate) warnings: Vec<String>,
    /// How often each option without argument was given.
    pub(crate) flags: BTreeMap<char, u8>,
}

/// What a command line asks for.
#[derive(Debug, PartialEq, Eq, Clone)]
pub(crate) enum Request {
    Run(Options),
    /// Print this to standard output, and end.
    Show(String),
    /// Print this to standard error, and end with code 2.
    Misuse(String),
}

impl Options {
    /// How often was this option given?
    pub(crate) fn count(&self, letter: char) -> u8 {
        self.flags.get(&letter).copied().unwrap_or(0)
    }
}

/// Options without argument. `t`, `d` and `R` are accepted for the sake of old scripts.
const FLAGS: &str = "bBdEiIOPqRsStuvx";

const LONG_HELP: &[&str] = &["help", "help-env", "help-xoptions", "help-all"];

/// Read a command line, the name of the program not included.
#[expect(clippy::too_many_lines, reason = "one arm per option")]
pub(crate) fn parse(program: &str, arguments: &[OsString]) -> Request {
    let mut parser = lexopt::Parser::from_args(arguments.iter().cloned());
    let mut options = Options {
        program: Program::Stdin,
        argv: vec![OsString::new()],
        x_options: Vec::new(),
        warnings: Vec::new(),
        flags: BTreeMap::new(),
    };
    let mut versions = 0_u8;
    let misuse = |text: String| Request::Misuse(format!("{text}\n{}", short_usage(program)));
    loop {
        let argument = match parser.next() {
            Ok(Some(argument)) => argument,
            Ok(None) => break,
            Err(error) => return misuse(error.to_string()),
        };
        let letter = match argument {
            Arg::Short('h' | '?') => return Request::Show(help(program)),
            Arg::Short('V') => {
                versions += 1;
                continue;
            }
            Arg::Short(letter @ ('c' | 'm' | 'W' | 'X' | 'J')) => letter,
            Arg::Short(letter) if FLAGS.contains(letter) => {
                *options.flags.entry(letter).or_default() += 1;
                continue;
            }
            Arg::Short(letter) => return misuse(format!("Unknown option: -{letter}")),
            Arg::Long("version") => {
                versions += 1;
                continue;
            }
            Arg::Long(name) if LONG_HELP.contains(&name) => return Request::Show(help(program)),
            Arg::Long("check-hash-based-pycs") => {
                match parser.value() {
                    Ok(value)
                        if ["always", "default", "never"]
                            .iter()
                            .any(|known| value == OsStr::new(known)) =>
                    {
                        continue;
                    }
                    _ => return misuse(
                        "--check-hash-based-pycs must be one of 'default', 'always', or 'never'"
                            .to_owned(),
                    ),
                }
            }
            Arg::Long(name) => return misuse(format!("unknown option --{name}")),
            Arg::Value(value) => {
                options.program =
                    if value == "-" { Program::Stdin } else { Program::File(value.clone()) };
                options.argv = vec![value];
                options.argv.extend(rest(&mut parser));
                return finish(options, versions);
            }
        };
        let Ok(value) = parser.value() else {
            return misuse(format!("Argument expected for the -{letter} option"));
        };
        match letter {
            'c' | 'm' => {
                options.argv = vec![OsString::from(format!("-{letter}"))];
                options.argv.extend(rest(&mut parser));
                options.program = if letter == 'c' {
                    Program::Command(value)
                } else {
                    Program::Module(value.to_string_lossy().into_owned())
                };
                return finish(options, versions);
            }
            'W' => options.warnings.push(value.to_string_lossy().into_owned()),
            'X' => {
                let text = value.to_string_lossy().into_owned();
                if text == "help" {
                    return Request::Show(X_HELP.to_owned());
                }
                options.x_options.push(match text.split_once('=') {
                    Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                    None => (text, None),
                });
            }
            _ => return misuse(format!("Unknown option: -{letter}")),
        }
    }
    finish(options, versions)
}

fn rest(parser: &mut lexopt::Parser) -> Vec<OsString> {
    parser.raw_args().map(Iterator::collect).unwrap_or_default()
}

fn finish(options: Options, versions: u8) -> Request {
    match versions {
        0 => Request::Run(options),
        1 => Request::Show(format!("{}\n", version())),
        _ => Request::Show(format!("Python {}\n", haft_builtins::runtime::sys::VERSION)),
    }
}

/// `haft --version`
pub(crate) fn version() -> String {
    let (major, minor, micro) = haft_builtins::runtime::sys::VERSION_INFO;
    format!("Haft {} (Python {major}.{minor}.{micro})", env!("CARGO_PKG_VERSION"))
}

fn short_usage(program: &str) -> String {
    format!(
        "usage: {program} [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `{program} -h' for more information.\n"
    )
}

fn help(program: &str) -> String {
    format!("usage: {program} [option] ... [-c cmd | -m mod | file | -] [arg] ...\n{HELP}")
}

const HELP: &str = "\
Options (and corresponding environment variables):
-b     : issue warnings about converting bytes/bytearray to str and comparing
         bytes/bytearray with str or bytes with int; also PYTHONBYTESWARNING=x
         (-bb: issue errors)
-B     : accepted for compatibility: compiled code is never written
-c cmd : program passed in as string (terminates option list)
-E     : ignore PYTHON* environment variables (such as PYTHONPATH)
-h     : print this help message and exit (also -? or --help)
-i     : inspect interactively after running script; also PYTHONINSPECT=x
-I     : isolate Haft from the user's environment (implies -E, -P and -s)
-m mod : run library module as a script (terminates option list)
-O     : remove assert and __debug__-dependent statements; also PYTHONOPTIMIZE=x
-OO    : do -O changes and also discard docstrings
-P     : don't prepend a potentially unsafe path to sys.path; also
         PYTHONSAFEPATH
-q     : don't print version and copyright messages on interactive startup
-s     : don't add user site directory to sys.path; also PYTHONNOUSERSITE=x
-S     : don't look for installed packages on initialization
-u     : force the stdout and stderr streams to be unbuffered; also
         PYTHONUNBUFFERED=x
-v     : verbose (trace import statements); also PYTHONVERBOSE=x
-V     : print the version number and exit (also --version);
         when given twice, print more information
-W arg : warning control; arg is action:message:category:module:lineno; also
         PYTHONWARNINGS=arg
-x     : skip first line of source, allowing use of non-Unix forms of #!cmd
-X opt : set implementation-specific option; -X help lists them

Commands:
haft build-ext   : compile an HPy extension module; see haft build-ext --help
haft abi-check   : say what is in one, and which Pythons load it

Arguments:
file   : program read from script file
-      : program read from stdin (default; interactive mode if a tty)
arg ...: arguments passed to program in sys.argv[1:]

Environment variables:
HAFT_STDLIB      : directory of the standard library, instead of the copy in
                   the executable
PYTHONPATH       : ':'-separated list of directories prefixed to the default
                   module search path
PYTHONHASHSEED   : if this variable is set to 'random', a random value is used
                   to seed the hashes of str and bytes objects; it can also be
                   an integer in the range [0,4294967295]
PYTHONSTARTUP    : file executed on interactive startup
";

const X_HELP: &str = "\
The following implementation-specific options are available:
-X dev               : enable development mode
-X gc-stress[=N]     : collect garbage at every (N-th) allocation
-X gc-verify         : check write barriers at every collection
-X int_max_str_digits=N : limit of conversions between int and str; 0 disables it
-X jit=on|off        : compile hot loops to machine code (default: on)
-X jit-threshold=N   : passes through a loop before it is compiled
-X jit-background=on|off : compile on a thread of its own (default: on with several processors)
-X jit-generator=quick|cranelift : what makes machine code; quick where that is possible
-X jit-log=FILE      : write what is compiled and why not to FILE, a JSON object a line
-X jit-optimiser=off : compile without optimising; for finding faults
-X jit-exit-stress=N : make every N-th guard of compiled code fail; for finding faults
-X utf8              : accepted for compatibility: UTF-8 mode is always on
-X warn_default_encoding : warn where the locale's encoding is used by default
";

/// Bytes of an argument as source text.
pub(crate) fn bytes(text: &OsStr) -> &[u8] {
    text.as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(line: &str) -> Request {
        let arguments: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
        parse("haft", &arguments)
    }

    fn options(line: &str) -> Options {
        match run(line) {
            Request::Run(options) => options,
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn programs() {
        let rows = [
            ("", Program::Stdin, &[""][..]),
            ("- a -b", Program::Stdin, &["-", "a", "-b"]),
            ("-c pass -x y", Program::Command("pass".into()), &["-c", "-x", "y"]),
            ("-cpass a", Program::Command("pass".into()), &["-c", "a"]),
            ("-Ic pass", Program::Command("pass".into()), &["-c"]),
            ("-m json.tool -h", Program::Module("json.tool".to_owned()), &["-m", "-h"]),
            ("-u x.py -c --long", Program::File("x.py".into()), &["x.py", "-c", "--long"]),
        ];
        for (line, program, argv) in rows {
            let options = options(line);
            assert_eq!(options.program, program, "{line}");
            assert_eq!(options.argv, argv, "{line}");
        }
    }

    #[test]
    fn flags() {
        let options = options("-OO -Bs -X dev -X a=b=c -Wignore -W error x");
        assert_eq!(
            [options.count('O'), options.count('B'), options.count('s'), options.count('i')],
            [2, 1, 1, 0]
        );
        assert_eq!(
            options.x_options,
            [("dev".to_owned(), None), ("a".to_owned(), Some("b=c".to_owned()))]
        );
        assert_eq!(options.warnings, ["ignore", "error"]);
    }

    #[test]
    fn misuse() {
        let rows = [
            ("-c", "Argument expected for the -c option\n"),
            ("-z", "Unknown option: -z\n"),
            ("--frobnicate x", "unknown option --frobnicate\n"),
        ];
        for (line, expected) in rows {
            let Request::Misuse(text) = run(line) else { panic!("{line}") };
            assert!(text.starts_with(expected), "{line}: {text}");
            assert!(text.ends_with("Try `haft -h' for more information.\n"), "{text}");
        }
        assert_eq!(run("-V"), Request::Show(format!("{}\n", version())));
        assert_eq!(run("--version -c pass"), run("-V"));
    }
}
