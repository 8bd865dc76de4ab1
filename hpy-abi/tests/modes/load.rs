//! Modules of C: found, checked, initialised, and called; and those that cannot be.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use haft_hpy_abi::definition::ErrorClass;
use haft_hpy_abi::module::LoadErrorKind;
use haft_hpy_abi::typed::{ErrorSentinel, NativeType, TypedSignature};
use haft_hpy_abi::{Module, Signature};

use crate::fake;

/// The root of the project.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// Compiles a module.
fn build(compiler: &str, source: &Path, file: &str, flags: &[&str]) -> PathBuf {
    let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join(file);
    let mut command = Command::new(compiler);
    command
        .args(["-g", "-shared", "-fPIC", "-DHPY_ABI_UNIVERSAL", "-I"])
        .arg(root().join("headers"));
    let output = command.args(flags).arg(source).arg("-o").arg(&library).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    library
}

/// Compiles a module from its text.
fn build_text(name: &str, text: &str, flags: &[&str]) -> PathBuf {
    let source = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.c"));
    fs::write(&source, text).unwrap();
    build("cc", &source, &format!("{name}.hpy0.so"), flags)
}

/// A file of the tests of headers.
fn sample(name: &str) -> PathBuf {
    root().join("hpy-abi/tests/headers").join(name)
}

#[test]
fn a_module_of_everything() {
    let host = fake::context();
    let library = build("cc", &sample("everything.c"), "everything.hpy0.so", &[]);
    let module = Module::open(&library, "package.everything").unwrap();
    // SAFETY: it is a module of HPy.
    let definition = unsafe { module.init(host.cx()) }.unwrap().unwrap();
    assert_eq!(definition.doc, Some(c"Everything."));
    let methods: Vec<_> = definition.methods.iter().map(|m| (m.name, m.signature)).collect();
    assert_eq!(methods[0], (c"nothing", Signature::NoArgs));
    assert_eq!(methods[3], (c"pair", Signature::Keywords));
    assert_eq!((definition.exec.len(), definition.globals.len()), (1, 1));
    // SAFETY: its symbols are made by the header.
    let typed = unsafe { module.typed() };
    let [Ok(half)] = typed.as_slice() else { panic!("{typed:?}") };
    assert_eq!(half.signature, TypedSignature::parse("double(double)").unwrap());
    assert_eq!(half.sentinel, ErrorSentinel::Never);
    let method = definition.methods.iter().find(|method| method.name == c"half").unwrap();
    assert_eq!(method.def, half.def);
    let function = half.function;
    // SAFETY: the signature says that it has this type.
    let half: unsafe extern "C" fn(f64) -> f64 = unsafe { std::mem::transmute_copy(&function) };
    // SAFETY: it takes and returns a number.
    assert_eq!(unsafe { half(5.0) }.to_bits(), 2.5f64.to_bits());
}

#[test]
fn a_module_derived_from_functions_of_cpp() {
    let host = fake::context();
    let library = build("c++", &sample("derived.cpp"), "derived.hpy0.so", &["-std=c++17"]);
    let module = Module::open(&library, "derived").unwrap();
    // SAFETY: it is a module of HPy.
    let definition = unsafe { module.init(host.cx()) }.unwrap().unwrap();
    assert_eq!(definition.methods.len(), 10);
    // SAFETY: its symbols are made by the header.
    let typed: Vec<_> = unsafe { module.typed() }.into_iter().map(Result::unwrap).collect();
    let signature = |name: &str| {
        let found = typed.iter().find(|typed| typed.name == name);
        found.map(|typed| (typed.signature.clone(), typed.sentinel))
    };
    let parse = |text: &str| TypedSignature::parse(text).unwrap();
    assert_eq!(signature("half_def"), Some((parse("double(double)"), ErrorSentinel::Never)));
    let divide = (parse("int32(context, int32, int32)"), ErrorSentinel::Integer(-1));
    assert_eq!(signature("divide_def"), Some(divide));
    assert_eq!(signature("is_even_def"), Some((parse("bool(uint64)"), ErrorSentinel::Never)));
    assert_eq!(signature("nothing_def"), Some((parse("void()"), ErrorSentinel::Never)));
    assert_eq!(signature("Point_norm"), Some((parse("double(self)"), ErrorSentinel::Never)));
    assert_eq!(signature("Point_ratio"), None);
    assert_eq!(signature("shout_def"), None);
    let type_of = signature("type_of_def").unwrap();
    assert_eq!(type_of.0.arguments(), [NativeType::Handle]);
}

/// The text of a module with these fields of its definition.
fn text(name: &str, fields: &str) -> String {
    format!(
        "#include \"hpy.h\"\n\
         HPyDef_SLOT(run, HPy_mod_exec)\n\
         static int run_impl(HPyContext *ctx, HPy m) {{ (void)ctx, (void)m; return 0; }}\n\
         HPyDef_SLOT(make, HPy_mod_create)\n\
         static HPy make_impl(HPyContext *ctx, HPy s) {{ return HPy_Dup(ctx, s); }}\n\
         static HPyDef odd_kind = {{.kind = (HPyDef_Kind)9}};\n\
         static HPyDef odd_slot = {{.kind = HPyDef_Kind_Slot, .slot = {{.slot = (HPySlot_Slot)7, .impl = (HPyCFunction)run_impl}}}};\n\
         static HPyDef no_name = {{.kind = HPyDef_Kind_Meth, .meth = {{.signature = HPyFunc_O}}}};\n\
         static HPyDef odd_signature = {{.kind = HPyDef_Kind_Meth, .meth = {{.name = \"f\", .signature = HPyFunc_NEWFUNC}}}};\n\
         static HPyDef *defines[] = {{DEFINES, NULL}};\n\
         static HPyModuleDef module = {{.defines = defines, {fields}}};\n\
         void use(void) {{ (void)odd_kind, (void)odd_slot, (void)no_name, (void)odd_signature, (void)make, (void)run; }}\n\
         HPy_MODINIT({name}, module)\n"
    )
}

