//! What happens around the death of objects: drop functions, finalizers, weak references, serial numbers.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Toy, rounds};
use crate::{Survivors, Value, WeakId};

#[test]
fn drop_functions_run_once_for_each_object() {
    let counter = AtomicUsize::new(0);
    let dropped = || counter.load(Ordering::Relaxed);
    let mut toy = Toy::new();
    for _ in 0..10 {
        toy.counted(&counter);
    }
    let (young, old) = (toy.counted(&counter), toy.counted(&counter));
    toy.root(old);
    toy.root(young);
    assert_eq!(dropped(), 0);
    toy.heap.collect(false);
    assert_eq!(dropped(), 10);
    toy.roots().truncate(1);
    toy.heap.collect(false);
    assert_eq!(dropped(), 10);
    toy.heap.collect(true);
    toy.heap.collect(true);
    assert_eq!(dropped(), 11);
    drop(toy);
    assert_eq!(dropped(), 12);
}

#[test]
fn a_finalizer_keeps_the_object_and_what_it_reaches_once_more() {
    for full in [false, true] {
        let mut toy = Toy::new();
        let (obj, child) = (toy.node(2), toy.leaf(8));
        child.set_word(0, 42);
        toy.store(obj, 0, child);
        toy.heap.add_finalizer(obj);
        assert_eq!(toy.heap.take_pending(), None);
        toy.heap.collect(full);
        assert!(toy.heap.has_pending());
        toy.heap.collect(true);
        assert_eq!(toy.count(), 2, "the queue keeps it");
        assert_eq!(toy.heap.take_pending(), Some(obj));
        assert_eq!(toy.heap.take_pending(), None);
        assert_eq!(obj.value(0).as_ptr().unwrap().word(0), 42);
        toy.heap.collect(true);
        assert_eq!(toy.count(), 0, "it does not happen twice");
        assert!(!toy.heap.has_pending());
    }
}

#[test]
fn finalizers_of_a_cycle_are_all_due_once() {
    let mut toy = Toy::new();
    let objs: Vec<_> = (0..6).map(|_| toy.node(1)).collect();
    // A cycle with finalizers is no obstacle.
    for i in 0..6 {
        toy.store(objs[i], 0, objs[(i + 1) % 6]);
    }
    for &obj in &objs {
        toy.heap.add_finalizer(obj);
        toy.heap.add_finalizer(obj);
    }
    toy.heap.cancel_finalizer(objs[3]);
    toy.heap.collect(false);
    // Any of them may be the first.
    let mut due: Vec<_> = std::iter::from_fn(|| toy.heap.take_pending()).collect();
    due.sort_unstable_by_key(|obj| objs.iter().position(|known| known == obj));
    assert_eq!(due, [objs[0], objs[1], objs[2], objs[4], objs[5]]);
}

#[test]
fn a_finalizer_can_be_added_again_or_cancelled() {
    let mut toy = Toy::new();
    let obj = toy.node(1);
    for _ in 0..3 {
        toy.heap.add_finalizer(obj);
        toy.heap.collect(true);
        assert_eq!(toy.heap.take_pending(), Some(obj));
    }
    toy.heap.add_finalizer(obj);
    toy.heap.cancel_finalizer(obj);
    toy.heap.collect(true);
    assert_eq!(toy.heap.take_pending(), None);
    assert_eq!(toy.count(), 0);
    let last = toy.node(1);
    toy.heap.add_finalizer(last);
    assert_eq!(toy.heap.queue_all_finalizers(), 1);
    assert_eq!(toy.heap.take_pending(), Some(last));
    toy.heap.collect(true);
    assert_eq!(toy.count(), 0);
}

#[test]
fn weak_references_are_cleared_when_their_target_dies() {
    for full in [false, true] {
        let mut toy = Toy::new();
        let (dead, alive) = (toy.leaf(8), toy.leaf(8));
        toy.root(alive);
        let ids = [toy.heap.weak_new(dead), toy.heap.weak_new(alive), toy.heap.weak_new(dead)];
        assert_eq!(toy.heap.weak_ids_of(dead), [ids[2], ids[0]]);
        assert_eq!(toy.heap.weak_get(ids[0]), Some(dead));
        toy.heap.collect(full);
        assert_eq!(ids.map(|id| toy.heap.weak_get(id)), [None, Some(alive), None]);
        let cleared: Vec<_> = std::iter::from_fn(|| toy.heap.take_cleared_weak()).collect();
        assert_eq!(cleared, [ids[2], ids[0]], "newest first");
        toy.roots().clear();
        toy.heap.collect(true);
        assert_eq!(toy.heap.take_cleared_weak(), Some(ids[1]));
    }
}

#[test]
fn freed_weak_references_leave_the_others_alone() {
    let mut toy = Toy::new();
    let target = toy.leaf(8);
    toy.root(target);
    let ids: Vec<WeakId> = (0..5).map(|_| toy.heap.weak_new(target)).collect();
    for (gone, left) in [(2, vec![4, 3, 1, 0]), (4, vec![3, 1, 0]), (0, vec![3, 1])] {
        toy.heap.weak_free(ids[gone]);
        assert_eq!(toy.heap.weak_get(ids[gone]), None);
        let left: Vec<WeakId> = left.into_iter().map(|i| ids[i]).collect();
        assert_eq!(toy.heap.weak_ids_of(target), left);
    }
    toy.heap.weak_free(ids[3]);
    toy.heap.weak_free(ids[1]);
    assert_eq!(toy.heap.weak_ids_of(target), []);
    let again = toy.heap.weak_new(target);
    assert!(ids.contains(&again), "numbers are used again");
    toy.roots().clear();
    toy.heap.collect(true);
    toy.heap.weak_free(again);
    let target = toy.leaf(8);
    assert_ne!(toy.heap.weak_new(target), again, "not while it waits to be reported");
    assert_eq!(toy.heap.take_cleared_weak(), None, "nor is it reported after it was freed");
    assert_eq!(toy.heap.weak_new(target), again);
}

