//! The operator `%` of str, bytes and bytearray.
use haft_core::object::{Str, Tuple};
use haft_core::{R, Raised, Value, Vm};
use haft_text::format_string::{
    self as template, Count, Directive, Directives, Item, Layout, Text,
};

use super::make::push_plain;
use super::new_str;
use crate::arguments::{lift, raise, slot};
use crate::binary::{bytes_data, bytes_for_percent};
use crate::number::{float_of_number, int_of, max_str_digits, with_int};

pub(super) fn str_rem(vm: &mut Vm, a: Value, b: Value) -> R {
    let Some(format) = vm.as_str(a) else { return Ok(Value::NOT_IMPLEMENTED) };
    let text = format_percent(vm, format.bytes(), b, Text::Str)?;
    new_str(vm, &text)
}

/// The right operand, item by item.
struct Operands {
    /// A tuple, a single value, or the value that was looked up last.
    current: Value,
    tuple: Option<Tuple>,
    n_used: usize,
    /// The right operand, if keys can be looked up in it.
    mapping: Option<Value>,
}

impl Operands {
    fn new(vm: &Vm, operand: Value, text: Text) -> Operands {
        let tuple = vm.as_tuple(operand);
        let is_text = vm.as_str(operand).is_some()
            || (text == Text::Bytes && bytes_data(vm, operand).is_some());
        let is_mapping =
            tuple.is_none() && !is_text && slot(vm, operand, |s| s.getitem.get().is_some());
        Operands { current: operand, tuple, n_used: 0, mapping: is_mapping.then_some(operand) }
    }
    /// The next one, if there is one.
    fn peek(&self) -> Option<Value> {
        match self.tuple {
            Some(tuple) => tuple.items().get(self.n_used).copied(),
            None if self.n_used == 0 => Some(self.current),
            None => None,
        }
    }
    fn next(&mut self, vm: &mut Vm) -> R {
        let item = self.peek();
        self.n_used += 1;
        item.ok_or_else(|| vm.type_error("not enough arguments for format string"))
    }
    fn look_up(&mut self, vm: &mut Vm, key: Value) -> R<()> {
        let Some(mapping) = self.mapping else {
            return Err(vm.type_error("format requires a mapping"));
        };
        self.current = vm.get_item(mapping, key)?;
        (self.tuple, self.n_used) = (None, 0);
        Ok(())
    }
    fn is_used_up(&self) -> bool {
        self.mapping.is_some() || self.n_used >= self.tuple.map_or(1, Tuple::len)
    }
}

/// `template % operand` as text or bytes.
pub(crate) fn format_percent(
    vm: &mut Vm,
    template: &[u8],
    operand: Value,
    text: Text,
) -> R<Vec<u8>> {
    let mut operands = Operands::new(vm, operand, text);
    let mut out = Vec::with_capacity(template.len() + 32);
    let mut directives = Directives::new(template, text);
    loop {
        write_plain(&mut directives, &mut operands, &mut out, text);
        let Some(item) = directives.next() else { break };
        match lift(vm, item)? {
            Item::Literal(literal) => out.extend_from_slice(literal),
            Item::Directive(directive) => {
                format_directive(vm, &directive, &mut operands, &mut out, text)?;
            }
        }
    }
    if !operands.is_used_up() {
        let what = if text == Text::Str { "string" } else { "bytes" };
        return Err(vm.type_error(format!("not all arguments converted during {what} formatting")));
    }
    Ok(out)
}

/// Write what comes up to the next directive and its operand, as long as that takes no more than to copy text.
fn write_plain(
    directives: &mut Directives<'_>,
    operands: &mut Operands,
    out: &mut Vec<u8>,
    text: Text,
) {
    while let Some((literal, conversion)) = directives.bare() {
        let as_text = conversion == b's';
        if as_text && text == Text::Bytes {
            return;
        }
        let fits = |value: &Value| as_text || value.is_fixnum();
        let Some(value) = operands.peek().filter(fits) else { return };
        let start = out.len();
        out.extend_from_slice(literal);
        if !push_plain(out, value) {
            out.truncate(start);
            return;
        }
        operands.n_used += 1;
        directives.pass(literal);
    }
}

