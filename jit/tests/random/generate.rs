//! A recorder of random programs: it runs what it records, so that every guard holds the first time.
use std::collections::BTreeMap;

use haft_jit::eval::{Machine, Memory};
use haft_jit::ir::{
    AbiTy, Alias, Builder, Callee, Effects, Entry, Inst, IrOp, Layout, Ref, Snapshot, SnapshotId,
    Trace, Ty,
};
use haft_jit::word;

use super::compare::call;

/// Slots that programs use.
pub(crate) const N_SLOTS: i32 = 6;
/// The slot of the argument of calls that take it from there, and overwrite it.
pub(crate) const WINDOW: i32 = 4;
/// Objects that are there before.
pub(crate) const N_OLD: u64 = 4;

/// Alias classes of the fields of every object: words at 8 and 16, an int at 24, a float at 32, narrow ints from 40 on.
const WORDS: Alias = Alias(3);
const INTS: Alias = Alias(4);
const FLOATS: Alias = Alias(5);
const NARROW: Alias = Alias(6);
/// State of iterators, ints at 72 and 80, which calls do not see.
const ITERATOR: Alias = Alias(7);

/// A trace and a state that it was recorded in.
pub(crate) struct Case {
    /// What was recorded.
    pub(crate) trace: Trace,
    /// The state before.
    pub(crate) start: Machine,
    /// States to run it from, too.
    pub(crate) others: Vec<Machine>,
}

/// Random numbers with a fixed seed.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() >> 20) as usize % n
    }
    pub(crate) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
    fn word(&mut self) -> u64 {
        match self.below(8) {
            0..3 => word::of_int(self.one(&[0, 1, 2, 5, -3, 100, word::INT_MAX - 2])),
            3 | 4 => word::of_float(self.one(&[0.0, 1.5, -2.0])).expect("immediate"),
            5 => word::of_bool(self.below(2) == 0),
            6 => Memory::old_object(self.next() % N_OLD),
            _ => 0x14,
        }
    }
    fn machine(&mut self) -> Machine {
        let mut machine = Machine::default();
        for slot in 0..N_SLOTS {
            machine.slots.insert(slot, self.word());
        }
        machine.params = vec![self.one(&[0u64, 1, 50]), 2.5f64.to_bits(), self.word()];
        for index in 0..N_OLD {
            let object = Memory::old_object(index);
            machine.memory.set_word(object, 77 + index / 2);
            for offset in [8, 16] {
                let word = self.word();
                machine.memory.set_word(object + offset, word);
            }
            let number = self.one(&[0u64, 1, 3, 200]);
            machine.memory.set_word(object + 24, number);
            machine.memory.set_word(object + 32, self.one(&[0.5f64, 2.0, 1e5]).to_bits());
            let narrow = self.next();
            machine.memory.set_word(object + 40, narrow);
        }
        machine
    }
}

/// The case with a number.
pub(crate) fn case(seed: u64) -> Case {
    let mut random = Random::new(seed);
    let start = random.machine();
    let mut others = Vec::new();
    for _ in 0..3 {
        let mut other = start.clone();
        let changed = random.machine();
        for slot in 0..N_SLOTS {
            if random.below(3) == 0 {
                other.slots.insert(slot, changed.slots[&slot]);
            }
        }
        if random.below(2) == 0 {
            other.memory = changed.memory;
        }
        others.push(other);
    }
    let mut recorder = Recorder {
        b: Builder::new("random"),
        machine: start.clone(),
        values: Vec::new(),
        slots: BTreeMap::new(),
        changed: BTreeMap::new(),
        resume: 0,
        random,
    };
    let trace = recorder.record();
    Case { trace, start, others }
}

struct Recorder {
    b: Builder,
    machine: Machine,
    /// Bits of each instruction's value.
    values: Vec<u64>,
    /// The value of each slot, if it was read or written.
    slots: BTreeMap<i32, Ref>,
    /// Those that are not in memory.
    changed: BTreeMap<i32, Ref>,
    resume: u32,
    random: Random,
}

