//! A tracing JIT that knows no Python.
//!
//! [`ir`] is the language of traces: typed operations in static single assignment form, guards with snapshots, and one
//! text form that is printed and parsed. Recording is the front end's, which writes through [`ir::Builder`].
pub mod ir;
