//! The register bytecode: the opcode table and the code object.
//!
//! The compiler makes [`Code`], the interpreter runs it, and neither knows more of the other than this crate says.
mod code;
mod disasm;
pub mod effect;
mod insn;
mod liveness;
pub mod opcode;
mod positions;

pub use code::{Code, Const, Handler, flags};
pub use disasm::{disassemble, opcode_docs};
pub use insn::Insn;
pub use liveness::{Liveness, RegisterSet};
pub use opcode::{Effects, INTRINSICS, Intrinsic, OPCODES, Op, OpcodeRow};
pub use positions::{Position, Positions};
