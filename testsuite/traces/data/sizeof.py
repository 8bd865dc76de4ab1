"""The size of a type."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""struct point { double x, y; };""")
C = ffi.dlopen(None)


def f(n):
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=20
        s += ffi.sizeof("struct point")
    return s


print(f(3000))  # expect: 48000
