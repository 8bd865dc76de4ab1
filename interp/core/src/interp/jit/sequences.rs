//! Slices and sums of lists: one call each, which runs no Python and takes bounds as numbers.
use std::ffi::c_void;

use haft_bytecode::Insn;
use haft_heap::Value;
use haft_jit::ir::{AbiTy, Effects, Ref, Ty};

use super::layout;
use super::rec::{Arg, Known, Rec};
use crate::interp::machine::Machine;
use crate::object::{Kind, List, ShapeId, Tuple};
use crate::vm::{R, Vm};

const LISTS: u64 = layout::LIST.set() | layout::ITEMS.set();
/// Of what makes a new list of items of others.
const MAKES: Effects = Effects { reads: LISTS, writes: 0, allocates: true, keep: false };
/// Of what changes a list.
const CHANGES: Effects = Effects { reads: LISTS, writes: LISTS, allocates: true, keep: true };

fn shape(value: Known<Value>) -> Option<ShapeId> {
    value.now.as_ptr().map(|obj| ShapeId(obj.shape()))
}

impl Rec<'_, '_> {
    /// `r[a] = r[b][r[c]:r[c+1]]` of a list; false: it is none, or the bounds are no numbers.
    pub(super) fn slice_of_list(&mut self, i: Insn) -> R<bool> {
        let (object, start, stop) = (self.reg(i.b()), self.reg(i.c()), self.reg(i.c() + 1));
        if shape(object) != Some(ShapeId::LIST) {
            return Ok(false);
        }
        let Some(bounds) = self.slice_bounds(start, stop) else { return Ok(false) };
        if !self.shape_is(object, ShapeId::LIST.0) {
            return Ok(false);
        }
        let args = [Arg::V(object.by), Arg::I(bounds[0]), Arg::I(bounds[1])];
        let address = slice_list as *const () as usize;
        let made = self.call_of_lists("slice_list", address, MAKES, &args);
        self.run_again()?;
        self.set_list(i, made);
        Ok(true)
    }

    /// `r[a] = r[b] + r[c]` of lists; false: they are none, or the first is to be changed.
    pub(super) fn sum_of_lists(&mut self, i: Insn) -> R<bool> {
        let (a, b) = (self.reg(i.b()), self.reg(i.c()));
        let are_lists = shape(a) == Some(ShapeId::LIST) && shape(b) == Some(ShapeId::LIST);
        let known = are_lists
            && i.x() == 0
            && self.shape_is(a, ShapeId::LIST.0)
            && self.shape_is(b, ShapeId::LIST.0);
        if !known {
            return Ok(false);
        }
        let args = [Arg::V(a.by), Arg::V(b.by)];
        let made = self.call_of_lists("add_lists", add_lists as *const () as usize, MAKES, &args);
        self.run_again()?;
        self.set_list(i, made);
        Ok(true)
    }

    /// `r[a][r[b]:r[b+1]] = r[c]` of lists; false: it may run anything, and nothing was done.
    pub(super) fn store_slice(&mut self, i: Insn) -> R<bool> {
        let (object, start, stop, value) =
            (self.reg(i.a()), self.reg(i.b()), self.reg(i.b() + 1), self.reg(i.c()));
        let source = shape(value).filter(|s| matches!(*s, ShapeId::LIST | ShapeId::TUPLE));
        let (Some(source), Some(ShapeId::LIST)) = (source, shape(object)) else { return Ok(false) };
        let Some(bounds) = self.slice_bounds(start, stop) else { return Ok(false) };
        if !self.shape_is(object, ShapeId::LIST.0) || !self.shape_is(value, source.0) {
            return Ok(false);
        }
        let args = [Arg::V(object.by), Arg::I(bounds[0]), Arg::I(bounds[1]), Arg::V(value.by)];
        self.call_of_lists("assign_slice", assign_slice as *const () as usize, CHANGES, &args);
        self.run_again()?;
        self.after_effect = true;
        Ok(true)
    }

    /// The bounds of a slice as numbers, guarded; `None`: one is something else.
    fn slice_bounds(&mut self, start: Known<Value>, stop: Known<Value>) -> Option<[Ref; 2]> {
        let number = |value: Known<Value>| value.now.is_none() || value.now.is_fixnum();
        if !number(start) || !number(stop) {
            return None;
        }
        let mut bound = |value: Known<Value>, default: i64| {
            if value.now.is_none() {
                return self.is_same(value, Value::NONE).then(|| self.int(default));
            }
            self.is_int(value).then(|| Machine::int(self, value).by)
        };
        Some([bound(start, 0)?, bound(stop, i64::MAX)?])
    }

    fn call_of_lists(&mut self, name: &str, address: usize, effects: Effects, args: &[Arg]) -> Ref {
        self.loses_errno();
        let callee = Self::callee(name, address, effects, args, AbiTy::Value);
        let refs: Vec<Ref> = args.iter().map(|arg| arg.value()).collect();
        self.out.call(callee, &refs, Ty::V)
    }

    fn set_list(&mut self, i: Insn, made: Ref) {
        self.learn_made(made, Kind::List);
        self.learn(made, |fact| fact.exact = Some(ShapeId::LIST.0));
        let slot = self.slot_of(i.a());
        self.set_slot(slot, made);
    }
}

/// The place in a list of `len` items that a bound says.
fn place(bound: i64, len: usize) -> usize {
    let bound = if bound < 0 { bound.saturating_add_unsigned(len as u64).max(0) } else { bound };
    (bound as usize).min(len)
}

fn items_of<'a>(word: u64) -> &'a [Value] {
    let obj = Value::from_bits(word).as_ptr();
    let list = obj.and_then(List::of).map(List::items);
    list.or_else(|| obj.and_then(Tuple::of).map(Tuple::items)).unwrap_or(&[])
}

/// `list[start:stop]`
///
/// # Safety
/// Called by compiled code only, with an exact list.
unsafe extern "C" fn slice_list(vm: *mut c_void, list: u64, start: i64, stop: i64) -> u64 {
    // SAFETY: compiled code passes the runtime that entered it.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    let items = items_of(list);
    let (start, stop) = (place(start, items.len()), place(stop, items.len()));
    List::of_parts(&mut vm.heap, &items[start..stop.max(start)], &[]).value().bits()
}

/// `a + b`
///
/// # Safety
/// Called by compiled code only, with exact lists.
unsafe extern "C" fn add_lists(vm: *mut c_void, a: u64, b: u64) -> u64 {
    // SAFETY: compiled code passes the runtime that entered it.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    List::of_parts(&mut vm.heap, items_of(a), items_of(b)).value().bits()
}

/// `list[start:stop] = source`
///
/// # Safety
/// Called by compiled code only, with an exact list and an exact list or tuple.
unsafe extern "C" fn assign_slice(
    vm: *mut c_void,
    list: u64,
    start: i64,
    stop: i64,
    source: u64,
) -> u64 {
    // SAFETY: compiled code passes the runtime that entered it.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    if let Some(to) = Value::from_bits(list).as_ptr().and_then(List::of) {
        let (start, stop) = (place(start, to.len()), place(stop, to.len()));
        let (items, stop) = (items_of(source), stop.max(start));
        if list == source {
            to.splice(&mut vm.heap, start, stop, &items.to_vec());
        } else {
            to.splice(&mut vm.heap, start, stop, items);
        }
    }
    Value::NONE.bits()
}
