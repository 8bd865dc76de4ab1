//! Functions that C calls: right into their compiled code, without a frame.
//!
//! # Problem
//! A sort calls its comparison millions of times. Most of what a call of a function costs is not the function: a frame
//! record, the description of how compiled code was left, and, if C was called by compiled code, that code's state, which is
//! restored for whoever may look.
//!
//! # Idea
//! Code that calls nothing but what reads and makes values needs none of that: nobody can look before it is left. So it is
//! entered with the arguments in registers above all that are in use, and a record that only says where its globals are. If
//! it comes to its end, that was all. If it is left earlier, what was put off is done then: the state of the code that
//! called C is restored, a frame is pushed, and the interpreter goes on there.
//!
//! [`CompiledEntry`] remembers where the code is while nothing is compiled or freed.
use std::cell::Cell;
use std::mem::MaybeUninit;

use haft_bytecode::{Insn, Op};
use haft_heap::Value;
use haft_jit::backend::{Context, Enter, ExitId, MAX_EXIT_VALUES, TraceId, front_end_offset};
use haft_jit::ir::{Alias, Class, IrOp, Trace};

use super::{enter, layout, publish, resume};
use crate::interp::frame::{fill_free_variables, unbind};
use crate::object::{CodeObject, Function, PayloadRef};
use crate::vm::{Frame, FrameFlags, R, Vm};

/// Most arguments of a function that is entered so.
pub const MOST_ARGUMENTS: usize = 8;

/// Where the compiled code of a function is that C calls.
#[derive(Debug)]
pub struct CompiledEntry {
    /// When the rest was found out; see `Jit::epoch`.
    epoch: Cell<u64>,
    /// The code of the function then.
    code: Cell<Option<PayloadRef<CodeObject>>>,
    /// `None`: there is none that can be entered so.
    enter: Cell<Option<Enter>>,
    trace: Cell<TraceId>,
    /// Frames and registers that it may use.
    room: Cell<Room>,
    /// The trace that called C last, and what that may use.
    outer: Cell<Option<(TraceId, Room)>>,
    /// What compiled code takes for the record of its frame.
    frame: Cell<MaybeUninit<Frame>>,
}

/// Frames and registers that a trace may use.
#[derive(Clone, Copy, Debug, Default)]
struct Room {
    depth: usize,
    n_slots: usize,
}

impl Room {
    /// That of an installed trace.
    fn of(vm: &Vm, id: TraceId) -> Option<Room> {
        let installed = vm.jit.as_ref()?.traces.get(id.0 as usize)?.as_ref()?;
        Some(Room { depth: installed.max_depth, n_slots: installed.n_slots })
    }
}

impl Default for CompiledEntry {
    fn default() -> CompiledEntry {
        CompiledEntry {
            epoch: Cell::new(0),
            code: Cell::new(None),
            enter: Cell::new(None),
            trace: Cell::new(TraceId(0)),
            room: Cell::default(),
            outer: Cell::new(None),
            frame: Cell::new(MaybeUninit::uninit()),
        }
    }
}

/// What is still to be done of a call.
#[derive(Debug)]
pub(crate) enum Unfinished {
    /// Everything.
    NotEntered,
    /// The value was not what the caller can convert at once.
    Value(Value),
    /// The code was left at this exit, with the registers here.
    At(AtExit),
}

/// Where code was left.
#[derive(Debug)]
pub(crate) struct AtExit {
    exit: ExitId,
    base: *mut Value,
}

