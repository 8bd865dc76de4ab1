//! Nodes for objects: reads every field that the grammar asks for, and says what is missing or wrong.
use haft_compiler::tree::{Count, Field, FieldSpec, FieldType, Group, Kind, Node, Places, Span};
use haft_core::interp::const_of;
use haft_core::object::Type;
use haft_core::{R, Raised, Value, Vm};

use super::classes;

/// The node of `object`, which must belong to `group`.
pub(crate) fn read(vm: &mut Vm, object: Value, group: Group) -> R<Node> {
    vm.check_native_depth()?;
    if group.is_product() {
        let fields = read_fields(vm, object, group.kinds()[0])?;
        let span = read_span(vm, object, group)?;
        return Ok(Node { kind: group.kinds()[0], span, fields });
    }
    let class = classes(vm)?.groups[group as usize];
    if !vm.isinstance(object, class.value())? {
        return Err(unexpected(vm, object, group));
    }
    let span = read_span(vm, object, group)?;
    match kind_of(vm, object)?.filter(|kind| kind.group() == group) {
        Some(kind) => Ok(Node { kind, span, fields: read_fields(vm, object, kind)? }),
        None => Err(unexpected(vm, object, group)),
    }
}

/// TypeError unless the root `object` is of this kind.
pub(crate) fn expect_kind(vm: &mut Vm, object: Value, kind: Kind) -> R<()> {
    let class = classes(vm)?.kinds[kind as usize];
    if vm.isinstance(object, class.value())? {
        return Ok(());
    }
    let (wanted, got) = (kind.name(), vm.type_name(object));
    Err(vm.type_error(format!("expected {wanted} node, got {got}")))
}

#[cold]
fn unexpected(vm: &mut Vm, object: Value, group: Group) -> Raised {
    match vm.repr_text(object) {
        Ok(shown) => {
            let group = group.name();
            vm.type_error(format!("expected some sort of {group}, but got {shown}"))
        }
        Err(raised) => raised,
    }
}

/// The kind whose class comes first among the object's classes.
fn kind_of(vm: &mut Vm, object: Value) -> R<Option<Kind>> {
    let class = vm.type_of(object);
    let kinds = &classes(vm)?.kinds;
    let find = |base: Type| kinds.iter().position(|&known| known == base);
    let found = class.mro_items().iter().filter_map(|&base| Type::of_value(base)).find_map(find);
    Ok(found.map(|at| Kind::ALL[at]))
}

/// An attribute, if the object has it.
fn attribute(vm: &mut Vm, object: Value, name: &str) -> R<Option<Value>> {
    let name = vm.intern(name);
    vm.find_attr(object, name)
}

#[cold]
fn missing(vm: &mut Vm, name: &str, owner: &str) -> Raised {
    vm.type_error(format!("required field \"{name}\" missing from {owner}"))
}

fn read_span(vm: &mut Vm, object: Value, group: Group) -> R<Span> {
    let places = group.places();
    if places == Places::None {
        return Ok(Span::default());
    }
    let [line, column, end_line, end_column] = classes(vm)?.places;
    let needed = |vm: &mut Vm, name: Value| match vm.find_attr(object, name)? {
        Some(found) => read_int(vm, found),
        None => {
            let name = vm.shown(name);
            Err(missing(vm, &name, group.name()))
        }
    };
    let (line, column) = (needed(vm, line)?, needed(vm, column)?);
    let ending = |vm: &mut Vm, name: Value, default: i32| {
        if places == Places::Full {
            return needed(vm, name);
        }
        match vm.find_attr(object, name)?.filter(|found| !found.is_none()) {
            Some(found) => read_int(vm, found),
            None => Ok(default),
        }
    };
    let end_line = ending(vm, end_line, line)?;
    let end_column = ending(vm, end_column, column)?;
    Ok(Span { line, column, end_line, end_column })
}

