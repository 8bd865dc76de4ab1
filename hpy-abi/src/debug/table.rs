//! The table of debug handles: which are open, which were closed lately, what each stands for.
//!
//! The word that C gets names an entry and its version. Closed entries are kept for a while, so that the use of a closed handle
//! is noticed; then the entry is used again with the next version, so that it is noticed even later.

use std::backtrace::Backtrace;
use std::collections::VecDeque;

use super::memory::Guarded;
use crate::types::HPy;

/// An entry of the table: what `id` is in Python.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct HandleId(u32);

impl HandleId {
    /// The entry of that number, if the table ever had one.
    pub const fn of_number(number: u32) -> HandleId {
        HandleId(number)
    }

    /// Its number, never 0.
    pub const fn number(self) -> u32 {
        self.0
    }

    fn index(self) -> usize {
        self.0 as usize - 1
    }
}

/// What may be done with a handle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Owner {
    /// C must close it.
    Module,
    /// It is an argument: C must not close it.
    Caller,
    /// It is a constant of the context.
    Context,
}

/// Where an entry is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Open,
    Closed,
    Free,
}

/// A debug handle.
#[derive(Debug)]
struct Entry {
    handle: HPy,
    version: u32,
    state: State,
    owner: Owner,
    generation: i64,
    /// When it was opened, to list entries in that order.
    serial: u64,
    data: Option<Guarded>,
    trace: Option<Backtrace>,
}

/// What a word turned out to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Found {
    /// An open handle.
    Open(HandleId),
    /// A handle that was closed; its entry still says of what.
    Closed(HandleId),
    /// A handle that was closed long ago.
    Reused,
    /// No handle of this table.
    Nothing,
}

/// How many closed handles are kept.
const CLOSED_MAX: usize = 1024;
/// How many bytes of texts of closed handles are kept.
const DATA_MAX: usize = 10 << 20;

/// All debug handles.
#[derive(Debug)]
pub(super) struct Table {
    entries: Vec<Entry>,
    free: Vec<HandleId>,
    closed: VecDeque<HandleId>,
    serial: u64,
    /// Handles opened from now on belong to this generation.
    pub(super) generation: i64,
    /// How many closed handles are kept.
    pub(super) closed_max: usize,
    /// How many bytes of texts of closed handles are kept.
    pub(super) data_max: usize,
    data_size: usize,
    /// How many frames of the stack are kept for each handle.
    pub(super) trace_limit: usize,
}

impl Table {
    pub(super) fn new() -> Table {
        Table {
            entries: Vec::new(),
            free: Vec::new(),
            closed: VecDeque::new(),
            serial: 0,
            generation: 0,
            closed_max: CLOSED_MAX,
            data_max: DATA_MAX,
            data_size: 0,
            trace_limit: 0,
        }
    }

    /// A new debug handle for a handle of the host; null for null.
    pub(super) fn open(&mut self, handle: HPy, owner: Owner) -> HPy {
        if handle.is_null() {
            return HPy::NULL;
        }
        let id = self.empty_entry();
        self.serial += 1;
        let (serial, generation) = (self.serial, self.generation);
        let trace = (self.trace_limit > 0).then(Backtrace::force_capture);
        let entry = &mut self.entries[id.index()];
        entry.handle = handle;
        entry.version = entry.version.wrapping_add(1) & VERSION_MASK;
        entry.state = State::Open;
        entry.owner = owner;
        entry.generation = generation;
        entry.serial = serial;
        entry.trace = trace;
        word(id, entry.version)
    }

    /// An entry for a new handle: the oldest closed one if enough are kept.
    fn empty_entry(&mut self) -> HandleId {
        if self.closed.len() >= self.closed_max
            && let Some(oldest) = self.closed.pop_front()
        {
            self.drop_data(oldest);
            return oldest;
        }
        if let Some(id) = self.free.pop() {
            return id;
        }
        self.entries.push(Entry {
            handle: HPy::NULL,
            version: 0,
            state: State::Free,
            owner: Owner::Module,
            generation: 0,
            serial: 0,
            data: None,
            trace: None,
        });
        HandleId(
            u32::try_from(self.entries.len())
                .expect("handles fit the memory of C, which is smaller"),
        )
    }

    /// What a word is that C gave.
    pub(super) fn find(&self, handle: HPy) -> Found {
        let Some((id, version)) = unword(handle) else { return Found::Nothing };
        let Some(entry) = self.entries.get(id.index()) else { return Found::Nothing };
        if entry.version != version {
            return Found::Reused;
        }
        match entry.state {
            State::Open => Found::Open(id),
            State::Closed => Found::Closed(id),
            State::Free => Found::Reused,
        }
    }

    /// The host's handle of an entry.
    pub(super) fn handle(&self, id: HandleId) -> HPy {
        self.entry(id).map_or(HPy::NULL, |entry| entry.handle)
    }

    /// Who may close it.
    pub(super) fn owner(&self, id: HandleId) -> Owner {
        self.entry(id).map_or(Owner::Module, |entry| entry.owner)
    }

    /// Is it closed?
    pub(super) fn is_closed(&self, id: HandleId) -> bool {
        self.entry(id).is_none_or(|entry| entry.state != State::Open)
    }

    /// Where it was opened.
    pub(super) fn trace(&self, id: HandleId) -> Option<&Backtrace> {
        self.entry(id)?.trace.as_ref()
    }

    /// Bytes of its text, if it has one that is still kept.
    pub(super) fn data_size(&self, id: HandleId) -> Option<usize> {
        Some(self.entry(id)?.data.as_ref()?.len())
    }

