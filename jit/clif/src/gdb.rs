//! Names of compiled code for gdb, by its interface for JIT compilers: a list of small object files in memory, and a function in
//! which gdb has a breakpoint.
//!
//! Each piece of code has an ELF file of its own with one symbol. The names of what gdb looks for are fixed
//! ("JIT Compilation Interface", Debugging with GDB).
use std::ptr;
use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

/// One file in the list.
#[repr(C)]
#[derive(Debug)]
struct Entry {
    next: AtomicPtr<Entry>,
    previous: AtomicPtr<Entry>,
    file: *const u8,
    bytes: u64,
}

/// Where gdb finds the list.
#[repr(C)]
#[derive(Debug)]
struct Descriptor {
    version: u32,
    /// What gdb shall do with `relevant`.
    action: AtomicU32,
    relevant: AtomicPtr<Entry>,
    first: AtomicPtr<Entry>,
}

const REGISTER: u32 = 1;
const UNREGISTER: u32 = 2;

#[unsafe(no_mangle)]
static __jit_debug_descriptor: Descriptor = Descriptor {
    version: 1,
    action: AtomicU32::new(0),
    relevant: AtomicPtr::new(ptr::null_mut()),
    first: AtomicPtr::new(ptr::null_mut()),
};

/// Gdb stops here and reads the descriptor.
#[unsafe(no_mangle)]
#[inline(never)]
extern "C" fn __jit_debug_register_code() {
    // So that the function is not empty, and calls of it stay.
    std::hint::black_box(&__jit_debug_descriptor);
}

/// Several back ends share the list.
static LIST: Mutex<()> = Mutex::new(());

/// A piece of code that gdb knows while this lives.
#[derive(Debug)]
pub(crate) struct Registration {
    entry: *mut Entry,
    _file: Box<[u8]>,
}

// SAFETY: the entry is touched under the lock only.
unsafe impl Send for Registration {}

impl Registration {
    /// Tell gdb the name of the code at an address.
    pub(crate) fn new(name: &str, address: usize, bytes: usize) -> Registration {
        let file = object_file(name, address as u64, bytes as u64).into_boxed_slice();
        let _held = LIST.lock().unwrap_or_else(PoisonError::into_inner);
        let first = __jit_debug_descriptor.first.load(Ordering::Relaxed);
        let entry = Box::into_raw(Box::new(Entry {
            next: AtomicPtr::new(first),
            previous: AtomicPtr::new(ptr::null_mut()),
            file: file.as_ptr(),
            bytes: file.len() as u64,
        }));
        // SAFETY: entries in the list live until they are taken out of it, under the lock.
        if let Some(first) = unsafe { first.as_ref() } {
            first.previous.store(entry, Ordering::Relaxed);
        }
        __jit_debug_descriptor.first.store(entry, Ordering::Relaxed);
        tell(entry, REGISTER);
        Registration { entry, _file: file }
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        let _held = LIST.lock().unwrap_or_else(PoisonError::into_inner);
        // SAFETY: made in `new`, and freed below only.
        let entry = unsafe { &*self.entry };
        let next = entry.next.load(Ordering::Relaxed);
        let previous = entry.previous.load(Ordering::Relaxed);
        // SAFETY: neighbours are in the list, so they live.
        match unsafe { previous.as_ref() } {
            Some(previous) => previous.next.store(next, Ordering::Relaxed),
            None => __jit_debug_descriptor.first.store(next, Ordering::Relaxed),
        }
        // SAFETY: as above.
        if let Some(next) = unsafe { next.as_ref() } {
            next.previous.store(previous, Ordering::Relaxed);
        }
        tell(self.entry, UNREGISTER);
        // SAFETY: it came from a box and is in no list any more.
        drop(unsafe { Box::from_raw(self.entry) });
    }
}

fn tell(entry: *mut Entry, action: u32) {
    __jit_debug_descriptor.relevant.store(entry, Ordering::Relaxed);
    __jit_debug_descriptor.action.store(action, Ordering::Relaxed);
    __jit_debug_register_code();
}

