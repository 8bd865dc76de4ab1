//! Instances of classes whose objects hold a C struct.
//!
//! C code keeps the address of the struct and writes to it freely, so the struct lies in the object, aligned for every C
//! type, and never moves. Where it lies depends on the class that the C code extends:
//!
//! ```text
//! object                 [layout][struct …]{attributes}{slots …}
//! int, float, str, tuple [native value][layout][guard][struct …]{attributes}{slots …}
//! list                   [items][length][attributes][struct …] … [guard][layout]
//! type                   […][TypeData][struct …]
//! ```
//!
//! The *layout* is the address of an [`ExtensionLayout`], which is never freed: at the time an object dies its class may
//! be dead as well. What a struct references is found twice: its words are looked at like those of a stack, and its
//! class's `traverse` function names the fields that lie elsewhere. The *guard* is an object that dies with its owner
//! and calls the class's `destroy` function; objects of the first kind do so themselves.
use std::cell::Cell;
use std::ffi::{c_int, c_void};

use haft_heap::{Heap, Obj, Tracer, Value};

use super::payload::alloc_payload;
use super::{Kind, NoTrace, PAYLOAD_WORD, ShapeId, Traced, TypeData, word_ptr};
use crate::payload;

/// Told of each field; the second argument is the one given to [`Traverse`].
pub type Visit = unsafe extern "C" fn(field: *mut isize, arg: *mut c_void) -> c_int;
/// Calls `visit` for each field of a struct that may reference an object.
pub type Traverse =
    unsafe extern "C" fn(object: *mut c_void, visit: Visit, arg: *mut c_void) -> c_int;
/// Gives up what a struct of a dead object holds.
pub type Destroy = unsafe extern "C" fn(object: *mut c_void);

/// Which of the pictures above.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// Behind the layout word.
    Object,
    /// Behind a native value.
    Wrapped,
    /// Behind the words of a list.
    List,
    /// Behind the data of a class.
    Type,
}

/// Bytes from the header of an object that is a class to its struct.
const TYPE_STRUCT: usize = (8 + PAYLOAD_WORD * 8 + size_of::<TypeData>()).next_multiple_of(16);
/// Words of a list in front of its struct.
const LIST_WORDS: usize = 3;

impl Place {
    /// Bytes from the address of an object to its struct.
    pub const fn offset(self) -> usize {
        match self {
            Place::Object => 16,
            Place::Wrapped | Place::List => 32,
            Place::Type => TYPE_STRUCT,
        }
    }
    /// Payload words in front of the struct.
    const fn words_before(self) -> usize {
        self.offset() / 8 - 1
    }
}

/// What the collector and whoever makes instances must know of a class of C code.
#[derive(Debug)]
pub struct ExtensionLayout {
    /// Where the struct is.
    pub place: Place,
    /// Its words.
    pub n_words: usize,
    /// The layout of the class it extends.
    pub base: Option<&'static ExtensionLayout>,
    /// Finds its fields.
    pub traverse: Option<Traverse>,
    /// Gives up what it holds.
    pub destroy: Option<Destroy>,
    /// Does the class say that its instances take part in cycles?
    pub is_tracked: bool,
}

impl ExtensionLayout {
    /// This layout and those it extends.
    pub fn chain(&'static self) -> impl Iterator<Item = &'static ExtensionLayout> {
        std::iter::successors(Some(self), |layout| layout.base)
    }
    /// Must a function be called when an instance dies?
    pub fn has_destroy(&'static self) -> bool {
        self.chain().any(|layout| layout.destroy.is_some())
    }
    /// Kind of the instances.
    pub fn kind(&'static self) -> Kind {
        match self.place {
            Place::Object if self.has_destroy() => Kind::ExtensionDrop,
            Place::Object => Kind::Extension,
            Place::Wrapped => Kind::ExtensionWrapped,
            Place::List => Kind::List,
            Place::Type => Kind::Type,
        }
    }
    /// What an instance's layout word is.
    pub(crate) fn address(&'static self) -> u64 {
        std::ptr::from_ref(self).expose_provenance() as u64
    }
    fn at(address: u64) -> Option<&'static ExtensionLayout> {
        let layout = std::ptr::with_exposed_provenance::<ExtensionLayout>(address as usize);
        // SAFETY: a layout word is zero, or was written from a reference that lives forever.
        unsafe { layout.as_ref() }
    }
    /// Report what the struct at `start` references.
    fn trace(&'static self, start: *mut u64, tracer: &mut Tracer<'_>) {
        let end = start.wrapping_add(self.n_words);
        // A list of what is referenced names each field once.
        let all_are_visited = self.chain().any(|layout| layout.traverse.is_some());
        if !(tracer.is_listing() && all_are_visited) {
            // SAFETY: the struct has this many words, which are initialised from the start.
            unsafe { tracer.conservative_range(start, end) };
        }
        let arg = std::ptr::from_mut(tracer).cast::<c_void>();
        for traverse in self.chain().filter_map(|layout| layout.traverse) {
            // SAFETY: the function was given for structs of this class; it may not do more than call `visit`, which
            // takes the tracer.
            let _stopped = unsafe { traverse(start.cast(), visit, arg) };
        }
    }
    /// Give up what the struct at `start` holds.
    fn destroy(&'static self, start: *mut u64) {
        for destroy in self.chain().filter_map(|layout| layout.destroy) {
            // SAFETY: the function was given for structs of this class, and is called once for each.
            unsafe { destroy(start.cast()) };
        }
    }
}

