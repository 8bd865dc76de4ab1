//! The text form of traces: printing and parsing.
//!
//! An instruction is `%N = OP[.TYPE] OPERANDS… [IMM] [@ALIAS] [sN]`, without `%N =` if it makes no value; the type is
//! written for operations that need it. Instructions are numbered by their place, those without a value too. Floats
//! and words are written as hexadecimal bits, other numbers in decimal. After the instructions come `snapshot`,
//! `call`, `layout` and `virtual` lines.
use std::fmt::{self, Write};

use smallvec::SmallVec;

use super::{
    AbiTy, Alias, Callee, Effects, Entry, ExitStore, Field, Finish, Inst, IrOp, Layout, Ref,
    Snapshot, SnapshotId, Trace, Ty, Usual, Virtual,
};

const TYPES: [(Ty, &str); 6] =
    [(Ty::Unit, "unit"), (Ty::V, "v"), (Ty::I, "i"), (Ty::F, "f"), (Ty::B, "b"), (Ty::P, "p")];
const ABI_TYPES: [(AbiTy, &str); 13] = [
    (AbiTy::Void, "void"),
    (AbiTy::I8, "i8"),
    (AbiTy::I16, "i16"),
    (AbiTy::I32, "i32"),
    (AbiTy::I64, "i64"),
    (AbiTy::U8, "u8"),
    (AbiTy::U16, "u16"),
    (AbiTy::U32, "u32"),
    (AbiTy::F32, "f32"),
    (AbiTy::F64, "f64"),
    (AbiTy::Ptr, "ptr"),
    (AbiTy::Value, "value"),
    (AbiTy::Bool, "bool"),
];

/// How names of store operations begin.
const STORE: &str = "store_";

/// The text of a trace.
pub fn print(trace: &Trace) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "trace {:?}", trace.name);
    for (at, inst) in trace.insts.iter().enumerate() {
        print_inst(&mut out, at, inst);
    }
    for (at, snapshot) in trace.snapshots.iter().enumerate() {
        print_snapshot(&mut out, at, snapshot);
    }
    for (at, callee) in trace.calls.iter().enumerate() {
        print_callee(&mut out, at, callee);
    }
    for (at, layout) in trace.layouts.iter().enumerate() {
        let _ = write!(out, "layout {at} {:?} {:#x} {}", layout.name, layout.header, layout.bytes);
        for (offset, word) in &layout.init {
            let _ = write!(out, " {offset}={word:#x}");
        }
        if layout.inner != 0 {
            let _ = write!(out, " inner={}", layout.inner);
        }
        out.push_str(if layout.listed { " listed\n" } else { "\n" });
    }
    for (at, object) in trace.virtuals.iter().enumerate() {
        let _ = write!(out, "virtual {at} layout {}:", object.layout);
        for field in &object.fields {
            out.push(' ');
            print_field(&mut out, field);
        }
        out.push('\n');
    }
    out
}

fn print_inst(out: &mut String, at: usize, inst: &Inst) {
    let row = inst.op.row();
    out.push_str("  ");
    if inst.ty != Ty::Unit {
        let _ = write!(out, "%{at} = ");
    }
    out.push_str(row.text);
    if row.typed {
        let _ = write!(out, ".{}", name_of(&TYPES, inst.ty));
    }
    for arg in &inst.args {
        let _ = write!(out, " %{}", arg.0);
    }
    if matches!(inst.op, IrOp::ConstF | IrOp::ConstV | IrOp::ConstP) {
        let _ = write!(out, " {:#x}", inst.imm);
    } else if inst.imm != 0 || shows_zero(inst.op) {
        let _ = write!(out, " {}", inst.imm);
    }
    if inst.op.access_bytes() > 0 {
        let _ = write!(out, " @{}", inst.alias.0);
    }
    if let Some(snapshot) = inst.snapshot {
        let _ = write!(out, " [s{}]", snapshot.0);
    }
    out.push('\n');
}

fn shows_zero(op: IrOp) -> bool {
    use IrOp::{Call, CallRaising, ConstB, ConstI, LoadSlot, Param, Slot, StoreSlot};
    matches!(op, ConstI | ConstB | Slot | Param | LoadSlot | StoreSlot | Call | CallRaising)
        || op.access_bytes() > 0
}

