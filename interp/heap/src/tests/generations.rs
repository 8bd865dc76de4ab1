//! Young and full collections, the barrier, and when they happen.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{ARRAY, Toy, rounds};
use crate::{Header, Value};

#[test]
fn a_young_collection_frees_only_what_is_young() {
    let mut toy = Toy::new();
    let keeper = toy.node(1);
    toy.root(keeper);
    let old = toy.leaf(8);
    toy.store(keeper, 0, old);
    toy.heap.collect(false);
    toy.store(keeper, 0, Value::NONE);
    toy.leaf(8);
    toy.heap.collect(false);
    assert_eq!(toy.count(), 2, "the old garbage waits for a full collection");
    toy.heap.collect(true);
    assert_eq!(toy.count(), 1);
}

#[test]
fn the_barrier_keeps_young_objects_that_only_old_ones_reference() {
    for size in [1, 40, 600, 4000] {
        let mut toy = Toy::new();
        let old = toy.node(size);
        toy.root(old);
        toy.heap.collect(false);
        for round in 0..5_u64 {
            let young = toy.leaf(8);
            young.set_word(0, round);
            toy.store(old, size - 1, young);
            toy.heap.collect(false);
            assert_eq!(old.value(size - 1), young.into());
            assert_eq!(young.word(0), round);
        }
        toy.heap.collect(true);
        assert_eq!(toy.count(), 2);
    }
}

#[test]
fn verification_finds_a_missing_barrier() {
    let mut toy = Toy::new();
    let old = toy.node(1);
    toy.root(old);
    toy.heap.collect(false);
    let young = toy.leaf(8);
    old.set_value(0, young.into());
    let failure = catch_unwind(AssertUnwindSafe(|| toy.heap.collect(false))).unwrap_err();
    let message = failure.downcast_ref::<String>().unwrap();
    assert!(
        message.starts_with("missing barrier")
            && message.contains("(node)")
            && message.contains("(leaf)")
    );
}

#[test]
fn compiled_code_can_test_for_the_barrier() {
    let mut toy = Toy::new();
    let obj = toy.node(1);
    toy.root(obj);
    let needed = |obj: crate::Obj| obj.gc() & Header::BARRIER_MASK == Header::BARRIER_OLD;
    assert!(!needed(obj));
    toy.heap.collect(false);
    assert!(needed(obj));
    toy.heap.barrier(obj);
    assert!(!needed(obj));
    toy.heap.collect(false);
    assert!(needed(obj));
}

#[test]
fn allocation_collects_by_itself_and_memory_stays_bounded() {
    let mut toy = Toy::new();
    let ring = toy.heap.alloc(ARRAY, 0, 8 * 1001);
    ring.set_word(0, 1000);
    toy.root(ring);
    for i in 0..rounds(1_000_000) {
        let leaf = toy.leaf(16 + i % 200);
        toy.store(ring, 1 + i % 1000, leaf);
    }
    let stats = toy.heap.stats();
    if !cfg!(miri) {
        assert!(stats.young_collections > 20, "{stats:?}");
        assert!(stats.block_bytes + stats.free_block_bytes < 40 << 20, "{stats:?}");
    }
}

#[test]
fn objects_above_a_line_reuse_holes() {
    // One of 16 survives, so that hardly a block gets empty: space must come from holes.
    let mut toy = Toy::new();
    let n = rounds(4000);
    let ring = toy.heap.alloc(ARRAY, 0, 8 * (n + 1));
    ring.set_word(0, n as u64);
    toy.root(ring);
    for i in 0..n * 200 {
        let leaf = toy.leaf(600);
        if i % 16 == 0 {
            toy.store(ring, 1 + (i / 16) % n, leaf);
        }
    }
    let live = n * 616;
    let stats = toy.heap.stats();
    assert!(stats.block_bytes < 2 * live + (40 << 20), "{stats:?}");
}

#[test]
fn external_memory_counts() {
    if cfg!(miri) {
        return;
    }
    let mut toy = Toy::new();
    for _ in 0..1000 {
        let obj = toy.leaf(8);
        toy.heap.set_external(obj, 1 << 20);
        assert!(toy.heap.stats().external_bytes <= 100 << 20, "{:?}", toy.heap.stats());
    }
    toy.heap.collect(true);
    assert_eq!(toy.heap.stats().external_bytes, 0);
    let (first, bytes) = (toy.leaf(8), 1000);
    toy.heap.set_external(first, bytes);
    toy.heap.collect(false);
    assert_eq!(toy.heap.stats().external_bytes, 0);
    let kept = toy.leaf(8);
    toy.root(kept);
    assert_eq!(kept, first, "the address is used again, its entry is not");
    for bytes in [10, 500, 20] {
        toy.heap.set_external(kept, bytes);
        assert_eq!(toy.heap.stats().external_bytes, bytes);
        toy.heap.collect(bytes == 500);
    }
    toy.heap.note_external(100);
    toy.heap.note_external(-90);
    assert_eq!(toy.heap.stats().external_bytes, 30);
}

#[test]
fn collection_can_be_turned_off() {
    let mut toy = Toy::new();
    toy.heap.set_enabled(false);
    let n = rounds(200_000);
    for _ in 0..n {
        toy.leaf(48);
    }
    assert_eq!(toy.count(), n);
    toy.heap.set_enabled(true);
    toy.heap.collect(true);
    assert_eq!(toy.count(), 0);
    assert_eq!(toy.heap.stats().bytes_allocated, n as u64 * 64);
}

#[test]
fn the_barrier_for_one_word_keeps_what_is_stored_there() {
    for size in [1, 600, 1024, 5000, 40_000] {
        let mut toy = Toy::new();
        let old = toy.node(size);
        toy.root(old);
        for round in 0..6_u64 {
            toy.heap.collect(round == 3);
            let large = toy.leaf(9000);
            for i in [0, size / 2, size - 1] {
                let young = toy.leaf(8);
                young.set_word(0, round);
                toy.heap.barrier_at(old, i);
                old.set_value(i, young.into());
            }
            toy.heap.barrier_at(old, size / 3);
            old.set_value(size / 3, large.into());
            toy.heap.collect(round == 4);
            assert_eq!(
                old.value(size - 1).as_ptr().unwrap().size(),
                if size == 1 { large.size() } else { 16 }
            );
            toy.heap.collect(true);
            assert_eq!(toy.count(), if size == 1 { 2 } else { 5 }, "{size}");
        }
    }
}

#[test]
fn a_growing_array_is_not_looked_through_again_and_again() {
    let mut toy = Toy::new();
    let n = rounds(400_000);
    let array = toy.heap.alloc(ARRAY, 0, (n + 1) * 8);
    array.set_word(0, n as u64);
    toy.root(array);
    for i in 1..=n {
        let leaf = toy.leaf(40);
        leaf.set_word(0, i as u64);
        toy.heap.barrier_at(array, i);
        array.set_value(i, leaf.into());
    }
    for i in 1..=n {
        assert_eq!(array.value(i).as_ptr().unwrap().word(0), i as u64);
    }
}
