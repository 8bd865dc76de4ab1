//! `re.Match`.
use haft_core::object::{List, PayloadRef, Slots, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Raised, Value, Vm, getsets, natives, payload};
use haft_sre::Captures;

use super::pattern::{self, Pattern};
use super::subject::Text;

payload! {
    /// A match. Behind it lie the spans of its groups, two byte offsets each.
    pub(super) struct Match {
        pattern: Value,
        text: Value,
        n_spans: usize,
        /// Number of the group closed last; 0 is none.
        last_index: usize,
        pos: i64,
        end: i64,
    }
}

natives! {
    static METHODS = {
        /// Return subgroup(s) of the match by indices or names.
        raw group "($self, /, *args)" => group;
        /// Return a tuple containing all the subgroups of the match, from 1.
        groups "($self, /, default=None)" => groups;
        /// Return a dictionary containing all the named subgroups of the match, keyed by the subgroup name.
        groupdict "($self, /, default=None)" => groupdict;
        /// Return index of the start of the substring matched by group.
        start "($self, group=0, /)" => start;
        /// Return index of the end of the substring matched by group.
        end "($self, group=0, /)" => end;
        /// For match object m, return the 2-tuple (m.start(group), m.end(group)).
        span "($self, group=0, /)" => span;
        /// Return the string obtained by doing backslash substitution on the string template, as done by the sub() method.
        expand "($self, /, template)" => expand;
        /// The match itself.
        __copy__ "($self, /)" => itself;
        /// The match itself.
        __deepcopy__ "($self, memo, /)" => itself;
        /// See PEP 585
        class __class_getitem__ "($cls, item, /)" => class_getitem;
    }
}

getsets! {
    static GETSETS = {
        /// The string passed to match() or search().
        string => |vm, value| Ok(this(vm, value)?.text);
        /// The regular expression object.
        re => |vm, value| Ok(this(vm, value)?.pattern);
        /// The index into the string at which the RE engine started looking for a match.
        pos => |vm, value| { let it = this(vm, value)?; clamped(vm, it, it.pos) };
        /// The index into the string beyond which the RE engine will not go.
        endpos => |vm, value| { let it = this(vm, value)?; clamped(vm, it, it.end) };
        /// The integer index of the last matched capturing group.
        lastindex => |vm, value| { let last = last_index(this(vm, value)?); Ok(last.map_or(Value::NONE, |n| vm.int_usize(n))) };
        /// The name of the last matched capturing group.
        lastgroup => lastgroup;
        /// Spans of all groups.
        regs => regs;
    }
}

/// The class of matches.
pub(super) fn add(vm: &mut Vm) -> Type {
    let slots = |s: &Slots| {
        s.repr.set(Some(repr));
        s.getitem.set(Some(getitem));
    };
    let flags = TypeFlags::NO_NEW;
    vm.new_builtin_type(&TypeSpec {
        doc: "The result of re.match() and re.search().",
        slots,
        flags,
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<Match>("re.Match")
    })
}

/// Offset of a group that took no part.
const NOWHERE: u64 = u64::MAX;

/// A match object.
pub(super) fn new(
    vm: &mut Vm,
    pattern: Value,
    text: Text,
    captures: &Captures,
    (pos, end): (i64, i64),
) -> Value {
    let class = super::classes(vm).matching;
    let n_spans = captures.spans.len();
    let last_index = captures.last_index.unwrap_or(0);
    let payload = Match { pattern, text: text.value, n_spans, last_index, pos, end };
    let made = vm.new_payload_with_room(class, payload, n_spans * 16);
    for (place, span) in made.room(n_spans * 2).chunks_exact(2).zip(&captures.spans) {
        let (from, to) = span.map_or((NOWHERE, NOWHERE), |(from, to)| (from as u64, to as u64));
        place[0].set(from);
        place[1].set(to);
    }
    made.value()
}

/// Byte offsets of a group; `None` if it took no part.
fn span_of(it: PayloadRef<Match>, group: usize) -> Option<(usize, usize)> {
    let place = &it.room(it.n_spans * 2)[group * 2..];
    let (from, to) = (place[0].get(), place[1].get());
    (from != NOWHERE).then_some((from as usize, to as usize))
}

fn last_index(it: PayloadRef<Match>) -> Option<usize> {
    Some(it.last_index).filter(|&last| last != 0)
}

fn this(vm: &mut Vm, value: Value) -> R<PayloadRef<Match>> {
    vm.this(value, "method", "re.Match")
}

fn itself(_: &mut Vm, args: &[Value]) -> R {
    Ok(args[0])
}

fn class_getitem(vm: &mut Vm, args: &[Value]) -> R {
    let alias = vm.t.generic_alias.value();
    vm.call_positional(alias, args)
}

fn clamped(vm: &mut Vm, it: PayloadRef<Match>, bound: i64) -> R {
    let text = Text::new(vm, it.text)?;
    Ok(vm.int(bound.clamp(0, text.len() as i64)))
}

fn pattern_of(vm: &mut Vm, it: PayloadRef<Match>) -> R<PayloadRef<Pattern>> {
    pattern::this(vm, it.pattern)
}

