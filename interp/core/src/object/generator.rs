//! Generators, coroutines and asynchronous generators: frames whose registers are on the heap while they do not run.
use std::cell::Cell;

use haft_heap::Value;

use super::{Array, CodeObject, Dict, PayloadRef};
use crate::payload;

/// Where a generator stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum GeneratorState {
    /// Not started.
    Created,
    /// At a yield.
    Suspended,
    /// Running.
    Running,
    /// Over.
    Closed,
}

impl super::Traced for GeneratorState {
    const HOLDS: bool = false;
    const QUIET: bool = true;
    fn trace(&self, _: &mut haft_heap::Tracer<'_>) {}
}
impl super::Traced for Array {
    const QUIET: bool = true;
    fn trace(&self, tracer: &mut haft_heap::Tracer<'_>) {
        tracer.obj(self.obj());
    }
}

payload! {
    /// A generator, coroutine or asynchronous generator, as its class says.
    pub struct Generator [Generator] {
        /// The code.
        pub code: PayloadRef<CodeObject>,
        /// The function it comes from, or ABSENT.
        pub function: Value,
        /// Its globals.
        pub globals: Dict,
        /// Its builtins.
        pub builtins: Dict,
        /// The registers while it does not run; zero words while it does, and they are on the stack.
        pub registers: Array,
        /// Word of the instruction that runs next, or that yielded.
        pub pc: Cell<u32>,
        /// Where it stands.
        pub state: Cell<GeneratorState>,
        /// `__name__`
        pub name: Cell<Value>,
        /// `__qualname__`
        pub qualname: Cell<Value>,
        /// The exception it was handling when it was suspended, or ABSENT.
        pub handled: Cell<Value>,
        /// While it runs: [`StackState::outer_handled`](crate::vm::StackState::outer_handled) of its caller.
        pub caller_outer: Cell<Value>,
        /// Its frame object, once asked for, or ABSENT.
        pub frame: Cell<Value>,
        /// Asynchronous generators: an awaitable for the next step that nobody has seen, or ABSENT.
        pub step: Cell<Value>,
        /// Asynchronous generators: hooks were called, is running, is closed.
        pub async_flags: Cell<u8>,
        /// Coroutines: finalizer hook of an asynchronous generator, or ABSENT.
        pub finalizer: Cell<Value>,
    }
}
