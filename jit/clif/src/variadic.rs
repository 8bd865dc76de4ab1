//! Calls of variadic C functions.
//!
//! The System V convention for x86-64 wants the number of vector registers in `al`, which Cranelift cannot say. The
//! call goes to a thunk that sets it and jumps to the function, whose address it finds on the stack: it is passed as one
//! argument more, behind enough padding to use up the registers. A variadic function does not look at more arguments
//! than it is told of. So one thunk serves all functions, and targets that are only known at run time.
use cranelift_codegen::ir::{AbiParam, Signature, types};

/// Registers for integers.
const INTEGERS: usize = 6;
/// Registers for floats.
const FLOATS: usize = 8;

/// What a call needs besides its arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Zeros after the arguments; the function's address follows them.
    pub(crate) padding: usize,
    /// Which thunk to call.
    pub(crate) thunk: Thunk,
}

/// A thunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Thunk {
    /// Words on the stack before the function's address.
    words: usize,
    /// Are floats passed?
    floats: bool,
}

/// Extend a signature by padding and the function's address.
pub(crate) fn extend(signature: &mut Signature) -> Plan {
    let floats = signature.params.iter().filter(|param| param.value_type.is_float()).count();
    let integers = signature.params.len() - floats;
    let padding = INTEGERS.saturating_sub(integers);
    signature.params.extend(std::iter::repeat_n(AbiParam::new(types::I64), padding + 1));
    let words = integers.saturating_sub(INTEGERS) + floats.saturating_sub(FLOATS);
    Plan { padding, thunk: Thunk { words, floats: floats > 0 } }
}

impl Thunk {
    /// Its machine code.
    pub(crate) fn code(self) -> Vec<u8> {
        let mut code = vec![0xb8, if self.floats { FLOATS as u8 } else { 0 }, 0, 0, 0]; // mov eax, 8 or 0
        code.extend_from_slice(&[0xff, 0xa4, 0x24]); // jmp [rsp + …]
        code.extend_from_slice(&((self.words as i32 + 1) * 8).to_le_bytes());
        code
    }
}
