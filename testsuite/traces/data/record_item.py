"""Item 0 of a pointer that owns a record is that record."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""struct point { long x, y; };""")


def f(n):
    p = ffi.new("struct point *", [1, 2])
    s = 0
    for i in range(n):  # jit: no-call; no-alloc; no-box; native<=30
        s += p[0].y + ffi.sizeof(p[0])
    return s


print(f(1000))  # expect: 18000
