//! An object on the heap: its header and access to its payload.
//!
//! An [`Obj`] is an address that the heap gave out. Holding it is safe only while the collector can see it: on a
//! scanned stack, in a root, or in a reachable object. That duty is the crate's contract (see the crate
//! documentation), not one of each call, so that the layers above can be written without fencing every read.
#![expect(clippy::inline_always, reason = "field access must not become calls in debug builds")]

use std::fmt;
use std::ptr::{self, NonNull};

use crate::geometry::{GRANULE, HEADER, code_granules, side_address};
use crate::large::LARGE_PREFIX;
use crate::value::Value;

/// The first eight bytes of each object; the payload follows.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Header {
    pub(crate) shape: u32,
    pub(crate) kind: u8,
    pub(crate) gc: u8,
    pub(crate) aux: u16,
}

impl Header {
    /// Byte offset of the shape (u32), for compiled code.
    pub const SHAPE_OFFSET: usize = 0;
    /// Byte offset of the kind (u8), for compiled code.
    pub const KIND_OFFSET: usize = 4;
    /// Byte offset of the collector's bits (u8), for the barrier in compiled code.
    pub const GC_OFFSET: usize = 5;
    /// Byte offset of the runtime's sixteen bits, for compiled code.
    pub const AUX_OFFSET: usize = 6;
    /// Byte offset of the payload.
    pub const PAYLOAD_OFFSET: usize = HEADER;
    /// The barrier is needed when `gc & BARRIER_MASK == BARRIER_OLD`.
    pub const BARRIER_MASK: u8 = GcBits::OLD | GcBits::LOGGED;
    /// See [`BARRIER_MASK`](Self::BARRIER_MASK).
    pub const BARRIER_OLD: u8 = GcBits::OLD;

    /// The header of a new object as one word, which is one store.
    #[inline(always)]
    pub(crate) const fn new_word(kind: u8, shape: u32) -> u64 {
        if cfg!(target_endian = "little") {
            shape as u64 | (kind as u64) << 32
        } else {
            (shape as u64) << 32 | (kind as u64) << 24
        }
    }
}

const _: () = assert!(size_of::<Header>() == HEADER);

/// The collector's bits in a header.
pub(crate) struct GcBits;

impl GcBits {
    /// Survived a collection; for a large object this is also the mark.
    pub(crate) const OLD: u8 = 1;
    /// Is in the remembered set.
    pub(crate) const LOGGED: u8 = 2;
    /// Lives outside the blocks, its size in front of the header.
    pub(crate) const LARGE: u8 = 4;
    /// Is in a finalizer list.
    pub(crate) const FINALIZER: u8 = 8;
    /// Has an entry in the table of serial numbers.
    pub(crate) const SERIAL: u8 = 16;
    /// Has an entry in the table of weak references.
    pub(crate) const WEAK: u8 = 32;
}

/// An object on the heap. Equality is identity.
#[repr(transparent)]
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Obj(NonNull<Header>);

// SAFETY: an `Obj` is an address; it is used under the lock that guards its heap, whichever thread holds it.
unsafe impl Send for Obj {}

