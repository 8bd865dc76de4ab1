//! `sendmsg` and `recvmsg`: several buffers at once, and control messages such as descriptors.
use haft_core::object::{BufferView, Tuple};
use haft_core::{R, Value, Vm};
use haft_host::constants as c;
use haft_host::socket::{self, Address, Ancillary, Message};

use super::address;
use super::socket::{call, this_socket};
use crate::io::argument::{fill, writable_buffer};
use crate::os::argument::{c_int, c_long};

/// `CMSG_LEN(length)` and `CMSG_SPACE(length)`.
pub(super) fn size(
    vm: &mut Vm,
    length: Value,
    function: &str,
    of: fn(usize) -> Option<usize>,
) -> R {
    let length = c_long(vm, length)?;
    match usize::try_from(length).ok().and_then(of) {
        Some(size) => Ok(vm.int_usize(size)),
        None => Err(vm.overflow_error(format!("{function}() argument out of range"))),
    }
}

/// The bytes of each of several buffers.
fn views(vm: &mut Vm, buffers: Value, message: &str) -> R<Vec<BufferView>> {
    let buffers = vm.tuple_of(buffers);
    let Some(buffers) = vm.catch(buffers, vm.exc.type_error)? else {
        return Err(vm.type_error(message));
    };
    let items = vm.as_tuple(buffers).map_or(&[][..], Tuple::items);
    items.iter().map(|&buffer| vm.buffer_of(buffer)).collect()
}

fn ancillary(vm: &mut Vm, messages: Value) -> R<Vec<Ancillary>> {
    let list = vm.tuple_of(messages);
    let Some(list) = vm.catch(list, vm.exc.type_error)? else {
        return Err(vm.type_error("sendmsg() argument 2 must be iterable"));
    };
    let mut found = Vec::new();
    for &message in vm.as_tuple(list).map_or(&[][..], Tuple::items) {
        let Some(&[level, kind, data]) = vm.as_tuple(message).map(Tuple::items) else {
            return Err(vm.type_error(
                "[sendmsg() ancillary data items must be (cmsg_level, cmsg_type, cmsg_data) tuples",
            ));
        };
        let (level, kind) = (c_int(vm, level)?, c_int(vm, kind)?);
        found.push((level, kind, vm.buffer_of(data)?.bytes().to_vec()));
    }
    Ok(found)
}

pub(super) fn sendmsg(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_socket(vm, args[0])?;
    let parts = views(vm, args[1], "sendmsg() argument 1 must be iterable")?;
    let flags = c_int(vm, args[3])?;
    let target = if args[4].is_none() {
        Address::None
    } else {
        address::argument(vm, this.family.get(), args[4], "sendmsg")?
    };
    let messages = ancillary(vm, args[2])?;
    let parts: Vec<&[u8]> = parts.iter().map(BufferView::bytes).collect();
    let (fd, deadline) = (this.fd.get(), this.deadline());
    let n = call(vm, this, c::POLLOUT, deadline, || {
        socket::send_message(fd, &parts, &messages, flags, &target)
    })?;
    Ok(vm.int_usize(n))
}

/// Receive a message into buffers of these sizes.
fn receive(
    vm: &mut Vm,
    args: &[Value],
    sizes: &[usize],
    method: &str,
) -> R<(Vec<Vec<u8>>, Message)> {
    let this = this_socket(vm, args[0])?;
    let control = c_long(vm, args[2])?;
    let Some(control) = usize::try_from(control).ok().filter(|&n| i32::try_from(n).is_ok()) else {
        return Err(vm.value_error(format!("invalid ancillary data buffer length in {method}()")));
    };
    let flags = c_int(vm, args[3])?;
    let mut data: Vec<Vec<u8>> = sizes.iter().map(|&size| vec![0; size]).collect();
    let (fd, deadline) = (this.fd.get(), this.deadline());
    let message = call(vm, this, c::POLLIN, deadline, || {
        let mut parts: Vec<&mut [u8]> = data.iter_mut().map(Vec::as_mut_slice).collect();
        socket::receive_message(fd, &mut parts, control, flags)
    })?;
    Ok((data, message))
}

/// `(data, ancillary data, flags, address)`
fn result(vm: &mut Vm, data: Value, message: &Message) -> Value {
    let list = vm.new_list();
    for (level, kind, bytes) in &message.ancillary {
        let row = [Value::small(*level), Value::small(*kind), vm.bytes(bytes)];
        let row = vm.tuple(&row);
        list.push(&mut vm.heap, row);
    }
    let from = address::value(vm, &message.address);
    vm.tuple(&[data, list.value(), Value::small(message.flags), from])
}

pub(super) fn recvmsg(vm: &mut Vm, args: &[Value]) -> R {
    let size = c_long(vm, args[1])?;
    let Ok(size) = usize::try_from(size) else {
        return Err(vm.value_error("negative buffer size in recvmsg()"));
    };
    let (data, message) = receive(vm, args, &[size], "recvmsg")?;
    let bytes = vm.bytes(&data[0][..message.len]);
    Ok(result(vm, bytes, &message))
}

pub(super) fn recvmsg_into(vm: &mut Vm, args: &[Value]) -> R {
    let buffers = vm.tuple_of(args[1]);
    let Some(buffers) = vm.catch(buffers, vm.exc.type_error)? else {
        return Err(vm.type_error("recvmsg_into() argument 1 must be iterable"));
    };
    let buffers = vm.as_tuple(buffers).map_or(&[][..], Tuple::items);
    let mut sizes = Vec::new();
    for &buffer in buffers {
        sizes.push(writable_buffer(vm, buffer, "recvmsg_into")?.len);
    }
    let (data, message) = receive(vm, args, &sizes, "recvmsg_into")?;
    let mut left = message.len;
    for (&buffer, part) in buffers.iter().zip(&data) {
        let n = part.len().min(left);
        fill(vm, buffer, 0, &part[..n])?;
        left -= n;
    }
    let n = vm.int_usize(message.len);
    Ok(result(vm, n, &message))
}
