//! `re.Match`.
use haft_core::object::{NoTrace, PayloadRef, Slots, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Raised, Value, Vm, getsets, natives, payload};
use haft_sre::Captures;

use super::pattern::{self, Pattern};
use super::subject::Text;

payload! {
    /// A match; spans are byte offsets.
    pub(super) struct Match {
        pattern: Value,
        text: Value,
        captures: NoTrace<Captures>,
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
        pos => |vm, value| { let it = this(vm, value)?; clamped(vm, it.get(), it.pos) };
        /// The index into the string beyond which the RE engine will not go.
        endpos => |vm, value| { let it = this(vm, value)?; clamped(vm, it.get(), it.end) };
        /// The integer index of the last matched capturing group.
        lastindex => |vm, value| { let last = this(vm, value)?.captures.last_index; Ok(last.map_or(Value::NONE, |n| vm.int_usize(n))) };
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

/// A match object.
pub(super) fn new(
    vm: &mut Vm,
    pattern: Value,
    text: Text,
    captures: Captures,
    bounds: (i64, i64),
) -> Value {
    let class = super::classes(vm).matching;
    vm.new_payload(
        class,
        Match {
            pattern,
            text: text.value,
            captures: NoTrace(captures),
            pos: bounds.0,
            end: bounds.1,
        },
    )
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

fn clamped(vm: &mut Vm, it: &Match, bound: i64) -> R {
    let text = Text::new(vm, it.text)?;
    Ok(vm.int(bound.clamp(0, text.len() as i64)))
}

fn pattern_of(vm: &mut Vm, it: &Match) -> R<PayloadRef<Pattern>> {
    pattern::this(vm, it.pattern)
}

/// The number of a group given by number or name.
fn group_number(vm: &mut Vm, it: &Match, key: Value) -> R<usize> {
    let n_groups = it.captures.spans.len();
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
fn group_text(vm: &mut Vm, it: &Match, group: usize, default: Value) -> R {
    match it.captures.spans[group] {
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
        1 => group_text(vm, it.get(), 0, Value::NONE),
        2 => getitem(vm, args.vals[0], args.vals[1]),
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
    let number = group_number(vm, it.get(), key)?;
    group_text(vm, it.get(), number, Value::NONE)
}

fn groups(vm: &mut Vm, args: &[Value]) -> R {
    let it = this(vm, args[0])?;
    let all = vm.new_list();
    for at in 1..it.captures.spans.len() {
        let piece = group_text(vm, it.get(), at, args[1])?;
        all.push(&mut vm.heap, piece);
    }
    Ok(vm.tuple(all.items()))
}

fn groupdict(vm: &mut Vm, args: &[Value]) -> R {
    let it = this(vm, args[0])?;
    let result = vm.dict();
    let index = pattern_of(vm, it.get())?.groupindex;
    let names = vm.list_of(index)?;
    for at in 0..names.len() {
        let number = group_number(vm, it.get(), names.at(at))?;
        let piece = group_text(vm, it.get(), number, args[1])?;
        vm.dict_set(result, names.at(at), piece)?;
    }
    Ok(result.value())
}

/// Character positions of a group, (-1, -1) if it took no part.
fn positions(vm: &mut Vm, it: &Match, group: usize) -> R<(i64, i64)> {
    match it.captures.spans[group] {
        Some((from, to)) => {
            let text = Text::new(vm, it.text)?;
            Ok((text.index(vm, from) as i64, text.index(vm, to) as i64))
        }
        None => Ok((-1, -1)),
    }
}

fn start(vm: &mut Vm, args: &[Value]) -> R {
    let it = this(vm, args[0])?;
    let group = group_number(vm, it.get(), args[1])?;
    let (from, _) = positions(vm, it.get(), group)?;
    Ok(vm.int(from))
}

fn end(vm: &mut Vm, args: &[Value]) -> R {
    let it = this(vm, args[0])?;
    let group = group_number(vm, it.get(), args[1])?;
    let (_, to) = positions(vm, it.get(), group)?;
    Ok(vm.int(to))
}

fn pair(vm: &mut Vm, it: &Match, group: usize) -> R {
    let (from, to) = positions(vm, it, group)?;
    let (from, to) = (vm.int(from), vm.int(to));
    Ok(vm.tuple(&[from, to]))
}

fn span(vm: &mut Vm, args: &[Value]) -> R {
    let it = this(vm, args[0])?;
    let group = group_number(vm, it.get(), args[1])?;
    pair(vm, it.get(), group)
}

fn regs(vm: &mut Vm, value: Value) -> R {
    let it = this(vm, value)?;
    let all = vm.new_list();
    for at in 0..it.captures.spans.len() {
        let pair = pair(vm, it.get(), at)?;
        all.push(&mut vm.heap, pair);
    }
    Ok(vm.tuple(all.items()))
}

fn lastgroup(vm: &mut Vm, value: Value) -> R {
    let it = this(vm, value)?;
    let Some(last) = it.captures.last_index else { return Ok(Value::NONE) };
    let pattern = pattern_of(vm, it.get())?;
    Ok(pattern::group_name(vm, pattern.get(), last))
}

fn expand(vm: &mut Vm, args: &[Value]) -> R {
    let it = this(vm, args[0])?;
    let parts = pattern::parse_template(vm, it.pattern, args[1])?;
    let text = Text::new(vm, it.text)?;
    let mut out = Vec::new();
    pattern::expand(vm, &mut out, parts, text, &it.get().captures.spans)?;
    text.join(vm, &out)
}

fn repr(vm: &mut Vm, value: Value) -> R {
    let it = this(vm, value)?;
    let (from, to) = positions(vm, it.get(), 0)?;
    let piece = group_text(vm, it.get(), 0, Value::NONE)?;
    let shown = vm.repr_text(piece)?;
    Ok(vm.str(&format!("<re.Match object; span=({from}, {to}), match={shown}>")))
}
