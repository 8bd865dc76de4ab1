//! C memory as a whole in a trace: `string`, `unpack`, `memmove`, `addressof`, bytes written to arrays of characters, and
//! the order of pointers. None of it looks up types or arguments when it runs.
use haft_bytecode::{Insn, Op};
use haft_heap::Value;
use haft_jit::ir::{AbiTy, Alias, Callee, Effects, IrOp, Ref, Ty};

use super::foreign::{Builtin, CType, Foreign, NewData};
use super::rec::{Arg, Known, Rec};
use super::record::{Form, comparison};
use super::{layout, thunk};
use crate::interp::machine::Machine;
use crate::object::{Bytes, CompareOp, Kind, ShapeId};
use crate::vm::R;

/// Arguments of a function of the module, counted with its receiver.
pub(super) struct Arguments {
    pub(super) first: u16,
    pub(super) n: u16,
    pub(super) bound: bool,
}

impl Arguments {
    /// Argument `index`; none: there is none, or it is the receiver.
    pub(super) fn at(&self, rec: &mut Rec<'_, '_>, index: u16) -> Option<Known<Value>> {
        let at = index.checked_sub(u16::from(self.bound))?;
        (at < self.n).then(|| rec.reg(self.first + at))
    }
}

impl Rec<'_, '_> {
    /// The result of a function that reads or writes C memory; `None`: it is none, or not recorded here.
    pub(super) fn memory_builtin(
        &mut self,
        foreign: &Foreign,
        builtin: &Builtin,
        arguments: &Arguments,
    ) -> Option<Ref> {
        let data = arguments.at(self, 1)?;
        match *builtin {
            Builtin::OfType { value } => {
                self.data(foreign, data)?;
                Some(self.constant_word(value))
            }
            Builtin::Text { stops } => {
                let limit = arguments.at(self, 2);
                self.text_of(foreign, data, limit, stops)
            }
            Builtin::Move => {
                let (from, n) = (arguments.at(self, 2)?, arguments.at(self, 3)?);
                self.moved_memory(foreign, data, from, n)
            }
            Builtin::Address { pointer, offset, size } => {
                let step = arguments.at(self, 2);
                self.address_of(foreign, data, (pointer, offset), size.zip(step))
            }
            _ => None,
        }
    }

    // ---- reading

    /// The bytes at the address of C data, up to the first zero if it `stops` there; `limit`: at most so many.
    fn text_of(
        &mut self,
        foreign: &Foreign,
        data: Known<Value>,
        limit: Option<Known<Value>>,
        stops: bool,
    ) -> Option<Ref> {
        let (at, facts) = self.data(foreign, data)?;
        if facts.may_be_null {
            self.not_null(at);
        }
        let limit = match limit {
            Some(limit) => self.count(limit),
            None => match self.length_of_data(data) {
                Some(length) => length.by,
                None => self.int(i64::MAX),
            },
        };
        Some(if stops { self.string_in_memory(at, limit) } else { self.bytes_of_memory(at, limit) })
    }
    /// The bytes up to the first zero, at most so many. Their number is there without them.
    fn string_in_memory(&mut self, at: Ref, most: Ref) -> Ref {
        let effects = Effects { reads: Alias::RAW.set(), ..Effects::PURE };
        let args = [Arg::P(at), Arg::I(most)];
        let address = thunk::length_at as *const () as usize;
        let callee = Rec::callee("length", address, effects, &args, AbiTy::I64);
        let n = self.out.call(Callee { passes_vm: false, ..callee }, &[at, most], Ty::I);
        self.bytes_of_memory(at, n)
    }
    /// A bytes of so many bytes of C memory.
    pub(super) fn bytes_of_memory(&mut self, at: Ref, n: Ref) -> Ref {
        let effects = Effects { reads: Alias::RAW.set(), allocates: true, ..Effects::PURE };
        let args = [Arg::P(at), Arg::I(n)];
        let address = thunk::bytes_at as *const () as usize;
        let callee = Rec::callee("bytes", address, effects, &args, AbiTy::Value);
        let callee = Callee { field: Some((layout::LEN as u32, 1)), ..callee };
        let by = self.out.call(callee, &[at, n], Ty::V);
        self.learn(by, |fact| {
            fact.is_object = true;
            fact.kind = Some(Kind::Bytes);
            fact.exact = Some(ShapeId::BYTES.0);
        });
        by
    }
    /// A number of bytes or items, which is not negative.
    pub(super) fn count(&mut self, number: Known<Value>) -> Ref {
        self.is_int(number);
        let by = Machine::int(self, number).by;
        let zero = self.int(0);
        let condition = self.op(IrOp::IGe, &[by, zero]);
        self.test(true, condition);
        by
    }
    /// C data of type `pointer` at `offset` bytes from the address of other C data, and an index times a size further.
    fn address_of(
        &mut self,
        foreign: &Foreign,
        data: Known<Value>,
        (pointer, offset): (NewData, i64),
        index: Option<(i64, Known<Value>)>,
    ) -> Option<Ref> {
        let (mut at, _) = self.data(foreign, data)?;
        if let Some((size, index)) = index {
            self.is_int(index);
            let index = Machine::int(self, index).by;
            at = self.out.imm(IrOp::Index, &[at, index], size);
        }
        if offset != 0 {
            let offset = self.int(offset);
            at = self.op(IrOp::PAdd, &[at, offset]);
        }
        Some(self.data_at(foreign, pointer, at))
    }

