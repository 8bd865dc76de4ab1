//! Frame objects: made when somebody asks for one.
use std::cell::Cell;

use haft_heap::Value;

use super::frame::read_register;
use crate::object::{CellObject, CodeObject, Dict, PayloadRef, Traceback};
use crate::payload;
use crate::vm::{Frame, R, Vm};

payload! {
    /// `types.FrameType`: shows a running frame, or what a frame was when it was left.
    pub struct FrameObject {
        /// `f_code`
        pub code: PayloadRef<CodeObject>,
        /// `f_globals`
        pub globals: Dict,
        /// `f_builtins`
        pub builtins: Dict,
        /// Index into the stack's frames while it runs.
        pub index: Cell<Option<usize>>,
        /// Word of the instruction, once it does not run.
        pub pc: Cell<u32>,
        /// Namespace of a module or class body, or ABSENT.
        pub namespace: Value,
        /// Registers of the locals, an array, once it does not run; or ABSENT.
        pub registers: Cell<Value>,
        /// `f_back`, once it does not run.
        pub back: Cell<Value>,
        /// What was written to `f_locals` under names that are no variables, a dict; or ABSENT.
        pub extra: Cell<Value>,
        /// `f_trace`
        pub trace: Cell<Value>,
        /// `f_trace_lines`
        pub trace_lines: Cell<bool>,
        /// `f_trace_opcodes`
        pub trace_opcodes: Cell<bool>,
        /// The generator, or ABSENT.
        pub generator: Value,
    }
}

impl FrameObject {
    /// The frame runs again, at this index.
    pub(super) fn attach(&self, index: usize) {
        self.index.set(Some(index));
        self.back.set(Value::NONE);
    }
}

/// The frame object of the running frame with this index.
pub fn frame_object(vm: &mut Vm, index: usize) -> Value {
    let index = vm.shown_frame(index);
    let frame = vm.stack.frames[index];
    if !frame.object.is_absent() {
        return frame.object;
    }
    let is_generator = frame.flags.has(crate::vm::FrameFlags::GENERATOR);
    let payload = FrameObject {
        code: frame.code,
        globals: frame.globals,
        builtins: frame.builtins,
        index: Some(index).into(),
        pc: 0.into(),
        namespace: frame.locals,
        registers: Value::ABSENT.into(),
        back: Value::NONE.into(),
        extra: Value::ABSENT.into(),
        trace: Value::NONE.into(),
        trace_lines: true.into(),
        trace_opcodes: false.into(),
        generator: if is_generator { frame.receiver } else { Value::ABSENT },
    };
    let object = vm.new_payload(vm.t.frame, payload);
    vm.stack.frames[index].object = object;
    if let Some(generator) =
        PayloadRef::<crate::object::Generator>::of_value(frame.receiver).filter(|_| is_generator)
    {
        vm.heap.barrier(generator.obj());
        generator.frame.set(object);
    }
    object
}

/// The frame is being left: keep in its object what can still be asked for.
pub(super) fn detach(vm: &mut Vm, frame: &Frame) {
    let Some(object) = PayloadRef::<FrameObject>::of_value(frame.object) else { return };
    // `detach` is called before or after the pop: the frame below is the one before this object's index.
    let back = match object.index.get().and_then(|index| index.checked_sub(1)) {
        Some(below) if below < vm.stack.frames.len() => frame_object(vm, below),
        _ => Value::NONE,
    };
    object.back.set(back);
    object.index.set(None);
    object.pc.set(word_of(frame));
    let n_locals = usize::from(frame.code.code.n_locals);
    let registers = vm.array(n_locals);
    for at in 0..n_locals {
        // SAFETY: the locals are the first registers of the window, which is not reused yet.
        let value = unsafe { read_register(frame.base, at) };
        registers.set(&mut vm.heap, at, value);
    }
    object.registers.set(Value::from(registers.obj()));
}

/// Number of the running instruction's word.
fn word_of(frame: &Frame) -> u32 {
    let start: *const u64 = frame.code.get().insns.as_ptr().cast();
    ((frame.pc.addr() - start.addr()) / 8) as u32
}

/// The line of the instruction at `word`; code that has not begun is in its first line.
fn shown_line(code: PayloadRef<CodeObject>, word: u32) -> u32 {
    let code = &code.get().code;
    let line = code.position(word).map_or(0, |position| position.line);
    if line == 0 && word == 0 { code.first_line } else { line }
}

