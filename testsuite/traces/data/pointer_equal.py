"""Pointers are compared."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""""")
C = ffi.dlopen(None)


def f(n):
    v = ffi.new("int[64]")
    p, q = v + 3, ffi.cast("int *", v)
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=22
        if q + (i & 7) == p:
            s += 1
    return s


print(f(3000))  # expect: 375
