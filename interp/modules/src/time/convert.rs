//! Numbers of seconds from Python as nanoseconds.
use haft_core::{R, Value, Vm};

/// Nanoseconds in a second.
pub const SECOND: i64 = 1_000_000_000;

/// Where a number that lies between two representable ones goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Towards minus infinity.
    Floor,
    /// Towards plus infinity.
    Ceiling,
    /// To the nearest, ties to even.
    HalfEven,
    /// Away from zero: no wait ends too early.
    Up,
}

impl Rounding {
    /// Round to a whole number.
    pub fn round(self, number: f64) -> f64 {
        match self {
            Rounding::Floor => number.floor(),
            Rounding::Ceiling => number.ceil(),
            Rounding::HalfEven => number.round_ties_even(),
            Rounding::Up if number < 0.0 => number.floor(),
            Rounding::Up => number.ceil(),
        }
    }
}

/// An int or float number of seconds as nanoseconds.
pub fn nanoseconds(vm: &mut Vm, value: Value, rounding: Rounding) -> R<i64> {
    scaled(vm, value, SECOND, rounding)
}

/// An int or float number of units of `scale` nanoseconds as nanoseconds.
pub fn scaled(vm: &mut Vm, value: Value, scale: i64, rounding: Rounding) -> R<i64> {
    let nanoseconds = if let Some(number) = vm.as_float(value) {
        if number.is_nan() {
            return Err(vm.value_error("Invalid value NaN (not a number)"));
        }
        let scaled = rounding.round(number * scale as f64);
        // 2^63 as a float is the first that does not fit.
        let limit = -(i64::MIN as f64);
        (-limit..limit).contains(&scaled).then_some(scaled as i64)
    } else {
        let index = vm.index_value(value)?;
        vm.as_int(index).and_then(|number| number.checked_mul(scale))
    };
    match nanoseconds {
        Some(nanoseconds) => Ok(nanoseconds),
        None => Err(vm.overflow_error("timestamp too large to convert to C PyTime_t")),
    }
}

/// An int or float number of seconds since 1970 as whole seconds (`_PyTime_ObjectToTime_t`).
pub fn whole_seconds(vm: &mut Vm, value: Value) -> R<i64> {
    let seconds = if let Some(number) = vm.as_float(value) {
        if number.is_nan() {
            return Err(vm.value_error("Invalid value NaN (not a number)"));
        }
        let floor = number.floor();
        let limit = -(i64::MIN as f64);
        (-limit..limit).contains(&floor).then_some(floor as i64)
    } else {
        let index = vm.index_value(value)?;
        vm.as_int(index)
    };
    match seconds {
        Some(seconds) => Ok(seconds),
        None => Err(vm.overflow_error("timestamp out of range for platform time_t")),
    }
}

/// Nanoseconds as a float number of seconds.
pub fn seconds(nanoseconds: i64) -> f64 {
    // Dividing in two steps keeps the result exact where it can be.
    if nanoseconds % SECOND == 0 {
        (nanoseconds / SECOND) as f64
    } else {
        nanoseconds as f64 / SECOND as f64
    }
}

/// The monotonic clock's time in `timeout` nanoseconds.
pub fn deadline(timeout: i64) -> i64 {
    haft_host::clock::Clock::Monotonic.now().unwrap_or(0).saturating_add(timeout)
}
