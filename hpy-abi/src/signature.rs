//! The signatures of the functions in a module, and the structures in which their arguments travel.

use std::ffi::c_int;

/// Calls the macro `$callback` with a row for each signature:
/// `/// meaning.  NUMBER C_NAME NAME context|bare (PARAMETER: KIND, …) -> KIND;`
///
/// Functions of a `bare` signature do not get the context as their first argument.
#[macro_export]
macro_rules! for_each_signature {
    ($callback:ident) => {
        $callback! {
            /// A function of positional arguments.
            1 VARARGS Varargs context (self_: Handle, args: Handles, nargs: Count) -> Owned;
            /// A function of positional and keyword arguments, whose names come as a tuple or null.
            2 KEYWORDS Keywords context (self_: Handle, args: Handles, nargsf: Count, kwnames: NullableHandle) -> Owned;
            /// A function of no arguments.
            3 NOARGS NoArgs context (self_: Handle) -> Owned;
            /// A function of one argument.
            4 O O context (self_: Handle, arg: Handle) -> Owned;
            /// Frees what a native structure owns.
            5 DESTROYFUNC Destroy bare (data: Data) -> Unit;
            /// Fills a view of memory.
            6 GETBUFFERPROC GetBuffer context (self_: Handle, view: Buffer, flags: Int) -> Status;
            /// Gives a view of memory up.
            7 RELEASEBUFFERPROC ReleaseBuffer context (self_: Handle, view: Buffer) -> Unit;
            /// An operator of one operand.
            8 UNARYFUNC Unary context (arg0: Handle) -> Owned;
            /// An operator of two operands.
            9 BINARYFUNC Binary context (arg0: Handle, arg1: Handle) -> Owned;
            /// An operator of three operands.
            10 TERNARYFUNC Ternary context (arg0: Handle, arg1: Handle, arg2: Handle) -> Owned;
            /// A question about an object.
            11 INQUIRY Inquiry context (arg0: Handle) -> Truth;
            /// A length.
            12 LENFUNC Len context (arg0: Handle) -> Ssize;
            /// An item by its index.
            13 SSIZEARGFUNC SsizeArg context (arg0: Handle, arg1: Ssize) -> Owned;
            /// A part of a sequence.
            14 SSIZESSIZEARGFUNC SsizeSsizeArg context (arg0: Handle, arg1: Ssize, arg2: Ssize) -> Owned;
            /// Sets an item by its index, or deletes it when the value is null.
            15 SSIZEOBJARGPROC SsizeObjArg context (arg0: Handle, arg1: Ssize, arg2: NullableHandle) -> Status;
            /// Sets or deletes a part of a sequence.
            16 SSIZESSIZEOBJARGPROC SsizeSsizeObjArg context (
                arg0: Handle, arg1: Ssize, arg2: Ssize, arg3: NullableHandle
            ) -> Status;
            /// Sets an item by its key, or deletes it when the value is null.
            17 OBJOBJARGPROC ObjObjArg context (arg0: Handle, arg1: Handle, arg2: NullableHandle) -> Status;
            /// Frees memory; no slot uses it.
            18 FREEFUNC Free context (arg0: Data) -> Unit;
            /// An attribute by a name in C; no slot uses it.
            19 GETATTRFUNC GetAttr context (arg0: Handle, arg1: MutableText) -> Owned;
            /// An attribute; no slot uses it.
            20 GETATTROFUNC GetAttrO context (arg0: Handle, arg1: Handle) -> Owned;
            /// Sets an attribute by a name in C; no slot uses it.
            21 SETATTRFUNC SetAttr context (arg0: Handle, arg1: MutableText, arg2: NullableHandle) -> Status;
            /// Sets an attribute; no slot uses it.
            22 SETATTROFUNC SetAttrO context (arg0: Handle, arg1: Handle, arg2: NullableHandle) -> Status;
            /// A text for an object.
            23 REPRFUNC Repr context (arg0: Handle) -> Owned;
            /// A hash.
            24 HASHFUNC Hash context (arg0: Handle) -> Hash;
            /// A comparison.
            25 RICHCMPFUNC RichCmp context (arg0: Handle, arg1: Handle, arg2: Comparison) -> Owned;
            /// An iterator; no slot uses it.
            26 GETITERFUNC GetIter context (arg0: Handle) -> Owned;
            /// The next item; no slot uses it.
            27 ITERNEXTFUNC IterNext context (arg0: Handle) -> Owned;
            /// An attribute through its descriptor; no slot uses it.
            28 DESCRGETFUNC DescrGet context (arg0: Handle, arg1: NullableHandle, arg2: NullableHandle) -> Owned;
            /// Sets an attribute through its descriptor; no slot uses it.
            29 DESCRSETFUNC DescrSet context (arg0: Handle, arg1: Handle, arg2: NullableHandle) -> Status;
            /// Initialises an instance, with positional arguments and a dict of keyword arguments or null.
            30 INITPROC Init context (self_: Handle, args: Handles, nargs: SignedCount, kw: NullableHandle) -> Status;
            /// Makes an instance, with positional arguments and a dict of keyword arguments or null.
            31 NEWFUNC New context (self_: Handle, args: Handles, nargs: SignedCount, kw: NullableHandle) -> Owned;
            /// Gets an attribute.
            32 GETTER Getter context (arg0: Handle, arg1: Data) -> Owned;
            /// Sets an attribute, or deletes it when the value is null.
            33 SETTER Setter context (arg0: Handle, arg1: NullableHandle, arg2: Data) -> Status;
            /// A question about two objects.
            34 OBJOBJPROC ObjObj context (arg0: Handle, arg1: Handle) -> Truth;
            /// Visits the fields of a native structure.
            35 TRAVERSEPROC Traverse bare (object: Data, visit: Visit, arg: Data) -> Int;
            /// The end of an object.
            36 DESTRUCTOR Destructor context (arg0: Handle) -> Unit;
            /// The end of a capsule: its name, pointer and context.
            37 CAPSULE_DESTRUCTOR CapsuleDestructor bare (name: NullableText, pointer: Data, context: Data) -> Unit;
            /// A call as CPython makes it; nothing uses it.
            38 VECTORCALLFUNC VectorCall context (
                callable: Handle, args: Handles, nargs: Count, kwnames: NullableHandle
            ) -> Owned;
            /// Makes a module from its spec.
            39 MOD_CREATE ModCreate context (spec: Handle) -> Owned;
        }
    };
}

