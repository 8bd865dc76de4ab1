//! Struct sequences: tuples whose items have names, as `os.stat_result`, `time.struct_time` and `sys.flags` are.
//!
//! An instance wraps a tuple of the *visible* items. Further fields, which only attribute access reaches, are in
//! reserved slots of the instance. A field without a name is an item without an attribute.
use std::any::Any;
use std::cell::RefCell;

use haft_core::object::{
    Dict, Instance, Kind, PayloadRef, RootSpec, Tuple, Type, TypeFlags, is_subtype,
};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{Args, R, Raised, Tracer, Value, Vm, getsets, natives, payload};

/// Name (empty: none) and docstring of a field.
pub type Field = (&'static str, &'static str);

/// What a struct sequence class is made of.
#[derive(Clone, Copy, Debug)]
struct Spec {
    class: Type,
    name: &'static str,
    fields: &'static [Field],
    n_sequence: usize,
}

/// The struct sequence classes of a runtime.
#[derive(Debug)]
struct StructSequences {
    member_class: Type,
    specs: RefCell<Vec<Spec>>,
}

impl Extension for StructSequences {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.member_class.obj());
        for spec in self.specs.borrow().iter() {
            tracer.obj(spec.class.obj());
        }
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

payload! {
    /// The attribute of a field.
    struct StructMember {
        owner: Value,
        name: Value,
        index: usize,
        doc: &'static str,
    }
}

impl Spec {
    fn n_unnamed(&self) -> usize {
        self.fields.iter().filter(|field| field.0.is_empty()).count()
    }
    /// The `at`-th field that has a name. CPython numbers fields so in `repr`, where unnamed ones come last.
    fn named(&self, at: usize) -> &'static str {
        self.fields
            .iter()
            .map(|field| field.0)
            .filter(|name| !name.is_empty())
            .nth(at)
            .unwrap_or("?")
    }
}

/// Make a struct sequence class. `name` has its module in front; the first `n_sequence` fields are the items of the
/// tuple.
pub fn make_struct_sequence_type(
    vm: &mut Vm,
    name: &'static str,
    doc: &'static str,
    fields: &'static [Field],
    n_sequence: usize,
) -> Type {
    let class = vm.new_builtin_type(&TypeSpec {
        name,
        doc,
        base: Some(vm.t.tuple),
        kind: Kind::Wrapped,
        flags: TypeFlags(0),
        slots: |s| {
            s.new.set(Some(new));
            s.repr.set(Some(repr));
        },
        methods: METHODS,
        getsets: &[],
    });
    let n_hidden = fields.len() - n_sequence;
    let layout = RootSpec {
        kind: Kind::Wrapped,
        n_reserved: n_hidden,
        n_inline: n_hidden,
        has_dict: false,
        dict_mode: false,
        n_struct: 0,
    };
    let shape = vm.shapes.add_root(class.obj(), layout);
    class.root_shape.set(shape);
    class.dict_shape.set(shape);
    let spec = Spec { class, name, fields, n_sequence };
    register(vm, spec);
    let counts = [
        ("n_sequence_fields", n_sequence),
        ("n_fields", fields.len()),
        ("n_unnamed_fields", spec.n_unnamed()),
    ];
    for (name, count) in counts {
        let count = vm.int_usize(count);
        vm.dict_set_str(class.dict, name, count);
    }
    add_members(vm, spec);
    class
}

/// An instance of a struct sequence class with a value for each field.
pub fn new_struct_sequence(vm: &mut Vm, class: Type, values: &[Value]) -> Value {
    let shape = vm.shapes.at(class.root_shape.get());
    let n_visible = values.len() - shape.n_reserved.min(values.len());
    let items = Tuple::new(&mut vm.heap, &values[..n_visible]);
    let value = vm.new_instance(class, items.value());
    if let Some(object) = value.as_ptr() {
        for (slot, &hidden) in values[n_visible..].iter().enumerate() {
            Instance(object).write(&mut vm.heap, shape, slot, hidden);
        }
    }
    value
}

/// The value of field `index` of an instance, hidden fields included.
pub fn struct_sequence_field(vm: &Vm, value: Value, index: usize) -> Option<Value> {
    let items = vm.as_tuple(value)?.items();
    if let Some(&item) = items.get(index) {
        return Some(item);
    }
    let shape = vm.shapes.at(vm.type_of(value).root_shape.get());
    let slot = index - items.len();
    if slot >= shape.n_reserved {
        return None;
    }
    Some(Instance(value.as_ptr()?).read(shape, slot)).filter(|field| !field.is_absent())
}

