//! `open`, and the other functions of `_io`.
#![expect(clippy::manual_clamp, reason = "bounds may be reversed")]
use haft_core::object::{Str, Type};
use haft_core::{R, Value, Vm, natives};
use haft_host::{environment, file};

use super::{DEFAULT_BUFFER_SIZE, buffered, fileio, text};
use crate::blocking::os_result;

/// Blocks that the file system reports as larger than this are not taken as the size of a buffer.
const MAX_BLOCK_SIZE: usize = 8 << 20;

natives! {
    pub(super) static FUNCTIONS = {
        /// Open file and return a stream.  Raise OSError upon failure.
        ///
        /// file is either a text or byte string giving the name (and the path
        /// if the file isn't in the current working directory) of the file to
        /// be opened or an integer file descriptor of the file to be
        /// wrapped. (If a file descriptor is given, it is closed when the
        /// returned I/O object is closed, unless closefd is set to False.)
        ///
        /// mode is an optional string that specifies the mode in which the file
        /// is opened. It defaults to 'r' which means open for reading in text
        /// mode.  Other common values are 'w' for writing (truncating the file if
        /// it already exists), 'x' for creating and writing to a new file, and
        /// 'a' for appending (which on some Unix systems, means that all writes
        /// append to the end of the file regardless of the current seek position).
        /// In text mode, if encoding is not specified the encoding used is platform
        /// dependent: locale.getencoding() is called to get the current locale encoding.
        /// (For reading and writing raw bytes use binary mode and leave encoding
        /// unspecified.)
        ///
        /// The default mode is 'rt' (open for reading text). For binary random
        /// access, the mode 'w+b' opens and truncates the file to 0 bytes, while
        /// 'r+b' opens the file without truncation. The 'x' mode implies 'w' and
        /// raises an `FileExistsError` if the file already exists.
        open "($module, /, file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)" => open;
        /// Opens the provided file with the intent to import the contents.
        ///
        /// This may perform extra validation beyond open(), but is otherwise interchangeable
        /// with calling open(path, 'rb').
        open_code "($module, /, path)" => |vm, args| {
            if vm.as_str(args[0]).is_none() {
                let class = vm.type_name(args[0]);
                return Err(vm.type_error(format!("open_code() argument 'path' must be str, not {class}")));
            }
            let request = Request { file: args[0], mode: Mode::parse(vm, "rb")?, ..Request::default() };
            open_request(vm, &request)
        };
        /// A helper function to choose the text encoding.
        ///
        /// When encoding is not None, this function returns it.
        /// Otherwise, this function returns the default text encoding
        /// (i.e. "locale" or "utf-8" depends on UTF-8 mode).
        ///
        /// This function emits an EncodingWarning if encoding is None and
        /// sys.flags.warn_default_encoding is true.
        ///
        /// This can be used in APIs with an encoding=None parameter.
        /// However, please consider using encoding="utf-8" for new APIs.
        text_encoding "($module, encoding, stacklevel=2, /)" => |vm, args| text::text_encoding(vm, args[0], args[1]);
    }
}

/// A parsed mode of `open`.
#[derive(Clone, Copy, Debug, Default)]
struct Mode {
    /// The letter `r`, `w`, `x` or `a`.
    kind: u8,
    updating: bool,
    text: bool,
    binary: bool,
}

impl Mode {
    fn parse(vm: &mut Vm, given: &str) -> R<Mode> {
        let mut mode = Mode::default();
        let (mut kinds, mut seen) = (0, 0_u128);
        for letter in given.bytes() {
            let bit = if letter < 128 { 1 << letter } else { 0 };
            if bit == 0 || seen & bit != 0 {
                return Err(vm.value_error(format!("invalid mode: '{given}'")));
            }
            seen |= bit;
            match letter {
                b'r' | b'w' | b'x' | b'a' => (mode.kind, kinds) = (letter, kinds + 1),
                b'+' => mode.updating = true,
                b't' => mode.text = true,
                b'b' => mode.binary = true,
                _ => return Err(vm.value_error(format!("invalid mode: '{given}'"))),
            }
        }
        if mode.text && mode.binary {
            return Err(vm.value_error("can't have text and binary mode at once"));
        }
        if kinds != 1 {
            return Err(vm.value_error("must have exactly one of create/read/write/append mode"));
        }
        Ok(mode)
    }
    /// As `FileIO` spells it.
    fn raw(self) -> String {
        let mut raw = String::from(char::from(self.kind));
        if self.updating {
            raw.push('+');
        }
        raw
    }
}

