//! Module `zlib`, over `flate2`.
mod reader;

use std::cell::{Cell, RefCell};

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use haft_core::object::{Dict, NoTrace, PayloadRef, Type, TypeFlags};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{R, Raised, Tracer, Value, Vm, getsets, natives, payload};

use crate::binascii::{adler32_function, crc32_function};
use crate::support::{self, bytes_argument};

/// Output is made in pieces of this many bytes.
const CHUNK: usize = 16 * 1024;

payload! {
    /// What `compressobj` gives.
    struct Compressor {
        stream: NoTrace<RefCell<Option<Packing>>>,
    }
    /// What `decompressobj` gives.
    struct Decompressor {
        stream: NoTrace<RefCell<Unpacking>>,
        unused: Cell<Value>,
        tail: Cell<Value>,
        done: Cell<bool>,
    }
}

/// The three containers of deflated data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Container {
    Raw,
    Zlib,
    Gzip,
    /// Zlib or gzip, by what the data start with.
    Either,
}

/// A stream being written; the gzip container is written around it.
struct Packing {
    stream: Compress,
    gzip: Option<(u32, u32)>,
    started: bool,
}

/// A stream being read, made when its first bytes tell the container.
struct Unpacking {
    container: Container,
    stream: Option<Decompress>,
    head: Vec<u8>,
    /// Checksum and length of what a gzip member unpacked to, and its trailer as far as it has come.
    gzip: Option<(u32, u32, Vec<u8>)>,
}

#[derive(Debug)]
struct Classes {
    compressor: Type,
    decompressor: Type,
    error: Type,
}

impl Extension for Classes {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        for class in [self.compressor, self.decompressor, self.error] {
            tracer.obj(class.obj());
        }
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

natives! {
    static FUNCTIONS = {
        /// Compute an Adler-32 checksum of data.
        adler32 "($module, data, value=1, /)" => adler32_function;
        /// Compute a CRC-32 checksum of data.
        crc32 "($module, data, value=0, /)" => crc32_function;
        /// Returns a bytes object containing compressed data.
        compress "($module, data, /, level=-1, wbits=15)" => compress;
        /// Returns a bytes object containing the uncompressed data.
        decompress "($module, data, /, wbits=15, bufsize=16384)" => decompress;
        /// Return a compressor object.
        compressobj "($module, /, level=-1, method=8, wbits=15, memLevel=8, strategy=0, zdict=<absent>)" => compressobj;
        /// Return a decompressor object.
        decompressobj "($module, /, wbits=15, zdict=b'')" => decompressobj;
    }
    static COMPRESSOR = {
        /// Returns a bytes object containing compressed data.
        compress "($self, data, /)" => pack;
        /// Return a bytes object containing any remaining compressed data.
        flush "($self, mode=4, /)" => pack_flush;
    }
    static DECOMPRESSOR = {
        /// Return a bytes object containing the decompressed version of the data.
        decompress "($self, data, /, max_length=0)" => unpack;
        /// Return a bytes object containing any remaining decompressed data.
        flush "($self, length=16384, /)" => unpack_flush;
    }
}

getsets! {
    static GETSETS = {
        /// Data after the end of the stream.
        unused_data => |vm, this| Ok(decompressor(vm, this)?.unused.get());
        /// Data that were not used because of `max_length`.
        unconsumed_tail => |vm, this| Ok(decompressor(vm, this)?.tail.get());
        /// Was the end of the stream reached?
        eof => |vm, this| Ok(Value::bool(decompressor(vm, this)?.done.get()));
    }
}

const NUMBERS: [(&str, i32); 20] = [
    ("MAX_WBITS", 15),
    ("DEFLATED", 8),
    ("DEF_MEM_LEVEL", 8),
    ("DEF_BUF_SIZE", 16384),
    ("Z_NO_COMPRESSION", 0),
    ("Z_BEST_SPEED", 1),
    ("Z_BEST_COMPRESSION", 9),
    ("Z_DEFAULT_COMPRESSION", -1),
    ("Z_FILTERED", 1),
    ("Z_HUFFMAN_ONLY", 2),
    ("Z_RLE", 3),
    ("Z_FIXED", 4),
    ("Z_DEFAULT_STRATEGY", 0),
    ("Z_FINISH", 4),
    ("Z_NO_FLUSH", 0),
    ("Z_PARTIAL_FLUSH", 1),
    ("Z_SYNC_FLUSH", 2),
    ("Z_FULL_FLUSH", 3),
    ("Z_BLOCK", 5),
    ("Z_TREES", 6),
];

/// Fill the namespace of `zlib`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    let error = support::new_exception(vm, "zlib", "error", vm.exc.exception)?;
    vm.dict_set_str(dict, "error", error.value());
    for (name, number) in &NUMBERS {
        vm.dict_set_str(dict, name, Value::small(*number));
    }
    for name in ["ZLIB_VERSION", "ZLIB_RUNTIME_VERSION"] {
        let version = vm.str("1.3.1");
        vm.dict_set_str(dict, name, version);
    }
    let compressor = vm.new_builtin_type(&TypeSpec {
        flags: TypeFlags::NO_NEW,
        methods: COMPRESSOR,
        ..TypeSpec::of::<Compressor>("zlib.Compress")
    });
    let decompressor = vm.new_builtin_type(&TypeSpec {
        flags: TypeFlags::NO_NEW,
        methods: DECOMPRESSOR,
        getsets: GETSETS,
        ..TypeSpec::of::<Decompressor>("zlib.Decompress")
    });
    vm.set_extension(Classes { compressor, decompressor, error });
    vm.add_functions(dict, "zlib", FUNCTIONS);
    reader::add(vm, dict);
    Ok(())
}

