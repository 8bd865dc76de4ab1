//! What a module of foreign functions and C data tells the recorder: plain facts, from which [`super::c_call`] and
//! [`super::c_data`] make guards, loads, stores and native calls.
use haft_heap::Value;
use haft_jit::ir::AbiTy;

use crate::object::{Dict, NativeFunction, Type};
use crate::vm::Vm;

/// How a C value lies in memory, travels, and is seen from Python.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CType {
    /// Nothing (results).
    Void,
    /// An integer of at most 64 bits, signed or not (but not [`CType::UInt64`]): written values must lie between the bounds.
    Int {
        /// How it travels.
        abi: AbiTy,
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
    },
    /// An unsigned integer of 64 bits.
    UInt64,
    /// `_Bool`
    Bool,
    /// `char` in memory: read as a bytes of length one, not written.
    Char,
    /// `float`
    Float,
    /// `double`
    Double,
    /// An address: read as C data of this type.
    Pointer(Value),
    /// A struct, union or array of this type: read as C data at the place itself.
    Inside(Value),
}

/// A number as the recorder of extension modules names it.
pub type Number = CType;

/// A struct that travels in registers: each piece and its offset in memory.
pub type Pieces = Vec<(AbiTy, u32)>;

/// How a value becomes an argument.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// A number of Python's, converted.
    Number(CType),
    /// C data: its address is passed.
    Address,
    /// C data of a primitive type: its value is passed.
    Read(CType),
    /// C data of a struct type: its pieces are passed.
    Pieces(Pieces),
    /// A bytes object: the address of its first byte.
    Bytes,
    /// The object that a method of an extension class is called on, of the class that it is of now: the address so many
    /// bytes behind its own, or nothing.
    Receiver(Option<i64>),
    /// Any value: its word.
    Word,
}

/// What becomes of a result.
#[derive(Clone, Debug, PartialEq)]
pub enum ForeignResult {
    /// A value.
    Value(CType),
    /// A new handle of an extension module.
    Handle,
    /// A new struct.
    Record(NewData, Pieces),
}

/// A C function with the conversions for these arguments.
#[derive(Clone, Debug)]
pub struct ForeignCall {
    /// For logs.
    pub name: String,
    /// Where it is. The value that stands for it does not change its address.
    pub address: usize,
    /// The arguments.
    pub args: Vec<Argument>,
    /// The result.
    pub result: ForeignResult,
    /// Of a variadic function: how many arguments are named.
    pub variadic: Option<u32>,
    /// An int is no argument for a floating parameter.
    pub exact: bool,
    /// The function gets a context, through which it may do and raise anything.
    pub context: Option<ForeignContext>,
}

/// See [`ForeignCall::context`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForeignContext {
    /// What is passed first.
    pub address: usize,
    /// As in [`Passes::Context`](super::Passes::Context).
    pub finish: usize,
}

/// How C data objects are laid out: byte offsets from the object's start.
#[derive(Clone, Copy, Debug)]
pub struct DataLayout {
    /// Address of the table that a payload object begins with.
    pub table: u64,
    /// The kind in its header.
    pub kind: u8,
    /// Bytes of an object with the smallest memory of its own, header excluded.
    pub bytes: u32,
    /// Bytes of that memory.
    pub room: u32,
    /// The type object.
    pub ctype: u32,
    /// The address.
    pub at: u32,
    /// Number of items, if the type does not say it.
    pub length: u32,
    /// What is owned, a byte.
    pub own: u32,
    /// What keeps the memory.
    pub owner: u32,
    /// Memory of its own.
    pub inner: u32,
}

/// What is known of a C data object. All of it stays so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Data {
    /// Its type object.
    pub ctype: Value,
    /// What it owns, as the byte in it.
    pub own: u8,
    /// Is item 0 the object that it keeps?
    pub gives_owner: bool,
    /// Must its address be looked at before it is followed?
    pub may_be_null: bool,
    /// Is it a number or character, and not an address?
    pub is_primitive: bool,
}

/// A C data object to be made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NewData {
    /// Its class.
    pub class: Type,
    /// Its type object.
    pub ctype: Value,
    /// What it owns.
    pub own: u8,
    /// Bytes of memory in the object.
    pub size: u32,
}

/// Items of an array, or behind a pointer.
#[derive(Clone, Copy, Debug)]
pub struct Items {
    /// What each is; `None`: only the general code knows.
    pub item: Option<CType>,
    /// Bytes from one to the next.
    pub size: i64,
    /// How many there are.
    pub length: Length,
    /// The type object of `pointer + 1`, and what it is made as.
    pub pointer: NewData,
    /// What a slice is made as; its length is in the object.
    pub slice: NewData,
}

/// An iterator over an array.
#[derive(Clone, Copy, Debug)]
pub struct Iteration {
    /// The array.
    pub array: Value,
    /// Number of its next item.
    pub index: i64,
    /// Byte offset of the array from the iterator's start.
    pub array_offset: i64,
    /// Byte offset of the number.
    pub index_offset: i64,
}

/// How many items there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// So many: the type says it.
    Fixed(i64),
    /// As the object says.
    InObject,
    /// Nobody knows, and nothing is checked.
    Unknown,
    /// Only item 0 may be asked for.
    One,
}

