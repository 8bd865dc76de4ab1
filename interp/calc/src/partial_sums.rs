//! Exact sums of floats: lists of partial sums that do not overlap.

/// Add a number to partial sums that do not overlap (Shewchuk, Adaptive Precision Floating-Point Arithmetic, 1997).
pub(crate) fn add_partial(partials: &mut Vec<f64>, number: f64) {
    let (mut x, mut kept) = (number, 0);
    for at in 0..partials.len() {
        let mut y = partials[at];
        if x.abs() < y.abs() {
            std::mem::swap(&mut x, &mut y);
        }
        let high = x + y;
        let low = y - (high - x);
        if low != 0.0 {
            partials[kept] = low;
            kept += 1;
        }
        x = high;
    }
    partials.truncate(kept);
    partials.push(x);
}

/// The sum of partials, rounded once, half to even.
pub(crate) fn round_partials(partials: &[f64]) -> f64 {
    let Some((&last, rest)) = partials.split_last() else { return 0.0 };
    let (mut high, mut low, mut left) = (last, 0.0, rest);
    while let Some((&y, fewer)) = left.split_last() {
        let x = high;
        high = x + y;
        low = y - (high - x);
        left = fewer;
        if low != 0.0 {
            break;
        }
    }
    if let Some(&next) = left.last()
        && ((low < 0.0 && next < 0.0) || (low > 0.0 && next > 0.0))
    {
        let y = low * 2.0;
        let x = high + y;
        if y == x - high {
            high = x;
        }
    }
    high
}
