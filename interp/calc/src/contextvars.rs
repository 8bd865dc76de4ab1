//! Module `_contextvars`: context variables (PEP 567).
//!
//! A context is a dict from variables to values. Each stack of execution has a current one, made when it is first needed. A
//! variable is looked up by identity, so that nothing here runs Python but [`run`].
use std::cell::Cell;

use haft_core::object::{CompareOp, Dict, PayloadRef, Type, TypeFlags};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{Args, R, Tracer, Value, Vm, getsets, natives, payload};

payload! {
    /// A variable with a value in each context.
    struct Variable { name: Value, default: Value }
    /// A mapping of variables to their values.
    struct Context {
        values: Cell<Value>,
        /// Other contexts may have the same dict.
        is_shared: Cell<bool>,
        is_entered: Cell<bool>,
        /// The variable that was found last, and its value: most code asks for one again and again.
        last: Cell<(Value, Value)>,
    }
    /// What `ContextVar.set` gives, for `ContextVar.reset`.
    struct Token {
        context: Value,
        variable: Value,
        /// What the variable was, or ABSENT.
        old: Value,
        is_used: Cell<bool>,
    }
    /// What a token says of a variable that had no value.
    struct Missing {}
}

/// No variable, and so no value of it.
const NOT_FOUND: (Value, Value) = (Value::ABSENT, Value::ABSENT);

#[derive(Debug)]
struct Classes {
    context: Type,
    token: Type,
    missing: Value,
}

impl Extension for Classes {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.context.obj());
        tracer.obj(self.token.obj());
        tracer.value(self.missing);
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

natives! {
    static FUNCTIONS = {
        /// Return a copy of the current context.
        copy_context "($module, /)" => |vm, _| copy_current(vm);
    }
    static CONTEXT_METHODS = {
        /// Call the function within the context.
        raw run "($self, function, /, *args, **kwargs)" => run;
        /// Return a shallow copy of the context object.
        copy "($self, /)" => |vm, args| { let this = this_context(vm, args[0])?; copy(vm, this) };
        /// Return the value for `key` if `key` has the value in the context object.
        ///
        /// If `key` does not exist, return `default`. If `default` is not given,
        /// return None.
        get "($self, key, default=None, /)" => |vm, args| {
            Ok(context_item(vm, args[0], args[1])?.unwrap_or(args[2]))
        };
        /// Return all variables in the context object.
        keys "($self, /)" => |vm, args| on_values(vm, args[0], "keys");
        /// Return a list of all variables' values in the context object.
        values "($self, /)" => |vm, args| on_values(vm, args[0], "values");
        /// Return all variables and their values in the context object.
        ///
        /// The result is returned as a list of 2-tuples (variable, value).
        items "($self, /)" => |vm, args| on_values(vm, args[0], "items");
    }
    static VARIABLE_METHODS = {
        /// Return a value for the context variable for the current context.
        ///
        /// If there is no value for the variable in the current context, the method will:
        ///  * return the value of the default argument of the method, if provided; or
        ///  * return the default value for the context variable, if it was created
        ///    with one; or
        ///  * raise a LookupError.
        get "($self, default=<absent>, /)" => |vm, args| {
            let this = this_variable(vm, args[0])?;
            let current = current(vm)?;
            let candidates = [value_in(vm, current, args[0])?.unwrap_or(Value::ABSENT), args[1], this.default];
            match candidates.iter().find(|value| !value.is_absent()) {
                Some(&value) => Ok(value),
                None => Err(vm.raise_with(vm.exc.lookup_error, &[args[0]])),
            }
        };
        /// Call to set a new value for the context variable in the current context.
        ///
        /// The required *value* argument is the new value for the context variable.
        ///
        /// Returns a Token object that can be used to restore the variable to its previous
        /// value via the `ContextVar.reset()` method.
        set "($self, value, /)" => |vm, args| {
            this_variable(vm, args[0])?;
            set_value(vm, args[0], args[1])
        };
        /// Reset the context variable.
        ///
        /// The variable is reset to the value it had before the `ContextVar.set()` that
        /// created the token was used.
        reset "($self, token, /)" => reset;
        /// See PEP 585
        class __class_getitem__ "($cls, item, /)" => class_getitem;
    }
    static TOKEN_METHODS = {
        /// Enter into Token context manager.
        __enter__ "($self, /)" => |_, args| Ok(args[0]);
        /// Exit from Token context manager, restore the linked ContextVar.
        __exit__ "($self, type, value, traceback, /)" => |vm, args| {
            let variable = this_token(vm, args[0])?.variable;
            reset(vm, &[variable, args[0]])
        };
        /// See PEP 585
        class __class_getitem__ "($cls, item, /)" => class_getitem;
    }
}

