//! Functions of the context that are the same on every host: trackers, and builders for hosts without something better.
//!
//! A tracker or builder is the address of a vector of handles. They use the context that they are called with, so in a debug
//! context they hold its handles.
#![expect(
    clippy::missing_safety_doc,
    reason = "each function is a row of the context: what its caller owes is said once, on `Host`"
)]

use std::ffi::c_int;

use crate::context::Cx;
use crate::types::{HPy, HPyListBuilder, HPyTracker, HPyTupleBuilder};

/// The word for a new vector.
fn into_word(handles: Vec<HPy>) -> isize {
    Box::into_raw(Box::new(handles)).expose_provenance().cast_signed()
}

/// The vector of a word.
///
/// # Safety
/// The word is from [`into_word`], not yet used up, and no other reference to the vector exists.
unsafe fn vector<'a>(word: isize) -> Option<&'a mut Vec<HPy>> {
    let vector = std::ptr::with_exposed_provenance_mut::<Vec<HPy>>(word.cast_unsigned());
    // SAFETY: the caller says so; 0 gives `None`.
    unsafe { vector.as_mut() }
}

/// The vector of a word that is used up.
///
/// # Safety
/// The word is 0 or from [`into_word`] and not yet used up.
unsafe fn take(word: isize) -> Option<Vec<HPy>> {
    if word == 0 {
        return None;
    }
    let vector = std::ptr::with_exposed_provenance_mut::<Vec<HPy>>(word.cast_unsigned());
    // SAFETY: the caller says so.
    let owned = unsafe { Box::from_raw(vector) };
    Some(*owned)
}

/// Closes all handles; null ones are fine.
unsafe fn close_all(cx: Cx, handles: Vec<HPy>) {
    for handle in handles {
        // SAFETY: the vector owned it.
        unsafe { cx.close(handle) };
    }
}

/// A vector of null handles, unless the size makes no sense.
fn empty_slots(size: isize) -> isize {
    let Ok(size) = usize::try_from(size) else { return 0 };
    let mut handles = Vec::new();
    if handles.try_reserve_exact(size).is_err() {
        return 0;
    }
    handles.resize(size, HPy::NULL);
    into_word(handles)
}

/// Puts a new handle for an item into a builder, once per index.
unsafe fn set(cx: Cx, word: isize, index: isize, item: HPy) {
    // SAFETY: C gives a builder that was not used up yet.
    let handles = unsafe { vector(word) };
    let Some(handles) = handles else { return };
    let place = usize::try_from(index).ok().and_then(|index| handles.get_mut(index));
    let Some(place) = place else { return };
    let old = *place;
    // SAFETY: C gives an open handle.
    *place = unsafe { cx.dup(item) };
    // SAFETY: the builder owned it.
    unsafe { cx.close(old) };
}

/// What remains of items that were never set.
fn or_none(cx: Cx, handle: HPy) -> HPy {
    if handle.is_null() { cx.context().h_None } else { handle }
}

/// See the table.
///
/// # Safety
/// As the table says.
pub unsafe fn list_builder_new(_: Cx, size: isize) -> HPyListBuilder {
    HPyListBuilder(empty_slots(size))
}

/// See the table.
///
/// # Safety
/// As the table says.
pub unsafe fn list_builder_set(cx: Cx, builder: HPyListBuilder, index: isize, item: HPy) {
    // SAFETY: the caller's duty.
    unsafe { set(cx, builder.0, index, item) };
}

/// See the table.
///
/// # Safety
/// As the table says.
pub unsafe fn list_builder_build(cx: Cx, builder: HPyListBuilder) -> HPy {
    // SAFETY: the caller's duty.
    let handles = unsafe { take(builder.0) };
    let Some(handles) = handles else {
        // SAFETY: needs nothing.
        unsafe { cx.err_no_memory() };
        return HPy::NULL;
    };
    // SAFETY: needs nothing.
    let list = unsafe { cx.list_new(0) };
    let mut failed = list.is_null();
    for &handle in &handles {
        if failed {
            break;
        }
        // SAFETY: both handles are open.
        failed = unsafe { cx.list_append(list, or_none(cx, handle)) } < 0;
    }
    // SAFETY: the builder owned them.
    unsafe { close_all(cx, handles) };
    if failed {
        // SAFETY: it is ours, or null.
        unsafe { cx.close(list) };
        return HPy::NULL;
    }
    list
}

