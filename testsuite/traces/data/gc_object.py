"""Data with a destructor is used like any."""
from cffi import FFI

ffi = FFI()


def f(n):
    v = ffi.gc(ffi.new("int *", 3), lambda p: None)
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=11
        s += v[0]
    return s


print(f(3000))  # expect: 9000
