//! Binary and unary operators.
#![expect(clippy::unused_self, reason = "methods of the runtime are found on it")]
use haft_heap::Value;

use super::wide;
use crate::object::{Binary, Slots, Str, Unary, is_subtype};
use crate::vm::{R, Raised, Vm};

macro_rules! binary_ops {
    ($( $(#[doc = $doc:literal])+ $name:ident $sign:literal $slot:ident $islot:ident $method:ident $reflected:ident $inplace:ident; )+) => {
        /// A binary operator that has one slot and an in-place one.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum BinaryOp { $( $(#[doc = $doc])+ $name, )+ }
        impl BinaryOp {
            /// Its sign in source text.
            pub fn sign(self) -> &'static str {
                match self { $( BinaryOp::$name => $sign, )+ }
            }
            fn slot(self, slots: &Slots) -> Option<Binary> {
                match self { $( BinaryOp::$name => slots.$slot.get(), )+ }
            }
            /// Names of its method, the reflected one and the one in place.
            pub(crate) fn names(self, names: &crate::vm::Names) -> [Value; 3] {
                match self { $( BinaryOp::$name => [names.$method, names.$reflected, names.$inplace], )+ }
            }
            /// What a class does for it in place.
            pub fn inplace_slot(self, slots: &Slots) -> Option<Binary> {
                match self { $( BinaryOp::$name => slots.$islot.get(), )+ }
            }
        }
    };
}

binary_ops! {
    /// `+`
    Add "+" add iadd __add__ __radd__ __iadd__;
    /// `-`
    Sub "-" sub isub __sub__ __rsub__ __isub__;
    /// `*`
    Mul "*" mul imul __mul__ __rmul__ __imul__;
    /// `/`
    TrueDiv "/" truediv itruediv __truediv__ __rtruediv__ __itruediv__;
    /// `//`
    FloorDiv "//" floordiv ifloordiv __floordiv__ __rfloordiv__ __ifloordiv__;
    /// `%`
    Mod "%" rem irem __mod__ __rmod__ __imod__;
    /// `@`
    MatMul "@" matmul imatmul __matmul__ __rmatmul__ __imatmul__;
    /// `<<`
    LShift "<<" lshift ilshift __lshift__ __rlshift__ __ilshift__;
    /// `>>`
    RShift ">>" rshift irshift __rshift__ __rrshift__ __irshift__;
    /// `&`
    And "&" and iand __and__ __rand__ __iand__;
    /// `|`
    Or "|" or ior __or__ __ror__ __ior__;
    /// `^`
    Xor "^" xor ixor __xor__ __rxor__ __ixor__;
    /// `divmod`
    DivMod "divmod()" divmod divmod __divmod__ __rdivmod__ __divmod__;
}

impl Vm {
    /// `a OP b`.
    pub fn binary_op(&mut self, op: BinaryOp, a: Value, b: Value) -> R {
        if let Some(result) = wide::binary(self, op, a, b) {
            return Ok(result);
        }
        if op == BinaryOp::Add
            && let Some(sum) = self.concat_short(a, b)
        {
            return Ok(sum);
        }
        let result = self.try_binary(op, a, b)?;
        if result != Value::NOT_IMPLEMENTED {
            return Ok(result);
        }
        self.binary_op_declined(op, a, b)
    }
    /// The same when neither operand's class takes it as an operator.
    fn binary_op_declined(&mut self, op: BinaryOp, a: Value, b: Value) -> R {
        if let Some(result) = self.sequence_op(op, a, b, false)? {
            return Ok(result);
        }
        Err(self.unsupported_operands(op.sign(), a, b))
    }
    /// Has the class of `a` the operator in place?
    pub(crate) fn has_inplace(&mut self, op: BinaryOp, a: Value) -> bool {
        let name = op.names(&self.names)[2];
        let class = self.type_of(a);
        self.lookup_in_type(class, name).is_some()
    }
    /// `a OP b` after the first method that was asked, that of the left operand, has returned NotImplemented.
    pub fn binary_op_refused(&mut self, op: BinaryOp, a: Value, b: Value) -> R {
        let result = self.try_reflected(op, a, b)?;
        if result != Value::NOT_IMPLEMENTED {
            return Ok(result);
        }
        self.binary_op_declined(op, a, b)
    }
    /// `a OP= b` after the first function that was asked, that in place or else that of an operator, has declined.
    pub(crate) fn inplace_op_refused(&mut self, op: BinaryOp, a: Value, b: Value) -> R {
        let result = match op.inplace_slot(&self.type_of(a).slots) {
            Some(_) => self.try_binary(op, a, b)?,
            None => self.try_reflected(op, a, b)?,
        };
        if result != Value::NOT_IMPLEMENTED {
            return Ok(result);
        }
        self.inplace_op_declined(op, a, b)
    }
    /// The right operand's method after the left one's has declined; NOT_IMPLEMENTED if there is none, or it declines too.
    fn try_reflected(&mut self, op: BinaryOp, a: Value, b: Value) -> R {
        let (left, right) = (self.type_of(a), self.type_of(b));
        if left == right || !a.is_ptr() {
            return Ok(Value::NOT_IMPLEMENTED);
        }
        let reflected = op.names(&self.names)[1];
        let python = right.kind.0 == crate::object::Kind::Instance;
        match op.slot(&right.slots) {
            Some(_) if python && self.lookup_in_type(right, reflected).is_none() => {
                Ok(Value::NOT_IMPLEMENTED)
            }
            Some(_) if python => self.call_method(b, reflected, &[a]),
            Some(slot) => slot(self, a, b),
            None => Ok(Value::NOT_IMPLEMENTED),
        }
    }
    /// `a OP= b`: the new value of `a`.
    pub fn inplace_op(&mut self, op: BinaryOp, a: Value, b: Value) -> R {
        if let Some(result) = wide::binary(self, op, a, b) {
            return Ok(result);
        }
        if op == BinaryOp::Add
            && let Some(sum) = self.concat_short(a, b)
        {
            return Ok(sum);
        }
        if let Some(inplace) = op.inplace_slot(&self.type_of(a).slots) {
            let result = inplace(self, a, b)?;
            if result != Value::NOT_IMPLEMENTED {
                return Ok(result);
            }
        }
        let result = self.try_binary(op, a, b)?;
        if result != Value::NOT_IMPLEMENTED {
            return Ok(result);
        }
        self.inplace_op_declined(op, a, b)
    }
    /// The same when neither operand's class takes it as an operator.
    pub(crate) fn inplace_op_declined(&mut self, op: BinaryOp, a: Value, b: Value) -> R {
        if let Some(result) = self.sequence_op(op, a, b, true)? {
            return Ok(result);
        }
        let sign = format!("{}=", op.sign());
        Err(self.unsupported_operands(&sign, a, b))
    }
    /// The sum of two exact strs that are not nearly too long.
    #[inline]
    fn concat_short(&mut self, a: Value, b: Value) -> Option<Value> {
        let (x, y) = (a.as_ptr().and_then(Str::of)?, b.as_ptr().and_then(Str::of)?);
        let fits = x.byte_len().max(y.byte_len()) < 1 << 30;
        fits.then(|| Str::concat(&mut self.heap, x, y).value())
    }
    /// The slots of both classes, a subclass's first; NOT_IMPLEMENTED if neither takes it.
    fn try_binary(&mut self, op: BinaryOp, a: Value, b: Value) -> R {
        let (left, right) = (self.type_of(a), self.type_of(b));
        let left_slot = op.slot(&left.slots);
        let mut right_slot = if left == right { None } else { op.slot(&right.slots) };
        if let (Some(l), Some(r)) = (left_slot, right_slot)
            && std::ptr::fn_addr_eq(l, r)
        {
            right_slot = None;
        }
        if let Some(slot) = left_slot {
            if let Some(first) = right_slot
                && is_subtype(right, left.obj())
            {
                let result = first(self, a, b)?;
                if result != Value::NOT_IMPLEMENTED {
                    return Ok(result);
                }
                right_slot = None;
            }
            let result = slot(self, a, b)?;
            if result != Value::NOT_IMPLEMENTED {
                return Ok(result);
            }
        }
        match right_slot {
            Some(slot) => slot(self, a, b),
            None => Ok(Value::NOT_IMPLEMENTED),
        }
    }
    /// Concatenation and repetition of sequences, which come after the numeric slots.
    fn sequence_op(&mut self, op: BinaryOp, a: Value, b: Value, inplace: bool) -> R<Option<Value>> {
        match op {
            BinaryOp::Add => match self.type_of(a).slots.concat.get() {
                Some(concat) => concat(self, a, b).map(Some),
                None => Ok(None),
            },
            BinaryOp::Mul => {
                if let Some(repeat) = self.type_of(a).slots.repeat.get() {
                    return self.repeat(repeat, a, b).map(Some);
                }
                match self.type_of(b).slots.repeat.get() {
                    Some(repeat) if !inplace || self.type_of(a).slots.imul.get().is_none() => {
                        self.repeat(repeat, b, a).map(Some)
                    }
                    _ => Ok(None),
                }
            }
            _ => Ok(None),
        }
    }
    fn repeat(&mut self, repeat: Binary, sequence: Value, count: Value) -> R {
        if self.type_of(count).slots.index.get().is_none() {
            let name = self.type_name(count);
            return Err(
                self.type_error(format!("can't multiply sequence by non-int of type '{name}'"))
            );
        }
        repeat(self, sequence, count)
    }
    /// `pow(a, b, modulus)`; `a ** b` with None as modulus.
    pub fn power(&mut self, a: Value, b: Value, modulus: Value, inplace: bool) -> R {
        let (left, right) = (self.type_of(a), self.type_of(b));
        if inplace && let Some(ipow) = left.slots.ipow.get() {
            let result = ipow(self, a, b)?;
            if result != Value::NOT_IMPLEMENTED {
                return Ok(result);
            }
        }
        let right_first = left != right && is_subtype(right, left.obj());
        let order = if right_first { [right, left] } else { [left, right] };
        let mut tried = None;
        for class in order {
            let Some(slot) = class.slots.pow.get() else { continue };
            if tried.is_some_and(|t| std::ptr::fn_addr_eq(t, slot)) {
                continue;
            }
            tried = Some(slot);
            let result = slot(self, a, b, modulus)?;
            if result != Value::NOT_IMPLEMENTED {
                return Ok(result);
            }
        }
        if modulus.is_none() {
            return Err(self.unsupported_operands(
                if inplace { "**=" } else { "** or pow()" },
                a,
                b,
            ));
        }
        let (x, y, z) = (self.type_name(a), self.type_name(b), self.type_name(modulus));
        Err(self.type_error(format!(
            "unsupported operand type(s) for ** or pow(): '{x}', '{y}', '{z}'"
        )))
    }
    #[cold]
    fn unsupported_operands(&mut self, sign: &str, a: Value, b: Value) -> Raised {
        let (x, y) = (self.type_name(a), self.type_name(b));
        if sign == ">>" && self.is_print_function(a) {
            return self.type_error(format!(
                "unsupported operand type(s) for {sign}: '{x}' and '{y}'. Did you mean \"print(<message>, file=<output_stream>)\"?"
            ));
        }
        self.type_error(format!("unsupported operand type(s) for {sign}: '{x}' and '{y}'"))
    }
    fn is_print_function(&self, value: Value) -> bool {
        crate::object::PayloadRef::<crate::object::NativeFunction>::of_value(value)
            .is_some_and(|f| f.def.name == "print")
    }
    fn unary(&mut self, slot: Option<Unary>, sign: &str, a: Value) -> R {
        match slot {
            Some(slot) => slot(self, a),
            None => {
                let name = self.type_name(a);
                Err(self.type_error(format!("bad operand type for {sign}: '{name}'")))
            }
        }
    }
    /// `-a`.
    pub fn negative(&mut self, a: Value) -> R {
        self.unary(self.type_of(a).slots.neg.get(), "unary -", a)
    }
    /// `+a`.
    pub fn positive(&mut self, a: Value) -> R {
        self.unary(self.type_of(a).slots.pos.get(), "unary +", a)
    }
    /// `~a`.
    pub fn invert(&mut self, a: Value) -> R {
        self.unary(self.type_of(a).slots.invert.get(), "unary ~", a)
    }
    /// `abs(a)`.
    pub fn absolute(&mut self, a: Value) -> R {
        self.unary(self.type_of(a).slots.abs.get(), "abs()", a)
    }
}
