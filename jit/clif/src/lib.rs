//! The Cranelift back end of the tracing JIT: traces to machine code.