/// An ELF file of 64 bits: sections for the code, which is elsewhere, for one symbol, and for names.
fn object_file(name: &str, address: u64, bytes: u64) -> Vec<u8> {
    const HEADER: usize = 64;
    const MACHINE: u16 = if cfg!(target_arch = "x86_64") { 62 } else { 183 };
    const SECTION_NAMES: &[u8] = b"\0.text\0.symtab\0.strtab\0";
    let mut strings = SECTION_NAMES.to_vec();
    let symbol_name = strings.len() as u32;
    strings.extend(name.bytes().filter(|byte| *byte != 0));
    strings.push(0);
    strings.resize(strings.len().next_multiple_of(8), 0);
    // Symbols: none, and a global function at the start of section 1.
    let mut symbols = vec![0; 24];
    symbols.extend(symbol_name.to_le_bytes());
    symbols.extend([1 << 4 | 2, 0, 1, 0]);
    symbols.extend(0_u64.to_le_bytes());
    symbols.extend(bytes.to_le_bytes());
    let strings_at = HEADER as u64;
    let symbols_at = strings_at + strings.len() as u64;
    let sections_at = symbols_at + symbols.len() as u64;
    let mut file = vec![0x7f, b'E', b'L', b'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    for half in [1, MACHINE] {
        file.extend(half.to_le_bytes());
    }
    file.extend(1_u32.to_le_bytes());
    for word in [0, 0, sections_at] {
        file.extend(word.to_le_bytes());
    }
    file.extend(0_u32.to_le_bytes());
    for half in [HEADER as u16, 0, 0, 64, 4, 3] {
        file.extend(half.to_le_bytes());
    }
    file.extend(&strings);
    file.extend(&symbols);
    // Name, type, flags, address, offset, size, link, information, alignment, size of an entry.
    let section = |file: &mut Vec<u8>,
                   (name, ty): (u32, u32),
                   words: [u64; 4],
                   link: [u32; 2],
                   last: [u64; 2]| {
        file.extend(name.to_le_bytes());
        file.extend(ty.to_le_bytes());
        file.extend(words.iter().flat_map(|word| word.to_le_bytes()));
        file.extend(link.iter().flat_map(|word| word.to_le_bytes()));
        file.extend(last.iter().flat_map(|word| word.to_le_bytes()));
    };
    section(&mut file, (0, 0), [0; 4], [0; 2], [0; 2]);
    // Allocated and executable, with nothing in the file.
    section(&mut file, (1, 8), [6, address, HEADER as u64, bytes], [0; 2], [16, 0]);
    section(&mut file, (7, 2), [0, 0, symbols_at, symbols.len() as u64], [3, 1], [8, 24]);
    section(&mut file, (15, 3), [0, 0, strings_at, strings.len() as u64], [0; 2], [1, 0]);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(file: &[u8], at: usize) -> u64 {
        u64::from_le_bytes(file[at..at + 8].try_into().unwrap())
    }

    #[test]
    fn a_registered_file_has_the_symbol() {
        let registration = Registration::new("haft trace 7: f", 0x1234_5000, 96);
        let entry = __jit_debug_descriptor.first.load(Ordering::Relaxed);
        // SAFETY: it was just registered, and nothing is registered or dropped before the end of the test.
        let written = unsafe { &*entry };
        let (start, bytes) = (written.file, written.bytes);
        // SAFETY: as above.
        let file = unsafe { std::slice::from_raw_parts(start, bytes as usize) };
        assert_eq!(&file[..4], b"\x7fELF");
        let sections = word(file, 40) as usize;
        assert_eq!(file.len(), sections + 4 * 64);
        let section = |number: usize| &file[sections + 64 * number..][..64];
        assert_eq!((word(section(1), 16), word(section(1), 32)), (0x1234_5000, 96));
        let symbols = &file[word(section(2), 24) as usize..][..word(section(2), 32) as usize];
        let names = &file[word(section(3), 24) as usize..];
        let name = u32::from_le_bytes(symbols[24..28].try_into().unwrap()) as usize;
        assert!(names[name..].starts_with(b"haft trace 7: f\0"));
        assert_eq!(word(symbols, 24 + 16), 96);
        drop(registration);
        assert_ne!(__jit_debug_descriptor.first.load(Ordering::Relaxed), entry);
    }
}
