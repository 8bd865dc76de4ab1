//! Sending and receiving.
use haft_core::object::BufferView;
use haft_core::{Args, R, Value, Vm};
use haft_host::constants as c;
use haft_host::socket::{self, Address};

use super::address;
use super::socket::{call, this_socket};
use crate::io::argument::{fill, writable_buffer};
use crate::os::argument::{c_int, c_long};

/// A size that may not be negative.
fn size(vm: &mut Vm, value: Value, method: &str) -> R<usize> {
    let size = c_long(vm, value)?;
    match usize::try_from(size) {
        Ok(size) => Ok(size),
        Err(_) => Err(vm.value_error(format!("negative buffersize in {method}"))),
    }
}

/// Receive up to `room` bytes, and tell who sent them.
fn receive(vm: &mut Vm, this: Value, room: usize, flags: i32) -> R<(Vec<u8>, Address)> {
    let this = this_socket(vm, this)?;
    let (fd, deadline) = (this.fd.get(), this.deadline());
    let mut data = vec![0; room];
    let (n, from) =
        call(vm, this, c::POLLIN, deadline, || socket::receive_from(fd, &mut data, flags))?;
    data.truncate(n);
    Ok((data, from))
}

pub(super) fn recv(vm: &mut Vm, args: &[Value]) -> R {
    let (room, flags) = (size(vm, args[1], "recv")?, c_int(vm, args[2])?);
    let (data, _) = receive(vm, args[0], room, flags)?;
    Ok(vm.bytes(&data))
}

pub(super) fn recvfrom(vm: &mut Vm, args: &[Value]) -> R {
    let (room, flags) = (size(vm, args[1], "recvfrom")?, c_int(vm, args[2])?);
    let (data, from) = receive(vm, args[0], room, flags)?;
    let parts = [vm.bytes(&data), address::value(vm, &from)];
    Ok(vm.tuple(&parts))
}

/// Receive into a buffer: how many bytes, and from whom.
fn receive_into(vm: &mut Vm, args: &[Value], method: &str) -> R<(usize, Address)> {
    let view = writable_buffer(vm, args[1], method)?;
    let (room, flags) = (size(vm, args[2], method)?, c_int(vm, args[3])?);
    let room = match room {
        0 => view.len,
        room if room > view.len => {
            let message = match method {
                "recv_into" => "buffer too small for requested bytes",
                _ => "nbytes is greater than the length of the buffer",
            };
            return Err(vm.value_error(message));
        }
        room => room,
    };
    let (data, from) = receive(vm, args[0], room, flags)?;
    fill(vm, args[1], 0, &data)?;
    Ok((data.len(), from))
}

pub(super) fn recv_into(vm: &mut Vm, args: &[Value]) -> R {
    let (n, _) = receive_into(vm, args, "recv_into")?;
    Ok(vm.int_usize(n))
}

pub(super) fn recvfrom_into(vm: &mut Vm, args: &[Value]) -> R {
    let (n, from) = receive_into(vm, args, "recvfrom_into")?;
    let parts = [vm.int_usize(n), address::value(vm, &from)];
    Ok(vm.tuple(&parts))
}

pub(super) fn send(vm: &mut Vm, args: &[Value]) -> R {
    let view = vm.buffer_of(args[1])?;
    let flags = c_int(vm, args[2])?;
    let this = this_socket(vm, args[0])?;
    let (fd, deadline) = (this.fd.get(), this.deadline());
    let n = call(vm, this, c::POLLOUT, deadline, || socket::send(fd, view.bytes(), flags))?;
    Ok(vm.int_usize(n))
}

pub(super) fn sendall(vm: &mut Vm, args: &[Value]) -> R {
    let view = vm.buffer_of(args[1])?;
    let flags = c_int(vm, args[2])?;
    let this = this_socket(vm, args[0])?;
    let (fd, deadline) = (this.fd.get(), this.deadline());
    let mut sent = 0;
    while sent < view.len {
        let rest = &view.bytes()[sent..];
        sent += call(vm, this, c::POLLOUT, deadline, || socket::send(fd, rest, flags))?;
        // Handlers run between the parts, as a long transfer may be given up.
        crate::process::signal::run_handlers(vm)?;
    }
    Ok(Value::NONE)
}

/// `sendto(data, address)` or `sendto(data, flags, address)`.
pub(super) fn sendto(vm: &mut Vm, args: &Args<'_>) -> R {
    let (this, data, flags, target) = match *args.vals {
        [this, data, target] => (this, data, 0, target),
        [this, data, flags, target] => (this, data, c_int(vm, flags)?, target),
        _ => {
            let n = args.vals.len().saturating_sub(1);
            return Err(vm.type_error(format!("sendto() takes 2 or 3 arguments ({n} given)")));
        }
    };
    let view: BufferView = vm.buffer_of(data)?;
    let this = this_socket(vm, this)?;
    let target = address::argument(vm, this.family.get(), target, "sendto")?;
    let (fd, deadline) = (this.fd.get(), this.deadline());
    let n =
        call(vm, this, c::POLLOUT, deadline, || socket::send_to(fd, view.bytes(), flags, &target))?;
    Ok(vm.int_usize(n))
}
