//! An assembler for the x86-64 instructions that traces need.
//!
//! Encodings are those of the Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2.

/// A register: 0 to 15 are `rax` to `r15`, 16 to 31 are `xmm0` to `xmm15`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Reg(pub(super) u8);

impl Reg {
    pub(super) const RAX: Reg = Reg(0);
    pub(super) const RCX: Reg = Reg(1);
    pub(super) const RDX: Reg = Reg(2);
    pub(super) const RBX: Reg = Reg(3);
    pub(super) const RSP: Reg = Reg(4);
    pub(super) const RBP: Reg = Reg(5);
    pub(super) const RSI: Reg = Reg(6);
    pub(super) const RDI: Reg = Reg(7);
    pub(super) const R8: Reg = Reg(8);
    pub(super) const R9: Reg = Reg(9);
    /// Never holds a value: for a moment's need.
    pub(super) const R11: Reg = Reg(11);
    pub(super) const R12: Reg = Reg(12);
    pub(super) const R13: Reg = Reg(13);
    pub(super) const R14: Reg = Reg(14);
    pub(super) const R15: Reg = Reg(15);
    pub(super) const XMM0: Reg = Reg(16);
    pub(super) const XMM1: Reg = Reg(17);
    /// Never holds a value: for a moment's need.
    pub(super) const XMM15: Reg = Reg(31);

    pub(super) fn is_float(self) -> bool {
        self.0 >= 16
    }
    /// As instructions number it within its kind.
    pub(crate) fn number(self) -> u8 {
        self.low()
    }
    /// As a set.
    pub(super) fn bit(self) -> u32 {
        1 << self.0
    }
    /// Vector register `n`.
    pub(super) fn xmm(n: usize) -> Reg {
        Reg(16 + n as u8)
    }
    fn low(self) -> u8 {
        self.0 & 15
    }
}

/// A place in memory: `[base + index * 2^scale + offset]`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Mem {
    pub(super) base: Reg,
    pub(super) index: Option<(Reg, u8)>,
    pub(super) offset: i32,
}

impl Mem {
    pub(super) fn at(base: Reg, offset: i32) -> Mem {
        Mem { base, index: None, offset }
    }
}

/// The operand that may be memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Rm {
    Reg(Reg),
    Mem(Mem),
    /// Number in [`Asm::pool`].
    Pool(usize),
}

/// A condition of jumps, as the instructions number them; `cc ^ 1` is its opposite.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Cc(pub(super) u8);

impl Cc {
    pub(super) const O: Cc = Cc(0);
    pub(super) const B: Cc = Cc(2);
    pub(super) const AE: Cc = Cc(3);
    pub(super) const E: Cc = Cc(4);
    pub(super) const NE: Cc = Cc(5);
    pub(super) const BE: Cc = Cc(6);
    pub(super) const A: Cc = Cc(7);
    pub(super) const NS: Cc = Cc(9);
    pub(super) const P: Cc = Cc(10);
    pub(super) const NP: Cc = Cc(11);
    pub(super) const L: Cc = Cc(12);
    pub(super) const GE: Cc = Cc(13);
    pub(super) const LE: Cc = Cc(14);
    pub(super) const G: Cc = Cc(15);

    pub(super) fn not(self) -> Cc {
        Cc(self.0 ^ 1)
    }
    /// With the operands of the comparison exchanged.
    pub(super) fn swapped(self) -> Cc {
        match self {
            Cc::B => Cc::A,
            Cc::A => Cc::B,
            Cc::BE => Cc::AE,
            Cc::AE => Cc::BE,
            Cc::L => Cc::G,
            Cc::G => Cc::L,
            Cc::LE => Cc::GE,
            Cc::GE => Cc::LE,
            other => other,
        }
    }
}

/// `op reg, rm` of two general registers: the opcode of the form `reg ← reg op rm`, and the number that the form with an
/// immediate has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Alu {
    Add = 0,
    Or = 1,
    And = 4,
    Sub = 5,
    Xor = 6,
    Cmp = 7,
}

