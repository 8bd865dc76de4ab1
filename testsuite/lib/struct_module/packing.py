"""struct."""
import struct
from struct import *
print(pack("<bBhHiIqQ", -1, 255, -2, 65535, -3, 4, -5, 6).hex(), pack(">hl", 1, 2).hex(), pack("<f", 1.5).hex(), pack("<d", -0.0).hex(), pack("5s3p", b"ab", b"xyz"), pack("?c", True, b"x"), pack("<e", 1.5), pack("3x"), pack("<2h3B", 1, 2, 3, 4, 5), pack("!I", 1), pack("=bi", 1, 2).hex(), pack("@bi", 1, 2).hex())
# expect: fffffefffffffdffffff04000000fbffffffffffffff0600000000000000 000100000002 0000c03f 0000000000000080 b'ab\x00\x00\x00\x02xy' b'\x01x' b'\x00>' b'\x00\x00\x00' b'\x01\x00\x02\x00\x03\x04\x05' b'\x00\x00\x00\x01' 0102000000 0100000002000000
print(unpack("<hH", b"\xff\xff\xff\xff"), unpack(">q", b"\0" * 7 + b"\5"), unpack("4s", b"ab\0\0"), unpack("<3f", pack("<3f", 0.1, 2, 3)), unpack("?", b"\2"), unpack("<d", pack("<d", 0.1)), unpack("2p", b"\1a"), unpack_from("<h", b"\0\1\2\3", 1), list(iter_unpack("<h", b"\1\0\2\0")))
# expect: (-1, 65535) (5,) (b'ab\x00\x00',) (0.10000000149011612, 2.0, 3.0) (True,) (0.1,) (b'a',) (513,) [(1,), (2,)]
print(calcsize("bi"), calcsize("<bi"), calcsize("P"), calcsize("10s2d"), calcsize("bq"), calcsize("qb"), calcsize("0i"), calcsize("b0i"), calcsize("n"))
# expect: 8 5 8 32 16 9 0 4 8
s = Struct("<I2s")
b = bytearray(10)
s.pack_into(b, 2, 7, b"hi")
print(b, s.unpack_from(b, 2), s.size, s.format)  # expect: bytearray(b'\x00\x00\x07\x00\x00\x00hi\x00\x00') (7, b'hi') 6 <I2s
for call in lambda: pack("b", 200), lambda: pack("B", -1), lambda: pack("i", 1.5), lambda: pack("i"), lambda: pack("i", 1, 2), lambda: pack("k", 1), lambda: unpack("i", b"abc"), lambda: pack("s", "text"), lambda: pack("c", b"ab"), lambda: pack("<Q", 2 ** 64), lambda: unpack_from("i", b"abcd", 1), lambda: pack("f", "x"), lambda: pack("<f", 1e40), lambda: pack("e", 1e6), lambda: calcsize("3"), lambda: pack("H", "a"), lambda: pack_into("i", bytes(4), 0, 1), lambda: unpack("<h", "ab"), lambda: s.pack_into(b, 8, 1, b""), lambda: list(iter_unpack("h", b"abc")):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__)
# expect: error
# expect: error
# expect: error
# expect: error
# expect: error
# expect: error
# expect: error
# expect: error
# expect: error
# expect: error
# expect: error
# expect: error
# expect: OverflowError
# expect: OverflowError
# expect: error
# expect: error
# expect: TypeError
# expect: TypeError
# expect: error
# expect: error
print(pack("<3s", b"toolong"), pack("<h", True), [hex(x) for x in pack(">I", 0xDEADBEEF)], unpack("<i", memoryview(b"\1\0\0\0")))
# expect: b'too' b'\x01\x00' ['0xde', '0xad', '0xbe', '0xef'] (1,)
