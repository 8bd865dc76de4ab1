//! The table of suites and the table of modes; from them the list of tests.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};

use super::case::Case;
use super::extension::Extension;
use super::program::Program;
use super::random::RandomProgram;
use super::traces::TraceTest;
use super::{Modes, Outcome, Subject};
use crate::workspace;

/// A folder of tests.
#[derive(Debug)]
struct Suite {
    /// The first half of its tests' names.
    name: &'static str,
    /// Where its files are.
    folder: &'static str,
    /// What a file is.
    kind: Kind,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    /// `.py` with `# expect:` comments; also run under every mode.
    Programs,
    /// The same, importing cffi: CPython can prove them only where that is installed.
    CffiPrograms,
    /// The same, importing extension modules: the files `.c` beside them.
    HpyPrograms,
    /// The same, with directives about what becomes of their loops; run under no other mode.
    Traces,
    /// `.case`: a command line and exactly what it prints.
    Cases,
    /// The same, importing extension modules.
    HpyCases,
}

const SUITES: &[Suite] = &[
    Suite { name: "lang", folder: "testsuite/lang", kind: Kind::Programs },
    Suite { name: "lib", folder: "testsuite/lib", kind: Kind::Programs },
    Suite { name: "cffi", folder: "testsuite/cffi", kind: Kind::CffiPrograms },
    Suite { name: "hpy", folder: "testsuite/hpy", kind: Kind::HpyPrograms },
    Suite { name: "hpy-bad", folder: "testsuite/hpy/bad", kind: Kind::HpyCases },
    Suite { name: "traces", folder: "testsuite/traces", kind: Kind::Traces },
    Suite { name: "cli", folder: "testsuite/cli", kind: Kind::Cases },
    Suite { name: "examples", folder: "testsuite/examples", kind: Kind::Cases },
];

/// Another way to execute the same program: its output must not change.
#[derive(Debug)]
pub(super) struct Mode {
    pub(super) name: &'static str,
    pub(super) flags: &'static [&'static str],
    /// How much longer a program may take.
    pub(super) patience: u32,
    /// Every so many programs are run unless all are asked for: where the whole takes longer than a change can wait.
    every: usize,
}

pub(super) const MODES: &[Mode] = &[
    // The interpreter alone: what the others are compared with.
    Mode { name: "interpreter", flags: &["-X", "jit=off"], patience: 1, every: 1 },
    // Everything compiled at once. Not by a thread of its own: many programs would end before their code is there.
    Mode {
        name: "jit-eager",
        flags: &["-X", "jit-threshold=1", "-X", "jit-background=off"],
        patience: 3,
        every: 1,
    },
    // The same without the optimiser.
    Mode {
        name: "jit-plain",
        flags: &["-X", "jit-threshold=1", "-X", "jit-optimiser=off", "-X", "jit-background=off"],
        patience: 3,
        every: 1,
    },
    // Machine code by Cranelift.
    Mode {
        name: "jit-cranelift",
        flags: &["-X", "jit-threshold=1", "-X", "jit-generator=cranelift"],
        patience: 4,
        every: 2,
    },
    // Every third guard fails: each exit is taken and must rebuild the right state.
    Mode {
        name: "exit-stress",
        flags: &["-X", "jit-threshold=2", "-X", "jit-exit-stress=3", "-X", "jit-background=off"],
        patience: 6,
        every: 1,
    },
    // A collection at every allocation: finds what the collector does not see.
    Mode { name: "gc-stress", flags: &["-X", "gc-stress"], patience: 30, every: 24 },
    // At some allocations: at every one, the next object of the kind takes the place of a lost one, which hides the loss.
    Mode {
        name: "gc-often",
        flags: &["-X", "gc-stress=31", "-X", "jit-threshold=1", "-X", "jit-background=off"],
        patience: 30,
        every: 12,
    },
];

/// Suites and programs that take minutes when every allocation collects, most of them since they import much: only
/// `cargo xtask stress` runs them so.
const LONG: &[&str] = &[
    "lib",
    "hpy",
    "lang::async_code/basics.py",
    "lang::exceptions/notes.py",
    "lang::objects/gc_and_identity_in_containers.py",
    "lang::programs/scheduler.py",
];

/// From this patience on a mode is not for everyday.
const PATIENT: u32 = 30;

/// Modes that only `cargo xtask stress` runs: other thresholds, other exits.
pub(super) const STRESS_MODES: &[Mode] = &[
    Mode { name: "jit-default", flags: &[], patience: 1, every: 1 },
    // Code arrives whenever its thread is done.
    Mode { name: "jit-background", flags: &["-X", "jit-threshold=1"], patience: 3, every: 1 },
    Mode {
        name: "jit-warm",
        flags: &["-X", "jit-threshold=3", "-X", "jit-background=off"],
        patience: 3,
        every: 1,
    },
    // Exits lead back to the interpreter several times before they have side traces.
    Mode {
        name: "exit-often",
        flags: &["-X", "jit-threshold=12", "-X", "jit-exit-stress=2", "-X", "jit-background=off"],
        patience: 6,
        every: 1,
    },
    // Compiled code must not lose an object either.
    Mode {
        name: "gc-jit",
        flags: &["-X", "gc-stress", "-X", "jit-threshold=1", "-X", "jit-background=off"],
        patience: 60,
        every: 1,
    },
    Mode {
        name: "exit-seldom",
        flags: &["-X", "jit-threshold=1", "-X", "jit-exit-stress=7", "-X", "jit-background=off"],
        patience: 6,
        every: 1,
    },
];

