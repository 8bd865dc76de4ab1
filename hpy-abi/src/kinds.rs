//! What the functions of the table take and give: each kind is a type with a meaning, and tells wrappers what to do with it.

use std::ffi::{c_char, c_int, c_void};

use crate::types::{
    HPy, HPy_buffer, HPyCFunction, HPyCallFunction, HPyCapsule_Destructor, HPyField,
    HPyFunc_visitproc, HPyGlobal, HPyListBuilder, HPyThreadState, HPyTracker, HPyTupleBuilder,
    HPyType_Spec, HPyType_SpecParam,
};

macro_rules! kinds {
    ($( $(#[doc = $doc:literal])+ $name:ident = $ty:ty, $c:literal; )+) => {
        $( $(#[doc = $doc])+ pub type $name = $ty; )+

        /// A kind, for those who read the table as data.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Kind { $( $(#[doc = $doc])+ $name, )+ }

        impl Kind {
            /// The type in C; a name follows it, and `[]` after that for [`Kind::ItemHandles`].
            pub const fn c_type(self) -> &'static str {
                match self { $( Kind::$name => $c, )+ }
            }

            /// What it means.
            pub const fn doc(self) -> &'static str {
                match self { $( Kind::$name => concat!($($doc),+), )+ }
            }
        }
    };
}

kinds! {
    /// A handle that stays the caller's and is not null.
    Handle = HPy, "HPy";
    /// A handle that stays the caller's, or null.
    NullableHandle = HPy, "HPy";
    /// A handle that is closed by the call, or null.
    ClosedHandle = HPy, "HPy";
    /// A handle that a tracker will close, or null.
    TrackedHandle = HPy, "HPy";
    /// Handles that stay the caller's; a count follows.
    Handles = *const HPy, "const HPy *";
    /// Likewise, declared as an array in C.
    ItemHandles = *mut HPy, "HPy ";
    /// Where a new handle, or null, is stored.
    OutHandle = *mut HPy, "HPy *";
    /// A new handle, which the caller must close; null on errors.
    Owned = HPy, "HPy";
    /// The length of the array before it.
    Count = usize, "size_t";
    /// The length of the array before it.
    SignedCount = isize, "HPy_ssize_t";
    /// A number.
    I32 = i32, "int32_t";
    /// A number.
    U32 = u32, "uint32_t";
    /// A number.
    I64 = i64, "int64_t";
    /// A number.
    U64 = u64, "uint64_t";
    /// A number.
    Size = usize, "size_t";
    /// A number.
    Ssize = isize, "HPy_ssize_t";
    /// A number.
    Double = f64, "double";
    /// A truth value.
    Bool = bool, "bool";
    /// A number.
    Int = c_int, "int";
    /// Which comparison: an `HPy_RichCmpOp`.
    Comparison = c_int, "HPy_RichCmpOp";
    /// 1 for yes, 0 for no; never an error.
    Test = c_int, "int";
    /// 1 for yes, 0 for no, -1 on errors.
    Truth = c_int, "int";
    /// 0, or -1 on errors.
    Status = c_int, "int";
    /// 0, or -1 on errors.
    Status32 = i32, "int32_t";
    /// A hash value.
    Hash = isize, "HPy_hash_t";
    /// A code point.
    Char = u32, "HPy_UCS4";
    /// The shape of a type: an `HPyType_BuiltinShape`.
    Shape = c_int, "HPyType_BuiltinShape";
    /// Which part of a capsule: an `_HPyCapsule_key`.
    CapsuleKey = c_int, "_HPyCapsule_key";
    /// What is compiled: an `HPy_SourceKind`.
    SourceKind = c_int, "HPy_SourceKind";
    /// The signature of a C function: an `HPyFunc_Signature`.
    SignatureNumber = c_int, "HPyFunc_Signature";
    /// UTF-8 up to a zero.
    Text = *const c_char, "const char *";
    /// UTF-8 up to a zero, or null.
    NullableText = *const c_char, "const char *";
    /// A name in the file system's encoding, up to a zero.
    FileName = *const c_char, "const char *";
    /// A name in the file system's encoding, up to a zero, or null.
    NullableFileName = *const c_char, "const char *";
    /// Bytes; their number follows.
    Chars = *const c_char, "const char *";
    /// Bytes or null; their number follows.
    NullableChars = *const c_char, "const char *";
    /// Characters that C may write to, up to a zero.
    MutableText = *mut c_char, "char *";
    /// Wide characters; their number follows.
    WideChars = *const libc::wchar_t, "const wchar_t *";
    /// UTF-8 up to a zero, which belongs to the object of the first handle.
    BorrowedText = *const c_char, "const char *";
    /// Bytes and a zero, which belong to the object of the first handle.
    BorrowedBytes = *const c_char, "const char *";
    /// An address that is C's own business.
    Data = *mut c_void, "void *";
    /// Where an address is stored.
    OutData = *mut *mut c_void, "void **";
    /// Where a number is stored.
    OutSize = *mut isize, "HPy_ssize_t *";
    /// Where a number is stored, or null.
    NullableOutSize = *mut isize, "HPy_ssize_t *";
    /// A list being built.
    ListBuilder = HPyListBuilder, "HPyListBuilder";
    /// A list being built, used up by the call.
    BuiltList = HPyListBuilder, "HPyListBuilder";
    /// A tuple being built.
    TupleBuilder = HPyTupleBuilder, "HPyTupleBuilder";
    /// A tuple being built, used up by the call.
    BuiltTuple = HPyTupleBuilder, "HPyTupleBuilder";
    /// Handles to close together.
    Tracker = HPyTracker, "HPyTracker";
    /// What leaving the execution of Python gave.
    ThreadState = HPyThreadState, "HPyThreadState";
    /// A reference in a native structure.
    Field = HPyField, "HPyField";
    /// Where such a reference is.
    FieldSlot = *mut HPyField, "HPyField *";
    /// A reference in a global variable of C.
    Global = HPyGlobal, "HPyGlobal";
    /// Where such a reference is.
    GlobalSlot = *mut HPyGlobal, "HPyGlobal *";
    /// The description of a type.
    Spec = *mut HPyType_Spec, "HPyType_Spec *";
    /// Bases and metaclass, up to a row of kind 0, or null.
    Params = *mut HPyType_SpecParam, "HPyType_SpecParam *";
    /// What runs when a capsule goes, or null.
    Destructor = *mut HPyCapsule_Destructor, "HPyCapsule_Destructor *";
    /// What runs when an instance is called.
    CallFunction = *mut HPyCallFunction, "HPyCallFunction *";
    /// A function of a module, whose signature is said elsewhere.
    CFunction = HPyCFunction, "HPyCFunction";
    /// An object of the C API.
    PyObject = *mut c_void, "cpy_PyObject *";
    /// A view of memory.
    Buffer = *mut HPy_buffer, "HPy_buffer *";
    /// What a traversal calls for each field.
    Visit = HPyFunc_visitproc, "HPyFunc_visitproc";
    /// Nothing.
    Unit = (), "void";
}

/// Does a function with such parameters make something of the module's functions, so that the host must know which context to
/// call them with?
pub(crate) const fn registers(parameters: &[Kind]) -> bool {
    let mut index = 0;
    while index < parameters.len() {
        if matches!(parameters[index], Kind::Spec | Kind::CallFunction | Kind::Destructor) {
            return true;
        }
        index += 1;
    }
    false
}
