//! The class `socket`: making, connecting and closing.
use std::cell::Cell;
use std::io;

use haft_core::object::{PayloadRef, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Value, Vm, getsets, natives, payload};
use haft_host::constants as c;
use haft_host::poll::{self, PollFd};
use haft_host::{clock, file, socket};

use super::{address, message, options, transfer};
use crate::blocking::{blocking, os_result};
use crate::os::argument::c_int;
use crate::time::convert::{self, Rounding};

payload! {
    /// A socket.
    pub(super) struct Socket {
        /// -1 while closed.
        pub(super) fd: Cell<i32>,
        pub(super) family: Cell<i32>,
        kind: Cell<i32>,
        protocol: Cell<i32>,
        /// In nanoseconds; negative: calls block.
        timeout: Cell<i64>,
    }
}

/// A socket object.
pub(super) type SocketRef = PayloadRef<Socket>;

pub(super) fn make_type(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        doc: "socket(family=AF_INET, type=SOCK_STREAM, proto=0) -> socket object\n\
              socket(family=-1, type=-1, proto=-1, fileno=None) -> socket object\n\n\
              Open a socket of the given type.  The family argument specifies the\n\
              address family; it defaults to AF_INET.  The type argument specifies\n\
              whether this is a stream (SOCK_STREAM, this is the default)\n\
              or datagram (SOCK_DGRAM) socket.  The protocol argument defaults to 0,\n\
              specifying the default protocol.  Keyword arguments are accepted.\n\
              The socket is created as non-inheritable.\n\n\
              When a fileno is passed in, family, type and proto are auto-detected,\n\
              unless they are explicitly set.\n\n\
              A socket object represents one endpoint of a network connection.",
        flags: TypeFlags::BASE,
        slots: |s| {
            s.new.set(Some(new));
            s.init.set(Some(init));
            s.repr.set(Some(repr));
            s.del.set(Some(finalize));
        },
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<Socket>("_socket.socket")
    })
}

