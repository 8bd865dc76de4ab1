//! Search functions, codecs found by them, and error handlers.
use std::cell::Cell;

use haft_core::object::{Dict, List, Type};
use haft_core::vm::Extension;
use haft_core::{R, Raised, Tracer, Value, Vm};
use haft_text::codecs::{ErrorHandler, normalize_name};

use crate::support;

/// The registry of a runtime.
#[derive(Debug)]
pub(super) struct Registry {
    search: List,
    found: Dict,
    errors: Dict,
    /// Class of encoding tables.
    map: Type,
    /// Was the package `encodings`, which registers the library's search function, imported?
    ready: Cell<bool>,
}

impl Extension for Registry {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        for object in [self.search.obj(), self.found.obj(), self.errors.obj(), self.map.obj()] {
            tracer.obj(object);
        }
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// Make the registry.
pub(super) fn add(vm: &mut Vm, map: Type) {
    let (search, found, errors) = (vm.new_list(), vm.dict(), vm.dict());
    vm.set_extension(Registry { search, found, errors, map, ready: Cell::new(false) });
}

fn registry(vm: &Vm) -> &Registry {
    vm.extension::<Registry>().expect("set when the module was made")
}

/// The class of encoding tables.
pub(super) fn map_class(vm: &Vm) -> Type {
    registry(vm).map
}

/// Import `encodings` once: it registers its search function before any other.
fn make_ready(vm: &mut Vm) -> R<()> {
    if !registry(vm).ready.replace(true) {
        support::import(vm, "encodings")?;
    }
    Ok(())
}

pub(super) fn register(vm: &mut Vm, args: &[Value]) -> R {
    if vm.type_of(args[0]).slots.call.get().is_none() {
        return Err(vm.type_error("argument must be callable"));
    }
    make_ready(vm)?;
    let search = registry(vm).search;
    search.push(&mut vm.heap, args[0]);
    Ok(Value::NONE)
}

pub(super) fn unregister(vm: &mut Vm, args: &[Value]) -> R {
    let (search, found) = (registry(vm).search, registry(vm).found);
    if let Some(at) = search.items().iter().position(|&function| function == args[0]) {
        search.splice(&mut vm.heap, at, at + 1, &[]);
        found.clear();
    }
    Ok(Value::NONE)
}

/// The codec of this name.
fn find(vm: &mut Vm, encoding: Value) -> R {
    make_ready(vm)?;
    let Some(text) = vm.as_str(encoding) else {
        let name = support::shown_type(vm, encoding);
        return Err(vm.type_error(format!("lookup() argument must be str, not {name}")));
    };
    if text.bytes().contains(&0) {
        return Err(vm.value_error("embedded null character"));
    }
    let normal = normalize_name(text.bytes());
    let key = vm.str(&normal);
    let found = registry(vm).found;
    if let Some(known) = vm.dict_get(found, key)? {
        return Ok(known);
    }
    let search = registry(vm).search;
    if search.is_empty() {
        return Err(vm.lookup_error("no codec search functions registered: can't find encoding"));
    }
    let mut at = 0;
    while let Some(function) = search.get(at) {
        at += 1;
        let codec = vm.call_positional(function, &[key])?;
        if codec.is_none() {
            continue;
        }
        if vm.as_tuple(codec).is_none_or(|codec| codec.len() != 4) {
            return Err(vm.type_error("codec search functions must return 4-tuples"));
        }
        vm.dict_set(found, key, codec)?;
        return Ok(codec);
    }
    let shown = text.to_text();
    Err(vm.lookup_error(format!("unknown encoding: {shown}")))
}

pub(super) fn lookup(vm: &mut Vm, args: &[Value]) -> R {
    find(vm, args[0])
}

/// Call a codec's function `at`; the first item of what it returns.
fn convert(vm: &mut Vm, args: &[Value], at: usize) -> R {
    let codec = find(vm, args[1])?;
    let function = vm.as_tuple(codec).map_or(Value::NONE, |codec| codec.items()[at]);
    let given: &[Value] = if args[2].is_absent() { &args[..1] } else { &[args[0], args[2]] };
    let (doing, who) = [("encoding", "encoder"), ("decoding", "decoder")][at];
    let result = vm.call_positional(function, given).map_err(|raised| {
        let name = vm.shown(args[1]);
        note(vm, raised, &format!("{doing} with '{name}' codec failed"))
    })?;
    match vm.as_tuple(result) {
        Some(pair) if pair.len() == 2 => Ok(pair.items()[0]),
        _ => Err(vm.type_error(format!("{who} must return a tuple (object, integer)"))),
    }
}

/// Add a note to the exception on its way.
fn note(vm: &mut Vm, raised: Raised, note: &str) -> Raised {
    let exception = vm.take_raised(raised);
    let note = vm.str(note);
    match vm.call_method_str(exception, "add_note", &[note]) {
        Ok(_) => vm.raise_again(exception),
        Err(raised) => raised,
    }
}

pub(super) fn encode(vm: &mut Vm, args: &[Value]) -> R {
    convert(vm, args, 0)
}

pub(super) fn decode(vm: &mut Vm, args: &[Value]) -> R {
    convert(vm, args, 1)
}

/// Register a handler.
pub(super) fn set_error(vm: &mut Vm, name: Value, handler: Value) -> R<()> {
    let errors = registry(vm).errors;
    vm.dict_set(errors, name, handler)
}

pub(super) fn register_error(vm: &mut Vm, args: &[Value]) -> R {
    support::str_argument(vm, args[0], "register_error() argument 1")?;
    if vm.type_of(args[1]).slots.call.get().is_none() {
        return Err(vm.type_error("handler must be callable"));
    }
    set_error(vm, args[0], args[1])?;
    Ok(Value::NONE)
}

pub(super) fn unregister_error(vm: &mut Vm, args: &[Value]) -> R {
    let name = support::str_argument(vm, args[0], "_unregister_error() argument")?;
    if ErrorHandler::from_name(name.bytes()).is_some() {
        let shown = name.to_text();
        return Err(vm.value_error(format!("cannot un-register built-in error handler '{shown}'")));
    }
    let errors = registry(vm).errors;
    Ok(Value::bool(vm.dict_pop(errors, args[0])?.is_some()))
}

pub(super) fn lookup_error(vm: &mut Vm, args: &[Value]) -> R {
    let name = if args[0].is_none() { vm.str("strict") } else { args[0] };
    let text = support::str_argument(vm, name, "lookup_error() argument")?;
    if text.bytes().contains(&0) {
        return Err(vm.value_error("embedded null character"));
    }
    let errors = registry(vm).errors;
    match vm.dict_get(errors, name)? {
        Some(handler) => Ok(handler),
        None => {
            let shown = text.to_text();
            Err(vm.lookup_error(format!("unknown error handler name '{shown}'")))
        }
    }
}
