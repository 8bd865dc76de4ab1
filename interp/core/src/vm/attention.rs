//! The flag of those who want the interpreter's attention, in a word of its own.
use std::ops::Deref;
use std::sync::atomic::AtomicBool;

/// A flag that compiled code looks at as a word of 64 bits: one instruction, where a byte takes two.
#[derive(Debug, Default)]
#[repr(C, align(8))]
pub struct Attention {
    flag: AtomicBool,
    rest: [u8; 7],
}

impl Deref for Attention {
    type Target = AtomicBool;
    fn deref(&self) -> &AtomicBool {
        &self.flag
    }
}
