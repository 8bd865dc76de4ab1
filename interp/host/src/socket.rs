//! Sockets: descriptors that talk to other programs, and the addresses they talk to.
//!
//! Every descriptor made here is close-on-exec. Nothing waits but what the kernel makes wait: timeouts are the caller's,
//! who polls first.

use std::ffi::{c_int, c_void};
use std::io;
use std::mem::{offset_of, size_of};

use crate::file::integer_calls;
use crate::syscall::{Zeroable, check, check_size, check_unit};

/// The address of a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// The kernel gave none.
    None,
    /// IPv4.
    Inet {
        /// In network order.
        ip: [u8; 4],
        /// In host order.
        port: u16,
    },
    /// IPv6.
    Inet6 {
        /// In network order.
        ip: [u8; 16],
        /// In host order.
        port: u16,
        /// Flow information.
        flow: u32,
        /// Scope, i.e. index of an interface.
        scope: u32,
    },
    /// A path, or a name of the abstract space that begins with a zero byte.
    Unix(Vec<u8>),
    /// Any other family: its number and the bytes after it.
    Other(i32, Vec<u8>),
}

/// Room for an address as the kernel reads and writes it.
struct Raw {
    storage: libc::sockaddr_storage,
    len: libc::socklen_t,
}

fn invalid() -> io::Error {
    io::Error::from_raw_os_error(libc::EINVAL)
}

fn size_as_len(size: usize) -> libc::socklen_t {
    // The sizes passed here are those of C structures and of their parts.
    libc::socklen_t::try_from(size).unwrap_or(0)
}

impl Raw {
    fn empty() -> Raw {
        let storage = libc::sockaddr_storage::zeroed();
        Raw { storage, len: size_as_len(size_of::<libc::sockaddr_storage>()) }
    }
    fn of(address: &Address) -> io::Result<Raw> {
        let mut raw = Raw::empty();
        match address {
            Address::None => raw.len = 0,
            Address::Inet { ip, port } => raw.put(libc::sockaddr_in {
                sin_family: libc::AF_INET as libc::sa_family_t,
                sin_port: port.to_be(),
                sin_addr: libc::in_addr { s_addr: u32::from_ne_bytes(*ip) },
                sin_zero: [0; 8],
            }),
            Address::Inet6 { ip, port, flow, scope } => raw.put(libc::sockaddr_in6 {
                sin6_family: libc::AF_INET6 as libc::sa_family_t,
                sin6_port: port.to_be(),
                sin6_flowinfo: flow.to_be(),
                sin6_addr: libc::in6_addr { s6_addr: *ip },
                sin6_scope_id: *scope,
            }),
            Address::Unix(path) => {
                let mut unix = libc::sockaddr_un {
                    sun_family: libc::AF_UNIX as libc::sa_family_t,
                    sun_path: [0; 108],
                };
                if path.len() > unix.sun_path.len() {
                    return Err(invalid());
                }
                for (to, &from) in unix.sun_path.iter_mut().zip(path) {
                    *to = from.cast_signed();
                }
                raw.put(unix);
                raw.len = size_as_len(offset_of!(libc::sockaddr_un, sun_path) + path.len());
            }
            Address::Other(..) => return Err(io::Error::from_raw_os_error(libc::EAFNOSUPPORT)),
        }
        Ok(raw)
    }
    /// Write a C structure of some family at the start.
    fn put<T>(&mut self, value: T) {
        const { assert!(size_of::<T>() <= size_of::<libc::sockaddr_storage>()) };
        // SAFETY: `sockaddr_storage` is as large as any address and aligned for all of them.
        unsafe { (&raw mut self.storage).cast::<T>().write(value) };
        self.len = size_as_len(size_of::<T>());
    }
    /// The storage as the structure of a family; what the kernel did not write is zero.
    fn view<T: Copy>(&self) -> T {
        const { assert!(size_of::<T>() <= size_of::<libc::sockaddr_storage>()) };
        // SAFETY: the storage is initialised, large enough and aligned; the structures are plain integers.
        unsafe { (&raw const self.storage).cast::<T>().read() }
    }
    fn pointer(&self) -> *const libc::sockaddr {
        (&raw const self.storage).cast()
    }
    fn pointer_mut(&mut self) -> *mut libc::sockaddr {
        (&raw mut self.storage).cast()
    }
    fn address(&self) -> Address {
        let len = self.len as usize;
        if len < size_of::<libc::sa_family_t>() {
            return Address::None;
        }
        match c_int::from(self.storage.ss_family) {
            libc::AF_INET => {
                let inet: libc::sockaddr_in = self.view();
                Address::Inet {
                    ip: inet.sin_addr.s_addr.to_ne_bytes(),
                    port: u16::from_be(inet.sin_port),
                }
            }
            libc::AF_INET6 => {
                let inet: libc::sockaddr_in6 = self.view();
                Address::Inet6 {
                    ip: inet.sin6_addr.s6_addr,
                    port: u16::from_be(inet.sin6_port),
                    flow: u32::from_be(inet.sin6_flowinfo),
                    scope: inet.sin6_scope_id,
                }
            }
            libc::AF_UNIX => Address::Unix(self.unix_path(len)),
            family => {
                let bytes: [u8; size_of::<libc::sockaddr_storage>()] = self.view();
                let end = len.min(bytes.len());
                Address::Other(family, bytes[size_of::<libc::sa_family_t>()..end].to_vec())
            }
        }
    }
    fn unix_path(&self, len: usize) -> Vec<u8> {
        let unix: libc::sockaddr_un = self.view();
        let path = unix.sun_path.map(c_char_byte);
        let end = len.saturating_sub(offset_of!(libc::sockaddr_un, sun_path)).min(path.len());
        match path[..end] {
            [] => Vec::new(),
            [0, ..] => path[..end].to_vec(),
            _ => crate::syscall::bytes_before_nul(&path[..end]),
        }
    }
}