macro_rules! function_type {
    (context ($($kind:ident),*) -> $result:ident) => {
        unsafe extern "C" fn(*mut $crate::HPyContext $(, $crate::kinds::$kind)*) -> $crate::kinds::$result
    };
    (bare ($($kind:ident),*) -> $result:ident) => {
        unsafe extern "C" fn($($crate::kinds::$kind),*) -> $crate::kinds::$result
    };
}

macro_rules! signatures {
    ($( $(#[doc = $doc:literal])+ $number:literal $c:ident $name:ident $form:ident
        ($($parameter:ident: $kind:ident),*) -> $result:ident; )+) => {
        /// The signature of a C function in a module.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Signature { $( $(#[doc = $doc])+ $name = $number, )+ }

        impl Signature {
            /// All signatures.
            pub const ALL: &[Signature] = &[ $( Signature::$name ),+ ];

            /// The signature of that number, if C gave a valid one.
            pub const fn of(number: c_int) -> Option<Signature> {
                match number { $( $number => Some(Signature::$name), )+ _ => None }
            }

            /// Its number.
            pub const fn number(self) -> c_int {
                self as c_int
            }

            /// Its name in C, less `HPyFunc_`.
            pub const fn c_name(self) -> &'static str {
                match self { $( Signature::$name => stringify!($c), )+ }
            }

            /// What such functions do.
            pub const fn doc(self) -> &'static str {
                match self { $( Signature::$name => concat!($($doc),+), )+ }
            }

            /// Do they get the context as their first argument?
            pub const fn has_context(self) -> bool {
                match self { $( Signature::$name => has_context!($form), )+ }
            }

            /// Names and kinds of their parameters after the context.
            pub const fn parameters(self) -> &'static [(&'static str, $crate::kinds::Kind)] {
                match self { $( Signature::$name =>
                    &[ $( (stringify!($parameter), $crate::kinds::Kind::$kind) ),* ], )+ }
            }

            /// What they give.
            pub const fn result(self) -> $crate::kinds::Kind {
                match self { $( Signature::$name => $crate::kinds::Kind::$result, )+ }
            }
        }

        /// The arguments of a call and its result, in one structure for each signature.
        pub mod args { $(
            $(#[doc = $doc])+
            #[repr(C)]
            #[derive(Clone, Copy, Debug)]
            pub struct $name {
                $( #[doc = concat!("Argument `", stringify!($parameter), "`.")] pub $parameter: $crate::kinds::$kind, )*
                /// What the function returned.
                pub result: $crate::kinds::$result,
            }
        )+ }

        /// The type of the functions of each signature.
        pub mod functions { $(
            $(#[doc = $doc])+
            pub type $name = function_type!($form ($($kind),*) -> $result);
        )+ }
    };
}
macro_rules! has_context {
    (context) => {
        true
    };
    (bare) => {
        false
    };
}
for_each_signature!(signatures);
