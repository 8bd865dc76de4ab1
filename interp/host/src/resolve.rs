//! Names of hosts, services, protocols and interfaces.

use std::ffi::{CStr, CString, c_int};
use std::io;
use std::sync::Mutex;

use crate::socket::Address;
use crate::syscall::{Zeroable, bytes_before_nul, bytes_of, c_string};

/// Why a name was not found.
#[derive(Debug)]
pub enum Unresolved {
    /// An `EAI_*` number.
    Lookup(i32),
    /// The operating system failed.
    System(io::Error),
}

impl From<io::Error> for Unresolved {
    fn from(error: io::Error) -> Unresolved {
        Unresolved::System(error)
    }
}

/// The text of an `EAI_*` number.
pub fn lookup_error(code: i32) -> Vec<u8> {
    // SAFETY: any number is answered with a static string.
    let text = unsafe { libc::gai_strerror(code) };
    // SAFETY: as above.
    unsafe { bytes_of(text) }.unwrap_or_default()
}

fn outcome(code: c_int) -> Result<(), Unresolved> {
    match code {
        0 => Ok(()),
        libc::EAI_SYSTEM => Err(Unresolved::System(io::Error::last_os_error())),
        code => Err(Unresolved::Lookup(code)),
    }
}

/// What to look for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints {
    /// `AF_*`
    pub family: i32,
    /// `SOCK_*`
    pub kind: i32,
    /// `IPPROTO_*`
    pub protocol: i32,
    /// `AI_*` bits.
    pub flags: i32,
}

/// One way to reach a host.
#[derive(Debug, Clone)]
pub struct Found {
    /// `AF_*`
    pub family: i32,
    /// `SOCK_*`
    pub kind: i32,
    /// `IPPROTO_*`
    pub protocol: i32,
    /// The host's official name, if it was asked for.
    pub canonical_name: Vec<u8>,
    /// Where it is.
    pub address: Address,
}

/// `getaddrinfo(3)`.
pub fn addresses(
    host: Option<&[u8]>,
    service: Option<&[u8]>,
    hints: Hints,
) -> Result<Vec<Found>, Unresolved> {
    let c_text =
        |text: &[u8]| CString::new(text).map_err(|_| io::Error::from_raw_os_error(libc::EINVAL));
    let host = host.map(c_text).transpose()?;
    let service = service.map(c_text).transpose()?;
    let pointer = |text: &Option<CString>| text.as_ref().map_or(std::ptr::null(), |t| t.as_ptr());
    let mut asked = libc::addrinfo::zeroed();
    asked.ai_family = hints.family;
    asked.ai_socktype = hints.kind;
    asked.ai_protocol = hints.protocol;
    asked.ai_flags = hints.flags;
    let mut first = std::ptr::null_mut();
    let (host_name, service_name) = (pointer(&host), pointer(&service));
    // SAFETY: the names are null or C strings that outlive the call.
    outcome(unsafe {
        libc::getaddrinfo(host_name, service_name, &raw const asked, &raw mut first)
    })?;
    let mut found = Vec::new();
    let mut at = first;
    while !at.is_null() {
        // SAFETY: a node of the list, not yet freed.
        let node = unsafe { &*at };
        found.push(Found {
            family: node.ai_family,
            kind: node.ai_socktype,
            protocol: node.ai_protocol,
            // SAFETY: null or a C string owned by the list.
            canonical_name: unsafe { bytes_of(node.ai_canonname) }.unwrap_or_default(),
            // SAFETY: the node says how long its address is.
            address: unsafe { Address::read(node.ai_addr, node.ai_addrlen) },
        });
        at = node.ai_next;
    }
    // SAFETY: the list `getaddrinfo` made, freed once.
    unsafe { libc::freeaddrinfo(first) };
    Ok(found)
}

/// `getnameinfo(3)`: host and service of an address.
pub fn names(address: &Address, flags: i32) -> Result<(Vec<u8>, Vec<u8>), Unresolved> {
    let (mut host, mut service) = ([0u8; 1025], [0u8; 32]);
    let (host_start, service_start) = (host.as_mut_ptr().cast(), service.as_mut_ptr().cast());
    // SAFETY: the address is valid during the call, and both buffers have the room they are passed with.
    let code = address.with_raw(|start, len| unsafe {
        libc::getnameinfo(start, len, host_start, 1025, service_start, 32, flags)
    })?;
    outcome(code)?;
    Ok((bytes_before_nul(&host), bytes_before_nul(&service)))
}

/// The lookups below answer in static memory: one at a time.
static STATIC_ANSWERS: Mutex<()> = Mutex::new(());

fn optional(text: Option<&str>) -> io::Result<Option<CString>> {
    text.map(c_string).transpose()
}

