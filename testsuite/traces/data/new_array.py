"""A small array that does not escape."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""""")
C = ffi.dlopen(None)


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=20
        v = ffi.new("int[4]")
        v[1] = i
        s += v[1] + v[2]
    return s


print(f(3000))  # expect: 4498500
