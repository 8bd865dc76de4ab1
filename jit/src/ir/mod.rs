//! The intermediate representation of traces.
//!
//! A trace is a list of instructions, each with an operation, operands that name earlier instructions, a number `imm`
//! and, for memory, an alias class. A *guard* leaves the trace when its test fails; its *snapshot* says what the
//! interpreter's slots hold at that point, as far as memory does not hold it yet.
//!
//! # Slots
//! The interpreter's registers are *slots*, numbered from the base that the trace was entered with; a callee's registers
//! are further slots of the same numbering. A recorded trace never reads or writes them in memory: it begins with `slot`
//! instructions for those it needs, and each snapshot lists those that changed since the start (or since the last
//! `flush`, which brings memory up to date before something that may look). Slot numbers from [`FIRST_EXTRA`] on are not
//! registers but further values that the front end needs to rebuild its frames.
//!
//! # Two forms
//! *Recorded*: straight line, one of `loop`, `link`, `finish`, `stop` at the end. *Optimised*: `flush` and `loop` are gone;
//! a loop is a prologue (the first iteration), `label`, its `phi`s, the body, and `jump`. Snapshots of the body list also
//! the slots whose values are only in `phi`s. Both are printed and parsed in one text form:
//!
//! ```text
//! trace "loop"
//!   %0 = slot 0
//!   %1 = is_int %0
//!   guard %1 [s0]
//!   %3 = unbox_i %0
//!   %4 = const_i 1
//!   %5 = add %3 %4
//!   %6 = fits %5
//!   guard %6 [s0]
//!   %8 = box_i %5
//!   loop [s1]
//! snapshot s0 resume 12
//! snapshot s1 resume 14: 0=%8
//! ```
mod builder;
mod op;
mod text;
mod verify;

pub use builder::Builder;
pub use op::{Class, IrOp, OPS, OpRow};
pub use text::{ParseError, parse, print};
pub use verify::{Fault, verify};

/// Type of a value in a trace.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Hash)]
pub enum Ty {
    /// No value.
    Unit,
    /// A value word of the language; see [`crate::word`].
    V,
    /// A 64-bit int.
    I,
    /// A double.
    F,
    /// A bool.
    B,
    /// An address. May point into an object: the collector scans the native stack conservatively and moves nothing.
    P,
}

/// Number of an instruction in its trace: the value it makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Hash)]
pub struct Ref(pub u32);

/// Number of a snapshot in its trace.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Hash)]
pub struct SnapshotId(pub u32);

/// Alias class of a memory access: accesses of different classes never touch the same memory. The front end gives them
/// numbers below 64; two are known here.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Hash)]
pub struct Alias(pub u8);

impl Alias {
    /// Memory that nobody writes once the object can be seen: loads of it are pure.
    pub const CONSTANT: Alias = Alias(0);
    /// Memory of C, read and written at any offset and width; calls of C functions write it.
    pub const RAW: Alias = Alias(1);
    /// First number for the front end's own classes.
    pub const FIRST_FREE: u8 = 2;

    /// The set with this class only.
    pub const fn set(self) -> u64 {
        1 << self.0
    }
}

/// First slot number that is no register.
pub const FIRST_EXTRA: i32 = 1 << 20;

/// What a called function may do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Effects {
    /// Alias classes it may read, a set of [`Alias::set`] bits.
    pub reads: u64,
    /// Alias classes it may write. [`Alias::CONSTANT`] is never among them.
    pub writes: u64,
    /// May allocate, so a collection may happen.
    pub allocates: bool,
    /// Must be kept even if nobody uses its value and it writes nothing.
    pub keep: bool,
}

impl Effects {
    /// None: the call may be merged and dropped.
    pub const PURE: Effects = Effects { reads: 0, writes: 0, allocates: false, keep: false };
    /// Anything.
    pub const ANY: Effects = Effects { reads: u64::MAX, writes: !1, allocates: true, keep: true };
}

/// How an argument or result travels, in C's terms.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AbiTy {
    /// Nothing (results only).
    Void,
    /// 8, 16, 32 or 64 bits, sign-extended in the trace.
    I8,
    /// See [`AbiTy::I8`].
    I16,
    /// See [`AbiTy::I8`].
    I32,
    /// See [`AbiTy::I8`].
    I64,
    /// Zero-extended in the trace.
    U8,
    /// See [`AbiTy::U8`].
    U16,
    /// See [`AbiTy::U8`].
    U32,
    /// `float`; a double in the trace.
    F32,
    /// `double`.
    F64,
    /// An address.
    Ptr,
    /// A value word (a helper of the runtime).
    Value,
    /// A bool: 8 bits, 0 or 1.
    Bool,
}

/// The function of a call instruction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Callee {
    /// For logs, and for the directive tests that count calls.
    pub name: String,
    /// Its address; `None`: operand 0 of the call (type P) is the address.
    pub address: Option<usize>,
    /// Does it get the context's runtime pointer as a first argument, before the operands?
    pub passes_vm: bool,
    /// Its other parameters.
    pub params: Vec<AbiTy>,
    /// Its result. A raising call has a `Value` or `Bool` result, which is [`crate::word::RAISED`] when an exception
    /// was raised.
    pub result: AbiTy,
    /// What it may do.
    pub effects: Effects,
    /// Is it a foreign function (counted as a native call by directives)?
    pub foreign: bool,
    /// For a variadic C function: how many of the parameters are named.
    pub variadic: Option<u32>,
    /// For a struct that comes back in registers: how each piece travels and its offset in memory, whose address is the last
    /// operand and is not passed on. `result` is [`AbiTy::Void`] then.
    pub pieces: Vec<(AbiTy, u32)>,
    /// For a raising call of C: what must happen to its result.
    pub finish: Option<Finish>,
    /// The result is a new object whose constant 64-bit int at this byte offset is this operand.
    pub field: Option<(u32, u32)>,
}

