//! Random traces, compiled and evaluated: the two must leave at the same place in the same state.
use haft_jit::backend::{Compiled, ExitKind};
use haft_jit::eval::{self, Left};
use haft_jit::ir::{
    AbiTy, Alias, Builder, Callee, Effects, Entry, Inst, IrOp, Ref, Snapshot, SnapshotId, Trace,
    Ty, print, verify,
};
use haft_jit::word;

use crate::machine::{Machine, peek};

/// Traces tried, and runs of each.
const TRACES: u64 = 300;
const RUNS: u64 = 4;
/// Words of the object: ints, then floats, whose bits are never read as ints (which NaN it is, nobody says).
const INTS: u64 = 16;
const WORDS: u64 = 2 * INTS;

const SLOTS: usize = 6;
const INT_PARAMS: u32 = 3;
const FLOAT_PARAMS: u32 = 3;

/// A generator of numbers (xorshift64*).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }
    fn below(&mut self, n: usize) -> usize {
        (self.next() >> 33) as usize % n
    }
    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
    fn int(&mut self) -> i64 {
        let any = self.next().cast_signed();
        let edges = [0, 1, -1, 2, 7, 63, word::INT_MAX, word::INT_MIN, i64::MAX, i64::MIN];
        match self.below(3) {
            0 => any >> self.below(64),
            1 => any % 100,
            _ => self.one(&edges),
        }
    }
    fn float(&mut self) -> f64 {
        let edges = [0.0, -0.0, 1.0, 0.5, 1e300, -1e-300, f64::INFINITY, f64::NAN, 1e18];
        if self.below(2) == 0 { self.int() as f64 / 8.0 } else { self.one(&edges) }
    }
    fn word(&mut self) -> u64 {
        match self.below(3) {
            0 => word::of_int(self.int() >> 2),
            1 => word::of_float(self.below(1000) as f64 / 4.0).unwrap_or(word::TRUE),
            _ => self.one(&[word::TRUE, word::FALSE]),
        }
    }
}

/// A trace that grows.
struct Generator {
    random: Random,
    b: Builder,
    /// Values made so far, by type. Words among them are no objects.
    known: Vec<(Ref, Ty)>,
    object: Ref,
    callee: Callee,
}

const INT_OPS: [IrOp; 6] = [IrOp::Add, IrOp::Sub, IrOp::Mul, IrOp::And, IrOp::Or, IrOp::Xor];
const INT_TESTS: [IrOp; 8] =
    [IrOp::IEq, IrOp::INe, IrOp::ILt, IrOp::ILe, IrOp::IGt, IrOp::IGe, IrOp::ULt, IrOp::MulFits];
const FLOAT_OPS: [IrOp; 4] = [IrOp::FAdd, IrOp::FSub, IrOp::FMul, IrOp::FDiv];
const FLOAT_TESTS: [IrOp; 6] = [IrOp::FEq, IrOp::FNe, IrOp::FLt, IrOp::FLe, IrOp::FGt, IrOp::FGe];
const INT_ACCESSES: [(IrOp, IrOp); 7] = [
    (IrOp::LoadI64, IrOp::StoreI64),
    (IrOp::LoadI32, IrOp::StoreI32),
    (IrOp::LoadU32, IrOp::StoreI32),
    (IrOp::LoadI16, IrOp::StoreI16),
    (IrOp::LoadU16, IrOp::StoreI16),
    (IrOp::LoadI8, IrOp::StoreI8),
    (IrOp::LoadU8, IrOp::StoreI8),
];

/// The function that traces call.
extern "C" fn mix(a: i64, b: f64, c: i64) -> i64 {
    a.rotate_left(7) ^ c.wrapping_mul(31) ^ (b as i64)
}

impl Generator {
    fn new(seed: u64) -> Generator {
        let mut b = Builder::new("random");
        let object = b.param(0, Ty::P);
        let mut known = Vec::new();
        for i in 0..SLOTS {
            known.push((b.imm(IrOp::Slot, &[], i as i64), Ty::V));
        }
        for i in 0..INT_PARAMS {
            known.push((b.param(1 + i, Ty::I), Ty::I));
        }
        for i in 0..FLOAT_PARAMS {
            known.push((b.param(1 + INT_PARAMS + i, Ty::F), Ty::F));
        }
        let callee = Callee {
            name: "mix".to_string(),
            address: Some((mix as extern "C" fn(i64, f64, i64) -> i64) as usize),
            passes_vm: false,
            params: vec![AbiTy::I64, AbiTy::F64, AbiTy::I64],
            result: AbiTy::I64,
            effects: Effects { keep: true, ..Effects::PURE },
            foreign: true,
            variadic: None,
            pieces: Vec::new(),
            finish: None,
            field: None,
        };
        let random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut generator = Generator { random, b, known, object, callee };
        generator.test();
        generator
    }

