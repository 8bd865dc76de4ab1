//! The classes of nodes, made from the table of the grammar.
use haft_compiler::tree::{Count, FieldSpec, FieldType, Group, Kind, Places};
use haft_core::object::{Dict, Kind as Layout, Type, TypeFlags};
use haft_core::protocol::BinaryOp;
use haft_core::protocol::class::type_new;
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Value, Vm};

use super::{Classes, node};

const PLACES: [&str; 4] = ["lineno", "col_offset", "end_lineno", "end_col_offset"];

/// All classes, and what belongs to them.
pub(super) fn make(vm: &mut Vm) -> R<Classes> {
    let base = make_base(vm);
    // Keeps the classes alive until they are in the runtime's state.
    let alive = vm.new_list();
    alive.push(&mut vm.heap, base.value());
    let (mut groups, mut kinds) = (Vec::new(), Vec::new());
    for &group in Group::ALL {
        let above = if group.is_product() { base } else { make_group(vm, group, base)? };
        alive.push(&mut vm.heap, above.value());
        for &kind in group.kinds() {
            let class = make_kind(vm, kind, above)?;
            alive.push(&mut vm.heap, class.value());
            kinds.push(class);
        }
        let product = kinds.last().copied().filter(|_| group.is_product());
        groups.push(product.unwrap_or(above));
    }
    for (&kind, &class) in Kind::ALL.iter().zip(&kinds) {
        set_field_types(vm, kind, class, &groups)?;
    }
    let mut plain = Vec::new();
    for (kind, &class) in Kind::ALL.iter().zip(&kinds) {
        let is_plain = kind.grammar().is_empty() && kind.group().places() == Places::None;
        let only = if is_plain { vm.new_instance(class, Value::ABSENT) } else { Value::ABSENT };
        alive.push(&mut vm.heap, only);
        plain.push(only);
    }
    let fields = Kind::ALL.iter().map(|kind| kind.fields().map(|f| vm.intern(f.name)).collect());
    let fields = fields.collect();
    let places = PLACES.map(|name| vm.intern(name));
    std::hint::black_box(alive.obj());
    Ok(Classes { base, groups, kinds, plain, fields, places })
}

fn make_base(vm: &mut Vm) -> Type {
    let base = vm.new_builtin_type(&TypeSpec {
        name: "ast.AST",
        doc: "",
        base: None,
        kind: Layout::Instance,
        flags: TypeFlags::BASE.with(TypeFlags::HAS_DICT),
        slots: node::set_slots,
        methods: node::METHODS,
        getsets: &[],
    });
    base.remove_flags(TypeFlags::IMMUTABLE);
    let (empty, types) = (vm.tuple(&[]), vm.dict().value());
    for name in ["_fields", "_attributes", "__match_args__"] {
        vm.dict_set_str(base.dict, name, empty);
    }
    vm.dict_set_str(base.dict, "_field_types", types);
    base
}

/// A class like `class name(base): …`.
fn make_class(vm: &mut Vm, name: &str, base: Type, doc: &str, dict: Dict) -> R<Type> {
    let module = vm.intern("ast");
    vm.dict_set_name(dict, vm.names.__module__, module);
    let doc = vm.str(doc);
    vm.dict_set_name(dict, vm.names.__doc__, doc);
    let (name, bases) = (vm.intern(name), vm.tuple(&[base.value()]));
    type_new(vm, vm.t.r#type, name, bases, dict, &Args::positional(&[]))
}

fn set_places(vm: &mut Vm, dict: Dict, places: Places) {
    let names: Vec<Value> = match places {
        Places::None => Vec::new(),
        Places::OpenEnd | Places::Full => PLACES.iter().map(|name| vm.intern(name)).collect(),
    };
    let names = vm.tuple(&names);
    vm.dict_set_str(dict, "_attributes", names);
    if places == Places::OpenEnd {
        for name in &PLACES[2..] {
            vm.dict_set_str(dict, name, Value::NONE);
        }
    }
}

fn make_group(vm: &mut Vm, group: Group, base: Type) -> R<Type> {
    let dict = vm.dict();
    set_places(vm, dict, group.places());
    let shown: Vec<String> = group.kinds().iter().map(|kind| kind.signature()).collect();
    let between = if group.kinds().iter().all(|kind| kind.grammar().is_empty()) {
        " | ".to_owned()
    } else {
        format!("\n{}| ", " ".repeat(group.name().len() + 1))
    };
    let doc = format!("{} = {}", group.name(), shown.join(&between));
    make_class(vm, group.name(), base, &doc, dict)
}

fn make_kind(vm: &mut Vm, kind: Kind, above: Type) -> R<Type> {
    let dict = vm.dict();
    let names: Vec<Value> = kind.fields().map(|field| vm.intern(field.name)).collect();
    let names = vm.tuple(&names);
    vm.dict_set_str(dict, "_fields", names);
    vm.dict_set_str(dict, "__match_args__", names);
    for field in kind.fields().filter(|field| field.count == Count::Maybe) {
        vm.dict_set_str(dict, field.name, Value::NONE);
    }
    if kind.group().is_product() {
        set_places(vm, dict, kind.group().places());
    }
    make_class(vm, kind.name(), above, &kind.signature(), dict)
}

/// `_field_types`: what annotations of the fields would be.
fn set_field_types(vm: &mut Vm, kind: Kind, class: Type, groups: &[Type]) -> R<()> {
    let types = vm.dict();
    for field in kind.fields() {
        let ty = field_type(vm, field, groups)?;
        vm.dict_set_str(types, field.name, ty);
    }
    vm.dict_set_str(class.dict, "_field_types", types.value());
    vm.dict_set_name(class.dict, vm.names.__annotations__, types.value());
    Ok(())
}

fn field_type(vm: &mut Vm, field: FieldSpec, groups: &[Type]) -> R {
    let one = match field.ty {
        FieldType::Identifier | FieldType::Text => vm.t.str,
        FieldType::Int => vm.t.int,
        FieldType::Constant => vm.t.object,
        FieldType::Node(group) => groups[group as usize],
    };
    match field.count {
        Count::One => Ok(one.value()),
        Count::Maybe => vm.binary_op(BinaryOp::Or, one.value(), Value::NONE),
        Count::Many => {
            let list = vm.t.list.value();
            vm.call_positional(vm.t.generic_alias.value(), &[list, one.value()])
        }
    }
}
