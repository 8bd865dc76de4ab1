//! Built-in functions that consume an iterable, as Python functions for the case that it is a generator.
//!
//! A function written in Rust resumes a generator by a call for each item. The same function in Python has a loop, of which
//! compiled code makes one with the body of the generator. So with the JIT on, a call of `sum`, `any`, `list`, … with a
//! generator goes to a Python function (`consume.py`), whose frame nobody is shown. Each code that generators have gets
//! a copy of the function of its own, so that each loop meets one kind of generator only.
use std::collections::BTreeMap;
use std::sync::Arc;

use haft_bytecode::{Code, Const, flags};
use haft_heap::{Tracer, Value};

use super::load::load_code;
use crate::object::{
    CodeObject, Dict, Function, Generator, GeneratorState, Kind, NativeFunction, PayloadRef, Type,
};
use crate::vm::{Args, Vm};

const SOURCE: &str = include_str!("consume.py");

/// The functions there are; classes are called like functions.
const NAMES: &[&str] = &["sum", "any", "all", "list", "tuple", "set", "min", "max", "join"];

/// Copies of functions that are kept; generators of further code are consumed as without a JIT.
const MOST_COPIES: usize = 256;

/// The functions made so far.
#[derive(Default, Debug)]
pub(crate) struct Consumers {
    /// The module's code, once compiled.
    code: Option<Arc<Code>>,
    /// By number of the function and address of the generators' code, which is kept alive beside it.
    made: BTreeMap<(usize, usize), (PayloadRef<CodeObject>, PayloadRef<Function>)>,
}

impl Consumers {
    /// Report what must live.
    pub(crate) fn trace(&self, tracer: &mut Tracer<'_>) {
        for (code, function) in self.made.values() {
            tracer.obj(code.obj());
            tracer.obj(function.obj());
        }
    }
}

/// Is it worth asking [`consumer`]: is the last of the arguments a generator?
#[inline(always)]
#[expect(clippy::inline_always, reason = "part of the interpreter's calls")]
pub(crate) fn is_generator(value: Value) -> bool {
    value.as_ptr().is_some_and(|obj| obj.kind() == Kind::Generator as u8)
}

/// The Python function to call instead of `callee` with these arguments.
#[cold]
#[inline(never)]
pub(crate) fn consumer(
    vm: &mut Vm,
    callee: Value,
    args: &Args<'_>,
) -> Option<PayloadRef<Function>> {
    if vm.jit.is_none() || vm.watched || !args.names.is_empty() {
        return None;
    }
    let which = number_of(vm, callee, args.vals.len())?;
    let generator =
        PayloadRef::<Generator>::of_value(*args.vals.get(usize::from(NAMES[which] == "join"))?)?;
    let other = flags::COROUTINE | flags::ASYNC_GENERATOR;
    if generator.code.get().code.flags & other != 0
        || matches!(generator.state.get(), GeneratorState::Running | GeneratorState::Closed)
    {
        return None;
    }
    let key = (which, generator.code.obj().address());
    if let Some((_, function)) = vm.consumers.made.get(&key) {
        return Some(*function);
    }
    if vm.consumers.made.len() >= MOST_COPIES {
        return None;
    }
    let function = make(vm, which, callee)?;
    vm.consumers.made.insert(key, (generator.code, function));
    Some(function)
}

/// Number of the function that `callee` is, if it takes `n` arguments here.
fn number_of(vm: &Vm, callee: Value, n: usize) -> Option<usize> {
    let (name, place) = if let Some(native) = PayloadRef::<NativeFunction>::of_value(callee) {
        if !native.receiver_to_pass().is_absent() {
            return None;
        }
        let place = match Type::of_value(native.owner.get()) {
            Some(class) => class.native_name.get(),
            None => vm.as_str(native.module.get()).and_then(crate::object::Str::as_utf8)?,
        };
        (native.def.name, place)
    } else {
        (Type::of_value(callee)?.native_name.get(), "class")
    };
    let fits = match name {
        "sum" | "any" | "all" | "min" | "max" => place == "builtins" && n == 1,
        "list" | "tuple" | "set" => place == "class" && n == 1,
        "join" => place == "str" && n == 2,
        _ => false,
    };
    fits.then(|| NAMES.iter().position(|known| *known == name)).flatten()
}

/// A new copy of function number `which`, in a namespace of its own.
fn make(vm: &mut Vm, which: usize, original: Value) -> Option<PayloadRef<Function>> {
    if vm.consumers.code.is_none() {
        let options = haft_compiler::Options::new("<built-in>", haft_compiler::Mode::Exec);
        vm.consumers.code = haft_compiler::compile(SOURCE, &options).ok().map(|(code, _)| code);
    }
    let module = vm.consumers.code.clone()?;
    let code = module.consts.iter().find_map(|constant| match constant {
        Const::Code(code) if *code.name == *NAMES[which] => Some(code),
        _ => None,
    })?;
    let mut hidden = Code::clone(code);
    hidden.flags |= flags::HIDDEN;
    let code = load_code(vm, Arc::new(hidden)).ok()?;
    let globals = namespace(vm, original);
    let function = vm.make_function(code, globals);
    if NAMES[which] == "sum" {
        let defaults = vm.tuple(&[Value::small(0)]);
        function.defaults.set(defaults);
    }
    Some(function)
}

/// What the functions' global names mean, whatever the program has done to the builtins.
fn namespace(vm: &mut Vm, original: Value) -> Dict {
    let globals = vm.dict();
    let t = vm.t;
    let entries = [
        ("type", t.r#type.value()),
        ("int", t.int.value()),
        ("float", t.float.value()),
        ("bool", t.bool.value()),
        ("original", original),
        ("__builtins__", globals.value()),
    ];
    for (name, value) in entries {
        let name = vm.intern(name);
        vm.dict_set_name(globals, name, value);
    }
    globals
}

impl Vm {
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
