//! Items and slices of lists: reading, assigning, deleting.
use haft_core::object::{List, Tuple};
use haft_core::{R, Value, Vm};

use super::super::index::{Bounds, Span, Subscript, place};
use super::list;

/// `list[key]`
pub(super) fn get(vm: &mut Vm, this: Value, key: Value) -> R {
    let list = list(vm, this, "__getitem__")?;
    match Subscript::read(vm, key, "list")? {
        Subscript::Item(at) => match place(at, list.len()) {
            Some(at) => Ok(list.at(at)),
            None => Err(vm.index_error("list index out of range")),
        },
        Subscript::Slice(bounds) => {
            let span = bounds.over(list.len());
            Ok(copy_span(vm, list, span).value())
        }
    }
}

fn copy_span(vm: &mut Vm, list: List, span: Span) -> List {
    if span.count == 0 {
        return vm.new_list();
    }
    if span.step == 1 {
        let start = span.start as usize;
        return List::from_slice(&mut vm.heap, &list.items()[start..start + span.count]);
    }
    let result = List::new(&mut vm.heap, span.count);
    for i in 0..span.count {
        result.push(&mut vm.heap, list.at(span.at(i)));
    }
    result
}

/// `list[key] = value`, and `del list[key]` for ABSENT.
pub(super) fn set(vm: &mut Vm, this: Value, key: Value, value: Value) -> R<()> {
    let list = list(vm, this, "__setitem__")?;
    match Subscript::read(vm, key, "list")? {
        Subscript::Item(at) => {
            let Some(at) = place(at, list.len()) else {
                return Err(vm.index_error("list assignment index out of range"));
            };
            if value.is_absent() {
                list.splice(&mut vm.heap, at, at + 1, &[]);
            } else {
                list.set(&mut vm.heap, at, value);
            }
            Ok(())
        }
        Subscript::Slice(bounds) if value.is_absent() => {
            let span = bounds.over(list.len());
            delete_span(vm, list, span);
            Ok(())
        }
        Subscript::Slice(bounds) => assign(vm, list, bounds, value),
    }
}

fn delete_span(vm: &mut Vm, list: List, span: Span) {
    if span.count == 0 {
        return;
    }
    let span = span.ascending();
    let first = span.start as usize;
    if span.step == 1 {
        list.splice(&mut vm.heap, first, first + span.count, &[]);
        return;
    }
    let (mut to, mut removed) = (first, 0);
    for from in first..list.len() {
        if removed < span.count && from == span.at(removed) {
            removed += 1;
        } else {
            list.set(&mut vm.heap, to, list.at(from));
            to += 1;
        }
    }
    list.truncate(&mut vm.heap, to);
}

fn assign(vm: &mut Vm, list: List, bounds: Bounds, value: Value) -> R<()> {
    // The new items, in a sequence that nothing done here changes.
    let source = match (value.as_ptr().and_then(Tuple::of), vm.as_list(value)) {
        (Some(tuple), _) => tuple.items(),
        (None, Some(other)) if other != list && vm.type_of(value) == vm.t.list => other.items(),
        _ => new_items(vm, value)?.items(),
    };
    let span = bounds.over(list.len());
    if span.step == 1 {
        let start = span.start as usize;
        list.splice(&mut vm.heap, start, start + span.count, source);
        return Ok(());
    }
    if source.len() != span.count {
        let (given, wanted) = (source.len(), span.count);
        return Err(vm.value_error(format!(
            "attempt to assign sequence of size {given} to extended slice of size {wanted}"
        )));
    }
    for (i, &item) in source.iter().enumerate() {
        list.set(&mut vm.heap, span.at(i), item);
    }
    Ok(())
}

/// A new list of the items of `value`.
fn new_items(vm: &mut Vm, value: Value) -> R<List> {
    let iter = vm.iterate(value);
    let Some(iter) = vm.catch(iter, vm.exc.type_error)? else {
        return Err(vm.type_error("must assign iterable to extended slice"));
    };
    vm.list_of(iter)
}
