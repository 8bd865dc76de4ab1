//! `super`: attributes of the classes behind one in an MRO.
use haft_heap::Value;

use super::generic_getattro;
use crate::object::{CellObject, PayloadRef, Slots, Super, Type, TypeFlags, is_subtype};
use crate::vm::{Args, R, Raised, Vm};

/// Give `super` its slots and attributes and make it ready.
pub(super) fn install(vm: &mut Vm) {
    const DOC: &str = "super() -> same as super(__class__, <first argument>)\nsuper(type) -> unbound super object\n\
                       super(type, obj) -> bound super object; requires isinstance(obj, type)\n\
                       super(type, type2) -> bound super object; requires issubclass(type2, type)\n\
                       Typical use to call a cooperative superclass method:\nclass C(B):\n    def meth(self, arg):\n        super().meth(arg)\n\
                       This works for class methods too:\nclass C(B):\n    @classmethod\n    def cmeth(cls, arg):\n        super().cmeth(arg)";
    vm.fill_type(vm.t.super_, DOC, set_slots, &[], GETSETS);
    vm.ready_type(vm.t.super_);
}

fn set_slots(slots: &Slots) {
    slots.new.set(Some(super_new));
    slots.init.set(Some(super_init));
    slots.repr.set(Some(super_repr));
    slots.getattro.set(Some(super_getattro));
    slots.descr_get.set(Some(super_get));
}

crate::getsets! {
    static GETSETS = {
        /// the class invoking super()
        __thisclass__ => |vm, this| Ok(of(vm, this)?.class.get().or_none());
        /// the instance invoking super(); may be None
        __self__ => |vm, this| Ok(of(vm, this)?.receiver.get().or_none());
        /// the type of the instance invoking super(); may be None
        __self_class__ => |vm, this| Ok(of(vm, this)?.receiver_class.get().or_none());
    }
}

fn of(vm: &mut Vm, value: Value) -> R<PayloadRef<Super>> {
    match PayloadRef::<Super>::of_value(value) {
        Some(payload) => Ok(payload),
        None => {
            let name = vm.type_name(value);
            Err(vm.type_error(format!(
                "descriptor requires a 'super' object but received a '{name}'"
            )))
        }
    }
}

fn super_new(vm: &mut Vm, class: Value, _args: &Args<'_>) -> R {
    let ty = Type::of_value(class).unwrap_or(vm.t.super_);
    let absent = || Value::ABSENT.into();
    Ok(vm.new_payload(ty, Super { class: absent(), receiver: absent(), receiver_class: absent() }))
}

fn super_init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let payload = of(vm, this)?;
    if !args.names.is_empty() {
        return Err(vm.type_error("super() takes no keyword arguments"));
    }
    let (class, receiver) = match args.vals {
        [] => {
            let (class, receiver) = enclosing_method(vm)?;
            (class, Some(receiver))
        }
        &[class, ref rest @ ..] if rest.len() <= 1 => {
            let Some(ty) = Type::of_value(class) else {
                let given = vm.type_name(class);
                return Err(
                    vm.type_error(format!("super() argument 1 must be a type, not {given}"))
                );
            };
            (ty, rest.first().copied().filter(|receiver| !receiver.is_none()))
        }
        more => {
            let n = more.len();
            return Err(vm.type_error(format!("super() expected at most 2 arguments, got {n}")));
        }
    };
    let receiver_class = match receiver {
        Some(receiver) => check_receiver(vm, class, receiver)?.value(),
        None => Value::ABSENT,
    };
    payload.class.set(class.value());
    payload.receiver.set(receiver.unwrap_or(Value::ABSENT));
    payload.receiver_class.set(receiver_class);
    Ok(Value::NONE)
}

/// The class and first argument of the method that runs: those of `super()`.
fn enclosing_method(vm: &mut Vm) -> R<(Type, Value)> {
    let Some(frame) = vm.stack.frames.last().copied() else {
        return Err(vm.runtime_error("super(): no current frame"));
    };
    let code = &**frame.code.get().code;
    if code.arg_count == 0 {
        return Err(vm.runtime_error("super(): no arguments"));
    }
    // SAFETY: the frame is active, and its code has an argument, so register 0 is in its window and initialised.
    let mut first = unsafe { frame.base.read() };
    if code.cell_regs[..code.cellvars.len()].contains(&0) {
        first = CellObject::of(first).map_or(first, CellObject::contents);
    }
    if first.is_absent() || first == Value::UNBOUND {
        return Err(vm.runtime_error("super(): arg[0] deleted"));
    }
    let Some(at) = code.freevars.iter().position(|name| name == "__class__") else {
        return Err(vm.runtime_error("super(): __class__ cell not found"));
    };
    let class = vm.cell_of_frame(&frame, code.cellvars.len() + at);
    if class.is_absent() || class == Value::UNBOUND {
        return Err(vm.runtime_error("super(): empty __class__ cell"));
    }
    match Type::of_value(class) {
        Some(class) => Ok((class, first)),
        None => {
            let given = vm.type_name(class);
            Err(vm.runtime_error(format!("super(): __class__ is not a type ({given})")))
        }
    }
}