fn register(vm: &mut Vm, spec: Spec) {
    if vm.extension::<StructSequences>().is_none() {
        let member_class = vm.new_builtin_type(&TypeSpec {
            slots: |s| {
                s.descr_get.set(Some(member_get));
                s.descr_set.set(Some(member_set));
                s.repr.set(Some(member_repr));
            },
            getsets: MEMBER_GETSETS,
            ..TypeSpec::of::<StructMember>("member_descriptor")
        });
        vm.set_extension(StructSequences { member_class, specs: RefCell::default() });
    }
    if let Some(all) = vm.extension::<StructSequences>() {
        all.specs.borrow_mut().push(spec);
    }
}

fn add_members(vm: &mut Vm, spec: Spec) {
    let Some(member_class) = vm.extension::<StructSequences>().map(|all| all.member_class) else {
        return;
    };
    let names = vm.new_list();
    for (index, &(name, doc)) in
        spec.fields.iter().enumerate().filter(|(_, field)| !field.0.is_empty())
    {
        let name = vm.intern(name);
        let member = StructMember { owner: spec.class.value(), name, index, doc };
        let member = vm.new_payload(member_class, member);
        vm.dict_set_name(spec.class.dict, name, member);
        if index < spec.n_sequence {
            names.push(&mut vm.heap, name);
        }
    }
    let names = vm.tuple(names.items());
    vm.dict_set_name(spec.class.dict, vm.names.__match_args__, names);
}

/// The class's own row, for an instance or the class itself.
fn spec_of(vm: &mut Vm, class: Type) -> R<Spec> {
    let found = vm.extension::<StructSequences>().and_then(|all| {
        let specs = all.specs.borrow();
        specs.iter().find(|spec| is_subtype(class, spec.class.obj())).copied()
    });
    match found {
        Some(spec) => Ok(spec),
        None => Err(vm.type_error("a struct sequence is required")),
    }
}

// ---- members

getsets! {
    static MEMBER_GETSETS = {
        __name__ => |vm, this| this_member(vm, this).map(|member| member.name);
        __objclass__ => |vm, this| this_member(vm, this).map(|member| member.owner);
        __doc__ => |vm, this| {
            let doc = this_member(vm, this)?.doc;
            Ok(if doc.is_empty() { Value::NONE } else { vm.str(doc) })
        };
        __qualname__ => |vm, this| {
            let member = this_member(vm, this)?;
            let (class, name) = (owner_name(vm, member), vm.str_text(member.name)?);
            let class = class.rsplit('.').next().unwrap_or_default();
            Ok(vm.str(&format!("{class}.{name}")))
        };
    }
}

fn this_member(vm: &mut Vm, value: Value) -> R<PayloadRef<StructMember>> {
    vm.this(value, "__get__", "member_descriptor")
}

fn owner_name(vm: &mut Vm, member: PayloadRef<StructMember>) -> String {
    match Type::of_value(member.owner) {
        Some(owner) => vm.full_type_name(owner),
        None => String::new(),
    }
}

fn member_get(vm: &mut Vm, descr: Value, obj: Value, _class: Value) -> R {
    let member = this_member(vm, descr)?;
    if obj.is_absent() {
        return Ok(descr);
    }
    check_owner(vm, member, obj)?;
    Ok(struct_sequence_field(vm, obj, member.index).unwrap_or(Value::NONE))
}

fn member_set(vm: &mut Vm, descr: Value, obj: Value, _value: Value) -> R<()> {
    let member = this_member(vm, descr)?;
    check_owner(vm, member, obj)?;
    Err(vm.attribute_error("readonly attribute"))
}

fn check_owner(vm: &mut Vm, member: PayloadRef<StructMember>, obj: Value) -> R<()> {
    let owner = Type::of_value(member.owner);
    if owner.is_some_and(|owner| is_subtype(vm.type_of(obj), owner.obj())) {
        return Ok(());
    }
    let (name, class, got) = (vm.str_text(member.name)?, owner_name(vm, member), vm.type_name(obj));
    Err(vm.type_error(format!(
        "descriptor '{name}' for '{class}' objects doesn't apply to a '{got}' object"
    )))
}

fn member_repr(vm: &mut Vm, this: Value) -> R {
    let member = this_member(vm, this)?;
    let (name, class) = (vm.str_text(member.name)?, owner_name(vm, member));
    Ok(vm.str(&format!("<member '{name}' of '{class}' objects>")))
}

// ---- instances

natives! {
    static METHODS = {
        /// Helper for pickle.
        __reduce__ "($self, /)" => reduce;
        /// Return a copy of the structure with new values for the specified fields.
        raw __replace__ "($self, /, **changes)" => replace;
    }
}

