//! C data in a trace: members and items (see [`super::c_items`]) are loads and stores at the address, and an object that
//! does not escape is never made.
//!
//! What a C data object says of itself (class, type, address, length, what it owns) never changes, so its loads are
//! of constant memory. The memory that it points to is of the class that calls of C write ([`Alias::RAW`]).
use haft_bytecode::{Insn, Op};
use haft_heap::{Header, Value};
use haft_jit::ir::{AbiTy, Alias, Effects, IrOp, Layout, Ref, Ty};

use super::foreign::{CType, Data, DataLayout, Foreign, NewData};
use super::rec::{Arg, Known, Rec};
use super::resume::Meaning;
use super::thunk;
use crate::interp::machine::Machine;
use crate::object::{Bytes, Kind, ShapeId};
use crate::vm::R;

/// The load that reads a C value.
pub(super) fn load_op(ctype: CType) -> IrOp {
    match ctype {
        CType::Int { abi: AbiTy::I8, .. } => IrOp::LoadI8,
        CType::Int { abi: AbiTy::U8, .. } | CType::Bool | CType::Char => IrOp::LoadU8,
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
            Op::LoadItem => Ok(self.load_view_item(&foreign, i)? || self.load_c_item(&foreign, i)?),
            Op::StoreItem => self.store_c_item(&foreign, i),
            Op::LoadSlice => {
                Ok(self.load_view_slice(&foreign, i)? || self.load_c_slice(&foreign, i)?)
            }
            Op::StoreSlice => {
                Ok(self.store_view_slice(&foreign, i)? || self.store_c_slice(&foreign, i)?)
            }
            Op::Sub if self.distance(&foreign, i)? => Ok(true),
            Op::Add | Op::Sub => self.move_pointer(&foreign, i),
            Op::AddI | Op::SubI => self.move_pointer_by_constant(&foreign, i),
            Op::Eq | Op::Ne | Op::JumpEq | Op::JumpNe => self.compare_pointers(&foreign, i),
            Op::Lt | Op::Le | Op::Gt | Op::Ge => self.order_pointers(&foreign, i),
            Op::JumpLt | Op::JumpLe | Op::JumpGt | Op::JumpGe => self.order_pointers(&foreign, i),
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
    pub(super) fn owns_the_same(&mut self, foreign: &Foreign, value: Known<Value>, data: Data) {
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
    pub(super) fn new_object(&mut self, foreign: &Foreign, new: NewData) -> (Ref, DataLayout) {
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
    pub(super) fn read_place(
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
            CType::Inside(_) | CType::Char | CType::Void => false,
        }
    }
    /// Write a value that is accepted.
    pub(super) fn write_place(
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
            CType::Char => self.single_byte(raw),
            _ if !now.is_fixnum() => self.large_int(raw, ctype == CType::UInt64),
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
    /// The bytes of one byte, which all share.
    pub(super) fn single_byte(&mut self, byte: Ref) -> Ref {
        let table = self.out.const_p(self.d.vm.all_single_bytes().addr());
        let at = self.out.imm(IrOp::Index, &[table, byte], 8);
        let by = self.load(IrOp::LoadV, at, 0, Alias::CONSTANT);
        self.learn(by, |fact| {
            fact.is_object = true;
            fact.kind = Some(Kind::Bytes);
            fact.exact = Some(ShapeId::BYTES.0);
            fact.byte = Some(byte);
        });
        by
    }
    /// The byte of a bytes that is known to be one byte.
    pub(super) fn known_byte(&mut self, value: Known<Value>) -> Option<Ref> {
        let fact = self.fact(value.by);
        if fact.byte.is_some() {
            return fact.byte;
        }
        let obj = fact.constant.and_then(Value::as_ptr);
        let obj = obj.filter(|obj| obj.shape() == ShapeId::BYTES.0)?;
        let &[byte] = Bytes::of(obj)?.data() else { return None };
        Some(self.int(i64::from(byte)))
    }
    pub(super) fn boxed_int(&mut self, raw: Ref) -> Ref {
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
    pub(super) fn large_int(&mut self, raw: Ref, unsigned: bool) -> Ref {
        let (name, address) = if unsigned {
            ("uint", thunk::uint_value as *const () as usize)
        } else {
            ("int", thunk::int_value as *const () as usize)
        };
        self.made_of(name, address, raw)
    }
    /// The object that a runtime function makes of a number.
    fn made_of(&mut self, name: &str, address: usize, raw: Ref) -> Ref {
        let effects = Effects { reads: 0, writes: 0, allocates: true, keep: false };
        let callee = Rec::callee(name, address, effects, &[Arg::I(raw)], AbiTy::Value);
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
        let Some(ctype) = wanted else { return Ok(false) };
        let characters = self.fits_characters(foreign, ctype, value.now);
        if !characters && !self.accepts(foreign, value.now, ctype) {
            return Ok(false);
        }
        let place = if variable.is_some() {
            self.variable(foreign, object, name).map(|(at, _)| (at, 0))
        } else {
            self.member(foreign, object, name).map(|(at, offset, _)| (at, offset))
        };
        let Some(place) = place else { return Ok(false) };
        if characters {
            self.write_characters(foreign, place, ctype, value);
        } else {
            self.write_place(foreign, place, ctype, value);
        }
        self.run_again()?;
        Ok(true)
    }
}
