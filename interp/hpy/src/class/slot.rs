//! Slots of classes: for each slot of HPy a function of Haft's slot table that finds the C function by the class.
//!
//! The functions of Haft's table get no data, so they look for the C function in the classes of the operands' MROs. A
//! class of Python that overrides a method has another function in the slot; so an operand counts only if its class has
//! the function at hand in the slot.
use haft_core::object::{
    Binary, Calling, Comparing, Contains, Length, Setter, Slots, Ternary, Test, Unary,
};
use haft_hpy_abi::{HPy, TypeSlot};

use super::call::call as call_slot;
use super::invoke::invoke;
use super::{ClassData, Found, buffer, call, find};
use crate::handle::{borrowed, checked, raised, taken};
use crate::prelude::*;

/// The C function of a slot that the class of `value` has.
fn found(vm: &mut Vm, value: Value, slot: TypeSlot) -> R<Found> {
    let class = vm.type_of(value);
    find(class, slot).ok_or_else(|| missing(vm, class, slot))
}

#[cold]
fn missing(vm: &mut Vm, class: Type, slot: TypeSlot) -> Raised {
    let name = class.shown_name();
    vm.type_error(format!("'{name}' object does not support {}", slot.c_name()))
}

// ---- calls by signature

pub(super) fn unary(vm: &mut Vm, f: Found, this: Value) -> R {
    let result = invoke!(vm, f, Unary(arg0: borrowed(this)), HPy::NULL);
    taken(vm, result)
}

pub(super) fn binary(vm: &mut Vm, f: Found, a: Value, b: Value) -> R {
    let result = invoke!(vm, f, Binary(arg0: borrowed(a), arg1: borrowed(b)), HPy::NULL);
    taken(vm, result)
}

pub(super) fn ternary(vm: &mut Vm, f: Found, a: Value, b: Value, c: Value) -> R {
    let result = invoke!(
        vm,
        f,
        Ternary(arg0: borrowed(a), arg1: borrowed(b), arg2: borrowed(c)),
        HPy::NULL
    );
    taken(vm, result)
}

pub(super) fn by_index(vm: &mut Vm, f: Found, this: Value, at: isize) -> R {
    let result = invoke!(vm, f, SsizeArg(arg0: borrowed(this), arg1: at), HPy::NULL);
    taken(vm, result)
}

pub(super) fn inquiry(vm: &mut Vm, f: Found, this: Value) -> R<bool> {
    let answer = invoke!(vm, f, Inquiry(arg0: borrowed(this)), 0);
    checked(vm, answer)?;
    Ok(answer != 0)
}

pub(super) fn length(vm: &mut Vm, f: Found, this: Value) -> R<isize> {
    let len = invoke!(vm, f, Len(arg0: borrowed(this)), 0);
    if len < 0 { Err(raised(vm)) } else { Ok(len) }
}

/// The hash, which is -1 without an exception too.
pub(super) fn hash(vm: &mut Vm, f: Found, this: Value) -> R<i64> {
    let hash = invoke!(vm, f, Hash(arg0: borrowed(this)), 0);
    if hash == -1 && !vm.stack.raised.is_absent() { Err(raised(vm)) } else { Ok(hash as i64) }
}

pub(super) fn contains(vm: &mut Vm, f: Found, this: Value, item: Value) -> R<bool> {
    let answer = invoke!(vm, f, ObjObj(arg0: borrowed(this), arg1: borrowed(item)), 0);
    checked(vm, answer)?;
    Ok(answer != 0)
}

pub(super) fn set_by_key(vm: &mut Vm, f: Found, this: Value, key: Value, to: Value) -> R<()> {
    let result = invoke!(
        vm,
        f,
        ObjObjArg(arg0: borrowed(this), arg1: borrowed(key), arg2: borrowed(to)),
        0
    );
    checked(vm, result)
}

pub(super) fn set_by_index(vm: &mut Vm, f: Found, this: Value, at: isize, to: Value) -> R<()> {
    let result = invoke!(vm, f, SsizeObjArg(arg0: borrowed(this), arg1: at, arg2: borrowed(to)), 0);
    checked(vm, result)
}

