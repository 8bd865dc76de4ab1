//! C without Python: declarations, types, layouts, calls.
