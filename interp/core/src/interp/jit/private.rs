//! Objects that a trace makes and nobody else knows, as far as it is recorded: what they hold can be given to another
//! trace field by field.
use std::collections::BTreeMap;

use haft_jit::ir::{Alias, Class, Entry, Inst, IrOp, Ref, Trace};

/// What was written last to a place in an object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stored {
    /// How.
    pub(super) op: IrOp,
    /// Where: bytes from its start.
    pub(super) offset: i64,
    /// Alias class of that memory.
    pub(super) alias: Alias,
    /// What.
    pub(super) value: Ref,
}

/// An object that the trace makes.
#[derive(Debug)]
pub(super) struct Made {
    /// Number of its layout in the trace.
    pub(super) layout: usize,
    /// What it holds besides what a new one does, by rising offset.
    pub(super) fields: Vec<Stored>,
    /// May others know it?
    is_known: bool,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Private {
    made: Vec<Made>,
    /// Values that are these objects, by number of their instruction.
    names: BTreeMap<u32, usize>,
}

impl Private {
    /// The objects of a trace that is being recorded.
    pub(super) fn of(trace: &Trace) -> Private {
        let mut objects = Private::default();
        if trace.layouts.is_empty() {
            return objects;
        }
        for (at, inst) in trace.insts.iter().enumerate() {
            objects.look_at(trace, at as u32, inst);
        }
        objects
    }
    /// The number of the object that a value is, if nobody else knows it.
    pub(super) fn find(&self, value: Ref) -> Option<usize> {
        let number = *self.names.get(&value.0)?;
        (!self.made[number].is_known).then_some(number)
    }
    /// The object with a number.
    pub(super) fn get(&self, number: usize) -> &Made {
        &self.made[number]
    }

    fn look_at(&mut self, trace: &Trace, at: u32, inst: &Inst) {
        match inst.op {
            IrOp::Alloc => {
                let layout = inst.imm as usize;
                let of = &trace.layouts[layout];
                if !of.listed && of.inner == 0 {
                    self.names.insert(at, self.made.len());
                    self.made.push(Made { layout, fields: Vec::new(), is_known: false });
                }
            }
            IrOp::LoadV => self.load(at, inst),
            _ if inst.op.row().class == Class::Load => {}
            _ if inst.op.row().class == Class::Store => self.store(inst),
            IrOp::Same | IrOp::IsInt | IrOp::IsFloat | IrOp::IsObject | IrOp::Barrier => {}
            IrOp::Flush => {
                let state = inst.snapshot.map(|state| trace.snapshot(state));
                for (_, entry) in state.iter().flat_map(|state| &state.slots) {
                    if let Entry::Ref(value) = entry {
                        self.tell(*value);
                    }
                }
            }
            _ => inst.args.iter().for_each(|&value| self.tell(value)),
        }
    }
    /// What is loaded from such an object may be another one.
    fn load(&mut self, at: u32, inst: &Inst) {
        let Some(object) = self.find(inst.args[0]) else { return };
        let held = self.made[object].fields.iter().find(|field| field.offset == inst.imm);
        if let Some(number) = held.and_then(|field| self.find(field.value)) {
            self.names.insert(at, number);
        }
    }
    fn store(&mut self, inst: &Inst) {
        let &[object, value] = &inst.args[..] else { return };
        let Some(number) = self.find(object) else { return self.tell(value) };
        let (op, offset, alias) = (inst.op, inst.imm, inst.alias);
        let width = |op: IrOp| i64::from(op.access_bytes());
        let fields = &mut self.made[number].fields;
        let place = fields.partition_point(|field| field.offset < offset);
        let same = fields.get(place).is_some_and(|field| field.offset == offset);
        let overlaps = fields.iter().any(|field| {
            field.offset != offset
                && field.offset < offset + width(op)
                && offset < field.offset + width(field.op)
        });
        let changes = same && (fields[place].op, fields[place].alias) != (op, alias);
        if op == IrOp::StoreP || overlaps || changes {
            self.tell(object);
            return self.tell(value);
        }
        let stored = Stored { op, offset, alias, value };
        if same {
            fields[place] = stored;
        } else {
            fields.insert(place, stored);
        }
    }
    /// Others may know the value from now on, and what it holds.
    fn tell(&mut self, value: Ref) {
        let mut told = vec![value];
        while let Some(value) = told.pop() {
            if let Some(number) = self.find(value) {
                self.made[number].is_known = true;
                told.extend(self.made[number].fields.iter().map(|field| field.value));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use haft_jit::ir::{Builder, Layout, Snapshot};

    use super::*;

    const PLACE: Alias = Alias(3);

    fn layout() -> Layout {
        Layout {
            name: "pair".to_string(),
            header: 7,
            bytes: 16,
            init: Vec::new(),
            listed: false,
            inner: 0,
        }
    }

    #[test]
    fn what_is_held_by_a_private_object_is_private() {
        let mut b = Builder::new("");
        let (outer, inner) = (b.alloc(&layout()), b.alloc(&layout()));
        let one = b.const_v(4);
        b.memory(IrOp::StoreV, &[inner, one], 8, PLACE);
        b.memory(IrOp::StoreV, &[outer, inner], 16, PLACE);
        let again = b.memory(IrOp::LoadV, &[outer], 16, PLACE);
        let objects = Private::of(&b.finish());
        assert_eq!(objects.find(again), objects.find(inner));
        let held = objects.get(objects.find(again).expect("nobody was told"));
        assert_eq!(held.fields.iter().map(|field| field.value).collect::<Vec<_>>(), [one]);
    }

    #[test]
    fn who_knows_an_object_knows_what_it_holds() {
        let mut b = Builder::new("");
        let (outer, inner, other) = (b.alloc(&layout()), b.alloc(&layout()), b.alloc(&layout()));
        b.memory(IrOp::StoreV, &[outer, inner], 16, PLACE);
        let snapshot = Snapshot { slots: vec![(0, Entry::Ref(outer))], ..Snapshot::default() };
        let state = b.snapshot(snapshot);
        b.with_snapshot(IrOp::Flush, 0, state);
        let objects = Private::of(&b.finish());
        let found = [outer, inner, other].map(|value| objects.find(value).is_some());
        assert_eq!(found, [false, false, true]);
    }

    #[test]
    fn an_object_that_is_stored_elsewhere_is_known() {
        let mut b = Builder::new("");
        let (list, object) = (b.imm(IrOp::Slot, &[], 0), b.alloc(&layout()));
        b.memory(IrOp::StoreV, &[list, object], 16, PLACE);
        assert_eq!(Private::of(&b.finish()).find(object), None);
    }
}
