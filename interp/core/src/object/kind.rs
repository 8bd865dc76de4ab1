//! The layouts of heap objects: one row each.
use haft_heap::{KindInfo, trace_len_words, trace_none, trace_words};

use super::{array, extension, instance, payload, str, table};

macro_rules! kinds {
    ($( $(#[doc = $doc:literal])+ $name:ident: $trace:expr, $drop:expr $(, $unbarriered:ident)?; )+) => {
        /// The Rust layout of a heap object.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub enum Kind { $( $(#[doc = $doc])+ $name, )+ }

        /// What the heap must know of each kind, by number.
        pub fn kind_table() -> Vec<KindInfo> {
            vec![ $( KindInfo { name: stringify!($name), trace: $trace, drop: $drop, unbarriered: false $( || stringify!($unbarriered) == "unbarriered" )? }, )+ ]
        }
        const KINDS: &[Kind] = &[ $( Kind::$name, )+ ];
    };
}

kinds! {
    /// Words that hold no values.
    Raw: trace_none, None;
    /// Count, then as many values.
    Array: trace_len_words, None;
    /// str; see [`super::Str`].
    Str: str::trace, None;
    /// bytes.
    Bytes: trace_none, None;
    /// A double that the value word cannot hold.
    Float: trace_none, None;
    /// complex.
    Complex: trace_none, None;
    /// tuple: count, then as many values.
    Tuple: trace_len_words, None;
    /// list.
    List: extension::trace_list, None;
    /// dict.
    Dict: table::trace_owner, None;
    /// set and frozenset.
    Set: table::trace_owner, None;
    /// Entries of a dict.
    DictEntries: table::trace_dict_entries, None;
    /// Entries of a set.
    SetEntries: table::trace_set_entries, None;
    /// An instance of a class without native base: overflow array, then attribute slots.
    Instance: trace_words, None;
    /// An instance of a subclass of int, float, complex, str, bytes or tuple: the native value, overflow, slots.
    Wrapped: trace_words, None;
    /// A variable shared by several scopes: one value.
    Cell: trace_words, None;
    /// A payload struct without drop glue.
    Native: payload::trace, None, unbarriered;
    /// The same that refers to the same objects for as long as it is there: stores need no barrier, and an old one is not
    /// looked at again.
    NativeQuiet: payload::trace, None;
    /// A payload struct with drop glue.
    NativeDrop: payload::trace, Some(payload::drop), unbarriered;
    /// int beyond a fixnum; see [`super::BigInt`].
    BigInt: trace_none, None;
    /// A payload: Python function.
    Function: payload::trace, None;
    /// A payload: function or method written in Rust.
    NativeFunction: payload::trace, None;
    /// A payload: method bound to its object.
    BoundMethod: payload::trace, None;
    /// A payload: class.
    Type: payload::trace, Some(payload::drop);
    /// A payload: code.
    Code: payload::trace, Some(payload::drop);
    /// A payload: generator, coroutine or asynchronous generator.
    Generator: payload::trace, None;
    /// A payload: exception.
    Exception: payload::trace, None, unbarriered;
    /// A payload: module.
    Module: payload::trace, None, unbarriered;
    /// A payload: iterator over a list.
    ListIter: payload::trace, None;
    /// A payload: iterator over a tuple.
    TupleIter: payload::trace, None;
    /// A payload: iterator over a range of fixnums.
    RangeIter: payload::trace, None;
    /// An instance of a class of C code; see [`super::extension`].
    Extension: extension::trace, None;
    /// The same, with something to do when it dies.
    ExtensionDrop: extension::trace, Some(extension::drop);
    /// An instance of a class of C code that extends int, float, str or tuple.
    ExtensionWrapped: extension::trace_wrapped, None;
    /// The registers of a generator: count, then as many words.
    Registers: array::trace_registers, None;
}

impl Kind {
    /// The kind with number `n`.
    #[inline]
    pub fn from_u8(n: u8) -> Kind {
        KINDS[usize::from(n)]
    }
}

const _: () = instance::LAYOUT_CHECK;
