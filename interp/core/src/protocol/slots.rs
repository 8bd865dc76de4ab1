//! Special methods and slots: which dunder name stands for which slot of a class.
//!
//! One table connects them in both directions. A native class sets slots; [`add_wrappers`] puts a descriptor for each
//! into its namespace, so that `int.__add__` exists. A Python class defines dunders; [`fix_slots`] gives it, for each
//! slot, either the native function (when what the MRO finds is that function's own wrapper) or the generic function,
//! which calls the Python-level method. [`update_slots`] does the same when a class attribute changes later.
//!
//! Several names may share a slot (`__add__` and `__radd__`, the six comparisons), and two names stand for two slots
//! each: `__add__` and `__mul__` of sequences are `concat` and `repeat`, which come after the numeric slots and which a
//! Python class never has of its own.
use std::mem::offset_of;

use haft_heap::Value;

use super::mro;
use super::slot_wrappers::{self as wrappers, Wrapped};
use super::slots_generic as generic;
use crate::native::{NativeCall, NativeDef, NativeFlags};
use crate::object::{
    CompareOp, Function, Kind, List, NativeFunction, PayloadRef, Slots, Str, Tuple, Type,
    TypeFlags, is_subtype,
};
use crate::vm::Vm;

/// One special method.
pub struct Row {
    /// Its name, signature, docstring and wrapper.
    pub def: NativeDef,
    /// Does a native class that has the slot get a wrapper of this name?
    wrapped: bool,
    /// Which slot: its offset in [`Slots`].
    slot: usize,
    /// Is the slot set?
    has: fn(&Slots) -> bool,
    /// Do both have the same function in it?
    same: fn(&Slots, &Slots) -> bool,
    /// Set the slot of the first as the second has it, or empty it.
    take: fn(&Slots, Option<&Slots>),
    /// Set the slot to the function that calls Python methods; sequence slots have none.
    generic: Option<fn(&Slots)>,
}

impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.def.fmt(f)
    }
}

