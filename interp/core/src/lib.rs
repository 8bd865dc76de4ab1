//! The Python object model and the interpreter.
//!
//! `object` says how objects lie in the heap, `vm` holds the state of a runtime, `protocol` what Python operations mean,
//! `interp` runs bytecode, `native` is how functions written in Rust are declared and called.
pub mod interp;
pub mod native;
pub mod object;
pub mod protocol;
pub mod vm;

pub use haft_heap as heap;
pub use haft_heap::{GcVec, Heap, Obj, Tracer, Value, WeakId};
pub use native::{NativeDef, NativeFlags};
pub use vm::{Args, R, Raised, Vm};
