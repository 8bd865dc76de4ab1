"""Unions share storage."""
import struct
from cffi import FFI
ffi = FFI()
ffi.cdef("union u { float f; uint32_t i; uint8_t b[4]; int16_t h[2]; char c; }; typedef union { double d; uint64_t q; } dq; struct tagged { int tag; union u v; };")
u = ffi.new("union u *")
u.f = 1.5
print(hex(u.i), list(u.b), list(u.h), struct.pack("<f", 1.5) == bytes(ffi.buffer(u)))  # expect: 0x3fc00000 [0, 0, 192, 63] [0, 16320] True
u.b[3] = 0xC0
print(u.f)  # expect: -6.0
u.b = [0, 0, 0x80, 0x3f]
print(u.f, u.h[1])  # expect: 1.0 16256
u.c = b"A"
print(u.b[0], ffi.sizeof("union u"))  # expect: 65 4
d = ffi.new("dq *", {"q": 0x7ff0000000000000})
print(d.d, ffi.new("dq *", [2.0]).d, hex(ffi.new("dq *", [-0.0]).q))  # expect: inf 2.0 0x8000000000000000
t = ffi.new("struct tagged[2]", [[1, {"i": 7}], {"tag": 2, "v": {"f": 0.5}}])
print([(x.tag, x.v.i) for x in t], t[1].v.f)  # expect: [(1, 7), (2, 1056964608)] 0.5
t[0].v = t[1].v
print(t[0].v.f)  # expect: 0.5
copy = ffi.new("union u *", t[1].v)
copy.i = 0
print(t[1].v.f, copy.f)  # expect: 0.5 0.0
