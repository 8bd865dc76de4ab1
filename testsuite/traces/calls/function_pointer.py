"""A function pointer in a variable."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""int abs(int);""")
C = ffi.dlopen(None)


def f(n):
    g = ffi.cast("int(*)(int)", ffi.addressof(C, "abs"))
    s = 0
    for i in range(n):  # jit: one-call abs; no-call; no-alloc; no-box; native<=23
        s += g(-i)
    return s


print(f(3000))  # expect: 4498500
