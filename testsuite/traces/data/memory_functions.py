"""ffi.unpack of numbers is a quiet call of the runtime."""
from cffi import FFI

ffi = FFI()


def f(n):
    a = ffi.new("int[4]", [1, 2, 3, 4])
    s = 0
    for i in range(n):  # jit: call<=2; no-alloc; no-box
        s += a[3] + len(ffi.unpack(a, 3))
    return s


print(f(1000))  # expect: 7000
