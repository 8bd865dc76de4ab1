//! One instruction word: packing and unpacking, nothing else.
use crate::Op;

/// An instruction word; see [`crate::opcode`] for the layout.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(transparent)]
pub struct Insn(pub u64);

impl Insn {
    /// An instruction with three register-sized operands.
    pub fn abc(op: Op, x: u8, a: u16, b: u16, c: u16) -> Insn {
        Insn(
            op as u64
                | u64::from(x) << 8
                | u64::from(a) << 16
                | u64::from(b) << 32
                | u64::from(c) << 48,
        )
    }
    /// An instruction with one register and a 32-bit operand.
    pub fn abc32(op: Op, a: u16, bc: i32) -> Insn {
        Insn(op as u64 | u64::from(a) << 16 | u64::from(bc.cast_unsigned()) << 32)
    }
    /// An extension word.
    pub fn ext(lo: u32, hi: u32) -> Insn {
        Insn(u64::from(lo) | u64::from(hi) << 32)
    }
    /// The opcode number.
    #[inline(always)]
    pub const fn op_number(self) -> u8 {
        self.0 as u8
    }
    /// The opcode.
    pub fn op(self) -> Op {
        Op::from_u8(self.op_number())
            .expect("code is made by the compiler, with rows of the table only")
    }
    /// The small operand.
    #[inline(always)]
    pub const fn x(self) -> u8 {
        (self.0 >> 8) as u8
    }
    /// First operand.
    #[inline(always)]
    pub const fn a(self) -> u16 {
        (self.0 >> 16) as u16
    }
    /// Second operand.
    #[inline(always)]
    pub const fn b(self) -> u16 {
        (self.0 >> 32) as u16
    }
    /// Third operand.
    #[inline(always)]
    pub const fn c(self) -> u16 {
        (self.0 >> 48) as u16
    }
    /// Second operand as a signed number.
    #[inline(always)]
    pub const fn b_int(self) -> i16 {
        (self.0 >> 32) as i16
    }
    /// Third operand as a signed number.
    #[inline(always)]
    pub const fn c_int(self) -> i16 {
        (self.0 >> 48) as i16
    }
    /// Second and third operand as one signed number.
    #[inline(always)]
    pub const fn bc(self) -> i32 {
        (self.0 >> 32) as i32
    }
    /// Low half of an extension word.
    #[inline(always)]
    pub const fn lo(self) -> u32 {
        self.0 as u32
    }
    /// High half of an extension word.
    #[inline(always)]
    pub const fn hi(self) -> u32 {
        (self.0 >> 32) as u32
    }
}