    fn entry(&self, id: HandleId) -> Option<&Entry> {
        self.entries.get(id.index())
    }

    /// Closes an open entry. The handle of the host is not touched.
    pub(super) fn close(&mut self, id: HandleId) {
        let Some(entry) =
            self.entries.get_mut(id.index()).filter(|entry| entry.state == State::Open)
        else {
            return;
        };
        entry.state = State::Closed;
        let size = entry.data.as_ref().map_or(0, Guarded::len);
        if self.data_size + size > self.data_max {
            entry.data = None;
        } else {
            self.data_size += size;
            if let Some(data) = &entry.data {
                data.forbid();
            }
        }
        self.closed.push_back(id);
        if self.closed.len() > self.closed_max
            && let Some(oldest) = self.closed.pop_front()
        {
            self.drop_data(oldest);
            self.entries[oldest.index()].state = State::Free;
            self.entries[oldest.index()].trace = None;
            self.free.push(oldest);
        }
    }

    /// Frees the text of a closed entry.
    fn drop_data(&mut self, id: HandleId) {
        if let Some(data) = self.entries[id.index()].data.take() {
            self.data_size = self.data_size.saturating_sub(data.len());
        }
    }

    /// The copy of a text for an open entry, the same one each time.
    pub(super) fn keep_text(&mut self, id: HandleId, text: &[u8]) -> Option<*const u8> {
        let entry = self.entries.get_mut(id.index())?;
        if entry.data.as_ref().is_none_or(|data| data.len() != text.len()) {
            entry.data = Some(Guarded::new(text)?);
        }
        entry.data.as_ref().map(Guarded::as_ptr)
    }

    /// Open handles of that generation or a later one, in the order in which they were opened; constants are not among them.
    pub(super) fn open_handles(&self, generation: i64) -> Vec<HandleId> {
        let mut found: Vec<(u64, HandleId)> = (1..)
            .map(HandleId)
            .zip(&self.entries)
            .filter(|(_, entry)| {
                entry.state == State::Open
                    && entry.generation >= generation
                    && entry.owner != Owner::Context
            })
            .map(|(id, entry)| (entry.serial, id))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, id)| id).collect()
    }

    /// Closed handles that are kept, of that generation or a later one, in the order in which they were closed.
    pub(super) fn closed_handles(&self, generation: i64) -> Vec<HandleId> {
        let of_it = |id: &HandleId| self.entries[id.index()].generation >= generation;
        self.closed.iter().copied().filter(of_it).collect()
    }
}

/// Bits of a version in a word.
const VERSION_MASK: u32 = 0x7fff_ffff;

/// The word for an entry: its number, and above it the version. It is not 0, and even, so that it is no small number that a
/// module might have made up.
fn word(id: HandleId, version: u32) -> HPy {
    HPy(((u64::from(version) << 32 | u64::from(id.0)) << 1).cast_signed() as isize)
}

/// The entry and version that a word names.
fn unword(handle: HPy) -> Option<(HandleId, u32)> {
    let bits = (handle.0 as i64).cast_unsigned();
    let id = (bits >> 1) as u32;
    (bits & 1 == 0 && id != 0).then_some((HandleId(id), (bits >> 33) as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_name_entries() {
        for (id, version) in [(1, 0), (7, 1), (u32::MAX >> 1, VERSION_MASK)] {
            assert_eq!(unword(word(HandleId(id), version)), Some((HandleId(id), version)));
        }
        assert_eq!(unword(HPy(0)), None);
        assert_eq!(unword(HPy(7)), None);
    }

    #[test]
    fn a_closed_handle_is_known_even_when_its_entry_is_used_again() {
        let mut table = Table::new();
        table.closed_max = 1;
        let first = table.open(HPy(11), Owner::Module);
        let Found::Open(id) = table.find(first) else { panic!("not open") };
        assert_eq!(table.handle(id), HPy(11));
        table.close(id);
        assert_eq!(table.find(first), Found::Closed(id));
        assert_eq!(table.closed_handles(0), [id]);
        let second = table.open(HPy(22), Owner::Module);
        assert_eq!(table.find(second), Found::Open(id));
        assert_eq!(table.find(first), Found::Reused);
        assert_eq!(table.find(HPy(0x1234)), Found::Nothing);
    }

    #[test]
    fn generations() {
        let mut table = Table::new();
        let old = table.open(HPy(1), Owner::Module);
        table.generation += 1;
        let new = table.open(HPy(2), Owner::Module);
        let (Found::Open(old), Found::Open(new)) = (table.find(old), table.find(new)) else {
            panic!("not open")
        };
        assert_eq!(table.open_handles(0), [old, new]);
        assert_eq!(table.open_handles(1), [new]);
        table.open(HPy(3), Owner::Context);
        assert_eq!(table.open_handles(1), [new]);
    }

    #[test]
    fn texts_of_closed_handles_are_limited() {
        let mut table = Table::new();
        table.data_max = 10;
        for (text, kept) in [(&b"1234567\0"[..], true), (b"1234567\0", false), (b"1\0", true)] {
            let handle = table.open(HPy(1), Owner::Module);
            let Found::Open(id) = table.find(handle) else { panic!("not open") };
            let copy = table.keep_text(id, text).unwrap();
            assert_eq!(table.keep_text(id, text), Some(copy));
            table.close(id);
            assert_eq!(table.data_size(id).is_some(), kept);
        }
    }
}
