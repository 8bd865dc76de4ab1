//! Sorting lists.
//!
//! What is sorted is an array of item numbers; the items and their keys stay where they are until the order is known. So
//! a comparison that raises leaves the list as it was, and the collector never has to know about the array. Keys that
//! are all ints, all floats or all strings are taken out of their objects first and sorted without any calls. For
//! everything else there is a merge sort that finds the runs which are in order already (Tim Peters' timsort) and merges
//! them in the order of powersort (Munro, Wild: "Nearly-Optimal Mergesorts"); it calls `<` as rarely as it can.
use std::cmp::Ordering;

use haft_core::object::{CompareOp, FloatBox, List, Str, Tuple};
use haft_core::{R, Value, Vm};

use super::super::sequence::equal_items;

/// Runs shorter than this are extended by insertion.
const MIN_RUN: usize = 64;

/// So many small ints are sorted where they are.
const FEW: usize = 16;

/// Sort a list of a few small ints; false, and nothing is done: it is another one.
fn sort_few(vm: &mut Vm, list: List, reverse: bool) -> bool {
    let mut numbers = [0; FEW];
    let Some(numbers) = numbers.get_mut(..list.len()) else { return false };
    for (number, item) in numbers.iter_mut().zip(list.items()) {
        let Some(small) = item.as_fixnum() else { return false };
        *number = small;
    }
    numbers.sort_unstable();
    if reverse {
        numbers.reverse();
    }
    for (at, &number) in numbers.iter().enumerate() {
        list.set(&mut vm.heap, at, Value::fixnum_unchecked(number));
    }
    true
}

/// `list.sort(key=key, reverse=reverse)`; `key` is a function or None.
pub(crate) fn sort(vm: &mut Vm, list: List, key: Value, reverse: bool) -> R<()> {
    if key.is_none() && sort_few(vm, list, reverse) {
        return Ok(());
    }
    // The list is empty while it is being sorted: Python code that runs meanwhile cannot get in the way.
    let work = vm.new_list();
    work.take_items_of(&mut vm.heap, list);
    let result = sort_private(vm, work, key, reverse);
    let touched = list.capacity() != 0;
    list.take_items_of(&mut vm.heap, work);
    result?;
    if touched { Err(vm.value_error("list modified during sort")) } else { Ok(()) }
}

haft_core::natives! {
    /// What the built-in functions written in Python call (`consume.py`).
    pub(crate) static HELPERS = {
        /// The items of a list, which is left empty.
        take "(items, /)" => take;
        /// Give the items of `taken` back to the list; had somebody put something into it meanwhile?
        give "(items, taken, /)" => give;
        /// Sort a list by the keys of its items.
        arrange "(items, keys, reverse, /)" => arrange;
        /// The iterator of an iterable.
        iter "(items, /)" => |vm, args| vm.iterate(args[0]);
    }
}

fn take(vm: &mut Vm, args: &[Value]) -> R {
    let list = super::list(vm, args[0], "sort")?;
    let taken = vm.new_list();
    taken.take_items_of(&mut vm.heap, list);
    Ok(taken.value())
}

fn give(vm: &mut Vm, args: &[Value]) -> R {
    let (list, taken) = (super::list(vm, args[0], "sort")?, super::list(vm, args[1], "sort")?);
    let touched = list.capacity() != 0;
    list.take_items_of(&mut vm.heap, taken);
    Ok(Value::bool(touched))
}

fn arrange(vm: &mut Vm, args: &[Value]) -> R {
    let (list, keys) = (super::list(vm, args[0], "sort")?, super::list(vm, args[1], "sort")?);
    let reverse = args[2] == Value::TRUE;
    sort_by_keys(vm, list, keys, reverse)?;
    Ok(Value::NONE)
}

/// Sort a list that nobody else sees.
fn sort_private(vm: &mut Vm, list: List, key: Value, reverse: bool) -> R<()> {
    let keys = if key.is_none() {
        list
    } else {
        let keys = List::new(&mut vm.heap, list.len());
        for at in 0..list.len() {
            let value = vm.call_positional(key, &[list.at(at)])?;
            keys.push(&mut vm.heap, value);
        }
        keys
    };
    sort_by_keys(vm, list, keys, reverse)
}

