//! Calls between Python functions, without recursion in Rust; and leaving a function.
use haft_bytecode::{Insn, Op};
use haft_heap::Value;

use super::consume;
use super::direct::Direct;
use super::frame::{Call, Entered, Returns, enter_function, push_at};
use super::machine::Machine;
use super::run::Flow;
use super::special;
use crate::native::call_native;
use crate::object::{
    BoundMethod, Cache, Function, GeneratorState, Kind, List, NativeFunction, PayloadRef, Tuple,
    Type, TypeFlags,
};
use crate::vm::{Args, Frame, FrameFlags, R};

/// `r[a] = r[b](…)`
#[inline(always)]
pub(super) fn call(m: &mut Direct<'_>, i: Insn) -> R<()> {
    call_value(m, i.a(), i.b(), usize::from(i.c()), &[])
}

/// `r[a]` = call of the pair that `load_method` left.
#[inline(always)]
pub(super) fn call_method(m: &mut Direct<'_>, i: Insn) -> R<()> {
    let (base, n) = method_call(m, i);
    call_value(m, i.a(), base, n, &[])
}

/// Callee register and number of arguments of a method call.
#[inline(always)]
fn method_call(m: &mut Direct<'_>, i: Insn) -> (u16, usize) {
    let n = usize::from(i.c());
    if m.reg(i.b() + 1).is_absent() {
        let callee = m.reg(i.b());
        m.set(i.b() + 1, callee);
        (i.b() + 1, n)
    } else {
        (i.b(), n + 1)
    }
}

fn keyword_names(m: &mut Direct<'_>) -> &'static [Value] {
    let names = m.ext().lo() as usize;
    m.code().get().consts[names].as_ptr().and_then(Tuple::of).map_or(&[], Tuple::items)
}

/// As `call`, with keyword arguments.
pub(super) fn call_kw(m: &mut Direct<'_>, i: Insn) -> R<()> {
    let names = keyword_names(m);
    call_value(m, i.a(), i.b(), usize::from(i.c()), names)
}

/// As `call_method`, with keyword arguments.
pub(super) fn call_method_kw(m: &mut Direct<'_>, i: Insn) -> R<()> {
    let names = keyword_names(m);
    let (base, n) = method_call(m, i);
    call_value(m, i.a(), base, n, names)
}

/// Call the value in register `base` with the `n` values behind it.
#[inline(always)]
fn call_value(m: &mut Direct<'_>, dst: u16, base: u16, n: usize, names: &[Value]) -> R<()> {
    m.save_pc();
    let callee = m.reg(base);
    let Some(obj) = callee.as_ptr() else {
        return m.aside(|m| call_other(m, dst, base, n, names));
    };
    if obj.kind() == Kind::Function as u8 {
        let function = PayloadRef::<Function>::of(obj).expect("kind was tested");
        let (first, flags) = (usize::from(base) + 1, FrameFlags::default());
        let receiver = Value::ABSENT;
        return enter(m, Callee { function, dst, first, n, names, flags, receiver });
    }
    if obj.kind() == Kind::NativeFunction as u8 {
        if n > 0 && consume::is_possible(m.reg(base + n as u16), names) {
            return m.aside(|m| call_consumer(m, dst, base, n, names));
        }
        let function = PayloadRef::<NativeFunction>::of(obj).expect("kind was tested");
        let args = Args { vals: m.window(base + 1, n), names };
        let result = call_native(m.vm, function, function.receiver_to_pass(), &args)?;
        m.set(dst, result);
        return Ok(());
    }
    m.aside(|m| call_other(m, dst, base, n, names))
}

/// A call of something native that may have a loop in Python.
#[inline(never)]
fn call_consumer(m: &mut Direct<'_>, dst: u16, base: u16, n: usize, names: &[Value]) -> R<()> {
    let callee = m.reg(base);
    let args = Args { vals: m.window(base + 1, n), names };
    if let Some((function, last)) = consume::consumer(m.vm, callee, &args)? {
        m.set(base + n as u16, last);
        let (first, flags, receiver) =
            (usize::from(base) + 1, FrameFlags::default(), Value::ABSENT);
        return enter(m, Callee { function, dst, first, n, names, flags, receiver });
    }
    let result = m.vm.call_as_is(callee, &args)?;
    m.set(dst, result);
    Ok(())
}

#[inline(never)]
fn call_other(m: &mut Direct<'_>, dst: u16, base: u16, n: usize, names: &[Value]) -> R<()> {
    let callee = m.reg(base);
    if let Some(method) = PayloadRef::<BoundMethod>::of_value(callee)
        && let Some(function) = PayloadRef::<Function>::of_value(method.function)
    {
        // The receiver takes the place of the callee, in front of the arguments.
        m.set(base, method.receiver);
        let (first, n, flags) = (usize::from(base), n + 1, FrameFlags::default());
        let receiver = Value::ABSENT;
        return enter(m, Callee { function, dst, first, n, names, flags, receiver });
    }
    if let Some(class) = Type::of_value(callee)
        && class.has(TypeFlags::PLAIN_NEW)
        && let Some(init) = PayloadRef::<Function>::of_value(class.init_function.get())
    {
        let receiver = m.vm.new_instance(class, Value::ABSENT);
        m.set(base, receiver);
        let (function, first, n) = (init, usize::from(base), n + 1);
        let flags = FrameFlags::CONSTRUCTOR;
        return enter(m, Callee { function, dst, first, n, names, flags, receiver });
    }
    if n > 0 && consume::is_possible(m.reg(base + n as u16), names) {
        return call_consumer(m, dst, base, n, names);
    }
    let args = Args { vals: m.window(base + 1, n), names };
    let result = m.vm.call(callee, &args)?;
    m.set(dst, result);
    Ok(())
}

/// A call that the interpreter makes: of `function` with the `n` values from register `first` on.
#[derive(Clone, Copy)]
struct Callee<'a> {
    function: PayloadRef<Function>,
    dst: u16,
    first: usize,
    n: usize,
    names: &'a [Value],
    flags: FrameFlags,
    receiver: Value,
}

