//! The primitive types: name, size, alignment and kind, one row each.
//!
//! The fixed-width and pointer-sized typedefs (`int32_t`, `size_t`, …) are
//! primitives of their own, because `cffi` shows them by name.

use core::ffi::{c_int, c_long, c_longlong, c_short};

/// What a primitive's bytes mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrimitiveKind {
    /// A character: Python sees bytes or a string of length 1.
    Char,
    /// A two's complement integer.
    Signed,
    /// An unsigned integer.
    Unsigned,
    /// `_Bool`: 0 or 1.
    Bool,
    /// `float`, `double` or `long double`.
    Float,
    /// Two floating-point numbers, real part first.
    Complex,
}

macro_rules! primitives {
    ($($variant:ident $name:literal $size:expr, $kind:ident;)*) => {
        /// A primitive C type.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Primitive {
            $(#[doc = concat!("`", $name, "`.")] $variant,)*
        }

        impl Primitive {
            /// Every primitive, in the order of its discriminant.
            pub const ALL: &[Primitive] = &[$(Primitive::$variant,)*];

            /// The C name.
            pub const fn name(self) -> &'static str {
                match self { $(Primitive::$variant => $name,)* }
            }

            /// Bytes in memory.
            pub const fn size(self) -> usize {
                match self { $(Primitive::$variant => $size,)* }
            }

            /// What the bytes mean.
            pub const fn kind(self) -> PrimitiveKind {
                match self { $(Primitive::$variant => PrimitiveKind::$kind,)* }
            }

            /// The primitive called `name`, if there is one.
            pub fn from_name(name: &str) -> Option<Primitive> {
                match name { $($name => Some(Primitive::$variant),)* _ => None }
            }
        }
    };
}

const SHORT: usize = size_of::<c_short>();
const INT: usize = size_of::<c_int>();
const LONG: usize = size_of::<c_long>();
const LONG_LONG: usize = size_of::<c_longlong>();
const POINTER: usize = size_of::<*const ()>();
/// `long double`: x87 extended on x86-64, binary128 on most others, `double` on Apple's and Microsoft's.
const LONG_DOUBLE: usize =
    if cfg!(any(windows, all(target_vendor = "apple", target_arch = "aarch64"))) { 8 } else { 16 };
const WCHAR: usize = if cfg!(windows) { 2 } else { 4 };
/// glibc makes `int_fast16_t` and `int_fast32_t` a `long`, musl an `int`, Apple exactly as wide as they say.
const FAST16: usize = if cfg!(target_env = "gnu") {
    LONG
} else if cfg!(target_vendor = "apple") {
    2
} else {
    INT
};
const FAST32: usize = if cfg!(target_env = "gnu") { LONG } else { INT };

primitives! {
    Char "char" 1, Char;
    Short "short" SHORT, Signed;
    Int "int" INT, Signed;
    Long "long" LONG, Signed;
    LongLong "long long" LONG_LONG, Signed;
    SChar "signed char" 1, Signed;
    UChar "unsigned char" 1, Unsigned;
    UShort "unsigned short" SHORT, Unsigned;
    UInt "unsigned int" INT, Unsigned;
    ULong "unsigned long" LONG, Unsigned;
    ULongLong "unsigned long long" LONG_LONG, Unsigned;
    Float "float" 4, Float;
    Double "double" 8, Float;
    LongDouble "long double" LONG_DOUBLE, Float;
    FloatComplex "_cffi_float_complex_t" 8, Complex;
    DoubleComplex "_cffi_double_complex_t" 16, Complex;
    Bool "_Bool" 1, Bool;
    WChar "wchar_t" WCHAR, Char;
    Char16 "char16_t" 2, Char;
    Char32 "char32_t" 4, Char;
    Int8 "int8_t" 1, Signed;
    UInt8 "uint8_t" 1, Unsigned;
    Int16 "int16_t" 2, Signed;
    UInt16 "uint16_t" 2, Unsigned;
    Int32 "int32_t" 4, Signed;
    UInt32 "uint32_t" 4, Unsigned;
    Int64 "int64_t" 8, Signed;
    UInt64 "uint64_t" 8, Unsigned;
    IntLeast8 "int_least8_t" 1, Signed;
    UIntLeast8 "uint_least8_t" 1, Unsigned;
    IntLeast16 "int_least16_t" 2, Signed;
    UIntLeast16 "uint_least16_t" 2, Unsigned;
    IntLeast32 "int_least32_t" 4, Signed;
    UIntLeast32 "uint_least32_t" 4, Unsigned;
    IntLeast64 "int_least64_t" 8, Signed;
    UIntLeast64 "uint_least64_t" 8, Unsigned;
    IntFast8 "int_fast8_t" 1, Signed;
    UIntFast8 "uint_fast8_t" 1, Unsigned;
    IntFast16 "int_fast16_t" FAST16, Signed;
    UIntFast16 "uint_fast16_t" FAST16, Unsigned;
    IntFast32 "int_fast32_t" FAST32, Signed;
    UIntFast32 "uint_fast32_t" FAST32, Unsigned;
    IntFast64 "int_fast64_t" 8, Signed;
    UIntFast64 "uint_fast64_t" 8, Unsigned;
    IntPtr "intptr_t" POINTER, Signed;
    UIntPtr "uintptr_t" POINTER, Unsigned;
    IntMax "intmax_t" 8, Signed;
    UIntMax "uintmax_t" 8, Unsigned;
    PtrDiff "ptrdiff_t" POINTER, Signed;
    Size "size_t" POINTER, Unsigned;
    SSize "ssize_t" POINTER, Signed;
}

impl Primitive {
    /// Alignment in bytes, as the 64-bit ABIs have it (32-bit x86 Linux aligns 8-byte values to 4).
    pub const fn align(self) -> usize {
        match self {
            Primitive::FloatComplex => 4,
            Primitive::DoubleComplex => 8,
            _ => self.size(),
        }
    }

    /// Whether the stored integer is signed; `wchar_t` is signed where the ABI says so.
    pub const fn is_signed(self) -> bool {
        match self {
            // The psABIs: signed on x86-64 and RISC-V, unsigned on ARM and Windows.
            Primitive::WChar => {
                !cfg!(any(windows, all(target_arch = "aarch64", not(target_vendor = "apple"))))
            }
            _ => matches!(self.kind(), PrimitiveKind::Signed),
        }
    }

    /// Whether this is an integer (not a character), `_Bool` included.
    pub const fn is_integer(self) -> bool {
        matches!(self.kind(), PrimitiveKind::Signed | PrimitiveKind::Unsigned | PrimitiveKind::Bool)
    }

    /// Smallest and largest value of an integer or character type; `None` for the others.
    pub const fn range(self) -> Option<(i128, i128)> {
        let bits = 8 * self.size() as u32;
        match self.kind() {
            PrimitiveKind::Bool => Some((0, 1)),
            PrimitiveKind::Signed => Some((-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1)),
            PrimitiveKind::Unsigned | PrimitiveKind::Char => Some((0, (1i128 << bits) - 1)),
            PrimitiveKind::Float | PrimitiveKind::Complex => None,
        }
    }
}
