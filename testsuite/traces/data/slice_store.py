"""Slices are written by quiet calls of the runtime."""
from cffi import FFI

ffi = FFI()


def f(n):
    v, w = ffi.new("int[8]"), ffi.new("char[4]")
    u = ffi.new("int[4]", [1, 2, 3, 4])
    s = 0
    for i in range(n):  # jit: call<=3; box<=2
        v[0:3] = [i, 2, 3]
        v[3:7] = u
        w[0:2] = b"ab"
        s += v[0] + v[6]
    return s


print(f(1000))  # expect: 503500
