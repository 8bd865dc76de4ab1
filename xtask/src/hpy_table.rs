//! `cargo xtask hpy-table`: the same extension modules in every host on the machine, as a page of the book.
//!
//! Each program of `testsuite/hpy` runs with its module, compiled once, in Haft, in CPython with our host and with upstream's,
//! and in PyPy. What is counted is lines: a program says what each line must print, and the first that stops it costs the
//! rest.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::process::{self, End};
use crate::{python, test, wheel, workspace};

/// Options of `cargo xtask hpy-table`.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The haft executable
    #[arg(long, value_name = "FILE", default_value = "target/debug/haft")]
    haft: PathBuf,
    /// A CPython 3.11 in which upstream's hpy 0.9.0 is installed
    #[arg(long, value_name = "PYTHON")]
    upstream: Option<PathBuf>,
    /// A PyPy
    #[arg(long, value_name = "PYTHON", default_value = "pypy3")]
    pypy: PathBuf,
}

/// A host that was found.
struct Host {
    title: String,
    command: PathBuf,
    /// Runs before the program, where something must.
    start: &'static str,
    path: Vec<PathBuf>,
}

/// How far a program got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cell {
    /// So many of the lines are right.
    Lines { right: usize, all: usize },
    /// The process died.
    Crash,
    /// The program says that it is about Haft.
    NotMeant,
}

const LIMIT: Duration = Duration::from_mins(2);

/// Our host, as its `.pth` file starts it.
const OURS: &str = "import haft_hpy.hook; haft_hpy.hook.install()";

/// Hosts that have no import hook of their own: upstream's and PyPy's.
const THEIRS: &str = "\
import os, sys
from importlib.util import spec_from_file_location
try:
    import hpy.universal as universal
except ImportError:
    import _hpy_universal as universal
class Loader:
    def create_module(self, spec):
        return universal.load(spec.name, spec.origin, spec, mode=universal.MODE_UNIVERSAL)
    def exec_module(self, module):
        pass
class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        for folder in path or sys.path:
            file = os.path.join(folder, name.rpartition('.')[2] + '.hpy0.so')
            if os.path.exists(file):
                return spec_from_file_location(name, file, loader=Loader())
sys.meta_path.insert(0, Finder)";

/// Make the page.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let hosts = hosts(options)?;
    let mut rows = BTreeMap::new();
    for program in workspace::files_below(&workspace::root().join("testsuite/hpy"))? {
        let name = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if program.extension().is_none_or(|e| e != "py") || name.starts_with('_') {
            continue;
        }
        let modules = test::build_extension(&program)?;
        let mut cells = Vec::new();
        let source = fs::read_to_string(&program).with_context(|| program.display().to_string())?;
        for (number, host) in hosts.iter().enumerate() {
            let is_meant = number == 0 || !source.contains("\n# cpython: skip ");
            let cell =
                if is_meant { host.run(&program, &source, &modules)? } else { Cell::NotMeant };
            cells.push(cell);
        }
        println!("{name}: {}", cells.iter().map(show).collect::<Vec<_>>().join(", "));
        rows.insert(name, cells);
    }
    let page = workspace::root().join("docs/src/hpy_conformance.md");
    fs::write(&page, text(&hosts, &rows)).with_context(|| page.display().to_string())?;
    println!("{}", page.display());
    Ok(true)
}

fn hosts(options: &Options) -> Result<Vec<Host>> {
    let site = workspace::target().join("hpy-table");
    wheel::unpacked(&site)?;
    let haft = workspace::root().join(&options.haft);
    let mut hosts =
        vec![Host { title: "Haft".to_owned(), command: haft, start: "", path: Vec::new() }];
    let mut versions: Vec<_> =
        python::all().into_iter().filter(|found| found.version < (3, 15)).collect();
    versions.dedup_by_key(|found| found.version);
    versions.reverse();
    for found in versions {
        hosts.push(Host {
            title: format!("CPython {}, haft-hpy", found.version_text()),
            command: found.path,
            start: OURS,
            path: vec![site.clone()],
        });
    }
    if let Some(upstream) = &options.upstream {
        let version = python::ask(
            upstream,
            "import sys, hpy.universal; print('%d.%d' % sys.version_info[:2])",
        )
        .context("the Python of --upstream has no hpy")?;
        hosts.push(Host {
            title: format!("CPython {version}, hpy 0.9.0"),
            command: upstream.clone(),
            start: THEIRS,
            path: Vec::new(),
        });
    }
    let question = "import sys; print('%d.%d.%d' % sys.pypy_version_info[:3])";
    if let Some(version) = python::ask(&options.pypy, question) {
        hosts.push(Host {
            title: format!("PyPy {version}"),
            command: options.pypy.clone(),
            start: THEIRS,
            path: Vec::new(),
        });
    }
    Ok(hosts)
}

