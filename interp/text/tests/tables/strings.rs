//! Strings and the Unicode database.

use std::ops::Range;

use haft_text::unicode::{self, Database, Form, Lookup};
use haft_text::wtf8::{
    self, Indexed, Justify, LineBreaks, Side, SliceBounds, Space, StrIndex, Unit,
};
use haft_text::{Result, repr};

use crate::row::{Row, escape, escape_bytes};

/// Ranges of a string, joined by a bar.
fn pieces(s: &[u8], ranges: Vec<Range<usize>>) -> String {
    ranges.into_iter().map(|range| escape(&s[range])).collect::<Vec<_>>().join("|")
}

/// The ranges that a split passes on one by one.
fn collected(split: impl FnOnce(&mut dyn FnMut(Range<usize>))) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    split(&mut |range| ranges.push(range));
    ranges
}

pub(crate) fn string(row: &Row<'_>) -> Result<String> {
    let s = row.str(0);
    let index = StrIndex::new(&s);
    let indexed = if s.is_ascii() { Indexed::ascii(&s) } else { Indexed::new(&s, &index) };
    let max = |i: usize| row.option(i).and_then(|max| usize::try_from(max).ok());
    let side = |i: usize| match row.text(i) {
        "strip" => Side::Both,
        "lstrip" => Side::Left,
        _ => Side::Right,
    };
    let n_chars = indexed.n_chars();
    assert_eq!(n_chars, wtf8::n_chars(&s));
    let position =
        |at: Option<usize>| at.map_or(-1, |at| indexed.char_index(at) as i64).to_string();
    Ok(match row.op {
        "slice" => {
            let bounds = SliceBounds::new(n_chars, row.option(1), row.option(2), row.number(3));
            escape(&indexed.slice(bounds))
        }
        "find" => position(wtf8::find(&s, &row.str(1))),
        "rfind" => position(wtf8::rfind(&s, &row.str(1))),
        "count" => wtf8::count(&s, &row.str(1), Unit::CodePoint).to_string(),
        "replace" => {
            let replaced = wtf8::replace(&s, &row.str(1), &row.str(2), max(3), Unit::CodePoint);
            escape(&replaced.unwrap_or_else(|| s.clone()))
        }
        "split" => pieces(&s, collected(|piece| wtf8::split(&s, &row.str(1), max(2), piece))),
        "rsplit" => pieces(&s, wtf8::rsplit(&s, &row.str(1), max(2))),
        "split_space" => {
            pieces(&s, collected(|piece| wtf8::split_whitespace(&s, max(1), Space::Unicode, piece)))
        }
        "rsplit_space" => pieces(&s, wtf8::rsplit_whitespace(&s, max(1), Space::Unicode)),
        "splitlines" => {
            pieces(&s, wtf8::split_lines(&s, row.text(1) == "True", LineBreaks::Unicode))
        }
        "strip_space" => escape(&s[wtf8::strip(&s, side(1), Space::Unicode)]),
        "strip" => escape(&s[wtf8::strip_code_points(&s, side(1), &row.str(2))]),
        "just" => {
            let how = match row.text(1) {
                "ljust" => Justify::Left,
                "rjust" => Justify::Right,
                _ => Justify::Center,
            };
            let fill = wtf8::decode_at(&row.str(3), 0).0;
            escape(&wtf8::justify(&s, n_chars, row.number(2), fill, how).unwrap_or(s.clone()))
        }
        "zfill" => escape(&wtf8::zfill(&s, n_chars, row.number(1)).unwrap_or(s.clone())),
        "expandtabs" => escape(&wtf8::expand_tabs(&s, row.number(1), Unit::CodePoint)),
        "repr" => escape(&repr::repr_str(&s)),
        "ascii" => escape(&repr::ascii_str(&s)),
        "repr_bytes" => escape(repr::repr_bytes(&row.bytes(0)).as_bytes()),
        "bytes_split_space" => {
            let bytes = row.bytes(0);
            let ranges =
                collected(|piece| wtf8::split_whitespace(&bytes, max(1), Space::Ascii, piece));
            ranges
                .into_iter()
                .map(|range| escape_bytes(&bytes[range]))
                .collect::<Vec<_>>()
                .join("|")
        }
        "bytes_splitlines" => {
            let bytes = row.bytes(0);
            let ranges = wtf8::split_lines(&bytes, false, LineBreaks::Bytes);
            ranges
                .into_iter()
                .map(|range| escape_bytes(&bytes[range]))
                .collect::<Vec<_>>()
                .join("|")
        }
        other => return Ok(case(other, &s)),
    })
}

fn case(op: &str, s: &[u8]) -> String {
    let predicate = match op {
        "lower" => return escape(&unicode::lower(s)),
        "upper" => return escape(&unicode::upper(s)),
        "title" => return escape(&unicode::title(s)),
        "swapcase" => return escape(&unicode::swapcase(s)),
        "capitalize" => return escape(&unicode::capitalize(s)),
        "casefold" => return escape(&unicode::casefold(s)),
        "isalpha" => unicode::str_is_alpha,
        "isalnum" => unicode::str_is_alnum,
        "isdecimal" => unicode::str_is_decimal,
        "isdigit" => unicode::str_is_digit,
        "isnumeric" => unicode::str_is_numeric,
        "isspace" => unicode::str_is_space,
        "isprintable" => unicode::str_is_printable,
        "islower" => unicode::str_is_lower,
        "isupper" => unicode::str_is_upper,
        "istitle" => unicode::str_is_title,
        "isidentifier" => unicode::is_identifier,
        other => panic!("unknown operation {other}"),
    };
    if predicate(s) { "True" } else { "False" }.to_owned()
}

pub(crate) fn unicode(row: &Row<'_>) -> Result<String> {
    let s = row.str(0);
    let cp = wtf8::code_points(&s).next().unwrap_or(0);
    let form = || Form::from_name(row.text(1).as_bytes()).unwrap();
    let database = Database::Latest;
    let option = |value: Option<String>| value.unwrap_or_else(|| "None".to_owned());
    Ok(match row.op {
        "category" => database.category(cp).to_owned(),
        "bidirectional" => database.bidirectional(cp).to_owned(),
        "combining" => database.combining(cp).to_string(),
        "mirrored" => u8::from(database.mirrored(cp)).to_string(),
        "east_asian_width" => database.east_asian_width(cp).to_owned(),
        "decomposition" => database.decomposition(cp),
        "decimal" => option(database.decimal(cp).map(|value| value.to_string())),
        "digit" => option(database.digit(cp).map(|value| value.to_string())),
        "numeric" => option(database.numeric(cp).map(haft_text::float::repr)),
        "name" => option(database.name(cp)),
        "lookup" => match database.lookup(row.text(0)) {
            Some(Lookup::Character(c)) => escape(c.to_string().as_bytes()),
            Some(Lookup::Sequence(text)) => escape(text.as_bytes()),
            None => "None".to_owned(),
        },
        "normalize" => escape(&unicode::normalize(form(), &s)),
        "is_normalized" => {
            if unicode::is_normalized(form(), &s) { "True" } else { "False" }.to_owned()
        }
        other => return Ok(case(other, &s)),
    })
}
