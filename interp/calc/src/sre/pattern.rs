//! `re.Pattern`, scanners and replacement templates.
use std::cell::RefCell;

use haft_core::object::{CompareOp, List, NoTrace, PayloadRef, Slots, Tuple, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{R, Value, Vm, getsets, natives, payload};
use haft_sre::{Captures, Program, Scanner};

use super::matching;
use super::subject::{Text, poll, stopped};

payload! {
    /// A compiled pattern.
    pub(super) struct Pattern {
        program: NoTrace<Box<Program>>,
        pub(super) source: Value,
        flags: i64,
        pub(super) groups: usize,
        pub(super) groupindex: Value,
        pub(super) indexgroup: Value,
        is_bytes: bool,
        code: NoTrace<Vec<u32>>,
    }
    /// The state behind `finditer` and `Pattern.scanner`.
    pub(super) struct ScannerObject {
        pattern: Value,
        text: Value,
        pos: i64,
        end: i64,
        state: NoTrace<RefCell<Scanner>>,
    }
    /// A replacement: literals and group numbers in turn.
    pub(super) struct Template {
        parts: Value,
    }
}

natives! {
    static METHODS = {
        /// Matches zero or more characters at the beginning of the string.
        "match" "($self, /, string, pos=0, endpos=9223372036854775807)" => match_;
        /// Matches against all of the string.
        fullmatch "($self, /, string, pos=0, endpos=9223372036854775807)" => fullmatch;
        /// Scan through string looking for a match, and return a corresponding match object instance.
        search "($self, /, string, pos=0, endpos=9223372036854775807)" => search;
        /// Return a list of all non-overlapping matches of pattern in string.
        findall "($self, /, string, pos=0, endpos=9223372036854775807)" => findall;
        /// Return an iterator over all non-overlapping matches for the RE pattern in string.
        finditer "($self, /, string, pos=0, endpos=9223372036854775807)" => finditer;
        /// A scanner over string.
        scanner "($self, /, string, pos=0, endpos=9223372036854775807)" => scanner;
        /// Split string by the occurrences of pattern.
        split "($self, /, string, maxsplit=0)" => split;
        /// Return the string obtained by replacing the leftmost non-overlapping occurrences of pattern in string by the replacement repl.
        sub "($self, /, repl, string, count=0)" => sub;
        /// Return the tuple (new_string, number_of_subs_made) found by replacing the leftmost non-overlapping occurrences of pattern with the replacement repl.
        subn "($self, /, repl, string, count=0)" => subn;
        /// The pattern itself.
        __copy__ "($self, /)" => itself;
        /// The pattern itself.
        __deepcopy__ "($self, memo, /)" => itself;
        /// See PEP 585
        class __class_getitem__ "($cls, item, /)" => class_getitem;
    }
    static SCANNER_METHODS = {
        /// The next match, here.
        "match" "($self, /)" => scanner_match;
        /// The next match, anywhere.
        search "($self, /)" => scanner_search;
    }
}

getsets! {
    static GETSETS = {
        /// The pattern string from which the RE object was compiled.
        pattern => |vm, value| Ok(this(vm, value)?.source);
        /// The regex matching flags.
        flags => |vm, value| { let flags = this(vm, value)?.flags; Ok(vm.int(flags)) };
        /// The number of capturing groups in the pattern.
        groups => |vm, value| { let groups = this(vm, value)?.groups; Ok(vm.int_usize(groups)) };
        /// A dictionary mapping group names to group numbers.
        groupindex => groupindex;
    }
    static SCANNER_GETSETS = {
        /// The pattern.
        pattern => |vm, value| Ok(vm.this::<ScannerObject>(value, "pattern", "_sre.SRE_Scanner")?.pattern);
    }
}

/// The class of patterns.
pub(super) fn add(vm: &mut Vm) -> Type {
    let slots = |s: &Slots| {
        s.repr.set(Some(repr));
        s.hash.set(Some(hash));
        s.compare.set(Some(compare));
    };
    let flags = TypeFlags::HAS_WEAKREFS.with(TypeFlags::NO_NEW);
    vm.new_builtin_type(&TypeSpec {
        doc: "Compiled regular expression object.",
        slots,
        flags,
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<Pattern>("re.Pattern")
    })
}

/// The class of scanners, which are the iterators of `finditer` too.
pub(super) fn add_scanner(vm: &mut Vm) -> Type {
    let slots = |s: &Slots| {
        s.iter.set(Some(|_, value| Ok(value)));
        s.next.set(Some(scanner_next));
    };
    let flags = TypeFlags::NO_NEW;
    vm.new_builtin_type(&TypeSpec {
        slots,
        flags,
        methods: SCANNER_METHODS,
        getsets: SCANNER_GETSETS,
        ..TypeSpec::of::<ScannerObject>("_sre.SRE_Scanner")
    })
}

/// The class of templates.
pub(super) fn add_template(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        flags: TypeFlags::NO_NEW,
        ..TypeSpec::of::<Template>("_sre.SRE_Template")
    })
}

