//! The context: a structure of constants and function pointers, the only thing that a universal module knows of its host.
#![expect(clippy::new_ret_no_self, reason = "`HPy_New` makes an instance, not a context")]

use std::cell::Cell;
use std::ffi::{c_char, c_int, c_void};
use std::mem::{offset_of, size_of};
use std::ptr::NonNull;

use crate::call::Caller;
use crate::kinds::{self, Kind};
use crate::types::HPy;
use crate::words::{self, Places};

/// What a function of the context may do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Effect {
    /// Depends on its arguments only and changes nothing.
    Pure,
    /// Reads what may change, and changes nothing.
    Reads,
    /// Opens or closes handles, and nothing else that can be seen.
    Handles,
    /// Makes an object.
    Allocates,
    /// Changes an object or the state of the interpreter, without running code of Python.
    Writes,
    /// May run any code of Python.
    Calls,
    /// Does not return.
    Stops,
}

/// How a function of the context says that it raised an exception.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ErrorValue {
    /// It never does.
    Never,
    /// It returns null.
    Null,
    /// It returns -1.
    MinusOne,
    /// It returns -1, which may also be a value: ask `HPyErr_Occurred`.
    Ambiguous,
    /// It returns null, which may also be a value: ask `HPyErr_Occurred`.
    NullAmbiguous,
    /// It returns -2, no shape.
    ShapeUnknown,
    /// Raising is what it is for.
    Raises,
    /// Raising is what it is for; it returns null.
    AlwaysNull,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Its place in the context.
    pub index: usize,
    /// The name of the field.
    pub field: &'static str,
    /// One sentence.
    pub doc: &'static str,
    /// What else there is about a function; `None` for a constant.
    pub function: Option<Function>,
}

/// A function of the context.
#[derive(Clone, Copy, Debug)]
pub struct Function {
    /// Its name in [`crate::Host`].
    pub method: &'static str,
    /// Its name in `hpy.h`.
    pub api: &'static str,
    /// Names and kinds of the parameters after the context.
    pub parameters: &'static [(&'static str, Kind)],
    /// What it gives.
    pub result: Kind,
    /// What it may do.
    pub effect: Effect,
    /// How it says that it raised.
    pub error: ErrorValue,
}

macro_rules! field_type {
    (constants { $name:ident }) => { HPy };
    (functions { $method:ident = $api:ident($($parameter:ident: $kind:ident),*) -> $result:ident,
        $effect:ident, $error:ident $(, shared)? }) => {
        unsafe extern "C" fn(*mut HPyContext $(, kinds::$kind)*) -> kinds::$result
    };
}

macro_rules! function_row {
    (constants { $name:ident }) => { None };
    (functions { $method:ident = $api:ident($($parameter:ident: $kind:ident),*) -> $result:ident,
        $effect:ident, $error:ident $(, shared)? }) => {
        Some(Function {
            method: stringify!($method),
            api: stringify!($api),
            parameters: &[ $( (stringify!($parameter), Kind::$kind) ),* ],
            result: Kind::$result,
            effect: Effect::$effect,
            error: ErrorValue::$error,
        })
    };
}

