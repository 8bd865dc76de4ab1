//! Names and numbers of hosts, services, protocols and interfaces.
use std::net::{Ipv4Addr, Ipv6Addr};

use haft_core::{R, Raised, Value, Vm, natives};
use haft_host::constants as c;
use haft_host::resolve::{self, Hints, Unresolved};
use haft_host::socket::{self, Address};

use super::address::{self, host_name};
use crate::blocking::os_result;
use crate::os::argument::{c_int, c_uint, fs_bytes};

natives! {
    pub(super) static FUNCTIONS = {
        /// Resolve host and port into list of address info entries.
        ///
        /// Translate the host/port argument into a sequence of 5-tuples that contain all
        /// the necessary arguments for creating a socket connected to that service. host
        /// is a domain name, a string representation of an IPv4/v6 address or None. port
        /// is a string service name such as 'http', a numeric port number or None. By
        /// passing None as the value of host and port, you can pass NULL to the
        /// underlying C API.
        ///
        /// The family, type and proto arguments can be optionally specified in order to
        /// narrow the list of addresses returned. Passing zero as a value for each of
        /// these arguments selects the full range of results.
        getaddrinfo "($module, host, port, family=0, type=0, proto=0, flags=0)" => getaddrinfo;
        /// Get host and port for a sockaddr.
        getnameinfo "($module, sockaddr, flags, /)" => getnameinfo;
        /// Return the IP address (a string of the form '255.255.255.255') for a host.
        gethostbyname "($module, host, /)" => |vm, args| {
            let host = host_name(vm, args[0])?;
            let ip = address::ip4(vm, &host)?;
            Ok(address::ip4_text(vm, ip))
        };
        /// Return the true host name, a list of aliases, and a list of IP addresses,
        /// for a host.  The host argument is a string giving a host name or IP number.
        gethostbyname_ex "($module, host, /)" => gethostbyname_ex;
        /// Return the true host name, a list of aliases, and a list of IP addresses,
        /// for a host.  The host argument is a string giving a host name or IP number.
        gethostbyaddr "($module, host, /)" => gethostbyaddr;
        /// Return the current host name.
        gethostname "($module, /)" => |vm, _| {
            let name = os_result(vm, socket::host_name())?;
            Ok(vm.str_os(&name))
        };
        /// Sets the hostname to name.
        sethostname "($module, name, /)" => |vm, args| {
            let name = fs_bytes(vm, args[0])?;
            os_result(vm, socket::set_host_name(&name))?;
            Ok(Value::NONE)
        };
        /// Return a port number from a service name and protocol name.
        ///
        /// The optional protocol name, if given, should be 'tcp' or 'udp',
        /// otherwise any protocol will match.
        getservbyname "($module, servicename, protocolname=<absent>, /)" => getservbyname;
        /// Return the service name from a port number and protocol name.
        ///
        /// The optional protocol name, if given, should be 'tcp' or 'udp',
        /// otherwise any protocol will match.
        getservbyport "($module, port, protocolname=<absent>, /)" => getservbyport;
        /// Return the protocol number for the named protocol.  (Rarely used.)
        getprotobyname "($module, name, /)" => getprotobyname;
        /// Convert an IP address in string format (123.45.67.89) to the 32-bit packed binary format used
        /// in low-level network functions.
        inet_aton "($module, ip_addr, /)" => inet_aton;
        /// Convert an IP address from 32-bit packed binary format to string format.
        inet_ntoa "($module, packed_ip, /)" => inet_ntoa;
        /// Convert an IP address from string format to a packed string suitable
        /// for use with low-level network functions.
        inet_pton "($module, af, ip_string, /)" => inet_pton;
        /// Convert a packed IP address of the given family to string format.
        inet_ntop "($module, af, packed_ip, /)" => inet_ntop;
        /// Returns a list of network interface information (index, name) tuples.
        if_nameindex "($module, /)" => if_nameindex;
        /// Returns the interface index corresponding to the interface name if_name.
        if_nametoindex "($module, oname, /)" => |vm, args| {
            let name = fs_bytes(vm, args[0])?;
            match resolve::interface_index(&name) {
                Ok(index) => Ok(vm.int(i64::from(index))),
                Err(_) => Err(vm.raise(vm.exc.os_error, "no interface with this name")),
            }
        };
        /// Returns the interface name corresponding to the interface index if_index.
        if_indextoname "($module, if_index, /)" => |vm, args| {
            let index = c_uint(vm, args[0])?;
            let name = os_result(vm, resolve::interface_name(index))?;
            Ok(vm.str_os(&name))
        };
    }
}

