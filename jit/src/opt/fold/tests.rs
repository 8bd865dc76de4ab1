//! Each rule against the evaluator: random operations on random operands give what evaluating them gives.
use std::cell::RefCell;
use std::collections::BTreeSet;

use super::super::emit::{Emitter, plain};
use super::super::slots::Slots;
use super::BY_OP;
use crate::eval::pure;
use crate::ir::{Class, IrOp, OPS, Ref, Ty};
use crate::word;

thread_local! {
    static FIRED: RefCell<BTreeSet<&'static str>> = const { RefCell::new(BTreeSet::new()) };
}

/// A rule was used.
pub(in crate::opt) fn fired(name: &'static str) {
    FIRED.with(|fired| fired.borrow_mut().insert(name));
}

/// Random numbers with a fixed seed.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    fn below(&mut self, n: usize) -> usize {
        (self.next() >> 20) as usize % n
    }
    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

const INTS: &[i64] = &[
    0,
    1,
    -1,
    2,
    3,
    4,
    7,
    8,
    -8,
    16,
    63,
    64,
    127,
    128,
    -128,
    255,
    256,
    32767,
    65535,
    -32768,
    0x7fff_ffff,
    -0x8000_0000,
    1 << 40,
    word::INT_MAX,
    word::INT_MIN,
    i64::MAX,
    i64::MIN,
];
const FLOATS: &[f64] =
    &[0.0, -0.0, 1.0, -1.0, 2.0, 0.5, 3.0, 1.5, 4.0, 1e300, f64::INFINITY, f64::NAN];

/// One emitter with the values of what it wrote and of what it was asked for.
struct Case<'t> {
    e: Emitter<'t>,
    /// What was asked for: value in the emitter, type, bits.
    pool: Vec<(Ref, Ty, u64)>,
    /// Bits of what was written.
    written: Vec<u64>,
    params: Vec<u64>,
    random: Random,
}

