//! Attributes that lie in the object itself.
use haft_heap::Value;

use crate::object::{Dict, Instance, Kind, MAX_KEYS, Module, PayloadRef, ShapeId, Str, Type};
use crate::vm::Vm;

/// Do objects of this kind have attributes inside?
fn has_inline_slots(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Instance
            | Kind::Wrapped
            | Kind::Extension
            | Kind::ExtensionDrop
            | Kind::ExtensionWrapped
    )
}

impl Vm {
    /// The attribute `name` (interned) of the object itself; its class is not asked.
    #[inline]
    pub fn instance_attr(&mut self, obj: Value, name: Value) -> Option<Value> {
        let object = obj.as_ptr()?;
        let shape = self.shapes.at(ShapeId(object.shape()));
        if !shape.has_dict {
            return None;
        }
        if shape.dict_mode {
            return self.attributes_dict(obj).and_then(|dict| self.dict_get_name(dict, name));
        }
        let slot = shape.find(name)?;
        Some(Instance(object).read(shape, slot)).filter(|v| !v.is_absent())
    }
    /// The dict of an object in dict mode (or of a module).
    fn attributes_dict(&self, obj: Value) -> Option<Dict> {
        if let Some(module) = PayloadRef::<Module>::of_value(obj) {
            return Some(module.dict);
        }
        let object = obj.as_ptr()?;
        Instance(object).dict(self.shapes.at(ShapeId(object.shape())))
    }
    /// Set an attribute of the object itself; false if it has no place for it.
    pub fn set_instance_attr(&mut self, obj: Value, name: Value, value: Value) -> bool {
        let Some(object) = obj.as_ptr() else { return false };
        let shape = self.shapes.at(ShapeId(object.shape()));
        if !shape.has_dict {
            return false;
        }
        if shape.dict_mode {
            let Some(dict) = self.instance_dict(obj) else { return false };
            self.dict_set_name(dict, name, value);
            return true;
        }
        if let Some(slot) = shape.find(name) {
            Instance(object).write(&mut self.heap, shape, slot, value);
            return true;
        }
        if shape.keys().len() >= MAX_KEYS {
            let Some(dict) = self.instance_dict(obj) else { return false };
            self.dict_set_name(dict, name, value);
            return true;
        }
        let next = self.shapes.transition(shape.id, name);
        let next = self.shapes.at(next);
        // The slot is written first: an array may be allocated, and no collection may see a shape without its slot.
        Instance(object).write(&mut self.heap, next, next.n_slots() - 1, value);
        object.set_shape(next.id.0);
        self.learn_inline_slots(next);
        true
    }
    /// Let future instances of the class have room for the attributes that this one needed an array for.
    fn learn_inline_slots(&mut self, shape: &crate::object::Shape) {
        let wanted = shape.n_slots();
        if wanted <= shape.n_inline || shape.instance_bytes() == 0 || wanted > 24 {
            return;
        }
        let Some(ty) = Type::of(shape.ty) else { return };
        let root = self.shapes.at(ty.root_shape.get());
        if root.n_inline >= wanted || root.dict_mode || !has_inline_slots(ty.kind.0) {
            return;
        }
        let spec = crate::object::RootSpec {
            kind: ty.kind.0,
            n_reserved: root.n_reserved,
            n_inline: wanted.max(root.n_inline * 2).min(24),
            has_dict: root.has_dict,
            dict_mode: false,
            n_struct: root.n_struct,
        };
        let new = self.shapes.add_root(ty.obj(), spec);
        ty.root_shape.set(new);
    }
    /// Delete an attribute of the object itself; false if it has none of this name.
    pub fn delete_instance_attr(&mut self, obj: Value, name: Value) -> bool {
        if self.instance_attr(obj, name).is_none() {
            return false;
        }
        if self.delete_from_shape(obj, name) {
            return true;
        }
        match self.instance_dict(obj) {
            Some(dict) => self.dict_remove_name(dict, name),
            None => false,
        }
    }
    /// Delete an attribute that is there by moving those behind it; false if they do not lie in the object.
    fn delete_from_shape(&mut self, obj: Value, name: Value) -> bool {
        let Some(object) = obj.as_ptr() else { return false };
        let shape = self.shapes.at(ShapeId(object.shape()));
        let (Some(first), Some(next)) = (shape.find(name), self.shapes.without(shape.id, name))
        else {
            return false;
        };
        let last = shape.n_slots() - 1;
        for slot in first..last {
            let value = Instance(object).read(shape, slot + 1);
            Instance(object).write(&mut self.heap, shape, slot, value);
        }
        Instance(object).write(&mut self.heap, shape, last, Value::ABSENT);
        object.set_shape(next.0);
        true
    }
    /// Can attributes be added to the object?
    pub fn has_instance_dict(&self, obj: Value) -> bool {
        obj.as_ptr().is_some_and(|object| self.shapes.at(ShapeId(object.shape())).has_dict)
    }
    /// `obj.__dict__` as a real dict; the object is in dict mode from here on.
    pub fn instance_dict(&mut self, obj: Value) -> Option<Dict> {
        if let Some(dict) = self.attributes_dict(obj) {
            return Some(dict);
        }
        let object = obj.as_ptr()?;
        let shape = self.shapes.at(ShapeId(object.shape()));
        if !shape.has_dict {
            return None;
        }
        let dict = self.dict();
        for (i, &key) in shape.keys().iter().enumerate() {
            let value = Instance(object).read(shape, shape.n_reserved + i);
            if !value.is_absent() {
                self.dict_set_name(dict, key, value);
            }
        }
        self.replace_instance_dict(obj, dict);
        Some(dict)
    }
    /// Make `dict` the attributes of `obj`; false if it can have none.
    pub fn replace_instance_dict(&mut self, obj: Value, dict: Dict) -> bool {
        let Some(object) = obj.as_ptr() else { return false };
        let shape = self.shapes.at(ShapeId(object.shape()));
        let Some(ty) = Type::of(shape.ty) else { return false };
        if !shape.has_dict {
            return false;
        }
        // Inline slots are laid out by the root shape the object was made with: keep its reserved ones readable.
        let target = self.shapes.at(ty.dict_shape.get());
        Instance(object).set_dict(&mut self.heap, target, dict);
        true
    }
    /// The value for an interned name in a dict.
    #[inline]
    pub fn dict_get_name(&mut self, dict: Dict, name: Value) -> Option<Value> {
        let hash = self.hash_str(name.as_ptr().and_then(Str::of)?);
        dict.get_simple(hash, name)
    }
    /// Set the value for an interned name in a dict.
    pub fn dict_set_name(&mut self, dict: Dict, name: Value, value: Value) {
        let Some(str) = name.as_ptr().and_then(Str::of) else { return };
        let hash = self.hash_str(str);
        dict.set_simple(&mut self.heap, hash, name, value);
    }
    /// Set the value for a Rust name in a dict.
    pub fn dict_set_str(&mut self, dict: Dict, name: &str, value: Value) {
        let name = self.intern(name);
        self.dict_set_name(dict, name, value);
    }
    /// The value for a Rust name in a dict.
    pub fn dict_get_str(&mut self, dict: Dict, name: &str) -> Option<Value> {
        let name = self.intern(name);
        self.dict_get_name(dict, name)
    }
    /// Remove an interned name from a dict; false if it is not there.
    pub fn dict_remove_name(&mut self, dict: Dict, name: Value) -> bool {
        let Some(str) = name.as_ptr().and_then(Str::of) else { return false };
        let hash = self.hash_str(str);
        match dict.find_simple(hash, name) {
            Some(entry) => {
                dict.remove(&mut self.heap, entry);
                true
            }
            None => false,
        }
    }
}
