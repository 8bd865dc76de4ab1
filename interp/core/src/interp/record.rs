//! The machine that executes and records: one pass through a hot loop as IR.
//!
//! [`Rec`] runs on top of [`Direct`]: each operation is done for real and written down. A register is known by its
//! address, so the arguments of a call are the callee's first registers without further ado, and a callee is recorded as
//! part of its caller. State is always real, so giving up is just going on.
//!
//! Instructions whose handlers are not generic are run by the executing machine and recorded as `residual`; the
//! registers they changed are read again.
use std::collections::BTreeMap;

use haft_bytecode::{Insn, Op};
use haft_heap::{Obj, Value};
use haft_jit::first_ir::{Builder, IrOp, Ref, Snapshot, SnapshotId, Trace, print};

use super::direct::Direct;
use super::machine::{FloatOp, Helper1, Helper2, Helper3, IntOp, Machine};
use super::run::{Flow, step};
use super::{names, ops};
use crate::object::{CompareOp, Function, Kind, PayloadRef};
use crate::vm::{R, Vm};

/// Longest trace, in IR instructions.
const MAX_TRACE: usize = 6000;

/// What the runtime keeps for recording.
#[derive(Debug)]
pub struct Recorder {
    /// Passes through a loop before it is recorded.
    pub threshold: u32,
    /// Takes the text of each finished trace.
    pub log: fn(&str),
    counters: BTreeMap<usize, u32>,
    running: bool,
}

impl Recorder {
    /// Records loops after `threshold` passes and hands their text to `log`.
    pub fn new(threshold: u32, log: fn(&str)) -> Recorder {
        Recorder { threshold, log, counters: BTreeMap::new(), running: false }
    }
}

/// A back-edge was taken; the machine stands at the loop's header.
pub(super) fn back_edge(m: &mut Direct<'_>) -> R<()> {
    let header = m.pc.addr();
    let Some(recorder) = m.vm.recorder.as_mut() else { return Ok(()) };
    let counter = recorder.counters.entry(header).or_insert(0);
    *counter += 1;
    if *counter != recorder.threshold || recorder.running {
        return Ok(());
    }
    recorder.running = true;
    let log = recorder.log;
    let recorded = record_loop(m);
    if let Some(recorder) = m.vm.recorder.as_mut() {
        recorder.running = false;
    }
    if let Some(trace) = recorded? {
        log(&print(&trace));
    }
    Ok(())
}

/// Record one pass through the loop whose header the machine stands at. `None`: given up.
fn record_loop(m: &mut Direct<'_>) -> R<Option<Trace>> {
    let depth = m.vm.stack.frames.len();
    let header = m.pc;
    let place = m.code().code.position(word_of(m, header) as u32).map_or(0, |p| p.line);
    let name = format!("{}:{place}", m.code().code.qualname);
    let root = m.base.addr();
    let n_regs = usize::from(m.code().code.n_regs);
    let mut rec = Rec {
        d: m,
        refs: BTreeMap::new(),
        constants: BTreeMap::new(),
        out: Builder::new(&name),
        root,
        n_regs,
        frames: Vec::new(),
        depth,
    };
    loop {
        rec.record_instruction()?;
        let now = rec.d.vm.stack.frames.len();
        if now < depth || rec.out.len() > MAX_TRACE {
            return Ok(None);
        }
        if now == depth && rec.d.pc == header {
            rec.out.op(IrOp::Loop, &[]);
            return Ok(Some(rec.out.finish()));
        }
    }
}

fn word_of(m: &Direct<'_>, at: *const u64) -> u64 {
    let start: *const u64 = m.code().get().insns.as_ptr().cast();
    ((at.addr() - start.addr()) / 8) as u64
}

/// A value with the instruction that made it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<T> {
    now: T,
    by: Ref,
}

