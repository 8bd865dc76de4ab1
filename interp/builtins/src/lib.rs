//! The methods of the built-in types and the `builtins` module.
