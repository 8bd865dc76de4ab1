//! Objects whose contents are a Rust struct: `[vtable][attributes][T]`.
use std::any::TypeId;
use std::cell::Cell;
use std::marker::PhantomData;
use std::ops::Deref;

use haft_heap::{Heap, Obj, Tracer, Value};

use super::word_ptr;
use super::{Kind, ShapeId};

/// A field that the collector can look into. Implemented for values and cells of values, and as nothing for plain data.
pub trait Traced {
    /// May it refer to objects?
    const HOLDS: bool = true;
    /// Does it refer to the same objects for as long as it is there?
    const QUIET: bool = false;
    /// Report every value in here.
    fn trace(&self, tracer: &mut Tracer<'_>);
}

/// Plain data that holds no values.
#[derive(Debug, Default, Clone)]
pub struct NoTrace<T>(pub T);

impl<T> Traced for NoTrace<T> {
    const HOLDS: bool = false;
    const QUIET: bool = true;
    fn trace(&self, _: &mut Tracer<'_>) {}
}
impl<T> Deref for NoTrace<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

/// Values that stay as they are from the beginning of the object to its end: young collections look at them once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed<T>(T);

impl From<&[Value]> for Fixed<Box<[Value]>> {
    fn from(values: &[Value]) -> Self {
        Self(values.into())
    }
}
impl<T: Traced> Traced for Fixed<T> {
    const QUIET: bool = true;
    #[inline]
    fn trace(&self, tracer: &mut Tracer<'_>) {
        if !tracer.is_again() {
            self.0.trace(tracer);
        }
    }
}
impl<T> Deref for Fixed<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}
impl Traced for Value {
    const QUIET: bool = true;
    #[inline]
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.value(*self);
    }
}
impl Traced for Obj {
    const QUIET: bool = true;
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(*self);
    }
}
impl<T: Traced + Copy> Traced for Cell<T> {
    const HOLDS: bool = T::HOLDS;
    const QUIET: bool = !T::HOLDS;
    #[inline]
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.get().trace(tracer);
    }
}
impl<T: Traced> Traced for std::cell::RefCell<T> {
    const HOLDS: bool = T::HOLDS;
    const QUIET: bool = !T::HOLDS;
    fn trace(&self, tracer: &mut Tracer<'_>) {
        // A collection can only start while Python-visible code runs, and no borrow is held across that.
        if let Ok(inner) = self.try_borrow() {
            inner.trace(tracer);
        }
    }
}
impl<T: Traced> Traced for Vec<T> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        for item in self {
            item.trace(tracer);
        }
    }
}
impl<T: Traced> Traced for std::collections::VecDeque<T> {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        for item in self {
            item.trace(tracer);
        }
    }
}
impl<T: Traced> Traced for Box<[T]> {
    const HOLDS: bool = T::HOLDS;
    const QUIET: bool = T::QUIET;
    fn trace(&self, tracer: &mut Tracer<'_>) {
        for item in self {
            item.trace(tracer);
        }
    }
}
impl<T: Traced> Traced for Option<T> {
    const HOLDS: bool = T::HOLDS;
    const QUIET: bool = T::QUIET;
    fn trace(&self, tracer: &mut Tracer<'_>) {
        if let Some(inner) = self {
            inner.trace(tracer);
        }
    }
}
impl<A: Traced, B: Traced> Traced for (A, B) {
    const HOLDS: bool = A::HOLDS || B::HOLDS;
    const QUIET: bool = A::QUIET && B::QUIET;
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.0.trace(tracer);
        self.1.trace(tracer);
    }
}

