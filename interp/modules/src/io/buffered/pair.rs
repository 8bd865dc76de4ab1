//! `BufferedRWPair`: a reader and a writer that look like one stream.
use std::cell::Cell;

use haft_core::object::{PayloadRef, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Value, Vm, getsets, natives, payload};

use super::super::{adopt, iobase};
use super::{READER, WRITER, check, new_buffer};

payload! {
    /// The two buffers; ABSENT before `__init__`.
    struct Pair {
        reader: Cell<Value>,
        writer: Cell<Value>,
    }
}

pub(in crate::io) fn make_type(vm: &mut Vm, base: Type) -> Type {
    vm.new_builtin_type(&TypeSpec {
        doc: "A buffered reader and writer object together.\n\n\
              A buffered reader object and buffered writer object put together to\n\
              form a sequential IO object that can read and write. This is typically\n\
              used with a socket or two-way pipe.\n\n\
              reader and writer are RawIOBase objects that are readable and\n\
              writeable respectively. If the buffer_size is omitted it defaults to\n\
              DEFAULT_BUFFER_SIZE.",
        base: Some(base),
        flags: TypeFlags::BASE,
        slots: |s| {
            s.new.set(Some(|vm, class, _| {
                let class = super::super::open::class_argument(vm, class)?;
                Ok(vm.new_payload(
                    class,
                    Pair { reader: Cell::new(Value::ABSENT), writer: Cell::new(Value::ABSENT) },
                ))
            }));
            s.init.set(Some(init));
        },
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<Pair>("_io.BufferedRWPair")
    })
}

natives! {
    static METHODS = {
        read "($self, size=-1, /)" => |vm, args| reader(vm, args[0], "read", &args[1..]);
        peek "($self, size=0, /)" => |vm, args| reader(vm, args[0], "peek", &args[1..]);
        read1 "($self, size=-1, /)" => |vm, args| reader(vm, args[0], "read1", &args[1..]);
        readinto "($self, buffer, /)" => |vm, args| reader(vm, args[0], "readinto", &args[1..]);
        readinto1 "($self, buffer, /)" => |vm, args| reader(vm, args[0], "readinto1", &args[1..]);
        write "($self, buffer, /)" => |vm, args| writer(vm, args[0], "write", &args[1..]);
        flush "($self, /)" => |vm, args| writer(vm, args[0], "flush", &[]);
        readable "($self, /)" => |vm, args| reader(vm, args[0], "readable", &[]);
        writable "($self, /)" => |vm, args| writer(vm, args[0], "writable", &[]);
        close "($self, /)" => |vm, args| {
            let closed = writer(vm, args[0], "close", &[]);
            iobase::finally(vm, closed, |vm| reader(vm, args[0], "close", &[]).map(drop))
        };
        isatty "($self, /)" => |vm, args| {
            let answer = writer(vm, args[0], "isatty", &[])?;
            if answer == Value::FALSE { reader(vm, args[0], "isatty", &[]) } else { Ok(answer) }
        };
        __reduce__ "($self, /)" => super::super::open::cannot_pickle;
        __reduce_ex__ "($self, protocol, /)" => super::super::open::cannot_pickle;
    }
}

getsets! {
    static GETSETS = {
        closed => |vm, this| {
            let writer = this_pair(vm, this)?.writer.get();
            if writer.is_absent() {
                return Err(vm.runtime_error("the BufferedRWPair object is being garbage-collected"));
            }
            vm.get_attr_str(writer, "closed")
        };
    }
}

fn this_pair(vm: &mut Vm, value: Value) -> R<PayloadRef<Pair>> {
    vm.this(value, "read", "_io.BufferedRWPair")
}

fn init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let bound =
        vm.bind_signature("BufferedRWPair", "(reader, writer, buffer_size=131072, /)", args)?;
    let (reader, writer) = (bound[0], bound[1]);
    let size = vm.index_of(bound[2])?;
    let this = this_pair(vm, this)?;
    check(vm, reader, "readable", "File or stream is not readable.")?;
    check(vm, writer, "writable", "File or stream is not writable.")?;
    let Some(size) = usize::try_from(size).ok().filter(|&size| size > 0) else {
        return Err(vm.value_error("buffer size must be strictly positive"));
    };
    let types = super::super::types(vm)?;
    let reader = new_buffer(vm, types.buffered_reader, reader, size, READER)?;
    let writer = new_buffer(vm, types.buffered_writer, writer, size, WRITER)?;
    adopt(vm, reader);
    adopt(vm, writer);
    this.reader.set(reader);
    this.writer.set(writer);
    Ok(Value::NONE)
}

fn reader(vm: &mut Vm, this: Value, method: &str, args: &[Value]) -> R {
    let reader = this_pair(vm, this)?.reader.get();
    forward(vm, reader, method, args)
}

fn writer(vm: &mut Vm, this: Value, method: &str, args: &[Value]) -> R {
    let writer = this_pair(vm, this)?.writer.get();
    forward(vm, writer, method, args)
}

fn forward(vm: &mut Vm, to: Value, method: &str, args: &[Value]) -> R {
    if to.is_absent() {
        return Err(vm.value_error("I/O operation on uninitialized object"));
    }
    vm.call_method_str(to, method, args)
}