/// What happens to the result of a call of C that says in its own way that it raised. A result that says nothing unusual is
/// taken as it is; the others go through a helper.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Finish {
    /// `fn(vm, word) -> value word`, or [`crate::word::RAISED`].
    pub helper: usize,
    /// What is usual.
    pub usual: Usual,
}

/// See [`Finish`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Usual {
    /// A value word, while no exception is raised: an immediate but one, or the object that the runtime noted last, which
    /// forgets it.
    Object {
        /// Word of the context (byte offset) with the address of a word that is 0 as long as no exception was raised.
        raised: i64,
        /// Byte offset from the runtime of the word that is noted last.
        last: i64,
        /// The value word that stands there when it was forgotten.
        nothing: u64,
        /// The immediate that is not usual.
        declined: Option<u64>,
    },
    /// The value word of a truth, while no exception is raised.
    Truth {
        /// As that of an object.
        raised: i64,
    },
    /// A C `int`, or a number of 64 bits, that is not negative.
    Status,
    /// What C says, or nothing, while no exception is raised.
    Number {
        /// As that of an object.
        raised: i64,
    },
}

/// Layout of objects that a trace makes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Layout {
    /// For logs.
    pub name: String,
    /// The first eight bytes of the object.
    pub header: u64,
    /// Payload bytes after it.
    pub bytes: u32,
    /// Words that a new object holds besides zero: (byte offset from the object's start, word).
    pub init: Vec<(u32, u64)>,
    /// Only the runtime's helper can allocate it, because it keeps a list of such objects.
    pub listed: bool,
    /// Byte offset of memory in the object whose address may be kept: a `p_add` of the object and this constant. Not 0 if
    /// there is any.
    pub inner: u32,
}

/// One instruction.
#[derive(Clone, PartialEq, Debug)]
pub struct Inst {
    /// What it does.
    pub op: IrOp,
    /// Type of its value; [`Ty::Unit`]: it makes none.
    pub ty: Ty,
    /// Alias class of its memory access.
    pub alias: Alias,
    /// Its operands.
    pub args: Args,
    /// A number that belongs to it; see the operation's row.
    pub imm: i64,
    /// Where a guard leaves to.
    pub snapshot: Option<SnapshotId>,
}

/// Operands of an instruction.
pub type Args = smallvec::SmallVec<[Ref; 3]>;

/// The state of the interpreter at an exit.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Snapshot {
    /// Number of a resume point in the front end's table: where to go on, and which frames to rebuild.
    pub resume: u32,
    /// Slots whose memory is out of date, by rising number. In recorded traces values have type V; the optimiser may put
    /// unboxed ints, floats and bools there, which the exit boxes, and [`Virtual`]s.
    pub slots: Vec<(i32, Entry)>,
    /// Stores that the optimiser moved into the exit, in order: what the exit does after the objects are made.
    pub stores: Vec<ExitStore>,
}

/// A value in a snapshot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Entry {
    /// The value of an instruction.
    Ref(Ref),
    /// An object that the exit makes: its number in [`Trace::virtuals`].
    Virtual(u32),
}

/// A store that an exit does. It does the write barrier, too.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExitStore {
    /// The object: a value word or an address.
    pub object: Entry,
    /// What to write there.
    pub field: Field,
}

/// What an exit writes into an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Field {
    /// Byte offset from the object's start.
    pub offset: u32,
    /// How: a store operation, which gives the width. `store_v` boxes an int, float or bool first; `store_p` of an object
    /// that the exit makes is the address of its inner memory ([`Layout::inner`]).
    pub op: IrOp,
    /// Alias class of the memory.
    pub alias: Alias,
    /// The value.
    pub value: Entry,
}

/// An object that is only made when an exit needs it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Virtual {
    /// Its layout: a number in [`Trace::layouts`].
    pub layout: u32,
    /// Fields that differ from a new object's.
    pub fields: Vec<Field>,
}

/// A trace.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Trace {
    /// For logs.
    pub name: String,
    /// The instructions.
    pub insts: Vec<Inst>,
    /// The snapshots.
    pub snapshots: Vec<Snapshot>,
    /// Functions that it calls.
    pub calls: Vec<Callee>,
    /// Layouts of objects that it makes.
    pub layouts: Vec<Layout>,
    /// Objects that its exits make.
    pub virtuals: Vec<Virtual>,
}

impl Trace {
    /// The instruction that makes `value`.
    #[inline]
    pub fn inst(&self, value: Ref) -> &Inst {
        &self.insts[value.0 as usize]
    }
    /// The function of a call instruction.
    pub fn callee(&self, inst: &Inst) -> &Callee {
        &self.calls[usize::try_from(inst.imm).expect("calls have the number of their function")]
    }
    /// Give every value that snapshots and virtuals name its new number.
    pub fn rename_in_snapshots(&mut self, new: impl Fn(Ref) -> Ref) {
        let rename = |entry: &mut Entry| {
            if let Entry::Ref(value) = entry {
                *value = new(*value);
            }
        };
        for snapshot in &mut self.snapshots {
            snapshot.slots.iter_mut().for_each(|(_, entry)| rename(entry));
            for store in &mut snapshot.stores {
                rename(&mut store.object);
                rename(&mut store.field.value);
            }
        }
        for object in &mut self.virtuals {
            object.fields.iter_mut().for_each(|field| rename(&mut field.value));
        }
    }
    /// The snapshot with a number.
    #[inline]
    pub fn snapshot(&self, id: SnapshotId) -> &Snapshot {
        &self.snapshots[id.0 as usize]
    }
}
