//! Calling a native function: arguments to parameters, with CPython's errors.
use haft_heap::Value;

use super::{Default_, NativeCall, Signature};
use crate::object::{Dict, NativeFunction, PayloadRef, Str, Tuple, Type};
use crate::vm::{Args, R, Raised, Vm};

/// Largest number of parameters of a native function.
const MAX_PARAMS: usize = 24;
/// Parameters of most native functions.
const FEW_PARAMS: usize = 6;

/// Call a native function. `receiver` (or ABSENT) goes before the arguments.
pub fn call_native(
    vm: &mut Vm,
    function: PayloadRef<NativeFunction>,
    receiver: Value,
    args: &Args<'_>,
) -> R {
    vm.check_native_depth()?;
    if let NativeCall::Foreign(call, _) = function.def.call {
        return call(vm, function, receiver, args);
    }
    match function.def.call {
        NativeCall::Foreign(call, _) => call(vm, function, receiver, args),
        NativeCall::Raw(call) => {
            if receiver.is_absent() {
                call(vm, args)
            } else {
                let all = vm.prepend(receiver, args.vals);
                call(vm, &Args { vals: all.items(), names: args.names })
            }
        }
        NativeCall::RawSlot(call) => {
            let owner = slot_owner(function);
            if receiver.is_absent() {
                call(vm, owner, args)
            } else {
                let all = vm.prepend(receiver, args.vals);
                call(vm, owner, &Args { vals: all.items(), names: args.names })
            }
        }
        NativeCall::Slot(call) => {
            if fits_as_it_is(function, receiver, args) {
                return call(vm, slot_owner(function), args.vals);
            }
            let mut values = [Value::ABSENT; MAX_PARAMS];
            let n = bind(vm, function, receiver, args, &mut values)?;
            call(vm, slot_owner(function), &values[..n])
        }
        NativeCall::Bound(call) => {
            if fits_as_it_is(function, receiver, args) {
                return call(vm, args.vals);
            }
            if n_params(function) <= FEW_PARAMS {
                let mut values = [Value::ABSENT; FEW_PARAMS + 2];
                let n = bind(vm, function, receiver, args, &mut values)?;
                return call(vm, &values[..n]);
            }
            let mut values = [Value::ABSENT; MAX_PARAMS];
            let n = bind(vm, function, receiver, args, &mut values)?;
            call(vm, &values[..n])
        }
    }
}

/// Are the arguments of a call one value per parameter already?
#[inline]
fn fits_as_it_is(function: PayloadRef<NativeFunction>, receiver: Value, args: &Args<'_>) -> bool {
    let plain = receiver.is_absent() && args.names.is_empty();
    plain && function.get().signature().is_simple && args.vals.len() == n_params(function)
}

/// The values that a native function gets for these arguments, if its call needs nothing else. `None`: it does, or they do
/// not fit.
pub(crate) fn direct_call(
    vm: &mut Vm,
    function: PayloadRef<NativeFunction>,
    args: &[Value],
) -> Option<Vec<Value>> {
    if !function.receiver_to_pass().is_absent() {
        return None;
    }
    if let NativeCall::Raw(_) = function.def.call {
        return Some(args.to_vec());
    }
    let sig = function.get().signature();
    let optional = sig.params[sig.n_positional..].iter().all(|p| p.default != Default_::Required);
    let fits = matches!(function.def.call, NativeCall::Bound(_))
        && !(sig.has_varargs || sig.has_kwargs)
        && optional
        && (sig.n_required()..=sig.n_positional).contains(&args.len());
    if !fits || n_params(function) > FEW_PARAMS {
        return None;
    }
    let mut values = [Value::ABSENT; FEW_PARAMS + 2];
    let args = Args::positional(args);
    let n = bind(vm, function, Value::ABSENT, &args, &mut values).ok()?;
    // A default may be an object, a new one each time, but none that changes.
    Some(values[..n].to_vec())
}

#[inline]
fn n_params(function: PayloadRef<NativeFunction>) -> usize {
    function.get().signature().params.len()
}

fn slot_owner(function: PayloadRef<NativeFunction>) -> Type {
    Type::of_value(function.owner.get())
        .expect("slot wrappers are made with the class they belong to")
}

