//! Programs as text: `compile`, `eval`, `exec`.
use std::borrow::Cow;

use haft_compiler::tree::{Group, InvalidKind, Kind, validate};
use haft_compiler::{
    CompileError, Mode, Options, Warning, WarningCategory, compile_flags, decode_source,
};
use haft_core::interp::{exec_code, load_code, run_class_body};
use haft_core::object::{CellObject, CodeObject, Dict, PayloadRef, Str, Tuple};
use haft_core::{R, Value, Vm};

use crate::arguments::slot;
use crate::error::{Site, raise_syntax_error, warn_explicit};
use crate::syntax_tree;

haft_core::natives! {
    pub(super) static FUNCTIONS = {
        /// Compile source into a code object that can be executed by exec() or eval().
        ///
        /// The source code may represent a Python module, statement or expression.
        /// The filename will be used for run-time error messages.
        /// The mode must be 'exec' to compile a module, 'single' to compile a
        /// single (interactive) statement, or 'eval' to compile an expression.
        /// The flags argument, if present, controls which future statements influence
        /// the compilation of the code.
        /// The dont_inherit argument, if true, stops the compilation inheriting
        /// the effects of any future statements in effect in the code calling
        /// compile; if absent or false these statements do influence the compilation,
        /// in addition to any features explicitly specified.
        compile "($module, /, source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)" => compile;
        /// Evaluate the given source in the context of globals and locals.
        ///
        /// The source may be a string representing a Python expression
        /// or a code object as returned by compile().
        /// The globals must be a dictionary and locals can be any mapping,
        /// defaulting to the current globals and locals.
        /// If only globals is given, locals defaults to it.
        eval "($module, source, /, globals=None, locals=None)" => eval;
        /// Execute the given source in the context of globals and locals.
        ///
        /// The source may be a string representing one or more Python statements
        /// or a code object as returned by compile().
        /// The globals must be a dictionary and locals can be any mapping,
        /// defaulting to the current globals and locals.
        /// If only globals is given, locals defaults to it.
        /// The closure must be a tuple of cellvars, and can only be used
        /// when source is a code object requiring exactly that many cellvars.
        exec "($module, source, /, globals=None, locals=None, *, closure=None)" => exec;
    }
}

/// Bits of the argument `flags` of `compile`, as in CPython's `compile.h`.
mod bits {
    /// `ast.PyCF_ONLY_AST`
    pub(super) const ONLY_AST: u32 = 0x400;
    /// `ast.PyCF_OPTIMIZED_AST`, which contains [`ONLY_AST`].
    pub(super) const OPTIMIZED_AST: u32 = 0x8400;
    /// `codeop.PyCF_ALLOW_INCOMPLETE_INPUT`
    pub(super) const ALLOW_INCOMPLETE_INPUT: u32 = 0x4000;
    /// What else is known: do not imply dedent, UTF-8, type comments, optimized AST.
    pub(super) const OTHERS: u32 = 0x8000 | 0x1000 | 0x200 | 0x100;
}

/// What `compile` is asked for.
struct Request<'a> {
    filename: &'a str,
    mode: Mode,
    /// Features, and bits of [`bits`].
    flags: u32,
    optimize: u8,
}

fn compile(vm: &mut Vm, args: &[Value]) -> R {
    let filename = file_name(vm, args[1])?;
    let mode = match vm.as_str(args[2]) {
        Some(mode) => mode.to_text(),
        None => {
            let class = vm.type_name(args[2]);
            return Err(
                vm.type_error(format!("compile() argument 'mode' must be str, not {class}"))
            );
        }
    };
    let flags = known_flags(vm, args[3])?;
    let dont_inherit = vm.truth(args[4])?;
    let optimize = match vm.index_of(args[5])? {
        -1 => vm.config.optimize,
        level @ 0..=2 => level as u8,
        _ => return Err(vm.value_error("compile(): invalid optimize value")),
    };
    let mode = mode_named(vm, &mode, flags)?;
    let inherited = if dont_inherit { 0 } else { inherited_features(vm) };
    let request = Request { filename: &filename, mode, flags: flags | inherited, optimize };
    if syntax_tree::is_node(vm, args[0])? {
        return compile_object(vm, args[0], &request);
    }
    let text = source_text(vm, args[0], "compile", "string, bytes or AST")?;
    if flags & bits::ONLY_AST != 0 {
        return parse_text(vm, &text, &request);
    }
    Ok(compile_text(vm, &text, &request)?.value())
}

