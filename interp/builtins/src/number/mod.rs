//! Numbers: int, bool, float, complex.
mod bool;
mod complex;
mod convert;
mod digits;
mod float;
mod int;

use haft_core::Vm;

use convert::float_special;
pub use convert::{complex_of, float_of, float_of_number, int_of, int_value, with_int};
pub use digits::{max_str_digits, set_max_str_digits};

/// Give the number classes their slots and methods.
pub(crate) fn install(vm: &mut Vm) {
    digits::install(vm);
    int::install(vm);
    bool::install(vm);
    float::install(vm);
    complex::install(vm);
    for class in [vm.t.int, vm.t.bool, vm.t.float, vm.t.complex] {
        vm.ready_type(class);
    }
}