/// The recording machine.
struct Rec<'m, 'v> {
    d: &'m mut Direct<'v>,
    /// What the trace knows of registers, by address.
    refs: BTreeMap<usize, Ref>,
    /// Constants already in the trace.
    constants: BTreeMap<u64, Ref>,
    out: Builder,
    /// Address of the loop's register 0, and how many registers the loop's frame has.
    root: usize,
    n_regs: usize,
    /// Return positions of the functions entered.
    frames: Vec<u64>,
    /// Frames when recording began.
    depth: usize,
}

impl Rec<'_, '_> {
    /// Run and record the next instruction.
    fn record_instruction(&mut self) -> R<()> {
        let i = self.d.fetch();
        match i.op() {
            Op::Nop | Op::LoopHeader => {}
            Op::Move => {
                let value = self.reg(i.b());
                self.set(i.a(), value);
            }
            Op::LoadConst => {
                let value = self.d.code().get().consts[i.bc() as usize];
                let value = self.constant(value);
                self.set(i.a(), value);
            }
            Op::LoadInt => {
                let value = self.constant(Value::small(i.bc()));
                self.set(i.a(), value);
            }
            Op::LoadGlobal => {
                let ext = self.ext();
                let code = self.d.code();
                let cache = &code.get().caches[ext.hi() as usize];
                let quick =
                    names::cached_global(cache, self.d.frame().globals, self.d.frame().builtins);
                ops::load_global(self, i, quick)?;
            }
            Op::LoadAttr | Op::StoreAttr | Op::LoadMethod => self.record_attribute(i)?,
            Op::LoadItem => ops::load_item(self, i)?,
            Op::StoreItem => ops::store_item(self, i)?,
            Op::UnpackSequence => ops::unpack_sequence(self, i)?,
            Op::ForIter => {
                if ops::for_iter(self, i)? == ops::Iterated::Generator {
                    self.d.pc = self.d.here;
                    self.d.fetch();
                    self.residual(i)?;
                }
            }
            Op::Jump | Op::JumpBack => self.jump(i.bc()),
            Op::Call | Op::CallMethod | Op::Return => self.record_call(i)?,
            _ => return self.record_operator(i),
        }
        Ok(())
    }

    fn record_attribute(&mut self, i: Insn) -> R<()> {
        let ext = self.ext();
        let code = self.d.code();
        let cache = &code.get().caches[ext.hi() as usize];
        match i.op() {
            Op::LoadAttr => ops::load_attr(self, i, cache),
            Op::StoreAttr => ops::store_attr(self, i, cache),
            _ => ops::load_method(self, i, cache),
        }
    }

    fn record_operator(&mut self, i: Insn) -> R<()> {
        match i.op() {
            Op::Add => ops::add(self, i),
            Op::Sub => ops::sub(self, i),
            Op::Mul => ops::mul(self, i),
            Op::TrueDiv => ops::div(self, i),
            Op::FloorDiv => ops::floor_div(self, i),
            Op::Mod => ops::modulo(self, i),
            Op::LShift => ops::lshift(self, i),
            Op::RShift => ops::rshift(self, i),
            Op::And => ops::and(self, i),
            Op::Or => ops::or(self, i),
            Op::Xor => ops::xor(self, i),
            Op::AddI => ops::binary_int(self, i, IntOp::Add),
            Op::SubI => ops::binary_int(self, i, IntOp::Sub),
            Op::MulI => ops::binary_int(self, i, IntOp::Mul),
            Op::FloorDivI => ops::binary_int(self, i, IntOp::FloorDiv),
            Op::ModI => ops::binary_int(self, i, IntOp::Mod),
            Op::LShiftI => ops::binary_int(self, i, IntOp::LShift),
            Op::RShiftI => ops::binary_int(self, i, IntOp::RShift),
            Op::AndI => ops::binary_int(self, i, IntOp::And),
            Op::Neg => ops::unary(self, i, 0),
            Op::Pos => ops::unary(self, i, 1),
            Op::Invert => ops::unary(self, i, 2),
            Op::JumpIfTrue => ops::jump_if(self, i, true),
            Op::JumpIfFalse => ops::jump_if(self, i, false),
            Op::Is => {
                ops::is(self, i, true);
                Ok(())
            }
            Op::IsNot => {
                ops::is(self, i, false);
                Ok(())
            }
            other => match comparison(other) {
                Some((op, Form::Value)) => ops::compare(self, i, op),
                Some((op, Form::Jump)) => ops::compare_jump(self, i, op),
                Some((op, Form::JumpInt)) => ops::compare_jump_int(self, i, op),
                None => self.residual(i),
            },
        }
    }

