//! A trace test: a conformance program whose loops say what is left of them in machine code.
//!
//! ```python
//! for i in range(n):        # jit: one-call abs; no-alloc; no-box; native<=14
//!     s += C.abs(i)
//! ```
//! A directive belongs to the loop whose head stands on its line. The program is run with `-X jit-log`; its output must be
//! right, and what the log says of the last trace of that loop must be what the directives say:
//!
//! | directive | the loop |
//! |--|--|
//! | `compiled` | is compiled |
//! | `one-call NAME` | makes this one call of C and no other |
//! | `calls NAME …` | makes these calls of C, in this order |
//! | `no-call`, `call<=N` | has no, or so many, calls of the runtime |
//! | `no-alloc`, `alloc<=N` | allocates nothing, or at most so many objects |
//! | `no-box`, `box<=N` | boxes no number, or at most so many |
//! | `inlined NAME` | has this function in it (the end of its qualified name) |
//! | `visits<=N` | was at most so many times in a call of C while its state had to be restored for others |
//! | `no-side` | has no side trace: no guard of it fails again and again |
//! | `native<=N`, `guard<=N`, `load<=N`, `store<=N` | has at most so many machine instructions, guards, loads, stores |

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context as _, Result, bail};
use serde_json::Value as Json;

use super::program::Program;
use super::{Outcome, Subject};

/// A parsed trace test.
#[derive(Debug)]
pub(super) struct TraceTest {
    program: Program,
    loops: Vec<(usize, Vec<Directive>)>,
}

/// One thing that must hold of a loop.
#[derive(Debug)]
struct Directive {
    text: String,
    rule: Rule,
}

#[derive(Debug)]
enum Rule {
    Compiled,
    NoSide,
    Visits(u64),
    Calls(Vec<String>),
    Inlined(String),
    AtMost(Figure, u64),
}

#[derive(Clone, Copy, Debug)]
enum Figure {
    Calls,
    Allocations,
    Boxes,
    Native,
    Guards,
    Loads,
    Stores,
}

impl TraceTest {
    /// Reads the directives of the file's text.
    pub(super) fn parse(path: &Path, text: &str) -> Result<Self> {
        let mut loops = Vec::new();
        for (at, line) in text.lines().enumerate() {
            let Some((_, rest)) = line.split_once("# jit:") else { continue };
            let directives = rest.split(';').map(|text| Directive::parse(text.trim()));
            let directives = directives
                .collect::<Result<Vec<_>>>()
                .with_context(|| format!("{}:{}", path.display(), at + 1))?;
            loops.push((at + 1, directives));
        }
        if loops.is_empty() {
            bail!("{}: a trace test says something of a loop (`# jit: …`)", path.display());
        }
        Ok(Self { program: Program::parse(path, text)?, loops })
    }

    /// The program without its directives.
    pub(super) fn needing_cffi(mut self) -> Self {
        self.program = self.program.needing_cffi();
        self
    }

    pub(super) fn run(&self, subject: &Subject) -> Result<Outcome> {
        if subject.cpython.is_some() {
            return self.program.run(subject);
        }
        let log = log_path();
        let mut subject = subject.clone();
        for option in [format!("jit-log={}", log.display()), "jit-background=off".to_owned()] {
            subject.flags.extend(["-X".to_owned(), option]);
        }
        let outcome = self.program.run(&subject);
        let text = fs::read_to_string(&log).unwrap_or_default();
        let _gone = fs::remove_file(&log);
        match outcome? {
            Outcome::Passed => {}
            other => return Ok(other),
        }
        let lines: Vec<Json> = text.lines().filter_map(|l| serde_json::from_str(l).ok()).collect();
        let complaint = self.complaint(&lines);
        Ok(if complaint.is_empty() { Outcome::Passed } else { Outcome::Failed(complaint) })
    }

