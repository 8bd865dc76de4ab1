//! Items of C data, pointers that move, and arrays as a whole: their length, slices, iteration.
use haft_bytecode::{Insn, Op};
use haft_heap::{Header, Value};
use haft_jit::ir::{Alias, Effects, IrOp, Ref};

use super::c_memory::is_bytes;
use super::foreign::{CType, Foreign, Items, Length};
use super::rec::{Arg, Known, Rec};
use super::{layout, thunk};
use crate::interp::machine::Machine;
use crate::object::Bytes;
use crate::vm::R;

impl Rec<'_, '_> {
    /// The place of an item of an indexable object, and what it is; `None`: it is outside, or nothing to index.
    fn c_item(
        &mut self,
        foreign: &Foreign,
        object: Known<Value>,
        key: Known<Value>,
    ) -> Option<(Ref, CType)> {
        let index = key.now.as_fixnum()?;
        (foreign.data)(object.now)?;
        let items = (foreign.items)(self.d.vm, object.now)?;
        let item = items.item?;
        let length = match items.length {
            Length::One => Some(1),
            Length::Unknown => None,
            _ => Some(array_length(foreign, object.now, items)?),
        };
        if length.is_some_and(|length| !(0..length).contains(&index)) {
            return None;
        }
        self.is_int(key);
        let place = Machine::int(self, key).by;
        let (at, data) = self.data(foreign, object)?;
        let length = match items.length {
            Length::Fixed(_) | Length::InObject => self.length_of(foreign, object.by, items),
            Length::One => {
                self.owns_the_same(foreign, object, data);
                Some(self.int(1))
            }
            Length::Unknown => {
                self.owns_the_same(foreign, object, data);
                self.not_null(at);
                None
            }
        };
        if let Some(length) = length {
            let condition = self.op(IrOp::ULt, &[place, length]);
            self.test(true, condition);
        }
        Some((self.out.imm(IrOp::Index, &[at, place], items.size), item))
    }
    pub(super) fn load_c_item(&mut self, foreign: &Foreign, i: Insn) -> R<bool> {
        let (object, key) = (self.reg(i.b()), self.reg(i.c()));
        if let Some(owner) = self.owner_of_data(foreign, object, key) {
            self.run_again()?;
            let dst = self.slot_of(i.a());
            self.set_slot(dst, owner);
            return Ok(true);
        }
        let Some((at, item)) = self.c_item(foreign, object, key) else { return Ok(false) };
        self.run_again()?;
        let now = self.d.reg(i.a());
        let by = self.read_place(foreign, (at, 0), item, now);
        let dst = self.slot_of(i.a());
        self.set_slot(dst, by);
        Ok(true)
    }
    /// `p[0]` where that is the object which the pointer keeps.
    fn owner_of_data(
        &mut self,
        foreign: &Foreign,
        pointer: Known<Value>,
        key: Known<Value>,
    ) -> Option<Ref> {
        let data = (foreign.data)(pointer.now)?;
        if !data.gives_owner || key.now != Value::small(0) {
            return None;
        }
        self.is_same(key, key.now);
        self.data(foreign, pointer)?;
        self.owns_the_same(foreign, pointer, data);
        let owner = i64::from((foreign.layout)().owner);
        Some(self.load(IrOp::LoadV, pointer.by, owner, Alias::CONSTANT))
    }
    pub(super) fn store_c_item(&mut self, foreign: &Foreign, i: Insn) -> R<bool> {
        let (object, key, value) = (self.reg(i.a()), self.reg(i.b()), self.reg(i.c()));
        if (foreign.data)(object.now).is_none() {
            return Ok(false);
        }
        let item = (foreign.items)(self.d.vm, object.now).and_then(|items| items.item);
        if !item.is_some_and(|item| self.accepts(foreign, value.now, item)) {
            return Ok(false);
        }
        let Some((at, item)) = self.c_item(foreign, object, key) else { return Ok(false) };
        self.write_place(foreign, (at, 0), item, value);
        self.run_again()?;
        Ok(true)
    }
    /// `p + n`, `n + p`, `p - n`
    pub(super) fn move_pointer(&mut self, foreign: &Foreign, i: Insn) -> R<bool> {
        let (a, b) = (self.reg(i.b()), self.reg(i.c()));
        let (pointer, number) = if a.now.is_ptr() { (a, b) } else { (b, a) };
        let backwards = i.op() == Op::Sub;
        if !number.now.is_fixnum()
            || (foreign.data)(pointer.now).is_none()
            || backwards && !a.now.is_ptr()
        {
            return Ok(false);
        }
        let Some(items) = (foreign.items)(self.d.vm, pointer.now) else { return Ok(false) };
        self.is_int(number);
        let mut index = Machine::int(self, number).by;
        if backwards {
            let zero = self.int(0);
            index = self.op(IrOp::Sub, &[zero, index]);
        }
        self.moved(foreign, i, pointer, index, items)
    }
    pub(super) fn move_pointer_by_constant(&mut self, foreign: &Foreign, i: Insn) -> R<bool> {
        let pointer = self.reg(i.b());
        if (foreign.data)(pointer.now).is_none() {
            return Ok(false);
        }
        let Some(items) = (foreign.items)(self.d.vm, pointer.now) else { return Ok(false) };
        let number = i64::from(i.c_int());
        let index = self.int(if i.op() == Op::SubI { -number } else { number });
        self.moved(foreign, i, pointer, index, items)
    }
    fn moved(
        &mut self,
        foreign: &Foreign,
        i: Insn,
        pointer: Known<Value>,
        index: Ref,
        items: Items,
    ) -> R<bool> {
        let Some((at, _)) = self.data(foreign, pointer) else { return Ok(false) };
        let to = self.out.imm(IrOp::Index, &[at, index], items.size);
        let by = self.data_at(foreign, items.pointer, to);
        self.run_again()?;
        let dst = self.slot_of(i.a());
        self.set_slot(dst, by);
        Ok(true)
    }

