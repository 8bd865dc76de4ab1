//! The native stack: which addresses to scan, and how registers get there.
#![cfg_attr(miri, expect(dead_code, reason = "stacks cannot be scanned there"))]
#![expect(clippy::inline_always, reason = "the registers are those of the caller")]

use std::hint::black_box;

/// Enough for the callee-saved registers of each supported processor.
type Registers = [usize; 16];

/// Call `scan` with an address below which no frame of the caller lies, after the registers that the calling
/// convention preserves across calls were stored above it. The other registers are dead at a call or were stored by
/// the compiler.
#[inline(never)]
pub fn with_spilled_registers(scan: &mut dyn FnMut(usize)) {
    let mut registers: Registers = [0; 16];
    spill(&mut registers);
    below(scan);
    black_box(&registers);
}

/// The registers that the calling convention preserves across calls, as they are here. Kept in a local variable they
/// are seen by a scan of the stack from that variable's address up, whatever the functions called from here do.
#[inline(always)]
pub fn preserved_registers() -> [usize; 16] {
    let mut registers: Registers = [0; 16];
    spill(&mut registers);
    registers
}

/// A frame of its own, so that its local lies below the whole frame that holds the registers.
#[inline(never)]
fn below(scan: &mut dyn FnMut(usize)) {
    let local = 0_usize;
    scan(black_box(&raw const local).expose_provenance() & !(size_of::<usize>() - 1));
    black_box(&local);
}

#[cfg(all(target_arch = "x86_64", not(miri)))]
#[inline(always)]
fn spill(registers: &mut Registers) {
    // SAFETY: stores six registers into the array, which has room for sixteen, and changes nothing else.
    unsafe {
        std::arch::asm!(
            "mov [{to}], rbx", "mov [{to} + 8], rbp", "mov [{to} + 16], r12",
            "mov [{to} + 24], r13", "mov [{to} + 32], r14", "mov [{to} + 40], r15",
            to = in(reg) registers.as_mut_ptr(), options(nostack, preserves_flags)
        );
    }
}

#[cfg(all(target_arch = "aarch64", not(miri)))]
#[inline(always)]
fn spill(registers: &mut Registers) {
    // SAFETY: stores twelve registers into the array, which has room for sixteen, and changes nothing else.
    unsafe {
        std::arch::asm!(
            "stp x19, x20, [{to}]", "stp x21, x22, [{to}, #16]", "stp x23, x24, [{to}, #32]",
            "stp x25, x26, [{to}, #48]", "stp x27, x28, [{to}, #64]", "stp x29, x30, [{to}, #80]",
            to = in(reg) registers.as_mut_ptr(), options(nostack, preserves_flags)
        );
    }
}

#[cfg(all(target_arch = "riscv64", not(miri)))]
#[inline(always)]
fn spill(registers: &mut Registers) {
    // SAFETY: stores twelve registers into the array, which has room for sixteen, and changes nothing else.
    unsafe {
        std::arch::asm!(
            "sd s0, 0({to})", "sd s1, 8({to})", "sd s2, 16({to})", "sd s3, 24({to})",
            "sd s4, 32({to})", "sd s5, 40({to})", "sd s6, 48({to})", "sd s7, 56({to})",
            "sd s8, 64({to})", "sd s9, 72({to})", "sd s10, 80({to})", "sd s11, 88({to})",
            to = in(reg) registers.as_mut_ptr(), options(nostack, preserves_flags)
        );
    }
}

#[cfg(all(target_arch = "x86", not(miri)))]
#[inline(always)]
fn spill(registers: &mut Registers) {
    // SAFETY: stores four registers into the array, which has room for sixteen, and changes nothing else.
    unsafe {
        std::arch::asm!(
            "mov [{to}], ebx", "mov [{to} + 4], ebp", "mov [{to} + 8], esi", "mov [{to} + 12], edi",
            to = in(reg) registers.as_mut_ptr(), options(nostack, preserves_flags)
        );
    }
}

#[cfg(all(target_arch = "arm", not(miri)))]
#[inline(always)]
fn spill(registers: &mut Registers) {
    // SAFETY: stores eight registers into the array, which has room for sixteen, and changes nothing else.
    unsafe {
        std::arch::asm!(
            "stm {to}, {{r4-r11}}",
            to = in(reg) registers.as_mut_ptr(), options(nostack, preserves_flags)
        );
    }
}

/// Without a way to name the registers nothing is stored; a port has to add its processor here.
#[cfg(miri)]
fn spill(_registers: &mut Registers) {}

#[cfg(not(any(
    miri,
    target_arch = "x86_64",
    target_arch = "aarch64",
    target_arch = "riscv64",
    target_arch = "x86",
    target_arch = "arm"
)))]
compile_error!("stack.rs must learn the callee-saved registers of this processor");

/// Number of a registered stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StackRangeId(usize);

/// The stacks to scan conservatively.
#[derive(Debug, Default)]
pub(crate) struct Stacks {
    /// The highest address of the running stack; 0 while no native stack is to be scanned.
    pub(crate) high: usize,
    parked: Vec<Option<(usize, usize)>>,
}

impl Stacks {
    pub(crate) fn add(&mut self, low: usize, high: usize) -> StackRangeId {
        let range = Some((low & !(size_of::<usize>() - 1), high));
        match self.parked.iter().position(Option::is_none) {
            Some(free) => {
                self.parked[free] = range;
                StackRangeId(free)
            }
            None => {
                self.parked.push(range);
                StackRangeId(self.parked.len() - 1)
            }
        }
    }

    pub(crate) fn remove(&mut self, id: StackRangeId) {
        self.parked[id.0] = None;
    }

    pub(crate) fn parked(&self) -> impl Iterator<Item = (usize, usize)> {
        self.parked.iter().flatten().copied()
    }
}
