//! Both engines against what `CPython` answers.

mod table;

use std::ops::ControlFlow;

use crate::automaton::{Automaton, Width};
use crate::decode::decode;
use crate::program::{Captures, Program, Scanner};
use crate::search::Stop;
use crate::subject::Subject;
use table::{Case, Question, Row, rows, spell};

/// No test takes this many polls of 4096 steps in one call; an endless loop does.
const MOST_POLLS: u32 = 20_000;

/// A poll that goes on, but not for ever.
fn go_on() -> impl FnMut() -> ControlFlow<()> {
    let mut polls = 0;
    move || {
        polls += 1;
        if polls < MOST_POLLS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }
}

fn subject<'a>(row: &Row, case: &'a Case) -> Subject<'a> {
    if row.is_str {
        Subject::Wtf8 { bytes: &case.subject, ascii: case.subject.is_ascii() }
    } else {
        Subject::Bytes(&case.subject)
    }
}

fn answer(program: &Program, subject: Subject<'_>, question: &Question) -> String {
    let window = subject.window(question.window.0, question.window.1);
    let found = match question.kind {
        'm' => program.match_(subject, window, &mut go_on()),
        'f' => program.fullmatch(subject, window, &mut go_on()),
        's' => program.search(subject, window, &mut go_on()),
        _ => return all(program, subject),
    };
    found.map_or_else(|stop| format!("{stop:?}"), |found| spell(found.as_ref()))
}

fn all(program: &Program, subject: Subject<'_>) -> String {
    let mut scanner = Scanner::new(subject.window(0, isize::MAX));
    let mut answers = Vec::new();
    while let Some(captures) = scanner
        .search(program, subject, &mut go_on())
        .unwrap_or_else(|stop| panic!("{stop:?} {program:?} {subject:?}"))
    {
        answers.push(spell(Some(&captures)));
        assert!(answers.len() <= 2 * subject.bytes().len() + 2, "the scanner goes on");
    }
    if answers.is_empty() { "-".into() } else { answers.join(" ") }
}

