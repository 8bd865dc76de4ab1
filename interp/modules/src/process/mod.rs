//! Processes, signals, and what belongs to them.
pub mod signal;
