//! Built-in functions that consume an iterable, as Python functions for the case that Python makes its items or compares them.
//!
//! A function written in Rust resumes a generator by a call for each item, and calls the function of a `map` or a `key=`. The
//! same function in Python has a loop, of which compiled code makes one with the body of the generator or function. So with the
//! JIT on, a call of `sum`, `any`, `list`, … with a generator goes to a Python function (`consume.py`), whose frame nobody is
//! shown. Each code that generators or such functions have gets a copy of its own, so that each loop meets one only.
use std::collections::BTreeMap;
use std::sync::Arc;

use haft_bytecode::{Code, Const, flags};
use haft_heap::{Tracer, Value};

use super::load::load_code;
use crate::native::NativeDef;
use crate::object::{
    CodeObject, Dict, Filter, Function, Generator, GeneratorState, Kind, Map, NativeFunction,
    PayloadRef, Str, Type,
};
use crate::vm::{Args, R, Vm};

const SOURCE: &str = include_str!("consume.py");

/// A function there is.
struct Row {
    /// Its name in `consume.py`.
    python: &'static str,
    /// The name of what is called; classes are called like functions.
    name: &'static str,
    /// The module or class of a function, or `class`.
    place: &'static str,
    /// Number of positional arguments, of which the last is the iterable.
    n: usize,
    /// The keyword arguments it may have; the first must be there.
    keywords: &'static [&'static str],
}

const fn row(
    python: &'static str,
    name: &'static str,
    place: &'static str,
    n: usize,
    keywords: &'static [&'static str],
) -> Row {
    Row { python, name, place, n, keywords }
}

const ROWS: &[Row] = &[
    row("sum", "sum", "builtins", 1, &[]),
    row("any", "any", "builtins", 1, &[]),
    row("all", "all", "builtins", 1, &[]),
    row("min", "min", "builtins", 1, &[]),
    row("max", "max", "builtins", 1, &[]),
    row("sorted", "sorted", "builtins", 1, &[]),
    row("list", "list", "class", 1, &[]),
    row("tuple", "tuple", "class", 1, &[]),
    row("set", "set", "class", 1, &[]),
    row("join", "join", "str", 2, &[]),
    row("min_by", "min", "builtins", 1, &["key"]),
    row("max_by", "max", "builtins", 1, &["key"]),
    row("sorted_by", "sorted", "builtins", 1, &["key", "reverse"]),
    row("sort_by", "sort", "list", 1, &["key", "reverse"]),
    // What makes a generator of a `filter`.
    row("filtered", "filtered", "", 2, &[]),
];
const FILTERED: usize = ROWS.len() - 1;

/// Copies of functions that are kept; generators of further code are consumed as without a JIT.
const MOST_COPIES: usize = 256;

