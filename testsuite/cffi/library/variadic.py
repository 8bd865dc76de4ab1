"""Variadic functions: snprintf."""
from cffi import FFI
ffi = FFI()
ffi.cdef("int snprintf(char *str, size_t size, const char *format, ...);")
C = ffi.dlopen(None)
buf = ffi.new("char[100]")
def fmt(template, *args):
    n = C.snprintf(buf, 100, template, *args)
    return n, ffi.string(buf)
print(fmt(b"plain"))  # expect: (5, b'plain')
print(fmt(b"%d %d", ffi.cast("int", 42), ffi.cast("int", -1)))  # expect: (5, b'42 -1')
print(fmt(b"%ld|%5ld", ffi.cast("long", 2 ** 40), ffi.cast("long", 7)))  # expect: (19, b'1099511627776|    7')
print(fmt(b"%s and %s", ffi.new("char[]", b"one"), ffi.new("char[]", b"two")))  # expect: (11, b'one and two')
print(fmt(b"%.3f", ffi.cast("double", 3.14159)))  # expect: (5, b'3.142')
print(fmt(b"%c%c", ffi.cast("char", b"A"), ffi.cast("int", 66)))  # expect: (2, b'AB')
print(fmt(b"%hhd %hd %u", ffi.cast("signed char", -3), ffi.cast("short", -300), ffi.cast("unsigned int", 2 ** 32 - 1)))
# expect: (18, b'-3 -300 4294967295')
print(fmt(b"%lld %llx", ffi.cast("long long", -1), ffi.cast("unsigned long long", 2 ** 64 - 1)))  # expect: (19, b'-1 ffffffffffffffff')
print(fmt(b"%p", ffi.NULL))  # expect: (5, b'(nil)')
print(C.snprintf(ffi.NULL, 0, b"%d%d", ffi.cast("int", 123), ffi.cast("int", 456)))  # expect: 6
print(C.snprintf(buf, 4, b"truncated"), ffi.string(buf))  # expect: 9 b'tru'
print(fmt(b"%d %s %g", ffi.cast("int", 1), ffi.new("char[]", b"x"), ffi.cast("double", 0.5)))  # expect: (7, b'1 x 0.5')
print(fmt(b"%d %d %d %d %d %d %d %d", *[ffi.cast("int", i) for i in range(8)]))  # expect: (15, b'0 1 2 3 4 5 6 7')
for bad in 5, 5.0, b"bytes", None, "x":
    try:
        print(fmt(b"%d", bad))
    except TypeError as error:
        print(str(error).split(" (")[0])
# expect: argument 4 passed in the variadic part needs to be a cdata object
# expect: argument 4 passed in the variadic part needs to be a cdata object
# expect: argument 4 passed in the variadic part needs to be a cdata object
# expect: argument 4 passed in the variadic part needs to be a cdata object
# expect: argument 4 passed in the variadic part needs to be a cdata object
try:
    C.snprintf(buf)
except TypeError as error:
    print(error)  # expect: 'int(*)(char *, size_t, char *, ...)' expects at least 3 arguments, got 1
