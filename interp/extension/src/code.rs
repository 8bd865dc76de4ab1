//! Looks into machine code: which words of the context may it read?
//!
//! An HPy function is called through a word of the context structure, `call [reg + offset]`, or by loading the word first.
//! Nothing in the file marks the register as the context, so this is a guess from the shape of the instruction: an
//! eight-byte read or an indirect call, relative to a general register that is neither the stack nor the frame pointer,
//! at an offset that is a word of the context. What it finds is what the module *may* call: a large structure of the
//! author's own may have a field at such an offset, and a function may never run. It does not miss a call that a compiler
//! made in the ordinary way, except through a context copied field by field.

use iced_x86::{Code as Op, Decoder, DecoderOptions, Instruction, Mnemonic, OpKind, Register};

/// A processor whose code is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Processor {
    /// x86-64.
    X64,
    /// AArch64.
    Arm64,
}

/// A word of the context that the code may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word {
    /// In bytes, from the start of the context.
    pub offset: u32,
    /// It is the target of an indirect call: hardly anything but a function of the context.
    pub called: bool,
}

/// The reader for one processor.
#[derive(Debug, Clone, Copy)]
pub struct Code(Option<Processor>);

/// Offsets that are looked at: the context of HPy 0.9, and what later headers may have put behind it.
const LIMIT: u64 = 4096;

impl Code {
    /// A reader.
    pub fn of(processor: Option<Processor>) -> Code {
        Code(processor)
    }

    /// All context words that the code in these sections (address and bytes) may read, in order, each once.
    pub fn context_words(self, sections: &[(u64, &[u8])]) -> Option<Vec<Word>> {
        let mut words = Vec::new();
        for &(address, bytes) in sections {
            match self.0? {
                Processor::X64 => x64_words(address, bytes, &mut words),
                Processor::Arm64 => arm64_words(bytes, &mut words),
            }
        }
        // A call is the stronger finding: it sorts first.
        words.sort_by_key(|word| (word.offset, !word.called));
        words.dedup_by_key(|word| word.offset);
        Some(words)
    }

    /// The constant that the function at the start of these bytes returns, if it does nothing else.
    pub fn constant_result(self, bytes: &[u8]) -> Option<u32> {
        match self.0? {
            Processor::X64 => x64_constant(bytes),
            Processor::Arm64 => arm64_constant(bytes),
        }
    }
}

fn word(offset: u64, called: bool, words: &mut Vec<Word>) {
    if (24..LIMIT).contains(&offset) && offset.is_multiple_of(8) {
        words.push(Word { offset: offset as u32, called });
    }
}

/// Registers that no context is reached through: none, the stack, and code.
const OTHER_BASES: &[Register] =
    &[Register::None, Register::RSP, Register::RBP, Register::RIP, Register::EIP];

fn x64_words(address: u64, bytes: &[u8], words: &mut Vec<Word>) {
    let mut decoder = Decoder::with_ip(64, bytes, address, DecoderOptions::NONE);
    let mut instruction = Instruction::default();
    while decoder.can_decode() {
        decoder.decode_out(&mut instruction);
        let called = match instruction.code() {
            Op::Call_rm64 | Op::Jmp_rm64 if instruction.op0_kind() == OpKind::Memory => true,
            Op::Mov_r64_rm64 if instruction.op1_kind() == OpKind::Memory => false,
            Op::Push_rm64 if instruction.op0_kind() == OpKind::Memory => false,
            _ => continue,
        };
        let base = instruction.memory_base();
        let plain = !OTHER_BASES.contains(&base);
        if plain && instruction.memory_index() == Register::None {
            word(instruction.memory_displacement64(), called, words);
        }
    }
}

