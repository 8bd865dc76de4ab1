//! Operations of classes of extension modules: operators, comparisons, items, length, membership, truth and calls.
//!
//! Each is a call of the C function in the slot of a class, where the classes of the operands say that it is asked, and asked
//! first. A function that declines leaves the rest to the runtime, which goes on as the interpreter does at this point.
use haft_bytecode::{Insn, Op};
use haft_heap::Value;
use haft_jit::ir::{AbiTy, Alias, IrOp, Ref};

use super::extension::{ExtensionCall, Given, Index};
use super::foreign::Number;
use super::generators::builtin_name;
use super::rec::{Known, Rec};
use super::record::{Form, comparison};
use crate::interp::direct::Direct;
use crate::interp::machine::Machine;
use crate::interp::special;
use crate::object::CompareOp;
use crate::protocol::BinaryOp;
use crate::vm::{R, Vm};

/// An operation that a class of an extension module may define.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operation {
    /// `a OP b`
    Binary(BinaryOp),
    /// `a OP= b`
    InPlace(BinaryOp),
    /// `-a`
    Negative,
    /// `+a`
    Positive,
    /// `~a`
    Invert,
    /// `a[b]`
    Item,
    /// `a[b] = c`
    SetItem,
    /// `del a[b]`
    DelItem,
    /// `a OP b`, a comparison.
    Compare(CompareOp),
    /// The truth of the same, as a bool.
    Holds(CompareOp),
    /// `b in a`
    Contains,
    /// `bool(a)`
    Truth,
    /// `len(a)`
    Length,
    /// `a(…)`
    Call,
}

/// Where an operand is.
#[derive(Clone, Copy)]
enum Operand {
    Register(u16),
    Constant(Value),
}

/// What an instruction does with the result.
#[derive(Clone, Copy)]
enum Wanted {
    Nothing,
    Value,
    /// Is it true, or false?
    Answer(bool),
}

/// An operation that an instruction asks for.
struct Asked {
    operation: Operation,
    n: usize,
    /// The receiver's first.
    operands: [Operand; 3],
    wanted: Wanted,
}

impl Rec<'_, '_> {
    /// An operation that the class of an operand defines in C; false, and nothing is done: it is none.
    pub(super) fn extension_operation(&mut self, i: Insn) -> R<bool> {
        let Some(asked) = asked(i) else { return Ok(false) };
        let operands = &asked.operands[..asked.n];
        let values = asked.operands.map(|operand| match operand {
            Operand::Register(register) => self.d.window(register, 1)[0],
            Operand::Constant(value) => value,
        });
        let values = &values[..asked.n];
        if !values.iter().take(2).any(|&value| self.is_of_extension(value)) {
            return Ok(false);
        }
        let Some(foreign) = self.foreign() else { return Ok(false) };
        let call = (foreign.extension.operation)(self.d.vm, asked.operation, values);
        let Some(call) = call else { return Ok(false) };
        for &operand in operands.iter().take(2) {
            if let Operand::Register(register) = operand {
                self.guard_operand(register);
            }
        }
        let refs: Vec<Ref> = operands.iter().map(|&operand| self.operand_ref(operand)).collect();
        let given = self.arguments_of_c(&call, &refs, values);
        let by = self.call_extension(&call, refs[0], &given);
        self.run_again()?;
        let by = match asked.wanted {
            Wanted::Nothing => None,
            Wanted::Value => Some(by),
            Wanted::Answer(sense) => {
                let zero = Rec::int(self, 0);
                let op = if sense { IrOp::INe } else { IrOp::IEq };
                let answer = self.op(op, &[by, zero]);
                Some(self.op(IrOp::BoxB, &[answer]))
            }
        };
        if let Some(by) = by {
            let slot = self.slot_of(i.a());
            self.set_slot(slot, by);
        }
        self.ran_python();
        Ok(true)
    }

    fn operand_ref(&mut self, operand: Operand) -> Ref {
        match operand {
            Operand::Register(register) => self.reg(register).by,
            Operand::Constant(value) => self.constant_word(value),
        }
    }

    /// The arguments behind the receiver.
    fn arguments_of_c(
        &mut self,
        call: &ExtensionCall,
        operands: &[Ref],
        values: &[Value],
    ) -> Given {
        let Some(index) = &call.by_index else { return Given::Values(operands[1..].to_vec()) };
        let key = Known { now: values[1], by: operands[1] };
        let (by, zero) = (Machine::int(self, key).by, Rec::int(self, 0));
        let by = match index {
            Index::FromStart => {
                let condition = self.op(IrOp::IGe, &[by, zero]);
                self.test(true, condition);
                by
            }
            Index::FromEnd(length) => {
                let condition = self.op(IrOp::ILt, &[by, zero]);
                self.test(true, condition);
                let len = self.call_extension(length, operands[0], &Given::Values(Vec::new()));
                self.op(IrOp::Add, &[len, by])
            }
        };
        Given::Indexed(by, operands[2..].to_vec())
    }

    fn is_of_extension(&self, value: Value) -> bool {
        value.is_ptr() && self.d.vm.type_of(value).extension.get().is_some()
    }

    /// How an operation is done that the class of a value defines in C; the value is of that class from here on.
    pub(super) fn operation_of(
        &mut self,
        operation: Operation,
        value: Known<Value>,
    ) -> Option<ExtensionCall> {
        if !self.is_of_extension(value.now) {
            return None;
        }
        let foreign = self.foreign()?;
        let call = (foreign.extension.operation)(self.d.vm, operation, &[value.now])?;
        self.guard_instance(value);
        Some(call)
    }