#[test]
fn the_matcher_agrees_with_cpython() {
    let mut n_answers = 0;
    let mut wrong = Vec::new();
    for row in rows() {
        let program = row.program();
        for case in &row.cases {
            for question in &case.questions {
                n_answers += 1;
                let answer = answer(&program, subject(&row, case), question);
                if answer != question.answer {
                    let text = String::from_utf8_lossy(&case.subject).into_owned();
                    wrong.push((
                        row.pattern,
                        row.flags,
                        text,
                        question.kind,
                        question.answer,
                        answer,
                    ));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {n_answers}: {:#?}",
        wrong.len(),
        &wrong[..wrong.len().min(12)]
    );
    assert!(n_answers > 8000, "{n_answers}");
}

#[test]
fn the_automaton_agrees_with_cpython() {
    let (mut n_built, mut n_answers) = (0, 0);
    for row in rows() {
        let decoded = decode(&row.code, row.groups).unwrap();
        for width in [Width::Single, Width::Multi] {
            let Some(automaton) = Automaton::new(&decoded.body, &decoded.tests, width) else {
                continue;
            };
            n_built += 1;
            n_answers += row
                .cases
                .iter()
                .map(|case| check_searches(&row, case, &automaton, width))
                .sum::<usize>();
        }
    }
    assert!(n_built > 400 && n_answers > 1000, "{n_built} {n_answers}");
}

/// Asks the automaton what `search` was asked; the number of answers.
fn check_searches(row: &Row, case: &Case, automaton: &Automaton, width: Width) -> usize {
    let subject = subject(row, case);
    let fits = if width == Width::Multi { row.is_str } else { subject.is_single_byte() };
    let mut n_answers = 0;
    for question in case.questions.iter().filter(|question| fits && question.kind == 's') {
        let window = subject.window(question.window.0, question.window.1);
        let text = &case.subject[..window.end];
        if window.start > window.end || !automaton.applies_to(text) {
            continue;
        }
        let found = spell(automaton.find(text, window.start).map(Captures::whole).as_ref());
        let expected = question.answer.split([';', '@']).next().unwrap();
        assert_eq!(found, expected, "{} {:?} {width:?}", row.pattern, case.subject);
        n_answers += 1;
    }
    n_answers
}

/// What the matcher alone answers: it is tried at each position.
fn search_by_matching(program: &Program, subject: Subject<'_>) -> String {
    let bytes = subject.bytes();
    let starts =
        (0..=bytes.len()).filter(|&at| bytes.get(at).is_none_or(|byte| byte & 0xC0 != 0x80));
    for start in starts {
        let found = program.match_(subject, start..bytes.len(), &mut go_on()).unwrap();
        if found.is_some() {
            return spell(found.as_ref());
        }
    }
    spell(None)
}

/// A long search ends in the automaton once enough steps were taken; groups still come from the matcher.
#[test]
fn long_searches_switch_engines() {
    let mut n_switched = 0;
    for row in rows().iter().filter(|row| row.is_str) {
        let decoded = decode(&row.code, row.groups).unwrap();
        if Automaton::new(&decoded.body, &decoded.tests, Width::Multi).is_none() {
            continue;
        }
        let case = row.cases.last().unwrap();
        let mut bytes = "?!\n".repeat(700).into_bytes();
        bytes.extend_from_slice(&case.subject);
        let subject = Subject::Wtf8 { bytes: &bytes, ascii: bytes.is_ascii() };
        let program = row.program();
        let expected = search_by_matching(&program, subject);
        for round in 0..15 {
            let found = program.search(subject, 0..bytes.len(), &mut go_on()).unwrap();
            assert_eq!(
                spell(found.as_ref()),
                expected,
                "{} {:?} {round}",
                row.pattern,
                case.subject
            );
        }
        n_switched += u32::from(program.has_automaton());
    }
    assert!(n_switched > 100, "{n_switched}");
}

fn program_of(pattern: &str) -> Program {
    rows().into_iter().find(|row| row.pattern == pattern).map(|row| row.program()).unwrap()
}

#[test]
fn exponential_searches_end() {
    // (?:x+x+)+y takes 2**n steps in the matcher.
    let program = program_of("(?:x+x+)+y");
    let text = "x".repeat(5000);
    let subject = Subject::Wtf8 { bytes: text.as_bytes(), ascii: true };
    assert_eq!(program.search(subject, 0..text.len(), &mut go_on()), Ok(None));
    // `match` has no automaton: the poll ends it.
    let mut polls = 0;
    let mut give_up = || {
        polls += 1;
        if polls == 50 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    assert_eq!(program.match_(subject, 0..text.len(), &mut give_up), Err(Stop::Interrupted));
    assert_eq!(polls, 50);
}

#[test]
fn deep_repeats_do_not_overflow_the_stack() {
    let program = program_of("(a|b)*");
    let text = "ab".repeat(500_000);
    let subject = Subject::Wtf8 { bytes: text.as_bytes(), ascii: true };
    let found = program.fullmatch(subject, 0..text.len(), &mut go_on()).unwrap().unwrap();
    assert_eq!(found.spans, [Some((0, 1_000_000)), Some((999_999, 1_000_000))]);
}

/// `\B` matches the empty string since 3.14.
#[test]
fn no_boundary_in_the_empty_string() {
    let program = program_of("\\x5cB");
    for subject in
        [Subject::Wtf8 { bytes: b"", ascii: true }, Subject::Wtf8 { bytes: b"", ascii: false }]
    {
        assert_eq!(spell(program.search(subject, 0..0, &mut go_on()).unwrap().as_ref()), "0,0");
    }
}

/// Damaged programs are refused, or run without reading outside themselves and without going on for ever.
#[test]
fn damaged_programs_are_harmless() {
    let mut seed = 1_u32;
    let mut random = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed >> 8
    };
    let mut n_refused = 0;
    for row in rows().iter().step_by(3) {
        for _ in 0..20 {
            let mut code = row.code.clone();
            let at = random() as usize % code.len();
            code[at] = [0, 1, random() % 50, random(), u32::MAX][random() as usize % 5];
            if random() % 4 == 0 {
                code.truncate(random() as usize % row.code.len());
            }
            let Ok(program) = Program::new(&code, row.flags, row.groups) else {
                n_refused += 1;
                continue;
            };
            let mut polls = 0;
            let mut poll = || {
                polls += 1;
                if polls > 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            for case in &row.cases {
                let subject = subject(row, case);
                drop(program.search(subject, 0..case.subject.len(), &mut poll));
            }
        }
    }
    assert!(n_refused > 1000, "{n_refused}");
    for code in [&[][..], &[1, 1], &[15, 0, 1], &[7, 0], &[14, 400_000_000, 0, 0, 0, 1]] {
        assert!(Program::new(code, 0, 0).is_err(), "{code:?}");
    }
}
