"""A struct in a struct."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""struct rec { int i; short s; unsigned char b; double d; float f; unsigned long u; long l; _Bool t; struct rec *next; int a[4]; struct { double x, y; } p; };""")
C = ffi.dlopen(None)


def f(n):
    r = ffi.new("struct rec *")
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=18
        r.p.x = r.p.x + 1
        r.p.y = i
    return r.p.x, r.p.y


print(f(3000))  # expect: (3000.0, 2999.0)