    /// `p == q`, `p != q` of pointers and characters.
    pub(super) fn compare_pointers(&mut self, foreign: &Foreign, i: Insn) -> R<bool> {
        let jumps = matches!(i.op(), Op::JumpEq | Op::JumpNe);
        let (left, right) = if jumps { (i.a(), i.b()) } else { (i.b(), i.c()) };
        let (a, b) = (self.reg(left), self.reg(right));
        let is_pointer = |value| (foreign.data)(value).is_some_and(|data| !data.is_primitive);
        let (same, condition) = if is_pointer(a.now) && is_pointer(b.now) {
            let (Some((x, _)), Some((y, _))) = (self.data(foreign, a), self.data(foreign, b))
            else {
                return Ok(false);
            };
            let same = address_in(foreign, a.now) == address_in(foreign, b.now);
            (same, self.op(IrOp::PEq, &[x, y]))
        } else if let (Some(x), Some(y)) = (self.known_byte(a), self.known_byte(b)) {
            // Bytes of one byte are shared, but others of the same contents may have been made.
            let same = self.d.vm.as_bytes(a.now) == self.d.vm.as_bytes(b.now);
            (same, self.op(IrOp::IEq, &[x, y]))
        } else {
            return Ok(false);
        };
        if jumps {
            self.branch(i32::from(i.c_int()), i.x() == 1);
        }
        self.test(same, condition);
        self.run_again()?;
        if !jumps {
            let by = self.constant_word(Value::bool(same == (i.op() == Op::Eq)));
            let dst = self.slot_of(i.a());
            self.set_slot(dst, by);
        }
        Ok(true)
    }
    /// A jump on a pointer or number of C's.
    pub(super) fn truth_of_data(&mut self, foreign: &Foreign, i: Insn) -> R<bool> {
        let value = self.reg(i.a());
        let Some(data) = (foreign.data)(value.now) else { return Ok(false) };
        let ctype = (foreign.primitive)(value.now);
        if data.is_primitive && matches!(ctype, None | Some(CType::Float | CType::Double)) {
            return Ok(false);
        }
        let truth = self.d.vm.truth(value.now)?;
        self.branch(i.bc(), i.op() == Op::JumpIfTrue);
        let Some((at, _)) = self.data(foreign, value) else { return Ok(false) };
        match ctype {
            None => {
                let null = self.out.const_p(0);
                let condition = self.op(IrOp::PEq, &[at, null]);
                self.test(!truth, condition);
            }
            Some(ctype) => {
                let raw = self.load_raw(at, 0, ctype);
                let zero = self.int(0);
                let condition = self.op(IrOp::INe, &[raw, zero]);
                self.test(truth, condition);
            }
        }
        self.run_again()?;
        Ok(true)
    }

    // ---- arrays as a whole

