//! `BaseException`: arguments, chaining, notes.
use std::cell::Cell;

use haft_core::object::{Exception, PayloadRef, Slots, Traceback, Tuple, Type};
use haft_core::vm::Args;
use haft_core::{R, Value, Vm, getsets, natives};

use super::{Row, exception};
use crate::arguments::class_of;

pub(super) fn row(vm: &Vm) -> Row {
    Row { class: vm.exc.base_exception, slots: set_slots, methods: METHODS, getsets: GETSETS }
}

fn set_slots(slots: &Slots) {
    slots.new.set(Some(base_new));
    slots.init.set(Some(base_init));
    slots.repr.set(Some(base_repr));
    slots.str.set(Some(base_str));
}

natives! {
    static METHODS = {
        /// Set self.__traceback__ to tb and return self.
        with_traceback "($self, tb, /)" => with_traceback;
        /// Add a note to the exception
        add_note "($self, note, /)" => add_note;
        __setstate__ "($self, state, /)" => set_state;
        __reduce__ "($self, /)" => reduce;
    }
}

getsets! {
    static GETSETS = {
        args => |vm, this| Ok(exception(vm, this)?.args.get()), set_args;
        __traceback__ => |vm, this| Ok(exception(vm, this)?.traceback.get()), set_traceback;
        /// exception context
        __context__ => |vm, this| Ok(exception(vm, this)?.context.get()), set_context;
        /// exception cause
        __cause__ => |vm, this| Ok(exception(vm, this)?.cause.get()), set_cause;
        __suppress_context__ => |vm, this| Ok(Value::bool(exception(vm, this)?.suppress_context.get())), set_suppress_context;
    }
}

/// A new exception of a class, with `args` (a tuple), without its `__init__`.
pub fn new_exception(vm: &mut Vm, class: Type, args: Value) -> PayloadRef<Exception> {
    let payload = Exception {
        args: Cell::new(args),
        traceback: Cell::new(Value::NONE),
        context: Cell::new(Value::NONE),
        cause: Cell::new(Value::NONE),
        suppress_context: Cell::new(false),
        fields: std::array::from_fn(|_| Cell::new(Value::ABSENT)),
    };
    vm.new_payload_ref(class, payload)
}

/// `BaseException.__new__`: keeps the positional arguments; keywords are `__init__`'s.
pub(super) fn base_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let class = class_of(vm, class)?;
    let args = vm.tuple(args.positionals());
    Ok(new_exception(vm, class, args).value())
}

/// `BaseException.__init__`
pub(super) fn base_init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    no_keywords(vm, this, args)?;
    set_positionals(vm, this, args)?;
    Ok(Value::NONE)
}

/// TypeError if there are keyword arguments.
pub(super) fn no_keywords(vm: &mut Vm, this: Value, args: &Args<'_>) -> R<()> {
    if args.names.is_empty() {
        return Ok(());
    }
    let name = vm.type_of(this).name_text();
    Err(vm.type_error(format!("{name}() takes no keyword arguments")))
}

/// `args` = the positional arguments.
pub(super) fn set_positionals(vm: &mut Vm, this: Value, args: &Args<'_>) -> R<()> {
    let error = exception(vm, this)?;
    let same =
        vm.as_tuple(error.args.get()).is_some_and(|known| known.items() == args.positionals());
    if !same {
        let new = vm.tuple(args.positionals());
        error.args.set(new);
    }
    Ok(())
}

/// The items of `args`.
pub(super) fn arguments(vm: &mut Vm, this: Value) -> R<&'static [Value]> {
    let args = exception(vm, this)?.args.get();
    Ok(vm.as_tuple(args).map_or(&[], Tuple::items))
}

fn base_repr(vm: &mut Vm, this: Value) -> R {
    let name = vm.type_of(this).name_text();
    let shown = match *arguments(vm, this)? {
        [one] => {
            let one = vm.repr(one)?;
            let mut text = name.into_bytes();
            text.push(b'(');
            text.extend_from_slice(vm.as_str(one).map_or(b"", |s| s.bytes()));
            text.push(b')');
            text
        }
        _ => {
            let args = exception(vm, this)?.args.get();
            let args = vm.repr(args)?;
            let mut text = name.into_bytes();
            text.extend_from_slice(vm.as_str(args).map_or(b"", |s| s.bytes()));
            text
        }
    };
    Ok(vm.str_wtf8(&shown))
}

