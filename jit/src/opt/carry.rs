//! What a loop carries from one iteration to the next: slots, places in memory, fields of objects that nobody else knows.
//!
//! Each is assumed to be one of: the same in every iteration; a `phi`, unboxed if the first iteration left a number;
//! an object that each iteration makes anew from its fields, which are carried themselves.
use super::emit::{Emitter, plain};
use super::facts::{Facts, Kinds};
use super::heap::{Cell, load_of};
use super::slots::is_register;
use crate::ir::{Alias, Inst, IrOp, Ref, Snapshot, Ty};

/// Where a carried value lives.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// In an interpreter slot; dirty: memory is out of date at the loop's head.
    Slot { number: i32, dirty: bool },
    /// In memory.
    Cell(Cell),
    /// In a field of an object that is made anew.
    Field { offset: i64, op: IrOp, alias: Alias },
}

/// What the body assumes of it.
#[derive(Clone, Debug)]
pub(super) enum Assume {
    /// The same value in each iteration.
    Same,
    /// A value of this type for which these facts hold.
    Phi { ty: Ty, facts: Facts },
    /// An object of this layout; its fields are carried under these numbers.
    Made { layout: usize, fields: Vec<usize> },
    /// Always the value that is carried under another number.
    With(usize),
    /// Always the address of inner memory of the object that is made anew under another number.
    Inside(usize),
    /// Something that was the same is not: a `phi`, of which as little as possible is assumed.
    Changing,
    /// Nothing is known.
    Gone,
}

/// One carried value.
#[derive(Clone, Debug)]
pub(super) struct Carried {
    /// Where it lives.
    pub(super) place: Place,
    /// What the first iteration left there.
    pub(super) entry: Ref,
    /// What the body assumes.
    pub(super) assume: Assume,
    /// Its `phi`, in this emission of the body.
    pub(super) phi: Option<Ref>,
    /// Is what it is at the body's end the value of its `phi`, or of that which it goes with?
    pub(super) closed: bool,
    /// What it is at the body's start.
    pub(super) value: Ref,
}

/// Everything that is carried.
#[derive(Clone, Default, Debug)]
pub(super) struct Carry {
    /// An object before its fields.
    pub(super) all: Vec<Carried>,
}

impl Carry {
    /// What the first iteration left: `state` is every slot's value.
    /// What of it `end`, the recorded snapshot of the loop's end, lists has changed.
    pub(super) fn classify(e: &Emitter<'_>, end: &Snapshot, state: &[(i32, Ref)]) -> Carry {
        let mut carry = Carry::default();
        for &(number, value) in state.iter().filter(|(number, _)| is_register(*number)) {
            let header = e.slots.header.iter().find(|(other, _)| *other == number);
            let dirty = !e.in_memory(number, value, lists(end, number));
            if !dirty && header.is_none() {
                continue;
            }
            let same = header.is_some_and(|(_, header)| e.resolve(*header) == value);
            carry.add(e, Place::Slot { number, dirty }, value, same);
        }
        for cell in e.heap.all().filter(|cell| cell.alias != Alias::CONSTANT) {
            carry.add(e, Place::Cell(*cell), e.resolve(cell.value), !cell.stored);
        }
        carry
    }

