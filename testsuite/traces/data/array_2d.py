"""An array of arrays."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""""")
C = ffi.dlopen(None)


def f(n):
    v = ffi.new("int[4][8]")
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=26
        v[i & 3][i & 7] += 1
    return sum(sum(list(row)) for row in v)


print(f(3000))  # expect: 3000
