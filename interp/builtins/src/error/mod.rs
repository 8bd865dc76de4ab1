//! Exceptions: what their classes do, how they are reported, and warnings.
//!
//! The attributes that single classes add lie in [`Exception::fields`](haft_core::object::Exception), by the numbers
//! of [`fields`]; ABSENT means not set, and reads as None.
mod base;
pub mod fields;
mod group;
mod import;
mod names;
mod os;
pub mod report;
mod simple;
mod syntax;
mod unicode;
mod warning;

use haft_core::native::GetSetDef;
use haft_core::object::{Exception, PayloadRef, Slots, Type, TypeFlags};
use haft_core::{NativeDef, R, Value, Vm};

pub use base::new_exception;
pub use syntax::raise_syntax_error;
pub use warning::{Site, warn, warn_explicit};

/// What a class has that its base has not.
pub(crate) struct Row {
    pub(crate) class: Type,
    pub(crate) slots: fn(&Slots),
    pub(crate) methods: &'static [NativeDef],
    pub(crate) getsets: &'static [GetSetDef],
}

/// Give the exception classes their behaviour. `object` is ready.
pub(crate) fn install(vm: &mut Vm) {
    vm.warn = |vm, category, message| warn(vm, category, message, 1);
    let mut rows = vec![base::row(vm)];
    rows.extend(simple::rows(vm));
    rows.extend(names::rows(vm));
    rows.extend(import::rows(vm));
    rows.extend(os::rows(vm));
    rows.extend(syntax::rows(vm));
    rows.extend(unicode::rows(vm));
    rows.extend(group::rows(vm));
    vm.native_modules.insert("_warnings", warning::init);
    for class in vm.exc.all() {
        if let Some(row) = rows.iter().find(|row| row.class == class) {
            vm.fill_type(class, "", row.slots, row.methods, row.getsets);
        }
        make_ready(vm, class);
    }
}

/// Make a class ready again whose base was not complete when it was made.
fn make_ready(vm: &mut Vm, class: Type) {
    if let Some(base) = Type::of_value(class.base.get()) {
        base.subclasses.borrow_mut().retain(|&id| vm.heap.weak_get(id) != Some(class.obj()));
    }
    // When it was made there was nothing yet that makes instances.
    class.flags.set(class.flags().without(TypeFlags::NO_NEW));
    vm.ready_type(class);
}

/// What needs the rest of the built-in classes: `ExceptionGroup`.
pub(crate) fn finish(vm: &mut Vm) -> R<()> {
    group::make_exception_group(vm)
}

/// The exception `value`; TypeError if it is none.
pub(crate) fn exception(vm: &mut Vm, value: Value) -> R<PayloadRef<Exception>> {
    vm.this(value, "__init__", "BaseException")
}

/// A field of an exception; None if it is not set.
pub(crate) fn field(vm: &mut Vm, value: Value, number: usize) -> R {
    let found = exception(vm, value)?.fields[number].get();
    Ok(found.or_none())
}

/// Set a field of an exception (ABSENT: delete).
pub(crate) fn set_field(vm: &mut Vm, value: Value, number: usize, new: Value) -> R<()> {
    exception(vm, value)?.fields[number].set(new);
    Ok(())
}
