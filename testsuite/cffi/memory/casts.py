"""ffi.cast between integers, floats, characters and pointers."""
from cffi import FFI
ffi = FFI()
ffi.cdef("enum color { RED, GREEN = 7 }; struct s { int x; };")
for t, v in ("int", 2 ** 32 + 5), ("int", -2 ** 31 - 1), ("unsigned char", -1), ("signed char", 200), ("short", 70000), ("unsigned int", -1), ("long long", 2 ** 64), ("int", 3.99), ("int", -3.99), ("int", b"A"), ("char", 65), ("char", 321), ("char", b"z"), ("_Bool", 5), ("_Bool", 0.5), ("_Bool", 0), ("float", 0.1), ("double", 2), ("int", True), ("unsigned long", -1), ("wchar_t", 0x1F600), ("wchar_t", "é"), ("char16_t", 0x20AC), ("enum color", 7), ("enum color", 3), ("enum color", 0), ("double", b"A"), ("int", "A"):
    c = ffi.cast(t, v)
    print(t, repr(v), repr(c), int(c) if t not in ("float", "double") else float(c))
# expect: int 4294967301 <cdata 'int' 5> 5
# expect: int -2147483649 <cdata 'int' 2147483647> 2147483647
# expect: unsigned char -1 <cdata 'unsigned char' 255> 255
# expect: signed char 200 <cdata 'signed char' -56> -56
# expect: short 70000 <cdata 'short' 4464> 4464
# expect: unsigned int -1 <cdata 'unsigned int' 4294967295> 4294967295
# expect: long long 18446744073709551616 <cdata 'long long' 0> 0
# expect: int 3.99 <cdata 'int' 3> 3
# expect: int -3.99 <cdata 'int' -3> -3
# expect: int b'A' <cdata 'int' 65> 65
# expect: char 65 <cdata 'char' b'A'> 65
# expect: char 321 <cdata 'char' b'A'> 65
# expect: char b'z' <cdata 'char' b'z'> 122
# expect: _Bool 5 <cdata '_Bool' True> 1
# expect: _Bool 0.5 <cdata '_Bool' True> 1
# expect: _Bool 0 <cdata '_Bool' False> 0
# expect: float 0.1 <cdata 'float' 0.10000000149011612> 0.10000000149011612
# expect: double 2 <cdata 'double' 2.0> 2.0
# expect: int True <cdata 'int' 1> 1
# expect: unsigned long -1 <cdata 'unsigned long' 18446744073709551615> 18446744073709551615
# expect: wchar_t 128512 <cdata 'wchar_t' '😀'> 128512
# expect: wchar_t 'é' <cdata 'wchar_t' 'é'> 233
# expect: char16_t 8364 <cdata 'char16_t' '€'> 8364
# expect: enum color 7 <cdata 'enum color' 7: GREEN> 7
# expect: enum color 3 <cdata 'enum color' 3> 3
# expect: enum color 0 <cdata 'enum color' 0: RED> 0
# expect: double b'A' <cdata 'double' 65.0> 65.0
# expect: int 'A' <cdata 'int' 65> 65
p = ffi.new("int *", 1)
address = int(ffi.cast("uintptr_t", p))
print(ffi.cast("int *", address) == p, int(ffi.cast("intptr_t", p)) == address, ffi.cast("void *", p) == p, ffi.cast("int", ffi.cast("short", -5)) == -5)
# expect: True True True True
print(repr(ffi.cast("int *", 0)), repr(ffi.cast("char *", 16)), ffi.cast("int(*)(int)", 0), int(ffi.cast("int", ffi.cast("double", 7.8))))
# expect: <cdata 'int *' NULL> <cdata 'char *' 0x10> <cdata 'int(*)(int)' NULL> 7
n = ffi.new("int *", 0x01020304)
print(list(ffi.cast("unsigned char *", n)[0:4]), ffi.cast("short *", n)[0])  # expect: [4, 3, 2, 1] 772
a = ffi.cast("struct s *", n)
print(hex(a.x))  # expect: 0x1020304
def error(*args):
    try:
        return ffi.cast(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"
print(error("int", "ab"))  # expect: TypeError: cannot cast unicode string of length 2 to ctype 'int'
print(error("int", None))  # expect: TypeError: an integer is required
print(error("int", []))  # expect: TypeError: an integer is required
print(error("int", b"ab"))  # expect: TypeError: initializer for ctype 'char' must be a bytes of length 1, not bytes
print(error("int *", 1.5))  # expect: <cdata 'int *' 0x1>
print(error("int *", "x"))  # expect: TypeError: an integer is required
print(error("struct s", 5))  # expect: TypeError: cannot cast to ctype 'struct s'
print(error("char", "é日"))  # expect: TypeError: cannot cast unicode string of length 2 to ctype 'char'
print(error("double", p))  # expect: TypeError: cannot cast ctype 'int *' to ctype 'double'
print(error("float", None))  # expect: TypeError: must be real number, not NoneType
print(error("void", 5))  # expect: TypeError: cannot cast to ctype 'void'
print(error("int[3]", 5))  # expect: <cdata 'int[3]' 0x5>
