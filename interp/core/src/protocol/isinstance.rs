//! `isinstance` and `issubclass`.
use haft_heap::Value;

use super::generic_getattro;
use crate::object::{Binary, NativeFunction, PayloadRef, Tuple, Type, is_subtype};
use crate::vm::{R, Vm};

impl Vm {
    /// Is the class of `obj` the class `ty` or a subclass of it? No hooks are asked.
    #[inline]
    pub fn instance_of(&self, obj: Value, ty: Type) -> bool {
        is_subtype(self.type_of(obj), ty.obj())
    }
    /// `isinstance(obj, class)`; `class` may be a tuple or anything with `__instancecheck__`.
    pub fn isinstance(&mut self, obj: Value, class: Value) -> R<bool> {
        if self.type_of(obj).value() == class {
            return Ok(true);
        }
        if self.type_of(class) == self.t.r#type {
            return self.plain_isinstance(obj, class);
        }
        if let Some(classes) = self.as_tuple(class) {
            self.check_native_depth()?;
            for &class in classes.items() {
                if self.isinstance(obj, class)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        match self.class_check_hook(class, self.names.__instancecheck__)? {
            Some(check) => {
                self.check_native_depth()?;
                let result = self.call_positional(check, &[obj])?;
                self.truth(result)
            }
            None => self.plain_isinstance(obj, class),
        }
    }
    /// `issubclass(sub, class)`; `class` may be a tuple or anything with `__subclasscheck__`.
    pub fn issubclass(&mut self, sub: Value, class: Value) -> R<bool> {
        if self.type_of(class) == self.t.r#type {
            return if sub == class { Ok(true) } else { self.plain_issubclass(sub, class) };
        }
        if let Some(classes) = self.as_tuple(class) {
            self.check_native_depth()?;
            for &class in classes.items() {
                if self.issubclass(sub, class)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        match self.class_check_hook(class, self.names.__subclasscheck__)? {
            Some(check) => {
                self.check_native_depth()?;
                let result = self.call_positional(check, &[sub])?;
                self.truth(result)
            }
            None => self.plain_issubclass(sub, class),
        }
    }
    /// The bound hook of a class; `None` if it is that of `type`, which does the plain test.
    fn class_check_hook(&mut self, class: Value, name: Value) -> R<Option<Value>> {
        let metaclass = self.type_of(class);
        let Some(found) = self.lookup_in_type(metaclass, name) else { return Ok(None) };
        if PayloadRef::<NativeFunction>::of_value(found)
            .is_some_and(|f| f.owner.get() == self.t.r#type.value())
        {
            return Ok(None);
        }
        self.bind_descriptor(found, class, metaclass).map(Some)
    }

    /// `type.__instancecheck__(class, obj)`: by the real class, then by `obj.__class__`.
    pub(super) fn plain_isinstance(&mut self, obj: Value, class: Value) -> R<bool> {
        let own = self.type_of(obj);
        if let Some(ty) = Type::of_value(class) {
            if is_subtype(own, ty.obj()) {
                return Ok(true);
            }
            if self.shows_own_class(own) {
                return Ok(false);
            }
            let claimed = self.find_attr(obj, self.names.__class__)?.and_then(Type::of_value);
            return Ok(
                claimed.is_some_and(|claimed| claimed != own && is_subtype(claimed, ty.obj()))
            );
        }
        self.check_class(class, "isinstance() arg 2 must be a type, a tuple of types, or a union")?;
        match self.find_attr(obj, self.names.__class__)? {
            Some(claimed) => self.is_abstract_subclass(claimed, class),
            None => Ok(false),
        }
    }
    /// Is `obj.__class__` surely the class `own` of `obj`? So for nearly every object.
    pub(crate) fn shows_own_class(&mut self, own: Type) -> bool {
        let name = self.names.__class__;
        own.slots
            .getattro
            .get()
            .is_some_and(|get| std::ptr::fn_addr_eq(get, generic_getattro as Binary))
            && self.lookup_in_type(own, name) == self.lookup_in_type(self.t.object, name)
    }
    /// `type.__subclasscheck__(class, sub)`.
    pub(super) fn plain_issubclass(&mut self, sub: Value, class: Value) -> R<bool> {
        if let (Some(sub), Some(class)) = (Type::of_value(sub), Type::of_value(class)) {
            return Ok(is_subtype(sub, class.obj()));
        }
        self.check_class(sub, "issubclass() arg 1 must be a class")?;
        self.check_class(
            class,
            "issubclass() arg 2 must be a class, a tuple of classes, or a union",
        )?;
        self.is_abstract_subclass(sub, class)
    }
    /// `obj.__bases__`, if that is a tuple: what makes anything a class here.
    fn abstract_bases(&mut self, obj: Value) -> R<Option<Tuple>> {
        let bases = self.find_attr(obj, self.names.__bases__)?;
        Ok(bases.and_then(|bases| self.as_tuple(bases)))
    }
    fn check_class(&mut self, class: Value, message: &str) -> R<()> {
        match self.abstract_bases(class)? {
            Some(_) => Ok(()),
            None => Err(self.type_error(message)),
        }
    }
    /// Is `class` among the bases of `sub`, or theirs?
    fn is_abstract_subclass(&mut self, sub: Value, class: Value) -> R<bool> {
        self.check_native_depth()?;
        if sub == class {
            return Ok(true);
        }
        let Some(bases) = self.abstract_bases(sub)? else { return Ok(false) };
        for &base in bases.items() {
            if self.is_abstract_subclass(base, class)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