/// The same by keys that are known; the list may be that of its keys.
fn sort_by_keys(vm: &mut Vm, list: List, keys: List, reverse: bool) -> R<()> {
    if list.len() < 2 {
        return Ok(());
    }
    let order = match Keys::of(keys.items()) {
        Keys::Ints(numbers) if keys == list => {
            sort_ints(vm, list, numbers, reverse);
            return Ok(());
        }
        Keys::Ints(numbers) => plain_order(&numbers, reverse, Ord::cmp),
        Keys::Floats(numbers) => {
            plain_order(&numbers, reverse, |a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal))
        }
        Keys::Strs(strings) => plain_order(&strings, reverse, Ord::cmp),
        Keys::Other => called_order(vm, keys, reverse)?,
    };
    let sorted = List::new(&mut vm.heap, order.len());
    for at in order {
        sorted.push(&mut vm.heap, list.at(at as usize));
    }
    list.take_items_of(&mut vm.heap, sorted);
    Ok(())
}

/// Keys that can be compared without calls, taken out of their objects.
enum Keys {
    /// Fixnums.
    Ints(Vec<i64>),
    /// Floats, none of them NaN.
    Floats(Vec<f64>),
    /// WTF-8 bytes: their order is that of the code points.
    Strs(Vec<&'static [u8]>),
    /// Anything else.
    Other,
}

impl Keys {
    fn of(keys: &[Value]) -> Keys {
        let first = keys[0];
        let all = if first.is_fixnum() {
            keys.iter().map(|key| key.as_fixnum()).collect::<Option<_>>().map(Keys::Ints)
        } else if let Some(obj) = first.as_ptr()
            && Str::of(obj).is_some()
        {
            keys.iter()
                .map(|key| key.as_ptr().and_then(Str::of).map(Str::bytes))
                .collect::<Option<_>>()
                .map(Keys::Strs)
        } else if exact_float(first).is_some() {
            keys.iter()
                .map(|&key| exact_float(key).filter(|number| !number.is_nan()))
                .collect::<Option<_>>()
                .map(Keys::Floats)
        } else {
            None
        };
        all.unwrap_or(Keys::Other)
    }
}

fn exact_float(value: Value) -> Option<f64> {
    value.as_float_imm().or_else(|| value.as_ptr().and_then(FloatBox::of).map(FloatBox::number))
}

/// Equal fixnums are the same word, so nothing but the numbers matters.
fn sort_ints(vm: &mut Vm, list: List, mut numbers: Vec<i64>, reverse: bool) {
    if reverse {
        numbers.sort_unstable_by(|a, b| b.cmp(a));
    } else {
        numbers.sort_unstable();
    }
    for (at, number) in numbers.into_iter().enumerate() {
        list.set(&mut vm.heap, at, Value::fixnum_unchecked(number));
    }
}

fn plain_order<T>(keys: &[T], reverse: bool, compare: impl Fn(&T, &T) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..keys.len() as u32).collect();
    if reverse {
        order.sort_by(|&a, &b| compare(&keys[b as usize], &keys[a as usize]));
    } else {
        order.sort_by(|&a, &b| compare(&keys[a as usize], &keys[b as usize]));
    }
    order
}

/// The order by `<` as Python has it. Sorting in reverse keeps equal items in their order, too: everything is turned
/// round before and after.
fn called_order(vm: &mut Vm, keys: List, reverse: bool) -> R<Vec<u32>> {
    let mut order: Vec<u32> = (0..keys.len() as u32).collect();
    if reverse {
        order.reverse();
    }
    MergeSort { vm, keys, buffer: Vec::new() }.sort(&mut order)?;
    if reverse {
        order.reverse();
    }
    Ok(order)
}

