//! Type objects: one for each entry of the table of C types that Python has seen.
//!
//! Reading and writing values asks these objects only; the table itself is for making new types, names and layouts.
mod attributes;
mod field;

use std::cell::OnceCell;
use std::sync::Arc;

use haft_cffi_core::NativeSig;
use haft_cffi_core::types::{ArrayLength, CType, Types};

pub(crate) use self::attributes::{DEFAULT_ABI, make_classes};
pub(crate) use self::field::CField;
use crate::prelude::*;

/// What a pointer points to, as far as conversions care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum To {
    /// `void *`
    Void,
    /// `char *`
    Char,
    /// A struct or union.
    Record,
    /// Anything else.
    Other,
}

/// What a type is, without its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `void`
    Void,
    /// A number or character.
    Primitive(Primitive),
    /// An enum and the integer type it is stored as.
    Enum(Primitive),
    /// A pointer, not to a function.
    Pointer(To),
    /// A pointer to a function.
    Function,
    /// An array; its length, if that is part of the type.
    Array(Option<u64>),
    /// A struct or union.
    Record(RecordKind),
    /// A function itself, which no value can be.
    RawFunction,
}

impl Form {
    /// The primitive a value is stored as.
    #[inline]
    pub(crate) const fn primitive(self) -> Option<Primitive> {
        match self {
            Form::Primitive(primitive) | Form::Enum(primitive) => Some(primitive),
            _ => None,
        }
    }
    /// An address: pointers to data and functions.
    #[inline]
    pub(crate) const fn is_address(self) -> bool {
        matches!(self, Form::Pointer(_) | Form::Function)
    }
    /// Pointers and arrays.
    pub(crate) const fn is_indexable(self) -> bool {
        matches!(self, Form::Pointer(_) | Form::Array(_))
    }
    /// A character type.
    pub(crate) fn is_char(self) -> bool {
        matches!(self, Form::Primitive(p) if p.kind() == PrimitiveKind::Char)
    }
    /// An integer type of any size, `_Bool` included.
    pub(crate) const fn is_integer(self) -> bool {
        match self.primitive() {
            Some(primitive) => primitive.is_integer(),
            None => false,
        }
    }
    /// `_Bool`
    pub(crate) fn is_bool(self) -> bool {
        matches!(self, Form::Primitive(Primitive::Bool))
    }
}

payload! {
    /// A C type.
    pub(crate) struct CTypeObject {
        /// The table it belongs to.
        pub(crate) state: NoTrace<Rc<State>>,
        /// Its index.
        pub(crate) id: NoTrace<CTypeId>,
        /// What it is.
        pub(crate) form: NoTrace<Form>,
        size: Cell<i64>,
        item: Cell<Value>,
        pointer: Cell<Value>,
        open: Cell<Value>,
        fields: Cell<Value>,
        /// The member asked for last: name and field.
        last: Cell<Value>,
        last_field: Cell<Value>,
        args: Cell<Value>,
        sig: NoTrace<OnceCell<Result<Arc<NativeSig>, CTypeError>>>,
    }
}

/// A type object.
pub(crate) type CT = PayloadRef<CTypeObject>;

/// The size is not computed yet, or not known yet.
const NOT_KNOWN: i64 = -2;

fn form_of(types: &Types, id: CTypeId) -> Result<Form, CTypeError> {
    Ok(match types.ty(id) {
        CType::Void => Form::Void,
        CType::Primitive(primitive) => Form::Primitive(*primitive),
        CType::Pointer(to) => match types.ty(*to) {
            CType::Function(_) => Form::Function,
            CType::Void => Form::Pointer(To::Void),
            CType::Primitive(Primitive::Char) => Form::Pointer(To::Char),
            CType::Record(_) => Form::Pointer(To::Record),
            _ => Form::Pointer(To::Other),
        },
        CType::Array { length, .. } => Form::Array(length.fixed()),
        CType::Record(record) => Form::Record(record.kind),
        CType::Enum(_) => match types.enum_underlying(id)? {
            Some(primitive) => Form::Enum(primitive),
            None => return Err(CTypeError::ty("an enum is stored as an integer")),
        },
        CType::Function(_) => Form::RawFunction,
        CType::Deferred { .. } => return types.check_usable(id).map(|()| Form::Void),
    })
}

