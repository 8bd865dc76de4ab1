"""An array in a struct."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""struct rec { int i; short s; unsigned char b; double d; float f; unsigned long u; long l; _Bool t; struct rec *next; int a[4]; struct { double x, y; } p; };""")
C = ffi.dlopen(None)


def f(n):
    r = ffi.new("struct rec *")
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=20
        r.a[i & 3] = i
    return list(r.a)


print(f(3000))  # expect: [2996, 2997, 2998, 2999]
