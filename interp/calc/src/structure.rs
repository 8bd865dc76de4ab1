//! Module `_struct`.
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use haft_core::object::{Bytes, Dict, NoTrace, PayloadRef, Str, Tuple, Type, TypeFlags};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{Args, R, Raised, Tracer, Value, Vm, getsets, natives, payload};
use haft_text::structpack::{self, Format, Slot, Wants};
use haft_text::{Error, ErrorKind};

use crate::support;

/// Formats that are kept parsed.
const MAX_CACHED: usize = 100;

payload! {
    /// A compiled format.
    struct Struct {
        format: NoTrace<RefCell<Option<Rc<Format>>>>,
        text: Cell<Value>,
    }
    /// What `iter_unpack` gives.
    struct Unpacker {
        format: NoTrace<Rc<Format>>,
        buffer: Cell<Value>,
        at: Cell<usize>,
    }
}

struct Module {
    structure: Type,
    unpacker: Type,
    error: Type,
    cache: RefCell<BTreeMap<Vec<u8>, Rc<Format>>>,
    /// The formats used last, by the object that was given: that of a program's text is the same each time.
    recent: RefCell<Recent>,
}

/// Formats that are found without looking at their text.
#[derive(Default)]
struct Recent {
    formats: [Option<(Value, Rc<Format>)>; N_RECENT],
    /// Which one is the oldest.
    next: usize,
}

/// How many there are.
const N_RECENT: usize = 4;

impl Recent {
    fn find(&self, text: Value) -> Option<&Rc<Format>> {
        let known = self.formats.iter().flatten().find(|(known, _)| *known == text);
        known.map(|(_, format)| format)
    }
    fn add(&mut self, text: Value, format: &Rc<Format>) {
        self.formats[self.next] = Some((text, Rc::clone(format)));
        self.next = (self.next + 1) % N_RECENT;
    }
}

impl Extension for Module {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        for class in [self.structure, self.unpacker, self.error] {
            tracer.obj(class.obj());
        }
        for (text, _) in self.recent.borrow().formats.iter().flatten() {
            tracer.value(*text);
        }
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

natives! {
    static FUNCTIONS = {
        /// Clear the internal cache.
        _clearcache "($module, /)" => clear_cache;
        /// Return size in bytes of the struct described by the format string.
        calcsize "($module, format, /)" => calcsize;
        /// pack(format, v1, v2, ...) -> bytes
        raw pack "($module, format, /, *values)" => pack;
        /// pack_into(format, buffer, offset, v1, v2, ...)
        raw pack_into "($module, format, buffer, offset, /, *values)" => pack_into;
        /// Return a tuple containing values unpacked according to the format string.
        unpack "($module, format, buffer, /)" => unpack;
        /// Return a tuple containing values unpacked according to the format string.
        unpack_from "($module, format, /, buffer, offset=0)" => unpack_from;
        /// Return an iterator yielding tuples unpacked from the given bytes.
        iter_unpack "($module, format, buffer, /)" => iter_unpack;
    }
    static METHODS = {
        /// S.pack(v1, v2, ...) -> bytes
        raw pack "($self, /, *values)" => struct_pack;
        /// S.pack_into(buffer, offset, v1, v2, ...)
        raw pack_into "($self, buffer, offset, /, *values)" => struct_pack_into;
        /// Return a tuple containing unpacked values.
        unpack "($self, buffer, /)" => struct_unpack;
        /// Return a tuple containing unpacked values.
        unpack_from "($self, /, buffer, offset=0)" => struct_unpack_from;
        /// Return an iterator yielding tuples.
        iter_unpack "($self, buffer, /)" => struct_iter_unpack;
    }
    static UNPACKER_METHODS = {
        /// How many are left.
        __length_hint__ "($self, /)" => unpacker_length;
    }
}

getsets! {
    static GETSETS = {
        /// struct format string
        format => |vm, this| { compiled(vm, this)?; Ok(PayloadRef::<Struct>::of_value(this).map_or(Value::NONE, |this| this.text.get())) };
        /// struct size in bytes
        size => |vm, this| { let format = compiled(vm, this)?; Ok(vm.int_usize(format.size())) };
    }
}

/// Fill the namespace of `_struct`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    let error = support::new_exception(vm, "struct", "error", vm.exc.exception)?;
    vm.dict_set_str(dict, "error", error.value());
    let structure = TypeSpec {
        doc: "Struct(fmt) --> compiled struct object",
        flags: TypeFlags::BASE.with(TypeFlags::HAS_WEAKREFS),
        slots: |s| {
            s.new.set(Some(new));
            s.init.set(Some(init_struct));
            s.repr.set(Some(repr));
        },
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<Struct>("_struct.Struct")
    };
    let structure = crate::add_type(vm, dict, &structure);
    let unpacker = vm.new_builtin_type(&TypeSpec {
        flags: TypeFlags::NO_NEW,
        slots: |s| {
            s.iter.set(Some(|_, value| Ok(value)));
            s.next.set(Some(next));
        },
        methods: UNPACKER_METHODS,
        ..TypeSpec::of::<Unpacker>("_struct.unpack_iterator")
    });
    let (cache, recent) = (RefCell::default(), RefCell::default());
    vm.set_extension(Module { structure, unpacker, error, cache, recent });
    vm.add_functions(dict, "_struct", FUNCTIONS);
    Ok(())
}

