"""A pointer moves back."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""""")
C = ffi.dlopen(None)


def f(n):
    v = ffi.new("int[64]", list(range(64)))
    p = v + 63
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=24
        s += (p - (i & 63))[0]
    return s


print(f(3000))  # expect: 94724
