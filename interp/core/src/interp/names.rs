//! Lookups that fill inline caches: what attribute and global instructions do when their cache does not know.
#![expect(clippy::unused_self, reason = "methods of the runtime are found on it")]
use haft_bytecode::Insn;
use haft_heap::Value;

use super::known::Purpose;
use crate::object::{
    Cache, ClassMethod, CodeObject, Dict, Function, How, Instance, Module, PayloadRef, Property,
    Setter, Shape, ShapeId, Slot, SlotMember, StaticMethod, Type, TypeFlags, Unary,
};
use crate::protocol::{AttributeAccess, generic_setattro};
use crate::vm::{GetSet, R, Vm};

/// The running instruction, found through the saved position of the innermost frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site;

/// The only one.
pub(super) const SITE: Site = Site;

impl Site {
    /// Code, name and cache of the running instruction, which has an extension word.
    fn parts(self, vm: &Vm) -> (PayloadRef<CodeObject>, Value, &'static Cache) {
        let frame = vm.stack.frames.last().expect("instructions run in a frame");
        // SAFETY: the saved position is that of an instruction with two words: the extension follows it.
        let at = unsafe { frame.pc.add(1) };
        // SAFETY: as above.
        let ext = Insn(unsafe { at.read() });
        let code = frame.code;
        (code, code.get().names[ext.lo() as usize], &code.get().caches[ext.hi() as usize])
    }

    /// `object.name`.
    pub(super) fn load_attr(self, vm: &mut Vm, object: Value) -> R {
        let (_, name, cache) = self.parts(vm);
        if let Some(value) = cached_module_entry(cache, object) {
            return Ok(value);
        }
        let ty = vm.type_of(object);
        if let Some(get) = cached_get(cache, object, ty) {
            return get(vm, object);
        }
        if let Some(obj) = object.as_ptr()
            && recall(vm, Purpose::Load, name, (obj.shape(), ty), cache)
        {
            let slot = cache.slot.get() as usize;
            let found = match cache.how.get() {
                How::Inline => Value::from_bits(obj.word(slot)),
                How::Class | How::Static => cache.value.get(),
                _ => Value::ABSENT,
            };
            if !found.is_absent() {
                return Ok(found);
            }
        }
        cache.how.set(How::Nothing);
        let Some(get) = ty.slots.getattro.get() else { return vm.get_attr(object, name) };
        if let Some(module) = PayloadRef::<Module>::of_value(object)
            && let Some(value) = remember_module_entry(vm, cache, module, name)
        {
            return Ok(value);
        }
        let access = vm.attribute_access(ty);
        if access != AttributeAccess::Own {
            learn_attr(vm, cache, object, name);
        }
        if access != AttributeAccess::Plain {
            return get(vm, object, name);
        }
        vm.generic_get_attr(object, name)
    }

    /// First half of `object.name(…)`; see `StackState::method_receiver`.
    pub(super) fn load_method(self, vm: &mut Vm, object: Value) -> R {
        let (_, name, cache) = self.parts(vm);
        vm.stack.method_receiver = Value::ABSENT;
        if let Some(value) = cached_module_entry(cache, object) {
            return Ok(value);
        }
        if let Some(obj) = object.as_ptr()
            && recall(vm, Purpose::Method, name, (obj.shape(), vm.type_of(object)), cache)
            && let Some(found) = found_method(vm, cache, object)
        {
            return Ok(found);
        }
        cache.how.set(How::Nothing);
        let Some(method) = vm.find_method(object, name) else {
            learn_unbound(vm, cache, object, name);
            if let Some(found) = found_method(vm, cache, object) {
                return Ok(found);
            }
            if let Some(module) = PayloadRef::<Module>::of_value(object)
                && let Some(value) = remember_module_entry(vm, cache, module, name)
            {
                return Ok(value);
            }
            let found = vm.get_attr(object, name)?;
            vm.stack.method_receiver = Value::ABSENT;
            return Ok(found);
        };
        vm.stack.method_receiver = object;
        learn_method(vm, cache, object, name, method);
        Ok(method)
    }

