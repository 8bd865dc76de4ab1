//! Dicts and sets with keys of any class: hashing and comparing may run Python.
#![expect(clippy::manual_let_else, reason = "the arms stand together")]
use haft_heap::Value;

use crate::object::{Dict, Lookup, Probe, Set, Str, Table};
use crate::vm::{R, Raised, Vm};

/// A key with its hash.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key.
    pub value: Value,
    /// Its hash.
    pub hash: i64,
}

impl Vm {
    /// `key` with its hash; TypeError if it is unhashable.
    #[inline]
    pub fn key(&mut self, value: Value) -> R<Key> {
        let hash = if let Some(number) = value.as_fixnum() {
            haft_text::float::hash_i64(number)
        } else if let Some(str) = value.as_ptr().and_then(Str::of) {
            self.hash_str(str)
        } else {
            self.hash(value)?
        };
        Ok(Key { value, hash })
    }
    /// The key of a dict with its hash; the TypeError says what it was meant for.
    #[inline]
    pub fn dict_key(&mut self, value: Value) -> R<Key> {
        match self.key(value) {
            Ok(key) => Ok(key),
            Err(raised) => Err(self.unhashable(raised, value, "a dict key")),
        }
    }
    /// The element of a set with its hash; the TypeError says what it was meant for.
    #[inline]
    pub fn set_key(&mut self, value: Value) -> R<Key> {
        match self.key(value) {
            Ok(key) => Ok(key),
            Err(raised) => Err(self.unhashable(raised, value, "a set element")),
        }
    }
    #[cold]
    fn unhashable(&mut self, raised: Raised, value: Value, role: &str) -> Raised {
        if self.type_of(self.stack.raised) != self.exc.type_error {
            return raised;
        }
        let error = self.take_raised(raised);
        let text = match self.str_text(error) {
            Ok(text) => text,
            Err(raised) => return raised,
        };
        if text.starts_with("cannot use '") {
            return self.raise_again(error);
        }
        let class = self.full_type_name(self.type_of(value));
        self.type_error(format!("cannot use '{class}' as {role} ({text})"))
    }
    /// The entry of a table for `key`.
    pub fn find_entry<const W: usize>(&mut self, table: Table<W>, key: Key) -> R<Option<usize>> {
        let mut probe = Probe::default();
        loop {
            match table.probe(&mut probe, key.hash, key.value) {
                Lookup::Found(entry) => return Ok(Some(entry)),
                Lookup::Missing => return Ok(None),
                Lookup::Compare(entry) => {
                    let (stored, array) = (table.key(entry), table.array());
                    let equal = self.equals(stored, key.value)?;
                    if !table.unchanged(array, entry, stored) {
                        // The comparison changed the table: start anew.
                        probe = Probe::default();
                    } else if equal {
                        return Ok(Some(entry));
                    }
                }
            }
        }
    }
    /// `dict[key]`, `None` if it is not there.
    pub fn dict_get(&mut self, dict: Dict, key: Value) -> R<Option<Value>> {
        let key = self.key(key)?;
        Ok(self.find_entry(*dict, key)?.map(|entry| dict.entry_value(entry)))
    }
    /// `dict[key] = value`.
    pub fn dict_set(&mut self, dict: Dict, key: Value, value: Value) -> R<()> {
        let key = self.key(key)?;
        self.dict_set_key(dict, key, value)
    }
    /// `dict[key] = value` for a key whose hash is known.
    pub fn dict_set_key(&mut self, dict: Dict, key: Key, value: Value) -> R<()> {
        match self.find_entry(*dict, key)? {
            Some(entry) => dict.set_entry_value(&mut self.heap, entry, value),
            None => dict.insert_new(&mut self.heap, key.hash, key.value, value),
        }
        Ok(())
    }
    /// Remove `key`; its value, `None` if it was not there.
    pub fn dict_pop(&mut self, dict: Dict, key: Value) -> R<Option<Value>> {
        let key = self.key(key)?;
        Ok(self.find_entry(*dict, key)?.map(|entry| {
            let value = dict.entry_value(entry);
            dict.remove(&mut self.heap, entry);
            value
        }))
    }
    /// `key in set`.
    pub fn set_contains(&mut self, set: Set, key: Value) -> R<bool> {
        let key = self.key(key)?;
        Ok(self.find_entry(*set, key)?.is_some())
    }
    /// `set.add(key)`; was it new?
    pub fn set_add(&mut self, set: Set, key: Value) -> R<bool> {
        let key = self.key(key)?;
        self.set_add_key(set, key)
    }
    /// `set.add(key)` for a key whose hash is known; was it new?
    pub fn set_add_key(&mut self, set: Set, key: Key) -> R<bool> {
        if self.find_entry(*set, key)?.is_some() {
            return Ok(false);
        }
        set.insert_new(&mut self.heap, key.hash, key.value);
        Ok(true)
    }
    /// `set.discard(key)`; was it there?
    pub fn set_discard(&mut self, set: Set, key: Value) -> R<bool> {
        let key = self.key(key)?;
        match self.find_entry(*set, key)? {
            Some(entry) => {
                set.remove(&mut self.heap, entry);
                Ok(true)
            }
            None => Ok(false),
        }
    }
    /// `dict.update(mapping)`: a dict, anything with `keys`, or an iterable of pairs.
    pub fn dict_update(&mut self, dict: Dict, other: Value) -> R<()> {
        if let Some(source) = self.as_dict(other)
            && self.has_plain_dict_iteration(other)
        {
            return self.dict_update_from_dict(dict, source);
        }
        if let Some(keys) = self.find_attr(other, self.names.keys)? {
            let keys = self.call_positional(keys, &[])?;
            let iter = self.iterate(keys)?;
            loop {
                let key = self.next(iter)?;
                if key.is_absent() {
                    return Ok(());
                }
                let value = self.get_item(other, key)?;
                self.dict_set(dict, key, value)?;
            }
        }
        self.dict_update_from_pairs(dict, other)
    }
    /// Does iterating over this dict (or subclass instance) give its own keys?
    fn has_plain_dict_iteration(&self, value: Value) -> bool {
        let (own, base) = (self.type_of(value), self.t.dict);
        own == base
            || match (own.slots.iter.get(), base.slots.iter.get()) {
                (Some(a), Some(b)) => std::ptr::fn_addr_eq(a, b),
                _ => false,
            }
    }
    /// Copy every entry of `source` into `dict`.
    pub fn dict_update_from_dict(&mut self, dict: Dict, source: Dict) -> R<()> {
        if dict == source {
            return Ok(());
        }
        let (mut from, expected) = (0, source.len());
        while let Some(entry) = source.next_entry(from) {
            let key = Key { value: source.key(entry), hash: source.hash(entry) };
            let value = source.entry_value(entry);
            self.dict_set_key(dict, key, value)?;
            if source.len() != expected {
                return Err(self.runtime_error("dict mutated during update"));
            }
            from = entry + 1;
        }
        Ok(())
    }
    fn dict_update_from_pairs(&mut self, dict: Dict, pairs: Value) -> R<()> {
        let iter = self.iterate(pairs)?;
        let mut n = 0;
        loop {
            let pair = self.next(iter)?;
            if pair.is_absent() {
                return Ok(());
            }
            let items = self.list_of(pair);
            let items = match self.catch(items, self.exc.type_error)? {
                Some(items) => items,
                None => {
                    return Err(self.type_error(format!(
                        "cannot convert dictionary update sequence element #{n} to a sequence"
                    )));
                }
            };
            if items.len() != 2 {
                let len = items.len();
                return Err(self.value_error(format!(
                    "dictionary update sequence element #{n} has length {len}; 2 is required"
                )));
            }
            self.dict_set(dict, items.at(0), items.at(1))?;
            n += 1;
        }
    }
}
