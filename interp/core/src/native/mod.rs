//! Functions written in Rust: how they are declared, and how a call's arguments reach them.
//!
//! A row of [`natives!`](crate::natives) holds a text signature as CPython's `__text_signature__` has it. Everything is
//! made from it: `inspect.signature`, arity errors, keyword arguments, defaults. The Rust function gets one value per
//! parameter, in order; a parameter without default that may be missing is written `name=<absent>` and arrives as
//! `Value::ABSENT`.
//!
//! ```ignore
//! natives! {
//!     pub static STR_METHODS = {
//!         /// Return a list of the words in the string.
//!         split "($self, /, sep=None, maxsplit=-1)" => str_split;
//!     }
//! }
//! fn str_split(vm: &mut Vm, args: &[Value]) -> R { let (this, sep, maxsplit) = (args[0], args[1], args[2]); … }
//! ```
//! `*args` arrives as a tuple, `**kwargs` as a dict. A row marked `raw` gets the call's [`Args`] as they are.
#![expect(clippy::type_complexity, reason = "the signatures of slots")]
mod bind;
mod signature;

pub(crate) use bind::direct_call;
pub use bind::{Bound, call_native};
pub use signature::{Default_, Parameter, Signature};

use haft_heap::Value;

use crate::object::{NativeFunction, PayloadRef, Type};
use crate::vm::{Args, R, Vm};

/// What calls a function of C code: (function object, receiver or ABSENT, arguments).
pub type ForeignFunction = fn(&mut Vm, PayloadRef<NativeFunction>, Value, &Args<'_>) -> R;

/// The Rust side of a native function.
#[derive(Clone, Copy)]
pub enum NativeCall {
    /// One value per parameter.
    Bound(fn(&mut Vm, &[Value]) -> R),
    /// The arguments as passed; the receiver, if any, comes first.
    Raw(fn(&mut Vm, &Args<'_>) -> R),
    /// A slot wrapper: gets the class whose slot it wraps, and one value per parameter.
    Slot(fn(&mut Vm, Type, &[Value]) -> R),
    /// A slot wrapper that gets the arguments as passed.
    RawSlot(fn(&mut Vm, Type, &Args<'_>) -> R),
    /// A function of C code: gets the function object, the receiver (or ABSENT) and the arguments. The number is for
    /// whoever made the row.
    Foreign(ForeignFunction, usize),
}

impl std::fmt::Debug for NativeCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            NativeCall::Bound(_) => "Bound",
            NativeCall::Raw(_) => "Raw",
            NativeCall::Slot(_) => "Slot",
            NativeCall::RawSlot(_) => "RawSlot",
            NativeCall::Foreign(..) => "Foreign",
        })
    }
}

/// What kind of attribute a row of a class's table makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum NativeFlags {
    /// A function of a module, or a method of a class.
    #[default]
    Method,
    /// A classmethod.
    Class,
    /// A staticmethod.
    Static,
}

/// One row of a table of native functions.
#[derive(Clone, Copy)]
pub struct NativeDef {
    /// Name in Python.
    pub name: &'static str,
    /// Text signature.
    pub sig: &'static str,
    /// Docstring.
    pub doc: &'static str,
    /// What to call.
    pub call: NativeCall,
    /// Method, classmethod or staticmethod.
    pub flags: NativeFlags,
}

impl std::fmt::Debug for NativeDef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.name, self.sig)
    }
}