/// The arguments of `open`.
#[derive(Debug)]
struct Request {
    file: Value,
    mode: Mode,
    shown_mode: Value,
    buffering: i64,
    encoding: Value,
    errors: Value,
    newline: Value,
    closes_fd: bool,
    opener: Value,
}

impl Default for Request {
    fn default() -> Request {
        Request {
            file: Value::NONE,
            mode: Mode::default(),
            shown_mode: Value::ABSENT,
            buffering: -1,
            encoding: Value::NONE,
            errors: Value::NONE,
            newline: Value::NONE,
            closes_fd: true,
            opener: Value::NONE,
        }
    }
}

fn open(vm: &mut Vm, args: &[Value]) -> R {
    let file = crate::os::argument::path_or_descriptor(vm, args[0])?;
    let given = vm.text_of(args[1], "open() argument 'mode'")?;
    let request = Request {
        file,
        mode: Mode::parse(vm, &given)?,
        shown_mode: args[1],
        buffering: i64::from(crate::os::argument::c_int(vm, args[2])?),
        encoding: optional_text(vm, args[3], "encoding")?,
        errors: optional_text(vm, args[4], "errors")?,
        newline: optional_text(vm, args[5], "newline")?,
        closes_fd: vm.truth(args[6])?,
        opener: args[7],
    };
    if request.mode.binary {
        for (argument, name) in [
            (request.encoding, "an encoding"),
            (request.errors, "an errors"),
            (request.newline, "a newline"),
        ] {
            if !argument.is_none() {
                return Err(vm.value_error(format!("binary mode doesn't take {name} argument")));
            }
        }
    }
    if request.mode.binary && request.buffering == 1 {
        let text = "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used";
        crate::warn::warn(vm, vm.exc.runtime_warning, text, 1)?;
    }
    open_request(vm, &request)
}

fn optional_text(vm: &mut Vm, value: Value, name: &str) -> R {
    if value.is_none() || vm.as_str(value).is_some() {
        return Ok(value);
    }
    let class = vm.type_name(value);
    Err(vm.type_error(format!("open() argument '{name}' must be str or None, not {class}")))
}

fn open_request(vm: &mut Vm, request: &Request) -> R {
    let raw =
        fileio::new_file(vm, request.file, &request.mode.raw(), request.closes_fd, request.opener)?;
    match wrap(vm, raw, request) {
        Ok(stream) => Ok(stream),
        Err(raised) => {
            let exception = vm.take_raised(raised);
            if let Err(raised) = vm.call_method(raw, vm.names.close, &[]) {
                vm.take_raised(raised);
            }
            Err(vm.raise_again(exception))
        }
    }
}

/// Put the buffer and the text layer around a raw file.
fn wrap(vm: &mut Vm, raw: Value, request: &Request) -> R {
    let Some(file) = fileio::exact_file(vm, raw) else { return Ok(raw) };
    let (mode, mut buffering) = (request.mode, request.buffering);
    let is_terminal = buffering < 0 && file::isatty(file.fd.get());
    let line_buffering = !mode.binary && (buffering == 1 || is_terminal);
    if buffering == 1 || is_terminal {
        buffering = -1;
    }
    if buffering < 0 {
        let block = haft_host::stat::fstat(file.fd.get())
            .map_or(0, |stat| usize::try_from(stat.blksize).unwrap_or(0));
        buffering = block.min(MAX_BLOCK_SIZE).max(DEFAULT_BUFFER_SIZE) as i64;
    }
    if buffering == 0 {
        return if mode.binary {
            Ok(raw)
        } else {
            Err(vm.value_error("can't have unbuffered text I/O"))
        };
    }
    let size = usize::try_from(buffering).unwrap_or(DEFAULT_BUFFER_SIZE);
    let buffer = if mode.updating {
        buffered::new_random(vm, raw, size)?
    } else if mode.kind == b'r' {
        buffered::new_reader(vm, raw, size)?
    } else {
        buffered::new_writer(vm, raw, size)?
    };
    if mode.binary {
        return Ok(buffer);
    }
    let options = text::Options {
        encoding: request.encoding,
        errors: request.errors,
        newline: request.newline,
        line_buffering,
        write_through: false,
    };
    let wrapper = text::new_wrapper(vm, buffer, &options)?;
    let attribute = vm.intern("mode");
    vm.set_attr(wrapper, attribute, request.shown_mode)?;
    Ok(wrapper)
}

