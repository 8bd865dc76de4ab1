//! `csv.reader`: records of an iterable of lines.
use std::cell::Cell;

use haft_core::object::{Dict, List, NoTrace, PayloadRef};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{R, Raised, Tracer, Value, Vm, getsets, payload};

use super::format::Format;
use super::parser::{Fault, Field, Parser};

payload! {
    /// A reader.
    struct Reader {
        lines: Value,
        dialect: Value,
        format: NoTrace<Box<Format>>,
        line_num: Cell<i64>,
    }
}

#[derive(Debug)]
struct Class(haft_core::object::Type);

impl Extension for Class {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.0.obj());
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

getsets! {
    static GETSETS = {
        /// The dialect of the lines.
        dialect => |vm, this| Ok(this_reader(vm, this)?.dialect);
        /// How many lines were read.
        line_num => |vm, this| { let n = this_reader(vm, this)?.line_num.get(); Ok(vm.int(n)) };
    }
}

/// Add the class.
pub(super) fn add(vm: &mut Vm, dict: Dict) {
    let class = vm.new_builtin_type(&TypeSpec {
        doc: "CSV reader\n\n\
              Reader objects are responsible for reading and parsing tabular data\n\
              in CSV format.\n",
        slots: |s| {
            s.iter.set(Some(|_, this| Ok(this)));
            s.next.set(Some(next));
        },
        getsets: GETSETS,
        ..TypeSpec::of::<Reader>("_csv.reader")
    });
    vm.dict_set_str(dict, "Reader", class.value());
    vm.set_extension(Class(class));
}

fn this_reader(vm: &mut Vm, value: Value) -> R<PayloadRef<Reader>> {
    vm.this(value, "__next__", "_csv.reader")
}

pub(super) fn new(vm: &mut Vm, args: &[Value]) -> R {
    let lines = vm.iterate(args[0])?;
    let format = Format::of(vm, args[1])?;
    let Some(&Class(class)) = vm.extension::<Class>() else {
        return Err(vm.runtime_error("_csv is not initialised"));
    };
    let reader = Reader { lines, dialect: args[1], format, line_num: Cell::new(0) };
    Ok(vm.new_payload(class, reader))
}

fn next(vm: &mut Vm, this: Value) -> R {
    let this = this_reader(vm, this)?.get();
    let mut parser = Parser::new(&this.format, super::field_limit(vm));
    let record = vm.new_list();
    loop {
        let line = vm.next(this.lines)?;
        if line.is_absent() {
            if !parser.is_unfinished() {
                return Ok(Value::ABSENT);
            }
            if this.format.strict {
                return Err(super::error(vm, "unexpected end of data"));
            }
            parser.save();
            move_fields(vm, &mut parser, record)?;
            return Ok(record.value());
        }
        let Some(line) = vm.as_str(line) else {
            let class = vm.type_name(line);
            let message = format!(
                "iterator should return strings, not {class} (the file should be opened in text mode)"
            );
            return Err(super::error(vm, message));
        };
        this.line_num.set(this.line_num.get() + 1);
        let outcome = parser.line(line.bytes());
        move_fields(vm, &mut parser, record)?;
        match outcome {
            Ok(true) => return Ok(record.value()),
            Ok(false) => {}
            Err(fault) => return Err(raise(vm, &this.format, fault)),
        }
    }
}

/// Append the parser's complete fields to the list. What stands for a number may be none: that error comes in its turn.
fn move_fields(vm: &mut Vm, parser: &mut Parser<'_>, record: List) -> R<()> {
    for field in std::mem::take(&mut parser.fields) {
        let value = match field {
            Field::Text(at) => vm.str_wtf8(&parser.text[at]),
            Field::Missing => Value::NONE,
            Field::Number(at) => {
                let text = vm.str_wtf8(&parser.text[at]);
                let float = vm.t.float.value();
                vm.call_positional(float, &[text])?
            }
        };
        record.push(&mut vm.heap, value);
    }
    Ok(())
}

#[cold]
fn raise(vm: &mut Vm, format: &Format, fault: Fault) -> Raised {
    let shown = |mark: &[u8]| String::from_utf8_lossy(mark).into_owned();
    let message = match fault {
        Fault::FieldTooLong => {
            format!("field larger than field limit ({})", super::field_limit(vm))
        }
        Fault::NewlineInField => "new-line character seen in unquoted field - \
                                  do you need to open the file with newline=''?"
            .to_owned(),
        Fault::NoDelimiter => {
            let quote = format.quote.as_ref().map_or(&b""[..], |quote| quote.bytes());
            format!("'{}' expected after '{}'", shown(format.delimiter.bytes()), shown(quote))
        }
    };
    super::error(vm, message)
}
