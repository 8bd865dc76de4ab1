//! What an ELF file says about the HPy modules in it: their names, the versions they want, what they need from outside.

use std::collections::BTreeMap;
use std::path::Path;

use object::{Architecture, Object as _, ObjectSection as _, ObjectSymbol as _, SectionKind};

use crate::code::{self, Code};

/// A module as its exported symbols describe it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// As in `HPy_MODINIT`.
    pub name: String,
    /// The ABI version it wants, major and minor, as far as the code of its two functions tells.
    pub version: (Option<u32>, Option<u32>),
    /// Exported functions that a loader looks for and that are not there.
    pub missing: Vec<String>,
}

/// A file that holds modules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ModuleFile {
    /// The modules.
    pub modules: Vec<Module>,
    /// Functions of CPython's C API that it needs: a module that is not universal.
    pub c_api: Vec<String>,
    /// Functions with a typed signature, by the names of their symbols.
    pub typed: Vec<String>,
    /// Which words of a context its code may read; `None` for a processor whose code is not understood.
    pub context_words: Option<Vec<code::Word>>,
}

const INIT: &str = "HPyInit_";
const CONTEXT: &str = "HPyInitGlobalContext_";
const MAJOR: &str = "get_required_hpy_major_version_";
const MINOR: &str = "get_required_hpy_minor_version_";
const TYPED: &str = "haft_typed_";

/// Read a file.
pub fn read(path: &Path) -> Result<ModuleFile, String> {
    let failed = |reason: String| format!("{}: {reason}", path.display());
    let bytes = std::fs::read(path).map_err(|error| failed(error.to_string()))?;
    let file = object::File::parse(&*bytes)
        .map_err(|error| failed(format!("not an object file ({error})")))?;
    if file.kind() != object::ObjectKind::Dynamic {
        return Err(failed("not a shared library".to_owned()));
    }
    Ok(view(&file))
}

fn view(file: &object::File<'_>) -> ModuleFile {
    let code = Code::of(match file.architecture() {
        Architecture::X86_64 => Some(code::Processor::X64),
        Architecture::Aarch64 => Some(code::Processor::Arm64),
        _ => None,
    });
    let mut exports = BTreeMap::new();
    let mut c_api = Vec::new();
    for symbol in file.dynamic_symbols() {
        let Ok(name) = symbol.name() else { continue };
        if symbol.is_undefined() {
            if is_c_api(name) {
                c_api.push(name.to_owned());
            }
        } else {
            exports.insert(name.to_owned(), symbol.address());
        }
    }
    c_api.sort();
    let names = exports.keys().filter_map(|name| name.strip_prefix(INIT)).map(str::to_owned);
    let modules = names.map(|name| module(file, code, &exports, name)).collect();
    let typed = exports.keys().filter(|name| name.starts_with(TYPED)).cloned().collect();
    let texts = file.sections().filter(|section| section.kind() == SectionKind::Text);
    let texts: Vec<(u64, &[u8])> =
        texts.filter_map(|section| Some((section.address(), section.data().ok()?))).collect();
    ModuleFile { modules, c_api, typed, context_words: code.context_words(&texts) }
}

fn module(
    file: &object::File<'_>,
    code: Code,
    exports: &BTreeMap<String, u64>,
    name: String,
) -> Module {
    let version = |prefix: &str| {
        let address = *exports.get(&format!("{prefix}{name}"))?;
        code.constant_result(function_bytes(file, address)?)
    };
    let wanted = [INIT, CONTEXT, MAJOR, MINOR].map(|prefix| format!("{prefix}{name}"));
    let missing = wanted.into_iter().filter(|symbol| !exports.contains_key(symbol)).collect();
    Module { version: (version(MAJOR), version(MINOR)), missing, name }
}

/// The code from an address to the end of its section.
fn function_bytes<'a>(file: &object::File<'a>, address: u64) -> Option<&'a [u8]> {
    let section = file.sections().find(|section| {
        address >= section.address() && address < section.address() + section.size()
    })?;
    let offset = usize::try_from(address - section.address()).ok()?;
    section.data().ok()?.get(offset..)
}

/// `PyLong_FromLong`, `_Py_NoneStruct` and the like, but not `Pyramid_volume`.
fn is_c_api(name: &str) -> bool {
    let rest = name.strip_prefix("_Py").or_else(|| name.strip_prefix("Py"));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c == '_' || c.is_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_c_api() {
        for name in ["PyLong_FromLong", "_Py_Dealloc", "Py_DecRef", "_PyObject_New"] {
            assert!(is_c_api(name), "{name}");
        }
        for name in ["Pyramid_volume", "HPyInit_x", "malloc"] {
            assert!(!is_c_api(name), "{name}");
        }
    }
}
