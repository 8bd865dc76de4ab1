//! The lines of an exception itself: class, message, notes; for a SyntaxError its place.
use haft_core::object::{Exception, List, PayloadRef, TypeFlags, is_subtype};
use haft_core::{R, Value, Vm};

use super::suggestion::suggestion;
use crate::error::fields::syntax::{END_LINENO, END_OFFSET, FILENAME, LINENO, MSG, OFFSET, TEXT};

/// `str(value)`, or a text in its place if that fails.
pub(super) fn safe_str(vm: &mut Vm, value: Value, what: &str) -> Vec<u8> {
    let text = vm.str_of(value);
    or_failed(vm, text, what, "str")
}

fn safe_repr(vm: &mut Vm, value: Value, what: &str) -> Vec<u8> {
    let text = vm.repr(value);
    or_failed(vm, text, what, "repr")
}

fn or_failed(vm: &mut Vm, text: R, what: &str, function: &str) -> Vec<u8> {
    match text {
        Ok(text) => vm.as_str(text).map_or_else(Vec::new, |s| s.bytes().to_vec()),
        Err(raised) => {
            vm.take_raised(raised);
            format!("<{what} {function}() failed>").into_bytes()
        }
    }
}

/// The qualified name of an exception's class, without the modules of programs and builtins.
fn class_name(vm: &mut Vm, error: Value) -> String {
    let class = vm.type_of(error);
    let qualname = vm.shown(class.qualname.get());
    let module = vm.find_attr(class.value(), vm.names.__module__);
    let module = match module {
        Ok(module) => module.filter(|m| vm.as_str(*m).is_some()).map(|m| vm.shown(m)),
        Err(raised) => {
            vm.take_raised(raised);
            None
        }
    };
    match module.as_deref() {
        Some("__main__" | "builtins") => qualname,
        Some(module) => format!("{module}.{qualname}"),
        None => format!("<unknown>.{qualname}"),
    }
}

/// The lines that say what an exception is.
pub(super) fn format_message(vm: &mut Vm, error: Value) -> Vec<u8> {
    let name = class_name(vm, error);
    let mut out = Vec::new();
    if is_subtype(vm.type_of(error), vm.exc.syntax_error.obj()) {
        push_syntax_error(vm, error, &name, &mut out);
    } else {
        let mut text = safe_str(vm, error, "exception");
        if let Some(more) = suggestion(vm, error) {
            text.extend_from_slice(more.as_bytes());
        }
        out.extend_from_slice(name.as_bytes());
        if !text.is_empty() {
            out.extend_from_slice(b": ");
            out.extend_from_slice(&text);
        }
        out.push(b'\n');
    }
    push_notes(vm, error, &mut out);
    out
}

fn push_notes(vm: &mut Vm, error: Value, out: &mut Vec<u8>) {
    let notes = vm.find_attr(error, vm.names.__notes__);
    let notes = match notes {
        Ok(Some(notes)) if !notes.is_none() => notes,
        Ok(_) => return,
        Err(raised) => {
            let problem = vm.take_raised(raised);
            let shown = safe_repr(vm, problem, "__notes__");
            out.extend_from_slice(b"Ignored error getting __notes__: ");
            out.extend_from_slice(&shown);
            out.push(b'\n');
            return;
        }
    };
    let is_sequence = vm.type_of(notes).has(TypeFlags::SEQUENCE)
        && vm.as_str(notes).is_none()
        && vm.as_bytes(notes).is_none();
    let items: Option<List> = if is_sequence {
        let items = vm.list_of(notes);
        items.map_err(|raised| vm.take_raised(raised)).ok()
    } else {
        None
    };
    match items {
        Some(items) => {
            for at in 0..items.len() {
                let note = safe_str(vm, items.at(at), "note");
                out.extend_from_slice(&note);
                out.push(b'\n');
            }
        }
        None => {
            let shown = safe_repr(vm, notes, "__notes__");
            out.extend_from_slice(&shown);
            out.push(b'\n');
        }
    }
}

