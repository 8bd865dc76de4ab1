//! The built-in classes: one row each, and how classes written in Rust are made.
use std::cell::{Cell, RefCell};

use haft_heap::{Obj, Value};

use super::Vm;
use crate::native::{GetSetDef, NativeDef, NativeFlags};
use crate::object::extension::{self, ClassPart};
use crate::object::{
    ClassMethod, Dict, ExtensionLayout, Kind, NoTrace, RootSpec, ShapeId, Slots, StaticMethod, Str,
    Tuple, Type, TypeData, TypeFlags, alloc_payload_before,
};
use crate::{payload, protocol};

payload! {
    /// A computed attribute of a native class.
    pub struct GetSet {
        /// Its row.
        pub def: NoTrace<&'static GetSetDef>,
        /// The class.
        pub owner: Value,
    }
}

/// How instances of a built-in class lie in the heap, and the fixed shape of its exact instances.
struct Row {
    name: &'static str,
    base: Base,
    kind: Kind,
    shape: ShapeId,
    flags: u32,
}

/// Index of the base in the table: object, or int for bool.
#[derive(Clone, Copy, PartialEq)]
enum Base {
    Object,
    Int,
    Nothing,
}

macro_rules! types {
    ($( $field:ident $name:literal $base:ident $kind:ident $shape:ident [$($flag:ident)*]; )+) => {
        /// The classes the runtime itself must know.
        #[derive(Debug, Clone, Copy)]
        #[expect(missing_docs, reason = "each field is the class it is called by")]
        pub struct Types { $( pub $field: Type, )+ }
        const ROWS: &[Row] = &[ $( Row {
            name: $name, base: Base::$base, kind: Kind::$kind, shape: ShapeId::$shape,
            flags: 0 $( | TypeFlags::$flag.0 )*,
        }, )+ ];
        impl Types {
            /// One class in every field.
            pub(super) fn all_same(class: Type) -> Types {
                Types { $( $field: class, )+ }
            }
            fn from_classes(classes: &[Type]) -> Types {
                let mut classes = classes.iter().copied();
                let mut next = || classes.next().expect("one class a row");
                Types { $( $field: next(), )+ }
            }
        }
    };
}

types! {
    object "object" Nothing Instance NONE [BASE];
    r#type "type" Object Type TYPE [BASE TYPE MATCH_SELF];
    int "int" Object BigInt INT [BASE INT MATCH_SELF];
    bool "bool" Int BigInt NONE [INT MATCH_SELF];
    float "float" Object Float FLOAT [BASE FLOAT MATCH_SELF];
    complex "complex" Object Complex COMPLEX [BASE];
    str "str" Object Str STR [BASE STR MATCH_SELF];
    bytes "bytes" Object Bytes BYTES [BASE BYTES MATCH_SELF];
    bytearray "bytearray" Object Native NONE [BASE MATCH_SELF];
    tuple "tuple" Object Tuple TUPLE [BASE TUPLE SEQUENCE MATCH_SELF];
    list "list" Object List LIST [BASE LIST SEQUENCE MATCH_SELF];
    dict "dict" Object Dict DICT [BASE DICT MAPPING MATCH_SELF];
    set "set" Object Set SET [BASE MATCH_SELF HAS_WEAKREFS];
    frozenset "frozenset" Object Set FROZENSET [BASE MATCH_SELF HAS_WEAKREFS];
    range "range" Object Native RANGE [SEQUENCE];
    slice "slice" Object Native SLICE [];
    none "NoneType" Object Raw NONE [];
    ellipsis "ellipsis" Object Raw NONE [];
    not_implemented "NotImplementedType" Object Raw NONE [];
    function "function" Object Function FUNCTION [METHOD_DESCRIPTOR HAS_DICT HAS_WEAKREFS];
    native_function "builtin_function_or_method" Object NativeFunction NATIVE_FUNCTION [HAS_WEAKREFS];
    method_descriptor "method_descriptor" Object NativeFunction NONE [METHOD_DESCRIPTOR];
    classmethod_descriptor "classmethod_descriptor" Object NativeFunction NONE [];
    wrapper_descriptor "wrapper_descriptor" Object NativeFunction NONE [METHOD_DESCRIPTOR];
    method_wrapper "method-wrapper" Object NativeFunction NONE [];
    getset_descriptor "getset_descriptor" Object Native NONE [];
    member_descriptor "member_descriptor" Object Native NONE [];
    method "method" Object BoundMethod BOUND_METHOD [HAS_WEAKREFS];
    module "module" Object Module MODULE [BASE HAS_DICT HAS_WEAKREFS];
    code "code" Object Code CODE [HAS_WEAKREFS];
    cell "cell" Object Cell CELL [];
    generator "generator" Object Generator GENERATOR [HAS_WEAKREFS];
    coroutine "coroutine" Object Generator NONE [HAS_WEAKREFS];
    async_generator "async_generator" Object Generator NONE [HAS_WEAKREFS];
    property "property" Object Native NONE [BASE];
    staticmethod "staticmethod" Object Native NONE [BASE HAS_DICT];
    classmethod "classmethod" Object Native NONE [BASE HAS_DICT];
    super_ "super" Object Native NONE [BASE];
    weakref "ReferenceType" Object Native NONE [BASE];
    traceback "traceback" Object Native NONE [];
    frame "frame" Object Native NONE [];
    list_iterator "list_iterator" Object ListIter LIST_ITER [];
    tuple_iterator "tuple_iterator" Object TupleIter TUPLE_ITER [];
    range_iterator "range_iterator" Object RangeIter RANGE_ITER [];
    iterator "iterator" Object Native NONE [];
    dict_keyiterator "dict_keyiterator" Object Native NONE [];
    dict_valueiterator "dict_valueiterator" Object Native NONE [];
    dict_itemiterator "dict_itemiterator" Object Native NONE [];
    mappingproxy "mappingproxy" Object Native NONE [MAPPING];
    memoryview "memoryview" Object NativeDrop NONE [SEQUENCE HAS_WEAKREFS];
    generic_alias "GenericAlias" Object Native NONE [BASE HAS_WEAKREFS];
    union "Union" Object Native NONE [HAS_WEAKREFS];
}

