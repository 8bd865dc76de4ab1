"""ffi.new of integer types and their ranges."""
from cffi import FFI
ffi = FFI()
for t in "char", "signed char", "unsigned char", "short", "unsigned short", "int", "unsigned int", "long", "unsigned long", "long long", "unsigned long long", "_Bool", "size_t", "int8_t", "uint64_t":
    p = ffi.new(t + " *")
    print(t, p[0], end=" ")
    size = ffi.sizeof(t)
    signed = t != "_Bool" and t != "char" and int(ffi.cast(t, -1)) < 0
    low, high = (-(1 << (8 * size - 1)), (1 << (8 * size - 1)) - 1) if signed else (0, (1 << 8 * size) - 1)
    if t == "_Bool": high = 1
    if t == "char":
        p[0] = b"\xff"
        print(p[0])
        continue
    p[0] = low
    a = p[0]
    p[0] = high
    print(a, p[0])
    for bad in low - 1, high + 1:
        try:
            p[0] = bad
            print("stored")
        except OverflowError as error:
            print(error)
# expect: char b'\x00' b'\xff'
# expect: signed char 0 -128 127
# expect: integer -129 does not fit 'signed char'
# expect: integer 128 does not fit 'signed char'
# expect: unsigned char 0 0 255
# expect: can't convert negative number to unsigned
# expect: integer 256 does not fit 'unsigned char'
# expect: short 0 -32768 32767
# expect: integer -32769 does not fit 'short'
# expect: integer 32768 does not fit 'short'
# expect: unsigned short 0 0 65535
# expect: can't convert negative number to unsigned
# expect: integer 65536 does not fit 'unsigned short'
# expect: int 0 -2147483648 2147483647
# expect: integer -2147483649 does not fit 'int'
# expect: integer 2147483648 does not fit 'int'
# expect: unsigned int 0 0 4294967295
# expect: can't convert negative number to unsigned
# expect: integer 4294967296 does not fit 'unsigned int'
# expect: long 0 -9223372036854775808 9223372036854775807
# expect: int too big to convert
# expect: int too big to convert
# expect: unsigned long 0 0 18446744073709551615
# expect: can't convert negative number to unsigned
# expect: int too big to convert
# expect: long long 0 -9223372036854775808 9223372036854775807
# expect: int too big to convert
# expect: int too big to convert
# expect: unsigned long long 0 0 18446744073709551615
# expect: can't convert negative number to unsigned
# expect: int too big to convert
# expect: _Bool False False True
# expect: can't convert negative number to unsigned
# expect: integer 2 does not fit '_Bool'
# expect: size_t 0 0 18446744073709551615
# expect: can't convert negative number to unsigned
# expect: int too big to convert
# expect: int8_t 0 -128 127
# expect: integer -129 does not fit 'int8_t'
# expect: integer 128 does not fit 'int8_t'
# expect: uint64_t 0 0 18446744073709551615
# expect: can't convert negative number to unsigned
# expect: int too big to convert
p = ffi.new("int *", 5)
for bad in 1.5, "1", None, b"1", [], 2j, ffi.NULL:
    try:
        p[0] = bad
    except TypeError as error:
        print(error)
# expect: an integer is required
# expect: an integer is required
# expect: an integer is required
# expect: an integer is required
# expect: an integer is required
# expect: an integer is required
# expect: int() not supported on cdata 'void *'
class I:
    def __index__(self): return 9
class N:
    def __int__(self): return 8
p[0] = True
print(p[0])  # expect: 1
p[0] = ffi.cast("long", 3)
print(p[0], ffi.new("int *", ffi.cast("short", -2))[0])  # expect: 3 -2
for value in I(), N():
    try:
        p[0] = value
        print(p[0])
    except TypeError as error:
        print(error)
# expect: an integer is required
# expect: 8
