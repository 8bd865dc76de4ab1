//! The limit on the length of decimal ints as text, which keeps hostile input from taking quadratic time.
use std::any::Any;
use std::cell::Cell;

use haft_core::vm::Extension;
use haft_core::{Tracer, Vm};
use haft_text::int::DEFAULT_MAX_STR_DIGITS;

/// The setting of one runtime.
struct Limit(Cell<usize>);

impl Extension for Limit {
    fn trace(&self, _: &mut Tracer<'_>) {}
    fn as_any(&self) -> &dyn Any {
        self
    }
}

pub(super) fn install(vm: &mut Vm) {
    vm.set_extension(Limit(Cell::new(DEFAULT_MAX_STR_DIGITS)));
}

/// `sys.get_int_max_str_digits()`; 0 is no limit.
pub fn max_str_digits(vm: &Vm) -> usize {
    vm.extension::<Limit>().map_or(DEFAULT_MAX_STR_DIGITS, |limit| limit.0.get())
}

/// `sys.set_int_max_str_digits(n)`; the caller has checked `n`.
pub fn set_max_str_digits(vm: &Vm, n: usize) {
    if let Some(limit) = vm.extension::<Limit>() {
        limit.0.set(n);
    }
}
