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
//! leaves in the next collection after its last was closed: so opening and closing is one addition each.
use std::collections::BTreeMap;

use haft_heap::{Obj, Tracer, Value};

const LISTED: u16 = 8;
const ONE: u16 = 16;
const MOST: u16 = 0xfff0;

/// The open handles of a runtime.
#[derive(Debug, Default)]
pub struct Handles {
    listed: Vec<Obj>,
    /// Handles beyond those that a header can count, by address.
    more: BTreeMap<usize, u64>,
}

impl Handles {
    /// C owns one more handle of the value.
    #[inline]
    pub fn open(&mut self, value: Value) {
        let Some(obj) = value.as_ptr() else { return };
        let aux = obj.aux();
        if aux & LISTED != 0 && aux < MOST {
            obj.set_aux(aux + ONE);
        } else {
            self.open_first(obj);
        }
    }
    /// C gave up a handle of the value. One that it never owned is ignored as far as that can be seen.
    #[inline]
    pub fn close(&mut self, value: Value) {
        let Some(obj) = value.as_ptr() else { return };
        let aux = obj.aux();
        if (ONE..MOST).contains(&aux) {
            obj.set_aux(aux - ONE);
        } else if aux >= MOST {
            self.close_many(obj);
        }
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
        u64::from(obj.aux() / ONE) + more
    }
    /// Report the objects with open handles.
    pub(super) fn trace(&self, tracer: &mut Tracer<'_>) {
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

#[cfg(test)]
mod tests {
    use haft_heap::Heap;

    use super::*;
    use crate::object::{Str, kind_table};

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