impl CompiledEntry {
    /// Run the code of `function`; `arguments` puts its arguments into the array, in order, and says how many they are.
    #[inline]
    pub(crate) fn run(
        &self,
        vm: &mut Vm,
        function: PayloadRef<Function>,
        arguments: impl FnOnce(&mut Vm, &mut [Value; MOST_ARGUMENTS]) -> Option<usize>,
    ) -> Result<Value, Unfinished> {
        let code = function.code.get();
        if !self.is_known(vm, code) {
            self.find(vm, function);
        }
        let Some(enter) = self.enter.get() else { return Err(Unfinished::NotEntered) };
        if vm.watched || vm.wants_attention() || vm.native_stack_is_short() {
            return Err(Unfinished::NotEntered);
        }
        let mut args = [Value::NONE; MOST_ARGUMENTS];
        let given = arguments(vm, &mut args);
        let facts = code.get().entry.0;
        // Making them may have freed code.
        if given != Some(facts.n_exact as usize) || !self.is_known(vm, code) {
            return Err(Unfinished::NotEntered);
        }
        let n = facts.n_exact as usize;
        let Some(base) = self.window(vm) else { return Err(Unfinished::NotEntered) };
        // SAFETY: `window` found room for the registers of the code.
        unsafe { std::ptr::copy_nonoverlapping(args.as_ptr(), base, n) };
        // SAFETY: as above.
        unsafe { unbind(base, n, usize::from(facts.n_locals)) };
        if facts.has_free {
            fill_free_variables(code, function.get(), base);
        }
        let top = base.wrapping_add(usize::from(facts.n_regs));
        let (exit, context) = self.enter(vm, enter, (base, top));
        if exit.is_finish() {
            // SAFETY: the context belongs to the running stack; compiled code has been left.
            return Ok(Value::from_bits(unsafe { (*context).values[0] }));
        }
        Err(Unfinished::At(AtExit { exit, base }))
    }

    /// Enter compiled code with its registers at `window.0`, above which they end at `window.1`.
    fn enter(
        &self,
        vm: &mut Vm,
        enter: Enter,
        window: (*mut Value, *mut Value),
    ) -> (ExitId, *mut Context) {
        let context = enter::context_of(vm);
        let frame = self.frame.as_ptr().expose_provenance() as u64;
        if let Some(jit) = vm.jit.as_mut() {
            jit.running.push(self.trace.get());
        }
        let top = std::mem::replace(&mut vm.stack.top, window.1);
        let low = std::mem::replace(&mut vm.stack.loop_low, 0);
        let vm: *mut Vm = vm;
        // SAFETY: the context is the stack's own, boxed; nobody else refers to it now.
        let words = unsafe { &mut (*context).front_end };
        let outer = std::mem::replace(&mut words[layout::CONTEXT_FRAME], frame);
        // SAFETY: as above.
        let outer_frame = unsafe { (*context).frame };
        // SAFETY: as above.
        unsafe { (*context).vm = vm.cast() };
        // SAFETY: the code was compiled for a frame of this code with its registers there, of which it only reads the
        // arguments, cells and what is unbound (`needs_no_frame`). Until it returns, the runtime is used through the
        // context's pointer only.
        let exit = unsafe { (enter.trampoline)(context, window.0.cast(), enter.entry) };
        // SAFETY: as above.
        unsafe { (&mut (*context).front_end)[layout::CONTEXT_FRAME] = outer };
        // SAFETY: as above.
        unsafe { (*context).frame = outer_frame };
        // SAFETY: compiled code has been left; the caller lent the runtime.
        let vm = unsafe { &mut *vm };
        vm.stack.top = top;
        vm.stack.loop_low = low;
        if let Some(jit) = vm.jit.as_mut() {
            jit.running.pop();
        }
        (ExitId(exit), context)
    }

    /// Is what is noted here still right?
    #[inline]
    fn is_known(&self, vm: &Vm, code: PayloadRef<CodeObject>) -> bool {
        let epoch = vm.jit.as_ref().map_or(0, |jit| jit.epoch);
        self.epoch.get() == epoch && self.code.get().is_some_and(|known| known.obj() == code.obj())
    }

