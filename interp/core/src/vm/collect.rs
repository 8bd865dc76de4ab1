//! Collections that a program asks for: they free what the program cannot reach, not only what nothing looks like.
//!
//! Collections that come by themselves may keep an object because a word of its address is left in a dead part of the
//! native stack, or because an inline cache knows it. A program that calls `gc.collect()` wants to see it go.
use haft_bytecode::{Insn, Op};
use haft_heap::{Obj, Value};

use super::{R, Vm};
use crate::native::NativeCall;
use crate::object::{CodeObject, List, NativeFunction, PayloadRef};

/// Bytes of a heap that is collected in a few milliseconds.
const SMALL_HEAP: usize = 16 << 20;

impl Vm {
    /// Collect everything and run what became due; `function` is the native function that the program called for it.
    pub fn collect_garbage(&mut self, function: fn(&mut Vm, &[Value]) -> R) -> R<()> {
        self.heap.for_each_droppable(|obj| {
            if let Some(code) = PayloadRef::<CodeObject>::of(obj) {
                code.forget_classes();
            }
        });
        let low = self.stack.loop_low;
        let recording = self.jit.as_ref().is_some_and(|jit| jit.is_recording());
        if low == 0 || recording || !self.is_called_by_loop(function) {
            self.heap.collect(true);
            return self.poll();
        }
        self.collect_above_loop(low);
        // Finalizers that collect are not called by the loop, though it may look so.
        self.stack.loop_low = 0;
        let polled = self.poll();
        self.stack.loop_low = low;
        polled
    }

    /// A list of the objects of the heap that are wanted, those included that nobody references any more.
    pub fn list_of_objects(&mut self, is_wanted: impl Fn(Obj) -> bool) -> List {
        let mut n = 0;
        self.heap.for_each_object(|obj| n += usize::from(is_wanted(obj)));
        // Making the list may collect. From then on nothing is allocated, so that what was found stays: there is room for
        // all objects of before, for the list and for its items.
        let list = List::new(&mut self.heap, n + 2);
        let mut found = Vec::with_capacity(n);
        self.heap.for_each_object(|obj| found.extend(is_wanted(obj).then_some(obj)));
        for obj in found {
            list.push(&mut self.heap, Value::from(obj));
        }
        list
    }

    /// The innermost frame has deleted a variable that held an instance of a class that says
    /// [`PROMPT`](crate::object::TypeFlags::PROMPT). Large heaps are left alone: a program may delete many such variables.
    #[cold]
    pub(crate) fn deleted_prompt(&mut self) {
        let low = self.stack.loop_low;
        let recording = self.jit.as_ref().is_some_and(|jit| jit.is_recording());
        if low != 0 && !recording && self.ends_prompt() {
            self.collect_above_loop(low);
        }
    }
    /// Is deleting such a variable a reason to collect?
    pub(crate) fn ends_prompt(&self) -> bool {
        self.heap.is_enabled() && self.heap.stats().live_bytes < SMALL_HEAP
    }
    /// Collect what only the native stack of the running loop may still know, whose frame stands where it says.
    fn collect_above_loop(&mut self, low: usize) {
        // Nobody waits for these: they are read at once by who asked for them.
        self.stack.stop_value = Value::ABSENT;
        self.stack.method_receiver = Value::ABSENT;
        self.stack.position_is_saved = true;
        self.heap.collect_above(low);
        self.stack.position_is_saved = false;
    }

    /// Does the innermost frame stand at a call of this very function?
    fn is_called_by_loop(&self, function: fn(&mut Vm, &[Value]) -> R) -> bool {
        let Some(frame) = self.stack.frames.last() else { return false };
        // SAFETY: the saved position is a word of the frame's code.
        let insn = Insn(unsafe { frame.pc.read() });
        let callee_at = match insn.op() {
            Op::Call | Op::CallKw => insn.b(),
            Op::CallMethod | Op::CallMethodKw => insn.b() + 1,
            _ => return false,
        };
        // SAFETY: an operand of the instruction is a register of the window.
        let callee = unsafe { frame.base.wrapping_add(usize::from(callee_at)).read() };
        PayloadRef::<NativeFunction>::of_value(callee).is_some_and(|callee| match callee.def.call {
            NativeCall::Bound(called) => std::ptr::fn_addr_eq(called, function),
            _ => false,
        })
    }
}
