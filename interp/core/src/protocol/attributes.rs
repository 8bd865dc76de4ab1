//! Attribute access: what `x.name` means for every kind of object.
use haft_heap::Value;

use super::slots_generic;
use crate::object::{Binary, Exception, PayloadRef, Str, Type};
use crate::vm::{Args, R, Raised, Vm};

/// Entries of the method cache; a power of two.
const METHOD_CACHE: usize = 4096;

/// How attributes of instances of a class are found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum AttributeAccess {
    /// As those of `object`.
    Plain,
    /// Likewise; the class has a `__getattr__` for those that are not found.
    Hooked,
    /// In a way of the class's own.
    Own,
}

/// One remembered search through an MRO. It holds for the class with this version only; versions are used once, so an
/// entry needs no tracing: as long as its version is a living class's, the value is alive through that class.
#[derive(Clone, Copy, Debug)]
struct Remembered {
    version: u32,
    name: Value,
    value: Value,
}

/// Remembered searches by class version and name.
#[derive(Debug)]
pub struct MethodCache(Box<[Remembered]>);

impl Default for MethodCache {
    fn default() -> Self {
        let empty = Remembered { version: 0, name: Value::ABSENT, value: Value::ABSENT };
        MethodCache(vec![empty; METHOD_CACHE].into_boxed_slice())
    }
}

impl Vm {
    /// The interned str of an attribute name; TypeError if it is no str.
    #[inline]
    pub fn attr_name(&mut self, name: Value) -> R {
        match name.as_ptr().and_then(Str::of) {
            Some(str) if str.is_interned() => Ok(name),
            _ => self.attr_name_slow(name),
        }
    }
    fn attr_name_slow(&mut self, name: Value) -> R {
        match self.as_str(name) {
            Some(str) => Ok(self.intern_str(str.value())),
            None => {
                let class = self.type_name(name);
                Err(self.type_error(format!("attribute name must be string, not '{class}'")))
            }
        }
    }

    /// Search the MRO of `ty` for `name` (interned). No descriptor is called.
    #[inline]
    pub fn lookup_in_type(&mut self, ty: Type, name: Value) -> Option<Value> {
        let version = ty.version.get();
        let at = (version as usize).wrapping_mul(31).wrapping_add((name.bits() >> 4) as usize)
            & (METHOD_CACHE - 1);
        let entry = self.method_cache.0[at];
        if entry.version == version && entry.name == name {
            return Some(entry.value).filter(|v| !v.is_absent());
        }
        let found = self.search_mro(ty, name);
        self.method_cache.0[at] =
            Remembered { version, name, value: found.unwrap_or(Value::ABSENT) };
        found
    }
    fn search_mro(&mut self, ty: Type, name: Value) -> Option<Value> {
        let hash = self.hash_str(name.as_ptr().and_then(Str::of)?);
        ty.mro_items().iter().find_map(|&class| Type::of_value(class)?.dict.get_simple(hash, name))
    }

    /// The special method `name` of the class of `obj`, bound to `obj`.
    pub fn lookup_special(&mut self, obj: Value, name: Value) -> R<Option<Value>> {
        let ty = self.type_of(obj);
        match self.lookup_in_type(ty, name) {
            Some(found) => self.bind_descriptor(found, obj, ty).map(Some),
            None => Ok(None),
        }
    }
    /// Call the special method `name` of `obj`, if its class has it.
    pub fn call_special(&mut self, obj: Value, name: Value, args: &[Value]) -> R<Option<Value>> {
        let ty = self.type_of(obj);
        let Some(found) = self.lookup_in_type(ty, name) else { return Ok(None) };
        if self.type_of(found).has(crate::object::TypeFlags::METHOD_DESCRIPTOR) {
            let all = self.prepend(obj, args);
            return self.call_positional(found, all.items()).map(Some);
        }
        let bound = self.bind_descriptor(found, obj, ty)?;
        self.call_positional(bound, args).map(Some)
    }
    /// `descr.__get__(obj, ty)` if it has one, else `descr`.
    pub fn bind_descriptor(&mut self, descr: Value, obj: Value, ty: Type) -> R {
        match self.type_of(descr).slots.descr_get.get() {
            Some(get) => get(self, descr, obj, ty.value()),
            None => Ok(descr),
        }
    }

