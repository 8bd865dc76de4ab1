//! Memory itself: zeroing, sizes, large objects, interior addresses.

use super::{LEAF, NODE, Random, Toy, rounds};

#[test]
fn payloads_are_zero_also_in_reused_memory() {
    let mut toy = Toy::new();
    let mut random = Random(3);
    for step in 0..rounds(60_000) {
        let bytes = match random.below(30) {
            0 => random.below(20_000),
            1..=3 => random.below(2000),
            _ => random.below(100),
        };
        let obj = toy.leaf(bytes);
        let words = obj.payload_words();
        assert!(words * 8 >= bytes);
        for i in 0..words {
            assert_eq!(obj.word(i), 0, "word {i} of {bytes} bytes");
            obj.set_word(i, u64::MAX);
        }
        if random.below(7) == 0 {
            toy.root(obj);
        }
        if step % 1000 == 999 {
            let len = toy.roots().len();
            toy.roots().truncate(len / 2);
            toy.heap.collect(random.below(3) == 0);
        }
    }
}

#[test]
fn sizes_are_kept() {
    let mut toy = Toy::new();
    // payload bytes, object bytes
    let table = [
        (0, 16),
        (8, 16),
        (9, 32),
        (24, 32),
        (1016, 1024),
        (1017, 1152),
        (8184, 8192),
        (8185, 8208),
    ];
    for (payload, size) in table {
        let obj = toy.heap.alloc(LEAF, 77, payload);
        assert_eq!((obj.size(), obj.shape(), obj.kind()), (size, 77, LEAF));
        assert_eq!(obj.address() % 16, 0);
    }
    assert_eq!(toy.heap.stats().large_objects, 1);
}

#[test]
fn header_fields_are_independent() {
    let mut toy = Toy::new();
    let obj = toy.node(1);
    toy.root(obj);
    obj.set_shape(0xdead_beef);
    obj.set_aux(0xabcd);
    obj.set_word(0, 1);
    toy.heap.collect(true);
    assert_eq!((obj.shape(), obj.kind(), obj.aux(), obj.word(0)), (0xdead_beef, NODE, 0xabcd, 1));
    obj.set_kind(LEAF);
    assert_eq!((obj.shape(), obj.kind(), obj.aux()), (0xdead_beef, LEAF, 0xabcd));
}

#[test]
fn addresses_inside_an_object_find_it() {
    let mut toy = Toy::new();
    for bytes in [0, 8, 40, 120, 1000, 5000, 8184, 9000, 300_000] {
        let obj = toy.leaf(bytes);
        let (start, end) = (obj.address(), obj.address() + obj.size());
        for address in [start, start + 1, start + 8, usize::midpoint(start, end), end - 1] {
            assert_eq!(toy.heap.find_object(address), Some(obj), "{bytes}");
        }
        assert_ne!(toy.heap.find_object(end), Some(obj));
        assert_ne!(toy.heap.find_object(start - 1), Some(obj));
    }
    for nonsense in [0, 1, 8, usize::MAX, usize::MAX / 2] {
        assert_eq!(toy.heap.find_object(nonsense), None);
    }
    let dead = toy.leaf(40).address();
    toy.heap.collect(true);
    assert_eq!(toy.heap.find_object(dead), None);
}

#[test]
fn large_objects_live_and_die() {
    let mut toy = Toy::new();
    // All of them are fewer bytes than a young collection waits for.
    let sizes = [8185, 10_000, 50_000, 250_000];
    for bytes in sizes {
        let obj = toy.heap.alloc(NODE, 1, bytes);
        let child = toy.leaf(8);
        toy.store(obj, obj.payload_words() - 1, child);
        toy.root(obj);
        toy.heap.alloc(NODE, 2, bytes);
    }
    assert_eq!(toy.heap.stats().large_objects, 2 * sizes.len());
    toy.heap.collect(false);
    assert_eq!(toy.heap.stats().large_objects, sizes.len());
    for root in toy.roots().clone() {
        let obj = root.as_ptr().unwrap();
        assert_eq!(obj.value(obj.payload_words() - 1).as_ptr().unwrap().kind(), LEAF);
    }
    toy.roots().truncate(1);
    toy.heap.collect(true);
    assert_eq!(toy.heap.stats().large_objects, 1);
    assert!(toy.heap.stats().large_bytes < 8300);
}

#[test]
fn impossible_sizes_are_refused() {
    let mut toy = Toy::new();
    for bytes in [usize::MAX, usize::MAX - 7, usize::MAX / 2, isize::MAX as usize] {
        assert_eq!(toy.heap.try_alloc(LEAF, 0, bytes), None);
    }
    assert!(toy.heap.try_alloc(LEAF, 0, 100).is_some());
}

#[test]
fn two_heaps_do_not_meet() {
    let (mut one, mut two) = (Toy::new(), Toy::new());
    let (a, b) = (one.leaf(8), two.leaf(8));
    one.root(a);
    two.root(b);
    one.heap.collect(true);
    assert_eq!(one.heap.find_object(b.address()), None);
    assert_eq!((one.count(), two.count()), (1, 1));
    drop(one);
    two.heap.collect(true);
    assert_eq!(two.count(), 1);
}