/// Raise `gaierror`, or OSError when the system failed.
#[cold]
pub(super) fn raise(vm: &mut Vm, error: Unresolved) -> Raised {
    match error {
        Unresolved::System(error) => vm.os_error(&error),
        Unresolved::Lookup(code) => {
            let class = super::state(vm).lookup_error;
            let message = vm.str_lossy(&resolve::lookup_error(code));
            vm.raise_with(class, &[Value::small(code), message])
        }
    }
}

/// Ask the resolver while other threads run.
fn ask<T>(vm: &mut Vm, question: impl FnOnce() -> Result<T, Unresolved>) -> R<T> {
    let answer = vm.without_gil(question);
    answer.map_err(|error| raise(vm, error))
}

fn getaddrinfo(vm: &mut Vm, args: &[Value]) -> R {
    let host = if args[0].is_none() { None } else { Some(host_name(vm, args[0])?) };
    let service = service_text(vm, args[1])?;
    let hints = Hints {
        family: c_int(vm, args[2])?,
        kind: c_int(vm, args[3])?,
        protocol: c_int(vm, args[4])?,
        flags: c_int(vm, args[5])?,
    };
    let found = ask(vm, || resolve::addresses(host.as_deref(), service.as_deref(), hints))?;
    let list = vm.new_list();
    for found in found {
        let name = vm.str_os(&found.canonical_name);
        let address = address::value(vm, &found.address);
        let [family, kind, protocol] = [found.family, found.kind, found.protocol].map(Value::small);
        let row = vm.tuple(&[family, kind, protocol, name, address]);
        list.push(&mut vm.heap, row);
    }
    Ok(list.value())
}

fn service_text(vm: &mut Vm, value: Value) -> R<Option<Vec<u8>>> {
    if value.is_none() {
        return Ok(None);
    }
    if vm.is_int(value) {
        let number = crate::os::argument::c_long(vm, value)?;
        return Ok(Some(number.to_string().into_bytes()));
    }
    if let Some(text) = vm.as_str(value) {
        return Ok(Some(text.bytes().to_vec()));
    }
    match vm.as_bytes(value) {
        Some(bytes) => Ok(Some(bytes.data().to_vec())),
        None => Err(vm.raise(vm.exc.os_error, "Int or String expected")),
    }
}

fn getnameinfo(vm: &mut Vm, args: &[Value]) -> R {
    let flags = c_int(vm, args[1])?;
    let Some(tuple) = vm.as_tuple(args[0]) else {
        return Err(vm.type_error("getnameinfo() argument 1 must be a tuple"));
    };
    let items = tuple.items();
    if !(2..=4).contains(&items.len()) {
        return Err(vm.type_error("getnameinfo(): illegal sockaddr argument"));
    }
    let host = vm.text_of(items[0], "getnameinfo() host")?.into_owned();
    let port = c_int(vm, items[1])?;
    let mut numbers = [0; 2];
    for (number, &item) in numbers.iter_mut().zip(&items[2..]) {
        *number = c_uint(vm, item)?;
    }
    if numbers[0] > 0xfffff {
        return Err(vm.overflow_error("getnameinfo(): flowinfo must be 0-1048575."));
    }
    let hints = Hints { kind: c::SOCK_DGRAM, flags: c::AI_NUMERICHOST, ..Hints::default() };
    let port = port.to_string();
    let mut found =
        ask(vm, || resolve::addresses(Some(host.as_bytes()), Some(port.as_bytes()), hints))?;
    if found.len() > 1 {
        return Err(vm.raise(vm.exc.os_error, "sockaddr resolved to multiple addresses"));
    }
    let mut target = found.pop().map_or(Address::None, |found| found.address);
    match &mut target {
        Address::Inet { .. } if items.len() != 2 => {
            return Err(vm.raise(vm.exc.os_error, "IPv4 sockaddr must be 2 tuple"));
        }
        Address::Inet6 { flow, scope, .. } => [*flow, *scope] = numbers,
        _ => {}
    }
    let (host, service) = ask(vm, || resolve::names(&target, flags))?;
    let parts = [vm.str_os(&host), vm.str_os(&service)];
    Ok(vm.tuple(&parts))
}

