//! What is searched: a str or a bytes-like object, as the engine sees it.
use std::ops::{ControlFlow, Range};

use haft_core::object::Str;
use haft_core::{R, Raised, Value, Vm};
use haft_sre::{Stop, Subject};

/// A subject with the object it comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text {
    /// The object itself.
    pub(super) value: Value,
    /// The exact str, when it is one.
    str: Option<Str>,
    bytes: &'static [u8],
}

impl Text {
    /// The subject `value`.
    pub(super) fn new(vm: &mut Vm, value: Value) -> R<Text> {
        if let Some(str) = vm.as_str(value) {
            return Ok(Text { value, str: Some(str), bytes: str.bytes() });
        }
        if vm.type_of(value).slots.buffer.get().is_none() {
            let name = vm.type_name(value);
            return Err(
                vm.type_error(format!("expected string or bytes-like object, got '{name}'"))
            );
        }
        let bytes = vm.buffer_of(value)?.bytes();
        Ok(Text { value, str: None, bytes })
    }
    /// As [`Text::new`], for a pattern of one kind.
    pub(super) fn for_pattern(vm: &mut Vm, value: Value, pattern_is_bytes: bool) -> R<Text> {
        let text = Text::new(vm, value)?;
        match (pattern_is_bytes, text.str.is_some()) {
            (true, true) => {
                Err(vm.type_error("cannot use a bytes pattern on a string-like object"))
            }
            (false, false) => {
                Err(vm.type_error("cannot use a string pattern on a bytes-like object"))
            }
            _ => Ok(text),
        }
    }
    /// The same text in memory of its own, unless its owner cannot change.
    pub(super) fn detached(self, vm: &mut Vm) -> Text {
        if self.str.is_some() || vm.as_bytes(self.value).is_some() {
            return self;
        }
        // The slice is on the native stack and so keeps the copy alive.
        let copy = vm.bytes(self.bytes);
        Text { bytes: vm.as_bytes(copy).map_or(&[], |copy| copy.data()), ..self }
    }
    /// As the engine sees it.
    pub(super) fn subject(self) -> Subject<'static> {
        match self.str {
            Some(str) => Subject::Wtf8 { bytes: self.bytes, ascii: str.is_ascii() },
            None => Subject::Bytes(self.bytes),
        }
    }
    /// Number of characters.
    pub(super) fn len(self) -> usize {
        self.str.map_or(self.bytes.len(), Str::len)
    }
    /// Byte offset of a character.
    pub(super) fn offset(self, vm: &mut Vm, index: usize) -> usize {
        match self.str {
            Some(str) => str.byte_offset(&mut vm.heap, index),
            None => index,
        }
    }
    /// Character at a byte offset.
    pub(super) fn index(self, vm: &mut Vm, offset: usize) -> usize {
        match self.str {
            Some(str) => str.index_of_offset(&mut vm.heap, offset),
            None => offset,
        }
    }
    /// Byte range of the characters from `pos` to `end`, each cut to the text.
    pub(super) fn window(self, vm: &mut Vm, pos: i64, end: i64) -> Range<usize> {
        let len = self.len() as i64;
        let (pos, end) = (pos.clamp(0, len), end.clamp(0, len));
        let from = self.offset(vm, pos as usize);
        let to = if end == len { self.bytes.len() } else { self.offset(vm, end as usize) };
        from..to
    }
    /// A piece of it, as an object.
    pub(super) fn slice(self, vm: &mut Vm, from: usize, to: usize) -> Value {
        if from == 0
            && to == self.bytes.len()
            && (self.str.is_some() || vm.type_of(self.value) == vm.t.bytes)
        {
            return vm.unwrapped(self.value);
        }
        let piece = &self.bytes[from..to.max(from)];
        if self.str.is_some() { vm.str_wtf8(piece) } else { vm.bytes(piece) }
    }
    /// The bytes.
    pub(super) fn bytes(self) -> &'static [u8] {
        self.bytes
    }
    /// Join pieces that were cut from it or are of its kind.
    pub(super) fn join(self, vm: &mut Vm, bytes: &[u8]) -> R {
        if self.str.is_some() { vm.new_str_checked(bytes) } else { Ok(vm.bytes(bytes)) }
    }
}

/// Asked by the engine now and then: is a signal waiting?
pub(super) fn poll() -> ControlFlow<()> {
    if haft_host::signal::any_pending() {
        ControlFlow::Break(())
    } else {
        ControlFlow::Continue(())
    }
}

/// Why the engine stopped, as an exception; `Ok`: handlers have run, try again.
pub(super) fn stopped(vm: &mut Vm, stop: Stop) -> R<()> {
    match stop {
        Stop::Interrupted => vm.poll(),
        Stop::OutOfMemory => Err(out_of_memory(vm)),
    }
}

fn out_of_memory(vm: &mut Vm) -> Raised {
    vm.memory_error("the pattern needs too much memory on this text")
}