/// See the table.
///
/// # Safety
/// As the table says.
pub unsafe fn list_builder_cancel(cx: Cx, builder: HPyListBuilder) {
    // SAFETY: the caller's duty.
    let handles = unsafe { take(builder.0) };
    // SAFETY: the builder owned them.
    unsafe { close_all(cx, handles.unwrap_or_default()) };
}

/// See the table.
///
/// # Safety
/// As the table says.
pub unsafe fn tuple_builder_new(_: Cx, size: isize) -> HPyTupleBuilder {
    HPyTupleBuilder(empty_slots(size))
}

/// See the table.
///
/// # Safety
/// As the table says.
pub unsafe fn tuple_builder_set(cx: Cx, builder: HPyTupleBuilder, index: isize, item: HPy) {
    // SAFETY: the caller's duty.
    unsafe { set(cx, builder.0, index, item) };
}

/// See the table.
///
/// # Safety
/// As the table says.
pub unsafe fn tuple_builder_build(cx: Cx, builder: HPyTupleBuilder) -> HPy {
    // SAFETY: the caller's duty.
    let handles = unsafe { take(builder.0) };
    let Some(handles) = handles else {
        // SAFETY: needs nothing.
        unsafe { cx.err_no_memory() };
        return HPy::NULL;
    };
    let mut items: Vec<HPy> = handles.iter().map(|&handle| or_none(cx, handle)).collect();
    // SAFETY: the handles are open, and there are as many as it says.
    let tuple = unsafe { cx.tuple_from_array(items.as_mut_ptr(), items.len().cast_signed()) };
    // SAFETY: the builder owned them.
    unsafe { close_all(cx, handles) };
    tuple
}

/// See the table.
///
/// # Safety
/// As the table says.
pub unsafe fn tuple_builder_cancel(cx: Cx, builder: HPyTupleBuilder) {
    // SAFETY: the caller's duty.
    let handles = unsafe { take(builder.0) };
    // SAFETY: the builder owned them.
    unsafe { close_all(cx, handles.unwrap_or_default()) };
}

/// See the table.
///
/// # Safety
/// As the table says.
pub unsafe fn tracker_new(cx: Cx, size: isize) -> HPyTracker {
    let mut handles = Vec::new();
    let room = usize::try_from(size).unwrap_or(0);
    if handles.try_reserve(room).is_err() {
        // SAFETY: needs nothing.
        unsafe { cx.err_no_memory() };
        return HPyTracker::NULL;
    }
    HPyTracker(into_word(handles))
}

/// See the table.
///
/// # Safety
/// As the table says.
pub unsafe fn tracker_add(_: Cx, tracker: HPyTracker, handle: HPy) -> c_int {
    // SAFETY: the caller's duty.
    let handles = unsafe { vector(tracker.0) };
    let Some(handles) = handles else { return -1 };
    handles.push(handle);
    0
}

/// See the table.
///
/// # Safety
/// As the table says.
pub unsafe fn tracker_forget_all(_: Cx, tracker: HPyTracker) {
    // SAFETY: the caller's duty.
    let handles = unsafe { vector(tracker.0) };
    if let Some(handles) = handles {
        handles.clear();
    }
}

/// See the table.
///
/// # Safety
/// As the table says.
pub unsafe fn tracker_close(cx: Cx, tracker: HPyTracker) {
    // SAFETY: the caller's duty.
    let handles = unsafe { take(tracker.0) };
    // SAFETY: the tracker owned them.
    unsafe { close_all(cx, handles.unwrap_or_default()) };
}