natives! {
    static METHODS = {
        /// _accept() -> (integer, address info)
        ///
        /// Wait for an incoming connection.  Return a new socket file descriptor
        /// representing the connection, and the address of the client.
        /// For IP sockets, the address info is a pair (hostaddr, port).
        _accept "($self, /)" => accept;
        /// Bind the socket to a local address.
        ///
        /// For IP sockets, the address is a pair (host, port); the host must refer to
        /// the local host. For raw packet sockets the address is a tuple
        /// (ifname, proto [,pkttype [,hatype [,addr]]])
        bind "($self, address, /)" => |vm, args| {
            let this = this_socket(vm, args[0])?;
            let address = address::argument(vm, this.family.get(), args[1], "bind")?;
            let fd = this.fd.get();
            let done = vm.without_gil(|| socket::bind(fd, &address));
            os_result(vm, done)?;
            Ok(Value::NONE)
        };
        /// Close the socket.
        ///
        /// It cannot be used after this call.
        close "($self, /)" => close;
        /// Connect the socket to a remote address.
        ///
        /// For IP sockets, the address is a pair (host, port).
        connect "($self, address, /)" => |vm, args| {
            match connect(vm, args[0], args[1], "connect")? {
                Connected::Yes => Ok(Value::NONE),
                Connected::TimedOut => Err(timed_out(vm)),
                Connected::No(error) => Err(vm.os_error(&error)),
            }
        };
        /// This is like connect(address), but returns an error code (the errno value) instead of raising an
        /// exception when an error occurs.
        connect_ex "($self, address, /)" => |vm, args| {
            let code = match connect(vm, args[0], args[1], "connect_ex")? {
                Connected::Yes => 0,
                Connected::TimedOut => c::EWOULDBLOCK,
                Connected::No(error) => error.raw_os_error().unwrap_or(c::EINVAL),
            };
            Ok(Value::small(code))
        };
        /// Close the socket object without closing the underlying file descriptor.
        ///
        /// The object cannot be used after this call, but the file descriptor
        /// can be reused for other purposes.  The file descriptor is returned.
        detach "($self, /)" => |vm, args| { let this = this_socket(vm, args[0])?; Ok(Value::small(this.fd.replace(-1))) };
        /// Return the integer file descriptor of the socket.
        fileno "($self, /)" => |vm, args| { let this = this_socket(vm, args[0])?; Ok(Value::small(this.fd.get())) };
        /// Return the address of the remote endpoint.
        ///
        /// For IP sockets, the address info is a pair (hostaddr, port).
        getpeername "($self, /)" => |vm, args| {
            let this = this_socket(vm, args[0])?;
            let found = os_result(vm, socket::peer_address(this.fd.get()))?;
            Ok(address::value(vm, &found))
        };
        /// Return the address of the local endpoint.
        ///
        /// The format depends on the address family. For IPv4 sockets, the address info
        /// is a pair (hostaddr, port). For IPv6 sockets, the address info is a 4-tuple
        /// (hostaddr, port, flowinfo, scope_id).
        getsockname "($self, /)" => |vm, args| {
            let this = this_socket(vm, args[0])?;
            let found = os_result(vm, socket::local_address(this.fd.get()))?;
            Ok(address::value(vm, &found))
        };
        /// Get a socket option.
        ///
        /// See the Unix manual for level and option.
        /// If a nonzero buffersize argument is given, the return value is a
        /// string of that length; otherwise it is an integer.
        getsockopt "($self, level, option, buffersize=<absent>, /)" => options::get;
        /// Enable a server to accept connections.
        ///
        /// If backlog is specified, it must be at least 0 (if it is lower, it is set to
        /// 0); it specifies the number of unaccepted connections that the system will
        /// allow before refusing new connections. If not specified, a default reasonable
        /// value is chosen.
        listen "($self, backlog=128, /)" => |vm, args| {
            let this = this_socket(vm, args[0])?;
            let backlog = c_int(vm, args[1])?.max(0);
            os_result(vm, socket::listen(this.fd.get(), backlog))?;
            Ok(Value::NONE)
        };
        /// Receive up to buffersize bytes from the socket.
        ///
        /// For the optional flags argument, see the Unix manual.  When no data is
        /// available, block until at least one byte is available or until the remote end
        /// is closed.  When the remote end is closed and all data is read, return the
        /// empty string.
        recv "($self, buffersize, flags=0, /)" => transfer::recv;
        /// A version of recv() that stores its data into a buffer rather than creating a new string.
        ///
        /// Receive up to buffersize bytes from the socket.  If buffersize is not
        /// specified (or 0), receive up to the size available in the given buffer.
        recv_into "($self, /, buffer, nbytes=0, flags=0)" => transfer::recv_into;
        /// Like recv(buffersize, flags) but also return the sender's address info.
        recvfrom "($self, buffersize, flags=0, /)" => transfer::recvfrom;
        /// Like recv_into(buffer[, nbytes[, flags]]) but also return the sender's address info.
        recvfrom_into "($self, /, buffer, nbytes=0, flags=0)" => transfer::recvfrom_into;
        /// Receive normal data (up to bufsize bytes) and ancillary data from the socket.
        ///
        /// The ancbufsize argument sets the size in bytes of the internal buffer used to
        /// receive the ancillary data; it defaults to 0, meaning that no ancillary data
        /// will be received.  The flags argument defaults to 0 and has the same meaning as
        /// for recv().
        ///
        /// The return value is a 4-tuple: (data, ancdata, msg_flags, address).
        recvmsg "($self, bufsize, ancbufsize=0, flags=0, /)" => message::recvmsg;
        /// Receive normal data and ancillary data from the socket, scattering the non-ancillary data into a
        /// series of buffers.
        ///
        /// The return value is a 4-tuple: (nbytes, ancdata, msg_flags, address).
        recvmsg_into "($self, buffers, ancbufsize=0, flags=0, /)" => message::recvmsg_into;
        /// Send a data string to the socket.
        ///
        /// For the optional flags argument, see the Unix manual.  Return the number of
        /// bytes sent; this may be less than len(data) if the network is busy.
        send "($self, data, flags=0, /)" => transfer::send;
        /// Send a data string to the socket.
        ///
        /// For the optional flags argument, see the Unix manual.  This calls send()
        /// repeatedly until all data is sent. If an error occurs, it's impossible to tell
        /// how much data has been sent.
        sendall "($self, data, flags=0, /)" => transfer::sendall;
        /// Like send(data, flags) but allows specifying the destination address.
        ///
        /// For IP sockets, the address is a pair (hostaddr, port).
        raw sendto "($self, data, flags_or_address, address=<absent>, /)" => transfer::sendto;
        /// Send normal and ancillary data to the socket.
        ///
        /// It gathers the non-ancillary data from a series of buffers and concatenates
        /// it into a single message.
        /// The buffers argument specifies the non-ancillary data as an iterable of
        /// bytes-like objects (e.g. bytes objects).
        /// The ancdata argument specifies the ancillary data (control messages) as an
        /// iterable of zero or more tuples (cmsg_level, cmsg_type, cmsg_data), where
        /// cmsg_level and cmsg_type are integers specifying the protocol level and
        /// protocol-specific type respectively, and cmsg_data is a bytes-like object
        /// holding the associated data.  The flags argument defaults to 0 and has the
        /// same meaning as for send().  If address is supplied and not None, it sets a
        /// destination address for the message.  The return value is the number of bytes
        /// of non-ancillary data sent.
        sendmsg "($self, buffers, ancdata=(), flags=0, address=None, /)" => message::sendmsg;
        /// Set the socket to blocking (flag is true) or non-blocking (false).
        ///
        /// setblocking(True) is equivalent to settimeout(None);
        /// setblocking(False) is equivalent to settimeout(0.0).
        setblocking "($self, flag, /)" => |vm, args| {
            let timeout = if vm.truth(args[1])? { -1 } else { 0 };
            set_timeout(vm, args[0], timeout)
        };
        /// Returns True if socket is in blocking mode, or False if it is in non-blocking mode.
        getblocking "($self, /)" => |vm, args| { let this = this_socket(vm, args[0])?; Ok(Value::bool(this.timeout.get() != 0)) };
        /// Set a timeout on socket operations.
        ///
        /// 'timeout' can be a float, giving in seconds, or None.  Setting a timeout
        /// of None disables the timeout feature and is equivalent to setblocking(1).
        /// Setting a timeout of zero is the same as setblocking(0).
        settimeout "($self, timeout, /)" => |vm, args| {
            let timeout = timeout_argument(vm, args[1])?;
            set_timeout(vm, args[0], timeout)
        };
        /// Returns the timeout in seconds (float) associated with socket operations.
        ///
        /// A timeout of None indicates that timeouts on socket operations are
        /// disabled.
        gettimeout "($self, /)" => |vm, args| { let this = this_socket(vm, args[0])?; Ok(timeout_value(vm, this.timeout.get())) };
        /// setsockopt(level, option, value: int)
        /// setsockopt(level, option, value: buffer)
        /// setsockopt(level, option, None, optlen: int)
        ///
        /// Set a socket option.
        ///
        /// See the Unix manual for level and option.
        /// The value argument can either be an integer, a string buffer, or
        /// None, optlen.
        setsockopt "($self, level, option, value, optlen=<absent>, /)" => options::set;
        /// Shut down the reading side of the socket (flag == SHUT_RD), the writing side of the socket
        /// (flag == SHUT_WR), or both ends (flag == SHUT_RDWR).
        shutdown "($self, how, /)" => |vm, args| {
            let this = this_socket(vm, args[0])?;
            let how = c_int(vm, args[1])?;
            os_result(vm, socket::shutdown(this.fd.get(), how))?;
            Ok(Value::NONE)
        };
    }
}

