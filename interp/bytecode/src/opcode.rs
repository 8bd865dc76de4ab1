//! The opcode table: one row an instruction, from which everything else about opcodes is made.
//!
//! A row says what the instruction means, what its operands are, how many words it takes and what running it may do.
//! Its behaviour is written once, as a handler generic over `Machine` in the interpreter crate.
//!
//! # Encoding
//! An instruction is one 64-bit word, little end first: `op: u8, x: u8, a: u16, b: u16, c: u16`. Rows with an
//! extension have a second word, `lo: u32, hi: u32`. `a`, `b`, `c` are registers unless the row says otherwise;
//! `bc` is a signed 32-bit number made of `b` (low half) and `c` (high half). Jump distances count words from the
//! word *after* the whole instruction. In rows with an attribute or a global, `ext.lo` is an index into
//! [`Code::names`](crate::Code::names) and `ext.hi` the number of an inline cache of this code.

/// What running an instruction may do; a union of the bits below.
pub type Effects = u8;
/// Touches registers and control flow only.
pub const PURE: Effects = 0;
/// May raise an exception.
pub const RAISES: Effects = 1;
/// May run Python code, so the world may have changed afterwards.
pub const RUNS: Effects = 2;
/// Allocates, so a collection may happen.
pub const ALLOCATES: Effects = 4;
/// Ends a basic block: jumps, returns, raises or yields.
pub const CONTROL: Effects = 8;
/// Writes into a container that it is given. (Of helpers; instructions do not say it.)
pub const WRITES: Effects = 16;
/// Everything a general Python operation may do.
pub const ANY: Effects = RAISES | RUNS | ALLOCATES;