/// `(name, aliases, addresses)`. The resolver's modern interface tells no aliases.
fn host_entry(vm: &mut Vm, name: &[u8], addresses: &[Address]) -> Value {
    let list = vm.new_list();
    for address in addresses {
        let text = match address {
            Address::Inet { ip, .. } => address::ip4_text(vm, *ip),
            Address::Inet6 { ip, .. } => address::ip6_text(vm, *ip),
            _ => continue,
        };
        list.push(&mut vm.heap, text);
    }
    let (name, aliases) = (vm.str_os(name), vm.new_list());
    vm.tuple(&[name, aliases.value(), list.value()])
}

fn gethostbyname_ex(vm: &mut Vm, args: &[Value]) -> R {
    let host = host_name(vm, args[0])?;
    let hints = Hints {
        family: c::AF_INET,
        kind: c::SOCK_STREAM,
        flags: c::AI_CANONNAME,
        ..Hints::default()
    };
    let found = ask(vm, || resolve::addresses(Some(&host), None, hints))?;
    let name = found.first().map_or(host, |found| found.canonical_name.clone());
    let addresses: Vec<Address> = found.into_iter().map(|found| found.address).collect();
    Ok(host_entry(vm, &name, &addresses))
}

fn gethostbyaddr(vm: &mut Vm, args: &[Value]) -> R {
    let host = host_name(vm, args[0])?;
    let hints = Hints { kind: c::SOCK_STREAM, ..Hints::default() };
    let found = ask(vm, || resolve::addresses(Some(&host), None, hints))?;
    let address = found.first().map_or(Address::None, |found| found.address.clone());
    let named = vm.without_gil(|| resolve::names(&address, c::NI_NAMEREQD));
    match named {
        Ok((name, _)) => Ok(host_entry(vm, &name, &[address])),
        Err(Unresolved::System(error)) => Err(vm.os_error(&error)),
        Err(Unresolved::Lookup(_)) => {
            let class = super::state(vm).host_error;
            let message = vm.str("Unknown host");
            Err(vm.raise_with(class, &[Value::small(1), message]))
        }
    }
}

/// The optional name of a protocol.
fn protocol_text(vm: &mut Vm, value: Value, what: &str) -> R<Option<String>> {
    if value.is_absent() {
        return Ok(None);
    }
    Ok(Some(vm.text_of(value, what)?.into_owned()))
}

fn getservbyname(vm: &mut Vm, args: &[Value]) -> R {
    let name = vm.text_of(args[0], "getservbyname() argument 1")?;
    let protocol = protocol_text(vm, args[1], "getservbyname() argument 2")?;
    let port = vm.without_gil(|| resolve::service_port(&name, protocol.as_deref()));
    match os_result(vm, port)? {
        Some(port) => Ok(vm.int(i64::from(port))),
        None => Err(vm.raise(vm.exc.os_error, "service/proto not found")),
    }
}

fn getservbyport(vm: &mut Vm, args: &[Value]) -> R {
    let port = c_int(vm, args[0])?;
    let protocol = protocol_text(vm, args[1], "getservbyport() argument 2")?;
    let Ok(port) = u16::try_from(port) else {
        return Err(vm.overflow_error("getservbyport: port must be 0-65535."));
    };
    let name = vm.without_gil(|| resolve::service_name(port, protocol.as_deref()));
    match os_result(vm, name)? {
        Some(name) => Ok(vm.str_os(&name)),
        None => Err(vm.raise(vm.exc.os_error, "port/proto not found")),
    }
}

