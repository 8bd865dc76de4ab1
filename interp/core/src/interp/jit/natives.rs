//! Calls of functions and classes written in Rust: those that the recorder knows.
//!
//! Three degrees: a function whose work is a few operations of the machine becomes those; one that runs no Python when its
//! arguments are of exactly the built-in classes is called as it is, without bringing memory up to date; every other
//! one is a call of the runtime that may do anything.
use haft_bytecode::Insn;
use haft_bytecode::opcode::{ALLOCATES, RAISES, WRITES};
use haft_heap::Value;
use haft_jit::ir::{AbiTy, Alias, Effects, IrOp, Ref, Ty};

use super::machine::effects_of;
use super::rec::{Arg, Known, Rec};
use super::{layout, thunk};
use crate::interp::machine::Machine;
use crate::interp::ops::quick;
use crate::object::{
    CompareOp, Kind, List, NativeFunction, PayloadRef, ShapeId, Type, TypeFlags, is_subtype,
};
use crate::vm::R;

/// What the arguments must be for a function to run no Python.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Given {
    /// Numbers, text and singletons of exactly the built-in classes.
    Plain,
    /// Those, and containers and iterators of exactly the built-in classes.
    Builtin,
    /// Anything, behind the receiver.
    Anything,
    /// Of a class method: the class that it belongs to, and plain arguments.
    OwnClass,
}
use Given::{Anything, Builtin, OwnClass, Plain};

/// Functions that run no Python: module or class, what they must be given, names; an empty list: all.
const QUIET: &[(&str, Given, &[&str])] = &[
    (
        "builtins",
        Plain,
        &[
            "abs", "ascii", "bin", "chr", "divmod", "format", "hash", "hex", "max", "min", "oct",
            "ord", "pow", "repr", "round",
        ],
    ),
    ("builtins", Builtin, &["callable", "id", "len"]),
    ("math", Plain, &[]),
    (
        "time",
        Plain,
        &[
            "monotonic",
            "monotonic_ns",
            "perf_counter",
            "perf_counter_ns",
            "process_time",
            "thread_time",
            "time",
            "time_ns",
        ],
    ),
    ("str", Builtin, &["join"]),
    (
        "str",
        Plain,
        &[
            "__getitem__",
            "capitalize",
            "casefold",
            "center",
            "count",
            "encode",
            "endswith",
            "expandtabs",
            "find",
            "index",
            "isalnum",
            "isalpha",
            "isascii",
            "isdecimal",
            "isdigit",
            "isidentifier",
            "islower",
            "isnumeric",
            "isprintable",
            "isspace",
            "istitle",
            "isupper",
            "ljust",
            "lower",
            "lstrip",
            "partition",
            "removeprefix",
            "removesuffix",
            "replace",
            "rfind",
            "rindex",
            "rjust",
            "rpartition",
            "rsplit",
            "rstrip",
            "split",
            "splitlines",
            "startswith",
            "strip",
            "swapcase",
            "title",
            "upper",
            "zfill",
        ],
    ),
    ("bytes", Builtin, &["join"]),
    (
        "bytes",
        Plain,
        &[
            "capitalize",
            "center",
            "count",
            "decode",
            "endswith",
            "find",
            "hex",
            "index",
            "isalnum",
            "isalpha",
            "isdigit",
            "islower",
            "isspace",
            "isupper",
            "ljust",
            "lower",
            "lstrip",
            "partition",
            "replace",
            "rfind",
            "rindex",
            "rjust",
            "rpartition",
            "rsplit",
            "rstrip",
            "split",
            "splitlines",
            "startswith",
            "strip",
            "upper",
            "zfill",
        ],
    ),
    ("bytearray", Builtin, &["append", "clear", "decode", "extend", "find", "pop", "startswith"]),
    ("int", Plain, &["bit_count", "bit_length", "conjugate", "to_bytes"]),
    ("int", OwnClass, &["from_bytes"]),
    ("bytes", OwnClass, &["fromhex"]),
    ("float", OwnClass, &["fromhex"]),
    ("float", Plain, &["conjugate", "hex", "is_integer"]),
    ("complex", Plain, &["conjugate"]),
    ("list", Builtin, &["clear", "copy", "extend", "pop", "reverse"]),
    ("list", Anything, &["append", "insert"]),
    ("dict", Builtin, &["copy", "items", "keys", "values"]),
    ("set", Builtin, &["copy"]),
    ("collections.deque", Anything, &["append", "appendleft", "pop", "popleft"]),
    ("_random.Random", Plain, &["getrandbits", "random"]),
    ("_struct", Plain, &["calcsize", "pack", "unpack", "unpack_from"]),
];

