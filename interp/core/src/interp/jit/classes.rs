//! Attributes of classes, and what exceptions are matched with: constant as long as classes do not change.
use haft_bytecode::{Insn, Op};
use haft_heap::Value;
use haft_jit::ir::{Alias, IrOp};

use super::layout;
use super::rec::{Known, Rec};
use crate::interp::machine::Machine;
use crate::interp::names;
use crate::object::{
    Binary, Function, Kind, NativeFunction, PayloadRef, TupleGetter, Type, TypeData, TypeFlags,
};
use crate::protocol::generic_getattro;
use crate::protocol::type_attributes::type_getattro;

impl Rec<'_, '_> {
    /// `C.name`, or its half before a call, of a class whose attribute is the same each time; false, and nothing is done:
    /// it is not.
    pub(super) fn class_attribute(&mut self, i: Insn, name: Value) -> bool {
        let object = self.d.window(i.b(), 1)[0];
        let Some(class) = Type::of_value(object) else { return false };
        let Some((found, receiver)) = self.attribute_of_class(class, name) else { return false };
        let calls = i.op() == Op::LoadMethod;
        if !calls && !receiver.is_absent() {
            return false;
        }
        let metaclass = self.d.vm.type_of(object);
        let object = self.reg(i.b());
        self.is_same(object, object.now);
        self.version_is(class.obj(), class.version.get());
        if metaclass != self.d.vm.t.r#type {
            self.version_is(metaclass.obj(), metaclass.version.get());
        }
        let (found, receiver) = (self.constant(found), self.constant(receiver));
        self.set(i.a(), found);
        if calls {
            self.set(i.a() + 1, receiver);
        }
        true
    }
    /// `r[a] = r[b].name` of a named tuple; false, and nothing is done: it is none, or the name is none of an item.
    pub(super) fn named_item(&mut self, i: Insn, name: Value) -> bool {
        let object = self.d.window(i.b(), 1)[0];
        let class = self.d.vm.type_of(object);
        let plain = class.slots.getattro.get();
        let found = self.d.vm.lookup_in_type(class, name);
        let Some(getter) = found.and_then(PayloadRef::<TupleGetter>::of_value) else {
            return false;
        };
        let (index, len) = (getter.index, self.d.vm.as_tuple(object).map_or(0, |t| t.len() as i64));
        if !plain.is_some_and(|get| std::ptr::fn_addr_eq(get, generic_getattro as Binary))
            || !(0..len).contains(&index)
            || !matches!(class.kind.0, Kind::Tuple | Kind::Wrapped)
        {
            return false;
        }
        let object = self.reg(i.b());
        self.guard_methods(object);
        // An object with a class of its own wraps the tuple.
        let now = self.d.vm.unwrapped(object.now);
        let tuple = if now == object.now {
            object
        } else {
            let by = self.load(IrOp::LoadV, object.by, layout::word_offset(0), Alias::CONSTANT);
            Known { now, by }
        };
        self.kind_is(tuple, Kind::Tuple);
        let index = self.int_constant(index);
        let Some(item) = self.tuple_item(tuple, index) else { return false };
        self.set(i.a(), item);
        true
    }
    /// The method `name` of an int or float that is no object; false, and nothing is done: it is something else.
    pub(super) fn method_of_number(&mut self, i: Insn, name: Value) -> bool {
        let now = self.d.window(i.b(), 1)[0];
        if !now.is_fixnum() && !now.is_float_imm() {
            return false;
        }
        let Some(method) = self.d.vm.find_method(now, name) else { return false };
        let number = self.reg(i.b());
        if now.is_fixnum() {
            self.is_int(number);
        } else {
            self.is_float(number);
        }
        let method = self.constant(method);
        self.set(i.a(), method);
        self.set(i.a() + 1, number);
        true
    }
    /// `C.__name__`, which no class hides that has no metaclass of its own.
    pub(super) fn class_name(&mut self, i: Insn, class: PayloadRef<TypeData>) {
        let object = self.reg(i.b());
        self.is_same(object, object.now);
        let now = class.name.get();
        let by = self.load(IrOp::LoadV, object.by, layout::CLASS_NAME, layout::FUNCTION);
        let name = Known { now, by };
        self.is_same(name, now);
        let name = self.constant(now);
        self.set(i.a(), name);
    }
    /// `getattr(object, name)` of a method, for a name that is the same each time; `None`: it is something else.
    pub(super) fn method_by_name(
        &mut self,
        object: Known<Value>,
        name: Known<Value>,
    ) -> Option<Known<Value>> {
        self.fact(name.by).constant?;
        let obj = object.now.as_ptr()?;
        let key = self.d.vm.intern_str(name.now);
        let function = self.d.vm.find_method(object.now, key)?;
        let shape = self.d.vm.shapes.at(crate::object::ShapeId(obj.shape()));
        if shape.dict_mode || PayloadRef::<Function>::of_value(function).is_none() {
            return None;
        }
        self.guard_methods(object);
        let now = self.d.vm.bound_method(function, object.now);
        let function = self.constant_word(function);
        let by = self.bound_method(now, function, object.by);
        Some(Known { now, by })
    }
    /// The attribute of a class, and the class if it is bound to that.
    fn attribute_of_class(&mut self, class: Type, name: Value) -> Option<(Value, Value)> {
        let vm = &mut *self.d.vm;
        let metaclass = vm.type_of(class.value());
        let plain = metaclass.slots.getattro.get();
        if !plain.is_some_and(|get| std::ptr::fn_addr_eq(get, type_getattro as Binary))
            || vm
                .lookup_in_type(metaclass, name)
                .is_some_and(|found| vm.type_of(found).slots.descr_set.get().is_some())
        {
            return None;
        }
        let found = vm.lookup_in_type(class, name)?;
        if let Some(function) = names::static_function(vm, found) {
            return Some((function, Value::ABSENT));
        }
        if let Some(function) = names::class_function(vm, found) {
            return Some((function, class.value()));
        }
        let is_itself = PayloadRef::<Function>::of_value(found).is_some()
            || vm.type_of(found).slots.descr_get.get().is_none()
            || PayloadRef::<NativeFunction>::of_value(found).is_some()
                && vm.is_method_descriptor(found);
        is_itself.then_some((found, Value::ABSENT))
    }

    /// `r[a]` = does the exception match; false: the classes are not what they should be.
    pub(super) fn match_exception(&mut self, i: Insn) -> bool {
        let (exception, class) = (self.reg(i.b()), self.reg(i.c()));
        let is_class = |value: Value| {
            Type::of_value(value).is_some_and(|class| class.has(TypeFlags::EXCEPTION))
        };
        let fits = match self.d.vm.as_tuple(class.now) {
            Some(tuple) => tuple.items().iter().all(|&class| is_class(class)),
            None => is_class(class.now),
        };
        if !fits || !exception.now.is_ptr() {
            return false;
        }
        self.guard_methods(exception);
        if self.d.vm.as_tuple(class.now).is_some() {
            self.same_classes(class);
        } else {
            self.is_same(class, class.now);
        }
        let outcome = self.d.vm.exception_matches(exception.now, class.now);
        let result = self.of_bool(outcome);
        self.set(i.a(), result);
        true
    }
    /// Guard that a tuple of classes, which may be made anew each time, holds the same ones.
    fn same_classes(&mut self, classes: Known<Value>) {
        if self.fact(classes.by).constant.is_some() {
            return;
        }
        let len = self.d.vm.as_tuple(classes.now).map_or(0, crate::object::Tuple::len);
        self.kind_is(classes, Kind::Tuple);
        self.length_is(classes, len);
        for at in 0..len {
            let class = self.tuple_field(classes, at);
            self.is_same(class, class.now);
        }
    }
    /// Does making an instance of this class of exceptions run no Python when its arguments do not?
    pub(super) fn is_quiet_exception(&mut self, class: Type) -> bool {
        if !class.has(TypeFlags::EXCEPTION)
            || self.d.vm.type_of(class.value()) != self.d.vm.t.r#type
            || class.slots.del.get().is_some()
        {
            return false;
        }
        let names = [self.d.vm.names.__new__, self.d.vm.names.__init__];
        names.into_iter().all(|name| {
            let found = self.d.vm.lookup_in_type(class, name);
            found.and_then(PayloadRef::<NativeFunction>::of_value).is_some()
        })
    }
}