/// What a native class is.
pub struct TypeSpec {
    /// Name, with the module before it: `collections.deque`.
    pub name: &'static str,
    /// Docstring.
    pub doc: &'static str,
    /// Base class; object if `None`.
    pub base: Option<Type>,
    /// Layout of its instances: the `KIND` of its payload, or that of the base.
    pub kind: Kind,
    /// `BASE` if it may be subclassed, and so on.
    pub flags: TypeFlags,
    /// Sets the slots.
    pub slots: fn(&Slots),
    /// Methods, classmethods and staticmethods.
    pub methods: &'static [NativeDef],
    /// Computed attributes.
    pub getsets: &'static [GetSetDef],
}

impl std::fmt::Debug for TypeSpec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl TypeSpec {
    /// A class with this name whose instances are `T` payloads; the rest is to be filled in.
    pub const fn of<T: crate::object::Payload>(name: &'static str) -> TypeSpec {
        TypeSpec {
            name,
            doc: "",
            base: None,
            kind: T::KIND,
            flags: TypeFlags(0),
            slots: |_| (),
            methods: &[],
            getsets: &[],
        }
    }
}

/// What a new class object starts with.
pub(crate) struct NewType {
    pub(crate) name: Value,
    pub(crate) qualname: Value,
    pub(crate) bases: Value,
    pub(crate) base: Value,
    pub(crate) dict: Dict,
    pub(crate) flags: TypeFlags,
    pub(crate) kind: Kind,
    pub(crate) metaclass_shape: ShapeId,
    pub(crate) extension: Option<&'static ExtensionLayout>,
}