getsets! {
    static GETSETS = {
        /// the socket family
        family => |vm, this| { let this = this_socket(vm, this)?; Ok(Value::small(this.family.get())) };
        /// the socket type
        type => |vm, this| { let this = this_socket(vm, this)?; Ok(Value::small(this.kind.get())) };
        /// the socket protocol
        proto => |vm, this| { let this = this_socket(vm, this)?; Ok(Value::small(this.protocol.get())) };
        /// the socket timeout
        timeout => |vm, this| { let this = this_socket(vm, this)?; Ok(timeout_value(vm, this.timeout.get())) };
    }
}

/// The receiver of a method.
pub(super) fn this_socket(vm: &mut Vm, value: Value) -> R<SocketRef> {
    vm.this(value, "fileno", "_socket.socket")
}

// ---- timeouts

/// Seconds or None as nanoseconds, or a negative number.
pub(super) fn timeout_argument(vm: &mut Vm, value: Value) -> R<i64> {
    if value.is_none() {
        return Ok(-1);
    }
    let timeout = convert::nanoseconds(vm, value, Rounding::Ceiling)?;
    if timeout < 0 {
        return Err(vm.value_error("Timeout value out of range"));
    }
    Ok(timeout)
}

/// Nanoseconds as seconds or None.
pub(super) fn timeout_value(vm: &mut Vm, timeout: i64) -> Value {
    if timeout < 0 { Value::NONE } else { vm.float(convert::seconds(timeout)) }
}

fn set_timeout(vm: &mut Vm, this: Value, timeout: i64) -> R {
    let this = this_socket(vm, this)?;
    os_result(vm, file::set_blocking(this.fd.get(), timeout < 0))?;
    this.timeout.set(timeout);
    Ok(Value::NONE)
}