fn module(vm: &Vm) -> &Module {
    vm.extension::<Module>().expect("set when the module was made")
}

#[cold]
fn error(vm: &mut Vm, message: impl AsRef<str>) -> Raised {
    let class = module(vm).error;
    vm.raise(class, message)
}

#[cold]
fn raise(vm: &mut Vm, wrong: &Error) -> Raised {
    if wrong.kind == ErrorKind::Struct {
        error(vm, &wrong.message)
    } else {
        support::raise(vm, wrong)
    }
}

/// The format a str or bytes means.
fn parse(vm: &mut Vm, text: Value) -> R<Rc<Format>> {
    if let Some(known) = module(vm).recent.borrow().find(text) {
        return Ok(Rc::clone(known));
    }
    let format = parse_text(vm, text)?;
    // The text of a subclass instance may be anything else the next time.
    if text.as_ptr().is_some_and(|obj| Str::of(obj).is_some() || Bytes::of(obj).is_some()) {
        module(vm).recent.borrow_mut().add(text, &format);
    }
    Ok(format)
}

fn parse_text(vm: &mut Vm, text: Value) -> R<Rc<Format>> {
    let key = match (vm.as_str(text), vm.as_bytes(text)) {
        (Some(text), _) => text.bytes(),
        (None, Some(text)) => text.data(),
        (None, None) => {
            let name = vm.type_name(text);
            return Err(vm.type_error(format!(
                "Struct() argument 1 must be a str or bytes object, not {name}"
            )));
        }
    };
    if let Some(known) = module(vm).cache.borrow().get(key) {
        return Ok(Rc::clone(known));
    }
    let format = Rc::new(Format::parse(key).map_err(|wrong| raise(vm, &wrong))?);
    let mut cache = module(vm).cache.borrow_mut();
    if cache.len() >= MAX_CACHED {
        cache.clear();
    }
    cache.insert(key.to_vec(), Rc::clone(&format));
    Ok(format)
}

fn clear_cache(vm: &mut Vm, _: &[Value]) -> R {
    module(vm).cache.borrow_mut().clear();
    *module(vm).recent.borrow_mut() = Recent::default();
    Ok(Value::NONE)
}

fn calcsize(vm: &mut Vm, args: &[Value]) -> R {
    let format = parse(vm, args[0])?;
    Ok(vm.int_usize(format.size()))
}

fn new(vm: &mut Vm, class: Value, _: &Args<'_>) -> R {
    let class = crate::class_of(vm, class)?;
    Ok(vm.new_payload(
        class,
        Struct { format: NoTrace(RefCell::new(None)), text: Value::NONE.into() },
    ))
}

fn init_struct(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("Struct", "(format)", args)?;
    let format = parse(vm, bound[0])?;
    let object = vm.this::<Struct>(this, "__init__", "_struct.Struct")?;
    let text = match vm.as_bytes(bound[0]) {
        Some(bytes) => vm.str_lossy(bytes.data()),
        None => bound[0],
    };
    object.text.set(text);
    *object.format.borrow_mut() = Some(format);
    Ok(Value::NONE)
}

