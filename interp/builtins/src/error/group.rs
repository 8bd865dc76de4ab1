//! Exception groups (PEP 654): `split`, `subgroup`, `derive`, and what remains of an `except*` statement.
use haft_core::object::{Exception, List, PayloadRef, Slots, Tuple, Type, TypeFlags, is_subtype};
use haft_core::vm::Args;
use haft_core::{R, Value, Vm, getsets, natives};

use super::base::{base_init, new_exception};
use super::fields::group::{EXCEPTIONS, MESSAGE};
use super::{Row, exception, field};
use crate::arguments::{class_of, shown_type};

pub(super) fn rows(vm: &Vm) -> Vec<Row> {
    let slots = |s: &Slots| {
        s.new.set(Some(group_new));
        s.init.set(Some(base_init));
        s.str.set(Some(str));
    };
    vec![Row { class: vm.exc.base_exception_group, slots, methods: METHODS, getsets: GETSETS }]
}

natives! {
    static METHODS = {
        derive "($self, excs, /)" => derive;
        split "($self, matcher_value, /)" => split;
        subgroup "($self, matcher_value, /)" => subgroup;
        /// See PEP 585
        class __class_getitem__ "($cls, item, /)" => |vm, args| vm.call_positional(vm.t.generic_alias.value(), args);
        static _prep_reraise_star "(orig, excs, /)" => prep_reraise_star;
    }
}

getsets! {
    static GETSETS = {
        /// exception message
        message => |vm, this| field(vm, this, MESSAGE);
        /// nested exceptions
        exceptions => |vm, this| field(vm, this, EXCEPTIONS);
    }
}

/// Make `ExceptionGroup`, which has two bases and so is not in the table of classes, and put it into `builtins`.
pub(super) fn make_exception_group(vm: &mut Vm) -> R<()> {
    let name = vm.intern("ExceptionGroup");
    let bases = vm.tuple(&[vm.exc.base_exception_group.value(), vm.exc.exception.value()]);
    let namespace = vm.dict();
    let module = vm.intern("builtins");
    vm.dict_set_name(namespace, vm.names.__module__, module);
    let doc = vm.str("A combination of multiple unrelated exceptions.");
    vm.dict_set_name(namespace, vm.names.__doc__, doc);
    let class = vm.call_positional(vm.t.r#type.value(), &[name, bases, namespace.value()])?;
    if let Some(class) = Type::of_value(class) {
        class.add_flags(TypeFlags::IMMUTABLE);
    }
    vm.dict_set_str(vm.builtins, "ExceptionGroup", class);
    Ok(())
}

/// The class `ExceptionGroup`.
fn exception_group(vm: &mut Vm) -> Type {
    let found = vm.dict_get_str(vm.builtins, "ExceptionGroup").and_then(Type::of_value);
    found.unwrap_or(vm.exc.base_exception_group)
}

fn is_group(vm: &Vm, value: Value) -> bool {
    value.is_ptr() && is_subtype(vm.type_of(value), vm.exc.base_exception_group.obj())
}

/// `BaseExceptionGroup(message, exceptions)`; of exceptions only it is an `ExceptionGroup`.
fn group_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let mut class = class_of(vm, class)?;
    let &[message, given] = args.positionals() else {
        let n = args.n_positional();
        return Err(vm.type_error(format!(
            "BaseExceptionGroup.__new__() takes exactly 2 arguments ({n} given)"
        )));
    };
    if vm.as_str(message).is_none() {
        let got = shown_type(vm, message);
        return Err(vm.type_error(format!(
            "BaseExceptionGroup.__new__() argument 1 must be str, not {got}"
        )));
    }
    let inner = members(vm, given)?;
    let all_exceptions =
        inner.items().iter().all(|&e| is_subtype(vm.type_of(e), vm.exc.exception.obj()));
    let group = exception_group(vm);
    if class == vm.exc.base_exception_group && all_exceptions {
        class = group;
    } else if class == group && !all_exceptions {
        return Err(vm.type_error("Cannot nest BaseExceptions in an ExceptionGroup"));
    } else if !all_exceptions && is_subtype(class, vm.exc.exception.obj()) {
        let name = class.name_text();
        return Err(vm.type_error(format!("Cannot nest BaseExceptions in '{name}'")));
    }
    let all = vm.tuple(args.positionals());
    let error = new_exception(vm, class, all);
    error.fields[MESSAGE].set(message);
    error.fields[EXCEPTIONS].set(inner.value());
    Ok(error.value())
}