/// Those that take at most a few times as long as a plain run.
pub(super) fn quick_modes() -> impl Iterator<Item = &'static Mode> {
    MODES.iter().filter(|mode| mode.patience < PATIENT)
}

/// Seeds of the random programs that are part of every run.
const SEEDS: std::ops::Range<u64> = 1..17;

/// One file to run, and on what.
#[derive(Debug)]
pub(super) struct Test {
    /// `suite::path`, or `mode::suite/path`.
    pub(super) id: String,
    body: Body,
    subject: Arc<Subject>,
}

#[derive(Clone, Debug)]
enum Body {
    Program(Arc<Program>),
    Case(Arc<Case>),
    Trace(Arc<TraceTest>),
    Random(Arc<RandomProgram>),
}

impl Test {
    /// The group it is counted under: its suite, or its mode.
    pub(super) fn group(&self) -> &str {
        self.id.split_once("::").map_or(self.id.as_str(), |(group, _)| group)
    }

    /// How much longer than others it may take.
    pub(super) fn patience(&self) -> u32 {
        match &self.body {
            Body::Program(_) | Body::Trace(_) => self.subject.patience,
            // Each is several runs.
            Body::Case(_) => 10,
            Body::Random(_) => 10,
        }
    }

    pub(super) fn run(&self) -> Outcome {
        let result = match &self.body {
            Body::Program(program) => program.run(&self.subject),
            Body::Case(case) => case.run(&self.subject),
            Body::Trace(test) => test.run(&self.subject),
            Body::Random(program) => program.run(&self.subject),
        };
        result.unwrap_or_else(|error| Outcome::Failed(format!("{error:#}\n")))
    }
}

/// All tests of all suites, in the order of the tables; then random programs, and the programs again under each mode.
pub(super) fn collect(subject: &Arc<Subject>, modes: Modes) -> Result<Vec<Test>> {
    let mut tests = Vec::new();
    for suite in SUITES {
        let folder = workspace::root().join(suite.folder);
        if folder.is_dir() {
            collect_suite(suite, &folder, subject, &mut tests)?;
        }
    }
    let n_plain = tests.len();
    if subject.cpython.is_none() && modes != Modes::None {
        tests.extend(SEEDS.map(|seed| Test {
            id: format!("random::{seed}"),
            body: Body::Random(Arc::new(RandomProgram::new(seed))),
            subject: Arc::clone(subject),
        }));
    }
    for mode in MODES.iter().filter(|_| modes != Modes::None) {
        let flags = mode.flags.iter().map(|&flag| flag.to_owned()).collect();
        let subject =
            Arc::new(Subject { flags, patience: mode.patience, ..Subject::clone(subject) });
        let step = if modes == Modes::All { 1 } else { mode.every };
        for place in 0..n_plain {
            // What they import takes minutes in a mode that needs such patience.
            let test = &tests[place];
            let is_long = LONG.iter().any(|long| test.group() == *long || test.id == *long);
            if step > 1 && mode.patience >= PATIENT && is_long || !is_sampled(&test.id, step) {
                continue;
            }
            let Some(test) = under_mode(&tests[place], mode, &subject, modes) else { continue };
            tests.push(test);
        }
    }
    Ok(tests)
}

/// Is this one of `step` programs? It depends on the name alone: a new program changes nothing for the others.
fn is_sampled(id: &str, step: usize) -> bool {
    let hash = id.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    (hash >> 32).is_multiple_of(step as u64)
}

fn collect_suite(
    suite: &Suite,
    folder: &Path,
    subject: &Arc<Subject>,
    tests: &mut Vec<Test>,
) -> Result<()> {
    let wanted = match suite.kind {
        Kind::Programs | Kind::CffiPrograms | Kind::HpyPrograms | Kind::Traces => "py",
        Kind::Cases | Kind::HpyCases => "case",
    };
    for path in workspace::files_below(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // A leading underscore marks a module that tests import.
        if path.extension().is_none_or(|extension| extension != wanted) || name.starts_with('_') {
            continue;
        }
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let body = match suite.kind {
            Kind::Programs => Body::Program(Arc::new(Program::parse(&path, &text)?)),
            Kind::CffiPrograms => {
                Body::Program(Arc::new(Program::parse(&path, &text)?.needing_cffi()))
            }
            Kind::HpyPrograms => {
                let extension = Extension::beside(&path);
                Body::Program(Arc::new(Program::parse(&path, &text)?.importing(extension)))
            }
            Kind::Traces => {
                let test = TraceTest::parse(&path, &text)?;
                let imports = text.contains("from cffi import");
                Body::Trace(Arc::new(if imports { test.needing_cffi() } else { test }))
            }
            Kind::Cases => Body::Case(Arc::new(Case::parse(&path, &text)?)),
            Kind::HpyCases => Body::Case(Arc::new(Case::parse(&path, &text)?.importing_hpy())),
        };
        let inner = path.strip_prefix(folder).unwrap_or(&path).display();
        tests.push(Test {
            id: format!("{}::{inner}", suite.name),
            body,
            subject: Arc::clone(subject),
        });
    }
    Ok(())
}

/// `test` once more under `mode`, if it is a program and not too slow for the asked level.
fn under_mode(test: &Test, mode: &Mode, subject: &Arc<Subject>, modes: Modes) -> Option<Test> {
    let Body::Program(program) = &test.body else { return None };
    if program.is_slow() && modes != Modes::All {
        return None;
    }
    let id = format!("{}::{}", mode.name, test.id.replacen("::", "/", 1));
    Some(Test { id, body: test.body.clone(), subject: Arc::clone(subject) })
}