fn compiled(vm: &mut Vm, this: Value) -> R<Rc<Format>> {
    let object = vm.this::<Struct>(this, "method", "_struct.Struct")?;
    let format = object.format.borrow().clone();
    match format {
        Some(format) => Ok(format),
        None => Err(vm.runtime_error("Struct object is not initialized")),
    }
}

fn repr(vm: &mut Vm, this: Value) -> R {
    compiled(vm, this)?;
    let name = vm.type_of(this).name_text();
    let text = vm.this::<Struct>(this, "__repr__", "_struct.Struct")?.text.get();
    let text = vm.repr_text(text)?;
    Ok(vm.str(&format!("{name}({text})")))
}

fn pack_one(vm: &mut Vm, slot: Slot, value: Value, out: &mut [u8]) -> R<()> {
    let done = match slot.wants() {
        Wants::Char | Wants::Bytes => {
            let bytes = vm.as_bytes(value).map(Bytes::data).or_else(|| {
                let array = PayloadRef::<haft_core::object::ByteArray>::of_value(value)?;
                (slot.wants() == Wants::Bytes).then(|| array.data())
            });
            match bytes {
                Some(bytes) => slot.pack_bytes(bytes, out),
                None => Err(slot.type_error()),
            }
        }
        Wants::Bool => {
            slot.pack_bool(vm.truth(value)?, out);
            Ok(())
        }
        Wants::Int if value.is_fixnum() => {
            let small = value.as_fixnum().unwrap_or_default();
            slot.pack_int(haft_text::int::IntRef::Small(small), out)
        }
        Wants::Int => {
            let index = if vm.is_int(value) {
                value
            } else if vm.type_of(value).slots.index.get().is_some() {
                vm.index_value(value)?
            } else {
                return Err(raise(vm, &slot.type_error()));
            };
            match vm.as_int(index) {
                Some(small) => slot.pack_int(haft_text::int::IntRef::Small(small), out),
                None => match vm.as_big(index) {
                    Some(big) => slot.pack_int(haft_text::int::IntRef::Big(&big), out),
                    None => Err(slot.type_error()),
                },
            }
        }
        Wants::Float => match support::float_argument(vm, value) {
            Ok(number) => slot.pack_float(number, out),
            Err(raised) => {
                vm.take_raised(raised);
                Err(slot.type_error())
            }
        },
        Wants::Complex => match complex(vm, value) {
            Ok((re, im)) => slot.pack_complex(re, im, out),
            Err(raised) => {
                vm.take_raised(raised);
                Err(slot.type_error())
            }
        },
    };
    done.map_err(|wrong| raise(vm, &wrong))
}

fn complex(vm: &mut Vm, value: Value) -> R<(f64, f64)> {
    if let Some(parts) = vm.as_complex(value) {
        return Ok(parts);
    }
    if let Some(made) = vm.call_special(value, vm.names.__complex__, &[])?
        && let Some(parts) = vm.as_complex(made)
    {
        return Ok(parts);
    }
    Ok((support::float_argument(vm, value)?, 0.0))
}

/// Structures up to this many bytes are packed on the stack.
const SMALL: usize = 64;

/// A bytes of the packed values.
fn packed_bytes(vm: &mut Vm, format: &Format, values: &[Value]) -> R {
    check_count(vm, format, values, "pack")?;
    let mut small = [0; SMALL];
    let mut large;
    let out = match small.get_mut(..format.size()) {
        Some(small) => small,
        None => {
            large = vec![0; format.size()];
            &mut large[..]
        }
    };
    pack_values(vm, format, values, out)?;
    Ok(vm.bytes(out))
}

fn check_count(vm: &mut Vm, format: &Format, values: &[Value], who: &str) -> R<()> {
    let n = format.n_values();
    if values.len() != n {
        let given = values.len();
        return Err(error(vm, format!("{who} expected {n} items for packing (got {given})")));
    }
    Ok(())
}

fn pack_values(vm: &mut Vm, format: &Format, values: &[Value], out: &mut [u8]) -> R<()> {
    for (slot, &value) in format.slots().zip(values) {
        pack_one(vm, slot, value, out)?;
    }
    Ok(())
}

