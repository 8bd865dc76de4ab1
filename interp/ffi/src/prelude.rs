//! What nearly every file here uses.
pub(crate) use std::cell::{Cell, RefCell};
pub(crate) use std::rc::Rc;

pub(crate) use haft_cffi_core::types::{CTypeId, FieldBits, Primitive, PrimitiveKind, RecordKind};
pub(crate) use haft_cffi_core::{CTypeError, Raises, memory};
pub(crate) use haft_core::object::{
    Bytes, CompareOp, Dict, List, NoTrace, PayloadRef, Slice, Str, Tuple, Type, TypeFlags,
};
pub(crate) use haft_core::vm::TypeSpec;
pub(crate) use haft_core::{Args, R, Raised, Value, Vm, getsets, natives, payload};

pub(crate) use crate::cdata::{CD, Own};
pub(crate) use crate::ctype::{CT, Form, To};
pub(crate) use crate::state::{State, raise, state};
