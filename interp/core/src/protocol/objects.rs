//! repr, str, hash, truth, length, items, membership, conversions to int.
use haft_heap::Value;

use crate::object::{Dict, List, PayloadRef, Slice, Str, Tuple};
use crate::vm::{R, Vm};

impl Vm {
    /// `repr(value)`, a str.
    pub fn repr(&mut self, value: Value) -> R {
        self.check_native_depth()?;
        let result = match self.type_of(value).slots.repr.get() {
            Some(repr) => repr(self, value)?,
            None => self.default_repr(value)?,
        };
        self.expect_str(result, "__repr__")
    }
    /// `str(value)`, a str.
    pub fn str_of(&mut self, value: Value) -> R {
        if value.as_ptr().is_some_and(|obj| Str::of(obj).is_some()) {
            return Ok(value);
        }
        if let Some(number) = value.as_fixnum() {
            return Ok(self.decimal(number));
        }
        self.check_native_depth()?;
        match self.type_of(value).slots.str.get() {
            Some(str) => {
                let result = str(self, value)?;
                self.expect_str(result, "__str__")
            }
            None => self.repr(value),
        }
    }
    /// `str(number)`.
    fn decimal(&mut self, number: i64) -> Value {
        self.str_wtf8(haft_text::int::Decimal::new(number).bytes())
    }
    fn expect_str(&mut self, result: Value, method: &str) -> R {
        if self.as_str(result).is_some() {
            return Ok(result);
        }
        let name = self.type_name(result);
        Err(self.type_error(format!("{method} returned non-string (type {name})")))
    }
    /// `repr(value)` as Rust text, for messages.
    pub fn repr_text(&mut self, value: Value) -> R<String> {
        let repr = self.repr(value)?;
        Ok(self.as_str(repr).map_or_else(String::new, |s| s.to_text().into_owned()))
    }
    /// `str(value)` as Rust text, for messages.
    pub fn str_text(&mut self, value: Value) -> R<String> {
        let str = self.str_of(value)?;
        Ok(self.as_str(str).map_or_else(String::new, |s| s.to_text().into_owned()))
    }
    /// `<module.C object at 0x…>`; the number is the serial number.
    pub fn default_repr(&mut self, value: Value) -> R {
        let ty = self.type_of(value);
        let name = self.full_type_name(ty);
        let id = self.id_of(value);
        Ok(self.str(&format!("<{name} object at {id:#x}>")))
    }
    /// `module.qualname` of a class; the qualname alone for builtins.
    pub fn full_type_name(&mut self, ty: crate::object::Type) -> String {
        let module = self.dict_get_name(ty.dict, self.names.__module__);
        let qualname =
            self.as_str(ty.qualname.get()).map_or_else(String::new, |s| s.to_text().into_owned());
        match module.and_then(|m| self.as_str(m)) {
            Some(module) if module.bytes() != b"builtins" => {
                format!("{}.{qualname}", module.to_text())
            }
            _ => qualname,
        }
    }
    /// Guard of recursive reprs: false if `value` is being shown already; else call [`Vm::leave_repr`] after.
    pub fn enter_repr(&mut self, value: Value) -> bool {
        self.stack.repr_running.enter(value)
    }
    /// See [`Vm::enter_repr`].
    pub fn leave_repr(&mut self) {
        self.stack.repr_running.leave();
    }

    /// `hash(value)`.
    pub fn hash(&mut self, value: Value) -> R<i64> {
        match self.type_of(value).slots.hash.get() {
            Some(hash) => hash(self, value),
            None => {
                let name = self.type_name(value);
                Err(self.type_error(format!("unhashable type: '{name}'")))
            }
        }
    }
    /// The hash of objects that compare by identity.
    pub fn hash_identity(&mut self, value: Value) -> i64 {
        self.id_of(value) >> 4
    }

    /// `bool(value)`.
    #[inline]
    pub fn truth(&mut self, value: Value) -> R<bool> {
        if let Some(b) = value.as_bool() {
            return Ok(b);
        }
        if value.is_none() {
            return Ok(false);
        }
        if let Some(number) = value.as_fixnum() {
            return Ok(number != 0);
        }
        self.truth_slow(value)
    }
    fn truth_slow(&mut self, value: Value) -> R<bool> {
        if let Some(number) = value.as_float_imm() {
            return Ok(number != 0.0);
        }
        if let Some(obj) = value.as_ptr() {
            if let Some(str) = Str::of(obj) {
                return Ok(!str.is_empty());
            }
            if let Some(tuple) = Tuple::of(obj) {
                return Ok(!tuple.is_empty());
            }
        }
        let slots = &self.type_of(value).slots;
        if let Some(test) = slots.bool.get() {
            return test(self, value);
        }
        match slots.len.get() {
            Some(len) => Ok(len(self, value)? != 0),
            None => Ok(true),
        }
    }

