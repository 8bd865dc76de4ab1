//! `sum`: ints in a word as long as they fit, floats and complex numbers with the error of each addition carried along.
use haft_core::object::{Complex, FloatBox};
use haft_core::protocol::BinaryOp;
use haft_core::{R, Value, Vm};

haft_core::natives! {
    pub(super) static FUNCTIONS = {
        /// Return the sum of a 'start' value (default: 0) plus an iterable of numbers
        ///
        /// When the iterable is empty, return the start value.
        /// This function is intended specifically for use with numeric values and may
        /// reject non-numeric types.
        sum "($module, iterable, /, start=0)" => sum;
    }
}

/// A sum of floats and what was lost in its roundings (Neumaier's improvement of the Kahan–Babuška algorithm).
#[derive(Clone, Copy)]
struct Compensated {
    high: f64,
    low: f64,
}

impl Compensated {
    fn new(start: f64) -> Compensated {
        Compensated { high: start, low: 0.0 }
    }
    #[inline]
    fn add(&mut self, x: f64) {
        let sum = self.high + x;
        self.low +=
            if self.high.abs() >= x.abs() { (self.high - sum) + x } else { (x - sum) + self.high };
        self.high = sum;
    }
    /// The sum. A correction that is zero must not change the sign of a zero, and one that is no number says nothing.
    fn total(self) -> f64 {
        if self.low != 0.0 && self.low.is_finite() { self.high + self.low } else { self.high }
    }
}

/// An exact float.
#[inline]
fn float_of(value: Value) -> Option<f64> {
    value.as_float_imm().or_else(|| value.as_ptr().and_then(FloatBox::of).map(FloatBox::number))
}

/// An int or bool that fits a word, of no subclass.
#[inline]
fn word_of(vm: &Vm, value: Value) -> Option<i64> {
    if value.is_fixnum() || value.is_bool() || vm.type_of(value) == vm.t.int {
        vm.as_int(value)
    } else {
        None
    }
}

fn sum(vm: &mut Vm, args: &[Value]) -> R {
    let (mut iterable, start) = (args[0], args[1]);
    if vm.type_of(iterable).slots.append_all.get().is_some() {
        iterable = vm.list_of(iterable)?.value();
    }
    let iter = vm.iterate(iterable)?;
    let wrong = if vm.as_str(start).is_some() {
        "sum() can't sum strings [use ''.join(seq) instead]"
    } else if vm.as_bytes(start).is_some() {
        "sum() can't sum bytes [use b''.join(seq) instead]"
    } else if vm.instance_of(start, vm.t.bytearray) {
        "sum() can't sum bytearray [use b''.join(seq) instead]"
    } else {
        ""
    };
    if !wrong.is_empty() {
        return Err(vm.type_error(wrong));
    }
    let mut total = start;
    if let Some(number) = total.as_fixnum() {
        if let Some(sum) = sum_bytes(vm, iterable, number) {
            return Ok(sum);
        }
        match sum_words(vm, iter, number)? {
            Sum::All(sum) => return Ok(sum),
            Sum::Rest(sum) => total = sum,
        }
    }
    if let Some(number) = float_of(total) {
        match sum_floats(vm, iter, number)? {
            Sum::All(sum) => return Ok(sum),
            Sum::Rest(sum) => total = sum,
        }
    }
    if let Some(complex) = total.as_ptr().and_then(Complex::of) {
        match sum_complex(vm, iter, complex)? {
            Sum::All(sum) => return Ok(sum),
            Sum::Rest(sum) => total = sum,
        }
    }
    loop {
        let item = vm.next(iter)?;
        if item.is_absent() {
            return Ok(total);
        }
        total = vm.binary_op(BinaryOp::Add, total, item)?;
    }
}

/// How far one of the quick ways came.
enum Sum {
    /// The sum of everything.
    All(Value),
    /// The sum so far; there may be more.
    Rest(Value),
}

/// The sum of an exact bytes or bytearray, whose iterator has not begun.
fn sum_bytes(vm: &mut Vm, iterable: Value, start: i64) -> Option<Value> {
    let class = vm.type_of(iterable);
    let exact = class == vm.t.bytes || class == vm.t.bytearray;
    let data = if exact { crate::binary::bytes_data(vm, iterable)? } else { return None };
    let total: i64 = data.iter().map(|&byte| i64::from(byte)).sum();
    Some(vm.int(start.checked_add(total)?))
}

fn sum_words(vm: &mut Vm, iter: Value, start: i64) -> R<Sum> {
    let mut total = start;
    loop {
        let item = vm.next(iter)?;
        if let Some(number) = item.as_fixnum() {
            // A word plus a fixnum can leave the range of words only after very many additions, but it can.
            if let Some(sum) = total.checked_add(number) {
                total = sum;
                continue;
            }
        }
        if item.is_absent() {
            return Ok(Sum::All(vm.int(total)));
        }
        let so_far = vm.int(total);
        if let Some(b) = item.as_bool() {
            total = total.saturating_add(i64::from(b));
            continue;
        }
        return Ok(Sum::Rest(vm.binary_op(BinaryOp::Add, so_far, item)?));
    }
}

fn sum_floats(vm: &mut Vm, iter: Value, start: f64) -> R<Sum> {
    let mut total = Compensated::new(start);
    loop {
        let item = vm.next(iter)?;
        if let Some(number) = float_of(item) {
            total.add(number);
        } else if item.is_absent() {
            return Ok(Sum::All(vm.float(total.total())));
        } else if let Some(number) = word_of(vm, item) {
            total.high += number as f64;
        } else {
            let so_far = vm.float(total.total());
            return Ok(Sum::Rest(vm.binary_op(BinaryOp::Add, so_far, item)?));
        }
    }
}

fn sum_complex(vm: &mut Vm, iter: Value, start: Complex) -> R<Sum> {
    let (re, im) = start.parts();
    let (mut re, mut im) = (Compensated::new(re), Compensated::new(im));
    loop {
        let item = vm.next(iter)?;
        if let Some(complex) = item.as_ptr().and_then(Complex::of) {
            let (x, y) = complex.parts();
            re.add(x);
            im.add(y);
        } else if item.is_absent() {
            return Ok(Sum::All(vm.complex(re.total(), im.total())));
        } else if let Some(number) = float_of(item) {
            re.add(number);
        } else if let Some(number) = word_of(vm, item) {
            re.high += number as f64;
        } else {
            let so_far = vm.complex(re.total(), im.total());
            return Ok(Sum::Rest(vm.binary_op(BinaryOp::Add, so_far, item)?));
        }
    }
}
