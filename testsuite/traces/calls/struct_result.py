"""A struct of two words comes back: the one object left."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""typedef struct { long quot, rem; } ldiv_t; ldiv_t ldiv(long, long);""")
C = ffi.dlopen(None)


def f(n):
    s = 0
    for i in range(n):  # jit: one-call ldiv; no-call; alloc<=1; no-box
        r = C.ldiv(i, 7)
        s += r.quot + r.rem
    return s


print(f(3000))  # expect: 650352