pub(super) fn compare(vm: &mut Vm, f: Found, a: Value, b: Value, op: CompareOp) -> R {
    let result = invoke!(
        vm,
        f,
        RichCmp(arg0: borrowed(a), arg1: borrowed(b), arg2: op as i32),
        HPy::NULL
    );
    taken(vm, result)
}

pub(super) fn finalize(vm: &mut Vm, f: Found, this: Value) -> R {
    invoke!(vm, f, Destructor(arg0: borrowed(this)), ());
    if vm.stack.raised.is_absent() { Ok(Value::NONE) } else { Err(raised(vm)) }
}

/// The keyword arguments as a dict, or ABSENT.
fn keywords(vm: &mut Vm, args: &Args<'_>) -> Value {
    if args.names.is_empty() {
        return Value::ABSENT;
    }
    let dict = vm.dict();
    for (name, value) in args.keywords() {
        let name = vm.intern_str(name);
        vm.dict_set_name(dict, name, value);
    }
    dict.value()
}

pub(super) fn new(vm: &mut Vm, f: Found, class: Value, args: &Args<'_>) -> R {
    let kw = keywords(vm, args);
    let (handles, nargs) = (args.vals.as_ptr().cast(), args.n_positional().cast_signed());
    let result = invoke!(
        vm,
        f,
        New(self_: borrowed(class), args: handles, nargs: nargs, kw: borrowed(kw)),
        HPy::NULL
    );
    taken(vm, result)
}

pub(super) fn init(vm: &mut Vm, f: Found, this: Value, args: &Args<'_>) -> R {
    let kw = keywords(vm, args);
    let (handles, nargs) = (args.vals.as_ptr().cast(), args.n_positional().cast_signed());
    let result = invoke!(
        vm,
        f,
        Init(self_: borrowed(this), args: handles, nargs: nargs, kw: borrowed(kw)),
        0
    );
    checked(vm, result)?;
    Ok(Value::NONE)
}

// ---- sequences by index

/// An index for C: `operator.index`, and counted from the start if the class has a length.
pub(super) fn index_for(vm: &mut Vm, this: Value, key: Value) -> R<isize> {
    if !vm.is_int(key) && vm.type_of(key).slots.index.get().is_none() {
        let given = vm.type_name(key);
        return Err(vm.type_error(format!("sequence index must be integer, not '{given}'")));
    }
    let index = vm.index_value(key)?;
    let Some(at) = vm.as_int(index) else {
        let given = vm.type_name(key);
        return Err(vm.index_error(format!("cannot fit '{given}' into an index-sized integer")));
    };
    let class = vm.type_of(this);
    match find(class, TypeSlot::SqLength) {
        Some(f) if at < 0 => Ok(at as isize + length(vm, f, this)?),
        _ => Ok(at as isize),
    }
}

pub(super) fn getitem(vm: &mut Vm, this: Value, key: Value) -> R {
    let class = vm.type_of(this);
    if let Some(f) = find(class, TypeSlot::MpSubscript) {
        return binary(vm, f, this, key);
    }
    let f = found(vm, this, TypeSlot::SqItem)?;
    let at = index_for(vm, this, key)?;
    by_index(vm, f, this, at)
}

pub(super) fn setitem(vm: &mut Vm, this: Value, key: Value, to: Value) -> R<()> {
    let class = vm.type_of(this);
    if let Some(f) = find(class, TypeSlot::MpAssSubscript) {
        return set_by_key(vm, f, this, key, to);
    }
    let f = found(vm, this, TypeSlot::SqAssItem)?;
    let at = index_for(vm, this, key)?;
    set_by_index(vm, f, this, at, to)
}

fn len(vm: &mut Vm, this: Value) -> R<usize> {
    let class = vm.type_of(this);
    let f = match find(class, TypeSlot::SqLength) {
        Some(f) => f,
        None => found(vm, this, TypeSlot::MpLength)?,
    };
    Ok(length(vm, f, this)?.cast_unsigned())
}