/// Put the arguments of a call into `out`, one per parameter; the number of parameters.
fn bind(
    vm: &mut Vm,
    function: PayloadRef<NativeFunction>,
    receiver: Value,
    args: &Args<'_>,
    out: &mut [Value],
) -> R<usize> {
    let sig = function.get().signature();
    let n_given = args.n_positional();
    let first = usize::from(!receiver.is_absent());
    if first == 1 {
        out[0] = receiver;
    }
    let n_params = sig.params.len();
    if !args.names.is_empty() {
        check_total(vm, function, sig, n_given + first, args.names.len())?;
    }
    let simple = sig.is_simple && args.names.is_empty();
    if simple && first + n_given <= n_params {
        out[first..first + n_given].copy_from_slice(args.vals);
        if first + n_given < n_params {
            fill_defaults(vm, function, sig, first + n_given, out)?;
        }
        return Ok(n_params);
    }
    let n_placed = (sig.n_positional - first.min(sig.n_positional)).min(n_given);
    out[first..first + n_placed].copy_from_slice(&args.vals[..n_placed]);
    let mut extra = None;
    if n_given > n_placed {
        if !sig.has_varargs {
            return Err(arity_error(vm, function, sig, n_given + first));
        }
        extra = Some(vm.tuple(&args.vals[n_placed..n_given]));
    }
    let kwargs = bind_keywords(vm, function, sig, args, out)?;
    fill_defaults(vm, function, sig, first + n_given, out)?;
    let mut n = n_params;
    if sig.has_varargs {
        // `*args` stands where it is written: behind the positional parameters.
        out.copy_within(sig.n_positional..n_params, sig.n_positional + 1);
        out[sig.n_positional] = match extra {
            Some(tuple) => tuple,
            None => vm.tuple(&[]),
        };
        n += 1;
    }
    if sig.has_kwargs {
        out[n] = match kwargs {
            Some(dict) => dict.value(),
            None => vm.dict().value(),
        };
        n += 1;
    }
    Ok(n)
}

/// TypeError if there are more arguments, with and without names, than parameters.
fn check_total(
    vm: &mut Vm,
    function: PayloadRef<NativeFunction>,
    sig: &Signature,
    n_given: usize,
    n_named: usize,
) -> R<()> {
    let takes_keywords = sig.params.len() > sig.n_positional_only;
    let n_params = sig.params.len();
    if !takes_keywords || sig.has_varargs || sig.has_kwargs || n_given + n_named <= n_params {
        return Ok(());
    }
    let selfs = usize::from(sig.has_self);
    let (most, given) = (n_params - selfs, (n_given + n_named).saturating_sub(selfs));
    let all_required = sig.params.iter().all(|param| param.default == Default_::Required);
    let word = if all_required { "exactly" } else { "at most" };
    let what = if n_given <= selfs { "keyword argument" } else { "argument" };
    let plural = if most == 1 { "" } else { "s" };
    let shown = function.get().display_name();
    Err(vm.type_error(format!("{shown}() takes {word} {most} {what}{plural} ({given} given)")))
}

fn bind_keywords(
    vm: &mut Vm,
    function: PayloadRef<NativeFunction>,
    sig: &Signature,
    args: &Args<'_>,
    out: &mut [Value],
) -> R<Option<Dict>> {
    let mut kwargs = None;
    for (name, value) in args.keywords() {
        let text = name.as_ptr().and_then(Str::of).map_or(&b""[..], Str::bytes);
        let at = sig
            .params
            .iter()
            .position(|p| p.name.as_bytes() == text)
            .filter(|&i| i >= sig.n_positional_only);
        match at {
            Some(at) if !out[at].is_absent() => {
                let name = String::from_utf8_lossy(text);
                if function.get().is_as_in_python() {
                    let shown = function.get().qualified_name();
                    return Err(vm.type_error(format!(
                        "{shown}() got multiple values for argument '{name}'"
                    )));
                }
                let (shown, pos) =
                    (function.get().display_name(), at + 1 - usize::from(sig.has_self));
                return Err(vm.type_error(format!(
                    "argument for {shown}() given by name ('{name}') and position ({pos})"
                )));
            }
            Some(at) => out[at] = value,
            None if sig.has_kwargs => {
                let dict = *kwargs.get_or_insert_with(|| vm.dict());
                vm.dict_set(dict, name, value)?;
            }
            None => return Err(keyword_error(vm, function, sig, text)),
        }
    }
    Ok(kwargs)
}

fn keyword_error(
    vm: &mut Vm,
    function: PayloadRef<NativeFunction>,
    sig: &Signature,
    name: &[u8],
) -> Raised {
    let shown = function.get().shown_name();
    let takes_keywords = sig.params.len() > sig.n_positional_only;
    let message = if takes_keywords {
        format!("{shown}() got an unexpected keyword argument '{}'", String::from_utf8_lossy(name))
    } else {
        format!("{}() takes no keyword arguments", function.get().qualified_name())
    };
    vm.type_error(message)
}

