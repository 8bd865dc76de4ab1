//! What is said about a mistake, and to whom.

use std::backtrace::Backtrace;
use std::ffi::CString;
use std::process::abort;

use super::Shared;
use super::table::{Found, HandleId};
use crate::host::c_text;
use crate::types::HPy;

/// The frames of a stack from the module's on, one a line: `function at file:line`.
pub(super) fn frames(trace: &Backtrace, limit: usize) -> String {
    let text = trace.to_string();
    let mut frames: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(place) = line.strip_prefix("at ") {
            if let Some(frame) = frames.last_mut() {
                *frame = format!("{frame} at {place}");
            }
        } else if let Some((number, name)) = line.split_once(": ")
            && number.chars().all(|c| c.is_ascii_digit())
        {
            frames.push(name.to_owned());
        }
    }
    let of_module = frames.iter().position(|frame| !is_ours(frame)).unwrap_or(frames.len());
    let shown: Vec<_> = frames.into_iter().skip(of_module).take(limit).collect();
    shown.join("\n")
}

/// Is it a frame of this crate, or one without a name above the module's?
fn is_ours(frame: &str) -> bool {
    [
        "haft_hpy_abi::",
        "<haft_hpy_abi::",
        "std::",
        "core::",
        "<std::",
        "<core::",
        "alloc::",
        "<unknown>",
        "__rust",
    ]
    .iter()
    .any(|prefix| frame.starts_with(prefix))
}

/// Where in C the running function of the context was called: `, called from f at spam.c:12`.
pub(super) fn caller() -> String {
    let here = frames(&Backtrace::force_capture(), 1);
    if here.is_empty() { String::new() } else { format!(", called from {here}") }
}

impl Shared {
    /// A debug handle was misused: tells the function that was set for that, or ends the process.
    pub(super) fn invalid_handle(&self, api: &str, what: &str, id: Option<HandleId>) {
        let callback = self.on_invalid_handle.get();
        if !callback.is_null() {
            self.tell(callback);
            return;
        }
        let opened = id.and_then(|id| {
            let table = self.table.borrow();
            let trace = table.trace(id)?;
            Some(format!(
                "\nThe handle was opened in:\n{}",
                frames(trace, table.trace_limit.max(1))
            ))
        });
        let opened = opened.unwrap_or_default();
        self.fatal(&format!(
            "Invalid usage of already closed handle: {what}, in {api}{}{opened}",
            caller()
        ));
    }

    /// A builder was misused, likewise.
    pub(super) fn invalid_builder(&self, api: &str, what: &str) {
        let callback = self.on_invalid_builder.get();
        if callback.is_null() {
            self.fatal(&format!(
                "Invalid usage of already closed builder: {what}, in {api}{}",
                caller()
            ));
        }
        self.tell(callback);
    }

    /// Calls a function of the host without arguments; what it raises is printed and forgotten.
    fn tell(&self, callback: HPy) {
        let inner = self.inner;
        // SAFETY: the callback is open as long as it is set.
        let result = unsafe { inner.call_tuple_dict(callback, HPy::NULL, HPy::NULL) };
        if result.is_null() {
            print("Error when executing the on_invalid_(builder_)handle callback");
            // SAFETY: an exception is being raised; nothing is said to be its source.
            unsafe { inner.err_write_unraisable(HPy::NULL) };
        }
        // SAFETY: it is ours, or null.
        unsafe { inner.close(result) };
    }

    /// Ends the process with a message.
    pub(super) fn fatal(&self, message: &str) -> ! {
        let message: CString = c_text(message);
        // SAFETY: the message is a string in C.
        unsafe { self.inner.fatal_error(message.as_ptr()) };
        abort()
    }

    /// Raises SystemError, unless an exception is being raised already.
    pub(super) fn system_error(&self, message: &str) {
        let inner = self.inner;
        // SAFETY: needs nothing.
        if unsafe { inner.err_occurred() } != 0 {
            return;
        }
        let message = c_text(message);
        // SAFETY: the class is a constant, the message a string in C.
        unsafe { inner.err_set_string(inner.context().h_SystemError, message.as_ptr()) };
    }

    /// What is wrong with a word that is no open handle.
    pub(super) fn describe(found: Found) -> (&'static str, Option<HandleId>) {
        match found {
            Found::Open(id) => ("the handle is open", Some(id)),
            Found::Closed(id) => ("the handle was closed", Some(id)),
            Found::Reused => ("the handle was closed long ago", None),
            Found::Nothing => ("the word is no handle of this context", None),
        }
    }
}

/// A context was used outside of the call that it belongs to.
pub(super) fn wrong_context(api: &str) -> ! {
    let trace = frames(&Backtrace::force_capture(), 16);
    print(&format!("Error: Wrong HPy Context!\nIn {api}, called from:\n{trace}"));
    abort()
}

/// Prints to the standard error stream: no interpreter is asked when it may not be.
#[expect(
    clippy::print_stderr,
    reason = "the last words before the process ends, or those about a failed callback"
)]
pub(super) fn print(message: &str) {
    eprintln!("{message}");
}
