//! The machine that executes.
use haft_bytecode::Insn;
use haft_heap::{Obj, Value};

use super::machine::{FloatOp, Helper1, Helper2, Helper3, IntOp, Machine};
use crate::object::{
    Array, Cache, CellObject, CodeObject, CompareOp, Complex, Kind, List, ListIter, PayloadRef,
    RangeIter, Tuple, TupleIter, Type,
};
use crate::vm::{Frame, R, Vm};

/// Registers and position of the running frame, copied out of it.
///
/// Invariant: `frame` is the innermost frame of the runtime, `base` its window, `pc` a word of its code. Whoever pushes
/// or pops a frame calls [`Direct::reload`] before anything else is done with the machine.
pub(super) struct Direct<'v> {
    pub(super) vm: &'v mut Vm,
    pub(super) base: *mut Value,
    /// The word after the running instruction (after its extension once that was read).
    pub(super) pc: *const u64,
    /// The running instruction.
    pub(super) here: *const u64,
    pub(super) frame: *mut Frame,
}

impl<'v> Direct<'v> {
    /// The machine on the innermost frame.
    #[inline(always)]
    pub(super) fn new(vm: &'v mut Vm) -> Direct<'v> {
        let frame = vm.stack.frames.last_mut().expect("the interpreter runs with a frame");
        let (base, pc, frame) = (frame.base, frame.pc, &raw mut *frame);
        Direct { vm, base, pc, here: pc, frame }
    }
    /// Take over the innermost frame, at its saved position.
    #[inline(always)]
    pub(super) fn reload(&mut self) {
        let frame = self.vm.stack.frames.last_mut().expect("the interpreter runs with a frame");
        self.base = frame.base;
        self.pc = frame.pc;
        self.frame = frame;
    }
    /// Do something with a copy of the machine, so that no reference to this one leaves the function: its fields stay in
    /// registers then.
    #[inline(always)]
    pub(super) fn aside<T>(&mut self, work: impl FnOnce(&mut Direct<'_>) -> T) -> T {
        let mut copy = Direct {
            vm: &mut *self.vm,
            base: self.base,
            pc: self.pc,
            here: self.here,
            frame: self.frame,
        };
        let result = work(&mut copy);
        (self.base, self.pc, self.here, self.frame) = (copy.base, copy.pc, copy.here, copy.frame);
        result
    }
    /// The next instruction.
    #[inline(always)]
    pub(super) fn fetch(&mut self) -> Insn {
        self.here = self.pc;
        // SAFETY: `pc` is a word of the running code; code ends with an instruction that does not fall through.
        let word = unsafe { self.pc.read() };
        // SAFETY: as above: there is a next word, or the instruction leaves the code.
        self.pc = unsafe { self.pc.add(1) };
        Insn(word)
    }
    /// The running code.
    #[inline(always)]
    pub(super) fn code(&self) -> PayloadRef<CodeObject> {
        // SAFETY: `frame` is the innermost frame.
        unsafe { (*self.frame).code }
    }
    /// A copy of the running frame's record.
    #[inline(always)]
    pub(super) fn frame(&self) -> &Frame {
        // SAFETY: `frame` is the innermost frame, which nobody else touches while this reference is used.
        unsafe { &*self.frame }
    }
    /// Take the innermost frame off, and put back what it found. [`Direct::reload`] must follow.
    #[inline(always)]
    pub(super) fn drop_frame(&mut self) {
        let (top, handled) = (self.frame().saved_top, self.frame().saved_handled);
        let stack = &mut *self.vm.stack;
        let len = stack.frames.len() - 1;
        stack.frames.truncate(len);
        stack.top = top;
        stack.handled = handled;
    }
    /// Address of a register.
    #[inline(always)]
    pub(super) fn register(&self, register: usize) -> *mut Value {
        // SAFETY: register numbers in code are below `n_regs`, and the window has that many.
        unsafe { self.base.add(register) }
    }
    /// `n` registers from `first` on. Good until they are written.
    #[inline(always)]
    pub(super) fn window<'a>(&self, first: u16, n: usize) -> &'a [Value] {
        // SAFETY: the compiler emits ranges inside the window.
        unsafe { std::slice::from_raw_parts(self.register(usize::from(first)), n) }
    }
}

impl Machine for Direct<'_> {
    type V = Value;
    type I = i64;
    type F = f64;

    #[inline(always)]
    fn vm(&mut self) -> &mut Vm {
        self.vm
    }
    #[inline(always)]
    fn ext(&mut self) -> Insn {
        // SAFETY: only called by handlers of rows with two words.
        let word = unsafe { self.pc.read() };
        // SAFETY: as above.
        self.pc = unsafe { self.pc.add(1) };
        Insn(word)
    }
    #[inline(always)]
    fn save_pc(&mut self) {
        // SAFETY: `frame` is the innermost frame.
        unsafe { (*self.frame).pc = self.here };
    }
    #[inline(always)]
    fn jump(&mut self, offset: i32) {
        // SAFETY: jump targets lie in the code.
        self.pc = unsafe { self.pc.offset(offset as isize) };
    }
    #[inline(always)]
    fn reg(&mut self, register: u16) -> Value {
        // SAFETY: see `register`.
        unsafe { self.register(usize::from(register)).read() }
    }
    #[inline(always)]
    fn set(&mut self, register: u16, value: Value) {
        // SAFETY: see `register`.
        unsafe { self.register(usize::from(register)).write(value) };
    }
    #[inline(always)]
    fn constant(&mut self, value: Value) -> Value {
        value
    }
    #[inline(always)]
    fn word_of(&self, value: Value) -> Value {
        value
    }
    #[inline(always)]
    fn is_int(&mut self, value: Value) -> bool {
        value.is_fixnum()
    }
    #[inline(always)]
    fn is_float(&mut self, value: Value) -> bool {
        value.is_float_imm()
    }
    #[inline(always)]
    fn is_same(&mut self, value: Value, constant: Value) -> bool {
        value == constant
    }
    #[inline(always)]
    fn is_plain(&mut self, _: Value) -> bool {
        false
    }
    #[inline(always)]
    fn is_key(&mut self, _: Value) -> bool {
        false
    }
    #[inline(always)]
    fn is_builtin(&mut self, _: Value) -> bool {
        false
    }
    #[inline(always)]
    fn identical(&mut self, a: Value, b: Value) -> bool {
        a == b
    }
    #[inline(always)]
    fn kind_is(&mut self, value: Value, kind: Kind) -> bool {
        value.as_ptr().is_some_and(|obj| obj.kind() == kind as u8)
    }
    #[inline(always)]
    fn shape_is(&mut self, value: Value, shape: u32) -> bool {
        value.as_ptr().is_some_and(|obj| obj.shape() == shape)
    }
    #[inline(always)]
    fn version_is(&mut self, class: Obj, version: u32) -> bool {
        Type::of(class).is_some_and(|ty| ty.version.get() == version)
    }
    #[inline(always)]
    fn int(&mut self, value: Value) -> i64 {
        (value.bits() as i64) >> 2
    }
    #[inline(always)]
    fn float(&mut self, value: Value) -> f64 {
        value.as_float_imm().unwrap_or(0.0)
    }
    #[inline(always)]
    fn int_constant(&mut self, number: i64) -> i64 {
        number
    }
    #[inline(always)]
    fn of_int(&mut self, number: i64) -> Value {
        Value::fixnum_unchecked(number)
    }
    #[inline(always)]
    fn of_float(&mut self, number: f64) -> Value {
        self.vm.float(number)
    }
    #[inline(always)]
    fn negated(&mut self, value: Value) -> Value {
        Value::bool(value != Value::TRUE)
    }
    #[inline(always)]
    fn of_bool(&mut self, outcome: bool) -> Value {
        Value::bool(outcome)
    }
    #[inline(always)]
    fn int_op(&mut self, op: IntOp, a: i64, b: i64) -> Option<i64> {
        let result = match op {
            IntOp::Add => a + b,
            IntOp::Sub => a - b,
            IntOp::Mul => a.checked_mul(b)?,
            IntOp::FloorDiv => a.wrapping_div(b) - i64::from((a ^ b) < 0 && a.wrapping_rem(b) != 0),
            IntOp::Mod => {
                let rest = a.wrapping_rem(b);
                if rest != 0 && (rest ^ b) < 0 { rest + b } else { rest }
            }
            IntOp::LShift => {
                let shifted = a << b;
                if shifted >> b != a {
                    return None;
                }
                shifted
            }
            IntOp::RShift => a >> b.min(63),
            IntOp::And => return Some(a & b),
            IntOp::Or => return Some(a | b),
            IntOp::Xor => return Some(a ^ b),
        };
        (Value::FIXNUM_MIN..=Value::FIXNUM_MAX).contains(&result).then_some(result)
    }
    #[inline(always)]
    fn int_compare(&mut self, op: CompareOp, a: i64, b: i64) -> bool {
        op.holds(a.cmp(&b))
    }
    #[inline(always)]
    fn float_op(&mut self, op: FloatOp, a: f64, b: f64) -> f64 {
        match op {
            FloatOp::Add => a + b,
            FloatOp::Sub => a - b,
            FloatOp::Mul => a * b,
            FloatOp::Div => a / b,
        }
    }
    #[inline(always)]
    fn float_compare(&mut self, op: CompareOp, a: f64, b: f64) -> bool {
        match op {
            CompareOp::Lt => a < b,
            CompareOp::Le => a <= b,
            CompareOp::Eq => a == b,
            CompareOp::Ne => a != b,
            CompareOp::Gt => a > b,
            CompareOp::Ge => a >= b,
        }
    }
    #[inline(always)]
    fn float_negative(&mut self, number: f64) -> f64 {
        -number
    }
    #[inline(always)]
    fn int_to_float(&mut self, number: i64) -> f64 {
        number as f64
    }
    #[inline(always)]
    fn load(&mut self, object: Value, word: usize) -> Value {
        object.as_ptr().map_or(Value::ABSENT, |obj| Value::from_bits(obj.word(word)))
    }
    #[inline(always)]
    fn store(&mut self, object: Value, word: usize, value: Value) {
        if let Some(obj) = object.as_ptr() {
            self.vm.heap.barrier(obj);
            obj.set_word(word, value.bits());
        }
    }
    #[inline(always)]
    fn load_overflow(&mut self, object: Value, word: usize, index: usize) -> Value {
        let array = object.as_ptr().and_then(|obj| Array::of_word(obj.word(word)));
        array.filter(|array| index < array.len()).map_or(Value::ABSENT, |array| array.at(index))
    }
    #[inline(always)]
    fn set_shape(&mut self, object: Value, shape: u32) {
        if let Some(obj) = object.as_ptr() {
            obj.set_shape(shape);
        }
    }
    #[inline(always)]
    fn list_item(&mut self, list: Value, index: i64) -> Option<Value> {
        let list = list.as_ptr().and_then(List::of)?;
        let index = if index < 0 { index + list.len() as i64 } else { index };
        list.get(usize::try_from(index).ok()?)
    }
    #[inline(always)]
    fn set_list_item(&mut self, list: Value, index: i64, value: Value) -> bool {
        let Some(list) = list.as_ptr().and_then(List::of) else { return false };
        let index = if index < 0 { index + list.len() as i64 } else { index };
        usize::try_from(index).is_ok_and(|at| list.set(&mut self.vm.heap, at, value))
    }
    #[inline(always)]
    fn byte_item(&mut self, _: Value, _: i64) -> Option<i64> {
        None
    }
    #[inline(always)]
    fn set_byte_item(&mut self, _: Value, _: i64, _: Value) -> bool {
        false
    }
    #[inline(always)]
    fn tuple_field(&mut self, tuple: Value, index: usize) -> Value {
        let tuple = tuple.as_ptr().and_then(Tuple::of).expect("it was tested or just made");
        tuple.items()[index]
    }
    #[inline(always)]
    fn tuple_item(&mut self, tuple: Value, index: i64) -> Option<Value> {
        let items = tuple.as_ptr().and_then(Tuple::of)?.items();
        let index = if index < 0 { index + items.len() as i64 } else { index };
        items.get(usize::try_from(index).ok()?).copied()
    }
    #[inline(always)]
    fn length_is(&mut self, sequence: Value, len: usize) -> bool {
        let Some(obj) = sequence.as_ptr() else { return false };
        match (Tuple::of(obj), List::of(obj)) {
            (Some(tuple), _) => tuple.len() == len,
            (_, Some(list)) => list.len() == len,
            _ => false,
        }
    }
    #[inline(always)]
    fn range_next(&mut self, iter: Value) -> Option<Value> {
        PayloadRef::<RangeIter>::of_value(iter)?.advance().map(Value::fixnum_unchecked)
    }
    #[inline(always)]
    fn list_next(&mut self, iter: Value) -> Option<Value> {
        Some(PayloadRef::<ListIter>::of_value(iter)?.advance()).filter(|v| !v.is_absent())
    }
    #[inline(always)]
    fn tuple_next(&mut self, iter: Value) -> Option<Value> {
        Some(PayloadRef::<TupleIter>::of_value(iter)?.advance()).filter(|v| !v.is_absent())
    }
    #[inline(always)]
    fn next_item(&mut self, iter: Value, helper: &'static Helper1) -> R<Option<Value>> {
        let item = (helper.call)(self.vm, iter)?;
        Ok((!item.is_absent()).then_some(item))
    }
    #[inline(always)]
    fn tuple_of(&mut self, first: u16, n: u16) -> Value {
        self.vm.tuple(self.window(first, usize::from(n)))
    }
    #[inline(always)]
    fn cell(&mut self, cell: Value) -> Value {
        CellObject::of(cell).expect("the compiler put a cell into this register").contents()
    }
    #[inline(always)]
    fn set_cell(&mut self, cell: Value, value: Value) {
        let cell = CellObject::of(cell).expect("the compiler put a cell into this register");
        cell.set(&mut self.vm.heap, value);
    }
    #[inline(always)]
    fn complex(&mut self, value: Value) -> (f64, f64) {
        value.as_ptr().and_then(Complex::of).map_or((0.0, 0.0), Complex::parts)
    }
    #[inline(always)]
    fn of_complex(&mut self, re: f64, im: f64) -> Value {
        self.vm.complex(re, im)
    }
    #[inline(always)]
    fn cached_global(&mut self, cache: &Cache) -> Option<Value> {
        super::names::cached_global(cache, self.frame().globals, self.frame().builtins)
    }
    #[inline(always)]
    fn module_entry(&mut self, module: Value, cache: &Cache) -> Option<Value> {
        super::names::cached_module_entry(cache, module)
    }
    #[inline(always)]
    fn call1(&mut self, helper: &'static Helper1, a: Value) -> R {
        (helper.call)(self.vm, a)
    }
    #[inline(always)]
    fn call2(&mut self, helper: &'static Helper2, a: Value, b: Value) -> R {
        (helper.call)(self.vm, a, b)
    }
    #[inline(always)]
    fn call3(&mut self, helper: &'static Helper3, a: Value, b: Value, c: Value) -> R {
        (helper.call)(self.vm, a, b, c)
    }
    #[inline(always)]
    fn attempt2(&mut self, _: &'static Helper2, _: Value, _: Value) -> R<Option<Value>> {
        Ok(None)
    }
    #[inline(always)]
    fn attempt3(&mut self, _: &'static Helper3, _: Value, _: Value, _: Value) -> R<Option<Value>> {
        Ok(None)
    }
    #[inline(always)]
    fn truth(&mut self, value: Value) -> R<bool> {
        self.vm.truth(value)
    }
}
