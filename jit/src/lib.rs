//! A tracing JIT that knows no Python.