    fn complaint(&self, log: &[Json]) -> String {
        let mut complaint = String::new();
        for (line, directives) in &self.loops {
            let Some(trace) = last_trace(log, *line) else {
                let _ = writeln!(complaint, "line {line}: not compiled{}", why_not(log, *line));
                continue;
            };
            for directive in directives {
                if let Some(found) = directive.violation(trace, log) {
                    let _ = writeln!(complaint, "line {line}: {}: {found}", directive.text);
                }
            }
        }
        complaint
    }
}

/// A place for the log that no other test uses.
fn log_path() -> PathBuf {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    std::env::temp_dir().join(format!("haft-trace-{}-{number}.json", std::process::id()))
}

/// The last trace that is entered at a loop's head on a line.
fn last_trace(log: &[Json], line: usize) -> Option<&Json> {
    let end = format!(":{line}");
    log.iter().rev().find(|event| {
        event["event"] == "compiled"
            && event["continues"].is_null()
            && event["joint"] != true
            && event["place"].as_str().is_some_and(|place| place.ends_with(&end))
    })
}

fn why_not(log: &[Json], line: usize) -> String {
    let end = format!(":{line}");
    let aborted = log.iter().rev().find(|event| {
        event["event"] == "aborted"
            && event["place"].as_str().is_some_and(|place| place.ends_with(&end))
    });
    aborted.map_or_else(String::new, |event| format!(": {} at {}", event["why"], event["at"]))
}

impl Directive {
    fn parse(text: &str) -> Result<Self> {
        let mut words = text.split_whitespace().map(str::to_owned);
        let first = words.next().unwrap_or_default();
        let rest: Vec<String> = words.collect();
        let rule = match (first.as_str(), rest.as_slice()) {
            ("compiled", []) => Rule::Compiled,
            ("no-side", []) => Rule::NoSide,
            ("one-call", [_]) | ("calls", [_, ..]) => Rule::Calls(rest),
            ("inlined", [name]) => Rule::Inlined(name.clone()),
            ("no-call", []) => Rule::AtMost(Figure::Calls, 0),
            ("no-alloc", []) => Rule::AtMost(Figure::Allocations, 0),
            ("no-box", []) => Rule::AtMost(Figure::Boxes, 0),
            (visits, []) if visits.starts_with("visits<=") => {
                Rule::Visits(visits["visits<=".len()..].parse()?)
            }
            (figure, []) => at_most(figure)?,
            _ => bail!("`{text}` is no directive"),
        };
        Ok(Self { text: text.to_owned(), rule })
    }

    /// How the trace breaks it.
    fn violation(&self, trace: &Json, log: &[Json]) -> Option<String> {
        match &self.rule {
            Rule::Compiled => None,
            Rule::NoSide => {
                let continues = |event: &&Json| event["continues"][0] == trace["trace"];
                let side = log.iter().find(continues)?;
                Some(format!("from exit {} one goes to {}", side["continues"][1], side["place"]))
            }
            Rule::Visits(most) => {
                let found = visits(trace, log);
                (found > *most).then(|| format!("{found}"))
            }
            Rule::Calls(wanted) => {
                let found = texts(&trace["native"]);
                (found != *wanted).then(|| format!("it calls {found:?}"))
            }
            Rule::Inlined(name) => {
                let found = texts(&trace["inlined"]);
                let is_there = found
                    .iter()
                    .any(|inlined| inlined == name || inlined.ends_with(&format!(".{name}")));
                (!is_there).then(|| format!("in it are {found:?}"))
            }
            Rule::AtMost(figure, most) => {
                let found = figure.of(trace);
                (found > *most).then(|| format!("{found}{}", figure.details(trace)))
            }
        }
    }
}

