//! What allocation costs and how much memory it holds: `cargo run --release -p haft-heap --example churn [gigabytes [workload]]`.
//!
//! Each workload allocates 20 GB (or what is asked for) and prints the time per object, the collections, the bytes
//! that are live at the end, and the most memory the process had. The bound is twice the live bytes and 64 MiB.
#![expect(clippy::print_stdout, reason = "this is the program's output")]

use std::fs;
use std::process::ExitCode;
use std::time::Instant;

use haft_heap::{
    Heap, KindInfo, Obj, Value, native_stack_high, trace_len_words, trace_none, trace_words,
};

const LEAF: u8 = 0;
const NODE: u8 = 1;
const ARRAY: u8 = 2;
const KINDS: [KindInfo; 3] = [
    KindInfo::new("leaf", trace_none),
    KindInfo::new("node", trace_words),
    KindInfo::new("array", trace_len_words),
];

struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 16) % n as u64) as usize
    }
}

/// A heap and an array that keeps objects alive.
struct Bench {
    heap: Heap,
    kept: Obj,
    slots: usize,
    random: Random,
}

impl Bench {
    fn new(slots: usize) -> Self {
        let mut heap = Heap::new(&KINDS);
        heap.set_stack_bounds(native_stack_high().unwrap_or(0));
        let kept = heap.alloc(ARRAY, 0, (slots + 1) * 8);
        kept.set_word(0, slots as u64);
        heap.root_add(kept.into());
        Self { heap, kept, slots, random: Random(88_172_645_463_325_252) }
    }

    fn keep(&mut self, obj: Obj) {
        let slot = 1 + self.random.below(self.slots);
        self.heap.barrier_at(self.kept, slot);
        self.kept.set_value(slot, obj.into());
    }
}

/// Boxed numbers: everything dies at once.
fn garbage(bench: &mut Bench, bytes: u64) -> u64 {
    let n = bytes / 32;
    for i in 0..n {
        bench.heap.alloc(LEAF, 1, 24).set_word(0, i);
    }
    n
}

/// Objects of 16 to 256 bytes; one of 20 is kept for a random time.
fn mixed(bench: &mut Bench, bytes: u64) -> u64 {
    let (mut n, mut i) = (0, 0);
    while i < bytes {
        let payload = 8 + bench.random.below(31) * 8;
        let obj = bench.heap.alloc(NODE, 1, payload);
        if n % 20 == 0 {
            bench.keep(obj);
        }
        i += obj.size() as u64;
        n += 1;
    }
    n
}

/// Trees of 32-byte nodes, made from the leaves and dropped: half of what is allocated survives some collections.
fn trees(bench: &mut Bench, bytes: u64) -> u64 {
    const DEPTH: u32 = 16;
    let nodes = (2 << DEPTH) - 1;
    let rounds = bytes / (nodes * 32);
    for _ in 0..rounds {
        let tree = tree(&mut bench.heap, DEPTH);
        bench.keep(tree);
    }
    rounds * nodes
}

fn tree(heap: &mut Heap, depth: u32) -> Obj {
    let (left, right) = match depth {
        0 => (Value::NONE, Value::NONE),
        _ => (tree(heap, depth - 1).into(), tree(heap, depth - 1).into()),
    };
    let node = heap.alloc(NODE, 1, 24);
    node.set_value(0, left);
    node.set_value(1, right);
    node
}

/// Buffers of up to 20 KB, around the border of the large objects; a few are kept.
fn buffers(bench: &mut Bench, bytes: u64) -> u64 {
    let (mut n, mut i) = (0, 0);
    while i < bytes {
        let payload = 200 + bench.random.below(20_000);
        let obj = bench.heap.alloc(LEAF, 1, payload);
        if n % 50 == 0 {
            bench.keep(obj);
        }
        i += obj.size() as u64;
        n += 1;
    }
    n
}

/// A line of `/proc/self/status`, in bytes.
fn memory(line: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let found = status
        .lines()
        .find_map(|text| text.strip_prefix(line)?.split_whitespace().next()?.parse().ok());
    found.map_or(0, |kilobytes: usize| kilobytes << 10)
}

type Workload = fn(&mut Bench, u64) -> u64;

fn main() -> ExitCode {
    let gigabytes = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(20);
    let workloads: [(&str, Workload, usize); 5] = [
        ("garbage", garbage, 1),
        ("mixed, small live set", mixed, 10_000),
        ("mixed, large live set", mixed, 1_000_000),
        ("trees", trees, 20),
        ("buffers", buffers, 5_000),
    ];
    let mut within = true;
    println!(
        "{:24}{:>9}{:>8}{:>7}{:>10}{:>10}{:>10}",
        "", "ns/alloc", "young", "full", "live MB", "peak MB", "bound"
    );
    let only = std::env::args().nth(2).unwrap_or_default();
    for (name, run, slots) in workloads.into_iter().filter(|(name, ..)| name.contains(&only)) {
        // Writing 5 there sets the peak back to what is used now.
        drop(fs::write("/proc/self/clear_refs", "5"));
        let before = memory("VmRSS:");
        let mut bench = Bench::new(slots);
        let start = Instant::now();
        let n = run(&mut bench, gigabytes << 30);
        let nanoseconds = start.elapsed().as_secs_f64() * 1e9 / n as f64;
        let peak = memory("VmHWM:").saturating_sub(before);
        bench.heap.collect(true);
        let stats = bench.heap.stats();
        let bound = 2 * stats.live_bytes + (64 << 20);
        within &= peak <= bound;
        let (young, full) = (stats.young_collections, stats.full_collections);
        let [live, peak, bound] = [stats.live_bytes, peak, bound].map(|bytes| bytes >> 20);
        println!("{name:24}{nanoseconds:9.2}{young:8}{full:7}{live:10}{peak:10}{bound:10}");
    }
    if within { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