impl Obj {
    /// The object at an address, `None` for 0.
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "an address")]
    pub(crate) fn from_address(address: u64) -> Option<Self> {
        NonNull::new(ptr::with_exposed_provenance_mut(address as usize)).map(Self)
    }

    /// The object at an address that is not 0.
    #[inline(always)]
    pub(crate) fn at(address: usize) -> Self {
        Self(NonNull::new(ptr::with_exposed_provenance_mut(address)).expect("objects are not at 0"))
    }

    /// Where the object is; it stays there.
    #[inline(always)]
    pub fn address(self) -> usize {
        self.0.as_ptr().expose_provenance()
    }

    #[inline(always)]
    pub(crate) fn header(self) -> *mut Header {
        self.0.as_ptr()
    }

    /// The object's layout number, the runtime's.
    #[inline(always)]
    pub fn shape(self) -> u32 {
        // SAFETY: an `Obj` points to a live header (crate contract).
        unsafe { (*self.header()).shape }
    }

    /// Change the layout number.
    #[inline(always)]
    pub fn set_shape(self, shape: u32) {
        // SAFETY: an `Obj` points to a live header (crate contract).
        unsafe { (*self.header()).shape = shape }
    }

    /// The number of the object's kind in the kind table.
    #[inline(always)]
    pub fn kind(self) -> u8 {
        // SAFETY: an `Obj` points to a live header (crate contract).
        unsafe { (*self.header()).kind }
    }

    /// Change the kind. The new kind must be able to trace the payload, and have the same `drop` as the old.
    #[inline(always)]
    pub fn set_kind(self, kind: u8) {
        // SAFETY: an `Obj` points to a live header (crate contract).
        unsafe { (*self.header()).kind = kind }
    }

    /// Sixteen bits that are free for the runtime.
    #[inline(always)]
    pub fn aux(self) -> u16 {
        // SAFETY: an `Obj` points to a live header (crate contract).
        unsafe { (*self.header()).aux }
    }

    /// Change the runtime's bits.
    #[inline(always)]
    pub fn set_aux(self, aux: u16) {
        // SAFETY: an `Obj` points to a live header (crate contract).
        unsafe { (*self.header()).aux = aux }
    }

    #[inline(always)]
    pub(crate) fn gc(self) -> u8 {
        // SAFETY: an `Obj` points to a live header (crate contract).
        unsafe { (*self.header()).gc }
    }

    #[inline(always)]
    pub(crate) fn set_gc(self, gc: u8) {
        // SAFETY: an `Obj` points to a live header (crate contract).
        unsafe { (*self.header()).gc = gc }
    }

    #[inline(always)]
    pub(crate) fn has_gc(self, bits: u8) -> bool {
        self.gc() & bits != 0
    }

    #[inline(always)]
    pub(crate) fn add_gc(self, bits: u8) {
        self.set_gc(self.gc() | bits);
    }

    #[inline(always)]
    pub(crate) fn remove_gc(self, bits: u8) {
        self.set_gc(self.gc() & !bits);
    }

    /// Bytes the object takes, header and rounding included.
    pub fn size(self) -> usize {
        if self.has_gc(GcBits::LARGE) {
            let size = ptr::with_exposed_provenance::<usize>(self.address() - LARGE_PREFIX);
            // SAFETY: a large object is preceded by its size (`large.rs`).
            return unsafe { size.read() };
        }
        let side = ptr::with_exposed_provenance::<u8>(side_address(self.address()));
        // SAFETY: a small object lies in a chunk, which begins with its side bytes.
        code_granules(unsafe { side.read() }) * GRANULE
    }

    /// Words of the payload, rounding included (those beyond the size asked for are zero until written).
    pub fn payload_words(self) -> usize {
        (self.size() - HEADER) / size_of::<u64>()
    }

    /// The payload's word `i`.
    #[inline(always)]
    pub fn word(self, i: usize) -> u64 {
        debug_assert!(i < self.payload_words(), "word {i} of an object of {} bytes", self.size());
        // SAFETY: the word lies in the payload (checked in debug builds; the caller knows the kind's layout).
        let at = unsafe { self.words().add(i) };
        // SAFETY: as above; the payload is initialised from its allocation on.
        unsafe { at.read() }
    }

    /// Write the payload's word `i`. Storing a [`Value`] needs the heap's barrier as well.
    #[inline(always)]
    pub fn set_word(self, i: usize, word: u64) {
        debug_assert!(i < self.payload_words(), "word {i} of an object of {} bytes", self.size());
        // SAFETY: the word lies in the payload (checked in debug builds; the caller knows the kind's layout).
        let at = unsafe { self.words().add(i) };
        // SAFETY: as above.
        unsafe { at.write(word) }
    }

    /// The payload's word `i` as a value.
    #[inline(always)]
    pub fn value(self, i: usize) -> Value {
        Value::from_bits(self.word(i))
    }

    /// Write a value into the payload's word `i`; the heap's barrier is the caller's.
    #[inline(always)]
    pub fn set_value(self, i: usize, value: Value) {
        self.set_word(i, value.bits());
    }

    /// Where the payload's word `i` is.
    #[inline(always)]
    pub fn word_ptr(self, i: usize) -> *mut u64 {
        debug_assert!(i <= self.payload_words(), "word {i} of an object of {} bytes", self.size());
        self.words().wrapping_add(i)
    }

    /// The payload as a `T`.
    ///
    /// # Safety
    /// The payload holds a `T` at its start (zero bytes if nobody wrote it), and `T` needs no more alignment than 8.
    #[inline(always)]
    pub unsafe fn payload<T>(self) -> *mut T {
        const { assert!(align_of::<T>() <= HEADER) };
        self.words().cast()
    }

    /// The payload's words.
    #[inline(always)]
    pub(crate) fn words(self) -> *mut u64 {
        // SAFETY: each object has at least one payload word behind its header.
        unsafe { self.header().add(1) }.cast()
    }
}

impl fmt::Debug for Obj {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Obj({:#x})", self.address())
    }
}
