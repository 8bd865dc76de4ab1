//! The loop that runs instructions.
use haft_bytecode::{Insn, Op};
use haft_heap::Value;

use super::direct::Direct;
use super::machine::{IntOp, Machine};
use super::{build, calls, generator, names, ops, simple, unwind};
use crate::object::{CompareOp, How};
use crate::vm::{R, Vm};

/// What an instruction that may leave the frame did.
pub(super) enum Flow {
    /// The innermost frame goes on; the machine is set to it.
    Next,
    /// The frame entered from Rust was left with this value.
    Exit(Value),
}

/// Run the innermost frame until it is left. It was pushed with `ENTRY`.
pub fn run(vm: &mut Vm) -> R {
    if vm.recorder.is_some() { run_frames::<true>(vm) } else { run_frames::<false>(vm) }
}

fn run_frames<const COUNT: bool>(vm: &mut Vm) -> R {
    let mut m = Direct::new(vm);
    loop {
        match steps::<COUNT>(&mut m) {
            Ok(value) => return Ok(value),
            Err(raised) => {
                m.save_pc();
                let reraise = Insn(unsafe_word(m.here)).op_number() == Op::Reraise as u8;
                unwind::unwind(m.vm, raised, reraise)?;
                m.reload();
            }
        }
    }
}

fn unsafe_word(at: *const u64) -> u64 {
    // SAFETY: the running instruction is a word of the running code.
    unsafe { at.read() }
}

/// Run instructions until one raises or the entry frame is left.
#[inline(always)]
fn steps<const COUNT: bool>(m: &mut Direct<'_>) -> R {
    loop {
        if let Flow::Exit(value) = step::<COUNT>(m)? {
            return Ok(value);
        }
    }
}

