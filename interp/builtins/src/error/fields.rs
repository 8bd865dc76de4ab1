//! Which field of an exception holds which attribute.
#![expect(missing_docs, reason = "each constant is the attribute it is called by")]

/// AttributeError, NameError.
pub mod name {
    pub const NAME: usize = 0;
    pub const OBJ: usize = 1;
}
/// ImportError.
pub mod import {
    pub const NAME: usize = 0;
    pub const PATH: usize = 1;
    pub const NAME_FROM: usize = 2;
    pub const MSG: usize = 3;
}
/// StopIteration, SystemExit.
pub const VALUE: usize = 0;
/// OSError.
pub mod os {
    pub const ERRNO: usize = 0;
    pub const STRERROR: usize = 1;
    pub const FILENAME: usize = 2;
    pub const FILENAME2: usize = 3;
    pub const CHARACTERS_WRITTEN: usize = 4;
}
/// SyntaxError.
pub mod syntax {
    pub const MSG: usize = 0;
    pub const FILENAME: usize = 1;
    pub const LINENO: usize = 2;
    pub const OFFSET: usize = 3;
    pub const TEXT: usize = 4;
    pub const END_LINENO: usize = 5;
    pub const END_OFFSET: usize = 6;
    pub const PRINT_FILE_AND_LINE: usize = 7;
}
/// UnicodeDecodeError, UnicodeEncodeError, UnicodeTranslateError.
pub mod unicode {
    pub const ENCODING: usize = 0;
    pub const OBJECT: usize = 1;
    pub const START: usize = 2;
    pub const END: usize = 3;
    pub const REASON: usize = 4;
}
/// BaseExceptionGroup.
pub mod group {
    pub const MESSAGE: usize = 0;
    pub const EXCEPTIONS: usize = 1;
}
