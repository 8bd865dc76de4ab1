//! product, permutations, combinations, combinations_with_replacement.
use std::cell::{Cell, RefCell};

use haft_core::object::{Dict, Tuple};
use haft_core::{Args, R, Value, Vm, payload};

use super::sources::list_in;
use super::{iterator_class, this};
use crate::class_of;

payload! {
    /// `product(*iterables, repeat)`
    pub(super) struct Product {
        pools: Value,
        indices: RefCell<Vec<usize>>,
        state: Cell<u8>,
    }
    /// `permutations(iterable, r)`
    pub(super) struct Permutations {
        pool: Value,
        indices: RefCell<Vec<usize>>,
        cycles: RefCell<Vec<usize>>,
        state: Cell<u8>,
    }
    /// `combinations(iterable, r)`, with or without replacement.
    pub(super) struct Combinations {
        pool: Value,
        indices: RefCell<Vec<usize>>,
        replace: bool,
        state: Cell<u8>,
    }
}

/// Not started, under way, over.
const FRESH: u8 = 0;
const RUNNING: u8 = 1;
const OVER: u8 = 2;

/// Add the classes of this file.
pub(super) fn add(vm: &mut Vm, dict: Dict) {
    iterator_class!(vm, dict, Product, "product", product_new, product_next);
    iterator_class!(vm, dict, Permutations, "permutations", permutations_new, permutations_next);
    iterator_class!(vm, dict, Combinations, "combinations", combinations_new, combinations_next);
    iterator_class!(
        vm,
        dict,
        Combinations,
        "combinations_with_replacement",
        replacement_new,
        combinations_next
    );
}

fn items(vm: &Vm, pool: Value) -> &'static [Value] {
    vm.as_tuple(pool).map_or(&[], Tuple::items)
}

/// A tuple of these places of a pool.
fn pick(vm: &mut Vm, pool: &[Value], indices: &[usize]) -> Value {
    let tuple = Tuple::with_len(&mut vm.heap, indices.len());
    for (at, &index) in indices.iter().enumerate() {
        tuple.init(&mut vm.heap, at, pool[index]);
    }
    tuple.value()
}

fn product_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let mut repeat = 1;
    for (name, value) in args.keywords() {
        if vm.as_str(name).is_none_or(|s| s.bytes() != b"repeat") {
            let name = vm.shown(name);
            return Err(
                vm.type_error(format!("product() got an unexpected keyword argument '{name}'"))
            );
        }
        repeat = vm.index_of(value)?;
    }
    if repeat < 0 {
        return Err(vm.value_error("repeat argument cannot be negative"));
    }
    let pools = vm.new_list();
    if repeat > 0 {
        for &source in args.positionals() {
            let pool = vm.tuple_of(source)?;
            pools.push(&mut vm.heap, pool);
        }
    }
    let n = pools.len();
    if n.checked_mul(repeat as usize).is_none_or(|total| total > 1 << 28) && n > 0 {
        return Err(vm.overflow_error("repeat argument too large"));
    }
    for _ in 1..repeat {
        for at in 0..n {
            let pool = pools.at(at);
            pools.push(&mut vm.heap, pool);
        }
    }
    let empty = (0..pools.len()).any(|at| items(vm, pools.at(at)).is_empty());
    let indices = RefCell::new(vec![0; pools.len()]);
    let ty = class_of(vm, class)?;
    Ok(vm.new_payload(
        ty,
        Product { pools: pools.value(), indices, state: if empty { OVER } else { FRESH }.into() },
    ))
}

fn product_next(vm: &mut Vm, value: Value) -> R {
    let it = this::<Product>(value);
    let pools = list_in(vm, it.pools);
    match it.state.get() {
        OVER => return Ok(Value::ABSENT),
        FRESH => it.state.set(RUNNING),
        _ => {
            let mut indices = it.indices.borrow_mut();
            let mut at = indices.len();
            loop {
                let Some(below) = at.checked_sub(1) else {
                    it.state.set(OVER);
                    return Ok(Value::ABSENT);
                };
                at = below;
                indices[at] += 1;
                if indices[at] < items(vm, pools.at(at)).len() {
                    break;
                }
                indices[at] = 0;
            }
        }
    }
    let tuple = Tuple::with_len(&mut vm.heap, pools.len());
    for (at, &index) in it.get().indices.borrow().iter().enumerate() {
        let item = items(vm, pools.at(at))[index];
        tuple.init(&mut vm.heap, at, item);
    }
    Ok(tuple.value())
}