    // ---- writing

    /// `memmove(to, from, n)`, where `from` is C data or an exact bytes.
    fn moved_memory(
        &mut self,
        foreign: &Foreign,
        to: Known<Value>,
        from: Known<Value>,
        n: Known<Value>,
    ) -> Option<Ref> {
        let n = self.count(n);
        let (to, _) = self.data(foreign, to)?;
        let from =
            if is_bytes(from.now) { self.bytes_data(from).0 } else { self.data(foreign, from)?.0 };
        self.copy_memory(to, from, n);
        Some(self.constant_word(Value::NONE))
    }
    /// Address and length of the data of an exact bytes.
    pub(super) fn bytes_data(&mut self, bytes: Known<Value>) -> (Ref, Ref) {
        self.shape_is(bytes, ShapeId::BYTES.0);
        let len = self.load(IrOp::LoadI64, bytes.by, layout::LEN, Alias::CONSTANT);
        let start = self.int(layout::BYTES_START);
        (self.op(IrOp::PAdd, &[bytes.by, start]), len)
    }
    pub(super) fn copy_memory(&mut self, to: Ref, from: Ref, n: Ref) {
        let memory = Alias::RAW.set();
        let effects = Effects { reads: memory, writes: memory, allocates: false, keep: true };
        let address = thunk::move_bytes as *const () as usize;
        let args = [Arg::P(to), Arg::P(from), Arg::I(n)];
        let mut callee = Rec::callee("memmove", address, effects, &args, AbiTy::Void);
        callee.passes_vm = false;
        self.out.call(callee, &[to, from, n], Ty::Unit);
        self.after_effect = true;
    }
    /// Are these bytes what an array of so many characters takes, with a zero behind if there is room?
    pub(super) fn fits_characters(
        &mut self,
        foreign: &Foreign,
        ctype: CType,
        value: Value,
    ) -> bool {
        let CType::Inside(of) = ctype else { return false };
        let len = value.as_ptr().and_then(Bytes::of).map(|bytes| bytes.data().len());
        match (foreign.characters)(self.d.vm, of).zip(len.filter(|_| is_bytes(value))) {
            Some((room, len)) => len < room,
            None => false,
        }
    }
    /// Write bytes that fit into an array of characters at a place.
    pub(super) fn write_characters(
        &mut self,
        foreign: &Foreign,
        (at, offset): (Ref, i64),
        ctype: CType,
        value: Known<Value>,
    ) {
        let CType::Inside(of) = ctype else { return };
        let Some(room) = (foreign.characters)(self.d.vm, of) else { return };
        let (from, len) = self.bytes_data(value);
        let room = self.int(room as i64);
        let condition = self.op(IrOp::ILt, &[len, room]);
        self.test(true, condition);
        let (offset, one) = (self.int(offset), self.int(1));
        let to = self.op(IrOp::PAdd, &[at, offset]);
        // A bytes has a zero behind its data.
        let n = self.op(IrOp::Add, &[len, one]);
        self.copy_memory(to, from, n);
    }
    /// `array[start:stop] = bytes` of an array of characters, at the address of its first item: the bounds were looked at.
    pub(super) fn write_slice(&mut self, at: Ref, (start, stop): (Ref, Ref), value: Known<Value>) {
        let (from, len) = self.bytes_data(value);
        let n = self.op(IrOp::Sub, &[stop, start]);
        let condition = self.op(IrOp::IEq, &[n, len]);
        self.test(true, condition);
        let to = self.op(IrOp::PAdd, &[at, start]);
        self.copy_memory(to, from, n);
    }

