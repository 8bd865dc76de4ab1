//! Operations on floats.
use crate::machine::check_op;

const NUMBERS: [f64; 16] = [
    0.0,
    -0.0,
    1.0,
    -1.5,
    0.1,
    3.0,
    1e300,
    -1e-300,
    5e-324,
    9_007_199_254_740_993.0,
    9.3e18,
    -9.3e18,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
    4.4e9,
];

fn two(op: &str, of: impl Fn(f64, f64) -> u64) {
    let mut cases = Vec::new();
    for a in NUMBERS {
        for b in NUMBERS {
            let result = of(a, b);
            // Which NaN comes out of arithmetic is nobody's business.
            if !f64::from_bits(result).is_nan() {
                cases.push((vec![a.to_bits(), b.to_bits()], result));
            }
        }
    }
    check_op(&format!("{op} %0 %1"), "ff", &cases);
}

fn one(op: &str, of: impl Fn(f64) -> u64) {
    let cases: Vec<(Vec<u64>, u64)> = NUMBERS
        .iter()
        .map(|a| (vec![a.to_bits()], of(*a)))
        .filter(|(_, result)| !f64::from_bits(*result).is_nan())
        .collect();
    check_op(&format!("{op} %0"), "f", &cases);
}

#[test]
fn arithmetic() {
    two("f_add", |a, b| (a + b).to_bits());
    two("f_sub", |a, b| (a - b).to_bits());
    two("f_mul", |a, b| (a * b).to_bits());
    two("f_div", |a, b| (a / b).to_bits());
    one("f_neg", |a| (-a).to_bits());
    one("f_abs", |a| a.abs().to_bits());
    one("f_sqrt", |a| a.sqrt().to_bits());
}

#[test]
fn comparisons() {
    two("f_eq", |a, b| u64::from(a == b));
    two("f_ne", |a, b| u64::from(a != b));
    two("f_lt", |a, b| u64::from(a < b));
    two("f_le", |a, b| u64::from(a <= b));
    two("f_gt", |a, b| u64::from(a > b));
    two("f_ge", |a, b| u64::from(a >= b));
}

#[test]
fn conversions() {
    one("f_to_i", |a| (a as i64).cast_unsigned());
    one("f_to_single", |a| f64::from(a as f32).to_bits());
    let ints = [0, -1, 1 << 53, (1 << 53) + 1, i64::MAX, i64::MIN];
    let cases = ints.map(|i| (vec![i.cast_unsigned()], (i as f64).to_bits()));
    check_op("i_to_f %0", "i", &cases);
}
