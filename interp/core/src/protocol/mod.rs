//! What Python's operations mean: attribute access, calls, operators, iteration, classes.
//!
//! Everything here is a method of [`Vm`](crate::Vm) or a plain function that takes it; the interpreter's handlers have
//! quick paths of their own and come here for the rest.
mod attributes;
mod call;
mod cell_type;
pub mod class;
mod class_build;
mod class_layout;
mod code_type;
mod compare;
mod construct;
pub mod descriptors;
mod extension_type;
mod function_type;
mod instances;
mod isinstance;
mod iteration;
mod mapping;
mod mapping_proxy;
mod module_type;
mod mro;
mod native_function_type;
mod object_type;
mod objects;
mod operators;
mod property;
mod reassign;
mod reduce;
mod slot_wrappers;
pub mod slots;
mod slots_generic;
mod super_;
pub mod type_attributes;
mod type_type;
mod wide;

pub(crate) use attributes::AttributeAccess;
pub use attributes::{MethodCache, NO_ARGS, generic_getattro, generic_setattro};
pub use construct::{has_plain_new, is_only_new, is_plain_call};
pub use extension_type::NewExtensionType;
pub use mapping::Key;
pub use operators::BinaryOp;
