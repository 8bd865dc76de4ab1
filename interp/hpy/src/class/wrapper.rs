//! Special methods of classes with slots: `C.__add__` and so on, which call the C function of their own class.
use haft_core::native::{NativeCall, NativeDef, NativeFlags};
use haft_core::object::NativeFunction;
use haft_core::protocol::slots::ROWS;
use haft_hpy_abi::TypeSlot;

use super::{ClassData, Found, call, function, slot};
use crate::prelude::*;

/// How the arguments of a special method go to the function of the slot.
#[derive(Clone, Copy)]
enum Way {
    Unary,
    Left,
    Right,
    PowerLeft,
    PowerRight,
    InplacePower,
    Test,
    Length,
    Hash,
    Contains,
    ItemByIndex,
    Set,
    Delete,
    SetByIndex,
    DeleteByIndex,
    Repeat,
    Compare(CompareOp),
    New,
    Init,
    Call,
    Finalize,
}

/// The special methods of each slot; when two slots have one name the first counts.
const TABLE: &[(TypeSlot, &[(&str, Way)])] = &[
    (TypeSlot::TpNew, &[("__new__", Way::New)]),
    (TypeSlot::TpInit, &[("__init__", Way::Init)]),
    (TypeSlot::TpCall, &[("__call__", Way::Call)]),
    (TypeSlot::TpRepr, &[("__repr__", Way::Unary)]),
    (TypeSlot::TpStr, &[("__str__", Way::Unary)]),
    (TypeSlot::TpHash, &[("__hash__", Way::Hash)]),
    (TypeSlot::TpFinalize, &[("__del__", Way::Finalize)]),
    (
        TypeSlot::TpRichcompare,
        &[
            ("__lt__", Way::Compare(CompareOp::Lt)),
            ("__le__", Way::Compare(CompareOp::Le)),
            ("__eq__", Way::Compare(CompareOp::Eq)),
            ("__ne__", Way::Compare(CompareOp::Ne)),
            ("__gt__", Way::Compare(CompareOp::Gt)),
            ("__ge__", Way::Compare(CompareOp::Ge)),
        ],
    ),
    (TypeSlot::NbAdd, &[("__add__", Way::Left), ("__radd__", Way::Right)]),
    (TypeSlot::NbSubtract, &[("__sub__", Way::Left), ("__rsub__", Way::Right)]),
    (TypeSlot::NbMultiply, &[("__mul__", Way::Left), ("__rmul__", Way::Right)]),
    (TypeSlot::NbTrueDivide, &[("__truediv__", Way::Left), ("__rtruediv__", Way::Right)]),
    (TypeSlot::NbFloorDivide, &[("__floordiv__", Way::Left), ("__rfloordiv__", Way::Right)]),
    (TypeSlot::NbRemainder, &[("__mod__", Way::Left), ("__rmod__", Way::Right)]),
    (TypeSlot::NbDivmod, &[("__divmod__", Way::Left), ("__rdivmod__", Way::Right)]),
    (TypeSlot::NbPower, &[("__pow__", Way::PowerLeft), ("__rpow__", Way::PowerRight)]),
    (TypeSlot::NbMatrixMultiply, &[("__matmul__", Way::Left), ("__rmatmul__", Way::Right)]),
    (TypeSlot::NbLshift, &[("__lshift__", Way::Left), ("__rlshift__", Way::Right)]),
    (TypeSlot::NbRshift, &[("__rshift__", Way::Left), ("__rrshift__", Way::Right)]),
    (TypeSlot::NbAnd, &[("__and__", Way::Left), ("__rand__", Way::Right)]),
    (TypeSlot::NbOr, &[("__or__", Way::Left), ("__ror__", Way::Right)]),
    (TypeSlot::NbXor, &[("__xor__", Way::Left), ("__rxor__", Way::Right)]),
    (TypeSlot::NbNegative, &[("__neg__", Way::Unary)]),
    (TypeSlot::NbPositive, &[("__pos__", Way::Unary)]),
    (TypeSlot::NbAbsolute, &[("__abs__", Way::Unary)]),
    (TypeSlot::NbInvert, &[("__invert__", Way::Unary)]),
    (TypeSlot::NbBool, &[("__bool__", Way::Test)]),
    (TypeSlot::NbInt, &[("__int__", Way::Unary)]),
    (TypeSlot::NbFloat, &[("__float__", Way::Unary)]),
    (TypeSlot::NbIndex, &[("__index__", Way::Unary)]),
    (TypeSlot::NbInplaceAdd, &[("__iadd__", Way::Left)]),
    (TypeSlot::NbInplaceSubtract, &[("__isub__", Way::Left)]),
    (TypeSlot::NbInplaceMultiply, &[("__imul__", Way::Left)]),
    (TypeSlot::NbInplaceTrueDivide, &[("__itruediv__", Way::Left)]),
    (TypeSlot::NbInplaceFloorDivide, &[("__ifloordiv__", Way::Left)]),
    (TypeSlot::NbInplaceRemainder, &[("__imod__", Way::Left)]),
    (TypeSlot::NbInplacePower, &[("__ipow__", Way::InplacePower)]),
    (TypeSlot::NbInplaceMatrixMultiply, &[("__imatmul__", Way::Left)]),
    (TypeSlot::NbInplaceLshift, &[("__ilshift__", Way::Left)]),
    (TypeSlot::NbInplaceRshift, &[("__irshift__", Way::Left)]),
    (TypeSlot::NbInplaceAnd, &[("__iand__", Way::Left)]),
    (TypeSlot::NbInplaceOr, &[("__ior__", Way::Left)]),
    (TypeSlot::NbInplaceXor, &[("__ixor__", Way::Left)]),
    (TypeSlot::MpLength, &[("__len__", Way::Length)]),
    (TypeSlot::MpSubscript, &[("__getitem__", Way::Left)]),
    (TypeSlot::MpAssSubscript, &[("__setitem__", Way::Set), ("__delitem__", Way::Delete)]),
    (TypeSlot::SqLength, &[("__len__", Way::Length)]),
    (TypeSlot::SqItem, &[("__getitem__", Way::ItemByIndex)]),
    (TypeSlot::SqAssItem, &[("__setitem__", Way::SetByIndex), ("__delitem__", Way::DeleteByIndex)]),
    (TypeSlot::SqContains, &[("__contains__", Way::Contains)]),
    (TypeSlot::SqConcat, &[("__add__", Way::Left)]),
    (TypeSlot::SqRepeat, &[("__mul__", Way::Repeat), ("__rmul__", Way::Repeat)]),
    (TypeSlot::SqInplaceConcat, &[("__iadd__", Way::Left)]),
    (TypeSlot::SqInplaceRepeat, &[("__imul__", Way::Repeat)]),
];

