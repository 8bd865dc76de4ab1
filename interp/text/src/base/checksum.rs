//! CRC-32, CRC-16/CCITT and Adler-32.

/// The polynomial of CRC-32 (IEEE 802.3), bits reversed.
const CRC32: u32 = 0xEDB8_8320;
/// The polynomial of CRC-16/CCITT.
const CRC16: u16 = 0x1021;
/// The largest prime below 2^16.
const ADLER: u32 = 65_521;

/// `CRC32_TABLES[k][b]`: what byte `b`, followed by `k` zero bytes, does to the checksum.
static CRC32_TABLES: [[u32; 256]; 8] = {
    let mut tables = [[0; 256]; 8];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 0 { crc >> 1 } else { crc >> 1 ^ CRC32 };
            bit += 1;
        }
        tables[0][byte] = crc;
        byte += 1;
    }
    let mut k = 1;
    while k < 8 {
        let mut byte = 0;
        while byte < 256 {
            let before = tables[k - 1][byte];
            tables[k][byte] = before >> 8 ^ tables[0][(before & 0xFF) as usize];
            byte += 1;
        }
        k += 1;
    }
    tables
};

/// `binascii.crc32(bytes, start)`, eight bytes at a time.
pub fn crc32(bytes: &[u8], start: u32) -> u32 {
    let tables = &CRC32_TABLES;
    let mut crc = !start;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        let word = u64::from_le_bytes(*chunk) ^ u64::from(crc);
        crc = 0;
        for (i, byte) in word.to_le_bytes().into_iter().enumerate() {
            crc ^= tables[7 - i][usize::from(byte)];
        }
    }
    for &byte in rest {
        crc = crc >> 8 ^ tables[0][usize::from(crc as u8 ^ byte)];
    }
    !crc
}

/// `binascii.crc_hqx(bytes, start)`
pub fn crc_hqx(bytes: &[u8], start: u16) -> u16 {
    let mut crc = start;
    for &byte in bytes {
        crc ^= u16::from(byte) << 8;
        for _ in 0..8 {
            crc = if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ CRC16 };
        }
    }
    crc
}

/// `zlib.adler32(bytes, start)`
pub fn adler32(bytes: &[u8], start: u32) -> u32 {
    let (mut low, mut high) = (start & 0xFFFF, start >> 16);
    // The sums of this many bytes stay below 2^32.
    for chunk in bytes.chunks(5552) {
        for &byte in chunk {
            low += u32::from(byte);
            high += low;
        }
        low %= ADLER;
        high %= ADLER;
    }
    high << 16 | low
}
