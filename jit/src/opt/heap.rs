//! What memory is known to hold: loads that were done and stores that were written, by alias class.
//!
//! A store forgets what it may overwrite: cells of its class at overlapping offsets of the same object, or of an object
//! that may be the same. A call forgets the classes that it may write.
use super::emit::{Emitter, plain};
use super::facts::Facts;
use super::fresh::{Written, overlaps};
use crate::ir::{Alias, Inst, IrOp, Ref, Ty};

/// Most cells of one class: the search is linear.
const MOST_CELLS: usize = 64;

/// A place in memory whose contents are known.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Cell {
    /// Object or address.
    pub(super) base: Ref,
    /// Byte offset from it.
    pub(super) offset: i64,
    /// The load that would give `value`, or the store that wrote it.
    pub(super) op: IrOp,
    /// Its alias class.
    pub(super) alias: Alias,
    /// The value.
    pub(super) value: Ref,
    /// Was it written by the trace?
    pub(super) stored: bool,
    /// Number of the cell at the loop's label that it is, untouched.
    pub(super) from: Option<u32>,
}

/// What memory holds.
#[derive(Clone, Default, Debug)]
pub(super) struct Heap {
    classes: Vec<Vec<Cell>>,
    /// Cells of the label whose contents the body used, by `Cell::from`.
    pub(super) used: Vec<u32>,
}

impl Heap {
    fn class(&mut self, alias: Alias) -> &mut Vec<Cell> {
        let at = usize::from(alias.0);
        if self.classes.len() <= at {
            self.classes.resize_with(at + 1, Vec::new);
        }
        &mut self.classes[at]
    }
    /// The cells of a class.
    pub(super) fn cells(&self, alias: Alias) -> &[Cell] {
        self.classes.get(usize::from(alias.0)).map_or(&[], Vec::as_slice)
    }
    /// Every cell.
    pub(super) fn all(&self) -> impl Iterator<Item = &Cell> {
        self.classes.iter().flatten()
    }
    /// Keep the cells for which `keep` holds.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(&Cell) -> bool) {
        for class in &mut self.classes {
            class.retain(|cell| keep(cell));
        }
    }
    /// Memory holds this now.
    pub(super) fn set(&mut self, cell: Cell) {
        let cells = self.class(cell.alias);
        if cells.len() >= MOST_CELLS && cell.alias != Alias::CONSTANT {
            cells.remove(0);
        }
        cells.push(cell);
    }
    /// A call may have written these classes.
    pub(super) fn forget(&mut self, writes: u64) {
        for (at, class) in self.classes.iter_mut().enumerate() {
            if at > 0 && writes >> at & 1 == 1 {
                class.clear();
            }
        }
    }
    /// The cell of a place.
    pub(super) fn find(&self, alias: Alias, base: Ref, offset: i64, bytes: i64) -> Option<Cell> {
        let fits = |cell: &&Cell| {
            cell.base == base && cell.offset == offset && i64::from(cell.op.access_bytes()) == bytes
        };
        self.cells(alias).iter().rev().find(fits).copied()
    }
}

