"""Pointers are compared as addresses, and subtracted."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""struct triple { long x, y, z; };""")


def f(n):
    first = ffi.new("struct triple[9]")
    p, end, s = first + 0, first + 9, 0
    for i in range(n):  # jit: no-call; no-alloc; no-box
        s += end - p
        p = p + 1 if p + 1 < end else first + 0
    return s


print(f(900))  # expect: 4500