/// `a < b`
#[inline]
fn less(vm: &mut Vm, a: Value, b: Value) -> R<bool> {
    if let (Some(x), Some(y)) = (a.as_fixnum(), b.as_fixnum()) {
        return Ok(x < y);
    }
    if let (Some(x), Some(y)) = (a.as_float_imm(), b.as_float_imm()) {
        return Ok(x < y);
    }
    if let (Some(x), Some(y)) = (a.as_ptr(), b.as_ptr()) {
        if let (Some(x), Some(y)) = (Tuple::of(x), Tuple::of(y)) {
            return tuple_less(vm, x.items(), y.items());
        }
        if let (Some(x), Some(y)) = (Str::of(x), Str::of(y)) {
            return Ok(x.bytes() < y.bytes());
        }
    }
    vm.compare_bool(a, b, CompareOp::Lt)
}

fn tuple_less(vm: &mut Vm, a: &[Value], b: &[Value]) -> R<bool> {
    vm.check_native_depth()?;
    for (&x, &y) in a.iter().zip(b) {
        if !equal_items(vm, x, y)? {
            return less(vm, x, y);
        }
    }
    Ok(a.len() < b.len())
}

/// A piece of the order that is sorted.
#[derive(Clone, Copy)]
struct Run {
    start: usize,
    len: usize,
    /// Depth of the node between this run and the next in the merge tree.
    power: u32,
}

/// The sort under way.
struct MergeSort<'v> {
    vm: &'v mut Vm,
    keys: List,
    /// Copy of the shorter run of a merge.
    buffer: Vec<u32>,
}

