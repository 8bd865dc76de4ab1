//! Regular expressions as Python's `re` compiles them.
