//! Methods and attributes of complex numbers.
use haft_core::{R, Value, Vm, getsets, natives};

use super::Parts;
use super::new::from_number;
use crate::arguments::wrong_receiver;
use crate::text::format_with_spec;

natives! {
    pub(super) static METHODS = {
        /// Return the complex conjugate of its argument. (3-4j).conjugate() == 3+4j.
        conjugate "($self, /)" => conjugate;
        /// Convert this value to exact type complex.
        __complex__ "($self, /)" => exact;
        ///
        __getnewargs__ "($self, /)" => getnewargs;
        /// Convert to a string according to format_spec.
        __format__ "($self, format_spec, /)" => format_with_spec;
        /// Convert number to a complex floating-point number.
        class from_number "($type, number, /)" => from_number;
    }
}

getsets! {
    pub(super) static GETSETS = {
        /// the real part of a complex number
        real => |vm, value| { let (re, _) = super::parts(vm, value); Ok(vm.float(re)) };
        /// the imaginary part of a complex number
        imag => |vm, value| { let (_, im) = super::parts(vm, value); Ok(vm.float(im)) };
    }
}

/// The receiver's parts.
fn this(vm: &mut Vm, value: Value, method: &str) -> R<Parts> {
    match vm.as_complex(value) {
        Some(parts) => Ok(parts),
        None => Err(wrong_receiver(vm, method, "complex", value)),
    }
}

fn conjugate(vm: &mut Vm, args: &[Value]) -> R {
    let (re, im) = this(vm, args[0], "conjugate")?;
    Ok(vm.complex(re, -im))
}

fn exact(vm: &mut Vm, args: &[Value]) -> R {
    this(vm, args[0], "__complex__")?;
    Ok(vm.unwrapped(args[0]))
}

fn getnewargs(vm: &mut Vm, args: &[Value]) -> R {
    let (re, im) = this(vm, args[0], "__getnewargs__")?;
    let (re, im) = (vm.float(re), vm.float(im));
    Ok(vm.tuple(&[re, im]))
}
