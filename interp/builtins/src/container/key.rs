//! Keys of dicts and elements of sets: hashing, with the messages that 3.14 gives for what cannot be hashed.
use haft_core::protocol::Key;
use haft_core::{R, Raised, Value, Vm};

/// A dict key with its hash.
#[inline]
pub(crate) fn dict_key(vm: &mut Vm, value: Value) -> R<Key> {
    match vm.key(value) {
        Ok(key) => Ok(key),
        Err(raised) => Err(unhashable(vm, raised, value, "a dict key")),
    }
}

/// A set element with its hash.
#[inline]
pub(crate) fn set_key(vm: &mut Vm, value: Value) -> R<Key> {
    match vm.key(value) {
        Ok(key) => Ok(key),
        Err(raised) => Err(unhashable(vm, raised, value, "a set element")),
    }
}

/// Say in the TypeError what the value was meant for.
#[cold]
fn unhashable(vm: &mut Vm, raised: Raised, value: Value, role: &str) -> Raised {
    if vm.type_of(vm.stack.raised) != vm.exc.type_error {
        return raised;
    }
    let error = vm.take_raised(raised);
    let text = match vm.str_text(error) {
        Ok(text) => text,
        Err(raised) => return raised,
    };
    if text.starts_with("cannot use '") {
        return vm.raise_again(error);
    }
    let class = vm.full_type_name(vm.type_of(value));
    vm.type_error(format!("cannot use '{class}' as {role} ({text})"))
}