    /// `obj.name`, `name` interned or any str.
    pub fn get_attr(&mut self, obj: Value, name: Value) -> R {
        let name = self.attr_name(name)?;
        match self.type_of(obj).slots.getattro.get() {
            Some(get) => get(self, obj, name),
            None => self.generic_get_attr(obj, name),
        }
    }
    /// `getattr(obj, name, None)` as Rust sees it: only AttributeError is absorbed.
    pub fn find_attr(&mut self, obj: Value, name: Value) -> R<Option<Value>> {
        let name = self.attr_name(name)?;
        let get = self.type_of(obj).slots.getattro.get();
        if get.is_none_or(|get| std::ptr::fn_addr_eq(get, generic_getattro as Binary)) {
            let found = self.generic_find_attr(obj, name);
            return self.catch(found, self.exc.attribute_error).map(Option::flatten);
        }
        if self.as_type(obj).is_some() && self.type_of(obj) == self.t.r#type {
            let found = self.type_find_attr(obj, name);
            return self.catch(found, self.exc.attribute_error).map(Option::flatten);
        }
        let result = self.get_attr(obj, name);
        self.catch(result, self.exc.attribute_error)
    }
    /// `obj.name` for a Rust name.
    pub fn get_attr_str(&mut self, obj: Value, name: &str) -> R {
        let name = self.intern(name);
        self.get_attr(obj, name)
    }
    /// `obj.name(*args)`.
    pub fn call_method(&mut self, obj: Value, name: Value, args: &[Value]) -> R {
        let name = self.attr_name(name)?;
        if let Some(method) = self.find_method(obj, name) {
            return self.call_with_receiver(method, obj, &Args::positional(args));
        }
        let bound = self.get_attr(obj, name)?;
        self.call_positional(bound, args)
    }
    /// The function that `obj.name(…)` calls with `obj` as first argument, when nothing is in its way: the class has
    /// plain attribute access and a method of this name, the object no attribute.
    pub fn find_method(&mut self, obj: Value, name: Value) -> Option<Value> {
        let ty = self.type_of(obj);
        if self.attribute_access(ty) == AttributeAccess::Own {
            return None;
        }
        let found = self.lookup_in_type(ty, name)?;
        let is_method = self.type_of(found).has(crate::object::TypeFlags::METHOD_DESCRIPTOR);
        (is_method && self.instance_attr(obj, name).is_none()).then_some(found)
    }
    /// How attributes of instances of a class are found.
    pub(crate) fn attribute_access(&mut self, ty: Type) -> AttributeAccess {
        let is = |get: Option<Binary>, other: Binary| {
            get.is_some_and(|get| std::ptr::fn_addr_eq(get, other))
        };
        let get = ty.slots.getattro.get();
        if is(get, generic_getattro) {
            return AttributeAccess::Plain;
        }
        let owner = is(get, slots_generic::getattro)
            .then(|| slots_generic::native_getattribute(self, ty))
            .flatten();
        match owner {
            Some(owner) if owner == self.t.object => AttributeAccess::Hooked,
            _ => AttributeAccess::Own,
        }
    }
    /// `obj.name(*args)` for a Rust name.
    pub fn call_method_str(&mut self, obj: Value, name: &str, args: &[Value]) -> R {
        let name = self.intern(name);
        self.call_method(obj, name, args)
    }
    /// `obj.name = value`, or `del obj.name` for ABSENT.
    pub fn set_attr(&mut self, obj: Value, name: Value, value: Value) -> R<()> {
        let name = self.attr_name(name)?;
        match self.type_of(obj).slots.setattro.get() {
            Some(set) => set(self, obj, name, value),
            None => self.generic_set_attr(obj, name, value),
        }
    }

    /// `object.__getattribute__(obj, name)`, `name` interned.
    pub fn generic_get_attr(&mut self, obj: Value, name: Value) -> R {
        match self.generic_find_attr(obj, name)? {
            Some(value) => Ok(value),
            None => Err(self.no_attribute(obj, name)),
        }
    }
    /// As [`Vm::generic_get_attr`]; `None` if there is no such attribute. A descriptor may still raise.
    fn generic_find_attr(&mut self, obj: Value, name: Value) -> R<Option<Value>> {
        let ty = self.type_of(obj);
        let descr = self.lookup_in_type(ty, name);
        let Some(descr) = descr else { return Ok(self.instance_attr(obj, name)) };
        let class = self.type_of(descr);
        let get = class.slots.descr_get.get();
        if (get.is_none() || class.slots.descr_set.get().is_none())
            && let Some(value) = self.instance_attr(obj, name)
        {
            return Ok(Some(value));
        }
        match get {
            Some(get) => get(self, descr, obj, ty.value()).map(Some),
            None => Ok(Some(descr)),
        }
    }
    /// `object.__setattr__` and `object.__delattr__` (ABSENT), `name` interned.
    pub fn generic_set_attr(&mut self, obj: Value, name: Value, value: Value) -> R<()> {
        let ty = self.type_of(obj);
        let descr = self.lookup_in_type(ty, name);
        if let Some(descr) = descr
            && let Some(set) = self.type_of(descr).slots.descr_set.get()
        {
            return set(self, descr, obj, value);
        }
        let done = if value.is_absent() {
            self.delete_instance_attr(obj, name)
        } else {
            self.set_instance_attr(obj, name, value)
        };
        if done {
            return Ok(());
        }
        if self.has_instance_dict(obj) {
            return Err(self.no_attribute(obj, name));
        }
        let (class, shown) = (ty.shown_name(), self.shown_name(name));
        let message = if descr.is_some() {
            format!("'{class}' object attribute '{shown}' is read-only")
        } else {
            format!(
                "'{class}' object has no attribute '{shown}' and no __dict__ for setting new attributes"
            )
        };
        let raised = self.attribute_error(message);
        Err(self.name_attribute_error(raised, obj, name))
    }

    fn shown_name(&self, name: Value) -> String {
        self.as_str(name).map_or_else(String::new, |s| s.to_text().into_owned())
    }
    /// AttributeError: `'C' object has no attribute 'x'`.
    #[cold]
    pub fn no_attribute(&mut self, obj: Value, name: Value) -> Raised {
        let (class, shown) = (self.type_name(obj), self.shown_name(name));
        let raised = self.attribute_error(format!("'{class}' object has no attribute '{shown}'"));
        self.name_attribute_error(raised, obj, name)
    }
    /// Put `name` and `obj` into the AttributeError on its way, for suggestions.
    pub fn name_attribute_error(&mut self, raised: Raised, obj: Value, name: Value) -> Raised {
        if let Some(error) = PayloadRef::<Exception>::of_value(self.stack.raised)
            && self.raised_is(self.exc.attribute_error)
        {
            error.fields[0].set(name);
            error.fields[1].set(obj);
        }
        raised
    }
}

/// The `getattro` slot of ordinary classes.
pub fn generic_getattro(vm: &mut Vm, obj: Value, name: Value) -> R {
    vm.generic_get_attr(obj, name)
}

/// The `setattro` slot of ordinary classes.
pub fn generic_setattro(vm: &mut Vm, obj: Value, name: Value, value: Value) -> R<()> {
    vm.generic_set_attr(obj, name, value)
}

/// Arguments of a call that has none.
pub const NO_ARGS: Args<'static> = Args { vals: &[], names: &[] };
