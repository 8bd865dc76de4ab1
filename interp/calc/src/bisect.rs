//! Module `_bisect`: places in sorted sequences.
use haft_core::object::{CompareOp, Dict};
use haft_core::{R, Value, Vm, natives};

/// Where an item goes that equals others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

natives! {
    static FUNCTIONS = {
        /// Return the index where to insert item x in list a, assuming a is sorted.
        ///
        /// The return value i is such that all e in a[:i] have e <= x, and all e in
        /// a[i:] have e > x.  So if x already appears in the list, a.insert(i, x) will
        /// insert just after the rightmost x already there.
        ///
        /// Optional args lo (default 0) and hi (default len(a)) bound the
        /// slice of a to be searched.
        ///
        /// A custom key function can be supplied to customize the sort order.
        bisect_right "($module, /, a, x, lo=0, hi=None, *, key=None)" => |vm, args| find(vm, args, args[1], Side::Right);
        /// Return the index where to insert item x in list a, assuming a is sorted.
        ///
        /// The return value i is such that all e in a[:i] have e < x, and all e in
        /// a[i:] have e >= x.  So if x already appears in the list, a.insert(i, x) will
        /// insert just before the leftmost x already there.
        ///
        /// Optional args lo (default 0) and hi (default len(a)) bound the
        /// slice of a to be searched.
        ///
        /// A custom key function can be supplied to customize the sort order.
        bisect_left "($module, /, a, x, lo=0, hi=None, *, key=None)" => |vm, args| find(vm, args, args[1], Side::Left);
        /// Insert item x in list a, and keep it sorted assuming a is sorted.
        ///
        /// If x is already in a, insert it to the right of the rightmost x.
        ///
        /// Optional args lo (default 0) and hi (default len(a)) bound the
        /// slice of a to be searched.
        ///
        /// A custom key function can be supplied to customize the sort order.
        insort_right "($module, /, a, x, lo=0, hi=None, *, key=None)" => |vm, args| insort(vm, args, Side::Right);
        /// Insert item x in list a, and keep it sorted assuming a is sorted.
        ///
        /// If x is already in a, insert it to the left of the leftmost x.
        ///
        /// Optional args lo (default 0) and hi (default len(a)) bound the
        /// slice of a to be searched.
        ///
        /// A custom key function can be supplied to customize the sort order.
        insort_left "($module, /, a, x, lo=0, hi=None, *, key=None)" => |vm, args| insort(vm, args, Side::Left);
    }
}

/// Fill the namespace of `_bisect`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "_bisect", FUNCTIONS);
    Ok(())
}

/// The place of `x` among the keys of the items from `lo` to `hi`.
fn find(vm: &mut Vm, args: &[Value], x: Value, side: Side) -> R {
    let (a, key) = (args[0], args[4]);
    let mut lo = vm.index_of(args[2])?;
    if lo < 0 {
        return Err(vm.value_error("lo must be non-negative"));
    }
    let mut hi = match args[3] {
        hi if hi.is_none() => vm.length(a)? as i64,
        hi => match vm.index_of(hi)? {
            -1 => vm.length(a)? as i64,
            hi => hi,
        },
    };
    while lo < hi {
        let middle = lo + (hi - lo) / 2;
        let at = vm.int(middle);
        let mut item = vm.get_item(a, at)?;
        if !key.is_none() {
            item = vm.call_positional(key, &[item])?;
        }
        let goes_left = match side {
            Side::Right => vm.compare_bool(x, item, CompareOp::Lt)?,
            Side::Left => !vm.compare_bool(item, x, CompareOp::Lt)?,
        };
        if goes_left {
            hi = middle;
        } else {
            lo = middle + 1;
        }
    }
    Ok(vm.int(lo))
}

fn insort(vm: &mut Vm, args: &[Value], side: Side) -> R {
    let (a, x, key) = (args[0], args[1], args[4]);
    let sought = if key.is_none() { x } else { vm.call_positional(key, &[x])? };
    let at = find(vm, args, sought, side)?;
    match vm.as_list(a) {
        Some(list) if vm.type_of(a) == vm.t.list => {
            let at = vm.index_of(at)? as usize;
            list.insert(&mut vm.heap, at.min(list.len()), x);
        }
        _ => {
            vm.call_method_str(a, "insert", &[at, x])?;
        }
    }
    Ok(Value::NONE)
}