    /// `object.name = value`.
    pub(super) fn store_attr(self, vm: &mut Vm, object: Value, value: Value) -> R {
        let (_, name, cache) = self.parts(vm);
        let ty = vm.type_of(object);
        if let Some(obj) = object.as_ptr()
            && recall(vm, Purpose::Store, name, (obj.shape(), ty), cache)
        {
            vm.heap.barrier(obj);
            obj.set_word(cache.slot.get() as usize, value.bits());
            if cache.how.get() == How::Add {
                obj.set_shape(cache.next.get());
            }
            return Ok(Value::NONE);
        }
        cache.how.set(How::Nothing);
        let plain = ty
            .slots
            .setattro
            .get()
            .is_some_and(|set| std::ptr::fn_addr_eq(set, generic_setattro as Setter));
        let Some(obj) = object.as_ptr().filter(|_| plain) else {
            return vm.set_attr(object, name, value).map(|()| Value::NONE);
        };
        let before = vm.shapes.at(ShapeId(obj.shape()));
        let found = vm.lookup_in_type(ty, name);
        let member = found.and_then(PayloadRef::<SlotMember>::of_value);
        let shadowed = member.is_none()
            && found.is_some_and(|f| vm.type_of(f).slots.descr_set.get().is_some());
        vm.set_attr(object, name, value)?;
        let after = vm.shapes.at(ShapeId(obj.shape()));
        if shadowed || before.dict_mode || after.dict_mode {
            return Ok(Value::NONE);
        }
        let slot = member.map(|m| m.slot).or_else(|| after.find(name));
        if let Some(Slot::Inline(word)) = slot.map(|slot| after.place(slot)) {
            cache.key.set(before.id.0);
            cache.slot.set(word as u32);
            cache.next.set(after.id.0);
            cache.how.set(if before.id == after.id { How::Inline } else { How::Add });
            learn(vm, Purpose::Store, name, cache);
        }
        Ok(Value::NONE)
    }

    /// The global or builtin of the running instruction.
    pub(super) fn load_global(self, vm: &mut Vm) -> R {
        let (_, name, cache) = self.parts(vm);
        let (globals, builtins) = {
            let frame = vm.stack.frames.last().expect("instructions run in a frame");
            (frame.globals, frame.builtins)
        };
        cache.how.set(How::Nothing);
        if vm.type_of(globals.value()) != vm.t.dict {
            return vm.global_or_builtin(globals, builtins, name);
        }
        let hash =
            vm.hash_str(name.as_ptr().and_then(crate::object::Str::of).expect("names are str"));
        if let Some(entry) = globals.find_simple(hash, name) {
            cache.key.set(vm.dict_version(globals));
            cache.slot.set(entry as u32);
            cache.how.set(How::Global);
            return Ok(globals.entry_value(entry));
        }
        if let Some(entry) = builtins.find_simple(hash, name) {
            cache.key.set(vm.dict_version(globals));
            cache.next.set(vm.dict_version(builtins));
            cache.slot.set(entry as u32);
            cache.how.set(How::Builtin);
            return Ok(builtins.entry_value(entry));
        }
        Err(vm.undefined_name(name))
    }
}

/// Fill the cache of an instruction with what is known of `name` for objects of this shape and class; false: nothing.
fn recall(vm: &mut Vm, purpose: Purpose, name: Value, of: (u32, Type), cache: &Cache) -> bool {
    let known = vm.known.recall(purpose, name, of, cache);
    if known {
        tell(vm, cache);
    }
    known
}

/// Take over what the cache of an instruction has just learnt.
fn learn(vm: &mut Vm, purpose: Purpose, name: Value, cache: &Cache) {
    tell(vm, cache);
    vm.known.learn(purpose, name, cache);
}

/// Code has no write barrier: the collector hears of what was written into an inline cache.
fn tell(vm: &mut Vm, cache: &Cache) {
    vm.heap.tell(cache.value.get());
    vm.heap.tell(cache.class.get());
}

