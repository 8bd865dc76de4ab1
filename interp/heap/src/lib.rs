//! The value word and the garbage-collected heap.