    /// One more carried value; its number.
    pub(super) fn add(&mut self, e: &Emitter<'_>, place: Place, entry: Ref, same: bool) -> usize {
        let number = self.all.len();
        let with = self.all.iter().position(|other| {
            // Only what is checked in any case: a cell is when the body used it.
            other.entry == entry
                && !matches!(other.place, Place::Cell(_))
                && matches!(other.assume, Assume::Phi { .. } | Assume::Made { .. })
        });
        let assume = match with {
            _ if same || e.constant(entry).is_some() => Assume::Same,
            Some(with) => Assume::With(with),
            None => phi_for(e, entry),
        };
        self.push(place, entry, assume);
        if let Some(object) = e.unescaped(entry)
            && with.is_none()
            && !same
        {
            let object = e.fresh.get(object).clone();
            self.all[number].assume = Assume::Made { layout: object.layout, fields: Vec::new() };
            for field in object.fields {
                let place = Place::Field { offset: field.offset, op: field.op, alias: field.alias };
                let value = e.resolve(field.value);
                let child = match self.holder(e, field.op, value) {
                    Some(holder) => self.push(place, value, Assume::Inside(holder)),
                    None => self.add(e, place, value, false),
                };
                self.add_field(number, child);
            }
        }
        number
    }
    fn push(&mut self, place: Place, entry: Ref, assume: Assume) -> usize {
        self.all.push(Carried { place, entry, assume, phi: None, closed: false, value: entry });
        self.all.len() - 1
    }
    /// The number of the object in whose inner memory an address is.
    fn holder(&self, e: &Emitter<'_>, op: IrOp, address: Ref) -> Option<usize> {
        if op != IrOp::StoreP {
            return None;
        }
        let object = e.fresh.get(e.inner_of(address)?).alloc;
        self.all
            .iter()
            .position(|other| other.entry == object && matches!(other.assume, Assume::Made { .. }))
    }
    /// The object `parent` has the field that is carried under `child`.
    pub(super) fn add_field(&mut self, parent: usize, child: usize) {
        if let Assume::Made { fields, .. } = &mut self.all[parent].assume {
            fields.push(child);
        }
    }

    /// Assume as little as possible.
    pub(super) fn weaken_all(&mut self, e: &Emitter<'_>) {
        for carried in &mut self.all {
            let unchanged =
                matches!(carried.assume, Assume::Same) && e.constant(carried.entry).is_none();
            carried.assume = match carried.place {
                Place::Slot { .. } if unchanged => Assume::Same,
                Place::Slot { .. } => Assume::Phi { ty: Ty::V, facts: Facts::NONE },
                Place::Cell(_) | Place::Field { .. } => Assume::Gone,
            };
        }
    }

    /// Write the loop's head: label, `phi`s, and the values that the body starts with.
    pub(super) fn start_body(&mut self, e: &mut Emitter<'_>) {
        for number in 0..self.all.len() {
            if let Assume::With(other) = self.all[number].assume
                && !matches!(self.all[other].assume, Assume::Phi { .. } | Assume::Made { .. })
            {
                self.all[number].assume = Assume::Changing;
            }
            if let Assume::Inside(holder) = self.all[number].assume
                && !matches!(self.all[holder].assume, Assume::Made { .. })
            {
                self.all[number].assume = Assume::Changing;
            }
        }
        for carried in &mut self.all {
            if matches!(carried.assume, Assume::Changing) {
                carried.assume = widest_phi(e, carried);
            }
            carried.phi = None;
            carried.closed = false;
            carried.value = carried.entry;
            if let Assume::Phi { ty, .. } = carried.assume {
                carried.value = unboxed(e, carried.entry, ty)
                    .expect("the type of a phi is that of the first iteration's value");
                e.escape(carried.value);
            }
        }
        e.effect(IrOp::Label, &[], 0);
        for carried in &mut self.all {
            if let Assume::Phi { ty, facts } = carried.assume {
                let phi = plain(IrOp::Phi, ty, &[carried.value, carried.value], 0);
                let phi = e.write_with(phi, facts);
                carried.phi = Some(phi);
                carried.value = phi;
            }
        }
        let mut ready = vec![false; self.all.len()];
        for number in 0..self.all.len() {
            self.start_value(e, number, &mut ready);
        }
        self.start_state(e);
    }

    fn start_value(&mut self, e: &mut Emitter<'_>, number: usize, ready: &mut [bool]) {
        if std::mem::replace(&mut ready[number], true) {
            return;
        }
        match &self.all[number].assume {
            &Assume::With(other) => {
                self.start_value(e, other, ready);
                self.all[number].value = self.all[other].value;
            }
            &Assume::Inside(holder) => {
                self.start_value(e, holder, ready);
                let object = self.all[holder].value;
                let number_of = e.unescaped(object).expect("the body has just made it");
                let inner = e.layouts[e.fresh.get(number_of).layout].inner;
                let offset = e.const_i(i64::from(inner));
                self.all[number].value = e.op(IrOp::PAdd, &[object, offset]);
            }
            Assume::Phi { .. } if holds_word(&self.all[number].place) => {
                let phi = self.all[number].value;
                self.all[number].value = e.boxed(phi);
            }
            Assume::Made { layout, fields } => {
                let (layout, fields) = (*layout, fields.clone());
                let object = e.alloc(&plain(IrOp::Alloc, Ty::V, &[], layout as i64));
                self.all[number].value = object;
                for field in fields {
                    self.start_value(e, field, ready);
                    let value = self.all[field].value;
                    if let Place::Field { offset, op, alias } = self.all[field].place {
                        let store = plain(op, Ty::Unit, &[object, value], offset);
                        e.store(&Inst { alias, ..store });
                    }
                }
            }
            _ => {}
        }
    }

