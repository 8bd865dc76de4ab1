//! The one error type: which Python exception, and its message.

use std::borrow::Cow;
use std::fmt;

/// The Python exception an [`Error`] stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// `ValueError`
    Value,
    /// `TypeError`
    Type,
    /// `OverflowError`
    Overflow,
    /// `ZeroDivisionError`
    ZeroDivision,
    /// `LookupError`
    Lookup,
    /// `MemoryError`
    Memory,
    /// `struct.error`
    Struct,
    /// `binascii.Error`
    Binascii,
}

/// A Python exception that has not been made into an object yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Which exception to raise.
    pub kind: ErrorKind,
    /// `str(exception)`.
    pub message: Cow<'static, str>,
}

/// The result of everything that can fail the Python way.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error of the given kind.
    pub fn new(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, message: message.into() }
    }

    /// `ValueError(message)`.
    pub fn value(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Value, message)
    }

    /// `TypeError(message)`.
    pub fn ty(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Type, message)
    }

    /// `OverflowError(message)`.
    pub fn overflow(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Overflow, message)
    }

    /// `ZeroDivisionError(message)`.
    pub fn zero_division(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::ZeroDivision, message)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
