//! Objects for nodes.
use haft_compiler::tree::{Field, Node, Places};
use haft_core::interp::load_const;
use haft_core::object::Type;
use haft_core::{R, Value, Vm};

use super::classes;

/// The object of a node and those below it.
pub(crate) fn show(vm: &mut Vm, node: &Node) -> R {
    vm.check_native_depth()?;
    let known = classes(vm)?;
    let at = node.kind as usize;
    let (class, only): (Type, Value) = (known.kinds[at], known.plain[at]);
    if !only.is_absent() {
        return Ok(only);
    }
    let places = known.places;
    let object = vm.new_instance(class, Value::ABSENT);
    for (at, field) in node.fields.iter().enumerate() {
        let value = show_field(vm, field)?;
        let name = classes(vm)?.fields[node.kind as usize][at];
        vm.set_instance_attr(object, name, value);
    }
    if node.kind.group().places() != Places::None {
        let span = node.span;
        let numbers = [span.line, span.column, span.end_line, span.end_column];
        for (name, number) in places.into_iter().zip(numbers) {
            vm.set_instance_attr(object, name, Value::small(number));
        }
    }
    Ok(object)
}

fn show_field(vm: &mut Vm, field: &Field) -> R {
    match field {
        Field::Nothing => Ok(Value::NONE),
        Field::Node(node) => show(vm, node),
        Field::Nodes(nodes) => {
            let list = vm.new_list();
            for node in nodes {
                let value = match node {
                    Some(node) => show(vm, node)?,
                    None => Value::NONE,
                };
                list.push(&mut vm.heap, value);
            }
            Ok(list.value())
        }
        Field::Names(names) => {
            let list = vm.new_list();
            for name in names {
                let name = vm.intern(name);
                list.push(&mut vm.heap, name);
            }
            Ok(list.value())
        }
        Field::Name(name) => Ok(vm.intern(name)),
        Field::Text(text) => Ok(vm.str_wtf8(text)),
        Field::Int(number) => Ok(vm.int(*number)),
        Field::Constant(value) => load_const(vm, value.clone()),
    }
}