/// Operations on doubles: the last byte of the opcode after `F2 0F`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sse {
    Sqrt = 0x51,
    Add = 0x58,
    Mul = 0x59,
    Sub = 0x5c,
    Div = 0x5e,
}

/// A place in the code that jumps name before it is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Label(usize);

const UNBOUND: usize = usize::MAX;

/// The code so far.
#[derive(Debug, Default)]
pub(super) struct Asm {
    pub(super) code: Vec<u8>,
    /// Numbers that instructions name relative to themselves; behind the code.
    pub(super) pool: Vec<u64>,
    pool_uses: Vec<(usize, usize)>,
    labels: Vec<usize>,
    jumps: Vec<(usize, Label)>,
    /// Where a distance to an address outside of this code is to be written, and the address.
    pub(super) far: Vec<(usize, usize)>,
    /// Instructions so far.
    pub(super) count: usize,
    /// The register whose sign and being zero the flags tell, as the code that ends there has left them.
    told: Option<(Reg, usize)>,
}

/// How an instruction is encoded: a prefix (0: none); are operands 64 bits wide; are they bytes?
#[derive(Clone, Copy)]
struct How(u8, bool, bool);

const W: bool = true;

impl Asm {
    fn byte(&mut self, byte: u8) {
        self.code.push(byte);
    }
    fn int(&mut self, number: i32) {
        self.code.extend_from_slice(&number.to_le_bytes());
    }

    /// One instruction: opcode bytes, register field and operand.
    fn op(&mut self, how: How, opcode: &[u8], reg: u8, rm: Rm) {
        self.op_imm(how, opcode, reg, rm, 0);
    }

    /// The same with `tail` bytes of an immediate to come, which addresses relative to the instruction must know.
    fn op_imm(&mut self, how: How, opcode: &[u8], reg: u8, rm: Rm, tail: usize) {
        let How(prefix, wide, bytes) = how;
        self.count += 1;
        if prefix != 0 {
            self.byte(prefix);
        }
        let (base, index) = match rm {
            Rm::Reg(reg) => (reg.low(), 0),
            Rm::Mem(mem) => (mem.base.low(), mem.index.map_or(0, |(index, _)| index.low())),
            Rm::Pool(_) => (0, 0),
        };
        let spl = |reg: u8| bytes && (4..8).contains(&reg);
        let rex = u8::from(wide) << 3 | (reg >> 3) << 2 | (index >> 3) << 1 | base >> 3;
        let named_byte = spl(reg) || matches!(rm, Rm::Reg(reg) if spl(reg.low()));
        if rex != 0 || named_byte {
            self.byte(0x40 | rex);
        }
        self.code.extend_from_slice(opcode);
        self.operand(reg, rm, tail);
    }

    fn operand(&mut self, reg: u8, rm: Rm, tail: usize) {
        let field = (reg & 7) << 3;
        match rm {
            Rm::Reg(reg) => self.byte(0xc0 | field | reg.low() & 7),
            Rm::Pool(number) => {
                self.byte(field | 5);
                self.pool_uses.push((self.code.len(), number));
                self.int(-(tail as i32));
            }
            Rm::Mem(mem) => {
                let base = mem.base.low() & 7;
                let small = i8::try_from(mem.offset);
                let mode = match small {
                    Ok(0) if base != 5 => 0,
                    Ok(_) => 0x40,
                    Err(_) => 0x80,
                };
                match mem.index {
                    Some((index, scale)) => {
                        self.byte(mode | field | 4);
                        self.byte(scale << 6 | (index.low() & 7) << 3 | base);
                    }
                    None if base == 4 => {
                        self.byte(mode | field | 4);
                        self.byte(0x24);
                    }
                    None => self.byte(mode | field | base),
                }
                match (mode, small) {
                    (0x40, Ok(small)) => self.byte(small.cast_unsigned()),
                    (0x80, _) => self.int(mem.offset),
                    _ => {}
                }
            }
        }
    }

