//! What `site` does at the start, without Python: installed packages, and the names it adds to `builtins`.
use std::any::Any;
use std::path::Path;

use haft_builtins::runtime::import;
use haft_core::object::{PayloadRef, Slots, Type};
use haft_core::vm::{Args, Extension, TypeSpec};
use haft_core::{R, Tracer, Value, Vm, payload};

payload! {
    /// `exit`, `quit`, `help`, `copyright`, `credits`, `license`: objects that explain themselves.
    struct SiteBuiltin {
        name: &'static str,
    }
}

#[derive(Debug)]
struct SiteClass(Type);

impl Extension for SiteClass {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.0.obj());
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

const NAMES: [&str; 6] = ["exit", "quit", "help", "copyright", "credits", "license"];

/// Add the names to `builtins`.
pub(crate) fn install(vm: &mut Vm) {
    let slots = |s: &Slots| {
        s.repr.set(Some(repr));
        s.call.set(Some(call));
    };
    let class = vm.new_builtin_type(&TypeSpec {
        slots,
        ..TypeSpec::of::<SiteBuiltin>("_sitebuiltins.Helper")
    });
    vm.set_extension(SiteClass(class));
    for name in NAMES {
        let value = vm.new_payload(class, SiteBuiltin { name });
        vm.dict_set_str(vm.builtins, name, value);
    }
}

fn this(vm: &mut Vm, value: Value) -> R<&'static str> {
    let this: PayloadRef<SiteBuiltin> = vm.this(value, "__call__", "_Helper")?;
    Ok(this.name)
}

fn text(name: &str) -> String {
    match name {
        "exit" | "quit" => format!("Use {name}() or Ctrl-D (i.e. EOF) to exit"),
        "help" => "Type help() for interactive help, or help(object) for help about object.".to_owned(),
        "credits" => "Haft is made by its developers; its standard library is that of CPython, made by a cast of thousands.".to_owned(),
        "license" => "Haft: MIT OR Apache-2.0. The standard library: Python Software Foundation License Version 2.".to_owned(),
        _ => "Copyright (c) the Haft developers.\nAll Rights Reserved.\n\nThe standard library is\n\
              Copyright (c) 2001 Python Software Foundation.\nAll Rights Reserved."
            .to_owned(),
    }
}

fn repr(vm: &mut Vm, value: Value) -> R {
    let name = this(vm, value)?;
    Ok(vm.str(&text(name)))
}

fn call(vm: &mut Vm, value: Value, args: &Args<'_>) -> R {
    match this(vm, value)? {
        "exit" | "quit" => {
            let bound = vm.bind_signature("exit", "(code=None)", args)?;
            Err(vm.raise_with(vm.exc.system_exit, &[bound[0]]))
        }
        "help" => {
            let pydoc = import::import_module(vm, "pydoc")?;
            let help = vm.get_attr_str(pydoc, "help")?;
            vm.call(help, args)
        }
        name => {
            let stdout = vm.dict_get_str(vm.sys, "stdout").unwrap_or(Value::NONE);
            let text = vm.str(&format!("{}\n", text(name)));
            vm.call_method_str(stdout, "write", &[text])?;
            Ok(Value::NONE)
        }
    }
}

/// Add the folder of installed packages to `sys.path`, with what its `.pth` files say.
pub(crate) fn add_packages(vm: &mut Vm) -> R<()> {
    let Some(prefix) = vm.dict_get_str(vm.sys, "prefix").map(|prefix| vm.shown(prefix)) else {
        return Ok(());
    };
    let (major, minor, _) = haft_builtins::runtime::sys::VERSION_INFO;
    let folder = format!("{prefix}/lib/haft{major}.{minor}/site-packages");
    let Ok(names) = haft_host::directory::list(Path::new(&folder)) else { return Ok(()) };
    append_path(vm, &folder);
    let mut files: Vec<String> =
        names.into_iter().filter_map(|name| name.into_string().ok()).collect();
    files.retain(|name| {
        Path::new(name).extension().is_some_and(|suffix| suffix == "pth") && !name.starts_with('.')
    });
    files.sort();
    for file in files {
        add_pth(vm, &folder, &file)?;
    }
    Ok(())
}

fn append_path(vm: &mut Vm, folder: &str) {
    let folder = vm.str_os(folder.as_bytes());
    if let Some(path) = vm.dict_get_str(vm.sys, "path").and_then(|path| vm.as_list(path)) {
        path.push(&mut vm.heap, folder);
    }
}

/// A line of a `.pth` file is a folder, or an import statement to run.
fn add_pth(vm: &mut Vm, folder: &str, file: &str) -> R<()> {
    let Ok(bytes) = import::library::read_file(Path::new(&format!("{folder}/{file}"))) else {
        return Ok(());
    };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    for line in text.lines().map(str::trim_end) {
        if line.starts_with("import ") || line.starts_with("import\t") {
            let code = import::compile_text(vm, &format!("{line}\n"), "<string>")?;
            let namespace = vm.dict();
            import::run_source(vm, code, namespace)?;
        } else if !line.is_empty() && !line.starts_with('#') {
            let path = Path::new(folder).join(line);
            if import::library::is_folder(&path) {
                append_path(vm, &path.to_string_lossy());
            }
        }
    }
    Ok(())
}
