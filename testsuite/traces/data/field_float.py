"""A float field."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""struct rec { int i; short s; unsigned char b; double d; float f; unsigned long u; long l; _Bool t; struct rec *next; int a[4]; struct { double x, y; } p; };""")
C = ffi.dlopen(None)


def f(n):
    r = ffi.new("struct rec *")
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=18
        r.f = r.f + 0.5
    return r.f


print(f(3000))  # expect: 1500.0
