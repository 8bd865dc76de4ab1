"""An unsigned long field."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""struct rec { int i; short s; unsigned char b; double d; float f; unsigned long u; long l; _Bool t; struct rec *next; int a[4]; struct { double x, y; } p; };""")
C = ffi.dlopen(None)


def f(n):
    r = ffi.new("struct rec *")
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=24
        r.u = r.u + i
    return r.u


print(f(3000))  # expect: 4498500