fn print_snapshot(out: &mut String, at: usize, snapshot: &Snapshot) {
    let _ = write!(out, "snapshot s{at} resume {}", snapshot.resume);
    if !snapshot.slots.is_empty() || !snapshot.stores.is_empty() {
        out.push(':');
    }
    for (slot, value) in &snapshot.slots {
        let _ = write!(out, " {slot}={}", entry(*value));
    }
    for store in &snapshot.stores {
        let _ = write!(out, " {}+", entry(store.object));
        print_field(out, &store.field);
    }
    out.push('\n');
}

/// `OFFSET:KIND@ALIAS=VALUE`, where the kind is the end of the store operation's name.
fn print_field(out: &mut String, field: &Field) {
    let name = field.op.row().text;
    let kind = name.strip_prefix(STORE).unwrap_or(name);
    let _ = write!(out, "{}:{kind}@{}={}", field.offset, field.alias.0, entry(field.value));
}

fn entry(value: Entry) -> String {
    match value {
        Entry::Ref(value) => format!("%{}", value.0),
        Entry::Virtual(number) => format!("v{number}"),
    }
}

fn print_callee(out: &mut String, at: usize, callee: &Callee) {
    let _ = write!(out, "call {at} {:?} ", callee.name);
    match callee.address {
        Some(address) => {
            let _ = write!(out, "{address:#x} (");
        }
        None => out.push_str("dynamic ("),
    }
    let mut params: Vec<&str> = Vec::new();
    if callee.passes_vm {
        params.push("vm");
    }
    params.extend(callee.params.iter().map(|ty| name_of(&ABI_TYPES, *ty)));
    let _ = write!(out, "{}) {}", params.join(","), name_of(&ABI_TYPES, callee.result));
    let effects = callee.effects;
    let _ = write!(out, " reads {:#x} writes {:#x}", effects.reads, effects.writes);
    for (flag, word) in
        [(effects.allocates, " allocates"), (effects.keep, " keep"), (callee.foreign, " foreign")]
    {
        if flag {
            out.push_str(word);
        }
    }
    if let Some(named) = callee.variadic {
        let _ = write!(out, " variadic {named}");
    }
    if let Some(Finish { helper, usual }) = callee.finish {
        let _ = match usual {
            Usual::Object { raised, last, nothing, declined } => {
                let _ = write!(out, " finish {helper:#x}:{raised}:{last}:{nothing:#x}");
                declined.map_or(Ok(()), |declined| write!(out, ":{declined:#x}"))
            }
            Usual::Truth { raised } => write!(out, " finish {helper:#x}:truth:{raised}"),
            Usual::Status => write!(out, " finish {helper:#x}:status"),
            Usual::Number { raised } => write!(out, " finish {helper:#x}:{raised}"),
        };
    }
    if let Some((offset, number)) = callee.field {
        let _ = write!(out, " field {offset}:{number}");
    }
    for (abi, offset) in &callee.pieces {
        let _ = write!(out, " piece {}:{offset}", name_of(&ABI_TYPES, *abi));
    }
    out.push('\n');
}