/// A number of repetitions for C.
pub(super) fn count_for(vm: &mut Vm, count: Value) -> R<isize> {
    let index = vm.index_value(count)?;
    match vm.as_int(index) {
        Some(count) => Ok(count as isize),
        None => {
            let given = vm.type_name(count);
            Err(vm.overflow_error(format!("cannot fit '{given}' into an index-sized integer")))
        }
    }
}

fn repeat(vm: &mut Vm, this: Value, count: Value) -> R {
    let f = found(vm, this, TypeSlot::SqRepeat)?;
    let count = count_for(vm, count)?;
    by_index(vm, f, this, count)
}

// ---- operators

/// An operator that either operand's class may have: slot and how to see that a class has this very function.
struct Operator {
    slot: TypeSlot,
    is_in: fn(&Slots) -> bool,
}

/// Try the functions of both classes, a subclass's first.
fn operate(
    vm: &mut Vm,
    operator: &Operator,
    (a, b): (Value, Value),
    apply: impl Fn(&mut Vm, Found) -> R,
) -> R {
    let (left_class, right_class) = (vm.type_of(a), vm.type_of(b));
    let own = |class: Type| {
        if (operator.is_in)(&class.slots) { find(class, operator.slot) } else { None }
    };
    let left = own(left_class);
    let mut right = if left_class == right_class { None } else { own(right_class) };
    if let (Some(f), Some(g)) = (left, right) {
        if f.is(g) {
            right = None;
        } else if is_subtype(right_class, left_class.obj()) {
            let result = apply(vm, g)?;
            if result != Value::NOT_IMPLEMENTED {
                return Ok(result);
            }
            right = None;
        }
    }
    for f in [left, right].into_iter().flatten() {
        let result = apply(vm, f)?;
        if result != Value::NOT_IMPLEMENTED {
            return Ok(result);
        }
    }
    Ok(Value::NOT_IMPLEMENTED)
}

macro_rules! unaries {
    ($($name:ident $slot:ident;)+) => { $(
        fn $name(vm: &mut Vm, this: Value) -> R {
            let f = found(vm, this, TypeSlot::$slot)?;
            unary(vm, f, this)
        }
    )+ };
}

unaries! {
    tp_repr TpRepr;
    tp_str TpStr;
    nb_negative NbNegative;
    nb_positive NbPositive;
    nb_absolute NbAbsolute;
    nb_invert NbInvert;
    nb_int NbInt;
    nb_float NbFloat;
    nb_index NbIndex;
}

macro_rules! binaries {
    ($($name:ident $slot:ident $field:ident;)+) => { $(
        fn $name(vm: &mut Vm, a: Value, b: Value) -> R {
            let operator = Operator {
                slot: TypeSlot::$slot,
                is_in: |slots| {
                    slots.$field.get().is_some_and(|f| std::ptr::fn_addr_eq(f, $name as Binary))
                },
            };
            operate(vm, &operator, (a, b), |vm, f| binary(vm, f, a, b))
        }
    )+ };
}

binaries! {
    nb_add NbAdd add;
    nb_subtract NbSubtract sub;
    nb_multiply NbMultiply mul;
    nb_true_divide NbTrueDivide truediv;
    nb_floor_divide NbFloorDivide floordiv;
    nb_remainder NbRemainder rem;
    nb_divmod NbDivmod divmod;
    nb_matrix_multiply NbMatrixMultiply matmul;
    nb_lshift NbLshift lshift;
    nb_rshift NbRshift rshift;
    nb_and NbAnd and;
    nb_or NbOr or;
    nb_xor NbXor xor;
}

fn nb_power(vm: &mut Vm, a: Value, b: Value, modulus: Value) -> R {
    let operator = Operator {
        slot: TypeSlot::NbPower,
        is_in: |slots| {
            slots.pow.get().is_some_and(|f| std::ptr::fn_addr_eq(f, nb_power as Ternary))
        },
    };
    operate(vm, &operator, (a, b), |vm, f| ternary(vm, f, a, b, modulus))
}

