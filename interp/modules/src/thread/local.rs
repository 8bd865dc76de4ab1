//! `_thread._local`: an object with other attributes in each thread.
use std::cell::RefCell;

use haft_core::object::{Dict, PayloadRef, Str, Tuple, Type, TypeFlags};
use haft_core::protocol::class::object_init;
use haft_core::vm::{ThreadId, TypeSpec};
use haft_core::{Args, R, Value, Vm, payload};

use super::ThreadState;

payload! {
    /// An object with other attributes in each thread.
    struct Local {
        /// What it was called with, for `__init__` in further threads.
        arguments: Value,
        keyword_names: Value,
        /// The attributes: thread and dict.
        dicts: RefCell<Vec<(ThreadId, Value)>>,
    }
}

type This = PayloadRef<Local>;

pub(super) fn make_type(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        doc: "Thread-local data",
        flags: TypeFlags::BASE.with(TypeFlags::HAS_WEAKREFS),
        slots: |s| {
            s.new.set(Some(new));
            s.getattro.set(Some(get_attribute));
            s.setattro.set(Some(set_attribute));
        },
        ..TypeSpec::of::<Local>("_thread._local")
    })
}

fn has_own_init(class: Type) -> bool {
    let init = class.slots.init.get();
    init.is_some_and(|init| !std::ptr::fn_addr_eq(init, object_init as haft_core::object::Calling))
}

fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let Some(class) = vm.as_type(class) else {
        return Err(vm.type_error("_local.__new__(X): X is not a type object"));
    };
    if !args.vals.is_empty() && !has_own_init(class) {
        return Err(vm.type_error("Initialization arguments are not supported"));
    }
    let (arguments, keyword_names) = (vm.tuple(args.vals), vm.tuple(args.names));
    let dict = vm.dict();
    let dicts = RefCell::new(vec![(vm.thread_id(), dict.value())]);
    let this = vm.new_payload_ref(class, Local { arguments, keyword_names, dicts });
    let id = vm.heap.weak_new(this.obj());
    let mut dead = Vec::new();
    if let Some(state) = vm.extension::<ThreadState>() {
        let mut locals = state.locals.borrow_mut();
        locals.retain(|&other| vm.heap.weak_get(other).is_some() || (dead.push(other), false).1);
        locals.push(id);
    }
    for id in dead {
        vm.heap.weak_free(id);
    }
    Ok(this.value())
}

fn each_local(vm: &Vm, mut f: impl FnMut(This)) {
    let Some(state) = vm.extension::<ThreadState>() else { return };
    for &id in &*state.locals.borrow() {
        if let Some(this) = vm.heap.weak_get(id).and_then(This::of) {
            f(this);
        }
    }
}

/// A thread ends: its attributes of all objects go.
pub(super) fn forget_thread(vm: &Vm, id: ThreadId) {
    each_local(vm, |this| this.dicts.borrow_mut().retain(|entry| entry.0 != id));
}

/// Only thread `id` goes on.
pub(super) fn forget_other_threads(vm: &Vm, id: ThreadId) {
    each_local(vm, |this| this.dicts.borrow_mut().retain(|entry| entry.0 == id));
}

/// The attributes in the running thread. When there are none yet, they are made, and `__init__` is called.
fn attributes(vm: &mut Vm, value: Value) -> R<Dict> {
    let this: This = vm.this(value, "__getattribute__", "_thread._local")?;
    let me = vm.thread_id();
    let known = this.dicts.borrow().iter().find(|entry| entry.0 == me).map(|entry| entry.1);
    if let Some(dict) = known.and_then(|dict| vm.as_dict(dict)) {
        return Ok(dict);
    }
    let dict = vm.dict();
    this.dicts.borrow_mut().push((me, dict.value()));
    let class = vm.type_of(value);
    if has_own_init(class)
        && let Some(init) = class.slots.init.get()
    {
        let items = |value| vm.as_tuple(value).map_or(&[][..], Tuple::items);
        let args = Args { vals: items(this.arguments), names: items(this.keyword_names) };
        if let Err(raised) = init(vm, value, &args) {
            this.dicts.borrow_mut().retain(|entry| entry.0 != me);
            return Err(raised);
        }
    }
    Ok(dict)
}

fn is_dict_name(name: Value) -> bool {
    name.as_ptr().and_then(Str::of).is_some_and(|name| name.bytes() == b"__dict__")
}

fn get_attribute(vm: &mut Vm, this: Value, name: Value) -> R {
    let dict = attributes(vm, this)?;
    if is_dict_name(name) {
        return Ok(dict.value());
    }
    let class = vm.type_of(this);
    let found = vm.lookup_in_type(class, name);
    let is_data = found.is_some_and(|found| vm.type_of(found).slots.descr_set.get().is_some());
    if !is_data && let Some(value) = vm.dict_get_name(dict, name) {
        return Ok(value);
    }
    match found {
        Some(found) => vm.bind_descriptor(found, this, class),
        None => Err(vm.no_attribute(this, name)),
    }
}

fn set_attribute(vm: &mut Vm, this: Value, name: Value, value: Value) -> R<()> {
    let dict = attributes(vm, this)?;
    if is_dict_name(name) {
        let class = vm.type_name(this);
        let raised =
            vm.attribute_error(format!("'{class}' object attribute '__dict__' is read-only"));
        return Err(vm.name_attribute_error(raised, this, name));
    }
    let class = vm.type_of(this);
    if let Some(found) = vm.lookup_in_type(class, name)
        && let Some(set) = vm.type_of(found).slots.descr_set.get()
    {
        return set(vm, found, this, value);
    }
    if !value.is_absent() {
        vm.dict_set_name(dict, name, value);
        return Ok(());
    }
    if vm.dict_remove_name(dict, name) { Ok(()) } else { Err(vm.no_attribute(this, name)) }
}
