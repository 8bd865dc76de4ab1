//! Functions of modules and methods of classes.
use haft_core::native::{ForeignFunction, NativeCall, NativeDef, NativeFlags};
use haft_core::object::{Module, NativeFunction};
use haft_hpy_abi::definition::Method;
use haft_hpy_abi::typed::Typed;
use haft_hpy_abi::{Cx, HPy, Signature};

use super::Found;
use super::invoke::invoke;
use crate::handle::{borrowed, taken};
use crate::prelude::*;

/// One function; never freed, as the code that it is.
pub(crate) struct FunctionData {
    /// The C function and its context.
    pub(crate) found: Found,
    /// The form of its arguments.
    pub(crate) signature: Signature,
    /// The native function behind it.
    pub(crate) typed: Option<Typed>,
}

/// The row of a native function for a definition.
pub(crate) fn row(vm: &mut Vm, cx: Cx, method: &Method) -> &'static NativeDef {
    let state = state(vm);
    let name = state.forever(&method.name.to_string_lossy());
    let doc = method.doc.map_or("", |doc| state.forever(&doc.to_string_lossy()));
    let (mut sig, doc) = split_doc(name, doc);
    if sig.is_empty() {
        sig = usual_signature(method.signature);
    }
    let data = FunctionData {
        found: Found { cx, function: method.function },
        signature: method.signature,
        typed: state.typed(method.def).filter(|_| cx.inner().is_none()),
    };
    let call: ForeignFunction = match method.signature {
        Signature::NoArgs => no_args,
        Signature::O => one_arg,
        Signature::Varargs => varargs,
        _ => keywords,
    };
    let data = std::ptr::from_ref(Box::leak(Box::new(data))).expose_provenance();
    let call = NativeCall::Foreign(call, data);
    let row = NativeDef { name, sig, doc, call, flags: NativeFlags::Method };
    Box::leak(Box::new(row))
}

/// The text signature that a docstring begins with, as CPython finds it, and the rest; no signature if there is none.
pub(crate) fn split_doc<'a>(name: &str, doc: &'a str) -> (&'a str, &'a str) {
    const END: &str = ")\n--\n\n";
    let signature = doc.strip_prefix(name).filter(|rest| rest.starts_with('('));
    match signature.and_then(|rest| rest.find(END).map(|at| (rest, at))) {
        Some((rest, at)) => (&rest[..=at], &rest[at + END.len()..]),
        None => ("", doc),
    }
}

/// The text signature of a function whose docstring has none.
fn usual_signature(signature: Signature) -> &'static str {
    match signature {
        Signature::NoArgs => "($self, /)",
        Signature::O => "($self, object, /)",
        _ => "",
    }
}

/// What a row made here stands for.
pub(crate) fn data_of(def: &NativeDef) -> Option<&'static FunctionData> {
    let NativeCall::Foreign(call, data) = def.call else { return None };
    let ours: [ForeignFunction; 4] = [no_args, one_arg, varargs, keywords];
    if !ours.iter().any(|&ours| std::ptr::fn_addr_eq(ours, call)) {
        return None;
    }
    let data = std::ptr::with_exposed_provenance::<FunctionData>(data);
    // SAFETY: see `data`.
    Some(unsafe { &*data })
}

#[inline]
fn data<'a>(function: PayloadRef<NativeFunction>) -> &'a FunctionData {
    let NativeCall::Foreign(_, data) = function.get().def.call else {
        unreachable!("called through its row")
    };
    let data = std::ptr::with_exposed_provenance::<FunctionData>(data);
    // SAFETY: rows with the functions of this file are made by `row` only, with the address of data that lives forever.
    unsafe { &*data }
}

/// The object that a function is called on, and the values of the arguments.
#[inline]
fn receiver<'a>(
    vm: &mut Vm,
    function: PayloadRef<NativeFunction>,
    receiver: Value,
    args: &Args<'a>,
) -> R<(Value, &'a [Value])> {
    match matching(vm, function, receiver, args) {
        Some(found) => Ok(found),
        None => Err(wrong_receiver(vm, function, args)),
    }
}

/// The same; `None` if it is called on no object of its class.
#[inline]
pub(super) fn matching<'a>(
    vm: &Vm,
    function: PayloadRef<NativeFunction>,
    receiver: Value,
    args: &Args<'a>,
) -> Option<(Value, &'a [Value])> {
    if !receiver.is_absent() {
        return Some((receiver, args.vals));
    }
    let (&this, rest) = args.vals.split_first().filter(|_| args.n_positional() > 0)?;
    let owner = function.owner.get().as_ptr()?;
    is_subtype(vm.type_of(this), owner).then_some((this, rest))
}

#[cold]
fn wrong_receiver(vm: &mut Vm, function: PayloadRef<NativeFunction>, args: &Args<'_>) -> Raised {
    let name = function.def.name;
    let owner = Type::of_value(function.owner.get());
    match args.vals.first().filter(|_| args.n_positional() > 0) {
        Some(&this) => {
            let owner = owner.map_or_else(String::new, |owner| owner.shown_name());
            let given = vm.type_name(this);
            vm.type_error(format!(
                "descriptor '{name}' for '{owner}' objects doesn't apply to a '{given}' object"
            ))
        }
        None => {
            let owner = owner.map_or_else(String::new, |owner| owner.name_text());
            vm.type_error(format!("unbound method {owner}.{name}() needs an argument"))
        }
    }
}

