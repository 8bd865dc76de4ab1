//! Traces in text form, compiled and run.
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