/// How often others ran during its calls of C.
fn visits(trace: &Json, log: &[Json]) -> u64 {
    let is_it = |event: &&Json| event["event"] == "exits" && event["trace"] == trace["trace"];
    let counts = log.iter().filter(is_it).filter_map(|event| event["taken"].as_array());
    let exits = trace["exits"].as_array().map_or(&[][..], Vec::as_slice);
    let of_calls = |counts: &Vec<Json>| -> u64 {
        let pairs = exits.iter().zip(counts).filter(|(exit, _)| exit["kind"] == "call");
        pairs.filter_map(|(_, count)| count.as_u64()).sum()
    };
    counts.map(of_calls).sum()
}

fn at_most(text: &str) -> Result<Rule> {
    let Some((name, most)) = text.split_once("<=") else { bail!("`{text}` is no directive") };
    let figure = match name {
        "call" => Figure::Calls,
        "alloc" => Figure::Allocations,
        "box" => Figure::Boxes,
        "native" => Figure::Native,
        "guard" => Figure::Guards,
        "load" => Figure::Loads,
        "store" => Figure::Stores,
        _ => bail!("`{name}` is no figure of a trace"),
    };
    Ok(Rule::AtMost(figure, most.parse()?))
}

impl Figure {
    fn of(self, trace: &Json) -> u64 {
        let figure = match self {
            Figure::Calls => &trace["counts"]["calls"],
            Figure::Allocations => &trace["counts"]["allocations"],
            Figure::Boxes => &trace["counts"]["boxes"],
            Figure::Native => &trace["loop_instructions"],
            Figure::Guards => &trace["counts"]["guards"],
            Figure::Loads => &trace["counts"]["loads"],
            Figure::Stores => &trace["counts"]["stores"],
        };
        figure.as_u64().unwrap_or(u64::MAX)
    }
    /// Names that help to see what is wrong.
    fn details(self, trace: &Json) -> String {
        match self {
            Figure::Calls => format!(": {:?}", texts(&trace["residual"])),
            Figure::Allocations => format!(": {:?}", texts(&trace["allocated"])),
            _ => String::new(),
        }
    }
}

fn texts(list: &Json) -> Vec<String> {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Json::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(text: &str) -> TraceTest {
        TraceTest::parse(Path::new("x.py"), text).unwrap()
    }

    #[test]
    fn directives_are_compared_with_the_last_trace_of_the_loop() {
        let test = test(
            "n = 1\nfor i in x:  # jit: one-call abs; no-alloc; native<=14; inlined f\n    print(1)  # expect: 1\n",
        );
        let log = |calls: &str, instructions: u32| -> Vec<Json> {
            let line = format!(
                r#"{{"event":"compiled","place":"x.py:f:2","continues":null,"native":[{calls}],"inlined":["g.f"],
                "loop_instructions":{instructions},"counts":{{"allocations":0}},"trace":3}}"#
            );
            vec![serde_json::from_str(&line).unwrap()]
        };
        assert_eq!(test.complaint(&log("\"abs\"", 14)), "");
        assert!(test.complaint(&log("\"abs\"", 15)).contains("native<=14: 15"));
        assert!(test.complaint(&log("", 14)).contains("one-call abs"));
        assert!(test.complaint(&[]).contains("not compiled"));
    }

    #[test]
    fn a_side_trace_is_found_by_what_it_continues() {
        let test = test("for i in x:  # jit: no-side\n    print(1)  # expect: 1\n");
        let root = r#"{"event":"compiled","place":"x.py:f:1","continues":null,"trace":3}"#;
        let side = r#"{"event":"compiled","place":"x.py:f:2","continues":[3,1],"trace":4}"#;
        let log = [root, side].map(|line| serde_json::from_str::<Json>(line).unwrap());
        assert_eq!(test.complaint(&log[..1]), "");
        assert!(test.complaint(&log).contains("from exit 1"));
    }

    #[test]
    fn what_is_no_directive_is_refused() {
        assert!(TraceTest::parse(Path::new("x.py"), "x  # jit: fast\n").is_err());
        assert!(TraceTest::parse(Path::new("x.py"), "print(1)  # expect: 1\n").is_err());
    }
}
