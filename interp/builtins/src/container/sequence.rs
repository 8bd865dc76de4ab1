//! What lists and tuples have in common: comparing, searching, showing.
use haft_core::object::{CompareOp, List, Str, Tuple};
use haft_core::{R, Value, Vm};

/// A list or a tuple. A list may change whenever Python runs, so items are asked for one by one.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Items {
    /// Of a list.
    List(List),
    /// Of a tuple.
    Tuple(Tuple),
}

impl Items {
    #[inline]
    pub(crate) fn len(self) -> usize {
        match self {
            Items::List(list) => list.len(),
            Items::Tuple(tuple) => tuple.len(),
        }
    }
    /// Item `at`, if there is one now.
    #[inline]
    pub(crate) fn get(self, at: usize) -> Option<Value> {
        match self {
            Items::List(list) => list.get(at),
            Items::Tuple(tuple) => tuple.items().get(at).copied(),
        }
    }
    /// Index of the first item equal to `item` in `from..to`.
    pub(crate) fn position(
        self,
        vm: &mut Vm,
        item: Value,
        from: usize,
        to: usize,
    ) -> R<Option<usize>> {
        let mut at = from;
        while at < to
            && let Some(candidate) = self.get(at)
        {
            if equal_items(vm, candidate, item)? {
                return Ok(Some(at));
            }
            at += 1;
        }
        Ok(None)
    }
    /// How many items are equal to `item`.
    pub(crate) fn count(self, vm: &mut Vm, item: Value) -> R<usize> {
        let (mut at, mut n) = (0, 0);
        while let Some(candidate) = self.get(at) {
            n += usize::from(equal_items(vm, candidate, item)?);
            at += 1;
        }
        Ok(n)
    }
    /// Rich comparison, item by item.
    pub(crate) fn compare(self, vm: &mut Vm, other: Items, op: CompareOp) -> R {
        let mut at = 0;
        while let (Some(a), Some(b)) = (self.get(at), other.get(at)) {
            if !equal_items(vm, a, b)? {
                // The comparison may have emptied either; only lengths are left to compare then.
                if at >= self.len() || at >= other.len() {
                    break;
                }
                return match op {
                    CompareOp::Eq => Ok(Value::FALSE),
                    CompareOp::Ne => Ok(Value::TRUE),
                    _ => vm.compare(a, b, op),
                };
            }
            at += 1;
        }
        Ok(Value::bool(op.holds(self.len().cmp(&other.len()))))
    }
    /// Text: the reprs of the items between `open` and `close`; a lone item is followed by `after_single`.
    pub(crate) fn repr(
        self,
        vm: &mut Vm,
        this: Value,
        [open, after_single, close]: [&str; 3],
    ) -> R {
        if !vm.enter_repr(this) {
            return Ok(vm.str(&format!("{open}...{close}")));
        }
        let mut out = open.as_bytes().to_vec();
        let result = self.push_reprs(vm, &mut out);
        vm.leave_repr();
        result?;
        if self.len() == 1 {
            out.extend_from_slice(after_single.as_bytes());
        }
        out.extend_from_slice(close.as_bytes());
        vm.new_str_checked(&out)
    }
    fn push_reprs(self, vm: &mut Vm, out: &mut Vec<u8>) -> R<()> {
        let mut at = 0;
        while let Some(item) = self.get(at) {
            if at > 0 {
                out.extend_from_slice(b", ");
            }
            push_repr(vm, out, item)?;
            at += 1;
        }
        Ok(())
    }
}

/// `a is b or a == b`, fixnums and strings without a call.
#[inline]
pub(crate) fn equal_items(vm: &mut Vm, a: Value, b: Value) -> R<bool> {
    if a == b {
        return Ok(true);
    }
    if Value::both_fixnum(a, b) {
        return Ok(false);
    }
    vm.equals(a, b)
}

/// Append `repr(value)`.
pub(crate) fn push_repr(vm: &mut Vm, out: &mut Vec<u8>, value: Value) -> R<()> {
    let repr = vm.repr(value)?;
    out.extend_from_slice(vm.as_str(repr).map_or(b"", Str::bytes));
    Ok(())
}

/// A sequence length times a count; `None` if there can be no such sequence.
pub(crate) fn repeated_len(len: usize, count: i64) -> Option<usize> {
    // Tables of values count their slots with 32 bits.
    const MOST: usize = 1 << 31;
    let count = usize::try_from(count).unwrap_or(0);
    len.checked_mul(count).filter(|&total| total < MOST)
}
