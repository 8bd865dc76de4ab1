"""An enum as an argument."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""enum way { UP, DOWN }; int abs(enum way);""")
C = ffi.dlopen(None)


def f(n):
    s = 0
    for i in range(n):  # jit: one-call abs; no-call; no-alloc; no-box; native<=23
        s += C.abs(i & 1)
    return s


print(f(3000))  # expect: 1500
