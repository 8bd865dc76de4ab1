//! Lists: slices, sums and changes of them, which are one call each that runs no Python and takes numbers as such; and what needs
//! no call at all.
use std::ffi::c_void;

use haft_bytecode::{Insn, Op};
use haft_heap::{Heap, Value};
use haft_jit::ir::{AbiTy, Effects, IrOp, Ref, Ty};

use super::rec::{Arg, Known, Rec};
use super::{Abort, layout};
use crate::interp::machine::Machine;
use crate::object::{Kind, List, ShapeId, Tuple};
use crate::vm::{R, Vm};

/// Neither more items nor more times of them are repeated by a call that cannot run out of memory.
const MOST_REPEATED: i64 = 4096;
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
        self.learn(made, |fact| fact.slice = Some([object.by, bounds[0], bounds[1]]));
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
        let made = if let (Some(a), Some(b)) = (self.slice(a.by), self.slice(b.by)) {
            // The slices themselves are mostly not made.
            let [a, b] =
                [a, b].map(|[list, start, stop]| [Arg::V(list), Arg::I(start), Arg::I(stop)]);
            let args = [a, b].concat();
            self.call_of_lists("add_slices", add_slices as *const () as usize, MAKES, &args)
        } else {
            let args = [Arg::V(a.by), Arg::V(b.by)];
            self.call_of_lists("add_lists", add_lists as *const () as usize, MAKES, &args)
        };
        self.run_again()?;
        self.set_list(i, made);
        Ok(true)
    }

    /// The list and bounds of which a list is a slice, while neither has changed.
    fn slice(&self, list: Ref) -> Option<[Ref; 3]> {
        self.fact(list).slice.filter(|_| self.out.is_unwritten_since(list, LISTS))
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

    /// `r[a] = r[b] * r[c]` of a list and a number, both not large; false: they are none, or the list is to be changed.
    pub(super) fn repeated_list(&mut self, i: Insn) -> R<bool> {
        let a = self.reg(i.b());
        let b = match i.op() {
            Op::MulI => self.constant(Value::small(i32::from(i.c_int()))),
            _ => self.reg(i.c()),
        };
        let (Some(list), Some(times)) = (exact_list(a.now), b.now.as_fixnum()) else {
            return Ok(false);
        };
        let is_small = |number: i64| (0..MOST_REPEATED).contains(&number);
        if i.x() != 0 || !is_small(times) || !is_small(list.len() as i64) || !self.is_int(b) {
            return Ok(false);
        }
        self.shape_is(a, ShapeId::LIST.0);
        let times = Machine::int(self, b).by;
        for number in [times, self.list_len(a.by)] {
            let most = self.int(MOST_REPEATED);
            let small = self.op(IrOp::ULt, &[number, most]);
            self.test(true, small);
        }
        let args = [Arg::V(a.by), Arg::I(times)];
        let address = repeat_list as *const () as usize;
        let made = self.call_of_lists("repeat_list", address, MAKES, &args);
        self.run_again()?;
        self.set_list(i, made);
        Ok(true)
    }

    /// `list.pop()` of a list that has items.
    pub(super) fn pop_last(&mut self, list: Known<Value>) -> Option<Known<Value>> {
        let now = exact_list(list.now).filter(|now| !now.is_empty())?;
        self.shape_is(list, ShapeId::LIST.0);
        let len = self.list_len(list.by);
        let (zero, one) = (self.int(0), self.int(1));
        let some = self.op(IrOp::INe, &[len, zero]);
        self.test(true, some);
        let last = self.op(IrOp::Sub, &[len, one]);
        let items = self.load(IrOp::LoadV, list.by, layout::LIST_ITEMS, layout::LIST);
        let at = self.out.imm(IrOp::Index, &[items, last], 8);
        let by = self.load(IrOp::LoadV, at, layout::FIRST_SLOT, layout::ITEMS);
        let absent = self.constant_word(Value::ABSENT);
        self.out.memory(IrOp::StoreV, &[at, absent], layout::FIRST_SLOT, layout::ITEMS);
        self.write_len(list, last);
        Some(Known { now: now.pop()?, by })
    }

    /// `list.pop(index)` of an index that is inside.
    pub(super) fn pop_at(
        &mut self,
        list: Known<Value>,
        index: Known<Value>,
    ) -> Option<Known<Value>> {
        let now = exact_list(list.now)?;
        let at = index.now.as_fixnum()?;
        let place_now = if at < 0 { at + now.len() as i64 } else { at };
        let place_now = usize::try_from(place_now).ok().filter(|place| *place < now.len())?;
        if !self.shape_is(list, ShapeId::LIST.0) || !self.is_int(index) {
            return None;
        }
        let index = Machine::int(self, index);
        let len = self.list_len(list.by);
        let place = self.index_in(len, index, true)?;
        let args = [Arg::V(list.by), Arg::I(place)];
        let by = self.call_of_lists("take_item", take_item as *const () as usize, CHANGES, &args);
        self.changed();
        Some(Known { now: take(&mut self.d.vm.heap, now, place_now), by })
    }

    /// `list.insert(index, item)`
    pub(super) fn insert(
        &mut self,
        list: Known<Value>,
        index: Known<Value>,
        item: Known<Value>,
    ) -> Option<Known<Value>> {
        let now = exact_list(list.now)?;
        let at = index.now.as_fixnum()?;
        if !self.shape_is(list, ShapeId::LIST.0) || !self.is_int(index) {
            return None;
        }
        let index = Machine::int(self, index).by;
        let args = [Arg::V(list.by), Arg::I(index), Arg::V(item.by)];
        self.call_of_lists("insert_item", insert_item as *const () as usize, CHANGES, &args);
        self.changed();
        now.insert(&mut self.d.vm.heap, place(at, now.len()), item.now);
        Some(self.constant(Value::NONE))
    }
    fn changed(&mut self) {
        self.after_effect = true;
        self.state_changed();
    }

    /// A list's iterator has ended: it forgets its list.
    pub(super) fn list_ended(&mut self, iter: Known<Value>) {
        let absent = self.constant_word(Value::ABSENT);
        let args = [iter.by, absent];
        self.out.memory(IrOp::StoreV, &args, layout::LIST_ITER_LIST, layout::ITERATOR);
        self.after_effect = true;
    }

    /// The next item of a list's iterator that goes backward from `index`, of what it is now; `None`, guarded: it has ended.
    pub(super) fn next_backward(
        &mut self,
        iter: Known<Value>,
        list: Ref,
        (index, now): (usize, Option<Value>),
    ) -> Option<Known<Value>> {
        if now.is_none() && index > 0 {
            self.give_up(Abort::UnusualIterator);
        }
        let by = self.load(IrOp::LoadI64, iter.by, layout::LIST_ITER_INDEX, layout::ITERATOR);
        let zero = self.int(0);
        let more = self.op(IrOp::IGt, &[by, zero]);
        self.test(now.is_some(), more);
        let Some(now) = now else {
            self.list_ended(iter);
            return None;
        };
        let minus_one = self.int(-1);
        let place = self.op(IrOp::Add, &[by, minus_one]);
        let len = self.list_len(list);
        let inside = self.op(IrOp::ULt, &[place, len]);
        self.test(true, inside);
        let items = self.load(IrOp::LoadV, list, layout::LIST_ITEMS, layout::LIST);
        let by = self.item_of(items, place, layout::ITEMS);
        self.out.memory(
            IrOp::StoreI64,
            &[iter.by, place],
            layout::LIST_ITER_INDEX,
            layout::ITERATOR,
        );
        self.after_effect = true;
        Some(Known { now, by })
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

fn exact_list(value: Value) -> Option<List> {
    value.as_ptr().filter(|obj| obj.shape() == ShapeId::LIST.0).and_then(List::of)
}

/// Take an item away that is there.
fn take(heap: &mut Heap, list: List, place: usize) -> Value {
    let item = list.at(place);
    list.splice(heap, place, place + 1, &[]);
    item
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

/// The items of a list between two bounds of a slice.
fn items_between<'a>(list: u64, start: i64, stop: i64) -> &'a [Value] {
    let items = items_of(list);
    let (start, stop) = (place(start, items.len()), place(stop, items.len()));
    &items[start..stop.max(start)]
}

/// `list[start:stop]`
///
/// # Safety
/// Called by compiled code only, with an exact list.
unsafe extern "C" fn slice_list(vm: *mut c_void, list: u64, start: i64, stop: i64) -> u64 {
    // SAFETY: compiled code passes the runtime that entered it.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    List::of_parts(&mut vm.heap, items_between(list, start, stop), &[]).value().bits()
}

/// `a[a_start:a_stop] + b[b_start:b_stop]`
///
/// # Safety
/// Called by compiled code only, with exact lists.
unsafe extern "C" fn add_slices(
    vm: *mut c_void,
    a: u64,
    a_start: i64,
    a_stop: i64,
    b: u64,
    b_start: i64,
    b_stop: i64,
) -> u64 {
    // SAFETY: compiled code passes the runtime that entered it.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    let (a, b) = (items_between(a, a_start, a_stop), items_between(b, b_start, b_stop));
    List::of_parts(&mut vm.heap, a, b).value().bits()
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

/// `list * times`
///
/// # Safety
/// Called by compiled code only, with an exact list and a number that is not negative.
unsafe extern "C" fn repeat_list(vm: *mut c_void, list: u64, times: i64) -> u64 {
    // SAFETY: compiled code passes the runtime that entered it.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    List::repeated(&mut vm.heap, items_of(list), times as usize).value().bits()
}

/// `list.pop(place)`
///
/// # Safety
/// Called by compiled code only, with an exact list and a place that is inside.
unsafe extern "C" fn take_item(vm: *mut c_void, list: u64, place: i64) -> u64 {
    // SAFETY: compiled code passes the runtime that entered it.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    let list = Value::from_bits(list).as_ptr().and_then(List::of);
    list.map_or(Value::ABSENT, |list| take(&mut vm.heap, list, place as usize)).bits()
}

/// `list.insert(index, item)`
///
/// # Safety
/// Called by compiled code only, with an exact list.
unsafe extern "C" fn insert_item(vm: *mut c_void, list: u64, index: i64, item: u64) -> u64 {
    // SAFETY: compiled code passes the runtime that entered it.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    if let Some(list) = Value::from_bits(list).as_ptr().and_then(List::of) {
        list.insert(&mut vm.heap, place(index, list.len()), Value::from_bits(item));
    }
    Value::NONE.bits()
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
        // What a list is given of itself moves while it is given.
        let own = if list == source { items.to_vec() } else { Vec::new() };
        let items = if list == source { &own } else { items };
        to.splice(&mut vm.heap, start, stop, items);
    }
    Value::NONE.bits()
}