    /// The number of items of an array that is known to be one of this type; `None`: it is a pointer.
    fn length_of(&mut self, foreign: &Foreign, array: Ref, items: Items) -> Option<Ref> {
        match items.length {
            Length::Fixed(length) => Some(self.int(length)),
            Length::InObject => {
                let offset = i64::from((foreign.layout)().length);
                Some(self.load(IrOp::LoadI64, array, offset, Alias::CONSTANT))
            }
            Length::One | Length::Unknown => None,
        }
    }
    /// `len(value)` of an array.
    pub(super) fn length_of_data(&mut self, value: Known<Value>) -> Option<Known<i64>> {
        let foreign = self.foreign()?;
        (foreign.data)(value.now)?;
        let items = (foreign.items)(self.d.vm, value.now)?;
        let now = array_length(&foreign, value.now, items)?;
        self.data(&foreign, value)?;
        let by = self.length_of(&foreign, value.by, items)?;
        let zero = self.int(0);
        let condition = self.op(IrOp::IGe, &[by, zero]);
        self.test(true, condition);
        Some(Known { now, by })
    }
    /// `array[start:stop]`, `pointer[start:stop]`: an array that owns nothing.
    pub(super) fn load_c_slice(&mut self, foreign: &Foreign, i: Insn) -> R<bool> {
        let (object, start, stop) = (self.reg(i.b()), self.reg(i.c()), self.reg(i.c() + 1));
        let (Some(first), Some(last)) = (start.now.as_fixnum(), stop.now.as_fixnum()) else {
            return Ok(false);
        };
        let found = (foreign.data)(object.now).and((foreign.items)(self.d.vm, object.now));
        let Some(items) = found else { return Ok(false) };
        let length = array_length(foreign, object.now, items);
        if first > last || length.is_some_and(|length| first < 0 || last > length) {
            return Ok(false);
        }
        let Some((at, (start, stop))) = self.slice_place(foreign, object, (start, stop), items)
        else {
            return Ok(false);
        };
        let at = self.out.imm(IrOp::Index, &[at, start], items.size);
        let slice = self.data_at(foreign, items.slice, at);
        let n = self.op(IrOp::Sub, &[stop, start]);
        let offset = i64::from((foreign.layout)().length);
        self.out.memory(IrOp::StoreI64, &[slice, n], offset, Alias::CONSTANT);
        self.run_again()?;
        let dst = self.slot_of(i.a());
        self.set_slot(dst, slice);
        Ok(true)
    }
    /// The next item of an array, for the head of a loop; false: it is no iterator over one that is known here.
    pub(super) fn next_c_item(&mut self, i: Insn, iter: Known<Value>) -> R<bool> {
        let Some(foreign) = self.foreign() else { return Ok(false) };
        let Some(over) = (foreign.iteration)(iter.now) else { return Ok(false) };
        let Some(items) = (foreign.items)(self.d.vm, over.array) else { return Ok(false) };
        let length = array_length(&foreign, over.array, items).filter(|&length| length >= 0);
        let (Some(item), Some(length), Some(obj)) = (items.item, length, iter.now.as_ptr()) else {
            return Ok(false);
        };
        if !self.shape_is(iter, obj.shape()) {
            return Ok(false);
        }
        let by = self.load(IrOp::LoadV, iter.by, over.array_offset, Alias::CONSTANT);
        let array = Known { now: over.array, by };
        let Some((at, _)) = self.data(&foreign, array) else { return Ok(false) };
        let offset = over.index_offset;
        let place = self.load(IrOp::LoadI64, iter.by, offset, layout::ITERATOR);
        let Some(end) = self.length_of(&foreign, by, items) else { return Ok(false) };
        // A length below zero is one that nobody knows, and means no items.
        let condition = self.op(IrOp::ILt, &[place, end]);
        if !self.test(over.index < length, condition) {
            let exit = self.ext().lo().cast_signed();
            self.jump(exit);
            return Ok(true);
        }
        let now = self.d.vm.next_by_slot(iter.now)?;
        let at = self.out.imm(IrOp::Index, &[at, place], items.size);
        let by = self.read_place(&foreign, (at, 0), item, now);
        let one = self.int(1);
        let after = self.op(IrOp::Add, &[place, one]);
        self.out.memory(IrOp::StoreI64, &[iter.by, after], offset, layout::ITERATOR);
        self.after_effect = true;
        // The extension is the way out of the loop.
        self.ext();
        self.set(i.a(), Known { now, by });
        Ok(true)
    }
    /// `array[start:stop] = bytes` of characters; false: the bytes do not fit, or the items are others.
    fn store_bytes(
        &mut self,
        foreign: &Foreign,
        object: Known<Value>,
        (start, stop): (Known<Value>, Known<Value>),
        value: Known<Value>,
    ) -> R<bool> {
        let Some(items) = (foreign.items)(self.d.vm, object.now) else { return Ok(false) };
        let bounds = start.now.as_fixnum().zip(stop.now.as_fixnum());
        let given = value.now.as_ptr().and_then(Bytes::of).map(|bytes| bytes.data().len() as i64);
        let (Some((first, last)), Some(given)) = (bounds, given) else { return Ok(false) };
        let length = array_length(foreign, object.now, items);
        let outside = length.is_some_and(|length| first < 0 || last > length);
        if items.item != Some(CType::Char) || outside || last - first != given {
            return Ok(false);
        }
        let Some((at, slice)) = self.slice_place(foreign, object, (start, stop), items) else {
            return Ok(false);
        };
        self.write_slice(at, slice, value);
        self.run_again()?;
        Ok(true)
    }
    /// The address of the first item and the bounds of a slice, which are in the right order and not outside.
    fn slice_place(
        &mut self,
        foreign: &Foreign,
        object: Known<Value>,
        (start, stop): (Known<Value>, Known<Value>),
        items: Items,
    ) -> Option<(Ref, (Ref, Ref))> {
        self.is_int(start);
        self.is_int(stop);
        let (start, stop) = (Machine::int(self, start).by, Machine::int(self, stop).by);
        let (at, _) = self.data(foreign, object)?;
        let condition = self.op(IrOp::ILe, &[start, stop]);
        self.test(true, condition);
        if let Some(length) = self.length_of(foreign, object.by, items) {
            let zero = self.int(0);
            let condition = self.op(IrOp::IGe, &[start, zero]);
            self.test(true, condition);
            let condition = self.op(IrOp::ILe, &[stop, length]);
            self.test(true, condition);
        }
        Some((at, (start, stop)))
    }
    /// `array[start:stop] = value` where writing the items runs no Python: a call of the runtime.
    pub(super) fn store_c_slice(&mut self, foreign: &Foreign, i: Insn) -> R<bool> {
        let (object, start, stop) = (self.reg(i.a()), self.reg(i.b()), self.reg(i.b() + 1));
        let value = self.reg(i.c());
        let bounds = start.now.is_fixnum() && stop.now.is_fixnum();
        if !bounds
            || (foreign.data)(object.now).is_none()
            || !thunk::writes_quietly(self.d.vm, value.now)
        {
            return Ok(false);
        }
        if is_bytes(value.now) && self.store_bytes(foreign, object, (start, stop), value)? {
            return Ok(true);
        }
        self.is_int(start);
        self.is_int(stop);
        if self.data(foreign, object).is_none() {
            return Ok(false);
        }
        let args = [object, start, stop, value].map(|known| Arg::V(known.by));
        let effects =
            Effects { reads: u64::MAX, writes: Alias::RAW.set(), allocates: true, keep: true };
        let address = thunk::store_c_slice as *const () as usize;
        let done = self.call("store slice", address, effects, &args);
        self.run_again()?;
        self.test_done(Known { now: Value::NONE, by: done });
        self.after_effect = true;
        Ok(true)
    }
}

/// The address in a C data object.
fn address_in(foreign: &Foreign, value: Value) -> u64 {
    let word = ((foreign.layout)().at as usize - Header::PAYLOAD_OFFSET) / 8;
    value.as_ptr().map_or(0, |obj| obj.word(word))
}

/// How many items C data has at present.
fn length_now(foreign: &Foreign, object: Value) -> Option<i64> {
    let word = ((foreign.layout)().length as usize - Header::PAYLOAD_OFFSET) / 8;
    object.as_ptr().map(|obj| obj.word(word).cast_signed())
}

/// How many items an array has at present; `None`: it is a pointer.
fn array_length(foreign: &Foreign, array: Value, items: Items) -> Option<i64> {
    match items.length {
        Length::Fixed(length) => Some(length),
        Length::InObject => length_now(foreign, array),
        Length::One | Length::Unknown => None,
    }
}