/// Fill the cache of a load of `object.name`, whose class has attributes of its own way only where there is no such
/// attribute, without running Python.
fn learn_attr(vm: &mut Vm, cache: &Cache, object: Value, name: Value) {
    let ty = vm.type_of(object);
    let Some(obj) = object.as_ptr() else { return };
    let found = vm.lookup_in_type(ty, name);
    let shape = vm.shapes.at(ShapeId(obj.shape()));
    // Where a getter raises AttributeError `__getattr__` is asked.
    let computes = vm.attribute_access(ty) == AttributeAccess::Plain;
    if shape.dict_mode {
        return;
    }
    match found {
        None => {
            if let Some(slot) = shape.find(name) {
                remember_slot(cache, shape, slot);
            }
        }
        Some(found) => {
            let class = vm.type_of(found);
            if let Some(member) = PayloadRef::<SlotMember>::of_value(found) {
                remember_slot(cache, shape, member.slot);
            } else if class.slots.descr_set.get().is_none() {
                match shape.find(name) {
                    Some(slot) => remember_slot(cache, shape, slot),
                    None if class.slots.descr_get.get().is_none() => {
                        remember_class(cache, shape, ty.version.get(), ty.value(), found);
                    }
                    None => {
                        if let Some(function) = static_function(vm, found) {
                            remember_class(cache, shape, ty.version.get(), ty.value(), function);
                            cache.how.set(How::Static);
                        }
                    }
                }
            } else if !computes {
                return;
            } else if let Some(property) = PayloadRef::<Property>::of_value(found)
                && class == vm.t.property
            {
                let getter = property.getter.get();
                remember_class(cache, shape, ty.version.get(), ty.value(), getter);
                cache.how.set(How::Getter);
            } else if let Some(getset) = PayloadRef::<GetSet>::of_value(found)
                && Type::of_value(getset.owner).is_some_and(|owner| vm.instance_of(object, owner))
            {
                remember_class(cache, shape, ty.version.get(), ty.value(), found);
                cache.how.set(How::GetSet);
            }
        }
    }
    learn(vm, Purpose::Load, name, cache);
}

/// Make a cache right for the object at hand, if that is possible without running Python: what a recorder does before
/// it records an instruction whose cache knows another shape.
pub(super) fn refresh(vm: &mut Vm, purpose: Purpose, cache: &Cache, object: Value, name: Value) {
    let Some(obj) = object.as_ptr() else { return };
    let ty = vm.type_of(object);
    let known = match cache.how.get() {
        How::Nothing => false,
        How::Inline | How::Overflow | How::Add => cache.key.get() == obj.shape(),
        How::Module => cached_module_entry(cache, object).is_some(),
        How::Global | How::Builtin => true,
        _ => cache.key.get() == obj.shape() && cache.version.get() == ty.version.get(),
    };
    if known || recall(vm, purpose, name, (obj.shape(), ty), cache) {
        return;
    }
    if purpose != Purpose::Store
        && let Some(module) = PayloadRef::<Module>::of_value(object)
    {
        remember_module_entry(vm, cache, module, name);
        return;
    }
    match purpose {
        Purpose::Load => {
            if vm.attribute_access(ty) != AttributeAccess::Own {
                cache.how.set(How::Nothing);
                learn_attr(vm, cache, object, name);
            }
        }
        Purpose::Method => {
            if let Some(method) = vm.find_method(object, name) {
                learn_method(vm, cache, object, name, method);
            } else {
                cache.how.set(How::Nothing);
                learn_unbound(vm, cache, object, name);
            }
        }
        Purpose::Store => {}
    }
}

fn learn_method(vm: &mut Vm, cache: &Cache, object: Value, name: Value, method: Value) {
    if let Some(obj) = object.as_ptr() {
        let shape = vm.shapes.at(ShapeId(obj.shape()));
        // In dict mode the object may get an attribute of this name without changing its shape.
        if !shape.dict_mode {
            let ty = vm.type_of(object);
            remember_class(cache, shape, ty.version.get(), ty.value(), method);
            learn(vm, Purpose::Method, name, cache);
        }
    }
}

/// Learn what `object.name` is for a call, where that is no method to which the object is passed: a static or class method,
/// or an attribute of the object itself.
fn learn_unbound(vm: &mut Vm, cache: &Cache, object: Value, name: Value) {
    let (ty, Some(obj)) = (vm.type_of(object), object.as_ptr()) else { return };
    let shape = vm.shapes.at(ShapeId(obj.shape()));
    if vm.attribute_access(ty) == AttributeAccess::Own || shape.dict_mode {
        return;
    }
    let found = vm.lookup_in_type(ty, name);
    let is_data = found.is_some_and(|found| vm.type_of(found).slots.descr_set.get().is_some());
    match (found, shape.find(name)) {
        _ if is_data => {}
        (_, Some(slot)) => remember_slot(cache, shape, slot),
        (Some(found), None) => {
            let version = ty.version.get();
            if let Some(function) = static_function(vm, found) {
                remember_class(cache, shape, version, ty.value(), function);
                cache.how.set(How::Static);
            } else if let Some(function) = class_function(vm, found) {
                remember_class(cache, shape, version, ty.value(), function);
                cache.how.set(How::ClassMethod);
            } else if vm.type_of(found).slots.descr_get.get().is_none() {
                remember_class(cache, shape, version, ty.value(), found);
                cache.how.set(How::Static);
            }
        }
        (None, None) => {}
    }
    learn(vm, Purpose::Method, name, cache);
}

