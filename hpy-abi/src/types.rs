//! What C and hosts hand each other, laid out as in `hpy.h`; the names are those of C.
//!
//! Numbers that C declares as enumerations are plain integers here: C may put any number into them.
#![expect(non_camel_case_types, reason = "the names are those of hpy.h")]

use std::ffi::{c_char, c_int, c_ulong, c_void};

use crate::context::HPyContext;

/// The version of the ABI; a module says which one it needs.
pub const ABI_VERSION: u32 = 0;
/// A host of minor version N runs modules of minor versions up to N.
pub const ABI_VERSION_MINOR: u32 = 0;
/// What stands before `.so` in the file name of a universal module.
pub const ABI_TAG: &str = "hpy0";

macro_rules! words {
    ($( $(#[doc = $doc:literal])+ $name:ident; )+) => { $(
        $(#[doc = $doc])+
        #[repr(C)]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
        pub struct $name(pub isize);

        impl $name {
            /// The one that refers to nothing.
            pub const NULL: Self = Self(0);

            /// Does it refer to nothing?
            pub const fn is_null(self) -> bool {
                self.0 == 0
            }
        }
    )+ };
}

words! {
    /// A handle: a word that stands for an object until it is closed.
    HPy;
    /// A reference in a native structure.
    HPyField;
    /// A reference in a global variable of C.
    HPyGlobal;
    /// A list being built.
    HPyListBuilder;
    /// A tuple being built.
    HPyTupleBuilder;
    /// Handles to close together.
    HPyTracker;
    /// What leaving the execution of Python gave.
    HPyThreadState;
}

/// A function of a module; its signature is said elsewhere.
pub type HPyCFunction = Option<unsafe extern "C" fn()>;
/// What a traversal calls for each field.
pub type HPyFunc_visitproc = Option<unsafe extern "C" fn(*mut HPyField, *mut c_void) -> c_int>;
/// The signature of functions with keyword arguments.
pub type HPyFunc_keywords =
    Option<unsafe extern "C" fn(*mut HPyContext, HPy, *const HPy, usize, HPy) -> HPy>;
/// What runs when a capsule goes: name, pointer, context.
pub type HPyFunc_Capsule_Destructor =
    Option<unsafe extern "C" fn(*const c_char, *mut c_void, *mut c_void)>;

/// A slot of a type or a module, and the function in it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPySlot {
    /// Which: an `HPySlot_Slot`.
    pub slot: c_int,
    /// The function.
    pub impl_: HPyCFunction,
    /// The function as CPython calls it.
    pub cpy_trampoline: HPyCFunction,
}

/// A method.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyMeth {
    /// Its name, UTF-8.
    pub name: *const c_char,
    /// The function.
    pub impl_: HPyCFunction,
    /// The function as CPython calls it.
    pub cpy_trampoline: HPyCFunction,
    /// Its signature: an `HPyFunc_Signature`.
    pub signature: c_int,
    /// Its docstring, UTF-8, or null.
    pub doc: *const c_char,
}

/// An attribute that is a piece of the native structure.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyMember {
    /// Its name, UTF-8.
    pub name: *const c_char,
    /// What is there: an `HPyMember_FieldType`.
    pub type_: c_int,
    /// Where, in bytes.
    pub offset: isize,
    /// Not 0: it cannot be set.
    pub readonly: c_int,
    /// Its docstring, UTF-8, or null.
    pub doc: *const c_char,
}

/// An attribute that functions get and set.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyGetSet {
    /// Its name, UTF-8.
    pub name: *const c_char,
    /// Gets it, or null.
    pub getter_impl: HPyCFunction,
    /// Sets or deletes it, or null.
    pub setter_impl: HPyCFunction,
    /// The getter as CPython calls it.
    pub getter_cpy_trampoline: HPyCFunction,
    /// The setter as CPython calls it.
    pub setter_cpy_trampoline: HPyCFunction,
    /// Its docstring, UTF-8, or null.
    pub doc: *const c_char,
    /// Handed to both functions.
    pub closure: *mut c_void,
}

/// What an [`HPyDef`] is, by its kind.
#[repr(C)]
#[derive(Clone, Copy)]
pub union HPyDef_Union {
    /// Kind 1.
    pub slot: HPySlot,
    /// Kind 2.
    pub meth: HPyMeth,
    /// Kind 3.
    pub member: HPyMember,
    /// Kind 4.
    pub getset: HPyGetSet,
}

impl std::fmt::Debug for HPyDef_Union {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HPyDef_Union")
    }
}