macro_rules! context {
    ($( $section:ident { $( $(#[doc = $doc:literal])+ $index:literal $field:ident $body:tt )+ } )+) => {
        /// The context as C sees it.
        #[repr(C)]
        #[expect(non_snake_case, reason = "the names are those of hpy.h")]
        #[expect(clippy::pub_underscore_fields, reason = "likewise")]
        #[derive(Clone, Debug)]
        pub struct HPyContext {
            /// Which host, and in which mode; UTF-8.
            pub name: *const c_char,
            /// The host's own business: a [`Private`] in the contexts made here.
            pub _private: *mut c_void,
            /// [`crate::types::ABI_VERSION`].
            pub abi_version: c_int,
            /// [`crate::words::MARK`] if the host's words are of that kind; padding for whoever knows nothing of it.
            pub mark: u32,
            $( $( $(#[doc = $doc])+ pub $field: field_type!($section $body), )+ )+
        }

        /// All rows.
        pub const ROWS: &[Row; N_SLOTS] = &[ $( $( Row {
            index: $index,
            field: stringify!($field),
            doc: concat!($($doc),+),
            function: function_row!($section $body),
        }, )+ )+ ];

        const _: () = {
            let mut next = 0;
            $( $(
                assert!($index == next, "rows are in order");
                assert!(offset_of!(HPyContext, $field) == FIRST_SLOT + 8 * $index);
                next += 1;
            )+ )+
            assert!(next == N_SLOTS);
        };
    };
}

/// Slots of the context.
pub const N_SLOTS: usize = 263;
/// Where the first one is, in bytes.
pub const FIRST_SLOT: usize = 24;

for_each_slot!(context);

const _: () = assert!(size_of::<HPyContext>() == 2128);
const _: () = assert!(offset_of!(HPyContext, mark) as u64 == words::MARK_OFFSET);
const _: () = assert!(offset_of!(Private, places) == 0);
const _: () = assert!(size_of::<HPy>() == 8);

macro_rules! constants {
    (constants { $( $(#[doc = $doc1:literal])+ $i1:literal $f1:ident { $name1:ident } )+ } functions $functions1:tt
     constants { $( $(#[doc = $doc2:literal])+ $i2:literal $f2:ident { $name2:ident } )+ } functions $functions2:tt) => {
        /// A constant of the context: an object whose handle is there already.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Constant {
            $( $(#[doc = $doc1])+ $name1, )+
            $( $(#[doc = $doc2])+ $name2, )+
        }

        impl Constant {
            /// All of them.
            pub const ALL: &[Constant] = &[ $( Constant::$name1, )+ $( Constant::$name2, )+ ];

            /// Its name: that of the field less `h_`.
            pub const fn name(self) -> &'static str {
                match self {
                    $( Constant::$name1 => stringify!($name1), )+
                    $( Constant::$name2 => stringify!($name2), )+
                }
            }

            /// Its handle in a context.
            pub const fn of(self, context: &HPyContext) -> HPy {
                match self {
                    $( Constant::$name1 => context.$f1, )+
                    $( Constant::$name2 => context.$f2, )+
                }
            }

            /// Puts its handle into a context.
            pub const fn set(self, context: &mut HPyContext, handle: HPy) {
                match self {
                    $( Constant::$name1 => context.$f1 = handle, )+
                    $( Constant::$name2 => context.$f2 = handle, )+
                }
            }
        }
    };
}
for_each_slot!(constants);

/// What `_private` of a context made here points to.
#[repr(C)]
pub struct Private {
    /// What modules read and write themselves, if the context is marked.
    pub(crate) places: Cell<Places>,
    /// How functions of a module that was loaded with this context are called.
    pub(crate) caller: Caller,
    /// Is that a call and nothing else?
    pub(crate) direct: bool,
    /// The context that slots must be called with while a wrapper calls this one, else null.
    pub(crate) outer: Cell<*mut HPyContext>,
    /// The context that this one wraps, or null.
    pub(crate) inner: *mut HPyContext,
    /// The host's data, or the wrapper's.
    pub(crate) data: Cell<*mut c_void>,
}

impl std::fmt::Debug for Private {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Private").field("inner", &self.inner).finish_non_exhaustive()
    }
}

/// A context that was made by [`crate::host::Context`] or by a wrapper: the first argument of every function.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(transparent)]
pub struct Cx(NonNull<HPyContext>);

impl Cx {
    /// # Safety
    /// The address is that of a living context made in this crate.
    #[inline]
    pub unsafe fn of(context: *mut HPyContext) -> Cx {
        debug_assert!(!context.is_null());
        // SAFETY: the caller says that it is a context's address.
        Cx(unsafe { NonNull::new_unchecked(context) })
    }

    /// The address that C gets.
    #[inline]
    pub const fn as_ptr(self) -> *mut HPyContext {
        self.0.as_ptr()
    }

    /// The context, to read constants from.
    #[inline]
    pub fn context(&self) -> &HPyContext {
        // SAFETY: `Cx::of` demands a living context; hosts change constants only while nobody holds this reference.
        unsafe { self.0.as_ref() }
    }

    /// What this crate keeps with it.
    #[inline]
    pub fn private(&self) -> &Private {
        let private = self.context()._private.cast::<Private>();
        // SAFETY: contexts made in this crate have a `Private` that lives as long as they do.
        unsafe { &*private }
    }

    /// The host's data, as given to [`crate::host::Context::new`]; a wrapper's own in a wrapper.
    #[inline]
    pub fn data(self) -> *mut c_void {
        self.private().data.get()
    }

    /// The context that functions of types and modules being made now must be called with: this one, or the wrapper that
    /// is calling it.
    #[must_use]
    pub fn outer(self) -> Cx {
        match NonNull::new(self.private().outer.get()) {
            Some(outer) => Cx(outer),
            None => self,
        }
    }

    /// The same, once: calls from within the function that is called now are this context's own again.
    #[must_use]
    pub fn take_outer(self) -> Cx {
        let outer = self.outer();
        self.private().outer.set(std::ptr::null_mut());
        outer
    }

    /// The context that this one wraps.
    pub fn inner(self) -> Option<Cx> {
        NonNull::new(self.private().inner).map(Cx)
    }

    /// Are functions of its modules called as they are, without anything around?
    #[inline]
    pub fn is_direct(self) -> bool {
        self.private().direct
    }

    /// The innermost context, which a host made.
    #[must_use]
    pub fn universal(self) -> Cx {
        let mut cx = self;
        while let Some(inner) = cx.inner() {
            cx = inner;
        }
        cx
    }
}

macro_rules! method {
    (constants $field:ident $body:tt $($doc:literal)+) => {};
    (functions $field:ident { $method:ident = $api:ident($($parameter:ident: $kind:ident),*) -> $result:ident,
        $effect:ident, $error:ident $(, shared)? } $($doc:literal)+) => {
        $( #[doc = $doc] )+
        ///
        /// # Safety
        /// Handles are open and pointers valid, as C has to see to.
        pub unsafe fn $method(self $(, $parameter: kinds::$kind)*) -> kinds::$result {
            let function = self.context().$field;
            // SAFETY: the function is this context's own; the rest is the caller's duty.
            unsafe { function(self.as_ptr() $(, $parameter)*) }
        }
    };
}

macro_rules! methods {
    ($( $section:ident { $( $(#[doc = $doc:literal])+ $index:literal $field:ident $body:tt )+ } )+) => {
        /// The functions of the context, called as C calls them.
        impl Cx {
            $( $( method!($section $field $body $($doc)+); )+ )+
        }
    };
}
for_each_slot!(methods);
