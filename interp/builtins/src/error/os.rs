//! OSError: the class follows from `errno`.
use haft_core::object::Exception;
use haft_core::object::{Calling, PayloadRef, Slots, Type};
use haft_core::vm::Args;
use haft_core::{R, Value, Vm, getsets, natives};

use super::base::{arguments, attributes, base_str, new_exception, no_keywords, reduced};
use super::fields::os::{CHARACTERS_WRITTEN, ERRNO, FILENAME, FILENAME2, STRERROR};
use super::{Row, exception, field, set_field};
use crate::arguments::class_of;

pub(super) fn rows(vm: &Vm) -> Vec<Row> {
    let slots = |s: &Slots| {
        s.new.set(Some(os_error_new));
        s.init.set(Some(os_error_init));
        s.str.set(Some(str));
    };
    vec![Row { class: vm.exc.os_error, slots, methods: METHODS, getsets: GETSETS }]
}

getsets! {
    static GETSETS = {
        /// POSIX exception code
        errno => |vm, this| field(vm, this, ERRNO), |vm, this, new| set_field(vm, this, ERRNO, new);
        /// exception strerror
        strerror => |vm, this| field(vm, this, STRERROR), |vm, this, new| set_field(vm, this, STRERROR, new);
        /// exception filename
        filename => |vm, this| field(vm, this, FILENAME), |vm, this, new| set_field(vm, this, FILENAME, new);
        /// second exception filename
        filename2 => |vm, this| field(vm, this, FILENAME2), |vm, this, new| set_field(vm, this, FILENAME2, new);
        characters_written => characters_written, set_characters_written;
    }
}

natives! {
    static METHODS = {
        __reduce__ "($self, /)" => reduce;
    }
}

/// The class for an error number of Linux (`errno(3)`), PEP 3151.
fn class_for(vm: &Vm, errno: i64) -> Option<Type> {
    let exc = &vm.exc;
    Some(match errno {
        11 | 114 | 115 => exc.blocking_io_error,
        32 | 108 => exc.broken_pipe_error,
        10 => exc.child_process_error,
        103 => exc.connection_aborted_error,
        111 => exc.connection_refused_error,
        104 => exc.connection_reset_error,
        17 => exc.file_exists_error,
        2 => exc.file_not_found_error,
        21 => exc.is_a_directory_error,
        20 => exc.not_a_directory_error,
        4 => exc.interrupted_error,
        13 | 1 => exc.permission_error,
        3 => exc.process_lookup_error,
        110 => exc.timeout_error,
        _ => return None,
    })
}

/// Does `__init__` read the arguments, because a subclass has one of its own and leaves `__new__` alone?
fn init_reads_arguments(class: Type) -> bool {
    let is = |slot: Option<Calling>, function: Calling| {
        slot.is_some_and(|slot| std::ptr::fn_addr_eq(slot, function))
    };
    !is(class.slots.init.get(), os_error_init) && is(class.slots.new.get(), os_error_new)
}

fn os_error_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let mut class = class_of(vm, class)?;
    if init_reads_arguments(class) {
        let empty = vm.tuple(&[]);
        return Ok(new_exception(vm, class, empty).value());
    }
    if !args.names.is_empty() {
        let name = class.name_text();
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    let given = args.positionals();
    if class == vm.exc.os_error
        && (2..=5).contains(&given.len())
        && let Some(errno) = vm.as_int(given[0])
    {
        class = class_for(vm, errno).unwrap_or(class);
    }
    let all = vm.tuple(given);
    let error = new_exception(vm, class, all);
    read_arguments(vm, error, given)?;
    Ok(error.value())
}

fn os_error_init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    if !init_reads_arguments(vm.type_of(this)) {
        return Ok(Value::NONE);
    }
    no_keywords(vm, this, args)?;
    let error = exception(vm, this)?;
    let all = vm.tuple(args.positionals());
    error.args.set(all);
    read_arguments(vm, error, args.positionals())?;
    Ok(Value::NONE)
}

