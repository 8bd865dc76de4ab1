"""An int of its own."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""""")
C = ffi.dlopen(None)


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=20
        p = ffi.new("int *", i)
        p[0] += 1
        s += p[0]
    return s


print(f(3000))  # expect: 4501500
