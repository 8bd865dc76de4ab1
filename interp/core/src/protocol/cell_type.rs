//! `cell`: the variables that closures share.
use haft_heap::Value;

use crate::object::{CellObject, CompareOp, Slots};
use crate::vm::{Args, R, Vm};

const DOC: &str = "Create a new cell object.\n\n  contents\n    the contents of the cell. If not specified, the cell will be empty,\n    \
                   and \n further attempts to access its cell_contents attribute will\n    raise a ValueError.";

/// Make the class ready.
pub(super) fn install(vm: &mut Vm) {
    vm.fill_type(vm.t.cell, DOC, set_slots, &[], GETSETS);
    vm.ready_type(vm.t.cell);
}

fn set_slots(slots: &Slots) {
    slots.new.set(Some(new));
    slots.repr.set(Some(repr));
    slots.compare.set(Some(compare));
}

crate::getsets! {
    static GETSETS = {
        /// The value of the variable.
        cell_contents => contents, set_contents;
    }
}

fn cell(vm: &mut Vm, value: Value) -> R<CellObject> {
    match CellObject::of(value) {
        Some(cell) => Ok(cell),
        None => {
            let given = vm.type_name(value);
            Err(vm.type_error(format!(
                "descriptor requires a 'cell' object but received a '{given}'"
            )))
        }
    }
}

/// The contents, `None` if the cell is empty.
fn held(cell: CellObject) -> Option<Value> {
    Some(cell.contents()).filter(|&value| !value.is_absent() && value != Value::UNBOUND)
}

fn new(vm: &mut Vm, _class: Value, args: &Args<'_>) -> R {
    if !args.names.is_empty() {
        return Err(vm.type_error("cell() takes no keyword arguments"));
    }
    match args.vals {
        [] => Ok(CellObject::new(&mut vm.heap, Value::ABSENT).value()),
        &[contents] => Ok(CellObject::new(&mut vm.heap, contents).value()),
        more => {
            let n = more.len();
            Err(vm.type_error(format!("cell expected at most 1 argument, got {n}")))
        }
    }
}

fn contents(vm: &mut Vm, this: Value) -> R {
    match held(cell(vm, this)?) {
        Some(value) => Ok(value),
        None => Err(vm.value_error("Cell is empty")),
    }
}

fn set_contents(vm: &mut Vm, this: Value, value: Value) -> R<()> {
    let cell = cell(vm, this)?;
    cell.set(&mut vm.heap, value);
    Ok(())
}

fn repr(vm: &mut Vm, this: Value) -> R {
    let held = held(cell(vm, this)?);
    let id = vm.id_of(this);
    let text = match held {
        Some(value) => {
            let (class, value) = (vm.type_name(value), vm.id_of(value));
            format!("<cell at {id:#x}: {class} object at {value:#x}>")
        }
        None => format!("<cell at {id:#x}: empty>"),
    };
    Ok(vm.str(&text))
}

/// Cells compare as their contents; an empty one is less than any other.
fn compare(vm: &mut Vm, left: Value, right: Value, op: CompareOp) -> R {
    let (Some(a), Some(b)) = (CellObject::of(left), CellObject::of(right)) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    match (held(a), held(b)) {
        (Some(a), Some(b)) => vm.compare(a, b, op),
        (a, b) => Ok(Value::bool(op.holds(a.is_some().cmp(&b.is_some())))),
    }
}