pub(super) fn timed_out(vm: &mut Vm) -> haft_core::Raised {
    vm.raise(vm.exc.timeout_error, "timed out")
}

/// When calls of a socket must be done.
#[derive(Clone, Copy)]
pub(super) enum Deadline {
    /// The call itself blocks, or fails at once.
    None,
    /// A time of the monotonic clock.
    At(i64),
}

impl Socket {
    /// The deadline of a call that begins now.
    pub(super) fn deadline(&self) -> Deadline {
        match self.timeout.get() {
            timeout if timeout > 0 => Deadline::At(convert::deadline(timeout)),
            _ => Deadline::None,
        }
    }
}

/// Wait until the descriptor can read or write; false when the time is up.
fn wait(vm: &mut Vm, fd: i32, events: i16, deadline: Deadline) -> R<bool> {
    let time_left = || match deadline {
        Deadline::None => None,
        Deadline::At(at) => Some((at - clock::Clock::Monotonic.now().unwrap_or(0)).max(0)),
    };
    let mut rows = [PollFd { fd, events, found: 0 }];
    let found = blocking(vm, || poll::poll(&mut rows, time_left()))?;
    Ok(os_result(vm, found)? > 0)
}

/// Make a call of the operating system on a socket, when it can succeed; OSError if it fails.
pub(super) fn call<T>(
    vm: &mut Vm,
    this: SocketRef,
    events: i16,
    deadline: Deadline,
    mut call: impl FnMut() -> io::Result<T>,
) -> R<T> {
    loop {
        let has_deadline = matches!(deadline, Deadline::At(_));
        if has_deadline && !wait(vm, this.fd.get(), events, deadline)? {
            return Err(timed_out(vm));
        }
        match blocking(vm, &mut call)? {
            Ok(result) => return Ok(result),
            // Another thread was quicker.
            Err(error) if has_deadline && error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(vm.os_error(&error)),
        }
    }
}

// ---- making

fn new(vm: &mut Vm, class: Value, _: &Args<'_>) -> R {
    let Some(class) = vm.as_type(class) else {
        return Err(vm.type_error("a class is required"));
    };
    Ok(vm.new_payload(class, closed()))
}

fn closed() -> Socket {
    Socket {
        fd: Cell::new(-1),
        family: Cell::new(0),
        kind: Cell::new(0),
        protocol: Cell::new(0),
        timeout: Cell::new(-1),
    }
}

fn init(vm: &mut Vm, value: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("socket", "(family=-1, type=-1, proto=-1, fileno=None)", args)?;
    let this = this_socket(vm, value)?;
    let (family, kind, protocol) =
        (c_int(vm, bound[0])?, c_int(vm, bound[1])?, c_int(vm, bound[2])?);
    if !bound[3].is_none() {
        let fd = given_descriptor(vm, bound[3])?;
        let [family, kind, protocol] = detect(vm, fd, [family, kind, protocol])?;
        return start(vm, this, fd, [family, kind, protocol]);
    }
    let family = if family == -1 { c::AF_INET } else { family };
    let kind = if kind == -1 { c::SOCK_STREAM } else { kind };
    let protocol = protocol.max(0);
    let fd = vm.without_gil(|| socket::socket(family, kind, protocol));
    let fd = os_result(vm, fd)?;
    start(vm, this, fd, [family, kind, protocol])
}

fn given_descriptor(vm: &mut Vm, value: Value) -> R<i32> {
    if vm.as_float(value).is_some() {
        return Err(vm.type_error("integer argument expected, got float"));
    }
    let fd = c_int(vm, value)?;
    if fd < 0 {
        return Err(vm.value_error("negative file descriptor"));
    }
    Ok(fd)
}

/// What an open socket is, where that was not given (-1).
fn detect(vm: &mut Vm, fd: i32, [family, kind, protocol]: [i32; 3]) -> R<[i32; 3]> {
    let local = os_result(vm, socket::local_address(fd));
    match local {
        Ok(_) => {}
        Err(raised) if family == -1 => return Err(raised),
        Err(raised) => {
            vm.take_raised(raised);
        }
    }
    let mut facts = [family, kind, protocol];
    for (fact, option) in facts.iter_mut().zip([c::SO_DOMAIN, c::SO_TYPE, c::SO_PROTOCOL]) {
        if *fact == -1 {
            *fact = os_result(vm, socket::int_option(fd, c::SOL_SOCKET, option))?;
        }
    }
    Ok(facts)
}