fn format_directive(
    vm: &mut Vm,
    directive: &Directive<'_>,
    operands: &mut Operands,
    out: &mut Vec<u8>,
    text: Text,
) -> R<()> {
    if let Some(key) = directive.key {
        let key = if text == Text::Str { vm.str_wtf8(key) } else { vm.bytes(key) };
        operands.look_up(vm, key)?;
    }
    let width = star(vm, directive.width, operands)?;
    if width.is_some_and(|width| width == i64::MIN) {
        return Err(vm.overflow_error("Python int too large to convert to C ssize_t"));
    }
    let precision = star(vm, directive.precision, operands)?;
    if precision.is_some_and(|precision| i32::try_from(precision).is_err()) {
        return Err(vm.overflow_error("Python int too large to convert to C int"));
    }
    let layout = lift(vm, directive.layout(width, precision))?;
    let value = operands.next(vm)?;
    let Some(conversion) = u8::try_from(directive.conversion).ok() else {
        return Err(raise(vm, &directive.unsupported(text)));
    };
    let formatted = match conversion {
        b's' | b'r' | b'a' if text == Text::Str => {
            return format_object(vm, conversion, &layout, value, out);
        }
        b's' | b'b' if text == Text::Bytes => {
            let bytes = bytes_for_percent(vm, value, conversion)?;
            template::format_text(bytes, &layout, text)
        }
        b'r' | b'a' if text == Text::Bytes => {
            let repr = vm.ascii(value)?;
            template::format_text(vm.as_str(repr).map_or(&[], Str::bytes), &layout, text)
        }
        b'd' | b'i' | b'u' | b'o' | b'x' | b'X' => {
            format_integer(vm, conversion, &layout, value, text)?.into_bytes()
        }
        b'e' | b'E' | b'f' | b'F' | b'g' | b'G' => {
            let Some(float) = float_of_number(vm, value)? else {
                return Err(wrong_type(vm, conversion, value, text));
            };
            lift(vm, template::format_float(float, conversion, &layout))?.into_bytes()
        }
        b'c' => format_character(vm, &layout, value, text)?,
        _ => return Err(raise(vm, &directive.unsupported(text))),
    };
    out.extend_from_slice(&formatted);
    Ok(())
}

/// The argument of a `*`.
fn star(vm: &mut Vm, count: Count, operands: &mut Operands) -> R<Option<i64>> {
    if count != Count::Argument {
        return Ok(None);
    }
    let value = operands.next(vm)?;
    if !vm.is_int(value) {
        return Err(vm.type_error("* wants int"));
    }
    Ok(Some(vm.as_int(value).unwrap_or(i64::MIN)))
}

/// `%s %r %a` of str.
fn format_object(
    vm: &mut Vm,
    conversion: u8,
    layout: &Layout,
    value: Value,
    out: &mut Vec<u8>,
) -> R<()> {
    let shown = match conversion {
        b's' => vm.str_of(value)?,
        b'r' => vm.repr(value)?,
        _ => vm.ascii(value)?,
    };
    let shown = vm.as_str(shown).map_or(&b""[..], Str::bytes);
    if layout.is_plain() {
        out.extend_from_slice(shown);
    } else {
        out.extend_from_slice(&template::format_text(shown, layout, Text::Str));
    }
    Ok(())
}

#[cold]
fn wrong_type(vm: &mut Vm, conversion: u8, value: Value, text: Text) -> Raised {
    let name = vm.type_name(value);
    raise(vm, &template::argument_error(conversion, &name, text))
}

fn format_integer(
    vm: &mut Vm,
    conversion: u8,
    layout: &Layout,
    value: Value,
    text: Text,
) -> R<String> {
    let int = if vm.is_int(value) { value } else { to_integer(vm, conversion, value, text)? };
    let max = max_str_digits(vm);
    match with_int(vm, int, |int| template::format_int(int, conversion, layout, max)) {
        Some(formatted) => lift(vm, formatted),
        None => Err(wrong_type(vm, conversion, value, text)),
    }
}

fn to_integer(vm: &mut Vm, conversion: u8, value: Value, text: Text) -> R {
    let has_index = slot(vm, value, |s| s.index.get().is_some());
    let is_number =
        has_index || slot(vm, value, |s| s.int.get().is_some() || s.float.get().is_some());
    let converted = if matches!(conversion, b'o' | b'x' | b'X') {
        if !has_index {
            return Err(wrong_type(vm, conversion, value, text));
        }
        vm.index_value(value)
    } else if is_number {
        int_of(vm, value)
    } else {
        return Err(wrong_type(vm, conversion, value, text));
    };
    match vm.catch(converted, vm.exc.type_error)? {
        Some(int) => Ok(int),
        None => Err(wrong_type(vm, conversion, value, text)),
    }
}

fn format_character(vm: &mut Vm, layout: &Layout, value: Value, text: Text) -> R<Vec<u8>> {
    let wrong_length = match text {
        Text::Str => match vm.as_str(value) {
            Some(one) if one.len() == 1 => return Ok(pad_character(one.bytes(), layout, text)),
            Some(str) => Some(format!("a string of length {}", str.len())),
            None => None,
        },
        Text::Bytes => match bytes_data(vm, value) {
            Some(one) if one.len() == 1 => return Ok(pad_character(one, layout, text)),
            Some(bytes) => {
                let class = if vm.as_bytes(value).is_some() { "bytes" } else { "bytearray" };
                Some(format!("a {class} object of length {}", bytes.len()))
            }
            None => None,
        },
    };
    if let Some(shown) = wrong_length {
        return Err(raise(vm, &template::argument_error(b'c', &shown, text)));
    }
    if !vm.is_int(value) && slot(vm, value, |s| s.index.get().is_none()) {
        return Err(wrong_type(vm, b'c', value, text));
    }
    let int = vm.index_value(value)?;
    match with_int(vm, int, |int| template::format_character(int, layout, text)) {
        Some(formatted) => lift(vm, formatted),
        None => Err(wrong_type(vm, b'c', value, text)),
    }
}

/// One character in its width; a precision means nothing.
fn pad_character(one: &[u8], layout: &Layout, text: Text) -> Vec<u8> {
    let mut layout = *layout;
    layout.precision = None;
    template::format_text(one, &layout, text)
}