/// A definition: a slot, method, member or get/set attribute.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyDef {
    /// Which of them: an `HPyDef_Kind`, see [`DefKind`].
    pub kind: c_int,
    /// The definition.
    pub def: HPyDef_Union,
}

/// What runs when a capsule goes.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyCapsule_Destructor {
    /// The function as CPython calls it.
    pub cpy_trampoline: HPyCFunction,
    /// The function.
    pub impl_: HPyFunc_Capsule_Destructor,
}

/// What runs when an instance is called.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyCallFunction {
    /// The function as CPython calls it.
    pub cpy_trampoline: HPyCFunction,
    /// The function.
    pub impl_: HPyFunc_keywords,
}

/// The description of a type.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyType_Spec {
    /// `module.name`, UTF-8.
    pub name: *const c_char,
    /// Bytes of the native structure.
    pub basicsize: c_int,
    /// Not supported: 0.
    pub itemsize: c_int,
    /// See [`TPFLAGS_DEFAULT`] and its neighbours.
    pub flags: c_ulong,
    /// An `HPyType_BuiltinShape`, see [`Shape`].
    pub builtin_shape: c_int,
    /// Slots of the C API, which universal modules do not have.
    pub legacy_slots: *mut c_void,
    /// Definitions up to a null, or null.
    pub defines: *mut *mut HPyDef,
    /// Its docstring, UTF-8, or null.
    pub doc: *const c_char,
}

/// A base or the metaclass of a type.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyType_SpecParam {
    /// An `HPyType_SpecParam_Kind`, see [`SpecParamKind`]; 0 ends the list.
    pub kind: c_int,
    /// The object.
    pub object: HPy,
}

/// The description of a module.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPyModuleDef {
    /// Its docstring, UTF-8, or null.
    pub doc: *const c_char,
    /// Bytes of the module's state; negative is an error.
    pub size: isize,
    /// Methods of the C API, which universal modules do not have.
    pub legacy_methods: *mut c_void,
    /// Definitions up to a null, or null.
    pub defines: *mut *mut HPyDef,
    /// Addresses of its [`HPyGlobal`] variables up to a null, or null.
    pub globals: *mut *mut HPyGlobal,
}

/// A view of memory, as the slot `HPy_bf_getbuffer` fills it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HPy_buffer {
    /// The first item.
    pub buf: *mut c_void,
    /// The object whose memory it is, owned.
    pub obj: HPy,
    /// Bytes.
    pub len: isize,
    /// Bytes of an item.
    pub itemsize: isize,
    /// Not 0: must not be written to.
    pub readonly: c_int,
    /// Number of dimensions.
    pub ndim: c_int,
    /// Format of an item as in module `struct`, or null.
    pub format: *mut c_char,
    /// Length of each dimension, or null.
    pub shape: *mut isize,
    /// Distance of neighbours in each dimension, or null.
    pub strides: *mut isize,
    /// Offsets behind pointers, or null.
    pub suboffsets: *mut isize,
    /// The exporter's own business.
    pub internal: *mut c_void,
}

/// The flag that every type of HPy has.
pub const TPFLAGS_DEFAULT: c_ulong = 1 << 9 | 1 << 18;
/// The type can be a base.
pub const TPFLAGS_BASETYPE: c_ulong = 1 << 10;
/// Its instances can be called quickly.
pub const TPFLAGS_HAVE_VECTORCALL: c_ulong = 1 << 11;
/// Its instances take part in the collection of cycles.
pub const TPFLAGS_HAVE_GC: c_ulong = 1 << 14;

