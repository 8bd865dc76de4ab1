//! The Python object model and the interpreter.