fn c_char_byte(c: libc::c_char) -> u8 {
    c.cast_unsigned()
}

integer_calls! {
    /// `listen(2)`.
    fn listen(fd: i32, backlog: i32) -> () = listen, check_unit;
    /// `shutdown(2)` with one of `SHUT_*`.
    fn shutdown(fd: i32, how: i32) -> () = shutdown, check_unit;
}

/// `socket(2)`.
pub fn socket(family: i32, kind: i32, protocol: i32) -> io::Result<i32> {
    // SAFETY: integers only.
    check(unsafe { libc::socket(family, kind | libc::SOCK_CLOEXEC, protocol) })
}

/// `socketpair(2)`.
pub fn socketpair(family: i32, kind: i32, protocol: i32) -> io::Result<(i32, i32)> {
    let mut pair = [0; 2];
    let kind = kind | libc::SOCK_CLOEXEC;
    // SAFETY: `pair` has room for two descriptors.
    check_unit(unsafe { libc::socketpair(family, kind, protocol, pair.as_mut_ptr()) })?;
    Ok((pair[0], pair[1]))
}

/// `bind(2)`.
pub fn bind(fd: i32, address: &Address) -> io::Result<()> {
    let raw = Raw::of(address)?;
    // SAFETY: `raw` holds an address of `raw.len` bytes.
    check_unit(unsafe { libc::bind(fd, raw.pointer(), raw.len) })
}

/// `connect(2)`.
pub fn connect(fd: i32, address: &Address) -> io::Result<()> {
    let raw = Raw::of(address)?;
    // SAFETY: `raw` holds an address of `raw.len` bytes.
    check_unit(unsafe { libc::connect(fd, raw.pointer(), raw.len) })
}

/// `accept4(2)`: the new descriptor, and who is at the other end.
pub fn accept(fd: i32) -> io::Result<(i32, Address)> {
    let mut raw = Raw::empty();
    let len = &raw mut raw.len;
    // SAFETY: `raw` has room for `raw.len` bytes.
    let fd = check(unsafe { libc::accept4(fd, raw.pointer_mut(), len, libc::SOCK_CLOEXEC) })?;
    Ok((fd, raw.address()))
}

/// `getsockname(2)`.
pub fn local_address(fd: i32) -> io::Result<Address> {
    let mut raw = Raw::empty();
    let len = &raw mut raw.len;
    // SAFETY: `raw` has room for `raw.len` bytes.
    check_unit(unsafe { libc::getsockname(fd, raw.pointer_mut(), len) })?;
    Ok(raw.address())
}

/// `getpeername(2)`.
pub fn peer_address(fd: i32) -> io::Result<Address> {
    let mut raw = Raw::empty();
    let len = &raw mut raw.len;
    // SAFETY: `raw` has room for `raw.len` bytes.
    check_unit(unsafe { libc::getpeername(fd, raw.pointer_mut(), len) })?;
    Ok(raw.address())
}

