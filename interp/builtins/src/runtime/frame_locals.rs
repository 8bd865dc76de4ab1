//! `frame.f_locals` of a function: a mapping that writes through to the variables (PEP 667).
use haft_core::interp::FrameObject;
use haft_core::object::{CompareOp, Dict, PayloadRef, Slots, Type, TypeFlags};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{Args, R, Tracer, Value, Vm, natives, payload};

payload! {
    /// Shows the variables of a frame.
    struct FrameLocals {
        frame: PayloadRef<FrameObject>,
    }
}

#[derive(Debug)]
struct Class(Type);

impl Extension for Class {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.0.obj());
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

pub(super) fn install(vm: &mut Vm) {
    let class = vm.new_builtin_type(&TypeSpec {
        flags: TypeFlags::MAPPING,
        slots,
        methods: METHODS,
        ..TypeSpec::of::<FrameLocals>("FrameLocalsProxy")
    });
    vm.set_extension(Class(class));
}

/// The mapping of a function's frame.
pub(super) fn proxy(vm: &mut Vm, frame: PayloadRef<FrameObject>) -> Value {
    let class = vm.extension::<Class>().expect("`install` made it").0;
    vm.new_payload(class, FrameLocals { frame })
}

fn slots(s: &Slots) {
    s.new.set(Some(new));
    s.repr.set(Some(repr));
    s.getitem.set(Some(get_item));
    s.setitem.set(Some(set_item));
    s.contains.set(Some(contains));
    s.len.set(Some(|vm, this| Ok(as_dict(vm, this)?.len())));
    s.iter.set(Some(|vm, this| {
        let dict = as_dict(vm, this)?;
        vm.iterate(dict.value())
    }));
    s.compare.set(Some(compare));
    s.or.set(Some(or));
}

natives! {
    static METHODS = {
        get "($self, key, default=None, /)" => get;
        keys "($self, /)" => |vm, args| through(vm, args, "keys");
        values "($self, /)" => |vm, args| through(vm, args, "values");
        items "($self, /)" => |vm, args| through(vm, args, "items");
        copy "($self, /)" => |vm, args| Ok(as_dict(vm, args[0])?.value());
        __reversed__ "($self, /)" => |vm, args| through(vm, args, "__reversed__");
        setdefault "($self, key, default=None, /)" => set_default;
        pop "($self, key, default=<absent>, /)" => |vm, _| Err(cannot_remove(vm));
        raw update "($self, other, /)" => update;
    }
}

fn frame(vm: &mut Vm, this: Value) -> R<PayloadRef<FrameObject>> {
    let proxy: PayloadRef<FrameLocals> = vm.this(this, "f_locals", "FrameLocalsProxy")?;
    Ok(proxy.frame)
}

fn as_dict(vm: &mut Vm, this: Value) -> R<Dict> {
    let frame = frame(vm, this)?;
    vm.frame_variables(&frame)
}

fn cannot_remove(vm: &mut Vm) -> haft_core::Raised {
    vm.value_error("cannot remove local variables from FrameLocalsProxy")
}

fn new(vm: &mut Vm, _class: Value, args: &Args<'_>) -> R {
    let &[given] = args.positionals() else {
        let n = args.n_positional();
        return Err(vm.type_error(format!("FrameLocalsProxy expected 1 argument, got {n}")));
    };
    match PayloadRef::<FrameObject>::of_value(given) {
        Some(frame) => Ok(proxy(vm, frame)),
        None => {
            let class = vm.type_name(given);
            Err(vm.type_error(format!("expect frame, not {class}")))
        }
    }
}

fn through(vm: &mut Vm, args: &[Value], method: &str) -> R {
    let dict = as_dict(vm, args[0])?;
    let found = vm.call_method_str(dict.value(), method, &[])?;
    if method == "__reversed__" { Ok(found) } else { Ok(vm.list_of(found)?.value()) }
}

fn find(vm: &mut Vm, this: Value, key: Value) -> R<Option<Value>> {
    let dict = as_dict(vm, this)?;
    vm.dict_get(dict, key)
}

fn get_item(vm: &mut Vm, this: Value, key: Value) -> R {
    match find(vm, this, key)? {
        Some(value) => Ok(value),
        None => {
            let shown = vm.repr_text(key)?;
            let message = vm.str(&format!("local variable {shown} is not defined"));
            Err(vm.key_error(message))
        }
    }
}

fn set_item(vm: &mut Vm, this: Value, key: Value, value: Value) -> R<()> {
    if value.is_absent() {
        return Err(cannot_remove(vm));
    }
    let frame = frame(vm, this)?;
    vm.set_frame_variable(&frame, key, value)
}

fn contains(vm: &mut Vm, this: Value, key: Value) -> R<bool> {
    Ok(find(vm, this, key)?.is_some())
}

fn get(vm: &mut Vm, args: &[Value]) -> R {
    Ok(find(vm, args[0], args[1])?.unwrap_or(args[2]))
}

fn set_default(vm: &mut Vm, args: &[Value]) -> R {
    if let Some(found) = find(vm, args[0], args[1])? {
        return Ok(found);
    }
    set_item(vm, args[0], args[1], args[2])?;
    Ok(args[2])
}

fn update(vm: &mut Vm, args: &Args<'_>) -> R {
    let &[this, other] = args.positionals() else {
        return Err(vm.type_error("update() takes exactly one argument"));
    };
    let new = vm.dict();
    vm.dict_update(new, other)?;
    for (key, value) in new.iter() {
        set_item(vm, this, key, value)?;
    }
    Ok(Value::NONE)
}

fn repr(vm: &mut Vm, this: Value) -> R {
    if !vm.enter_repr(this) {
        return Ok(vm.str("{...}"));
    }
    let text = as_dict(vm, this).and_then(|dict| vm.repr(dict.value()));
    vm.leave_repr();
    text
}

fn compare(vm: &mut Vm, this: Value, other: Value, op: CompareOp) -> R {
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let equal = match PayloadRef::<FrameLocals>::of_value(other) {
        Some(other) => frame(vm, this)? == other.frame,
        None if vm.as_dict(other).is_some() => {
            let dict = as_dict(vm, this)?;
            vm.equals(dict.value(), other)?
        }
        None => return Ok(Value::NOT_IMPLEMENTED),
    };
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}

fn or(vm: &mut Vm, left: Value, right: Value) -> R {
    let result = vm.dict();
    for operand in [left, right] {
        let source = match PayloadRef::<FrameLocals>::of_value(operand) {
            Some(_) => as_dict(vm, operand)?.value(),
            None if vm.as_dict(operand).is_some() => operand,
            None => return Ok(Value::NOT_IMPLEMENTED),
        };
        vm.dict_update(result, source)?;
    }
    Ok(result.value())
}
