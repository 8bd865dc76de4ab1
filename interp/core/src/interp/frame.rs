//! Entering a function: arguments to registers.
use haft_bytecode::flags;
use haft_heap::Value;

use crate::object::{
    Array, CellObject, CodeObject, Dict, Function, Generator, GeneratorState, PayloadRef, Str,
    Tuple,
};
use crate::vm::{Frame, FrameFlags, R, Raised, Vm};

/// A call of a Python function whose argument values already lie at the start of its window.
#[derive(Debug)]
pub struct Call<'a> {
    /// The function.
    pub function: PayloadRef<Function>,
    /// Register 0 of the callee; the positional arguments and then the values of `names` lie from here on.
    pub base: *mut Value,
    /// Number of positional arguments.
    pub n_positional: usize,
    /// Names of the keyword arguments.
    pub names: &'a [Value],
    /// How the frame is left.
    pub flags: FrameFlags,
    /// The caller's register for the result.
    pub dst: u16,
    /// The instance under construction.
    pub receiver: Value,
}

/// What entering a function did.
#[derive(Clone, Copy, Debug)]
pub enum Entered {
    /// Pushed its frame.
    Frame,
    /// Made a generator: the call's result.
    Value(Value),
}

impl Vm {
    /// Is there room for `n` registers (and the slack) from `base` on?
    #[inline]
    pub(crate) fn check_registers(&mut self, base: *mut Value, n: usize) -> R<()> {
        if !self.stack.has_room_above(base.wrapping_add(n)) {
            return Err(self.recursion_error("Stack overflow (register stack used up)"));
        }
        Ok(())
    }
    #[cold]
    #[inline(never)]
    pub(crate) fn recursion_limit_reached(&mut self) -> Raised {
        // Leave room for the handlers.
        let limit = self.recursion_limit;
        self.recursion_limit = limit + 50;
        let raised = self.recursion_error("maximum recursion depth exceeded");
        self.recursion_limit = limit;
        raised
    }
}

/// Bind the arguments and push the frame; or make the generator.
#[inline]
pub fn enter_function(vm: &mut Vm, call: &Call<'_>) -> R<Entered> {
    let function = call.function.get();
    let code_object = function.code.get();
    let code = &**code_object.get().code;
    let mut base = call.base;
    if vm.stack.frames.len() >= vm.recursion_limit || vm.stack.is_full() {
        return Err(vm.recursion_limit_reached());
    }
    vm.check_registers(base, usize::from(code.n_regs))?;
    let plain = code.flags & (flags::VARARGS | flags::VARKEYWORDS) == 0 && code.kw_only_count == 0;
    let n_bound =
        if plain && call.names.is_empty() && call.n_positional == usize::from(code.arg_count) {
            call.n_positional
        } else if let Some(n_params) = super::bind::bind_in_place(vm, call) {
            n_params
        } else {
            let (n_params, window) = super::bind::bind_above(vm, call)?;
            base = window;
            n_params
        };
    // SAFETY: `check_registers` found room for `n_regs >= n_locals` registers.
    unsafe { unbind(base, n_bound, usize::from(code.n_locals)) };
    if !code.freevars.is_empty() {
        fill_free_variables(code_object, function, base);
    }
    if code.flags & (flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR) != 0 {
        return Ok(Entered::Value(make_generator(vm, call.function, base)));
    }
    // SAFETY: as above.
    let end = unsafe { base.add(usize::from(code.n_regs)) };
    let saved_top = vm.stack.top;
    vm.stack.top = end;
    vm.stack.push_frame(Frame {
        code: code_object,
        pc: code_object.get().insns.as_ptr().cast(),
        base,
        function: call.function.value(),
        globals: function.globals,
        builtins: function.builtins,
        locals: Value::ABSENT,
        receiver: call.receiver,
        saved_top,
        saved_handled: vm.stack.handled,
        object: Value::ABSENT,
        dst: call.dst,
        flags: call.flags,
    });
    Ok(Entered::Frame)
}