pub(super) fn this(vm: &mut Vm, value: Value) -> R<PayloadRef<Pattern>> {
    vm.this(value, "method", "re.Pattern")
}

fn itself(_: &mut Vm, args: &[Value]) -> R {
    Ok(args[0])
}

fn class_getitem(vm: &mut Vm, args: &[Value]) -> R {
    let alias = vm.t.generic_alias.value();
    vm.call_positional(alias, args)
}

/// `_sre.compile(…)`
pub(super) fn compile(vm: &mut Vm, args: &[Value]) -> R {
    let codes = vm.list_of(args[2])?;
    let mut code = Vec::with_capacity(codes.len());
    for at in 0..codes.len() {
        let number = vm.index_of(codes.at(at))?;
        match u32::try_from(number) {
            Ok(number) => code.push(number),
            Err(_) => return Err(vm.overflow_error("regular expression code size limit exceeded")),
        }
    }
    let (flags, groups) = (vm.index_of(args[1])?, vm.index_of(args[3])?);
    let Ok(program) = Program::new(&code, flags as u32, groups as u32) else {
        return Err(vm.runtime_error("invalid SRE code"));
    };
    let is_bytes = !args[0].is_none() && vm.as_str(args[0]).is_none();
    let class = super::classes(vm).pattern;
    let payload = Pattern {
        program: NoTrace(Box::new(program)),
        source: args[0],
        flags,
        groups: groups as usize,
        groupindex: args[4],
        indexgroup: args[5],
        is_bytes,
        code: NoTrace(code),
    };
    Ok(vm.new_payload(class, payload))
}

/// `_sre.template(pattern, parts)`
pub(super) fn template(vm: &mut Vm, args: &[Value]) -> R {
    let class = super::classes(vm).template;
    Ok(vm.new_payload(class, Template { parts: args[1] }))
}

fn groupindex(vm: &mut Vm, value: Value) -> R {
    let dict = this(vm, value)?.groupindex;
    let proxy = vm.t.mappingproxy.value();
    vm.call_positional(proxy, &[dict])
}

#[derive(Clone, Copy)]
enum Mode {
    Match,
    FullMatch,
    Search,
}

/// The captures of one search; handlers of signals run in between.
fn find(
    vm: &mut Vm,
    pattern: PayloadRef<Pattern>,
    text: Text,
    window: std::ops::Range<usize>,
    mode: Mode,
) -> R<Option<Captures>> {
    loop {
        let program = &pattern.get().program.0;
        let (subject, window) = (text.subject(), window.clone());
        let result = match mode {
            Mode::Match => program.match_(subject, window, &mut poll),
            Mode::FullMatch => program.fullmatch(subject, window, &mut poll),
            Mode::Search => program.search(subject, window, &mut poll),
        };
        match result {
            Ok(found) => return Ok(found),
            Err(stop) => stopped(vm, stop)?,
        }
    }
}

