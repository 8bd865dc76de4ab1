//! Making classes of C code: what `type.__new__` does, without what only class statements need.
use haft_heap::Value;

use super::{class, class_layout, mro, slots};
use crate::object::{ExtensionLayout, Kind, RootSpec, Tuple, Type, TypeFlags};
use crate::vm::{NewType, R, Vm};

/// What a class of C code is.
#[derive(Debug)]
pub struct NewExtensionType {
    /// `__name__`, a str.
    pub name: Value,
    /// `__bases__`, a tuple of classes.
    pub bases: Value,
    /// The one that decides the layout; see [`Vm::layout_base`].
    pub base: Type,
    /// Its class.
    pub metaclass: Type,
    /// `BASE` if it may be subclassed.
    pub flags: TypeFlags,
    /// Layout of its instances, if they hold another struct than those of the base.
    pub layout: Option<&'static ExtensionLayout>,
}

impl Vm {
    /// Of some bases, the one whose layout is extended; TypeError if there is none.
    pub fn layout_base(&mut self, bases: &[Value]) -> R<Type> {
        class_layout::best_base(self, bases)
    }
    /// The metaclass of a class with these bases; TypeError if there is none.
    pub fn metaclass_of(&mut self, metaclass: Type, bases: &[Value]) -> R<Type> {
        class::calculate_metaclass(self, metaclass, bases)
    }
    /// A class without attributes of its own. [`Vm::inherit_slots`] comes when it has them.
    pub fn new_extension_type(&mut self, new: &NewExtensionType) -> R<Type> {
        let inherited = TypeFlags(new.base.flags().0 & TypeFlags::INHERITED.0);
        let extension = new.layout.or(new.base.extension.get());
        let kind = match new.layout {
            Some(layout) => layout.kind(),
            None => class_layout::subclass_kind(new.base),
        };
        let dict = self.dict();
        let ty = self.alloc_type(NewType {
            name: new.name,
            qualname: new.name,
            bases: new.bases,
            base: new.base.value(),
            dict,
            flags: inherited.with(new.flags).with(TypeFlags::HEAP),
            kind,
            metaclass_shape: new.metaclass.root_shape.get(),
            extension,
        });
        self.make_extension_shapes(ty, new.base);
        let order = mro::resolve(self, ty)?;
        self.heap.barrier(ty.obj());
        ty.mro.set(order);
        class::inherit_pattern_flags(ty);
        Ok(ty)
    }
    fn make_extension_shapes(&mut self, ty: Type, base: Type) {
        let n_reserved = self.shapes.at(base.root_shape.get()).n_reserved;
        let has_dict = ty.has(TypeFlags::HAS_DICT);
        let spec = RootSpec {
            kind: ty.kind.0,
            n_reserved,
            n_inline: n_reserved,
            has_dict,
            dict_mode: ty.kind.0 == Kind::Module,
            n_struct: ty.extension.get().map_or(0, |layout| layout.n_words),
        };
        let root = self.shapes.add_root(ty.obj(), spec);
        ty.root_shape.set(root);
        let dict_shape = if has_dict {
            self.shapes.add_root(ty.obj(), RootSpec { dict_mode: true, ..spec })
        } else {
            root
        };
        ty.dict_shape.set(dict_shape);
    }
    /// Give a class the slots of its bases, and those that its attributes stand for.
    pub fn inherit_slots(&mut self, ty: Type) {
        slots::fix_slots(self, ty);
    }
    /// The class is complete: its slots are set.
    pub fn finish_extension_type(&mut self, ty: Type) {
        slots::update_construction(self, ty);
        let bases = self.as_tuple(ty.bases.get()).map_or(&[][..], Tuple::items);
        for base in bases.iter().filter_map(|&base| Type::of_value(base)) {
            self.add_subclass(base, ty);
        }
        ty.version.set(self.new_version());
    }
}
