//! Operations on ints and bools.
use haft_jit::word;

use crate::machine::{check_op, check_op_with};

const NUMBERS: [i64; 22] = [
    0,
    1,
    -1,
    2,
    -2,
    3,
    7,
    -7,
    10,
    63,
    64,
    255,
    -128,
    1 << 31,
    -(1 << 31),
    word::INT_MAX,
    word::INT_MIN,
    word::INT_MAX + 1,
    word::INT_MIN - 1,
    0x1234_5678_9abc_def0,
    i64::MAX,
    i64::MIN,
];

fn pairs(of: impl Fn(i64, i64) -> Option<i64>) -> Vec<(Vec<u64>, u64)> {
    let mut cases = Vec::new();
    for a in NUMBERS {
        for b in NUMBERS {
            if let Some(result) = of(a, b) {
                let inputs = vec![a.cast_unsigned(), b.cast_unsigned()];
                cases.push((inputs, result.cast_unsigned()));
            }
        }
    }
    cases
}

fn two(op: &str, of: impl Fn(i64, i64) -> Option<i64>) {
    check_op(&format!("{op} %0 %1"), "ii", &pairs(of));
}

fn one(op: &str, of: impl Fn(i64) -> i64) {
    let cases = NUMBERS.map(|a| (vec![a.cast_unsigned()], of(a).cast_unsigned()));
    check_op(op, "i", &cases);
}

#[test]
fn arithmetic_wraps() {
    two("add", |a, b| Some(a.wrapping_add(b)));
    two("sub", |a, b| Some(a.wrapping_sub(b)));
    two("mul", |a, b| Some(a.wrapping_mul(b)));
    two("and", |a, b| Some(a & b));
    two("or", |a, b| Some(a | b));
    two("xor", |a, b| Some(a ^ b));
}

#[test]
fn shifts() {
    let valid = |b: i64| (0..64).contains(&b).then_some(b as u32);
    two("shl", |a, b| Some(a << valid(b)?));
    two("shr", |a, b| Some(a >> valid(b)?));
    two("shr_u", |a, b| Some((a.cast_unsigned() >> valid(b)?).cast_signed()));
}

#[test]
fn comparisons() {
    two("i_eq", |a, b| Some(i64::from(a == b)));
    two("i_ne", |a, b| Some(i64::from(a != b)));
    two("i_lt", |a, b| Some(i64::from(a < b)));
    two("i_le", |a, b| Some(i64::from(a <= b)));
    two("i_gt", |a, b| Some(i64::from(a > b)));
    two("i_ge", |a, b| Some(i64::from(a >= b)));
    two("u_lt", |a, b| Some(i64::from(a.cast_unsigned() < b.cast_unsigned())));
}

#[test]
fn division_rounds_down() {
    let floor = |a: i64, b: i64| {
        let quotient = i128::from(a).div_euclid(i128::from(b));
        let rest = i128::from(a) - quotient * i128::from(b);
        // Euclid's rest is never negative; the floor's has the sign of `b`.
        if rest != 0 && b < 0 { quotient - 1 } else { quotient }
    };
    two("floor_div", |a, b| if b == 0 { None } else { i64::try_from(floor(a, b)).ok() });
    two("floor_mod", |a, b| {
        if b == 0 { None } else { i64::try_from(i128::from(a) - floor(a, b) * i128::from(b)).ok() }
    });
}

#[test]
fn division_by_every_small_constant() {
    for d in (1_i64..200).chain([1000, 1_000_003, 1 << 40, (1 << 40) + 1, (1 << 62) - 1, i64::MAX])
    {
        let around = [0, 1, d - 1, d, 5 * (d >> 3), i64::MAX - d, i64::MAX, i64::MAX - 1];
        let cases: Vec<(Vec<u64>, u64)> = around
            .iter()
            .flat_map(|&a| [a, -a, !a])
            .map(|a| (vec![a.cast_unsigned()], a.div_euclid(d).cast_unsigned()))
            .collect();
        check_op_with("floor_div %0 %1", &format!("%1 = const_i {d}\n"), &cases);
    }
}

#[test]
fn extensions() {
    one("sign_ext %0 8", |a| i64::from(a as i8));
    one("sign_ext %0 16", |a| i64::from(a as i16));
    one("sign_ext %0 32", |a| i64::from(a as i32));
    one("sign_ext %0 1", |a| -(a & 1));
    one("sign_ext %0 13", |a| a << 51 >> 51);
    one("zero_ext %0 1", |a| a & 1);
    one("zero_ext %0 13", |a| a & 0x1fff);
    one("zero_ext %0 40", |a| a & 0xff_ffff_ffff);
    one("zero_ext %0 8", |a| i64::from(a as u8));
    one("zero_ext %0 16", |a| i64::from(a as u16));
    one("zero_ext %0 32", |a| i64::from(a as u32));
}

#[test]
fn small_ints() {
    one("fits %0", |a| i64::from(word::fits(a)));
    two("mul_fits", |a, b| Some(i64::from(a.checked_mul(b).is_some_and(word::fits))));
}

#[test]
fn bools() {
    let bools = [(vec![0], 1), (vec![1], 0)];
    check_op("not %0", "b", &bools);
    check_op("b_to_i %0", "b", &[(vec![0], 0), (vec![1], 1)]);
    check_op("select %0 %1 %2", "bii", &[(vec![1, 5, 6], 5), (vec![0, 5, 6], 6)]);
    check_op("same %0 %1", "vv", &[(vec![5, 5], 1), (vec![5, 6], 0)]);
    check_op("p_eq %0 %1", "pp", &[(vec![16, 16], 1), (vec![16, 32], 0)]);
    check_op("p_to_i %0", "p", &[(vec![16], 16)]);
    check_op("i_to_p %0", "i", &[(vec![16], 16)]);
    check_op("v_to_i %0", "v", &[(vec![20], 20)]);
}