impl Recorder {
    fn record(&mut self) -> Trace {
        let n = 4 + self.random.below(40);
        if self.random.below(4) == 0 {
            self.params();
        }
        self.poll();
        for _ in 0..n {
            self.statement();
        }
        let id = self.snapshot();
        let looping = {
            let slots = self.changed.iter();
            let slots = slots.map(|(slot, value)| (*slot, Entry::Ref(*value))).collect();
            self.b.snapshot(Snapshot { resume: u32::MAX, slots, stores: Vec::new() })
        };
        match self.random.below(10) {
            0 => {
                self.b.with_snapshot(IrOp::Link, 7, id);
            }
            1 => {
                let value = self.any_word();
                self.b.op(IrOp::Finish, &[value]);
            }
            2 => {
                self.b.guard(IrOp::Stop, &[], id);
            }
            _ => {
                self.b.with_snapshot(IrOp::Loop, 0, looping);
            }
        }
        std::mem::take(&mut self.b).finish()
    }

    /// A side trace begins with values that its exit left unboxed.
    fn params(&mut self) {
        let boxes = [(Ty::I, IrOp::BoxI), (Ty::F, IrOp::BoxF), (Ty::V, IrOp::BoxI)];
        for (index, (ty, box_op)) in boxes.into_iter().enumerate() {
            let param = Inst {
                op: IrOp::Param,
                ty,
                alias: Alias::CONSTANT,
                args: haft_jit::ir::Args::new(),
                imm: index as i64,
                snapshot: None,
            };
            let raw = self.add(param);
            let word = if ty == Ty::V { raw } else { self.op(box_op, &[raw], 0) };
            self.assign(word);
        }
    }
    fn add(&mut self, inst: Inst) -> Ref {
        let args: Vec<u64> = inst.args.iter().map(|arg| self.values[arg.0 as usize]).collect();
        let value = self.machine.value(self.b.trace(), &inst, &args);
        self.values.push(value);
        self.b.push(inst)
    }
    fn op(&mut self, op: IrOp, args: &[Ref], imm: i64) -> Ref {
        self.memory(op, args, imm, Alias::CONSTANT)
    }
    fn memory(&mut self, op: IrOp, args: &[Ref], imm: i64, alias: Alias) -> Ref {
        let args = args.iter().copied().collect();
        self.add(Inst { op, ty: op.row().result, alias, args, imm, snapshot: None })
    }
    fn const_i(&mut self, number: i64) -> Ref {
        self.op(IrOp::ConstI, &[], number)
    }
    fn bits(&self, value: Ref) -> u64 {
        self.values[value.0 as usize]
    }
    fn snapshot(&mut self) -> SnapshotId {
        self.resume += 1;
        let slots = self.changed.iter().map(|(slot, value)| (*slot, Entry::Ref(*value))).collect();
        self.b.snapshot(Snapshot { resume: self.resume, slots, stores: Vec::new() })
    }
    fn leaving(&mut self, op: IrOp, args: &[Ref]) {
        let id = self.snapshot();
        self.b.guard(op, args, id);
        self.values.push(0);
    }
    fn poll(&mut self) {
        self.leaving(IrOp::Poll, &[]);
    }
    /// A guard of a test as it is.
    fn guard(&mut self, test: Ref) {
        let op = if self.bits(test) != 0 { IrOp::Guard } else { IrOp::GuardNot };
        self.leaving(op, &[test]);
    }

    fn read(&mut self, slot: i32) -> Ref {
        if let Some(&value) = self.slots.get(&slot) {
            return value;
        }
        let value = self.op(IrOp::Slot, &[], i64::from(slot));
        self.slots.insert(slot, value);
        value
    }
    fn any_slot(&mut self) -> i32 {
        self.random.one(&[0, 1, 2, 3, 5])
    }
    fn assign(&mut self, value: Ref) {
        let slot = self.any_slot();
        self.slots.insert(slot, value);
        self.changed.insert(slot, value);
    }
    fn any_word(&mut self) -> Ref {
        let slot = self.any_slot();
        self.read(slot)
    }
    fn recent(&mut self, ty: Ty) -> Option<Ref> {
        let of: Vec<Ref> = (0..self.b.len() as u32)
            .map(Ref)
            .filter(|&value| self.b.trace().inst(value).ty == ty)
            .collect();
        (!of.is_empty()).then(|| of[of.len() - 1 - self.random.below(of.len().min(6))])
    }

