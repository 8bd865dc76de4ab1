//! What is compared: a program in C that prints it, and what Rust says of its own structures.

use std::mem::{offset_of, size_of};

use haft_hpy_abi::context::{FIRST_SLOT, N_SLOTS};
use haft_hpy_abi::signature::args;
use haft_hpy_abi::types::*;
use haft_hpy_abi::{HPyContext, Kind, ROWS, Signature, TypeSlot};

/// Calls a macro with every structure: its name and fields in C, and those in Rust.
macro_rules! for_each_structure {
    ($callback:ident) => {
        $callback! {
            HPy { _i = 0 }
            HPyField { _i = 0 }
            HPyGlobal { _i = 0 }
            HPyListBuilder { _lst = 0 }
            HPyTupleBuilder { _tup = 0 }
            HPyTracker { _i = 0 }
            HPyThreadState { _i = 0 }
            HPySlot { slot = slot, impl = impl_, cpy_trampoline = cpy_trampoline }
            HPyMeth { name = name, impl = impl_, cpy_trampoline = cpy_trampoline, signature = signature, doc = doc }
            HPyMember { name = name, type = type_, offset = offset, readonly = readonly, doc = doc }
            HPyGetSet {
                name = name, getter_impl = getter_impl, setter_impl = setter_impl,
                getter_cpy_trampoline = getter_cpy_trampoline, setter_cpy_trampoline = setter_cpy_trampoline,
                doc = doc, closure = closure
            }
            HPyDef { kind = kind, slot = def, meth = def, member = def, getset = def }
            HPyCapsule_Destructor { cpy_trampoline = cpy_trampoline, impl = impl_ }
            HPyCallFunction { cpy_trampoline = cpy_trampoline, impl = impl_ }
            HPyType_Spec {
                name = name, basicsize = basicsize, itemsize = itemsize, flags = flags, builtin_shape = builtin_shape,
                legacy_slots = legacy_slots, defines = defines, doc = doc
            }
            HPyType_SpecParam { kind = kind, object = object }
            HPyModuleDef { doc = doc, size = size, legacy_methods = legacy_methods, defines = defines, globals = globals }
            HPy_buffer {
                buf = buf, obj = obj, len = len, itemsize = itemsize, readonly = readonly, ndim = ndim, format = format,
                shape = shape, strides = strides, suboffsets = suboffsets, internal = internal
            }
        }
    };
}

macro_rules! c_structures {
    ($( $name:ident { $( $field:ident = $rust:tt ),* } )*) => {
        /// The structures and their fields in C.
        const STRUCTURES: &[(&str, &[&str])] =
            &[ $( (stringify!($name), &[ $( stringify!($field) ),* ]), )* ];
    };
}
for_each_structure!(c_structures);

macro_rules! rust_structures {
    ($( $name:ident { $( $field:ident = $rust:tt ),* } )*) => {
        /// What Rust says of the structures, in the program's words.
        fn structures() -> Vec<String> {
            let mut lines = Vec::new();
            $(
                lines.push(format!("sizeof {} {}", stringify!($name), size_of::<$name>()));
                $( lines.push(format!(
                    "offsetof {}.{} {}", stringify!($name), stringify!($field), offset_of!($name, $rust)
                )); )*
            )*
            lines
        }
    };
}
for_each_structure!(rust_structures);

/// Structures that only C has.
const C_ONLY: &[(&str, &[&str])] = &[
    ("HPyStructSequence_Field", &["name", "doc"]),
    ("HPyStructSequence_Desc", &["name", "doc", "fields"]),
    ("HPyType_Vectorcall", &["cpy_trampoline", "impl"]),
];

/// Macros that are numbers.
const MACROS: &[&str] = &[
    "HPY_ABI_VERSION",
    "HPY_ABI_VERSION_MINOR",
    "HPy_TPFLAGS_DEFAULT",
    "HPy_TPFLAGS_BASETYPE",
    "HPy_TPFLAGS_HAVE_VECTORCALL",
    "HPy_TPFLAGS_HAVE_GC",
    "HPY_SSIZE_T_MAX",
    "HPY_SSIZE_T_MIN",
    "sizeof(HPy_ssize_t)",
    "sizeof(HPy_hash_t)",
    "sizeof(HPy_UCS4)",
    "sizeof(HPySlot_Slot)",
    "sizeof(HPyFunc_Signature)",
    "sizeof(HPyMember_FieldType)",
    "sizeof(HPyType_BuiltinShape)",
    "sizeof(HPy_RichCmpOp)",
];

/// Macros that are texts.
const TEXTS: &[&str] = &["HPY_ABI", "HPY_ABI_TAG"];

/// Names and values of all enumerations.
fn enumerators() -> Vec<(String, i32)> {
    let tables = [
        DefKind::ROWS,
        Shape::ROWS,
        SpecParamKind::ROWS,
        CapsulePart::ROWS,
        Source::ROWS,
        RichCmpOp::ROWS,
        MemberType::ROWS,
    ];
    let rows = tables.iter().flat_map(|table| table.iter());
    let mut all: Vec<_> = rows.map(|(name, number, _)| ((*name).to_owned(), *number)).collect();
    all.extend(TypeSlot::ALL.iter().map(|slot| (slot.c_name().to_owned(), slot.number())));
    let name = |signature: &Signature| format!("HPyFunc_{}", signature.c_name());
    all.extend(Signature::ALL.iter().map(|signature| (name(signature), signature.number())));
    all
}

