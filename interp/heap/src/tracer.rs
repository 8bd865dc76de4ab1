//! Marking: the values and address ranges reported here stay alive.
#![expect(clippy::inline_always, reason = "runs once for each reference of the heap")]

use std::fmt;
use std::ptr;

use crate::arena::{Extent, side_byte};
use crate::geometry::{GRANULE, MARK, code_granules};
use crate::kind::KindTable;
use crate::large::LargeSpace;
use crate::object::{GcBits, Obj};
use crate::value::Value;

/// Values of one object that are looked at in one go; longer arrays are continued later, so that the mark stack
/// stays small.
const STRIDE: usize = 512;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Objects that were not marked are marked and queued.
    Mark,
    /// Objects are listed, nothing else.
    List,
}

/// What trace functions and root callbacks report to.
pub struct Tracer<'heap> {
    mode: Mode,
    extent: Extent,
    large: &'heap LargeSpace,
    kinds: &'heap KindTable,
    /// Marked objects whose references were not looked at.
    queue: Vec<Obj>,
    /// The rest of long arrays.
    arrays: Vec<(*const Value, usize)>,
    marked_bytes: usize,
    root_words: usize,
    full: bool,
    /// Are old objects looked at again, for what they may have got since?
    again: bool,
    /// In a full collection: for each shape, has an object of it been marked?
    shapes: Vec<bool>,
}

impl<'heap> Tracer<'heap> {
    pub(crate) fn marking(
        extent: Extent,
        large: &'heap LargeSpace,
        kinds: &'heap KindTable,
        queue: Vec<Obj>,
    ) -> Self {
        Self {
            mode: Mode::Mark,
            extent,
            large,
            kinds,
            queue,
            arrays: Vec::new(),
            marked_bytes: 0,
            root_words: 0,
            full: false,
            again: false,
            shapes: Vec::new(),
        }
    }

    /// Mark everything anew, and note which shapes the marked objects have.
    pub(crate) fn make_full(&mut self) {
        self.full = true;
    }

    /// Is everything marked anew, so that whatever is not reported dies? Otherwise what survived a collection before
    /// stays.
    pub fn is_full(&self) -> bool {
        self.full
    }

    /// Look at old objects once more: see [`is_again`](Self::is_again).
    pub(crate) fn set_again(&mut self, again: bool) {
        self.again = again;
    }

    /// Is the object that is traced an old one, all of whose references were reported in a collection before? Those that it
    /// has had from the beginning need not be reported now.
    #[inline(always)]
    pub fn is_again(&self) -> bool {
        self.again
    }

    /// Is what an object references only listed?
    pub fn is_listing(&self) -> bool {
        self.mode == Mode::List
    }

    /// In a full collection: has an object of this shape been marked?
    pub fn shape_is_used(&self, shape: u32) -> bool {
        self.shapes.get(shape as usize).is_some_and(|&used| used)
    }

    #[inline]
    fn use_shape(&mut self, shape: u32) {
        let shape = shape as usize;
        if shape >= self.shapes.len() {
            self.shapes.resize((shape + 1).next_power_of_two(), false);
        }
        self.shapes[shape] = true;
    }

    /// Makes a list of the objects that `obj` references, in order, each as often as it does.
    pub(crate) fn list(mut self, obj: Obj) -> Vec<Obj> {
        self.mode = Mode::List;
        self.trace(obj);
        self.queue
    }

    /// Report a value.
    #[inline(always)]
    pub fn value(&mut self, value: Value) {
        if let Some(obj) = value.as_ptr() {
            self.visit(obj);
        }
    }

    /// Report values.
    pub fn values(&mut self, values: &[Value]) {
        for &value in values {
            self.value(value);
        }
    }

    /// Report an object.
    #[inline(always)]
    pub fn obj(&mut self, obj: Obj) {
        self.visit(obj);
    }

