//! The numbers of `re/_constants.py`, in its order.

/// The version of the numbering; `re._compiler` asserts that `_sre.MAGIC` is the one it was written for.
pub const MAGIC: u32 = 20_230_612;
/// Bytes in a code (`_sre.CODESIZE`).
pub const CODE_SIZE: usize = 4;
/// "Any number of times" (`_sre.MAXREPEAT`).
pub const MAX_REPEAT: u32 = u32::MAX;
/// The most groups a pattern may have (`_sre.MAXGROUPS`).
pub const MAX_GROUPS: u32 = 0x3FFF_FFFF;

/// Declares an enum whose variants are numbered from zero.
macro_rules! numbered {
    ($(#[$doc:meta])* $name:ident { $($variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $name { $($variant),+ }

        impl $name {
            /// The variant numbered `code`.
            pub(crate) fn decode(code: u32) -> Option<$name> {
                const ALL: &[$name] = &[$($name::$variant),+];
                ALL.get(usize::try_from(code).ok()?).copied()
            }
        }
    };
}

numbered! {
    /// The operators (`OPCODES`).
    Op {
        Failure, Success,
        Any, AnyAll,
        Assert, AssertNot,
        At,
        Branch,
        Category,
        Charset, BigCharset,
        GroupRef, GroupRefExists,
        In,
        Info,
        Jump,
        Literal,
        Mark,
        MaxUntil,
        MinUntil,
        NotLiteral,
        Negate,
        Range,
        Repeat,
        RepeatOne,
        Subpattern,
        MinRepeatOne,
        AtomicGroup,
        PossessiveRepeat,
        PossessiveRepeatOne,
        GroupRefIgnore, InIgnore, LiteralIgnore, NotLiteralIgnore,
        GroupRefLocIgnore, InLocIgnore, LiteralLocIgnore, NotLiteralLocIgnore,
        GroupRefUniIgnore, InUniIgnore, LiteralUniIgnore, NotLiteralUniIgnore,
        RangeUniIgnore,
    }
}

numbered! {
    /// Positions (`ATCODES`).
    At {
        Beginning, BeginningLine, BeginningString,
        Boundary, NonBoundary,
        End, EndLine, EndString,
        LocBoundary, LocNonBoundary,
        UniBoundary, UniNonBoundary,
    }
}

numbered! {
    /// Categories (`CHCODES`).
    Category {
        Digit, NotDigit,
        Space, NotSpace,
        Word, NotWord,
        Linebreak, NotLinebreak,
        LocWord, LocNotWord,
        UniDigit, UniNotDigit,
        UniSpace, UniNotSpace,
        UniWord, UniNotWord,
        UniLinebreak, UniNotLinebreak,
    }
}

/// `SRE_INFO_PREFIX`: the pattern starts with a literal.
pub(crate) const INFO_PREFIX: u32 = 1;
/// `SRE_INFO_LITERAL`: the pattern is that literal.
pub(crate) const INFO_LITERAL: u32 = 2;
/// `SRE_INFO_CHARSET`: the pattern starts with a character of a set.
pub(crate) const INFO_CHARSET: u32 = 4;
