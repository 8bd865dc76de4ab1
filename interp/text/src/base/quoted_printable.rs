//! Quoted-printable (RFC 1521).

const MAX_LINE: usize = 76;
const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Options of [`encode_quoted_printable`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuoteOptions {
    /// Quote blanks and tabs too.
    pub quote_tabs: bool,
    /// Line ends stay line ends.
    pub is_text: bool,
    /// For headers: blanks are underscores.
    pub header: bool,
}

/// `binascii.a2b_qp(text, header=header)`
pub fn decode_quoted_printable(text: &[u8], header: bool) -> Vec<u8> {
    let value = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [byte, tail @ ..] = rest {
        rest = tail;
        match (byte, tail) {
            (b'_', _) if header => out.push(b' '),
            (b'=', []) => {}
            (b'=', [b'\n', after @ ..]) => rest = after,
            (b'=', [b'\r', ..]) => {
                let line_end = memchr::memchr(b'\n', tail).map_or(tail.len(), |at| at + 1);
                rest = &tail[line_end..];
            }
            (b'=', [b'=', after @ ..]) => {
                out.push(b'=');
                rest = after;
            }
            (b'=', [high, low, after @ ..]) => {
                if let (Some(high), Some(low)) = (value(*high), value(*low)) {
                    out.push(high << 4 | low);
                    rest = after;
                } else {
                    out.push(b'=');
                }
            }
            _ => out.push(*byte),
        }
    }
    out
}

/// `binascii.b2a_qp(bytes, quotetabs=…, istext=…, header=…)`
pub fn encode_quoted_printable(bytes: &[u8], options: QuoteOptions) -> Vec<u8> {
    // The first line end tells which one the text uses.
    let uses_crlf = memchr::memchr(b'\n', bytes).is_some_and(|at| at > 0 && bytes[at - 1] == b'\r');
    let line_end: &[u8] = if uses_crlf { b"\r\n" } else { b"\n" };
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 8);
    let (mut line_len, mut at) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied();
        if must_quote(byte, next, line_len, options) {
            if line_len + 3 >= MAX_LINE {
                out.push(b'=');
                out.extend_from_slice(line_end);
                line_len = 0;
            }
            push_quoted(&mut out, byte);
            line_len += 3;
            at += 1;
        } else if options.is_text && (byte == b'\n' || byte == b'\r' && next == Some(b'\n')) {
            // White space at the end of a line would get lost.
            if let Some(&blank @ (b' ' | b'\t')) = out.last() {
                out.pop();
                push_quoted(&mut out, blank);
            }
            out.extend_from_slice(line_end);
            line_len = 0;
            at += if byte == b'\r' { 2 } else { 1 };
        } else {
            if next.is_some_and(|next| next != b'\n') && line_len + 1 >= MAX_LINE {
                out.push(b'=');
                out.extend_from_slice(line_end);
                line_len = 0;
            }
            line_len += 1;
            out.push(if options.header && byte == b' ' { b'_' } else { byte });
            at += 1;
        }
    }
    out
}

fn must_quote(byte: u8, next: Option<u8>, line_len: usize, options: QuoteOptions) -> bool {
    match byte {
        b'=' | 127.. => true,
        b'_' => options.header,
        // A lone dot ends a message.
        b'.' => line_len == 0 && matches!(next, None | Some(b'\n' | b'\r' | 0)),
        b'\r' | b'\n' => !options.is_text,
        b' ' | b'\t' => next.is_none() || options.quote_tabs,
        0..=31 => true,
        _ => false,
    }
}

fn push_quoted(out: &mut Vec<u8>, byte: u8) {
    out.extend_from_slice(&[b'=', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 0xF)]]);
}
