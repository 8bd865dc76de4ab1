//! Reads `testdata/matches.txt`; `testdata/generate.py` describes it.

use crate::program::{Captures, Program};

/// A program and what it does to subjects.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) code: Vec<u32>,
    pub(super) flags: u32,
    pub(super) groups: u32,
    pub(super) is_str: bool,
    /// For messages.
    pub(super) pattern: &'static str,
    pub(super) cases: Vec<Case>,
}

/// A subject and the expected answers, in the text's own spelling.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) subject: Vec<u8>,
    pub(super) questions: Vec<Question>,
}

#[derive(Debug)]
pub(super) struct Question {
    /// `m`, `f`, `s` or `i`.
    pub(super) kind: char,
    /// Characters.
    pub(super) window: (isize, isize),
    pub(super) answer: &'static str,
}

impl Row {
    pub(super) fn program(&self) -> Program {
        Program::new(&self.code, self.flags, self.groups).unwrap()
    }
}

pub(super) fn rows() -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for line in include_str!("../../testdata/matches.txt").lines() {
        let (kind, rest) = line.split_once(' ').unwrap_or((line, ""));
        match kind {
            "P" => rows.push(row(rest)),
            "S" => {
                let subject = unescape(rest);
                rows.last_mut().unwrap().cases.push(Case { subject, questions: vec![] });
            }
            kind => {
                let case = rows.last_mut().unwrap().cases.last_mut().unwrap();
                case.questions.push(question(kind, rest));
            }
        }
    }
    rows
}

fn row(rest: &'static str) -> Row {
    let (numbers, pattern) = rest.split_once(" # ").unwrap_or((rest, ""));
    let mut words = numbers.split(' ');
    let flags = words.next().unwrap().parse().unwrap();
    let groups = words.next().unwrap().parse().unwrap();
    let is_str = words.next().unwrap() == "str";
    let code = words.map(|word| word.parse().unwrap()).collect();
    Row { code, flags, groups, is_str, pattern, cases: vec![] }
}

fn question(kind: &str, rest: &'static str) -> Question {
    let kind = kind.chars().next().unwrap();
    if kind == 'i' {
        return Question { kind, window: (0, isize::MAX), answer: rest };
    }
    let mut words = rest.splitn(3, ' ');
    let mut number = || words.next().unwrap().parse().unwrap();
    let window = (number(), number());
    Question { kind, window, answer: words.next().unwrap() }
}

fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        if byte == b'\\' {
            let digits = std::str::from_utf8(&after[1..3]).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
            rest = &after[3..];
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    bytes
}

/// The spelling of an answer.
pub(super) fn spell(found: Option<&Captures>) -> String {
    let Some(captures) = found else { return "-".into() };
    let span = |span: &Option<(usize, usize)>| {
        span.map_or_else(|| "-".to_owned(), |(start, end)| format!("{start},{end}"))
    };
    let mut text = captures.spans.iter().map(span).collect::<Vec<_>>().join(";");
    if let Some(last) = captures.last_index {
        text.push('@');
        text.push_str(&last.to_string());
    }
    text
}
