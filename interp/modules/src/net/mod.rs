//! `_socket`: what `socket` is made of.
//!
//! A socket's timeout lives here, not in the kernel: its descriptor does not block, and a call first polls until it can
//! succeed or the time is up.
mod address;
mod constants;
mod message;
mod options;
mod resolve;
mod socket;
mod transfer;

use std::cell::Cell;

use haft_core::object::{Dict, Type};
use haft_core::vm::Extension;
use haft_core::{R, Tracer, Value, Vm, natives};
use haft_host::file;

use crate::blocking::os_result;
use crate::os::argument::c_int;
use crate::support::new_exception;

/// What the module remembers.
#[derive(Debug)]
struct State {
    socket: Type,
    /// `gaierror`
    lookup_error: Type,
    /// `herror`
    host_error: Type,
    /// Timeout of new sockets in nanoseconds; negative: none.
    default_timeout: Cell<i64>,
}

impl Extension for State {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        for class in [self.socket, self.lookup_error, self.host_error] {
            tracer.obj(class.obj());
        }
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

fn state(vm: &Vm) -> &State {
    vm.extension::<State>().expect("set when the module was made")
}

/// Fill the namespace of `_socket`.
pub fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    constants::add(vm, dict);
    vm.add_functions(dict, "_socket", FUNCTIONS);
    vm.add_functions(dict, "_socket", resolve::FUNCTIONS);
    vm.dict_set_str(dict, "error", vm.exc.os_error.value());
    vm.dict_set_str(dict, "timeout", vm.exc.timeout_error.value());
    vm.dict_set_str(dict, "has_ipv6", Value::TRUE);
    let host_error = new_exception(vm, "socket", "herror", vm.exc.os_error)?;
    vm.dict_set_str(dict, "herror", host_error.value());
    let lookup_error = new_exception(vm, "socket", "gaierror", vm.exc.os_error)?;
    vm.dict_set_str(dict, "gaierror", lookup_error.value());
    let socket = socket::make_type(vm);
    vm.dict_set_str(dict, "socket", socket.value());
    vm.dict_set_str(dict, "SocketType", socket.value());
    vm.set_extension(State { socket, lookup_error, host_error, default_timeout: Cell::new(-1) });
    Ok(())
}

natives! {
    static FUNCTIONS = {
        /// Convert a 16-bit unsigned integer from host to network byte order.
        htons "($module, integer, /)" => |vm, args| { let n = short(vm, "htons", args[0])?; Ok(vm.int(i64::from(n.to_be()))) };
        /// Convert a 16-bit unsigned integer from network to host byte order.
        ntohs "($module, integer, /)" => |vm, args| { let n = short(vm, "ntohs", args[0])?; Ok(vm.int(i64::from(u16::from_be(n)))) };
        /// Convert a 32-bit unsigned integer from host to network byte order.
        htonl "($module, integer, /)" => |vm, args| { let n = long(vm, args[0])?; Ok(vm.int(i64::from(n.to_be()))) };
        /// Convert a 32-bit unsigned integer from network to host byte order.
        ntohl "($module, integer, /)" => |vm, args| { let n = long(vm, args[0])?; Ok(vm.int(i64::from(u32::from_be(n)))) };
        /// Returns the default timeout in seconds (float) for new socket objects.
        ///
        /// A value of None indicates that new socket objects have no timeout.
        /// When the socket module is first imported, the default is None.
        getdefaulttimeout "($module, /)" => |vm, _| { let timeout = state(vm).default_timeout.get(); Ok(socket::timeout_value(vm, timeout)) };
        /// Set the default timeout in seconds (float) for new socket objects.
        ///
        /// A value of None indicates that new socket objects have no timeout.
        /// When the socket module is first imported, the default is None.
        setdefaulttimeout "($module, timeout, /)" => |vm, args| {
            let timeout = socket::timeout_argument(vm, args[0])?;
            state(vm).default_timeout.set(timeout);
            Ok(Value::NONE)
        };
        /// Duplicate an integer socket file descriptor.
        ///
        /// This is like os.dup(), but for sockets; on some platforms os.dup() won't work for socket file descriptors.
        dup "($module, integer, /)" => |vm, args| {
            let fd = c_int(vm, args[0])?;
            let copy = file::duplicate(fd);
            let copy = os_result(vm, copy)?;
            Ok(vm.int(i64::from(copy)))
        };
        /// Close an integer socket file descriptor.
        ///
        /// This is like os.close(), but for sockets; on some platforms os.close() won't work for socket file descriptors.
        close "($module, integer, /)" => |vm, args| {
            let fd = c_int(vm, args[0])?;
            socket::close_descriptor(vm, fd)?;
            Ok(Value::NONE)
        };
        /// Create a pair of connected sockets.
        ///
        /// Create a pair of socket objects from the sockets returned by the platform
        /// socketpair() function.
        /// The arguments are the same as for socket() except the default family is AF_UNIX
        /// if defined on the platform; otherwise, the default is AF_INET.
        socketpair "($module, family=1, type=1, proto=0, /)" => socket::pair;
        /// Return value to be used as cmsg_len of a control message.
        CMSG_LEN "($module, length, /)" => |vm, args| message::size(vm, args[0], "CMSG_LEN", haft_host::socket::control_len);
        /// Return value to be used as the size of a control buffer.
        CMSG_SPACE "($module, length, /)" => |vm, args| message::size(vm, args[0], "CMSG_SPACE", haft_host::socket::control_space);
    }
}

fn short(vm: &mut Vm, function: &str, value: Value) -> R<u16> {
    let number = vm.index_of(value)?;
    if number < 0 {
        return Err(vm.overflow_error(format!(
            "{function}: can't convert negative Python int to C 16-bit unsigned integer"
        )));
    }
    match u16::try_from(number) {
        Ok(number) => Ok(number),
        Err(_) => Err(vm.overflow_error(format!(
            "{function}: Python int too large to convert to C 16-bit unsigned integer"
        ))),
    }
}

fn long(vm: &mut Vm, value: Value) -> R<u32> {
    if !vm.is_int(value) {
        let class = vm.type_name(value);
        return Err(vm.type_error(format!("expected int, {class} found")));
    }
    match vm.as_int(value) {
        Some(number) if number < 0 => {
            Err(vm.overflow_error("can't convert negative value to unsigned int"))
        }
        Some(number) if number <= i64::from(u32::MAX) => Ok(number as u32),
        _ => Err(vm.overflow_error("int larger than 32 bits")),
    }
}
