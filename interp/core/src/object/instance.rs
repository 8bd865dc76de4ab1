//! Shapes: which class an object has and where its attributes are.
//!
//! Every heap object's header names a shape. A shape belongs to one class and lists the attribute names its objects
//! have, in the order they were set; setting a further one moves the object along a transition to the next shape, so
//! objects that are built alike share shapes, and an inline cache is one comparison of shape numbers.
//!
//! ```text
//! plain instance     [overflow][slot 0][slot 1] …            the first n_inline slots lie in the object
//! wrapped native     [native value][overflow][slot 0] …
//! list, dict, set,   […][attributes]                         all slots in an array (n_inline = 0)
//! payload struct
//! ```
//! The first slots of a class with `__slots__` are reserved for them; their names are not listed. An object whose
//! `__dict__` was asked for, or that had an attribute deleted, is in **dict mode**: its attributes are in a real dict in
//! the overflow word, and its shape is the one dict-mode shape of its class.
#![expect(clippy::vec_box, reason = "shapes must not move while the table grows")]
use std::cell::{Cell, RefCell};

use haft_heap::{Heap, Obj, Survivors, Tracer, Value};

use super::{Array, Dict, Kind, Type, TypeFlags, payload, table};

/// Number of a shape in the table of the runtime.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub struct ShapeId(pub u32);

macro_rules! fixed_shapes {
    ($($name:ident)+) => { fixed_shapes!(@ 0, $($name)+); };
    (@ $n:expr, $name:ident $($rest:ident)*) => {
        #[doc = concat!("Exact instances of the built-in class ", stringify!($name), ".")]
        pub const $name: ShapeId = ShapeId($n);
        fixed_shapes!(@ $n + 1, $($rest)*);
    };
    (@ $n:expr,) => {
        /// Number of shapes with fixed numbers.
        pub const N_FIXED: u32 = $n;
    };
}

impl ShapeId {
    fixed_shapes! { NONE STR BYTES FLOAT COMPLEX TUPLE LIST DICT SET FROZENSET INT FUNCTION NATIVE_FUNCTION BOUND_METHOD
    TYPE CODE GENERATOR MODULE LIST_ITER TUPLE_ITER RANGE_ITER CELL SLICE RANGE }
}

/// List layout: the word with the attributes.
pub(super) const LIST_ATTRS: usize = 2;

pub(super) const LAYOUT_CHECK: () = {
    assert!(payload::ATTRS_WORD == 1, "Shape::layout");
    assert!(table::ATTRS == 3, "Shape::layout");
};

/// Where a slot is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Slot {
    /// This payload word of the object.
    Inline(usize),
    /// This slot of the overflow array.
    Overflow(usize),
}

/// One shape.
#[derive(Debug)]
pub struct Shape {
    /// Its number.
    pub id: ShapeId,
    /// The class.
    pub ty: Obj,
    /// The shape without attributes that its objects began with.
    root: ShapeId,
    /// Attribute names (interned str) behind the reserved slots.
    keys: Vec<Value>,
    /// Number of reserved slots, those of `__slots__`.
    pub n_reserved: usize,
    /// Slots that lie in the object.
    pub n_inline: usize,
    /// Payload word of the first inline slot.
    inline_base: usize,
    /// Payload word that holds the overflow array (in dict mode the dict).
    attrs_word: Option<usize>,
    /// May attributes be added?
    pub has_dict: bool,
    /// Are the attributes in a dict?
    pub dict_mode: bool,
    /// Words of the C struct in front of the attributes.
    pub n_struct: usize,
    transitions: RefCell<Vec<(Value, ShapeId)>>,
    /// For many keys: name to slot number, sorted by name bits.
    sorted: RefCell<Vec<(u64, u32)>>,
}

/// Keys up to which a linear search is quicker.
const LINEAR: usize = 12;
/// Most shapes that are made since attributes were deleted: objects that lose others all the time use dicts.
const MOST_BY_DELETION: usize = 500;
/// Objects with more attributes than this use a dict.
pub const MAX_KEYS: usize = 256;

