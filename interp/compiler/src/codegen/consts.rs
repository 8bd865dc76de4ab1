//! The constants of a code object, each once.
use std::hash::{Hash, Hasher};

use haft_bytecode::Const;
use rustc_hash::FxHasher;

use crate::symtable::Map;

/// Constants in order of first use.
#[derive(Default)]
pub(super) struct Consts {
    pub(super) list: Vec<Const>,
    by_hash: Map<u64, u32>,
}

impl Consts {
    /// The index of `value`, which is added if it is new.
    pub(super) fn add(&mut self, value: Const) -> u32 {
        let mut hasher = FxHasher::default();
        hash(&value, &mut hasher);
        let key = hasher.finish();
        let next = self.list.len() as u32;
        if let Some(&index) = self.by_hash.get(&key) {
            if same(&self.list[index as usize], &value) {
                return index;
            }
        } else {
            self.by_hash.insert(key, next);
        }
        self.list.push(value);
        next
    }
}

fn hash(value: &Const, hasher: &mut FxHasher) {
    std::mem::discriminant(value).hash(hasher);
    match value {
        Const::None | Const::Ellipsis => {}
        Const::Bool(value) => value.hash(hasher),
        Const::Int(value) => value.hash(hasher),
        Const::BigInt { negative, bytes } => (negative, bytes).hash(hasher),
        Const::Float(value) => value.to_bits().hash(hasher),
        Const::Complex(re, im) => (re.to_bits(), im.to_bits()).hash(hasher),
        Const::Str(bytes) | Const::Bytes(bytes) => bytes.hash(hasher),
        Const::Tuple(items) | Const::FrozenSet(items) => {
            for item in items {
                hash(item, hasher);
            }
        }
        Const::Slice(items) => {
            for item in items.iter() {
                hash(item, hasher);
            }
        }
        Const::Code(code) => std::sync::Arc::as_ptr(code).addr().hash(hasher),
    }
}

/// Equality in which `0.0` and `-0.0` differ and a NaN is itself.
fn same(a: &Const, b: &Const) -> bool {
    let all =
        |a: &[Const], b: &[Const]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b));
    match (a, b) {
        (Const::Float(a), Const::Float(b)) => a.to_bits() == b.to_bits(),
        (Const::Complex(a, x), Const::Complex(b, y)) => {
            a.to_bits() == b.to_bits() && x.to_bits() == y.to_bits()
        }
        (Const::Tuple(a), Const::Tuple(b)) | (Const::FrozenSet(a), Const::FrozenSet(b)) => {
            all(a, b)
        }
        (Const::Slice(a), Const::Slice(b)) => all(&a[..], &b[..]),
        (Const::Code(a), Const::Code(b)) => std::sync::Arc::ptr_eq(a, b),
        _ => a == b,
    }
}
