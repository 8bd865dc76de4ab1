"""A long to a long."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""long labs(long);""")
C = ffi.dlopen(None)


def f(n):
    s = 0
    for i in range(n):  # jit: one-call labs; no-call; no-alloc; no-box; native<=26
        s += C.labs(-i)
    return s


print(f(3000))  # expect: 4498500
