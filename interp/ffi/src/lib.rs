//! The `cffi` module.