/// Classes whose call runs no Python.
const QUIET_CLASSES: &[(&str, Given)] = &[
    ("int", Plain),
    ("float", Plain),
    ("complex", Plain),
    ("str", Plain),
    ("bytes", Plain),
    ("bool", Builtin),
    ("bytearray", Plain),
    ("range", Plain),
    ("slice", Plain),
    ("list", Builtin),
    ("tuple", Builtin),
];

macro_rules! unary_floats {
    ($($name:ident = $f:expr;)+) => {
        /// Functions of a float in module `math`: name, address, and what it does. A result that is not finite is left to the
        /// real function, which knows when that is an error.
        const UNARY: &[(&str, extern "C" fn(f64) -> f64)] = &[ $( (stringify!($name), {
            extern "C" fn $name(x: f64) -> f64 {
                let f: fn(f64) -> f64 = $f;
                f(x)
            }
            $name
        }), )+ ];
    };
}
unary_floats! {
    sin = f64::sin;
    cos = f64::cos;
    tan = f64::tan;
    atan = f64::atan;
    asin = f64::asin;
    acos = f64::acos;
    exp = f64::exp;
    sinh = f64::sinh;
    cosh = f64::cosh;
    tanh = f64::tanh;
}

/// Most arguments of a call that passes them in machine registers.
pub(super) const MOST_ARGS: usize = 4;

impl Rec<'_, '_> {
    /// A call of something native with the `n` arguments in registers from `first` on; false: it must be a call that may
    /// do anything.
    pub(super) fn native_call_of(
        &mut self,
        i: Insn,
        callee: Known<Value>,
        first: u16,
        n: u16,
    ) -> R<bool> {
        let args: Vec<Known<Value>> =
            (first..first + n).map(|register| self.reg(register)).collect();
        let result = if let Some(native) = PayloadRef::<NativeFunction>::of_value(callee.now) {
            self.known_function(callee, native, &args)?
        } else if let Some(class) = Type::of_value(callee.now) {
            self.known_class(callee, class, &args)?
        } else {
            None
        };
        let Some(result) = result else { return Ok(false) };
        self.finish_call(i, result);
        Ok(true)
    }

    /// The registers of a call's arguments are dead, and its result is there.
    pub(super) fn finish_call(&mut self, i: Insn, result: Known<Value>) {
        let window = self.slot_of(i.b());
        self.forget_from(window);
        self.set(i.a(), result);
    }

    fn known_function(
        &mut self,
        callee: Known<Value>,
        native: PayloadRef<NativeFunction>,
        args: &[Known<Value>],
    ) -> R<Option<Known<Value>>> {
        let (owner, name) = (super::generators::owner_of(native), native.def.name);
        let of_exceptions = native.owner.get() == self.d.vm.exc.base_exception.value();
        if of_exceptions && name == "__init__" && native.receiver_to_pass().is_absent() {
            self.is_same(callee, callee.now);
            return self.init_exception(callee, args);
        }
        if owner.is_empty() {
            // A method of an object: which one is no part of the guard below.
            return Ok(None);
        }
        // Before anything that changes something.
        self.is_same(callee, callee.now);
        if let Some(result) = self.inlined(owner, name, args)? {
            return Ok(Some(result));
        }
        let row = QUIET.iter().find(|(place, _, names)| {
            *place == owner && (names.is_empty() || names.contains(&name))
        });
        let Some(&(_, given, _)) = row else { return Ok(None) };
        // `max` and `min` of one argument look into it.
        if matches!(name, "max" | "min") && args.len() < 2 {
            return Ok(None);
        }
        self.quiet_call(callee, name, given, args)
    }

