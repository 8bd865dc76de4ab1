//! Leaving a trace: the objects that an exit makes, its stores, and the slots.
use super::{Run, as_word};
use crate::ir::{Entry, Field, IrOp, Snapshot, Ty};

impl Run<'_, '_> {
    /// Bring the machine into the state of a snapshot.
    pub(super) fn restore(&mut self, snapshot: &Snapshot) {
        let mut made = vec![None; self.trace.virtuals.len()];
        for (slot, entry) in &snapshot.slots {
            let value = self.word_of(*entry, &mut made);
            self.machine.slots.insert(*slot, value);
        }
        for store in &snapshot.stores {
            let object = self.word_of(store.object, &mut made);
            self.write(object, &store.field, &mut made);
        }
    }
    fn word_of(&mut self, entry: Entry, made: &mut [Option<u64>]) -> u64 {
        match entry {
            Entry::Ref(value) => {
                let ty = self.trace.inst(value).ty;
                as_word(&mut self.machine.memory, ty, self.values[value.0 as usize])
            }
            Entry::Virtual(number) => self.make(number as usize, made),
        }
    }
    fn make(&mut self, number: usize, made: &mut [Option<u64>]) -> u64 {
        if let Some(object) = made[number] {
            return object;
        }
        let object = &self.trace.virtuals[number];
        let layout = &self.trace.layouts[object.layout as usize];
        let address = self.machine.memory.alloc(layout);
        // Known before its fields are: it may be in them.
        made[number] = Some(address);
        for field in &object.fields {
            self.write(address, field, made);
        }
        address
    }
    fn write(&mut self, object: u64, field: &Field, made: &mut [Option<u64>]) {
        let bits = match field.value {
            Entry::Ref(value) if field.op != IrOp::StoreV || self.trace.inst(value).ty == Ty::V => {
                self.values[value.0 as usize]
            }
            Entry::Virtual(number) if field.op == IrOp::StoreP => {
                let layout = self.trace.virtuals[number as usize].layout as usize;
                let inner = self.trace.layouts[layout].inner;
                self.make(number as usize, made) + u64::from(inner)
            }
            entry => self.word_of(entry, made),
        };
        self.machine.memory.store(field.op, object + u64::from(field.offset), bits);
    }
}
