//! Where the instances of a new class keep what: which base decides, and what `__slots__` adds.
use haft_heap::Value;

use crate::object::{
    Dict, Kind, List, RootSpec, SlotMember, Str, Tuple, Type, TypeFlags, is_subtype,
};
use crate::vm::{R, Raised, Vm};

/// Inline slots that a class gets from its own code; more come when instances turn out to need them.
const MAX_INLINE: usize = 12;
/// Inline slots for attributes that the class body does not show.
const SPARE_INLINE: usize = 2;

/// What was decided about the instances of a class.
pub(super) struct Layout {
    /// The base whose layout is extended.
    pub(super) base: Type,
    /// Flags taken over from the bases, with those for a new `__dict__` and weak references.
    pub(super) flags: TypeFlags,
    /// Names of the slots of the class itself, mangled and sorted.
    pub(super) slots: List,
    /// Does the class bring `__dict__`?
    pub(super) adds_dict: bool,
    /// Does it bring `__weakref__`?
    pub(super) adds_weakref: bool,
}

/// Kind of the instances of a subclass of `base` made by Python.
pub(super) fn subclass_kind(base: Type) -> Kind {
    match base.kind.0 {
        Kind::BigInt | Kind::Float | Kind::Complex | Kind::Str | Kind::Bytes | Kind::Tuple => {
            Kind::Wrapped
        }
        kind => kind,
    }
}

/// Do instances have as many parts as their value needs, so that CPython cannot put slots behind them?
fn has_variable_size(ty: Type) -> bool {
    [TypeFlags::INT, TypeFlags::BYTES, TypeFlags::TUPLE, TypeFlags::TYPE]
        .iter()
        .any(|&flag| ty.has(flag))
}

fn n_reserved(vm: &Vm, ty: Type) -> usize {
    vm.shapes.at(ty.root_shape.get()).n_reserved
}

/// The class of the base chain that last added to the layout of instances.
pub(super) fn solid_base(vm: &Vm, ty: Type) -> Type {
    let mut at = ty;
    while let Some(base) = Type::of_value(at.base.get()) {
        let adds = if at.has(TypeFlags::HEAP) {
            n_reserved(vm, at) > n_reserved(vm, base) || adds_struct(at, base)
        } else {
            at.kind.0 != base.kind.0
        };
        if adds {
            break;
        }
        at = base;
    }
    at
}

/// Do instances hold another C struct than those of the base?
fn adds_struct(ty: Type, base: Type) -> bool {
    !same_extension(ty, base)
}

