//! `translate` and `maketrans`.
use haft_core::object::Str;
use haft_core::{R, Value, Vm, natives};
use haft_text::wtf8::{self, code_points};

use super::{new_str, this};
use crate::arguments::str_argument;

natives! {
    pub(super) static METHODS = {
        /// Replace each character in the string using the given translation table.
        ///
        ///   table
        ///     Translation table, which must be a mapping of Unicode ordinals to
        ///     Unicode ordinals, strings, or None.
        ///
        /// The table must implement lookup/indexing via __getitem__, for instance a
        /// dictionary or list.  If this operation raises LookupError, the character is
        /// left untouched.  Characters mapped to None are deleted.
        translate "($self, table, /)" => translate;
        /// Return a translation table usable for str.translate().
        ///
        /// If there is only one argument, it must be a dictionary mapping Unicode
        /// ordinals (integers) or characters to Unicode ordinals, strings or None.
        /// Character keys will be then converted to ordinals.
        /// If there are two arguments, they must be strings of equal length, and
        /// in the resulting dictionary, each character in x will be mapped to the
        /// character at the same position in y. If there is a third argument, it
        /// must be a string, whose characters will be mapped to None in the result.
        static maketrans "(x, y=<absent>, z=<absent>, /)" => maketrans;
    }
}

/// What `table` makes of a character; `None` leaves it.
fn look_up(vm: &mut Vm, table: Value, cp: u32) -> R<Option<Value>> {
    let key = Value::small(cp as i32);
    if let Some(dict) = vm.as_dict(table)
        && vm.type_of(table) == vm.t.dict
    {
        return vm.dict_get(dict, key);
    }
    let found = vm.get_item(table, key);
    vm.catch(found, vm.exc.lookup_error)
}

fn translate(vm: &mut Vm, args: &[Value]) -> R {
    let str = this(vm, args[0], "translate")?;
    let table = args[1];
    let mut out = Vec::with_capacity(str.byte_len());
    for cp in code_points(str.bytes()) {
        match look_up(vm, table, cp)? {
            None => wtf8::push(&mut out, cp),
            Some(to) => push_translated(vm, &mut out, to)?,
        }
    }
    new_str(vm, &out)
}

fn push_translated(vm: &mut Vm, out: &mut Vec<u8>, to: Value) -> R<()> {
    if to.is_none() {
        return Ok(());
    }
    if let Some(text) = vm.as_str(to) {
        out.extend_from_slice(text.bytes());
        return Ok(());
    }
    if !vm.is_int(to) {
        return Err(vm.type_error("character mapping must return integer, None or str"));
    }
    match vm.as_int(to) {
        Some(cp @ 0..=0x10_FFFF) => {
            wtf8::push(out, cp as u32);
            Ok(())
        }
        _ => Err(vm.value_error("character mapping must be in range(0x110000)")),
    }
}

fn maketrans(vm: &mut Vm, args: &[Value]) -> R {
    let (x, y, z) = (args[0], args[1], args[2]);
    if y.is_absent() {
        return from_mapping(vm, x);
    }
    let y = str_argument(vm, y, "maketrans() argument 2")?;
    let z = if z.is_absent() { None } else { Some(str_argument(vm, z, "maketrans() argument 3")?) };
    let Some(x) = vm.as_str(x) else {
        return Err(vm.type_error(
            "first maketrans argument must be a string if there is a second argument",
        ));
    };
    if x.len() != y.len() {
        return Err(vm.value_error("the first two maketrans arguments must have equal length"));
    }
    let table = vm.dict();
    for (from, to) in code_points(x.bytes()).zip(code_points(y.bytes())) {
        vm.dict_set(table, Value::small(from as i32), Value::small(to as i32))?;
    }
    for cp in code_points(z.map_or(&[], Str::bytes)) {
        vm.dict_set(table, Value::small(cp as i32), Value::NONE)?;
    }
    Ok(table.value())
}

fn from_mapping(vm: &mut Vm, x: Value) -> R {
    let Some(source) = vm.as_dict(x) else {
        return Err(vm.type_error("if you give only one argument to maketrans it must be a dict"));
    };
    let table = vm.dict();
    for (key, value) in source.iter() {
        let key = match vm.as_str(key) {
            Some(text) if text.len() == 1 => {
                Value::small(wtf8::decode_at(text.bytes(), 0).0 as i32)
            }
            Some(_) => {
                return Err(vm.value_error("string keys in translate table must be of length 1"));
            }
            None if vm.is_int(key) => key,
            None => {
                return Err(vm.type_error("keys in translate table must be strings or integers"));
            }
        };
        vm.dict_set(table, key, value)?;
    }
    Ok(table.value())
}
