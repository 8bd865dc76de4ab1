"""The function in a local variable."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""int abs(int);""")
C = ffi.dlopen(None)


def f(n):
    s, g = 0, C.abs
    for i in range(n):  # jit: one-call abs; no-call; no-alloc; no-box; native<=22
        s += g(i)
    return s


print(f(3000))  # expect: 4498500