    // ---- general registers

    /// Copy.
    pub(super) fn mov(&mut self, to: Reg, from: Reg) {
        if to == from {
            return;
        }
        match (to.is_float(), from.is_float()) {
            (false, false) => self.op(How(0, W, false), &[0x8b], to.low(), Rm::Reg(from)),
            (true, true) => self.op(How(0, false, false), &[0x0f, 0x28], to.low(), Rm::Reg(from)),
            (true, false) => self.op(How(0x66, W, false), &[0x0f, 0x6e], to.low(), Rm::Reg(from)),
            (false, true) => self.op(How(0x66, W, false), &[0x0f, 0x7e], from.low(), Rm::Reg(to)),
        }
    }
    /// A number into a general register; changes no flags.
    pub(super) fn mov_imm(&mut self, to: Reg, number: i64) {
        if let Ok(small) = u32::try_from(number) {
            self.count += 1;
            if to.low() >= 8 {
                self.byte(0x41);
            }
            self.byte(0xb8 | to.low() & 7);
            self.int(small.cast_signed());
        } else if let Ok(small) = i32::try_from(number) {
            self.op(How(0, W, false), &[0xc7], 0, Rm::Reg(to));
            self.int(small);
        } else {
            self.count += 1;
            self.byte(0x48 | to.low() >> 3);
            self.byte(0xb8 | to.low() & 7);
            self.code.extend_from_slice(&number.to_le_bytes());
        }
    }
    /// 64 bits from memory, into a register of either kind.
    pub(super) fn load(&mut self, to: Reg, from: Mem) {
        if to.is_float() {
            self.op(How(0xf2, false, false), &[0x0f, 0x10], to.low(), Rm::Mem(from));
        } else {
            self.op(How(0, W, false), &[0x8b], to.low(), Rm::Mem(from));
        }
    }
    /// 64 bits to memory.
    pub(super) fn store(&mut self, to: Mem, from: Reg) {
        if from.is_float() {
            self.op(How(0xf2, false, false), &[0x0f, 0x11], from.low(), Rm::Mem(to));
        } else {
            self.op(How(0, W, false), &[0x89], from.low(), Rm::Mem(to));
        }
    }
    /// The low 1, 2 or 4 bytes to memory.
    pub(super) fn store_narrow(&mut self, to: Mem, from: Reg, bytes: u32) {
        match bytes {
            1 => self.op(How(0, false, true), &[0x88], from.low(), Rm::Mem(to)),
            2 => self.op(How(0x66, false, false), &[0x89], from.low(), Rm::Mem(to)),
            _ => self.op(How(0, false, false), &[0x89], from.low(), Rm::Mem(to)),
        }
    }
    /// A number to memory: the low 1, 2, 4 bytes, or 8 with the sign.
    pub(super) fn store_imm(&mut self, to: Mem, number: i32, bytes: u32) {
        match bytes {
            1 => {
                self.op_imm(How(0, false, false), &[0xc6], 0, Rm::Mem(to), 1);
                self.byte(number as u8);
            }
            2 => {
                self.op_imm(How(0x66, false, false), &[0xc7], 0, Rm::Mem(to), 2);
                self.code.extend_from_slice(&(number as u16).to_le_bytes());
            }
            _ => {
                self.op_imm(How(0, bytes == 8, false), &[0xc7], 0, Rm::Mem(to), 4);
                self.int(number);
            }
        }
    }
    /// 8, 16 or 32 bits from memory or a register, extended to 64.
    pub(super) fn extend(&mut self, to: Reg, from: Rm, bits: u32, signed: bool) {
        let to = to.low();
        match (bits, signed) {
            (8, true) => self.op(How(0, W, true), &[0x0f, 0xbe], to, from),
            (16, true) => self.op(How(0, W, false), &[0x0f, 0xbf], to, from),
            (32, true) => self.op(How(0, W, false), &[0x63], to, from),
            (8, false) => self.op(How(0, false, true), &[0x0f, 0xb6], to, from),
            (16, false) => self.op(How(0, false, false), &[0x0f, 0xb7], to, from),
            _ => self.op(How(0, false, false), &[0x8b], to, from),
        }
    }
    /// The address of a place.
    pub(super) fn lea(&mut self, to: Reg, mem: Mem) {
        self.op(How(0, W, false), &[0x8d], to.low(), Rm::Mem(mem));
    }
    /// `[index * 2^scale + offset]` as a number.
    pub(super) fn lea_scaled(&mut self, to: Reg, index: Reg, scale: u8, offset: i32) {
        self.count += 1;
        self.byte(0x48 | (to.low() >> 3) << 2 | (index.low() >> 3) << 1);
        self.byte(0x8d);
        self.byte((to.low() & 7) << 3 | 4);
        self.byte(scale << 6 | (index.low() & 7) << 3 | 5);
        self.int(offset);
    }
    /// `reg ← reg op rm`, or the comparison.
    pub(super) fn alu(&mut self, op: Alu, reg: Reg, rm: Rm) {
        self.op(How(0, W, false), &[(op as u8) << 3 | 3], reg.low(), rm);
        self.tells(op, Rm::Reg(reg));
    }
    /// `rm ← rm op number`, or the comparison.
    pub(super) fn alu_imm(&mut self, op: Alu, rm: Rm, number: i32) {
        if let Ok(small) = i8::try_from(number) {
            self.op_imm(How(0, W, false), &[0x83], op as u8, rm, 1);
            self.byte(small.cast_unsigned());
        } else {
            self.op_imm(How(0, W, false), &[0x81], op as u8, rm, 4);
            self.int(number);
        }
        self.tells(op, rm);
    }
    /// A bitwise operation sets the flags by its result.
    fn tells(&mut self, op: Alu, rm: Rm) {
        if let (Alu::And | Alu::Or | Alu::Xor, Rm::Reg(reg)) = (op, rm) {
            self.told = Some((reg, self.code.len()));
        }
    }
    /// Set the flags by `reg & reg`, if they are not already.
    pub(super) fn test(&mut self, reg: Reg) {
        if self.told != Some((reg, self.code.len())) {
            self.op(How(0, W, false), &[0x85], reg.low(), Rm::Reg(reg));
        }
    }
    /// The carry flag is bit `number` (its low bits) of `bits`.
    pub(super) fn bit_test(&mut self, bits: Reg, number: Reg, wide: bool) {
        self.op(How(0, wide, false), &[0x0f, 0xa3], number.low(), Rm::Reg(bits));
    }
    /// Set the flags by bits of the low byte.
    pub(super) fn test_bits(&mut self, rm: Rm, bits: u8) {
        self.op_imm(How(0, false, true), &[0xf6], 0, rm, 1);
        self.byte(bits);
    }
    /// Set the flags by `byte - number`.
    pub(super) fn cmp_byte(&mut self, rm: Rm, number: u8) {
        self.op_imm(How(0, false, true), &[0x80], 7, rm, 1);
        self.byte(number);
    }
    /// Set the flags by `rm - number` of so many bytes.
    pub(super) fn cmp_memory(&mut self, rm: Rm, number: i32, bytes: u32) {
        match (bytes, i8::try_from(number)) {
            (1, _) => self.cmp_byte(rm, number as u8),
            (8, _) => self.alu_imm(Alu::Cmp, rm, number),
            (_, Ok(small)) => {
                self.op_imm(How(0, false, false), &[0x83], Alu::Cmp as u8, rm, 1);
                self.byte(small.cast_unsigned());
            }
            (_, Err(_)) => {
                self.op_imm(How(0, false, false), &[0x81], Alu::Cmp as u8, rm, 4);
                self.int(number);
            }
        }
    }
    /// `reg ← reg * rm`; the overflow flag says whether it is the product.
    pub(super) fn imul(&mut self, reg: Reg, rm: Rm) {
        self.op(How(0, W, false), &[0x0f, 0xaf], reg.low(), rm);
    }
    /// `reg ← rm * number`, likewise.
    pub(super) fn imul_imm(&mut self, reg: Reg, rm: Rm, number: i32) {
        if let Ok(small) = i8::try_from(number) {
            self.op_imm(How(0, W, false), &[0x6b], reg.low(), rm, 1);
            self.byte(small.cast_unsigned());
        } else {
            self.op_imm(How(0, W, false), &[0x69], reg.low(), rm, 4);
            self.int(number);
        }
    }
    /// `rdx:rax ← rax * rm`, unsigned (number 4); division of `rdx:rax` (7); `rm ← -rm` (3); complement (2).
    pub(super) fn group3(&mut self, number: u8, rm: Rm) {
        self.op(How(0, W, false), &[0xf7], number, rm);
    }
    /// `rdx ← the sign of rax`.
    pub(super) fn cqo(&mut self) {
        self.count += 1;
        self.code.extend_from_slice(&[0x48, 0x99]);
    }
    /// Shifts and rotations by a known number: 0 `rol`, 1 `ror`, 4 `shl`, 5 `shr`, 7 `sar`.
    pub(super) fn shift(&mut self, kind: u8, reg: Reg, by: u8) {
        self.op_imm(How(0, W, false), &[0xc1], kind, Rm::Reg(reg), 1);
        self.byte(by);
    }
    /// `to ← from` shifted by the register `by`; `prefix` 1: left, 2: right with the sign, 3: right (BMI2).
    pub(super) fn shift_by(&mut self, prefix: u8, to: Reg, from: Rm, by: Reg) {
        self.count += 1;
        let (base, index) = match from {
            Rm::Reg(reg) => (reg.low(), 0),
            Rm::Mem(mem) => (mem.base.low(), mem.index.map_or(0, |(index, _)| index.low())),
            Rm::Pool(_) => (0, 0),
        };
        self.byte(0xc4);
        let inverted = |bit: u8, at: u8| (bit & 1 ^ 1) << at;
        self.byte(
            inverted(to.low() >> 3, 7) | inverted(index >> 3, 6) | inverted(base >> 3, 5) | 2,
        );
        self.byte(0x80 | (by.low() ^ 15) << 3 | prefix);
        self.byte(0xf7);
        self.operand(to.low(), from, 0);
    }
    /// 1 if the condition holds, else 0, in the low byte.
    pub(super) fn set(&mut self, cc: Cc, reg: Reg) {
        self.op(How(0, false, true), &[0x0f, 0x90 | cc.0], 0, Rm::Reg(reg));
    }
    /// Copy if the condition holds.
    pub(super) fn cmov(&mut self, cc: Cc, to: Reg, from: Rm) {
        self.op(How(0, W, false), &[0x0f, 0x40 | cc.0], to.low(), from);
    }
    pub(super) fn push(&mut self, reg: Reg) {
        self.count += 1;
        if reg.low() >= 8 {
            self.byte(0x41);
        }
        self.byte(0x50 | reg.low() & 7);
    }
    pub(super) fn pop(&mut self, reg: Reg) {
        self.count += 1;
        if reg.low() >= 8 {
            self.byte(0x41);
        }
        self.byte(0x58 | reg.low() & 7);
    }
    pub(super) fn ret(&mut self) {
        self.count += 1;
        self.byte(0xc3);
    }
    /// Have the stack pointer so far from the frame pointer as [`Self::patch`] says.
    pub(super) fn frame(&mut self) -> usize {
        self.lea(Reg::RSP, Mem::at(Reg::RBP, i32::MIN));
        self.code.len() - 4
    }
    pub(super) fn patch(&mut self, at: usize, number: i32) {
        self.code[at..at + 4].copy_from_slice(&number.to_le_bytes());
    }

