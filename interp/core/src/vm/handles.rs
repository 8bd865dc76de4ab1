//! Handles: objects that C code holds outside the heap, where the collector does not look.
//!
//! A handle is the value word itself. Arguments are borrowed and need nothing. A handle that C owns is counted in the
//! header of its object, in sixteen bits of which strings use the lowest three:
//!
//! ```text
//! bits 4…15   open handles; at the maximum the rest of the count is in a table
//! bit 3       the object is in the list
//! ```
//! Objects with a count are roots. They are found through a list, which an object enters with its first handle and
//! leaves in the next collection after its last was closed.
//!
//! Most handles live for a moment: C makes an object and returns it, or looks at an attribute and closes it. So a handle
//! is first only noted, and closing the one opened last forgets the note: no object is touched. That one has a place of
//! its own, which is overwritten without being counted: where C opens and closes in turn, no instruction waits for the
//! result of another. The older ones follow in a stack. When it is full they are counted in the headers. How many handles
//! of an object are open is the sum of all, and it does not matter which of them a close takes away.
use std::collections::BTreeMap;
use std::mem::offset_of;

use haft_heap::{Obj, Tracer, Value};

use super::c_names::CNames;

const LISTED: u16 = 8;
const ONE: u16 = 16;
const MOST: u16 = 0xfff0;

/// Notes of handles that were opened before the last one.
const N_RECENT: usize = 64;

/// The most recent handles, as compiled code knows them.
#[derive(Debug)]
#[repr(C)]
struct Notes {
    /// The object whose handle was opened last; None, which is no object, when it was closed.
    last: Value,
    n: usize,
    /// The first `n` are objects with a handle, once for each, that no header counts.
    recent: [Value; N_RECENT],
}

/// The open handles of a runtime.
#[derive(Debug)]
pub struct Handles {
    notes: Notes,
    listed: Vec<Obj>,
    /// Names of attributes as C gives them.
    pub names: CNames,
    /// Handles beyond those that a header can count, by address.
    more: BTreeMap<usize, u64>,
}

impl Default for Handles {
    fn default() -> Handles {
        Handles {
            notes: Notes { last: Value::NONE, n: 0, recent: [Value::ABSENT; N_RECENT] },
            listed: Vec::new(),
            names: CNames::default(),
            more: BTreeMap::new(),
        }
    }
}

impl Handles {
    /// Byte offset of the object that was noted last, to be overwritten with None.
    pub(crate) const LAST_NOTE: usize = offset_of!(Handles, notes.last);

    /// Where the object is whose handle was opened last, or None: C itself may open a handle there when it is None, and
    /// close the handle of the object that is there.
    pub const fn last_place(&mut self) -> *mut Value {
        &raw mut self.notes.last
    }