fn once(vm: &mut Vm, args: &[Value], mode: Mode) -> R {
    let pattern = this(vm, args[0])?;
    let (pos, end) = (vm.index_of(args[2])?, vm.index_of(args[3])?);
    let text = Text::for_pattern(vm, args[1], pattern.is_bytes)?;
    let window = text.window(vm, pos, end);
    match find(vm, pattern, text, window, mode)? {
        Some(captures) => {
            let made = matching::new(vm, args[0], text, &captures, (pos, end));
            pattern.program.recycle(captures);
            Ok(made)
        }
        None => Ok(Value::NONE),
    }
}

fn match_(vm: &mut Vm, args: &[Value]) -> R {
    once(vm, args, Mode::Match)
}

fn fullmatch(vm: &mut Vm, args: &[Value]) -> R {
    once(vm, args, Mode::FullMatch)
}

fn search(vm: &mut Vm, args: &[Value]) -> R {
    once(vm, args, Mode::Search)
}

/// The next match of a scan.
fn scan(
    vm: &mut Vm,
    scanner: &RefCell<Scanner>,
    pattern: PayloadRef<Pattern>,
    text: Text,
    anywhere: bool,
) -> R<Option<Captures>> {
    loop {
        let mut state = scanner.borrow().clone();
        let program = &pattern.get().program.0;
        let result = if anywhere {
            state.search(program, text.subject(), &mut poll)
        } else {
            state.match_(program, text.subject(), &mut poll)
        };
        match result {
            Ok(found) => {
                *scanner.borrow_mut() = state;
                return Ok(found);
            }
            Err(stop) => stopped(vm, stop)?,
        }
    }
}

fn findall(vm: &mut Vm, args: &[Value]) -> R {
    let pattern = this(vm, args[0])?;
    let (pos, end) = (vm.index_of(args[2])?, vm.index_of(args[3])?);
    let text = Text::for_pattern(vm, args[1], pattern.is_bytes)?;
    let scanner = RefCell::new(Scanner::new(text.window(vm, pos, end)));
    let found = vm.new_list();
    while let Some(captures) = scan(vm, &scanner, pattern, text, true)? {
        let group = |vm: &mut Vm, at: usize| match captures.spans[at] {
            Some((from, to)) => text.slice(vm, from, to),
            None => text.slice(vm, 0, 0),
        };
        let item = match pattern.groups {
            0 => group(vm, 0),
            1 => group(vm, 1),
            n => {
                let groups = vm.new_list();
                for at in 1..=n {
                    let piece = group(vm, at);
                    groups.push(&mut vm.heap, piece);
                }
                vm.tuple(groups.items())
            }
        };
        found.push(&mut vm.heap, item);
        pattern.program.recycle(captures);
    }
    Ok(found.value())
}

fn scanner(vm: &mut Vm, args: &[Value]) -> R {
    let pattern = this(vm, args[0])?;
    let (pos, end) = (vm.index_of(args[2])?, vm.index_of(args[3])?);
    let text = Text::for_pattern(vm, args[1], pattern.is_bytes)?;
    let state = RefCell::new(Scanner::new(text.window(vm, pos, end)));
    let class = super::classes(vm).scanner;
    Ok(vm.new_payload(
        class,
        ScannerObject { pattern: args[0], text: args[1], pos, end, state: NoTrace(state) },
    ))
}

fn finditer(vm: &mut Vm, args: &[Value]) -> R {
    scanner(vm, args)
}

fn advance(vm: &mut Vm, value: Value, anywhere: bool) -> R {
    let it = vm.this::<ScannerObject>(value, "search", "_sre.SRE_Scanner")?;
    let pattern = this(vm, it.pattern)?;
    let text = Text::new(vm, it.text)?;
    match scan(vm, &it.get().state, pattern, text, anywhere)? {
        Some(captures) => {
            let made = matching::new(vm, it.pattern, text, &captures, (it.pos, it.end));
            pattern.program.recycle(captures);
            Ok(made)
        }
        None => Ok(Value::ABSENT),
    }
}

fn scanner_next(vm: &mut Vm, value: Value) -> R {
    advance(vm, value, true)
}

fn scanner_match(vm: &mut Vm, args: &[Value]) -> R {
    advance(vm, args[0], false).map(Value::or_none)
}

