//! `coroutine`, and the iterator that `coroutine.__await__()` gives.
use haft_core::object::{PayloadRef, Slots};
use haft_core::vm::TypeSpec;
use haft_core::{R, Tracer, Value, Vm, getsets, natives, payload};
use std::any::Any;

use haft_core::object::Type;
use haft_core::vm::Extension;

use super::generator;

payload! {
    /// What `coroutine.__await__()` gives.
    struct CoroutineWrapper {
        coroutine: Value,
    }
}

/// The class of the wrappers.
#[derive(Debug)]
struct WrapperClass(Type);

impl Extension for WrapperClass {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.0.obj());
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

pub(super) fn install(vm: &mut Vm) {
    vm.fill_type(vm.t.coroutine, "", set_slots, METHODS, GETSETS);
    vm.ready_type(vm.t.coroutine);
    let class = vm.new_builtin_type(&TypeSpec {
        doc: "A wrapper object implementing __await__ for coroutines.",
        slots: |s| {
            s.iter.set(Some(|_, this| Ok(this)));
            s.next.set(Some(|vm, this| {
                wrapped(vm, this).and_then(|coroutine| generator::send(vm, coroutine, Value::NONE))
            }));
            s.send.set(Some(|vm, this, sent| {
                wrapped(vm, this).and_then(|coroutine| generator::send(vm, coroutine, sent))
            }));
        },
        methods: WRAPPER_METHODS,
        ..TypeSpec::of::<CoroutineWrapper>("coroutine_wrapper")
    });
    vm.set_extension(WrapperClass(class));
}

fn set_slots(slots: &Slots) {
    slots.r#await.set(Some(make_wrapper));
    slots.repr.set(Some(generator::repr));
}

natives! {
    static METHODS = {
        /// send(arg) -> send 'arg' into coroutine,
        /// return next iterated value or raise StopIteration.
        send "($self, arg, /)" => generator::send_method;
        /// throw(value)
        /// throw(type[,value[,traceback]])
        ///
        /// Raise exception in coroutine, return next iterated value or raise
        /// StopIteration.
        /// the (type, val, tb) signature is deprecated,
        /// and may be removed in a future version of Python.
        throw "($self, value, typ=<absent>, tb=<absent>, /)" => generator::throw_method;
        /// close() -> raise GeneratorExit inside coroutine.
        close "($self, /)" => generator::close_method;
        /// See PEP 585
        class __class_getitem__ "($cls, item, /)" => generator::class_getitem;
    }
    static WRAPPER_METHODS = {
        /// send(arg) -> send 'arg' into coroutine,
        /// return next iterated value or raise StopIteration.
        send "($self, arg, /)" => |vm, args| on_wrapped(vm, args, generator::send_method);
        /// throw(value)
        /// throw(type[,value[,traceback]])
        ///
        /// Raise exception in coroutine, return next iterated value or raise
        /// StopIteration.
        throw "($self, value, typ=<absent>, tb=<absent>, /)" => |vm, args| on_wrapped(vm, args, generator::throw_method);
        /// close() -> raise GeneratorExit inside coroutine.
        close "($self, /)" => |vm, args| on_wrapped(vm, args, generator::close_method);
    }
}

getsets! {
    static GETSETS = {
        /// name of the coroutine
        __name__ => generator::name, generator::set_name;
        /// qualified name of the coroutine
        __qualname__ => generator::qualname, generator::set_qualname;
        /// object being awaited on, or None
        cr_await => generator::delegate;
        cr_running => generator::is_running;
        cr_suspended => generator::is_suspended;
        cr_frame => generator::frame;
        cr_code => generator::code;
        cr_origin => |_, _| Ok(Value::NONE);
    }
}

fn make_wrapper(vm: &mut Vm, coroutine: Value) -> R {
    generator::this(vm, coroutine)?;
    let class = vm.extension::<WrapperClass>().map_or(vm.t.object, |class| class.0);
    Ok(vm.new_payload(class, CoroutineWrapper { coroutine }))
}

fn wrapped(vm: &mut Vm, value: Value) -> R {
    let wrapper: PayloadRef<CoroutineWrapper> = vm.this(value, "send", "coroutine_wrapper")?;
    Ok(wrapper.coroutine)
}

/// Call a method of the coroutine instead.
fn on_wrapped(vm: &mut Vm, args: &[Value], method: fn(&mut Vm, &[Value]) -> R) -> R {
    let coroutine = wrapped(vm, args[0])?;
    let all = vm.prepend(coroutine, &args[1..]);
    method(vm, all.items())
}
