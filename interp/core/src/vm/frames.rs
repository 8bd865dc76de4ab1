//! Frames: register windows on one contiguous stack of values.
use haft_heap::Value;

use super::frame_stack::FrameStack;
use super::nested::Nested;
use crate::object::{CodeObject, Dict, PayloadRef};

/// What a frame does when it is left, and what it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FrameFlags(pub u16);

impl FrameFlags {
    /// Called from Rust: leaving it leaves the interpreter loop.
    pub const ENTRY: FrameFlags = FrameFlags(1);
    /// `__init__` called for a new instance, which is the result; it is in [`Frame::receiver`].
    pub const CONSTRUCTOR: FrameFlags = FrameFlags(2);
    /// The body of the generator in [`Frame::receiver`]; the window is in the generator.
    pub const GENERATOR: FrameFlags = FrameFlags(4);
    /// Resumed by a `for_iter` of the caller: the end of the generator is the end of the loop.
    pub const FOR_ITER: FrameFlags = FrameFlags(8);
    /// The result does not matter.
    pub const DISCARD: FrameFlags = FrameFlags(16);
    /// Resumed by a `yield_from` of the caller.
    pub const YIELD_FROM: FrameFlags = FrameFlags(32);
    /// Resumed by a call of `next`, `send` or `__next__` of the caller.
    pub const NEXT: FrameFlags = FrameFlags(64);
    /// A special method that an instruction of the caller asks for: the instruction is finished with its result.
    pub const SPECIAL: FrameFlags = FrameFlags(128);
    /// Whoever watches was told that it began.
    pub const WATCHED: FrameFlags = FrameFlags(256);
    /// The step of an asynchronous generator that a `yield_from` of the caller stands at; with [`YIELD_FROM`](Self::YIELD_FROM).
    pub const ASEND: FrameFlags = FrameFlags(512);
    /// What it yields next is the result of that step.
    pub const RESULT: FrameFlags = FrameFlags(1024);

    /// Is a bit of `other` set?
    #[inline]
    pub const fn has(self, other: FrameFlags) -> bool {
        self.0 & other.0 != 0
    }
    /// This set without `other`.
    #[must_use]
    pub const fn without(self, other: FrameFlags) -> FrameFlags {
        FrameFlags(self.0 & !other.0)
    }
    /// Both sets.
    #[must_use]
    pub const fn with(self, other: FrameFlags) -> FrameFlags {
        FrameFlags(self.0 | other.0)
    }
}

/// Who resumes a generator: how the frame is left that it gets when something may look at it.
#[derive(Clone, Copy, Debug)]
pub struct Resumer {
    /// The generator that is resumed; the one that runs is this or what it delegates to.
    pub outermost: Value,
    /// The register of the resuming frame that receives the value.
    pub dst: u16,
    /// The flags of the generator's frame.
    pub flags: FrameFlags,
}

impl Default for Resumer {
    fn default() -> Resumer {
        Resumer { outermost: Value::ABSENT, dst: 0, flags: FrameFlags::default() }
    }
}

/// One activation of code.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Frame {
    /// The code.
    pub code: PayloadRef<CodeObject>,
    /// The instruction that runs, when the frame is not the innermost one or may be looked at.
    pub pc: *const u64,
    /// Register 0.
    pub base: *mut Value,
    /// The Python function; ABSENT for module and class bodies and `exec`.
    pub function: Value,
    /// Global namespace.
    pub globals: Dict,
    /// Builtin namespace.
    pub builtins: Dict,
    /// Namespace of a module or class body or `exec`, any mapping; else ABSENT.
    pub locals: Value,
    /// Instance being constructed, or generator; see the flags.
    pub receiver: Value,
    /// What [`StackState::top`] was before this frame was entered.
    pub saved_top: *mut Value,
    /// What [`StackState::handled`] was before this frame was entered.
    pub saved_handled: Value,
    /// The frame object, once somebody asked for it; else ABSENT.
    pub object: Value,
    /// The caller's register that receives the result.
    pub dst: u16,
    /// See [`FrameFlags`].
    pub flags: FrameFlags,
}

/// Registers kept free above every window, for arguments of calls from Rust.
pub(crate) const SLACK: usize = 256;
/// Registers reserved for each frame.
const REGISTERS_A_FRAME: usize = 100;

