//! What every object has: attributes, items, comparison, texts.
use std::ffi::{c_char, c_int};

use haft_builtins::binary::bytes_of_object;
use haft_hpy_abi::{Cx, HPy};

use crate::handle::{borrowed, give, owned, status, str_from, truth, value, vm};
use crate::prelude::*;

#[inline]
pub(crate) unsafe fn dup(cx: Cx, h: HPy) -> HPy {
    owned(vm(cx), value(h))
}

#[inline]
pub(crate) unsafe fn close(cx: Cx, h: HPy) {
    vm(cx).handles.close(value(h));
}

pub(crate) unsafe fn length(cx: Cx, h: HPy) -> isize {
    vm(cx).length(value(h)).map_or(-1, usize::cast_signed)
}

pub(crate) unsafe fn is_true(cx: Cx, h: HPy) -> c_int {
    truth(vm(cx).truth(value(h)))
}

/// An attribute's name.
unsafe fn name_from(vm: &mut Vm, text: *const c_char) -> R {
    if let Some(name) = vm.handles.names.find(text.addr())
        && let Some(known) = name.as_ptr().and_then(Str::of)
        // SAFETY: the caller's duty.
        && unsafe { is_text(text, known.bytes()) }
    {
        return Ok(name);
    }
    // SAFETY: the caller's duty.
    let name = unsafe { str_from(vm, text) }?;
    let name = vm.intern_str(name);
    vm.handles.names.remember(text.addr(), name);
    Ok(name)
}

/// Is this the text in C? No byte of it is 0.
///
/// # Safety
/// It is not null and ends in a zero.
unsafe fn is_text(text: *const c_char, bytes: &[u8]) -> bool {
    let at = |index: usize| {
        // SAFETY: the caller's duty; all bytes before this one were compared and are not 0.
        unsafe { text.cast::<u8>().wrapping_add(index).read() }
    };
    bytes.iter().enumerate().all(|(index, &byte)| at(index) == byte) && at(bytes.len()) == 0
}

pub(crate) unsafe fn get_attr(cx: Cx, obj: HPy, name: HPy) -> HPy {
    let vm = vm(cx);
    let result = vm.get_attr(value(obj), value(name));
    give(vm, result)
}

pub(crate) unsafe fn get_attr_s(cx: Cx, obj: HPy, name: *const c_char) -> HPy {
    let vm = vm(cx);
    // SAFETY: the caller's duty.
    let result = unsafe { name_from(vm, name) }.and_then(|name| vm.get_attr(value(obj), name));
    give(vm, result)
}

/// Is there an attribute? An exception of any kind means no; one that C raised before stays.
fn has(vm: &mut Vm, found: impl FnOnce(&mut Vm) -> R) -> c_int {
    let before = vm.stack.raised;
    match found(vm) {
        Ok(_) => 1,
        Err(_) => {
            vm.stack.raised = before;
            0
        }
    }
}

pub(crate) unsafe fn has_attr(cx: Cx, obj: HPy, name: HPy) -> c_int {
    has(vm(cx), |vm| vm.get_attr(value(obj), value(name)))
}

pub(crate) unsafe fn has_attr_s(cx: Cx, obj: HPy, name: *const c_char) -> c_int {
    has(vm(cx), |vm| {
        // SAFETY: the caller's duty.
        let name = unsafe { name_from(vm, name) }?;
        vm.get_attr(value(obj), name)
    })
}

pub(crate) unsafe fn set_attr(cx: Cx, obj: HPy, name: HPy, to: HPy) -> c_int {
    status(vm(cx).set_attr(value(obj), value(name), value(to)))
}

pub(crate) unsafe fn set_attr_s(cx: Cx, obj: HPy, name: *const c_char, to: HPy) -> c_int {
    let vm = vm(cx);
    // SAFETY: the caller's duty.
    let name = unsafe { name_from(vm, name) };
    status(name.and_then(|name| vm.set_attr(value(obj), name, value(to))))
}

pub(crate) unsafe fn get_item(cx: Cx, obj: HPy, key: HPy) -> HPy {
    let vm = vm(cx);
    let result = vm.get_item(value(obj), value(key));
    give(vm, result)
}

pub(crate) unsafe fn get_item_i(cx: Cx, obj: HPy, index: isize) -> HPy {
    let vm = vm(cx);
    let result = match (vm.as_list(value(obj)), usize::try_from(index)) {
        (Some(list), Ok(at)) if vm.type_of(value(obj)) == vm.t.list && at < list.len() => {
            Ok(list.at(at))
        }
        _ => {
            let key = vm.int(index as i64);
            vm.get_item(value(obj), key)
        }
    };
    give(vm, result)
}

pub(crate) unsafe fn get_item_s(cx: Cx, obj: HPy, key: *const c_char) -> HPy {
    let vm = vm(cx);
    // SAFETY: the caller's duty.
    let key = unsafe { str_from(vm, key) };
    let result = key.and_then(|key| vm.get_item(value(obj), key));
    give(vm, result)
}

pub(crate) unsafe fn contains(cx: Cx, container: HPy, key: HPy) -> c_int {
    truth(vm(cx).contains(value(container), value(key)))
}

pub(crate) unsafe fn set_item(cx: Cx, obj: HPy, key: HPy, to: HPy) -> c_int {
    status(vm(cx).set_item(value(obj), value(key), value(to)))
}

pub(crate) unsafe fn set_item_i(cx: Cx, obj: HPy, index: isize, to: HPy) -> c_int {
    let vm = vm(cx);
    let key = vm.int(index as i64);
    status(vm.set_item(value(obj), key, value(to)))
}