/// Signatures whose structure of arguments is in the headers.
fn with_arguments() -> impl Iterator<Item = Signature> {
    let none = [Signature::Destroy, Signature::CapsuleDestructor, Signature::VectorCall];
    Signature::ALL.iter().copied().filter(move |signature| !none.contains(signature))
}

/// A declaration in C.
fn declared(kind: Kind, name: &str) -> String {
    if kind == Kind::ItemHandles {
        return format!("HPy *{name}");
    }
    format!("{} {name}", kind.c_type())
}

/// The program. It also assigns every function of the context to a pointer of the type that the table says.
pub(crate) fn program() -> String {
    let mut text =
        "#include \"hpy.h\"\n#include <stdio.h>\n\nvoid signatures(HPyContext *ctx)\n{\n"
            .to_owned();
    for row in ROWS {
        let Some(function) = row.function else { continue };
        let parameters: String = function
            .parameters
            .iter()
            .map(|(_, kind)| format!(", {}", declared(*kind, "")))
            .collect();
        let pointer = declared(function.result, &format!("(*f{})", row.index));
        text += &format!(
            "    {pointer}(HPyContext *{parameters}) = ctx->{}; (void)f{};\n",
            row.field, row.index
        );
    }
    text += "}\n\nint main(void)\n{\n";
    let size = |name: &str| format!("    printf(\"sizeof {name} %zu\\n\", sizeof({name}));\n");
    let offset = |name: &str, field: &str| {
        format!("    printf(\"offsetof {name}.{field} %zu\\n\", offsetof({name}, {field}));\n")
    };
    for (name, fields) in STRUCTURES.iter().chain(C_ONLY) {
        text += &size(name);
        text.extend(fields.iter().map(|field| offset(name, field)));
    }
    text += "    printf(\"sizeof HPyContext %zu\\n\", sizeof(struct _HPyContext_s));\n";
    let others = ["name", "_private", "abi_version"];
    for field in others.into_iter().chain(ROWS.iter().map(|row| row.field)) {
        text += &format!(
            "    printf(\"offsetof HPyContext.{field} %zu\\n\", offsetof(struct _HPyContext_s, {field}));\n"
        );
    }
    for signature in with_arguments() {
        let name = format!("_HPyFunc_args_{}", signature.c_name());
        text += &size(&name);
        if signature.result() != Kind::Unit {
            text += &offset(&name, "result");
        }
    }
    for (name, _) in enumerators() {
        text += &format!("    printf(\"enum {name} %d\\n\", (int){name});\n");
    }
    for name in MACROS {
        text += &format!("    printf(\"macro {name} %lld\\n\", (long long)({name}));\n");
    }
    for name in TEXTS {
        text += &format!("    printf(\"text {name} %s\\n\", {name});\n");
    }
    text + "    return 0;\n}\n"
}

/// Signatures whose structure in Rust is not that of CPython's trampolines: they have a tuple where Rust has an array.
const OTHER_ARGUMENTS: &[Signature] = &[Signature::Init, Signature::New];

macro_rules! argument_sizes {
    ($( $(#[doc = $doc:literal])+ $number:literal $c:ident $name:ident $form:ident
        ($($parameter:ident: $kind:ident),*) -> $result:ident; )+) => {
        /// What Rust says of the structures of arguments.
        fn arguments() -> Vec<String> {
            let all: &[(Signature, usize)] =
                &[ $( (Signature::$name, size_of::<args::$name>()), )+ ];
            let compared = with_arguments().filter(|signature| !OTHER_ARGUMENTS.contains(signature));
            compared
                .map(|signature| {
                    let size = all.iter().find(|(other, _)| *other == signature).map_or(0, |(_, size)| *size);
                    format!("sizeof _HPyFunc_args_{} {size}", signature.c_name())
                })
                .collect()
        }
    };
}
haft_hpy_abi::for_each_signature!(argument_sizes);

/// What Rust says, in the program's words.
pub(crate) fn in_rust() -> Vec<String> {
    let mut lines = structures();
    lines.extend(arguments());
    lines.push(format!("sizeof HPyContext {}", size_of::<HPyContext>()));
    lines
        .extend(ROWS.iter().map(|row| {
            format!("offsetof HPyContext.{} {}", row.field, FIRST_SLOT + 8 * row.index)
        }));
    assert_eq!(ROWS.len(), N_SLOTS);
    lines.extend(enumerators().into_iter().map(|(name, number)| format!("enum {name} {number}")));
    for (name, value) in [
        ("HPY_ABI_VERSION", i64::from(ABI_VERSION)),
        ("HPY_ABI_VERSION_MINOR", i64::from(ABI_VERSION_MINOR)),
        ("HPy_TPFLAGS_DEFAULT", TPFLAGS_DEFAULT.cast_signed()),
        ("HPy_TPFLAGS_BASETYPE", TPFLAGS_BASETYPE.cast_signed()),
        ("HPy_TPFLAGS_HAVE_VECTORCALL", TPFLAGS_HAVE_VECTORCALL.cast_signed()),
        ("HPy_TPFLAGS_HAVE_GC", TPFLAGS_HAVE_GC.cast_signed()),
    ] {
        lines.push(format!("macro {name} {value}"));
    }
    lines.push(format!("text HPY_ABI_TAG {ABI_TAG}"));
    lines
}