/// The function that an exact static method wraps.
pub(super) fn static_function(vm: &Vm, found: Value) -> Option<Value> {
    let exact = vm.type_of(found) == vm.t.staticmethod;
    PayloadRef::<StaticMethod>::of_value(found).filter(|_| exact).map(|m| m.function.get())
}

/// What is called with the class: the Python function that an exact class method wraps, or a class method written in Rust.
pub(super) fn class_function(vm: &Vm, found: Value) -> Option<Value> {
    if vm.type_of(found) == vm.t.classmethod_descriptor {
        return Some(found);
    }
    let exact = vm.type_of(found) == vm.t.classmethod;
    let function =
        PayloadRef::<ClassMethod>::of_value(found).filter(|_| exact).map(|m| m.function.get())?;
    PayloadRef::<Function>::of_value(function).map(|_| function)
}

/// What a cache that is right for `object` says of a method; and who gets the call.
fn found_method(vm: &mut Vm, cache: &Cache, object: Value) -> Option<Value> {
    let obj = object.as_ptr()?;
    let (found, receiver) = match cache.how.get() {
        How::Class => (cache.value.get(), object),
        How::Static => (cache.value.get(), Value::ABSENT),
        How::ClassMethod => (cache.value.get(), cache.class.get()),
        How::Inline => (Value::from_bits(obj.word(cache.slot.get() as usize)), Value::ABSENT),
        _ => return None,
    };
    if found.is_absent() {
        return None;
    }
    vm.stack.method_receiver = receiver;
    Some(found)
}

/// The entry of a module's namespace that a cache knows. A version names one set of keys of one dict.
#[inline]
pub(super) fn cached_module_entry(cache: &Cache, object: Value) -> Option<Value> {
    if cache.how.get() != How::Module {
        return None;
    }
    let module = PayloadRef::<Module>::of_value(object)?;
    let known = module.dict.current_version() == cache.key.get();
    known.then(|| module.dict.entry_value(cache.slot.get() as usize))
}

/// The entry `name` of a module's namespace, remembered if nothing else can be meant by it.
fn remember_module_entry(
    vm: &mut Vm,
    cache: &Cache,
    module: PayloadRef<Module>,
    name: Value,
) -> Option<Value> {
    let class = vm.type_of(module.value());
    if class != vm.t.module || vm.lookup_in_type(class, name).is_some() {
        return None;
    }
    let hash = vm.hash_str(name.as_ptr().and_then(crate::object::Str::of)?);
    let entry = module.dict.find_simple(hash, name)?;
    cache.key.set(vm.dict_version(module.dict));
    cache.slot.set(entry as u32);
    cache.how.set(How::Module);
    Some(module.dict.entry_value(entry))
}

/// The function that reads a computed attribute of a native class, if the cache knows it for this object.
#[inline]
fn cached_get(cache: &Cache, object: Value, class: Type) -> Option<Unary> {
    let shape = object.as_ptr()?.shape();
    if cache.how.get() != How::GetSet
        || shape != cache.key.get()
        || class.version.get() != cache.version.get()
    {
        return None;
    }
    PayloadRef::<GetSet>::of_value(cache.value.get()).map(|getset| getset.get().def.get)
}

/// The global or builtin that a cache knows.
#[inline(always)]
pub(super) fn cached_global(cache: &Cache, globals: Dict, builtins: Dict) -> Option<Value> {
    if cache.how.get() == How::Nothing || globals.current_version() != cache.key.get() {
        return None;
    }
    if cache.how.get() == How::Global {
        return Some(globals.entry_value(cache.slot.get() as usize));
    }
    (builtins.current_version() == cache.next.get())
        .then(|| builtins.entry_value(cache.slot.get() as usize))
}