fn getprotobyname(vm: &mut Vm, args: &[Value]) -> R {
    let name = vm.text_of(args[0], "getprotobyname() argument 1")?;
    match os_result(vm, resolve::protocol_number(&name))? {
        Some(number) => Ok(vm.int(i64::from(number))),
        None => Err(vm.raise(vm.exc.os_error, "protocol not found")),
    }
}

/// An IPv4 address in one of the forms of `inet_aton`: up to four numbers, decimal, octal or hexadecimal, of which the last
/// fills the bytes that are left.
fn parse_ip4(text: &str) -> Option<[u8; 4]> {
    let parts: Vec<&str> = text.split('.').collect();
    let (last, first) = parts.split_last()?;
    if parts.len() > 4 {
        return None;
    }
    let mut number = 0;
    for (at, part) in first.iter().enumerate() {
        number |= parse_part(part).filter(|&part| part < 256)? << (24 - 8 * at);
    }
    let last = parse_part(last)?;
    if last >> (32 - 8 * first.len()) != 0 {
        return None;
    }
    Some(((number | last) as u32).to_be_bytes())
}

fn parse_part(text: &str) -> Option<u64> {
    let (digits, radix) = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => (&text[2..], 16),
        [b'0', _, ..] => (&text[1..], 8),
        _ => (text, 10),
    };
    if digits.starts_with('+') { None } else { u64::from_str_radix(digits, radix).ok() }
}

fn inet_aton(vm: &mut Vm, args: &[Value]) -> R {
    let text = vm.text_of(args[0], "inet_aton() argument")?;
    match parse_ip4(&text) {
        Some(ip) => Ok(vm.bytes(&ip)),
        None => Err(vm.raise(vm.exc.os_error, "illegal IP address string passed to inet_aton")),
    }
}

fn inet_ntoa(vm: &mut Vm, args: &[Value]) -> R {
    let packed = vm.buffer_of(args[0])?;
    match packed.bytes().try_into() {
        Ok(ip) => Ok(address::ip4_text(vm, ip)),
        Err(_) => Err(vm.raise(vm.exc.os_error, "packed IP wrong length for inet_ntoa")),
    }
}

fn inet_pton(vm: &mut Vm, args: &[Value]) -> R {
    let family = c_int(vm, args[0])?;
    let text = vm.text_of(args[1], "inet_pton() argument 2")?;
    let packed = match family {
        c::AF_INET => text.parse::<Ipv4Addr>().ok().map(|ip| ip.octets().to_vec()),
        c::AF_INET6 => text.parse::<Ipv6Addr>().ok().map(|ip| ip.octets().to_vec()),
        _ => {
            let error = std::io::Error::from_raw_os_error(c::EAFNOSUPPORT);
            return Err(vm.os_error(&error));
        }
    };
    match packed {
        Some(packed) => Ok(vm.bytes(&packed)),
        None => Err(vm.raise(vm.exc.os_error, "illegal IP address string passed to inet_pton")),
    }
}

fn inet_ntop(vm: &mut Vm, args: &[Value]) -> R {
    let family = c_int(vm, args[0])?;
    let packed = vm.buffer_of(args[1])?;
    match family {
        c::AF_INET => match packed.bytes().try_into() {
            Ok(ip) => Ok(address::ip4_text(vm, ip)),
            Err(_) => Err(vm.value_error("invalid length of packed IP address string")),
        },
        c::AF_INET6 => match packed.bytes().try_into() {
            Ok(ip) => Ok(address::ip6_text(vm, ip)),
            Err(_) => Err(vm.value_error("invalid length of packed IP address string")),
        },
        _ => Err(vm.value_error(format!("unknown address family {family}"))),
    }
}

fn if_nameindex(vm: &mut Vm, _: &[Value]) -> R {
    let interfaces = os_result(vm, resolve::interfaces())?;
    let list = vm.new_list();
    for (index, name) in interfaces {
        let row = [vm.int(i64::from(index)), vm.str_os(&name)];
        let row = vm.tuple(&row);
        list.push(&mut vm.heap, row);
    }
    Ok(list.value())
}