/// The class in whose MRO the search runs: that of `receiver`, or `receiver` itself if it is a subclass.
fn check_receiver(vm: &mut Vm, class: Type, receiver: Value) -> R<Type> {
    if let Some(ty) = Type::of_value(receiver)
        && is_subtype(ty, class.obj())
    {
        return Ok(ty);
    }
    let own = vm.type_of(receiver);
    if is_subtype(own, class.obj()) {
        return Ok(own);
    }
    let claimed = vm.find_attr(receiver, vm.names.__class__)?.and_then(Type::of_value);
    match claimed.filter(|claimed| *claimed != own && is_subtype(*claimed, class.obj())) {
        Some(claimed) => Ok(claimed),
        None => Err(bad_receiver(vm, class, receiver)),
    }
}

#[cold]
fn bad_receiver(vm: &mut Vm, class: Type, receiver: Value) -> Raised {
    let (what, name) = match Type::of_value(receiver) {
        Some(ty) => ("type", ty.name_text()),
        None => ("instance of", vm.type_name(receiver)),
    };
    let class = class.name_text();
    vm.type_error(format!(
        "super(type, obj): obj ({what} {name}) is not an instance or subtype of type ({class})."
    ))
}

/// The attribute `name` (interned) of the classes behind `class` in the MRO of `receiver_class`, unbound.
fn find_behind(vm: &mut Vm, class: Type, receiver_class: Type, name: Value) -> Option<Value> {
    let mro = receiver_class.get().mro_items();
    let at = mro.iter().position(|&candidate| candidate == class.value())?;
    mro[at + 1..]
        .iter()
        .find_map(|&candidate| vm.dict_get_name(Type::of_value(candidate)?.dict, name))
}

fn bind_found(vm: &mut Vm, found: Value, receiver: Value, receiver_class: Type) -> R {
    let Some(get) = vm.type_of(found).slots.descr_get.get() else { return Ok(found) };
    let obj = if receiver == receiver_class.value() { Value::ABSENT } else { receiver };
    get(vm, found, obj, receiver_class.value())
}

impl Vm {
    /// `super(class, receiver).name` without making the super object; `None` if none of the classes has it.
    ///
    /// The flag says that the value is a method still to be called with `receiver` as first argument.
    pub fn super_lookup(
        &mut self,
        class: Type,
        receiver: Value,
        name: Value,
    ) -> R<Option<(Value, bool)>> {
        let receiver_class = check_receiver(self, class, receiver)?;
        if name == self.names.__class__ {
            return Ok(Some((self.t.super_.value(), false)));
        }
        let Some(found) = find_behind(self, class, receiver_class, name) else { return Ok(None) };
        if receiver != receiver_class.value()
            && self.type_of(found).has(TypeFlags::METHOD_DESCRIPTOR)
        {
            return Ok(Some((found, true)));
        }
        bind_found(self, found, receiver, receiver_class).map(|value| Some((value, false)))
    }
}

fn super_getattro(vm: &mut Vm, this: Value, name: Value) -> R {
    let payload = of(vm, this)?;
    if name != vm.names.__class__
        && let (Some(class), Some(receiver_class)) =
            (Type::of_value(payload.class.get()), Type::of_value(payload.receiver_class.get()))
        && let Some(found) = find_behind(vm, class, receiver_class, name)
    {
        return bind_found(vm, found, payload.receiver.get(), receiver_class);
    }
    generic_getattro(vm, this, name)
}

fn super_repr(vm: &mut Vm, this: Value) -> R {
    let payload = of(vm, this)?;
    let class = Type::of_value(payload.class.get())
        .map_or_else(|| String::from("NULL"), |class| class.name_text());
    let text = match Type::of_value(payload.receiver_class.get()) {
        Some(receiver_class) => {
            format!("<super: <class '{class}'>, <{} object>>", receiver_class.name_text())
        }
        None => format!("<super: <class '{class}'>, NULL>"),
    };
    Ok(vm.str(&text))
}

/// `super(C).__get__(obj)`: an unbound super object binds itself.
fn super_get(vm: &mut Vm, this: Value, obj: Value, _class: Value) -> R {
    let payload = of(vm, this)?;
    if obj.is_absent() || obj.is_none() || !payload.receiver.get().is_absent() {
        return Ok(this);
    }
    let own = vm.type_of(this);
    let class = payload.class.get();
    if own != vm.t.super_ {
        return vm.call_positional(own.value(), &[class, obj]);
    }
    let Some(class) = Type::of_value(class) else { return Ok(this) };
    let receiver_class = check_receiver(vm, class, obj)?;
    let bound = Super {
        class: class.value().into(),
        receiver: obj.into(),
        receiver_class: receiver_class.value().into(),
    };
    Ok(vm.new_payload(vm.t.super_, bound))
}
