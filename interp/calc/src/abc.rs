//! Module `_abc`: what `abc.ABCMeta` does for each abstract base class.
//!
//! A class remembers, weakly, who was registered with it, and who was found to be a subclass or not. What was found not
//! to be one holds until anybody registers anything anywhere: a counter of registrations dates it.
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use haft_core::object::{Dict, NoTrace, PayloadRef, Set, ShapeId, Type, TypeFlags, is_subtype};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{Obj, R, Tracer, Value, Vm, WeakId, natives, payload};

natives! {
    static FUNCTIONS = {
        /// Returns the current ABC cache token.
        ///
        /// The token is an opaque object (supporting equality testing) identifying the
        /// current version of the ABC cache for virtual subclasses. The token changes
        /// with every call to register() on any ABC.
        get_cache_token "($module, /)" => |vm, _| { let token = state(vm).registrations.get(); Ok(vm.int_u64(token)) };
        /// Internal ABC helper for class set-up. Should be never used outside abc module.
        _abc_init "($module, self, /)" => abc_init;
        /// Internal ABC helper for subclass registration. Should be never used outside abc module.
        _abc_register "($module, self, subclass, /)" => register;
        /// Internal ABC helper for instance checks. Should be never used outside abc module.
        _abc_instancecheck "($module, self, instance, /)" => instance_check;
        /// Internal ABC helper for subclass checks. Should be never used outside abc module.
        _abc_subclasscheck "($module, self, subclass, /)" => subclass_check;
        /// Internal ABC helper for cache and registry debugging.
        ///
        /// Return shallow copies of registry, of both caches, and negative cache version.
        /// Don't call this function directly, instead use ABC._dump_registry() for a nice repr.
        _get_dump "($module, self, /)" => dump;
        /// Internal ABC helper to reset registry of a given class.
        ///
        /// Should be only used by refleak.py
        _reset_registry "($module, self, /)" => reset_registry;
        /// Internal ABC helper to reset both caches of a given class.
        ///
        /// Should be only used by refleak.py
        _reset_caches "($module, self, /)" => reset_caches;
    }
}

/// Classes known weakly, by address; an entry counts only while its class lives.
#[derive(Default, Debug)]
struct ClassSet(BTreeMap<u64, WeakId>);

impl ClassSet {
    fn contains(&self, vm: &Vm, class: Obj) -> bool {
        let entry = self.0.get(&Value::from(class).bits());
        entry.is_some_and(|&id| vm.weak_target(id) == Some(class))
    }
    fn insert(&mut self, id: WeakId, class: Obj) -> Option<WeakId> {
        self.0.insert(Value::from(class).bits(), id)
    }
    fn alive(&self, vm: &Vm) -> Vec<Obj> {
        self.0.values().filter_map(|&id| vm.weak_target(id)).collect()
    }
}

payload! {
    /// Internal state held by ABC machinery.
    struct AbcData[NativeDrop] {
        registry: NoTrace<RefCell<ClassSet>>,
        cache: NoTrace<RefCell<ClassSet>>,
        negative: NoTrace<RefCell<ClassSet>>,
        negative_version: Cell<u64>,
    }
}

/// What all classes share.
#[derive(Debug)]
struct State {
    data_class: Type,
    registrations: Cell<u64>,
}

impl Extension for State {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.data_class.obj());
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn state(vm: &Vm) -> &State {
    vm.extension().expect("`init` made it")
}

/// Fill the namespace of `_abc`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    let data_class = vm.new_builtin_type(&TypeSpec {
        doc: "Internal state held by ABC machinery.",
        flags: TypeFlags::NO_NEW,
        ..TypeSpec::of::<AbcData>("_abc._abc_data")
    });
    vm.set_extension(State { data_class, registrations: Cell::new(0) });
    vm.add_functions(dict, "_abc", FUNCTIONS);
    Ok(())
}

fn data(vm: &mut Vm, class: Value) -> R<PayloadRef<AbcData>> {
    let found = vm.get_attr_str(class, "_abc_impl")?;
    match PayloadRef::<AbcData>::of_value(found) {
        Some(data) => Ok(data),
        None => Err(vm.type_error("_abc_impl is set to a wrong type")),
    }
}

fn add(vm: &mut Vm, set: &RefCell<ClassSet>, class: Obj) {
    if set.borrow().contains(vm, class) {
        return;
    }
    let id = vm.heap.weak_new(class);
    if let Some(stale) = set.borrow_mut().insert(id, class) {
        vm.heap.weak_free(stale);
    }
}

