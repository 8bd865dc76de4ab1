//! The contexts of this process.

use std::ptr;
use std::sync::OnceLock;

use haft_hpy_abi::Context;
use haft_hpy_abi::context::{Cx, HPyContext};
use haft_hpy_abi::mode::Mode;

use crate::host::CPython;
use crate::{debug, trace};

/// The address of a context that lives for ever.
struct Kept(*mut HPyContext);

// SAFETY: contexts are used by whoever holds the lock of the interpreter only.
unsafe impl Send for Kept {}
// SAFETY: likewise.
unsafe impl Sync for Kept {}

/// The context of a mode.
pub(crate) fn context(mode: Mode) -> Cx {
    match mode {
        Mode::Universal => universal(),
        Mode::Debug => debug::context(),
        Mode::Trace => trace::context(),
    }
}

/// The context whose handles are objects.
pub(crate) fn universal() -> Cx {
    static UNIVERSAL: OnceLock<Kept> = OnceLock::new();
    let kept = UNIVERSAL.get_or_init(|| {
        // Modules refer to it for ever.
        let context = Box::leak(Box::new(Context::new::<CPython>(ptr::null_mut())));
        Kept(context.cx().as_ptr())
    });
    // SAFETY: it is never dropped.
    unsafe { Cx::of(kept.0) }
}