/// Everything that belongs to one stack of execution.
#[derive(Debug)]
pub struct StackState {
    /// Bottom of the register stack.
    pub bottom: *mut Value,
    /// First register that is not in use: windows of callees start here or above.
    pub top: *mut Value,
    /// End of the register stack.
    pub limit: *mut Value,
    /// The frames, innermost last. Room for all of them is reserved at the start, since the interpreter keeps pointers to
    /// frames; see [`StackState::is_full`].
    pub frames: FrameStack,
    /// The exception on its way, if there is one.
    pub raised: Value,
    /// The exception being handled by the running function and its callers up to the nearest generator, ABSENT if none;
    /// see [`StackState::exception_handled`].
    pub handled: Value,
    /// The exception that the callers of the nearest generator handle, ABSENT if none.
    pub outer_handled: Value,
    /// Return value of the generator that just ended.
    pub stop_value: Value,
    /// What a generator that is being resumed is sent; taken by its `yield_from`.
    pub sent: Value,
    /// Who resumed the generator whose compiled code runs.
    pub resumer: Resumer,
    /// The object that the last `load_method` lookup found a method for, or ABSENT if it found a plain attribute.
    pub method_receiver: Value,
    /// The current context of context variables, ABSENT before there is one.
    pub context: Value,
    /// The event loop of `asyncio` that runs on this stack, ABSENT if none does.
    pub running_loop: Value,
    /// The task of `asyncio` that this loop runs, ABSENT if none.
    pub running_task: Value,
    /// Lowest address the native stack may reach.
    pub native_limit: usize,
    /// Nesting of calls that are not Python frames but count as depth.
    pub native_depth: usize,
    /// The part of the native stack below this address belongs to the innermost interpreter loop and what it called: the
    /// loop's own frame holds no value that is not in a register as well. 0: not known, look at everything. Whoever
    /// runs Python in another way than by the loop (compiled code) sets it to 0 meanwhile.
    pub loop_low: usize,
    /// Not 0: compiled code called C, which has called compiled code that needs no frame. The state of the former is only in
    /// the published area, whose description has this number.
    pub called_at: u64,
    /// The innermost frame stands where its saved position says. Instructions that only allocate do not save it, so it is
    /// not so when a collection comes by itself.
    pub position_is_saved: bool,
    /// Objects whose `repr` is under way, innermost last.
    pub repr_running: Nested,
    /// Bytes reserved at `bottom`.
    pub reserved: usize,
    /// What is watched of it.
    pub watch: crate::interp::watch::Watch,
    /// What compiled code finds at its first argument, once some ran on this stack.
    pub jit_context: Option<Box<haft_jit::backend::Context>>,
}

