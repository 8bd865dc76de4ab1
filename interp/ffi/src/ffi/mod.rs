//! The FFI object.
pub(crate) mod compiled;
pub(crate) mod data;
mod object;
pub(crate) mod types;

use haft_cffi_core::Declarations;

pub(crate) use self::object::{make_allocator_class, make_class};
use crate::prelude::*;

payload! {
    /// An environment of declarations.
    pub(crate) struct FfiObject {
        /// The types of the runtime.
        pub(crate) state: NoTrace<Rc<State>>,
        /// What was declared.
        pub(crate) decls: NoTrace<RefCell<Declarations>>,
        /// Types by their text.
        pub(crate) parsed: Dict,
        /// Results of `init_once` by tag.
        pub(crate) once: Dict,
        /// Of the class `_cffi_backend.FFI`.
        pub(crate) compiled: bool,
        /// The libraries opened: what they remember is forgotten when declarations are replaced.
        pub(crate) libraries: ListCell,
    }
}

/// A list that never changes for another one.
#[derive(Debug)]
pub(crate) struct ListCell(pub(crate) List);

impl ListCell {
    /// The list.
    pub(crate) fn get(&self) -> List {
        self.0
    }
}

impl haft_core::object::Traced for ListCell {
    fn trace(&self, tracer: &mut haft_core::Tracer<'_>) {
        tracer.obj(self.0.obj());
    }
}

/// An FFI object.
pub(crate) type Ffi = PayloadRef<FfiObject>;

/// The receiver of a method.
pub(crate) fn own(vm: &mut Vm, value: Value) -> R<Ffi> {
    vm.this::<FfiObject>(value, "method", "cffi.FFI")
}
