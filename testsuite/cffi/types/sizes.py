"""sizeof, alignof, offsetof."""
from cffi import FFI
ffi = FFI()
ffi.cdef("""
struct a { char c; int i; char d; double e; short s; };
struct b { char c; struct a inner; int arr[3]; };
union u { char c[7]; int i; };
struct empty_tail { int n; char data[]; };
enum e { A, B };
struct opaque;
""")
for t in "char", "signed char", "unsigned char", "short", "int", "long", "long long", "float", "double", "long double", "_Bool", "void *", "size_t", "wchar_t", "int8_t", "uint16_t", "int32_t", "uint64_t", "intptr_t", "ptrdiff_t", "enum e", "char16_t", "char32_t", "ssize_t", "int[10]", "char *[3]", "int(*)(int)":
    print(t, ffi.sizeof(t), ffi.alignof(t))
# expect: char 1 1
# expect: signed char 1 1
# expect: unsigned char 1 1
# expect: short 2 2
# expect: int 4 4
# expect: long 8 8
# expect: long long 8 8
# expect: float 4 4
# expect: double 8 8
# expect: long double 16 16
# expect: _Bool 1 1
# expect: void * 8 8
# expect: size_t 8 8
# expect: wchar_t 4 4
# expect: int8_t 1 1
# expect: uint16_t 2 2
# expect: int32_t 4 4
# expect: uint64_t 8 8
# expect: intptr_t 8 8
# expect: ptrdiff_t 8 8
# expect: enum e 4 4
# expect: char16_t 2 2
# expect: char32_t 4 4
# expect: ssize_t 8 8
# expect: int[10] 40 4
# expect: char *[3] 24 8
# expect: int(*)(int) 8 8
print(ffi.sizeof("struct a"), ffi.alignof("struct a"), ffi.sizeof("struct b"), ffi.sizeof("union u"), ffi.alignof("union u"), ffi.sizeof("struct empty_tail"))
# expect: 32 8 56 8 4 4
print([ffi.offsetof("struct a", f) for f in "cides"], ffi.offsetof("struct b", "inner", "i"), ffi.offsetof("struct b", "arr", 2), ffi.offsetof("int[5]", 3), ffi.offsetof("struct empty_tail", "data"))
# expect: [0, 4, 8, 16, 24] 12 48 12 4
x = ffi.new("int[7]")
print(ffi.sizeof(x), ffi.sizeof(ffi.new("int *")), ffi.sizeof(ffi.new("struct a *")[0]), ffi.sizeof(ffi.new("char[]", 11)), ffi.sizeof(ffi.cast("short", 1)))
# expect: 28 8 32 11 2
v = ffi.new("struct empty_tail *", [3, 20])
print(ffi.sizeof(v), ffi.sizeof(v[0]))  # expect: 8 24
for bad in lambda: ffi.sizeof("struct opaque"), lambda: ffi.sizeof("int[]"), lambda: ffi.offsetof("struct a", "zz"), lambda: ffi.offsetof("int", "x"), lambda: ffi.sizeof(5), lambda: ffi.alignof("void"), lambda: ffi.sizeof("void"), lambda: ffi.sizeof("nope"):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__)
# expect: ValueError
# expect: ValueError
# expect: KeyError
# expect: TypeError
# expect: TypeError
# expect: ValueError
# expect: ValueError
# expect: CDefError