    /// Report `count` values of an object's payload from word `first` on; a long array is continued later.
    ///
    /// # Safety
    /// Those words are values, and stay as they are until the collection ends.
    pub unsafe fn payload_values(&mut self, obj: Obj, first: usize, count: usize) {
        // SAFETY: the caller promises that the words are in the payload.
        let start = unsafe { obj.words().add(first) }.cast::<Value>();
        // SAFETY: as above.
        unsafe { self.array(start.cast_const(), count) }
    }

    /// Report values that lie anywhere, in memory that an object owns; a long array is continued later.
    ///
    /// # Safety
    /// The values can be read, and stay as they are, until the collection ends.
    pub unsafe fn array(&mut self, start: *const Value, count: usize) {
        if count > STRIDE && self.mode == Mode::Mark {
            self.arrays.push((start, count));
            return;
        }
        for i in 0..count {
            // SAFETY: within the array (the caller's promise).
            let at = unsafe { start.add(i) };
            // SAFETY: as above.
            self.value(unsafe { at.read() });
        }
    }

    /// Keep alive each object that some word of the range points to or into. For stacks, whose words may be anything.
    ///
    /// # Safety
    /// The range can be read.
    pub unsafe fn conservative_range(&mut self, start: *const u64, end: *const u64) {
        let mut at = start.cast::<usize>();
        let end = end.cast::<usize>();
        self.root_words += end.addr().saturating_sub(at.addr()) / size_of::<usize>();
        while at < end {
            // SAFETY: below `end`, so readable (the caller's promise). Volatile: other code owns these words.
            self.conservative_word(unsafe { at.read_volatile() });
            at = at.wrapping_add(1);
        }
    }

    /// Keep the object alive that the word points to or into, if it does.
    #[inline(always)]
    pub fn conservative_word(&mut self, word: usize) {
        if let Some(obj) = self.find(word) {
            self.visit(obj);
        }
    }

    /// Report the values among some payload words of a large object, which may be others as well: what has the form of
    /// an object and is one counts as one.
    pub(crate) fn card(&mut self, obj: Obj, words: std::ops::Range<usize>) {
        for i in words {
            if let Some(found) = Value::from_bits(obj.word(i)).as_ptr()
                && self.find(found.address()) == Some(found)
            {
                self.visit(found);
            }
        }
    }

    fn find(&self, address: usize) -> Option<Obj> {
        if self.extent.contains(address) {
            self.extent.find(address)
        } else {
            self.large.find(address)
        }
    }

    #[inline(always)]
    fn visit(&mut self, obj: Obj) {
        if self.mode == Mode::List || (self.mark(obj) && !self.kinds.leaf[usize::from(obj.kind())])
        {
            self.queue.push(obj);
        }
    }

    /// Mark; true if it was not marked before.
    #[inline(always)]
    fn mark(&mut self, obj: Obj) -> bool {
        if self.extent.contains(obj.address()) {
            let side = side_byte(obj);
            // SAFETY: an object of the arena has its side byte.
            let byte = unsafe { side.read() };
            if byte & MARK != 0 {
                return false;
            }
            debug_assert!(
                byte != 0,
                "{obj:?} was reported to the collector but no object is there"
            );
            // SAFETY: as above.
            unsafe { side.write(byte | MARK) };
            self.marked_bytes += code_granules(byte) * GRANULE;
        } else {
            debug_assert!(
                self.large.find(obj.address()) == Some(obj),
                "{obj:?} was reported but is no object"
            );
            if obj.has_gc(GcBits::OLD) {
                return false;
            }
            self.marked_bytes += obj.size();
        }
        obj.add_gc(GcBits::OLD);
        if self.full {
            self.use_shape(obj.shape());
        }
        true
    }

    /// Was the object marked in this collection or (in a young one) before?
    pub(crate) fn is_marked(&self, obj: Obj) -> bool {
        if self.extent.contains(obj.address()) {
            // SAFETY: an object of the arena has its side byte.
            unsafe { side_byte(obj).read() & MARK != 0 }
        } else {
            obj.has_gc(GcBits::OLD)
        }
    }