/// `getservbyname(3)`: the port of a service.
pub fn service_port(name: &str, protocol: Option<&str>) -> io::Result<Option<u16>> {
    let (name, protocol) = (c_string(name)?, optional(protocol)?);
    let protocol = protocol.as_ref().map_or(std::ptr::null(), |text| text.as_ptr());
    let _guard = STATIC_ANSWERS.lock();
    // SAFETY: `name` is a C string, `protocol` one or null.
    let entry = unsafe { libc::getservbyname(name.as_ptr(), protocol) };
    // SAFETY: null or an entry that stays until the next such call, which the lock keeps away.
    let entry = unsafe { entry.as_ref() };
    Ok(entry.map(|entry| u16::from_be(entry.s_port as u16)))
}

/// `getservbyport(3)`: the name of the service at a port.
pub fn service_name(port: u16, protocol: Option<&str>) -> io::Result<Option<Vec<u8>>> {
    let protocol = optional(protocol)?;
    let protocol = protocol.as_ref().map_or(std::ptr::null(), |text| text.as_ptr());
    let _guard = STATIC_ANSWERS.lock();
    // SAFETY: `protocol` is a C string or null.
    let entry = unsafe { libc::getservbyport(c_int::from(port.to_be()), protocol) };
    // SAFETY: null or an entry that stays until the next such call, which the lock keeps away.
    let Some(entry) = (unsafe { entry.as_ref() }) else { return Ok(None) };
    // SAFETY: the entry's name is a C string.
    Ok(unsafe { bytes_of(entry.s_name) })
}

/// `getprotobyname(3)`: the number of a protocol.
pub fn protocol_number(name: &str) -> io::Result<Option<i32>> {
    let name = c_string(name)?;
    let _guard = STATIC_ANSWERS.lock();
    // SAFETY: `name` is a C string.
    let entry = unsafe { libc::getprotobyname(name.as_ptr()) };
    // SAFETY: null or an entry that stays until the next such call, which the lock keeps away.
    let entry = unsafe { entry.as_ref() };
    Ok(entry.map(|entry| entry.p_proto))
}

/// `if_nametoindex(3)`.
pub fn interface_index(name: &[u8]) -> io::Result<u32> {
    let name = CString::new(name).map_err(|_| io::Error::from_raw_os_error(libc::EINVAL))?;
    // SAFETY: `name` is a C string.
    match unsafe { libc::if_nametoindex(name.as_ptr()) } {
        0 => Err(io::Error::last_os_error()),
        index => Ok(index),
    }
}

/// `if_indextoname(3)`.
pub fn interface_name(index: u32) -> io::Result<Vec<u8>> {
    let mut buffer = [0u8; libc::IF_NAMESIZE + 1];
    // SAFETY: the buffer has room for a name.
    let name = unsafe { libc::if_indextoname(index, buffer.as_mut_ptr().cast()) };
    if name.is_null() {
        return Err(io::Error::last_os_error());
    }
    Ok(bytes_before_nul(&buffer))
}

/// `if_nameindex(3)`: all interfaces.
pub fn interfaces() -> io::Result<Vec<(u32, Vec<u8>)>> {
    // SAFETY: no arguments.
    let list = unsafe { libc::if_nameindex() };
    if list.is_null() {
        return Err(io::Error::last_os_error());
    }
    let mut found = Vec::new();
    let mut at = list;
    loop {
        // SAFETY: the list goes on until an entry without index.
        let entry = unsafe { &*at };
        if entry.if_index == 0 {
            break;
        }
        // SAFETY: the entry's name is a C string.
        let name = unsafe { CStr::from_ptr(entry.if_name) };
        found.push((entry.if_index, name.to_bytes().to_vec()));
        // SAFETY: the end was not reached.
        at = unsafe { at.add(1) };
    }
    // SAFETY: the list `if_nameindex` made, freed once.
    unsafe { libc::if_freenameindex(list) };
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_need_no_network() {
        let hints = Hints { flags: libc::AI_NUMERICHOST, ..Hints::default() };
        let found = addresses(Some(b"127.0.0.1"), Some(b"80"), hints).unwrap();
        let address = Address::Inet { ip: [127, 0, 0, 1], port: 80 };
        assert!(found.iter().all(|found| found.address == address));
        let flags = libc::NI_NUMERICHOST | libc::NI_NUMERICSERV;
        assert_eq!(names(&address, flags).unwrap(), (b"127.0.0.1".to_vec(), b"80".to_vec()));
        assert!(matches!(
            addresses(Some(b"no such host"), None, hints),
            Err(Unresolved::Lookup(libc::EAI_NONAME))
        ));
        assert!(interfaces().unwrap().iter().all(|(index, _)| *index > 0));
    }
}
