//! Memory for machine code: one range of addresses, blocks taken from it and given back.
//!
//! No page is ever writable and executable at once, and code may run in a page while another block of it is written:
//! compilation happens on a thread of its own. Two mappings of the same memory would do, but such memory is shared
//! with the children of `fork`, who would then overwrite their parent's code. So the memory is private, readable and
//! executable, and written through `/proc/self/mem`, as debuggers set breakpoints (Julia's code memory does the same).
//! Where the system does not allow that, blocks are whole pages, which are writable until their code is complete.
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;

use haft_jit::backend::Trampoline;

/// Blocks start at multiples of this and have sizes in multiples of it: constants of vector instructions want 16, loops
/// and branch targets like more.
const GRANULE: usize = 32;
/// How far from the C library code is wished for, in units of 64 MiB, one after the other: 32 bits reach that far. The system gives
/// out addresses downwards, so there is room above; below there may be large reservations.
const NEAR_LIBRARIES: [isize; 6] = [2, 6, 14, -16, -24, -6];
/// Free runs of at least so many bytes give their pages back to the system.
const RELEASE: usize = 64 << 10;

/// Memory for code.
#[derive(Debug)]
pub(crate) struct Arena {
    start: usize,
    bytes: usize,
    /// Free runs: start and length, no two adjacent.
    free: BTreeMap<usize, usize>,
    used: usize,
    page: usize,
    writer: Writer,
}

/// How code gets into the memory.
#[derive(Debug)]
enum Writer {
    /// Through the system, by the process that opened the file.
    Memory(File, u32),
    /// By making the block's own pages writable for a while.
    Protection,
}

/// Memory for one piece of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Block {
    /// Address.
    pub(crate) start: usize,
    /// Length in bytes.
    pub(crate) bytes: usize,
}

/// The addresses that are so near to a range that 32 bits hold the distance.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reach {
    start: usize,
    end: usize,
}

impl Reach {
    /// Is the address so near?
    pub(crate) fn contains(self, address: usize) -> bool {
        let far = i32::MAX as usize - 16;
        address.abs_diff(self.start) < far && address.abs_diff(self.end) < far
    }
}

impl Block {
    /// Its code as a function; it must be the trampoline that `Clif` compiled.
    pub(crate) fn trampoline(self) -> Trampoline {
        let code: *const () = std::ptr::with_exposed_provenance(self.start);
        #[expect(clippy::disallowed_methods, reason = "the named cast, next to where code is kept")]
        // SAFETY: makes a pointer of a pointer; calling it is unsafe again and the business of who knows what is there.
        unsafe {
            std::mem::transmute::<*const (), Trampoline>(code)
        }
    }
}

impl Arena {
    /// A range of `limit` bytes, whose pages are taken when they are needed.
    pub(crate) fn new(limit: usize) -> io::Result<Arena> {
        let page = page_size();
        let bytes = limit.max(1).next_multiple_of(page);
        let start = map(bytes)?;
        let free = BTreeMap::from([(start, bytes)]);
        let mut arena = Arena { start, bytes, free, used: 0, page, writer: Writer::Protection };
        if let Ok(memory) = open_memory() {
            arena.writer = Writer::Memory(memory, std::process::id());
            if !arena.can_write() {
                arena.writer = Writer::Protection;
            }
        }
        Ok(arena)
    }

    /// Bytes of blocks in use.
    pub(crate) fn used(&self) -> usize {
        self.used
    }

    /// Which addresses are near every address of the range.
    pub(crate) fn reach(&self) -> Reach {
        Reach { start: self.start, end: self.start + self.bytes }
    }

    /// A block with this code; `None` when there is no room for it.
    pub(crate) fn add(&mut self, code: &[u8]) -> io::Result<Option<Block>> {
        let Some(block) = self.take(code.len()) else { return Ok(None) };
        if let Err(error) = self.fill(block, code) {
            self.free(block);
            return Err(error);
        }
        Ok(Some(block))
    }

    /// Give a block back.
    pub(crate) fn free(&mut self, block: Block) {
        self.used -= block.bytes;
        let (mut start, mut end) = (block.start, block.start + block.bytes);
        if let Some((&before, &bytes)) = self.free.range(..start).next_back()
            && before + bytes == start
        {
            self.free.remove(&before);
            start = before;
        }
        if let Some(bytes) = self.free.remove(&end) {
            end += bytes;
        }
        self.free.insert(start, end - start);
        if end - start >= RELEASE {
            self.release(block, start, end);
        }
    }

    /// A block for so much code.
    pub(crate) fn take(&mut self, bytes: usize) -> Option<Block> {
        let unit = if matches!(self.writer, Writer::Protection) { self.page } else { GRANULE };
        let bytes = bytes.max(1).next_multiple_of(unit);
        let (&start, &room) = self.free.iter().find(|(_, room)| **room >= bytes)?;
        self.free.remove(&start);
        if room > bytes {
            self.free.insert(start + bytes, room - bytes);
        }
        self.used += bytes;
        Some(Block { start, bytes })
    }

    /// Write the code of a block.
    pub(crate) fn fill(&mut self, block: Block, code: &[u8]) -> io::Result<()> {
        match &mut self.writer {
            Writer::Memory(memory, owner) => {
                let process = std::process::id();
                if *owner != process {
                    // The file is the memory of the process that opened it, and this is a child of that one.
                    *memory = open_memory()?;
                    *owner = process;
                }
                memory.write_all_at(code, block.start as u64)?;
            }
            Writer::Protection => {
                protect(block, libc::PROT_READ | libc::PROT_WRITE)?;
                // SAFETY: the block's pages are ours alone, writable since the line above, and it has room: `take` made
                // it for this code.
                unsafe {
                    std::ptr::copy_nonoverlapping(
                        code.as_ptr(),
                        std::ptr::with_exposed_provenance_mut(block.start),
                        code.len(),
                    );
                }
                protect(block, libc::PROT_READ | libc::PROT_EXEC)?;
            }
        }
        clear_instruction_cache(block);
        Ok(())
    }