/// `send(2)`.
pub fn send(fd: i32, data: &[u8], flags: i32) -> io::Result<usize> {
    // SAFETY: `data` is readable for its length.
    check_size(unsafe { libc::send(fd, data.as_ptr().cast(), data.len(), flags) })
}

/// `sendto(2)`.
pub fn send_to(fd: i32, data: &[u8], flags: i32, address: &Address) -> io::Result<usize> {
    let raw = Raw::of(address)?;
    let (start, len) = (data.as_ptr().cast(), data.len());
    // SAFETY: `data` is readable for its length; `raw` holds an address of `raw.len` bytes.
    check_size(unsafe { libc::sendto(fd, start, len, flags, raw.pointer(), raw.len) })
}

/// `recv(2)`: at most `data.len()` bytes.
pub fn receive(fd: i32, data: &mut [u8], flags: i32) -> io::Result<usize> {
    // SAFETY: `data` is writable for its length.
    check_size(unsafe { libc::recv(fd, data.as_mut_ptr().cast(), data.len(), flags) })
}

/// `recvfrom(2)`: as [`receive`], and who sent it.
pub fn receive_from(fd: i32, data: &mut [u8], flags: i32) -> io::Result<(usize, Address)> {
    let mut raw = Raw::empty();
    let (start, room, len) = (data.as_mut_ptr().cast(), data.len(), &raw mut raw.len);
    // SAFETY: `data` is writable for its length; `raw` has room for `raw.len` bytes.
    let n = check_size(unsafe { libc::recvfrom(fd, start, room, flags, raw.pointer_mut(), len) })?;
    Ok((n, raw.address()))
}

/// `getsockopt(2)`: at most `room` bytes of an option.
pub fn option(fd: i32, level: i32, name: i32, room: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0u8; room];
    let mut len = size_as_len(room);
    let start = bytes.as_mut_ptr().cast();
    // SAFETY: `bytes` has room for `len` bytes.
    check_unit(unsafe { libc::getsockopt(fd, level, name, start, &raw mut len) })?;
    bytes.truncate(len as usize);
    Ok(bytes)
}

/// `getsockopt(2)` of an int.
pub fn int_option(fd: i32, level: i32, name: i32) -> io::Result<i32> {
    let bytes = option(fd, level, name, size_of::<c_int>())?;
    let mut number = [0; size_of::<c_int>()];
    number[..bytes.len()].copy_from_slice(&bytes);
    Ok(i32::from_ne_bytes(number))
}

/// `setsockopt(2)`.
pub fn set_option(fd: i32, level: i32, name: i32, value: &[u8]) -> io::Result<()> {
    let len = libc::socklen_t::try_from(value.len()).map_err(|_| invalid())?;
    // SAFETY: `value` is readable for its length.
    check_unit(unsafe { libc::setsockopt(fd, level, name, value.as_ptr().cast(), len) })
}

/// `setsockopt(2)` without a value, but with a length.
pub fn set_option_length(fd: i32, level: i32, name: i32, len: u32) -> io::Result<()> {
    // SAFETY: options that take a null value look at the length alone; others report `EFAULT`.
    check_unit(unsafe { libc::setsockopt(fd, level, name, std::ptr::null(), len) })
}

/// One control message: level, type and bytes.
pub type Ancillary = (i32, i32, Vec<u8>);

/// What [`receive_message`] got.
#[derive(Debug)]
pub struct Message {
    /// Number of bytes put into the buffer.
    pub len: usize,
    /// Control messages.
    pub ancillary: Vec<Ancillary>,
    /// `MSG_*` bits.
    pub flags: i32,
    /// Who sent it.
    pub address: Address,
}

/// `CMSG_LEN(3)`; `None` when it is too large.
pub fn control_len(len: usize) -> Option<usize> {
    let len = u32::try_from(len).ok().filter(|&len| len < i32::MAX.cast_unsigned() - 64)?;
    // SAFETY: arithmetic only.
    Some(unsafe { libc::CMSG_LEN(len) } as usize)
}

/// `CMSG_SPACE(3)`; `None` when it is too large.
pub fn control_space(len: usize) -> Option<usize> {
    let len = u32::try_from(len).ok().filter(|&len| len < i32::MAX.cast_unsigned() - 64)?;
    // SAFETY: arithmetic only.
    Some(unsafe { libc::CMSG_SPACE(len) } as usize)
}

/// A control buffer, aligned for its headers.
fn control_buffer(size: usize) -> Vec<u64> {
    vec![0; size.div_ceil(size_of::<u64>())]
}