impl Vm {
    /// Word of the instruction a frame object stands at.
    pub fn frame_pc(&self, object: &FrameObject) -> u32 {
        match object.index.get() {
            Some(index) => word_of(&self.stack.frames[index]),
            None => object.pc.get(),
        }
    }
    /// `f_lineno`
    pub fn frame_line(&self, object: &FrameObject) -> u32 {
        if self.is_module_beginning(object) {
            return 0;
        }
        shown_line(object.code, self.frame_pc(object))
    }
    /// Is a trace function told that this code, a module's, begins? It stands before its first line then, in line 0.
    pub fn is_module_beginning(&self, object: &FrameObject) -> bool {
        self.stack.watch.event == Some(super::watch::Event::PyStart)
            && self.frame_pc(object) == 0
            && object.code.get().code.name == "<module>"
    }
    /// Line of the running frame with this index.
    pub fn line_of_frame(&self, index: usize) -> u32 {
        let frame = &self.stack.frames[index];
        shown_line(frame.code, word_of(frame))
    }
    /// `f_back`, None at the outermost frame.
    pub fn frame_back(&mut self, object: &FrameObject) -> Value {
        match object.index.get() {
            Some(0) => Value::NONE,
            Some(index) => frame_object(self, index - 1),
            None => object.back.get(),
        }
    }
    /// The registers of a frame, running or not; null if they are gone.
    fn frame_registers(&self, object: &FrameObject) -> *mut Value {
        match object.index.get() {
            Some(index) => self.stack.frames[index].base,
            None => match object.registers.get().as_ptr() {
                Some(array) => crate::object::Array::of_word(Value::from(array).bits())
                    .map_or(std::ptr::null_mut(), |a| a.slots()),
                None => std::ptr::null_mut(),
            },
        }
    }
    /// The variables of a function's frame, as they are now.
    pub fn frame_variables(&mut self, object: &FrameObject) -> R<Dict> {
        let base = self.frame_registers(object);
        let dict = self.locals_dict(object.code, base)?;
        let extra = object.extra.get();
        if !extra.is_absent() {
            self.dict_update(dict, extra)?;
        }
        Ok(dict)
    }
    /// Set a variable of a function's frame; a name that is none is kept beside them.
    pub fn set_frame_variable(&mut self, object: &FrameObject, key: Value, value: Value) -> R<()> {
        let base = self.frame_registers(object);
        let register = self.as_str(key).and_then(|name| {
            let text = name.to_text();
            let code = &object.code.get().code;
            let cells = code.cellvars.iter().chain(&code.freevars).position(|n| *n == *text);
            let cell = cells.map(|at| usize::from(code.cell_regs[at]));
            cell.or_else(|| code.varnames.iter().position(|n| *n == *text))
        });
        let Some(register) = register.filter(|_| !base.is_null()) else {
            let extra = match self.as_dict(object.extra.get()) {
                Some(extra) => extra,
                None => {
                    let extra = self.dict();
                    object.extra.set(extra.value());
                    extra
                }
            };
            return self.dict_set(extra, key, value);
        };
        // SAFETY: registers of variables are below `n_locals`, which a window or its copy has.
        let old = unsafe { read_register(base, register) };
        match CellObject::of(old) {
            Some(cell) => cell.set(&mut self.heap, value),
            None if object.index.get().is_none() => {
                let kept = crate::object::Array::of_word(object.registers.get().bits());
                if let Some(registers) = kept {
                    registers.set(&mut self.heap, register, value);
                }
            }
            // SAFETY: as above.
            None => unsafe { super::frame::write_register(base, register, value) },
        }
        Ok(())
    }
    /// `locals()` of the innermost frame.
    pub fn current_locals(&mut self) -> R {
        let Some(frame) = self.stack.frames.last().copied() else {
            return Err(self.system_error("frame does not exist"));
        };
        if !frame.locals.is_absent() {
            return Ok(frame.locals);
        }
        Ok(self.locals_dict(frame.code, frame.base)?.value())
    }
    /// A dict of the variables in a window.
    fn locals_dict(&mut self, code: PayloadRef<CodeObject>, base: *const Value) -> R<Dict> {
        let dict = self.dict();
        if base.is_null() {
            return Ok(dict);
        }
        let data = code.get();
        for (at, &name) in data.varnames.iter().enumerate() {
            // SAFETY: `varnames` are the first registers of the window.
            let value = unsafe { read_register(base, at) };
            let value = CellObject::of(value).map_or(value, CellObject::contents);
            if value != Value::UNBOUND && !value.is_absent() {
                self.dict_set_name(dict, name, value);
            }
        }
        let cells = data.code.cellvars.iter().chain(&data.code.freevars);
        for (name, &register) in cells.zip(&data.code.cell_regs) {
            // SAFETY: cell registers are below `n_locals`, which a window or its copy has.
            let value = unsafe { read_register(base, usize::from(register)) };
            let value = CellObject::of(value).map_or(Value::ABSENT, CellObject::contents);
            if !value.is_absent() && value != Value::UNBOUND && name != "__class__" {
                self.dict_set_str(dict, name, value);
            }
        }
        Ok(dict)
    }
    /// `tb_frame`: a frame object for a frame that is gone, or the running one's.
    pub fn traceback_frame(&mut self, entry: PayloadRef<Traceback>) -> Value {
        if !entry.frame.get().is_absent() {
            return entry.frame.get();
        }
        let builtins = self.builtins_of(entry.globals);
        let back = match PayloadRef::<Traceback>::of_value(entry.outer.get()) {
            Some(outer) => self.traceback_frame(outer),
            None => Value::NONE,
        };
        let back = back.into();
        let payload = FrameObject {
            code: entry.code,
            globals: entry.globals,
            builtins,
            index: None.into(),
            pc: entry.pc.into(),
            namespace: if entry.code.get().code.flags & haft_bytecode::flags::OPTIMIZED == 0 {
                entry.globals.value()
            } else {
                Value::ABSENT
            },
            registers: entry.locals.get().into(),
            back,
            extra: Value::ABSENT.into(),
            trace: Value::NONE.into(),
            trace_lines: true.into(),
            trace_opcodes: false.into(),
            generator: Value::ABSENT,
        };
        let object = self.new_payload(self.t.frame, payload);
        entry.frame.set(object);
        object
    }
}