fn remember_slot(cache: &Cache, shape: &Shape, slot: usize) {
    cache.key.set(shape.id.0);
    match (shape.place(slot), shape.attrs_word()) {
        (Slot::Inline(word), _) => {
            cache.slot.set(word as u32);
            cache.how.set(How::Inline);
        }
        (Slot::Overflow(index), Some(word)) => {
            cache.slot.set(index as u32);
            cache.next.set(word as u32);
            cache.how.set(How::Overflow);
        }
        (Slot::Overflow(_), None) => {}
    }
}

fn remember_class(cache: &Cache, shape: &Shape, version: u32, class: Value, value: Value) {
    cache.key.set(shape.id.0);
    cache.version.set(version);
    cache.class.set(class);
    cache.value.set(value);
    cache.how.set(How::Class);
}

impl Vm {
    /// NameError: `name 'x' is not defined`.
    #[cold]
    pub(crate) fn undefined_name(&mut self, name: Value) -> crate::vm::Raised {
        let text = self.name_text(name);
        let raised = self.name_error(format!("name '{text}' is not defined"));
        if let Some(error) = PayloadRef::<crate::object::Exception>::of_value(self.stack.raised) {
            error.fields[0].set(name);
        }
        raised
    }
    /// `load_name`: the namespace of the frame, then globals, then builtins.
    pub(crate) fn load_name(&mut self, name: Value) -> R {
        let (locals, globals, builtins) = self.namespaces();
        if !locals.is_absent()
            && let Some(value) = self.namespace_get(locals, name)?
        {
            return Ok(value);
        }
        self.global_or_builtin(globals, builtins, name)
    }
    /// `load_from_dict_or_global`.
    pub(crate) fn load_from_dict_or_global(&mut self, mapping: Value, name: Value) -> R {
        if let Some(value) = self.namespace_get(mapping, name)? {
            return Ok(value);
        }
        let (_, globals, builtins) = self.namespaces();
        self.global_or_builtin(globals, builtins, name)
    }
    fn global_or_builtin(&mut self, globals: Dict, builtins: Dict, name: Value) -> R {
        // A subclass of dict may know more names than its entries.
        if let Some(value) = self.namespace_get(globals.value(), name)? {
            return Ok(value);
        }
        match self.dict_get_name(builtins, name) {
            Some(value) => Ok(value),
            None => Err(self.undefined_name(name)),
        }
    }
    fn namespaces(&self) -> (Value, Dict, Dict) {
        let frame = self.stack.frames.last().expect("instructions run in a frame");
        (frame.locals, frame.globals, frame.builtins)
    }
    /// The entry of a namespace, which may be any mapping.
    pub(crate) fn namespace_get(&mut self, namespace: Value, name: Value) -> R<Option<Value>> {
        if self.type_of(namespace) == self.t.dict
            && let Some(dict) = self.as_dict(namespace)
        {
            return Ok(self.dict_get_name(dict, name));
        }
        let result = self.get_item(namespace, name);
        self.catch(result, self.exc.key_error)
    }
    /// `store_name`, `store_global`.
    pub(crate) fn namespace_set(&mut self, namespace: Value, name: Value, value: Value) -> R<()> {
        if self.type_of(namespace) == self.t.dict
            && let Some(dict) = self.as_dict(namespace)
        {
            self.dict_set_name(dict, name, value);
            return Ok(());
        }
        self.set_item(namespace, name, value)
    }
    /// `del_name`, `del_global`.
    pub(crate) fn namespace_delete(&mut self, namespace: Value, name: Value) -> R<()> {
        if self.type_of(namespace) == self.t.dict
            && let Some(dict) = self.as_dict(namespace)
        {
            return if self.dict_remove_name(dict, name) {
                Ok(())
            } else {
                Err(self.undefined_name(name))
            };
        }
        let result = self.delete_item(namespace, name);
        match self.catch(result, self.exc.key_error)? {
            Some(()) => Ok(()),
            None => Err(self.undefined_name(name)),
        }
    }
    /// The frame's own namespace: `locals` of a class or module body, else the globals.
    pub(crate) fn frame_namespace(&self) -> Value {
        let frame = self.stack.frames.last().expect("instructions run in a frame");
        if frame.locals.is_absent() { frame.globals.value() } else { frame.locals }
    }
    /// Does the class of `value` bind like a function?
    pub fn is_method_descriptor(&self, value: Value) -> bool {
        self.type_of(value).has(TypeFlags::METHOD_DESCRIPTOR)
    }
    /// The object as a holder of slots.
    pub fn instance(&self, value: Value) -> Option<Instance> {
        value.as_ptr().map(Instance)
    }
}