impl Shape {
    /// Attribute names in slot order, reserved slots not among them.
    pub fn keys(&self) -> &[Value] {
        &self.keys
    }
    /// Slot number of the attribute `name` (interned).
    pub fn find(&self, name: Value) -> Option<usize> {
        if self.keys.len() <= LINEAR {
            return self.keys.iter().position(|&key| key == name).map(|i| i + self.n_reserved);
        }
        let mut sorted = self.sorted.borrow_mut();
        if sorted.is_empty() {
            sorted.extend(self.keys.iter().enumerate().map(|(i, key)| (key.bits(), i as u32)));
            sorted.sort_unstable();
        }
        let at = sorted.binary_search_by_key(&name.bits(), |entry| entry.0).ok()?;
        Some(sorted[at].1 as usize + self.n_reserved)
    }
    /// Number of slots.
    pub fn n_slots(&self) -> usize {
        self.n_reserved + self.keys.len()
    }
    /// Place of slot number `slot`.
    #[inline]
    pub fn place(&self, slot: usize) -> Slot {
        if slot < self.n_inline {
            Slot::Inline(self.inline_base + slot)
        } else {
            Slot::Overflow(slot - self.n_inline)
        }
    }
    /// Payload word of the overflow array.
    pub fn attrs_word(&self) -> Option<usize> {
        self.attrs_word
    }
    /// Is the class one that a program made?
    fn may_die(&self) -> bool {
        Type::of(self.ty).is_some_and(|class| class.has(TypeFlags::HEAP))
    }
    /// Payload bytes of a new plain or wrapped instance.
    pub fn instance_bytes(&self) -> usize {
        (self.inline_base + self.n_inline) * 8
    }
    /// (attributes word, first inline word) of objects of a kind.
    fn layout(spec: RootSpec) -> (Option<usize>, usize) {
        let behind = |first: usize| {
            let has_attributes = spec.has_dict || spec.n_reserved > 0;
            (has_attributes.then_some(first), first + usize::from(has_attributes))
        };
        match spec.kind {
            Kind::Extension | Kind::ExtensionDrop => behind(1 + spec.n_struct),
            Kind::ExtensionWrapped => behind(3 + spec.n_struct),
            Kind::Instance => (Some(0), 1),
            Kind::Wrapped => (Some(1), 2),
            Kind::List => (Some(LIST_ATTRS), 0),
            Kind::Dict | Kind::Set => (Some(3), 0),
            Kind::Raw
            | Kind::Array
            | Kind::Str
            | Kind::Bytes
            | Kind::Float
            | Kind::Complex
            | Kind::Tuple
            | Kind::Cell => (None, 0),
            Kind::DictEntries | Kind::SetEntries => (None, 0),
            _ => (Some(payload::ATTRS_WORD), 0),
        }
    }
}

/// What a new root shape is to be like.
#[derive(Clone, Copy, Debug)]
pub struct RootSpec {
    /// Layout of the objects.
    pub kind: Kind,
    /// Reserved slots.
    pub n_reserved: usize,
    /// Slots in the object, if the layout has room for any.
    pub n_inline: usize,
    /// May attributes be added?
    pub has_dict: bool,
    /// The dict-mode shape?
    pub dict_mode: bool,
    /// Words of the struct in front, for classes of C code.
    pub n_struct: usize,
}

/// All shapes of a runtime, by number.
#[derive(Debug, Default)]
pub struct ShapeTable {
    shapes: Vec<Box<Shape>>,
    /// The class of each, for quick reading.
    classes: Vec<Obj>,
    /// A class that lives as long as the runtime, in the place of those that died.
    placeholder: Option<Obj>,
    /// Shapes below this number were reported to the collector: what they name is old.
    reported: Cell<usize>,
    /// How many shapes were made since attributes were deleted.
    n_by_deletion: usize,
}

