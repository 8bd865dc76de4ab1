"""A pointer moves."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""""")
C = ffi.dlopen(None)


def f(n):
    v = ffi.new("int[64]", list(range(64)))
    p = ffi.cast("int *", v)
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=21
        q = p + (i & 63)
        s += q[0]
    return s


print(f(3000))  # expect: 94276
