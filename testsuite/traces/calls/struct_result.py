"""A struct of two words comes back: if nobody else gets to know it, there is no object."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""
typedef struct { long quot, rem; } ldiv_t; ldiv_t ldiv(long, long);
typedef struct { int quot, rem; } div_t; div_t div(int, int);
""")
C = ffi.dlopen(None)


def f(n):
    s = 0
    for i in range(n):  # jit: one-call ldiv; no-call; no-alloc; no-box
        r = C.ldiv(i, 7)
        s += r.quot + r.rem
    return s


print(f(3000))  # expect: 650352


def narrow(n):
    s = 0
    for i in range(n):  # jit: one-call div; no-call; no-alloc; no-box
        r = C.div(i, 7)
        s += r.quot + r.rem
    return s


print(narrow(3000))  # expect: 650352


def carried(n):
    r = C.ldiv(0, 1)
    s = 0
    for i in range(n):  # jit: one-call ldiv; no-call; no-alloc; no-box
        r = C.ldiv(i + r.rem, 7)
        s += r.quot
    return s + r.rem


print(carried(3000))  # expect: 642648


def kept(n):
    all = []
    for i in range(n):  # jit: one-call ldiv; alloc<=1
        r = C.ldiv(i, 7)
        all.append(r)
    return sum(r.quot for r in all)


print(kept(3000))  # expect: 641358
