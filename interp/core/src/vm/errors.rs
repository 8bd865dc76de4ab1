//! Raising exceptions from Rust.
#![expect(clippy::unused_self, reason = "methods of the runtime are found on it")]
use haft_heap::Value;

use super::{R, Raised, Vm};
use crate::object::{Exception, PayloadRef, Type};

/// Native stack that compiled code leaves to others.
const SHORT_STACK: usize = 256 << 10;

macro_rules! shorthands {
    ($($name:ident)+) => {
        impl Vm { $(
            #[doc = concat!("Raise `", stringify!($name), "` with this message.")]
            #[cold]
            pub fn $name(&mut self, message: impl AsRef<str>) -> Raised {
                self.raise(self.exc.$name, message)
            }
        )+ }
    };
}

shorthands! { type_error value_error attribute_error index_error name_error runtime_error overflow_error zero_division_error
import_error system_error not_implemented_error recursion_error buffer_error memory_error lookup_error reference_error
unicode_error eof_error unbound_local_error assertion_error }

impl Vm {
    /// Raise an exception of a built-in class with one str argument.
    #[cold]
    pub fn raise(&mut self, class: Type, message: impl AsRef<str>) -> Raised {
        let message = self.str(message.as_ref());
        self.raise_with(class, &[message])
    }
    /// Raise an exception of a class, called with these arguments.
    #[cold]
    pub fn raise_with(&mut self, class: Type, args: &[Value]) -> Raised {
        match self.call_positional(class.value(), args) {
            Ok(exception) => self.raise_value(exception),
            Err(raised) => raised,
        }
    }
    /// Raise KeyError for this key.
    #[cold]
    pub fn key_error(&mut self, key: Value) -> Raised {
        self.raise_with(self.exc.key_error, &[key])
    }
    /// Raise an exception object. Its context becomes the exception being handled, as `raise` does.
    #[cold]
    pub fn raise_value(&mut self, exception: Value) -> Raised {
        let handled = self.stack.exception_handled();
        if let Some(new) = PayloadRef::<Exception>::of_value(exception)
            && self.is_exception(handled)
            && handled != exception
        {
            self.break_context_cycle(handled, exception);
            new.context.set(handled);
        }
        self.raise_again(exception)
    }
    /// If `exception` is in the chain of contexts that starts at `handled`, cut it there, so that no cycle is made.
    fn break_context_cycle(&mut self, handled: Value, exception: Value) {
        let mut at = PayloadRef::<Exception>::of_value(handled);
        let mut steps = 0;
        while let Some(link) = at {
            let next = link.context.get();
            if next == exception {
                link.context.set(Value::NONE);
                return;
            }
            steps += 1;
            if steps > 10_000 {
                return;
            }
            at = PayloadRef::<Exception>::of_value(next);
        }
    }
    /// Raise an exception object as it is.
    pub fn raise_again(&mut self, exception: Value) -> Raised {
        self.stack.raised = exception;
        Raised(())
    }
    /// The exception that compiled code left on its way.
    pub(crate) fn raised_before(&mut self) -> Raised {
        debug_assert!(!self.stack.raised.is_absent(), "compiled code leaves so after an exception");
        Raised(())
    }
    /// Take the exception that was raised: the caller handles it.
    pub fn take_raised(&mut self, _: Raised) -> Value {
        std::mem::replace(&mut self.stack.raised, Value::ABSENT)
    }
    /// Is the raised exception an instance of `class`?
    pub fn raised_is(&mut self, class: Type) -> bool {
        let raised = self.stack.raised;
        !raised.is_absent() && crate::object::is_subtype(self.type_of(raised), class.obj())
    }
    /// If `result` is an exception of `class`, take it and give `None`.
    pub fn catch<T>(&mut self, result: R<T>, class: Type) -> R<Option<T>> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(raised) if self.raised_is(class) => {
                self.take_raised(raised);
                Ok(None)
            }
            Err(raised) => Err(raised),
        }
    }
    /// Raise the exception that belongs to an operating-system error.
    #[cold]
    pub fn os_error(&mut self, error: &std::io::Error) -> Raised {
        self.os_error_at(error, Value::ABSENT)
    }
    /// As [`Vm::os_error`], naming a file.
    #[cold]
    pub fn os_error_at(&mut self, error: &std::io::Error, filename: Value) -> Raised {
        let Some(errno) = error.raw_os_error() else {
            let text = error.to_string();
            return self.raise(self.exc.os_error, text);
        };
        let message = haft_host::process::strerror(errno);
        let (number, message) = (Value::small(errno), self.str_lossy(&message));
        if filename.is_absent() {
            self.raise_with(self.exc.os_error, &[number, message])
        } else {
            self.raise_with(self.exc.os_error, &[number, message, filename])
        }
    }
    /// RecursionError if the native stack is nearly used up.
    #[inline]
    pub fn check_native_depth(&mut self) -> R<()> {
        let here = 0u8;
        if (&raw const here).addr() < self.stack.native_limit {
            return Err(self.native_stack_full());
        }
        Ok(())
    }
    /// Is so little of the native stack left that what can do without should?
    pub(crate) fn native_stack_is_short(&self) -> bool {
        let here = 0u8;
        (&raw const here).addr() < self.stack.native_limit.saturating_add(SHORT_STACK)
    }
    #[cold]
    fn native_stack_full(&mut self) -> Raised {
        // Some of the reserve is for making this exception and for the handlers that run before the stack unwinds.
        let limit = std::mem::replace(&mut self.stack.native_limit, 0);
        let raised = self.recursion_error("Stack overflow (native stack used up)");
        self.stack.native_limit = limit;
        raised
    }
}
