//! Handlers, generic over the machine.
mod arithmetic;
mod attribute;
mod cell;
mod compare;
mod item;
mod iterate;
pub(super) mod quick;
mod truth;

pub(super) use arithmetic::{
    add, and, binary_int, div, floor_div, lshift, modulo, mul, or, rshift, sub, unary, xor,
};
pub(super) use attribute::{cached, load_attr, load_global, load_method, store_attr};
pub(super) use cell::{load_cell, store_cell};
pub(super) use compare::{compare, compare_jump, compare_jump_int, is, jump_if};
pub(super) use item::{build_tuple, load_item, load_slice, store_item, unpack_sequence};
pub(super) use iterate::{Iterated, for_iter, for_iter_any, get_iter};
pub(super) use truth::{contains, not, to_bool};
