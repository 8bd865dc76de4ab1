//! Parts of instructions that are not on the quick path and are the same for every machine.
use haft_bytecode::flags;
use haft_heap::Value;

use super::frame::Call;
use crate::object::{Dict, Function, List, PayloadRef, Str, Tuple};
use crate::vm::{R, Raised, Vm};

/// `object[key]`, with quick paths for the containers that programs use most.
pub(super) fn get_item(vm: &mut Vm, object: Value, key: Value) -> R {
    if let Some(dict) = vm.as_dict(object)
        && vm.type_of(object) == vm.t.dict
        && let Some(found) = vm.dict_get(dict, key)?
    {
        return Ok(found);
    }
    vm.get_item(object, key)
}

/// The items of any iterable as a tuple of exactly `count`.
pub(super) fn unpack_to_tuple(vm: &mut Vm, source: Value, count: Value) -> R {
    let wanted = vm.as_int(count).unwrap_or(0) as usize;
    if vm.type_of(source).slots.iter.get().is_none()
        && vm.type_of(source).slots.getitem.get().is_none()
    {
        let name = vm.type_name(source);
        return Err(vm.type_error(format!("cannot unpack non-iterable {name} object")));
    }
    let known_len = vm
        .as_list(source)
        .map(List::len)
        .or_else(|| vm.as_tuple(source).map(Tuple::len))
        .or_else(|| vm.as_dict(source).map(|d| d.len()));
    let iter = vm.iterate(source)?;
    let items = vm.new_list();
    while items.len() < wanted {
        let item = vm.next(iter)?;
        if item.is_absent() {
            let got = items.len();
            return Err(vm.value_error(format!(
                "not enough values to unpack (expected {wanted}, got {got})"
            )));
        }
        items.push(&mut vm.heap, item);
    }
    if !vm.next(iter)?.is_absent() {
        return Err(match known_len {
            Some(got) => {
                vm.value_error(format!("too many values to unpack (expected {wanted}, got {got})"))
            }
            None => vm.value_error(format!("too many values to unpack (expected {wanted})")),
        });
    }
    Ok(vm.tuple(items.items()))
}

/// The items of an iterable split for `a, *b, c = …`: (before, rest, after) in one list, the rest as a list in it.
pub(super) fn unpack_ex(vm: &mut Vm, source: Value, before: usize, after: usize) -> R<List> {
    if vm.type_of(source).slots.iter.get().is_none()
        && vm.type_of(source).slots.getitem.get().is_none()
    {
        let name = vm.type_name(source);
        return Err(vm.type_error(format!("cannot unpack non-iterable {name} object")));
    }
    let all = vm.list_of(source)?;
    let (got, least) = (all.len(), before + after);
    if got < least {
        return Err(vm.value_error(format!(
            "not enough values to unpack (expected at least {least}, got {got})"
        )));
    }
    let rest = List::from_slice(&mut vm.heap, &all.items()[before..got - after]);
    all.splice(&mut vm.heap, before, got - after, &[rest.value()]);
    Ok(all)
}

/// Bind the arguments of a call that is not of the simplest form; the number of parameters.
pub(super) fn bind_arguments(vm: &mut Vm, call: &Call<'_>) -> R<usize> {
    let function = call.function.get();
    let code_object = function.code.get();
    let code = &**code_object.get().code;
    let (n_pos, n_given) = (usize::from(code.arg_count), call.n_positional);
    let n_named = n_pos + usize::from(code.kw_only_count);
    // SAFETY: the values of the call lie from `base` on.
    let given =
        vm.tuple(unsafe { std::slice::from_raw_parts(call.base, n_given + call.names.len()) });
    let given = given.as_ptr().and_then(Tuple::of).map_or(&[][..], Tuple::items);
    let (positional, named) = given.split_at(n_given);
    let window = Window(call.base);
    for at in 0..usize::from(code.n_params()) {
        window.set(at, Value::ABSENT);
    }
    for (at, &value) in positional.iter().take(n_pos).enumerate() {
        window.set(at, value);
    }
    let mut next = n_named;
    if code.flags & flags::VARARGS != 0 {
        let rest = vm.tuple(positional.get(n_pos..).unwrap_or_default());
        window.set(next, rest);
        next += 1;
    }
    let mut kwargs = None;
    if code.flags & flags::VARKEYWORDS != 0 {
        let dict = vm.dict();
        window.set(next, dict.value());
        kwargs = Some(dict);
        next += 1;
    }
    // Everything is in the window now, which lies below the top while this runs.
    vm.stack.top = window.address(next).max(vm.stack.top);
    bind_keywords(vm, call, named, &window, kwargs)?;
    if n_given > n_pos && code.flags & flags::VARARGS == 0 {
        return Err(too_many_positional(vm, call.function, n_given, &window));
    }
    fill_defaults(vm, call.function, &window)?;
    Ok(next)
}