fn no_keywords(vm: &mut Vm, args: &Args<'_>, who: &str) -> R<()> {
    if args.names.is_empty() {
        return Ok(());
    }
    Err(vm.type_error(format!("{who}() takes no keyword arguments")))
}

fn pack(vm: &mut Vm, args: &Args<'_>) -> R {
    no_keywords(vm, args, "_struct.pack")?;
    let Some((&text, values)) = args.vals.split_first() else {
        return Err(vm.type_error("missing format argument"));
    };
    let format = parse(vm, text)?;
    packed_bytes(vm, &format, values)
}

fn struct_pack(vm: &mut Vm, args: &Args<'_>) -> R {
    no_keywords(vm, args, "Struct.pack")?;
    let format = compiled(vm, args.vals[0])?;
    packed_bytes(vm, &format, &args.vals[1..])
}

fn pack_at(vm: &mut Vm, format: &Format, args: &[Value]) -> R {
    let (&buffer, &offset, values) = match args {
        [] => return Err(error(vm, "pack_into expected buffer argument")),
        [_] => return Err(error(vm, "pack_into expected offset argument")),
        [buffer, offset, values @ ..] => (buffer, offset, values),
    };
    check_count(vm, format, values, "pack_into")?;
    let writable =
        vm.type_of(buffer).slots.buffer.get().is_some() && !vm.buffer_of(buffer)?.readonly;
    if !writable {
        let name = vm.type_name(buffer);
        return Err(
            vm.type_error(format!("argument must be read-write bytes-like object, not {name}"))
        );
    }
    let mut offset = vm.index_of(offset)?;
    let (size, len) = (format.size() as i64, vm.buffer_of(buffer)?.len as i64);
    if offset < 0 {
        if offset + size > 0 {
            return Err(error(vm, format!("no space to pack {size} bytes at offset {offset}")));
        }
        if offset + len < 0 {
            return Err(error(vm, format!("offset {offset} out of range for {len}-byte buffer")));
        }
        offset += len;
    }
    if len - offset < size {
        let need = offset as u64 + size as u64;
        return Err(error(
            vm,
            format!(
                "pack_into requires a buffer of at least {need} bytes for packing {size} bytes at offset {offset} (actual buffer size is {len})"
            ),
        ));
    }
    let mut packed = vec![0; format.size()];
    pack_values(vm, format, values, &mut packed)?;
    // Python code may have run: what there is to write to is looked up again.
    let view = vm.buffer_of(buffer)?;
    let at = offset as usize;
    if view.len < at + packed.len() {
        return Err(vm.buffer_error("the buffer was resized"));
    }
    // SAFETY: the view has `len` bytes, which are enough as was just tested.
    let place = unsafe { view.start.add(at) };
    // SAFETY: the place has room for what was packed, which is memory of its own.
    unsafe { std::ptr::copy_nonoverlapping(packed.as_ptr(), place, packed.len()) };
    Ok(Value::NONE)
}

fn pack_into(vm: &mut Vm, args: &Args<'_>) -> R {
    no_keywords(vm, args, "_struct.pack_into")?;
    let Some((&text, rest)) = args.vals.split_first() else {
        return Err(vm.type_error("missing format argument"));
    };
    let format = parse(vm, text)?;
    pack_at(vm, &format, rest)
}

fn struct_pack_into(vm: &mut Vm, args: &Args<'_>) -> R {
    no_keywords(vm, args, "Struct.pack_into")?;
    let format = compiled(vm, args.vals[0])?;
    pack_at(vm, &format, &args.vals[1..])
}

fn values_of(vm: &mut Vm, format: &Format, bytes: &[u8]) -> Value {
    if format.n_values() == 0 {
        return vm.tuple(&[]);
    }
    let values = Tuple::with_len(&mut vm.heap, format.n_values());
    for (at, slot) in format.slots().enumerate() {
        let value = match slot.unpack(bytes) {
            structpack::Value::Bytes(bytes) => vm.bytes(bytes),
            structpack::Value::Bool(bool) => Value::bool(bool),
            structpack::Value::Int(int) => support::int_value(vm, int),
            structpack::Value::Float(number) => vm.float(number),
            structpack::Value::Complex(re, im) => vm.complex(re, im),
        };
        values.init(&mut vm.heap, at, value);
    }
    values.value()
}

