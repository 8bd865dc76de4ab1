//! The part of a source line that an instruction comes from, underlined.
//!
//! The rules are those of CPython's `traceback` module: of a binary operation the operator is marked `^` and its
//! operands `~`; of a call or subscript the brackets with what is in them; everything else `^`. Nothing is underlined
//! if that would be the whole line.
use std::collections::BTreeSet;

use haft_text::unicode::Database;
use ruff_python_ast::{Expr, Stmt};
use ruff_python_parser::{parse_expression, parse_module};
use ruff_text_size::Ranged;

/// Some lines of source; `column` of the first and `end_column` of the last are byte offsets.
#[derive(Debug, Clone, Copy)]
pub(super) struct Excerpt<'a> {
    pub(super) lines: &'a [String],
    pub(super) column: usize,
    pub(super) end_column: usize,
}

/// A place in a text of several lines, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    line: usize,
    column: usize,
}

/// What is marked `^` where the rest is marked `~`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Anchors {
    start: Place,
    end: Place,
}

/// The lines to show, with lines of carets between them; without indentation that all have.
pub(super) fn underlined(excerpt: Excerpt<'_>) -> Vec<String> {
    let original = excerpt.lines;
    let last = original.len() - 1;
    let lines = dedented(original);
    let removed = original[0].chars().count() - lines[0].chars().count();
    let start = characters(&original[0], excerpt.column).saturating_sub(removed);
    let end = characters(&original[last], excerpt.end_column).saturating_sub(removed);
    let lines: Vec<Vec<char>> = lines.iter().map(|line| line.chars().collect()).collect();
    let anchors = find_anchors(&segment(&lines, start, end));
    let shown = Shown {
        start,
        end,
        anchors,
        carets: shows_carets(&lines, start, end, anchors),
        lines: &lines,
    };
    dedented(&shown.render())
}

/// Number of characters before a byte offset.
fn characters(line: &str, offset: usize) -> usize {
    line.char_indices().take_while(|(at, _)| *at < offset).count()
}

/// The lines without the blanks that all of them start with; lines of blanks only are emptied.
pub(super) fn dedented(lines: &[String]) -> Vec<String> {
    let blanks = |line: &str| line.chars().take_while(|c| matches!(c, ' ' | '\t')).count();
    let filled = || lines.iter().filter(|line| !line.trim().is_empty());
    let Some(first) = filled().next() else { return vec![String::new(); lines.len()] };
    let common = |line: &String| {
        line.chars().zip(first.chars()).take(blanks(first)).take_while(|(a, b)| a == b).count()
    };
    let margin = filled().map(common).min().unwrap_or(0);
    lines
        .iter()
        .map(|line| {
            if line.trim().is_empty() { String::new() } else { line.chars().skip(margin).collect() }
        })
        .collect()
}

/// The text from `start` in the first line to `end` in the last.
fn segment(lines: &[Vec<char>], start: usize, end: usize) -> String {
    let last = lines.len() - 1;
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        let from = if at == 0 { start.min(line.len()) } else { 0 };
        let to = if at == last { end.min(line.len()) } else { line.len() };
        text.extend(line.get(from..to).unwrap_or_default());
        if at < last {
            text.push('\n');
        }
    }
    text
}

/// Operator or brackets of the expression that `segment` is.
fn find_anchors(segment: &str) -> Option<Anchors> {
    // In parentheses the expression may have line breaks.
    const BEFORE: usize = 2;
    let parsed = parse_expression(&format!("(\n{segment}\n)")).ok()?;
    let offset = |at: ruff_text_size::TextSize| at.to_usize().checked_sub(BEFORE);
    let (start, end) = match parsed.expr() {
        Expr::BinOp(operation) => {
            let operator = find_from(segment, offset(operation.left.end())?, |c| {
                !c.is_whitespace() && c != ')'
            })?;
            let mut end = operator + segment[operator..].chars().next()?.len_utf8();
            let second = segment[end..].chars().next();
            let belongs = |c: char| !c.is_whitespace() && c != '\\' && c != '#';
            if second.is_some_and(belongs) && offset(operation.right.start())? > end {
                end += second?.len_utf8();
            }
            (operator, end)
        }
        Expr::Subscript(subscript) => (
            find_from(segment, offset(subscript.value.end())?, |c| c == '[')?,
            offset(subscript.end())?,
        ),
        Expr::Call(call) => {
            (find_from(segment, offset(call.func.end())?, |c| c == '(')?, offset(call.end())?)
        }
        _ => return None,
    };
    Some(Anchors { start: place(segment, start)?, end: place(segment, end)? })
}

