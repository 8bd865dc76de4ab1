//! Processes, signals, and what belongs to them.
pub mod accounts;
pub mod fcntl;
pub mod resource;
pub mod select;
pub mod signal;
pub mod subprocess;
pub mod termios;
