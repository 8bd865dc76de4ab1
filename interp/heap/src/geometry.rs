//! The layout of the small-object space: pure arithmetic on addresses, in one place.
//!
//! ```text
//! chunk, 4 MB, 4 MB aligned                      block, 32 KB = 256 lines of 128 bytes = 2048 granules of 16 bytes
//! ┌──────────────┬─────────┬─────────┬─────┐     ┌────────────────────────────────────────────────────┐
//! │ side bytes   │ block 8 │ block 9 │ …127│     │ [header|payload…][header|payload]   hole   [header|…│
//! │ 8 blocks     │         │         │     │     └────────────────────────────────────────────────────┘
//! └──────────────┴─────────┴─────────┴─────┘       one side byte a granule:
//!                                                    0  no object starts here
//!                                                    1..=120  an object of this size code starts here
//!                                                    | 0x80  and it is marked (old)
//! ```
//! The side byte of an address is found by masking and shifting alone, so an object's size and mark need no pointer
//! to the heap. Marks lie together in bytes, apart from the objects: sweeping reads 2 KB for a block of 32 KB.

/// Objects start at multiples of this and have sizes in multiples of it, in bytes.
pub(crate) const GRANULE: usize = 16;
/// The unit in which free space is found again, in bytes.
pub(crate) const LINE: usize = 128;
/// The unit in which free space is handed out, in bytes.
pub(crate) const BLOCK: usize = 32 << 10;
/// The unit that carries its own side bytes, in bytes.
pub(crate) const CHUNK: usize = 4 << 20;
/// Lines of a block.
pub(crate) const LINES: usize = BLOCK / LINE;
/// Granules (and side bytes) of a block.
pub(crate) const GRANULES: usize = BLOCK / GRANULE;
/// Blocks of a chunk, those with side bytes included.
pub(crate) const BLOCKS_PER_CHUNK: usize = CHUNK / BLOCK;
/// The first blocks of a chunk, taken by its side bytes.
pub(crate) const SIDE_BLOCKS: usize = CHUNK / GRANULE / BLOCK;
/// The bit of a side byte that marks the object.
pub(crate) const MARK: u8 = 0x80;
/// Bytes of the header in front of each payload.
pub(crate) const HEADER: usize = 8;
/// The largest payload of a small object, in bytes.
pub(crate) const MAX_SMALL_PAYLOAD: usize = MAX_SMALL - HEADER;
/// The largest payload whose size is kept exactly (in granules), in bytes.
pub(crate) const MAX_EXACT_PAYLOAD: usize = MAX_EXACT - HEADER;

const MAX_SMALL: usize = 8 << 10;
const EXACT_CODES: usize = 64;
const MAX_EXACT: usize = EXACT_CODES * GRANULE;
const GRANULES_PER_LINE: usize = LINE / GRANULE;

/// Bytes of an object with this payload: header included, rounded to granules, above 1 KB to lines.
pub(crate) const fn object_bytes(payload: usize) -> usize {
    let bytes = (payload + HEADER + GRANULE - 1) & !(GRANULE - 1);
    if bytes <= MAX_EXACT { bytes } else { (bytes + LINE - 1) & !(LINE - 1) }
}

/// The side byte (unmarked) for an object of `bytes`, which [`object_bytes`] gave.
#[expect(clippy::cast_possible_truncation, reason = "at most 120, for an object of 8 KB")]
#[inline]
pub(crate) const fn size_code(bytes: usize) -> u8 {
    let granules = bytes / GRANULE;
    if granules <= EXACT_CODES {
        granules as u8
    } else {
        (EXACT_CODES + (granules - EXACT_CODES) / GRANULES_PER_LINE) as u8
    }
}

/// Granules of the object with this side byte, marked or not.
pub(crate) const fn code_granules(side: u8) -> usize {
    let code = (side & !MARK) as usize;
    if code <= EXACT_CODES { code } else { EXACT_CODES + (code - EXACT_CODES) * GRANULES_PER_LINE }
}

/// The address of the side byte for the granule at `address`.
pub(crate) const fn side_address(address: usize) -> usize {
    let chunk = address & !(CHUNK - 1);
    chunk + ((address - chunk) / GRANULE)
}

/// What to add to `address / GRANULE` to get the side byte's address, for all addresses of one chunk.
pub(crate) const fn side_bias(address: usize) -> usize {
    let chunk = address & !(CHUNK - 1);
    chunk.wrapping_sub(chunk / GRANULE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_codes_round_trip() {
        for payload in 0..=MAX_SMALL_PAYLOAD {
            let bytes = object_bytes(payload);
            assert!(bytes >= payload + HEADER && bytes <= MAX_SMALL);
            let code = size_code(bytes);
            assert!(code > 0 && code < MARK);
            assert_eq!(code_granules(code) * GRANULE, bytes, "{payload}");
            assert_eq!(code_granules(code | MARK) * GRANULE, bytes, "{payload}");
        }
    }

    #[test]
    fn side_bytes_fill_exactly_the_first_blocks_of_a_chunk() {
        let chunk = 5 * CHUNK;
        assert_eq!(side_address(chunk), chunk);
        assert_eq!(side_address(chunk + CHUNK - 1), chunk + SIDE_BLOCKS * BLOCK - 1);
        let address = chunk + 77 * GRANULE;
        assert_eq!((address / GRANULE).wrapping_add(side_bias(address)), side_address(address));
    }
}