/// The start of a window; writes stay below the code's `n_regs`, for which room was checked.
struct Window(*mut Value);

impl Window {
    fn address(&self, at: usize) -> *mut Value {
        self.0.wrapping_add(at)
    }
    fn set(&self, at: usize, value: Value) {
        // SAFETY: `at` is a parameter's register, which is in the window.
        unsafe { self.address(at).write(value) };
    }
    fn at(&self, at: usize) -> Value {
        // SAFETY: as above.
        unsafe { self.address(at).read() }
    }
}

fn bind_keywords(
    vm: &mut Vm,
    call: &Call<'_>,
    named: &[Value],
    window: &Window,
    kwargs: Option<Dict>,
) -> R<()> {
    let code_object = call.function.get().code.get();
    let code = &**code_object.get().code;
    let n_named = usize::from(code.arg_count + code.kw_only_count);
    let (first, params) =
        (usize::from(code.pos_only_count), &code_object.get().varnames[..n_named]);
    for (&name, &value) in call.names.iter().zip(named) {
        let at = find_parameter(vm, &params[first..], name).map(|at| at + first);
        match at {
            Some(at) if window.at(at).is_absent() => window.set(at, value),
            Some(_) => {
                let (function, name) = (vm.qualname_text(call.function), vm.name_text(name));
                return Err(vm.type_error(format!(
                    "{function}() got multiple values for argument '{name}'"
                )));
            }
            None => match kwargs {
                Some(dict) => vm.dict_set(dict, name, value)?,
                None => return Err(unexpected_keyword(vm, call, name)),
            },
        }
    }
    Ok(())
}

fn find_parameter(vm: &Vm, params: &[Value], name: Value) -> Option<usize> {
    if let Some(at) = params.iter().position(|&p| p == name) {
        return Some(at);
    }
    let text = vm.as_str(name).map(Str::bytes)?;
    params.iter().position(|&p| p.as_ptr().and_then(Str::of).is_some_and(|p| p.bytes() == text))
}

fn unexpected_keyword(vm: &mut Vm, call: &Call<'_>, name: Value) -> Raised {
    let function = vm.qualname_text(call.function);
    let code_object = call.function.get().code.get();
    let positional_only =
        &code_object.get().varnames[..usize::from(code_object.code.pos_only_count)];
    let wrong: Vec<String> = call
        .names
        .iter()
        .filter(|&&n| find_parameter(vm, positional_only, n).is_some())
        .map(|&n| vm.name_text(n))
        .collect();
    if !wrong.is_empty() {
        let wrong = wrong.join(", ");
        return vm.type_error(format!(
            "{function}() got some positional-only arguments passed as keyword arguments: '{wrong}'"
        ));
    }
    let Some(name) = vm.as_str(name).map(|s| s.to_text().into_owned()) else {
        return vm.type_error(format!("{function}() keywords must be strings"));
    };
    let params: Vec<String> = {
        let code = &code_object.code;
        let range =
            usize::from(code.pos_only_count)..usize::from(code.arg_count + code.kw_only_count);
        code.varnames[range].to_vec()
    };
    match crate::vm::suggest::closest(&name, params.iter().map(String::as_str)) {
        Some(near) => vm.type_error(format!(
            "{function}() got an unexpected keyword argument '{name}'. Did you mean '{near}'?"
        )),
        None => vm.type_error(format!("{function}() got an unexpected keyword argument '{name}'")),
    }
}