/// The object of a type; the errors of a type that cannot be used without a C compiler.
pub(crate) fn ctype(vm: &mut Vm, state: &Rc<State>, id: CTypeId) -> R<CT> {
    let index = id.0 as usize;
    let known = state.ctypes.borrow().get(index).copied();
    if let Some(known) = known.and_then(CT::of_value) {
        return Ok(known);
    }
    let form = {
        let types = state.types.borrow();
        types.check_usable(id).and_then(|()| form_of(&types, id))
    };
    let form = form.map_err(|error| raise(vm, &error))?;
    if matches!(form, Form::Enum(_)) {
        warn_of_guess(vm, state, id)?;
    }
    let object = CTypeObject {
        state: NoTrace(Rc::clone(state)),
        id: NoTrace(id),
        form: NoTrace(form),
        size: Cell::new(NOT_KNOWN),
        item: Cell::new(Value::ABSENT),
        pointer: Cell::new(Value::ABSENT),
        open: Cell::new(Value::ABSENT),
        fields: Cell::new(Value::ABSENT),
        last: Cell::new(Value::ABSENT),
        last_field: Cell::new(Value::ABSENT),
        args: Cell::new(Value::ABSENT),
        sig: NoTrace(OnceCell::new()),
    };
    let made = vm.new_payload_ref(state.classes.ctype, object);
    let mut ctypes = state.ctypes.borrow_mut();
    if ctypes.len() <= index {
        ctypes.resize(index + 64, Value::ABSENT);
    }
    ctypes[index] = made.value();
    Ok(made)
}

/// UserWarning: an enum without values is taken to be an `unsigned int`.
fn warn_of_guess(vm: &mut Vm, state: &State, id: CTypeId) -> R<()> {
    let name = match state.types.borrow().ty(id) {
        CType::Enum(of) if of.is_guess => state.types.borrow().text(id).to_owned(),
        _ => return Ok(()),
    };
    let message = format!(
        "'{name}' has no values explicitly defined; guessing that it is equivalent to 'unsigned int'"
    );
    crate::module::warn(vm, vm.exc.user_warning, &message)
}