macro_rules! rows {
    ($( $(#[doc = $doc:literal])+ $name:ident $sig:literal $slot:ident: $wrap:ident $(($extra:expr))? $(=> $generic:expr)?; )+) => {
        /// Every special method that has a slot.
        pub static ROWS: &[Row] = &[ $( Row {
            def: NativeDef {
                name: stringify!($name),
                sig: $sig,
                doc: concat!($($doc),+),
                call: NativeCall::RawSlot(|vm, owner, args| {
                    let wrapped = Wrapped { slot: owner.slots.$slot.get(), owner, name: stringify!($name), args };
                    wrappers::$wrap(vm, &wrapped $(, $extra)?)
                }),
                flags: NativeFlags::Method,
            },
            wrapped: !matches!(stringify!($wrap).as_bytes(), b"hidden"),
            slot: offset_of!(Slots, $slot),
            has: |slots| slots.$slot.get().is_some(),
            same: |a, b| match (a.$slot.get(), b.$slot.get()) {
                (Some(a), Some(b)) => std::ptr::fn_addr_eq(a, b),
                (a, b) => a.is_none() && b.is_none(),
            },
            take: |to, from| to.$slot.set(from.and_then(|slots| slots.$slot.get())),
            generic: rows!(@ $slot $($generic)?),
        }, )+ ];
    };
    (@ $slot:ident $generic:expr) => { Some(|slots| slots.$slot.set(Some($generic))) };
    (@ $slot:ident) => { None };
}

rows! {
    /// Create and return a new object.  See help(type) for accurate signature.
    __new__ "($type, *args, **kwargs)" new: new => generic::new;
    /// Return repr(self).
    __repr__ "($self, /)" repr: unary => generic::repr;
    /// Return hash(self).
    __hash__ "($self, /)" hash: hash => generic::hash;
    /// Call self as a function.
    __call__ "($self, /, *args, **kwargs)" call: call => generic::call;
    /// Return str(self).
    __str__ "($self, /)" str: unary => generic::str;
    /// Return getattr(self, name).
    __getattribute__ "($self, name, /)" getattro: getattribute => generic::getattro;
    /// Return getattr(self, name) when the name is not found the usual way.
    __getattr__ "($self, name, /)" getattro: hidden => generic::getattro;
    /// Implement setattr(self, name, value).
    __setattr__ "($self, name, value, /)" setattro: setattr => generic::setattro;
    /// Implement delattr(self, name).
    __delattr__ "($self, name, /)" setattro: delattr => generic::setattro;
    /// Return self<value.
    __lt__ "($self, value, /)" compare: compare(CompareOp::Lt) => generic::compare;
    /// Return self<=value.
    __le__ "($self, value, /)" compare: compare(CompareOp::Le) => generic::compare;
    /// Return self==value.
    __eq__ "($self, value, /)" compare: compare(CompareOp::Eq) => generic::compare;
    /// Return self!=value.
    __ne__ "($self, value, /)" compare: compare(CompareOp::Ne) => generic::compare;
    /// Return self>value.
    __gt__ "($self, value, /)" compare: compare(CompareOp::Gt) => generic::compare;
    /// Return self>=value.
    __ge__ "($self, value, /)" compare: compare(CompareOp::Ge) => generic::compare;
    /// Implement iter(self).
    __iter__ "($self, /)" iter: unary => generic::iter;
    /// Implement next(self).
    __next__ "($self, /)" next: next => generic::next;
    /// Return an attribute of instance, which is of type owner.
    __get__ "($self, instance, owner=None, /)" descr_get: descr_get => generic::descr_get;
    /// Set an attribute of instance to value.
    __set__ "($self, instance, value, /)" descr_set: descr_set => generic::descr_set;
    /// Delete an attribute of instance.
    __delete__ "($self, instance, /)" descr_set: descr_delete => generic::descr_set;
    /// Initialize self.  See help(type(self)) for accurate signature.
    __init__ "($self, /, *args, **kwargs)" init: init => generic::init;
    /// Called when the instance is about to be destroyed.
    __del__ "($self, /)" del: del => generic::del;
    /// Return an iterator to be used in await expression.
    __await__ "($self, /)" r#await: unary => generic::r#await;
    /// Return an awaitable, that resolves in asynchronous iterator.
    __aiter__ "($self, /)" aiter: unary => generic::aiter;
    /// Return a value or raise StopAsyncIteration.
    __anext__ "($self, /)" anext: unary => generic::anext;
    /// Return self+value.
    __add__ "($self, value, /)" add: left => generic::add;
    /// Return value+self.
    __radd__ "($self, value, /)" add: right => generic::add;
    /// Return self-value.
    __sub__ "($self, value, /)" sub: left => generic::sub;
    /// Return value-self.
    __rsub__ "($self, value, /)" sub: right => generic::sub;
    /// Return self*value.
    __mul__ "($self, value, /)" mul: left => generic::mul;
    /// Return value*self.
    __rmul__ "($self, value, /)" mul: right => generic::mul;
    /// Return self%value.
    __mod__ "($self, value, /)" rem: left => generic::rem;
    /// Return value%self.
    __rmod__ "($self, value, /)" rem: right => generic::rem;
    /// Return divmod(self, value).
    __divmod__ "($self, value, /)" divmod: left => generic::divmod;
    /// Return divmod(value, self).
    __rdivmod__ "($self, value, /)" divmod: right => generic::divmod;
    /// Return pow(self, value, mod).
    __pow__ "($self, value, mod=None, /)" pow: pow_left => generic::pow;
    /// Return pow(value, self, mod).
    __rpow__ "($self, value, mod=None, /)" pow: pow_right => generic::pow;
    /// -self
    __neg__ "($self, /)" neg: unary => generic::neg;
    /// +self
    __pos__ "($self, /)" pos: unary => generic::pos;
    /// abs(self)
    __abs__ "($self, /)" abs: unary => generic::abs;
    /// True if self else False
    __bool__ "($self, /)" bool: test => generic::bool;
    /// ~self
    __invert__ "($self, /)" invert: unary => generic::invert;
    /// Return self<<value.
    __lshift__ "($self, value, /)" lshift: left => generic::lshift;
    /// Return value<<self.
    __rlshift__ "($self, value, /)" lshift: right => generic::lshift;
    /// Return self>>value.
    __rshift__ "($self, value, /)" rshift: left => generic::rshift;
    /// Return value>>self.
    __rrshift__ "($self, value, /)" rshift: right => generic::rshift;
    /// Return self&value.
    __and__ "($self, value, /)" and: left => generic::and;
    /// Return value&self.
    __rand__ "($self, value, /)" and: right => generic::and;
    /// Return self^value.
    __xor__ "($self, value, /)" xor: left => generic::xor;
    /// Return value^self.
    __rxor__ "($self, value, /)" xor: right => generic::xor;
    /// Return self|value.
    __or__ "($self, value, /)" or: left => generic::or;
    /// Return value|self.
    __ror__ "($self, value, /)" or: right => generic::or;
    /// int(self)
    __int__ "($self, /)" int: unary => generic::int;
    /// float(self)
    __float__ "($self, /)" float: unary => generic::float;
    /// Return self+=value.
    __iadd__ "($self, value, /)" iadd: left => generic::iadd;
    /// Return self-=value.
    __isub__ "($self, value, /)" isub: left => generic::isub;
    /// Return self*=value.
    __imul__ "($self, value, /)" imul: left => generic::imul;
    /// Return self%=value.
    __imod__ "($self, value, /)" irem: left => generic::irem;
    /// Return self**=value.
    __ipow__ "($self, value, /)" ipow: left => generic::ipow;
    /// Return self<<=value.
    __ilshift__ "($self, value, /)" ilshift: left => generic::ilshift;
    /// Return self>>=value.
    __irshift__ "($self, value, /)" irshift: left => generic::irshift;
    /// Return self&=value.
    __iand__ "($self, value, /)" iand: left => generic::iand;
    /// Return self^=value.
    __ixor__ "($self, value, /)" ixor: left => generic::ixor;
    /// Return self|=value.
    __ior__ "($self, value, /)" ior: left => generic::ior;
    /// Return self//value.
    __floordiv__ "($self, value, /)" floordiv: left => generic::floordiv;
    /// Return value//self.
    __rfloordiv__ "($self, value, /)" floordiv: right => generic::floordiv;
    /// Return self/value.
    __truediv__ "($self, value, /)" truediv: left => generic::truediv;
    /// Return value/self.
    __rtruediv__ "($self, value, /)" truediv: right => generic::truediv;
    /// Return self//=value.
    __ifloordiv__ "($self, value, /)" ifloordiv: left => generic::ifloordiv;
    /// Return self/=value.
    __itruediv__ "($self, value, /)" itruediv: left => generic::itruediv;
    /// Return self converted to an integer, if self is suitable for use as an index into a list.
    __index__ "($self, /)" index: unary => generic::index;
    /// Return self@value.
    __matmul__ "($self, value, /)" matmul: left => generic::matmul;
    /// Return value@self.
    __rmatmul__ "($self, value, /)" matmul: right => generic::matmul;
    /// Return self@=value.
    __imatmul__ "($self, value, /)" imatmul: left => generic::imatmul;
    /// Return len(self).
    __len__ "($self, /)" len: len => generic::len;
    /// Return self[key].
    __getitem__ "($self, key, /)" getitem: left => generic::getitem;
    /// Set self[key] to value.
    __setitem__ "($self, key, value, /)" setitem: setitem => generic::setitem;
    /// Delete self[key].
    __delitem__ "($self, key, /)" setitem: delitem => generic::setitem;
    /// Return bool(key in self).
    __contains__ "($self, key, /)" contains: contains => generic::contains;
    /// Return self+value.
    __add__ "($self, value, /)" concat: left;
    /// Return self*value.
    __mul__ "($self, value, /)" repeat: repeat;
    /// Return value*self.
    __rmul__ "($self, value, /)" repeat: repeat;
}

/// The rows of a special method; none for any other name.
fn rows_named(name: &[u8]) -> impl Iterator<Item = &'static Row> + use<'_> {
    let rows = if name.starts_with(b"__") { ROWS } else { &[] };
    rows.iter().filter(move |row| row.def.name.as_bytes() == name)
}

/// Is this native function the wrapper of a slot's own function?
fn is_wrapper_of(function: &NativeFunction, row: &Row) -> bool {
    std::ptr::eq(function.def.0, &raw const row.def)
}

/// Is this the `__new__` that shows the `new` slot of a native class?
pub(super) fn is_new_wrapper(function: &NativeFunction) -> bool {
    is_wrapper_of(function, &ROWS[0])
        || (matches!(function.def.call, NativeCall::Foreign(..)) && function.def.name == "__new__")
}

/// Put a wrapper into the namespace of a native class for each slot that it sets itself.
///
/// Called before the slots of the base are taken over. A class with a layout of its own and no `new` slot cannot be
/// instantiated: object's would make a plain instance.
pub fn add_wrappers(vm: &mut Vm, ty: Type) {
    if ty.slots.new.get().is_none()
        && ty.base.get() == vm.t.object.value()
        && ty.kind.0 != Kind::Instance
    {
        ty.add_flags(TypeFlags::NO_NEW);
    }
    for row in ROWS.iter().filter(|row| row.wrapped && (row.has)(&ty.slots)) {
        let name = vm.intern(row.def.name);
        if vm.dict_get_name(ty.dict, name).is_some() {
            continue;
        }
        let class = if row.slot == offset_of!(Slots, new) {
            vm.t.native_function
        } else {
            vm.t.wrapper_descriptor
        };
        let wrapper =
            vm.native_function_of(class, &row.def, Value::ABSENT, ty.value(), Value::ABSENT);
        vm.type_dict_set(ty, name, wrapper);
    }
    super::class::add_native_dict(vm, ty);
    update_construction(vm, ty);
}

/// Give a class made by Python all its slots. Its MRO is known.
pub fn fix_slots(vm: &mut Vm, ty: Type) {
    hide_hash(vm, ty);
    let base = Type::of_value(ty.base.get());
    let only_base = base.filter(|base| ty.mro_items().get(1..) == Some(base.mro_items()));
    let agreeing = match only_base {
        Some(base) => vm.tuple(&[base.value()]),
        None if mro::has_custom_order(vm, ty) => vm.tuple(&[]),
        None => ty.bases.get(),
    };
    inherit_slots(vm, ty, agreeing);
    let (mut from, dict) = (0, ty.dict);
    while let Some(entry) = dict.next_entry(from) {
        from = entry + 1;
        if let Some(name) = dict.key(entry).as_ptr().and_then(Str::of) {
            update_slots_named(vm, ty, name);
        }
    }
    update_construction(vm, ty);
}

/// Set the slots from the bases, names in the class's own namespace aside.
///
/// What all of `bases` (a tuple) do is right: C3 keeps their orders, so that nothing comes before what they found. Where
/// they differ, or for no bases, the MRO decides.
fn inherit_slots(vm: &mut Vm, ty: Type, bases: Value) {
    let bases = vm.as_tuple(bases).map_or(&[][..], Tuple::items);
    let mut bases = bases.iter().filter_map(|&base| Type::of_value(base));
    let first = bases.next();
    for (at, row) in ROWS.iter().enumerate() {
        match first {
            Some(first) if bases.clone().all(|base| (row.same)(&first.slots, &base.slots)) => {
                (row.take)(&ty.slots, Some(&first.slots));
            }
            _ if ROWS[..at].iter().any(|earlier| earlier.slot == row.slot) => {}
            _ => update_slot(vm, ty, row.slot),
        }
    }
    // The slots without a name.
    for class in ty.mro_items().iter().filter_map(|&class| Type::of_value(class)) {
        inherit_unnamed(ty, class);
    }
}

/// Slots that no special method stands for.
fn inherit_unnamed(ty: Type, base: Type) {
    if ty.slots.send.get().is_none() {
        ty.slots.send.set(base.slots.send.get());
    }
    if ty.slots.buffer.get().is_none() {
        ty.slots.buffer.set(base.slots.buffer.get());
        ty.slots.export.set(base.slots.export.get());
    }
}

/// A class attribute changed: make the slots of the class and its subclasses right.
pub fn update_slots(vm: &mut Vm, ty: Type, name: Value) {
    let Some(text) = name.as_ptr().and_then(Str::of) else { return };
    if rows_named(text.bytes()).next().is_none() {
        return;
    }
    update_with_subclasses(vm, ty, text);
    if text.bytes() == b"__call__" && ty.has(TypeFlags::TYPE) {
        update_construction_of_instances(vm, ty);
    }
}

fn update_with_subclasses(vm: &mut Vm, ty: Type, name: Str) {
    update_slots_named(vm, ty, name);
    update_construction(vm, ty);
    let subclasses = subclasses(vm, ty);
    for &subclass in subclasses.items() {
        if let Some(subclass) = Type::of_value(subclass) {
            update_with_subclasses(vm, subclass, name);
        }
    }
}

/// The living direct subclasses.
pub(super) fn subclasses(vm: &mut Vm, ty: Type) -> List {
    let list = vm.new_list();
    let n = ty.subclasses.borrow().len();
    for at in 0..n {
        let id = ty.subclasses.borrow()[at];
        if let Some(class) = vm.heap.weak_get(id) {
            list.push(&mut vm.heap, Value::from(class));
        }
    }
    list
}

/// A class that defines `__eq__` but not `__hash__` is unhashable: make that visible.
fn hide_hash(vm: &mut Vm, ty: Type) {
    let (eq, hash) = (vm.names.__eq__, vm.names.__hash__);
    if vm.dict_get_name(ty.dict, eq).is_some() && vm.dict_get_name(ty.dict, hash).is_none() {
        vm.type_dict_set(ty, hash, Value::NONE);
    }
}

fn update_slots_named(vm: &mut Vm, ty: Type, name: Str) {
    for row in rows_named(name.bytes()) {
        update_slot(vm, ty, row.slot);
    }
}

/// Decide one slot from what the MRO has for its names.
fn update_slot(vm: &mut Vm, ty: Type, slot: usize) {
    let mut native: Option<Type> = None;
    let mut use_generic = false;
    let mut first: Option<&Row> = None;
    for row in ROWS.iter().filter(|row| row.slot == slot) {
        let take_from = *first.get_or_insert(row);
        let name = vm.intern(row.def.name);
        let Some(found) = find_in_mro(vm, ty, name) else { continue };
        if found.is_none() && slot == offset_of!(Slots, hash) {
            return (take_from.take)(&ty.slots, None);
        }
        let wrapper = PayloadRef::<NativeFunction>::of_value(found);
        let owner = wrapper.and_then(|w| Type::of_value(w.owner.get()));
        match (wrapper, owner) {
            (Some(wrapper), Some(owner))
                if is_wrapper_of(&wrapper, row) && is_subtype(ty, owner.obj()) =>
            {
                match native {
                    Some(known) => use_generic |= !(row.same)(&known.slots, &owner.slots),
                    None => native = Some(owner),
                }
            }
            // `__add__` of a sequence says nothing about the numeric slot, and the other way round.
            (Some(wrapper), _)
                if rows_named(row.def.name.as_bytes())
                    .any(|other| other.slot != slot && is_wrapper_of(&wrapper, other)) => {}
            _ => use_generic = true,
        }
    }
    let Some(row) = first else { return };
    match (native, row.generic) {
        (Some(owner), _) if !use_generic => (row.take)(&ty.slots, Some(&owner.slots)),
        (_, Some(install)) if use_generic => install(&ty.slots),
        _ => (row.take)(&ty.slots, None),
    }
}

/// Search the MRO past the method cache, which class creation would only fill with misses.
pub(super) fn find_in_mro(vm: &mut Vm, ty: Type, name: Value) -> Option<Value> {
    ty.mro_items().iter().find_map(|&class| vm.dict_get_name(Type::of_value(class)?.dict, name))
}

/// Decide whether instances can be made the quick way, and with which `__init__`.
pub(super) fn update_construction(vm: &mut Vm, ty: Type) {
    let metaclass = vm.type_of(ty.value());
    let object = vm.t.object;
    let usual_call = same_function(metaclass.slots.call.get(), vm.t.r#type.slots.call.get());
    let usual_new = same_function(ty.slots.new.get(), object.slots.new.get());
    let plain = usual_call
        && usual_new
        && ty.kind.0 == Kind::Instance
        && !ty.has(TypeFlags::ABSTRACT)
        && !ty.has(TypeFlags::NO_NEW);
    let flags_before = ty.flags();
    let flags = flags_before.without(TypeFlags::PLAIN_NEW);
    ty.flags.set(if plain { flags.with(TypeFlags::PLAIN_NEW) } else { flags });
    let init = if plain { find_in_mro(vm, ty, vm.names.__init__) } else { None };
    let init = init.filter(|&init| PayloadRef::<Function>::of_value(init).is_some());
    let init = init.unwrap_or(Value::ABSENT);
    if ty.flags() != flags_before || ty.init_function.get() != init {
        // Compiled code that makes instances knows the class by its version; the change may be one of its metaclass.
        ty.version.set(vm.new_version());
    }
    vm.heap.barrier(ty.obj());
    ty.init_function.set(init);
}

/// Are both slots set, to the same function?
fn same_function(a: Option<crate::object::Calling>, b: Option<crate::object::Calling>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if std::ptr::fn_addr_eq(a, b))
}

/// The `__call__` of a metaclass changed: look again at every class it made.
fn update_construction_of_instances(vm: &mut Vm, metaclass: Type) {
    let list = vm.list_of_objects(|obj| Type::of(obj).is_some());
    for &class in list.items() {
        if let Some(class) = Type::of_value(class)
            && is_subtype(vm.type_of(class.value()), metaclass.obj())
        {
            update_construction(vm, class);
        }
    }
}
