//! The text form of code, for `-X dis`, dumps and tests.
use std::fmt::Write;

use crate::{Code, Const, INTRINSICS, Insn, Op};

/// The instructions of `code` and of the code nested in it, one a line.
pub fn disassemble(code: &Code) -> String {
    let mut out = String::new();
    write_code(code, &mut out);
    out
}

fn write_code(code: &Code, out: &mut String) {
    let _ = writeln!(
        out,
        "code {} ({}:{}) regs={} locals={}",
        code.qualname, code.filename, code.first_line, code.n_regs, code.n_locals
    );
    let mut pc = 0;
    let mut line = 0;
    while pc < code.insns.len() {
        let insn = code.insns[pc];
        let row = insn.op().row();
        let at = code
            .position(u32::try_from(pc).expect("code is shorter than 2^32 words"))
            .map_or(0, |p| p.line);
        let shown = if at == line { String::new() } else { at.to_string() };
        line = at;
        let ext = if row.words == 2 { Some(code.insns[pc + 1]) } else { None };
        let _ =
            writeln!(out, "{shown:>5} {pc:>5}  {:<24} {}", row.text, operands(code, insn, ext, pc));
        pc += usize::from(row.words);
    }
    for h in &code.handlers {
        let _ = writeln!(out, "      handler {}..{} -> {} r{}", h.start, h.end, h.target, h.reg);
    }
    for constant in &code.consts {
        if let Const::Code(inner) = constant {
            out.push('\n');
            write_code(inner, out);
        }
    }
}

fn operands(code: &Code, insn: Insn, ext: Option<Insn>, pc: usize) -> String {
    let row = insn.op().row();
    let next = i64::try_from(pc).unwrap_or(i64::MAX) + i64::from(row.words);
    let mut parts = Vec::new();
    for operand in row.operands.split_whitespace() {
        let (field, meaning) = operand.split_once('=').unwrap_or((operand, ""));
        let text = match (field, meaning) {
            ("x", "function") => INTRINSICS
                .get(usize::from(insn.x()))
                .map_or_else(|| insn.x().to_string(), |i| i.1.to_string()),
            ("x", _) if insn.x() == 0 => continue,
            ("x", _) => format!("{meaning}={}", insn.x()),
            ("c", "to") => format!("-> {}", next + i64::from(insn.c_int())),
            ("bc", "to") => format!("-> {}", next + i64::from(insn.bc())),
            ("bc", "const") => constant(code, insn.bc().cast_unsigned()),
            ("bc", _) => insn.bc().to_string(),
            ("b", "int") => insn.b_int().to_string(),
            ("c", "int") => insn.c_int().to_string(),
            ("b", "varname") => name(&code.varnames, u32::from(insn.b())),
            ("c", "n" | "n_args" | "n_pairs" | "before,after" | "var") => {
                format!("{meaning}={}", insn.c())
            }
            ("ext", _) => extension(code, meaning, ext.unwrap_or(Insn(0)), next),
            ("a", _) => format!("r{}", insn.a()),
            ("b", _) => format!("r{}", insn.b()),
            _ => format!("r{}", insn.c()),
        };
        parts.push(text);
    }
    parts.join(" ")
}

fn extension(code: &Code, meaning: &str, ext: Insn, next: i64) -> String {
    match meaning {
        "to" => format!("-> {}", next + i64::from(ext.lo().cast_signed())),
        "code" | "names" => constant(code, ext.lo()),
        _ => name(&code.names, ext.lo()),
    }
}

fn name(names: &[String], index: u32) -> String {
    names.get(index as usize).map_or_else(|| format!("name?{index}"), |n| format!(".{n}"))
}

fn constant(code: &Code, index: u32) -> String {
    match code.consts.get(index as usize) {
        Some(Const::Code(inner)) => format!("<code {}>", inner.qualname),
        Some(Const::Str(bytes)) => format!("{:?}", String::from_utf8_lossy(bytes)),
        Some(other) => format!("{other:?}"),
        None => format!("const?{index}"),
    }
}

/// The rows of the book's opcode page, in table order: mnemonic, operands, meaning.
pub fn opcode_docs() -> Vec<(&'static str, &'static str, &'static str)> {
    crate::OPCODES.iter().map(|row| (row.text, row.operands, row.doc)).collect()
}

const _: () = assert!(Op::Nop as u8 == 0, "a zeroed word is a nop");
