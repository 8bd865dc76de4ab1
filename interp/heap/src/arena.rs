//! The small-object space: chunks of blocks in one reserved address range, holes found by lines.
//!
//! A block is *free* (nothing in it), *recyclable* (swept, with holes worth using), *touched* (allocated into since
//! the last collection) or just full. Only touched blocks can hold young objects, so a young collection sweeps
//! nothing else. Free blocks beyond a reserve give their pages back.

use std::ptr;

use crate::geometry::{
    BLOCK, BLOCKS_PER_CHUNK, CHUNK, GRANULE, GRANULES, LINE, LINES, MARK, SIDE_BLOCKS,
    code_granules, side_address,
};
use crate::object::Obj;
use crate::os::{self, Reservation};

/// Address space asked for, biggest first; pages are taken only when touched.
#[cfg(all(target_pointer_width = "64", not(miri)))]
const RESERVATIONS: [usize; 5] = [256 << 30, 64 << 30, 16 << 30, 4 << 30, 1 << 30];
#[cfg(all(target_pointer_width = "32", not(miri)))]
const RESERVATIONS: [usize; 3] = [1 << 30, 512 << 20, 128 << 20];
#[cfg(miri)]
const RESERVATIONS: [usize; 1] = [8 << 20];

/// A block with fewer free lines is left alone until it loses more objects.
const MIN_FREE_LINES: u32 = 24;
/// Powers of two of lines in a block.
const HOLE_CLASSES: usize = LINES.ilog2() as usize;
/// The side bytes of a block, by lines.
type Side = [[u8; GRANULES / LINES]; LINES];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Holds side bytes.
    Side,
    /// Empty.
    Free,
    /// May hold objects.
    Used,
}

#[derive(Debug, Clone, Copy)]
struct Block {
    /// Lines with (parts of) objects, as of the last sweep.
    occupied: Lines,
    state: State,
    /// Never touched since the system gave the pages.
    zero: bool,
}

/// A set of lines of one block.
#[derive(Debug, Clone, Copy, Default)]
struct Lines([u64; LINES / 64]);

impl Lines {
    fn free(&self) -> u32 {
        self.0.iter().map(|word| word.count_zeros()).sum()
    }

    /// The next run of at least `lines` free lines at or behind `from`.
    fn next_hole(&self, from: usize, lines: usize) -> Option<(usize, usize)> {
        let mut from = from;
        loop {
            let start = self.next(from, true)?;
            let end = self.next(start, false).unwrap_or(LINES);
            if end - start >= lines {
                return Some((start, end));
            }
            from = end;
        }
    }

    /// The largest `c` for which there is a hole of 2^c lines; some line is free, some is not.
    fn hole_class(&self) -> usize {
        // Bit `i` says that 2^class lines from `i` on are free.
        let mut free = self.0.map(|word| !word);
        for class in 0.. {
            let shift = 1_u32 << class;
            let mut longer = free;
            for i in 0..free.len() {
                let next = free.get(i + 1).copied().unwrap_or(0);
                let after = free.get(i + 2).copied().unwrap_or(0);
                longer[i] &= match shift {
                    64 => next,
                    128 => after,
                    _ => low_word((u128::from(free[i]) | u128::from(next) << 64) >> shift),
                };
            }
            if longer == [0; LINES / 64] {
                return class;
            }
            free = longer;
        }
        0
    }

    fn next(&self, from: usize, free: bool) -> Option<usize> {
        let mut index = from / 64;
        let mut low = u64::MAX.checked_shl(u32::try_from(from % 64).unwrap_or(0))?;
        while index < self.0.len() {
            let word = if free { !self.0[index] } else { self.0[index] } & low;
            if word != 0 {
                return Some(index * 64 + word.trailing_zeros() as usize);
            }
            low = u64::MAX;
            index += 1;
        }
        None
    }
}

/// The part of the arena that marking needs; a copy stays valid during a collection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Extent {
    base: usize,
    used: usize,
}

impl Extent {
    /// Is the address in a chunk that is in use?
    pub(crate) fn contains(self, address: usize) -> bool {
        address.wrapping_sub(self.base) < self.used
    }

