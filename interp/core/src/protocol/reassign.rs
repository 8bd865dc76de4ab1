//! Changing what classes are fixed to: `obj.__class__ = C`, `C.__bases__ = …`, and shapes that caches must forget.
use std::collections::BTreeMap;

use haft_heap::{Obj, Value};

use super::class_layout::{best_base, same_extension, solid_base};
use super::{mro, slots};
use crate::object::{
    PayloadRef, RootSpec, ShapeId, SlotMember, Tuple, Type, TypeFlags, is_subtype,
};
use crate::vm::{R, Raised, Vm};

/// `obj.__class__ = value`.
pub(super) fn set_class(vm: &mut Vm, obj: Value, value: Value) -> R<()> {
    if value.is_absent() {
        return Err(vm.type_error("can't delete __class__ attribute"));
    }
    let Some(new) = Type::of_value(value) else {
        let given = vm.type_name(value);
        return Err(
            vm.type_error(format!("__class__ must be set to a class, not '{given}' object"))
        );
    };
    let old = vm.type_of(obj);
    let module = vm.t.module.obj();
    let both_modules = is_subtype(new, module) && is_subtype(old, module);
    if !both_modules && (new.has(TypeFlags::IMMUTABLE) || old.has(TypeFlags::IMMUTABLE)) {
        return Err(vm.type_error(
            "__class__ assignment only supported for mutable types or ModuleType subclasses",
        ));
    }
    check_same_layout(vm, old, new, "__class__")?;
    if let Some(object) = obj.as_ptr() {
        let shape = shape_in_class(vm, ShapeId(object.shape()), new);
        object.set_shape(shape.0);
        if new.slots.del.get().is_some() {
            vm.heap.add_finalizer(object);
        }
    }
    Ok(())
}

fn check_same_layout(vm: &mut Vm, old: Type, new: Type, what: &str) -> R<()> {
    let flags = TypeFlags::HAS_DICT.with(TypeFlags::HAS_WEAKREFS).0;
    let same = old.kind.0 == new.kind.0
        && old.flags().0 & flags == new.flags().0 & flags
        && same_solid_layout(vm, solid_base(vm, old), solid_base(vm, new));
    if same {
        return Ok(());
    }
    let (old, new) = (old.shown_name(), new.shown_name());
    Err(vm.type_error(format!("{what} assignment: '{new}' object layout differs from '{old}'")))
}

/// The same class, or classes that add the same slots to the same layout.
fn same_solid_layout(vm: &Vm, a: Type, b: Type) -> bool {
    if a == b {
        return true;
    }
    let (Some(a_base), Some(b_base)) = (Type::of_value(a.base.get()), Type::of_value(b.base.get()))
    else {
        return false;
    };
    a.has(TypeFlags::HEAP)
        && b.has(TypeFlags::HEAP)
        && same_extension(a, b)
        && slot_names(a) == slot_names(b)
        && same_solid_layout(vm, solid_base(vm, a_base), solid_base(vm, b_base))
}

/// Slot numbers and names that a class adds.
fn slot_names(ty: Type) -> Vec<(usize, Value)> {
    let members = ty.dict.iter().filter_map(|(_, value)| PayloadRef::<SlotMember>::of_value(value));
    let mut names: Vec<_> = members
        .filter(|member| member.owner == ty.value())
        .map(|member| (member.slot, member.name))
        .collect();
    names.sort_by_key(|entry| entry.0);
    names
}

/// The shape of `ty` for an object that has shape `old` now and keeps its attributes where they are.
fn shape_in_class(vm: &mut Vm, old: ShapeId, ty: Type) -> ShapeId {
    let old = vm.shapes.at(old);
    if old.dict_mode {
        return ty.dict_shape.get();
    }
    let mut shape = root_with_inline(vm, ty, old.n_inline);
    for &key in old.keys() {
        shape = vm.shapes.transition(shape, key);
    }
    shape
}

/// A root shape of `ty` whose objects have `n_inline` slots inside. Roots before the dict shape's neighbour are retired.
fn root_with_inline(vm: &mut Vm, ty: Type, n_inline: usize) -> ShapeId {
    let present = vm.shapes.at(ty.root_shape.get());
    if present.n_inline == n_inline {
        return present.id;
    }
    let first = ty.dict_shape.get().0.saturating_sub(1);
    for id in first..vm.shapes.len() as u32 {
        let shape = vm.shapes.at(ShapeId(id));
        if shape.ty == ty.obj()
            && shape.keys().is_empty()
            && !shape.dict_mode
            && shape.n_inline == n_inline
        {
            return shape.id;
        }
    }
    let spec = RootSpec {
        kind: ty.kind.0,
        n_reserved: present.n_reserved,
        n_inline,
        has_dict: present.has_dict,
        dict_mode: false,
        n_struct: present.n_struct,
    };
    vm.shapes.add_root(ty.obj(), spec)
}

impl Vm {
    /// Give all instances of `ty` and its subclasses new shapes, so that no inline cache knows them any more.
    ///
    /// For changes of a class that caches of instance attributes do not look at: a data descriptor in front of an
    /// attribute that instances have, another `__setattr__` or `__getattribute__`. It looks at the whole heap.
    pub fn retire_shapes(&mut self, ty: Type) {
        let n_old = self.shapes.len() as u32;
        self.renew_roots(ty);
        let mut objects: Vec<Obj> = Vec::new();
        let shapes = &self.shapes;
        self.heap.for_each_object(|object| {
            let class = Some(shapes.class_of(object.shape()));
            if object.shape() < n_old && class.is_some_and(|class| is_subtype(class, ty.obj())) {
                objects.push(object);
            }
        });
        let mut moved: BTreeMap<u32, ShapeId> = BTreeMap::new();
        for object in objects {
            let old = object.shape();
            let new = match moved.get(&old) {
                Some(&known) => known,
                None => {
                    let class = self.shapes.class_of(old);
                    let new = shape_in_class(self, ShapeId(old), class);
                    moved.insert(old, new);
                    new
                }
            };
            object.set_shape(new.0);
        }
    }