/// Give an object its descriptor.
fn start(vm: &mut Vm, this: SocketRef, fd: i32, [family, kind, protocol]: [i32; 3]) -> R {
    this.fd.set(fd);
    this.family.set(family);
    this.kind.set(kind & !(c::SOCK_NONBLOCK | c::SOCK_CLOEXEC));
    this.protocol.set(protocol);
    let default = super::state(vm).default_timeout.get();
    if kind & c::SOCK_NONBLOCK != 0 {
        this.timeout.set(0);
    } else {
        this.timeout.set(default);
        if default >= 0 {
            os_result(vm, file::set_blocking(fd, false))?;
        }
    }
    Ok(Value::NONE)
}

/// `socketpair(family, type, proto)`
pub(super) fn pair(vm: &mut Vm, args: &[Value]) -> R {
    let (family, kind, protocol) = (c_int(vm, args[0])?, c_int(vm, args[1])?, c_int(vm, args[2])?);
    let (a, b) = os_result(vm, socket::socketpair(family, kind, protocol))?;
    let class = super::state(vm).socket;
    let mut pair = [Value::NONE; 2];
    for (slot, fd) in pair.iter_mut().zip([a, b]) {
        let object = vm.new_payload_ref(class, closed());
        start(vm, object, fd, [family, kind, protocol])?;
        *slot = object.value();
    }
    Ok(vm.tuple(&pair))
}

fn repr(vm: &mut Vm, value: Value) -> R {
    let this = this_socket(vm, value)?;
    let (fd, family, kind, protocol) =
        (this.fd.get(), this.family.get(), this.kind.get(), this.protocol.get());
    Ok(vm.str(&format!("<socket object, fd={fd}, family={family}, type={kind}, proto={protocol}>")))
}

// ---- closing

/// Close a descriptor. That the other end was quicker is no error.
pub(super) fn close_descriptor(vm: &mut Vm, fd: i32) -> R<()> {
    match vm.without_gil(|| file::close(fd)) {
        Err(error) if error.raw_os_error() != Some(c::ECONNRESET) => Err(vm.os_error(&error)),
        _ => Ok(()),
    }
}

fn close(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_socket(vm, args[0])?;
    let fd = this.fd.replace(-1);
    if fd >= 0 {
        close_descriptor(vm, fd)?;
    }
    Ok(Value::NONE)
}

/// A socket that dies open is closed, with a warning.
fn finalize(vm: &mut Vm, value: Value) -> R {
    let this = this_socket(vm, value)?;
    if this.fd.get() < 0 {
        return Ok(Value::NONE);
    }
    let shown = vm.repr_text(value)?;
    let warned = crate::warn::warn_resource(vm, &format!("unclosed {shown}"), value);
    let fd = this.fd.replace(-1);
    if fd >= 0 {
        close_descriptor(vm, fd)?;
    }
    warned?;
    Ok(Value::NONE)
}

// ---- connecting

fn accept(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_socket(vm, args[0])?;
    let fd = this.fd.get();
    let deadline = this.deadline();
    let (fd, peer) = call(vm, this, c::POLLIN, deadline, || socket::accept(fd))?;
    let parts = [Value::small(fd), address::value(vm, &peer)];
    Ok(vm.tuple(&parts))
}

/// How an attempt to connect ended.
enum Connected {
    Yes,
    TimedOut,
    No(io::Error),
}

fn connect(vm: &mut Vm, this: Value, address: Value, method: &str) -> R<Connected> {
    let this = this_socket(vm, this)?;
    let address = address::argument(vm, this.family.get(), address, method)?;
    let (fd, timeout) = (this.fd.get(), this.timeout.get());
    let deadline = this.deadline();
    match vm.without_gil(|| socket::connect(fd, &address)) {
        Ok(()) => return Ok(Connected::Yes),
        // The attempt goes on in the kernel.
        Err(error) if error.kind() == io::ErrorKind::Interrupted => {
            crate::process::signal::run_handlers(vm)?;
            if timeout == 0 {
                return Ok(Connected::No(error));
            }
        }
        Err(error) if timeout > 0 && error.raw_os_error() == Some(c::EINPROGRESS) => {}
        Err(error) => return Ok(Connected::No(error)),
    }
    if !wait(vm, fd, c::POLLOUT, deadline)? {
        return Ok(Connected::TimedOut);
    }
    let code = os_result(vm, socket::int_option(fd, c::SOL_SOCKET, c::SO_ERROR))?;
    Ok(match code {
        0 | c::EISCONN => Connected::Yes,
        code => Connected::No(io::Error::from_raw_os_error(code)),
    })
}
