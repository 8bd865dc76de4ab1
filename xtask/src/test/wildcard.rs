//! Comparing printed lines with expected lines that may leave parts open.
//!
//! `[..]` in an expected line stands for any text within the line; a line that is only `...` stands for any number of
//! lines, none included. Everything else must be equal.

use std::fmt::Write as _;

/// Lines of a long output that a report shows.
const SHOWN: usize = 25;

/// Where two texts part.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// Number of the line in the actual text, from 1.
    line: usize,
    expected: Option<String>,
    actual: Option<String>,
}

impl Difference {
    /// The difference as two lines for a report.
    pub(super) fn shown(&self, stream: &str) -> String {
        let text =
            |line: &Option<String>| line.clone().unwrap_or_else(|| "(nothing more)".to_owned());
        format!(
            "{stream} line {}:\n  expected: {}\n  actual:   {}\n",
            self.line,
            text(&self.expected),
            text(&self.actual)
        )
    }
}

/// The first place where `actual` is not what `expected` says.
pub(super) fn first_difference(expected: &[String], actual: &[&str]) -> Option<Difference> {
    let mut comparison = Comparison { expected, actual, furthest: (0, 0) };
    if comparison.matches(0, 0) {
        return None;
    }
    let (wanted, at) = comparison.furthest;
    Some(Difference {
        line: at + 1,
        expected: expected.get(wanted).cloned(),
        actual: actual.get(at).map(|&line| line.to_owned()),
    })
}

/// A comparison under way.
struct Comparison<'a> {
    expected: &'a [String],
    actual: &'a [&'a str],
    /// The furthest (expected, actual) pair of lines reached by any reading of `...`: that is where a reader wants to
    /// look.
    furthest: (usize, usize),
}

impl Comparison<'_> {
    /// Does `expected` from line `wanted` on describe `actual` from line `at` on?
    fn matches(&mut self, wanted: usize, at: usize) -> bool {
        if (at, wanted) > (self.furthest.1, self.furthest.0) {
            self.furthest = (wanted, at);
        }
        let rest = &self.actual[at..];
        match self.expected.get(wanted) {
            None => rest.is_empty(),
            Some(open) if open == "..." => {
                (0..=rest.len()).any(|n| self.matches(wanted + 1, at + n))
            }
            Some(line) => {
                rest.first().is_some_and(|first| matches_line(line, first))
                    && self.matches(wanted + 1, at + 1)
            }
        }
    }
}

/// Does `pattern`, with `[..]` for any text, describe `line`?
fn matches_line(pattern: &str, line: &str) -> bool {
    let Some((head, rest)) = pattern.split_once("[..]") else { return pattern == line };
    let Some(line) = line.strip_prefix(head) else { return false };
    (0..=line.len()).any(|n| line.is_char_boundary(n) && matches_line(rest, &line[n..]))
}

/// The last lines of a stream, for a report; nothing if it is empty.
pub(super) fn tail(stream: &str, text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    if lines.is_empty() {
        return String::new();
    }
    let start = lines.len().saturating_sub(SHOWN);
    let mut shown = format!("{stream}:\n");
    for line in &lines[start..] {
        let short: String = line.chars().take(240).collect();
        writeln!(shown, "  | {short}").expect("a String takes any text");
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expected: &str, actual: &str, first_wrong_line: Option<usize>) {
        let expected: Vec<String> = expected.lines().map(str::to_owned).collect();
        let actual: Vec<&str> = actual.lines().collect();
        let line = first_difference(&expected, &actual).map(|difference| difference.line);
        assert_eq!(line, first_wrong_line, "{expected:?} {actual:?}");
    }

    #[test]
    fn lines() {
        check("a\nb", "a\nb", None);
        check("a\nb", "a\nc", Some(2));
        check("a", "a\nb", Some(2));
        check("a\nb", "a", Some(2));
        check("", "", None);
    }

    #[test]
    fn open_parts() {
        check("took [..] ms", "took 12.5 ms", None);
        check("took [..] ms[..]", "took é ms", None);
        check("took [..] ms", "took 12.5 s", Some(1));
        check("a\n...\nz", "a\nz", None);
        check("a\n...\nz", "a\nb\nc\nz", None);
        check("a\n...\nz", "a\nb\nc", Some(4));
        check("...\n...\nz", "a", Some(2));
        check("...", "", None);
    }
}
