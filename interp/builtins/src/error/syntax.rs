//! SyntaxError: where in the source it is.
use haft_compiler::{CompileError, ErrorKind};
use haft_core::object::{Exception, PayloadRef, Slots};
use haft_core::vm::{Args, Raised};
use haft_core::{R, Value, Vm, getsets};

use super::base::base_init;
use super::fields::syntax::{
    END_LINENO, END_OFFSET, FILENAME, LINENO, MSG, OFFSET, PRINT_FILE_AND_LINE, TEXT,
};
use super::{Row, exception, field, set_field};

pub(super) fn rows(vm: &Vm) -> Vec<Row> {
    let slots = |s: &Slots| {
        s.init.set(Some(init));
        s.str.set(Some(str));
    };
    vec![Row { class: vm.exc.syntax_error, slots, methods: &[], getsets: GETSETS }]
}

getsets! {
    static GETSETS = {
        /// exception msg
        msg => |vm, this| field(vm, this, MSG), |vm, this, new| set_field(vm, this, MSG, new);
        /// exception filename
        filename => |vm, this| field(vm, this, FILENAME), |vm, this, new| set_field(vm, this, FILENAME, new);
        /// exception lineno
        lineno => |vm, this| field(vm, this, LINENO), |vm, this, new| set_field(vm, this, LINENO, new);
        /// exception offset
        offset => |vm, this| field(vm, this, OFFSET), |vm, this, new| set_field(vm, this, OFFSET, new);
        /// exception text
        text => |vm, this| field(vm, this, TEXT), |vm, this, new| set_field(vm, this, TEXT, new);
        /// exception end lineno
        end_lineno => |vm, this| field(vm, this, END_LINENO), |vm, this, new| set_field(vm, this, END_LINENO, new);
        /// exception end offset
        end_offset => |vm, this| field(vm, this, END_OFFSET), |vm, this, new| set_field(vm, this, END_OFFSET, new);
        /// exception print_file_and_line
        print_file_and_line => |vm, this| field(vm, this, PRINT_FILE_AND_LINE), |vm, this, new| set_field(vm, this, PRINT_FILE_AND_LINE, new);
    }
}

/// `SyntaxError(msg, (filename, lineno, offset, text, end_lineno, end_offset))`
fn init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    base_init(vm, this, args)?;
    let error = exception(vm, this)?;
    let given = args.positionals();
    if let Some(&message) = given.first() {
        error.fields[MSG].set(message);
    }
    if given.len() == 2 {
        read_details(vm, error, given[1])?;
    }
    Ok(Value::NONE)
}

fn read_details(vm: &mut Vm, error: PayloadRef<Exception>, details: Value) -> R<()> {
    let details = vm.list_of(details)?;
    let n = details.len();
    if n < 4 {
        return Err(vm.type_error(format!("function takes at least 4 arguments ({n} given)")));
    }
    if n > 7 {
        return Err(vm.type_error(format!("function takes at most 7 arguments ({n} given)")));
    }
    for (number, at) in
        [FILENAME, LINENO, OFFSET, TEXT, END_LINENO, END_OFFSET].into_iter().zip(0..n)
    {
        error.fields[number].set(details.at(at));
    }
    if n == 5 {
        return Err(vm.type_error("end_offset must be provided when end_lineno is provided"));
    }
    Ok(())
}

fn str(vm: &mut Vm, this: Value) -> R {
    let error = exception(vm, this)?;
    let message = error.fields[MSG].get();
    let message = vm.str_of(message.or_none())?;
    let filename = vm.as_str(error.fields[FILENAME].get()).map(|name| {
        let path = name.bytes();
        &path[path.iter().rposition(|&b| b == b'/').map_or(0, |at| at + 1)..]
    });
    let line = error.fields[LINENO].get();
    let line = vm.as_int(line).filter(|_| vm.type_of(line) == vm.t.int);
    let mut out = vm.as_str(message).map_or_else(Vec::new, |s| s.bytes().to_vec());
    match (filename, line) {
        (None, None) => return Ok(message),
        (Some(filename), Some(line)) => {
            out.extend_from_slice(b" (");
            out.extend_from_slice(filename);
            out.extend_from_slice(format!(", line {line})").as_bytes());
        }
        (Some(filename), None) => {
            out.extend_from_slice(b" (");
            out.extend_from_slice(filename);
            out.push(b')');
        }
        (None, Some(line)) => out.extend_from_slice(format!(" (line {line})").as_bytes()),
    }
    Ok(vm.str_wtf8(&out))
}

/// Raise the exception that an error of the compiler in `filename` stands for.
#[cold]
pub fn raise_syntax_error(vm: &mut Vm, error: &CompileError, filename: &str) -> Raised {
    let class = match error.kind {
        ErrorKind::Syntax if error.incomplete && error.message == "incomplete input" => {
            vm.exc.incomplete_input_error
        }
        ErrorKind::Syntax => vm.exc.syntax_error,
        ErrorKind::Indentation => vm.exc.indentation_error,
        ErrorKind::Tab => vm.exc.tab_error,
        ErrorKind::Recursion => return vm.recursion_error(&error.message),
        ErrorKind::Value => return vm.value_error(&error.message),
    };
    let name = filename;
    let (message, filename) = (vm.str(&error.message), vm.str(filename));
    let text = if error.late {
        text_of_file(vm, name, error.line)
    } else if error.text.is_empty() && error.line == 0 {
        Value::NONE
    } else {
        vm.str(&error.text)
    };
    let number = |n: u32| Value::small(n.cast_signed());
    let place = [
        number(error.line),
        number(error.column),
        number(error.end_line),
        Value::small(error.end_column),
    ];
    let details = vm.tuple(&[filename, place[0], place[1], text, place[2], place[3]]);
    vm.raise_with(class, &[message, details])
}

/// A line of the file that was compiled; None if there is no such file.
fn text_of_file(vm: &mut Vm, name: &str, line: u32) -> Value {
    let text = super::report::text_of_file(vm, name);
    let line = (line as usize)
        .checked_sub(1)
        .and_then(|at| text.as_deref()?.split_inclusive('\n').nth(at));
    match line {
        Some(line) => vm.str(line),
        None => Value::NONE,
    }
}