/// One special method of one class; never freed.
struct Wrapper {
    found: Found,
    name: &'static str,
    way: Way,
}

/// Put the special methods of its slots into the namespace of a class.
pub(super) fn add(vm: &mut Vm, class: Type, data: &ClassData) {
    for &(slot, methods) in TABLE {
        let Some(function) = data.function(slot) else { continue };
        for &(name, way) in methods {
            let key = vm.intern(name);
            if vm.dict_get_name(class.dict, key).is_some() {
                continue;
            }
            let wrapper = Wrapper { found: Found { cx: data.cx, function }, name, way };
            let method = make(vm, class, wrapper);
            vm.dict_set_name(class.dict, key, method);
        }
    }
}

fn make(vm: &mut Vm, class: Type, wrapper: Wrapper) -> Value {
    let known = ROWS.iter().find(|row| row.def.name == wrapper.name);
    let (sig, doc) = known.map_or(("", ""), |row| (row.def.sig, row.def.doc.trim()));
    let of = match wrapper.way {
        Way::New => vm.t.native_function,
        _ => vm.t.wrapper_descriptor,
    };
    let name = wrapper.name;
    // Kept for good, like the functions themselves.
    let data = std::ptr::from_ref(Box::leak(Box::new(wrapper))).expose_provenance();
    let call = NativeCall::Foreign(run, data);
    let row = NativeDef { name, sig, doc, call, flags: NativeFlags::Method };
    let row: &'static NativeDef = Box::leak(Box::new(row));
    vm.native_function_of(of, row, Value::ABSENT, class.value(), Value::ABSENT)
}

/// Call a special method.
fn run(vm: &mut Vm, function: PayloadRef<NativeFunction>, receiver: Value, args: &Args<'_>) -> R {
    let NativeCall::Foreign(_, data) = function.def.call else {
        return Err(vm.system_error("not a function of an extension module"));
    };
    let data = std::ptr::with_exposed_provenance::<Wrapper>(data);
    // SAFETY: rows with this function are made by `make` only, with the address of a wrapper that lives forever.
    let wrapper = unsafe { &*data };
    if let Way::New = wrapper.way {
        return new(vm, function, wrapper, args);
    }
    let Some((this, vals)) = function::matching(vm, function, receiver, args) else {
        return Err(wrong_receiver(vm, function, args));
    };
    let f = wrapper.found;
    let rest = Args { vals, names: args.names };
    match wrapper.way {
        Way::Call => return call::call_with(vm, this, f, &rest),
        Way::Init => return slot::init(vm, f, this, &rest),
        _ => {}
    }
    if !args.names.is_empty() {
        let name = wrapper.name;
        return Err(vm.type_error(format!("wrapper {name}() takes no keyword arguments")));
    }
    apply(vm, wrapper, this, vals)
}

#[cold]
fn wrong_receiver(vm: &mut Vm, function: PayloadRef<NativeFunction>, args: &Args<'_>) -> Raised {
    let name = function.def.name;
    let owner = Type::of_value(function.owner.get());
    let owner = owner.map_or_else(String::new, |owner| owner.shown_name());
    match args.vals.first().filter(|_| args.n_positional() > 0) {
        Some(&this) => {
            let given = vm.type_name(this);
            vm.type_error(format!(
                "descriptor '{name}' requires a '{owner}' object but received a '{given}'"
            ))
        }
        None => vm.type_error(format!("descriptor '{name}' of '{owner}' object needs an argument")),
    }
}

