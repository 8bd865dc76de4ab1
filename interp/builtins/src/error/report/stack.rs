//! The entries of a traceback as text.
#![expect(clippy::format_push_string, reason = "lines are built in pieces")]
use haft_core::object::{CodeObject, Dict, PayloadRef, Traceback};
use haft_core::{Value, Vm};

use super::carets::{Excerpt, underlined};
use super::source::SourceLines;

/// Entries that are alike are shown this many times.
const MOST_REPEATED: usize = 3;

/// One entry, as data.
struct Entry {
    code: PayloadRef<CodeObject>,
    globals: Dict,
    line: u32,
    end_line: u32,
    columns: Option<(u32, u32)>,
}

impl Entry {
    fn of(traceback: &Traceback) -> Entry {
        let code = traceback.code;
        let position =
            if traceback.line.get() == 0 { code.get().code.position(traceback.pc) } else { None };
        let line = traceback_line(traceback);
        let known = position.filter(|p| p.line != 0);
        Entry {
            code,
            globals: traceback.globals,
            line,
            end_line: known.map_or(line, |p| p.end_line.max(line)),
            columns: known
                .map(|p| (p.column, p.end_column))
                .filter(|&(start, end)| (start, end) != (0, 0)),
        }
    }
    fn is_like(&self, other: &Entry) -> bool {
        let (a, b) = (&self.code.get().code, &other.code.get().code);
        self.line == other.line && a.filename == b.filename && a.name == b.name
    }
}

/// `tb_lineno`
pub fn traceback_line(traceback: &Traceback) -> u32 {
    let code = traceback.code.get();
    match traceback.line.get() {
        0 => code.code.position(traceback.pc).map_or(code.code.first_line, |p| p.line),
        line => line,
    }
}

/// The lines of a traceback from the entry `traceback` on, without the heading. `limit` keeps the last entries only.
pub(super) fn format_stack(
    vm: &mut Vm,
    traceback: Value,
    limit: Option<usize>,
    lines: &mut SourceLines,
) -> String {
    let mut length = 0;
    let mut at = PayloadRef::<Traceback>::of_value(traceback);
    while let Some(entry) = at {
        length += 1;
        at = PayloadRef::of_value(entry.next.get());
    }
    let skipped = limit.map_or(0, |limit| length - limit.min(length));
    let (mut out, mut previous, mut count) = (String::new(), None::<Entry>, 0);
    let mut at = PayloadRef::<Traceback>::of_value(traceback);
    let mut number = 0;
    while let Some(traceback) = at {
        at = PayloadRef::of_value(traceback.next.get());
        number += 1;
        if number <= skipped {
            continue;
        }
        let entry = Entry::of(&traceback);
        if !previous.as_ref().is_some_and(|p| p.is_like(&entry)) {
            push_repeated(&mut out, count);
            count = 0;
        }
        count += 1;
        if count <= MOST_REPEATED {
            push_entry(vm, &entry, lines, &mut out);
        }
        previous = Some(entry);
    }
    push_repeated(&mut out, count);
    out
}

fn push_repeated(out: &mut String, count: usize) {
    if count > MOST_REPEATED {
        let more = count - MOST_REPEATED;
        let plural = if more > 1 { "s" } else { "" };
        out.push_str(&format!("  [Previous line repeated {more} more time{plural}]\n"));
    }
}

fn push_entry(vm: &mut Vm, entry: &Entry, lines: &mut SourceLines, out: &mut String) {
    let code = &entry.code.get().code;
    let stdin = code.filename.starts_with("<stdin-") && code.filename.ends_with('>');
    let shown = if stdin { "<stdin>" } else { &code.filename };
    out.push_str(&format!("  File \"{shown}\", line {}, in {}\n", entry.line, code.name));
    let source: Vec<String> = (entry.line..=entry.end_line)
        .map(|line| {
            lines
                .line(vm, entry.code, entry.globals, line)
                .map_or_else(String::new, |text| text.trim_end().to_owned())
        })
        .collect();
    if source.iter().all(|line| line.trim().is_empty()) {
        return;
    }
    let shown = match entry.columns {
        Some((column, end_column)) => underlined(Excerpt {
            lines: &source,
            column: column as usize,
            end_column: end_column as usize,
        }),
        None => vec![source[0].trim().to_owned()],
    };
    for line in shown {
        out.push_str("    ");
        out.push_str(&line);
        out.push('\n');
    }
}
