//! `traceback`: where an exception came through.
use haft_core::interp::FrameObject;
use haft_core::object::{PayloadRef, Slots, Traceback};
use haft_core::vm::Args;
use haft_core::{R, Value, Vm, getsets, natives};

use crate::error::report::traceback_line;

pub(super) fn install(vm: &mut Vm) {
    const DOC: &str = "Create a new traceback object.";
    vm.fill_type(vm.t.traceback, DOC, |s: &Slots| s.new.set(Some(new)), METHODS, GETSETS);
    vm.ready_type(vm.t.traceback);
}

natives! {
    static METHODS = {
        __dir__ "($self, /)" => dir;
    }
}

getsets! {
    static GETSETS = {
        tb_next => |vm, value| Ok(this(vm, value)?.next.get()), set_next;
        tb_frame => |vm, value| { let entry = this(vm, value)?; Ok(vm.traceback_frame(entry)) };
        tb_lasti => |vm, value| Ok(Value::small(2 * this(vm, value)?.pc.cast_signed()));
        tb_lineno => |vm, value| Ok(Value::small(traceback_line(&*this(vm, value)?).cast_signed()));
    }
}

fn this(vm: &mut Vm, value: Value) -> R<PayloadRef<Traceback>> {
    vm.this(value, "tb_next", "traceback")
}

/// `traceback(tb_next, tb_frame, tb_lasti, tb_lineno)`
fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let class = crate::arguments::class_of(vm, class)?;
    let bound = vm.bind_signature("traceback", "(tb_next, tb_frame, tb_lasti, tb_lineno)", args)?;
    let next = bound[0];
    if !next.is_none() && PayloadRef::<Traceback>::of_value(next).is_none() {
        let name = vm.type_name(next);
        return Err(vm.type_error(format!("expected traceback object or None, got '{name}'")));
    }
    let Some(frame) = PayloadRef::<FrameObject>::of_value(bound[1]) else {
        let name = vm.type_name(bound[1]);
        return Err(
            vm.type_error(format!("traceback() argument 'tb_frame' must be frame, not {name}"))
        );
    };
    let (last, line) = (vm.index_of(bound[2])?, vm.index_of(bound[3])?);
    let entry = Traceback {
        next: next.into(),
        outer: Value::ABSENT.into(),
        code: frame.code,
        globals: frame.globals,
        pc: u32::try_from(last / 2).unwrap_or(0),
        line: u32::try_from(line).unwrap_or(0).into(),
        locals: Value::ABSENT.into(),
        frame: bound[1].into(),
    };
    Ok(vm.new_payload(class, entry))
}

fn set_next(vm: &mut Vm, value: Value, new: Value) -> R<()> {
    let entry = this(vm, value)?;
    if new.is_absent() {
        return Err(vm.type_error("can't delete tb_next attribute"));
    }
    if !new.is_none() && PayloadRef::<Traceback>::of_value(new).is_none() {
        let name = vm.type_name(new);
        return Err(vm.type_error(format!("expected traceback object, got '{name}'")));
    }
    let mut at = PayloadRef::<Traceback>::of_value(new);
    while let Some(link) = at {
        if link == entry {
            return Err(vm.value_error("traceback loop detected"));
        }
        at = PayloadRef::of_value(link.next.get());
    }
    entry.next.set(new);
    Ok(())
}

fn dir(vm: &mut Vm, _: &[Value]) -> R {
    let names = ["tb_frame", "tb_next", "tb_lasti", "tb_lineno"].map(|name| vm.intern(name));
    Ok(vm.list(&names))
}