fn classes(vm: &Vm) -> &Classes {
    vm.extension::<Classes>().expect("set when the module was made")
}

#[cold]
fn error(vm: &mut Vm, message: &str) -> Raised {
    let class = classes(vm).error;
    vm.raise(class, message)
}

fn container(vm: &mut Vm, wbits: Value, reading: bool) -> R<Container> {
    match vm.index_of(wbits)? {
        -15..=-8 => Ok(Container::Raw),
        8..=15 => Ok(Container::Zlib),
        0 if reading => Ok(Container::Zlib),
        24..=31 => Ok(Container::Gzip),
        32 | 40..=47 if reading => Ok(Container::Either),
        _ if reading => Err(vm.value_error("Invalid initialization option")),
        _ => Err(vm.value_error("Invalid initialization option")),
    }
}

fn packing(vm: &mut Vm, level: Value, wbits: Value) -> R<Packing> {
    let container = container(vm, wbits, false)?;
    let level = match vm.index_of(level)? {
        -1 => Compression::default(),
        level @ 0..=9 => Compression::new(level as u32),
        _ => return Err(error(vm, "Bad compression level")),
    };
    let gzip = (container == Container::Gzip).then_some((0, 0));
    Ok(Packing { stream: Compress::new(level, container == Container::Zlib), gzip, started: false })
}

impl Packing {
    fn run(
        &mut self,
        mut input: &[u8],
        flush: FlushCompress,
    ) -> Result<Vec<u8>, flate2::CompressError> {
        let mut out = Vec::new();
        if let Some((crc, len)) = &mut self.gzip {
            if !self.started {
                out.extend_from_slice(&[0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]);
            }
            *crc = haft_text::base::crc32(input, *crc);
            *len = len.wrapping_add(input.len() as u32);
        }
        self.started = true;
        loop {
            out.reserve(CHUNK);
            let before = self.stream.total_in();
            let status = self.stream.compress_vec(input, &mut out, flush)?;
            input = &input[(self.stream.total_in() - before) as usize..];
            let room = out.capacity() > out.len();
            if status == Status::StreamEnd
                || (input.is_empty() && room && !matches!(flush, FlushCompress::Finish))
            {
                break;
            }
        }
        if let (FlushCompress::Finish, Some((crc, len))) = (flush, self.gzip) {
            out.extend_from_slice(&crc.to_le_bytes());
            out.extend_from_slice(&len.to_le_bytes());
        }
        Ok(out)
    }
}

fn packed(vm: &mut Vm, result: Result<Vec<u8>, flate2::CompressError>) -> R {
    match result {
        Ok(bytes) => Ok(vm.bytes(&bytes)),
        Err(_) => Err(error(vm, "Error -2 while compressing data: inconsistent stream state")),
    }
}

fn compress(vm: &mut Vm, args: &[Value]) -> R {
    let data = bytes_argument(vm, args[0])?;
    let mut packing = packing(vm, args[1], args[2])?;
    let result = packing.run(&data, FlushCompress::Finish);
    packed(vm, result)
}