/// `sendmsg(2)`.
pub fn send_message(
    fd: i32,
    parts: &[&[u8]],
    ancillary: &[Ancillary],
    flags: i32,
    address: &Address,
) -> io::Result<usize> {
    let mut raw = Raw::of(address)?;
    let mut vectors: Vec<libc::iovec> = parts
        .iter()
        .map(|part| libc::iovec {
            iov_base: part.as_ptr().cast_mut().cast::<c_void>(),
            iov_len: part.len(),
        })
        .collect();
    let sizes: Option<Vec<usize>> =
        ancillary.iter().map(|(.., data)| control_space(data.len())).collect();
    let size = sizes.ok_or_else(invalid)?.iter().sum();
    let mut control = control_buffer(size);
    let mut header = libc::msghdr::zeroed();
    header.msg_iov = vectors.as_mut_ptr();
    header.msg_iovlen = vectors.len();
    if raw.len > 0 {
        header.msg_name = raw.pointer_mut().cast();
        header.msg_namelen = raw.len;
    }
    if size > 0 {
        header.msg_control = control.as_mut_ptr().cast();
        header.msg_controllen = size;
        put_ancillary(&header, ancillary);
    }
    // SAFETY: everything `header` points to lives until the call returns.
    check_size(unsafe { libc::sendmsg(fd, &raw const header, flags) })
}

/// Write control messages into the buffer of `header`, which has room for them.
fn put_ancillary(header: &libc::msghdr, ancillary: &[Ancillary]) {
    // SAFETY: the header's control buffer is set.
    let mut at = unsafe { libc::CMSG_FIRSTHDR(header) };
    for (level, kind, data) in ancillary {
        if at.is_null() {
            return;
        }
        let message = libc::cmsghdr {
            cmsg_len: control_len(data.len()).unwrap_or(0),
            cmsg_level: *level,
            cmsg_type: *kind,
        };
        // SAFETY: `at` points into the control buffer, which has room for this message, aligned.
        unsafe { at.write(message) };
        // SAFETY: the data follows its header.
        let target = unsafe { libc::CMSG_DATA(at) };
        // SAFETY: the buffer was made with `CMSG_SPACE` of each length.
        unsafe { std::ptr::copy_nonoverlapping(data.as_ptr(), target, data.len()) };
        // SAFETY: `at` is a header within the buffer.
        at = unsafe { libc::CMSG_NXTHDR(header, at) };
    }
}

/// `recvmsg(2)` into several buffers, with room for `control` bytes of control messages.
pub fn receive_message(
    fd: i32,
    buffers: &mut [&mut [u8]],
    control: usize,
    flags: i32,
) -> io::Result<Message> {
    let mut raw = Raw::empty();
    let mut vectors: Vec<libc::iovec> = buffers
        .iter_mut()
        .map(|buffer| libc::iovec {
            iov_base: buffer.as_mut_ptr().cast::<c_void>(),
            iov_len: buffer.len(),
        })
        .collect();
    let mut room = control_buffer(control);
    let mut header = libc::msghdr::zeroed();
    header.msg_name = raw.pointer_mut().cast();
    header.msg_namelen = raw.len;
    header.msg_iov = vectors.as_mut_ptr();
    header.msg_iovlen = vectors.len();
    header.msg_control = if control == 0 { std::ptr::null_mut() } else { room.as_mut_ptr().cast() };
    header.msg_controllen = control;
    // SAFETY: everything `header` points to lives until the call returns.
    let len = check_size(unsafe { libc::recvmsg(fd, &raw mut header, flags) })?;
    raw.len = header.msg_namelen;
    let ancillary = ancillary_of(&header);
    Ok(Message { len, ancillary, flags: header.msg_flags, address: raw.address() })
}

fn ancillary_of(header: &libc::msghdr) -> Vec<Ancillary> {
    let mut found = Vec::new();
    let end = header.msg_control.addr() + header.msg_controllen;
    // SAFETY: the kernel filled in the header's control buffer.
    let mut at = unsafe { libc::CMSG_FIRSTHDR(header) };
    while !at.is_null() {
        // SAFETY: `at` is a header within the buffer.
        let message = unsafe { at.read() };
        // SAFETY: the data follows its header.
        let data = unsafe { libc::CMSG_DATA(at) };
        let start = data.addr() - at.addr();
        // A message may have been cut off by the end of the buffer.
        let len = message.cmsg_len.saturating_sub(start).min(end.saturating_sub(data.addr()));
        // SAFETY: `len` bytes from `data` on are within the buffer.
        let bytes = unsafe { std::slice::from_raw_parts(data, len) };
        found.push((message.cmsg_level, message.cmsg_type, bytes.to_vec()));
        // SAFETY: `at` is a header within the buffer.
        at = unsafe { libc::CMSG_NXTHDR(header, at) };
    }
    found
}