fn name_of<T: PartialEq>(names: &[(T, &'static str)], of: T) -> &'static str {
    names.iter().find(|(ty, _)| *ty == of).map_or("?", |(_, name)| *name)
}

/// Why a text is no trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}
impl std::error::Error for ParseError {}

/// Read the text form. Empty lines and lines that begin with `;` do not count.
pub fn parse(text: &str) -> Result<Trace, ParseError> {
    let mut trace = Trace::default();
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with(';') {
            continue;
        }
        parse_line(&mut trace, line).map_err(|message| ParseError { line: index + 1, message })?;
    }
    Ok(trace)
}

fn parse_line(trace: &mut Trace, line: &str) -> Result<(), String> {
    let words = split(line);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => {}
        ["trace", name] => trace.name = unquote(name),
        ["snapshot", _, "resume", number, rest @ ..] => {
            let resume = number_of(number.trim_end_matches(':'))? as u32;
            trace.snapshots.push(parse_snapshot(resume, rest)?);
        }
        ["call", _, name, address, params, result, rest @ ..] => {
            trace.calls.push(parse_callee(name, address, params, result, rest)?);
        }
        ["layout", _, name, header, bytes, rest @ ..] => {
            let (mut init, mut inner) = (Vec::new(), 0);
            for word in rest.iter().filter(|word| **word != "listed") {
                let (offset, value) = word.split_once('=').ok_or("an offset is missing")?;
                match offset {
                    "inner" => inner = number_of(value)? as u32,
                    _ => init.push((number_of(offset)? as u32, number_of(value)?.cast_unsigned())),
                }
            }
            trace.layouts.push(Layout {
                name: unquote(name),
                header: number_of(header)?.cast_unsigned(),
                bytes: number_of(bytes)? as u32,
                init,
                listed: rest.last() == Some(&"listed"),
                inner,
            });
        }
        ["virtual", _, "layout", layout, rest @ ..] => {
            let mut fields = Vec::new();
            for word in rest {
                fields.push(parse_field(word)?);
            }
            let layout = number_of(layout.trim_end_matches(':'))? as u32;
            trace.virtuals.push(Virtual { layout, fields });
        }
        [target, "=", rest @ ..] => {
            if *target != format!("%{}", trace.insts.len()) {
                return Err(format!("expected %{}, found {target}", trace.insts.len()));
            }
            trace.insts.push(parse_inst(rest)?);
        }
        rest => trace.insts.push(parse_inst(rest)?),
    }
    Ok(())
}

/// Words of a line; a quoted text is one.
fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        let end = if let Some(quoted) = rest.strip_prefix('"') {
            quoted.find('"').map_or(rest.len(), |at| at + 2)
        } else {
            rest.find(char::is_whitespace).unwrap_or(rest.len())
        };
        words.push(rest[..end].to_string());
        rest = rest[end..].trim_start();
    }
    words
}

fn unquote(word: &str) -> String {
    word.trim_matches('"').to_string()
}

fn number_of(word: &str) -> Result<i64, String> {
    let parsed = match word.strip_prefix("0x") {
        Some(bits) => u64::from_str_radix(bits, 16).map(u64::cast_signed),
        None => word.parse(),
    };
    parsed.map_err(|_| format!("'{word}' is no number"))
}

fn parse_inst(words: &[&str]) -> Result<Inst, String> {
    let (&name, rest) = words.split_first().ok_or("an operation is missing")?;
    let (name, suffix) = match name.split_once('.') {
        Some((name, suffix)) => (name, Some(suffix)),
        None => (name, None),
    };
    let op = IrOp::from_text(name).ok_or_else(|| format!("'{name}' is no operation"))?;
    let row = op.row();
    let ty = match (row.typed, suffix) {
        (false, None) => row.result,
        (true, Some(suffix)) => {
            let known = TYPES.iter().find(|(_, text)| *text == suffix);
            known.ok_or_else(|| format!("'{suffix}' is no type"))?.0
        }
        (true, None) => return Err(format!("{name} needs a type, as in {name}.v")),
        (false, Some(_)) => return Err(format!("{name} takes no type")),
    };
    let mut inst =
        Inst { op, ty, alias: Alias::CONSTANT, args: SmallVec::new(), imm: 0, snapshot: None };
    for word in rest {
        if let Some(number) = word.strip_prefix('%') {
            inst.args.push(Ref(number.parse().map_err(|_| format!("'{word}' is no value"))?));
        } else if let Some(number) = word.strip_prefix("[s").and_then(|w| w.strip_suffix(']')) {
            let number = number.parse().map_err(|_| format!("'{word}' is no snapshot"))?;
            inst.snapshot = Some(SnapshotId(number));
        } else if let Some(number) = word.strip_prefix('@') {
            inst.alias = Alias(number.parse().map_err(|_| format!("'{word}' is no class"))?);
        } else {
            inst.imm = number_of(word)?;
        }
    }
    match row.args {
        Some(args) if args.len() != inst.args.len() => {
            Err(format!("{name} takes {} operands, found {}", args.len(), inst.args.len()))
        }
        _ => Ok(inst),
    }
}