    /// C owns one more handle of the value.
    #[inline]
    pub fn open(&mut self, value: Value) {
        if !self.note(value) {
            self.open_when_full(value);
        }
    }
    /// As [`open`](Self::open) if that takes no more than a note; else false, and nothing is done.
    #[inline(always)]
    pub fn note(&mut self, value: Value) -> bool {
        if !value.is_ptr() {
            return true;
        }
        if !self.notes.last.is_none() {
            seldom();
            let Some(place) = self.notes.recent.get_mut(self.notes.n) else { return false };
            *place = self.notes.last;
            self.notes.n += 1;
        }
        self.notes.last = value;
        true
    }
    /// Is there room for a note?
    #[inline(always)]
    pub fn has_room(&self) -> bool {
        self.notes.last.is_none() || self.notes.n < N_RECENT
    }
    /// C gave up a handle of the value. One that it never owned is ignored as far as that can be seen.
    #[inline]
    pub fn close(&mut self, value: Value) {
        if !value.is_ptr() {
            return;
        }
        if !self.close_last(value) {
            self.close_other(value);
        }
    }
    /// Close the handle of the object that was opened last, or the latest of the others; false: it is none of them.
    #[inline(always)]
    pub fn close_last(&mut self, value: Value) -> bool {
        if self.notes.last == value {
            self.notes.last = Value::NONE;
            return true;
        }
        seldom();
        match self.notes.n.checked_sub(1) {
            Some(last) if self.notes.recent.get(last) == Some(&value) => {
                self.notes.n = last;
                true
            }
            _ => false,
        }
    }
    /// Count the noted handles but the last in the headers, and this one.
    #[cold]
    #[inline(never)]
    fn open_when_full(&mut self, value: Value) {
        self.notes.n = 0;
        for at in 0..N_RECENT {
            self.count_one(self.notes.recent[at]);
        }
        self.count_one(value);
    }
    fn count_one(&mut self, value: Value) {
        let Some(obj) = value.as_ptr() else { return };
        let aux = obj.aux();
        if aux & LISTED != 0 && aux < MOST {
            obj.set_aux(aux + ONE);
        } else {
            self.open_first(obj);
        }
    }
    /// Close a handle that [`close_last`](Self::close_last) did not find.
    #[inline(never)]
    pub fn close_other(&mut self, value: Value) {
        let Some(obj) = value.as_ptr() else { return };
        let aux = obj.aux();
        if (ONE..MOST).contains(&aux) {
            obj.set_aux(aux - ONE);
        } else if aux >= MOST {
            self.close_many(obj);
        } else if let Some(at) = self.recent().iter().rposition(|&known| known == value) {
            self.notes.n -= 1;
            self.notes.recent[at] = self.notes.recent[self.notes.n];
        }
    }
    fn recent(&self) -> &[Value] {
        &self.notes.recent[..self.notes.n.min(N_RECENT)]
    }
    /// All that is noted, and None if the last was closed.
    fn noted(&self) -> impl Iterator<Item = Value> {
        self.recent().iter().copied().chain([self.notes.last])
    }
    #[inline(never)]
    fn open_first(&mut self, obj: Obj) {
        let aux = obj.aux();
        if aux & LISTED == 0 {
            self.listed.push(obj);
            obj.set_aux((aux | LISTED) + ONE);
        } else {
            *self.more.entry(obj.address()).or_default() += 1;
        }
    }
    #[cold]
    fn close_many(&mut self, obj: Obj) {
        match self.more.get_mut(&obj.address()) {
            Some(more) if *more > 1 => *more -= 1,
            Some(_) => {
                self.more.remove(&obj.address());
            }
            None => obj.set_aux(obj.aux() - ONE),
        }
    }
    /// How many handles of the value are open.
    pub fn count(&self, value: Value) -> u64 {
        let Some(obj) = value.as_ptr() else { return 0 };
        let more = self.more.get(&obj.address()).copied().unwrap_or(0);
        let noted = self.noted().filter(|&known| known == value).count();
        u64::from(obj.aux() / ONE) + more + noted as u64
    }
    /// Report the objects with open handles.
    pub(super) fn trace(&self, tracer: &mut Tracer<'_>) {
        self.names.trace(tracer);
        for value in self.noted() {
            tracer.value(value);
        }
        for &obj in &self.listed {
            if obj.aux() >= ONE {
                tracer.obj(obj);
            }
        }
    }
    /// Forget the objects without open handles; called in a collection, while the dead are in place.
    pub(super) fn prune(&mut self) {
        self.listed.retain(|obj| {
            let is_open = obj.aux() >= ONE;
            if !is_open {
                obj.set_aux(obj.aux() & !LISTED);
            }
            is_open
        });
    }
}

/// The way here is not the usual one, which is straight then: a jump that is taken costs a quarter of such a function.
#[cold]
#[inline]
const fn seldom() {}

#[cfg(test)]
mod tests {
    use haft_heap::Heap;

    use super::*;
    use crate::object::{Str, kind_table};

    #[test]
    fn handles_are_closed_in_any_order() {
        let mut heap = Heap::new(&kind_table());
        let mut handles = Handles::default();
        let texts: Vec<Value> =
            (0..200_u8).map(|n| Str::new(&mut heap, &[n & 127]).value()).collect();
        for &text in &texts {
            handles.open(text);
        }
        assert!(texts.iter().all(|&text| handles.count(text) == 1));
        for at in (0..200).map(|n| n * 77 % 200) {
            handles.close(texts[at]);
            assert_eq!(handles.count(texts[at]), 0);
        }
        assert!(handles.noted().all(Value::is_none));
    }

    #[test]
    fn counts_go_up_and_down_beyond_what_a_header_holds() {
        let mut heap = Heap::new(&kind_table());
        let mut handles = Handles::default();
        let text = Str::new(&mut heap, b"abc");
        for n in 1..=5000 {
            handles.open(text.value());
            assert_eq!(handles.count(text.value()), n);
        }
        assert!(text.is_ascii() && !text.is_interned());
        for n in (0..5000).rev() {
            handles.close(text.value());
            assert_eq!(handles.count(text.value()), n);
        }
        assert_eq!((handles.listed.len(), handles.more.len()), (1, 0));
        handles.prune();
        assert!(handles.listed.is_empty() && text.is_ascii());
        handles.close(text.value());
        handles.close(Value::small(3));
        assert_eq!(handles.count(text.value()), 0);
    }
}
