"""The length of a slice, and slices of pointers."""
from cffi import FFI

ffi = FFI()


def f(n):
    v = ffi.new("int[]", list(range(n + 4)))
    p = v + 1
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box
        s += len(v[i:n]) + p[i:i + 3][2]
    return s


print(f(1000))  # expect: 1003000
