//! `_ZlibDecompressor`: the decompressor that keeps what it has not used, as `gzip` reads files.
use std::cell::{Cell, RefCell};

use haft_core::object::{Dict, NoTrace, PayloadRef};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Value, Vm, getsets, natives, payload};

use super::{Unpacking, container, error};
use crate::support::bytes_argument;

payload! {
    /// A `_ZlibDecompressor`.
    struct Reader {
        stream: NoTrace<RefCell<Unpacking>>,
        /// Input that a limit of the output left over.
        pending: NoTrace<RefCell<Vec<u8>>>,
        unused: Cell<Value>,
        eof: Cell<bool>,
        needs_input: Cell<bool>,
    }
}

natives! {
    static METHODS = {
        /// Decompress *data*, returning uncompressed data as bytes.
        ///
        /// If *max_length* is nonnegative, returns at most *max_length* bytes of
        /// decompressed data. If this limit is reached and further output can be
        /// produced, *self.needs_input* will be set to ``False``. In this case, the next
        /// call to *decompress()* may provide *data* as b'' to obtain more of the output.
        ///
        /// If all of the input data was decompressed and returned (either because this
        /// was less than *max_length* bytes, or because *max_length* was negative),
        /// *self.needs_input* will be set to True.
        ///
        /// Attempting to decompress data after the end of stream is reached raises an
        /// EOFError.  Any data found after the end of the stream is ignored and saved in
        /// the unused_data attribute.
        decompress "($self, /, data, max_length=-1)" => decompress;
    }
}

getsets! {
    static GETSETS = {
        /// True if the end-of-stream marker has been reached.
        eof => |vm, this| { let this = reader(vm, this)?; Ok(Value::bool(this.eof.get())) };
        /// Data found after the end of the compressed stream.
        unused_data => |vm, this| { let this = reader(vm, this)?; Ok(this.unused.get()) };
        /// True if more input is needed before more decompressed data can be produced.
        needs_input => |vm, this| { let this = reader(vm, this)?; Ok(Value::bool(this.needs_input.get())) };
    }
}

/// Add the class.
pub(super) fn add(vm: &mut Vm, dict: Dict) {
    let spec = TypeSpec {
        doc: "_ZlibDecompressor(wbits=15, zdict=b'')\n--\n\n\
              Create a decompressor object for decompressing data incrementally.",
        slots: |s| s.new.set(Some(new)),
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<Reader>("zlib._ZlibDecompressor")
    };
    crate::add_type(vm, dict, &spec);
}

fn reader(vm: &mut Vm, this: Value) -> R<PayloadRef<Reader>> {
    vm.this(this, "decompress", "zlib._ZlibDecompressor")
}

fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("_ZlibDecompressor", "(wbits=15, zdict=b'')", args)?;
    if !vm.buffer_of(bound[1])?.bytes().is_empty() {
        return Err(vm.not_implemented_error("preset dictionaries are not supported"));
    }
    let container = container(vm, bound[0], true)?;
    let class = crate::class_of(vm, class)?;
    let unused = vm.bytes(b"");
    let reader = Reader {
        stream: NoTrace(RefCell::new(Unpacking::new(container))),
        pending: NoTrace(RefCell::default()),
        unused: unused.into(),
        eof: false.into(),
        needs_input: true.into(),
    };
    Ok(vm.new_payload(class, reader))
}

fn decompress(vm: &mut Vm, args: &[Value]) -> R {
    let this = reader(vm, args[0])?;
    let data = bytes_argument(vm, args[1])?;
    let limit = vm.index_of(args[2])?;
    if this.eof.get() {
        return Err(vm.eof_error("End of stream already reached"));
    }
    let mut input = this.pending.take();
    input.extend_from_slice(&data);
    let limit = match limit {
        0 => {
            this.needs_input.set(input.is_empty());
            this.pending.replace(input);
            return Ok(vm.bytes(b""));
        }
        limit => usize::try_from(limit).unwrap_or(0),
    };
    let step = this.stream.borrow_mut().run(&input, limit);
    let (out, ended, left) = step.map_err(|message| error(vm, message))?;
    let rest = &input[input.len() - left.min(input.len())..];
    this.eof.set(ended);
    if ended {
        this.needs_input.set(false);
        let unused = vm.bytes(rest);
        this.unused.set(unused);
    } else {
        let is_full = limit != 0 && out.len() >= limit;
        this.needs_input.set(rest.is_empty() && !is_full);
        this.pending.replace(rest.to_vec());
    }
    Ok(vm.bytes(&out))
}
