"""char, signed char and unsigned char differ."""
from cffi import FFI
ffi = FFI()
ffi.cdef("char *strdup(const char *); void free(void *); char *strchr(const char *, int); int strcmp(const char *, const char *); char *strcpy(char *, const char *); int memcmp(const void *, const void *, size_t); size_t strlen(const unsigned char *);")
C = ffi.dlopen(None)
a = ffi.new("char[4]", b"\x80\xff")
print(list(a), ffi.unpack(a, 2), list(ffi.cast("unsigned char *", a)[0:2]), list(ffi.cast("signed char *", a)[0:2]))
# expect: [b'\x80', b'\xff', b'\x00', b'\x00'] b'\x80\xff' [128, 255] [-128, -1]
a[0] = b"x"
print(a[0], a[3], ffi.string(a))  # expect: b'x' b'\x00' b'x\xff'
d = ffi.gc(C.strdup(b"duplicate"), C.free)
print(ffi.string(d), ffi.string(C.strchr(d, ord("l"))), C.strcmp(d, b"duplicate"), C.strcmp(b"a", b"b") < 0)  # expect: b'duplicate' b'licate' 0 True
buf = ffi.new("char[16]")
r = C.strcpy(buf, b"copied")
print(r == buf, ffi.string(buf), C.memcmp(buf, b"copied", 6), C.memcmp(b"abc", b"abd", 3) < 0, C.strlen(b"uchar") , "-")
# expect: True b'copied' 0 True 5 -
for value in b"", b"ab", "x", 65, None:
    try:
        a[1] = value
    except TypeError as error:
        print(error)
# expect: initializer for ctype 'char' must be a bytes of length 1, not bytes
# expect: initializer for ctype 'char' must be a bytes of length 1, not bytes
# expect: initializer for ctype 'char' must be a bytes of length 1, not str
# expect: initializer for ctype 'char' must be a bytes of length 1, not int
# expect: initializer for ctype 'char' must be a bytes of length 1, not NoneType
print(repr(ffi.cast("char", 10)), repr(ffi.cast("char", b"'")), int(ffi.cast("char", b"\xff")), int(ffi.cast("signed char", -1)), int(ffi.cast("unsigned char", -1)), repr(ffi.cast("unsigned char", 65)))
# expect: <cdata 'char' b'\n'> <cdata 'char' b"'"> 255 -1 255 <cdata 'unsigned char' 65>
args = ffi.new("char *[]", [ffi.new("char[]", b"arg0"), ffi.NULL])
print(args[1] == ffi.NULL, len(args))  # expect: True 2
