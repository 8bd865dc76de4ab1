//! `Host` of haft-hpy-abi: each function of the context goes to the function of [`crate::api`] with its name.
use std::ffi::CStr;

use haft_hpy_abi::{Constant, Cx, HPy, Host, for_each_slot, kinds};

use crate::api;
use crate::handle::{borrowed, vm};
use crate::prelude::*;

/// Haft as a host of extension modules.
#[derive(Debug)]
pub(crate) struct Haft;

macro_rules! method {
    (constants $body:tt) => {};
    // Trackers are the same on every host.
    (functions { tracker_new = $($rest:tt)* }) => {};
    (functions { tracker_add = $($rest:tt)* }) => {};
    (functions { tracker_forget_all = $($rest:tt)* }) => {};
    (functions { tracker_close = $($rest:tt)* }) => {};
    (functions { $method:ident = $api:ident($($parameter:ident: $kind:ident),*) -> $result:ident,
        $effect:ident, $error:ident $(, shared)? }) => {
        #[inline]
        unsafe fn $method(cx: Cx $(, $parameter: kinds::$kind)*) -> kinds::$result {
            // SAFETY: the caller keeps the duties of C, which are all that the function asks.
            unsafe { api::$method(cx $(, $parameter)*) }
        }
    };
}

macro_rules! implement {
    ($( $section:ident { $( $(#[doc = $doc:literal])+ $index:literal $field:ident $body:tt )+ } )+) => {
        impl Host for Haft {
            const NAME: &'static CStr = c"HPy Universal ABI (Haft)";

            fn constant(cx: Cx, constant: Constant) -> HPy {
                borrowed(constant_value(vm(cx), constant))
            }

            fn panicked(cx: Cx, function: &'static str, message: &str) {
                let text = format!("{function} failed: {message} (please report this)");
                let _raised = vm(cx).system_error(text);
            }

            $( $( method!($section $body); )+ )+
        }
    };
}
for_each_slot!(implement);

/// The object of a constant. All of them live as long as the runtime.
fn constant_value(vm: &mut Vm, constant: Constant) -> Value {
    let t = vm.t;
    let class = match constant {
        Constant::None => return Value::NONE,
        Constant::True => return Value::TRUE,
        Constant::False => return Value::FALSE,
        Constant::NotImplemented => return Value::NOT_IMPLEMENTED,
        Constant::Ellipsis => return Value::ELLIPSIS,
        Constant::Builtins => return vm.builtins.value(),
        Constant::CapsuleType => crate::capsule::class(vm),
        Constant::BaseObjectType => t.object,
        Constant::TypeType => t.r#type,
        Constant::BoolType => t.bool,
        Constant::LongType => t.int,
        Constant::FloatType => t.float,
        Constant::UnicodeType => t.str,
        Constant::TupleType => t.tuple,
        Constant::ListType => t.list,
        Constant::ComplexType => t.complex,
        Constant::BytesType => t.bytes,
        Constant::MemoryViewType => t.memoryview,
        Constant::SliceType => t.slice,
        // The others are exceptions, by their names in Python.
        _ => return vm.dict_get_str(vm.builtins, constant.name()).unwrap_or(Value::NONE),
    };
    class.value()
}
