//! Arithmetic that the handlers leave to the runtime: of bools, quotients of ints, small powers.
use haft_bytecode::{Insn, Op};
use haft_heap::Value;
use haft_jit::ir::IrOp;

use super::rec::{Known, Rec};
use crate::interp::machine::{FloatOp, IntOp, Machine};
use crate::object::CompareOp;

/// `x ** y` as the runtime has it, where that is finite.
extern "C" fn power(x: f64, y: f64) -> f64 {
    x.powf(y)
}

/// Ints up to this are floats without loss.
const EXACT: i64 = 1 << 53;

impl Rec<'_, '_> {
    /// The running instruction, if it is such an operation; false: it is not, and nothing was done.
    pub(super) fn number_instruction(&mut self, i: Insn) -> bool {
        let op = match i.op() {
            Op::Add => IntOp::Add,
            Op::Sub => IntOp::Sub,
            Op::Mul => IntOp::Mul,
            Op::TrueDiv | Op::Pow => return self.quotient_or_power(i),
            _ => return false,
        };
        let (a, b) = (self.reg(i.b()), self.reg(i.c()));
        let is_number = |value: Value| value.is_fixnum() || value.is_bool();
        let some_bool = a.now.is_bool() || b.now.is_bool();
        if !some_bool || !is_number(a.now) || !is_number(b.now) {
            return false;
        }
        let (x, y) = (self.int_or_bool(a), self.int_or_bool(b));
        let result = self.int_op(op, x, y);
        self.set_int(i, result)
    }

    fn quotient_or_power(&mut self, i: Insn) -> bool {
        let (a, b) = (self.reg(i.b()), self.reg(i.c()));
        let (Some(x), Some(y)) = (a.now.as_fixnum(), b.now.as_fixnum()) else {
            return i.op() == Op::Pow && self.power_of_floats(i, a, b);
        };
        if i.op() == Op::Pow {
            return matches!(y, 2 | 3) && self.power(i, a, (b, y));
        }
        let is_exact = |number: i64| (-EXACT..=EXACT).contains(&number);
        if y == 0 || !is_exact(x) || !is_exact(y) || !self.is_int(a) || !self.is_int(b) {
            return false;
        }
        let (x, y) = (Machine::int(self, a), Machine::int(self, b));
        for number in [x, y] {
            let (half, whole) = (self.int(EXACT), self.int(2 * EXACT + 1));
            let moved = self.op(IrOp::Add, &[number.by, half]);
            let exact = self.op(IrOp::ULt, &[moved, whole]);
            self.test(true, exact);
        }
        let zero = self.int_constant(0);
        self.int_compare(CompareOp::Ne, y, zero);
        let (x, y) = (self.int_to_float(x), self.int_to_float(y));
        let quotient = self.float_op(FloatOp::Div, x, y);
        let quotient = self.of_float(quotient);
        self.set(i.a(), quotient);
        true
    }

    /// The square or the cube of an int.
    fn power(&mut self, i: Insn, a: Known<Value>, (b, exponent): (Known<Value>, i64)) -> bool {
        if !self.is_same(b, b.now) || !self.is_int(a) {
            return false;
        }
        let x = Machine::int(self, a);
        let mut result = self.int_op(IntOp::Mul, x, x);
        if let Some(square) = result.filter(|_| exponent == 3) {
            result = self.int_op(IntOp::Mul, square, x);
        }
        self.set_int(i, result)
    }

    /// The power of floats, or of a float and an int. Where the result is not finite the interpreter finds out why.
    fn power_of_floats(&mut self, i: Insn, a: Known<Value>, b: Known<Value>) -> bool {
        let number = |value: Value| {
            value.as_float_imm().or_else(|| value.as_fixnum().map(|number| number as f64))
        };
        let (Some(x), Some(y)) = (number(a.now), number(b.now)) else { return false };
        let now = power(x, y);
        if !now.is_finite() {
            return false;
        }
        let (Some(x), Some(y)) = (self.as_float(a), self.as_float(b)) else { return false };
        let address = power as *const () as usize;
        let result = self.function_of_floats("pow", address, &[x.by, y.by], now);
        self.set(i.a(), result);
        true
    }

    fn set_int(&mut self, i: Insn, number: Option<Known<i64>>) -> bool {
        let Some(number) = number else { return false };
        let number = self.of_int(number);
        self.set(i.a(), number);
        true
    }

    /// The number of an int or bool, guarded.
    fn int_or_bool(&mut self, value: Known<Value>) -> Known<i64> {
        if value.now.is_bool() {
            self.is_same(value, value.now);
            return self.int_constant(i64::from(value.now == Value::TRUE));
        }
        self.is_int(value);
        Machine::int(self, value)
    }

    /// `divmod(a, b)` of small ints.
    pub(super) fn quotient_and_rest(
        &mut self,
        a: Known<Value>,
        b: Known<Value>,
    ) -> Option<Known<Value>> {
        a.now.as_fixnum()?;
        b.now.as_fixnum().filter(|divisor| *divisor != 0)?;
        if !self.is_int(a) || !self.is_int(b) {
            return None;
        }
        let (x, y) = (Machine::int(self, a), Machine::int(self, b));
        let zero = self.int_constant(0);
        self.int_compare(CompareOp::Ne, y, zero);
        let quotient = self.int_op(IntOp::FloorDiv, x, y)?;
        let rest = self.int_op(IntOp::Mod, x, y)?;
        let (quotient, rest) = (self.of_int(quotient), self.of_int(rest));
        let by = self.tuple_with(&[quotient.by, rest.by]);
        Some(Known { now: self.d.vm.tuple(&[quotient.now, rest.now]), by })
    }
}
