//! Operators of sets. Other than the methods they take sets only.
use haft_core::object::{CompareOp, Set};
use haft_core::{R, Value, Vm};

use super::algebra::{add_all, difference, intersection, is_subset, remove_all, toggle_all};
use super::{copy_like, is_mutable};

/// Both operands, if they are sets.
fn both(vm: &Vm, left: Value, right: Value) -> Option<(Set, Set)> {
    Some((vm.as_set(left)?, vm.as_set(right)?))
}

pub(super) fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    let Some((x, y)) = both(vm, a, b) else { return Ok(Value::NOT_IMPLEMENTED) };
    let (n, m) = (x.len(), y.len());
    let result = match op {
        CompareOp::Eq | CompareOp::Ne => (n == m && is_subset(vm, x, y)?) == (op == CompareOp::Eq),
        CompareOp::Lt => n < m && is_subset(vm, x, y)?,
        CompareOp::Le => is_subset(vm, x, y)?,
        CompareOp::Gt => n > m && is_subset(vm, y, x)?,
        CompareOp::Ge => is_subset(vm, y, x)?,
    };
    Ok(Value::bool(result))
}

pub(super) fn and(vm: &mut Vm, left: Value, right: Value) -> R {
    let Some((set, _)) = both(vm, left, right) else { return Ok(Value::NOT_IMPLEMENTED) };
    Ok(intersection(vm, left, set, right)?.value())
}

pub(super) fn or(vm: &mut Vm, left: Value, right: Value) -> R {
    let Some((set, other)) = both(vm, left, right) else { return Ok(Value::NOT_IMPLEMENTED) };
    let result = copy_like(vm, left, set);
    if other != set {
        add_all(vm, result, right)?;
    }
    Ok(result.value())
}

pub(super) fn sub(vm: &mut Vm, left: Value, right: Value) -> R {
    let Some((set, _)) = both(vm, left, right) else { return Ok(Value::NOT_IMPLEMENTED) };
    Ok(difference(vm, left, set, right)?.value())
}

pub(super) fn xor(vm: &mut Vm, left: Value, right: Value) -> R {
    let Some((set, other)) = both(vm, left, right) else { return Ok(Value::NOT_IMPLEMENTED) };
    let result = copy_like(vm, left, other);
    toggle_all(vm, result, set.value())?;
    Ok(result.value())
}

/// The operands of an in-place operator.
fn target(vm: &Vm, this: Value, other: Value) -> Option<Set> {
    both(vm, this, other).map(|(set, _)| set).filter(|_| is_mutable(vm, this))
}

pub(super) fn iand(vm: &mut Vm, this: Value, other: Value) -> R {
    let Some(set) = target(vm, this, other) else { return Ok(Value::NOT_IMPLEMENTED) };
    let common = intersection(vm, this, set, other)?;
    set.take(&mut vm.heap, *common);
    Ok(this)
}

pub(super) fn ior(vm: &mut Vm, this: Value, other: Value) -> R {
    let Some(set) = target(vm, this, other) else { return Ok(Value::NOT_IMPLEMENTED) };
    add_all(vm, set, other)?;
    Ok(this)
}

pub(super) fn ixor(vm: &mut Vm, this: Value, other: Value) -> R {
    let Some(set) = target(vm, this, other) else { return Ok(Value::NOT_IMPLEMENTED) };
    toggle_all(vm, set, other)?;
    Ok(this)
}

pub(super) fn isub(vm: &mut Vm, this: Value, other: Value) -> R {
    let Some(set) = target(vm, this, other) else { return Ok(Value::NOT_IMPLEMENTED) };
    remove_all(vm, set, other)?;
    Ok(this)
}
