//! Faults of the codecs as Python exceptions.
use haft_core::{Raised, Value, Vm};
use haft_text::codecs::Fault;

/// Raise UnicodeDecodeError for `object`, a bytes.
#[cold]
pub fn decode_error(vm: &mut Vm, fault: &Fault, object: Value) -> Raised {
    raise(vm, vm.exc.unicode_decode_error, fault, object)
}

/// Raise UnicodeEncodeError for `object`, a str.
#[cold]
pub fn encode_error(vm: &mut Vm, fault: &Fault, object: Value) -> Raised {
    raise(vm, vm.exc.unicode_encode_error, fault, object)
}

fn raise(vm: &mut Vm, class: haft_core::object::Type, fault: &Fault, object: Value) -> Raised {
    let encoding = vm.str(fault.encoding);
    let (start, end) = (vm.int_usize(fault.start), vm.int_usize(fault.end));
    let reason = vm.str(&fault.reason);
    vm.raise_with(class, &[encoding, object, start, end, reason])
}