/// How a frame is left.
#[derive(Clone, Copy, Debug)]
pub(super) struct Returns {
    /// The caller's register for the result.
    pub(super) dst: u16,
    /// What else there is to it.
    pub(super) flags: FrameFlags,
    /// The instance under construction.
    pub(super) receiver: Value,
}

/// Push the frame of a function, no generator, with the values of its first `n` registers where they are; the others are
/// unbound or cells of the closure. False: there is no room, or somebody wants attention.
#[inline(always)]
pub(super) fn push_at(
    vm: &mut Vm,
    of: PayloadRef<Function>,
    (base, n): (*mut Value, usize),
    returns: Returns,
) -> bool {
    let function = of.get();
    let code = function.code.get();
    let entry = code.get().entry.0;
    let end = base.wrapping_add(usize::from(entry.n_regs));
    let stack = &*vm.stack;
    if stack.frames.len() >= vm.recursion_limit
        || stack.is_full()
        || !stack.has_room_above(end)
        || vm.wants_attention()
    {
        return false;
    }
    // SAFETY: there is room for `n_regs >= n_locals` registers.
    unsafe { unbind(base, n, usize::from(entry.n_locals)) };
    if entry.has_free {
        fill_free_variables(code, function, base);
    }
    let stack = &mut *vm.stack;
    stack.push_frame(Frame {
        code,
        pc: code.get().insns.as_ptr().cast(),
        base,
        function: of.value(),
        globals: function.globals,
        builtins: function.builtins,
        locals: Value::ABSENT,
        receiver: returns.receiver,
        saved_top: stack.top,
        saved_handled: stack.handled,
        object: Value::ABSENT,
        dst: returns.dst,
        flags: returns.flags,
    });
    stack.top = end;
    true
}

/// The generator of a call with these arguments, of a function that makes one.
pub(super) fn new_generator(vm: &mut Vm, function: PayloadRef<Function>, args: &[Value]) -> R {
    let base = vm.stack.top;
    vm.check_registers(base, args.len())?;
    // SAFETY: there is room above the top, where nothing is yet.
    unsafe { std::ptr::copy(args.as_ptr(), base, args.len()) };
    let call = Call {
        function,
        base,
        n_positional: args.len(),
        names: &[],
        flags: FrameFlags::default(),
        dst: 0,
        receiver: Value::ABSENT,
    };
    match enter_function(vm, &call)? {
        Entered::Value(generator) => Ok(generator),
        Entered::Frame => Err(vm.system_error("a trace took a function for one of a generator")),
    }
}

pub(super) fn fill_free_variables(
    code_object: PayloadRef<CodeObject>,
    function: &Function,
    base: *mut Value,
) {
    let code = &**code_object.get().code;
    let cells = function.closure.get().as_ptr().and_then(Tuple::of).map_or(&[][..], Tuple::items);
    for (i, &cell) in cells.iter().enumerate() {
        let register = usize::from(code.cell_regs[code.cellvars.len() + i]);
        // SAFETY: cell registers are below `n_regs`, which fit.
        unsafe { write_register(base, register, cell) };
    }
}

/// Set the registers from number `from` up to `to` to UNBOUND.
///
/// # Safety
/// The window at `base` has at least `to` registers.
#[inline(always)]
pub(super) unsafe fn unbind(base: *mut Value, from: usize, to: usize) {
    for register in from..to {
        // SAFETY: `register` is below `to`.
        let at = unsafe { base.add(register) };
        // SAFETY: as above.
        unsafe { at.write(Value::UNBOUND) };
    }
}

/// Read a register.
///
/// # Safety
/// The window at `base` (or its copy in an array) has this register.
#[inline(always)]
pub(super) unsafe fn read_register(base: *const Value, register: usize) -> Value {
    // SAFETY: the caller's promise.
    let at = unsafe { base.add(register) };
    // SAFETY: as above.
    unsafe { at.read() }
}

/// Write a register.
///
/// # Safety
/// The window at `base` has this register.
#[inline(always)]
pub(super) unsafe fn write_register(base: *mut Value, register: usize, value: Value) {
    // SAFETY: the caller's promise.
    let at = unsafe { base.add(register) };
    // SAFETY: as above.
    unsafe { at.write(value) };
}

