//! C data in a trace: members and items are loads and stores at the address, and an object that does not escape is
//! never made.
//!
//! What a C data object says of itself (class, type, address, length, what it owns) never changes, so its loads are
//! of constant memory. The memory that it points to is of the class that calls of C write ([`Alias::RAW`]).
use haft_bytecode::{Insn, Op};
use haft_heap::{Header, Value};
use haft_jit::ir::{AbiTy, Alias, Callee, Effects, IrOp, Layout, Ref, Ty};

use super::foreign::{Builtin, CType, Data, DataLayout, Foreign, Items, Length, NewData};
use super::rec::{Known, Rec};
use super::resume::Meaning;
use super::thunk;
use crate::interp::machine::Machine;
use crate::object::{NativeFunction, PayloadRef};
use crate::vm::R;

/// The load that reads a C value.
pub(super) fn load_op(ctype: CType) -> IrOp {
    match ctype {
        CType::Int { abi: AbiTy::I8, .. } => IrOp::LoadI8,
        CType::Int { abi: AbiTy::U8, .. } | CType::Bool => IrOp::LoadU8,
        CType::Int { abi: AbiTy::I16, .. } => IrOp::LoadI16,
        CType::Int { abi: AbiTy::U16, .. } => IrOp::LoadU16,
        CType::Int { abi: AbiTy::I32, .. } => IrOp::LoadI32,
        CType::Int { abi: AbiTy::U32, .. } => IrOp::LoadU32,
        CType::Int { .. } | CType::UInt64 | CType::Void => IrOp::LoadI64,
        CType::Float => IrOp::LoadF32,
        CType::Double => IrOp::LoadF64,
        CType::Pointer(_) | CType::Inside(_) => IrOp::LoadP,
    }
}

/// The store that writes a C value.
pub(super) fn store_op(ctype: CType) -> IrOp {
    match load_op(ctype) {
        IrOp::LoadI8 | IrOp::LoadU8 => IrOp::StoreI8,
        IrOp::LoadI16 | IrOp::LoadU16 => IrOp::StoreI16,
        IrOp::LoadI32 | IrOp::LoadU32 => IrOp::StoreI32,
        IrOp::LoadF32 => IrOp::StoreF32,
        IrOp::LoadF64 => IrOp::StoreF64,
        IrOp::LoadP => IrOp::StoreP,
        _ => IrOp::StoreI64,
    }
}

impl Rec<'_, '_> {
    /// An instruction on C data or a library; false: it is on something else, or one that is not recorded here.
    pub(super) fn foreign_instruction(&mut self, i: Insn) -> R<bool> {
        let Some(foreign) = self.foreign() else { return Ok(false) };
        match i.op() {
            Op::LoadAttr | Op::LoadMethod => self.load_c_attribute(&foreign, i),
            Op::StoreAttr => self.store_c_attribute(&foreign, i),
            Op::LoadItem => self.load_c_item(&foreign, i),
            Op::StoreItem => self.store_c_item(&foreign, i),
            Op::Add | Op::Sub => self.move_pointer(&foreign, i),
            Op::AddI | Op::SubI => self.move_pointer_by_constant(&foreign, i),
            Op::Eq | Op::Ne | Op::JumpEq | Op::JumpNe => self.compare_pointers(&foreign, i),
            Op::JumpIfTrue | Op::JumpIfFalse => self.truth_of_data(&foreign, i),
            _ => Ok(false),
        }
    }

    // ---- objects

