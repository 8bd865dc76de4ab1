"""A cast of a pointer."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""""")
C = ffi.dlopen(None)


def f(n):
    v = ffi.new("int[4]")
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=20
        p = ffi.cast("unsigned char *", v)
        p[1] = 1
        s += v[0]
    return s


print(f(3000))  # expect: 768000
