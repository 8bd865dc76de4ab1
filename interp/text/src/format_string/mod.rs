//! The two template languages: `str.format` (PEP 3101) and `%`.

mod percent;
mod template;

pub use percent::{
    Count, Directive, Directives, Flags, Item, Layout, Text, argument_error, format_character,
    format_float, format_int, format_text,
};
pub use template::{
    Accessor, Accessors, AutoNumber, Conversion, Field, First, Piece, Pieces, Target, pieces,
    split_field_name,
};
