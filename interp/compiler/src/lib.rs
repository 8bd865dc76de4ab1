//! Python source text to register bytecode.