/// The byte offset, from `from` on, of the first character for which `stop` holds; comments and escaped line ends are
/// skipped.
fn find_from(text: &str, from: usize, stop: impl Fn(char) -> bool) -> Option<usize> {
    let mut rest = text.get(from..)?.char_indices();
    while let Some((at, c)) = rest.next() {
        if c == '\\' || c == '#' {
            rest.find(|(_, c)| *c == '\n')?;
        } else if c != '\n' && stop(c) {
            return Some(from + at);
        }
    }
    None
}

fn place(text: &str, offset: usize) -> Option<Place> {
    let before = text.get(..offset)?;
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Some(Place { line: before.matches('\n').count(), column: before[line_start..].chars().count() })
}

/// Is there anything to tell apart in the line?
fn shows_carets(lines: &[Vec<char>], start: usize, end: usize, anchors: Option<Anchors>) -> bool {
    let last = &lines[lines.len() - 1];
    if let Ok(parsed) = parse_module(&segment(lines, 0, last.len())) {
        match parsed.suite().first() {
            None => return false,
            Some(statement) if is_whole_call(statement, lines, start, end) => return false,
            Some(_) => {}
        }
    }
    let blank = |part: Option<&[char]>| part.unwrap_or_default().iter().all(|c| c.is_whitespace());
    anchors.is_some() || !blank(lines[0].get(..start)) || !blank(last.get(end..))
}

/// `return f(…)` or `x = f(…)` where the call is all that is marked.
fn is_whole_call(statement: &Stmt, lines: &[Vec<char>], start: usize, end: usize) -> bool {
    let value = match statement {
        Stmt::Return(statement) => match statement.value.as_deref() {
            Some(value @ Expr::Call(call)) if call.func.is_name_expr() => value,
            _ => return false,
        },
        Stmt::Assign(statement)
            if statement.targets.len() == 1 && statement.targets[0].is_name_expr() =>
        {
            match &*statement.value {
                value @ Expr::Call(_) => value,
                _ => return false,
            }
        }
        _ => return false,
    };
    let bytes = |line: &[char]| line.iter().map(|c| c.len_utf8()).sum::<usize>();
    let before_last: usize = lines[..lines.len() - 1].iter().map(|line| bytes(line) + 1).sum();
    value.start().to_usize() == start && value.end().to_usize() == before_last + end
}

/// Width of the first `n` characters on a terminal.
fn width(line: &[char], n: usize) -> usize {
    let wide = |c: &&char| matches!(Database::Latest.east_asian_width(u32::from(**c)), "W" | "F");
    n + line.iter().take(n).filter(|c| !c.is_ascii()).filter(wide).count()
}

/// What is to be rendered.
struct Shown<'a> {
    lines: &'a [Vec<char>],
    start: usize,
    end: usize,
    anchors: Option<Anchors>,
    carets: bool,
}

