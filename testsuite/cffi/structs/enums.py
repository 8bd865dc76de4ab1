"""Enum values, casts, strings, fields and arguments."""
from cffi import FFI
ffi = FFI()
ffi.cdef("""
enum color { RED, GREEN, BLUE = 10, ALIAS = 10, NEXT };
typedef enum { NEG = -5, ZERO = 0, BIG = 0x7fffffff } signed_e;
typedef enum { U = 0xffffffff } unsigned_e;
enum { FREE = 3, SHIFTED = 1 << 4, SUM = FREE + SHIFTED };
struct s { enum color c; signed_e e; };
enum opaque_count { ONE };
""")
s = ffi.new("struct s *", [1, -5])
print(s.c, s.e, type(s.c).__name__)  # expect: 1 -5 int
s.c = 10
print(s.c, ffi.string(ffi.cast("enum color", s.c)), ffi.typeof("enum color").elements[10], ffi.typeof("enum color").relements["ALIAS"])
# expect: 10 BLUE BLUE 10
c = ffi.cast("enum color", 1)
print(repr(c), int(c), c == 1, ffi.cast("enum color", 99), str(c), ffi.sizeof("enum color"))
# expect: <cdata 'enum color' 1: GREEN> 1 True <cdata 'enum color' 99> <cdata 'enum color' 1: GREEN> 4
print(ffi.cast("signed_e", -5), ffi.cast("unsigned_e", 0xffffffff), int(ffi.cast("signed_e", 2 ** 31)), int(ffi.cast("unsigned_e", -1)))
# expect: <cdata 'signed_e' -5: NEG> <cdata 'unsigned_e' 4294967295: U> -2147483648 4294967295
C = ffi.dlopen(None)
print(C.RED, C.BLUE, C.NEXT, C.NEG, C.FREE, C.SHIFTED, C.SUM, C.U, C.BIG)  # expect: 0 10 11 -5 3 16 19 4294967295 2147483647
p = ffi.new("enum color *", 1)
print(p[0], ffi.new("enum color[]", [0, 10])[1])  # expect: 1 10
for bad in "RED", 1.5, None, 2 ** 40, -1:
    try:
        p[0] = bad
        print("stored", p[0])
    except (TypeError, OverflowError) as error:
        print(type(error).__name__, error)
# expect: TypeError an integer is required
# expect: TypeError an integer is required
# expect: TypeError an integer is required
# expect: OverflowError integer 1099511627776 does not fit 'enum color'
# expect: OverflowError can't convert negative number to unsigned
p[0] = ffi.cast("enum color", 11)
print(p[0], ffi.cast("int", c) == 1, {c: "x"}[ffi.cast("enum color", 1)])  # expect: 11 True x
