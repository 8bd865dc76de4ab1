"""Two calls."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""int abs(int); int toupper(int);""")
C = ffi.dlopen(None)


def f(n):
    s = 0
    for i in range(n):  # jit: calls abs toupper; no-call; no-alloc; no-box; native<=33
        s += C.abs(i) + C.toupper(97)
    return s


print(f(3000))  # expect: 4693500