/// The generator, coroutine or asynchronous generator of a call whose arguments are bound.
fn make_generator(vm: &mut Vm, function: PayloadRef<Function>, base: *mut Value) -> Value {
    let code = function.code.get();
    let n_locals = usize::from(code.code.n_locals);
    let top = vm.stack.top;
    // SAFETY: the window fits, see `enter_function`. The locals must be seen by the collector meanwhile.
    vm.stack.top = unsafe { base.add(n_locals) }.max(top);
    let registers = Array::for_registers(&mut vm.heap, usize::from(code.code.n_regs));
    // SAFETY: the locals were just initialised; the array has `n_regs >= n_locals` slots and is new.
    unsafe { std::ptr::copy_nonoverlapping(base, registers.slots(), n_locals) };
    let flags = code.code.flags;
    let class = if flags & flags::ASYNC_GENERATOR != 0 {
        vm.t.async_generator
    } else if flags & flags::COROUTINE != 0 {
        vm.t.coroutine
    } else {
        vm.t.generator
    };
    let payload = Generator {
        code,
        function: function.value(),
        globals: function.globals,
        builtins: function.builtins,
        registers,
        pc: 0.into(),
        state: GeneratorState::Created.into(),
        name: function.name.get().into(),
        qualname: function.qualname.get().into(),
        handled: Value::ABSENT.into(),
        frame: Value::ABSENT.into(),
        caller_outer: Value::ABSENT.into(),
        step: Value::ABSENT.into(),
        async_flags: 0.into(),
        finalizer: Value::ABSENT.into(),
    };
    let generator = vm.new_payload_ref(class, payload);
    // A suspended generator that dies must run its `finally` blocks: only code with handlers has any.
    if !code.code.handlers.is_empty() || flags & flags::COROUTINE != 0 {
        vm.heap.add_finalizer(generator.obj());
    }
    vm.stack.top = top;
    generator.value()
}

impl Vm {
    /// A function of `code` with these globals.
    pub fn make_function(
        &mut self,
        code: PayloadRef<CodeObject>,
        globals: Dict,
    ) -> PayloadRef<Function> {
        let builtins = self.builtins_of(globals);
        let module = self.dict_get_name(globals, self.names.__name__).unwrap_or(Value::NONE);
        let doc = match code.consts.first() {
            Some(&doc) if code.code.flags & flags::HAS_DOCSTRING != 0 => doc,
            _ => Value::NONE,
        };
        let payload = Function {
            code: code.into(),
            globals,
            builtins,
            defaults: Value::ABSENT.into(),
            kwdefaults: Value::ABSENT.into(),
            closure: Value::ABSENT.into(),
            name: code.name.into(),
            qualname: code.qualname.into(),
            module: module.into(),
            doc: doc.into(),
            annotations: Value::ABSENT.into(),
            annotate: Value::ABSENT.into(),
            type_params: Value::ABSENT.into(),
        };
        self.new_payload_ref(self.t.function, payload)
    }
    /// The namespace of builtins that code with these globals sees.
    pub fn builtins_of(&mut self, globals: Dict) -> Dict {
        match self.dict_get_name(globals, self.names.__builtins__) {
            Some(found) => match PayloadRef::<crate::object::Module>::of_value(found) {
                Some(module) => module.dict,
                None => self.as_dict(found).unwrap_or(self.builtins),
            },
            None => self.builtins,
        }
    }
    /// The value of variable number `index` of `cellvars + freevars` of a frame, through its cell.
    pub fn cell_of_frame(&self, frame: &Frame, index: usize) -> Value {
        let register = usize::from(frame.code.code.cell_regs[index]);
        // SAFETY: cell registers are registers of the code, and the frame's window has them all.
        let value = unsafe { read_register(frame.base, register) };
        CellObject::of(value).map_or(value, CellObject::contents)
    }
    /// Name of a str value, for messages.
    pub fn name_text(&self, name: Value) -> String {
        name.as_ptr().and_then(Str::of).map_or_else(String::new, |s| s.to_text().into_owned())
    }
}
