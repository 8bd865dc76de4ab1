//! Classes.
#![expect(clippy::return_self_not_must_use, reason = "a lookup")]
use std::cell::{Cell, RefCell};

use haft_heap::{Obj, Value};

use super::extension::ClassPart;
use super::{Dict, ExtensionLayout, Kind, NoTrace, PayloadRef, ShapeId};
use crate::payload;
use crate::vm::{Args, R, Vm};

/// `f(x)`.
pub type Unary = fn(&mut Vm, Value) -> R;
/// `f(x, y)`; for operators: left and right operand as written, at least one is of the type; NOT_IMPLEMENTED to pass.
pub type Binary = fn(&mut Vm, Value, Value) -> R;
/// `f(x, y, z)`.
pub type Ternary = fn(&mut Vm, Value, Value, Value) -> R;
/// `f(self, key, value)`; ABSENT as value deletes.
pub type Setter = fn(&mut Vm, Value, Value, Value) -> R<()>;
/// `f(self, args)`.
pub type Calling = fn(&mut Vm, Value, &Args<'_>) -> R;
/// Appends the items of a value to a list.
pub type Appending = fn(&mut Vm, Value, super::List) -> R<()>;
/// A truth or membership test.
pub type Test = fn(&mut Vm, Value) -> R<bool>;
/// `item in container`: (container, item).
pub type Contains = fn(&mut Vm, Value, Value) -> R<bool>;
/// `len(x)`.
pub type Length = fn(&mut Vm, Value) -> R<usize>;
/// `hash(x)`.
pub type Hashing = fn(&mut Vm, Value) -> R<i64>;
/// `a OP b` with OP a rich comparison; NOT_IMPLEMENTED to pass.
pub type Comparing = fn(&mut Vm, Value, Value, CompareOp) -> R;
/// `descr.__get__(obj or ABSENT, class)`: (descr, obj, class).
pub type DescrGet = fn(&mut Vm, Value, Value, Value) -> R;
/// Gives a view of the bytes of a bytes-like object.
pub(crate) type BufferOf = fn(&mut Vm, Value) -> R<BufferView>;

/// A contiguous piece of memory that a bytes-like object shows.
#[derive(Clone, Copy, Debug)]
pub struct BufferView {
    /// First byte.
    pub start: *mut u8,
    /// Number of bytes.
    pub len: usize,
    /// May not be written to.
    pub readonly: bool,
    /// Size of an item in bytes.
    pub item_size: usize,
    /// `struct` format of an item, e.g. `B`.
    pub format: &'static str,
}

impl BufferView {
    /// The bytes as they are now. Good until Python runs or the object is resized.
    pub fn bytes<'a>(&self) -> &'a [u8] {
        if self.len == 0 {
            return &[];
        }
        // SAFETY: the object that gave the view keeps `len` bytes from `start` on, and lives while the caller holds it.
        unsafe { std::slice::from_raw_parts(self.start, self.len) }
    }
}

/// Gives memory that stays where it is until it is given up.
pub(crate) type ExportOf = fn(&mut Vm, Value) -> R<Export>;

/// Memory that an object shows for as long as somebody looks at it.
#[derive(Clone, Debug)]
pub struct Export {
    /// The first item, the bytes of all items, and what an item is.
    pub view: BufferView,
    /// Items in each dimension.
    pub shape: Vec<usize>,
    /// Bytes from one item to the next in each dimension; `None`: no gaps, the last dimension fastest.
    pub strides: Option<Vec<isize>>,
    /// What `release` gets.
    pub token: Value,
    /// Called once when nobody looks any more.
    pub release: fn(&mut Vm, Value),
}

impl Export {
    /// Are the items without gaps, the last dimension fastest?
    pub fn is_contiguous(&self) -> bool {
        let Some(strides) = &self.strides else { return true };
        let mut expected = self.view.item_size as isize;
        self.shape.iter().zip(strides).rev().all(|(&n, &stride)| {
            let fits = n <= 1 || stride == expected;
            expected = expected.saturating_mul(n as isize);
            fits
        })
    }
}

/// A rich comparison; numbers as CPython's `Py_LT` … `Py_GE`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CompareOp {
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl CompareOp {
    /// The operation with the operands exchanged.
    pub fn swapped(self) -> CompareOp {
        match self {
            CompareOp::Lt => CompareOp::Gt,
            CompareOp::Le => CompareOp::Ge,
            CompareOp::Gt => CompareOp::Lt,
            CompareOp::Ge => CompareOp::Le,
            same => same,
        }
    }
    /// Its sign in source text.
    pub fn sign(self) -> &'static str {
        ["<", "<=", "==", "!=", ">", ">="][self as usize]
    }
    /// Does it hold for this ordering?
    pub fn holds(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            CompareOp::Lt => ordering.is_lt(),
            CompareOp::Le => ordering.is_le(),
            CompareOp::Eq => ordering.is_eq(),
            CompareOp::Ne => ordering.is_ne(),
            CompareOp::Gt => ordering.is_gt(),
            CompareOp::Ge => ordering.is_ge(),
        }
    }
}

