//! The values that a recursive operation has entered and not left yet.
use std::collections::BTreeSet;

use haft_heap::Value;

/// Depth from which a search in order takes longer than one in a set.
const DEEP: usize = 32;

/// Values that are under way, innermost last, each once.
#[derive(Debug, Default)]
pub struct Nested {
    order: Vec<Value>,
    /// The values beyond the first [`DEEP`], to find them quickly.
    deep: BTreeSet<u64>,
}

impl Nested {
    /// Enter a value; false if it is under way already.
    pub fn enter(&mut self, value: Value) -> bool {
        let shallow = &self.order[..self.order.len().min(DEEP)];
        if shallow.contains(&value) || self.deep.contains(&value.bits()) {
            return false;
        }
        if self.order.len() >= DEEP {
            self.deep.insert(value.bits());
        }
        self.order.push(value);
        true
    }
    /// Leave the innermost value.
    pub fn leave(&mut self) {
        if let Some(value) = self.order.pop() {
            self.deep.remove(&value.bits());
        }
    }
    /// All of them.
    pub fn values(&self) -> &[Value] {
        &self.order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_known_at_every_depth_until_they_are_left() {
        let mut nested = Nested::default();
        for n in 0..100 {
            assert!(nested.enter(Value::small(n)));
        }
        assert!((0..100).all(|n| !nested.enter(Value::small(n))));
        for _ in 0..90 {
            nested.leave();
        }
        assert!(!nested.enter(Value::small(9)));
        assert!(nested.enter(Value::small(50)));
        assert_eq!(nested.values().len(), 11);
    }
}
