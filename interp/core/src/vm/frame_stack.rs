//! [`FrameStack`]: the records of frames, innermost last, in memory that does not move.
//!
//! It is what `Vec` is, but for two things: compiled code may push and pop records itself, so it is known where the length
//! is ([`FrameStack::LEN`]); and it never grows beyond its capacity, since the interpreter and compiled code keep addresses
//! of records.
use std::mem::{ManuallyDrop, offset_of};
use std::ops::{Deref, DerefMut};

use super::Frame;

/// See the module.
#[derive(Debug)]
#[repr(C)]
pub struct FrameStack {
    start: *mut Frame,
    len: usize,
    capacity: usize,
}

impl FrameStack {
    /// Byte offset of the number of frames.
    pub(crate) const LEN: usize = offset_of!(FrameStack, len);

    /// No frames, and room for so many.
    pub(super) fn with_capacity(capacity: usize) -> FrameStack {
        let mut room = ManuallyDrop::new(Vec::<Frame>::with_capacity(capacity));
        FrameStack { start: room.as_mut_ptr(), len: 0, capacity: room.capacity() }
    }
    /// How many frames there is room for.
    #[inline]
    pub fn capacity(&self) -> usize {
        self.capacity
    }
    /// One more frame.
    #[inline]
    pub fn push(&mut self, frame: Frame) {
        assert!(self.len < self.capacity, "who pushes a frame asks `StackState::is_full` before");
        // SAFETY: it is less than the capacity, so the address is in the memory of this stack.
        let at = unsafe { self.start.add(self.len) };
        // SAFETY: as above.
        unsafe { at.write(frame) };
        self.len += 1;
    }
    /// Take the innermost one off.
    #[inline]
    pub fn pop(&mut self) -> Option<Frame> {
        let frame = *self.last()?;
        self.len -= 1;
        Some(frame)
    }
    /// Keep so many of the outermost.
    #[inline]
    pub fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
    }
}

impl Deref for FrameStack {
    type Target = [Frame];
    #[inline]
    fn deref(&self) -> &[Frame] {
        // SAFETY: `start` is the memory of a vector, of which the first `len` records have been written.
        unsafe { std::slice::from_raw_parts(self.start, self.len) }
    }
}

impl DerefMut for FrameStack {
    #[inline]
    fn deref_mut(&mut self) -> &mut [Frame] {
        // SAFETY: as above, and this stack owns them.
        unsafe { std::slice::from_raw_parts_mut(self.start, self.len) }
    }
}

impl<'a> IntoIterator for &'a FrameStack {
    type Item = &'a Frame;
    type IntoIter = std::slice::Iter<'a, Frame>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Drop for FrameStack {
    fn drop(&mut self) {
        // SAFETY: they are the parts of the vector that `with_capacity` took apart; records need no dropping.
        drop(unsafe { Vec::from_raw_parts(self.start, 0, self.capacity) });
    }
}
