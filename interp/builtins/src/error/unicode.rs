//! UnicodeDecodeError, UnicodeEncodeError, UnicodeTranslateError.
use haft_core::object::Slots;
use haft_core::vm::{Args, Raised};
use haft_core::{R, Value, Vm, getsets};

use super::base::base_init;
use super::fields::unicode::{ENCODING, END, OBJECT, REASON, START};
use super::{Row, exception, field, set_field};
use crate::arguments::shown_type;

pub(super) fn rows(vm: &Vm) -> Vec<Row> {
    let exc = &vm.exc;
    vec![
        Row {
            class: exc.unicode_decode_error,
            slots: |s| set_slots(s, decode_init, decode_str),
            methods: &[],
            getsets: WITH_ENCODING,
        },
        Row {
            class: exc.unicode_encode_error,
            slots: |s| set_slots(s, encode_init, encode_str),
            methods: &[],
            getsets: WITH_ENCODING,
        },
        Row {
            class: exc.unicode_translate_error,
            slots: |s| set_slots(s, translate_init, translate_str),
            methods: &[],
            getsets: WITHOUT_ENCODING,
        },
    ]
}

fn set_slots(slots: &Slots, init: haft_core::object::Calling, str: haft_core::object::Unary) {
    slots.init.set(Some(init));
    slots.str.set(Some(str));
}

getsets! {
    static WITH_ENCODING = {
        /// exception encoding
        encoding => |vm, this| field(vm, this, ENCODING), |vm, this, new| set_field(vm, this, ENCODING, new);
        /// exception object
        object => |vm, this| field(vm, this, OBJECT), |vm, this, new| set_field(vm, this, OBJECT, new);
        /// exception start
        start => |vm, this| place(vm, this, START), |vm, this, new| set_place(vm, this, START, new);
        /// exception end
        end => |vm, this| place(vm, this, END), |vm, this, new| set_place(vm, this, END, new);
        /// exception reason
        reason => |vm, this| field(vm, this, REASON), |vm, this, new| set_field(vm, this, REASON, new);
    }
    static WITHOUT_ENCODING = {
        /// exception object
        object => |vm, this| field(vm, this, OBJECT), |vm, this, new| set_field(vm, this, OBJECT, new);
        /// exception start
        start => |vm, this| place(vm, this, START), |vm, this, new| set_place(vm, this, START, new);
        /// exception end
        end => |vm, this| place(vm, this, END), |vm, this, new| set_place(vm, this, END, new);
        /// exception reason
        reason => |vm, this| field(vm, this, REASON), |vm, this, new| set_field(vm, this, REASON, new);
    }
}

fn place(vm: &mut Vm, this: Value, number: usize) -> R {
    let found = exception(vm, this)?.fields[number].get();
    Ok(if found.is_absent() { Value::small(0) } else { found })
}

fn set_place(vm: &mut Vm, this: Value, number: usize, new: Value) -> R<()> {
    if new.is_absent() {
        return Err(vm.type_error("can't delete numeric/char attribute"));
    }
    if !vm.is_int(new) && vm.type_of(new).slots.index.get().is_none() {
        return Err(vm.type_error("an integer is required"));
    }
    let index = vm.index_of(new)?;
    let index = vm.int(index);
    set_field(vm, this, number, index)
}

/// The arguments of a class with these fields, in order; what they may be follows from the field.
fn read_arguments(
    vm: &mut Vm,
    this: Value,
    args: &Args<'_>,
    order: &[usize],
    takes_bytes: bool,
) -> R {
    base_init(vm, this, args)?;
    let (n, given) = (order.len(), args.positionals());
    if given.len() != n {
        let got = given.len();
        return Err(vm.type_error(format!("function takes exactly {n} arguments ({got} given)")));
    }
    let error = exception(vm, this)?;
    for (at, (&number, &value)) in order.iter().zip(given).enumerate() {
        let value = match number {
            START | END => {
                let index = vm.index_of(value)?;
                vm.int(index)
            }
            OBJECT if takes_bytes => {
                if vm.as_bytes(value).is_some() {
                    value
                } else {
                    let view = vm.buffer_of(value)?;
                    vm.bytes(view.bytes())
                }
            }
            _ if vm.as_str(value).is_some() => value,
            _ => return Err(not_str(vm, at, value)),
        };
        error.fields[number].set(value);
    }
    Ok(Value::NONE)
}

fn not_str(vm: &mut Vm, at: usize, value: Value) -> Raised {
    let got = shown_type(vm, value);
    vm.type_error(format!("argument {} must be str, not {got}", at + 1))
}

