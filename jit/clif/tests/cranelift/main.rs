//! The same traces, compiled by Cranelift.
#[path = "../traces/calls.rs"]
mod calls;
#[path = "../traces/exits.rs"]
mod exits;
#[path = "../traces/floats.rs"]
mod floats;
#[path = "../traces/ints.rs"]
mod ints;
#[path = "../traces/lifetime.rs"]
mod lifetime;
#[path = "../traces/links.rs"]
mod links;
#[path = "../traces/loops.rs"]
mod loops;
#[path = "../traces/machine.rs"]
mod machine;
#[path = "../traces/memory.rs"]
mod memory;
#[path = "../traces/random.rs"]
mod random;
#[path = "../traces/words.rs"]
mod words;

/// The generator that is tested.
fn generator() -> haft_jit_clif::Generator {
    haft_jit_clif::Generator::Cranelift
}
