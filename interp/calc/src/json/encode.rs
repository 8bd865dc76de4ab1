//! Writing JSON: `make_encoder`.
use haft_core::object::{Dict, PayloadRef, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Raised, Value, Vm, getsets, payload};

use super::{string_argument, text};

/// How strings are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quoting {
    /// With the function of this module.
    Ascii,
    /// With the other function of this module.
    Unicode,
    /// By calling a function.
    Custom,
}

impl haft_core::object::Traced for Quoting {
    fn trace(&self, _: &mut haft_core::Tracer<'_>) {}
}

payload! {
    /// What `make_encoder` gives: the settings of an encoder.
    struct Encoder {
        /// A dict of the containers being written, by id; or None.
        markers: Value,
        default: Value,
        text_writer: Value,
        quoting: Quoting,
        indent: Value,
        key_separator: Value,
        item_separator: Value,
        sort_keys: bool,
        skipkeys: bool,
        allow_nan: bool,
    }
}

getsets! {
    static GETSETS = {
        /// markers
        markers => |vm, this| { let this = this_encoder(vm, this)?; Ok(this.markers) };
        /// default
        default => |vm, this| { let this = this_encoder(vm, this)?; Ok(this.default) };
        /// encoder
        encoder => |vm, this| { let this = this_encoder(vm, this)?; Ok(this.text_writer) };
        /// indent
        indent => |vm, this| { let this = this_encoder(vm, this)?; Ok(this.indent) };
        /// key_separator
        key_separator => |vm, this| { let this = this_encoder(vm, this)?; Ok(this.key_separator) };
        /// item_separator
        item_separator => |vm, this| { let this = this_encoder(vm, this)?; Ok(this.item_separator) };
        /// sort_keys
        sort_keys => |vm, this| { let this = this_encoder(vm, this)?; Ok(Value::bool(this.sort_keys)) };
        /// skipkeys
        skipkeys => |vm, this| { let this = this_encoder(vm, this)?; Ok(Value::bool(this.skipkeys)) };
    }
}

/// Add the class.
pub(super) fn add(vm: &mut Vm, dict: Dict) {
    let class = vm.new_builtin_type(&TypeSpec {
        doc: "Encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)",
        slots: |s| {
            s.new.set(Some(new));
            s.call.set(Some(call));
        },
        getsets: GETSETS,
        ..TypeSpec::of::<Encoder>("_json.Encoder")
    });
    vm.dict_set_str(dict, "make_encoder", class.value());
}

fn this_encoder(vm: &mut Vm, value: Value) -> R<PayloadRef<Encoder>> {
    vm.this(value, "__call__", "_json.Encoder")
}

fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let signature = "(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)";
    let bound = vm.bind_signature("make_encoder", signature, args)?;
    let markers = bound[0];
    if !markers.is_none() && vm.as_dict(markers).is_none() {
        let name = vm.type_name(markers);
        return Err(
            vm.type_error(format!("make_encoder() argument 1 must be dict or None, not {name}"))
        );
    }
    string_argument(vm, bound[4], "make_encoder() argument 5 must be str, not ")?;
    string_argument(vm, bound[5], "make_encoder() argument 6 must be str, not ")?;
    let encoder = Encoder {
        markers,
        default: bound[1],
        text_writer: bound[2],
        quoting: quoting(bound[2]),
        indent: bound[3],
        key_separator: bound[4],
        item_separator: bound[5],
        sort_keys: vm.truth(bound[6])?,
        skipkeys: vm.truth(bound[7])?,
        allow_nan: vm.truth(bound[8])?,
    };
    let class = crate::class_of(vm, class)?;
    Ok(vm.new_payload(class, encoder))
}

/// Is `function` one of this module's own?
fn quoting(function: Value) -> Quoting {
    let name = PayloadRef::<haft_core::object::NativeFunction>::of_value(function)
        .map_or("", |function| function.get().display_name());
    match name {
        "encode_basestring_ascii" => Quoting::Ascii,
        "encode_basestring" => Quoting::Unicode,
        _ => Quoting::Custom,
    }
}