macro_rules! opcodes {
    ($( $(#[doc = $doc:literal])+ $name:ident = $text:literal ($operands:literal) $words:literal, $effects:expr; )+) => {
        /// The operation of an instruction.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Op { $( $(#[doc = $doc])+ $name, )+ }

        /// Every opcode, in numeric order.
        pub const OPCODES: &[OpcodeRow] = &[
            $( OpcodeRow { op: Op::$name, text: $text, operands: $operands, words: $words, effects: $effects,
                           doc: concat!($($doc, "\n"),+) }, )+
        ];
    };
}

/// One row of the opcode table.
#[derive(Debug, Clone, Copy)]
pub struct OpcodeRow {
    /// The operation.
    pub op: Op,
    /// Its name in disassembly.
    pub text: &'static str,
    /// Its operands, spelled as in the disassembly.
    pub operands: &'static str,
    /// Length in 64-bit words, 1 or 2.
    pub words: u8,
    /// What it may do.
    pub effects: Effects,
    /// What it means.
    pub doc: &'static str,
}

opcodes! {
    /// Do nothing.
    Nop = "nop" ("") 1, PURE;
    // ---- registers, constants, variables
    /// `r[a] = r[b]`.
    Move = "move" ("a=dst b=src") 1, PURE;
    /// `r[a] = consts[bc]`.
    LoadConst = "load_const" ("a=dst bc=const") 1, PURE;
    /// `r[a] = bc` as an int.
    LoadInt = "load_int" ("a=dst bc=int") 1, PURE;
    /// `r[a] = ABSENT`, the word that is no object: an argument that is not given.
    LoadAbsent = "load_absent" ("a=dst") 1, PURE;
    /// Raise UnboundLocalError if the local in `r[a]` is unbound; its name is `varnames[b]`.
    CheckBound = "check_bound" ("a=reg b=varname") 1, RAISES;
    /// Unbind the local in `r[a]`; UnboundLocalError if it is unbound and `x` is 1. Its name is `varnames[b]`.
    DelLocal = "del_local" ("x=check a=reg b=varname") 1, RAISES;
    /// `r[a] = Cell(r[b])`; an unbound `r[b]` makes an empty cell.
    MakeCell = "make_cell" ("a=dst b=src") 1, ALLOCATES;
    /// `r[a]` = contents of the cell in `r[b]`; empty: NameError for the cell or free variable number `c`
    /// (index into `cellvars + freevars`).
    LoadCell = "load_cell" ("a=dst b=cell c=var") 1, RAISES;
    /// Contents of the cell in `r[a]` = `r[b]`.
    StoreCell = "store_cell" ("a=cell b=src") 1, PURE;
    /// Empty the cell in `r[a]`; NameError for variable `c` if it is empty already.
    DelCell = "del_cell" ("a=cell c=var") 1, RAISES;
    /// In a class body: `r[a]` = the namespace's entry for variable `c`, else the contents of the cell in `r[b]`.
    LoadClassCell = "load_class_cell" ("a=dst b=cell c=var") 1, ANY;
    /// `r[a]` = the global, else builtin, named `ext.lo`.
    LoadGlobal = "load_global" ("a=dst ext=name,cache") 2, RAISES;
    /// The global named `ext.lo` = `r[a]`.
    StoreGlobal = "store_global" ("a=src ext=name,cache") 2, ANY;
    /// Remove the global named `ext.lo`.
    DelGlobal = "del_global" ("ext=name,cache") 2, ANY;
    /// `r[a]` = the entry of the frame's namespace named `ext.lo`, else the global, else the builtin.
    LoadName = "load_name" ("a=dst ext=name,cache") 2, ANY;
    /// The entry of the frame's namespace named `ext.lo` = `r[a]`.
    StoreName = "store_name" ("a=src ext=name,cache") 2, ANY;
    /// Remove the entry of the frame's namespace named `ext.lo`.
    DelName = "del_name" ("ext=name,cache") 2, ANY;
    /// In a scope nested in a class (annotations, type parameters): `r[a]` = entry `ext.lo` of the mapping in `r[b]`,
    /// else the global, else the builtin.
    LoadFromDictOrGlobal = "load_from_dict_or_global" ("a=dst b=dict ext=name,cache") 2, ANY;
    /// `r[a]` = the frame's namespace (`locals()` in a class body).
    LoadLocals = "load_locals" ("a=dst") 1, ANY;
    /// `r[a] = __build_class__`.
    LoadBuildClass = "load_build_class" ("a=dst") 1, RAISES;
    // ---- attributes and items
    /// `r[a] = r[b].name`.
    LoadAttr = "load_attr" ("a=dst b=obj ext=name,cache") 2, ANY;
    /// `r[a].name = r[b]`.
    StoreAttr = "store_attr" ("a=obj b=src ext=name,cache") 2, ANY;
    /// `del r[a].name`.
    DelAttr = "del_attr" ("a=obj ext=name,cache") 2, ANY;
    /// First half of `r[b].name(…)`: either `r[a]` = function and `r[a+1]` = `r[b]` (a method found on the type), or
    /// `r[a]` = the attribute and `r[a+1]` = ABSENT. `call_method` with base `a` follows.
    LoadMethod = "load_method" ("a=base b=obj ext=name,cache") 2, ANY;
    /// First half of `super().name(…)`, or with `x` = 1 the value of `super().name` in `r[a]` alone. `r[b]` holds what
    /// the name `super` means, `r[b+1]` the class, `r[b+2]` self; for another `super` than the builtin it is called.
    /// Result as for `load_method` (`x` = 0).
    LoadSuper = "load_super" ("x=attr a=base b=super ext=name,cache") 2, ANY;
    /// `r[a] = r[b][r[c]]`.
    LoadItem = "load_item" ("a=dst b=obj c=key") 1, ANY;
    /// `r[a][r[b]] = r[c]`.
    StoreItem = "store_item" ("a=obj b=key c=src") 1, ANY;
    /// `del r[a][r[b]]`.
    DelItem = "del_item" ("a=obj b=key") 1, ANY;
    /// `r[a] = r[b][r[c]:r[c+1]]` (None for a bound that is not given).
    LoadSlice = "load_slice" ("a=dst b=obj c=bounds") 1, ANY;
    /// `r[a][r[b]:r[b+1]] = r[c]`.
    StoreSlice = "store_slice" ("a=obj b=bounds c=src") 1, ANY;
    /// `r[a] = slice(r[b], r[b+1], r[b+2])`.
    BuildSlice = "build_slice" ("a=dst b=first") 1, ALLOCATES;
    // ---- arithmetic; x = 1 in a binary operation means in place (`+=`)
    /// `r[a] = r[b] + r[c]`.
    Add = "add" ("x=inplace a=dst b=lhs c=rhs") 1, ANY;
    /// `r[a] = r[b] - r[c]`.
    Sub = "sub" ("x=inplace a=dst b=lhs c=rhs") 1, ANY;
    /// `r[a] = r[b] * r[c]`.
    Mul = "mul" ("x=inplace a=dst b=lhs c=rhs") 1, ANY;
    /// `r[a] = r[b] / r[c]`.
    TrueDiv = "true_div" ("x=inplace a=dst b=lhs c=rhs") 1, ANY;
    /// `r[a] = r[b] // r[c]`.
    FloorDiv = "floor_div" ("x=inplace a=dst b=lhs c=rhs") 1, ANY;
    /// `r[a] = r[b] % r[c]`.
    Mod = "mod" ("x=inplace a=dst b=lhs c=rhs") 1, ANY;
    /// `r[a] = r[b] ** r[c]`.
    Pow = "pow" ("x=inplace a=dst b=lhs c=rhs") 1, ANY;
    /// `r[a] = r[b] @ r[c]`.
    MatMul = "mat_mul" ("x=inplace a=dst b=lhs c=rhs") 1, ANY;
    /// `r[a] = r[b] << r[c]`.
    LShift = "lshift" ("x=inplace a=dst b=lhs c=rhs") 1, ANY;
    /// `r[a] = r[b] >> r[c]`.
    RShift = "rshift" ("x=inplace a=dst b=lhs c=rhs") 1, ANY;
    /// `r[a] = r[b] & r[c]`.
    And = "and" ("x=inplace a=dst b=lhs c=rhs") 1, ANY;
    /// `r[a] = r[b] | r[c]`.
    Or = "or" ("x=inplace a=dst b=lhs c=rhs") 1, ANY;
    /// `r[a] = r[b] ^ r[c]`.
    Xor = "xor" ("x=inplace a=dst b=lhs c=rhs") 1, ANY;
    /// `r[a] = r[b] + c`, `c` a signed 16-bit int; as all rows with an immediate.
    AddI = "add_i" ("x=inplace a=dst b=lhs c=int") 1, ANY;
    /// `r[a] = r[b] - c`.
    SubI = "sub_i" ("x=inplace a=dst b=lhs c=int") 1, ANY;
    /// `r[a] = r[b] * c`.
    MulI = "mul_i" ("x=inplace a=dst b=lhs c=int") 1, ANY;
    /// `r[a] = r[b] // c`.
    FloorDivI = "floor_div_i" ("x=inplace a=dst b=lhs c=int") 1, ANY;
    /// `r[a] = r[b] % c`.
    ModI = "mod_i" ("x=inplace a=dst b=lhs c=int") 1, ANY;
    /// `r[a] = r[b] << c`.
    LShiftI = "lshift_i" ("x=inplace a=dst b=lhs c=int") 1, ANY;
    /// `r[a] = r[b] >> c`.
    RShiftI = "rshift_i" ("x=inplace a=dst b=lhs c=int") 1, ANY;
    /// `r[a] = r[b] & c`.
    AndI = "and_i" ("x=inplace a=dst b=lhs c=int") 1, ANY;
    /// `r[a] = -r[b]`.
    Neg = "neg" ("a=dst b=src") 1, ANY;
    /// `r[a] = +r[b]`.
    Pos = "pos" ("a=dst b=src") 1, ANY;
    /// `r[a] = ~r[b]`.
    Invert = "invert" ("a=dst b=src") 1, ANY;
    /// `r[a] = not r[b]`.
    Not = "not" ("a=dst b=src") 1, ANY;
    /// `r[a] = bool(r[b])`.
    ToBool = "to_bool" ("a=dst b=src") 1, ANY;
    // ---- comparison
    /// `r[a] = r[b] < r[c]`.
    Lt = "lt" ("a=dst b=lhs c=rhs") 1, ANY;
    /// `r[a] = r[b] <= r[c]`.
    Le = "le" ("a=dst b=lhs c=rhs") 1, ANY;
    /// `r[a] = r[b] == r[c]`.
    Eq = "eq" ("a=dst b=lhs c=rhs") 1, ANY;
    /// `r[a] = r[b] != r[c]`.
    Ne = "ne" ("a=dst b=lhs c=rhs") 1, ANY;
    /// `r[a] = r[b] > r[c]`.
    Gt = "gt" ("a=dst b=lhs c=rhs") 1, ANY;
    /// `r[a] = r[b] >= r[c]`.
    Ge = "ge" ("a=dst b=lhs c=rhs") 1, ANY;
    /// `r[a] = r[b] is r[c]`.
    Is = "is" ("a=dst b=lhs c=rhs") 1, PURE;
    /// `r[a] = r[b] is not r[c]`.
    IsNot = "is_not" ("a=dst b=lhs c=rhs") 1, PURE;
    /// `r[a] = r[b] in r[c]`.
    In = "in" ("a=dst b=item c=container") 1, ANY;
    /// `r[a] = r[b] not in r[c]`.
    NotIn = "not_in" ("a=dst b=item c=container") 1, ANY;
    // ---- jumps
    /// Go on at `bc`, forward. `a` = 1: for a statement, which has a line of its own.
    Jump = "jump" ("bc=to") 1, CONTROL;
    /// Back-edge of a loop: poll, count, go back by `bc`. `bc` is negative and its target is a `loop_header`. `a` as in `jump`.
    JumpBack = "jump_back" ("bc=to") 1, CONTROL | ANY;
    /// Head of a loop; `bc` is its hot counter, written by the interpreter.
    LoopHeader = "loop_header" ("bc=counter") 1, PURE;
    /// If `bool(r[a])`, go to `bc`.
    JumpIfTrue = "jump_if_true" ("a=src bc=to") 1, CONTROL | ANY;
    /// If `not r[a]`, go to `bc`.
    JumpIfFalse = "jump_if_false" ("a=src bc=to") 1, CONTROL | ANY;
    /// If `r[a] is None`, go to `bc`.
    JumpIfNone = "jump_if_none" ("a=src bc=to") 1, CONTROL;
    /// If `r[a] is not None`, go to `bc`.
    JumpIfNotNone = "jump_if_not_none" ("a=src bc=to") 1, CONTROL;
    /// If `bool(r[a] < r[b])` equals `x`, jump by `c`, a signed 16-bit distance; as all fused comparisons.
    JumpLt = "jump_lt" ("x=sense a=lhs b=rhs c=to") 1, CONTROL | ANY;
    /// If `bool(r[a] <= r[b])` equals `x`, jump by `c`.
    JumpLe = "jump_le" ("x=sense a=lhs b=rhs c=to") 1, CONTROL | ANY;
    /// If `bool(r[a] == r[b])` equals `x`, jump by `c`.
    JumpEq = "jump_eq" ("x=sense a=lhs b=rhs c=to") 1, CONTROL | ANY;
    /// If `bool(r[a] != r[b])` equals `x`, jump by `c`.
    JumpNe = "jump_ne" ("x=sense a=lhs b=rhs c=to") 1, CONTROL | ANY;
    /// If `bool(r[a] > r[b])` equals `x`, jump by `c`.
    JumpGt = "jump_gt" ("x=sense a=lhs b=rhs c=to") 1, CONTROL | ANY;
    /// If `bool(r[a] >= r[b])` equals `x`, jump by `c`.
    JumpGe = "jump_ge" ("x=sense a=lhs b=rhs c=to") 1, CONTROL | ANY;
    /// If `bool(r[a] < b)` equals `x`, jump by `c`; `b` is a signed 16-bit int.
    JumpLtI = "jump_lt_i" ("x=sense a=lhs b=int c=to") 1, CONTROL | ANY;
    /// If `bool(r[a] <= b)` equals `x`, jump by `c`.
    JumpLeI = "jump_le_i" ("x=sense a=lhs b=int c=to") 1, CONTROL | ANY;
    /// If `bool(r[a] == b)` equals `x`, jump by `c`.
    JumpEqI = "jump_eq_i" ("x=sense a=lhs b=int c=to") 1, CONTROL | ANY;
    /// If `bool(r[a] != b)` equals `x`, jump by `c`.
    JumpNeI = "jump_ne_i" ("x=sense a=lhs b=int c=to") 1, CONTROL | ANY;
    /// If `bool(r[a] > b)` equals `x`, jump by `c`.
    JumpGtI = "jump_gt_i" ("x=sense a=lhs b=int c=to") 1, CONTROL | ANY;
    /// If `bool(r[a] >= b)` equals `x`, jump by `c`.
    JumpGeI = "jump_ge_i" ("x=sense a=lhs b=int c=to") 1, CONTROL | ANY;
    // ---- calls
    /// `r[a] = r[b](r[b+1], … r[b+c])`. Every register above `b+c` is dead: the callee's window starts at `b+1`.
    Call = "call" ("a=dst b=base c=n_args") 1, ANY | CONTROL;
    /// Second half of a method call: `r[b]`, `r[b+1]` from `load_method`, `c` arguments from `r[b+2]`.
    CallMethod = "call_method" ("a=dst b=base c=n_args") 1, ANY | CONTROL;
    /// As `call`; the last arguments are keyword arguments, named by the tuple `consts[ext.lo]`.
    CallKw = "call_kw" ("a=dst b=base c=n_args ext=names") 2, ANY | CONTROL;
    /// As `call_method`, with keyword arguments named by `consts[ext.lo]`.
    CallMethodKw = "call_method_kw" ("a=dst b=base c=n_args ext=names") 2, ANY | CONTROL;
    /// `r[a] = r[b](*r[b+1], **r[b+2])`; `r[b+1]` any iterable, `r[b+2]` a dict or ABSENT.
    CallEx = "call_ex" ("a=dst b=base") 1, ANY | CONTROL;
    /// `r[a]` = a function of the code `consts[ext.lo]`; `r[b]` defaults tuple, `r[b+1]` keyword defaults dict,
    /// `r[b+2]` annotations (an `__annotate__` function), `r[b+3]` closure: a tuple of cells; each may be ABSENT.
    MakeFunction = "make_function" ("a=dst b=first ext=code") 2, ALLOCATES;
    /// Leave the function with `r[a]`.
    Return = "return" ("a=src") 1, CONTROL;
    /// Suspend the generator with `r[b]`; on resumption `r[a]` = what was sent.
    Yield = "yield" ("a=dst b=src") 1, CONTROL | ANY;
    /// Delegate to the iterator in `r[b]` until it ends; then `r[a]` = its return value. Suspends and is run again at
    /// each resumption; `x` = 1 for `await`.
    YieldFrom = "yield_from" ("x=await a=dst b=iter") 1, CONTROL | ANY;
    /// `r[a]` = iterator of `r[b]` for `yield from` (a generator is its own).
    GetYieldFromIter = "get_yield_from_iter" ("a=dst b=src") 1, ANY;
    // ---- building
    /// `r[a] = (r[b], … r[b+c-1])`.
    BuildTuple = "build_tuple" ("a=dst b=first c=n") 1, ALLOCATES;
    /// `r[a] = [r[b], … r[b+c-1]]`.
    BuildList = "build_list" ("a=dst b=first c=n") 1, ALLOCATES;
    /// `r[a] = {r[b], … r[b+c-1]}`.
    BuildSet = "build_set" ("a=dst b=first c=n") 1, ANY;
    /// `r[a] = {r[b]: r[b+1], …}`, `c` pairs.
    BuildDict = "build_dict" ("a=dst b=first c=n_pairs") 1, ANY;
    /// `r[a]` = the strings `r[b] … r[b+c-1]` joined.
    BuildString = "build_string" ("a=dst b=first c=n") 1, ALLOCATES;
    /// `r[a].append(r[b])`, `r[a]` a list made by this code.
    ListAppend = "list_append" ("a=list b=src") 1, ALLOCATES;
    /// `r[a].extend(r[b])`; not iterable: the message of a `*` argument.
    ListExtend = "list_extend" ("a=list b=iterable") 1, ANY;
    /// `r[a] = tuple(r[b])`, `r[b]` a list made by this code.
    ListToTuple = "list_to_tuple" ("a=dst b=list") 1, ALLOCATES;
    /// `r[a].add(r[b])`.
    SetAdd = "set_add" ("a=set b=src") 1, ANY;
    /// `r[a].update(r[b])`.
    SetUpdate = "set_update" ("a=set b=iterable") 1, ANY;
    /// `r[a][r[b]] = r[c]`, `r[a]` a dict made by this code.
    DictSet = "dict_set" ("a=dict b=key c=src") 1, ANY;
    /// `r[a].update(r[b])` for `{**r[b]}`.
    DictUpdate = "dict_update" ("a=dict b=mapping") 1, ANY;
    /// As `dict_update` for `f(**r[b])`: a repeated key is the TypeError of a call of `r[c]`.
    DictMerge = "dict_merge" ("a=dict b=mapping c=callable") 1, ANY;
    /// `r[a] = format(r[b], r[c])`; `x & 3`: conversion 0 none, 1 str, 2 repr, 3 ascii; `x & 4`: `r[c]` is a spec.
    Format = "format" ("x=how a=dst b=src c=spec") 1, ANY;
    // ---- iteration and unpacking
    /// `r[a] = iter(r[b])`.
    GetIter = "get_iter" ("a=dst b=src") 1, ANY;
    /// `r[a] = next(r[b])`; at the end go to `ext.lo` (signed).
    ForIter = "for_iter" ("a=dst b=iter ext=to") 2, ANY | CONTROL;
    /// `r[a], … r[a+c-1] = r[b]`.
    UnpackSequence = "unpack_sequence" ("a=first b=src c=n") 1, ANY;
    /// `r[a], … *r[a+lo], … = r[b]`: `c & 255` targets before the starred one, `c >> 8` after it.
    UnpackEx = "unpack_ex" ("a=first b=src c=before,after") 1, ANY;
    // ---- exceptions and with
    /// `raise` (`x` = 0), `raise r[a]` (1), `raise r[a] from r[b]` (2).
    Raise = "raise" ("x=n a=exc b=cause") 1, ANY | CONTROL;
    /// Raise `r[a]` again; its traceback is not lengthened by this line.
    Reraise = "reraise" ("a=exc") 1, RAISES | CONTROL;
    /// `r[a]` = the exception being handled (ABSENT if none); `r[b]` is handled from here on.
    PushExc = "push_exc" ("a=save b=exc") 1, PURE;
    /// The exception being handled is again that in `r[a]`.
    PopExc = "pop_exc" ("a=save") 1, PURE;
    /// `r[a]` = does the exception `r[b]` match the class or tuple of classes `r[c]`; TypeError if that is neither.
    MatchExc = "match_exc" ("a=dst b=exc c=class") 1, ANY;
    /// `except*`: splits the group `r[b]` by `r[c]`: `r[a]` = the matching part or None, `r[a+1]` = the rest or None.
    MatchExcGroup = "match_exc_group" ("a=first b=exc c=class") 1, ANY;
    /// Start of `with r[b]`: `r[a]` = bound `__exit__`, `r[a+1]` = result of `__enter__`; `x` = 1: the async pair, not
    /// awaited.
    BeforeWith = "before_with" ("x=async a=first b=manager") 1, ANY;
    /// `r[a] = r[b](type(r[c]), r[c], r[c].__traceback__)`.
    WithExceptStart = "with_except_start" ("a=dst b=exit c=exc") 1, ANY;
    // ---- imports
    /// `r[a] = __import__(name, globals, locals, r[b], x)`; `ext.lo` is the name, `x` the level.
    ImportName = "import_name" ("x=level a=dst b=fromlist ext=name") 2, ANY;
    /// `r[a]` = attribute or submodule `ext.lo` of the module `r[b]`.
    ImportFrom = "import_from" ("a=dst b=module ext=name") 2, ANY;
    /// `from r[a] import *` into the frame's namespace.
    ImportStar = "import_star" ("a=module") 1, ANY;
    // ---- async
    /// `r[a]` = the iterator that `await r[b]` runs; `x`: 0 plain, 1 from `__aenter__`, 2 from `__aexit__` (messages).
    GetAwaitable = "get_awaitable" ("x=where a=dst b=src") 1, ANY;
    /// `r[a] = aiter(r[b])`.
    GetAIter = "get_aiter" ("a=dst b=src") 1, ANY;
    /// `r[a]` = the awaitable's iterator of `r[b].__anext__()`.
    GetANext = "get_anext" ("a=dst b=aiter") 1, ANY;
    /// `r[a]` = `r[b]` wrapped as a value yielded by an asynchronous generator.
    AsyncGenWrap = "async_gen_wrap" ("a=dst b=src") 1, ALLOCATES;
    // ---- pattern matching
    /// `r[a]` = is `r[b]` a sequence in the sense of PEP 634.
    MatchSequence = "match_sequence" ("a=dst b=subject") 1, PURE;
    /// `r[a]` = is `r[b]` a mapping.
    MatchMapping = "match_mapping" ("a=dst b=subject") 1, PURE;
    /// `r[a]` = tuple of the values of the keys tuple `r[c]` in the mapping `r[b]`, or None if one is missing.
    MatchKeys = "match_keys" ("a=dst b=subject c=keys") 1, ANY;
    /// `r[a]` = tuple of attributes or None: is `r[b]` a `r[c]` with `x` positional patterns and the keyword names tuple
    /// `r[c+1]`.
    MatchClass = "match_class" ("x=n_positional a=dst b=subject c=class") 1, ANY;
    /// `r[a] = len(r[b])`.
    GetLen = "get_len" ("a=dst b=src") 1, ANY;
    // ---- the rest
    /// `r[a]` = intrinsic function `x` (see [`Intrinsic`]) of the `c` registers from `r[b]`.
    Intrinsic = "intrinsic" ("x=function a=dst b=first c=n") 1, ANY;
}

macro_rules! intrinsics {
    ($( $(#[doc = $doc:literal])+ $name:ident = $text:literal; )+) => {
        /// Functions of the interpreter that the compiler calls by number.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub enum Intrinsic { $( $(#[doc = $doc])+ $name, )+ }
        /// Every intrinsic with its name, in numeric order.
        pub const INTRINSICS: &[(Intrinsic, &str)] = &[ $( (Intrinsic::$name, $text), )+ ];
    };
}

intrinsics! {
    /// `sys.displayhook(value)`: an expression statement in interactive mode.
    Print = "print";
    /// A StopIteration that leaves a generator body becomes a RuntimeError (PEP 479): (exc) -> exc to raise.
    StopIterationError = "stopiteration_error";
    /// Make sure that the namespace has `__annotations__`.
    SetupAnnotations = "setup_annotations";
    /// What remains of an `except*` statement: (original exception, list of raised) -> exception or None.
    PrepReraiseStar = "prep_reraise_star";
    /// (name) -> TypeVar.
    TypeVar = "typevar";
    /// (name, bound evaluator) -> TypeVar.
    TypeVarWithBound = "typevar_with_bound";
    /// (name, constraints evaluator) -> TypeVar.
    TypeVarWithConstraints = "typevar_with_constraints";
    /// (name) -> ParamSpec.
    ParamSpec = "paramspec";
    /// (name) -> TypeVarTuple.
    TypeVarTuple = "typevartuple";
    /// (type parameter, default evaluator) -> the parameter.
    SetTypeParamDefault = "set_typeparam_default";
    /// (function, type parameters) -> the function.
    SetFunctionTypeParams = "set_function_type_params";
    /// (type parameters) -> `typing.Generic[…]`.
    SubscriptGeneric = "subscript_generic";
    /// (name, type parameters or None, value evaluator) -> TypeAliasType.
    TypeAlias = "typealias";
    /// (value, expression text, conversion or None, format spec) -> Interpolation.
    BuildInterpolation = "build_interpolation";
    /// (strings tuple, interpolations tuple) -> Template.
    BuildTemplate = "build_template";
    /// () -> AssertionError.
    AssertionError = "assertion_error";
    /// () -> NotImplementedError.
    NotImplementedError = "not_implemented_error";
    /// (exception) -> the value of a StopAsyncIteration check: ends an `async for`, else raises again.
    EndAsyncFor = "end_async_for";
    /// (mapping) -> a shallow dict copy of a match subject.
    DictCopy = "dict_copy";
    /// (dict, keys tuple) -> the dict without these keys (`**rest`).
    DictWithout = "dict_without";
}

impl Op {
    /// The row of this opcode.
    #[inline]
    pub fn row(self) -> &'static OpcodeRow {
        &OPCODES[self as usize]
    }

    /// The opcode with number `n`.
    pub fn from_u8(n: u8) -> Option<Op> {
        OPCODES.get(usize::from(n)).map(|row| row.op)
    }
}