/// Report what one field references.
///
/// # Safety
/// As [`ExtensionLayout::trace`] has it called: `arg` is the tracer, `field` can be read.
unsafe extern "C" fn visit(field: *mut isize, arg: *mut c_void) -> c_int {
    // SAFETY: the caller passes a field that it can read.
    let word = unsafe { field.read() };
    // SAFETY: the caller passes on the tracer, which nobody uses until `traverse` returns.
    let tracer = unsafe { &mut *arg.cast::<Tracer<'_>>() };
    if Value::from_bits(word as u64).is_ptr() {
        tracer.conservative_word(word.cast_unsigned());
    }
    0
}

payload! {
    /// Dies with its owner, and gives up then what the owner's struct holds.
    struct Guard {
        owner: Value,
        layout: NoTrace<&'static ExtensionLayout>,
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(owner) = self.owner.as_ptr() {
            // The owner dies in the same collection, and its memory is in place until that ends.
            self.layout.destroy(struct_at(owner, self.layout.place));
        }
    }
}

fn struct_at(obj: Obj, place: Place) -> *mut u64 {
    word_ptr(obj, place.words_before())
}

/// The layout of an instance, if its class has one.
pub fn layout_of(obj: Obj) -> Option<&'static ExtensionLayout> {
    match Kind::from_u8(obj.kind()) {
        Kind::Extension | Kind::ExtensionDrop => ExtensionLayout::at(obj.word(0)),
        Kind::ExtensionWrapped => ExtensionLayout::at(obj.word(1)),
        Kind::List => list_layout(obj),
        Kind::Type => super::Type::of(obj).and_then(|ty| ty.part.layout.get()),
        _ => None,
    }
}

fn list_layout(obj: Obj) -> Option<&'static ExtensionLayout> {
    let words = obj.payload_words();
    if words > LIST_WORDS { ExtensionLayout::at(obj.word(words - 1)) } else { None }
}

/// The struct of an instance.
pub fn struct_of(obj: Obj) -> Option<*mut c_void> {
    layout_of(obj).map(|layout| struct_at(obj, layout.place).cast())
}

/// A new instance of shape `shape` with a zeroed struct; `bytes` of payload, `native` its value if it wraps one.
pub(crate) fn new_instance(
    heap: &mut Heap,
    layout: &'static ExtensionLayout,
    shape: ShapeId,
    bytes: usize,
    native: Value,
) -> Obj {
    let obj = heap.alloc(layout.kind() as u8, shape.0, bytes);
    if layout.place == Place::Wrapped {
        obj.set_word(0, native.bits());
        obj.set_word(1, layout.address());
        guard(heap, obj, layout, 2);
    } else {
        obj.set_word(0, layout.address());
    }
    obj
}

/// What it takes to make instances of a class whose place for the struct is [`Place::Object`], found once.
#[derive(Clone, Copy, Debug)]
pub struct PlainInstance {
    /// Its layout.
    pub layout: &'static ExtensionLayout,
    /// `layout.kind()`
    pub kind: Kind,
    /// The shape of new instances.
    pub shape: ShapeId,
    /// Bytes of payload.
    pub bytes: usize,
}

impl PlainInstance {
    /// A new instance.
    #[inline]
    pub fn make(&self, heap: &mut Heap) -> Value {
        let obj = heap.alloc(self.kind as u8, self.shape.0, self.bytes);
        self.begin(obj)
    }
    /// The same, if the heap makes it without a call.
    #[inline(always)]
    pub fn make_quick(&self, heap: &mut Heap) -> Option<Value> {
        let obj = heap.alloc_quick(self.kind as u8, self.shape.0, self.bytes)?;
        Some(self.begin(obj))
    }
    #[inline(always)]
    fn begin(&self, obj: Obj) -> Value {
        debug_assert!(self.layout.place == Place::Object && self.layout.kind() == self.kind);
        obj.set_word(0, self.layout.address());
        Value::from(obj)
    }
}