#[inline(always)]
fn enter(m: &mut Direct<'_>, callee: Callee<'_>) -> R<()> {
    if enter_exact(m, &callee) {
        return Ok(());
    }
    m.aside(|m| enter_bound(m, &callee))
}

/// Push the frame of a call whose arguments are exactly those the function takes. False: there is more to do.
#[inline(always)]
fn enter_exact(m: &mut Direct<'_>, callee: &Callee<'_>) -> bool {
    let n_exact = callee.function.code.get().get().entry.0.n_exact;
    if callee.n as u32 != n_exact || !callee.names.is_empty() {
        return false;
    }
    let Callee { function, dst, flags, receiver, .. } = *callee;
    let window = (m.register(callee.first), callee.n);
    if !push_at(m.vm, function, window, Returns { dst, flags, receiver }) {
        return false;
    }
    m.reload();
    true
}

/// As [`enter`], for every call.
#[inline(never)]
fn enter_bound(m: &mut Direct<'_>, callee: &Callee<'_>) -> R<()> {
    if m.vm.wants_attention() {
        m.vm.poll()?;
    }
    let Callee { function, dst, first, n, names, flags, receiver } = *callee;
    let base = m.register(first);
    let call = Call { function, base, n_positional: n - names.len(), names, flags, dst, receiver };
    match enter_function(m.vm, &call)? {
        Entered::Frame => m.reload(),
        Entered::Value(generator) => {
            let value = if flags.has(FrameFlags::CONSTRUCTOR) {
                init_returned(m, generator, receiver)?
            } else {
                generator
            };
            m.set(dst, value);
        }
    }
    Ok(())
}

/// The result of a constructor whose `__init__` returned `value`.
fn init_returned(m: &mut Direct<'_>, value: Value, instance: Value) -> R {
    if value.is_none() {
        return Ok(instance);
    }
    let name = m.vm.type_name(value);
    Err(m.vm.type_error(format!("__init__() should return None, not '{name}'")))
}

/// `r[a] = r[b](*r[b+1], **r[b+2])`
pub(super) fn call_ex(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let (mut callee, mapping) = (m.reg(i.b()), m.reg(i.b() + 2));
    let positional = m.reg(i.b() + 1);
    let mut receiver = None;
    if let Some(method) = PayloadRef::<BoundMethod>::of_value(callee)
        && PayloadRef::<Function>::of_value(method.function).is_some()
    {
        (callee, receiver) = (method.function, Some(method.receiver));
    }
    let tuple = if let Some(tuple) = positional.as_ptr().and_then(Tuple::of) {
        tuple
    } else {
        let made = star_arguments(m, callee, positional)?;
        made.as_ptr().and_then(Tuple::of).expect("tuple_of makes tuples")
    };
    let keywords = m.vm.as_dict(mapping).filter(|dict| !dict.is_empty());
    let (mut all, mut names) = (None, None);
    if keywords.is_some() || receiver.is_some() {
        let n = tuple.len() + 1 + keywords.map_or(0, |dict| dict.len());
        let list = List::new(&mut m.vm.heap, n);
        for value in receiver.into_iter().chain(tuple.items().iter().copied()) {
            list.push(&mut m.vm.heap, value);
        }
        all = Some(list);
    }
    if let (Some(dict), Some(all)) = (keywords, all) {
        let list = List::new(&mut m.vm.heap, dict.len());
        for (name, value) in dict.iter() {
            if m.vm.as_str(name).is_none() {
                return Err(m.vm.type_error("keywords must be strings"));
            }
            list.push(&mut m.vm.heap, name);
            all.push(&mut m.vm.heap, value);
        }
        names = Some(list);
    }
    let args = Args {
        vals: all.map_or(tuple.items(), List::items),
        names: names.map_or(&[], List::items),
    };
    if let Some(function) = PayloadRef::<Function>::of_value(callee) {
        return enter_with(m, function, i.a(), &args);
    }
    let result = m.vm.call(callee, &args)?;
    m.set(i.a(), result);
    Ok(())
}