fn decode_init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    read_arguments(vm, this, args, &[ENCODING, OBJECT, START, END, REASON], true)
}

fn encode_init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    read_arguments(vm, this, args, &[ENCODING, OBJECT, START, END, REASON], false)
}

fn translate_init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    read_arguments(vm, this, args, &[OBJECT, START, END, REASON], false)
}

/// What all three messages are made of.
struct Parts {
    encoding: String,
    start: i64,
    end: i64,
    reason: String,
}

fn parts(vm: &mut Vm, this: Value) -> R<Option<Parts>> {
    let error = exception(vm, this)?;
    if error.fields[OBJECT].get().is_absent() {
        return Ok(None);
    }
    let number = |vm: &Vm, n: usize| vm.as_int(error.fields[n].get()).unwrap_or(0);
    let (start, end) = (number(vm, START), number(vm, END));
    let text = |vm: &mut Vm, n: usize| match error.fields[n].get() {
        value if value.is_absent() => Ok(String::new()),
        value => vm.str_text(value),
    };
    let (encoding, reason) = (text(vm, ENCODING)?, text(vm, REASON)?);
    Ok(Some(Parts { encoding, start, end, reason }))
}

fn decode_str(vm: &mut Vm, this: Value) -> R {
    let Some(Parts { encoding, start, end, reason }) = parts(vm, this)? else {
        return Ok(vm.str(""));
    };
    let object = exception(vm, this)?.fields[OBJECT].get();
    let Some(data) = vm.as_bytes(object) else {
        return Err(vm.type_error("object attribute must be bytes"));
    };
    let single = if end == start + 1 {
        usize::try_from(start).ok().and_then(|at| data.data().get(at))
    } else {
        None
    };
    let text = match single {
        Some(byte) => format!(
            "'{encoding}' codec can't decode byte 0x{byte:02x} in position {start}: {reason}"
        ),
        None => format!(
            "'{encoding}' codec can't decode bytes in position {start}-{}: {reason}",
            end - 1
        ),
    };
    Ok(vm.str(&text))
}

/// The code point at `start`, if the range holds just that one, as a literal would have it.
fn single_character(vm: &mut Vm, this: Value, start: i64, end: i64) -> R<Option<String>> {
    let object = exception(vm, this)?.fields[OBJECT].get();
    let Some(text) = vm.as_str(object) else {
        return Err(vm.type_error("object attribute must be unicode"));
    };
    let Some(at) = usize::try_from(start).ok().filter(|&at| end == start + 1 && at < text.len())
    else {
        return Ok(None);
    };
    let offset = text.byte_offset(&mut vm.heap, at);
    let code_point = code_point(&text.bytes()[offset..]);
    Ok(Some(match code_point {
        0..0x100 => format!("\\x{code_point:02x}"),
        0x100..0x1_0000 => format!("\\u{code_point:04x}"),
        _ => format!("\\U{code_point:08x}"),
    }))
}

/// The first code point of WTF-8 bytes.
fn code_point(bytes: &[u8]) -> u32 {
    let first = u32::from(bytes[0]);
    let (mut code, more) = match first {
        0..0x80 => (first, 0),
        0x80..0xE0 => (first & 0x1F, 1),
        0xE0..0xF0 => (first & 0x0F, 2),
        _ => (first & 7, 3),
    };
    for &byte in &bytes[1..=more] {
        code = code << 6 | u32::from(byte & 0x3F);
    }
    code
}

fn encode_str(vm: &mut Vm, this: Value) -> R {
    let Some(Parts { encoding, start, end, reason }) = parts(vm, this)? else {
        return Ok(vm.str(""));
    };
    let text = match single_character(vm, this, start, end)? {
        Some(shown) => format!(
            "'{encoding}' codec can't encode character '{shown}' in position {start}: {reason}"
        ),
        None => format!(
            "'{encoding}' codec can't encode characters in position {start}-{}: {reason}",
            end - 1
        ),
    };
    Ok(vm.str(&text))
}

fn translate_str(vm: &mut Vm, this: Value) -> R {
    let Some(Parts { start, end, reason, .. }) = parts(vm, this)? else { return Ok(vm.str("")) };
    let text = match single_character(vm, this, start, end)? {
        Some(shown) => format!("can't translate character '{shown}' in position {start}: {reason}"),
        None => format!("can't translate characters in position {start}-{}: {reason}", end - 1),
    };
    Ok(vm.str(&text))
}
