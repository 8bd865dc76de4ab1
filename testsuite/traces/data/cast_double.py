"""A cast to a floating type."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""""")
C = ffi.dlopen(None)


def f(n):
    s = 0.0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=21
        s += float(ffi.cast("float", i))
    return s


print(f(3000))  # expect: 4498500.0
