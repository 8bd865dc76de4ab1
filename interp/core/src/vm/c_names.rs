//! Names that C code gives as texts, by their addresses: most are literals, and each is looked up again and again.
use haft_heap::{Tracer, Value};

const N_NAMES: usize = 64;

/// The interned str of texts in C, as far as it was asked for lately.
#[derive(Debug)]
pub struct CNames {
    entries: Box<[(usize, Value); N_NAMES]>,
}

impl Default for CNames {
    fn default() -> CNames {
        CNames { entries: Box::new([(0, Value::ABSENT); N_NAMES]) }
    }
}

impl CNames {
    /// The str that the text at an address was. Whether it still is that text the caller must see.
    #[inline]
    pub fn find(&self, address: usize) -> Option<Value> {
        let (known, name) = self.entries[place(address)];
        (known == address && !name.is_absent()).then_some(name)
    }
    /// The text at an address is this str, which is interned.
    pub fn remember(&mut self, address: usize, name: Value) {
        self.entries[place(address)] = (address, name);
    }
    pub(super) fn trace(&self, tracer: &mut Tracer<'_>) {
        self.entries.iter().for_each(|&(_, name)| tracer.value(name));
    }
}

const fn place(address: usize) -> usize {
    (address ^ address >> 6) % N_NAMES
}
