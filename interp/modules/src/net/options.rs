//! `getsockopt` and `setsockopt`.
use haft_core::{R, Value, Vm};
use haft_host::socket;

use super::socket::this_socket;
use crate::blocking::os_result;
use crate::os::argument::{c_int, c_uint};

/// `getsockopt(level, optname[, buflen])`: an int, or bytes when a size is given.
pub(super) fn get(vm: &mut Vm, args: &[Value]) -> R {
    let fd = this_socket(vm, args[0])?.fd.get();
    let (level, name) = (c_int(vm, args[1])?, c_int(vm, args[2])?);
    let size = if args[3].is_absent() { 0 } else { c_int(vm, args[3])? };
    if size == 0 {
        let number = os_result(vm, socket::int_option(fd, level, name))?;
        return Ok(vm.int(i64::from(number)));
    }
    match usize::try_from(size).ok().filter(|&size| size <= 1024) {
        Some(size) => {
            let bytes = os_result(vm, socket::option(fd, level, name, size))?;
            Ok(vm.bytes(&bytes))
        }
        None => Err(vm.raise(vm.exc.os_error, "getsockopt buflen out of range")),
    }
}

/// `setsockopt(level, optname, value)` or `setsockopt(level, optname, None, length)`.
pub(super) fn set(vm: &mut Vm, args: &[Value]) -> R {
    let fd = this_socket(vm, args[0])?.fd.get();
    let (level, name) = (c_int(vm, args[1])?, c_int(vm, args[2])?);
    let value = args[3];
    let done = if value.is_none() {
        if args[4].is_absent() {
            return Err(vm.type_error(
                "socket.setsockopt() requires 4 arguments when the third argument is None",
            ));
        }
        let length = c_uint(vm, args[4])?;
        socket::set_option_length(fd, level, name, length)
    } else if !args[4].is_absent() {
        return Err(vm.type_error(
            "socket.setsockopt() only takes 4 arguments when the third argument is None",
        ));
    } else if vm.type_of(value).slots.index.get().is_some() {
        let number = c_int(vm, value)?;
        socket::set_option(fd, level, name, &number.to_ne_bytes())
    } else {
        let view = vm.buffer_of(value)?;
        socket::set_option(fd, level, name, view.bytes())
    };
    os_result(vm, done)?;
    Ok(Value::NONE)
}