macro_rules! left_binaries {
    ($($name:ident $slot:ident;)+) => { $(
        fn $name(vm: &mut Vm, a: Value, b: Value) -> R {
            let f = found(vm, a, TypeSlot::$slot)?;
            binary(vm, f, a, b)
        }
    )+ };
}

left_binaries! {
    nb_inplace_subtract NbInplaceSubtract;
    nb_inplace_true_divide NbInplaceTrueDivide;
    nb_inplace_floor_divide NbInplaceFloorDivide;
    nb_inplace_remainder NbInplaceRemainder;
    nb_inplace_matrix_multiply NbInplaceMatrixMultiply;
    nb_inplace_lshift NbInplaceLshift;
    nb_inplace_rshift NbInplaceRshift;
    nb_inplace_and NbInplaceAnd;
    nb_inplace_or NbInplaceOr;
    nb_inplace_xor NbInplaceXor;
    sq_concat SqConcat;
}

fn inplace_add(vm: &mut Vm, a: Value, b: Value) -> R {
    let class = vm.type_of(a);
    if let Some(f) = find(class, TypeSlot::NbInplaceAdd) {
        return binary(vm, f, a, b);
    }
    let f = found(vm, a, TypeSlot::SqInplaceConcat)?;
    binary(vm, f, a, b)
}

fn inplace_multiply(vm: &mut Vm, a: Value, b: Value) -> R {
    let class = vm.type_of(a);
    if let Some(f) = find(class, TypeSlot::NbInplaceMultiply) {
        return binary(vm, f, a, b);
    }
    let f = found(vm, a, TypeSlot::SqInplaceRepeat)?;
    let count = count_for(vm, b)?;
    by_index(vm, f, a, count)
}

fn inplace_power(vm: &mut Vm, a: Value, b: Value) -> R {
    let f = found(vm, a, TypeSlot::NbInplacePower)?;
    ternary(vm, f, a, b, Value::NONE)
}

fn tp_hash(vm: &mut Vm, this: Value) -> R<i64> {
    let f = found(vm, this, TypeSlot::TpHash)?;
    let hash = hash(vm, f, this)?;
    Ok(if hash == -1 { -2 } else { hash })
}

fn nb_bool(vm: &mut Vm, this: Value) -> R<bool> {
    let f = found(vm, this, TypeSlot::NbBool)?;
    inquiry(vm, f, this)
}

fn sq_contains(vm: &mut Vm, this: Value, item: Value) -> R<bool> {
    let f = found(vm, this, TypeSlot::SqContains)?;
    contains(vm, f, this, item)
}

fn tp_richcompare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    let f = found(vm, a, TypeSlot::TpRichcompare)?;
    compare(vm, f, a, b, op)
}

pub(super) fn tp_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let f = Type::of_value(class).and_then(|class| find(class, TypeSlot::TpNew));
    match f {
        Some(f) => new(vm, f, class, args),
        None => Err(vm.type_error("HPy_tp_new of something that is no class")),
    }
}

fn tp_init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let f = found(vm, this, TypeSlot::TpInit)?;
    init(vm, f, this, args)
}

fn tp_finalize(vm: &mut Vm, this: Value) -> R {
    let f = found(vm, this, TypeSlot::TpFinalize)?;
    finalize(vm, f, this)
}

macro_rules! own {
    ($($slot:ident $field:ident $function:ident $ty:ty;)+) => {
        /// Is the operation of this slot, in the class, the C function that [`find`] gives? A method of Python may have
        /// taken its place. Known of operators only.
        pub(super) fn is_own(class: Type, slot: TypeSlot) -> bool {
            let slots = &class.slots;
            match slot {
                $( TypeSlot::$slot => {
                    slots.$field.get().is_some_and(|f| std::ptr::fn_addr_eq(f, $function as $ty))
                } )+
                _ => false,
            }
        }
    };
}