    /// The address in C data, after guards on what it is.
    pub(super) fn data(&mut self, foreign: &Foreign, value: Known<Value>) -> Option<(Ref, Data)> {
        let data = (foreign.data)(value.now)?;
        let at = (foreign.layout)();
        if !self.c.data.contains(&value.by) {
            let shape = value.now.as_ptr()?.shape();
            self.is_object(value);
            let offset = Header::SHAPE_OFFSET as i64;
            let now = self.load(IrOp::LoadU32, value.by, offset, Alias::CONSTANT);
            let wanted = self.int(i64::from(shape));
            let condition = self.op(IrOp::IEq, &[now, wanted]);
            self.test(true, condition);
            let by = self.load(IrOp::LoadV, value.by, i64::from(at.ctype), Alias::CONSTANT);
            self.is_same(Known { now: data.ctype, by }, data.ctype);
        }
        let address = self.load(IrOp::LoadP, value.by, i64::from(at.at), Alias::CONSTANT);
        Some((address, data))
    }
    /// What it owns is as now.
    fn owns_the_same(&mut self, foreign: &Foreign, value: Known<Value>, data: Data) {
        let offset = i64::from((foreign.layout)().own);
        let own = self.load(IrOp::LoadU8, value.by, offset, Alias::CONSTANT);
        let wanted = self.int(i64::from(data.own));
        let condition = self.op(IrOp::IEq, &[own, wanted]);
        self.test(true, condition);
    }
    /// An address is not 0.
    pub(super) fn not_null(&mut self, at: Ref) {
        let null = self.out.const_p(0);
        let condition = self.op(IrOp::PEq, &[at, null]);
        self.test(false, condition);
    }
    fn new_object(&mut self, foreign: &Foreign, new: NewData) -> (Ref, DataLayout) {
        let at = (foreign.layout)();
        let shape = self.d.vm.shapes.at(new.class.root_shape.get()).id;
        let own = u64::from_ne_bytes([new.own, 0, 0, 0, 0, 0, 0, 0]);
        let length = (-1i64).cast_unsigned();
        let layout = Layout {
            name: "cdata".to_string(),
            header: u64::from(shape.0) | u64::from(at.kind) << 32,
            bytes: at.bytes + new.size.saturating_sub(at.room).next_multiple_of(8),
            init: vec![
                (Header::PAYLOAD_OFFSET as u32, at.table),
                (at.ctype, new.ctype.bits()),
                (at.length, length),
                (at.own, own),
            ],
            listed: false,
            inner: at.inner,
        };
        self.keep(new.ctype);
        self.roots.push(new.ctype);
        let object = self.out.alloc(&layout);
        self.learn(object, |fact| fact.is_object = true);
        self.c.data.push(object);
        (object, at)
    }
    /// C data with memory of its own; the memory.
    pub(super) fn new_data(&mut self, foreign: &Foreign, new: NewData) -> (Ref, Ref) {
        let (object, at) = self.new_object(foreign, new);
        let inner = self.int(i64::from(at.inner));
        let memory = self.op(IrOp::PAdd, &[object, inner]);
        let args = [object, memory];
        self.out.memory(IrOp::StoreP, &args, i64::from(at.at), Alias::CONSTANT);
        (object, memory)
    }
    /// C data at an address.
    pub(super) fn data_at(&mut self, foreign: &Foreign, new: NewData, address: Ref) -> Ref {
        let (object, at) = self.new_object(foreign, new);
        let args = [object, address];
        self.out.memory(IrOp::StoreP, &args, i64::from(at.at), Alias::CONSTANT);
        object
    }

    // ---- values

