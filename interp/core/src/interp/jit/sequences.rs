//! Slices of lists that instructions write.
use haft_bytecode::Insn;
use haft_bytecode::opcode::{ALLOCATES, RAISES, WRITES};
use haft_heap::Value;

use super::machine::effects_of;
use super::rec::{Arg, Known, Rec};
use super::thunk;
use crate::interp::machine::Machine;
use crate::interp::slow;
use crate::object::ShapeId;
use crate::vm::R;

impl Rec<'_, '_> {
    /// `r[a][r[b]:r[b+1]] = r[c]` of lists; false: it may run anything, and nothing was done.
    pub(super) fn store_slice(&mut self, i: Insn) -> R<bool> {
        let (object, start, stop, value) =
            (self.reg(i.a()), self.reg(i.b()), self.reg(i.b() + 1), self.reg(i.c()));
        let number = |value: Known<Value>| value.now.is_none() || value.now.is_fixnum();
        let shape = |value: Known<Value>| value.now.as_ptr().map(|obj| ShapeId(obj.shape()));
        let source = shape(value).filter(|s| matches!(*s, ShapeId::LIST | ShapeId::TUPLE));
        let (Some(source), Some(ShapeId::LIST)) = (source, shape(object)) else { return Ok(false) };
        let known = number(start)
            && number(stop)
            && self.is_plain(start)
            && self.is_plain(stop)
            && self.shape_is(object, ShapeId::LIST.0)
            && self.shape_is(value, source.0);
        if !known {
            return Ok(false);
        }
        let address = thunk::store_slice as *const () as usize;
        let args = [object.by, start.by, stop.by, value.by].map(Arg::V);
        let effects = effects_of(RAISES | ALLOCATES | WRITES);
        self.call("store_slice", address, effects, &args);
        self.d.save_pc();
        slow::set_slice(self.d.vm, [object.now, start.now, stop.now, value.now])?;
        self.after_effect = true;
        self.state_changed();
        Ok(true)
    }
}
