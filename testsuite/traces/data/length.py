"""The length of an array."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""""")
C = ffi.dlopen(None)


def f(n):
    v = ffi.new("int[16]")
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box
        s += len(v)
    return s


print(f(3000))  # expect: 48000