getsets! {
    static VARIABLE_GETSETS = {
        /// The name of the variable.
        name => |vm, this| Ok(this_variable(vm, this)?.name);
    }
    static TOKEN_GETSETS = {
        /// The variable that made the token.
        var => |vm, this| Ok(this_token(vm, this)?.variable);
        /// The value of before, or Token.MISSING.
        old_value => |vm, this| {
            let old = this_token(vm, this)?.old;
            Ok(if old.is_absent() { missing(vm) } else { old })
        };
    }
}

/// Fill the namespace of `_contextvars`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "_contextvars", FUNCTIONS);
    let variable = TypeSpec {
        doc: "A variable with a value in each context.",
        flags: TypeFlags::HAS_WEAKREFS,
        slots: |s| {
            s.new.set(Some(new_variable));
            s.repr.set(Some(repr_variable));
        },
        methods: VARIABLE_METHODS,
        getsets: VARIABLE_GETSETS,
        ..TypeSpec::of::<Variable>("_contextvars.ContextVar")
    };
    crate::add_type(vm, dict, &variable);
    let context = TypeSpec {
        doc: "A mapping of context variables to their values.",
        flags: TypeFlags::HAS_WEAKREFS.with(TypeFlags::MAPPING),
        slots: set_context_slots,
        methods: CONTEXT_METHODS,
        ..TypeSpec::of::<Context>("_contextvars.Context")
    };
    let context = crate::add_type(vm, dict, &context);
    let token = TypeSpec {
        doc: "What ContextVar.set() gives, for ContextVar.reset().",
        slots: |s| {
            s.new.set(Some(|vm, _, _| {
                Err(vm.runtime_error("Tokens can only be created by ContextVars"))
            }));
            s.repr.set(Some(repr_token));
            s.hash.set(None);
        },
        methods: TOKEN_METHODS,
        getsets: TOKEN_GETSETS,
        ..TypeSpec::of::<Token>("_contextvars.Token")
    };
    let token = crate::add_type(vm, dict, &token);
    let missing = vm.new_builtin_type(&TypeSpec {
        slots: |s| s.repr.set(Some(|vm, _| Ok(vm.str("<Token.MISSING>")))),
        ..TypeSpec::of::<Missing>("Token.MISSING")
    });
    let missing = vm.new_payload(missing, Missing {});
    vm.dict_set_str(token.dict, "MISSING", missing);
    vm.set_extension(Classes { context, token, missing });
    Ok(())
}

fn set_context_slots(s: &haft_core::object::Slots) {
    s.new.set(Some(|vm, _, args| {
        vm.bind_signature("Context", "()", args)?;
        new_context(vm)
    }));
    s.getitem.set(Some(|vm, this, key| match context_item(vm, this, key)? {
        Some(value) => Ok(value),
        None => Err(vm.key_error(key)),
    }));
    s.contains.set(Some(|vm, this, key| Ok(context_item(vm, this, key)?.is_some())));
    s.len.set(Some(|vm, this| Ok(values(vm, this)?.len())));
    s.iter.set(Some(|vm, this| {
        let values = values(vm, this)?.value();
        vm.iterate(values)
    }));
    s.compare.set(Some(|vm, this, other, op| {
        let is_equality = matches!(op, CompareOp::Eq | CompareOp::Ne);
        if !is_equality || PayloadRef::<Context>::of_value(other).is_none() {
            return Ok(Value::NOT_IMPLEMENTED);
        }
        let (a, b) = (values(vm, this)?.value(), values(vm, other)?.value());
        vm.compare(a, b, op)
    }));
    s.hash.set(None);
}