    // ---- pointers

    /// `p < q` and the like, of pointers.
    pub(super) fn order_pointers(&mut self, foreign: &Foreign, i: Insn) -> R<bool> {
        let Some((op, form)) = comparison(i.op()) else { return Ok(false) };
        let (left, right) = match form {
            Form::Value => (i.b(), i.c()),
            Form::Jump => (i.a(), i.b()),
            Form::JumpInt => return Ok(false),
        };
        let (a, b) = (self.reg(left), self.reg(right));
        let is_pointer = |value| (foreign.data)(value).is_some_and(|data| !data.is_primitive);
        if !is_pointer(a.now) || !is_pointer(b.now) {
            return Ok(false);
        }
        let (Some((x, _)), Some((y, _))) = (self.data(foreign, a), self.data(foreign, b)) else {
            return Ok(false);
        };
        let answer = self.d.vm.compare(a.now, b.now, op)? == Value::TRUE;
        let (x, y) = (self.op(IrOp::PToI, &[x]), self.op(IrOp::PToI, &[y]));
        let is_less = matches!(op, CompareOp::Lt | CompareOp::Ge);
        let (x, y) = if is_less { (x, y) } else { (y, x) };
        let condition = self.op(IrOp::ULt, &[x, y]);
        let holds = answer == matches!(op, CompareOp::Lt | CompareOp::Gt);
        if matches!(form, Form::Jump) {
            self.branch(i32::from(i.c_int()), i.x() == 1);
        }
        self.test(holds, condition);
        self.run_again()?;
        if matches!(form, Form::Value) {
            let by = self.constant_word(Value::bool(answer));
            let dst = self.slot_of(i.a());
            self.set_slot(dst, by);
        }
        Ok(true)
    }
    /// `p - q`, of pointers to items of the same type.
    pub(super) fn distance(&mut self, foreign: &Foreign, i: Insn) -> R<bool> {
        debug_assert!(i.op() == Op::Sub);
        let (a, b) = (self.reg(i.b()), self.reg(i.c()));
        let Some(size) = (foreign.distance)(self.d.vm, a.now, b.now) else { return Ok(false) };
        let (Some((x, _)), Some((y, _))) = (self.data(foreign, a), self.data(foreign, b)) else {
            return Ok(false);
        };
        let (x, y) = (self.op(IrOp::PToI, &[x]), self.op(IrOp::PToI, &[y]));
        let bytes = self.op(IrOp::Sub, &[x, y]);
        let condition = self.op(IrOp::Fits, &[bytes]);
        self.test(true, condition);
        let mut n = bytes;
        if size > 1 {
            let (size, zero) = (self.int(size), self.int(0));
            let rest = self.op(IrOp::FloorMod, &[bytes, size]);
            let condition = self.op(IrOp::IEq, &[rest, zero]);
            self.test(true, condition);
            n = self.op(IrOp::FloorDiv, &[bytes, size]);
        }
        let by = self.boxed_int(n);
        self.run_again()?;
        let dst = self.slot_of(i.a());
        self.set_slot(dst, by);
        Ok(true)
    }
}

/// Is it an exact bytes?
pub(super) fn is_bytes(value: Value) -> bool {
    value.as_ptr().is_some_and(|obj| obj.shape() == ShapeId::BYTES.0)
}
