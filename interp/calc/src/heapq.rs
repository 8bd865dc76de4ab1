//! Module `_heapq`: heaps in lists.
use haft_core::object::{CompareOp, Dict, List};
use haft_core::{R, Value, Vm, natives};

/// What stands above: the smallest item, or the largest.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Min,
    Max,
}

impl Order {
    /// Must `a` stand above `b`?
    fn above(self, vm: &mut Vm, a: Value, b: Value) -> R<bool> {
        let (less, than) = if self == Order::Min { (a, b) } else { (b, a) };
        if let (Some(less), Some(than)) = (less.as_fixnum(), than.as_fixnum()) {
            return Ok(less < than);
        }
        vm.compare_bool(less, than, CompareOp::Lt)
    }
}

natives! {
    static FUNCTIONS = {
        /// Push item onto heap, maintaining the heap invariant.
        heappush "($module, heap, item, /)" => |vm, args| push(vm, args, "heappush", Order::Min);
        /// Pop the smallest item off the heap, maintaining the heap invariant.
        heappop "($module, heap, /)" => |vm, args| pop(vm, args, "heappop", Order::Min);
        /// Push item on the heap, then pop and return the smallest item from the heap.
        ///
        /// The combined action runs more efficiently than heappush() followed by
        /// a separate call to heappop().
        heappushpop "($module, heap, item, /)" => |vm, args| pushpop(vm, args, "heappushpop", Order::Min);
        /// Pop and return the current smallest value, and add the new item.
        ///
        /// This is more efficient than heappop() followed by heappush(), and can be
        /// more appropriate when using a fixed-size heap.  Note that the value
        /// returned may be larger than item!  That constrains reasonable uses of
        /// this routine unless written as part of a conditional replacement:
        ///
        ///     if item > heap[0]:
        ///         item = heapreplace(heap, item)
        heapreplace "($module, heap, item, /)" => |vm, args| replace(vm, args, "heapreplace", Order::Min);
        /// Transform list into a heap, in-place, in O(len(heap)) time.
        heapify "($module, heap, /)" => |vm, args| heapify(vm, args, "heapify", Order::Min);
        /// Push item onto max heap, maintaining the heap invariant.
        heappush_max "($module, heap, item, /)" => |vm, args| push(vm, args, "heappush_max", Order::Max);
        /// Maxheap variant of heappop.
        heappop_max "($module, heap, /)" => |vm, args| pop(vm, args, "heappop_max", Order::Max);
        /// Maxheap variant of heappushpop.
        ///
        /// The combined action runs more efficiently than heappush_max() followed by
        /// a separate call to heappop_max().
        heappushpop_max "($module, heap, item, /)" => |vm, args| pushpop(vm, args, "heappushpop_max", Order::Max);
        /// Maxheap variant of heapreplace.
        heapreplace_max "($module, heap, item, /)" => |vm, args| replace(vm, args, "heapreplace_max", Order::Max);
        /// Maxheap variant of heapify.
        heapify_max "($module, heap, /)" => |vm, args| heapify(vm, args, "heapify_max", Order::Max);
    }
}

/// Fill the namespace of `_heapq`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "_heapq", FUNCTIONS);
    Ok(())
}

/// The heap of a function with one argument or two.
fn heap_argument(vm: &mut Vm, args: &[Value], function: &str) -> R<List> {
    match vm.as_list(args[0]) {
        Some(heap) => Ok(heap),
        None => {
            let number = if args.len() > 1 { " 1" } else { "" };
            let class = crate::support::shown_type(vm, args[0]);
            Err(vm.type_error(format!("{function}() argument{number} must be list, not {class}")))
        }
    }
}

/// The items at two places, after a comparison of them, which may have changed the list.
fn check_size(vm: &mut Vm, heap: List, size: usize) -> R<()> {
    if heap.len() == size {
        return Ok(());
    }
    Err(vm.runtime_error("list changed size during iteration"))
}

/// Move the item at `at` up, no further than to `start`, while it must stand above its parent.
fn sift_up(vm: &mut Vm, heap: List, start: usize, mut at: usize, order: Order) -> R<()> {
    let size = heap.len();
    while at > start {
        let parent = (at - 1) / 2;
        let (item, above) = (heap.at(at), heap.at(parent));
        let moves = order.above(vm, item, above)?;
        check_size(vm, heap, size)?;
        if !moves {
            break;
        }
        // The comparison may have put other items there.
        let (item, above) = (heap.at(at), heap.at(parent));
        heap.set(&mut vm.heap, parent, item);
        heap.set(&mut vm.heap, at, above);
        at = parent;
    }
    Ok(())
}

/// Move the item at `start` down to a leaf, always below the child that must stand above the other, and up from there:
/// fewer comparisons than to look at each step whether it may stay, because a leaf mostly belongs far below.
fn sift_down(vm: &mut Vm, heap: List, start: usize, order: Order) -> R<()> {
    let size = heap.len();
    let mut at = start;
    while 2 * at + 1 < size {
        let mut child = 2 * at + 1;
        if child + 1 < size {
            let (left, right) = (heap.at(child), heap.at(child + 1));
            let left_is_above = order.above(vm, left, right)?;
            check_size(vm, heap, size)?;
            child += usize::from(!left_is_above);
        }
        let (item, below) = (heap.at(at), heap.at(child));
        heap.set(&mut vm.heap, at, below);
        heap.set(&mut vm.heap, child, item);
        at = child;
    }
    sift_up(vm, heap, start, at, order)
}

fn push(vm: &mut Vm, args: &[Value], function: &str, order: Order) -> R {
    let heap = heap_argument(vm, args, function)?;
    heap.push(&mut vm.heap, args[1]);
    sift_up(vm, heap, 0, heap.len() - 1, order)?;
    Ok(Value::NONE)
}

fn pop(vm: &mut Vm, args: &[Value], function: &str, order: Order) -> R {
    let heap = heap_argument(vm, args, function)?;
    let Some(last) = heap.pop() else {
        return Err(vm.index_error("index out of range"));
    };
    if heap.is_empty() {
        return Ok(last);
    }
    let top = heap.at(0);
    heap.set(&mut vm.heap, 0, last);
    sift_down(vm, heap, 0, order)?;
    Ok(top)
}

fn replace(vm: &mut Vm, args: &[Value], function: &str, order: Order) -> R {
    let heap = heap_argument(vm, args, function)?;
    if heap.is_empty() {
        return Err(vm.index_error("index out of range"));
    }
    let top = heap.at(0);
    heap.set(&mut vm.heap, 0, args[1]);
    sift_down(vm, heap, 0, order)?;
    Ok(top)
}

fn pushpop(vm: &mut Vm, args: &[Value], function: &str, order: Order) -> R {
    let heap = heap_argument(vm, args, function)?;
    let item = args[1];
    if heap.is_empty() {
        return Ok(item);
    }
    let top = heap.at(0);
    if !order.above(vm, top, item)? {
        return Ok(item);
    }
    replace(vm, args, function, order)
}

fn heapify(vm: &mut Vm, args: &[Value], function: &str, order: Order) -> R {
    let heap = heap_argument(vm, args, function)?;
    let size = heap.len();
    for start in (0..size / 2).rev() {
        sift_down(vm, heap, start, order)?;
        check_size(vm, heap, size)?;
    }
    Ok(Value::NONE)
}