    /// The object that has `address` inside (or at its start), if there is one.
    pub(crate) fn find(self, address: usize) -> Option<Obj> {
        if !self.contains(address) || address & (CHUNK - 1) < SIDE_BLOCKS * BLOCK {
            return None;
        }
        let block = address & !(BLOCK - 1);
        let granule = (address - block) / GRANULE;
        let words = side_words(block);
        let mut index = granule / 8;
        let mut keep = u64::MAX >> (56 - 8 * (granule % 8));
        loop {
            // SAFETY: `index` is below the block's number of side words.
            let at = unsafe { words.add(index) };
            // SAFETY: each block of the extent has its side bytes, aligned to words.
            let word = u64::from_le(unsafe { at.read() }) & keep;
            if word != 0 {
                let top = 7 - word.leading_zeros() as usize / 8;
                let start = index * 8 + top;
                let inside = granule < start + code_granules((word >> (top * 8)).to_le_bytes()[0]);
                return inside.then(|| Obj::at(block + start * GRANULE));
            }
            if index == 0 {
                return None;
            }
            index -= 1;
            keep = u64::MAX;
        }
    }
}

/// The side byte of a small object.
pub(crate) fn side_byte(obj: Obj) -> *mut u8 {
    ptr::with_exposed_provenance_mut(side_address(obj.address()))
}

fn side_words(block: usize) -> *mut u64 {
    ptr::with_exposed_provenance_mut(side_address(block))
}

/// Who asks for holes. Objects above a line have their own, so that one which does not fit does not waste the rest of
/// a hole of small ones.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lane {
    /// Objects up to a line, which fit everywhere.
    Small,
    /// Objects above a line.
    Medium,
}

/// A run of free memory to allocate from.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hole {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Is it all zero? That of small objects always is, in one of medium ones each object is zeroed by itself: some
    /// need not be.
    pub(crate) zero: bool,
}

/// The small-object space.
#[derive(Debug)]
pub(crate) struct Arena {
    base: usize,
    bytes: usize,
    blocks: Vec<Block>,
    free: Vec<u32>,
    /// Class `c` has the blocks whose longest hole has 2^c to 2^(c+1) - 1 lines.
    recyclable: [Vec<u32>; HOLE_CLASSES],
    touched: Vec<u32>,
    /// For each lane the block that gives holes now, and the line to search from.
    current: [Option<(u32, usize)>; 2],
    used_blocks: usize,
    _reservation: Reservation,
}

impl Arena {
    pub(crate) fn new() -> Self {
        let (reservation, bytes) = RESERVATIONS
            .iter()
            .find_map(|&bytes| Some((Reservation::new(bytes, CHUNK)?, bytes)))
            .expect("the system refuses even the smallest address range for the heap");
        let base = reservation.start().next_multiple_of(CHUNK);
        let bytes = (reservation.start() + bytes - base) & !(CHUNK - 1);
        Self {
            base,
            bytes,
            blocks: Vec::new(),
            free: Vec::new(),
            recyclable: Default::default(),
            touched: Vec::new(),
            current: [None; 2],
            used_blocks: 0,
            _reservation: reservation,
        }
    }

    pub(crate) fn extent(&self) -> Extent {
        Extent {
            base: self.base,
            used: self.blocks.len().next_multiple_of(BLOCKS_PER_CHUNK) * BLOCK,
        }
    }

    /// Bytes of blocks that hold objects.
    pub(crate) fn used_bytes(&self) -> usize {
        self.used_blocks * BLOCK
    }

    /// Bytes of blocks that hold objects, and of their side bytes.
    pub(crate) fn footprint(&self) -> usize {
        self.used_bytes() + self.used_bytes() / GRANULE
    }

    /// Bytes of empty blocks.
    pub(crate) fn free_bytes(&self) -> usize {
        self.free.len() * BLOCK
    }

    fn address(&self, id: u32) -> usize {
        self.base + id as usize * BLOCK
    }