pub(crate) unsafe fn set_item_s(cx: Cx, obj: HPy, key: *const c_char, to: HPy) -> c_int {
    let vm = vm(cx);
    // SAFETY: the caller's duty.
    let key = unsafe { str_from(vm, key) };
    status(key.and_then(|key| vm.set_item(value(obj), key, value(to))))
}

pub(crate) unsafe fn del_item(cx: Cx, obj: HPy, key: HPy) -> c_int {
    status(vm(cx).delete_item(value(obj), value(key)))
}

pub(crate) unsafe fn del_item_i(cx: Cx, obj: HPy, index: isize) -> c_int {
    let vm = vm(cx);
    let key = vm.int(index as i64);
    status(vm.delete_item(value(obj), key))
}

pub(crate) unsafe fn del_item_s(cx: Cx, obj: HPy, key: *const c_char) -> c_int {
    let vm = vm(cx);
    // SAFETY: the caller's duty.
    let key = unsafe { str_from(vm, key) };
    status(key.and_then(|key| vm.delete_item(value(obj), key)))
}

pub(crate) unsafe fn type_(cx: Cx, obj: HPy) -> HPy {
    let vm = vm(cx);
    let class = vm.type_of(value(obj)).value();
    owned(vm, class)
}

pub(crate) unsafe fn type_check(cx: Cx, obj: HPy, class: HPy) -> c_int {
    let vm = vm(cx);
    let own = vm.type_of(value(obj));
    c_int::from(value(class).as_ptr().is_some_and(|class| is_subtype(own, class)))
}

pub(crate) unsafe fn type_is_subtype(_: Cx, sub: HPy, class: HPy) -> c_int {
    let (sub, class) = (Type::of_value(value(sub)), value(class).as_ptr());
    c_int::from(sub.zip(class).is_some_and(|(sub, class)| is_subtype(sub, class)))
}

pub(crate) unsafe fn is(_: Cx, obj: HPy, other: HPy) -> c_int {
    c_int::from(obj == other)
}

pub(crate) unsafe fn repr(cx: Cx, obj: HPy) -> HPy {
    let vm = vm(cx);
    let result = vm.repr(value(obj));
    give(vm, result)
}

pub(crate) unsafe fn str(cx: Cx, obj: HPy) -> HPy {
    let vm = vm(cx);
    let result = vm.str_of(value(obj));
    give(vm, result)
}

/// Call a function of `builtins`.
pub(super) fn call_builtin(vm: &mut Vm, name: &str, args: &[Value]) -> R {
    match vm.dict_get_str(vm.builtins, name) {
        Some(function) => vm.call_positional(function, args),
        None => Err(vm.name_error(format!("name '{name}' is not defined"))),
    }
}

pub(crate) unsafe fn ascii(cx: Cx, obj: HPy) -> HPy {
    let vm = vm(cx);
    let result = call_builtin(vm, "ascii", &[value(obj)]);
    give(vm, result)
}

pub(crate) unsafe fn bytes(cx: Cx, obj: HPy) -> HPy {
    let vm = vm(cx);
    let result = bytes_of_object(vm, value(obj)).map(haft_core::object::Bytes::value);
    give(vm, result)
}

/// The comparison with a number of C; SystemError if there is none.
fn comparison(vm: &mut Vm, op: c_int) -> R<CompareOp> {
    use CompareOp::{Eq, Ge, Gt, Le, Lt, Ne};
    let all = [Lt, Le, Eq, Ne, Gt, Ge];
    let known = usize::try_from(op).ok().and_then(|op| all.get(op));
    known.copied().ok_or_else(|| vm.system_error("bad argument to internal function"))
}

pub(crate) unsafe fn rich_compare(cx: Cx, v: HPy, w: HPy, op: c_int) -> HPy {
    let vm = vm(cx);
    let result = comparison(vm, op).and_then(|op| vm.compare(value(v), value(w), op));
    give(vm, result)
}

pub(crate) unsafe fn rich_compare_bool(cx: Cx, v: HPy, w: HPy, op: c_int) -> c_int {
    let vm = vm(cx);
    truth(comparison(vm, op).and_then(|op| match op {
        CompareOp::Eq if v == w => Ok(true),
        CompareOp::Ne if v == w => Ok(false),
        _ => vm.compare_bool(value(v), value(w), op),
    }))
}

pub(crate) unsafe fn hash(cx: Cx, obj: HPy) -> isize {
    vm(cx).hash(value(obj)).map_or(-1, |hash| hash as isize)
}

pub(crate) unsafe fn callable_check(cx: Cx, h: HPy) -> c_int {
    let vm = vm(cx);
    c_int::from(vm.type_of(value(h)).slots.call.get().is_some())
}

pub(crate) unsafe fn dump(cx: Cx, h: HPy) {
    let vm = vm(cx);
    let object = value(h);
    let text = if object.is_absent() {
        "<NULL handle>\n".to_owned()
    } else {
        let before = vm.stack.raised;
        let class = vm.type_name(object);
        let shown = vm.repr_text(object).unwrap_or_else(|_| "<repr() failed>".to_owned());
        vm.stack.raised = before;
        let n_open = vm.handles.count(object);
        format!(
            "handle       : {:#x}\nopen handles : {n_open}\nobject type  : {class}\nobject repr  : {shown}\n",
            borrowed(object).0
        )
    };
    // There is nobody left to tell that the text could not be written.
    let _written = haft_builtins::runtime::streams::write_fd(2, text.as_bytes());
}
