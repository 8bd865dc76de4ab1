//! The trait that handlers are written over: one definition of what an instruction does, two ways to do it.
//!
//! [`Direct`](super::direct::Direct) executes: a value is a word, a test is a branch. [`Rec`](super::jit::Rec) executes
//! and writes down what it did as IR: a value is a word together with the IR instruction that made it, a test is a guard
//! on the outcome it had. Laws for handlers:
//! * look at a value only through the machine (`is_int`, `kind_is`, …), so that the recorder sees each decision;
//! * no guard after an effect on the world;
//! * loops only over numbers that are constant for the instruction;
//! * everything else is a [`Helper`], which a trace simply calls.
use haft_bytecode::Insn;
use haft_bytecode::opcode::Effects;
use haft_heap::{Obj, Value};

use crate::object::{Cache, CompareOp, Kind};
use crate::vm::{R, Vm};

/// Arithmetic on unboxed ints. Results are checked to be fixnums.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IntOp {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `//`, divisor not 0
    FloorDiv,
    /// `%`, divisor not 0
    Mod,
    /// `<<`, count 0 to 63
    LShift,
    /// `>>`, count not negative
    RShift,
    /// `&`
    And,
    /// `|`
    Or,
    /// `^`
    Xor,
}

/// Arithmetic on unboxed floats.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FloatOp {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`, divisor not 0
    Div,
}

/// A function of the runtime that handlers call and traces contain as a call.
#[derive(Clone, Copy, Debug)]
pub struct Helper<F> {
    /// Name in IR.
    pub name: &'static str,
    /// What it may do.
    pub effects: Effects,
    /// The function.
    pub call: F,
}

/// A helper of one value.
pub type Helper1 = Helper<fn(&mut Vm, Value) -> R>;
/// A helper of two values.
pub type Helper2 = Helper<fn(&mut Vm, Value, Value) -> R>;
/// A helper of three values.
pub type Helper3 = Helper<fn(&mut Vm, Value, Value, Value) -> R>;

/// Executes handlers, or executes and records them.
pub trait Machine {
    /// A Python value.
    type V: Copy;
    /// An unboxed int.
    type I: Copy;
    /// An unboxed float.
    type F: Copy;

    /// The runtime.
    fn vm(&mut self) -> &mut Vm;
    /// Extension word of the running instruction.
    fn ext(&mut self) -> Insn;
    /// Put the position of the running instruction where a traceback or another frame looks for it. To be called
    /// before anything that may raise or run Python.
    fn save_pc(&mut self);
    /// Go on `offset` words after the running instruction.
    fn jump(&mut self, offset: i32);
    /// Read a register.
    fn reg(&mut self, register: u16) -> Self::V;
    /// Write a register.
    fn set(&mut self, register: u16, value: Self::V);
    /// A value that is the same each time.
    fn constant(&mut self, value: Value) -> Self::V;
    /// The present word, to compute with constants of this instruction; no decision may depend on it.
    fn word_of(&self, value: Self::V) -> Value;

    /// Is it a fixnum?
    fn is_int(&mut self, value: Self::V) -> bool;
    /// Is it an immediate float?
    fn is_float(&mut self, value: Self::V) -> bool;
    /// Is it this very word?
    fn is_same(&mut self, value: Self::V, constant: Value) -> bool;
    /// Is it a number, str, bytes or singleton of exactly a built-in class? A machine may always say no: the answer lets
    /// a recorder choose a helper that runs no Python, where the general helper would do the same.
    fn is_plain(&mut self, value: Self::V) -> bool;
    /// Is it plain, or an exact tuple, which the helpers for keys look into? A machine may say no, as for `is_plain`.
    fn is_key(&mut self, value: Self::V) -> bool;
    /// Is it plain, or a container or iterator of exactly a built-in class? A machine may say no, as for `is_plain`.
    fn is_builtin(&mut self, value: Self::V) -> bool;
    /// Are both the same word?
    fn identical(&mut self, a: Self::V, b: Self::V) -> bool;
    /// Is it a heap object of this kind?
    fn kind_is(&mut self, value: Self::V, kind: Kind) -> bool;
    /// Is it a heap object of the shape with this number?
    fn shape_is(&mut self, value: Self::V, shape: u32) -> bool;
    /// Does the class version still have this number? (A trace watches the class instead of asking.)
    fn version_is(&mut self, class: Obj, version: u32) -> bool;