    fn trace(mut self) -> Trace {
        let mut phis = Vec::new();
        for _ in 0..5 + self.random.below(30) {
            self.step();
        }
        if self.random.below(3) == 0 {
            let end = self.snapshot();
            self.b.guard(IrOp::Stop, &[], end);
        } else {
            phis = self.a_loop();
        }
        let mut trace = self.b.finish();
        for (phi, next) in phis {
            trace.insts[phi.0 as usize].args[1] = next;
        }
        trace
    }

    /// A loop over a counter and some other values; its phis and what they are the next time.
    fn a_loop(&mut self) -> Vec<(Ref, Ref)> {
        let zero = self.b.const_i(0);
        let first: Vec<(Ref, Ty)> = (0..3).map(|_| self.random.one(&self.known)).collect();
        self.b.op(IrOp::Label, &[]);
        // The second operands are known at the end only.
        let phi = |b: &mut Builder, first: Ref, ty: Ty| {
            let alias = Alias::CONSTANT;
            let args = [first, first].as_slice().into();
            b.push(Inst { op: IrOp::Phi, ty, alias, args, imm: 0, snapshot: None })
        };
        let counter = phi(&mut self.b, zero, Ty::I);
        let phis: Vec<(Ref, Ty)> =
            first.iter().map(|&(value, ty)| (phi(&mut self.b, value, ty), ty)).collect();
        self.known.push((counter, Ty::I));
        self.known.extend(&phis);
        let bound = self.b.const_i(self.random.below(20) as i64);
        let more = self.b.op(IrOp::ILt, &[counter, bound]);
        let end = self.snapshot();
        self.b.guard(IrOp::Guard, &[more], end);
        for _ in 0..self.random.below(20) {
            self.step();
        }
        let one = self.b.const_i(1);
        let next = self.b.op(IrOp::Add, &[counter, one]);
        let again: Vec<Ref> = phis.iter().map(|(_, ty)| self.any(*ty)).collect();
        let poll = self.snapshot();
        self.b.guard(IrOp::Poll, &[], poll);
        self.b.op(IrOp::Jump, &[]);
        let phis = [counter].into_iter().chain(phis.iter().map(|phi| phi.0));
        phis.zip([next].into_iter().chain(again)).collect()
    }

    fn any(&mut self, ty: Ty) -> Ref {
        let fit: Vec<Ref> = self.known.iter().filter(|(_, t)| *t == ty).map(|(r, _)| *r).collect();
        // Late values are more interesting, and some are constants.
        if self.random.below(6) == 0 {
            match ty {
                Ty::I => return self.b.const_i(self.random.int()),
                Ty::F => return self.b.const_f(self.random.float()),
                _ => {}
            }
        }
        let late = fit.len().saturating_sub(6);
        if self.random.below(3) == 0 {
            self.random.one(&fit)
        } else {
            self.random.one(&fit[late..])
        }
    }

    fn push(&mut self, value: Ref) {
        let ty = self.b.trace().inst(value).ty;
        self.known.push((value, ty));
    }

    fn snapshot(&mut self) -> SnapshotId {
        let mut slots: Vec<(i32, Entry)> = Vec::new();
        for slot in 0..self.random.below(6) {
            slots.push((slot as i32, self.random.one(&self.known).0.into()));
        }
        let resume = self.random.below(4) as u32;
        self.b.snapshot(Snapshot { resume, slots, stores: Vec::new() })
    }

    fn test(&mut self) {
        let (i, j) = (self.any(Ty::I), self.any(Ty::I));
        let op = self.random.one(&INT_TESTS);
        let value = self.b.op(op, &[i, j]);
        self.push(value);
    }

    fn step(&mut self) {
        let (i, j) = (self.any(Ty::I), self.any(Ty::I));
        let (f, g) = (self.any(Ty::F), self.any(Ty::F));
        let (v, c) = (self.any(Ty::V), self.any(Ty::B));
        let value = match self.random.below(22) {
            0..4 => self.b.op(self.random.one(&INT_OPS), &[i, j]),
            4 => return self.test(),
            5 => self.b.op(self.random.one(&FLOAT_OPS), &[f, g]),
            6 => self.b.op(self.random.one(&FLOAT_TESTS), &[f, g]),
            7 => self.b.op(self.random.one(&[IrOp::FNeg, IrOp::FAbs, IrOp::FSqrt]), &[f]),
            8 => self.b.op(self.random.one(&[IrOp::FToI, IrOp::FToSingle]), &[f]),
            9 => self.b.op(IrOp::IToF, &[i]),
            10 => self.b.op(
                self.random.one(&[IrOp::IsInt, IrOp::IsFloat, IrOp::IsObject, IrOp::UnboxB]),
                &[v],
            ),
            11 => self.b.op(self.random.one(&[IrOp::UnboxI, IrOp::VToI]), &[v]),
            12 => self.b.op(IrOp::BoxI, &[i]),
            13 => self.b.op(self.random.one(&[IrOp::BoxB, IrOp::BToI, IrOp::Not]), &[c]),
            14 => self.b.op(IrOp::Select, &[c, i, j]),
            15 => self.shift(i, j),
            16 => self.division(i, j),
            17 => {
                let op = self.random.one(&[IrOp::SignExt, IrOp::ZeroExt]);
                self.b.imm(op, &[i], self.random.one(&[1, 8, 13, 16, 32]))
            }
            18 => return self.guard(c, i, j),
            19 => return self.access(),
            20 => {
                let callee = self.callee.clone();
                self.b.call(callee, &[i, f, j], Ty::I)
            }
            _ => self.b.op(IrOp::Fits, &[i]),
        };
        self.push(value);
    }