/// A text stream for descriptor 0, 1 or 2: `sys.stdin`, `sys.stdout`, `sys.stderr`; None if it is closed.
pub fn open_std(vm: &mut Vm, fd: i32, write: bool) -> R {
    if file::inheritable(fd).is_err() {
        return Ok(Value::NONE);
    }
    let name = match fd {
        0 => "<stdin>",
        1 => "<stdout>",
        _ => "<stderr>",
    };
    let unbuffered = vm.config.flags.contains_key(&'u');
    let raw = fileio::new_standard_file(vm, fd, write, name)?;
    let buffer = if write && unbuffered {
        raw
    } else if write {
        buffered::new_writer(vm, raw, DEFAULT_BUFFER_SIZE)?
    } else {
        buffered::new_reader(vm, raw, DEFAULT_BUFFER_SIZE)?
    };
    let (encoding, errors) = standard_encoding(vm, fd);
    let options = text::Options {
        encoding: vm.str(&encoding),
        errors: vm.str(&errors),
        newline: vm.str("\n"),
        line_buffering: !unbuffered && (fd == 2 || file::isatty(fd)),
        write_through: write && unbuffered,
    };
    let wrapper = text::new_wrapper(vm, buffer, &options)?;
    let (attribute, mode) = (vm.intern("mode"), vm.str(if write { "w" } else { "r" }));
    vm.set_attr(wrapper, attribute, mode)?;
    Ok(wrapper)
}

/// Encoding and error handler of a standard stream: what `PYTHONIOENCODING` says, else UTF-8. What is not UTF-8 is an
/// error, or passes as surrogates in the C locale; the standard error stream shows it as an escape.
fn standard_encoding(vm: &Vm, fd: i32) -> (String, String) {
    let variable = |name: &str| {
        environment::variable(name.as_ref()).map(|value| value.to_string_lossy().into_owned())
    };
    let ignores_environment =
        vm.config.flags.contains_key(&'E') || vm.config.flags.contains_key(&'I');
    let wish =
        if ignores_environment { None } else { variable("PYTHONIOENCODING") }.unwrap_or_default();
    let (encoding, errors) = wish.split_once(':').unwrap_or((&wish, ""));
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty());
    let in_c_locale =
        locale.is_none_or(|name| matches!(name.as_str(), "C" | "POSIX" | "C.UTF-8" | "C.utf8"));
    let default = match () {
        () if fd == 2 => "backslashreplace",
        () if in_c_locale && wish.is_empty() => "surrogateescape",
        () => "strict",
    };
    let errors = if fd == 2 || errors.is_empty() { default } else { errors };
    let encoding = if encoding.is_empty() { "utf-8" } else { encoding };
    (encoding.to_owned(), errors.to_owned())
}

/// The class a constructor is called for.
pub(super) fn class_argument(vm: &mut Vm, class: Value) -> R<Type> {
    match vm.as_type(class) {
        Some(class) => Ok(class),
        None => Err(vm.type_error("the first argument of __new__() must be a class")),
    }
}

/// `__reduce__` of what cannot be pickled.
pub(super) fn cannot_pickle(vm: &mut Vm, args: &[Value]) -> R {
    let class = vm.type_of(args[0]).name_text();
    Err(vm.type_error(format!("cannot pickle '{class}' instances")))
}

/// `repr(name)` for the repr of a stream; RuntimeError if that shows the stream again.
pub(super) fn guarded_repr(vm: &mut Vm, stream: Value, name: Value) -> R<String> {
    if !vm.enter_repr(stream) {
        let class = vm.type_of(stream);
        let class = vm.full_type_name(class);
        return Err(vm.runtime_error(format!("reentrant call inside {class}.__repr__")));
    }
    let shown = vm.repr(name);
    vm.leave_repr();
    let shown = shown?;
    Ok(vm.as_str(shown).map_or_else(String::new, |shown: Str| shown.to_text().into_owned()))
}

/// The descriptor of a stream, for the functions that take either.
pub fn descriptor_of(vm: &mut Vm, stream: Value) -> R<i32> {
    let fd = if vm.is_int(stream) { stream } else { vm.call_method_str(stream, "fileno", &[])? };
    if !vm.is_int(fd) {
        return Err(vm.type_error("fileno() returned a non-integer"));
    }
    let fd = crate::os::argument::c_int(vm, fd)?;
    if fd < 0 {
        return Err(vm.value_error(format!("file descriptor cannot be a negative integer ({fd})")));
    }
    os_result(vm, Ok(fd))
}