fn compressobj(vm: &mut Vm, args: &[Value]) -> R {
    if !args[5].is_absent() {
        return Err(vm.not_implemented_error("preset dictionaries are not supported"));
    }
    let packing = packing(vm, args[0], args[2])?;
    let class = classes(vm).compressor;
    Ok(vm.new_payload(class, Compressor { stream: NoTrace(RefCell::new(Some(packing))) }))
}

fn pack_with(vm: &mut Vm, this: Value, data: &[u8], flush: FlushCompress) -> R {
    let this = vm.this::<Compressor>(this, "compress", "zlib.Compress")?;
    let result = match &mut *this.stream.borrow_mut() {
        Some(packing) => packing.run(data, flush),
        None => {
            return Err(error(vm, "Error -2 while compressing data: inconsistent stream state"));
        }
    };
    if flush == FlushCompress::Finish {
        this.stream.replace(None);
    }
    packed(vm, result)
}

fn pack(vm: &mut Vm, args: &[Value]) -> R {
    let data = bytes_argument(vm, args[1])?;
    pack_with(vm, args[0], &data, FlushCompress::None)
}

fn pack_flush(vm: &mut Vm, args: &[Value]) -> R {
    let flush = match vm.index_of(args[1])? {
        0 => return Ok(vm.bytes(b"")),
        1 => FlushCompress::Partial,
        2 => FlushCompress::Sync,
        3 => FlushCompress::Full,
        4 => FlushCompress::Finish,
        _ => return Err(error(vm, "Error -2 while flushing: inconsistent stream state")),
    };
    pack_with(vm, args[0], b"", flush)
}

/// Length of a whole gzip header; nothing if more bytes are needed (RFC 1952).
fn gzip_header(head: &[u8]) -> Result<Option<usize>, &'static str> {
    if !head.iter().zip([0x1F, 0x8B, 8]).all(|(a, b)| *a == b) {
        return Err("Error -3 while decompressing data: incorrect header check");
    }
    let Some(&flags) = head.get(3) else { return Ok(None) };
    let mut at = 10;
    if flags & 4 != 0 {
        let Some(len) = head.get(at..at + 2) else { return Ok(None) };
        at += 2 + usize::from(len[0]) + usize::from(len[1]) * 256;
    }
    for flag in [8, 16] {
        if flags & flag != 0 {
            let Some(end) = head.get(at..).and_then(|rest| rest.iter().position(|&byte| byte == 0))
            else {
                return Ok(None);
            };
            at += end + 1;
        }
    }
    at += if flags & 2 != 0 { 2 } else { 0 };
    Ok((head.len() >= at).then_some(at))
}

/// What a step of unpacking gives: output, whether the stream ended, and how many bytes of the input are left.
type Step = (Vec<u8>, bool, usize);

impl Unpacking {
    fn new(container: Container) -> Unpacking {
        Unpacking { container, stream: None, head: Vec::new(), gzip: None }
    }
    /// Unpack at most `limit` bytes (0: any number).
    fn run(&mut self, data: &[u8], limit: usize) -> Result<Step, &'static str> {
        let kept;
        let mut input = data;
        if self.stream.is_none() {
            self.head.extend_from_slice(data);
            let gzip = match (self.container, self.head.first()) {
                (_, None) => return Ok((Vec::new(), false, 0)),
                (Container::Gzip, _) | (Container::Either, Some(0x1F)) => true,
                _ => false,
            };
            let mut at = 0;
            if gzip {
                match gzip_header(&self.head)? {
                    Some(n) => at = n,
                    None => return Ok((Vec::new(), false, 0)),
                }
                self.gzip = Some((0, 0, Vec::new()));
            }
            self.stream = Some(Decompress::new(!gzip && self.container != Container::Raw));
            kept = self.head.split_off(at);
            input = &kept;
        }
        let mut out = Vec::new();
        let Some(stream) = &mut self.stream else { return Ok((out, false, 0)) };
        let mut ended = self.gzip.as_ref().is_some_and(|gzip| !gzip.2.is_empty());
        while !ended {
            let room = if limit == 0 { CHUNK } else { CHUNK.min(limit - out.len()) };
            let mut piece = vec![0; room];
            let (read, wrote) = (stream.total_in(), stream.total_out());
            let status = stream.decompress(input, &mut piece, FlushDecompress::None);
            let status =
                status.map_err(|_| "Error -3 while decompressing data: invalid or corrupt data")?;
            input = &input[(stream.total_in() - read) as usize..];
            let n = (stream.total_out() - wrote) as usize;
            out.extend_from_slice(&piece[..n]);
            ended = status == Status::StreamEnd;
            if n < room && !ended && (input.is_empty() || status == Status::BufError)
                || limit != 0 && out.len() >= limit
            {
                break;
            }
        }
        if let Some((crc, len, trailer)) = &mut self.gzip {
            *crc = haft_text::base::crc32(&out, *crc);
            *len = len.wrapping_add(out.len() as u32);
            if ended {
                let n = (8 - trailer.len()).min(input.len());
                trailer.extend_from_slice(&input[..n]);
                input = &input[n..];
                ended = trailer.len() == 8;
                if ended && *trailer != [crc.to_le_bytes(), len.to_le_bytes()].concat() {
                    return Err("Error -3 while decompressing data: incorrect data check");
                }
            }
        }
        Ok((out, ended, input.len()))
    }
}