fn this_context(vm: &mut Vm, value: Value) -> R<PayloadRef<Context>> {
    vm.this(value, "run", "_contextvars.Context")
}

fn this_variable(vm: &mut Vm, value: Value) -> R<PayloadRef<Variable>> {
    vm.this(value, "get", "_contextvars.ContextVar")
}

fn this_token(vm: &mut Vm, value: Value) -> R<PayloadRef<Token>> {
    vm.this(value, "var", "_contextvars.Token")
}

fn class_getitem(vm: &mut Vm, args: &[Value]) -> R {
    let alias = vm.t.generic_alias.value();
    vm.call_positional(alias, args)
}

fn missing(vm: &Vm) -> Value {
    vm.extension::<Classes>().map_or(Value::NONE, |classes| classes.missing)
}

fn new_context(vm: &mut Vm) -> R {
    let values = vm.dict();
    context_of(vm, values)
}

fn context_of(vm: &mut Vm, values: Dict) -> R {
    let class = vm.extension::<Classes>().map(|classes| classes.context);
    let Some(class) = class else {
        return Err(vm.runtime_error("_contextvars is not initialised"));
    };
    let context = Context {
        values: Cell::new(values.value()),
        is_shared: Cell::new(false),
        is_entered: Cell::new(false),
        last: Cell::new(NOT_FOUND),
    };
    Ok(vm.new_payload(class, context))
}

/// The context of the running stack.
fn current(vm: &mut Vm) -> R<PayloadRef<Context>> {
    if let Some(context) = PayloadRef::of_value(vm.stack.context) {
        return Ok(context);
    }
    let context = new_context(vm)?;
    vm.stack.context = context;
    this_context(vm, context)
}

fn values(vm: &mut Vm, context: Value) -> R<Dict> {
    let context = this_context(vm, context)?;
    values_of(vm, context)
}

fn values_of(vm: &mut Vm, context: PayloadRef<Context>) -> R<Dict> {
    match vm.as_dict(context.values.get()) {
        Some(dict) => Ok(dict),
        None => Err(vm.system_error("a context without its values")),
    }
}

fn on_values(vm: &mut Vm, context: Value, method: &str) -> R {
    let values = values(vm, context)?.value();
    vm.call_method_str(values, method, &[])
}

/// A copy of the current context.
pub(crate) fn copy_current(vm: &mut Vm) -> R {
    let current = current(vm)?;
    copy(vm, current)
}

/// A copy shares the values until one of both changes.
fn copy(vm: &mut Vm, context: PayloadRef<Context>) -> R {
    let values = values_of(vm, context)?;
    context.is_shared.set(true);
    let copy = context_of(vm, values)?;
    this_context(vm, copy)?.is_shared.set(true);
    Ok(copy)
}

/// The values of a context that are to change.
fn own_values(vm: &mut Vm, context: PayloadRef<Context>) -> R<Dict> {
    let values = values_of(vm, context)?;
    if !context.is_shared.replace(false) {
        return Ok(values);
    }
    let own = values.copy(&mut vm.heap);
    context.values.set(own.value());
    Ok(own)
}

fn value_in(vm: &mut Vm, context: PayloadRef<Context>, variable: Value) -> R<Option<Value>> {
    let (last, value) = context.last.get();
    if last == variable {
        return Ok(Some(value));
    }
    let values = values_of(vm, context)?;
    if values.is_empty() {
        return Ok(None);
    }
    let found = vm.dict_get(values, variable)?;
    if let Some(value) = found {
        context.last.set((variable, value));
    }
    Ok(found)
}

/// Value of a variable in the current context.
pub(crate) fn value_of(vm: &mut Vm, variable: Value) -> R<Option<Value>> {
    let current = current(vm)?;
    value_in(vm, current, variable)
}

