"""A double and an int."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""double ldexp(double, int);""")
C = ffi.dlopen(None)


def f(n):
    s = 0.0
    for i in range(n):  # jit: one-call ldexp; no-call; no-alloc; no-box; native<=19
        s += C.ldexp(0.5, i & 7)
    return s


print(f(3000))  # expect: 47812.5
