//! Arithmetic: quick paths for fixnums and immediate floats, slots for the rest.
use haft_bytecode::Insn;
use haft_bytecode::opcode::{ALLOCATES, ANY, RAISES, WRITES};
use haft_heap::Value;

use crate::interp::machine::{FloatOp, Helper1, Helper2, IntOp, Machine};
use crate::object::{CompareOp, ShapeId};
use crate::protocol::BinaryOp;
use crate::vm::{R, Vm};

macro_rules! helpers {
    ($( $helper:ident $inplace:ident = $op:ident; )+) => { $(
        static $helper: Helper2 = Helper2 { name: stringify!($op), effects: ANY, call: |vm, a, b| vm.binary_op(BinaryOp::$op, a, b) };
        static $inplace: Helper2 = Helper2 { name: concat!("Inplace", stringify!($op)), effects: ANY, call: |vm, a, b| vm.inplace_op(BinaryOp::$op, a, b) };
    )+
    /// The helper that does the same for plain operands; where they do not fit, the message says which operator it was.
    fn plain_helper(name: &str, in_place: bool) -> &'static Helper2 {
        match name {
            $( stringify!($op) => {
                static PLAIN: Helper2 = Helper2 { name: concat!("Plain", stringify!($op)), effects: RAISES | ALLOCATES, call: |vm, a, b| vm.binary_op(BinaryOp::$op, a, b) };
                static IN_PLACE: Helper2 = Helper2 { name: concat!("PlainInplace", stringify!($op)), effects: RAISES | ALLOCATES, call: |vm, a, b| vm.inplace_op(BinaryOp::$op, a, b) };
                if in_place { &IN_PLACE } else { &PLAIN }
            } )+
            _ => unreachable!("one row an operator"),
        }
    } };
}

helpers! {
    ADD IADD = Add;
    SUB ISUB = Sub;
    MUL IMUL = Mul;
    DIV IDIV = TrueDiv;
    FLOOR_DIV IFLOOR_DIV = FloorDiv;
    MOD IMOD = Mod;
    LSHIFT ILSHIFT = LShift;
    RSHIFT IRSHIFT = RShift;
    AND IAND = And;
    OR IOR = Or;
    XOR IXOR = Xor;
}

static NEG: Helper1 = Helper1 { name: "Neg", effects: ANY, call: Vm::negative };
static POS: Helper1 = Helper1 { name: "Pos", effects: ANY, call: Vm::positive };
static INVERT: Helper1 = Helper1 { name: "Invert", effects: ANY, call: Vm::invert };

#[inline(always)]
fn slow<M: Machine>(
    m: &mut M,
    i: Insn,
    plain: &'static Helper2,
    inplace: &'static Helper2,
    a: M::V,
    b: M::V,
) -> R<()> {
    m.save_pc();
    let helper = if m.is_plain(a) && m.is_plain(b) {
        // No plain value has an operator in place.
        plain_helper(plain.name, i.x() == 1)
    } else if let Some(quiet) = of_sequences(m, i, plain.name, a, b) {
        quiet
    } else if i.x() == 1 {
        inplace
    } else {
        plain
    };
    let result = m.call2(helper, a, b)?;
    m.set(i.a(), result);
    Ok(())
}

static EXTEND: Helper2 = Helper2 {
    name: "Extend",
    effects: RAISES | ALLOCATES | WRITES,
    call: |vm, a, b| vm.inplace_op(BinaryOp::Add, a, b),
};

/// The helper for concatenation and repetition of exact lists and tuples, which run no Python.
fn of_sequences<M: Machine>(
    m: &mut M,
    i: Insn,
    name: &str,
    a: M::V,
    b: M::V,
) -> Option<&'static Helper2> {
    let shape = |value: Value| value.as_ptr().map(|obj| ShapeId(obj.shape()));
    let (x, y) = (m.word_of(a), m.word_of(b));
    let first = shape(x).filter(|s| matches!(*s, ShapeId::LIST | ShapeId::TUPLE))?;
    let fits = match name {
        "Add" => shape(y) == Some(first),
        "Mul" => y.is_fixnum() && (i.x() == 0 || first == ShapeId::TUPLE),
        _ => false,
    };
    let known = fits
        && m.shape_is(a, first.0)
        && if y.is_fixnum() { m.is_int(b) } else { m.shape_is(b, first.0) };
    let changes = i.x() == 1 && first == ShapeId::LIST;
    known.then(|| if changes { &EXTEND } else { plain_helper(name, i.x() == 1) })
}

