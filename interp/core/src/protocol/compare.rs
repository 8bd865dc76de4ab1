//! Rich comparison.
use haft_heap::Value;

use crate::object::{CompareOp, Str, Tuple, is_subtype};
use crate::vm::{R, Vm};

impl Vm {
    /// `a OP b` with any result.
    pub fn compare(&mut self, a: Value, b: Value, op: CompareOp) -> R {
        if let (Some(x), Some(y)) = (a.as_fixnum(), b.as_fixnum()) {
            return Ok(Value::bool(op.holds(x.cmp(&y))));
        }
        if let (Some(x), Some(y)) = (a.as_ptr().and_then(Str::of), b.as_ptr().and_then(Str::of)) {
            // The order of WTF-8 bytes is that of code points.
            let outcome = match op {
                CompareOp::Eq => a == b || x.bytes() == y.bytes(),
                CompareOp::Ne => a != b && x.bytes() != y.bytes(),
                _ => op.holds(x.bytes().cmp(y.bytes())),
            };
            return Ok(Value::bool(outcome));
        }
        if let (Some(x), Some(y)) = (a.as_float_imm(), b.as_float_imm()) {
            let outcome = x.partial_cmp(&y).map_or(op == CompareOp::Ne, |order| op.holds(order));
            return Ok(Value::bool(outcome));
        }
        if let Some(order) = Tuple::order(a, b) {
            return Ok(Value::bool(op.holds(order)));
        }
        self.compare_slots(a, b, op)
    }
    /// `a OP b` after the method of the class of `a`, which was asked first, has returned NotImplemented.
    pub fn compare_refused(&mut self, a: Value, b: Value, op: CompareOp) -> R {
        if let Some(compare) = self.type_of(b).slots.compare.get() {
            let result = compare(self, b, a, op.swapped())?;
            if result != Value::NOT_IMPLEMENTED {
                return Ok(result);
            }
        }
        self.compare_identities(a, b, op)
    }
    fn compare_slots(&mut self, a: Value, b: Value, op: CompareOp) -> R {
        self.check_native_depth()?;
        let (left, right) = (self.type_of(a), self.type_of(b));
        let mut reflected_done = false;
        if left != right
            && is_subtype(right, left.obj())
            && let Some(compare) = right.slots.compare.get()
        {
            reflected_done = true;
            let result = compare(self, b, a, op.swapped())?;
            if result != Value::NOT_IMPLEMENTED {
                return Ok(result);
            }
        }
        if let Some(compare) = left.slots.compare.get() {
            let result = compare(self, a, b, op)?;
            if result != Value::NOT_IMPLEMENTED {
                return Ok(result);
            }
        }
        if !reflected_done && let Some(compare) = right.slots.compare.get() {
            let result = compare(self, b, a, op.swapped())?;
            if result != Value::NOT_IMPLEMENTED {
                return Ok(result);
            }
        }
        self.compare_identities(a, b, op)
    }
    /// Neither class compares these.
    fn compare_identities(&mut self, a: Value, b: Value, op: CompareOp) -> R {
        match op {
            CompareOp::Eq => Ok(Value::bool(a == b)),
            CompareOp::Ne => Ok(Value::bool(a != b)),
            _ => {
                let (left, right) = (self.type_of(a), self.type_of(b));
                let (left, right) = (left.shown_name(), right.shown_name());
                let sign = op.sign();
                Err(self.type_error(format!(
                    "'{sign}' not supported between instances of '{left}' and '{right}'"
                )))
            }
        }
    }
    /// `bool(a OP b)`.
    pub fn compare_bool(&mut self, a: Value, b: Value, op: CompareOp) -> R<bool> {
        let result = self.compare(a, b, op)?;
        self.truth(result)
    }
    /// `a is b or a == b`: what containers ask.
    #[inline]
    pub fn equals(&mut self, a: Value, b: Value) -> R<bool> {
        if a == b {
            return Ok(true);
        }
        if let (Some(x), Some(y)) = (a.as_ptr().and_then(Str::of), b.as_ptr().and_then(Str::of)) {
            return Ok(x.bytes() == y.bytes());
        }
        self.compare_bool(a, b, CompareOp::Eq)
    }
}
