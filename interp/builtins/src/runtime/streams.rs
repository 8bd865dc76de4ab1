//! Standard input, output and error: from Rust, and as simple objects while there is no `_io`.
//!
//! [`set_opener`] says how `sys.stdin`, `sys.stdout` and `sys.stderr` are made; without it they are objects of a small
//! class that reads and writes a descriptor.
use std::any::Any;
use std::cell::{Cell, RefCell};

use haft_core::object::{NoTrace, PayloadRef, TypeFlags};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{R, Tracer, Value, Vm, getsets, natives, payload};

/// Makes the text stream of a standard descriptor: 0, 1 or 2.
pub type Opener = fn(&mut Vm, i32) -> R;

#[derive(Debug)]
struct State {
    opener: Cell<Opener>,
}

impl Extension for State {
    fn trace(&self, _: &mut Tracer<'_>) {}
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Say how the standard streams are made.
pub fn set_opener(vm: &mut Vm, opener: Opener) {
    vm.set_extension(State { opener: Cell::new(opener) });
}

/// The names in `sys` and their descriptors.
const STREAMS: [(&str, &str, i32); 3] =
    [("stdin", "__stdin__", 0), ("stdout", "__stdout__", 1), ("stderr", "__stderr__", 2)];

/// Open the standard streams that are not closed; None in `sys` for the others.
pub fn open_all(vm: &mut Vm) -> R<()> {
    let opener = vm.extension::<State>().map_or(open_plain as Opener, |state| state.opener.get());
    for (name, original, fd) in STREAMS {
        let open = !haft_host::standard::was_closed(fd) && haft_host::stat::fstat(fd).is_ok();
        let stream = if open { opener(vm, fd)? } else { Value::NONE };
        vm.dict_set_str(vm.sys, name, stream);
        vm.dict_set_str(vm.sys, original, stream);
    }
    Ok(())
}

/// Write WTF-8 text to `sys.stderr`; what goes wrong is ignored, as there is no place left to tell it.
pub fn write_error(vm: &mut Vm, text: &[u8]) {
    let stderr = vm.dict_get_str(vm.sys, "stderr").filter(|stream| !stream.is_none());
    let Some(stderr) = stderr else { return };
    let text = vm.str_wtf8(text);
    for (method, args) in [("write", &[text][..]), ("flush", &[])] {
        if let Err(raised) = vm.call_method_str(stderr, method, args) {
            vm.take_raised(raised);
        }
    }
}

/// Flush `sys.stdout` and `sys.stderr` at the end; false if that failed. The error is reported.
pub fn flush_all(vm: &mut Vm) -> bool {
    let mut fine = true;
    for name in ["stdout", "stderr"] {
        let Some(stream) = vm.dict_get_str(vm.sys, name).filter(|stream| !stream.is_none()) else {
            continue;
        };
        if is_closed(vm, stream) {
            continue;
        }
        if let Err(raised) = vm.call_method_str(stream, "flush", &[]) {
            let error = vm.take_raised(raised);
            if name == "stdout" {
                super::finalize::report_ignored(
                    vm,
                    error,
                    "Exception ignored while flushing sys.stdout",
                    Value::NONE,
                );
            }
            fine = false;
        }
    }
    fine
}

fn is_closed(vm: &mut Vm, stream: Value) -> bool {
    let name = vm.intern("closed");
    let closed = vm
        .find_attr(stream, name)
        .and_then(|closed| closed.map_or(Ok(false), |closed| vm.truth(closed)));
    closed.unwrap_or_else(|raised| {
        vm.take_raised(raised);
        false
    })
}

/// Write bytes to a descriptor, whatever it takes.
pub fn write_fd(fd: i32, mut bytes: &[u8]) -> std::io::Result<()> {
    while !bytes.is_empty() {
        match haft_host::file::write(fd, bytes) {
            Ok(n) => bytes = &bytes[n..],
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

// ---- the simple streams

/// Bytes that are kept before they are written.
const BUFFER: usize = 8192;

payload! {
    /// A text stream on a descriptor.
    struct PlainStream {
        fd: i32,
        line_buffered: bool,
        pending: NoTrace<RefCell<Vec<u8>>>,
    }
}

/// A text stream on a standard descriptor.
fn open_plain(vm: &mut Vm, fd: i32) -> R {
    let class = vm.new_builtin_type(&TypeSpec {
        methods: METHODS,
        getsets: GETSETS,
        flags: TypeFlags::HAS_DICT,
        ..TypeSpec::of::<PlainStream>("_io.TextIOWrapper")
    });
    let line_buffered = fd == 2 || haft_host::file::isatty(fd);
    Ok(vm.new_payload(
        class,
        PlainStream { fd, line_buffered, pending: NoTrace(RefCell::default()) },
    ))
}

natives! {
    static METHODS = {
        /// Write string s to stream.
        write "($self, s, /)" => write;
        /// Flush write buffers.
        flush "($self, /)" => flush;
        /// Return the file descriptor.
        fileno "($self, /)" => |vm, args| Ok(Value::small(this(vm, args[0])?.fd));
        /// Return whether this is an interactive stream.
        isatty "($self, /)" => |vm, args| Ok(Value::bool(haft_host::file::isatty(this(vm, args[0])?.fd)));
        /// Read until newline or EOF.
        readline "($self, size=-1, /)" => readline;
        /// Read all that is left.
        read "($self, size=-1, /)" => read;
    }
}

getsets! {
    static GETSETS = {
        encoding => |vm, _| Ok(vm.str("utf-8"));
        errors => |vm, _| Ok(vm.str("surrogateescape"));
        closed => |_, _| Ok(Value::FALSE);
    }
}

fn this(vm: &mut Vm, value: Value) -> R<PayloadRef<PlainStream>> {
    vm.this(value, "write", "TextIOWrapper")
}

fn write(vm: &mut Vm, args: &[Value]) -> R {
    let stream = this(vm, args[0])?;
    let Some(text) = vm.as_str(args[1]) else {
        let name = vm.type_name(args[1]);
        return Err(vm.type_error(format!("write() argument must be str, not {name}")));
    };
    let flush = {
        let mut pending = stream.pending.borrow_mut();
        pending.extend_from_slice(text.bytes());
        pending.len() >= BUFFER || stream.line_buffered && text.bytes().contains(&b'\n')
    };
    if flush {
        flush_stream(vm, stream)?;
    }
    Ok(vm.int_usize(text.len()))
}

fn flush_stream(vm: &mut Vm, stream: PayloadRef<PlainStream>) -> R<()> {
    let bytes = stream.pending.take();
    write_fd(stream.fd, &bytes).map_err(|error| vm.os_error(&error))
}

fn flush(vm: &mut Vm, args: &[Value]) -> R {
    let stream = this(vm, args[0])?;
    flush_stream(vm, stream)?;
    Ok(Value::NONE)
}

fn readline(vm: &mut Vm, args: &[Value]) -> R {
    read_until(vm, args[0], Some(b'\n'))
}

fn read(vm: &mut Vm, args: &[Value]) -> R {
    read_until(vm, args[0], None)
}

fn read_until(vm: &mut Vm, stream: Value, end: Option<u8>) -> R {
    let stream = this(vm, stream)?;
    let mut out = Vec::new();
    let mut byte = [0];
    loop {
        match haft_host::file::read(stream.fd, &mut byte) {
            Ok(0) => break,
            Ok(_) => out.push(byte[0]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => vm.poll()?,
            Err(error) => return Err(vm.os_error(&error)),
        }
        if Some(byte[0]) == end {
            break;
        }
    }
    Ok(vm.str_os(&out))
}
