//! Code objects as bytes, for the packed library.
//!
//! All numbers are LEB128, as most are small. Instruction words are split into their operands. Strings are written once
//! and referred to by number. The name of the file is not written: it is known only when the code is loaded.
use std::collections::BTreeMap;
use std::sync::Arc;

use haft_bytecode::{Code, Const, Handler, Insn, Positions};

/// What is written before a constant.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Tag {
    None,
    False,
    True,
    Ellipsis,
    Int,
    BigInt,
    NegativeBigInt,
    Float,
    Complex,
    Str,
    Bytes,
    Tuple,
    FrozenSet,
    Slice,
    Code,
}

/// Tags by number.
const TAGS: [Tag; 15] = [
    Tag::None,
    Tag::False,
    Tag::True,
    Tag::Ellipsis,
    Tag::Int,
    Tag::BigInt,
    Tag::NegativeBigInt,
    Tag::Float,
    Tag::Complex,
    Tag::Str,
    Tag::Bytes,
    Tag::Tuple,
    Tag::FrozenSet,
    Tag::Slice,
    Tag::Code,
];

/// The bytes of a code object.
pub(crate) fn write_code(code: &Code) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.code(code);
    writer.out
}

/// The code object in `bytes`, which [`write_code`] made; `None` if they are something else.
pub(crate) fn read_code(bytes: &[u8], filename: &str) -> Option<Arc<Code>> {
    let mut reader = Reader { rest: bytes, strings: Vec::new(), filename };
    reader.code().map(Arc::new)
}

#[derive(Default)]
struct Writer {
    out: Vec<u8>,
    strings: BTreeMap<Vec<u8>, u64>,
}

impl Writer {
    fn number(&mut self, mut n: u64) {
        while n >= 0x80 {
            self.out.push(n as u8 | 0x80);
            n >>= 7;
        }
        self.out.push(n as u8);
    }
    fn signed(&mut self, n: i64) {
        self.number(((n << 1) ^ (n >> 63)).cast_unsigned());
    }
    /// 0 and the bytes for a new string, else its number from 1.
    fn bytes(&mut self, bytes: &[u8]) {
        if let Some(&known) = self.strings.get(bytes) {
            self.number(known);
            return;
        }
        let next = self.strings.len() as u64 + 1;
        self.strings.insert(bytes.to_vec(), next);
        self.number(0);
        self.number(bytes.len() as u64);
        self.out.extend_from_slice(bytes);
    }
    fn all_strings(&mut self, all: &[String]) {
        self.number(all.len() as u64);
        for text in all {
            self.bytes(text.as_bytes());
        }
    }
    fn code(&mut self, code: &Code) {
        self.bytes(code.name.as_bytes());
        self.bytes(code.qualname.as_bytes());
        for number in [code.first_line, code.flags, code.n_caches] {
            self.number(u64::from(number));
        }
        for number in
            [code.arg_count, code.pos_only_count, code.kw_only_count, code.n_locals, code.n_regs]
        {
            self.number(u64::from(number));
        }
        for all in [&code.varnames, &code.cellvars, &code.freevars, &code.names] {
            self.all_strings(all);
        }
        self.number(code.cell_regs.len() as u64);
        for &register in &code.cell_regs {
            self.number(u64::from(register));
        }
        self.number(code.insns.len() as u64);
        for insn in &code.insns {
            self.insn(*insn);
        }
        self.number(code.handlers.len() as u64);
        for handler in &code.handlers {
            for number in [handler.start, handler.end, handler.target, u32::from(handler.reg)] {
                self.number(u64::from(number));
            }
        }
        let positions = code.positions.packed();
        self.number(positions.len() as u64);
        self.out.extend_from_slice(positions);
        self.consts(&code.consts);
    }
    /// Operand by operand: opcode and small operand, then three halves, which mostly are one byte each.
    fn insn(&mut self, insn: Insn) {
        let word = insn.0;
        self.out.extend_from_slice(&[word as u8, (word >> 8) as u8]);
        for half in [word >> 16, word >> 32, word >> 48] {
            self.number(half & 0xffff);
        }
    }
    fn consts(&mut self, all: &[Const]) {
        self.number(all.len() as u64);
        for constant in all {
            self.constant(constant);
        }
    }
    fn tag(&mut self, tag: Tag) {
        self.out.push(tag as u8);
    }
    fn constant(&mut self, constant: &Const) {
        match constant {
            Const::None => self.tag(Tag::None),
            Const::Bool(false) => self.tag(Tag::False),
            Const::Bool(true) => self.tag(Tag::True),
            Const::Ellipsis => self.tag(Tag::Ellipsis),
            Const::Int(number) => {
                self.tag(Tag::Int);
                self.signed(*number);
            }
            Const::BigInt { negative, bytes } => {
                self.tag(if *negative { Tag::NegativeBigInt } else { Tag::BigInt });
                self.bytes(bytes);
            }
            Const::Float(number) => {
                self.tag(Tag::Float);
                self.out.extend_from_slice(&number.to_bits().to_le_bytes());
            }
            Const::Complex(re, im) => {
                self.tag(Tag::Complex);
                for part in [re, im] {
                    self.out.extend_from_slice(&part.to_bits().to_le_bytes());
                }
            }
            Const::Str(text) => {
                self.tag(Tag::Str);
                self.bytes(text);
            }
            Const::Bytes(bytes) => {
                self.tag(Tag::Bytes);
                self.bytes(bytes);
            }
            Const::Tuple(items) => {
                self.tag(Tag::Tuple);
                self.consts(items);
            }
            Const::FrozenSet(items) => {
                self.tag(Tag::FrozenSet);
                self.consts(items);
            }
            Const::Slice(parts) => {
                self.tag(Tag::Slice);
                self.consts(&parts[..]);
            }
            Const::Code(code) => {
                self.tag(Tag::Code);
                self.code(code);
            }
        }
    }
}

