//! Exceptions and tracebacks.
use std::cell::Cell;

use haft_heap::Value;

use super::{CodeObject, Dict, PayloadRef};
use crate::payload;

payload! {
    /// An exception of any class. What single classes add (`errno`, `name`, `value` …) are attributes in `extra`.
    pub struct Exception [Exception] {
        /// `args`, a tuple.
        pub args: Cell<Value>,
        /// `__traceback__`: a traceback or None.
        pub traceback: Cell<Value>,
        /// `__context__`: an exception or None.
        pub context: Cell<Value>,
        /// `__cause__`: an exception or None.
        pub cause: Cell<Value>,
        /// `__suppress_context__`
        pub suppress_context: Cell<bool>,
        /// Fields of the built-in classes, by the number the class gives them (StopIteration: 0 is `value`).
        pub fields: [Cell<Value>; 8],
    }

    /// One entry of a traceback. The frame object is made when somebody asks for it.
    pub struct Traceback {
        /// `tb_next`: the entry of the called function, or None.
        pub next: Cell<Value>,
        /// The entry of the function that called, or ABSENT.
        pub outer: Cell<Value>,
        /// Code that was running.
        pub code: PayloadRef<CodeObject>,
        /// Its globals.
        pub globals: Dict,
        /// Word of the instruction.
        pub pc: u32,
        /// The line, when it was given instead of the instruction.
        pub line: Cell<u32>,
        /// The registers of the locals as they were when the exception passed, an array; or ABSENT.
        pub locals: Cell<Value>,
        /// `tb_frame`, once made.
        pub frame: Cell<Value>,
    }
}

impl super::Traced for [Cell<Value>; 8] {
    fn trace(&self, tracer: &mut haft_heap::Tracer<'_>) {
        for field in self {
            tracer.value(field.get());
        }
    }
}
