//! Roots that are not the runtime's table: stacks, and values held by C.

use std::hint::black_box;

use super::{Toy, rounds};
use crate::{Heap, Value, native_stack_high};

#[test]
fn words_of_a_parked_stack_keep_objects_alive() {
    let mut toy = Toy::new();
    let (a, b, c) = (toy.leaf(100), toy.leaf(50_000), toy.leaf(8));
    let past_the_end = c.address() + c.size();
    let stack: Vec<usize> =
        vec![3, a.address() + 57, usize::MAX, b.address() + 49_999, past_the_end, 0];
    let low = stack.as_ptr().expose_provenance();
    // SAFETY: the vector stays as it is until the range is removed.
    let range = unsafe { toy.heap.add_stack_range(low, low + stack.len() * size_of::<usize>()) };
    toy.heap.collect(false);
    toy.heap.collect(true);
    let mut left = Vec::new();
    toy.heap.for_each_object(|obj| left.push(obj));
    assert_eq!(left, [a, b]);
    toy.heap.remove_stack_range(range);
    toy.heap.collect(true);
    assert_eq!(toy.count(), 0);
}

/// A list of `n` objects that only native frames hold, one each.
#[inline(never)]
fn nested(heap: &mut Heap, n: usize) -> u64 {
    let obj = heap.alloc(super::NODE, 0, 24);
    obj.set_word(1, Value::small(i32::try_from(n).unwrap()).bits());
    if n == 0 {
        heap.collect(true);
        for _ in 0..1000 {
            heap.alloc(super::LEAF, 0, 24).set_word(1, u64::MAX);
        }
        return 0;
    }
    let rest = nested(heap, n - 1);
    assert_eq!(obj.value(1).as_fixnum(), i64::try_from(n).ok());
    rest + 1
}

#[test]
fn frames_of_the_native_stack_keep_objects_alive() {
    if cfg!(miri) {
        return;
    }
    let mut heap = Heap::new(&super::KINDS);
    heap.set_stack_bounds(native_stack_high().unwrap());
    heap.stress(3);
    assert_eq!(nested(&mut heap, 500), 500);
}

#[test]
fn registers_keep_objects_alive() {
    if cfg!(miri) {
        return;
    }
    let mut heap = Heap::new(&super::KINDS);
    heap.set_stack_bounds(native_stack_high().unwrap());
    // More locals than there are registers, all live across the collection and never spilled by hand.
    let objs: [_; 8] = std::array::from_fn(|i| {
        let obj = heap.alloc(super::LEAF, 0, 8);
        obj.set_word(0, i as u64);
        obj
    });
    let [a, b, c, d, e, f, g, h] = objs;
    for _ in 0..100 {
        heap.collect(true);
        heap.alloc(super::LEAF, 0, 8).set_word(0, u64::MAX);
        let sum = [a, b, c, d, e, f, g, h].map(|obj| obj.word(0)).iter().sum::<u64>();
        assert_eq!(black_box(sum), 28);
    }
}

#[test]
fn a_heap_moves_between_threads() {
    if cfg!(miri) {
        return;
    }
    let mut heap = Heap::new(&super::KINDS);
    let root = heap.alloc(super::LEAF, 5, 8);
    let id = heap.root_add(root.into());
    let thread = std::thread::spawn(move || {
        heap.set_stack_bounds(native_stack_high().unwrap());
        let local = heap.alloc(super::LEAF, 6, 8);
        heap.collect(true);
        assert_eq!(local.shape(), 6);
        heap
    });
    let mut heap = thread.join().unwrap();
    heap.set_stack_bounds(native_stack_high().unwrap());
    heap.collect(true);
    assert_eq!(heap.root_get(id).as_ptr().unwrap().shape(), 5);
}

#[test]
fn extra_roots_keep_values_until_removed() {
    let mut toy = Toy::new();
    let (a, b) = (toy.leaf(8), toy.leaf(8));
    let (root_a, root_b) = (toy.heap.root_add(a.into()), toy.heap.root_add(b.into()));
    toy.heap.collect(true);
    assert_eq!(toy.count(), 2);
    toy.heap.root_remove(root_a);
    toy.heap.collect(true);
    assert_eq!(toy.count(), 1);
    assert_eq!(toy.heap.root_get(root_b), b.into());
    let reused = toy.heap.root_add(Value::NONE);
    assert_eq!(reused, root_a);
    toy.heap.root_set(root_b, Value::NONE);
    toy.heap.collect(true);
    assert_eq!(toy.count(), 0);
}

#[test]
fn a_deep_stack_makes_collections_rarer() {
    let mut toy = Toy::new();
    let stack = vec![0_usize; rounds(16 << 20)];
    let low = stack.as_ptr().expose_provenance();
    // SAFETY: the vector stays until the end of the test, and the heap does not collect after it.
    unsafe { toy.heap.add_stack_range(low, low + stack.len() * size_of::<usize>()) };
    toy.heap.collect(true);
    for _ in 0..rounds(1 << 20) {
        toy.leaf(24);
    }
    // 32 MB were allocated; a quarter of the 128 MB of stack is the distance.
    assert!(toy.heap.stats().young_collections <= 1, "{:?}", toy.heap.stats());
}
