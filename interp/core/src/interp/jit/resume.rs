//! From an exit of compiled code back to the interpreter: registers, objects and frames as if it had run all along.
use haft_heap::{Obj, Value};
use haft_jit::backend::{Compiled, Exit};
use haft_jit::ir::{Alias, Entry, FIRST_EXTRA, Field, IrOp, Layout, Ref, Trace, Ty};

use super::rec::{HANDLED_SLOT, extra_slot};
use crate::interp::direct::Direct;
use crate::interp::generator;
use crate::object::{CodeObject, Function, Generator, PayloadRef};
use crate::vm::{Frame, FrameFlags, Vm};

/// A function that became part of a trace.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Inlined {
    /// Its code.
    pub(super) code: PayloadRef<CodeObject>,
    /// Slot of its register 0.
    pub(super) base: i32,
    /// The instruction of the caller that called it; null: it has stood there since before the trace was entered.
    pub(super) call_at: *const u64,
    /// The caller's register for the result.
    pub(super) dst: u16,
    /// How it is left.
    pub(super) flags: FrameFlags,
    /// The function object.
    pub(super) function: Option<Ref>,
    /// The instance under construction.
    pub(super) receiver: Option<Ref>,
    /// Is its frame record on the stack of frames?
    pub(super) pushed: bool,
    /// Then: its address.
    pub(super) record: Option<Ref>,
    /// What was handled when it was entered, if memory holds something else.
    pub(super) handled: Option<Ref>,
}

impl Inlined {
    /// The frame of a call at `call_at` of `function`, whose registers lie from `base` on.
    pub(super) fn called(
        function: Ref,
        (code, base): (PayloadRef<CodeObject>, i32),
        call_at: *const u64,
        (dst, flags): (u16, FrameFlags),
    ) -> Inlined {
        Inlined {
            code,
            base,
            call_at,
            dst,
            flags,
            function: Some(function),
            receiver: None,
            pushed: false,
            record: None,
            handled: None,
        }
    }

    /// The frame of a generator that an instruction of its caller resumes; code and registers are still to be filled in.
    pub(super) fn resumed(
        call_at: *const u64,
        dst: u16,
        flags: FrameFlags,
        generator: (PayloadRef<CodeObject>, Ref),
    ) -> Inlined {
        Inlined {
            code: generator.0,
            base: 0,
            call_at,
            dst,
            flags,
            function: None,
            receiver: Some(generator.1),
            pushed: false,
            record: None,
            handled: None,
        }
    }
}

/// Instead of a position: where the innermost frame says. All frames are on the stack then.
pub(super) const HERE: *const u64 = std::ptr::null();

/// What an exit means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The instruction at the point is run again.
    Again,
    /// The instruction before has decided: the point is right for the other outcome only.
    Decided,
    /// The trace ends here.
    End,
    /// A call of C came back, and all it did was to give this slot its value: the state is as before the call else.
    Called {
        /// The slot.
        slot: i32,
        /// A number of 64 bits in it is unsigned.
        unsigned: bool,
    },
}

/// Where the interpreter goes on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ResumePoint {
    /// What the exit means.
    pub(super) meaning: Meaning,
    /// The instruction.
    pub(super) at: *const u64,
    /// The frames above that of the trace; those not pushed are rebuilt.
    pub(super) frames: Vec<Inlined>,
    /// Where the program's `errno` is.
    pub(super) errno: Errno,
}

/// Where the program's `errno` is: in the thread's own, where C left it, or where it is kept for the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Errno {
    /// It is in the thread's.
    pub(super) is_real: bool,
    /// It is where it is kept.
    pub(super) is_kept: bool,
}

impl Errno {
    /// In both places.
    pub(super) const BOTH: Errno = Errno { is_real: true, is_kept: true };
}

// SAFETY: the pointers are addresses of instructions of code that the installed trace keeps alive; they are read by the
// thread that runs the interpreter only.
unsafe impl Send for ResumePoint {}

/// Where a value of an exit comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Source {
    /// It is this word.
    Word(u64),
    /// It is this int.
    Int(i64),
    /// It is the float with these bits.
    Float(u64),
    /// Live value of the exit, of this type.
    Live(u32, Ty),
    /// An object made by the exit.
    Virtual(u32),
}

/// Everything an exit needs, found once when the trace is installed.
#[derive(Clone, Debug)]
pub(super) struct Recipe {
    /// Number of the resume point.
    pub(super) resume: u32,
    /// Registers to write, and values of frames.
    pub(super) slots: Vec<(i32, Source)>,
    /// Objects that exist, and what to write into them.
    pub(super) stores: Vec<(Source, Write)>,
    /// Objects to make: number, layout, and fields.
    pub(super) objects: Vec<(u32, Layout, Vec<Write>)>,
}