/// `mov eax, N` or `xor eax, eax`, between the frames of unoptimised code, and `ret`.
fn x64_constant(bytes: &[u8]) -> Option<u32> {
    let decoder = Decoder::new(64, bytes, DecoderOptions::NONE);
    let mut result = None;
    for instruction in decoder.into_iter().take(8) {
        match instruction.mnemonic() {
            Mnemonic::Ret => return result,
            Mnemonic::Mov if instruction.op0_register() == Register::EAX => {
                result = (instruction.op1_kind() == OpKind::Immediate32)
                    .then(|| instruction.immediate32());
            }
            Mnemonic::Xor if instruction.op0_register() == Register::EAX => {
                result = (instruction.op1_register() == Register::EAX).then_some(0);
            }
            Mnemonic::Endbr64 | Mnemonic::Push | Mnemonic::Pop | Mnemonic::Mov | Mnemonic::Nop => {}
            _ => return None,
        }
    }
    None
}

fn arm64_instructions(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word))
}

/// `ldr xT, [xN, #offset]`; a call through it is a separate instruction.
fn arm64_words(bytes: &[u8], words: &mut Vec<Word>) {
    for instruction in arm64_instructions(bytes) {
        let base = (instruction >> 5) & 31;
        // x29 is the frame pointer, 31 the stack pointer.
        if instruction & 0xffc0_0000 == 0xf940_0000 && base < 29 {
            word(u64::from((instruction >> 10) & 0xfff) * 8, false, words);
        }
    }
}

/// `mov w0, #N` and `ret`.
fn arm64_constant(bytes: &[u8]) -> Option<u32> {
    let mut result = None;
    for instruction in arm64_instructions(bytes).take(4) {
        match instruction {
            0xd65f_03c0 => return result,
            // movz w0, #N
            _ if instruction & 0xffe0_001f == 0x5280_0000 => {
                result = Some((instruction >> 5) & 0xffff);
            }
            // mov w0, wzr; bti c; hint
            0x2a1f_03e0 => result = Some(0),
            0xd503_245f | 0xd503_201f => {}
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x64_reads() {
        let code = Code::of(Some(Processor::X64));
        let bytes: &[u8] = &[
            0xff, 0x97, 0xb0, 0x02, 0x00, 0x00, // call [rdi+0x2b0]
            0x48, 0x8b, 0x47, 0x18, // mov rax, [rdi+0x18]
            0x48, 0x8b, 0x44, 0x24, 0x18, // mov rax, [rsp+0x18]
            0x8b, 0x47, 0x20, // mov eax, [rdi+0x20]
            0xff, 0xa0, 0xb8, 0x02, 0x00, 0x00, // jmp [rax+0x2b8]
            0x48, 0x8b, 0x87, 0xb0, 0x02, 0x00, 0x00, // mov rax, [rdi+0x2b0]
        ];
        let word = |offset, called| Word { offset, called };
        assert_eq!(
            code.context_words(&[(0x1000, bytes)]),
            Some(vec![word(0x18, false), word(0x2b0, true), word(0x2b8, true)])
        );
        assert_eq!(Code::of(None).context_words(&[(0, bytes)]), None);
    }

    #[test]
    fn x64_constants() {
        let code = Code::of(Some(Processor::X64));
        assert_eq!(code.constant_result(&[0x31, 0xc0, 0xc3]), Some(0));
        assert_eq!(code.constant_result(&[0xb8, 7, 0, 0, 0, 0xc3]), Some(7));
        let framed = [0xf3, 0x0f, 0x1e, 0xfa, 0x55, 0x48, 0x89, 0xe5, 0xb8, 2, 0, 0, 0, 0x5d, 0xc3];
        assert_eq!(code.constant_result(&framed), Some(2));
        assert_eq!(code.constant_result(&[0x8b, 0x07, 0xc3]), None);
    }

    #[test]
    fn arm64() {
        let code = Code::of(Some(Processor::Arm64));
        let bytes: Vec<u8> = [0xf941_5802_u32, 0xf940_0fe0, 0xd65f_03c0]
            .iter()
            .flat_map(|w| w.to_le_bytes())
            .collect();
        assert_eq!(
            code.context_words(&[(0, &bytes)]),
            Some(vec![Word { offset: 0x2b0, called: false }])
        );
        let constant: Vec<u8> =
            [0x5280_0060_u32, 0xd65f_03c0].iter().flat_map(|w| w.to_le_bytes()).collect();
        assert_eq!(code.constant_result(&constant), Some(3));
    }
}
