//! Things that can be called: code, functions, native functions, bound methods; and cells.
use std::cell::{Cell, OnceCell};
use std::sync::Arc;

use haft_bytecode::{Code, Insn, Liveness, Op, flags};
use haft_heap::{Heap, Obj, Value};

use super::{Dict, Fixed, Kind, NoTrace, PayloadRef, ShapeId};
use crate::native::{NativeDef, Signature};
use crate::payload;

/// A variable that several scopes share: one value, ABSENT while it is unbound.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cell_(Obj);

impl Cell_ {
    /// A cell that holds `value`.
    pub fn new(heap: &mut Heap, value: Value) -> Cell_ {
        let obj = heap.alloc(Kind::Cell as u8, ShapeId::CELL.0, 8);
        obj.set_word(0, value.bits());
        Cell_(obj)
    }
    /// The cell `value`, if it is one.
    #[inline]
    pub fn of(value: Value) -> Option<Cell_> {
        value.as_ptr().filter(|obj| obj.kind() == Kind::Cell as u8).map(Cell_)
    }
    /// The value; ABSENT if it is empty.
    #[inline]
    pub fn contents(self) -> Value {
        Value::from_bits(self.0.word(0))
    }
    /// Change the value.
    #[inline]
    pub fn set(self, heap: &mut Heap, value: Value) {
        heap.barrier(self.0);
        self.0.set_word(0, value.bits());
    }
    /// As a value.
    pub fn value(self) -> Value {
        Value::from(self.0)
    }
}

/// What an inline cache knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(u8)]
pub enum How {
    /// Nothing.
    #[default]
    Nothing,
    /// The attribute is in payload word `slot` of objects of shape `key`.
    Inline,
    /// It is in slot `slot` of the overflow array, which is in payload word `next`.
    Overflow,
    /// It is `value`, an attribute of the class, for objects of shape `key` while the class has this version.
    Class,
    /// It is `value`, what a static method of the class wraps; likewise.
    Static,
    /// It is `value`, what a class method wraps, bound to the class; likewise. For `load_method` only.
    ClassMethod,
    /// It is the result of the property getter `value`, likewise.
    Getter,
    /// It is computed by the native attribute `value`, likewise.
    GetSet,
    /// It is entry `slot` of the module's namespace while its keys have version `key`.
    Module,
    /// A store adds the attribute: word `slot`, shape `next` afterwards; for objects of shape `key`.
    Add,
    /// A global: entry `slot` while the keys have version `key`.
    Global,
    /// A builtin: entry `slot` while the globals' keys have version `key` and the builtins' have version `next`.
    Builtin,
}

impl How {
    /// Does it hold while a class has a version?
    pub fn is_by_class(self) -> bool {
        matches!(self, How::Class | How::Static | How::ClassMethod | How::Getter | How::GetSet)
    }
}

/// An inline cache: what an instruction found last time.
#[derive(Default, Debug)]
pub struct Cache {
    /// Shape of the object (attributes), or version of the globals dict.
    pub key: Cell<u32>,
    /// What was found.
    pub how: Cell<How>,
    /// Slot place, entry number.
    pub slot: Cell<u32>,
    /// Shape after the store, or version of the builtins dict.
    pub next: Cell<u32>,
    /// Version of the class that the entry depends on.
    pub version: Cell<u32>,
    /// The attribute of the class.
    pub value: Cell<Value>,
    /// The class whose version is compared.
    pub class: Cell<Value>,
}

impl super::Traced for Cache {
    fn trace(&self, tracer: &mut haft_heap::Tracer<'_>) {
        tracer.value(self.value.get());
        tracer.value(self.class.get());
    }
}

