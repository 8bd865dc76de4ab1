//! A hash table of instruction numbers that can go back to an earlier state: the loop's body may be emitted again.

const EMPTY: u32 = u32::MAX;

/// Numbers by hash. What equality means is the caller's.
#[derive(Debug, Default)]
pub(super) struct Table {
    cells: Vec<u32>,
    /// What was inserted, in order: (hash, number).
    log: Vec<(u32, u32)>,
}

/// Mixes one more word into a hash.
pub(super) fn mix(hash: u32, word: u64) -> u32 {
    let folded = (word ^ (word >> 32)) as u32;
    (hash.rotate_left(5) ^ folded).wrapping_mul(0x9e37_79b9)
}

impl Table {
    /// The number with this hash for which `same` holds.
    pub(super) fn find(&self, hash: u32, mut same: impl FnMut(u32) -> bool) -> Option<u32> {
        if self.cells.is_empty() {
            return None;
        }
        let mask = self.cells.len() - 1;
        let mut at = spread(hash) & mask;
        while self.cells[at] != EMPTY {
            if same(self.cells[at]) {
                return Some(self.cells[at]);
            }
            at = (at + 1) & mask;
        }
        None
    }
    /// Insert a number that is not there.
    pub(super) fn insert(&mut self, hash: u32, number: u32) {
        if (self.log.len() + 1) * 2 > self.cells.len() {
            self.grow();
        }
        self.put(hash, number);
        self.log.push((hash, number));
    }
    /// How many numbers there are: a state to go back to.
    pub(super) fn len(&self) -> usize {
        self.log.len()
    }
    /// Go back to the state of `len` numbers.
    pub(super) fn roll_back(&mut self, len: usize) {
        let mask = self.cells.len().wrapping_sub(1);
        // The newest is at the end of every probe sequence that it is part of, so that taking it away leaves no hole.
        while self.log.len() > len {
            let Some((hash, number)) = self.log.pop() else { return };
            let mut at = spread(hash) & mask;
            while self.cells[at] != number {
                at = (at + 1) & mask;
            }
            self.cells[at] = EMPTY;
        }
    }
    fn put(&mut self, hash: u32, number: u32) {
        let mask = self.cells.len() - 1;
        let mut at = spread(hash) & mask;
        while self.cells[at] != EMPTY {
            at = (at + 1) & mask;
        }
        self.cells[at] = number;
    }
    fn grow(&mut self) {
        let size = (self.cells.len() * 2).max(256);
        self.cells.clear();
        self.cells.resize(size, EMPTY);
        for at in 0..self.log.len() {
            let (hash, number) = self.log[at];
            self.put(hash, number);
        }
    }
}

fn spread(hash: u32) -> usize {
    (hash ^ (hash >> 15)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_back() {
        let mut table = Table::default();
        let hash = |number: u32| mix(0, u64::from(number % 7));
        for number in 0..300 {
            table.insert(hash(number), number);
        }
        let state = table.len();
        for number in 300..2000 {
            table.insert(hash(number), number);
        }
        table.roll_back(state);
        let found = |number: u32| table.find(hash(number), |other| other == number);
        assert_eq!(found(299), Some(299));
        assert_eq!(found(300), None);
    }
}