impl Shown<'_> {
    fn render(&self) -> Vec<String> {
        let mut out = Vec::new();
        let mut previous: Option<usize> = None;
        for line in self.significant() {
            match previous.map(|p| line - p) {
                Some(2) => self.push_line(&mut out, line - 1),
                Some(distance) if distance > 2 => {
                    out.push(format!("...<{} lines>...", distance - 1));
                }
                _ => {}
            }
            self.push_line(&mut out, line);
            previous = Some(line);
        }
        out
    }
    /// Of many lines only the first, the last and those around the anchors are shown.
    fn significant(&self) -> BTreeSet<usize> {
        let last = self.lines.len() - 1;
        let mut all = BTreeSet::from([0, last]);
        for anchor in self.anchors.iter().flat_map(|a| [a.start.line, a.end.line]) {
            all.extend(anchor.saturating_sub(1)..=(anchor + 1).min(last));
        }
        all
    }
    /// The place in columns of the terminal, `start` taken into account.
    fn on_screen(&self, place: Place) -> Place {
        let column = if place.line == 0 { place.column + self.start } else { place.column };
        Place { line: place.line, column: width(&self.lines[place.line], column) }
    }
    fn push_line(&self, out: &mut Vec<String>, at: usize) {
        let line = &self.lines[at];
        out.push(line.iter().collect());
        if !self.carets {
            return;
        }
        let (first, last) = (&self.lines[0], self.lines.len() - 1);
        let indent = line.iter().take_while(|c| c.is_whitespace()).count();
        let from = if at == 0 { width(first, self.start).max(indent) } else { indent };
        let to = width(line, if at == last { self.end } else { line.len() });
        let anchors = self.anchors.map(|a| self.on_screen(a.start)..self.on_screen(a.end));
        let mark = |column: usize| match &anchors {
            _ if column < from => ' ',
            Some(marked) if !marked.contains(&Place { line: at, column }) => '~',
            _ => '^',
        };
        out.push((0..to).map(mark).collect());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `source` has the marked part between `«` and `»`; `expected` are the lines under which something is.
    fn check(source: &str, expected: &str) {
        let open = source.find('«').unwrap();
        let text = source.replace('«', "");
        let close = text.find('»').unwrap();
        let text = text.replace('»', "");
        let column = open - text[..open].rfind('\n').map_or(0, |at| at + 1);
        let end_column = close - text[..close].rfind('\n').map_or(0, |at| at + 1);
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        assert_eq!(
            underlined(Excerpt { lines: &lines, column, end_column }).join("\n"),
            expected,
            "{source}"
        );
    }

    #[test]
    fn as_cpython_does() {
        check("    «f(20)»", "f(20)\n~^^^^");
        check("    return «inner(0)» + 1", "return inner(0) + 1\n       ~~~~~^^^");
        check("    return «10 / x»", "return 10 / x\n       ~~~^~~");
        check("x = «a ** (b)»", "x = a ** (b)\n    ~~^^~~~~");
        check("    return «inner(0)»", "return inner(0)");
        check("    x = «inner(0)»", "x = inner(0)");
        check("    x.y = «inner(0)»", "x.y = inner(0)\n      ~~~~~^^^");
        check("    «{}['key']»", "{}['key']\n~~^^^^^^^");
        check("«nowhere»", "nowhere");
        check("return «conter»", "return conter\n       ^^^^^^");
        check("f(«a.b», c)", "f(a.b, c)\n  ^^^");
        check("x = «f(1,\n      2)»", "x = f(1,\n      2)");
        check("y.x = «f(1,\n        2)»", "y.x = f(1,\n      ~^^^\n        2)\n        ^^");
        check("«a\n+ b»", "a\n~\n+ b\n^~~");
        check("(«(a) #+\n  + b»)", "((a) #+\n ~~~~~~\n  + b)\n  ^~~");
        check("x = «'日本' + 1»", "x = '日本' + 1\n    ~~~~~~~^~~");
        check(
            "z.x = «f(1,\n 2,\n 3,\n 4,\n 5)»",
            "z.x = f(1,\n      ~^^^\n 2,\n ^^\n 3,\n ^^\n 4,\n ^^\n 5)\n ^^",
        );
    }

    #[test]
    fn removes_common_blanks() {
        let lines = |text: &str| text.split('\n').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(dedented(&lines("    a\n      b\n  \n")), lines("a\n  b\n\n"));
        assert_eq!(dedented(&lines("\ta\n  b")), lines("\ta\n  b"));
    }
}