fn known_flags(vm: &mut Vm, flags: Value) -> R<u32> {
    let flags = vm.index_of(flags)?;
    let known = compile_flags::FUTURE_MASK
        | compile_flags::ALLOW_TOP_LEVEL_AWAIT
        | bits::ONLY_AST
        | bits::ALLOW_INCOMPLETE_INPUT
        | bits::OTHERS;
    match u32::try_from(flags).ok().filter(|flags| flags & !known == 0) {
        Some(flags) => Ok(flags),
        None => Err(vm.value_error("compile(): unrecognised flags")),
    }
}

fn mode_named(vm: &mut Vm, mode: &str, flags: u32) -> R<Mode> {
    let only_tree = flags & bits::ONLY_AST != 0;
    match mode {
        "exec" => Ok(Mode::Exec),
        "eval" => Ok(Mode::Eval),
        "single" => Ok(Mode::Single),
        "func_type" if only_tree => Ok(Mode::FunctionType),
        "func_type" => {
            Err(vm.value_error("compile() mode 'func_type' requires flag PyCF_ONLY_AST"))
        }
        _ => Err(vm.value_error(if only_tree {
            "compile() mode must be 'exec', 'eval', 'single' or 'func_type'"
        } else {
            "compile() mode must be 'exec', 'eval' or 'single'"
        })),
    }
}

/// `os.fsdecode(filename)`
fn file_name(vm: &mut Vm, value: Value) -> R<String> {
    let mut path = value;
    if vm.as_str(path).is_none() && vm.as_bytes(path).is_none() {
        path = match vm.call_special(value, vm.names.__fspath__, &[])? {
            Some(path) => path,
            None => {
                let class = vm.type_name(value);
                return Err(vm.type_error(format!(
                    "expected str, bytes or os.PathLike object, not {class}"
                )));
            }
        };
    }
    if let Some(bytes) = vm.as_bytes(path) {
        path = vm.str_os(bytes.data());
    }
    vm.text_of(path, "filename").map(Cow::into_owned)
}

/// Future features of the code that called the running function.
fn inherited_features(vm: &Vm) -> u32 {
    vm.stack
        .frames
        .last()
        .map_or(0, |frame| frame.code.get().code.flags & compile_flags::FUTURE_MASK)
}

/// The text of a source argument; TypeError naming `function` and what it `wants`.
fn source_text(vm: &mut Vm, source: Value, function: &str, wants: &str) -> R<Cow<'static, str>> {
    if let Some(str) = vm.as_str(source) {
        return match str.as_utf8() {
            Some(text) if text.contains('\0') => Err(null_bytes(vm)),
            Some(text) => Ok(Cow::Borrowed(text)),
            None => Err(surrogates(vm, str)),
        };
    }
    if slot(vm, source, |s| s.buffer.get().is_none()) {
        return Err(vm.type_error(format!("{function}() arg 1 must be a {wants} object")));
    }
    let bytes = vm.buffer_of(source)?.bytes().to_vec();
    if bytes.contains(&0) {
        return Err(null_bytes(vm));
    }
    match decode_source(&bytes) {
        Ok(text) => Ok(Cow::Owned(text)),
        Err(error) => Err(raise_syntax_error(vm, &error, "<string>")),
    }
}

#[cold]
fn null_bytes(vm: &mut Vm) -> haft_core::Raised {
    vm.raise(vm.exc.syntax_error, "source code string cannot contain null bytes")
}

/// UnicodeEncodeError for the first run of surrogates.
#[cold]
fn surrogates(vm: &mut Vm, str: Str) -> haft_core::Raised {
    let is_surrogate = |c: u32| (0xD800..0xE000).contains(&c);
    let mut points =
        haft_text::wtf8::code_points(str.bytes()).enumerate().filter(|&(_, c)| is_surrogate(c));
    let start = points.next().map_or(0, |(at, _)| at);
    let run = 1 + points.enumerate().take_while(|&(i, (at, _))| at == start + 1 + i).count();
    let (codec, reason) = (vm.str("utf-8"), vm.str("surrogates not allowed"));
    let (start, end) = (vm.int_usize(start), vm.int_usize(start + run));
    vm.raise_with(vm.exc.unicode_encode_error, &[codec, str.value(), start, end, reason])
}

