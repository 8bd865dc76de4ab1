//! UTF-8.

use super::encode::{Encoding, encode};
use super::{Decoded, Fault, Handler, recover};
use crate::wtf8::{self, is_surrogate};

/// Decode; with `last` unset an incomplete sequence at the end is left for the next call.
pub fn decode_utf8<H: Handler>(
    bytes: &[u8],
    last: bool,
    handler: &mut H,
) -> Result<Decoded, H::Error> {
    let mut text = Vec::with_capacity(bytes.len());
    let mut at = 0;
    loop {
        let Err(error) = std::str::from_utf8(&bytes[at..]) else {
            text.extend_from_slice(&bytes[at..]);
            return Ok(Decoded { text, consumed: bytes.len() });
        };
        let start = at + error.valid_up_to();
        text.extend_from_slice(&bytes[at..start]);
        let (end, reason) = match error.error_len() {
            // The start of a surrogate may become one that `surrogatepass` accepts.
            Some(1) if !last && matches!(bytes[start..], [0xED, 0xA0..=0xBF]) => {
                return Ok(Decoded { text, consumed: start });
            }
            None if !last => return Ok(Decoded { text, consumed: start }),
            None => (bytes.len(), "unexpected end of data"),
            Some(len) => match bytes[start] {
                0x80..=0xC1 | 0xF5.. => (start + len, "invalid start byte"),
                _ => (start + len, "invalid continuation byte"),
            },
        };
        let fault = Fault::new("utf-8", start, end, reason);
        at = recover(handler, &fault, bytes, &mut text)?;
    }
}

/// Encode; surrogates are faults.
pub fn encode_utf8<H: Handler>(s: &[u8], handler: &mut H) -> Result<Vec<u8>, H::Error> {
    if wtf8::to_str(s).is_some() {
        return Ok(s.to_vec());
    }
    let encoding = Encoding {
        name: "utf-8",
        reason: "surrogates not allowed",
        unit: 1,
        groups: true,
        ascii_substitute: true,
    };
    encode(s, encoding, handler, &mut |cp, out| {
        let ok = !is_surrogate(cp);
        if ok {
            wtf8::push(out, cp);
        }
        Ok(ok)
    })
}