fn fill_defaults(vm: &mut Vm, function: PayloadRef<Function>, window: &Window) -> R<()> {
    let code_object = function.get().code.get();
    let code = &**code_object.get().code;
    let n_pos = usize::from(code.arg_count);
    let defaults =
        function.get().defaults.get().as_ptr().and_then(Tuple::of).map_or(&[][..], Tuple::items);
    let first_default = n_pos.saturating_sub(defaults.len());
    let skip = defaults.len().saturating_sub(n_pos);
    let mut missing = Vec::new();
    for at in 0..n_pos {
        if !window.at(at).is_absent() {
            continue;
        }
        match at.checked_sub(first_default).and_then(|i| defaults.get(i + skip)) {
            Some(&value) => window.set(at, value),
            None => missing.push(code.varnames[at].clone()),
        }
    }
    if !missing.is_empty() {
        return Err(missing_arguments(vm, function, &missing, "positional"));
    }
    let kwdefaults = vm.as_dict(function.get().kwdefaults.get());
    for at in n_pos..n_pos + usize::from(code.kw_only_count) {
        if !window.at(at).is_absent() {
            continue;
        }
        match kwdefaults.and_then(|dict| vm.dict_get_name(dict, code_object.get().varnames[at])) {
            Some(value) => window.set(at, value),
            None => missing.push(code.varnames[at].clone()),
        }
    }
    if missing.is_empty() {
        Ok(())
    } else {
        Err(missing_arguments(vm, function, &missing, "keyword-only"))
    }
}

fn missing_arguments(
    vm: &mut Vm,
    function: PayloadRef<Function>,
    missing: &[String],
    kind: &str,
) -> Raised {
    let quoted: Vec<String> = missing.iter().map(|name| format!("'{name}'")).collect();
    let list = match quoted.as_slice() {
        [one] => one.clone(),
        [a, b] => format!("{a} and {b}"),
        [most @ .., last] => format!("{}, and {last}", most.join(", ")),
        [] => String::new(),
    };
    let (name, n, plural) =
        (vm.qualname_text(function), missing.len(), if missing.len() == 1 { "" } else { "s" });
    vm.type_error(format!("{name}() missing {n} required {kind} argument{plural}: {list}"))
}

fn too_many_positional(
    vm: &mut Vm,
    function: PayloadRef<Function>,
    given: usize,
    window: &Window,
) -> Raised {
    let code_object = function.get().code.get();
    let code = &**code_object.get().code;
    let n_pos = usize::from(code.arg_count);
    let n_defaults =
        function.get().defaults.get().as_ptr().and_then(Tuple::of).map_or(0, Tuple::len).min(n_pos);
    let (takes, plural) = if n_defaults > 0 {
        (format!("from {} to {n_pos}", n_pos - n_defaults), true)
    } else {
        (n_pos.to_string(), n_pos != 1)
    };
    let kw_given = (n_pos..n_pos + usize::from(code.kw_only_count))
        .filter(|&at| !window.at(at).is_absent())
        .count();
    let name = vm.qualname_text(function);
    let s = |n: bool| if n { "s" } else { "" };
    let message = if kw_given > 0 {
        format!(
            "{name}() takes {takes} positional argument{} but {given} positional argument{} (and {kw_given} keyword-only argument{}) were given",
            s(plural),
            s(given != 1),
            s(kw_given != 1)
        )
    } else {
        let were = if given == 1 { "was" } else { "were" };
        format!("{name}() takes {takes} positional argument{} but {given} {were} given", s(plural))
    };
    vm.type_error(message)
}

impl Vm {
    /// `__qualname__` of a function as text.
    pub(crate) fn qualname_text(&self, function: PayloadRef<Function>) -> String {
        self.name_text(function.get().qualname.get())
    }
}
