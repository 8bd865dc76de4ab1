//! What nearly every file here uses.
pub(crate) use std::cell::{Cell, RefCell};
pub(crate) use std::rc::Rc;

pub(crate) use haft_core::object::{
    CompareOp, Dict, Exception, List, NoTrace, PayloadRef, Str, Tuple, Type, TypeFlags, is_subtype,
};
pub(crate) use haft_core::vm::TypeSpec;
pub(crate) use haft_core::{Args, R, Raised, Value, Vm, getsets, natives, payload};

pub(crate) use crate::state::state;