impl StackState {
    /// A stack with room for `n_registers` values; memory is taken as it is used.
    pub fn new(n_registers: usize, native_limit: usize) -> std::io::Result<StackState> {
        let reserved = n_registers * 8;
        let bottom = haft_host::memory::allocate(reserved)?.cast::<Value>().as_ptr();
        // SAFETY: the range was just reserved with this length.
        let limit = unsafe { bottom.add(n_registers) };
        Ok(StackState {
            bottom,
            top: bottom,
            limit,
            frames: FrameStack::with_capacity(n_registers / REGISTERS_A_FRAME),
            raised: Value::ABSENT,
            handled: Value::ABSENT,
            outer_handled: Value::ABSENT,
            stop_value: Value::ABSENT,
            sent: Value::NONE,
            resumer: Resumer::default(),
            method_receiver: Value::ABSENT,
            context: Value::ABSENT,
            running_loop: Value::ABSENT,
            running_task: Value::ABSENT,
            native_limit,
            native_depth: 0,
            loop_low: 0,
            called_at: 0,
            position_is_saved: false,
            repr_running: Nested::default(),
            reserved,
            watch: crate::interp::watch::Watch::default(),
            jit_context: None,
        })
    }
    /// The exception being handled (`sys.exception()`), ABSENT if none.
    #[inline]
    pub fn exception_handled(&self) -> Value {
        let own = self.handled;
        if own.is_absent() || own.is_none() { self.outer_handled } else { own }
    }
    /// Is there no room for another frame?
    #[inline]
    pub fn is_full(&self) -> bool {
        self.frames.len() + 1 >= self.frames.capacity()
    }
    /// Is there room for a window that ends here, and for what native code puts above it?
    #[inline(always)]
    pub(crate) fn has_room_above(&self, end: *mut Value) -> bool {
        end.addr() + SLACK * 8 <= self.limit.addr()
    }
    /// Push a frame; there is room, see [`StackState::is_full`].
    #[inline(always)]
    pub(crate) fn push_frame(&mut self, frame: Frame) {
        self.frames.push(frame);
    }
    /// Report every value of the stack.
    pub fn trace(&self, tracer: &mut haft_heap::Tracer<'_>) {
        if tracer.is_full() {
            self.trace_live(tracer);
        } else {
            // SAFETY: the registers from the bottom to the top are initialised memory of this stack. They are looked at
            // conservatively, since temporaries may hold words of objects that are long dead.
            unsafe { tracer.conservative_range(self.bottom.cast(), self.top.cast()) };
        }
        if self.called_at != 0
            && let Some(area) = crate::interp::jit::published_area(self)
        {
            for value in &area.values {
                let word = value.load(std::sync::atomic::Ordering::Relaxed);
                tracer.conservative_word(word as usize);
            }
        }
        for frame in &self.frames {
            tracer.obj(frame.code.obj());
            tracer.obj(frame.globals.obj());
            tracer.obj(frame.builtins.obj());
            tracer.values(&[
                frame.function,
                frame.locals,
                frame.receiver,
                frame.object,
                frame.saved_handled,
            ]);
        }
        tracer.values(&[
            self.raised,
            self.handled,
            self.outer_handled,
            self.stop_value,
            self.sent,
            self.resumer.outermost,
            self.method_receiver,
            self.context,
            self.running_loop,
            self.running_task,
            self.watch.trace,
            self.watch.profile,
        ]);
        tracer.values(self.repr_running.values());
    }
    /// Report the registers that will be read again, and what lies between the windows.
    fn trace_live(&self, tracer: &mut haft_heap::Tracer<'_>) {
        let mut seen = self.bottom;
        for (at, frame) in self.frames.iter().enumerate() {
            let above = self.frames.get(at + 1);
            let end = frame.base.wrapping_add(usize::from(frame.code.code.n_regs));
            let end = above.map_or(end, |above| above.base.min(end));
            if at + 1 == self.frames.len() && !self.position_is_saved {
                break;
            }
            // SAFETY: below the top, so initialised.
            unsafe { tracer.conservative_range(seen.cast(), frame.base.cast()) };
            let live = self.live_registers(at);
            for register in live.iter() {
                let address = frame.base.wrapping_add(register);
                if address < end {
                    // SAFETY: a register of a window on this stack. Conservatively, since the instruction that makes
                    // it live may not have written it yet.
                    tracer.conservative_word(unsafe { address.read() }.bits() as usize);
                }
            }
            seen = seen.max(end);
        }
        // SAFETY: as above.
        unsafe { tracer.conservative_range(seen.cast(), self.top.cast()) };
    }
    /// The registers of frame number `at` that will be read again.
    fn live_registers(&self, at: usize) -> haft_bytecode::RegisterSet {
        let frame = &self.frames[at];
        let code = frame.code.get();
        let start: *const u64 = code.insns.as_ptr().cast();
        let pc = (frame.pc.addr() - start.addr()) / 8;
        // Native code uses the arguments it was given where they are; a function has taken them over.
        let called = self.frames.get(at + 1).is_some_and(|callee| {
            !callee.flags.has(FrameFlags::ENTRY) && !callee.flags.has(FrameFlags::YIELD_FROM)
        });
        if called {
            code.liveness().during(&code.code, pc)
        } else {
            code.liveness().before(&code.code, pc)
        }
    }
}

impl Drop for StackState {
    fn drop(&mut self) {
        if let Some(bottom) = std::ptr::NonNull::new(self.bottom) {
            // SAFETY: the range was allocated with this size by `new`, and this is its only owner. Failing to give
            // address space back is harmless.
            let _unmapped = unsafe { haft_host::memory::unmap(bottom.cast(), self.reserved) };
        }
    }
}
