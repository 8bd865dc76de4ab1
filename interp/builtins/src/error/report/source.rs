//! Source lines for tracebacks: of files, of the packed library, of code that never was in a file.
use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use haft_bytecode::{Code, Const};
use haft_core::object::{CodeObject, Dict, PayloadRef};
use haft_core::vm::Extension;
use haft_core::{Tracer, Value, Vm};

use crate::runtime::import::library;

/// Texts of code that has no file: `-c`, the REPL.
#[derive(Debug, Default)]
struct Registered(RefCell<Vec<(Arc<Code>, String)>>);

impl Extension for Registered {
    fn trace(&self, _: &mut Tracer<'_>) {}
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Remember the text that `code` was compiled from, so that tracebacks can show its lines.
pub fn register_source(vm: &mut Vm, code: &Arc<Code>, text: &str) {
    if vm.extension::<Registered>().is_none() {
        vm.set_extension(Registered::default());
    }
    if let Some(all) = vm.extension::<Registered>() {
        all.0.borrow_mut().push((Arc::clone(code), text.to_owned()));
    }
}

/// The code and the texts given to [`register_source`].
pub fn registered_sources(vm: &Vm) -> Vec<(Arc<Code>, String)> {
    vm.extension::<Registered>().map_or_else(Vec::new, |all| all.0.borrow().clone())
}

/// Is `code` this code or nested in it?
fn contains(root: &Arc<Code>, code: &Arc<Code>) -> bool {
    Arc::ptr_eq(root, code)
        || root.consts.iter().any(|c| matches!(c, Const::Code(inner) if contains(inner, code)))
}

/// Looks up source lines; a file is read once.
#[derive(Debug, Default)]
pub struct SourceLines {
    files: BTreeMap<String, Vec<String>>,
}

impl SourceLines {
    /// Line number `line` (from 1) of the source of `code`, whose module has these globals.
    pub fn line(
        &mut self,
        vm: &mut Vm,
        code: PayloadRef<CodeObject>,
        globals: Dict,
        line: u32,
    ) -> Option<String> {
        let at = (line as usize).checked_sub(1)?;
        let code = &code.get().code;
        let name = &code.filename;
        if name.starts_with('<') && name.ends_with('>') {
            let all = vm.extension::<Registered>()?.0.borrow();
            let (_, text) = all.iter().find(|(root, _)| contains(root, code))?;
            return text.lines().nth(at).map(str::to_owned);
        }
        if !self.files.contains_key(name) {
            let text = text_of_file(vm, name).or_else(|| text_from_loader(vm, globals));
            let lines = text.map_or_else(Vec::new, |text| split_lines(&text));
            self.files.insert(name.clone(), lines);
        }
        self.files[name].get(at).cloned()
    }
}

fn split_lines(text: &str) -> Vec<String> {
    text.split('\n').map(|line| line.trim_end_matches('\r').to_owned()).collect()
}

/// The text of a file, of the packed library or another.
pub(in crate::error) fn text_of_file(vm: &mut Vm, name: &str) -> Option<String> {
    let bytes = match library::file(vm, name) {
        Some(bytes) => bytes,
        None => library::read_file(Path::new(name)).ok()?,
    };
    haft_compiler::decode_source(&bytes).ok()
}

/// What `__loader__.get_source(__name__)` says.
fn text_from_loader(vm: &mut Vm, globals: Dict) -> Option<String> {
    let loader = vm.dict_get_name(globals, vm.names.__loader__).filter(|l| !l.is_none())?;
    let name = vm.dict_get_name(globals, vm.names.__name__)?;
    match vm.call_method_str(loader, "get_source", &[name]) {
        Ok(source) => vm.as_str(source).map(|text| text.to_text().into_owned()),
        Err(raised) => {
            let _ignored: Value = vm.take_raised(raised);
            None
        }
    }
}
