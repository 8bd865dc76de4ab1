//! What the host keeps in a runtime.
use std::any::Any;
use std::cell::OnceCell;
use std::collections::BTreeMap;

use haft_core::Tracer;
use haft_core::object::Traced;
use haft_core::vm::Extension;
use haft_hpy_abi::Cx;
use haft_hpy_abi::debug::Debug;
use haft_hpy_abi::host::Context;
use haft_hpy_abi::mode::Mode;
use haft_hpy_abi::trace::Trace;
use haft_hpy_abi::typed::Typed;
use haft_hpy_abi::types::HPyDef;

use crate::handle::universal_context;
use crate::prelude::*;
use crate::{capsule, class, debug as debug_module};

macro_rules! classes {
    ($( $(#[$doc:meta])* $name:ident: $make:expr; )+) => {
        /// The native classes of the host.
        #[derive(Clone, Copy)]
        pub(crate) struct Classes { $( $(#[$doc])* pub(crate) $name: Type, )+ }
        impl Classes {
            fn make(vm: &mut Vm) -> Classes {
                Classes { $( $name: $make(vm), )+ }
            }
            fn trace(&self, tracer: &mut Tracer<'_>) {
                $( self.$name.trace(tracer); )+
            }
        }
    };
}

classes! {
    /// `PyCapsule`
    capsule: capsule::make_class;
    /// Members of structs.
    member: class::member::make_class;
    /// Attributes with getter and setter.
    getset: class::getset::make_class;
    /// Debug handles.
    debug_handle: debug_module::make_class;
}

/// The state of the host in one runtime.
pub(crate) struct State {
    /// Classes.
    pub(crate) classes: Classes,
    /// What global variables of C refer to; ABSENT: nothing. A variable holds its number here plus one.
    pub(crate) globals: RefCell<Vec<Value>>,
    /// Names that are needed for as long as the process lives.
    names: RefCell<BTreeMap<String, &'static str>>,
    /// Typed signatures of the modules that were loaded.
    typed: RefCell<Vec<Typed>>,
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("State")
    }
}

impl State {
    /// A module has these typed signatures.
    pub(crate) fn add_typed(&self, typed: impl IntoIterator<Item = Typed>) {
        self.typed.borrow_mut().extend(typed);
    }
    /// The typed signature of a method.
    pub(crate) fn typed(&self, def: *const HPyDef) -> Option<Typed> {
        self.typed.borrow().iter().rfind(|typed| typed.def == def).cloned()
    }
    /// A copy of a text that lives forever, made once.
    pub(crate) fn forever(&self, text: &str) -> &'static str {
        if let Some(known) = self.names.borrow().get(text) {
            return known;
        }
        let kept: &'static str = Box::leak(text.to_owned().into_boxed_str());
        self.names.borrow_mut().insert(text.to_owned(), kept);
        kept
    }
}

struct Shared(Rc<State>);

impl Extension for Shared {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        // Nobody allocates on the heap while the table is borrowed.
        if let Ok(globals) = self.0.globals.try_borrow() {
            globals.iter().for_each(|&value| tracer.value(value));
        }
        self.0.classes.trace(tracer);
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The host's state, made when first asked for.
pub(crate) fn state(vm: &mut Vm) -> Rc<State> {
    if let Some(shared) = vm.extension::<Shared>() {
        return Rc::clone(&shared.0);
    }
    let state = Rc::new(State {
        classes: Classes::make(vm),
        globals: RefCell::default(),
        names: RefCell::default(),
        typed: RefCell::default(),
    });
    vm.set_extension(Shared(Rc::clone(&state)));
    state
}

/// The contexts of a runtime. Modules keep their addresses, so they live as long as it does.
struct Contexts {
    debug: OnceCell<Rc<Debug>>,
    trace: OnceCell<Rc<Trace>>,
    universal: Context,
}

struct SharedContexts(Rc<Contexts>);

impl Extension for SharedContexts {
    fn trace(&self, _: &mut Tracer<'_>) {
        // Constants are objects that the runtime itself keeps.
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The context for modules in a mode.
pub(crate) fn context(vm: &mut Vm, mode: Mode) -> Cx {
    match mode {
        Mode::Universal => contexts(vm).universal.cx(),
        Mode::Debug => debug(vm).cx(),
        Mode::Trace => trace(vm).cx(),
    }
}

fn contexts(vm: &mut Vm) -> Rc<Contexts> {
    if let Some(shared) = vm.extension::<SharedContexts>() {
        return Rc::clone(&shared.0);
    }
    state(vm);
    let universal = universal_context(vm);
    let contexts = Rc::new(Contexts { universal, debug: OnceCell::new(), trace: OnceCell::new() });
    vm.set_extension(SharedContexts(Rc::clone(&contexts)));
    contexts
}

/// The debug context, made when first asked for.
pub(crate) fn debug(vm: &mut Vm) -> Rc<Debug> {
    let contexts = contexts(vm);
    Rc::clone(contexts.debug.get_or_init(|| Rc::new(Debug::new(contexts.universal.cx()))))
}

/// The trace context, made when first asked for.
pub(crate) fn trace(vm: &mut Vm) -> Rc<Trace> {
    let contexts = contexts(vm);
    Rc::clone(contexts.trace.get_or_init(|| Rc::new(Trace::new(contexts.universal.cx()))))
}