/// An empty list with a zeroed struct.
pub(crate) fn new_list(heap: &mut Heap, layout: &'static ExtensionLayout, shape: ShapeId) -> Obj {
    let obj = heap.alloc(Kind::List as u8, shape.0, (LIST_WORDS + layout.n_words + 2) * 8);
    obj.set_word(1, Value::small(0).bits());
    let words = obj.payload_words();
    obj.set_word(words - 1, layout.address());
    guard(heap, obj, layout, words - 2);
    obj
}

/// Put a guard into a word of an object, if its class asks for one.
fn guard(heap: &mut Heap, obj: Obj, layout: &'static ExtensionLayout, word: usize) {
    if !layout.has_destroy() {
        return;
    }
    let guard = Guard { owner: obj.into(), layout: NoTrace(layout) };
    // Made after its owner, it cannot die before.
    let guard = alloc_payload(heap, ShapeId::NONE, guard);
    heap.barrier(obj);
    obj.set_word(word, Value::from(guard.obj()).bits());
}

/// Trace function of instances of extensions of `object`.
///
/// # Safety
/// As the heap calls it: `obj` is one.
pub(super) unsafe fn trace(obj: Obj, tracer: &mut Tracer<'_>) {
    if let Some(layout) = ExtensionLayout::at(obj.word(0)) {
        layout.trace(struct_at(obj, layout.place), tracer);
        trace_behind(obj, layout, tracer);
    }
}

/// Trace function of instances that wrap a native value.
///
/// # Safety
/// As the heap calls it: `obj` is one.
pub(super) unsafe fn trace_wrapped(obj: Obj, tracer: &mut Tracer<'_>) {
    tracer.value(obj.value(0));
    tracer.value(obj.value(2));
    if let Some(layout) = ExtensionLayout::at(obj.word(1)) {
        layout.trace(struct_at(obj, layout.place), tracer);
        trace_behind(obj, layout, tracer);
    }
}

/// The attributes and slots behind a struct.
fn trace_behind(obj: Obj, layout: &ExtensionLayout, tracer: &mut Tracer<'_>) {
    let first = layout.place.words_before() + layout.n_words;
    let count = obj.payload_words().saturating_sub(first);
    // SAFETY: the words behind the struct are values or zero, see the picture.
    unsafe { tracer.payload_values(obj, first, count) };
}

/// Trace function of lists.
///
/// # Safety
/// As the heap calls it: `obj` is one.
pub(super) unsafe fn trace_list(obj: Obj, tracer: &mut Tracer<'_>) {
    tracer.value(obj.value(0));
    tracer.value(obj.value(LIST_WORDS - 1));
    if let Some(layout) = list_layout(obj) {
        tracer.value(obj.value(obj.payload_words() - 2));
        layout.trace(struct_at(obj, layout.place), tracer);
    }
}

/// Drop function of instances of extensions of `object`.
///
/// # Safety
/// As the heap calls it: `obj` is a dead one.
pub(super) unsafe fn drop(obj: Obj) {
    if let Some(layout) = ExtensionLayout::at(obj.word(0)) {
        layout.destroy(struct_at(obj, layout.place));
    }
}

/// The struct behind the data of a class, when its metaclass is of C code.
#[derive(Default)]
pub struct ClassPart {
    layout: Cell<Option<&'static ExtensionLayout>>,
    start: Cell<usize>,
}

impl std::fmt::Debug for ClassPart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.layout.get().fmt(f)
    }
}

impl ClassPart {
    /// The class `obj`, which has room for it, has a struct.
    pub(crate) fn set(&self, obj: Obj, layout: &'static ExtensionLayout) {
        self.start.set(struct_at(obj, Place::Type).expose_provenance());
        self.layout.set(Some(layout));
    }
    fn with(&self, f: impl FnOnce(&'static ExtensionLayout, *mut u64)) {
        if let Some(layout) = self.layout.get() {
            f(layout, std::ptr::with_exposed_provenance_mut(self.start.get()));
        }
    }
}

impl Traced for ClassPart {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.with(|layout, start| layout.trace(start, tracer));
    }
}

impl Drop for ClassPart {
    fn drop(&mut self) {
        self.with(ExtensionLayout::destroy);
    }
}

/// Bytes to add to a class object for the struct of its metaclass.
pub(crate) fn class_part_bytes(layout: &ExtensionLayout) -> usize {
    TYPE_STRUCT - (8 + PAYLOAD_WORD * 8 + size_of::<TypeData>()) + layout.n_words * 8
}