/// Do instances of both hold the same C struct, or none?
pub(super) fn same_extension(a: Type, b: Type) -> bool {
    match (a.extension.get(), b.extension.get()) {
        (Some(a), Some(b)) => std::ptr::eq(a, b),
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// May `class` be in the MRO of `ty`, as far as layouts go?
pub(super) fn fits_layout(vm: &Vm, ty: Type, class: Type) -> bool {
    is_subtype_by_base(solid_base(vm, ty), solid_base(vm, class))
}

/// As `is_subtype`, for classes that have no MRO yet.
fn is_subtype_by_base(ty: Type, class: Type) -> bool {
    let mut at = Some(ty);
    while let Some(ty) = at {
        if ty == class {
            return true;
        }
        at = Type::of_value(ty.base.get());
    }
    false
}

/// The base whose layout the new class extends; TypeError if there is none.
pub(super) fn best_base(vm: &mut Vm, bases: &[Value]) -> R<Type> {
    let mut best: Option<(Type, Type)> = None;
    for &base in bases {
        let Some(base) = Type::of_value(base) else {
            return Err(vm.type_error("bases must be types"));
        };
        if !base.has(TypeFlags::BASE) {
            let name = vm.full_type_name(base);
            return Err(vm.type_error(format!("type '{name}' is not an acceptable base type")));
        }
        let solid = solid_base(vm, base);
        best = match best {
            None => Some((base, solid)),
            Some((_, winner)) if is_subtype(winner, solid.obj()) => best,
            Some((_, winner)) if is_subtype(solid, winner.obj()) => Some((base, solid)),
            Some(_) => return Err(vm.type_error("multiple bases have instance lay-out conflict")),
        };
    }
    Ok(best.map_or(vm.t.object, |(base, _)| base))
}

/// Decide the layout of a class called `name` with these bases and this namespace.
pub(super) fn plan(
    vm: &mut Vm,
    name: Str,
    bases: &[Value],
    base: Type,
    namespace: Dict,
) -> R<Layout> {
    let inherited = TypeFlags(base.flags().0 & TypeFlags::INHERITED.0);
    let may_add_dict = !base.has(TypeFlags::HAS_DICT) && base.kind.0 != Kind::Type;
    let may_add_weakref = !base.has(TypeFlags::HAS_WEAKREFS) && !has_variable_size(base);
    let mut layout = Layout {
        base,
        flags: inherited,
        slots: vm.new_list(),
        adds_dict: may_add_dict,
        adds_weakref: may_add_weakref,
    };
    if let Some(slots) = vm.dict_get_name(namespace, vm.names.__slots__) {
        (layout.adds_dict, layout.adds_weakref) = (false, false);
        read_slots(vm, name, slots, &mut layout, (may_add_dict, may_add_weakref))?;
        check_conflicts(vm, namespace, layout.slots)?;
        for secondary in bases.iter().filter_map(|&b| Type::of_value(b)).filter(|&b| b != base) {
            layout.adds_dict |= may_add_dict && secondary.has(TypeFlags::HAS_DICT);
            layout.adds_weakref |= may_add_weakref && secondary.has(TypeFlags::HAS_WEAKREFS);
        }
    }
    if layout.adds_dict {
        layout.flags = layout.flags.with(TypeFlags::HAS_DICT);
    }
    if layout.adds_weakref {
        layout.flags = layout.flags.with(TypeFlags::HAS_WEAKREFS);
    }
    Ok(layout)
}

/// Go through `__slots__`; `may` says whether `__dict__` and `__weakref__` are possible.
fn read_slots(
    vm: &mut Vm,
    class_name: Str,
    slots: Value,
    layout: &mut Layout,
    may: (bool, bool),
) -> R<()> {
    let slots = if vm.as_str(slots).is_some() { vm.tuple(&[slots]) } else { vm.tuple_of(slots)? };
    let slots = vm.as_tuple(slots).map_or(&[][..], Tuple::items);
    if !slots.is_empty() && has_variable_size(layout.base) {
        let base = layout.base.name_text();
        return Err(
            vm.type_error(format!("nonempty __slots__ not supported for subtype of '{base}'"))
        );
    }
    let mut names: Vec<Str> = Vec::new();
    for &slot in slots {
        let Some(text) = vm.as_str(slot) else {
            let class = vm.type_name(slot);
            return Err(vm.type_error(format!("__slots__ items must be strings, not '{class}'")));
        };
        if !haft_text::unicode::is_identifier(text.bytes()) {
            return Err(vm.type_error("__slots__ must be identifiers"));
        }
        match text.bytes() {
            b"__dict__" if !may.0 || layout.adds_dict => return Err(disallowed(vm, "__dict__")),
            b"__dict__" => layout.adds_dict = true,
            b"__weakref__" if !may.1 || layout.adds_weakref => {
                return Err(disallowed(vm, "__weakref__"));
            }
            b"__weakref__" => layout.adds_weakref = true,
            _ => {
                let name = mangle(vm, class_name, text);
                // Also kept in the heap, which the vector is not.
                layout.slots.push(&mut vm.heap, name.value());
                names.push(name);
            }
        }
    }
    names.sort_by(|a, b| a.bytes().cmp(b.bytes()));
    for (at, name) in names.iter().enumerate() {
        layout.slots.set(&mut vm.heap, at, name.value());
    }
    Ok(())
}

fn disallowed(vm: &mut Vm, what: &str) -> Raised {
    vm.type_error(format!("{what} slot disallowed: we already got one"))
}

/// The interned name of the private attribute `name` of a class: `__x` in class `C` is `_C__x`.
fn mangle(vm: &mut Vm, class_name: Str, name: Str) -> Str {
    let (class, text) = (class_name.bytes(), name.bytes());
    let stripped = class.iter().position(|&b| b != b'_').map_or(&[][..], |at| &class[at..]);
    let private = text.starts_with(b"__") && !text.ends_with(b"__") && !text.contains(&b'.');
    let mangled = if private && !stripped.is_empty() {
        vm.str_wtf8(&[b"_", stripped, text].concat())
    } else {
        name.value()
    };
    let interned = vm.intern_str(mangled);
    interned.as_ptr().and_then(Str::of).unwrap_or(name)
}

fn check_conflicts(vm: &mut Vm, namespace: Dict, slots: List) -> R<()> {
    let removed_later = [vm.names.__qualname__, vm.names.__classcell__, vm.names.__classdictcell__];
    for &slot in slots.items() {
        if !removed_later.contains(&slot) && vm.dict_get_name(namespace, slot).is_some() {
            let shown = vm.repr_text(slot)?;
            return Err(
                vm.value_error(format!("{shown} in __slots__ conflicts with class variable"))
            );
        }
    }
    Ok(())
}

/// Make the shapes of a class from its layout, and descriptors for its slots.
pub(super) fn make_shapes(vm: &mut Vm, ty: Type, layout: &Layout) {
    let inherited = n_reserved(vm, layout.base);
    let n_reserved = inherited + layout.slots.len();
    let has_dict = ty.has(TypeFlags::HAS_DICT);
    let n_inline = if has_dict {
        (n_reserved + n_static_attributes(vm, ty) + SPARE_INLINE).min(MAX_INLINE)
    } else {
        0
    };
    let spec = RootSpec {
        kind: ty.kind.0,
        n_reserved,
        n_inline: n_inline.max(n_reserved),
        has_dict,
        dict_mode: ty.kind.0 == Kind::Module,
        n_struct: ty.extension.get().map_or(0, |layout| layout.n_words),
    };
    let root = vm.shapes.add_root(ty.obj(), spec);
    ty.root_shape.set(root);
    let dict_shape = if has_dict {
        vm.shapes.add_root(ty.obj(), RootSpec { dict_mode: true, ..spec })
    } else {
        root
    };
    ty.dict_shape.set(dict_shape);
    for at in 0..layout.slots.len() {
        let name = layout.slots.at(at);
        let member = SlotMember { owner: ty.value(), name, slot: inherited + at };
        let member = vm.new_payload(vm.t.member_descriptor, member);
        vm.type_dict_set(ty, name, member);
    }
}

/// How many attributes methods of the class and its Python bases set on `self`.
fn n_static_attributes(vm: &mut Vm, ty: Type) -> usize {
    let mut names: Vec<Value> = Vec::new();
    let mut at = Some(ty);
    while let Some(class) = at.filter(|class| class.has(TypeFlags::HEAP)) {
        let listed = vm.dict_get_name(class.dict, vm.names.__static_attributes__);
        for &name in listed.and_then(|t| vm.as_tuple(t)).map_or(&[][..], Tuple::items) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        at = Type::of_value(class.base.get());
    }
    names.len()
}
