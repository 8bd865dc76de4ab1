//! The headers of `headers/hpy/` that are made from the tables of `hpy-abi/`.
#![expect(clippy::format_push_string, reason = "a file is written line by line")]

use haft_hpy_abi::types::{
    CapsulePart, DefKind, MemberType, RichCmpOp, Shape, Source, SpecParamKind,
};
use haft_hpy_abi::words::{METHODS, NUMBERS};
use haft_hpy_abi::{ErrorValue, Function, Kind, ROWS, Row, Signature, TypeSlot};

/// What precedes every generated header.
fn head(about: &str) -> String {
    format!(
        "/* {about} Made by `cargo xtask gen` from the tables in hpy-abi/src; edit those. */\n\n"
    )
}

/// A declaration of something of that kind.
fn declared(kind: Kind, name: &str) -> String {
    let (name, ty) = (name.trim_end_matches('_'), kind.c_type());
    match kind {
        Kind::ItemHandles => format!("{ty}{name}[]"),
        _ if ty.ends_with('*') => format!("{ty}{name}"),
        _ => format!("{ty} {name}"),
    }
}

/// The parameters of a function of the context.
fn parameters(list: &[(&str, Kind)]) -> String {
    let rest = list.iter().map(|(name, kind)| format!(", {}", declared(*kind, name)));
    format!("HPyContext *ctx{}", rest.collect::<String>())
}

/// Names and values of an enumeration, with a comment on each.
fn enumeration<'a>(name: &str, rows: impl Iterator<Item = (String, i32, &'a str)>) -> String {
    let rows = rows.map(|(row, number, doc)| {
        let doc = doc.trim().trim_end_matches('.');
        format!("    {row} = {number}, /* {doc} */\n")
    });
    format!("typedef enum {{\n{}}} {name};\n\n", rows.collect::<String>())
}

/// `headers/hpy/autogen_enums.h`
pub(super) fn enums() -> String {
    let mut text = head("Numbers with names.");
    text += "#ifndef HPY_AUTOGEN_ENUMS_H\n#define HPY_AUTOGEN_ENUMS_H\n\n";
    for (name, rows) in [
        (Source::C_NAME, Source::ROWS),
        (CapsulePart::C_NAME, CapsulePart::ROWS),
        (RichCmpOp::C_NAME, RichCmpOp::ROWS),
        (DefKind::C_NAME, DefKind::ROWS),
        (MemberType::C_NAME, MemberType::ROWS),
        (Shape::C_NAME, Shape::ROWS),
        (SpecParamKind::C_NAME, SpecParamKind::ROWS),
    ] {
        text += &enumeration(name, rows.iter().map(|(row, n, doc)| ((*row).to_owned(), *n, *doc)));
    }
    let signatures = Signature::ALL.iter().map(|signature| {
        (format!("HPyFunc_{}", signature.c_name()), signature.number(), signature.doc())
    });
    text += &enumeration("HPyFunc_Signature", signatures);
    text + "#endif /* HPY_AUTOGEN_ENUMS_H */\n"
}

/// `headers/hpy/autogen_hpyslot.h`
pub(super) fn slots() -> String {
    let mut text = head("Slots of types and modules, and the signatures of the functions in them.");
    text += "#ifndef HPY_AUTOGEN_HPYSLOT_H\n#define HPY_AUTOGEN_HPYSLOT_H\n\n";
    let rows =
        TypeSlot::ALL.iter().map(|slot| (slot.c_name().to_owned(), slot.number(), slot.doc()));
    text += &enumeration("HPySlot_Slot", rows);
    for slot in TypeSlot::ALL {
        let (name, signature) = (slot.c_name(), slot.signature().c_name());
        text += &format!("#define _HPySlot_SIG__{name} HPyFunc_{signature}\n");
    }
    text + "\n#endif /* HPY_AUTOGEN_HPYSLOT_H */\n"
}

/// The parameters of a function of a module.
fn function_parameters(signature: Signature) -> String {
    let context = signature.has_context().then(|| "HPyContext *ctx".to_owned());
    let rest = signature.parameters().iter().map(|(name, kind)| declared(*kind, name));
    context.into_iter().chain(rest).collect::<Vec<_>>().join(", ")
}

/// The signatures that have functions in definitions.
fn declarable() -> impl Iterator<Item = Signature> {
    let others = [Signature::CapsuleDestructor, Signature::VectorCall];
    Signature::ALL.iter().copied().filter(move |signature| !others.contains(signature))
}

/// `headers/hpy/autogen_hpyfunc_declare.h`
pub(super) fn declarations() -> String {
    let mut text = head("The signatures of functions of a module.");
    text += "#ifndef HPY_AUTOGEN_HPYFUNC_DECLARE_H\n#define HPY_AUTOGEN_HPYFUNC_DECLARE_H\n\n";
    for signature in declarable() {
        let (name, parameters) = (signature.c_name(), function_parameters(signature));
        let result = declared(signature.result(), "SYM");
        text += &format!(
            "#define _HPyFunc_DECLARE_HPyFunc_{name}(SYM) static {result}({parameters})\n"
        );
    }
    text += "\n";
    for signature in declarable() {
        let (name, parameters) =
            (signature.c_name().to_lowercase(), function_parameters(signature));
        let result = declared(signature.result(), &format!("(*HPyFunc_{name})"));
        text += &format!("/* {} */\ntypedef {result}({parameters});\n", signature.doc().trim());
    }
    text + "\n#endif /* HPY_AUTOGEN_HPYFUNC_DECLARE_H */\n"
}

