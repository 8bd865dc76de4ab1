"""A pointer is compared with NULL."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""""")
C = ffi.dlopen(None)


def f(n):
    p = ffi.new("int *", 5)
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=16
        if p != ffi.NULL:
            s += p[0]
    return s


print(f(3000))  # expect: 15000
