//! The loop that runs instructions.
use haft_bytecode::{Insn, Intrinsic, Op};
use haft_heap::{Value, preserved_registers};

use super::direct::Direct;
use super::machine::{IntOp, Machine};
use super::{asend, build, calls, generator, ops, simple, unwind};
use crate::object::{CompareOp, How};
use crate::vm::{R, Raised, Vm};

/// What an instruction that may leave the frame did.
pub(super) enum Flow {
    /// The innermost frame goes on; the machine is set to it.
    Next,
    /// The frame entered from Rust was left with this value.
    Exit(Value),
}

/// Run the innermost frame until it is left. It was pushed with `ENTRY`.
pub fn run(vm: &mut Vm) -> R {
    // What the callers keep in registers is here, so a collection can leave out the loop's frame below.
    let registers = preserved_registers();
    let low = (&raw const registers).addr();
    let outer = std::mem::replace(&mut vm.stack.loop_low, low);
    let result = if vm.jit.is_some() { run_frames::<true>(vm) } else { run_frames::<false>(vm) };
    vm.stack.loop_low = outer;
    std::hint::black_box(&registers);
    result
}

#[inline(never)]
fn run_frames<const COUNT: bool>(vm: &mut Vm) -> R {
    loop {
        if vm.watched
            && let Some(value) = super::watch::run_watched(vm)?
        {
            return Ok(value);
        }
        // A machine that nobody outside has a reference to, so that its fields are registers.
        let mut m = Direct::new(vm);
        let done = steps::<COUNT, false>(&mut m);
        let here = m.here;
        match done {
            Ok(Flow::Exit(value)) => return Ok(value),
            Ok(Flow::Next) => {}
            Err(raised) => catch(vm, raised, here)?,
        }
    }
}

/// Find the handler of an exception that the instruction at `here` of the innermost frame raised.
#[inline(never)]
pub(super) fn catch(vm: &mut Vm, raised: Raised, here: *const u64) -> R<()> {
    let frame = vm.stack.frames.last_mut().expect("the interpreter runs with a frame");
    frame.pc = here;
    // SAFETY: the running instruction is a word of the running code.
    let insn = Insn(unsafe { here.read() });
    let again = match insn.op() {
        Op::Reraise => true,
        Op::Intrinsic => insn.x() == Intrinsic::EndAsyncFor as u8,
        // `raise` alone; without an exception to raise again it raises a new one.
        Op::Raise if insn.x() == 0 => vm.stack.raised == vm.stack.exception_handled(),
        _ => false,
    };
    unwind::unwind(vm, raised, again)
}

/// Run one instruction.
pub(super) fn step(m: &mut Direct<'_>) -> R<Flow> {
    steps::<false, true>(m)
}