    /// Calls and returns: a Python function becomes part of the trace.
    fn record_call(&mut self, i: Insn) -> R<()> {
        if i.op() == Op::Return {
            let value = self.reg(i.a());
            return self.record_return(value);
        }
        let callee = self.reg(i.b());
        let inlined = PayloadRef::<Function>::of_value(callee.now).is_some();
        if inlined {
            self.is_same(callee, callee.now);
        }
        let before = self.d.vm.stack.frames.len();
        let at = self.place();
        let window = self.window_words();
        self.run_again()?;
        if self.d.vm.stack.frames.len() > before {
            if !inlined {
                // A class or a bound method: what it put in front of the arguments is not known.
                self.out.op_number(IrOp::Residual, &[], at as i64);
            }
            self.frames.push(at);
            self.out.op_number(IrOp::Enter, &[], at as i64);
            self.forget_window(i, inlined);
            return Ok(());
        }
        let result = self.out.op_number(IrOp::Residual, &[callee.by], at as i64);
        self.reread_changed(&window, Some((i.a(), result)));
        Ok(())
    }

    /// Registers of the function just entered, beyond its arguments, are not what the trace knew at these addresses.
    fn forget_window(&mut self, call: Insn, arguments_known: bool) {
        let receiver = u16::from(call.op() == Op::CallMethod);
        let known = if arguments_known { usize::from(call.c() + receiver) } else { 0 };
        let first = self.d.base.addr() + known * 8;
        let end = self.d.base.addr() + usize::from(self.d.code().code.n_regs) * 8;
        self.refs.retain(|&at, _| at < first || at >= end);
    }

    fn record_return(&mut self, value: Known<Value>) -> R<()> {
        let dst = self.d.frame().dst;
        let plain = self.d.frame().flags == crate::vm::FrameFlags::default();
        self.run_again()?;
        if self.d.vm.stack.frames.len() >= self.depth {
            self.frames.pop();
            self.out.op(IrOp::Leave, &[value.by]);
            if plain {
                let at = self.address(dst);
                self.refs.insert(at, value.by);
            } else {
                let reread = self.out.op_number(IrOp::Reread, &[], i64::from(dst));
                let at = self.address(dst);
                self.refs.insert(at, reread);
            }
        }
        Ok(())
    }

    /// Run the running instruction by the executing machine.
    fn run_again(&mut self) -> R<()> {
        self.d.pc = self.d.here;
        match step(self.d)? {
            Flow::Next | Flow::Exit(_) => Ok(()),
        }
    }

    /// Run an instruction that is not recorded.
    fn residual(&mut self, i: Insn) -> R<()> {
        let at = self.place();
        let window = self.window_words();
        self.run_again()?;
        let result = self.out.op_number(IrOp::Residual, &[], at as i64);
        self.reread_changed(&window, Some((i.a(), result)));
        Ok(())
    }

    fn window_words(&self) -> (usize, Vec<u64>) {
        let n = usize::from(self.d.code().code.n_regs);
        (self.d.base.addr(), self.d.window(0, n).iter().map(|v| v.bits()).collect())
    }