/// File and line, the line with carets under the error, and the message.
fn push_syntax_error(vm: &mut Vm, error: Value, name: &str, out: &mut Vec<u8>) {
    let Some(payload) = PayloadRef::<Exception>::of_value(error) else { return };
    let field = |number: usize| {
        Some(payload.fields[number].get()).filter(|v| !v.is_absent() && !v.is_none())
    };
    let mut suffix = String::new();
    let filename = field(FILENAME)
        .map(|name| String::from_utf8_lossy(&safe_str(vm, name, "filename")).into_owned());
    if let Some(line) = field(LINENO) {
        let line = safe_str(vm, line, "lineno");
        let shown = filename.as_deref().filter(|name| !name.is_empty()).unwrap_or("<string>");
        out.extend_from_slice(
            format!("  File \"{shown}\", line {}\n", String::from_utf8_lossy(&line)).as_bytes(),
        );
    } else if let Some(filename) = &filename {
        suffix = format!(" ({filename})");
    }
    let number = |number: usize| field(number).and_then(|value| vm.as_int(value));
    if let Some(text) = field(TEXT).and_then(|text| vm.as_str(text)) {
        let same_line = number(LINENO) == number(END_LINENO);
        let lines = syntax_lines(
            &text.to_text(),
            number(OFFSET),
            number(END_OFFSET).filter(|_| same_line),
            same_line,
        );
        out.extend_from_slice(lines.as_bytes());
    }
    let message = match field(MSG) {
        Some(message) => safe_str(vm, message, "msg"),
        None => Vec::new(),
    };
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    out.extend_from_slice(if message.is_empty() { b"<no detail available>" } else { &message });
    out.extend_from_slice(suffix.as_bytes());
    out.push(b'\n');
}

/// The text of the line, and under it the carets. Offsets are columns from 1.
fn syntax_lines(
    text: &str,
    offset: Option<i64>,
    end_offset: Option<i64>,
    same_line: bool,
) -> String {
    let line = text.trim_end_matches('\n');
    let stripped = line.trim_start_matches([' ', '\n', '\x0c']);
    let (length, text_length) = (line.chars().count() as i64, text.chars().count() as i64);
    let spaces = length - stripped.chars().count() as i64;
    let Some(mut offset) = offset else { return format!("    {stripped}\n") };
    let mut end_offset =
        if same_line { end_offset.filter(|&end| end != 0).unwrap_or(offset) } else { length + 1 };
    if text_length > 0 && offset > text_length {
        offset = length + 1;
    }
    if text_length > 0 && end_offset > text_length {
        end_offset = length + 1;
    }
    if offset >= end_offset || end_offset < 0 {
        end_offset = offset + 1;
    }
    let (column, end_column) = (offset - 1 - spaces, end_offset - 1 - spaces);
    if column < 0 {
        return format!("    {stripped}\n");
    }
    // Blanks other than spaces are kept, so that the carets stand right.
    let blanks: String = stripped
        .chars()
        .take(column as usize)
        .map(|c| if c.is_whitespace() { c } else { ' ' })
        .collect();
    format!("    {stripped}\n    {blanks}{}\n", "^".repeat((end_column - column) as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_of_syntax_errors() {
        let rows = [
            (("  x = = 1\n", Some(7), Some(8)), "    x = = 1\n        ^\n"),
            (("f(a b)\n", Some(3), Some(6)), "    f(a b)\n      ^^^\n"),
            (("\tx y\n", Some(2), Some(5)), "    \tx y\n    \t^^^\n"),
            (("abc", None, None), "    abc\n"),
            (("abc", Some(0), Some(0)), "    abc\n"),
            (("abc\n", Some(99), Some(100)), "    abc\n       ^\n"),
            (("abc\n", Some(2), None), "    abc\n     ^\n"),
        ];
        for ((text, offset, end), expected) in rows {
            assert_eq!(syntax_lines(text, offset, end, true), expected, "{text:?} {offset:?}");
        }
        assert_eq!(syntax_lines("x = (1,\n", Some(5), None, false), "    x = (1,\n        ^^^\n");
    }
}
