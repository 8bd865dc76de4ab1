//! `memoryview.cast`: the same bytes as other items, or in other dimensions.
use haft_core::{R, Value, Vm};

use super::item::Format;
use super::memory::{self, View};
use super::open;
use crate::arguments::str_argument;

/// Most dimensions of a view.
const MAX_DIMS: usize = 64;

pub(super) fn cast(vm: &mut Vm, args: &[Value]) -> R {
    let memory = open(vm, args[0], "cast")?;
    let format = str_argument(vm, args[1], "cast() argument 'format'")?;
    let shape = args[2];
    let n_dims = memory.view.shape.len();
    if !memory.view.is_c_contiguous() {
        return Err(vm.type_error("memoryview: casts are restricted to C-contiguous views"));
    }
    if (!shape.is_absent() || n_dims != 1) && memory.view.shape.contains(&0) {
        return Err(vm.type_error("memoryview: cannot cast view with zeros in shape or strides"));
    }
    let shape = if shape.is_absent() { None } else { Some(shape_items(vm, shape, n_dims)?) };
    let mut view = row_of(vm, &memory.view.0, format.bytes())?;
    if let Some(shape) = shape {
        let shape = in_dimensions(vm, &view, &shape)?;
        view.strides = View::dense_strides(&shape, view.item_size);
        view.shape = shape;
    }
    memory::check_released(vm, memory)?;
    Ok(memory::another_view(vm, memory.managed, view).value())
}

/// The numbers of a shape as they were given.
fn shape_items(vm: &mut Vm, shape: Value, n_dims: usize) -> R<Vec<i64>> {
    let items = match (vm.as_list(shape), vm.as_tuple(shape)) {
        (Some(list), _) => list.items(),
        (_, Some(tuple)) => tuple.items(),
        _ => return Err(vm.type_error("shape must be a list or a tuple")),
    };
    if items.len() > MAX_DIMS {
        return Err(
            vm.value_error(format!("memoryview: number of dimensions must not exceed {MAX_DIMS}"))
        );
    }
    if n_dims != 1 && items.len() != 1 {
        return Err(vm.type_error("memoryview: cast must be 1D -> ND or ND -> 1D"));
    }
    let mut out = Vec::with_capacity(items.len());
    for &item in items {
        if !vm.is_int(item) {
            return Err(vm.type_error("memoryview.cast(): elements of shape must be integers"));
        }
        out.push(vm.index_of(item)?);
    }
    Ok(out)
}

/// The bytes as one row of items of another format.
fn row_of(vm: &mut Vm, view: &View, format: &[u8]) -> R<View> {
    let Some(source) = Format::of(view.format.as_bytes()) else {
        let text = "memoryview: source format must be a native single character format prefixed with an optional '@'";
        return Err(vm.value_error(text));
    };
    let Some(target) = Format::of(format) else {
        let text = "memoryview: destination format must be a native single character format prefixed with an optional '@'";
        return Err(vm.value_error(text));
    };
    if !source.is_byte() && !target.is_byte() {
        return Err(vm.type_error("memoryview: cannot cast between two non-byte formats"));
    }
    let len = view.n_bytes();
    if !len.is_multiple_of(target.size) {
        return Err(vm.type_error("memoryview: length is not a multiple of itemsize"));
    }
    Ok(View {
        format: target.text,
        item_size: target.size,
        shape: vec![len / target.size],
        strides: vec![target.size as isize],
        offset: view.offset,
        readonly: view.readonly,
    })
}

/// The shape, if it has as many items as the row.
fn in_dimensions(vm: &mut Vm, row: &View, shape: &[i64]) -> R<Vec<usize>> {
    let mut out = Vec::with_capacity(shape.len());
    let mut n_items: usize = 1;
    for &n in shape {
        let Some(n) = usize::try_from(n).ok().filter(|&n| n > 0) else {
            return Err(vm.value_error("memoryview.cast(): elements of shape must be integers > 0"));
        };
        n_items = match n_items.checked_mul(n).filter(|&n| isize::try_from(n).is_ok()) {
            Some(n_items) => n_items,
            None => return Err(vm.value_error("memoryview.cast(): product(shape) > SSIZE_MAX")),
        };
        out.push(n);
    }
    if n_items.checked_mul(row.item_size) != Some(row.n_bytes()) {
        return Err(vm.type_error("memoryview: product(shape) * itemsize != buffer size"));
    }
    Ok(out)
}
