//! Capsules: objects around a pointer of C, with a name, a context and a destructor.
use std::ffi::{CStr, c_char, c_void};

use haft_hpy_abi::types::HPyFunc_Capsule_Destructor;

use crate::prelude::*;

payload! {
    /// A capsule.
    pub(crate) struct Capsule {
        /// What it is about; not null.
        pub(crate) pointer: NoTrace<Cell<*mut c_void>>,
        /// Text of C, kept by address, or null.
        pub(crate) name: NoTrace<Cell<*const c_char>>,
        /// Anything.
        pub(crate) context: NoTrace<Cell<*mut c_void>>,
        /// What to call when it dies.
        pub(crate) destructor: NoTrace<Cell<HPyFunc_Capsule_Destructor>>,
    }
}

impl Drop for Capsule {
    fn drop(&mut self) {
        if let Some(destructor) = self.destructor.get() {
            // SAFETY: C gave the function for this very pointer; it gets no context, so it can call nothing of ours.
            unsafe { destructor(self.name.get(), self.pointer.get(), self.context.get()) };
        }
    }
}

impl Capsule {
    /// Is it the capsule of that name? Equal texts count, and no name at all is a name.
    ///
    /// # Safety
    /// The name is text of C or null, and so is the one that the capsule got.
    pub(crate) unsafe fn has_name(&self, name: *const c_char) -> bool {
        let own = self.name.get();
        if own.is_null() || name.is_null() {
            return own == name;
        }
        // SAFETY: the caller's duty.
        let own = unsafe { CStr::from_ptr(own) };
        // SAFETY: the caller's duty.
        own == unsafe { CStr::from_ptr(name) }
    }
}

pub(crate) fn make_class(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        doc: "Capsule objects let you wrap a C \"void *\" pointer in a Python object.",
        flags: TypeFlags::NO_NEW.with(TypeFlags::PROMPT),
        slots: |slots| {
            slots.repr.set(Some(repr));
        },
        ..TypeSpec::of::<Capsule>("PyCapsule")
    })
}

/// The class of capsules.
pub(crate) fn class(vm: &mut Vm) -> Type {
    state(vm).classes.capsule
}

fn repr(vm: &mut Vm, this: Value) -> R {
    let capsule: PayloadRef<Capsule> = vm.this(this, "__repr__", "PyCapsule")?;
    let id = vm.id_of(this);
    let name = capsule.name.get();
    let text = if name.is_null() {
        format!("<capsule object NULL at {id:#x}>")
    } else {
        // SAFETY: the name of a capsule is text of C that outlives it.
        let name = unsafe { CStr::from_ptr(name) }.to_string_lossy();
        format!("<capsule object \"{name}\" at {id:#x}>")
    };
    Ok(vm.str(&text))
}
