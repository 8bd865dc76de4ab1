//! The state of one runtime.
mod attention;
mod builtin_types;
mod c_names;
mod collect;
mod errors;
mod exceptions;
mod extensions;
mod frame_stack;
mod frames;
mod gil;
mod handles;
mod make;
mod names;
mod nested;
mod roots;
pub mod suggest;

use std::cell::Cell;
use std::collections::BTreeMap;

use haft_heap::{Heap, Obj, Value};

use crate::object::{Dict, ShapeTable, Str, Type};

pub use attention::Attention;
pub(crate) use builtin_types::NewType;
pub use builtin_types::{GetSet, TypeSpec, Types};
pub use c_names::CNames;
pub use exceptions::Exceptions;
pub use extensions::Extension;
pub use frame_stack::FrameStack;
pub use frames::{Frame, FrameFlags, Resumer, StackState};
pub(crate) use gil::take_back_lock;
pub use gil::{ExitHook, Left, ThreadId, VmHandle};
pub use handles::Handles;
pub use names::Names;
pub use nested::Nested;

/// A Python exception was raised; it is in [`StackState::raised`]. Made by the functions of `vm::errors` only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Raised(());

/// Result of anything that may raise a Python exception.
pub type R<T = Value> = Result<T, Raised>;

/// The arguments of a call: positional ones, then the values of the keyword arguments named by `names`.
#[derive(Clone, Copy, Debug)]
pub struct Args<'a> {
    /// All values.
    pub vals: &'a [Value],
    /// Names (str) of the last values.
    pub names: &'a [Value],
}

impl<'a> Args<'a> {
    /// Positional arguments only.
    pub const fn positional(vals: &'a [Value]) -> Args<'a> {
        Args { vals, names: &[] }
    }
    /// How many positional arguments there are.
    #[inline]
    pub fn n_positional(&self) -> usize {
        self.vals.len() - self.names.len()
    }
    /// The positional arguments.
    pub fn positionals(&self) -> &'a [Value] {
        &self.vals[..self.n_positional()]
    }
    /// The keyword arguments as (name, value).
    pub fn keywords(&self) -> impl Iterator<Item = (Value, Value)> + use<'a> {
        let values = &self.vals[self.n_positional()..];
        self.names.iter().copied().zip(values.iter().copied())
    }
}

/// Makes a native module: fills the namespace of a new module object.
pub type ModuleInit = fn(&mut Vm, Dict) -> R<()>;

/// How the runtime was started; `sys` shows most of it.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// `sys.argv`
    pub argv: Vec<String>,
    /// The program's own path.
    pub executable: String,
    /// `-X name=value` options.
    pub x_options: Vec<(String, Option<String>)>,
    /// `-W` options.
    pub warn_options: Vec<String>,
    /// `-O` count.
    pub optimize: u8,
    /// `-v`, `-q`, `-i`, `-I`, `-E`, `-s`, `-B`, `-u`, `-b` counts by letter.
    pub flags: BTreeMap<char, u8>,
    /// Directory given by `HAFT_STDLIB` instead of the packed library.
    pub stdlib: Option<std::path::PathBuf>,
    /// Seed of str hashes; `None`: random.
    pub hash_seed: Option<u64>,
}

