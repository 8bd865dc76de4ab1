"""Fields of an enum type."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""
    enum color { RED, GREEN };
    struct colored { enum color c; };
""")


def f(n):
    p = ffi.new("struct colored *")
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=14
        p.c = i & 1
        s += p.c
    return s


print(f(3000))  # expect: 1500
