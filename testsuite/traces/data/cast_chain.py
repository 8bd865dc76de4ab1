"""Casts of casts are arithmetic."""
from cffi import FFI

ffi = FFI()


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=17
        s += int(ffi.cast("unsigned char", ffi.cast("int", i * 7)))
    return s


print(f(3000))  # expect: 382428
