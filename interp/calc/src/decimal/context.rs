//! `decimal.Context`: the settings as an object, and the signals.
use std::cell::Cell;

use haft_core::object::{Dict, PayloadRef, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Value, Vm, getsets, payload};

use super::Module;
use super::work::condition::*;
use super::work::{MAX, Rounding, Work};
use crate::support;

payload! {
    /// A context.
    pub(super) struct Context {
        pub(super) prec: Cell<i64>,
        /// The number of the mode.
        pub(super) rounding: Cell<u8>,
        pub(super) emin: Cell<i64>,
        pub(super) emax: Cell<i64>,
        pub(super) capitals: Cell<bool>,
        pub(super) clamp: Cell<bool>,
        pub(super) status: Cell<u32>,
        pub(super) traps: Cell<u32>,
        /// The mappings that show status and traps, once somebody asked.
        flags_shown: Cell<Value>,
        traps_shown: Cell<Value>,
        /// The class of results.
        pub(super) decimal: Type,
    }
}

/// The signals in the order in which they are shown, with their conditions.
pub(super) const SIGNALS: [u32; 9] = [
    ANY_INVALID,
    FLOAT_OPERATION,
    DIVISION_BY_ZERO,
    OVERFLOW,
    UNDERFLOW,
    SUBNORMAL,
    INEXACT,
    ROUNDED,
    CLAMPED,
];
/// Conditions that InvalidOperation stands for, with classes of their own.
pub(super) const CONDITIONS: [u32; 5] = [
    INVALID_OPERATION,
    CONVERSION_SYNTAX,
    DIVISION_IMPOSSIBLE,
    DIVISION_UNDEFINED,
    INVALID_CONTEXT,
];

impl Context {
    /// What a context is before anybody says otherwise.
    pub(super) fn standard(decimal: Type) -> Context {
        Context {
            prec: 28.into(),
            rounding: Cell::new(Rounding::HalfEven as u8),
            emin: Cell::new(-999_999),
            emax: Cell::new(999_999),
            capitals: true.into(),
            clamp: false.into(),
            status: 0.into(),
            traps: Cell::new(ANY_INVALID | DIVISION_BY_ZERO | OVERFLOW),
            flags_shown: Value::ABSENT.into(),
            traps_shown: Value::ABSENT.into(),
            decimal,
        }
    }
    fn copy(&self) -> Context {
        Context {
            prec: self.prec.clone(),
            rounding: self.rounding.clone(),
            emin: self.emin.clone(),
            emax: self.emax.clone(),
            capitals: self.capitals.clone(),
            clamp: self.clamp.clone(),
            status: self.status.clone(),
            traps: self.traps.clone(),
            ..Context::standard(self.decimal)
        }
    }
    pub(super) fn rounding(&self) -> Rounding {
        Rounding::ALL[usize::from(self.rounding.get())].0
    }
    /// The settings for an operation.
    pub(super) fn work(&self) -> Work {
        Work {
            prec: self.prec.get(),
            rounding: self.rounding(),
            emin: self.emin.get(),
            emax: self.emax.get(),
            clamp: self.clamp.get(),
            status: 0,
        }
    }
}

getsets! {
    pub(super) static GETSETS = {
        /// How many digits a result has at most.
        prec => |vm, this| { let n = this_context(vm, this)?.prec.get(); Ok(vm.int(n)) },
            |vm, this, value| {
                let n = whole(vm, value, 1, MAX, "valid range for prec is [1, MAX_PREC]")?;
                this_context(vm, this)?.prec.set(n);
                Ok(())
            };
        /// The lowest exponent of a normal number.
        Emin => |vm, this| { let n = this_context(vm, this)?.emin.get(); Ok(vm.int(n)) },
            |vm, this, value| {
                let n = whole(vm, value, -MAX, 0, "valid range for Emin is [MIN_EMIN, 0]")?;
                this_context(vm, this)?.emin.set(n);
                Ok(())
            };
        /// The highest exponent.
        Emax => |vm, this| { let n = this_context(vm, this)?.emax.get(); Ok(vm.int(n)) },
            |vm, this, value| {
                let n = whole(vm, value, 0, MAX, "valid range for Emax is [0, MAX_EMAX]")?;
                this_context(vm, this)?.emax.set(n);
                Ok(())
            };
        /// The name of the rounding mode.
        rounding => |vm, this| {
            let name = this_context(vm, this)?.rounding().name();
            Ok(vm.intern(name))
        },
            |vm, this, value| {
                let rounding = rounding_of(vm, value)?;
                this_context(vm, this)?.rounding.set(rounding as u8);
                Ok(())
            };
        /// Is the exponent shown with a capital letter?
        capitals => |vm, this| {
            let flag = this_context(vm, this)?.capitals.get();
            Ok(Value::small(i32::from(flag)))
        },
            |vm, this, value| {
                let flag = whole(vm, value, 0, 1, "valid values for capitals are 0 or 1")?;
                this_context(vm, this)?.capitals.set(flag == 1);
                Ok(())
            };
        /// Are exponents limited to those of numbers with all digits?
        clamp => |vm, this| {
            let flag = this_context(vm, this)?.clamp.get();
            Ok(Value::small(i32::from(flag)))
        },
            |vm, this, value| {
                let flag = whole(vm, value, 0, 1, "valid values for clamp are 0 or 1")?;
                this_context(vm, this)?.clamp.set(flag == 1);
                Ok(())
            };
        /// The signals that occurred.
        flags => |vm, this| shown(vm, this, false),
            |vm, this, value| {
                let bits = bits_of_mapping(vm, value)?;
                this_context(vm, this)?.status.set(bits);
                Ok(())
            };
        /// The signals that raise exceptions.
        traps => |vm, this| shown(vm, this, true),
            |vm, this, value| {
                let bits = bits_of_mapping(vm, value)?;
                this_context(vm, this)?.traps.set(bits);
                Ok(())
            };
    }
}

