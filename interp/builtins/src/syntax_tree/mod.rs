//! Syntax trees as objects: the module `_ast`, and the ways between objects and nodes of the compiler.
//!
//! Everything is made from the compiler's table of the grammar: the classes ([`classes`]), an object for a node
//! ([`show`]), and a node for an object ([`read`]). What nodes do themselves is in [`node`].
mod classes;
mod node;
mod read;
mod show;

use std::any::Any;

use haft_compiler::tree::{Group, Kind};
use haft_core::object::{Dict, Type};
use haft_core::vm::Extension;
use haft_core::{R, Tracer, Value, Vm};

pub(crate) use read::{expect_kind, read};
pub(crate) use show::show;

/// The classes of a runtime, made when they are first needed.
#[derive(Debug)]
struct Classes {
    /// `ast.AST`
    base: Type,
    /// The class of each group that is a sum; of a product, the class of its only kind.
    groups: Vec<Type>,
    kinds: Vec<Type>,
    /// The only object of each kind without fields and place that the parser makes; ABSENT for other kinds.
    plain: Vec<Value>,
    /// Names of the fields of each kind, interned.
    fields: Vec<Vec<Value>>,
    /// `lineno`, `col_offset`, `end_lineno`, `end_col_offset`
    places: [Value; 4],
}

impl Extension for Classes {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.base.obj());
        for class in self.groups.iter().chain(&self.kinds) {
            tracer.obj(class.obj());
        }
        tracer.values(&self.plain);
        for names in &self.fields {
            tracer.values(names);
        }
        tracer.values(&self.places);
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Register the module.
pub(crate) fn install(vm: &mut Vm) {
    vm.native_modules.insert("_ast", init);
}

/// The classes, made now if nobody has asked before.
fn classes(vm: &mut Vm) -> R<&Classes> {
    if vm.extension::<Classes>().is_none() {
        let made = classes::make(vm)?;
        vm.set_extension(made);
    }
    Ok(vm.extension().expect("just made"))
}

/// Numbers of `compile`'s flags that the module shows.
const FLAGS: [(&str, i32); 4] = [
    ("PyCF_ALLOW_TOP_LEVEL_AWAIT", 0x2000),
    ("PyCF_ONLY_AST", 0x400),
    ("PyCF_OPTIMIZED_AST", 0x8400),
    ("PyCF_TYPE_COMMENTS", 0x1000),
];

/// `_ast`
fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    let made = classes(vm)?;
    let base = made.base;
    let groups = made.groups.clone();
    let kinds = made.kinds.clone();
    vm.dict_set_str(dict, "AST", base.value());
    for (group, class) in Group::ALL.iter().zip(groups) {
        vm.dict_set_str(dict, group.name(), class.value());
    }
    for (kind, class) in Kind::ALL.iter().zip(kinds) {
        vm.dict_set_str(dict, kind.name(), class.value());
    }
    for (name, number) in FLAGS {
        vm.dict_set_str(dict, name, Value::small(number));
    }
    Ok(())
}

/// Is it a node object?
pub(crate) fn is_node(vm: &mut Vm, value: Value) -> R<bool> {
    // Before the classes are made, there are no objects of them.
    let Some(base) = vm.extension::<Classes>().map(|classes| classes.base) else {
        return Ok(false);
    };
    vm.isinstance(value, base.value())
}
