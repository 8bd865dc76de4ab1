//! The compiler's text of machine code: what the log shows and what loops are counted in.
//!
//! ```text
//! block1:
//!   cmpq %rcx, %r9
//!   jl      label3; j label2
//! ```
//! A line is an instruction. Branches name all their targets; the one that follows in memory needs no jump.

/// The instructions of code of our own generator at an address, in the syntax of the GNU assembler; targets of jumps in the code
/// are named by their distance from its start.
#[cfg(target_arch = "x86_64")]
pub(crate) fn text(start: usize, code: &crate::quick::Code) -> String {
    use iced_x86::{Decoder, DecoderOptions, Formatter, GasFormatter};
    let mut decoder =
        Decoder::with_ip(64, &code.bytes[..code.text_bytes], start as u64, DecoderOptions::NONE);
    let mut formatter = GasFormatter::new();
    let mut text = String::new();
    for instruction in &mut decoder {
        let at = instruction.ip() - start as u64;
        let _written = std::fmt::Write::write_fmt(&mut text, format_args!("{at:5x}:  "));
        formatter.format(&instruction, &mut text);
        text.push('\n');
    }
    text
}

/// Number of instructions that the loop of a trace runs while no guard fails; `None` if the text shows no loop.
///
/// The first jump backwards is the loop's: cold blocks, which may jump back into it, come last. What the compiler
/// expands to several instructions (conversions of floats to ints) counts as one.
pub(crate) fn loop_instructions(text: &str) -> Option<usize> {
    let blocks = blocks(text);
    let position = |name: &str| blocks.iter().position(|block| block.name == name);
    let back = |at: usize| {
        let targets = blocks[at].lines.last().map(|line| targets(line)).unwrap_or_default();
        targets.iter().filter_map(|name| position(name)).filter(|to| *to <= at).min()
    };
    let (head, last) = (0..blocks.len()).find_map(|at| Some((back(at)?, at)))?;
    let count = |at: usize| {
        let next = blocks.get(at + 1).map(|block| block.name);
        blocks[at].lines.iter().map(|line| instructions(line, next)).sum::<usize>()
    };
    Some((head..=last).map(count).sum())
}

struct Block<'a> {
    name: &'a str,
    lines: Vec<&'a str>,
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("block").and_then(|rest| rest.strip_suffix(':')) {
            Some(name) => blocks.push(Block { name, lines: Vec::new() }),
            None => blocks.extend(blocks.is_empty().then(|| Block { name: "", lines: Vec::new() })),
        }
        if line.starts_with(' ')
            && let Some(block) = blocks.last_mut()
        {
            block.lines.push(line.trim());
        }
    }
    blocks
}

/// The blocks that a line may jump to.
fn targets(line: &str) -> Vec<&str> {
    let words = line.split([' ', ';', ',']);
    words.filter_map(|word| word.strip_prefix("label")).collect()
}

/// Machine instructions of a line, if block `next` follows.
fn instructions(line: &str, next: Option<&str>) -> usize {
    let operation = line.split_whitespace().next().unwrap_or_default();
    if matches!(operation, "" | "unwind" | "uninit" | "nop" | "dummy_use") {
        return 0;
    }
    let targets = targets(line);
    let falls_through = next.is_some_and(|next| targets.contains(&next));
    targets.len().max(1) - usize::from(falls_through)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOP: &str = "  pushq %rbp
  unwind PushFrameRegs { offset_upward_to_caller_sp: 16 }
block0:
  uninit  %r9
  xorq %r9, %r9
  jmp     label1
block1:
  cmpq %rcx, %r9
  jl      label3; j label2
block3:
  leaq 1(%r9), %rdx
  jnz     label5; j label4
block4:
  movq %rdx, %r9
  jmp     label1
block2:
  jmp     label3
block5:
  movl $0x1, %edx
";

    #[test]
    fn the_path_that_stays_is_counted() {
        assert_eq!(loop_instructions(LOOP), Some(6));
        assert_eq!(loop_instructions("block0:\n  retq\n"), None);
    }
}
