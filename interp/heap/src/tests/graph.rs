//! Random object graphs against a shadow model: what is reachable survives with its contents, nothing else does.

use std::collections::{BTreeMap, BTreeSet};

use super::{ARRAY, NODE, Random, Toy, rounds};
use crate::{Obj, Value};

/// What the model knows of an object: its slots by the ids of their objects.
struct Shadow {
    obj: Obj,
    slots: Vec<Option<usize>>,
}

struct Model {
    toy: Toy,
    shadows: BTreeMap<usize, Shadow>,
    /// Ids of the roots, in the order of the toy's.
    roots: Vec<usize>,
    random: Random,
    next_id: usize,
}

/// Root slots; the rest of the graph hangs on them.
const ROOTS: usize = 24;

impl Model {
    fn new(seed: u64) -> Self {
        let random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        Self { toy: Toy::new(), shadows: BTreeMap::new(), roots: Vec::new(), random, next_id: 1 }
    }

    fn id_value(id: usize) -> Value {
        Value::fixnum(i64::try_from(id).unwrap()).unwrap()
    }

    /// Slots an object of one of the interesting sizes has: small, above a line, above 1 KB, large.
    fn size(&mut self) -> usize {
        match self.random.below(40) {
            0 => 1200 + self.random.below(3000),
            1 => 130 + self.random.below(800),
            2..=4 => 14 + self.random.below(100),
            _ => self.random.below(8),
        }
    }

    /// A new object; node: id, slots; array: count, id, slots.
    fn alloc(&mut self) {
        let slots = self.size();
        let id = self.next_id;
        self.next_id += 1;
        let array = self.random.below(2) == 0;
        let shape = u32::try_from(id).unwrap();
        let obj = if array {
            let obj = self.toy.heap.alloc(ARRAY, shape, (slots + 2) * 8);
            obj.set_word(0, slots as u64 + 1);
            obj
        } else {
            self.toy.heap.alloc(NODE, shape, (slots + 1) * 8)
        };
        obj.set_value(usize::from(array), Self::id_value(id));
        self.shadows.insert(id, Shadow { obj, slots: vec![None; slots] });
        if self.roots.len() < ROOTS {
            self.roots.push(id);
            self.toy.root(obj);
        } else {
            let at = self.random.below(ROOTS);
            let holder = self.roots[at];
            if self.shadows[&holder].slots.is_empty() || self.random.below(3) == 0 {
                self.roots[at] = id;
                self.toy.roots()[at] = obj.into();
            } else {
                let slot = self.random.below(self.shadows[&holder].slots.len());
                self.link(holder, slot, Some(id));
            }
        }
    }

    fn slot_word(obj: Obj, slot: usize) -> usize {
        slot + if obj.kind() == ARRAY { 2 } else { 1 }
    }

    fn link(&mut self, from: usize, slot: usize, to: Option<usize>) {
        let obj = self.shadows[&from].obj;
        let value = to.map_or(Value::NONE, |to| self.shadows[&to].obj.into());
        self.toy.store(obj, Self::slot_word(obj, slot), value);
        self.shadows.get_mut(&from).unwrap().slots[slot] = to;
    }

    /// An object at the end of a random walk.
    fn pick(&mut self) -> Option<usize> {
        if self.roots.is_empty() {
            return None;
        }
        let mut id = self.roots[self.random.below(self.roots.len())];
        for _ in 0..self.random.below(6) {
            let slots = &self.shadows[&id].slots;
            if slots.is_empty() {
                break;
            }
            id = slots[self.random.below(slots.len())].unwrap_or(id);
        }
        Some(id)
    }

    fn relink(&mut self) {
        let (Some(from), Some(to)) = (self.pick(), self.pick()) else { return };
        let slots = self.shadows[&from].slots.len();
        if slots != 0 {
            let slot = self.random.below(slots);
            let to = (self.random.below(4) != 0).then_some(to);
            self.link(from, slot, to);
        }
    }

