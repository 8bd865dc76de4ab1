//! The reference page of HPy: every constant, function, slot and signature, from the tables of `hpy-abi/`.
#![expect(clippy::format_push_string, reason = "a file is written line by line")]

use haft_hpy_abi::types::{MemberType, Shape};
use haft_hpy_abi::{Effect, ErrorValue, Function, Kind, ROWS, Row, Signature, TypeSlot};

/// What precedes the tables.
const HEAD: &str = "\
<!-- Made by `cargo xtask gen` from hpy-abi/src; edit that. -->
# HPy reference

Every function takes the context first, which is left out below. A handle that is an argument stays the caller's; a result
`HPy` is a new handle, which the caller must close. `?` marks what may be null.

**May** says what a call may do: `pure` depends on its arguments only; `reads` what can change; `handles` are opened or closed,
nothing else; `allocates` an object; `writes` without running code of Python; `calls` any code of Python; `stops` the process.

**On error**: `null`, `-1`, or what else is returned when an exception was raised; `-1?` and `null?` may also be values, so ask
`HPyErr_Occurred`. `—`: never raises. `raises`: that is what it is for.

**Slot** is the index in the context, which is part of the binary interface and never changes.
";

/// `docs/src/hpy_reference.md`
pub(super) fn reference() -> String {
    let mut text = HEAD.to_owned();
    text += "\n## Functions\n\n| slot | function | may | on error | what |\n|--|--|--|--|--|\n";
    for row in ROWS {
        if let Some(function) = row.function {
            text += &function_row(row, &function);
        }
    }
    text += "\n## Constants\n\n| slot | field | what |\n|--|--|--|\n";
    for row in ROWS.iter().filter(|row| row.function.is_none()) {
        text += &format!("| {} | `ctx->{}` | {} |\n", row.index, row.field, cell(row.doc));
    }
    text +=
        "\n## Slots of types and modules\n\n| number | slot | signature | what |\n|--|--|--|--|\n";
    for slot in TypeSlot::ALL {
        let signature = slot.signature().c_name();
        let (number, name) = (slot.number(), slot.c_name());
        text += &format!("| {number} | `{name}` | `{signature}` | {} |\n", cell(slot.doc()));
    }
    text += "\n## Signatures\n\n| number | `HPyFunc_…` | parameters | gives | what |\n|--|--|--|--|--|\n";
    for signature in Signature::ALL {
        text += &signature_row(*signature);
    }
    text += "\n## Members\n\n| number | type | what |\n|--|--|--|\n";
    for (name, number, doc) in MemberType::ROWS {
        text += &format!("| {number} | `{name}` | {} |\n", cell(doc));
    }
    text += "\n## Shapes\n\n| number | shape | instances begin as those of |\n|--|--|--|\n";
    for (name, number, doc) in Shape::ROWS {
        text += &format!("| {number} | `{name}` | {} |\n", cell(doc));
    }
    text
}

/// A text in a cell of a table.
fn cell(text: &str) -> String {
    text.trim().replace('|', "\\|")
}

fn function_row(row: &Row, function: &Function) -> String {
    let parameters: Vec<_> =
        function.parameters.iter().map(|(name, kind)| parameter(name, *kind)).collect();
    let (may, error) = (effect(function.effect), error(function.error));
    format!(
        "| {} | `{}({})` → `{}` | {may} | {error} | {} |\n",
        row.index,
        function.api,
        parameters.join(", "),
        function.result.c_type().trim(),
        cell(row.doc)
    )
}

fn signature_row(signature: Signature) -> String {
    let context = signature.has_context().then(|| "ctx".to_owned());
    let rest = signature.parameters().iter().map(|(name, kind)| parameter(name, *kind));
    let parameters: Vec<_> = context.into_iter().chain(rest).collect();
    format!(
        "| {} | `{}` | `({})` | `{}` | {} |\n",
        signature.number(),
        signature.c_name(),
        parameters.join(", "),
        signature.result().c_type().trim(),
        cell(signature.doc())
    )
}

fn parameter(name: &str, kind: Kind) -> String {
    let nullable = matches!(
        kind,
        Kind::NullableHandle
            | Kind::ClosedHandle
            | Kind::TrackedHandle
            | Kind::NullableText
            | Kind::NullableFileName
            | Kind::NullableChars
            | Kind::NullableOutSize
            | Kind::Params
            | Kind::Destructor
    );
    let ty = kind.c_type().trim();
    let name = name.trim_end_matches('_');
    let name = if nullable { format!("{name}?") } else { name.to_owned() };
    if ty.ends_with('*') { format!("{ty}{name}") } else { format!("{ty} {name}") }
}

const fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Pure => "pure",
        Effect::Reads => "reads",
        Effect::Handles => "handles",
        Effect::Allocates => "allocates",
        Effect::Writes => "writes",
        Effect::Calls => "calls",
        Effect::Stops => "stops",
    }
}

const fn error(error: ErrorValue) -> &'static str {
    match error {
        ErrorValue::Never => "—",
        ErrorValue::Null => "null",
        ErrorValue::MinusOne => "-1",
        ErrorValue::Ambiguous => "-1?",
        ErrorValue::NullAmbiguous => "null?",
        ErrorValue::ShapeUnknown => "-2",
        ErrorValue::Raises | ErrorValue::AlwaysNull => "raises",
    }
}