/// `gethostname(2)`.
pub fn host_name() -> io::Result<Vec<u8>> {
    let mut buffer = vec![0u8; 1024];
    // SAFETY: `buffer` has room for its length.
    check_unit(unsafe { libc::gethostname(buffer.as_mut_ptr().cast(), buffer.len() - 1) })?;
    Ok(crate::syscall::bytes_before_nul(&buffer))
}

/// `sethostname(2)`.
pub fn set_host_name(name: &[u8]) -> io::Result<()> {
    // SAFETY: `name` is readable for its length.
    check_unit(unsafe { libc::sethostname(name.as_ptr().cast(), name.len()) })
}

impl Address {
    /// For the calls of [`resolve`](crate::resolve) that take an address: run `call` with it in C form.
    pub(crate) fn with_raw<T>(
        &self,
        call: impl FnOnce(*const libc::sockaddr, libc::socklen_t) -> T,
    ) -> io::Result<T> {
        let raw = Raw::of(self)?;
        Ok(call(raw.pointer(), raw.len))
    }
    /// The address of `len` bytes at `start`.
    ///
    /// # Safety
    /// `start` is null or points to an address of `len` bytes.
    pub(crate) unsafe fn read(start: *const libc::sockaddr, len: libc::socklen_t) -> Address {
        let mut raw = Raw::empty();
        let n = (len as usize).min(size_of::<libc::sockaddr_storage>());
        if start.is_null() || n == 0 {
            return Address::None;
        }
        // SAFETY: the caller's promise, and `n` is no more than the storage has.
        unsafe { std::ptr::copy_nonoverlapping(start.cast::<u8>(), raw.pointer_mut().cast(), n) };
        raw.len = size_as_len(n);
        raw.address()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file;

    #[test]
    fn a_pair_talks() {
        let (a, b) = socketpair(libc::AF_UNIX, libc::SOCK_STREAM, 0).unwrap();
        assert_eq!(send(a, b"hello", 0).unwrap(), 5);
        let mut buffer = [0; 8];
        assert_eq!(receive_from(b, &mut buffer, 0).unwrap(), (5, Address::None));
        assert_eq!(&buffer[..5], b"hello");
        let rights = (libc::SOL_SOCKET, libc::SCM_RIGHTS, a.to_ne_bytes().to_vec());
        assert_eq!(send_message(a, &[b"x", b"yz"], &[rights], 0, &Address::None).unwrap(), 3);
        let (mut one, mut two) = ([0; 2], [0; 2]);
        let got = receive_message(b, &mut [&mut one, &mut two], 64, 0).unwrap();
        assert_eq!((got.len, one, two[0]), (3, *b"xy", b'z'));
        let [(level, kind, data)] = got.ancillary.as_slice() else { panic!("one message") };
        assert_eq!((*level, *kind), (libc::SOL_SOCKET, libc::SCM_RIGHTS));
        let passed = i32::from_ne_bytes(data[..].try_into().unwrap());
        for fd in [a, b, passed] {
            file::close(fd).unwrap();
        }
    }

    #[test]
    fn addresses_survive_the_kernel() {
        let fd = socket(libc::AF_INET, libc::SOCK_STREAM, 0).unwrap();
        bind(fd, &Address::Inet { ip: [127, 0, 0, 1], port: 0 }).unwrap();
        listen(fd, 1).unwrap();
        let address = local_address(fd).unwrap();
        let Address::Inet { ip: [127, 0, 0, 1], port } = address else { panic!("{address:?}") };
        assert_ne!(port, 0);
        let client = socket(libc::AF_INET, libc::SOCK_STREAM, 0).unwrap();
        connect(client, &address).unwrap();
        let (server, peer) = accept(fd).unwrap();
        assert_eq!(peer, local_address(client).unwrap());
        assert_eq!(peer_address(client).unwrap(), address);
        set_option(fd, libc::SOL_SOCKET, libc::SO_KEEPALIVE, &1i32.to_ne_bytes()).unwrap();
        assert_eq!(int_option(fd, libc::SOL_SOCKET, libc::SO_KEEPALIVE).unwrap(), 1);
        for fd in [fd, client, server] {
            file::close(fd).unwrap();
        }
    }
}