/// The exceptions of a sequence, as a tuple.
fn members(vm: &mut Vm, given: Value) -> R<Tuple> {
    let is_sequence =
        vm.as_dict(given).is_none() && vm.type_of(given).slots.getitem.get().is_some();
    if !is_sequence {
        return Err(vm.type_error("second argument (exceptions) must be a sequence"));
    }
    let list = vm.list_of(given)?;
    if list.is_empty() {
        return Err(vm.value_error("second argument (exceptions) must be a non-empty sequence"));
    }
    if let Some(at) = list.items().iter().position(|&e| !vm.is_exception(e)) {
        return Err(vm.value_error(format!(
            "Item {at} of second argument (exceptions) is not an exception"
        )));
    }
    Ok(Tuple::new(&mut vm.heap, list.items()))
}

fn str(vm: &mut Vm, this: Value) -> R {
    let message = field(vm, this, MESSAGE)?;
    let n = inner(vm, this)?.len();
    let mut text = vm.as_str(message).map_or_else(Vec::new, |s| s.bytes().to_vec());
    text.extend_from_slice(
        format!(" ({n} sub-exception{})", if n == 1 { "" } else { "s" }).as_bytes(),
    );
    Ok(vm.str_wtf8(&text))
}

/// The exceptions of a group.
pub(super) fn inner(vm: &mut Vm, group: Value) -> R<&'static [Value]> {
    let all = exception(vm, group)?.fields[EXCEPTIONS].get();
    Ok(vm.as_tuple(all).map_or(&[], Tuple::items))
}

fn derive(vm: &mut Vm, args: &[Value]) -> R {
    let message = field(vm, args[0], MESSAGE)?;
    vm.call_positional(vm.exc.base_exception_group.value(), &[message, args[1]])
}

/// What decides whether an exception is taken.
#[derive(Clone, Copy)]
enum Matcher<'a> {
    /// Its class is this one, or one of these.
    Class(Value),
    /// This function says so.
    Predicate(Value),
    /// It is one of these, by identity.
    Among(&'a List),
}

fn matcher(vm: &mut Vm, value: Value) -> R<Matcher<'static>> {
    let is_class =
        |vm: &Vm, value| vm.as_type(value).is_some_and(|ty| ty.has(TypeFlags::EXCEPTION));
    if vm.as_type(value).is_none() && vm.type_of(value).slots.call.get().is_some() {
        return Ok(Matcher::Predicate(value));
    }
    let fits = match vm.as_tuple(value) {
        Some(classes) => classes.items().iter().all(|&class| is_class(vm, class)),
        None => is_class(vm, value),
    };
    if fits {
        return Ok(Matcher::Class(value));
    }
    Err(vm.type_error("expected an exception type, a tuple of exception types, or a callable (other than a class)"))
}

fn matches(vm: &mut Vm, error: Value, matcher: Matcher<'_>) -> R<bool> {
    match matcher {
        Matcher::Class(class) => Ok(vm.exception_matches(error, class)),
        Matcher::Predicate(function) => {
            let answer = vm.call_positional(function, &[error])?;
            vm.truth(answer)
        }
        Matcher::Among(list) => Ok(!is_group(vm, error) && list.items().contains(&error)),
    }
}