#[test]
fn weak_references_are_cleared_before_finalizers_are_due() {
    let mut toy = Toy::new();
    let (obj, child) = (toy.node(1), toy.leaf(8));
    toy.store(obj, 0, child);
    toy.heap.add_finalizer(obj);
    let (to_obj, to_child) = (toy.heap.weak_new(obj), toy.heap.weak_new(child));
    toy.heap.collect(true);
    assert_eq!(toy.heap.weak_get(to_obj), None);
    assert_eq!(toy.heap.weak_get(to_child), None);
    assert_eq!(toy.heap.take_pending(), Some(obj));
    // A reference made by the finalizer is a new one.
    let again = toy.heap.weak_new(child);
    toy.root(obj);
    toy.heap.collect(true);
    assert_eq!(toy.heap.weak_get(again), Some(child));
}

#[test]
fn owned_weak_references_follow_their_owner() {
    // (owner alive, target alive) -> (reported, number still in use)
    let table = [
        (true, true, false, true),
        (true, false, true, true),
        (false, true, false, false),
        (false, false, false, false),
    ];
    for full in [false, true] {
        for (owner_lives, target_lives, reported, in_use) in table {
            let mut toy = Toy::new();
            let (owner, target) = (toy.leaf(8), toy.leaf(8));
            if owner_lives {
                toy.root(owner);
            }
            if target_lives {
                toy.root(target);
            }
            let id = toy.heap.weak_new_owned(target, owner);
            toy.heap.collect(full);
            assert_eq!(toy.heap.take_cleared_weak(), reported.then_some(id));
            assert_eq!(toy.heap.weak_owner(id), in_use.then_some(owner));
            assert_eq!(toy.heap.weak_get(id), (in_use && target_lives).then_some(target));
            if target_lives && !in_use {
                assert_eq!(toy.heap.weak_ids_of(target), []);
            }
        }
    }
}

#[test]
fn an_owner_that_only_a_finalizer_revives_is_not_told() {
    let mut toy = Toy::new();
    let (holder, owner, target) = (toy.node(1), toy.leaf(8), toy.leaf(8));
    toy.store(holder, 0, owner);
    toy.heap.add_finalizer(holder);
    let id = toy.heap.weak_new_owned(target, owner);
    toy.heap.collect(true);
    assert_eq!(toy.heap.take_pending(), Some(holder));
    assert_eq!(toy.heap.take_cleared_weak(), None);
    assert_eq!((toy.heap.weak_owner(id), toy.heap.weak_get(id)), (Some(owner), None));
}

#[test]
fn owners_of_reported_references_stay_until_taken() {
    let mut toy = Toy::new();
    let (owner, target) = (toy.leaf(8), toy.leaf(8));
    toy.root(owner);
    let id = toy.heap.weak_new_owned(target, owner);
    toy.heap.collect(true);
    toy.roots().clear();
    toy.heap.collect(true);
    assert_eq!(toy.count(), 1);
    assert_eq!(toy.heap.take_cleared_weak(), Some(id));
    assert_eq!(toy.heap.weak_owner(id), Some(owner));
    toy.heap.collect(true);
    assert_eq!((toy.count(), toy.heap.weak_owner(id)), (0, None));
}

#[test]
fn serial_numbers_are_stable_and_never_reused() {
    let mut toy = Toy::new();
    let kept = toy.leaf(8);
    toy.root(kept);
    let serial = toy.heap.serial(kept);
    assert_eq!(serial, 1);
    let (mut serials, mut addresses) = (BTreeSet::from([serial]), BTreeSet::new());
    let n = rounds(20_000);
    for i in 0..n {
        let obj = toy.leaf(8);
        addresses.insert(obj.address());
        let serial = toy.heap.serial(obj);
        assert_eq!(serial, toy.heap.serial(obj));
        assert!(serials.insert(serial));
        if i % 1000 == 0 {
            toy.heap.collect(i % 3000 == 0);
        }
    }
    assert!(
        cfg!(miri) || addresses.len() < n / 2,
        "addresses were reused, or the test shows nothing"
    );
    assert_eq!(toy.heap.serial(kept), 1);
}

/// # Safety
/// `data` is a vector of values.
unsafe fn prune(survivors: &Survivors<'_>, data: *mut ()) {
    // SAFETY: the test registers its table.
    let table = unsafe { &mut *data.cast::<Vec<Value>>() };
    table.retain(|&value| survivors.contains_value(value));
}

#[test]
fn weak_tables_of_the_runtime_forget_the_dead() {
    let mut toy = Toy::new();
    let table = Box::into_raw(Box::<Vec<Value>>::default());
    // SAFETY: the table lives longer than the heap.
    unsafe { toy.heap.set_weak_tables(prune, table.cast()) };
    let (dead, alive, due) = (toy.leaf(8), toy.leaf(8), toy.leaf(8));
    toy.root(alive);
    toy.heap.add_finalizer(due);
    // SAFETY: nobody else looks at it outside a collection.
    unsafe { &mut *table }.extend([dead.into(), alive.into(), Value::NONE, due.into()]);
    toy.heap.collect(false);
    // SAFETY: as above.
    assert_eq!(unsafe { &*table }.as_slice(), [alive.into(), Value::NONE, due.into()]);
    drop(toy);
    // SAFETY: made by `Box::into_raw` above.
    drop(unsafe { Box::from_raw(table) });
}