    /// Does writing through the system work? Some forbid it, and some pretend.
    fn can_write(&mut self) -> bool {
        const PATTERN: [u8; 4] = [0xcc, 0x90, 0xcc, 0xcc];
        let Ok(Some(block)) = self.add(&PATTERN) else { return false };
        // SAFETY: the block is readable and longer than the pattern.
        let found = unsafe {
            std::ptr::read_volatile(std::ptr::with_exposed_provenance::<[u8; 4]>(block.start))
        };
        self.free(block);
        found == PATTERN
    }

    /// Give the whole pages of a free run back that the block touched.
    fn release(&self, block: Block, start: usize, end: usize) {
        let first = start.next_multiple_of(self.page).max(block.start & !(self.page - 1));
        let last =
            (end & !(self.page - 1)).min((block.start + block.bytes).next_multiple_of(self.page));
        if first < last {
            // SAFETY: whole pages of a free run of our mapping: nobody reads or runs them.
            unsafe {
                libc::madvise(
                    std::ptr::with_exposed_provenance_mut(first),
                    last - first,
                    libc::MADV_DONTNEED,
                );
            }
        }
    }
}

impl Drop for Arena {
    fn drop(&mut self) {
        // SAFETY: our own mapping; whoever drops the arena has seen to it that its code does not run (`Clif`).
        unsafe { libc::munmap(std::ptr::with_exposed_provenance_mut(self.start), self.bytes) };
    }
}

fn open_memory() -> io::Result<File> {
    OpenOptions::new().read(true).write(true).open("/proc/self/mem")
}

fn page_size() -> usize {
    // SAFETY: asks for a number.
    let bytes = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    usize::try_from(bytes).unwrap_or(4096)
}

fn map(bytes: usize) -> io::Result<usize> {
    // Near the C library, so that calls of C can hold the distance; other libraries lie around it.
    let libraries = libc::getpid as *const () as usize & !0xfff;
    for distance in NEAR_LIBRARIES {
        let start = map_at(libraries.saturating_add_signed(distance << 26), bytes)?;
        if (Reach { start, end: start + bytes }).contains(libraries) {
            return Ok(start);
        }
        // SAFETY: our own mapping, which nobody knows yet.
        unsafe { libc::munmap(std::ptr::with_exposed_provenance_mut(start), bytes) };
    }
    map_at(0, bytes)
}

/// A mapping, at an address if possible.
fn map_at(wish: usize, bytes: usize) -> io::Result<usize> {
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
    let protection = libc::PROT_READ | libc::PROT_EXEC;
    let wish = std::ptr::without_provenance_mut(wish);
    // SAFETY: a new mapping at an address that the system chooses; a wish is no order.
    let start = unsafe { libc::mmap(wish, bytes, protection, flags, -1, 0) };
    if start == libc::MAP_FAILED {
        Err(io::Error::last_os_error())
    } else {
        Ok(start.expose_provenance())
    }
}

fn protect(block: Block, protection: i32) -> io::Result<()> {
    // SAFETY: whole pages of our mapping that hold this block only.
    let result = unsafe {
        libc::mprotect(std::ptr::with_exposed_provenance_mut(block.start), block.bytes, protection)
    };
    if result == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// Processors other than x86 do not see new code by themselves.
fn clear_instruction_cache(block: Block) {
    if cfg!(any(target_arch = "x86", target_arch = "x86_64")) {
        return;
    }
    unsafe extern "C" {
        fn __clear_cache(start: *mut libc::c_void, end: *mut libc::c_void);
    }
    let at = std::ptr::with_exposed_provenance_mut;
    // SAFETY: a range of our mapping; the function of the compiler's runtime writes nothing.
    unsafe { __clear_cache(at(block.start), at(block.start + block.bytes)) };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(block: Block) -> u8 {
        // SAFETY: a block in use is readable.
        unsafe { std::ptr::read_volatile(std::ptr::with_exposed_provenance::<u8>(block.start)) }
    }

    fn fill_and_reuse(mut arena: Arena, bytes: usize) {
        let blocks: Vec<Block> =
            std::iter::from_fn(|| arena.add(&vec![7; bytes]).expect("the system writes")).collect();
        assert!(blocks.len() >= 4);
        assert!(arena.used() >= blocks.len() * bytes);
        assert!(blocks.iter().all(|block| read(*block) == 7 && block.start % GRANULE == 0));
        arena.free(blocks[2]);
        arena.free(blocks[1]);
        let merged =
            arena.add(&vec![9; 2 * bytes]).expect("the system writes").expect("there is room");
        assert_eq!((merged.start, read(merged)), (blocks[1].start, 9));
        assert_eq!(read(blocks[0]), 7);
        assert_eq!(read(blocks[3]), 7);
        arena.free(merged);
        for block in blocks[..1].iter().chain(&blocks[3..]) {
            arena.free(*block);
        }
        assert_eq!((arena.used(), arena.free.len()), (0, 1));
        assert!(arena.add(&[1]).expect("the system writes").is_some());
    }

    #[test]
    fn blocks_are_reused_and_merged() {
        fill_and_reuse(Arena::new(1 << 18).unwrap(), 1000);
    }

    #[test]
    fn whole_pages_where_the_system_does_not_write() {
        let mut arena = Arena::new(1 << 18).unwrap();
        arena.writer = Writer::Protection;
        fill_and_reuse(arena, 4096);
    }
}