fn parse_entry(word: &str) -> Result<Entry, String> {
    if let Some(number) = word.strip_prefix('%') {
        return Ok(Entry::Ref(Ref(number_of(number)? as u32)));
    }
    match word.strip_prefix('v') {
        Some(number) => Ok(Entry::Virtual(number_of(number)? as u32)),
        None => Err(format!("'{word}' is no value")),
    }
}

fn parse_field(word: &str) -> Result<Field, String> {
    let (place, value) = word.split_once('=').ok_or_else(|| format!("'{word}' has no ="))?;
    let (offset, kind) = place.split_once(':').ok_or_else(|| format!("'{place}' has no :"))?;
    let (kind, alias) = kind.split_once('@').ok_or_else(|| format!("'{place}' has no @"))?;
    let alias = Alias(number_of(alias)? as u8);
    let op = IrOp::from_text(&format!("{STORE}{kind}"))
        .ok_or_else(|| format!("'{kind}' is no kind of store"))?;
    Ok(Field { offset: number_of(offset)? as u32, op, alias, value: parse_entry(value)? })
}

fn parse_snapshot(resume: u32, words: &[&str]) -> Result<Snapshot, String> {
    let mut snapshot = Snapshot { resume, ..Snapshot::default() };
    for word in words {
        if let Some((object, field)) = word.split_once('+') {
            let store = ExitStore { object: parse_entry(object)?, field: parse_field(field)? };
            snapshot.stores.push(store);
        } else {
            let (slot, value) = word.split_once('=').ok_or_else(|| format!("'{word}' has no ="))?;
            snapshot.slots.push((number_of(slot)? as i32, parse_entry(value)?));
        }
    }
    Ok(snapshot)
}

fn parse_abi(word: &str) -> Result<AbiTy, String> {
    let known = ABI_TYPES.iter().find(|(_, text)| *text == word);
    Ok(known.ok_or_else(|| format!("'{word}' is no C type"))?.0)
}

fn parse_callee(
    name: &str,
    address: &str,
    params: &str,
    result: &str,
    rest: &[&str],
) -> Result<Callee, String> {
    let list = params.trim_start_matches('(').trim_end_matches(')');
    let mut names: Vec<&str> = list.split(',').filter(|word| !word.is_empty()).collect();
    let passes_vm = names.first() == Some(&"vm");
    if passes_vm {
        names.remove(0);
    }
    let mut callee = Callee {
        name: unquote(name),
        address: if address == "dynamic" { None } else { Some(number_of(address)? as usize) },
        passes_vm,
        params: names.into_iter().map(parse_abi).collect::<Result<_, _>>()?,
        result: parse_abi(result)?,
        effects: Effects::PURE,
        foreign: false,
        variadic: None,
        pieces: Vec::new(),
        finish: None,
        field: None,
    };
    let mut rest = rest.iter();
    while let Some(&word) = rest.next() {
        let mut number = || number_of(rest.next().copied().unwrap_or_default());
        match word {
            "piece" => {
                let piece = rest.next().and_then(|piece| piece.split_once(':'));
                let (abi, offset) = piece.ok_or("a piece has a type and an offset")?;
                callee.pieces.push((parse_abi(abi)?, number_of(offset)? as u32));
            }
            "finish" => {
                callee.finish = Some(parse_finish(rest.next().copied().unwrap_or_default())?);
            }
            "field" => {
                let field = rest.next().and_then(|field| field.split_once(':'));
                let (offset, number) = field.ok_or("a field has an offset and an operand")?;
                callee.field = Some((number_of(offset)? as u32, number_of(number)? as u32));
            }
            "reads" => callee.effects.reads = number()?.cast_unsigned(),
            "writes" => callee.effects.writes = number()?.cast_unsigned(),
            "variadic" => callee.variadic = Some(number()? as u32),
            "allocates" => callee.effects.allocates = true,
            "keep" => callee.effects.keep = true,
            "foreign" => callee.foreign = true,
            other => return Err(format!("'{other}' is no property of a function")),
        }
    }
    Ok(callee)
}

