//! The heap with a toy kind table, against models.

mod generations;
mod graph;
mod memory;
mod passing;
mod stacks;

use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::{GcVec, Heap, KindInfo, Obj, Tracer, Value, trace_len_words, trace_none, trace_words};

/// Words that are no values.
const LEAF: u8 = 0;
/// All words are values.
const NODE: u8 = 1;
/// A count and as many values.
const ARRAY: u8 = 2;
/// Word 0 is the address of a counter of drops.
const COUNTED: u8 = 3;

const KINDS: [KindInfo; 4] = [
    KindInfo::new("leaf", trace_none),
    KindInfo::new("node", trace_words),
    KindInfo::new("array", trace_len_words),
    KindInfo { name: "counted", trace: trace_none, drop: Some(count_drop), unbarriered: false },
];

/// # Safety
/// Word 0 is the address of a counter.
unsafe fn count_drop(obj: Obj) {
    let counter = ptr::with_exposed_provenance::<AtomicUsize>(obj.word(0) as usize);
    // SAFETY: the tests keep their counters until the heap is gone.
    unsafe { &*counter }.fetch_add(1, Ordering::Relaxed);
}

/// # Safety
/// `data` is a vector of values.
unsafe fn trace_roots(tracer: &mut Tracer<'_>, data: *mut ()) {
    // SAFETY: `Toy` registers its roots and keeps them as long as its heap.
    let roots = unsafe { &*data.cast::<Vec<Value>>() };
    tracer.values(roots);
}

/// A heap whose precise roots are a vector. No stack is scanned.
struct Toy {
    heap: Heap,
    roots: *mut Vec<Value>,
}

impl Toy {
    fn new() -> Self {
        let mut heap = Heap::new(&KINDS);
        heap.set_verify(true);
        let roots: *mut Vec<Value> = Box::into_raw(Box::default());
        // SAFETY: the roots live as long as the heap.
        unsafe { heap.set_roots(trace_roots, roots.cast()) };
        Self { heap, roots }
    }

    fn roots(&mut self) -> &mut Vec<Value> {
        // SAFETY: made by `new`; nobody else looks at it outside a collection.
        unsafe { &mut *self.roots }
    }

    fn root(&mut self, obj: Obj) -> Obj {
        self.roots().push(obj.into());
        obj
    }

    fn node(&mut self, words: usize) -> Obj {
        self.heap.alloc(NODE, 0, words * 8)
    }

    fn leaf(&mut self, bytes: usize) -> Obj {
        self.heap.alloc(LEAF, 0, bytes)
    }

    fn counted(&mut self, counter: &AtomicUsize) -> Obj {
        let obj = self.heap.alloc(COUNTED, 0, 8);
        obj.set_word(0, ptr::from_ref(counter).expose_provenance() as u64);
        obj
    }

    fn store(&mut self, obj: Obj, i: usize, value: impl Into<Value>) {
        self.heap.barrier(obj);
        obj.set_value(i, value.into());
    }

    fn count(&mut self) -> usize {
        let mut n = 0;
        self.heap.for_each_object(|_| n += 1);
        n
    }
}

impl Drop for Toy {
    fn drop(&mut self) {
        // SAFETY: made by `Box::into_raw`; the heap does not collect any more.
        drop(unsafe { Box::from_raw(self.roots) });
    }
}

/// Xorshift: the same sequence on each machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, n: usize) -> usize {
        ((self.next() >> 16) % n as u64) as usize
    }
}

/// Fewer rounds where each step is slow.
const fn rounds(n: usize) -> usize {
    if cfg!(miri) { n / 100 + 1 } else { n }
}

#[test]
fn a_gc_vec_behaves_as_a_vec() {
    let mut toy = Toy::new();
    let mut random = Random(7);
    let mut model: Vec<Value> = Vec::new();
    let mut vec = GcVec::new(&mut toy.heap, 0);
    toy.root(vec.obj());
    for step in 0..rounds(20_000) {
        let value = Value::small(i32::try_from(step).unwrap());
        match random.below(10) {
            0..=4 => {
                vec.push(&mut toy.heap, value);
                model.push(value);
            }
            5 => assert_eq!(vec.pop(), model.pop()),
            6 if !model.is_empty() => {
                let i = random.below(model.len());
                vec.set(&mut toy.heap, i, value);
                model[i] = value;
            }
            7 if random.below(200) == 0 => {
                let len = random.below(model.len() + 1);
                vec.truncate(len);
                model.truncate(len);
            }
            8 => {
                let more = [value; 5];
                vec.extend(&mut toy.heap, &more[..random.below(5)]);
                model.truncate(vec.len());
                model.resize(vec.len(), value);
            }
            _ => assert_eq!(vec.get(model.len()), None),
        }
        toy.roots()[0] = vec.obj().into();
        if random.below(500) == 0 {
            toy.heap.collect(random.below(2) == 0);
        }
        assert_eq!(vec.as_slice(), model);
        assert!(vec.capacity() >= vec.len());
        assert_eq!(vec.is_empty(), model.is_empty());
    }
}