#[test]
fn definitions_that_cannot_be_used() {
    let host = fake::context();
    for (index, (defines, fields, class, message)) in [
        ("&run", ".size = -1", ErrorClass::System, "HPy does not permit HPyModuleDef.size < 0"),
        ("&run", ".size = 8", ErrorClass::System, "Module state is not supported yet"),
        ("&run", ".legacy_methods = (void *)1", ErrorClass::System, "not universal"),
        ("&odd_kind", "", ErrorClass::System, "unknown kind 9"),
        (
            "&odd_slot",
            "",
            ErrorClass::System,
            "Unsupported slot in HPyModuleDef.defines (value: 7).",
        ),
        ("&no_name", "", ErrorClass::System, "a definition of a method has no name"),
        ("&odd_signature", "", ErrorClass::Value, "Unsupported HPyMeth signature"),
        ("&make, &make", "", ErrorClass::System, "Multiple definitions of the HPy_mod_create slot"),
        ("&make, &run", "", ErrorClass::System, "some other slots or methods"),
        ("&make", ".doc = \"\"", ErrorClass::System, "not set to their default value"),
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("definition{index}");
        let flags = ["-w", &format!("-DDEFINES={defines}")];
        let library = build_text(&name, &text(&name, fields), &flags);
        let module = Module::open(&library, &name).unwrap();
        // SAFETY: it is a module of HPy, but for its definition.
        let error = unsafe { module.init(host.cx()) }.unwrap().unwrap_err();
        assert_eq!(error.class, class);
        assert!(error.message.contains(message), "{error}");
    }
}

#[test]
fn libraries_that_cannot_be_loaded() {
    let good = text("name", "");
    let flags = ["-w", "-DDEFINES=&run"];
    let with = |name: &str, flag: &str| build_text(name, &good, &[flags[0], flags[1], flag]);
    let fine = with("name", "-DX");
    let folder = fine.parent().unwrap();
    let copy = |name: &str| {
        let to = folder.join(name);
        fs::copy(&fine, &to).unwrap();
        to
    };
    let written = |name: &str, bytes: &[u8]| {
        let to = folder.join(name);
        fs::write(&to, bytes).unwrap();
        to
    };
    for (path, name, kind, message) in [
        (folder.join("none.hpy0.so"), "none", LoadErrorKind::File, "No such file"),
        (
            written("text.hpy0.so", b"def f(): pass\n"),
            "text",
            LoadErrorKind::Format,
            "not an ELF file: a text",
        ),
        (written("empty.hpy0.so", b""), "empty", LoadErrorKind::Format, "The file is empty"),
        (
            written("cut.hpy0.so", &fs::read(&fine).unwrap()[..100]),
            "cut",
            LoadErrorKind::Link,
            "dlopen",
        ),
        (
            copy("other.hpy0.so"),
            "other",
            LoadErrorKind::Symbol,
            "Is 'other' the name that HPy_MODINIT got?",
        ),
        (copy("name.so"), "name", LoadErrorKind::Tag, "could not find HPy ABI tag"),
        (
            copy("name.hpy7.so"),
            "name",
            LoadErrorKind::Tag,
            "Major version tag parsed from filename: 7.",
        ),
        (
            with("new", "-DHPY_ABI_VERSION=999"),
            "name",
            LoadErrorKind::Version,
            "Requested version: 999.0. Current HPy version: 0.0.",
        ),
        (
            with("newer", "-DHPY_ABI_VERSION_MINOR=1"),
            "name",
            LoadErrorKind::Version,
            "Requested version: 0.1.",
        ),
        (
            build_text("capi", "void *PyInit_capi(void) { return 0; }", &[]),
            "capi",
            LoadErrorKind::Symbol,
            "It is an extension module of CPython's C API",
        ),
        (
            build_text(
                "unresolved",
                "extern int missing(void); int f(void) { return missing(); }",
                &[],
            ),
            "unresolved",
            LoadErrorKind::Link,
            "missing",
        ),
    ] {
        let error = Module::open(&path, name).unwrap_err();
        assert_eq!(error.kind, kind, "{error}");
        assert!(error.message.contains(message), "{error}");
    }
    assert!(Module::open(&fine, "name").is_ok());
}

#[test]
fn init_functions_that_fail() {
    let host = fake::context();
    let versions = "#include <stdint.h>\nuint32_t get_required_hpy_major_version_NAME(void) { return 0; }\n\
        uint32_t get_required_hpy_minor_version_NAME(void) { return 0; }\n";
    for (name, rest, kind, message) in [
        (
            "noinit",
            "",
            LoadErrorKind::Symbol,
            "Cannot locate function 'HPyInitGlobalContext_noinit'",
        ),
        (
            "nullinit",
            "void HPyInitGlobalContext_NAME(void *c) { (void)c; } void *HPyInit_NAME(void) { return 0; }",
            LoadErrorKind::Init,
            "Function 'HPyInit_nullinit' returned NULL.",
        ),
    ] {
        let text = format!("{versions}{rest}").replace("NAME", name);
        let module = Module::open(&build_text(name, &text, &[]), name).unwrap();
        // SAFETY: what it has of the functions of a module has their types.
        let error = unsafe { module.init(host.cx()) }.unwrap_err();
        assert_eq!(error.kind, kind, "{error}");
        assert!(error.message.contains(message), "{error}");
    }
}
