//! The error handlers that exist without being registered.

use super::{Endian, Fault, Handler, Substitute};
use crate::repr::push_escape;
use crate::unicode;
use crate::wtf8::{self, code_points, is_surrogate};

/// The error handlers of the module `codecs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorHandler {
    /// Raise.
    Strict,
    /// Leave out.
    Ignore,
    /// Write `?`, read U+FFFD.
    Replace,
    /// Escapes as in a literal.
    BackslashReplace,
    /// `&#1234;`, for encoding only.
    XmlCharRefReplace,
    /// `\N{NAME}`, for encoding only.
    NameReplace,
    /// PEP 383: bytes from 80 to FF are surrogates from DC80 to DCFF.
    SurrogateEscape,
    /// Surrogates as if they were characters, for UTF codecs.
    SurrogatePass,
}

impl ErrorHandler {
    /// The handler of this name.
    pub fn from_name(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"strict" => Self::Strict,
            b"ignore" => Self::Ignore,
            b"replace" => Self::Replace,
            b"backslashreplace" => Self::BackslashReplace,
            b"xmlcharrefreplace" => Self::XmlCharRefReplace,
            b"namereplace" => Self::NameReplace,
            b"surrogateescape" => Self::SurrogateEscape,
            b"surrogatepass" => Self::SurrogatePass,
            _ => return None,
        })
    }

    /// Whether it can be used for decoding; otherwise it raises `TypeError` there.
    pub fn can_decode(self) -> bool {
        !matches!(self, Self::XmlCharRefReplace | Self::NameReplace)
    }

    /// The replacement for faulty bytes and where to go on; `None` raises the fault.
    pub fn decode(self, fault: &Fault, input: &[u8]) -> Option<(Vec<u8>, usize)> {
        let bytes = input.get(fault.start..fault.end)?;
        match self {
            Self::Strict | Self::XmlCharRefReplace | Self::NameReplace => None,
            Self::Ignore => Some((Vec::new(), fault.end)),
            Self::Replace => Some((wtf8::from_code_point(0xFFFD), fault.end)),
            Self::BackslashReplace => {
                let mut out = Vec::new();
                for &byte in bytes {
                    push_escape(&mut out, u32::from(byte));
                }
                Some((out, fault.end))
            }
            Self::SurrogateEscape => {
                let mut out = Vec::new();
                let high = bytes.iter().take(4).take_while(|&&byte| byte >= 0x80);
                let n = high.map(|&byte| wtf8::push(&mut out, 0xDC00 + u32::from(byte))).count();
                (n > 0).then_some((out, fault.start + n))
            }
            Self::SurrogatePass => {
                let (cp, len) = Utf::of_name(fault.encoding)?.read(&input[fault.start..])?;
                is_surrogate(cp).then(|| (wtf8::from_code_point(cp), fault.start + len))
            }
        }
    }

    /// What to write for faulty characters of `s`, and where to go on; `None` raises the fault.
    pub fn encode(self, fault: &Fault, s: &[u8]) -> Option<(Substitute, usize)> {
        let n = fault.end.checked_sub(fault.start)?;
        let faulty = || code_points(s).skip(fault.start).take(n);
        let mut out = Vec::new();
        match self {
            Self::Strict => return None,
            Self::Ignore => {}
            Self::Replace => out.resize(n, b'?'),
            Self::BackslashReplace => faulty().for_each(|cp| push_escape(&mut out, cp)),
            Self::XmlCharRefReplace => {
                faulty().for_each(|cp| out.extend_from_slice(format!("&#{cp};").as_bytes()));
            }
            Self::NameReplace => {
                for cp in faulty() {
                    match unicode::name(cp) {
                        Some(name) => out.extend_from_slice(format!("\\N{{{name}}}").as_bytes()),
                        None => push_escape(&mut out, cp),
                    }
                }
            }
            Self::SurrogateEscape => {
                out.extend(faulty().map_while(|cp| match cp {
                    0xDC80..=0xDCFF => Some(cp as u8),
                    _ => None,
                }));
                // Only the charmap codec wants all or nothing.
                if out.is_empty() || fault.encoding == "charmap" && out.len() < n {
                    return None;
                }
                let resume = fault.start + out.len();
                return Some((Substitute::Bytes(out), resume));
            }
            Self::SurrogatePass => {
                let utf = Utf::of_name(fault.encoding)?;
                for cp in faulty() {
                    utf.write(is_surrogate(cp).then_some(cp)?, &mut out);
                }
                return Some((Substitute::Bytes(out), fault.end));
            }
        }
        Some((Substitute::Text(out), fault.end))
    }
}

