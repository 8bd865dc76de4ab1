//! `_io`: files, and the classes behind the module `io`.
//!
//! ```text
//! _IOBase ── _RawIOBase ────── FileIO                      bytes to and from a descriptor
//!         ├─ _BufferedIOBase ─ BufferedReader … BytesIO    bytes, buffered
//!         └─ _TextIOBase ───── TextIOWrapper, StringIO     text
//! ```
//! The three bases have no layout of their own, so Python classes may combine them as they like.
//!
//! # Who closes what
//! An object that dies unclosed is closed by its finalizer, and a wrapper flushes its buffer then. All objects of a
//! stack (text, buffer, file) die at once, in no useful order. Therefore a wrapper takes over the finalizer of what it
//! wraps ([`adopt`]), and only the outermost object has one.
pub(crate) mod argument;
mod buffered;
mod bytesio;
mod fileio;
mod iobase;
mod newline;
mod open;
mod stringio;
mod text;

use std::any::Any;

use haft_core::object::{Dict, Type, Unary};
use haft_core::vm::Extension;
use haft_core::{R, Tracer, Value, Vm};

pub use open::{descriptor_of, open_std};
pub use text::write_text;

/// `io.DEFAULT_BUFFER_SIZE`.
pub const DEFAULT_BUFFER_SIZE: usize = 128 * 1024;

macro_rules! io_types {
    ($($field:ident $name:literal;)+) => {
        /// The classes of `_io`.
        #[derive(Clone, Copy, Debug)]
        #[expect(missing_docs, reason = "each field is the class it is called by")]
        pub struct IoTypes { $( pub $field: Type, )+ }
        impl IoTypes {
            fn named(&self) -> Vec<(&'static str, Type)> {
                vec![ $( ($name, self.$field), )+ ]
            }
        }
    };
}

io_types! {
    io_base "_IOBase";
    raw_io_base "_RawIOBase";
    buffered_io_base "_BufferedIOBase";
    text_io_base "_TextIOBase";
    file_io "FileIO";
    bytes_io "BytesIO";
    string_io "StringIO";
    buffered_reader "BufferedReader";
    buffered_writer "BufferedWriter";
    buffered_rw_pair "BufferedRWPair";
    buffered_random "BufferedRandom";
    text_io_wrapper "TextIOWrapper";
    newline_decoder "IncrementalNewlineDecoder";
    unsupported_operation "UnsupportedOperation";
}

struct IoState {
    types: IoTypes,
}

impl Extension for IoState {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.types.named().iter().for_each(|(_, class)| tracer.obj(class.obj()));
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The classes, made when they are first needed.
pub fn types(vm: &mut Vm) -> R<IoTypes> {
    if let Some(state) = vm.extension::<IoState>() {
        return Ok(state.types);
    }
    let io_base = iobase::make_io_base(vm);
    let raw_io_base = iobase::make_raw_io_base(vm, io_base);
    let buffered_io_base = iobase::make_buffered_io_base(vm, io_base);
    let text_io_base = iobase::make_text_io_base(vm, io_base);
    let types = IoTypes {
        io_base,
        raw_io_base,
        buffered_io_base,
        text_io_base,
        file_io: fileio::make_type(vm, raw_io_base),
        bytes_io: bytesio::make_type(vm, buffered_io_base),
        string_io: stringio::make_type(vm, text_io_base),
        buffered_reader: buffered::make_reader(vm, buffered_io_base),
        buffered_writer: buffered::make_writer(vm, buffered_io_base),
        buffered_rw_pair: buffered::make_pair(vm, buffered_io_base),
        buffered_random: buffered::make_random(vm, buffered_io_base),
        text_io_wrapper: text::make_type(vm, text_io_base),
        newline_decoder: newline::make_type(vm),
        unsupported_operation: make_unsupported_operation(vm)?,
    };
    vm.set_extension(IoState { types });
    Ok(types)
}

/// `class UnsupportedOperation(OSError, ValueError)`.
fn make_unsupported_operation(vm: &mut Vm) -> R<Type> {
    let name = vm.str("UnsupportedOperation");
    let bases = vm.tuple(&[vm.exc.os_error.value(), vm.exc.value_error.value()]);
    let namespace = vm.dict();
    let module = vm.intern("io");
    vm.dict_set_str(namespace, "__module__", module);
    let class = vm.call_positional(vm.t.r#type.value(), &[name, bases, namespace.value()])?;
    match vm.as_type(class) {
        Some(class) => Ok(class),
        None => Err(vm.system_error("type() made no class")),
    }
}

/// Fill the namespace of `_io`.
pub fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    for (name, class) in types(vm)?.named() {
        vm.dict_set_str(dict, name, class.value());
    }
    vm.dict_set_str(dict, "BlockingIOError", vm.exc.blocking_io_error.value());
    let size = vm.int_usize(DEFAULT_BUFFER_SIZE);
    vm.dict_set_str(dict, "DEFAULT_BUFFER_SIZE", size);
    vm.add_functions(dict, "_io", open::FUNCTIONS);
    Ok(())
}

/// Raise `io.UnsupportedOperation`.
#[cold]
fn unsupported(vm: &mut Vm, message: &str) -> haft_core::Raised {
    match types(vm) {
        Ok(types) => vm.raise(types.unsupported_operation, message),
        Err(raised) => raised,
    }
}

/// Does the object only have the finalizer that all files have, and no `__del__` of a Python class?
fn has_plain_finalizer(vm: &Vm, stream: Value) -> bool {
    let del = vm.type_of(stream).slots.del.get();
    del.is_some_and(|del| std::ptr::fn_addr_eq(del, iobase::finalize as Unary))
}

/// A wrapper takes over the closing of `stream`.
fn adopt(vm: &mut Vm, stream: Value) {
    if let Some(object) = stream.as_ptr()
        && has_plain_finalizer(vm, stream)
    {
        vm.heap.cancel_finalizer(object);
    }
}

/// A wrapper gives `stream` back.
fn release(vm: &mut Vm, stream: Value) {
    if let Some(object) = stream.as_ptr()
        && has_plain_finalizer(vm, stream)
    {
        vm.heap.add_finalizer(object);
    }
}

/// The bytes of a bytes-like object that may be written to; `method` is for the error.
pub fn writable_buffer(
    vm: &mut Vm,
    value: Value,
    method: &str,
) -> R<haft_core::object::BufferView> {
    argument::writable_buffer(vm, value, method)
}

/// Copy `data` to the front of a bytes-like object.
pub fn fill_buffer(vm: &mut Vm, value: Value, data: &[u8]) -> R<()> {
    argument::fill(vm, value, 0, data)
}
