//! Errors about C types: which Python exception they become, and its message.

use std::fmt;

/// The Python exception that an error becomes in the binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raises {
    /// `cffi.CDefError`.
    CDefError,
    /// `cffi.FFIError`.
    FFIError,
    /// `cffi.VerificationMissing`.
    VerificationMissing,
    /// `TypeError`.
    TypeError,
    /// `ValueError`.
    ValueError,
    /// `KeyError`.
    KeyError,
    /// `OverflowError`.
    OverflowError,
    /// `NotImplementedError`.
    NotImplementedError,
    /// `SystemError`.
    SystemError,
}

/// A C type cannot be used as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CTypeError {
    /// The exception it becomes.
    pub raises: Raises,
    /// The message, as `cffi` words it.
    pub message: String,
}

impl CTypeError {
    /// An error with a given exception and message.
    pub fn new(raises: Raises, message: impl Into<String>) -> Self {
        Self { raises, message: message.into() }
    }

    /// A `TypeError`.
    pub fn ty(message: impl Into<String>) -> Self {
        Self::new(Raises::TypeError, message)
    }

    /// A `NotImplementedError`.
    pub fn unsupported(message: impl Into<String>) -> Self {
        Self::new(Raises::NotImplementedError, message)
    }
}

impl fmt::Display for CTypeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for CTypeError {}
