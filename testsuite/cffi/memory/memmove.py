"""ffi.memmove in all directions."""
from cffi import FFI
ffi = FFI()
a = ffi.new("int[4]", [1, 2, 3, 4])
b = ffi.new("int[4]")
ffi.memmove(b, a, 16)
print(list(b))  # expect: [1, 2, 3, 4]
ffi.memmove(a + 1, a, 12)
print(list(a))  # expect: [1, 1, 2, 3]
ffi.memmove(b, b + 2, 8)
print(list(b))  # expect: [3, 4, 3, 4]
s = ffi.new("char[8]")
ffi.memmove(s, b"bytes", 5)
print(ffi.string(s))  # expect: b'bytes'
ba = bytearray(8)
ffi.memmove(ba, s, 3)
print(ba)  # expect: bytearray(b'byt\x00\x00\x00\x00\x00')
ffi.memmove(ba, b"XY", 2)
print(ba)  # expect: bytearray(b'XYt\x00\x00\x00\x00\x00')
ffi.memmove(s, ba, 4)
print(ffi.unpack(s, 5))  # expect: b'XYt\x00s'
ffi.memmove(s, ffi.buffer(a), 4)
print(ffi.cast("int *", s)[0])  # expect: 1
ffi.memmove(dest=s, src=b"kw", n=2)
print(ffi.unpack(s, 2), ffi.memmove(s, s, 0))  # expect: b'kw' None
def error(*args):
    try:
        return ffi.memmove(*args)
    except Exception as e:
        return f"{type(e).__name__}"
print(error(b"readonly", s, 2), error(s, "text", 2), error(s, s, -1), error(5, s, 1), error(s, s), error(s, s, "x"))
# expect: BufferError TypeError ValueError TypeError TypeError TypeError