    /// The next run of at least `lines` free lines; `None` when the address range is used up.
    pub(crate) fn next_hole(&mut self, lane: Lane, lines: usize) -> Option<Hole> {
        loop {
            if let Some((id, from)) = self.current[lane as usize] {
                let hole = self.blocks[id as usize].occupied.next_hole(from, lines);
                self.current[lane as usize] = hole.map(|(_, end)| (id, end));
                if let Some((first, end)) = hole {
                    return Some(self.open(lane, id, first, end));
                }
            }
            let Some(id) = self.recycle(lines) else { return self.free_block(lane) };
            self.touched.push(id);
            self.current[lane as usize] = Some((id, 0));
        }
    }

    /// A block with a hole of `lines` lines. The widest is best: it costs the fewest changes of hole, and what was
    /// swept last comes first, so that short-lived objects stay in the cache.
    fn recycle(&mut self, lines: usize) -> Option<u32> {
        let class = lines.next_power_of_two().ilog2() as usize;
        self.recyclable.iter_mut().skip(class).rev().find_map(Vec::pop)
    }

    /// A whole empty block; `None` when the address range is used up.
    fn free_block(&mut self, lane: Lane) -> Option<Hole> {
        let id = match self.free.pop() {
            Some(id) => id,
            None => self.new_block()?,
        };
        self.blocks[id as usize].state = State::Used;
        self.used_blocks += 1;
        self.touched.push(id);
        Some(self.open(lane, id, 0, LINES))
    }

    fn new_block(&mut self) -> Option<u32> {
        if (self.blocks.len() + 1) * BLOCK > self.bytes {
            return None;
        }
        if self.blocks.len().is_multiple_of(BLOCKS_PER_CHUNK) {
            let chunk = self.base + self.blocks.len() * BLOCK;
            // SAFETY: a chunk of the reservation (checked above: it has a whole number of them), aligned to 4 MB.
            if !unsafe { os::commit(chunk, CHUNK) } {
                return None;
            }
            let side = Block { occupied: Lines::default(), state: State::Side, zero: false };
            self.blocks.extend([side; SIDE_BLOCKS]);
        }
        self.blocks.push(Block { occupied: Lines::default(), state: State::Free, zero: true });
        u32::try_from(self.blocks.len() - 1).ok()
    }

    fn open(&mut self, lane: Lane, id: u32, first: usize, end: usize) -> Hole {
        let address = self.address(id);
        let (start, end) = (address + first * LINE, address + end * LINE);
        let block = &mut self.blocks[id as usize];
        let hole = Hole { start, end, zero: block.zero || matches!(lane, Lane::Small) };
        if block.zero {
            // SAFETY: the block is committed; blocks are whole pages.
            unsafe { os::populate(hole.start & !(BLOCK - 1), BLOCK) };
        } else if hole.zero {
            let bytes = ptr::with_exposed_provenance_mut::<u8>(hole.start);
            // SAFETY: free lines of a block in use hold no objects, so nobody else reads or writes them.
            unsafe { bytes.write_bytes(0, hole.end - hole.start) };
        }
        block.zero = false;
        hole
    }

    /// Forget all marks: the next marking starts from nothing.
    pub(crate) fn clear_marks(&mut self) {
        for id in self.used_ids() {
            for byte in self.side(id).as_flattened_mut() {
                *byte &= !MARK;
            }
        }
    }

    /// Drop what is unmarked: in the touched blocks (all that can hold young objects), or in all blocks.
    pub(crate) fn sweep(&mut self, full: bool) {
        self.current = [None; 2];
        let touched = std::mem::take(&mut self.touched);
        if full {
            self.recyclable.iter_mut().for_each(Vec::clear);
            for id in self.used_ids().into_iter().rev() {
                self.sweep_block(id);
            }
        } else {
            for &id in touched.iter().rev() {
                self.sweep_block(id);
            }
        }
        self.touched = touched;
        self.touched.clear();
    }

    fn sweep_block(&mut self, id: u32) {
        let occupied = sweep_side(self.side(id));
        let free = occupied.free();
        let block = &mut self.blocks[id as usize];
        block.occupied = occupied;
        if free as usize == LINES {
            block.state = State::Free;
            self.used_blocks -= 1;
            self.free.push(id);
        } else if free >= MIN_FREE_LINES {
            self.recyclable[occupied.hole_class()].push(id);
        }
    }