    /// Registers that an unrecorded instruction changed: its result, and what must be read again.
    fn reread_changed(&mut self, before: &(usize, Vec<u64>), result: Option<(u16, Ref)>) {
        if self.d.base.addr() != before.0 {
            return;
        }
        for (at, &word) in before.1.iter().enumerate() {
            let now = self.d.window(at as u16, 1)[0].bits();
            let made = result.filter(|r| usize::from(r.0) == at).map(|r| r.1);
            if now == word && made.is_none() {
                continue;
            }
            let by = match made {
                Some(by) => by,
                None => self.out.op_number(IrOp::Reread, &[], at as i64),
            };
            self.refs.insert(before.0 + at * 8, by);
        }
    }

    fn address(&self, register: u16) -> usize {
        self.d.base.addr() + usize::from(register) * 8
    }

    /// Word number of the running instruction.
    fn place(&self) -> u64 {
        word_of(self.d, self.d.here)
    }

    /// The state to restore at the running instruction.
    fn snapshot(&mut self) -> SnapshotId {
        let registers =
            self.refs.iter().map(|(&at, &by)| ((at as i64 - self.root as i64) / 8, by)).collect();
        let snapshot = Snapshot { at: self.place(), registers, frames: self.frames.clone() };
        self.out.snapshot(snapshot)
    }

    fn guard(&mut self, op: IrOp, args: &[Ref], number: Option<i64>) -> Ref {
        let snapshot = self.snapshot();
        self.out.guard(op, args, number, snapshot)
    }

    /// A test with two guard forms.
    fn test(
        &mut self,
        outcome: bool,
        yes: IrOp,
        no: IrOp,
        args: &[Ref],
        number: Option<i64>,
    ) -> bool {
        self.guard(if outcome { yes } else { no }, args, number);
        outcome
    }
}

/// The three forms of a comparison instruction.
enum Form {
    Value,
    Jump,
    JumpInt,
}

fn comparison(op: Op) -> Option<(CompareOp, Form)> {
    use CompareOp::{Eq, Ge, Gt, Le, Lt, Ne};
    Some(match op {
        Op::Lt => (Lt, Form::Value),
        Op::Le => (Le, Form::Value),
        Op::Eq => (Eq, Form::Value),
        Op::Ne => (Ne, Form::Value),
        Op::Gt => (Gt, Form::Value),
        Op::Ge => (Ge, Form::Value),
        Op::JumpLt => (Lt, Form::Jump),
        Op::JumpLe => (Le, Form::Jump),
        Op::JumpEq => (Eq, Form::Jump),
        Op::JumpNe => (Ne, Form::Jump),
        Op::JumpGt => (Gt, Form::Jump),
        Op::JumpGe => (Ge, Form::Jump),
        Op::JumpLtI => (Lt, Form::JumpInt),
        Op::JumpLeI => (Le, Form::JumpInt),
        Op::JumpEqI => (Eq, Form::JumpInt),
        Op::JumpNeI => (Ne, Form::JumpInt),
        Op::JumpGtI => (Gt, Form::JumpInt),
        Op::JumpGeI => (Ge, Form::JumpInt),
        _ => return None,
    })
}

fn int_guard(op: CompareOp) -> (IrOp, IrOp) {
    match op {
        CompareOp::Lt => (IrOp::GuardIntLt, IrOp::GuardIntGe),
        CompareOp::Le => (IrOp::GuardIntLe, IrOp::GuardIntGt),
        CompareOp::Eq => (IrOp::GuardIntEq, IrOp::GuardIntNe),
        CompareOp::Ne => (IrOp::GuardIntNe, IrOp::GuardIntEq),
        CompareOp::Gt => (IrOp::GuardIntGt, IrOp::GuardIntLe),
        CompareOp::Ge => (IrOp::GuardIntGe, IrOp::GuardIntLt),
    }
}

fn float_guard(op: CompareOp) -> IrOp {
    match op {
        CompareOp::Lt => IrOp::GuardFloatLt,
        CompareOp::Le => IrOp::GuardFloatLe,
        CompareOp::Eq => IrOp::GuardFloatEq,
        CompareOp::Ne => IrOp::GuardFloatNe,
        CompareOp::Gt => IrOp::GuardFloatGt,
        CompareOp::Ge => IrOp::GuardFloatGe,
    }
}