fn fill_defaults(
    vm: &mut Vm,
    function: PayloadRef<NativeFunction>,
    sig: &Signature,
    n_given: usize,
    out: &mut [Value],
) -> R<()> {
    for (at, param) in sig.params.iter().enumerate() {
        if !out[at].is_absent() {
            continue;
        }
        out[at] = match &param.default {
            Default_::Required if function.get().is_as_in_python() => {
                return Err(missing_arguments(vm, function, sig, out));
            }
            Default_::Required if sig.n_positional_only == sig.params.len() => {
                return Err(arity_error(vm, function, sig, n_given));
            }
            Default_::Required if at < sig.n_positional_only => {
                return Err(positional_only_error(vm, function, sig, n_given));
            }
            Default_::Required => {
                let shown = function.get().display_name();
                let pos = at + 1 - usize::from(sig.has_self);
                let what = if at < sig.n_positional {
                    format!("'{}' (pos {pos})", param.name)
                } else {
                    format!("'{}'", param.name)
                };
                let kind = if at < sig.n_positional { "argument" } else { "keyword-only argument" };
                return Err(vm.type_error(format!("{shown}() missing required {kind} {what}")));
            }
            Default_::Absent => Value::ABSENT,
            Default_::None => Value::NONE,
            Default_::Bool(b) => Value::bool(*b),
            Default_::Int(i64::MAX) => vm.largest,
            Default_::Int(i) => vm.int(*i),
            Default_::Float(x) => vm.float(*x),
            Default_::Str(text) => vm.str(text),
            Default_::Bytes(text) => vm.bytes(text.as_bytes()),
            Default_::EmptyTuple => vm.tuple(&[]),
        };
    }
    Ok(())
}

/// The TypeError of missing arguments, as for a function written in Python.
fn missing_arguments(
    vm: &mut Vm,
    function: PayloadRef<NativeFunction>,
    sig: &Signature,
    given: &[Value],
) -> Raised {
    let is_missing = |(at, param): &(usize, &super::Parameter)| {
        given[*at].is_absent() && param.default == Default_::Required
    };
    let names: Vec<String> = sig.params[..sig.n_positional]
        .iter()
        .enumerate()
        .filter(is_missing)
        .map(|(_, param)| format!("'{}'", param.name))
        .collect();
    let listed = match &names[..] {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [head @ .., last] => format!("{}, and {last}", head.join(", ")),
    };
    let (shown, n) = (function.get().qualified_name(), names.len());
    let plural = if n == 1 { "" } else { "s" };
    vm.type_error(format!("{shown}() missing {n} required positional argument{plural}: {listed}"))
}

/// The TypeError of too few positional arguments for a function that also takes arguments by keyword.
fn positional_only_error(
    vm: &mut Vm,
    function: PayloadRef<NativeFunction>,
    sig: &Signature,
    n_given: usize,
) -> Raised {
    let selfs = usize::from(sig.has_self);
    let least = sig.n_required().min(sig.n_positional_only) - selfs;
    let word = if least < sig.n_positional - selfs { "at least" } else { "exactly" };
    let plural = if least == 1 { "" } else { "s" };
    let (shown, given) = (function.get().shown_name(), n_given.saturating_sub(selfs));
    vm.type_error(format!(
        "{shown}() takes {word} {least} positional argument{plural} ({given} given)"
    ))
}

/// The TypeError of a wrong number of arguments, as CPython words it for each calling convention.
fn arity_error(
    vm: &mut Vm,
    function: PayloadRef<NativeFunction>,
    sig: &Signature,
    n_given: usize,
) -> Raised {
    let selfs = usize::from(sig.has_self);
    if function.get().is_as_in_python() {
        let (min, max) = (sig.n_required(), sig.n_positional);
        let range = if min == max { String::new() } else { format!("from {min} to ") };
        let (plural, were) =
            (if max == 1 { "" } else { "s" }, if n_given == 1 { "was" } else { "were" });
        let shown = function.get().qualified_name();
        return vm.type_error(format!(
            "{shown}() takes {range}{max} positional argument{plural} but {n_given} {were} given"
        ));
    }
    if n_given < selfs {
        let text =
            format!("unbound method {}() needs an argument", function.get().qualified_name());
        return vm.type_error(text);
    }
    let given = n_given - selfs;
    let (min, max) = (sig.n_required().saturating_sub(selfs), sig.n_positional - selfs);
    let shown = function.get().display_name();
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    let message = if sig.params.len() > sig.n_positional_only {
        let what =
            if sig.params.len() > sig.n_positional { "positional argument" } else { "argument" };
        let (word, n) = if min == max {
            ("exactly", max)
        } else if given < min {
            ("at least", min)
        } else {
            ("at most", max)
        };
        if max == 0 {
            format!("{shown}() takes no positional arguments")
        } else {
            format!("{shown}() takes {word} {n} {what}{} ({given} given)", plural(n))
        }
    } else if max == 0 {
        format!("{}() takes no arguments ({given} given)", function.get().qualified_name())
    } else if min == 1 && max == 1 {
        format!("{}() takes exactly one argument ({given} given)", function.get().qualified_name())
    } else if min == max {
        format!("{shown} expected {max} argument{}, got {given}", plural(max))
    } else if given < min {
        format!("{shown} expected at least {min} argument{}, got {given}", plural(min))
    } else {
        format!("{shown} expected at most {max} argument{}, got {given}", plural(max))
    };
    vm.type_error(message)
}