    fn renew_roots(&mut self, ty: Type) {
        let (root, dict) =
            (self.shapes.at(ty.root_shape.get()), self.shapes.at(ty.dict_shape.get()));
        let spec = |shape: &crate::object::Shape| RootSpec {
            kind: ty.kind.0,
            n_reserved: shape.n_reserved,
            n_inline: shape.n_inline,
            has_dict: shape.has_dict,
            dict_mode: shape.dict_mode,
            n_struct: shape.n_struct,
        };
        let new_dict = self.shapes.add_root(ty.obj(), spec(dict));
        ty.dict_shape.set(new_dict);
        let new_root = self.shapes.add_root(ty.obj(), spec(root));
        ty.root_shape.set(new_root);
        let subclasses = slots::subclasses(self, ty);
        for &subclass in subclasses.items() {
            if let Some(subclass) = Type::of_value(subclass) {
                self.renew_roots(subclass);
            }
        }
    }

    /// Has an instance of `ty` or a subclass ever had the attribute `name` (interned) in a slot?
    pub(super) fn instances_have(&self, ty: Type, name: Value) -> bool {
        (ShapeId::N_FIXED..self.shapes.len() as u32).any(|id| {
            let shape = self.shapes.at(ShapeId(id));
            shape.find(name).is_some()
                && Type::of(shape.ty).is_some_and(|class| is_subtype(class, ty.obj()))
        })
    }
}

/// `C.__bases__ = value`.
pub(super) fn set_bases(vm: &mut Vm, ty: Type, value: Value) -> R<()> {
    let bases = check_bases(vm, ty, value)?;
    let new_base = best_base(vm, bases.items())?;
    let Some(old_base) = Type::of_value(ty.base.get()) else {
        return Err(vm.type_error("object has no bases"));
    };
    check_same_layout(vm, old_base, new_base, "__bases__")?;
    let old_bases = ty.bases.get();
    vm.heap.barrier(ty.obj());
    ty.bases.set(bases.value());
    ty.base.set(new_base.value());
    let saved = vm.new_list();
    if let Err(raised) = renew_mro(vm, ty, saved) {
        vm.heap.barrier(ty.obj());
        ty.bases.set(old_bases);
        ty.base.set(old_base.value());
        for pair in saved.items().chunks_exact(2) {
            if let Some(class) = Type::of_value(pair[0]) {
                vm.heap.barrier(class.obj());
                class.mro.set(pair[1]);
            }
        }
        return Err(raised);
    }
    for base in vm
        .as_tuple(old_bases)
        .map_or(&[][..], Tuple::items)
        .iter()
        .filter_map(|&base| Type::of_value(base))
    {
        let heap = &vm.heap;
        base.subclasses.borrow_mut().retain(|&id| heap.weak_get(id) != Some(ty.obj()));
    }
    for base in bases.items().iter().filter_map(|&base| Type::of_value(base)) {
        vm.add_subclass(base, ty);
    }
    renew_slots(vm, ty);
    vm.type_changed(ty);
    vm.retire_shapes(ty);
    Ok(())
}

fn check_bases(vm: &mut Vm, ty: Type, value: Value) -> R<Tuple> {
    let name = ty.name_text();
    let Some(bases) = vm.as_tuple(value) else {
        let given = vm.type_name(value);
        return Err(
            vm.type_error(format!("can only assign tuple to {name}.__bases__, not {given}"))
        );
    };
    if bases.is_empty() {
        return Err(
            vm.type_error(format!("can only assign non-empty tuple to {name}.__bases__, not ()"))
        );
    }
    for &base in bases.items() {
        let Some(base) = Type::of_value(base) else {
            let given = vm.type_name(base);
            return Err(
                vm.type_error(format!("{name}.__bases__ must be tuple of classes, not '{given}'"))
            );
        };
        if is_subtype(base, ty.obj()) {
            return Err(vm.type_error("a __bases__ item causes an inheritance cycle"));
        }
    }
    Ok(bases)
}

/// Compute the MRO of a class and its subclasses anew; `saved` receives classes and their old ones.
fn renew_mro(vm: &mut Vm, ty: Type, saved: crate::object::List) -> Result<(), Raised> {
    let order = mro::resolve(vm, ty)?;
    saved.push(&mut vm.heap, ty.value());
    saved.push(&mut vm.heap, ty.mro.get());
    vm.heap.barrier(ty.obj());
    ty.mro.set(order);
    let subclasses = slots::subclasses(vm, ty);
    for subclass in subclasses.items().iter().filter_map(|&class| Type::of_value(class)) {
        renew_mro(vm, subclass, saved)?;
    }
    Ok(())
}

fn renew_slots(vm: &mut Vm, ty: Type) {
    slots::fix_slots(vm, ty);
    let subclasses = slots::subclasses(vm, ty);
    for subclass in subclasses.items().iter().filter_map(|&class| Type::of_value(class)) {
        renew_slots(vm, subclass);
    }
}