impl Machine for Rec<'_, '_> {
    type V = Known<Value>;
    type I = Known<i64>;
    type F = Known<f64>;

    fn vm(&mut self) -> &mut Vm {
        self.d.vm
    }
    fn ext(&mut self) -> Insn {
        self.d.ext()
    }
    fn save_pc(&mut self) {
        self.d.save_pc();
    }
    fn jump(&mut self, offset: i32) {
        self.d.jump(offset);
    }
    fn reg(&mut self, register: u16) -> Known<Value> {
        let (at, now) = (self.address(register), self.d.reg(register));
        let by = match self.refs.get(&at) {
            Some(&by) => by,
            None if (self.root..self.root + self.n_regs * 8).contains(&at)
                && self.frames.is_empty() =>
            {
                let by = self.out.input(i64::from(register));
                self.refs.insert(at, by);
                by
            }
            None => self.constant(now).by,
        };
        Known { now, by }
    }
    fn set(&mut self, register: u16, value: Known<Value>) {
        self.d.set(register, value.now);
        let at = self.address(register);
        self.refs.insert(at, value.by);
    }
    fn constant(&mut self, value: Value) -> Known<Value> {
        let by = match self.constants.get(&value.bits()) {
            Some(&by) => by,
            None => {
                let by = self.out.const_word(value.bits());
                self.constants.insert(value.bits(), by);
                by
            }
        };
        Known { now: value, by }
    }
    fn word_of(&self, value: Known<Value>) -> Value {
        value.now
    }
    fn is_int(&mut self, value: Known<Value>) -> bool {
        self.test(value.now.is_fixnum(), IrOp::GuardInt, IrOp::GuardNotInt, &[value.by], None)
    }
    fn is_float(&mut self, value: Known<Value>) -> bool {
        self.test(
            value.now.is_float_imm(),
            IrOp::GuardFloat,
            IrOp::GuardNotFloat,
            &[value.by],
            None,
        )
    }
    fn is_same(&mut self, value: Known<Value>, constant: Value) -> bool {
        let number = Some(constant.bits().cast_signed());
        self.test(value.now == constant, IrOp::GuardIs, IrOp::GuardIsNot, &[value.by], number)
    }
    fn identical(&mut self, a: Known<Value>, b: Known<Value>) -> bool {
        self.test(a.now == b.now, IrOp::GuardSame, IrOp::GuardNotSame, &[a.by, b.by], None)
    }
    fn kind_is(&mut self, value: Known<Value>, kind: Kind) -> bool {
        let outcome = self.d.kind_is(value.now, kind);
        self.test(outcome, IrOp::GuardKind, IrOp::GuardNotKind, &[value.by], Some(kind as i64))
    }
    fn shape_is(&mut self, value: Known<Value>, shape: u32) -> bool {
        let outcome = self.d.shape_is(value.now, shape);
        self.test(
            outcome,
            IrOp::GuardShape,
            IrOp::GuardNotShape,
            &[value.by],
            Some(i64::from(shape)),
        )
    }
    fn version_is(&mut self, class: Obj, version: u32) -> bool {
        let outcome = self.d.version_is(class, version);
        if outcome {
            let class = self.constant(Value::from(class));
            self.guard(IrOp::GuardVersion, &[class.by], Some(i64::from(version)));
        }
        outcome
    }
    fn int(&mut self, value: Known<Value>) -> Known<i64> {
        Known { now: self.d.int(value.now), by: self.out.op(IrOp::UnboxInt, &[value.by]) }
    }
    fn float(&mut self, value: Known<Value>) -> Known<f64> {
        Known { now: self.d.float(value.now), by: self.out.op(IrOp::UnboxFloat, &[value.by]) }
    }
    fn int_constant(&mut self, number: i64) -> Known<i64> {
        Known { now: number, by: self.out.const_int(number) }
    }
    fn of_int(&mut self, number: Known<i64>) -> Known<Value> {
        Known { now: self.d.of_int(number.now), by: self.out.op(IrOp::BoxInt, &[number.by]) }
    }
    fn of_float(&mut self, number: Known<f64>) -> Known<Value> {
        Known { now: self.d.of_float(number.now), by: self.out.op(IrOp::BoxFloat, &[number.by]) }
    }
    fn of_bool(&mut self, outcome: bool) -> Known<Value> {
        self.constant(Value::bool(outcome))
    }
    fn int_op(&mut self, op: IntOp, a: Known<i64>, b: Known<i64>) -> Option<Known<i64>> {
        let Some(now) = self.d.int_op(op, a.now, b.now) else {
            self.guard(IrOp::GuardOverflow, &[a.by, b.by], Some(op as i64));
            return None;
        };
        let args = [a.by, b.by];
        let by = match op {
            IntOp::Add => self.guard(IrOp::AddOvf, &args, None),
            IntOp::Sub => self.guard(IrOp::SubOvf, &args, None),
            IntOp::Mul => self.guard(IrOp::MulOvf, &args, None),
            IntOp::FloorDiv => self.guard(IrOp::FloorDiv, &args, None),
            IntOp::Mod => self.guard(IrOp::Mod, &args, None),
            IntOp::LShift => self.guard(IrOp::ShlOvf, &args, None),
            IntOp::RShift => self.out.op(IrOp::Shr, &args),
            IntOp::And => self.out.op(IrOp::And, &args),
            IntOp::Or => self.out.op(IrOp::Or, &args),
            IntOp::Xor => self.out.op(IrOp::Xor, &args),
        };
        Some(Known { now, by })
    }
    fn int_compare(&mut self, op: CompareOp, a: Known<i64>, b: Known<i64>) -> bool {
        let (yes, no) = int_guard(op);
        let outcome = self.d.int_compare(op, a.now, b.now);
        self.test(outcome, yes, no, &[a.by, b.by], None)
    }
    fn float_op(&mut self, op: FloatOp, a: Known<f64>, b: Known<f64>) -> Known<f64> {
        let ir = match op {
            FloatOp::Add => IrOp::FAdd,
            FloatOp::Sub => IrOp::FSub,
            FloatOp::Mul => IrOp::FMul,
            FloatOp::Div => IrOp::FDiv,
        };
        Known { now: self.d.float_op(op, a.now, b.now), by: self.out.op(ir, &[a.by, b.by]) }
    }
    fn float_compare(&mut self, op: CompareOp, a: Known<f64>, b: Known<f64>) -> bool {
        let outcome = self.d.float_compare(op, a.now, b.now);
        self.guard(float_guard(op), &[a.by, b.by], Some(i64::from(outcome)));
        outcome
    }
    fn int_to_float(&mut self, number: Known<i64>) -> Known<f64> {
        Known {
            now: self.d.int_to_float(number.now),
            by: self.out.op(IrOp::IntToFloat, &[number.by]),
        }
    }
    fn load(&mut self, object: Known<Value>, word: usize) -> Known<Value> {
        Known {
            now: self.d.load(object.now, word),
            by: self.out.op_number(IrOp::Load, &[object.by], word as i64),
        }
    }
    fn store(&mut self, object: Known<Value>, word: usize, value: Known<Value>) {
        self.d.store(object.now, word, value.now);
        self.out.op_number(IrOp::Store, &[object.by, value.by], word as i64);
    }
    fn load_overflow(&mut self, object: Known<Value>, word: usize, index: usize) -> Known<Value> {
        let array = self.out.op_number(IrOp::Load, &[object.by], word as i64);
        let at = self.out.const_int(index as i64);
        Known {
            now: self.d.load_overflow(object.now, word, index),
            by: self.out.op(IrOp::Item, &[array, at]),
        }
    }
    fn set_shape(&mut self, object: Known<Value>, shape: u32) {
        self.d.set_shape(object.now, shape);
        self.out.op_number(IrOp::SetShape, &[object.by], i64::from(shape));
    }
    fn list_item(&mut self, list: Known<Value>, index: Known<i64>) -> Option<Known<Value>> {
        let found = self.d.list_item(list.now, index.now);
        self.item(found, list, index)
    }
    fn set_list_item(
        &mut self,
        list: Known<Value>,
        index: Known<i64>,
        value: Known<Value>,
    ) -> bool {
        let inside = self.d.list_item(list.now, index.now).is_some();
        self.test(inside, IrOp::GuardIndex, IrOp::GuardNoIndex, &[list.by, index.by], None);
        if inside {
            self.d.set_list_item(list.now, index.now, value.now);
            self.out.op(IrOp::SetItem, &[list.by, index.by, value.by]);
        }
        inside
    }
    fn tuple_item(&mut self, tuple: Known<Value>, index: Known<i64>) -> Option<Known<Value>> {
        let found = self.d.tuple_item(tuple.now, index.now);
        self.item(found, tuple, index)
    }
    fn length_is(&mut self, sequence: Known<Value>, len: usize) -> bool {
        let outcome = self.d.length_is(sequence.now, len);
        self.test(
            outcome,
            IrOp::GuardLength,
            IrOp::GuardNotLength,
            &[sequence.by],
            Some(len as i64),
        )
    }
    fn range_next(&mut self, iter: Known<Value>) -> Option<Known<Value>> {
        let next = self.d.range_next(iter.now);
        self.next_of(next, iter)
    }
    fn list_next(&mut self, iter: Known<Value>) -> Option<Known<Value>> {
        let next = self.d.list_next(iter.now);
        self.next_of(next, iter)
    }
    fn tuple_next(&mut self, iter: Known<Value>) -> Option<Known<Value>> {
        let next = self.d.tuple_next(iter.now);
        self.next_of(next, iter)
    }
    fn call1(&mut self, helper: &'static Helper1, a: Known<Value>) -> R<Known<Value>> {
        let by = self.out.call(helper.name, &[a.by]);
        let now = self.d.call1(helper, a.now)?;
        Ok(Known { now, by })
    }
    fn call2(
        &mut self,
        helper: &'static Helper2,
        a: Known<Value>,
        b: Known<Value>,
    ) -> R<Known<Value>> {
        let by = self.out.call(helper.name, &[a.by, b.by]);
        let now = self.d.call2(helper, a.now, b.now)?;
        Ok(Known { now, by })
    }
    fn call3(
        &mut self,
        helper: &'static Helper3,
        a: Known<Value>,
        b: Known<Value>,
        c: Known<Value>,
    ) -> R<Known<Value>> {
        let by = self.out.call(helper.name, &[a.by, b.by, c.by]);
        let now = self.d.call3(helper, a.now, b.now, c.now)?;
        Ok(Known { now, by })
    }
    fn truth(&mut self, value: Known<Value>) -> R<bool> {
        let outcome = self.d.truth(value.now)?;
        Ok(self.test(outcome, IrOp::GuardTrue, IrOp::GuardFalse, &[value.by], None))
    }
}

impl Rec<'_, '_> {
    fn item(
        &mut self,
        found: Option<Value>,
        sequence: Known<Value>,
        index: Known<i64>,
    ) -> Option<Known<Value>> {
        self.test(
            found.is_some(),
            IrOp::GuardIndex,
            IrOp::GuardNoIndex,
            &[sequence.by, index.by],
            None,
        );
        found.map(|now| Known { now, by: self.out.op(IrOp::Item, &[sequence.by, index.by]) })
    }
    fn next_of(&mut self, next: Option<Value>, iter: Known<Value>) -> Option<Known<Value>> {
        self.test(next.is_some(), IrOp::GuardNext, IrOp::GuardEnd, &[iter.by], None);
        next.map(|now| Known { now, by: self.out.op(IrOp::Next, &[iter.by]) })
    }
}