impl NativeFunction {
    /// The name in most messages.
    pub fn display_name(&self) -> &'static str {
        self.def.name
    }
    /// The name in messages about keywords.
    fn shown_name(&self) -> String {
        if self.is_as_in_python() { self.qualified_name() } else { self.def.name.to_owned() }
    }
    /// Are wrong arguments reported as by a function written in Python?
    fn is_as_in_python(&self) -> bool {
        let owner = PayloadRef::<crate::object::TypeData>::of_value(self.owner.get());
        owner.is_some_and(|owner| owner.has(crate::object::TypeFlags::AS_IN_PYTHON))
    }
    /// `class.name` for methods, else the name.
    pub fn qualified_name(&self) -> String {
        match PayloadRef::<crate::object::TypeData>::of_value(self.owner.get()) {
            Some(owner) => format!("{}.{}", owner.name_text(), self.def.name),
            None => self.def.name.to_string(),
        }
    }
}

impl Vm {
    /// A tuple of `first` and then `rest`.
    pub fn prepend(&mut self, first: Value, rest: &[Value]) -> Tuple {
        let tuple = Tuple::with_len(&mut self.heap, rest.len() + 1);
        tuple.init(&mut self.heap, 0, first);
        for (i, &value) in rest.iter().enumerate() {
            tuple.init(&mut self.heap, i + 1, value);
        }
        tuple
    }
}

/// Arguments of a call bound to the parameters of a text signature, one value per parameter.
#[derive(Debug)]
pub struct Bound([Value; MAX_PARAMS]);

impl std::ops::Index<usize> for Bound {
    type Output = Value;
    fn index(&self, at: usize) -> &Value {
        &self.0[at]
    }
}

impl Vm {
    /// Bind the arguments of a constructor by its text signature (without `$self`); `name` is for messages.
    pub fn bind_signature(
        &mut self,
        name: &'static str,
        sig: &'static str,
        args: &Args<'_>,
    ) -> R<Bound> {
        let signature = self.constructor_signature(name, sig);
        let mut values = [Value::ABSENT; MAX_PARAMS];
        bind(self, signature, Value::ABSENT, args, &mut values)?;
        Ok(Bound(values))
    }
    /// A function object that only carries a constructor's signature, made once for each text.
    fn constructor_signature(
        &mut self,
        name: &'static str,
        sig: &'static str,
    ) -> PayloadRef<NativeFunction> {
        let key = (sig.as_ptr().addr(), name.as_ptr().addr());
        if let Some(&known) = self.constructor_signatures.get(&key) {
            return known;
        }
        let never = |vm: &mut Vm, _: &[Value]| Err(vm.system_error("a signature was called"));
        let row = super::NativeDef {
            name,
            sig,
            doc: "",
            call: NativeCall::Bound(never),
            flags: super::NativeFlags::Static,
        };
        // As many as there are constructors in the tables; kept for good.
        let def: &'static super::NativeDef = Box::leak(Box::new(row));
        let function = self.native_function(def, Value::ABSENT, Value::ABSENT);
        let function = PayloadRef::of_value(function).expect("just made");
        self.constructor_signatures.insert(key, function);
        function
    }
    /// `native` as an instance of `class`: itself for the exact native class, wrapped for a Python subclass.
    pub fn wrap_native(&mut self, class: Type, native: Value) -> Value {
        use crate::object::Kind;
        if matches!(class.kind.0, Kind::Wrapped | Kind::ExtensionWrapped) {
            self.new_instance(class, native)
        } else {
            native
        }
    }
    /// The payload of a method's receiver; TypeError as a method descriptor words it if it is something else.
    pub fn this<T: crate::object::Payload>(
        &mut self,
        value: Value,
        method: &str,
        class: &str,
    ) -> R<PayloadRef<T>> {
        match PayloadRef::of_value(value) {
            Some(this) => Ok(this),
            None => {
                let got = self.type_name(value);
                Err(self.type_error(format!(
                    "descriptor '{method}' for '{class}' objects doesn't apply to a '{got}' object"
                )))
            }
        }
    }
    /// Add functions of a module to its namespace.
    pub fn add_functions(
        &mut self,
        dict: Dict,
        home: &'static str,
        functions: &'static [super::NativeDef],
    ) {
        let module = self.intern(home);
        for def in functions {
            let function = self.native_function(def, Value::ABSENT, module);
            if let Some(native) = PayloadRef::<NativeFunction>::of_value(function) {
                native.home.set(home);
            }
            self.dict_set_str(dict, def.name, function);
        }
    }
}