    fn known_class(
        &mut self,
        callee: Known<Value>,
        class: Type,
        args: &[Known<Value>],
    ) -> R<Option<Known<Value>>> {
        let name = class.native_name.get();
        if class.kind.0 == Kind::Instance || name.is_empty() && !class.has(TypeFlags::EXCEPTION) {
            return Ok(None);
        }
        if let ("type", [value]) = (name, args) {
            return Ok(self.class_of(callee, *value));
        }
        if let ("float", [value]) = (name, args)
            && let Some(number) = self.as_float(*value)
        {
            self.is_same(callee, callee.now);
            return Ok(Some(self.of_float(number)));
        }
        if let ("int", [value]) = (name, args)
            && (value.now.is_fixnum() || value.now.is_float_imm())
            && let Some(result) = self.truncated(*value)
        {
            self.is_same(callee, callee.now);
            return Ok(Some(result));
        }
        if let ("complex", [re, im]) = (name, args)
            && let (Some(re), Some(im)) = (self.as_float(*re), self.as_float(*im))
        {
            self.is_same(callee, callee.now);
            return Ok(Some(self.of_complex(re, im)));
        }
        if name == "range"
            && let Some(result) = self.range_of(callee, args)?
        {
            return Ok(Some(result));
        }
        if self.is_plain_exception(class) {
            return self.make_exception(callee, class, args).map(Some);
        }
        if self.is_quiet_exception(class) {
            self.is_same(callee, callee.now);
            self.version_is(class.obj(), class.version.get());
            return self.quiet_call(callee, name, Builtin, args);
        }
        let Some(&(_, given)) = QUIET_CLASSES.iter().find(|(known, _)| *known == name) else {
            return Ok(None);
        };
        self.quiet_call(callee, name, given, args)
    }

    /// A call that runs no Python.
    fn quiet_call(
        &mut self,
        callee: Known<Value>,
        name: &str,
        given: Given,
        args: &[Known<Value>],
    ) -> R<Option<Known<Value>>> {
        if args.len() > MOST_ARGS {
            return Ok(None);
        }
        for (at, &arg) in args.iter().enumerate() {
            let fits = match given {
                Anything if at > 0 || name == "random" => true,
                Plain if matches!(name, "random" | "getrandbits") && arg.now.is_ptr() => true,
                OwnClass if at == 0 => self.is_own_class(callee, arg),
                Plain | OwnClass => self.is_plain(arg),
                Builtin | Anything => self.is_builtin(arg) || self.is_native_receiver(arg, at),
            };
            if !fits {
                return Ok(None);
            }
        }
        self.is_same(callee, callee.now);
        if let Some(result) = self.call_directly(callee, name, args)? {
            return Ok(Some(result));
        }
        self.call_without_python(callee, name, args).map(Some)
    }
    /// A call that runs no Python, with at most [`MOST_ARGS`] arguments.
    pub(super) fn call_without_python(
        &mut self,
        callee: Known<Value>,
        name: &str,
        args: &[Known<Value>],
    ) -> R<Known<Value>> {
        let absent = self.constant_word(Value::ABSENT);
        let mut refs = vec![Arg::V(callee.by)];
        refs.extend(args.iter().map(|arg| Arg::V(arg.by)));
        refs.resize(1 + MOST_ARGS, Arg::V(absent));
        let does = RAISES | ALLOCATES | WRITES;
        let effects = effects_of(does);
        let address = thunk::call_quietly as *const () as usize;
        let by = self.call(&format!("call {name}"), address, effects, &refs);
        let words: Vec<Value> = args.iter().map(|arg| arg.now).collect();
        self.d.save_pc();
        let now = self.d.vm.call_positional(callee.now, &words)?;
        self.after_effect = true;
        self.state_changed();
        Ok(Known { now, by })
    }
    /// The class that a class method belongs to.
    fn is_own_class(&mut self, method: Known<Value>, class: Known<Value>) -> bool {
        let native = PayloadRef::<NativeFunction>::of_value(method.now);
        native.is_some_and(|native| native.owner.get() == class.now)
            && self.is_same(class, class.now)
    }
    /// The receiver of a method of a native class that is not among the most common ones.
    fn is_native_receiver(&mut self, value: Known<Value>, at: usize) -> bool {
        let Some(obj) = value.now.as_ptr().filter(|_| at == 0) else { return false };
        let class = self.d.vm.type_of(value.now);
        let names = ["collections.deque", "collections.OrderedDict"];
        let native = names.contains(&class.native_name.get());
        native && self.shape_is(value, obj.shape())
    }

