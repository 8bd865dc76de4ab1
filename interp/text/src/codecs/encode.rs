//! The loop that all encoders with faults share.

use super::{Fault, Handler, Lookup, Substitute};
use crate::wtf8::{code_points, decode_at, sequence_len};

/// What differs between encoders.
#[derive(Clone, Copy)]
pub(super) struct Encoding {
    pub(super) name: &'static str,
    pub(super) reason: &'static str,
    /// The bytes of a substitute come in this size.
    pub(super) unit: usize,
    /// One fault for neighbouring characters.
    pub(super) groups: bool,
    /// A substitute must be ASCII.
    pub(super) ascii_substitute: bool,
}

/// Encode every code point with `put`, which answers whether it could.
pub(super) fn encode<H: Handler>(
    s: &[u8],
    encoding: Encoding,
    handler: &mut H,
    put: &mut Lookup<'_, u32, H::Error>,
) -> Result<Vec<u8>, H::Error> {
    let mut out = Vec::with_capacity(s.len() * encoding.unit);
    let (mut at, mut index) = (0, 0);
    while at < s.len() {
        let (cp, len) = decode_at(s, at);
        if put(cp, &mut out)? {
            at += len;
            index += 1;
            continue;
        }
        let mut end = index + 1;
        if encoding.groups {
            end = run_end(s, at + len, end, put)?;
        }
        let fault = Fault::new(encoding.name, index, end, encoding.reason);
        let (substitute, resume) = handler.encode(&fault)?;
        append(&mut out, &substitute, encoding, put)?.ok_or_else(|| handler.fail(&fault))?;
        (at, index) = seek(s, at, index, resume);
    }
    Ok(out)
}

/// The index after the last of the neighbouring characters that cannot be encoded.
fn run_end<E>(s: &[u8], at: usize, index: usize, put: &mut Lookup<'_, u32, E>) -> Result<usize, E> {
    let mut unused = Vec::new();
    let mut end = index;
    for cp in code_points(&s[at..]) {
        if put(cp, &mut unused)? {
            break;
        }
        unused.clear();
        end += 1;
    }
    Ok(end)
}

/// `None` if the substitute does not fit the encoding.
fn append<E>(
    out: &mut Vec<u8>,
    substitute: &Substitute,
    encoding: Encoding,
    put: &mut Lookup<'_, u32, E>,
) -> Result<Option<()>, E> {
    match substitute {
        Substitute::Bytes(bytes) if bytes.len().is_multiple_of(encoding.unit) => {
            out.extend_from_slice(bytes);
        }
        Substitute::Bytes(_) => return Ok(None),
        Substitute::Text(text) if encoding.ascii_substitute && !text.is_ascii() => return Ok(None),
        Substitute::Text(text) => {
            for cp in code_points(text) {
                if !put(cp, out)? {
                    return Ok(None);
                }
            }
        }
    }
    Ok(Some(()))
}

/// The offset of the code point `target`, starting from a known one when that is before it.
fn seek(s: &[u8], at: usize, index: usize, target: usize) -> (usize, usize) {
    let (mut at, mut index) = if target < index { (0, 0) } else { (at, index) };
    while index < target && at < s.len() {
        at += sequence_len(s[at]);
        index += 1;
    }
    (at, index)
}
