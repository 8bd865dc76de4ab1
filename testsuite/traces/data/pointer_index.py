"""Items behind a pointer."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""""")
C = ffi.dlopen(None)


def f(n):
    v = ffi.new("int[64]", list(range(64)))
    p = ffi.cast("int *", v)
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=20
        s += p[i & 63]
    return s


print(f(3000))  # expect: 94276