impl Host {
    fn run(&self, program: &Path, source: &str, modules: &Path) -> Result<Cell> {
        let expected: Vec<&str> = source.lines().filter_map(expectation).collect();
        let mut path = self.path.clone();
        path.push(modules.to_path_buf());
        let mut command = Command::new(&self.command);
        command
            .env("PYTHONPATH", std::env::join_paths(path)?)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .current_dir(program.parent().unwrap_or(program));
        // The program has the name of the module that it imports, so its folder must not be searched.
        let name = program.display().to_string();
        let code = format!(
            "import sys\nsys.path[:] = [p for p in sys.path if p]\n{}\n__file__ = {name:?}\n\
             exec(compile(open(__file__, encoding='utf-8').read(), __file__, 'exec'), globals())",
            self.start
        );
        command.args(["-c", &code]);
        let output = process::run(&mut command, b"", LIMIT)?;
        if output.end.is_crash() || output.end == End::TimedOut {
            return Ok(Cell::Crash);
        }
        let printed: Vec<&str> = output.stdout.lines().collect();
        let right = expected.iter().zip(&printed).filter(|(want, got)| want == got).count();
        Ok(Cell::Lines { right, all: expected.len() })
    }
}

/// What a line says that it prints.
fn expectation(line: &str) -> Option<&str> {
    let (_, text) = line.split_once("# expect:")?;
    Some(text.strip_prefix(' ').unwrap_or(text))
}

fn show(cell: &Cell) -> String {
    match *cell {
        Cell::Lines { right, all } if right == all => "all".to_owned(),
        Cell::Lines { right: 0, .. } => "none".to_owned(),
        Cell::Lines { right, all } => format!("{right} of {all}"),
        Cell::Crash => "crash".to_owned(),
        Cell::NotMeant => "–".to_owned(),
    }
}

fn text(hosts: &[Host], rows: &BTreeMap<String, Vec<Cell>>) -> String {
    let titles: Vec<&str> = hosts.iter().map(|host| host.title.as_str()).collect();
    let mut page = format!(
        "{HEAD}\n| program | {} |\n|--|{}\n",
        titles.join(" | "),
        "--|".repeat(hosts.len())
    );
    for (name, cells) in rows {
        let cells: Vec<String> = cells.iter().map(show).collect();
        page.extend(["| `", name.as_str(), "` | ", cells.join(" | ").as_str(), " |\n"]);
    }
    page.push_str(FOOT);
    page
}

const HEAD: &str = "\
<!-- Made by `cargo xtask hpy-table`. -->

# The same modules in every host

Each program of `testsuite/hpy` has an extension module, which is compiled once. The table says how many of the lines that the
program prints are right in each host: *all*, so many of so many, *none* (the module or the program does not load there), or *crash*.
A dash stands for a program about what other hosts have and Haft has not.
";

const FOOT: &str = "
A program that stops early loses the rest of its lines. The expectations are those of CPython 3.11 and later. CPython 3.10 with haft-hpy
prints one other line, the text of an exception of its own (`string indices must be integers`, in `objects.py`). CPython 3.9 does what that
version does: texts of TypeErrors and of a SyntaxError are its own (one line each of `objects.py`, `operators.py`, `services.py`,
`slots_ext.py`, three of `arithmetic.py`), it takes floats and other objects with `__int__` for integers, with a warning (nine lines of `numeric.py`, two of
`words.py`, one of `typed.py`), and `types_ext.py` stops after three lines, where it asks for a signature that 3.9 does not know.

Where upstream's host differs in programs that it runs to their end, or nearly, these lines are right, and upstream's are faults of its host:

- `words.py`: `HPyLong_AsUInt32_t` of what is no integer raises the TypeError that the other conversions raise. Upstream's puts an
  OverflowError in its place, since it takes the error value of the wider conversion for a number that is too large.
- `operators.py` and `arithmetic.py`: `HPy_New` of a Python subclass. Upstream's does not know the subclass for one with a native
  structure: it gives the address of the object itself, so that C writes into the reference count, and sets no call function, so that
  the instance cannot be called. A subclass has the structure of its base, and is called like it.

A line of `operators.py` printed a list whose items nobody had set; what such a list shows is nobody's business, and it sets them now.

PyPy 7.3.11 has a version of HPy from before 0.9 and loads no module of today; 7.3.18 and later have 0.9, with nineteen
functions at other places (see [abi-check](hpy_building.md#what-is-in-a-module)).
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells() {
        assert_eq!(expectation("print(1)  # expect: 1"), Some("1"));
        assert_eq!(expectation("print()  # expect:"), Some(""));
        assert_eq!(expectation("print(1)"), None);
        assert_eq!(show(&Cell::Lines { right: 2, all: 2 }), "all");
        assert_eq!(show(&Cell::Lines { right: 1, all: 2 }), "1 of 2");
        assert_eq!(show(&Cell::Lines { right: 0, all: 2 }), "none");
    }
}