/// The constructor of every struct sequence class: `C(sequence, dict=None)`. Fields that are not given are None.
pub fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let Some(class) = Type::of_value(class) else {
        return Err(vm.type_error("a class is required"));
    };
    let spec = spec_of(vm, class)?;
    let (sequence, dict) = new_arguments(vm, spec, args)?;
    let given = if vm.type_of(sequence).slots.iter.get().is_some()
        || vm.type_of(sequence).slots.getitem.get().is_some()
    {
        vm.list_of(sequence)?
    } else {
        return Err(vm.type_error("constructor requires a sequence"));
    };
    check_length(vm, spec, given.len())?;
    let mut n_used = 0;
    let n_given = given.len();
    for &(name, _) in &spec.fields[n_given..] {
        let value = match dict {
            Some(dict) if !name.is_empty() => vm.dict_get_str(dict, name),
            _ => None,
        };
        n_used += usize::from(value.is_some());
        given.push(&mut vm.heap, value.unwrap_or(Value::NONE));
    }
    if dict.is_some_and(|dict| dict.len() > n_used) {
        return Err(
            vm.type_error(format!("{}() got duplicate or unexpected field name(s)", spec.name))
        );
    }
    Ok(new_struct_sequence(vm, class, given.items()))
}

/// `(sequence, dict=None)`, by position or keyword.
fn new_arguments(vm: &mut Vm, spec: Spec, args: &Args<'_>) -> R<(Value, Option<Dict>)> {
    let bound = vm.bind_signature("structseq", NEW_SIGNATURE, args)?;
    let (sequence, dict) = (bound[0], bound[1]);
    if dict.is_absent() || dict.is_none() {
        return Ok((sequence, None));
    }
    match vm.as_dict(dict) {
        Some(dict) => Ok((sequence, Some(dict))),
        None => Err(vm.type_error(format!("{}() takes a dict as second arg, if any", spec.name))),
    }
}

const NEW_SIGNATURE: &str = "(sequence, dict=<absent>)";

fn check_length(vm: &mut Vm, spec: Spec, len: usize) -> R<()> {
    let (min, max, name) = (spec.n_sequence, spec.fields.len(), spec.name);
    let expected = match len {
        _ if (min..=max).contains(&len) => return Ok(()),
        _ if min == max => format!("a {min}"),
        _ if len < min => format!("an at least {min}"),
        _ => format!("an at most {max}"),
    };
    Err(vm.type_error(format!("{name}() takes {expected}-sequence ({len}-sequence given)")))
}

fn repr(vm: &mut Vm, this: Value) -> R {
    let spec = spec_of(vm, vm.type_of(this))?;
    let mut out = format!("{}(", spec.name).into_bytes();
    let items = vm.as_tuple(this).map_or(&[][..], Tuple::items);
    for (at, &item) in items.iter().enumerate() {
        if at > 0 {
            out.extend_from_slice(b", ");
        }
        out.extend_from_slice(spec.named(at).as_bytes());
        out.push(b'=');
        let shown = vm.repr(item)?;
        out.extend_from_slice(vm.as_str(shown).map_or(b"", haft_core::object::Str::bytes));
    }
    out.push(b')');
    Ok(vm.str_wtf8(&out))
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let this = args[0];
    let spec = spec_of(vm, vm.type_of(this))?;
    let items = vm.as_tuple(this).map_or(&[][..], Tuple::items);
    let items = vm.tuple(items);
    let hidden = vm.dict();
    for (index, &(name, _)) in spec.fields.iter().enumerate().skip(spec.n_sequence) {
        if let Some(value) = struct_sequence_field(vm, this, index) {
            vm.dict_set_str(hidden, name, value);
        }
    }
    let arguments = vm.tuple(&[items, hidden.value()]);
    Ok(vm.tuple(&[vm.type_of(this).value(), arguments]))
}

fn replace(vm: &mut Vm, args: &Args<'_>) -> R {
    let [this] = *args.positionals() else {
        return Err(vm.type_error("__replace__() takes no positional arguments"));
    };
    let class = vm.type_of(this);
    let spec = spec_of(vm, class)?;
    if spec.n_unnamed() > 0 {
        let name = spec.name;
        return Err(vm.type_error(format!(
            "__replace__() is not supported for {name} because it has unnamed field(s)"
        )));
    }
    let values = vm.new_list();
    for index in 0..spec.fields.len() {
        let value = struct_sequence_field(vm, this, index).unwrap_or(Value::NONE);
        values.push(&mut vm.heap, value);
    }
    let unknown = vm.new_list();
    for (name, value) in args.keywords() {
        let text = vm.str_text(name)?;
        match spec.fields.iter().position(|field| field.0 == text) {
            Some(index) => {
                values.set(&mut vm.heap, index, value);
            }
            None => unknown.push(&mut vm.heap, name),
        }
    }
    if !unknown.is_empty() {
        return Err(unexpected_names(vm, unknown.value())?);
    }
    Ok(new_struct_sequence(vm, class, values.items()))
}

fn unexpected_names(vm: &mut Vm, names: Value) -> R<Raised> {
    let shown = vm.repr_text(names)?;
    Ok(vm.type_error(format!("Got unexpected field name(s): {shown}")))
}
