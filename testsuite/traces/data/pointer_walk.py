"""A pointer is kept from one iteration to the next."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""""")
C = ffi.dlopen(None)


def f(n):
    v = ffi.new("int[4000]")
    p = ffi.cast("int *", v)
    s = 0
    for i in range(n):  # jit: no-call; no-box; native<=40
        p[0] = i
        p = p + 1
        s += p[-1]
    return s


print(f(3000))  # expect: 4498500