/// `a OP b` of exact complex numbers by the textbook; `None` if they are none, or if the result is not a number in both
/// parts (C99, annex G, knows better then).
#[inline(always)]
fn complexes<M: Machine>(m: &mut M, op: FloatOp, a: M::V, b: M::V) -> Option<M::V> {
    let are = m.is_plain(a) && m.is_plain(b) && m.shape_is(a, COMPLEX) && m.shape_is(b, COMPLEX);
    if !are {
        return None;
    }
    let ((ar, ai), (br, bi)) = (m.complex(a), m.complex(b));
    let (re, im) = if op == FloatOp::Mul {
        let (rr, ii) = (m.float_op(op, ar, br), m.float_op(op, ai, bi));
        let (ri, ir) = (m.float_op(op, ar, bi), m.float_op(op, ai, br));
        (m.float_op(FloatOp::Sub, rr, ii), m.float_op(FloatOp::Add, ri, ir))
    } else {
        (m.float_op(op, ar, br), m.float_op(op, ai, bi))
    };
    let number = m.float_compare(CompareOp::Eq, re, re);
    number.then(|| m.of_complex(re, im))
}

const COMPLEX: u32 = ShapeId::COMPLEX.0;

/// Both operands as floats, if one is a float and the other a float or a fixnum.
#[inline(always)]
fn both_floats<M: Machine>(m: &mut M, a: M::V, b: M::V) -> Option<(M::F, M::F)> {
    if m.is_float(a) {
        let x = m.float(a);
        if m.is_float(b) {
            let y = m.float(b);
            return Some((x, y));
        }
        if m.is_int(b) {
            let n = m.int(b);
            let y = m.int_to_float(n);
            return Some((x, y));
        }
        return None;
    }
    if m.is_int(a) && m.is_float(b) {
        let n = m.int(a);
        let (x, y) = (m.int_to_float(n), m.float(b));
        return Some((x, y));
    }
    None
}