/// `headers/hpy/universal/autogen_ctx.h`
pub(super) fn context() -> String {
    let mut text = head("The context.");
    text += "#ifndef HPY_AUTOGEN_CTX_H\n#define HPY_AUTOGEN_CTX_H\n\nstruct _HPyContext_s {\n";
    text += "    const char *name; /* which host, and in which mode */\n";
    text += "    void *_private;   /* the host's own business */\n    int abi_version;\n";
    for row in ROWS {
        let field = match row.function {
            None => format!("HPy {}", row.field),
            Some(function) => {
                let pointer = declared(function.result, &format!("(*{})", row.field));
                format!("{pointer}({})", parameters(function.parameters))
            }
        };
        text += &format!("    {field};\n");
    }
    text + "};\n\n#endif /* HPY_AUTOGEN_CTX_H */\n"
}

/// Functions that are more than a call: they are in `misc_trampolines.h`, or cannot be called.
const BY_HAND: &[&str] = &[
    "HPy_New",
    "HPy_FatalError",
    "_HPyCapsule_Get",
    "_HPyCapsule_Set",
    "HPy_FromPyObject",
    "HPy_AsPyObject",
];

/// `headers/hpy/universal/autogen_trampolines.h`
pub(super) fn functions() -> String {
    let mut text = head("The functions of HPy, which call those of the context.");
    text += "#ifndef HPY_AUTOGEN_TRAMPOLINES_H\n#define HPY_AUTOGEN_TRAMPOLINES_H\n\n";
    for row in ROWS {
        if let Some(function) = row.function.filter(|function| !BY_HAND.contains(&function.api)) {
            text += &wrapper(row, &function);
        }
    }
    text + "#endif /* HPY_AUTOGEN_TRAMPOLINES_H */\n"
}

fn wrapper(row: &Row, function: &Function) -> String {
    let names: String = function
        .parameters
        .iter()
        .map(|(name, _)| format!(", {}", name.trim_end_matches('_')))
        .collect();
    let call = format!("ctx->{}(ctx{names});", row.field);
    // A function that raises gives null, so that C can return what it gives.
    let raises = function.error == ErrorValue::Raises;
    let quick = quick(function, &names);
    let (result, body) = match function.result {
        Kind::Unit if raises => (Kind::Owned, format!("    {call}\n    return HPy_NULL;\n")),
        Kind::Unit => (Kind::Unit, format!("    {call}\n")),
        result => (result, format!("    return {call}\n")),
    };
    format!(
        "/* {} */\nHPyAPI_FUNC {}({})\n{{\n{quick}{body}}}\n\n",
        row.doc.trim(),
        declared(result, function.api),
        parameters(function.parameters)
    )
}

/// What a function of `headers/haft/words.h` does first.
fn quick(function: &Function, names: &str) -> String {
    let method = function.method;
    if !METHODS.contains(&method) {
        return String::new();
    }
    if function.result == Kind::Unit {
        return format!("    if (_HAFT_DONE(_Haft_{method}(ctx{names})))\n        return;\n");
    }
    let result = declared(function.result, "result");
    format!(
        "    {result};\n    if (_HAFT_DONE(_Haft_{method}(ctx{names}, &result)))\n        return result;\n"
    )
}

/// `headers/haft/autogen_words.h`
pub(super) fn words() -> String {
    let mut text = head("The words of values in Haft.");
    text += "#ifndef HAFT_AUTOGEN_WORDS_H\n#define HAFT_AUTOGEN_WORDS_H\n\n";
    for (name, number, doc) in NUMBERS {
        text += &format!("/* {} */\n#define _HAFT_{name} {number}\n", doc.trim());
    }
    text + "\n#endif /* HAFT_AUTOGEN_WORDS_H */\n"
}

/// `headers/hpy/universal/autogen_hpyfunc_trampolines.h`
pub(super) fn trampolines() -> String {
    let mut text = head(
        "What CPython calls: functions of CPython's own types that hand their arguments, in a structure, to the context.",
    );
    text +=
        "#ifndef HPY_AUTOGEN_HPYFUNC_TRAMPOLINES_H\n#define HPY_AUTOGEN_HPYFUNC_TRAMPOLINES_H\n\n";
    for signature in declarable() {
        text += &match signature {
            Signature::Destroy => DESTROY.to_owned(),
            Signature::ModCreate => MOD_CREATE.to_owned(),
            _ => trampoline(signature),
        };
    }
    text += CAPSULE;
    text + "\n#endif /* HPY_AUTOGEN_HPYFUNC_TRAMPOLINES_H */\n"
}