impl Unpacking {
    /// As [`Unpacking::run`]. Where the limit ends it, some input is left over: who goes on while there is an unconsumed
    /// tail gets everything, also what was unpacked and did not fit.
    fn run_limited(
        &mut self,
        input: &[u8],
        limit: usize,
    ) -> Result<(Vec<u8>, bool, usize), &'static str> {
        let Some((last, head)) = input.split_last().filter(|_| limit != 0) else {
            return self.run(input, limit);
        };
        let (mut out, ended, left) = self.run(head, limit)?;
        if ended || out.len() >= limit {
            return Ok((out, ended, left + 1));
        }
        let (more, ended, left) = self.run(&[*last], limit - out.len())?;
        out.extend_from_slice(&more);
        Ok((out, ended, left))
    }
}

fn decompress(vm: &mut Vm, args: &[Value]) -> R {
    let data = bytes_argument(vm, args[0])?;
    let mut unpacking = Unpacking::new(container(vm, args[1], true)?);
    match unpacking.run(&data, 0) {
        Ok((out, true, _)) => Ok(vm.bytes(&out)),
        Ok(_) => {
            Err(error(vm, "Error -5 while decompressing data: incomplete or truncated stream"))
        }
        Err(message) => Err(error(vm, message)),
    }
}

fn decompressobj(vm: &mut Vm, args: &[Value]) -> R {
    if !vm.buffer_of(args[1])?.bytes().is_empty() {
        return Err(vm.not_implemented_error("preset dictionaries are not supported"));
    }
    let container = container(vm, args[0], true)?;
    let empty = vm.bytes(b"");
    let class = classes(vm).decompressor;
    let stream = NoTrace(RefCell::new(Unpacking::new(container)));
    Ok(vm.new_payload(
        class,
        Decompressor { stream, unused: empty.into(), tail: empty.into(), done: false.into() },
    ))
}

fn decompressor(vm: &mut Vm, this: Value) -> R<PayloadRef<Decompressor>> {
    vm.this(this, "decompress", "zlib.Decompress")
}

fn unpack_with(vm: &mut Vm, this: Value, data: &[u8], limit: usize) -> R {
    let this = decompressor(vm, this)?;
    if this.done.get() {
        let mut unused = bytes_argument(vm, this.unused.get())?;
        unused.extend_from_slice(data);
        let unused = vm.bytes(&unused);
        this.unused.set(unused);
        return Ok(vm.bytes(b""));
    }
    let step = this.stream.borrow_mut().run_limited(data, limit);
    let (out, ended, left) = step.map_err(|message| error(vm, message))?;
    let rest = vm.bytes(&data[data.len() - left.min(data.len())..]);
    let empty = vm.bytes(b"");
    this.done.set(ended);
    this.tail.set(if ended { empty } else { rest });
    if ended {
        this.unused.set(rest);
    }
    Ok(vm.bytes(&out))
}

fn unpack(vm: &mut Vm, args: &[Value]) -> R {
    let data = bytes_argument(vm, args[1])?;
    let limit = vm.index_of(args[2])?;
    if limit < 0 {
        return Err(vm.value_error("max_length must be non-negative"));
    }
    unpack_with(vm, args[0], &data, limit as usize)
}

fn unpack_flush(vm: &mut Vm, args: &[Value]) -> R {
    if vm.index_of(args[1])? <= 0 {
        return Err(vm.value_error("length must be greater than zero"));
    }
    let this = decompressor(vm, args[0])?;
    let rest = bytes_argument(vm, this.tail.get())?;
    unpack_with(vm, args[0], &rest, 0)
}
