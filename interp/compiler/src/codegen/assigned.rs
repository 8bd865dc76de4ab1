//! Definite assignment: the set of variable registers that are bound on every path to a point.

/// A set of registers. Codes with up to 64 locals keep it in one word.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Assigned {
    first: u64,
    rest: Vec<u64>,
}

impl Assigned {
    pub(super) fn contains(&self, reg: u16) -> bool {
        self.word(reg) >> (reg & 63) & 1 != 0
    }

    pub(super) fn insert(&mut self, reg: u16) {
        *self.word_mut(reg) |= 1 << (reg & 63);
    }

    pub(super) fn remove(&mut self, reg: u16) {
        if self.contains(reg) {
            *self.word_mut(reg) &= !(1 << (reg & 63));
        }
    }

    /// Keep what `other` has as well: two paths meet.
    pub(super) fn intersect(&mut self, other: &Assigned) {
        self.first &= other.first;
        self.rest.truncate(other.rest.len());
        for (word, theirs) in self.rest.iter_mut().zip(&other.rest) {
            *word &= theirs;
        }
    }

    fn word(&self, reg: u16) -> u64 {
        match usize::from(reg >> 6).checked_sub(1) {
            None => self.first,
            Some(index) => self.rest.get(index).copied().unwrap_or(0),
        }
    }

    fn word_mut(&mut self, reg: u16) -> &mut u64 {
        match usize::from(reg >> 6).checked_sub(1) {
            None => &mut self.first,
            Some(index) => {
                if self.rest.len() <= index {
                    self.rest.resize(index + 1, 0);
                }
                &mut self.rest[index]
            }
        }
    }
}