struct Reader<'a> {
    rest: &'a [u8],
    strings: Vec<&'a [u8]>,
    filename: &'a str,
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(n)?;
        self.rest = rest;
        Some(taken)
    }
    fn number(&mut self) -> Option<u64> {
        let (mut n, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            n |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(n);
            }
            shift += 7;
        }
    }
    fn signed(&mut self) -> Option<i64> {
        let n = self.number()?;
        Some((n >> 1).cast_signed() ^ -((n & 1).cast_signed()))
    }
    fn narrow<T: TryFrom<u64>>(&mut self) -> Option<T> {
        T::try_from(self.number()?).ok()
    }
    fn bytes(&mut self) -> Option<&'a [u8]> {
        match self.number()? {
            0 => {
                let len = self.narrow()?;
                let bytes = self.take(len)?;
                self.strings.push(bytes);
                Some(bytes)
            }
            known => self.strings.get(usize::try_from(known).ok()? - 1).copied(),
        }
    }
    fn string(&mut self) -> Option<String> {
        let bytes = self.bytes()?;
        Some(std::str::from_utf8(bytes).ok()?.to_owned())
    }
    fn all<T>(&mut self, mut each: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let n: usize = self.narrow()?;
        // Each item takes a byte at least: a damaged number cannot ask for more memory than there are bytes.
        let mut items = Vec::with_capacity(n.min(self.rest.len()));
        for _ in 0..n {
            items.push(each(self)?);
        }
        Some(items)
    }
    fn float(&mut self) -> Option<f64> {
        let bytes = self.take(8)?;
        Some(f64::from_bits(u64::from_le_bytes(bytes.try_into().ok()?)))
    }
    fn code(&mut self) -> Option<Code> {
        let (name, qualname) = (self.string()?, self.string()?);
        let (first_line, flags, n_caches) = (self.narrow()?, self.narrow()?, self.narrow()?);
        let (arg_count, pos_only_count, kw_only_count) =
            (self.narrow()?, self.narrow()?, self.narrow()?);
        let (n_locals, n_regs) = (self.narrow()?, self.narrow()?);
        Some(Code {
            name,
            qualname,
            filename: self.filename.to_owned(),
            first_line,
            flags,
            arg_count,
            pos_only_count,
            kw_only_count,
            varnames: self.all(Self::string)?,
            cellvars: self.all(Self::string)?,
            freevars: self.all(Self::string)?,
            names: self.all(Self::string)?,
            cell_regs: self.all(Self::narrow)?,
            n_locals,
            n_regs,
            insns: self.all(Self::insn)?,
            handlers: self.all(Self::handler)?,
            positions: self.positions()?,
            consts: self.all(Self::constant)?,
            n_caches,
        })
    }
    fn insn(&mut self) -> Option<Insn> {
        let (op, x) = (u64::from(self.byte()?), u64::from(self.byte()?));
        let (a, b, c) = (self.number()?, self.number()?, self.number()?);
        Some(Insn(op | x << 8 | a << 16 | b << 32 | c << 48))
    }
    fn handler(&mut self) -> Option<Handler> {
        Some(Handler {
            start: self.narrow()?,
            end: self.narrow()?,
            target: self.narrow()?,
            reg: self.narrow()?,
        })
    }
    fn positions(&mut self) -> Option<Positions> {
        let len = self.narrow()?;
        self.take(len).map(Positions::from_packed)
    }
    fn constant(&mut self) -> Option<Const> {
        Some(match TAGS.get(usize::from(self.byte()?))? {
            Tag::None => Const::None,
            Tag::False => Const::Bool(false),
            Tag::True => Const::Bool(true),
            Tag::Ellipsis => Const::Ellipsis,
            Tag::Int => Const::Int(self.signed()?),
            Tag::BigInt => Const::BigInt { negative: false, bytes: self.bytes()?.into() },
            Tag::NegativeBigInt => Const::BigInt { negative: true, bytes: self.bytes()?.into() },
            Tag::Float => Const::Float(self.float()?),
            Tag::Complex => Const::Complex(self.float()?, self.float()?),
            Tag::Str => Const::Str(self.bytes()?.into()),
            Tag::Bytes => Const::Bytes(self.bytes()?.into()),
            Tag::Tuple => Const::Tuple(self.all(Self::constant)?),
            Tag::FrozenSet => Const::FrozenSet(self.all(Self::constant)?),
            Tag::Slice => Const::Slice(Box::new(self.all(Self::constant)?.try_into().ok()?)),
            Tag::Code => Const::Code(Arc::new(self.code()?)),
        })
    }
}
