//! Attributes that do not lie in the object itself: in the array behind an exception or another native object, and in the
//! dict of a function that has one.
use haft_bytecode::{Insn, Op};
use haft_heap::Value;
use haft_jit::ir::{IrOp, Layout, Ref};

use super::layout;
use super::rec::{Known, Rec};
use crate::interp::machine::Machine;
use crate::object::{
    Dict, Function, Instance, Kind, MAX_KEYS, PayloadRef, Setter, Shape, ShapeId, Slot, SlotMember,
    Str, Type,
};
use crate::protocol::generic_setattro;
use crate::vm::R;

/// Slots of the first array for attributes.
const FIRST_ROOM: usize = 4;

impl Rec<'_, '_> {
    /// `r[b].name` or `r[a].name = r[b]` where the attribute lies elsewhere; false, and nothing is done: it does not.
    pub(super) fn attribute_elsewhere(&mut self, i: Insn, name: Value) -> R<bool> {
        let register = match i.op() {
            Op::LoadAttr => i.b(),
            Op::StoreAttr => i.a(),
            _ => return Ok(false),
        };
        let now = self.d.window(register, 1)[0];
        let Some(obj) = now.as_ptr() else { return Ok(false) };
        if i.op() == Op::LoadAttr && self.doc_of_class(i, name)? {
            return Ok(true);
        }
        let shape = self.d.vm.shapes.at(ShapeId(obj.shape()));
        if shape.dict_mode {
            return self.in_dict_of_function(i, register, shape, name);
        }
        if i.op() == Op::LoadAttr || !self.sets_plainly(now, name) {
            return Ok(false);
        }
        match shape.find(name).map(|slot| shape.place(slot)) {
            Some(Slot::Overflow(index)) => self.set_in_array(i, shape, index, name),
            Some(Slot::Inline(_)) => Ok(false),
            None => self.add_to_array(i, shape, name),
        }
    }
    /// Does setting an attribute of this name do nothing but that?
    fn sets_plainly(&mut self, object: Value, name: Value) -> bool {
        let class = self.d.vm.type_of(object);
        let plain = class.slots.setattro.get();
        let plain = plain.is_some_and(|set| std::ptr::fn_addr_eq(set, generic_setattro as Setter));
        let found = self.d.vm.lookup_in_type(class, name);
        let is_data = |found: Value| {
            PayloadRef::<SlotMember>::of_value(found).is_some()
                || self.d.vm.type_of(found).slots.descr_set.get().is_some()
        };
        plain && !found.is_some_and(is_data)
    }
    fn attribute_array(&mut self, object: Ref, shape: &Shape) -> Option<Ref> {
        let offset = layout::word_offset(shape.attrs_word()?);
        Some(self.load(IrOp::LoadV, object, offset, layout::FIELD))
    }
    /// An object of a shape that has the attribute has the array.
    fn set_in_array(&mut self, i: Insn, shape: &Shape, index: usize, name: Value) -> R<bool> {
        let (object, value) = (self.reg(i.a()), self.reg(i.b()));
        self.guard_methods(object);
        let Some(array) = self.attribute_array(object.by, shape) else { return Ok(false) };
        self.d.vm.set_attr(object.now, name, value.now)?;
        self.put_in_array(array, index, value.by);
        Ok(true)
    }
    fn put_in_array(&mut self, array: Ref, index: usize, value: Ref) {
        self.barrier(array, value);
        let offset = layout::FIRST_SLOT + 8 * index as i64;
        self.out.memory(IrOp::StoreV, &[array, value], offset, layout::OVERFLOW);
        self.after_effect = true;
        self.state_changed();
    }
    fn add_to_array(&mut self, i: Insn, shape: &Shape, name: Value) -> R<bool> {
        let Slot::Overflow(index) = shape.place(shape.n_slots()) else { return Ok(false) };
        if !shape.has_dict || shape.n_reserved > 0 || shape.keys().len() >= MAX_KEYS {
            return Ok(false);
        }
        let (object, value) = (self.reg(i.a()), self.reg(i.b()));
        let (Some(obj), Some(word)) = (object.now.as_ptr(), shape.attrs_word()) else {
            return Ok(false);
        };
        let array_now = Value::from_bits(obj.word(word));
        let room = array_now.as_ptr().map_or(0, |array| array.word(0) as usize);
        // The first one makes the array; for the others it must have room.
        if array_now.is_absent() != (index == 0) || index > 0 && room <= index {
            return Ok(false);
        }
        self.guard_methods(object);
        let Some(known) = self.attribute_array(object.by, shape) else { return Ok(false) };
        let array = if index == 0 {
            self.is_same(Known { now: array_now, by: known }, Value::ABSENT);
            let array = self.new_array(FIRST_ROOM);
            self.barrier(object.by, array);
            let args = [object.by, array];
            self.out.memory(IrOp::StoreV, &args, layout::word_offset(word), layout::FIELD);
            array
        } else {
            self.is_object(Known { now: array_now, by: known });
            let len = self.load(IrOp::LoadU32, known, layout::LEN, haft_jit::ir::Alias::CONSTANT);
            let index = Rec::int(self, index as i64);
            let fits = self.op(IrOp::ILt, &[index, len]);
            self.test(true, fits);
            known
        };
        self.d.vm.set_attr(object.now, name, value.now)?;
        self.put_in_array(array, index, value.by);
        let after = Rec::int(self, i64::from(obj.shape()));
        let offset = haft_heap::Header::SHAPE_OFFSET as i64;
        self.out.memory(IrOp::StoreI32, &[object.by, after], offset, layout::SHAPE);
        Ok(true)
    }
    /// `del r[a].name` of an attribute in the object: those behind it move up. False, and nothing is done: it is somewhere else,
    /// or there is more to do.
    pub(super) fn delete_attribute(&mut self, i: Insn) -> R<bool> {
        let name = self.d.code().get().names[self.next_word().lo() as usize];
        let now = self.d.window(i.a(), 1)[0];
        let Some(obj) = now.as_ptr() else { return Ok(false) };
        let shape = self.d.vm.shapes.at(ShapeId(obj.shape()));
        let Some(first) = shape.find(name).filter(|_| self.sets_plainly(now, name)) else {
            return Ok(false);
        };
        let value = self.d.vm.instance_attr(now, name);
        if value.is_none_or(|value| crate::interp::simple::is_prompt(self.d.vm, value)) {
            return Ok(false);
        }
        let Some(next) = self.d.vm.shapes.without(shape.id, name) else { return Ok(false) };
        let places = (first..shape.n_slots()).map(|slot| match shape.place(slot) {
            Slot::Inline(word) => Some(layout::word_offset(word)),
            Slot::Overflow(_) => None,
        });
        let Some(places) = places.collect::<Option<Vec<i64>>>() else { return Ok(false) };
        let object = self.reg(i.a());
        self.guard_methods(object);
        let mut moved: Vec<Ref> = places
            .iter()
            .map(|&place| self.load(IrOp::LoadV, object.by, place, layout::FIELD))
            .collect();
        if self.is_same(Known { now: value.unwrap_or_default(), by: moved[0] }, Value::ABSENT) {
            return Ok(false);
        }
        moved.rotate_left(1);
        let absent = self.constant_word(Value::ABSENT);
        if let Some(last) = moved.last_mut() {
            *last = absent;
        }
        self.run_again()?;
        for (place, value) in places.into_iter().zip(moved) {
            self.barrier(object.by, value);
            self.out.memory(IrOp::StoreV, &[object.by, value], place, layout::FIELD);
        }
        let next = Rec::int(self, i64::from(next.0));
        let offset = haft_heap::Header::SHAPE_OFFSET as i64;
        self.out.memory(IrOp::StoreI32, &[object.by, next], offset, layout::SHAPE);
        self.after_effect = true;
        self.state_changed();
        Ok(true)
    }
    /// `C.__doc__`, which no class hides that has no metaclass of its own; false, and nothing is done: it is something else.
    pub(super) fn doc_of_class(&mut self, i: Insn, name: Value) -> R<bool> {
        let now = self.d.window(i.b(), 1)[0];
        let Some(class) = Type::of_value(now).filter(|_| name == self.d.vm.names.__doc__) else {
            return Ok(false);
        };
        let metaclass = self.d.vm.type_of(now);
        let own = self.d.vm.t.r#type;
        if self.d.vm.lookup_in_type(metaclass, name) != self.d.vm.lookup_in_type(own, name) {
            return Ok(false);
        }
        let doc = self.d.vm.get_attr(now, name)?;
        if !doc.is_none() && doc.as_ptr().and_then(Str::of).is_none() {
            return Ok(false);
        }
        let object = self.reg(i.b());
        self.is_same(object, now);
        self.version_is(class.obj(), class.version.get());
        let doc = self.constant(doc);
        self.set(i.a(), doc);
        Ok(true)
    }
    /// An array of values, none of them there.
    pub(super) fn new_array(&mut self, len: usize) -> Ref {
        let array = self.out.alloc(&Layout {
            name: "array".to_string(),
            header: u64::from(ShapeId::NONE.0) | (Kind::Array as u64) << 32,
            bytes: 8 + 8 * len as u32,
            init: vec![(layout::LEN as u32, len as u64)],
            listed: false,
            inner: 0,
        });
        self.learn_made(array, Kind::Array);
        array
    }

