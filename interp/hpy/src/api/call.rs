//! Calls.
use haft_hpy_abi::{Cx, HPy};

use crate::handle::{give, value, vm};
use crate::prelude::*;

/// Handles in an array as values.
///
/// # Safety
/// There are `n` handles there (null for none is fine), which stay for `'a`.
pub(crate) unsafe fn values<'a>(handles: *const HPy, n: usize) -> &'a [Value] {
    if n == 0 {
        return &[];
    }
    // SAFETY: a handle is the word of its value, and the caller has `n` of them.
    unsafe { std::slice::from_raw_parts(handles.cast::<Value>(), n) }
}

/// The names of keyword arguments: a tuple or null.
pub(crate) fn names<'a>(vm: &Vm, kwnames: HPy) -> &'a [Value] {
    vm.as_tuple(value(kwnames)).map_or(&[], Tuple::items)
}

pub(crate) unsafe fn call(
    cx: Cx,
    callable: HPy,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
) -> HPy {
    let vm = vm(cx);
    let names = names(vm, kwnames);
    // SAFETY: the caller's duty.
    let vals = unsafe { values(args, nargs + names.len()) };
    let result = vm.call(value(callable), &Args { vals, names });
    give(vm, result)
}

pub(crate) unsafe fn call_method(
    cx: Cx,
    name: HPy,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
) -> HPy {
    let vm = vm(cx);
    let names = names(vm, kwnames);
    // SAFETY: the caller's duty.
    let vals = unsafe { values(args, nargs + names.len()) };
    let result = call_method_of(vm, value(name), vals, names);
    give(vm, result)
}

fn call_method_of(vm: &mut Vm, name: Value, vals: &[Value], names: &[Value]) -> R {
    let Some((&receiver, rest)) = vals.split_first() else {
        return Err(vm.system_error("HPy_CallMethod needs a receiver"));
    };
    let name = vm.attr_name(name)?;
    match vm.find_method(receiver, name) {
        Some(method) => vm.call(method, &Args { vals, names }),
        None => {
            let method = vm.get_attr(receiver, name)?;
            vm.call(method, &Args { vals: rest, names })
        }
    }
}

pub(crate) unsafe fn call_tuple_dict(cx: Cx, callable: HPy, args: HPy, kw: HPy) -> HPy {
    let vm = vm(cx);
    let result = call_with(vm, value(callable), value(args), value(kw));
    give(vm, result)
}

fn call_with(vm: &mut Vm, callable: Value, args: Value, kw: Value) -> R {
    let positional = match (args.is_absent(), vm.as_tuple(args)) {
        (true, _) => &[],
        (_, Some(tuple)) => tuple.items(),
        _ => {
            return Err(
                vm.type_error("HPy_CallTupleDict requires args to be a tuple or null handle")
            );
        }
    };
    if kw.is_absent() {
        return vm.call_positional(callable, positional);
    }
    let Some(dict) = vm.as_dict(kw) else {
        return Err(vm.type_error("HPy_CallTupleDict requires kw to be a dict or null handle"));
    };
    let (names, vals) = (vm.new_list(), vm.new_list());
    for &value in positional {
        vals.push(&mut vm.heap, value);
    }
    for (name, value) in dict.iter() {
        if vm.as_str(name).is_none() {
            return Err(vm.type_error("keywords must be strings"));
        }
        names.push(&mut vm.heap, name);
        vals.push(&mut vm.heap, value);
    }
    let (names, vals) = (vm.tuple(names.items()), vm.tuple(vals.items()));
    let items = |vm: &Vm, tuple| vm.as_tuple(tuple).map_or(&[][..], Tuple::items);
    let (names, vals) = (items(vm, names), items(vm, vals));
    vm.call(callable, &Args { vals, names })
}