/// Run one instruction. `COUNT`: back-edges count, and record their loop when it is hot.
#[expect(clippy::too_many_lines, reason = "one arm per opcode")]
#[expect(clippy::inline_always, reason = "the loop and its registers are one function")]
#[inline(always)]
pub(super) fn step<const COUNT: bool>(m: &mut Direct<'_>) -> R<Flow> {
    let i = m.fetch();
    // SAFETY: code holds numbers of table rows only: the compiler makes it from `Op`s.
    let op = unsafe { op_of(i.op_number()) };
    match op {
        Op::Nop | Op::LoopHeader => {}
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
        Op::MakeCell => simple::make_cell(m, i),
        Op::LoadCell => simple::load_cell(m, i)?,
        Op::StoreCell => simple::store_cell(m, i),
        Op::DelCell => simple::del_cell(m, i)?,
        Op::LoadClassCell => simple::load_class_cell(m, i)?,
        Op::LoadGlobal => {
            let ext = m.ext();
            let cache = &m.code().get().caches[ext.hi() as usize];
            let quick = names::cached_global(cache, m.frame().globals, m.frame().builtins);
            ops::load_global(m, i, quick)?;
        }
        Op::LoadName => simple::load_name(m, i)?,
        Op::StoreGlobal => simple::store_global(m, i)?,
        Op::DelGlobal => simple::del_global(m, i)?,
        Op::StoreName => simple::store_name(m, i)?,
        Op::DelName => simple::del_name(m, i)?,
        Op::LoadFromDictOrGlobal => simple::load_from_dict_or_global(m, i)?,
        Op::LoadLocals => simple::load_locals(m, i)?,
        Op::LoadBuildClass => simple::load_build_class(m, i)?,
        Op::LoadAttr => {
            let ext = m.ext();
            let code = m.code();
            let cache = &code.get().caches[ext.hi() as usize];
            if cache.how.get() == How::Getter && calls::quick_getter(m, i, cache)? {
                return Ok(Flow::Next);
            }
            ops::load_attr(m, i, cache)?;
        }
        Op::StoreAttr => {
            let ext = m.ext();
            let code = m.code();
            ops::store_attr(m, i, &code.get().caches[ext.hi() as usize])?;
        }
        Op::DelAttr => simple::del_attr(m, i)?,
        Op::LoadMethod => {
            let ext = m.ext();
            let code = m.code();
            ops::load_method(m, i, &code.get().caches[ext.hi() as usize])?;
        }
        Op::LoadSuper => calls::load_super(m, i)?,
        Op::LoadItem => {
            ops::load_item(m, i)?;
        }
        Op::StoreItem => ops::store_item(m, i)?,
        Op::DelItem => simple::del_item(m, i)?,
        Op::LoadSlice => simple::load_slice(m, i)?,
        Op::StoreSlice => simple::store_slice(m, i)?,
        Op::BuildSlice => simple::build_slice(m, i),
        Op::Add => ops::add(m, i)?,
        Op::Sub => ops::sub(m, i)?,
        Op::Mul => ops::mul(m, i)?,
        Op::TrueDiv => ops::div(m, i)?,
        Op::FloorDiv => ops::floor_div(m, i)?,
        Op::Mod => ops::modulo(m, i)?,
        Op::Pow => simple::pow(m, i)?,
        Op::MatMul => simple::mat_mul(m, i)?,
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
        Op::Not => simple::not(m, i)?,
        Op::ToBool => simple::to_bool(m, i)?,
        Op::Lt => ops::compare(m, i, CompareOp::Lt)?,
        Op::Le => ops::compare(m, i, CompareOp::Le)?,
        Op::Eq => ops::compare(m, i, CompareOp::Eq)?,
        Op::Ne => ops::compare(m, i, CompareOp::Ne)?,
        Op::Gt => ops::compare(m, i, CompareOp::Gt)?,
        Op::Ge => ops::compare(m, i, CompareOp::Ge)?,
        Op::Is => ops::is(m, i, true),
        Op::IsNot => ops::is(m, i, false),
        Op::In => simple::contains(m, i, true)?,
        Op::NotIn => simple::contains(m, i, false)?,
        Op::Jump => m.jump(i.bc()),
        Op::JumpBack => {
            m.jump(i.bc());
            if COUNT {
                super::record::back_edge(m)?;
            }
            if m.vm.attention.load(std::sync::atomic::Ordering::Relaxed) {
                m.save_pc();
                m.vm.poll()?;
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
        Op::Call => calls::call(m, i)?,
        Op::CallMethod => calls::call_method(m, i)?,
        Op::CallKw => calls::call_kw(m, i)?,
        Op::CallMethodKw => calls::call_method_kw(m, i)?,
        Op::CallEx => calls::call_ex(m, i)?,
        Op::MakeFunction => build::make_function(m, i),
        Op::Return => {
            let value = m.reg(i.a());
            return calls::leave(m, value);
        }
        Op::Yield => return generator::yield_value(m, i),
        Op::YieldFrom => return generator::yield_from(m, i),
        Op::GetYieldFromIter => generator::get_yield_from_iter(m, i)?,
        Op::BuildTuple => build::tuple(m, i),
        Op::BuildList => build::list(m, i),
        Op::BuildSet => build::set(m, i)?,
        Op::BuildDict => build::dict(m, i)?,
        Op::BuildString => build::string(m, i)?,
        Op::ListAppend => build::list_append(m, i),
        Op::ListExtend => build::list_extend(m, i)?,
        Op::ListToTuple => build::list_to_tuple(m, i),
        Op::SetAdd => build::set_add(m, i)?,
        Op::SetUpdate => build::set_update(m, i)?,
        Op::DictSet => build::dict_set(m, i)?,
        Op::DictUpdate => build::dict_update(m, i)?,
        Op::DictMerge => build::dict_merge(m, i)?,
        Op::Format => build::format(m, i)?,
        Op::GetIter => simple::get_iter(m, i)?,
        Op::ForIter => {
            if ops::for_iter(m, i)? == ops::Iterated::Generator {
                generator::for_iter(m, i)?;
            }
        }
        Op::UnpackSequence => ops::unpack_sequence(m, i)?,
        Op::UnpackEx => build::unpack_ex(m, i)?,
        Op::Raise => return Err(unwind::raise(m, i)),
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
        Op::MatchExc => unwind::match_exc(m, i)?,
        Op::MatchExcGroup => unwind::match_exc_group(m, i)?,
        Op::BeforeWith => simple::before_with(m, i)?,
        Op::WithExceptStart => simple::with_except_start(m, i)?,
        Op::ImportName => simple::import_name(m, i)?,
        Op::ImportFrom => simple::import_from(m, i)?,
        Op::ImportStar => simple::import_star(m, i)?,
        Op::GetAwaitable => generator::get_awaitable(m, i)?,
        Op::GetAIter => generator::get_aiter(m, i)?,
        Op::GetANext => generator::get_anext(m, i)?,
        Op::AsyncGenWrap => generator::async_gen_wrap(m, i)?,
        Op::MatchSequence => simple::match_sequence(m, i),
        Op::MatchMapping => simple::match_mapping(m, i),
        Op::MatchKeys => simple::match_keys(m, i)?,
        Op::MatchClass => simple::match_class(m, i)?,
        Op::GetLen => simple::get_len(m, i)?,
        Op::Intrinsic => super::intrinsics::intrinsic(m, i)?,
    }
    Ok(Flow::Next)
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