/// One runtime: a heap and everything in it. It is used by one thread at a time.
pub struct Vm {
    /// The heap.
    pub heap: Heap,
    /// All shapes.
    pub shapes: ShapeTable,
    /// The built-in classes.
    pub t: Types,
    /// The built-in exception classes.
    pub exc: Exceptions,
    /// Names that the runtime itself uses, interned.
    pub names: Names,
    /// What belongs to the running stack of execution.
    pub stack: Box<StackState>,
    /// `sys.modules`
    pub modules: Dict,
    /// The namespace of `builtins`.
    pub builtins: Dict,
    /// The namespace of `sys`.
    pub sys: Dict,
    /// How it was started.
    pub config: Config,
    /// Is the running thread watched? Its frames run in another loop then; see [`crate::interp::watch`].
    pub(crate) watched: bool,
    /// `sys.monitoring`
    pub monitoring: Box<crate::interp::watch::Monitoring>,
    /// Deepest allowed nesting of Python frames.
    pub recursion_limit: usize,
    /// Native modules by name.
    pub native_modules: BTreeMap<&'static str, ModuleInit>,
    /// What the namespaces of the native modules held when they were made, by name.
    pub(crate) native_namespaces: Dict,
    /// Set by signal handlers and by others who want the interpreter's attention; see [`Vm::poll`].
    pub attention: std::sync::Arc<Attention>,
    /// What to do when `attention` is set; filled in by the crates that know.
    pub on_attention: Vec<fn(&mut Vm) -> R<()>>,
    /// Issues a warning of this category about the running function; filled in by the crate that knows filters.
    pub warn: fn(&mut Vm, Type, &str) -> R<()>,
    /// Not 0 once another thread may want the runtime: a thread of Python, or C that was given a callback.
    pub(crate) company: u64,
    /// The objects that C code holds.
    pub handles: Handles,
    /// Compiles hot loops, if it is on.
    pub jit: Option<Box<crate::interp::jit::Jit>>,
    interned: Dict,
    latin1: Vec<Str>,
    /// The bytes of length one, which are objects for good.
    single_bytes: Vec<Value>,
    empty_tuple: Value,
    /// The largest number of 64 bits, which many native functions have as a default.
    pub(crate) largest: Value,
    next_version: Cell<u32>,
    hash_seed: u64,
    extensions: extensions::Extensions,
    threads: Option<std::rc::Rc<gil::Threads>>,
    pub(crate) method_cache: crate::protocol::MethodCache,
    pub(crate) known: crate::interp::Known,
    /// Built-in functions that are Python functions for generators.
    pub(crate) consumers: crate::interp::consume::Consumers,
    pub(crate) constructor_signatures:
        BTreeMap<(usize, usize), crate::object::PayloadRef<crate::object::NativeFunction>>,
}

impl std::fmt::Debug for Vm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vm({} frames)", self.stack.frames.len())
    }
}

impl Vm {
    /// State of type `T` that [`Vm::set_extension`] put in.
    pub fn extension<T: Extension>(&self) -> Option<&T> {
        self.extensions.find()
    }
    /// Keep state for native modules; its parts that change are cells.
    pub fn set_extension<T: Extension>(&mut self, state: T) {
        self.extensions.insert(state);
    }
    /// A number that was not used before, for versions of classes and dicts.
    pub fn new_version(&mut self) -> u32 {
        let next = self.next_version.get() + 1;
        self.next_version.set(next);
        next
    }
    /// The version of a dict's present set of keys.
    #[inline]
    pub fn dict_version(&mut self, dict: Dict) -> u32 {
        let mut next = self.next_version.get();
        let version = dict.version(&mut next);
        self.next_version.set(next);
        version
    }
    /// The class of `value`.
    #[inline]
    pub fn type_of(&self, value: Value) -> Type {
        match value.as_ptr() {
            Some(obj) => self.shapes.class_of(obj.shape()),
            None => self.type_of_immediate(value),
        }
    }
    /// The class of a word that is no pointer.
    fn type_of_immediate(&self, value: Value) -> Type {
        if value.is_fixnum() {
            self.t.int
        } else if value.is_float_imm() {
            self.t.float
        } else if value.is_bool() {
            self.t.bool
        } else if value == Value::NOT_IMPLEMENTED {
            self.t.not_implemented
        } else if value == Value::ELLIPSIS {
            self.t.ellipsis
        } else {
            self.t.none
        }
    }
    /// `id(value)`: the serial number of a heap object, the word itself of an immediate. Never an address.
    pub fn id_of(&mut self, value: Value) -> i64 {
        match value.as_ptr() {
            // Serial numbers count from 1 in steps of 16, immediates are odd or end in a bit of 0x8000…: no two meet.
            Some(obj) => (self.heap.serial(obj) as i64 + 0x7f00_0000) * 16,
            None => ((value.bits() << 1) as i64 | 1) & i64::MAX,
        }
    }
    /// Is [`Vm::poll`] to be called?
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of each back-edge and call")]
    pub fn wants_attention(&self) -> bool {
        self.attention.load(std::sync::atomic::Ordering::Relaxed)
    }
    /// Look for what wants attention: signals, finalizers, the end of a time slice.
    ///
    /// Called at back-edges and function entries when the flag is set.
    #[cold]
    pub fn poll(&mut self) -> R<()> {
        self.attention.store(false, std::sync::atomic::Ordering::Relaxed);
        for at in 0..self.on_attention.len() {
            self.on_attention[at](self)?;
        }
        Ok(())
    }
    /// The object a weak id stands for, if it lives.
    pub fn weak_target(&self, id: haft_heap::WeakId) -> Option<Obj> {
        self.heap.weak_get(id)
    }
}
