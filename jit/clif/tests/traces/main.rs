//! Traces in text form, compiled by our own generator where that is possible, and run.
mod calls;
mod exits;
mod floats;
mod ints;
mod lifetime;
mod links;
mod loops;
mod machine;
mod memory;
mod random;
mod words;

/// The generator that is tested.
fn generator() -> haft_jit_clif::Generator {
    haft_jit_clif::Options::default().generator
}