/// How messages call a function: `Class.name()` or `module.name()`.
fn shown(vm: &mut Vm, function: PayloadRef<NativeFunction>) -> String {
    let name = function.def.name;
    if let Some(owner) = Type::of_value(function.owner.get()) {
        return format!("{}.{name}()", owner.name_text());
    }
    match vm.as_str(function.module.get()) {
        Some(module) => format!("{}.{name}()", module.to_text()),
        None => format!("{name}()"),
    }
}

#[cold]
fn no_keywords(vm: &mut Vm, function: PayloadRef<NativeFunction>) -> Raised {
    let shown = shown(vm, function);
    vm.type_error(format!("{shown} takes no keyword arguments"))
}

#[cold]
fn wrong_number(
    vm: &mut Vm,
    function: PayloadRef<NativeFunction>,
    wanted: &str,
    given: usize,
) -> Raised {
    let shown = shown(vm, function);
    vm.type_error(format!("{shown} takes {wanted} ({given} given)"))
}

fn no_args(vm: &mut Vm, function: PayloadRef<NativeFunction>, bound: Value, args: &Args<'_>) -> R {
    let (this, rest) = receiver(vm, function, bound, args)?;
    if !args.names.is_empty() {
        return Err(no_keywords(vm, function));
    }
    if !rest.is_empty() {
        return Err(wrong_number(vm, function, "no arguments", rest.len()));
    }
    let found = data(function).found;
    let result = invoke!(vm, found, NoArgs(self_: borrowed(this)), HPy::NULL);
    taken(vm, result)
}

fn one_arg(vm: &mut Vm, function: PayloadRef<NativeFunction>, bound: Value, args: &Args<'_>) -> R {
    let (this, rest) = receiver(vm, function, bound, args)?;
    if !args.names.is_empty() {
        return Err(no_keywords(vm, function));
    }
    let &[arg] = rest else {
        return Err(wrong_number(vm, function, "exactly one argument", rest.len()));
    };
    let found = data(function).found;
    let result = invoke!(vm, found, O(self_: borrowed(this), arg: borrowed(arg)), HPy::NULL);
    taken(vm, result)
}

fn varargs(vm: &mut Vm, function: PayloadRef<NativeFunction>, bound: Value, args: &Args<'_>) -> R {
    let (this, rest) = receiver(vm, function, bound, args)?;
    if !args.names.is_empty() {
        return Err(no_keywords(vm, function));
    }
    let found = data(function).found;
    let handles: *const HPy = rest.as_ptr().cast();
    let result = invoke!(
        vm,
        found,
        Varargs(self_: borrowed(this), args: handles, nargs: rest.len()),
        HPy::NULL
    );
    taken(vm, result)
}

fn keywords(vm: &mut Vm, function: PayloadRef<NativeFunction>, bound: Value, args: &Args<'_>) -> R {
    let (this, rest) = receiver(vm, function, bound, args)?;
    let found = data(function).found;
    with_keywords(vm, found, this, &Args { vals: rest, names: args.names })
}

/// Call a function that takes the names of keyword arguments as a tuple.
pub(super) fn with_keywords(vm: &mut Vm, found: Found, this: Value, args: &Args<'_>) -> R {
    let kwnames = if args.names.is_empty() { Value::ABSENT } else { vm.tuple(args.names) };
    let (handles, nargs) = (args.vals.as_ptr().cast(), args.n_positional());
    let result = invoke!(
        vm,
        found,
        Keywords(self_: borrowed(this), args: handles, nargsf: nargs, kwnames: borrowed(kwnames)),
        HPy::NULL
    );
    taken(vm, result)
}

/// Put the functions of a module into its namespace; their `self` is the module.
pub(crate) fn add_all(vm: &mut Vm, cx: Cx, module: PayloadRef<Module>, methods: &[Method]) {
    let name = vm.dict_get_name(module.dict, vm.names.__name__).unwrap_or(Value::ABSENT);
    for method in methods {
        let row = row(vm, cx, method);
        let class = vm.t.native_function;
        let function = vm.native_function_of(class, row, module.value(), Value::ABSENT, name);
        vm.dict_set_str(module.dict, row.name, function);
    }
}

#[cfg(test)]
mod tests {
    use super::split_doc;

    #[test]
    fn text_signatures() {
        assert_eq!(split_doc("f", "f($self, x)\n--\n\nDoes it."), ("($self, x)", "Does it."));
        assert_eq!(split_doc("f", "g($self)\n--\n\nDoes it."), ("", "g($self)\n--\n\nDoes it."));
        assert_eq!(split_doc("f", "f of x"), ("", "f of x"));
        assert_eq!(split_doc("f", ""), ("", ""));
    }
}