impl ShapeTable {
    /// The shape with number `id`.
    #[inline]
    pub fn at<'a>(&self, id: ShapeId) -> &'a Shape {
        let shape: *const Shape = &raw const *self.shapes[id.0 as usize];
        // SAFETY: shapes are boxed and never freed while the runtime lives; their mutable parts are cells.
        unsafe { &*shape }
    }
    /// Class of the objects with shape number `id`.
    #[inline]
    pub fn class_of(&self, id: u32) -> Type {
        Type::of_class(self.classes[id as usize])
    }
    /// Number of shapes.
    pub fn len(&self) -> usize {
        self.shapes.len()
    }
    /// Is the table empty?
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }
    /// Change the class a fixed shape belongs to (while the built-in classes are being made).
    pub(crate) fn set_class(&mut self, id: ShapeId, ty: Obj) {
        self.placeholder = Some(ty);
        self.reported.set(0);
        self.shapes[id.0 as usize].ty = ty;
        self.classes[id.0 as usize] = ty;
    }
    /// Make a fixed shape the root shape of its class (while the built-in classes are being made).
    pub(crate) fn replace_root(&mut self, id: ShapeId, ty: Obj, spec: RootSpec) {
        self.add_root(ty, spec);
        let mut made = self.shapes.pop().expect("just added");
        self.classes.pop();
        self.classes[id.0 as usize] = made.ty;
        self.reported.set(0);
        (made.id, made.root) = (id, id);
        self.shapes[id.0 as usize] = made;
    }
    /// Add a root shape for the class `ty`.
    pub fn add_root(&mut self, ty: Obj, spec: RootSpec) -> ShapeId {
        let id = ShapeId(self.shapes.len() as u32);
        let (attrs_word, inline_base) = Shape::layout(spec);
        let n_inline = if inline_base > 0 { spec.n_inline.max(spec.n_reserved) } else { 0 };
        self.shapes.push(Box::new(Shape {
            id,
            ty,
            root: id,
            keys: Vec::new(),
            n_reserved: spec.n_reserved,
            n_inline,
            inline_base,
            attrs_word,
            has_dict: spec.has_dict && attrs_word.is_some(),
            dict_mode: spec.dict_mode,
            n_struct: spec.n_struct,
            transitions: RefCell::default(),
            sorted: RefCell::default(),
        }));
        self.classes.push(ty);
        id
    }
    /// The shape of an object of shape `from` after the attribute `name` is deleted and those behind it have moved up. `None`:
    /// not all of them lie in the object, or objects of many shapes came about so.
    pub fn without(&mut self, from: ShapeId, name: Value) -> Option<ShapeId> {
        let shape = self.at(from);
        let few = shape.keys.len() <= LINEAR && shape.n_slots() <= shape.n_inline;
        if !few || shape.dict_mode || !shape.keys.contains(&name) {
            return None;
        }
        let before = self.shapes.len();
        let mut next = shape.root;
        for &key in shape.keys.iter().filter(|&&key| key != name) {
            if self.n_by_deletion >= MOST_BY_DELETION {
                let known = self.at(next).transitions.borrow().iter().find(|t| t.0 == key)?.1;
                next = known;
            } else {
                next = self.transition(next, key);
            }
        }
        self.n_by_deletion += self.shapes.len() - before;
        Some(next)
    }
    /// The shape of an object of shape `from` after the attribute `name` (interned) is added.
    pub fn transition(&mut self, from: ShapeId, name: Value) -> ShapeId {
        let shape = self.at(from);
        if let Some(&(_, to)) = shape.transitions.borrow().iter().find(|t| t.0 == name) {
            return to;
        }
        let id = ShapeId(self.shapes.len() as u32);
        let mut keys = shape.keys.clone();
        keys.push(name);
        self.shapes.push(Box::new(Shape {
            id,
            keys,
            transitions: RefCell::default(),
            sorted: RefCell::default(),
            ..*shape
        }));
        self.classes.push(shape.ty);
        shape.transitions.borrow_mut().push((name, id));
        id
    }
    /// Report classes and names: those of new shapes, or when everything is marked anew those that are built in. The others
    /// are reported by [`ShapeTable::trace_used`] as long as there are objects of them.
    pub fn trace(&self, tracer: &mut Tracer<'_>) {
        let full = tracer.is_full();
        let first = if full { 0 } else { self.reported.get() };
        self.reported.set(self.shapes.len());
        for shape in &self.shapes[first..] {
            if !full || !shape.may_die() {
                tracer.obj(shape.ty);
            }
            tracer.values(&shape.keys);
        }
    }
    /// Report the classes of objects that are alive.
    pub fn trace_used(&self, tracer: &mut Tracer<'_>) {
        for shape in &self.shapes {
            if tracer.shape_is_used(shape.id.0) {
                tracer.obj(shape.ty);
            }
        }
    }
    /// Forget the shapes of classes that died. Their numbers are not used again, since inline caches may know them.
    pub fn prune(&mut self, survivors: &Survivors<'_>) {
        for (shape, class) in self.shapes.iter_mut().zip(&mut self.classes) {
            if !survivors.contains(shape.ty) {
                shape.ty = self.placeholder.unwrap_or(shape.ty);
                *class = shape.ty;
                shape.keys = Vec::new();
                shape.transitions = RefCell::default();
                shape.sorted = RefCell::default();
            }
        }
    }
}

