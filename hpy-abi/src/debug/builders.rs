//! The builders and trackers of a debug context: each is used up once, and then no more.

use std::backtrace::Backtrace;

use super::report;

/// What kind it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum BuilderKind {
    /// Of a list.
    List,
    /// Of a tuple.
    Tuple,
    /// A tracker.
    Tracker,
}

impl BuilderKind {
    const fn name(self) -> &'static str {
        match self {
            BuilderKind::List => "HPyListBuilder",
            BuilderKind::Tuple => "HPyTupleBuilder",
            BuilderKind::Tracker => "HPyTracker",
        }
    }
}

/// A builder or tracker that was not used up, for reports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BuilderInfo {
    /// Its type in C.
    pub kind: &'static str,
    /// The stack of C where it was made, a frame a line, if stacks are kept.
    pub trace: Option<String>,
}

#[derive(Debug)]
struct Entry {
    kind: BuilderKind,
    /// The word of the context inside.
    word: isize,
    /// Which items were set.
    set: Vec<bool>,
    version: u32,
    open: bool,
    generation: i64,
    trace: Option<Backtrace>,
}

/// An open builder.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Builder {
    index: usize,
    /// The word of the context inside.
    pub(super) word: isize,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Builders {
    entries: Vec<Entry>,
}

impl Builders {
    /// A new word for the word of the context inside; 0 for 0.
    pub(super) fn add(
        &mut self,
        kind: BuilderKind,
        word: isize,
        n_items: usize,
        generation: i64,
        trace: bool,
    ) -> isize {
        if word == 0 {
            return 0;
        }
        let free = self.entries.iter().position(|entry| !entry.open);
        let version = free.map_or(1, |index| self.entries[index].version + 1);
        let entry = Entry {
            kind,
            word,
            set: vec![false; n_items],
            version,
            open: true,
            generation,
            trace: trace.then(Backtrace::force_capture),
        };
        let index = match free {
            Some(index) => {
                self.entries[index] = entry;
                index
            }
            None => {
                self.entries.push(entry);
                self.entries.len() - 1
            }
        };
        (((version as usize) << 32 | (index + 1)) << 1).cast_signed()
    }

    /// The builder of a word, if it was not used up.
    pub(super) fn find(&self, kind: BuilderKind, word: isize) -> Option<Builder> {
        let bits = word.cast_unsigned() >> 1;
        let index = (bits & 0xffff_ffff).checked_sub(1)?;
        let entry = self.entries.get(index)?;
        let known = entry.open && entry.kind == kind && entry.version as usize == bits >> 32;
        known.then_some(Builder { index, word: entry.word })
    }

    /// Notes that an item is set: what is wrong with that, if something is.
    pub(super) fn set(&mut self, builder: Builder, index: isize) -> Option<String> {
        let items = &mut self.entries[builder.index].set;
        let n = items.len();
        let place = usize::try_from(index).ok().and_then(|index| items.get_mut(index));
        match place {
            None => Some(format!("item {index} of {n}")),
            Some(true) => Some(format!("item {index} is set a second time")),
            Some(place) => {
                *place = true;
                None
            }
        }
    }

    /// Uses a builder up, and returns the first item that was never set.
    pub(super) fn close(&mut self, builder: Builder) -> Option<usize> {
        let entry = &mut self.entries[builder.index];
        entry.open = false;
        entry.trace = None;
        entry.set.iter().position(|set| !set)
    }

    /// Those of that generation or a later one that were not used up.
    pub(super) fn open(&self, generation: i64) -> Vec<BuilderInfo> {
        let open = self.entries.iter().filter(|entry| entry.open && entry.generation >= generation);
        open.map(|entry| BuilderInfo {
            kind: entry.kind.name(),
            trace: entry.trace.as_ref().map(|trace| report::frames(trace, usize::MAX)),
        })
        .collect()
    }
}