    // ---- jumps and calls

    pub(super) fn label(&mut self) -> Label {
        self.labels.push(UNBOUND);
        Label(self.labels.len() - 1)
    }
    pub(super) fn bind(&mut self, label: Label) {
        self.labels[label.0] = self.code.len();
        // Others may come here.
        self.told = None;
    }
    pub(super) fn jcc(&mut self, cc: Cc, to: Label) {
        self.count += 1;
        self.code.extend_from_slice(&[0x0f, 0x80 | cc.0]);
        self.jumps.push((self.code.len(), to));
        self.int(0);
    }
    pub(super) fn jmp(&mut self, to: Label) {
        self.count += 1;
        self.byte(0xe9);
        self.jumps.push((self.code.len(), to));
        self.int(0);
    }
    pub(super) fn jmp_to(&mut self, rm: Rm) {
        self.op(How(0, false, false), &[0xff], 4, rm);
    }
    pub(super) fn call_to(&mut self, rm: Rm) {
        self.op(How(0, false, false), &[0xff], 2, rm);
    }
    /// Call code at an address that the instruction can hold the distance to.
    pub(super) fn call_near(&mut self, address: usize) {
        self.count += 1;
        self.byte(0xe8);
        self.far.push((self.code.len(), address));
        self.int(0);
    }
    pub(super) fn jmp_near(&mut self, address: usize) {
        self.count += 1;
        self.byte(0xe9);
        self.far.push((self.code.len(), address));
        self.int(0);
    }