fn clear(vm: &mut Vm, set: &RefCell<ClassSet>) {
    for (_, id) in std::mem::take(&mut set.borrow_mut().0) {
        vm.heap.weak_free(id);
    }
}

// ---- making a class

const SEQUENCE: i64 = 1 << 5;
const MAPPING: i64 = 1 << 6;

fn abc_init(vm: &mut Vm, args: &[Value]) -> R {
    let class = args[0];
    set_abstract_methods(vm, class)?;
    let (data_class, version) = (state(vm).data_class, state(vm).registrations.get());
    let data = AbcData {
        registry: NoTrace(RefCell::default()),
        cache: NoTrace(RefCell::default()),
        negative: NoTrace(RefCell::default()),
        negative_version: version.into(),
    };
    let data = vm.new_payload(data_class, data);
    let name = vm.intern("_abc_impl");
    vm.set_attr(class, name, data)?;
    if let Some(ty) = vm.as_type(class) {
        set_collection_flags(vm, ty)?;
    }
    Ok(Value::NONE)
}

fn is_abstract(vm: &mut Vm, value: Value) -> R<bool> {
    let name = vm.intern("__isabstractmethod__");
    match vm.find_attr(value, name)? {
        Some(found) => vm.truth(found),
        None => Ok(false),
    }
}

fn set_abstract_methods(vm: &mut Vm, class: Value) -> R<()> {
    let names = Set::with_shape(&mut vm.heap, ShapeId::FROZENSET);
    let namespace = vm.get_attr_str(class, "__dict__")?;
    let items = vm.call_method_str(namespace, "items", &[])?;
    let items = vm.list_of(items)?;
    for at in 0..items.len() {
        let pair = vm.list_of(items.at(at))?;
        if is_abstract(vm, pair.at(1))? {
            vm.set_add(names, pair.at(0))?;
        }
    }
    let bases = vm.get_attr_str(class, "__bases__")?;
    let bases = vm.list_of(bases)?;
    for at in 0..bases.len() {
        let Some(inherited) = vm.find_attr(bases.at(at), vm.names.__abstractmethods__)? else {
            continue;
        };
        let inherited = vm.list_of(inherited)?;
        for at in 0..inherited.len() {
            let name = vm.attr_name(inherited.at(at))?;
            if let Some(value) = vm.find_attr(class, name)?
                && is_abstract(vm, value)?
            {
                vm.set_add(names, name)?;
            }
        }
    }
    vm.set_attr(class, vm.names.__abstractmethods__, names.value())
}

/// `__abc_tpflags__` of a class body says that instances are sequences or mappings for `match`.
fn set_collection_flags(vm: &mut Vm, class: Type) -> R<()> {
    let name = vm.intern("__abc_tpflags__");
    let Some(flags) = vm.dict_get_name(class.dict, name) else { return Ok(()) };
    let flags = vm.as_int(flags).unwrap_or(0);
    if flags & SEQUENCE != 0 && flags & MAPPING != 0 {
        return Err(vm.type_error(
            "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING",
        ));
    }
    vm.dict_remove_name(class.dict, name);
    for (bit, flag) in [(SEQUENCE, TypeFlags::SEQUENCE), (MAPPING, TypeFlags::MAPPING)] {
        if flags & bit != 0 {
            class.add_flags(flag);
        }
    }
    vm.type_changed(class);
    Ok(())
}

// ---- registering

fn register(vm: &mut Vm, args: &[Value]) -> R {
    let (class, subclass) = (args[0], args[1]);
    let Some(ty) = vm.as_type(subclass) else {
        return Err(vm.type_error("Can only register classes"));
    };
    if vm.issubclass(subclass, class)? {
        return Ok(subclass);
    }
    if vm.issubclass(class, subclass)? {
        return Err(vm.runtime_error("Refusing to create an inheritance cycle"));
    }
    let data = data(vm, class)?;
    add(vm, &data.registry, ty.obj());
    let state = state(vm);
    state.registrations.set(state.registrations.get() + 1);
    if let Some(own) = vm.as_type(class) {
        for flag in [TypeFlags::SEQUENCE, TypeFlags::MAPPING] {
            if own.has(flag) {
                mark(vm, ty, flag);
            }
        }
    }
    Ok(subclass)
}

/// A class and its subclasses are sequences or mappings from here on.
fn mark(vm: &mut Vm, class: Type, flag: TypeFlags) {
    if class.has(flag) || class.has(TypeFlags::IMMUTABLE) {
        return;
    }
    class.add_flags(flag);
    vm.type_changed(class);
    for below in subclasses(vm, class) {
        mark(vm, below, flag);
    }
}

