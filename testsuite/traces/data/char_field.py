"""A member of type char."""
from cffi import FFI

ffi = FFI()
ffi.cdef("struct tagged { int n; char tag; };")


def f(n):
    p = ffi.new("struct tagged *", [1, b"x"])
    s = 0
    for i in range(n):  # jit: no-call; no-alloc
        if p.tag == b"x":
            s += p.n
    return s


print(f(3000))  # expect: 3000