    // ---- floats

    /// The number of a constant in the pool.
    pub(super) fn constant(&mut self, bits: u64) -> usize {
        let known = self.pool.iter().position(|&known| known == bits);
        known.unwrap_or_else(|| {
            self.pool.push(bits);
            self.pool.len() - 1
        })
    }
    /// A double from memory, or of the pool.
    pub(super) fn load_double(&mut self, to: Reg, from: Rm) {
        self.op(How(0xf2, false, false), &[0x0f, 0x10], to.low(), from);
    }
    /// `reg ← reg op rm`; of one operand: `reg ← op rm`.
    pub(super) fn sse(&mut self, op: Sse, reg: Reg, rm: Rm) {
        self.op(How(0xf2, false, false), &[0x0f, op as u8], reg.low(), rm);
    }
    /// Compare; unordered sets the zero, parity and carry flags.
    pub(super) fn ucomisd(&mut self, reg: Reg, rm: Rm) {
        self.op(How(0x66, false, false), &[0x0f, 0x2e], reg.low(), rm);
    }
    /// All bits: 0x54 and, 0x57 exclusive or.
    pub(super) fn bits(&mut self, opcode: u8, reg: Reg, other: Reg) {
        self.op(How(0x66, false, false), &[0x0f, opcode], reg.low(), Rm::Reg(other));
    }
    /// An int to a double.
    pub(super) fn int_to_double(&mut self, to: Reg, from: Rm) {
        // The upper half is kept, so this would wait for whoever wrote the register last.
        self.op(How(0, false, false), &[0x0f, 0x57], to.low(), Rm::Reg(to));
        self.op(How(0xf2, W, false), &[0x0f, 0x2a], to.low(), from);
    }
    /// A double to an int, rounded towards zero; the smallest int if it does not fit.
    pub(super) fn double_to_int(&mut self, to: Reg, from: Reg) {
        self.op(How(0xf2, W, false), &[0x0f, 0x2c], to.low(), Rm::Reg(from));
    }
    pub(super) fn double_to_single(&mut self, to: Reg, from: Rm) {
        self.op(How(0xf2, false, false), &[0x0f, 0x5a], to.low(), from);
    }
    pub(super) fn single_to_double(&mut self, to: Reg, from: Rm) {
        self.op(How(0xf3, false, false), &[0x0f, 0x5a], to.low(), from);
    }
    pub(super) fn store_single(&mut self, to: Mem, from: Reg) {
        self.op(How(0xf3, false, false), &[0x0f, 0x11], from.low(), Rm::Mem(to));
    }

