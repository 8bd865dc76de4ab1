//! What is said about a mistake, and to whom.

use std::backtrace::Backtrace;
use std::ffi::{CStr, CString, OsStr};
use std::mem;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::process::abort;

use super::Shared;
use super::table::{Found, HandleId};
use crate::call::CFunction;
use crate::elf;
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
    let of_host = |frame: &String| frame.starts_with("haft_") || frame.starts_with("<haft_");
    let of_module = frames.into_iter().skip(of_module).take_while(|frame| !of_host(frame));
    let shown: Vec<_> = of_module.take(limit).collect();
    shown.join("\n")
}

/// Is it a frame above the module's own code: of this crate, without a name, or of the functions in `hpy.h`?
fn is_ours(frame: &str) -> bool {
    const NAMES: &[&str] = &[
        "haft_hpy_abi::",
        "<haft_hpy_abi::",
        "__restore_rt",
        "std::",
        "core::",
        "<std::",
        "<core::",
        "alloc::",
        "<unknown>",
        "__rust",
        "HPy",
        "_HPy",
    ];
    NAMES.iter().any(|name| frame.starts_with(name))
}

/// Where in C the running function of the context was called: `, called from f at spam.c:12`.
pub(super) fn caller() -> String {
    let here = frames(&Backtrace::force_capture(), 1);
    if here.is_empty() { String::new() } else { format!(", called from {here}") }
}

/// The name of a function of a module: `f_impl() of spam.hpy0.so`.
pub(super) fn function_name(function: CFunction) -> String {
    let unknown = || "a function of an HPy module".to_owned();
    let address = function as *const ();
    // SAFETY: all zero is a valid answer.
    let mut found: libc::Dl_info = unsafe { mem::zeroed() };
    // SAFETY: the answer is stored in a variable of ours.
    if unsafe { libc::dladdr(address.cast(), &raw mut found) } == 0 || found.dli_fname.is_null() {
        return unknown();
    }
    // SAFETY: the system gives the name of a file, which lives as long as the library.
    let path = unsafe { CStr::from_ptr(found.dli_fname) };
    let path = Path::new(OsStr::from_bytes(path.to_bytes()));
    let offset = address.addr() - found.dli_fbase.addr();
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    match elf::function_at(path, offset) {
        Some(name) => format!("{name}() of {file}"),
        None => format!("the function at {offset:#x} of {file}"),
    }
}

/// Where a mistake was noticed.
#[derive(Clone, Copy)]
pub(super) enum Place {
    /// In a function of the context.
    Api(&'static str),
    /// In what a function of the module returned or filled.
    Result(CFunction),
}

impl Place {
    fn describe(self) -> String {
        match self {
            Place::Api(api) => format!("in {api}{}", caller()),
            Place::Result(function) => format!("by {}", function_name(function)),
        }
    }
}

impl Shared {
    /// A debug handle was misused: tells the function that was set for that, or ends the process.
    pub(super) fn invalid_handle(&self, place: Place, what: &str, id: Option<HandleId>) {
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
        let place = place.describe();
        self.fatal(&format!("Invalid usage of already closed handle: {what}, {place}{opened}"));
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