/// `OSError(errno, strerror, filename, winerror, filename2)`; from two arguments on they are attributes.
fn read_arguments(vm: &mut Vm, error: PayloadRef<Exception>, given: &[Value]) -> R<()> {
    if !(2..=5).contains(&given.len()) {
        return Ok(());
    }
    error.fields[ERRNO].set(given[0]);
    error.fields[STRERROR].set(given[1]);
    let at = |i: usize| given.get(i).copied().filter(|v| !v.is_none());
    let Some(filename) = at(2) else { return Ok(()) };
    let blocking = vm.type_of(error.value()) == vm.exc.blocking_io_error;
    if blocking && (vm.is_int(filename) || vm.type_of(filename).slots.index.get().is_some()) {
        let written = vm.index_of(filename)?;
        let written = vm.int(written);
        error.fields[CHARACTERS_WRITTEN].set(written);
        return Ok(());
    }
    error.fields[FILENAME].set(filename);
    if let Some(filename2) = at(4) {
        error.fields[FILENAME2].set(filename2);
    }
    // `args` stays what unpacking `errno, strerror = error.args` expects.
    let pair = vm.tuple(&given[..2]);
    error.args.set(pair);
    Ok(())
}

fn str(vm: &mut Vm, this: Value) -> R {
    let error = exception(vm, this)?;
    let [errno, strerror, filename, filename2] =
        [ERRNO, STRERROR, FILENAME, FILENAME2].map(|n| error.fields[n].get());
    if filename.is_absent() && (errno.is_absent() || strerror.is_absent()) {
        return base_str(vm, this);
    }
    let mut out = b"[Errno ".to_vec();
    push_str(vm, &mut out, errno.or_none())?;
    out.extend_from_slice(b"] ");
    push_str(vm, &mut out, strerror.or_none())?;
    if !filename.is_absent() {
        out.extend_from_slice(b": ");
        push_repr(vm, &mut out, filename)?;
        if !filename2.is_absent() {
            out.extend_from_slice(b" -> ");
            push_repr(vm, &mut out, filename2)?;
        }
    }
    Ok(vm.str_wtf8(&out))
}

fn push_str(vm: &mut Vm, out: &mut Vec<u8>, value: Value) -> R<()> {
    let text = vm.str_of(value)?;
    out.extend_from_slice(vm.as_str(text).map_or(b"", |s| s.bytes()));
    Ok(())
}

fn push_repr(vm: &mut Vm, out: &mut Vec<u8>, value: Value) -> R<()> {
    let text = vm.repr(value)?;
    out.extend_from_slice(vm.as_str(text).map_or(b"", |s| s.bytes()));
    Ok(())
}

fn characters_written(vm: &mut Vm, this: Value) -> R {
    let written = exception(vm, this)?.fields[CHARACTERS_WRITTEN].get();
    if written.is_absent() { Err(vm.attribute_error("characters_written")) } else { Ok(written) }
}

fn set_characters_written(vm: &mut Vm, this: Value, new: Value) -> R<()> {
    let error = exception(vm, this)?;
    if new.is_absent() {
        if error.fields[CHARACTERS_WRITTEN].get().is_absent() {
            return Err(vm.attribute_error("characters_written"));
        }
        error.fields[CHARACTERS_WRITTEN].set(new);
        return Ok(());
    }
    let number = vm.index_of(new)?;
    let number = vm.int(number);
    error.fields[CHARACTERS_WRITTEN].set(number);
    Ok(())
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let error = exception(vm, args[0])?;
    let (filename, filename2) = (error.fields[FILENAME].get(), error.fields[FILENAME2].get());
    let arguments = match *arguments(vm, args[0])? {
        [errno, strerror] if !filename.is_absent() => {
            if filename2.is_absent() {
                vm.tuple(&[errno, strerror, filename])
            } else {
                vm.tuple(&[errno, strerror, filename, Value::NONE, filename2])
            }
        }
        _ => error.args.get(),
    };
    let state = attributes(vm, args[0]);
    reduced(vm, args[0], arguments, state)
}