/// Declares tables of native functions; see the module's text. Each row starts with its docstring; then an optional
/// `raw`, `class`, `static` or `class raw`, the Python name (an identifier or a string), the signature and the function.
#[macro_export]
macro_rules! natives {
    ($( $(#[$meta:meta])* $vis:vis static $table:ident = { $($rows:tt)* } )+) => {
        $( $(#[$meta])* $vis static $table: &[$crate::NativeDef] = $crate::native_rows!([] $($rows)*); )+
    };
}

/// The rows of [`natives!`].
#[macro_export]
#[doc(hidden)]
macro_rules! native_rows {
    ([$($done:tt)*]) => { &[$($done)*] };
    ([$($done:tt)*] $(#[doc = $doc:literal])* raw $name:tt $sig:literal => $f:expr; $($rest:tt)*) => {
        $crate::native_rows!([$($done)* $crate::native_row!(concat!($($doc, "\n"),*), $name, $sig, Raw($f), Method),] $($rest)*)
    };
    ([$($done:tt)*] $(#[doc = $doc:literal])* class raw $name:tt $sig:literal => $f:expr; $($rest:tt)*) => {
        $crate::native_rows!([$($done)* $crate::native_row!(concat!($($doc, "\n"),*), $name, $sig, Raw($f), Class),] $($rest)*)
    };
    ([$($done:tt)*] $(#[doc = $doc:literal])* class $name:tt $sig:literal => $f:expr; $($rest:tt)*) => {
        $crate::native_rows!([$($done)* $crate::native_row!(concat!($($doc, "\n"),*), $name, $sig, Bound($f), Class),] $($rest)*)
    };
    ([$($done:tt)*] $(#[doc = $doc:literal])* static raw $name:tt $sig:literal => $f:expr; $($rest:tt)*) => {
        $crate::native_rows!([$($done)* $crate::native_row!(concat!($($doc, "\n"),*), $name, $sig, Raw($f), Static),] $($rest)*)
    };
    ([$($done:tt)*] $(#[doc = $doc:literal])* static $name:tt $sig:literal => $f:expr; $($rest:tt)*) => {
        $crate::native_rows!([$($done)* $crate::native_row!(concat!($($doc, "\n"),*), $name, $sig, Bound($f), Static),] $($rest)*)
    };
    ([$($done:tt)*] $(#[doc = $doc:literal])* $name:ident $sig:literal => $f:expr; $($rest:tt)*) => {
        $crate::native_rows!([$($done)* $crate::native_row!(concat!($($doc, "\n"),*), $name, $sig, Bound($f), Method),] $($rest)*)
    };
    ([$($done:tt)*] $(#[doc = $doc:literal])* $name:literal $sig:literal => $f:expr; $($rest:tt)*) => {
        $crate::native_rows!([$($done)* $crate::native_row!(concat!($($doc, "\n"),*), $name, $sig, Bound($f), Method),] $($rest)*)
    };
}

/// One row of [`natives!`].
#[macro_export]
#[doc(hidden)]
macro_rules! native_row {
    ($doc:expr, $name:ident, $sig:literal, $call:ident($f:expr), $flags:ident) => {
        $crate::native_row!(
            $doc,
            ($crate::native::python_name(stringify!($name))),
            $sig,
            $call($f),
            $flags
        )
    };
    ($doc:expr, $name:tt, $sig:literal, $call:ident($f:expr), $flags:ident) => {
        $crate::NativeDef {
            name: $name,
            sig: $sig,
            doc: $doc,
            call: $crate::native::NativeCall::$call($f),
            flags: $crate::NativeFlags::$flags,
        }
    };
}

/// A computed attribute of a native class.
#[derive(Clone, Copy)]
pub struct GetSetDef {
    /// Name in Python.
    pub name: &'static str,
    /// Docstring.
    pub doc: &'static str,
    /// Reads it.
    pub get: fn(&mut Vm, Value) -> R,
    /// Writes it (ABSENT deletes), if that is possible.
    pub set: Option<fn(&mut Vm, Value, Value) -> R<()>>,
}

impl std::fmt::Debug for GetSetDef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// A name as Python spells it: a raw identifier of Rust without its mark.
pub const fn python_name(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}

/// Declares tables of computed attributes: `/// doc` `name => getter;` or `name => getter, setter;`.
#[macro_export]
macro_rules! getsets {
    ($( $(#[$meta:meta])* $vis:vis static $table:ident = { $( $(#[doc = $doc:literal])* $name:ident => $get:expr $(, $set:expr)?; )* } )+) => {
        $( $(#[$meta])* $vis static $table: &[$crate::native::GetSetDef] = &[ $(
            $crate::native::GetSetDef {
                name: $crate::native::python_name(stringify!($name)),
                doc: concat!($($doc, "\n"),*),
                get: $get,
                set: $crate::getsets!(@ $($set)?),
            },
        )* ]; )+
    };
    (@) => { None };
    (@ $set:expr) => { Some($set) };
}
