//! What Python's operations mean: attribute access, calls, operators, iteration, classes.
//!
//! Everything here is a method of [`Vm`](crate::Vm) or a plain function that takes it; the interpreter's handlers have
//! quick paths of their own and come here for the rest.
mod attributes;
mod call;
pub mod class;
mod compare;
mod descriptors;
mod instances;
mod class_build;
mod class_layout;
mod construct;
mod object_type;
mod reassign;
mod reduce;
mod slot_wrappers;
mod slots_generic;
mod type_type;
mod isinstance;
mod iteration;
mod mapping;
mod mro;
mod objects;
mod operators;
pub mod slots;
mod super_;
pub mod type_attributes;

pub use attributes::{MethodCache, NO_ARGS, generic_getattro, generic_setattro};
pub use mapping::Key;
pub use operators::BinaryOp;
