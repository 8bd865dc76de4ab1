//! Runs tests side by side, reports failures as they come, and counts.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::suites::Test;
use super::{Known, Outcome, Verdict};

/// A test that takes longer is named: a run should not wait for one program.
const LONG: Duration = Duration::from_secs(5);

/// Which tests are run, and what is already known of them.
#[derive(Debug)]
pub(super) struct Selection<'a> {
    pub(super) filter: Option<&'a str>,
    pub(super) known: &'a Known,
}

/// The results of one group of tests.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) passed: usize,
    pub(super) failed: usize,
    /// Failed as listed; counted neither as passed nor as failed.
    pub(super) known: usize,
    pub(super) skipped: usize,
    /// All of them together; tests run side by side.
    pub(super) time: Duration,
}

/// The results of all groups.
#[derive(Debug, Default)]
pub(super) struct Tally {
    groups: Vec<(String, Counts)>,
}

impl Tally {
    pub(super) fn add(&mut self, group: &str, counts: Counts) {
        self.groups.push((group.to_owned(), counts));
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.groups.extend(other.groups);
    }

    fn count(&mut self, group: &str) -> &mut Counts {
        let place = self.groups.iter().position(|(name, _)| name == group).unwrap_or_else(|| {
            self.add(group, Counts::default());
            self.groups.len() - 1
        });
        &mut self.groups[place].1
    }

    /// Prints a line per group and the closing line; says whether nothing failed.
    pub(super) fn print(&self) -> bool {
        let mut total = Counts::default();
        println!();
        for (group, counts) in &self.groups {
            let mut parts = vec![format!("{} passed, {} failed", counts.passed, counts.failed)];
            let rare = [(counts.known, "known failures"), (counts.skipped, "skipped")];
            parts
                .extend(rare.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")));
            let seconds = counts.time.as_secs();
            let time = if seconds > 0 { format!(" ({seconds} s)") } else { String::new() };
            println!("{group}: {}{time}", parts.join(", "));
            total.passed += counts.passed;
            total.failed += counts.failed;
        }
        println!("{} passed, {} failed", total.passed, total.failed);
        total.failed == 0
    }
}

/// Runs the selected tests on `jobs` threads.
pub(super) fn run(tests: &[Test], selection: &Selection<'_>, jobs: usize) -> Tally {
    let mut chosen: Vec<&Test> = tests
        .iter()
        .filter(|test| selection.filter.is_none_or(|filter| test.id.contains(filter)))
        .collect();
    // What may take long goes first, so that nobody waits for it at the end.
    chosen.sort_by_key(|test| Reverse(test.patience()));
    let mut times = Vec::new();
    let mut tally = Tally::default();
    let mut skipped = BTreeMap::new();
    let next = AtomicUsize::new(0);
    let (sender, results) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..jobs {
            let (sender, next, chosen) = (sender.clone(), &next, &chosen);
            scope.spawn(move || {
                while let Some(&test) = chosen.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let start = Instant::now();
                    let outcome = test.run();
                    sender
                        .send((test, outcome, start.elapsed()))
                        .expect("the results are read to the last");
                }
            });
        }
        drop(sender);
        for (test, outcome, time) in results {
            if let Outcome::Skipped(reason) = &outcome {
                *skipped.entry(reason.clone()).or_insert(0) += 1;
            }
            record(test, &outcome, time, selection.known, tally.count(test.group()));
            tally.count(test.group()).time += time;
            times.push((time, test.id.as_str()));
        }
    });
    for (reason, n) in skipped {
        println!("skipped {n}: {reason}");
    }
    times.sort_unstable_by_key(|&(time, _)| Reverse(time));
    for (time, id) in times.iter().take_while(|(time, _)| *time > LONG).take(20) {
        println!("long: {:.1} s {id}", time.as_secs_f64());
    }
    if selection.filter.is_none() {
        report_unknown_entries(tests, selection.known, &mut tally);
    }
    tally
}

fn record(test: &Test, outcome: &Outcome, time: Duration, known: &Known, counts: &mut Counts) {
    let report = match outcome {
        Outcome::Skipped(_) => {
            counts.skipped += 1;
            return;
        }
        Outcome::Passed => "",
        Outcome::Failed(report) => report.as_str(),
    };
    match known.judge(&test.id, report.is_empty()) {
        Verdict::Fine => counts.passed += 1,
        Verdict::KnownFailure => counts.known += 1,
        Verdict::NewFailure => {
            counts.failed += 1;
            println!("FAILED {} ({:.1} s)\n{}", test.id, time.as_secs_f64(), indented(report));
        }
        Verdict::Healed => {
            counts.failed += 1;
            println!("FAILED {}: it passes; take it out of {}", test.id, known.path().display());
        }
    }
}

/// An entry that names no test hides nothing and helps nobody.
fn report_unknown_entries(tests: &[Test], known: &Known, tally: &mut Tally) {
    for id in known.ids().filter(|id| tests.iter().all(|test| test.id != **id)) {
        println!("FAILED {id}: listed in {}, but there is no such test", known.path().display());
        tally.count("known_failures").failed += 1;
    }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}