/// The number of a group given by number or name.
fn group_number(vm: &mut Vm, it: PayloadRef<Match>, key: Value) -> R<usize> {
    let n_groups = it.n_spans;
    if let Some(number) = key.as_fixnum().and_then(|number| usize::try_from(number).ok())
        && number < n_groups
    {
        return Ok(number);
    }
    let number = if vm.is_int(key) || vm.type_of(key).slots.index.get().is_some() {
        vm.index_clamped(key)?
    } else {
        let index = pattern_of(vm, it)?.groupindex;
        let found = match vm.as_dict(index) {
            Some(dict) => vm.dict_get(dict, key)?,
            None => None,
        };
        found.and_then(|v| vm.as_int(v)).unwrap_or(-1)
    };
    match usize::try_from(number) {
        Ok(number) if number < n_groups => Ok(number),
        _ => Err(no_such_group(vm)),
    }
}

fn no_such_group(vm: &mut Vm) -> Raised {
    vm.index_error("no such group")
}

/// The text of a group.
fn group_text(vm: &mut Vm, it: PayloadRef<Match>, group: usize, default: Value) -> R {
    match span_of(it, group) {
        Some((from, to)) => {
            let text = Text::new(vm, it.text)?;
            let len = text.bytes().len();
            Ok(text.slice(vm, from.min(len), to.min(len)))
        }
        None => Ok(default),
    }
}

fn group(vm: &mut Vm, args: &Args<'_>) -> R {
    let it = this(vm, args.vals[0])?;
    match args.vals.len() {
        1 => group_text(vm, it, 0, Value::NONE),
        2 => group_by_key(vm, it, args.vals[1]),
        _ => {
            let all = vm.new_list();
            for &key in &args.vals[1..] {
                let piece = getitem(vm, args.vals[0], key)?;
                all.push(&mut vm.heap, piece);
            }
            Ok(vm.tuple(all.items()))
        }
    }
}

fn getitem(vm: &mut Vm, value: Value, key: Value) -> R {
    let it = this(vm, value)?;
    group_by_key(vm, it, key)
}

fn group_by_key(vm: &mut Vm, it: PayloadRef<Match>, key: Value) -> R {
    let number = group_number(vm, it, key)?;
    group_text(vm, it, number, Value::NONE)
}

fn groups(vm: &mut Vm, args: &[Value]) -> R {
    let it = this(vm, args[0])?;
    let all = List::new(&mut vm.heap, it.n_spans);
    for at in 1..it.n_spans {
        let piece = group_text(vm, it, at, args[1])?;
        all.push(&mut vm.heap, piece);
    }
    Ok(vm.tuple(all.items()))
}

fn groupdict(vm: &mut Vm, args: &[Value]) -> R {
    let it = this(vm, args[0])?;
    let result = vm.dict();
    let index = pattern_of(vm, it)?.groupindex;
    let names = vm.list_of(index)?;
    for at in 0..names.len() {
        let number = group_number(vm, it, names.at(at))?;
        let piece = group_text(vm, it, number, args[1])?;
        vm.dict_set(result, names.at(at), piece)?;
    }
    Ok(result.value())
}

/// Character positions of a group, (-1, -1) if it took no part.
fn positions(vm: &mut Vm, it: PayloadRef<Match>, group: usize) -> R<(i64, i64)> {
    match span_of(it, group) {
        Some((from, to)) => {
            let text = Text::new(vm, it.text)?;
            Ok((text.index(vm, from) as i64, text.index(vm, to) as i64))
        }
        None => Ok((-1, -1)),
    }
}

fn start(vm: &mut Vm, args: &[Value]) -> R {
    let it = this(vm, args[0])?;
    let group = group_number(vm, it, args[1])?;
    let (from, _) = positions(vm, it, group)?;
    Ok(vm.int(from))
}

fn end(vm: &mut Vm, args: &[Value]) -> R {
    let it = this(vm, args[0])?;
    let group = group_number(vm, it, args[1])?;
    let (_, to) = positions(vm, it, group)?;
    Ok(vm.int(to))
}

fn pair(vm: &mut Vm, it: PayloadRef<Match>, group: usize) -> R {
    let (from, to) = positions(vm, it, group)?;
    let (from, to) = (vm.int(from), vm.int(to));
    Ok(vm.tuple(&[from, to]))
}

fn span(vm: &mut Vm, args: &[Value]) -> R {
    let it = this(vm, args[0])?;
    let group = group_number(vm, it, args[1])?;
    pair(vm, it, group)
}

fn regs(vm: &mut Vm, value: Value) -> R {
    let it = this(vm, value)?;
    let all = vm.new_list();
    for at in 0..it.n_spans {
        let pair = pair(vm, it, at)?;
        all.push(&mut vm.heap, pair);
    }
    Ok(vm.tuple(all.items()))
}

fn lastgroup(vm: &mut Vm, value: Value) -> R {
    let it = this(vm, value)?;
    let Some(last) = last_index(it) else { return Ok(Value::NONE) };
    let pattern = pattern_of(vm, it)?;
    Ok(pattern::group_name(vm, pattern.get(), last))
}

fn expand(vm: &mut Vm, args: &[Value]) -> R {
    let it = this(vm, args[0])?;
    let parts = pattern::parse_template(vm, it.pattern, args[1])?;
    let text = Text::new(vm, it.text)?;
    let mut out = Vec::new();
    let spans: Vec<Option<(usize, usize)>> = (0..it.n_spans).map(|at| span_of(it, at)).collect();
    pattern::expand(vm, &mut out, parts, text, &spans)?;
    text.join(vm, &out)
}

fn repr(vm: &mut Vm, value: Value) -> R {
    let it = this(vm, value)?;
    let (from, to) = positions(vm, it, 0)?;
    let piece = group_text(vm, it, 0, Value::NONE)?;
    let shown = vm.repr_text(piece)?;
    Ok(vm.str(&format!("<re.Match object; span=({from}, {to}), match={shown}>")))
}
