//! Format specifications and templates.

use haft_text::format_spec::{Context, format_complex, format_float, format_int, format_str};
use haft_text::format_string::{
    Accessor, Conversion, Directives, First, Item, Piece, Text, format_character, format_text,
    pieces, split_field_name,
};
use haft_text::int::{DEFAULT_MAX_STR_DIGITS, Int, IntRef};
use haft_text::{Result, format_string};

use crate::row::{Row, escape, escape_bytes};

pub(crate) fn spec(row: &Row<'_>) -> Result<String> {
    let context = Context::new(row.op);
    let text = match row.op {
        "str" => format_str(&row.str(0), &row.str(1), &context)?,
        "int" | "bool" => {
            let (i, spec) = (row.big(0), row.str(1));
            if let Int::Small(small) = i.clone().into() {
                let text = format_int(IntRef::Small(small), &spec, &context)?;
                assert_eq!(text, format_int(IntRef::Big(&i), &spec, &context)?);
            }
            format_int(IntRef::Big(&i), &spec, &context)?
        }
        "float" => format_float(row.float(0), &row.str(1), &context)?,
        "complex" => format_complex(row.float(0), row.float(1), &row.str(2), &context)?,
        other => panic!("unknown operation {other}"),
    };
    Ok(escape(&text))
}

pub(crate) fn string(row: &Row<'_>) -> Result<String> {
    match row.op {
        "parser" => parser(&row.str(0)),
        "split" => split(&row.str(0)),
        "conversion" => Conversion::new(row.number(0)).map(|conversion| format!("{conversion:?}")),
        "str" => percent(row, &row.str(0), Text::Str),
        "bytes" => percent(row, &row.bytes(0), Text::Bytes),
        other => panic!("unknown operation {other}"),
    }
}

fn parser(template: &[u8]) -> Result<String> {
    let show = |piece: Piece<'_>| {
        let literal = escape(piece.literal);
        let Some(field) = piece.field else { return literal };
        let conversion = field.conversion.map(haft_text::wtf8::from_code_point);
        let conversion = conversion.map_or("None".to_owned(), |c| escape(&c));
        [literal, escape(field.name), escape(field.spec), conversion].join("~")
    };
    let shown: Result<Vec<String>> = pieces(template).map(|piece| piece.map(show)).collect();
    Ok(shown?.join("|"))
}

fn split(name: &[u8]) -> Result<String> {
    let (first, rest) = split_field_name(name)?;
    let mut out = vec![match first {
        First::Empty => String::new(),
        First::Index(index) => format!("#{index}"),
        First::Name(name) => escape(name),
    }];
    for accessor in rest {
        out.push(match accessor? {
            Accessor::Attribute(name) => format!(".{}", escape(name)),
            Accessor::Index(index) => format!("#{index}"),
            Accessor::Key(key) => format!("[{}", escape(key)),
        });
    }
    Ok(out.join("|"))
}

/// `str template kind value width precision`: every directive gets the same value.
fn percent(row: &Row<'_>, template: &[u8], text: Text) -> Result<String> {
    let mut out = Vec::new();
    for item in Directives::new(template, text) {
        let directive = match item? {
            Item::Literal(literal) => {
                out.extend_from_slice(literal);
                continue;
            }
            Item::Directive(directive) => directive,
        };
        let layout = directive.layout(row.option(3), row.option(4))?;
        let code = u8::try_from(directive.conversion).unwrap_or(0);
        let converted = match (code, row.text(1)) {
            (b'd' | b'i' | b'u' | b'x' | b'X' | b'o', "int") => {
                let i = row.big(2);
                let text = format_string::format_int(
                    IntRef::Big(&i),
                    code,
                    &layout,
                    DEFAULT_MAX_STR_DIGITS,
                )?;
                text.into_bytes()
            }
            (b'e' | b'E' | b'f' | b'F' | b'g' | b'G', "float") => {
                format_string::format_float(row.float(2), code, &layout)?.into_bytes()
            }
            (b'c', "int") => format_character(IntRef::Big(&row.big(2)), &layout, text)?,
            (b's' | b'b', "text") if text == Text::Bytes => {
                format_text(&row.bytes(2), &layout, text)
            }
            (b's', "text") => format_text(&row.str(2), &layout, text),
            _ => return Err(directive.unsupported(text)),
        };
        out.extend(converted);
    }
    Ok(if text == Text::Str { escape(&out) } else { escape_bytes(&out) })
}
