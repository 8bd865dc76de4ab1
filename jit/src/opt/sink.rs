//! Objects that nobody else ever knows are not made: their stores are dropped, and an exit that needs one makes it.
//!
//! This walks over the emitted instructions once, in order, with the fields that each such object has at that point. A
//! snapshot that names one gets a `Virtual` with the fields of that moment.
use super::defer::Deferred;
use super::emit::Emitter;
use super::fresh::overlaps;
use crate::ir::{
    Alias, Entry, ExitStore, Field, Inst, IrOp, Ref, Snapshot, SnapshotId, Ty, Virtual,
};

/// Not a number of an object.
const NONE: u32 = u32::MAX;

/// The walk.
pub(super) struct Sink<'e, 't> {
    e: &'e Emitter<'t>,
    /// By `alloc`: the number in `objects`.
    number_of: Vec<u32>,
    objects: Vec<Sunk>,
    /// Rises when a field of any object changes.
    version: u32,
    /// Places that exits of the body write.
    deferred: Vec<Deferred>,
    /// Is it in the body?
    in_body: bool,
    /// Objects that exits make.
    pub(super) virtuals: Vec<Virtual>,
}

#[derive(Default)]
struct Sunk {
    layout: u32,
    fields: Vec<(i64, IrOp, Alias, Ref)>,
    /// The version of which `virtuals` has it, and where.
    built: Option<(u32, u32)>,
}

impl<'e, 't> Sink<'e, 't> {
    /// Before the first instruction.
    pub(super) fn new(e: &'e Emitter<'t>, deferred: Vec<Deferred>) -> Sink<'e, 't> {
        let mut number_of = vec![NONE; e.out.len()];
        let mut objects = Vec::new();
        for object in e.fresh.all().iter().filter(|object| !object.escaped) {
            number_of[object.alloc.0 as usize] = objects.len() as u32;
            objects.push(Sunk { layout: object.layout as u32, ..Sunk::default() });
        }
        let virtuals = Vec::new();
        Sink { e, number_of, objects, version: 0, deferred, in_body: false, virtuals }
    }
    fn object(&self, value: Ref) -> Option<u32> {
        let number = self.number_of[value.0 as usize];
        (number != NONE).then_some(number)
    }
    /// The next instruction: is it dropped?
    pub(super) fn drops(&mut self, at: usize) -> bool {
        let inst = &self.e.out[at];
        match inst.op {
            IrOp::Alloc => self.number_of[at] != NONE,
            IrOp::Barrier => self.object(inst.args[0]).is_some(),
            IrOp::Label => {
                self.in_body = true;
                self.version += 1;
                false
            }
            op if inst.ty == Ty::Unit && op.access_bytes() > 0 => {
                let Some(number) = self.object(inst.args[0]) else { return self.defers(inst) };
                let place = (inst.imm, i64::from(op.access_bytes()));
                let fields = &mut self.objects[number as usize].fields;
                fields.retain(|(offset, op, ..)| {
                    !overlaps((*offset, i64::from(op.access_bytes())), place)
                });
                fields.push((inst.imm, op, inst.alias, inst.args[1]));
                self.version += 1;
                true
            }
            _ => false,
        }
    }
    /// Is the store left to the exits?
    fn defers(&mut self, inst: &Inst) -> bool {
        let place = self.deferred.iter_mut().find(|place| place.is_written_by(inst));
        let Some(place) = place.filter(|_| self.in_body) else { return false };
        place.value = inst.args[1];
        self.version += 1;
        true
    }
    /// Does what a snapshot becomes depend on the stores so far?
    pub(super) fn varies(&self, id: SnapshotId) -> bool {
        self.in_body && !self.deferred.is_empty() || self.has_virtuals(id)
    }
    /// Does a snapshot name an object that is not made?
    fn has_virtuals(&self, id: SnapshotId) -> bool {
        self.e.slots.entries(id).1.iter().any(|(_, value)| self.object(*value).is_some())
    }
    /// The version of all objects.
    pub(super) fn version(&self) -> u32 {
        self.version
    }
    /// The snapshot as it stands at this point.
    pub(super) fn snapshot(&mut self, id: SnapshotId) -> Snapshot {
        let (resume, entries) = self.e.slots.entries(id);
        let mut slots = Vec::with_capacity(entries.len());
        for &(number, value) in entries {
            slots.push((number, self.entry(value)));
        }
        let mut stores = Vec::new();
        let places = if self.in_body { self.deferred.clone() } else { Vec::new() };
        for place in places {
            let offset = u32::try_from(place.offset).expect("places were chosen so");
            let value = self.field_value(place.op, place.value);
            let field = Field { offset, op: place.op, alias: place.alias, value };
            stores.push(ExitStore { object: Entry::Ref(place.base), field });
        }
        Snapshot { resume, slots, stores }
    }

    fn entry(&mut self, value: Ref) -> Entry {
        if let Some(number) = self.object(value) {
            return Entry::Virtual(self.make(number));
        }
        let inst = &self.e.out[value.0 as usize];
        match inst.op {
            IrOp::BoxI | IrOp::BoxF | IrOp::BoxB if self.e.folds => Entry::Ref(inst.args[0]),
            _ => Entry::Ref(value),
        }
    }

    fn field_value(&mut self, op: IrOp, value: Ref) -> Entry {
        match op {
            IrOp::StoreV => self.entry(value),
            IrOp::StoreP => match self.object(self.e.address(value, 0).0) {
                Some(number) => Entry::Virtual(self.make(number)),
                None => Entry::Ref(value),
            },
            _ => Entry::Ref(value),
        }
    }

    fn make(&mut self, number: u32) -> u32 {
        let object = &mut self.objects[number as usize];
        if let Some((version, at)) = object.built
            && version == self.version
        {
            return at;
        }
        let at = self.virtuals.len() as u32;
        object.built = Some((self.version, at));
        let written = object.fields.clone();
        self.virtuals.push(Virtual { layout: object.layout, fields: Vec::new() });
        let mut fields = Vec::with_capacity(written.len());
        for (offset, op, alias, value) in written {
            let value = self.field_value(op, value);
            let offset = u32::try_from(offset).expect("fields lie in their object");
            fields.push(Field { offset, op, alias, value });
        }
        fields.sort_unstable_by_key(|field| field.offset);
        self.virtuals[at as usize].fields = fields;
        at
    }
}