impl Case<'_> {
    fn new(seed: u64) -> Self {
        let random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut case = Case {
            e: Emitter::new(&[], Slots::default(), true),
            pool: Vec::new(),
            written: Vec::new(),
            params: Vec::new(),
            random,
        };
        for ty in [Ty::I, Ty::I, Ty::I, Ty::F, Ty::F, Ty::B, Ty::B, Ty::V, Ty::V, Ty::P] {
            let bits = case.bits(ty);
            let param = plain(IrOp::Param, ty, &[], case.params.len() as i64);
            case.params.push(bits);
            let value = case.e.merged(param);
            case.pool.push((value, ty, bits));
        }
        case
    }
    fn bits(&mut self, ty: Ty) -> u64 {
        let random = &mut self.random;
        match ty {
            Ty::I if random.below(3) == 0 => random.next() >> random.below(64),
            Ty::I => random.one(INTS).cast_unsigned(),
            Ty::F => random.one(FLOATS).to_bits(),
            Ty::B => random.next() & 1,
            Ty::P => random.one(&[0, 0x1000, 0x2000, 0x2008]),
            Ty::V | Ty::Unit => match random.below(5) {
                0 => word::of_int(random.one(&[0, 1, -5, 77])),
                1 => word::of_float(random.one(&[0.0, 1.5, -3.0])).unwrap_or(word::TRUE),
                2 => word::of_bool(random.below(2) == 0),
                3 => random.one(&[0x1000, 0x2000]),
                _ => random.one(&[0x14, 0x24]),
            },
        }
    }
    fn operand(&mut self, ty: Ty) -> (Ref, u64) {
        if self.random.below(3) == 0 {
            let bits = self.bits(ty);
            return (self.e.of_bits(ty, bits), bits);
        }
        // Recent values first: rules look at what their operands are made of.
        let fits: Vec<_> = self.pool.iter().rev().filter(|(_, other, _)| *other == ty).collect();
        let near = 1 + self.random.below(fits.len());
        let (value, _, bits) = *fits[self.random.below(near)];
        (value, bits)
    }

    fn step(&mut self) {
        let undo = self.pool.last().and_then(|&(value, _, _)| inverse(self.e.inst(value).op));
        let row = match undo.filter(|_| self.random.below(2) == 0) {
            Some(op) => op.row(),
            None => &OPS[self.random.below(OPS.len())],
        };
        let Some(types) = row.args.filter(|types| {
            let computes = row.class == Class::Pure || matches!(row.op, IrOp::BoxF | IrOp::MulFit);
            computes && !types.is_empty()
        }) else {
            return;
        };
        let mut args = Vec::new();
        let mut bits = Vec::new();
        for &ty in types {
            let (value, known) = match args.last() {
                None if undo == Some(row.op) => {
                    let &(value, _, bits) = self.pool.last().expect("there are inputs");
                    (value, bits)
                }
                Some(&done) if undo == Some(row.op) && self.random.below(2) == 0 => {
                    self.undone_with(done).unwrap_or_else(|| self.operand(ty))
                }
                Some(&last) if self.random.below(6) == 0 && ty == types[0] => (last, bits[0]),
                _ => self.operand(ty),
            };
            args.push(value);
            bits.push(known);
        }
        let imm = match row.op {
            IrOp::SignExt | IrOp::ZeroExt => self.random.one(&[8, 16, 32]),
            IrOp::Index => self.random.one(&[1, 2, 4, 8]),
            _ => 0,
        };
        if !has_meaning(row.op, &bits) {
            return;
        }
        let Some(result) = pure(row.op, imm, &bits) else { return };
        let mut inst = plain(row.op, row.result, &args, imm);
        let value = if row.op == IrOp::MulFit {
            inst.args.iter_mut().for_each(|arg| *arg = self.e.resolve(*arg));
            self.e.folded(&mut inst.clone()).unwrap_or_else(|| self.e.merged(inst))
        } else {
            self.e.pure(inst)
        };
        self.run();
        let found = self.written[self.e.resolve(value).0 as usize];
        let nan = |bits: u64| row.result == Ty::F && f64::from_bits(bits).is_nan();
        assert!(
            found == result || nan(found) && nan(result),
            "{} {bits:x?} gives {found:#x}, not {result:#x}",
            row.text
        );
        self.pool.push((value, row.result, result));
        if row.result == Ty::B && self.random.below(2) == 0 && self.e.constant(value).is_none() {
            let test = self.e.resolve(value);
            self.e.assume(test, result != 0);
            self.run();
        }
    }
    /// What the operation that is taken back was done with.
    fn undone_with(&self, done: Ref) -> Option<(Ref, u64)> {
        let with = *self.e.inst(self.e.resolve(done)).args.get(1)?;
        Some((with, self.written[self.e.resolve(with).0 as usize]))
    }
    /// Evaluate what was written, and check what is known of it.
    fn run(&mut self) {
        for at in self.written.len()..self.e.out.len() {
            let inst = &self.e.out[at];
            let args: Vec<u64> = inst.args.iter().map(|arg| self.written[arg.0 as usize]).collect();
            let bits = match inst.op {
                IrOp::Param => self.params[inst.imm as usize],
                op => pure(op, inst.imm, &args).expect("operands with a meaning"),
            };
            self.written.push(bits);
        }
        for at in 0..self.written.len() {
            let (value, bits) = (Ref(at as u32), self.written[at]);
            let facts = self.e.facts(value);
            let number = bits.cast_signed();
            if self.e.out[at].ty == Ty::I {
                assert!(facts.min <= number && number <= facts.max, "%{at}: {number} {facts:?}");
                assert!(bits & facts.zeros == 0 && !bits & facts.ones == 0, "%{at}: {bits:x}");
            }
        }
    }
}

/// The operation that takes back what another did.
fn inverse(op: IrOp) -> Option<IrOp> {
    Some(match op {
        IrOp::Shl => IrOp::Shr,
        IrOp::UnboxI => IrOp::BoxI,
        IrOp::UnboxF => IrOp::BoxF,
        IrOp::UnboxB => IrOp::BoxB,
        IrOp::Sub => IrOp::Add,
        _ => return None,
    })
}

/// Operations whose operands the recorder has tested.
fn has_meaning(op: IrOp, bits: &[u64]) -> bool {
    let fits = |bits: u64| word::fits(bits.cast_signed());
    match op {
        IrOp::BoxI => fits(bits[0]),
        IrOp::UnboxI => word::is_int(bits[0]),
        IrOp::UnboxF => word::is_float(bits[0]),
        IrOp::UnboxB => matches!(bits[0], word::TRUE | word::FALSE),
        IrOp::ObjectOf => word::is_object(bits[0]),
        IrOp::ValueAt => word::is_object(bits[0]),
        _ => true,
    }
}

#[test]
fn rules_hold() {
    for seed in 1..8000 {
        let mut case = Case::new(seed);
        for _ in 0..60 {
            case.step();
        }
    }
    let all: Vec<&str> =
        BY_OP.iter().flat_map(|rules| rules.iter().map(|rule| rule.name)).collect();
    // These need objects or floats in memory; the random traces have them.
    let others = ["a new object is b", "a new object is a constant"];
    let missing: Vec<&&str> = FIRED.with(|fired| {
        all.iter()
            .filter(|name| !fired.borrow().contains(**name) && !others.contains(name))
            .collect()
    });
    assert!(missing.is_empty(), "never used: {missing:?}");
}
