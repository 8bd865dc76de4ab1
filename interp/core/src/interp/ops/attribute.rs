//! Attributes and globals, through inline caches.
use haft_bytecode::Insn;
use haft_bytecode::opcode::ANY;
use haft_heap::Value;

use crate::interp::machine::{Helper1, Helper2, Helper3, Machine};
use crate::interp::names::SITE;
use crate::object::{Cache, How};
use crate::vm::R;

/// The rest of a load: looks the attribute up and fills the cache. Second operand: site (code, name, cache number).
static LOAD_ATTR: Helper2 =
    Helper2 { name: "LoadAttr", effects: ANY, call: |vm, object, _| SITE.load_attr(vm, object) };
static LOAD_METHOD: Helper2 = Helper2 {
    name: "LoadMethod",
    effects: ANY,
    call: |vm, object, _| SITE.load_method(vm, object),
};
/// What `load_method` found the method for, or ABSENT; see `StackState::method_receiver`.
static METHOD_RECEIVER: Helper1 = Helper1 {
    name: "MethodReceiver",
    effects: haft_bytecode::opcode::PURE,
    call: |vm, _| Ok(vm.stack.method_receiver),
};
static STORE_ATTR: Helper3 = Helper3 {
    name: "StoreAttr",
    effects: ANY,
    call: |vm, object, value, _| SITE.store_attr(vm, object, value),
};
static LOAD_GLOBAL: Helper2 =
    Helper2 { name: "LoadGlobal", effects: ANY, call: |vm, _, _| SITE.load_global(vm) };

/// The cached attribute of `object`, if the cache is right for it.
#[inline(always)]
pub(in crate::interp) fn cached<M: Machine>(
    m: &mut M,
    cache: &Cache,
    object: M::V,
) -> Option<M::V> {
    if cache.how.get() == How::Module {
        return m.module_entry(object, cache);
    }
    if !m.shape_is(object, cache.key.get()) {
        return None;
    }
    let slot = cache.slot.get() as usize;
    match cache.how.get() {
        How::Inline => Some(m.load(object, slot)),
        How::Overflow => Some(m.load_overflow(object, cache.next.get() as usize, slot)),
        How::Class | How::Static => {
            let class = cache.class.get().as_ptr()?;
            m.version_is(class, cache.version.get()).then(|| m.constant(cache.value.get()))
        }
        _ => None,
    }
}

/// `r[a] = r[b].name`
#[inline(always)]
pub(in crate::interp) fn load_attr<M: Machine>(m: &mut M, i: Insn, cache: &Cache) -> R<()> {
    let object = m.reg(i.b());
    let found = match cached(m, cache, object) {
        Some(value) if !m.is_same(value, Value::ABSENT) => value,
        _ => {
            m.save_pc();
            let none = m.constant(Value::NONE);
            m.call2(&LOAD_ATTR, object, none)?
        }
    };
    m.set(i.a(), found);
    Ok(())
}

/// `r[a], r[a+1] = r[b].name` as function and receiver, or as attribute and ABSENT.
#[inline(always)]
pub(in crate::interp) fn load_method<M: Machine>(m: &mut M, i: Insn, cache: &Cache) -> R<()> {
    let object = m.reg(i.b());
    if cache.how.get() == How::Class && m.shape_is(object, cache.key.get()) {
        let class = cache.class.get().as_ptr();
        if class.is_some_and(|class| m.version_is(class, cache.version.get())) {
            let function = m.constant(cache.value.get());
            m.set(i.a(), function);
            m.set(i.a() + 1, object);
            return Ok(());
        }
    }
    if unbound_method(m, i, cache, object) {
        return Ok(());
    }
    m.save_pc();
    let none = m.constant(Value::NONE);
    let found = m.call2(&LOAD_METHOD, object, none)?;
    m.set(i.a(), found);
    let receiver = m.call1(&METHOD_RECEIVER, none)?;
    m.set(i.a() + 1, receiver);
    Ok(())
}

/// What is called without the object it was found on.
#[inline]
fn unbound_method<M: Machine>(m: &mut M, i: Insn, cache: &Cache, object: M::V) -> bool {
    let how = cache.how.get();
    if how == How::ClassMethod {
        let class = cache.class.get().as_ptr();
        let right = m.shape_is(object, cache.key.get())
            && class.is_some_and(|class| m.version_is(class, cache.version.get()));
        if right {
            let (function, class) = (m.constant(cache.value.get()), m.constant(cache.class.get()));
            m.set(i.a(), function);
            m.set(i.a() + 1, class);
        }
        return right;
    }
    if !matches!(how, How::Module | How::Static | How::Inline | How::Overflow) {
        return false;
    }
    match cached(m, cache, object) {
        Some(found) if !m.is_same(found, Value::ABSENT) => {
            m.set(i.a(), found);
            let absent = m.constant(Value::ABSENT);
            m.set(i.a() + 1, absent);
            true
        }
        _ => false,
    }
}

/// `r[a].name = r[b]`
#[inline(always)]
pub(in crate::interp) fn store_attr<M: Machine>(m: &mut M, i: Insn, cache: &Cache) -> R<()> {
    let (object, value) = (m.reg(i.a()), m.reg(i.b()));
    if m.shape_is(object, cache.key.get()) {
        match cache.how.get() {
            How::Inline => {
                m.store(object, cache.slot.get() as usize, value);
                return Ok(());
            }
            How::Add => {
                m.store(object, cache.slot.get() as usize, value);
                m.set_shape(object, cache.next.get());
                return Ok(());
            }
            _ => {}
        }
    }
    m.save_pc();
    let none = m.constant(Value::NONE);
    m.call3(&STORE_ATTR, object, value, none)?;
    Ok(())
}

/// `r[a]` = global or builtin.
#[inline(always)]
pub(in crate::interp) fn load_global<M: Machine>(m: &mut M, i: Insn, cache: &Cache) -> R<()> {
    let found = match m.cached_global(cache) {
        Some(value) => value,
        None => {
            m.save_pc();
            let none = m.constant(Value::NONE);
            m.call2(&LOAD_GLOBAL, none, none)?
        }
    };
    m.set(i.a(), found);
    Ok(())
}