own! {
    TpRichcompare compare tp_richcompare Comparing;
    TpCall call call_slot Calling;
    SqContains contains sq_contains Contains;
    NbBool bool nb_bool Test;
    SqLength len len Length;
    MpLength len len Length;
    NbAdd add nb_add Binary;
    NbSubtract sub nb_subtract Binary;
    NbMultiply mul nb_multiply Binary;
    NbTrueDivide truediv nb_true_divide Binary;
    NbFloorDivide floordiv nb_floor_divide Binary;
    NbRemainder rem nb_remainder Binary;
    NbMatrixMultiply matmul nb_matrix_multiply Binary;
    NbLshift lshift nb_lshift Binary;
    NbRshift rshift nb_rshift Binary;
    NbAnd and nb_and Binary;
    NbOr or nb_or Binary;
    NbXor xor nb_xor Binary;
    NbNegative neg nb_negative Unary;
    NbPositive pos nb_positive Unary;
    NbInvert invert nb_invert Unary;
    NbInplaceAdd iadd inplace_add Binary;
    NbInplaceSubtract isub nb_inplace_subtract Binary;
    NbInplaceMultiply imul inplace_multiply Binary;
    NbInplaceTrueDivide itruediv nb_inplace_true_divide Binary;
    NbInplaceFloorDivide ifloordiv nb_inplace_floor_divide Binary;
    NbInplaceRemainder irem nb_inplace_remainder Binary;
    NbInplaceMatrixMultiply imatmul nb_inplace_matrix_multiply Binary;
    NbInplaceLshift ilshift nb_inplace_lshift Binary;
    NbInplaceRshift irshift nb_inplace_rshift Binary;
    NbInplaceAnd iand nb_inplace_and Binary;
    NbInplaceOr ior nb_inplace_or Binary;
    NbInplaceXor ixor nb_inplace_xor Binary;
    MpSubscript getitem getitem Binary;
    SqItem getitem getitem Binary;
    MpAssSubscript setitem setitem Setter;
    SqAssItem setitem setitem Setter;
}

/// Is `__new__` of the class the function in its slot?
pub(super) fn has_own_new(class: Type) -> bool {
    class.slots.new.get().is_some_and(|new| std::ptr::fn_addr_eq(new, tp_new as Calling))
}

/// Is `__init__` of the class the function in its slot?
pub(super) fn has_own_init(class: Type) -> bool {
    class.slots.init.get().is_some_and(|init| std::ptr::fn_addr_eq(init, tp_init as Calling))
}

/// Put functions for its slots into a class.
pub(super) fn install(vm: &mut Vm, class: Type, data: &ClassData) {
    for &slot in TypeSlot::ALL {
        if data.function(slot).is_some() {
            set(&class.slots, slot);
        }
    }
    if data.call_at.is_some() {
        class.slots.call.set(Some(call::call));
    }
    // What compares in its own way has no hash by identity.
    if data.function(TypeSlot::TpRichcompare).is_some() && data.function(TypeSlot::TpHash).is_none()
    {
        class.slots.hash.set(None);
        vm.dict_set_name(class.dict, vm.names.__hash__, Value::NONE);
    }
}

fn set(slots: &Slots, slot: TypeSlot) {
    match slot {
        TypeSlot::TpRepr => slots.repr.set(Some(tp_repr)),
        TypeSlot::TpStr => slots.str.set(Some(tp_str)),
        TypeSlot::TpHash => slots.hash.set(Some(tp_hash)),
        TypeSlot::TpRichcompare => slots.compare.set(Some(tp_richcompare)),
        TypeSlot::TpNew => slots.new.set(Some(tp_new)),
        TypeSlot::TpInit => slots.init.set(Some(tp_init)),
        TypeSlot::TpCall => slots.call.set(Some(call::call)),
        TypeSlot::TpFinalize => slots.del.set(Some(tp_finalize)),
        TypeSlot::MpSubscript | TypeSlot::SqItem => slots.getitem.set(Some(getitem)),
        TypeSlot::MpAssSubscript | TypeSlot::SqAssItem => slots.setitem.set(Some(setitem)),
        TypeSlot::MpLength | TypeSlot::SqLength => slots.len.set(Some(len)),
        TypeSlot::SqContains => slots.contains.set(Some(sq_contains)),
        TypeSlot::SqConcat => slots.concat.set(Some(sq_concat)),
        TypeSlot::SqRepeat => slots.repeat.set(Some(repeat)),
        TypeSlot::BfGetbuffer => {
            slots.buffer.set(Some(buffer::look));
            slots.export.set(Some(buffer::export));
        }
        _ => set_operator(slots, slot),
    }
}