fn unpack_all(vm: &mut Vm, format: &Format, buffer: Value) -> R {
    let bytes = vm.buffer_of(buffer)?.bytes();
    let size = format.size();
    if bytes.len() != size {
        return Err(error(vm, format!("unpack requires a buffer of {size} bytes")));
    }
    Ok(values_of(vm, format, bytes))
}

fn unpack(vm: &mut Vm, args: &[Value]) -> R {
    let format = parse(vm, args[0])?;
    unpack_all(vm, &format, args[1])
}

fn struct_unpack(vm: &mut Vm, args: &[Value]) -> R {
    let format = compiled(vm, args[0])?;
    unpack_all(vm, &format, args[1])
}

fn unpack_at(vm: &mut Vm, format: &Format, buffer: Value, offset: Value) -> R {
    let mut offset = vm.index_of(offset)?;
    let bytes = vm.buffer_of(buffer)?.bytes();
    let (size, len) = (format.size() as i64, bytes.len() as i64);
    if offset < 0 {
        if offset + size > 0 {
            return Err(error(
                vm,
                format!("not enough data to unpack {size} bytes at offset {offset}"),
            ));
        }
        if offset + len < 0 {
            return Err(error(vm, format!("offset {offset} out of range for {len}-byte buffer")));
        }
        offset += len;
    }
    if len - offset < size {
        let need = offset as u64 + size as u64;
        return Err(error(
            vm,
            format!(
                "unpack_from requires a buffer of at least {need} bytes for unpacking {size} bytes at offset {offset} (actual buffer size is {len})"
            ),
        ));
    }
    Ok(values_of(vm, format, &bytes[offset as usize..]))
}

fn unpack_from(vm: &mut Vm, args: &[Value]) -> R {
    let format = parse(vm, args[0])?;
    unpack_at(vm, &format, args[1], args[2])
}

fn struct_unpack_from(vm: &mut Vm, args: &[Value]) -> R {
    let format = compiled(vm, args[0])?;
    unpack_at(vm, &format, args[1], args[2])
}

fn make_unpacker(vm: &mut Vm, format: Rc<Format>, buffer: Value) -> R {
    let len = vm.buffer_of(buffer)?.len;
    let size = format.size();
    if size == 0 {
        return Err(error(vm, "cannot iteratively unpack with a struct of length 0"));
    }
    if !len.is_multiple_of(size) {
        return Err(error(
            vm,
            format!("iterative unpacking requires a buffer of a multiple of {size} bytes"),
        ));
    }
    let class = module(vm).unpacker;
    Ok(vm.new_payload(
        class,
        Unpacker { format: NoTrace(format), buffer: buffer.into(), at: 0.into() },
    ))
}

fn iter_unpack(vm: &mut Vm, args: &[Value]) -> R {
    let format = parse(vm, args[0])?;
    make_unpacker(vm, format, args[1])
}

fn struct_iter_unpack(vm: &mut Vm, args: &[Value]) -> R {
    let format = compiled(vm, args[0])?;
    make_unpacker(vm, format, args[1])
}

fn next(vm: &mut Vm, this: Value) -> R {
    let it = vm.this::<Unpacker>(this, "__next__", "_struct.unpack_iterator")?;
    if it.buffer.get().is_absent() {
        return Ok(Value::ABSENT);
    }
    let bytes = vm.buffer_of(it.buffer.get())?.bytes();
    let (at, size) = (it.at.get(), it.format.size());
    match bytes.get(at..at + size) {
        Some(bytes) => {
            it.at.set(at + size);
            Ok(values_of(vm, &it.format, bytes))
        }
        None => {
            it.buffer.set(Value::ABSENT);
            Ok(Value::ABSENT)
        }
    }
}

fn unpacker_length(vm: &mut Vm, args: &[Value]) -> R {
    let it = vm.this::<Unpacker>(args[0], "__length_hint__", "_struct.unpack_iterator")?;
    if it.buffer.get().is_absent() {
        return Ok(Value::small(0));
    }
    let len = vm.buffer_of(it.buffer.get())?.len;
    Ok(vm.int_usize(len.saturating_sub(it.at.get()) / it.format.size()))
}
