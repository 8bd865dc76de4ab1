//! Module `_haft_decimal`: decimal numbers and contexts, from which `_decimal` is made.
//!
//! `number` is a number without an object, `work` the settings of an operation and rounding, `arithmetic` the operations.
//! `object` and `context` are the classes. What is seldom used is left to the library's Python: `rare`.
mod arithmetic;
mod context;
mod context_methods;
mod format;
mod methods;
mod number;
mod object;
mod rare;
mod text;
mod work;

use std::cell::{Cell, RefCell};

use haft_core::object::{Dict, Traced, Type};
use haft_core::vm::Extension;
use haft_core::{R, Tracer, Value, Vm, natives};

/// The classes of the module and what its Python part has told.
#[derive(Debug)]
struct Module {
    decimal: Type,
    context: Type,
    /// In the order of [`context::SIGNALS`].
    signals: RefCell<Vec<Value>>,
    /// In the order of [`context::CONDITIONS`].
    conditions: RefCell<Vec<Value>>,
    signal_dict: Cell<Value>,
    tuple: Cell<Value>,
    /// The context variable.
    variable: Cell<Value>,
    /// `numbers.Rational`
    rational: Cell<Value>,
    /// What new contexts are copied from.
    template: Cell<Value>,
    /// The contexts of the module, which are copied when they are set.
    templates: RefCell<Vec<Value>>,
}

impl Extension for Module {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.decimal.obj());
        tracer.obj(self.context.obj());
        self.signals.trace(tracer);
        self.conditions.trace(tracer);
        self.templates.trace(tracer);
        let others =
            [&self.signal_dict, &self.tuple, &self.variable, &self.rational, &self.template];
        for cell in others {
            cell.trace(tracer);
        }
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

natives! {
    static FUNCTIONS = {
        /// Get the current default context.
        getcontext "($module, /)" => context_methods::getcontext;
        /// Set a new default context.
        setcontext "($module, context, /)" => setcontext;
        /// Tell the native part what is made in Python.
        set_up "($module, signals, conditions, signal_dict, tuple, variable, rational, /)" => set_up;
        /// Tell what new contexts are copied from, and which others are copied when they are set.
        set_template "($module, context, basic, extended, /)" => |vm, args| {
            if let Some(module) = vm.extension::<Module>() {
                module.template.set(args[0]);
                module.templates.replace(args.to_vec());
            }
            Ok(Value::NONE)
        };
        /// Is the signal with this number among the context's flags, or its traps?
        signal "($module, context, traps, index, /)" => context_methods::signal;
        /// Set or clear it.
        set_signal "($module, context, traps, index, value, /)" => context_methods::set_signal;
    }
}

/// Fill the namespace.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "decimal", FUNCTIONS);
    let decimal = object::add(vm, dict);
    let context = context::add(vm, dict);
    let empty = || Cell::new(Value::NONE);
    vm.set_extension(Module {
        decimal,
        context,
        signals: RefCell::default(),
        conditions: RefCell::default(),
        signal_dict: empty(),
        tuple: empty(),
        variable: empty(),
        rational: empty(),
        template: empty(),
        templates: RefCell::default(),
    });
    Ok(())
}

fn set_up(vm: &mut Vm, args: &[Value]) -> R {
    let (signals, conditions) = (vm.list_of(args[0])?, vm.list_of(args[1])?);
    if let Some(module) = vm.extension::<Module>() {
        module.signals.replace(signals.items().to_vec());
        module.conditions.replace(conditions.items().to_vec());
        module.signal_dict.set(args[2]);
        module.tuple.set(args[3]);
        module.variable.set(args[4]);
        module.rational.set(args[5]);
    }
    Ok(Value::NONE)
}

/// Make a context the current one; a copy of it, if it is one of the module's templates.
fn setcontext(vm: &mut Vm, args: &[Value]) -> R {
    let context = context::this_context(vm, args[0])?;
    let (variable, is_template) = vm.extension::<Module>().map_or((Value::NONE, false), |module| {
        (module.variable.get(), module.templates.borrow().contains(&args[0]))
    });
    let context = if is_template {
        let copy = context::copy_of(vm, context)?;
        copy.status.set(0);
        copy.value()
    } else {
        args[0]
    };
    crate::contextvars::set_value(vm, variable, context)?;
    Ok(Value::NONE)
}