impl Request<'_> {
    fn options(&self) -> Options {
        let features = compile_flags::FUTURE_MASK | compile_flags::ALLOW_TOP_LEVEL_AWAIT;
        Options {
            filename: self.filename.to_owned(),
            mode: self.mode,
            flags: self.flags & features,
            optimize: self.optimize,
        }
    }

    /// What the compiler made, after its warnings; or its error, raised.
    fn outcome<T>(
        &self,
        vm: &mut Vm,
        result: Result<(T, Vec<Warning>), Box<CompileError>>,
    ) -> R<T> {
        match result {
            Ok((made, warnings)) => {
                for warning in &warnings {
                    show_warning(vm, warning, self.filename)?;
                }
                Ok(made)
            }
            Err(mut error) => {
                error.incomplete &= self.flags & bits::ALLOW_INCOMPLETE_INPUT != 0;
                Err(raise_syntax_error(vm, &error, self.filename))
            }
        }
    }
}

fn compile_text(vm: &mut Vm, text: &str, request: &Request<'_>) -> R<PayloadRef<CodeObject>> {
    let result = haft_compiler::compile(text, &request.options());
    let code = request.outcome(vm, result)?;
    load_code(vm, code)
}

/// The tree of a text as objects.
fn parse_text(vm: &mut Vm, text: &str, request: &Request<'_>) -> R {
    let result = haft_compiler::parse_tree(text, &request.options());
    let node = request.outcome(vm, result)?;
    syntax_tree::show(vm, &node)
}

/// Compile a tree of objects, or give it back if only a tree is wanted.
fn compile_object(vm: &mut Vm, object: Value, request: &Request<'_>) -> R {
    if request.flags & bits::OPTIMIZED_AST == bits::ONLY_AST {
        return Ok(object);
    }
    let wanted = match request.mode {
        Mode::Exec => Kind::Module,
        Mode::Eval => Kind::Expression,
        Mode::Single => Kind::Interactive,
        Mode::FunctionType => Kind::FunctionType,
    };
    syntax_tree::expect_kind(vm, object, wanted)?;
    let root = syntax_tree::read(vm, object, Group::Mod)?;
    if let Err(invalid) = validate(&root) {
        return Err(match invalid.kind {
            InvalidKind::Value => vm.value_error(&invalid.message),
            InvalidKind::Type => vm.type_error(&invalid.message),
        });
    }
    if request.flags & bits::ONLY_AST != 0 {
        return syntax_tree::show(vm, &root);
    }
    let result = haft_compiler::compile_tree(root, &request.options());
    let code = request.outcome(vm, result)?;
    Ok(load_code(vm, code)?.value())
}

/// Issue a warning of the compiler. One that the filters turn into an error is a SyntaxError at its place.
fn show_warning(vm: &mut Vm, warning: &Warning, filename: &str) -> R<()> {
    let class = match warning.category {
        WarningCategory::Syntax => vm.exc.syntax_warning,
        WarningCategory::Deprecation => vm.exc.deprecation_warning,
    };
    let site = Site {
        filename: filename.to_owned(),
        line: warning.line,
        text: Some(warning.text.clone()),
    };
    match warn_explicit(vm, class, &warning.message, &site) {
        Err(raised) if vm.raised_is(vm.exc.syntax_warning) => {
            vm.take_raised(raised);
            let error = CompileError {
                kind: haft_compiler::ErrorKind::Syntax,
                message: warning.message.clone(),
                line: warning.line,
                column: warning.column,
                end_line: warning.end_line,
                end_column: warning.end_column.cast_signed(),
                text: warning.text.clone(),
                incomplete: false,
                late: false,
            };
            Err(raise_syntax_error(vm, &error, filename))
        }
        result => result,
    }
}

/// Namespaces that code runs in.
struct Namespaces {
    globals: Dict,
    locals: Value,
}

