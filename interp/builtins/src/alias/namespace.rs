//! `types.SimpleNamespace`: an object with nothing but attributes.
use haft_core::object::{CompareOp, Dict, Kind, Slots, Str, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Value, Vm};

use super::classes;
use crate::container::check_count;
use crate::container::sequence::push_repr;

const DOC: &str = "A simple attribute-based namespace.";

/// Make the class.
pub(super) fn make_class(vm: &mut Vm) -> Type {
    let slots = |s: &Slots| {
        s.init.set(Some(init));
        s.repr.set(Some(repr));
        s.compare.set(Some(compare));
    };
    vm.new_builtin_type(&TypeSpec {
        name: "types.SimpleNamespace",
        doc: DOC,
        base: None,
        kind: Kind::Instance,
        flags: TypeFlags::BASE.with(TypeFlags::HAS_DICT),
        slots,
        methods: METHODS,
        getsets: GETSETS,
    })
}

haft_core::natives! {
    static METHODS = {
        /// Return state information for pickling
        __reduce__ "($self, /)" => reduce;
        /// Return a copy of the namespace object with new values for the specified attributes.
        raw __replace__ "($self, /, **changes)" => replace;
    }
}

haft_core::getsets! {
    static GETSETS = {
        /// The attributes.
        __dict__ => |vm, this| Ok(attributes(vm, this)?.value());
    }
}

/// A namespace with these attributes.
pub fn new_namespace(vm: &mut Vm, attributes: Dict) -> Value {
    let class = classes(vm).namespace;
    let made = vm.new_instance(class, Value::ABSENT);
    vm.replace_instance_dict(made, attributes);
    made
}

fn attributes(vm: &mut Vm, this: Value) -> R<Dict> {
    match vm.instance_dict(this) {
        Some(dict) => Ok(dict),
        None => Err(vm.no_attribute(this, vm.names.__dict__)),
    }
}

fn init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let name = vm.type_name(this);
    let given = args.positionals();
    check_count(vm, &name, given.len(), 0, 1)?;
    let target = attributes(vm, this)?;
    if let Some(&source) = given.first() {
        let source = match vm.exact_dict(source) {
            Some(dict) => dict,
            None => {
                let dict = vm.dict();
                vm.dict_update(dict, source)?;
                dict
            }
        };
        if source.iter().any(|(name, _)| vm.as_str(name).is_none()) {
            return Err(vm.type_error("keywords must be strings"));
        }
        vm.dict_update_from_dict(target, source)?;
    }
    for (name, value) in args.keywords() {
        vm.dict_set(target, name, value)?;
    }
    Ok(Value::NONE)
}

fn repr(vm: &mut Vm, this: Value) -> R {
    let class = vm.type_of(this);
    let name =
        if class == classes(vm).namespace { String::from("namespace") } else { class.name_text() };
    if !vm.enter_repr(this) {
        return Ok(vm.str(&format!("{name}(...)")));
    }
    let mut out = format!("{name}(").into_bytes();
    let result = push_attributes(vm, this, &mut out);
    vm.leave_repr();
    result?;
    out.push(b')');
    vm.new_str_checked(&out)
}

fn push_attributes(vm: &mut Vm, this: Value, out: &mut Vec<u8>) -> R<()> {
    let dict = attributes(vm, this)?;
    let (mut from, mut first) = (0, true);
    while let Some(entry) = dict.next_entry(from) {
        from = entry + 1;
        let Some(name) = vm.as_str(dict.key(entry)).filter(|name| !name.is_empty()) else {
            continue;
        };
        if !std::mem::replace(&mut first, false) {
            out.extend_from_slice(b", ");
        }
        out.extend_from_slice(Str::bytes(name));
        out.push(b'=');
        push_repr(vm, out, dict.entry_value(entry))?;
    }
    Ok(())
}

fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    let class = classes(vm).namespace;
    if !vm.instance_of(a, class) || !vm.instance_of(b, class) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (x, y) = (attributes(vm, a)?.value(), attributes(vm, b)?.value());
    vm.compare(x, y, op)
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let dict = attributes(vm, args[0])?.value();
    let (class, empty) = (vm.type_of(args[0]).value(), vm.tuple(&[]));
    Ok(vm.tuple(&[class, empty, dict]))
}

fn replace(vm: &mut Vm, args: &Args<'_>) -> R {
    let &[this] = args.positionals() else {
        return Err(vm.type_error("__replace__() takes no positional arguments"));
    };
    let source = attributes(vm, this)?;
    let class = vm.type_of(this).value();
    let made = vm.call_positional(class, &[])?;
    let target = attributes(vm, made)?;
    vm.dict_update_from_dict(target, source)?;
    for (name, value) in args.keywords() {
        vm.dict_set(target, name, value)?;
    }
    Ok(made)
}