    /// Append the pool and write the distances within the code.
    pub(super) fn finish(&mut self) {
        while !self.code.len().is_multiple_of(8) {
            self.code.push(0xcc);
        }
        let start = self.code.len();
        for number in &self.pool {
            self.code.extend_from_slice(&number.to_le_bytes());
        }
        for &(at, number) in &self.pool_uses {
            let tail = i32::from_le_bytes([
                self.code[at],
                self.code[at + 1],
                self.code[at + 2],
                self.code[at + 3],
            ]);
            let distance = (start + number * 8) as i32 - (at + 4) as i32 + tail;
            self.code[at..at + 4].copy_from_slice(&distance.to_le_bytes());
        }
        for &(at, label) in &self.jumps {
            let distance = self.labels[label.0] as i32 - (at + 4) as i32;
            self.code[at..at + 4].copy_from_slice(&distance.to_le_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use iced_x86::{Decoder, DecoderOptions, Formatter, GasFormatter};

    use super::*;

    fn text(make: impl Fn(&mut Asm)) -> String {
        let mut asm = Asm::default();
        make(&mut asm);
        let mut formatter = GasFormatter::new();
        let mut lines = Vec::new();
        for instruction in &mut Decoder::new(64, &asm.code, DecoderOptions::NONE) {
            let mut line = String::new();
            formatter.format(&instruction, &mut line);
            lines.push(line);
        }
        lines.join("; ")
    }

    #[test]
    fn encodings() {
        let mem = |base, offset| Mem::at(Reg(base), offset);
        for base in 0..16 {
            for offset in [0, 8, -8, 1000] {
                let got = text(|asm| asm.load(Reg(3), mem(base, offset)));
                assert!(got.starts_with("mov ") && got.ends_with(",%rbx"), "{got}");
                let got = text(|asm| {
                    asm.lea(Reg(9), Mem { base: Reg(base), index: Some((Reg(13), 3)), offset });
                });
                assert!(got.contains("%r13,8),%r9"), "{got}");
            }
        }
        assert_eq!(text(|asm| asm.mov(Reg(12), Reg(17))), "movq %xmm1,%r12");
        assert_eq!(text(|asm| asm.mov(Reg(30), Reg(8))), "movq %r8,%xmm14");
        assert_eq!(text(|asm| asm.mov_imm(Reg(9), -5)), "mov $0xFFFFFFFFFFFFFFFB,%r9");
        assert_eq!(text(|asm| asm.mov_imm(Reg(9), 5)), "mov $5,%r9d");
        assert_eq!(text(|asm| asm.set(Cc::L, Reg(6))), "setl %sil");
        assert_eq!(text(|asm| asm.test_bits(Rm::Reg(Reg(7)), 3)), "test $3,%dil");
        assert_eq!(
            text(|asm| asm.shift_by(2, Reg(9), Rm::Reg(Reg(1)), Reg(14))),
            "sarx %r14,%rcx,%r9"
        );
        assert_eq!(text(|asm| asm.lea_scaled(Reg(9), Reg(14), 2, 1)), "lea 1(,%r14,4),%r9");
        assert_eq!(text(|asm| asm.imul_imm(Reg(11), Rm::Reg(Reg(2)), 4)), "imul $4,%rdx,%r11");
        assert_eq!(text(|asm| asm.store_narrow(mem(7, 1), Reg(6), 1)), "mov %sil,1(%rdi)");
        assert_eq!(
            text(|asm| asm.alu_imm(Alu::Cmp, Rm::Mem(mem(12, 0)), 1000)),
            "cmpq $0x3E8,(%r12)"
        );
        assert_eq!(
            text(|asm| asm.int_to_double(Reg(20), Rm::Reg(Reg(15)))),
            "xorps %xmm4,%xmm4; cvtsi2sd %r15,%xmm4"
        );
    }
}