/// Set a variable in the current context, as its method does.
pub(crate) fn set_value(vm: &mut Vm, variable: Value, value: Value) -> R {
    let context = current(vm)?;
    let old = value_in(vm, context, variable)?.unwrap_or(Value::ABSENT);
    context.last.set(NOT_FOUND);
    let values = own_values(vm, context)?;
    vm.dict_set(values, variable, value)?;
    let class = vm.extension::<Classes>().map(|classes| classes.token);
    let Some(class) = class else {
        return Err(vm.runtime_error("_contextvars is not initialised"));
    };
    let token = Token { context: context.value(), variable, old, is_used: Cell::new(false) };
    Ok(vm.new_payload(class, token))
}

fn context_item(vm: &mut Vm, context: Value, key: Value) -> R<Option<Value>> {
    let context = this_context(vm, context)?;
    if PayloadRef::<Variable>::of_value(key).is_none() {
        let shown = vm.repr_text(key)?;
        return Err(vm.type_error(format!("a ContextVar key was expected, got {shown}")));
    }
    value_in(vm, context, key)
}

fn run(vm: &mut Vm, args: &Args<'_>) -> R {
    let [this, function, rest @ ..] = args.vals else {
        return Err(vm.type_error("run() missing 1 required positional argument"));
    };
    if args.n_positional() < 2 {
        return Err(vm.type_error("run() missing 1 required positional argument"));
    }
    let args = Args { vals: rest, names: args.names };
    within(vm, *this, |vm| vm.call(*function, &args))
}

/// Run something in a context; RuntimeError if something does already.
pub(crate) fn within(vm: &mut Vm, context: Value, run: impl FnOnce(&mut Vm) -> R) -> R {
    let entered = this_context(vm, context)?;
    if entered.is_entered.get() {
        let shown = vm.repr_text(context)?;
        return Err(vm.runtime_error(format!("cannot enter context: {shown} is already entered")));
    }
    let outer = std::mem::replace(&mut vm.stack.context, context);
    entered.is_entered.set(true);
    let result = run(vm);
    entered.is_entered.set(false);
    vm.stack.context = outer;
    result
}

fn reset(vm: &mut Vm, args: &[Value]) -> R {
    this_variable(vm, args[0])?;
    let Some(token) = PayloadRef::<Token>::of_value(args[1]) else {
        let shown = vm.repr_text(args[1])?;
        return Err(vm.type_error(format!("expected an instance of Token, got {shown}")));
    };
    let current = current(vm)?;
    let fault = if token.is_used.get() {
        let shown = vm.repr_text(args[1])?;
        return Err(vm.runtime_error(format!("{shown} has already been used once")));
    } else if token.variable != args[0] {
        "was created by a different ContextVar"
    } else if token.context != current.value() {
        "was created in a different Context"
    } else {
        ""
    };
    if !fault.is_empty() {
        let shown = vm.repr_text(args[1])?;
        return Err(vm.value_error(format!("{shown} {fault}")));
    }
    token.is_used.set(true);
    current.last.set(NOT_FOUND);
    let values = own_values(vm, current)?;
    if token.old.is_absent() {
        vm.dict_pop(values, args[0])?;
    } else {
        vm.dict_set(values, args[0], token.old)?;
    }
    Ok(Value::NONE)
}

fn new_variable(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("ContextVar", "(name, /, *, default=<absent>)", args)?;
    if vm.as_str(bound[0]).is_none() {
        return Err(vm.type_error("context variable name must be a str"));
    }
    let class = crate::class_of(vm, class)?;
    Ok(vm.new_payload(class, Variable { name: bound[0], default: bound[1] }))
}

fn repr_variable(vm: &mut Vm, value: Value) -> R {
    let this = this_variable(vm, value)?;
    let name = vm.repr_text(this.name)?;
    let default = if this.default.is_absent() {
        String::new()
    } else {
        format!(" default={}", vm.repr_text(this.default)?)
    };
    let id = vm.id_of(value);
    Ok(vm.str(&format!("<ContextVar name={name}{default} at {id:#x}>")))
}

fn repr_token(vm: &mut Vm, value: Value) -> R {
    let this = this_token(vm, value)?;
    let variable = vm.repr_text(this.variable)?;
    let used = if this.is_used.get() { " used" } else { "" };
    let id = vm.id_of(value);
    Ok(vm.str(&format!("<Token{used} var={variable} at {id:#x}>")))
}
