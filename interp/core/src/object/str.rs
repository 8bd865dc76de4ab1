//! Strings: WTF-8 bytes with the number of code points, followed by a zero byte so that C may read them.
//!
//! ```text
//! word 0   byte length (32 bits), length in code points (32 bits)
//! word 1   hash, 0 while not known
//! inline, ascii      word 2…  bytes, 0
//! inline, other      word 2   index or nothing;  word 3…  bytes, 0
//! view               word 2   buffer;  word 3   index or nothing
//! ```
//! A **view** is what concatenation makes of long strings: the first `byte length` bytes of a buffer with room to grow.
//! Appending to the view that ends where the buffer's used part ends extends the buffer in place, so a loop of `s += t`
//! is linear; the older view still sees its own bytes. The **index** of a long string that is not ascii gives the byte
//! offset of every 64th code point; it is built on the first use of an index.
use haft_heap::{Heap, Obj, Tracer, Value};

use super::word_ptr;
use super::{Instance, Kind, ShapeId};

const ASCII: u16 = 1;
const VIEW: u16 = 2;
const INTERNED: u16 = 4;
/// Code points between two entries of an index.
const STRIDE: usize = 64;
/// Results of concatenation from this length on (bytes) are views.
const VIEW_MIN: usize = 256;

/// A str object (not an instance of a Python-level subclass, which wraps one).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Str(Obj);

/// Trace function of strings.
///
/// # Safety
/// As the heap calls it: `obj` is a string.
pub(super) unsafe fn trace(obj: Obj, tracer: &mut Tracer<'_>) {
    let flags = obj.aux();
    if flags & VIEW != 0 {
        tracer.value(Value::from_bits(obj.word(2)));
        tracer.value(Value::from_bits(obj.word(3)));
    } else if flags & ASCII == 0 {
        tracer.value(Value::from_bits(obj.word(2)));
    }
}

/// Number of code points in WTF-8: every byte that does not continue one.
fn count_code_points(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&b| b & 0xC0 != 0x80).count()
}

/// Write a piece; the rest of the room.
#[inline]
fn put<'a>(out: &'a mut [u8], piece: &[u8]) -> &'a mut [u8] {
    let (place, rest) = out.split_at_mut(piece.len());
    place.copy_from_slice(piece);
    rest
}