fn parse_finish(text: &str) -> Result<Finish, String> {
    let parts: Vec<&str> = text.split(':').collect();
    let (helper, usual) = match parts[..] {
        [helper, "status"] => (helper, Usual::Status),
        [helper, raised] => (helper, Usual::Number { raised: number_of(raised)? }),
        [helper, "truth", raised] => (helper, Usual::Truth { raised: number_of(raised)? }),
        [helper, raised, last, nothing, ref declined @ ..] if declined.len() <= 1 => {
            let (raised, last) = (number_of(raised)?, number_of(last)?);
            let nothing = number_of(nothing)?.cast_unsigned();
            let declined = declined.first().map(|&word| number_of(word)).transpose()?;
            let declined = declined.map(i64::cast_unsigned);
            (helper, Usual::Object { raised, last, nothing, declined })
        }
        _ => return Err("finish has a helper and what is usual".to_string()),
    };
    Ok(Finish { helper: number_of(helper)? as usize, usual })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Builder, OPS};

    fn sample() -> Trace {
        let mut b = Builder::new("a loop");
        let v = b.imm(IrOp::Slot, &[], 0);
        let entry = b.snapshot(Snapshot { resume: 12, ..Snapshot::default() });
        let test = b.op(IrOp::IsInt, &[v]);
        b.guard(IrOp::Guard, &[test], entry);
        let x = b.op(IrOp::UnboxI, &[v]);
        let one = b.const_i(-1);
        let sum = b.op(IrOp::Add, &[x, one]);
        let boxed = b.op(IrOp::BoxI, &[sum]);
        b.const_f(0.5);
        let loaded = b.memory(IrOp::LoadV, &[v], 8, Alias(3));
        let helper = Callee {
            name: "get item".to_string(),
            address: Some(0x1234),
            passes_vm: true,
            params: vec![AbiTy::Value, AbiTy::Value],
            result: AbiTy::Value,
            effects: Effects::ANY,
            foreign: false,
            variadic: Some(1),
            pieces: vec![(AbiTy::F64, 0), (AbiTy::I64, 8)],
            finish: Some(Finish {
                helper: 0x4321,
                usual: Usual::Object { raised: 56, last: 512, nothing: 2, declined: Some(12) },
            }),
            field: Some((1, 16)),
        };
        let layout = Layout {
            name: "pair".into(),
            header: 0x77,
            bytes: 16,
            init: vec![(8, 5), (16, 1)],
            listed: true,
            inner: 16,
        };
        b.alloc(&layout);
        let field = Field { offset: 8, op: IrOp::StoreV, alias: Alias(3), value: loaded.into() };
        let store = ExitStore { object: Entry::Virtual(0), field };
        let later = b.snapshot(Snapshot {
            resume: 14,
            slots: vec![(-1, boxed.into()), (3, Entry::Virtual(0))],
            stores: vec![store],
        });
        b.call_raising(helper, &[boxed, loaded], Ty::V, later);
        b.with_snapshot(IrOp::Loop, 0, later);
        let mut trace = b.finish();
        trace
            .virtuals
            .push(Virtual { layout: 0, fields: vec![Field { op: IrOp::StoreI32, ..field }] });
        trace
    }

    #[test]
    fn what_is_printed_is_parsed() {
        let trace = sample();
        let text = print(&trace);
        assert_eq!(parse(&text).expect("parses"), trace, "{text}");
    }

    #[test]
    fn errors_name_the_line() {
        let check = |text: &str, line: usize, message: &str| {
            let error = parse(text).expect_err("no trace");
            assert_eq!((error.line, error.message.as_str()), (line, message));
        };
        check("trace \"x\"\n  frobnicate %0", 2, "'frobnicate' is no operation");
        check("trace \"x\"\n  %0 = slot 0\n  %1 = add %0", 3, "add takes 2 operands, found 1");
        check("trace \"x\"\n  %0 = slot 0\n  %2 = is_int %0", 3, "expected %1, found %2");
        check("trace \"x\"\n  %0 = param 1", 2, "param needs a type, as in param.v");
        check("snapshot s0 resume 1: 3:%1", 1, "'3:%1' has no =");
    }

    #[test]
    fn rows_are_in_order() {
        for (at, row) in OPS.iter().enumerate() {
            assert_eq!(row.op as usize, at);
            assert_eq!(IrOp::from_text(row.text), Some(row.op), "names are unique");
        }
    }
}