impl MergeSort<'_> {
    /// `keys[a] < keys[b]`
    #[inline]
    fn less(&mut self, a: u32, b: u32) -> R<bool> {
        less(self.vm, self.keys.at(a as usize), self.keys.at(b as usize))
    }

    fn sort(&mut self, order: &mut [u32]) -> R<()> {
        let n = order.len();
        let min_run = min_run(n);
        let mut runs: Vec<Run> = Vec::new();
        let mut start = 0;
        while start < n {
            let mut len = self.take_run(&mut order[start..])?;
            let wanted = min_run.min(n - start);
            if len < wanted {
                self.insert_rest(&mut order[start..start + wanted], len)?;
                len = wanted;
            }
            if let Some(&last) = runs.last() {
                let power = node_power(last, len, n);
                while let [.., before, _] = runs[..]
                    && before.power > power
                {
                    self.merge_top(order, &mut runs)?;
                }
                if let Some(last) = runs.last_mut() {
                    last.power = power;
                }
            }
            runs.push(Run { start, len, power: 0 });
            start += len;
        }
        while runs.len() > 1 {
            self.merge_top(order, &mut runs)?;
        }
        Ok(())
    }

    /// Length of the run at the start of `order`; a strictly descending one is turned round.
    fn take_run(&mut self, order: &mut [u32]) -> R<usize> {
        if order.len() < 2 {
            return Ok(order.len());
        }
        let descending = self.less(order[1], order[0])?;
        let mut len = 2;
        while len < order.len() && self.less(order[len], order[len - 1])? == descending {
            len += 1;
        }
        if descending {
            order[..len].reverse();
        }
        Ok(len)
    }

    /// Binary insertion of the items from number `sorted` on.
    fn insert_rest(&mut self, order: &mut [u32], sorted: usize) -> R<()> {
        for at in sorted..order.len() {
            let pivot = order[at];
            let (mut low, mut high) = (0, at);
            while low < high {
                let middle = usize::midpoint(low, high);
                if self.less(pivot, order[middle])? {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            order.copy_within(low..at, low + 1);
            order[low] = pivot;
        }
        Ok(())
    }

    /// Merge the last two runs.
    fn merge_top(&mut self, order: &mut [u32], runs: &mut Vec<Run>) -> R<()> {
        let Some(right) = runs.pop() else { return Ok(()) };
        let Some(left) = runs.last_mut() else { return Ok(()) };
        let (start, middle, end) = (left.start, right.start, right.start + right.len);
        left.len += right.len;
        left.power = right.power;
        // What is in its place already: the start of the left run and the end of the right one.
        let skip = self.first_greater(&order[start..middle], order[middle])?;
        let start = start + skip;
        if start == middle {
            return Ok(());
        }
        let keep = self.first_not_less(&order[middle..end], order[middle - 1])?;
        let end = middle + keep;
        if middle - start <= end - middle {
            self.merge_low(&mut order[start..end], middle - start)
        } else {
            self.merge_high(&mut order[start..end], middle - start)
        }
    }

    /// How many items of a sorted `run` are not greater than `item`: searched from the start in growing steps.
    fn first_greater(&mut self, run: &[u32], item: u32) -> R<usize> {
        let (mut low, mut high) = (0, 1);
        while high <= run.len() && !self.less(item, run[high - 1])? {
            low = high;
            high = high * 2 + 1;
        }
        let mut high = high.min(run.len() + 1) - 1;
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.less(item, run[middle])? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Ok(low)
    }

    /// How many items of a sorted `run` are less than `item`: searched from the end in growing steps.
    fn first_not_less(&mut self, run: &[u32], item: u32) -> R<usize> {
        let n = run.len();
        let (mut above, mut step) = (n, 1);
        while step <= n && !self.less(run[n - step], item)? {
            above = n - step;
            step = step * 2 + 1;
        }
        let mut low = if step <= n { n - step + 1 } else { 0 };
        while low < above {
            let middle = usize::midpoint(low, above);
            if self.less(run[middle], item)? {
                low = middle + 1;
            } else {
                above = middle;
            }
        }
        Ok(low)
    }

    /// Merge `order[..middle]`, the shorter run, with the rest.
    fn merge_low(&mut self, order: &mut [u32], middle: usize) -> R<()> {
        let mut left = std::mem::take(&mut self.buffer);
        left.clear();
        left.extend_from_slice(&order[..middle]);
        let (mut l, mut r, mut to) = (0, middle, 0);
        while l < left.len() && r < order.len() {
            if self.less(order[r], left[l])? {
                order[to] = order[r];
                r += 1;
            } else {
                order[to] = left[l];
                l += 1;
            }
            to += 1;
        }
        order[to..to + left.len() - l].copy_from_slice(&left[l..]);
        self.buffer = left;
        Ok(())
    }

    /// Merge `order[middle..]`, the shorter run, with the rest, from the end.
    fn merge_high(&mut self, order: &mut [u32], middle: usize) -> R<()> {
        let mut right = std::mem::take(&mut self.buffer);
        right.clear();
        right.extend_from_slice(&order[middle..]);
        let (mut l, mut r, mut to) = (middle, right.len(), order.len());
        while l > 0 && r > 0 {
            to -= 1;
            if self.less(right[r - 1], order[l - 1])? {
                order[to] = order[l - 1];
                l -= 1;
            } else {
                order[to] = right[r - 1];
                r -= 1;
            }
        }
        order[to - r..to].copy_from_slice(&right[..r]);
        self.buffer = right;
        Ok(())
    }
}

/// Length that runs are brought to: `n` divided by a power of two so that it is at most [`MIN_RUN`], rounded up.
fn min_run(n: usize) -> usize {
    let (mut n, mut rounded) = (n, 0);
    while n >= MIN_RUN {
        rounded |= n & 1;
        n >>= 1;
    }
    n + rounded
}

/// Depth, in the merge tree over `n` items, of the node between the run `left` and the next one, of `right_len` items:
/// the first binary digit in which the middles of both runs, as fractions of `n`, differ.
fn node_power(left: Run, right_len: usize, n: usize) -> u32 {
    let (n, left_middle) = (n as u64, 2 * left.start as u64 + left.len as u64);
    let (mut a, mut b) = (left_middle, left_middle + left.len as u64 + right_len as u64);
    let mut power = 0;
    loop {
        power += 1;
        if a >= n {
            a -= n;
            b -= n;
        } else if b >= n {
            return power;
        }
        a <<= 1;
        b <<= 1;
    }
}
