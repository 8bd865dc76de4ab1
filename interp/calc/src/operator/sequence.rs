//! Functions on sequences and containers, and the comparison that takes the same time for all inputs.
use haft_core::protocol::BinaryOp;
use haft_core::{R, Value, Vm, natives};

natives! {
    pub(super) static FUNCTIONS = {
        /// Return 'a == b'.
        ///
        /// This function uses an approach designed to prevent
        /// timing analysis, making it appropriate for cryptography.
        ///
        /// a and b must both be of the same type: either str (ASCII only),
        /// or any bytes-like object.
        _compare_digest "($module, a, b, /)" => compare_digest;
        /// Same as a + b, for a and b sequences.
        concat "($module, a, b, /)" => |vm, args| concat(vm, args, false);
        /// Same as a += b, for a and b sequences.
        iconcat "($module, a, b, /)" => |vm, args| concat(vm, args, true);
        /// Same as b in a (note reversed operands).
        contains "($module, a, b, /)" => |vm, args| Ok(Value::bool(vm.contains(args[0], args[1])?));
        /// Return the number of items in a which are, or which equal, b.
        countOf "($module, a, b, /)" => count_of;
        /// Return the first index of b in a.
        indexOf "($module, a, b, /)" => index_of;
        /// Same as a[b].
        getitem "($module, a, b, /)" => |vm, args| vm.get_item(args[0], args[1]);
        /// Same as a[b] = c.
        setitem "($module, a, b, c, /)" => |vm, args| { vm.set_item(args[0], args[1], args[2])?; Ok(Value::NONE) };
        /// Same as del a[b].
        delitem "($module, a, b, /)" => |vm, args| { vm.delete_item(args[0], args[1])?; Ok(Value::NONE) };
        /// Return an estimate of the number of items in obj.
        ///
        /// This is useful for presizing containers when building from an iterable.
        ///
        /// If the object supports len(), the result will be exact.
        /// Otherwise, it may over- or under-estimate by an arbitrary amount.
        length_hint "($module, obj, default=0, /)" => length_hint;
    }
}

fn is_sequence(vm: &Vm, value: Value) -> bool {
    vm.as_dict(value).is_none() && vm.type_of(value).slots.getitem.get().is_some()
}

fn concat(vm: &mut Vm, args: &[Value], inplace: bool) -> R {
    let (a, b) = (args[0], args[1]);
    let is_concatenable = vm.type_of(a).slots.concat.get().is_some();
    if !(is_concatenable || is_sequence(vm, a) && is_sequence(vm, b)) {
        let class = vm.type_name(a);
        return Err(vm.type_error(format!("'{class}' object can't be concatenated")));
    }
    if inplace {
        return vm.inplace_op(BinaryOp::Add, a, b);
    }
    match vm.type_of(a).slots.concat.get() {
        Some(concat) => concat(vm, a, b),
        None => vm.binary_op(BinaryOp::Add, a, b),
    }
}

/// `iter(value)`, with the message of searches.
fn iterate(vm: &mut Vm, value: Value) -> R {
    let iter = vm.iterate(value);
    match vm.catch(iter, vm.exc.type_error)? {
        Some(iter) => Ok(iter),
        None => {
            let class = vm.type_name(value);
            Err(vm.type_error(format!("argument of type '{class}' is not iterable")))
        }
    }
}

fn count_of(vm: &mut Vm, args: &[Value]) -> R {
    let iter = iterate(vm, args[0])?;
    let mut count = 0;
    loop {
        let item = vm.next(iter)?;
        if item.is_absent() {
            return Ok(vm.int(count));
        }
        count += i64::from(vm.equals(item, args[1])?);
    }
}

fn index_of(vm: &mut Vm, args: &[Value]) -> R {
    let iter = iterate(vm, args[0])?;
    let mut index = 0;
    loop {
        let item = vm.next(iter)?;
        if item.is_absent() {
            return Err(vm.value_error("sequence.index(x): x not in sequence"));
        }
        if vm.equals(item, args[1])? {
            return Ok(vm.int(index));
        }
        index += 1;
    }
}

fn length_hint(vm: &mut Vm, args: &[Value]) -> R {
    let default = vm.index_of(args[1])?;
    let obj = args[0];
    if vm.type_of(obj).slots.len.get().is_some() {
        let len = vm.length(obj);
        if let Some(len) = vm.catch(len, vm.exc.type_error)? {
            return Ok(vm.int_usize(len));
        }
    }
    let hint = vm.call_special(obj, vm.names.__length_hint__, &[]);
    let Some(Some(hint)) = vm.catch(hint, vm.exc.type_error)? else { return Ok(vm.int(default)) };
    if hint == Value::NOT_IMPLEMENTED {
        return Ok(vm.int(default));
    }
    if !vm.is_int(hint) {
        let class = vm.type_name(hint);
        return Err(vm.type_error(format!("__length_hint__ must be an integer, not {class}")));
    }
    match vm.index_of(hint)? {
        n if n < 0 => Err(vm.value_error("__length_hint__() should return >= 0")),
        n => Ok(vm.int(n)),
    }
}

fn compare_digest(vm: &mut Vm, args: &[Value]) -> R {
    let (a, b) = (args[0], args[1]);
    if let (Some(a), Some(b)) = (vm.as_str(a), vm.as_str(b)) {
        if !a.is_ascii() || !b.is_ascii() {
            return Err(
                vm.type_error("comparing strings with non-ASCII characters is not supported")
            );
        }
        return Ok(Value::bool(same_bytes(a.bytes(), b.bytes())));
    }
    let is_buffer = |vm: &Vm, value| vm.type_of(value).slots.buffer.get().is_some();
    if !is_buffer(vm, a) || !is_buffer(vm, b) {
        let (a, b) = (vm.type_name(a), vm.type_name(b));
        return Err(vm.type_error(format!(
            "unsupported operand types(s) or combination of types: '{a}' and '{b}'"
        )));
    }
    let (a, b) = (vm.buffer_of(a)?, vm.buffer_of(b)?);
    Ok(Value::bool(same_bytes(a.bytes(), b.bytes())))
}

/// Equality whose time depends on the length of `b` alone, so that it tells nothing about where texts differ.
fn same_bytes(a: &[u8], b: &[u8]) -> bool {
    let against = if a.len() == b.len() { a } else { b };
    let mut difference = u8::from(a.len() != b.len());
    for (&x, &y) in against.iter().zip(b) {
        difference |= std::hint::black_box(x ^ y);
    }
    std::hint::black_box(difference) == 0
}
