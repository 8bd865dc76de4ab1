//! Character classes and mappings, as `str` methods and `unicodedata` see them.

mod case;
mod class;
mod database;

pub use case::{capitalize, casefold, lower, swapcase, title, upper};
pub use class::{
    is_alnum, is_alpha, is_cased, is_decimal, is_digit, is_identifier, is_identifier_continue,
    is_identifier_start, is_lower, is_numeric, is_printable, is_space, is_title, is_upper,
    str_is_alnum, str_is_alpha, str_is_decimal, str_is_digit, str_is_lower, str_is_numeric,
    str_is_printable, str_is_space, str_is_title, str_is_upper,
};
pub(crate) use database::decimal_and_space_to_ascii;
pub use database::{
    Database, Form, Lookup, decimal_digit, is_normalized, lookup_character, name, normalize,
};
