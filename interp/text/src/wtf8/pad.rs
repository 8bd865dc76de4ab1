//! Filling up to a width: `center`, `ljust`, `rjust`, `zfill`, `expandtabs`.

use super::{Unit, push_repeated};

/// Where the text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Justify {
    /// `ljust`: fill on the right.
    Left,
    /// `rjust`: fill on the left.
    Right,
    /// `center`
    Center,
}

/// Fill with `fill` up to `width` code points; `None` when the text (of `n_chars` code points)
/// is wide enough.
pub fn justify(
    s: &[u8],
    n_chars: usize,
    width: usize,
    fill: u32,
    justify: Justify,
) -> Option<Vec<u8>> {
    let n_fill = width.checked_sub(n_chars).filter(|&n| n > 0)?;
    let left = match justify {
        Justify::Left => 0,
        Justify::Right => n_fill,
        // An odd blank goes to the left only if the width is odd too.
        Justify::Center => n_fill / 2 + (n_fill & width & 1),
    };
    let mut out = Vec::with_capacity(s.len() + n_fill);
    push_repeated(&mut out, fill, left);
    out.extend_from_slice(s);
    push_repeated(&mut out, fill, n_fill - left);
    Some(out)
}

/// `s.zfill(width)`: zeros after the sign; `None` when nothing changes.
pub fn zfill(s: &[u8], n_chars: usize, width: usize) -> Option<Vec<u8>> {
    let n_fill = width.checked_sub(n_chars).filter(|&n| n > 0)?;
    let sign = usize::from(matches!(s, [b'+' | b'-', ..]));
    let mut out = Vec::with_capacity(s.len() + n_fill);
    out.extend_from_slice(&s[..sign]);
    out.resize(sign + n_fill, b'0');
    out.extend_from_slice(&s[sign..]);
    Some(out)
}

/// `s.expandtabs(tab_size)`.
pub fn expand_tabs(s: &[u8], tab_size: usize, unit: Unit) -> Vec<u8> {
    let mut out = Vec::with_capacity(s.len());
    let mut column = 0;
    for &byte in s {
        if byte == b'\t' {
            if tab_size > 0 {
                let n = tab_size - column % tab_size;
                column += n;
                out.resize(out.len() + n, b' ');
            }
            continue;
        }
        out.push(byte);
        if matches!(byte, b'\n' | b'\r') {
            column = 0;
        } else if unit == Unit::Byte || !super::is_continuation(byte) {
            column += 1;
        }
    }
    out
}
