//! Functions of the module of foreign functions: what makes C data, and what only reads or writes it.
use haft_bytecode::Insn;
use haft_heap::Value;
use haft_jit::ir::{Alias, IrOp, Ref};

use super::c_data::store_op;
use super::c_memory::Arguments;
use super::foreign::{Builtin, CType, Foreign, NewData};
use super::layout;
use super::natives::MOST_ARGS;
use super::rec::{Known, Rec};
use crate::interp::machine::Machine;
use crate::object::{Kind, NativeFunction, PayloadRef};
use crate::vm::R;

impl Rec<'_, '_> {
    /// A call of a function of the module, or of `int` and `float` with C data.
    pub(super) fn foreign_builtin(
        &mut self,
        i: Insn,
        callee: Known<Value>,
        first: u16,
        n: u16,
    ) -> R<bool> {
        let Some(foreign) = self.foreign() else { return Ok(false) };
        let by = if let Some(native) = PayloadRef::<NativeFunction>::of_value(callee.now) {
            let arguments = Arguments { first, n, bound: !native.receiver.get().is_absent() };
            let mut given = self.d.window(first, usize::from(n)).to_vec();
            if arguments.bound {
                given.insert(0, native.receiver.get());
            }
            let Some(builtin) = (foreign.builtin)(self.d.vm, native.get(), &given) else {
                return Ok(false);
            };
            if matches!(builtin, Builtin::Quiet) {
                return self.quiet_builtin(&foreign, i, (callee, native.def.name), &arguments);
            }
            self.builtin_result(&foreign, callee, builtin, &arguments)
        } else {
            match self.number_of_data(&foreign, callee, (first, n)) {
                None => self.buffer_call(&foreign, callee, (first, n)),
                number => number,
            }
        };
        let Some(by) = by else { return Ok(false) };
        let now = self.call_for_real(callee.now, first, n)?;
        self.finish_call(i, Known { now, by });
        Ok(true)
    }
    fn builtin_result(
        &mut self,
        foreign: &Foreign,
        callee: Known<Value>,
        builtin: Builtin,
        arguments: &Arguments,
    ) -> Option<Ref> {
        let last = arguments.at(self, 2);
        if let (Builtin::New { init: Some(ctype), .. }, Some(value)) = (&builtin, last)
            && !self.accepts(foreign, value.now, *ctype)
        {
            return None;
        }
        self.is_function(callee);
        self.is_same_argument(arguments, 0);
        match &builtin {
            Builtin::OfType { .. } | Builtin::Text { .. } | Builtin::Move => {
                return self.memory_builtin(foreign, &builtin, arguments);
            }
            Builtin::Address { size, .. } => {
                if size.is_none() {
                    let end = arguments.n + u16::from(arguments.bound);
                    (2..end).for_each(|name| self.is_same_argument(arguments, name));
                }
                return self.memory_builtin(foreign, &builtin, arguments);
            }
            &Builtin::Constant { same, .. } => {
                (1..same as u16).for_each(|at| self.is_same_argument(arguments, at));
            }
            _ => self.is_same_argument(arguments, 1),
        }
        match (builtin, last) {
            (Builtin::Constant { value, .. }, _) => Some(self.constant_word(value)),
            (Builtin::New { data, record, init }, _) => {
                Some(self.make_new(foreign, data, record, init.zip(last)))
            }
            (Builtin::CastNumber { data, to, from }, Some(value)) => {
                self.cast_number(foreign, data, (to, from), value)
            }
            (Builtin::CastAddress { data, from_data }, Some(value)) => {
                let address = if from_data {
                    self.data(foreign, value)?.0
                } else {
                    self.is_int(value);
                    let int = Machine::int(self, value).by;
                    self.op(IrOp::IToP, &[int])
                };
                Some(self.data_at(foreign, data, address))
            }
            _ => None,
        }
    }
    fn is_same_argument(&mut self, arguments: &Arguments, at: u16) {
        if let Some(value) = arguments.at(self, at) {
            self.is_same(value, value.now);
        }
    }
    /// It is this function with the same receiver: the object that binds the two is another one each time.
    fn is_function(&mut self, callee: Known<Value>) {
        let native = PayloadRef::<NativeFunction>::of_value(callee.now);
        let bound = native.filter(|native| !native.receiver.get().is_absent());
        let Some(native) = bound.filter(|_| self.fact(callee.by).constant.is_none()) else {
            self.is_same(callee, callee.now);
            return;
        };
        let receiver = native.receiver.get();
        self.kind_is(callee, Kind::NativeFunction);
        let row = self.load(IrOp::LoadI64, callee.by, layout::NATIVE_DEF, Alias::CONSTANT);
        let wanted = self.int(std::ptr::from_ref(native.def.0).expose_provenance() as i64);
        let condition = self.op(IrOp::IEq, &[row, wanted]);
        self.test(true, condition);
        let by = self.load(IrOp::LoadV, callee.by, layout::NATIVE_RECEIVER, Alias::CONSTANT);
        self.is_same(Known { now: receiver, by }, receiver);
    }
    /// A function of the module that only looks at memory or copies it: a call without bringing memory up to date.
    fn quiet_builtin(
        &mut self,
        foreign: &Foreign,
        i: Insn,
        (callee, name): (Known<Value>, &str),
        &Arguments { first, n, bound }: &Arguments,
    ) -> R<bool> {
        if usize::from(n) > MOST_ARGS {
            return Ok(false);
        }
        self.is_function(callee);
        let args: Vec<Known<Value>> =
            (first..first + n).map(|register| self.reg(register)).collect();
        for (at, &arg) in args.iter().enumerate() {
            // The first may be the receiver, which is known.
            if !bound && at == 0 {
                self.is_same(arg, arg.now);
            } else if self.data(foreign, arg).is_none() && !self.is_builtin(arg) {
                return Ok(false);
            }
        }
        let result = self.call_without_python(callee, name, &args)?;
        self.finish_call(i, result);
        Ok(true)
    }
    fn make_new(
        &mut self,
        foreign: &Foreign,
        data: NewData,
        record: Option<NewData>,
        init: Option<(CType, Known<Value>)>,
    ) -> Ref {
        let Some(record) = record else {
            let (object, memory) = self.new_data(foreign, data);
            if let Some((ctype, value)) = init {
                self.write_place(foreign, (memory, 0), ctype, value);
            }
            return object;
        };
        let (owner, memory) = self.new_data(foreign, record);
        let (object, at) = self.new_object(foreign, data);
        // The owner first: the optimiser finds the object that the address belongs to.
        let args = [object, owner];
        self.out.memory(IrOp::StoreV, &args, i64::from(at.owner), Alias::CONSTANT);
        let args = [object, memory];
        self.out.memory(IrOp::StoreP, &args, i64::from(at.at), Alias::CONSTANT);
        object
    }
    fn cast_number(
        &mut self,
        foreign: &Foreign,
        data: NewData,
        (to, from): (CType, Option<CType>),
        value: Known<Value>,
    ) -> Option<Ref> {
        let raw = match from {
            Some(CType::Pointer(_)) => {
                let (at, _) = self.data(foreign, value)?;
                self.op(IrOp::PToI, &[at])
            }
            Some(from) => {
                let (at, _) = self.data(foreign, value)?;
                self.load_raw(at, 0, from)
            }
            None if self.is_int(value) => Machine::int(self, value).by,
            None if self.is_float(value) => self.float(value).by,
            None => return None,
        };
        let is_float = match from {
            Some(from) => matches!(from, CType::Float | CType::Double),
            None => !value.now.is_fixnum(),
        };
        let raw = match to {
            CType::Float | CType::Double if !is_float => self.op(IrOp::IToF, &[raw]),
            CType::Bool => {
                let zero = self.int(0);
                let truth = self.op(IrOp::INe, &[raw, zero]);
                self.op(IrOp::BToI, &[truth])
            }
            _ => raw,
        };
        let (object, memory) = self.new_data(foreign, data);
        self.out.memory(store_op(to), &[memory, raw], 0, Alias::RAW);
        Some(object)
    }
    /// `int(x)` or `float(x)` of C data of a primitive type.
    fn number_of_data(
        &mut self,
        foreign: &Foreign,
        callee: Known<Value>,
        (first, n): (u16, u16),
    ) -> Option<Ref> {
        let value = (n == 1).then(|| self.reg(first))?;
        (foreign.data)(value.now)?;
        let ctype = (foreign.primitive)(value.now)?;
        let is_float = matches!(ctype, CType::Float | CType::Double);
        let wanted = if is_float { self.d.vm.t.float } else { self.d.vm.t.int };
        if callee.now != wanted.value() || ctype == CType::Bool {
            return None;
        }
        self.is_same(callee, callee.now);
        let now = self.call_for_real(callee.now, first, n).ok()?;
        let (at, _) = self.data(foreign, value)?;
        Some(self.read_place(foreign, (at, 0), ctype, now))
    }
}
