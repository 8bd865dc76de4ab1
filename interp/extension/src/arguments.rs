//! The command line of `haft build-ext`.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::Arg;

/// What is to be built, and how.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Request {
    /// The sources, C or C++ by their names.
    pub sources: Vec<PathBuf>,
    /// `-o`: a module name, or a path that ends in one. Without it the name is taken from `HPy_MODINIT`.
    pub output: Option<PathBuf>,
    /// `-I`
    pub include: Vec<PathBuf>,
    /// `-L`
    pub library_folders: Vec<PathBuf>,
    /// `-l`
    pub libraries: Vec<String>,
    /// `-D`: NAME or NAME=VALUE.
    pub defines: Vec<String>,
    /// `-O`: 0, 1, 2, 3, s, …
    pub optimise: Option<String>,
    /// `-std`
    pub standard: Option<String>,
    /// `--debug`
    pub debug: bool,
    /// `-v`
    pub verbose: bool,
    /// After `--`: for the compiler, as they are.
    pub extra: Vec<OsString>,
}

/// What a command line asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parsed {
    /// Build a module.
    Build(Box<Request>),
    /// Print the folder of the headers.
    Include,
    /// Print [`HELP`].
    Help,
}

/// The text of `haft build-ext --help`.
pub const HELP: &str = "\
usage: haft build-ext FILE.c|FILE.cpp... [-o NAME] [option]... [-- compiler option...]
Compile an HPy extension module to NAME.hpy0.so, which Haft, CPython and PyPy load.

-o NAME      : the module's name, or a path that ends in it (default: the name
               in HPy_MODINIT, in the current folder)
-I DIR       : look for headers in DIR, too
-D NAME[=X]  : define a macro
-L DIR       : look for libraries in DIR, too
-l NAME      : link a library
-O LEVEL     : optimise: 0, 1, 2 (default), 3, s
--std=NAME   : the language standard (default: the compiler's; gnu++20)
--debug      : debug information, no optimisation, assertions
-v           : print the commands
--include    : print the folder with hpy.h, and end
The compiler is `cc` and `c++`, or what CC, CXX, CFLAGS and CXXFLAGS say.
";

/// Read the command line of `haft build-ext`.
pub fn parse(arguments: &[OsString]) -> Result<Parsed, String> {
    let (ours, extra) = match arguments.iter().position(|argument| argument == "--") {
        Some(place) => (&arguments[..place], &arguments[place + 1..]),
        None => (arguments, &[][..]),
    };
    let mut request = Request { extra: extra.to_vec(), ..Request::default() };
    let mut parser = lexopt::Parser::from_args(ours.iter().cloned());
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(Parsed::Help),
            Arg::Long("include") => return Ok(Parsed::Include),
            Arg::Long("debug") => request.debug = true,
            Arg::Short('v') => request.verbose = true,
            Arg::Value(value) => request.sources.push(value.into()),
            Arg::Short('O') => {
                let level = parser.optional_value().unwrap_or_else(|| "2".into());
                request.optimise = Some(level.to_string_lossy().into_owned());
            }
            Arg::Short(letter @ ('o' | 'I' | 'L' | 'l' | 'D')) => {
                let value = parser.value().map_err(|_| format!("-{letter} needs a value"))?;
                take(&mut request, letter, value)?;
            }
            Arg::Long("std") => {
                let value = parser.value().map_err(|_| "--std needs a value".to_owned())?;
                request.standard = Some(value.to_string_lossy().into_owned());
            }
            other => return Err(other.unexpected().to_string()),
        }
    }
    if request.sources.is_empty() {
        return Err("no source file given".to_owned());
    }
    Ok(Parsed::Build(Box::new(request)))
}

fn take(request: &mut Request, letter: char, value: OsString) -> Result<(), String> {
    let text = || value.to_string_lossy().into_owned();
    match letter {
        'o' if request.output.is_some() => return Err("-o is given twice".to_owned()),
        'o' => request.output = Some(value.into()),
        'I' => request.include.push(value.into()),
        'L' => request.library_folders.push(value.into()),
        'l' => request.libraries.push(text()),
        _ => request.defines.push(text()),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(line: &str) -> Result<Parsed, String> {
        let words: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
        parse(&words)
    }

    #[test]
    fn options() {
        let Ok(Parsed::Build(request)) = run(
            "a.c b.cpp -o pkg/vec -Iinc -DX=1 -D Y -lm -L/x -O3 --debug --std=c99 -- -Wall -g3",
        ) else {
            panic!("it is right");
        };
        assert_eq!(request.sources, [PathBuf::from("a.c"), PathBuf::from("b.cpp")]);
        assert_eq!(request.output, Some(PathBuf::from("pkg/vec")));
        assert_eq!(request.defines, ["X=1", "Y"]);
        assert_eq!(
            (request.libraries, request.optimise),
            (vec!["m".to_owned()], Some("3".to_owned()))
        );
        assert_eq!(request.extra, ["-Wall", "-g3"]);
        assert!(request.debug && request.standard.as_deref() == Some("c99"));
    }

    #[test]
    fn misuse() {
        assert_eq!(run(""), Err("no source file given".to_owned()));
        assert_eq!(run("a.c -o"), Err("-o needs a value".to_owned()));
        assert_eq!(run("a.c -o x -o y"), Err("-o is given twice".to_owned()));
        assert_eq!(run("a.c --fast"), Err("invalid option '--fast'".to_owned()));
        assert_eq!(run("--help"), Ok(Parsed::Help));
    }
}
