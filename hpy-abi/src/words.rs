//! Words: what a module may do itself where handles are value words.
//!
//! A call of a function of the context and its return cost some three nanoseconds, and most of these functions shift a word
//! or compare two. So the headers (`headers/haft/words.h`) do that themselves when the context says that its host's
//! words are of this kind: by a mark in four bytes which every other host leaves unused, the padding behind `abi_version`.
//! A host whose words are others has no mark, or a mark of its own, and modules call its functions. Debug and trace
//! contexts have none.
use std::ptr;

use crate::types::HPy;

macro_rules! numbers {
    ($( #[doc = $doc:literal] $name:ident = $value:expr; )+) => {
        $( #[doc = $doc] pub const $name: u64 = $value; )+

        /// Name, value and meaning of each of these numbers.
        pub const NUMBERS: &[(&str, u64, &str)] = &[ $( (stringify!($name), $value, $doc), )+ ];
    };
}

numbers! {
    /// Where the mark is in the context, in bytes.
    MARK_OFFSET = 20;
    /// The mark of words of this kind.
    MARK = 0x4854_0001;
    /// These bits are 0 in the word of an object; all bits are 0 in null.
    OBJECT_MASK = 7;
    /// These bits tell small integers.
    INT_MASK = 3;
    /// What they are then.
    INT_TAG = 1;
    /// By so many bits a small integer is shifted to the left.
    INT_SHIFT = 2;
    /// So many bits a double is rotated to the left.
    FLOAT_ROTATION = 4;
    /// What is added to it then.
    FLOAT_BIAS = 3;
    /// A bit for each value of the lowest three bits that is a double's.
    FLOAT_TAGS = 0b1100_1000;
    /// None.
    NONE = 4;
    /// False.
    FALSE = 20;
    /// True.
    TRUE = 28;
    /// From the address of an object to its native structure, in bytes, if it is of shape Object.
    OBJECT_STRUCT = 16;
    /// The first four bytes of a list of exactly that class.
    LIST_SHAPE = 6;
    /// Where a list has the word of the array of its items, null or an integer's if there is none.
    LIST_ARRAY = 8;
    /// Where a list has its length, as the word of an integer.
    LIST_LEN = 16;
    /// The first four bytes of a tuple of exactly that class.
    TUPLE_SHAPE = 5;
    /// Where a tuple has its length.
    TUPLE_LEN = 8;
    /// Where a tuple, and the array of a list, has its items.
    ITEMS = 16;
    /// Where an object has the bits of the collector, in a byte.
    GC = 5;
    /// These of them tell whether the collector must hear of a new item.
    GC_MASK = 3;
    /// It must when they are this.
    GC_OLD = 1;
}

/// Where a host keeps what modules read and write themselves: the beginning of what `_private` of a marked context points to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(C)]
pub struct Places {
    /// The object whose handle was opened last, or [`NONE`] when it was closed. Opening a handle while it is none puts its
    /// object here; closing the handle of the object that is here puts none here.
    pub last: *mut HPy,
    /// The exception that was raised, or null.
    pub raised: *const HPy,
}

impl Places {
    /// Those of a context without mark.
    pub const NOWHERE: Places = Places { last: ptr::null_mut(), raised: ptr::null() };
}

/// Methods of [`crate::Host`] that the headers do themselves where they can.
pub const METHODS: &[&str] = &[
    "dup",
    "close",
    "long_from_int32_t",
    "long_from_uint32_t",
    "long_from_int64_t",
    "long_from_uint64_t",
    "long_from_size_t",
    "long_from_ssize_t",
    "long_as_int32_t",
    "long_as_uint32_t",
    "long_as_int64_t",
    "long_as_uint64_t",
    "long_as_size_t",
    "long_as_ssize_t",
    "long_as_double",
    "float_from_double",
    "float_as_double",
    "bool_from_bool",
    "err_occurred",
    "is_true",
    "is",
    "as_struct_object",
    "field_load",
    "length",
    "get_item_i",
    "list_builder_set",
    "list_builder_build",
    "tuple_builder_set",
    "tuple_builder_build",
];