    /// The call is right for this object as long as its struct says so.
    pub(super) fn is_provided(&mut self, object: Known<Value>, call: &ExtensionCall) {
        let Some((offset, number)) = call.provided else { return };
        let now = self.load(IrOp::LoadI64, object.by, offset, Alias::RAW);
        let known = Rec::int(self, number);
        let condition = self.op(IrOp::IEq, &[now, known]);
        self.test(true, condition);
    }

    /// `a OP b` as a jump, of an object whose class compares in C; false, and nothing is done: it is another.
    pub(super) fn extension_jump(&mut self, i: Insn) -> R<bool> {
        let Some((op, form)) = comparison(i.op()) else { return Ok(false) };
        let right = match form {
            Form::Value => return Ok(false),
            Form::Jump => Operand::Register(i.b()),
            Form::JumpInt => Operand::Constant(Value::small(i32::from(i.b_int()))),
        };
        let (a, b) = special::jump_operands(self.d, i);
        if !self.is_of_extension(a) {
            return Ok(false);
        }
        let Some(foreign) = self.foreign() else { return Ok(false) };
        let operation = Operation::Holds(op);
        let call = (foreign.extension.operation)(self.d.vm, operation, &[a, b]);
        let Some(call) = call else { return Ok(false) };
        self.guard_operand(i.a());
        if let Operand::Register(register) = right {
            self.guard_operand(register);
        }
        self.branch(i32::from(i.c_int()), i.x() == 1);
        let (left, right) = (self.reg(i.a()).by, self.operand_ref(right));
        let by = self.call_extension(&call, left, &Given::Values(vec![right]));
        self.d.save_pc();
        let result = self.d.vm.compare(a, b, op)?;
        let outcome = self.d.vm.truth(result)?;
        self.ran_python();
        let yes = self.constant_word(Value::TRUE);
        let condition = self.op(IrOp::Same, &[by, yes]);
        if self.test(outcome, condition) == (i.x() == 1) {
            Machine::jump(self, i32::from(i.c_int()));
        }
        Ok(true)
    }

    /// `bool(value)` of an object whose class says so in C.
    pub(super) fn extension_truth(&mut self, value: Known<Value>) -> R<Option<bool>> {
        let Some(call) = self.operation_of(Operation::Truth, value) else { return Ok(None) };
        let by = self.call_extension(&call, value.by, &Given::Values(Vec::new()));
        let outcome = self.d.truth(value.now)?;
        self.ran_python();
        let zero = Rec::int(self, 0);
        let condition = self.op(IrOp::INe, &[by, zero]);
        Ok(Some(self.test(outcome, condition)))
    }

    /// `len(value)` of an object whose class has a length in C; false: it is another call.
    pub(super) fn extension_length(
        &mut self,
        i: Insn,
        callee: Known<Value>,
        first: u16,
        n: u16,
    ) -> R<bool> {
        if n != 1 || i.op() != Op::Call || builtin_name(callee.now) != Some("len") {
            return Ok(false);
        }
        let value = self.reg(first);
        let Some(call) = self.operation_of(Operation::Length, value) else { return Ok(false) };
        self.is_same(callee, callee.now);
        let by = self.call_extension(&call, value.by, &Given::Values(Vec::new()));
        let now = self.call_for_real(callee.now, first, n)?;
        let number = Number::Int { abi: AbiTy::I64, min: i64::MIN, max: i64::MAX };
        let by = self.c_to_value(by, number, now, Some(i.a()));
        self.ran_python();
        self.finish_call(i, Known { now, by });
        Ok(true)
    }

    /// The value in a register is of the class that it is of now.
    fn guard_operand(&mut self, register: u16) {
        let known = self.reg(register);
        if known.now.is_ptr() {
            self.guard_layout(register);
        } else {
            self.guard_class(known);
        }
    }
}

/// The operation that an instruction is.
fn asked(i: Insn) -> Option<Asked> {
    let [a, b, c] = [i.a(), i.b(), i.c()].map(Operand::Register);
    let unary = |operation, wanted| Asked { operation, n: 1, operands: [b; 3], wanted };
    let two = |operation, left, right, wanted| {
        Some(Asked { operation, n: 2, operands: [left, right, right], wanted })
    };
    Some(match i.op() {
        Op::Neg => unary(Operation::Negative, Wanted::Value),
        Op::Pos => unary(Operation::Positive, Wanted::Value),
        Op::Invert => unary(Operation::Invert, Wanted::Value),
        Op::ToBool => unary(Operation::Truth, Wanted::Answer(true)),
        Op::Not => unary(Operation::Truth, Wanted::Answer(false)),
        Op::In => return two(Operation::Contains, c, b, Wanted::Answer(true)),
        Op::NotIn => return two(Operation::Contains, c, b, Wanted::Answer(false)),
        Op::LoadItem => return two(Operation::Item, b, c, Wanted::Value),
        Op::DelItem => {
            let operands = [a, b, Operand::Constant(Value::ABSENT)];
            Asked { operation: Operation::DelItem, n: 3, operands, wanted: Wanted::Nothing }
        }
        Op::StoreItem => {
            let operands = [a, b, c];
            Asked { operation: Operation::SetItem, n: 3, operands, wanted: Wanted::Nothing }
        }
        other => {
            if let Some((op, immediate)) = special::operator(i) {
                let operation =
                    if i.x() == 1 { Operation::InPlace(op) } else { Operation::Binary(op) };
                return two(operation, b, immediate.map_or(c, Operand::Constant), Wanted::Value);
            }
            match comparison(other)? {
                (op, Form::Value) => return two(Operation::Compare(op), b, c, Wanted::Value),
                _ => return None,
            }
        }
    })
}

impl Vm {
    /// The C function that compiled code called for the running operator has declined: what comes next.
    pub fn operator_declined(&mut self) -> R {
        let mut m = Direct::new(self);
        let i = m.fetch();
        special::declined(&mut m, i)
    }
}
