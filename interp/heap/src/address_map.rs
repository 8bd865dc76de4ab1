//! A map from addresses to words: open addressing, no allocation per entry.
//!
//! The side tables (serial numbers, weak references) hold one entry for each object that asked; both are asked often
//! (`hash(obj)`), which is why this is not a tree.

/// Address to word. Addresses are not 0.
#[derive(Debug, Default)]
pub(crate) struct AddressMap {
    /// A power of two of slots, at most 3/4 taken; address 0 is a free slot.
    slots: Vec<(usize, u64)>,
    len: usize,
}

impl AddressMap {
    fn home(&self, address: usize) -> usize {
        // Fibonacci hashing: the product's high bits are mixed best.
        let hash = (address as u64 >> 4).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (hash >> 32) as usize & (self.slots.len() - 1)
    }

    /// The slot of the address, or the free one where it belongs.
    fn slot(&self, address: usize) -> usize {
        let mut at = self.home(address);
        while self.slots[at].0 != address && self.slots[at].0 != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        at
    }

    pub(crate) fn get(&self, address: usize) -> Option<u64> {
        if self.len == 0 {
            return None;
        }
        let (found, word) = self.slots[self.slot(address)];
        (found == address).then_some(word)
    }

    pub(crate) fn insert(&mut self, address: usize, word: u64) {
        if (self.len + 1) * 4 > self.slots.len() * 3 {
            self.resize((self.slots.len() * 2).max(16));
        }
        let at = self.slot(address);
        if self.slots[at].0 == 0 {
            self.len += 1;
        }
        self.slots[at] = (address, word);
    }

    pub(crate) fn remove(&mut self, address: usize) -> Option<u64> {
        if self.len == 0 {
            return None;
        }
        let mut gap = self.slot(address);
        if self.slots[gap].0 != address {
            return None;
        }
        let word = self.slots[gap].1;
        self.len -= 1;
        // Move later entries of the run back, so that no probe meets a gap before its entry.
        let mask = self.slots.len() - 1;
        let mut at = gap;
        loop {
            at = (at + 1) & mask;
            let (other, _) = self.slots[at];
            if other == 0 {
                break;
            }
            let distance = at.wrapping_sub(self.home(other)) & mask;
            if distance >= (at.wrapping_sub(gap) & mask) {
                self.slots[gap] = self.slots[at];
                gap = at;
            }
        }
        self.slots[gap] = (0, 0);
        Some(word)
    }

    /// Keep the entries that pass.
    pub(crate) fn retain(&mut self, mut keep: impl FnMut(usize, u64) -> bool) {
        if self.len == 0 {
            return;
        }
        for slot in &mut self.slots {
            if slot.0 != 0 && !keep(slot.0, slot.1) {
                slot.0 = 0;
                self.len -= 1;
            }
        }
        // Runs have gaps now: rebuild.
        self.resize((self.len * 2).next_power_of_two().max(16));
    }

    fn resize(&mut self, slots: usize) {
        let old = std::mem::replace(&mut self.slots, vec![(0, 0); slots]);
        for (address, word) in old {
            if address != 0 {
                let at = self.slot(address);
                self.slots[at] = (address, word);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn behaves_as_a_tree_map() {
        let (mut map, mut model) = (AddressMap::default(), BTreeMap::new());
        let mut random = 88_172_645_463_325_252_u64;
        for step in 0..40_000_u64 {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let address = ((random % 700) as usize + 1) * 16;
            match random >> 60 {
                0..=8 => {
                    map.insert(address, step);
                    model.insert(address, step);
                }
                9..=14 => assert_eq!(map.remove(address), model.remove(&address)),
                _ if step % 97 == 0 => {
                    map.retain(|address, _| address % 48 != 0);
                    model.retain(|address, _| address % 48 != 0);
                }
                _ => assert_eq!(map.get(address), model.get(&address).copied()),
            }
            assert_eq!(map.len, model.len());
        }
        for (&address, &word) in &model {
            assert_eq!(map.get(address), Some(word));
        }
    }
}
