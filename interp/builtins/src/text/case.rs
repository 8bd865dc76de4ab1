//! Case mappings, and tests of all characters.
use haft_core::object::Str;
use haft_core::{R, Value, Vm, natives};
use haft_text::unicode;

use super::{new_str, this};

natives! {
    pub(super) static METHODS = {
        /// Return a capitalized version of the string.
        ///
        /// More specifically, make the first character have upper case and the rest lower
        /// case.
        capitalize "($self, /)" => capitalize;
        /// Return a version of the string suitable for caseless comparisons.
        casefold "($self, /)" => casefold;
        /// Return a copy of the string converted to lowercase.
        lower "($self, /)" => lower;
        /// Convert uppercase characters to lowercase and lowercase characters to uppercase.
        swapcase "($self, /)" => swapcase;
        /// Return a version of the string where each word is titlecased.
        ///
        /// More specifically, words start with uppercased characters and all remaining
        /// cased characters have lower case.
        title "($self, /)" => title;
        /// Return a copy of the string converted to uppercase.
        upper "($self, /)" => upper;
        /// Return True if the string is an alpha-numeric string, False otherwise.
        ///
        /// A string is alpha-numeric if all characters in the string are alpha-numeric and
        /// there is at least one character in the string.
        isalnum "($self, /)" => isalnum;
        /// Return True if the string is an alphabetic string, False otherwise.
        ///
        /// A string is alphabetic if all characters in the string are alphabetic and there
        /// is at least one character in the string.
        isalpha "($self, /)" => isalpha;
        /// Return True if all characters in the string are ASCII, False otherwise.
        ///
        /// ASCII characters have code points in the range U+0000-U+007F.
        /// Empty string is ASCII too.
        isascii "($self, /)" => isascii;
        /// Return True if the string is a decimal string, False otherwise.
        ///
        /// A string is a decimal string if all characters in the string are decimal and
        /// there is at least one character in the string.
        isdecimal "($self, /)" => isdecimal;
        /// Return True if the string is a digit string, False otherwise.
        ///
        /// A string is a digit string if all characters in the string are digits and there
        /// is at least one character in the string.
        isdigit "($self, /)" => isdigit;
        /// Return True if the string is a valid Python identifier, False otherwise.
        ///
        /// Call keyword.iskeyword(s) to test whether string s is a reserved identifier,
        /// such as "def" or "class".
        isidentifier "($self, /)" => isidentifier;
        /// Return True if the string is a lowercase string, False otherwise.
        ///
        /// A string is lowercase if all cased characters in the string are lowercase and
        /// there is at least one cased character in the string.
        islower "($self, /)" => islower;
        /// Return True if the string is a numeric string, False otherwise.
        ///
        /// A string is numeric if all characters in the string are numeric and there is at
        /// least one character in the string.
        isnumeric "($self, /)" => isnumeric;
        /// Return True if all characters in the string are printable, False otherwise.
        ///
        /// A character is printable if repr() may use it in its output.
        isprintable "($self, /)" => isprintable;
        /// Return True if the string is a whitespace string, False otherwise.
        ///
        /// A string is whitespace if all characters in the string are whitespace and there
        /// is at least one character in the string.
        isspace "($self, /)" => isspace;
        /// Return True if the string is a title-cased string, False otherwise.
        ///
        /// In a title-cased string, upper- and title-case characters may only
        /// follow uncased characters and lowercase characters only cased ones.
        istitle "($self, /)" => istitle;
        /// Return True if the string is an uppercase string, False otherwise.
        ///
        /// A string is uppercase if all cased characters in the string are uppercase and
        /// there is at least one cased character in the string.
        isupper "($self, /)" => isupper;
    }
}

/// Methods that map the whole string.
macro_rules! mappings {
    ($($name:ident)+) => { $(
        fn $name(vm: &mut Vm, args: &[Value]) -> R {
            let text = unicode::$name(this(vm, args[0], stringify!($name))?.bytes());
            new_str(vm, &text)
        }
    )+ };
}

mappings! { capitalize swapcase title }

/// Methods that map ascii text byte by byte: without a copy on the way, and to itself if nothing changes.
macro_rules! byte_mappings {
    ($($name:ident = $map:ident;)+) => { $(
        fn $name(vm: &mut Vm, args: &[Value]) -> R {
            let str = this(vm, args[0], stringify!($name))?;
            if !str.is_ascii() {
                return new_str(vm, &unicode::$name(str.bytes()));
            }
            if str.bytes().iter().all(|byte| byte.$map() == *byte) {
                return Ok(str.value());
            }
            if str.len() == 1 {
                return new_str(vm, &[str.bytes()[0].$map()]);
            }
            Ok(Str::map_ascii(&mut vm.heap, str, |byte| byte.$map()).value())
        }
    )+ };
}

byte_mappings! {
    casefold = to_ascii_lowercase;
    lower = to_ascii_lowercase;
    upper = to_ascii_uppercase;
}

/// Methods that test the whole string.
macro_rules! tests {
    ($($name:ident = $test:path;)+) => { $(
        fn $name(vm: &mut Vm, args: &[Value]) -> R {
            let str = this(vm, args[0], stringify!($name))?;
            Ok(Value::bool($test(str.bytes())))
        }
    )+ };
}

tests! {
    isalnum = unicode::str_is_alnum;
    isalpha = unicode::str_is_alpha;
    isdecimal = unicode::str_is_decimal;
    isdigit = unicode::str_is_digit;
    isidentifier = unicode::is_identifier;
    islower = unicode::str_is_lower;
    isnumeric = unicode::str_is_numeric;
    isprintable = unicode::str_is_printable;
    isspace = unicode::str_is_space;
    istitle = unicode::str_is_title;
    isupper = unicode::str_is_upper;
}

fn isascii(vm: &mut Vm, args: &[Value]) -> R {
    let str = this(vm, args[0], "isascii")?;
    Ok(Value::bool(str.is_ascii()))
}
