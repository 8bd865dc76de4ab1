//! `aiter` and `anext`.
use std::any::Any;

use haft_core::object::{PayloadRef, Slots, Type};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{Args, R, Tracer, Value, Vm, payload};

use crate::container::positional;
use crate::iterator::identity;

payload! {
    /// What `anext(iterator, default)` gives: awaits the item, and gives the default at the end.
    pub struct AnextAwaitable {
        /// The awaitable of the item.
        awaitable: Value,
        /// The result at the end.
        default: Value,
    }
}

#[derive(Clone, Copy, Debug)]
struct Classes {
    anext_awaitable: Type,
}

impl Extension for Classes {
    fn trace(&self, _: &mut Tracer<'_>) {
        // Classes are kept alive by their shapes.
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Make the class of awaitables.
pub(super) fn install(vm: &mut Vm) {
    let slots = |s: &Slots| {
        s.r#await.set(Some(identity));
        s.iter.set(Some(identity));
        s.next.set(Some(next));
    };
    let anext_awaitable = vm.new_builtin_type(&TypeSpec {
        slots,
        methods: METHODS,
        ..TypeSpec::of::<AnextAwaitable>("anext_awaitable")
    });
    vm.set_extension(Classes { anext_awaitable });
}

haft_core::natives! {
    pub(super) static FUNCTIONS = {
        /// Return an AsyncIterator for an AsyncIterable object.
        aiter "($module, async_iterable, /)" => aiter;
        /// Return the next item from the async iterator.
        ///
        /// If default is given and the async iterator is exhausted,
        /// it is returned instead of raising StopAsyncIteration.
        raw anext "($module, aiterator, default=<unrepresentable>, /)" => anext;
    }
    static METHODS = {
        /// send(arg) -> send 'arg' into the wrapped iterator,
        /// return next yielded value or raise StopIteration.
        send "($self, object, /)" => |vm, args| deliver(vm, args[0], "send", &args[1..]);
        /// throw(value)
        /// throw(typ[,val[,tb]])
        ///
        /// raise exception in the wrapped iterator, return next yielded value
        /// or raise StopIteration.
        raw throw "($self, /, *args)" => |vm, args| match args.positionals() {
            &[this, ref rest @ ..] => deliver(vm, this, "throw", rest),
            [] => Err(vm.type_error("unbound method anext_awaitable.throw() needs an argument")),
        };
        /// close() -> raise GeneratorExit inside generator.
        close "($self, /)" => |vm, args| deliver(vm, args[0], "close", &[]);
    }
}

fn aiter(vm: &mut Vm, args: &[Value]) -> R {
    let class = vm.type_of(args[0]);
    let Some(slot) = class.slots.aiter.get() else {
        let name = class.name_text();
        return Err(vm.type_error(format!("'{name}' object is not an async iterable")));
    };
    let iter = slot(vm, args[0])?;
    let class = vm.type_of(iter);
    if class.slots.anext.get().is_none() {
        let name = class.name_text();
        return Err(
            vm.type_error(format!("aiter() returned not an async iterator of type '{name}'"))
        );
    }
    Ok(iter)
}

fn anext(vm: &mut Vm, args: &Args<'_>) -> R {
    let given = positional(vm, "anext", args, 1, 2)?;
    let class = vm.type_of(given[0]);
    let Some(slot) = class.slots.anext.get() else {
        let name = class.name_text();
        return Err(vm.type_error(format!("'{name}' object is not an async iterator")));
    };
    let awaitable = slot(vm, given[0])?;
    let Some(&default) = given.get(1) else { return Ok(awaitable) };
    let class = vm.extension::<Classes>().expect("made by install").anext_awaitable;
    Ok(vm.new_payload(class, AnextAwaitable { awaitable, default }))
}

fn of(vm: &mut Vm, value: Value) -> R<PayloadRef<AnextAwaitable>> {
    vm.this(value, "__next__", "anext_awaitable")
}

/// The end of the asynchronous iterator becomes the end of the awaiting, with the default as result.
fn next(vm: &mut Vm, this: Value) -> R {
    let this = of(vm, this)?.get();
    let iter = vm.awaitable_iterator(this.awaitable, 0)?;
    match vm.next(iter) {
        Err(raised) if vm.raised_is(vm.exc.stop_async_iteration) => {
            vm.take_raised(raised);
            vm.stack.stop_value = this.default;
            Ok(Value::ABSENT)
        }
        result => result,
    }
}

/// `send`, `throw` and `close` go to the iterator of the awaitable.
fn deliver(vm: &mut Vm, this: Value, method: &str, args: &[Value]) -> R {
    let this = of(vm, this)?.get();
    let iter = vm.awaitable_iterator(this.awaitable, 0)?;
    match vm.call_method_str(iter, method, args) {
        Err(raised) if vm.raised_is(vm.exc.stop_async_iteration) => {
            vm.take_raised(raised);
            Err(vm.stop_iteration(this.default))
        }
        result => result,
    }
}