/// Exactly `N` arguments.
fn exactly<const N: usize>(vm: &mut Vm, vals: &[Value]) -> R<[Value; N]> {
    <[Value; N]>::try_from(vals).map_err(|_| {
        let (plural, given) = (if N == 1 { "" } else { "s" }, vals.len());
        vm.type_error(format!("expected {N} argument{plural}, got {given}"))
    })
}

fn apply(vm: &mut Vm, wrapper: &Wrapper, this: Value, vals: &[Value]) -> R {
    let f = wrapper.found;
    let done = |()| Value::NONE;
    match wrapper.way {
        Way::Unary => exactly::<0>(vm, vals).and_then(|_| slot::unary(vm, f, this)),
        Way::Finalize => exactly::<0>(vm, vals).and_then(|_| slot::finalize(vm, f, this)),
        Way::Test => {
            exactly::<0>(vm, vals)?;
            slot::inquiry(vm, f, this).map(Value::bool)
        }
        Way::Length => {
            exactly::<0>(vm, vals)?;
            let len = slot::length(vm, f, this)?;
            Ok(vm.int(len as i64))
        }
        Way::Hash => {
            exactly::<0>(vm, vals)?;
            let hash = slot::hash(vm, f, this)?;
            Ok(vm.int(hash))
        }
        Way::Set | Way::SetByIndex => {
            let [key, to] = exactly(vm, vals)?;
            set(vm, wrapper, this, (key, to)).map(done)
        }
        Way::Delete | Way::DeleteByIndex => {
            let [key] = exactly(vm, vals)?;
            set(vm, wrapper, this, (key, Value::ABSENT)).map(done)
        }
        Way::PowerLeft | Way::PowerRight => power(vm, wrapper, this, vals),
        _ => {
            let [other] = exactly(vm, vals)?;
            apply_two(vm, wrapper, this, other)
        }
    }
}

fn set(vm: &mut Vm, wrapper: &Wrapper, this: Value, (key, to): (Value, Value)) -> R<()> {
    match wrapper.way {
        Way::SetByIndex | Way::DeleteByIndex => {
            let at = slot::index_for(vm, this, key)?;
            slot::set_by_index(vm, wrapper.found, this, at, to)
        }
        _ => slot::set_by_key(vm, wrapper.found, this, key, to),
    }
}

fn power(vm: &mut Vm, wrapper: &Wrapper, this: Value, vals: &[Value]) -> R {
    let (other, modulus) = match vals {
        [other] => (*other, Value::NONE),
        [other, modulus] => (*other, *modulus),
        _ => {
            let given = vals.len();
            return Err(vm.type_error(format!("expected 1 or 2 arguments, got {given}")));
        }
    };
    match wrapper.way {
        Way::PowerRight => slot::ternary(vm, wrapper.found, other, this, modulus),
        _ => slot::ternary(vm, wrapper.found, this, other, modulus),
    }
}

fn apply_two(vm: &mut Vm, wrapper: &Wrapper, this: Value, other: Value) -> R {
    let f = wrapper.found;
    match wrapper.way {
        Way::Right => slot::binary(vm, f, other, this),
        Way::InplacePower => slot::ternary(vm, f, this, other, Value::NONE),
        Way::Contains => slot::contains(vm, f, this, other).map(Value::bool),
        Way::ItemByIndex => {
            let at = slot::index_for(vm, this, other)?;
            slot::by_index(vm, f, this, at)
        }
        Way::Repeat => {
            let count = slot::count_for(vm, other)?;
            slot::by_index(vm, f, this, count)
        }
        Way::Compare(op) => slot::compare(vm, f, this, other, op),
        _ => slot::binary(vm, f, this, other),
    }
}

/// `C.__new__(D, …)`, where D must be a subclass of C.
fn new(vm: &mut Vm, function: PayloadRef<NativeFunction>, wrapper: &Wrapper, args: &Args<'_>) -> R {
    let owner = function.owner.get();
    let name = Type::of_value(owner).map_or_else(String::new, |owner| owner.shown_name());
    let Some((&first, rest)) = args.vals.split_first().filter(|_| args.n_positional() > 0) else {
        return Err(vm.type_error(format!("{name}.__new__(): not enough arguments")));
    };
    let Some(class) = Type::of_value(first) else {
        let given = vm.type_name(first);
        return Err(vm.type_error(format!("{name}.__new__(X): X is not a type object ({given})")));
    };
    if !owner.as_ptr().is_some_and(|owner| is_subtype(class, owner)) {
        let class = class.shown_name();
        return Err(
            vm.type_error(format!("{name}.__new__({class}): {class} is not a subtype of {name}"))
        );
    }
    slot::new(vm, wrapper.found, first, &Args { vals: rest, names: args.names })
}
