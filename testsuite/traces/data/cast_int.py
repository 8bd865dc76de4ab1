"""A cast to an integer type."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""""")
C = ffi.dlopen(None)


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=22
        s += int(ffi.cast("short", i * 40))
    return s


print(f(3000))  # expect: 1551008
