//! Standard streams and files: `print`, `input`, `open`, `breakpoint`.
use haft_core::object::Str;
use haft_core::{Args, R, Raised, Value, Vm};

use super::import_module;

haft_core::natives! {
    pub(super) static FUNCTIONS = {
        /// Call sys.breakpointhook(*args, **kws).
        ///
        /// sys.breakpointhook() must accept whatever arguments are passed.
        ///
        /// By default, this drops you into the pdb debugger.
        raw breakpoint "($module, /, *args, **kws)" => breakpoint;
        /// Read a string from standard input.  The trailing newline is stripped.
        ///
        /// The prompt string, if given, is printed to standard output without a
        /// trailing newline before reading input.
        ///
        /// If the user hits EOF (*nix: Ctrl-D, Windows: Ctrl-Z+Return), raise EOFError.
        /// On *nix systems, readline is used if available.
        input "($module, prompt='', /)" => input;
        /// Open file and return a stream.  Raise OSError upon failure.
        ///
        /// See io.open, which this function is.
        raw open "($module, /, file, mode='r', buffering=-1, encoding=None,\n     errors=None, newline=None, closefd=True, opener=None)" => open;
        /// Prints the values to a stream, or to sys.stdout by default.
        ///
        /// sep
        ///   string inserted between values, default a space.
        /// end
        ///   string appended after the last value, default a newline.
        /// file
        ///   a file-like object (stream); defaults to the current sys.stdout.
        /// flush
        ///   whether to forcibly flush the stream.
        raw print "($module, /, *args, sep=' ', end='\\n', file=None, flush=False)" => print;
    }
}

/// A stream of `sys`; RuntimeError if it is gone.
fn stream(vm: &mut Vm, name: Value, lost: &str) -> R {
    match vm.dict_get_name(vm.sys, name) {
        Some(stream) => Ok(stream),
        None => Err(vm.runtime_error(lost)),
    }
}

fn print(vm: &mut Vm, args: &Args<'_>) -> R {
    let (mut sep, mut end, mut file, mut flush) =
        (Value::NONE, Value::NONE, Value::NONE, Value::FALSE);
    for (name, value) in args.keywords() {
        match vm.as_str(name).map(Str::bytes) {
            Some(b"sep") => sep = value,
            Some(b"end") => end = value,
            Some(b"file") => file = value,
            Some(b"flush") => flush = value,
            name => return Err(unexpected_keyword(vm, "print", name.unwrap_or_default())),
        }
    }
    if file.is_none() {
        file = stream(vm, vm.names.stdout, "lost sys.stdout")?;
        if file.is_none() {
            return Ok(Value::NONE);
        }
    }
    let sep = separator(vm, "sep", sep, " ")?;
    let end = separator(vm, "end", end, "\n")?;
    for (at, &value) in args.positionals().iter().enumerate() {
        if at > 0 {
            vm.call_method(file, vm.names.write, &[sep])?;
        }
        let text = vm.str_of(value)?;
        vm.call_method(file, vm.names.write, &[text])?;
    }
    vm.call_method(file, vm.names.write, &[end])?;
    if vm.truth(flush)? {
        vm.call_method(file, vm.names.flush, &[])?;
    }
    Ok(Value::NONE)
}

#[cold]
fn unexpected_keyword(vm: &mut Vm, function: &str, name: &[u8]) -> Raised {
    let name = String::from_utf8_lossy(name);
    vm.type_error(format!("{function}() got an unexpected keyword argument '{name}'"))
}

fn separator(vm: &mut Vm, name: &str, value: Value, default: &str) -> R {
    if value.is_none() {
        return Ok(vm.str(default));
    }
    if vm.as_str(value).is_none() {
        let class = vm.type_name(value);
        return Err(vm.type_error(format!("{name} must be None or a string, not {class}")));
    }
    Ok(value)
}

fn input(vm: &mut Vm, args: &[Value]) -> R {
    let stdin = stream(vm, vm.names.stdin, "input(): lost sys.stdin")?;
    let stdout = stream(vm, vm.names.stdout, "input(): lost sys.stdout")?;
    let stderr = stream(vm, vm.names.stderr, "input(): lost sys.stderr")?;
    for (stream, name) in [(stdin, "stdin"), (stdout, "stdout"), (stderr, "stderr")] {
        if stream.is_none() {
            return Err(vm.runtime_error(format!("input(): lost sys.{name}")));
        }
    }
    let flushed = vm.call_method(stderr, vm.names.flush, &[]);
    vm.catch(flushed, vm.exc.exception)?;
    let prompt = vm.str_of(args[0])?;
    if vm.as_str(prompt).is_some_and(|prompt| !prompt.is_empty()) {
        vm.call_method(stdout, vm.names.write, &[prompt])?;
    }
    let flushed = vm.call_method(stdout, vm.names.flush, &[]);
    vm.catch(flushed, vm.exc.exception)?;
    let line = vm.call_method(stdin, vm.names.readline, &[])?;
    let Some(text) = vm.as_str(line) else {
        return Err(vm.type_error("object.readline() returned non-string"));
    };
    match text.bytes() {
        b"" => Err(vm.eof_error("EOF when reading a line")),
        [text @ .., b'\n'] => Ok(vm.str_wtf8(text)),
        _ => Ok(line),
    }
}

fn open(vm: &mut Vm, args: &Args<'_>) -> R {
    let io = import_module(vm, "io")?;
    let open = vm.get_attr(io, vm.names.open)?;
    vm.call(open, args)
}

fn breakpoint(vm: &mut Vm, args: &Args<'_>) -> R {
    match vm.dict_get_str(vm.sys, "breakpointhook") {
        Some(hook) => vm.call(hook, args),
        None => Err(vm.runtime_error("lost sys.breakpointhook")),
    }
}