macro_rules! slots {
    ($( $(#[doc = $doc:literal])+ $name:ident: $ty:ty; )+) => {
        /// What a class does for each operation of the interpreter; `None`: not supported.
        #[derive(Default, Clone, Debug)]
        pub struct Slots { $( $(#[doc = $doc])+ pub $name: Cell<Option<$ty>>, )+ }
        impl Slots {
            /// Take over every slot of `base` that is not set here.
            pub fn inherit(&self, base: &Slots) {
                $( if self.$name.get().is_none() { self.$name.set(base.$name.get()); } )+
            }
        }
    };
}

slots! {
    /// `repr(x)`
    repr: Unary;
    /// `str(x)`
    str: Unary;
    /// `hash(x)`; a class without it is unhashable.
    hash: Hashing;
    /// `x(…)`
    call: Calling;
    /// `x.name`: (x, name)
    getattro: Binary;
    /// `x.name = v`, `del x.name`
    setattro: Setter;
    /// `iter(x)`
    iter: Unary;
    /// Append all items to a list, as iterating would; for classes that have no Python subclasses.
    append_all: Appending;
    /// `next(x)`; the end is `Ok(ABSENT)`, without an exception.
    next: Unary;
    /// Rich comparison.
    compare: Comparing;
    /// `__get__`
    descr_get: DescrGet;
    /// `__set__`, `__delete__` (ABSENT): (descr, obj, value)
    descr_set: Setter;
    /// `C.__new__(class, …)`: (class, args)
    new: Calling;
    /// `x.__init__(…)`; the result is None
    init: Calling;
    /// `__del__`: the object is queued when it would die.
    del: Unary;
    /// `len(x)`
    len: Length;
    /// `x[k]`
    getitem: Binary;
    /// `x[k] = v`, `del x[k]`
    setitem: Setter;
    /// `item in x`
    contains: Contains;
    /// `x + y`
    add: Binary;
    /// `x - y`
    sub: Binary;
    /// `x * y`
    mul: Binary;
    /// `x / y`
    truediv: Binary;
    /// `x // y`
    floordiv: Binary;
    /// `x % y`
    rem: Binary;
    /// `divmod(x, y)`
    divmod: Binary;
    /// `pow(x, y, z)`; z is None for `x ** y`
    pow: Ternary;
    /// `x @ y`
    matmul: Binary;
    /// `x << y`
    lshift: Binary;
    /// `x >> y`
    rshift: Binary;
    /// `x & y`
    and: Binary;
    /// `x | y`
    or: Binary;
    /// `x ^ y`
    xor: Binary;
    /// `x += y`, and so on for the in-place forms.
    iadd: Binary;
    /// `x -= y`
    isub: Binary;
    /// `x *= y`
    imul: Binary;
    /// `x /= y`
    itruediv: Binary;
    /// `x //= y`
    ifloordiv: Binary;
    /// `x %= y`
    irem: Binary;
    /// `x **= y`
    ipow: Binary;
    /// `x @= y`
    imatmul: Binary;
    /// `x <<= y`
    ilshift: Binary;
    /// `x >>= y`
    irshift: Binary;
    /// `x &= y`
    iand: Binary;
    /// `x |= y`
    ior: Binary;
    /// `x ^= y`
    ixor: Binary;
    /// Sequence concatenation, tried after `add` (list + list).
    concat: Binary;
    /// Sequence repetition, tried after `mul`: (sequence, count)
    repeat: Binary;
    /// `-x`
    neg: Unary;
    /// `+x`
    pos: Unary;
    /// `abs(x)`
    abs: Unary;
    /// `~x`
    invert: Unary;
    /// `bool(x)`
    bool: Test;
    /// `int(x)`
    int: Unary;
    /// `float(x)`
    float: Unary;
    /// `operator.index(x)`
    index: Unary;
    /// The iterator of `await x`.
    r#await: Unary;
    /// `aiter(x)`
    aiter: Unary;
    /// `anext(x)`
    anext: Unary;
    /// `x.send(v)` for generators: (x, v); the end is `Ok(ABSENT)` with the value in `vm.stop_value`.
    send: Binary;
    /// Bytes of a bytes-like object.
    buffer: BufferOf;
    /// The same for as long as somebody looks, for objects that must be told when nobody does any more.
    export: ExportOf;
}

/// Facts about a class, one bit each.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TypeFlags(pub u32);

impl TypeFlags {
    /// Made by a class statement or call of `type`.
    pub const HEAP: TypeFlags = TypeFlags(1);
    /// May be a base class.
    pub const BASE: TypeFlags = TypeFlags(2);
    /// Attributes of the class cannot be set.
    pub const IMMUTABLE: TypeFlags = TypeFlags(4);
    /// Has abstract methods left.
    pub const ABSTRACT: TypeFlags = TypeFlags(8);
    /// Subclass of int, and so on: what fast tests ask.
    pub const INT: TypeFlags = TypeFlags(0x10);
    /// Subclass of str.
    pub const STR: TypeFlags = TypeFlags(0x20);
    /// Subclass of bytes.
    pub const BYTES: TypeFlags = TypeFlags(0x40);
    /// Subclass of tuple.
    pub const TUPLE: TypeFlags = TypeFlags(0x80);
    /// Subclass of list.
    pub const LIST: TypeFlags = TypeFlags(0x100);
    /// Subclass of dict.
    pub const DICT: TypeFlags = TypeFlags(0x200);
    /// Subclass of BaseException.
    pub const EXCEPTION: TypeFlags = TypeFlags(0x400);
    /// Subclass of type.
    pub const TYPE: TypeFlags = TypeFlags(0x800);
    /// Subclass of float.
    pub const FLOAT: TypeFlags = TypeFlags(0x1000);
    /// `collections.abc.Sequence` for pattern matching.
    pub const SEQUENCE: TypeFlags = TypeFlags(0x2000);
    /// `collections.abc.Mapping` for pattern matching.
    pub const MAPPING: TypeFlags = TypeFlags(0x4000);
    /// Matches its single positional pattern itself (PEP 634).
    pub const MATCH_SELF: TypeFlags = TypeFlags(0x8000);
    /// Binds like a function when found on a class: `load_method` may skip making a bound method.
    pub const METHOD_DESCRIPTOR: TypeFlags = TypeFlags(0x1_0000);
    /// Instances have an attribute dict.
    pub const HAS_DICT: TypeFlags = TypeFlags(0x2_0000);
    /// Instances may be weakly referenced.
    pub const HAS_WEAKREFS: TypeFlags = TypeFlags(0x4_0000);
    /// `type.__call__` was not overridden by the metaclass, `__new__` is object's: the quick way to make an instance.
    pub const PLAIN_NEW: TypeFlags = TypeFlags(0x8_0000);
    /// Cannot be instantiated from Python.
    pub const NO_NEW: TypeFlags = TypeFlags(0x10_0000);
    /// Wrong arguments of its methods are reported in the words of functions written in Python.
    pub const AS_IN_PYTHON: TypeFlags = TypeFlags(0x20_0000);
    /// The end of an instance is wanted at once when a variable that holds it is deleted.
    pub const PROMPT: TypeFlags = TypeFlags(0x40_0000);
    /// What subclasses take over from their bases.
    pub const INHERITED: TypeFlags = TypeFlags(0x6_FFF0 & !0x1_0000);

    /// Are all bits of `other` set?
    #[inline]
    pub const fn has(self, other: TypeFlags) -> bool {
        self.0 & other.0 == other.0
    }
    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: TypeFlags) -> TypeFlags {
        TypeFlags(self.0 | other.0)
    }
    /// This set without another.
    #[must_use]
    pub const fn without(self, other: TypeFlags) -> TypeFlags {
        TypeFlags(self.0 & !other.0)
    }
}

payload! {
    /// A class.
    pub struct TypeData [Type] {
        /// `__name__`, a str.
        pub name: Cell<Value>,
        /// `__qualname__`, a str.
        pub qualname: Cell<Value>,
        /// `__bases__`, a tuple.
        pub bases: Cell<Value>,
        /// `__base__`: the base that decides the layout; ABSENT for object.
        pub base: Cell<Value>,
        /// `__mro__`, a tuple.
        pub mro: Cell<Value>,
        /// The namespace.
        pub dict: Dict,
        /// What instances do.
        pub slots: NoTrace<Slots>,
        /// Facts.
        pub flags: NoTrace<Cell<TypeFlags>>,
        /// Changes whenever an attribute of the class or of a base changes; a number used once.
        pub version: Cell<u32>,
        /// Layout of instances.
        pub kind: NoTrace<Kind>,
        /// Shape of a new instance.
        pub root_shape: NoTrace<Cell<ShapeId>>,
        /// Shape of instances in dict mode.
        pub dict_shape: NoTrace<Cell<ShapeId>>,
        /// Weak references to the direct subclasses.
        pub subclasses: NoTrace<RefCell<Vec<haft_heap::WeakId>>>,
        /// Name of a native class, with the module before it if that is not `builtins`; empty for others.
        pub native_name: NoTrace<Cell<&'static str>>,
        /// `__init__` found on the class, when it is a Python function: the quick way to make an instance.
        pub init_function: Cell<Value>,
        /// Layout of instances, if this class or a base is of C code and its objects hold a struct.
        pub extension: NoTrace<Cell<Option<&'static ExtensionLayout>>>,
        /// What the host of a class of C code keeps: an address, 0 for other classes.
        pub host_data: Cell<usize>,
        /// The struct of this very object, if its metaclass is of C code.
        pub part: ClassPart,
    }
}

/// A class object.
pub type Type = PayloadRef<TypeData>;

impl Type {
    /// The class `obj`, which is known to be one.
    #[inline]
    pub(super) fn of_class(obj: Obj) -> Type {
        debug_assert!(Type::of(obj).is_some(), "an object that is no class");
        PayloadRef::assume(obj)
    }
}

impl super::Traced for Dict {
    const QUIET: bool = true;
    fn trace(&self, tracer: &mut haft_heap::Tracer<'_>) {
        tracer.obj(self.obj());
    }
}

impl TypeData {
    /// The facts.
    #[inline]
    pub fn flags(&self) -> TypeFlags {
        self.flags.get()
    }
    /// Is this bit set?
    #[inline]
    pub fn has(&self, flag: TypeFlags) -> bool {
        self.flags.get().has(flag)
    }
    /// Set bits.
    pub fn add_flags(&self, flags: TypeFlags) {
        self.flags.set(self.flags.get().with(flags));
    }
    /// Clear bits.
    pub fn remove_flags(&self, flags: TypeFlags) {
        self.flags.set(TypeFlags(self.flags.get().0 & !flags.0));
    }
    /// The classes of the MRO, this one first.
    pub fn mro_items<'a>(&self) -> &'a [Value] {
        self.mro.get().as_ptr().and_then(super::Tuple::of).map_or(&[], super::Tuple::items)
    }
    /// The name that messages show: that of a native class has its module before it.
    pub fn shown_name(&self) -> String {
        match self.native_name.get() {
            "" => self.name_text(),
            name => name.to_owned(),
        }
    }
    /// `__name__` as text.
    pub fn name_text(&self) -> String {
        self.name
            .get()
            .as_ptr()
            .and_then(super::Str::of)
            .map_or_else(String::new, |s| s.to_text().into_owned())
    }
}

/// Is `sub` the class `base` or one that has it in its MRO?
#[inline]
pub fn is_subtype(sub: Type, base: Obj) -> bool {
    sub.obj() == base || sub.mro_items().contains(&Value::from(base))
}