    fn shift(&mut self, a: Ref, b: Ref) -> Ref {
        let mask = self.b.const_i(63);
        let by = self.b.op(IrOp::And, &[b, mask]);
        self.b.op(self.random.one(&[IrOp::Shl, IrOp::Shr, IrOp::ShrU]), &[a, by])
    }

    /// By a divisor that is not 0, 1 or -1.
    fn division(&mut self, a: Ref, b: Ref) -> Ref {
        let divisor = if self.random.below(2) == 0 {
            let divisor = self.random.int() >> 1;
            self.b.const_i(if divisor.abs() < 2 { 2 } else { divisor })
        } else {
            let (mask, two) = (self.b.const_i(0xff), self.b.const_i(2));
            let low = self.b.op(IrOp::And, &[b, mask]);
            let positive = self.b.op(IrOp::Or, &[low, two]);
            let zero = self.b.const_i(0);
            let sign = self.random.below(2) == 0;
            if sign { self.b.op(IrOp::Sub, &[zero, positive]) } else { positive }
        };
        self.b.op(self.random.one(&[IrOp::FloorDiv, IrOp::FloorMod]), &[a, divisor])
    }

    fn guard(&mut self, test: Ref, i: Ref, j: Ref) {
        let snapshot = self.snapshot();
        match self.random.below(8) {
            0 => {
                let product = self.b.guard(IrOp::MulFit, &[i, j], snapshot);
                self.push(product);
            }
            // One that is likely to pass.
            n => {
                let fits = self.b.op(IrOp::Fits, &[i]);
                let test = if n < 3 { test } else { fits };
                let op = if n == 1 { IrOp::GuardNot } else { IrOp::Guard };
                self.b.guard(op, &[test], snapshot);
            }
        }
    }

    fn access(&mut self) {
        let i = self.any(Ty::I);
        let seven = self.b.const_i(7);
        let item = self.b.op(IrOp::And, &[i, seven]);
        let at = self.b.imm(IrOp::Index, &[self.object, item], self.random.one(&[1, 4, 8]));
        let float = self.random.below(3) == 0;
        // The index adds 56 bytes at most; the last access begins 8 bytes before the end.
        let offset = self.random.below((INTS as usize - 8) * 8) as i64;
        let store = self.random.below(2) == 0;
        if float {
            let offset = (offset & !7) + INTS as i64 * 8;
            let at = self.object;
            let value = self.any(Ty::F);
            if store {
                self.b.memory(IrOp::StoreF64, &[at, value], offset, Alias(3));
            } else {
                let value = self.b.memory(IrOp::LoadF64, &[at], offset, Alias(3));
                self.push(value);
            }
            return;
        }
        let (load, write) = self.random.one(&INT_ACCESSES);
        if store {
            let value = self.any(Ty::I);
            self.b.memory(write, &[at, value], offset, Alias::RAW);
        } else {
            let value = self.b.memory(load, &[at], offset, Alias::RAW);
            self.push(value);
        }
    }
}

/// What both run on.
struct Input {
    slots: Vec<u64>,
    ints: Vec<u64>,
    floats: Vec<u64>,
    object: Vec<u64>,
}

impl Input {
    fn new(random: &mut Random) -> Input {
        Input {
            slots: (0..SLOTS).map(|_| random.word()).collect(),
            ints: (0..INT_PARAMS).map(|_| random.int().cast_unsigned()).collect(),
            floats: (0..FLOAT_PARAMS).map(|_| random.float().to_bits()).collect(),
            object: (0..WORDS)
                .map(|i| if i < INTS { random.next() } else { random.float().to_bits() })
                .collect(),
        }
    }
    fn params(&self, object: u64) -> Vec<u64> {
        [object].iter().chain(&self.ints).chain(&self.floats).copied().collect()
    }
}