    /// Read a number or address as it is.
    pub(super) fn load_raw(&mut self, at: Ref, offset: i64, ctype: CType) -> Ref {
        self.load(load_op(ctype), at, offset, Alias::RAW)
    }
    /// The value of the C value at a place; `now`: what it is at present.
    fn read_place(
        &mut self,
        foreign: &Foreign,
        (at, offset): (Ref, i64),
        ctype: CType,
        now: Value,
    ) -> Ref {
        match ctype {
            CType::Inside(of) => {
                let more = self.int(offset);
                let at = if offset == 0 { at } else { self.op(IrOp::PAdd, &[at, more]) };
                self.data_at(foreign, (foreign.view)(of), at)
            }
            CType::Pointer(of) => {
                let address = self.load_raw(at, offset, ctype);
                self.data_at(foreign, (foreign.view)(of), address)
            }
            _ => {
                let raw = self.load_raw(at, offset, ctype);
                self.c_to_value(raw, ctype, now, None)
            }
        }
    }
    /// Can a value be written as this type by what is recorded here?
    pub(super) fn accepts(&mut self, foreign: &Foreign, value: Value, ctype: CType) -> bool {
        match ctype {
            CType::Int { min, max, .. } => {
                value.as_fixnum().is_some_and(|number| (min..=max).contains(&number))
            }
            CType::UInt64 => value.as_fixnum().is_some_and(|number| number >= 0),
            CType::Bool => value.is_bool() || matches!(value.as_fixnum(), Some(0 | 1)),
            CType::Float | CType::Double => value.is_float_imm() || value.is_fixnum(),
            CType::Pointer(of) => {
                (foreign.data)(value).is_some() && (foreign.fits_pointer)(self.d.vm, of, value)
            }
            CType::Inside(_) | CType::Void => false,
        }
    }
    /// Write a value that is accepted.
    fn write_place(
        &mut self,
        foreign: &Foreign,
        (at, offset): (Ref, i64),
        ctype: CType,
        value: Known<Value>,
    ) {
        let raw = match ctype {
            CType::Pointer(_) => match self.data(foreign, value) {
                Some((address, _)) => address,
                None => return,
            },
            _ => self.number_to_c(value, ctype),
        };
        self.out.memory(store_op(ctype), &[at, raw], offset, Alias::RAW);
        self.after_effect = true;
    }
    /// A number as it travels to C, after guards that it is one that the type takes.
    pub(super) fn number_to_c(&mut self, value: Known<Value>, ctype: CType) -> Ref {
        match ctype {
            CType::Float | CType::Double => {
                if self.is_float(value) {
                    return self.float(value).by;
                }
                self.is_int(value);
                let int = Machine::int(self, value).by;
                self.op(IrOp::IToF, &[int])
            }
            CType::Bool if value.now.is_bool() => {
                self.is_same(value, value.now);
                self.int(i64::from(value.now == Value::TRUE))
            }
            _ => {
                self.is_int(value);
                let int = Machine::int(self, value).by;
                self.in_range(int, ctype);
                int
            }
        }
    }
    pub(super) fn in_range(&mut self, int: Ref, ctype: CType) {
        let (min, max) = match ctype {
            CType::Int { min, max, .. } => (min, max),
            CType::UInt64 => (0, i64::MAX),
            _ => (0, 1),
        };
        if min > Value::FIXNUM_MIN {
            let least = self.int(min);
            let condition = self.op(IrOp::IGe, &[int, least]);
            self.test(true, condition);
        }
        if max < Value::FIXNUM_MAX {
            let most = self.int(max);
            let condition = self.op(IrOp::ILe, &[int, most]);
            self.test(true, condition);
        }
    }
    /// What Python sees of a number of C's. `register`: it is the result of a call, for that register.
    pub(super) fn c_to_value(
        &mut self,
        raw: Ref,
        ctype: CType,
        now: Value,
        register: Option<u16>,
    ) -> Ref {
        match ctype {
            CType::Float | CType::Double => {
                let by = self.op(IrOp::BoxF, &[raw]);
                self.learn(by, |fact| fact.float = Some(raw));
                by
            }
            CType::Bool => self.bool_to_value(raw, register.is_some()),
            CType::Int { min, max, .. } if min >= Value::FIXNUM_MIN && max <= Value::FIXNUM_MAX => {
                self.boxed_int(raw)
            }
            _ if !now.is_fixnum() => self.large_int(raw, ctype),
            _ => {
                let condition = match ctype {
                    CType::UInt64 => {
                        let limit = self.int(Value::FIXNUM_MAX + 1);
                        self.op(IrOp::ULt, &[raw, limit])
                    }
                    _ => self.op(IrOp::Fits, &[raw]),
                };
                match register {
                    Some(register) => {
                        let unsigned = ctype == CType::UInt64;
                        let snapshot = self.called_snapshot(register, raw, unsigned);
                        self.out.guard(IrOp::Guard, &[condition], snapshot);
                    }
                    None => {
                        self.test(true, condition);
                    }
                }
                self.boxed_int(raw)
            }
        }
    }
    /// The state behind a call of C whose result is for a register.
    pub(super) fn called_snapshot(
        &mut self,
        register: u16,
        result: Ref,
        unsigned: bool,
    ) -> haft_jit::ir::SnapshotId {
        let (next, slot) = (self.d.pc, self.slot_of(register));
        self.snapshot_with(next, Meaning::Called { slot, unsigned }, Some((slot, result)))
    }
    fn boxed_int(&mut self, raw: Ref) -> Ref {
        let by = self.op(IrOp::BoxI, &[raw]);
        self.learn(by, |fact| {
            fact.int = Some(raw);
            fact.is_int = true;
        });
        by
    }
    fn bool_to_value(&mut self, raw: Ref, is_result: bool) -> Ref {
        if !is_result {
            let two = self.int(2);
            let condition = self.op(IrOp::ULt, &[raw, two]);
            self.test(true, condition);
        }
        let zero = self.int(0);
        let truth = self.op(IrOp::INe, &[raw, zero]);
        self.op(IrOp::BoxB, &[truth])
    }
    /// An int that is no small one as a rule.
    fn large_int(&mut self, raw: Ref, ctype: CType) -> Ref {
        let (name, address) = match ctype {
            CType::UInt64 => ("uint", thunk::uint_value as *const () as usize),
            _ => ("int", thunk::int_value as *const () as usize),
        };
        let callee = Callee {
            name: name.to_string(),
            address: Some(address),
            passes_vm: true,
            params: vec![AbiTy::I64],
            result: AbiTy::Value,
            effects: Effects { reads: 0, writes: 0, allocates: true, keep: false },
            foreign: false,
            variadic: None,
            pieces: Vec::new(),
            finish: None,
        };
        self.out.call(callee, &[raw], Ty::V)
    }

