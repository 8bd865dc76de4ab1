//! What functions of the operating system ask of their arguments: paths, descriptors, C integers.
#![expect(clippy::manual_let_else, reason = "the arms stand together")]
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use haft_core::object::Str;
use haft_core::{R, Raised, Value, Vm};
use haft_text::codecs::{Builtin, ErrorHandler, encode_utf8};

/// An int that fits C's `int`.
pub fn c_int(vm: &mut Vm, value: Value) -> R<i32> {
    let index = vm.index_value(value)?;
    let Some(number) = vm.as_int(index) else {
        return Err(vm.overflow_error("Python int too large to convert to C int"));
    };
    match i32::try_from(number) {
        Ok(number) => Ok(number),
        Err(_) if number < 0 => Err(vm.overflow_error("signed integer is less than minimum")),
        Err(_) => Err(vm.overflow_error("signed integer is greater than maximum")),
    }
}

/// An int that fits C's `long`.
pub fn c_long(vm: &mut Vm, value: Value) -> R<i64> {
    let index = vm.index_value(value)?;
    match vm.as_int(index) {
        Some(number) => Ok(number),
        None => Err(vm.overflow_error("Python int too large to convert to C long")),
    }
}

/// An int of 0 to 2^32 - 1.
pub fn c_uint(vm: &mut Vm, value: Value) -> R<u32> {
    let index = vm.index_value(value)?;
    match vm.as_int(index) {
        Some(number) if number < 0 => Err(vm.value_error("value must be positive")),
        Some(number) => match u32::try_from(number) {
            Ok(number) => Ok(number),
            Err(_) => Err(vm.overflow_error("Python int too large to convert to C unsigned int")),
        },
        None => Err(vm.overflow_error("Python int too large to convert to C unsigned int")),
    }
}

/// A user or group id; -1 stands for "no change".
pub fn id(vm: &mut Vm, value: Value, what: &str) -> R<u32> {
    if !vm.is_int(value) && vm.type_of(value).slots.index.get().is_none() {
        let class = vm.type_name(value);
        return Err(vm.type_error(format!("{what} should be integer, not {class}")));
    }
    let index = vm.index_value(value)?;
    let number = vm.as_int(index);
    match number {
        Some(-1) => Ok(u32::MAX),
        Some(number) if number >= 0 && number < i64::from(u32::MAX) => Ok(number as u32),
        Some(number) if number >= 0 => {
            Err(vm.overflow_error(format!("{what} is greater than maximum")))
        }
        Some(_) => Err(vm.overflow_error(format!("{what} is less than minimum"))),
        None if is_negative(vm, index) => {
            Err(vm.overflow_error(format!("{what} is less than minimum")))
        }
        None => Err(vm.overflow_error(format!("{what} is greater than maximum"))),
    }
}

fn is_negative(vm: &Vm, value: Value) -> bool {
    vm.int_parts(value).is_some_and(|int| int.negative)
}

/// A user or group id as an int.
pub fn id_value(vm: &mut Vm, id: u32) -> Value {
    vm.int(if id == u32::MAX { -1 } else { i64::from(id) })
}

/// `os.fsencode` of a str: UTF-8, with the surrogates that stand for bytes.
pub fn encode_fs(vm: &mut Vm, text: Str) -> R<Vec<u8>> {
    let bytes = text.bytes();
    if memchr::memchr(0xED, bytes).is_none() {
        return Ok(bytes.to_vec());
    }
    let mut handler = Builtin::new(ErrorHandler::SurrogateEscape, bytes);
    encode_utf8(bytes, &mut handler)
        .map_err(|fault| crate::codec_error::encode_error(vm, &fault, text.value()))
}

/// `os.fspath`: the str or bytes of a path; TypeError with `message` about what it is instead.
fn fspath_or(vm: &mut Vm, value: Value, message: impl FnOnce(&str) -> String) -> R {
    if vm.as_str(value).is_some() || vm.as_bytes(value).is_some() {
        return Ok(value);
    }
    let class = vm.type_name(value);
    let path = match vm.call_special(value, vm.names.__fspath__, &[])? {
        Some(path) => path,
        None => return Err(vm.type_error(message(&class))),
    };
    if vm.as_str(path).is_some() || vm.as_bytes(path).is_some() {
        return Ok(path);
    }
    let got = vm.type_name(path);
    Err(vm.type_error(format!("expected {class}.__fspath__() to return str or bytes, not {got}")))
}

/// `os.fspath(value)`.
pub fn fspath(vm: &mut Vm, value: Value) -> R {
    fspath_or(vm, value, |class| format!("expected str, bytes or os.PathLike object, not {class}"))
}

/// The bytes of a str or bytes as the operating system gets them.
pub fn os_bytes(vm: &mut Vm, value: Value) -> R<Vec<u8>> {
    if let Some(text) = vm.as_str(value) {
        return encode_fs(vm, text);
    }
    match vm.as_bytes(value) {
        Some(bytes) => Ok(bytes.data().to_vec()),
        None => {
            let class = vm.type_name(value);
            Err(vm.type_error(format!("expected str, bytes or os.PathLike object, not {class}")))
        }
    }
}