/// What an exit writes into an object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Write {
    /// Byte offset from the object's start.
    pub(super) offset: u32,
    /// How: a store operation; `store_v` boxes numbers.
    pub(super) op: IrOp,
    /// Alias class of the field.
    pub(super) alias: Alias,
    /// What.
    pub(super) value: Source,
}

impl Recipe {
    /// The recipe of an exit.
    pub(super) fn new(trace: &Trace, exit: &Exit) -> Option<Recipe> {
        let snapshot = trace.snapshot(exit.snapshot?);
        let source = |entry: Entry| match entry {
            Entry::Virtual(number) => Source::Virtual(number),
            Entry::Ref(value) => source_of(trace, exit, value),
        };
        let write = |field: &Field| Write {
            offset: field.offset,
            op: field.op,
            alias: field.alias,
            value: source(field.value),
        };
        let mut recipe = Recipe {
            resume: snapshot.resume,
            slots: snapshot.slots.iter().map(|&(slot, entry)| (slot, source(entry))).collect(),
            stores: Vec::new(),
            objects: Vec::new(),
        };
        for store in &snapshot.stores {
            recipe.stores.push((source(store.object), write(&store.field)));
        }
        let mut wanted: Vec<u32> = Vec::new();
        let want = |source: Source, wanted: &mut Vec<u32>| {
            if let Source::Virtual(number) = source
                && !wanted.contains(&number)
            {
                wanted.push(number);
            }
        };
        for &(_, from) in &recipe.slots {
            want(from, &mut wanted);
        }
        for &(object, write) in &recipe.stores {
            want(object, &mut wanted);
            want(write.value, &mut wanted);
        }
        let mut next = 0;
        while let Some(&number) = wanted.get(next) {
            next += 1;
            let object = &trace.virtuals[number as usize];
            let fields: Vec<Write> = object.fields.iter().map(write).collect();
            for field in &fields {
                want(field.value, &mut wanted);
            }
            let layout = trace.layouts[object.layout as usize].clone();
            recipe.objects.push((number, layout, fields));
        }
        Some(recipe)
    }
}

fn source_of(trace: &Trace, exit: &Exit, value: Ref) -> Source {
    let inst = trace.inst(value);
    match inst.op {
        IrOp::ConstV => return Source::Word(inst.imm.cast_unsigned()),
        IrOp::ConstI => return Source::Int(inst.imm),
        IrOp::ConstF => return Source::Float(inst.imm.cast_unsigned()),
        IrOp::ConstP => return Source::Word(inst.imm.cast_unsigned()),
        IrOp::ConstB => return Source::Word(Value::bool(inst.imm != 0).bits()),
        _ => {}
    }
    live_of(exit, value)
}

fn live_of(exit: &Exit, value: Ref) -> Source {
    let at = exit.live.iter().position(|&(live, _)| live == value);
    let at = at.expect("an exit has every value of its snapshot that is no constant");
    Source::Live(at as u32, exit.live[at].1)
}

/// What rebuilds the state of one exit.
struct Rebuild<'a> {
    values: &'a [u64],
    /// Objects made so far, by number, and where their inner memory is.
    made: Vec<(u32, Obj, u32)>,
}