/// The functions made so far.
#[derive(Default, Debug)]
pub(crate) struct Consumers {
    /// The module's code, once compiled.
    code: Option<Arc<Code>>,
    /// By number of the function and address of the code that makes or ranks the items, which is kept alive beside it.
    made: BTreeMap<(usize, usize), (PayloadRef<CodeObject>, PayloadRef<Function>)>,
    /// What the functions call besides.
    helpers: Vec<(&'static str, Value)>,
}

impl Consumers {
    /// Report what must live.
    pub(crate) fn trace(&self, tracer: &mut Tracer<'_>) {
        for (code, function) in self.made.values() {
            tracer.obj(code.obj());
            tracer.obj(function.obj());
        }
        for &(_, helper) in &self.helpers {
            tracer.value(helper);
        }
    }
}

/// Is it worth asking [`consumer`]: is the last of the arguments a generator or the like, or are there names?
#[inline(always)]
#[expect(clippy::inline_always, reason = "part of the interpreter's calls")]
pub(crate) fn is_possible(last: Value, names: &[Value]) -> bool {
    let Some(obj) = last.as_ptr() else { return !names.is_empty() };
    obj.kind() == Kind::Generator as u8
        || !names.is_empty()
        || PayloadRef::<Map>::of(obj).is_some()
        || PayloadRef::<Filter>::of(obj).is_some()
}

/// The Python function to call instead of `callee` with these arguments, and what to give it for the last one.
#[cold]
#[inline(never)]
pub(crate) fn consumer(
    vm: &mut Vm,
    callee: Value,
    args: &Args<'_>,
) -> R<Option<(PayloadRef<Function>, Value)>> {
    if vm.jit.is_none() || vm.watched {
        return Ok(None);
    }
    let Some(which) = number_of(vm, callee, args) else { return Ok(None) };
    let (Some(&last), Some(code)) =
        (args.vals.last(), code_of_items(vm, args, ROWS[which].keywords))
    else {
        return Ok(None);
    };
    let Some(function) = copy_of(vm, which, callee, code) else { return Ok(None) };
    let Some(filter) = PayloadRef::<Filter>::of_value(last) else {
        return Ok(Some((function, last)));
    };
    let Some(filtered) = copy_of(vm, FILTERED, Value::NONE, code) else { return Ok(None) };
    let generator = vm.call_positional(filtered.value(), &[filter.function, filter.iter])?;
    Ok(Some((function, generator)))
}

/// The code that makes or ranks each item: of a generator, of the Python function of a `map` or `filter`, of a `key`.
fn code_of_items(vm: &Vm, args: &Args<'_>, keywords: &[&str]) -> Option<PayloadRef<CodeObject>> {
    let code_of =
        |function: Value| PayloadRef::<Function>::of_value(function).map(|f| f.code.get());
    if !args.names.is_empty() {
        let mut key = None;
        for (name, value) in args.keywords() {
            match vm.as_str(name).and_then(Str::as_utf8).filter(|name| keywords.contains(name))? {
                "key" => key = code_of(value),
                _ if value.as_bool().is_some() => {}
                _ => return None,
            }
        }
        return key;
    }
    let last = *args.vals.last()?;
    if let Some(generator) = PayloadRef::<Generator>::of_value(last) {
        let other = flags::COROUTINE | flags::ASYNC_GENERATOR;
        let is_fit = generator.code.get().code.flags & other == 0
            && !matches!(generator.state.get(), GeneratorState::Running | GeneratorState::Closed);
        return is_fit.then_some(generator.code);
    }
    let is_of = |class: &str| vm.type_of(last).native_name.get() == class;
    if let Some(map) = PayloadRef::<Map>::of_value(last) {
        return code_of(map.function).filter(|_| is_of("map"));
    }
    let filter = PayloadRef::<Filter>::of_value(last)?;
    code_of(filter.function).filter(|_| is_of("filter"))
}

/// The copy of function number `which` for items of this code, made if there is room for another.
fn copy_of(
    vm: &mut Vm,
    which: usize,
    original: Value,
    code: PayloadRef<CodeObject>,
) -> Option<PayloadRef<Function>> {
    let key = (which, code.obj().address());
    if let Some((_, function)) = vm.consumers.made.get(&key) {
        return Some(*function);
    }
    if vm.consumers.made.len() >= MOST_COPIES {
        return None;
    }
    let function = make(vm, which, original)?;
    vm.consumers.made.insert(key, (code, function));
    Some(function)
}

/// Number of the function that `callee` is, if it takes such arguments here.
fn number_of(vm: &Vm, callee: Value, args: &Args<'_>) -> Option<usize> {
    let (n, is_plain) = (args.positionals().len(), args.names.is_empty());
    let fits = |row: &Row, name: &str| {
        row.n == n && row.keywords.is_empty() == is_plain && row.name == name
    };
    if let Some(native) = PayloadRef::<NativeFunction>::of_value(callee) {
        if !native.receiver_to_pass().is_absent() {
            return None;
        }
        let which = ROWS.iter().position(|row| fits(row, native.def.name))?;
        let place = match Type::of_value(native.owner.get()) {
            Some(class) => class.native_name.get(),
            None => vm.as_str(native.module.get()).and_then(Str::as_utf8)?,
        };
        return (ROWS[which].place == place).then_some(which);
    }
    let name = Type::of_value(callee)?.native_name.get();
    ROWS.iter().position(|row| fits(row, name) && row.place == "class")
}

/// A new copy of function number `which`, in a namespace of its own.
fn make(vm: &mut Vm, which: usize, original: Value) -> Option<PayloadRef<Function>> {
    if vm.consumers.code.is_none() {
        let options = haft_compiler::Options::new("<built-in>", haft_compiler::Mode::Exec);
        vm.consumers.code = haft_compiler::compile(SOURCE, &options).ok().map(|(code, _)| code);
    }
    let module = vm.consumers.code.clone()?;
    let code = module.consts.iter().find_map(|constant| match constant {
        Const::Code(code) if *code.name == *ROWS[which].python => Some(code),
        _ => None,
    })?;
    let code = load_code(vm, hidden(code)).ok()?;
    let globals = namespace(vm, original);
    let function = vm.make_function(code, globals);
    match ROWS[which].python {
        "sum" => {
            let defaults = vm.tuple(&[Value::small(0)]);
            vm.heap.barrier(function.obj());
            function.defaults.set(defaults);
        }
        "sorted_by" | "sort_by" => {
            let defaults = vm.dict();
            let name = vm.intern("reverse");
            vm.dict_set_name(defaults, name, Value::FALSE);
            vm.heap.barrier(function.obj());
            function.kwdefaults.set(defaults.value());
        }
        _ => {}
    }
    Some(function)
}

/// The code, and what it makes functions of, in frames that nobody is shown.
fn hidden(code: &Code) -> Arc<Code> {
    let mut hidden = Code::clone(code);
    hidden.flags |= flags::HIDDEN;
    for constant in &mut hidden.consts {
        if let Const::Code(inner) = constant {
            *inner = self::hidden(inner);
        }
    }
    Arc::new(hidden)
}

/// What the functions' global names mean, whatever the program has done to the builtins.
fn namespace(vm: &mut Vm, original: Value) -> Dict {
    let globals = vm.dict();
    let t = vm.t;
    let error = vm.exc.value_error.value();
    let helpers = vm.consumers.helpers.clone();
    let entries = [
        ("copy", t.list.value()),
        ("ValueError", error),
        ("type", t.r#type.value()),
        ("int", t.int.value()),
        ("float", t.float.value()),
        ("bool", t.bool.value()),
        ("original", original),
        ("__builtins__", globals.value()),
    ];
    for (name, value) in entries.into_iter().chain(helpers) {
        let name = vm.intern(name);
        vm.dict_set_name(globals, name, value);
    }
    globals
}

impl Vm {
    /// Functions that those of `consume.py` call, by the names they have there.
    pub fn help_consumers(&mut self, defs: &'static [NativeDef]) {
        for def in defs {
            let function = self.native_function(def, Value::ABSENT, Value::NONE);
            self.consumers.helpers.push((def.name, function));
        }
    }
    /// The frame with this index, or the next one below that is shown.
    pub fn shown_frame(&self, mut index: usize) -> usize {
        while index > 0 && self.stack.frames[index].code.code.flags & flags::HIDDEN != 0 {
            index -= 1;
        }
        index
    }
    /// Index of the frame `depth` calls below the innermost one, of those that are shown.
    pub fn frame_below(&self, depth: usize) -> Option<usize> {
        let is_shown = |at: &usize| self.stack.frames[*at].code.code.flags & flags::HIDDEN == 0;
        (0..self.stack.frames.len()).rev().filter(is_shown).nth(depth)
    }
}