/// The bytes of a str, bytes or path-like object, without a zero byte (`PyUnicode_FSConverter`).
pub fn fs_bytes(vm: &mut Vm, value: Value) -> R<Vec<u8>> {
    let path = fspath(vm, value)?;
    let bytes = os_bytes(vm, path)?;
    if bytes.contains(&0) { Err(vm.value_error("embedded null byte")) } else { Ok(bytes) }
}

/// As [`fs_bytes`], as a path.
pub fn fs_path(vm: &mut Vm, value: Value) -> R<PathBuf> {
    Ok(OsString::from_vec(fs_bytes(vm, value)?).into())
}

/// The first argument of `open`: a number as it is, else `os.fspath` of it.
pub fn path_or_descriptor(vm: &mut Vm, value: Value) -> R {
    let slots = &vm.type_of(value).slots;
    let is_number = vm.is_int(value)
        || slots.index.get().is_some()
        || slots.int.get().is_some()
        || slots.float.get().is_some();
    if is_number { Ok(value) } else { fspath(vm, value) }
}

/// What a path parameter takes besides paths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accepts {
    /// An open descriptor.
    pub fd: bool,
    /// None (or nothing), which is the current directory.
    pub none: bool,
}

/// Paths only.
pub const PATH: Accepts = Accepts { fd: false, none: false };
/// Paths and descriptors.
pub const PATH_OR_FD: Accepts = Accepts { fd: true, none: false };

/// A path argument.
#[derive(Debug, Clone)]
pub struct PathArgument {
    /// As given; what errors name.
    pub object: Value,
    /// For the operating system; `.` for None.
    pub path: PathBuf,
    /// Given instead of a path.
    pub fd: Option<i32>,
    /// Given as bytes: results are bytes, too.
    pub is_bytes: bool,
}

impl PathArgument {
    /// A name as the caller wants it: bytes or str, as the path was.
    pub fn name(&self, vm: &mut Vm, name: &OsStr) -> Value {
        if self.is_bytes { vm.bytes(name.as_bytes()) } else { vm.str_os(name.as_bytes()) }
    }
    /// Raise OSError that names the path.
    #[cold]
    pub fn error(&self, vm: &mut Vm, error: &std::io::Error) -> Raised {
        vm.os_error_at(error, self.object)
    }
}

/// Convert a path argument of a function of `os`; the names are for messages.
pub fn path(
    vm: &mut Vm,
    function: &str,
    argument: &str,
    value: Value,
    accepts: Accepts,
) -> R<PathArgument> {
    if accepts.none && (value.is_none() || value.is_absent()) {
        return Ok(PathArgument {
            object: Value::NONE,
            path: PathBuf::from("."),
            fd: None,
            is_bytes: false,
        });
    }
    if accepts.fd && (vm.is_int(value) || vm.type_of(value).slots.index.get().is_some()) {
        if value.is_bool() {
            crate::warn::warn(vm, vm.exc.runtime_warning, "bool is used as a file descriptor", 1)?;
        }
        let fd = descriptor(vm, value)?;
        return Ok(PathArgument {
            object: value,
            path: PathBuf::new(),
            fd: Some(fd),
            is_bytes: false,
        });
    }
    let expected = match accepts {
        Accepts { fd: true, none: true } => "string, bytes, os.PathLike, integer or None",
        Accepts { fd: true, none: false } => "string, bytes, os.PathLike or integer",
        Accepts { fd: false, none: true } => "string, bytes, os.PathLike or None",
        Accepts { fd: false, none: false } => "string, bytes or os.PathLike",
    };
    let object = fspath_or(vm, value, |class| {
        format!("{function}: {argument} should be {expected}, not {class}")
    })?;
    let bytes = os_bytes(vm, object)?;
    if bytes.contains(&0) {
        return Err(vm.value_error(format!("{function}: embedded null character in {argument}")));
    }
    let is_bytes = vm.as_bytes(object).is_some();
    Ok(PathArgument { object, path: OsString::from_vec(bytes).into(), fd: None, is_bytes })
}

/// A descriptor in the place of a path.
fn descriptor(vm: &mut Vm, value: Value) -> R<i32> {
    let index = vm.index_value(value)?;
    match vm.as_int(index).map(i32::try_from) {
        Some(Ok(fd)) => Ok(fd),
        Some(Err(_)) if vm.as_int(index).is_some_and(|number| number < 0) => {
            Err(vm.overflow_error("fd is less than minimum"))
        }
        None if is_negative(vm, index) => Err(vm.overflow_error("fd is less than minimum")),
        _ => Err(vm.overflow_error("fd is greater than maximum")),
    }
}

/// The `dir_fd` keyword: None is the current directory.
pub fn dir_fd(vm: &mut Vm, value: Value) -> R<Option<i32>> {
    if value.is_none() || value.is_absent() {
        return Ok(None);
    }
    if !vm.is_int(value) && vm.type_of(value).slots.index.get().is_none() {
        let class = vm.type_name(value);
        return Err(vm.type_error(format!("argument should be integer or None, not {class}")));
    }
    descriptor(vm, value).map(Some)
}

/// The path of bytes.
pub fn path_of_bytes(bytes: &[u8]) -> &Path {
    Path::new(OsStr::from_bytes(bytes))
}