fn subclasses(vm: &Vm, class: Type) -> Vec<Type> {
    let ids = class.get().subclasses.borrow().clone();
    ids.into_iter().filter_map(|id| vm.weak_target(id)).filter_map(Type::of).collect()
}

// ---- asking

fn instance_check(vm: &mut Vm, args: &[Value]) -> R {
    let (class, instance) = (args[0], args[1]);
    let data = data(vm, class)?;
    let subclass = vm.get_attr(instance, vm.names.__class__)?;
    let shown = vm.as_type(subclass);
    if shown.is_some_and(|ty| data.cache.borrow().contains(vm, ty.obj())) {
        return Ok(Value::TRUE);
    }
    let real = vm.type_of(instance);
    let check = |vm: &mut Vm, of: Value| vm.call_method_str(class, "__subclasscheck__", &[of]);
    if shown == Some(real) {
        let current = data.negative_version.get() == state(vm).registrations.get();
        if current && data.negative.borrow().contains(vm, real.obj()) {
            return Ok(Value::FALSE);
        }
        return check(vm, subclass);
    }
    let result = check(vm, subclass)?;
    if vm.truth(result)? { Ok(result) } else { check(vm, real.value()) }
}

fn subclass_check(vm: &mut Vm, args: &[Value]) -> R {
    let (class, subclass) = (args[0], args[1]);
    let Some(ty) = vm.as_type(subclass) else {
        return Err(vm.type_error("issubclass() arg 1 must be a class"));
    };
    let data = data(vm, class)?;
    if data.cache.borrow().contains(vm, ty.obj()) {
        return Ok(Value::TRUE);
    }
    let registrations = state(vm).registrations.get();
    if data.negative_version.get() < registrations {
        clear(vm, &data.negative);
        data.negative_version.set(registrations);
    } else if data.negative.borrow().contains(vm, ty.obj()) {
        return Ok(Value::FALSE);
    }
    let found = match ask_hook(vm, class, subclass)? {
        Some(answer) => answer,
        None => search(vm, class, ty, &data)?,
    };
    add(vm, if found { &data.cache } else { &data.negative }, ty.obj());
    Ok(Value::bool(found))
}

/// What `__subclasshook__` says, if it says anything.
fn ask_hook(vm: &mut Vm, class: Value, subclass: Value) -> R<Option<bool>> {
    match vm.call_method_str(class, "__subclasshook__", &[subclass])? {
        Value::TRUE => Ok(Some(true)),
        Value::FALSE => Ok(Some(false)),
        Value::NOT_IMPLEMENTED => Ok(None),
        _ => Err(vm.raise(
            vm.exc.assertion_error,
            "__subclasshook__ must return either False, True, or NotImplemented",
        )),
    }
}

/// Is it a real subclass, one of a registered class, or one of a subclass?
fn search(vm: &mut Vm, class: Value, subclass: Type, data: &AbcData) -> R<bool> {
    if class.as_ptr().is_some_and(|class| is_subtype(subclass, class)) {
        return Ok(true);
    }
    if data.registry.borrow().contains(vm, subclass.obj()) {
        return Ok(true);
    }
    let registered = data.registry.borrow().alive(vm);
    // A list keeps the classes alive while Python code runs.
    let registered: Vec<Value> = registered.into_iter().map(Value::from).collect();
    let registered = vm.list(&registered);
    let below = vm.call_method_str(class, "__subclasses__", &[])?;
    for group in [registered, below] {
        let classes = vm.list_of(group)?;
        for at in 0..classes.len() {
            if vm.issubclass(subclass.value(), classes.at(at))? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

// ---- looking inside

fn dump(vm: &mut Vm, args: &[Value]) -> R {
    let data = data(vm, args[0])?;
    let mut parts = Vec::new();
    let result = vm.new_list();
    for set in [&data.registry, &data.cache, &data.negative] {
        let shown = vm.set();
        result.push(&mut vm.heap, shown.value());
        for class in set.borrow().alive(vm) {
            parts.push((shown, Value::from(class)));
        }
    }
    for (shown, class) in parts {
        vm.set_add(shown, class)?;
    }
    let version = vm.int_u64(data.negative_version.get());
    Ok(vm.tuple(&[result.at(0), result.at(1), result.at(2), version]))
}

fn reset_registry(vm: &mut Vm, args: &[Value]) -> R {
    let data = data(vm, args[0])?;
    clear(vm, &data.registry);
    Ok(Value::NONE)
}

fn reset_caches(vm: &mut Vm, args: &[Value]) -> R {
    let data = data(vm, args[0])?;
    clear(vm, &data.cache);
    clear(vm, &data.negative);
    data.negative_version.set(0);
    Ok(Value::NONE)
}