/// Where a view of memory as bytes has its words: byte offsets from the object's start.
#[derive(Clone, Copy, Debug)]
pub struct BufferLayout {
    /// Address of the table that a payload object begins with.
    pub table: u64,
    /// The kind in its header.
    pub kind: u8,
    /// Bytes of an object, header excluded.
    pub bytes: u32,
    /// The address.
    pub at: i64,
    /// The number of bytes.
    pub len: i64,
    /// What keeps the memory.
    pub keep: i64,
}

/// What a view of C data shows.
#[derive(Clone, Copy, Debug)]
pub struct Viewed {
    /// How many items.
    pub items: i64,
    /// Bytes of each.
    pub size: i64,
    /// Does the type say how many? Else the object does.
    pub is_fixed: bool,
    /// Does it own its memory, so that there is no more of it?
    pub is_owning: bool,
}

/// What a function of the module does.
#[derive(Clone, Debug)]
pub enum Builtin {
    /// It gives this value as long as the first `same` arguments are the same.
    Constant {
        /// The value.
        value: Value,
        /// How many arguments it depends on.
        same: usize,
    },
    /// It makes C data with memory of its own; a `record` has the memory for a pointer to it. `init`: argument 2 is
    /// written there.
    New {
        /// What is returned.
        data: NewData,
        /// The struct that it points to.
        record: Option<NewData>,
        /// How the initializer is written.
        init: Option<CType>,
    },
    /// It makes a primitive of its own, with the value of argument 2 converted as a cast does.
    CastNumber {
        /// The primitive.
        data: NewData,
        /// What is written.
        to: CType,
        /// Argument 2 is C data of a primitive type with this value.
        from: Option<CType>,
    },
    /// It makes C data with the address of argument 2, which is C data or a number.
    CastAddress {
        /// What is made.
        data: NewData,
        /// Is argument 2 C data?
        from_data: bool,
    },
    /// It gives this value for all C data of the type of argument 1.
    OfType {
        /// The value.
        value: Value,
    },
    /// It makes a bytes of what is at the address of argument 1: at most as many as argument 2, if it is given, or the
    /// array has.
    Text {
        /// Only up to the first zero.
        stops: bool,
    },
    /// It copies as many bytes as argument 3 says to the address of argument 1, from that of argument 2 or from a bytes.
    Move,
    /// It gives a pointer to a part of argument 1.
    Address {
        /// The pointer.
        pointer: NewData,
        /// Bytes from the address of argument 1.
        offset: i64,
        /// Argument 2 is an index of items of so many bytes; else arguments from 2 on are names.
        size: Option<i64>,
    },
    /// It reads or writes memory, and runs no Python for arguments that are C data or of built-in classes.
    Quiet,
}

/// Finds a variable of a library: address, type, and the dict whose keys it depends on.
pub type FindVariable = fn(&mut Vm, Value, Value) -> Option<(usize, CType, Dict)>;

/// What a module of foreign functions tells the recorder.
#[derive(Clone, Copy, Debug)]
pub struct Foreign {
    /// The layout of C data.
    pub layout: fn() -> DataLayout,
    /// C data with an address that this type and no memory of its own: how it is made.
    pub view: fn(Value) -> NewData,
    /// The C data that a value is.
    pub data: fn(Value) -> Option<Data>,
    /// The C function that a value is, with conversions for these arguments.
    pub call: fn(&mut Vm, Value, &[Value]) -> Option<ForeignCall>,
    /// A function of the module called with these arguments, the receiver first.
    pub builtin: fn(&mut Vm, &NativeFunction, &[Value]) -> Option<Builtin>,
    /// The attribute `name` of an object, if it stays the same while the keys of the dict do.
    pub attribute: fn(&mut Vm, Value, Value) -> Option<(Value, Dict)>,
    /// Is the attribute `name` of an object the number that C left in `errno`?
    pub is_errno: fn(&mut Vm, Value, Value) -> bool,
    /// The variable `name` of a library, which is there while the keys of the dict are the same: its address and type.
    pub variable: FindVariable,
    /// The member `name` of C data: offset from its address, and what it is.
    pub member: fn(&mut Vm, Value, Value) -> Option<(i64, CType)>,
    /// The items of C data.
    pub items: fn(&mut Vm, Value) -> Option<Items>,
    /// Of the type object of an array of characters: how many they are.
    pub characters: fn(&mut Vm, Value) -> Option<usize>,
    /// The size of the items if both are pointers to the same type, or the second is an array of it.
    pub distance: fn(&mut Vm, Value, Value) -> Option<i64>,
    /// The layout of views of memory as bytes.
    pub buffer: fn() -> BufferLayout,
    /// Is it the class of such views?
    pub is_buffer: fn(&mut Vm, Type) -> bool,
    /// What a view of C data shows.
    pub viewed: fn(&mut Vm, Value) -> Option<Viewed>,
    /// How many bytes a view shows.
    pub view_length: fn(Value) -> Option<i64>,
    /// The iterator over an array that a value is.
    pub iteration: fn(Value) -> Option<Iteration>,
    /// The primitive that C data is.
    pub primitive: fn(Value) -> Option<CType>,
    /// May the address of C data be written where the type wants a pointer?
    pub fits_pointer: fn(&mut Vm, Value, Value) -> bool,
    /// Addresses of the running thread's `errno` and of the value that is kept for the program.
    pub errno: fn() -> (usize, usize),
    /// Extension modules.
    pub extension: super::ExtensionHooks,
}
