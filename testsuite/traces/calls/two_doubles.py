"""Two doubles."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""double fmax(double, double);""")
C = ffi.dlopen(None)


def f(n):
    s = 0.0
    for i in range(n):  # jit: one-call fmax; no-call; no-alloc; no-box; native<=19
        s += C.fmax(i, 7.5)
    return s


print(f(3000))  # expect: 4498532.0
