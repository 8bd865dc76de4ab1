//! The standard library's native modules.