impl Emitter<'_> {
    /// Read memory.
    pub(super) fn load(&mut self, inst: &Inst) -> Ref {
        let (base, offset) = self.address(inst.args[0], inst.imm);
        let bytes = i64::from(inst.op.access_bytes());
        let at = Inst { args: [base].as_slice().into(), imm: offset, ..inst.clone() };
        if let Some(number) = self.facts(base).fresh {
            let object = self.fresh.get(number);
            if !object.escaped {
                return self.load_fresh(number, at);
            }
            // Constant memory is as it was when others got to know the object.
            let untouched = matches!(object.field(offset, bytes), Ok(None));
            let layout = object.layout;
            if inst.alias == Alias::CONSTANT
                && untouched
                && let Some(bits) = self.initial(layout, offset, bytes)
            {
                return self.read_as(inst.op, bits);
            }
        }
        if let Some(cell) = self.heap.find(inst.alias, base, offset, bytes)
            && let Some(value) = self.converted(cell.op, cell.value, inst.op)
        {
            self.heap.used.extend(cell.from);
            return value;
        }
        if inst.alias == Alias::CONSTANT {
            return self.merged(at);
        }
        let Inst { op, alias, .. } = at;
        let value = self.write(at);
        self.heap.set(Cell { base, offset, op, alias, value, stored: false, from: None });
        value
    }

    fn load_fresh(&mut self, number: u32, at: Inst) -> Ref {
        let bytes = i64::from(at.op.access_bytes());
        let object = self.fresh.get(number);
        let layout = object.layout;
        match object.field(at.imm, bytes) {
            Ok(Some(Written { op, value, .. })) => {
                if let Some(value) = self.converted(op, value, at.op) {
                    return value;
                }
            }
            Ok(None) => {
                if let Some(bits) = self.initial(layout, at.imm, bytes) {
                    return self.read_as(at.op, bits);
                }
            }
            Err(()) => {
                if let Some(value) = self.load_parts(number, &at) {
                    return value;
                }
            }
        }
        self.escape_fresh(number);
        self.write(at)
    }

    /// An int of a new object that is part of a larger one, or consists of smaller ones.
    fn load_parts(&mut self, number: u32, at: &Inst) -> Option<Ref> {
        let bytes = i64::from(at.op.access_bytes());
        let object = self.fresh.get(number);
        let layout = object.layout;
        let inside = (at.imm, bytes);
        let mut parts: Vec<Written> = object.fields.clone();
        parts.retain(|field| overlaps((field.offset, i64::from(field.op.access_bytes())), inside));
        parts.sort_by_key(|field| field.offset);
        let extend =
            |bits: i64, signed: bool| (if signed { IrOp::SignExt } else { IrOp::ZeroExt }, bits);
        if cfg!(target_endian = "big") {
            return None;
        }
        if let &[Written { offset, op: IrOp::StoreI64, value, .. }] = parts.as_slice() {
            let (op, bits) = match at.op {
                IrOp::LoadI32 => extend(32, true),
                IrOp::LoadU32 => extend(32, false),
                IrOp::LoadI16 => extend(16, true),
                IrOp::LoadU16 => extend(16, false),
                IrOp::LoadI8 => extend(8, true),
                IrOp::LoadU8 => extend(8, false),
                _ => return None,
            };
            let within = at.imm - offset;
            if within < 0 || within + bytes > 8 {
                return None;
            }
            let value = self.resolve(value);
            let shift = self.of_bits(Ty::I, (within * 8).cast_unsigned());
            let shifted = self.op(IrOp::ShrU, &[value, shift]);
            return Some(self.imm(op, &[shifted], bits));
        }
        if at.op != IrOp::LoadI64 {
            return None;
        }
        let is_part = |field: &Written| {
            matches!(field.op, IrOp::StoreI32 | IrOp::StoreI16 | IrOp::StoreI8)
                && field.offset >= at.imm
                && field.offset + i64::from(field.op.access_bytes()) <= at.imm + 8
        };
        if !parts.iter().all(is_part) {
            return None;
        }
        // What nobody wrote is as in a new object.
        let mut bits = self.initial(layout, at.imm, 8)?;
        for part in &parts {
            let width = part.op.access_bytes() * 8;
            bits &= !(((1u64 << width) - 1) << ((part.offset - at.imm) * 8));
        }
        let mut whole = self.of_bits(Ty::I, bits);
        for part in parts {
            let value = self.resolve(part.value);
            let low = self.imm(IrOp::ZeroExt, &[value], i64::from(part.op.access_bytes() * 8));
            let shift = self.of_bits(Ty::I, ((part.offset - at.imm) * 8).cast_unsigned());
            let moved = self.op(IrOp::Shl, &[low, shift]);
            whole = self.op(IrOp::Or, &[whole, moved]);
        }
        Some(whole)
    }

    /// What a load makes of raw bits.
    pub(super) fn read_as(&mut self, load: IrOp, bits: u64) -> Ref {
        let bits = match load {
            IrOp::LoadI8 => i64::from(bits as i8).cast_unsigned(),
            IrOp::LoadI16 => i64::from(bits as i16).cast_unsigned(),
            IrOp::LoadI32 => i64::from(bits as i32).cast_unsigned(),
            IrOp::LoadF32 => f64::from(f32::from_bits(bits as u32)).to_bits(),
            _ => bits,
        };
        self.of_bits(load.row().result, bits)
    }

    /// What `load` reads where `known` read or wrote `value`; `None`: the bits are seen as another type.
    pub(super) fn converted(&mut self, known: IrOp, value: Ref, load: IrOp) -> Option<Ref> {
        let value = self.resolve(value);
        if known == load {
            return Some(value);
        }
        Some(match (known, load) {
            (IrOp::StoreV, IrOp::LoadV)
            | (IrOp::StoreP, IrOp::LoadP)
            | (IrOp::StoreI64, IrOp::LoadI64)
            | (IrOp::StoreF64, IrOp::LoadF64) => value,
            (IrOp::StoreF32, IrOp::LoadF32) => self.op(IrOp::FToSingle, &[value]),
            (IrOp::StoreI8 | IrOp::LoadU8, IrOp::LoadI8) => self.imm(IrOp::SignExt, &[value], 8),
            (IrOp::StoreI16 | IrOp::LoadU16, IrOp::LoadI16) => {
                self.imm(IrOp::SignExt, &[value], 16)
            }
            (IrOp::StoreI32 | IrOp::LoadU32, IrOp::LoadI32) => {
                self.imm(IrOp::SignExt, &[value], 32)
            }
            (IrOp::StoreI8 | IrOp::LoadI8, IrOp::LoadU8) => self.imm(IrOp::ZeroExt, &[value], 8),
            (IrOp::StoreI16 | IrOp::LoadI16, IrOp::LoadU16) => {
                self.imm(IrOp::ZeroExt, &[value], 16)
            }
            (IrOp::StoreI32 | IrOp::LoadI32, IrOp::LoadU32) => {
                self.imm(IrOp::ZeroExt, &[value], 32)
            }
            (IrOp::StoreP | IrOp::LoadP, IrOp::LoadI64) => self.op(IrOp::PToI, &[value]),
            (IrOp::StoreI64 | IrOp::LoadI64, IrOp::LoadP) => self.op(IrOp::IToP, &[value]),
            _ => return None,
        })
    }

    /// Write memory.
    pub(super) fn store(&mut self, inst: &Inst) {
        let (base, offset) = self.address(inst.args[0], inst.imm);
        let value = self.resolve(inst.args[1]);
        let Inst { op, alias, .. } = *inst;
        let at = Inst { args: [base, value].as_slice().into(), imm: offset, ..inst.clone() };
        let bytes = i64::from(op.access_bytes());
        let written = Written { offset, op, alias, value };
        if let Some(number) = self.unescaped(base) {
            let held = match op {
                IrOp::StoreV => self.facts(value).fresh,
                _ => self.inner_of(value),
            };
            if op != IrOp::StoreV && held.is_none() {
                self.escape(value);
            }
            let object = self.fresh.get_mut(number);
            if object.field(offset, bytes).is_ok() {
                object.held.extend(held);
                object.fields.retain(|field| field.offset != offset);
                object.fields.push(written);
                self.write(at);
                return;
            }
            self.escape_fresh(number);
        }
        self.escape(value);
        if let Some(cell) = self.heap.find(alias, base, offset, bytes)
            && self.resolve(cell.value) == value
            && (cell.op == op || load_of(op) == Some(cell.op))
        {
            self.heap.used.extend(cell.from);
            return;
        }
        self.overwrite(alias, base, offset, bytes);
        self.heap.set(Cell { base, offset, op, alias, value, stored: true, from: None });
        self.write(at);
    }

    /// The new object, unknown to others, whose inner memory is at an address.
    pub(super) fn inner_of(&self, address: Ref) -> Option<u32> {
        let (base, offset) = self.address(address, 0);
        let number = self.unescaped(base)?;
        let inner = self.layouts[self.fresh.get(number).layout].inner;
        (inner != 0 && offset == i64::from(inner)).then_some(number)
    }

    fn overwrite(&mut self, alias: Alias, base: Ref, offset: i64, bytes: i64) {
        let mut cells = std::mem::take(self.heap.class(alias));
        cells.retain(|cell| {
            let place = (cell.offset, i64::from(cell.op.access_bytes()));
            !self.may_touch((cell.base, place), (base, (offset, bytes)))
        });
        *self.heap.class(alias) = cells;
    }

    /// May two places of one class, each (base, (offset, bytes)), be the same memory?
    pub(super) fn may_touch(&self, a: (Ref, (i64, i64)), b: (Ref, (i64, i64))) -> bool {
        if a.0 == b.0 {
            return overlaps(a.1, b.1);
        }
        if let (Some(x), Some(y)) = (self.constant(a.0), self.constant(b.0)) {
            let place = |base: u64, (offset, bytes): (i64, i64)| {
                (base.cast_signed().wrapping_add(offset), bytes)
            };
            return overlaps(place(x, a.1), place(y, b.1));
        }
        let (old, new) = if a.0 < b.0 { (a.0, b.0) } else { (b.0, a.0) };
        // What was known before an object was made is not that object.
        if old != new && self.facts(new).fresh.is_some() {
            return false;
        }
        // Objects do not overlap, so that different offsets are different memory.
        let objects = self.inst(a.0).ty == Ty::V && self.inst(b.0).ty == Ty::V;
        !objects || overlaps(a.1, b.1) && !self.are_distinct(old, new)
    }

    /// Are both words known to differ?
    fn are_distinct(&self, a: Ref, b: Ref) -> bool {
        let test =
            self.find_equal(IrOp::Same, &[a, b]).or_else(|| self.find_equal(IrOp::Same, &[b, a]));
        test.is_some_and(|test| self.constant(test) == Some(0))
    }

    /// A new object.
    pub(super) fn alloc(&mut self, inst: &Inst) -> Ref {
        let alloc = self.write(inst.clone());
        if self.folds {
            let layout = usize::try_from(inst.imm).expect("layouts have small numbers");
            let number = self.fresh.add(alloc, layout);
            self.facts_mut(alloc).fresh = Some(number);
        }
        alloc
    }

    /// A call has made an object whose constant int at `offset` is this.
    pub(super) fn made_with(&mut self, object: Ref, offset: i64, value: Ref) {
        let (op, alias) = (IrOp::StoreI64, Alias::CONSTANT);
        self.heap.set(Cell { base: object, offset, op, alias, value, stored: true, from: None });
    }

    /// Write an instruction without value on these operands.
    pub(super) fn effect(&mut self, op: IrOp, args: &[Ref], imm: i64) -> Ref {
        self.write_with(plain(op, Ty::Unit, args, imm), Facts::NONE)
    }
}

/// The load that reads what a store of full width wrote.
pub(super) fn load_of(store: IrOp) -> Option<IrOp> {
    Some(match store {
        IrOp::StoreV => IrOp::LoadV,
        IrOp::StoreP => IrOp::LoadP,
        IrOp::StoreI64 => IrOp::LoadI64,
        IrOp::StoreF64 => IrOp::LoadF64,
        _ => return None,
    })
}