macro_rules! plain {
    ($($ty:ty)*) => { $( impl Traced for $ty {
        const HOLDS: bool = false;
        const QUIET: bool = true;
        #[inline]
        fn trace(&self, _: &mut Tracer<'_>) {}
    } )* };
}
plain! { () bool u8 u16 u32 u64 usize i8 i16 i32 i64 isize f32 f64 char String std::path::PathBuf &'static str }

/// A Rust struct that is the contents of a heap object. Declare it with [`payload!`](crate::payload), which traces
/// every field.
pub trait Payload: Sized + 'static {
    /// For panics and dumps.
    const NAME: &'static str;
    /// The kind of its objects; one of its own for what the interpreter tests often.
    const KIND: Kind = match (std::mem::needs_drop::<Self>(), Self::QUIET) {
        (true, _) => Kind::NativeDrop,
        (false, false) => Kind::Native,
        (false, true) => Kind::NativeQuiet,
    };
    /// Does the struct refer to the same objects from the beginning to the end of its object?
    const QUIET: bool;
    /// Report every value in the struct.
    fn trace(&self, tracer: &mut Tracer<'_>);
}

/// Declares payload structs; every field is traced, so each field's type must be [`Traced`].
///
/// ```ignore
/// payload! {
///     /// A running total.
///     pub struct Counter { pub total: Cell<Value>, pub step: i64 }
/// }
/// ```
#[macro_export]
macro_rules! payload {
    ($( $(#[$meta:meta])* $vis:vis struct $name:ident $([$kind:ident])? { $( $(#[$fmeta:meta])* $fvis:vis $field:ident : $ty:ty ),* $(,)? } )+) => { $(
        $(#[$meta])*
        $vis struct $name { $( $(#[$fmeta])* $fvis $field: $ty, )* }
        impl $crate::object::Payload for $name {
            const NAME: &'static str = stringify!($name);
            $( const KIND: $crate::object::Kind = $crate::object::Kind::$kind; )?
            const QUIET: bool = true $( && <$ty as $crate::object::Traced>::QUIET )*;
            #[allow(unused_variables, clippy::allow_attributes, reason = "a struct without fields has nothing to trace")]
            fn trace(&self, tracer: &mut $crate::Tracer<'_>) {
                $( $crate::object::Traced::trace(&self.$field, tracer); )*
            }
        }
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    )+ };
}

/// What the collector calls for one payload type.
pub(super) struct VTable {
    /// The type. A table may exist several times in a program, so its address alone does not tell.
    id: TypeId,
    trace: unsafe fn(*const u8, &mut Tracer<'_>),
    drop: unsafe fn(*mut u8),
}

struct VTableOf<T>(PhantomData<T>);

impl<T: Payload> VTableOf<T> {
    const TABLE: &'static VTable =
        &VTable { id: TypeId::of::<T>(), trace: trace_payload::<T>, drop: drop_payload::<T> };
}

/// # Safety
/// `at` points to a live `T`.
unsafe fn trace_payload<T: Payload>(at: *const u8, tracer: &mut Tracer<'_>) {
    // SAFETY: the caller passes the payload of an object made by `alloc_payload::<T>`.
    let payload = unsafe { &*at.cast::<T>() };
    payload.trace(tracer);
}

/// # Safety
/// `at` points to a `T` that nobody uses again.
unsafe fn drop_payload<T: Payload>(at: *mut u8) {
    // SAFETY: the caller gives up the value.
    unsafe { at.cast::<T>().drop_in_place() };
}

/// Payload word that holds the vtable.
const VTABLE_WORD: usize = 0;
/// Payload word that holds the array of attributes of subclass instances, or nothing.
pub(super) const ATTRS_WORD: usize = 1;
/// First payload word of the struct.
const STRUCT_WORD: usize = 2;
/// The word of an object at which its payload begins.
pub const PAYLOAD_WORD: usize = STRUCT_WORD;

fn vtable_address<T: Payload>() -> u64 {
    std::ptr::from_ref(VTableOf::<T>::TABLE) as u64
}

/// Address of the table that objects with this payload begin with: what compiled code writes there.
pub fn payload_table<T: Payload>() -> u64 {
    vtable_address::<T>()
}

#[inline]
fn has_type<T: Payload>(obj: Obj) -> bool {
    let table = obj.word(VTABLE_WORD);
    if table == vtable_address::<T>() {
        return true;
    }
    // SAFETY: word 0 of an object of a payload kind is the address of a `VTable` constant, written by `alloc_payload`.
    table != 0 && unsafe { (*(table as *const VTable)).id } == TypeId::of::<T>()
}

/// Make an object that holds `payload`.
pub(crate) fn alloc_payload<T: Payload>(
    heap: &mut Heap,
    shape: ShapeId,
    payload: T,
) -> PayloadRef<T> {
    alloc_payload_before(heap, shape, payload, 0)
}

/// As [`alloc_payload`], with zeroed bytes behind the struct.
pub(crate) fn alloc_payload_before<T: Payload>(
    heap: &mut Heap,
    shape: ShapeId,
    payload: T,
    more: usize,
) -> PayloadRef<T> {
    const { assert!(align_of::<T>() <= 8, "payloads are 8-byte aligned") };
    let obj = heap.alloc(T::KIND as u8, shape.0, STRUCT_WORD * 8 + size_of::<T>() + more);
    obj.set_word(VTABLE_WORD, vtable_address::<T>());
    let at = word_ptr(obj, STRUCT_WORD).cast::<T>();
    // SAFETY: the object was just made with room for `T` from this word on, aligned to 8.
    unsafe { at.write(payload) };
    PayloadRef { obj, of: PhantomData }
}

/// Trace function of the payload kinds.
///
/// # Safety
/// As the heap calls it: `obj` is an object of a payload kind.
pub(super) unsafe fn trace(obj: Obj, tracer: &mut Tracer<'_>) {
    tracer.value(Value::from_bits(obj.word(ATTRS_WORD)));
    let table = obj.word(VTABLE_WORD) as *const VTable;
    if table.is_null() {
        return; // the object is being made
    }
    // SAFETY: word 0 of an object of a payload kind is the address of a `VTable` constant, written by `alloc_payload`.
    let table = unsafe { &*table };
    // SAFETY: the struct behind it is of the table's type.
    unsafe { (table.trace)(word_ptr(obj, STRUCT_WORD).cast::<u8>(), tracer) };
}

/// Drop function of the payload kinds.
///
/// # Safety
/// As the heap calls it: `obj` is a dead object of a payload kind.
pub(super) unsafe fn drop(obj: Obj) {
    let table = obj.word(VTABLE_WORD) as *const VTable;
    if table.is_null() {
        return;
    }
    // SAFETY: word 0 of an object of a payload kind is the address of a `VTable` constant, written by `alloc_payload`.
    let table = unsafe { &*table };
    // SAFETY: the struct is of the table's type, and the heap calls this once.
    unsafe { (table.drop)(word_ptr(obj, STRUCT_WORD).cast::<u8>()) };
}

/// A heap object known to hold a `T`. Dereferences to it.
pub struct PayloadRef<T> {
    obj: Obj,
    of: PhantomData<*const T>,
}

impl<T> Clone for PayloadRef<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for PayloadRef<T> {}
impl<T> PartialEq for PayloadRef<T> {
    fn eq(&self, other: &Self) -> bool {
        self.obj == other.obj
    }
}
impl<T> std::fmt::Debug for PayloadRef<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.obj.fmt(f)
    }
}
impl<T> Traced for PayloadRef<T> {
    const QUIET: bool = true;
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.obj);
    }
}

impl<T: Payload> PayloadRef<T> {
    /// The payload object `obj`, if it holds a `T`.
    #[inline]
    pub fn of(obj: Obj) -> Option<PayloadRef<T>> {
        let own_kind = !matches!(T::KIND, Kind::Native | Kind::NativeQuiet | Kind::NativeDrop);
        let is_it = obj.kind() == T::KIND as u8 && (own_kind || has_type::<T>(obj));
        is_it.then_some(PayloadRef { obj, of: PhantomData })
    }
    /// The payload object `obj`, which the caller knows to hold a `T`.
    #[inline]
    pub(super) fn assume(obj: Obj) -> PayloadRef<T> {
        PayloadRef { obj, of: PhantomData }
    }
    /// The payload object `value`, if it is one that holds a `T`.
    #[inline]
    pub fn of_value(value: Value) -> Option<PayloadRef<T>> {
        value.as_ptr().and_then(PayloadRef::of)
    }
    /// The object.
    #[inline]
    pub fn obj(self) -> Obj {
        self.obj
    }
    /// The object as a value.
    #[inline]
    pub fn value(self) -> Value {
        Value::from(self.obj)
    }
    /// The struct. The reference may live as long as the object does; the collector sees it on the native stack.
    #[inline]
    pub fn get<'a>(self) -> &'a T {
        // SAFETY: the constructor checked that the object holds a `T`; the object does not move, and it lives as long
        // as this reference is on the native stack, which is scanned conservatively, interior pointers included.
        unsafe { &*word_ptr(self.obj, STRUCT_WORD).cast::<T>() }
    }
    /// The first words of the room behind the struct, for an object made with so much of it.
    #[inline]
    pub fn room<'a>(self, words: usize) -> &'a [Cell<u64>] {
        let first = STRUCT_WORD + size_of::<T>().div_ceil(8);
        assert!(first + words <= self.obj.payload_words(), "the room is in the object");
        let start = word_ptr(self.obj, first).cast::<Cell<u64>>();
        // SAFETY: the words are in the object (checked above), which was made zeroed, does not move, and lives as long as
        // this reference is on the native stack.
        unsafe { std::slice::from_raw_parts(start, words) }
    }
}

impl<T: Payload> Deref for PayloadRef<T> {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        self.get()
    }
}

impl<T> From<PayloadRef<T>> for Value {
    fn from(payload: PayloadRef<T>) -> Value {
        Value::from(payload.obj)
    }
}