    // ---- attributes

    fn attribute_name(&self) -> Value {
        let ext = self.next_word();
        self.d.code().get().names[ext.lo() as usize]
    }
    fn load_c_attribute(&mut self, foreign: &Foreign, i: Insn) -> R<bool> {
        let object = self.d.reg(i.b());
        if !object.is_ptr() {
            return Ok(false);
        }
        let name = self.attribute_name();
        let known = self.reg(i.b());
        let by = if (foreign.is_errno)(self.d.vm, object, name) {
            self.is_same(known, object);
            self.run_again()?;
            let number = self.errno_now();
            self.boxed_int(number)
        } else if let Some((found, dict)) = (foreign.attribute)(self.d.vm, object, name) {
            let version = self.d.vm.dict_version(dict);
            self.is_same(known, object);
            self.dict_version(dict.value(), version);
            self.run_again()?;
            self.constant_word(found)
        } else if let Some(at) = self.variable(foreign, known, name) {
            self.run_again()?;
            let now = self.d.reg(i.a());
            self.read_place(foreign, (at.0, 0), at.1, now)
        } else if let Some(place) = self.member(foreign, known, name) {
            self.run_again()?;
            let now = self.d.reg(i.a());
            self.read_place(foreign, (place.0, place.1), place.2, now)
        } else {
            return Ok(false);
        };
        let dst = self.slot_of(i.a());
        self.set_slot(dst, by);
        if i.op() == Op::LoadMethod {
            let none = self.constant_word(Value::ABSENT);
            self.set_slot(dst + 1, none);
        }
        Ok(true)
    }
    /// Address and type of a variable of a library.
    fn variable(
        &mut self,
        foreign: &Foreign,
        library: Known<Value>,
        name: Value,
    ) -> Option<(Ref, CType)> {
        let (at, ctype, dict) = (foreign.variable)(self.d.vm, library.now, name)?;
        let version = self.d.vm.dict_version(dict);
        self.is_same(library, library.now);
        self.dict_version(dict.value(), version);
        Some((self.out.const_p(at), ctype))
    }
    /// Address, offset and type of a member.
    fn member(
        &mut self,
        foreign: &Foreign,
        object: Known<Value>,
        name: Value,
    ) -> Option<(Ref, i64, CType)> {
        (foreign.data)(object.now)?;
        let (offset, ctype) = (foreign.member)(self.d.vm, object.now, name)?;
        let (at, data) = self.data(foreign, object)?;
        if data.may_be_null {
            self.not_null(at);
        }
        Some((at, offset, ctype))
    }
    fn store_c_attribute(&mut self, foreign: &Foreign, i: Insn) -> R<bool> {
        let (object, value) = (self.reg(i.a()), self.reg(i.b()));
        if !object.now.is_ptr() {
            return Ok(false);
        }
        let name = self.attribute_name();
        let variable = (foreign.variable)(self.d.vm, object.now, name).map(|found| found.1);
        let wanted = match variable {
            Some(ctype) => Some(ctype),
            None if (foreign.data)(object.now).is_none() => None,
            None => (foreign.member)(self.d.vm, object.now, name).map(|found| found.1),
        };
        let Some(ctype) = wanted.filter(|&ctype| self.accepts(foreign, value.now, ctype)) else {
            return Ok(false);
        };
        let place = if variable.is_some() {
            self.variable(foreign, object, name).map(|(at, _)| (at, 0))
        } else {
            self.member(foreign, object, name).map(|(at, offset, _)| (at, offset))
        };
        let Some(place) = place else { return Ok(false) };
        self.write_place(foreign, place, ctype, value);
        self.run_again()?;
        Ok(true)
    }

