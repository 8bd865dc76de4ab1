//! Processes, signals, and what belongs to them.
pub mod resource;
pub mod signal;
