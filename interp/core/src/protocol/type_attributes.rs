//! Attributes of classes: `C.name`, `C.name = value`, and the attributes that every class has.
use haft_heap::Value;

use super::{object_type, slots, type_type};
use crate::object::{Binary, PayloadRef, Setter, SlotMember, Type, TypeFlags};
use crate::vm::{R, Raised, Vm};

impl Vm {
    /// `C.name`, `name` interned.
    pub fn type_get_attr(&mut self, class: Value, name: Value) -> R {
        match self.type_find_attr(class, name)? {
            Some(value) => Ok(value),
            None => Err(self.no_type_attribute(class, name)),
        }
    }
    /// As [`Vm::type_get_attr`]; `None` if there is no such attribute. A descriptor may still raise AttributeError.
    pub fn type_find_attr(&mut self, class: Value, name: Value) -> R<Option<Value>> {
        let Some(ty) = Type::of_value(class) else { return Ok(None) };
        let metaclass = self.type_of(class);
        let from_metaclass = self.lookup_in_type(metaclass, name);
        let metaclass_get = from_metaclass.and_then(|found| {
            let slots = &self.type_of(found).slots;
            Some((slots.descr_get.get()?, slots.descr_set.get().is_some()))
        });
        if let (Some(found), Some((get, true))) = (from_metaclass, metaclass_get) {
            return get(self, found, class, metaclass.value()).map(Some);
        }
        if let Some(found) = self.lookup_in_type(ty, name) {
            return match self.type_of(found).slots.descr_get.get() {
                Some(get) => get(self, found, Value::ABSENT, class).map(Some),
                None => Ok(Some(found)),
            };
        }
        match (from_metaclass, metaclass_get) {
            (Some(found), Some((get, _))) => get(self, found, class, metaclass.value()).map(Some),
            (found, _) => Ok(found),
        }
    }
    #[cold]
    fn no_type_attribute(&mut self, class: Value, name: Value) -> Raised {
        let shown = self.as_str(name).map_or_else(String::new, |s| s.to_text().into_owned());
        let class_name = Type::of_value(class).map_or_else(String::new, |ty| ty.name_text());
        let raised =
            self.attribute_error(format!("type object '{class_name}' has no attribute '{shown}'"));
        self.name_attribute_error(raised, class, name)
    }
    /// `C.name = value`, or `del C.name` for ABSENT; `name` interned.
    pub fn type_set_attr(&mut self, class: Value, name: Value, value: Value) -> R<()> {
        let Some(ty) = Type::of_value(class) else { return Err(self.no_attribute(class, name)) };
        if ty.has(TypeFlags::IMMUTABLE) {
            let shown = self.as_str(name).map_or_else(String::new, |s| s.to_text().into_owned());
            let class = ty.name_text();
            return Err(self.type_error(format!(
                "cannot set '{shown}' attribute of immutable type '{class}'"
            )));
        }
        let metaclass = self.type_of(class);
        if let Some(descr) = self.lookup_in_type(metaclass, name)
            && let Some(set) = self.type_of(descr).slots.descr_set.get()
        {
            return set(self, descr, class, value);
        }
        let name = self.intern_str(name);
        let hides_slot = self
            .lookup_in_type(ty, name)
            .is_some_and(|found| PayloadRef::<SlotMember>::of_value(found).is_some());
        if !value.is_absent() {
            self.dict_set_name(ty.dict, name, value);
        } else if !self.dict_remove_name(ty.dict, name) {
            return Err(self.no_type_attribute(class, name));
        }
        self.type_changed(ty);
        slots::update_slots(self, ty, name);
        if hides_slot {
            self.retire_shapes(ty);
        } else {
            self.forget_shapes_for(ty, name, value);
        }
        Ok(())
    }
    /// A class attribute was set: is that something that inline caches of instance attributes rely on?
    fn forget_shapes_for(&mut self, ty: Type, name: Value, value: Value) {
        let access = [self.names.__getattribute__, self.names.__setattr__, self.names.__delattr__];
        let hides = !value.is_absent()
            && self.type_of(value).slots.descr_set.get().is_some()
            && self.instances_have(ty, name);
        if hides || access.contains(&name) {
            self.retire_shapes(ty);
        }
    }
    /// Tell everybody who remembers something about the class or its subclasses that it has changed.
    pub fn type_changed(&mut self, ty: Type) {
        ty.version.set(self.new_version());
        let n = ty.subclasses.borrow().len();
        for at in 0..n {
            let id = ty.subclasses.borrow()[at];
            if let Some(subclass) = self.heap.weak_get(id).and_then(Type::of) {
                self.type_changed(subclass);
            }
        }
    }
}

/// The `getattro` slot of `type`.
pub fn type_getattro(vm: &mut Vm, class: Value, name: Value) -> R {
    vm.type_get_attr(class, name)
}

/// The `setattro` slot of `type`.
pub fn type_setattro(vm: &mut Vm, class: Value, name: Value, value: Value) -> R<()> {
    vm.type_set_attr(class, name, value)
}

const _: (Binary, Setter) = (type_getattro, type_setattro);

/// Give `object` and `type` their slots, methods and attributes and make them ready; before every other class.
pub fn install(vm: &mut Vm) {
    object_type::fill(vm);
    type_type::fill(vm);
    vm.ready_type(vm.t.object);
    vm.ready_type(vm.t.r#type);
}