fn star_arguments(m: &mut Direct<'_>, callee: Value, positional: Value) -> R {
    if m.vm.type_of(positional).slots.iter.get().is_none()
        && m.vm.type_of(positional).slots.getitem.get().is_none()
    {
        let (function, name) = (m.vm.callee_text(callee), m.vm.type_name(positional));
        return Err(m
            .vm
            .type_error(format!("{function} argument after * must be an iterable, not {name}")));
    }
    m.vm.tuple_of(positional)
}

/// Enter a function with arguments from anywhere.
fn enter_with(
    m: &mut Direct<'_>,
    function: PayloadRef<Function>,
    dst: u16,
    args: &Args<'_>,
) -> R<()> {
    let returns = Returns { dst, flags: FrameFlags::default(), receiver: Value::ABSENT };
    enter_flagged(m, function, returns, args)
}

/// The same; how the frame is left is up to the caller.
pub(super) fn enter_flagged(
    m: &mut Direct<'_>,
    function: PayloadRef<Function>,
    Returns { dst, flags, receiver }: Returns,
    args: &Args<'_>,
) -> R<()> {
    if m.vm.wants_attention() {
        m.vm.poll()?;
    }
    let base = m.vm.stack.top;
    m.vm.check_registers(base, args.vals.len())?;
    // SAFETY: there is room above the top, where nothing is yet.
    unsafe { std::ptr::copy(args.vals.as_ptr(), base, args.vals.len()) };
    let call = Call {
        function,
        base,
        n_positional: args.n_positional(),
        names: args.names,
        flags,
        dst,
        receiver,
    };
    match enter_function(m.vm, &call)? {
        Entered::Frame => m.reload(),
        Entered::Value(generator) => m.set(dst, generator),
    }
    Ok(())
}

/// The property getter in the cache, entered as a frame. False: the cache is not right for this object.
#[inline(always)]
pub(super) fn quick_getter(m: &mut Direct<'_>, i: Insn, cache: &Cache) -> R<bool> {
    let object = m.reg(i.b());
    let right = m.shape_is(object, cache.key.get())
        && cache.class.get().as_ptr().is_some_and(|class| m.version_is(class, cache.version.get()));
    let Some(function) = PayloadRef::<Function>::of_value(cache.value.get()).filter(|_| right)
    else {
        return Ok(false);
    };
    m.save_pc();
    enter_with(m, function, i.a(), &Args::positional(&[object]))?;
    Ok(true)
}

/// Leave the innermost frame with `value`.
#[inline(always)]
pub(super) fn leave(m: &mut Direct<'_>, value: Value) -> R<Flow> {
    let mut value = value;
    let (dst, flags, object) = {
        let frame = m.frame();
        (frame.dst, frame.flags, frame.object)
    };
    if flags != FrameFlags::default() || !object.is_absent() {
        if flags != FrameFlags::CONSTRUCTOR || !value.is_none() || !object.is_absent() {
            return m.aside(|m| leave_specially(m, value));
        }
        value = m.frame().receiver;
    }
    m.drop_frame();
    m.reload();
    skip_instruction(m);
    m.set(dst, value);
    Ok(Flow::Next)
}

/// As [`leave`], for every frame.
#[inline(never)]
fn leave_specially(m: &mut Direct<'_>, value: Value) -> R<Flow> {
    let frame = pop_frame(m);
    let mut result = value;
    if frame.flags.has(FrameFlags::GENERATOR) {
        return leave_generator(m, &frame, value);
    }
    if frame.flags.has(FrameFlags::CONSTRUCTOR) {
        if !frame.flags.has(FrameFlags::ENTRY) {
            m.reload();
            m.here = m.pc;
        }
        result = init_returned(m, value, frame.receiver)?;
    }
    if frame.flags.has(FrameFlags::ENTRY) {
        return Ok(Flow::Exit(result));
    }
    m.reload();
    if frame.flags.has(FrameFlags::SPECIAL) {
        return special::finish(m, result).map(|()| Flow::Next);
    }
    skip_instruction(m);
    m.set(frame.dst, result);
    Ok(Flow::Next)
}