/// CPython never calls it: the host's deallocator calls the function itself.
const DESTROY: &str = "#define _HPyFunc_TRAMPOLINE_HPyFunc_DESTROYFUNC(SYM, IMPL) \\\n    \
    static void SYM(void) { abort(); }\n\n";

/// CPython passes its own definition too.
const MOD_CREATE: &str = "\
typedef struct {
    cpy_PyObject *spec;
    cpy_PyObject *result;
} _HPyFunc_args_MOD_CREATE;

#define _HPyFunc_TRAMPOLINE_HPyFunc_MOD_CREATE(SYM, IMPL) \\
    static cpy_PyObject *SYM(cpy_PyObject *spec, cpy_PyModuleDef *def) \\
    { \\
        _HPyFunc_args_MOD_CREATE a = {spec, NULL}; \\
        (void)def; \\
        _HPy_CallRealFunctionFromTrampoline( \\
            _ctx_for_trampolines, HPyFunc_MOD_CREATE, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \\
        return a.result; \\
    }

";

/// The destructor of a capsule gets the capsule.
const CAPSULE: &str = "\
#define HPyCapsule_DESTRUCTOR_TRAMPOLINE(SYM, IMPL) \\
    static void SYM(cpy_PyObject *capsule) \\
    { \\
        _HPy_CallRealFunctionFromTrampoline( \\
            _ctx_for_trampolines, HPyFunc_CAPSULE_DESTRUCTOR, _HPy_FUNCTION(HPyCFunction, IMPL), capsule); \\
    }
";

/// A type as CPython has it: of a parameter, and of the field that takes it.
fn in_cpython(signature: Signature, name: &str, kind: Kind) -> Vec<(String, String)> {
    let same = |text: &str| vec![(text.to_owned(), text.to_owned())];
    match (signature, kind) {
        // A tuple of positional arguments; no count.
        (Signature::Init | Signature::New, Kind::Handles) => same("cpy_PyObject *args"),
        (Signature::Init | Signature::New, Kind::SignedCount) => Vec::new(),
        (Signature::Traverse, Kind::Data) if name == "object" => same("cpy_PyObject *self"),
        (Signature::Varargs, Kind::Count) => same("HPy_ssize_t nargs"),
        (_, Kind::Comparison) => vec![(format!("int {name}"), format!("HPy_RichCmpOp {name}"))],
        (_, Kind::Handle | Kind::NullableHandle) => same(&format!("cpy_PyObject *{name}")),
        (_, Kind::Handles) => same(&format!("cpy_PyObject *const *{name}")),
        (_, Kind::Buffer) => same(&format!("cpy_Py_buffer *{name}")),
        (_, Kind::Visit) => same(&format!("cpy_visitproc {name}")),
        _ => same(&declared(kind, name)),
    }
}

fn trampoline(signature: Signature) -> String {
    let c_name = signature.c_name();
    let fields: Vec<_> = signature
        .parameters()
        .iter()
        .flat_map(|(name, kind)| in_cpython(signature, name.trim_end_matches('_'), *kind))
        .collect();
    let result = match signature.result() {
        Kind::Unit => None,
        Kind::Owned => Some("cpy_PyObject *".to_owned()),
        kind => Some(format!("{} ", kind.c_type())),
    };
    let structure: String = fields.iter().map(|(_, field)| format!("    {field};\n")).collect();
    let parameters: Vec<_> = fields.iter().map(|(parameter, _)| parameter.as_str()).collect();
    let values: Vec<_> = fields.iter().map(|(parameter, field)| value(parameter, field)).collect();
    let zero = match signature.result() {
        Kind::Unit => "",
        Kind::Owned => ", NULL",
        _ => ", 0",
    };
    let last = result.as_ref().map_or(String::new(), |ty| format!("    {ty}result;\n"));
    let ty = result.clone().unwrap_or_else(|| "void ".to_owned());
    let end = if result.is_some() { "        return a.result; \\\n" } else { "" };
    format!(
        "typedef struct {{\n{structure}{last}}} _HPyFunc_args_{c_name};\n\n\
         #define _HPyFunc_TRAMPOLINE_HPyFunc_{c_name}(SYM, IMPL) \\\n    \
         static {ty}SYM({}) \\\n    {{ \\\n        \
         _HPyFunc_args_{c_name} a = {{{}{zero}}}; \\\n        \
         _HPy_CallRealFunctionFromTrampoline( \\\n            \
         _ctx_for_trampolines, HPyFunc_{c_name}, _HPy_FUNCTION(HPyCFunction, IMPL), &a); \\\n{end}    }}\n\n",
        parameters.join(", "),
        values.join(", ")
    )
}

/// What a field gets from its parameter.
fn value(parameter: &str, field: &str) -> String {
    let name = parameter.rsplit([' ', '*']).next().unwrap_or(parameter);
    match field.strip_suffix(name) {
        Some(ty) if parameter != field => format!("({}){name}", ty.trim()),
        _ => name.to_owned(),
    }
}