macro_rules! int_float_op {
    ($(#[$meta:meta])* $name:ident, $int:expr, $float:expr, $plain:ident, $inplace:ident) => {
        $(#[$meta])*
        #[inline(always)]
        pub(in crate::interp) fn $name<M: Machine>(m: &mut M, i: Insn) -> R<()> {
            let (a, b) = (m.reg(i.b()), m.reg(i.c()));
            if m.is_int(a) && m.is_int(b) {
                let (x, y) = (m.int(a), m.int(b));
                if let Some(z) = m.int_op($int, x, y) {
                    let z = m.of_int(z);
                    m.set(i.a(), z);
                    return Ok(());
                }
            } else if let Some((x, y)) = both_floats(m, a, b) {
                let z = m.float_op($float, x, y);
                let z = m.of_float(z);
                m.set(i.a(), z);
                return Ok(());
            } else if let Some(z) = complexes(m, $float, a, b) {
                m.set(i.a(), z);
                return Ok(());
            }
            slow(m, i, &$plain, &$inplace, a, b)
        }
    };
}

int_float_op!(/** `a + b` */ add, IntOp::Add, FloatOp::Add, ADD, IADD);
int_float_op!(/** `a - b` */ sub, IntOp::Sub, FloatOp::Sub, SUB, ISUB);
int_float_op!(/** `a * b` */ mul, IntOp::Mul, FloatOp::Mul, MUL, IMUL);

macro_rules! int_op {
    ($(#[$meta:meta])* $name:ident, $int:expr, $plain:ident, $inplace:ident, |$m:ident, $y:ident| $fits:expr) => {
        $(#[$meta])*
        #[inline(always)]
        pub(in crate::interp) fn $name<M: Machine>($m: &mut M, i: Insn) -> R<()> {
            let (a, b) = ($m.reg(i.b()), $m.reg(i.c()));
            if $m.is_int(a) && $m.is_int(b) {
                let (x, $y) = ($m.int(a), $m.int(b));
                if $fits && let Some(z) = $m.int_op($int, x, $y) {
                    let z = $m.of_int(z);
                    $m.set(i.a(), z);
                    return Ok(());
                }
            }
            slow($m, i, &$plain, &$inplace, a, b)
        }
    };
}

/// Is the number between two bounds (a decision, so guarded)?
#[inline(always)]
fn between<M: Machine>(m: &mut M, number: M::I, low: i64, high: i64) -> bool {
    let (low, high) = (m.int_constant(low), m.int_constant(high));
    m.int_compare(CompareOp::Ge, number, low) && m.int_compare(CompareOp::Le, number, high)
}

#[inline(always)]
fn not_zero<M: Machine>(m: &mut M, number: M::I) -> bool {
    let zero = m.int_constant(0);
    m.int_compare(CompareOp::Ne, number, zero)
}

int_op!(/** `a // b` */ floor_div, IntOp::FloorDiv, FLOOR_DIV, IFLOOR_DIV, |m, y| not_zero(m, y));
int_op!(/** `a % b` */ modulo, IntOp::Mod, MOD, IMOD, |m, y| not_zero(m, y));
int_op!(/** `a << b` */ lshift, IntOp::LShift, LSHIFT, ILSHIFT, |m, y| between(m, y, 0, 61));
int_op!(/** `a >> b` */ rshift, IntOp::RShift, RSHIFT, IRSHIFT, |m, y| between(m, y, 0, i64::MAX));
int_op!(/** `a & b` */ and, IntOp::And, AND, IAND, |m, y| { let _ = (&m, y); true });
int_op!(/** `a | b` */ or, IntOp::Or, OR, IOR, |m, y| { let _ = (&m, y); true });
int_op!(/** `a ^ b` */ xor, IntOp::Xor, XOR, IXOR, |m, y| { let _ = (&m, y); true });

/// `a / b`
#[inline(always)]
pub(in crate::interp) fn div<M: Machine>(m: &mut M, i: Insn) -> R<()> {
    let (a, b) = (m.reg(i.b()), m.reg(i.c()));
    if let Some((x, y)) = both_floats(m, a, b) {
        let zero = m.int_constant(0);
        let zero = m.int_to_float(zero);
        if m.float_compare(CompareOp::Ne, y, zero) {
            let z = m.float_op(FloatOp::Div, x, y);
            let z = m.of_float(z);
            m.set(i.a(), z);
            return Ok(());
        }
    }
    slow(m, i, &DIV, &IDIV, a, b)
}

/// `a OP c` with an immediate int.
#[inline(always)]
pub(in crate::interp) fn binary_int<M: Machine>(m: &mut M, i: Insn, op: IntOp) -> R<()> {
    let a = m.reg(i.b());
    let number = i64::from(i.c_int());
    let divides = matches!(op, IntOp::FloorDiv | IntOp::Mod);
    let shifts = matches!(op, IntOp::LShift | IntOp::RShift);
    let usable = !(divides && number == 0 || shifts && !(0..62).contains(&number));
    if usable && m.is_int(a) {
        let (x, y) = (m.int(a), m.int_constant(number));
        if let Some(z) = m.int_op(op, x, y) {
            let z = m.of_int(z);
            m.set(i.a(), z);
            return Ok(());
        }
    } else if usable && m.is_float(a) && matches!(op, IntOp::Add | IntOp::Sub | IntOp::Mul) {
        let (x, y) = (m.float(a), m.int_constant(number));
        let y = m.int_to_float(y);
        let op = match op {
            IntOp::Add => FloatOp::Add,
            IntOp::Sub => FloatOp::Sub,
            _ => FloatOp::Mul,
        };
        let z = m.float_op(op, x, y);
        let z = m.of_float(z);
        m.set(i.a(), z);
        return Ok(());
    }
    let b = m.constant(Value::small(i32::from(i.c_int())));
    let (plain, inplace): (&'static Helper2, &'static Helper2) = match op {
        IntOp::Add => (&ADD, &IADD),
        IntOp::Sub => (&SUB, &ISUB),
        IntOp::Mul => (&MUL, &IMUL),
        IntOp::FloorDiv => (&FLOOR_DIV, &IFLOOR_DIV),
        IntOp::Mod => (&MOD, &IMOD),
        IntOp::LShift => (&LSHIFT, &ILSHIFT),
        IntOp::RShift => (&RSHIFT, &IRSHIFT),
        IntOp::And => (&AND, &IAND),
        IntOp::Or => (&OR, &IOR),
        IntOp::Xor => (&XOR, &IXOR),
    };
    slow(m, i, plain, inplace, a, b)
}

/// `-a` (0), `+a` (1), `~a` (2).
#[inline(always)]
pub(in crate::interp) fn unary<M: Machine>(m: &mut M, i: Insn, which: u8) -> R<()> {
    let a = m.reg(i.b());
    if m.is_int(a) {
        let x = m.int(a);
        let result = match which {
            0 => {
                let zero = m.int_constant(0);
                m.int_op(IntOp::Sub, zero, x)
            }
            1 => Some(x),
            _ => {
                let ones = m.int_constant(-1);
                m.int_op(IntOp::Xor, x, ones)
            }
        };
        if let Some(z) = result {
            let z = m.of_int(z);
            m.set(i.a(), z);
            return Ok(());
        }
    } else if which < 2 && m.is_float(a) {
        let x = m.float(a);
        let z = if which == 0 { m.float_negative(x) } else { x };
        let z = m.of_float(z);
        m.set(i.a(), z);
        return Ok(());
    }
    m.save_pc();
    let result = m.call1([&NEG, &POS, &INVERT][usize::from(which)], a)?;
    m.set(i.a(), result);
    Ok(())
}