impl Rebuild<'_> {
    /// The value as a word of the language.
    fn word(&self, vm: &mut Vm, source: Source) -> Value {
        match source {
            Source::Word(word) => Value::from_bits(word),
            Source::Int(number) => vm.int(number),
            Source::Float(bits) => vm.float(f64::from_bits(bits)),
            Source::Virtual(number) => {
                let made = self.made.iter().find(|(known, ..)| *known == number);
                Value::from(made.expect("every object was made first").1)
            }
            Source::Live(at, ty) => {
                let raw = self.values[at as usize];
                match ty {
                    Ty::I => vm.int(raw.cast_signed()),
                    Ty::F => vm.float(f64::from_bits(raw)),
                    Ty::B => Value::bool(raw & 1 != 0),
                    Ty::V | Ty::P | Ty::Unit => Value::from_bits(raw),
                }
            }
        }
    }
    /// The value of a register at an exit with this meaning.
    fn register(&self, vm: &mut Vm, meaning: Meaning, slot: i32, source: Source) -> Value {
        if let Source::Live(at, Ty::I) = source
            && meaning == (Meaning::Called { slot, unsigned: true })
        {
            return vm.int_u64(self.values[at as usize]);
        }
        self.word(vm, source)
    }
    /// Write a field of an object (or of what lies at an address).
    fn write(&self, vm: &mut Vm, object: Value, write: Write) {
        let bits = match (write.op, write.value) {
            (IrOp::StoreV, value) => self.word(vm, value).bits(),
            (IrOp::StoreP, Source::Virtual(number)) => {
                let made = self.made.iter().find(|(known, ..)| *known == number);
                let (_, obj, inner) = made.expect("every object was made first");
                (obj.address() + *inner as usize) as u64
            }
            (_, Source::Live(at, _)) => self.values[at as usize],
            (_, Source::Int(number)) => number.cast_unsigned(),
            (_, Source::Word(word) | Source::Float(word)) => word,
            (_, value) => self.word(vm, value).bits(),
        };
        if let Some(obj) = object.as_ptr() {
            vm.heap.barrier(obj);
        }
        let at = (object.bits() as usize).wrapping_add(write.offset as usize);
        let at: *mut u8 = std::ptr::with_exposed_provenance_mut(at);
        let (bytes, n) = match write.op {
            IrOp::StoreI8 => (bits.to_ne_bytes(), 1),
            IrOp::StoreI16 => (bits.to_ne_bytes(), 2),
            IrOp::StoreI32 => (bits.to_ne_bytes(), 4),
            IrOp::StoreF32 => (u64::from((f64::from_bits(bits) as f32).to_bits()).to_ne_bytes(), 4),
            _ => (bits.to_ne_bytes(), 8),
        };
        let from = if cfg!(target_endian = "big") { 8 - n } else { 0 };
        // SAFETY: the trace has loaded or stored these `n` bytes of this object, or has made the object with them; the
        // array has eight.
        unsafe { std::ptr::copy_nonoverlapping(bytes[from..].as_ptr(), at, n) };
    }
}

/// Write what an exit left in registers of the machine to where the interpreter looks for it, and set `m` there.
///
/// `values` lie on the native stack, where a collection sees them: objects are made first.
pub(super) fn restore(
    m: &mut Direct<'_>,
    recipe: &Recipe,
    points: &[ResumePoint],
    values: &[u64],
    base: *mut Value,
) {
    restore_memory(m.vm, recipe, points, values, base);
    forget_made(m.vm);
    m.reload();
    m.here = m.pc;
}

/// The objects that an exit made are where they belong.
pub(super) fn forget_made(vm: &mut Vm) {
    if let Some(jit) = vm.jit.as_mut() {
        jit.made_roots.clear();
    }
}

/// The state before a call of C was restored while it ran: only what the call did is left to do.
pub(super) fn restore_called(
    m: &mut Direct<'_>,
    recipe: &Recipe,
    points: &[ResumePoint],
    values: &[u64],
    base: *mut Value,
) {
    let point = &points[recipe.resume as usize];
    if let Meaning::Called { slot, .. } = point.meaning
        && let Some(&(_, source)) = recipe.slots.iter().find(|(number, _)| *number == slot)
    {
        let rebuild = make_objects(m.vm, recipe, values);
        let value = rebuild.register(m.vm, point.meaning, slot, source);
        // SAFETY: slots are registers of the trace's frame and of the frames above it, for which there was room when
        // the trace was entered.
        let at = unsafe { base.add(slot as usize) };
        // SAFETY: as above.
        unsafe { at.write(value) };
    }
    if let Some(frame) = m.vm.stack.frames.last_mut() {
        frame.pc = point.at;
    }
    forget_made(m.vm);
    m.reload();
    m.here = m.pc;
}

/// Make the objects that an exit needs.
fn make_objects<'a>(vm: &mut Vm, recipe: &Recipe, values: &'a [u64]) -> Rebuild<'a> {
    let mut rebuild = Rebuild { values, made: Vec::new() };
    for (number, layout, _) in &recipe.objects {
        let obj = allocate(vm, layout);
        // Nobody knows it yet, and making the next one may collect.
        if let Some(jit) = vm.jit.as_mut() {
            jit.made_roots.push(Value::from(obj));
        }
        rebuild.made.push((*number, obj, layout.inner));
    }
    for (number, _, fields) in &recipe.objects {
        let obj = rebuild.made.iter().find(|(known, ..)| known == number).expect("just made").1;
        for &field in fields {
            rebuild.write(vm, Value::from(obj), field);
        }
    }
    rebuild
}