    /// A word from a slot whose kind is tested, and the number in it.
    fn int(&mut self) -> Ref {
        if self.random.below(4) == 0
            && let Some(value) = self.recent(Ty::I)
        {
            return value;
        }
        if self.random.below(5) == 0 {
            let number = self.random.one(&[0, 1, -1, 2, 7, 64]);
            return self.const_i(number);
        }
        let word = self.any_word();
        let test = self.op(IrOp::IsInt, &[word], 0);
        self.guard(test);
        if self.bits(test) != 0 { self.op(IrOp::UnboxI, &[word], 0) } else { self.const_i(3) }
    }
    fn float(&mut self) -> Ref {
        let word = self.any_word();
        let test = self.op(IrOp::IsFloat, &[word], 0);
        self.guard(test);
        if self.bits(test) != 0 {
            return self.op(IrOp::UnboxF, &[word], 0);
        }
        match self.recent(Ty::F) {
            Some(value) if self.random.below(2) == 0 => value,
            _ => {
                let number = self.random.one(&[1.0f64, 0.5, 2.0, -0.25]);
                self.op(IrOp::ConstF, &[], number.to_bits().cast_signed())
            }
        }
    }
    /// An object: from a slot if it holds one, else an old one.
    fn object(&mut self) -> Ref {
        let word = self.any_word();
        let test = self.op(IrOp::IsObject, &[word], 0);
        self.guard(test);
        if self.bits(test) != 0 {
            let header = self.op(IrOp::LoadI64, &[word], 0);
            let expected = self.const_i(self.bits(header).cast_signed());
            let same = self.op(IrOp::IEq, &[header, expected], 0);
            self.guard(same);
            return word;
        }
        let old = Memory::old_object(self.random.next() % N_OLD);
        self.op(IrOp::ConstV, &[], old.cast_signed())
    }