    /// Slots and memory hold these values at the body's start.
    fn start_state(&self, e: &mut Emitter<'_>) {
        e.slots.forget();
        e.heap.retain(|cell| cell.alias == Alias::CONSTANT);
        e.heap.used.clear();
        for (number, carried) in self.all.iter().enumerate() {
            let value = carried.value;
            match carried.place {
                Place::Slot { number, dirty } => {
                    e.slots.header.push((number, value));
                    e.slots.set(number, value, (!dirty).then_some(value));
                }
                Place::Cell(cell) if !matches!(carried.assume, Assume::Gone) => {
                    let from = Some(number as u32);
                    e.heap.set(Cell { value, from, stored: false, ..cell });
                }
                _ => {}
            }
        }
    }
}

/// Does a snapshot list a slot?
pub(super) fn lists(snapshot: &Snapshot, number: i32) -> bool {
    snapshot.slots.binary_search_by_key(&number, |(other, _)| *other).is_ok()
}

/// Is the place one of value words?
pub(super) fn holds_word(place: &Place) -> bool {
    match place {
        Place::Slot { .. } => true,
        Place::Cell(cell) => matches!(cell.op, IrOp::LoadV | IrOp::StoreV),
        Place::Field { op, .. } => *op == IrOp::StoreV,
    }
}

fn phi_for(e: &Emitter<'_>, entry: Ref) -> Assume {
    let facts = Facts { same: None, fresh: None, ..e.facts(entry) };
    let inst = e.inst(entry);
    if inst.ty != Ty::V {
        return Assume::Phi { ty: inst.ty, facts };
    }
    if inst.op == IrOp::BoxF || facts.kinds == Kinds::FLOAT {
        return Assume::Phi { ty: Ty::F, facts: Facts::NONE };
    }
    match facts.kinds {
        Kinds::INT if inst.op == IrOp::BoxI => {
            let number = e.facts(inst.args[0]);
            Assume::Phi { ty: Ty::I, facts: Facts { same: None, ..number.and(Facts::SMALL) } }
        }
        Kinds::INT => Assume::Phi { ty: Ty::I, facts: Facts::SMALL },
        Kinds::BOOL => Assume::Phi { ty: Ty::B, facts: Facts::NONE },
        _ => Assume::Phi { ty: Ty::V, facts },
    }
}

/// A `phi` for a value that changes in a way that the first iteration does not tell.
fn widest_phi(e: &Emitter<'_>, carried: &Carried) -> Assume {
    let Assume::Phi { ty, .. } = phi_for(e, carried.entry) else { return Assume::Gone };
    let facts = if ty == Ty::I && holds_word(&carried.place) { Facts::SMALL } else { Facts::NONE };
    Assume::Phi { ty, facts }
}

/// The value in the type that a `phi` has; `None`: it is not known to be of that type.
pub(super) fn unboxed(e: &mut Emitter<'_>, value: Ref, ty: Ty) -> Option<Ref> {
    let inst = e.inst(value);
    if inst.ty == ty {
        return Some(e.resolve(value));
    }
    let kinds = e.facts(value).kinds;
    let op = match ty {
        Ty::I if kinds == Kinds::INT => IrOp::UnboxI,
        Ty::F if kinds == Kinds::FLOAT || inst.op == IrOp::BoxF => IrOp::UnboxF,
        Ty::B if kinds == Kinds::BOOL => IrOp::UnboxB,
        Ty::V => return Some(e.boxed(value)),
        _ => return None,
    };
    Some(e.op(op, &[value]))
}

/// Do two operations see a place in the same way?
pub(super) fn same_view(a: IrOp, b: IrOp) -> bool {
    a == b
        || load_of(a) == Some(b)
        || load_of(b) == Some(a)
        || load_of(a).is_some() && load_of(a) == load_of(b)
}
