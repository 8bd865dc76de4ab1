//! slice: making, showing and comparing slices, and their meaning for lengths of any size.
use haft_core::object::{CompareOp, PayloadRef, Slice, Slots};
use haft_core::{Args, R, Value, Vm};
use haft_text::IBig;

use super::construct::positional;
use super::tuple::mix_hashes;
use crate::arguments::slot;

const DOC: &str = "slice(stop)
slice(start, stop[, step])

Create a slice object.  This is used for extended slicing (e.g. a[0:10:2]).";

/// Fill in the class.
pub(super) fn install(vm: &mut Vm) {
    let slots = |s: &Slots| {
        s.new.set(Some(new));
        s.repr.set(Some(repr));
        s.compare.set(Some(compare));
        s.hash.set(Some(hash));
    };
    vm.fill_type(vm.t.slice, DOC, slots, METHODS, GETSETS);
}

haft_core::natives! {
    static METHODS = {
        /// S.indices(len) -> (start, stop, stride)
        ///
        /// Assuming a sequence of length len, calculate the start and stop
        /// indices, and the stride length of the extended slice described by
        /// S. Out of bounds indices are clipped in a manner consistent with the
        /// handling of normal slices.
        indices "($self, object, /)" => indices;
        /// Return state information for pickling.
        __reduce__ "($self, /)" => reduce;
    }
}

haft_core::getsets! {
    static GETSETS = {
        /// Lower bound, or None.
        start => |vm, this| Ok(of(vm, this)?.get().start);
        /// Upper bound, or None.
        stop => |vm, this| Ok(of(vm, this)?.get().stop);
        /// Step, or None.
        step => |vm, this| Ok(of(vm, this)?.get().step);
    }
}

fn of(vm: &mut Vm, value: Value) -> R<PayloadRef<Slice>> {
    vm.this(value, "indices", "slice")
}

fn parts(slice: PayloadRef<Slice>) -> [Value; 3] {
    let slice = slice.get();
    [slice.start, slice.stop, slice.step]
}

fn new(vm: &mut Vm, _class: Value, args: &Args<'_>) -> R {
    let [start, stop, step] = match *positional(vm, "slice", args, 1, 3)? {
        [start, stop, step] => [start, stop, step],
        [start, stop] => [start, stop, Value::NONE],
        [stop] => [Value::NONE, stop, Value::NONE],
        _ => [Value::NONE; 3],
    };
    Ok(vm.slice(start, stop, step))
}

fn repr(vm: &mut Vm, this: Value) -> R {
    let parts = parts(of(vm, this)?);
    let mut texts = [const { String::new() }; 3];
    for (text, part) in texts.iter_mut().zip(parts) {
        *text = vm.repr_text(part)?;
    }
    let [start, stop, step] = texts;
    Ok(vm.str(&format!("slice({start}, {stop}, {step})")))
}

fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    let (Some(x), Some(y)) = (PayloadRef::<Slice>::of_value(a), PayloadRef::<Slice>::of_value(b))
    else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if a == b {
        return Ok(Value::bool(matches!(op, CompareOp::Eq | CompareOp::Le | CompareOp::Ge)));
    }
    let (x, y) = (vm.tuple(&parts(x)), vm.tuple(&parts(y)));
    vm.compare(x, y, op)
}

fn hash(vm: &mut Vm, this: Value) -> R<i64> {
    let parts = parts(of(vm, this)?);
    Ok(mix_hashes(vm, &parts)?.without_length())
}

fn indices(vm: &mut Vm, args: &[Value]) -> R {
    let slice = of(vm, args[0])?;
    let length = vm.index_value(args[1])?;
    let length = vm.as_big(length).unwrap_or_default();
    if length < IBig::ZERO {
        return Err(vm.value_error("length should not be negative"));
    }
    let numbers = indices_over(vm, slice, &length)?;
    let result = vm.new_list();
    for number in numbers {
        let number = vm.big(number);
        result.push(&mut vm.heap, number);
    }
    Ok(vm.tuple(result.items()))
}

/// Start, stop and step of a slice of a sequence of `length` items.
pub(super) fn indices_over(vm: &mut Vm, slice: PayloadRef<Slice>, length: &IBig) -> R<[IBig; 3]> {
    let [start, stop, step] = parts(slice);
    let step = if step.is_none() { IBig::ONE } else { slice_index(vm, step)? };
    if step == IBig::ZERO {
        return Err(vm.value_error("slice step cannot be zero"));
    }
    let backward = step < IBig::ZERO;
    let (low, high) =
        if backward { (IBig::NEG_ONE, length - IBig::ONE) } else { (IBig::ZERO, length.clone()) };
    let clip = |vm: &mut Vm, value: Value, default: &IBig| -> R<IBig> {
        if value.is_none() {
            return Ok(default.clone());
        }
        let number = slice_index(vm, value)?;
        let number = if number < IBig::ZERO { number + length } else { number };
        Ok(number.clamp(low.clone(), high.clone()))
    };
    let (first, last) = if backward { (&high, &low) } else { (&low, &high) };
    let (first, last) = (first.clone(), last.clone());
    let start = clip(vm, start, &first)?;
    let stop = clip(vm, stop, &last)?;
    Ok([start, stop, step])
}

fn slice_index(vm: &mut Vm, value: Value) -> R<IBig> {
    if slot(vm, value, |s| s.index.get().is_none()) {
        return Err(
            vm.type_error("slice indices must be integers or None or have an __index__ method")
        );
    }
    let index = vm.index_value(value)?;
    Ok(vm.as_big(index).unwrap_or_default())
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let parts = parts(of(vm, args[0])?);
    let arguments = vm.tuple(&parts);
    let class = vm.type_of(args[0]).value();
    Ok(vm.tuple(&[class, arguments]))
}