    /// Give back the pages of empty blocks as long as the blocks hold more than `most` bytes.
    pub(crate) fn decommit(&mut self, most: usize) {
        // Low blocks are taken first (from the end), high ones lose their pages.
        self.free.sort_unstable_by(|a, b| b.cmp(a));
        let held = |id: &u32| !self.blocks[*id as usize].zero;
        let committed = self.used_blocks + self.free.iter().filter(|id| held(id)).count();
        let mut surplus = committed.saturating_sub(most / BLOCK);
        let mut at = 0;
        while surplus != 0 && at < self.free.len() {
            let high = self.free[at];
            let continues =
                |(id, run): (&u32, u32)| *id + run == high && !self.blocks[*id as usize].zero;
            let run = self.free[at..]
                .iter()
                .zip(0..)
                .take(surplus)
                .take_while(|&entry| continues(entry))
                .count();
            if run != 0 {
                self.decommit_run(self.free[at + run - 1], run);
            }
            surplus -= run;
            at += run.max(1);
        }
    }

    fn decommit_run(&mut self, first: u32, count: usize) {
        let blocks = first as usize..first as usize + count;
        // SAFETY: free blocks hold no objects; blocks are whole pages.
        if unsafe { os::decommit(self.address(first), count * BLOCK) } {
            for block in &mut self.blocks[blocks] {
                block.zero = true;
            }
        }
    }

    fn used_ids(&self) -> Vec<u32> {
        let used = |(id, block): (u32, &Block)| (block.state == State::Used).then_some(id);
        (0..).zip(&self.blocks).filter_map(used).collect()
    }

    fn side(&mut self, id: u32) -> &mut Side {
        let side = side_words(self.address(id)).cast::<Side>();
        // SAFETY: each block has its side bytes; they are borrowed with the arena.
        unsafe { &mut *side }
    }

    /// All objects of the space, the unreachable ones that were not collected yet included.
    pub(crate) fn objects(&mut self) -> Vec<Obj> {
        let mut found = Vec::new();
        for id in self.used_ids() {
            let block = self.address(id);
            for (granule, &start) in self.side(id).as_flattened().iter().enumerate() {
                if start != 0 {
                    found.push(Obj::at(block + granule * GRANULE));
                }
            }
        }
        found
    }
}

/// Clear the side bytes of unmarked objects, and find the lines the marked ones lie in.
///
/// Objects do not overlap, so of all that start in a line only the last can reach into the next. Which lines are
/// occupied cannot be predicted, so the loops have few branches: this is half of the work of a young collection.
fn sweep_side(side: &mut Side) -> Lines {
    let mut any = 0;
    for byte in side.as_flattened_mut() {
        *byte &= if *byte & MARK == 0 { 0 } else { u8::MAX };
        any |= *byte;
    }
    // One word more, for objects at the end.
    let mut taken = [0_u64; LINES / 64 + 1];
    if any == 0 {
        return Lines::default();
    }
    for (group, lines) in side.chunks_exact(64).enumerate() {
        let mut starts = 0;
        for (at, line) in lines.iter().enumerate() {
            starts |= u64::from(u64::from_le_bytes(*line) != 0) << at;
        }
        taken[group] |= starts;
        while starts != 0 {
            let at = starts.trailing_zeros();
            starts &= starts - 1;
            let reached = lines_reached(lines[at as usize]) << at;
            taken[group] |= low_word(reached);
            taken[group + 1] |= low_word(reached >> 64);
        }
    }
    let mut occupied = Lines::default();
    occupied.0.copy_from_slice(&taken[..LINES / 64]);
    occupied
}