/// How a run ended: the snapshot's resume point, the reason, the slots that it names, the object's words.
#[derive(Debug, PartialEq)]
struct Outcome {
    kind: ExitKind,
    resume: Option<u32>,
    slots: Vec<(i32, Word)>,
    object: Vec<Word>,
}

/// A value without the bits that nobody defines.
#[derive(Debug, PartialEq)]
enum Word {
    Bits(u64),
    Float(u64),
    Nan,
}

fn float(bits: u64) -> Word {
    if f64::from_bits(bits).is_nan() { Word::Nan } else { Word::Float(bits) }
}

fn object(words: impl Iterator<Item = u64>) -> Vec<Word> {
    words.zip(0..).map(|(w, i)| if i < INTS { Word::Bits(w) } else { float(w) }).collect()
}

fn evaluated(trace: &Trace, input: &Input) -> Option<Outcome> {
    let mut machine = eval::Machine { polls: usize::MAX, fuel: 10_000, ..eval::Machine::default() };
    machine.slots.extend((0..).zip(input.slots.iter().copied()));
    let address = eval::Memory::old_object(0);
    machine.params = input.params(address);
    for (i, word) in (0..).zip(&input.object) {
        machine.memory.set_word(address + i * 8, *word);
    }
    let mut calls = |_: &mut eval::Machine, _: &Callee, args: &[u64]| {
        let [a, b, c] = *args else { return None };
        Some(mix(a.cast_signed(), f64::from_bits(b), c.cast_signed()).cast_unsigned())
    };
    let exit = eval::run(trace, &mut machine, &mut calls);
    let (kind, at) = match exit.left {
        Left::Guard(at) | Left::Stop(at) => (ExitKind::Guard, at),
        Left::Poll(at) => (ExitKind::Poll, at),
        _ => return None,
    };
    let snapshot = trace.snapshot(trace.inst(at).snapshot?);
    let mut slots = Vec::new();
    for (slot, entry) in &snapshot.slots {
        let Entry::Ref(value) = *entry else { return None };
        let word = machine.slots[slot];
        let is_float = trace.inst(value).ty == Ty::F;
        let word =
            if is_float { float(machine.memory.unboxed(word).to_bits()) } else { Word::Bits(word) };
        slots.push((*slot, word));
    }
    let object = object((0..WORDS).map(|i| machine.memory.word(address + i * 8)));
    Some(Outcome { kind, resume: exit.resume, slots, object })
}

fn ran(machine: &mut Machine, trace: &Trace, compiled: &Compiled, input: &Input) -> Outcome {
    let memory = input.object.clone();
    let address = memory.as_ptr().expose_provenance() as u64;
    machine.slots[..SLOTS].copy_from_slice(&input.slots);
    let params = input.params(address);
    machine.context.values[..params.len()].copy_from_slice(&params);
    let left = machine.run(compiled);
    let exit = &compiled.exits[left.exit];
    let snapshot = trace.snapshot(exit.snapshot.expect("these traces do not finish"));
    let mut slots = Vec::new();
    for (slot, entry) in &snapshot.slots {
        let Entry::Ref(value) = *entry else { continue };
        let place = exit.live.iter().position(|(live, _)| *live == value);
        let inst = trace.inst(value);
        let bits = place.map_or(inst.imm.cast_unsigned(), |place| left.values[place]);
        let word = match inst.ty {
            Ty::I => Word::Bits(word::of_int(bits.cast_signed())),
            Ty::B => Word::Bits(word::of_bool(bits != 0)),
            Ty::F => float(bits),
            _ => Word::Bits(bits),
        };
        slots.push((*slot, word));
    }
    let object = object((0..WORDS).map(|i| peek(address + i * 8)));
    drop(std::hint::black_box(memory));
    Outcome { kind: exit.kind, resume: Some(snapshot.resume), slots, object }
}

#[test]
fn compiled_traces_do_what_evaluated_ones_do() {
    use haft_jit::backend::Backend;
    let mut machine = Machine::new();
    let mut compared = 0;
    for seed in 1..=TRACES {
        let trace = Generator::new(seed).trace();
        verify(&trace).unwrap_or_else(|fault| panic!("seed {seed}: {fault}\n{}", print(&trace)));
        let compiled = machine.compile(&trace, None);
        let mut random = Random(seed << 20 | 1);
        for run in 0..RUNS {
            let input = Input::new(&mut random);
            let Some(expected) = evaluated(&trace, &input) else { continue };
            let found = ran(&mut machine, &trace, &compiled, &input);
            assert_eq!(found, expected, "seed {seed}, run {run}\n{}", print(&trace));
            compared += 1;
        }
        machine.clif.free(compiled.id);
    }
    assert!(compared > TRACES, "most of them can be compared: {compared}");
}
