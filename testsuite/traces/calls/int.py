"""An int to an int."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""int abs(int);""")
C = ffi.dlopen(None)


def f(n):
    s = 0
    for i in range(n):  # jit: one-call abs; no-call; no-alloc; no-box; native<=14
        s += C.abs(i)
    return s


print(f(3000))  # expect: 4498500