impl CTypeObject {
    /// The C name.
    pub(crate) fn name(&self) -> String {
        self.state.types.borrow().text(*self.id).to_owned()
    }
    /// Bytes of a value, or -1 if that is not known (yet).
    #[inline]
    pub(crate) fn size(&self) -> i64 {
        match self.size.get() {
            NOT_KNOWN => self.compute_size(),
            size => size,
        }
    }
    #[cold]
    fn compute_size(&self) -> i64 {
        let size = self.state.types.borrow().size(*self.id).ok().flatten();
        let size = size.and_then(|size| i64::try_from(size).ok()).unwrap_or(-1);
        // An opaque record may get its members later.
        if size >= 0 || !matches!(*self.form, Form::Record(_)) {
            self.size.set(size);
        }
        size
    }
    /// What is pointed to, the element of an array, or the result of a function.
    #[inline]
    pub(crate) fn item(&self, vm: &mut Vm) -> R<CT> {
        match CT::of_value(self.item.get()) {
            Some(item) => Ok(item),
            None => self.make_item(vm),
        }
    }
    #[cold]
    fn make_item(&self, vm: &mut Vm) -> R<CT> {
        let id = {
            let types = self.state.types.borrow();
            match types.ty(*self.id) {
                CType::Pointer(to) => match types.ty(*to) {
                    CType::Function(function) => Some(function.result),
                    _ => Some(*to),
                },
                CType::Array { item, .. } => Some(*item),
                CType::Function(function) => Some(function.result),
                _ => None,
            }
        };
        let Some(id) = id else { return Err(vm.system_error("a type without parts")) };
        let item = ctype(vm, &self.state, id)?;
        self.item.set(item.value());
        Ok(item)
    }
    /// `T *` for this `T`.
    #[inline]
    pub(crate) fn pointer(&self, vm: &mut Vm) -> R<CT> {
        if let Some(pointer) = CT::of_value(self.pointer.get()) {
            return Ok(pointer);
        }
        let id = self.state.types.borrow_mut().pointer(*self.id);
        let pointer = ctype(vm, &self.state, id)?;
        self.pointer.set(pointer.value());
        Ok(pointer)
    }
    /// `T[]` for this `T`.
    pub(crate) fn open_array(&self, vm: &mut Vm) -> R<CT> {
        if let Some(open) = CT::of_value(self.open.get()) {
            return Ok(open);
        }
        let id = self.state.types.borrow_mut().array(*self.id, ArrayLength::Open);
        let open = ctype(vm, &self.state, id)?;
        self.open.set(open.value());
        Ok(open)
    }
    /// The members of a record by name; `None` while it is opaque.
    #[inline]
    pub(crate) fn fields(&self, vm: &mut Vm) -> R<Option<Dict>> {
        match self.fields.get().as_ptr().and_then(Dict::of) {
            Some(fields) => Ok(Some(fields)),
            None => self.make_fields(vm),
        }
    }
    /// The member of a record with an interned name: the last one again at once.
    #[inline]
    pub(crate) fn field(&self, vm: &mut Vm, name: Value) -> R<Option<PayloadRef<CField>>> {
        if self.last.get() == name {
            return Ok(PayloadRef::of_value(self.last_field.get()));
        }
        let Some(fields) = self.fields(vm)? else { return Ok(None) };
        let found = vm.dict_get_name(fields, name).and_then(PayloadRef::<CField>::of_value);
        if let Some(found) = found {
            self.last.set(name);
            self.last_field.set(found.value());
        }
        Ok(found)
    }
    #[cold]
    fn make_fields(&self, vm: &mut Vm) -> R<Option<Dict>> {
        let layout = {
            let types = self.state.types.borrow();
            types.layout(*self.id).map(|layout| {
                layout.map(|layout| {
                    layout
                        .fields
                        .iter()
                        .map(|(name, field)| (name.clone(), field.clone()))
                        .collect::<Vec<_>>()
                })
            })
        };
        let Some(layout) = layout.map_err(|error| raise(vm, &error))? else { return Ok(None) };
        let fields = vm.dict();
        for (name, field) in layout {
            let of = ctype(vm, &self.state, field.ty)?;
            let object = CField {
                ctype: of,
                offset: field.offset as usize,
                bits: NoTrace(field.bits),
                ignored: field.ignored_in_list,
            };
            let object = vm.new_payload(self.state.classes.cfield, object);
            let name = vm.intern(&name);
            vm.dict_set_name(fields, name, object);
        }
        self.fields.set(fields.value());
        Ok(Some(fields))
    }
    /// Does the record end with an array of unknown length?
    pub(crate) fn has_var_array(&self) -> bool {
        let types = self.state.types.borrow();
        matches!(types.layout(*self.id), Ok(Some(layout)) if layout.has_var_array)
    }
    /// The parameter types of a function, a tuple.
    pub(crate) fn args(&self, vm: &mut Vm) -> R<Tuple> {
        if let Some(args) = self.args.get().as_ptr().and_then(Tuple::of) {
            return Ok(args);
        }
        let ids = {
            let types = self.state.types.borrow();
            types.function_pointee(*self.id).map(|(_, function)| function.args.to_vec())
        };
        let list = vm.new_list();
        for id in ids.unwrap_or_default() {
            let arg = ctype(vm, &self.state, id)?;
            list.push(&mut vm.heap, arg.value());
        }
        let tuple = Tuple::new(&mut vm.heap, list.items());
        self.args.set(tuple.value());
        Ok(tuple)
    }
    /// Is it a function with `...`?
    pub(crate) fn is_variadic(&self) -> bool {
        let types = self.state.types.borrow();
        types.function_pointee(*self.id).is_some_and(|(_, function)| function.variadic)
    }
    /// The plan of calls of a function type, made at the first call.
    #[inline]
    pub(crate) fn sig(&self) -> &Result<Arc<NativeSig>, CTypeError> {
        self.sig.get_or_init(|| {
            let types = self.state.types.borrow();
            NativeSig::new(&types, *self.id).map(Arc::new)
        })
    }
    /// The first name of a number, of an enumeration.
    pub(crate) fn enumerator(&self, number: i128) -> Option<String> {
        match self.state.types.borrow().ty(*self.id) {
            CType::Enum(enumeration) => {
                let named = enumeration.enumerators.iter().find(|(_, value)| *value == number);
                named.map(|(name, _)| name.to_string())
            }
            _ => None,
        }
    }
    /// Names and values of an enum, in the order declared.
    pub(crate) fn enumerators(&self) -> Vec<(String, i128)> {
        match self.state.types.borrow().ty(*self.id) {
            CType::Enum(enumeration) => enumeration
                .enumerators
                .iter()
                .map(|(name, value)| (name.to_string(), *value))
                .collect(),
            _ => Vec::new(),
        }
    }
}
