//! Module `_operator`: the operators as functions, and the callables made from names and keys.
mod callers;
mod sequence;

use haft_core::object::{CompareOp, Dict};
use haft_core::protocol::BinaryOp;
use haft_core::{Args, R, Value, Vm, natives};

/// Rows of binary operators: `/// doc` `python_name => operator;`.
macro_rules! operators {
    (static $table:ident by $method:ident = { $( $(#[doc = $doc:literal])+ $name:ident => $kind:ident::$op:ident; )+ }) => {
        natives! {
            static $table = { $(
                $(#[doc = $doc])+
                $name "($module, a, b, /)" => |vm, args| vm.$method($kind::$op, args[0], args[1]);
            )+ }
        }
    };
}

operators! {
    static BINARY by binary_op = {
        /// Same as a + b.
        add => BinaryOp::Add;
        /// Same as a & b.
        and_ => BinaryOp::And;
        /// Same as a // b.
        floordiv => BinaryOp::FloorDiv;
        /// Same as a << b.
        lshift => BinaryOp::LShift;
        /// Same as a @ b.
        matmul => BinaryOp::MatMul;
        /// Same as a % b.
        mod => BinaryOp::Mod;
        /// Same as a * b.
        mul => BinaryOp::Mul;
        /// Same as a | b.
        or_ => BinaryOp::Or;
        /// Same as a >> b.
        rshift => BinaryOp::RShift;
        /// Same as a - b.
        sub => BinaryOp::Sub;
        /// Same as a / b.
        truediv => BinaryOp::TrueDiv;
        /// Same as a ^ b.
        xor => BinaryOp::Xor;
    }
}

operators! {
    static INPLACE by inplace_op = {
        /// Same as a += b.
        iadd => BinaryOp::Add;
        /// Same as a &= b.
        iand => BinaryOp::And;
        /// Same as a //= b.
        ifloordiv => BinaryOp::FloorDiv;
        /// Same as a <<= b.
        ilshift => BinaryOp::LShift;
        /// Same as a @= b.
        imatmul => BinaryOp::MatMul;
        /// Same as a %= b.
        imod => BinaryOp::Mod;
        /// Same as a *= b.
        imul => BinaryOp::Mul;
        /// Same as a |= b.
        ior => BinaryOp::Or;
        /// Same as a >>= b.
        irshift => BinaryOp::RShift;
        /// Same as a -= b.
        isub => BinaryOp::Sub;
        /// Same as a /= b.
        itruediv => BinaryOp::TrueDiv;
        /// Same as a ^= b.
        ixor => BinaryOp::Xor;
    }
}

natives! {
    static COMPARISONS = {
        /// Same as a < b.
        lt "($module, a, b, /)" => |vm, args| vm.compare(args[0], args[1], CompareOp::Lt);
        /// Same as a <= b.
        le "($module, a, b, /)" => |vm, args| vm.compare(args[0], args[1], CompareOp::Le);
        /// Same as a == b.
        eq "($module, a, b, /)" => |vm, args| vm.compare(args[0], args[1], CompareOp::Eq);
        /// Same as a != b.
        ne "($module, a, b, /)" => |vm, args| vm.compare(args[0], args[1], CompareOp::Ne);
        /// Same as a > b.
        gt "($module, a, b, /)" => |vm, args| vm.compare(args[0], args[1], CompareOp::Gt);
        /// Same as a >= b.
        ge "($module, a, b, /)" => |vm, args| vm.compare(args[0], args[1], CompareOp::Ge);
        /// Same as a is b.
        is_ "($module, a, b, /)" => |_, args| Ok(Value::bool(args[0] == args[1]));
        /// Same as a is not b.
        is_not "($module, a, b, /)" => |_, args| Ok(Value::bool(args[0] != args[1]));
        /// Same as a is None.
        is_none "($module, a, /)" => |_, args| Ok(Value::bool(args[0].is_none()));
        /// Same as a is not None.
        is_not_none "($module, a, /)" => |_, args| Ok(Value::bool(!args[0].is_none()));
        /// Same as not a.
        not_ "($module, a, /)" => |vm, args| Ok(Value::bool(!vm.truth(args[0])?));
        /// Return True if a is true, False otherwise.
        truth "($module, a, /)" => |vm, args| Ok(Value::bool(vm.truth(args[0])?));
    }
    static OTHERS = {
        /// Same as abs(a).
        abs "($module, a, /)" => |vm, args| vm.absolute(args[0]);
        /// Same as ~a.
        inv "($module, a, /)" => |vm, args| vm.invert(args[0]);
        /// Same as ~a.
        invert "($module, a, /)" => |vm, args| vm.invert(args[0]);
        /// Same as -a.
        neg "($module, a, /)" => |vm, args| vm.negative(args[0]);
        /// Same as +a.
        pos "($module, a, /)" => |vm, args| vm.positive(args[0]);
        /// Same as a.__index__()
        index "($module, a, /)" => |vm, args| {
            let index = vm.index_value(args[0])?;
            // A bool becomes a plain int.
            Ok(index.as_bool().map_or(index, |b| Value::small(i32::from(b))))
        };
        /// Same as a ** b.
        pow "($module, a, b, /)" => |vm, args| vm.power(args[0], args[1], Value::NONE, false);
        /// Same as a **= b.
        ipow "($module, a, b, /)" => |vm, args| vm.power(args[0], args[1], Value::NONE, true);
        /// Same as obj(*args, **kwargs).
        raw call "($module, obj, /, *args, **kwargs)" => call;
    }
}

/// Fill the namespace of `_operator`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    for table in [BINARY, INPLACE, COMPARISONS, OTHERS, sequence::FUNCTIONS] {
        vm.add_functions(dict, "_operator", table);
    }
    callers::add(vm, dict);
    Ok(())
}

fn call(vm: &mut Vm, args: &Args<'_>) -> R {
    if args.n_positional() == 0 {
        return Err(vm.type_error("call expected at least 1 argument, got 0"));
    }
    vm.call(args.vals[0], &Args { vals: &args.vals[1..], names: args.names })
}
