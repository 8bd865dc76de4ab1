//! Handlers, generic over the machine.
mod arithmetic;
mod attribute;
mod compare;
mod item;
mod iterate;

pub(super) use arithmetic::{
    add, and, binary_int, div, floor_div, lshift, modulo, mul, or, rshift, sub, unary, xor,
};
pub(super) use attribute::{load_attr, load_global, load_method, store_attr};
pub(super) use compare::{compare, compare_jump, compare_jump_int, is, jump_if};
pub(super) use item::{load_item, store_item, unpack_sequence};
pub(super) use iterate::{Iterated, for_iter, for_iter_any};
