//! Format specifications.

use haft_text::Result;
use haft_text::format_spec::{Context, format_complex, format_float, format_int, format_str};
use haft_text::int::{Int, IntRef};

use crate::row::{Row, escape};

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
