//! The register bytecode: the opcode table and the code object.