    /// Forget what no root reaches, and check the contents of the rest.
    fn check(&mut self) {
        let mut reached = BTreeSet::new();
        let mut queue = self.roots.clone();
        while let Some(id) = queue.pop() {
            if reached.insert(id) {
                queue.extend(self.shadows[&id].slots.iter().flatten());
            }
        }
        self.shadows.retain(|id, _| reached.contains(id));
        for (&id, shadow) in &self.shadows {
            let obj = shadow.obj;
            assert_eq!(obj.shape() as usize, id);
            assert_eq!(obj.value(Self::slot_word(obj, 0) - 1), Self::id_value(id));
            for (slot, to) in shadow.slots.iter().enumerate() {
                let found = obj.value(Self::slot_word(obj, slot));
                match to {
                    Some(to) => assert_eq!(found, self.shadows[to].obj.into()),
                    None => assert!(found.is_none() || found.is_absent()),
                }
            }
        }
    }

    fn run(&mut self, steps: usize) {
        for step in 0..steps {
            match self.random.below(10) {
                0..=5 => self.alloc(),
                _ => self.relink(),
            }
            if step % 97 == 96 {
                let full = self.random.below(4) == 0;
                self.toy.heap.collect(full);
                self.check();
                if full {
                    assert_eq!(self.toy.count(), self.shadows.len());
                }
            }
        }
    }
}

#[test]
fn random_graphs_survive_as_the_model_says() {
    for seed in 1..=8 {
        Model::new(seed).run(rounds(6000));
    }
}

#[test]
fn a_collection_at_each_allocation_changes_nothing() {
    let mut model = Model::new(99);
    // The model roots an object only after its allocation, which may collect: before, never after.
    model.toy.heap.stress(1);
    model.run(rounds(2500));
    assert!(model.toy.heap.stats().full_collections as usize > rounds(1000));
}

#[test]
fn long_chains_and_long_arrays_are_marked_without_recursion() {
    let mut toy = Toy::new();
    let n = rounds(300_000);
    toy.roots().push(Value::ABSENT);
    for i in 0..n {
        let node = toy.node(2);
        node.set_value(0, toy.roots()[0]);
        node.set_word(1, Model::id_value(i).bits());
        toy.roots()[0] = node.into();
    }
    let array = toy.heap.alloc(ARRAY, 0, (n + 1) * 8);
    array.set_word(0, n as u64);
    toy.root(array);
    for i in 0..n {
        let leaf = toy.leaf(8);
        leaf.set_word(0, i as u64);
        toy.store(array, i + 1, leaf);
    }
    toy.heap.collect(false);
    toy.heap.collect(true);
    assert_eq!(toy.count(), 2 * n + 1);
    let mut at = toy.roots()[0];
    for i in (0..n).rev() {
        assert_eq!(at.as_ptr().unwrap().value(1), Model::id_value(i));
        at = at.as_ptr().unwrap().value(0);
        assert_eq!(array.value(i + 1).as_ptr().unwrap().word(0), i as u64);
    }
    toy.roots().clear();
    toy.heap.collect(true);
    assert_eq!(toy.count(), 0);
}

#[test]
fn references_can_be_listed() {
    let mut toy = Toy::new();
    let (a, b) = (toy.leaf(1), toy.leaf(1));
    let node = toy.node(4);
    for (i, v) in [a.into(), Value::small(3), b.into(), a.into()].into_iter().enumerate() {
        toy.store(node, i, v);
    }
    assert_eq!(toy.heap.referents(node), [a, b, a]);
    assert_eq!(toy.heap.referents(a), []);
    let mut seen = Vec::new();
    toy.heap.for_each_object(|obj| seen.push(obj));
    assert_eq!(seen, [a, b, node]);
    assert_eq!(toy.heap.kind_info(NODE).name, "node");
}