    fn statement(&mut self) {
        match self.random.below(21) {
            0..4 => self.int_arithmetic(),
            4 | 5 => self.float_arithmetic(),
            6 => self.comparison(),
            7..10 => self.field(),
            10 => self.narrow_field(),
            11 | 12 => self.new_object(),
            13 => {
                let value = self.any_word();
                self.assign(value);
            }
            14 => {
                let (a, b) = (self.any_word(), self.any_word());
                let same = self.op(IrOp::Same, &[a, b], 0);
                self.guard(same);
            }
            15 => self.raw(),
            16 => self.call_any(),
            17 if self.random.below(2) == 0 => self.call_window(),
            17 => self.call_some(),
            18 if self.random.below(2) == 0 => self.iterate(),
            18 => self.poll(),
            19 => self.iterate(),
            _ => self.product(),
        }
    }
    /// One step of an iterator.
    fn iterate(&mut self) {
        let object = self.object();
        for (offset, more) in [(72, -1), (80, 2)] {
            let old = self.memory(IrOp::LoadI64, &[object], offset, ITERATOR);
            let more = self.const_i(more);
            let new = self.op(IrOp::Add, &[old, more], 0);
            self.memory(IrOp::StoreI64, &[object, new], offset, ITERATOR);
            if self.random.below(2) == 0 {
                self.assign_int(old);
            }
        }
    }
    fn assign_int(&mut self, value: Ref) {
        let fits = self.op(IrOp::Fits, &[value], 0);
        self.guard(fits);
        if self.bits(fits) != 0 {
            let word = self.op(IrOp::BoxI, &[value], 0);
            self.assign(word);
        }
    }
    fn int_arithmetic(&mut self) {
        let op = self.random.one(&[
            IrOp::Add,
            IrOp::Add,
            IrOp::Sub,
            IrOp::And,
            IrOp::Or,
            IrOp::Xor,
            IrOp::FloorMod,
            IrOp::FloorDiv,
            IrOp::Shr,
        ]);
        let a = self.int();
        let mut b = self.int();
        if matches!(op, IrOp::FloorMod | IrOp::FloorDiv | IrOp::Shr) {
            let number = self.random.one(&[1, 2, 3, 8]);
            b = self.const_i(number);
        }
        let value = self.op(op, &[a, b], 0);
        self.assign_int(value);
    }
    fn product(&mut self) {
        let (a, b) = (self.int(), self.int());
        let (x, y) = (self.bits(a).cast_signed(), self.bits(b).cast_signed());
        if let Some(product) = x.checked_mul(y).filter(|&product| word::fits(product)) {
            let id = self.snapshot();
            let value = self.b.guard(IrOp::MulFit, &[a, b], id);
            self.values.push(product.cast_unsigned());
            let word = self.op(IrOp::BoxI, &[value], 0);
            self.assign(word);
        }
    }
    fn float_arithmetic(&mut self) {
        let op = self.random.one(&[IrOp::FAdd, IrOp::FSub, IrOp::FMul, IrOp::FDiv]);
        let (a, b) = (self.float(), self.float());
        let value = self.op(op, &[a, b], 0);
        let word = self.op(IrOp::BoxF, &[value], 0);
        self.assign(word);
    }
    fn comparison(&mut self) {
        let (a, b) = (self.int(), self.int());
        let ops = [IrOp::ILt, IrOp::ILe, IrOp::IGt, IrOp::IGe, IrOp::IEq, IrOp::INe, IrOp::ULt];
        let op = self.random.one(&ops);
        let test = self.op(op, &[a, b], 0);
        if self.random.below(3) == 0 {
            let word = self.op(IrOp::BoxB, &[test], 0);
            self.assign(word);
        } else {
            self.guard(test);
        }
    }
    fn field(&mut self) {
        let object = self.object();
        let offset = self.random.one(&[8, 16]);
        match self.random.below(8) {
            0..2 => {
                let value = self.memory(IrOp::LoadV, &[object], offset, WORDS);
                self.assign(value);
            }
            2..4 => {
                let value = self.any_word();
                self.op(IrOp::Barrier, &[object, value], 0);
                self.memory(IrOp::StoreV, &[object, value], offset, WORDS);
            }
            4 | 5 => {
                let old = self.memory(IrOp::LoadI64, &[object], 24, INTS);
                let one = self.const_i(1);
                let new = self.op(IrOp::Add, &[old, one], 0);
                self.memory(IrOp::StoreI64, &[object, new], 24, INTS);
                self.assign_int(new);
            }
            6 => {
                let old = self.memory(IrOp::LoadF64, &[object], 32, FLOATS);
                let more = self.float();
                let new = self.op(IrOp::FAdd, &[old, more], 0);
                self.memory(IrOp::StoreF64, &[object, new], 32, FLOATS);
            }
            _ => {
                let value = self.int();
                self.memory(IrOp::StoreI64, &[object, value], 24, INTS);
            }
        }
    }
    fn narrow_field(&mut self) {
        let object = self.object();
        let (load, store, offset) = self.random.one(&[
            (IrOp::LoadI32, IrOp::StoreI32, 40),
            (IrOp::LoadU32, IrOp::StoreI32, 40),
            (IrOp::LoadI16, IrOp::StoreI16, 44),
            (IrOp::LoadU8, IrOp::StoreI8, 46),
            (IrOp::LoadI8, IrOp::StoreI8, 46),
        ]);
        let old = self.memory(load, &[object], offset, NARROW);
        let more = self.int();
        let new = self.op(IrOp::Add, &[old, more], 0);
        self.memory(store, &[object, new], offset, NARROW);
        self.assign_int(old);
    }
    /// Memory of C: any width at any of sixteen bytes.
    fn raw(&mut self) {
        let object = self.object();
        let address = self.op(IrOp::ObjectOf, &[object], 0);
        let start = self.const_i(48);
        let start = self.op(IrOp::PAdd, &[address, start], 0);
        let index = self.int();
        let mask = self.const_i(7);
        let index = self.op(IrOp::And, &[index, mask], 0);
        let place = self.op(IrOp::Index, &[start, index], 1);
        let value = self.int();
        let store = self.random.one(&[IrOp::StoreI8, IrOp::StoreI16, IrOp::StoreI32]);
        self.memory(store, &[place, value], 0, Alias::RAW);
        let load = self.random.one(&[IrOp::LoadU8, IrOp::LoadI16, IrOp::LoadI32, IrOp::LoadI64]);
        let at = if self.random.below(2) == 0 { place } else { start };
        let offset = self.random.below(4) as i64;
        let loaded = self.memory(load, &[at], offset, Alias::RAW);
        self.assign_int(loaded);
    }
    fn new_object(&mut self) {
        let init = if self.random.below(2) == 0 { vec![(8, 0x14), (16, 0x14)] } else { vec![] };
        let layout = Layout {
            name: "object".to_string(),
            header: 90,
            bytes: 88,
            init,
            listed: false,
            inner: 0,
        };
        let object = self.b.alloc(&layout);
        let made = self.machine.memory.alloc(&layout);
        self.values.push(made);
        for offset in [8, 16] {
            let value = self.any_word();
            self.memory(IrOp::StoreV, &[object, value], offset, WORDS);
        }
        if self.random.below(2) == 0 {
            let value = self.int();
            self.memory(IrOp::StoreI64, &[object, value], 24, INTS);
        }
        self.assign(object);
    }

