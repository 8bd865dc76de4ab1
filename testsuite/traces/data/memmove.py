"""ffi.memmove between C data, and from bytes: the call of C and nothing else."""
from cffi import FFI

ffi = FFI()


def f(n):
    a, b = ffi.new("int[4]", [1, 2, 3, 4]), ffi.new("int[4]")
    s = 0
    for i in range(n):  # jit: call<=2; no-alloc; no-box; native<=40
        ffi.memmove(b, a, 16)
        ffi.memmove(b + 1, b"abcd", 4)
        s += b[3] + b[1]
    return s


print(f(1000))  # expect: 1684234853000
