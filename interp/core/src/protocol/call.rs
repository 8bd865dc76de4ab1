//! Calls from Rust.
use haft_heap::Value;

use crate::interp;
use crate::interp::consume;
use crate::native::call_native;
use crate::object::{BoundMethod, Function, Kind, NativeFunction, PayloadRef};
use crate::vm::{Args, FrameFlags, R, Vm};

impl Vm {
    /// `callee(*args)`.
    #[inline]
    pub fn call_positional(&mut self, callee: Value, args: &[Value]) -> R {
        self.call(callee, &Args::positional(args))
    }
    /// `callee(…)`.
    pub fn call(&mut self, callee: Value, args: &Args<'_>) -> R {
        match args.vals.last() {
            Some(&last) if consume::is_possible(last, args.names) => {
                self.call_consumer(callee, args)
            }
            _ => self.call_as_is(callee, args),
        }
    }
    #[inline(never)]
    fn call_consumer(&mut self, callee: Value, args: &Args<'_>) -> R {
        let Some((function, last)) = consume::consumer(self, callee, args)? else {
            return self.call_as_is(callee, args);
        };
        let given = args.vals;
        let other = [given[0], last];
        let vals = match given {
            [.., unchanged] if *unchanged == last => given,
            [_] => &other[1..],
            _ => &other[..],
        };
        self.call_function(function, Value::ABSENT, &Args { vals, names: args.names })
    }
    /// The same, whatever the arguments are.
    pub(crate) fn call_as_is(&mut self, callee: Value, args: &Args<'_>) -> R {
        let Some(obj) = callee.as_ptr() else { return self.call_slot(callee, args) };
        match obj.kind() {
            k if k == Kind::Function as u8 => {
                let function = PayloadRef::<Function>::of(obj).expect("kind was tested");
                self.call_function(function, Value::ABSENT, args)
            }
            k if k == Kind::NativeFunction as u8 => {
                let function = PayloadRef::<NativeFunction>::of(obj).expect("kind was tested");
                call_native(self, function, function.receiver_to_pass(), args)
            }
            k if k == Kind::BoundMethod as u8 => {
                let method = PayloadRef::<BoundMethod>::of(obj).expect("kind was tested");
                self.call_with_receiver(method.function, method.receiver, args)
            }
            _ => self.call_slot(callee, args),
        }
    }
    /// `callee(receiver, …)`.
    pub fn call_with_receiver(&mut self, callee: Value, receiver: Value, args: &Args<'_>) -> R {
        if let Some(function) = PayloadRef::<Function>::of_value(callee) {
            return self.call_function(function, receiver, args);
        }
        let all = self.prepend(receiver, args.vals);
        self.call(callee, &Args { vals: all.items(), names: args.names })
    }
    fn call_slot(&mut self, callee: Value, args: &Args<'_>) -> R {
        self.check_native_depth()?;
        match self.type_of(callee).slots.call.get() {
            Some(call) => call(self, callee, args),
            None => {
                let name = self.type_name(callee);
                Err(self.type_error(format!("'{name}' object is not callable")))
            }
        }
    }
    /// Call a Python function: its window is put on the register stack, and the interpreter runs until it returns.
    fn call_function(
        &mut self,
        function: PayloadRef<Function>,
        receiver: Value,
        args: &Args<'_>,
    ) -> R {
        self.check_native_depth()?;
        if self.wants_attention() {
            self.poll()?;
        }
        let base = self.stack.top;
        let extra = usize::from(!receiver.is_absent());
        let n = args.vals.len() + extra;
        self.check_registers(base, n)?;
        if extra == 1 {
            // SAFETY: `check_registers` found room for `n` registers from `base` on.
            unsafe { base.write(receiver) };
        }
        // SAFETY: as above.
        let rest = unsafe { base.add(extra) };
        // SAFETY: as above; `args` may lie anywhere, also below in the same stack.
        unsafe { std::ptr::copy(args.vals.as_ptr(), rest, args.vals.len()) };
        if args.names.is_empty() && interp::push_exact(self, function, base, n) {
            return interp::run_entered(self, function);
        }
        let call = interp::Call {
            function,
            base,
            n_positional: n - args.names.len(),
            names: args.names,
            flags: FrameFlags::ENTRY,
            dst: 0,
            receiver: Value::ABSENT,
        };
        match interp::enter_function(self, &call)? {
            interp::Entered::Frame => interp::run_entered(self, function),
            interp::Entered::Value(generator) => Ok(generator),
        }
    }
}

impl NativeFunction {
    /// What goes before the arguments: the receiver of a bound method; a module is not passed.
    #[inline]
    pub fn receiver_to_pass(&self) -> Value {
        self.receiver.get()
    }
}