fn scanner_search(vm: &mut Vm, args: &[Value]) -> R {
    advance(vm, args[0], true).map(Value::or_none)
}

fn split(vm: &mut Vm, args: &[Value]) -> R {
    let pattern = this(vm, args[0])?;
    let text = Text::for_pattern(vm, args[1], pattern.is_bytes)?;
    let limit = vm.index_of(args[2])?;
    let scanner = RefCell::new(Scanner::new(0..text.bytes().len()));
    let parts = vm.new_list();
    let (mut last, mut n) = (0, 0);
    while limit == 0 || n < limit {
        let Some(captures) = scan(vm, &scanner, pattern, text, true)? else { break };
        let (from, to) = captures.span();
        let piece = text.slice(vm, last, from);
        parts.push(&mut vm.heap, piece);
        for span in &captures.spans[1..] {
            let group = match *span {
                Some((from, to)) => text.slice(vm, from, to),
                None => Value::NONE,
            };
            parts.push(&mut vm.heap, group);
        }
        pattern.program.recycle(captures);
        (last, n) = (to, n + 1);
    }
    let rest = text.slice(vm, last, text.bytes().len());
    parts.push(&mut vm.heap, rest);
    Ok(parts.value())
}

fn sub(vm: &mut Vm, args: &[Value]) -> R {
    Ok(substitute(vm, args)?.0)
}

fn subn(vm: &mut Vm, args: &[Value]) -> R {
    let (text, n) = substitute(vm, args)?;
    let n = vm.int(n);
    Ok(vm.tuple(&[text, n]))
}

/// What each match is replaced by.
enum Replacement {
    Literal(Value),
    Template(List),
    Call(Value),
}

fn replacement(vm: &mut Vm, pattern: Value, repl: Value) -> R<Replacement> {
    if vm.type_of(repl).slots.call.get().is_some() {
        return Ok(Replacement::Call(repl));
    }
    let literal = match vm.as_str(repl) {
        Some(str) => !str.bytes().contains(&b'\\'),
        None => !vm.buffer_of(repl)?.bytes().contains(&b'\\'),
    };
    if literal {
        return Ok(Replacement::Literal(repl));
    }
    let parts = parse_template(vm, pattern, repl)?;
    Ok(if parts.len() == 1 {
        Replacement::Literal(parts.at(0))
    } else {
        Replacement::Template(parts)
    })
}

/// The parts of a replacement with escapes, by the library's parser.
pub(super) fn parse_template(vm: &mut Vm, pattern: Value, repl: Value) -> R<List> {
    let name = vm.str("re");
    let import = vm.dict_get_str(vm.builtins, "__import__").unwrap_or(Value::NONE);
    let module = vm.call_positional(import, &[name])?;
    let made = vm.call_method_str(module, "_compile_template", &[pattern, repl])?;
    let template = vm.this::<Template>(made, "parts", "_sre.SRE_Template")?;
    vm.list_of(template.parts)
}

/// Append the bytes of a piece of the result.
fn append(vm: &mut Vm, out: &mut Vec<u8>, text: Text, piece: Value) -> R<()> {
    if piece.is_none() {
        return Ok(());
    }
    let is_text = vm.as_str(text.value).is_some();
    match vm.as_str(piece) {
        Some(str) if is_text => {
            out.extend_from_slice(str.bytes());
            return Ok(());
        }
        Some(_) => return Err(vm.type_error("expected a bytes-like object, str found")),
        None => {}
    }
    if is_text {
        let name = vm.type_name(piece);
        return Err(vm.type_error(format!("expected str instance, {name} found")));
    }
    out.extend_from_slice(vm.buffer_of(piece)?.bytes());
    Ok(())
}

/// Append what a template makes of a match: parts alternate between literals and group numbers.
pub(super) fn expand(
    vm: &mut Vm,
    out: &mut Vec<u8>,
    parts: List,
    text: Text,
    captures: &[Option<(usize, usize)>],
) -> R<()> {
    for at in 0..parts.len() {
        let part = parts.at(at);
        match part.as_fixnum() {
            Some(group) => {
                if let Some(Some((from, to))) = captures.get(group as usize) {
                    out.extend_from_slice(&text.bytes()[*from..*to]);
                }
            }
            None => append(vm, out, text, part)?,
        }
    }
    Ok(())
}

