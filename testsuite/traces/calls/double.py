"""A double to a double."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""double sqrt(double);""")
C = ffi.dlopen(None)


def f(n):
    s = 0.0
    for i in range(n):  # jit: one-call sqrt; no-call; no-alloc; no-box; native<=17
        s += C.sqrt(i)
    return s


print(f(3000))  # expect: 109516.91824765874