/// Write what an exit says to objects, registers and frames.
pub(super) fn restore_memory(
    vm: &mut Vm,
    recipe: &Recipe,
    points: &[ResumePoint],
    values: &[u64],
    base: *mut Value,
) {
    let rebuild = make_objects(vm, recipe, values);
    for &(object, field) in &recipe.stores {
        let object = rebuild.word(vm, object);
        rebuild.write(vm, object, field);
    }
    let point = &points[recipe.resume as usize];
    let mut extras: Vec<(i32, Value)> = Vec::new();
    for &(slot, source) in recipe.slots.iter().filter(|(slot, _)| *slot >= FIRST_EXTRA) {
        extras.push((slot, rebuild.word(vm, source)));
    }
    if point.at != HERE {
        push_missing_frames(vm, point, &extras, base);
    }
    if let Some(&(_, handled)) = extras.iter().find(|(slot, _)| *slot == HANDLED_SLOT) {
        vm.stack.handled = handled;
    }
    // After the frames: one of a generator fills its registers.
    for &(slot, source) in recipe.slots.iter().filter(|(slot, _)| *slot < FIRST_EXTRA) {
        let value = rebuild.register(vm, point.meaning, slot, source);
        // SAFETY: slots are registers of the trace's frame and of the frames above it, for which there was room when
        // the trace was entered.
        let at = unsafe { base.add(slot as usize) };
        // SAFETY: as above.
        unsafe { at.write(value) };
    }
    if point.at != HERE
        && let Some(frame) = vm.stack.frames.last_mut()
    {
        frame.pc = point.at;
    }
}

fn push_missing_frames(
    vm: &mut Vm,
    point: &ResumePoint,
    extras: &[(i32, Value)],
    base: *mut Value,
) {
    for (depth, frame) in point.frames.iter().enumerate().filter(|(_, frame)| !frame.pushed) {
        let extra = |k| {
            let slot = extra_slot(depth, k);
            extras.iter().find(|(known, _)| *known == slot).map_or(Value::ABSENT, |(_, v)| *v)
        };
        if let Some(caller) = vm.stack.frames.last_mut().filter(|_| !frame.call_at.is_null()) {
            caller.pc = frame.call_at;
        }
        if frame.handled.is_some() {
            vm.stack.handled = extra(2);
        }
        if frame.flags.has(FrameFlags::GENERATOR) {
            push_generator(vm, extra(1), frame.dst, frame.flags);
            continue;
        }
        // SAFETY: see `restore`.
        let window = unsafe { base.add(frame.base as usize) };
        push(vm, extra(0), extra(1), window, frame.dst, frame.flags);
    }
}

/// Push the frame of a generator that a trace has resumed.
pub(super) fn push_generator(vm: &mut Vm, word: Value, dst: u16, flags: FrameFlags) {
    let generator = PayloadRef::<Generator>::of_value(word).expect("traces resume generators");
    if flags == FrameFlags::GENERATOR {
        return super::resumed::push_resumed(vm, generator);
    }
    generator::push_checked(vm, generator, flags, dst);
}

/// Push the frame of a function whose arguments lie in its window.
pub(super) fn push(
    vm: &mut Vm,
    function: Value,
    receiver: Value,
    base: *mut Value,
    dst: u16,
    flags: FrameFlags,
) {
    let function_ref =
        PayloadRef::<Function>::of_value(function).expect("traces enter Python functions");
    let f = function_ref.get();
    let code = f.code.get();
    // SAFETY: there was room for the window when the trace was entered.
    let end = unsafe { base.add(usize::from(code.code.n_regs)) };
    let saved_top = std::mem::replace(&mut vm.stack.top, end);
    let saved_handled = vm.stack.handled;
    vm.stack.push_frame(Frame {
        code,
        pc: code.get().insns.as_ptr().cast(),
        base,
        function,
        globals: f.globals,
        builtins: f.builtins,
        locals: Value::ABSENT,
        receiver,
        saved_top,
        saved_handled,
        object: Value::ABSENT,
        dst,
        flags,
    });
}

/// A new object of a layout.
fn allocate(vm: &mut Vm, layout: &Layout) -> Obj {
    let obj = super::thunk::new_object(vm, layout.header, layout.bytes);
    for &(offset, word) in &layout.init {
        obj.set_word((offset as usize - super::layout::word_offset(0) as usize) / 8, word);
    }
    obj
}

/// The recipes of all exits of a compiled trace.
pub(super) fn recipes(trace: &Trace, compiled: &Compiled) -> Vec<Option<Recipe>> {
    compiled.exits.iter().map(|exit| Recipe::new(trace, exit)).collect()
}