/// The lines behind a line that its last object reaches, the first of them as bit 1.
fn lines_reached(starts: [u8; 8]) -> u128 {
    let starts = u64::from_le_bytes(starts);
    // The highest bit that is set is the mark of the last object, which reaches 64 lines at most.
    let zeros = starts.leading_zeros();
    let granules = code_granules(((starts << zeros) >> 56).to_le_bytes()[0]);
    let lines = (7 - zeros as usize / 8 + granules - 1) / 8;
    ((1 << lines) - 1) << 1
}

#[expect(clippy::cast_possible_truncation, reason = "the other half is taken apart")]
fn low_word(bits: u128) -> u64 {
    bits as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(taken: impl IntoIterator<Item = usize>) -> Lines {
        let mut lines = Lines::default();
        for line in taken {
            lines.0[line / 64] |= 1 << (line % 64);
        }
        lines
    }

    #[test]
    fn holes_are_the_runs_between_occupied_lines() {
        assert_eq!(lines([]).next_hole(0, 1), Some((0, LINES)));
        let lines = lines((0..3).chain(60..71).chain([LINES - 1]));
        assert_eq!(lines.free(), 256 - 15);
        assert_eq!(lines.next_hole(0, 57), Some((3, 60)));
        assert_eq!(lines.next_hole(0, 58), Some((71, LINES - 1)));
        assert_eq!(lines.next_hole(LINES - 1, 1), None);
    }

    #[test]
    fn pages_are_given_back_from_the_top() {
        let mut arena = Arena::new();
        let holes: Vec<Hole> = (0..40).map_while(|_| arena.next_hole(Lane::Small, 1)).collect();
        // Keep three blocks, so that the free ones have gaps.
        for kept in [0, 7, 20] {
            let side = ptr::with_exposed_provenance_mut::<u8>(side_address(holes[kept].start));
            // SAFETY: the side byte of a block that was just taken.
            unsafe { side.write(1 | MARK) };
        }
        arena.sweep(true);
        assert_eq!((arena.used_bytes(), arena.free_bytes()), (3 * BLOCK, 37 * BLOCK));
        let committed = |arena: &Arena| {
            let free = arena.free.iter().filter(|id| !arena.blocks[**id as usize].zero);
            arena.used_blocks + free.count()
        };
        for most in [40, 39, 30, 12, 3, 0] {
            arena.decommit(most * BLOCK);
            let expected = if cfg!(all(target_os = "linux", not(miri))) { most.max(3) } else { 40 };
            assert_eq!(committed(&arena), expected);
        }
        let hole = arena.next_hole(Lane::Medium, LINES).unwrap();
        assert_eq!(hole.start, holes[1].start, "low blocks are used first");
    }

    #[test]
    fn the_class_of_a_block_is_that_of_its_longest_hole() {
        for longest in 1..LINES {
            for start in [0, 1, 50, 63, 64, 120, LINES - longest] {
                let hole = start..start + longest;
                let small = start.saturating_sub(3)..start.saturating_sub(1);
                let taken =
                    |line: &usize| !hole.contains(line) && (longest < 3 || !small.contains(line));
                if hole.end <= LINES {
                    assert_eq!(
                        lines((0..LINES).filter(taken)).hole_class(),
                        longest.ilog2() as usize
                    );
                }
            }
        }
    }

    #[test]
    fn sweeping_keeps_the_marked_and_finds_their_lines() {
        let mut side = [[0; 8]; LINES];
        side[0] = [1, 1 | MARK, 0, 2, 0, 0, 0, 9 | MARK];
        side[5] = [0, 0, 3, 0, 0, 0, 0, 0];
        side[9] = [0, 0, 0, 0xf8, 0, 0, 0, 0];
        side[255] = [0, 0, 0, 0, 0, 0, 0, 1 | MARK];
        let swept = sweep_side(&mut side);
        assert_eq!(side[0], [0, 1 | MARK, 0, 0, 0, 0, 0, 9 | MARK]);
        assert_eq!(side[5], [0; 8]);
        assert_eq!(swept.0, lines((0..2).chain(9..74).chain([255])).0);
        for line in &mut side {
            *line = line.map(|byte| byte & !MARK);
        }
        assert_eq!(sweep_side(&mut side).free(), 256);
        assert_eq!(side, [[0; 8]; LINES]);
    }
}