    /// Mark some unmarked objects and all they reach, and put them in an order in which each comes before those that it
    /// reaches (where that can be: in a cycle any of them may be first), and else as they were.
    pub(crate) fn referrers_first(&mut self, some: &[Obj]) -> Vec<Obj> {
        let mut sorted: Vec<Obj> = some.to_vec();
        sorted.sort_unstable_by_key(|obj| obj.address());
        let mut order = Vec::new();
        // Depth first; an object is done when all it references are. The last one done references the others.
        let mut path: Vec<(Obj, Vec<Obj>)> = Vec::new();
        for &root in some.iter().rev() {
            if self.mark(root) {
                path.push((root, self.referents(root)));
            }
            while let Some((obj, ahead)) = path.last_mut() {
                let (obj, next) = (*obj, ahead.pop());
                if let Some(next) = next.filter(|&next| self.mark(next)) {
                    path.push((next, self.referents(next)));
                }
                if next.is_some() {
                    continue;
                }
                if sorted.binary_search_by_key(&obj.address(), |obj| obj.address()).is_ok() {
                    order.push(obj);
                }
                path.pop();
            }
        }
        order.reverse();
        order
    }

    /// The objects that `obj` references.
    fn referents(&self, obj: Obj) -> Vec<Obj> {
        if self.kinds.leaf[usize::from(obj.kind())] {
            return Vec::new();
        }
        Tracer::marking(self.extent, self.large, self.kinds, Vec::new()).list(obj)
    }

    /// Look at the references of one object.
    #[inline(always)]
    pub(crate) fn trace(&mut self, obj: Obj) {
        let trace = self.kinds.rows[usize::from(obj.kind())].trace;
        // SAFETY: the object has the kind whose function it is.
        unsafe { trace(obj, self) }
    }

    /// Mark all that can be reached from what was marked.
    pub(crate) fn drain(&mut self) {
        loop {
            while let Some(obj) = self.queue.pop() {
                self.trace(obj);
            }
            let Some((start, count)) = self.arrays.pop() else { return };
            let now = count.min(STRIDE);
            // SAFETY: within the array, which stays as it is until the collection ends (promised to `array`).
            let rest = unsafe { start.add(now) };
            if count > now {
                self.arrays.push((rest, count - now));
            }
            // SAFETY: as above.
            unsafe { self.array(start, now) };
        }
    }

    /// Bytes of the objects that were marked, and words of roots that were looked at.
    pub(crate) fn work(&self) -> (usize, usize) {
        (self.marked_bytes, self.root_words)
    }

    /// End the collection: give back the (empty) queue's memory.
    pub(crate) fn finish(self) -> Vec<Obj> {
        debug_assert!(self.queue.is_empty() && self.arrays.is_empty());
        self.queue
    }
}

impl fmt::Debug for Tracer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tracer").field("queued", &self.queue.len()).finish_non_exhaustive()
    }
}

/// Tells the runtime's own weak tables which objects survived; see [`Heap::set_weak_tables`](crate::Heap::set_weak_tables).
#[derive(Debug)]
pub struct Survivors<'a>(pub(crate) &'a Tracer<'a>);

impl Survivors<'_> {
    /// Could anything have died, and not only what is young?
    pub fn is_full(&self) -> bool {
        self.0.is_full()
    }

    /// Is the object still alive? If not, the table must forget it now.
    pub fn contains(&self, obj: Obj) -> bool {
        self.0.is_marked(obj)
    }

    /// Is the value still alive? Those that are not objects are.
    pub fn contains_value(&self, value: Value) -> bool {
        value.as_ptr().is_none_or(|obj| self.contains(obj))
    }
}

/// The data pointer of callbacks that were not registered.
pub(crate) const NO_DATA: *mut () = ptr::null_mut();
