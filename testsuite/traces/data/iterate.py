"""Items of an array one after the other."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""""")
C = ffi.dlopen(None)


def f(n):
    v = ffi.new("int[3000]", [2] * 3000)
    s = 0
    for x in v:  # jit: no-call; no-alloc; no-box
        s += x
    return s


print(f(3000))  # expect: 6000
