"""Comparison, hashing and truth of cdata."""
from cffi import FFI
ffi = FFI()
a = ffi.new("int[4]")
p, q = a + 1, ffi.cast("int *", a) + 1
print(p == q, p != q, p < a + 2, a + 3 > p, p <= q, p == ffi.cast("char *", q), hash(p) == hash(q), p in [q], {p: 1}[q])
# expect: True False True True True True True True 1
print(ffi.NULL == ffi.cast("int *", 0), ffi.NULL != p, bool(ffi.NULL), bool(p), p == None, p == 5, ffi.NULL == 0, ffi.NULL == None)
# expect: True True False True False False False False
x, y = ffi.cast("int", 5), ffi.cast("long", 5)
print(x == y, x == 5, 5 == x, x < 6, x > ffi.cast("short", 4), hash(x) == hash(5), {x: 1}.get(5), x != 5)
# expect: True True True True True True 1 False
print(ffi.cast("char", b"a") == b"a", ffi.cast("char", b"a") < ffi.cast("char", b"b"), ffi.cast("double", 1.5) == 1.5, ffi.cast("float", 2) == 2, bool(ffi.cast("int", 0)), bool(ffi.cast("int", 3)), bool(ffi.cast("char", b"\0")))
# expect: True True True True False True False
s = ffi.new("char[]", b"abc")
print(s == ffi.new("char[]", b"abc"), s == s, s == b"abc")  # expect: False True False
for bad in lambda: p < 5, lambda: p < None, lambda: ffi.cast("int", 1) < "x", lambda: ffi.NULL < 1:
    try:
        print(bad())
    except TypeError as error:
        print(type(error).__name__)
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
print(sorted([a + 2, a + 0, a + 1]) == [a + 0, a + 1, a + 2], min(a + 3, a + 1) == a + 1)  # expect: True True
e = ffi.cast("unsigned char", 300)
print(int(e), e == 44)  # expect: 44 True
