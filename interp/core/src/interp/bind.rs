//! Binding the arguments of a call to the parameters of a function, when it is more than taking them as they lie.
use haft_bytecode::flags;
use haft_heap::Value;

use super::frame::Call;
use crate::object::{CodeObject, Dict, Function, PayloadRef, Str, Tuple};
use crate::vm::{R, Raised, Vm};

/// Keyword arguments up to which a call is bound without a copy of its arguments.
const FEW: usize = 8;

/// Bind a call without `*args` and `**kwargs` whose arguments are all right, where they lie and without allocating: the
/// number of parameters. `None`: it must be done the long way; the arguments are as they were.
pub(super) fn bind_in_place(vm: &mut Vm, call: &Call<'_>) -> Option<usize> {
    let code_object = call.function.get().code.get().get();
    let code = &**code_object.code;
    let (n_given, n_names) = (call.n_positional, call.names.len());
    let n_pos = usize::from(code.arg_count);
    let special = code.flags & (flags::VARARGS | flags::VARKEYWORDS) != 0;
    if special || n_given > n_pos || n_names > FEW {
        return None;
    }
    let window = Window(call.base);
    let n_params = n_pos + usize::from(code.kw_only_count);
    let mut named = [Value::ABSENT; FEW];
    for (at, value) in named.iter_mut().enumerate().take(n_names) {
        *value = window.at(n_given + at);
    }
    for at in n_given..n_params {
        window.set(at, Value::ABSENT);
    }
    let bound = place_keywords(call, code_object, &named, &window)
        && fill_missing(vm, call.function.get(), &window, n_given);
    if bound {
        return Some(n_params);
    }
    for (at, &value) in named.iter().enumerate().take(n_names) {
        window.set(n_given + at, value);
    }
    None
}

/// Put keyword arguments into their registers; false if one has none, or has a value already.
fn place_keywords(
    call: &Call<'_>,
    code: &CodeObject,
    named: &[Value; FEW],
    window: &Window,
) -> bool {
    let n_params = usize::from(code.code.arg_count + code.code.kw_only_count);
    let first = usize::from(code.code.pos_only_count).max(call.n_positional);
    call.names.iter().zip(named).all(|(&name, &value)| {
        let params = code.varnames.get(first..n_params).unwrap_or_default();
        let Some(at) = params.iter().position(|&param| param == name) else { return false };
        let free = window.at(first + at).is_absent();
        if free {
            window.set(first + at, value);
        }
        free
    })
}

/// Give the parameters that have no value their defaults; false if one has none.
fn fill_missing(vm: &mut Vm, function: &Function, window: &Window, n_given: usize) -> bool {
    let code_object = function.code.get().get();
    let code = &**code_object.code;
    let n_pos = usize::from(code.arg_count);
    let defaults =
        function.defaults.get().as_ptr().and_then(Tuple::of).map_or(&[][..], Tuple::items);
    for at in n_given..n_pos {
        if window.at(at).is_absent() {
            let default = (at + defaults.len()).checked_sub(n_pos).and_then(|i| defaults.get(i));
            let Some(&default) = default else { return false };
            window.set(at, default);
        }
    }
    if code.kw_only_count == 0 {
        return true;
    }
    let kwdefaults = vm.as_dict(function.kwdefaults.get());
    (n_pos..n_pos + usize::from(code.kw_only_count)).all(|at| {
        if !window.at(at).is_absent() {
            return true;
        }
        let default = kwdefaults.and_then(|d| vm.dict_get_name(d, code_object.varnames[at]));
        window.set(at, default.unwrap_or(Value::ABSENT));
        default.is_some()
    })
}

/// Bind the arguments of any call into a window of its own, above them: the number of parameters, and the window.
pub(super) fn bind_above(vm: &mut Vm, call: &Call<'_>) -> R<(usize, *mut Value)> {
    let function = call.function.get();
    let code_object = function.code.get();
    let code = &**code_object.get().code;
    let n_values = call.n_positional + call.names.len();
    // SAFETY: the values of the call lie from `base` on, and nobody writes there while this runs.
    let given = unsafe { std::slice::from_raw_parts(call.base, n_values) };
    let top = vm.stack.top;
    let base = call.base.wrapping_add(n_values).max(top);
    vm.check_registers(base, usize::from(code.n_regs))?;
    let window = Window(base);
    let n_params = usize::from(code.n_params());
    for at in 0..n_params {
        window.set(at, Value::ABSENT);
    }
    // Binding may allocate and run Python: everything must be below the top meanwhile.
    vm.stack.top = window.address(n_params);
    let bound = bind_values(vm, call, given, &window);
    vm.stack.top = top;
    bound.map(|()| (n_params, base))
}

fn bind_values(vm: &mut Vm, call: &Call<'_>, given: &[Value], window: &Window) -> R<()> {
    let code_object = call.function.get().code.get();
    let code = &**code_object.get().code;
    let (positional, named) = given.split_at(call.n_positional);
    let n_pos = usize::from(code.arg_count);
    for (at, &value) in positional.iter().take(n_pos).enumerate() {
        window.set(at, value);
    }
    let mut next = n_pos + usize::from(code.kw_only_count);
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
    }
    bind_keywords(vm, call, named, window, kwargs)?;
    if positional.len() > n_pos && code.flags & flags::VARARGS == 0 {
        return Err(too_many_positional(vm, call.function, positional.len(), window));
    }
    fill_defaults(vm, call.function, window)
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