/// `encoder(obj, level)`: a tuple of the text.
fn call(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let encoder = this_encoder(vm, this)?;
    let bound = vm.bind_signature("_iterencode", "(obj, _current_indent_level)", args)?;
    let level = vm.index_of(bound[1])?;
    let indent = if encoder.indent.is_none() {
        None
    } else {
        Some(string_argument(vm, encoder.indent, "indent must be a string, not ")?.bytes())
    };
    let mut writer = Writer {
        encoder,
        indent,
        key_separator: string_argument(vm, encoder.key_separator, "")?.bytes(),
        item_separator: string_argument(vm, encoder.item_separator, "")?.bytes(),
        level: usize::try_from(level).unwrap_or(0),
        out: Vec::new(),
    };
    writer.value(vm, bound[0])?;
    let text = vm.str_wtf8(&writer.out);
    Ok(vm.tuple(&[text]))
}

/// A document being written.
struct Writer<'a> {
    encoder: PayloadRef<Encoder>,
    indent: Option<&'a [u8]>,
    key_separator: &'a [u8],
    item_separator: &'a [u8],
    level: usize,
    out: Vec<u8>,
}

impl Writer<'_> {
    fn value(&mut self, vm: &mut Vm, value: Value) -> R<()> {
        if value.is_none() {
            self.out.extend_from_slice(b"null");
        } else if let Some(b) = value.as_bool() {
            self.out.extend_from_slice(if b { b"true" } else { b"false" });
        } else if let Some(number) = value.as_fixnum() {
            self.out.extend_from_slice(number.to_string().as_bytes());
        } else if vm.as_str(value).is_some() {
            self.string(vm, value)?;
        } else if vm.is_int(value) {
            let shown = int_text(vm, value)?;
            self.out.extend_from_slice(shown.as_bytes());
        } else if vm.type_of(value).has(TypeFlags::FLOAT) {
            let shown = self.float_text(vm, value)?;
            self.out.extend_from_slice(shown.as_bytes());
        } else {
            vm.check_native_depth()?;
            self.container(vm, value)?;
        }
        Ok(())
    }
    fn container(&mut self, vm: &mut Vm, value: Value) -> R<()> {
        if vm.as_list(value).is_some() || vm.as_tuple(value).is_some() {
            self.list(vm, value)
        } else if vm.as_dict(value).is_some() {
            self.dict(vm, value)
        } else {
            let mark = self.enter(vm, value)?;
            let replaced = vm.call_positional(self.encoder.default, &[value])?;
            if let Err(raised) = self.value(vm, replaced) {
                let class = vm.type_name(value);
                return Err(add_note(vm, raised, &format!("when serializing {class} object")));
            }
            self.leave(vm, mark)
        }
    }
    /// Remember that a container is being written; ValueError if it is already.
    fn enter(&self, vm: &mut Vm, value: Value) -> R {
        let Some(markers) = vm.as_dict(self.encoder.markers) else { return Ok(Value::NONE) };
        let id = vm.id_of(value);
        let id = vm.int(id);
        if vm.dict_get(markers, id)?.is_some() {
            return Err(vm.value_error("Circular reference detected"));
        }
        vm.dict_set(markers, id, value)?;
        Ok(id)
    }
    fn leave(&self, vm: &mut Vm, id: Value) -> R<()> {
        if let Some(markers) = vm.as_dict(self.encoder.markers) {
            vm.dict_pop(markers, id)?;
        }
        Ok(())
    }
    /// A line break and the present indentation, if there is any.
    fn new_line(&mut self) {
        if let Some(indent) = self.indent {
            self.out.push(b'\n');
            for _ in 0..self.level {
                self.out.extend_from_slice(indent);
            }
        }
    }
    fn separate(&mut self) {
        self.out.extend_from_slice(self.item_separator);
        self.new_line();
    }
    fn string(&mut self, vm: &mut Vm, value: Value) -> R<()> {
        let text = string_argument(vm, value, "")?;
        match self.encoder.quoting {
            Quoting::Ascii => text::quote_ascii(text.bytes(), &mut self.out),
            Quoting::Unicode => text::quote(text.bytes(), &mut self.out),
            Quoting::Custom => {
                let quoted = vm.call_positional(self.encoder.text_writer, &[value])?;
                let quoted = string_argument(vm, quoted, "encoder() must return a string, not ")?;
                self.out.extend_from_slice(quoted.bytes());
            }
        }
        Ok(())
    }
    fn float_text(&self, vm: &mut Vm, value: Value) -> R<String> {
        let number = vm.as_float(value).unwrap_or(f64::NAN);
        if number.is_finite() {
            return Ok(haft_text::float::repr(number));
        }
        if !self.encoder.allow_nan {
            let shown = haft_text::float::repr(number);
            return Err(vm.value_error(format!(
                "Out of range float values are not JSON compliant: {shown}"
            )));
        }
        let shown = if number.is_nan() {
            "NaN"
        } else if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        };
        Ok(shown.to_owned())
    }
    fn list(&mut self, vm: &mut Vm, value: Value) -> R<()> {
        let items = vm.tuple_of(value)?;
        let items = vm.as_tuple(items).map_or(&[][..], |tuple| tuple.items());
        if items.is_empty() {
            self.out.extend_from_slice(b"[]");
            return Ok(());
        }
        let mark = self.enter(vm, value)?;
        self.out.push(b'[');
        self.level += 1;
        self.new_line();
        for (at, &item) in items.iter().enumerate() {
            if at > 0 {
                self.separate();
            }
            if let Err(raised) = self.value(vm, item) {
                let class = vm.type_name(value);
                return Err(add_note(vm, raised, &format!("when serializing {class} item {at}")));
            }
        }
        self.level -= 1;
        self.new_line();
        self.out.push(b']');
        self.leave(vm, mark)
    }
    /// Keys and values of a dict, as a list of pairs, in the order they are written in.
    fn pairs(&self, vm: &mut Vm, value: Value) -> R<Vec<(Value, Value)>> {
        let is_plain = vm.type_of(value) == vm.t.dict;
        if is_plain
            && !self.encoder.sort_keys
            && let Some(dict) = vm.as_dict(value)
        {
            return Ok(dict.iter().collect());
        }
        let items = vm.call_method_str(value, "items", &[])?;
        let items = vm.list_of(items)?;
        if self.encoder.sort_keys {
            vm.call_method_str(items.value(), "sort", &[])?;
        }
        let mut pairs = Vec::new();
        for at in 0..items.len() {
            match vm.as_tuple(items.at(at)).map(|pair| pair.items()) {
                Some(&[key, value]) => pairs.push((key, value)),
                _ => return Err(vm.value_error("items must return 2-tuples")),
            }
        }
        Ok(pairs)
    }
    fn dict(&mut self, vm: &mut Vm, value: Value) -> R<()> {
        if vm.length(value)? == 0 {
            self.out.extend_from_slice(b"{}");
            return Ok(());
        }
        let mark = self.enter(vm, value)?;
        let pairs = self.pairs(vm, value)?;
        self.out.push(b'{');
        self.level += 1;
        let mut is_first = true;
        for (key, item) in pairs {
            let Some(name) = self.key(vm, key)? else { continue };
            if is_first {
                self.new_line();
            } else {
                self.separate();
            }
            is_first = false;
            self.string(vm, name)?;
            self.out.extend_from_slice(self.key_separator);
            if let Err(raised) = self.value(vm, item) {
                let (class, key) = (vm.type_name(value), repr_for_note(vm, name));
                return Err(add_note(vm, raised, &format!("when serializing {class} item {key}")));
            }
        }
        self.level -= 1;
        if !is_first {
            self.new_line();
        }
        self.out.push(b'}');
        self.leave(vm, mark)
    }
    /// A key as a str; `None` if it is skipped.
    fn key(&self, vm: &mut Vm, key: Value) -> R<Option<Value>> {
        if vm.as_str(key).is_some() {
            return Ok(Some(key));
        }
        let text = if vm.type_of(key).has(TypeFlags::FLOAT) {
            self.float_text(vm, key)?
        } else if let Some(b) = key.as_bool() {
            b.to_string()
        } else if key.is_none() {
            "null".to_owned()
        } else if vm.is_int(key) {
            int_text(vm, key)?
        } else if self.encoder.skipkeys {
            return Ok(None);
        } else {
            let class = vm.type_name(key);
            return Err(
                vm.type_error(format!("keys must be str, int, float, bool or None, not {class}"))
            );
        };
        Ok(Some(vm.str(&text)))
    }
}

/// The digits of an int, whatever its class's `__repr__` says.
fn int_text(vm: &mut Vm, value: Value) -> R<String> {
    let plain = vm.unwrapped(value);
    vm.repr_text(plain)
}

fn repr_for_note(vm: &mut Vm, value: Value) -> String {
    match vm.repr_text(value) {
        Ok(text) => text,
        Err(raised) => {
            vm.take_raised(raised);
            String::new()
        }
    }
}

/// Add a note to an exception on its way.
#[cold]
fn add_note(vm: &mut Vm, raised: Raised, note: &str) -> Raised {
    let exception = vm.take_raised(raised);
    let note = vm.str(note);
    match vm.call_method_str(exception, "add_note", &[note]) {
        Ok(_) => vm.raise_again(exception),
        Err(raised) => raised,
    }
}