    // ---- functions with a dict

    /// An attribute that a function has in its dict: the entry is looked at, since each function has a dict of its own.
    fn in_dict_of_function(
        &mut self,
        i: Insn,
        register: u16,
        shape: &Shape,
        name: Value,
    ) -> R<bool> {
        let now = self.d.window(register, 1)[0];
        let class = self.d.vm.type_of(now);
        if PayloadRef::<Function>::of_value(now).is_none()
            || self.d.vm.lookup_in_type(class, name).is_some()
        {
            return Ok(false);
        }
        let dict = now.as_ptr().and_then(|obj| Instance(obj).dict(shape));
        let Some((dict, entry)) = dict.and_then(|dict| Some((dict, self.entry_of(dict, name)?)))
        else {
            return Ok(false);
        };
        let object = self.reg(register);
        self.shape_is(object, shape.id.0);
        let Some(by) = self.attribute_array(object.by, shape) else { return Ok(false) };
        self.is_object(Known { now: dict.value(), by });
        let entries = self.entries_of_dict(by, dict);
        let used = self.load(IrOp::LoadU32, entries, layout::LEN, layout::ENTRIES);
        let place = Rec::int(self, entry as i64);
        let there = self.op(IrOp::ILt, &[place, used]);
        self.test(true, there);
        self.has_key_at(entries, entry, name);
        let offset = layout::entry_value(entry);
        if i.op() == Op::LoadAttr {
            let found = dict.entry_value(entry);
            let by = self.load(IrOp::LoadV, entries, offset, layout::ENTRIES);
            self.set(i.a(), Known { now: found, by });
            return Ok(true);
        }
        let value = self.reg(i.b());
        self.d.vm.set_attr(object.now, name, value.now)?;
        self.barrier(entries, value.by);
        self.out.memory(IrOp::StoreV, &[entries, value.by], offset, layout::ENTRIES);
        self.after_effect = true;
        self.state_changed();
        Ok(true)
    }
    fn entry_of(&mut self, dict: Dict, name: Value) -> Option<usize> {
        let hash = self.d.vm.hash_str(name.as_ptr().and_then(Str::of)?);
        dict.find_simple(hash, name)
    }
}
