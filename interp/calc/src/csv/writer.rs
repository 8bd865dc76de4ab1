//! `csv.writer`: iterables to lines.
use haft_core::object::{Dict, NoTrace, PayloadRef, Type};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{R, Tracer, Value, Vm, getsets, natives, payload};

use super::format::{Format, Quoting, char_len};

payload! {
    /// A writer.
    struct Writer {
        /// The method of the file.
        write: Value,
        dialect: Value,
        format: NoTrace<Box<Format>>,
    }
}

#[derive(Debug)]
struct Class(Type);

impl Extension for Class {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.0.obj());
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

natives! {
    static METHODS = {
        /// writerow(iterable)
        ///
        /// Construct and write a CSV record from an iterable of fields.  Non-string
        /// elements will be converted to string.
        writerow "($self, row, /)" => writerow;
        /// writerows(iterable of iterables)
        ///
        /// Construct and write a series of iterables to a csv file.  Non-string
        /// elements will be converted to string.
        writerows "($self, rows, /)" => |vm, args| {
            let this = args[0];
            vm.for_each(args[1], |vm, row| writerow(vm, &[this, row]).map(|_| ()))?;
            Ok(Value::NONE)
        };
    }
}

getsets! {
    static GETSETS = {
        /// The dialect of the lines.
        dialect => |vm, this| Ok(this_writer(vm, this)?.dialect);
    }
}

/// Add the class.
pub(super) fn add(vm: &mut Vm, dict: Dict) {
    let class = vm.new_builtin_type(&TypeSpec {
        doc: "CSV writer\n\n\
              Writer objects are responsible for generating tabular data\n\
              in CSV format from sequence input.\n",
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<Writer>("_csv.writer")
    });
    vm.dict_set_str(dict, "Writer", class.value());
    vm.set_extension(Class(class));
}

fn this_writer(vm: &mut Vm, value: Value) -> R<PayloadRef<Writer>> {
    vm.this(value, "writerow", "_csv.writer")
}

pub(super) fn new(vm: &mut Vm, args: &[Value]) -> R {
    let write = vm.get_attr_str(args[0], "write");
    let write = vm.catch(write, vm.exc.attribute_error)?;
    let write = write.filter(|&write| vm.type_of(write).slots.call.get().is_some());
    let Some(write) = write else {
        return Err(vm.type_error("argument 1 must have a \"write\" method"));
    };
    let format = Format::of(vm, args[1])?;
    let Some(&Class(class)) = vm.extension::<Class>() else {
        return Err(vm.runtime_error("_csv is not initialised"));
    };
    Ok(vm.new_payload(class, Writer { write, dialect: args[1], format }))
}

fn writerow(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_writer(vm, args[0])?.get();
    let iter = vm.iterate(args[1]);
    let Some(iter) = vm.catch(iter, vm.exc.type_error)? else {
        let class = vm.type_name(args[1]);
        return Err(super::error(vm, format!("iterable expected, not {class}")));
    };
    let mut row = Row { format: &this.format, out: Vec::new(), n_fields: 0, may_not_quote: false };
    loop {
        let field = vm.next(iter)?;
        if field.is_absent() {
            break;
        }
        row.field(vm, field)?;
    }
    row.finish(vm)?;
    let text = vm.str_wtf8(&row.out);
    vm.call_positional(this.write, &[text])
}

/// A line being made.
struct Row<'a> {
    format: &'a Format,
    out: Vec<u8>,
    n_fields: usize,
    /// Does the dialect forbid quotation marks around the last field?
    may_not_quote: bool,
}

impl Row<'_> {
    /// Append a field, and the delimiter in front of all but the first.
    fn field(&mut self, vm: &mut Vm, value: Value) -> R<()> {
        let text = if value.is_none() {
            None
        } else {
            let text = if vm.as_str(value).is_some() { value } else { vm.str_of(value)? };
            vm.as_str(text)
        };
        let text = text.map_or(&b""[..], |text| text.bytes());
        if self.n_fields > 0 {
            self.out.extend_from_slice(self.format.delimiter.bytes());
        }
        self.n_fields += 1;
        let start = self.out.len();
        let must = self.must_quote(vm, value);
        let mut quoted = self.protect(vm, text)? || must;
        let format = self.format;
        self.may_not_quote = format.quoting == Quoting::None
            || value.is_none() && matches!(format.quoting, Quoting::Strings | Quoting::NotNull);
        if text.is_empty() && format.delimiter.is_space() && format.skip_space && !quoted {
            if self.may_not_quote {
                return Err(super::error(
                    vm,
                    "empty field must be quoted if delimiter is a space and skipinitialspace is true",
                ));
            }
            quoted = true;
        }
        if quoted {
            self.quote_from(start);
        }
        Ok(())
    }

    fn must_quote(&self, vm: &Vm, value: Value) -> bool {
        match self.format.quoting {
            Quoting::All => true,
            Quoting::NonNumeric => {
                let slots = &vm.type_of(value).slots;
                let is_number = slots.float.get().is_some()
                    || slots.index.get().is_some()
                    || vm.as_complex(value).is_some();
                !is_number
            }
            Quoting::Strings => vm.as_str(value).is_some(),
            Quoting::NotNull => !value.is_none(),
            Quoting::Minimal | Quoting::None => false,
        }
    }

    /// Append the text with what its special characters need; true means that it needs quotation marks.
    fn protect(&mut self, vm: &mut Vm, text: &[u8]) -> R<bool> {
        let format = self.format;
        let mut quoted = false;
        let mut rest = text;
        while !rest.is_empty() {
            let run = rest.iter().position(|&byte| format.specials[usize::from(byte)]);
            let run = run.unwrap_or(rest.len());
            self.out.extend_from_slice(&rest[..run]);
            rest = &rest[run..];
            let Some(&first) = rest.first() else { break };
            let (c, behind) = rest.split_at(char_len(first).min(rest.len()));
            rest = behind;
            if format.is_special(c) {
                quoted |= self.prepare_special(vm, c)?;
            }
            self.out.extend_from_slice(c);
        }
        Ok(quoted)
    }

    /// What stands before a special character; does its field need quotation marks?
    fn prepare_special(&mut self, vm: &mut Vm, c: &[u8]) -> R<bool> {
        let format = self.format;
        let escaped = format.quoting == Quoting::None
            || format.is_quote(c) && !format.double_quote
            || !format.is_quote(c) && format.is_escape(c);
        if escaped {
            let Some(escape) = format.escape else {
                return Err(super::error(vm, "need to escape, but no escapechar set"));
            };
            self.out.extend_from_slice(escape.bytes());
        } else if format.is_quote(c) && format.double_quote {
            self.out.extend_from_slice(c);
        }
        Ok(!escaped)
    }

    /// Put quotation marks around what stands from `start` on.
    fn quote_from(&mut self, start: usize) {
        let Some(quote) = self.format.quote else { return };
        self.out.splice(start..start, quote.bytes().iter().copied());
        self.out.extend_from_slice(quote.bytes());
    }

    /// The end of the line. A single empty field needs quotation marks: an empty line has no fields.
    fn finish(&mut self, vm: &mut Vm) -> R<()> {
        if self.n_fields > 0 && self.out.is_empty() {
            if self.may_not_quote {
                return Err(super::error(vm, "single empty field record must be quoted"));
            }
            self.quote_from(0);
        }
        self.out.extend_from_slice(&self.format.terminator);
        Ok(())
    }
}
