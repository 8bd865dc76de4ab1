"""Packed structs and alignment."""
from cffi import FFI
ffi = FFI()
ffi.cdef("struct a { char c; int i; double d; };")
ffi.cdef("struct b { char c; int i; double d; };", packed=True)
ffi.cdef("struct c { char c; int i; double d; };", pack=2)
for t in "struct a", "struct b", "struct c":
    print(t, ffi.sizeof(t), ffi.alignof(t), [ffi.offsetof(t, f) for f in "cid"])
# expect: struct a 16 8 [0, 4, 8]
# expect: struct b 13 1 [0, 1, 5]
# expect: struct c 14 2 [0, 2, 6]
b = ffi.new("struct b *", [b"x", 1, 2.5])
print(bytes(ffi.buffer(b)), b.i, b.d)  # expect: b'x\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x04@' 1 2.5
b.i = -2
b.d = 0.5
print(b.i, b.d)  # expect: -2 0.5
for kw in {"pack": 3}, {"packed": True, "pack": 1}:
    try:
        FFI().cdef("struct z { int i; };", **kw)
        print("accepted")
    except ValueError as error:
        print(type(error).__name__)
# expect: ValueError
# expect: ValueError