payload! {
    /// Code with its constants as objects.
    pub struct CodeObject [Code] {
        /// What the compiler made.
        pub code: NoTrace<Arc<Code>>,
        /// The instructions, which carry counters; behind those of a generator a word that counts how often one begins.
        pub insns: NoTrace<Box<[Cell<u64>]>>,
        /// Constants.
        pub consts: Fixed<Box<[Value]>>,
        /// Names, interned.
        pub names: Fixed<Box<[Value]>>,
        /// Names of locals, interned.
        pub varnames: Fixed<Box<[Value]>>,
        /// Inline caches.
        pub caches: Box<[Cache]>,
        /// `co_name`, a str.
        pub name: Value,
        /// `co_qualname`, a str.
        pub qualname: Value,
        /// `co_filename`, a str.
        pub filename: Value,
        /// What entering it takes.
        pub entry: NoTrace<Entry>,
        /// Which temporaries matter where, once somebody asks.
        pub liveness: NoTrace<OnceCell<Liveness>>,
    }

    /// A function written in Python.
    pub struct Function [Function] {
        /// `__code__`
        pub code: Cell<PayloadRef<CodeObject>>,
        /// `__globals__`
        pub globals: Dict,
        /// `__builtins__`
        pub builtins: Dict,
        /// `__defaults__`: a tuple, or ABSENT.
        pub defaults: Cell<Value>,
        /// `__kwdefaults__`: a dict, or ABSENT.
        pub kwdefaults: Cell<Value>,
        /// `__closure__`: a tuple of cells, or ABSENT.
        pub closure: Cell<Value>,
        /// `__name__`
        pub name: Cell<Value>,
        /// `__qualname__`
        pub qualname: Cell<Value>,
        /// `__module__`
        pub module: Cell<Value>,
        /// `__doc__`
        pub doc: Cell<Value>,
        /// `__annotations__`: a dict, or ABSENT while not computed.
        pub annotations: Cell<Value>,
        /// `__annotate__`: a function or None; ABSENT: none.
        pub annotate: Cell<Value>,
        /// `__type_params__`: a tuple, or ABSENT.
        pub type_params: Cell<Value>,
    }

    /// A function, method or slot wrapper written in Rust. Its class tells which of CPython's kinds it shows itself as.
    pub struct NativeFunction [NativeFunction] {
        /// Its row in a table of builtins.
        pub def: NoTrace<&'static NativeDef>,
        /// `__self__`: what it is bound to (an object, a module), or ABSENT.
        pub receiver: Cell<Value>,
        /// `__objclass__` of a method of a class, or ABSENT.
        pub owner: Cell<Value>,
        /// `__module__`, or ABSENT. Programs may change it.
        pub module: Cell<Value>,
        /// The module in whose table its row stands; empty: it is no function of a built-in module.
        pub home: NoTrace<Cell<&'static str>>,
        /// The parsed signature, once needed.
        pub signature: NoTrace<Cell<Option<&'static Signature>>>,
    }

    /// A method with its object.
    pub struct BoundMethod [BoundMethod] {
        /// `__func__`
        pub function: Value,
        /// `__self__`
        pub receiver: Value,
    }
}

/// What a call of code has to do, for calls that have exactly the arguments it takes.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Number of arguments that need no binding; more than there can be if all calls need more than taking the
    /// arguments as they lie: `*args`, keyword-only parameters, generators.
    pub n_exact: u32,
    /// As in [`Code`].
    pub n_locals: u16,
    /// As in [`Code`].
    pub n_regs: u16,
    /// Are there free variables to fill?
    pub has_free: bool,
}

impl Entry {
    /// That of `code`.
    pub fn of(code: &Code) -> Entry {
        let special = flags::VARARGS
            | flags::VARKEYWORDS
            | flags::GENERATOR
            | flags::COROUTINE
            | flags::ASYNC_GENERATOR;
        let plain = code.flags & special == 0 && code.kw_only_count == 0;
        Entry {
            n_exact: if plain { u32::from(code.arg_count) } else { u32::MAX },
            n_locals: code.n_locals,
            n_regs: code.n_regs,
            has_free: !code.freevars.is_empty(),
        }
    }
}

impl CodeObject {
    /// The instructions of code that has not run yet.
    pub(crate) fn fresh_insns(code: &Code) -> NoTrace<Box<[Cell<u64>]>> {
        let begins = Insn::abc(Op::Yield, 0, 0, 0, 0);
        let begins = (code.flags & flags::GENERATOR != 0).then_some(&begins);
        NoTrace(code.insns.iter().chain(begins).map(|insn| Cell::new(insn.0)).collect())
    }
    /// Which temporaries matter where; analysed at the first call.
    pub fn liveness(&self) -> &Liveness {
        self.liveness.get_or_init(|| Liveness::of(&self.code))
    }
    /// Have the inline caches forget classes and what was found on them, so that they keep nothing alive.
    pub fn forget_classes(&self) {
        for cache in &self.caches {
            if cache.how.get().is_by_class() {
                cache.how.set(How::Nothing);
            }
            cache.value.set(Value::ABSENT);
            cache.class.set(Value::ABSENT);
        }
    }
}

impl NativeFunction {
    /// The signature, parsed at the first call. It is kept for good: there are as many as rows in the tables.
    #[inline]
    pub fn signature(&self) -> &'static Signature {
        match self.signature.get() {
            Some(signature) => signature,
            None => self.parse_signature(),
        }
    }
    #[cold]
    fn parse_signature(&self) -> &'static Signature {
        let signature = Box::leak(Box::new(Signature::parse(self.def.sig)));
        self.signature.set(Some(signature));
        signature
    }
}