/// How `surrogatepass` reads and writes one surrogate.
#[derive(Clone, Copy)]
enum Utf {
    Eight,
    Sixteen(Endian),
    ThirtyTwo(Endian),
}

impl Utf {
    fn of_name(encoding: &str) -> Option<Self> {
        Some(match encoding {
            "utf-8" => Self::Eight,
            "utf-16" => Self::Sixteen(Endian::NATIVE),
            "utf-16-le" => Self::Sixteen(Endian::Little),
            "utf-16-be" => Self::Sixteen(Endian::Big),
            "utf-32" => Self::ThirtyTwo(Endian::NATIVE),
            "utf-32-le" => Self::ThirtyTwo(Endian::Little),
            "utf-32-be" => Self::ThirtyTwo(Endian::Big),
            _ => return None,
        })
    }

    fn read(self, bytes: &[u8]) -> Option<(u32, usize)> {
        match self {
            Self::Eight => match bytes {
                [0xED, 0xA0..=0xBF, 0x80..=0xBF, ..] => Some(wtf8::decode_at(bytes, 0)),
                _ => None,
            },
            Self::Sixteen(endian) => {
                let unit = *bytes.first_chunk()?;
                let unit = match endian {
                    Endian::Big => u16::from_be_bytes(unit),
                    _ => u16::from_le_bytes(unit),
                };
                Some((u32::from(unit), 2))
            }
            Self::ThirtyTwo(endian) => {
                let unit = *bytes.first_chunk()?;
                let unit = match endian {
                    Endian::Big => u32::from_be_bytes(unit),
                    _ => u32::from_le_bytes(unit),
                };
                Some((unit, 4))
            }
        }
    }

    fn write(self, cp: u32, out: &mut Vec<u8>) {
        match self {
            Self::Eight => wtf8::push(out, cp),
            Self::Sixteen(Endian::Big) => out.extend_from_slice(&(cp as u16).to_be_bytes()),
            Self::Sixteen(_) => out.extend_from_slice(&(cp as u16).to_le_bytes()),
            Self::ThirtyTwo(Endian::Big) => out.extend_from_slice(&cp.to_be_bytes()),
            Self::ThirtyTwo(_) => out.extend_from_slice(&cp.to_le_bytes()),
        }
    }
}

/// A built-in handler at work on an input; its error is the fault itself.
#[derive(Clone, Copy, Debug)]
pub struct Builtin<'a> {
    handler: ErrorHandler,
    input: &'a [u8],
}

impl<'a> Builtin<'a> {
    /// Handle the faults of converting `input` (bytes to decode or a string to encode).
    pub fn new(handler: ErrorHandler, input: &'a [u8]) -> Self {
        Self { handler, input }
    }
}

impl Handler for Builtin<'_> {
    type Error = Fault;

    fn decode(&mut self, fault: &Fault) -> Result<(Vec<u8>, usize), Fault> {
        self.handler.decode(fault, self.input).ok_or_else(|| fault.clone())
    }

    fn encode(&mut self, fault: &Fault) -> Result<(Substitute, usize), Fault> {
        self.handler.encode(fault, self.input).ok_or_else(|| fault.clone())
    }

    fn fail(&mut self, fault: &Fault) -> Fault {
        fault.clone()
    }
}
