//! What the import system of a runtime keeps.
use std::any::Any;
use std::cell::{Cell, RefCell};

use haft_core::object::{Tuple, Type};
use haft_core::vm::Extension;
use haft_core::{Tracer, Value, Vm};

use super::library::PackedLibrary;
use super::load::ExtensionLoader;
use super::{loader, spec};

/// See the module's text.
#[derive(Debug)]
pub(super) struct ImportState {
    library: RefCell<Option<Box<dyn PackedLibrary>>>,
    root: RefCell<String>,
    /// `ModuleSpec`
    pub(super) spec_class: Type,
    /// The loader that modules have while importlib sleeps.
    pub(super) loader_class: Type,
    /// Suffixes of extension modules and what loads them.
    pub(super) extensions: RefCell<Vec<(&'static str, ExtensionLoader)>>,
    /// importlib once it is awake.
    pub(super) importlib: Cell<Option<Importlib>>,
}

/// The parts of importlib that native imports use.
#[derive(Debug, Clone, Copy)]
pub(super) struct Importlib {
    /// `importlib._bootstrap`
    pub(super) bootstrap: Value,
    /// `importlib._bootstrap_external`
    pub(super) external: Value,
    /// Class of the loaders of packed modules.
    pub(super) packed_loader: Value,
    /// `sys.meta_path`, the list.
    pub(super) meta_path: Value,
    /// What was in it, a tuple.
    pub(super) finders: Value,
    /// `sys.path_hooks`, the list.
    pub(super) path_hooks: Value,
    /// What was in it, a tuple.
    pub(super) hooks: Value,
}

impl Extension for ImportState {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.spec_class.obj());
        tracer.obj(self.loader_class.obj());
        if let Some(importlib) = self.importlib.get() {
            let Importlib {
                bootstrap,
                external,
                packed_loader,
                meta_path,
                finders,
                path_hooks,
                hooks,
            } = importlib;
            tracer.values(&[
                bootstrap,
                external,
                packed_loader,
                meta_path,
                finders,
                path_hooks,
                hooks,
            ]);
        }
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

pub(super) fn install(vm: &mut Vm) {
    let (spec_class, loader_class) = (spec::make_class(vm), loader::make_class(vm));
    vm.set_extension(ImportState {
        library: RefCell::default(),
        root: RefCell::default(),
        spec_class,
        loader_class,
        extensions: RefCell::default(),
        importlib: Cell::new(None),
    });
}

/// The state of a runtime.
pub(super) fn of(vm: &Vm) -> &ImportState {
    vm.extension().expect("`install` made it")
}

impl ImportState {
    pub(super) fn set_library(&self, library: Option<Box<dyn PackedLibrary>>, root: &str) {
        self.library.replace(library);
        self.root.replace(root.to_owned());
    }
    pub(super) fn root(&self) -> String {
        self.root.borrow().clone()
    }
    pub(super) fn is_packed(&self) -> bool {
        self.library.borrow().is_some()
    }
    pub(super) fn with_library<T>(&self, ask: impl FnOnce(&dyn PackedLibrary) -> T) -> Option<T> {
        self.library.borrow().as_deref().map(ask)
    }
}

/// Has nobody changed how modules are found?
pub(super) fn is_standard(vm: &mut Vm) -> bool {
    let Some(importlib) = of(vm).importlib.get() else { return true };
    let same = |vm: &mut Vm, name: &str, list: Value, items: Value| {
        vm.dict_get_str(vm.sys, name) == Some(list)
            && vm.as_list(list).map(|list| list.items()) == vm.as_tuple(items).map(Tuple::items)
    };
    same(vm, "meta_path", importlib.meta_path, importlib.finders)
        && same(vm, "path_hooks", importlib.path_hooks, importlib.hooks)
}