    /// Find out where the code is.
    #[cold]
    fn find(&self, vm: &mut Vm, function: PayloadRef<Function>) {
        let code = function.code.get();
        self.enter.set(None);
        self.code.set(Some(code));
        let Some(jit) = vm.jit.as_mut() else { return };
        self.epoch.set(jit.epoch);
        let insn = Insn(code.get().insns[0].get());
        if insn.op_number() != Op::LoopHeader as u8 || insn.x() != enter::COMPILED {
            return;
        }
        let id = TraceId(insn.bc().cast_unsigned());
        let installed = jit.installed(id);
        if !installed.needs_no_frame || !installed.finishes {
            return;
        }
        installed.is_used.set(true);
        self.enter.set(installed.compiled.enter);
        self.room.set(Room { depth: installed.max_depth, n_slots: installed.n_slots });
        self.outer.set(None);
        self.trace.set(id);
        self.frame.set(MaybeUninit::new(Frame {
            code,
            pc: code.get().insns.as_ptr().cast(),
            base: std::ptr::null_mut(),
            function: function.value(),
            globals: function.globals,
            builtins: function.builtins,
            locals: Value::ABSENT,
            receiver: Value::ABSENT,
            saved_top: std::ptr::null_mut(),
            saved_handled: Value::ABSENT,
            object: Value::ABSENT,
            dst: 0,
            flags: FrameFlags::ENTRY,
        }));
    }

    /// Where the registers of the code can be: above those in use, and above those that compiled code which waits for C
    /// has not written yet.
    #[inline]
    fn window(&self, vm: &Vm) -> Option<*mut Value> {
        let Room { mut depth, n_slots } = self.room.get();
        let mut base = vm.stack.top;
        if vm.stack.called_at != 0 {
            let (caller, slots) = publish::running(&vm.stack)?;
            let used = match self.outer.get() {
                Some((known, used)) if known == caller => used,
                _ => {
                    let used = Room::of(vm, caller)?;
                    self.outer.set(Some((caller, used)));
                    used
                }
            };
            base = base.max(slots.wrapping_add(used.n_slots));
            depth += used.depth;
        }
        let limit = vm.recursion_limit;
        enter::has_room(&vm.stack, limit, depth, base, n_slots).then_some(base)
    }
}

/// What an exit has left in the context, kept where a collection sees it.
pub(crate) struct Kept([u64; MAX_EXIT_VALUES]);

/// Keep what the exit has left, before anything else is done with the runtime.
pub(crate) fn keep_exit(vm: &mut Vm) -> Kept {
    let context = enter::context_of(vm);
    // SAFETY: the context belongs to the running stack; compiled code has been left.
    Kept(unsafe { (*context).values })
}

/// Go on where the code of `function` was left. Memory is up to date.
#[cold]
pub(crate) fn go_on(vm: &mut Vm, function: PayloadRef<Function>, at: &AtExit, kept: &Kept) -> R {
    let context = enter::context_of(vm);
    // SAFETY: as in `keep_exit`.
    unsafe { (*context).values = kept.0 };
    resume::push(vm, function.value(), Value::ABSENT, at.base, 0, FrameFlags::ENTRY);
    enter::go_on_at(vm, at.exit, at.base)
}

/// Does a trace do nothing for which the frame must be there that it is entered in, or the state of who called?
pub(super) fn needs_no_frame(trace: &Trace) -> bool {
    let has_frame = |set: u64| set & layout::FRAME.set() != 0;
    let is_harmless = |inst: &haft_jit::ir::Inst| match inst.op {
        IrOp::Base
        | IrOp::LoadSlot
        | IrOp::StoreSlot
        | IrOp::Publish
        | IrOp::Returned
        | IrOp::Link => false,
        IrOp::Call | IrOp::CallRaising => {
            let callee = trace.callee(inst);
            !callee.foreign && !has_frame(callee.effects.reads | callee.effects.writes)
        }
        IrOp::Context => inst.imm == 0 || inst.imm == front_end_offset(layout::CONTEXT_FRAME),
        _ => inst.op.row().class != Class::Store || !has_frame(inst.alias.set()),
    };
    let mut stores = trace.snapshots.iter().flat_map(|snapshot| &snapshot.stores);
    trace.insts.iter().all(is_harmless)
        && stores.all(|store| store.field.alias != Alias(layout::FRAME.0))
}
