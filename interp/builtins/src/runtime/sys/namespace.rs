//! `types.SimpleNamespace`, the class of `sys.implementation`.
use std::any::Any;

use haft_core::object::{CompareOp, Dict, PayloadRef, Slots, Str, Type, TypeFlags};
use haft_core::vm::{Args, Extension, TypeSpec};
use haft_core::{R, Tracer, Value, Vm, natives, payload};

payload! {
    /// A namespace: all it has is its attributes.
    struct Namespace {}
}

#[derive(Debug)]
struct NamespaceClass(Type);

impl Extension for NamespaceClass {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.0.obj());
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The class `types.SimpleNamespace`.
pub(in crate::runtime) fn namespace_class(vm: &Vm) -> Type {
    vm.extension::<NamespaceClass>().map_or(vm.t.object, |class| class.0)
}

pub(super) fn install(vm: &mut Vm) {
    let class = vm.new_builtin_type(&TypeSpec {
        doc: "A simple attribute-based namespace.",
        flags: TypeFlags::BASE.with(TypeFlags::HAS_DICT).with(TypeFlags::HAS_WEAKREFS),
        slots: |s: &Slots| {
            s.new.set(Some(new));
            s.init.set(Some(init));
            s.repr.set(Some(repr));
            s.compare.set(Some(compare));
        },
        methods: METHODS,
        ..TypeSpec::of::<Namespace>("types.SimpleNamespace")
    });
    vm.set_extension(NamespaceClass(class));
}

/// A `types.SimpleNamespace` with these attributes.
pub fn new_namespace(vm: &mut Vm, attributes: &[(&str, Value)]) -> Value {
    let class = vm.extension::<NamespaceClass>().map_or(vm.t.object, |class| class.0);
    let value = vm.new_payload(class, Namespace {});
    for &(name, attribute) in attributes {
        let name = vm.intern(name);
        vm.set_instance_attr(value, name, attribute);
    }
    value
}

natives! {
    static METHODS = {
        /// Return state information for pickling
        __reduce__ "($self, /)" => reduce;
        /// Return a copy of the namespace object with new values for the specified attributes.
        raw __replace__ "($self, /, **changes)" => replace;
    }
}

fn new(vm: &mut Vm, class: Value, _: &Args<'_>) -> R {
    let class = crate::arguments::class_of(vm, class)?;
    Ok(vm.new_payload(class, Namespace {}))
}

fn attributes(vm: &mut Vm, value: Value) -> R<Dict> {
    let _: PayloadRef<Namespace> = vm.this(value, "__repr__", "types.SimpleNamespace")?;
    match vm.instance_dict(value) {
        Some(dict) => Ok(dict),
        None => Err(vm.type_error("a namespace has a __dict__")),
    }
}

/// `SimpleNamespace(mapping_or_pairs, /, **attributes)`
fn init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let dict = attributes(vm, this)?;
    let n = args.n_positional();
    if n > 1 {
        return Err(vm.type_error(format!("SimpleNamespace expected at most 1 argument, got {n}")));
    }
    if let Some(&first) = args.positionals().first() {
        let given = vm.dict();
        vm.dict_update(given, first)?;
        for (key, _) in given.iter() {
            if vm.as_str(key).is_none() {
                let name = vm.type_name(key);
                return Err(vm.type_error(format!("keywords must be strings, not {name}")));
            }
        }
        vm.dict_update_from_dict(dict, given)?;
    }
    for (name, value) in args.keywords() {
        vm.dict_set(dict, name, value)?;
    }
    Ok(Value::NONE)
}

/// `namespace(a=1, b=2)`
fn repr(vm: &mut Vm, this: Value) -> R {
    let dict = attributes(vm, this)?;
    let name = if vm.extension::<NamespaceClass>().is_some_and(|c| c.0 == vm.type_of(this)) {
        "namespace".to_owned()
    } else {
        vm.type_of(this).name_text()
    };
    if !vm.enter_repr(this) {
        return Ok(vm.str(&format!("{name}(...)")));
    }
    let shown = repr_items(vm, dict, &name);
    vm.leave_repr();
    shown
}

fn repr_items(vm: &mut Vm, dict: Dict, name: &str) -> R {
    let mut out = format!("{name}(").into_bytes();
    let (mut from, mut first) = (0, true);
    while let Some(entry) = dict.next_entry(from) {
        from = entry + 1;
        let (key, value) = (dict.key(entry), dict.entry_value(entry));
        let Some(key) = vm.as_str(key).filter(|key| !key.is_empty()) else { continue };
        if !std::mem::take(&mut first) {
            out.extend_from_slice(b", ");
        }
        out.extend_from_slice(key.bytes());
        out.push(b'=');
        let shown = vm.repr(value)?;
        out.extend_from_slice(vm.as_str(shown).map_or(b"", Str::bytes));
    }
    out.push(b')');
    Ok(vm.str_wtf8(&out))
}

fn compare(vm: &mut Vm, left: Value, right: Value, op: CompareOp) -> R {
    let both = PayloadRef::<Namespace>::of_value(left).is_some()
        && PayloadRef::<Namespace>::of_value(right).is_some();
    if !both {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (a, b) = (attributes(vm, left)?, attributes(vm, right)?);
    vm.compare(a.value(), b.value(), op)
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let dict = attributes(vm, args[0])?;
    let (class, empty) = (vm.type_of(args[0]).value(), vm.tuple(&[]));
    Ok(vm.tuple(&[class, empty, dict.value()]))
}

fn replace(vm: &mut Vm, args: &Args<'_>) -> R {
    let &[this] = args.positionals() else {
        return Err(vm.type_error("__replace__() takes no positional arguments"));
    };
    let dict = attributes(vm, this)?;
    let class = vm.type_of(this).value();
    let made = vm.call_positional(class, &[])?;
    let new = attributes(vm, made)?;
    vm.dict_update_from_dict(new, dict)?;
    for (name, value) in args.keywords() {
        vm.dict_set(new, name, value)?;
    }
    Ok(made)
}