    /// The number in a fixnum.
    fn int(&mut self, value: Self::V) -> Self::I;
    /// The number in an immediate float.
    fn float(&mut self, value: Self::V) -> Self::F;
    /// A constant int.
    fn int_constant(&mut self, number: i64) -> Self::I;
    /// An int that fits as a value.
    fn of_int(&mut self, number: Self::I) -> Self::V;
    /// A float as a value.
    fn of_float(&mut self, number: Self::F) -> Self::V;
    /// The other one of `True` and `False`.
    fn negated(&mut self, value: Self::V) -> Self::V;
    /// A test's outcome as a value.
    fn of_bool(&mut self, outcome: bool) -> Self::V;
    /// Arithmetic; `None` if the result is no fixnum.
    fn int_op(&mut self, op: IntOp, a: Self::I, b: Self::I) -> Option<Self::I>;
    /// Comparison.
    fn int_compare(&mut self, op: CompareOp, a: Self::I, b: Self::I) -> bool;
    /// Arithmetic.
    fn float_op(&mut self, op: FloatOp, a: Self::F, b: Self::F) -> Self::F;
    /// Comparison.
    fn float_compare(&mut self, op: CompareOp, a: Self::F, b: Self::F) -> bool;
    /// The number with the other sign.
    fn float_negative(&mut self, number: Self::F) -> Self::F;
    /// Conversion.
    fn int_to_float(&mut self, number: Self::I) -> Self::F;

    /// Payload word of an object as a value.
    fn load(&mut self, object: Self::V, word: usize) -> Self::V;
    /// Store a value into a payload word, with the write barrier.
    fn store(&mut self, object: Self::V, word: usize, value: Self::V);
    /// Slot `index` of the array whose object is in payload word `word` of `object`.
    fn load_overflow(&mut self, object: Self::V, word: usize, index: usize) -> Self::V;
    /// Change the shape of an object.
    fn set_shape(&mut self, object: Self::V, shape: u32);

    /// Item `index` of an exact list; `None` if it is out of range. A negative index counts from the end.
    fn list_item(&mut self, list: Self::V, index: Self::I) -> Option<Self::V>;
    /// Replace item `index` of an exact list; false if it is out of range.
    fn set_list_item(&mut self, list: Self::V, index: Self::I, value: Self::V) -> bool;
    /// Byte `index` of an exact bytes or bytearray; `None` if it is out of range or the object is none. A machine may always
    /// say so.
    fn byte_item(&mut self, object: Self::V, index: Self::I) -> Option<Self::I>;
    /// Replace byte `index` of an exact bytearray; false if that is not possible. A machine may always say so.
    fn set_byte_item(&mut self, object: Self::V, index: Self::I, value: Self::V) -> bool;
    /// Item `index` of a tuple that is known to have it.
    fn tuple_field(&mut self, tuple: Self::V, index: usize) -> Self::V;
    /// Item `index` of a tuple; `None` if it is out of range.
    fn tuple_item(&mut self, tuple: Self::V, index: Self::I) -> Option<Self::V>;
    /// Length of a tuple or list equals the constant?
    fn length_is(&mut self, sequence: Self::V, len: usize) -> bool;
    /// Next number of a range iterator; `None` at the end.
    fn range_next(&mut self, iter: Self::V) -> Option<Self::V>;
    /// Next item of a list iterator; `None` at the end.
    fn list_next(&mut self, iter: Self::V) -> Option<Self::V>;
    /// Next item of a tuple iterator; `None` at the end.
    fn tuple_next(&mut self, iter: Self::V) -> Option<Self::V>;

    /// Next item of any iterator, by a helper that says ABSENT at the end. The last thing its instruction does.
    fn next_item(&mut self, iter: Self::V, helper: &'static Helper1) -> R<Option<Self::V>>;
    /// A new tuple of the `n` values in registers from `first` on.
    fn tuple_of(&mut self, first: u16, n: u16) -> Self::V;
    /// Contents of a cell; ABSENT if it is empty.
    fn cell(&mut self, cell: Self::V) -> Self::V;
    /// Change the contents of a cell.
    fn set_cell(&mut self, cell: Self::V, value: Self::V);
    /// Parts of an exact complex.
    fn complex(&mut self, value: Self::V) -> (Self::F, Self::F);
    /// A new complex.
    fn of_complex(&mut self, re: Self::F, im: Self::F) -> Self::V;

    /// The global or builtin that a cache knows in the running frame.
    fn cached_global(&mut self, cache: &Cache) -> Option<Self::V>;

    /// The entry of a module's namespace that a cache knows.
    fn module_entry(&mut self, module: Self::V, cache: &Cache) -> Option<Self::V>;

    /// Call a helper.
    fn call1(&mut self, helper: &'static Helper1, a: Self::V) -> R<Self::V>;
    /// Call a helper.
    fn call2(&mut self, helper: &'static Helper2, a: Self::V, b: Self::V) -> R<Self::V>;
    /// Call a helper.
    fn call3(&mut self, helper: &'static Helper3, a: Self::V, b: Self::V, c: Self::V)
    -> R<Self::V>;
    /// Call a helper that says ABSENT when it has done nothing, because it might have to run Python; `None` then. A
    /// machine may say so without a call.
    fn attempt2(&mut self, helper: &'static Helper2, a: Self::V, b: Self::V) -> R<Option<Self::V>>;
    /// Likewise.
    fn attempt3(
        &mut self,
        helper: &'static Helper3,
        a: Self::V,
        b: Self::V,
        c: Self::V,
    ) -> R<Option<Self::V>>;
    /// `bool(value)`, decided.
    fn truth(&mut self, value: Self::V) -> R<bool>;
}
