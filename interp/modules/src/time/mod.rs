//! Clocks and calendars.
pub mod convert;
