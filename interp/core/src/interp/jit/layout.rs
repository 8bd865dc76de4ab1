//! What compiled code knows of the runtime's data: byte offsets and alias classes, each fact once.
use std::mem::offset_of;

use haft_heap::Header;
use haft_jit::ir::Alias;
use haft_jit::word;

use crate::object::{
    BoundMethod, ByteArray, Enumerate, Exception, Function, Generator, List, ListIter, Map,
    NativeFunction, Partial, Range, RangeIter, SeqIter, Traceback, Tuple, TupleIter, TypeData, Zip,
};
use crate::vm::{Frame, FrameStack, Handles, StackState, Vm};

macro_rules! aliases {
    ($($(#[doc = $doc:literal])+ $name:ident)+) => { aliases!(@ Alias::FIRST_FREE, $($(#[doc = $doc])+ $name)+); };
    (@ $n:expr, $(#[doc = $doc:literal])+ $name:ident $($rest:tt)*) => {
        $(#[doc = $doc])+
        pub(super) const $name: Alias = Alias($n);
        aliases!(@ $n + 1, $($rest)*);
    };
    (@ $n:expr,) => {};
}
aliases! {
    /// Shape numbers in headers.
    SHAPE
    /// Attribute slots of instances, and the word with their overflow array.
    FIELD
    /// Slots of overflow arrays.
    OVERFLOW
    /// Items word and length of lists.
    LIST
    /// Items of lists.
    ITEMS
    /// Versions of classes.
    CLASS_VERSION
    /// Versions and entries words of dicts.
    DICT
    /// Entries of dicts.
    ENTRIES
    /// State of iterators.
    ITERATOR
    /// Contents of cells.
    CELL
    /// Buffer and length of bytearrays.
    BYTEARRAY
    /// State and position of generators.
    GENERATOR
    /// Registers of generators that do not run.
    REGISTERS
    /// Frame records.
    FRAME
    /// Fields of functions that may be set.
    FUNCTION
    /// Exceptions and entries of tracebacks.
    EXCEPTION
    /// State of the runtime: what is handled, `method_receiver`, the stack's top.
    STATE
}

/// What a helper may read that runs no Python: not the state of iterators, which it is never given.
pub(super) const READS: u64 = !(ITERATOR.set() | FRAME.set());
/// What a helper may write that runs no Python and changes a container.
pub(super) const CONTAINERS: u64 =
    LIST.set() | ITEMS.set() | DICT.set() | ENTRIES.set() | BYTEARRAY.set() | Alias::RAW.set();

/// Byte offset of payload word `index` of an object.
pub(super) const fn word_offset(index: usize) -> i64 {
    (Header::PAYLOAD_OFFSET + index * 8) as i64
}

/// The lengths of a str: bytes in the lower half, code points in the upper.
pub(super) const TEXT_HEAD: i64 = word_offset(0);
/// The first byte of an ASCII str; in one that is a view, the word of its buffer, where the bytes have the same offset.
pub(super) const TEXT_BYTES: i64 = word_offset(2);

/// The first byte of a str that is neither ASCII nor a view.
pub(super) const OTHER_TEXT_BYTES: i64 = word_offset(3);

/// Byte offset of a payload struct in its object: behind the header, the table and the attributes word.
pub(super) const STRUCT: usize = Header::PAYLOAD_OFFSET + 16;

macro_rules! fields {
    ($($(#[doc = $doc:literal])+ $name:ident = $ty:ident.$field:ident;)+) => { $(
        $(#[doc = $doc])+
        pub(super) const $name: i64 = (STRUCT + offset_of!($ty, $field)) as i64;
    )+ };
}
fields! {
    /// First number of a range.
    RANGE_FIRST = Range.start;
    /// Its bound.
    RANGE_BOUND = Range.stop;
    /// Its step.
    RANGE_DIFFERENCE = Range.step;
    /// How many numbers it has.
    RANGE_LEN = Range.len;
    /// What the next number of a range iterator is at its end.
    RANGE_STOP = RangeIter.stop;
    /// Its next number.
    RANGE_NEXT = RangeIter.next;
    /// Its step.
    RANGE_STEP = RangeIter.step;
    /// The list of a list iterator.
    LIST_ITER_LIST = ListIter.list;
    /// Its next index.
    LIST_ITER_INDEX = ListIter.index;
    /// Is it backward?
    LIST_ITER_REVERSED = ListIter.reversed;
    /// The tuple of a tuple iterator.
    TUPLE_ITER_TUPLE = TupleIter.tuple;
    /// Its next index.
    TUPLE_ITER_INDEX = TupleIter.index;
    /// The row of a native function in a table of builtins.
    NATIVE_DEF = NativeFunction.def;
    /// What a native function is bound to.
    NATIVE_RECEIVER = NativeFunction.receiver;
    /// The function of a bound method.
    METHOD_FUNCTION = BoundMethod.function;
    /// Its receiver.
    METHOD_RECEIVER = BoundMethod.receiver;
    /// The buffer of a bytearray.
    BYTEARRAY_BUFFER = ByteArray.buffer;
    /// Its length.
    BYTEARRAY_LEN = ByteArray.len;
    /// The iterator of an `enumerate`.
    ENUMERATE_ITER = Enumerate.iter;
    /// Its next number.
    ENUMERATE_INDEX = Enumerate.index;
    /// The iterators of a `zip`.
    ZIP_ITERS = Zip.iters;
    /// The function of a `map`.
    MAP_FUNCTION = Map.function;
    /// Its iterators.
    MAP_ITERS = Map.iters;
    /// Must they end together?
    MAP_STRICT = Map.strict;
    /// The sequence of an iterator by index.
    SEQ_ITER_SEQ = SeqIter.seq;
    /// Its next index; in an ASCII string, the byte.
    SEQ_ITER_INDEX = SeqIter.index;
    /// The code of a generator.
    GENERATOR_CODE = Generator.code;
    /// Its globals.
    GENERATOR_GLOBALS = Generator.globals;
    /// Its builtins.
    GENERATOR_BUILTINS = Generator.builtins;
    /// Its registers.
    GENERATOR_REGISTERS = Generator.registers;
    /// Its position, 32 bits.
    GENERATOR_PC = Generator.pc;
    /// Its state, 8 bits.
    GENERATOR_STATE = Generator.state;
    /// The code of a function, which may be replaced.
    FUNCTION_CODE = Function.code;
    /// Its globals.
    FUNCTION_GLOBALS = Function.globals;
    /// Its builtins.
    FUNCTION_BUILTINS = Function.builtins;
    /// Its cells, a tuple.
    FUNCTION_CLOSURE = Function.closure;
    /// The defaults of a function.
    FUNCTION_DEFAULTS = Function.defaults;
    /// The defaults of its keyword-only parameters.
    FUNCTION_KWDEFAULTS = Function.kwdefaults;
    /// Version of a class.
    CLASS_VERSION_FIELD = TypeData.version;
    /// Name of a class, which may be set.
    CLASS_NAME = TypeData.name;
    /// The function of a partial one.
    PARTIAL_FUNCTION = Partial.function;
    /// The tuple of its arguments.
    PARTIAL_ARGS = Partial.args;
    /// The dict of its keywords.
    PARTIAL_KEYWORDS = Partial.keywords;
    /// How many of its arguments are left open.
    PARTIAL_OPEN = Partial.n_open;
    /// The arguments of an exception, a tuple.
    EXCEPTION_ARGS = Exception.args;
    /// Its traceback, or None.
    EXCEPTION_TRACEBACK = Exception.traceback;
    /// Its context, or None.
    EXCEPTION_CONTEXT = Exception.context;
    /// Its cause, or None.
    EXCEPTION_CAUSE = Exception.cause;
    /// Is the context not to be shown? 8 bits.
    EXCEPTION_SUPPRESS_CONTEXT = Exception.suppress_context;
    /// The first of the fields that single classes have.
    EXCEPTION_FIELDS = Exception.fields;
    /// The entry of a traceback behind one, or None.
    TRACEBACK_NEXT = Traceback.next;
    /// The one before it, or nothing.
    TRACEBACK_OUTER = Traceback.outer;
    /// The code of an entry.
    TRACEBACK_CODE = Traceback.code;
    /// Its globals.
    TRACEBACK_GLOBALS = Traceback.globals;
    /// Its instruction, 32 bits.
    TRACEBACK_PC = Traceback.pc;
    /// Its locals, an array.
    TRACEBACK_LOCALS = Traceback.locals;
    /// The object of its frame, if there is one.
    TRACEBACK_FRAME = Traceback.frame;
}

/// First byte of a raw object, which is a buffer, and of what a bytes holds behind its length.
pub(super) const FIRST_BYTE: i64 = word_offset(0);
/// Contents of a cell.
pub(super) const CELL_CONTENTS: i64 = word_offset(0);
/// Real part of a complex; the imaginary part is behind it.
pub(super) const COMPLEX_RE: i64 = word_offset(0);
/// Items word of a list.
pub(super) const LIST_ITEMS: i64 = List::ITEMS_OFFSET as i64;
/// Length of a list, as a small int's word.
pub(super) const LIST_LEN: i64 = List::LEN_OFFSET as i64;
/// The first byte of a bytes object.
pub(super) const BYTES_START: i64 = word_offset(2);
/// Length of a tuple or array.
pub(super) const LEN: i64 = Tuple::LEN_OFFSET as i64;
/// First slot of a tuple or array.
pub(super) const FIRST_SLOT: i64 = Tuple::ITEMS_OFFSET as i64;
/// Entries word of a dict.
pub(super) const DICT_ENTRIES: i64 = word_offset(0);
/// Number of items of a dict.
pub(super) const DICT_LEN: i64 = word_offset(2);
/// Version of a dict's keys, 32 bits.
pub(super) const DICT_VERSION: i64 = word_offset(4);
/// Value word of entry `entry` of a dict's entries.
pub(super) const fn entry_value(entry: usize) -> i64 {
    word_offset(3 + entry * 3)
}
/// Byte length of a frame record.
pub(super) const FRAME_BYTES: i64 = size_of::<Frame>() as i64;
/// The code in a frame record.
pub(super) const FRAME_CODE: i64 = offset_of!(Frame, code) as i64;
/// Its register 0.
pub(super) const FRAME_BASE: i64 = offset_of!(Frame, base) as i64;
/// Its function.
pub(super) const FRAME_FUNCTION: i64 = offset_of!(Frame, function) as i64;
/// Its local namespace.
pub(super) const FRAME_LOCALS: i64 = offset_of!(Frame, locals) as i64;
/// Its instance or generator.
pub(super) const FRAME_RECEIVER: i64 = offset_of!(Frame, receiver) as i64;
/// The stack's top before it was entered.
pub(super) const FRAME_TOP: i64 = offset_of!(Frame, saved_top) as i64;
/// What was handled before it was entered.
pub(super) const FRAME_HANDLED: i64 = offset_of!(Frame, saved_handled) as i64;
/// Its object.
pub(super) const FRAME_OBJECT: i64 = offset_of!(Frame, object) as i64;
/// The register for its result, and in the 16 bits behind it its flags.
pub(super) const FRAME_DST: i64 = offset_of!(Frame, dst) as i64;
/// The position in a frame record.
pub(super) const FRAME_PC: i64 = offset_of!(Frame, pc) as i64;
/// The globals of a frame record.
pub(super) const FRAME_GLOBALS: i64 = offset_of!(Frame, globals) as i64;
/// Its builtins.
pub(super) const FRAME_BUILTINS: i64 = offset_of!(Frame, builtins) as i64;

// Front-end words of the context; each has its number from the one before.
/// Address of the frame record that the trace was entered in.
pub(super) const CONTEXT_FRAME: usize = 0;
/// Two words: addresses of the thread's `errno`, and of the value kept for the program.
pub(super) const CONTEXT_ERRNO: usize = CONTEXT_FRAME + 1;
/// Address of the stack's [`Published`](haft_jit::backend::Published).
pub(super) const CONTEXT_PUBLISHED: usize = CONTEXT_ERRNO + 2;
/// Address of the running [`Activation`](super::publish::Activation).
pub(super) const CONTEXT_ACTIVATION: usize = CONTEXT_PUBLISHED + 1;
/// Address of the exception on its way.
pub(super) const CONTEXT_RAISED: usize = CONTEXT_ACTIVATION + 1;
/// Address of memory for a struct that C returns in registers.
pub(super) const CONTEXT_RECORD: usize = CONTEXT_RAISED + 1;
/// Address of the stack's state.
pub(super) const CONTEXT_STACK: usize = CONTEXT_RECORD + 1;

/// The stack's top in its state.
pub(super) const STACK_TOP: i64 = offset_of!(StackState, top) as i64;
/// What is handled.
pub(super) const STACK_HANDLED: i64 = offset_of!(StackState, handled) as i64;
/// What callers of the nearest generator handle.
pub(super) const STACK_OUTER_HANDLED: i64 = offset_of!(StackState, outer_handled) as i64;
/// How many frames there are.
pub(super) const STACK_FRAMES: i64 = (offset_of!(StackState, frames) + FrameStack::LEN) as i64;

/// The handle noted last ([`Handles`]): byte offset from the runtime.
pub(super) const LAST_NOTE: i64 = (offset_of!(Vm, handles) + Handles::LAST_NOTE) as i64;

// See `FRAME_DST`.
const _: () = assert!(offset_of!(Frame, flags) == offset_of!(Frame, dst) + 2);

// The encodings of the two crates are one.
const _: () = {
    use haft_heap::Value;
    assert!(word::of_int(-5) == Value::small(-5).bits());
    assert!(word::INT_MIN == Value::FIXNUM_MIN && word::INT_MAX == Value::FIXNUM_MAX);
    assert!(word::TRUE == Value::TRUE.bits() && word::FALSE == Value::FALSE.bits());
    assert!(word::ABSENT == Value::ABSENT.bits());
    assert!(match (word::of_float(1.5), Value::float(1.5)) {
        (Some(a), Some(b)) => a == b.bits(),
        _ => false,
    });
};