/// The namespaces for `eval` or `exec`: those given, or the caller's.
fn namespaces(vm: &mut Vm, function: &str, globals: Value, locals: Value) -> R<Namespaces> {
    let chosen = if globals.is_none() {
        let Some(current) = vm.current_globals() else {
            return Err(vm.system_error("globals and locals cannot be NULL"));
        };
        let locals = if locals.is_none() { vm.current_locals()? } else { locals };
        Namespaces { globals: current, locals }
    } else {
        let Some(dict) = vm.as_dict(globals) else {
            return Err(wrong_globals(vm, function, globals));
        };
        Namespaces { globals: dict, locals: if locals.is_none() { globals } else { locals } }
    };
    if slot(vm, chosen.locals, |s| s.getitem.get().is_none()) {
        let class = vm.type_name(chosen.locals);
        return Err(if function == "exec" {
            vm.type_error(format!("locals must be a mapping or None, not {class}"))
        } else {
            vm.type_error("locals must be a mapping")
        });
    }
    let name = vm.names.__builtins__;
    if vm.dict_get_name(chosen.globals, name).is_none() {
        let builtins = running_builtins(vm);
        vm.dict_set_name(chosen.globals, name, builtins.value());
    }
    Ok(chosen)
}

/// The builtins of the running code.
fn running_builtins(vm: &Vm) -> Dict {
    vm.stack.frames.last().map_or(vm.builtins, |frame| frame.builtins)
}

#[cold]
fn wrong_globals(vm: &mut Vm, function: &str, globals: Value) -> haft_core::Raised {
    let class = vm.type_name(globals);
    if function == "exec" {
        return vm.type_error(format!("exec() globals must be a dict, not {class}"));
    }
    let is_mapping = slot(vm, globals, |s| s.getitem.get().is_some());
    vm.type_error(if is_mapping {
        "globals must be a real dict; try eval(code, {}, mapping)"
    } else {
        "globals must be a dict"
    })
}

fn eval(vm: &mut Vm, args: &[Value]) -> R {
    let spaces = namespaces(vm, "eval", args[1], args[2])?;
    if let Some(code) = PayloadRef::<CodeObject>::of_value(args[0]) {
        if !code.code.freevars.is_empty() {
            return Err(
                vm.type_error("code object passed to eval() may not contain free variables")
            );
        }
        return exec_code(vm, code, spaces.globals, spaces.locals);
    }
    let text = source_text(vm, args[0], "eval", "string, bytes or code")?;
    let text = text.trim_start_matches([' ', '\t']);
    let request = Request {
        filename: "<string>",
        mode: Mode::Eval,
        flags: inherited_features(vm),
        optimize: vm.config.optimize,
    };
    let code = compile_text(vm, text, &request)?;
    exec_code(vm, code, spaces.globals, spaces.locals)
}

fn exec(vm: &mut Vm, args: &[Value]) -> R {
    let spaces = namespaces(vm, "exec", args[1], args[2])?;
    let closure = args[3];
    if let Some(code) = PayloadRef::<CodeObject>::of_value(args[0]) {
        run_code(vm, code, &spaces, closure)?;
        return Ok(Value::NONE);
    }
    if !closure.is_none() {
        return Err(vm.type_error("closure can only be used when source is a code object"));
    }
    let text = source_text(vm, args[0], "exec", "string, bytes or code")?;
    let request = Request {
        filename: "<string>",
        mode: Mode::Exec,
        flags: inherited_features(vm),
        optimize: vm.config.optimize,
    };
    let code = compile_text(vm, &text, &request)?;
    exec_code(vm, code, spaces.globals, spaces.locals)?;
    Ok(Value::NONE)
}

/// Run a code object; one with free variables needs cells for them.
fn run_code(vm: &mut Vm, code: PayloadRef<CodeObject>, spaces: &Namespaces, closure: Value) -> R {
    let n_free = code.code.freevars.len();
    if n_free == 0 {
        if !closure.is_none() {
            return Err(vm.type_error("cannot use a closure with this code object"));
        }
        return exec_code(vm, code, spaces.globals, spaces.locals);
    }
    let cells = closure.as_ptr().and_then(Tuple::of).map(Tuple::items);
    if !cells.is_some_and(|cells| {
        cells.len() == n_free && cells.iter().all(|&cell| CellObject::of(cell).is_some())
    }) {
        return Err(
            vm.type_error(format!("code object requires a closure of exactly length {n_free}"))
        );
    }
    let function = vm.make_function(code, spaces.globals);
    vm.heap.barrier(function.obj());
    function.closure.set(closure);
    run_class_body(vm, function, spaces.locals)
}
