"""A small binary file format written and read back."""
import io, struct, zlib
MAGIC = b"HFT1"
def write(records):
    out = io.BytesIO()
    out.write(struct.pack("<4sHI", MAGIC, 2, len(records)))
    for name, value, tags in records:
        n = name.encode()
        body = struct.pack(f"<H{len(n)}sdB", len(n), n, value, len(tags)) + struct.pack(f"<{len(tags)}i", *tags)
        out.write(struct.pack("<I", len(body)) + body + struct.pack("<I", zlib.crc32(body)))
    return out.getvalue()
def read(data):
    magic, version, count = struct.unpack_from("<4sHI", data)
    if magic != MAGIC: raise ValueError("bad magic")
    pos, out = struct.calcsize("<4sHI"), []
    for _ in range(count):
        (size,) = struct.unpack_from("<I", data, pos)
        body = data[pos + 4:pos + 4 + size]
        (crc,) = struct.unpack_from("<I", data, pos + 4 + size)
        if crc != zlib.crc32(body): raise ValueError("bad checksum")
        (n,) = struct.unpack_from("<H", body)
        name, value, k = struct.unpack_from(f"<{n}sdB", body, 2)
        out.append((name.decode(), value, list(struct.unpack_from(f"<{k}i", body, 2 + n + 9))))
        pos += 8 + size
    return version, out
records = [("alpha", 1.5, [1, -2, 3]), ("béta", -0.25, []), ("", 1e300, [2 ** 31 - 1])]
data = write(records)
print(len(data), data[:10].hex(), read(data) == (2, records))  # expect: 93 48465431020003000000 True
broken = bytearray(data)
broken[20] ^= 1
for d in broken, b"XXXX" + data[4:], data[:30]:
    try:
        read(bytes(d))
    except (ValueError, struct.error) as error:
        print(type(error).__name__)
# expect: ValueError
# expect: ValueError
# expect: error
print(data[10:40])  # expect: b'\x1c\x00\x00\x00\x05\x00alpha\x00\x00\x00\x00\x00\x00\xf8?\x03\x01\x00\x00\x00\xfe\xff\xff\xff\x03\x00'
