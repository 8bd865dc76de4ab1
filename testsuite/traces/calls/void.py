"""No result."""
from cffi import FFI

ffi = FFI()
ffi.cdef("""void srand(unsigned int);""")
C = ffi.dlopen(None)


def f(n):
    for i in range(n):  # jit: one-call srand; no-call; no-alloc; no-box; native<=13
        C.srand(i)
    return n


print(f(3000))  # expect: 3000