/// `BaseException.__str__`
pub(super) fn base_str(vm: &mut Vm, this: Value) -> R {
    match *arguments(vm, this)? {
        [] => Ok(vm.str("")),
        [one] => vm.str_of(one),
        _ => {
            let args = exception(vm, this)?.args.get();
            vm.str_of(args)
        }
    }
}

fn with_traceback(vm: &mut Vm, args: &[Value]) -> R {
    set_traceback(vm, args[0], args[1])?;
    Ok(args[0])
}

fn add_note(vm: &mut Vm, args: &[Value]) -> R {
    exception(vm, args[0])?;
    if vm.as_str(args[1]).is_none() {
        let name = vm.type_name(args[1]);
        return Err(vm.type_error(format!("note must be a str, not '{name}'")));
    }
    let notes = match vm.find_attr(args[0], vm.names.__notes__)? {
        Some(notes) => notes,
        None => {
            let notes = vm.list(&[]);
            vm.set_attr(args[0], vm.names.__notes__, notes)?;
            notes
        }
    };
    let Some(list) = vm.as_list(notes) else {
        return Err(vm.type_error("Cannot add note: __notes__ is not a list"));
    };
    list.push(&mut vm.heap, args[1]);
    Ok(Value::NONE)
}

fn set_state(vm: &mut Vm, args: &[Value]) -> R {
    if args[1].is_none() {
        return Ok(Value::NONE);
    }
    let Some(state) = vm.as_dict(args[1]) else {
        return Err(vm.type_error("state is not a dictionary"));
    };
    let mut from = 0;
    while let Some(entry) = state.next_entry(from) {
        vm.set_attr(args[0], state.key(entry), state.entry_value(entry))?;
        from = entry + 1;
    }
    Ok(Value::NONE)
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let arguments = exception(vm, args[0])?.args.get();
    let state = attributes(vm, args[0]);
    reduced(vm, args[0], arguments, state)
}

/// `(class, args)`, or `(class, args, state)` for a state that is not ABSENT.
pub(super) fn reduced(vm: &mut Vm, this: Value, args: Value, state: Value) -> R {
    let class = vm.type_of(this).value();
    Ok(if state.is_absent() { vm.tuple(&[class, args]) } else { vm.tuple(&[class, args, state]) })
}

/// The `__dict__` of an exception if there is anything in it, else ABSENT.
pub(super) fn attributes(vm: &mut Vm, this: Value) -> Value {
    match vm.instance_dict(this) {
        Some(dict) if !dict.is_empty() => dict.value(),
        _ => Value::ABSENT,
    }
}

fn set_args(vm: &mut Vm, this: Value, new: Value) -> R<()> {
    if new.is_absent() {
        return Err(vm.type_error("args may not be deleted"));
    }
    let new = vm.tuple_of(new)?;
    exception(vm, this)?.args.set(new);
    Ok(())
}

fn set_traceback(vm: &mut Vm, this: Value, new: Value) -> R<()> {
    if new.is_absent() {
        return Err(vm.type_error("__traceback__ may not be deleted"));
    }
    if !new.is_none() && PayloadRef::<Traceback>::of_value(new).is_none() {
        return Err(vm.type_error("__traceback__ must be a traceback or None"));
    }
    exception(vm, this)?.traceback.set(new);
    Ok(())
}

/// Can `new` be a cause or context?
fn check_chained(vm: &mut Vm, new: Value, what: &str) -> R<()> {
    if new.is_absent() {
        return Err(vm.type_error(format!("__{what}__ may not be deleted")));
    }
    if !new.is_none() && !vm.is_exception(new) {
        return Err(
            vm.type_error(format!("exception {what} must be None or derive from BaseException"))
        );
    }
    Ok(())
}

fn set_context(vm: &mut Vm, this: Value, new: Value) -> R<()> {
    check_chained(vm, new, "context")?;
    exception(vm, this)?.context.set(new);
    Ok(())
}

fn set_cause(vm: &mut Vm, this: Value, new: Value) -> R<()> {
    check_chained(vm, new, "cause")?;
    let error = exception(vm, this)?;
    error.cause.set(new);
    error.suppress_context.set(true);
    Ok(())
}

fn set_suppress_context(vm: &mut Vm, this: Value, new: Value) -> R<()> {
    if new.is_absent() {
        return Err(vm.type_error("can't delete numeric/char attribute"));
    }
    let Some(flag) = new.as_bool() else {
        return Err(vm.type_error("attribute value type must be bool"));
    };
    exception(vm, this)?.suppress_context.set(flag);
    Ok(())
}
