//! "Did you mean …?" behind the message of a NameError, AttributeError or ImportError.
use haft_core::object::{Dict, Exception, List, PayloadRef, Traceback, is_subtype};
use haft_core::vm::suggest::closest;
use haft_core::{R, Value, Vm};

use crate::error::fields::{import, name};
use crate::runtime::import::import_module;
use crate::runtime::stdlib_names::is_stdlib_module;

/// More names than this are not looked through.
const MAX_CANDIDATES: usize = 750;

/// What to add to the message of `error`.
pub(super) fn suggestion(vm: &mut Vm, error: Value) -> Option<String> {
    let found = search(vm, error);
    found.unwrap_or_else(|raised| {
        vm.take_raised(raised);
        None
    })
}

fn search(vm: &mut Vm, error: Value) -> R<Option<String>> {
    let Some(payload) = PayloadRef::<Exception>::of_value(error) else { return Ok(None) };
    let class = vm.type_of(error);
    let is = |base: haft_core::object::Type| is_subtype(class, base.obj());
    let text = |value: Value| vm.as_str(value).map(|s| s.to_text().into_owned());
    if is(vm.exc.import_error) {
        let Some(wrong) = text(payload.fields[import::NAME_FROM].get()) else { return Ok(None) };
        let Some(module) = text(payload.fields[import::NAME].get()) else { return Ok(None) };
        let module = import_module(vm, &module)?;
        return Ok(named(from_dir(vm, module, &wrong, wrong.starts_with('_'))?));
    }
    let Some(wrong) = text(payload.fields[name::NAME].get()) else { return Ok(None) };
    if is(vm.exc.attribute_error) {
        let object = payload.fields[name::OBJ].get();
        let object = object.or_none();
        let private = wrong.starts_with('_') || is_self_of(vm, object, payload)?;
        return Ok(named(from_dir(vm, object, &wrong, private)?));
    }
    if is(vm.exc.name_error) {
        let found = from_frame(vm, payload, &wrong)?;
        let known = is_stdlib_module(&wrong);
        return Ok(match found {
            Some(found) if known => {
                Some(format!(". Did you mean: '{found}'? Or did you forget to import '{wrong}'?"))
            }
            None if known => Some(format!(". Did you forget to import '{wrong}'?")),
            found => named(found),
        });
    }
    Ok(None)
}

fn named(found: Option<String>) -> Option<String> {
    found.map(|found| format!(". Did you mean: '{found}'?"))
}

/// The innermost entry of the exception's traceback.
fn innermost(payload: PayloadRef<Exception>) -> Option<PayloadRef<Traceback>> {
    let mut at = PayloadRef::<Traceback>::of_value(payload.traceback.get())?;
    while let Some(next) = PayloadRef::of_value(at.next.get()) {
        at = next;
    }
    Some(at)
}

/// The local variables of the frame that raised.
fn frame_locals(vm: &mut Vm, payload: PayloadRef<Exception>) -> R<Option<Value>> {
    let Some(entry) = innermost(payload) else { return Ok(None) };
    let frame = vm.traceback_frame(entry);
    let name = vm.intern("f_locals");
    vm.find_attr(frame, name)
}

/// Is `object` the `self` of the method that raised? Then its private names are suggested, too.
fn is_self_of(vm: &mut Vm, object: Value, payload: PayloadRef<Exception>) -> R<bool> {
    let Some(locals) = frame_locals(vm, payload)? else { return Ok(false) };
    Ok(item(vm, locals, "self")? == Some(object))
}

fn item(vm: &mut Vm, mapping: Value, key: &str) -> R<Option<Value>> {
    let key = vm.intern(key);
    let found = vm.get_item(mapping, key);
    vm.catch(found, vm.exc.key_error)
}

fn nearest(vm: &mut Vm, names: List, wrong: &str, private: bool) -> Option<String> {
    let mut candidates = Vec::new();
    for &name in names.items() {
        if let Some(name) = vm.as_str(name).and_then(|s| s.as_utf8())
            && (private || !name.starts_with('_'))
        {
            candidates.push(name);
        }
    }
    if candidates.len() >= MAX_CANDIDATES {
        return None;
    }
    closest(wrong, candidates.into_iter())
}

/// The nearest attribute of an object.
fn from_dir(vm: &mut Vm, object: Value, wrong: &str, private: bool) -> R<Option<String>> {
    let name = vm.names.__dir__;
    let Some(names) = vm.call_special(object, name, &[])? else { return Ok(None) };
    let names = vm.list_of(names)?;
    let sorted = vm.new_list();
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|&at| vm.as_str(names.at(at)).map(|s| s.bytes()));
    for at in order {
        sorted.push(&mut vm.heap, names.at(at));
    }
    Ok(nearest(vm, sorted, wrong, private))
}

/// The nearest variable, global or builtin of the frame that raised; `self.x` for an attribute of `self`.
fn from_frame(vm: &mut Vm, payload: PayloadRef<Exception>, wrong: &str) -> R<Option<String>> {
    let Some(entry) = innermost(payload) else { return Ok(None) };
    let names = vm.new_list();
    if let Some(locals) = frame_locals(vm, payload)? {
        if let Some(this) = item(vm, locals, "self")? {
            let name = vm.intern(wrong);
            if vm.find_attr(this, name)?.is_some() {
                return Ok(Some(format!("self.{wrong}")));
            }
        }
        vm.extend_list(names, locals)?;
    }
    let builtins = vm.builtins_of(entry.globals);
    for dict in [entry.globals, builtins] {
        push_keys(vm, names, dict);
    }
    Ok(nearest(vm, names, wrong, true))
}

fn push_keys(vm: &mut Vm, names: List, dict: Dict) {
    for (key, _) in dict.iter() {
        names.push(&mut vm.heap, key);
    }
}
