//! Addresses between Python and the operating system.
use std::net::{Ipv4Addr, Ipv6Addr};

use haft_core::object::Tuple;
use haft_core::{R, Value, Vm};
use haft_host::constants as c;
use haft_host::resolve::{self, Hints};
use haft_host::socket::Address;

use crate::blocking::blocking;
use crate::os::argument::{c_int, c_uint, encode_fs};

/// The longest path of a Unix socket, its closing zero byte included.
const UNIX_PATH: usize = 108;

/// An address as a socket of this family shows it.
pub(super) fn value(vm: &mut Vm, address: &Address) -> Value {
    match address {
        Address::None => Value::NONE,
        Address::Inet { ip, port } => {
            let parts = [ip4_text(vm, *ip), vm.int(i64::from(*port))];
            vm.tuple(&parts)
        }
        Address::Inet6 { ip, port, flow, scope } => {
            let host = ip6_text(vm, *ip);
            let numbers = [i64::from(*port), i64::from(*flow), i64::from(*scope)];
            let [port, flow, scope] = numbers.map(|number| vm.int(number));
            vm.tuple(&[host, port, flow, scope])
        }
        Address::Unix(path) if path.first() == Some(&0) => vm.bytes(path),
        Address::Unix(path) => vm.str_os(path),
        Address::Other(family, bytes) => {
            let parts = [vm.int(i64::from(*family)), vm.bytes(bytes)];
            vm.tuple(&parts)
        }
    }
}

/// The usual text of an IPv4 address.
pub(super) fn ip4_text(vm: &mut Vm, ip: [u8; 4]) -> Value {
    vm.str(&Ipv4Addr::from(ip).to_string())
}

/// The text of an IPv6 address as `inet_ntop` writes it: one that is zeros and then an IPv4 address ends in dots.
pub(super) fn ip6_text(vm: &mut Vm, ip: [u8; 16]) -> Value {
    let text = match ip {
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, a, b, c, d] if (a, b) != (0, 0) => {
            format!("::{}", Ipv4Addr::from([a, b, c, d]))
        }
        _ => Ipv6Addr::from(ip).to_string(),
    };
    vm.str(&text)
}

/// An address argument of a method of a socket of this family.
pub(super) fn argument(vm: &mut Vm, family: i32, value: Value, method: &str) -> R<Address> {
    match family {
        c::AF_UNIX => unix(vm, value),
        c::AF_INET => {
            let items = tuple(vm, value, method, "AF_INET")?;
            let &[host, port] = items else {
                return Err(vm.type_error("AF_INET address must be a pair (host, port)"));
            };
            let (host, port) = (host_name(vm, host)?, port_number(vm, port, method)?);
            let ip = ip4(vm, &host)?;
            Ok(Address::Inet { ip, port })
        }
        c::AF_INET6 => {
            let items = tuple(vm, value, method, "AF_INET6")?;
            if !(2..=4).contains(&items.len()) {
                return Err(vm.type_error(
                    "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])",
                ));
            }
            let (host, port) = (host_name(vm, items[0])?, port_number(vm, items[1], method)?);
            let mut numbers = [0; 2];
            for (number, &item) in numbers.iter_mut().zip(&items[2..]) {
                *number = c_uint(vm, item)?;
            }
            let [flow, scope] = numbers;
            if flow > 0xfffff {
                return Err(vm.overflow_error(format!("{method}(): flowinfo must be 0-1048575.")));
            }
            ip6(vm, &host, port, flow, scope)
        }
        _ => Err(vm.raise(vm.exc.os_error, format!("{method}(): bad family"))),
    }
}

fn tuple<'a>(vm: &mut Vm, value: Value, method: &str, family: &str) -> R<&'a [Value]> {
    match vm.as_tuple(value) {
        Some(tuple) => Ok(Tuple::items(tuple)),
        None => {
            let class = vm.type_name(value);
            Err(vm.type_error(format!("{method}(): {family} address must be tuple, not {class}")))
        }
    }
}

fn unix(vm: &mut Vm, value: Value) -> R<Address> {
    let path = match vm.as_str(value) {
        Some(text) => encode_fs(vm, text)?,
        None => vm.buffer_of(value)?.bytes().to_vec(),
    };
    let is_abstract = path.first() == Some(&0);
    if path.len() > UNIX_PATH || path.len() == UNIX_PATH && !is_abstract {
        return Err(vm.raise(vm.exc.os_error, "AF_UNIX path too long"));
    }
    Ok(Address::Unix(path))
}