/// An object seen as a holder of attribute slots.
#[derive(Clone, Copy, Debug)]
pub struct Instance(pub Obj);

impl Instance {
    /// The value in a slot; ABSENT if it is not set.
    #[inline]
    pub fn read(self, shape: &Shape, slot: usize) -> Value {
        match shape.place(slot) {
            Slot::Inline(word) => Value::from_bits(self.0.word(word)),
            Slot::Overflow(index) => match self.overflow(shape) {
                Some(array) if index < array.len() => array.at(index),
                _ => Value::ABSENT,
            },
        }
    }
    /// Set the value in a slot.
    pub fn write(self, heap: &mut Heap, shape: &Shape, slot: usize, value: Value) {
        match shape.place(slot) {
            Slot::Inline(word) => {
                heap.barrier(self.0);
                self.0.set_word(word, value.bits());
            }
            Slot::Overflow(index) => {
                let array = match self.overflow(shape) {
                    Some(array) if index < array.len() => array,
                    old => self.grow(heap, shape, old, index),
                };
                array.set(heap, index, value);
            }
        }
    }
    fn overflow(self, shape: &Shape) -> Option<Array> {
        Array::of_word(self.0.word(shape.attrs_word?))
    }
    #[cold]
    fn grow(self, heap: &mut Heap, shape: &Shape, old: Option<Array>, index: usize) -> Array {
        let len = (index + 1).next_power_of_two().max(4);
        let array = match old {
            Some(old) => old.resized(heap, len),
            None => Array::new(heap, len),
        };
        let word = shape
            .attrs_word
            .expect("only objects with attributes get slots beyond the inline ones");
        heap.barrier(self.0);
        self.0.set_word(word, Value::from(array.obj()).bits());
        array
    }
    /// In dict mode: the dict.
    pub fn dict(self, shape: &Shape) -> Option<Dict> {
        if !shape.dict_mode {
            return None;
        }
        let held = Value::from_bits(self.0.word(shape.attrs_word?)).as_ptr()?;
        Dict::of(held).or_else(|| {
            Array::of_word(Value::from(held).bits())?
                .at(shape.n_reserved)
                .as_ptr()
                .and_then(Dict::of)
        })
    }
    /// Put the object into dict mode (`shape` is the dict-mode shape of its class) with `dict` as its attributes.
    pub fn set_dict(self, heap: &mut Heap, shape: &Shape, dict: Dict) {
        let Some(word) = shape.attrs_word else { return };
        if shape.n_reserved > 0 && shape.n_inline == 0 {
            // The reserved slots stay in the array; the dict comes behind them.
            let array = match Array::of_word(self.0.word(word)) {
                Some(old) if Dict::of(old.obj()).is_none() => {
                    old.resized(heap, shape.n_reserved + 1)
                }
                _ => Array::new(heap, shape.n_reserved + 1),
            };
            array.set(heap, shape.n_reserved, dict.value());
            heap.barrier(self.0);
            self.0.set_word(word, Value::from(array.obj()).bits());
        } else {
            heap.barrier(self.0);
            self.0.set_word(word, dict.value().bits());
        }
        self.0.set_shape(shape.id.0);
    }
    /// The native value of a wrapped instance.
    #[inline]
    pub fn wrapped(self) -> Option<Value> {
        let kind = self.0.kind();
        let is_wrapped = kind == Kind::Wrapped as u8 || kind == Kind::ExtensionWrapped as u8;
        is_wrapped.then(|| Value::from_bits(self.0.word(0)))
    }
}

/// A number handed out once each, for table versions.
pub type Counter = Cell<u32>;
