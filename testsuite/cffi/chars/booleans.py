"""_Bool values."""
from cffi import FFI
ffi = FFI()
ffi.cdef("typedef _Bool flag; struct s { bool b; flag f[2]; };")
p = ffi.new("_Bool *")
print(p[0], type(p[0]).__name__, ffi.sizeof("bool"))  # expect: False bool 1
p[0] = True
print(p[0])  # expect: True
for v in 1, 0, False, 2, -1, 0.5, "x", None:
    try:
        p[0] = v
        print(repr(v), p[0])
    except (OverflowError, TypeError) as error:
        print(repr(v), type(error).__name__, error)
# expect: 1 True
# expect: 0 False
# expect: False False
# expect: 2 OverflowError integer 2 does not fit '_Bool'
# expect: -1 OverflowError can't convert negative number to unsigned
# expect: 0.5 TypeError an integer is required
# expect: 'x' TypeError an integer is required
# expect: None TypeError an integer is required
s = ffi.new("struct s *", [True, [False, True]])
print(s.b, list(s.f))  # expect: True [False, True]
print(ffi.cast("bool", 7), int(ffi.cast("bool", 0.0)), int(ffi.cast("bool", 0.1)), bool(ffi.cast("bool", 0)), "-", ffi.cast("bool", b"\0"))
# expect: <cdata '_Bool' True> 0 1 False - <cdata '_Bool' False>
print(bytes(ffi.buffer(ffi.new("_Bool[3]", [1, 0, True]))), int(ffi.cast("_Bool", True)) + 1)  # expect: b'\x01\x00\x01' 2
ffi.cast("unsigned char *", p)[0] = 0
print(p[0])  # expect: False
