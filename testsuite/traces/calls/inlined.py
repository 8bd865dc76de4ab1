"""In a function that becomes part of the loop."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""int abs(int);""")
C = ffi.dlopen(None)


def g(x):
    return C.abs(x) + 1


def f(n):
    s = 0
    for i in range(n):  # jit: one-call abs; no-call; no-alloc; no-box; inlined g; native<=27
        s += g(i)
    return s


print(f(3000))  # expect: 4501500
