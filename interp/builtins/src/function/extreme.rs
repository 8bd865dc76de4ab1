//! `min` and `max`.
use haft_core::object::CompareOp;
use haft_core::{Args, R, Value, Vm};

haft_core::natives! {
    pub(super) static FUNCTIONS = {
        /// max(iterable, *[, default=obj, key=func]) -> value
        /// max(arg1, arg2, *args, *[, key=func]) -> value
        ///
        /// With a single iterable argument, return its biggest item. The
        /// default keyword-only argument specifies an object to return if
        /// the provided iterable is empty.
        /// With two or more positional arguments, return the largest argument.
        raw max "($module, /, *args, **kwargs)" => |vm, args| extreme(vm, args, "max", CompareOp::Gt);
        /// min(iterable, *[, default=obj, key=func]) -> value
        /// min(arg1, arg2, *args, *[, key=func]) -> value
        ///
        /// With a single iterable argument, return its smallest item. The
        /// default keyword-only argument specifies an object to return if
        /// the provided iterable is empty.
        /// With two or more positional arguments, return the smallest argument.
        raw min "($module, /, *args, **kwargs)" => |vm, args| extreme(vm, args, "min", CompareOp::Lt);
    }
}

/// The best item so far.
struct Best {
    op: CompareOp,
    key: Value,
    item: Value,
    /// What is compared: the key of the item.
    rank: Value,
}

impl Best {
    #[inline]
    fn offer(&mut self, vm: &mut Vm, item: Value) -> R<()> {
        let rank = if self.key.is_none() { item } else { vm.call_positional(self.key, &[item])? };
        if self.item.is_absent() || self.is_better(vm, rank)? {
            self.item = item;
            self.rank = rank;
        }
        Ok(())
    }
    #[inline]
    fn is_better(&self, vm: &mut Vm, rank: Value) -> R<bool> {
        if let (Some(new), Some(old)) = (rank.as_fixnum(), self.rank.as_fixnum()) {
            return Ok(self.op.holds(new.cmp(&old)));
        }
        vm.compare_bool(rank, self.rank, self.op)
    }
}

fn extreme(vm: &mut Vm, args: &Args<'_>, name: &str, op: CompareOp) -> R {
    let given = args.positionals();
    if given.is_empty() {
        return Err(vm.type_error(format!("{name} expected at least 1 argument, got 0")));
    }
    let mut best = Best { op, key: Value::NONE, item: Value::ABSENT, rank: Value::ABSENT };
    let mut default = Value::ABSENT;
    for (keyword, value) in args.keywords() {
        match vm.as_str(keyword).map(|keyword| keyword.bytes()) {
            Some(b"key") => best.key = value,
            Some(b"default") => default = value,
            keyword => {
                let keyword = String::from_utf8_lossy(keyword.unwrap_or_default());
                return Err(vm.type_error(format!(
                    "{name}() got an unexpected keyword argument '{keyword}'"
                )));
            }
        }
    }
    if let &[iterable] = given {
        let iter = vm.iterate(iterable)?;
        loop {
            let item = vm.next(iter)?;
            if item.is_absent() {
                break;
            }
            best.offer(vm, item)?;
        }
        if best.item.is_absent() && default.is_absent() {
            return Err(vm.value_error(format!("{name}() iterable argument is empty")));
        }
        return Ok(if best.item.is_absent() { default } else { best.item });
    }
    if !default.is_absent() {
        return Err(vm.type_error(format!(
            "Cannot specify a default for {name}() with multiple positional arguments"
        )));
    }
    for &item in given {
        best.offer(vm, item)?;
    }
    Ok(best.item)
}