    fn call(&mut self, callee: Callee, args: &[Ref], ty: Ty) -> Ref {
        let bits: Vec<u64> = args.iter().map(|arg| self.bits(*arg)).collect();
        let result = call(&mut self.machine, &callee, &bits, &mut Vec::new());
        let value = if callee.effects.keep {
            let id = self.snapshot();
            self.b.call_raising(callee, args, ty, id)
        } else {
            self.b.call(callee, args, ty)
        };
        self.values.push(result);
        value
    }
    fn flush(&mut self) {
        let id = self.snapshot();
        self.b.with_snapshot(IrOp::Flush, 0, id);
        self.values.push(0);
        for (slot, value) in std::mem::take(&mut self.changed) {
            let bits = self.bits(value);
            self.machine.slots.insert(slot, bits);
        }
    }
    /// A call whose argument lies in a slot, which it uses for itself.
    fn call_window(&mut self) {
        let value = self.any_word();
        self.slots.insert(WINDOW, value);
        self.changed.insert(WINDOW, value);
        if self.random.below(3) == 0 {
            self.poll();
        }
        self.flush();
        let callee = callee("window", &[], AbiTy::Value, Effects { writes: 0, ..Effects::ANY });
        let result = self.call(callee, &[], Ty::V);
        self.slots.remove(&WINDOW);
        self.assign(result);
    }
    /// A call that looks at everything and changes some of it, slot 5 too.
    fn call_any(&mut self) {
        let (a, b) = (self.any_word(), self.any_word());
        self.flush();
        let effects = match self.random.below(2) {
            0 => Effects::ANY,
            _ => Effects { reads: !ITERATOR.set(), writes: !(ITERATOR.set() | 1), ..Effects::ANY },
        };
        let callee = callee("any", &[AbiTy::Value, AbiTy::Value], AbiTy::Value, effects);
        let result = self.call(callee, &[a, b], Ty::V);
        let again = self.op(IrOp::LoadSlot, &[], 5);
        self.slots.insert(5, again);
        self.assign(result);
    }
    fn call_some(&mut self) {
        match self.random.below(4) {
            0 => {
                let object = self.object();
                let effects = Effects::reading(INTS.set());
                let callee = callee("read", &[AbiTy::Value], AbiTy::I64, effects);
                let value = self.call(callee, &[object], Ty::I);
                self.assign_int(value);
            }
            1 => {
                let object = self.object();
                let effects = Effects { writes: INTS.set(), ..Effects::reading(INTS.set()) };
                let callee = callee("write", &[AbiTy::Value], AbiTy::Void, effects);
                self.call(callee, &[object], Ty::Unit);
            }
            _ => {
                let (a, b) = (self.int(), self.int());
                let callee = callee("mix", &[AbiTy::I64, AbiTy::I64], AbiTy::I64, Effects::PURE);
                let value = self.call(callee, &[a, b], Ty::I);
                self.assign_int(value);
            }
        }
    }
}

fn callee(name: &str, params: &[AbiTy], result: AbiTy, effects: Effects) -> Callee {
    Callee {
        name: name.to_string(),
        address: Some(0x1000),
        passes_vm: false,
        params: params.to_vec(),
        result,
        effects,
        foreign: false,
        variadic: None,
        pieces: Vec::new(),
        finish: None,
        field: None,
    }
}
