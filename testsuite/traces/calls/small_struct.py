"""A struct of eight bytes comes back: the one object left."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""typedef struct { int quot, rem; } div_t; div_t div(int, int);""")
C = ffi.dlopen(None)


def f(n):
    s = 0
    for i in range(n):  # jit: one-call div; no-call; alloc<=1; no-box
        s += C.div(i, 7).quot
    return s


print(f(3000))  # expect: 641358