    /// `len(value)`.
    pub fn length(&mut self, value: Value) -> R<usize> {
        match self.type_of(value).slots.len.get() {
            Some(len) => len(self, value),
            None => {
                let name = self.type_name(value);
                Err(self.type_error(format!("object of type '{name}' has no len()")))
            }
        }
    }
    /// `value[key]`.
    pub fn get_item(&mut self, value: Value, key: Value) -> R {
        if let Some(get) = self.type_of(value).slots.getitem.get() {
            return get(self, value, key);
        }
        if let Some(class) = self.as_type(value) {
            if class == self.t.r#type {
                return self.subscript_type(value, key);
            }
            if let Some(method) = self.find_attr(value, self.names.__class_getitem__)? {
                return self.call_positional(method, &[key]);
            }
            let name = class.name_text();
            return Err(self.type_error(format!("type '{name}' is not subscriptable")));
        }
        let name = self.type_name(value);
        Err(self.type_error(format!("'{name}' object is not subscriptable")))
    }
    fn subscript_type(&mut self, class: Value, key: Value) -> R {
        let alias = self.t.generic_alias.value();
        self.call_positional(alias, &[class, key])
    }
    /// `value[key] = item`.
    pub fn set_item(&mut self, value: Value, key: Value, item: Value) -> R<()> {
        match self.type_of(value).slots.setitem.get() {
            Some(set) => set(self, value, key, item),
            None => {
                let name = self.type_name(value);
                Err(self.type_error(format!("'{name}' object does not support item assignment")))
            }
        }
    }
    /// `del value[key]`.
    pub fn delete_item(&mut self, value: Value, key: Value) -> R<()> {
        match self.type_of(value).slots.setitem.get() {
            Some(set) => set(self, value, key, Value::ABSENT),
            None => {
                let name = self.type_name(value);
                let does_not =
                    if self.is_old_sequence(value, key) { "doesn't" } else { "does not" };
                Err(self.type_error(format!("'{name}' object {does_not} support item deletion")))
            }
        }
    }
    /// Would CPython try to delete an item by its number, and fail there? Every class of a program has the slots for it.
    fn is_old_sequence(&self, value: Value, key: Value) -> bool {
        let (ty, is_index) = (self.type_of(value), self.type_of(key).slots.index.get().is_some());
        let has_items = ty.slots.len.get().is_some() && ty.slots.getitem.get().is_some();
        is_index && (has_items || ty.has(crate::object::TypeFlags::HEAP))
    }
    /// `item in container`.
    pub fn contains(&mut self, container: Value, item: Value) -> R<bool> {
        let ty = self.type_of(container);
        if let Some(contains) = ty.slots.contains.get() {
            return contains(self, container, item);
        }
        if ty.slots.iter.get().is_none() && ty.slots.getitem.get().is_none() {
            let name = ty.shown_name();
            return Err(self
                .type_error(format!("argument of type '{name}' is not a container or iterable")));
        }
        let iter = self.iterate(container)?;
        loop {
            let candidate = self.next(iter)?;
            if candidate.is_absent() {
                return Ok(false);
            }
            if self.equals(candidate, item)? {
                return Ok(true);
            }
        }
    }

    /// `operator.index(value)`, an int object.
    pub fn index_value(&mut self, value: Value) -> R {
        if self.is_int(value) {
            return Ok(self.exact_int(value));
        }
        match self.type_of(value).slots.index.get() {
            Some(index) => {
                let result = index(self, value)?;
                if result.is_fixnum() {
                    return Ok(result);
                }
                let name = self.type_name(result);
                if !self.is_int(result) {
                    return Err(
                        self.type_error(format!("__index__ returned non-int (type {name})"))
                    );
                }
                if self.type_of(result) != self.t.int {
                    let text = format!(
                        "__index__ returned non-int (type {name}).  The ability to return an instance of a strict \
                         subclass of int is deprecated, and may not be supported in a future version of Python."
                    );
                    (self.warn)(self, self.exc.deprecation_warning, &text)?;
                }
                Ok(self.exact_int(result))
            }
            None => {
                let name = self.type_name(value);
                Err(self.type_error(format!("'{name}' object cannot be interpreted as an integer")))
            }
        }
    }
    /// The int in an int: without its subclass, 0 or 1 for a bool.
    fn exact_int(&self, value: Value) -> Value {
        match value.as_bool() {
            Some(truth) => Value::small(i32::from(truth)),
            None => self.unwrapped(value),
        }
    }
    /// `operator.index(value)` as a number; OverflowError if it does not fit.
    pub fn index_of(&mut self, value: Value) -> R<i64> {
        let index = self.index_value(value)?;
        match self.as_int(index) {
            Some(number) => Ok(number),
            None => Err(self.overflow_error("Python int too large to convert to C ssize_t")),
        }
    }
    /// `operator.index(value)`, cut to the range of i64: for slice bounds.
    pub fn index_clamped(&mut self, value: Value) -> R<i64> {
        let index = self.index_value(value)?;
        if let Some(number) = self.as_int(index) {
            return Ok(number);
        }
        let negative = self.int_parts(index).is_some_and(|number| number.negative);
        Ok(if negative { i64::MIN } else { i64::MAX })
    }
    /// An index into a sequence of `len` items, counted from the end if negative; IndexError with `message`.
    pub fn sequence_index(&mut self, key: Value, len: usize, message: &str) -> R<usize> {
        let index = self.index_value(key)?;
        let Some(number) = self.as_int(index) else {
            let name = self.type_name(key);
            return Err(
                self.index_error(format!("cannot fit '{name}' into an index-sized integer"))
            );
        };
        let at = if number < 0 { number + len as i64 } else { number };
        if at < 0 || at >= len as i64 {
            return Err(self.index_error(message));
        }
        Ok(at as usize)
    }
    /// (start, step, count) of a slice of a sequence of `len` items; item `i` is at `start + i * step`.
    pub fn slice_indices(&mut self, slice: PayloadRef<Slice>, len: usize) -> R<(i64, i64, usize)> {
        let step = if slice.step.is_none() { 1 } else { self.slice_bound(slice.step)? };
        if step == 0 {
            return Err(self.value_error("slice step cannot be zero"));
        }
        let step = step.max(-i64::MAX);
        let len = len as i64;
        let (low, high) = if step < 0 { (-1, len - 1) } else { (0, len) };
        let bound = |vm: &mut Vm, value: Value, default: i64| -> R<i64> {
            if value.is_none() {
                return Ok(default);
            }
            let number = vm.slice_bound(value)?;
            let number = if number < 0 { number.saturating_add(len) } else { number };
            Ok(number.clamp(low, high))
        };
        let start = bound(self, slice.start, if step < 0 { high } else { low })?;
        let stop = bound(self, slice.stop, if step < 0 { low } else { high })?;
        let count = if step < 0 {
            if stop < start { (start - stop - 1) / -step + 1 } else { 0 }
        } else if start < stop {
            (stop - start - 1) / step + 1
        } else {
            0
        };
        Ok((start, step, count as usize))
    }
    fn slice_bound(&mut self, value: Value) -> R<i64> {
        if !self.is_int(value) && self.type_of(value).slots.index.get().is_none() {
            return Err(self
                .type_error("slice indices must be integers or None or have an __index__ method"));
        }
        self.index_clamped(value)
    }
    /// A bytes-like object's bytes; TypeError `a bytes-like object is required, not 'C'`.
    pub fn buffer_of(&mut self, value: Value) -> R<crate::object::BufferView> {
        match self.type_of(value).slots.buffer.get() {
            Some(buffer) => buffer(self, value),
            None => {
                let name = self.type_name(value);
                Err(self.type_error(format!("a bytes-like object is required, not '{name}'")))
            }
        }
    }
    /// `print`-less join: the items of a list as text with `repr`, for containers' reprs.
    pub fn repr_items(&mut self, items: List, open: &str, close: &str) -> R {
        let mut out = open.as_bytes().to_vec();
        for at in 0..items.len() {
            if at > 0 {
                out.extend_from_slice(b", ");
            }
            let repr = self.repr(items.at(at))?;
            out.extend_from_slice(self.as_str(repr).map_or(b"", Str::bytes));
        }
        out.extend_from_slice(close.as_bytes());
        Ok(self.str_wtf8(&out))
    }
    /// The globals of the innermost Python frame.
    pub fn current_globals(&self) -> Option<Dict> {
        self.stack.frames.last().map(|frame| frame.globals)
    }
}