/// Add the class.
pub(super) fn add(vm: &mut Vm, dict: Dict) -> Type {
    let spec = TypeSpec {
        doc: "Context(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)\n\
              --\n\n\
              The context affects almost all operations and controls rounding,\n\
              Over/Underflow, raising of exceptions and much more.\n",
        flags: TypeFlags::BASE,
        slots: |s| {
            s.new.set(Some(new));
            s.repr.set(Some(repr));
            s.setattro.set(Some(|vm, this, name, value| {
                if value.is_absent() {
                    return Err(vm.attribute_error("context attributes cannot be deleted"));
                }
                vm.generic_set_attr(this, name, value)
            }));
        },
        methods: super::context_methods::METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<Context>("decimal.Context")
    };
    crate::add_type(vm, dict, &spec)
}

pub(super) fn this_context(vm: &mut Vm, value: Value) -> R<PayloadRef<Context>> {
    match PayloadRef::of_value(value) {
        Some(context) => Ok(context),
        None => Err(vm.type_error("argument must be a context")),
    }
}

fn whole(vm: &mut Vm, value: Value, low: i64, high: i64, message: &str) -> R<i64> {
    if value.is_absent() {
        return Err(vm.attribute_error("context attributes cannot be deleted"));
    }
    if !vm.is_int(value) {
        return Err(vm.type_error("an integer is required"));
    }
    let n = vm.index_of(value)?;
    if (low..=high).contains(&n) { Ok(n) } else { Err(vm.value_error(message)) }
}

/// A rounding mode by its name.
pub(super) fn rounding_of(vm: &mut Vm, value: Value) -> R<Rounding> {
    let name = vm.as_str(value);
    let known = name
        .and_then(|name| Rounding::ALL.iter().find(|(_, known)| known.as_bytes() == name.bytes()));
    match known {
        Some(&(rounding, _)) => Ok(rounding),
        None => Err(vm.type_error(
            "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   \
             ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]",
        )),
    }
}

/// The mapping that shows flags or traps, made by Python.
fn shown(vm: &mut Vm, value: Value, traps: bool) -> R {
    let this = this_context(vm, value)?.get();
    let kept = if traps { &this.traps_shown } else { &this.flags_shown };
    if kept.get().is_absent() {
        let class = vm.extension::<Module>().map_or(Value::NONE, |module| module.signal_dict.get());
        let shown = vm.call_positional(class, &[value, Value::bool(traps)])?;
        kept.set(shown);
    }
    Ok(kept.get())
}

fn signal_classes(vm: &Vm) -> Vec<Value> {
    vm.extension::<Module>().map_or(Vec::new(), |module| module.signals.borrow().clone())
}

/// The bits of the signals that are true in a mapping with exactly all signals.
fn bits_of_mapping(vm: &mut Vm, value: Value) -> R<u32> {
    if value.is_absent() {
        return Err(vm.attribute_error("context attributes cannot be deleted"));
    }
    let classes = signal_classes(vm);
    let is_mapping = vm.as_dict(value).is_some()
        || vm
            .extension::<Module>()
            .is_some_and(|module| module.signal_dict.get() == vm.type_of(value).value());
    if !is_mapping {
        return Err(vm.type_error("argument must be a signal dict"));
    }
    let n = vm.length(value)?;
    let mut bits = 0;
    for (&class, signal) in classes.iter().zip(SIGNALS) {
        if n != classes.len() || !vm.contains(value, class)? {
            return Err(vm.raise(vm.exc.key_error, "invalid error flag"));
        }
        let flag = vm.get_item(value, class)?;
        if vm.truth(flag)? {
            bits |= signal;
        }
    }
    Ok(bits)
}

/// The bits of a list of signals, or of a mapping.
fn bits_of(vm: &mut Vm, value: Value) -> R<u32> {
    if vm.as_list(value).is_none() {
        return bits_of_mapping(vm, value);
    }
    let classes = signal_classes(vm);
    let items = vm.list_of(value)?;
    let mut bits = 0;
    for at in 0..items.len() {
        let item = items.at(at);
        match classes.iter().position(|&class| class == item) {
            Some(at) => bits |= SIGNALS[at],
            None => return Err(vm.raise(vm.exc.key_error, "invalid error flag")),
        }
    }
    Ok(bits)
}

fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let signature = "(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)";
    let bound = vm.bind_signature("Context", signature, args)?;
    let known = vm.extension::<Module>().map(|module| (module.template.get(), module.decimal));
    let Some((template, decimal)) = known else {
        return Err(vm.runtime_error("decimal is not initialised"));
    };
    let context = match PayloadRef::<Context>::of_value(template) {
        Some(template) => template.get().copy(),
        None => Context::standard(decimal),
    };
    context.status.set(0);
    let class = crate::class_of(vm, class)?;
    let this = vm.new_payload_ref(class, context);
    let names = ["prec", "rounding", "Emin", "Emax", "capitals", "clamp"];
    for (at, name) in names.iter().enumerate() {
        if bound[at].is_none() {
            continue;
        }
        let row = GETSETS.iter().find(|row| row.name == *name);
        if let Some(set) = row.and_then(|row| row.set) {
            set(vm, this.value(), bound[at])?;
        }
    }
    for (at, cell) in [(6, &this.get().status), (7, &this.get().traps)] {
        if !bound[at].is_none() {
            cell.set(bits_of(vm, bound[at])?);
        }
    }
    Ok(this.value())
}

/// A new context with what another says; without its flags if they are to be clear.
pub(super) fn copy_of(vm: &mut Vm, context: PayloadRef<Context>) -> R<PayloadRef<Context>> {
    let class = vm.extension::<Module>().map(|module| module.context);
    let Some(class) = class else {
        return Err(vm.runtime_error("decimal is not initialised"));
    };
    let copy = context.get().copy();
    Ok(vm.new_payload_ref(class, copy))
}

/// The names of the signals with these bits, in the order of the bits.
fn names_of(vm: &mut Vm, bits: u32) -> String {
    let mut names = Vec::new();
    for bit in (0..u32::BITS).map(|n| 1 << n).filter(|bit| bits & bit != 0) {
        let class = classes_of(vm, bit).first().and_then(|&class| vm.as_type(class));
        let name = class.map_or(String::new(), |class| class.name_text());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// The classes of the signals with these bits.
pub(super) fn classes_of(vm: &Vm, bits: u32) -> Vec<Value> {
    let classes = signal_classes(vm);
    let wanted = classes.iter().zip(SIGNALS).filter(|&(_, signal)| bits & signal != 0);
    wanted.map(|(&class, _)| class).collect()
}

fn repr(vm: &mut Vm, value: Value) -> R {
    let this = this_context(vm, value)?.get();
    let (flags, traps) = (names_of(vm, this.status.get()), names_of(vm, this.traps.get()));
    let text = format!(
        "Context(prec={}, rounding={}, Emin={}, Emax={}, capitals={}, clamp={}, flags=[{flags}], traps=[{traps}])",
        this.prec.get(),
        this.rounding().name(),
        this.emin.get(),
        this.emax.get(),
        u8::from(this.capitals.get()),
        u8::from(this.clamp.get()),
    );
    Ok(vm.str(&text))
}

/// The context of the running code; the first use makes one.
pub(super) fn current(vm: &mut Vm) -> R<PayloadRef<Context>> {
    let (variable, template) =
        vm.extension::<Module>().map_or((Value::NONE, Value::NONE), |module| {
            (module.variable.get(), module.template.get())
        });
    if let Some(value) = crate::contextvars::value_of(vm, variable)?
        && let Some(context) = PayloadRef::of_value(value)
    {
        return Ok(context);
    }
    let template = this_context(vm, template)?;
    let context = copy_of(vm, template)?;
    context.status.set(0);
    crate::contextvars::set_value(vm, variable, context.value())?;
    Ok(context)
}

/// The context of an argument, or the current one.
pub(super) fn chosen(vm: &mut Vm, argument: Value) -> R<PayloadRef<Context>> {
    if argument.is_none() || argument.is_absent() {
        return current(vm);
    }
    match PayloadRef::of_value(argument) {
        Some(context) => Ok(context),
        None => Err(vm.type_error("optional argument must be a context")),
    }
}

/// Note what happened; raise if that is trapped.
pub(super) fn settle(vm: &mut Vm, context: PayloadRef<Context>, status: u32) -> R<()> {
    if status == 0 {
        return Ok(());
    }
    if status & NO_MEMORY != 0 {
        context.status.set(context.status.get() | INVALID_OPERATION);
        return Err(support::no_memory(vm));
    }
    context.status.set(context.status.get() | status);
    let trapped = context.traps.get() & status;
    if trapped == 0 {
        return Ok(());
    }
    let signals = classes_of(vm, trapped);
    let conditions =
        vm.extension::<Module>().map_or(Vec::new(), |module| module.conditions.borrow().clone());
    let mut list: Vec<Value> = conditions
        .iter()
        .zip(CONDITIONS)
        .filter(|&(_, condition)| trapped & condition != 0)
        .map(|(&class, _)| class)
        .collect();
    let others = classes_of(vm, trapped & !ANY_INVALID);
    list.extend(others);
    let list = vm.list(&list);
    let class =
        signals.first().and_then(|&class| vm.as_type(class)).unwrap_or(vm.exc.arithmetic_error);
    Err(vm.raise_with(class, &[list]))
}
