//! bytes, bytearray, memoryview.
mod bytearray;
mod bytes;
mod data;
mod iter;
mod memoryview;
mod methods;

use haft_core::Vm;

pub(crate) use data::bytes_for_percent;
pub use data::{bytes_data, bytes_like, bytes_of_object};
pub use memoryview::{check_exports, is_exported};

/// Give the classes of bytes their slots and methods.
pub(crate) fn install(vm: &mut Vm) {
    iter::install(vm);
    bytes::install(vm);
    bytearray::install(vm);
    memoryview::install(vm);
    for class in [vm.t.bytes, vm.t.bytearray, vm.t.memoryview] {
        vm.fill_type(class, "", |_| (), memoryview::exporter::METHODS, &[]);
    }
    for class in [vm.t.bytes, vm.t.bytearray] {
        for table in methods::TABLES {
            vm.fill_type(class, "", |_| (), table, &[]);
        }
        vm.ready_type(class);
    }
    vm.ready_type(vm.t.memoryview);
}