macro_rules! numbers {
    ($( $(#[doc = $doc:literal])+ enum $name:ident, $c:literal { $( $(#[doc = $row_doc:literal])+ $row:ident = $number:literal, $row_c:literal; )+ } )+) => { $(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name { $( $(#[doc = $row_doc])+ $row = $number, )+ }

        impl $name {
            /// The one of that number, if C gave a valid one.
            pub const fn of(number: c_int) -> Option<Self> {
                match number { $( $number => Some(Self::$row), )+ _ => None }
            }

            /// All of them: name in C, number, meaning.
            pub const ROWS: &[(&str, c_int, &str)] =
                &[ $( ($row_c, $number, concat!($($row_doc),+)) ),+ ];

            /// The name of the enumeration in C.
            pub const C_NAME: &str = $c;
        }
    )+ };
}

numbers! {
    /// What an [`HPyDef`] is.
    enum DefKind, "HPyDef_Kind" {
        /// A slot.
        Slot = 1, "HPyDef_Kind_Slot";
        /// A method.
        Meth = 2, "HPyDef_Kind_Meth";
        /// A member.
        Member = 3, "HPyDef_Kind_Member";
        /// An attribute with getter and setter.
        GetSet = 4, "HPyDef_Kind_GetSet";
    }

    /// What the native structure of a type's instances comes after.
    enum Shape, "HPyType_BuiltinShape" {
        /// A structure that begins with an object's header of the C API.
        Legacy = -1, "HPyType_BuiltinShape_Legacy";
        /// `object`.
        Object = 0, "HPyType_BuiltinShape_Object";
        /// `type`.
        Type = 1, "HPyType_BuiltinShape_Type";
        /// `int`.
        Long = 2, "HPyType_BuiltinShape_Long";
        /// `float`.
        Float = 3, "HPyType_BuiltinShape_Float";
        /// `str`.
        Unicode = 4, "HPyType_BuiltinShape_Unicode";
        /// `tuple`.
        Tuple = 5, "HPyType_BuiltinShape_Tuple";
        /// `list`.
        List = 6, "HPyType_BuiltinShape_List";
    }

    /// What an [`HPyType_SpecParam`] gives.
    enum SpecParamKind, "HPyType_SpecParam_Kind" {
        /// A base.
        Base = 1, "HPyType_SpecParam_Base";
        /// A tuple of all bases.
        BasesTuple = 2, "HPyType_SpecParam_BasesTuple";
        /// The metaclass.
        Metaclass = 3, "HPyType_SpecParam_Metaclass";
    }

    /// A part of a capsule.
    enum CapsulePart, "_HPyCapsule_key" {
        /// The pointer.
        Pointer = 0, "HPyCapsule_key_Pointer";
        /// The name.
        Name = 1, "HPyCapsule_key_Name";
        /// The context.
        Context = 2, "HPyCapsule_key_Context";
        /// The destructor.
        Destructor = 3, "HPyCapsule_key_Destructor";
    }

    /// What is compiled.
    enum Source, "HPy_SourceKind" {
        /// An expression.
        Expr = 0, "HPy_SourceKind_Expr";
        /// A file.
        File = 1, "HPy_SourceKind_File";
        /// A statement of the interactive interpreter.
        Single = 2, "HPy_SourceKind_Single";
    }

    /// A comparison.
    enum RichCmpOp, "HPy_RichCmpOp" {
        /// `<`
        Lt = 0, "HPy_LT";
        /// `<=`
        Le = 1, "HPy_LE";
        /// `==`
        Eq = 2, "HPy_EQ";
        /// `!=`
        Ne = 3, "HPy_NE";
        /// `>`
        Gt = 4, "HPy_GT";
        /// `>=`
        Ge = 5, "HPy_GE";
    }

    /// What a member is in C.
    enum MemberType, "HPyMember_FieldType" {
        /// `short`
        Short = 0, "HPyMember_SHORT";
        /// `int`
        Int = 1, "HPyMember_INT";
        /// `long`
        Long = 2, "HPyMember_LONG";
        /// `float`
        Float = 3, "HPyMember_FLOAT";
        /// `double`
        Double = 4, "HPyMember_DOUBLE";
        /// `char *`, UTF-8; null is `None`; cannot be set.
        String = 5, "HPyMember_STRING";
        /// `HPyField`; nothing is `None`.
        Object = 6, "HPyMember_OBJECT";
        /// `char`, a `str` of one character.
        Char = 7, "HPyMember_CHAR";
        /// `signed char`, a number.
        Byte = 8, "HPyMember_BYTE";
        /// `unsigned char`, a number.
        UByte = 9, "HPyMember_UBYTE";
        /// `unsigned short`
        UShort = 10, "HPyMember_USHORT";
        /// `unsigned int`
        UInt = 11, "HPyMember_UINT";
        /// `unsigned long`
        ULong = 12, "HPyMember_ULONG";
        /// `char[]`, UTF-8; cannot be set.
        StringInplace = 13, "HPyMember_STRING_INPLACE";
        /// `char`, a truth value.
        Bool = 14, "HPyMember_BOOL";
        /// `HPyField`; nothing is an AttributeError.
        ObjectEx = 16, "HPyMember_OBJECT_EX";
        /// `long long`
        LongLong = 17, "HPyMember_LONGLONG";
        /// `unsigned long long`
        ULongLong = 18, "HPyMember_ULONGLONG";
        /// `HPy_ssize_t`
        SsizeT = 19, "HPyMember_HPYSSIZET";
        /// Always `None`.
        None = 20, "HPyMember_NONE";
    }
}