/// (what matches, the rest); ABSENT for nothing.
fn split_by(vm: &mut Vm, error: Value, matcher: Matcher<'_>) -> R<(Value, Value)> {
    vm.check_native_depth()?;
    if matches(vm, error, matcher)? {
        return Ok((error, Value::ABSENT));
    }
    if !is_group(vm, error) {
        return Ok((Value::ABSENT, error));
    }
    let (taken, left) = (vm.new_list(), vm.new_list());
    for &each in inner(vm, error)? {
        let (matching, rest) = split_by(vm, each, matcher)?;
        for (list, part) in [(taken, matching), (left, rest)] {
            if !part.is_absent() {
                list.push(&mut vm.heap, part);
            }
        }
    }
    Ok((subset(vm, error, taken)?, subset(vm, error, left)?))
}

/// A group like `group` of some of its exceptions; ABSENT for none.
fn subset(vm: &mut Vm, group: Value, some: List) -> R {
    if some.is_empty() {
        return Ok(Value::ABSENT);
    }
    let made = vm.call_method_str(group, "derive", &[some.value()])?;
    if !is_group(vm, made) {
        return Err(vm.type_error("derive must return an instance of BaseExceptionGroup"));
    }
    let (new, old) = (exception(vm, made)?, exception(vm, group)?);
    new.traceback.set(old.traceback.get());
    new.context.set(old.context.get());
    new.cause.set(old.cause.get());
    new.suppress_context.set(true);
    if let Some(notes) = vm.find_attr(group, vm.names.__notes__)?
        && (vm.as_list(notes).is_some() || vm.as_tuple(notes).is_some())
    {
        let notes = vm.list_of(notes)?;
        vm.set_attr(made, vm.names.__notes__, notes.value())?;
    }
    Ok(made)
}

fn split(vm: &mut Vm, args: &[Value]) -> R {
    exception(vm, args[0])?;
    let matcher = matcher(vm, args[1])?;
    let (matching, rest) = split_by(vm, args[0], matcher)?;
    Ok(vm.tuple(&[matching.or_none(), rest.or_none()]))
}

fn subgroup(vm: &mut Vm, args: &[Value]) -> R {
    exception(vm, args[0])?;
    let matcher = matcher(vm, args[1])?;
    let (matching, _) = split_by(vm, args[0], matcher)?;
    Ok(matching.or_none())
}

/// What an `except*` statement raises in the end: the newly raised exceptions, and of `orig` what was raised again,
/// in its old structure.
fn prep_reraise_star(vm: &mut Vm, args: &[Value]) -> R {
    let (original, given) = (args[0], vm.list_of(args[1])?);
    let (raised, again) = (vm.new_list(), vm.new_list());
    let original_parts = metadata(vm, original)?;
    for at in 0..given.len() {
        let error = given.at(at);
        if error.is_none() {
            continue;
        }
        let list = if metadata(vm, error)? == original_parts { again } else { raised };
        list.push(&mut vm.heap, error);
    }
    let leaves = vm.new_list();
    for at in 0..again.len() {
        push_leaves(vm, again.at(at), leaves)?;
    }
    let (projected, _) = if leaves.is_empty() {
        (Value::ABSENT, Value::ABSENT)
    } else {
        split_by(vm, original, Matcher::Among(&leaves))?
    };
    if raised.is_empty() {
        return Ok(projected.or_none());
    }
    if !projected.is_absent() {
        raised.push(&mut vm.heap, projected);
    }
    if raised.len() == 1 {
        return Ok(raised.at(0));
    }
    let message = vm.str("");
    vm.call_positional(vm.exc.base_exception_group.value(), &[message, raised.value()])
}

/// What a part of a group has in common with it: traceback, cause, context and notes.
fn metadata(vm: &mut Vm, error: Value) -> R<[Value; 4]> {
    let notes = vm.find_attr(error, vm.names.__notes__)?.unwrap_or(Value::NONE);
    let error: PayloadRef<Exception> = exception(vm, error)?;
    Ok([error.traceback.get(), error.cause.get(), error.context.get(), notes])
}

fn push_leaves(vm: &mut Vm, error: Value, leaves: List) -> R<()> {
    vm.check_native_depth()?;
    if !is_group(vm, error) {
        leaves.push(&mut vm.heap, error);
        return Ok(());
    }
    for &each in inner(vm, error)? {
        push_leaves(vm, each, leaves)?;
    }
    Ok(())
}
