"""Bit fields: ranges, signs, layout."""
from cffi import FFI
ffi = FFI()
ffi.cdef("struct b { int a:3; unsigned b:5; unsigned c:1; int :0; unsigned long long d:40; _Bool f:1; signed char g:4; }; struct p { unsigned char x:4, y:4; };")
b = ffi.new("struct b *")
print(ffi.sizeof("struct b"), b.a, b.b, b.c, b.d, b.f, b.g)  # expect: 16 0 0 0 0 0 0
b.a, b.b, b.c, b.d, b.f, b.g = -4, 31, 1, 2 ** 40 - 1, True, -8
print(b.a, b.b, b.c, b.d, b.f, b.g)  # expect: -4 31 1 1099511627775 1 -8
b.a = 3
b.b = 0
print(b.a, b.b, b.c)  # expect: 3 0 1
for name, value in ("a", 4), ("a", -5), ("b", 32), ("b", -1), ("c", 2), ("d", 2 ** 40), ("f", 2), ("a", "x"):
    try:
        setattr(b, name, value)
        print("stored", getattr(b, name))
    except (OverflowError, TypeError) as error:
        print(type(error).__name__, error)
# expect: OverflowError value 4 outside the range allowed by the bit field width: -4 <= x <= 3
# expect: OverflowError value -5 outside the range allowed by the bit field width: -4 <= x <= 3
# expect: OverflowError value 32 outside the range allowed by the bit field width: 0 <= x <= 31
# expect: OverflowError value -1 outside the range allowed by the bit field width: 0 <= x <= 31
# expect: OverflowError value 2 outside the range allowed by the bit field width: 0 <= x <= 1
# expect: OverflowError value 1099511627776 outside the range allowed by the bit field width: 0 <= x <= 1099511627775
# expect: OverflowError value 2 outside the range allowed by the bit field width: 0 <= x <= 1
# expect: TypeError 'str' object cannot be interpreted as an integer
print([(n, f.offset, f.bitshift, f.bitsize) for n, f in ffi.typeof("struct b").fields])
# expect: [('a', 0, 0, 3), ('b', 0, 3, 5), ('c', 0, 8, 1), ('d', 8, 0, 40), ('f', 13, 0, 1), ('g', 13, 1, 4)]
p = ffi.new("struct p *", [1, 15])
print(bytes(ffi.buffer(p)), ffi.sizeof("struct p"), ffi.new("struct p *", {"y": 2}).y)  # expect: b'\xf1' 1 2
try:
    ffi.addressof(b, "a")
except Exception as error:
    print(type(error).__name__)  # expect: TypeError
try:
    ffi.offsetof("struct b", "a")
    print("offset known")
except Exception as error:
    print(type(error).__name__)  # expect: TypeError
