"""In a method of an object."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""int abs(int);""")
C = ffi.dlopen(None)


class V:
    def __init__(self):
        self.total = 0

    def add(self, x):
        self.total += C.abs(x)


def f(n):
    v = V()
    for i in range(n):  # jit: one-call abs; no-call; no-alloc; inlined V.add
        v.add(-i)
    return v.total


print(f(3000))  # expect: 4498500