/// Take the innermost frame off.
#[inline(always)]
pub(super) fn pop_frame(m: &mut Direct<'_>) -> Frame {
    let frame = *m.frame();
    if !frame.object.is_absent() {
        super::frame_object::detach(m.vm, &frame);
    }
    m.drop_frame();
    if frame.flags.has(FrameFlags::GENERATOR)
        && let Some(generator) = PayloadRef::<crate::object::Generator>::of_value(frame.receiver)
    {
        m.vm.stack.outer_handled = generator.caller_outer.get();
    }
    frame
}

/// Take the innermost frame off, whether the interpreter's loop or compiled code leaves it.
#[inline]
pub(super) fn drop_frame(vm: &mut crate::vm::Vm) {
    let stack = &mut *vm.stack;
    let frame = stack.frames.last().expect("compiled code pushed it");
    if !frame.object.is_absent() {
        return drop_seen_frame(vm);
    }
    (stack.top, stack.handled) = (frame.saved_top, frame.saved_handled);
    stack.frames.truncate(stack.frames.len() - 1);
}

/// The same of a frame that has an object.
#[cold]
#[inline(never)]
fn drop_seen_frame(vm: &mut crate::vm::Vm) {
    let frame = vm.stack.frames.pop().expect("the caller looked at it");
    super::frame_object::detach(vm, &frame);
    vm.stack.top = frame.saved_top;
    vm.stack.handled = frame.saved_handled;
}

/// The machine stands at the instruction whose call has returned: go on behind it.
#[inline(always)]
pub(super) fn skip_instruction(m: &mut Direct<'_>) {
    let i = m.fetch();
    let op = i.op_number();
    if op >= Op::CallKw as u8 || op == Op::LoadAttr as u8 {
        let two_words =
            [Op::CallKw as u8, Op::CallMethodKw as u8, Op::ForIter as u8, Op::LoadAttr as u8];
        if two_words.contains(&op) {
            m.ext();
        }
    }
}

/// The register with the default of a call of `next`, if it has one.
pub(super) fn default_register(i: Insn) -> Option<u16> {
    (i.op() == Op::Call && i.c() == 2).then(|| i.b() + 2)
}

/// The body of a generator returned `value`.
fn leave_generator(m: &mut Direct<'_>, frame: &Frame, value: Value) -> R<Flow> {
    if let Some(generator) = PayloadRef::<crate::object::Generator>::of_value(frame.receiver) {
        generator.state.set(GeneratorState::Closed);
        m.vm.heap.cancel_finalizer(generator.obj());
    }
    m.vm.stack.stop_value = value;
    if frame.flags.has(FrameFlags::ENTRY) {
        return Ok(Flow::Exit(Value::ABSENT));
    }
    m.reload();
    let i = m.fetch();
    if frame.flags.has(FrameFlags::ASEND) {
        return Err(super::asend::ended_at(m, i));
    }
    if m.vm.watched && !frame.flags.has(FrameFlags::NEXT) {
        super::watch::stopped(m.vm, value)?;
    }
    if frame.flags.has(FrameFlags::FOR_ITER) {
        let exit = m.ext().lo().cast_signed();
        m.jump(exit);
    } else if frame.flags.has(FrameFlags::NEXT) {
        // `next(generator, default)`
        let Some(register) = default_register(i) else { return Err(m.vm.stop_iteration(value)) };
        let default = m.reg(register);
        m.set(i.a(), default);
    } else {
        m.set(i.a(), value);
    }
    Ok(Flow::Next)
}

/// `super().name`, see the opcode table.
pub(super) fn load_super(m: &mut Direct<'_>, i: Insn) -> R<()> {
    let name = m.ext().lo() as usize;
    let name = m.code().get().names[name];
    m.save_pc();
    let (what, class, receiver) = (m.reg(i.b()), m.reg(i.b() + 1), m.reg(i.b() + 2));
    let quick = what == m.vm.t.super_.value();
    if let (true, Some(class)) = (quick, Type::of_value(class))
        && let Some((found, is_method)) = m.vm.super_lookup(class, receiver, name)?
    {
        if is_method && i.x() == 0 {
            m.set(i.a(), found);
            m.set(i.a() + 1, receiver);
            return Ok(());
        }
        if !is_method {
            m.set(i.a(), found);
            if i.x() == 0 {
                m.set(i.a() + 1, Value::ABSENT);
            }
            return Ok(());
        }
    }
    let made = m.vm.call_positional(what, &[class, receiver])?;
    let found = m.vm.get_attr(made, name)?;
    m.set(i.a(), found);
    if i.x() == 0 {
        m.set(i.a() + 1, Value::ABSENT);
    }
    Ok(())
}