fn port_number(vm: &mut Vm, value: Value, method: &str) -> R<u16> {
    let number = c_int(vm, value)?;
    match u16::try_from(number) {
        Ok(port) => Ok(port),
        Err(_) => Err(vm.overflow_error(format!("{method}(): port must be 0-65535."))),
    }
}

/// A host's name for the resolver: bytes as they are, text in ASCII or by IDNA.
pub(super) fn host_name(vm: &mut Vm, value: Value) -> R<Vec<u8>> {
    let name = match vm.as_str(value) {
        Some(text) if text.is_ascii() => text.bytes().to_vec(),
        Some(_) => {
            let idna = vm.str("idna");
            let encoded = vm.call_method_str(value, "encode", &[idna])?;
            vm.buffer_of(encoded)?.bytes().to_vec()
        }
        None if vm.type_of(value).slots.buffer.get().is_some() => {
            vm.buffer_of(value)?.bytes().to_vec()
        }
        None => {
            let class = vm.type_name(value);
            return Err(vm.type_error(format!("str, bytes or bytearray expected, not {class}")));
        }
    };
    if name.contains(&0) {
        return Err(vm.type_error("host name must not contain null character"));
    }
    Ok(name)
}

/// The first address of a host: the name is looked up unless it is a number.
fn look_up(vm: &mut Vm, host: Option<&[u8]>, service: Option<&[u8]>, hints: Hints) -> R<Address> {
    let mut failed = None;
    let found = blocking(vm, || match resolve::addresses(host, service, hints) {
        Ok(found) => Ok(found),
        Err(resolve::Unresolved::System(error)) => Err(error),
        Err(error) => {
            failed = Some(error);
            Ok(Vec::new())
        }
    })?;
    if let Some(error) = failed {
        return Err(super::resolve::raise(vm, error));
    }
    match found {
        Ok(found) => Ok(found.into_iter().next().map_or(Address::None, |found| found.address)),
        Err(error) => Err(vm.os_error(&error)),
    }
}

/// The IPv4 address of a host; empty is any, `<broadcast>` all.
pub(super) fn ip4(vm: &mut Vm, host: &[u8]) -> R<[u8; 4]> {
    if host == b"<broadcast>" {
        return Ok([255; 4]);
    }
    let text = str::from_utf8(host).unwrap_or("");
    if let Ok(ip) = text.parse::<Ipv4Addr>() {
        return Ok(ip.octets());
    }
    let hints = Hints { family: c::AF_INET, kind: c::SOCK_DGRAM, ..Hints::default() };
    let found = if host.is_empty() {
        look_up(vm, None, Some(b"0"), Hints { flags: c::AI_PASSIVE, ..hints })?
    } else {
        look_up(vm, Some(host), None, hints)?
    };
    match found {
        Address::Inet { ip, .. } => Ok(ip),
        _ => Err(vm.raise(vm.exc.os_error, "unsupported address family")),
    }
}

fn ip6(vm: &mut Vm, host: &[u8], port: u16, flow: u32, scope: u32) -> R<Address> {
    if host == b"<broadcast>" {
        return Err(vm.raise(vm.exc.os_error, "address family mismatched"));
    }
    let text = str::from_utf8(host).unwrap_or("");
    if let Ok(ip) = text.parse::<Ipv6Addr>() {
        return Ok(Address::Inet6 { ip: ip.octets(), port, flow, scope });
    }
    let hints = Hints { family: c::AF_INET6, kind: c::SOCK_DGRAM, ..Hints::default() };
    let found = if host.is_empty() {
        look_up(vm, None, Some(b"0"), Hints { flags: c::AI_PASSIVE, ..hints })?
    } else {
        look_up(vm, Some(host), None, hints)?
    };
    match found {
        Address::Inet6 { ip, scope: found, .. } => {
            Ok(Address::Inet6 { ip, port, flow, scope: if scope == 0 { found } else { scope } })
        }
        _ => Err(vm.raise(vm.exc.os_error, "unsupported address family")),
    }
}