fn substitute(vm: &mut Vm, args: &[Value]) -> R<(Value, i64)> {
    let pattern = this(vm, args[0])?;
    let with = replacement(vm, args[0], args[1])?;
    let text = Text::for_pattern(vm, args[2], pattern.is_bytes)?;
    let limit = vm.index_of(args[3])?;
    // The function may resize what is searched.
    let text = if matches!(with, Replacement::Call(_)) { text.detached(vm) } else { text };
    let scanner = RefCell::new(Scanner::new(0..text.bytes().len()));
    let mut out = Vec::new();
    let (mut last, mut n) = (0, 0);
    while limit == 0 || n < limit {
        let Some(captures) = scan(vm, &scanner, pattern, text, true)? else { break };
        let (from, to) = captures.span();
        out.extend_from_slice(&text.bytes()[last..from]);
        match &with {
            Replacement::Literal(literal) => append(vm, &mut out, text, *literal)?,
            Replacement::Template(parts) => expand(vm, &mut out, *parts, text, &captures.spans)?,
            Replacement::Call(function) => {
                let found = matching::new(vm, args[0], text, &captures, (0, text.len() as i64));
                let piece = vm.call_positional(*function, &[found])?;
                append(vm, &mut out, text, piece)?;
            }
        }
        pattern.program.recycle(captures);
        (last, n) = (to, n + 1);
    }
    if n == 0 {
        let whole = text.slice(vm, 0, text.bytes().len());
        return Ok((whole, 0));
    }
    out.extend_from_slice(&text.bytes()[last..]);
    Ok((text.join(vm, &out)?, n))
}

fn hash(vm: &mut Vm, value: Value) -> R<i64> {
    let it = this(vm, value)?;
    let source = vm.hash(it.source)?;
    Ok(source ^ it.flags ^ it.groups as i64)
}

fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    let (Some(x), Some(y)) =
        (PayloadRef::<Pattern>::of_value(a), PayloadRef::<Pattern>::of_value(b))
    else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let same = x.flags == y.flags
        && x.is_bytes == y.is_bytes
        && x.code.0 == y.code.0
        && vm.equals(x.source, y.source)?;
    Ok(Value::bool(same == (op == CompareOp::Eq)))
}

/// Flags that `repr` names, in its order.
const FLAG_NAMES: [(i64, &str); 8] = [
    (2, "re.IGNORECASE"),
    (4, "re.LOCALE"),
    (8, "re.MULTILINE"),
    (16, "re.DOTALL"),
    (32, "re.UNICODE"),
    (64, "re.VERBOSE"),
    (128, "re.DEBUG"),
    (256, "re.ASCII"),
];

fn repr(vm: &mut Vm, value: Value) -> R {
    let it = this(vm, value)?;
    let mut source = vm.repr_text(it.source)?;
    if source.chars().count() > 200 {
        source = source.chars().take(200).collect();
    }
    // A str pattern is UNICODE unless it says otherwise; that is not shown.
    let mut flags = it.flags;
    if !it.is_bytes && flags & (4 | 32 | 256) == 32 {
        flags &= !32;
    }
    let mut names: Vec<String> =
        FLAG_NAMES.iter().filter(|f| flags & f.0 != 0).map(|f| f.1.to_string()).collect();
    let unknown = FLAG_NAMES.iter().fold(flags, |rest, f| rest & !f.0);
    if unknown != 0 {
        names.push(format!("{unknown:#x}"));
    }
    let text = if names.is_empty() {
        format!("re.compile({source})")
    } else {
        format!("re.compile({source}, {})", names.join("|"))
    };
    Ok(vm.str(&text))
}

/// The name of a group, None if it has none.
pub(super) fn group_name(vm: &Vm, pattern: &Pattern, group: usize) -> Value {
    vm.as_tuple(pattern.indexgroup)
        .and_then(|names: Tuple| names.items().get(group).copied())
        .unwrap_or(Value::NONE)
}
