//! The report file of a driver: one event per line, read back into results.
//!
//! ```text
//! start test.test_dict.DictTest.test_pop
//! passed test.test_dict.DictTest.test_pop
//! failed test.test_dict.DictTest.test_repr: AssertionError: …
//! done
//! ```
//! A test that started and has no result when the process is gone is the one that took it down.

use std::collections::BTreeMap;
use std::fmt;

/// How one test ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Result {
    Passed,
    /// An assertion did not hold.
    Failed,
    /// Another exception.
    Error,
    Skipped,
    /// The process died or hung in it.
    Crashed,
}

/// Every word that a result line may begin with.
const WORDS: &[(&str, Result)] = &[
    ("passed", Result::Passed),
    ("failed", Result::Failed),
    ("error", Result::Error),
    ("skipped", Result::Skipped),
    ("crashed", Result::Crashed),
];

impl Result {
    pub(super) fn word(self) -> &'static str {
        WORDS.iter().find(|(_, result)| *result == self).map_or("", |(word, _)| word)
    }
}

/// Numbers of results, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) passed: usize,
    pub(super) failed: usize,
    pub(super) errors: usize,
    pub(super) skipped: usize,
    pub(super) crashed: usize,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} passed / {} failed / {} errors / {} skipped",
            self.passed, self.failed, self.errors, self.skipped
        )?;
        if self.crashed > 0 {
            write!(f, " / {} crashed", self.crashed)?;
        }
        Ok(())
    }
}

/// What is known of a unit so far, over all the processes it took.
#[derive(Debug, Default)]
pub(super) struct Report {
    results: BTreeMap<String, (Result, String)>,
    running: Option<String>,
    done: bool,
}

impl Report {
    /// Adds the lines that one process wrote.
    pub(super) fn read(&mut self, text: &str) {
        self.running = None;
        for line in text.lines() {
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            if word == "done" {
                self.done = true;
            } else if word == "start" {
                self.running = Some(rest.to_owned());
            } else if let Some((_, result)) = WORDS.iter().find(|(known, _)| *known == word) {
                let (id, note) = rest.split_once(": ").unwrap_or((rest, ""));
                self.running = None;
                self.set(id, *result, note);
            }
        }
    }

    /// Blames the end of the process on the test that was running, or on the loading of the module.
    pub(super) fn crashed(&mut self, how: &str) {
        let id = self.running.take().unwrap_or_else(|| "(loading)".to_owned());
        self.set(&id, Result::Crashed, how);
    }

    /// A test with several results, one per sub-test, keeps the worst.
    fn set(&mut self, id: &str, result: Result, note: &str) {
        let entry = self.results.entry(id.to_owned()).or_insert_with(|| (result, note.to_owned()));
        if matches!(entry.0, Result::Passed | Result::Skipped) {
            *entry = (result, note.to_owned());
        }
    }

    /// Did a driver get to its end?
    pub(super) fn is_done(&self) -> bool {
        self.done
    }

    /// Has a process died before it came to any test?
    pub(super) fn cannot_load(&self) -> bool {
        self.results.contains_key("(loading)")
    }

    /// All results by id.
    pub(super) fn results(&self) -> impl Iterator<Item = (&str, Result)> {
        self.results.iter().map(|(id, (result, _))| (id.as_str(), *result))
    }

    /// The first line of what went wrong in `id`, with a separator before it.
    pub(super) fn note(&self, id: &str) -> String {
        match self.results.get(id) {
            Some((_, note)) if !note.is_empty() => format!("  ({note})"),
            _ => String::new(),
        }
    }

    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for (_, result) in self.results() {
            let count = match result {
                Result::Passed => &mut counts.passed,
                Result::Failed => &mut counts.failed,
                Result::Error => &mut counts.errors,
                Result::Skipped => &mut counts.skipped,
                Result::Crashed => &mut counts.crashed,
            };
            *count += 1;
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crash_is_blamed_on_the_running_test() {
        let mut report = Report::default();
        report.read("start a\npassed a\nstart b\n");
        report.crashed("signal 11");
        assert!(!report.is_done());
        report.read("start c\nerror c: TypeError: x: y\nstart d\nskipped d\ndone\n");
        assert!(report.is_done());
        assert_eq!(
            report.counts(),
            Counts { passed: 1, failed: 0, errors: 1, skipped: 1, crashed: 1 }
        );
        assert_eq!(
            (report.note("b"), report.note("c")),
            ("  (signal 11)".to_owned(), "  (TypeError: x: y)".to_owned())
        );
    }

    #[test]
    fn the_worst_sub_test_counts() {
        let mut report = Report::default();
        report.read("start a\nfailed a: one\nfailed a: two\npassed a\ndone\n");
        assert_eq!(report.counts().failed, 1);
        assert_eq!(report.note("a"), "  (one)");
    }

    #[test]
    fn a_module_that_does_not_load() {
        let mut report = Report::default();
        report.read("");
        report.crashed("exit 1");
        assert!(report.cannot_load());
    }
}