/// Run instructions until one raises or the entry frame is left, or one only (`ONCE`). `COUNT`: loop headers count,
/// and enter compiled code.
///
/// The fields of the machine are kept in registers as long as no reference to it leaves this function: what is not
/// inlined here is called through [`Direct::aside`].
#[expect(clippy::too_many_lines, reason = "one arm per opcode")]
#[expect(clippy::inline_always, reason = "the loop and its registers are one function")]
#[inline(always)]
fn steps<const COUNT: bool, const ONCE: bool>(m: &mut Direct<'_>) -> R<Flow> {
    loop {
        let i = m.fetch();
        // SAFETY: code holds numbers of table rows only: the compiler makes it from `Op`s.
        let op = unsafe { op_of(i.op_number()) };
        match op {
            Op::Nop => {}
            Op::LoopHeader => {
                if COUNT && !super::jit::counted(m.here, i) {
                    if let Flow::Exit(value) = out(m, i, super::jit::loop_header)? {
                        return Ok(Flow::Exit(value));
                    }
                    if m.vm.watched {
                        return Ok(m.aside(leave_loop));
                    }
                }
            }
            Op::Move => {
                let value = m.reg(i.b());
                m.set(i.a(), value);
            }
            Op::LoadConst => {
                let value = m.code().get().consts[i.bc() as usize];
                m.set(i.a(), value);
            }
            Op::LoadInt => m.set(i.a(), Value::small(i.bc())),
            Op::LoadAbsent => m.set(i.a(), Value::ABSENT),
            Op::CheckBound => simple::check_bound(m, i)?,
            Op::DelLocal => simple::del_local(m, i)?,
            Op::MakeCell => out(m, i, simple::make_cell),
            Op::LoadCell => {
                if !ops::load_cell(m, i) {
                    return Err(m.aside(|m| simple::empty_cell(m, i.c())));
                }
            }
            Op::StoreCell => ops::store_cell(m, i),
            Op::DelCell => out(m, i, simple::del_cell)?,
            Op::LoadClassCell => out(m, i, simple::load_class_cell)?,
            Op::LoadGlobal => {
                let ext = m.ext();
                let code = m.code();
                ops::load_global(m, i, &code.get().caches[ext.hi() as usize])?;
            }
            Op::LoadName => out(m, i, simple::load_name)?,
            Op::StoreGlobal => out(m, i, simple::store_global)?,
            Op::DelGlobal => out(m, i, simple::del_global)?,
            Op::StoreName => out(m, i, simple::store_name)?,
            Op::DelName => out(m, i, simple::del_name)?,
            Op::LoadFromDictOrGlobal => out(m, i, simple::load_from_dict_or_global)?,
            Op::LoadLocals => out(m, i, simple::load_locals)?,
            Op::LoadBuildClass => out(m, i, simple::load_build_class)?,
            Op::LoadAttr => {
                let ext = m.ext();
                let code = m.code();
                let cache = &code.get().caches[ext.hi() as usize];
                let getter = cache.how.get() == How::Getter
                    && out(m, i, |m, i| calls::quick_getter(m, i, cache))?;
                if !getter {
                    ops::load_attr(m, i, cache)?;
                }
            }
            Op::StoreAttr => {
                let ext = m.ext();
                let code = m.code();
                ops::store_attr(m, i, &code.get().caches[ext.hi() as usize])?;
            }
            Op::DelAttr => out(m, i, simple::del_attr)?,
            Op::LoadMethod => {
                let ext = m.ext();
                let code = m.code();
                ops::load_method(m, i, &code.get().caches[ext.hi() as usize])?;
            }
            Op::LoadSuper => out(m, i, calls::load_super)?,
            Op::LoadItem => {
                ops::load_item(m, i)?;
            }
            Op::StoreItem => ops::store_item(m, i)?,
            Op::DelItem => out(m, i, simple::del_item)?,
            Op::LoadSlice => out(m, i, |m, i| ops::load_slice(m, i))?,
            Op::StoreSlice => out(m, i, simple::store_slice)?,
            Op::BuildSlice => out(m, i, simple::build_slice),
            Op::Add => ops::add(m, i)?,
            Op::Sub => ops::sub(m, i)?,
            Op::Mul => ops::mul(m, i)?,
            Op::TrueDiv => ops::div(m, i)?,
            Op::FloorDiv => ops::floor_div(m, i)?,
            Op::Mod => ops::modulo(m, i)?,
            Op::Pow => out(m, i, simple::pow)?,
            Op::MatMul => out(m, i, simple::mat_mul)?,
            Op::LShift => ops::lshift(m, i)?,
            Op::RShift => ops::rshift(m, i)?,
            Op::And => ops::and(m, i)?,
            Op::Or => ops::or(m, i)?,
            Op::Xor => ops::xor(m, i)?,
            Op::AddI => ops::binary_int(m, i, IntOp::Add)?,
            Op::SubI => ops::binary_int(m, i, IntOp::Sub)?,
            Op::MulI => ops::binary_int(m, i, IntOp::Mul)?,
            Op::FloorDivI => ops::binary_int(m, i, IntOp::FloorDiv)?,
            Op::ModI => ops::binary_int(m, i, IntOp::Mod)?,
            Op::LShiftI => ops::binary_int(m, i, IntOp::LShift)?,
            Op::RShiftI => ops::binary_int(m, i, IntOp::RShift)?,
            Op::AndI => ops::binary_int(m, i, IntOp::And)?,
            Op::Neg => ops::unary(m, i, 0)?,
            Op::Pos => ops::unary(m, i, 1)?,
            Op::Invert => ops::unary(m, i, 2)?,
            Op::Not => ops::not(m, i)?,
            Op::ToBool => ops::to_bool(m, i)?,
            Op::Lt => ops::compare(m, i, CompareOp::Lt)?,
            Op::Le => ops::compare(m, i, CompareOp::Le)?,
            Op::Eq => ops::compare(m, i, CompareOp::Eq)?,
            Op::Ne => ops::compare(m, i, CompareOp::Ne)?,
            Op::Gt => ops::compare(m, i, CompareOp::Gt)?,
            Op::Ge => ops::compare(m, i, CompareOp::Ge)?,
            Op::Is => ops::is(m, i, true),
            Op::IsNot => ops::is(m, i, false),
            Op::In => out(m, i, |m, i| ops::contains(m, i, true))?,
            Op::NotIn => out(m, i, |m, i| ops::contains(m, i, false))?,
            Op::Jump => m.jump(i.bc()),
            Op::JumpBack => {
                // The target is a `loop_header`, which matters to who counts only.
                m.jump(if COUNT || ONCE { i.bc() } else { i.bc() + 1 });
                if m.vm.wants_attention() {
                    m.save_pc();
                    m.vm.poll()?;
                    if !ONCE && m.vm.watched {
                        return Ok(m.aside(leave_loop));
                    }
                }
            }
            Op::JumpIfTrue => ops::jump_if(m, i, true)?,
            Op::JumpIfFalse => ops::jump_if(m, i, false)?,
            Op::JumpIfNone => {
                let value = m.reg(i.a());
                if m.is_same(value, Value::NONE) {
                    m.jump(i.bc());
                }
            }
            Op::JumpIfNotNone => {
                let value = m.reg(i.a());
                if !m.is_same(value, Value::NONE) {
                    m.jump(i.bc());
                }
            }
            Op::JumpLt => ops::compare_jump(m, i, CompareOp::Lt)?,
            Op::JumpLe => ops::compare_jump(m, i, CompareOp::Le)?,
            Op::JumpEq => ops::compare_jump(m, i, CompareOp::Eq)?,
            Op::JumpNe => ops::compare_jump(m, i, CompareOp::Ne)?,
            Op::JumpGt => ops::compare_jump(m, i, CompareOp::Gt)?,
            Op::JumpGe => ops::compare_jump(m, i, CompareOp::Ge)?,
            Op::JumpLtI => ops::compare_jump_int(m, i, CompareOp::Lt)?,
            Op::JumpLeI => ops::compare_jump_int(m, i, CompareOp::Le)?,
            Op::JumpEqI => ops::compare_jump_int(m, i, CompareOp::Eq)?,
            Op::JumpNeI => ops::compare_jump_int(m, i, CompareOp::Ne)?,
            Op::JumpGtI => ops::compare_jump_int(m, i, CompareOp::Gt)?,
            Op::JumpGeI => ops::compare_jump_int(m, i, CompareOp::Ge)?,
            Op::Call => {
                calls::call(m, i)?;
                if !ONCE && m.vm.watched {
                    return Ok(m.aside(leave_loop));
                }
            }
            Op::CallMethod => {
                calls::call_method(m, i)?;
                if !ONCE && m.vm.watched {
                    return Ok(m.aside(leave_loop));
                }
            }
            Op::CallKw => {
                out(m, i, calls::call_kw)?;
                if !ONCE && m.vm.watched {
                    return Ok(m.aside(leave_loop));
                }
            }
            Op::CallMethodKw => {
                out(m, i, calls::call_method_kw)?;
                if !ONCE && m.vm.watched {
                    return Ok(m.aside(leave_loop));
                }
            }
            Op::CallEx => {
                out(m, i, calls::call_ex)?;
                if !ONCE && m.vm.watched {
                    return Ok(m.aside(leave_loop));
                }
            }
            Op::MakeFunction => out(m, i, build::make_function),
            Op::Return => {
                let value = m.reg(i.a());
                if let Flow::Exit(value) = calls::leave(m, value)? {
                    return Ok(Flow::Exit(value));
                }
            }
            Op::Yield => {
                if let Flow::Exit(value) = out(m, i, generator::yield_value)? {
                    return Ok(Flow::Exit(value));
                }
            }
            Op::YieldFrom => {
                if let Flow::Exit(value) = out(m, i, generator::yield_from)? {
                    return Ok(Flow::Exit(value));
                }
            }
            Op::GetYieldFromIter => out(m, i, generator::get_yield_from_iter)?,
            Op::BuildTuple => ops::build_tuple(m, i),
            Op::BuildList => build::list(m, i),
            Op::BuildSet => out(m, i, build::set)?,
            Op::BuildDict => out(m, i, build::dict)?,
            Op::BuildString => out(m, i, build::string)?,
            Op::ListAppend => build::list_append(m, i),
            Op::ListExtend => out(m, i, build::list_extend)?,
            Op::ListToTuple => out(m, i, build::list_to_tuple),
            Op::SetAdd => out(m, i, build::set_add)?,
            Op::SetUpdate => out(m, i, build::set_update)?,
            Op::DictSet => out(m, i, build::dict_set)?,
            Op::DictUpdate => out(m, i, build::dict_update)?,
            Op::DictMerge => out(m, i, build::dict_merge)?,
            Op::Format => out(m, i, build::format)?,
            Op::GetIter => out(m, i, |m, i| ops::get_iter(m, i))?,
            Op::ForIter => {
                if ops::for_iter(m, i)? == ops::Iterated::Generator {
                    generator::for_iter(m, i)?;
                }
            }
            Op::UnpackSequence => ops::unpack_sequence(m, i)?,
            Op::UnpackEx => out(m, i, build::unpack_ex)?,
            Op::Raise => return Err(out(m, i, unwind::raise)),
            Op::Reraise => {
                let exception = m.reg(i.a());
                return Err(m.vm.raise_again(exception));
            }
            Op::PushExc => {
                let new = unsafe_read(m, i.b());
                let handled = std::mem::replace(&mut m.vm.stack.handled, new);
                m.set(i.a(), handled);
            }
            Op::PopExc => m.vm.stack.handled = unsafe_read(m, i.a()),
            Op::MatchExc => out(m, i, unwind::match_exc)?,
            Op::MatchExcGroup => out(m, i, unwind::match_exc_group)?,
            Op::BeforeWith => {
                out(m, i, simple::before_with)?;
                if !ONCE && m.vm.watched {
                    return Ok(m.aside(leave_loop));
                }
            }
            Op::WithExceptStart => {
                out(m, i, simple::with_except_start)?;
                if !ONCE && m.vm.watched {
                    return Ok(m.aside(leave_loop));
                }
            }
            Op::ImportName => out(m, i, simple::import_name)?,
            Op::ImportFrom => out(m, i, simple::import_from)?,
            Op::ImportStar => out(m, i, simple::import_star)?,
            Op::GetAwaitable => out(m, i, generator::get_awaitable)?,
            Op::GetAIter => out(m, i, generator::get_aiter)?,
            Op::GetANext => out(m, i, generator::get_anext)?,
            Op::AsyncGenWrap => out(m, i, asend::wrap),
            Op::MatchSequence => out(m, i, simple::match_sequence),
            Op::MatchMapping => out(m, i, simple::match_mapping),
            Op::MatchKeys => out(m, i, simple::match_keys)?,
            Op::MatchClass => out(m, i, simple::match_class)?,
            Op::GetLen => out(m, i, simple::get_len)?,
            Op::Intrinsic => out(m, i, super::intrinsics::intrinsic)?,
        }
        if ONCE {
            return Ok(Flow::Next);
        }
    }
}

/// The frame goes on in another loop.
#[cold]
fn leave_loop(m: &mut Direct<'_>) -> Flow {
    let (here, next) = (m.here, m.pc);
    m.here = next;
    m.save_pc();
    m.here = here;
    Flow::Next
}

/// Run a handler on a copy of the machine.
#[inline(always)]
fn out<T>(m: &mut Direct<'_>, i: Insn, handler: impl FnOnce(&mut Direct<'_>, Insn) -> T) -> T {
    m.aside(|m| handler(m, i))
}

/// A register, read without the borrow of the machine that `reg` takes.
#[inline(always)]
fn unsafe_read(m: &Direct<'_>, register: u16) -> Value {
    m.window(register, 1)[0]
}

/// The opcode with number `n`.
///
/// # Safety
/// `n` is the number of a row.
#[inline(always)]
unsafe fn op_of(n: u8) -> Op {
    // SAFETY: `Op` is `repr(u8)` with the numbers of the rows, and the caller says `n` is one.
    unsafe { *(&raw const n).cast::<Op>() }
}