fn read_int(vm: &mut Vm, value: Value) -> R<i32> {
    if !vm.is_int(value) {
        let shown = vm.repr_text(value)?;
        return Err(vm.value_error(format!("invalid integer value: {shown}")));
    }
    match vm.as_int(value).and_then(|number| i32::try_from(number).ok()) {
        Some(number) => Ok(number),
        None => Err(vm.overflow_error("Python int too large to convert to C int")),
    }
}

fn read_fields(vm: &mut Vm, object: Value, kind: Kind) -> R<Vec<Field>> {
    let mut fields = Vec::new();
    for field in kind.fields() {
        fields.push(read_field(vm, object, kind, field)?);
    }
    Ok(fields)
}

fn read_field(vm: &mut Vm, object: Value, kind: Kind, field: FieldSpec) -> R<Field> {
    let found = attribute(vm, object, field.name)?;
    if field.count == Count::Many {
        return match found {
            Some(list) => read_list(vm, list, kind, field),
            None if field.ty == FieldType::Identifier => Ok(Field::Names(Vec::new())),
            None => Ok(Field::Nodes(Vec::new())),
        };
    }
    let Some(value) = found else {
        if field.count == Count::Maybe {
            return Ok(Field::Nothing);
        }
        if field.ty == FieldType::Node(Group::ExprContext) {
            return Ok(Field::Node(Box::new(Node::plain(Kind::Load))));
        }
        return Err(missing(vm, field.name, kind.name()));
    };
    if value.is_none() && field.ty != FieldType::Constant {
        if field.count == Count::Maybe {
            return Ok(Field::Nothing);
        }
        let is_product = matches!(field.ty, FieldType::Node(group) if group.is_product());
        if field.ty != FieldType::Int && !is_product {
            let (name, kind) = (field.name, kind.name());
            return Err(vm.value_error(format!("field '{name}' is required for {kind}")));
        }
    }
    read_value(vm, value, field.ty)
}

fn read_value(vm: &mut Vm, value: Value, ty: FieldType) -> R<Field> {
    match ty {
        FieldType::Node(group) => Ok(Field::Node(Box::new(read(vm, value, group)?))),
        FieldType::Identifier => {
            Ok(Field::Name(read_text(vm, value, "identifier")?.to_text().into()))
        }
        FieldType::Text => Ok(Field::Text(read_text(vm, value, "string")?.bytes().into())),
        FieldType::Int => Ok(Field::Int(i64::from(read_int(vm, value)?))),
        FieldType::Constant => Ok(Field::Constant(const_of(vm, value)?)),
    }
}

fn read_text(vm: &mut Vm, value: Value, what: &str) -> R<haft_core::object::Str> {
    match vm.as_str(value).filter(|_| what == "string" || vm.type_of(value) == vm.t.str) {
        Some(text) => Ok(text),
        None => Err(vm.type_error(format!("AST {what} must be of type str"))),
    }
}

fn read_list(vm: &mut Vm, value: Value, kind: Kind, field: FieldSpec) -> R<Field> {
    let Some(list) = vm.as_list(value) else {
        let (kind, name, class) = (kind.name(), field.name, vm.type_name(value));
        let message = format!("{kind} field \"{name}\" must be a list, not a {class}");
        return Err(vm.type_error(message));
    };
    let n = list.len();
    let (mut nodes, mut names) = (Vec::new(), Vec::new());
    for at in 0..n {
        let item = list.at(at);
        match field.ty {
            FieldType::Node(group) if item.is_none() && !group.is_product() => nodes.push(None),
            FieldType::Node(group) => nodes.push(Some(read(vm, item, group)?)),
            _ => names.push(read_text(vm, item, "identifier")?.to_text().into()),
        }
        if list.len() != n {
            let (kind, name) = (kind.name(), field.name);
            let message = format!("{kind} field \"{name}\" changed size during iteration");
            return Err(vm.raise(vm.exc.runtime_error, message));
        }
    }
    Ok(if field.ty == FieldType::Identifier { Field::Names(names) } else { Field::Nodes(nodes) })
}
