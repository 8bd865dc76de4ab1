"""Doubles in an array."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""""")
C = ffi.dlopen(None)


def f(n):
    v = ffi.new("double[16]")
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=20
        v[i & 15] += 0.5
    return list(v)


print(f(3000))  # expect: [94.0, 94.0, 94.0, 94.0, 94.0, 94.0, 94.0, 94.0, 93.5, 93.5, 93.5, 93.5, 93.5, 93.5, 93.5, 93.5]
