//! The functions of the context. Each file has those of one subject, by the names of the table in haft-hpy-abi.
mod call;
mod capsule;
mod container;
mod error;
mod evaluate;
mod instance;
mod number;
mod object;
mod text;

pub(crate) use call::*;
pub(crate) use capsule::*;
pub(crate) use container::*;
pub(crate) use error::*;
pub(crate) use evaluate::*;
pub(crate) use instance::*;
pub(crate) use number::*;
pub(crate) use object::*;
pub(crate) use text::*;