    // ---- items and pointers

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
            Length::Fixed(length) => Some(length),
            Length::InObject => Some(length_now(foreign, object.now)?),
            Length::One => Some(1),
            Length::Unknown => None,
        };
        if length.is_some_and(|length| !(0..length).contains(&index)) {
            return None;
        }
        self.is_int(key);
        let place = Machine::int(self, key).by;
        let (at, data) = self.data(foreign, object)?;
        let length = match items.length {
            Length::Fixed(length) => Some(self.int(length)),
            Length::InObject => {
                let offset = i64::from((foreign.layout)().length);
                Some(self.load(IrOp::LoadI64, object.by, offset, Alias::CONSTANT))
            }
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
    fn load_c_item(&mut self, foreign: &Foreign, i: Insn) -> R<bool> {
        let (object, key) = (self.reg(i.b()), self.reg(i.c()));
        let Some((at, item)) = self.c_item(foreign, object, key) else { return Ok(false) };
        self.run_again()?;
        let now = self.d.reg(i.a());
        let by = self.read_place(foreign, (at, 0), item, now);
        let dst = self.slot_of(i.a());
        self.set_slot(dst, by);
        Ok(true)
    }
    fn store_c_item(&mut self, foreign: &Foreign, i: Insn) -> R<bool> {
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
    fn move_pointer(&mut self, foreign: &Foreign, i: Insn) -> R<bool> {
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
    fn move_pointer_by_constant(&mut self, foreign: &Foreign, i: Insn) -> R<bool> {
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

    /// `p == q`, `p != q`
    fn compare_pointers(&mut self, foreign: &Foreign, i: Insn) -> R<bool> {
        let jumps = matches!(i.op(), Op::JumpEq | Op::JumpNe);
        let (left, right) = if jumps { (i.a(), i.b()) } else { (i.b(), i.c()) };
        let (a, b) = (self.reg(left), self.reg(right));
        let is_pointer = |value| (foreign.data)(value).is_some_and(|data| !data.is_primitive);
        if !is_pointer(a.now) || !is_pointer(b.now) {
            return Ok(false);
        }
        if jumps {
            self.branch(i32::from(i.c_int()), i.x() == 1);
        }
        let (Some((x, _)), Some((y, _))) = (self.data(foreign, a), self.data(foreign, b)) else {
            return Ok(false);
        };
        let (at, to) = (address_in(foreign, a.now), address_in(foreign, b.now));
        let condition = self.op(IrOp::PEq, &[x, y]);
        self.test(at == to, condition);
        self.run_again()?;
        if !jumps {
            let by = self.constant_word(Value::bool((at == to) == (i.op() == Op::Eq)));
            let dst = self.slot_of(i.a());
            self.set_slot(dst, by);
        }
        Ok(true)
    }
    /// A jump on a pointer or number of C's.
    fn truth_of_data(&mut self, foreign: &Foreign, i: Insn) -> R<bool> {
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

    // ---- functions of the module

    /// A call of a function of the module, or of `int` and `float` with C data.
    pub(super) fn foreign_builtin(
        &mut self,
        i: Insn,
        callee: Known<Value>,
        first: u16,
        n: u16,
    ) -> R<bool> {
        let Some(foreign) = self.foreign() else { return Ok(false) };
        let by = match PayloadRef::<NativeFunction>::of_value(callee.now) {
            Some(native) => self.builtin_result(&foreign, callee, native, (first, n)),
            None => self.number_of_data(&foreign, callee, (first, n)),
        };
        let Some(by) = by else { return Ok(false) };
        let now = self.call_for_real(callee.now, first, n)?;
        let window = self.slot_of(i.b());
        self.forget_from(window);
        self.d.set(i.a(), now);
        let dst = self.slot_of(i.a());
        self.set_slot(dst, by);
        Ok(true)
    }
    fn builtin_result(
        &mut self,
        foreign: &Foreign,
        callee: Known<Value>,
        native: PayloadRef<NativeFunction>,
        (first, n): (u16, u16),
    ) -> Option<Ref> {
        let mut given = self.d.window(first, usize::from(n)).to_vec();
        let bound = !native.receiver.get().is_absent();
        if bound {
            given.insert(0, native.receiver.get());
        }
        let builtin = (foreign.builtin)(self.d.vm, native.get(), &given)?;
        // Register of argument `at`, the receiver being argument 0.
        let register = |at: u16| first + at - u16::from(bound);
        let n_same = match builtin {
            Builtin::Constant { same, .. } => same as u16,
            _ => 2,
        };
        let last = (given.len() > 2).then(|| self.reg(register(2)));
        if let (Builtin::New { init: Some(ctype), .. }, Some(value)) = (&builtin, last)
            && !self.accepts(foreign, value.now, *ctype)
        {
            return None;
        }
        self.is_same(callee, callee.now);
        for at in u16::from(bound)..n_same {
            let value = self.reg(register(at));
            self.is_same(value, value.now);
        }
        match (builtin, last) {
            (Builtin::Constant { value, .. }, _) => Some(self.constant_word(value)),
            (Builtin::New { data, record, init }, _) => {
                Some(self.make_new(foreign, data, record, init.zip(last)))
            }
            (Builtin::CastNumber { data, to, from }, Some(value)) => {
                self.cast_number(foreign, data, (to, from), value)
            }
            (Builtin::CastAddress { data, from_data }, Some(value)) => {
                let address = if from_data {
                    self.data(foreign, value)?.0
                } else {
                    self.is_int(value);
                    let int = Machine::int(self, value).by;
                    self.op(IrOp::IToP, &[int])
                };
                Some(self.data_at(foreign, data, address))
            }
            (_, None) => None,
        }
    }
    fn make_new(
        &mut self,
        foreign: &Foreign,
        data: NewData,
        record: Option<NewData>,
        init: Option<(CType, Known<Value>)>,
    ) -> Ref {
        let Some(record) = record else {
            let (object, memory) = self.new_data(foreign, data);
            if let Some((ctype, value)) = init {
                self.write_place(foreign, (memory, 0), ctype, value);
            }
            return object;
        };
        let (owner, memory) = self.new_data(foreign, record);
        let (object, at) = self.new_object(foreign, data);
        // The owner first: the optimiser finds the object that the address belongs to.
        let args = [object, owner];
        self.out.memory(IrOp::StoreV, &args, i64::from(at.owner), Alias::CONSTANT);
        let args = [object, memory];
        self.out.memory(IrOp::StoreP, &args, i64::from(at.at), Alias::CONSTANT);
        object
    }
    fn cast_number(
        &mut self,
        foreign: &Foreign,
        data: NewData,
        (to, from): (CType, Option<CType>),
        value: Known<Value>,
    ) -> Option<Ref> {
        let raw = match from {
            Some(from) => {
                let (at, _) = self.data(foreign, value)?;
                self.load_raw(at, 0, from)
            }
            None if self.is_int(value) => Machine::int(self, value).by,
            None if self.is_float(value) => self.float(value).by,
            None => return None,
        };
        let is_float = match from {
            Some(from) => matches!(from, CType::Float | CType::Double),
            None => !value.now.is_fixnum(),
        };
        let raw = match to {
            CType::Float | CType::Double if !is_float => self.op(IrOp::IToF, &[raw]),
            CType::Bool => {
                let zero = self.int(0);
                let truth = self.op(IrOp::INe, &[raw, zero]);
                self.op(IrOp::BToI, &[truth])
            }
            _ => raw,
        };
        let (object, memory) = self.new_data(foreign, data);
        self.out.memory(store_op(to), &[memory, raw], 0, Alias::RAW);
        Some(object)
    }
    /// `int(x)` or `float(x)` of C data of a primitive type.
    fn number_of_data(
        &mut self,
        foreign: &Foreign,
        callee: Known<Value>,
        (first, n): (u16, u16),
    ) -> Option<Ref> {
        let value = (n == 1).then(|| self.reg(first))?;
        (foreign.data)(value.now)?;
        let ctype = (foreign.primitive)(value.now)?;
        let is_float = matches!(ctype, CType::Float | CType::Double);
        let wanted = if is_float { self.d.vm.t.float } else { self.d.vm.t.int };
        if callee.now != wanted.value() || ctype == CType::Bool {
            return None;
        }
        self.is_same(callee, callee.now);
        let now = self.call_for_real(callee.now, first, n).ok()?;
        let (at, _) = self.data(foreign, value)?;
        Some(self.read_place(foreign, (at, 0), ctype, now))
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
