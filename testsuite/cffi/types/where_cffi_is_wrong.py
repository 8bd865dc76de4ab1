"""Where the cffi package has a bug or refuses valid C, C is followed."""
# cpython: skip cffi refuses these declarations, recurses without end, or passes a float where C passes a double
from cffi import FFI
ffi = FFI()
# The same declaration again is valid C.
for source in "int f(int);", "extern int x[3];", "typedef int *p;", "struct s *make(void);":
    ffi.cdef(source)
    ffi.cdef(source)
print(ffi.typeof("p"))  # expect: <ctype 'int *'>
# The words of a type may come in any order.
print(ffi.typeof("int long"), ffi.typeof("double long"), ffi.typeof("long unsigned int long"))
# expect: <ctype 'long'> <ctype 'long double'> <ctype 'unsigned long long'>
# A float in the variadic part is promoted to double.
ffi.cdef("int snprintf(char *str, size_t size, const char *format, ...);")
C = ffi.dlopen(None)
buf = ffi.new("char[100]")
print(C.snprintf(buf, 100, b"%.1f", ffi.cast("float", 2.5)), ffi.string(buf))  # expect: 3 b'2.5'
def error(call):
    try:
        return call()
    except Exception as e:
        return f"{type(e).__name__}: {str(e).splitlines()[0]}"
ffi.cdef("#define MACRO 1")
print(error(lambda: setattr(C, "MACRO", 2)))  # expect: AttributeError: cannot write to function or constant 'MACRO'
print(error(lambda: ffi.getctype("")))  # expect: CDefError: cannot parse ""
# A member of a NULL pointer raises as an item does.
ffi.cdef("struct point { int x, y; };")
p = ffi.cast("struct point *", 0)
print(error(lambda: p.x))  # expect: RuntimeError: cannot dereference null pointer from cdata 'struct point *'
print(error(lambda: setattr(p, "x", 1)))  # expect: RuntimeError: cannot dereference null pointer from cdata 'struct point *'
# `#pragma pack` counts.
ffi.cdef("""
#pragma pack(push, 1)
struct tight { char c; int i; };
#pragma pack(pop)
struct loose { char c; int i; };
#pragma pack(2)
struct two { char c; int i; };
#pragma pack()
struct again { char c; int i; };
""")
print([ffi.sizeof("struct " + name) for name in ("tight", "loose", "two", "again")])  # expect: [5, 8, 6, 8]
