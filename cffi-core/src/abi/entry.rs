//! Function pointers whose arguments and result all travel in registers, on x86-64 outside Windows: without libffi.
//!
//! A function pointer is the address of a *gate*: two instructions that load the address of the gate's words and jump to
//! where the first word says. Gates fill a page, their words the page behind it, so every page of gates has the same
//! bytes: it is written once, before it may be executed, and never again.
//!
//! ```text
//!   page of gates                         page of words
//!   lea r10, [words of gate 0]            [enter, body, data] of gate 0
//!   jmp [r10]                             …
//! ```
//! The routine [`enter`](routine) behind all gates stores the argument registers as the picture that
//! [`registers`](super::registers) describes, calls the body with it, and loads the result registers from it.
use std::ffi::c_void;
use std::io;
use std::ptr::NonNull;
use std::sync::{Mutex, PoisonError};

use super::registers;

/// What a gate calls: the data given with it and the picture of the registers, where it puts the result.
pub(super) type Body = unsafe extern "C" fn(data: *mut c_void, picture: *mut u8);

/// Bytes from one gate to the next, and from its words to the next one's.
const STRIDE: usize = 32;
/// Bytes of gates, and of their words.
const PAGE: usize = 4096;

/// Words of a gate.
#[repr(C)]
struct Words {
    enter: unsafe extern "C" fn(),
    body: Body,
    data: *mut c_void,
}

/// A function pointer, until it is dropped.
#[derive(Debug)]
pub(super) struct Gate {
    code: NonNull<u8>,
}

// SAFETY: an address that is given out once; what it calls is its owner's business.
unsafe impl Send for Gate {}

/// Gates that nobody uses. Pages are never given back.
static FREE: Mutex<Vec<Gate>> = Mutex::new(Vec::new());

impl Gate {
    /// A gate to `body` with `data`.
    pub(super) fn new(body: Body, data: *mut c_void) -> io::Result<Gate> {
        let mut free = FREE.lock().unwrap_or_else(PoisonError::into_inner);
        if free.is_empty() {
            *free = new_page()?;
        }
        let gate = free.pop().ok_or(io::ErrorKind::OutOfMemory)?;
        drop(free);
        let words = gate.words();
        // SAFETY: the words of a gate that is nobody else's.
        unsafe { words.write(Words { enter: routine(), body, data }) };
        Ok(gate)
    }
    /// The function pointer.
    pub(super) fn code(&self) -> *const c_void {
        self.code.as_ptr().cast()
    }
    fn words(&self) -> *mut Words {
        self.code.as_ptr().wrapping_add(PAGE).cast()
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        let mut free = FREE.lock().unwrap_or_else(PoisonError::into_inner);
        free.push(Gate { code: self.code });
    }
}

/// A page of gates and the page of their words.
#[cfg(all(target_arch = "x86_64", unix, not(miri)))]
fn new_page() -> io::Result<Vec<Gate>> {
    let flags = libc::MAP_PRIVATE | libc::MAP_ANON;
    let writable = libc::PROT_READ | libc::PROT_WRITE;
    // SAFETY: a new mapping at an address that the system chooses.
    let start = unsafe { libc::mmap(std::ptr::null_mut(), 2 * PAGE, writable, flags, -1, 0) };
    if start == libc::MAP_FAILED {
        return Err(io::Error::last_os_error());
    }
    let start = start.cast::<u8>();
    let code = gate_code();
    let mut gates = Vec::with_capacity(PAGE / STRIDE);
    for at in (0..PAGE).step_by(STRIDE) {
        let place = start.wrapping_add(at);
        // SAFETY: `STRIDE` bytes of the page.
        unsafe { std::ptr::copy_nonoverlapping(code.as_ptr(), place, STRIDE) };
        gates.extend(NonNull::new(place).map(|code| Gate { code }));
    }
    // SAFETY: the page that was mapped and filled above.
    if unsafe { libc::mprotect(start.cast(), PAGE, libc::PROT_READ | libc::PROT_EXEC) } != 0 {
        let error = io::Error::last_os_error();
        gates.into_iter().for_each(std::mem::forget);
        // SAFETY: nobody knows the pages.
        unsafe { libc::munmap(start.cast(), 2 * PAGE) };
        return Err(error);
    }
    Ok(gates)
}

/// `lea r10, [rip + …]`, `jmp [r10]`, and what fills it up.
#[cfg(all(target_arch = "x86_64", unix, not(miri)))]
fn gate_code() -> [u8; STRIDE] {
    const LOAD: usize = 7;
    let mut code = [0xcc; STRIDE];
    code[..3].copy_from_slice(&[0x4c, 0x8d, 0x15]);
    code[3..LOAD].copy_from_slice(&((PAGE - LOAD) as u32).to_le_bytes());
    code[LOAD..LOAD + 3].copy_from_slice(&[0x41, 0xff, 0x22]);
    code
}

/// What all gates jump to, with the address of the gate's words in `r10`.
#[cfg(all(target_arch = "x86_64", unix, not(miri)))]
fn routine() -> unsafe extern "C" fn() {
    /// # Safety
    /// Gates jump here, called as the C function that they stand for, with the address of their words in `r10`.
    #[unsafe(naked)]
    unsafe extern "C" fn enter() {
        std::arch::naked_asm!(
            ".cfi_startproc",
            "push rbp",
            ".cfi_def_cfa_offset 16",
            ".cfi_offset rbp, -16",
            "mov rbp, rsp",
            ".cfi_def_cfa_register rbp",
            "sub rsp, {size}",
            "mov [rsp], rdi",
            "mov [rsp + 8], rsi",
            "mov [rsp + 16], rdx",
            "mov [rsp + 24], rcx",
            "mov [rsp + 32], r8",
            "mov [rsp + 40], r9",
            "movsd [rsp + 48], xmm0",
            "movsd [rsp + 56], xmm1",
            "movsd [rsp + 64], xmm2",
            "movsd [rsp + 72], xmm3",
            "movsd [rsp + 80], xmm4",
            "movsd [rsp + 88], xmm5",
            "movsd [rsp + 96], xmm6",
            "movsd [rsp + 104], xmm7",
            "mov rdi, [r10 + {data}]",
            "mov rsi, rsp",
            "call [r10 + {body}]",
            "mov rax, [rsp + 112]",
            "movsd xmm0, [rsp + 120]",
            "leave",
            ".cfi_def_cfa rsp, 8",
            "ret",
            ".cfi_endproc",
            size = const registers::SIZE,
            data = const std::mem::offset_of!(Words, data),
            body = const std::mem::offset_of!(Words, body),
        );
    }
    enter
}

#[cfg(not(all(target_arch = "x86_64", unix, not(miri))))]
fn new_page() -> io::Result<Vec<Gate>> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(not(all(target_arch = "x86_64", unix, not(miri))))]
fn routine() -> unsafe extern "C" fn() {
    unreachable!("there are no gates on this machine");
}