impl Str {
    /// A str of `bytes`, which are valid WTF-8.
    pub fn new(heap: &mut Heap, bytes: &[u8]) -> Str {
        let ascii = bytes.is_ascii();
        let chars = if ascii { bytes.len() } else { count_code_points(bytes) };
        Str::with_counts(heap, bytes, chars)
    }
    /// As [`Str::new`], when the number of code points is known.
    pub fn with_counts(heap: &mut Heap, bytes: &[u8], chars: usize) -> Str {
        let str = Str::uninit(heap, bytes.len(), chars);
        // SAFETY: the object was just made with room for these bytes, and nobody else sees it.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), str.start(), bytes.len()) };
        str
    }
    /// An ascii str with each byte of `source`, which is ascii, mapped to another.
    pub fn map_ascii(heap: &mut Heap, source: Str, map: impl Fn(u8) -> u8) -> Str {
        assert!(source.is_ascii(), "bytes are code points");
        let len = source.byte_len();
        Str::filled(heap, len, len, |bytes| {
            for (new, &old) in bytes.iter_mut().zip(source.bytes()) {
                *new = map(old);
            }
        })
    }
    /// A str of so many bytes and code points, all of which `fill` writes.
    pub fn filled(heap: &mut Heap, len: usize, chars: usize, fill: impl FnOnce(&mut [u8])) -> Str {
        let str = Str::uninit(heap, len, chars);
        // SAFETY: the object was just made with room for these bytes, and nobody else sees it.
        fill(unsafe { std::slice::from_raw_parts_mut(str.start(), len) });
        str
    }
    /// The parts joined with `separator` between them; the caller knows the sum of their lengths, which is 2 bytes or more.
    pub fn joined(
        heap: &mut Heap,
        separator: &[u8],
        parts: impl Iterator<Item = Str>,
        (len, chars): (usize, usize),
    ) -> Str {
        Str::filled(heap, len, chars, |mut out| {
            for (at, part) in parts.enumerate() {
                if at > 0 {
                    out = put(out, separator);
                }
                out = put(out, part.bytes());
            }
        })
    }
    /// A zeroed string object for `len` bytes that will be `chars` code points.
    fn uninit(heap: &mut Heap, len: usize, chars: usize) -> Str {
        assert!(u32::try_from(len).is_ok(), "string lengths are checked where strings are made");
        let ascii = len == chars;
        let head = if ascii { 16 } else { 24 };
        let obj = heap.alloc(Kind::Str as u8, ShapeId::STR.0, head + len + 1);
        obj.set_aux(if ascii { ASCII } else { 0 });
        obj.set_word(0, len as u64 | (chars as u64) << 32);
        Str(obj)
    }
    /// `a + b`.
    #[must_use]
    pub fn concat(heap: &mut Heap, a: Str, b: Str) -> Str {
        if b.byte_len() == 0 {
            return a;
        }
        if a.byte_len() == 0 {
            return b;
        }
        let (len, chars) = (a.byte_len() + b.byte_len(), a.len() + b.len());
        if len < VIEW_MIN {
            let str = Str::uninit(heap, len, chars);
            let start = str.start();
            // SAFETY: the new object has room for both parts; neither is a part of it.
            unsafe { std::ptr::copy_nonoverlapping(a.start(), start, a.byte_len()) };
            // SAFETY: as above.
            let rest = unsafe { start.add(a.byte_len()) };
            // SAFETY: as above.
            unsafe { std::ptr::copy_nonoverlapping(b.start(), rest, b.byte_len()) };
            return str;
        }
        let buffer = match a.growable_buffer(b.byte_len()) {
            Some(buffer) => buffer,
            None => Str::new_buffer(heap, a.bytes(), len),
        };
        let end = buffer.word(0) as usize;
        // SAFETY: the buffer has room for `b` behind its used part, and nobody reads there yet.
        let rest = unsafe { word_ptr(buffer, 2).cast::<u8>().add(end) };
        // SAFETY: as above; the final zero has its place too.
        unsafe { std::ptr::copy_nonoverlapping(b.start(), rest, b.byte_len() + 1) };
        buffer.set_word(0, len as u64);
        let obj = heap.alloc(Kind::Str as u8, ShapeId::STR.0, 32);
        obj.set_aux(VIEW | if len == chars { ASCII } else { 0 });
        obj.set_word(0, len as u64 | (chars as u64) << 32);
        obj.set_word(2, Value::from(buffer).bits());
        Str(obj)
    }
    /// The buffer of this view, if it ends with it and has room for `more` bytes and a zero.
    fn growable_buffer(self, more: usize) -> Option<Obj> {
        if self.0.aux() & VIEW == 0 {
            return None;
        }
        let buffer = Value::from_bits(self.0.word(2)).as_ptr()?;
        let (used, capacity) = (buffer.word(0) as usize, buffer.word(1) as usize);
        (used == self.byte_len() && used + more < capacity).then_some(buffer)
    }
    /// A buffer that starts with `bytes`: used length, capacity, bytes.
    fn new_buffer(heap: &mut Heap, bytes: &[u8], needed: usize) -> Obj {
        let capacity = needed * 2 + 16;
        let buffer = heap.alloc(Kind::Raw as u8, ShapeId::NONE.0, 16 + capacity);
        buffer.set_word(0, bytes.len() as u64);
        buffer.set_word(1, capacity as u64);
        // SAFETY: the buffer has room for more than these bytes and is a new object.
        unsafe {
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), word_ptr(buffer, 2).cast(), bytes.len());
        };
        buffer
    }
    /// The str `obj`, if it is one.
    #[inline]
    pub fn of(obj: Obj) -> Option<Str> {
        (obj.kind() == Kind::Str as u8).then_some(Str(obj))
    }
    /// The str in `value`, also of a subclass instance.
    #[inline]
    pub fn in_value(value: Value) -> Option<Str> {
        let obj = value.as_ptr()?;
        Str::of(obj).or_else(|| Instance(obj).wrapped().and_then(Value::as_ptr).and_then(Str::of))
    }
    /// The object.
    #[inline]
    pub fn obj(self) -> Obj {
        self.0
    }
    /// As a value.
    #[inline]
    pub fn value(self) -> Value {
        Value::from(self.0)
    }
    /// Length in bytes.
    #[inline]
    pub fn byte_len(self) -> usize {
        self.0.word(0) as u32 as usize
    }
    /// Length in code points.
    #[inline]
    pub fn len(self) -> usize {
        (self.0.word(0) >> 32) as usize
    }
    /// Is it `''`?
    #[inline]
    pub fn is_empty(self) -> bool {
        self.byte_len() == 0
    }
    /// Are all code points below 128?
    #[inline]
    pub fn is_ascii(self) -> bool {
        self.0.aux() & ASCII != 0
    }
    /// Is it the one string of its value that names use?
    #[inline]
    pub fn is_interned(self) -> bool {
        self.0.aux() & INTERNED != 0
    }
    pub(crate) fn mark_interned(self) {
        self.0.set_aux(self.0.aux() | INTERNED);
    }
    /// Bits of the header that say where the bytes are.
    pub(crate) const LAYOUT: u16 = ASCII | VIEW;
    /// Are its bytes those of a buffer that others share?
    #[inline]
    pub(crate) fn is_view(self) -> bool {
        self.0.aux() & VIEW != 0
    }
    #[inline]
    fn start(self) -> *mut u8 {
        let flags = self.0.aux();
        if flags & VIEW != 0 {
            // A view's buffer is there from the start: `concat` is the only maker of views.
            return Value::from_bits(self.0.word(2))
                .as_ptr()
                .map_or(std::ptr::null_mut(), |b| word_ptr(b, 2).cast());
        }
        word_ptr(self.0, if flags & ASCII != 0 { 2 } else { 3 }).cast()
    }
    /// The WTF-8 bytes. A str does not change, so the slice is good as long as the string lives.
    #[inline]
    pub fn bytes<'a>(self) -> &'a [u8] {
        // SAFETY: `start` points to `byte_len` bytes that do not move or change, and they live while this reference is
        // on the native stack.
        unsafe { std::slice::from_raw_parts(self.start(), self.byte_len()) }
    }
    /// As Rust text, unless it has lone surrogates.
    pub fn as_utf8<'a>(self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()).ok()
    }
    /// As Rust text; lone surrogates become U+FFFD. For messages and OS calls that cannot take them.
    pub fn to_text<'a>(self) -> std::borrow::Cow<'a, str> {
        String::from_utf8_lossy(self.bytes())
    }
    /// Address of a zero-terminated copy of the bytes, if this string itself is one (a view may have been extended).
    pub fn c_ptr(self) -> Option<*const u8> {
        let start = self.start();
        if self.0.aux() & VIEW == 0 {
            return Some(start);
        }
        let buffer = Value::from_bits(self.0.word(2)).as_ptr()?;
        (buffer.word(0) as usize == self.byte_len()).then_some(start.cast_const())
    }
    /// Address of the bytes with a zero after them, for as long as the string lives. A view gets a buffer of its own that
    /// nobody extends.
    pub fn c_text(self, heap: &mut Heap) -> *const u8 {
        if self.0.aux() & VIEW == 0 {
            return self.start();
        }
        let is_own = Value::from_bits(self.0.word(2)).as_ptr().is_some_and(|buffer| {
            buffer.word(0) as usize == self.byte_len() && buffer.word(1) == buffer.word(0) + 1
        });
        if !is_own {
            let len = self.byte_len();
            let buffer = heap.alloc(Kind::Raw as u8, ShapeId::NONE.0, 16 + len + 1);
            buffer.set_word(0, len as u64);
            buffer.set_word(1, len as u64 + 1);
            // SAFETY: the buffer has room for these bytes and is a new object.
            unsafe {
                std::ptr::copy_nonoverlapping(self.start(), word_ptr(buffer, 2).cast(), len);
            };
            heap.barrier(self.0);
            self.0.set_word(2, Value::from(buffer).bits());
        }
        self.start()
    }
    /// The hash, if it was computed before.
    #[inline]
    pub fn cached_hash(self) -> Option<i64> {
        Some(self.0.word(1) as i64).filter(|&h| h != 0)
    }
    /// Remember the hash, which is not 0.
    pub fn set_cached_hash(self, hash: i64) {
        self.0.set_word(1, hash as u64);
    }
    /// Byte offset of code point number `index` (at most the length).
    pub fn byte_offset(self, heap: &mut Heap, index: usize) -> usize {
        if self.is_ascii() {
            return index;
        }
        let bytes = self.bytes();
        let (mut offset, mut left) = (0, index);
        if self.len() > 2 * STRIDE {
            let table = self.index(heap);
            let entry = index / STRIDE;
            offset = (table.word(entry / 2) >> (32 * (entry % 2))) as u32 as usize;
            left = index % STRIDE;
        }
        while left > 0 {
            offset += code_point_len(bytes[offset]);
            left -= 1;
        }
        offset
    }
    /// Number of code points before byte `offset`, which is on a boundary.
    pub fn index_of_offset(self, heap: &mut Heap, offset: usize) -> usize {
        if self.is_ascii() {
            return offset;
        }
        if self.len() <= 2 * STRIDE {
            return count_code_points(&self.bytes()[..offset]);
        }
        let table = self.index(heap);
        let entry_at = |i: usize| (table.word(i / 2) >> (32 * (i % 2))) as u32 as usize;
        let (mut low, mut high) = (0, self.len() / STRIDE);
        while low < high {
            let middle = (low + high).div_ceil(2);
            if entry_at(middle) <= offset {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        low * STRIDE + count_code_points(&self.bytes()[entry_at(low)..offset])
    }
    fn index(self, heap: &mut Heap) -> Obj {
        let word = if self.0.aux() & VIEW != 0 { 3 } else { 2 };
        if let Some(index) = Value::from_bits(self.0.word(word)).as_ptr() {
            return index;
        }
        let n = self.len() / STRIDE + 1;
        let index = heap.alloc(Kind::Raw as u8, ShapeId::NONE.0, n.div_ceil(2) * 8);
        let bytes = self.bytes();
        let mut offset = 0;
        for entry in 0..n {
            let old = index.word(entry / 2);
            index.set_word(entry / 2, old | (offset as u64) << (32 * (entry % 2)));
            for _ in 0..STRIDE {
                if offset < bytes.len() {
                    offset += code_point_len(bytes[offset]);
                }
            }
        }
        heap.barrier(self.0);
        self.0.set_word(word, Value::from(index).bits());
        index
    }
}

/// Length in bytes of the code point that starts with `first`.
#[inline]
pub(crate) fn code_point_len(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}
