//! Methods of dict.
use haft_core::object::{Dict, Type};
use haft_core::protocol::Key;
use haft_core::{Args, R, Value, Vm};

use super::{What, dict, iter, no_key, update, view};
use crate::alias::class_getitem;
use crate::arguments::wrong_receiver;

haft_core::natives! {
    pub(super) static METHODS = {
        /// Remove all items from the dict.
        clear "($self, /)" => clear;
        /// Return a shallow copy of the dict.
        copy "($self, /)" => copy;
        /// Create a new dictionary with keys from iterable and values set to value.
        class fromkeys "($cls, iterable, value=None, /)" => fromkeys;
        /// Return the value for key if key is in the dictionary, else default.
        get "($self, key, default=None, /)" => get;
        /// Return a set-like object providing a view on the dict's items.
        items "($self, /)" => |vm, args| view_of(vm, args[0], "items", What::Items);
        /// Return a set-like object providing a view on the dict's keys.
        keys "($self, /)" => |vm, args| view_of(vm, args[0], "keys", What::Keys);
        /// D.pop(k[,d]) -> v, remove specified key and return the corresponding value.
        ///
        /// If the key is not found, return the default if given; otherwise,
        /// raise a KeyError.
        pop "($self, key, default=<unrepresentable>, /)" => pop;
        /// Remove and return a (key, value) pair as a 2-tuple.
        ///
        /// Pairs are returned in LIFO (last-in, first-out) order.
        /// Raises KeyError if the dict is empty.
        popitem "($self, /)" => popitem;
        /// Insert key with a value of default if key is not in the dictionary.
        ///
        /// Return the value for key if key is in the dictionary, else default.
        setdefault "($self, key, default=None, /)" => setdefault;
        /// D.update([E, ]**F) -> None.  Update D from mapping/iterable E and F.
        /// If E is present and has a .keys() method, then does:  for k in E.keys(): D[k] = E[k]
        /// If E is present and lacks a .keys() method, then does:  for k, v in E: D[k] = v
        /// In either case, this is followed by: for k in F:  D[k] = F[k]
        raw update "($self, /, *args, **kwargs)" => update_method;
        /// Return an object providing a view on the dict's values.
        values "($self, /)" => |vm, args| view_of(vm, args[0], "values", What::Values);
        /// Return a reverse iterator over the dict keys.
        __reversed__ "($self, /)" => reversed;
        /// Return the size of the dict in memory.
        __sizeof__ "($self, /)" => sizeof;
        /// See PEP 585
        class __class_getitem__ "($cls, object, /)" => class_getitem;
    }
}

fn clear(vm: &mut Vm, args: &[Value]) -> R {
    dict(vm, args[0], "clear")?.clear();
    Ok(Value::NONE)
}

fn copy(vm: &mut Vm, args: &[Value]) -> R {
    let dict = dict(vm, args[0], "copy")?;
    Ok(dict.copy(&mut vm.heap).value())
}

pub(super) fn fromkeys(vm: &mut Vm, args: &[Value]) -> R {
    let (class, iterable, value) = (args[0], args[1], args[2]);
    let made = vm.call_positional(class, &[])?;
    match vm.exact_dict(made) {
        Some(dict) => fill_keys(vm, dict, iterable, value)?,
        None => vm.for_each(iterable, |vm, key| vm.set_item(made, key, value))?,
    }
    Ok(made)
}

fn fill_keys(vm: &mut Vm, dict: Dict, iterable: Value, value: Value) -> R<()> {
    if let Some(source) = vm.exact_dict(iterable).filter(|&source| source != dict) {
        let mut from = 0;
        while let Some(entry) = source.next_entry(from) {
            vm.dict_set_key(
                dict,
                Key { value: source.key(entry), hash: source.hash(entry) },
                value,
            )?;
            from = entry + 1;
        }
        return Ok(());
    }
    let exact_set = |class: Type| class == vm.t.set || class == vm.t.frozenset;
    if let Some(source) = vm.as_set(iterable).filter(|_| exact_set(vm.type_of(iterable))) {
        let mut from = 0;
        while let Some(entry) = source.next_entry(from) {
            let key = Key { value: source.key(entry), hash: source.hash(entry) };
            vm.dict_set_key(dict, key, value)?;
            from = entry + 1;
        }
        return Ok(());
    }
    vm.for_each(iterable, |vm, key| {
        let key = vm.dict_key(key)?;
        vm.dict_set_key(dict, key, value)
    })
}

fn get(vm: &mut Vm, args: &[Value]) -> R {
    let dict = dict(vm, args[0], "get")?;
    let key = vm.dict_key(args[1])?;
    Ok(match vm.find_entry(*dict, key)? {
        Some(entry) => dict.entry_value(entry),
        None => args[2],
    })
}

fn view_of(vm: &mut Vm, this: Value, method: &str, what: What) -> R {
    dict(vm, this, method)?;
    Ok(view::make(vm, this, what))
}

pub(super) fn pop(vm: &mut Vm, args: &[Value]) -> R {
    let dict = dict(vm, args[0], "pop")?;
    if !dict.is_empty() {
        let key = vm.dict_key(args[1])?;
        if let Some(entry) = vm.find_entry(*dict, key)? {
            let value = dict.entry_value(entry);
            dict.remove(&mut vm.heap, entry);
            return Ok(value);
        }
    }
    if args[2].is_absent() { Err(no_key(vm, args[1])) } else { Ok(args[2]) }
}

fn popitem(vm: &mut Vm, args: &[Value]) -> R {
    let dict = dict(vm, args[0], "popitem")?;
    let Some(entry) = dict.previous_entry(dict.used()) else {
        return Err(vm.raise(vm.exc.key_error, "popitem(): dictionary is empty"));
    };
    let pair = [dict.key(entry), dict.entry_value(entry)];
    dict.remove_last(&mut vm.heap, entry);
    Ok(vm.tuple(&pair))
}

pub(super) fn setdefault(vm: &mut Vm, args: &[Value]) -> R {
    let dict = dict(vm, args[0], "setdefault")?;
    let key = vm.dict_key(args[1])?;
    if let Some(entry) = vm.find_entry(*dict, key)? {
        return Ok(dict.entry_value(entry));
    }
    dict.insert_new(&mut vm.heap, key.hash, key.value, args[2]);
    Ok(args[2])
}

fn update_method(vm: &mut Vm, args: &Args<'_>) -> R {
    let Some((&this, rest)) = args.vals.split_first().filter(|_| args.n_positional() > 0) else {
        return Err(vm.type_error("unbound method dict.update() needs an argument"));
    };
    let Some(target) = vm.as_dict(this) else {
        return Err(wrong_receiver(vm, "update", "dict", this));
    };
    update(vm, "update", target, &Args { vals: rest, names: args.names })?;
    Ok(Value::NONE)
}

fn reversed(vm: &mut Vm, args: &[Value]) -> R {
    let dict = dict(vm, args[0], "__reversed__")?;
    Ok(iter::backward(vm, dict, What::Keys))
}

fn sizeof(vm: &mut Vm, args: &[Value]) -> R {
    let dict = dict(vm, args[0], "__sizeof__")?;
    let size = dict.obj().size() + dict.array().map_or(0, |entries| entries.size());
    Ok(vm.int_usize(size))
}
