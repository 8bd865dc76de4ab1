//! `ffi.buffer` in a trace: a view of C memory as bytes, which is made only where somebody keeps it; its slices are bytes.
use haft_bytecode::Insn;
use haft_heap::{Header, Value};
use haft_jit::ir::{Alias, IrOp, Layout, Ref};

use super::c_memory::is_bytes;
use super::foreign::{BufferLayout, Foreign, Viewed};
use super::rec::{Known, Rec};
use crate::interp::machine::Machine;
use crate::object::{Bytes, Type};
use crate::vm::R;

/// Address and length of the memory of a view.
#[derive(Clone, Copy)]
struct View {
    at: Ref,
    len: Ref,
    now: i64,
}

impl Rec<'_, '_> {
    /// `ffi.buffer(data)`, `ffi.buffer(data, n)`; `bytes(view)`.
    pub(super) fn buffer_call(
        &mut self,
        foreign: &Foreign,
        callee: Known<Value>,
        (first, n): (u16, u16),
    ) -> Option<Ref> {
        if callee.now == self.d.vm.t.bytes.value() && n == 1 {
            let value = self.reg(first);
            let view = self.view(foreign, value)?;
            self.is_same(callee, callee.now);
            return Some(self.bytes_of_memory(view.at, view.len));
        }
        let class = Type::of_value(callee.now)?;
        if !(foreign.is_buffer)(self.d.vm, class) || !(1..=2).contains(&n) {
            return None;
        }
        let data = self.reg(first);
        let viewed = (foreign.viewed)(self.d.vm, data.now)?;
        let size = (n == 2).then(|| self.reg(first + 1));
        let all = viewed.items * viewed.size;
        let given = size.map(|size| size.now.as_fixnum().unwrap_or(-1));
        if given.is_some_and(|given| given < 0 || viewed.is_owning && given > all) {
            return None;
        }
        self.is_same(callee, callee.now);
        let (at, facts) = self.data(foreign, data)?;
        self.owns_the_same(foreign, data, facts);
        let len = match size {
            None => self.bytes_of_items(foreign, data, viewed),
            Some(size) => {
                let len = self.count(size);
                if viewed.is_owning {
                    let all = self.bytes_of_items(foreign, data, viewed);
                    let condition = self.op(IrOp::ILe, &[len, all]);
                    self.test(true, condition);
                }
                len
            }
        };
        Some(self.new_view(foreign, class, data.by, (at, len)))
    }
    /// How many bytes an array or the item behind a pointer has.
    fn bytes_of_items(&mut self, foreign: &Foreign, data: Known<Value>, viewed: Viewed) -> Ref {
        if viewed.is_fixed {
            return self.int(viewed.items * viewed.size);
        }
        let offset = i64::from((foreign.layout)().length);
        let items = self.load(IrOp::LoadI64, data.by, offset, Alias::CONSTANT);
        let size = self.int(viewed.size);
        self.op(IrOp::Mul, &[items, size])
    }
    fn new_view(
        &mut self,
        foreign: &Foreign,
        class: Type,
        data: Ref,
        (at, len): (Ref, Ref),
    ) -> Ref {
        let place: BufferLayout = (foreign.buffer)();
        let shape = self.d.vm.shapes.at(class.root_shape.get()).id;
        let layout = Layout {
            name: "buffer".to_string(),
            header: u64::from(shape.0) | u64::from(place.kind) << 32,
            bytes: place.bytes,
            init: vec![(Header::PAYLOAD_OFFSET as u32, place.table)],
            listed: false,
            inner: 0,
        };
        let view = self.out.alloc(&layout);
        self.learn(view, |fact| {
            fact.is_object = true;
            fact.exact = Some(shape.0);
        });
        self.out.memory(IrOp::StoreV, &[view, data], place.keep, Alias::CONSTANT);
        self.out.memory(IrOp::StoreP, &[view, at], place.at, Alias::CONSTANT);
        self.out.memory(IrOp::StoreI64, &[view, len], place.len, Alias::CONSTANT);
        view
    }
    /// What a value shows, if it is a view.
    fn view(&mut self, foreign: &Foreign, value: Known<Value>) -> Option<View> {
        let now = (foreign.view_length)(value.now)?;
        let shape = value.now.as_ptr()?.shape();
        if !self.shape_is(value, shape) {
            return None;
        }
        let place = (foreign.buffer)();
        let at = self.load(IrOp::LoadP, value.by, place.at, Alias::CONSTANT);
        let len = self.load(IrOp::LoadI64, value.by, place.len, Alias::CONSTANT);
        Some(View { at, len, now })
    }
    /// `len(view)`
    pub(super) fn length_of_view(&mut self, value: Known<Value>) -> Option<Known<i64>> {
        let foreign = self.foreign()?;
        let view = self.view(&foreign, value)?;
        Some(Known { now: view.now, by: view.len })
    }
    /// Start and length of a slice that lies in a view, counted from its start.
    fn part_of_view(
        &mut self,
        view: View,
        (start, stop): (Known<Value>, Known<Value>),
    ) -> Option<(Ref, Ref, i64)> {
        let bound =
            |value: Value, none: i64| if value.is_none() { Some(none) } else { value.as_fixnum() };
        let (first, last) = (bound(start.now, 0)?, bound(stop.now, view.now)?);
        if first < 0 || first > last || last > view.now {
            return None;
        }
        let edge = |rec: &mut Self, value: Known<Value>, none: Ref| {
            if value.now.is_none() {
                rec.is_same(value, Value::NONE);
                return none;
            }
            rec.count(value)
        };
        let zero = self.int(0);
        let start = edge(self, start, zero);
        let stop = edge(self, stop, view.len);
        let condition = self.op(IrOp::ILe, &[start, stop]);
        self.test(true, condition);
        let condition = self.op(IrOp::ILe, &[stop, view.len]);
        self.test(true, condition);
        Some((start, self.op(IrOp::Sub, &[stop, start]), last - first))
    }
    /// `view[start:stop]`; false: it is no view, or the bounds are unusual.
    pub(super) fn load_view_slice(&mut self, foreign: &Foreign, i: Insn) -> R<bool> {
        let (object, start, stop) = (self.reg(i.b()), self.reg(i.c()), self.reg(i.c() + 1));
        let Some(view) = self.view(foreign, object) else { return Ok(false) };
        let Some((start, n, _)) = self.part_of_view(view, (start, stop)) else { return Ok(false) };
        let at = self.op(IrOp::PAdd, &[view.at, start]);
        let by = self.bytes_of_memory(at, n);
        self.run_again()?;
        let dst = self.slot_of(i.a());
        self.set_slot(dst, by);
        Ok(true)
    }
    /// `view[index]`
    pub(super) fn load_view_item(&mut self, foreign: &Foreign, i: Insn) -> R<bool> {
        let (object, key) = (self.reg(i.b()), self.reg(i.c()));
        let Some(view) = self.view(foreign, object) else { return Ok(false) };
        if !key.now.as_fixnum().is_some_and(|index| (0..view.now).contains(&index)) {
            return Ok(false);
        }
        self.is_int(key);
        let index = Machine::int(self, key).by;
        let condition = self.op(IrOp::ULt, &[index, view.len]);
        self.test(true, condition);
        let at = self.op(IrOp::PAdd, &[view.at, index]);
        let byte = self.load(IrOp::LoadU8, at, 0, Alias::RAW);
        let by = self.single_byte(byte);
        self.run_again()?;
        let dst = self.slot_of(i.a());
        self.set_slot(dst, by);
        Ok(true)
    }
    /// `view[start:stop] = bytes`
    pub(super) fn store_view_slice(&mut self, foreign: &Foreign, i: Insn) -> R<bool> {
        let (object, start, stop) = (self.reg(i.a()), self.reg(i.b()), self.reg(i.b() + 1));
        let value = self.reg(i.c());
        let given = value.now.as_ptr().and_then(Bytes::of).map(|bytes| bytes.data().len() as i64);
        if !is_bytes(value.now) {
            return Ok(false);
        }
        let Some(view) = self.view(foreign, object) else { return Ok(false) };
        let Some((start, n, now)) = self.part_of_view(view, (start, stop)) else {
            return Ok(false);
        };
        if given != Some(now) {
            return Ok(false);
        }
        let (from, len) = self.bytes_data(value);
        let condition = self.op(IrOp::IEq, &[n, len]);
        self.test(true, condition);
        let to = self.op(IrOp::PAdd, &[view.at, start]);
        self.copy_memory(to, from, n);
        self.run_again()?;
        Ok(true)
    }
}
