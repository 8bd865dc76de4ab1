//! What Python sees of type objects.
use super::{CTypeObject, field};
use crate::prelude::*;

getsets! {
    static GETSETS = {
        /// kind
        kind => kind;
        /// C name
        cname => cname;
        /// pointer to, or array of
        item => item;
        /// array length or None
        length => length;
        /// struct or union fields
        fields => fields;
        /// function argument types
        args => args;
        /// function result type
        result => result;
        /// function has '...'
        ellipsis => ellipsis;
        /// function ABI
        abi => abi;
        /// enum elements
        elements => elements;
        /// enum elements, reverse
        relements => relements;
    }
}

natives! {
    static METHODS = {
        /// The attributes that this type has.
        __dir__ "($self, /)" => dir;
    }
}

/// The classes of types and of members.
pub(crate) fn make_classes(vm: &mut Vm) -> (Type, Type) {
    let ctype = vm.new_builtin_type(&TypeSpec {
        flags: TypeFlags::NO_NEW.with(TypeFlags::HAS_WEAKREFS),
        slots: |s| s.repr.set(Some(repr)),
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<CTypeObject>("_cffi_backend.CType")
    });
    let cfield = vm.new_builtin_type(&TypeSpec {
        flags: TypeFlags::NO_NEW,
        getsets: field::GETSETS,
        ..TypeSpec::of::<super::CField>("_cffi_backend.CField")
    });
    (ctype, cfield)
}

fn this(vm: &mut Vm, value: Value, name: &str) -> R<CT> {
    vm.this::<CTypeObject>(value, name, "_cffi_backend.CType")
}

fn repr(vm: &mut Vm, value: Value) -> R {
    let name = this(vm, value, "__repr__")?.name();
    Ok(vm.str(&format!("<ctype '{name}'>")))
}

fn none_such(vm: &mut Vm, name: &str) -> R {
    Err(vm.attribute_error(name))
}

fn kind(vm: &mut Vm, value: Value) -> R {
    let kind = match *this(vm, value, "kind")?.form {
        Form::Void => "void",
        Form::Primitive(_) => "primitive",
        Form::Enum(_) => "enum",
        Form::Pointer(_) => "pointer",
        Form::Function | Form::RawFunction => "function",
        Form::Array(_) => "array",
        Form::Record(kind) => kind.keyword(),
    };
    Ok(vm.intern(kind))
}

fn cname(vm: &mut Vm, value: Value) -> R {
    let name = this(vm, value, "cname")?.name();
    Ok(vm.str(&name))
}

fn item(vm: &mut Vm, value: Value) -> R {
    let ct = this(vm, value, "item")?;
    if ct.form.is_indexable() { Ok(ct.item(vm)?.value()) } else { none_such(vm, "item") }
}

fn length(vm: &mut Vm, value: Value) -> R {
    match *this(vm, value, "length")?.form {
        Form::Array(Some(length)) => Ok(vm.int_u64(length)),
        Form::Array(None) => Ok(Value::NONE),
        _ => none_such(vm, "length"),
    }
}

fn fields(vm: &mut Vm, value: Value) -> R {
    let ct = this(vm, value, "fields")?;
    if !matches!(*ct.form, Form::Record(_)) {
        return none_such(vm, "fields");
    }
    let Some(fields) = ct.fields(vm)? else { return Ok(Value::NONE) };
    let list = vm.new_list();
    for (name, field) in fields.iter() {
        let pair = vm.tuple(&[name, field]);
        list.push(&mut vm.heap, pair);
    }
    Ok(list.value())
}

fn function(vm: &mut Vm, value: Value, name: &str) -> R<CT> {
    let ct = this(vm, value, name)?;
    if *ct.form == Form::Function { Ok(ct) } else { Err(vm.attribute_error(name)) }
}

fn args(vm: &mut Vm, value: Value) -> R {
    Ok(function(vm, value, "args")?.args(vm)?.value())
}

fn result(vm: &mut Vm, value: Value) -> R {
    Ok(function(vm, value, "result")?.item(vm)?.value())
}

fn ellipsis(vm: &mut Vm, value: Value) -> R {
    Ok(Value::bool(function(vm, value, "ellipsis")?.is_variadic()))
}

/// libffi's number of the default ABI.
pub(crate) const DEFAULT_ABI: i32 = if cfg!(target_arch = "x86_64") { 2 } else { 1 };

fn abi(vm: &mut Vm, value: Value) -> R {
    function(vm, value, "abi")?;
    Ok(Value::small(DEFAULT_ABI))
}

fn enumeration(vm: &mut Vm, value: Value, name: &str) -> R<Vec<(String, i128)>> {
    let ct = this(vm, value, name)?;
    match *ct.form {
        Form::Enum(_) => Ok(ct.enumerators()),
        _ => Err(vm.attribute_error(name)),
    }
}

fn elements(vm: &mut Vm, value: Value) -> R {
    let enumerators = enumeration(vm, value, "elements")?;
    let dict = vm.dict();
    // The first name of a value counts: written last.
    for (name, value) in enumerators.iter().rev() {
        let (name, value) = (vm.intern(name), vm.int_i128(*value));
        vm.dict_set(dict, value, name)?;
    }
    Ok(dict.value())
}

fn relements(vm: &mut Vm, value: Value) -> R {
    let enumerators = enumeration(vm, value, "relements")?;
    let dict = vm.dict();
    for (name, value) in enumerators.iter().rev() {
        let (name, value) = (vm.intern(name), vm.int_i128(*value));
        vm.dict_set(dict, name, value)?;
    }
    Ok(dict.value())
}

fn dir(vm: &mut Vm, args: &[Value]) -> R {
    let list = vm.new_list();
    for row in GETSETS {
        let name = vm.intern(row.name);
        if vm.find_attr(args[0], name)?.is_some() {
            list.push(&mut vm.heap, name);
        }
    }
    Ok(list.value())
}
