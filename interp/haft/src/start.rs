//! From a command line to a runtime.
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use haft_builtins::number::set_max_str_digits;
use haft_builtins::runtime::{import, streams, sys};
use haft_core::vm::Config;
use haft_core::{R, Vm};
use haft_host::environment::variable;

use crate::library::Archive;
use crate::options::Options;
use crate::{jit, site};

/// How the program was started.
#[derive(Debug)]
pub(crate) struct Launch {
    pub(crate) options: Options,
    /// `sys.executable`
    pub(crate) executable: String,
    /// The whole command line.
    pub(crate) arguments: Vec<OsString>,
}

/// How deep the stack may get before Python code sees a RecursionError: as deep as that of the main thread of other
/// Pythons, with some more for frames that are not optimised. What is left is for code that recurses without asking,
/// and for handling the error.
const NATIVE_DEPTH: usize = 16 << 20;

impl Launch {
    /// Does `PYTHON…` in the environment count?
    fn uses_environment(&self) -> bool {
        self.options.count('E') == 0 && self.options.count('I') == 0
    }
    /// An environment variable that is set and not empty, unless the environment is to be ignored.
    pub(crate) fn environment(&self, name: &str) -> Option<OsString> {
        variable(OsStr::new(name)).filter(|value| self.uses_environment() && !value.is_empty())
    }
    /// A flag given as an option or by the environment.
    fn flag(&self, letter: char, name: &str) -> u8 {
        let given = self.options.count(letter);
        let number = |value: OsString| value.to_string_lossy().parse().unwrap_or(1).max(1);
        given.max(self.environment(name).map_or(0, number))
    }
    /// Is the folder of the program left out of `sys.path`?
    pub(crate) fn safe_path(&self) -> bool {
        self.options.count('I') > 0 || self.flag('P', "PYTHONSAFEPATH") > 0
    }
    /// Interactive after the program?
    pub(crate) fn inspect(&self) -> bool {
        self.flag('i', "PYTHONINSPECT") > 0
    }
    fn config(&self) -> Result<Config, String> {
        let mut flags: BTreeMap<char, u8> = self.options.flags.clone();
        let named = [
            ('B', "PYTHONDONTWRITEBYTECODE"),
            ('i', "PYTHONINSPECT"),
            ('s', "PYTHONNOUSERSITE"),
            ('u', "PYTHONUNBUFFERED"),
            ('v', "PYTHONVERBOSE"),
            ('P', "PYTHONSAFEPATH"),
        ];
        for (letter, name) in named {
            let count = self.flag(letter, name);
            if count > 0 {
                flags.insert(letter, count);
            }
        }
        flags.remove(&'O');
        let mut x_options = self.options.x_options.clone();
        if self.environment("PYTHONDEVMODE").is_some()
            && !x_options.iter().any(|option| option.0 == "dev")
        {
            x_options.push(("dev".to_owned(), None));
        }
        Ok(Config {
            argv: Vec::new(),
            executable: self.executable.clone(),
            x_options,
            warn_options: self.warn_options(),
            optimize: self.flag('O', "PYTHONOPTIMIZE"),
            flags,
            stdlib: variable(OsStr::new("HAFT_STDLIB")).map(PathBuf::from),
            hash_seed: self.hash_seed()?,
        })
    }
    /// Warning filters, later ones before earlier ones: environment, `-W`, and what `-b` means.
    fn warn_options(&self) -> Vec<String> {
        let mut all = Vec::new();
        if self.options.x_options.iter().any(|option| option.0 == "dev") {
            all.push("default".to_owned());
        }
        if let Some(given) = self.environment("PYTHONWARNINGS") {
            all.extend(given.to_string_lossy().split(',').map(str::to_owned));
        }
        all.extend(self.options.warnings.iter().cloned());
        match self.flag('b', "PYTHONBYTESWARNING") {
            0 => {}
            1 => all.push("default::BytesWarning".to_owned()),
            _ => all.push("error::BytesWarning".to_owned()),
        }
        all
    }
    fn hash_seed(&self) -> Result<Option<u64>, String> {
        let Some(given) = self.environment("PYTHONHASHSEED") else { return Ok(None) };
        if given == "random" {
            return Ok(None);
        }
        match given.to_string_lossy().parse::<u32>() {
            Ok(seed) => Ok(Some(u64::from(seed))),
            Err(_) => Err("Fatal Python error: config_init_hash_seed: PYTHONHASHSEED must be \"random\" or an integer in range \
                           [0; 4294967295]\nPython runtime state: preinitialized\n"
                .to_owned()),
        }
    }
}

/// Make the runtime: classes, modules, `sys`, streams. An error is a text for standard error.
pub(crate) fn start(launch: &Launch, stack_top: usize) -> Result<Box<Vm>, String> {
    let config = launch.config()?;
    let root = library_root(launch, &config)?;
    let mut vm = Vm::new(config).map_err(|error| format!("haft: cannot start: {error}\n"))?;
    vm.heap.set_stack_bounds(stack_top);
    let here = 0_u8;
    vm.stack.native_limit = (&raw const here).addr() - NATIVE_DEPTH;
    haft_builtins::install(&mut vm);
    haft_calc::install(&mut vm);
    haft_modules::install(&mut vm);
    haft_ffi::install(&mut vm);
    haft_hpy::install(&mut vm);
    if let Err(raised) = complete(&mut vm, launch, &root) {
        let error = vm.take_raised(raised);
        let text = haft_builtins::error::report::format_exception(&mut vm, error);
        return Err(format!("haft: cannot start\n{}", String::from_utf8_lossy(&text)));
    }
    jit::install(&mut vm)?;
    Ok(vm)
}

/// The folder that the library's modules are shown in.
fn library_root(launch: &Launch, config: &Config) -> Result<String, String> {
    let Some(folder) = &config.stdlib else { return Ok(format!("{}/Lib", launch.executable)) };
    if import::library::is_folder(folder) {
        return Ok(folder.to_string_lossy().into_owned());
    }
    Err(format!("haft: HAFT_STDLIB names no directory: {}\n", folder.display()))
}

fn complete(vm: &mut Vm, launch: &Launch, root: &str) -> R<()> {
    haft_builtins::finish(vm)?;
    site::install(vm);
    sys::set_builtin_module_names(vm);
    match Archive::open() {
        Some(archive) if vm.config.stdlib.is_none() => {
            import::library::set_packed(vm, Box::new(archive), root);
        }
        _ => import::library::set_directory(vm, root),
    }
    sys::set_arguments(vm, &launch.options.argv, &launch.arguments);
    let mut path = Vec::new();
    if let Some(given) = launch.environment("PYTHONPATH") {
        path.extend(std::env::split_paths(&given).map(PathBuf::into_os_string));
    }
    path.push(OsString::from(root));
    sys::set_path(vm, &path);
    apply_x_options(vm);
    streams::open_all(vm)
}

fn apply_x_options(vm: &mut Vm) {
    for (name, value) in vm.config.x_options.clone() {
        let number = value.and_then(|value| value.parse().ok());
        match name.as_str() {
            "gc-stress" => vm.heap.stress(number.unwrap_or(1)),
            "gc-verify" => vm.heap.set_verify(true),
            "int_max_str_digits" => set_max_str_digits(vm, number.unwrap_or(4300) as usize),
            _ => {}
        }
    }
}

/// `path` from the root on, links resolved where that is possible.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    if path.is_absolute() {
        return path.to_owned();
    }
    match haft_host::path::getcwd() {
        Ok(folder) => folder.join(path),
        Err(_) => path.to_owned(),
    }
}