/// The pool and `r` of a constructor.
fn pool_and_length(vm: &mut Vm, iterable: Value, r: Value) -> R<(Value, usize)> {
    let pool = vm.tuple_of(iterable)?;
    let n = items(vm, pool).len();
    if r.is_none() {
        return Ok((pool, n));
    }
    if !vm.is_int(r) {
        return Err(vm.type_error("Expected int as r"));
    }
    let r = vm.index_of(r)?;
    if r < 0 {
        return Err(vm.value_error("r must be non-negative"));
    }
    Ok((pool, r as usize))
}

fn permutations_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("permutations", "(iterable, r=None)", args)?;
    let (pool, r) = pool_and_length(vm, bound[0], bound[1])?;
    let n = items(vm, pool).len();
    let (indices, cycles) = if r > n {
        (Vec::new(), Vec::new())
    } else {
        ((0..n).collect(), (0..r).map(|i| n - i).collect())
    };
    let ty = class_of(vm, class)?;
    let state = if r > n { OVER } else { FRESH }.into();
    Ok(vm.new_payload(
        ty,
        Permutations { pool, indices: RefCell::new(indices), cycles: RefCell::new(cycles), state },
    ))
}

fn permutations_next(vm: &mut Vm, value: Value) -> R {
    let it = this::<Permutations>(value);
    let it = it.get();
    let r = it.cycles.borrow().len();
    match it.state.get() {
        OVER => return Ok(Value::ABSENT),
        FRESH => it.state.set(RUNNING),
        _ => {
            let (mut indices, mut cycles) = (it.indices.borrow_mut(), it.cycles.borrow_mut());
            let n = indices.len();
            let mut at = r;
            loop {
                let Some(below) = at.checked_sub(1) else {
                    it.state.set(OVER);
                    return Ok(Value::ABSENT);
                };
                at = below;
                cycles[at] -= 1;
                if cycles[at] == 0 {
                    indices[at..].rotate_left(1);
                    cycles[at] = n - at;
                } else {
                    let other = n - cycles[at];
                    indices.swap(at, other);
                    break;
                }
            }
        }
    }
    let chosen: Vec<usize> = it.indices.borrow()[..r].to_vec();
    Ok(pick(vm, items(vm, it.pool), &chosen))
}

fn combinations_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("combinations", "(iterable, r)", args)?;
    let (pool, r) = pool_and_length(vm, bound[0], bound[1])?;
    let n = items(vm, pool).len();
    let indices = RefCell::new(if r > n { Vec::new() } else { (0..r).collect() });
    let ty = class_of(vm, class)?;
    Ok(vm.new_payload(
        ty,
        Combinations {
            pool,
            indices,
            replace: false,
            state: if r > n { OVER } else { FRESH }.into(),
        },
    ))
}

fn replacement_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("combinations_with_replacement", "(iterable, r)", args)?;
    let (pool, r) = pool_and_length(vm, bound[0], bound[1])?;
    let empty = items(vm, pool).is_empty() && r > 0;
    let indices = RefCell::new(if empty { Vec::new() } else { vec![0; r] });
    let ty = class_of(vm, class)?;
    Ok(vm.new_payload(
        ty,
        Combinations {
            pool,
            indices,
            replace: true,
            state: if empty { OVER } else { FRESH }.into(),
        },
    ))
}

fn combinations_next(vm: &mut Vm, value: Value) -> R {
    let it = this::<Combinations>(value);
    let it = it.get();
    let pool = items(vm, it.pool);
    match it.state.get() {
        OVER => return Ok(Value::ABSENT),
        FRESH => it.state.set(RUNNING),
        _ => {
            let mut indices = it.indices.borrow_mut();
            let (n, r) = (pool.len(), indices.len());
            // The last place that can still move up.
            let last = |at: usize| if it.replace { n - 1 } else { n - r + at };
            let Some(at) = (0..r).rev().find(|&at| indices[at] != last(at)) else {
                it.state.set(OVER);
                return Ok(Value::ABSENT);
            };
            let first = indices[at] + 1;
            for later in at..r {
                indices[later] = if it.replace { first } else { first + later - at };
            }
        }
    }
    let chosen: Vec<usize> = it.indices.borrow().clone();
    Ok(pick(vm, pool, &chosen))
}