    // ---- functions that become operations

    fn inlined(
        &mut self,
        owner: &str,
        name: &str,
        args: &[Known<Value>],
    ) -> R<Option<Known<Value>>> {
        let result = match (owner, name, args) {
            ("builtins", "len", [value]) => self.len(*value),
            ("builtins", "ord", [value]) => self.ord(*value),
            ("builtins", "chr", [value]) => self.chr(*value),
            ("builtins", "abs", [value]) => self.abs(*value),
            ("builtins", "max", [first, rest @ ..]) if !rest.is_empty() => {
                self.extreme_of(*first, rest, CompareOp::Gt)
            }
            ("builtins", "min", [first, rest @ ..]) if !rest.is_empty() => {
                self.extreme_of(*first, rest, CompareOp::Lt)
            }
            ("builtins", "isinstance", [value, class]) => self.is_instance(*value, *class),
            ("math", "fabs", [value]) => self.as_float(*value).map(|x| {
                let by = self.op(IrOp::FAbs, &[x.by]);
                self.of_float(Known { now: x.now.abs(), by })
            }),
            ("math", "sqrt", [value]) => self.square_root(*value),
            ("math", "floor" | "trunc", [value]) if value.now.is_float_imm() => {
                self.truncated(*value).map(|whole| self.floored(name, *value, whole))
            }
            ("math", _, [value]) => self.unary(name, *value),
            ("dict", "get", [dict, key, rest @ ..]) if rest.len() < 2 => {
                return self.dict_get(*dict, *key, rest.first().copied());
            }
            ("builtins", "divmod", [a, b]) => self.quotient_and_rest(*a, *b),
            ("list", "append", [list, item]) => self.append(*list, *item),
            ("list", "pop", [list]) => self.pop_last(*list),
            ("list", "pop", [list, index]) => self.pop_at(*list, *index),
            ("list", "insert", [list, index, item]) => self.insert(*list, *index, *item),
            ("str", method, [text]) => self.character_is(method, *text),
            ("set", "add", [set, item]) if self.is_key(*item) && self.is_builtin(*set) => {
                let done = self.attempt2(&quick::SET_ADD, *set, *item)?;
                done.map(|_| self.constant(Value::NONE))
            }
            ("collections.OrderedDict", "move_to_end", [dict, key])
                if self.is_key(*key) && self.is_native_receiver(*dict, 0) =>
            {
                return self.attempt2(&quick::MOVE_TO_END, *dict, *key);
            }
            ("dict", "setdefault", [dict, key, value])
                if self.is_key(*key) && self.is_builtin(*dict) =>
            {
                return self.attempt3(&quick::SETDEFAULT, *dict, *key, *value);
            }
            ("builtins", "getattr", [object, name]) if self.is_plain(*name) => {
                if let Some(method) = self.method_by_name(*object, *name) {
                    return Ok(Some(method));
                }
                return self.attempt2(&quick::GETATTR, *object, *name);
            }
            _ => None,
        };
        Ok(result)
    }
    /// As a float, if it is an immediate number.
    pub(super) fn as_float(&mut self, value: Known<Value>) -> Option<Known<f64>> {
        if value.now.is_float_imm() && self.is_float(value) {
            return Some(self.float(value));
        }
        if value.now.is_fixnum() && self.is_int(value) {
            let number = Machine::int(self, value);
            return Some(self.int_to_float(number));
        }
        None
    }
    pub(super) fn len(&mut self, value: Known<Value>) -> Option<Known<Value>> {
        let obj = value.now.as_ptr()?;
        let len = if obj.shape() == ShapeId::LIST.0 {
            self.shape_is(value, obj.shape());
            let by = self.list_len(value.by);
            Known { now: List::of(obj)?.len() as i64, by }
        } else if obj.shape() == ShapeId::TUPLE.0 {
            self.shape_is(value, obj.shape());
            let by = self.load(IrOp::LoadU32, value.by, layout::LEN, Alias::CONSTANT);
            Known { now: crate::object::Tuple::of(obj)?.len() as i64, by }
        } else if let Some(text) = super::text::text_of(value.now) {
            Known { now: text.len() as i64, by: self.text_counts(value) }
        } else if obj.shape() == ShapeId::BYTES.0 {
            self.shape_is(value, obj.shape());
            let by = self.load(IrOp::LoadI64, value.by, layout::LEN, Alias::CONSTANT);
            Known { now: crate::object::Bytes::of(obj)?.data().len() as i64, by }
        } else {
            match self.length_of_data(value) {
                None => self.length_of_view(value)?,
                Some(length) => length,
            }
        };
        Some(self.of_int(len))
    }
    fn abs(&mut self, value: Known<Value>) -> Option<Known<Value>> {
        if value.now.is_float_imm() && self.is_float(value) {
            let x = self.float(value);
            let by = self.op(IrOp::FAbs, &[x.by]);
            return Some(self.of_float(Known { now: x.now.abs(), by }));
        }
        if !(value.now.is_fixnum() && self.is_int(value)) {
            return None;
        }
        let number = Machine::int(self, value);
        let zero = self.int_constant(0);
        let by = self.op(IrOp::Sub, &[zero.by, number.by]);
        let fits = self.op(IrOp::Fits, &[by]);
        if !self.test(Value::FIXNUM_MAX >= -number.now, fits) {
            return None;
        }
        let negative = self.op(IrOp::ILt, &[number.by, zero.by]);
        let by = self.op(IrOp::Select, &[negative, by, number.by]);
        Some(self.of_int(Known { now: number.now.abs(), by }))
    }
    /// The extreme one of numbers of one kind.
    fn extreme_of(
        &mut self,
        first: Known<Value>,
        rest: &[Known<Value>],
        op: CompareOp,
    ) -> Option<Known<Value>> {
        let ints = first.now.is_fixnum() && rest.iter().all(|value| value.now.is_fixnum());
        let floats = first.now.is_float_imm() && rest.iter().all(|value| value.now.is_float_imm());
        if !ints && !floats {
            return None;
        }
        rest.iter().try_fold(first, |best, &value| self.extreme(best, value, op))
    }
    /// `b` if it is beyond `a`, as `max` and `min` of two numbers of one kind.
    fn extreme(&mut self, a: Known<Value>, b: Known<Value>, op: CompareOp) -> Option<Known<Value>> {
        if a.now.is_fixnum() && b.now.is_fixnum() && self.is_int(a) && self.is_int(b) {
            let (x, y) = (Machine::int(self, a), Machine::int(self, b));
            let test = if op == CompareOp::Gt { IrOp::IGt } else { IrOp::ILt };
            let beyond = self.op(test, &[y.by, x.by]);
            let by = self.op(IrOp::Select, &[beyond, y.by, x.by]);
            let now = if op.holds(y.now.cmp(&x.now)) { y.now } else { x.now };
            return Some(self.of_int(Known { now, by }));
        }
        if a.now.is_float_imm() && b.now.is_float_imm() && self.is_float(a) && self.is_float(b) {
            let (x, y) = (self.float(a), self.float(b));
            return Some(if self.float_compare(op, y, x) { b } else { a });
        }
        None
    }
    fn is_instance(&mut self, value: Known<Value>, class: Known<Value>) -> Option<Known<Value>> {
        let exact = class.now.as_ptr().filter(|obj| obj.shape() == ShapeId::TUPLE.0);
        let tuple = exact.and_then(crate::object::Tuple::of);
        let wanted: Vec<Value> = match tuple {
            Some(tuple) if tuple.len() <= MOST_CLASSES => tuple.items().to_vec(),
            Some(_) => return None,
            None => vec![class.now],
        };
        let plain = |wanted: &Value| {
            Type::of_value(*wanted).filter(|_| self.d.vm.type_of(*wanted) == self.d.vm.t.r#type)
        };
        let types: Vec<Type> = wanted.iter().map(plain).collect::<Option<_>>()?;
        let own = self.d.vm.type_of(value.now);
        let outcome = types.iter().any(|ty| is_subtype(own, ty.obj()));
        if !outcome && !self.d.vm.shows_own_class(own) {
            return None;
        }
        if tuple.is_some() {
            self.shape_is(class, ShapeId::TUPLE.0);
            self.length_is(class, types.len());
            for (at, &wanted) in wanted.iter().enumerate() {
                let item = self.tuple_field(class, at);
                self.is_same(item, wanted);
            }
        } else {
            self.is_same(class, class.now);
        }
        self.guard_class(value)?;
        if own.kind.0 == Kind::Instance {
            self.version_is(own.obj(), own.version.get());
        }
        Some(self.of_bool(outcome))
    }
    /// Guard the class of a value; `None`: it cannot be told.
    pub(super) fn guard_class(&mut self, value: Known<Value>) -> Option<()> {
        if let Some(obj) = value.now.as_ptr() {
            return self.shape_is(value, obj.shape()).then_some(());
        }
        if value.now.is_fixnum() {
            return self.is_int(value).then_some(());
        }
        if value.now.is_float_imm() {
            return self.is_float(value).then_some(());
        }
        self.is_same(value, value.now).then_some(())
    }
    /// `type(value)`
    fn class_of(&mut self, callee: Known<Value>, value: Known<Value>) -> Option<Known<Value>> {
        let own = self.d.vm.type_of(value.now);
        self.is_same(callee, callee.now);
        self.guard_class(value)?;
        Some(self.constant(own.value()))
    }
    fn square_root(&mut self, value: Known<Value>) -> Option<Known<Value>> {
        let x = self.as_float(value)?;
        let zero = Known { now: 0.0, by: self.out.const_f(0.0) };
        if !self.float_compare(CompareOp::Ge, x, zero) {
            return None;
        }
        let by = self.op(IrOp::FSqrt, &[x.by]);
        Some(self.of_float(Known { now: x.now.sqrt(), by }))
    }
    fn unary(&mut self, name: &str, value: Known<Value>) -> Option<Known<Value>> {
        let &(_, f) = UNARY.iter().find(|(known, _)| *known == name)?;
        let x = self.as_float(value)?;
        let now = f(x.now);
        if !now.is_finite() {
            return None;
        }
        Some(self.function_of_floats(name, f as *const () as usize, &[x.by], now))
    }
    /// The value of a function of floats that does nothing else, guarded to be finite.
    pub(super) fn function_of_floats(
        &mut self,
        name: &str,
        address: usize,
        args: &[Ref],
        now: f64,
    ) -> Known<Value> {
        let effects = Effects { reads: 0, writes: 0, allocates: false, keep: false };
        let mut callee = Rec::callee(name, address, effects, &[], AbiTy::F64);
        callee.passes_vm = false;
        callee.params = vec![AbiTy::F64; args.len()];
        let by = self.out.call(callee, args, Ty::F);
        let none = self.op(IrOp::FSub, &[by, by]);
        let zero = self.out.const_f(0.0);
        let finite = self.op(IrOp::FEq, &[none, zero]);
        self.test(true, finite);
        self.of_float(Known { now, by })
    }
    /// A number without what is behind the point, if it is a small int then.
    fn truncated(&mut self, value: Known<Value>) -> Option<Known<Value>> {
        if value.now.is_fixnum() {
            return self.is_int(value).then_some(value);
        }
        if !self.is_float(value) {
            return None;
        }
        let x = self.float(value);
        let size = Known { now: x.now.abs(), by: self.op(IrOp::FAbs, &[x.by]) };
        let limit = Known { now: LARGE, by: self.out.const_f(LARGE) };
        if !self.float_compare(CompareOp::Lt, size, limit) {
            return None;
        }
        let by = self.op(IrOp::FToI, &[x.by]);
        Some(self.of_int(Known { now: x.now as i64, by }))
    }
    fn floored(&mut self, name: &str, value: Known<Value>, whole: Known<Value>) -> Known<Value> {
        if name == "trunc" {
            return whole;
        }
        let (x, number) = (self.float(value), Machine::int(self, whole));
        let back = self.int_to_float(number);
        let above = self.op(IrOp::FGt, &[back.by, x.by]);
        let less = self.op(IrOp::BToI, &[above]);
        let by = self.op(IrOp::Sub, &[number.by, less]);
        let now = number.now - i64::from(back.now > x.now);
        self.of_int(Known { now, by })
    }
    fn dict_get(
        &mut self,
        dict: Known<Value>,
        key: Known<Value>,
        default: Option<Known<Value>>,
    ) -> R<Option<Known<Value>>> {
        if dict.now.as_ptr().is_none_or(|obj| obj.shape() != ShapeId::DICT.0)
            || !self.shape_is(dict, ShapeId::DICT.0)
            || !self.is_key(key)
        {
            return Ok(None);
        }
        let Some(found) = self.attempt2(&quick::DICT_GET, dict, key)? else { return Ok(None) };
        if !self.is_same(found, Value::UNBOUND) {
            return Ok(Some(found));
        }
        Ok(Some(match default {
            Some(default) => default,
            None => self.constant(Value::NONE),
        }))
    }
    /// `list.append` where there is room.
    fn append(&mut self, list: Known<Value>, item: Known<Value>) -> Option<Known<Value>> {
        let exact = list.now.as_ptr().filter(|obj| obj.shape() == ShapeId::LIST.0);
        let now = exact.and_then(List::of)?;
        if now.len() >= now.capacity() {
            return None;
        }
        self.shape_is(list, ShapeId::LIST.0);
        let len = self.list_len(list.by);
        let items = self.load(IrOp::LoadV, list.by, layout::LIST_ITEMS, layout::LIST);
        // A list without room may have no array at all.
        let present = self.op(IrOp::IsObject, &[items]);
        self.test(true, present);
        let room = self.load(IrOp::LoadU32, items, layout::LEN, Alias::CONSTANT);
        let fits = self.op(IrOp::ULt, &[len, room]);
        self.test(true, fits);
        self.write_item(list, item, len, items);
        now.push(&mut self.d.vm.heap, item.now);
        Some(self.constant(Value::NONE))
    }
    fn write_item(&mut self, list: Known<Value>, item: Known<Value>, len: Ref, items: Ref) {
        self.barrier(items, item.by);
        let at = self.out.imm(IrOp::Index, &[items, len], 8);
        self.out.memory(IrOp::StoreV, &[at, item.by], layout::FIRST_SLOT, layout::ITEMS);
        let one = self.int(1);
        let longer = self.op(IrOp::Add, &[len, one]);
        self.write_len(list, longer);
    }
    /// The list has so many items from now on.
    pub(super) fn write_len(&mut self, list: Known<Value>, len: Ref) {
        let word = self.op(IrOp::BoxI, &[len]);
        let word = self.op(IrOp::VToI, &[word]);
        self.out.memory(IrOp::StoreI64, &[list.by, word], layout::LIST_LEN, layout::LIST);
        self.after_effect = true;
    }
    /// `r[a].append(r[b])` of a comprehension.
    pub(super) fn list_append(&mut self, i: Insn) -> R<()> {
        let (list, item) = (self.reg(i.a()), self.reg(i.b()));
        if self.append(list, item).is_some() {
            return Ok(());
        }
        let does = ALLOCATES | WRITES;
        let address = thunk::list_push as *const () as usize;
        let args = [Arg::V(list.by), Arg::V(item.by)];
        self.call("list_append", address, effects_of(does), &args);
        if let Some(list) = list.now.as_ptr().and_then(List::of) {
            list.push(&mut self.d.vm.heap, item.now);
        }
        self.after_effect = true;
        self.state_changed();
        Ok(())
    }
}

/// Longest tuples of classes that a trace looks through.
const MOST_CLASSES: usize = 4;
/// Every float below is a small int when truncated.
const LARGE: f64 = (1_u64 << 60) as f64;