fn set_operator(slots: &Slots, slot: TypeSlot) {
    match slot {
        TypeSlot::NbAdd => slots.add.set(Some(nb_add)),
        TypeSlot::NbSubtract => slots.sub.set(Some(nb_subtract)),
        TypeSlot::NbMultiply => slots.mul.set(Some(nb_multiply)),
        TypeSlot::NbTrueDivide => slots.truediv.set(Some(nb_true_divide)),
        TypeSlot::NbFloorDivide => slots.floordiv.set(Some(nb_floor_divide)),
        TypeSlot::NbRemainder => slots.rem.set(Some(nb_remainder)),
        TypeSlot::NbDivmod => slots.divmod.set(Some(nb_divmod)),
        TypeSlot::NbPower => slots.pow.set(Some(nb_power)),
        TypeSlot::NbMatrixMultiply => slots.matmul.set(Some(nb_matrix_multiply)),
        TypeSlot::NbLshift => slots.lshift.set(Some(nb_lshift)),
        TypeSlot::NbRshift => slots.rshift.set(Some(nb_rshift)),
        TypeSlot::NbAnd => slots.and.set(Some(nb_and)),
        TypeSlot::NbOr => slots.or.set(Some(nb_or)),
        TypeSlot::NbXor => slots.xor.set(Some(nb_xor)),
        TypeSlot::NbNegative => slots.neg.set(Some(nb_negative)),
        TypeSlot::NbPositive => slots.pos.set(Some(nb_positive)),
        TypeSlot::NbAbsolute => slots.abs.set(Some(nb_absolute)),
        TypeSlot::NbInvert => slots.invert.set(Some(nb_invert)),
        TypeSlot::NbBool => slots.bool.set(Some(nb_bool)),
        TypeSlot::NbInt => slots.int.set(Some(nb_int)),
        TypeSlot::NbFloat => slots.float.set(Some(nb_float)),
        TypeSlot::NbIndex => slots.index.set(Some(nb_index)),
        _ => set_inplace(slots, slot),
    }
}

fn set_inplace(slots: &Slots, slot: TypeSlot) {
    match slot {
        TypeSlot::NbInplaceAdd | TypeSlot::SqInplaceConcat => slots.iadd.set(Some(inplace_add)),
        TypeSlot::NbInplaceMultiply | TypeSlot::SqInplaceRepeat => {
            slots.imul.set(Some(inplace_multiply));
        }
        TypeSlot::NbInplaceSubtract => slots.isub.set(Some(nb_inplace_subtract)),
        TypeSlot::NbInplaceTrueDivide => slots.itruediv.set(Some(nb_inplace_true_divide)),
        TypeSlot::NbInplaceFloorDivide => slots.ifloordiv.set(Some(nb_inplace_floor_divide)),
        TypeSlot::NbInplaceRemainder => slots.irem.set(Some(nb_inplace_remainder)),
        TypeSlot::NbInplacePower => slots.ipow.set(Some(inplace_power)),
        TypeSlot::NbInplaceMatrixMultiply => slots.imatmul.set(Some(nb_inplace_matrix_multiply)),
        TypeSlot::NbInplaceLshift => slots.ilshift.set(Some(nb_inplace_lshift)),
        TypeSlot::NbInplaceRshift => slots.irshift.set(Some(nb_inplace_rshift)),
        TypeSlot::NbInplaceAnd => slots.iand.set(Some(nb_inplace_and)),
        TypeSlot::NbInplaceOr => slots.ior.set(Some(nb_inplace_or)),
        TypeSlot::NbInplaceXor => slots.ixor.set(Some(nb_inplace_xor)),
        // Traversal, destruction and the release of buffers are not operations of Python.
        _ => {}
    }
}