impl Vm {
    /// A class object without MRO, slots and shapes.
    pub(crate) fn alloc_type(&mut self, new: NewType) -> Type {
        let version = self.new_version();
        let data = TypeData {
            name: Cell::new(new.name),
            qualname: Cell::new(new.qualname),
            bases: Cell::new(new.bases),
            base: Cell::new(new.base),
            mro: Cell::new(Value::ABSENT),
            dict: new.dict,
            slots: NoTrace(Slots::default()),
            flags: NoTrace(Cell::new(new.flags)),
            version: Cell::new(version),
            kind: NoTrace(new.kind),
            root_shape: NoTrace(Cell::new(ShapeId::NONE)),
            dict_shape: NoTrace(Cell::new(ShapeId::NONE)),
            subclasses: NoTrace(RefCell::default()),
            native_name: NoTrace(Cell::new("")),
            init_function: Cell::new(Value::ABSENT),
            extension: NoTrace(Cell::new(new.extension)),
            host_data: Cell::new(0),
            part: ClassPart::default(),
        };
        let part = self.part_of_classes(new.metaclass_shape);
        let more = part.map_or(0, extension::class_part_bytes);
        let ty = alloc_payload_before(&mut self.heap, new.metaclass_shape, data, more);
        if let Some(layout) = part {
            ty.get().part.set(ty.obj(), layout);
        }
        ty
    }
    /// The struct that classes of this shape hold.
    fn part_of_classes(&self, metaclass_shape: ShapeId) -> Option<&'static ExtensionLayout> {
        if metaclass_shape == ShapeId::TYPE {
            return None;
        }
        self.shapes.class_of(metaclass_shape.0).extension.get()
    }

    /// Make the classes of the table, without methods; `placeholder` stands for classes while there are none.
    pub(super) fn make_builtin_types(&mut self, placeholder: Obj) -> Types {
        let root = RootSpec {
            kind: Kind::Raw,
            n_reserved: 0,
            n_inline: 0,
            has_dict: false,
            dict_mode: false,
            n_struct: 0,
        };
        for _ in 0..ShapeId::N_FIXED {
            self.shapes.add_root(placeholder, root);
        }
        // `type`'s own instances have attributes in their own dicts; the shapes of the others are made below, in place.
        let mut classes = Vec::new();
        for row in ROWS {
            let name = Str::new(&mut self.heap, row.name.as_bytes()).value();
            let base = match row.base {
                Base::Nothing => Value::ABSENT,
                Base::Object => classes.first().map_or(Value::ABSENT, |t: &Type| t.value()),
                Base::Int => classes[2].value(),
            };
            let bases = if base.is_absent() {
                Tuple::new(&mut self.heap, &[])
            } else {
                Tuple::new(&mut self.heap, &[base])
            };
            let dict = Dict::new(&mut self.heap);
            let flags = TypeFlags(row.flags).with(TypeFlags::IMMUTABLE);
            let new = NewType {
                name,
                qualname: name,
                bases: bases.value(),
                base,
                dict,
                flags,
                kind: row.kind,
                metaclass_shape: ShapeId::TYPE,
                extension: None,
            };
            let ty = self.alloc_type(new);
            ty.native_name.set(row.name);
            let mro = match row.base {
                Base::Nothing => vec![ty.value()],
                Base::Object => vec![ty.value(), base],
                Base::Int => vec![ty.value(), base, classes[0].value()],
            };
            let mro = Tuple::new(&mut self.heap, &mro).value();
            self.heap.barrier(ty.obj());
            ty.mro.set(mro);
            self.give_fixed_shape(ty, row);
            classes.push(ty);
        }
        self.shapes.set_class(ShapeId::NONE, classes[0].obj());
        Types::from_classes(&classes)
    }

    fn give_fixed_shape(&mut self, ty: Type, row: &Row) {
        let has_dict = TypeFlags(row.flags).has(TypeFlags::HAS_DICT);
        let spec = RootSpec {
            kind: row.kind,
            n_reserved: 0,
            n_inline: 0,
            has_dict,
            dict_mode: row.kind == Kind::Module,
            n_struct: 0,
        };
        let id = if row.shape == ShapeId::NONE {
            self.shapes.add_root(ty.obj(), spec)
        } else {
            row.shape
        };
        if row.shape != ShapeId::NONE {
            self.shapes.replace_root(id, ty.obj(), spec);
        }
        ty.root_shape.set(id);
        let dict_shape = if has_dict {
            self.shapes.add_root(ty.obj(), RootSpec { dict_mode: true, ..spec })
        } else {
            id
        };
        ty.dict_shape.set(dict_shape);
    }

    /// Make a class written in Rust and get it ready for use.
    pub fn new_builtin_type(&mut self, spec: &TypeSpec) -> Type {
        let (module, name) = spec.name.rsplit_once('.').unwrap_or(("builtins", spec.name));
        let base = spec.base.unwrap_or(self.t.object);
        let name = self.intern(name);
        let bases = self.tuple(&[base.value()]);
        let dict = self.dict();
        let inherited = TypeFlags(base.flags().0 & TypeFlags::INHERITED.0);
        let flags = spec.flags.with(TypeFlags::IMMUTABLE).with(inherited);
        let metaclass_shape = self.t.r#type.root_shape.get();
        let new = NewType {
            name,
            qualname: name,
            bases,
            base: base.value(),
            dict,
            flags,
            kind: spec.kind,
            metaclass_shape,
            extension: None,
        };
        let ty = self.alloc_type(new);
        let mut mro = vec![ty.value()];
        mro.extend_from_slice(base.mro_items());
        let mro = self.tuple(&mro);
        self.heap.barrier(ty.obj());
        ty.mro.set(mro);
        let shape = RootSpec {
            kind: spec.kind,
            n_reserved: 0,
            n_inline: 0,
            has_dict: flags.has(TypeFlags::HAS_DICT),
            dict_mode: false,
            n_struct: 0,
        };
        let root = self.shapes.add_root(ty.obj(), shape);
        ty.root_shape.set(root);
        let dict_shape = self.shapes.add_root(ty.obj(), RootSpec { dict_mode: true, ..shape });
        ty.dict_shape.set(dict_shape);
        if !flags.has(TypeFlags::EXCEPTION) {
            ty.native_name.set(spec.name);
        }
        if module != "builtins" {
            let module = self.intern(module);
            self.type_dict_set(ty, self.names.__module__, module);
        }
        self.fill_type(ty, spec.doc, spec.slots, spec.methods, spec.getsets);
        self.ready_type(ty);
        ty
    }

    /// Give a native class its slots, methods and computed attributes. [`Vm::ready_type`] comes after.
    pub fn fill_type(
        &mut self,
        ty: Type,
        doc: &'static str,
        slots: fn(&Slots),
        methods: &'static [NativeDef],
        getsets: &'static [GetSetDef],
    ) {
        slots(&ty.slots);
        if !doc.is_empty() {
            let doc = self.str(doc.trim());
            self.type_dict_set(ty, self.names.__doc__, doc);
        }
        for def in methods {
            let owner = ty.value();
            let value = match def.flags {
                NativeFlags::Method => self.native_function_of(
                    self.t.method_descriptor,
                    def,
                    Value::ABSENT,
                    owner,
                    Value::ABSENT,
                ),
                NativeFlags::Class => self.native_function_of(
                    self.t.classmethod_descriptor,
                    def,
                    Value::ABSENT,
                    owner,
                    Value::ABSENT,
                ),
                NativeFlags::Static => {
                    let function = self.native_function_of(
                        self.t.native_function,
                        def,
                        Value::ABSENT,
                        owner,
                        Value::ABSENT,
                    );
                    self.new_payload(
                        self.t.staticmethod,
                        StaticMethod { function: function.into() },
                    )
                }
            };
            let name = self.intern(def.name);
            self.type_dict_set(ty, name, value);
        }
        for def in getsets {
            let value = self.new_payload(
                self.t.getset_descriptor,
                GetSet { def: NoTrace(def), owner: ty.value() },
            );
            let name = self.intern(def.name);
            self.type_dict_set(ty, name, value);
        }
    }

    /// Finish a native class: slots of the base, wrappers for its own slots, its place among the base's subclasses.
    pub fn ready_type(&mut self, ty: Type) {
        protocol::slots::add_wrappers(self, ty);
        if let Some(base) = Type::of_value(ty.base.get()) {
            let hashable = ty.slots.hash.get().is_some() || ty.slots.compare.get().is_none();
            ty.slots.inherit(&base.slots);
            if !hashable {
                ty.slots.hash.set(None);
                self.type_dict_set(ty, self.names.__hash__, Value::NONE);
            }
            self.add_subclass(base, ty);
        }
        ty.version.set(self.new_version());
    }

    /// Set an entry of a class's own namespace without telling anybody.
    pub(crate) fn type_dict_set(&mut self, ty: Type, name: Value, value: Value) {
        let Some(str) = name.as_ptr().and_then(Str::of) else { return };
        let hash = self.hash_str(str);
        ty.dict.set_simple(&mut self.heap, hash, name, value);
    }

    pub(crate) fn add_subclass(&mut self, base: Type, class: Type) {
        let id = self.heap.weak_new(class.obj());
        let mut subclasses = base.get().subclasses.borrow_mut();
        // The dead are dropped each time the list has doubled.
        if subclasses.len().is_power_of_two() {
            subclasses.retain(|&known| self.heap.weak_get(known).is_some());
        }
        subclasses.push(id);
    }

    /// A classmethod object of `function`.
    pub fn classmethod(&mut self, function: Value) -> Value {
        self.new_payload(self.t.classmethod, ClassMethod { function: function.into() })
    }
}
