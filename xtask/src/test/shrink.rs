//! Makes a program that shows a fault as short as it goes: statements are left out, and blocks stand without their
//! heads, while the fault stays.
//!
//! It knows of Python only what indentation says. A candidate that is no program any more does not show the fault, so
//! whoever asks `fails` needs no grammar either.

/// A shortest program found for which `fails` holds; it must hold for `text`.
pub(super) fn shrink(text: &str, mut fails: impl FnMut(&str) -> bool) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    loop {
        let before = lines.len();
        for n_units in [64, 16, 4, 1] {
            remove_units(&mut lines, n_units, &mut fails);
        }
        let unwrapped = remove_heads(&mut lines, &mut fails);
        if lines.len() == before && !unwrapped {
            return joined(&lines);
        }
    }
}

/// Leaves out runs of `n` statements of one block, with what belongs to them.
fn remove_units(lines: &mut Vec<String>, n: usize, fails: &mut impl FnMut(&str) -> bool) {
    let mut at = 0;
    while at < lines.len() {
        let mut end = at;
        for _ in 0..n {
            if end < lines.len() && indentation(&lines[end]) == indentation(&lines[at]) {
                end = end_of_unit(lines, end);
            }
        }
        let mut candidate = lines.clone();
        candidate.drain(at..end);
        let emptied = at > 0
            && lines[at - 1].ends_with(':')
            && lines.get(end).is_none_or(|next| indentation(next) < indentation(&lines[at]));
        if emptied {
            if lines[at].trim() == "pass" {
                at += 1;
                continue;
            }
            candidate.insert(at, format!("{}pass", " ".repeat(indentation(&lines[at]))));
        }
        if fails(&joined(&candidate)) {
            *lines = candidate;
        } else {
            at += 1;
        }
    }
}

/// Puts blocks in the place of the statements that they belong to; says whether that was possible anywhere.
fn remove_heads(lines: &mut Vec<String>, fails: &mut impl FnMut(&str) -> bool) -> bool {
    let mut changed = false;
    let mut at = 0;
    while at < lines.len() {
        if !lines[at].ends_with(':') || lines[at].trim_start().starts_with("def ") {
            at += 1;
            continue;
        }
        let end = end_of_unit(lines, at);
        let mut candidate = lines.clone();
        for line in &mut candidate[at + 1..end] {
            line.drain(..line.len().min(4));
        }
        candidate.remove(at);
        if fails(&joined(&candidate)) {
            *lines = candidate;
            changed = true;
        } else {
            at += 1;
        }
    }
    changed
}

/// Where the statement that begins at `at` ends: after all that is indented below it.
fn end_of_unit(lines: &[String], at: usize) -> usize {
    let below = lines[at + 1..]
        .iter()
        .take_while(|line| line.is_empty() || indentation(line) > indentation(&lines[at]))
        .count();
    at + 1 + below
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn joined(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_matter_goes() {
        let text = "a = 1\nfor x in y:\n    if x:\n        b\n        print(x)\n    c\nd\n";
        assert_eq!(shrink(text, |text| text.contains("print(x)")), "print(x)\n");
    }

    #[test]
    fn blocks_do_not_become_empty() {
        let text = "for x in y:\n    a\n    b\nc\n";
        let shrunk = shrink(text, |text| text.contains("for x") && !text.ends_with(":\n"));
        assert_eq!(shrunk, "for x in y:\n    pass\n");
    }
}
