//! Running code that is no function: modules, class bodies, `exec`.
use haft_heap::Value;

use crate::object::{CellObject, CodeObject, Dict, Function, PayloadRef, Tuple};
use crate::vm::{Frame, FrameFlags, R, Vm};

/// Run `code` with these namespaces; what it returns (`eval`), None for statements.
pub fn exec_code(vm: &mut Vm, code: PayloadRef<CodeObject>, globals: Dict, locals: Value) -> R {
    let builtins = vm.builtins_of(globals);
    push_body(vm, code, Value::ABSENT, globals, builtins, locals)?;
    super::run(vm)
}

/// Run the body of a class, a function without arguments, in `namespace`: what it returns, its `__class__` cell or None.
pub fn run_class_body(vm: &mut Vm, function: PayloadRef<Function>, namespace: Value) -> R {
    let f = function.get();
    push_body(vm, f.code.get(), function.value(), f.globals, f.builtins, namespace)?;
    super::run(vm)
}

fn push_body(
    vm: &mut Vm,
    code: PayloadRef<CodeObject>,
    function: Value,
    globals: Dict,
    builtins: Dict,
    locals: Value,
) -> R<()> {
    vm.check_native_depth()?;
    if vm.stack.frames.len() >= vm.recursion_limit || vm.stack.is_full() {
        return Err(vm.recursion_limit_reached());
    }
    let base = vm.stack.top;
    let n_regs = usize::from(code.code.n_regs);
    vm.check_registers(base, n_regs)?;
    // SAFETY: there is room for `n_regs >= n_locals` registers.
    unsafe { super::frame::unbind(base, 0, usize::from(code.code.n_locals)) };
    let closure =
        PayloadRef::<Function>::of_value(function).map_or(Value::ABSENT, |f| f.closure.get());
    let cells = closure.as_ptr().and_then(Tuple::of).map_or(&[][..], Tuple::items);
    let first = code.code.cellvars.len();
    for (i, &cell) in cells.iter().enumerate() {
        debug_assert!(CellObject::of(cell).is_some(), "closures hold cells");
        let register = usize::from(code.code.cell_regs[first + i]);
        // SAFETY: cell registers are below `n_regs`.
        unsafe { super::frame::write_register(base, register, cell) };
    }
    let saved_top = vm.stack.top;
    // SAFETY: as above.
    vm.stack.top = unsafe { base.add(n_regs) };
    vm.stack.frames.push(Frame {
        code,
        pc: code.get().insns.as_ptr().cast(),
        base,
        function,
        globals,
        builtins,
        locals,
        receiver: Value::ABSENT,
        saved_top,
        saved_handled: vm.stack.handled,
        object: Value::ABSENT,
        dst: 0,
        flags: FrameFlags::ENTRY,
    });
    Ok(())
}

impl Vm {
    /// See [`run_class_body`].
    pub fn run_class_body(&mut self, function: Value, namespace: Value) -> R {
        match PayloadRef::<Function>::of_value(function) {
            Some(function) => run_class_body(self, function, namespace),
            None => Err(self.type_error("__build_class__: func must be a function")),
        }
    }
}
